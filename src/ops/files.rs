//! Where photos and copies of a document come from: the book, or what the window has of it while the book is elsewhere.

use std::sync::Arc;

use super::error::OpError;
use super::open_book::OpenBook;
use super::proof;
use crate::domain::FileKey;
use crate::exchange::gate::{self, Content, Received};
use crate::pages::{self, COPY_ROOM, CopyContent, Picture};
use crate::pdf;
use crate::rules::Notice;

/// What print shops call print resolution.
const PRINT_DPI: f32 = 300.0;

/// What [`Printer`](super::printer::Printer) makes documents from.
pub(super) trait Files {
    fn notice(&self) -> &Notice;

    /// A photo; `None` for none and for what is no picture.
    fn photo(&self, key: &FileKey) -> Result<Option<Arc<Picture>>, OpError>;

    /// A copy as it is bound; the inner error says why it cannot be, reading on after a colon.
    fn copy(&self, title: &str, key: &FileKey) -> Result<Result<CopyContent, String>, OpError>;

    /// Pages of a copy. A picture is one and need not be looked at; what cannot be read is told of when it is printed.
    fn page_count(&self, key: &FileKey) -> usize;
}

impl Files for OpenBook {
    fn notice(&self) -> &Notice {
        self.notice()
    }

    fn photo(&self, key: &FileKey) -> Result<Option<Arc<Picture>>, OpError> {
        proof::picture(self, key)
    }

    fn copy(&self, title: &str, key: &FileKey) -> Result<Result<CopyContent, String>, OpError> {
        Ok(self.admitted(title, key)?.map_err(|error| of_this_file(&error)).and_then(|file| bound(title, file)))
    }

    fn page_count(&self, key: &FileKey) -> usize {
        if !key.0.ends_with(".pdf") {
            return 1;
        }
        match self.content(key) {
            Ok(Some(Content::Pdf(facts))) => facts.pages,
            _ => 1,
        }
    }
}

/// Why the gate refuses a file that stands in the book.
pub(super) fn of_this_file(error: &gate::GateError) -> String {
    format!("这份文件{}", error.fault)
}

/// A file that the gate has let in, as the binder takes it.
fn bound(title: &str, Received { bytes, content }: Received) -> Result<CopyContent, String> {
    match content {
        Content::Pdf(_) => {
            pdf::open(bytes).map(|pdf| CopyContent::Pdf(Arc::new(pdf))).map_err(|error| error.to_string())
        }
        Content::Image(_) => {
            let (width, height) = COPY_ROOM;
            let pixels = |length: pages::Mm| (length.0 / 25.4 * PRINT_DPI).ceil() as u32;
            let print = gate::for_print(title, bytes, (pixels(width), pixels(height)));
            let (bytes, facts) = print.map_err(|error| of_this_file(&error))?;
            Ok(CopyContent::Picture(Arc::new(proof::picture_of(bytes, facts))))
        }
    }
}
