//! Reading rows, the same inside and outside a transaction.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::de::DeserializeOwned;

use crate::domain::{Body, FileKey, Person, PersonId, RecommenderId};

use super::content::{self, RevisionRow};
use super::error::StoreError;

/// A connection with the path that its errors name.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub conn: &'a Connection,
    pub path: &'a Path,
}

impl Reader<'_> {
    pub(super) fn fault(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::sqlite(self.path, error)
    }

    /// All rows of a query.
    pub(super) fn list<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let list = || self.conn.prepare_cached(sql)?.query_map(params, read)?.collect::<rusqlite::Result<Vec<T>>>();
        list().map_err(|error| self.fault(&error))
    }

    /// The one row of a query, if there is one.
    pub(super) fn find<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let find = || self.conn.prepare_cached(sql)?.query_row(params, read).optional();
        find().map_err(|error| self.fault(&error))
    }

    /// Runs a statement; the number that an inserted row got.
    pub(super) fn execute(&self, sql: &str, params: impl Params) -> Result<i64, StoreError> {
        let execute = || self.conn.prepare_cached(sql)?.execute(params);
        execute().map_err(|error| self.fault(&error))?;
        Ok(self.conn.last_insert_rowid())
    }

    pub(super) fn notice_toml(&self) -> Result<String, StoreError> {
        let what = || StoreError::DamagedContent { path: self.path.to_owned(), what: "通知".to_owned() };
        let read = |row: &Row<'_>| Ok((content::text(row, 0)?, content::text(row, 1)?));
        match self.find(include_str!("sql/read_notice.sql"), [], read)? {
            Some((Some(notice), Some(hash))) if content::sha256(notice.as_bytes()) == hash => Ok(notice),
            _ => Err(what()),
        }
    }

    pub(super) fn bodies(&self) -> Result<Vec<Body>, StoreError> {
        let rows = self.list(include_str!("sql/list_recommenders.sql"), [], Head::read)?;
        rows.into_iter().map(|head| self.to_body(head)).collect()
    }

    pub(super) fn body(&self, recommender: RecommenderId) -> Result<Body, StoreError> {
        let head = self.find(include_str!("sql/find_recommender.sql"), [recommender.0], Head::read)?;
        self.to_body(head.ok_or_else(|| StoreError::NoSuchRecommender { path: self.path.to_owned(), recommender })?)
    }

    pub(super) fn people(&self) -> Result<Vec<Person>, StoreError> {
        let read = |row: &Row<'_>| Ok((Head::read(row)?, row.get(3)?));
        let rows = self.list(include_str!("sql/list_people.sql"), [], read)?;
        rows.into_iter().map(|(head, recommender)| self.to_person(head, recommender)).collect()
    }

    pub(super) fn person(&self, person: PersonId) -> Result<Person, StoreError> {
        let read = |row: &Row<'_>| Ok((Head::read(row)?, row.get(3)?));
        let (head, recommender) = self
            .find(include_str!("sql/find_person.sql"), [person.0], read)?
            .ok_or_else(|| StoreError::NoSuchPerson { path: self.path.to_owned(), person })?;
        self.to_person(head, recommender)
    }

    pub(super) fn latest_revision(&self, subject: &str, id: i64) -> Result<Option<RevisionRow>, StoreError> {
        self.find(include_str!("sql/find_latest_revision.sql"), (subject, id), RevisionRow::read)
    }

    pub(super) fn file(&self, key: &FileKey) -> Result<Vec<u8>, StoreError> {
        let bytes: Vec<u8> = self
            .find(include_str!("sql/read_file.sql"), [&key.0], |row| row.get(0))?
            .ok_or_else(|| StoreError::NoSuchFile { path: self.path.to_owned(), key: key.0.clone() })?;
        if key.0.split('.').next() == Some(content::sha256(&bytes).as_str()) {
            Ok(bytes)
        } else {
            Err(StoreError::DamagedContent { path: self.path.to_owned(), what: format!("文件 {}", key.0) })
        }
    }

    /// Bytes of a file, if the book has it.
    pub(super) fn file_size(&self, key: &FileKey) -> Result<Option<u64>, StoreError> {
        let size = self.find(include_str!("sql/measure_file.sql"), [&key.0], |row| row.get::<_, i64>(0))?;
        Ok(size.map(i64::unsigned_abs))
    }

    fn to_body(self, head: Head) -> Result<Body, StoreError> {
        let recommender = head.content(self.path, "推荐单位")?;
        Ok(Body { id: RecommenderId(head.id), recommender })
    }

    fn to_person(self, head: Head, recommender: i64) -> Result<Person, StoreError> {
        let applicant = head.content(self.path, "申报人")?;
        Ok(Person { id: PersonId(head.id), recommender: RecommenderId(recommender), applicant })
    }
}

/// Someone who is in the book now.
struct Head {
    id: i64,
    content: Option<String>,
    sha256: Option<String>,
}

impl Head {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: row.get(0)?, content: content::text(row, 1)?, sha256: content::text(row, 2)? })
    }

    fn content<T: DeserializeOwned>(&self, path: &Path, word: &str) -> Result<T, StoreError> {
        let text = self.content.as_deref().unwrap_or_default();
        let hash = self.sha256.as_deref().unwrap_or_default();
        content::read(path, text, hash, || format!("{word} #{}", self.id))
    }
}
