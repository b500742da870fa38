//! Editing an applicant by `FIELD=VALUE`, with the record's own field names or the form's labels.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::error::{NextStep, OpError};
use super::nominate::still_nominated;
use super::open_book::{OpenBook, who};
use super::save::changed_fields;
use crate::domain::{Applicant, FileKey, Person, field_label, field_of_label};
use crate::exchange::gate::{self, Content};
use crate::exchange::record;

/// Fields that have an operation of their own, which keeps the notice's rules.
const OWN_OPERATION: [(&str, NextStep); 2] = [("nominated", NextStep::UseNomination), ("order", NextStep::UseOrder)];

/// Applies all of `settings` or none.
pub fn edit(open: &mut OpenBook, person: &Person, settings: &[String]) -> Result<String, OpError> {
    let mut applicant = person.applicant.clone();
    let mut recommender = None;
    for setting in settings {
        let Some((field, value)) = setting.split_once('=') else {
            return Err(OpError::Wrong(format!("“{setting}”应写成 字段=值")));
        };
        let field = field_of_label(field.trim()).unwrap_or(field.trim());
        if let Some((_, next)) = OWN_OPERATION.iter().find(|(own, _)| *own == field) {
            let label = field_label(field);
            return Err(OpError::Wrong(format!("“{label}”（{field}）不在这里改")).then(*next));
        }
        if field == "recommender" {
            recommender = Some(open.find_body(Some(value.trim()))?);
            continue;
        }
        applicant = set(&applicant, field, value)?;
    }
    let moved = recommender.filter(|body| body.id != person.recommender);
    let mut received = BTreeMap::new();
    for key in applicant.files().filter(|key| person.applicant.files().all(|old| old != *key)) {
        open.refuse_own(Path::new(&key.0))?;
        let file = gate::receive_file(Path::new(&key.0))?;
        if *key == applicant.photo && matches!(file.content, Content::Pdf(_)) {
            return Err(OpError::File(format!("{} 是 PDF，不能作照片，请换成 JPEG 或 PNG 照片", key.0)));
        }
        received.insert(key.clone(), file);
    }
    if received.is_empty() && moved.is_none() && applicant == person.applicant {
        return Ok(format!("{}没有变化", person.applicant.name));
    }
    let mut remark = None;
    if let Some(body) = &moved {
        (applicant, remark) = still_nominated(open, person.id, body.id, &applicant)?;
        // A place in the other one's ranking is nobody's here.
        applicant.order = None;
    }
    let mut changes: Vec<String> =
        changed_fields(&person.applicant, &applicant).into_iter().map(str::to_owned).collect();
    changes.extend(moved.as_ref().map(|body| format!("改由“{}”推荐", body.recommender.name)));
    let name = if applicant.name.trim().is_empty() { format!("#{}", person.id) } else { applicant.name.clone() };
    let what = format!("修改{name}：{}", changes.join("、"));
    open.book.transact(&who(), &what, |change| -> Result<(), OpError> {
        let mut stored: BTreeMap<FileKey, FileKey> = BTreeMap::new();
        for (key, file) in &received {
            stored.insert(key.clone(), change.put_file(&file.bytes, file.content.extension())?);
        }
        for key in applicant.files_mut() {
            if let Some(in_book) = stored.get(key) {
                *key = in_book.clone();
            }
        }
        change.update_person(person.id, &applicant)?;
        if let Some(body) = &moved {
            change.move_person(person.id, body.id)?;
        }
        Ok(())
    })?;
    Ok([Some(what), remark].into_iter().flatten().collect::<Vec<_>>().join("；"))
}

/// The applicant with one field set. The value is taken as JSON (`true`, `5`, `null`, a list) or as 是 or 否 where the field
/// takes that, else as text.
fn set(applicant: &Applicant, field: &str, value: &str) -> Result<Applicant, OpError> {
    let unknown = || {
        OpError::Wrong(format!(
            "没有字段“{field}”，可写申报表上的名称（如 姓名、籍贯）或 record.json 的键名（如 experience[0].place）"
        ))
    };
    let path = steps(field).ok_or_else(unknown)?;
    let before = serde_json::to_value(applicant).map_err(|_| unknown())?;
    let as_json = serde_json::from_str::<Value>(value).ok().filter(|json| !json.is_string());
    let as_answer = match value.trim() {
        "是" => Some(Value::Bool(true)),
        "否" => Some(Value::Bool(false)),
        _ => None,
    };
    let mut refusal = None;
    // The last refusal is told: it is the one for text, which is what was typed.
    for candidate in [as_json, as_answer].into_iter().flatten().chain([Value::String(value.to_owned())]) {
        let mut after = before.clone();
        *place(&mut after, &path).ok_or_else(unknown)? = candidate;
        match record::applicant_from_json(&after) {
            Ok(applicant) => return Ok(applicant),
            Err(error) => refusal = Some(error),
        }
    }
    Err(OpError::Wrong(format!("{field} 不能设为“{value}”：{}", refusal.unwrap_or_default())))
}

enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// `experience[2].place` → experience, 2, place.
fn steps(field: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for part in field.split('.') {
        let (key, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
        if key.is_empty() {
            return None;
        }
        steps.push(Step::Key(key));
        while !rest.is_empty() {
            let (index, after) = rest.strip_prefix('[')?.split_once(']')?;
            steps.push(Step::Index(index.parse().ok()?));
            rest = after;
        }
    }
    Some(steps)
}

/// The value at a path. Keys that are not filled yet and the row after the last one are made.
fn place<'a>(value: &'a mut Value, path: &[Step<'_>]) -> Option<&'a mut Value> {
    let mut at = value;
    for step in path {
        match step {
            Step::Key(key) => {
                if at.is_null() {
                    *at = Value::Object(serde_json::Map::new());
                }
                at = at.as_object_mut()?.entry(*key).or_insert(Value::Null);
            }
            Step::Index(index) => {
                if at.is_null() {
                    *at = Value::Array(Vec::new());
                }
                let rows = at.as_array_mut()?;
                if *index == rows.len() {
                    rows.push(Value::Null);
                }
                at = rows.get_mut(*index)?;
            }
        }
    }
    Some(at)
}
