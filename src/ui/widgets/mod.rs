//! The window's few kinds of things: buttons, tabs, pills, notes, fields.

mod button;
mod choices;
mod field;
mod frame;
mod line;
mod note;
mod panel;
mod roll;
mod scroll;
mod sides;

pub use button::{
    button, checkbox, first_choice, icon_button, link, named_button, named_checkbox, named_link, primary, radio,
    radio_value, tab,
};
pub use choices::combo;
pub use field::{Arrows, Entry, Fields, Focus, walk};
pub use frame::{field_frame, halo};
pub use line::Line;
pub use note::{
    Tone, above_steps, caption, card, condition, dialog, finding, first, fixed, give_cursor_back, heading, meter, pill,
    remark, small_lines, title, verdict,
};
pub use panel::Column;
pub use roll::Roll;
pub use scroll::{FollowFocus, lead, leaf, stay};
pub use sides::Sides;
