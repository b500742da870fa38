//! 公民身份号码, GB 11643-1999.

use super::year_month::Day;

/// A number that keeps all rules of GB 11643. Spaces are passed over and x reads as X.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdNumber {
    digits: String,
    birth: Day,
}

/// Which rule a text breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdNumberFault {
    /// Not 17 digits and a digit or X; 15 digits (the old number) are one case of it.
    Format,
    /// No such day, or a day to come.
    Date,
    /// ISO 7064 MOD 11-2 wants another last character.
    CheckDigit { wanted: char },
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

impl IdNumber {
    /// Reads a typed number. An unknown area code is no fault: outdated area tables refuse good numbers.
    pub fn read(text: &str, today: Day) -> Result<Self, IdNumberFault> {
        let digits = Self::printed(text);
        let bytes = digits.as_bytes();
        let well_formed = bytes.len() == 18
            && bytes[..17].iter().all(u8::is_ascii_digit)
            && (bytes[17].is_ascii_digit() || bytes[17] == b'X');
        if !well_formed {
            return Err(IdNumberFault::Format);
        }
        let number = |range: std::ops::Range<usize>| digits[range].parse::<u32>().unwrap_or(0);
        let birth = i32::try_from(number(6..10))
            .ok()
            .and_then(|year| Day::from_ymd_opt(year, number(10..12), number(12..14)))
            .filter(|&day| number(6..10) > 0 && day <= today)
            .ok_or(IdNumberFault::Date)?;
        let wanted = check_character(&bytes[..17]);
        if char::from(bytes[17]) != wanted {
            return Err(IdNumberFault::CheckDigit { wanted });
        }
        Ok(Self { digits, birth })
    }

    /// How a typed number stands on paper: without white space, x as X. Nothing else is touched.
    pub fn printed(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == 'x' { 'X' } else { c }).collect()
    }

    /// For lists: all but the first six and the last two characters hidden. Short texts are hidden whole.
    pub fn masked(text: &str) -> String {
        let shown: Vec<char> = Self::printed(text).chars().collect();
        let count = shown.len();
        (0..count).map(|i| if count >= 15 && (i < 6 || i + 2 >= count) { shown[i] } else { '*' }).collect()
    }

    pub fn as_str(&self) -> &str {
        &self.digits
    }

    pub fn birth(&self) -> Day {
        self.birth
    }

    /// 男 for an odd sequence number (17th digit), else 女.
    pub fn sex(&self) -> &'static str {
        if (self.digits.as_bytes()[16] - b'0') % 2 == 1 { "男" } else { "女" }
    }
}

fn check_character(first_17: &[u8]) -> char {
    let sum: u32 = first_17.iter().zip(WEIGHTS).map(|(&digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECK_CHARACTERS[(sum % 11) as usize]
}
