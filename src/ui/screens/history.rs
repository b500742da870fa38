//! 历史: each revision in words, who and when; an earlier state can be put back.

use eframe::egui::{Frame, Margin, ScrollArea, Ui, vec2};

use super::Action;
use crate::ui::app::App;
use crate::ui::desk::View;
use crate::ui::tokens::{FORM_WIDTH, MEDIUM, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{button, caption, icon_button, link, title};
use crate::ui::worker::Order;

const ROW: f32 = 34.0;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(desk) = &app.desk else { return };
    let palette = palette(ui);
    Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
        ui.set_width(ui.available_width().min(FORM_WIDTH));
        ui.horizontal(|ui| {
            let name = desk.form.name.trim();
            title(ui, &if name.is_empty() { "历史".to_owned() } else { format!("历史：{name}") });
            if button(ui, "返回申报表（Esc）").clicked() {
                actions.push(Action::Show(View::Form));
            }
            let undo = desk.book.undo.clone();
            if ui.add_enabled_ui(undo.is_some(), |ui| button(ui, "撤销（Ctrl+Z）")).inner.clicked() {
                actions.push(Action::Order(Order::Undo));
            }
            let redo = desk.book.redo.clone();
            if ui.add_enabled_ui(redo.is_some(), |ui| button(ui, "重做（Ctrl+Y）")).inner.clicked() {
                actions.push(Action::Order(Order::Redo));
            }
        });
        ui.add_space(TINY);
        caption(ui, "什么都不会丢：恢复到以前的内容，也记成一次新的修改，可以再撤销。");
        ui.add_space(MEDIUM);
        let Some(lines) = &desk.history else {
            caption(ui, "正在读取…");
            return;
        };
        ScrollArea::vertical().id_salt("history").auto_shrink(false).show_rows(ui, ROW, lines.len(), |ui, rows| {
            for index in rows {
                let Some(line) = lines.get(index) else { continue };
                ui.horizontal(|ui| {
                    ui.set_min_size(vec2(ui.available_width(), ROW - 4.0));
                    let small = |text: &str| eframe::egui::RichText::new(text).size(TEXT_SMALL).color(palette.weak);
                    ui.label(small(&line.at));
                    ui.label(small(&line.who));
                    let room = (ui.available_width() - 130.0).max(80.0);
                    ui.scope(|ui| {
                        ui.set_max_width(room);
                        ui.add(eframe::egui::Label::new(&line.what).truncate()).on_hover_text(&line.what);
                    });
                    if index > 0 && line.has_content && line.person.is_some() {
                        let name = format!("恢复到修改记录 {}", line.revision);
                        if icon_button(ui, "↶", &name).clicked() {
                            actions.push(Action::Order(Order::Revert(line.revision)));
                        }
                        match &desk.compared {
                            Some((revision, labels)) if *revision == line.revision => {
                                let words =
                                    if labels.is_empty() { "与现在相同".to_owned() } else { labels.join("、") };
                                ui.add(eframe::egui::Label::new(small(&words)).truncate()).on_hover_text(&words);
                            }
                            _ => {
                                if link(ui, &format!("与现在比（{}）", line.revision)).clicked() {
                                    actions.push(Action::Order(Order::Compare(line.revision)));
                                }
                            }
                        }
                    }
                });
            }
        });
    });
}
