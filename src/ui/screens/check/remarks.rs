//! What is to be looked at before anything is sealed though no clause of the notice says so: in the reports, and what hardly
//! anybody means in the forms of those put forward. Said in the window only, never in the way of anything.

use crate::domain::{field_label, nominated};
use crate::ops::{Place, Spot, open_ends, report_state};
use crate::ui::desk::Desk;
use crate::ui::standing::is_step;

/// Something to be looked at.
#[derive(Debug)]
pub(super) struct Remark {
    /// It is in the report, not in somebody's form.
    pub in_report: bool,
    /// The recommender's, or the person's.
    pub name: String,
    pub words: String,
    /// The words of the link, and where it leads.
    pub way: String,
    pub place: Place,
}

/// The remarks on a whole book, with the revision of the book that they are of.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    known: Option<(u64, Vec<Remark>)>,
}

impl Remarks {
    /// Reads the book, once a revision: it writes the reports whole.
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
            in_report: true,
            name: name.clone(),
            words: format!("“{}”改写之后，所依据的情况又有变化，请核对这一部分。", part.heading),
            way: REPORT.to_owned(),
            place: Place::Recommender(body.id, Some(Spot { field: format!("report.{}", part.part), at: None })),
        }));
        let ends = open_ends(&book.notice, body, &book.people).into_iter();
        let is_told = |place: &Place| is_of_open_step(desk, place) || is_odd(desk, place);
        remarks.extend(ends.filter(|end| !is_told(&end.place)).map(|end| Remark {
            in_report: true,
            name: name.clone(),
            words: format!("推荐报告里还缺{}，打印出来会写“待补”，请补登后再盖章。", end.what),
            way: format!("去补登：{}", end.what),
            place: end.place,
        }));
        for person in nominated(&book.people, body.id) {
            remarks.extend(desk.oddities(person.id, &person.applicant).into_iter().map(|oddity| Remark {
                in_report: false,
                name: person.applicant.name.clone(),
                words: oddity.words,
                way: format!("去改：{}", field_label(&oddity.field)),
                place: Place::Person(person.id, Some(Spot { field: oddity.field, at: None })),
            }));
        }
    }
    remarks
}

/// Whether the check says already that the step is still to be done to which something missing belongs.
fn is_of_open_step(desk: &Desk, place: &Place) -> bool {
    let Place::Person(id, Some(spot)) = place else { return false };
    let step = |field: &str| field.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
    let wanted = step(&spot.field);
    desk.book.check.of_person(*id).any(|found| {
        found.blocks && is_step(found) && found.field.as_deref().is_some_and(|field| step(field) == wanted)
    })
}

/// Whether that it is missing is told of the person's form.
fn is_odd(desk: &Desk, place: &Place) -> bool {
    let Place::Person(id, Some(spot)) = place else { return false };
    let of = desk.book.person(*id).map(|person| desk.oddities(*id, &person.applicant)).unwrap_or_default();
    of.iter().any(|oddity| oddity.field == spot.field)
}

const REPORT: &str = "去看：推荐报告";
