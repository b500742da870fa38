//! The book through its public API: what it keeps, whom it lets in, what it survives.

use std::fs;
use std::path::{Path, PathBuf};

use tuijian::domain::{Applicant, FileKey, PersonId, Recommender, RecommenderId, RecommenderKind};
use tuijian::store::{Book, StoreError};

const NOTICE: &str = "id = \"test\"\n";

fn association(name: &str) -> Recommender {
    Recommender {
        name: name.into(),
        kind: RecommenderKind::Association,
        contact: "填报人".into(),
        phone: String::new(),
        mobile: String::new(),
        address: String::new(),
        exception: String::new(),
        report: [("依据".to_owned(), "照通知".to_owned())].into(),
    }
}

fn applicant(name: &str) -> Applicant {
    Applicant { name: name.into(), id_number: "330106198611020014".into(), ..Applicant::default() }
}

fn in_folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("示范 #1?%.tuijian");
    (folder, path)
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A new book with one recommender.
fn book(path: &Path) -> (Book, RecommenderId) {
    let mut book = Book::create(path, NOTICE).unwrap();
    let body = book.transact("测试", "新建推荐单位", |change| change.insert_body(&association("示例协会"))).unwrap();
    (book, body)
}

fn add(book: &mut Book, body: RecommenderId, name: &str) -> PersonId {
    book.transact("测试", &format!("录入{name}"), |change| change.insert_person(body, &applicant(name))).unwrap()
}

#[test]
fn what_goes_in_comes_out() {
    let (folder, path) = in_folder();
    let (mut made, body) = book(&path);
    let first = add(&mut made, body, "甲 ·乙");
    let second = add(&mut made, body, "甲 ·乙");
    assert_ne!(first, second);
    let key: Result<FileKey, StoreError> = made.transact("测试", "照片", |change| {
        let key = change.put_file(b"bytes", "jpg")?;
        assert_eq!(change.put_file(b"bytes", "jpg")?, key);
        Ok(key)
    });
    let key = key.unwrap();
    drop(made);
    assert_eq!(names_in(folder.path()), ["示范 #1?%.tuijian"], "no journal and no temporary file stays behind");

    let book = Book::open(&path).unwrap();
    assert_eq!(book.notice_toml().unwrap(), NOTICE);
    assert_eq!(book.bodies().unwrap()[0].recommender, association("示例协会"));
    let people = book.people().unwrap();
    assert_eq!(people.iter().map(|person| person.id).collect::<Vec<_>>(), [first, second]);
    assert_eq!(people[0].applicant, applicant("甲 ·乙"));
    assert_eq!(book.file(&key).unwrap(), b"bytes");
    assert_eq!(book.file_size(&key).unwrap(), Some(5));
    assert!(!book.has_file(&FileKey("0.jpg".into())).unwrap());
    assert!(matches!(book.file(&FileKey("0.jpg".into())), Err(StoreError::NoSuchFile { .. })));
    assert_eq!(book.check().unwrap(), []);
}
