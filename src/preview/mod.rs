//! Back end 2: the same pages on the screen. Draws what [`crate::pages`] placed and decides nothing about layout.
//!
//! File by file the mirror of [`crate::pdf`]: `compose` walks the items, `faces` hands the fonts over, `picture` the
//! pixels; `place` stands for the transformation that a PDF reader does by itself. Invariant: a page looks like its
//! print at each zoom; only rules and baselines are moved, by less than a pixel, on to the screen's grid.

mod compose;
mod faces;
mod picture;
mod place;

pub use crate::fonts::{FontError, Fonts};
pub use crate::pages::{Document, Page, Picture};
pub use compose::draw;
pub use faces::{STRONG, install};
pub use picture::Pictures;
pub use place::{Placement, areas_of, field_at};
