//! Reading a package or an exported folder back: its record, with every file held against the list.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::PackageError;
use super::hash::hex;
use super::list::{LIST, LIST_BYTES, List};
use super::verify::{roots, sets_below};
use crate::exchange::gate::{self, Archive, COPY_BYTES, GateError, GateFault};
use crate::exchange::record::{self, RECORD_BYTES, RecordIn};

/// Whether a path is to be read by [`read`]: a zip, or a folder with a list in it or in its folders.
pub fn is_package(path: &Path) -> bool {
    if path.is_dir() {
        return !path.join(record::FILE_NAME).is_file() && sets_below(path).is_ok() || path.join(LIST).is_file();
    }
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// The records of a package or exported folder; several where it holds several recommenders' sets.
pub fn read(path: &Path, passphrase: Option<&str>) -> Result<Vec<RecordIn>, PackageError> {
    if path.is_dir() {
        return sets_below(path)?.iter().map(|(_, folder)| read_folder(folder)).collect();
    }
    let mut archive = Archive::open_package(path, passphrase)?;
    let shown = path.display().to_string();
    let roots = roots(&archive, record::FILE_NAME);
    if roots.is_empty() {
        return Err(PackageError::NoRecord(shown));
    }
    let read = |root: &String| read_set(&shown, &mut |file| archive.read(&format!("{root}{file}")));
    roots.iter().map(read).collect()
}

fn read_folder(folder: &Path) -> Result<RecordIn, PackageError> {
    read_set(&folder.display().to_string(), &mut |file| {
        let limit = if file == LIST { LIST_BYTES } else { COPY_BYTES.max(RECORD_BYTES) };
        let path = folder.join(file);
        // Only what lies in the folder itself is part of the set.
        let inside = |path: &Path| path.canonicalize().ok().zip(folder.canonicalize().ok());
        match inside(&path) {
            None => Ok(None),
            Some((target, folder)) if !target.starts_with(&folder) => Err(GateFault::Special.of(file)),
            Some(_) => gate::read_file(&path, limit).map(Some),
        }
    })
}

type Source<'a> = dyn FnMut(&str) -> Result<Option<Vec<u8>>, GateError> + 'a;

/// One set. What the list names must be as it was listed: a copy that was damaged on its way never comes in unnoticed.
fn read_set(shown: &str, source: &mut Source) -> Result<RecordIn, PackageError> {
    let list = match source(LIST)? {
        Some(text) => Some(List::from_json(&text).ok_or_else(|| PackageError::BadList(shown.to_owned()))?),
        None => None,
    };
    let mut take = |file: &str| -> Result<Vec<u8>, GateError> {
        let bytes = source(file)?.ok_or_else(|| GateFault::Missing.of(file))?;
        let sha256 = hex(&Sha256::digest(&bytes));
        let as_listed = |list: &List| list.files.iter().any(|entry| entry.path == file && entry.sha256 == sha256);
        if list.as_ref().is_none_or(as_listed) { Ok(bytes) } else { Err(GateFault::NotAsListed.of(file)) }
    };
    let text = take(record::FILE_NAME).map_err(|error| match error.fault {
        GateFault::Missing => PackageError::NoRecord(shown.to_owned()),
        _ => PackageError::Gate(error),
    })?;
    Ok(record::read_from(shown, &text, &mut take)?)
}
