//! Scrolled columns that keep in sight what the keyboard leads to.

use eframe::egui::scroll_area::ScrollAreaOutput;
use eframe::egui::{Response, ScrollArea, Ui};

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

fn follow(ui: &Ui) {
    let Some(response) = holder(ui).filter(|held| held.gained_focus() && held.layer_id == ui.layer_id()) else {
        return;
    };
    let by_pointer = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
    // A long text is led through by its own cursor.
    let is_long = response.rect.height() > ui.ctx().content_rect().height() / 2.0;
    // What is seen elsewhere in the window may lie over what this column has scrolled away.
    let is_elsewhere = response.interact_rect.is_positive() && !ui.clip_rect().intersects(response.interact_rect);
    if !by_pointer && !is_long && !is_elsewhere && ui.min_rect().contains(response.rect.center()) {
        ui.scroll_to_rect(response.rect, None);
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
