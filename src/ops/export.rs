//! The set that is handed in (contract, section 5).

use std::path::Path;

use super::error::OpError;
use super::open_book::OpenBook;
use super::print::Printer;
use crate::domain::nominated;
use crate::exchange::{names, place};
use crate::fonts::Fonts;
use crate::pdf;

/// Writes the annexes of everyone nominated and the record, one folder a recommender where there are several.
pub fn export_set(open: &OpenBook, folder: &Path) -> Result<(), OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let fonts = Fonts::shared()?;
    let printer = Printer { open, fonts, draft: false };
    place::new_folder(folder, |out| -> Result<(), OpError> {
        for body in &bodies {
            let persons = nominated(&people, body.id);
            if persons.is_empty() {
                continue;
            }
            let within =
                if bodies.len() > 1 { names::file_name(&body.recommender.name, "") + "/" } else { String::new() };
            let title = names::file_name(&open.notice.forms.summary, "pdf");
            out.put(&format!("{within}01-汇总表/{title}"), &pdf::write(fonts, &printer.summary(body, &persons))?)?;
            for (number, person) in (1..).zip(&persons) {
                let name = names::file_name(&format!("{number:02}-{}-申报表", person.applicant.name), "pdf");
                out.put(&format!("{within}02-申报表/{name}"), &pdf::write(fonts, &printer.application(person)?)?)?;
            }
        }
        Ok(())
    })
}
