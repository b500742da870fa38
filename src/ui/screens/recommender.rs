//! 推荐单位资料: what stands at the foot of Annex 1, and the reason for going over the quota.

use eframe::egui::{Frame, Label, Margin, RichText, ScrollArea, Stroke, TextEdit, Ui};

use super::Action;
use crate::domain::{Body, Recommender, RecommenderKind, is_filled};
use crate::ops::RecommenderEdit;
use crate::ui::app::App;
use crate::ui::desk::View;
use crate::ui::tokens::{FORM_WIDTH, LARGE, MEDIUM, RADIUS, SMALL, TEXT_SMALL, palette};
use crate::ui::widgets::{button, caption, card, heading, title};
use crate::ui::worker::Order;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(desk) = &mut app.desk else { return };
    ScrollArea::vertical().id_salt("recommender").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.set_width(ui.available_width().min(FORM_WIDTH));
            ui.horizontal(|ui| {
                title(ui, "推荐单位资料");
                if button(ui, "返回申报表（Esc）").clicked() {
                    actions.push(Action::Show(View::Form));
                }
            });
            ui.add_space(MEDIUM);
            for body in &desk.book.bodies {
                let wanted = desk.wanted_of_body.take_if(|(id, _)| *id == body.id).map(|(_, field)| field);
                one(body, wanted.as_deref(), ui, actions);
                ui.add_space(LARGE);
            }
            another(&mut desk.new_recommender, ui, actions);
        });
    });
}

/// One book may hold the people of several recommenders.
fn another(new: &mut (String, RecommenderKind), ui: &mut Ui, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        heading(ui, "增加一个推荐单位");
        ui.add_space(SMALL);
        ui.horizontal_wrapped(|ui| {
            for kind in RecommenderKind::ALL {
                ui.radio_value(&mut new.1, kind, format!("新单位：{}", kind.label()));
            }
        });
        ui.add_space(SMALL);
        let name = caption(ui, "新单位名称（须和单位公章相同）");
        let frame = Frame::new()
            .stroke(Stroke::new(1.0, palette(ui).border))
            .corner_radius(RADIUS)
            .inner_margin(Margin::symmetric(10, 6));
        let edit = TextEdit::singleline(&mut new.0).id_salt("new recommender").frame(frame);
        ui.add(edit.desired_width(f32::INFINITY)).labelled_by(name.id);
        ui.add_space(SMALL);
        let named = is_filled(&new.0);
        if ui.add_enabled_ui(named, |ui| button(ui, "增加")).inner.clicked() {
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

/// The fields of one recommender; each is stored when the cursor leaves it.
fn one(body: &Body, wanted: Option<&str>, ui: &mut Ui, actions: &mut Vec<Action>) {
    let recommender = &body.recommender;
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        heading(ui, &recommender.name);
        ui.add_space(SMALL);
        caption(ui, "类别（决定推荐名额）");
        ui.horizontal_wrapped(|ui| {
            for kind in RecommenderKind::ALL {
                if ui.radio(recommender.kind == kind, kind.label()).clicked() && recommender.kind != kind {
                    store(body, RecommenderEdit { kind: Some(kind), ..RecommenderEdit::default() }, actions);
                }
            }
        });
        ui.add_space(SMALL);
        type Put = fn(&mut RecommenderEdit, String);
        let fields: [(&str, &str, &str, Put); 6] = [
            ("name", "单位名称（须和单位公章相同）", &recommender.name, |edit, text| {
                edit.name = Some(text)
            }),
            ("contact", "填报人", &recommender.contact, |edit, text| edit.contact = Some(text)),
            ("phone", "联系电话", &recommender.phone, |edit, text| edit.phone = Some(text)),
            ("mobile", "手机", &recommender.mobile, |edit, text| edit.mobile = Some(text)),
            ("address", "地址", &recommender.address, |edit, text| edit.address = Some(text)),
            (
                "exception",
                "超名额推荐的理由（不超名额时留空）",
                &recommender.exception,
                |edit, text| edit.exception = Some(text),
            ),
        ];
        for (field, label, value, put) in fields {
            let path = wanted.and_then(|field| field.strip_prefix("recommender."));
            if path.is_some_and(|path| path == field) {
                ui.memory_mut(|memory| memory.request_focus(field_id(body.id.0, label)));
            }
            if let Some(text) = line(ui, body.id.0, label, value) {
                let mut edit = RecommenderEdit::default();
                put(&mut edit, text);
                store(body, edit, actions);
            }
        }
    });
}

fn store(body: &Body, edit: RecommenderEdit, actions: &mut Vec<Action>) {
    actions.push(Action::Order(Order::EditRecommender(body.id, Box::new(edit))));
}

fn field_id(body: i64, label: &str) -> eframe::egui::Id {
    eframe::egui::Id::unique(("recommender", body, label))
}

/// A field whose draft is kept by egui until the cursor leaves it; the new text then.
fn line(ui: &mut Ui, body: i64, label: &str, value: &str) -> Option<String> {
    let palette = palette(ui);
    let id = field_id(body, label);
    let draft = id.with("draft");
    let mut text = ui.data(|data| data.get_temp::<String>(draft)).unwrap_or_else(|| value.to_owned());
    let name = ui.add(Label::new(RichText::new(label).size(TEXT_SMALL).color(palette.label)));
    let focused = ui.memory(|memory| memory.has_focus(id));
    let frame = Frame::new()
        .stroke(Stroke::new(1.0, if focused { palette.accent } else { palette.border }))
        .corner_radius(RADIUS)
        .inner_margin(Margin::symmetric(10, 6));
    let response = ui.add(TextEdit::singleline(&mut text).id(id).frame(frame).desired_width(f32::INFINITY));
    let response = response.labelled_by(name.id);
    ui.add_space(SMALL);
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(draft));
        return (text != value).then_some(text);
    }
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(draft, text));
    }
    None
}
