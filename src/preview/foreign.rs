//! Pages of existing PDFs as pixels, drawn by hayro. The mirror of `pdf/foreign`: what comes here has been composed by it
//! already, so that crop, rotation and seals are those of the print.

use std::sync::Arc;

use eframe::egui::ColorImage;
use hayro::hayro_interpret::{InterpreterSettings, TransformExt};
use hayro::hayro_interpret::font::{FallbackFontQuery, FontData, FontQuery};
use hayro::hayro_interpret::hayro_cmap::CidFamily;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::Object;
use hayro::hayro_syntax::object::dict::keys::{HEIGHT, WIDTH};
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use super::wish::Wish;
use crate::fonts::{Face, Fonts};

/// Pixels of one image inside a PDF: A4 in colour at 1,200 dpi is below it; unpacked that is 400 MB.
const MOST_IMAGE_PIXELS: u64 = 140_000_000;

/// An existing PDF, read.
pub(super) struct ForeignFile {
    pdf: Pdf,
    settings: InterpreterSettings,
    bytes: usize,
}

impl ForeignFile {
    /// `None`: cannot be read, or holds an image that would not fit into memory.
    pub fn open(bytes: Vec<u8>) -> Option<Self> {
        let length = bytes.len();
        let pdf = Pdf::new(bytes).ok()?;
        let is_huge = |object: Object<'_>| {
            let Some(stream) = object.into_stream() else { return false };
            let length = |key: &[u8]| u64::from(stream.dict().get::<u32>(key).unwrap_or(0));
            length(WIDTH).saturating_mul(length(HEIGHT)) > MOST_IMAGE_PIXELS
        };
        if pdf.objects().into_iter().any(is_huge) {
            return None;
        }
        let settings = InterpreterSettings { font_resolver: Arc::new(substitute), ..InterpreterSettings::default() };
        Some(Self { pdf, settings, bytes: length })
    }

    /// Size of the file.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// A page, counted from 0; `None` where there is none.
    pub fn draw(&self, page: usize, wish: &Wish) -> Option<ColorImage> {
        let page = self.pdf.pages().get(page)?;
        let (width, height) = page.render_dimensions();
        let scale = |pixels: u32, points: f32| f64::from(pixels) / f64::from(points.max(f32::MIN_POSITIVE));
        let [across, down] = wish.size;
        let to_pixels = Affine::translate((-f64::from(wish.left), -f64::from(wish.top)))
            * Affine::scale_non_uniform(scale(across, width), scale(down, height))
            * page.initial_transform(true).to_kurbo();
        let (columns, rows) = (u16::try_from(wish.width).ok()?, u16::try_from(wish.height).ok()?);
        let mut context = RenderContext::new(columns, rows);
        // Paper knows no hinting.
        let settings = RenderSettings { hinting: false, ..RenderSettings::default() };
        render_into(page, &RenderCache::new(), &self.settings, &settings, &mut context, to_pixels);
        context.flush();
        let mut pixels = Pixmap::new(columns, rows);
        let on_white = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
        context.render_with(&mut pixels, &mut Resources::default(), on_white);
        Some(ColorImage::from_rgba_premultiplied([columns.into(), rows.into()], pixels.data_as_u8_slice()))
    }
}

/// A font for text whose own is not in the file: Chinese in ours, the rest in hayro's stand-ins for the 14 that every
/// reader of PDF has.
fn substitute(query: &FontQuery) -> Option<(FontData, u32)> {
    let chinese = match query {
        FontQuery::Standard(_) => None,
        FontQuery::Fallback(query) => chinese_face(query),
    };
    match (chinese, query) {
        (Some(face), _) => {
            let data: &'static [u8] = Fonts::shared().ok()?.face(face)?.data();
            Some((Arc::new(data), 0))
        }
        (None, FontQuery::Standard(standard)) => Some(standard.get_font_data()),
        (None, FontQuery::Fallback(query)) => Some(query.pick_standard_font().get_font_data()),
    }
}

/// The face that looks most like the one that is asked for; `None`: not a Chinese one.
fn chinese_face(query: &FallbackFontQuery) -> Option<Face> {
    let names = [&query.post_script_name, &query.font_name, &query.font_family];
    let name: String = names.into_iter().flatten().map(|name| name.to_lowercase()).collect::<Vec<_>>().join(" ");
    let named = |words: &[&str]| words.iter().any(|word| name.contains(word));
    // 仿宋 before 宋: its name holds the other's.
    let face = if named(&["fangsong", "仿宋"]) {
        Some(Face::FangSong)
    } else if named(&["kai", "楷"]) {
        Some(Face::Kai)
    } else if named(&["simhei", "heiti", "yahei", "dengxian", "hei-", "gothic", "黑", "等线"]) {
        Some(Face::Hei)
    } else if named(&["biaosong", "标宋"]) {
        Some(Face::TitleSong)
    } else if named(&["song", "simsun", "mingliu", "宋"]) {
        Some(Face::FangSong)
    } else {
        None
    };
    let family = query.character_collection.as_ref().map(|collection| &collection.family);
    let collected = matches!(
        family,
        Some(CidFamily::AdobeGB1 | CidFamily::AdobeCNS1 | CidFamily::AdobeJapan1 | CidFamily::AdobeKorea1)
    );
    face.or_else(|| collected.then_some(if query.is_bold { Face::Hei } else { Face::FangSong }))
}
