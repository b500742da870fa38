//! Compresses font programs glyph by glyph: forms share most of their characters, and a glyph that was compressed for
//! one document need not be compressed again for the next. Each piece is compressed by itself, so that the bytes are
//! the same whether it was met before or not.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use flate2::{Compress, Compression, FlushCompress};

/// A part of a program, as deflate blocks that look back to nothing and end at a whole byte.
#[derive(Clone)]
struct Piece {
    blocks: Vec<u8>,
    adler: u32,
}

/// Pieces by what they hold. About 10 MB when full: a whole face of Chinese.
static PIECES: LazyLock<Mutex<HashMap<Vec<u8>, Piece>>> = LazyLock::new(Mutex::default);
const MOST_PIECES: usize = 8_192;

/// Window and method, and a level that nobody reads (RFC 1950).
const ZLIB_HEADER: [u8; 2] = [0x78, 0x01];
/// The last block, empty.
const END: [u8; 2] = [0x03, 0x00];

/// A TrueType program as a zlib stream; `None` where it cannot be read as one.
pub fn deflated(program: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = Compress::new(Compression::best(), false);
    let mut pieces = PIECES.lock().unwrap_or_else(PoisonError::into_inner);
    let mut stream = Vec::with_capacity(program.len());
    stream.extend(ZLIB_HEADER);
    let mut adler = 1;
    let mut from = 0;
    for to in cuts(program)?.into_iter().chain([program.len()]) {
        let part = program.get(from..to)?;
        from = to;
        if part.is_empty() {
            continue;
        }
        if let Some(known) = pieces.get(part) {
            stream.extend_from_slice(&known.blocks);
            adler = joined(adler, known.adler, part.len());
            continue;
        }
        let piece = piece(&mut encoder, part)?;
        stream.extend_from_slice(&piece.blocks);
        adler = joined(adler, piece.adler, part.len());
        // Tables are of one document only.
        if part.len() < LARGEST_GLYPH && pieces.len() < MOST_PIECES {
            pieces.insert(part.to_vec(), piece);
        }
    }
    stream.extend(END);
    stream.extend(adler.to_be_bytes());
    Some(stream)
}

const LARGEST_GLYPH: usize = 4_096;

/// Where glyphs begin and end in a program, in order: what its loca table says (OpenType 1.9, loca).
fn cuts(program: &[u8]) -> Option<Vec<usize>> {
    let table = |tag: &[u8; 4]| {
        let count = usize::from(u16::from_be_bytes(*program.get(4..)?.first_chunk()?));
        let record = program.get(12..)?.chunks_exact(16).take(count).find(|record| record.starts_with(tag))?;
        let number = |at: usize| Some(u32::from_be_bytes(*record.get(at..)?.first_chunk()?) as usize);
        Some((number(8)?, number(12)?))
    };
    let (glyf, glyf_length) = table(b"glyf")?;
    let (loca, loca_length) = table(b"loca")?;
    let (head, _) = table(b"head")?;
    let long = program.get(head.checked_add(50)?..)?.first_chunk::<2>()? != &[0, 0];
    let loca = program.get(loca..loca.checked_add(loca_length)?)?;
    let cuts: Vec<usize> = if long {
        loca.chunks_exact(4)
            .map(|entry| glyf + u32::from_be_bytes([entry[0], entry[1], entry[2], entry[3]]) as usize)
            .collect()
    } else {
        loca.chunks_exact(2).map(|entry| glyf + 2 * usize::from(u16::from_be_bytes([entry[0], entry[1]]))).collect()
    };
    let end = glyf.checked_add(glyf_length)?;
    (cuts.is_sorted() && cuts.last().is_some_and(|&last| last <= end) && end <= program.len()).then_some(cuts)
}

fn piece(encoder: &mut Compress, part: &[u8]) -> Option<Piece> {
    encoder.reset();
    // Room for blocks that are stored as they are, and for the mark at the end.
    let mut blocks = Vec::with_capacity(part.len() + part.len() / 8 + 64);
    encoder.compress_vec(part, &mut blocks, FlushCompress::Full).ok()?;
    let all = encoder.total_in() == part.len() as u64 && blocks.len() < blocks.capacity();
    all.then(|| Piece { blocks, adler: adler32(part) })
}

const ADLER_BASE: u32 = 65_521;

/// The check sum of RFC 1950.
fn adler32(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    // As many as 32 bits hold without a division between.
    for chunk in bytes.chunks(5_552) {
        for &byte in chunk {
            a += u32::from(byte);
            b += a;
        }
        a %= ADLER_BASE;
        b %= ADLER_BASE;
    }
    b << 16 | a
}

/// The check sum of two parts, from that of each and the length of the second.
fn joined(first: u32, second: u32, second_length: usize) -> u32 {
    let base = u64::from(ADLER_BASE);
    let (a1, b1) = (u64::from(first & 0xFFFF), u64::from(first >> 16));
    let (a2, b2) = (u64::from(second & 0xFFFF), u64::from(second >> 16));
    let length = second_length as u64 % base;
    // The second part began with 1 where the first had already come to a1.
    let ahead = (a1 + base - 1) % base;
    let a = (ahead + a2) % base;
    let b = (b1 + b2 + length * ahead) % base;
    (b as u32) << 16 | a as u32
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use subsetter::GlyphRemapper;

    use super::*;
    use crate::fonts::{Face, Fonts};

    fn inflated(stream: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        // Fails where the check sum is not that of the content.
        flate2::read::ZlibDecoder::new(stream).read_to_end(&mut plain).unwrap();
        plain
    }

    #[test]
    fn programs_come_out_as_they_went_in() {
        let cases = [
            (Face::FangSong, "推荐申报表，。"),
            (Face::LatinSerif, "ABC äöü ½ 2021"),
            (Face::TitleSong, "杭州市首席技师认定申报表"),
            (Face::ExtB, "𠮷𪛖"),
            (Face::Hei, ""),
        ];
        for (face, text) in cases {
            let loaded = Fonts::shared().unwrap().face(face).unwrap();
            let mut remapper = GlyphRemapper::new();
            text.chars().filter_map(|character| loaded.glyph_id(character)).for_each(|glyph| {
                remapper.remap(glyph);
            });
            let program = subsetter::subset(loaded.data(), 0, &remapper).unwrap();
            let first = deflated(&program).unwrap();
            assert!(inflated(&first) == program, "{face:?}");
            assert!(deflated(&program).unwrap() == first, "{face:?}: the same from memory");
        }
    }

    #[test]
    fn what_is_no_program_is_left_alone() {
        let program = b"\0\x01\0\0\0\x01\0\0\0\0\0\0glyf\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF".to_vec();
        for length in 0..=program.len() {
            assert_eq!(deflated(&program[..length]), None);
        }
    }
}
