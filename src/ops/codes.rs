//! The codes that are current: of every document and of every sheet that is sealed by itself.

use super::code::{self, CopyOf, PersonOf};
use super::files::Files;
use super::open_book::OpenBook;
use super::printer::{copies_in_order, copy_title, online_certificates};
use crate::domain::{Applicant, Attachment, Body, Person};

/// The codes of what is printed for one recommender; forms and copies have theirs by person.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Codes {
    /// Annex 1
    #[serde(rename = "summary_code")]
    pub summary: String,
    /// 推荐报告
    #[serde(rename = "report_code")]
    pub report: String,
    /// 材料清单
    #[serde(rename = "catalogue_code")]
    pub catalogue: String,
    /// The binder's cover.
    #[serde(rename = "cover_code")]
    pub cover: String,
    /// The whole binder, at the foot of its contents.
    #[serde(rename = "binder_code")]
    pub binder: String,
}

/// The codes of one recommender; `persons` are its nominated in order.
pub fn codes(open: &OpenBook, body: &Body, persons: &[&Person]) -> Codes {
    let (notice, recommender) = (open.notice(), &body.recommender);
    let people = people_of(open, persons);
    Codes {
        summary: code::summary(notice, recommender, persons),
        report: code::report(notice, recommender, persons),
        catalogue: code::catalogue(notice, recommender, &people),
        cover: code::cover(notice, recommender, people.len()),
        binder: code::binder(notice, recommender, persons, &people),
    }
}

/// The code of a copy, beside its title.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CopyCode {
    pub title: String,
    pub code: String,
}

/// The codes of a person's copies as they are bound.
pub fn copy_codes(open: &OpenBook, applicant: &Applicant) -> Vec<CopyCode> {
    let of_copy = |copy: CopyOf<'_>| CopyCode { code: code::copy(applicant, &copy), title: copy.title };
    person_of(open, applicant).copies.into_iter().map(of_copy).collect()
}

/// What the binder prints of each.
pub(super) fn people_of<'a>(open: &impl Files, persons: &[&'a Person]) -> Vec<PersonOf<'a>> {
    persons.iter().map(|person| person_of(open, &person.applicant)).collect()
}

fn person_of<'a>(open: &impl Files, applicant: &'a Applicant) -> PersonOf<'a> {
    let copy = |attachment: &'a Attachment| {
        let file = &attachment.file;
        let index = applicant.attachments.iter().position(|other| std::ptr::eq(other, attachment));
        CopyOf { index: index.unwrap_or_default(), title: copy_title(attachment), file, pages: open.page_count(file) }
    };
    PersonOf {
        applicant,
        copies: copies_in_order(applicant).map(copy).collect(),
        online: online_certificates(applicant),
    }
}
