//! What the window shows of received PDFs is what is printed: hayro's view of the file that came in beside its view of
//! what the binder makes of it.

#[path = "synthetic/existing.rs"]
mod existing;

use std::path::Path;

use existing::{Existing, QUADRANTS, numbers, stamp};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use lopdf::{Object, Stream, dictionary};
use tempfile::TempDir;
use tuijian::domain::RecommenderKind;
use tuijian::ops;
use tuijian::pages::CopyContent;

/// The first page, `scale` pixels a point.
fn picture(bytes: &[u8], scale: f32) -> Pixmap {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let page = &pdf.pages()[0];
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    render(page, &RenderCache::new(), &InterpreterSettings::default(), &RenderSettings::default(), &settings)
}

/// A PDF after it has come into a book and out as the binder prints it.
fn printed(name: &str, bytes: &[u8]) -> Vec<u8> {
    let folder = TempDir::new().unwrap();
    let mut open = ops::demo(&folder.path().join("册.tuijian"), RecommenderKind::Association).unwrap();
    let file = folder.path().join("copy.pdf");
    std::fs::write(&file, bytes).unwrap();
    let person = open.people().unwrap()[0].id;
    let (copies, refused) = ops::Copies::read(&open.reception().unwrap(), &[file]).unwrap();
    assert!(refused.is_empty(), "{name}: {refused:?}");
    ops::attach(&mut open, person, copies).unwrap_or_else(|error| panic!("{name}: {error}"));
    let key = open.people().unwrap()[0].applicant.attachments.last().unwrap().file.clone();
    let outline = ops::copy_outline(&open, &key).unwrap().unwrap();
    let CopyContent::Pdf(outline) = outline else { panic!("{name}: no PDF") };
    assert!(outline.bytes.is_empty(), "{name}: an outline has no bytes");
    let CopyContent::Pdf(shown) = ops::copy_bytes(&open, &key).unwrap().unwrap().as_printed().unwrap() else {
        panic!("{name}: no PDF")
    };
    assert_eq!(outline.pages, shown.pages, "{name}");
    shown.bytes.clone()
}

/// Share of pixels that differ by more than a shade.
fn difference(one: &Pixmap, other: &Pixmap) -> f64 {
    let near = |length: u16, other: u16| length.abs_diff(other) <= 1;
    assert!(near(one.width(), other.width()) && near(one.height(), other.height()));
    let (width, height) = (one.width().min(other.width()), one.height().min(other.height()));
    let differs = |x, y| {
        let (a, b) = (one.sample(x, y), other.sample(x, y));
        [(a.r, b.r), (a.g, b.g), (a.b, b.b)].iter().any(|(a, b)| a.abs_diff(*b) > 48)
    };
    let count = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).filter(|&(x, y)| differs(x, y)).count();
    count as f64 / (f64::from(width) * f64::from(height))
}

#[test]
fn received_pages_look_as_they_are_bound() {
    let crop = || numbers(&[10.0, 20.0, 90.0, 170.0]);
    let plain = |entries| existing::quadrants(entries);
    let sealed = |turn: i64| {
        let mut existing = Existing::new();
        let seal = existing.seal("0.8 0.2 0.9");
        let seals =
            vec![stamp([20.0, 30.0, 60.0, 80.0], 4, seal.into()), stamp([0.0, 0.0, 99.0, 99.0], 2, seal.into())];
        existing.page(QUADRANTS, dictionary! { "Annots" => seals, "Rotate" => turn, "CropBox" => crop() });
        existing.bytes()
    };
    let scan = |name: &str| {
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association/scans").join(name)).unwrap()
    };
    let cases = [
        ("plain", plain(dictionary! {}), 2.0),
        ("cropped", plain(dictionary! { "CropBox" => crop() }), 2.0),
        ("turned", plain(dictionary! { "Rotate" => 90 }), 2.0),
        ("turned back and cropped", plain(dictionary! { "Rotate" => -90, "CropBox" => crop() }), 2.0),
        ("sealed", sealed(0), 2.0),
        ("sealed and turned over", sealed(180), 2.0),
        ("a scan", scan("gejin-contest.pdf"), 0.3),
        ("another", scan("yan-patent.pdf"), 0.3),
    ];
    for (name, bytes, scale) in cases {
        let differing = difference(&picture(&bytes, scale), &picture(&printed(name, &bytes), scale));
        assert!(differing < 0.02, "{name}: {differing}");
    }
    // The comparison sees what it should see.
    let (one, other) = (plain(dictionary! {}), plain(dictionary! { "Rotate" => 180 }));
    assert!(difference(&picture(&one, 2.0), &picture(&other, 2.0)) > 0.5);
    let unsealed = plain(dictionary! { "CropBox" => crop() });
    assert!(difference(&picture(&unsealed, 2.0), &picture(&printed("seal", &sealed(0)), 2.0)) > 0.1);
}

/// Text in SimSun that the file does not bring along, as many firms' programs write it.
pub fn without_its_font(text: &str) -> Vec<u8> {
    let mut existing = Existing::new();
    let descriptor = existing.file.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "SimSun", "Flags" => 4, "ItalicAngle" => 0, "Ascent" => 859,
        "Descent" => -141, "CapHeight" => 859, "StemV" => 80, "FontBBox" => numbers(&[0.0, -141.0, 1000.0, 859.0]),
    });
    let system = dictionary! {
        "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("GB1"), "Supplement" => 4,
    };
    let descendant = existing.file.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "SimSun", "CIDSystemInfo" => system,
        "FontDescriptor" => descriptor, "DW" => 1000,
    });
    let font = existing.file.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "SimSun", "Encoding" => "UniGB-UCS2-H",
        "DescendantFonts" => vec![Object::Reference(descendant)],
    });
    let codes: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    let content = format!("BT /F1 24 Tf 6 100 Td <{codes}> Tj ET");
    let stream = existing.file.add_object(Stream::new(lopdf::Dictionary::new(), content.into_bytes()));
    let resources = dictionary! { "Font" => dictionary! { "F1" => font } };
    existing.page("", dictionary! { "Resources" => resources, "Contents" => stream });
    existing.bytes()
}

#[test]
fn text_without_its_font_passes_the_gate_and_is_bound_as_it_is() {
    let bytes = printed("no font", &without_its_font("葛川"));
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let fonts = file.objects.values().filter(|object| {
        object.as_dict().is_ok_and(|font| font.get(b"BaseFont").is_ok_and(|name| name.as_name().unwrap() == b"SimSun"))
    });
    assert_eq!(fonts.count(), 2);
}
