//! notices, notice check.

use std::path::Path;

use serde_json::json;

use super::output::Outcome;
use crate::ops::{self, OpError};
use crate::rules::Notice;

pub fn list(as_json: bool) -> Result<Outcome, OpError> {
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for (id, toml) in Notice::built_in() {
        let notice = Notice::read(toml)?;
        lines.push(format!("{id}　{}　{}　报送截止 {}", notice.number, notice.title, notice.deadline));
        rows.push(json!({
            "id": id, "number": notice.number, "title": notice.title, "deadline": notice.deadline.to_string(),
        }));
    }
    Ok(if as_json { Outcome::json(&rows) } else { Outcome::text(lines.join("\n")) })
}

pub fn check(file: &Path) -> Result<Outcome, OpError> {
    let (_, notice) = ops::read_notice(file)?;
    Ok(Outcome::text(format!("{} 可以使用：{}，{}", file.display(), notice.id, notice.title)))
}
