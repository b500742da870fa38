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

    /// The month that a text like 1986.11, 198611, 1986年3月 or 1986-11 means, if it means one.
    pub fn meant(text: &str) -> Option<Self> {
        let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        match numbers.as_slice() {
            [year, month, ..] if year.len() == 4 => Self::read(&format!("{year}-{month:0>2}")),
            [run] if run.len() == 6 || run.len() == 8 => Self::read(&format!("{}-{}", &run[..4], &run[4..6])),
            _ => None,
        }
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

/// Reads exactly `YYYY-MM-DD` (white space around it is passed over); years 1900 to 2199.
pub fn parse_day(text: &str) -> Option<Day> {
    let (month, day) = text.trim().rsplit_once('-')?;
    let month = YearMonth::read(month)?;
    let two_digits = day.len() == 2 && day.bytes().all(|b| b.is_ascii_digit());
    if !two_digits {
        return None;
    }
    Day::from_ymd_opt(month.year, month.month, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_to_the_letter() {
        for good in ["1986-11", " 2021-01 ", "1900-01", "2199-12"] {
            assert_eq!(YearMonth::read(good).map(|read| read.to_string()).as_deref(), Some(good.trim()), "{good}");
        }
        for bad in [
            "",
            "-",
            "1986",
            "1986.11",
            "198611",
            "1986-1",
            "1986-13",
            "1986-00",
            "1899-12",
            "2200-01",
            "+986-11",
            "1986-+1",
            "1986-11-01",
            "1986年11月",
            "１９８６-１１",
            "86-11",
            "1986 - 11",
        ] {
            assert_eq!(YearMonth::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_are_read_to_the_letter() {
        for good in ["2021-07-15", " 2024-02-29 "] {
            assert_eq!(parse_day(good).map(|day| day.to_string()).as_deref(), Some(good.trim()), "{good}");
        }
        for bad in [
            "",
            "2021-07",
            "2021-7-15",
            "2021-07- 5",
            "2021-07-5",
            "2021- 7-15",
            "2021-02-29",
            "2021-07-32",
            "2021-07-00",
            "2021/07/15",
            "20210715",
            "+021-07-15",
            "2021-07-15 ,",
            "0001-01-01",
            "二〇二一-07-15",
        ] {
            assert_eq!(parse_day(bad), None, "{bad}");
        }
    }

    #[test]
    fn months_compare_by_time() {
        let read = |text| YearMonth::read(text).unwrap();
        assert!(read("1999-12") < read("2000-01"));
        assert_eq!(YearMonth::of(parse_day("2021-07-15").unwrap()), read("2021-07"));
    }
}
