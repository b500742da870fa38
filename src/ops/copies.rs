//! Scans that come together with the forms of an import: whose they are is told by the names of files and folders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::attach::{meaning, title_of};
use super::import::{PlanLine, Refusal};
use super::shelf::Shelf;
use crate::domain::{Attachment, FileKey};
use crate::exchange::gate::{self, Content, Received};
use crate::store;

/// What all scans of one import may weigh: they are held in memory until it is carried out or left.
const MOST_BYTES: usize = 300 << 20;

/// A scan that was let in.
pub(super) struct Copy {
    pub path: PathBuf,
    pub file: Received,
}

impl Copy {
    pub fn key(&self) -> FileKey {
        store::file_key(&self.file.bytes, self.file.content.extension())
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

/// Lets scans in, each for itself; the others are refused with their reasons.
pub(super) fn receive(paths: &[PathBuf]) -> (Vec<Copy>, Vec<Refusal>) {
    let (mut copies, mut refused) = (Vec::new(), Vec::new());
    let mut weight = 0;
    for path in paths {
        match gate::receive_file(path) {
            Ok(file) if weight + file.bytes.len() <= MOST_BYTES => {
                weight += file.bytes.len();
                copies.push(Copy { path: path.clone(), file });
            }
            Ok(_) => refused.push(Refusal::new(path, &"一次放不下这么多扫描件，请导入后选中申报人，再拖到“附件”里")),
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
            let Some(place) = named(&copy.path).or_else(|| owner(&copy.path, people)) else {
                let (path, name) = (copy.path.clone(), String::new());
                return CopyLine { path, name, fate: CopyFate::Nobody, place: None };
            };
            let applicant = &mut shelf.people[place].applicant;
            let (title, key) = (title_of(&copy.path), copy.key());
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
            CopyLine { path: copy.path.clone(), name: applicant.name.clone(), fate, place: Some(place) }
        })
        .collect()
}

/// The place of the only person whose name stands in the file's name, else in its folder's, else in the folder's above;
/// without any name the only person there is.
fn owner(path: &Path, people: &[PlanLine]) -> Option<usize> {
    let mut places: Vec<(usize, &str)> = people.iter().map(|line| (line.place, line.name.trim())).collect();
    places.sort_unstable();
    places.dedup();
    let names = path.ancestors().take(3).filter_map(Path::file_name);
    for name in names {
        let name = name.to_string_lossy();
        let mut named = places.iter().filter(|(_, person)| person.chars().count() >= 2 && name.contains(person));
        match (named.next(), named.next()) {
            (Some((place, _)), None) => return Some(*place),
            (Some(_), Some(_)) => return None,
            _ => {}
        }
    }
    match places.as_slice() {
        [(only, _)] => Some(*only),
        _ => None,
    }
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
        };
        let two = [line(0, "甲一"), line(1, "乙二"), line(1, "乙二")];
        for (path, place) in [
            ("/来件/甲一证书.jpg", Some(0)),
            ("/来件/02乙二/证书.jpg", Some(1)),
            ("/来件/02乙二/扫描/证书.jpg", Some(1)),
            ("/乙二/甲一证书.jpg", Some(0)),
            ("/来件/甲一和乙二.jpg", None),
            ("/来件/证书.jpg", None),
        ] {
            assert_eq!(owner(Path::new(path), &two), place, "{path}");
        }
        assert_eq!(owner(Path::new("/来件/证书.jpg"), &[line(3, "甲一")]), Some(3));
    }
}
