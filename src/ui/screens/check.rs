//! 校核: all findings, by person and clause. A click goes to the field.

use eframe::egui::{Frame, Margin, ScrollArea, Ui};

use super::Action;
use crate::domain::{Finding, PersonId, Severity};
use crate::ui::app::App;
use crate::ui::desk::{Desk, Tab, View};
use crate::ui::tokens::{FORM_WIDTH, LARGE, MEDIUM, SMALL, TINY};
use crate::ui::widgets::{Tone, button, caption, card, finding, heading, link, pill, title};

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(desk) = &app.desk else { return };
    ScrollArea::vertical().id_salt("check").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.set_width(ui.available_width().min(FORM_WIDTH));
            ui.horizontal(|ui| {
                title(ui, "校核");
                if button(ui, "返回申报表（Esc）").clicked() {
                    actions.push(Action::Show(View::Form));
                }
            });
            ui.add_space(TINY);
            let blocking = desk.book.check.blocking();
            caption(
                ui,
                &match blocking {
                    0 => "没有阻止报送的问题。".to_owned(),
                    count => format!("有 {count} 处问题阻止报送。未推荐的申报人不影响报送。"),
                },
            );
            ui.add_space(MEDIUM);
            let of_bodies: Vec<&Finding> =
                desk.book.check.findings.iter().filter(|found| found.person.is_none()).collect();
            if !of_bodies.is_empty() {
                heading(ui, "推荐单位");
                group(desk, &of_bodies, None, ui, actions);
            }
            for id in desk.in_order() {
                let findings: Vec<&Finding> = desk.book.check.of_person(id).collect();
                let Some(person) = desk.book.person(id) else { continue };
                ui.add_space(SMALL);
                ui.horizontal(|ui| {
                    let name = person.applicant.name.trim();
                    heading(ui, if name.is_empty() { "（未填姓名）" } else { name });
                    if !person.applicant.nominated {
                        pill(ui, "未推荐", Tone::Quiet);
                    }
                });
                if findings.is_empty() {
                    caption(ui, "没有问题。");
                } else {
                    group(desk, &findings, Some(id), ui, actions);
                }
            }
            ui.add_space(LARGE);
        });
    });
}

/// Findings under the clause that they rest on, with the notice's sentence.
fn group(desk: &Desk, findings: &[&Finding], person: Option<PersonId>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let mut clauses: Vec<_> = findings.iter().map(|found| found.clause).collect();
    clauses.sort();
    clauses.dedup();
    for clause in clauses {
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = TINY;
            if let Some(clause) = clause {
                let text = desk.book.notice.clause_text(clause);
                let shown: String = text.chars().take(80).collect();
                let more = if shown.len() < text.len() { "…" } else { "" };
                let name = match clause.label() {
                    label if label.starts_with("附件") => label.to_owned(),
                    label => format!("通知{label}"),
                };
                caption(ui, &format!("{name}　{shown}{more}")).on_hover_text(text);
            } else {
                caption(ui, "通知没有规定，请核对");
            }
            for found in findings.iter().filter(|found| found.clause == clause) {
                line(found, person, ui, actions);
            }
        });
        ui.add_space(SMALL);
    }
}

fn line(found: &Finding, person: Option<PersonId>, ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.horizontal_top(|ui| {
        let weight = match (found.severity, found.blocks) {
            (Severity::Block, true) => "须改",
            (Severity::Block, false) => "推荐前须改",
            (Severity::Judge, _) => "待评议",
            (Severity::Warn, _) => "请核对",
        };
        pill(ui, weight, Tone::from(found.severity));
        ui.vertical(|ui| {
            finding(ui, found);
            let place = match (person, &found.field) {
                (Some(_), Some(field)) => crate::domain::field_label(field).to_owned(),
                (Some(_), None) => Tab::of_finding(found).label().to_owned(),
                (None, _) => "推荐单位资料".to_owned(),
            };
            if link(ui, &format!("去改：{place}")).clicked() {
                match person {
                    Some(id) => {
                        let field =
                            found.field.clone().unwrap_or_else(|| first_field(Tab::of_finding(found)).to_owned());
                        actions.push(Action::GoTo(id, field));
                    }
                    None => actions.push(Action::Show(View::Recommender)),
                }
            }
        });
    });
}

/// A finding without a field is mended somewhere in its part of the form.
fn first_field(tab: Tab) -> &'static str {
    match tab {
        Tab::Experience => "experience",
        Tab::Conditions => "certificates",
        Tab::Sections => "sections.speciality",
        Tab::Summary => "sections.summary",
        Tab::Attachments => "attachments",
        Tab::Process => "process",
        Tab::Basic | Tab::Pages => "name",
    }
}
