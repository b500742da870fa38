//! Putting files and folders in their place, whole or not at all: built beside the target, made safe on disk, renamed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempDir};

/// Why nothing was put in place; what stood there before stands there still.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    #[error("没有权限写入“{}”，请换一个位置再试", .0.display())]
    NoPermission(PathBuf),
    #[error("磁盘空间不足，无法写入“{}”，请清理磁盘或换一个位置再试", .0.display())]
    DiskFull(PathBuf),
    #[error("“{}”所在的文件夹不存在，请先建好文件夹或换一个位置", .0.display())]
    NoFolder(PathBuf),
    #[error("文件夹“{}”里已有文件，请换一个空文件夹或新的名称", .0.display())]
    NotEmpty(PathBuf),
    #[error("“{}”已经是文件夹，请换一个文件名", .0.display())]
    IsFolder(PathBuf),
    #[error("“{}”已经是文件，请换一个文件夹名", .0.display())]
    IsFile(PathBuf),
    #[error("写入“{}”失败（{}），请检查磁盘或换一个位置再试", .path.display(), super::system_reason(error))]
    Failed { path: PathBuf, error: io::Error },
}

impl PlaceError {
    fn of(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::NoPermission(path),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(path),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NoFolder(path),
            io::ErrorKind::IsADirectory => Self::IsFolder(path),
            _ => Self::Failed { path, error },
        }
    }
}

/// Puts complete, already checked bytes at `path`, replacing a file that stands there. At every moment `path` is the
/// old file or the new one.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), PlaceError> {
    if path.is_dir() {
        return Err(PlaceError::IsFolder(path.to_owned()));
    }
    let put = || -> io::Result<()> {
        let mut temporary = temporary_file(folder_of(path))?;
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        temporary.persist(path).map_err(|error| error.error)?;
        sync_folder(folder_of(path))
    };
    put().map_err(|error| PlaceError::of(path, error))
}

/// A folder that is being built beside its place.
pub struct NewFolder<'a> {
    temporary: TempDir,
    path: &'a Path,
}

impl NewFolder<'_> {
    /// Writes a file at a path relative to the folder, whose parts come from [`super::names`].
    pub fn put(&self, relative: &str, bytes: &[u8]) -> Result<(), PlaceError> {
        let file = self.temporary.path().join(relative);
        let folder = file.parent().unwrap_or(self.temporary.path());
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&file, bytes))
            .map_err(|error| PlaceError::of(self.path, error))
    }
}

/// Makes the folder `path` with what `build` puts into it. `path` must be absent or an empty folder; until everything
/// is on disk it stays so, and after a fault nothing is left behind.
pub fn new_folder<E: From<PlaceError>>(path: &Path, build: impl FnOnce(&NewFolder) -> Result<(), E>) -> Result<(), E> {
    let fault = |error| PlaceError::of(path, error);
    refuse_filled(path)?;
    let folder = NewFolder { temporary: temporary_folder(folder_of(path)).map_err(fault)?, path };
    build(&folder)?;
    let put = || -> io::Result<()> {
        sync_tree(folder.temporary.path())?;
        if path.is_dir() {
            fs::remove_dir(path)?;
        }
        fs::rename(folder.temporary.path(), path)?;
        sync_folder(folder_of(path))
    };
    put().map_err(fault)?;
    // It bears its new name; there is nothing left to clear away.
    let _ = folder.temporary.keep();
    Ok(())
}

fn refuse_filled(path: &Path) -> Result<(), PlaceError> {
    if path.is_file() {
        return Err(PlaceError::IsFile(path.to_owned()));
    }
    match fs::read_dir(path).map(|mut entries| entries.next().is_some()) {
        Ok(false) => Ok(()),
        Ok(true) => Err(PlaceError::NotEmpty(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(PlaceError::of(path, error)),
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Temporary names say nothing of whom the content is about.
const PREFIX: &str = ".tuijian-";

fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn temporary_folder(parent: &Path) -> io::Result<TempDir> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder.tempdir_in(parent)
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

/// Makes the names in a folder durable; Windows has no such call and needs none.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
