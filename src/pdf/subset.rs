//! The fonts of one document: which characters are used, and the subset of each face that holds just those.

use std::collections::{BTreeMap, HashMap};

use printpdf::{FontId, FontMetrics, ParsedFont, PdfFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::PdfError;
use crate::fonts::{Face, Fonts, LoadedFace};

/// A character in a subset.
#[derive(Clone, Copy)]
pub struct Slot {
    /// Index of the subset in [`Subsets`].
    pub subset: usize,
    /// Advance in thousandths of an em, as the reader of the PDF is told it.
    pub advance: f32,
}

/// One embedded font.
struct Subset {
    face: Face,
    remapper: GlyphRemapper,
    /// Characters with their glyph in the subset, in order of first use.
    characters: Vec<(char, u16)>,
    /// Advances in font units by glyph of the subset.
    advances: BTreeMap<u16, u16>,
}

/// The subsets of one document, filled while its pages are composed.
///
/// Two characters that share a glyph (⼀ and 一) go into different subsets of the face: a PDF knows one character for
/// a glyph, and each must be read back as it was typed.
pub struct Subsets<'a> {
    fonts: &'a Fonts,
    subsets: Vec<Subset>,
    slots: HashMap<(Face, char), Slot>,
}

impl<'a> Subsets<'a> {
    pub fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, subsets: Vec::new(), slots: HashMap::new() }
    }

    /// The place of a character, given one on first use. `None`: white space that the face has no glyph for.
    pub fn slot(&mut self, face: Face, character: char) -> Result<Option<Slot>, PdfError> {
        if let Some(slot) = self.slots.get(&(face, character)) {
            return Ok(Some(*slot));
        }
        let loaded = self.fonts.face(face).ok_or(PdfError::Font(face))?;
        let Some(glyph) = loaded.glyph_id(character) else {
            return if character.is_whitespace() { Ok(None) } else { Err(PdfError::NoGlyph { character, face }) };
        };
        let index = self
            .subsets
            .iter()
            .position(|subset| subset.face == face && subset.remapper.get(glyph).is_none())
            .unwrap_or_else(|| {
                self.subsets.push(Subset {
                    face,
                    remapper: GlyphRemapper::new(),
                    characters: Vec::new(),
                    advances: BTreeMap::new(),
                });
                self.subsets.len() - 1
            });
        let subset = &mut self.subsets[index];
        let code = subset.remapper.remap(glyph);
        let advance = loaded.advance_units(glyph) as u16;
        subset.characters.push((character, code));
        subset.advances.insert(code, advance);
        let slot = Slot { subset: index, advance: advance_thousandths(advance, loaded.units_per_em()) };
        self.slots.insert((face, character), slot);
        Ok(Some(slot))
    }

    /// The name that pages call a subset by.
    pub fn id(index: usize) -> FontId {
        // printpdf reserves F1 to F14 for the built-in fonts.
        FontId(format!("T{index}"))
    }

    /// All subsets: name, font, and the program to embed. printpdf would copy the program six times; it gets the
    /// font without, and the program is added when the file is finished.
    pub fn into_fonts(self) -> Result<Vec<(FontId, PdfFont, Vec<u8>)>, PdfError> {
        let fonts = self.fonts;
        self.subsets
            .into_iter()
            .enumerate()
            .map(|(index, subset)| {
                let face = subset.face;
                let loaded = fonts.face(face).ok_or(PdfError::Font(face))?;
                let program =
                    subsetter::subset(loaded.data(), 0, &subset.remapper).map_err(|_| PdfError::Font(face))?;
                Ok((Self::id(index), subset.font(loaded), program))
            })
            .collect()
    }
}

/// printpdf's own rounding of a width: the two must agree, or characters drift.
fn advance_thousandths(units: u16, units_per_em: u16) -> f32 {
    (f32::from(units) * 1000.0 / f32::from(units_per_em)).trunc()
}

impl Subset {
    fn font(self, loaded: &LoadedFace) -> PdfFont {
        let name = format!("{}+{}", self.tag(), self.face.name());
        let mut font = ParsedFont::with_glyph_data(
            Vec::new(),
            0,
            Some(name),
            self.characters.iter().map(|&(character, code)| (u32::from(character), code)).collect(),
            self.advances,
            loaded.units_per_em(),
            FontMetrics { ascent: loaded.ascent_units(), descent: loaded.descent_units() },
        );
        let (x_min, y_min, x_max, y_max) = loaded.bounds_units();
        font.pdf_font_metrics.x_min = x_min;
        font.pdf_font_metrics.y_min = y_min;
        font.pdf_font_metrics.x_max = x_max;
        font.pdf_font_metrics.y_max = y_max;
        PdfFont::new(font)
    }

    /// Six capital letters that differ between different subsets (ISO 32000-1, 9.6.4).
    fn tag(&self) -> String {
        let mut hash = Sha256::new();
        for (character, _) in &self.characters {
            hash.update(u32::from(*character).to_be_bytes());
        }
        hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
    }
}
