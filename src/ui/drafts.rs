//! What is typed about recommenders and into their reports, from the first key until the book has it.

use std::collections::BTreeMap;

use eframe::egui::Id;

use super::autosave::Autosave;
use crate::domain::RecommenderId;

pub use crate::ops::BodyField;

pub type Key = (RecommenderId, BodyField);

#[derive(Debug)]
struct Draft {
    /// As it is on the screen.
    text: String,
    /// As the book last had it.
    base: String,
    /// What was sent to the book and is not known to have arrived.
    sent: Option<String>,
    /// Must not go into the book as it is.
    is_held: bool,
}

impl Draft {
    fn is_pending(&self) -> bool {
        !self.is_held && self.text != *self.sent.as_ref().unwrap_or(&self.base)
    }
}

/// All texts that have been on the screen.
#[derive(Debug, Default)]
pub struct Drafts {
    drafts: BTreeMap<Key, Draft>,
    pub autosave: Autosave,
    /// The cursor left a text in this pass: what was typed is complete.
    pub left: bool,
    /// The text that is to get the cursor.
    pub wanted: Option<Key>,
    /// The field that had the cursor last.
    pub focused: Option<Id>,
}

impl Drafts {
    /// A text to be shown and typed into. `book` is what the book has; `at_rest`: nothing is on its way there, so the book
    /// knows all that was sent.
    pub fn text(&mut self, key: Key, book: &str, at_rest: bool) -> &mut String {
        let fresh = || Draft { text: book.to_owned(), base: book.to_owned(), sent: None, is_held: false };
        let draft = self.drafts.entry(key).or_insert_with(fresh);
        if at_rest {
            let known = draft.sent.take();
            if draft.text == *known.as_ref().unwrap_or(&draft.base) {
                book.clone_into(&mut draft.text);
            }
            book.clone_into(&mut draft.base);
        }
        &mut draft.text
    }

    /// Keeps a text out of the book, or lets it go there.
    pub fn hold(&mut self, key: Key, is_held: bool) {
        if let Some(draft) = self.drafts.get_mut(&key) {
            draft.is_held = is_held;
        }
    }

    /// Shows what the book has again.
    pub fn forget(&mut self, key: Key) {
        self.drafts.remove(&key);
    }

    /// What the book does not have yet; it counts as sent from now on.
    pub fn take_pending(&mut self) -> Vec<(Key, String)> {
        self.autosave.stored();
        let pending = self.drafts.iter_mut().filter(|(_, draft)| draft.is_pending());
        pending
            .map(|(key, draft)| {
                draft.sent = Some(draft.text.clone());
                (*key, draft.text.clone())
            })
            .collect()
    }

    /// What the book does not have.
    pub fn pending(&self) -> impl Iterator<Item = (Key, &str)> {
        self.drafts.iter().filter(|(_, draft)| draft.is_pending()).map(|(key, draft)| (*key, draft.text.as_str()))
    }

    /// Shows what the book has, whatever was typed.
    pub fn give_up(&mut self) {
        self.drafts.clear();
        self.autosave.stored();
    }

    pub fn has_pending(&self) -> bool {
        self.drafts.values().any(Draft::is_pending)
    }

    /// Something that was sent was not stored: all of it is sent again in time.
    pub fn not_stored(&mut self, now: std::time::Instant) {
        for draft in self.drafts.values_mut() {
            draft.sent = None;
        }
        if self.has_pending() {
            self.autosave.changed(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = (RecommenderId(1), BodyField::Contact);

    fn typed(drafts: &mut Drafts, book: &str, at_rest: bool, text: &str) {
        text.clone_into(drafts.text(KEY, book, at_rest));
    }

    #[test]
    fn the_book_is_shown_unless_something_was_typed_since() {
        let mut drafts = Drafts::default();
        assert_eq!(drafts.text(KEY, "甲", true), "甲");
        assert_eq!(drafts.text(KEY, "乙", true), "乙", "changed elsewhere");
        typed(&mut drafts, "乙", true, "乙丙");
        assert_eq!(drafts.text(KEY, "丁", true), "乙丙");
        assert_eq!(drafts.take_pending(), [(KEY, "乙丙".to_owned())]);
        assert!(!drafts.has_pending());
        // On its way: a snapshot from before must not take it back.
        assert_eq!(drafts.text(KEY, "丁", false), "乙丙");
        typed(&mut drafts, "丁", false, "乙丙戊");
        assert_eq!(drafts.text(KEY, "乙丙", true), "乙丙戊");
        assert!(drafts.has_pending());
    }

    #[test]
    fn what_was_sent_and_taken_back_is_gone() {
        let mut drafts = Drafts::default();
        typed(&mut drafts, "甲", true, "甲乙");
        drafts.take_pending();
        assert_eq!(drafts.text(KEY, "甲", true), "甲", "stored, and undone before the book was seen again");
        assert!(!drafts.has_pending());
    }

    #[test]
    fn what_could_not_be_stored_stays_and_is_sent_again() {
        let mut drafts = Drafts::default();
        typed(&mut drafts, "甲", true, "甲乙");
        drafts.take_pending();
        drafts.not_stored(std::time::Instant::now());
        assert!(drafts.autosave.is_pending());
        assert_eq!(drafts.text(KEY, "甲", true), "甲乙");
        assert_eq!(drafts.take_pending().len(), 1);
    }

    #[test]
    fn a_text_that_is_held_stays_on_the_screen() {
        let mut drafts = Drafts::default();
        typed(&mut drafts, "某协会", true, "");
        drafts.hold(KEY, true);
        assert!(drafts.take_pending().is_empty());
        assert_eq!(drafts.text(KEY, "某协会", true), "");
        drafts.forget(KEY);
        assert_eq!(drafts.text(KEY, "某协会", true), "某协会");
    }
}
