//! Printing one kind of document: refused while something on it is wrong, unless it is a draft.

use std::path::{Path, PathBuf};

use super::check::check_loaded;
use super::code;
use super::error::OpError;
use super::open_book::OpenBook;
use super::proof;
use crate::domain::{Body, Finding, Person, Severity, nominated};
use crate::exchange::{names, place};
use crate::fonts::Fonts;
use crate::pages::{self, Document, Stamp};
use crate::pdf;

/// What can be printed by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printable {
    /// Annex 1
    Summary,
    /// Annex 2
    Application,
}

/// What to print and where.
#[derive(Clone, Debug)]
pub struct PrintRequest<'a> {
    pub document: Printable,
    /// Only this person, nominated or not.
    pub person: Option<&'a Person>,
    /// Only this recommender; `None`: all of the book.
    pub recommender: Option<&'a Body>,
    pub draft: bool,
    /// One file; an existing folder or a trailing `/`: one file a person (or a recommender).
    pub out: &'a Path,
}

/// Prints; returns the files written.
pub fn print(open: &OpenBook, request: &PrintRequest<'_>) -> Result<Vec<PathBuf>, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let chosen: Vec<(&Body, Vec<&Person>)> = bodies
        .iter()
        .filter(|body| request.recommender.is_none_or(|only| only.id == body.id))
        .map(|body| match request.person {
            Some(person) if person.recommender == body.id => (body, vec![person]),
            Some(_) => (body, Vec::new()),
            None => (body, nominated(&people, body.id)),
        })
        .filter(|(_, persons)| !persons.is_empty())
        .collect();
    if chosen.is_empty() {
        return Err(OpError::Refused("还没有推荐任何人，请先推荐（nominate），或指定一位（--person）".to_owned()));
    }
    if !request.draft {
        let check = check_loaded(open, &bodies, &people)?;
        refuse_faulty(request.document, &chosen, &check.findings)?;
    }
    let fonts = Fonts::shared()?;
    let printer = Printer { open, fonts, draft: request.draft };
    let one_file_each = request.out.is_dir() || ends_with_separator(request.out);
    let documents: Vec<(String, Document)> = match request.document {
        Printable::Application => printer.applications(&chosen)?,
        Printable::Summary => printer.summaries(&chosen)?,
    };
    let mut written = Vec::new();
    if one_file_each {
        std::fs::create_dir_all(request.out).map_err(|error| OpError::io("建立文件夹", request.out, &error))?;
        for (name, document) in documents {
            let path = request.out.join(name);
            place::file(&path, &pdf::write(fonts, &document)?)?;
            written.push(path);
        }
    } else {
        let mut documents = documents.into_iter().map(|(_, document)| document);
        if let Some(mut whole) = documents.next() {
            documents.for_each(|document| whole.pages.extend(document.pages));
            place::file(request.out, &pdf::write(fonts, &whole)?)?;
            written.push(request.out.to_owned());
        }
    }
    Ok(written)
}

fn ends_with_separator(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// Makes documents of one book.
pub(super) struct Printer<'a> {
    pub open: &'a OpenBook,
    pub fonts: &'static Fonts,
    pub draft: bool,
}

impl Printer<'_> {
    /// Annex 2 of each person, with its file name.
    fn applications(&self, chosen: &[(&Body, Vec<&Person>)]) -> Result<Vec<(String, Document)>, OpError> {
        let mut documents = Vec::new();
        let persons = chosen.iter().flat_map(|(_, persons)| persons.iter().copied());
        for (number, person) in (1..).zip(persons) {
            let name = names::file_name(&format!("{number:02}-{}-申报表", person.applicant.name), "pdf");
            documents.push((name, self.application(person)?));
        }
        Ok(documents)
    }

    /// Annex 1 of each recommender, with its file name.
    fn summaries(&self, chosen: &[(&Body, Vec<&Person>)]) -> Result<Vec<(String, Document)>, OpError> {
        let mut documents = Vec::new();
        for (body, persons) in chosen {
            let title = &self.open.notice().forms.summary;
            let name = match chosen {
                [_] => names::file_name(title, "pdf"),
                _ => names::file_name(&format!("{}-{title}", body.recommender.name), "pdf"),
            };
            documents.push((name, self.summary(body, persons)));
        }
        Ok(documents)
    }

    /// Annex 2 of one person.
    pub fn application(&self, person: &Person) -> Result<Document, OpError> {
        let stamp = self.stamp(|| code::application(self.open.notice(), &person.applicant));
        let photo = proof::picture(self.open, &person.applicant.photo)?;
        Ok(pages::application(self.fonts, self.open.notice(), &person.applicant, photo, &stamp))
    }

    /// Annex 1 of one recommender.
    pub fn summary(&self, body: &Body, persons: &[&Person]) -> Document {
        let stamp = self.stamp(|| code::summary(self.open.notice(), &body.recommender, persons));
        pages::summary(self.fonts, self.open.notice(), &body.recommender, persons, &stamp)
    }

    fn stamp(&self, code: impl FnOnce() -> String) -> Stamp {
        Stamp { code: (!self.draft).then(code), draft: self.draft }
    }
}

/// Block findings that concern what the documents say; the steps of the procedure and the copies come later.
fn refuse_faulty(document: Printable, chosen: &[(&Body, Vec<&Person>)], findings: &[Finding]) -> Result<(), OpError> {
    let faults: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Block && concerns(document, chosen, finding))
        .collect();
    let Some(first) = faults.first() else { return Ok(()) };
    let who = first.name.as_deref().or(first.recommender.as_deref()).unwrap_or_default();
    let rest =
        if faults.len() > 1 { format!("（另有 {} 处，见校核）", faults.len() - 1) } else { String::new() };
    Err(OpError::Refused(format!("{who}：{}{rest}；改好后再印，或先印草稿（--draft）", first.message)))
}

/// Columns of Annex 1.
const SUMMARY_FIELDS: [&str; 9] =
    ["name", "sex", "birth", "employer", "post", "duty", "occupation", "grade", "honours_brief"];
/// The one field of a person that Annex 2 does not rest on.
const NOT_ON_APPLICATION: &str = "honours_brief";

/// Whether a finding concerns a chosen document. Annex 2 rests on all that is known of its person; Annex 1 on its columns,
/// its recommender, and on whether each person may be put forward at all.
fn concerns(document: Printable, chosen: &[(&Body, Vec<&Person>)], finding: &Finding) -> bool {
    let code = finding.code.code();
    if code.starts_with("process.") || code.starts_with("evidence.") {
        return false;
    }
    let Some(id) = finding.person else {
        let of_chosen = |body: &Body| finding.recommender.as_ref() == Some(&body.recommender.name);
        return document == Printable::Summary && chosen.iter().any(|(body, _)| of_chosen(body));
    };
    let field = finding.field.as_deref();
    let on_document = match document {
        Printable::Application => field != Some(NOT_ON_APPLICATION),
        Printable::Summary => code.starts_with("basis.") || field.is_some_and(|field| SUMMARY_FIELDS.contains(&field)),
    };
    on_document && chosen.iter().any(|(_, persons)| persons.iter().any(|person| person.id == id))
}
