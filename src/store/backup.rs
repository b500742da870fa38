//! A consistent copy of an open book.

use std::fs;
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::book::{Book, absolute};
use super::error::StoreError;
use super::replace;

impl Book {
    /// Writes a copy of the book to `path`. What lies there is replaced, but only by a complete copy that has passed
    /// [`Book::check`].
    ///
    /// # Errors
    /// [`StoreError::BackupDamaged`] when the copy does not pass, [`StoreError::BackupOntoItself`], and those of the
    /// folder and the disk. Then `path` is as before.
    pub fn backup_to(&self, path: &Path) -> Result<(), StoreError> {
        let path = absolute(path)?;
        if path.is_dir() {
            return Err(StoreError::NotAFile(path));
        }
        if fs::canonicalize(&path).is_ok_and(|target| fs::canonicalize(self.path()).is_ok_and(|own| own == target)) {
            return Err(StoreError::BackupOntoItself(path));
        }
        copy(self.reader().conn, self.path(), &path, false, |temporary| {
            let damage = Book::open_for_check(temporary)?.check()?;
            damage
                .into_iter()
                .next()
                .map_or(Ok(()), |first| Err(StoreError::BackupDamaged { path: path.clone(), detail: first.sentence }))
        })
    }
}

/// Copies the book `from` (at `from_path`) to the file `to`, which gets its name when `check` has passed the copy.
pub(super) fn copy(
    from: &Connection,
    from_path: &Path,
    to: &Path,
    keep_existing: bool,
    check: impl FnOnce(&Path) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    replace::with_new_file(to, keep_existing, |temporary| {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let run = || {
            let mut target = Connection::open_with_flags(temporary, flags)?;
            Backup::new(from, &mut target)?.step(-1)
        };
        match run().map_err(|error| StoreError::sqlite(to, &error))? {
            StepResult::Done => check(temporary),
            _ => Err(StoreError::Locked(from_path.to_owned())),
        }
    })
}
