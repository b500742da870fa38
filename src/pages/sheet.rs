//! What every page of a form has besides its content: page number, document code, draft mark.

use super::page::{Document, Ink, Item, Page, Strokes};
use super::text::{Align, Style, Typesetter};
use super::units::{Mm, Point, Pt, Rect};
use crate::fonts::{Face, Fonts, Role};

/// What is put on each page of a document from outside its content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// 校验码: 8 hexadecimal digits, printed at the left of each foot.
    pub code: Option<String>,
    /// Marks each page 草稿 and leaves the code out.
    pub draft: bool,
}

/// A paper size and where the foot stands on it.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    pub width: Mm,
    pub height: Mm,
    /// Left and right margin.
    pub side: Mm,
}

/// A4 upright with the margins that binding and filling in leave (forms.md).
pub const PORTRAIT: Sheet = Sheet { width: Mm(210.0), height: Mm(297.0), side: Mm(22.0) };
/// A4 across, for Annex 1.
pub const LANDSCAPE: Sheet = Sheet { width: Mm(297.0), height: Mm(210.0), side: Mm(18.0) };

/// Upper margin of a form's pages.
pub const TOP: Mm = Mm(25.0);
/// Lower margin.
pub const BOTTOM: Mm = Mm(22.0);
/// The middle of the foot's line above the paper's lower edge.
const FOOT: Mm = Mm(13.5);

const NUMBER: Style = Style { role: Role::Body, size: Pt(10.5), pitch: 1.2, align: Align::Center, indent: false };
const CODE: Style = Style { role: Role::Body, size: Pt(8.0), pitch: 1.2, align: Align::Left, indent: false };

const DRAFT_EM: Mm = Mm(80.0);
const DRAFT_RULE: Pt = Pt(0.6);
/// Sine and cosine of the mark's slope, 45°.
const DRAFT_SLOPE: f32 = std::f32::consts::FRAC_1_SQRT_2;

impl Sheet {
    /// Width between the side margins.
    pub fn inner_width(self) -> Mm {
        self.width - self.side * 2.0
    }

    /// An empty side.
    pub fn blank(self) -> Page {
        Page { width: self.width, height: self.height, items: Vec::new() }
    }

    /// The lowest place for content.
    pub fn content_bottom(self) -> Mm {
        self.height - BOTTOM
    }

    /// Puts foot and draft mark on pages of content. `unnumbered` pages come first and bear no number; the next is 1.
    pub fn document(
        self,
        typesetter: &Typesetter,
        title: String,
        contents: Vec<Vec<Item>>,
        unnumbered: usize,
        stamp: &Stamp,
    ) -> Document {
        let line = self.foot();
        let number = |index: usize, items: &mut Vec<Item>| {
            if index >= unnumbered {
                let number = (index + 1 - unnumbered).to_string();
                typesetter.label(&number, &NUMBER, line.width).draw_in(line, Ink::Black, items);
            }
        };
        let label = |index: usize| match index.checked_sub(unnumbered) {
            Some(numbered) => (numbered + 1).to_string(),
            None => "封面".to_owned(),
        };
        let labels = (0..contents.len()).map(label).collect();
        Document { labels, ..self.stamped(typesetter, title, contents, stamp, &number) }
    }

    /// The same for a document that numbers its pages (from 0) in a way of its own.
    pub fn stamped(
        self,
        typesetter: &Typesetter,
        title: String,
        contents: Vec<Vec<Item>>,
        stamp: &Stamp,
        number: &dyn Fn(usize, &mut Vec<Item>),
    ) -> Document {
        let mark = stamp.draft.then(|| self.draft_mark(typesetter.fonts()));
        let code = stamp.code.as_deref().filter(|_| !stamp.draft).map(|code| {
            let width = self.inner_width() / 3.0;
            typesetter.label(&format!("校验码 {code}"), &CODE, width)
        });
        let pages = contents
            .into_iter()
            .enumerate()
            .map(|(index, content)| {
                let mut items = Vec::with_capacity(content.len() + 3);
                // Under the text, where it disturbs least; over a scan, which would hide it.
                let covered = content.iter().any(|item| matches!(item, Item::Image(_) | Item::ForeignPage(_)));
                let mut mark = mark.clone().map(Item::Strokes);
                if !covered {
                    items.extend(mark.take());
                }
                items.extend(content);
                items.extend(mark);
                if let Some(code) = &code {
                    code.draw_in(self.foot(), Ink::Grey, &mut items);
                }
                number(index, &mut items);
                Page { width: self.width, height: self.height, items }
            })
            .collect();
        Document { title, pages, ..Document::default() }
    }

    fn foot(self) -> Rect {
        Rect::new(self.side, self.height - FOOT - Mm(3.0), self.inner_width(), Mm(6.0))
    }

    /// 草稿 as outlines from the lower left to the upper right: drawn, not readable as text.
    fn draft_mark(self, fonts: &Fonts) -> Strokes {
        let mut polylines = Vec::new();
        let Some(face) = fonts.face(Face::Kai) else { return Strokes { polylines, width: DRAFT_RULE } };
        let middle = Point { x: self.width / 2.0, y: self.height / 2.0 };
        for (index, character) in "草稿".chars().enumerate() {
            let Some(glyph) = face.glyph_id(character) else { continue };
            for contour in face.outline(glyph).contours {
                // In em from the middle of both characters: x along the line, y up.
                let turned = contour.into_iter().map(|(x, y)| {
                    let (x, y) = (x + index as f32 - 1.0, y - 0.37);
                    Point {
                        x: middle.x + DRAFT_EM * ((x - y) * DRAFT_SLOPE),
                        y: middle.y - DRAFT_EM * ((x + y) * DRAFT_SLOPE),
                    }
                });
                polylines.push(turned.collect());
            }
        }
        Strokes { polylines, width: DRAFT_RULE }
    }
}
