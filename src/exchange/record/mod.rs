//! `record.json` and the files beside it (contract, section 3): what a record says comes back the same when it is
//! written again, but for file paths.

mod de;
mod error;
mod json;
mod read;
mod write;

pub use error::{RecordError, RecordFault};
pub use read::{ApplicantIn, RecordIn, applicant_from_json, read};
pub use write::{ApplicantOut, RecordOut, WriteError, to_json, write};

use crate::domain::{Applicant, FileKey};

/// Name of the record within its folder.
pub const FILE_NAME: &str = "record.json";
const FORMAT: &str = "tuijian-record";
const VERSION: u64 = 1;

/// Largest `record.json`: a hundred people with ten pages of text each have about 3 MB.
pub const RECORD_BYTES: u64 = 16 << 20;
/// All photos and copies of one record together: they are in memory until the book has taken them all.
pub const FILES_BYTES: u64 = 1 << 30;
/// Nesting of a record; its own shape is six deep.
const DEPTH: usize = 32;

/// The files that an applicant names, each with its place in the applicant: `photo`, `attachments[0].file`.
fn named_files(applicant: &Applicant) -> impl Iterator<Item = (String, &FileKey)> {
    let photo = std::iter::once(("photo".to_owned(), &applicant.photo));
    let copies = applicant.attachments.iter().enumerate();
    photo
        .chain(copies.map(|(index, attachment)| (format!("attachments[{index}].file"), &attachment.file)))
        .filter(|(_, key)| !key.is_none())
}
