//! Pages as they would print now, from values that need not be in the book yet.

use std::sync::Arc;

use super::code;
use super::error::OpError;
use super::open_book::OpenBook;
use crate::domain::{Applicant, FileKey, Person, Recommender};
use crate::exchange::gate::{Content, ImageFacts, ImageFormat, Received};
use crate::fonts::Fonts;
use crate::pages::{self, Document, Picture, PictureFormat, Stamp};
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

/// Annex 2 of a person.
pub fn proof_application(
    notice: &Notice,
    applicant: &Applicant,
    photo: Option<Arc<Picture>>,
) -> Result<Document, OpError> {
    let stamp = Stamp { code: Some(code::application(notice, applicant)), draft: false };
    Ok(pages::application(Fonts::shared()?, notice, applicant, photo, &stamp))
}

/// Annex 1 of a recommender.
pub fn proof_summary(notice: &Notice, recommender: &Recommender, persons: &[&Person]) -> Result<Document, OpError> {
    let stamp = Stamp { code: Some(code::summary(notice, recommender, persons)), draft: false };
    Ok(pages::summary(Fonts::shared()?, notice, recommender, persons, &stamp))
}
