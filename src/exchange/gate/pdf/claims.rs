//! Numbers that the parser believes before it has seen the data: it would allocate or loop by them.

use std::collections::HashMap;

/// Above all real widths of fields and glyphs.
const WIDTH: i64 = 65_535;
/// Above all real rows of pixels or fields.
const COLUMNS: i64 = 100_000;
const COLORS: i64 = 32;
const BITS: i64 = 32;

/// True where a cross-reference stream has fields without width, or a row of fields or pixels is wider than any.
/// Looks at the bytes as they stand: the streams that the parser unpacks while loading are never packed themselves.
pub fn are_absurd(bytes: &[u8]) -> bool {
    names(bytes).any(|(name, value)| match name.as_slice() {
        b"W" => blank(value).strip_prefix(b"[").is_some_and(widths_are_absurd),
        b"Columns" => exceeds(value, COLUMNS),
        b"Colors" => exceeds(value, COLORS),
        b"BitsPerComponent" => exceeds(value, BITS),
        _ => false,
    })
}

/// How many objects the parser would keep, or look for: those that stand in the file, those that packed ones announce,
/// and the entries of the tables that lead to them, whatever is the most.
pub fn objects(bytes: &[u8]) -> usize {
    let (mut packed, mut listed) = (0, 0);
    for (name, value) in names(bytes) {
        let number = |value| integer(value).map_or(0, |(number, _)| usize::try_from(number).unwrap_or_default());
        match name.as_slice() {
            b"N" => packed += number(blank(value)),
            b"Size" => listed = listed.max(number(blank(value))),
            b"Index" => listed = listed.max(blank(value).strip_prefix(b"[").map_or(0, sum)),
            _ => {}
        }
    }
    let entries = count(bytes, b" 00000 n").max(count(bytes, b" 00000 f"));
    count(bytes, b" obj").saturating_add(packed).max(listed).max(entries)
}

/// Entries of classic tables that may lead to one place: an object that later updates list again. The parser keeps what it
/// reads for each.
const MEETING: usize = 16;

/// True where so many entries of classic tables lead to one place that one heavy object would be kept as often.
pub fn entries_meet(bytes: &[u8]) -> bool {
    let mut met: HashMap<i64, usize> = HashMap::new();
    let ends = bytes.windows(2).enumerate().filter(|(_, pair)| *pair == b" n").map(|(at, _)| at);
    ends.filter_map(|end| entry_offset(bytes.get(..end)?)).any(|offset| {
        let count = met.entry(offset).or_default();
        *count += 1;
        *count > MEETING
    })
}

/// The offset of a table's entry that ends in its generation number; `None`: this is none, or leads to no object.
fn entry_offset(entry: &[u8]) -> Option<i64> {
    let digits = |bytes: &[u8]| bytes.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (before, generation) = entry.split_at(entry.len() - digits(entry));
    let before = before.strip_suffix(b" ")?;
    let (_, offset) = before.split_at(before.len() - digits(before));
    if generation.is_empty() {
        return None;
    }
    integer(offset).map(|(offset, _)| offset).filter(|&offset| offset > 0)
}

/// The whole numbers at the head of a list, together.
fn sum(mut list: &[u8]) -> usize {
    let mut sum = 0_usize;
    while let Some((number, rest)) = integer(blank(list)) {
        sum = sum.saturating_add(usize::try_from(number).unwrap_or_default());
        list = rest;
    }
    sum
}

fn count(bytes: &[u8], wanted: &[u8]) -> usize {
    let mut rest = bytes;
    let mut count = 0;
    while let Some(at) = rest.iter().position(|&byte| byte == wanted[0]) {
        rest = &rest[at..];
        count += usize::from(rest.starts_with(wanted));
        rest = &rest[1..];
    }
    count
}

/// Every name with what follows it.
fn names(bytes: &[u8]) -> impl Iterator<Item = (Vec<u8>, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let at = rest.iter().position(|&byte| byte == b'/')?;
        rest = &rest[at + 1..];
        Some(name(rest))
    })
}

/// The first three are a cross-reference stream's; of a font they are one run of glyphs.
fn widths_are_absurd(mut list: &[u8]) -> bool {
    let mut sum = 0;
    for _ in 0..3 {
        let Some((width, rest)) = integer(blank(list)) else { return false };
        if !(0..=WIDTH).contains(&width) {
            return true;
        }
        sum += width;
        list = rest;
    }
    sum == 0
}

fn exceeds(value: &[u8], limit: i64) -> bool {
    integer(blank(value)).is_some_and(|(number, _)| number > limit)
}

/// The longest name that matters.
const NAME: usize = 16;

/// A name with its #xx escapes resolved, as far as it matters, and what follows it.
pub fn name(bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut name = Vec::new();
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        if byte.is_ascii_whitespace() || b"\0()<>[]{}/%".contains(byte) || name.len() > NAME {
            break;
        }
        let escaped = (*byte == b'#').then(|| Some((after.first_chunk::<2>()?, after.get(2..)?))).flatten();
        let decoded = escaped
            .and_then(|(hex, after)| Some((u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?, after)));
        let (byte, after) = decoded.unwrap_or((*byte, after));
        name.push(byte);
        rest = after;
    }
    (name, rest)
}

/// Without the white space and comments at the head.
pub fn blank(mut bytes: &[u8]) -> &[u8] {
    loop {
        match bytes {
            [b'%', ..] => {
                let end = bytes.iter().position(|&byte| matches!(byte, b'\n' | b'\r')).unwrap_or(bytes.len());
                bytes = &bytes[end..];
            }
            [byte, rest @ ..] if byte.is_ascii_whitespace() || *byte == 0 => bytes = rest,
            _ => return bytes,
        }
    }
}

/// The whole number at the head.
pub fn number(bytes: &[u8]) -> Option<i64> {
    integer(blank(bytes)).map(|(number, _)| number)
}

/// A whole number and what follows it; one too long counts as the largest.
fn integer(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let signed = bytes.strip_prefix(b"+").or_else(|| bytes.strip_prefix(b"-"));
    let digits = signed.unwrap_or(bytes);
    let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = digits.split_at(count);
    let value = number.iter().fold(0i64, |sum, digit| sum.saturating_mul(10).saturating_add((digit - b'0').into()));
    let sign = if bytes.starts_with(b"-") { -1 } else { 1 };
    (count > 0).then_some((sign * value, rest))
}
