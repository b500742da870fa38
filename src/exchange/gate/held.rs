//! The books that this program has open. On Unix all locks of a file end when a program closes any handle of it: whatever
//! names the open book as a foreign file, a list or a record in a folder too, must not make the program open it again.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A file under whatever name: its device and number, elsewhere its real path.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Identity(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] std::path::PathBuf);

static HELD: Mutex<Vec<Identity>> = Mutex::new(Vec::new());

/// As long as this lives the file is not let in.
#[derive(Debug)]
pub struct Held(Option<Identity>);

/// Keeps a file from being opened as a foreign one.
pub fn hold(path: &Path) -> Held {
    let identity = identity(path);
    HELD.lock().unwrap_or_else(PoisonError::into_inner).extend(identity.clone());
    Held(identity)
}

/// Whether a file is held; it is not opened for that.
pub fn is_held(path: &Path) -> bool {
    identity(path).is_some_and(|identity| HELD.lock().unwrap_or_else(PoisonError::into_inner).contains(&identity))
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        // Once for each time that it was taken.
        if let Some(at) = held.iter().position(|one| Some(one) == self.0.as_ref()) {
            held.swap_remove(at);
        }
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    path.metadata().map(|metadata| Identity((metadata.dev(), metadata.ino()))).ok()
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    path.canonicalize().map(Identity).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::gate::read_file;

    #[test]
    fn a_held_file_is_not_opened_under_any_name() {
        let folder = tempfile::tempdir().unwrap();
        let (book, other) = (folder.path().join("册.tuijian"), folder.path().join("另名.jpg"));
        std::fs::write(&book, "x").unwrap();
        std::fs::hard_link(&book, &other).unwrap();
        let held = hold(&book);
        // Elsewhere closing a handle ends no lock, and a file is known by its path.
        let names = if cfg!(unix) { vec![&book, &other] } else { vec![&book] };
        for path in names {
            assert!(is_held(path));
            assert!(read_file(path, 10).unwrap_err().to_string().contains("就是正在使用的推荐册"));
        }
        drop(held);
        assert!(!is_held(&book) && read_file(&other, 10).is_ok());
    }
}
