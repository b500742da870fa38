//! What would be printed now: pages and codes of the documents, and what the report still leaves open, before anything is
//! printed.

use super::code;
use super::codes::codes;
use super::error::OpError;
use super::open_book::OpenBook;
use super::print::Printable;
use super::printer::Printer;
use super::report::report_state;
use super::watch::Unwatched;
use crate::domain::{PersonId, RecommenderId, nominated};
use crate::fonts::Fonts;

/// What would be printed of everyone nominated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    pub sheets: Vec<Sheet>,
    pub reports: Vec<ReportNote>,
}

/// One document as it would be printed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub document: Printable,
    pub recommender: RecommenderId,
    /// Whose, of Annex 2.
    pub person: Option<PersonId>,
    /// `None`: only known once its copies are laid out.
    pub pages: Option<usize>,
    /// 校验码
    pub code: String,
}

/// What is to be looked at in a report before it is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportNote {
    pub recommender: RecommenderId,
    /// Facts that no one has recorded.
    pub open_ends: usize,
    /// Headings of edited parts whose facts have changed since.
    pub stale: Vec<&'static str>,
}

/// Lays out what needs no copies; binder and list have their codes only.
pub fn survey(open: &OpenBook) -> Result<Survey, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let notice = open.notice();
    let printer = Printer { open, fonts: Fonts::shared()?, draft: false, watcher: &Unwatched };
    let mut survey = Survey::default();
    for body in &bodies {
        let persons = nominated(&people, body.id);
        if persons.is_empty() {
            continue;
        }
        let codes = codes(open, body, &persons);
        let mut add = |document, person, pages, code| {
            survey.sheets.push(Sheet { document, recommender: body.id, person, pages, code });
        };
        add(Printable::Summary, None, Some(printer.summary(body, &persons).pages.len()), codes.summary);
        for person in &persons {
            let pages = printer.application(person)?.pages.len();
            let code = code::application(notice, &person.applicant);
            add(Printable::Application, Some(person.id), Some(pages), code);
        }
        add(Printable::Report, None, Some(printer.report(body, &persons).pages.len()), codes.report);
        add(Printable::Binder, None, None, codes.binder);
        add(Printable::Catalogue, None, None, codes.catalogue);
        let parts = report_state(notice, body, &people).parts;
        survey.reports.push(ReportNote {
            recommender: body.id,
            open_ends: parts.iter().map(|part| part.open_ends()).sum(),
            stale: parts.iter().filter(|part| part.stale).map(|part| part.heading).collect(),
        });
    }
    Ok(survey)
}
