//! The documents that firms and offices may go on editing: 汇总表.xlsx, 申报表.docx, 推荐报告.docx.
//!
//! Same content and structure as the printed pages, but for the document code: what can be edited proves nothing. A
//! draft's mark stands in the head of each page, outside of what is read back. The same content gives the same bytes. Texts stand whole; characters that XML 1.0 cannot hold are left out
//! (the check reports them as `glyph.missing`).

mod docx;
mod measure;
mod text;
mod xlsx;

pub use docx::{application_docx, report_docx};
pub use xlsx::summary_xlsx;

/// A zip notes on which system it was made; the same content gives the same bytes on every one.
pub const MADE_ON: zip::System = zip::System::Unix;

/// Why a document cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// Excel's own limit for a cell.
    #[error("{person}的“{column}”超过 {limit} 字，电子表格的一个单元格放不下，请缩短后再导出")]
    CellTooLong { person: String, column: String, limit: usize },
    #[error("无法生成电子表格（{0}），请再试一次；仍不行请重新安装程序")]
    Sheet(#[source] rust_xlsxwriter::XlsxError),
    #[error("无法生成 Word 文档（{0}），请再试一次；仍不行请重新安装程序")]
    Zip(#[source] zip::result::ZipError),
    #[error("无法生成 Word 文档（{0}），请再试一次；仍不行请重新安装程序")]
    Io(#[source] std::io::Error),
}
