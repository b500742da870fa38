//! Reads a written file back with lopdf: text as a reader of the PDF gets it, and where each glyph stands.

use std::collections::HashMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// A font of the file, as its dictionaries describe it.
pub struct Font {
    pub name: String,
    pub descriptor_name: String,
    pub program: Vec<u8>,
    pub characters: HashMap<u16, String>,
    pub widths: HashMap<u16, f32>,
}

/// What one text object shows.
#[derive(Debug, Default)]
pub struct Shown {
    /// With ActualText, where given, in place of the glyphs' own characters.
    pub text: String,
    /// The glyphs' own characters and the left end of each in points.
    pub glyphs: Vec<(String, f32)>,
    pub baseline: f32,
}

pub fn load(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

pub fn page_ids(file: &Document) -> Vec<ObjectId> {
    file.get_pages().into_values().collect()
}

fn resolved<'a>(file: &'a Document, dictionary: &'a Dictionary, key: &str) -> &'a Object {
    file.dereference(dictionary.get(key.as_bytes()).unwrap()).unwrap().1
}

pub fn resources(file: &Document, page: ObjectId) -> &Dictionary {
    resolved(file, file.get_dictionary(page).unwrap(), "Resources").as_dict().unwrap()
}

/// The page's fonts by resource name.
pub fn fonts(file: &Document, page: ObjectId) -> HashMap<Vec<u8>, Font> {
    let fonts = resolved(file, resources(file, page), "Font").as_dict().unwrap();
    fonts
        .iter()
        .map(|(name, font)| {
            let font = file.dereference(font).unwrap().1.as_dict().unwrap();
            (name.clone(), self::font(file, font))
        })
        .collect()
}

fn font(file: &Document, font: &Dictionary) -> Font {
    let descendant = resolved(file, font, "DescendantFonts").as_array().unwrap()[0].as_dict().unwrap();
    let descriptor = resolved(file, descendant, "FontDescriptor").as_dict().unwrap();
    let program = resolved(file, descriptor, "FontFile2").as_stream().unwrap();
    let to_unicode = resolved(file, font, "ToUnicode").as_stream().unwrap();
    let name = |dictionary: &Dictionary, key: &str| {
        String::from_utf8(resolved(file, dictionary, key).as_name().unwrap().to_vec()).unwrap()
    };
    assert_eq!(name(font, "BaseFont"), name(descendant, "BaseFont"));
    Font {
        name: name(font, "BaseFont"),
        descriptor_name: name(descriptor, "FontName"),
        program: program.decompressed_content().unwrap(),
        characters: characters(&String::from_utf8(to_unicode.decompressed_content().unwrap()).unwrap()),
        widths: widths(resolved(file, descendant, "W").as_array().unwrap()),
    }
}

/// `<code> <UTF-16BE>` lines between beginbfchar and endbfchar.
fn characters(cmap: &str) -> HashMap<u16, String> {
    let mut characters = HashMap::new();
    let mut inside = false;
    for line in cmap.lines() {
        if line.ends_with("beginbfchar") || line.ends_with("endbfchar") {
            inside = line.ends_with("beginbfchar");
        } else if inside {
            let (code, target) = line.split_once(' ').unwrap();
            let hex = |text: &str| text.trim_matches(['<', '>']).to_owned();
            let units: Vec<u16> = hex(target)
                .as_bytes()
                .chunks(4)
                .map(|digits| u16::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap())
                .collect();
            characters.insert(u16::from_str_radix(&hex(code), 16).unwrap(), String::from_utf16(&units).unwrap());
        }
    }
    characters
}

fn widths(array: &[Object]) -> HashMap<u16, f32> {
    let mut widths = HashMap::new();
    for pair in array.chunks(2) {
        let first = pair[0].as_i64().unwrap() as u16;
        for (index, width) in pair[1].as_array().unwrap().iter().enumerate() {
            widths.insert(first + index as u16, width.as_float().unwrap());
        }
    }
    widths
}

/// The text objects of a page, in order.
pub fn shown(file: &Document, page: ObjectId) -> Vec<Shown> {
    let fonts = fonts(file, page);
    let content = Content::decode(&file.get_page_content(page)).unwrap();
    let (mut all, mut now, mut actual) = (Vec::new(), Shown::default(), None::<String>);
    let (mut font, mut size, mut spacing, mut pen) = (Vec::new(), 0.0, 0.0, 0.0);
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BDC" => {
                let text = operands[1].as_dict().unwrap().get(b"ActualText").unwrap().as_str().unwrap();
                let units: Vec<u16> = text[2..].chunks(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
                actual = Some(String::from_utf16(&units).unwrap());
            }
            "EMC" => actual = None,
            "BT" => now = Shown::default(),
            "Td" => {
                pen = operands[0].as_float().unwrap();
                now.baseline = operands[1].as_float().unwrap();
            }
            "Tf" => {
                font = operands[0].as_name().unwrap().to_vec();
                size = operands[1].as_float().unwrap();
            }
            "Tc" => spacing = operands[0].as_float().unwrap(),
            "Tj" | "TJ" => {
                let parts = if operation.operator == "TJ" { operands[0].as_array().unwrap() } else { operands };
                for part in parts {
                    if let Ok(string) = part.as_str() {
                        for code in string.chunks(2).map(|two| u16::from_be_bytes([two[0], two[1]])) {
                            now.glyphs.push((fonts[&font].characters[&code].clone(), pen));
                            pen += fonts[&font].widths[&code] / 1000.0 * size + spacing;
                        }
                    } else {
                        pen -= part.as_float().unwrap() / 1000.0 * size;
                    }
                }
            }
            "ET" => {
                let own = now.glyphs.iter().map(|(text, _)| text.as_str()).collect();
                now.text = actual.clone().unwrap_or(own);
                all.push(std::mem::take(&mut now));
            }
            _ => {}
        }
    }
    all
}

/// The lines of a document, a text object each.
pub fn text(bytes: &[u8]) -> Vec<String> {
    let file = load(bytes);
    page_ids(&file).into_iter().flat_map(|page| shown(&file, page)).map(|shown| shown.text).collect()
}
