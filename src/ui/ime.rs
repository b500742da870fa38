//! Keeps the input method alive on X11.
//!
//! egui switches the input method off and on whenever another field gets the cursor; on X11 winit 0.30 then destroys the
//! input context. With fcitx5 the clerk is back in English in every field, with ibus keys get lost. Measured with both;
//! with this plugin one context lasts the whole run. Only X11 is built in on Linux.

use eframe::egui::output::IMEOutput;
use eframe::egui::{Context, FullOutput, Plugin, vec2};

/// Tells the window system that text may be typed at any time, always at the last place.
#[derive(Default)]
pub struct KeepIme {
    last: Option<IMEOutput>,
}

/// winit 0.30 passes on only the corner of the cursor: the candidates would cover the line (winit #3965).
const BELOW_THE_LINE: f32 = 0.6;

impl Plugin for KeepIme {
    fn debug_name(&self) -> &'static str {
        "keep_ime"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        match &mut output.platform_output.ime {
            Some(ime) => {
                ime.should_interrupt_composition = false;
                ime.cursor_rect = ime.cursor_rect.translate(vec2(0.0, ime.cursor_rect.height() * BELOW_THE_LINE));
                self.last = Some(*ime);
            }
            none => *none = self.last,
        }
    }
}
