//! What a path holds: a record, a package or an exported folder, or one of the firms' forms. Known by content.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::error::OpError;
use super::open_book::Reception;
use crate::domain::{Applicant, Body, FileKey, Recommender, RecommenderId, YearMonth, is_filled};
use crate::exchange::annex1::{self, SummaryIn};
use crate::exchange::annex2::{self, ApplicationIn};
use crate::exchange::gate::{self, FileKind, GateError, GateFault, ZIP_BYTES};
use crate::exchange::package::{self, PackageError};
use crate::exchange::record::{self, ApplicantIn, RecordIn};
use crate::rules::Notice;

/// One set of people that a path brings into a book.
pub(super) struct Incoming {
    pub record: RecordIn,
    pub source: Source,
    pub notes: Vec<String>,
}

/// Where a set comes from. What a greater one says of a person goes before what a smaller one says: the summary is
/// written from the applications, and a record holds everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Summary,
    Application,
    Record,
}

impl Source {
    /// Of a form only what it holds is filled.
    pub fn is_form(self) -> bool {
        self != Self::Record
    }
}

/// What a path holds, before it is known into which book it comes.
pub(super) enum Content {
    /// Several where it holds several recommenders' sets.
    Records(Vec<RecordIn>),
    Application(Box<ApplicationIn>),
    Summary(Box<SummaryIn>),
}

/// Why a path was not read.
pub(super) struct Unread {
    pub error: OpError,
    pub lock: Lock,
}

/// Whether a passphrase would help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lock {
    #[default]
    None,
    /// It is encrypted and no passphrase was given.
    Locked,
    /// The passphrase does not fit.
    WrongPassphrase,
}

impl<E: Into<OpError>> From<E> for Unread {
    fn from(error: E) -> Self {
        Self { error: error.into(), lock: Lock::None }
    }
}

fn unread(error: PackageError) -> Unread {
    let lock = match &error {
        PackageError::Gate(GateError { fault: GateFault::EncryptedZip, .. }) => Lock::Locked,
        PackageError::Gate(GateError { fault: GateFault::WrongPassphrase, .. }) => Lock::WrongPassphrase,
        _ => Lock::None,
    };
    Unread { error: error.into(), lock }
}

/// Reads a path. The notice says which words of a form are its own.
pub(super) fn read(notice: &Notice, path: &Path, passphrase: Option<&str>) -> Result<Content, Unread> {
    let package = || package::read(path, passphrase).map(Content::Records).map_err(unread);
    if path.is_dir() {
        return match package::is_package(path) {
            true => package(),
            false => Ok(Content::Records(vec![record::read(path)?])),
        };
    }
    let name = path.display().to_string();
    Ok(match gate::kind(path) {
        FileKind::Zip => package()?,
        FileKind::Word => {
            Content::Application(Box::new(annex2::read(&name, gate::read_file(path, ZIP_BYTES)?, notice)?))
        }
        FileKind::Sheet => Content::Summary(Box::new(annex1::read(&name, gate::read_file(path, ZIP_BYTES)?, notice)?)),
        FileKind::Other => Content::Records(vec![record::read(path)?]),
    })
}

/// Puts what a path holds under a recommender of the book: records name theirs; forms that name none go to `into`,
/// or to the only one there is.
pub(super) fn place(
    door: &Reception,
    path: &Path,
    content: Content,
    into: Option<RecommenderId>,
) -> Result<Vec<Incoming>, OpError> {
    match content {
        Content::Records(records) => {
            let whole = |record| Incoming { record, source: Source::Record, notes: Vec::new() };
            Ok(records.into_iter().map(whole).collect())
        }
        Content::Application(form) => {
            let mut applicant = form.applicant;
            let mut files = BTreeMap::new();
            if let Some(photo) = form.photo {
                applicant.photo = FileKey("photo".to_owned());
                files.insert(applicant.photo.clone(), photo);
            }
            let body = meant_body(door, path, into)?.recommender;
            let record = record_of(door, body, vec![applicant], files);
            Ok(vec![Incoming { record, source: Source::Application, notes: form.notes }])
        }
        Content::Summary(form) => {
            let named = door.bodies.iter().find(|body| body.recommender.name == form.recommender.trim()).cloned();
            let mut notes = form.notes;
            let body = match named {
                Some(body) => {
                    Recommender { contact: form.contact, phone: form.phone, mobile: form.mobile, ..body.recommender }
                }
                None => {
                    let body = meant_body(door, path, into)?.recommender;
                    if is_filled(&form.recommender) {
                        let firm = form.recommender.trim();
                        notes.push(format!("填报单位是“{firm}”，人员记在“{}”名下，请核对", body.name.trim()));
                    }
                    body
                }
            };
            let record = record_of(door, body, form.applicants, BTreeMap::new());
            Ok(vec![Incoming { record, source: Source::Summary, notes }])
        }
    }
}

fn meant_body(door: &Reception, path: &Path, into: Option<RecommenderId>) -> Result<Body, OpError> {
    let bodies = &door.bodies;
    if let Some(meant) = bodies.iter().find(|body| Some(body.id) == into) {
        return Ok(meant.clone());
    }
    if let [only] = bodies.as_slice() {
        return Ok(only.clone());
    }
    Err(OpError::File(format!(
        "{} 没有写明推荐单位，而册中有 {} 个推荐单位，无法判断记在谁的名下；请先导入到只有一个推荐单位的推荐册",
        path.display(),
        bodies.len()
    )))
}

fn record_of(
    door: &Reception,
    body: Recommender,
    applicants: Vec<Applicant>,
    files: BTreeMap<FileKey, gate::Received>,
) -> RecordIn {
    let applicants = applicants.into_iter().map(|applicant| ApplicantIn { recommender: 0, applicant }).collect();
    RecordIn { notice: door.notice.id.clone(), recommenders: vec![body], applicants, files }
}

/// Whether a form speaks of a person of the book where one of the two has no identity number: Annex 1 has no column for
/// it. Name, and what both say of birth and employer, must agree.
pub(super) fn same_person(known: &Applicant, form: &Applicant) -> bool {
    let agree = |one: &str, other: &str| !is_filled(one) || !is_filled(other) || one.trim() == other.trim();
    let same_month = YearMonth::meant(&known.birth).is_some_and(|month| YearMonth::meant(&form.birth) == Some(month));
    let same_birth = agree(&known.birth, &form.birth) || same_month;
    let one_has_no_number = !is_filled(&known.id_number) || !is_filled(&form.id_number);
    is_filled(&form.name)
        && known.name.trim() == form.name.trim()
        && one_has_no_number
        && same_birth
        && agree(&known.employer, &form.employer)
}

/// What the form holds, the rest as in the book.
pub(super) fn overwrite(known: &Applicant, form: &Applicant) -> Applicant {
    merged(known, form, &|_| true)
}

/// The book's content with its empty places filled from the form. A step of the procedure is one event: it is not put
/// together from two accounts.
pub(super) fn fill(known: &Applicant, form: &Applicant) -> Applicant {
    let mut form = form.clone();
    let (known_steps, steps) = (&known.process, &mut form.process);
    keep(&known_steps.employee_opinion, &mut steps.employee_opinion);
    keep(&known_steps.employer_publicity, &mut steps.employer_publicity);
    keep(&known_steps.employer_report, &mut steps.employer_report);
    keep(&known_steps.originals_checked, &mut steps.originals_checked);
    keep(&known_steps.expert_review, &mut steps.expert_review);
    keep(&known_steps.body_publicity, &mut steps.body_publicity);
    keep(&known_steps.member_opinion, &mut steps.member_opinion);
    merged(known, &form, &is_blank)
}

fn keep<T: Default + PartialEq>(known: &T, step: &mut T) {
    if *known != T::default() {
        *step = T::default();
    }
}

/// Whether between two states of a person nothing was lost and nobody put forward or withdrawn.
pub(super) fn only_fills(before: &Applicant, after: &Applicant) -> bool {
    // Scans are added at the end of those that are there.
    let attachments =
        if after.attachments.starts_with(&before.attachments) { &after.attachments } else { &before.attachments };
    let before = Applicant { attachments: attachments.clone(), ..before.clone() };
    (before.nominated, before.order) == (after.nominated, after.order) && overwrite(after, &before) == *after
}

fn merged(known: &Applicant, form: &Applicant, may_replace: &dyn Fn(&Value) -> bool) -> Applicant {
    let [Ok(mut into), Ok(mut from)] = [known, form].map(serde_json::to_value) else { return known.clone() };
    // A form says nothing of nomination.
    for key in ["nominated", "order"] {
        from.as_object_mut().and_then(|fields| fields.remove(key));
    }
    merge(&mut into, from, may_replace);
    serde_json::from_value(into).unwrap_or_else(|_| known.clone())
}

fn merge(into: &mut Value, from: Value, may_replace: &dyn Fn(&Value) -> bool) {
    match (into, from) {
        (_, from) if is_blank(&from) => {}
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value, may_replace);
            }
        }
        (into, from) if may_replace(into) => *into = from,
        _ => {}
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => !is_filled(text),
        Value::Array(rows) => rows.is_empty(),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Attachment, ExperienceRow, Honour, Publicity};

    #[test]
    fn births_agree_when_they_mean_the_same_month() {
        for (known, form, wanted) in [
            ("1978-03", "1978-03", true),
            ("1978-03", "1978.3", true),
            ("1978年3月", "197803", true),
            ("1978-03", "", true),
            ("不详", "不详", true),
            ("1978-03", "1978.4", false),
            ("属马", "属羊", false),
            ("1978-03", "属马", false),
        ] {
            let of = |birth: &str| Applicant { name: "甲乙".into(), birth: birth.into(), ..Applicant::default() };
            assert_eq!(same_person(&of(known), &of(form)), wanted, "{known} {form}");
        }
    }

    #[test]
    fn a_scan_that_is_added_replaces_nothing() {
        let scan = |title: &str| Attachment { title: title.into(), ..Attachment::default() };
        let before = Applicant { attachments: vec![scan("一")], ..Applicant::default() };
        let added = Applicant { attachments: vec![scan("一"), scan("二")], post: "班长".into(), ..before.clone() };
        assert!(only_fills(&before, &added));
        assert!(!only_fills(&before, &Applicant { attachments: vec![scan("二")], ..before.clone() }));
        assert!(!only_fills(&added, &Applicant { post: "主任".into(), ..added.clone() }));
    }

    #[test]
    fn only_what_is_empty_is_filled() {
        let row = |place: &str| ExperienceRow { place: place.into(), ..ExperienceRow::default() };
        let publicity = |from: &str, to: &str| Publicity { from: from.into(), to: to.into(), ..Publicity::default() };
        let mut known = Applicant { name: "甲".into(), phone: "1".into(), ..Applicant::default() };
        known.experience.push(row("甲厂"));
        known.sections.summary.text = "册中的总结".into();
        known.process.body_publicity = publicity("2021-06-28", "");
        let mut form =
            Applicant { name: "乙".into(), phone: "2".into(), post: "班长".into(), ..Applicant::default() };
        form.front_line = Some(false);
        form.photo = FileKey("a.jpg".into());
        form.experience = vec![row("甲厂"), row("乙厂")];
        form.honours.push(Honour { title: "某荣誉".into(), ..Honour::default() });
        form.sections.summary.text = "文件里的总结".into();
        form.sections.speciality.text = "特长".into();
        form.process.body_publicity = publicity("2021-05-10", "2021-05-17");
        form.process.employer_publicity = publicity("2021-06-01", "2021-06-08");
        (form.nominated, form.order) = (true, Some(1));

        let mut wanted = known.clone();
        (wanted.post, wanted.front_line, wanted.photo) = (form.post.clone(), form.front_line, form.photo.clone());
        wanted.honours.clone_from(&form.honours);
        wanted.sections.speciality.clone_from(&form.sections.speciality);
        wanted.process.employer_publicity.clone_from(&form.process.employer_publicity);
        assert_eq!(fill(&known, &form), wanted);
        assert_eq!(fill(&wanted, &form), wanted, "a second time there is nothing to fill");
        assert!(only_fills(&known, &wanted) && !only_fills(&known, &form));
        assert!(!only_fills(&known, &Applicant { nominated: true, ..known.clone() }));
    }
}
