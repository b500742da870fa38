//! Scans that come together with the forms of an import: whose they are is told by the names of files and folders.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::attach::{meaning, title_of};
use super::import::{PlanLine, Refusal};
use super::open_book::Reception;
use super::shelf::Shelf;
use crate::domain::{Attachment, FileKey, Person};
use crate::exchange::gate::{self, Content, Received};
use crate::store;

/// What all scans that come at once may weigh: they are held in memory until they are in the book.
const MOST_BYTES: usize = 300 << 20;

/// A scan that was let in.
pub(super) struct Copy {
    pub path: PathBuf,
    pub file: Received,
    /// The file's name in the book.
    pub key: FileKey,
}

impl Copy {
    fn new(path: &Path, file: Received) -> Self {
        let key = store::file_key(&file.bytes, file.content.extension());
        Self { path: path.to_owned(), file, key }
    }
}

/// What becomes of one scan.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CopyLine {
    #[serde(serialize_with = "super::shown::path")]
    pub path: PathBuf,
    /// Whose it is; empty: nobody can be told.
    pub name: String,
    pub fate: CopyFate,
    /// A name stands in the file's name or its folders', though nobody can be told by it: two people bear it, or somebody
    /// who does not come.
    #[serde(skip)]
    pub is_named: bool,
    /// The person's place in the plan.
    #[serde(skip)]
    pub place: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyFate {
    Attached,
    /// The person had no photo.
    Photo,
    /// The person has it already, or has another photo.
    Left,
    /// It does not come in: nobody can be told whose it is.
    Nobody,
}

/// Lets scans in, each for itself; the others are refused with their reasons, those beyond what is taken at once with
/// `full`.
pub(super) fn receive(door: &Reception, paths: &[PathBuf], full: &str) -> (Vec<Copy>, Vec<Refusal>) {
    receive_within(MOST_BYTES, door, paths, full)
}

fn receive_within(most: usize, door: &Reception, paths: &[PathBuf], full: &str) -> (Vec<Copy>, Vec<Refusal>) {
    let (mut copies, mut refused) = (Vec::new(), Vec::new());
    let mut weight = 0;
    for path in paths {
        let received = door.refuse_own(path).and_then(|()| Ok(gate::receive_file(path)?));
        match received {
            Ok(file) if weight + file.bytes.len() <= most => {
                weight += file.bytes.len();
                copies.push(Copy::new(path, file));
            }
            Ok(_) => refused.push(Refusal::new(path, &full)),
            Err(error) => refused.push(Refusal::new(path, &error)),
        }
    }
    (copies, refused)
}

/// Names that photos have; other pictures are copies.
const PHOTO_WORDS: [&str; 6] = ["照片", "证件照", "登记照", "标准照", "寸照", "免冠"];

/// Gives each scan to the person of the plan whose it is. `owners` are names that the clerk has given for some.
pub(super) fn hand_out(
    copies: &[Copy],
    shelf: &mut Shelf,
    people: &[PlanLine],
    owners: &BTreeMap<PathBuf, String>,
) -> Vec<CopyLine> {
    let named = |path: &Path| {
        let name = owners.get(path)?;
        people.iter().find(|line| line.name.trim() == name).map(|line| line.place)
    };
    copies
        .iter()
        .map(|copy| {
            let owner = match named(&copy.path) {
                Some(place) => Owner::Of(place),
                None => owner(&copy.path, people, &shelf.people),
            };
            let Owner::Of(place) = owner else {
                let (path, name, is_named) = (copy.path.clone(), String::new(), owner == Owner::Unclear);
                return CopyLine { path, name, fate: CopyFate::Nobody, is_named, place: None };
            };
            let applicant = &mut shelf.people[place].applicant;
            let (title, key) = (title_of(&copy.path), copy.key.clone());
            let is_photo =
                matches!(copy.file.content, Content::Image(_)) && PHOTO_WORDS.iter().any(|word| title.contains(word));
            let fate = if is_photo && applicant.photo.is_none() {
                applicant.photo = key;
                CopyFate::Photo
            } else if is_photo || applicant.files().any(|known| *known == key) {
                CopyFate::Left
            } else {
                // The person's name says whose it is, not what.
                let plain = title.replace(applicant.name.trim(), "");
                let plain = plain.trim_matches(['-', '_', '－', ' ', '　', '的']).to_owned();
                let title = if plain.is_empty() { title } else { plain };
                let (kind, proves) = meaning(&title, applicant);
                applicant.attachments.push(Attachment { kind, title, file: key, proves, ..Attachment::default() });
                CopyFate::Attached
            };
            let (path, name) = (copy.path.clone(), applicant.name.clone());
            CopyLine { path, name, fate, is_named: true, place: Some(place) }
        })
        .collect()
}

/// Whose a scan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// The person of this place in the plan.
    Of(usize),
    /// A name is there, and nobody can be told by it.
    Unclear,
    Unnamed,
}

/// The place of the only person whose name stands in the file's name, else in its folder's, else in the folder's above;
/// without any name the only person of the plan. Names of people who are only in the book count too: their scans are not
/// those of somebody in the plan whose name is a part of theirs.
fn owner(path: &Path, people: &[PlanLine], book: &[Person]) -> Owner {
    let mut places: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for line in people {
        places.entry(line.name.trim()).or_default().insert(line.place);
    }
    let planned: BTreeSet<usize> = places.values().flatten().copied().collect();
    // The plan's person goes before a namesake of the book.
    for person in book {
        places.entry(person.applicant.name.trim()).or_default();
    }
    let mut names: Vec<(&str, BTreeSet<usize>)> =
        places.into_iter().filter(|(name, _)| name.chars().count() >= 2).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
    for part in path.ancestors().take(3).filter_map(Path::file_name) {
        let mut part = part.to_string_lossy().into_owned();
        let mut found = Vec::new();
        for (name, places) in &names {
            if part.contains(name) {
                // What is read as one name is no part of another.
                part = part.replace(name, "\n");
                found.push(places);
            }
        }
        if !found.is_empty() {
            let of_plan: BTreeSet<usize> = found.iter().copied().flatten().copied().collect();
            let is_of_plan_alone = found.iter().all(|places| !places.is_empty());
            return only(&of_plan).filter(|_| is_of_plan_alone).map_or(Owner::Unclear, Owner::Of);
        }
    }
    only(&planned).map_or(Owner::Unnamed, Owner::Of)
}

fn only(places: &BTreeSet<usize>) -> Option<usize> {
    places.first().copied().filter(|_| places.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::Action;

    #[test]
    fn a_scan_belongs_to_whom_its_name_tells() {
        let line = |place: usize, name: &str| PlanLine {
            path: PathBuf::new(),
            recommender: String::new(),
            name: name.into(),
            action: Action::New,
            person: None,
            because: String::new(),
            differs: Vec::new(),
            meets: None,
            place,
            glance: crate::ops::Glance::default(),
        };
        let two = [line(0, "甲一"), line(1, "乙二"), line(1, "乙二")];
        let known = |names: &[&str]| -> Vec<Person> {
            let one = |name: &&str| crate::domain::Applicant { name: (*name).into(), ..Default::default() };
            let person = |(index, name)| Person {
                id: crate::domain::PersonId(index),
                recommender: crate::domain::RecommenderId(1),
                applicant: one(name),
            };
            (1..).zip(names).map(person).collect()
        };
        let check = |path: &str, people: &[PlanLine], book: &[&str], place: Option<usize>| {
            let found = owner(Path::new(path), people, &known(book));
            let found_place = if let Owner::Of(place) = found { Some(place) } else { None };
            assert_eq!(found_place, place, "{path} {book:?}");
            assert_eq!(found == Owner::Unnamed, path.ends_with("件/证书.jpg") && place.is_none(), "{path} {book:?}");
        };
        for (path, place) in [
            ("/来件/甲一证书.jpg", Some(0)),
            ("/来件/02乙二/证书.jpg", Some(1)),
            ("/来件/02乙二/扫描/证书.jpg", Some(1)),
            ("/乙二/甲一证书.jpg", Some(0)),
            ("/来件/甲一和乙二.jpg", None),
            ("/来件/证书.jpg", None),
        ] {
            check(path, &two, &[], place);
        }
        check("/来件/证书.jpg", &[line(3, "甲一")], &[], Some(3));
        // One name in another, both in the plan, and one of them only in the book.
        let both = [line(0, "王伟"), line(1, "王伟民")];
        check("/来件/王伟民证书.jpg", &both, &[], Some(1));
        check("/来件/王伟证书.jpg", &both, &[], Some(0));
        check("/来件/王伟民和王伟.jpg", &both, &[], None);
        let one = [line(0, "王伟")];
        check("/来件/王伟民证书.jpg", &one, &["王伟民"], None);
        check("/来件/王伟证书.jpg", &one, &["王伟民", "王伟"], Some(0));
        check("/来件/乙二/证书.jpg", &one, &["乙二"], None);
        // One person under two spellings, and two of one name.
        check("/来件/甲一证书.jpg", &[line(0, "甲一"), line(0, "甲一 ")], &[], Some(0));
        check("/来件/甲一证书.jpg", &[line(0, "甲一"), line(1, "甲一")], &[], None);
    }

    #[test]
    fn more_than_fits_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let open =
            crate::ops::demo(&folder.path().join("册.tuijian"), crate::domain::RecommenderKind::Association).unwrap();
        let scan = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association/scans/gejin-cert.jpg");
        let bytes = usize::try_from(scan.metadata().unwrap().len()).unwrap();
        for (most, taken) in [(bytes - 1, 0), (2 * bytes - 1, 1), (2 * bytes, 2)] {
            let (copies, refused) =
                receive_within(most, &open.reception().unwrap(), &[scan.clone(), scan.clone()], "放不下");
            assert_eq!((copies.len(), refused.len()), (taken, 2 - taken), "{most}");
            assert!(refused.iter().all(|refusal| refusal.because == "放不下"), "{most}");
        }
    }
}
