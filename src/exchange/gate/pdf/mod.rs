//! Copies that come as PDF.

mod claims;
mod weight;

use std::collections::HashSet;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::{
    GateError, GateFault, PDF_BYTES, PDF_OBJECTS, PDF_PAGES, PDF_PARSED_BYTES, PDF_STREAM_BYTES, PDF_TREE_NODES, within,
};
use crate::pdf::ForeignError;

/// What was found in a PDF whose page tree could be walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PdfFacts {
    pub pages: usize,
}

/// Bytes before `%PDF` that readers pass over.
const HEADER_WITHIN: usize = 1024;

/// By `%PDF` near the start.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    header_at(bytes).is_some()
}

fn header_at(bytes: &[u8]) -> Option<usize> {
    bytes.iter().take(HEADER_WITHIN).enumerate().map(|(at, _)| at).find(|&at| bytes[at..].starts_with(b"%PDF-"))
}

/// Reads a PDF once, within the limits, and counts its pages by walking the page tree (its own count may lie).
/// An owner's password alone is no hindrance; a password for opening is. `file` names it in the fault.
pub fn pdf(file: &str, bytes: &[u8]) -> Result<PdfFacts, GateError> {
    read(bytes).map_err(|fault| fault.of(file))
}

/// Takes each page as printing will take it: a page that could not be printed as it is seen is refused here.
pub(super) fn printable(file: &str, bytes: &[u8]) -> Result<(), GateError> {
    crate::pdf::examine(bytes).map_err(|error| match error {
        ForeignError::Locked => GateFault::PdfLocked.of(file),
        ForeignError::NoPages => GateFault::NoPages.of(file),
        ForeignError::Damaged | ForeignError::NoSuchPage(_) | ForeignError::DamagedPage(_) => {
            GateFault::DamagedPdf.of(file)
        }
    })
}

fn read(bytes: &[u8]) -> Result<PdfFacts, GateFault> {
    within(bytes, PDF_BYTES)?;
    if !sniff(bytes) {
        return Err(GateFault::NotPdf);
    }
    if claims::are_absurd(bytes) {
        return Err(GateFault::DamagedPdf);
    }
    if weight::exceeds(bytes, PDF_PARSED_BYTES) || claims::objects(bytes) > PDF_OBJECTS || claims::entries_meet(bytes) {
        return Err(GateFault::PdfTooComplex);
    }
    let document = Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(PDF_STREAM_BYTES))
        .map_err(|error| match error {
            lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => GateFault::PdfLocked,
            _ => GateFault::DamagedPdf,
        })?;
    if document.is_encrypted() {
        return Err(GateFault::PdfLocked);
    }
    match count_pages(&document)? {
        0 => Err(GateFault::NoPages),
        pages => Ok(PdfFacts { pages }),
    }
}

fn count_pages(document: &Document) -> Result<usize, GateFault> {
    let root = document
        .catalog()
        .and_then(|catalog| catalog.get(b"Pages"))
        .and_then(Object::as_reference)
        .map_err(|_| GateFault::DamagedPdf)?;
    let mut open: Vec<ObjectId> = vec![root];
    let mut branches = HashSet::new();
    let mut pages = 0;
    let mut nodes = 0;
    while let Some(id) = open.pop() {
        nodes += 1;
        if nodes > PDF_TREE_NODES {
            return Err(GateFault::TooManyPages);
        }
        let node = document.get_dictionary(id).map_err(|_| GateFault::DamagedPdf)?;
        let Some(kids) = kids(document, node)? else {
            pages += 1;
            if pages > PDF_PAGES {
                return Err(GateFault::TooManyPages);
            }
            continue;
        };
        if !branches.insert(id) {
            return Err(GateFault::DamagedPdf);
        }
        if kids.len() > PDF_TREE_NODES {
            return Err(GateFault::TooManyPages);
        }
        for kid in kids {
            open.push(kid.as_reference().map_err(|_| GateFault::DamagedPdf)?);
        }
    }
    Ok(pages)
}

/// The children of a branch; `None`: the node is a page.
fn kids<'a>(document: &'a Document, node: &'a Dictionary) -> Result<Option<&'a Vec<Object>>, GateFault> {
    let Ok(kids) = node.get_deref(b"Kids", document) else { return Ok(None) };
    kids.as_array().map(Some).map_err(|_| GateFault::DamagedPdf)
}
