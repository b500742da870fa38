//! Finding people by name, initials of its pinyin, or firm.

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::domain::Applicant;

/// Whether a person fits what was typed: part of the name or the firm, or the initials of the name (gjc for 葛瑾川),
/// upper or lower case. Nothing typed fits everybody.
pub fn fits(applicant: &Applicant, typed: &str) -> bool {
    let typed: String = typed.split_whitespace().collect::<String>().to_lowercase();
    if typed.is_empty() {
        return true;
    }
    let contains = |text: &str| text.split_whitespace().collect::<String>().to_lowercase().contains(&typed);
    contains(&applicant.name) || contains(&applicant.employer) || initials_fit(&applicant.name, &typed)
}

/// Every start within the name is tried, every reading of a character counts (单: d, s, c).
fn initials_fit(name: &str, typed: &str) -> bool {
    let name: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    let typed: Vec<char> = typed.chars().collect();
    name.windows(typed.len().max(1)).any(|part| part.iter().zip(&typed).all(|(&c, &letter)| begins(c, letter)))
}

fn begins(character: char, letter: char) -> bool {
    if let Some(readings) = character.to_pinyin_multi() {
        return readings.into_iter().any(|reading| reading.first_letter().starts_with(letter));
    }
    character.to_pinyin().is_some_and(|reading| reading.first_letter().starts_with(letter))
        || character.to_lowercase().eq(letter.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_initials_and_firms() {
        let applicant =
            Applicant {
                name: "葛瑾川".into(), employer: "杭州示范精密机械有限公司".into(), ..Applicant::default()
            };
        let cases = [
            ("", true),
            ("葛", true),
            ("瑾川", true),
            ("gjc", true),
            ("GJ", true),
            ("jc", true),
            ("gc", false),
            ("精密", true),
            ("闫", false),
        ];
        for (typed, found) in cases {
            assert_eq!(fits(&applicant, typed), found, "{typed}");
        }
        let shan = Applicant { name: "单雄".into(), ..Applicant::default() };
        assert!(fits(&shan, "sx") && fits(&shan, "dx"));
    }
}
