//! What the parser will hold in memory of a PDF, estimated before it begins: every value of an object takes far more room
//! there than in the file, and an empty list of two bytes takes the most.
//!
//! Streams are passed over, for the parser keeps them as they are, but for those of packed objects: it unpacks them. (An
//! encrypted one cannot be looked into here; it is bounded by what one stream may unpack to.)

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use super::claims;
use crate::exchange::gate::PDF_STREAM_BYTES;

/// Measured with lopdf 0.44: a number in a list, a name (as a key less, as a value more), an empty list, an object.
const VALUE: usize = 120;
const NAME: usize = 90;
const CONTAINER: usize = 480;
const OBJECT: usize = 300;

/// Whether it is more than `limit` bytes, or cannot be told: the parser goes to objects by their offsets, so that none may
/// hide in what is passed over here. Ends as soon as that is known.
pub fn exceeds(bytes: &[u8], limit: usize) -> bool {
    let mut scale = Scale { weight: 0, limit };
    scale.weigh(bytes, true);
    scale.weight > limit
}

struct Scale {
    weight: usize,
    limit: usize,
}

impl Scale {
    /// True where every bracket and string that opens in the text is closed in it.
    fn weigh(&mut self, bytes: &[u8], may_have_streams: bool) -> bool {
        let mut rest = bytes;
        let mut packing = Packing::default();
        let mut depth = 0_i64;
        // Numbers in a row: two before R or obj are part of one value, and weighed only until that is known.
        let mut numbers = 0;
        while let ([byte, after @ ..], true) = (rest, self.weight <= self.limit + 2 * VALUE) {
            rest = after;
            match byte {
                b'%' => rest = self.behind(after, end_of_line(after)).unwrap_or_default(),
                b'(' => {
                    self.weight += VALUE;
                    let Some(after) = self.behind(after, end_of_string(after)) else { return false };
                    rest = after;
                }
                b'[' => {
                    self.weight += CONTAINER;
                    depth += 1;
                }
                b'<' if after.first() == Some(&b'<') => {
                    self.weight += CONTAINER;
                    depth += 1;
                    rest = &after[1..];
                }
                b'<' => {
                    self.weight += VALUE;
                    let end = after.iter().position(|&byte| byte == b'>');
                    let Some(after) = self.behind(after, end) else { return false };
                    rest = after;
                }
                b'/' => {
                    self.weight += NAME;
                    rest = &after[word_length(after)..];
                    packing.note(&claims::name(after).0, rest);
                }
                b']' => depth -= 1,
                b'>' if after.first() == Some(&b'>') => {
                    depth -= 1;
                    rest = &after[1..];
                }
                b'>' | b')' | b'{' | b'}' => {}
                byte if is_blank(*byte) => {}
                _ => {
                    let (word, after) = bytes[bytes.len() - after.len() - 1..].split_at(1 + word_length(after));
                    rest = after;
                    match word {
                        b"R" | b"obj" => {
                            self.weight += if word == b"R" { VALUE } else { OBJECT };
                            self.weight -= numbers.min(2) * VALUE;
                            if word == b"obj" {
                                packing = Packing::default();
                            }
                        }
                        b"endobj" => {}
                        b"stream" if may_have_streams => {
                            if std::mem::take(&mut packing.is_packed) {
                                self.weigh_packed(behind_line(after), &packing);
                            }
                            rest = behind_stream(after);
                        }
                        _ => self.weight += VALUE,
                    }
                    numbers = if word.iter().all(u8::is_ascii_digit) { numbers + 1 } else { 0 };
                    continue;
                }
            }
            if !is_blank(*byte) {
                numbers = 0;
            }
        }
        depth <= 0
    }

    /// What follows a comment or string that ends at `end`; `None`: it has no end.
    fn behind<'a>(&mut self, bytes: &'a [u8], end: Option<usize>) -> Option<&'a [u8]> {
        if object_within(&bytes[..end.unwrap_or(bytes.len())]).is_some() {
            self.refuse();
        }
        bytes.get(end? + 1..)
    }

    /// Heavier than anything.
    fn refuse(&mut self) {
        self.weight = self.weight.max(self.limit + 4 * VALUE);
    }

    /// A stream of packed objects. Honest ones are plain, or packed in the one way that can be looked into here.
    fn weigh_packed(&mut self, data: &[u8], packing: &Packing) {
        let most = PDF_STREAM_BYTES.min(self.limit - self.weight.min(self.limit)) + 1;
        match packing.filter() {
            Filter::None => {
                let end = end_of_stream(data).unwrap_or(data.len());
                self.weigh_objects(&data[..end.min(most)], packing.first);
            }
            Filter::Flate => {
                let mut text = Vec::new();
                // What came out before a fault counts. Where nothing did, the parser goes on without the head.
                let unpacked = ZlibDecoder::new(data).take(most as u64).read_to_end(&mut text);
                if let (Err(_), true, Some(headless)) = (unpacked, text.is_empty(), data.get(2..)) {
                    let _ = DeflateDecoder::new(headless).take(most as u64).read_to_end(&mut text);
                }
                self.weigh_objects(&text, packing.first);
            }
            Filter::Other => self.refuse(),
        }
    }

    /// Numbers and offsets of objects, and from `first` on the objects, which the parser reads each from its offset. Those
    /// of an honest file lie one behind the other.
    fn weigh_objects(&mut self, text: &[u8], first: Option<i64>) {
        self.weight += text.len();
        // Without them the parser reads none.
        let first = first.and_then(|first| usize::try_from(first).ok());
        let Some((index, objects)) = first.and_then(|first| text.split_at_checked(first)) else { return };
        let Ok(index) = std::str::from_utf8(index) else { return };
        let numbers: Vec<Option<u32>> = index.split_whitespace().map(|number| number.parse().ok()).collect();
        let pairs = numbers.chunks_exact(2).filter_map(|pair| pair[0].and(pair[1]));
        let mut offsets: Vec<usize> = pairs.filter_map(|offset| usize::try_from(offset).ok()).collect();
        offsets.sort_unstable();
        let ends = offsets.iter().skip(1).copied().chain([objects.len()]);
        for (&start, end) in offsets.iter().zip(ends) {
            self.weight += OBJECT;
            match objects.get(start..end) {
                Some(object) if !object.is_empty() && self.weigh(object, false) => {}
                _ => self.refuse(),
            }
            if self.weight > self.limit {
                return;
            }
        }
    }
}

/// What an object's names say of how objects are packed in it.
#[derive(Default)]
struct Packing {
    is_packed: bool,
    first: Option<i64>,
    /// How often the filter is named, and how often it is Flate and nothing else.
    filters: usize,
    flate: usize,
    is_odd: bool,
}

enum Filter {
    None,
    Flate,
    Other,
}

impl Packing {
    fn note(&mut self, name: &[u8], value: &[u8]) {
        match name {
            b"ObjStm" => self.is_packed = true,
            b"First" => {
                self.is_odd |= self.first.is_some();
                self.first = claims::number(value);
            }
            b"Filter" => {
                self.filters += 1;
                self.flate += usize::from(is_flate_alone(value));
            }
            b"DecodeParms" => self.is_odd = true,
            _ => {}
        }
    }

    fn filter(&self) -> Filter {
        match (self.filters, self.flate, self.is_odd) {
            (0, _, false) => Filter::None,
            (1, 1, false) => Filter::Flate,
            _ => Filter::Other,
        }
    }
}

/// `/FlateDecode` or `[/FlateDecode]`.
fn is_flate_alone(value: &[u8]) -> bool {
    let value = claims::blank(value);
    let list = value.strip_prefix(b"[").map(claims::blank);
    let Some(named) = list.unwrap_or(value).strip_prefix(b"/") else { return false };
    let (name, after) = claims::name(named);
    name == b"FlateDecode" && (list.is_none() || claims::blank(after).starts_with(b"]"))
}

/// Bytes up to the next blank or delimiter.
fn word_length(bytes: &[u8]) -> usize {
    bytes.iter().position(|&byte| is_blank(byte) || is_delimiter(byte)).unwrap_or(bytes.len())
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0
}

fn is_delimiter(byte: u8) -> bool {
    b"()<>[]{}/%".contains(&byte)
}

fn end_of_line(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| matches!(byte, b'\n' | b'\r'))
}

/// Where the bracket is that closes a string; brackets in it are in pairs or escaped.
fn end_of_string(bytes: &[u8]) -> Option<usize> {
    let mut depth = 1_usize;
    let mut escaped = false;
    bytes.iter().position(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// What follows the end of the line on which the word stream stands.
fn behind_line(bytes: &[u8]) -> &[u8] {
    let blanks = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let data = &bytes[blanks..];
    let data = data.strip_prefix(b"\r").unwrap_or(data);
    data.strip_prefix(b"\n").unwrap_or(data)
}

const END: &[u8] = b"endstream";

fn end_of_stream(bytes: &[u8]) -> Option<usize> {
    bytes.windows(END.len()).position(|window| window == END)
}

/// What follows a stream, or begins with an object in it; one without an end reaches to the end of the file.
fn behind_stream(bytes: &[u8]) -> &[u8] {
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| matches!(byte, b'e' | b'o' | b't')) {
        at += next;
        if let Some(after) = bytes[at..].strip_prefix(END) {
            return after;
        }
        if begins_object(bytes, at) {
            return &bytes[at..];
        }
        at += 1;
    }
    &[]
}

fn object_within(bytes: &[u8]) -> Option<usize> {
    (0..bytes.len()).find(|&at| begins_object(bytes, at))
}

/// Whether an object that can be heavy begins here as the parser reads one, or a trailer. Packed bytes look so by chance
/// once in 10^12.
fn begins_object(bytes: &[u8], at: usize) -> bool {
    let is_behind_number = || at > 0 && (is_blank(bytes[at - 1]) || bytes[at - 1].is_ascii_digit());
    let after = match &bytes[at..] {
        [b'o', b'b', b'j', after @ ..] if is_behind_number() => after,
        [b't', b'r', b'a', b'i', b'l', b'e', b'r', after @ ..] => after,
        _ => return false,
    };
    let blanks = after.iter().take_while(|&&byte| is_blank(byte)).count();
    let after = &after[blanks..];
    after.starts_with(b"[") || after.starts_with(b"<<") || after.starts_with(b"%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_objects_are_weighed_too() {
        let text = format!("9 0 {}", "[]".repeat(1000));
        let mut packer = flate2::read::ZlibEncoder::new(text.as_bytes(), flate2::Compression::best());
        let mut packed = Vec::new();
        packer.read_to_end(&mut packed).unwrap();
        let packed_weight = OBJECT + 1000 * CONTAINER + text.len();
        for (kind, weight) in [("ObjStm", packed_weight), ("Obj#53tm", packed_weight), ("XObject", 0)] {
            let head = format!("1 0 obj <</Type/{kind}/First 4/Filter/FlateDecode>> stream \r\n");
            let file = [head.as_bytes(), &packed, b"\nendstream endobj 2 0 obj"].concat();
            let rest = 2 * OBJECT + CONTAINER + 5 * NAME + VALUE;
            assert!(!exceeds(&file, rest + weight) && exceeds(&file, rest + weight - 1), "{kind}");
        }
    }

    /// What the parser finds by an offset is never passed over, and what cannot be looked into is never let through.
    #[test]
    fn nothing_hides() {
        let stream =
            |entries: &str, data: &str| format!("1 0 obj <</Type/ObjStm{entries}>> stream\n{data}\nendstream ");
        let cases = [
            ("honest, plain", stream("/First 8", "1 0 2 3 [1](a)"), false),
            ("honest, as a list", stream("/First 4/Filter [ /FlateDecode ]", ""), false),
            ("a filter before", stream("/First 4/Filter[/ASCII85Decode/FlateDecode]", ""), true),
            ("another filter", stream("/First 4/Filter/LZWDecode", ""), true),
            ("a filter that is led to", stream("/First 4/Filter 5 0 R", ""), true),
            ("two filters", stream("/First 4/Filter/FlateDecode/Filter null", ""), true),
            ("a predictor", stream("/First 4/Filter/FlateDecode/DecodeParms<</Predictor 12>>", ""), true),
            ("two beginnings", stream("/First 4/First 8", ""), true),
            ("one object twice", stream("/First 8", "1 0 2 0 [1]"), true),
            ("one object in another", stream("/First 8", "1 0 2 1 [[1]]"), true),
            ("one object in a string", stream("/First 8", "1 0 2 1 ([1])"), true),
            ("beyond the end", stream("/First 4", "1 9 [1]"), true),
            ("in a comment", "%1 0 obj[1]\n".to_owned(), true),
            ("in a string", "(1 0 obj <<>>)".to_owned(), true),
            ("in a string without an end", "( 1 0 obj\n<<>>".to_owned(), true),
            ("in hexadecimal", "<1 0 obj[1]".to_owned(), true),
            ("words of a string", "(an obj and a trailer)".to_owned(), false),
        ];
        for (case, text, beyond) in cases {
            assert_eq!(exceeds(text.as_bytes(), 100_000), beyond, "{case}");
        }
        // In a stream an object is weighed as elsewhere.
        for (text, weight) in [
            ("stream\n1 0 obj[[]]endstream", OBJECT + 2 * CONTAINER + VALUE),
            ("stream\ntrailer <<>> endstream", 2 * VALUE + CONTAINER),
        ] {
            assert!(!exceeds(text.as_bytes(), weight) && exceeds(text.as_bytes(), weight - 1), "{text}");
        }
    }

    #[test]
    fn values_are_weighed_where_they_stand() {
        let cases: [(&str, usize); 11] = [
            ("", 0),
            ("  \n\0 % a comment [ [ [\r", 0),
            ("1 0 obj 5 endobj", OBJECT + VALUE),
            ("[1 0 R 2 0 R]", CONTAINER + 2 * VALUE),
            ("[ R R obj]", CONTAINER + 2 * VALUE + OBJECT),
            ("[1 2 3]", CONTAINER + 3 * VALUE),
            ("<</A 1/B<41 42>>>", CONTAINER + 2 * NAME + 2 * VALUE),
            ("(a (b) \\) [ [) /N", VALUE + NAME),
            ("[][][]", 3 * CONTAINER),
            ("<<>> stream\n[[[[ 1 2 3 endstrea endstream 7", CONTAINER + VALUE),
            ("stream\nwithout an end [[[[", 0),
        ];
        for (text, weight) in cases {
            let within = !exceeds(text.as_bytes(), weight);
            let beyond = weight == 0 || exceeds(text.as_bytes(), weight - 1);
            assert!(within && beyond, "{text}");
        }
    }
}
