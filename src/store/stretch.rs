//! A stretch of typing: the latest operation, whose one revision goes on with what is typed.
//!
//! Only the very last operation of the book can be gone on with, only by who holds its [`Stretch`], and only
//! `ops::save` and `ops::save_text` begin one (`tests/tidy.rs`). Each step is a transaction of its own and leaves a sealed,
//! complete book.

use super::book::Book;
use super::change::{Change, OperationKind, State};
use super::clock;
use super::content::{self, OperationRow, RevisionRow};
use super::error::StoreError;
use super::history::Subject;
use super::reader::Reader;
use crate::domain::{Applicant, PersonId, Recommender, RecommenderId};

/// The operation that is being typed. Of no use once another operation has followed or the book was closed.
#[derive(Debug, PartialEq, Eq)]
pub struct Stretch {
    operation: i64,
    subject: Subject,
}

/// Who is typed about, with the whole new content.
#[derive(Clone, Copy, Debug)]
pub enum Typing<'a> {
    Person(PersonId, &'a Applicant),
    Recommender(RecommenderId, &'a Recommender),
}

impl Typing<'_> {
    fn subject(self) -> Subject {
        match self {
            Self::Person(id, _) => Subject::Person(id),
            Self::Recommender(id, _) => Subject::Recommender(id),
        }
    }

    fn content(self, reader: Reader<'_>) -> Result<String, StoreError> {
        match self {
            Self::Person(_, applicant) => content::write(reader.path, applicant),
            Self::Recommender(_, recommender) => content::write(reader.path, recommender),
        }
    }
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The revision holds the new content.
    On,
    /// The person or recommender stands again as before the stretch: operation and revision are gone, their numbers stay taken.
    Nothing,
    /// Another operation has followed; the book was not touched.
    Over,
}

impl Book {
    /// Gives a person or recommender new content in an operation that [`Book::type_on`] may go on with. `None`: nothing changed.
    pub(crate) fn begin_typing(
        &mut self,
        who: &str,
        what: &str,
        typing: Typing<'_>,
    ) -> Result<Option<Stretch>, StoreError> {
        let operation = self.run(who, what, OperationKind::Change, |change| -> Result<_, StoreError> {
            match typing {
                Typing::Person(id, applicant) => change.update_person(id, applicant)?,
                Typing::Recommender(id, recommender) => change.update_body(id, recommender)?,
            }
            Ok(change.made_operation())
        })?;
        Ok(operation.map(|operation| Stretch { operation, subject: typing.subject() }))
    }

    /// Goes on with a stretch: its revision gets this content, its operation these words and the present time.
    pub(crate) fn type_on(&mut self, stretch: &Stretch, what: &str, typing: Typing<'_>) -> Result<Typed, StoreError> {
        self.write(|reader| {
            if typing.subject() != stretch.subject {
                return Ok(Typed::Over);
            }
            let Some((row, revision)) = find(reader, stretch)? else { return Ok(Typed::Over) };
            let content = typing.content(reader)?;
            let state = State::of(&RevisionRow { content: Some(content.clone()), ..revision });
            if state.is_some() && before(reader, stretch)? == state {
                take_out(reader, stretch)?;
                return Ok(Typed::Nothing);
            }
            let row = OperationRow { at: clock::now(), what: what.to_owned(), ..row };
            let hash = content::sha256(content.as_bytes());
            reader.execute(include_str!("sql/rewrite_revision.sql"), (row.id, content, hash))?;
            reader.execute(include_str!("sql/rewrite_operation.sql"), (row.id, &row.at, &row.what))?;
            Change::of(reader, row).seal().map(|()| Typed::On)
        })
    }
}

/// The stretch's operation and its only revision, while it is the latest of the book.
fn find(reader: Reader<'_>, stretch: &Stretch) -> Result<Option<(OperationRow, RevisionRow)>, StoreError> {
    let latest = reader.find(include_str!("sql/find_latest_operation.sql"), [], OperationRow::read)?;
    let Some(row) = latest.filter(|row| row.id == stretch.operation && row.kind == "change") else { return Ok(None) };
    let sql = include_str!("sql/list_revisions_of_operation.sql");
    let mut revisions = reader.list(sql, [row.id], RevisionRow::read)?;
    let only = if revisions.len() == 1 { revisions.pop() } else { None };
    let is_ours = |revision: &RevisionRow| {
        Subject::new(&revision.subject, revision.subject_id) == stretch.subject
            && revision.previous.is_some()
            && revision.content.is_some()
    };
    Ok(only.filter(is_ours).map(|revision| (row, revision)))
}

/// How the person or recommender stood before the stretch.
fn before(reader: Reader<'_>, stretch: &Stretch) -> Result<Option<State>, StoreError> {
    let sql = include_str!("sql/find_revision_before_operation.sql");
    let row = reader.find(sql, [stretch.operation], RevisionRow::read)?;
    Ok(row.as_ref().and_then(State::of))
}

/// Takes a stretch that came to nothing out of the book.
fn take_out(reader: Reader<'_>, stretch: &Stretch) -> Result<(), StoreError> {
    let before = match stretch.subject {
        Subject::Person(_) => include_str!("sql/put_person_before_operation.sql"),
        Subject::Recommender(_) => include_str!("sql/put_recommender_before_operation.sql"),
    };
    reader.execute(before, (stretch.subject.id(), stretch.operation))?;
    reader.execute(include_str!("sql/delete_revisions_of_operation.sql"), [stretch.operation])?;
    reader.execute(include_str!("sql/delete_operation.sql"), [stretch.operation]).map(drop)
}
