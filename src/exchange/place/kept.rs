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
                remove_empty(&to, &target);
                fault = Some((file, error));
                break;
            }
        }
    }
    let mut synced = Ok(());
    if !moved.is_empty() {
        synced = moved.iter().try_for_each(|file| sync_folder(folder_of(&to.join(file))));
        synced = synced.and_then(|()| sync_folder(&to)).and_then(|()| sync_folder(folder_of(place)));
        kept.push(Kept { folder: to, files: moved });
    }
    if let Some((file, error)) = fault {
        kept.push(Kept { folder: from.to_owned(), files: std::iter::once(file).chain(left).collect() });
        return Err(error);
    }
    synced
}

/// Removes the folders that were made for a file that did not come, up to `top`; one that holds something stays.
fn remove_empty(top: &Path, file: &Path) {
    for folder in file.ancestors().skip(1).take_while(|folder| folder.starts_with(top)) {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_moved_leaves_no_empty_folder() {
        // Which of two files is there to be moved, what lies in the folder of kept files.
        for (case, there, wanted) in [("neither", None, None), ("the first", Some("b/x"), Some(vec!["b/x"]))] {
            let desk = tempfile::tempdir().unwrap();
            let (from, place) = (desk.path().join("out.旧"), desk.path().join("out"));
            fs::create_dir_all(from.join("b")).unwrap();
            if let Some(file) = there {
                fs::write(from.join(file), "changed").unwrap();
            }
            let mut kept = Vec::new();
            let files = vec!["b/x".to_owned(), "a/y".to_owned()];
            assert!(carry(&from, &place, files, &mut kept).is_err(), "{case}");
            let folders: Vec<PathBuf> = fs::read_dir(desk.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
            let made: Vec<&PathBuf> = folders.iter().filter(|folder| **folder != from).collect();
            assert_eq!(made.len(), usize::from(wanted.is_some()), "{case}: {folders:?}");
            assert!(made.iter().all(|folder| folder.join("b/x").is_file() && !folder.join("a").exists()), "{case}");
            let told = kept.iter().find(|kept| kept.folder != from).map(|kept| kept.files.clone());
            assert_eq!(told, wanted.map(|files| files.into_iter().map(str::to_owned).collect()), "{case}");
        }
    }
}
