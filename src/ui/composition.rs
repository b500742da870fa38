//! Ends on Windows a composition that the clerk walks away from.
//!
//! egui wants one broken off when a click sets the cursor or another field gets it. winit 0.30 then takes the input method
//! from the windows within the window, of which there are none, and does nothing where the system names no input method
//! (Wine): there the letters stayed where they were, and the composition went on with them in the next field.

use std::ptr::null_mut;

use eframe::egui::{Context, FullOutput, Plugin};
use windows_sys::Win32::UI::Input::Ime::{
    CPS_CANCEL, GCS_COMPSTR, ImmGetCompositionStringW, ImmGetContext, ImmNotifyIME, ImmReleaseContext,
    NI_COMPOSITIONSTR,
};
use windows_sys::Win32::UI::Input::KeyboardAndMouse::GetFocus;

/// The letters stay as they are, as text.
#[derive(Default)]
pub struct EndComposition;

impl Plugin for EndComposition {
    fn debug_name(&self) -> &'static str {
        "end_composition"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let goes_on = output.platform_output.ime.is_some_and(|ime| !ime.should_interrupt_composition);
        if !goes_on {
            cancel();
        }
    }
}

fn cancel() {
    // SAFETY: the window with the focus is one of this thread, or none; its context is given back.
    unsafe {
        let window = GetFocus();
        let input = ImmGetContext(window);
        if input.is_null() {
            return;
        }
        if ImmGetCompositionStringW(input, GCS_COMPSTR, null_mut(), 0) > 0 {
            ImmNotifyIME(input, NI_COMPOSITIONSTR, CPS_CANCEL, 0);
        }
        ImmReleaseContext(window, input);
    }
}
