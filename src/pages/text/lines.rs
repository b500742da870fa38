//! From measured characters to lines: where each line ends, and where its characters stand.

use super::Align;
use super::breaks::Break;
use super::units::{Class, Unit};
use crate::pages::page::Glyph;
use crate::pages::units::{Mm, Pt};

/// More than this between two characters reads as a hole; such a line stays ragged. In em.
const MOST_STRETCH_EM: f32 = 0.5;
/// Rounding of sums of widths, in em.
const TOLERANCE_EM: f32 = 1e-3;

/// One line as a range of units, in em. White space at its end is not in it.
#[derive(Clone, Copy, Debug)]
pub struct Filled {
    pub start: usize,
    pub end: usize,
    pub indent: f32,
    pub natural: f32,
    pub width: f32,
    pub ends_paragraph: bool,
}

/// The lines of a text, and whether one of them had to end where no line may end.
#[derive(Debug)]
pub struct Filling {
    pub lines: Vec<Filled>,
    pub forced: bool,
}

/// Breaks units into lines, each as full as it gets. `width` is the room of the n-th line in em.
pub fn fill(units: &[Unit], width: &dyn Fn(usize) -> f32, indent: f32) -> Filling {
    let mut filling = Filling { lines: Vec::new(), forced: false };
    let mut start = 0;
    let mut begins_paragraph = true;
    while start < units.len() {
        let indent = if begins_paragraph && units[start].class != Class::Space { indent } else { 0.0 };
        let room = width(filling.lines.len());
        let (mut line, mut next, forced) = one_line(units, start, room - indent);
        filling.forced |= forced;
        if !line.ends_paragraph {
            while units.get(next).is_some_and(|unit| unit.class == Class::Space) {
                next += 1;
            }
            // Only white space was left of the paragraph: it ends here, without an empty line of its own.
            while !line.ends_paragraph && units.get(next).is_some_and(|unit| unit.class == Class::LineBreak) {
                line.ends_paragraph = units[next].after == Break::Mandatory;
                next += 1;
            }
            line.ends_paragraph |= next >= units.len();
        }
        begins_paragraph = line.ends_paragraph;
        filling.lines.push(Filled { indent, width: room, ..line });
        start = next;
    }
    filling
}

/// The line from `start`, the unit after it, and whether it was forced.
fn one_line(units: &[Unit], start: usize, room: f32) -> (Filled, usize, bool) {
    let mut line = Filled { start, end: start, indent: 0.0, natural: 0.0, width: room, ends_paragraph: false };
    let mut best: Option<(Filled, usize)> = None;
    // Where a number too long for the line is parted sooner than between any two digits.
    let mut joint: Option<(Filled, usize)> = None;
    let mut x = 0.0;
    for (index, unit) in units.iter().enumerate().skip(start) {
        match unit.class {
            Class::LineBreak => {}
            Class::Space => x += unit.advance,
            Class::Wide | Class::Word => {
                if x + unit.advance > room + TOLERANCE_EM && unit.advance > 0.0 && index > start {
                    return match best {
                        Some((line, next)) => (line, next, false),
                        None => {
                            let (line, next) = joint.unwrap_or((line, index));
                            (line, next, true)
                        }
                    };
                }
                line.end = index + 1;
                line.natural = x + unit.advance;
                x = line.natural + unit.kern;
            }
        }
        match unit.after {
            Break::Mandatory => return (Filled { ends_paragraph: true, ..line }, index + 1, false),
            Break::Allowed => best = Some((line, index + 1)),
            Break::No if index > start && matches!(unit.glyph, Some(('-' | '/', _))) => joint = Some((line, index + 1)),
            Break::No => {}
        }
    }
    (Filled { ends_paragraph: true, ..line }, units.len(), false)
}

/// A line with each character in its place, from the left edge of its block.
#[derive(Clone, Debug, PartialEq)]
pub struct SetLine {
    /// Where the first glyph stands; the glyphs count from there.
    pub x: Mm,
    pub glyphs: Vec<Glyph>,
}

/// Gives the characters of a line their places.
pub fn set(units: &[Unit], line: &Filled, align: Align, size: Pt) -> SetLine {
    let units = units.get(line.start..line.end).unwrap_or_default();
    let slack = (line.width - line.indent - line.natural).max(0.0);
    let stretch = if align == Align::Justify && !line.ends_paragraph { stretch(units, slack) } else { 0.0 };
    let left = line.indent
        + match align {
            Align::Left | Align::Justify => 0.0,
            Align::Center => slack / 2.0,
            Align::Right => slack,
        };
    let em = size.mm();
    let mut glyphs = Vec::with_capacity(units.len());
    let mut first = None;
    let mut x = 0.0;
    let mut text_begun = false;
    for (index, unit) in units.iter().enumerate() {
        if let Some((character, face)) = unit.glyph {
            let origin = *first.get_or_insert(x);
            glyphs.push(Glyph { character, face, x: em * (x - origin) });
        }
        text_begun |= unit.class != Class::Space;
        x += unit.advance;
        if let Some(next) = units.get(index + 1) {
            x += unit.kern;
            if text_begun && stretches(unit, next) {
                x += stretch;
            }
        }
    }
    SetLine { x: em * (left + first.unwrap_or(0.0)), glyphs }
}

/// What each gap of a line grows by so that the line fills its width; 0 where that would tear holes.
fn stretch(units: &[Unit], slack: f32) -> f32 {
    let begun = units.iter().position(|unit| unit.class != Class::Space).unwrap_or(units.len());
    let text = &units[begun..];
    let gaps = text.iter().zip(text.iter().skip(1)).filter(|(unit, next)| stretches(unit, next)).count();
    let each = slack / gaps.max(1) as f32;
    if gaps == 0 || each > MOST_STRETCH_EM { 0.0 } else { each }
}

/// Whether the gap between two units may grow: at the last of some spaces, and around Chinese characters; never inside
/// a Latin word or number, a dash, an ellipsis, or a figure with its unit.
fn stretches(unit: &Unit, next: &Unit) -> bool {
    if next.class == Class::Space || next.advance <= 0.0 {
        return false;
    }
    if unit.class == Class::Space {
        return true;
    }
    if unit.class == Class::Word && next.class == Class::Word {
        return false;
    }
    let character = |unit: &Unit| unit.glyph.map(|(character, _)| character);
    let (this, that) = (character(unit), character(next));
    let one_mark = this == that && matches!(this, Some('—' | '…'));
    let figure_with_unit = unit.class == Class::Word && matches!(that, Some('％' | '‰' | '℃' | '℉' | '°'));
    !one_mark && !figure_with_unit
}
