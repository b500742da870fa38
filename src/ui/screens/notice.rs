//! 通知: the notice in force in this book, in its own words from first to last, and the numbers that the check goes by.

mod profile;

use eframe::egui::epaint::text::cursor::CCursor;
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align, FontId, Frame, Id, Key, Label, Margin, Modifiers, Panel, Rect, ScrollArea, TextEdit, Ui, Vec2, WidgetInfo,
    accesskit::Role,
};

use super::Action;
use crate::domain::Clause;
use crate::rules::{Paragraph, Setting};
use crate::ui::app::App;
use crate::ui::desk::View;
use crate::ui::tokens::{self, FORM_WIDTH, LARGE, SMALL, TEXT, TINY, palette};
use crate::ui::widgets::{FollowFocus, button, caption, field_frame, icon_button, leaf, link, title};

/// Where to turn to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Clause(Clause),
    /// The numbers that the check goes by.
    Profile,
    /// The present hit.
    Hit,
}

/// How the notice is read.
#[derive(Debug, Default)]
pub struct NoticeView {
    turn: Option<Turn>,
    sought: String,
    /// Which of the places found, from 0.
    hit: usize,
    /// Larger or smaller by so many steps.
    steps: i8,
}

impl NoticeView {
    /// Turns to a clause when the notice is drawn next.
    pub fn turn_to(&mut self, clause: Clause) {
        self.turn = Some(Turn::Clause(clause));
    }

    fn size(&self) -> f32 {
        TEXT + f32::from(self.steps) * 2.0
    }
}

/// The parts to jump to.
const PARTS: [Clause; 6] =
    [Clause::Scope, Clause::Conditions, Clause::Procedure, Clause::Quota, Clause::Requirements, Clause::Annex1];

/// The field to look for words in.
pub fn find_id() -> Id {
    Id::unique("notice find")
}

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(desk) = &mut app.desk else { return };
    let (notice, view) = (&desk.book.notice, &mut desk.notice);
    let paragraphs = notice.paragraphs();
    let found: usize = paragraphs.iter().map(|paragraph| hits(&paragraph.text, &view.sought).len()).sum();
    view.hit = view.hit.min(found.saturating_sub(1));
    let fill = palette(ui).surface;
    let frame = Frame::new().fill(fill).inner_margin(Margin { left: 24, right: 24, top: 16, bottom: 8 });
    Panel::top("notice tools").frame(frame).show_separator_line(true).show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(FORM_WIDTH));
        tools(view, found, ui, actions);
        ui.add_space(TINY);
        ui.spacing_mut().interact_size.y = 22.0;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = tokens::MEDIUM;
            for clause in PARTS {
                let title = if clause == Clause::Annex1 { "附件".to_owned() } else { notice.part_title(clause) };
                if link(ui, &title).clicked() {
                    view.turn = Some(Turn::Clause(clause));
                }
            }
            if link(ui, profile::TITLE).clicked() {
                view.turn = Some(Turn::Profile);
            }
        });
    });
    ScrollArea::vertical().id_salt("notice").auto_shrink(false).show_and_follow(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 12)).show(ui, |ui| {
            ui.set_width(ui.available_width().min(FORM_WIDTH));
            let mut before = 0;
            for (index, paragraph) in paragraphs.iter().enumerate() {
                let is_first = index == 0 || paragraphs[index - 1].clause != paragraph.clause;
                before += draw(paragraph, is_first, before, view, ui);
            }
            ui.add_space(LARGE);
            if view.turn == Some(Turn::Profile) {
                let top = Rect::from_min_size(ui.cursor().min, Vec2::splat(1.0));
                ui.scroll_to_rect(top, Some(Align::Min));
                view.turn = None;
            }
            profile::show(notice, ui);
            ui.add_space(LARGE);
            leaf(ui);
        });
    });
}

fn tools(view: &mut NoticeView, found: usize, ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        title(ui, "通知");
        if button(ui, "返回申报表（Esc）").clicked() {
            actions.push(Action::Show(View::Form));
        }
        if icon_button(ui, "－", "通知的字小一些").clicked() {
            view.steps = (view.steps - 1).max(-1);
        }
        if icon_button(ui, "＋", "通知的字大一些").clicked() {
            view.steps = (view.steps + 1).min(6);
        }
        find(view, found, ui);
    });
}

/// The field for words, and the way from one place to the next.
fn find(view: &mut NoticeView, found: usize, ui: &mut Ui) {
    let palette = palette(ui);
    let frame = field_frame(ui, ui.memory(|memory| memory.has_focus(find_id())), None, 0);
    let hint = eframe::egui::RichText::new("查找　Ctrl+F").color(palette.weak);
    let edit = TextEdit::singleline(&mut view.sought).id(find_id()).frame(frame).hint_text(hint);
    let response = ui.add(edit.desired_width(150.0));
    let typed = view.sought.clone();
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::SearchInput, true, "在通知中查找");
        info.current_text_value = Some(typed.clone());
        info
    });
    let mut step = 0;
    if response.changed() {
        (view.hit, view.turn) = (0, Some(Turn::Hit));
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        step = if ui.input(|input| input.modifiers.matches_exact(Modifiers::SHIFT)) { -1 } else { 1 };
        response.request_focus();
    }
    if view.sought.trim().is_empty() {
        return;
    }
    if found == 0 {
        caption(ui, "没有找到");
        return;
    }
    ui.label(format!("{}／{found}", view.hit + 1)).on_hover_text("第几处／共几处");
    if icon_button(ui, "‹", "上一处").clicked() {
        step = -1;
    }
    if icon_button(ui, "›", "下一处（回车）").clicked() {
        step = 1;
    }
    if step != 0 {
        view.hit = (view.hit + found).saturating_add_signed(step) % found;
        view.turn = Some(Turn::Hit);
    }
}

/// Starts of what is sought in a text, in bytes.
fn hits(text: &str, sought: &str) -> Vec<usize> {
    let sought = sought.trim();
    if sought.is_empty() { Vec::new() } else { text.match_indices(sought).map(|(at, _)| at).collect() }
}

/// Draws a paragraph; how many hits are in it. `before` are in those above it.
fn draw(paragraph: &Paragraph, is_first: bool, before: usize, view: &mut NoticeView, ui: &mut Ui) -> usize {
    let palette = palette(ui);
    let is_strong = matches!(paragraph.setting, Setting::Title | Setting::Heading);
    let size = view.size() + if paragraph.setting == Setting::Title { 4.0 } else { 0.0 };
    let font = if is_strong { tokens::strong(size) } else { FontId::proportional(size) };
    let format = TextFormat { font_id: font, color: palette.text, line_height: Some(size * 1.6), ..Default::default() };
    let mut job = LayoutJob::default();
    let indent = if paragraph.setting == Setting::Body { "　　" } else { "" };
    job.append(indent, 0.0, format.clone());
    let found = hits(&paragraph.text, &view.sought);
    let (length, mut done) = (view.sought.trim().len(), 0);
    for (number, &at) in found.iter().enumerate() {
        let is_present = before + number == view.hit;
        let background = if is_present { palette.accent } else { palette.warn_faint };
        let color = if is_present { palette.on_accent } else { palette.text };
        job.append(paragraph.text.get(done..at).unwrap_or_default(), 0.0, format.clone());
        let marked = TextFormat { background, color, ..format.clone() };
        job.append(paragraph.text.get(at..at + length).unwrap_or_default(), 0.0, marked);
        done = at + length;
    }
    job.append(paragraph.text.get(done..).unwrap_or_default(), 0.0, format);
    job.halign = match paragraph.setting {
        Setting::Title => Align::Center,
        Setting::Signature => Align::Max,
        _ => Align::Min,
    };
    if paragraph.setting == Setting::Heading {
        ui.add_space(SMALL);
    }
    let layout = match paragraph.setting {
        Setting::Title => eframe::egui::Layout::top_down(Align::Center),
        Setting::Signature => eframe::egui::Layout::top_down(Align::Max),
        _ => eframe::egui::Layout::top_down(Align::Min),
    };
    let (at, galley, rect) = ui
        .with_layout(layout, |ui| {
            let (at, galley, response) = Label::new(job).wrap().layout_in_ui(ui);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &paragraph.text));
            (at, galley, response.rect)
        })
        .inner;
    ui.painter().galley(at, std::sync::Arc::clone(&galley), palette.text);
    ui.add_space(TINY);
    let turned = match view.turn {
        Some(Turn::Clause(clause)) if is_first && paragraph.clause == Some(clause) => {
            ui.scroll_to_rect(rect, Some(Align::Min));
            true
        }
        Some(Turn::Hit) if (before..before + found.len()).contains(&view.hit) => {
            let start = found.get(view.hit - before).copied().unwrap_or_default();
            let characters = indent.chars().count() + paragraph.text.get(..start).unwrap_or_default().chars().count();
            let cursor = galley.pos_from_cursor(CCursor::new(characters));
            ui.scroll_to_rect(cursor.translate(at.to_vec2()), Some(Align::Center));
            true
        }
        _ => false,
    };
    if turned {
        view.turn = None;
    }
    found.len()
}

#[cfg(test)]
mod tests {
    use super::hits;

    #[test]
    fn words_are_found_wherever_they_stand() {
        assert_eq!(hits("公示，公示无异议", "公示"), [0, 9]);
        assert_eq!(hits("公示", " 公示 "), [0]);
        assert!(hits("公示", "  ").is_empty());
    }
}
