//! In which fields two states of a person differ, in the words of the form.

use serde_json::{Map, Value};

use crate::domain::{Applicant, IdNumber, SectionKey, field_label};

/// A field that a file and a person of the book have differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field's path in the record.
    pub field: String,
    /// Its label in the form.
    pub label: &'static str,
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

/// The fields in which `offered` differs from `before`; `after` is what becomes of it.
pub(super) fn differences(before: &Applicant, offered: &Applicant, after: &Applicant) -> Vec<Difference> {
    let values = [before, offered, after].map(serde_json::to_value);
    let [Ok(Value::Object(mut before)), Ok(Value::Object(mut offered)), Ok(Value::Object(mut after))] = values else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let parts = [&mut before, &mut offered, &mut after].map(|fields| match fields.remove("sections") {
        Some(Value::Object(sections)) => sections,
        _ => Map::new(),
    });
    // Empty parts are left out of the record: a key may be on one side only.
    let mut keys: Vec<String> = before.keys().chain(offered.keys()).cloned().collect();
    keys.sort_by_key(|key| before.keys().chain(offered.keys()).position(|other| other == key));
    keys.dedup();
    for key in keys {
        let of = |fields: &Map<String, Value>| fields.get(&key).cloned().unwrap_or(Value::Null);
        compare(&key, &of(&before), &of(&offered), &of(&after), &mut found);
    }
    for section in SectionKey::ALL {
        let [before, offered, after] = parts.each_ref();
        for part in ["text", "evidence"] {
            let of = |sections: &Map<String, Value>| {
                sections.get(section.key()).and_then(|section| section.get(part)).cloned().unwrap_or(Value::Null)
            };
            let field = format!("sections.{}.{part}", section.key());
            compare(&field, &of(before), &of(offered), &of(after), &mut found);
        }
    }
    found
}

fn compare(field: &str, before: &Value, offered: &Value, after: &Value, found: &mut Vec<Difference>) {
    if before == offered || (is_nothing(before) && is_nothing(offered)) {
        return;
    }
    let (mut known, mut new) = (words(field, before), words(field, offered));
    if known == new && !known.is_empty() {
        new = format!("{new}（内容不同）");
    }
    (known, new) = (excerpt(&known, &new), excerpt(&new, &known));
    found.push(Difference {
        field: field.to_owned(),
        label: field_label(field),
        before: known,
        after: new,
        taken: after == offered,
    });
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(rows) => rows.is_empty(),
        Value::Object(fields) => fields.values().all(is_nothing),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A value as a person would say it.
fn words(field: &str, value: &Value) -> String {
    match value {
        _ if is_nothing(value) => String::new(),
        Value::String(text) if field == "id_number" => IdNumber::masked(text),
        Value::String(_) if field == "photo" => "有照片".to_owned(),
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(rows) => format!("{} 项", rows.len()),
        Value::Object(_) | Value::Null => "已填写".to_owned(),
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
        let before = Applicant { name: "甲".into(), phone: "1".into(), ..Applicant::default() };
        let mut offered = before.clone();
        offered.phone = "2".into();
        offered.id_number = "339999197803150318".into();
        offered.front_line = Some(true);
        offered.photo = FileKey("a.jpg".into());
        offered.experience.push(ExperienceRow::default());
        offered.sections.summary.text = "总结".into();
        let after = Applicant { phone: "1".into(), ..offered.clone() };
        let told: Vec<(&str, String, String, bool)> = differences(&before, &offered, &after)
            .into_iter()
            .map(|one| (one.label, one.before, one.after, one.taken))
            .collect();
        let mut expected = vec![
            ("身份证号", "", "339999**********18", true),
            ("联系电话", "1", "2", false),
            ("在生产第一线工作", "", "是", true),
            ("照片", "", "有照片", true),
            ("主要学习和工作经历", "", "1 项", true),
            ("个人总结", "", "总结", true),
        ];
        // Numbered as the record has its keys, which serde_json may sort.
        expected.sort_unstable();
        let mut sorted: Vec<(&str, &str, &str, bool)> = told
            .iter()
            .map(|(label, before, after, taken)| (*label, before.as_str(), after.as_str(), *taken))
            .collect();
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
        assert_eq!(differences(&before, &before, &before), []);
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
        let found = differences(&photo("a.jpg"), &photo("b.jpg"), &photo("a.jpg"));
        assert_eq!((found[0].before.as_str(), found[0].after.as_str()), ("有照片", "有照片（内容不同）"));
    }
}
