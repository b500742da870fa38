//! Months and days as the record writes them.

use chrono::{Datelike, NaiveDate};

/// A calendar day.
pub type Day = NaiveDate;

/// A month of a year, `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct YearMonth {
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl YearMonth {
    /// Reads exactly `YYYY-MM` (white space around it is passed over); years 1900 to 2199.
    pub fn read(text: &str) -> Option<Self> {
        let (year, month) = text.trim().split_once('-')?;
        let digits = |s: &str, count: usize| s.len() == count && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let read = Self { year: year.parse().ok()?, month: month.parse().ok()? };
        ((1900..2200).contains(&read.year) && (1..=12).contains(&read.month)).then_some(read)
    }

    pub fn of(day: Day) -> Self {
        Self { year: day.year(), month: day.month() }
    }
}

impl std::fmt::Display for YearMonth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Reads exactly `YYYY-MM-DD` (white space around it is passed over).
pub fn parse_day(text: &str) -> Option<Day> {
    let text = text.trim();
    (text.len() == 10).then(|| Day::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}
