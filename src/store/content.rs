//! Canonical text of what the book holds, and its hash.
//!
//! Canonical JSON here is serde_json's compact form: keys in the order of the struct, nothing but what serde writes.

use std::path::Path;

use rusqlite::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::error::StoreError;
use crate::domain::FileKey;

/// SHA-256 in 64 lower-case hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The name under which the book keeps a file: the same bytes have the same name in every book.
pub fn file_key(bytes: &[u8], extension: &str) -> FileKey {
    FileKey(format!("{}.{extension}", sha256(bytes)))
}

/// Content as stored.
pub(super) fn write<T: Serialize>(path: &Path, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Io {
        path: path.to_owned(),
        detail: format!("内容写不出来，第 {} 列", error.column()),
    })
}

/// Content back from the book, only if it is what was stored. `what` names its owner in the error.
pub(super) fn read<T: DeserializeOwned>(
    path: &Path,
    text: &str,
    stored_hash: &str,
    what: impl FnOnce() -> String,
) -> Result<T, StoreError> {
    (sha256(text.as_bytes()) == stored_hash)
        .then(|| serde_json::from_str(text).ok())
        .flatten()
        .ok_or_else(|| StoreError::DamagedContent { path: path.to_owned(), what: what() })
}

/// A text of a row. Bytes that are no UTF-8 any more become U+FFFD: a hash then tells whose text is damaged, where a
/// failed conversion would only say that something is.
pub(super) fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    let bytes = row.get_ref(column)?.as_bytes_or_null()?;
    Ok(bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()))
}

/// A row of `operation`.
pub(super) struct OperationRow {
    pub id: i64,
    pub at: String,
    pub who: String,
    pub what: String,
    pub kind: String,
    pub target: Option<i64>,
    pub sha256: String,
}

impl OperationRow {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            at: text(row, 1)?.unwrap_or_default(),
            who: text(row, 2)?.unwrap_or_default(),
            what: text(row, 3)?.unwrap_or_default(),
            kind: text(row, 4)?.unwrap_or_default(),
            target: row.get(5)?,
            sha256: text(row, 6)?.unwrap_or_default(),
        })
    }

    /// The hash over the row and what ties its revisions (in order) to it.
    pub(super) fn seal(&self, path: &Path, revisions: &[RevisionRow]) -> Result<String, StoreError> {
        let ties: Vec<_> = revisions
            .iter()
            .map(|row| (row.id, &row.subject, row.subject_id, row.previous, row.recommender, &row.sha256))
            .collect();
        let text = write(path, &(self.id, &self.at, &self.who, &self.what, &self.kind, self.target, ties))?;
        Ok(sha256(text.as_bytes()))
    }
}

/// A row of `revision`.
pub(super) struct RevisionRow {
    pub id: i64,
    pub operation: i64,
    pub subject: String,
    pub subject_id: i64,
    pub previous: Option<i64>,
    pub recommender: Option<i64>,
    pub content: Option<String>,
    pub sha256: Option<String>,
}

impl RevisionRow {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            operation: row.get(1)?,
            subject: text(row, 2)?.unwrap_or_default(),
            subject_id: row.get(3)?,
            previous: row.get(4)?,
            recommender: row.get(5)?,
            content: text(row, 6)?,
            sha256: text(row, 7)?,
        })
    }
}
