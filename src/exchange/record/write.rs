//! Applicants as `record.json`, and as a folder with their files.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::{FILE_NAME, FORMAT, VERSION};
use crate::domain::{Applicant, FileKey, Recommender};
use crate::exchange::place::{self, NewFolder, PlaceError};
use crate::exchange::{gate, names};

/// What goes into a record.
pub struct RecordOut<'a> {
    /// The notice's ID.
    pub notice: &'a str,
    /// One: `recommender`; several: `recommenders`, and each applicant names its own.
    pub recommenders: &'a [Recommender],
    pub applicants: Vec<ApplicantOut>,
}

pub struct ApplicantOut {
    /// Index into [`RecordOut::recommenders`].
    pub recommender: usize,
    pub applicant: Applicant,
}

/// Why no record folder was written; nothing is left behind. `E` is the source's own error.
#[derive(Debug, thiserror::Error)]
pub enum WriteError<E: std::error::Error> {
    #[error(transparent)]
    Place(#[from] PlaceError),
    #[error("{name}的文件“{title}”内容已损坏，请重新导入这份文件后再试")]
    Damaged { name: String, title: String },
    #[error("{0}")]
    Source(E),
}

#[derive(Serialize)]
struct Top<'a> {
    format: &'a str,
    version: u64,
    notice: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommender: Option<&'a Recommender>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommenders: Option<&'a [Recommender]>,
    applicants: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    recommender: Option<&'a str>,
    #[serde(flatten)]
    applicant: &'a Applicant,
}

/// The text of `record.json` in the contract's shape and key order; file paths are written as the applicants have them.
pub fn to_json(record: &RecordOut) -> Vec<u8> {
    // What only the book keeps stays there.
    let recommenders: Vec<Recommender> =
        record.recommenders.iter().cloned().map(|one| Recommender { report_facts: BTreeMap::new(), ..one }).collect();
    let single = match recommenders.as_slice() {
        [one] => Some(one),
        _ => None,
    };
    let top = Top {
        format: FORMAT,
        version: VERSION,
        notice: record.notice,
        recommender: single,
        recommenders: single.is_none().then_some(recommenders.as_slice()),
        applicants: record
            .applicants
            .iter()
            .map(|row| Row {
                recommender: record
                    .recommenders
                    .get(row.recommender)
                    .filter(|_| single.is_none())
                    .map(|recommender| recommender.name.as_str()),
                applicant: &row.applicant,
            })
            .collect(),
    };
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b" "));
    // Plain values into memory: neither can fail.
    let _ = top.serialize(&mut serializer);
    bytes.push(b'\n');
    bytes
}

/// Writes a record folder: `record.json`, `照片/NN-姓名.jpg`, `附件/NN-姓名/MM-题名.pdf`. `folder` must be absent or
/// empty; it is written whole or not at all. `source` gives the bytes of a photo or copy by its key.
pub fn write<E: std::error::Error>(
    folder: &Path,
    mut record: RecordOut,
    mut source: impl FnMut(&FileKey) -> Result<Vec<u8>, E>,
) -> Result<(), WriteError<E>> {
    place::new_folder(folder, |folder| {
        for (index, row) in record.applicants.iter_mut().enumerate() {
            put_files(folder, index + 1, &mut row.applicant, &mut source)?;
        }
        Ok(folder.put(FILE_NAME, &to_json(&record))?)
    })
}

/// Writes one applicant's files and gives the applicant their paths. A file named twice is written once.
fn put_files<E: std::error::Error>(
    folder: &NewFolder,
    number: usize,
    applicant: &mut Applicant,
    source: &mut impl FnMut(&FileKey) -> Result<Vec<u8>, E>,
) -> Result<(), WriteError<E>> {
    let name = &applicant.name;
    let person = format!("{number:02}-{name}");
    let mut written: BTreeMap<FileKey, FileKey> = BTreeMap::new();
    let mut put = |key: &mut FileKey, within: &str, title: &str| -> Result<(), WriteError<E>> {
        if key.is_none() {
            return Ok(());
        }
        if let Some(path) = written.get(key) {
            key.clone_from(path);
            return Ok(());
        }
        let bytes = source(key).map_err(WriteError::Source)?;
        let extension = gate::extension(&bytes)
            .ok_or_else(|| WriteError::Damaged { name: name.clone(), title: title.to_owned() })?;
        let path = FileKey(format!("{within}/{}", names::file_name(title, extension)));
        folder.put(&path.0, &bytes)?;
        written.insert(std::mem::replace(key, path.clone()), path);
        Ok(())
    };
    put(&mut applicant.photo, "照片", &person)?;
    let within = format!("附件/{}", names::file_name(&person, ""));
    for (index, attachment) in applicant.attachments.iter_mut().enumerate() {
        put(&mut attachment.file, &within, &format!("{:02}-{}", index + 1, attachment.title))?;
    }
    Ok(())
}
