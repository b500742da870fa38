//! Photos and scanned copies: JPEG and PNG.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits};

use super::{GateError, GateFault, IMAGE_ALLOC_BYTES, IMAGE_BYTES, IMAGE_PIXELS, IMAGE_SIDE_PX, JPEG_SCANS, within};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    Jpeg,
    Png,
}

impl ImageFormat {
    /// `jpg` or `png`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// What was found in an image that decodes completely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageFacts {
    pub format: ImageFormat,
    /// As stored, before `orientation` is applied.
    pub width_px: u32,
    pub height_px: u32,
    /// Exif orientation, 1 to 8; 1 where none is given. 5 to 8 swap width and height.
    pub orientation: u8,
}

impl ImageFacts {
    /// Width and height in pixels when turned upright.
    pub fn upright_size_px(self) -> (u32, u32) {
        if self.orientation >= 5 { (self.height_px, self.width_px) } else { (self.width_px, self.height_px) }
    }
}

/// By the first bytes.
pub(super) fn sniff(bytes: &[u8]) -> Option<ImageFormat> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some(ImageFormat::Jpeg)
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageFormat::Png)
    } else {
        None
    }
}

/// Decodes an image once, within the limits. `file` names it in the fault.
pub fn image(file: &str, bytes: &[u8]) -> Result<ImageFacts, GateError> {
    let decode = || -> Result<ImageFacts, GateFault> {
        if sniff(bytes) == Some(ImageFormat::Jpeg) && !is_whole_jpeg(bytes) {
            return Err(GateFault::DamagedImage);
        }
        let (facts, decoder) = header(bytes)?;
        DynamicImage::from_decoder(decoder).map_err(refused)?;
        Ok(facts)
    };
    decode().map_err(|fault| fault.of(file))
}

/// What the header of an image says that the gate has let in before.
pub fn image_header(bytes: &[u8]) -> Option<ImageFacts> {
    header(bytes).ok().map(|(facts, _)| facts)
}

/// Reads the header and holds it against the limits.
pub(super) fn header(bytes: &[u8]) -> Result<(ImageFacts, impl ImageDecoder), GateFault> {
    within(bytes, IMAGE_BYTES)?;
    let format = sniff(bytes).ok_or(GateFault::NotImage)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(IMAGE_ALLOC_BYTES);
    let mut reader = ImageReader::with_format(
        Cursor::new(bytes),
        match format {
            ImageFormat::Jpeg => image::ImageFormat::Jpeg,
            ImageFormat::Png => image::ImageFormat::Png,
        },
    );
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width_px, height_px) = decoder.dimensions();
    let too_large =
        width_px.max(height_px) > IMAGE_SIDE_PX || u64::from(width_px) * u64::from(height_px) > IMAGE_PIXELS;
    if too_large {
        return Err(GateFault::TooManyPixels { width_px, height_px });
    }
    limits.reserve(decoder.total_bytes()).map_err(refused)?;
    decoder.set_limits(limits).map_err(refused)?;
    // A photo whose Exif block is unreadable is still a photo.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms).to_exif();
    Ok((ImageFacts { format, width_px, height_px, orientation }, decoder))
}

pub(super) fn refused(error: ImageError) -> GateFault {
    match error {
        ImageError::Limits(_) => GateFault::ImageTooHeavy,
        _ => GateFault::DamagedImage,
    }
}

/// True when a JPEG runs from its start to its end marker with at most [`JPEG_SCANS`] scans. The decoder itself fills
/// what is cut off with grey and says nothing.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    let mut scans = 0;
    loop {
        // Entropy-coded data and fill bytes up to the next marker; 00 is a stuffed byte, D0–D7 are restart marks.
        let Some(at) = rest.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xFF | 0xD0..=0xD7))
        else {
            return false;
        };
        let (marker, after) = (rest.get(at + 1), rest.get(at + 2..).unwrap_or_default());
        match marker {
            Some(0xD9) => return scans > 0,
            Some(0x01) => rest = after,
            Some(&marker) => {
                scans += usize::from(marker == 0xDA);
                let &[high, low, ..] = after else { return false };
                let length = usize::from(u16::from_be_bytes([high, low]));
                let Some(following) = after.get(length.max(2)..).filter(|_| scans <= JPEG_SCANS) else { return false };
                rest = following;
            }
            None => return false,
        }
    }
}

/// Pixels up to which a picture is printed as it was received.
const AS_RECEIVED_PIXELS: u64 = 12_000_000;
/// Of a JPEG that has to be written anew.
const JPEG_QUALITY: u8 = 92;

/// A picture as it goes to print: up to 12 megapixels byte for byte, larger ones brought down to `most` pixels across
/// and down when upright. `file` names it in the fault.
pub fn for_print(file: &str, bytes: Vec<u8>, most: (u32, u32)) -> Result<(Vec<u8>, ImageFacts), GateError> {
    let reduce = || -> Result<Option<(Vec<u8>, ImageFacts)>, GateFault> {
        let (facts, decoder) = header(&bytes)?;
        if u64::from(facts.width_px) * u64::from(facts.height_px) <= AS_RECEIVED_PIXELS {
            return Ok(None);
        }
        let (across, down) = if facts.orientation >= 5 { (most.1, most.0) } else { most };
        let picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
        let picture = picture.resize(across, down, image::imageops::FilterType::Triangle);
        let mut smaller = Vec::new();
        let out = Cursor::new(&mut smaller);
        let written = match facts.format {
            ImageFormat::Png => picture.write_to(out, image::ImageFormat::Png),
            ImageFormat::Jpeg => {
                let grey = !picture.color().has_color();
                let picture = if grey { picture.into_luma8().into() } else { DynamicImage::from(picture.into_rgb8()) };
                picture.write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(out, JPEG_QUALITY))
            }
        };
        written.map_err(refused)?;
        // The new file has no Exif block: it is turned as the old one said.
        let (now, _) = header(&smaller)?;
        Ok(Some((smaller, ImageFacts { orientation: facts.orientation, ..now })))
    };
    if let Some(smaller) = reduce().map_err(|fault| fault.of(file))? {
        return Ok(smaller);
    }
    let (facts, _) = header(&bytes).map_err(|fault| fault.of(file))?;
    Ok((bytes, facts))
}
