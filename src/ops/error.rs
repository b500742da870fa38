//! What can stop an operation, folded to: what happened, which file or person, what to do.

use std::path::PathBuf;

/// Why an operation did nothing. The kind decides the exit code (contract, section 2).
#[derive(Debug, thiserror::Error)]
pub enum OpError {
    /// A rule of the notice refuses it, or damage was found.
    #[error("{0}")]
    Refused(String),
    /// What was asked for does not exist or makes no sense.
    #[error("{0}")]
    Wrong(String),
    /// A file cannot be read, written or understood.
    #[error("{0}")]
    File(String),
    /// The book is open elsewhere.
    #[error("{0}")]
    Locked(String),
    /// Whoever asked for it called it off.
    #[error("已取消")]
    Cancelled,
}

impl OpError {
    /// A file operation of the system failed.
    pub fn io(doing: &str, path: impl Into<PathBuf>, error: &std::io::Error) -> Self {
        Self::File(format!("{doing} {} 失败：{}", path.into().display(), io_reason(error)))
    }
}

/// The system's reason in Chinese, with what to do.
pub fn io_reason(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "没有这个文件或文件夹，请核对路径",
        ErrorKind::PermissionDenied => "没有权限，请换一个文件夹，或请管理员授权",
        ErrorKind::AlreadyExists => "已经存在，请换一个名称",
        ErrorKind::StorageFull => "磁盘已满，请腾出空间后再试",
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的，请换一个文件夹",
        ErrorKind::IsADirectory => "这是文件夹，不是文件",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        ErrorKind::InvalidFilename => "文件名过长或含有不允许的字符",
        _ => "系统没有完成这一步，请稍后再试；仍不行请换一个文件夹",
    }
}

impl From<crate::store::StoreError> for OpError {
    fn from(error: crate::store::StoreError) -> Self {
        match error {
            locked if locked.is_locked() => Self::Locked(locked.to_string()),
            other => Self::File(other.to_string()),
        }
    }
}

impl From<crate::exchange::record::WriteError<Self>> for OpError {
    fn from(error: crate::exchange::record::WriteError<Self>) -> Self {
        match error {
            crate::exchange::record::WriteError::Source(error) => error,
            other => Self::File(other.to_string()),
        }
    }
}

macro_rules! file_errors {
    ($($error:ty),* $(,)?) => {$(
        impl From<$error> for OpError {
            fn from(error: $error) -> Self {
                Self::File(error.to_string())
            }
        }
    )*};
}

file_errors!(
    crate::exchange::place::PlaceError,
    crate::exchange::gate::GateError,
    crate::exchange::office::OfficeError,
    crate::exchange::package::PackageError,
    crate::exchange::record::RecordError,
    crate::fonts::FontError,
    crate::pdf::PdfError,
    crate::rules::NoticeError,
);
