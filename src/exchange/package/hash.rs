//! SHA-256 as the list writes it.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::list::Entry;

/// 64 hexadecimal digits, small.
pub fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Counts and hashes what is written to it.
#[derive(Default)]
pub struct Hash {
    digest: Sha256,
    bytes: u64,
}

impl Hash {
    /// Size in bytes, and the hash.
    pub fn done(self) -> (u64, String) {
        (self.bytes, hex(&self.digest.finalize()))
    }

    /// Whether what was written is what the list says.
    pub fn is(self, entry: &Entry) -> bool {
        let (bytes, sha256) = self.done();
        bytes == entry.bytes && sha256 == entry.sha256
    }
}

impl Write for Hash {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
