//! Parts of pictures, cut out and encoded anew: a photo is brought to its proportion, a picture from the clipboard gets
//! a file's form.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, Rgb, RgbImage, RgbaImage};

use super::image::{header, refused};
use super::{GateError, GateFault, IMAGE_PIXELS, IMAGE_SIDE_PX};

/// Of a photo that is cut: a face at printing size shows nothing of the loss.
const QUALITY: u8 = 95;

/// A part of a picture as it is seen: upright, then turned, then measured in pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Turns to the right, a quarter each.
    pub quarter_turns: u8,
    pub left_px: u32,
    pub top_px: u32,
    pub width_px: u32,
    pub height_px: u32,
}

/// The part as a JPEG, pixel for pixel: nothing is scaled. A cut that reaches over the edge ends there. `file` names
/// the picture in the fault.
pub fn cut(file: &str, bytes: &[u8], cut: &Cut) -> Result<Vec<u8>, GateError> {
    let encode = || -> Result<Vec<u8>, GateFault> {
        let (facts, decoder) = header(bytes)?;
        let mut picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
        if let Some(orientation) = Orientation::from_exif(facts.orientation) {
            picture.apply_orientation(orientation);
        }
        let picture = match cut.quarter_turns % 4 {
            0 => picture,
            1 => picture.rotate90(),
            2 => picture.rotate180(),
            _ => picture.rotate270(),
        };
        let left = cut.left_px.min(picture.width().saturating_sub(1));
        let top = cut.top_px.min(picture.height().saturating_sub(1));
        let width = cut.width_px.clamp(1, picture.width() - left);
        let height = cut.height_px.clamp(1, picture.height() - top);
        let part = on_white(&picture.crop_imm(left, top, width, height));
        let mut jpeg = Vec::new();
        let encoder = JpegEncoder::new_with_quality(Cursor::new(&mut jpeg), QUALITY);
        part.write_with_encoder(encoder).map_err(refused)?;
        Ok(jpeg)
    };
    encode().map_err(|fault| fault.of(file))
}

/// JPEG knows no transparency: what is seen through is white, as on paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let seen = picture.to_rgba8();
    let blend = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        u8::try_from((value * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0;
        Rgb([blend(red, alpha), blend(green, alpha), blend(blue, alpha)])
    })
}

/// Pixels, four bytes each, as a PNG. `name` stands for them in the fault.
pub fn png(name: &str, width_px: u32, height_px: u32, rgba: Vec<u8>) -> Result<Vec<u8>, GateError> {
    let encode = || -> Result<Vec<u8>, GateFault> {
        let pixels = u64::from(width_px) * u64::from(height_px);
        if width_px.max(height_px) > IMAGE_SIDE_PX || pixels > IMAGE_PIXELS {
            return Err(GateFault::TooManyPixels { width_px, height_px });
        }
        let picture = RgbaImage::from_raw(width_px, height_px, rgba).ok_or(GateFault::DamagedImage)?;
        let opaque = picture.pixels().all(|pixel| pixel.0[3] == u8::MAX);
        let picture = DynamicImage::from(picture);
        let picture = if opaque { DynamicImage::from(picture.into_rgb8()) } else { picture };
        let mut png = Vec::new();
        picture.write_to(Cursor::new(&mut png), image::ImageFormat::Png).map_err(refused)?;
        Ok(png)
    };
    encode().map_err(|fault| fault.of(name))
}

#[cfg(test)]
mod tests {
    use super::super::{ImageFormat, image_header};
    use super::*;

    /// Six pixels that can be told apart, three across.
    fn six() -> Vec<u8> {
        let shades = [[10, 0, 0], [60, 0, 0], [110, 0, 0], [160, 0, 0], [210, 0, 0], [255, 0, 0]];
        let rgba = shades.iter().flat_map(|[red, green, blue]| [*red, *green, *blue, 255]).collect();
        png("六", 3, 2, rgba).unwrap()
    }

    #[test]
    fn a_cut_is_taken_from_what_is_seen() {
        // Turned to the right the left column comes up: 160 10 / 210 60 / 255 110.
        let cases = [
            (0, (0, 0, 3, 2), (3, 2)),
            (1, (0, 0, 2, 3), (2, 3)),
            (3, (1, 1, 1, 2), (1, 2)),
            (2, (2, 1, 9, 9), (1, 1)),
            (0, (9, 9, 1, 1), (1, 1)),
        ];
        for (quarter_turns, (left_px, top_px, width_px, height_px), size) in cases {
            let jpeg = cut("六", &six(), &Cut { quarter_turns, left_px, top_px, width_px, height_px }).unwrap();
            let facts = image_header(&jpeg).unwrap();
            assert_eq!(facts.format, ImageFormat::Jpeg);
            assert_eq!((facts.width_px, facts.height_px), size, "{quarter_turns}");
        }
        let turned = Cut { quarter_turns: 1, left_px: 0, top_px: 0, width_px: 1, height_px: 1 };
        let jpeg = cut("六", &six(), &turned).unwrap();
        let corner = image::load_from_memory(&jpeg).unwrap().to_rgb8().get_pixel(0, 0).0[0];
        assert!((150..=170).contains(&corner), "{corner}");
    }

    /// A JPEG whose camera was held sideways: an Exif block says so.
    fn sideways(jpeg: &[u8]) -> Vec<u8> {
        let exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xFF, 0xE1], &length, exif, &jpeg[2..]].concat()
    }

    #[test]
    fn a_photo_is_cut_upright() {
        let rgba = [255, 255, 255, 255].repeat(16 * 16).into_iter().chain([0, 0, 0, 255].repeat(16 * 16)).collect();
        let whole = |height_px| Cut { quarter_turns: 0, left_px: 0, top_px: 0, width_px: 16, height_px };
        // White above black, stored lying: white comes to the right.
        let jpeg = sideways(&cut("x", &png("x", 16, 32, rgba).unwrap(), &whole(32)).unwrap());
        let seen = cut("x", &jpeg, &Cut { width_px: 32, ..whole(16) }).unwrap();
        let picture = image::load_from_memory(&seen).unwrap().to_rgb8();
        assert_eq!(picture.dimensions(), (32, 16));
        assert!(picture.get_pixel(2, 8).0[0] < 40 && picture.get_pixel(29, 8).0[0] > 215);
        assert_eq!(image_header(&seen).unwrap().orientation, 1, "turned once, not twice");
    }

    #[test]
    fn what_is_seen_through_is_white() {
        let clear = png("空", 8, 8, vec![0; 8 * 8 * 4]).unwrap();
        let whole = Cut { quarter_turns: 0, left_px: 0, top_px: 0, width_px: 8, height_px: 8 };
        let jpeg = cut("空", &clear, &whole).unwrap();
        assert!(image::load_from_memory(&jpeg).unwrap().to_rgb8().pixels().all(|pixel| pixel.0 == [255; 3]));
    }

    #[test]
    fn pixels_that_are_none_are_refused() {
        assert!(matches!(png("x", 2, 2, vec![0; 15]).unwrap_err().fault, GateFault::DamagedImage));
        assert!(matches!(png("x", 20_000, 1, Vec::new()).unwrap_err().fault, GateFault::TooManyPixels { .. }));
        let whole = Cut { quarter_turns: 0, left_px: 0, top_px: 0, width_px: 1, height_px: 1 };
        assert!(matches!(cut("x", b"nothing", &whole).unwrap_err().fault, GateFault::NotImage));
    }
}
