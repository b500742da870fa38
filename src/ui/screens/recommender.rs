//! 推荐单位资料: what stands at the foot of Annex 1, the quota, and the reason for going over it.

use std::time::Instant;

use eframe::egui::{Frame, Id, Label, Margin, Response, RichText, ScrollArea, TextEdit, Ui};

use super::Action;
use crate::domain::{
    Body, Clause, Finding, FindingCode, Recommender, RecommenderId, RecommenderKind, Severity, is_filled, nominated,
};
use crate::ops::RecommenderEdit;
use crate::rules::Notice;
use crate::ui::app::App;
use crate::ui::desk::View;
use crate::ui::drafts::{BodyField, Drafts, Key};
use crate::ui::tokens::{FORM_WIDTH, LARGE, MEDIUM, SMALL, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{
    FollowFocus, Line, Tone, button, caption, card, field_frame, finding, halo, heading, lead, link, meter, radio,
    radio_value, title,
};
use crate::ui::worker::Order;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let at_rest = app.is_at_rest();
    let Some(desk) = &mut app.desk else { return };
    ScrollArea::vertical().id_salt("recommender").auto_shrink(false).show_and_follow(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.set_width(ui.available_width().min(FORM_WIDTH));
            ui.horizontal(|ui| {
                title(ui, "推荐单位资料");
                if button(ui, "返回申报表（Esc）").clicked() {
                    actions.push(Action::Show(View::Form));
                }
            });
            ui.add_space(MEDIUM);
            let names: Vec<(RecommenderId, String)> =
                desk.book.bodies.iter().map(|body| (body.id, body.recommender.name.clone())).collect();
            for body in &desk.book.bodies {
                let count = desk.book.people.iter().filter(|person| person.recommender == body.id).count();
                let findings = &desk.book.check.findings;
                let of_body = |found: &&Finding| {
                    found.person.is_none() && found.recommender.as_ref() == Some(&body.recommender.name)
                };
                let mut one = One {
                    body,
                    notice: &desk.book.notice,
                    count,
                    nominated: nominated(&desk.book.people, body.id).len(),
                    findings: findings.iter().filter(of_body).collect(),
                    others: names.iter().filter(|(id, _)| *id != body.id).map(|(_, name)| name.as_str()).collect(),
                    drafts: &mut desk.drafts,
                    at_rest,
                };
                card(ui, |ui| {
                    ui.set_width(ui.available_width());
                    one.show(ui, actions);
                    if report_line(body.id, &mut desk.report, ui) {
                        actions.push(Action::Show(View::Report));
                    }
                    removal(body, count, names.len(), ui, actions);
                });
                ui.add_space(MEDIUM);
            }
            another(&mut desk.new_recommender, &names, ui, actions);
            ui.add_space(LARGE);
        });
    });
}

/// One recommender with what its fields rest on.
struct One<'a> {
    body: &'a Body,
    notice: &'a Notice,
    /// People in its list.
    count: usize,
    nominated: usize,
    findings: Vec<&'a Finding>,
    /// Names of the book's other recommenders.
    others: Vec<&'a str>,
    drafts: &'a mut Drafts,
    at_rest: bool,
}

impl One<'_> {
    fn show(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let body = self.body;
        let recommender = &body.recommender;
        heading(ui, &recommender.name);
        let quota = self.notice.quota.of(recommender.kind);
        caption(
            ui,
            &format!(
                "申报人 {} 名，已推荐 {} 名；推荐名额一般不超过 {quota} 人（{}）",
                self.count,
                self.nominated,
                Clause::Quota.full_name()
            ),
        );
        ui.add_space(TINY);
        meter(ui, "已用推荐名额", self.nominated, quota);
        ui.add_space(MEDIUM);
        caption(ui, "类别（决定推荐名额）");
        ui.horizontal_wrapped(|ui| {
            for kind in RecommenderKind::ALL {
                let words = format!("{}（{} 人）", kind.label(), self.notice.quota.of(kind));
                if radio(ui, recommender.kind == kind, words).clicked() && recommender.kind != kind {
                    let edit = RecommenderEdit { kind: Some(kind), ..RecommenderEdit::default() };
                    actions.push(Action::Order(Order::EditRecommender(body.id, Box::new(edit))));
                }
            }
        });
        ui.add_space(MEDIUM);
        self.name(ui);
        ui.add_space(MEDIUM);
        ui.columns_const(|[left, right]| {
            self.field(left, BodyField::Contact, "填报人", &recommender.contact, 1);
            self.field(right, BodyField::Phone, "联系电话", &recommender.phone, 1);
        });
        ui.add_space(MEDIUM);
        ui.columns_const(|[left, right]| {
            self.field(left, BodyField::Mobile, "手机", &recommender.mobile, 1);
            self.field(right, BodyField::Address, "地址", &recommender.address, 1);
        });
        ui.add_space(MEDIUM);
        self.exception(quota as usize, ui);
    }

    fn name(&mut self, ui: &mut Ui) {
        let key = (self.body.id, BodyField::Name);
        let recommender = &self.body.recommender;
        self.field(ui, BodyField::Name, "单位名称（须和单位公章相同）", &recommender.name, 1);
        let typed = self.drafts.text(key, &recommender.name, self.at_rest);
        let refusal = match typed.trim() {
            "" => Some("单位名称不能为空；写好之前仍用原来的名称。"),
            name if self.others.contains(&name) => Some("册中已有同名的推荐单位；改好之前仍用原来的名称。"),
            _ => None,
        };
        if let Some(refusal) = refusal {
            note(ui, refusal, Tone::Fault);
        }
        self.drafts.hold(key, refusal.is_some());
    }

    fn exception(&mut self, quota: usize, ui: &mut Ui) {
        let over = self.nominated.saturating_sub(quota);
        let recommender = &self.body.recommender;
        self.field(ui, BodyField::Exception, "超名额推荐的理由（不超名额时留空）", &recommender.exception, 2);
        let consequence = match (over, is_filled(&recommender.exception)) {
            (0, false) => {
                "通知写的是“一般不超过”。确需多推荐时在这里写明理由，就可以继续推荐；这条理由会写进推荐报告的“推荐意见”，校核仍会提醒。报送前请与受理部门确认。".to_owned()
            }
            (0, true) => "现在没有超名额，这条理由不会写进推荐报告。".to_owned(),
            (over, false) => format!("已超出 {over} 人。写明理由或撤回推荐之前，整套材料不能导出。"),
            (over, true) => {
                format!("已超出 {over} 人。这条理由写进推荐报告的“推荐意见”；名额是否放宽由受理部门决定，报送前请先确认。")
            }
        };
        caption(ui, &consequence);
    }

    fn field(&mut self, ui: &mut Ui, field: BodyField, label: &str, book: &str, rows: usize) {
        let findings: Vec<&Finding> =
            self.findings.iter().copied().filter(|found| BodyField::of_finding(found) == Some(field)).collect();
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = TINY;
            let palette = palette(ui);
            let row = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 18.0);
            let name = ui.horizontal(|ui| {
                let name = ui.add(Label::new(RichText::new(label).size(TEXT_SMALL).color(palette.label)));
                if let Some(empty) = findings.iter().find(|found| found.code == FindingCode::FieldRequired) {
                    let mark = RichText::new("待填").size(TEXT_SMALL).color(palette.weak);
                    ui.add(Label::new(mark)).on_hover_text(&empty.message);
                }
                name
            });
            ui.spacing_mut().interact_size.y = row;
            let said = |found: &&&Finding| found.code != FindingCode::FieldRequired;
            let worst = findings.iter().filter(said).map(|found| found.severity).next();
            let entry = Entry { key: (self.body.id, field), rows, worst };
            entry.show(ui, self.drafts, book, self.at_rest).labelled_by(name.inner.id);
            for found in findings.iter().filter(said) {
                finding(ui, found);
            }
        });
    }
}

/// A text that is stored as it is typed.
pub(super) struct Entry {
    pub key: Key,
    /// More than one: a text of several lines.
    pub rows: usize,
    /// The gravest of what the check says.
    pub worst: Option<Severity>,
}

impl Entry {
    pub fn show(&self, ui: &mut Ui, drafts: &mut Drafts, book: &str, at_rest: bool) -> Response {
        let _palette = palette(ui);
        let id = Id::unique(("draft", self.key));
        let focused = ui.memory(|memory| memory.has_focus(id));
        let frame = field_frame(ui, focused, self.worst, 0);
        let text = drafts.text(self.key, book, at_rest);
        let edit = match self.rows {
            0 | 1 => TextEdit::singleline(text),
            rows => TextEdit::multiline(text).desired_rows(rows),
        };
        let response = ui.add(edit.id(id).frame(frame).desired_width(f32::INFINITY));
        if focused {
            halo(ui, response.rect);
        }
        if response.changed() {
            drafts.autosave.changed(Instant::now());
        }
        drafts.left |= response.lost_focus();
        if response.has_focus() {
            drafts.focused = Some(id);
        }
        if drafts.wanted == Some(self.key) {
            drafts.wanted = None;
            response.request_focus();
            lead(&response);
        }
        response
    }
}

/// A small sentence in the colour of what it says.
pub(super) fn note(ui: &mut Ui, sentence: &str, tone: Tone) -> Response {
    let (ink, _) = tone.colors(palette(ui));
    ui.add(Label::new(RichText::new(sentence).size(TEXT_SMALL).color(ink)).wrap())
}

/// Leads to the recommender's report.
fn report_line(id: RecommenderId, report: &mut super::ReportView, ui: &mut Ui) -> bool {
    ui.add_space(MEDIUM);
    let pressed = link(ui, "看和修改推荐报告").clicked();
    if pressed {
        report.shown = Some(id);
    }
    pressed
}

/// One that has no people may go; the last one stays.
fn removal(body: &Body, people: usize, bodies: usize, ui: &mut Ui, actions: &mut Vec<Action>) {
    if bodies < 2 {
        return;
    }
    ui.add_space(SMALL);
    ui.horizontal(|ui| {
        if people > 0 {
            caption(ui, &format!("名下有 {people} 名申报人，不能删除。"));
        } else if button(ui, "删除这个推荐单位")
            .on_hover_text(format!("{}；可用 Ctrl+Z 撤销", body.recommender.name))
            .clicked()
        {
            actions.push(Action::Order(Order::RemoveRecommender(body.id)));
        }
    });
}

/// One book may hold the people of several recommenders.
fn another(
    new: &mut (String, RecommenderKind),
    names: &[(RecommenderId, String)],
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        heading(ui, "增加一个推荐单位");
        caption(ui, "一本册子可以收几个推荐单位的人，各有各的名额、推荐报告和装订册。");
        ui.add_space(SMALL);
        ui.horizontal_wrapped(|ui| {
            for kind in RecommenderKind::ALL {
                radio_value(ui, &mut new.1, kind, format!("新单位：{}", kind.label()));
            }
        });
        ui.add_space(SMALL);
        let taken = names.iter().any(|(_, name)| name == new.0.trim());
        let fault = taken.then_some("册中已有同名的推荐单位。");
        let line = Line::new(Id::unique("new recommender"), "新单位名称（须和单位公章相同）");
        let (_, entered) = Line { fault, ..line }.show(ui, &mut new.0);
        let ready = is_filled(&new.0) && !taken;
        if ui.add_enabled_ui(ready, |ui| button(ui, "增加")).inner.clicked() || (entered && ready) {
            let recommender = Recommender {
                name: std::mem::take(&mut new.0).trim().to_owned(),
                kind: new.1,
                contact: String::new(),
                phone: String::new(),
                mobile: String::new(),
                address: String::new(),
                exception: String::new(),
                report: Default::default(),
                report_facts: Default::default(),
            };
            actions.push(Action::Order(Order::AddRecommender(Box::new(recommender))));
        }
    });
}

/// The recommenders as a row to choose from; nothing where there is only one. `all` is a first choice of all of them.
pub(super) fn choice(
    bodies: &[Body],
    all: Option<&str>,
    chosen: Option<RecommenderId>,
    ui: &mut Ui,
) -> Option<Option<RecommenderId>> {
    if bodies.len() < 2 {
        return None;
    }
    let mut picked = None;
    ui.horizontal_wrapped(|ui| {
        if let Some(all) = all
            && radio(ui, chosen.is_none(), all).clicked()
        {
            picked = Some(None);
        }
        for body in bodies {
            if radio(ui, chosen == Some(body.id), &body.recommender.name).clicked() {
                picked = Some(Some(body.id));
            }
        }
    });
    picked
}
