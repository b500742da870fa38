//! 目录: what stands where, each line a link.

use super::{Entry, TITLE};
use crate::fonts::Role;
use crate::pages::page::{Ink, Item, Link};
use crate::pages::sheet::{PORTRAIT, TOP};
use crate::pages::text::{Align, Room, SMALLEST, Style, Typesetter};
use crate::pages::units::{Mm, Point, Pt, Rect};

const LINE: Style = Style { role: Role::Body, size: Pt(12.0), pitch: 1.5, align: Align::Left, indent: false };
const NUMBER: Style = Style { align: Align::Right, ..LINE };

const TITLE_HEIGHT: Mm = Mm(20.0);
const ROW: Mm = Mm(8.5);
const INDENT: Mm = Mm(8.5);
const NUMBER_WIDTH: Mm = Mm(12.0);
/// White between a title, its leader and the number.
const GAP: Mm = Mm(2.0);
const LEADER: char = '…';

pub fn pages(typesetter: &Typesetter, entries: &[Entry]) -> Vec<Vec<Item>> {
    let mut first = Vec::new();
    let title = Rect::new(PORTRAIT.side, TOP, PORTRAIT.inner_width(), Mm(10.0));
    // Spread by position: the text layer says 目录.
    typesetter.label("目　录", &TITLE, title.width).draw_in(title, Ink::Black, &mut first);
    let mut pages = vec![first];
    let mut y = TOP + TITLE_HEIGHT;
    for (index, entry) in entries.iter().enumerate() {
        let indent = INDENT * f32::from(entry.level);
        let left = PORTRAIT.side + indent;
        let width = PORTRAIT.inner_width() - indent - NUMBER_WIDTH - GAP;
        let room = Room { width, height: ROW, one_line_from: Some(Pt(10.5)), smallest: SMALLEST };
        let block = typesetter.fit(&entry.title, &LINE, room);
        let height = ROW.max(block.height() + Mm(2.0));
        // A person's name never stands last on a page.
        let next_is_deeper = entries.get(index + 1).is_some_and(|next| next.level > entry.level);
        let needed = if next_is_deeper { height + ROW } else { height };
        if y + needed > PORTRAIT.content_bottom() {
            pages.push(Vec::new());
            y = TOP;
        }
        let Some(items) = pages.last_mut() else { break };
        let row = Rect::new(PORTRAIT.side, y, PORTRAIT.inner_width(), height);
        block.draw_in(Rect { left, width, ..row }, Ink::Black, items);
        let last = block.lines.last().and_then(|line| line.glyphs.last().map(|glyph| line.x + glyph.x));
        let last_line = block.pitch * (block.lines.len().max(1) as f32 - 1.0);
        let line_y = y + (height - block.height()) / 2.0 + last_line;
        leader(typesetter, left + last.unwrap_or_default() + LINE.size.mm() + GAP, left + width, line_y, items);
        let number = Rect::new(row.right() - NUMBER_WIDTH, line_y, NUMBER_WIDTH, block.pitch);
        let text = (entry.page + 1).to_string();
        typesetter.text(&text, &NUMBER, NUMBER_WIDTH).draw_in(number, Ink::Black, items);
        items.push(Item::Link(Link { rect: row, page: entry.page }));
        y += height;
    }
    pages
}

/// Dots from a title to its number.
fn leader(typesetter: &Typesetter, from: Mm, to: Mm, y: Mm, items: &mut Vec<Item>) {
    let em = LINE.size.mm();
    let count = ((to - from) / em).floor();
    if count < 1.0 {
        return;
    }
    let dots: String = std::iter::repeat_n(LEADER, count as usize).collect();
    // They end in one column, however long the titles are.
    let block = typesetter.text(&dots, &LINE, to - from + em);
    block.draw(Point { x: to - em * count, y }, Ink::Grey, items);
}
