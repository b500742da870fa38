//! The order that makes papers, and what came of it. Runs beside the book's thread, on a copy of the book.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Consent, Naming, Occupied, Scope, Secret, What, Whose, beside};
use crate::domain::{Body, Person, PersonId, RecommenderId};
use crate::ops::{
    self, ExportRequest, ExportedSet, KeptFiles, OpError, OpenBook, PapersNow, PapersThere, PrintRequest, Printable,
    Progress, Watcher,
};

/// A file that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeFile {
    pub path: PathBuf,
    pub pages: Option<usize>,
    /// 校验码
    pub code: Option<String>,
    /// Whether the set that was there before holds it as it is; `None`: there was none.
    pub was_there: Option<bool>,
}

/// What came of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub what: What,
    pub draft: bool,
    pub folder: PathBuf,
    pub sets: Vec<MadeSet>,
    /// The zips bear a passphrase.
    pub is_locked: bool,
    /// `None`: it is no paper, and goes to nobody's seal.
    pub scope: Option<Scope>,
    /// The mark of what the book held of that: the stored one, whatever the window had beside it.
    pub of: String,
    /// What else is to be known: forms of an earlier print that are no longer so, files that were changed and are kept.
    pub remarks: Vec<String>,
}

/// What was made for one recommender; without a name for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeSet {
    pub recommender: String,
    pub folder: PathBuf,
    /// What is to be opened and printed.
    pub files: Vec<MadeFile>,
    /// Files that the list names, or that were printed.
    pub count: usize,
    pub zip: Option<String>,
}

impl From<ExportedSet> for MadeSet {
    fn from(set: ExportedSet) -> Self {
        // The copies are bound in the binder, which comes first: it is what is printed.
        let count = set.listed.len();
        let printed = |path: &str| path.ends_with(".pdf") && !path.starts_with("04-");
        let mut files: Vec<MadeFile> = set
            .listed
            .into_iter()
            .filter(|file| printed(&file.path))
            .map(|file| MadeFile {
                path: set.folder.join(file.path),
                pages: file.pages,
                code: file.code,
                was_there: None,
            })
            .collect();
        files.sort_by_key(|file| !file.path.parent().is_some_and(|folder| folder.ends_with("05-装订册")));
        Self { recommender: set.recommender, folder: set.folder, files, count, zip: set.zip }
    }
}

impl MadeSet {
    /// Says of each paper whether the earlier set held it.
    fn compare(&mut self, before: &PapersThere, now: &PapersNow) {
        for file in &mut self.files {
            file.was_there = file.code.as_ref().and_then(|code| before.held(&self.recommender, code, now));
        }
    }
}

/// An order to make papers.
#[derive(Debug)]
pub struct Request {
    pub(super) what: What,
    pub(super) draft: bool,
    pub(super) recommender: Option<RecommenderId>,
    pub(super) passphrase: Option<Secret>,
    pub(super) folder: PathBuf,
    /// Folders that hold a set of this book.
    pub(super) known: Vec<PathBuf>,
    pub(super) naming: Naming,
    pub(super) consent: Consent,
    pub(super) selected: Option<PersonId>,
    pub(super) cancel: Arc<AtomicBool>,
}

/// Passes on where the work stands, and that it was called off.
struct Watch<'a> {
    tell: &'a dyn Fn(&Progress),
    cancel: &'a AtomicBool,
}

impl Watcher for Watch<'_> {
    fn tell(&self, progress: &Progress) {
        (self.tell)(progress);
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

impl Request {
    /// The clerk has agreed that what lies in this very folder is replaced.
    fn replaces(&self) -> bool {
        self.consent.replaces.as_ref() == Some(&self.folder)
    }

    /// A folder that holds a set of this book, as far as this computer knows.
    fn is_known(&self, folder: &Path) -> bool {
        self.known.iter().any(|known| known == folder)
    }

    /// A set that lies where this one is to go and was not made of this book, unless the clerk has agreed that it is
    /// replaced; or one that cannot be, since it is of other recommenders than are in the book by now.
    pub(in crate::ui) fn occupied(&self, open: &OpenBook) -> Result<Option<Occupied>, OpError> {
        if self.what != What::Set || self.replaces() {
            return Ok(None);
        }
        let Naming { folder, ours, whose } = &self.naming;
        let Some(there) = self.naming.set_there(&self.folder) else { return Ok(None) };
        let body = self.body(open)?;
        let gives_way = |path: &Path| ops::would_replace(open, body.as_ref(), path).unwrap_or(false);
        let can_give_way = gives_way(&self.folder);
        let is_namesake = there.is_of(ours);
        let is_known = self.is_known(&self.folder);
        if is_namesake && is_known && can_give_way {
            return Ok(None);
        }
        // Of a namesake's set only this computer's memory knows which book made it.
        let by_name = |path: &Path| !is_namesake && self.naming.set_there(path).is_none_or(|set| set.is_of(ours));
        let is_ours = |path: &Path| ops::is_free(path) || self.is_known(path) || by_name(path);
        let will_do = |path: &Path| path != self.folder && is_ours(path) && gives_way(path);
        let elsewhere = beside(folder.clone(), will_do);
        let (place, ours) = (self.folder.clone(), whose.clone());
        let whose = match (can_give_way, is_known, is_namesake) {
            (false, true, _) => Whose::Former,
            (_, _, true) => Whose::Namesake,
            _ => Whose::Other,
        };
        Ok(Some(Occupied { there, place, whose, can_give_way, ours, elsewhere }))
    }

    /// Makes them.
    pub(in crate::ui) fn run(&self, open: &OpenBook, tell: &dyn Fn(&Progress)) -> Result<Made, OpError> {
        let watch = Watch { tell, cancel: &self.cancel };
        let (out, draft) = (self.folder.as_path(), self.draft);
        let scope = self.scope();
        let of = match scope {
            Some(scope) => scope.mark(&open.bodies()?, &open.people()?),
            None => String::new(),
        };
        let mut made = Made { what: self.what, draft, scope, of, ..Made::empty(out.to_owned()) };
        match self.what {
            What::Set => {
                let recommender = self.body(open)?;
                let passphrase = self.passphrase.as_ref().map(|secret| secret.0.as_str());
                // A draft is for nobody's seal, and another book's papers are not earlier ones of this.
                let is_new = draft || (self.replaces() && !self.is_known(out));
                let before = if is_new { PapersThere::default() } else { PapersThere::of(out) };
                let before = match self.naming.ours.as_slice() {
                    [only] => {
                        let bodies = open.bodies()?;
                        let in_book: Vec<_> = bodies.into_iter().map(|body| body.recommender.name).collect();
                        before.renamed(only, &in_book)
                    }
                    _ => before,
                };
                let request = ExportRequest { out, recommender: recommender.as_ref(), draft, passphrase };
                let report = ops::export_set(open, &request, &watch)?;
                made.remarks = report.kept.iter().map(KeptFiles::sentence).collect();
                made.remarks.extend(report.sets.iter().flat_map(|set| set.shared.iter().cloned()));
                made.sets = report.sets.into_iter().map(MadeSet::from).collect();
                made.is_locked = passphrase.is_some();
                let codes = |set: &MadeSet| set.files.iter().filter_map(|file| file.code.clone()).collect();
                let now = PapersNow {
                    codes: made.sets.iter().map(|set| (set.recommender.clone(), codes(set))).collect(),
                    forms: forms(&open.bodies()?, &open.people()?),
                };
                made.sets.iter_mut().for_each(|set| set.compare(&before, &now));
            }
            What::Record => {
                ops::export_record(open, out)?;
                made.add(vec![MadeFile { path: out.join("record.json"), pages: None, code: None, was_there: None }]);
            }
            What::Document(document) => self.print(open, document, None, &watch, &mut made)?,
            What::ThisPerson => {
                let person = open.people()?.into_iter().find(|person| Some(person.id) == self.selected);
                // Without a person everybody nominated would be printed.
                let person = person.ok_or_else(|| OpError::Wrong("册中已没有这位申报人".to_owned()))?;
                self.print(open, Printable::Application, Some(&person), &watch, &mut made)?;
            }
        }
        Ok(made)
    }

    /// The selected person is printed, and everybody recorded, whoever the recommender is.
    fn scope(&self) -> Option<Scope> {
        match self.what {
            What::Set | What::Document(_) => Some(Scope::of(self.recommender)),
            What::ThisPerson => self.selected.map(Scope::Person),
            What::Record => None,
        }
    }

    fn body(&self, open: &OpenBook) -> Result<Option<Body>, OpError> {
        let Some(id) = self.recommender else { return Ok(None) };
        let body = open.bodies()?.into_iter().find(|body| body.id == id);
        body.map(Some).ok_or_else(|| OpError::Wrong("册中已没有这个推荐单位".to_owned()))
    }

    fn print(
        &self,
        open: &OpenBook,
        document: Printable,
        person: Option<&Person>,
        watch: &Watch<'_>,
        made: &mut Made,
    ) -> Result<(), OpError> {
        let (out, draft) = (self.folder.as_path(), self.draft);
        // The selected person is printed whoever the recommender is.
        let body = if person.is_some() { None } else { self.body(open)? };
        std::fs::create_dir_all(out).map_err(|error| OpError::io("建立文件夹", out, &error))?;
        let request = PrintRequest { document, person, recommender: body.as_ref(), draft, out };
        let printed = ops::print_watched(open, &request, watch)?;
        let files = printed.written.into_iter().zip(printed.pages);
        made.add(
            files.map(|(path, pages)| MadeFile { path, pages: Some(pages), code: None, was_there: None }).collect(),
        );
        if !printed.leftovers.is_empty() {
            let names: Vec<_> = printed.leftovers.iter().filter_map(|path| path.file_name()).collect();
            let names: Vec<_> = names.iter().map(|name| name.to_string_lossy()).collect();
            let names = names.join("、");
            made.remarks.push(format!("文件夹里还有以前印的表，不在这次之列，请核对后删去：{names}"));
        }
        Ok(())
    }
}

/// The names of each recommender's forms.
pub(super) fn forms(bodies: &[Body], people: &[Person]) -> BTreeMap<String, Vec<String>> {
    bodies.iter().map(|body| (body.recommender.name.clone(), ops::form_names(people, body.id))).collect()
}

impl Made {
    /// A folder into which nothing was made yet.
    pub(in crate::ui) fn empty(folder: PathBuf) -> Self {
        Self {
            what: What::default(),
            draft: false,
            folder,
            sets: Vec::new(),
            is_locked: false,
            scope: None,
            of: String::new(),
            remarks: Vec::new(),
        }
    }

    fn add(&mut self, files: Vec<MadeFile>) {
        let (recommender, folder, count) = (String::new(), self.folder.clone(), files.len());
        self.sets.push(MadeSet { recommender, folder, files, count, zip: None });
    }
}
