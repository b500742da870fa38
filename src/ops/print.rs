//! Printing one kind of document: refused while something on it is wrong, unless it is a draft.

use std::path::{Path, PathBuf};

use super::check::check_loaded;
use super::error::{NextStep, OpError};
use super::open_book::{OpenBook, is_same_file};
use super::printer::Printer;
use super::watch::{Steps, Unwatched, Watcher, called_off};
use crate::domain::{Body, Finding, Person, Severity, nominated};
use crate::exchange::names::{self, FolderNames};
use crate::exchange::place;
use crate::fonts::Fonts;
use crate::pages::{self, Document};
use crate::pdf;

/// What can be printed by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printable {
    /// Annex 1
    Summary,
    /// Annex 2
    Application,
    /// 推荐报告
    Report,
    /// 装订册
    Binder,
    /// 材料清单
    Catalogue,
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

/// What a print left in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    pub written: Vec<PathBuf>,
    /// Pages of each.
    pub pages: Vec<usize>,
    /// Forms in the same folder from an earlier print, of people or places in the order that are no longer so.
    pub leftovers: Vec<PathBuf>,
}

/// Prints.
pub fn print(open: &OpenBook, request: &PrintRequest<'_>) -> Result<Printed, OpError> {
    print_watched(open, request, &Unwatched)
}

/// Prints while somebody waits. Called off, it leaves whole what was printed by then.
pub fn print_watched(open: &OpenBook, request: &PrintRequest<'_>, watcher: &dyn Watcher) -> Result<Printed, OpError> {
    called_off(print_chosen(open, request, watcher), watcher)
}

fn print_chosen(open: &OpenBook, request: &PrintRequest<'_>, watcher: &dyn Watcher) -> Result<Printed, OpError> {
    let one_file_each = request.out.is_dir() || ends_with_separator(request.out);
    if !one_file_each {
        refuse_place(open, request.out)?;
    }
    if let (Some(person), Some(body)) = (request.person, request.recommender)
        && person.recommender != body.id
    {
        let (name, recommender) = (&person.applicant.name, &body.recommender.name);
        return Err(OpError::Wrong(format!("{name}不是“{recommender}”的申报人，请核对姓名或推荐单位")));
    }
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
        return Err(OpError::Refused("还没有推荐任何人".to_owned()).then(NextStep::NominateOrChoose));
    }
    if !request.draft {
        let check = check_loaded(open, &bodies, &people)?;
        refuse_faulty(request.document, &chosen, &check.findings)?;
    }
    let fonts = Fonts::shared()?;
    let printer = Printer { open, fonts, draft: request.draft, watcher };
    let documents: Vec<(String, Document)> = match request.document {
        Printable::Application => applications(&printer, &chosen)?,
        kind => of_bodies(&printer, kind, &chosen)?,
    };
    let mut steps = Steps::new(documents.len(), watcher);
    let mut printed = Printed::default();
    if one_file_each {
        std::fs::create_dir_all(request.out).map_err(|error| OpError::io("建立文件夹", request.out, &error))?;
        for (name, document) in documents {
            steps.next(&name)?;
            let path = request.out.join(name);
            printed.pages.push(document.pages.len());
            place::file(&path, &pdf_of(fonts, document, watcher)?)?;
            printed.written.push(path);
        }
        printed.leftovers = leftovers(request, &printed.written);
    } else {
        let mut documents = documents.into_iter().map(|(_, document)| document);
        if let Some(mut whole) = documents.next() {
            documents.for_each(|document| {
                // Each binder begins on the front of a sheet.
                if request.document == Printable::Binder && !whole.pages.len().is_multiple_of(2) {
                    whole.pages.push(pages::sheet::PORTRAIT.blank());
                }
                whole.append(document);
            });
            printed.pages.push(whole.pages.len());
            place::file(request.out, &pdf_of(fonts, whole, watcher)?)?;
            printed.written.push(request.out.to_owned());
        }
    }
    Ok(printed)
}

fn pdf_of(fonts: &Fonts, document: Document, watcher: &dyn Watcher) -> Result<Vec<u8>, OpError> {
    let mut file = std::io::Cursor::new(Vec::new());
    pdf::write_to(fonts, document, &mut file, &|| watcher.is_cancelled())?;
    Ok(file.into_inner())
}

/// Endings that promise what a print is not.
const OTHER_KINDS: [&str; 9] = ["tuijian", "json", "doc", "docx", "xls", "xlsx", "jpg", "png", "zip"];

/// A print never takes the place of a book or of another kind of file.
fn refuse_place(open: &OpenBook, out: &Path) -> Result<(), OpError> {
    let extension = out.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    if extension.is_some_and(|extension| OTHER_KINDS.contains(&extension.as_str())) {
        let message = format!("印出的是 PDF，{} 的扩展名应为 .pdf；要一人一个文件请写文件夹，以 / 结尾", out.display());
        return Err(OpError::Wrong(message));
    }
    if is_same_file(out, open.path()) || OpenBook::is_database(out) {
        return Err(OpError::File(format!("{} 是推荐册，不能印到它上面，请换一个文件名", out.display())));
    }
    Ok(())
}

/// Forms that an earlier print left in the folder and this one did not write.
fn leftovers(request: &PrintRequest<'_>, written: &[PathBuf]) -> Vec<PathBuf> {
    if request.document != Printable::Application || request.person.is_some() {
        return Vec::new();
    }
    let Ok(entries) = std::fs::read_dir(request.out) else { return Vec::new() };
    let form = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(FORM_ENDING));
    let mut left: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| form(path) && !written.iter().any(|other| other.file_name() == path.file_name()))
        .collect();
    left.sort();
    left
}

/// How the file names of Annex 2 end.
const FORM_ENDING: &str = "-申报表.pdf";

/// Annex 2 of each person, with its file name: the number is the place among the recommender's nominated.
fn applications(printer: &Printer<'_>, chosen: &[(&Body, Vec<&Person>)]) -> Result<Vec<(String, Document)>, OpError> {
    let people = printer.open.people()?;
    let (mut documents, mut names) = (Vec::new(), FolderNames::default());
    for (body, persons) in chosen {
        let of_body = match chosen {
            [_] => String::new(),
            _ => format!("{}-", body.recommender.name),
        };
        let nominated = nominated(&people, body.id);
        for person in persons {
            // Someone who is not nominated has no place among them, and takes nobody's file name.
            let place = nominated.iter().position(|other| other.id == person.id);
            let place = place.map(|place| format!("{:02}-", place + 1)).unwrap_or_default();
            let name =
                names.give(&names::titled(&format!("{of_body}{place}{}", person.applicant.name), "-申报表"), "pdf");
            documents.push((name, printer.application(person)?));
        }
    }
    Ok(documents)
}

/// A document of each recommender, with its file name.
fn of_bodies(
    printer: &Printer<'_>,
    kind: Printable,
    chosen: &[(&Body, Vec<&Person>)],
) -> Result<Vec<(String, Document)>, OpError> {
    let forms = &printer.open.notice().forms;
    let mut names = FolderNames::default();
    let document = |(body, persons): &(&Body, Vec<&Person>)| {
        let (title, document) = match kind {
            Printable::Report => (forms.report.as_str(), printer.report(body, persons)),
            Printable::Binder => ("装订册", printer.binder(body, persons)?),
            Printable::Catalogue => ("材料清单", printer.catalogue(body, persons)?),
            Printable::Summary | Printable::Application => (forms.summary.as_str(), printer.summary(body, persons)),
        };
        let name = match chosen {
            [_] => names.give(title, "pdf"),
            _ => names.give(&format!("{}-{title}", body.recommender.name), "pdf"),
        };
        Ok((name, document))
    };
    chosen.iter().map(document).collect()
}

fn ends_with_separator(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// Block findings that concern what a document says; the steps of the procedure and the copies come later. The document is
/// that of `chosen`: recommenders, each with its people who stand in it.
pub fn blocking_print<'f>(
    document: Printable,
    chosen: &[(&Body, Vec<&Person>)],
    findings: &'f [Finding],
) -> Vec<&'f Finding> {
    let blocks = |finding: &&Finding| finding.severity == Severity::Block && concerns(document, chosen, finding);
    findings.iter().filter(blocks).collect()
}

fn refuse_faulty(document: Printable, chosen: &[(&Body, Vec<&Person>)], findings: &[Finding]) -> Result<(), OpError> {
    let faults = blocking_print(document, chosen, findings);
    let Some(first) = faults.first() else { return Ok(()) };
    let who = match (first.person, first.name.as_deref()) {
        (Some(id), None | Some("")) => format!("#{id}（未填姓名）"),
        (_, Some(name)) => name.to_owned(),
        _ => first.recommender.clone().unwrap_or_default(),
    };
    let rest = if faults.len() > 1 { format!("（另有 {} 处）", faults.len() - 1) } else { String::new() };
    let sentence = format!("{who}：{}{rest}", first.message.trim_end_matches('。'));
    Err(OpError::Refused(sentence).then(NextStep::MendOrDraft))
}

/// Columns of Annex 1.
const SUMMARY_FIELDS: [&str; 9] =
    ["name", "sex", "birth", "employer", "post", "duty", "occupation", "grade", "honours_brief"];
/// Fields of a recommender that Annex 1 prints, and the quota, which has none.
const SUMMARY_BODY_FIELDS: [&str; 4] = ["name", "contact", "phone", "mobile"];
/// Fields of a person that Annex 2 does not rest on.
const NOT_ON_APPLICATION: [&str; 3] = ["honours_brief", "attachments", "process"];

/// Whether a finding concerns a chosen document. Annex 2 rests on all that is known of its person; Annex 1 on its columns,
/// its recommender, and on whether each person may be put forward at all; the others on everything.
fn concerns(document: Printable, chosen: &[(&Body, Vec<&Person>)], finding: &Finding) -> bool {
    let code = finding.code.code();
    if code.starts_with("process.") || code.starts_with("evidence.") {
        return false;
    }
    let field = finding.field.as_deref();
    let Some(id) = finding.person else {
        let of_chosen = |body: &Body| finding.recommender.as_ref() == Some(&body.recommender.name);
        let on_document = match document {
            Printable::Application => false,
            Printable::Summary => field.is_none_or(|field| SUMMARY_BODY_FIELDS.contains(&field)),
            Printable::Report | Printable::Binder | Printable::Catalogue => true,
        };
        return on_document && chosen.iter().any(|(body, _)| of_chosen(body));
    };
    let root = field.map(|field| field.split(['.', '[']).next().unwrap_or(field));
    let may_go = code.starts_with("basis.") || code.starts_with("route.");
    let on_document = may_go
        || match document {
            Printable::Application => root.is_none_or(|root| !NOT_ON_APPLICATION.contains(&root)),
            Printable::Summary => root.is_some_and(|root| SUMMARY_FIELDS.contains(&root)),
            // The report tells of everything that was recorded; the binder and its list hold all of it.
            Printable::Report | Printable::Binder | Printable::Catalogue => true,
        };
    on_document && chosen.iter().any(|(_, persons)| persons.iter().any(|person| person.id == id))
}
