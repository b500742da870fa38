//! Text made ready for setting: each character with its face, its width and what may happen after it.

use std::cell::RefCell;
use std::collections::HashMap;

use super::breaks::{Break, breaks, closes, is_line_break, opens};
use crate::fonts::{Face, Fonts, Role};

/// Stands for a character that no face has (contract, section 2: drafts only). Keeps the count of characters.
const SUBSTITUTE: char = '〓';
/// Gap in labels and spread names: kept as a distance, not as a character.
const GAP: char = '\u{3000}';
const TAB_EM: f32 = 2.0;
const ODD_SPACE_EM: f32 = 0.5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Space,
    LineBreak,
    /// Chinese characters and marks.
    Wide,
    /// Letters and figures: what stands together as a word or number.
    Word,
}

/// One character, measured in em.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// What is drawn; `None` for gaps and line breaks.
    pub glyph: Option<(char, Face)>,
    pub advance: f32,
    /// Added when the next unit stands on the same line: two full-width marks share their blank halves.
    pub kern: f32,
    pub class: Class,
    pub after: Break,
}

#[derive(Clone, Copy)]
struct Metric {
    shown: char,
    face: Face,
    advance: f32,
}

/// Looks each character up once for as long as it lives; one for each document.
pub struct Measure<'f> {
    fonts: &'f Fonts,
    known: RefCell<HashMap<(Role, char), Metric>>,
}

impl<'f> Measure<'f> {
    pub fn new(fonts: &'f Fonts) -> Self {
        Self { fonts, known: RefCell::default() }
    }

    pub fn fonts(&self) -> &'f Fonts {
        self.fonts
    }

    /// Text as typed, to be broken into lines.
    pub fn text(&self, role: Role, text: &str) -> Vec<Unit> {
        let text = text.trim_end();
        self.units(role, text, &breaks(text))
    }

    /// A label: broken by hand only, and U+3000 is a distance.
    pub fn label(&self, role: Role, text: &str) -> Vec<Unit> {
        let by_hand: Vec<Break> =
            text.chars().map(|c| if is_line_break(c) { Break::Mandatory } else { Break::No }).collect();
        let mut units = self.units(role, text, &by_hand);
        for unit in &mut units {
            if matches!(unit.glyph, Some((GAP, _))) {
                unit.glyph = None;
            }
        }
        units
    }

    fn units(&self, role: Role, text: &str, breaks: &[Break]) -> Vec<Unit> {
        let mut units = Vec::with_capacity(breaks.len());
        let mut known = self.known.borrow_mut();
        let mut characters = text.chars().peekable();
        for &after in breaks {
            let Some(character) = characters.next() else { break };
            if is_line_break(character) {
                units.push(Unit { glyph: None, advance: 0.0, kern: 0.0, class: Class::LineBreak, after });
                continue;
            }
            let metric = *known.entry((role, character)).or_insert_with(|| self.look_up(role, character));
            let next = characters.peek().copied().unwrap_or(' ');
            let blank_between =
                (closes(character) && (closes(next) || opens(next))) || (opens(character) && opens(next));
            units.push(Unit {
                glyph: Some((metric.shown, metric.face)),
                advance: metric.advance,
                kern: if blank_between && metric.advance > 0.9 { -0.5 } else { 0.0 },
                class: class(character),
                after,
            });
        }
        units
    }

    fn look_up(&self, role: Role, character: char) -> Metric {
        let found = |shown: char| {
            let face = self.fonts.choose(role, shown)?;
            Some(Metric { shown, face, advance: self.fonts.advance_em(face, shown) })
        };
        let blank = |advance: f32| found(' ').map(|space| Metric { advance, ..space });
        let metric = match character {
            '\t' => blank(TAB_EM),
            _ if character.is_whitespace() => found(character).or_else(|| blank(ODD_SPACE_EM)),
            _ => found(character).or_else(|| found(SUBSTITUTE)),
        };
        // Only with a damaged font folder: the place is kept, the back ends skip what a face has not.
        metric.unwrap_or(Metric { shown: character, face: Face::FangSong, advance: 1.0 })
    }
}

fn class(character: char) -> Class {
    if character.is_whitespace() {
        Class::Space
    } else if character.is_ascii() || (character < '\u{2E80}' && character.is_alphanumeric()) || character == '±' {
        Class::Word
    } else {
        Class::Wide
    }
}
