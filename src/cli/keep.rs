//! history, revert, backup, backups, restore, doctor.

use std::path::Path;

use super::args::{History, Revert};
use super::output::Outcome;
use crate::domain::PersonId;
use crate::ops::{self, HistoryLine, OpError, OpenBook};

pub fn history(open: &OpenBook, request: &History) -> Result<Outcome, OpError> {
    let lines = match &request.person {
        Some(words) => of_person(open, words)?,
        None => ops::history(open, None)?,
    };
    if request.json.json {
        return Ok(Outcome::json(&lines));
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|line| {
            let person = line.person.map(|id| format!("#{id}　")).unwrap_or_default();
            format!("{}　{}　{}　{person}{}　{}", line.revision, line.at, line.who, line.name, line.what)
        })
        .collect();
    Ok(Outcome::text(lines.join("\n")))
}

/// The history of a person, also of one who was removed since.
fn of_person(open: &OpenBook, words: &str) -> Result<Vec<HistoryLine>, OpError> {
    let unknown = match open.find_person(words) {
        Ok(person) => return ops::history(open, Some(person.id)),
        Err(unknown) => unknown,
    };
    let id = words.strip_prefix('#').unwrap_or(words).parse::<i64>().ok().map(PersonId);
    let is_meant = |line: &HistoryLine| line.person.is_some() && (line.person == id || line.name == words);
    let whole = ops::history(open, None)?;
    let mut meant: Vec<PersonId> = whole.iter().filter(|line| is_meant(line)).filter_map(|line| line.person).collect();
    meant.sort_unstable();
    meant.dedup();
    match meant[..] {
        [only] => ops::history(open, Some(only)),
        _ => Err(unknown),
    }
}

pub fn revert(open: &mut OpenBook, request: &Revert) -> Result<Outcome, OpError> {
    let words = &request.person.person;
    let found = of_person(open, words)?.into_iter().find(|line| line.revision == request.to);
    match found {
        Some(line) if line.has_content => ops::revert(open, request.to).map(Outcome::text),
        Some(_) => {
            Err(OpError::Wrong(format!("修改记录 {} 是删除，没有可恢复的内容；请用 history 另选一条", request.to)))
        }
        None => Err(OpError::Wrong(format!("“{words}”没有编号为 {} 的修改记录，请用 history 查看", request.to))),
    }
}

pub fn backup(open: &OpenBook, out: &Path) -> Result<Outcome, OpError> {
    ops::backup(open, out)?;
    Ok(Outcome::text(format!("已备份到 {}", out.display())))
}

pub fn backups(book: &Path, json: bool) -> Result<Outcome, OpError> {
    let backups = ops::backups(book)?;
    if json {
        return Ok(Outcome::json(&backups));
    }
    if backups.is_empty() {
        return Ok(Outcome::text("还没有自动备份"));
    }
    let lines: Vec<String> = backups
        .iter()
        .map(|backup| {
            let kilobytes = backup.bytes.div_ceil(1024);
            format!("{}　{}　{kilobytes} KB　{}", backup.at, backup.why, backup.path.display())
        })
        .collect();
    Ok(Outcome::text(lines.join("\n")))
}

pub fn restore(book: &Path, file: &Path) -> Result<Outcome, OpError> {
    let kept = ops::restore(book, file)?;
    let kept = kept.map(|path| format!("，原来的另存为 {}", path.display())).unwrap_or_default();
    Ok(Outcome::text(format!("已用 {} 恢复 {}{kept}", file.display(), book.display())))
}

pub fn doctor(book: &Path) -> Result<Outcome, OpError> {
    let diagnosis = ops::doctor(book)?;
    if diagnosis.damage.is_empty() {
        return Ok(Outcome::text(format!("{} 完好，没有发现损坏", book.display())));
    }
    let mut lines = vec![format!("{} 已损坏，有 {} 处：", book.display(), diagnosis.damage.len())];
    lines.extend(diagnosis.damage);
    lines.push("请先留好这个文件，再用 restore 从备份恢复（backups 列出自动备份）".to_owned());
    Ok(Outcome::text(lines.join("\n")).with_code(1))
}
