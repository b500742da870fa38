//! Why a book cannot be opened, read or changed.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

use crate::domain::{PersonId, RecommenderId};

/// What went wrong with a book, which one, and what to do next. Unless a sentence says otherwise nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{} 已经存在，没有改动它。请换一个文件名，或先把原文件移走。", .0.display())]
    Exists(PathBuf),
    #[error("找不到 {}。请核对文件名和文件夹；在 U 盘或网络盘上的，请先确认已经连接。", .0.display())]
    Missing(PathBuf),
    #[error("找不到文件夹 {}。请先建立这个文件夹，或换一个位置。", .0.display())]
    NoFolder(PathBuf),
    #[error("{} 不是文件，不能作为推荐册打开。请选择扩展名为 .tuijian 的文件。", .0.display())]
    NotAFile(PathBuf),
    #[error("{} 是空文件，里面没有推荐册。请用备份恢复，或换一个文件名新建一本。", .0.display())]
    Empty(PathBuf),
    #[error("{} 不是本程序的推荐册，没有改动它。请选择扩展名为 .tuijian 的推荐册。", .0.display())]
    Foreign(PathBuf),
    #[error("{} 由更新的程序写成（格式第 {found} 版，本程序只认到第 {known} 版），没有改动它。请升级本程序后再打开。", .path.display())]
    TooNew { path: PathBuf, found: i64, known: i64 },
    #[error("{} 这个文件名不能用：太长，或有系统不允许的符号（如 : * ? \" < > |）。请换一个文件名。", .0.display())]
    BadName(PathBuf),
    #[error("{} 正在另一个程序中打开。请先在那个程序中关闭它，再试一次。", .0.display())]
    Locked(PathBuf),
    #[error("{} 是只读的，不能在其中记录改动。请把它复制到可以写入的文件夹，再打开副本。", .0.display())]
    ReadOnly(PathBuf),
    #[error("文件夹 {} 不能写入。请把推荐册放到可以写入的文件夹，再试一次。", .0.display())]
    ReadOnlyFolder(PathBuf),
    #[error("没有读取 {} 的权限。请向管理这台电脑的人要求权限，或请文件的主人复制一份给您。", .0.display())]
    NotAllowed(PathBuf),
    #[error("磁盘已满，{} 没有写入这次改动，原有内容不变。请把磁盘上的其他文件移走，腾出空间后再试一次；删除册中的记录腾不出空间。", .0.display())]
    DiskFull(PathBuf),
    #[error("{} 已损坏（{detail}），没有打开。请用备份恢复；损坏的文件请先留着，不要覆盖。", .path.display())]
    Damaged { path: PathBuf, detail: String },
    #[error("{} 中，{what} 的内容与存入时不符，没有使用它。请用备份恢复；损坏的文件请先留着，不要覆盖。", .path.display())]
    DamagedContent { path: PathBuf, what: String },
    #[error("{} 打开之后被移走、删除或替换了，这次改动没有写入。请把文件放回原处再试；在 U 盘或网络盘上的，请重新连接。", .0.display())]
    Gone(PathBuf),
    #[error("{} 就是这本推荐册自己，不能备份到它上面。请换一个文件名。", .0.display())]
    BackupOntoItself(PathBuf),
    #[error("没有写成备份 {}：复制出来的册子没有通过检查（{detail}）。", .path.display())]
    BackupDamaged { path: PathBuf, detail: String },
    #[error("推荐册 {} 中没有编号为 {} 的申报人。", .path.display(), .person.0)]
    NoSuchPerson { path: PathBuf, person: PersonId },
    #[error("推荐册 {} 中没有编号为 {} 的推荐单位。", .path.display(), .recommender.0)]
    NoSuchRecommender { path: PathBuf, recommender: RecommenderId },
    #[error("推荐册 {} 中没有编号为 {revision} 的修改记录。", .path.display())]
    NoSuchRevision { path: PathBuf, revision: i64 },
    #[error("推荐册 {} 中没有文件 {key}。请重新添加这份照片或扫描件。", .path.display())]
    NoSuchFile { path: PathBuf, key: String },
    #[error("推荐单位“{name}”名下还有 {people} 名申报人，不能删除。请先把他们移到别的推荐单位，或先删除他们。")]
    HasPeople { name: String, people: i64 },
    #[error("推荐册只收 jpg、png、pdf 文件，不收“{0}”。请先把文件转成其中一种。")]
    FileKind(String),
    #[error("读写 {} 时出错，这次改动没有写入。请确认磁盘仍然连接、没有故障，再试一次（{detail}）。", .path.display())]
    Io { path: PathBuf, detail: String },
}

impl StoreError {
    /// Another program has the book open.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Locked(_))
    }

    /// The book itself, not its place or its rights, is at fault.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::DamagedContent { .. } | Self::BackupDamaged { .. })
    }

    /// SQLite's error on the book at `path`.
    pub(super) fn sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let owned = path.to_owned();
        let detail = detail(error);
        if error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_READONLY_DIRECTORY) {
            return Self::ReadOnlyFolder(folder_of(path));
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked(owned),
            Some(ErrorCode::DiskFull) => Self::DiskFull(owned),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(owned),
            // The book itself is open by then: what cannot be opened is the journal beside it.
            Some(ErrorCode::CannotOpen) => Self::ReadOnlyFolder(folder_of(path)),
            Some(ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => Self::NotAllowed(owned),
            Some(ErrorCode::NotADatabase) => Self::Foreign(owned),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path: owned, detail },
            // A constraint, a type or a missing row: the book's rows contradict its own schema.
            Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch) | None => {
                Self::Damaged { path: owned, detail }
            }
            Some(_) => Self::Io { path: owned, detail },
        }
    }

    /// SQLite could not open the file that stands at `path`. Windows says the same of one that another program keeps to
    /// itself, and is asked why; elsewhere this program's own locks would end with the handle.
    pub(super) fn unopened(path: &Path) -> Self {
        if cfg!(windows)
            && let Err(error) = std::fs::File::open(path)
        {
            return Self::io(path, &error);
        }
        Self::NotAllowed(path.to_owned())
    }

    /// An error of the file system at `path`.
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        let owned = path.to_owned();
        match error.kind() {
            // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
            _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => Self::Locked(owned),
            io::ErrorKind::NotFound => Self::Missing(owned),
            io::ErrorKind::PermissionDenied => Self::NotAllowed(owned),
            io::ErrorKind::AlreadyExists => Self::Exists(owned),
            io::ErrorKind::InvalidFilename => Self::BadName(owned),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(owned),
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyFolder(folder_of(path)),
            _ => {
                let detail = error.raw_os_error().map(|code| format!("系统错误号 {code}"));
                Self::Io { path: owned, detail: detail.unwrap_or_else(|| "系统没有说明原因".to_owned()) }
            }
        }
    }
}

/// SQLite's reason in Chinese; its number is for whoever is asked for help.
fn detail(error: &rusqlite::Error) -> String {
    let reason = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => "其中一部分读不出来",
        Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch) | None => "其中的记录互相矛盾",
        Some(ErrorCode::SystemIoFailure) => "磁盘没有完成读写",
        Some(ErrorCode::OutOfMemory) => "内存不足",
        Some(_) => "这一步没有完成",
    };
    match error.sqlite_error() {
        Some(error) => format!("{reason}，错误号 {}", error.extended_code),
        None => reason.to_owned(),
    }
}

/// The folder that a file lies in.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    path.parent().unwrap_or(path).to_owned()
}
