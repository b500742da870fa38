//! What was done to a book, taking it back, and putting an earlier state in place again.

use std::collections::BTreeSet;

use chrono::{Datelike, Local, NaiveDateTime};
use serde_json::Value;

use super::difference::{changed, differences};
use super::error::OpError;
use super::nominate::still_nominated;
use super::open_book::{OpenBook, who};
use super::recommender::refuse_second;
use super::save::named;
use crate::domain::{PersonId, Recommender, RecommenderId};
use crate::store::{Revision, RevisionContent, RevisionKind};

/// One line of the history, in words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct HistoryLine {
    /// The revision's number in the book.
    pub revision: i64,
    /// The operation that made it: one that touched several people has a line for each.
    #[serde(skip)]
    pub operation: i64,
    pub person: Option<PersonId>,
    pub name: String,
    /// Local time, `2021-06-01 09:30:00`.
    pub at: String,
    pub who: String,
    /// What was done, in Chinese.
    pub what: String,
    /// The person or recommender stood in the book afterwards, so this state can be put back.
    pub has_content: bool,
}

/// The history of one person, or of the whole book; newest first.
pub fn history(open: &OpenBook, person: Option<PersonId>) -> Result<Vec<HistoryLine>, OpError> {
    let line = |revision: Revision| HistoryLine {
        revision: revision.number,
        operation: revision.operation,
        person: revision.person(),
        at: revision.at_local,
        who: revision.who,
        what: revision.what,
        has_content: revision.kind != RevisionKind::Removed,
        name: revision.name,
    };
    Ok(open.book.history(person)?.into_iter().map(line).collect())
}

/// Puts a person or a recommender back to an earlier revision, a person also after removal; that is a new revision, nothing
/// is lost. A person who was nominated then is so again only where the quota has room.
pub fn revert(open: &mut OpenBook, revision: i64) -> Result<String, OpError> {
    let content = open.book.revision(revision)?;
    let when = moment(&open.book.revision_time(revision)?, Local::now().year());
    if matches!(content, RevisionContent::Removed(_)) {
        return Err(OpError::Wrong(format!("修改记录 {revision} 是删除，没有可恢复的内容，请另选一条")));
    }
    put_back(open, content, &format!("{when} 的样子"))
}

/// The same with what stood before a revision: what it changed, or the removal that it was, is so taken back.
pub fn revert_before(open: &mut OpenBook, revision: i64) -> Result<String, OpError> {
    let content = open.book.before_revision(revision)?;
    let is_removal = matches!(open.book.revision(revision)?, RevisionContent::Removed(_));
    let act = if is_removal { "删除" } else { "修改" };
    let when = moment(&open.book.revision_time(revision)?, Local::now().year());
    match content {
        None | Some(RevisionContent::Removed(_)) => {
            Err(OpError::Wrong(format!("修改记录 {revision} 之前册中没有可恢复的内容，请另选一条")))
        }
        Some(content) => put_back(open, content, &format!("{when} {act}之前的样子")),
    }
}

/// Puts a state in place; `state` says which it is.
fn put_back(open: &mut OpenBook, content: RevisionContent, state: &str) -> Result<String, OpError> {
    let (id, recommender, applicant) = match content {
        RevisionContent::Person { id, recommender, applicant } => (id, recommender, applicant),
        RevisionContent::Recommender { id, recommender } => return put_back_body(open, id, &recommender, state),
        RevisionContent::Removed(subject) => return Err(OpError::Wrong(format!("{subject}没有可恢复的内容"))),
    };
    let (applicant, remark) = still_nominated(open, id, recommender, &applicant)?;
    let what = format!("把{}恢复到 {state}", named(id, &applicant));
    open.book
        .transact(&who(), &what, |change| change.restore_person(id, recommender, &applicant).map_err(OpError::from))?;
    Ok([Some(what), remark].into_iter().flatten().collect::<Vec<_>>().join("；"))
}

fn put_back_body(
    open: &mut OpenBook,
    id: RecommenderId,
    recommender: &Recommender,
    state: &str,
) -> Result<String, OpError> {
    refuse_second(open, &recommender.name, Some(id))?;
    let what = format!("把推荐单位“{}”恢复到 {state}", recommender.name);
    open.book.transact(&who(), &what, |change| change.update_body(id, recommender).map_err(OpError::from))?;
    Ok(what)
}

/// `2021-07-06 10:30:00` → 7 月 6 日 10:30, with the year where it is not the present one. What is no time stays as it is.
fn moment(at: &str, this_year: i32) -> String {
    let Ok(at) = NaiveDateTime::parse_from_str(at, "%Y-%m-%d %H:%M:%S") else { return at.to_owned() };
    let form = if at.year() == this_year { "%-m 月 %-d 日 %H:%M" } else { "%Y 年 %-m 月 %-d 日 %H:%M" };
    at.format(form).to_string()
}

/// What [`undo`] and [`redo`] would do next, in words.
pub fn undoable(open: &OpenBook) -> Result<(Option<String>, Option<String>), OpError> {
    Ok((open.book.undoable()?, open.book.redoable()?))
}

/// What was taken back or done again, and where it is to be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stepped {
    /// The operation's words.
    pub what: String,
    /// `None`: of nobody who is still in the book.
    pub place: Option<Place>,
}

/// Where a step back or forth is to be seen: the first that changed, with its first field that did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Person(PersonId, Option<Spot>),
    Recommender(RecommenderId, Option<Spot>),
}

/// A place in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The field's path in the record.
    pub field: String,
    /// Where in its text the change ends, in characters; `None`: the field is no text.
    pub at: Option<usize>,
}

/// Takes the latest operation back; `None`: there is none.
pub fn undo(open: &mut OpenBook) -> Result<Option<Stepped>, OpError> {
    stepped(open, |open| Ok(open.book.undo(&who())?))
}

/// Does again what was taken back last; `None`: there is none.
pub fn redo(open: &mut OpenBook) -> Result<Option<Stepped>, OpError> {
    stepped(open, |open| Ok(open.book.redo(&who())?))
}

fn stepped(
    open: &mut OpenBook,
    step: impl FnOnce(&mut OpenBook) -> Result<Option<String>, OpError>,
) -> Result<Option<Stepped>, OpError> {
    let (people, bodies) = (open.people()?, open.bodies()?);
    let Some(what) = step(open)? else { return Ok(None) };
    let person = open.people()?.into_iter().find_map(|now| {
        let was = people.iter().find(|was| was.id == now.id);
        let field = was.and_then(|was| first_spot(&was.applicant, &now.applicant));
        (was != Some(&now)).then_some(Place::Person(now.id, field))
    });
    let body = || -> Result<Option<Place>, OpError> {
        Ok(open.bodies()?.into_iter().find_map(|now| {
            let was = bodies.iter().find(|was| was.id == now.id);
            let field = was.and_then(|was| first_spot(&was.recommender, &now.recommender));
            (was != Some(&now)).then_some(Place::Recommender(now.id, field))
        }))
    };
    // Where people went, nothing is left to lead to: not to what went along with them.
    let now: BTreeSet<PersonId> = open.people()?.iter().map(|person| person.id).collect();
    let some_went = people.iter().any(|was| !now.contains(&was.id));
    let place = if person.is_some() || some_went { person } else { body()? };
    Ok(Some(Stepped { what, place }))
}

fn first_spot<T: serde::Serialize>(was: &T, now: &T) -> Option<Spot> {
    // What a part of the report rests on goes with the part itself.
    let change = differences(was, now).into_iter().find(|change| !change.path.starts_with("report_facts"))?;
    let at = change.texts().map(|(was, now)| changed(&was, &now).1.end);
    // Of rows that came or went, the first that is another one now.
    let field = match (&change.before, &change.after) {
        (Value::Array(was), Value::Array(now)) if !now.is_empty() => {
            let same = was.iter().zip(now).take_while(|(was, now)| was == now).count();
            format!("{}[{}]", change.path, same.min(now.len() - 1))
        }
        _ => change.path,
    };
    Some(Spot { field, at })
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_time_as_a_clerk_says_it() {
        assert_eq!(moment("2021-07-06 09:05:59", 2021), "7 月 6 日 09:05");
        assert_eq!(moment("2021-12-31 23:59:59", 2022), "2021 年 12 月 31 日 23:59");
        assert_eq!(moment("昨天", 2021), "昨天");
    }
}
