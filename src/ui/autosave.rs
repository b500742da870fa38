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

/// A longer pause between two keys, in seconds, ends a stretch of typing: what comes after it is undone by itself.
const STRETCH_PAUSE: f64 = 5.0;

/// Where one stretch of typing ends and the next begins. Nothing waits for it: what is typed is stored all the while.
#[derive(Debug, Default)]
pub struct Stretches {
    /// When the last key came, in seconds.
    last_key: Option<f64>,
    /// Something was stored that typing would go on with.
    is_open: bool,
    /// It ends as soon as all of it has gone to the book.
    ends: bool,
}

impl Stretches {
    /// Keys came, at this time in seconds: after a pause they begin a stretch.
    pub fn key(&mut self, now: f64) {
        let paused = self.last_key.replace(now).is_some_and(|last| now - last > STRETCH_PAUSE);
        self.ends |= paused;
    }

    /// Text went to the book.
    pub fn stored(&mut self) {
        self.is_open = true;
    }

    pub fn end(&mut self) {
        self.ends = true;
    }

    pub fn is_ending(&self) -> bool {
        self.ends
    }

    /// All that was typed has gone to the book. Whether the book is to be told that a stretch is over.
    pub fn take_end(&mut self) -> bool {
        std::mem::take(&mut self.ends) && std::mem::take(&mut self.is_open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_ends_at_a_pause() {
        let mut stretches = Stretches::default();
        let mut key = |at: f64| {
            stretches.key(at);
            let ended = stretches.take_end();
            stretches.stored();
            ended
        };
        for (at, ended) in [(0.0, false), (4.0, false), (8.5, false), (14.0, true), (15.0, false), (40.0, true)] {
            assert_eq!(key(at), ended, "{at} s");
        }
        // Where nothing was stored there is nothing to end.
        let mut stretches = Stretches::default();
        stretches.end();
        assert!(!stretches.take_end());
        stretches.stored();
        assert!(!stretches.take_end());
    }

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
