//! What is one stretch of typing: one line of the history, one step of 撤销.
//!
//! A stretch is text typed into the same fields of one person, without a longer pause and without anything else between.
//! Who sees the keys ends it earlier ([`super::OpenBook::end_stretch`]); what is said here holds in any case.
//! It ends before text would be lost that no revision holds: what was typed and is cut out again in one go stays a
//! revision of its own. A longer text that comes in at once (pasted) begins a stretch.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::difference::{Difference, changed, differences, text_at};
use crate::domain::{Applicant, PersonId, RecommenderId};
use crate::store;

/// A longer pause ends a stretch.
const PAUSE: Duration = Duration::from_secs(120);
/// So many characters of a stretch may be taken out again, as typing slips are, and be kept nowhere: about a sentence.
const SLIP: usize = 20;
/// So many characters at once are pasted, not typed.
const PASTED: usize = 200;

/// The stretch that is being typed.
pub(super) struct Stretch {
    /// The store's leave to go on with it.
    pub token: store::Stretch,
    pub person: PersonId,
    /// The form before it.
    pub start: Applicant,
    /// The fields typed in.
    paths: BTreeSet<String>,
    last: Instant,
    /// The form when nothing was lost last, and the characters taken out since, less those put in.
    fullest: Applicant,
    lost: usize,
    /// Characters were put in since: the fullest form does not hold them.
    typed_since: bool,
}

/// How a step stands to the stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It goes on with it.
    On,
    /// It begins something new; the stretch's revision stays as it is.
    New,
    /// It takes out more than a slip, and nothing but that has happened since the [`Stretch::fullest`] form: the stretch
    /// ends with that one, and something new begins.
    Cut,
}

/// One field's text before and after a step.
struct Text<'a> {
    path: &'a str,
    before: String,
    after: String,
}

impl Stretch {
    pub fn new(token: store::Stretch, person: PersonId, start: Applicant, form: &Applicant, now: Instant) -> Self {
        let paths = differences(&start, form).into_iter().map(|change| change.path).collect();
        Self { token, person, start, paths, last: now, fullest: form.clone(), lost: 0, typed_since: false }
    }

    /// The form before anything typed in the stretch was taken out again.
    pub fn fullest(&self) -> &Applicant {
        &self.fullest
    }

    /// How these changes of a person, which lead to `form`, stand to the stretch; it counts them in where they go on.
    pub fn step(&mut self, person: PersonId, changes: &[Difference], form: &Applicant, now: Instant) -> Step {
        let Some(texts) = texts(changes) else { return Step::New };
        let same_field = texts.iter().all(|text| self.paths.contains(text.path));
        if person != self.person || !same_field || now.saturating_duration_since(self.last) > PAUSE {
            return Step::New;
        }
        let (mut lost, mut typed) = (self.lost, false);
        for text in &texts {
            let start = text_at(&self.start, text.path).unwrap_or_default();
            let Loss { gone, put_in } = Loss::of(&start, &text.before, &text.after);
            lost = (lost + gone).saturating_sub(put_in);
            if gone > SLIP || lost > SLIP {
                // A slip that was mended is in the book as it was mended: an older form must not take its place.
                return if self.typed_since { Step::New } else { Step::Cut };
            }
            if put_in > PASTED {
                return Step::New;
            }
            typed |= put_in > 0;
        }
        (self.last, self.lost) = (now, lost);
        self.typed_since |= typed;
        if lost == 0 {
            self.fullest.clone_from(form);
            self.typed_since = false;
        }
        Step::On
    }
}

/// A stretch of typing in one text of a recommender.
pub(super) struct TextStretch {
    /// The store's leave to go on with it.
    pub token: store::Stretch,
    body: RecommenderId,
    /// The text's key in the record.
    field: String,
    /// The text before it.
    start: String,
    last: Instant,
    lost: usize,
}

impl TextStretch {
    pub fn new(token: store::Stretch, body: RecommenderId, field: &str, start: &str, now: Instant) -> Self {
        Self { token, body, field: field.to_owned(), start: start.to_owned(), last: now, lost: 0 }
    }

    /// Whether this change of a text goes on with the stretch; it is counted in where it does. What takes out more than a
    /// slip begins something new: the revision that stands then holds all of it.
    pub fn goes_on(&mut self, body: RecommenderId, field: &str, text: (&str, &str), now: Instant) -> bool {
        if body != self.body || field != self.field || now.saturating_duration_since(self.last) > PAUSE {
            return false;
        }
        let Loss { gone, put_in } = Loss::of(&self.start, text.0, text.1);
        let lost = (self.lost + gone).saturating_sub(put_in);
        if gone > SLIP || lost > SLIP || put_in > PASTED {
            return false;
        }
        (self.last, self.lost) = (now, lost);
        true
    }
}

/// What a change of a text does to what was typed before it in a stretch.
struct Loss {
    /// Characters of the stretch that are taken out. What stood there before it is in the revision before it.
    gone: usize,
    put_in: usize,
}

impl Loss {
    fn of(start: &str, before: &str, after: &str) -> Self {
        let (added, (taken_out, new)) = (changed(start, before).1, changed(before, after));
        let gone = added.end.min(taken_out.end).saturating_sub(added.start.max(taken_out.start));
        Self { gone, put_in: new.len() }
    }
}

/// Whether these changes can be the beginning of a stretch: nothing but text.
pub(super) fn is_typing(changes: &[Difference]) -> bool {
    texts(changes).is_some_and(|texts| !texts.is_empty())
}

fn texts(changes: &[Difference]) -> Option<Vec<Text<'_>>> {
    let mut texts = Vec::new();
    for change in changes {
        let (before, after) = change.texts()?;
        texts.push(Text { path: &change.path, before, after });
    }
    Some(texts)
}
