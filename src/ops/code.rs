//! 校验码: tells a sheet sealed before a later change from the current one.
//!
//! Eight hexadecimal digits of the SHA-256 of the canonical JSON (sorted keys) of the values that a document prints and
//! its photo's hash; not of layout, version, date or place in the order. Every sheet that is sealed by itself has the
//! code of what stands on it, so that a late correction of one form leaves the seals on all other sheets good; the code
//! of the binder as a whole stands on its contents, which nobody seals.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::domain::{Applicant, FileKey, IdNumber, Person, Recommender, SectionKey};
use crate::pages::application::period;
use crate::pages::report::{ReportText, report_text};
use crate::rules::Notice;

/// Code of Annex 2.
pub fn application(notice: &Notice, applicant: &Applicant) -> String {
    let a = applicant;
    let experience: Vec<Value> =
        a.filled_experience().iter().map(|row| json!([period(row), row.place, row.witness])).collect();
    let sections = SectionKey::ALL.map(|key| {
        let section = a.sections.get(key);
        // 个人总结 has no column for it.
        let evidence = if key == SectionKey::Summary { "" } else { &section.evidence };
        json!([section.text, evidence])
    });
    of(json!({
        "form": [&notice.forms.application, &notice.issuer, &notice.forms.month],
        "name": a.name, "sex": a.sex, "birth": a.birth, "id_number": IdNumber::printed(&a.id_number),
        "native_place": a.native_place, "political_status": a.political_status, "education": a.education,
        "work_started": a.work_started, "occupation": a.occupation, "grade": a.grade, "phone": a.phone, "post": a.post,
        "duty": a.duty, "employer": a.employer, "employer_address": a.employer_address, "experience": experience,
        "sections": sections, "photo": a.photo,
        // A freelancer's first opinion cell stays empty.
        "opinions": { "employer": if a.is_freelancer() { "" } else { &a.opinions.employer }, "body": a.opinions.body },
    }))
}

/// Code of Annex 1.
pub fn summary(notice: &Notice, recommender: &Recommender, persons: &[&Person]) -> String {
    let r = recommender;
    let row = |person: &&Person| {
        let a = &person.applicant;
        json!([a.name, a.sex, a.birth, a.employer, a.post, a.duty, a.occupation, a.grade, a.honours_brief])
    };
    of(json!({
        "form": [json!(notice.forms.summary), json!(notice.forms.brief_limit)],
        "name": r.name, "contact": r.contact, "phone": r.phone, "mobile": r.mobile, "rows": sorted(persons, row),
    }))
}

/// Code of the 推荐报告, of the very text that it prints: a fact that no sentence tells does not change it.
pub fn report(notice: &Notice, recommender: &Recommender, persons: &[&Person]) -> String {
    // The same people in another order give the same code: they are told in the order of what is told of each alone.
    let alone = |person: &&Person| printed(&report_text(notice, recommender, &[*person])).to_string();
    let mut persons = persons.to_vec();
    persons.sort_by_cached_key(alone);
    of(printed(&report_text(notice, recommender, &persons)))
}

/// What stands on the report's pages.
fn printed(text: &ReportText) -> Value {
    let parts: Vec<Value> =
        text.parts.iter().map(|part| json!([part.heading(), part.paragraphs().collect::<Vec<_>>()])).collect();
    json!([text.title, text.addressee, text.opening, parts, text.signature])
}

/// What a copy prints: whose it is, its title, and its file, which the key names by its hash.
#[derive(Clone, Debug)]
pub struct CopyOf<'a> {
    /// Place among the person's attachments, from 0; no part of the code.
    pub index: usize,
    pub title: String,
    pub file: &'a FileKey,
    pub pages: usize,
}

/// What the binder prints of one person besides Annex 2.
#[derive(Clone, Debug)]
pub struct PersonOf<'a> {
    pub applicant: &'a Applicant,
    /// In binding order.
    pub copies: Vec<CopyOf<'a>>,
    /// Certificates that can be verified online and have no copy.
    pub online: Vec<String>,
}

/// Code of the pages of one copy.
pub fn copy(applicant: &Applicant, copy: &CopyOf<'_>) -> String {
    of(json!({ "name": applicant.name.trim(), "title": copy.title, "file": copy.file }))
}

/// Code of the binder's cover.
pub fn cover(notice: &Notice, recommender: &Recommender, people: usize) -> String {
    of(json!({ "form": [json!(notice.award), json!(notice.year)], "name": recommender.name.trim(), "people": people }))
}

/// Code of the 材料清单. Its page numbers are layout.
pub fn catalogue(notice: &Notice, recommender: &Recommender, people: &[PersonOf<'_>]) -> String {
    let (forms, materials) = (&notice.forms, &notice.materials);
    let person = |person: &PersonOf<'_>| {
        let a = person.applicant;
        let employer = if a.is_freelancer() { "" } else { a.employer.trim() };
        let copies: Vec<Value> = person.copies.iter().map(|copy| json!([copy.title, copy.pages])).collect();
        json!([a.name.trim(), employer, copies, person.online])
    };
    of(json!({
        "form": [&forms.summary, &forms.report, &forms.application],
        "sets": [materials.paper_copies, materials.electronic_copies],
        "name": recommender.name.trim(), "people": sorted(people, person),
    }))
}

/// Code of the whole binder: of the codes of everything in it.
pub fn binder(notice: &Notice, recommender: &Recommender, persons: &[&Person], people: &[PersonOf<'_>]) -> String {
    let person = |person: &PersonOf<'_>| {
        let copies: Vec<String> = person.copies.iter().map(|one| copy(person.applicant, one)).collect();
        json!([application(notice, person.applicant), copies])
    };
    of(json!({
        "cover": cover(notice, recommender, people.len()), "catalogue": catalogue(notice, recommender, people),
        "summary": summary(notice, recommender, persons), "report": report(notice, recommender, persons),
        "people": sorted(people, person),
    }))
}

/// What is printed of each, whatever the order.
fn sorted<T>(all: &[T], each: impl Fn(&T) -> Value) -> Vec<String> {
    let mut texts: Vec<String> = all.iter().map(|one| visible(each(one)).to_string()).collect();
    texts.sort();
    texts
}

/// Without the white space behind a text, which nobody sees on paper.
fn visible(values: Value) -> Value {
    match values {
        Value::String(text) => Value::String(text.trim_end().to_owned()),
        Value::Array(values) => Value::Array(values.into_iter().map(visible).collect()),
        Value::Object(values) => Value::Object(values.into_iter().map(|(key, value)| (key, visible(value))).collect()),
        other => other,
    }
}

/// serde_json's maps are sorted by key, so equal values have equal text.
fn of(values: Value) -> String {
    let digest = Sha256::digest(visible(values).to_string().as_bytes());
    digest.iter().take(4).map(|byte| format!("{byte:02X}")).collect()
}
