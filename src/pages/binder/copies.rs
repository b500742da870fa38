//! Copies: one on a page, inside the margins, with its caption and room for the seal that vouches for it (notice 三（二）:
//! 复印件盖章).

use std::sync::Arc;

use super::{Copy, CopyContent};
use crate::domain::PersonId;
use crate::fonts::Role;
use crate::pages::page::{FieldArea, ForeignPage, ForeignSize, Image, Ink, Item};
use crate::pages::sheet::{PORTRAIT, TOP};
use crate::pages::table::{SEAL_HEIGHT, SEAL_WIDTH};
use crate::pages::text::{Align, Room, Style, Typesetter};
use crate::pages::units::{Mm, Pt, Rect};

const CAPTION: Style = Style { role: Role::Hei, size: Pt(12.0), pitch: 1.4, align: Align::Left, indent: false };
const LABEL: Style = Style { role: Role::Body, size: Pt(14.0), pitch: 1.4, align: Align::Center, indent: false };

const CAPTION_HEIGHT: Mm = Mm(11.0);
/// Between the copy and what stands above and below it.
const AIR: Mm = Mm(3.0);
/// A picture is never blown up beyond this.
const COARSEST_DPI: f32 = 100.0;

/// Room for a copy between its caption and the seal.
pub const ROOM: (Mm, Mm) = {
    let height = PORTRAIT.height.0 - TOP.0 - CAPTION_HEIGHT.0 - 22.0 - SEAL_HEIGHT.0 - AIR.0;
    (Mm(PORTRAIT.width.0 - 2.0 * PORTRAIT.side.0), Mm(height))
};

/// The pages of one copy of a person.
pub fn pages(typesetter: &Typesetter, person: PersonId, name: &str, copy: &Copy) -> Vec<Vec<Item>> {
    let count = copy.pages();
    let page = |index: usize| {
        let mut items = Vec::new();
        let of = if count > 1 { format!("（共 {count} 页，第 {} 页）", index + 1) } else { String::new() };
        caption(typesetter, &format!("{}　{}{of}", name.trim(), copy.title), &mut items);
        items.push(Item::Area(FieldArea { rect: whole(), person: Some(person), field: copy.field.clone() }));
        items.extend(content(&copy.content, index));
        seal(typesetter, &mut items);
        items
    };
    (0..count).map(page).collect()
}

/// Caption and copy.
fn whole() -> Rect {
    Rect::new(PORTRAIT.side, TOP, PORTRAIT.inner_width(), CAPTION_HEIGHT + ROOM.1)
}

fn caption(typesetter: &Typesetter, text: &str, items: &mut Vec<Item>) {
    let line = Rect::new(PORTRAIT.side, TOP, PORTRAIT.inner_width(), CAPTION_HEIGHT - AIR);
    let room = Room { width: line.width, height: line.height + AIR, one_line_from: Some(Pt(10.5)), smallest: Pt(7.0) };
    typesetter.fit(text, &CAPTION, room).draw_in(line, Ink::Black, items);
}

fn content(content: &CopyContent, page: usize) -> Option<Item> {
    let (width, height) = ROOM;
    let room = Rect::new(PORTRAIT.side, TOP + CAPTION_HEIGHT, width, height);
    Some(match content {
        CopyContent::Picture(picture) => {
            let (width_px, height_px) = picture.upright_size_px();
            let largest = |pixels: u32| Mm(pixels as f32 * 25.4 / COARSEST_DPI);
            let rect = inside(room, largest(width_px), largest(height_px));
            Item::Image(Image { rect, picture: Arc::clone(picture) })
        }
        CopyContent::Pdf(source) => {
            let ForeignSize { width, height } = *source.pages.get(page)?;
            let rect = inside(room, width, height);
            Item::ForeignPage(ForeignPage { rect, source: Arc::clone(source), page })
        }
    })
}

/// A rectangle of these proportions in the middle of a room, no larger than given.
fn inside(room: Rect, width: Mm, height: Mm) -> Rect {
    let scale = (room.width / width).min(room.height / height).min(1.0);
    let (width, height) = (width * scale, height * scale);
    Rect::new(room.left + (room.width - width) / 2.0, room.top + (room.height - height) / 2.0, width, height)
}

fn seal(typesetter: &Typesetter, items: &mut Vec<Item>) {
    let top = PORTRAIT.content_bottom() - SEAL_HEIGHT;
    let left = PORTRAIT.width - PORTRAIT.side - SEAL_WIDTH;
    for (text, middle) in [("与原件一致（盖章）", 0.45), ("年　　月　　日", 0.82)] {
        let line = Rect::new(left, top + SEAL_HEIGHT * middle - Mm(4.0), SEAL_WIDTH, Mm(8.0));
        typesetter.label(text, &LABEL, SEAL_WIDTH).draw_in(line, Ink::Black, items);
    }
}
