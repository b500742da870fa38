//! Working days by the published public holidays (`assets/calendars/*.toml`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use chrono::{Datelike, Weekday};
use serde::Deserialize;

use crate::domain::{Day, parse_day};

/// Public holidays and make-up working days of the years that are known.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// Whether a day is worked, where that differs from Monday to Friday.
    worked: BTreeMap<Day, bool>,
    years: BTreeSet<i32>,
}

const FILES: [&str; 6] = [
    include_str!("../../assets/calendars/2021.toml"),
    include_str!("../../assets/calendars/2022.toml"),
    include_str!("../../assets/calendars/2023.toml"),
    include_str!("../../assets/calendars/2024.toml"),
    include_str!("../../assets/calendars/2025.toml"),
    include_str!("../../assets/calendars/2026.toml"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearFile {
    year: i32,
    off: Vec<Span>,
    work: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    from: String,
    to: String,
}

impl Calendar {
    /// The calendars that the program brings along.
    pub fn built_in() -> &'static Self {
        static CALENDAR: OnceLock<Calendar> = OnceLock::new();
        CALENDAR.get_or_init(|| {
            let mut calendar = Self::default();
            // A test reads each file; one that could not be read would count as an unknown year.
            for file in FILES.iter().filter_map(|text| toml::from_str::<YearFile>(text).ok()) {
                calendar.add(&file);
            }
            calendar
        })
    }

    fn add(&mut self, file: &YearFile) {
        self.years.insert(file.year);
        for span in &file.off {
            if let (Some(from), Some(to)) = (parse_day(&span.from), parse_day(&span.to)) {
                self.worked.extend(from.iter_days().take_while(|day| *day <= to).map(|day| (day, false)));
            }
        }
        self.worked.extend(file.work.iter().filter_map(|text| parse_day(text)).map(|day| (day, true)));
    }

    /// Whether the public holidays of a year are known; in other years Monday to Friday are worked.
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    pub fn is_working_day(&self, day: Day) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.worked.get(&day).copied().unwrap_or(!weekend)
    }

    /// Working days from the first to the last day, both counted; no more than `enough` are counted.
    pub fn working_days(&self, from: Day, to: Day, enough: u32) -> u32 {
        let days = from.iter_days().take_while(|day| *day <= to).filter(|&day| self.is_working_day(day));
        u32::try_from(days.take(enough as usize).count()).unwrap_or(enough)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        parse_day(text).unwrap()
    }

    #[test]
    fn every_file_is_read_whole() {
        for text in FILES {
            let file: YearFile = toml::from_str(text).unwrap();
            let year = file.year.to_string();
            for span in &file.off {
                assert!(span.from.starts_with(&year) && day(&span.from) <= day(&span.to), "{year}");
            }
            for work in &file.work {
                let day = day(work);
                assert!(work.starts_with(&year), "{work}");
                assert!(matches!(day.weekday(), Weekday::Sat | Weekday::Sun), "{work} is worked anyway");
                assert!(Calendar::built_in().is_working_day(day), "{work} is off and worked");
            }
            assert!(Calendar::built_in().knows(file.year));
        }
        assert!(!Calendar::built_in().knows(2031));
    }

    #[test]
    fn working_days_pass_over_holidays_and_count_make_up_days() {
        for (from, to, count) in [
            ("2021-06-25", "2021-07-01", 5), // over a weekend
            ("2021-06-11", "2021-06-15", 2), // 端午
            ("2021-04-29", "2021-05-08", 5), // 劳动节 with a Saturday worked
            ("2021-07-06", "2021-07-06", 1),
            ("2021-07-10", "2021-07-11", 0),
            ("2021-07-12", "2021-07-06", 0),
            ("2031-10-01", "2031-10-07", 5), // an unknown year: Monday to Friday
        ] {
            assert_eq!(Calendar::built_in().working_days(day(from), day(to), 10), count, "{from} {to}");
        }
    }
}
