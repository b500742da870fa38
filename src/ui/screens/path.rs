//! A path is typed, or found folder by folder, where the desktop has no file dialog.

use eframe::egui::{
    Align, Align2, Area, Context, Frame, Id, Key, Label, Layout, Margin, Modifiers, Order, RichText, ScrollArea,
    Stroke, Ui,
};

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;

use crate::ui::dialogs::{Chosen, Dialogs, Kind, Listed, Purpose, TypedPath};
use crate::ui::tokens::{self, RADIUS, SMALL, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{FollowFocus, Line, button, caption, dialog, primary, title};

const WIDTH: f32 = 620.0;
const LIST_HEIGHT: f32 = 180.0;

/// Asks for a path where it is wanted; the answer.
pub fn ask_path(dialogs: &mut Dialogs, context: &Context) -> Option<Chosen> {
    slow(dialogs, context);
    let typed = dialogs.typed.as_mut()?;
    let (mut go, mut cancel) = (false, false);
    let modal = dialog(context, "path", |ui| {
        ui.set_width(WIDTH.min(context.content_rect().width() - 80.0));
        (go, cancel) = content(typed, ui);
    });
    if go {
        return dialogs.accept_typed();
    }
    if cancel || modal.should_close() {
        dialogs.typed = None;
    }
    None
}

fn content(typed: &mut TypedPath, ui: &mut Ui) -> (bool, bool) {
    title(ui, typed.purpose.title());
    ui.add_space(TINY);
    let kind = typed.purpose.kind();
    caption(
        ui,
        match kind {
            Kind::Files => "这个桌面没有文件对话框。请在下面的列表里选，或写出路径，一行一个。",
            Kind::Save | Kind::NewFolder => "这个桌面没有文件对话框。请在列表里选文件夹，再写名称。",
            Kind::File | Kind::Folder => "这个桌面没有文件对话框。请在下面的列表里选，或写出路径。",
        },
    );
    ui.add_space(SMALL);
    let id = Id::unique("typed path");
    let seen = typed.seen(ui.ctx()).cloned();
    let rows = if kind == Kind::Files { 3 } else { 1 };
    // A folder on the way to a file is no fault yet.
    let on_the_way = typed.text.trim_end().ends_with(['/', std::path::MAIN_SEPARATOR]);
    let said = match &seen {
        None => Some("正在查看这个位置…"),
        Some(seen) if seen.fault.is_some() => seen.fault.as_deref(),
        Some(seen) if seen.takes_folder && typed.purpose == Purpose::Verify => Some("点“确定”就核对这个文件夹。"),
        Some(seen) if seen.takes_folder => Some("点“确定”就取这个文件夹里的文件；只要其中几个，请在下面点。"),
        Some(_) => None,
    };
    let is_fault = seen.as_ref().is_some_and(|seen| seen.fault.is_some()) && !on_the_way;
    let (note, red) = if is_fault { (None, said) } else { (said, None) };
    let line = Line { rows, note, fault: red, ..Line::new(id, "路径") };
    let fresh = ui.memory(|memory| memory.focused().is_none());
    if std::mem::take(&mut typed.put) {
        select(ui, id, typed.text.chars().count(), &typed.text);
    }
    let (response, entered) = line.show(ui, &mut typed.text);
    if fresh {
        response.request_focus();
        // What is typed or pasted takes the place of the suggestion.
        if kind != Kind::Save && kind != Kind::NewFolder {
            select(ui, id, 0, &typed.text);
        }
    }
    let chosen = list(ui, kind, typed.listed());
    if let Some(chosen) = chosen {
        typed.choose(&chosen);
    }
    ui.add_space(SMALL);
    let ready = seen.is_some_and(|seen| seen.fault.is_none());
    ui.horizontal(|ui| {
        let go = ui.add_enabled_ui(ready, |ui| primary(ui, "确定")).inner.clicked();
        let shortcut = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let cancel = button(ui, "取消").clicked();
        (ready && (go || entered || shortcut), cancel)
    })
    .inner
}

/// Selects the text from a character on.
fn select(ui: &Ui, id: Id, from: usize, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let (start, end) = (CCursor::new(from), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
    state.store(ui.ctx(), id);
}

/// What lies in the folder; what was chosen of it.
fn list(ui: &mut Ui, kind: Kind, listed: &[Listed]) -> Option<Listed> {
    let palette = palette(ui);
    let mut chosen = None;
    let frame = Frame::new().fill(palette.side).stroke(Stroke::new(1.0, palette.border)).corner_radius(RADIUS);
    frame.inner_margin(Margin::same(4)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ScrollArea::vertical()
            .max_height(LIST_HEIGHT)
            .min_scrolled_height(LIST_HEIGHT)
            .auto_shrink(false)
            .show_and_follow(ui, |ui| {
                ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for one in listed {
                        let name = if one.is_folder { format!("{}　›", one.name) } else { one.name.clone() };
                        if ui.selectable_label(false, name).clicked() {
                            chosen = Some(one.clone());
                        }
                    }
                    if kind == Kind::Folder {
                        caption(ui, "点“确定”就用上面写的这个文件夹。");
                    } else if listed.iter().all(|one| one.is_folder) {
                        caption(ui, "这个文件夹里没有可选的文件。");
                    }
                });
            });
    });
    chosen
}

/// A dialog of the desktop may hide behind the window, or never come: the clerk is not left to guess.
fn slow(dialogs: &mut Dialogs, context: &Context) {
    let Some(purpose) = dialogs.is_slow() else { return };
    let words = format!("“{}”的对话框已经打开，请在那里选择；找不到它就改用路径。", purpose.title());
    let mut instead = false;
    Area::new(Id::unique("slow dialog")).order(Order::Foreground).anchor(Align2::CENTER_BOTTOM, [0.0, -48.0]).show(
        context,
        |ui| {
            let palette = palette(ui);
            let frame = Frame::popup(ui.style()).fill(palette.surface).corner_radius(tokens::RADIUS);
            frame.inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.add(Label::new(RichText::new(words).size(TEXT_SMALL).color(palette.label)));
                    instead = button(ui, "改用路径").clicked();
                });
            });
        },
    );
    if instead {
        dialogs.type_instead();
    }
}
