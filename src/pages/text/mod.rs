//! Setting text: Chinese line breaking, alignment, and sizes that shrink before a cell has to grow.
//!
//! Every typed character comes out exactly once, apart from line breaks and white space at a line's end. Positions are
//! in millimetres from the upper left corner of the block.

mod breaks;
mod lines;
mod units;

pub use lines::SetLine;

use breaks::Break;
use lines::{Filling, fill, set};
use units::{Class, Measure, Unit};

use super::page::{Ink, Item, TextRun};
use super::units::{Mm, Point, Pt, Rect};
use crate::fonts::{Fonts, Role};

/// Smallest size of a value that has to shrink.
pub const SMALLEST: Pt = Pt(9.0);
const STEP: Pt = Pt(0.5);
const INDENT_EM: f32 = 2.0;
/// Baseline below the middle of a line, in em: the em box of the Chinese faces reaches from 0.8 above to 0.2 below.
const BASELINE_EM: f32 = 0.31;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    /// Several lines are made about equally long.
    Center,
    Right,
    /// Every line but a paragraph's last fills the width.
    Justify,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub role: Role,
    pub size: Pt,
    /// Line pitch as a multiple of the size.
    pub pitch: f32,
    pub align: Align,
    /// The first line of a paragraph starts 2 characters in, unless the paragraph begins with white space of its own.
    pub indent: bool,
}

/// How a value gets smaller before its cell grows.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    pub width: Mm,
    pub height: Mm,
    /// Rather one line at this size or above than several larger ones.
    pub one_line_from: Option<Pt>,
    /// Where shrinking ends.
    pub smallest: Pt,
}

/// Lines of one text at one size.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub size: Pt,
    pub pitch: Mm,
    pub lines: Vec<SetLine>,
}

impl Block {
    pub fn empty() -> Self {
        Self { size: SMALLEST, pitch: SMALLEST.mm(), lines: Vec::new() }
    }

    pub fn height(&self) -> Mm {
        self.pitch * self.lines.len() as f32
    }

    /// Keeps the first `count` lines and gives the rest.
    pub fn split_off(&mut self, count: usize) -> Self {
        let lines = self.lines.split_off(count.min(self.lines.len()));
        Self { lines, ..*self }
    }

    /// A block for each line.
    pub fn into_lines(self) -> impl Iterator<Item = Self> {
        let (size, pitch) = (self.size, self.pitch);
        self.lines.into_iter().map(move |line| Self { size, pitch, lines: vec![line] })
    }

    /// Draws the lines with the block's upper left corner at `corner`.
    pub fn draw(&self, corner: Point, ink: Ink, items: &mut Vec<Item>) {
        for (index, line) in self.lines.iter().enumerate() {
            if line.glyphs.is_empty() {
                continue;
            }
            let middle = corner.y + self.pitch * (index as f32 + 0.5);
            let at = Point { x: corner.x + line.x, y: middle + self.size.mm() * BASELINE_EM };
            items.push(Item::Text(TextRun { at, size: self.size, ink, glyphs: line.glyphs.clone() }));
        }
    }

    /// Draws the block in the middle of a rectangle, from its left edge.
    pub fn draw_in(&self, rect: Rect, ink: Ink, items: &mut Vec<Item>) {
        let y = rect.top + (rect.height - self.height()) / 2.0;
        self.draw(Point { x: rect.left, y }, ink, items);
    }
}

/// Sets the texts of one document; remembers the characters it has measured.
pub struct Typesetter<'f> {
    measure: Measure<'f>,
}

impl<'f> Typesetter<'f> {
    pub fn new(fonts: &'f Fonts) -> Self {
        Self { measure: Measure::new(fonts) }
    }

    pub fn fonts(&self) -> &'f Fonts {
        self.measure.fonts()
    }

    /// Text at its own size, as many lines as it takes.
    pub fn text(&self, text: &str, style: &Style, width: Mm) -> Block {
        self.prepare(text, style.role).block(style, &|_| width)
    }

    /// Text that is to be tried in several shapes.
    pub fn prepare(&self, text: &str, role: Role) -> Prepared {
        Prepared(self.measure.text(role, text))
    }

    /// A label of the form, broken by hand (`\n`); U+3000 in it is a distance, so that spread labels have no space in
    /// the text layer. Smaller where it would be wider than `width`.
    pub fn label(&self, text: &str, style: &Style, width: Mm) -> Block {
        let units = self.measure.label(style.role, text);
        let room = Room { width, height: Mm(f32::MAX), one_line_from: None, smallest: SMALLEST };
        fitted(&units, style, room)
    }

    /// A value that shrinks to fit; what does not fit even then has more lines than the room is high.
    pub fn fit(&self, text: &str, style: &Style, room: Room) -> Block {
        fitted(&self.measure.text(style.role, text), style, room)
    }

    /// A person's name: two Chinese characters are spread over three by position (葛　川), others are set as typed and
    /// broken at a dot or a space only.
    pub fn name(&self, name: &str, style: &Style, room: Room) -> Block {
        let mut characters = name.chars();
        match (characters.next(), characters.next(), characters.next()) {
            (Some(family), Some(given), None) if !family.is_ascii() && !given.is_ascii() && !blank(family, given) => {
                fitted(&self.measure.label(style.role, &format!("{family}\u{3000}{given}")), style, room)
            }
            _ => {
                let mut units = self.measure.text(style.role, name);
                for unit in units.iter_mut().filter(|unit| unit.after == Break::Allowed) {
                    if unit.class != Class::Space && !matches!(unit.glyph, Some(('·' | '•' | '・', _))) {
                        unit.after = Break::No;
                    }
                }
                fitted(&units, style, room)
            }
        }
    }
}

/// Measured text.
pub struct Prepared(Vec<Unit>);

impl Prepared {
    /// How many lines the text takes where `width` is the room of each line, counted from 0.
    pub fn line_count(&self, style: &Style, width: &dyn Fn(usize) -> Mm) -> usize {
        filled(&self.0, style, style.size, width).lines.len()
    }

    /// The text in that shape.
    pub fn block(&self, style: &Style, width: &dyn Fn(usize) -> Mm) -> Block {
        block(&self.0, filled(&self.0, style, style.size, width), style, style.size, width)
    }
}

fn blank(first: char, second: char) -> bool {
    first.is_whitespace() || second.is_whitespace()
}

fn fitted(units: &[Unit], style: &Style, room: Room) -> Block {
    let width = |_: usize| room.width;
    let sizes = |from: Pt| {
        std::iter::successors(Some(style.size), |&size| Some(size - STEP))
            .take_while(move |size| size.0 >= from.0 - 1e-3)
    };
    let smallest = style.size.min(room.smallest);
    let one_line = room.one_line_from.into_iter().flat_map(sizes).find_map(|size| {
        let filling = filled(units, style, size, &width);
        (filling.lines.len() <= 1 && !filling.forced).then_some((size, filling))
    });
    let (size, filling) = one_line
        .or_else(|| {
            sizes(smallest).find_map(|size| {
                let filling = filled(units, style, size, &width);
                let height = size.mm() * (style.pitch * filling.lines.len() as f32);
                (!filling.forced && height <= room.height).then_some((size, filling))
            })
        })
        .unwrap_or_else(|| (smallest, filled(units, style, smallest, &width)));
    block(units, filling, style, size, &width)
}

/// Centred text of more lines than this is not balanced.
const MOST_BALANCED: usize = 4;
/// A last line shorter than this looks lost under the others, in em.
const LOST_EM: f32 = 2.1;

/// The same number of lines, as narrow as they get, and each in the middle of the full width.
fn balanced(units: &[Unit], style: &Style, size: Pt, first: Filling) -> Filling {
    let Some(full) = first.lines.first().map(|line| line.width) else { return first };
    let (mut narrow, mut wide) = (full * 0.4, full);
    let mut best = first;
    for _ in 0..6 {
        let middle = (narrow + wide) / 2.0;
        let filling = filled(units, style, size, &|_| size.mm() * middle);
        if filling.lines.len() == best.lines.len() && filling.forced == best.forced {
            wide = middle;
            best = filling;
        } else {
            narrow = middle;
        }
    }
    for line in &mut best.lines {
        line.width = full;
    }
    best
}

/// Takes a few characters down to a last line of one or two.
fn kept_company(units: &[Unit], style: &Style, size: Pt, width: &dyn Fn(usize) -> Mm, first: Filling) -> Filling {
    let lost = |filling: &Filling| match filling.lines.as_slice() {
        [.., before, last] => !before.ends_paragraph && last.natural < LOST_EM,
        _ => false,
    };
    if !lost(&first) || first.forced {
        return first;
    }
    let narrower = (1..=3).map(|em| filled(units, style, size, &|line| width(line) - size.mm() * em as f32));
    let better = narrower
        .into_iter()
        .find(|filling| filling.lines.len() == first.lines.len() && !filling.forced && !lost(filling));
    better.unwrap_or(first)
}

fn filled(units: &[Unit], style: &Style, size: Pt, width: &dyn Fn(usize) -> Mm) -> Filling {
    let em = size.mm();
    fill(units, &|line| width(line) / em, if style.indent { INDENT_EM } else { 0.0 })
}

fn block(units: &[Unit], filling: Filling, style: &Style, size: Pt, width: &dyn Fn(usize) -> Mm) -> Block {
    let filling = match style.align {
        Align::Center if (2..=MOST_BALANCED).contains(&filling.lines.len()) => balanced(units, style, size, filling),
        Align::Left => kept_company(units, style, size, width, filling),
        _ => filling,
    };
    let lines = filling.lines.iter().map(|line| set(units, line, style.align, size)).collect();
    Block { size, pitch: size.mm() * style.pitch, lines }
}
