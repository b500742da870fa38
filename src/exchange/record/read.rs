//! A record folder or `record.json`, with everything it names.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::de::{self, Fault};
use super::{FILE_NAME, FILES_BYTES, FORMAT, RECORD_BYTES, RecordError, RecordFault, VERSION, json, named_files};
use crate::domain::{Applicant, FileKey, Recommender, is_filled};
use crate::exchange::gate::{self, COPY_BYTES, Content, GateError, Received};

/// A whole record in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordIn {
    /// The notice's ID; whether it is the book's is the book's to say.
    pub notice: String,
    /// At least one; no two of one name.
    pub recommenders: Vec<Recommender>,
    pub applicants: Vec<ApplicantIn>,
    /// Every file that an applicant names, by the path as the record writes it.
    pub files: BTreeMap<FileKey, Received>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ApplicantIn {
    /// Index into [`RecordIn::recommenders`].
    pub recommender: usize,
    pub applicant: Applicant,
}

/// Reads a record folder or its `record.json`, with all files it names. Either everything is good or nothing is given.
pub fn read(path: &Path) -> Result<RecordIn, RecordError> {
    let path = if path.is_dir() { path.join(FILE_NAME) } else { path.to_owned() };
    let bytes = gate::read_file(&path, RECORD_BYTES)?;
    let name = path.display().to_string();
    let content = |(place, fault)| RecordError::Content { file: name.clone(), place, fault };
    let mut record = read_content(&bytes).map_err(content)?;
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    record.files = read_files(&record.applicants, &mut |written| read_named(folder, written)).map_err(content)?;
    Ok(record)
}

/// Reads a record that does not lie in a folder: its text, and a source of the files that it names by path. `name`
/// stands for it in errors.
pub fn read_from(
    name: &str,
    text: &[u8],
    source: &mut dyn FnMut(&str) -> Result<Vec<u8>, GateError>,
) -> Result<RecordIn, RecordError> {
    let content = |(place, fault)| RecordError::Content { file: name.to_owned(), place, fault };
    let mut record = read_content(text).map_err(content)?;
    let mut read = |written: &str| {
        relative_path(written).ok_or_else(|| RecordFault::PathOutside(shortened(written)))?;
        let bytes = source(written).map_err(RecordFault::File)?;
        gate::receive(&shortened(written), bytes).map_err(RecordFault::File)
    };
    record.files = read_files(&record.applicants, &mut read).map_err(content)?;
    Ok(record)
}

/// An applicant from the record's own JSON; the error says where and what is wrong.
pub fn applicant_from_json(value: &Value) -> Result<Applicant, String> {
    de::from_value(value, "").map_err(|fault: Fault| {
        let (place, fault) = fault.into_parts();
        format!("{place} {fault}").trim_start().to_owned()
    })
}

/// A fault with its place in the record.
type Placed = (String, RecordFault);

/// The shape without the applicants' `recommender`, which is taken out before.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Top {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u32,
    notice: String,
    recommender: Option<Recommender>,
    recommenders: Vec<Recommender>,
    applicants: Vec<Applicant>,
}

fn read_content(bytes: &[u8]) -> Result<RecordIn, Placed> {
    let mut value = json::parse(bytes)?;
    let Value::Object(top) = &mut value else { return Err((String::new(), RecordFault::WrongFormat)) };
    known_format(top)?;
    let named = take_recommenders(top);
    let top: Top = de::from_value(&value, "").map_err(Fault::into_parts)?;
    if !is_filled(&top.notice) {
        return Err(("notice".to_owned(), RecordFault::Required));
    }
    let single = top.recommender.is_some();
    let recommenders = match (top.recommender, top.recommenders) {
        (Some(_), list) if !list.is_empty() => return Err(("recommender".to_owned(), RecordFault::TwoForms)),
        (Some(one), _) => vec![one],
        (None, list) => list,
    };
    named_once(&recommenders, single)?;
    let applicants = top.applicants.into_iter().enumerate().map(|(index, applicant)| {
        let place = format!("applicants[{index}].recommender");
        let name = match named.get(index) {
            Some(Value::String(name)) if !name.is_empty() => Some(name),
            None | Some(Value::Null | Value::String(_)) => None,
            Some(_) => return Err((place, RecordFault::Wanted("文字（加引号）".to_owned()))),
        };
        let recommender = match name {
            Some(name) => recommenders
                .iter()
                .position(|recommender| recommender.name == *name)
                .ok_or_else(|| (place, RecordFault::UnknownRecommender(shortened(name))))?,
            None if single => 0,
            None => return Err((place, RecordFault::Required)),
        };
        if applicant.order == Some(0) {
            return Err((format!("applicants[{index}].order"), RecordFault::Wanted("从 1 起的整数".to_owned())));
        }
        Ok(ApplicantIn { recommender, applicant })
    });
    let applicants = applicants.collect::<Result<_, Placed>>()?;
    Ok(RecordIn { notice: top.notice, recommenders, applicants, files: BTreeMap::new() })
}

/// Checked before everything else: a record of another version may have any shape.
fn known_format(top: &Map<String, Value>) -> Result<(), Placed> {
    if top.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err((String::new(), RecordFault::WrongFormat));
    }
    match top.get("version") {
        Some(version) if version.as_u64() == Some(VERSION) => Ok(()),
        None | Some(Value::Null) => Err(("version".to_owned(), RecordFault::Required)),
        Some(other) => Err((String::new(), RecordFault::UnknownVersion(shortened(&other.to_string())))),
    }
}

/// Takes the key out that an applicant has in a record only.
fn take_recommenders(top: &mut Map<String, Value>) -> Vec<Value> {
    let Some(Value::Array(applicants)) = top.get_mut("applicants") else { return Vec::new() };
    let take = |applicant: &mut Value| applicant.as_object_mut().and_then(|object| object.remove("recommender"));
    applicants.iter_mut().map(|applicant| take(applicant).unwrap_or_default()).collect()
}

fn named_once(recommenders: &[Recommender], single: bool) -> Result<(), Placed> {
    if recommenders.is_empty() {
        return Err(("recommender".to_owned(), RecordFault::Required));
    }
    let mut names = HashSet::new();
    for (index, recommender) in recommenders.iter().enumerate() {
        let place = if single { "recommender.name".to_owned() } else { format!("recommenders[{index}].name") };
        if !is_filled(&recommender.name) {
            return Err((place, RecordFault::Required));
        }
        if !names.insert(&recommender.name) {
            return Err((place, RecordFault::SameRecommender));
        }
    }
    Ok(())
}

fn read_files(
    applicants: &[ApplicantIn],
    read: &mut dyn FnMut(&str) -> Result<Received, RecordFault>,
) -> Result<BTreeMap<FileKey, Received>, Placed> {
    let mut files: BTreeMap<FileKey, Received> = BTreeMap::new();
    let mut total = 0;
    for (index, ApplicantIn { applicant, .. }) in applicants.iter().enumerate() {
        for (place, key) in named_files(applicant) {
            let is_photo = place == "photo";
            let fault = |fault| (format!("applicants[{index}].{place}"), fault);
            if !files.contains_key(key) {
                let received = read(&key.0).map_err(fault)?;
                total += received.bytes.len() as u64;
                if total > FILES_BYTES {
                    return Err(fault(RecordFault::TooManyBytes));
                }
                files.insert(key.clone(), received);
            }
            let is_image = matches!(files.get(key), Some(Received { content: Content::Image(_), .. }));
            if is_photo && !is_image {
                return Err(fault(RecordFault::PhotoNotImage(shortened(&key.0))));
            }
        }
    }
    Ok(files)
}

/// Reads one file by its path in the record, which must stay within the record's folder, links followed.
fn read_named(folder: &Path, written: &str) -> Result<Received, RecordFault> {
    let outside = || RecordFault::PathOutside(shortened(written));
    let relative = relative_path(written).ok_or_else(outside)?;
    let path = folder.join(relative);
    if let (Ok(folder), Ok(target)) = (folder.canonicalize(), path.canonicalize())
        && !target.starts_with(folder)
    {
        return Err(outside());
    }
    let name = shortened(written);
    let named = |mut error: gate::GateError| {
        error.file.clone_from(&name);
        RecordFault::File(error)
    };
    let bytes = gate::read_file(&path, COPY_BYTES).map_err(named)?;
    gate::receive(&name, bytes).map_err(RecordFault::File)
}

/// A path of plain names; `None` for absolute ones, drive letters, backslashes and those that climb.
fn relative_path(written: &str) -> Option<PathBuf> {
    if written.contains(['\\', '\0']) {
        return None;
    }
    let names = Path::new(written).components().map(|component| match component {
        Component::CurDir => Some(OsStr::new("")),
        Component::Normal(name) if !name.to_string_lossy().contains(':') => Some(name),
        _ => None,
    });
    names.collect::<Option<PathBuf>>().filter(|path| !path.as_os_str().is_empty())
}

/// What a fault repeats from the file: no more than a line, no control characters.
fn shortened(text: &str) -> String {
    const CHARACTERS: usize = 80;
    text.chars().map(|c| if c.is_control() { '␣' } else { c }).take(CHARACTERS).collect()
}
