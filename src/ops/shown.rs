//! Paths in JSON documents: as they are shown. A name that is no UTF-8 must not cost the whole document.

use std::path::Path;

pub(super) fn path<S: serde::Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}
