//! What came of holding a folder or zip against its list.

use std::path::PathBuf;

use super::Secret;
use crate::ops::Verification;

/// A folder or zip held against its list.
#[derive(Debug)]
pub struct Verified {
    pub path: PathBuf,
    pub found: Verification,
    pub given: Given,
}

/// Whether a passphrase was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    None,
    Passphrase,
}

impl Given {
    pub fn of(passphrase: &Option<Secret>) -> Self {
        if passphrase.is_some() { Self::Passphrase } else { Self::None }
    }
}

/// What wants a passphrase before it can be looked into.
#[derive(Debug)]
pub struct Locked {
    /// What is held against its list.
    pub path: PathBuf,
    /// Names of the zips that it is about.
    pub zips: Vec<String>,
    /// One was given, another than theirs.
    pub is_wrong: bool,
    /// The field has had the cursor since.
    pub greeted: bool,
}

impl Locked {
    /// What is left of a folder; `None`: all of it could be read.
    pub fn of(verified: &Verified) -> Option<Self> {
        let Verified { path, found, given } = verified;
        let zips = found.locked.clone();
        (!zips.is_empty()).then(|| Self { zips, ..Self::zip(path.clone(), *given) })
    }

    /// A zip by itself.
    pub fn zip(path: PathBuf, given: Given) -> Self {
        let zips = path.file_name().map(|name| name.to_string_lossy().into_owned()).into_iter().collect();
        Self { path, zips, is_wrong: given == Given::Passphrase, greeted: false }
    }
}
