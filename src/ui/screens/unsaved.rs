//! What is not saved: a line that stays until it is, with the ways out.

use eframe::egui::{Frame, Label, Margin, Panel, RichText, Ui};

use super::Action;
use crate::ui::app::App;
use crate::ui::dialogs::Purpose;
use crate::ui::tokens::{TINY, palette};
use crate::ui::widgets::button;

pub fn show(app: &App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(desk) = &app.desk else { return };
    let Some(fault) = &desk.unsaved.fault else { return };
    let palette = palette(ui);
    let frame = Frame::new().fill(palette.fault_faint).inner_margin(Margin::symmetric(16, 8));
    Panel::top("unsaved").frame(frame).show(ui, |ui| {
        let line = |text: String| Label::new(RichText::new(text).color(palette.fault)).wrap();
        ui.add(line(format!("没有保存：{fault}")));
        ui.add_space(TINY);
        ui.add(line("写下的内容还在窗口里，可以继续写；程序每隔几秒再试，存进去以后这一行自己消失。".to_owned()));
        ui.add_space(TINY);
        ui.horizontal_wrapped(|ui| {
            if button(ui, "现在再试").clicked() {
                actions.push(Action::SaveNow);
            }
            if button(ui, "另存一份…").on_hover_text("换一个磁盘或文件夹，从那里接着写").clicked()
            {
                actions.push(Action::Ask(Purpose::Move));
            }
        });
    });
}
