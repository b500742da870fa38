//! Files that were copied in Windows' Explorer. egui reads text and pictures from the clipboard, and elsewhere files are
//! text there too.

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
    /// The files that are pasted in this pass, where such are taken.
    pub fn pasted(&mut self, context: &Context, takes_files: bool) -> Vec<PathBuf> {
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
        if is_asked && takes_files { files() } else { Vec::new() }
    }
}

/// The files in the clipboard.
pub fn files() -> Vec<PathBuf> {
    arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get().file_list()).unwrap_or_default()
}
