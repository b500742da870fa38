//! A folder or zip held against its own list: what is missing, changed, extra.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::PackageError;
use super::hash::Hash;
use super::list::{Entry, LIST, LIST_BYTES, List, ZipName, files_below, is_litter_path, is_zip_of_set};
use crate::exchange::gate::{self, Archive, GateError, GateFault};
use crate::exchange::record;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Files that the lists name.
    pub listed: usize,
    /// A sentence each, with the file's path.
    pub faults: Vec<String>,
    /// What could not be looked at, and why: a zip that needs its passphrase.
    pub unread: Vec<String>,
    /// The names of those zips.
    pub locked: Vec<String>,
}

impl Verification {
    fn missing(&mut self, path: &str) {
        self.faults.push(format!("缺少：{path}"));
    }

    fn changed(&mut self, path: &str) {
        self.faults.push(format!("已改动：{path}"));
    }

    fn locked(&mut self, zip: &str, error: &GateError) {
        self.unread.push(error.to_string());
        self.locked.push(zip.rsplit('/').find(|name| !name.is_empty()).unwrap_or(zip).to_owned());
    }

    fn extra(&mut self, path: &str) {
        self.faults.push(format!("多出：{path}"));
    }
}

/// Holds a package, an exported folder, or a folder of such folders against what their lists say.
///
/// # Errors
/// What cannot be read at all, or is no export.
pub fn verify(path: &Path, passphrase: Option<&str>) -> Result<Verification, PackageError> {
    let mut found = Verification::default();
    if !path.is_dir() {
        zip_alone(path, passphrase, &mut found)?;
        return Ok(found);
    }
    let sets = sets_below(path)?;
    for (within, folder) in &sets {
        folder_against_list(folder, within, passphrase, &mut found)?;
    }
    if sets.iter().all(|(within, _)| !within.is_empty()) {
        let entries = files_below(path).map_err(|error| unreadable(path, &error))?;
        let of_a_set = |file: &String| sets.iter().any(|(within, _)| file.starts_with(within));
        entries.iter().filter(|file| !of_a_set(file) && !is_litter_path(file)).for_each(|file| found.extra(file));
    }
    Ok(found)
}

/// The sets in a folder, each with its path within: the folder itself, or all of its folders that have a list.
pub(super) fn sets_below(path: &Path) -> Result<Vec<(String, std::path::PathBuf)>, PackageError> {
    if path.join(LIST).exists() || path.join(record::FILE_NAME).exists() {
        return Ok(vec![(String::new(), path.to_owned())]);
    }
    let mut sets = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| unreadable(path, &error))? {
        let entry = entry.map_err(|error| unreadable(path, &error))?;
        if entry.path().join(LIST).is_file() {
            sets.push((format!("{}/", entry.file_name().to_string_lossy()), entry.path()));
        }
    }
    sets.sort();
    if sets.is_empty() { Err(PackageError::NoList(path.display().to_string())) } else { Ok(sets) }
}

fn unreadable(path: &Path, error: &io::Error) -> PackageError {
    PackageError::Unreadable(path.display().to_string(), crate::exchange::system_reason(error))
}

fn folder_against_list(
    folder: &Path,
    within: &str,
    passphrase: Option<&str>,
    found: &mut Verification,
) -> Result<(), PackageError> {
    if !folder.join(LIST).exists() {
        found.missing(&format!("{within}{LIST}"));
        return Ok(());
    }
    let Some(list) = List::of_folder(folder) else {
        found.changed(&format!("{within}{LIST}"));
        return Ok(());
    };
    let files = files_below(folder).map_err(|error| unreadable(folder, &error))?;
    found.listed += list.files.len();
    let mut listed = BTreeSet::from([LIST]);
    for entry in &list.files {
        listed.insert(&entry.path);
        if gate::is_held(&folder.join(&entry.path)) {
            return Err(GateFault::OpenBook.of(&format!("{within}{}", entry.path)).into());
        }
        if !files.contains(&entry.path) {
            found.missing(&format!("{within}{}", entry.path));
        } else if !is_as_listed(&folder.join(&entry.path), entry) {
            found.changed(&format!("{within}{}", entry.path));
        }
    }
    let zip = ZipName::of_folder(folder);
    let mut has_zip = false;
    for file in files.iter().filter(|file| !listed.contains(file.as_str()) && !is_litter_path(file)) {
        if !has_zip && is_zip_of_set(zip.as_ref(), file) {
            has_zip = true;
            zip_in_folder(folder, &format!("{within}{file}"), file, &list, passphrase, found);
        } else {
            found.extra(&format!("{within}{file}"));
        }
    }
    if !has_zip && list.has_codes() {
        let name = zip.as_ref().map_or_else(ZipName::unknown, ZipName::shown);
        found.missing(&format!("{within}{name}（如果这是解压出来的文件夹，请直接核验压缩包）"));
    }
    Ok(())
}

/// Read piece by piece: a binder may be large. A link is not what was written.
pub(super) fn is_as_listed(path: &Path, entry: &Entry) -> bool {
    let same_size = path.symlink_metadata().is_ok_and(|data| data.is_file() && data.len() == entry.bytes);
    let hash = || {
        let mut hash = Hash::default();
        io::copy(&mut gate::open_regular(path, entry.bytes).ok()?, &mut hash).ok()?;
        Some(hash)
    };
    same_size && hash().is_some_and(|hash| hash.is(entry))
}

/// Whether a zip is not the one that was made with the list. Of an encrypted one only its time can be asked: it is made
/// with the list's ([`super::SetWriter::finish`]), and whoever packs it again gives it a later one.
pub(super) fn zip_differs(folder: &Path, name: &str, list: &List) -> bool {
    let mut found = Verification::default();
    zip_in_folder(folder, name, name, list, None, &mut found);
    let modified = |name: &str| folder.join(name).metadata().and_then(|metadata| metadata.modified());
    let is_later = || matches!((modified(name), modified(LIST)), (Ok(zip), Ok(list)) if zip > list);
    !found.faults.is_empty() || (!found.unread.is_empty() && is_later())
}

/// The zip of a set must hold the very files of the folder's list, and that list.
fn zip_in_folder(
    folder: &Path,
    shown: &str,
    name: &str,
    list: &List,
    passphrase: Option<&str>,
    found: &mut Verification,
) {
    let archive = match Archive::open_package(&folder.join(name), passphrase) {
        Ok(archive) => archive,
        Err(error) if needs_passphrase(&error) => return found.locked(shown, &error),
        Err(_) => return found.changed(shown),
    };
    let own_list = gate::read_file(&folder.join(LIST), LIST_BYTES).unwrap_or_default();
    zip_against_list(archive, &format!("{shown}/"), "", list, Some(&own_list), found);
}

fn needs_passphrase(error: &GateError) -> bool {
    matches!(error.fault, GateFault::EncryptedZip | GateFault::WrongPassphrase)
}

fn zip_alone(path: &Path, passphrase: Option<&str>, found: &mut Verification) -> Result<(), PackageError> {
    let shown = path.display().to_string();
    let mut archive = match Archive::open_package(path, passphrase) {
        Ok(archive) => archive,
        Err(error) => match error.fault {
            GateFault::DamagedZip | GateFault::UnsupportedZip | GateFault::BadEntryName(_) => {
                found.faults.push(error.to_string());
                return Ok(());
            }
            _ => return Err(error.into()),
        },
    };
    let roots = roots(&archive, LIST);
    if roots.is_empty() {
        return if archive.paths().any(|file| file == record::FILE_NAME) {
            found.missing(LIST);
            Ok(())
        } else {
            Err(PackageError::NoList(shown))
        };
    }
    let under_none = |file: &&str| !roots.iter().any(|root| file.starts_with(root));
    archive.paths().filter(under_none).for_each(|file| found.extra(file));
    for root in &roots {
        let file = format!("{root}{LIST}");
        let text = match archive.read(&file) {
            Err(error) if needs_passphrase(&error) => return Err(error.into()),
            read => read.ok().flatten().filter(|text| text.len() as u64 <= LIST_BYTES),
        };
        let Some(list) = text.as_deref().and_then(List::from_json) else {
            found.changed(&file);
            continue;
        };
        found.listed += list.files.len();
        let next = Archive::open_package(path, passphrase)?;
        zip_against_list(std::mem::replace(&mut archive, next), "", root, &list, None, found);
    }
    Ok(())
}

/// Folders of a zip that hold a file of that name: the zip itself, else its top folders (a set that was zipped again).
pub(super) fn roots(archive: &Archive, name: &str) -> Vec<String> {
    if archive.paths().any(|path| path == name) {
        return vec![String::new()];
    }
    let root = |path: &str| path.split_once('/').filter(|(_, rest)| *rest == name).map(|(root, _)| format!("{root}/"));
    archive.paths().filter_map(root).collect()
}

/// `own_list`: what the list in the zip must be, where that is known from outside.
fn zip_against_list(
    mut archive: Archive,
    shown: &str,
    root: &str,
    list: &List,
    own_list: Option<&[u8]>,
    found: &mut Verification,
) {
    let mut listed = BTreeSet::from([format!("{root}{LIST}")]);
    if let Some(own_list) = own_list {
        match archive.read(LIST) {
            Ok(Some(text)) if text == own_list => {}
            Ok(None) => found.missing(&format!("{shown}{LIST}")),
            Err(error) if needs_passphrase(&error) => return found.locked(shown, &error),
            _ => found.changed(&format!("{shown}{LIST}")),
        }
    }
    for entry in &list.files {
        let path = format!("{root}{}", entry.path);
        let mut hash = Hash::default();
        match archive.copy(&path, &mut hash) {
            Ok(true) if hash.is(entry) => {}
            Ok(false) => found.missing(&format!("{shown}{path}")),
            _ => found.changed(&format!("{shown}{path}")),
        }
        listed.insert(path);
    }
    let record = archive.read(&format!("{root}{}", record::FILE_NAME)).ok().flatten();
    let zip = record.as_deref().and_then(ZipName::of_record);
    // A folder that was zipped with the set's own zip in it.
    let is_zip = |path: &str| !root.is_empty() && is_zip_of_set(zip.as_ref(), path);
    for path in archive.paths().filter(|path| !listed.contains(*path)) {
        if path.strip_prefix(root).is_some_and(|within| !is_zip(within)) {
            found.extra(&format!("{shown}{path}"));
        }
    }
}
