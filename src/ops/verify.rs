//! A package or an exported folder against its own list.

use std::path::Path;

use super::error::OpError;
use crate::exchange::{gate, package};

pub use crate::exchange::package::Verification;

/// A passphrase has a line; anything larger is another file.
const PASSPHRASE_BYTES: u64 = 4096;

/// What is missing, changed or extra.
pub fn verify(path: &Path, passphrase: Option<&str>) -> Result<Verification, OpError> {
    Ok(package::verify(path, passphrase)?)
}

/// The same; `None`: a zip that needs a passphrase, or another one than this.
pub fn try_verify(path: &Path, passphrase: Option<&str>) -> Result<Option<Verification>, OpError> {
    use gate::GateFault::{EncryptedZip, WrongPassphrase};
    match package::verify(path, passphrase) {
        Err(package::PackageError::Gate(error)) if matches!(error.fault, EncryptedZip | WrongPassphrase) => Ok(None),
        found => Ok(Some(found?)),
    }
}

/// The passphrase in a file: its text without the line's end.
pub fn passphrase(path: &Path) -> Result<String, OpError> {
    let bytes = gate::read_file(path, PASSPHRASE_BYTES)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| OpError::File(format!("口令文件 {} 不是 UTF-8 文本，请另存为 UTF-8", path.display())))?;
    let text = text.trim_start_matches('\u{FEFF}').trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(OpError::File(format!("口令文件 {} 里没有口令，请写上一行口令", path.display())));
    }
    Ok(text.to_owned())
}
