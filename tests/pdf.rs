//! Back end 1 read back with lopdf: what stands in the file, not how it looks.

#[path = "synthetic/existing.rs"]
mod existing;
#[path = "pdf/foreign.rs"]
mod foreign;
#[path = "pdf/reading.rs"]
mod reading;
mod synthetic;

use lopdf::content::Content;
use lopdf::{Document, Object, Stream};
use tuijian::fonts::{Face, Fonts, Role};
use tuijian::pages::{Glyph, Item, Mm, PictureFormat, Pt};
use tuijian::pdf::{self, PdfError};

fn write(document: &tuijian::pages::Document) -> Vec<u8> {
    pdf::write(Fonts::shared().unwrap(), document).unwrap()
}

#[test]
fn the_same_pages_give_the_same_bytes_whatever_was_written_before() {
    let first = write(&synthetic::form(1));
    write(&synthetic::form(2));
    write(&synthetic::one_line("别的字", Role::Title));
    assert!(first == write(&synthetic::form(1)));
    assert!(first != write(&synthetic::form(2)));
    // The same again as a process of its own would write it: nothing random, no date.
    let file = reading::load(&first);
    let info = file.get_dictionary(file.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    let keys: Vec<&[u8]> = info.iter().map(|(key, _)| key.as_slice()).collect();
    assert_eq!(keys, [b"Title".as_slice(), b"Producer"]);
    let id = file.trailer.get(b"ID").unwrap().as_array().unwrap();
    assert_eq!(id[0], id[1]);
    assert_ne!(id[0].as_str().unwrap(), [0; 16]);
}

#[test]
fn text_is_read_back_as_it_was_typed() {
    let cases = [
        ("plain", Role::Body, "杭州市首席技师认定申报表，2021年ABC"),
        ("beyond GB 2312", Role::Body, "㛃䶮堃喆昇啰瞭"),
        ("beyond the BMP", Role::Body, "𠮷𪛖𠀀"),
        ("three dots, one glyph", Role::Body, "阿·不•都・热"),
        ("a compatibility character beside its own", Role::Body, "兀\u{FA0C}凉\u{F979}裏\u{F9E7}"),
        ("twice each", Role::Hei, "·•·•-‑-\u{2011}"),
        ("spaces", Role::Body, "姓 名\u{3000}性\u{A0}别"),
        ("many faces", Role::Title, "推荐㛃ABC①☐"),
    ];
    for (name, role, text) in cases {
        assert_eq!(reading::text(&write(&synthetic::one_line(text, role))), [text], "{name}");
    }
    for gap in [-0.3, 0.05, 0.2, 1.0] {
        let run = synthetic::run("葛 川A·•", Role::Body, 20.0, 30.0, 12.0, gap);
        let document = synthetic::document(vec![synthetic::page(vec![Item::Text(run)])]);
        assert_eq!(reading::text(&write(&document)), ["葛 川A·•"], "gap {gap}");
    }
}

#[test]
fn wide_gaps_are_said_to_be_none() {
    let cases = [(0.0, false), (0.07, false), (0.09, true), (1.0, true), (-0.09, true)];
    for (gap, spoken) in cases {
        let run = synthetic::run("葛瑾川", Role::Body, 20.0, 30.0, 12.0, gap);
        let file = reading::load(&write(&synthetic::document(vec![synthetic::page(vec![Item::Text(run)])])));
        let content = file.get_page_content(reading::page_ids(&file)[0]);
        let found = content.windows(10).any(|window| window == b"ActualText");
        assert_eq!(found, spoken, "gap {gap}");
    }
}

#[test]
fn every_glyph_stands_where_the_page_says() {
    let runs: Vec<_> = [(0.0, 12.0), (0.013, 12.0), (0.2, 9.0), (-0.25, 26.0), (1.0, 16.0)]
        .iter()
        .enumerate()
        .map(|(line, &(gap, size))| {
            let y = 30.0 + 20.0 * line as f32;
            synthetic::run("推荐㛃ABC，2021年·•𠮷", Role::Body, 22.0, y, size, gap)
        })
        .collect();
    let items = runs.iter().cloned().map(Item::Text).collect();
    let file = reading::load(&write(&synthetic::document(vec![synthetic::page(items)])));
    let shown = reading::shown(&file, reading::page_ids(&file)[0]);
    assert_eq!(shown.len(), runs.len());
    for (run, shown) in runs.iter().zip(&shown) {
        assert!((shown.baseline - (Mm(297.0) - run.at.y).pt().0).abs() < 0.01);
        for (glyph, (character, at)) in run.glyphs.iter().zip(&shown.glyphs) {
            assert_eq!(character, &glyph.character.to_string());
            let away = Pt(*at).mm() - run.at.x - glyph.x;
            assert!(away.0.abs() < 0.006, "{character} is {away:?} off at size {:?}", run.size);
        }
    }
}

#[test]
fn fonts_are_subsets_with_a_tag_and_widths_of_their_own() {
    let bytes = write(&synthetic::form(3));
    let file = reading::load(&bytes);
    let pages = reading::page_ids(&file);
    let fonts = reading::fonts(&file, pages[0]);
    let mut names: Vec<&str> = fonts.values().map(|font| font.name.as_str()).collect();
    names.sort_by_key(|name| name.rsplit('+').next().unwrap().to_owned());
    let faces: Vec<&str> = names.iter().map(|name| &name[7..]).collect();
    let used = ["BDFangSong-Regular", "BDHei-Medium", "BDLatinSerif-Regular", "BDRareKai-Light", "BDTitleSong-Bold"];
    assert_eq!(faces, used);
    for font in fonts.values() {
        let (tag, face) = font.name.split_once('+').unwrap();
        assert!(tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()), "{tag}");
        assert_eq!(font.descriptor_name, font.name);
        assert!(font.program.len() < 1 << 20, "{face} is not a subset");
        let face = Face::ALL.into_iter().find(|known| known.name() == face).unwrap();
        for (code, width) in &font.widths {
            let Some(character) = font.characters.get(code) else { continue };
            let character = character.chars().next().unwrap();
            let em = Fonts::shared().unwrap().advance_em(face, character);
            assert!((em * 1000.0 - width).abs() < 1.0, "{character} {em} {width}");
        }
    }
    let programs = file.objects.values().filter(|object| has_key(object, b"FontFile2")).count();
    assert_eq!(programs, used.len(), "each face once per document");
    // Another text, another tag.
    let other = write(&synthetic::one_line("申报表", Role::Body));
    let other = reading::load(&other);
    let other = reading::fonts(&other, reading::page_ids(&other)[0]).into_values().next().unwrap().name;
    assert!(!names.contains(&other.as_str()));
}

fn has_key(object: &Object, key: &[u8]) -> bool {
    object.as_dict().is_ok_and(|dictionary| dictionary.has(key))
}

#[test]
fn a_character_without_a_glyph_is_an_error_never_an_empty_box() {
    let fonts = Fonts::shared().unwrap();
    let mut document = synthetic::one_line("申报表", Role::Body);
    let Item::Text(run) = &mut document.pages[0].items[0] else { unreachable!() };
    run.glyphs.push(Glyph { character: '\u{E000}', face: Face::FangSong, x: Mm(20.0) });
    let error = pdf::write(fonts, &document).unwrap_err();
    assert!(matches!(error, PdfError::NoGlyph { character: '\u{E000}', face: Face::FangSong }));
    assert!(error.to_string().contains("U+E000"), "{error}");
    let empty = pdf::write(fonts, &synthetic::document(Vec::new())).unwrap_err();
    assert!(empty.to_string().contains("没有页面"), "{empty}");
    // White space without a glyph is a gap, and still read.
    let Item::Text(run) = &mut document.pages[0].items[0] else { unreachable!() };
    run.glyphs[3].character = '\u{2003}';
    assert_eq!(reading::text(&write(&document)), ["申报表\u{2003}"]);
}

/// The only image of a file that shows one picture.
fn only_image(format: PictureFormat, bytes: &[u8]) -> (Document, Stream) {
    let picture = synthetic::picture(bytes.to_vec(), format, 32, 48, 1);
    let item = synthetic::image(&picture, 20.0, 20.0, 32.0, 48.0);
    let again = synthetic::image(&picture, 20.0, 90.0, 32.0, 48.0);
    let equal = synthetic::image(&synthetic::picture(bytes.to_vec(), format, 32, 48, 1), 20.0, 160.0, 32.0, 48.0);
    let file = reading::load(&write(&synthetic::document(vec![synthetic::page(vec![item, again, equal])])));
    let images: Vec<Stream> = file
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|k| k == b"Image")))
        .cloned()
        .collect();
    assert_eq!(images.len(), 1, "each picture is stored once");
    (file, images.into_iter().next().unwrap())
}

#[test]
fn grey_and_rgb_jpegs_stay_as_they_are() {
    let cases: [(&str, &[u8], &[u8]); 3] = [
        ("baseline", include_bytes!("pictures/baseline.jpg"), b"DeviceRGB"),
        ("progressive", include_bytes!("pictures/progressive.jpg"), b"DeviceRGB"),
        ("grey", include_bytes!("pictures/grey.jpg"), b"DeviceGray"),
    ];
    for (name, bytes, colours) in cases {
        let (_, stream) = only_image(PictureFormat::Jpeg, bytes);
        assert!(stream.content == bytes, "{name}");
        assert_eq!(stream.dict.get(b"ColorSpace").unwrap().as_name().unwrap(), colours, "{name}");
        assert_eq!(stream.dict.get(b"Filter").unwrap().as_name().unwrap(), b"DCTDecode", "{name}");
    }
}

#[test]
fn other_pictures_keep_every_pixel() {
    const QUADRANTS: [[u8; 3]; 4] = [[220, 30, 30], [30, 180, 30], [30, 30, 220], [250, 250, 250]];
    let half = QUADRANTS.map(|colour| colour.map(|part| ((u32::from(part) * 128 + 255 * 127 + 127) / 255) as u8));
    type Case<'a> = (&'a str, PictureFormat, &'a [u8], [[u8; 3]; 4], u8);
    let cases: [Case; 4] = [
        ("rgb", PictureFormat::Png, include_bytes!("pictures/rgb.png"), QUADRANTS, 0),
        ("palette", PictureFormat::Png, include_bytes!("pictures/palette.png"), QUADRANTS, 0),
        ("alpha", PictureFormat::Png, include_bytes!("pictures/alpha.png"), half, 1),
        ("cmyk", PictureFormat::Jpeg, include_bytes!("pictures/cmyk.jpg"), QUADRANTS, 6),
    ];
    for (name, format, bytes, expected, tolerance) in cases {
        let (_, stream) = only_image(format, bytes);
        assert_eq!(stream.dict.get(b"Filter").unwrap().as_name().unwrap(), b"FlateDecode", "{name}");
        let palette = stream.dict.get(b"ColorSpace").unwrap().as_array().ok();
        // A palette picture has fewer bits a pixel: its colours are in the table.
        let colours: Vec<[u8; 3]> = match palette {
            Some(space) => space[3].as_str().unwrap().chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect(),
            None => stream.decompressed_content().unwrap().chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect(),
        };
        if palette.is_none() {
            assert_eq!(colours.len(), 32 * 48, "{name}");
            for (quadrant, colour) in [(5 * 32 + 5, 0), (5 * 32 + 25, 1), (40 * 32 + 5, 2), (40 * 32 + 25, 3)] {
                let apart = colours[quadrant].iter().zip(expected[colour]).map(|(a, b)| a.abs_diff(b)).max().unwrap();
                assert!(apart <= tolerance, "{name}: {:?} is not {:?}", colours[quadrant], expected[colour]);
            }
        } else {
            assert!(expected.iter().all(|colour| colours.contains(colour)), "{name}");
        }
    }
    for (name, bytes) in [
        ("grey", include_bytes!("pictures/grey.png").as_slice()),
        ("bilevel", include_bytes!("pictures/bilevel.png").as_slice()),
    ] {
        let (_, stream) = only_image(PictureFormat::Png, bytes);
        assert_eq!(stream.dict.get(b"ColorSpace").unwrap().as_name().unwrap(), b"DeviceGray", "{name}");
    }
}

/// Where the four corners of the stored picture come to stand: 0 upper left, 1 upper right, 2 lower left, 3 lower right.
#[test]
fn all_eight_orientations_stand_upright() {
    // For each orientation the stored corners that are seen at the upper left, upper right, lower left, lower right
    // (Exif 2.32, tag 0x0112: which side of the scene row 0 and column 0 are).
    let cases = [
        (1, [0, 1, 2, 3]),
        (2, [1, 0, 3, 2]),
        (3, [3, 2, 1, 0]),
        (4, [2, 3, 0, 1]),
        (5, [0, 2, 1, 3]),
        (6, [2, 0, 3, 1]),
        (7, [3, 1, 2, 0]),
        (8, [1, 3, 0, 2]),
    ];
    for (orientation, seen) in cases {
        let bytes = include_bytes!("pictures/baseline.jpg").to_vec();
        let picture = synthetic::picture(bytes, PictureFormat::Jpeg, 32, 48, orientation);
        let item = synthetic::image(&picture, 20.0, 30.0, 40.0, 50.0);
        let file = reading::load(&write(&synthetic::document(vec![synthetic::page(vec![item])])));
        let content = Content::decode(&file.get_page_content(reading::page_ids(&file)[0])).unwrap();
        let matrices: Vec<Vec<f32>> = content
            .operations
            .iter()
            .filter(|operation| operation.operator == "cm")
            .map(|operation| operation.operands.iter().map(|operand| operand.as_float().unwrap()).collect())
            .collect();
        // printpdf repeats the identity; the first is ours.
        let m = &matrices[0];
        // The unit square's corners in the order of the stored corners.
        let stored = [(0.0, 1.0), (1.0, 1.0), (0.0, 0.0), (1.0, 0.0)];
        let (left, right) = (Mm(20.0).pt().0, Mm(60.0).pt().0);
        let (top, bottom) = (Mm(267.0).pt().0, Mm(217.0).pt().0);
        let places = [(left, top), (right, top), (left, bottom), (right, bottom)];
        for (corner, (x, y)) in seen.iter().zip(places) {
            let (u, v) = stored[*corner];
            let at = (m[0] * u + m[2] * v + m[4], m[1] * u + m[3] * v + m[5]);
            assert!((at.0 - x).abs() < 0.05 && (at.1 - y).abs() < 0.05, "{orientation}: {at:?} not {:?}", (x, y));
        }
    }
}

#[test]
fn broken_pictures_are_errors_never_panics() {
    let fonts = Fonts::shared().unwrap();
    let pictures: [(PictureFormat, &[u8]); 5] = [
        (PictureFormat::Jpeg, include_bytes!("pictures/baseline.jpg")),
        (PictureFormat::Jpeg, include_bytes!("pictures/cmyk.jpg")),
        (PictureFormat::Png, include_bytes!("pictures/alpha.png")),
        (PictureFormat::Png, include_bytes!("pictures/palette.png")),
        (PictureFormat::Png, include_bytes!("pictures/rgb.png")),
    ];
    let try_with = |format, bytes: Vec<u8>| {
        let picture = synthetic::picture(bytes, format, 32, 48, 1);
        pdf::write(
            fonts,
            &synthetic::document(vec![synthetic::page(vec![synthetic::image(&picture, 0.0, 0.0, 9.0, 9.0)])]),
        )
    };
    for (format, bytes) in pictures {
        for length in (0..bytes.len()).step_by(5) {
            let _ = try_with(format, bytes[..length].to_vec());
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.to_vec();
            changed[at] = [0, 0xFF, bytes[at] ^ 1][at % 3];
            let _ = try_with(format, changed);
        }
    }
    let error = try_with(PictureFormat::Png, b"no picture".to_vec()).unwrap_err();
    assert!(error.to_string().contains("第 1 页"), "{error}");
}

#[test]
fn the_file_says_that_it_is_pdf_a() {
    let bytes = write(&synthetic::form(1));
    assert!(bytes.starts_with(b"%PDF-1.7\n"));
    let file = reading::load(&bytes);
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
    let metadata = file.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let xmp = String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap();
    for part in ["<pdfaid:part>2<", "<pdfaid:conformance>B<", ">申报表 1<"] {
        assert!(xmp.contains(part), "{part}");
    }
    let intent = catalog.get(b"OutputIntents").unwrap().as_array().unwrap()[0].as_dict().unwrap();
    let profile = file.get_object(intent.get(b"DestOutputProfile").unwrap().as_reference().unwrap()).unwrap();
    let profile = profile.as_stream().unwrap().decompressed_content().unwrap();
    assert_eq!(u32::from_be_bytes(profile[..4].try_into().unwrap()) as usize, profile.len());
    assert_eq!(&profile[36..40], b"acsp");
    let mut titled = synthetic::one_line("字", Role::Body);
    titled.title = "甲 & <乙>\u{1}".to_owned();
    let file = reading::load(&write(&titled));
    let metadata = file.get_object(file.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let xmp = String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap();
    assert!(xmp.contains("甲 &amp; &lt;乙&gt;</rdf:li>"), "{xmp}");
}
