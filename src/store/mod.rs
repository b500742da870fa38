//! The book (推荐册): one SQLite file, extension `.tuijian`, with a notice, recommenders, applicants, scans and everything
//! that ever stood in them.
//!
//! Invariants:
//! 1. No other code writes to the book. Every change runs in `Book::write`: one transaction, one operation with a name
//!    and words, or nothing at all. [`Book::transact`] leads there, undo and what is being typed (`stretch`).
//! 2. Nothing is forgotten: a revision holds the whole content of one person or recommender and, once another operation
//!    has followed, is never changed or deleted. Only the latest operation can be gone on with, while it is being typed
//!    (`stretch`); where all of it is taken out again, it and its revision go. Removing someone adds a revision without
//!    content; undo adds revisions too.
//! 3. Numbers of people, recommenders, revisions and operations are given once and never used again.
//! 4. What is stored is what was typed. The store refuses no content: two people may have one identity number.
//! 5. Whatever a person could read is under a SHA-256: notice, contents, operations with their revisions, files. A book
//!    with one changed bit is found by [`Book::check`]; changed content is never handed out.
//! 6. An open book is locked against every other program, for reading too, and nothing here opens its file except through
//!    SQLite (closing any other handle would drop the lock).
//! 7. A file that is no book of this program, or one of a later format, is left as it is, to the byte.

mod backup;
mod book;
mod change;
mod check;
mod clock;
mod content;
mod error;
mod history;
mod open;
mod reader;
mod replace;
mod schema;
mod stretch;
#[cfg(test)]
mod tests;
mod undo;

pub use book::{Book, Glimpse};
pub use change::Change;
pub use check::Damage;
pub use content::file_key;
pub use error::StoreError;
pub use history::{Revision, RevisionContent, RevisionKind, Subject};
pub use stretch::{Stretch, Typed, Typing};
