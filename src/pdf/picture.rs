//! Pictures as image objects: JPEG files and plain PNG files as they are, the rest as pixels.

use std::io::Cursor;
use std::sync::Arc;

use image::{DynamicImage, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use lopdf::{Dictionary, Object, Stream, dictionary};

use crate::pages::{Picture, PictureFormat};

/// Where the unit square of an image goes: `[left, bottom, width, height]` in points, turned upright by its EXIF
/// orientation 1 to 8 (anything else: 1).
pub fn matrix([x, y, w, h]: [f32; 4], orientation: u8) -> [f32; 6] {
    match orientation {
        2 => [-w, 0.0, 0.0, h, x + w, y],
        3 => [-w, 0.0, 0.0, -h, x + w, y + h],
        4 => [w, 0.0, 0.0, -h, x, y + h],
        5 => [0.0, -h, -w, 0.0, x + w, y + h],
        6 => [0.0, -h, w, 0.0, x, y + h],
        7 => [0.0, h, w, 0.0, x, y],
        8 => [0.0, h, -w, 0.0, x + w, y],
        _ => [w, 0.0, 0.0, h, x, y],
    }
}

/// The image object of a picture; `None` when its bytes are no picture. A JPEG that nobody else holds is moved, not
/// copied: a binder has many.
pub fn stream(picture: Arc<Picture>) -> Option<Stream> {
    let as_it_is = match picture.format {
        PictureFormat::Jpeg => match jpeg(&picture.bytes) {
            Some(dictionary) => {
                let bytes = Arc::try_unwrap(picture).map_or_else(|shared| shared.bytes.clone(), |own| own.bytes);
                return Some(Stream::new(dictionary, bytes).with_compression(false));
            }
            None => None,
        },
        PictureFormat::Png => png(&picture.bytes),
    };
    as_it_is.or_else(|| pixels(&picture))
}

fn image_dictionary(width: u32, height: u32, colours: impl Into<Object>, bits: u8) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => colours.into(),
        "BitsPerComponent" => i64::from(bits),
    }
}

/// A grey or RGB JPEG, byte for byte. CMYK is not for PDF/A with an RGB output intent (ISO 19005-2, 6.2.4.3), 12 bits
/// not for PDF: those are decoded.
fn jpeg(bytes: &[u8]) -> Option<Dictionary> {
    let frame = jpeg_frame(bytes)?;
    let colours = match (frame.bits, frame.components) {
        (8, 1) => "DeviceGray",
        (8, 3) => "DeviceRGB",
        _ => return None,
    };
    let mut dictionary = image_dictionary(frame.width, frame.height, colours, 8);
    dictionary.set("Filter", "DCTDecode");
    Some(dictionary)
}

struct JpegFrame {
    bits: u8,
    components: u8,
    width: u32,
    height: u32,
}

/// The frame header of a JPEG that DCTDecode covers: baseline, extended or progressive Huffman.
fn jpeg_frame(bytes: &[u8]) -> Option<JpegFrame> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let [0xFF, marker, tail @ ..] = rest else { return None };
        match marker {
            0xFF => {
                rest = rest.get(1..)?;
                continue;
            }
            0x01 | 0xD0..=0xD7 => {
                rest = tail;
                continue;
            }
            0xD8..=0xDA => return None,
            _ => {}
        }
        let [high, low, ..] = tail else { return None };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let segment = tail.get(2..length)?;
        match (marker, segment) {
            (0xC0..=0xC2, [bits, h1, h0, w1, w0, components, ..]) => {
                let (width, height) = (u16::from_be_bytes([*w1, *w0]), u16::from_be_bytes([*h1, *h0]));
                let frame =
                    JpegFrame { bits: *bits, components: *components, width: width.into(), height: height.into() };
                // Height 0 means "told later": let the decoder find out.
                return (width > 0 && height > 0).then_some(frame);
            }
            (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF, _) => return None,
            _ => rest = tail.get(length..)?,
        }
    }
}

/// A PNG without alpha and interlace: its compressed rows are what PDF calls Flate with PNG predictors.
fn png(bytes: &[u8]) -> Option<Stream> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let (mut header, mut palette, mut rows) = (None, None, Vec::new());
    while let Some((length, tail)) = rest.split_first_chunk::<4>() {
        let (kind, tail) = tail.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let data = tail.get(..length)?;
        match kind {
            b"IHDR" => header = Some(<[u8; 13]>::try_from(data).ok()?),
            b"PLTE" => palette = Some(data),
            b"IDAT" => rows.extend_from_slice(data),
            b"tRNS" => return None,
            b"IEND" => break,
            _ => {}
        }
        rest = tail.get(length.checked_add(4)?..)?;
    }
    let [w3, w2, w1, w0, h3, h2, h1, h0, bits, kind, 0, 0, 0] = header? else { return None };
    let (width, height) = (u32::from_be_bytes([w3, w2, w1, w0]), u32::from_be_bytes([h3, h2, h1, h0]));
    let (colours, components) = match (kind, bits) {
        (0, 1 | 2 | 4 | 8 | 16) => (Object::from("DeviceGray"), 1),
        (2, 8 | 16) => (Object::from("DeviceRGB"), 3),
        (3, 1 | 2 | 4 | 8) => (indexed(palette?)?, 1),
        _ => return None,
    };
    if width == 0 || height == 0 || rows.is_empty() {
        return None;
    }
    let mut dictionary = image_dictionary(width, height, colours, bits);
    dictionary.set("Filter", "FlateDecode");
    dictionary.set(
        "DecodeParms",
        dictionary! {
            "Predictor" => 15,
            "Colors" => components,
            "BitsPerComponent" => i64::from(bits),
            "Columns" => i64::from(width),
        },
    );
    Some(Stream::new(dictionary, rows).with_compression(false))
}

fn indexed(palette: &[u8]) -> Option<Object> {
    let last = i64::try_from(palette.len() / 3).ok()?.checked_sub(1).filter(|last| (0..=255).contains(last))?;
    let table = Object::String(palette.to_vec(), lopdf::StringFormat::Hexadecimal);
    Some(Object::Array(vec!["Indexed".into(), "DeviceRGB".into(), last.into(), table]))
}

/// The gate's limits (facts.md, "Import gate"), held here too because a page may come from anywhere.
const MAX_SIDE: u32 = 12_000;
const MAX_ALLOC: u64 = 256 << 20;

fn pixels(picture: &Picture) -> Option<Stream> {
    let format = match picture.format {
        PictureFormat::Jpeg => ImageFormat::Jpeg,
        PictureFormat::Png => ImageFormat::Png,
    };
    let mut reader = ImageReader::with_format(Cursor::new(picture.bytes.as_slice()), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    reader.limits(limits);
    let decoded = reader.decode().ok()?;
    let image = if decoded.color().has_alpha() { on_white(&decoded) } else { decoded.into_rgb8() };
    let (width, height) = image.dimensions();
    let grey = image.pixels().all(|Rgb([r, g, b])| r == g && g == b);
    let (colours, content) = if grey {
        ("DeviceGray", image.pixels().map(|Rgb([r, ..])| *r).collect())
    } else {
        ("DeviceRGB", image.into_raw())
    };
    // Deflated with all other streams of the file.
    Some(Stream::new(image_dictionary(width, height, colours, 8), content))
}

/// Paper is white: what is half transparent on the screen is printed as it looks on paper.
fn on_white(image: &DynamicImage) -> RgbImage {
    let source = image.to_rgba8();
    let mut flat = RgbImage::new(source.width(), source.height());
    for (to, from) in flat.pixels_mut().zip(source.pixels()) {
        let [r, g, b, alpha] = from.0.map(u32::from);
        *to = Rgb([r, g, b].map(|part| ((part * alpha + 255 * (255 - alpha) + 127) / 255) as u8));
    }
    flat
}
