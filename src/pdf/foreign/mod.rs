//! Pages of existing PDFs inside ours: certificates and reports as they were scanned, with their own resolution.
//!
//! A foreign page becomes a form object. Only what its drawing reaches travels: no actions, scripts, attachments or
//! form logic (invariant 5 of the design: foreign files do nothing but be looked at).

mod annotation;
mod frame;
mod import;

use lopdf::{Document, LoadOptions, Object, ObjectId};

use crate::pages::{ForeignPdf, ForeignSize};

pub use frame::Frame;
pub use import::Importer;

/// Why pages of an existing PDF cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForeignError {
    #[error("这份 PDF 设有打开密码。请用原软件打开并另存为不带密码的 PDF，再重新添加")]
    Locked,
    #[error("这份 PDF 已损坏，无法读取。请用原软件重新导出，或把原件扫描成图片后添加")]
    Damaged,
    #[error("这份 PDF 没有页面。请检查是否选错了文件")]
    NoPages,
    #[error("这份 PDF 没有第 {0} 页")]
    NoSuchPage(usize),
    #[error("这份 PDF 的第 {0} 页已损坏，无法读取。请用原软件重新导出，或把原件扫描成图片后添加")]
    DamagedPage(usize),
}

/// What one stream may unpack to (facts.md, "Import gate": counted while reading, declared sizes lie).
const MAX_UNPACKED: usize = 200 << 20;

/// Reads an existing PDF so that its pages can be put on ours.
///
/// An empty user password is no lock. Errors: locked, damaged, no pages.
pub fn open(bytes: Vec<u8>) -> Result<ForeignPdf, ForeignError> {
    let source = Source::load(&bytes)?;
    let sizes = (0..source.pages.len())
        .map(|page| source.frame(page).map(|frame| frame.upright_size()))
        .collect::<Result<Vec<ForeignSize>, _>>()?;
    Ok(ForeignPdf { bytes, pages: sizes })
}

/// Takes every page of an existing PDF as it would be taken for printing: what fails here would fail at the printer.
pub fn examine(bytes: &[u8]) -> Result<(), ForeignError> {
    let source = Source::load(bytes)?;
    let mut importer = Importer::new(&source);
    let mut file = Document::new();
    (0..source.pages.len()).try_for_each(|page| importer.page(&mut file, page).map(drop))
}

/// An existing PDF, read.
pub struct Source {
    file: Document,
    pages: Vec<ObjectId>,
}

impl Source {
    pub fn load(bytes: &[u8]) -> Result<Self, ForeignError> {
        let options = LoadOptions { max_decompressed_size: Some(MAX_UNPACKED), ..LoadOptions::default() };
        let file = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            lopdf::Error::InvalidPassword
            | lopdf::Error::Decryption(_)
            | lopdf::Error::UnsupportedSecurityHandler(_) => ForeignError::Locked,
            _ => ForeignError::Damaged,
        })?;
        if file.is_encrypted() {
            return Err(ForeignError::Locked);
        }
        let pages: Vec<ObjectId> = file.page_iter().collect();
        if pages.is_empty() {
            return Err(ForeignError::NoPages);
        }
        Ok(Self { file, pages })
    }

    /// The place of a page, counted from 0, in its own file.
    pub fn frame(&self, page: usize) -> Result<Frame, ForeignError> {
        let id = *self.pages.get(page).ok_or(ForeignError::NoSuchPage(page + 1))?;
        Ok(Frame::of(self, id))
    }

    /// An entry of a page, or of the nodes above it (ISO 32000-1, 7.7.3.4).
    fn inherited(&self, page: ObjectId, key: &[u8]) -> Option<&Object> {
        // A damaged tree may be a ring.
        const MAX_DEPTH: usize = 64;
        let mut node = self.file.get_dictionary(page).ok()?;
        for _ in 0..MAX_DEPTH {
            if let Ok(value) = node.get(key)
                && !matches!(self.resolved(value), Object::Null)
            {
                return Some(value);
            }
            node = self.file.get_dictionary(node.get(b"Parent").and_then(Object::as_reference).ok()?).ok()?;
        }
        None
    }

    /// What an object refers to; null where that is missing.
    fn resolved<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.file.dereference(object).map_or(&Object::Null, |(_, found)| found)
    }

    /// Four numbers of an array.
    fn numbers<const N: usize>(&self, object: &Object) -> Option<[f32; N]> {
        let array = self.resolved(object).as_array().ok()?;
        let numbers: Vec<f32> =
            array.iter().take(N).map(|number| self.resolved(number).as_float()).collect::<Result<_, _>>().ok()?;
        let numbers: [f32; N] = numbers.try_into().ok()?;
        numbers.iter().all(|number| number.is_finite()).then_some(numbers)
    }
}
