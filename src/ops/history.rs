//! What was done to a book, taking it back, and putting an earlier state in place again.

use super::difference::differences;
use super::error::OpError;
use super::nominate::within_quota;
use super::open_book::{OpenBook, who};
use super::recommender::refuse_second;
use crate::domain::{PersonId, Recommender, RecommenderId};
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

/// Puts a person or a recommender back to an earlier revision, a person also after removal; that is a new revision, nothing
/// is lost. A person who was nominated then is so again only where the quota has room.
pub fn revert(open: &mut OpenBook, revision: i64) -> Result<String, OpError> {
    let (id, recommender, applicant) = match open.book.revision(revision)? {
        RevisionContent::Person { id, recommender, applicant } => (id, recommender, applicant),
        RevisionContent::Recommender { id, recommender } => return revert_body(open, revision, id, &recommender),
        RevisionContent::Removed(_) => {
            return Err(OpError::Wrong(format!("修改记录 {revision} 是删除，没有可恢复的内容，请另选一条")));
        }
    };
    let (applicant, remark) = within_quota(open, id, recommender, &applicant)?;
    let what = format!("把{}恢复到修改记录 {revision}", applicant.name);
    open.book
        .transact(&who(), &what, |change| change.restore_person(id, recommender, &applicant).map_err(OpError::from))?;
    Ok([Some(what), remark].into_iter().flatten().collect::<Vec<_>>().join("；"))
}

fn revert_body(
    open: &mut OpenBook,
    revision: i64,
    id: RecommenderId,
    recommender: &Recommender,
) -> Result<String, OpError> {
    refuse_second(open, &recommender.name, Some(id))?;
    let what = format!("把推荐单位“{}”恢复到修改记录 {revision}", recommender.name);
    open.book.transact(&who(), &what, |change| change.update_body(id, recommender).map_err(OpError::from))?;
    Ok(what)
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
    /// Who changed first in the list, and the first field that did, by its path in the record; `None`: nobody who is
    /// still in the book.
    pub place: Option<(PersonId, Option<String>)>,
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
    let before = open.people()?;
    let Some(what) = step(open)? else { return Ok(None) };
    let place = open.people()?.into_iter().find_map(|now| {
        let Some(was) = before.iter().find(|was| was.id == now.id) else { return Some((now.id, None)) };
        let field = || differences(&was.applicant, &now.applicant).into_iter().next().map(|change| change.path);
        (*was != now).then(|| (now.id, field()))
    });
    Ok(Some(Stepped { what, place }))
}
