//! The window's few kinds of things: buttons, tabs, pills, notes, fields.

mod button;
mod field;
mod line;
mod note;

pub use button::{button, checkbox, icon_button, link, named_button, named_link, primary, tab};
pub use field::{Entry, Fields, Focus, walk};
pub use line::Line;
pub use note::{Tone, above_steps, caption, card, dialog, finding, heading, meter, pill, small_lines, title};
