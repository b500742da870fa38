//! What is to be made, where, and what came of it.

mod job;
mod place;
mod scope;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use eframe::egui::Context;

pub use self::job::{Made, MadeFile, MadeSet, Request};
pub use self::place::{Naming, Place};
use self::place::{Thought, beside};
pub use self::scope::Scope;
pub use self::verdict::{Given, Locked, Verified};
use super::look::Look;
use super::settings::{LastSet, Settings};
use super::worker::{Order, Snapshot};
use crate::domain::{Body, Finding, Person, PersonId, RecommenderId, nominated};
use crate::ops::{self, Changes, OpenEnd, PapersNow, PapersThere, Printable, Progress, SetThere, Survey};

/// Which papers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// Everything that is handed in, on paper and as files.
    #[default]
    Set,
    /// One kind of document of all nominated.
    Document(Printable),
    /// Annex 2 of the selected person, nominated or not.
    ThisPerson,
    /// Everybody in the book as a record folder, for another computer.
    Record,
}

impl What {
    /// Whether the report is among them.
    pub fn holds_report(self) -> bool {
        matches!(self, Self::Set | Self::Document(Printable::Report | Printable::Binder))
    }
}

/// A kind of output, and the one recommender that it is of.
pub type Goal = (Place, Option<RecommenderId>);

/// Whose the set is that lies in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Of another recommender.
    Other,
    /// Of a recommender of the same name; by what is known of another book.
    Namesake,
    /// Of this book, as its recommenders were then.
    Former,
}

/// A set that may not be replaced unasked, or not at all, lies where this one is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupied {
    pub there: SetThere,
    /// Where that one lies.
    pub place: PathBuf,
    pub whose: Whose,
    /// It is replaced where the clerk agrees; else the sets there are not those that are made now.
    pub can_give_way: bool,
    /// Whose set was to be made.
    pub ours: String,
    /// Where it can go instead.
    pub elsewhere: PathBuf,
}

/// What the clerk is asked before papers are made.
#[derive(Debug)]
pub enum Asked {
    Occupied(Occupied),
    /// The report of these papers still leaves facts open.
    OpenEnds(What, Vec<OpenEnd>),
}

/// What the clerk has answered to that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// The report goes out with what it leaves open.
    pub open_ends: bool,
    /// The set in this folder, which was not made of this book, is replaced.
    pub replaces: Option<PathBuf>,
    /// They go into this folder instead.
    pub elsewhere: Option<PathBuf>,
}

/// A passphrase is shown nowhere but in its field.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(pub String);

impl Secret {
    /// What was typed; `None`: nothing.
    pub fn typed(&self) -> Option<Self> {
        Some(self.clone()).filter(|secret| !secret.0.is_empty())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// The passphrase of the 电子文档 while it is typed.
#[derive(Debug, Default)]
pub struct Passphrase {
    pub is_wanted: bool,
    pub first: Secret,
    pub second: Secret,
    pub is_shown: bool,
    /// Its field is to have the cursor.
    pub is_sought: bool,
}

impl Passphrase {
    /// Typed twice alike, or not wanted.
    pub fn is_ready(&self) -> bool {
        !self.is_wanted || (!self.first.0.is_empty() && self.first == self.second)
    }
}

/// A set whose papers are looked at.
#[derive(Clone, Copy)]
pub struct Set<'a> {
    pub folder: &'a Path,
    /// Not the last set, whose own look at the disk it would disturb.
    pub is_just_made: bool,
    pub context: &'a Context,
}

/// An export on its way.
#[derive(Debug)]
pub struct Running {
    pub what: What,
    pub goal: Goal,
    pub progress: Progress,
    cancel: Arc<AtomicBool>,
}

impl Running {
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// What the clerk has chosen on the screen, and what came of it.
#[derive(Debug, Default)]
pub struct Export {
    pub what: What,
    pub draft: bool,
    /// Only this recommender.
    pub recommender: Option<RecommenderId>,
    pub passphrase: Passphrase,
    /// The folder as it stands in its field, with what it is for.
    pub folder: Option<(Goal, String)>,
    /// The folder that was put there unasked, and for whose papers.
    proposed: Option<(String, Naming)>,
    /// A folder that was chosen, until it has been seen whether papers can go into it.
    pub chosen: Option<(Goal, PathBuf)>,
    placing: Look<Thought, PathBuf>,
    /// Whether the last set is still where it was made.
    there: Look<PathBuf, bool>,
    /// The first of the folders of sets out of date that is still there.
    outdated_there: Look<Vec<PathBuf>, Option<PathBuf>>,
    /// The papers of the last set, and of one just made, where they are out of date.
    papers_there: [Look<PathBuf, PapersThere>; 2],
    /// Pages and codes, with the revision of the book that they are of.
    pub survey: Option<(u64, Survey)>,
    /// The revision that was asked about last.
    pub surveying: Option<u64>,
    pub running: Option<Running>,
    /// What is said of the last one, where it was called off.
    pub called_off: Option<&'static str>,
    pub made: Option<Made>,
    /// What was made before that, until something else is.
    set_aside: Option<(Made, Option<Secret>)>,
    /// The passphrase that it was given: never stored, it goes with the window.
    made_with: Option<Secret>,
    /// The marks of what the book holds now, with the revision that they are of.
    marks: BTreeMap<Scope, (u64, String)>,
    /// Of which sets it has been thought whether the last bore a passphrase.
    recalled: BTreeSet<Option<RecommenderId>>,
    /// The clerk has just come to the screen: it is seen from its top.
    pub came_just_now: bool,
    /// What was made has not been on the screen yet.
    pub made_just_now: bool,
    pub verified: Option<Verified>,
    /// What was found has not been on the screen yet.
    pub verified_just_now: bool,
    pub locked: Option<Locked>,
    pub unlock: Secret,
}

/// What has come since a set was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// Papers of it would be printed otherwise.
    Changed,
    /// Its papers stand, and a recommender has put somebody forward whom no set has.
    Joined,
}

impl Export {
    pub fn place(&self) -> Place {
        match (self.what, self.draft) {
            (What::Set, false) => Place::Set,
            (What::Set, true) => Place::DraftSet,
            (What::Record, _) => Place::Record,
            (_, false) => Place::Print,
            (_, true) => Place::DraftPrint,
        }
    }

    /// What the folder in the field is for.
    pub fn goal(&self) -> Goal {
        let place = self.place();
        let alone = self.recommender.filter(|_| matches!(place, Place::Set | Place::DraftSet));
        (place, alone)
    }

    /// Whose papers they are: of the one recommender, else of the book.
    pub fn naming(&self, book: &Snapshot) -> Naming {
        let (place, alone) = self.goal();
        let alone = alone.and_then(|id| book.body(id));
        let bodies: Vec<&Body> = alone.map_or_else(|| book.bodies.iter().collect(), |only| vec![only]);
        let ours: Vec<String> = bodies.iter().map(|body| body.recommender.name.clone()).collect();
        let whose = match ours.as_slice() {
            [only] => only.clone(),
            several => {
                let book = book.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                // A book may bear the name of one of them: that one's own set has another folder.
                let count = several.len();
                let is_theirs = several.iter().any(|name| place.folder_name(name) == place.folder_name(&book));
                if is_theirs { format!("{book}等 {count} 个推荐单位") } else { book }
            }
        };
        Naming { folder: book.path.with_file_name(place.folder_name(&whose)), ours, whose }
    }

    /// Where it goes unless the clerk says otherwise: as last time, else beside the book. The set of one recommender of
    /// several does not take the place of all.
    pub fn usual_folder(&self, settings: &Settings, book: &Snapshot) -> PathBuf {
        let (place, alone) = self.goal();
        let named = self.naming(book).folder;
        let of_one = alone.and_then(|_| settings.papers.last_set(&book.path, alone)).filter(|_| place == Place::Set);
        // What was made while there was but one recommender bears that one's name.
        let is_of_one = |last: &Path| {
            let name = last.file_name().unwrap_or_default();
            book.bodies.len() > 1 && book.bodies.iter().any(|body| *place.folder_name(&body.recommender.name) == *name)
        };
        match (of_one, settings.papers.folder(&book.path, place), named.file_name()) {
            (Some(last), ..) => last.folder.clone(),
            (_, Some(last), Some(name)) if alone.is_some() || is_of_one(&last) => last.with_file_name(name),
            (_, Some(last), _) => last,
            (_, None, _) => named,
        }
    }

    /// Puts into the field where papers would go, as soon as the disk has been looked at.
    pub fn place_folder(&mut self, settings: &Settings, book: &Snapshot, context: &Context) {
        let goal = self.goal();
        let naming = self.naming(book);
        // Where the recommenders of the book are others by now, so is the place. What the clerk wrote stays.
        let is_proposed =
            |text: &str| self.proposed.as_ref().is_some_and(|(proposed, of)| proposed == text && *of != naming);
        self.folder.take_if(|(of, text)| *of == goal && is_proposed(text));
        let (of, path, is_chosen) = match self.chosen.clone() {
            Some((of, chosen)) if of == goal => (of, chosen, true),
            _ if self.folder.as_ref().is_some_and(|(of, _)| *of == goal) => return,
            _ => (goal, self.usual_folder(settings, book), false),
        };
        // A folder that was thought of here is not looked for.
        let found = if !is_chosen && goal.0 != Place::Record && path == naming.folder {
            Some(path)
        } else {
            let thought = Thought { place: of.0, path, is_chosen, naming };
            self.placing.at(context, &thought, Thought::found).cloned()
        };
        if let Some(found) = found {
            let text = found.display().to_string();
            self.proposed = Some((text.clone(), self.naming(book))).filter(|_| !is_chosen);
            self.folder = Some((of, text));
            if is_chosen {
                self.chosen = None;
            }
            self.placing.forget();
        }
    }

    /// The mark of what the book holds now.
    pub fn mark(&mut self, revision: u64, book: &Snapshot, scope: Scope) -> &str {
        let (of, mark) = self.marks.entry(scope).or_default();
        if mark.is_empty() || *of != revision {
            (*of, *mark) = (revision, scope.mark(&book.bodies, &book.people));
        }
        mark
    }

    /// Whether the last set no longer tells what the book holds.
    pub fn is_outdated(&mut self, revision: u64, book: &Snapshot, last: &LastSet) -> bool {
        !ops::still_tells(&last.of, self.mark(revision, book, Scope::of(last.alone)))
    }

    /// What of a set would be printed otherwise now; `None`: not known yet, or of papers without codes.
    pub fn changed_papers(&mut self, of: Set<'_>, revision: u64, book: &Snapshot) -> Option<Changes> {
        let (surveyed, survey) = self.survey.as_ref()?;
        let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for sheet in &survey.sheets {
            let whose = book.body(sheet.recommender).map(|body| body.recommender.name.clone()).unwrap_or_default();
            codes.entry(whose).or_default().insert(sheet.code.clone());
        }
        let is_known = *surveyed == revision;
        let there = Self::papers(&mut self.papers_there, of)?;
        let now = PapersNow { codes, forms: job::forms(&book.bodies, &book.people) };
        (is_known && !there.is_empty()).then(|| match book.bodies.as_slice() {
            // The name may have been corrected since.
            [only] => there
                .clone()
                .renamed(&only.recommender.name, std::slice::from_ref(&only.recommender.name))
                .changes(&now),
            _ => there.changes(&now),
        })
    }

    /// Recommenders that a set of all does not have yet, but for those that have one of their own, `alone`.
    pub fn lacking(&mut self, of: Set<'_>, book: &Snapshot, alone: &BTreeSet<RecommenderId>) -> Vec<String> {
        let others: Vec<Body> = book.bodies.iter().filter(|body| !alone.contains(&body.id)).cloned().collect();
        let forms = job::forms(&others, &book.people);
        let there = Self::papers(&mut self.papers_there, of);
        there.map(|there| there.lacks(&PapersNow { forms, ..PapersNow::default() })).unwrap_or_default()
    }

    fn papers<'p>(looks: &'p mut [Look<PathBuf, PapersThere>; 2], of: Set<'_>) -> Option<&'p PapersThere> {
        let [last, made] = looks;
        let look = if of.is_just_made { made } else { last };
        look.at(of.context, &of.folder.to_owned(), |folder| PapersThere::of(folder))
    }

    /// Whether the last set is still where it was made, as far as is known.
    pub fn is_there(&mut self, last: &LastSet, context: &Context) -> bool {
        self.there.at(context, &last.folder, |folder| folder.is_dir()) == Some(&true)
    }

    /// The newest set that no longer tells what the book holds and can be made anew, with what has come since; but for one
    /// that is told elsewhere.
    pub fn outdated<'s>(
        &mut self,
        revision: u64,
        book: &Snapshot,
        settings: &'s Settings,
        told: Option<Scope>,
        context: &Context,
    ) -> Option<(&'s LastSet, Since)> {
        let standing = settings.papers.standing_sets(&book.path);
        let alone = settings.papers.alone(&book.path);
        let mut outdated: Vec<(&LastSet, Since)> = Vec::new();
        for last in standing.filter(|last| told != Some(Scope::of(last.alone))) {
            let can_be_made = last.alone.is_none_or(|id| book.body(id).is_some());
            if can_be_made && self.is_outdated(revision, book, last) {
                outdated.push((last, Since::Changed));
            } else if last.alone.is_none() && self.has_joined(revision, book, last, &alone) {
                outdated.push((last, Since::Joined));
            }
        }
        if outdated.is_empty() {
            return None;
        }
        let folders: Vec<PathBuf> = outdated.iter().map(|(set, _)| set.folder.clone()).collect();
        let look = |folders: &Vec<PathBuf>| folders.iter().find(|folder| folder.is_dir()).cloned();
        let there = self.outdated_there.at(context, &folders, look)?.as_ref()?;
        outdated.into_iter().find(|(set, _)| set.folder == *there)
    }

    /// Whether a recommender that has put somebody forward is neither in the set of all nor has one of its own, `alone`.
    fn has_joined(&mut self, revision: u64, book: &Snapshot, whole: &LastSet, alone: &BTreeSet<RecommenderId>) -> bool {
        book.bodies.iter().filter(|body| !alone.contains(&body.id)).any(|body| {
            let mark = self.mark(revision, book, Scope::Recommender(body.id));
            !mark.is_empty() && !ops::tells_of(&whole.of, mark)
        })
    }

    /// Nothing was begun after all: what was made before is told as before.
    pub fn give_back(&mut self) {
        if let Some((made, with)) = self.set_aside.take() {
            (self.made, self.made_with) = (Some(made), with);
        }
    }

    /// Whether this set was just made and is told as such.
    pub fn is_just_made(&self, last: &LastSet) -> bool {
        let is_it = |made: &Made| made.folder == last.folder && made.scope == Some(Scope::of(last.alone));
        self.made.as_ref().is_some_and(|made| made.what == What::Set && !made.draft && is_it(made))
    }

    /// The book has another state: a recommender that has left it is chosen no longer.
    pub fn keep_to(&mut self, bodies: &[Body]) {
        self.recommender = self.recommender.filter(|id| bodies.iter().any(|body| body.id == *id));
    }

    /// Papers were made. What was found of those that gave way to them says nothing of these.
    pub fn receive(&mut self, made: Made) {
        let is_gone = |path: &Path| path.starts_with(&made.folder) || made.folder.starts_with(path);
        self.verified.take_if(|verified| is_gone(&verified.path));
        if self.locked.take_if(|locked| is_gone(&locked.path)).is_some() {
            self.unlock = Secret::default();
        }
        self.there.forget();
        self.outdated_there.forget();
        self.papers_there.iter_mut().for_each(Look::forget);
        self.made = Some(made);
        self.made_just_now = true;
        // The next record has a folder of its own.
        self.folder = None;
    }

    /// Whether what was held against its list is a set that no longer tells what the book holds.
    pub fn verified_outdated<'s>(
        &mut self,
        revision: u64,
        book: &Snapshot,
        mut sets: impl Iterator<Item = &'s LastSet>,
    ) -> bool {
        let Some(path) = self.verified.as_ref().map(|verified| verified.path.clone()) else { return false };
        sets.find(|set| path.starts_with(&set.folder)).is_some_and(|set| self.is_outdated(revision, book, set))
    }

    /// The zip that is replaced bore a passphrase: so does the new one, unless the clerk says otherwise.
    pub fn recall(&mut self, last: Option<&LastSet>) {
        if self.recalled.insert(self.goal().1) {
            self.passphrase.is_wanted |= last.is_some_and(|last| last.is_locked);
        }
    }

    /// Waits for what is being looked for on the disk: for tests.
    pub fn wait(&mut self, patience: Duration) {
        self.placing.wait(patience);
        self.there.wait(patience);
        self.outdated_there.wait(patience);
        self.papers_there.iter_mut().for_each(|look| look.wait(patience));
    }

    /// The order to hold something against its list: what was just made here is opened with the passphrase it was given.
    pub fn verify(&self, path: PathBuf) -> Order {
        let is_made = self.made.as_ref().is_some_and(|made| path.starts_with(&made.folder));
        Order::Verify(path, self.made_with.clone().filter(|_| is_made))
    }

    /// Whether a passphrase, where one is wanted, is typed twice alike.
    pub fn is_ready(&self) -> bool {
        self.what != What::Set || self.draft || self.passphrase.is_ready()
    }

    /// What the reports of the chosen papers leave open; of a draft nothing is asked.
    pub fn open_ends(&self, book: &Snapshot, bodies: &[Body], people: &[Person]) -> Vec<OpenEnd> {
        let is_asked = self.what.holds_report() && !self.draft;
        let of_chosen = |body: &&Body| is_asked && self.recommender.is_none_or(|only| only == body.id);
        bodies.iter().filter(of_chosen).flat_map(|body| ops::open_ends(&book.notice, body, people)).collect()
    }

    /// The order to make what is chosen, in a folder. `known`: those that hold a set of this book.
    pub fn begin(
        &mut self,
        (folder, known): (PathBuf, Vec<PathBuf>),
        book: &Snapshot,
        selected: Option<PersonId>,
        consent: Consent,
    ) -> Request {
        let cancel = Arc::new(AtomicBool::new(false));
        let progress = Progress { done: 0, of: 1, what: "准备".to_owned() };
        self.running = Some(Running { what: self.what, goal: self.goal(), progress, cancel: Arc::clone(&cancel) });
        self.set_aside = self.made.take().map(|made| (made, self.made_with.take()));
        self.called_off = None;
        let zip = self.what == What::Set && !self.draft && self.passphrase.is_wanted;
        let passphrase = zip.then(|| self.passphrase.first.clone());
        self.made_with.clone_from(&passphrase);
        let (what, draft, recommender) = (self.what, self.draft, self.recommender);
        let naming = self.naming(book);
        Request { what, draft, recommender, passphrase, folder, known, naming, consent, selected, cancel }
    }

    /// What is wrong with the chosen papers, by the operations' own rules: what they would be refused for.
    pub fn obstacles<'s>(&self, what: What, book: &'s Snapshot, selected: Option<PersonId>) -> Obstacles<'s> {
        if what == What::Record {
            return Obstacles { people: book.people.len(), findings: Vec::new() };
        }
        let chosen = self.chosen(what, book, selected);
        let people = chosen.iter().map(|(_, persons)| persons.len()).sum();
        let findings = &book.check.findings;
        let findings = match what {
            What::Set | What::Record => {
                let only = self.recommender.and_then(|id| book.body(id));
                ops::blocking_set(only, findings)
            }
            What::Document(document) => ops::blocking_print(document, &chosen, findings),
            What::ThisPerson => ops::blocking_print(Printable::Application, &chosen, findings),
        };
        Obstacles { people, findings }
    }

    /// Who would be on the chosen papers.
    pub fn chosen_people<'s>(
        &self,
        book: &'s Snapshot,
        selected: Option<PersonId>,
    ) -> impl Iterator<Item = &'s Person> + use<'s> {
        self.chosen(self.what, book, selected).into_iter().flat_map(|(_, people)| people)
    }

    fn chosen<'s>(
        &self,
        what: What,
        book: &'s Snapshot,
        selected: Option<PersonId>,
    ) -> Vec<(&'s Body, Vec<&'s Person>)> {
        if what == What::ThisPerson {
            let person = selected.and_then(|id| book.person(id));
            let body = person.and_then(|person| book.body(person.recommender));
            return body.zip(person).map(|(body, person)| (body, vec![person])).into_iter().collect();
        }
        let bodies = book.bodies.iter().filter(|body| self.recommender.is_none_or(|only| only == body.id));
        bodies.map(|body| (body, nominated(&book.people, body.id))).filter(|(_, persons)| !persons.is_empty()).collect()
    }
}

/// What is said of papers that were called off.
pub fn called_off(what: What) -> &'static str {
    match what {
        What::Set | What::Record => "已取消导出，原来的文件夹没有改动",
        What::Document(_) | What::ThisPerson => "已取消，没有印完；在此之前印好的文件仍在文件夹里",
    }
}

/// What stands in the way of some papers.
pub struct Obstacles<'a> {
    /// How many people would be on them.
    pub people: usize,
    pub findings: Vec<&'a Finding>,
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    #[test]
    fn a_full_folder_gets_a_folder_within() {
        let folder = tempfile::TempDir::new().unwrap();
        let chosen = folder.path().to_owned();
        let within = |place: Place, chosen: PathBuf| place.within(chosen, OsStr::new(&place.folder_name("某局")));
        assert_eq!(within(Place::Set, chosen.clone()), chosen);
        assert_eq!(within(Place::Set, chosen.join("新")), chosen.join("新"));
        std::fs::write(chosen.join("别的.txt"), "x").unwrap();
        assert_eq!(within(Place::Set, chosen.clone()), chosen.join("报送材料（某局）"));
        assert_eq!(within(Place::Print, chosen.clone()), chosen);
        assert_eq!(within(Place::Record, chosen.clone()), chosen.join("记录"));
        std::fs::create_dir(chosen.join("记录")).unwrap();
        std::fs::write(chosen.join("记录/record.json"), "{}").unwrap();
        assert_eq!(Place::Record.free(chosen.join("记录")), chosen.join("记录（2）"));
        assert_eq!(within(Place::Record, chosen.clone()), chosen.join("记录（2）"));
        std::fs::write(chosen.join("清单.json"), "{}").unwrap();
        assert_eq!(within(Place::Set, chosen.clone()), chosen);
    }

    #[test]
    fn a_passphrase_is_typed_twice_and_never_told() {
        let mut passphrase = Passphrase::default();
        assert!(passphrase.is_ready());
        passphrase.is_wanted = true;
        assert!(!passphrase.is_ready());
        passphrase.first = Secret("口令一".to_owned());
        assert!(!passphrase.is_ready());
        passphrase.second = passphrase.first.clone();
        assert!(passphrase.is_ready());
        assert!(!format!("{passphrase:?}").contains("口令一"));
    }
}
