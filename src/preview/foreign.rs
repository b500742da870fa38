//! Pages of existing PDFs as pixels, drawn by hayro. The mirror of `pdf/foreign`: what comes here has been composed by it
//! already, so that crop, rotation and seals are those of the print.

use std::sync::Arc;

use eframe::egui::ColorImage;
use hayro::hayro_interpret::font::{FallbackFontQuery, FontData, FontQuery};
use hayro::hayro_interpret::hayro_cmap::CidFamily;
use hayro::hayro_interpret::{InterpreterSettings, TransformExt};
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with one page of 60 × 30 points that shows a text in SimSun, which it does not bring along.
    fn without_its_font(text: &str) -> Vec<u8> {
        let codes: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        let content = format!("BT /F 24 Tf 5 5 Td <{codes}> Tj ET");
        // No cross-reference table: readers find the objects themselves.
        format!(
            "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
             2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 60 30]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n\
             4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n\
             5 0 obj<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>endobj\n\
             6 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/FontDescriptor 7 0 R\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>endobj\n\
             7 0 obj<</Type/FontDescriptor/FontName/SimSun/Flags 4>>endobj\n\
             trailer<</Root 1 0 R/Size 8>>\n%%EOF\n",
            content.len()
        )
        .into_bytes()
    }

    fn ink(image: &ColorImage) -> usize {
        image.pixels.iter().filter(|pixel| pixel.r() < 128).count()
    }

    #[test]
    fn text_without_its_font_is_drawn_in_ours() {
        let draw =
            |text: &str| ForeignFile::open(without_its_font(text)).unwrap().draw(0, &Wish::whole([240, 120])).unwrap();
        let (one, ge, nothing) = (draw("一"), draw("葛"), draw("　"));
        assert_eq!(ink(&nothing), 0);
        // A stroke and a character of many: a box for both would be the same.
        assert!(ink(&one) > 50 && ink(&ge) > 3 * ink(&one), "{} {}", ink(&one), ink(&ge));
    }

    #[test]
    fn a_part_is_that_part_of_the_whole() {
        let file = ForeignFile::open(without_its_font("葛")).unwrap();
        let whole = file.draw(0, &Wish::whole([240, 120])).unwrap();
        let part = file.draw(0, &Wish { size: [240, 120], left: 40, top: 20, width: 100, height: 80 }).unwrap();
        assert_eq!(part.size, [100, 80]);
        assert!(ink(&part) > 0);
        let same = (0..80).all(|y| (0..100).all(|x| part[(x, y)].r().abs_diff(whole[(x + 40, y + 20)].r()) < 8));
        assert!(same);
        assert!(file.draw(1, &Wish::whole([10, 10])).is_none(), "no such page");
    }

    #[test]
    fn a_file_that_would_not_fit_into_memory_is_not_opened() {
        assert!(ForeignFile::open(b"no PDF at all".to_vec()).is_none());
        let text = String::from_utf8(without_its_font("一")).unwrap();
        let huge =
            "8 0 obj<</Type/XObject/Subtype/Image/Width 60000/Height 60000/Length 0>>stream\n\nendstream endobj\n";
        let text = text.replace("trailer", &format!("{huge}trailer"));
        assert!(ForeignFile::open(text.into_bytes()).is_none());
    }

    #[test]
    fn a_face_is_chosen_by_name_and_collection() {
        let named =
            |name: &str| FallbackFontQuery { post_script_name: Some(name.to_owned()), ..FallbackFontQuery::default() };
        let cases = [
            ("SimSun", Some(Face::FangSong)),
            ("FangSong_GB2312", Some(Face::FangSong)),
            ("KaiTi", Some(Face::Kai)),
            ("MicrosoftYaHei", Some(Face::Hei)),
            ("方正小标宋简体", Some(Face::TitleSong)),
            ("Helvetica", None),
        ];
        for (name, face) in cases {
            assert_eq!(chinese_face(&named(name)), face, "{name}");
        }
    }
}
