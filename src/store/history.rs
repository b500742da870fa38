//! What was, when, and by whom.

use serde::Deserialize;

use crate::domain::{Applicant, PersonId, Recommender, RecommenderId};

use super::book::Book;
use super::clock;
use super::content::{self, RevisionRow};
use super::error::StoreError;

/// Whom a revision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Person(PersonId),
    Recommender(RecommenderId),
}

impl Subject {
    /// The book's word for a person.
    pub(super) const PERSON: &str = "person";

    pub(super) fn new(word: &str, id: i64) -> Self {
        if word == Self::PERSON { Self::Person(PersonId(id)) } else { Self::Recommender(RecommenderId(id)) }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Person(_) => Self::PERSON,
            Self::Recommender(_) => "recommender",
        }
    }

    pub(super) fn id(self) -> i64 {
        match self {
            Self::Person(PersonId(id)) | Self::Recommender(RecommenderId(id)) => id,
        }
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Person(id) => write!(f, "申报人 #{id}"),
            Self::Recommender(id) => write!(f, "推荐单位 #{}", id.0),
        }
    }
}

/// What a revision did to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RevisionKind {
    /// Added, or put back after removal.
    Added,
    Changed,
    Removed,
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Counts through the whole book, from 1.
    pub number: i64,
    /// The operation that made it; one operation may make many revisions.
    pub operation: i64,
    /// UTC, RFC 3339.
    pub at: String,
    /// The same time for people: local, `2021-06-01 09:30:00`.
    pub at_local: String,
    pub who: String,
    /// What was done, in Chinese.
    pub what: String,
    pub subject: Subject,
    /// The person's or recommender's name then (before removal: the last one); empty when it cannot be read.
    pub name: String,
    pub kind: RevisionKind,
    /// SHA-256 of the content, 64 hexadecimal digits; `None`: removed.
    pub sha256: Option<String>,
}

impl Revision {
    /// The person it is about, if it is about one.
    pub fn person(&self) -> Option<PersonId> {
        match self.subject {
            Subject::Person(id) => Some(id),
            Subject::Recommender(_) => None,
        }
    }
}

/// The content that a revision set.
#[derive(Clone, Debug, PartialEq)]
pub enum RevisionContent {
    Person { id: PersonId, recommender: RecommenderId, applicant: Box<Applicant> },
    Recommender { id: RecommenderId, recommender: Recommender },
    Removed(Subject),
}

impl Book {
    /// The history of one person, or of the whole book with its recommenders; newest first.
    pub fn history(&self, person: Option<PersonId>) -> Result<Vec<Revision>, StoreError> {
        let read = |row: &rusqlite::Row<'_>| {
            let revision = RevisionRow::read(row)?;
            let at = content::text(row, 8)?.unwrap_or_default();
            let before = content::text(row, 11)?;
            Ok(Revision {
                number: revision.id,
                operation: revision.operation,
                at_local: clock::shown(&at),
                at,
                who: content::text(row, 9)?.unwrap_or_default(),
                what: content::text(row, 10)?.unwrap_or_default(),
                subject: Subject::new(&revision.subject, revision.subject_id),
                name: revision.content.as_deref().or(before.as_deref()).map(name).unwrap_or_default(),
                kind: match (before.is_some(), revision.content.is_some()) {
                    (_, false) => RevisionKind::Removed,
                    (false, true) => RevisionKind::Added,
                    (true, true) => RevisionKind::Changed,
                },
                sha256: revision.sha256,
            })
        };
        self.reader().list(include_str!("sql/list_history.sql"), [person.map(|person| person.0)], read)
    }

    /// What stood in the book before revision `number`; `None`: nothing, it added somebody.
    ///
    /// # Errors
    /// As [`Book::revision`].
    pub fn before_revision(&self, number: i64) -> Result<Option<RevisionContent>, StoreError> {
        let row = self.revision_row(number)?;
        row.previous.map(|previous| self.revision(previous)).transpose()
    }

    /// What stood in the book after revision `number`.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRevision`]; [`StoreError::DamagedContent`] when the content is not what was stored.
    pub fn revision(&self, number: i64) -> Result<RevisionContent, StoreError> {
        let path = self.path();
        let row = self.revision_row(number)?;
        let subject = Subject::new(&row.subject, row.subject_id);
        let what = || format!("修改记录 {number}（{subject}）");
        let hash = row.sha256.as_deref().unwrap_or_default();
        Ok(match (row.content.as_deref(), subject, row.recommender) {
            (Some(text), Subject::Person(id), Some(recommender)) => {
                let recommender = RecommenderId(recommender);
                RevisionContent::Person { id, recommender, applicant: content::read(path, text, hash, what)? }
            }
            (Some(text), Subject::Recommender(id), _) => {
                RevisionContent::Recommender { id, recommender: content::read(path, text, hash, what)? }
            }
            _ => RevisionContent::Removed(subject),
        })
    }

    /// When revision `number` was made, for people: local, `2021-06-01 09:30:00`.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRevision`].
    pub fn revision_time(&self, number: i64) -> Result<String, StoreError> {
        let at =
            self.reader().find(include_str!("sql/find_revision_time.sql"), [number], |row| content::text(row, 0))?;
        let unknown = || StoreError::NoSuchRevision { path: self.path().to_owned(), revision: number };
        at.map(|at| clock::shown(&at.unwrap_or_default())).ok_or_else(unknown)
    }

    fn revision_row(&self, number: i64) -> Result<RevisionRow, StoreError> {
        self.reader()
            .find(include_str!("sql/find_revision.sql"), [number], RevisionRow::read)?
            .ok_or_else(|| StoreError::NoSuchRevision { path: self.path().to_owned(), revision: number })
    }
}

/// The name in a content. The history stays readable where a content is damaged.
fn name(content: &str) -> String {
    // The name stands first: the rest of a long form need not be read for it.
    if let Some(rest) = content.strip_prefix("{\"name\":")
        && let Some(Ok(name)) = serde_json::Deserializer::from_str(rest).into_iter::<String>().next()
    {
        return name;
    }
    #[derive(Deserialize)]
    struct Named {
        name: String,
    }
    serde_json::from_str(content).map(|named: Named| named.name).unwrap_or_default()
}
