//! What the reports leave to be looked at before they are sealed: said in the window only, never in the way of anything.

use crate::domain::nominated;
use crate::ops::{Place, Spot, open_ends, report_state};
use crate::ui::desk::Desk;

/// Something to be looked at in a report.
#[derive(Debug)]
pub(super) struct Remark {
    /// The recommender's.
    pub name: String,
    pub words: String,
    /// The words of the link, and where it leads.
    pub way: String,
    pub place: Place,
}

/// The remarks on all reports, with the revision of the book that they are of.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    known: Option<(u64, Vec<Remark>)>,
}

impl Remarks {
    /// Reads the reports, once a revision: it writes them whole.
    pub(super) fn read(&mut self, desk: &Desk) {
        if self.known.as_ref().is_none_or(|(revision, _)| *revision != desk.revision) {
            self.known = Some((desk.revision, remarks(desk)));
        }
    }

    pub(super) fn all(&self) -> &[Remark] {
        self.known.as_ref().map(|(_, remarks)| remarks.as_slice()).unwrap_or_default()
    }
}

/// A remark for each edited part whose facts have changed since, and one for each fact that a report still lacks. A report
/// that tells of nobody is not printed.
fn remarks(desk: &Desk) -> Vec<Remark> {
    let book = &desk.book;
    let mut remarks = Vec::new();
    for body in book.bodies.iter().filter(|body| !nominated(&book.people, body.id).is_empty()) {
        let name = &body.recommender.name;
        let parts = report_state(&book.notice, body, &book.people).parts;
        remarks.extend(parts.iter().filter(|part| part.stale).map(|part| Remark {
            name: name.clone(),
            words: format!("“{}”改写之后，所依据的情况又有变化，请核对这一部分。", part.heading),
            way: REPORT.to_owned(),
            place: Place::Recommender(body.id, Some(Spot { field: format!("report.{}", part.part), at: None })),
        }));
        remarks.extend(open_ends(&book.notice, body, &book.people).into_iter().map(|end| Remark {
            name: name.clone(),
            words: format!("推荐报告里还缺{}，打印出来会写“待补”，请补登后再盖章。", end.what),
            way: format!("去补登：{}", end.what),
            place: end.place,
        }));
    }
    remarks
}

const REPORT: &str = "去看：推荐报告";
