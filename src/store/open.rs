//! How a book is opened: looked at without a trace, then locked, then checked.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::replace::journal_of;
use super::schema;

/// How long to wait for a lock: a virus scanner or a file manager may hold one for a moment.
const PATIENCE: Duration = Duration::from_millis(200);

/// Opens the book at `path` (absolute), locked against every other program, at the present format.
/// With `whole` its structure is checked too; the doctor opens without.
pub(super) fn open(path: &Path, whole: bool, steps: &[&str]) -> Result<Connection, StoreError> {
    look(path, steps)?;
    let fault = |error: rusqlite::Error| StoreError::sqlite(path, &error);
    let unclean_end = fs::metadata(journal_of(path)).is_ok();
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::CannotOpen) => StoreError::unopened(path),
        _ => fault(error),
    })?;
    if conn.is_readonly("main").map_err(fault)? {
        return Err(StoreError::ReadOnly(path.to_owned()));
    }
    harden(&conn).map_err(fault)?;
    lock(&conn).map_err(fault)?;
    // Again, now that nobody else can write and a transaction cut short has been rolled back.
    let version = known_format(&conn, path, steps)?;
    if whole {
        check_structure(&conn, path, if unclean_end { "integrity_check" } else { "quick_check" })?;
        if unclean_end {
            check_foreign_keys(&conn, path)?;
        }
    }
    if version < schema::format(steps) {
        check_foreign_keys(&conn, path)?;
        schema::upgrade(&conn, path, version, steps)?;
    }
    if !schema::is_ours(&conn, steps).map_err(fault)? {
        return Err(damaged(path, "表的结构与本程序的不符"));
    }
    Ok(conn)
}

/// Is there a book of ours at `path`, of a format we know? Reads through SQLite without a lock, a journal or a change:
/// a plain file handle would, when closed, drop the locks that this very process may hold on the book.
fn look(path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    looked_at(path, steps).map(drop)
}

/// The same, with a connection that reads and neither locks nor changes anything.
pub(super) fn looked_at(path: &Path, steps: &[&str]) -> Result<Connection, StoreError> {
    let metadata = fs::metadata(path).map_err(|error| StoreError::io(path, &error))?;
    if !metadata.is_file() {
        return Err(StoreError::NotAFile(path.to_owned()));
    }
    if metadata.len() == 0 {
        return Err(StoreError::Empty(path.to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let not_allowed = |_| StoreError::unopened(path);
    let conn = Connection::open_with_flags(immutable_uri(path), flags).map_err(not_allowed)?;
    // Lets the header of a truncated file be read, so that a damaged book is told from a foreign file.
    conn.pragma_update(None, "writable_schema", true).map_err(not_allowed)?;
    // Nothing in a stranger's file is trusted.
    for setting in [DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW] {
        conn.set_db_config(setting, false).map_err(not_allowed)?;
    }
    known_format(&conn, path, steps)?;
    Ok(conn)
}

/// The book's format, from 1, if the file is ours and the format known.
fn known_format(conn: &Connection, path: &Path, steps: &[&str]) -> Result<i64, StoreError> {
    let header = |name| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let fault = |error: rusqlite::Error| StoreError::sqlite(path, &error);
    if header("application_id").map_err(fault)? != schema::APPLICATION_ID {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    let known = schema::format(steps);
    match header("user_version").map_err(fault)? {
        found if found > known => Err(StoreError::TooNew { path: path.to_owned(), found, known }),
        found if found < 1 => Err(damaged(path, "没有格式版本")),
        found => Ok(found),
    }
}

/// `file:` address of a file that SQLite shall neither lock nor change.
fn immutable_uri(path: &Path) -> String {
    let mut uri = String::from("file://");
    for &byte in path.as_os_str().as_encoded_bytes() {
        let byte = if cfg!(windows) && byte == b'\\' { b'/' } else { byte };
        if uri.len() == "file://".len() && byte != b'/' {
            uri.push('/');
        }
        if byte.is_ascii_alphanumeric() || b"/._-~:".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// Settings of every connection that writes: nothing in the file is trusted, nothing is left half written.
pub(super) fn harden(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(PATIENCE)?;
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
    ] {
        conn.set_db_config(setting, on)?;
    }
    conn.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    // DELETE, not WAL: clerks copy one file.
    conn.pragma_update(None, "journal_mode", "DELETE")?;
    conn.pragma_update(None, "synchronous", "EXTRA")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "mmap_size", 0)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "secure_delete", true)
}

/// Takes the lock, which the pragma alone does not, and keeps it until the connection closes. Marking the first page
/// opens the journal: a folder in which none can be made is found now, not at the first change.
fn lock(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("BEGIN EXCLUSIVE")?;
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let marked = conn.pragma_update(None, "user_version", version);
    conn.execute_batch("ROLLBACK")?;
    marked
}

/// SQLite's own look at pages and indexes, `quick_check` or `integrity_check`.
pub(super) fn check_structure(conn: &Connection, path: &Path, pragma: &str) -> Result<(), StoreError> {
    let fault = |error: rusqlite::Error| StoreError::sqlite(path, &error);
    let said: String = conn.pragma_query_value(None, pragma, |row| row.get(0)).map_err(fault)?;
    if said == "ok" { Ok(()) } else { Err(damaged(path, "内部的结构没有通过检查")) }
}

fn check_foreign_keys(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    let fault = |error: rusqlite::Error| StoreError::sqlite(path, &error);
    let mut query = conn.prepare(include_str!("sql/check_foreign_keys.sql")).map_err(fault)?;
    if query.exists([]).map_err(fault)? { Err(damaged(path, "记录之间的联系不完整")) } else { Ok(()) }
}

fn damaged(path: &Path, detail: &str) -> StoreError {
    StoreError::Damaged { path: path.to_owned(), detail: detail.to_owned() }
}
