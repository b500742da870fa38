//! Taking people in from records, packages and the firms' forms: first a plan, then one transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::backup;
use super::error::OpError;
use super::incoming::{Incoming, fill, overwrite, read, same_person};
use super::open_book::{OpenBook, who};
use crate::domain::{Applicant, Body, FileKey, IdNumber, Person, PersonId, Recommender, RecommenderId, is_filled};
use crate::exchange::gate::Received;
use crate::exchange::record::RecordIn;
use crate::store;

/// What to do with a person whose identity number the recommender's people already have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    Keep,
    Replace,
    Both,
}

/// Whether the book is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    DryRun,
    Commit,
}

/// What becomes of one person of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Added as a new person.
    New,
    /// The book's person gets the record's content.
    Changed,
    /// The book has exactly this already.
    Same,
    /// The book's person stays; the record's differs.
    Kept,
}

/// One line of the plan.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct PlanLine {
    #[serde(serialize_with = "super::shown::path")]
    pub path: PathBuf,
    pub recommender: String,
    pub name: String,
    pub action: Action,
    /// The book's number; `null` for a new person of a dry run.
    pub person: Option<PersonId>,
    pub because: String,
}

/// A path that changed nothing, with the reason.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Refusal {
    #[serde(serialize_with = "super::shown::path")]
    pub path: PathBuf,
    pub because: String,
}

/// Something in a form that was seen and not taken, or that the clerk should look at.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Note {
    #[serde(serialize_with = "super::shown::path")]
    pub path: PathBuf,
    pub note: String,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct ImportReport {
    /// Recommenders that the book did not have.
    pub new_recommenders: Vec<String>,
    pub people: Vec<PlanLine>,
    pub notes: Vec<Note>,
    pub refused: Vec<Refusal>,
}

impl ImportReport {
    /// The report, or the first refusal as an error.
    pub fn into_result(self) -> Result<Self, OpError> {
        match self.refused.first() {
            Some(refusal) => Err(OpError::File(refusal.because.clone())),
            None => Ok(self),
        }
    }
}

/// What to import and how.
#[derive(Clone, Copy, Debug)]
pub struct ImportRequest<'a> {
    pub paths: &'a [PathBuf],
    pub conflict: Conflict,
    pub mode: Mode,
    /// For packages that are encrypted.
    pub passphrase: Option<&'a str>,
}

/// Imports the readable ones of the paths together in one transaction; the others are in the report with their reasons.
/// A book that already holds people is copied first.
pub fn import(open: &mut OpenBook, request: &ImportRequest<'_>) -> Result<ImportReport, OpError> {
    let mut report = ImportReport::default();
    let mut records = Vec::new();
    let mut known: Vec<Recommender> = open.bodies()?.into_iter().map(|body| body.recommender).collect();
    for path in request.paths {
        let read = read(open, path, request.passphrase).and_then(|incoming| {
            incoming.iter().try_for_each(|one| admit(open, &known, path, &one.record)).map(|()| incoming)
        });
        match read {
            Ok(incoming) => {
                known.extend(incoming.iter().flat_map(|one| one.record.recommenders.iter().cloned()));
                records.extend(incoming.into_iter().map(|one| (path, one)));
            }
            Err(error) => report.refused.push(Refusal { path: path.clone(), because: error.to_string() }),
        }
    }
    if records.is_empty() {
        return Ok(report);
    }
    let mut shelf = Shelf::of(open)?;
    for (path, incoming) in &records {
        shelf.take_in(path, incoming, request.conflict, &mut report.people);
        let note = |note: &String| Note { path: path.to_path_buf(), note: note.clone() };
        report.notes.extend(incoming.notes.iter().map(note));
    }
    let new_bodies = shelf.bodies.iter().skip(shelf.before.0.len());
    report.new_recommenders = new_bodies.map(|body| body.recommender.name.clone()).collect();
    let numbers = match request.mode {
        Mode::Commit => commit(open, &records, &shelf)?,
        Mode::DryRun => BTreeMap::new(),
    };
    for line in &mut report.people {
        line.person = line.person.and_then(|id| if is_temporary(id) { numbers.get(&id).copied() } else { Some(id) });
    }
    Ok(report)
}

/// The book as it will be. What is new has a temporary, negative number until it is in the book.
struct Shelf {
    bodies: Vec<Body>,
    people: Vec<Person>,
    before: (Vec<Body>, Vec<Person>),
    next_temporary: i64,
}

fn is_temporary(id: PersonId) -> bool {
    id.0 < 0
}

impl Shelf {
    fn of(open: &OpenBook) -> Result<Self, OpError> {
        let (bodies, people) = (open.bodies()?, open.people()?);
        Ok(Self { bodies: bodies.clone(), people: people.clone(), before: (bodies, people), next_temporary: -1 })
    }

    fn temporary(&mut self) -> i64 {
        self.next_temporary -= 1;
        self.next_temporary
    }

    /// Plans one record. People are matched by identity number within their recommender and only against what was there
    /// before this record: two people of one record are never taken for one, and one person put forward by two
    /// recommenders stays twice in the book, where the check sees it (`id.duplicate`).
    fn take_in(&mut self, path: &Path, incoming: &Incoming, conflict: Conflict, lines: &mut Vec<PlanLine>) {
        let record = &incoming.record;
        let is_form = incoming.is_form;
        let earlier = self.people.len();
        // Two people of one record never meet in one person of the book.
        let mut taken = BTreeSet::new();
        let owners: Vec<RecommenderId> = record.recommenders.iter().map(|body| self.take_in_body(body)).collect();
        for incoming in &record.applicants {
            let Some(&recommender) = owners.get(incoming.recommender) else { continue };
            let applicant = in_book(&incoming.applicant, &record.files);
            let mut matches: Vec<usize> = (0..earlier)
                .filter(|i| !taken.contains(i) && self.people[*i].recommender == recommender)
                .filter(|&i| same_id_number(&self.people[i].applicant, &applicant))
                .collect();
            // Where one number stands twice in the book, the namesake is meant.
            matches.sort_by_key(|&i| self.people[i].applicant.name != applicant.name);
            if is_form {
                let by_name = (0..earlier).find(|&i| {
                    self.people[i].recommender == recommender && same_person(&self.people[i].applicant, &applicant)
                });
                if let Some(index) = matches.first().copied().or(by_name).filter(|_| conflict != Conflict::Both) {
                    lines.push(self.take_in_form(path, index, &applicant, !matches.is_empty(), conflict));
                    continue;
                }
            }
            let unchanged = |i: &usize| self.people[*i].applicant == applicant;
            // Without a number there is nothing to match by, but the very same content is not a new person.
            let same = match is_filled(&applicant.id_number) {
                true => matches.iter().copied().find(unchanged),
                false => (0..earlier)
                    .filter(|i| !taken.contains(i) && self.people[*i].recommender == recommender)
                    .find(unchanged),
            };
            let (action, index, because) = match (same, matches.first().copied(), conflict) {
                (Some(i), _, _) => (Action::Same, i, "书中已有相同的内容".to_owned()),
                (None, Some(i), Conflict::Keep) => {
                    (Action::Kept, i, "身份证号已在书中，内容不同，保留书中的".to_owned())
                }
                (None, Some(i), Conflict::Replace) => {
                    let before = std::mem::replace(&mut self.people[i].applicant, applicant.clone());
                    (Action::Changed, i, replaced("身份证号已在书中，用新的内容替换", &before, &applicant))
                }
                (None, found, _) => {
                    let id = PersonId(self.temporary());
                    self.people.push(Person { id, recommender, applicant: applicant.clone() });
                    let because =
                        if found.is_some() { "身份证号已在书中，两份都留" } else { "书中没有此人" };
                    (Action::New, self.people.len() - 1, because.to_owned())
                }
            };
            taken.insert(index);
            lines.push(PlanLine {
                path: path.to_owned(),
                recommender: record.recommenders[incoming.recommender].name.clone(),
                name: applicant.name,
                action,
                person: Some(self.people[index].id),
                because,
            });
        }
    }

    /// What a form says of a person whom the book has: only what the form holds, and without `replace` only where the
    /// book has nothing. A known identity number keeps the book's content as it is.
    fn take_in_form(
        &mut self,
        path: &Path,
        index: usize,
        form: &Applicant,
        by_number: bool,
        conflict: Conflict,
    ) -> PlanLine {
        let before = self.people[index].applicant.clone();
        let all = overwrite(&before, form);
        let after = match conflict {
            Conflict::Replace => all.clone(),
            _ if by_number => before.clone(),
            _ => fill(&before, form),
        };
        let (action, because) = if all == before {
            (Action::Same, "书中已有相同的内容")
        } else if after == before {
            (Action::Kept, "书中已有此人，内容不同，保留书中的")
        } else if conflict == Conflict::Replace {
            (Action::Changed, "书中已有此人，用表中填写的内容替换")
        } else {
            (Action::Changed, "书中已有此人，补上空着的内容")
        };
        let person = &mut self.people[index];
        person.applicant = after;
        let body = self.bodies.iter().find(|body| body.id == person.recommender);
        PlanLine {
            path: path.to_owned(),
            recommender: body.map(|body| body.recommender.name.clone()).unwrap_or_default(),
            name: person.applicant.name.clone(),
            action,
            person: Some(person.id),
            because: because.to_owned(),
        }
    }

    /// The recommender of that name with its empty contact fields filled, or a new one.
    fn take_in_body(&mut self, incoming: &Recommender) -> RecommenderId {
        if let Some(body) = self.bodies.iter_mut().find(|body| body.recommender.name == incoming.name) {
            body.recommender.fill_contact(incoming);
            // A recommender that has nobody yet is only a name: the record's reason and report are its first ones.
            let mine = &mut body.recommender;
            if self.people.iter().all(|person| person.recommender != body.id) && mine.report.is_empty() {
                mine.report.clone_from(&incoming.report);
                if !is_filled(&mine.exception) {
                    mine.exception.clone_from(&incoming.exception);
                }
            }
            return body.id;
        }
        let id = RecommenderId(self.temporary());
        self.bodies.push(Body { id, recommender: incoming.clone() });
        id
    }
}

/// Writes the difference between the shelf and the book; returns the numbers given to new people.
fn commit(
    open: &mut OpenBook,
    records: &[(&PathBuf, Incoming)],
    shelf: &Shelf,
) -> Result<BTreeMap<PersonId, PersonId>, OpError> {
    let (bodies_before, people_before) = &shelf.before;
    let mut numbers = BTreeMap::new();
    if shelf.bodies == *bodies_before && shelf.people == *people_before {
        return Ok(numbers);
    }
    if !people_before.is_empty() {
        backup::before(open, "导入前")?;
    }
    let added = shelf.people.len() - people_before.len();
    let changed = people_before.iter().zip(&shelf.people).filter(|(before, after)| before != after).count();
    let what = match (added, changed) {
        (0, 0) => "导入推荐单位信息".to_owned(),
        (added, 0) => format!("导入 {added} 人"),
        (0, changed) => format!("导入并替换 {changed} 人"),
        (added, changed) => format!("导入 {added} 人，替换 {changed} 人"),
    };
    open.book.transact(&who(), &what, |change| -> Result<(), OpError> {
        let wanted: BTreeSet<&FileKey> = shelf.people.iter().flat_map(|person| person.applicant.files()).collect();
        for file in records.iter().flat_map(|(_, incoming)| incoming.record.files.values()) {
            let extension = file.content.extension();
            if wanted.contains(&store::file_key(&file.bytes, extension)) {
                change.put_file(&file.bytes, extension)?;
            }
        }
        let mut body_numbers = BTreeMap::new();
        for (index, body) in shelf.bodies.iter().enumerate() {
            match bodies_before.get(index) {
                Some(before) if before == body => {}
                Some(_) => change.update_body(body.id, &body.recommender)?,
                None => {
                    body_numbers.insert(body.id, change.insert_body(&body.recommender)?);
                }
            }
        }
        for (index, person) in shelf.people.iter().enumerate() {
            let recommender = body_numbers.get(&person.recommender).copied().unwrap_or(person.recommender);
            match people_before.get(index) {
                Some(before) if before == person => {}
                Some(_) => change.update_person(person.id, &person.applicant)?,
                None => {
                    numbers.insert(person.id, change.insert_person(recommender, &person.applicant)?);
                }
            }
        }
        Ok(())
    })?;
    Ok(numbers)
}

/// What a replacement also changes, which nobody should miss.
fn replaced(because: &str, before: &Applicant, after: &Applicant) -> String {
    match (before.nominated, after.nominated) {
        (true, false) => format!("{because}，并按记录撤回推荐"),
        (false, true) => format!("{because}，并按记录列为推荐"),
        _ => because.to_owned(),
    }
}

/// The applicant with its files named as the book names them.
fn in_book(applicant: &Applicant, files: &BTreeMap<FileKey, Received>) -> Applicant {
    let mut applicant = applicant.clone();
    for key in applicant.files_mut() {
        if let Some(file) = files.get(key) {
            *key = store::file_key(&file.bytes, file.content.extension());
        }
    }
    applicant
}

fn same_id_number(a: &Applicant, b: &Applicant) -> bool {
    is_filled(&a.id_number) && IdNumber::printed(&a.id_number) == IdNumber::printed(&b.id_number)
}

/// Checks that a record may come into this book, beside what is admitted already.
fn admit(open: &OpenBook, known: &[Recommender], path: &Path, record: &RecordIn) -> Result<(), OpError> {
    if record.notice != open.notice.id {
        return Err(OpError::File(format!(
            "{} 属于通知“{}”，这本推荐册属于“{}”；请导入到那份通知的推荐册",
            path.display(),
            record.notice,
            open.notice.id
        )));
    }
    for recommender in &record.recommenders {
        let same_name = known.iter().find(|other| other.name == recommender.name);
        if let Some(other) = same_name.filter(|other| other.kind != recommender.kind) {
            return Err(OpError::File(format!(
                "{} 中“{}”是{}，推荐册或同时导入的另一份记录中是{}；请先核对推荐单位类别",
                path.display(),
                recommender.name,
                recommender.kind.label(),
                other.kind.label()
            )));
        }
    }
    Ok(())
}
