//! 历史: each revision in words, by day; what it changed, side by side; an earlier state can be put back.

use eframe::egui::{
    Align, Align2, Color32, FontId, Frame, Key, Label, Layout, Margin, Modifiers, Response, RichText, ScrollArea,
    Sense, Stroke, StrokeKind, TextWrapMode, Ui, UiBuilder, WidgetInfo, accesskit::Role, pos2, text::LayoutJob,
    text::TextFormat, vec2,
};

use super::Action;
use crate::ops::{FieldChange, HistoryLine};
use crate::ui::app::App;
use crate::ui::chronicle::{self, Change, Chronicle, Compared, Row};
use crate::ui::desk::{Desk, Question, View};
use crate::ui::difference::Piece;
use crate::ui::tokens::{self, MEDIUM, RADIUS, SMALL, TEXT, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{FollowFocus, button, caption, card, heading, primary, radio, radio_value, title};
use crate::ui::worker::Order;

/// Height of a row of the list, a day's head or a line.
const ROW: f32 = 46.0;
/// The list's width beside the detail.
const LIST: f32 = 330.0;
/// Below this width the detail stands under the list.
const NARROW: f32 = 640.0;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(desk) = &mut app.desk else { return };
    Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
        head(desk, ui, actions);
        removed(desk, ui, actions);
        ui.add_space(SMALL);
        if desk.chronicle.lines.is_none() {
            caption(ui, "正在读取…");
            return;
        }
        let narrow = ui.available_width() < NARROW;
        let whole = ui.available_rect_before_wrap();
        let (list, detail) = if narrow {
            whole.split_top_bottom_at_y(whole.top() + (whole.height() * 0.42).max(ROW * 2.0))
        } else {
            whole.split_left_right_at_x(whole.left() + LIST)
        };
        let detail =
            if narrow { detail.with_min_y(detail.top() + SMALL) } else { detail.with_min_x(detail.left() + 20.0) };
        keys(&mut desk.chronicle, ui);
        ui.scope_builder(UiBuilder::new().max_rect(list), |ui| lines(&mut desk.chronicle, ui));
        ui.scope_builder(UiBuilder::new().max_rect(detail), |ui| one(desk, ui));
        ui.advance_cursor_after_rect(whole);
    });
    if let Some(revision) = desk.chronicle.wanted() {
        actions.push(Action::Order(Order::Compare(revision)));
    }
}

fn head(desk: &Desk, ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        // A button goes to the next line whole.
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        title(ui, "历史");
        if button(ui, "返回申报表（Esc）").clicked() {
            actions.push(Action::Show(View::Form));
        }
        for (what, word, key, order) in
            [(&desk.book.undo, "撤销", "Ctrl+Z", Order::Undo), (&desk.book.redo, "重做", "Ctrl+Y", Order::Redo)]
        {
            let response = ui.add_enabled_ui(what.is_some(), |ui| button(ui, &format!("{word}（{key}）"))).inner;
            if response.clicked() {
                actions.push(Action::Order(order));
            }
            if let Some(what) = what {
                response.on_hover_text(format!("{word}：{what}"));
            }
        }
    });
    ui.add_space(TINY);
    ui.horizontal_wrapped(|ui| {
        let name = desk.form.name.trim();
        let one = if name.is_empty() { "这位申报人".to_owned() } else { format!("只看{name}") };
        let whole = desk.chronicle.whole;
        if desk.selected.is_some() && radio(ui, !whole, one).clicked() && whole {
            actions.push(Action::WholeHistory(false));
        }
        if radio(ui, whole || desk.selected.is_none(), "全册").clicked() && !whole {
            actions.push(Action::WholeHistory(true));
        }
        caption(ui, "恢复到以前的内容也记成一次修改，可以再撤销，什么都不会丢。");
    });
}

/// Who was removed can be brought back at once.
fn removed(desk: &Desk, ui: &mut Ui, actions: &mut Vec<Action>) {
    let removed = if desk.chronicle.whole { desk.chronicle.removed() } else { Vec::new() };
    let is_namesake = |name: &str| desk.book.people.iter().any(|person| person.applicant.name.trim() == name);
    if removed.is_empty() {
        return;
    }
    ui.add_space(TINY);
    ui.horizontal_wrapped(|ui| {
        caption(ui, "已删除：");
        // An import that was taken back, somebody entered twice: there would be two again. They come after those that are lost.
        let (again, lost): (Vec<_>, Vec<_>) = removed.iter().partition(|person| is_namesake(person.name.trim()));
        for person in lost.into_iter().chain(again).take(6) {
            let words = match person.name.trim() {
                "" => "找回未填姓名的一位".to_owned(),
                name if is_namesake(name) => format!("再加一个{name}（册中已有）"),
                name => format!("找回{name}"),
            };
            if button(ui, &words).clicked() {
                actions.push(Action::Order(Order::Revert(person.revision)));
            }
        }
        if removed.len() > 6 {
            caption(ui, "更早的请在下面的列表中找。");
        }
    });
}

/// The arrow keys walk the list while no field and no dialog has them.
fn keys(chronicle: &mut Chronicle, ui: &Ui) {
    let is_covered = !ui.memory(|memory| memory.allows_interaction(ui.layer_id()));
    if is_covered || ui.ctx().text_edit_focused() {
        return;
    }
    for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1), (Key::PageUp, -8), (Key::PageDown, 8)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            chronicle.step(step);
        }
    }
}

/// The list. Only rows in sight are drawn.
fn lines(chronicle: &mut Chronicle, ui: &mut Ui) {
    let gap = ui.spacing().item_spacing.y;
    let mut area = ScrollArea::vertical().id_salt(("history", chronicle.whole)).auto_shrink(false);
    if std::mem::take(&mut chronicle.follow)
        && let Some(at) = chronicle.chosen_row()
        && !(chronicle.seen.start < at && at + 2 < chronicle.seen.end)
    {
        area = area.vertical_scroll_offset((at as f32 * (ROW + gap) - ui.available_height() / 2.0).max(0.0));
    }
    let (mut chosen, mut toggled) = (None, None);
    let at = chronicle.chosen_row();
    area.show_rows(ui, ROW, chronicle.rows.len(), |ui, rows| {
        chronicle.seen = rows.clone();
        let lines = chronicle.lines.as_deref().unwrap_or_default();
        for (row, what) in rows.filter_map(|row| Some((row, *chronicle.rows.get(row)?))) {
            match what {
                Row::Day(index) => {
                    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                    let Some(line) = lines.get(index) else { continue };
                    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect.with_min_y(rect.top() + 18.0)));
                    heading(&mut inner, &day_in_words(chronicle::day(line)));
                }
                Row::Group { first, count, is_open } => {
                    let Some(line) = lines.get(first) else { continue };
                    let response = self::line(line, About::Several(count, is_open), at == Some(row), ui);
                    if response.clicked() {
                        toggled = Some(first);
                    } else if response.gained_focus() && !is_open {
                        chosen = Some(line.revision);
                    }
                }
                Row::Line(index) => {
                    let Some(line) = lines.get(index) else { continue };
                    let about = if chronicle.whole { About::Named } else { About::Known };
                    let response = self::line(line, about, at == Some(row), ui);
                    if response.clicked() || response.gained_focus() {
                        chosen = Some(line.revision);
                    }
                }
            }
        }
    });
    match (toggled, chosen) {
        (Some(first), _) => chronicle.toggle(first),
        (None, Some(chosen)) => chronicle.choose(chosen),
        (None, None) => {}
    }
}

/// `2021-06-01` → 2021 年 6 月 1 日
fn day_in_words(day: &str) -> String {
    let parts: Vec<&str> = day.split('-').collect();
    match parts[..] {
        [year, month, date] => {
            let plain = |text: &str| text.trim_start_matches('0').to_owned();
            format!("{year} 年 {} 月 {} 日", plain(month), plain(date))
        }
        _ => day.to_owned(),
    }
}

/// Whom a row is about.
#[derive(Clone, Copy)]
enum About {
    /// The one whose history it is.
    Known,
    Named,
    /// So many; whether each has a row below.
    Several(usize, bool),
}

/// One row: when, who and about whom; under it what was done. The whole of it is to be had with the pointer where it is cut.
fn line(line: &HistoryLine, about: About, selected: bool, ui: &mut Ui) -> Response {
    let palette = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 12.0, ROW), Sense::click());
    let name = match (about, line.name.trim()) {
        (About::Known, _) => String::new(),
        (About::Named, "") => "　（未填姓名）".to_owned(),
        (About::Named, name) => format!("　{name}"),
        (About::Several(count, false), _) => format!("　{count} 条记录，点开看 ▸"),
        (About::Several(count, true), _) => format!("　{count} 条记录，点一下收起 ▾"),
    };
    let spoken = format!("{} {}{name}，{}", chronicle::clock(line), line.who, line.what);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, &spoken));
    let ground = match () {
        () if selected => palette.accent_faint,
        () if response.hovered() => palette.hover,
        () => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, RADIUS, ground);
    if response.has_focus() {
        ui.painter().rect_stroke(rect, RADIUS, Stroke::new(1.0, palette.accent), StrokeKind::Inside);
    }
    let put = |text: String, font: FontId, color: Color32, y: f32| {
        let mut job = LayoutJob::simple_singleline(text, font, color);
        job.wrap.max_width = rect.width() - 16.0;
        job.wrap.max_rows = 1;
        job.wrap.break_anywhere = true;
        let galley = ui.painter().layout_job(job);
        let at = Align2::LEFT_CENTER.anchor_size(pos2(rect.left() + 8.0, y), galley.size()).min;
        let is_cut = galley.elided;
        ui.painter().galley(at, galley, color);
        is_cut
    };
    let small = format!("{}　{}{name}", chronicle::clock(line), line.who);
    put(small, FontId::proportional(TEXT_SMALL), palette.weak, rect.top() + 13.0);
    let is_cut = put(line.what.clone(), FontId::proportional(TEXT), palette.text, rect.top() + 32.0);
    if is_cut { response.on_hover_text(&line.what) } else { response }
}

/// The chosen revision: what it changed, what differs from now, the way back.
fn one(desk: &mut Desk, ui: &mut Ui) {
    let Some(line) = desk.chronicle.line().cloned() else {
        caption(ui, "还没有修改记录。");
        return;
    };
    ui.add(Label::new(RichText::new(&line.what).font(tokens::strong(TEXT))).wrap());
    let when = format!("{} {}", day_in_words(chronicle::day(&line)), line.at.split(' ').nth(1).unwrap_or_default());
    whose(&desk.chronicle, &line, &format!("{when}　{}", line.who), ui);
    ui.add_space(SMALL);
    let Some(compared) = &desk.chronicle.compared else {
        caption(ui, "正在比较…");
        return;
    };
    let newest = desk.chronicle.is_newest(line.revision) && compared.stands();
    let mut against_now = desk.chronicle.against_now && !newest && line.has_content;
    if newest {
        caption(ui, "现在就是这个样子。");
    } else if line.has_content {
        ui.horizontal_wrapped(|ui| {
            radio_value(ui, &mut against_now, false, "这次改了什么");
            radio_value(ui, &mut against_now, true, "与现在比");
            // The comparison with now says it itself.
            if compared.stands() && !against_now {
                caption(ui, "与现在相同。");
            }
        });
    }
    let asked = ways_back(&line, compared, &when, ui);
    desk.question = asked.or(desk.question.take());
    ui.add_space(SMALL);
    let (changes, left, right) = match against_now {
        true => (&compared.back, "现在", "这时"),
        false => (&compared.made, "原来", "改为"),
    };
    ScrollArea::vertical().id_salt("comparison").auto_shrink(false).show_and_follow(ui, |ui| {
        if changes.is_empty() {
            caption(ui, if against_now { "与现在相同。" } else { "表中内容没有变化。" });
        }
        let one_sided =
            |side: fn(&Change) -> &Vec<Piece>| changes.len() > 1 && changes.iter().all(|it| side(it).is_empty());
        if one_sided(|change| &change.before) {
            all_of_it(changes, |change| &change.after, ui);
        } else if one_sided(|change| &change.after) {
            all_of_it(changes, |change| &change.before, ui);
        } else {
            for change in changes {
                field(change, left, right, ui);
                ui.add_space(SMALL);
            }
        }
    });
    desk.chronicle.against_now = against_now;
}

/// When and by whom a revision was made; in the history of the whole book also whose it is, and that it is one of several
/// where one operation made them and they stand in one row.
fn whose(chronicle: &Chronicle, line: &HistoryLine, by: &str, ui: &mut Ui) {
    if !chronicle.whole {
        caption(ui, by);
        return;
    }
    let name = if line.name.trim().is_empty() { "（未填姓名）" } else { line.name.trim() };
    let row = chronicle.chosen_row().and_then(|row| chronicle.rows.get(row));
    caption(ui, &format!("{by}　{name}"));
    if let Some(Row::Group { count, .. }) = row {
        caption(ui, &format!("这里是 {count} 条记录中的一条。恢复也只恢复这一条，其余的请点开列表选。"));
    }
}

/// The ways back that change something: to what was before the revision, and to what it left.
fn ways_back(line: &HistoryLine, compared: &Compared, at: &str, ui: &mut Ui) -> Option<Question> {
    // A recommender that was removed has no way back here.
    if line.person.is_none() && !compared.is_there {
        return None;
    }
    let changes_something = |changes: &Vec<FieldChange>| !compared.is_there || !changes.is_empty();
    // Where the form was not touched both ways lead to the same.
    let touched = !line.has_content || !compared.made.is_empty();
    let before = compared.before.as_ref().filter(|changes| touched && changes_something(changes));
    let after = Some(&compared.changes).filter(|changes| line.has_content && changes_something(changes));
    if before.is_none() && after.is_none() {
        return None;
    }
    let mut asked = None;
    let mut ask = |before: bool, changes: &[FieldChange]| {
        let name = if line.name.trim().is_empty() { "这位申报人".to_owned() } else { line.name.clone() };
        let act = if line.has_content { "这次修改" } else { "删除" };
        let at = format!("{at} {act}{}", if before { "之前" } else { "之后" });
        let (revision, changes) = (line.revision, changes.to_vec());
        asked = Some(Question::Revert { revision, before, name, at, changes });
    };
    ui.horizontal_wrapped(|ui| {
        // A button goes to the next line whole.
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        if let Some(changes) = before {
            let words = if line.has_content { "恢复到这次修改之前…" } else { "恢复到删除之前…" };
            if primary(ui, words).clicked() {
                ask(true, changes);
            }
        }
        if let Some(changes) = after {
            let way = if before.is_some() { button } else { primary };
            if way(ui, "恢复到这次修改之后…").clicked() {
                ask(false, changes);
            }
        }
    });
    asked
}

/// A field, both texts side by side.
fn field(change: &Change, left: &str, right: &str, ui: &mut Ui) {
    card(ui, |ui| {
        ui.set_width(ui.available_width() - 12.0);
        heading(ui, &change.name);
        ui.add_space(TINY);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.x = MEDIUM;
            ui.columns_const(|[one, other]| {
                side(left, &change.before, false, one);
                side(right, &change.after, true, other);
            });
        });
    });
}

/// Somebody who came or went: all that was filled in, with nothing beside it.
fn all_of_it(changes: &[Change], side: fn(&Change) -> &Vec<Piece>, ui: &mut Ui) {
    const SHOWN: usize = 120;
    for change in changes {
        let whole: String = side(change).iter().map(|piece| piece.text.as_str()).collect();
        let mut text: String = whole.chars().take(SHOWN).collect();
        if text.len() < whole.len() {
            text.push('…');
        }
        ui.horizontal_top(|ui| {
            ui.scope(|ui| {
                ui.set_width(150.0);
                caption(ui, &change.name);
            });
            ui.add(Label::new(text).wrap());
        });
        ui.add_space(TINY);
    }
}

/// One of the two texts. What differs stands on a ground of its own, and what goes is struck through: colour is not all.
fn side(word: &str, pieces: &[Piece], new: bool, ui: &mut Ui) {
    let palette = palette(ui);
    caption(ui, word);
    if pieces.is_empty() {
        ui.label(RichText::new("（空）").color(palette.weak));
        return;
    }
    let (ink, ground) = if new { (palette.good, palette.good_faint) } else { (palette.fault, palette.fault_faint) };
    let mut job = LayoutJob::default();
    let mut spoken = String::new();
    for piece in pieces {
        let mut format = TextFormat::simple(FontId::proportional(TEXT), palette.text);
        if piece.differs {
            (format.color, format.background) = (ink, ground);
            if new {
                format.underline = Stroke::new(1.0, ink);
            } else {
                format.strikethrough = Stroke::new(1.0, ink);
            }
        }
        job.append(&piece.text, 0.0, format);
        spoken.push_str(&piece.text);
    }
    // A column would have its text justified, and a long word tears a line before it apart.
    let left = Layout::top_down(Align::Min);
    let response = ui.with_layout(left, |ui| ui.add(Label::new(job).wrap())).inner;
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{word}：{spoken}")));
}

#[cfg(test)]
mod tests {
    use super::day_in_words;

    #[test]
    fn days_in_words() {
        assert_eq!(day_in_words("2021-07-06"), "2021 年 7 月 6 日");
        assert_eq!(day_in_words("昨天"), "昨天");
    }
}
