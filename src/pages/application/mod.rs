//! Annex 2, 申报表: cover, basic table, two pages of items, personal summary, opinions. Wording and order are the
//! annex's; titles, issuing body and month are the notice's.

mod basic;
mod cover;
mod items;
mod opinions;

use std::sync::Arc;

pub use basic::period;

use super::page::{Document, Item, Picture};
use super::sheet::{PORTRAIT, Stamp, TOP};
use super::table::{Cell, Column, Padding, Part, Row, Section, Table};
use super::text::{Align, Block, Room, SMALLEST, Style, Typesetter};
use super::units::{Mm, Pt};
use crate::domain::{Applicant, SectionKey};
use crate::fonts::{Fonts, Role};
use crate::rules::Notice;

/// Labels and values of the tables: 仿宋 12 pt.
const LABEL: Style = Style { role: Role::Body, size: Pt(12.0), pitch: 1.4, align: Align::Center, indent: false };
/// Labels of several lines beside long texts.
const LOOSE_LABEL: Style = Style { pitch: 1.5, ..LABEL };
const VALUE: Style = LABEL;
const LEFT_VALUE: Style = Style { align: Align::Left, ..VALUE };
const EVIDENCE: Style = Style { align: Align::Left, pitch: 1.5, ..VALUE };
/// Long text: line pitch 20 pt, justified, first lines 2 characters in.
const PROSE: Style = Style { pitch: 20.0 / 12.0, align: Align::Justify, indent: true, ..VALUE };

const TIGHT: Padding = Padding { x: Mm(0.6), y: Mm(0.3) };
const NARROW: Padding = Padding { x: Mm(1.0), y: Mm(0.3) };
const WIDE: Padding = Padding { x: Mm(2.2), y: Mm(0.3) };
const ROOMY: Padding = Padding { x: Mm(2.4), y: Mm(1.8) };
/// A value in a narrow cell is rather this small than broken.
const ONE_LINE_FROM: Pt = Pt(10.5);
/// A value in a wide cell is only a little smaller to stand on one line.
const LONG_LINE_FROM: Pt = Pt(11.0);

const TITLE_ROW: Mm = Mm(11.0);

/// The form of one person. `photo` is the picture that the applicant's key names, when there is one.
pub fn application(
    fonts: &Fonts,
    notice: &Notice,
    applicant: &Applicant,
    photo: Option<Arc<Picture>>,
    stamp: &Stamp,
) -> Document {
    let form = Form { typesetter: Typesetter::new(fonts), notice, applicant };
    let mut pages = form.cover();
    let unnumbered = pages.len();
    let mut add = |table: Table| {
        let mut column = Column::new(PORTRAIT.side, PORTRAIT.inner_width(), TOP, PORTRAIT.content_bottom());
        column.table(table);
        pages.append(&mut column.pages);
    };
    add(form.basic_table(photo));
    add(form.items(&SectionKey::ALL[..3]));
    add(form.items(&SectionKey::ALL[3..6]));
    add(form.summary());
    add(form.opinions());
    let title = format!("{} {}", notice.forms.application, applicant.name.trim());
    PORTRAIT.document(&form.typesetter, title.trim_end().to_owned(), pages, unnumbered, stamp)
}

/// Everything that the parts of the form draw from.
struct Form<'a> {
    typesetter: Typesetter<'a>,
    notice: &'a Notice,
    applicant: &'a Applicant,
}

impl Form<'_> {
    fn label_block(&self, text: &str, style: &Style, width: Mm) -> Block {
        self.typesetter.label(text, style, width - TIGHT.x * 2.0)
    }

    fn label(&self, left: f32, width: f32, text: &str) -> Cell {
        self.styled_label(left, width, text, &LABEL)
    }

    fn styled_label(&self, left: f32, width: f32, text: &str, style: &Style) -> Cell {
        let block = self.label_block(text, style, Mm(width));
        Cell { padding: TIGHT, ..Cell::label(Mm(left), Mm(width), block) }
    }

    /// A value in the middle of a narrow cell.
    fn value(&self, left: f32, width: f32, height: Mm, text: &str) -> Cell {
        let block = self.typesetter.fit(text, &VALUE, narrow_room(width, height));
        Cell::flowing(Mm(left), Mm(width), NARROW, block)
    }

    fn name(&self, left: f32, width: f32, height: Mm, text: &str) -> Cell {
        let block = self.typesetter.name(text, &VALUE, narrow_room(width, height));
        Cell::flowing(Mm(left), Mm(width), NARROW, block)
    }

    /// A value that begins at the left of a wide cell.
    fn left_value(&self, left: f32, width: f32, height: Mm, text: &str, padding: Padding) -> Cell {
        let room = Room {
            width: Mm(width) - padding.x * 2.0,
            height: height - padding.y * 2.0,
            one_line_from: Some(LONG_LINE_FROM),
            smallest: SMALLEST,
        };
        Cell::flowing(Mm(left), Mm(width), padding, self.typesetter.fit(text, &LEFT_VALUE, room))
    }

    fn summary(&self) -> Table {
        let width = PORTRAIT.inner_width();
        let mut head = self.label(0.0, width.0, "个人总结（篇幅不够可加页）");
        head.continued = Some(self.label_block("个人总结（续）", &LABEL, width));
        let text = self.typesetter.text(&self.applicant.sections.summary.text, &PROSE, width - ROOMY.x * 2.0);
        let cell =
            Cell::flowing(Mm(0.0), width, ROOMY, text).at_top().showing(Part::Whole, None, "sections.summary.text");
        Table {
            sections: vec![Section {
                headers: vec![Row::new(TITLE_ROW, vec![head])],
                rows: vec![Row::new(Mm(20.0), vec![cell]).growing()],
                ..Section::default()
            }],
            ruled: true,
        }
    }
}

fn narrow_room(width: f32, height: Mm) -> Room {
    Room {
        width: Mm(width) - NARROW.x * 2.0,
        height: height - NARROW.y * 2.0,
        one_line_from: Some(ONE_LINE_FROM),
        smallest: SMALLEST,
    }
}

/// The items of one page.
type Items = Vec<Item>;
