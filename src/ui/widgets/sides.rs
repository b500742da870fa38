//! A row with something at its left and something at its right. Tab goes through both as one reads: egui's own layout from the
//! right would go backwards.

use eframe::egui::{Align, Id, Layout, Rect, Ui, UiBuilder};

use crate::ui::tokens::SMALL;

/// The two ends of the row that is being laid out.
pub struct Sides {
    id: Id,
    row: Rect,
    /// Width of what stands at the right, in points, once it is known.
    known: Option<f32>,
}

impl Sides {
    /// Divides what is left of the row; `name` tells it from all others.
    pub fn of(name: impl std::hash::Hash + std::fmt::Debug, ui: &Ui) -> Self {
        let id = Id::unique(("sides", name));
        Self { id, row: ui.available_rect_before_wrap(), known: ui.data(|data| data.get_temp(id)) }
    }

    /// What stands at the left; it has what room the right one leaves.
    pub fn left<R>(&self, ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
        let end = self.row.right() - self.width() - SMALL;
        let room = self.row.with_max_x(end.max(self.row.left()));
        ui.scope_builder(builder(room), content).inner
    }

    /// What stands at the right.
    pub fn right<R>(self, ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
        let room = self.row.with_min_x(self.row.right() - self.width());
        let shown = ui.scope_builder(builder(room), content);
        let width = shown.response.rect.width();
        if self.known.is_none_or(|known| (known - width).abs() > 0.1) {
            ui.data_mut(|data| data.insert_temp(self.id, width));
            ui.ctx().request_discard("what stands at the right has another width");
        }
        shown.inner
    }

    fn width(&self) -> f32 {
        self.known.unwrap_or(self.row.width() / 2.0).min(self.row.width())
    }
}

fn builder(room: Rect) -> UiBuilder {
    UiBuilder::new().max_rect(room).layout(Layout::left_to_right(Align::Center))
}
