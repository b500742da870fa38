//! Word documents: 申报表.docx and 推荐报告.docx, so that a firm can still correct them in Word or WPS.
//!
//! [`xml`] writes paragraphs and tables, [`package`] the container around them; one module a document.

mod application;
mod package;
mod report;
mod xml;

pub use application::application_docx;
pub use report::report_docx;
