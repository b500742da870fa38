//! The window's few kinds of things: buttons, tabs, pills, notes, fields.

mod button;
mod field;
mod line;
mod note;

pub use button::{button, checkbox, icon_button, link, primary, tab};
pub use field::{Entry, Fields, Focus};
pub use line::Line;
pub use note::{Tone, caption, card, dialog, finding, heading, meter, pill, title};
