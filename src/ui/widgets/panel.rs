//! Panels at the sides of the window that the mouse makes wider.

use eframe::egui::{FocusDirection, Frame, Id, IdSalt, Panel, Rangef, Ui};

/// A column at a side of the window.
pub struct Column {
    panel: Panel,
    id: Id,
    /// The width that the window gives it, until the clerk gives it another.
    width: f32,
}

impl Column {
    pub fn left(ui: &Ui, name: &'static str, width: f32) -> Self {
        Self { panel: Panel::left(name), id: id(ui, name), width }
    }

    pub fn right(ui: &Ui, name: &'static str, width: f32) -> Self {
        Self { panel: Panel::right(name), id: id(ui, name), width }
    }

    /// Draws it. Returns the width that the clerk has given it with the mouse; `is_given`: that is where `width` comes from.
    pub fn show(
        self,
        ui: &mut Ui,
        frame: Frame,
        widths: impl Into<Rangef>,
        is_given: bool,
        content: impl FnOnce(&mut Ui),
    ) -> Option<f32> {
        let handle = self.id.with("__resize");
        let is_pulled = ui.ctx().read_response(handle).is_some_and(|handle| handle.dragged() || handle.drag_stopped());
        let widths = widths.into();
        let mut panel = self.panel.frame(frame).default_size(self.width).size_range(widths);
        if !is_given && !is_pulled {
            // Another window, another width: egui would keep the first one.
            let width = widths.clamp(self.width);
            panel = panel.size_range(Rangef::point(width));
        }
        // Its edge is for the mouse. Tab would come to a stop there that nobody sees: it goes on as it came.
        let came_back = ui.memory(|memory| memory.has_focus(handle));
        if came_back {
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::Previous));
        }
        let shown = panel.show(ui, content);
        if !came_back && ui.memory(|memory| memory.has_focus(handle)) {
            ui.memory_mut(|memory| {
                memory.surrender_focus(handle);
                memory.move_focus(FocusDirection::Next);
            });
        }
        (is_given || is_pulled).then(|| shown.response.rect.width())
    }
}

fn id(ui: &Ui, name: &'static str) -> Id {
    ui.scope_id().with_salt(IdSalt::new(name))
}
