//! What may be done to a book inside a transaction.

use crate::domain::{Applicant, Body, FileKey, Person, PersonId, Recommender, RecommenderId};

use super::clock;
use super::content::{self, OperationRow, RevisionRow};
use super::error::StoreError;
use super::history::Subject;
use super::reader::Reader;

/// An operation in the making. Each change of content becomes a revision; content that stays the same makes none.
pub struct Change<'a> {
    reader: Reader<'a>,
    who: &'a str,
    what: &'a str,
    kind: OperationKind,
    /// The operation's row, once there is something to keep.
    operation: Option<OperationRow>,
}

/// What brought an operation about.
#[derive(Clone, Copy)]
pub(super) enum OperationKind {
    Change,
    /// Takes the operation back.
    Undo(i64),
    /// Does the operation again.
    Redo(i64),
}

/// One state of a person or recommender.
#[derive(PartialEq, Eq)]
pub(super) struct State {
    /// Whose applicant; `None` for a recommender.
    recommender: Option<i64>,
    content: String,
}

impl State {
    /// What a revision says; `None`: removed.
    pub(super) fn of(row: &RevisionRow) -> Option<Self> {
        row.content.clone().map(|content| Self { recommender: row.recommender, content })
    }
}

impl<'a> Change<'a> {
    pub(super) fn new(reader: Reader<'a>, who: &'a str, what: &'a str, kind: OperationKind) -> Self {
        Self { reader, who, what, kind, operation: None }
    }

    /// An operation that is in the book already, to be sealed again.
    pub(super) fn of(reader: Reader<'a>, row: OperationRow) -> Self {
        Self { reader, who: "", what: "", kind: OperationKind::Change, operation: Some(row) }
    }

    /// The recommenders as they stand inside this change, by number.
    pub fn bodies(&self) -> Result<Vec<Body>, StoreError> {
        self.reader.bodies()
    }

    /// One recommender as it stands inside this change.
    pub fn body(&self, recommender: RecommenderId) -> Result<Body, StoreError> {
        self.reader.body(recommender)
    }

    /// The applicants as they stand inside this change, by number.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        self.reader.people()
    }

    /// One applicant as it stands inside this change.
    pub fn person(&self, person: PersonId) -> Result<Person, StoreError> {
        self.reader.person(person)
    }

    /// Adds a recommender and gives it a number.
    pub fn insert_body(&mut self, recommender: &Recommender) -> Result<RecommenderId, StoreError> {
        let content = content::write(self.reader.path, recommender)?;
        let id = RecommenderId(self.reader.execute(include_str!("sql/reserve_recommender.sql"), [])?);
        self.put(Subject::Recommender(id), Some(State { recommender: None, content }))?;
        Ok(id)
    }

    /// Gives a recommender new content.
    pub fn update_body(&mut self, id: RecommenderId, recommender: &Recommender) -> Result<(), StoreError> {
        self.reader.body(id)?;
        let content = content::write(self.reader.path, recommender)?;
        self.put(Subject::Recommender(id), Some(State { recommender: None, content }))
    }

    /// Removes a recommender without applicants.
    ///
    /// # Errors
    /// [`StoreError::HasPeople`] while there are some.
    pub fn remove_body(&mut self, id: RecommenderId) -> Result<(), StoreError> {
        let name = self.reader.body(id)?.recommender.name;
        let count = self.reader.find(include_str!("sql/count_people_of_recommender.sql"), [id.0], |row| row.get(0))?;
        match count.unwrap_or(0) {
            0 => self.put(Subject::Recommender(id), None),
            people => Err(StoreError::HasPeople { name, people }),
        }
    }

    /// Adds an applicant and gives it a number.
    pub fn insert_person(&mut self, recommender: RecommenderId, applicant: &Applicant) -> Result<PersonId, StoreError> {
        let state = self.person_state(recommender, applicant)?;
        let id = PersonId(self.reader.execute(include_str!("sql/reserve_person.sql"), [recommender.0])?);
        self.put(Subject::Person(id), Some(state))?;
        Ok(id)
    }

    /// Gives an applicant new content.
    pub fn update_person(&mut self, id: PersonId, applicant: &Applicant) -> Result<(), StoreError> {
        let recommender = self.reader.person(id)?.recommender;
        let state = self.person_state(recommender, applicant)?;
        self.put(Subject::Person(id), Some(state))
    }

    /// Gives an applicant to another recommender.
    pub fn move_person(&mut self, id: PersonId, recommender: RecommenderId) -> Result<(), StoreError> {
        let state = self.person_state(recommender, &self.reader.person(id)?.applicant)?;
        self.put(Subject::Person(id), Some(state))
    }

    /// Removes an applicant; number and revisions stay taken.
    pub fn remove_person(&mut self, id: PersonId) -> Result<(), StoreError> {
        self.reader.person(id)?;
        self.put(Subject::Person(id), None)
    }

    /// Puts an applicant who was removed back under the old number (or, who is still there, gives content and
    /// recommender).
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`] when the number was never given.
    pub fn restore_person(
        &mut self,
        id: PersonId,
        recommender: RecommenderId,
        applicant: &Applicant,
    ) -> Result<(), StoreError> {
        if self.reader.latest_revision(Subject::PERSON, id.0)?.is_none() {
            return Err(StoreError::NoSuchPerson { path: self.reader.path.to_owned(), person: id });
        }
        let state = self.person_state(recommender, applicant)?;
        self.put(Subject::Person(id), Some(state))
    }

    /// Keeps a photo or scan; the same bytes are kept once. `extension` is jpg, png or pdf.
    pub fn put_file(&mut self, bytes: &[u8], extension: &str) -> Result<FileKey, StoreError> {
        if !["jpg", "png", "pdf"].contains(&extension) {
            return Err(StoreError::FileKind(extension.to_owned()));
        }
        let key = content::file_key(bytes, extension);
        self.reader.execute(include_str!("sql/insert_file.sql"), (&key.0, bytes))?;
        Ok(key)
    }

    /// A file as [`super::Book::file`], put in just now included.
    pub fn file(&self, key: &FileKey) -> Result<Vec<u8>, StoreError> {
        self.reader.file(key)
    }

    /// Size of a file in bytes; `None`: the book has no such file.
    pub fn file_size(&self, key: &FileKey) -> Result<Option<u64>, StoreError> {
        self.reader.file_size(key)
    }

    fn person_state(&self, recommender: RecommenderId, applicant: &Applicant) -> Result<State, StoreError> {
        let id = self.reader.body(recommender)?.id;
        Ok(State { recommender: Some(id.0), content: content::write(self.reader.path, applicant)? })
    }

    /// Brings a person or recommender into a state and keeps the step as a revision.
    pub(super) fn put(&mut self, subject: Subject, after: Option<State>) -> Result<(), StoreError> {
        let (word, id) = (subject.word(), subject.id());
        let latest = self.reader.latest_revision(word, id)?;
        if latest.as_ref().and_then(State::of) == after {
            return Ok(());
        }
        let operation = self.operation_id()?;
        let previous = latest.map(|row| row.id);
        let recommender = after.as_ref().and_then(|state| state.recommender);
        let text = after.as_ref().map(|state| &state.content);
        let hash = text.map(|text| content::sha256(text.as_bytes()));
        let revision = self.reader.execute(
            include_str!("sql/insert_revision.sql"),
            (operation, word, id, previous, recommender, text, hash),
        )?;
        match (subject, after.is_some()) {
            (Subject::Person(_), true) => {
                self.reader.execute(include_str!("sql/put_person.sql"), (id, recommender, revision))
            }
            (Subject::Person(_), false) => self.reader.execute(include_str!("sql/remove_person.sql"), [id]),
            (Subject::Recommender(_), true) => {
                self.reader.execute(include_str!("sql/put_recommender.sql"), (id, revision))
            }
            (Subject::Recommender(_), false) => self.reader.execute(include_str!("sql/remove_recommender.sql"), [id]),
        }
        .map(drop)
    }

    /// The operation's number; the first call writes its row.
    pub(super) fn operation_id(&mut self) -> Result<i64, StoreError> {
        if let Some(row) = &self.operation {
            return Ok(row.id);
        }
        let (kind, target) = match self.kind {
            OperationKind::Change => ("change", None),
            OperationKind::Undo(target) => ("undo", Some(target)),
            OperationKind::Redo(target) => ("redo", Some(target)),
        };
        let at = clock::now();
        let sql = include_str!("sql/insert_operation.sql");
        let id = self.reader.execute(sql, (&at, self.who, self.what, kind, target))?;
        self.operation = Some(OperationRow {
            id,
            at,
            who: self.who.to_owned(),
            what: self.what.to_owned(),
            kind: kind.to_owned(),
            target,
            sha256: String::new(),
        });
        Ok(id)
    }

    /// The operation's number, if there was something to keep.
    pub(super) fn made_operation(&self) -> Option<i64> {
        self.operation.as_ref().map(|row| row.id)
    }

    /// Puts the operation with its revisions under its hash.
    pub(super) fn seal(&self) -> Result<(), StoreError> {
        let Some(row) = &self.operation else { return Ok(()) };
        let sql = include_str!("sql/list_revisions_of_operation.sql");
        let revisions = self.reader.list(sql, [row.id], RevisionRow::read)?;
        let hash = row.seal(self.reader.path, &revisions)?;
        self.reader.execute(include_str!("sql/seal_operation.sql"), (row.id, hash)).map(drop)
    }
}
