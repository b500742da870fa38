//! Photos as textures of one size, for lists: decoded once, upright, off the thread that draws, and only the texture stays.
//! What stands in forms and on pages comes from the [`Darkroom`](super::Darkroom).

use std::collections::HashMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Weak};
use std::time::Duration;

use eframe::egui::{ColorImage, Context, TextureFilter, TextureHandle, TextureOptions};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};

use super::wish::Wish;
use crate::pages::{Picture, PictureFormat};

/// The textures of the pictures on the screen.
pub struct Pictures {
    known: HashMap<usize, Known>,
    jobs: Sender<Job>,
    done: Receiver<Made>,
}

struct Job {
    of: Arc<Picture>,
    full: Arc<Picture>,
    context: Context,
}

/// What became of a picture. It is held until this is taken in: its address could be another's by then.
struct Made {
    of: Arc<Picture>,
    image: Option<ColorImage>,
}

struct Known {
    /// Tells whether the picture is still somewhere: its address alone could be used again.
    picture: Weak<Picture>,
    state: State,
}

enum State {
    Decoding,
    Ready(TextureHandle),
    Unreadable,
}

impl Pictures {
    /// Textures with at most so many pixels a side; 2048 is within the oldest cards' limits.
    pub fn up_to(longest_side_px: u32) -> Self {
        let (jobs, to_do) = channel::<Job>();
        let (ready, done) = channel();
        // One after the other: a list of two hundred phone photos would not fit into memory at once.
        std::thread::spawn(move || {
            while let Ok(job) = to_do.recv() {
                let Job { of, full, context } = job;
                // What a decoder stumbles over is no picture, and the next one is decoded.
                let image = catch_unwind(AssertUnwindSafe(|| small(&full, longest_side_px))).unwrap_or_default();
                drop(full);
                // Nobody listens any more when the window has gone.
                let _ = ready.send(Made { of, image });
                context.request_repaint();
            }
        });
        Self { known: HashMap::new(), jobs, done }
    }

    /// Brings the bytes of a picture that may be hollow; they go as soon as they are decoded.
    pub fn bring(&mut self, context: &Context, of: &Arc<Picture>, full: Arc<Picture>) {
        let job = Job { of: Arc::clone(of), full, context: context.clone() };
        let state = if self.jobs.send(job).is_ok() { State::Decoding } else { State::Unreadable };
        self.known.insert(Arc::as_ptr(of) as usize, Known { picture: Arc::downgrade(of), state });
    }

    /// The texture; `None` before its bytes are decoded, and for bytes that are no picture.
    pub fn texture(&mut self, context: &Context, of: &Arc<Picture>) -> Option<&TextureHandle> {
        self.collect(context);
        match &self.known.get(&(Arc::as_ptr(of) as usize))?.state {
            State::Ready(texture) => Some(texture),
            State::Decoding | State::Unreadable => None,
        }
    }

    /// Takes in what is decoded, and lets go what belongs to no picture any more. Whether something is still being decoded.
    pub fn collect(&mut self, context: &Context) -> bool {
        while let Ok(made) = self.done.try_recv() {
            self.take(context, made);
        }
        self.known.retain(|_, known| known.picture.strong_count() > 0);
        self.is_decoding()
    }

    /// Waits until nothing is being decoded.
    pub fn wait(&mut self, context: &Context, time: Duration) {
        while self.is_decoding() {
            let Ok(made) = self.done.recv_timeout(time) else { return };
            self.take(context, made);
        }
    }

    fn is_decoding(&self) -> bool {
        self.known.values().any(|known| matches!(known.state, State::Decoding))
    }

    fn take(&mut self, context: &Context, Made { of, image }: Made) {
        let Some(known) = self.known.get_mut(&(Arc::as_ptr(&of) as usize)) else { return };
        known.state = match image {
            Some(image) => {
                let options = TextureOptions { mipmap_mode: Some(TextureFilter::Linear), ..TextureOptions::LINEAR };
                State::Ready(context.load_texture("picture", image, options))
            }
            None => State::Unreadable,
        };
    }
}

/// The whole picture, upright, no longer than that.
fn small(picture: &Picture, longest: u32) -> Option<ColorImage> {
    let (width, height) = picture.upright_size_px();
    let scale = (f64::from(longest) / f64::from(width.max(height).max(1))).min(1.0);
    let length = |pixels: u32| (f64::from(pixels) * scale).round().max(1.0) as u32;
    decode(picture, &Wish::whole([length(width), length(height)]))
}

/// The gate's limit on what decoding may allocate, held here too because a page may come from anywhere.
const MAX_ALLOC: u64 = 256 << 20;

/// Pixels of a picture turned upright, or of a part of it.
pub(super) fn decode(picture: &Picture, wish: &Wish) -> Option<ColorImage> {
    let format = match picture.format {
        PictureFormat::Jpeg => ImageFormat::Jpeg,
        PictureFormat::Png => ImageFormat::Png,
    };
    let mut reader = ImageReader::with_format(Cursor::new(picture.bytes.as_slice()), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_ALLOC);
    reader.limits(limits);
    let image = reader.decode().ok()?;
    let orientation = Orientation::from_exif(picture.orientation).unwrap_or(Orientation::NoTransforms);
    let image = if wish.is_whole() { whole(image, orientation, wish) } else { part(image, orientation, wish)? };
    let pixels = image.to_rgba8();
    let size = [usize::try_from(pixels.width()).ok()?, usize::try_from(pixels.height()).ok()?];
    Some(ColorImage::from_rgba_unmultiplied(size, pixels.as_raw()))
}

/// Made small first, then turned: the large picture is never copied.
fn whole(image: DynamicImage, orientation: Orientation, wish: &Wish) -> DynamicImage {
    let [width, height] = wish.size;
    let (across, down) = if orientation.to_exif() >= 5 { (height, width) } else { (width, height) };
    let mut image = if (image.width(), image.height()) == (across, down) {
        image
    } else {
        image.resize_exact(across, down, FilterType::Triangle)
    };
    image.apply_orientation(orientation);
    image
}

fn part(mut image: DynamicImage, orientation: Orientation, wish: &Wish) -> Option<DynamicImage> {
    image.apply_orientation(orientation);
    let (width, height) = (u64::from(image.width()), u64::from(image.height()));
    let [across, down] = wish.size.map(|length| u64::from(length.max(1)));
    let scaled = |length: u32, own: u64, of: u64| u32::try_from(u64::from(length) * own / of).ok();
    let (left, top) = (scaled(wish.left, width, across)?, scaled(wish.top, height, down)?);
    let (wide, high) = (scaled(wish.width, width, across)?.max(1), scaled(wish.height, height, down)?.max(1));
    let cut = image.crop_imm(left, top, wide, high);
    Some(cut.resize_exact(wish.width, wish.height, FilterType::Triangle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_texture_stays_and_goes_with_its_picture() {
        let context = Context::default();
        let mut pictures = Pictures::up_to(20);
        let full = Arc::new(picture(1));
        let hollow = Arc::new(Picture { bytes: Vec::new(), ..picture(1) });
        assert!(pictures.texture(&context, &hollow).is_none(), "no bytes yet");
        pictures.bring(&context, &hollow, Arc::clone(&full));
        pictures.wait(&context, Duration::from_secs(20));
        assert_eq!(pictures.texture(&context, &hollow).map(TextureHandle::size), Some([20, 10]));
        assert_eq!(Arc::strong_count(&full), 1, "the bytes are let go");
        drop(hollow);
        assert!(!pictures.collect(&context));
        assert!(pictures.known.is_empty());
    }

    fn picture(orientation: u8) -> Picture {
        // Left half black, right half white.
        let image = image::RgbImage::from_fn(40, 20, |x, _| image::Rgb([if x < 20 { 0 } else { 255 }; 3]));
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(image).write_to(&mut bytes, ImageFormat::Png).unwrap();
        let format = PictureFormat::Png;
        Picture { bytes: bytes.into_inner(), format, width_px: 40, height_px: 20, orientation }
    }

    #[test]
    fn orientation_turns_a_picture_upright() {
        for (orientation, size) in [(1, [40, 20]), (6, [20, 40]), (8, [20, 40]), (3, [40, 20])] {
            assert_eq!(small(&picture(orientation), 2048).unwrap().size, size, "{orientation}");
            assert_eq!(small(&picture(orientation), 20).unwrap().size, size.map(|side| side / 2), "{orientation}");
        }
        let damaged = Picture { bytes: vec![1, 2, 3], ..picture(1) };
        assert!(small(&damaged, 2048).is_none());
    }

    #[test]
    fn a_part_is_cut_from_the_upright_picture() {
        // The dark half is at the left, at the top (turned clockwise), at the right, at the bottom.
        let cases = [(1, (0, 0)), (6, (0, 0)), (3, (30, 0)), (8, (0, 30))];
        for (orientation, (left, top)) in cases {
            let size = if orientation >= 5 { [20, 40] } else { [40, 20] };
            let wish = Wish { size, left, top, width: 10, height: 10 };
            let dark = decode(&picture(orientation), &wish).unwrap();
            assert_eq!(dark.size, [10, 10]);
            assert!(dark.pixels.iter().all(|pixel| pixel.r() == 0), "{orientation}");
        }
    }
}
