//! A new book from what the window still knows, where the old one can no longer be read: the stick was pulled out, the disk
//! has died.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::create;
use super::error::OpError;
use super::open_book::{OpenBook, who};
use super::save::named;
use crate::domain::{Body, FileKey, Person};

/// What did not come along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Photos and copies that could not be read any more.
    pub missing_files: usize,
}

/// After `fault` stopped a copy of the book: writes a new book with the same notice, recommenders and people. All texts
/// come along, files as far as they can still be read; the history does not. The old book is left as it is.
///
/// # Errors
/// `fault` itself where the old book reads well from end to end: then the new place is at fault, and nobody is to go on
/// without the history. Where the new book cannot be written whole there is none.
pub fn rebuild(
    open: &OpenBook,
    fault: OpError,
    out: &Path,
    bodies: &[Body],
    people: &[Person],
) -> Result<(OpenBook, Rebuilt), OpError> {
    if open.book.check().is_ok_and(|damage| damage.is_empty()) {
        return Err(fault);
    }
    let mut new = OpenBook::create(out, &open.notice_toml)?;
    let written = write(open, &mut new, bodies, people);
    create::kept(new, written)
}

fn write(old: &OpenBook, new: &mut OpenBook, bodies: &[Body], people: &[Person]) -> Result<Rebuilt, OpError> {
    let place = new.path().to_owned();
    let what = format!("用窗口中的内容重新写成，共 {} 人", people.len());
    new.book.transact(&who(), &what, |change| {
        let mut numbers = BTreeMap::new();
        for body in bodies {
            numbers.insert(body.id, change.insert_body(&body.recommender)?);
        }
        let keys: BTreeSet<&FileKey> = people.iter().flat_map(|person| person.applicant.files()).collect();
        let mut missing = BTreeSet::new();
        // One at a time: all of them together may not fit into memory.
        for key in keys {
            match (old.file(key), key.0.rsplit_once('.')) {
                (Ok(bytes), Some((_, extension))) => drop(change.put_file(&bytes, extension)?),
                _ => drop(missing.insert(key)),
            }
        }
        for person in people {
            let Some(recommender) = numbers.get(&person.recommender) else {
                return Err(OpError::File(format!(
                    "没有写成 {}：窗口里没有{}的推荐单位，请先删除这一位",
                    place.display(),
                    named(person.id, &person.applicant)
                )));
            };
            let mut applicant = person.applicant.clone();
            for key in applicant.files_mut().filter(|key| missing.contains(&**key)) {
                *key = FileKey::default();
            }
            change.insert_person(*recommender, &applicant)?;
        }
        Ok(Rebuilt { missing_files: missing.len() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::RecommenderKind;
    use crate::ops;

    use crate::domain::RecommenderId;
    use std::path::PathBuf;

    /// A book of which a person can no longer be read, what the window knows of it, and a place for the new one.
    struct Desk {
        open: OpenBook,
        bodies: Vec<Body>,
        people: Vec<Person>,
        out: PathBuf,
        _folder: tempfile::TempDir,
    }

    impl Desk {
        fn new(is_damaged: bool) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("册.tuijian");
            let mut open = ops::demo(&path, RecommenderKind::Association).unwrap();
            let (bodies, people) = (open.bodies().unwrap(), open.people().unwrap());
            if is_damaged {
                drop(open);
                damage(&path, &people[0].applicant.name);
                open = OpenBook::open(&path).unwrap();
                assert!(open.people().is_err());
            }
            Self { open, bodies, people, out: folder.path().join("新.tuijian"), _folder: folder }
        }

        fn rebuild(&self) -> Result<(OpenBook, Rebuilt), OpError> {
            rebuild(&self.open, OpError::File("没有写成".to_owned()), &self.out, &self.bodies, &self.people)
        }
    }

    /// Writes something else over every place where the words stand.
    fn damage(book: &Path, words: &str) {
        let mut bytes = std::fs::read(book).unwrap();
        let words = words.as_bytes();
        for at in 0..bytes.len() - words.len() {
            if bytes[at..].starts_with(words) {
                bytes[at..at + words.len()].fill(b'x');
            }
        }
        std::fs::write(book, bytes).unwrap();
    }

    #[test]
    fn everything_that_can_be_read_comes_along() {
        let mut desk = Desk::new(true);
        desk.people[0].applicant.post = "窗口里刚写的".into();
        let lost = FileKey(format!("{}.jpg", "0".repeat(64)));
        desk.people[1].applicant.photo = lost;
        let (new, rebuilt) = desk.rebuild().unwrap();
        assert_eq!(rebuilt.missing_files, 1);
        desk.people[1].applicant.photo = FileKey::default();
        let applicants =
            |people: &[Person]| -> Vec<_> { people.iter().map(|person| person.applicant.clone()).collect() };
        assert_eq!(applicants(&new.people().unwrap()), applicants(&desk.people));
        assert_eq!(ops::examine(&new).unwrap().damage, Vec::<String>::new());
        assert!(desk.rebuild().is_err(), "nothing is written over");
        assert!(desk.out.exists());
    }

    #[test]
    fn a_book_that_reads_well_is_never_left_without_its_history() {
        let desk = Desk::new(false);
        assert_eq!(desk.rebuild().err().unwrap().to_string(), "没有写成");
        assert!(!desk.out.exists());
    }

    #[test]
    fn nobody_is_left_out_and_no_half_made_book_stays() {
        let mut desk = Desk::new(true);
        desk.people[2].recommender = RecommenderId(999);
        let error = desk.rebuild().err().unwrap().to_string();
        assert!(error.contains(&desk.people[2].applicant.name), "{error}");
        assert!(!desk.out.exists());
    }
}
