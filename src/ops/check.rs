//! The check: what the fonts and files say is measured here, what it means is judged in [`crate::rules`].

use super::error::OpError;
use super::open_book::OpenBook;
use super::today::today;
use crate::domain::{Body, Person};
use crate::exchange::gate::Content;
use crate::fonts::Fonts;
use crate::rules::{self, Check, Measured, Subject, Unprintable};

/// Checks the whole book as of today.
pub fn check(open: &OpenBook) -> Result<Check, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    check_loaded(open, &bodies, &people)
}

/// Checks recommenders and people that were read already.
pub fn check_loaded(open: &OpenBook, bodies: &[Body], people: &[Person]) -> Result<Check, OpError> {
    let measured = measure(open, bodies, people)?;
    Ok(rules::check(&open.notice, today()?, bodies, people, &measured))
}

fn measure(open: &OpenBook, bodies: &[Body], people: &[Person]) -> Result<Measured, OpError> {
    let fonts = Fonts::shared()?;
    let mut measured = Measured::default();
    for body in bodies {
        for (field, text) in body.recommender.texts() {
            note_unprintable(fonts, &mut measured, Subject::Recommender(body.id), field, text);
        }
    }
    for person in people {
        for (field, text) in person.applicant.texts() {
            note_unprintable(fonts, &mut measured, Subject::Person(person.id), field, text);
        }
        if !person.applicant.photo.is_none() {
            match open.content(&person.applicant.photo)? {
                Some(Content::Image(facts)) => drop(measured.photos.insert(person.id, facts.upright_size_px())),
                Some(Content::Pdf(_)) | None => drop(measured.unreadable_photos.insert(person.id)),
            }
        }
    }
    Ok(measured)
}

fn note_unprintable(fonts: &Fonts, measured: &mut Measured, subject: Subject, field: String, text: &str) {
    let mut characters: Vec<char> = text.chars().filter(|&c| !fonts.can_print(c)).collect();
    characters.sort_unstable();
    characters.dedup();
    if !characters.is_empty() {
        measured.unprintable.push(Unprintable { subject, field, characters });
    }
}
