//! Putting files and folders in their place, whole or not at all: built beside the target, made safe on disk, renamed.

mod folder;
mod kept;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

pub use folder::{NewFolder, Replaceable, folder, mend, new_folder};
pub use kept::Kept;

/// Why nothing was put in place; what stood there before stands there still.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// Windows says the same of a file that another program has open.
    #[error("没有权限写入“{}”，或该文件正在别的程序中打开，请先关闭，或换一个位置再试", .0.display())]
    NoPermission(PathBuf),
    #[error("磁盘空间不足，无法写入“{}”，请清理磁盘或换一个位置再试", .0.display())]
    DiskFull(PathBuf),
    #[error("“{}”的名称太长，或有系统不允许的符号（如 : * ? \" < > |），请换一个名称再试", .0.display())]
    BadName(PathBuf),
    #[error("“{}”所在的文件夹不存在，请先建好文件夹或换一个位置", .0.display())]
    NoFolder(PathBuf),
    #[error("文件夹“{}”{}，没有改动它，{}", .path.display(), in_the_way(.foreign), advice(.foreign))]
    NotEmpty { path: PathBuf, foreign: Vec<String> },
    #[error("“{}”已经是文件夹，请换一个文件名", .0.display())]
    IsFolder(PathBuf),
    #[error("“{}”是设备或管道，不是普通文件，请换一个文件名", .0.display())]
    Special(PathBuf),
    #[error("“{}”已经是文件，请换一个文件夹名", .0.display())]
    IsFile(PathBuf),
    #[error("“{}”已经存在，不能确定可以删除，请先把它移走或改名", .0.display())]
    AsideTaken(PathBuf),
    #[error("另一个程序正在写“{}”，请等它完成后再试", .0.display())]
    Busy(PathBuf),
    /// Whoever asked for it called it off.
    #[error("已取消")]
    Stopped,
    #[error("写入“{}”失败（{}），请检查磁盘或换一个位置再试", .path.display(), super::system_reason(error))]
    Failed { path: PathBuf, error: io::Error },
}

impl PlaceError {
    fn of(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) {
            return Self::NoPermission(path);
        }
        match error.kind() {
            io::ErrorKind::InvalidFilename => Self::BadName(path),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::NoPermission(path),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(path),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NoFolder(path),
            io::ErrorKind::IsADirectory => Self::IsFolder(path),
            _ => Self::Failed { path, error },
        }
    }
}

/// Foreign files that a sentence names.
const FOREIGN_SHOWN: usize = 3;

/// What lies there, the first few by name; without files of others, what was made there is of others.
fn in_the_way(files: &[String]) -> String {
    let shown: Vec<&str> = files.iter().take(FOREIGN_SHOWN).map(String::as_str).collect();
    let more = if files.len() > FOREIGN_SHOWN { format!(" 等 {} 个", files.len()) } else { String::new() };
    if shown.is_empty() {
        "里是别的材料，不是这次要写的这些".to_owned()
    } else {
        format!("里已有别的文件（{}{more}）", shown.join("、"))
    }
}

/// What is to be done about foreign files. Word and WPS leave a hidden `~$…` beside a form that is open.
fn advice(files: &[String]) -> &'static str {
    let is_lock = |path: &String| path.rsplit('/').next().is_some_and(|name| name.starts_with("~$"));
    if files.iter().any(is_lock) {
        "“~$”开头的是 Word 或 WPS 打开表格时留下的，请关闭那份表再试，已经关闭的可以把它删去"
    } else {
        "请把它移走，或换一个空文件夹、新的名称"
    }
}

/// Files that desktops leave in folders they show: they are nobody's, and a folder with nothing else in it is empty.
pub fn is_litter(name: &str) -> bool {
    ["Thumbs.db", "desktop.ini", ".DS_Store"].iter().any(|litter| name.eq_ignore_ascii_case(litter))
}

/// Whether nothing lies in a folder, or there is none.
pub fn is_empty_or_absent(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        entries => {
            for entry in entries? {
                if !is_nobodys(&entry?)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
    }
}

/// Whether an entry of a folder is such a file, and no folder of that name.
pub fn is_nobodys(entry: &fs::DirEntry) -> io::Result<bool> {
    Ok(is_litter(&entry.file_name().to_string_lossy()) && entry.file_type()?.is_file())
}

/// Removes a folder in which nothing lies.
fn remove_empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_nobodys(&entry)? {
            fs::remove_file(entry.path())?;
        }
    }
    fs::remove_dir(folder)
}

/// Puts complete, already checked bytes at `path`, replacing a file that stands there. At every moment `path` is the
/// old file or the new one.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), PlaceError> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => return Err(PlaceError::IsFolder(path.to_owned())),
        Ok(metadata) if !metadata.is_file() => return Err(PlaceError::Special(path.to_owned())),
        _ => {}
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

/// Makes the names in a folder durable; Windows has no such call and needs none.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
