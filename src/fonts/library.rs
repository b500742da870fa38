//! The font files themselves.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use skrifa::charmap::Charmap;
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::prelude::{FontRef, LocationRef, MetadataProvider, Size};

use super::face::{Face, Role};
use crate::install;

/// Why the fonts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    #[error("找不到字体文件夹 fonts。请把程序连同 fonts 文件夹一起复制，再重新打开")]
    NoFolder,
    #[error("缺少字体文件 {}。请从安装包重新复制 fonts 文件夹", .0.display())]
    Missing(PathBuf),
    #[error("字体文件 {} 已损坏。请从安装包重新复制 fonts 文件夹", .0.display())]
    Damaged(PathBuf),
}

/// A font file in memory with the tables that layout needs.
pub struct LoadedFace {
    data: &'static [u8],
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    outlines: OutlineGlyphCollection<'static>,
    units_per_em: u16,
    ascent: i16,
    descent: i16,
    bounds: (i16, i16, i16, i16),
}

impl LoadedFace {
    /// The whole file.
    pub fn data(&self) -> &'static [u8] {
        self.data
    }

    /// The glyph for a character; `None` where the face has none (glyph 0 is none).
    pub fn glyph_id(&self, character: char) -> Option<u16> {
        self.charmap.map(character).map(|id| id.to_u32()).filter(|&id| id != 0).and_then(|id| u16::try_from(id).ok())
    }

    /// Advance width in em.
    pub fn advance_em(&self, glyph_id: u16) -> f32 {
        self.advance_units(glyph_id) / f32::from(self.units_per_em)
    }

    /// Advance width in font units.
    pub fn advance_units(&self, glyph_id: u16) -> f32 {
        self.metrics.advance_width(u32::from(glyph_id).into()).unwrap_or(0.0)
    }

    pub fn units_per_em(&self) -> u16 {
        self.units_per_em
    }

    /// hhea ascent in font units.
    pub fn ascent_units(&self) -> i16 {
        self.ascent
    }

    /// hhea descent in font units, negative.
    pub fn descent_units(&self) -> i16 {
        self.descent
    }

    /// The box around all glyphs in font units: left, bottom, right, top.
    pub fn bounds_units(&self) -> (i16, i16, i16, i16) {
        self.bounds
    }

    /// Contours of a glyph as closed polylines, in em, y up.
    pub fn outline(&self, glyph_id: u16) -> Outline {
        let mut outline = Outline { contours: Vec::new(), em: f32::from(self.units_per_em) };
        if let Some(glyph) = self.outlines.get(u32::from(glyph_id).into()) {
            // A glyph that cannot be drawn leaves no contour: the draft mark is an ornament.
            let _ = glyph.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut outline);
        }
        outline
    }
}

/// Contours as polylines in em, y up.
pub struct Outline {
    pub contours: Vec<Vec<(f32, f32)>>,
    em: f32,
}

const CURVE_STEPS: u8 = 6;

impl Outline {
    fn last(&self) -> (f32, f32) {
        self.contours.last().and_then(|contour| contour.last()).copied().unwrap_or((0.0, 0.0))
    }

    fn push(&mut self, point: (f32, f32)) {
        if let Some(contour) = self.contours.last_mut() {
            contour.push(point);
        }
    }
}

impl OutlinePen for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.contours.push(vec![(x / self.em, y / self.em)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push((x / self.em, y / self.em));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (from, control, to) = (self.last(), (cx / self.em, cy / self.em), (x / self.em, y / self.em));
        for step in 1..=CURVE_STEPS {
            let t = f32::from(step) / f32::from(CURVE_STEPS);
            let mix = |a: f32, b: f32, c: f32| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
            self.push((mix(from.0, control.0, to.0), mix(from.1, control.1, to.1)));
        }
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
        // All ten fonts have quadratic outlines; a cubic would come out as its chord.
        self.push((x / self.em, y / self.em));
    }

    fn close(&mut self) {
        if let Some(first) = self.contours.last().and_then(|contour| contour.first()).copied() {
            self.push(first);
        }
    }
}

/// The ten faces, each read when first needed and kept for the process.
pub struct Fonts {
    folder: PathBuf,
    faces: [OnceLock<Option<LoadedFace>>; Face::ALL.len()],
}

impl Fonts {
    /// The fonts of this process.
    pub fn shared() -> Result<&'static Self, FontError> {
        static SHARED: OnceLock<Fonts> = OnceLock::new();
        if let Some(fonts) = SHARED.get() {
            return Ok(fonts);
        }
        let fonts = Self::open(&install::folder("fonts").ok_or(FontError::NoFolder)?)?;
        Ok(SHARED.get_or_init(|| fonts))
    }

    /// Takes a folder that holds all ten files; they are not read yet.
    pub fn open(folder: &Path) -> Result<Self, FontError> {
        for face in Face::ALL {
            let path = folder.join(face.file_name());
            match std::fs::metadata(&path) {
                Ok(metadata) if metadata.is_file() && metadata.len() > 0 => {}
                Ok(_) => return Err(FontError::Damaged(path)),
                Err(_) => return Err(FontError::Missing(path)),
            }
        }
        let fonts = Self { folder: folder.to_owned(), faces: Default::default() };
        // The body face carries nearly every page: find out now that it is readable.
        fonts.face(Face::FangSong).ok_or_else(|| FontError::Damaged(fonts.path(Face::FangSong)))?;
        Ok(fonts)
    }

    /// A face, read on first use; `None` where its file cannot be read as a font.
    pub fn face(&self, face: Face) -> Option<&LoadedFace> {
        self.faces[face as usize].get_or_init(|| load(&self.path(face))).as_ref()
    }

    /// The first face of the role's chain with a glyph for the character; `None`: it cannot be printed.
    pub fn choose(&self, role: Role, character: char) -> Option<Face> {
        let has_glyph = |face: Face| self.face(face).is_some_and(|loaded| loaded.glyph_id(character).is_some());
        role.chain(character).iter().copied().find(|&face| has_glyph(face))
    }

    /// Advance width in em of a character in a face that has it; 0 where it has not.
    pub fn advance_em(&self, face: Face, character: char) -> f32 {
        self.face(face).and_then(|loaded| Some(loaded.advance_em(loaded.glyph_id(character)?))).unwrap_or(0.0)
    }

    /// Whether every role's chain can print the character. White space and line breaks need no glyph.
    pub fn can_print(&self, character: char) -> bool {
        character.is_whitespace() || self.choose(Role::Body, character).is_some()
    }

    pub fn path(&self, face: Face) -> PathBuf {
        self.folder.join(face.file_name())
    }
}

fn load(path: &Path) -> Option<LoadedFace> {
    // Kept for the process: fonts live as long as it does, and egui wants 'static bytes too.
    let data: &'static [u8] = Box::leak(std::fs::read(path).ok()?.into_boxed_slice());
    let font = FontRef::new(data).ok()?;
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    Some(LoadedFace {
        data,
        charmap: font.charmap(),
        metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
        outlines: font.outline_glyphs(),
        units_per_em: metrics.units_per_em,
        ascent: metrics.ascent as i16,
        descent: metrics.descent as i16,
        bounds: metrics.bounds.map_or((0, 0, 0, 0), |bounds| {
            (bounds.x_min as i16, bounds.y_min as i16, bounds.x_max as i16, bounds.y_max as i16)
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_characters_find_a_face() {
        let fonts = Fonts::shared().unwrap();
        let cases = [
            ('葛', Face::FangSong),
            ('2', Face::LatinSerif),
            ('㛃', Face::RareKai),
            ('䶮', Face::RareKai),
            ('㐂', Face::RareSong),
            ('𪛖', Face::ExtB),
        ];
        for (character, face) in cases {
            assert_eq!(fonts.choose(Role::Body, character), Some(face), "{character}");
        }
        assert_eq!(fonts.choose(Role::Body, '\u{E000}'), None);
        assert!((fonts.advance_em(Face::FangSong, '葛') - 1.0).abs() < 1e-3);
    }

    #[test]
    fn a_missing_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = Fonts::open(folder.path()).err().unwrap().to_string();
        assert!(error.contains("BDTitleSong-Bold.ttf"), "{error}");
    }
}
