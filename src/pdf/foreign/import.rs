//! Copies what a foreign page draws into our file, and nothing else.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::annotation::{self, Appearance};
use super::{ForeignError, MAX_UNPACKED, Source};

/// Copies pages of one source into one file; what several pages share is copied once.
pub struct Importer<'a> {
    source: &'a Source,
    copies: HashMap<ObjectId, ObjectId>,
    /// Met, numbered, not yet copied.
    waiting: Vec<(ObjectId, ObjectId)>,
    /// Layers that were met, and whether they start switched off.
    pub layers: Vec<(ObjectId, bool)>,
}

/// Entries of a stream that draw nothing, or reach outside the file.
const NOT_DRAWN: [&[u8]; 11] = [
    b"Metadata",
    b"PieceInfo",
    b"StructParent",
    b"StructParents",
    b"LastModified",
    b"OPI",
    b"Ref",
    b"AF",
    b"F",
    b"FFilter",
    b"FDecodeParms",
];

impl<'a> Importer<'a> {
    pub fn new(source: &'a Source) -> Self {
        Self { source, copies: HashMap::new(), waiting: Vec::new(), layers: Vec::new() }
    }

    /// A page, counted from 0, as a form object in `file`.
    pub fn page(&mut self, file: &mut Document, page: usize) -> Result<ObjectId, ForeignError> {
        let id = *self.source.pages.get(page).ok_or(ForeignError::NoSuchPage(page + 1))?;
        let area = self.source.frame(page)?.area.map(Object::Real).to_vec();
        let mut form = self.content(file, id).ok_or(ForeignError::DamagedPage(page + 1))?;
        set_form(&mut form.dict, area.clone());
        let resources = self.source.inherited(id, b"Resources").cloned();
        let resources = self.remapped(file, resources.unwrap_or_else(|| Dictionary::new().into()));
        form.dict.set("Resources", resources);
        if let Some(group) = self.source.file.get_dictionary(id).ok().and_then(|page| page.get(b"Group").ok()) {
            let group = self.remapped(file, group.clone());
            form.dict.set("Group", group);
        }
        let form = file.add_object(form);
        let seals = annotation::appearances(self.source, id);
        let form = if seals.is_empty() { form } else { self.flattened(file, form, area, seals) };
        self.copy_waiting(file);
        Ok(form)
    }

    /// What the page draws, without its frame. One stream stays as it is; several become one.
    fn content(&mut self, file: &mut Document, page: ObjectId) -> Option<Stream> {
        let contents = self.source.file.get_dictionary(page).ok()?.get(b"Contents").unwrap_or(&Object::Null);
        match self.source.resolved(contents) {
            // An empty page; but what should be there and is not was lost.
            Object::Null if contents.as_reference().is_err() => Some(Stream::new(Dictionary::new(), Vec::new())),
            Object::Stream(stream) => {
                let mut copy = Stream::new(Dictionary::new(), stream.content.clone());
                for key in ["Filter", "DecodeParms"] {
                    if let Ok(value) = stream.dict.get(key.as_bytes()) {
                        let value = self.remapped(file, value.clone());
                        copy.dict.set(key, value);
                    }
                }
                Some(copy)
            }
            Object::Array(parts) => {
                let mut content = Vec::new();
                for part in parts {
                    let part = self.source.resolved(part).as_stream().ok()?;
                    content.extend(part.get_plain_content_with_limit(MAX_UNPACKED).ok()?);
                    content.push(b'\n');
                    if content.len() > MAX_UNPACKED {
                        return None;
                    }
                }
                Some(Stream::new(Dictionary::new(), content))
            }
            _ => None,
        }
    }

    /// The page with its annotations drawn over it. The page stays a form of its own, so that whatever state it
    /// leaves behind does not move the seals.
    fn flattened(
        &mut self,
        file: &mut Document,
        page: ObjectId,
        area: Vec<Object>,
        seals: Vec<Appearance>,
    ) -> ObjectId {
        let mut objects = dictionary! { "Page" => page };
        let mut content = "q /Page Do Q".to_owned();
        for (index, seal) in seals.into_iter().enumerate() {
            let mut form = seal.stream.clone();
            form.dict.set("Subtype", "Form");
            if !form.dict.has(b"Resources")
                && let Some(resources) = self.form_resources()
            {
                form.dict.set("Resources", resources);
            }
            let Object::Stream(form) = self.remapped(file, Object::Stream(form)) else { continue };
            objects.set(format!("A{index}"), file.add_object(form));
            let [a, b, c, d, e, f] = seal.matrix;
            content.push_str(&format!("\nq {a} {b} {c} {d} {e} {f} cm /A{index} Do Q"));
        }
        let mut outer = Stream::new(Dictionary::new(), content.into_bytes());
        set_form(&mut outer.dict, area);
        outer.dict.set("Resources", dictionary! { "XObject" => objects });
        file.add_object(outer)
    }

    /// What fields without resources of their own draw with (ISO 32000-1, 12.7.2: DR).
    fn form_resources(&self) -> Option<Object> {
        let form = self.source.resolved(self.source.file.catalog().ok()?.get(b"AcroForm").ok()?);
        form.as_dict().ok()?.get(b"DR").ok().cloned()
    }

    /// The object with its references pointing into our file.
    fn remapped(&mut self, file: &mut Document, object: Object) -> Object {
        match object {
            Object::Reference(id) => match self.copy_of(file, id) {
                Some(copy) => Object::Reference(copy),
                None => Object::Null,
            },
            Object::Array(items) => items.into_iter().map(|item| self.remapped(file, item)).collect::<Vec<_>>().into(),
            Object::Dictionary(dictionary) => Object::Dictionary(self.remapped_entries(file, dictionary)),
            Object::Stream(mut stream) => {
                for key in NOT_DRAWN {
                    stream.dict.remove(key);
                }
                stream.dict.remove(b"Length");
                let mut copy = Stream::new(self.remapped_entries(file, stream.dict), stream.content);
                copy.allows_compression = false;
                Object::Stream(copy)
            }
            plain => plain,
        }
    }

    fn remapped_entries(&mut self, file: &mut Document, dictionary: Dictionary) -> Dictionary {
        dictionary.into_iter().map(|(key, value)| (key, self.remapped(file, value))).collect()
    }

    /// The number that an object has, or will have, in our file; none for what is no part of a drawing.
    fn copy_of(&mut self, file: &mut Document, id: ObjectId) -> Option<ObjectId> {
        if let Some(copy) = self.copies.get(&id) {
            return Some(*copy);
        }
        let object = self.source.file.get_object(id).ok()?;
        let kind = object.type_name().unwrap_or_default();
        if [b"Page".as_slice(), b"Pages", b"Catalog", b"Annot", b"Action", b"Filespec", b"EmbeddedFile"].contains(&kind)
        {
            return None;
        }
        let copy = file.new_object_id();
        if kind == b"OCG" {
            self.layers.push((copy, self.source.layer_is_off(&Object::Reference(id))));
        }
        self.copies.insert(id, copy);
        self.waiting.push((id, copy));
        Some(copy)
    }

    fn copy_waiting(&mut self, file: &mut Document) {
        while let Some((from, to)) = self.waiting.pop() {
            if let Ok(object) = self.source.file.get_object(from) {
                let copy = self.remapped(file, object.clone());
                file.objects.insert(to, copy);
            }
        }
    }
}

fn set_form(dictionary: &mut Dictionary, area: Vec<Object>) {
    dictionary.set("Type", "XObject");
    dictionary.set("Subtype", "Form");
    dictionary.set("BBox", area);
}
