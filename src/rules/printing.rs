//! Findings from facts that `ops` measures: photos and characters without a glyph.

use super::case::{Case, Findings};
use super::check::{Measured, Unprintable};
use crate::domain::{Clause, FindingCode};

/// `photo.missing`, `photo.quality`. A photo that was not measured is not judged.
pub(super) fn photo(case: &Case, measured: &Measured, out: &mut Findings) {
    let person = case.person.id;
    let missing = if case.applicant().photo.is_none() {
        Some("没有照片，请添加申报人的照片。")
    } else if measured.unreadable_photos.contains(&person) {
        Some("照片文件不是可以印出的图片，请换成 JPEG 或 PNG 照片。")
    } else {
        None
    };
    if let Some(message) = missing {
        return out.block(FindingCode::PhotoMissing, Some(Clause::Annex2), "photo", message.to_owned());
    }
    let Some(&(width, height)) = measured.photos.get(&person) else { return };
    let usage = &case.notice.usage;
    if width < usage.photo_min_width || height < usage.photo_min_height {
        out.warn(
            FindingCode::PhotoQuality,
            None,
            "photo",
            format!(
                "照片只有 {width} × {height} 像素，小于 {} × {}，印出来会模糊，请换一张更清晰的。",
                usage.photo_min_width, usage.photo_min_height
            ),
        );
        return;
    }
    let ratio = f64::from(width) / f64::from(height.max(1));
    if !(usage.photo_min_ratio..=usage.photo_max_ratio).contains(&ratio) {
        out.warn(
            FindingCode::PhotoQuality,
            None,
            "photo",
            format!("照片 {width} × {height} 像素，宽高比不像证件照，请裁成竖式证件照（如 5:7）。"),
        );
    }
}

/// `glyph.missing`.
pub(super) fn glyphs<'a>(unprintable: impl Iterator<Item = &'a Unprintable>, out: &mut Findings) {
    for fact in unprintable {
        let shown: Vec<String> = fact.characters.iter().map(|c| format!("“{c}”（U+{:04X}）", u32::from(*c))).collect();
        out.block(
            FindingCode::GlyphMissing,
            None,
            &fact.field,
            format!(
                "有字体里没有的字{}，无法印出，请核对是否打错；确有此字的，请先与受理部门商定写法。",
                shown.join("、")
            ),
        );
    }
}
