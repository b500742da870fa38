//! Compound files: the container of .xls, and of .docx and .xlsx that are locked with a password.

use super::{COMPOUND_BYTES, GateError, GateFault, within};

const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// The stream of a locked document.
const LOCKED: &str = "EncryptedPackage";
/// Numbers from here on are no sectors.
const FREE_FROM: u32 = 0xFFFF_FFFA;
const MINI_SECTOR: usize = 64;
/// Streams shorter than this stand in the mini stream.
const MINI_BELOW: usize = 4096;

/// True for a compound file, by its first bytes.
pub fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// True for a .docx or .xlsx that is locked with a password: such a one is a compound file.
pub fn is_locked_office(bytes: &[u8]) -> bool {
    let entries = Compound::read(bytes).and_then(|compound| compound.entries()).unwrap_or_default();
    is_compound(bytes) && entries.iter().any(|entry| entry.name == LOCKED)
}

/// The stream of a workbook of Excel 97 to 2003. `file` names it in faults.
pub fn workbook_stream(file: &str, bytes: &[u8]) -> Result<Vec<u8>, GateError> {
    within(bytes, COMPOUND_BYTES).and_then(|()| find(bytes)).map_err(|fault| fault.of(file))
}

fn find(bytes: &[u8]) -> Result<Vec<u8>, GateFault> {
    let compound = Compound::read(bytes).ok_or(GateFault::DamagedSheet)?;
    let entries = compound.entries().ok_or(GateFault::DamagedSheet)?;
    if entries.iter().any(|entry| entry.name == LOCKED) {
        return Err(GateFault::OfficeLocked);
    }
    let workbook = entries.iter().find(|entry| entry.name == "Workbook").ok_or(GateFault::NotSheet)?;
    compound.stream(&entries, workbook).ok_or(GateFault::DamagedSheet)
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// Sector → the next one of its chain.
    next: Vec<u32>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'a> Compound<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut compound = Self { bytes, sector, next: Vec::new() };
        // The table of tables: 109 numbers in the header, then a chain of sectors.
        let mut tables: Vec<u32> = (0..109).map_while(|index| u32_at(bytes, 76 + 4 * index)).collect();
        let mut more = u32_at(bytes, 68)?;
        for _ in 0..compound.sectors() {
            if more >= FREE_FROM {
                break;
            }
            let numbers = u32s(compound.sector_at(more)?);
            let (&last, numbers) = numbers.split_last()?;
            tables.extend(numbers);
            more = last;
        }
        for table in tables.into_iter().filter(|&table| table < FREE_FROM).take(compound.sectors()) {
            compound.next.extend(u32s(compound.sector_at(table)?));
        }
        Some(compound)
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector
    }

    fn sector_at(&self, number: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        // The last sector may be cut short.
        self.bytes.get(start..self.bytes.len().min(start.checked_add(self.sector)?))
    }

    /// A chain of sectors; `None` where it leaves the file or never ends.
    fn chain(&self, mut number: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        for _ in 0..=self.sectors() {
            if number >= FREE_FROM {
                return Some(out);
            }
            out.extend_from_slice(self.sector_at(number)?);
            number = *self.next.get(usize::try_from(number).ok()?)?;
        }
        None
    }

    /// The directory; its first entry is the root, whose stream holds the mini sectors.
    fn entries(&self) -> Option<Vec<Entry>> {
        let directory = self.chain(u32_at(self.bytes, 48)?)?;
        let entries = directory.as_chunks::<128>().0.iter().map(|entry| {
            let characters: Vec<u16> = entry[..64]
                .as_chunks::<2>()
                .0
                .iter()
                .map(|pair| u16::from_le_bytes(*pair))
                .take_while(|&c| c != 0)
                .collect();
            Some(Entry {
                name: String::from_utf16_lossy(&characters),
                start: u32_at(entry, 116)?,
                length: usize::try_from(u32_at(entry, 120)?).ok()?,
            })
        });
        entries.collect()
    }

    fn stream(&self, entries: &[Entry], entry: &Entry) -> Option<Vec<u8>> {
        let mut out = if entry.length < MINI_BELOW {
            let mini = self.chain(entries.first()?.start)?;
            let next = u32s(&self.chain(u32_at(self.bytes, 60)?)?);
            let mut out = Vec::new();
            let mut number = entry.start;
            for _ in 0..=entry.length / MINI_SECTOR {
                if number >= FREE_FROM {
                    break;
                }
                let at = usize::try_from(number).ok()?;
                out.extend_from_slice(mini.get(at * MINI_SECTOR..)?.get(..MINI_SECTOR)?);
                number = *next.get(at)?;
            }
            out
        } else {
            self.chain(entry.start)?
        };
        (out.len() >= entry.length).then(|| {
            out.truncate(entry.length);
            out
        })
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32s(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect()
}
