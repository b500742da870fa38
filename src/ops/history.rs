//! What was done to a book, taking it back, and putting an earlier state in place again.

use super::error::OpError;
use super::nominate::within_quota;
use super::open_book::{OpenBook, who};
use super::save::changed_fields;
use crate::domain::PersonId;
use crate::store::{Revision, RevisionContent, RevisionKind};

/// One line of the history, in words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct HistoryLine {
    /// The revision's number in the book.
    pub revision: i64,
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
        person: revision.person(),
        at: revision.at_local,
        who: revision.who,
        what: revision.what,
        has_content: revision.kind != RevisionKind::Removed,
        name: revision.name,
    };
    Ok(open.book.history(person)?.into_iter().map(line).collect())
}

/// What differs between a person's present form and an earlier revision: the form's labels.
pub fn compare(open: &OpenBook, revision: i64) -> Result<Vec<&'static str>, OpError> {
    let RevisionContent::Person { id, applicant, .. } = open.book.revision(revision)? else {
        return Ok(Vec::new());
    };
    let now = open.people()?.into_iter().find(|person| person.id == id);
    Ok(now.map(|now| changed_fields(&applicant, &now.applicant)).unwrap_or_default())
}

/// Puts a person back to an earlier revision, also after removal; that is a new revision, nothing is lost. A person who was
/// nominated then is so again only where the quota has room.
pub fn revert(open: &mut OpenBook, revision: i64) -> Result<String, OpError> {
    let RevisionContent::Person { id, recommender, applicant } = open.book.revision(revision)? else {
        return Err(OpError::Wrong(format!("修改记录 {revision} 不是一位申报人的内容，不能恢复到它")));
    };
    let (applicant, remark) = within_quota(open, id, recommender, &applicant)?;
    let what = format!("把{}恢复到修改记录 {revision}", applicant.name);
    open.book
        .transact(&who(), &what, |change| change.restore_person(id, recommender, &applicant).map_err(OpError::from))?;
    Ok([Some(what), remark].into_iter().flatten().collect::<Vec<_>>().join("；"))
}

/// What [`undo`] and [`redo`] would do next, in words.
pub fn undoable(open: &OpenBook) -> Result<(Option<String>, Option<String>), OpError> {
    Ok((open.book.undoable()?, open.book.redoable()?))
}

/// Takes the latest operation back; `None`: there is none.
pub fn undo(open: &mut OpenBook) -> Result<Option<String>, OpError> {
    Ok(open.book.undo(&who())?)
}

/// Does again what was taken back last; `None`: there is none.
pub fn redo(open: &mut OpenBook) -> Result<Option<String>, OpError> {
    Ok(open.book.redo(&who())?)
}
