//! What everything that is typed into looks like.

use eframe::egui::{Frame, Margin, Rect, Stroke, StrokeKind, Ui};

use crate::domain::Severity;
use crate::ui::tokens::{RADIUS, palette};

/// Room at a field's left and right, in points.
const SIDE: i8 = 10;

/// The frame of a field; its line says whether the cursor is in it, else the worst that is wrong with it. `right` is room
/// for a sign at the right end, in points.
pub fn field_frame(ui: &Ui, focused: bool, worst: Option<Severity>, right: i8) -> Frame {
    let palette = palette(ui);
    let border = match worst {
        _ if focused => palette.accent,
        Some(Severity::Block) => palette.fault,
        Some(Severity::Warn | Severity::Judge) => palette.warn,
        None => palette.border,
    };
    Frame::new().fill(palette.surface).stroke(Stroke::new(1.0, border)).corner_radius(RADIUS).inner_margin(Margin {
        left: SIDE,
        right: SIDE + right,
        top: 6,
        bottom: 6,
    })
}

/// A second, faint line around the field with the cursor: it is seen from afar.
pub fn halo(ui: &Ui, field: Rect) {
    let stroke = Stroke::new(2.0, palette(ui).accent.gamma_multiply(0.25));
    ui.painter().rect_stroke(field.expand(2.0), 8.0, stroke, StrokeKind::Middle);
}
