//! The schema as a ladder: step n brings a book from format n−1 to format n (`user_version`).

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::error::StoreError;
use super::{backup, clock, open};

/// "Tuij", the mark of our books in SQLite's header.
pub(super) const APPLICATION_ID: i64 = 0x5475_696A;

/// Steps are only ever added: a released one is never changed.
pub(super) const STEPS: &[&str] = &[include_str!("sql/schema/001.sql")];

/// The format that a ladder ends in.
pub(super) fn format(steps: &[&str]) -> i64 {
    i64::try_from(steps.len()).unwrap_or(i64::MAX)
}

/// Takes the remaining steps in one transaction and marks the file as ours.
pub(super) fn climb(conn: &Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let from: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tx = conn.unchecked_transaction()?;
    for step in steps.iter().skip(usize::try_from(from).unwrap_or(0)) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", format(steps))?;
    tx.commit()
}

/// Brings an older book, locked and open, to the present format. The book as it was is kept beside it.
pub(super) fn upgrade(conn: &Connection, path: &Path, from: i64, steps: &[&str]) -> Result<(), StoreError> {
    open::check_structure(conn, path, "integrity_check")?;
    backup::copy(conn, path, &kept_beside(path, from), true, |copy| {
        let copied = Connection::open(copy).map_err(|error| StoreError::sqlite(path, &error))?;
        open::check_structure(&copied, path, "integrity_check")
    })?;
    climb(conn, steps).map_err(|error| StoreError::sqlite(path, &error))
}

/// Where the book of the old format is kept: `名称.第1版.20210601T093000.123Z.tuijian`.
fn kept_beside(path: &Path, from: i64) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let time: String = clock::now().chars().filter(|c| !matches!(c, '-' | ':')).collect();
    path.with_file_name(format!("{stem}.第{from}版.{time}.tuijian"))
}

/// Every object of a schema: type, name, table and the text that made it.
type Objects = Vec<(String, String, String, Option<String>)>;

fn objects(conn: &Connection) -> rusqlite::Result<Objects> {
    conn.prepare(include_str!("sql/list_schema.sql"))?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect()
}

/// True when the book has exactly our tables and indexes: no trigger or view that somebody slipped in, no damage.
pub(super) fn is_ours(conn: &Connection, steps: &[&str]) -> rusqlite::Result<bool> {
    let model = Connection::open_in_memory()?;
    climb(&model, steps)?;
    Ok(objects(conn)? == objects(&model)?)
}
