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
    /// One of the above, with what to do next.
    #[error("{error}")]
    Next { error: Box<Self>, next: NextStep },
}

/// What to do next, where the two doors say it in words of their own: the window what to click, the command line what to
/// type. A sentence of this module, of `store` or of `exchange` names neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Somebody must be put forward first.
    Nominate,
    /// The same, or one person's paper alone is wanted.
    NominateOrChoose,
    /// What is wrong is mended first; a draft can be made meanwhile.
    MendOrDraft,
    /// The list of people tells names and numbers.
    SeePeople,
    SeeRecommenders,
    /// The history tells the numbers of revisions.
    SeeHistory,
    SeeBackups,
    /// The book itself should be looked at.
    CheckBook,
    /// The book is damaged: a copy takes its place.
    RestoreBackup,
    RenameRecommender,
    /// Nomination has an operation of its own.
    UseNomination,
    /// Ranking has one too.
    UseOrder,
}

impl NextStep {
    /// Every step, for tests.
    pub const ALL: [Self; 12] = [
        Self::Nominate,
        Self::NominateOrChoose,
        Self::MendOrDraft,
        Self::SeePeople,
        Self::SeeRecommenders,
        Self::SeeHistory,
        Self::SeeBackups,
        Self::CheckBook,
        Self::RestoreBackup,
        Self::RenameRecommender,
        Self::UseNomination,
        Self::UseOrder,
    ];
}

impl OpError {
    /// Adds what to do next.
    pub fn then(self, next: NextStep) -> Self {
        Self::Next { error: Box::new(self), next }
    }

    /// The whole sentence, what to do next in the words of a door.
    pub fn told(&self, words: fn(NextStep) -> &'static str) -> String {
        let Self::Next { error, next } = self else { return self.to_string() };
        let sentence = error.told(words);
        let words = words(*next);
        match sentence.contains('\n') {
            true => format!("{sentence}\n{words}。"),
            false => format!("{}；{words}", sentence.trim_end_matches('。')),
        }
    }

    /// The kind of fault, without what to do next.
    pub fn kind(&self) -> &Self {
        match self {
            Self::Next { error, .. } => error.kind(),
            plain => plain,
        }
    }

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
        use crate::store::StoreError;
        let next = match &error {
            StoreError::BackupDamaged { .. } => Some(NextStep::CheckBook),
            StoreError::Damaged { .. } | StoreError::DamagedContent { .. } | StoreError::Empty(_) => {
                Some(NextStep::RestoreBackup)
            }
            StoreError::NoSuchPerson { .. } => Some(NextStep::SeePeople),
            StoreError::NoSuchRecommender { .. } => Some(NextStep::SeeRecommenders),
            StoreError::NoSuchRevision { .. } => Some(NextStep::SeeHistory),
            _ => None,
        };
        let told = match error {
            locked if locked.is_locked() => Self::Locked(locked.to_string()),
            other => Self::File(other.to_string()),
        };
        match next {
            Some(next) => told.then(next),
            None => told,
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
