//! Where two contents differ: paths as the record writes them (`experience[2].place`), with both values.

use std::ops::Range;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::domain::field_place;

/// A place that holds something else than before. `Null`: not filled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Difference {
    pub path: String,
    pub before: Value,
    pub after: Value,
}

impl Difference {
    /// Both texts, where only a text (or a figure, which is typed too) changed. Ticks, rows and files are no typing.
    pub fn texts(&self) -> Option<(String, String)> {
        let text = |value: &Value| match value {
            Value::Null => Some(String::new()),
            Value::String(text) => Some(text.clone()),
            Value::Number(figure) => Some(figure.to_string()),
            _ => None,
        };
        let leaf = self.path.rsplit('.').next().unwrap_or_default();
        let chosen = ["photo", "file", "kind", "level", "class"].contains(&leaf);
        if chosen { None } else { Some((text(&self.before)?, text(&self.after)?)) }
    }
}

/// What lies between the common beginning and the common end of two texts, in each; in characters.
pub(super) fn changed(before: &str, after: &str) -> (Range<usize>, Range<usize>) {
    let [old, new]: [Vec<char>; 2] = [before, after].map(|text| text.chars().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let room = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    (head..old.len() - tail, head..new.len() - tail)
}

/// What stands at a path of a content; `None`: nothing does.
pub(super) fn value_at<'a>(content: &'a Value, path: &str) -> Option<&'a Value> {
    content.pointer(&format!("/{}", path.replace(']', "").replace(['[', '.'], "/")))
}

/// The text at a path of a content; `None`: none there.
pub(super) fn text_at<T: Serialize>(content: &T, path: &str) -> Option<String> {
    let content = serde_json::to_value(content).ok()?;
    value_at(&content, path).and_then(Value::as_str).map(str::to_owned)
}

/// The differences of two contents, in the order of the form.
pub(super) fn differences<T: Serialize>(before: &T, after: &T) -> Vec<Difference> {
    let mut found = Vec::new();
    if let [Ok(before), Ok(after)] = [before, after].map(serde_json::to_value) {
        compare("", &before, &after, &mut found);
    }
    found.sort_by_key(|change| field_place(&change.path));
    found
}

fn compare(path: &str, before: &Value, after: &Value, found: &mut Vec<Difference>) {
    if before == after {
        return;
    }
    let empty = Map::new();
    match (before, after) {
        // Empty parts are left out of the record: a key may be on one side only.
        (Value::Object(_), Value::Object(_) | Value::Null) | (Value::Null, Value::Object(_)) => {
            let [before, after] = [before, after].map(|value| value.as_object().unwrap_or(&empty));
            let only_after = after.keys().filter(|key| !before.contains_key(*key));
            for key in before.keys().chain(only_after) {
                let inside = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let [old, new] = [before, after].map(|fields| fields.get(key).unwrap_or(&Value::Null));
                compare(&inside, old, new, found);
            }
        }
        // Rows that came or went make one difference of the whole list: which is which cannot be told by their places.
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (old, new)) in before.iter().zip(after).enumerate() {
                compare(&format!("{path}[{index}]"), old, new, found);
            }
        }
        // "" and no text are both "not filled".
        (Value::String(text), Value::Null) | (Value::Null, Value::String(text)) if text.is_empty() => {}
        _ => found.push(Difference { path: path.to_owned(), before: before.clone(), after: after.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Applicant, ExperienceRow, ExpertReview, Figure, Process, Section};

    #[test]
    fn paths_are_those_of_the_form() {
        let row = |place: &str| ExperienceRow { place: place.into(), ..ExperienceRow::default() };
        let before = Applicant { experience: vec![row("甲"), row("乙")], ..Applicant::default() };
        let mut after = before.clone();
        after.post = "班长".into();
        after.experience[1].place = "丙".into();
        after.sections.summary = Section { text: "总结".into(), evidence: String::new() };
        after.process = Process {
            expert_review: ExpertReview { agree: Some(Figure::Whole(5)), ..ExpertReview::default() },
            ..Process::default()
        };
        after.front_line = Some(true);
        let found = differences(&before, &after);
        let paths: Vec<&str> = found.iter().map(|difference| difference.path.as_str()).collect();
        let wanted =
            ["post", "front_line", "experience[1].place", "sections.summary.text", "process.expert_review.agree"];
        assert_eq!(paths, wanted);
        let typed: Vec<bool> = found.iter().map(|difference| difference.texts().is_some()).collect();
        assert_eq!(typed, [true, false, true, true, true]);
        let mut longer = before.clone();
        longer.experience.push(row("丁"));
        let rows = differences(&before, &longer);
        assert_eq!((rows.len(), rows[0].path.as_str(), rows[0].texts()), (1, "experience", None));
        assert_eq!(differences(&before, &before), []);
        assert_eq!(text_at(&after, "experience[1].place").as_deref(), Some("丙"));
        assert_eq!(text_at(&after, "experience[9].place"), None);
        let cases = [
            ("甲乙丙", "甲丁丙", (1..2, 1..2)),
            ("甲乙", "甲", (1..2, 1..1)),
            ("", "甲", (0..0, 0..1)),
            ("甲甲", "甲", (1..2, 1..1)),
        ];
        for (old, new, ranges) in cases {
            assert_eq!(changed(old, new), ranges, "{old} {new}");
        }
    }
}
