//! A page is data: a closed set of items at fixed places. Paper ([`crate::pdf`]) and screen ([`crate::preview`]) draw
//! the same items, so what the screen shows is what is printed. Nothing else crosses into them.

use std::sync::Arc;

use super::units::{Mm, Point, Pt, Rect};
use crate::domain::PersonId;
use crate::fonts::Face;

/// Pages that make one printed document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// For the PDF's title; never printed by itself.
    pub title: String,
    pub pages: Vec<Page>,
    /// Bookmarks; empty where a document needs none.
    pub outline: Vec<OutlineEntry>,
    /// What a reader calls each page (封面, 1, 2 …), in page order; empty: counted from 1.
    pub labels: Vec<String>,
}

impl Document {
    /// Puts another document's pages behind; its bookmarks and links lead to them.
    pub fn append(&mut self, mut other: Self) {
        let before = self.pages.len();
        fn shift(entries: &mut [OutlineEntry], by: usize) {
            for entry in entries {
                entry.page += by;
                shift(&mut entry.children, by);
            }
        }
        shift(&mut other.outline, before);
        for item in other.pages.iter_mut().flat_map(|page| &mut page.items) {
            if let Item::Link(link) = item {
                link.page += before;
            }
        }
        self.pages.append(&mut other.pages);
        self.outline.append(&mut other.outline);
        // Two documents counted each for itself have no common labels.
        self.labels.clear();
    }

    /// The document among those of others: its fields are this person's.
    pub fn about(mut self, person: PersonId) -> Self {
        for item in self.pages.iter_mut().flat_map(|page| &mut page.items) {
            if let Item::Area(area) = item {
                area.person.get_or_insert(person);
            }
        }
        self
    }
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineEntry {
    pub title: String,
    /// Index of the page it leads to.
    pub page: usize,
    pub children: Vec<OutlineEntry>,
}

/// One side of a sheet. Items are in reading order, which is the order of the text layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub width: Mm,
    pub height: Mm,
    pub items: Vec<Item>,
}

/// All that can stand on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Text(TextRun),
    Line(Line),
    Image(Image),
    /// Outlines that are drawn, not read: the draft mark.
    Strokes(Strokes),
    /// A page of an existing PDF.
    ForeignPage(ForeignPage),
    /// A place that leads to another page; nothing is drawn.
    Link(Link),
    /// Where a field of the record stands; nothing is drawn.
    Area(FieldArea),
}

/// Characters on one baseline. Each glyph has its own place: justified and spread text needs no spaces.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// Left end of the baseline.
    pub at: Point,
    pub size: Pt,
    pub ink: Ink,
    pub glyphs: Vec<Glyph>,
}

/// One character, drawn with the glyph that its face has for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub character: char,
    pub face: Face,
    /// Distance of the glyph's origin from the run's.
    pub x: Mm,
}

impl TextRun {
    /// The characters in reading order.
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.character).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    Black,
    /// For what is not part of the form: document code, draft mark.
    Grey,
}

impl Ink {
    /// How light it is on paper and on screen: 0 black, 1 white.
    pub fn grey_level(self) -> f32 {
        match self {
            Self::Black => 0.0,
            Self::Grey => 0.5,
        }
    }
}

/// A straight rule, solid black. Its ends are square and reach half its width beyond `from` and `to`, which closes corners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub from: Point,
    pub to: Point,
    pub width: Pt,
}

/// Polylines in grey.
#[derive(Clone, Debug, PartialEq)]
pub struct Strokes {
    pub polylines: Vec<Vec<Point>>,
    pub width: Pt,
}

/// A picture, turned upright already by its `picture.orientation`, filling `rect`.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    pub rect: Rect,
    pub picture: Arc<Picture>,
}

/// A JPEG or PNG as it was received, with what its header says.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub bytes: Vec<u8>,
    pub format: PictureFormat,
    /// Size of the stored pixels, before the orientation is applied.
    pub width_px: u32,
    pub height_px: u32,
    /// EXIF orientation 1 to 8.
    pub orientation: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PictureFormat {
    Jpeg,
    Png,
}

impl Picture {
    /// Width and height in pixels when turned upright.
    pub fn upright_size_px(&self) -> (u32, u32) {
        if self.orientation >= 5 { (self.height_px, self.width_px) } else { (self.width_px, self.height_px) }
    }
}

/// A page of an existing PDF, turned upright by its own rotation, as large as fits into the middle of `rect`.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignPage {
    pub rect: Rect,
    pub source: Arc<ForeignPdf>,
    /// Index of the page in its file.
    pub page: usize,
}

/// An existing PDF as it was received, with the sizes of its pages.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignPdf {
    pub bytes: Vec<u8>,
    pub pages: Vec<ForeignSize>,
}

/// Size of a page as it is seen, its own rotation applied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForeignSize {
    pub width: Mm,
    pub height: Mm,
}

/// A click on `rect` leads to the page with that index.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub rect: Rect,
    pub page: usize,
}

/// The cell of a field, by its path in the record (`experience[2].from`, `recommender.contact`).
#[derive(Clone, Debug, PartialEq)]
pub struct FieldArea {
    pub rect: Rect,
    /// Whose field it is where a page shows several people; `None` on a page about one person or the recommender.
    pub person: Option<PersonId>,
    pub field: String,
}
