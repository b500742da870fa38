//! The set that is handed in, as a folder and as 电子文档 (contract, section 5): its list, its zip, and how both are held
//! against the list.

mod hash;
mod list;
mod read;
mod verify;
mod write;

pub use list::{Entry, LIST, List, OwnExport, recommender_of, set_of, zip_name};
pub use read::{is_package, read};
pub use verify::{Verification, verify};
pub use write::SetWriter;

use crate::exchange::gate::GateError;

/// Why a folder or zip cannot be held against its list, or read.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    #[error("“{0}”里没有 {LIST}，不是本程序导出的材料，请核对是否选对了文件夹或压缩包")]
    NoList(String),
    #[error("“{0}”里的 {LIST} 读不懂，请向报送单位重新索取")]
    BadList(String),
    #[error("“{0}”里没有 record.json，不能导入，请向报送单位重新索取")]
    NoRecord(String),
    #[error("“{0}”读不出来（{1}），请检查磁盘或换一份副本再试")]
    Unreadable(String, String),
    #[error(transparent)]
    Gate(#[from] GateError),
    #[error(transparent)]
    Record(#[from] super::record::RecordError),
}
