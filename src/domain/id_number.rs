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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::parse_day;

    fn today() -> Day {
        parse_day("2021-07-10").unwrap()
    }

    #[test]
    fn every_kind_of_wrong_number_is_told() {
        use self::IdNumberFault::{CheckDigit, Date, Format};
        for (text, fault) in [
            ("", Format),
            (" ", Format),
            ("33999919780315031", Format),   // a digit short
            ("3399991978031503188", Format), // a digit too many
            ("339999780315031", Format),     // the old 15 digits
            ("33999919780315031Y", Format),
            ("3399991978031503X8", Format), // X elsewhere than at the end
            ("33999919780315031Ｘ", Format),
            ("３３9999197803150318", Format),
            ("339999-19780315-0318", Format),
            ("身份证号339999197803150318", Format),
            ("339999197813150318", Date),
            ("339999197800150318", Date),
            ("339999197802300318", Date),
            ("339999197902290318", Date), // no leap year
            ("339999000001010318", Date),
            ("339999202107110318", Date), // tomorrow
            ("339999197803150319", CheckDigit { wanted: '8' }),
            ("339999197803150381", CheckDigit { wanted: '5' }), // two digits swapped
            ("33999919730805031x1", Format),
            ("339999197308050311", CheckDigit { wanted: 'X' }),
        ] {
            assert_eq!(IdNumber::read(text, today()).map(|_| ()), Err(fault), "{text}");
        }
    }

    #[test]
    fn good_numbers_are_read() {
        for (text, printed, birth, sex) in [
            ("339999197803150318", "339999197803150318", "1978-03-15", "男"),
            ("339999197511020482", "339999197511020482", "1975-11-02", "女"),
            (" 339999 19730805 031x ", "33999919730805031X", "1973-08-05", "男"),
            ("339999\u{3000}19730805\t031X", "33999919730805031X", "1973-08-05", "男"),
        ] {
            let read = IdNumber::read(text, today()).unwrap();
            assert_eq!((read.as_str(), read.birth().to_string().as_str(), read.sex()), (printed, birth, sex), "{text}");
        }
    }

    #[test]
    fn each_check_character_is_computed() {
        for last in CHECK_CHARACTERS {
            let found = (0..1000).any(|sequence| {
                let first = format!("33999919780315{sequence:03}");
                check_character(first.as_bytes()) == last && IdNumber::read(&format!("{first}{last}"), today()).is_ok()
            });
            assert!(found, "{last}");
        }
    }

    #[test]
    fn a_number_is_never_shown_whole() {
        assert_eq!(IdNumber::masked("339999197803150318"), "339999**********18");
        assert_eq!(IdNumber::masked("33999919730805031x"), "339999**********1X");
        assert_eq!(IdNumber::masked("12345678"), "********");
        assert_eq!(IdNumber::masked(""), "");
    }
}
