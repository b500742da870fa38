//! How a number is shown: Excel turns a typed 1978-3 into a number of days with a format.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

/// Number formats of a workbook.
#[derive(Default)]
pub(super) struct Formats {
    /// Format of each cell style.
    pub styles: Vec<u32>,
    /// The workbook's own format codes.
    pub codes: HashMap<u32, String>,
    /// Days count from 1904, as on old Macs.
    pub from_1904: bool,
}

enum Shape {
    Plain,
    Decimals(usize),
    Month,
    Day,
}

impl Formats {
    /// The text of a number, and whether it is a plain one.
    pub(super) fn show(&self, value: f64, style: usize) -> (String, bool) {
        let shape = self.styles.get(style).map_or(Shape::Plain, |&format| self.shape(format));
        let date = |pattern: &str| self.date(value).map(|day| (day.format(pattern).to_string(), false));
        match shape {
            Shape::Month => date("%Y-%m"),
            Shape::Day => date("%Y-%m-%d"),
            Shape::Decimals(count) => Some((format!("{value:.count$}"), false)),
            Shape::Plain => None,
        }
        .unwrap_or_else(|| (value.to_string(), true))
    }

    /// Built-in formats by number (ECMA-376 part 1, 18.8.30, with the Chinese ones), others by their code.
    fn shape(&self, format: u32) -> Shape {
        match format {
            1 => Shape::Decimals(0),
            2 => Shape::Decimals(2),
            17 | 27 | 36 | 50 | 52 | 57 => Shape::Month,
            14..=16 | 22 | 28..=31 | 51 | 53 | 54 | 58 => Shape::Day,
            _ => self.codes.get(&format).map_or(Shape::Plain, |code| by_code(code)),
        }
    }

    fn date(&self, value: f64) -> Option<NaiveDate> {
        let start =
            if self.from_1904 { NaiveDate::from_ymd_opt(1904, 1, 1) } else { NaiveDate::from_ymd_opt(1899, 12, 30) };
        // Beyond the year 9999 it is no date.
        (1.0..2_958_466.0).contains(&value).then(|| start?.checked_add_days(Days::new(value as u64))).flatten()
    }
}

/// The part for positive numbers, without quoted text, colours and escaped characters.
fn by_code(code: &str) -> Shape {
    let mut bare = String::new();
    let mut characters = code.chars();
    while let Some(c) = characters.next() {
        match c {
            ';' => break,
            '"' => drop(characters.by_ref().find(|&c| c == '"')),
            '[' => drop(characters.by_ref().find(|&c| c == ']')),
            '\\' | '_' | '*' => drop(characters.next()),
            c => bare.extend(c.to_lowercase()),
        }
    }
    let bare = bare.trim();
    if bare.contains('d') {
        Shape::Day
    } else if bare.contains('y') {
        Shape::Month
    } else if !bare.is_empty() && bare.chars().all(|c| matches!(c, '0' | '.')) {
        Shape::Decimals(bare.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(9)))
    } else {
        Shape::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::Formats;

    #[test]
    fn numbers_show_as_their_format_says() {
        let codes =
            ["General", "yyyy\\-mm", "yyyy\"年\"m\"月\"", "yyyy/m/d;@", "[Red]0.00", "0", "[$-804]mmm-yy", "#,##0"];
        let formats = Formats {
            styles: (0..8).map(|index| 200 + index).chain([17, 14, 0]).collect(),
            codes: codes.iter().zip(200..).map(|(code, id)| (id, (*code).to_owned())).collect(),
            from_1904: false,
        };
        let cases = [
            (198_611.0, 0, "198611"),
            (28_550.0, 1, "1978-03"),
            (28_550.0, 2, "1978-03"),
            (28_550.0, 3, "1978-03-01"),
            (1986.1, 4, "1986.10"),
            (13_800_001_001.0, 5, "13800001001"),
            (28_550.0, 6, "1978-03"),
            (1986.11, 7, "1986.11"),
            (28_550.0, 8, "1978-03"),
            (28_550.0, 9, "1978-03-01"),
            (1986.11, 10, "1986.11"),
            (-1.0, 1, "-1"),
            (1e300, 99, &1e300.to_string()),
        ];
        for (value, style, wanted) in cases {
            assert_eq!(formats.show(value, style).0, wanted, "{value} {style}");
        }
    }
}
