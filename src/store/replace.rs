//! A file comes to its name only whole: temporary file in the same folder → complete and checked → fsync → rename.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::error::{StoreError, folder_of};

/// Builds the file with `build` (given the temporary path of an empty file) and moves it to `path`.
///
/// # Errors
/// What `build` says, or the file system; [`StoreError::Exists`] when `path` is taken (with `keep_existing`) or has a
/// journal beside it. Then `path` is as before.
pub(super) fn with_new_file(
    path: &Path,
    keep_existing: bool,
    build: impl FnOnce(&Path) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    // A journal is of a book that is open, was cut short, or was deleted: SQLite would roll it back into the new file.
    let journal = journal_of(path);
    if journal.symlink_metadata().is_ok() {
        return Err(StoreError::Exists(journal));
    }
    let folder = folder_of(path);
    let in_folder = |error: &io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => StoreError::NoFolder(folder.clone()),
        io::ErrorKind::PermissionDenied => StoreError::ReadOnlyFolder(folder.clone()),
        _ => StoreError::io(path, error),
    };
    let temporary = tempfile::Builder::new()
        .prefix(".tuijian-")
        .suffix(".tmp")
        .tempfile_in(&folder)
        .map_err(|error| in_folder(&error))?
        .into_temp_path();
    let built = build(&temporary);
    // SQLite leaves a journal behind only where the build failed half-way.
    match fs::remove_file(journal_of(&temporary)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(StoreError::io(path, &error)),
        _ => built?,
    }
    let sync = || OpenOptions::new().write(true).open(&temporary)?.sync_all();
    sync().map_err(|error| StoreError::io(path, &error))?;
    let moved = if keep_existing { temporary.persist_noclobber(path) } else { temporary.persist(path) };
    moved.map_err(|error| StoreError::io(path, &error.error))?;
    sync_folder(&folder).map_err(|error| StoreError::io(path, &error))
}

/// The rollback journal that SQLite keeps beside a book.
pub(super) fn journal_of(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push("-journal");
    name.into()
}

/// Makes the rename last through a power cut.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Windows has no handle for this; NTFS journals the rename itself.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
