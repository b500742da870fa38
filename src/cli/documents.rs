//! print, export.

use super::args::{Export, Print, PrintDocument};
use super::output::Outcome;
use crate::ops::{self, OpError, OpenBook, PrintRequest, Printable};

pub fn print(open: &OpenBook, request: &Print) -> Result<Outcome, OpError> {
    let person = request.person.as_deref().map(|words| open.find_person(words)).transpose()?;
    let body = request.recommender.as_deref().map(|name| open.find_body(Some(name))).transpose()?;
    let document = match request.document {
        PrintDocument::Summary => Printable::Summary,
        PrintDocument::Application => Printable::Application,
    };
    let written = ops::print(
        open,
        &PrintRequest {
            document,
            person: person.as_ref(),
            recommender: body.as_ref(),
            draft: request.draft,
            out: &request.out,
        },
    )?;
    let lines: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
    Ok(Outcome::text(lines.join("\n")))
}

pub fn export(open: &OpenBook, request: &Export) -> Result<Outcome, OpError> {
    let count = ops::export_record(open, &request.record)?;
    Ok(Outcome::text(format!("已把 {count} 人导出到 {}", request.record.display())))
}
