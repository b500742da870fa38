//! 推荐报告: its parts as they will print, each to be edited; what has changed behind an edited part since.

use std::collections::BTreeSet;

use eframe::egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui};

use super::recommender::{Entry, choice, note};
use super::{Action, to_body};
use crate::domain::{RecommenderId, is_filled};
use crate::ops::{self, ReportPartState, ReportState};
use crate::ui::app::App;
use crate::ui::desk::{Desk, View};
use crate::ui::drafts::{BodyField, Drafts, Key};
use crate::ui::tokens::{self, FORM_WIDTH, LARGE, MEDIUM, RADIUS, SMALL, TINY, palette};
use crate::ui::widgets::{FollowFocus, Tone, button, caption, card, heading, named_button, named_link, pill, title};
use crate::ui::worker::Order;

/// Which report is looked at.
#[derive(Debug, Default)]
pub struct ReportView {
    /// Whose; `None`: that of the person selected.
    pub shown: Option<RecommenderId>,
    /// The report with the revision of the book that it is of.
    known: Option<(u64, RecommenderId, ReportState)>,
    /// Edited parts whose generated text is shown beside them.
    opened: BTreeSet<Key>,
}

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let at_rest = app.is_at_rest();
    let Some(desk) = &mut app.desk else { return };
    let Some(id) = shown(desk) else { return };
    let Some(state) = state(desk, id) else { return };
    ScrollArea::vertical().id_salt(("report", id)).auto_shrink(false).show_and_follow(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.set_width(ui.available_width().min(FORM_WIDTH));
            ui.horizontal_wrapped(|ui| {
                title(ui, "推荐报告");
                if button(ui, "返回申报表（Esc）").clicked() {
                    actions.push(Action::Show(View::Form));
                }
                if button(ui, "推荐单位资料…").clicked() {
                    actions.push(to_body(&desk.book.bodies, id));
                }
            });
            if let Some(Some(other)) = choice(&desk.book.bodies, None, Some(id), ui) {
                desk.report.shown = Some(other);
            }
            ui.add_space(TINY);
            caption(ui, "这就是要印的内容，由册中的记录自动写成，记录一改它就跟着改。每一部分都可以直接改写；改写过的部分不再自动更新。");
            ui.add_space(MEDIUM);
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.vertical_centered(|ui| title(ui, &state.title));
                ui.add_space(SMALL);
                ui.add(Label::new(format!("{}：", state.addressee)).wrap());
                ui.add(Label::new(&state.opening).wrap());
            });
            ui.add_space(SMALL);
            let (drafts, opened) = (&mut desk.drafts, &mut desk.report.opened);
            for part in &state.parts {
                card(ui, |ui| {
                    ui.set_width(ui.available_width());
                    Part { id, part, drafts, opened, at_rest }.show(ui, actions);
                });
                ui.add_space(SMALL);
            }
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.with_layout(Layout::top_down(Align::Max), |ui| {
                    ui.add(Label::new(&state.signature).wrap());
                    caption(ui, "（盖章，日期留空手写）");
                });
            });
            ui.add_space(LARGE);
        });
    });
}

/// Whose report is shown.
fn shown(desk: &Desk) -> Option<RecommenderId> {
    let chosen = desk.report.shown.filter(|&id| desk.book.body(id).is_some());
    chosen.or_else(|| desk.recommender())
}

/// The report as the book has it, written anew only when the book has changed.
fn state(desk: &mut Desk, id: RecommenderId) -> Option<ReportState> {
    let is_known = desk.report.known.as_ref().is_some_and(|(revision, of, _)| (*revision, *of) == (desk.revision, id));
    if !is_known {
        let body = desk.book.body(id)?;
        let state = ops::report_state(&desk.book.notice, body, &desk.book.people);
        desk.report.known = Some((desk.revision, id, state));
    }
    desk.report.known.as_ref().map(|(.., state)| state.clone())
}

struct Part<'a> {
    id: RecommenderId,
    part: &'a ReportPartState,
    drafts: &'a mut Drafts,
    opened: &'a mut BTreeSet<Key>,
    at_rest: bool,
}

impl Part<'_> {
    fn show(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let part = self.part;
        let key = (self.id, BodyField::Report(part.part));
        let name = ui
            .horizontal_wrapped(|ui| {
                let name = heading(ui, part.heading);
                match (part.edited, part.stale) {
                    (false, _) => pill(ui, "自动生成", Tone::Quiet),
                    (true, false) => pill(ui, "已改写", Tone::Mark),
                    (true, true) => pill(ui, "已改写，情况有变", Tone::Warn),
                };
                name
            })
            .inner;
        ui.add_space(TINY);
        let entry = Entry { key, rows: 2, worst: None };
        let response = entry.show(ui, self.drafts, &part.text, self.at_rest).labelled_by(name.id);
        let is_empty = !is_filled(self.drafts.text(key, &part.text, self.at_rest));
        // Emptied to be written anew: the generated text comes back only when the cursor has left.
        self.drafts.hold(key, is_empty);
        if is_empty && !response.has_focus() {
            self.drafts.forget(key);
            // Left by way of another screen it stays as the book has it.
            if part.edited && response.lost_focus() {
                actions.push(Action::Order(Order::SetReport(self.id, self.part.part, String::new())));
            }
        }
        if part.open_ends() > 0 {
            ui.add_space(TINY);
            let sentence =
                format!("还有 {} 处“待补”：在申报表的“推荐程序”等部分补登后，这里会自动补上。", part.open_ends());
            note(ui, if part.edited { "文中还有“待补”，请写上。" } else { &sentence }, Tone::Warn);
        }
        if part.stale {
            self.stale(key, ui, actions);
        } else if part.edited {
            self.edited(key, ui, actions);
        }
    }

    /// What the record says now, beside what the clerk wrote before.
    fn stale(&mut self, key: Key, ui: &mut Ui, actions: &mut Vec<Action>) {
        let palette = palette(ui);
        ui.add_space(SMALL);
        Frame::new().fill(palette.warn_faint).corner_radius(RADIUS).inner_margin(Margin::same(10)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            note(ui, "改写之后，这一部分所依据的情况有变化，请核对。按现在的记录，自动生成的是：", Tone::Warn);
            ui.add_space(TINY);
            ui.add(Label::new(RichText::new(&self.part.generated).color(palette.text)).wrap());
            ui.add_space(SMALL);
            ui.horizontal_wrapped(|ui| {
                let heading = self.part.heading;
                if named_button(ui, "改用自动生成的内容", &format!("改用自动生成的内容（{heading}）")).clicked()
                {
                    actions.push(Action::Order(Order::SetReport(self.id, self.part.part, String::new())));
                }
                if named_button(ui, "已核对，保留改写", &format!("已核对，保留改写（{heading}）")).clicked()
                {
                    let text = self.drafts.text(key, &self.part.text, self.at_rest).clone();
                    actions.push(Action::Order(Order::SetReport(self.id, self.part.part, text)));
                }
            });
        });
    }

    fn edited(&mut self, key: Key, ui: &mut Ui, actions: &mut Vec<Action>) {
        ui.add_space(TINY);
        let is_open = self.opened.contains(&key);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = tokens::MEDIUM;
            let heading = self.part.heading;
            if named_link(ui, "恢复为自动生成", &format!("恢复为自动生成（{heading}）")).clicked() {
                actions.push(Action::Order(Order::SetReport(self.id, self.part.part, String::new())));
            }
            let look = if is_open { "收起自动生成的内容" } else { "看自动生成的内容" };
            if named_link(ui, look, &format!("{look}（{heading}）")).clicked() && !self.opened.remove(&key) {
                self.opened.insert(key);
            }
        });
        if is_open {
            let palette = palette(ui);
            ui.add_space(TINY);
            Frame::new().fill(palette.hover).corner_radius(RADIUS).inner_margin(Margin::same(10)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.add(Label::new(RichText::new(&self.part.generated).color(palette.label)).wrap());
            });
        }
    }
}
