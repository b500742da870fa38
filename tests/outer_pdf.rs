//! Written files looked at by other programs: poppler (pdftotext, pdffonts, pdftoppm) and qpdf.

#[path = "synthetic/existing.rs"]
mod existing;
mod outer;
mod synthetic;

use std::path::PathBuf;

use existing::{Existing, numbers, opened, quadrants, shown, stamp};
use lopdf::dictionary;
use tuijian::fonts::{Fonts, Role};
use tuijian::pages::{Document, Item, PictureFormat};
use tuijian::pdf;

/// The document as a file in a folder of its own.
fn written(document: &Document) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, pdf::write(Fonts::shared().unwrap(), document).unwrap()).unwrap();
    (folder, path)
}

/// Lines with something on them, without the space that `-layout` sets before a line.
fn lines(text: &str) -> Vec<String> {
    let text = text.replace('\u{C}', "\n");
    text.lines().map(|line| line.trim_matches(' ').to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn poppler_reads_the_text_as_typed() {
    if !outer::have("pdftotext") {
        return;
    }
    // Text, role, gap between the characters in em.
    let cases = [
        ("首席技师2021年ABC，《推荐》。", Role::Body, 0.0),
        ("葛川", Role::Body, 1.0),
        ("㛃䶮𠮷𪛖", Role::Body, 0.0),
        ("兀\u{FA0C}凉\u{F979}阿·不•都・热", Role::Body, 0.0),
        ("姓\u{3000}名", Role::Hei, 0.0),
        ("申报表 2021 年", Role::Title, 0.0),
        ("一行拉开的字里有English words和2021，照样读出", Role::Body, 0.12),
        ("拉开一点点的字里有English words和2021", Role::Body, 0.03),
        ("挤紧的“引号”，（括号）。", Role::Body, -0.2),
        ("单　位，（盖章）", Role::Kai, 0.3),
    ];
    let items = cases.iter().enumerate().map(|(line, (text, role, gap))| {
        Item::Text(synthetic::run(text, *role, 22.0, 30.0 + 14.0 * line as f32, 12.0, *gap))
    });
    let (_folder, path) = written(&synthetic::document(vec![synthetic::page(items.collect())]));
    let typed: Vec<&str> = cases.iter().map(|(text, ..)| *text).collect();
    for mode in [&[][..], &["-raw"], &["-layout"]] {
        assert_eq!(lines(&outer::run("pdftotext", mode, &path, &["-"])), typed, "{mode:?}");
    }
}

#[test]
fn poppler_reads_a_printed_form_as_the_page_has_it() {
    if !outer::have("pdftotext") {
        return;
    }
    let document = synthetic::application(0);
    let (_folder, path) = written(&document);
    let text = outer::run("pdftotext", &["-raw"], &path, &["-"]);
    // Without line ends: `-raw` sets runs of one line beside each other and breaks where the page does.
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let on_page = document.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Text(run) => Some(run.text()),
        _ => None,
    });
    let on_page: String = on_page.collect();
    assert_eq!(plain(&text), plain(&on_page));
    // A spread name is one word.
    assert!(text.contains("葛瑾川"), "{text}");
}

#[test]
fn poppler_finds_every_font_embedded_and_cut_down() {
    if !outer::have("pdffonts") {
        return;
    }
    let (_folder, path) = written(&synthetic::form(5));
    let table = outer::run("pdffonts", &[], &path, &[]);
    let fonts: Vec<&str> = table.lines().skip(2).collect();
    assert!(fonts.len() >= 4, "{table}");
    for font in fonts {
        let words: Vec<&str> = font.split_whitespace().collect();
        assert_eq!(words[1..7], ["CID", "TrueType", "Identity-H", "yes", "yes", "yes"], "{font}");
    }
}

#[test]
fn qpdf_finds_no_fault() {
    if !outer::have("qpdf") {
        return;
    }
    let (_folder, path) = written(&synthetic::form(5));
    assert!(outer::run("qpdf", &["--check"], &path, &[]).contains("No syntax or stream encoding errors"));
}

#[test]
fn poppler_shows_every_kind_of_picture_upright() {
    if !outer::have("pdftoppm") {
        return;
    }
    const QUADRANTS: [[u8; 3]; 4] = [[220, 30, 30], [30, 180, 30], [30, 30, 220], [250, 250, 250]];
    // Orientation and the stored corners seen at upper left, upper right, lower left, lower right.
    let turned = [
        (1, [0, 1, 2, 3]),
        (2, [1, 0, 3, 2]),
        (3, [3, 2, 1, 0]),
        (4, [2, 3, 0, 1]),
        (5, [0, 2, 1, 3]),
        (6, [2, 0, 3, 1]),
        (7, [3, 1, 2, 0]),
        (8, [1, 3, 0, 2]),
    ];
    let baseline: &[u8] = include_bytes!("pictures/baseline.jpg");
    let mut cases: Vec<(PictureFormat, &[u8], u8, [usize; 4])> =
        turned.iter().map(|&(orientation, seen)| (PictureFormat::Jpeg, baseline, orientation, seen)).collect();
    let upright = [0, 1, 2, 3];
    cases.push((PictureFormat::Jpeg, include_bytes!("pictures/progressive.jpg"), 1, upright));
    cases.push((PictureFormat::Jpeg, include_bytes!("pictures/cmyk.jpg"), 1, upright));
    cases.push((PictureFormat::Png, include_bytes!("pictures/rgb.png"), 1, upright));
    cases.push((PictureFormat::Png, include_bytes!("pictures/palette.png"), 1, upright));
    let pages = cases.iter().map(|&(format, bytes, orientation, _)| {
        let picture = synthetic::picture(bytes.to_vec(), format, 32, 48, orientation);
        synthetic::page(vec![synthetic::image(&picture, 0.0, 0.0, 210.0, 297.0)])
    });
    let (folder, path) = written(&synthetic::document(pages.collect()));
    let stem = folder.path().join("page");
    outer::run("pdftoppm", &["-r", "20", "-png"], &path, &[stem.to_str().unwrap()]);
    for (number, (_, _, orientation, seen)) in cases.iter().enumerate() {
        let shown = image::open(folder.path().join(format!("page-{:02}.png", number + 1))).unwrap().into_rgb8();
        let (width, height) = shown.dimensions();
        let places = [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| (width * x / 4, height * y / 4));
        for (corner, (x, y)) in seen.iter().zip(places) {
            let colour = shown.get_pixel(x, y).0;
            let apart = colour.iter().zip(QUADRANTS[*corner]).map(|(a, b)| a.abs_diff(b)).max().unwrap();
            assert!(apart < 12, "page {}, orientation {orientation}: {colour:?}", number + 1);
        }
    }
}

/// The colour at a place on a page that `pdftoppm` drew, in millimetres.
fn colour_at(page: &image::RgbImage, x: f32, y: f32) -> [u8; 3] {
    let pixel = |length: f32, whole: f32, pixels: u32| (length / whole * pixels as f32) as u32;
    page.get_pixel(pixel(x, 210.0, page.width()), pixel(y, 297.0, page.height())).0
}

#[test]
fn poppler_shows_foreign_pages_upright_with_their_seals() {
    if !outer::have("pdftoppm") {
        return;
    }
    const RED: [u8; 3] = [255, 0, 0];
    const GREEN: [u8; 3] = [0, 153, 0];
    const BLUE: [u8; 3] = [0, 0, 255];
    const WHITE: [u8; 3] = [255, 255, 255];
    const BLACK: [u8; 3] = [0, 0, 0];
    let mut sealed = Existing::new();
    let seal = sealed.seal("0 0 0");
    // The page leaves its state moved: the seal must not go with it.
    let moved = format!("{} q 3 0 0 3 50 50 cm", existing::QUADRANTS);
    sealed.page(&moved, dictionary! { "Annots" => vec![stamp([40.0, 90.0, 60.0, 110.0], 4, seal.into())] });
    // At upper left, upper right, lower left, lower right, and in the middle.
    let cases = [
        ("upright", quadrants(dictionary! {}), [RED, GREEN, BLUE, WHITE], None),
        ("turned once", quadrants(dictionary! { "Rotate" => 90 }), [BLUE, RED, WHITE, GREEN], None),
        ("turned twice", quadrants(dictionary! { "Rotate" => 180 }), [WHITE, BLUE, GREEN, RED], None),
        ("turned back", quadrants(dictionary! { "Rotate" => 270 }), [GREEN, WHITE, RED, BLUE], None),
        (
            "cropped to the upper right quarter",
            quadrants(dictionary! { "CropBox" => numbers(&[50.0, 100.0, 100.0, 200.0]), "UserUnit" => 2 }),
            [GREEN; 4],
            Some(GREEN),
        ),
        ("sealed", sealed.bytes(), [RED, GREEN, BLUE, WHITE], Some(BLACK)),
    ];
    let pages = cases.iter().map(|(_, bytes, ..)| synthetic::page(vec![shown(&opened(bytes.clone()), 0)]));
    let (folder, path) = written(&synthetic::document(pages.collect()));
    let stem = folder.path().join("page");
    outer::run("pdftoppm", &["-r", "30", "-png"], &path, &[stem.to_str().unwrap()]);
    for (number, (name, bytes, corners, middle)) in cases.iter().enumerate() {
        let page = image::open(folder.path().join(format!("page-{}.png", number + 1))).unwrap().into_rgb8();
        let size = opened(bytes.clone()).pages[0];
        // What `shown` gives it is 100 × 200 at (20, 30); a page on its side fills the width only.
        let height = if size.width > size.height { 50.0 } else { 200.0 };
        let (top, bottom) = (130.0 - height * 0.3, 130.0 + height * 0.3);
        let places = [(40.0, top), (100.0, top), (40.0, bottom), (100.0, bottom)];
        for ((x, y), expected) in places.into_iter().zip(corners) {
            assert_eq!(colour_at(&page, x, y), *expected, "{name} at {x}, {y}");
        }
        if let Some(expected) = middle {
            assert_eq!(colour_at(&page, 70.0, 130.0), *expected, "{name} in the middle");
        }
        assert_eq!(colour_at(&page, 10.0, 130.0), WHITE, "{name}: nothing beside it");
    }
}

#[test]
fn a_binder_of_many_files_is_clean_and_readable() {
    if !outer::have("qpdf") || !outer::have("pdftotext") {
        return;
    }
    let mut lettered = Existing::new();
    let font =
        lettered.file.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let resources = dictionary! { "Font" => dictionary! { "F1" => font } };
    lettered.page("BT /F1 12 Tf 10 100 Td (Certificate) Tj ET", dictionary! { "Resources" => resources });
    let scans: [&[u8]; 2] = [
        include_bytes!("../assets/demo/association/scans/gejin-contest.pdf"),
        include_bytes!("../assets/demo/district/scans/01-contest.pdf"),
    ];
    let mut pages = vec![synthetic::page(vec![synthetic::text("装订册", Role::Title, 60.0, 60.0, 26.0)])];
    for bytes in scans.into_iter().map(<[u8]>::to_vec).chain([lettered.bytes(), quadrants(dictionary! {})]) {
        let source = opened(bytes);
        pages.extend((0..source.pages.len()).map(|page| synthetic::page(vec![shown(&source, page)])));
    }
    let (_folder, path) = written(&synthetic::document(pages));
    assert!(outer::run("qpdf", &["--check"], &path, &[]).contains("No syntax or stream encoding errors"));
    let text = outer::run("pdftotext", &[], &path, &["-"]);
    assert!(text.contains("装订册") && text.contains("Certificate"), "{text}");
}
