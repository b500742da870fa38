//! A folder comes to its place whole: built under a temporary name beside it, made safe on disk, then renamed.
//!
//! At every moment the place holds what was there before, or the new folder, or (between two renames) nothing, with
//! what was there before beside it as `名称.旧`. A run that was killed is mended by the next one for the same place.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::kept::{Kept, carry};
use super::{PREFIX, PlaceError, folder_of, is_empty_or_absent, remove_empty, sync_folder};

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
        let written = self.create(relative).map(|mut file| file.write_all(bytes));
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
    folder(path, &Nothing, build).map(|(built, _)| built)
}

/// Knows an earlier folder again.
pub trait Replaceable {
    /// Whether the folder was made for this place and holds nobody else's files, so that it may be replaced.
    fn is_own(&self, folder: &Path) -> bool;
    /// Whether it is what is left of one of those: files that somebody had changed were carried away from it already.
    fn is_remainder(&self, folder: &Path) -> bool {
        self.is_own(folder)
    }
    /// Whether it is one of those and nothing of it is missing or changed, so that what it replaced may go.
    fn is_whole(&self, folder: &Path) -> bool;
    /// What lies in a folder that is not its own, by paths within: for a sentence.
    fn foreign(&self, folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
    /// Paths within (with `/`) of files that somebody has changed since the folder was made: they are kept when it goes.
    fn changed(&self, _folder: &Path) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }
}

/// Nothing may be replaced.
struct Nothing;

impl Replaceable for Nothing {
    fn is_own(&self, _: &Path) -> bool {
        false
    }

    fn is_whole(&self, _: &Path) -> bool {
        false
    }
}

/// Puts right what a killed run left at `path`; where none was killed, nothing is touched. An old folder with changed
/// files in it is left aside for [`folder`], which tells where they go.
pub fn mend(path: &Path, replaceable: &dyn Replaceable) -> Result<(), PlaceError> {
    // What is wrong with the place itself is said when something is to be put there.
    match Place::of(path) {
        Ok(place) if place.beside("lock").is_file() => place.mend(&place.lock()?, replaceable, None),
        _ => Ok(()),
    }
}

/// The same as [`new_folder`] where `path` may also be a folder that `replaceable` knows as its own: that one stays
/// until the new one is complete, and what somebody has changed in it is kept. Tells what was.
pub fn folder<T, E: From<PlaceError>>(
    path: &Path,
    replaceable: &dyn Replaceable,
    build: impl FnOnce(&NewFolder) -> Result<T, E>,
) -> Result<(T, Vec<Kept>), E> {
    let place = Place::of(path)?;
    let lock = place.lock()?;
    let mut kept = Vec::new();
    place.mend(&lock, replaceable, Some(&mut kept))?;
    place.refuse_foreign(&lock, replaceable)?;
    let new = NewFolder { building: place.beside("new"), path: path.to_owned() };
    let put = |new: &NewFolder| -> Result<T, E> {
        fs::create_dir(&new.building).map_err(|error| place.fault(error))?;
        let built = build(new)?;
        sync_tree(&new.building).map_err(|error| place.fault(error))?;
        place.swap(&new.building, &lock, replaceable, &mut kept)?;
        Ok(built)
    };
    let done = put(&new);
    // After a fault it is what was built so far; else it bears its own name now and there is nothing to clear away.
    let _ = fs::remove_dir_all(&new.building);
    done.map(|built| (built, kept))
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
        let path = match canonical(given) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let name = given.file_name().ok_or_else(|| PlaceError::NoFolder(given.to_owned()))?;
                canonical(folder_of(given)).map_err(fault)?.join(name)
            }
            found => found.map_err(fault)?,
        };
        let name =
            path.file_name().ok_or_else(|| PlaceError::NotEmpty { path: given.to_owned(), foreign: Vec::new() })?;
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
        let file = File::options().create(true).truncate(false).read(true).write(true).open(&path);
        let file = file.map_err(|error| self.fault(error))?;
        // Where a file system knows no locks, there is at least no second run on most days.
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) || is_deleted(&file) {
            return Err(PlaceError::Busy(self.given.clone()));
        }
        Ok(Lock { path, aside: self.aside.clone(), file })
    }

    /// Puts right what a killed run left. The old folder is given up only for one that is whole; with changed files in it
    /// only where it can be told what became of them.
    fn mend(&self, lock: &Lock, replaceable: &dyn Replaceable, kept: Option<&mut Vec<Kept>>) -> Result<(), PlaceError> {
        let mend = || -> io::Result<()> {
            for litter in ["new", "old"] {
                remove(&self.beside(litter))?;
            }
            if !lock.is_marked() {
                return Ok(());
            }
            if self.aside.is_dir() {
                if is_empty_or_absent(&self.path)? {
                    if replaceable.is_own(&self.aside) {
                        self.bring_back()?;
                    }
                } else if replaceable.is_remainder(&self.aside) && replaceable.is_whole(&self.path) {
                    match kept {
                        Some(kept) => self.give_up(replaceable, kept)?,
                        None if replaceable.changed(&self.aside)?.is_empty() => self.discard()?,
                        None => {}
                    }
                }
            }
            if is_there(&self.aside) { Ok(()) } else { lock.unmark() }
        };
        mend().map_err(|error| self.fault(error))
    }

    fn bring_back(&self) -> io::Result<()> {
        match remove_empty(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::rename(&self.aside, &self.path)?,
        }
        sync_folder(folder_of(&self.path))
    }

    fn refuse_foreign(&self, lock: &Lock, replaceable: &dyn Replaceable) -> Result<(), PlaceError> {
        let free = is_empty_or_absent(&self.path).map_err(|error| self.fault(error))?;
        if !free && !replaceable.is_own(&self.path) {
            let foreign = replaceable.foreign(&self.path);
            return Err(PlaceError::NotEmpty { path: self.given.clone(), foreign });
        }
        // What is left after mending is somebody else's, or the only whole set there is.
        if is_there(&self.aside) && (!free || lock.is_marked()) {
            return Err(PlaceError::AsideTaken(self.aside.clone()));
        }
        Ok(())
    }

    fn swap(
        &self,
        new: &Path,
        lock: &Lock,
        replaceable: &dyn Replaceable,
        kept: &mut Vec<Kept>,
    ) -> Result<(), PlaceError> {
        // While the new folder was built, files or a folder may have been put here.
        self.refuse_foreign(lock, replaceable)?;
        self.rename(new, lock).map_err(|error| self.fault(error))?;
        if is_there(&self.aside) && lock.is_marked() {
            // The new folder stands; what cannot be cleared away now is the next run's to mend.
            let _ = self.give_up(replaceable, kept);
        }
        Ok(())
    }

    fn rename(&self, new: &Path, lock: &Lock) -> io::Result<()> {
        let parent = folder_of(&self.path);
        if is_empty_or_absent(&self.path)? {
            if let Err(error) = fs::rename(new, &self.path) {
                // Windows does not rename onto an empty folder.
                if !self.path.is_dir() {
                    return Err(error);
                }
                remove_empty(&self.path)?;
                fs::rename(new, &self.path)?;
            }
            return sync_folder(parent);
        }
        lock.mark()?;
        fs::rename(&self.path, &self.aside)?;
        if let Err(error) = fs::rename(new, &self.path) {
            fs::rename(&self.aside, &self.path)?;
            return Err(error);
        }
        sync_folder(parent)
    }

    /// Keeps what somebody has changed in the folder that was replaced, and removes the rest of it.
    fn give_up(&self, replaceable: &dyn Replaceable, kept: &mut Vec<Kept>) -> io::Result<()> {
        let changed = replaceable.changed(&self.aside)?;
        if !changed.is_empty() {
            carry(&self.aside, &self.path, changed, kept)?;
        }
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

/// Written into the lock before the folders change places: only then can what is called `名称.旧` be this program's.
const CHANGING: &[u8] = b"changing places\n";

/// The lock's file lives as long as the run, and longer where the old folder was left aside.
struct Lock {
    path: PathBuf,
    aside: PathBuf,
    file: File,
}

impl Lock {
    fn mark(&self) -> io::Result<()> {
        (&self.file).write_all(CHANGING)?;
        self.file.sync_all()
    }

    fn unmark(&self) -> io::Result<()> {
        self.file.set_len(0)
    }

    fn is_marked(&self) -> bool {
        self.file.metadata().is_ok_and(|metadata| metadata.len() > 0)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.is_marked() && is_there(&self.aside) {
            return;
        }
        // Removed while it is still locked. What cannot be removed does no harm: it holds no lock.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(not(windows))]
fn canonical(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// As people write it: Windows puts `\\?\` in front, which no file manager opens and which means nothing to a clerk.
#[cfg(windows)]
fn canonical(path: &Path) -> io::Result<PathBuf> {
    let path = fs::canonicalize(path)?;
    let written = path.to_str().and_then(|path| {
        let rest = path.strip_prefix(r"\\?\")?;
        match rest.strip_prefix(r"UNC\") {
            Some(share) => Some(format!(r"\\{share}")),
            None => (rest.as_bytes().get(1) == Some(&b':')).then(|| rest.to_owned()),
        }
    });
    Ok(written.map_or(path, PathBuf::from))
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

/// Also a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
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
