//! 清单.json: every file of a set with its size and hash.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::verify::{is_as_listed, zip_differs};
use crate::exchange::place::{self, Replaceable, is_litter};
use crate::exchange::record::{self, RECORD_BYTES};
use crate::exchange::{gate, names};
use crate::rules::Notice;

/// Name of the list within its folder.
pub const LIST: &str = "清单.json";
/// Ends the zip's name.
const ZIP_TAIL: &str = "-电子文档";
const FORMAT: &str = "tuijian-list";
const VERSION: u64 = 1;
/// Largest list that is read: a full quota has a hundred files of 300 bytes each.
pub const LIST_BYTES: u64 = 8 << 20;
/// Folders in folders; a set has two.
const DEPTH: usize = 8;

/// One file of a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Relative, with `/`.
    pub path: String,
    pub bytes: u64,
    /// 64 hexadecimal digits, small.
    pub sha256: String,
    /// Pages of a PDF.
    pub pages: Option<usize>,
    /// 校验码 of a printed document.
    pub code: Option<String>,
}

/// The list of a set: every file but itself and the zip.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    pub files: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: String,
    version: u64,
    files: Vec<Entry>,
}

impl List {
    /// The text of `清单.json`.
    pub fn to_json(&self) -> Vec<u8> {
        let written = Written { format: FORMAT.to_owned(), version: VERSION, files: self.files.clone() };
        // Plain values into memory: cannot fail.
        let mut bytes = serde_json::to_vec_pretty(&written).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads a list; `None`: it is none, or one of a later version.
    pub fn from_json(bytes: &[u8]) -> Option<Self> {
        let written: Written = serde_json::from_slice(bytes).ok()?;
        let known = written.format == FORMAT && written.version == VERSION;
        known.then_some(Self { files: written.files })
    }

    /// Whether it is a finished set's: a draft has neither codes nor a zip.
    pub fn has_codes(&self) -> bool {
        self.files.iter().any(|entry| entry.code.is_some())
    }

    /// The list of a folder; `None`: the folder has none that can be read.
    pub fn of_folder(folder: &Path) -> Option<Self> {
        let path = folder.join(LIST);
        let metadata = path.symlink_metadata().ok()?;
        if !metadata.is_file() || metadata.len() > LIST_BYTES {
            return None;
        }
        Self::from_json(&gate::read_file(&path, LIST_BYTES).ok()?)
    }
}

/// The zip's name: `杭州市首席技师2021-推荐单位-电子文档.zip`.
pub fn zip_name(award: &str, year: i32, recommender: &str) -> String {
    zip_named(&format!("{award}{year}"), recommender)
}

fn zip_named(head: &str, recommender: &str) -> String {
    let mut recommender = recommender.trim().to_owned();
    loop {
        let name = names::file_name(&format!("{head}-{recommender}{ZIP_TAIL}"), "zip");
        // A name that was cut would lose the tail by which a zip is known.
        if ends_as_zip(&name) || recommender.pop().is_none() {
            return name;
        }
    }
}

fn ends_as_zip(name: &str) -> bool {
    name.strip_suffix(".zip").is_some_and(|stem| stem.ends_with(ZIP_TAIL))
}

/// What a set's zip is called, by the set's record.
pub(super) struct ZipName {
    /// Award and year of a notice that the program knows. Another one's profile lies in its book only: any head will do.
    head: Option<String>,
    recommender: String,
}

impl ZipName {
    /// `None`: the record does not say.
    pub(super) fn of_record(text: &[u8]) -> Option<Self> {
        let record: Value = serde_json::from_slice(text).ok()?;
        let recommender = record.get("recommender").or_else(|| record.get("recommenders")?.get(0))?;
        let recommender = recommender.get("name")?.as_str()?.to_owned();
        let id = record.get("notice")?.as_str()?;
        let built_in = Notice::built_in().iter().find(|(known, _)| *known == id);
        let notice = built_in.and_then(|(_, profile)| Notice::read(profile).ok());
        Some(Self { head: notice.map(|notice| format!("{}{}", notice.award, notice.year)), recommender })
    }

    pub(super) fn of_folder(folder: &Path) -> Option<Self> {
        let path = folder.join(record::FILE_NAME);
        let metadata = path.symlink_metadata().ok()?;
        if !metadata.is_file() || metadata.len() > RECORD_BYTES {
            return None;
        }
        Self::of_record(&gate::read_file(&path, RECORD_BYTES).ok()?)
    }

    /// The name, as far as it is known.
    pub(super) fn shown(&self) -> String {
        self.head.as_ref().map_or_else(Self::unknown, |head| zip_named(head, &self.recommender))
    }

    /// What stands for a name that the record does not say.
    pub(super) fn unknown() -> String {
        format!("电子文档（*{ZIP_TAIL}.zip）")
    }

    fn is(&self, path: &str) -> bool {
        let named = |head: &str| zip_named(head, &self.recommender) == path;
        match &self.head {
            Some(head) => named(head),
            None => path.match_indices('-').filter_map(|(at, _)| path.get(..at)).any(named),
        }
    }
}

/// Whether a path within a set is the set's zip. Where the record does not say its name, its end must do.
pub(super) fn is_zip_of_set(zip: Option<&ZipName>, path: &str) -> bool {
    !path.contains('/') && zip.map_or_else(|| ends_as_zip(path), |zip| zip.is(path))
}

/// Every file below a folder by its path with `/`, in order; links and devices by their names only.
pub(super) fn files_below(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    gather(folder, "", DEPTH, &mut found)?;
    Ok(found)
}

/// Whether a path is of a file that some desktop has left: unless a list names it, it is not there.
pub(super) fn is_litter_path(path: &str) -> bool {
    is_litter(path.rsplit('/').next().unwrap_or(path))
}

fn gather(folder: &Path, prefix: &str, depth: usize, found: &mut BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() && depth > 0 {
            gather(&entry.path(), &format!("{path}/"), depth - 1, found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}

/// Knows an earlier export again: a set, or a folder of the very sets that are written now. A folder of other sets, of
/// other books perhaps, is somebody's collection.
pub struct OwnExport<'a> {
    /// Names of the sets' folders; one empty name: the set lies in the folder itself.
    pub folders: &'a [String],
}

impl OwnExport<'_> {
    /// The sets' folders within an own folder.
    fn sets(&self, folder: &Path) -> &[String] {
        const ITSELF: &[String] = &[String::new()];
        if folder.join(LIST).symlink_metadata().is_ok() { ITSELF } else { self.folders }
    }
}

/// Every listed file is there and, but for a draft, the zip.
fn lacks_nothing(set: &Path) -> bool {
    let (Some(list), Ok(found)) = (List::of_folder(set), files_below(set)) else { return false };
    let has_zip = found.iter().any(|path| is_zip_of_set(ZipName::of_folder(set).as_ref(), path));
    list.files.iter().all(|entry| found.contains(&entry.path)) && (has_zip || !list.has_codes())
}

impl OwnExport<'_> {
    /// Whether the folder is a set, or holds the sets and nothing else, by what `is_set` says of each.
    fn holds(&self, folder: &Path, is_set: fn(&Path) -> bool) -> bool {
        if folder.join(LIST).symlink_metadata().is_ok() {
            return is_set(folder);
        }
        let Ok(entries) = fs::read_dir(folder) else { return false };
        let mut found = BTreeSet::new();
        for entry in entries {
            let Ok(entry) = entry else { return false };
            let Ok(name) = entry.file_name().into_string() else { return false };
            if place::is_nobodys(&entry).unwrap_or(false) {
                continue;
            }
            if !entry.file_type().is_ok_and(|kind| kind.is_dir()) || !is_set(&entry.path()) {
                return false;
            }
            found.insert(name);
        }
        !found.is_empty() && found.iter().eq(self.folders.iter().collect::<BTreeSet<_>>())
    }
}

impl Replaceable for OwnExport<'_> {
    fn is_own(&self, folder: &Path) -> bool {
        self.holds(folder, is_own_set)
    }

    /// The record may be one of the files that were carried away; then the zip is known by its end.
    fn is_remainder(&self, folder: &Path) -> bool {
        self.holds(folder, |set| {
            let record = set.join(record::FILE_NAME);
            is_own_set(set) || (record.symlink_metadata().is_err() && holds_nothing_else(set, None))
        })
    }

    fn foreign(&self, folder: &Path) -> Vec<String> {
        let within = self.sets(folder);
        let mut found: Vec<String> = files_below(folder).unwrap_or_default().into_iter().collect();
        for set in within {
            let prefix = if set.is_empty() { String::new() } else { format!("{set}/") };
            let place = folder.join(set);
            let Some(list) = List::of_folder(&place) else { continue };
            let zip = ZipName::of_folder(&place);
            let listed: BTreeSet<&str> = list.files.iter().map(|entry| entry.path.as_str()).collect();
            found.retain(|path| {
                let own = path.strip_prefix(&prefix);
                !own.is_some_and(|own| own == LIST || listed.contains(own) || is_zip_of_set(zip.as_ref(), own))
            });
        }
        found.retain(|path| !is_litter_path(path));
        // The clerk knows what lies in a folder that is not a set at all by its first level.
        let top = |path: String| match path.split_once('/') {
            Some((top, _)) if List::of_folder(folder).is_none() => top.to_owned(),
            _ => path,
        };
        let mut named: Vec<String> = found.into_iter().map(top).collect();
        named.dedup();
        named
    }

    /// Changed files count: the clerk goes on with a new set at once, and what is changed in it is kept later.
    fn is_whole(&self, folder: &Path) -> bool {
        self.is_own(folder) && self.sets(folder).iter().all(|set| lacks_nothing(&folder.join(set)))
    }

    /// Listed files, and a zip, that are not as listed: firms correct forms in Word, sealed sheets are scanned over them.
    fn changed(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut changed = Vec::new();
        for within in self.sets(folder) {
            let set = folder.join(within);
            let Some(list) = List::of_folder(&set) else { continue };
            let found = files_below(&set)?;
            let prefix = if within.is_empty() { String::new() } else { format!("{within}/") };
            // Only what lies in the set itself, whatever a list may name.
            let listed = list.files.iter().filter(|entry| found.contains(&entry.path));
            let differing = listed.filter(|entry| !is_as_listed(&set.join(&entry.path), entry));
            changed.extend(differing.map(|entry| format!("{prefix}{}", entry.path)));
            let zip = ZipName::of_folder(&set);
            let zips = found.iter().filter(|path| is_zip_of_set(zip.as_ref(), path));
            changed.extend(zips.filter(|zip| zip_differs(&set, zip, &list)).map(|zip| format!("{prefix}{zip}")));
        }
        Ok(changed)
    }
}

/// Whose set a folder is, by its record; `None`: it is no set, or not one that an export would replace.
pub fn recommender_of(folder: &Path) -> Option<String> {
    let zip = ZipName::of_folder(folder)?;
    holds_nothing_else(folder, Some(&zip)).then_some(zip.recommender)
}

/// The recommender whose set lies in a folder, whatever else somebody has put there.
pub fn set_of(folder: &Path) -> Option<String> {
    ZipName::of_folder(folder).map(|zip| zip.recommender)
}

fn is_own_set(folder: &Path) -> bool {
    ZipName::of_folder(folder).is_some_and(|zip| holds_nothing_else(folder, Some(&zip)))
}

/// Nothing but what the list names, and the zip.
fn holds_nothing_else(folder: &Path, zip: Option<&ZipName>) -> bool {
    let (Some(list), Ok(found)) = (List::of_folder(folder), files_below(folder)) else { return false };
    let listed: BTreeSet<&str> = list.files.iter().map(|entry| entry.path.as_str()).collect();
    let mut others =
        found.iter().filter(|path| *path != LIST && !listed.contains(path.as_str()) && !is_litter_path(path));
    // One zip at most.
    others.next().is_none_or(|path| is_zip_of_set(zip, path)) && others.next().is_none()
}
