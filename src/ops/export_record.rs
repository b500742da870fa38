//! Everyone in the book as a record folder, nominated or not.

use std::path::Path;

use super::error::OpError;
use super::open_book::OpenBook;
use crate::exchange::record::{self, RecordOut};

/// Writes the record folder, all or nothing.
pub fn export_record(open: &OpenBook, folder: &Path) -> Result<usize, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let out = RecordOut { notice: &open.notice.id, bodies: &bodies, people: &people };
    record::write(folder, &out, |key| open.file(key))?;
    Ok(people.len())
}
