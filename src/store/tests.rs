//! What needs the inside of the store: the rest is in `tests/store.rs`.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use crate::domain::{Applicant, Recommender, RecommenderKind};

use super::undo::{Stacks, stacks};
use super::{Book, StoreError, open, schema};

fn with_recommender(path: &Path) -> Book {
    let mut book = Book::create(path, "id = \"test\"").unwrap();
    let recommender = Recommender {
        name: "示例协会".into(),
        kind: RecommenderKind::Association,
        contact: String::new(),
        phone: String::new(),
        mobile: String::new(),
        address: String::new(),
        exception: String::new(),
        report: [].into(),
        report_facts: [].into(),
    };
    book.transact("测试", "新建", |change| change.insert_body(&recommender)).unwrap();
    book
}

fn version(conn: &Connection) -> i64 {
    conn.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

fn kept(folder: &Path) -> Vec<std::path::PathBuf> {
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.to_string_lossy().contains(".第1版.")).collect()
}

#[test]
fn an_older_book_is_kept_beside_and_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("册.tuijian");
    drop(with_recommender(&path));
    let longer = [schema::STEPS[0], "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;"];

    let conn = open::open(&path, true, &longer).unwrap();
    assert_eq!(version(&conn), 2);
    drop(conn);

    assert!(matches!(Book::open(&path), Err(StoreError::TooNew { found: 2, known: 1, .. })));
    let kept = kept(folder.path());
    assert_eq!(kept.len(), 1);
    let old = Book::open(&kept[0]).unwrap();
    assert_eq!(old.bodies().unwrap().len(), 1);
    assert_eq!(old.check().unwrap(), []);
}

#[test]
fn a_step_that_fails_leaves_the_old_format() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("册.tuijian");
    drop(with_recommender(&path));
    let broken = [schema::STEPS[0], "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT; DROP TABLE nowhere;"];

    open::open(&path, true, &broken).unwrap_err();

    let book = Book::open(&path).unwrap();
    assert_eq!(book.check().unwrap(), []);
    assert_eq!(book.bodies().unwrap().len(), 1);
}

#[test]
fn a_slipped_in_trigger_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("册.tuijian");
    drop(with_recommender(&path));
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch("CREATE TRIGGER t AFTER INSERT ON person BEGIN DELETE FROM file; END").unwrap();
    drop(conn);

    assert!(matches!(Book::open(&path), Err(StoreError::Damaged { .. })));
}

#[test]
fn a_full_disk_is_said_and_leaves_the_book_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("册.tuijian");
    let mut book = with_recommender(&path);
    let pages: i64 = book.connection().pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    book.connection().pragma_update(None, "max_page_count", pages + 4).unwrap();
    let body = book.bodies().unwrap()[0].id;

    let full: Result<_, StoreError> = book.transact("测试", "录入", |change| {
        change.insert_person(body, &Applicant { honours_brief: "长".repeat(100_000), ..Applicant::default() })
    });

    let error = full.unwrap_err();
    assert!(matches!(error, StoreError::DiskFull(_)), "{error}");
    assert_eq!(book.people().unwrap(), []);
    assert_eq!(book.check().unwrap(), []);
    let small: Result<_, StoreError> =
        book.transact("测试", "录入", |change| change.insert_person(body, &Applicant::default()));
    small.unwrap();
}

#[test]
fn the_settings_hold() {
    let folder = tempfile::tempdir().unwrap();
    let book = with_recommender(&folder.path().join("册.tuijian"));
    for (name, value) in [
        ("journal_mode", "delete"),
        ("locking_mode", "exclusive"),
        ("synchronous", "3"),
        ("foreign_keys", "1"),
        ("cell_size_check", "1"),
        ("temp_store", "2"),
        ("secure_delete", "1"),
        ("trusted_schema", "0"),
        ("writable_schema", "0"),
    ] {
        let query = format!("SELECT CAST(\"{name}\" AS TEXT) FROM pragma_{name}");
        let held: Result<String, _> = book.connection().query_row(&query, [], |row| row.get(0));
        assert_eq!(held.as_deref(), Ok(value), "{name}");
    }
}

#[test]
fn the_stacks_follow_from_the_operations() {
    for (name, operations, undo, redo) in [
        ("nothing done", vec![], vec![], vec![]),
        ("two changes", vec![(1, "change", None), (2, "change", None)], vec![1, 2], vec![]),
        ("one taken back", vec![(1, "change", None), (2, "change", None), (3, "undo", Some(2))], vec![1], vec![2]),
        (
            "both taken back, one done again",
            vec![
                (1, "change", None),
                (2, "change", None),
                (3, "undo", Some(2)),
                (4, "undo", Some(1)),
                (5, "redo", Some(1)),
            ],
            vec![1],
            vec![2],
        ),
        ("a change ends redo", vec![(1, "change", None), (2, "undo", Some(1)), (3, "change", None)], vec![3], vec![]),
    ] {
        assert_eq!(stacks(operations), Stacks { undo, redo }, "{name}");
    }
}
