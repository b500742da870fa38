//! Writing a set: files one after the other, then the list, then the zip of them all.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, DateTime, ZipWriter};

use super::hash::{Hash, hex};
use super::list::{Entry, LIST, List};
use crate::exchange::office::MADE_ON;
use crate::exchange::place::{NewFolder, PlaceError};

/// Puts the files of one recommender's set into a folder that is being built.
pub struct SetWriter<'a> {
    folder: &'a NewFolder,
    /// The set's own folder within, with its `/`; empty: the folder itself.
    within: String,
    list: List,
}

impl<'a> SetWriter<'a> {
    pub fn new(folder: &'a NewFolder, within: &str) -> Self {
        let within = if within.is_empty() { String::new() } else { format!("{within}/") };
        Self { folder, within, list: List::default() }
    }

    /// Writes a file and lists it. `path` is relative to the set.
    pub fn put(
        &mut self,
        path: &str,
        bytes: &[u8],
        pages: Option<usize>,
        code: Option<String>,
    ) -> Result<(), PlaceError> {
        self.folder.put(&self.place(path), bytes)?;
        let sha256 = hex(&Sha256::digest(bytes));
        self.list.files.push(Entry { path: path.to_owned(), bytes: bytes.len() as u64, sha256, pages, code });
        Ok(())
    }

    /// Has a file written by `write` and lists it: for what is better not in memory as a whole.
    pub fn put_with<E: From<PlaceError>>(
        &mut self,
        path: &str,
        pages: Option<usize>,
        code: Option<String>,
        write: impl FnOnce(&mut File) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut file = self.folder.create(&self.place(path))?;
        write(&mut file)?;
        let mut digest = || -> io::Result<(u64, String)> {
            file.seek(SeekFrom::Start(0))?;
            let mut hash = Hash::default();
            io::copy(&mut file, &mut hash)?;
            Ok(hash.done())
        };
        let (bytes, sha256) = digest().map_err(|error| self.folder.fault(error))?;
        self.list.files.push(Entry { path: path.to_owned(), bytes, sha256, pages, code });
        Ok(())
    }

    /// Writes the list and, under `zip`, everything in one zip, encrypted where a passphrase is given. It gets
    /// the list's time: by that one that was packed again is told. Returns the list.
    /// `stop` is asked between files: it calls off with [`PlaceError::Stopped`].
    pub fn finish(
        mut self,
        zip: Option<&str>,
        passphrase: Option<&str>,
        stop: &dyn Fn() -> bool,
    ) -> Result<List, PlaceError> {
        self.list.files.sort_by(|one, other| one.path.cmp(&other.path));
        self.folder.put(&self.place(LIST), &self.list.to_json())?;
        if let Some(name) = zip {
            self.zip(name, passphrase, stop)?;
        }
        Ok(self.list)
    }

    fn place(&self, path: &str) -> String {
        format!("{}{path}", self.within)
    }

    fn zip(&self, name: &str, passphrase: Option<&str>, stop: &dyn Fn() -> bool) -> Result<(), PlaceError> {
        let file = self.folder.create(&self.place(name))?;
        let mut zip = ZipWriter::new(BufWriter::new(file));
        let paths = std::iter::once(LIST).chain(self.list.files.iter().map(|entry| entry.path.as_str()));
        for path in paths {
            if stop() {
                return Err(PlaceError::Stopped);
            }
            let mut options = options(path);
            if let Some(passphrase) = passphrase {
                options = options.with_aes_encryption(AesMode::Aes256, passphrase);
            }
            zip.start_file(path, options).map_err(|error| self.fault(error))?;
            let mut source = BufReader::new(self.folder.open(&self.place(path))?);
            io::copy(&mut source, &mut zip).map_err(|error| self.folder.fault(error))?;
        }
        let mut file = zip.finish().map_err(|error| self.fault(error))?;
        file.flush().map_err(|error| self.folder.fault(error))?;
        let made = self.folder.open(&self.place(LIST))?.metadata().and_then(|metadata| metadata.modified());
        // Where a file system takes no times, one zip too many is kept.
        let _ = made.and_then(|made| file.get_ref().set_modified(made));
        Ok(())
    }

    fn fault(&self, error: zip::result::ZipError) -> PlaceError {
        self.folder.fault(error.into())
    }
}

/// What is packed already is stored as it is. Dates and the system are the same in every run.
fn options(path: &str) -> SimpleFileOptions {
    let packed = [".jpg", ".png", ".pdf", ".docx", ".xlsx"].iter().any(|extension| path.ends_with(extension));
    let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::DEFAULT)
        .system(MADE_ON)
        .unix_permissions(0o644)
}
