//! Back end 1: pages to PDF. Draws what [`crate::pages`] placed and decides nothing about layout.
//!
//! printpdf composes the pages, subsetter cuts the fonts down to the characters used, lopdf finishes the file to
//! PDF/A-2b (ISO 19005-2, level B) and brings in the pages of existing PDFs. Invariant: the bytes depend on the document and the fonts alone, never on the
//! clock, on chance or on what was written before.

mod compose;
mod deflate;
mod finish;
mod foreign;
mod outline;
mod picture;
mod program;
mod srgb;
mod subset;
mod text;

use std::io::{Cursor, Read, Seek, Write};

use crate::fonts::{Face, Fonts};
use crate::pages::{Document, Item};

pub use foreign::{ForeignError, examine, open};

/// Why a document could not be written as PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error("文件“{0}”没有页面，无法生成 PDF")]
    NoPages(String),
    #[error("字体 {} 中没有“{character}”（U+{:04X}）的字形，无法打印。请改用规范字形，或以草稿方式输出", .face.name(), u32::from(*.character))]
    NoGlyph { character: char, face: Face },
    #[error("字体文件 {} 无法读取。请从安装包重新复制 fonts 文件夹", .0.file_name())]
    Font(Face),
    #[error("第 {page} 页的图片无法读取。请换用能正常打开的 JPG 或 PNG 图片")]
    Picture { page: usize },
    #[error("第 {page} 页：{error}")]
    Foreign { page: usize, error: ForeignError },
    #[error("生成 PDF 时内存不足或写入失败（{0}）。请关闭其他程序后重试")]
    Write(#[from] std::io::Error),
    /// Whoever asked for the file called it off.
    #[error("已取消")]
    Stopped,
}

/// Asked between pages, pictures and objects: whether to give up.
pub type Stop<'a> = &'a dyn Fn() -> bool;

/// Writes a document as PDF; as PDF/A-2b unless it holds pages of existing PDFs, whose insides nobody vouches for.
///
/// The same document gives the same bytes. Text can be extracted character by character as it was typed.
/// Errors: a character that its face has no glyph for, a picture that is none, an existing PDF that cannot be
/// read, a font file that cannot be read.
pub fn write(fonts: &Fonts, document: &Document) -> Result<Vec<u8>, PdfError> {
    let stop = &|| false;
    let composed = compose::compose(fonts, document, stop)?;
    let mut file = Cursor::new(Vec::new());
    finish::finish(document, composed, &mut file, stop)?;
    Ok(file.into_inner())
}

/// The same into an empty file, for a document with many scans: what it holds is let go as soon as it is taken over, and
/// the file is never in memory as a whole. `stop` calls it off with [`PdfError::Stopped`]; `out` is then half a file.
pub fn write_to(
    fonts: &Fonts,
    mut document: Document,
    out: &mut (impl Read + Write + Seek),
    stop: Stop<'_>,
) -> Result<(), PdfError> {
    let composed = compose::compose(fonts, &document, stop)?;
    for page in &mut document.pages {
        page.items.retain(|item| matches!(item, Item::Link(_)));
    }
    finish::finish(&document, composed, out, stop)
}

fn go_on(stop: Stop<'_>) -> Result<(), PdfError> {
    if stop() { Err(PdfError::Stopped) } else { Ok(()) }
}
