//! Pictures as textures: decoded once, upright, off the thread that draws.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Weak};

use eframe::egui::{ColorImage, Context, TextureFilter, TextureHandle, TextureOptions};
use image::imageops::FilterType;

use crate::pages::Picture;

/// The textures of the pictures on the screen.
pub struct Pictures {
    known: HashMap<usize, Known>,
    longest_side_px: u32,
}

struct Known {
    /// Tells whether the picture is still on some page: its address alone could be used again.
    picture: Weak<Picture>,
    state: State,
}

enum State {
    Decoding(Receiver<Option<ColorImage>>),
    Ready(TextureHandle),
    Unreadable,
}

impl Pictures {
    /// Textures with at most so many pixels a side; 2048 is within the oldest cards' limits.
    pub fn up_to(longest_side_px: u32) -> Self {
        Self { known: HashMap::new(), longest_side_px }
    }

    /// The texture; `None` while it is being decoded, and for bytes that are no picture.
    pub fn texture(&mut self, context: &Context, picture: &Arc<Picture>) -> Option<&TextureHandle> {
        let key = Arc::as_ptr(picture) as usize;
        self.known.retain(|_, known| known.picture.strong_count() > 0);
        let longest = self.longest_side_px;
        let known = self.known.entry(key).or_insert_with(|| Known {
            picture: Arc::downgrade(picture),
            state: State::Decoding(start(context, picture, longest)),
        });
        if let State::Decoding(decoding) = &known.state {
            match decoding.try_recv() {
                Ok(Some(image)) => {
                    let options = TextureOptions { mipmap_mode: Some(TextureFilter::Linear), ..TextureOptions::LINEAR };
                    known.state = State::Ready(context.load_texture("picture", image, options));
                }
                Ok(None) | Err(std::sync::mpsc::TryRecvError::Disconnected) => known.state = State::Unreadable,
                Err(std::sync::mpsc::TryRecvError::Empty) => {}
            }
        }
        match &known.state {
            State::Ready(texture) => Some(texture),
            State::Decoding(_) | State::Unreadable => None,
        }
    }
}

fn start(context: &Context, picture: &Arc<Picture>, longest: u32) -> Receiver<Option<ColorImage>> {
    let (sender, receiver) = channel();
    let (context, picture) = (context.clone(), Arc::clone(picture));
    std::thread::spawn(move || {
        // Nobody listens any more when the window has gone.
        let _ = sender.send(decode(&picture, longest));
        context.request_repaint();
    });
    receiver
}

/// Pixels of a picture, turned upright.
fn decode(picture: &Picture, longest: u32) -> Option<ColorImage> {
    let mut image = image::load_from_memory(&picture.bytes).ok()?;
    if image.width().max(image.height()) > longest {
        image = image.resize(longest, longest, FilterType::Triangle);
    }
    if let Some(orientation) = image::metadata::Orientation::from_exif(picture.orientation) {
        image.apply_orientation(orientation);
    }
    let pixels = image.to_rgba8();
    let size = [usize::try_from(pixels.width()).ok()?, usize::try_from(pixels.height()).ok()?];
    Some(ColorImage::from_rgba_unmultiplied(size, pixels.as_raw()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::PictureFormat;

    #[test]
    fn orientation_turns_a_picture_upright() {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(3, 2).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let bytes = bytes.into_inner();
        for (orientation, size) in [(1, [3, 2]), (6, [2, 3]), (8, [2, 3]), (3, [3, 2])] {
            let format = PictureFormat::Png;
            let picture = Picture { bytes: bytes.clone(), format, width_px: 3, height_px: 2, orientation };
            assert_eq!(decode(&picture, 2048).unwrap().size, size, "{orientation}");
        }
        let picture =
            Picture { bytes: vec![1, 2, 3], format: PictureFormat::Jpeg, width_px: 3, height_px: 2, orientation: 1 };
        assert!(decode(&picture, 2048).is_none());
    }
}
