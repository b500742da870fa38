//! Documents as pages: where each character, rule and picture stands, in millimetres.
//!
//! Reads domain values, the notice's wording and font metrics; knows neither PDF nor screen.

pub mod page;
pub mod units;

pub mod sheet;
pub mod table;
pub mod text;

pub mod application;
pub mod binder;
pub mod report;
pub mod summary;

pub use application::application;
pub use binder::{BinderParts, COPY_ROOM, Copy, CopyContent, PersonParts, SheetCodes, binder, catalogue};
pub use page::{
    Document, FieldArea, ForeignPage, ForeignPdf, ForeignSize, Glyph, Image, Ink, Item, Line, Link, OutlineEntry, Page,
    Picture, PictureFormat, Strokes, TextRun,
};
pub use report::{ReportText, report, report_text};
pub use sheet::Stamp;
pub use summary::summary;
pub use units::{Mm, Point, Pt, Rect};
