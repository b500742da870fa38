//! Scrolled columns that keep in sight what the keyboard leads to.

use eframe::egui::scroll_area::ScrollAreaOutput;
use eframe::egui::{ScrollArea, Ui};

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
    let focused = ui.memory(|memory| memory.focused()).and_then(|id| ui.ctx().read_response(id));
    let Some(response) = focused.filter(|response| response.gained_focus() && response.layer_id == ui.layer_id())
    else {
        return;
    };
    let by_pointer = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
    // A long text is led through by its own cursor.
    let is_long = response.rect.height() > ui.ctx().content_rect().height() / 2.0;
    if !by_pointer && !is_long && ui.min_rect().contains(response.rect.center()) {
        ui.scroll_to_rect(response.rect, None);
    }
}
