//! What the parser will hold in memory of a PDF, estimated before it begins: every value of an object takes far more room
//! there than in the file, and an empty list of two bytes takes the most.
//!
//! Streams are passed over, for the parser keeps them as they are, but for those of packed objects: it unpacks them. (An
//! encrypted one cannot be looked into here; it is bounded by what one stream may unpack to.)

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::claims;
use crate::exchange::gate::PDF_STREAM_BYTES;

/// Measured with lopdf 0.44: a number in a list, a name (as a key less, as a value more), an empty list, an object.
const VALUE: usize = 120;
const NAME: usize = 90;
const CONTAINER: usize = 480;
const OBJECT: usize = 300;

/// Whether it is more than `limit` bytes. Ends as soon as that is known.
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
    fn weigh(&mut self, bytes: &[u8], may_have_streams: bool) {
        let mut rest = bytes;
        let mut is_packed = false;
        // Numbers in a row: two before R or obj are part of one value, and weighed only until that is known.
        let mut numbers = 0;
        while let ([byte, after @ ..], true) = (rest, self.weight <= self.limit + 2 * VALUE) {
            rest = after;
            match byte {
                b'%' => rest = behind(after, |byte| matches!(byte, b'\n' | b'\r')),
                b'(' => {
                    self.weight += VALUE;
                    rest = behind_string(after);
                }
                b'[' => self.weight += CONTAINER,
                b'<' if after.first() == Some(&b'<') => {
                    self.weight += CONTAINER;
                    rest = &after[1..];
                }
                b'<' => {
                    self.weight += VALUE;
                    rest = behind(after, |byte| byte == b'>');
                }
                b'/' => {
                    self.weight += NAME;
                    rest = &after[word_length(after)..];
                    is_packed |= claims::name(after).0 == b"ObjStm";
                }
                b'>' | b']' | b')' | b'{' | b'}' => {}
                byte if is_blank(*byte) => {}
                _ => {
                    let (word, after) = bytes[bytes.len() - after.len() - 1..].split_at(1 + word_length(after));
                    rest = after;
                    match word {
                        b"R" | b"obj" => {
                            self.weight += if word == b"R" { VALUE } else { OBJECT };
                            self.weight -= numbers.min(2) * VALUE;
                            is_packed &= word == b"R";
                        }
                        b"endobj" => {}
                        b"stream" if may_have_streams => {
                            if is_packed {
                                self.weigh_packed(after);
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
    }

    /// What stands at the start of a stream of packed objects. What does not unpack here is the parser's to refuse.
    fn weigh_packed(&mut self, data: &[u8]) {
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let mut text = Vec::new();
        let most = PDF_STREAM_BYTES.min(self.limit - self.weight.min(self.limit)) + 1;
        // What came out before a fault counts.
        let _ = ZlibDecoder::new(data).take(most as u64).read_to_end(&mut text);
        self.weight += text.len();
        self.weigh(&text, false);
    }
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

/// What follows the first byte that `ends`.
fn behind(bytes: &[u8], ends: impl Fn(u8) -> bool) -> &[u8] {
    let at = bytes.iter().position(|&byte| ends(byte)).map_or(bytes.len(), |at| at + 1);
    &bytes[at..]
}

/// What follows the bracket that closes a string; brackets in it are in pairs or escaped.
fn behind_string(bytes: &[u8]) -> &[u8] {
    let mut depth = 1_usize;
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return &bytes[at + 1..],
            b')' => depth -= 1,
            _ => {}
        }
    }
    &[]
}

/// One without an end reaches to the end of the file.
fn behind_stream(bytes: &[u8]) -> &[u8] {
    const END: &[u8] = b"endstream";
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|&byte| byte == END[0]) {
        rest = &rest[at..];
        match rest.strip_prefix(END) {
            Some(after) => return after,
            None => rest = &rest[1..],
        }
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_objects_are_weighed_too() {
        let text = "[]".repeat(1000);
        let mut packer = flate2::read::ZlibEncoder::new(text.as_bytes(), flate2::Compression::best());
        let mut packed = Vec::new();
        packer.read_to_end(&mut packed).unwrap();
        for (kind, weight) in
            [("ObjStm", 1000 * CONTAINER + text.len()), ("Obj#53tm", 1000 * CONTAINER + text.len()), ("XObject", 0)]
        {
            let head = format!("1 0 obj <</Type/{kind}>> stream\r\n");
            let file = [head.as_bytes(), &packed, b"\nendstream endobj 2 0 obj"].concat();
            let rest = 2 * OBJECT + CONTAINER + 2 * NAME;
            assert!(!exceeds(&file, rest + weight) && exceeds(&file, rest + weight - 1), "{kind}");
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
