//! Pages of existing PDFs on ours: what travels, what does not, and what is refused.

use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use tuijian::fonts::{Fonts, Role};
use tuijian::pages::{Item, Link, Mm, OutlineEntry, Page, Rect};
use tuijian::pdf::{self, ForeignError, PdfError};

use crate::existing::{self, Existing, QUADRANTS, numbers, opened, shown, stamp};
use crate::{reading, synthetic, write};

fn with_pages(source: Vec<u8>, pages: &[usize]) -> Document {
    let source = opened(source);
    let pages = pages.iter().map(|&page| synthetic::page(vec![shown(&source, page)])).collect();
    reading::load(&write(&synthetic::document(pages)))
}

fn forms(file: &Document) -> Vec<&Stream> {
    let is_form = |stream: &&Stream| stream.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().unwrap() == b"Form");
    file.objects.values().filter_map(|object| object.as_stream().ok()).filter(is_form).collect()
}

#[test]
fn sizes_are_those_that_are_seen() {
    const MM: f32 = 25.4 / 72.0;
    let crop = || numbers(&[10.0, 20.0, 60.0, 90.0]);
    let cases = [
        ("inherited box", dictionary! {}, (100.0, 200.0)),
        ("turned once", dictionary! { "Rotate" => 90 }, (200.0, 100.0)),
        ("turned twice", dictionary! { "Rotate" => 180 }, (100.0, 200.0)),
        ("turned back", dictionary! { "Rotate" => -90 }, (200.0, 100.0)),
        ("cropped", dictionary! { "CropBox" => crop() }, (50.0, 70.0)),
        ("corners the other way", dictionary! { "MediaBox" => numbers(&[30.0, 50.0, 0.0, 0.0]) }, (30.0, 50.0)),
        ("larger unit", dictionary! { "UserUnit" => 2, "CropBox" => crop() }, (100.0, 140.0)),
        ("crop outside", dictionary! { "CropBox" => numbers(&[500.0, 500.0, 600.0, 600.0]) }, (100.0, 200.0)),
    ];
    for (name, entries, (width, height)) in cases {
        let size = opened(existing::quadrants(entries)).pages[0];
        let same = |length: Mm, points: f32| (length.0 - points * MM).abs() < 1e-3;
        assert!(same(size.width, width) && same(size.height, height), "{name}: {size:?}");
    }
}

fn encrypted(user: &str) -> Vec<u8> {
    let mut existing = Existing::new();
    existing.page(QUADRANTS, dictionary! {});
    let id = Object::string_literal("0123456789abcdef");
    existing.file.trailer.set("ID", vec![id.clone(), id]);
    let version = EncryptionVersion::V2 {
        document: &existing.file,
        owner_password: "owner",
        user_password: user,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    existing.file.encrypt(&state).unwrap();
    existing.bytes()
}

#[test]
fn what_cannot_be_read_is_refused_by_name() {
    let whole = existing::quadrants(dictionary! {});
    let cases = [
        ("locked", encrypted("secret"), Some(ForeignError::Locked)),
        ("no lock for an empty password", encrypted(""), None),
        ("empty", Vec::new(), Some(ForeignError::Damaged)),
        ("no PDF", b"PK\x03\x04 something else".to_vec(), Some(ForeignError::Damaged)),
        ("cut off", whole[..whole.len() / 2].to_vec(), Some(ForeignError::Damaged)),
        ("no pages", Existing::new().bytes(), Some(ForeignError::NoPages)),
        ("junk before the header", [b"\r\n\r\n".to_vec(), whole.clone()].concat(), None),
        ("whole", whole, None),
    ];
    for (name, bytes, error) in cases {
        assert_eq!(pdf::open(bytes).err(), error, "{name}");
    }
    let source = opened(existing::quadrants(dictionary! {}));
    let document = synthetic::document(vec![synthetic::page(vec![]), synthetic::page(vec![shown(&source, 1)])]);
    let error = pdf::write(Fonts::shared().unwrap(), &document).unwrap_err();
    assert!(matches!(error, PdfError::Foreign { page: 2, error: ForeignError::NoSuchPage(2) }), "{error}");
    // What a page should draw is lost: no empty page in its place.
    let lost = opened(existing::quadrants(dictionary! { "Contents" => Object::Reference((999, 0)) }));
    let error =
        pdf::write(Fonts::shared().unwrap(), &synthetic::document(vec![synthetic::page(vec![shown(&lost, 0)])]));
    let error = error.unwrap_err();
    assert!(matches!(error, PdfError::Foreign { page: 1, error: ForeignError::DamagedPage(1) }), "{error}");
    assert!(opened(existing::quadrants(dictionary! { "Contents" => Object::Null })).pages.len() == 1);
}

#[test]
fn damaged_files_never_panic() {
    let fonts = Fonts::shared().unwrap();
    let mut existing = Existing::new();
    let seal = existing.seal("1 0 0");
    let annotations = vec![stamp([10.0, 10.0, 30.0, 30.0], 4, seal.into())];
    existing.page(QUADRANTS, dictionary! { "Annots" => annotations, "Rotate" => 90 });
    let whole = existing.bytes();
    let mut random = 1u64;
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        bytes[at] = (random >> 56) as u8;
        if at % 4 == 0 {
            bytes.truncate(at);
        }
        if let Ok(source) = pdf::open(bytes) {
            let source = std::sync::Arc::new(source);
            let _ = pdf::write(fonts, &synthetic::document(vec![synthetic::page(vec![shown(&source, 0)])]));
        }
    }
}

#[test]
fn nothing_that_acts_travels() {
    let mut existing = Existing::new();
    let script =
        existing.file.add_object(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") });
    let launch = existing.file.add_object(dictionary! { "S" => "Launch", "F" => Object::string_literal("calc.exe") });
    let embedded = existing.file.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"MZ".to_vec()));
    let file = existing.file.add_object(dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => embedded } });
    let names = dictionary! {
        "EmbeddedFiles" => dictionary! { "Names" => vec![Object::string_literal("a"), file.into()] },
        "JavaScript" => dictionary! { "Names" => vec![Object::string_literal("b"), script.into()] },
    };
    existing.catalog().set("OpenAction", script);
    existing.catalog().set("Names", names);
    let seal = existing.seal("1 0 0");
    let mut link = stamp([10.0, 10.0, 30.0, 30.0], 4, seal.into()).as_dict().unwrap().clone();
    link.set("A", launch);
    link.set("AA", dictionary! { "E" => script });
    link.set("FS", file);
    // Even from where a drawing reaches.
    let resources = dictionary! { "Properties" => dictionary! { "X" => file, "Y" => existing.catalog } };
    let annotations = vec![Object::Dictionary(link)];
    existing.page(
        QUADRANTS,
        dictionary! { "AA" => dictionary! { "O" => launch }, "Annots" => annotations, "Resources" => resources },
    );
    let file = with_pages(existing.bytes(), &[0]);
    for object in file.objects.values() {
        let dictionary = match object {
            Object::Stream(stream) => &stream.dict,
            Object::Dictionary(dictionary) => dictionary,
            _ => continue,
        };
        for key in ["JS", "AA", "A", "OpenAction", "EF", "FS", "Names", "AcroForm"] {
            assert!(!dictionary.has(key.as_bytes()), "{key} in {dictionary:?}");
        }
        assert!(!dictionary.has_type(b"EmbeddedFile") && !dictionary.has_type(b"Filespec"));
    }
    assert_eq!(forms(&file).len(), 3, "the page, the seal, and both together");
}

#[test]
fn only_what_is_drawn_is_copied_and_that_once() {
    let mut existing = Existing::new();
    let picture = |bytes: &[u8]| {
        let entries = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 32, "Height" => 48,
            "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode",
        };
        Stream::new(entries, bytes.to_vec())
    };
    let scan = include_bytes!("../pictures/baseline.jpg");
    let used = existing.file.add_object(picture(scan));
    existing.file.add_object(picture(b"not drawn by any page"));
    let resources = existing.file.add_object(dictionary! { "XObject" => dictionary! { "Scan" => used } });
    let tree = existing.tree;
    existing.file.get_dictionary_mut(tree).unwrap().set("Resources", resources);
    for _ in 0..3 {
        existing.page("q 100 0 0 200 0 0 cm /Scan Do Q", dictionary! {});
    }
    // Two pages of three, one of them twice.
    let file = with_pages(existing.bytes(), &[0, 2, 0]);
    assert_eq!(forms(&file).len(), 2);
    let images: Vec<&Stream> = file
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().unwrap() == b"Image"))
        .collect();
    assert_eq!(images.len(), 1);
    assert!(images[0].content == scan, "the scan keeps its own resolution");
}

#[test]
fn seals_are_drawn_and_what_is_hidden_is_not() {
    let mut existing = Existing::new();
    let seal = existing.seal("1 0 0");
    let states = |seal| dictionary! { "On" => Object::Reference(seal), "Off" => Object::Null };
    let mut on = stamp([0.0, 0.0, 10.0, 10.0], 4, states(seal).into()).as_dict().unwrap().clone();
    let mut off = on.clone();
    on.set("AS", "On");
    off.set("AS", "Off");
    let mut popup = on.clone();
    popup.set("Subtype", "Popup");
    let annotations = vec![
        stamp([10.0, 20.0, 30.0, 60.0], 4, seal.into()),
        stamp([0.0, 0.0, 10.0, 10.0], 2, seal.into()),
        stamp([0.0, 0.0, 10.0, 10.0], 32, seal.into()),
        on.into(),
        off.into(),
        popup.into(),
        dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => numbers(&[0.0, 0.0, 9.0, 9.0]) }.into(),
    ];
    existing.page(QUADRANTS, dictionary! { "Annots" => annotations });
    let file = with_pages(existing.bytes(), &[0]);
    let outer = forms(&file)
        .into_iter()
        .find_map(|form| {
            String::from_utf8(form.get_plain_content().unwrap()).ok().filter(|text| text.contains("/Page Do"))
        })
        .unwrap();
    let lines: Vec<&str> = outer.lines().collect();
    assert_eq!(lines, ["q /Page Do Q", "q 2 0 0 4 10 20 cm /A0 Do Q", "q 1 0 0 1 0 0 cm /A1 Do Q"]);
}

#[test]
fn layers_that_are_off_stay_off() {
    let mut existing = Existing::new();
    let layer = |file: &mut Document, name: &str| {
        file.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal(name) })
    };
    let (seen, unseen) = (layer(&mut existing.file, "seen"), layer(&mut existing.file, "unseen"));
    let initial = dictionary! { "OFF" => vec![Object::Reference(unseen)] };
    let all = vec![Object::Reference(seen), Object::Reference(unseen)];
    existing.catalog().set("OCProperties", dictionary! { "OCGs" => all, "D" => initial });
    let properties = dictionary! { "S" => seen, "U" => unseen };
    existing
        .page("/OC /U BDC 0 0 9 9 re f EMC", dictionary! { "Resources" => dictionary! { "Properties" => properties } });
    let file = with_pages(existing.bytes(), &[0]);
    let layers = file.catalog().unwrap().get(b"OCProperties").unwrap().as_dict().unwrap();
    assert_eq!(layers.get(b"OCGs").unwrap().as_array().unwrap().len(), 2);
    let off = layers.get(b"D").unwrap().as_dict().unwrap().get(b"OFF").unwrap().as_array().unwrap();
    let off = file.get_dictionary(off[0].as_reference().unwrap()).unwrap();
    assert_eq!(off.get(b"Name").unwrap().as_str().unwrap(), b"unseen");
}

#[test]
fn content_in_several_streams_is_one_drawing() {
    let mut existing = Existing::new();
    let page = existing.page("", dictionary! {});
    let mut parts = Vec::new();
    for part in ["q 1 0 0 rg", "0 0 50 50 re", "f Q"] {
        let mut stream = Stream::new(Dictionary::new(), part.as_bytes().to_vec());
        stream.compress().unwrap();
        parts.push(Object::Reference(existing.file.add_object(stream)));
    }
    existing.file.get_dictionary_mut(page).unwrap().set("Contents", parts);
    let file = with_pages(existing.bytes(), &[0]);
    let content = forms(&file)[0].get_plain_content().unwrap();
    assert_eq!(String::from_utf8(content).unwrap(), "q 1 0 0 rg\n0 0 50 50 re\nf Q\n");
}

#[test]
fn the_demo_scans_go_in_as_they_are_and_no_claim_is_made_for_them() {
    let scans: [&[u8]; 3] = [
        include_bytes!("../../assets/demo/association/scans/gejin-contest.pdf"),
        include_bytes!("../../assets/demo/association/scans/yan-patent.pdf"),
        include_bytes!("../../assets/demo/district/scans/01-contest.pdf"),
    ];
    for scan in scans {
        let source = opened(scan.to_vec());
        assert!(!source.pages.is_empty());
        let pages: Vec<Page> =
            (0..source.pages.len()).map(|page| synthetic::page(vec![shown(&source, page)])).collect();
        let document = synthetic::document(pages);
        let bytes = write(&document);
        assert!(bytes == write(&document), "the same bytes again");
        let file = reading::load(&bytes);
        let catalog = file.catalog().unwrap();
        assert!(!catalog.has(b"OutputIntents"));
        let xmp = file.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
        assert!(!String::from_utf8_lossy(&xmp.as_stream().unwrap().content).contains("<pdfaid:part>"));
        // Each image of the scan, byte for byte.
        let images = |file: &Document| {
            let mut images: Vec<Vec<u8>> = file
                .objects
                .values()
                .filter_map(|object| object.as_stream().ok())
                .filter(|stream| stream.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().unwrap() == b"Image"))
                .map(|stream| stream.content.clone())
                .collect();
            images.sort();
            images
        };
        let before = images(&Document::load_mem(scan).unwrap());
        assert!(!before.is_empty() && before == images(&file));
    }
}

#[test]
fn long_documents_have_bookmarks_page_names_and_links() {
    let entry = |title: &str, page, children| OutlineEntry { title: title.to_owned(), page, children };
    let mut document = synthetic::document(
        (0..4)
            .map(|page| synthetic::page(vec![synthetic::text(&page.to_string(), Role::Body, 20.0, 20.0, 12.0)]))
            .collect(),
    );
    document.outline = vec![
        entry("目录", 1, vec![]),
        entry("葛瑾川", 2, vec![entry("申报表", 2, vec![]), entry("证书", 3, vec![entry("正面", 3, vec![])])]),
        entry("别处", 99, vec![]),
    ];
    document.labels = ["封面", "目录", "1", "2"].map(str::to_owned).to_vec();
    let rect = Rect::new(Mm(20.0), Mm(30.0), Mm(50.0), Mm(6.0));
    document.pages[1].items.push(Item::Link(Link { rect, page: 3 }));
    document.pages[1].items.push(Item::Link(Link { rect, page: 99 }));
    let file = reading::load(&write(&document));
    let pages = reading::page_ids(&file);
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"PageMode").unwrap().as_name().unwrap(), b"UseOutlines");

    // The outline as it unfolds: depth, title, page.
    fn unfold(file: &Document, id: &Object, depth: usize, found: &mut Vec<(usize, String, Option<Object>)>) {
        let mut next = Some(id.clone());
        while let Some(id) = next {
            let entry = file.get_dictionary(id.as_reference().unwrap()).unwrap();
            let title = entry.get(b"Title").unwrap().as_str().unwrap()[2..].to_vec();
            let units: Vec<u16> = title.chunks(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
            let page = entry.get(b"Dest").ok().map(|dest| dest.as_array().unwrap()[0].clone());
            found.push((depth, String::from_utf16(&units).unwrap(), page));
            if let Ok(first) = entry.get(b"First") {
                unfold(file, first, depth + 1, found);
            }
            next = entry.get(b"Next").ok().cloned();
        }
    }
    let root = file.get_dictionary(catalog.get(b"Outlines").unwrap().as_reference().unwrap()).unwrap();
    let mut found = Vec::new();
    unfold(&file, root.get(b"First").unwrap(), 0, &mut found);
    let to = |page: usize| Some(Object::Reference(pages[page]));
    let expected = [
        (0, "目录", to(1)),
        (0, "葛瑾川", to(2)),
        (1, "申报表", to(2)),
        (1, "证书", to(3)),
        (2, "正面", to(3)),
        (0, "别处", None),
    ];
    assert_eq!(found, expected.map(|(depth, title, page)| (depth, title.to_owned(), page)));

    let labels = catalog.get(b"PageLabels").unwrap().as_dict().unwrap().get(b"Nums").unwrap().as_array().unwrap();
    assert_eq!(labels.len(), 8);
    let links = file.get_dictionary(pages[1]).unwrap().get(b"Annots").unwrap().as_array().unwrap();
    assert_eq!(links.len(), 1, "no link to a page that there is not");
    let link = file.get_dictionary(links[0].as_reference().unwrap()).unwrap();
    assert_eq!(link.get(b"F").unwrap().as_i64().unwrap(), 4);
    assert_eq!(link.get(b"Dest").unwrap().as_array().unwrap()[0], to(3).unwrap());
}
