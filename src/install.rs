//! Where the program's own files lie: beside the program, in the system's data folder, or in the source tree.

use std::path::{Path, PathBuf};

/// The first existing folder of that name (`fonts`, `assets/demo`).
pub fn folder(name: &str) -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join(name)));
    let system = Path::new("/usr/share/tuijian").join(name);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    [beside, Some(system), Some(source)].into_iter().flatten().find(|folder| folder.is_dir())
}
