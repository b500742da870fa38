//! The book as it will be after an import, before anything is written: who meets whom, and what becomes of both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::error::OpError;
use super::glance::Glance;
use super::import::{Action, Conflict, ImportReport, Nominations, Note, PlanLine, Settlement};
use super::incoming::{Incoming, Source, fill, overwrite, same_person};
use super::offered::offered;
use super::open_book::OpenBook;
use crate::domain::{Applicant, Body, FileKey, IdNumber, Person, PersonId, Recommender, RecommenderId, is_filled};
use crate::exchange::gate::Received;
use crate::rules::Notice;
use crate::store;

/// The book as it will be. What is new has a temporary, negative number until it is in the book.
pub(super) struct Shelf {
    pub bodies: Vec<Body>,
    pub people: Vec<Person>,
    pub before: (Vec<Body>, Vec<Person>),
    /// The greatest source that has written to each of the people in this import.
    written: Vec<Option<Source>>,
    /// The applications of this import that bear an identity number: a row of a summary, which has none, is of whom its
    /// application is, also where the book says otherwise by now.
    applications: Vec<Applicant>,
    next_temporary: i64,
}

pub(super) fn is_temporary(id: PersonId) -> bool {
    id.0 < 0
}

/// A person of a file on the way to the shelf.
struct Newcomer<'a> {
    path: &'a Path,
    source: Source,
    recommender: RecommenderId,
    /// Its name.
    body: &'a str,
    applicant: Applicant,
}

impl Newcomer<'_> {
    fn line(&self, action: Action, because: impl Into<String>, person: &Person, place: usize) -> PlanLine {
        PlanLine {
            path: self.path.to_owned(),
            recommender: self.body.to_owned(),
            name: self.applicant.name.clone(),
            action,
            person: Some(person.id),
            because: because.into(),
            differs: Vec::new(),
            meets: None,
            place,
            glance: Glance::default(),
        }
    }
}

impl Shelf {
    /// The book as it is, before `coming` is taken in.
    pub fn of<'a>(open: &OpenBook, coming: impl Iterator<Item = &'a Incoming>) -> Result<Self, OpError> {
        let (bodies, people) = (open.bodies()?, open.people()?);
        let written = vec![None; people.len()];
        let before = (bodies.clone(), people.clone());
        let of_application = |one: &'a Incoming| {
            let applicants = one.record.applicants.iter().filter(|_| one.source == Source::Application);
            applicants.map(|one| one.applicant.clone()).filter(|form| is_filled(&form.id_number))
        };
        let applications = coming.flat_map(of_application).collect();
        Ok(Self { bodies, people, before, written, applications, next_temporary: -1 })
    }

    /// Plans one set. People are matched by identity number within their recommender and only against what was there
    /// before this set: two people of one record are never taken for one, and one person put forward by two recommenders
    /// stays twice in the book, where the check sees it (`id.duplicate`). Annex 1 has no column for the number: forms
    /// are also matched by name.
    pub fn take_in(&mut self, path: &Path, incoming: &Incoming, settlement: &Settlement, report: &mut ImportReport) {
        let record = &incoming.record;
        let earlier = self.people.len();
        // Two people of one set never meet in one person of the book.
        let mut taken = BTreeSet::new();
        let owners: Vec<RecommenderId> = record
            .recommenders
            .iter()
            .map(|body| match settlement.bodies.get(&body.name) {
                Some(&meant) => self.fill_body(meant, body),
                None => self.take_in_body(body),
            })
            .collect();
        for one in &record.applicants {
            let Some(&recommender) = owners.get(one.recommender) else { continue };
            let body = self.bodies.iter().find(|body| body.id == recommender);
            let body = body.map(|body| body.recommender.name.clone()).unwrap_or_default();
            let newcomer = Newcomer {
                path,
                source: incoming.source,
                recommender,
                body: &body,
                applicant: in_book(&one.applicant, &record.files),
            };
            let free: Vec<usize> =
                (0..earlier).filter(|i| !taken.contains(i) && self.people[*i].recommender == recommender).collect();
            let line = match incoming.source.is_form() {
                true => self.take_in_form(&newcomer, &free, settlement),
                false => self.take_in_whole(&newcomer, &free, settlement),
            };
            taken.insert(line.place);
            if line.action == Action::New && line.meets.is_none() {
                report.notes.extend(self.elsewhere(&newcomer).or_else(|| self.namesake(&newcomer, line.place)));
            }
            report.people.push(line);
        }
        let note = |note: &String| Note { path: path.to_path_buf(), note: note.clone() };
        report.notes.extend(incoming.notes.iter().map(note));
    }

    /// Those of `free` who have the newcomer's identity number. Where one number stands twice in the book, the namesake
    /// is meant.
    fn of_same_number(&self, newcomer: &Newcomer<'_>, free: &[usize]) -> Vec<usize> {
        let mut found: Vec<usize> =
            free.iter().copied().filter(|&i| same_id_number(&self.people[i].applicant, &newcomer.applicant)).collect();
        found.sort_by_key(|&i| self.people[i].applicant.name != newcomer.applicant.name);
        found
    }

    /// Those of `free` whose application is among the files and speaks of the newcomer.
    fn of_same_application(&self, newcomer: &Newcomer<'_>, free: &[usize]) -> Vec<usize> {
        let meant: Vec<&Applicant> =
            self.applications.iter().filter(|form| same_person(form, &newcomer.applicant)).collect();
        let has = |i: &usize| meant.iter().any(|form| same_id_number(&self.people[*i].applicant, form));
        free.iter().copied().filter(has).collect()
    }

    fn is_new(&self, index: usize) -> bool {
        index >= self.before.1.len()
    }

    fn add(&mut self, newcomer: &Newcomer<'_>) -> usize {
        self.next_temporary -= 1;
        let id = PersonId(self.next_temporary);
        self.people.push(Person { id, recommender: newcomer.recommender, applicant: newcomer.applicant.clone() });
        self.written.push(Some(newcomer.source));
        self.people.len() - 1
    }

    /// A record or package: it knows everything of the person.
    fn take_in_whole(&mut self, newcomer: &Newcomer<'_>, free: &[usize], settlement: &Settlement) -> PlanLine {
        let applicant = &newcomer.applicant;
        let matches = self.of_same_number(newcomer, free);
        let unchanged = |i: &usize| self.people[*i].applicant == *applicant;
        // Without a number there is nothing to match by, but the very same content is not a new person.
        let same = match is_filled(&applicant.id_number) {
            true => matches.iter().copied().find(unchanged),
            false => free.iter().copied().find(unchanged),
        };
        if let Some(index) = same {
            return newcomer.line(Action::Same, "册中已有相同的内容", &self.people[index], index);
        }
        let Some(&index) = matches.first() else {
            let because = if self.elsewhere(newcomer).is_some() { ELSEWHERE } else { NOBODY };
            let index = self.add(newcomer);
            return newcomer.line(Action::New, because, &self.people[index], index);
        };
        let before = self.people[index].applicant.clone();
        let meets = (!self.is_new(index)).then_some(self.people[index].id);
        let conflict = meets.map_or(settlement.conflict, |id| settlement.for_person(id));
        let (action, place, because) = match conflict {
            Conflict::Fill if meets.is_some() => {
                let filled = fill(&before, applicant);
                let (action, because) = match filled == before {
                    true => (Action::Kept, "身份证号已在册中，没有空栏可补，保留册中的"),
                    false => (Action::Changed, "身份证号已在册中，只补上空着的内容"),
                };
                self.people[index].applicant = filled;
                if action == Action::Changed {
                    self.written[index] = Some(newcomer.source);
                }
                (action, index, because.to_owned())
            }
            Conflict::Keep | Conflict::Leave | Conflict::Fill => {
                let because = match meets {
                    Some(_) => "身份证号已在册中，内容不同，保留册中的",
                    None => "同时导入的另一份记录中已有这个身份证号，内容不同，用先读到的",
                };
                (Action::Kept, index, because.to_owned())
            }
            Conflict::Replace => {
                self.people[index].applicant = applicant.clone();
                self.written[index] = Some(newcomer.source);
                (Action::Changed, index, replaced("身份证号已在册中，用新的内容替换", &before, applicant))
            }
            Conflict::Both => {
                let where_from = if meets.is_some() {
                    "身份证号已在册中"
                } else {
                    "同时导入的另一份记录中已有这个身份证号"
                };
                (Action::New, self.add(newcomer), format!("{where_from}，两份都留"))
            }
        };
        let after = &self.people[place].applicant;
        let differs = offered(&before, applicant, if place == index { after } else { applicant });
        PlanLine { differs, meets, ..newcomer.line(action, because, &self.people[place], place) }
    }

    /// A form: only what it holds. Without `replace` it goes only where the book has nothing; a known identity number
    /// keeps the book's content as it is.
    fn take_in_form(&mut self, newcomer: &Newcomer<'_>, free: &[usize], settlement: &Settlement) -> PlanLine {
        let by_number = self.of_same_number(newcomer, free);
        let by_name = free.iter().copied().filter(|&i| same_person(&self.people[i].applicant, &newcomer.applicant));
        let by_application = self.of_same_application(newcomer, free);
        let candidates: Vec<usize> = by_number.iter().copied().chain(by_name).chain(by_application).collect();
        let met = candidates.iter().copied().find(|&i| !self.is_new(i)).map(|i| self.people[i].id);
        // Who is to stay beside the newcomer is passed over; the other files of this import still meet in one person.
        let both = |i: usize| !self.is_new(i) && settlement.for_person(self.people[i].id) == Conflict::Both;
        let Some(index) = candidates.into_iter().find(|&i| !both(i)) else {
            let because = match met {
                Some(_) => "册中已有此人，两份都留",
                None if self.elsewhere(newcomer).is_some() => ELSEWHERE,
                None => NOBODY,
            };
            let index = self.add(newcomer);
            let line = newcomer.line(Action::New, because, &self.people[index], index);
            let differs = met.and_then(|id| self.before.1.iter().find(|person| person.id == id)).map(|known| {
                let all = overwrite(&known.applicant, &newcomer.applicant);
                offered(&known.applicant, &all, &all)
            });
            return PlanLine { differs: differs.unwrap_or_default(), meets: met, ..line };
        };
        let before = self.people[index].applicant.clone();
        let all = overwrite(&before, &newcomer.applicant);
        // Two files of one import: what the greater source says goes before.
        let (is_first, is_greater) = match self.written[index] {
            None => (true, true),
            Some(source) => (false, newcomer.source > source),
        };
        let conflict = settlement.for_person(self.people[index].id);
        let after = match conflict {
            _ if self.is_new(index) && is_greater => all.clone(),
            _ if self.is_new(index) => fill(&before, &newcomer.applicant),
            Conflict::Replace if is_greater => all.clone(),
            Conflict::Leave => before.clone(),
            // The greater source comes later: it goes before the earlier one where the book has nothing.
            Conflict::Fill if is_greater && !is_first => {
                fill(&fill(&self.before.1[index].applicant, &newcomer.applicant), &before)
            }
            Conflict::Fill | Conflict::Replace => fill(&before, &newcomer.applicant),
            _ if by_number.contains(&index) && is_first => before.clone(),
            _ => fill(&before, &newcomer.applicant),
        };
        let (action, because) = if self.is_new(index) {
            (Action::Merged, "同时导入的另一份文件中也有此人，合为一人")
        } else if all == before {
            (Action::Same, "册中已有相同的内容")
        } else if after == before {
            (Action::Kept, "册中已有此人，内容不同，保留册中的")
        } else if conflict == Conflict::Replace {
            (Action::Changed, "册中已有此人，用表中填写的内容替换")
        } else {
            (Action::Changed, "册中已有此人，补上空着的内容")
        };
        let differs = offered(&before, &all, &after);
        if after != before || self.is_new(index) {
            self.written[index] = self.written[index].max(Some(newcomer.source));
        }
        self.people[index].applicant = after;
        PlanLine { differs, meets: met, ..newcomer.line(action, because, &self.people[index], index) }
    }

    /// Recommenders whose nominations are others than in the book.
    pub fn nominations(&self, notice: &Notice) -> Vec<Nominations> {
        let of = |people: &[Person], body: RecommenderId| -> BTreeSet<PersonId> {
            let own = people.iter().filter(|person| person.recommender == body && person.applicant.nominated);
            own.map(|person| person.id).collect()
        };
        let told = |body: &Body| {
            let (before, after) = (of(&self.before.1, body.id), of(&self.people, body.id));
            let recommender = &body.recommender;
            (before != after).then(|| Nominations {
                recommender: recommender.name.clone(),
                quota: notice.quota.of(recommender.kind),
                before: before.len(),
                after: after.len(),
                new: after.difference(&before).count(),
                has_reason: is_filled(&recommender.exception),
            })
        };
        self.bodies.iter().filter_map(told).collect()
    }

    /// Somebody of the same identity number under another recommender: one person is not put forward twice.
    fn elsewhere(&self, newcomer: &Newcomer<'_>) -> Option<Note> {
        let applicant = &newcomer.applicant;
        let is_same = |person: &&Person| {
            person.recommender != newcomer.recommender && same_id_number(&person.applicant, applicant)
        };
        let other = self.people.iter().find(is_same).filter(|_| is_filled(&applicant.id_number))?;
        let body = self.bodies.iter().find(|body| body.id == other.recommender)?;
        let (name, whose) = (applicant.name.trim(), &body.recommender.name);
        let where_from = if is_temporary(other.id) { "同时导入的" } else { "册中" };
        let note =
            format!("{where_from}“{whose}”名下已有{name}的身份证号，导入后同一个人有两份，报送前要删去一份，请核对");
        Some(Note { path: newcomer.path.to_owned(), note })
    }

    /// Somebody of the same name under the same recommender who is taken for another.
    fn namesake(&self, newcomer: &Newcomer<'_>, place: usize) -> Option<Note> {
        let name = newcomer.applicant.name.trim();
        let (_, other) = self.people.iter().enumerate().find(|(index, person)| {
            *index != place && person.recommender == newcomer.recommender && person.applicant.name.trim() == name
        })?;
        if name.is_empty() {
            return None;
        }
        let where_from = if is_temporary(other.id) { "同时导入的" } else { "册中" };
        let note = format!("{where_from}另有一位{name}，身份证号、出生年月或单位不同，作为两个人导入，请核对");
        Some(Note { path: newcomer.path.to_owned(), note })
    }

    /// The recommender of that name with its empty contact fields filled, or a new one.
    fn take_in_body(&mut self, incoming: &Recommender) -> RecommenderId {
        if let Some(body) = self.bodies.iter().find(|body| body.recommender.name == incoming.name) {
            return self.fill_body(body.id, incoming);
        }
        self.next_temporary -= 1;
        let id = RecommenderId(self.next_temporary);
        self.bodies.push(Body { id, recommender: incoming.clone() });
        id
    }

    /// Fills what a recommender lacks from what a file says of it.
    fn fill_body(&mut self, id: RecommenderId, incoming: &Recommender) -> RecommenderId {
        if let Some(body) = self.bodies.iter_mut().find(|body| body.id == id) {
            body.recommender.fill_contact(incoming);
            // A recommender that has nobody yet is only a name: the record's reason and report are its first ones.
            let mine = &mut body.recommender;
            if self.people.iter().all(|person| person.recommender != body.id) && mine.report.is_empty() {
                mine.report.clone_from(&incoming.report);
                if !is_filled(&mine.exception) {
                    mine.exception.clone_from(&incoming.exception);
                }
            }
        }
        id
    }
}

const NOBODY: &str = "册中没有此人";
const ELSEWHERE: &str = "另一个推荐单位名下已有此人，作为另一份加入";

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
