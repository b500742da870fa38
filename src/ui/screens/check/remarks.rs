//! What the reports leave to be looked at before they are sealed: said in the window only, never in the way of anything.

use crate::domain::{RecommenderId, nominated};
use crate::ops::report_state;
use crate::ui::desk::Desk;

/// Something to be looked at in a report.
#[derive(Debug)]
pub(super) struct Remark {
    pub recommender: RecommenderId,
    /// The recommender's.
    pub name: String,
    /// Where in the report.
    pub part: &'static str,
    pub words: String,
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

/// A remark for each edited part whose facts have changed since, and one for the facts that a report still lacks. A report
/// that tells of nobody is not printed.
fn remarks(desk: &Desk) -> Vec<Remark> {
    let book = &desk.book;
    let mut remarks = Vec::new();
    for body in book.bodies.iter().filter(|body| !nominated(&book.people, body.id).is_empty()) {
        let parts = report_state(&book.notice, body, &book.people).parts;
        let mut say = |part, words| {
            remarks.push(Remark { recommender: body.id, name: body.recommender.name.clone(), part, words });
        };
        for part in parts.iter().filter(|part| part.stale) {
            say(part.part, format!("“{}”改写之后，所依据的情况又有变化，请核对这一部分。", part.heading));
        }
        let open_ends: usize = parts.iter().map(|part| part.open_ends()).sum();
        if let Some(first) = parts.iter().find(|part| part.open_ends() > 0) {
            say(first.part, format!("还有 {open_ends} 处没有记录的情况，打印出来会写“待补”，请补登后再盖章。"));
        }
    }
    remarks
}
