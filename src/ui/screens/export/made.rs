//! What was made: to be opened, printed, looked into.

use std::collections::BTreeSet;
use std::path::Path;

use eframe::egui::{Align, Color32, FontId, Label, Layout, Ui};

use super::{named, put_away};
use crate::domain::RecommenderId;
use crate::ops::{self, Changes};
use crate::ui::export::{Export, Made, MadeFile, MadeSet, Scope, Set, What};
use crate::ui::screens::Action;
use crate::ui::screens::recommender::note;
use crate::ui::settings::LastSet;
use crate::ui::tokens::{SMALL, TEXT, TINY};
use crate::ui::widgets::{Tone, button, caption, card, heading, link, pill};
use crate::ui::worker::Snapshot;

/// Said of papers that no longer tell what the book holds.
pub const OUTDATED: &str = "导出之后册中又有改动：这一份不要再盖章、报送，请重新导出。";

/// Said of a set of all that a recommender is not among.
pub const JOINED: &str = "导出之后又有推荐单位推荐了人，还没有导出它的材料；已导出的各份没有变，盖好的章仍可用。";

/// Says that papers are out of date, and which of them are to be printed and sealed again, as far as that is known.
pub fn outdated(changes: Option<&Changes>, ui: &mut Ui) {
    note(ui, OUTDATED, Tone::Warn);
    let Some(Changes { changed, gone, new, some_stand }) = changes else { return };
    if [changed, gone, new].iter().all(|papers| papers.is_empty()) {
        caption(ui, "要盖章的各份都没有变，变的只是电子文档里的内容。");
        return;
    }
    let kinds = [("和现在册中不同的", changed), ("不再报送的", gone), ("这一份里还没有的", new)];
    let named = kinds.iter().filter(|(_, papers)| !papers.is_empty());
    let mut words: String = named.map(|(kind, papers)| format!("{kind}：{}。", papers.join("、"))).collect();
    if *some_stand {
        words += "其余各份没有变，盖好的章仍可用。";
    }
    ui.add(Label::new(words + "电子文档也要用重新导出的。").wrap());
}

/// Says of a set of all whom it does not have yet.
pub fn lacks(lacking: &[String], ui: &mut Ui) {
    if !lacking.is_empty() {
        let words =
            format!("这一份里没有“{}”的材料：这个单位是导出之后才推荐了人的，请再导出一次。", lacking.join("”“"));
        note(ui, &words, Tone::Warn);
        ui.add_space(SMALL);
    }
}

/// `alone`: recommenders that have a set of their own.
pub fn show(
    export: &mut Export,
    book: &Snapshot,
    revision: u64,
    alone: &BTreeSet<RecommenderId>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    let made = export.made.as_ref().and_then(|made| Some((made.scope?, made.of.clone())));
    let is_outdated = made.is_some_and(|(scope, of)| !ops::still_tells(&of, export.mark(revision, book, scope)));
    let set = export.made.as_ref().filter(|made| made.what == What::Set && !made.draft);
    let (folder, scope) = set.map(|made| (made.folder.clone(), made.scope)).unzip();
    let context = ui.ctx().clone();
    let of = folder.as_deref().map(|folder| Set { folder, is_just_made: true, context: &context });
    let changed = of.filter(|_| is_outdated).and_then(|of| export.changed_papers(of, revision, book));
    let is_whole = scope.flatten() == Some(Scope::Whole) && !is_outdated;
    let lacking = of.filter(|_| is_whole).map(|of| export.lacking(of, book, alone)).unwrap_or_default();
    let Some(made) = &export.made else { return };
    ui.add_space(SMALL);
    let mut gone = false;
    let shown = card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            heading(ui, "已完成");
            if made.draft {
                pill(ui, "草稿", Tone::Warn);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| gone = put_away(ui, "收起“已完成”"));
        });
        caption(ui, &made.folder.display().to_string());
        ui.add_space(SMALL);
        if is_outdated {
            outdated(changed.as_ref(), ui);
            ui.add_space(SMALL);
        }
        lacks(&lacking, ui);
        if made.sets.iter().flat_map(|set| &set.files).any(|file| file.was_there.is_some()) {
            caption(ui, "与这个文件夹里原来的一份比较：相同的，盖好的章仍可用；有改动的要重新打印、盖章。");
        }
        for set in &made.sets {
            ui.scope(|ui| one(set, made, ui, actions));
            ui.add_space(SMALL);
        }
        for remark in &made.remarks {
            note(ui, remark, Tone::Warn);
            ui.add_space(TINY);
        }
        ui.horizontal_wrapped(|ui| {
            if button(ui, "打开文件夹").clicked() {
                actions.push(Action::OpenOutside(made.folder.clone()));
            }
            if made.what == What::Set && button(ui, "核对这份材料").clicked() {
                actions.push(Action::Order(export.verify(made.folder.clone())));
            }
        });
        if made.what != What::Record {
            ui.add_space(TINY);
            caption(
                ui,
                "点文件名即可打开。打印时选“实际大小”或“100%”，不要选“适合页面”；装订册可双面打印，选“长边翻转”。",
            );
        }
    });
    if export.made_just_now {
        export.made_just_now = false;
        ui.scroll_to_rect(shown.response.rect, Some(Align::Min));
    }
    if gone {
        export.made = None;
    }
}

/// Whether it is to be told where the last set was made: it is still there, and not told below as just made.
pub fn tells_of(export: &mut Export, last: &LastSet, ui: &Ui) -> bool {
    !export.is_just_made(last) && export.is_there(last, ui.ctx())
}

/// Whether there is room in this row to tell where the last set was made.
pub fn has_room(last: &LastSet, ui: &Ui) -> bool {
    width(&when(last), ui) + width(&name_of(&last.folder), ui) + SMALL < ui.available_width()
}

/// Where the last set was made, also before the program was last started.
pub fn line(last: &LastSet, ui: &mut Ui, actions: &mut Vec<Action>) {
    let when = when(last);
    let whole = last.folder.display().to_string();
    // Of a long path the name says enough; the whole of it is to be had with the pointer.
    let fits = width(&when, ui) + width(&whole, ui) + SMALL < ui.available_size_before_wrap().x;
    let words = if fits { whole.clone() } else { name_of(&last.folder) };
    named(ui, &when);
    let mut response = link(ui, &words);
    if !fits {
        response = response.on_hover_text(format!("打开文件夹 {whole}"));
    }
    if response.clicked() {
        actions.push(Action::OpenOutside(last.folder.clone()));
    }
}

fn when(last: &LastSet) -> String {
    format!("上次导出：{}，", last.at)
}

fn width(text: &str, ui: &Ui) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), FontId::proportional(TEXT), Color32::GRAY).size().x
}

fn one(set: &MadeSet, made: &Made, ui: &mut Ui, actions: &mut Vec<Action>) {
    if !set.recommender.is_empty() {
        let zip = if set.zip.is_some() { "和电子文档" } else { "" };
        ui.label(format!("{}：清单所列 {} 个文件，另有清单{zip}", set.recommender, set.count));
    }
    ui.spacing_mut().interact_size.y = 22.0;
    for file in &set.files {
        ui.horizontal_wrapped(|ui| {
            if link(ui, &name_of(&file.path)).on_hover_text(file.path.display().to_string()).clicked() {
                actions.push(Action::OpenOutside(file.path.clone()));
            }
            named(ui, &facts(file));
            match file.was_there {
                Some(true) => drop(pill(ui, "与原来相同", Tone::Quiet)),
                Some(false) => drop(pill(ui, "有改动", Tone::Warn)),
                None => {}
            }
        });
    }
    if let Some(zip) = &set.zip {
        ui.horizontal_wrapped(|ui| {
            if link(ui, zip).clicked() {
                actions.push(Action::OpenOutside(set.folder.join(zip)));
            }
            let lock = if made.is_locked { "加了口令，请另行告知对方" } else { "没有加口令" };
            named(ui, &format!("电子文档，整份交这一个文件，{lock}"));
        });
    } else if made.what == What::Set {
        caption(ui, "草稿不做电子文档。");
    }
}

fn facts(file: &MadeFile) -> String {
    let pages = file.pages.map(|pages| format!("{pages} 页"));
    let code = file.code.as_ref().map(|code| format!("校验码 {code}"));
    [pages, code].into_iter().flatten().collect::<Vec<_>>().join("，")
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
