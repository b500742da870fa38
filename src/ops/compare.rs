//! What a revision changed, and what putting it back would change: field by field, both values in words.

use super::difference::differences;
use super::error::OpError;
use super::open_book::OpenBook;
use super::words;
use crate::domain::{Applicant, Recommender, RecommenderId};
use crate::store::{RevisionContent, Subject};

/// A revision beside what was before it and what is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    pub revision: i64,
    /// What the revision changed.
    pub made: Vec<FieldChange>,
    /// What would change if it were put in place again.
    pub back: Vec<FieldChange>,
    /// What would change if the state before it were put in place again; `None`: nothing stood there before.
    pub before: Option<Vec<FieldChange>>,
    /// The person or recommender is in the book now.
    pub is_there: bool,
}

/// A field that holds something else than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The form's name of the field.
    pub name: String,
    /// In words; "" where nothing was filled in.
    pub before: String,
    pub after: String,
}

/// Compares a revision with what was before it and with what is now.
pub fn compare(open: &OpenBook, revision: i64) -> Result<Comparison, OpError> {
    let (before, then) = (open.book.before_revision(revision)?, open.book.revision(revision)?);
    let now = match subject(&then) {
        Subject::Person(id) => {
            let person = open.people()?.into_iter().find(|person| person.id == id);
            person.map(|person| RevisionContent::Person {
                id,
                recommender: person.recommender,
                applicant: Box::new(person.applicant),
            })
        }
        Subject::Recommender(id) => {
            let body = open.bodies()?.into_iter().find(|body| body.id == id);
            body.map(|body| RevisionContent::Recommender { id, recommender: body.recommender })
        }
    };
    let stood = before.as_ref().filter(|before| !matches!(before, RevisionContent::Removed(_)));
    Ok(Comparison {
        revision,
        before: stood.map(|before| changes(open, now.as_ref(), Some(before))).transpose()?,
        made: changes(open, before.as_ref(), Some(&then))?,
        back: changes(open, now.as_ref(), Some(&then))?,
        is_there: now.is_some(),
    })
}

fn subject(content: &RevisionContent) -> Subject {
    match content {
        RevisionContent::Person { id, .. } => Subject::Person(*id),
        RevisionContent::Recommender { id, .. } => Subject::Recommender(*id),
        RevisionContent::Removed(subject) => *subject,
    }
}

/// What differs between two states of one person or recommender; no state: not in the book.
fn changes(
    open: &OpenBook,
    before: Option<&RevisionContent>,
    after: Option<&RevisionContent>,
) -> Result<Vec<FieldChange>, OpError> {
    let form = |content: Option<&RevisionContent>| match content {
        Some(RevisionContent::Person { applicant, .. }) => (**applicant).clone(),
        _ => Applicant::default(),
    };
    let body = |content: Option<&RevisionContent>| match content {
        Some(RevisionContent::Recommender { recommender, .. }) => Some(recommender.clone()),
        _ => None,
    };
    if let (Some(old), Some(new)) = (body(before), body(after)) {
        return Ok(body_changes(&old, &new));
    }
    if let Some(only) = body(before).or_else(|| body(after)) {
        let name = FieldChange { name: "单位名称".to_owned(), before: String::new(), after: only.name };
        return Ok(vec![name]);
    }
    let owner = |content: Option<&RevisionContent>| match content {
        Some(RevisionContent::Person { recommender, .. }) => Some(*recommender),
        _ => None,
    };
    let change = |change: super::difference::Difference| {
        let [before, mut after] = [&change.before, &change.after].map(|value| words::value(&change.path, value));
        // Of two numbers that differ only where they are masked it is said that they do.
        if change.path == "id_number" && before == after && !after.is_empty() {
            after.push_str("（内容不同）");
        }
        FieldChange { name: words::field_name(&change.path), before, after }
    };
    let found = differences(&form(before), &form(after));
    // A form from nothing has places that say "not filled" in another way: they are no change.
    let mut found: Vec<FieldChange> = found.into_iter().map(change).filter(|it| it.before != it.after).collect();
    // Somebody comes or goes: one side is empty.
    let [came, went] = [before, after].map(|content| owner(content).is_none());
    for change in &mut found {
        if came {
            change.before.clear();
        } else if went {
            change.after.clear();
        }
    }
    if let (Some(old), Some(new)) = (owner(before), owner(after))
        && old != new
    {
        let [before, after] = [body_name(open, old)?, body_name(open, new)?];
        found.insert(0, FieldChange { name: "推荐单位".to_owned(), before, after });
    }
    Ok(found)
}

fn body_changes(before: &Recommender, after: &Recommender) -> Vec<FieldChange> {
    let told = |change: &super::difference::Difference| !change.path.starts_with("report_facts");
    let change = |change: super::difference::Difference| FieldChange {
        name: words::body_field_name(&change.path),
        before: words::value(&change.path, &change.before),
        after: words::value(&change.path, &change.after),
    };
    differences(before, after).into_iter().filter(told).map(change).collect()
}

fn body_name(open: &OpenBook, id: RecommenderId) -> Result<String, OpError> {
    let body = open.bodies()?.into_iter().find(|body| body.id == id);
    Ok(body.map_or_else(|| "（已删除的推荐单位）".to_owned(), |body| body.recommender.name))
}
