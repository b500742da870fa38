//! What a file offers for the fields of a person, beside what is known, in the words of the form.

use serde_json::Value;

use super::difference::{differences, value_at};
use super::words;
use crate::domain::Applicant;

/// A field that a file and a person of the book have differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The field's path in the record.
    pub field: String,
    /// Its name in the form.
    pub name: String,
    /// What is known, shortened; empty: nothing.
    pub before: String,
    /// What the file says, shortened; empty: nothing.
    pub after: String,
    /// Whether the file's is taken.
    pub taken: bool,
}

/// Longest text shown of a field, in characters.
const SHOWN: usize = 48;
/// Characters shown before the place where two long texts part.
const LEAD: usize = 8;

/// The fields in which `offer` differs from `before`; `after` is what becomes of them.
pub(super) fn offered(before: &Applicant, offer: &Applicant, after: &Applicant) -> Vec<Offered> {
    let becomes = serde_json::to_value(after).unwrap_or_default();
    let differing = differences(before, offer).into_iter().filter_map(|one| {
        let (mut known, mut new) = (words_of(&one.path, &one.before), words_of(&one.path, &one.after));
        if known.is_empty() && new.is_empty() {
            return None;
        }
        if known == new {
            new = format!("{new}（内容不同）");
        }
        (known, new) = (excerpt(&known, &new), excerpt(&new, &known));
        let taken = value_at(&becomes, &one.path).unwrap_or(&Value::Null) == &one.after;
        Some(Offered { name: words::field_name(&one.path), field: one.path, before: known, after: new, taken })
    });
    differing.collect()
}

/// A value on one line.
fn words_of(path: &str, value: &Value) -> String {
    match value {
        Value::String(text) if path == "photo" && !text.is_empty() => "有照片".to_owned(),
        _ => words::value(path, value).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// A short text whole; of a long one the stretch where it parts from the other.
fn excerpt(text: &str, other: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= SHOWN {
        return text.to_owned();
    }
    let same = characters.iter().zip(other.chars()).take_while(|(mine, theirs)| **mine == *theirs).count();
    let from = same.saturating_sub(LEAD).min(characters.len() - SHOWN);
    let shown: String = characters.iter().skip(from).take(SHOWN).collect();
    let (open, close) = (from > 0, from + SHOWN < characters.len());
    format!("{}{shown}{}", if open { "…" } else { "" }, if close { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ExperienceRow, FileKey};

    #[test]
    fn fields_are_told_in_the_words_of_the_form() {
        let row = |place: &str| ExperienceRow { place: place.into(), ..ExperienceRow::default() };
        let before = Applicant { name: "甲".into(), phone: "1".into(), ..Applicant::default() };
        let mut offer = before.clone();
        offer.phone = "2".into();
        offer.id_number = "339999197803150318".into();
        offer.front_line = Some(true);
        offer.photo = FileKey("a.jpg".into());
        offer.experience.push(row("某厂"));
        offer.sections.summary.text = "总结".into();
        let after = Applicant { phone: "1".into(), ..offer.clone() };
        let told: Vec<(String, String, String, bool)> = offered(&before, &offer, &after)
            .into_iter()
            .map(|one| (one.name, one.before, one.after, one.taken))
            .collect();
        let expected = [
            ("身份证号", "", "339999**********18", true),
            ("联系电话", "1", "2", false),
            ("照片", "", "有照片", true),
            ("在生产第一线工作", "", "是", true),
            ("主要学习和工作经历", "", "1. 某厂", true),
            ("个人总结", "", "总结", true),
        ];
        for (name, known, new, taken) in expected {
            let line = (name.to_owned(), known.to_owned(), new.to_owned(), taken);
            assert!(told.contains(&line), "{line:?} in {told:?}");
        }
        assert_eq!(told.len(), expected.len());
        assert_eq!(offered(&before, &before, &before), []);
        // Of rows on both sides only what differs within them.
        let one = |place: &str| Applicant { experience: vec![row(place)], ..Applicant::default() };
        let found = offered(&one("甲厂"), &one("乙厂"), &one("甲厂"));
        assert_eq!((found.len(), found[0].name.as_str()), (1, "主要学习和工作经历 第 1 行 何校何单位"));
        assert!(!found[0].taken);
    }

    #[test]
    fn of_a_long_text_the_changed_stretch_is_shown() {
        let long = "一".repeat(100);
        let changed = format!("{}二{}", "一".repeat(60), "一".repeat(39));
        let shown = excerpt(&changed, &long);
        assert!(shown.contains('二') && shown.starts_with('…'), "{shown}");
        assert!(shown.chars().count() <= SHOWN + 2);
        assert_eq!(excerpt("短", "长"), "短");
    }

    #[test]
    fn what_looks_alike_is_still_told() {
        let photo = |key: &str| Applicant { photo: FileKey(key.into()), ..Applicant::default() };
        let found = offered(&photo("a.jpg"), &photo("b.jpg"), &photo("a.jpg"));
        assert_eq!((found[0].before.as_str(), found[0].after.as_str()), ("有照片", "有照片（内容不同）"));
    }
}
