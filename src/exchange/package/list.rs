//! 清单.json: every file of a set with its size and hash.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::exchange::names;

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

    /// The list of a folder; `None`: the folder has none that can be read.
    pub fn of_folder(folder: &Path) -> Option<Self> {
        let path = folder.join(LIST);
        let metadata = path.symlink_metadata().ok()?;
        if !metadata.is_file() || metadata.len() > LIST_BYTES {
            return None;
        }
        Self::from_json(&fs::read(path).ok()?)
    }
}

/// The zip's name: `杭州市首席技师2021-推荐单位-电子文档.zip`.
pub fn zip_name(award: &str, year: i32, recommender: &str) -> String {
    let head = format!("{award}{year}-");
    let mut recommender = recommender.trim().to_owned();
    loop {
        let name = names::file_name(&format!("{head}{recommender}{ZIP_TAIL}"), "zip");
        // A name that was cut would lose the tail by which a zip is known.
        if is_zip_name(&name) || recommender.pop().is_none() {
            return name;
        }
    }
}

/// Whether a file beside a list is the set's zip, by its name.
pub(super) fn is_zip_name(name: &str) -> bool {
    name.strip_suffix(".zip").is_some_and(|stem| stem.ends_with(ZIP_TAIL))
}

/// Every file below a folder by its path with `/`, in order; links and devices by their names only.
pub(super) fn files_below(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    gather(folder, "", DEPTH, &mut found)?;
    Ok(found)
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

/// Whether a folder is an earlier export without foreign files: of one recommender, or a folder of such folders.
pub fn is_own_export(folder: &Path) -> bool {
    if folder.join(LIST).symlink_metadata().is_ok() {
        return is_own_set(folder);
    }
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let mut any = false;
    for entry in entries {
        let Ok(entry) = entry else { return false };
        if !entry.file_type().is_ok_and(|kind| kind.is_dir()) || !is_own_set(&entry.path()) {
            return false;
        }
        any = true;
    }
    any
}

fn is_own_set(folder: &Path) -> bool {
    let (Some(list), Ok(found)) = (List::of_folder(folder), files_below(folder)) else { return false };
    let listed: BTreeSet<&str> = list.files.iter().map(|entry| entry.path.as_str()).collect();
    let foreign = |path: &String| path != LIST && !is_zip_name(path) && !listed.contains(path.as_str());
    !found.iter().any(foreign)
}
