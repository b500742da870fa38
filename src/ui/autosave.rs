//! When what was typed goes into the book.

use std::time::{Duration, Instant};

/// A pause in typing after which the text is stored.
const PAUSE: Duration = Duration::from_millis(400);
/// Without a pause it is stored this long after the first change: a power cut costs no more.
const LONGEST: Duration = Duration::from_millis(1000);

/// Keeps the times of changes that are not stored yet.
#[derive(Debug, Default)]
pub struct Autosave {
    first: Option<Instant>,
    last: Option<Instant>,
}

impl Autosave {
    /// Something was typed.
    pub fn changed(&mut self, now: Instant) {
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    /// Everything has gone to the book.
    pub fn stored(&mut self) {
        *self = Self::default();
    }

    pub fn is_pending(&self) -> bool {
        self.first.is_some()
    }

    /// How long until it is time to store; zero: now. `None`: nothing to store. While an input method composes, the text
    /// holds letters that are not meant: not yet.
    pub fn wait(&self, now: Instant, composing: bool) -> Option<Duration> {
        let (first, last) = (self.first?, self.last?);
        if composing {
            return Some(PAUSE);
        }
        let due = (last + PAUSE).min(first + LONGEST);
        Some(due.saturating_duration_since(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_or_a_second_stores() {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let wait = |autosave: &Autosave, ms: u64| autosave.wait(at(ms), false).map(|wait| wait.as_millis());
        let mut autosave = Autosave::default();
        assert_eq!(wait(&autosave, 0), None);
        autosave.changed(at(0));
        assert_eq!(wait(&autosave, 0), Some(400));
        assert_eq!(wait(&autosave, 400), Some(0));
        for ms in (100..=900).step_by(100) {
            autosave.changed(at(ms));
        }
        assert_eq!(wait(&autosave, 900), Some(100), "typing on does not put it off for ever");
        assert_eq!(autosave.wait(at(5000), true), Some(PAUSE), "never while composing");
        autosave.stored();
        assert_eq!(wait(&autosave, 1000), None);
    }
}
