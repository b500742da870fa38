//! The open book.

use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::domain::{Body, FileKey, Person, PersonId, RecommenderId};

use super::change::{Change, OperationKind};
use super::content::{OperationRow, sha256};
use super::error::StoreError;
use super::reader::Reader;
use super::{clock, open, replace, schema};

/// How every SQLite file begins.
const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What a copy is known by, without opening it to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glimpse {
    /// Names of the recommenders.
    pub recommenders: Vec<String>,
    /// How many applicants there are.
    pub people: usize,
    /// When it was changed last, local, `2021-06-01 09:30:00`; `None`: never.
    pub changed_at: Option<String>,
}

/// A book, open and locked until it is dropped.
#[derive(Debug)]
pub struct Book {
    conn: Connection,
    path: PathBuf,
    /// Which file was opened: a path may later name another one.
    identity: (u64, u64),
}

impl Book {
    /// Makes a new book about one notice.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the path is taken, whatever lies there; errors of the folder and the disk.
    pub fn create(path: &Path, notice_toml: &str) -> Result<Self, StoreError> {
        let path = absolute(path)?;
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::Exists(path));
        }
        replace::with_new_file(&path, true, |temporary| {
            let build = || {
                let conn = Connection::open_with_flags(
                    temporary,
                    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
                )?;
                open::harden(&conn)?;
                schema::climb(&conn, schema::STEPS)?;
                let hash = sha256(notice_toml.as_bytes());
                conn.execute(include_str!("sql/insert_book.sql"), (notice_toml, hash))
            };
            build().map(drop).map_err(|error| StoreError::sqlite(&path, &error))
        })?;
        Self::open(&path)
    }

    /// Opens a book, locks it, checks its structure and brings an older format up to date.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another program has it; each kind of file that is no book has its own error.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_checked(path, true)
    }

    /// Opens a book for [`Book::check`], also one whose structure is damaged.
    ///
    /// # Errors
    /// As [`Book::open`]; damage that leaves nothing to read is still an error ([`StoreError::is_damage`]).
    pub fn open_for_check(path: &Path) -> Result<Self, StoreError> {
        Self::open_checked(path, false)
    }

    fn open_checked(path: &Path, whole: bool) -> Result<Self, StoreError> {
        let path = absolute(path)?;
        let conn = open::open(&path, whole, schema::STEPS)?;
        let identity = fs::metadata(&path).map(|metadata| identity(&metadata));
        Ok(Self { conn, identity: identity.map_err(|error| StoreError::io(&path, &error))?, path })
    }

    /// The book as it is now, in memory and for reading alone: long work reads it while the book itself is written on.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn in_memory(&self) -> Result<Self, StoreError> {
        let fault = |error: rusqlite::Error| StoreError::sqlite(&self.path, &error);
        let mut conn = Connection::open_in_memory().map_err(fault)?;
        match Backup::new(&self.conn, &mut conn).and_then(|backup| backup.step(-1)).map_err(fault)? {
            StepResult::Done => {}
            _ => return Err(StoreError::Locked(self.path.clone())),
        }
        open::harden(&conn).and_then(|()| conn.pragma_update(None, "query_only", true)).map_err(fault)?;
        Ok(Self { conn, path: self.path.clone(), identity: self.identity })
    }

    /// Whether a file is a database, this program's or another's. Not to be asked of the book that is open: closing
    /// the file would drop its locks.
    pub fn is_database(path: &Path) -> bool {
        let mut start = [0; SQLITE_MAGIC.len()];
        // Asked before opening: opening a pipe would wait for its other end.
        let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
        is_file && File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *SQLITE_MAGIC
    }

    /// What is in the book at `path`, which is neither locked nor changed: it may lie on a locked stick.
    ///
    /// # Errors
    /// Those of a file that is no book of a known format, or is damaged.
    pub fn glimpse(path: &Path) -> Result<Glimpse, StoreError> {
        let path = &absolute(path)?;
        let conn = open::looked_at(path, schema::STEPS)?;
        let reader = Reader { conn: &conn, path };
        let latest = reader.find(include_str!("sql/find_latest_operation.sql"), [], OperationRow::read)?;
        Ok(Glimpse {
            recommenders: reader.bodies()?.into_iter().map(|body| body.recommender.name).collect(),
            people: reader.people()?.len(),
            changed_at: latest.map(|operation| clock::shown(&operation.at)),
        })
    }

    /// Where the book lies, absolute.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The notice's profile as it was stored when the book was made.
    pub fn notice_toml(&self) -> Result<String, StoreError> {
        self.reader().notice_toml()
    }

    /// The recommenders, by number.
    pub fn bodies(&self) -> Result<Vec<Body>, StoreError> {
        self.reader().bodies()
    }

    /// One recommender.
    pub fn body(&self, recommender: RecommenderId) -> Result<Body, StoreError> {
        self.reader().body(recommender)
    }

    /// The applicants of all recommenders, by number.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        self.reader().people()
    }

    /// One applicant.
    pub fn person(&self, person: PersonId) -> Result<Person, StoreError> {
        self.reader().person(person)
    }

    /// A photo or scan, to the byte as it was put in.
    ///
    /// # Errors
    /// [`StoreError::NoSuchFile`]; [`StoreError::DamagedContent`] when the bytes no longer fit their hash.
    pub fn file(&self, key: &FileKey) -> Result<Vec<u8>, StoreError> {
        self.reader().file(key)
    }

    /// Size of a file in bytes; `None`: the book has no such file.
    pub fn file_size(&self, key: &FileKey) -> Result<Option<u64>, StoreError> {
        self.reader().file_size(key)
    }

    /// Whether the book has the file.
    pub fn has_file(&self, key: &FileKey) -> Result<bool, StoreError> {
        Ok(self.file_size(key)?.is_some())
    }

    /// Runs `change` in one transaction, kept as one operation of `who` in the words `what`. An error of `change` (or a
    /// failing write) leaves the book as it was. A change that changes nothing leaves no operation.
    ///
    /// # Errors
    /// What `change` says; [`StoreError::Gone`] when the file is no longer at its place.
    pub fn transact<T, E: From<StoreError>>(
        &mut self,
        who: &str,
        what: &str,
        change: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run(who, what, OperationKind::Change, change)
    }

    pub(super) fn run<T, E: From<StoreError>>(
        &mut self,
        who: &str,
        what: &str,
        kind: OperationKind,
        run: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write(|reader| {
            let mut change = Change::new(reader, who, what, kind);
            let done = run(&mut change)?;
            change.seal()?;
            Ok(done)
        })
    }

    /// Runs `write` in one transaction: all of it is in the book afterwards, or nothing.
    pub(super) fn write<T, E: From<StoreError>>(
        &mut self,
        write: impl FnOnce(Reader<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.must_be_in_place()?;
        let path = &self.path;
        let fault = |error: rusqlite::Error| StoreError::sqlite(path, &error);
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let done = write(Reader { conn: &tx, path })?;
        tx.commit().map_err(fault)?;
        Ok(done)
    }

    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { conn: &self.conn, path: &self.path }
    }

    /// On Linux an open file can be deleted or replaced behind the program's back; what is then written is lost.
    fn must_be_in_place(&self) -> Result<(), StoreError> {
        match fs::metadata(&self.path) {
            Ok(metadata) if identity(&metadata) == self.identity => Ok(()),
            _ => Err(StoreError::Gone(self.path.clone())),
        }
    }

    #[cfg(test)]
    pub(super) fn connection(&self) -> &Connection {
        &self.conn
    }
}

/// Absolute, because the book outlives a change of folder, and because SQLite would read `file:…` as an address.
pub(super) fn absolute(path: &Path) -> Result<PathBuf, StoreError> {
    std::path::absolute(path).map_err(|_| StoreError::Missing(path.to_owned()))
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// Windows lets nobody delete or replace an open file.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}
