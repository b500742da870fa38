//! Documents as pages: where each character, rule and picture stands, in millimetres.
//!
//! Reads domain values, the notice's wording and font metrics; knows neither PDF nor screen.

pub mod page;
pub mod report;
pub mod text;
pub mod units;

pub use page::{Document, FieldArea, Glyph, Image, Ink, Item, Line, Page, Picture, PictureFormat, Strokes, TextRun};
pub use units::{Mm, Point, Pt, Rect};
