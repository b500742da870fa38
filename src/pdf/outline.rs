//! Ways through a long document: bookmarks, page names, links. printpdf's own bookmarks are flat and sorted by name,
//! so lopdf writes them (ISO 32000-1, 12.3 and 12.4.2).

use lopdf::{Dictionary, Document as File, Object, ObjectId, dictionary};

use super::finish::utf16;
use crate::pages::{Document, Item, OutlineEntry, Page, Rect};

pub fn write(file: &mut File, document: &Document, pages: &[ObjectId]) {
    if !document.outline.is_empty() {
        let root = file.new_object_id();
        let (first, last) = level(file, &document.outline, root, pages);
        let entries = document.outline.len() as i64;
        let outline = dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => entries };
        file.objects.insert(root, outline.into());
        set_in_catalog(file, "Outlines", root.into());
        set_in_catalog(file, "PageMode", "UseOutlines".into());
    }
    if !document.labels.is_empty() {
        let numbers: Vec<Object> = (0i64..)
            .zip(&document.labels)
            .flat_map(|(page, label)| [page.into(), dictionary! { "P" => utf16(label) }.into()])
            .collect();
        set_in_catalog(file, "PageLabels", dictionary! { "Nums" => numbers }.into());
    }
    for (page, &id) in document.pages.iter().zip(pages) {
        let links: Vec<Object> = page
            .items
            .iter()
            .filter_map(|item| if let Item::Link(link) = item { Some(link) } else { None })
            .filter_map(|link| Some(link_annotation(page, link.rect, destination(pages, link.page)?)))
            .map(|annotation| file.add_object(annotation).into())
            .collect();
        if !links.is_empty()
            && let Ok(page) = file.get_dictionary_mut(id)
        {
            page.set("Annots", links);
        }
    }
}

fn set_in_catalog(file: &mut File, key: &str, value: Object) {
    if let Ok(catalog) = file.catalog_mut() {
        catalog.set(key, value);
    }
}

/// The whole of a page; none for a page that there is not.
fn destination(pages: &[ObjectId], page: usize) -> Option<Object> {
    Some(vec![Object::Reference(*pages.get(page)?), "Fit".into()].into())
}

/// Writes entries of one level and all below; the first and the last of the level. The top level is open, the rest
/// closed.
fn level(file: &mut File, entries: &[OutlineEntry], parent: ObjectId, pages: &[ObjectId]) -> (ObjectId, ObjectId) {
    let ids: Vec<ObjectId> = entries.iter().map(|_| file.new_object_id()).collect();
    for (index, (entry, &id)) in entries.iter().zip(&ids).enumerate() {
        let mut dictionary = dictionary! { "Title" => utf16(&entry.title), "Parent" => parent };
        if let Some(destination) = destination(pages, entry.page) {
            dictionary.set("Dest", destination);
        }
        let neighbours = [("Prev", index.checked_sub(1)), ("Next", index.checked_add(1))];
        for (key, neighbour) in neighbours {
            if let Some(neighbour) = neighbour.and_then(|index| ids.get(index)) {
                dictionary.set(key, *neighbour);
            }
        }
        if !entry.children.is_empty() {
            let (first, last) = level(file, &entry.children, id, pages);
            dictionary.set("First", first);
            dictionary.set("Last", last);
            dictionary.set("Count", -(entry.children.len() as i64));
        }
        file.objects.insert(id, dictionary.into());
    }
    let parent_if_none = (parent, parent);
    ids.first().zip(ids.last()).map_or(parent_if_none, |(first, last)| (*first, *last))
}

fn link_annotation(page: &Page, rect: Rect, destination: Object) -> Dictionary {
    let height = page.height;
    let corners = [rect.left, height - rect.bottom(), rect.right(), height - rect.top];
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => corners.iter().map(|length| Object::Real(length.pt().0)).collect::<Vec<_>>(),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // Print, as PDF/A wants of every annotation (ISO 19005-2, 6.3.2).
        "F" => 4,
        "Dest" => destination,
    }
}
