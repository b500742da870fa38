//! Pages made by hand for tests and measurements of the back end: no layout, only places.

#![allow(dead_code)] // each test binary uses its own part

use std::sync::Arc;

use tuijian::domain::Applicant;
use tuijian::fonts::{Fonts, Role};
use tuijian::pages::{
    Document, Glyph, Image, Ink, Item, Line, Mm, Page, Picture, PictureFormat, Point, Pt, Rect, Stamp, Strokes, TextRun,
};
use tuijian::rules::Notice;

/// Characters set one after the other, `gap_em` apart.
pub fn run(text: &str, role: Role, x: f32, y: f32, size: f32, gap_em: f32) -> TextRun {
    let fonts = Fonts::shared().unwrap();
    let mut pen = 0.0;
    let glyphs = text
        .chars()
        .map(|character| {
            let face = fonts.choose(role, character).unwrap_or_else(|| panic!("{character:?} {:X}", character as u32));
            let glyph = Glyph { character, face, x: Mm(pen) };
            pen += (fonts.advance_em(face, character) + gap_em) * Pt(size).mm().0;
            glyph
        })
        .collect();
    TextRun { at: Point { x: Mm(x), y: Mm(y) }, size: Pt(size), ink: Ink::Black, glyphs }
}

pub fn text(text: &str, role: Role, x: f32, y: f32, size: f32) -> Item {
    Item::Text(run(text, role, x, y, size, 0.0))
}

pub fn page(items: Vec<Item>) -> Page {
    Page { width: Mm(210.0), height: Mm(297.0), items }
}

pub fn document(pages: Vec<Page>) -> Document {
    Document { title: "合成的页面".to_owned(), pages, ..Document::default() }
}

pub fn one_line(text_line: &str, role: Role) -> Document {
    document(vec![page(vec![text(text_line, role, 22.0, 40.0, 12.0)])])
}

pub fn picture(bytes: Vec<u8>, format: PictureFormat, width_px: u32, height_px: u32, orientation: u8) -> Arc<Picture> {
    Arc::new(Picture { bytes, format, width_px, height_px, orientation })
}

pub fn image(picture: &Arc<Picture>, left: f32, top: f32, width: f32, height: f32) -> Item {
    Item::Image(Image { rect: Rect::new(Mm(left), Mm(top), Mm(width), Mm(height)), picture: Arc::clone(picture) })
}

pub fn rule(x0: f32, y0: f32, x1: f32, y1: f32, width: f32) -> Item {
    Item::Line(Line { from: Point { x: Mm(x0), y: Mm(y0) }, to: Point { x: Mm(x1), y: Mm(y1) }, width: Pt(width) })
}

/// The Chinese of the invented people's records, in their order.
fn characters() -> Vec<char> {
    let texts = [
        include_str!("../../assets/demo/district/record.json"),
        include_str!("../../assets/demo/association/record.json"),
    ];
    texts.concat().chars().filter(|c| !c.is_ascii() && !c.is_control()).collect()
}

/// A form of six pages, 1,600 characters each in four faces, ruled, with a photo; about 560 different characters. Differs by `seed`.
pub fn form(seed: usize) -> Document {
    let characters = characters();
    let mut different = characters.clone();
    different.sort_unstable();
    different.dedup();
    let photos: [&[u8]; 3] = [
        include_bytes!("../../assets/demo/district/photos/01.jpg"),
        include_bytes!("../../assets/demo/district/photos/02.jpg"),
        include_bytes!("../../assets/demo/district/photos/03.jpg"),
    ];
    let photo = picture(photos[seed % photos.len()].to_vec(), PictureFormat::Jpeg, 413, 579, 1);
    let pages = (0..6).map(|number| {
        let mut items = vec![
            text("杭州市首席技师认定申报表", Role::Title, 40.0, 20.0, 26.0),
            text("主要技术简况、贡献成果登记", Role::Hei, 22.0, 30.0, 12.0),
        ];
        for line in 0..40 {
            let start = (seed * 7919 + number * 997 + line * 37) % (characters.len() - 40);
            let mut line_text: String = characters[start..start + 22].iter().collect();
            // As many different characters as an essay of that length has.
            line_text.extend((0..14).map(|offset| different[(start * 31 + offset * 389) % different.len()]));
            line_text.push_str("2021");
            let y = 40.0 + line as f32 * 6.0;
            // Every third line is justified, the rest stands as it comes.
            let gap = if line % 3 == 0 { 0.013 } else { 0.0 };
            items.push(Item::Text(run(&line_text, Role::Body, 24.0, y, 12.0, gap)));
            items.push(rule(22.0, y + 1.5, 188.0, y + 1.5, 0.5));
        }
        for x in [22.0, 42.0, 64.0, 88.0, 111.0, 131.0, 153.0, 188.0] {
            items.push(rule(x, 34.0, x, 280.0, 1.2));
        }
        if number == 1 {
            items.push(image(&photo, 154.0, 36.0, 33.0, 46.2));
        }
        let mut foot = run("校验码 1A2B3C4D", Role::Body, 22.0, 285.0, 8.0, 0.0);
        foot.ink = Ink::Grey;
        items.push(Item::Text(foot));
        page(items)
    });
    let pages = pages.collect();
    Document { title: format!("申报表 {seed}"), pages, ..Document::default() }
}

pub fn strokes(polylines: Vec<Vec<(f32, f32)>>) -> Item {
    let polylines = polylines
        .into_iter()
        .map(|line| line.into_iter().map(|(x, y)| Point { x: Mm(x), y: Mm(y) }).collect())
        .collect();
    Item::Strokes(Strokes { polylines, width: Pt(0.7) })
}

/// The form of one of the invented people, laid out as it is printed; a form of its own for each `number`.
pub fn application(number: usize) -> Document {
    let records = [
        include_str!("../../assets/demo/association/record.json"),
        include_str!("../../assets/demo/district/record.json"),
    ];
    let photo = include_bytes!("../../assets/demo/district/photos/01.jpg").to_vec();
    let mut people: Vec<Applicant> = records
        .iter()
        .map(|record| serde_json::from_str::<serde_json::Value>(record).unwrap())
        .flat_map(|record| serde_json::from_value::<Vec<Applicant>>(record["applicants"].clone()).unwrap())
        .collect();
    let count = people.len();
    let mut person = people.swap_remove(number % count);
    person.sections.summary.text = format!("{}\n{number}", person.sections.summary.text);
    let notice = Notice::read(include_str!("../../assets/notices/hangzhou-2021.toml")).unwrap();
    let stamp = Stamp { code: Some(format!("{number:08X}")), draft: false };
    let photo = picture(photo, PictureFormat::Jpeg, 413, 579, 1);
    tuijian::pages::application(Fonts::shared().unwrap(), &notice, &person, Some(photo), &stamp)
}
