//! The ten fonts: roles, fall-back chains, widths, and whether a character can be printed at all.
//!
//! Fonts are files opened at run time (beside the program, in the system's data folder, or in the source tree), each
//! read at most once per process and only when a character needs it. Invariant: a face is chosen only for a character
//! that it has a glyph for, so nothing downstream can print an empty box.

mod face;
mod library;

pub use face::{Face, Role};
pub use library::{FontError, Fonts, LoadedFace, Outline};
