//! import: what came in, what did not, and why.

use super::args::{Import, OnConflict};
use super::documents::passphrase;
use super::output::Outcome;
use crate::ops::{self, Action, Conflict, ImportRequest, Mode, OpError, OpenBook};

pub fn import(open: &mut OpenBook, request: &Import) -> Result<Outcome, OpError> {
    let conflict = match request.on_conflict {
        OnConflict::Keep => Conflict::Keep,
        OnConflict::Replace => Conflict::Replace,
        OnConflict::Both => Conflict::Both,
    };
    let mode = if request.dry_run { Mode::DryRun } else { Mode::Commit };
    let passphrase = passphrase(request.passphrase_file.as_deref())?;
    let wanted = ImportRequest { paths: &request.paths, conflict, mode, passphrase: passphrase.as_deref() };
    let report = ops::import(open, &wanted)?;
    let refusals: Vec<&str> = report.refused.iter().map(|refusal| refusal.because.as_str()).collect();
    let code = if refusals.is_empty() { 0 } else { 3 };
    let outcome = if request.json.json {
        Outcome::json(&report)
    } else {
        let mut lines: Vec<String> = report
            .people
            .iter()
            .map(|line| {
                let number = line.person.map(|id| format!("#{id}　")).unwrap_or_default();
                let more = if line.action == Action::Kept { REPLACE } else { "" };
                format!("{}　{number}{}　{}{more}", word(line.action), line.name, line.because)
            })
            .collect();
        let added = report.new_recommenders.iter();
        lines.extend(added.map(|name| format!("新增推荐单位　{name}　书中原来没有这个单位")));
        lines.extend(report.notes.iter().map(|note| format!("请核对　{}：{}", note.path.display(), note.note)));
        if request.dry_run {
            lines.push("（只是预演，推荐册没有改动）".to_owned());
        }
        Outcome::text(lines.join("\n"))
    };
    Ok(outcome.with_remark(refusals.join("\n")).with_code(code))
}

/// Said of people whose content in the book was kept although the record has another.
const REPLACE: &str = "（要用新的请加 --on-conflict replace）";

fn word(action: Action) -> &'static str {
    match action {
        Action::New => "新增",
        Action::Changed => "更新",
        Action::Same => "相同",
        Action::Kept => "保留",
    }
}
