//! What is said to the clerk, and how long it stays.

use std::time::{Duration, Instant};

/// How long a sentence stays, if no newer one takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stay {
    UntilPutAway,
    /// Until the clerk goes on to something else.
    UntilGoneOn,
    /// As long as it takes to read.
    Briefly,
}

/// Something to be said to the clerk.
#[derive(Debug)]
pub struct Message {
    pub sentence: String,
    pub is_fault: bool,
    stay: Stay,
    since: Instant,
    /// Another book has been asked for since.
    is_of_last_book: bool,
}

/// Long enough to read a sentence of so many characters, and what each further one takes.
const READ: Duration = Duration::from_secs(6);
const SHORT: usize = 30;
const CHARACTER: Duration = Duration::from_millis(150);

impl Message {
    /// Something went well.
    pub fn good(sentence: String) -> Self {
        Self { sentence, is_fault: false, stay: Stay::Briefly, since: Instant::now(), is_of_last_book: false }
    }

    /// Something that the clerk must have read.
    pub fn fault(sentence: String) -> Self {
        Self { sentence, is_fault: true, stay: Stay::UntilPutAway, since: Instant::now(), is_of_last_book: false }
    }

    /// Something that went wrong and matters no more once the clerk does something else.
    pub fn passing_fault(sentence: String) -> Self {
        Self { sentence, is_fault: true, stay: Stay::UntilGoneOn, since: Instant::now(), is_of_last_book: false }
    }

    /// The clerk has gone on: what matters no more may go as soon as it could be read.
    pub fn go_on(&mut self) {
        if self.stay == Stay::UntilGoneOn {
            self.stay = Stay::Briefly;
        }
    }

    /// Another book is asked for: once that is open, this was said of the one before, or of one that did not open.
    pub fn other_book_asked(&mut self) {
        self.is_of_last_book = true;
    }

    pub fn is_of_last_book(&self) -> bool {
        self.is_of_last_book
    }

    /// Whether it says nothing any more once the same is tried again.
    pub fn is_passing(&self) -> bool {
        self.is_fault && self.stay != Stay::UntilPutAway
    }

    /// How long it still stays; `None`: for as long as need be.
    pub fn left(&self, now: Instant) -> Option<Duration> {
        let further = self.sentence.chars().count().saturating_sub(SHORT);
        let needed = READ + CHARACTER * u32::try_from(further).unwrap_or(u32::MAX);
        (self.stay == Stay::Briefly).then(|| needed.saturating_sub(now.saturating_duration_since(self.since)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_goes_when_it_is_read() {
        let message = |make: fn(String) -> Message| make("一句。".to_owned());
        let after = |message: &Message, seconds| message.left(message.since + Duration::from_secs(seconds));
        let good = message(Message::good);
        assert_eq!((after(&good, 2), after(&good, 9)), (Some(Duration::from_secs(4)), Some(Duration::ZERO)));
        let long = Message::good("一".repeat(90));
        assert_eq!((after(&long, 6), after(&long, 16)), (Some(Duration::from_secs(9)), Some(Duration::ZERO)));
        let mut fault = message(Message::fault);
        fault.go_on();
        assert_eq!(after(&fault, 999), None, "it must be read");
        let mut passing = message(Message::passing_fault);
        assert_eq!(after(&passing, 999), None, "nobody has gone on");
        passing.go_on();
        assert_eq!(after(&passing, 1), Some(Duration::from_secs(5)), "who goes on at once can still read it");
        assert_eq!(after(&passing, 7), Some(Duration::ZERO));
        assert!(passing.is_passing() && !fault.is_passing() && !good.is_passing());
    }
}
