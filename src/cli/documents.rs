//! print, export, verify.

use std::path::Path;

use super::args::{Export, Print, PrintDocument, Verify};
use super::output::{Outcome, complain};
use crate::domain::Body;
use crate::ops::{self, ExportReport, ExportRequest, KeptFiles, OpError, OpenBook, PrintRequest, Printable, Progress};

pub fn print(open: &OpenBook, request: &Print) -> Result<Outcome, OpError> {
    let person = request.person.as_deref().map(|words| open.find_person(words)).transpose()?;
    let body = request.recommender.as_deref().map(|name| open.find_body(Some(name))).transpose()?;
    let document = match request.document {
        PrintDocument::Summary => Printable::Summary,
        PrintDocument::Application => Printable::Application,
        PrintDocument::Report => Printable::Report,
        PrintDocument::Binder => Printable::Binder,
        PrintDocument::Catalogue => Printable::Catalogue,
    };
    let printed = ops::print(
        open,
        &PrintRequest {
            document,
            person: person.as_ref(),
            recommender: body.as_ref(),
            draft: request.draft,
            out: &request.out,
        },
    )?;
    let named = |paths: &[std::path::PathBuf], separator: &str| {
        paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(separator)
    };
    let outcome = Outcome::text(named(&printed.written, "\n"));
    let mut remarks = match document {
        Printable::Report | Printable::Binder => remarks_on_report(open, body.as_ref())?,
        Printable::Summary | Printable::Application | Printable::Catalogue => Vec::new(),
    };
    if !printed.leftovers.is_empty() {
        let left = named(&printed.leftovers, "、");
        remarks.push(format!("文件夹里还有以前印的表，不在这次之列，请核对后删去：{left}"));
    }
    Ok(outcome.with_remark(remarks.join("\n")))
}

/// Sentences about edited parts of the report that what happened since may have made untrue.
fn remarks_on_report(open: &OpenBook, only: Option<&Body>) -> Result<Vec<String>, OpError> {
    let bodies = open.bodies()?;
    ops::report_remarks(open, bodies.iter().filter(|body| only.is_none_or(|only| only.id == body.id)))
}

pub fn export(open: &OpenBook, request: &Export) -> Result<Outcome, OpError> {
    if let Some(folder) = &request.record {
        let count = ops::export_record(open, folder)?;
        return Ok(match request.json.json {
            true => Outcome::json(&serde_json::json!({ "folder": folder, "people": count })),
            false => Outcome::text(format!("已把 {count} 人导出到 {}", folder.display())),
        });
    }
    let out = request.out.as_deref().unwrap_or(Path::new("."));
    let body = request.recommender.as_deref().map(|name| open.find_body(Some(name))).transpose()?;
    let passphrase = passphrase(request.passphrase_file.as_deref())?;
    let wanted =
        ExportRequest { out, recommender: body.as_ref(), draft: request.draft, passphrase: passphrase.as_deref() };
    let report = ops::export_set(open, &wanted, &tell)?;
    let outcome = if request.json.json { Outcome::json(&report) } else { Outcome::text(lines(&report)) };
    let mut remarks = kept(&report);
    remarks.extend(remarks_on_report(open, body.as_ref())?);
    Ok(outcome.with_remark(remarks.join("\n")))
}

/// A sentence for each folder with files that were changed in an earlier export, and for each copy that lies with another.
pub fn kept(report: &ExportReport) -> Vec<String> {
    let shared = report.sets.iter().flat_map(|set| set.shared.iter().cloned());
    report.kept.iter().map(KeptFiles::sentence).chain(shared).collect()
}

/// What an export has come to, for people who wait.
pub fn tell(progress: &Progress) {
    complain(&format!("（{}/{}）{}", progress.done + 1, progress.of, progress.what), 0);
}

/// What was exported, a line a set.
pub fn lines(report: &ExportReport) -> String {
    let lines: Vec<String> = report
        .sets
        .iter()
        .map(|set| {
            let draft = if report.draft { "草稿" } else { "全套材料" };
            let zip = set.zip.as_ref().map(|zip| format!("，电子文档 {zip}")).unwrap_or_default();
            format!(
                "{}：{draft}已导出到 {}，{} 人，共 {} 个文件，装订册 {} 页{zip}",
                set.recommender,
                set.folder.display(),
                set.people.len(),
                set.files,
                set.pages
            )
        })
        .collect();
    lines.join("\n")
}

pub fn verify(request: &Verify) -> Result<Outcome, OpError> {
    let passphrase = passphrase(request.passphrase_file.as_deref())?;
    let found = ops::verify(&request.path, passphrase.as_deref())?;
    let unread = found.unread.join("\n");
    if !found.faults.is_empty() {
        let mut lines = vec![format!("{} 与清单不符，有 {} 处：", request.path.display(), found.faults.len())];
        lines.extend(found.faults);
        lines.push("请向报送单位重新索取，或重新导出".to_owned());
        return Ok(Outcome::text(lines.join("\n")).with_remark(unread).with_code(1));
    }
    if !unread.is_empty() {
        let remark = format!("{unread}\n其余 {} 个文件与清单相符", found.listed);
        return Ok(Outcome::text("").with_remark(remark).with_code(3));
    }
    Ok(Outcome::text(format!("{} 与清单相符，共 {} 个文件", request.path.display(), found.listed)))
}

/// The passphrase that a file holds.
pub fn passphrase(file: Option<&Path>) -> Result<Option<String>, OpError> {
    file.map(ops::passphrase).transpose()
}
