//! The report on paper by GB/T 9704-2012: a type area of 22 lines of 28 characters, every line on its grid.

use super::{ReportPart, ReportText};
use crate::fonts::{Fonts, Role};
use crate::pages::page::{Document, FieldArea, Ink, Item};
use crate::pages::sheet::{Sheet, Stamp};
use crate::pages::text::{Align, Block, Room, Style, Typesetter};
use crate::pages::units::{Mm, Pt, Rect};

const SHEET: Sheet = Sheet { width: Mm(210.0), height: Mm(297.0), side: LEFT };
/// 版心 156 × 225: margins 37 above, 28 at the left, 35 below, 26 at the right (5.2.1).
const LEFT: Mm = Mm(28.0);
const TOP: Mm = Mm(37.0);
const WIDTH: Mm = Mm(156.0);
const HEIGHT: Mm = Mm(225.0);
/// 22 lines a page, 28 characters a line, filling the type area (5.2.3).
const LINES: usize = 22;
const CHARACTERS: f32 = 28.0;
const PITCH: Mm = Mm(HEIGHT.0 / LINES as f32);

/// 3号 characters are 16 pt; 28 of them fill 156 mm at an advance of 15.8 pt, at which they are measured.
const DRAWN: Pt = Pt(16.0);
const EM: Pt = Pt(WIDTH.0 / CHARACTERS * 72.0 / 25.4);
const BODY: Style =
    Style { role: Role::Body, size: EM, pitch: PITCH.0 / (EM.0 * MM_PER_PT), align: Align::Justify, indent: true };
const HEAD: Style = Style { role: Role::Hei, align: Align::Left, ..BODY };
const FLUSH: Style = Style { align: Align::Left, indent: false, ..BODY };
const TITLE: Style = Style { role: Role::Title, size: Pt(22.0), pitch: 1.31, align: Align::Center, indent: false };
const NUMBER: Style = Style { role: Role::Body, size: Pt(14.0), pitch: 1.2, align: Align::Left, indent: false };
const MM_PER_PT: f32 = 25.4 / 72.0;

/// Lines left free for the seal above the signature: with both lines below it, room for 45 mm.
const ABOVE_SIGNATURE: usize = 2;
/// Lines of text that stay with the signature: a page with a seal alone proves nothing (7.3.5.3).
const WITH_SIGNATURE: usize = 2;
/// The date ends 4 characters from the right edge (7.3.5.1).
const DATE_FROM_RIGHT: f32 = 4.0;
const DATE: &str = "　　　年　　月　　日";
const DATE_CHARACTERS: f32 = 10.0;
/// From the type area down to the dashes beside the page number (7.5).
const NUMBER_BELOW: Mm = Mm(7.0);

/// A 楷体 head at the start of a paragraph is at most this long.
const LONGEST_RUN_IN: usize = 20;

/// One line of the grid.
struct Line {
    block: Block,
    rect_left: Mm,
    /// So many further lines must be on the same page.
    with: usize,
    /// Path of the field that it shows.
    field: Option<String>,
}

impl Line {
    fn blank() -> Self {
        Self::of(Block::empty())
    }

    fn of(block: Block) -> Self {
        Self { block, rect_left: LEFT, with: 0, field: None }
    }
}

/// The report as pages.
pub fn report(fonts: &Fonts, text: &ReportText, stamp: &Stamp) -> Document {
    let typesetter = Typesetter::new(fonts);
    let mut lines = Vec::new();
    let room = Room { width: WIDTH, height: PITCH * 3.0, one_line_from: Some(TITLE.size), smallest: Pt(16.0) };
    lines.extend(typesetter.fit(&text.title, &TITLE, room).into_lines().map(Line::of));
    lines.push(Line::blank());
    lines.extend(set(&typesetter, &format!("{}：", text.addressee), &FLUSH));
    lines.extend(set(&typesetter, &text.opening, &BODY));
    for part in &text.parts {
        lines.extend(part_lines(&typesetter, part));
    }
    let tail = signature(&typesetter, &text.signature);
    let count = lines.len();
    for (index, line) in lines.iter_mut().enumerate().skip(count.saturating_sub(WITH_SIGNATURE)) {
        line.with = line.with.max(count - 1 - index + tail.len());
    }
    lines.extend(tail);
    // What stays with a line brings along what stays with that.
    for index in (0..lines.len()).rev() {
        let with = lines[index].with;
        let further = lines.iter().skip(index + 1).take(with).zip(1..).map(|(line, after)| after + line.with).max();
        lines[index].with = with.max(further.unwrap_or(0));
    }

    let number = |index: usize, items: &mut Vec<Item>| page_number(&typesetter, index + 1, items);
    let title = format!("{} {}", text.title, text.signature);
    SHEET.stamped(&typesetter, title, paged(lines), stamp, &number)
}

/// The lines of a text on the grid, drawn at full size.
fn set(typesetter: &Typesetter, text: &str, style: &Style) -> Vec<Line> {
    let lines = typesetter.text(text, style, WIDTH).into_lines();
    lines.map(|block| Line::of(Block { size: DRAWN, ..block })).collect()
}

fn part_lines(typesetter: &Typesetter, part: &ReportPart) -> Vec<Line> {
    let mut lines = set(typesetter, part.heading(), &HEAD);
    lines.iter_mut().for_each(|line| line.with = 1);
    for (index, paragraph) in part.paragraphs().enumerate() {
        let mut set = set(typesetter, paragraph, &BODY);
        keep_together(&mut set);
        if index == 0 {
            // A head never stands last on a page.
            let below = 1 + set.first().map_or(0, |first| first.with);
            lines.iter_mut().rev().zip(below..).for_each(|(line, with)| line.with = with);
        }
        if let Some(first) = set.first_mut() {
            in_kai(typesetter.fonts(), &mut first.block, run_in_head(paragraph));
        }
        for line in &mut set {
            line.field = Some(format!("recommender.report.{}", part.key.key()));
        }
        lines.extend(set);
    }
    lines
}

/// No line of a paragraph of several stands alone, neither last on a page nor first on the next.
fn keep_together(paragraph: &mut [Line]) {
    let count = paragraph.len();
    if let [first, .., _] = paragraph {
        // Of three lines, all.
        first.with = if count == 3 { 2 } else { 1 };
    }
    if let [.., last_but_one, _] = paragraph {
        last_but_one.with = last_but_one.with.max(1);
    }
}

/// Characters of a second-level head （一）… at the start of a paragraph: up to its full stop, or the whole paragraph.
pub fn run_in_head(paragraph: &str) -> usize {
    let is_numbered = paragraph
        .strip_prefix('（')
        .and_then(|rest| rest.split_once('）'))
        .is_some_and(|(number, _)| !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c)));
    let count = match paragraph.chars().position(|c| c == '。') {
        Some(stop) => stop + 1,
        None => paragraph.chars().count(),
    };
    if is_numbered && count <= LONGEST_RUN_IN { count } else { 0 }
}

/// Turns the first characters of a line to 楷体, which is as wide as 仿宋.
fn in_kai(fonts: &Fonts, block: &mut Block, count: usize) {
    for glyph in block.lines.iter_mut().flat_map(|line| &mut line.glyphs).take(count) {
        if let Some(face) = fonts.choose(Role::Kai, glyph.character) {
            glyph.face = face;
        }
    }
}

/// 署名 in the middle above the date; the date is left for the pen.
fn signature(typesetter: &Typesetter, name: &str) -> Vec<Line> {
    let em = EM.mm();
    let date_middle = WIDTH - em * (DATE_FROM_RIGHT + DATE_CHARACTERS / 2.0);
    let half = WIDTH - date_middle;
    let is_short = em * (name.chars().count() as f32) <= half * 2.0;
    let (left, width, align) =
        if is_short { (date_middle - half, half * 2.0, Align::Center) } else { (Mm(0.0), WIDTH, Align::Right) };
    let mut lines: Vec<Line> = (0..ABOVE_SIGNATURE).map(|_| Line::blank()).collect();
    let at = |left: Mm, block: Block| Line { rect_left: LEFT + left, ..Line::of(Block { size: DRAWN, ..block }) };
    let name = typesetter.text(name, &Style { align, ..FLUSH }, width);
    lines.extend(name.into_lines().map(|block| at(left, block)));
    let date = typesetter.label(DATE, &FLUSH, WIDTH);
    lines.push(at(date_middle - em * (DATE_CHARACTERS / 2.0), date));
    lines
}

/// 14 pt, — 1 —, one character from the outer edge.
fn page_number(typesetter: &Typesetter, number: usize, items: &mut Vec<Item>) {
    let align = if number % 2 == 1 { Align::Right } else { Align::Left };
    let block = typesetter.text(&format!("— {number} —"), &Style { align, ..NUMBER }, WIDTH - NUMBER.size.mm() * 2.0);
    let middle = TOP + HEIGHT + NUMBER_BELOW;
    let rect = Rect::new(LEFT + NUMBER.size.mm(), middle - Mm(3.0), WIDTH, Mm(6.0));
    block.draw_in(rect, Ink::Black, items);
}

/// Pages of 22 lines; lines that belong together stay together.
fn paged(lines: Vec<Line>) -> Vec<Vec<Item>> {
    let mut pages = vec![Vec::new()];
    let mut row = 0;
    let mut areas: Vec<FieldArea> = Vec::new();
    for line in lines {
        let fits = row + 1 + line.with <= LINES;
        // What belongs together but is longer than a page cannot be kept.
        if row > 0 && !fits && (line.with < LINES || row >= LINES) {
            finish(&mut pages, &mut areas);
            pages.push(Vec::new());
            row = 0;
        }
        let rect = Rect::new(LEFT, TOP + PITCH * row as f32, WIDTH, PITCH);
        if let Some(field) = line.field {
            match areas.last_mut().filter(|area| area.field == field) {
                Some(area) => area.rect.height = rect.bottom() - area.rect.top,
                None => areas.push(FieldArea { rect, person: None, field }),
            }
        }
        if let Some(page) = pages.last_mut() {
            line.block.draw_in(Rect { left: line.rect_left, ..rect }, Ink::Black, page);
        }
        row += 1;
    }
    finish(&mut pages, &mut areas);
    pages
}

fn finish(pages: &mut [Vec<Item>], areas: &mut Vec<FieldArea>) {
    if let Some(page) = pages.last_mut() {
        page.extend(areas.drain(..).map(Item::Area));
    }
}
