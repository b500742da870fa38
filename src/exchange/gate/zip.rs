//! Zips: packages, and the containers of .docx and .xlsx. Nothing is ever written to disk by an entry's name.

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read};

use zip::result::ZipError;
use zip::{ZipArchive, ZipReadOptions};

use super::{
    GateError, GateFault, ZIP_BYTES, ZIP_ENTRIES, ZIP_ENTRY_BYTES, ZIP_PATH_DEPTH, ZIP_RATIO, ZIP_RATIO_FREE_BYTES,
    ZIP_TOTAL_BYTES, within,
};
use crate::exchange::names;

/// A zip whose list of entries was checked. Entries are unpacked one by one, and counted while they are.
pub struct Archive {
    file: String,
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// Path → index of the entry; files only.
    entries: BTreeMap<String, usize>,
    passphrase: Option<Vec<u8>>,
    /// What may still be unpacked.
    left: u64,
}

impl Archive {
    /// Checks the list of a zip. An encrypted zip is refused unless a passphrase is given. `file` names it in faults.
    pub fn open(file: &str, bytes: Vec<u8>, passphrase: Option<&str>) -> Result<Self, GateError> {
        Self::check(file, bytes, passphrase).map_err(|fault| fault.of(file))
    }

    fn check(file: &str, bytes: Vec<u8>, passphrase: Option<&str>) -> Result<Self, GateFault> {
        within(&bytes, ZIP_BYTES)?;
        if !bytes.starts_with(b"PK") {
            return Err(GateFault::NotZip);
        }
        if is_zip64(&bytes) {
            return Err(GateFault::TooManyEntries);
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
        if zip.len() > ZIP_ENTRIES {
            return Err(GateFault::TooManyEntries);
        }
        let entries = list(&mut zip, passphrase.is_some())?;
        // One stretch of bytes that serves several entries multiplies its content.
        if zip.has_duplicate_names() || zip.has_overlapping_entries().map_err(|error| refused(&error))? {
            return Err(GateFault::OverlappingEntries);
        }
        let passphrase = passphrase.map(|text| text.as_bytes().to_vec());
        Ok(Self { file: file.to_owned(), zip, entries, passphrase, left: ZIP_TOTAL_BYTES })
    }

    /// The paths of all files in it, in order of their names.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Unpacks one file; `None`: there is none of that path. The content is checked against its CRC or, where it is
    /// encrypted, its authentication code.
    pub fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, GateError> {
        let Some(&index) = self.entries.get(path) else { return Ok(None) };
        let bytes = self.unpack(index).map_err(|fault| fault.of(&format!("{}/{path}", self.file)))?;
        if is_archive(&bytes) && !is_office(path) {
            return Err(GateFault::NestedArchive.of(&format!("{}/{path}", self.file)));
        }
        Ok(Some(bytes))
    }

    fn unpack(&mut self, index: usize) -> Result<Vec<u8>, GateFault> {
        let options = ZipReadOptions::new().password(self.passphrase.as_deref());
        let entry = self.zip.by_index_with_options(index, options).map_err(|error| refused(&error))?;
        let packed = entry.compressed_size();
        let limit = ZIP_ENTRY_BYTES.min(self.left).min(packed.saturating_mul(ZIP_RATIO).max(ZIP_RATIO_FREE_BYTES));
        let mut bytes = Vec::new();
        // The declared size may lie; what comes out is counted.
        entry.take(limit + 1).read_to_end(&mut bytes).map_err(|_| GateFault::DamagedZip)?;
        let unpacked = bytes.len() as u64;
        if unpacked > limit {
            return Err(GateFault::UnpacksTooLarge);
        }
        self.left -= unpacked;
        Ok(bytes)
    }
}

/// Checks every entry of the list; gives the files.
fn list(zip: &mut ZipArchive<Cursor<Vec<u8>>>, may_be_encrypted: bool) -> Result<BTreeMap<String, usize>, GateFault> {
    let mut entries = BTreeMap::new();
    let mut twins = HashSet::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_data(index).map_err(|error| refused(&error))?;
        let name = entry.name().map_err(|_| GateFault::BadEntryName(String::new()))?.into_owned();
        let path = name.strip_suffix('/').unwrap_or(&name);
        if !is_plain_path(path) || !twins.insert(path.to_lowercase()) {
            return Err(GateFault::BadEntryName(shown(&name)));
        }
        // A Unix mode other than a plain file or folder: links, devices.
        let kind = entry.unix_mode().unwrap_or_default() & 0o170_000;
        if entry.is_symlink() || !matches!(kind, 0 | 0o100_000 | 0o040_000) {
            return Err(GateFault::LinkEntry(shown(&name)));
        }
        if entry.encrypted() && !may_be_encrypted {
            return Err(GateFault::EncryptedZip);
        }
        if !entry.is_dir() {
            entries.insert(name, index);
        }
    }
    Ok(entries)
}

/// Relative, of plain names that every system takes.
fn is_plain_path(path: &str) -> bool {
    let mut parts = path.split('/');
    path.split('/').count() <= ZIP_PATH_DEPTH && parts.all(names::is_plain)
}

/// Longest name that a fault repeats.
const SHOWN_CHARACTERS: usize = 60;

fn shown(name: &str) -> String {
    let safe = |c: char| if c.is_control() || names::is_bidi_control(c) { '␣' } else { c };
    name.chars().map(safe).take(SHOWN_CHARACTERS).collect()
}

/// A zip64 locator at the end: only archives beyond our limits need one, and its counts would be believed while the
/// list is read.
fn is_zip64(bytes: &[u8]) -> bool {
    const TAIL: usize = (1 << 16) + 64;
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    tail.windows(4).any(|signature| signature == b"PK\x06\x07")
}

/// zip, gzip, 7z, rar, xz by their first bytes.
fn is_archive(bytes: &[u8]) -> bool {
    let signatures: [&[u8]; 5] =
        [b"PK\x03\x04", b"\x1F\x8B\x08", b"7z\xBC\xAF\x27\x1C", b"Rar!\x1A\x07", b"\xFD7zXZ\0"];
    signatures.iter().any(|signature| bytes.starts_with(signature))
}

/// A package holds the forms as .docx and .xlsx, which are zips by nature; they are not opened with it.
fn is_office(path: &str) -> bool {
    path.ends_with(".docx") || path.ends_with(".xlsx")
}

fn refused(error: &ZipError) -> GateFault {
    match error {
        ZipError::InvalidPassword => GateFault::WrongPassphrase,
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => GateFault::EncryptedZip,
        ZipError::UnsupportedArchive(_) => GateFault::UnsupportedZip,
        _ => GateFault::DamagedZip,
    }
}
