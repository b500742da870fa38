//! Files that were copied in a file manager. egui reads text and pictures from the clipboard; Windows' Explorer and some
//! managers of Linux desktops (pcmanfm) put files there as neither.

use std::path::PathBuf;

use eframe::egui::{Context, Event, Key};

/// Hears Ctrl+V: where the clipboard has neither text nor picture, egui tells nothing of it but that V came up again.
#[derive(Debug, Default)]
pub struct Copied {
    /// What became of V going down: a letter, a text, a picture.
    heard: bool,
    /// When Ctrl was held last, in egui's seconds: it may be let go before V.
    held: f64,
}

/// So soon after Ctrl V comes up where both were pressed together, in seconds.
const TOGETHER: f64 = 1.0;

impl Copied {
    /// Whether Ctrl+V was pressed and egui found neither text nor picture.
    pub fn is_asked(&mut self, context: &Context) -> bool {
        let mut is_asked = false;
        context.input(|input| {
            if input.modifiers.command {
                self.held = input.time;
            }
            for event in &input.events {
                match event {
                    Event::Key { key: Key::V, pressed, .. } => {
                        is_asked |= !pressed && !self.heard && input.time - self.held < TOGETHER;
                        self.heard = *pressed;
                    }
                    // A program may give both a file and its picture.
                    Event::Paste(_) | Event::PasteImage(_) => self.heard = true,
                    _ => {}
                }
            }
        });
        is_asked
    }
}

/// The files in the clipboard.
pub fn files() -> Vec<PathBuf> {
    let listed = arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get().file_list()).unwrap_or_default();
    listed.into_iter().map(without_end).collect()
}

/// pcmanfm ends its list as C ends a text.
fn without_end(path: PathBuf) -> PathBuf {
    match path.to_str().and_then(|text| text.strip_suffix('\0')) {
        Some(text) => PathBuf::from(text),
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_may_end_with_a_nul() {
        for (given, path) in [("/扫描/证书.jpg\0", "/扫描/证书.jpg"), ("/扫描/证书.jpg", "/扫描/证书.jpg")]
        {
            assert_eq!(without_end(given.into()), PathBuf::from(path));
        }
    }
}
