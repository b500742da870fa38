//! What the form shows goes into the book, as typed.

use serde_json::Value;

use super::error::OpError;
use super::open_book::{OpenBook, who};
use crate::domain::{Applicant, Person, PersonId, RecommenderId, field_label};

/// Stores the content of a person's form; `None` where nothing changed. Nomination and ranking stay the book's: they
/// have operations of their own, which keep the notice's rules.
pub fn save(open: &mut OpenBook, id: PersonId, form: &Applicant) -> Result<Option<String>, OpError> {
    let before = open.book.person(id)?.applicant;
    let after = Applicant { nominated: before.nominated, order: before.order, ..form.clone() };
    if after == before {
        return Ok(None);
    }
    let name = if after.name.trim().is_empty() { format!("#{id}") } else { after.name.clone() };
    let what = format!("修改{name}：{}", changed_fields(&before, &after).join("、"));
    open.book.transact(&who(), &what, |change| change.update_person(id, &after).map_err(OpError::from))?;
    Ok(Some(what))
}

/// Adds an empty form to a recommender, last in its ranking.
pub fn add_person(open: &mut OpenBook, recommender: RecommenderId) -> Result<Person, OpError> {
    let body = open.body(recommender)?;
    let applicant = Applicant::default();
    let what = format!("在“{}”新增一名申报人", body.recommender.name);
    let id = open
        .book
        .transact(&who(), &what, |change| change.insert_person(recommender, &applicant).map_err(OpError::from))?;
    Ok(Person { id, recommender, applicant })
}

/// The form's labels of what differs, each once, in the order of the form.
pub(super) fn changed_fields(before: &Applicant, after: &Applicant) -> Vec<&'static str> {
    let [Ok(Value::Object(before)), Ok(Value::Object(after))] = [before, after].map(serde_json::to_value) else {
        return Vec::new();
    };
    let mut labels = Vec::new();
    // Empty parts are left out of the record: a key may be on one side only.
    for key in before.keys().chain(after.keys()) {
        let (old, new) = (before.get(key), after.get(key));
        if old == new {
            continue;
        }
        let label = match (key.as_str(), old.and_then(Value::as_object), new.and_then(Value::as_object)) {
            ("sections", old, new) => {
                let part = |sections: Option<&serde_json::Map<String, Value>>, key: &str| {
                    sections.and_then(|sections| sections.get(key)).cloned()
                };
                crate::domain::SectionKey::ALL
                    .into_iter()
                    .filter(|section| part(old, section.key()) != part(new, section.key()))
                    .for_each(|section| push_once(&mut labels, section.label()));
                continue;
            }
            (key, ..) => field_label(key),
        };
        push_once(&mut labels, label);
    }
    labels
}

fn push_once(labels: &mut Vec<&'static str>, label: &'static str) {
    if !labels.contains(&label) {
        labels.push(label);
    }
}
