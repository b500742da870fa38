//! Above the pages: which document, which page, how large.

use eframe::egui::{Popup, ScrollArea, Ui};

use super::PageView;
use crate::ops::Printable;
use crate::preview::{Document, OutlineEntry};
use crate::ui::reader::{Fit, Reader};
use crate::ui::tokens::{SMALL, TINY};
use crate::ui::widgets::{FollowFocus, Sides, button, combo, icon_button};

const DOCUMENTS: [Printable; 5] =
    [Printable::Application, Printable::Summary, Printable::Report, Printable::Catalogue, Printable::Binder];

pub fn word(document: Printable) -> &'static str {
    match document {
        Printable::Application => "申报表",
        Printable::Summary => "汇总表",
        Printable::Report => "推荐报告",
        Printable::Catalogue => "材料清单",
        Printable::Binder => "装订册",
    }
}

/// Width that the documents need side by side, in points.
const SIDE_BY_SIDE: f32 = 430.0;
/// Width at which all tools stand in one row.
const ONE_ROW: f32 = 800.0;
/// How much more three figures need instead of two, twice.
const THREE_FIGURES: f32 = 36.0;

pub fn show(view: &mut PageView, pages: Option<&Document>, ui: &mut Ui) {
    ui.spacing_mut().item_spacing.x = SMALL;
    let count = pages.map_or(0, |document| document.pages.len());
    let outline = pages.map(|document| document.outline.as_slice()).unwrap_or_default();
    let width = ui.available_width() - if count > 99 { THREE_FIGURES } else { 0.0 };
    ui.horizontal(|ui| {
        chooser(view, width >= SIDE_BY_SIDE, ui);
        if width < SIDE_BY_SIDE {
            zoom(&mut view.reader, ui);
        } else if width >= ONE_ROW {
            ui.add_space(SMALL);
            turner(&mut view.reader, count, outline, ui);
            zoom(&mut view.reader, ui);
        }
    });
    if width < ONE_ROW {
        ui.add_space(TINY);
        ui.horizontal(|ui| {
            turner(&mut view.reader, count, outline, ui);
            if width >= SIDE_BY_SIDE {
                zoom(&mut view.reader, ui);
            }
        });
    }
}

/// Side by side, or a list where the panel is narrow.
fn chooser(view: &mut PageView, side_by_side: bool, ui: &mut Ui) {
    let shown = view.shown;
    if side_by_side {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding.x = 7.0;
            for document in DOCUMENTS {
                if ui.selectable_label(shown == document, word(document)).clicked() {
                    view.choose(document);
                }
            }
        });
        return;
    }
    let name = format!("看哪一份材料：{}", word(shown));
    combo(ui, "document", word(shown), 104.0, &name, |ui| {
        for document in DOCUMENTS {
            if ui.selectable_label(shown == document, word(document)).clicked() {
                view.choose(document);
            }
        }
    });
}

fn turner(reader: &mut Reader, count: usize, outline: &[OutlineEntry], ui: &mut Ui) {
    ui.spacing_mut().item_spacing.x = TINY;
    let current = reader.current().min(count.saturating_sub(1));
    if ui.add_enabled_ui(current > 0, |ui| icon_button(ui, "‹", "上一页")).inner.clicked() {
        reader.turn(current - 1);
    }
    ui.label(format!("第 {} 页 / 共 {count} 页", (current + 1).min(count)));
    if ui.add_enabled_ui(current + 1 < count, |ui| icon_button(ui, "›", "下一页")).inner.clicked() {
        reader.turn(current + 1);
    }
    if !outline.is_empty() {
        let response = button(ui, "目录");
        Popup::menu(&response).show(|ui| {
            let height = ui.ctx().content_rect().height() * 0.7;
            ScrollArea::vertical().max_height(height).show_and_follow(ui, |ui| {
                ui.set_min_width(220.0);
                entries(reader, outline, 0, ui);
            });
        });
    }
}

/// The document's bookmarks, each leading to its page.
fn entries(reader: &mut Reader, outline: &[OutlineEntry], level: usize, ui: &mut Ui) {
    for entry in outline {
        let text = format!("{}{}", "　".repeat(level), entry.title);
        if ui.selectable_label(false, text).clicked() {
            reader.turn(entry.page);
            ui.close();
        }
        entries(reader, &entry.children, level + 1, ui);
    }
}

fn zoom(reader: &mut Reader, ui: &mut Ui) {
    Sides::of("zoom", ui).right(ui, |ui| {
        ui.spacing_mut().item_spacing.x = TINY;
        ui.scope(|ui| {
            ui.spacing_mut().button_padding.x = 6.0;
            for (fit, word) in [(Fit::Width, "适合宽度"), (Fit::Sheet, "整页")] {
                let response = ui.selectable_label(reader.is_fit(fit), word);
                if response.on_hover_text(format!("现在是纸上大小的 {}%", reader.percent())).clicked() {
                    reader.fit(fit);
                }
            }
        });
        if icon_button(ui, "－", "缩小页面").clicked() {
            reader.smaller();
        }
        if icon_button(ui, "＋", "放大页面").clicked() {
            reader.larger();
        }
    });
}
