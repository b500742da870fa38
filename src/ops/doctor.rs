//! The look at a whole book: is everything as it was stored?

use std::path::Path;

use super::error::OpError;
use super::open_book::OpenBook;
use crate::store::Book;

/// What the doctor found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// A sentence each; empty: the book is sound.
    pub damage: Vec<String>,
}

/// The same of the book that is open.
pub fn examine(open: &OpenBook) -> Result<Diagnosis, OpError> {
    let damage = open.book.check()?;
    Ok(Diagnosis { damage: damage.into_iter().map(|damage| damage.sentence).collect() })
}

/// Checks structure, ties and every hash; opens a damaged book too and changes nothing.
///
/// # Errors
/// What is no damage: no such file, no book, open elsewhere.
pub fn doctor(book: &Path) -> Result<Diagnosis, OpError> {
    let found = Book::open_for_check(book).and_then(|book| book.check());
    match found {
        Ok(damage) => Ok(Diagnosis { damage: damage.into_iter().map(|damage| damage.sentence).collect() }),
        Err(error) if error.is_damage() => Ok(Diagnosis { damage: vec![error.to_string()] }),
        Err(error) => Err(error.into()),
    }
}
