//! A field of the form: label, entry, what the check says of it.

use std::collections::BTreeMap;

use eframe::egui::{
    Color32, Event, EventFilter, Id, Key, Label, Modifiers, Response, RichText, Sense, Shape, Stroke, TextEdit, Ui,
    WidgetInfo, accesskit::Role, pos2, vec2,
};

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;

use super::button::radio;
use super::choices::Choices;
use super::frame::{field_frame, halo};
use super::note;
use super::scroll::{lead, lead_into};
use crate::domain::{Finding, FindingCode, PersonId, Severity};
use crate::rules::Oddity;
use crate::ui::entry;
use crate::ui::standing::MANY_EMPTY;
use crate::ui::tokens::{TEXT_SMALL, TINY, palette};

/// Which field has the cursor, and which is to get it.
#[derive(Debug, Default)]
pub struct Focus {
    /// Path of the field that is to get the cursor.
    pub wanted: Option<String>,
    /// Where in its text, in characters; else where it was last.
    pub at: Option<usize>,
    /// What the button of a row is called that is to get the cursor.
    pub button: Option<String>,
    /// Path of the field that has it.
    pub field: Option<String>,
    /// Path of the field that had it last, also while it is elsewhere in the window.
    pub last: Option<String>,
    /// It is a field of several lines.
    pub is_long: bool,
    /// The field that has it was drawn in this pass.
    is_seen: bool,
    /// A field lost it in this pass: what was typed is complete.
    pub left: bool,
    /// What the check said of the field when it got the cursor. More is said only when the clerk has left it.
    said: Vec<FindingCode>,
    /// Enter ended this field of one line: the cursor goes on to the next that is typed into. A tick on the way stays as
    /// it is: the next Enter must not set it.
    ended: Option<Id>,
    /// The fields that were typed into, in the order of the last pass and of this one.
    typed: (Vec<Id>, Vec<Id>),
    /// Enter ended the last field of a part.
    pub passes_on: bool,
}

impl Focus {
    /// To be called when a pass begins, whatever it will draw.
    pub fn pass_begins(&mut self) {
        (self.left, self.is_seen) = (false, false);
    }

    /// To be called when everything is drawn: a field that is no longer on the screen does not have the cursor.
    pub fn pass_ends(&mut self) {
        if self.field.is_some() && !self.is_seen {
            (self.field, self.left) = (None, true);
        }
    }

    /// A press of a button that is gone by then has filled something in: the cursor goes to a field beside it.
    pub fn go_on_at(&mut self, path: impl Into<String>) {
        (self.left, self.wanted) = (true, Some(path.into()));
    }

    /// To be called before the fields of a pass.
    pub fn begin(&mut self, ui: &Ui) {
        self.typed.0 = std::mem::take(&mut self.typed.1);
        let Some(ended) = self.ended.take() else { return };
        let at = self.typed.0.iter().position(|&id| id == ended);
        match at.and_then(|at| self.typed.0.get(at + 1)) {
            Some(&next) => ui.memory_mut(|memory| memory.request_focus(next)),
            None => self.passes_on = true,
        }
    }
}

/// What kind of text a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    Line,
    /// One line of text on as many lines of the screen as it needs.
    Wrapped,
    /// YYYY-MM in any hand.
    Month,
    /// YYYY-MM-DD in any hand; without a year it is in this one.
    Day(i32),
    /// A place in a competition: a number in any hand.
    Rank,
    /// One of a list, or anything else.
    Choice(&'a [&'a str]),
    /// Several lines, at least so many.
    Lines(usize),
}

/// Draws the fields of one person's form.
pub struct Fields<'a> {
    pub person: PersonId,
    /// What the check says of the person.
    pub findings: &'a [Finding],
    pub focus: &'a mut Focus,
    /// What is to be looked at though no clause says so.
    pub oddities: &'a [Oddity],
    /// Values that others in the book have, by field.
    pub known: &'a BTreeMap<&'static str, Vec<String>>,
    /// The row of a list that the fields stand in, as its card says it ("荣誉 2"); "": none. A screen reader says it too.
    pub row: String,
}

impl Fields<'_> {
    /// A field under its label.
    pub fn text(&mut self, ui: &mut Ui, path: &str, label: &str, entry: Entry<'_>, value: &mut String) -> Response {
        self.hinted(ui, path, label, "", entry, value)
    }

    /// A field under its label, with a hint while it is empty.
    pub fn hinted(
        &mut self,
        ui: &mut Ui,
        path: &str,
        label: &str,
        hint: &str,
        entry: Entry<'_>,
        value: &mut String,
    ) -> Response {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = TINY;
            let name = self.label(ui, path, label);
            let response = if self.row.is_empty() {
                self.entry(ui, path, hint, entry, value).labelled_by(name.id)
            } else {
                let name = self.in_row(label);
                self.cell(ui, path, &name, hint, entry, value)
            };
            self.findings(ui, path);
            response
        })
        .inner
    }

    /// What a screen reader calls something in the row.
    pub fn in_row(&self, label: &str) -> String {
        if self.row.is_empty() { label.to_owned() } else { format!("{} {label}", self.row) }
    }

    /// Kinds that exclude each other, of which `is` tells the present one; what was chosen. `group` says what they are kinds of.
    pub fn kinds<T: Copy>(
        &mut self,
        ui: &mut Ui,
        path: &str,
        group: &str,
        kinds: &[(T, &str)],
        is: impl Fn(T) -> bool,
    ) -> Option<T> {
        let mut chosen = None;
        let stands = kinds.iter().position(|&(kind, _)| is(kind));
        one_stop(ui, path, stands, |ui| {
            let button = |&(kind, word): &(T, &str)| {
                let response = radio(ui, is(kind), word);
                let (enabled, name) = (ui.is_enabled(), self.in_row(&format!("{group}：{word}")));
                response.widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, is(kind), &name));
                self.anchor(&response, path);
                if response.clicked() {
                    chosen = Some(kind);
                }
                response
            };
            kinds.iter().map(button).collect()
        });
        chosen
    }

    /// A field in a table: its column says what it is, `name` says it to a screen reader.
    pub fn cell(
        &mut self,
        ui: &mut Ui,
        path: &str,
        name: &str,
        hint: &str,
        entry: Entry<'_>,
        value: &mut String,
    ) -> Response {
        let response = self.entry(ui, path, hint, entry, value);
        let (enabled, value) = (ui.is_enabled(), value.clone());
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::TextInput, enabled, name);
            info.current_text_value = Some(value.clone());
            info
        });
        response
    }

    /// Yes, no, or not asked yet.
    pub fn yes_no(&mut self, ui: &mut Ui, path: &str, label: &str, value: &mut Option<bool>) {
        ui.vertical(|ui| {
            self.label(ui, path, label);
            ui.horizontal(|ui| {
                let stands = value.map(|yes| usize::from(!yes));
                one_stop(ui, path, stands, |ui| {
                    let button = |(answer, word)| {
                        let response = radio(ui, *value == Some(answer), word);
                        let (enabled, name) = (ui.is_enabled(), format!("{label}：{word}"));
                        let selected = *value == Some(answer);
                        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, selected, &name));
                        self.anchor(&response, path);
                        if response.clicked() {
                            *value = Some(answer);
                            self.focus.left = true;
                        }
                        response
                    };
                    [(true, "是"), (false, "否")].map(button).into()
                });
            });
            self.findings(ui, path);
        });
    }

    /// A button that belongs to a field: it takes the cursor when the field is wanted.
    pub fn anchor(&mut self, response: &Response, path: &str) {
        if self.is_wanted(path) {
            self.focus.wanted = None;
            response.request_focus();
            lead(response);
        }
        self.follow(response, path);
    }

    /// What the check says of a field, under it. An empty field is marked at its label and said no more of.
    pub fn findings(&self, ui: &mut Ui, path: &str) {
        for finding in self.of(path).filter(|finding| finding.code != FindingCode::FieldRequired) {
            note::finding(ui, finding);
        }
        // What is half typed is odd as a matter of course.
        let here = self.focus.field.as_deref() == Some(path);
        for oddity in self.oddities.iter().filter(|oddity| !here && oddity.field == path) {
            note::remark(ui, Severity::Warn, &oddity.words);
        }
    }

    fn label(&self, ui: &mut Ui, path: &str, label: &str) -> Response {
        let palette = palette(ui);
        let row = ui.spacing().interact_size.y;
        // A line of small text, not a line of buttons.
        ui.spacing_mut().interact_size.y = 18.0;
        let name = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let name = ui.add(Label::new(RichText::new(label).size(TEXT_SMALL).color(palette.label)));
            self.missing(ui, path);
            name
        });
        ui.spacing_mut().interact_size.y = row;
        name.inner
    }

    /// Says of an empty field that it is to be filled.
    pub fn missing(&self, ui: &mut Ui, path: &str) {
        if let Some(finding) = self.of(path).find(|finding| finding.code == FindingCode::FieldRequired) {
            // Where few are left they are what the number at the part counts; of many none stands out.
            let left = self.findings.iter().filter(|finding| finding.code == FindingCode::FieldRequired).count();
            let ink = if left > MANY_EMPTY { palette(ui).weak } else { palette(ui).fault };
            let mark = RichText::new("待填").size(TEXT_SMALL).color(ink);
            ui.add(Label::new(mark)).on_hover_text(&finding.message);
        }
    }

    /// Findings of a field. While the cursor is in it, only those that stood there when it came.
    fn of<'s>(&'s self, path: &'s str) -> impl Iterator<Item = &'s Finding> {
        let here = self.focus.field.as_deref() == Some(path);
        self.findings
            .iter()
            .filter(move |finding| finding.field.as_deref() == Some(path))
            .filter(move |finding| !here || self.focus.said.contains(&finding.code))
    }

    /// A finding may name a row or a group; its first field then gets the cursor.
    fn is_wanted(&self, path: &str) -> bool {
        let Some(wanted) = &self.focus.wanted else { return false };
        path.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }

    fn follow(&mut self, response: &Response, path: &str) {
        if response.gained_focus() {
            let said = self.findings.iter().filter(|finding| finding.field.as_deref() == Some(path));
            self.focus.said = said.map(|finding| finding.code).collect();
        }
        if response.has_focus() {
            (self.focus.field, self.focus.is_seen) = (Some(path.to_owned()), true);
            if self.focus.last.as_deref() != Some(path) {
                self.focus.last = Some(path.to_owned());
            }
        }
        if response.lost_focus() {
            self.focus.left = true;
            if self.focus.field.as_deref() == Some(path) {
                self.focus.field = None;
            }
        }
    }

    fn entry(&mut self, ui: &mut Ui, path: &str, hint: &str, entry: Entry<'_>, value: &mut String) -> Response {
        let palette = palette(ui);
        let id = Id::unique(("field", self.person.0, path));
        let focused = ui.memory(|memory| memory.has_focus(id));
        let worst = self
            .of(path)
            .filter(|finding| finding.code != FindingCode::FieldRequired)
            .map(|f| f.severity)
            .min_by_key(weight);
        let options = self.options(path, entry);
        let arrow = if options.is_empty() { 0 } else { 26 };
        let frame = field_frame(ui, focused, worst, arrow);
        let choices = Choices::new(id, &options);
        // What a choice is, is seen at a glance; text that others have is only offered where nothing stands yet.
        let opens = matches!(entry, Entry::Choice(_)) || value.trim().is_empty();
        // ↓ goes through the lines of a text where it has several.
        let rows_id = id.with("rows");
        let is_one_row = ui.data(|data| data.get_temp::<usize>(rows_id)).unwrap_or(1) <= 1;
        let mut chosen = if focused { choices.keys(ui, value, opens || is_one_row) } else { None };
        let is_chosen_by_key = chosen.is_some();
        let edit = match entry {
            Entry::Lines(rows) => TextEdit::multiline(value).desired_rows(rows),
            Entry::Wrapped => TextEdit::multiline(value).desired_rows(1).return_key(None),
            _ => TextEdit::singleline(value),
        };
        let hint = RichText::new(hint).color(palette.weak.gamma_multiply(0.8));
        let at = if self.is_wanted(path) { self.focus.at.take() } else { None };
        if let Some(at) = at {
            cursor_to(ui, id, at);
        }
        let edit = edit.id(id).frame(frame).desired_width(f32::INFINITY).hint_text(hint);
        let shown = edit.event_filter(Choices::event_filter()).show(ui);
        let response = shown.response.response;
        if !options.is_empty() {
            ui.data_mut(|data| data.insert_temp(rows_id, shown.galley.rows.len()));
        }
        // egui follows the text's cursor only in a field that it paints, and no further than to the edge: a long text that has
        // become a short one may lie above what is in sight, and a field that has grown by a line reach below it.
        if response.changed()
            && let Some(range) = shown.cursor_range
        {
            let place = shown.galley.pos_from_cursor(range.primary).translate(shown.galley_pos.to_vec2());
            ui.scroll_to_rect(place.expand2(vec2(0.0, AROUND_CURSOR)), None);
        }
        // What is pasted into one line of text stays one.
        if matches!(entry, Entry::Wrapped) && response.changed() && value.contains(['\n', '\r']) {
            *value = value.replace(['\n', '\r'], " ");
        }
        if focused {
            halo(ui, response.rect);
        }
        if self.is_wanted(path) {
            self.focus.wanted = None;
            response.request_focus();
            match at {
                // Of a long text the place, not the middle, comes into view.
                Some(at) => {
                    let place = shown.galley.pos_from_cursor(CCursor::new(at));
                    lead_into(ui, place.translate(shown.galley_pos.to_vec2()));
                }
                None => lead(&response),
            }
        }
        self.follow(&response, path);
        if response.has_focus() {
            self.focus.is_long = matches!(entry, Entry::Lines(_));
        }
        self.focus.typed.1.push(id);
        // An input method keeps the Enter that ends its composition to itself.
        let ends = !matches!(entry, Entry::Lines(_)) && (focused || response.lost_focus());
        let is_ended = ends && ui.input(|input| input.key_pressed(Key::Enter));
        if is_ended {
            response.request_focus();
            self.focus.ended = Some(id);
            ui.ctx().request_repaint();
        }
        // What is pasted is whole, and a step of 撤销 by itself: read later, it would be left half undone.
        let is_paste = |event: &Event| matches!(event, Event::Paste(_));
        let is_pasted = response.changed() && ui.input(|input| input.events.iter().any(is_paste));
        if response.lost_focus() || is_ended || is_pasted {
            let written = match entry {
                Entry::Month => entry::year_month(value),
                Entry::Day(year) => entry::day(value, year),
                Entry::Rank => entry::rank(value).map(|rank| rank.to_string()),
                _ => None,
            };
            if let Some(written) = written.filter(|written| written != value) {
                *value = written;
                cursor_to_end(ui, id, value);
            }
        }
        if !options.is_empty() {
            let arrow = self.arrow(ui, &response, path);
            let by_click = response.clicked() && opens;
            chosen = chosen.or(choices.show(ui, &response, &arrow, by_click, value));
        }
        if let Some(chosen) = chosen {
            *value = chosen;
            self.focus.left = true;
            cursor_to_end(ui, id, value);
            // Enter goes on, as from any field: what is typed next would be written behind what was chosen.
            if is_chosen_by_key {
                self.focus.ended = Some(id);
                ui.ctx().request_repaint();
            }
        }
        response
    }

    fn options(&self, path: &str, entry: Entry<'_>) -> Vec<String> {
        match entry {
            Entry::Choice(list) => list.iter().map(|&word| word.to_owned()).collect(),
            _ => self.known.get(path).cloned().unwrap_or_default(),
        }
    }

    /// The arrow at the right end, which opens the list.
    fn arrow(&self, ui: &Ui, field: &Response, path: &str) -> Response {
        let palette = palette(ui);
        let place = field.rect.with_min_x(field.rect.right() - 32.0);
        // Not a stop for Tab: the arrow key does the same from the field.
        let arrow = ui.interact(place, field.id.with("arrow"), Sense::CLICK);
        let name = self.in_row(&format!("{}：列表", crate::domain::field_label(path)));
        arrow.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        triangle(ui, place.center(), if arrow.hovered() { palette.accent } else { palette.weak });
        arrow
    }
}

/// So much above and below the line that is typed in is in sight too, in points.
const AROUND_CURSOR: f32 = 10.0;

/// Typing goes on behind a text that was put into a field.
fn cursor_to_end(ui: &Ui, id: Id, text: &str) {
    cursor_to(ui, id, text.chars().count());
}

fn cursor_to(ui: &Ui, id: Id, at: usize) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(at))));
    state.store(ui.ctx(), id);
}

/// Which arrow keys go from one of several to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrows {
    /// Of a list: up and down.
    Vertical,
    /// Of buttons beside each other, as many to a line as there is room for.
    Both,
}

/// Choices that exclude each other, of which the one at `stands` is chosen: arrow keys go from one to the next, and for Tab
/// they are one stop, at the one that is chosen. Else Tab and a space would change what somebody only meant to pass.
pub fn one_stop(ui: &mut Ui, salt: &str, stands: Option<usize>, draw: impl FnOnce(&mut Ui) -> Vec<Response>) {
    let place = ui.scope_id().with(("one stop", salt));
    // Who they were in the last pass, and whether one of them had the cursor then.
    let (before, had): (Vec<Id>, bool) = ui.data(|data| data.get_temp(place)).unwrap_or_default();
    let cursor = ui.memory(|memory| memory.focused());
    let was_here = had && cursor.is_some_and(|id| before.contains(&id));
    // egui goes on from the one that has the cursor: from the first back, from the last on.
    let (tab, back) = ui.input(|input| (input.key_pressed(Key::Tab), input.modifiers.shift));
    let (pass, last_tab) = (ui.ctx().cumulative_pass_nr(), Id::unique("the last pass with Tab"));
    if tab {
        ui.data_mut(|data| data.insert_temp(last_tab, pass));
    }
    // Back, egui moves the cursor a pass later.
    let by_tab = ui.data(|data| data.get_temp::<u64>(last_tab)).is_some_and(|last| pass <= last + 1);
    let edge = if back { before.first() } else { before.last() };
    if let Some(&edge) = edge.filter(|_| was_here && tab) {
        ui.memory_mut(|memory| memory.request_focus(edge));
    }
    let buttons = draw(ui);
    walk(ui, &buttons, Arrows::Both);
    let came = buttons.iter().find(|button| button.has_focus()).filter(|_| by_tab && !was_here);
    if let Some(chosen) =
        stands.and_then(|at| buttons.get(at)).filter(|chosen| came.is_some_and(|came| came.id != chosen.id))
    {
        chosen.request_focus();
    }
    let now = (buttons.iter().map(|button| button.id).collect(), came_to(ui, &buttons));
    if now != (before, had) {
        ui.data_mut(|data| data.insert_temp(place, now));
    }
}

/// Whether one of them has the cursor by now.
fn came_to(ui: &Ui, buttons: &[Response]) -> bool {
    let cursor = ui.memory(|memory| memory.focused());
    buttons.iter().any(|button| cursor == Some(button.id))
}

/// Arrow keys go from one to the next within a list or a group, and no further: egui itself would go on to what lies beside
/// or under it.
pub fn walk(ui: &Ui, lines: &[Response], arrows: Arrows) {
    let Some(index) = lines.iter().position(Response::has_focus) else { return };
    let Some(line) = lines.get(index) else { return };
    let both = arrows == Arrows::Both;
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: both, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(line.id, filter));
    if line.gained_focus() {
        // egui takes the filter only from what had the cursor before: the next key must find it in force.
        ui.ctx().request_repaint();
    }
    let keys = [(Key::ArrowUp, -1), (Key::ArrowDown, 1), (Key::ArrowLeft, -1), (Key::ArrowRight, 1)];
    for (key, step) in keys.into_iter().take(if both { 4 } else { 2 }) {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
            && let Some(next) = index.checked_add_signed(step).and_then(|next| lines.get(next))
        {
            next.request_focus();
            next.scroll_to_me(None);
        }
    }
}

fn weight(severity: &Severity) -> u8 {
    match severity {
        Severity::Block => 0,
        Severity::Judge => 1,
        Severity::Warn => 2,
    }
}

fn triangle(ui: &Ui, center: eframe::egui::Pos2, color: Color32) {
    let at = |offset: eframe::egui::Vec2| pos2(center.x + offset.x, center.y + offset.y);
    let points = vec![at(vec2(-4.0, -2.0)), at(vec2(4.0, -2.0)), at(vec2(0.0, 3.0))];
    ui.painter().add(Shape::convex_polygon(points, color, Stroke::NONE));
}
