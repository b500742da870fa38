//! A new book from what the window still knows, where the old one can no longer be read: the stick was pulled out, the disk
//! has died.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::OpError;
use super::open_book::{OpenBook, who};
use crate::domain::{Body, FileKey, Person};

/// What did not come along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Photos and copies that could not be read any more.
    pub missing_files: usize,
}

/// Writes a new book with the same notice, recommenders and people. All texts come along, files as far as they can still be
/// read; the history does not. The old book is left as it is.
pub fn rebuild(
    open: &OpenBook,
    out: &Path,
    bodies: &[Body],
    people: &[Person],
) -> Result<(OpenBook, Rebuilt), OpError> {
    let mut files: BTreeMap<&FileKey, Option<Vec<u8>>> = BTreeMap::new();
    for key in people.iter().flat_map(|person| person.applicant.files()) {
        files.entry(key).or_insert_with(|| open.file(key).ok());
    }
    let mut new = OpenBook::create(out, &open.notice_toml)?;
    let what = format!("用窗口中的内容重新写成，共 {} 人", people.len());
    new.book.transact(&who(), &what, |change| -> Result<(), OpError> {
        let mut numbers = BTreeMap::new();
        for body in bodies {
            numbers.insert(body.id, change.insert_body(&body.recommender)?);
        }
        for (key, bytes) in &files {
            if let (Some(bytes), Some((_, extension))) = (bytes, key.0.rsplit_once('.')) {
                change.put_file(bytes, extension)?;
            }
        }
        for person in people {
            let Some(recommender) = numbers.get(&person.recommender) else { continue };
            let mut applicant = person.applicant.clone();
            for key in applicant.files_mut().filter(|key| !files.get(*key).is_some_and(Option::is_some)) {
                *key = FileKey::default();
            }
            change.insert_person(*recommender, &applicant)?;
        }
        Ok(())
    })?;
    let missing_files = files.values().filter(|bytes| bytes.is_none()).count();
    Ok((new, Rebuilt { missing_files }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::RecommenderKind;
    use crate::ops;

    #[test]
    fn everything_that_can_be_read_comes_along() {
        let folder = tempfile::tempdir().unwrap();
        let open = ops::demo(&folder.path().join("册.tuijian"), RecommenderKind::Association).unwrap();
        let (bodies, mut people) = (open.bodies().unwrap(), open.people().unwrap());
        people[0].applicant.post = "窗口里刚写的".into();
        let lost = FileKey(format!("{}.jpg", "0".repeat(64)));
        people[1].applicant.photo = lost;
        let out = folder.path().join("新.tuijian");
        let (new, rebuilt) = rebuild(&open, &out, &bodies, &people).unwrap();
        assert_eq!(rebuilt.missing_files, 1);
        people[1].applicant.photo = FileKey::default();
        let written =
            |open: &OpenBook| -> Vec<_> { open.people().unwrap().into_iter().map(|person| person.applicant).collect() };
        assert_eq!(written(&new), people.iter().map(|person| person.applicant.clone()).collect::<Vec<_>>());
        assert_eq!(ops::examine(&new).unwrap().damage, Vec::<String>::new());
        assert!(rebuild(&open, &out, &bodies, &people).is_err(), "nothing is written over");
    }
}
