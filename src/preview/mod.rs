//! Back end 2: the same pages on the screen. Draws what [`crate::pages`] placed and decides nothing about layout.
//!
//! File by file the mirror of [`crate::pdf`]: `compose` walks the items, `faces` hands the fonts over, `picture` and
//! `foreign` the pixels of scans and of received PDFs, which `darkroom` has made on a thread of its own (`wish` says how
//! large); `place` stands for the transformation that a PDF reader does by itself. Invariant: a page looks like its
//! print at each zoom; only rules and baselines are moved, by less than a pixel, on to the screen's grid.

mod compose;
mod darkroom;
mod faces;
mod foreign;
mod picture;
mod place;
mod wish;

pub use crate::fonts::{FontError, Fonts};
pub use crate::pages::{CopyContent, Document, OutlineEntry, Page, Picture, Point};
pub use compose::{draw, draw_copy};
pub use darkroom::{Darkroom, Standing, Subject};
pub use faces::{STRONG, install};
pub use picture::Pictures;
pub use place::{Placement, areas_of, count_of, field_at, link_at};
