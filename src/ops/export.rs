//! The set that is handed in (contract, section 5): 一份纸质材料 and 一份电子文档, complete or not at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::check::check_loaded;
use super::code;
use super::codes::codes;
use super::error::{NextStep, OpError};
use super::occupied::is_free;
use super::open_book::OpenBook;
use super::printer::{Printer, copies_in_order, copy_title};
use super::proof;
use super::watch::{self, Steps, Watcher, called_off};
use crate::domain::{Applicant, Body, FileKey, Finding, Person, RecommenderId, nominated};
use crate::exchange::gate::{Content, Received};
use crate::exchange::names::{self, FolderNames};
use crate::exchange::office;
use crate::exchange::package::{OwnExport, SetWriter, zip_name};
use crate::exchange::place::{self, Kept, Replaceable};
use crate::exchange::record::{self, ApplicantOut, RecordOut};
use crate::fonts::Fonts;
use crate::pages::{self, Document};
use crate::pdf;

pub use crate::exchange::package::Entry as ListedFile;

/// What to export and where.
#[derive(Clone, Copy, Debug)]
pub struct ExportRequest<'a> {
    /// Absent, empty, or an earlier export without foreign files.
    pub out: &'a Path,
    /// Only this recommender, straight into `out`; `None`: all of the book, with a folder each where there are several.
    pub recommender: Option<&'a Body>,
    /// Whatever is wrong; every page is marked, and there is no zip.
    pub draft: bool,
    /// Encrypts the zip.
    pub passphrase: Option<&'a str>,
}

/// What was exported.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ExportReport {
    pub draft: bool,
    pub sets: Vec<ExportedSet>,
    /// What had been changed in the earlier export that was replaced.
    pub kept: Vec<KeptFiles>,
}

/// Files of an earlier export that somebody had changed since: they lie beside the new one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct KeptFiles {
    #[serde(serialize_with = "super::shown::path")]
    pub folder: PathBuf,
    /// Paths within, with `/`.
    pub files: Vec<String>,
}

/// Kept files that a sentence names.
const KEPT_SHOWN: usize = 3;

impl KeptFiles {
    /// What became of them, and what to do.
    pub fn sentence(&self) -> String {
        let named: Vec<&str> = self.files.iter().take(KEPT_SHOWN).map(String::as_str).collect();
        let more = if self.files.len() > KEPT_SHOWN { "等" } else { "" };
        format!(
            "上次导出后有 {} 个文件被改过，没有丢掉，已放在“{}”里：{}{more}；改动不在推荐册里，需要保留的请在推荐册里照着改",
            self.files.len(),
            self.folder.display(),
            named.join("、")
        )
    }
}

/// The set of one recommender.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ExportedSet {
    pub recommender: String,
    #[serde(serialize_with = "super::shown::path")]
    pub folder: PathBuf,
    /// Names of the people in it, in order.
    pub people: Vec<String>,
    /// Files, with the list and the zip.
    pub files: usize,
    /// Of the binder.
    pub pages: usize,
    /// Name of the zip; `null` for a draft.
    pub zip: Option<String>,
    /// What 清单.json says of each file.
    #[serde(skip)]
    pub listed: Vec<ListedFile>,
    /// Copies that are nowhere but among another person's, a sentence each: one file is written once.
    #[serde(skip)]
    pub shared: Vec<String>,
}

const BINDER: &str = "05-装订册/装订册.pdf";
pub(super) const FORMS: &str = "02-申报表";
const COPIES: &str = "04-证书复印件";
const PHOTOS: &str = "照片";
/// Findings that a refusal names.
const FINDINGS_SHOWN: usize = 3;

/// Writes the set of everyone nominated. Until all is on disk `out` is as it was, also when `watcher` calls it off.
pub fn export_set(
    open: &OpenBook,
    request: &ExportRequest<'_>,
    watcher: &dyn Watcher,
) -> Result<ExportReport, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let (chosen, folders) = sets(&bodies, &people, request.recommender);
    let own = OwnExport { folders: &folders };
    // Also when a rule refuses this run.
    place::mend(request.out, &own)?;
    if chosen.is_empty() {
        let whose = request.recommender.map(|body| body.recommender.name.clone()).unwrap_or_default();
        let sentence = format!("{whose}还没有推荐任何人，没有可导出的材料");
        return Err(OpError::Refused(sentence).then(NextStep::Nominate));
    }
    if !request.draft {
        let check = check_loaded(open, &bodies, &people)?;
        refuse_blocked(request.recommender, &check.findings)?;
    }
    let printer = Printer { open, fonts: Fonts::shared()?, draft: request.draft, watcher };
    let steps = chosen.iter().map(|(_, persons)| persons.len() + STEPS_OF_A_SET).sum();
    let mut steps = Steps::new(steps, watcher);
    let outcome = place::folder(request.out, &own, |new| -> Result<Vec<ExportedSet>, OpError> {
        let mut sets = Vec::new();
        for ((body, persons), within) in chosen.iter().zip(&folders) {
            let files = SetWriter::new(new, within);
            let folder = if within.is_empty() { request.out.to_owned() } else { request.out.join(within) };
            let set = SetOf { printer: &printer, body, persons, files, folder };
            sets.push(set.write(request, &mut steps)?);
        }
        Ok(sets)
    });
    let (sets, kept) = called_off(outcome, watcher)?;
    let kept = kept.into_iter().map(|Kept { folder, files }| KeptFiles { folder, files }).collect();
    Ok(ExportReport { draft: request.draft, sets, kept })
}

/// The recommenders that a set is made for, each with its nominated, and the folders of their sets: of one, the export's own.
fn sets<'a>(
    bodies: &'a [Body],
    people: &'a [Person],
    only: Option<&Body>,
) -> (Vec<(&'a Body, Vec<&'a Person>)>, Vec<String>) {
    let chosen: Vec<(&Body, Vec<&Person>)> = bodies
        .iter()
        .filter(|body| only.is_none_or(|only| only.id == body.id))
        .map(|body| (body, nominated(people, body.id)))
        .filter(|(_, persons)| !persons.is_empty())
        .collect();
    let one_folder_each = bodies.len() > 1 && only.is_none();
    let mut names = FolderNames::default();
    let mut name = |body: &Body| if one_folder_each { names.give(&body.recommender.name, "") } else { String::new() };
    let folders = chosen.iter().map(|(body, _)| name(body)).collect();
    (chosen, folders)
}

/// Whether what lies in a folder would give way to the set of one recommender or of all: nothing, one set, or sets of the very
/// recommenders that have one now.
pub fn would_replace(open: &OpenBook, only: Option<&Body>, folder: &Path) -> Result<bool, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let (_, folders) = sets(&bodies, &people, only);
    Ok(is_free(folder) || OwnExport { folders: &folders }.is_own(folder))
}

/// What the file of somebody's form is called: 01-葛瑾川-申报表.
fn form_title(number: usize, applicant: &Applicant) -> String {
    names::titled(&format!("{number:02}-{}", applicant.name), "-申报表")
}

/// The names of a recommender's forms in a set, without their ending: who is nominated, and in which order.
pub fn form_names(people: &[Person], recommender: RecommenderId) -> Vec<String> {
    let titles =
        (1..).zip(nominated(people, recommender)).map(|(number, person)| form_title(number, &person.applicant));
    // A long one is cut so that its ending has room.
    titles.map(|title| names::file_name(&title, "pdf").trim_end_matches(".pdf").to_owned()).collect()
}

/// What stops the set: everything that blocks, of the one recommender or of the whole book.
pub fn blocking_set<'f>(only: Option<&Body>, findings: &'f [Finding]) -> Vec<&'f Finding> {
    let of_chosen = |finding: &&Finding| {
        finding.blocks && only.is_none_or(|body| finding.recommender.as_ref() == Some(&body.recommender.name))
    };
    findings.iter().filter(of_chosen).collect()
}

fn refuse_blocked(only: Option<&Body>, findings: &[Finding]) -> Result<(), OpError> {
    let blocking = blocking_set(only, findings);
    if blocking.is_empty() {
        return Ok(());
    }
    let line = |finding: &&Finding| {
        let who = finding.name.as_deref().or(finding.recommender.as_deref()).unwrap_or_default();
        let clause = finding.clause.map(|clause| format!("〔{}〕", clause.label())).unwrap_or_default();
        format!("  {who}{clause} {}", finding.message)
    };
    let mut lines = vec![format!("还有 {} 处问题，按通知规定不能导出：", blocking.len())];
    lines.extend(blocking.iter().take(FINDINGS_SHOWN).map(line));
    if blocking.len() > FINDINGS_SHOWN {
        lines.push(format!("  另有 {} 处。", blocking.len() - FINDINGS_SHOWN));
    }
    Err(OpError::Refused(lines.join("\n")).then(NextStep::MendOrDraft))
}

/// Annex 1, report, copies and record, binder, list and zip; Annex 2 is a step a person.
const STEPS_OF_A_SET: usize = 5;

/// The set of one recommender in the making.
struct SetOf<'a> {
    printer: &'a Printer<'a>,
    body: &'a Body,
    persons: &'a [&'a Person],
    files: SetWriter<'a>,
    folder: PathBuf,
}

impl SetOf<'_> {
    fn write(mut self, request: &ExportRequest<'_>, steps: &mut Steps<'_>) -> Result<ExportedSet, OpError> {
        let notice = self.printer.open.notice();
        let recommender = &self.body.recommender;
        let persons = self.persons;
        let code = |code: String| (!request.draft).then_some(code);

        steps.next(&notice.forms.summary)?;
        let at =
            |folder: &str, title: &str, extension: &str| format!("{folder}/{}", names::file_name(title, extension));
        let (folder, title) = ("01-汇总表", notice.forms.summary.as_str());
        let summary_code = code(code::summary(notice, recommender, persons));
        self.print(&at(folder, title, "pdf"), self.printer.summary(self.body, persons), summary_code)?;
        let sheet = office::summary_xlsx(notice, recommender, persons, request.draft)?;
        self.files.put(&at(folder, title, "xlsx"), &sheet, None, None)?;

        for (number, person) in (1..).zip(persons) {
            let applicant = &person.applicant;
            steps.next(&format!("{} {}", notice.forms.application, applicant.name.trim()))?;
            let (folder, title) = (FORMS, form_title(number, applicant));
            let application_code = code(code::application(notice, applicant));
            self.print(&at(folder, &title, "pdf"), self.printer.application(person)?, application_code)?;
            let photo = proof::picture(self.printer.open, &person.applicant.photo)?;
            let form = office::application_docx(notice, applicant, photo.as_deref(), request.draft)?;
            self.files.put(&at(folder, &title, "docx"), &form, None, None)?;
        }

        steps.next(&notice.forms.report)?;
        let (folder, title) = ("03-推荐报告", notice.forms.report.as_str());
        let report_code = code(code::report(notice, recommender, persons));
        self.print(&at(folder, title, "pdf"), self.printer.report(self.body, persons), report_code)?;
        let text = pages::report_text(notice, recommender, persons);
        let report = office::report_docx(notice, &text, request.draft)?;
        self.files.put(&at(folder, title, "docx"), &report, None, None)?;

        steps.next("证书复印件、照片和记录")?;
        let shared = self.record()?;

        steps.next("装订册")?;
        let binder = self.printer.binder(self.body, persons)?;
        let pages = binder.pages.len();
        let binder_code = code(codes(self.printer.open, self.body, persons).binder);
        self.print(BINDER, binder, binder_code)?;

        let zip = (!request.draft).then(|| zip_name(&notice.award, notice.year, &recommender.name));
        steps.next(if zip.is_some() { "清单和电子文档" } else { "清单" })?;
        let watcher = steps.watcher();
        let list = self.files.finish(zip.as_deref(), request.passphrase, &|| watcher.is_cancelled())?;
        Ok(ExportedSet {
            recommender: recommender.name.clone(),
            folder: self.folder,
            people: persons.iter().map(|person| person.applicant.name.clone()).collect(),
            files: list.files.len() + 1 + usize::from(zip.is_some()),
            pages,
            zip,
            listed: list.files,
            shared,
        })
    }

    fn print(&mut self, path: &str, document: Document, code: Option<String>) -> Result<(), OpError> {
        let (fonts, pages) = (self.printer.fonts, document.pages.len());
        let stop = || self.printer.watcher.is_cancelled();
        self.files.put_with(path, Some(pages), code, |file| Ok(pdf::write_to(fonts, document, file, &stop)?))
    }

    /// The copies and photos as they were received, and the record that names them. What several people or places of the
    /// record share is written once: a photo to 照片, another file where the first of them has it. Says so of copies.
    fn record(&mut self) -> Result<Vec<String>, OpError> {
        let titles: Vec<String> =
            (1..).zip(self.persons).map(|(number, person)| format!("{number:02}-{}", person.applicant.name)).collect();
        let mut paths = BTreeMap::new();
        let mut names = FolderNames::default();
        for (title, person) in titles.iter().zip(self.persons) {
            let photo = &person.applicant.photo;
            if !photo.is_none() && !paths.contains_key(photo) {
                paths.insert(photo.clone(), self.received(photo, PHOTOS, &mut names, title)?);
            }
        }
        let (mut folders, mut shared) = (FolderNames::default(), Vec::new());
        for (title, person) in titles.iter().zip(self.persons) {
            let folder = format!("{COPIES}/{}", folders.give(title, ""));
            shared.extend(self.copies(&person.applicant, &folder, &mut paths)?);
        }
        let applicants = self.persons.iter().map(|person| {
            let mut applicant = person.applicant.clone();
            for key in applicant.files_mut() {
                if let Some(path) = paths.get(key) {
                    key.0.clone_from(path);
                }
            }
            ApplicantOut { recommender: 0, applicant }
        });
        let applicants = applicants.collect();
        let recommenders = std::slice::from_ref(&self.body.recommender);
        let record = RecordOut { notice: &self.printer.open.notice.id, recommenders, applicants };
        self.files.put(record::FILE_NAME, &record::to_json(&record), None, None)?;
        Ok(shared)
    }

    /// Writes those of one person's copies that are nowhere yet, and notes where; says of the others where they are, if
    /// they are another person's.
    fn copies(
        &mut self,
        applicant: &Applicant,
        folder: &str,
        paths: &mut BTreeMap<FileKey, String>,
    ) -> Result<Vec<String>, OpError> {
        let mut shared = Vec::new();
        let mut names = FolderNames::default();
        let mut number = 0;
        for attachment in copies_in_order(applicant) {
            if let Some(there) = paths.get(&attachment.file) {
                if !there.starts_with(&format!("{folder}/")) {
                    let (name, title) = (applicant.name.trim(), copy_title(attachment));
                    shared.push(format!("{name}的“{title}”与“{there}”是同一个文件，电子文档里只放这一份"));
                }
                continue;
            }
            number += 1;
            let title = format!("{number:02}-{}", copy_title(attachment));
            let path = self.received(&attachment.file, folder, &mut names, &title)?;
            paths.insert(attachment.file.clone(), path);
        }
        Ok(shared)
    }

    /// Writes a file as it was received; its path.
    fn received(
        &mut self,
        key: &FileKey,
        folder: &str,
        names: &mut FolderNames,
        title: &str,
    ) -> Result<String, OpError> {
        watch::go_on(self.printer.watcher)?;
        let Received { bytes, content } = self.printer.open.admitted(&format!("{folder}/{title}"), key)??;
        let path = format!("{folder}/{}", names.give(title, content.extension()));
        let pages = match content {
            Content::Pdf(facts) => Some(facts.pages),
            Content::Image(_) => None,
        };
        self.files.put(&path, &bytes, pages, None)?;
        Ok(path)
    }
}
