//! 备份与恢复: the copies of the book, a new one, one put in place again, and the look at the whole book.

use std::path::{Path, PathBuf};

use eframe::egui::{Align, CentralPanel, Frame, Label, Margin, RichText, ScrollArea, Ui};

use super::Action;
use crate::ops::Backup;
use crate::ui::app::App;
use crate::ui::desk::{Question, View};
use crate::ui::dialogs::Purpose;
use crate::ui::tokens::{FORM_WIDTH, LARGE, MEDIUM, SMALL, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{FollowFocus, Tone, button, caption, card, heading, pill, primary, title};
use crate::ui::worker::Order;

/// A book that cannot be opened.
#[derive(Debug)]
pub struct Broken {
    pub path: PathBuf,
    pub sentence: String,
    pub copies: Vec<Backup>,
}

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(desk) = &mut app.desk else { return };
    ScrollArea::vertical().id_salt("backups").auto_shrink(false).show_and_follow(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.set_width(ui.available_width().min(FORM_WIDTH));
            ui.horizontal(|ui| {
                title(ui, "备份与恢复");
                if button(ui, "返回申报表（Esc）").clicked() {
                    actions.push(Action::Show(View::Form));
                }
            });
            ui.add_space(MEDIUM);
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                heading(ui, "做一份备份");
                caption(
                    ui,
                    "把整本推荐册（连同照片、扫描件和历史）复制到 U 盘或别的文件夹。请隔几天做一次，放在这台电脑以外。",
                );
                ui.add_space(SMALL);
                if primary(ui, "备份到…").clicked() {
                    actions.push(Action::Ask(Purpose::Backup));
                }
            });
            ui.add_space(MEDIUM);
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                heading(ui, "自动备份");
                caption(
                    ui,
                    "每天第一次打开、导入之前、恢复之前，程序自己各留一份，放在推荐册旁边的文件夹里，旧的逐渐减少。",
                );
                ui.add_space(SMALL);
                match &desk.copies {
                    None => drop(caption(ui, "正在读取…")),
                    Some(copies) if copies.is_empty() => drop(caption(ui, "还没有自动备份。")),
                    Some(copies) => {
                        let chosen = list(copies, ui);
                        desk.question = chosen.map(ask).or(desk.question.take());
                    }
                }
                ui.add_space(SMALL);
                if button(ui, "用别处的备份恢复…").clicked() {
                    actions.push(Action::Ask(Purpose::RestoreFrom));
                }
            });
            ui.add_space(MEDIUM);
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                heading(ui, "检查推荐册");
                caption(ui, "逐项核对册中的内容、历史和文件是否与存入时一样。");
                ui.add_space(SMALL);
                if button(ui, "检查推荐册").clicked() {
                    actions.push(Action::Order(Order::Examine));
                }
                if let Some(damage) = &desk.examined {
                    ui.add_space(SMALL);
                    let found = ui.scope(|ui| verdict(damage, ui)).response.rect;
                    if std::mem::take(&mut desk.examined_just_now) {
                        // Of a list longer than the window its beginning.
                        let is_long = found.height() > ui.clip_rect().height() - LARGE;
                        let align = if is_long { Align::Min } else { Align::Max };
                        ui.scroll_to_rect(found.expand(LARGE), Some(align));
                    }
                }
            });
            ui.add_space(LARGE);
        });
    });
}

/// What the look at the whole book found.
fn verdict(damage: &[String], ui: &mut Ui) {
    if damage.is_empty() {
        ui.horizontal(|ui| {
            pill(ui, "完好", Tone::Good);
            caption(ui, "没有发现损坏。");
        });
        return;
    }
    pill(ui, &format!("有 {} 处损坏", damage.len()), Tone::Fault);
    ui.add_space(TINY);
    for sentence in damage {
        ui.add(Label::new(RichText::new(sentence).size(TEXT_SMALL).color(palette(ui).fault)).wrap());
    }
    ui.add_space(TINY);
    caption(ui, "请不要再往这本册子里写；在上面选一份损坏之前的备份恢复。现在的这一本也会留着。");
}

fn ask(copy: &Backup) -> Question {
    Question::Restore { copy: copy.path.clone(), name: format!("{} 的备份（{}）", copy.at, copy.why) }
}

/// The copies, newest first; the one that is to be put in place.
fn list<'a>(copies: &'a [Backup], ui: &mut Ui) -> Option<&'a Backup> {
    let mut chosen = None;
    for copy in copies {
        ui.horizontal(|ui| {
            if button(ui, &format!("恢复 {}…", copy.at)).clicked() {
                chosen = Some(copy);
            }
            caption(ui, &format!("{}　{}", copy.why, size(copy.bytes))).on_hover_text(copy.path.display().to_string());
        });
    }
    chosen
}

/// 0.3 MB
fn size(bytes: u64) -> String {
    let megabytes = bytes as f64 / (1024.0 * 1024.0);
    if megabytes < 0.1 { format!("{} KB", bytes.div_ceil(1024)) } else { format!("{megabytes:.1} MB") }
}

/// Instead of the first screen: a book that cannot be opened, and its copies.
pub fn broken(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    CentralPanel::default().frame(Frame::new().fill(palette.side)).show(ui, |ui| {
        super::shell::message(app, ui);
        let Some(Broken { path, sentence, copies }) = &app.broken else { return };
        ScrollArea::vertical().id_salt("broken").auto_shrink(false).show_and_follow(ui, |ui| {
            Frame::new().inner_margin(Margin::symmetric(48, 40)).show(ui, |ui| {
                ui.set_width(ui.available_width().min(FORM_WIDTH));
                title(ui, "这本推荐册打不开");
                ui.add_space(SMALL);
                ui.add(Label::new(RichText::new(sentence).color(palette.fault)).wrap());
                ui.add_space(MEDIUM);
                card(ui, |ui| {
                    ui.set_width(ui.available_width());
                    heading(ui, "用备份恢复");
                    match copies.as_slice() {
                        [] => drop(caption(ui, "它旁边没有自动备份。U 盘或别处有备份的，请直接打开那一份。")),
                        _ => drop(caption(ui, "请选最近的一份；打不开的这一本换个名字留着，不会丢。")),
                    }
                    ui.add_space(SMALL);
                    if let Some(copy) = list(copies, ui) {
                        actions.push(Action::Order(rescue(path, copy)));
                    }
                });
                ui.add_space(MEDIUM);
                if button(ui, "返回").clicked() {
                    actions.push(Action::CloseBroken);
                }
            });
        });
    });
}

fn rescue(book: &Path, copy: &Backup) -> Order {
    Order::Rescue(book.to_owned(), copy.path.clone())
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_in_words() {
        assert_eq!(super::size(45_056), "44 KB");
        assert_eq!(super::size(3_400_000), "3.2 MB");
    }
}
