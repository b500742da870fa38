//! Runs of characters as printpdf shows them: strings of one subset, moved where the page wants a glyph elsewhere than
//! the reader of the PDF would set it.

use std::collections::BTreeMap;

use printpdf::{DictItem, TextItem};

use super::PdfError;
use super::subset::{Slot, Subsets};
use crate::pages::{Mm, TextRun};

/// A gap or overlap wider than this, in thousandths of an em, may be read as a space or a new word.
const READ_AS_GAP: f32 = 80.0;
/// A glyph is moved when it would stand this far off, in thousandths of an em.
const OFF: f32 = 0.5;

/// A run as what one subset shows after the other.
pub struct Glyphs {
    /// A subset, by its index, and what it shows.
    pub parts: Vec<(usize, Vec<TextItem>)>,
    /// Points that the reader adds after each character: the even gaps of a justified line.
    pub spacing: f32,
    /// A reader would take the run for other text than was typed, by its gaps or its white space.
    pub misread: bool,
}

impl Glyphs {
    pub fn of(run: &TextRun, subsets: &mut Subsets) -> Result<Self, PdfError> {
        let per_mm = 1000.0 / run.size.mm().0;
        let mut misread = false;
        let mut placed: Vec<(char, Slot, f32)> = Vec::with_capacity(run.glyphs.len());
        for glyph in &run.glyphs {
            // Readers make a plain space of U+3000 and its kin, or nothing.
            misread |= glyph.character.is_whitespace() && glyph.character != ' ';
            if let Some(slot) = subsets.slot(glyph.face, glyph.character)? {
                placed.push((glyph.character, slot, (glyph.x / Mm(1.0)) * per_mm));
            }
        }
        let gaps: Vec<f32> = placed
            .windows(2)
            .filter_map(
                |pair| if let [(_, slot, at), (_, _, next)] = pair { Some(next - at - slot.advance) } else { None },
            )
            .collect();
        misread |= gaps.iter().any(|gap| gap.abs() > READ_AS_GAP);
        let spacing = rounded(even_gap(&gaps) * run.size.0 / 1000.0);
        let step = spacing * 1000.0 / run.size.0;

        let mut parts: Vec<(usize, Vec<TextItem>)> = Vec::new();
        let mut pen = 0.0;
        for (character, slot, at) in placed {
            if parts.last().is_none_or(|(last, _)| *last != slot.subset) {
                parts.push((slot.subset, Vec::new()));
            }
            let Some((_, items)) = parts.last_mut() else { continue };
            if (at - pen).abs() >= OFF {
                let offset = (at - pen).round();
                items.push(TextItem::Offset(-offset));
                pen += offset;
            }
            match items.last_mut() {
                Some(TextItem::Text(text)) => text.push(character),
                _ => items.push(TextItem::Text(character.into())),
            }
            pen += slot.advance + step;
        }
        Ok(Self { parts, spacing, misread })
    }
}

/// The gap that at least every other pair of neighbours has; 0 where there is none, or too few to be worth it.
fn even_gap(gaps: &[f32]) -> f32 {
    let mut sorted = gaps.to_vec();
    sorted.sort_by(f32::total_cmp);
    let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
    let alike = gaps.iter().filter(|gap| (*gap - middle).abs() < OFF).count();
    if alike > 2 && alike * 2 >= gaps.len() && middle.abs() >= OFF { middle } else { 0.0 }
}

/// A thousandth of a point: in a line of 40 characters no more than 0.02 pt off before a glyph is moved.
fn rounded(points: f32) -> f32 {
    (points * 1000.0).round() / 1000.0
}

/// What a reader takes the run for, whatever its gaps look like (ISO 32000-1, 14.9.4).
pub fn actual_text(run: &TextRun) -> DictItem {
    let mut data = vec![0xFE, 0xFF];
    data.extend(run.text().encode_utf16().flat_map(u16::to_be_bytes));
    let text = DictItem::String { data, literal: false };
    DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), text)]) }
}
