//! What the pages are made from: the form as it is on the screen, the rest as it is in the book.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::domain::{Body, FileKey, Person, nominated};
use crate::ops::{Printable, Proof};
use crate::preview::CopyContent;
use crate::ui::app::App;
use crate::ui::desk::Desk;
use crate::ui::gallery::Gallery;

/// The recommender whose documents are shown.
pub fn body(desk: &Desk) -> Option<&Body> {
    match desk.selected.and_then(|id| desk.book.person(id)) {
        Some(person) => desk.book.body(person.recommender),
        None => desk.book.bodies.first(),
    }
}

/// Asks for the pages to be shown; a sentence where there can be none.
pub fn want(app: &mut App) -> Option<String> {
    let desk = app.desk.as_ref()?;
    let document = app.pages.shown;
    let Some(body) = body(desk) else { return Some("这本推荐册还没有推荐单位。".to_owned()) };
    let selected = desk.selected.and_then(|id| desk.book.person(id));
    let persons: Vec<&Person> = match (document, selected) {
        (Printable::Application, Some(person)) => vec![person],
        (Printable::Application, None) => {
            return Some("还没有申报人。新增一位，申报表就会显示在这里。".to_owned());
        }
        _ => nominated(&desk.book.people, body.id),
    };
    if persons.is_empty() {
        let name = body.recommender.name.trim();
        let word = super::tools::word(document);
        return Some(format!(
            "{name}还没有推荐任何人，所以没有{word}。在名单里选中申报人，按“推荐”，{word}就会显示在这里。"
        ));
    }
    let form =
        |person: &Person| if desk.selected == Some(person.id) { desk.form.clone() } else { person.applicant.clone() };
    let files = match files(&mut app.gallery, desk, document, &persons) {
        Ok(files) => files,
        Err((known, all)) => return Some(format!("正在读取附件（{known}／{all}）…")),
    };
    let mut subject = DefaultHasher::new();
    let of_person = (document == Printable::Application).then_some(desk.selected);
    (document as u8, body.id, of_person).hash(&mut subject);
    let mut key = subject.clone();
    // An undo or a save of somebody else's form comes with the next snapshot.
    (desk.version, files.len(), (document != Printable::Application).then_some(desk.revision)).hash(&mut key);
    app.proofs.want(subject.finish(), key.finish(), || Proof {
        document,
        notice: Arc::clone(&desk.book.notice),
        body: body.clone(),
        persons: persons.iter().map(|&person| Person { applicant: form(person), ..person.clone() }).collect(),
        files,
    });
    None
}

type Files = BTreeMap<FileKey, Result<CopyContent, String>>;

/// Outlines of photos as far as they are there, and of all copies; how many of how many are there when some are missing.
fn files(
    gallery: &mut Gallery,
    desk: &Desk,
    document: Printable,
    persons: &[&Person],
) -> Result<Files, (usize, usize)> {
    let mut files = BTreeMap::new();
    let (mut known, mut all) = (0, 0);
    for person in persons {
        let applicant = if desk.selected == Some(person.id) { &desk.form } else { &person.applicant };
        if matches!(document, Printable::Application | Printable::Binder)
            && let Some(photo) = gallery.picture(&applicant.photo)
        {
            files.insert(applicant.photo.clone(), Ok(CopyContent::Picture(photo)));
        }
        if !matches!(document, Printable::Binder | Printable::Catalogue) {
            continue;
        }
        for attachment in applicant.attachments.iter().filter(|attachment| !attachment.file.is_none()) {
            all += 1;
            if let Some(outline) = gallery.copy(&attachment.file) {
                known += 1;
                // A photo may be a copy too.
                files.entry(attachment.file.clone()).or_insert(outline);
            }
        }
    }
    if known < all { Err((known, all)) } else { Ok(files) }
}
