//! The doctor's look at a whole book.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Applicant, FileKey, Recommender};

use super::book::Book;
use super::content::{self, OperationRow, RevisionRow};
use super::error::StoreError;
use super::history::Subject;
use super::reader::Reader;

/// One thing that is not as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// In Chinese: what is damaged.
    pub sentence: String,
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl Book {
    /// Everything that is not as it was stored: structure, ties between rows, and every hash. Empty: the book is sound.
    ///
    /// # Errors
    /// Only what is no damage: the disk, the lock. A part that cannot be read at all is damage.
    pub fn check(&self) -> Result<Vec<Damage>, StoreError> {
        let reader = self.reader();
        let mut found = Vec::new();
        for part in [structure, ties, notice, history, heads, files] {
            match part(reader, &mut found) {
                Err(error) if !error.is_damage() => return Err(error),
                Err(error) => add(&mut found, error.to_string()),
                Ok(()) => {}
            }
        }
        Ok(found)
    }
}

fn add(found: &mut Vec<Damage>, sentence: String) {
    found.push(Damage { sentence });
}

fn structure(reader: Reader<'_>, found: &mut Vec<Damage>) -> Result<(), StoreError> {
    let said: Vec<String> = reader.list("PRAGMA integrity_check", [], |row| row.get(0))?;
    // One line a fault, in SQLite's English.
    match said.iter().filter(|line| *line != "ok").count() {
        0 => {}
        faults => add(found, format!("数据库内部的结构有 {faults} 处损坏。")),
    }
    Ok(())
}

fn ties(reader: Reader<'_>, found: &mut Vec<Damage>) -> Result<(), StoreError> {
    let read =
        |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?));
    for (table, row, parent) in reader.list(include_str!("sql/check_foreign_keys.sql"), [], read)? {
        let [table, parent] = [&table, &parent].map(|name| table_name(name));
        add(found, format!("第 {row} 号{table}所指的{parent}不存在。"));
    }
    Ok(())
}

/// What a table of the schema holds.
fn table_name(table: &str) -> &'static str {
    match table {
        "operation" => "操作",
        "revision" => "修改记录",
        "recommender" => "推荐单位",
        "person" => "申报人",
        "file" => "文件",
        _ => "记录",
    }
}

fn notice(reader: Reader<'_>, _: &mut Vec<Damage>) -> Result<(), StoreError> {
    reader.notice_toml().map(drop)
}

/// Operations with their revisions, contents, and the files that the contents name.
fn history(reader: Reader<'_>, found: &mut Vec<Damage>) -> Result<(), StoreError> {
    let mut of_operation: BTreeMap<i64, Vec<RevisionRow>> = BTreeMap::new();
    let mut missing = BTreeSet::new();
    for row in reader.list(include_str!("sql/list_revisions.sql"), [], RevisionRow::read)? {
        let subject = Subject::new(&row.subject, row.subject_id);
        let keys = match (&row.content, &row.sha256, subject) {
            (None, None, _) => Some(Vec::new()),
            (Some(text), Some(hash), Subject::Person(_)) => {
                content::read(reader.path, text, hash, String::new).ok().map(|applicant| files_of(&applicant))
            }
            (Some(text), Some(hash), Subject::Recommender(_)) => {
                content::read::<Recommender>(reader.path, text, hash, String::new).ok().map(|_| Vec::new())
            }
            _ => None,
        };
        match keys {
            None => add(found, format!("{subject} 的第 {} 号修改记录与存入时不符。", row.id)),
            Some(keys) => {
                for key in keys {
                    if reader.file_size(&key)?.is_none() && missing.insert(key.clone()) {
                        add(found, format!("{subject} 用到的文件 {} 不在册中。", key.0));
                    }
                }
            }
        }
        of_operation.entry(row.operation).or_default().push(row);
    }
    for row in reader.list(include_str!("sql/list_operations.sql"), [], OperationRow::read)? {
        let revisions = of_operation.remove(&row.id).unwrap_or_default();
        if row.seal(reader.path, &revisions)? != row.sha256 {
            add(found, format!("第 {} 号操作的记录与存入时不符。", row.id));
        }
    }
    Ok(())
}

fn files_of(applicant: &Applicant) -> Vec<FileKey> {
    let attachments = applicant.attachments.iter().map(|attachment| &attachment.file);
    attachments.chain([&applicant.photo]).filter(|key| !key.is_none()).cloned().collect()
}

/// The present state against the latest revisions.
fn heads(reader: Reader<'_>, found: &mut Vec<Damage>) -> Result<(), StoreError> {
    let read = |row: &rusqlite::Row<'_>| Ok(Subject::new(&row.get::<_, String>(0)?, row.get(1)?));
    for subject in reader.list(include_str!("sql/list_misplaced_heads.sql"), [], read)? {
        add(found, format!("{subject} 的现状与最后一次修改记录不符。"));
    }
    Ok(())
}

fn files(reader: Reader<'_>, found: &mut Vec<Damage>) -> Result<(), StoreError> {
    for key in reader.list(include_str!("sql/list_file_keys.sql"), [], |row| content::text(row, 0))? {
        let key = FileKey(key.unwrap_or_default());
        match reader.file(&key) {
            Err(error) if !error.is_damage() => return Err(error),
            Err(_) => add(found, format!("文件 {} 的内容与存入时不符。", key.0)),
            Ok(_) => {}
        }
    }
    Ok(())
}
