//! import: what came in, what did not, and why.

use super::args::{Import, OnConflict};
use super::documents::passphrase;
use super::output::Outcome;
use crate::ops::{self, Action, Conflict, ImportRequest, Mode, OpError, OpenBook, PlanLine};

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
                let hint = if line.action == Action::Kept && line.meets.is_some() { REPLACE } else { "" };
                format!("{}　{number}{}　{}{}{hint}", word(line.action), line.name, line.because, differing(line))
            })
            .collect();
        let added = report.new_recommenders.iter();
        lines.extend(added.map(|name| format!("新增推荐单位　{name}　册中原来没有这个单位")));
        lines.extend(report.notes.iter().map(|note| format!("请核对　{}：{}", note.path.display(), note.note)));
        if request.dry_run {
            lines.push("（只是预演，推荐册没有改动）".to_owned());
        }
        Outcome::text(lines.join("\n"))
    };
    Ok(outcome.with_remark(refusals.join("\n")).with_code(code))
}

/// How the clerk gets the other content.
const REPLACE: &str = "（要用新的请加 --on-conflict replace）";

/// The fields in which a file's person is not taken as it is.
fn differing(line: &PlanLine) -> String {
    let mut labels: Vec<&str> = line.differs.iter().filter(|one| !one.taken).map(|one| one.name.as_str()).collect();
    labels.dedup();
    if labels.is_empty() { String::new() } else { format!("；未采用：{}", labels.join("、")) }
}

fn word(action: Action) -> &'static str {
    match action {
        Action::New => "新增",
        Action::Merged => "合并",
        Action::Changed => "更新",
        Action::Same => "相同",
        Action::Kept => "保留",
    }
}
