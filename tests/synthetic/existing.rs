//! PDFs as other people's programs make them, built object by object.

#![allow(dead_code)] // each test binary uses its own part

use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use tuijian::pages::{ForeignPage, ForeignPdf, Item, Mm, Rect};

/// Upper left red, upper right green, lower left blue, lower right white, on 100 × 200 units.
pub const QUADRANTS: &str = "1 0 0 rg 0 100 50 100 re f 0 .6 0 rg 50 100 50 100 re f \
                             0 0 1 rg 0 0 50 100 re f 1 g 50 0 50 100 re f";

pub struct Existing {
    pub file: Document,
    pub tree: ObjectId,
    pub catalog: ObjectId,
}

impl Existing {
    pub fn new() -> Self {
        let mut file = Document::with_version("1.7");
        let tree = file.add_object(dictionary! {
            "Type" => "Pages", "Kids" => Vec::<Object>::new(), "Count" => 0,
            "MediaBox" => numbers(&[0.0, 0.0, 100.0, 200.0]),
        });
        let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        file.trailer.set("Root", catalog);
        Self { file, tree, catalog }
    }

    /// Adds a page; `entries` go into its dictionary.
    pub fn page(&mut self, content: &str, entries: Dictionary) -> ObjectId {
        let content = self.file.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let mut page = dictionary! { "Type" => "Page", "Parent" => self.tree, "Contents" => content };
        page.extend(&entries);
        let page = self.file.add_object(page);
        let tree = self.file.get_dictionary_mut(self.tree).unwrap();
        let kids = tree.get_mut(b"Kids").unwrap().as_array_mut().unwrap();
        kids.push(page.into());
        let count = kids.len() as i64;
        tree.set("Count", count);
        page
    }

    /// A form object that fills its box of 10 × 10 with a colour.
    pub fn seal(&mut self, colour: &str) -> ObjectId {
        let content = format!("{colour} rg 0 0 10 10 re f");
        self.file.add_object(Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 10.0, 10.0]) },
            content.into_bytes(),
        ))
    }

    pub fn catalog(&mut self) -> &mut Dictionary {
        let id = self.catalog;
        self.file.get_dictionary_mut(id).unwrap()
    }

    pub fn bytes(mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.file.save_to(&mut bytes).unwrap();
        bytes
    }
}

pub fn numbers(values: &[f32]) -> Object {
    values.iter().map(|&value| Object::Real(value)).collect::<Vec<_>>().into()
}

/// A stamp annotation over `rect`.
pub fn stamp(rect: [f32; 4], flags: i64, appearance: Object) -> Object {
    dictionary! {
        "Type" => "Annot", "Subtype" => "Stamp", "F" => flags, "Rect" => numbers(&rect),
        "AP" => dictionary! { "N" => appearance },
    }
    .into()
}

/// A file with one page of coloured quadrants.
pub fn quadrants(entries: Dictionary) -> Vec<u8> {
    let mut existing = Existing::new();
    existing.page(QUADRANTS, entries);
    existing.bytes()
}

pub fn opened(bytes: Vec<u8>) -> Arc<ForeignPdf> {
    Arc::new(tuijian::pdf::open(bytes).unwrap())
}

/// A foreign page over 100 × 200 mm at (20, 30).
pub fn shown(source: &Arc<ForeignPdf>, page: usize) -> Item {
    let rect = Rect::new(Mm(20.0), Mm(30.0), Mm(100.0), Mm(200.0));
    Item::ForeignPage(ForeignPage { rect, source: Arc::clone(source), page })
}
