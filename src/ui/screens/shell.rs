//! The frame around the work: top bar, people, the middle, the pages, the status line.

use eframe::egui::{
    Align, Align2, Area, CentralPanel, FontId, Frame, Id, Label, Layout, Margin, Order as Layer, Panel, Popup,
    PopupCloseBehavior, RichText, Stroke, Ui, vec2,
};

use super::{
    Action, backups, check, export, form, history, import, notice, page, people, question, recommender, report, unsaved,
};
use crate::ui::app::{App, ZOOM_STEP};
use crate::ui::desk::{Desk, View};
use crate::ui::export::{Scope, Since, What};
use crate::ui::settings::Look;
use crate::ui::standing::{self, Tally};
use crate::ui::tokens::{self, SMALL, TEXT_SMALL, palette};
use crate::ui::widgets::{Column, Sides, button, caption, first_choice, icon_button, link, primary, radio};
use crate::ui::worker::Order;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    let bar = |fill| Frame::new().fill(fill).inner_margin(Margin::symmetric(16, 0));
    Panel::top("top").exact_size(tokens::TOP_BAR).frame(bar(palette.surface)).show(ui, |ui| top(app, ui, actions));
    Panel::bottom("status").exact_size(tokens::STATUS_BAR).frame(bar(palette.surface)).show(ui, |ui| {
        status(app, ui, actions);
    });
    let people_frame = Frame::new().fill(palette.side).inner_margin(Margin::same(12));
    let width = ui.ctx().content_rect().width();
    let given = app.settings.panels;
    let (people_width, page_width) = given.unwrap_or_else(|| widths(width));
    let people = Column::left(ui, "people", people_width);
    let people = people.show(ui, people_frame, 220.0..=400.0, given.is_some(), |ui| people::show(app, ui, actions));
    let mut pages = None;
    let wide = width >= tokens::WIDE_WINDOW;
    // The history needs the room for two texts side by side.
    let reads_history = app.desk.as_ref().is_some_and(|desk| desk.view == View::History);
    if wide && !reads_history {
        let frame = Frame::new().fill(palette.desk);
        let column = Column::right(ui, "pages", page_width);
        pages = column.show(ui, frame, 330.0..=1000.0, given.is_some(), |ui| page::show(app, ui, actions));
    }
    // Only what the clerk has chosen is remembered: a larger screen has room of its own to give.
    if people.is_some() || pages.is_some() {
        app.settings.panels = Some((people.unwrap_or(people_width), pages.unwrap_or(page_width)));
    }
    CentralPanel::default().frame(Frame::new().fill(palette.surface)).show(ui, |ui| {
        unsaved::show(app, ui, actions);
        fault(app, ui);
        let view = app.desk.as_ref().map(|desk| desk.view).unwrap_or_default();
        match view {
            View::Form => form::show(app, ui, wide, actions),
            View::Check => check::show(app, ui, actions),
            View::Notice => notice::show(app, ui, actions),
            View::Recommender => recommender::show(app, ui, actions),
            View::Export => {
                let has_come = app.desk.as_ref().is_some_and(|desk| desk.export.came_just_now);
                let by_pointer = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
                first_choice(ui, has_come && !by_pointer, |ui| export::show(app, ui, actions));
            }
            View::History => history::show(app, ui, actions),
            View::Import => import::show(app, ui, actions),
            View::Report => report::show(app, ui, actions),
            View::Backups => backups::show(app, ui, actions),
        }
    });
    question::show(app, ui.ctx(), actions);
}

/// How wide list and pages are in a window of that width. The pages have what the form does not use.
fn widths(window: f32) -> (f32, f32) {
    let form = tokens::FORM_WIDTH + 2.0 * tokens::LARGE + tokens::MEDIUM;
    let left = window - tokens::PEOPLE_WIDTH - form;
    (tokens::PEOPLE_WIDTH, left.max(window * tokens::PAGE_SHARE))
}

fn top(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    let Some(desk) = &app.desk else { return };
    ui.horizontal_centered(|ui| {
        let name = match desk.book.bodies.as_slice() {
            [only] => only.recommender.name.clone(),
            several => format!("{} 个推荐单位", several.len()),
        };
        let notice = &desk.book.notice;
        let sides = Sides::of("top", ui);
        sides.left(ui, |ui| {
            let deadline = standing::deadline_sentence(notice.deadline, desk.book.today);
            let whole = format!("{} 年{}推荐 · {deadline}", notice.year, short_award(&notice.award));
            let short = standing::deadline_word(notice.deadline, desk.book.today);
            let width =
                |ui: &Ui, text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, palette.label).size().x;
            let name_font = tokens::strong(tokens::TEXT + 1.0);
            let room = ui.available_width() - ui.spacing().item_spacing.x;
            let small = |ui: &Ui, text: &str| width(ui, text, FontId::proportional(TEXT_SMALL)) + 1.0;
            // The days that are left are always seen; the name gives way before they do.
            let for_name = width(ui, &name, name_font.clone()).min(room - small(ui, &short)).max(0.0);
            let fits = |text: &&String| for_name + small(ui, text) <= room;
            let line = [&whole, &deadline].into_iter().find(fits).unwrap_or(&short).clone();
            ui.scope(|ui| {
                ui.set_max_width(for_name + 1.0);
                let response = ui.add(Label::new(RichText::new(&name).font(name_font)).truncate());
                response.on_hover_text(format!("{name}\n推荐单位，须和单位公章相同"));
            });
            let label = Label::new(RichText::new(line).size(TEXT_SMALL).color(palette.label)).truncate();
            ui.add(label).on_hover_text(whole);
        });
        sides.right(ui, |ui| {
            ui.spacing_mut().item_spacing.x = SMALL;
            let blocking = desk.book.check.blocking();
            let words = if blocking > 0 { format!("校核 {blocking}") } else { "校核".to_owned() };
            let response = button(ui, &words);
            if response.clicked() {
                actions.push(Action::Show(View::Check));
            }
            if blocking > 0 {
                response.on_hover_text(blocking_words(desk));
            }
            if button(ui, "通知").clicked() {
                actions.push(Action::Show(View::Notice));
            }
            if button(ui, "历史").clicked() {
                actions.push(Action::Show(View::History));
            }
            more(app.settings.look, app.settings.zoom, ui, actions);
            if primary(ui, "导出与打印…").clicked() {
                actions.push(Action::Show(View::Export));
            }
        });
    });
    ui.painter().hline(ui.max_rect().expand(16.0).x_range(), ui.max_rect().bottom(), Stroke::new(1.0, palette.border));
}

/// What the number beside 校核 is made of.
fn blocking_words(desk: &Desk) -> String {
    let check = &desk.book.check;
    let mut lines = vec![format!("{} 处阻止报送", check.blocking())];
    let of_bodies = check.findings.iter().filter(|found| found.blocks && found.person.is_none()).count();
    if of_bodies > 0 {
        lines.push(format!("推荐单位：{of_bodies} 处要改"));
    }
    for person in desk.book.people.iter().filter(|person| person.applicant.nominated) {
        let tally = desk.tallies.get(&person.id).copied().unwrap_or_default();
        if let Some(words) = (Tally { doubts: 0, ..tally }).words() {
            lines.push(format!("{}：{words}", person.applicant.name.trim()));
        }
    }
    lines.truncate(12);
    lines.join("\n")
}

/// 杭州市首席技师 → 首席技师: the bar has little room, and the city is the recommender's own.
fn short_award(award: &str) -> &str {
    award.split_once('市').map_or(award, |(_, rest)| rest)
}

fn more(look: Look, zoom: f32, ui: &mut Ui, actions: &mut Vec<Action>) {
    let response = button(ui, "更多").on_hover_text("备份与恢复，文字大小，明暗，关闭推荐册");
    // Sizes and looks are tried one after the other.
    let menu = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    menu.show(|ui| {
        ui.set_min_width(180.0);
        if button(ui, "备份与恢复…").clicked() {
            actions.push(Action::Show(View::Backups));
            ui.close();
        }
        ui.separator();
        caption(ui, "文字大小");
        ui.horizontal(|ui| {
            if icon_button(ui, "－", "文字小一些").clicked() {
                actions.push(Action::Zoom(zoom - ZOOM_STEP));
            }
            ui.label(format!("{:.0}%", zoom * 100.0));
            if icon_button(ui, "＋", "文字大一些").clicked() {
                actions.push(Action::Zoom(zoom + ZOOM_STEP));
            }
        });
        caption(ui, "明暗");
        for (value, word) in [(Look::System, "随系统"), (Look::Light, "浅色"), (Look::Dark, "深色")] {
            if radio(ui, look == value, word).clicked() {
                actions.push(Action::Look(value));
            }
        }
        ui.separator();
        if button(ui, "快捷键（F1）").clicked() {
            actions.push(Action::Help);
            ui.close();
        }
        if button(ui, "关闭推荐册").clicked() {
            actions.push(Action::Order(Order::Close));
            ui.close();
        }
    });
}

/// When it was saved and copied last, where the book lies, the keys.
fn status(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    ui.painter().hline(ui.max_rect().expand(16.0).x_range(), ui.max_rect().top(), Stroke::new(1.0, palette.border));
    let is_held = app.is_held();
    let Some(desk) = &mut app.desk else { return };
    ui.horizontal_centered(|ui| {
        let line = |text: String, color| Label::new(RichText::new(text).size(TEXT_SMALL).color(color)).truncate();
        let (saved, color) = match app.saved_at {
            _ if is_held => ("请稍候，正在写入或换推荐册…".to_owned(), palette.weak),
            _ if desk.unsaved.fault.is_some() => ("没有保存".to_owned(), palette.fault),
            _ if desk.is_changed() || !desk.unsaved.is_empty() => ("正在保存…".to_owned(), palette.weak),
            Some(at) => (format!("已保存 {}", at.format("%H:%M:%S")), palette.weak),
            None => ("已保存".to_owned(), palette.weak),
        };
        ui.add(line(saved, color));
        // A copy that lies elsewhere is worth more than the program's own beside the book.
        let made = app.settings.papers.copied_at(&desk.book.path).map(str::to_owned);
        let newest = made.or_else(|| desk.book.backup.clone());
        let today = chrono::Local::now().date_naive();
        let copied = standing::backup_sentence(newest.as_deref(), today);
        if link(ui, &copied).on_hover_text("备份与恢复").clicked() {
            actions.push(Action::Show(View::Backups));
        }
        // On 导出与打印 it is said where the chosen set is named.
        let told = (desk.view == View::Export).then(|| Scope::of(desk.export.goal().1));
        let (revision, book) = (desk.revision, &desk.book);
        if let Some((last, since)) = desk.export.outdated(revision, book, &app.settings, told, ui.ctx()) {
            let (words, more) = match since {
                Since::Changed => ("导出之后又有改动", super::export::OUTDATED),
                Since::Joined => ("导出之后又有单位推荐了人", super::export::JOINED),
            };
            ui.label(RichText::new("▲").size(TEXT_SMALL).color(palette.warn));
            if link(ui, words).on_hover_text(more).clicked() {
                // The screen tells of the set that is chosen there.
                (desk.export.what, desk.export.recommender) = (What::Set, last.alone);
                // Its top tells of it.
                desk.export.came_just_now = true;
                actions.push(Action::Show(View::Export));
            }
        }
        // Good news stands here until it is read: over the form it would lie on something.
        if let Some(good) = app.message.as_ref().filter(|message| !message.is_fault) {
            let font = FontId::proportional(TEXT_SMALL);
            let needed = ui.painter().layout_no_wrap(good.sentence.clone(), font, palette.good).size().x;
            if needed + SMALL > ui.available_width() {
                // What is long says what follows from it, and that stands at its end.
                good_news(&good.sentence, ui);
                return;
            }
            let room = ui.available_rect_before_wrap().shrink2(vec2(0.0, 3.0));
            ui.painter().rect_filled(room, tokens::RADIUS, palette.good_faint);
            ui.add_space(SMALL);
            ui.add(line(good.sentence.clone(), palette.good));
            return;
        }
        let line = |text: String| line(text, palette.weak);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(line("F1 快捷键　Ctrl+Z 撤销　Ctrl+P 打印".to_owned()));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(line(desk.book.path.display().to_string()));
            });
        });
    });
}

/// Where there is no status line, or no room for it in there, good news floats above the lower edge and goes away by itself: nothing moves under the
/// clerk's hand, and clicks go through it.
fn good_news(sentence: &str, ui: &Ui) {
    let palette = palette(ui);
    let middle = ui.max_rect().center_bottom() - vec2(0.0, tokens::STATUS_BAR);
    let area = Area::new(Id::unique("good news")).order(Layer::Foreground).interactable(false);
    area.pivot(Align2::CENTER_BOTTOM).fixed_pos(middle).show(ui.ctx(), |ui| {
        let frame = Frame::new()
            .fill(palette.good_faint)
            .stroke(Stroke::new(1.0, palette.good))
            .corner_radius(tokens::RADIUS)
            .inner_margin(Margin::symmetric(16, 8));
        frame.show(ui, |ui| {
            ui.set_max_width(640.0);
            ui.add(Label::new(RichText::new(sentence).color(palette.good)).wrap());
        });
    });
}

/// The last thing that was done, or could not be done, where no book is open.
pub fn message(app: &mut App, ui: &mut Ui) {
    match &app.message {
        Some(message) if !message.is_fault => good_news(&message.sentence, ui),
        _ => fault(app, ui),
    }
}

/// What could not be done.
fn fault(app: &mut App, ui: &mut Ui) {
    let Some(message) = app.message.as_ref().filter(|message| message.is_fault) else { return };
    let palette = palette(ui);
    let (ink, ground) = (palette.fault, palette.fault_faint);
    let mut close = false;
    Panel::top("message").frame(Frame::new().fill(ground).inner_margin(Margin::symmetric(16, 6))).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                close = icon_button(ui, "×", "收起这条消息").clicked();
                ui.with_layout(Layout::left_to_right(Align::Center).with_main_wrap(true), |ui| {
                    ui.add(Label::new(RichText::new(&message.sentence).color(ink)).wrap());
                });
            });
        });
    });
    if close {
        app.message = None;
    }
}
