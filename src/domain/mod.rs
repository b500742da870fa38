//! Plain values: what the clerk typed, also when it is wrong or half done.
//!
//! Nothing here refuses or corrects anything. Text fields keep every character as typed (a name is never normalised);
//! the typed views beside them ([`IdNumber`], [`YearMonth`], [`Grade`], …) read that text and say what they made of it.
//! What is wrong is said by [`crate::rules`], as [`Finding`]s.
//!
//! Invariant: this module knows std, serde and chrono only. Every struct reads from a record with any key missing
//! ("not filled") and refuses unknown keys; writing leaves out what the contract's examples leave out.

mod applicant;
mod certificate_number;
mod evidence;
mod figure;
mod finding;
mod grade;
mod id_number;
mod label;
mod process;
mod recommender;
mod text;
mod texts;
mod year_month;

pub use applicant::{Applicant, ExperienceRow, FileKey, Opinions, Section, SectionKey, Sections};
pub use certificate_number::{CertificateNumber, certificate_number};
pub use evidence::{
    Apprentice, Attachment, AttachmentKind, Certificate, CertificateKind, Competition, CompetitionLevel, Honour,
};
pub use figure::Figure;
pub use finding::{
    Clause, ConditionResult, ConditionVerdict, Finding, FindingCode, PersonEligibility, Severity, Verdict,
};
pub use grade::Grade;
pub use id_number::{IdNumber, IdNumberFault};
pub use label::{field_label, field_of_label, field_place};
pub use process::{DoneMark, EmployeeOpinion, EmployerReport, ExpertReview, OriginalsChecked, Process, Publicity};
pub use recommender::{Recommender, RecommenderKind};
pub use text::{in_quotes, non_space_count, word_count};
pub use year_month::{Day, YearMonth, parse_day};

/// Number of an applicant within a book; given once, never used again, also after removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub i64);

impl std::fmt::Display for PersonId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Number of a recommender within a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct RecommenderId(pub i64);

/// True when a text counts as filled: it has a character other than white space.
pub fn is_filled(text: &str) -> bool {
    !text.trim().is_empty()
}

/// An applicant as the book holds one: with its number and its recommender.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub id: PersonId,
    pub recommender: RecommenderId,
    pub applicant: Applicant,
}

/// A recommender as the book holds one.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    pub id: RecommenderId,
    pub recommender: Recommender,
}

/// The people of one recommender in ranking order: by `order` (unranked last), then by number.
pub fn ranked(people: &[Person], recommender: RecommenderId) -> Vec<&Person> {
    let mut of_body: Vec<&Person> = people.iter().filter(|person| person.recommender == recommender).collect();
    of_body.sort_by_key(|person| (person.applicant.order.unwrap_or(u32::MAX), person.id));
    of_body
}

/// The nominated of one recommender in ranking order; a place in this list is the 序号 (from 0).
pub fn nominated(people: &[Person], recommender: RecommenderId) -> Vec<&Person> {
    ranked(people, recommender).into_iter().filter(|person| person.applicant.nominated).collect()
}
