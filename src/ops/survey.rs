//! What would be printed now: how many pages each document has and which code it bears, before anything is printed.

use super::code;
use super::error::OpError;
use super::open_book::OpenBook;
use super::print::Printable;
use super::printer::Printer;
use super::watch::Unwatched;
use crate::domain::{PersonId, RecommenderId, nominated};
use crate::fonts::Fonts;

/// One document as it would be printed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub document: Printable,
    pub recommender: RecommenderId,
    /// Whose, of Annex 2.
    pub person: Option<PersonId>,
    pub pages: usize,
    /// 校验码
    pub code: String,
}

/// The documents of everyone nominated that can be laid out without their copies: all but the binder and its list.
pub fn survey(open: &OpenBook) -> Result<Vec<Sheet>, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let notice = open.notice();
    let printer = Printer { open, fonts: Fonts::shared()?, draft: false, watcher: &Unwatched };
    let mut sheets = Vec::new();
    for body in &bodies {
        let persons = nominated(&people, body.id);
        if persons.is_empty() {
            continue;
        }
        let recommender = &body.recommender;
        let mut add = |document, person, pages: usize, code| {
            sheets.push(Sheet { document, recommender: body.id, person, pages, code });
        };
        let pages = printer.summary(body, &persons).pages.len();
        add(Printable::Summary, None, pages, code::summary(notice, recommender, &persons));
        for person in &persons {
            let pages = printer.application(person)?.pages.len();
            add(Printable::Application, Some(person.id), pages, code::application(notice, &person.applicant));
        }
        let pages = printer.report(body, &persons).pages.len();
        add(Printable::Report, None, pages, code::report(notice, recommender, &persons));
    }
    Ok(sheets)
}
