//! 校验码: tells a sheet sealed before a later change from the current one.
//!
//! Eight hexadecimal digits of the SHA-256 of the canonical JSON (sorted keys) of the values that a document prints and
//! its photo's hash; not of layout, version, date or place in the order.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::domain::{Applicant, IdNumber, Person, Recommender, is_filled};
use crate::pages::report::{PartKey, facts_fingerprint};
use crate::rules::Notice;

/// Code of Annex 2.
pub fn application(notice: &Notice, applicant: &Applicant) -> String {
    let a = applicant;
    of(&json!({
        "form": [&notice.forms.application, &notice.issuer, &notice.forms.month],
        "name": a.name, "sex": a.sex, "birth": a.birth, "id_number": IdNumber::printed(&a.id_number),
        "native_place": a.native_place, "political_status": a.political_status, "education": a.education,
        "work_started": a.work_started, "occupation": a.occupation, "grade": a.grade, "phone": a.phone, "post": a.post,
        "duty": a.duty, "employer": a.employer, "employer_address": a.employer_address, "experience": a.experience,
        "sections": a.sections, "photo": a.photo,
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
    let mut rows: Vec<String> = persons.iter().map(|person| row(person).to_string()).collect();
    rows.sort();
    of(&json!({
        "form": [&notice.forms.summary], "name": r.name, "contact": r.contact, "phone": r.phone, "mobile": r.mobile,
        "rows": rows,
    }))
}

/// Code of the 推荐报告: a part that the clerk has edited by its text, the others by the facts that they tell.
pub fn report(notice: &Notice, recommender: &Recommender, persons: &[&Person]) -> String {
    // Not their place in the order: the same people in another order give the same code.
    let mut persons = persons.to_vec();
    persons.sort_by_cached_key(|person| application(notice, &person.applicant));
    let part = |key: PartKey| match recommender.report.get(key.key()).filter(|text| is_filled(text)) {
        Some(text) => json!({ "edited": text }),
        None => json!(facts_fingerprint(key, notice, recommender, &persons)),
    };
    of(&json!({
        "form": [&notice.forms.report, &notice.issuer, &notice.title, &notice.number, &notice.award],
        "name": recommender.name,
        "parts": PartKey::ALL.map(part),
    }))
}

/// serde_json's maps are sorted by key, so equal values have equal text.
fn of(values: &Value) -> String {
    let digest = Sha256::digest(values.to_string().as_bytes());
    digest.iter().take(4).map(|byte| format!("{byte:02X}")).collect()
}
