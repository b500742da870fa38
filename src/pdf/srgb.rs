//! The sRGB profile of the output intent (IEC 61966-2-1), built here: 600 bytes instead of a file with its licence.

/// A four-byte name in a profile.
type Signature = &'static [u8; 4];

/// An ICC profile, version 4.2 (ISO 15076-1): the colour that grey and RGB on our pages mean.
pub fn profile() -> Vec<u8> {
    let curve = parametric([2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045]);
    // Colorants adapted from D65 to D50 by Bradford, as the profile connection space wants them.
    let elements: [(&[Signature], Vec<u8>); 8] = [
        (&[b"desc"], text("sRGB")),
        (&[b"cprt"], text("CC0")),
        (&[b"wtpt"], numbers(b"XYZ ", &[0.9642, 1.0, 0.8249])),
        (&[b"rXYZ"], numbers(b"XYZ ", &[0.43607, 0.22249, 0.01392])),
        (&[b"gXYZ"], numbers(b"XYZ ", &[0.38515, 0.71687, 0.09708])),
        (&[b"bXYZ"], numbers(b"XYZ ", &[0.14307, 0.06061, 0.71410])),
        (&[b"rTRC", b"gTRC", b"bTRC"], curve),
        (
            &[b"chad"],
            numbers(b"sf32", &[1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168]),
        ),
    ];
    let count: usize = elements.iter().map(|(tags, _)| tags.len()).sum();
    let first = 128 + 4 + 12 * count;
    let (mut table, mut data) = (Vec::new(), Vec::new());
    for (tags, element) in elements {
        for tag in tags {
            table.extend_from_slice(*tag);
            table.extend_from_slice(&((first + data.len()) as u32).to_be_bytes());
            table.extend_from_slice(&(element.len() as u32).to_be_bytes());
        }
        data.extend(element);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = header((first + data.len()) as u32);
    profile.extend_from_slice(&(count as u32).to_be_bytes());
    profile.extend(table);
    profile.extend(data);
    profile
}

fn header(size: u32) -> Vec<u8> {
    let mut header = Vec::with_capacity(128);
    header.extend_from_slice(&size.to_be_bytes());
    header.extend_from_slice(&[0; 4]);
    header.extend_from_slice(&[0x04, 0x20, 0, 0]);
    header.extend_from_slice(b"mntrRGB XYZ ");
    // A date is required; it is that of the standard's year, not of the run.
    for part in [2010u16, 1, 1, 0, 0, 0] {
        header.extend_from_slice(&part.to_be_bytes());
    }
    header.extend_from_slice(b"acsp");
    header.resize(68, 0);
    for value in [0.9642, 1.0, 0.8249] {
        header.extend_from_slice(&fixed(value));
    }
    header.resize(128, 0);
    header
}

/// s15Fixed16Number.
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65536.0).round() as i32).to_be_bytes()
}

fn numbers(kind: Signature, values: &[f64]) -> Vec<u8> {
    let mut element = kind.to_vec();
    element.extend_from_slice(&[0; 4]);
    values.iter().for_each(|&value| element.extend_from_slice(&fixed(value)));
    element
}

/// The curve of function type 3: a power with a straight beginning.
fn parametric(parameters: [f64; 5]) -> Vec<u8> {
    let mut element = b"para\0\0\0\0\0\x03\0\0".to_vec();
    parameters.iter().for_each(|&value| element.extend_from_slice(&fixed(value)));
    element
}

/// multiLocalizedUnicodeType with one record.
fn text(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut element = b"mluc\0\0\0\0".to_vec();
    for number in [1, 12] {
        element.extend_from_slice(&u32::to_be_bytes(number));
    }
    element.extend_from_slice(b"enUS");
    element.extend_from_slice(&(units.len() as u32).to_be_bytes());
    element.extend_from_slice(&28u32.to_be_bytes());
    element.extend(units);
    element
}
