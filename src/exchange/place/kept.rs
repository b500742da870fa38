//! Files of a replaced folder that somebody had changed meanwhile: nothing of theirs is lost.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::Local;

use super::{folder_of, sync_folder};

/// Added, with the time, to the name of the folder that was replaced.
const KEPT: &str = ".改过的文件-";
const TIME: &str = "%Y%m%d-%H%M%S";

/// Changed files, and where they lie now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub folder: PathBuf,
    /// Paths within, with `/`.
    pub files: Vec<String>,
}

/// Moves files, one rename each, from the folder that goes to a new folder beside `place`. A file is at every moment in
/// one of the two; what cannot be moved is told to lie where it lies.
pub(super) fn carry(from: &Path, place: &Path, files: Vec<String>, kept: &mut Vec<Kept>) -> io::Result<()> {
    let to = match fresh_folder(place) {
        Ok(to) => to,
        Err(error) => {
            kept.push(Kept { folder: from.to_owned(), files });
            return Err(error);
        }
    };
    let mut moved = Vec::new();
    let mut left = files.into_iter();
    let mut fault = None;
    for file in left.by_ref() {
        let target = to.join(&file);
        match fs::create_dir_all(folder_of(&target)).and_then(|()| fs::rename(from.join(&file), &target)) {
            Ok(()) => moved.push(file),
            Err(error) => {
                fault = Some((file, error));
                break;
            }
        }
    }
    let synced = moved.iter().try_for_each(|file| sync_folder(folder_of(&to.join(file))));
    let synced = synced.and_then(|()| sync_folder(&to)).and_then(|()| sync_folder(folder_of(place)));
    if !moved.is_empty() {
        kept.push(Kept { folder: to, files: moved });
    }
    if let Some((file, error)) = fault {
        kept.push(Kept { folder: from.to_owned(), files: std::iter::once(file).chain(left).collect() });
        return Err(error);
    }
    synced
}

/// A folder that nobody has: an earlier one is never written into.
fn fresh_folder(place: &Path) -> io::Result<PathBuf> {
    let mut stem = OsString::from(place.file_name().unwrap_or_default());
    stem.push(KEPT);
    stem.push(Local::now().format(TIME).to_string());
    let mut number = 1;
    loop {
        let mut name = stem.clone();
        if number > 1 {
            name.push(format!("-{number}"));
        }
        let folder = place.with_file_name(name);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            made => return made.map(|()| folder),
        }
    }
}
