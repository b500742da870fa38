//! Pages as they would print now, from values that need not be in the book yet, and copies as the binder shows them.
//!
//! The window lays pages out on a thread that has no book. A [`Proof`] holds all that a document is made from; of copies
//! only the outline (kind, size, pages), which is all that layout asks for. Their bytes come when they are seen, as a
//! [`CopyBytes`].

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::OpError;
use super::files::{Files, of_this_file};
use super::open_book::OpenBook;
use super::print::Printable;
use super::printer::Printer;
use super::watch::Unwatched;
use crate::domain::{Body, FileKey, Person};
use crate::exchange::gate::{Content, ImageFacts, ImageFormat, Received};
use crate::fonts::Fonts;
use crate::pages::{CopyContent, Document, ForeignPage, ForeignPdf, Item, Mm, Page, Picture, PictureFormat, Rect};
use crate::pdf;
use crate::rules::Notice;

/// A photo or a scanned picture of the book; `None` for none, for a PDF and for bytes that are no picture.
pub fn picture(open: &OpenBook, key: &FileKey) -> Result<Option<Arc<Picture>>, OpError> {
    if key.is_none() {
        return Ok(None);
    }
    Ok(match open.admitted("", key)? {
        Ok(Received { bytes, content: Content::Image(facts) }) => Some(Arc::new(picture_of(bytes, facts))),
        Ok(_) | Err(_) => None,
    })
}

/// The page model's picture of bytes that the gate has let in.
pub(super) fn picture_of(bytes: Vec<u8>, facts: ImageFacts) -> Picture {
    let format = match facts.format {
        ImageFormat::Jpeg => PictureFormat::Jpeg,
        ImageFormat::Png => PictureFormat::Png,
    };
    let ImageFacts { width_px, height_px, orientation, .. } = facts;
    Picture { bytes, format, width_px, height_px, orientation }
}

/// What a copy is, without its bytes; the inner error says why it cannot be bound, reading on after a colon.
pub fn copy_outline(open: &OpenBook, key: &FileKey) -> Result<Result<CopyContent, String>, OpError> {
    // Of a picture the book knows all that is asked for without its bytes.
    if let Some(Content::Image(facts)) = open.content(key)? {
        return Ok(Ok(CopyContent::Picture(Arc::new(picture_of(Vec::new(), facts)))));
    }
    let received = match open.admitted("", key)? {
        Ok(received) => received,
        Err(error) => return Ok(Err(of_this_file(&error))),
    };
    Ok(match received.content {
        Content::Image(facts) => Ok(CopyContent::Picture(Arc::new(picture_of(Vec::new(), facts)))),
        Content::Pdf(_) => pdf::open(received.bytes)
            .map(|pdf| CopyContent::Pdf(Arc::new(ForeignPdf { bytes: Vec::new(), ..pdf })))
            .map_err(|error| error.to_string()),
    })
}

/// A copy's bytes, let in by the gate.
#[derive(Debug)]
pub struct CopyBytes(Received);

/// The bytes of a copy; `None`: they cannot be bound, as [`copy_outline`] says.
pub fn copy_bytes(open: &OpenBook, key: &FileKey) -> Result<Option<CopyBytes>, OpError> {
    Ok(open.admitted("", key)?.ok().map(CopyBytes))
}

impl CopyBytes {
    /// As the binder prints it: of a PDF the pages that [`pdf`] composes of it, seals drawn in, cropped and turned. Takes
    /// its time.
    pub fn as_printed(self) -> Result<CopyContent, String> {
        let Received { bytes, content } = self.0;
        match content {
            Content::Image(facts) => Ok(CopyContent::Picture(Arc::new(picture_of(bytes, facts)))),
            Content::Pdf(_) => {
                let source = Arc::new(pdf::open(bytes).map_err(|error| error.to_string())?);
                let printed = pdf::write(Fonts::shared().map_err(|error| error.to_string())?, &alone(&source));
                let bytes = printed.map_err(|error| error.to_string())?;
                Ok(CopyContent::Pdf(Arc::new(ForeignPdf { bytes, pages: source.pages.clone() })))
            }
        }
    }
}

/// Each page of an existing PDF on a page of its own size.
fn alone(source: &Arc<ForeignPdf>) -> Document {
    let page = |(page, size): (usize, &crate::pages::ForeignSize)| {
        let rect = Rect::new(Mm(0.0), Mm(0.0), size.width, size.height);
        let shown = ForeignPage { rect, source: Arc::clone(source), page };
        Page { width: size.width, height: size.height, items: vec![Item::ForeignPage(shown)] }
    };
    Document { pages: source.pages.iter().enumerate().map(page).collect(), ..Document::default() }
}

/// A document that is to be laid out, with all that it is made from.
pub struct Proof {
    pub document: Printable,
    pub notice: Arc<Notice>,
    pub body: Body,
    /// Whose form, or the recommender's nominated in order; as they are on the screen.
    pub persons: Vec<Person>,
    /// Photos, and outlines of copies or why there is none; what is missing is passed over (a photo) or refused (a copy).
    pub files: BTreeMap<FileKey, Result<CopyContent, String>>,
}

impl Proof {
    /// The document's pages as they would print.
    pub fn pages(&self) -> Result<Document, OpError> {
        let printer = Printer { open: self, fonts: Fonts::shared()?, draft: false, watcher: &Unwatched };
        let persons: Vec<&Person> = self.persons.iter().collect();
        match self.document {
            Printable::Application => match persons.first() {
                Some(person) => printer.application(person),
                None => Ok(Document::default()),
            },
            Printable::Summary => Ok(printer.summary(&self.body, &persons)),
            Printable::Report => Ok(printer.report(&self.body, &persons)),
            Printable::Catalogue => printer.catalogue(&self.body, &persons),
            Printable::Binder => printer.binder(&self.body, &persons),
        }
    }
}

impl Files for Proof {
    fn notice(&self) -> &Notice {
        &self.notice
    }

    fn photo(&self, key: &FileKey) -> Result<Option<Arc<Picture>>, OpError> {
        Ok(match self.files.get(key) {
            Some(Ok(CopyContent::Picture(picture))) => Some(Arc::clone(picture)),
            _ => None,
        })
    }

    fn copy(&self, _: &str, key: &FileKey) -> Result<Result<CopyContent, String>, OpError> {
        Ok(self.files.get(key).cloned().unwrap_or_else(|| Err("这份文件还没有读出来".to_owned())))
    }

    fn page_count(&self, key: &FileKey) -> usize {
        match self.files.get(key) {
            Some(Ok(CopyContent::Pdf(pdf))) => pdf.pages.len(),
            _ => 1,
        }
    }
}
