//! Everyone in the book as a record folder, nominated or not.

use std::path::Path;

use super::error::OpError;
use super::open_book::OpenBook;
use crate::domain::{Person, Recommender};
use crate::exchange::record::{self, ApplicantOut, RecordOut};

/// Writes the record folder, all or nothing; returns how many people it holds.
pub fn export_record(open: &OpenBook, folder: &Path) -> Result<usize, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let recommenders: Vec<Recommender> = bodies.iter().map(|body| body.recommender.clone()).collect();
    let mut applicants = Vec::new();
    for Person { recommender, applicant, .. } in &people {
        let recommender = bodies.iter().position(|body| body.id == *recommender).unwrap_or_default();
        applicants.push(ApplicantOut { recommender, applicant: applicant.clone() });
    }
    let record = RecordOut { notice: &open.notice.id, recommenders: &recommenders, applicants };
    record::write(folder, record, |key| open.file(key))?;
    Ok(people.len())
}
