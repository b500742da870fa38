//! 主要学习和工作经历.

use eframe::egui::{Event, Ui};

use super::{Part, add_row, apply, steps};
use crate::domain::{Applicant, ExperienceRow};
use crate::ui::entry;
use crate::ui::tokens::{SMALL, TINY};
use crate::ui::widgets::{Entry, Focus, caption, heading};

const MONTH: f32 = 84.0;
const WITNESS: f32 = 88.0;
const BUTTONS: f32 = 3.0 * 32.0 + 2.0 * 4.0;

pub fn show(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    heading(ui, "主要学习和工作经历（包括技术培训和进修）");
    ui.add_space(TINY);
    caption(
        ui,
        "可从 Excel 或 Word 表格复制几行（起止年月、何校何单位、证明人），在任意一格粘贴。结束年月留空即“至今”。",
    );
    ui.add_space(SMALL);
    paste(part, ui, form);
    let place = (ui.available_width() - 2.0 * MONTH - WITNESS - BUTTONS - 4.0 * SMALL).max(120.0);
    let widths = [MONTH, MONTH, place, WITNESS];
    ui.horizontal(|ui| {
        for (width, head) in widths.into_iter().zip(["起始年月", "结束年月", "何校、何单位", "证明人"])
        {
            ui.scope(|ui| {
                ui.set_width(width);
                caption(ui, head);
            });
        }
    });
    let mut step = None;
    for (index, row) in form.experience.iter_mut().enumerate() {
        let number = index + 1;
        let path = |field: &str| format!("experience[{index}].{field}");
        ui.horizontal_top(|ui| {
            let mut cell = |ui: &mut Ui, width: f32, field: &str, name: &str, hint: &str, entry, value: &mut String| {
                ui.scope(|ui| {
                    ui.set_width(width);
                    part.fields.cell(ui, &path(field), &format!("第 {number} 行{name}"), hint, entry, value);
                });
            };
            cell(ui, widths[0], "from", "起始年月", "", Entry::Month, &mut row.from);
            let shown = row.to.clone().unwrap_or_default();
            let mut to = shown.clone();
            cell(ui, widths[1], "to", "结束年月", "至今", Entry::Month, &mut to);
            // What came in stays as it was written until the clerk writes something else.
            if to != shown {
                row.to = if entry::is_now(&to) { None } else { Some(to) };
            }
            cell(ui, widths[2], "place", "何校何单位", "", Entry::Wrapped, &mut row.place);
            cell(ui, widths[3], "witness", "证明人", "", Entry::Wrapped, &mut row.witness);
            if let Some(asked) = steps(part.fields.focus, ui, &format!("第 {number} 行")) {
                step = Some((index, asked));
            }
        });
        for field in ["from", "to", "place", "witness"] {
            part.fields.findings(ui, &path(field));
        }
        missing(part, ui, index);
        ui.add_space(SMALL);
    }
    let response = add_row(ui, "＋ 加一行");
    if form.experience.is_empty() {
        part.fields.anchor(&response, "experience");
        part.fields.anchor(&response, "experience[0].from");
    }
    if response.clicked() {
        add(form, part.fields.focus);
    }
    let name = |number| format!("第 {number} 行");
    apply(&mut form.experience, step, part.fields.focus, "experience", name);
    if form.experience.is_empty() {
        ui.add_space(SMALL);
        caption(ui, "至少要有一行，写明起始年月、单位和证明人。");
    }
}

/// A row at the end, with the cursor in its first cell.
fn add(form: &mut Applicant, focus: &mut Focus) {
    form.experience.push(ExperienceRow::default());
    focus.wanted = Some(format!("experience[{}].from", form.experience.len() - 1));
}

/// Enter has ended the last cell: there is a next row, unless this one is still empty.
pub fn go_on(form: &mut Applicant, focus: &mut Focus) {
    if form.experience.last().is_some_and(|row| *row != ExperienceRow::default()) {
        add(form, focus);
    }
}

/// Empty cells of a row that the form needs: said once for the row.
fn missing(part: &Part<'_>, ui: &mut Ui, index: usize) {
    let names = [("from", "起始年月"), ("place", "何校何单位"), ("witness", "证明人")];
    let missing: Vec<&str> = names
        .into_iter()
        .filter(|(field, _)| {
            let path = format!("experience[{index}].{field}");
            part.fields.findings.iter().any(|finding| {
                finding.code == crate::domain::FindingCode::FieldRequired
                    && finding.field.as_deref() == Some(path.as_str())
            })
        })
        .map(|(_, name)| name)
        .collect();
    if !missing.is_empty() {
        caption(ui, &format!("待填：{}", missing.join("、")));
    }
}

/// Rows on the clipboard become rows of the table, from the row with the cursor on; empty rows are filled first. A table
/// without rows has no cell for the cursor: there it is enough that nothing else is being typed.
fn paste(part: &mut Part<'_>, ui: &Ui, form: &mut Applicant) {
    let is_first = form.experience.is_empty()
        && !ui.ctx().text_edit_focused()
        && ui.memory(|memory| memory.allows_interaction(ui.layer_id()));
    let field = part.fields.focus.field.as_deref().filter(|field| field.starts_with("experience["));
    let index = field.and_then(|field| field.split(['[', ']']).nth(1)?.parse::<usize>().ok());
    let Some(index) = index.or(is_first.then_some(0)) else { return };
    let mut rows = None;
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Paste(text) => match entry::experience_rows(text) {
                Some(read) => {
                    rows = Some(read);
                    false
                }
                None => true,
            },
            _ => true,
        });
    });
    let Some(rows) = rows else { return };
    if is_first {
        part.fields.focus.wanted = Some("experience[0].from".to_owned());
    }
    let index = index.min(form.experience.len());
    let replaces = form.experience.get(index).is_some_and(|row| *row == ExperienceRow::default());
    form.experience.splice(index..index + usize::from(replaces), rows);
}
