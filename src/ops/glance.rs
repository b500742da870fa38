//! What was read of a person, at a glance: enough to see that the right file was read.

use crate::domain::{Applicant, is_filled};

/// The few fields that a clerk knows a person by, and how many rows the lists have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    pub occupation: String,
    pub grade: String,
    pub employer: String,
    pub experience: usize,
    pub certificates: usize,
    pub honours: usize,
    pub competitions: usize,
    pub has_photo: bool,
    /// Copies that come with the file itself.
    pub copies: usize,
}

impl Glance {
    pub(super) fn of(applicant: &Applicant) -> Self {
        let text = |text: &str| if is_filled(text) { text.trim().to_owned() } else { String::new() };
        Self {
            occupation: text(&applicant.occupation),
            grade: text(&applicant.grade),
            employer: text(&applicant.employer),
            experience: filled(&applicant.experience),
            certificates: filled(&applicant.certificates),
            honours: filled(&applicant.honours),
            competitions: filled(&applicant.competitions),
            has_photo: !applicant.photo.is_none(),
            copies: applicant.attachments.len(),
        }
    }
}

/// How many rows have something in them.
fn filled<T: Default + PartialEq>(rows: &[T]) -> usize {
    rows.iter().filter(|row| **row != T::default()).count()
}
