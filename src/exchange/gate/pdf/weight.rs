//! What the parser will hold in memory of a PDF, estimated before it begins: every value of an object takes far more room
//! there than in the file, and an empty list of two bytes takes the most.
//!
//! Streams are passed over: the parser keeps them as they are. (What is packed in streams of objects is bounded by their
//! number and by what one may unpack to.)

/// Measured with lopdf 0.44: a number in a list, a list or dictionary with one value, an object.
const VALUE: usize = 120;
const CONTAINER: usize = 480;
const OBJECT: usize = 300;

/// Whether it is more than `limit` bytes. Ends as soon as that is known.
pub fn exceeds(bytes: &[u8], limit: usize) -> bool {
    let mut weight = 0;
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        rest = after;
        match byte {
            b'%' => rest = behind(after, |byte| matches!(byte, b'\n' | b'\r')),
            b'(' => {
                weight += VALUE;
                rest = behind_string(after);
            }
            b'[' => weight += CONTAINER,
            b'<' if after.first() == Some(&b'<') => {
                weight += CONTAINER;
                rest = &after[1..];
            }
            b'<' => {
                weight += VALUE;
                rest = behind(after, |byte| byte == b'>');
            }
            b'>' | b']' | b')' | b'{' | b'}' => {}
            byte if is_blank(*byte) => {}
            _ => {
                let length = after.iter().position(|&byte| is_blank(byte) || is_delimiter(byte)).unwrap_or(after.len());
                let word = &bytes[bytes.len() - after.len() - 1..][..length + 1];
                rest = &after[length..];
                match word {
                    b"obj" => weight += OBJECT,
                    b"stream" => rest = behind_stream(rest),
                    _ => weight += VALUE,
                }
            }
        }
        if weight > limit {
            return true;
        }
    }
    false
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
    fn values_are_weighed_where_they_stand() {
        let cases: [(&str, usize); 9] = [
            ("", 0),
            ("  \n\0 % a comment [ [ [\r", 0),
            ("1 0 obj", 2 * VALUE + OBJECT),
            ("[1 2 3]", CONTAINER + 3 * VALUE),
            ("<</A 1/B<41 42>>>", CONTAINER + 4 * VALUE),
            ("(a (b) \\) [ [) /N", 2 * VALUE),
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
