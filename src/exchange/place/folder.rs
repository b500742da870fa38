//! A folder comes to its place whole: built under a temporary name beside it, made safe on disk, then renamed.
//!
//! At every moment the place holds what was there before, or the new folder, or (between two renames) nothing, with
//! what was there before beside it as `名称.旧`. A run that was killed is mended by the next one for the same place.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{PREFIX, PlaceError, folder_of, sync_folder};

/// Added to the name of the folder that is about to be replaced (contract, section 5).
const ASIDE: &str = ".旧";

/// A folder that is being built beside its place.
pub struct NewFolder {
    building: PathBuf,
    path: PathBuf,
}

impl NewFolder {
    /// Writes a file at a path relative to the folder, whose parts come from [`crate::exchange::names`].
    pub fn put(&self, relative: &str, bytes: &[u8]) -> Result<(), PlaceError> {
        let written = self.create(relative).map(|mut file| io::Write::write_all(&mut file, bytes));
        written?.map_err(|error| self.fault(error))
    }

    /// Makes an empty file at a relative path, for reading and writing.
    pub fn create(&self, relative: &str) -> Result<File, PlaceError> {
        let path = self.building.join(relative);
        let make = || {
            fs::create_dir_all(folder_of(&path))?;
            File::options().read(true).write(true).create_new(true).open(&path)
        };
        make().map_err(|error| self.fault(error))
    }

    /// Opens a file that was written before.
    pub fn open(&self, relative: &str) -> Result<File, PlaceError> {
        File::open(self.building.join(relative)).map_err(|error| self.fault(error))
    }

    /// A fault of writing, told of the folder's place and not of its temporary name.
    pub fn fault(&self, error: io::Error) -> PlaceError {
        PlaceError::of(&self.path, error)
    }
}

/// Makes the folder `path` with what `build` puts into it. `path` must be absent or an empty folder; until everything
/// is on disk it stays so, and after a fault nothing is left behind.
pub fn new_folder<T, E: From<PlaceError>>(path: &Path, build: impl FnOnce(&NewFolder) -> Result<T, E>) -> Result<T, E> {
    folder(path, &|_| false, build)
}

/// The same where `path` may also be a folder that `replaceable` knows as its own and nobody else's: that one stays
/// until the new one is complete.
pub fn folder<T, E: From<PlaceError>>(
    path: &Path,
    replaceable: &dyn Fn(&Path) -> bool,
    build: impl FnOnce(&NewFolder) -> Result<T, E>,
) -> Result<T, E> {
    let place = Place::of(path)?;
    let _lock = place.lock()?;
    place.mend(replaceable)?;
    place.refuse_foreign(replaceable)?;
    let new = NewFolder { building: place.beside("new"), path: path.to_owned() };
    let put = |new: &NewFolder| -> Result<T, E> {
        fs::create_dir(&new.building).map_err(|error| place.fault(error))?;
        let built = build(new)?;
        sync_tree(&new.building).and_then(|()| place.swap(&new.building)).map_err(|error| place.fault(error))?;
        Ok(built)
    };
    let done = put(&new);
    // After a fault it is what was built so far; else it bears its own name now and there is nothing to clear away.
    let _ = fs::remove_dir_all(&new.building);
    done
}

/// A folder's place and the names beside it.
struct Place {
    /// As it was given, for faults.
    given: PathBuf,
    path: PathBuf,
    aside: PathBuf,
    /// `.tuijian-` and a mark of the folder's name: a next run finds it again, and it says nothing of the content.
    stem: String,
}

impl Place {
    /// The place behind links and `..`, so that the folder itself is renamed.
    fn of(given: &Path) -> Result<Self, PlaceError> {
        let fault = |error| PlaceError::of(given, error);
        if given.is_file() {
            return Err(PlaceError::IsFile(given.to_owned()));
        }
        let path = match fs::canonicalize(given) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let name = given.file_name().ok_or_else(|| PlaceError::NoFolder(given.to_owned()))?;
                fs::canonicalize(folder_of(given)).map_err(fault)?.join(name)
            }
            found => found.map_err(fault)?,
        };
        let name = path.file_name().ok_or_else(|| PlaceError::NotEmpty(given.to_owned()))?;
        let mut aside = OsString::from(name);
        aside.push(ASIDE);
        let mark: String =
            Sha256::digest(name.as_encoded_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { given: given.to_owned(), aside: path.with_file_name(aside), stem: format!("{PREFIX}{mark}"), path })
    }

    fn beside(&self, extension: &str) -> PathBuf {
        self.path.with_file_name(format!("{}.{extension}", self.stem))
    }

    fn fault(&self, error: io::Error) -> PlaceError {
        PlaceError::of(&self.given, error)
    }

    /// One run at a time for one place: another's half-built folder must not be taken for litter.
    fn lock(&self) -> Result<Lock, PlaceError> {
        let path = self.beside("lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|error| self.fault(error))?;
        // Where a file system knows no locks, there is at least no second run on most days.
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) || is_deleted(&file) {
            return Err(PlaceError::Busy(self.given.clone()));
        }
        Ok(Lock { path, _file: file })
    }

    /// Puts right what a killed run left.
    fn mend(&self, replaceable: &dyn Fn(&Path) -> bool) -> Result<(), PlaceError> {
        let mend = || -> io::Result<()> {
            for litter in ["new", "old"] {
                remove(&self.beside(litter))?;
            }
            if !self.aside.is_dir() || !replaceable(&self.aside) {
                return Ok(());
            }
            if self.path.exists() {
                return self.discard();
            }
            fs::rename(&self.aside, &self.path)?;
            sync_folder(folder_of(&self.path))
        };
        mend().map_err(|error| self.fault(error))
    }

    fn refuse_foreign(&self, replaceable: &dyn Fn(&Path) -> bool) -> Result<(), PlaceError> {
        if is_empty_or_absent(&self.path).map_err(|error| self.fault(error))? {
            return Ok(());
        }
        if !replaceable(&self.path) {
            return Err(PlaceError::NotEmpty(self.given.clone()));
        }
        // What stands there now, after mending, is somebody else's.
        if self.aside.symlink_metadata().is_ok() { Err(PlaceError::AsideTaken(self.aside.clone())) } else { Ok(()) }
    }

    fn swap(&self, new: &Path) -> io::Result<()> {
        let parent = folder_of(&self.path);
        if is_empty_or_absent(&self.path)? {
            if let Err(error) = fs::rename(new, &self.path) {
                // Windows does not rename onto an empty folder.
                if !self.path.is_dir() {
                    return Err(error);
                }
                fs::remove_dir(&self.path)?;
                fs::rename(new, &self.path)?;
            }
            return sync_folder(parent);
        }
        fs::rename(&self.path, &self.aside)?;
        if let Err(error) = fs::rename(new, &self.path) {
            fs::rename(&self.aside, &self.path)?;
            return Err(error);
        }
        sync_folder(parent)?;
        self.discard()
    }

    /// Removes what was replaced. It loses its readable name first, so that a half-removed folder is never taken for
    /// the old one.
    fn discard(&self) -> io::Result<()> {
        let old = self.beside("old");
        fs::rename(&self.aside, &old)?;
        remove(&old)
    }
}

/// The lock's file lives as long as the run.
struct Lock {
    path: PathBuf,
    _file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is still locked. What cannot be removed does no harm: it holds no lock.
        let _ = fs::remove_file(&self.path);
    }
}

/// Whether another run removed the file between opening and locking it.
#[cfg(unix)]
fn is_deleted(file: &File) -> bool {
    file.metadata().is_ok_and(|metadata| std::os::unix::fs::MetadataExt::nlink(&metadata) == 0)
}

/// Windows keeps a file that somebody has open.
#[cfg(not(unix))]
fn is_deleted(_: &File) -> bool {
    false
}

fn is_empty_or_absent(path: &Path) -> io::Result<bool> {
    match fs::read_dir(path).map(|mut entries| entries.next().is_none()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        empty => empty,
    }
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_tree(&entry.path())?;
        } else {
            // Windows flushes only what was opened for writing.
            File::options().write(true).open(entry.path())?.sync_all()?;
        }
    }
    sync_folder(folder)
}
