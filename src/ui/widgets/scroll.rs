//! Scrolled columns that keep in sight what the keyboard leads to.

use eframe::egui::scroll_area::ScrollAreaOutput;
use eframe::egui::style::ScrollAnimation;
use eframe::egui::{Align, Context, Id, Key, Modifiers, Popup, Rect, Response, ScrollArea, Ui, vec2};

/// A column that scrolls to whatever gets the cursor by a key: egui's own stays where it is.
pub trait FollowFocus {
    fn show_and_follow<R>(self, ui: &mut Ui, draw: impl FnOnce(&mut Ui) -> R) -> ScrollAreaOutput<R>;
}

impl FollowFocus for ScrollArea {
    fn show_and_follow<R>(self, ui: &mut Ui, draw: impl FnOnce(&mut Ui) -> R) -> ScrollAreaOutput<R> {
        self.show(ui, |ui| {
            let inner = draw(ui);
            follow(ui);
            inner
        })
    }
}

/// Brings into the middle what somebody is led to. It gets the cursor by that: nothing else is followed in this pass.
pub fn lead(to: &Response) {
    to.scroll_to_me(Some(Align::Center));
    note_lead(&to.ctx);
}

/// The same for a place in a long text.
pub fn lead_into(ui: &Ui, place: Rect) {
    ui.scroll_to_rect(place, Some(Align::Center));
    note_lead(ui.ctx());
}

/// What gets the cursor in this pass is not followed: something else is to be seen.
pub fn stay(context: &Context) {
    note_lead(context);
}

fn note_lead(context: &Context) {
    let pass = context.cumulative_pass_nr();
    context.data_mut(|data| data.insert_temp(led(), pass));
}

fn led() -> Id {
    Id::unique("led")
}

/// What stands above a field and belongs to it, its label, in points.
const LABEL: f32 = 30.0;

fn follow(ui: &Ui) {
    if ui.data(|data| data.get_temp(led())) == Some(ui.ctx().cumulative_pass_nr()) {
        return;
    }
    let Some(response) = holder(ui).filter(|held| held.gained_focus() && held.layer_id == ui.layer_id()) else {
        return;
    };
    let by_pointer = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
    // A long text is led through by its own cursor.
    let is_long = response.rect.height() > ui.ctx().content_rect().height() / 2.0;
    // What is seen elsewhere in the window may lie over what this column has scrolled away.
    let is_elsewhere = response.interact_rect.is_positive() && !ui.clip_rect().intersects(response.interact_rect);
    if !by_pointer && !is_long && !is_elsewhere && ui.min_rect().contains(response.rect.center()) {
        let rect = response.rect;
        ui.scroll_to_rect(rect.with_min_y(rect.top() - LABEL), None);
    }
}

/// Lines that are seen before a page is turned and after it, in points.
const OVERLAP: f32 = 40.0;

/// Keys that leaf through the column that is being drawn, from its first line to its last. A field that is typed into has
/// them for itself, as has whatever lies over the window.
pub fn leaf(ui: &Ui) {
    let is_under = !ui.memory(|memory| memory.allows_interaction(ui.layer_id()));
    if is_under || ui.ctx().text_edit_focused() || Popup::is_any_open(ui.ctx()) {
        return;
    }
    let page = (ui.clip_rect().height() - OVERLAP).max(OVERLAP);
    let whole = ui.min_rect().height();
    for (key, way) in [(Key::PageUp, page), (Key::PageDown, -page), (Key::Home, whole), (Key::End, -whole)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            ui.scroll_with_delta_animation(vec2(0.0, way), ScrollAnimation::none());
        }
    }
}

/// What has the cursor.
pub fn holder(ui: &Ui) -> Option<Response> {
    let id = ui.memory(|memory| memory.focused())?;
    let response = ui.ctx().read_response(id);
    // egui takes a click on anything else for a farewell whenever it is asked, also where the cursor has just come by it.
    if !ui.memory(|memory| memory.has_focus(id)) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    response
}
