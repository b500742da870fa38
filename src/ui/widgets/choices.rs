//! Lists to choose from. They show everything where the window has room, else a bar says that there is more.

use std::fmt::Debug;
use std::hash::Hash;

use eframe::egui::style::ScrollStyle;
use eframe::egui::{
    Align, Button, ComboBox, Event, EventFilter, Id, ImeEvent, Key, Layout, Modifiers, Popup, PopupCloseBehavior, Rect,
    Response, ScrollArea, Sense, SetOpenCommand, Ui, WidgetInfo, accesskit::Role,
};

use crate::ui::tokens::TINY;

/// Height of a line, in points.
const LINE: f32 = 28.0;
/// Between a field and its list.
const GAP: f32 = 2.0;

/// How high a list may be that opens under a field, or above it where there is more room.
fn room(ui: &Ui, field: Rect) -> f32 {
    let window = ui.ctx().content_rect();
    let margin = ui.spacing().menu_margin.sum().y + 2.0 * GAP + 2.0 * TINY;
    ((window.bottom() - field.bottom()).max(field.top() - window.top()) - margin).max(2.0 * LINE)
}

/// Lines of a list stand close, and its bar is seen without searching for it.
fn compact(ui: &mut Ui) {
    let spacing = ui.spacing_mut();
    spacing.interact_size.y = LINE;
    spacing.button_padding.y = 2.0;
    spacing.item_spacing.y = 0.0;
    spacing.scroll = ScrollStyle { bar_width: 8.0, ..ScrollStyle::solid() };
}

/// A button with a list of values that exclude each other; `name` is what a screen reader calls it.
pub fn combo(
    ui: &mut Ui,
    salt: impl Hash + Debug,
    shown: &str,
    width: f32,
    name: &str,
    content: impl FnOnce(&mut Ui),
) -> Response {
    let height = ui.spacing().interact_size.y;
    let button = Rect::from_min_size(ui.cursor().min, eframe::egui::vec2(width, height));
    let room = room(ui, button);
    let combo = ComboBox::from_id_salt(Id::unique(salt)).selected_text(shown.to_owned()).width(width).truncate();
    // The list's own scroll area takes its bar from the style of the popup.
    let style = |style: &mut eframe::egui::Style| {
        eframe::egui::containers::menu::menu_style(style);
        style.spacing.scroll = ScrollStyle { bar_width: 8.0, ..ScrollStyle::solid() };
    };
    let mut chosen_by_key = false;
    let show = |ui: &mut Ui| {
        // A long value is cut short, not the button made longer.
        ui.set_max_width(width);
        combo.height(room).popup_style(style.into()).show_ui(ui, |ui| {
            compact(ui);
            content(ui);
            // By a key as by a click.
            let is_key = ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Space));
            let here = |id| ui.ctx().read_response(id).is_some_and(|held| held.layer_id == ui.layer_id());
            if is_key && ui.memory(|memory| memory.focused()).is_some_and(here) {
                ui.close();
                chosen_by_key = true;
            }
        })
    };
    let response = ui.scope(show).inner.response;
    keep_cursor(ui, &response);
    if chosen_by_key {
        response.request_focus();
    }
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
    response
}

/// Esc closes an open list and leaves the cursor on its button; so does a choice by Enter.
fn keep_cursor(ui: &Ui, button: &Response) {
    let id = button.id.with("was open by keys");
    let is_open = Popup::is_any_open(ui.ctx()) && ComboBox::is_open(ui.ctx(), button.id);
    let had = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let has = button.has_focus();
    let nobody = ui.memory(|memory| memory.focused().is_none());
    if had && !is_open && nobody {
        button.request_focus();
    }
    let by_keys = is_open && (had || has);
    if by_keys != had {
        ui.data_mut(|data| data.insert_temp(id, by_keys));
    }
}

/// The list of a field that is typed into. The cursor stays in the field all the while: typing, Tab and an input method go
/// on as in any other.
pub struct Choices<'a> {
    field: Id,
    options: &'a [String],
}

impl<'a> Choices<'a> {
    pub fn new(field: Id, options: &'a [String]) -> Self {
        Self { field, options }
    }

    fn popup(&self) -> Id {
        self.field.with("list")
    }

    pub fn is_open(&self, ui: &Ui) -> bool {
        Popup::is_id_open(ui.ctx(), self.popup())
    }

    /// Esc closes an open list and leaves the cursor where it is: without one, Tab would begin at the top of the window.
    pub fn event_filter() -> EventFilter {
        EventFilter { escape: true, horizontal_arrows: true, vertical_arrows: true, tab: false }
    }

    /// The line that the arrow keys have come to.
    fn marked(&self, ui: &Ui) -> Option<usize> {
        let marked: Option<usize> = ui.data(|data| data.get_temp(self.popup())).flatten();
        marked.filter(|&index| index < self.options.len())
    }

    /// The first line that begins with what is typed, else the first that holds it. Of a text that is in none of them no line
    /// is marked: Enter must not put another in its place.
    fn like(&self, typed: &str) -> Option<usize> {
        let typed = typed.trim();
        let first = |fits: &dyn Fn(&str) -> bool| self.options.iter().position(|option| fits(option));
        first(&|option| option.starts_with(typed)).or_else(|| first(&|option| option.contains(typed)))
    }

    fn mark(&self, ui: &Ui, line: Option<usize>) {
        ui.data_mut(|data| _ = data.insert_temp(self.popup(), line));
    }

    fn open(&self, ui: &Ui, line: Option<usize>) {
        self.mark(ui, line);
        Popup::open_id(ui.ctx(), self.popup());
    }

    fn close(&self, ui: &Ui) {
        Popup::close_id(ui.ctx(), self.popup());
    }

    /// Takes the keys that are the list's, while its field has the cursor and before the field takes its own. Returns what
    /// Enter chose.
    ///
    /// Where `by_arrow` is false ↓ goes through the lines of the text, and only with Alt opens the list.
    pub fn keys(&self, ui: &Ui, value: &str, by_arrow: bool) -> Option<String> {
        let last = self.options.len().checked_sub(1)?;
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let current = self.options.iter().position(|option| option == value);
        if !self.is_open(ui) {
            let with_alt = ui.input_mut(|input| input.consume_key(Modifiers::ALT, Key::ArrowDown));
            if with_alt || (by_arrow && pressed(Key::ArrowDown)) {
                self.open(ui, current.or_else(|| self.like(value)));
            }
            return None;
        }
        let marked = self.marked(ui);
        if pressed(Key::ArrowDown) {
            self.mark(ui, Some(marked.or(current).map_or(0, |line| (line + 1).min(last))));
        }
        if pressed(Key::ArrowUp) {
            self.mark(ui, Some(marked.or(current).map_or(last, |line| line.saturating_sub(1))));
        }
        // Without a line chosen by the arrow keys Enter ends the field, as it does without a list.
        let chosen = self.options.get(marked?)?;
        pressed(Key::Enter).then(|| {
            self.close(ui);
            chosen.clone()
        })
    }

    /// The list under its field, which `arrow` or a click opens. Returns what was clicked.
    pub fn show(&self, ui: &Ui, field: &Response, arrow: &Response, opens: bool, value: &str) -> Option<String> {
        let was_open = self.is_open(ui);
        if arrow.clicked() && was_open {
            self.close(ui);
            field.request_focus();
        } else if (arrow.clicked() || opens) && !was_open {
            self.open(ui, None);
            field.request_focus();
        }
        let is_composing =
            |event: &Event| matches!(event, Event::Ime(ImeEvent::Preedit { text, .. }) if !text.is_empty());
        // Who types wants no list before the text, nor under the candidates of an input method.
        if field.changed() || ui.input(|input| input.events.iter().any(is_composing)) {
            self.close(ui);
        }
        let (mut chosen, marked) = (None, self.marked(ui));
        let popup = Popup::from_response(field)
            .id(self.popup())
            .open_memory(None::<SetOpenCommand>)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .width(field.rect.width())
            .gap(GAP);
        let room = room(ui, field.rect);
        let shown = popup.show(|ui| {
            ui.set_max_height(room);
            ui.set_min_width(ui.available_width());
            compact(ui);
            ScrollArea::vertical().max_height(room).show(ui, |ui| {
                ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
                    for (index, option) in self.options.iter().enumerate() {
                        let is = marked.map_or(option == value, |marked| marked == index);
                        // Not a stop for Tab: that goes on to the next field.
                        let line = ui.add(Button::selectable(is, option).sense(Sense::CLICK).truncate());
                        if is && (marked.is_some() || !was_open) {
                            line.scroll_to_me(None);
                        }
                        if line.clicked() {
                            chosen = Some(option.clone());
                        }
                    }
                });
            });
        });
        let has_cursor = || ui.memory(|memory| memory.has_focus(self.field));
        let is_pressing = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
        match shown {
            // A press on its bar is no farewell to the field.
            Some(list) if !has_cursor() && (chosen.is_some() || list.response.contains_pointer()) => {
                field.request_focus()
            }
            Some(_) if !has_cursor() && !is_pressing => self.close(ui),
            _ => {}
        }
        if chosen.is_some() {
            self.close(ui);
        }
        chosen
    }
}
