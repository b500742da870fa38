//! What can be pressed.

use eframe::egui::{
    Align2, Button, CornerRadius, Id, Response, RichText, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    accesskit::Role, vec2,
};

use super::frame::halo;
use crate::ui::standing::Tally;
use crate::ui::tokens::{self, TEXT, palette};

/// An ordinary button.
pub fn button(ui: &mut Ui, text: &str) -> Response {
    ui.add(Button::new(text))
}

/// The one button of a screen that leads on.
pub fn primary(ui: &mut Ui, text: &str) -> Response {
    let palette = palette(ui);
    let text = RichText::new(text).color(palette.on_accent);
    let response = ui.add(Button::new(text).fill(palette.accent).stroke(Stroke::new(1.0, palette.accent)));
    // Its own ground hides how egui shows the cursor.
    if response.has_focus() {
        let line = Stroke::new(2.0, palette.accent);
        ui.painter().rect_stroke(response.rect.expand(3.0), 8.0, line, StrokeKind::Middle);
    }
    response
}

/// A square button with a sign; `name` says what it does.
pub fn icon_button(ui: &mut Ui, sign: &str, name: &str) -> Response {
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding.x = 4.0;
            ui.add(Button::new(sign).min_size(Vec2::splat(32.0)))
        })
        .inner;
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    response.on_hover_text(name)
}

/// A box to be ticked; less round than a button, so that nobody takes it for a choice of several.
pub fn checkbox(ui: &mut Ui, value: &mut bool, text: &str) -> Response {
    ui.scope(|ui| {
        let mark = palette(ui).mark;
        let widgets = &mut ui.visuals_mut().widgets;
        let states = [
            &mut widgets.noninteractive,
            &mut widgets.inactive,
            &mut widgets.hovered,
            &mut widgets.active,
            &mut widgets.open,
        ];
        for state in states {
            state.corner_radius = CornerRadius::same(2);
        }
        widgets.inactive.bg_stroke.color = mark;
        let response = ui.checkbox(value, text);
        if response.clicked() {
            response.request_focus();
        }
        if response.has_focus() {
            halo(ui, response.rect);
        }
        response
    })
    .inner
}

/// One of several that exclude each other.
pub fn radio(ui: &mut Ui, is: bool, text: impl Into<String>) -> Response {
    // Not in a scope: in a row that wraps, each goes to the next line by itself.
    let mark = palette(ui).mark;
    let border = std::mem::replace(&mut ui.visuals_mut().widgets.inactive.bg_stroke.color, mark);
    let response = ui.radio(is, text.into());
    if ui.data(|data| data.get_temp(choice_wanted())).unwrap_or(false) {
        ui.data_mut(|data| data.remove::<bool>(choice_wanted()));
        response.request_focus();
    }
    ui.visuals_mut().widgets.inactive.bg_stroke.color = border;
    // What was pressed has the cursor: Tab goes on from there.
    if response.clicked() {
        response.request_focus();
    }
    if response.has_focus() {
        halo(ui, response.rect);
    }
    response
}

/// Draws something whose first choice is to get the cursor, if that is `wanted`.
pub fn first_choice(ui: &mut Ui, wanted: bool, draw: impl FnOnce(&mut Ui)) {
    if wanted {
        ui.data_mut(|data| data.insert_temp(choice_wanted(), true));
    }
    draw(ui);
    ui.data_mut(|data| data.remove::<bool>(choice_wanted()));
}

fn choice_wanted() -> Id {
    Id::unique("the next choice gets the cursor")
}

/// The same, of a value that becomes `this` where it is chosen.
pub fn radio_value<T: PartialEq>(ui: &mut Ui, value: &mut T, this: T, text: impl Into<String>) -> Response {
    let mut response = radio(ui, *value == this, text);
    if response.clicked() && *value != this {
        *value = this;
        response.mark_changed();
    }
    response
}

/// A box of which there are several on the screen: `name` also says of what it is, for who does not see where it stands.
pub fn named_checkbox(ui: &mut Ui, value: &mut bool, text: &str, name: &str) -> Response {
    let response = checkbox(ui, value, text);
    let (enabled, is) = (ui.is_enabled(), *value);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, is, name));
    response
}

/// Words that do something, in the accent colour.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    let palette = palette(ui);
    let font = eframe::egui::FontId::proportional(tokens::TEXT_SMALL);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, palette.accent);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(0.0, 4.0), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Link, enabled, text));
    if response.has_focus() {
        // As a button with the cursor, around the words: they stay where they are.
        let line = Stroke::new(1.0, palette.accent);
        let around = rect.expand2(vec2(4.0, 0.0));
        ui.painter().rect(around, tokens::RADIUS, palette.accent_faint, line, StrokeKind::Middle);
    }
    let at = rect.left_center() - vec2(0.0, galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.accent);
    if response.hovered() && !response.has_focus() {
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, palette.accent));
    }
    response.on_hover_cursor(eframe::egui::CursorIcon::PointingHand)
}

/// The same where the words alone do not say what is meant: `name` does, to a screen reader.
pub fn named_link(ui: &mut Ui, text: &str, name: &str) -> Response {
    let response = link(ui, text);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Link, enabled, name));
    response
}

/// A button whose words alone do not say what is meant.
pub fn named_button(ui: &mut Ui, text: &str, name: &str) -> Response {
    let response = button(ui, text);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    response
}

/// A tab with the numbers of faults and of steps to come behind it, and a quiet dot where something is to be looked at.
pub fn tab(ui: &mut Ui, text: &str, left: Tally, selected: bool) -> Response {
    let palette = palette(ui);
    let color = if selected { palette.accent } else { palette.text };
    let words = ui.painter().layout_no_wrap(text.to_owned(), eframe::egui::FontId::proportional(TEXT), color);
    // One number: two side by side read as one of two figures. What is wrong is mended first.
    let mut counts = [(left.faults, palette.fault), (left.steps, palette.warn)].into_iter();
    let count = counts.find(|(count, _)| *count > 0).map(|(count, ink)| {
        let font = eframe::egui::FontId::proportional(tokens::TEXT_SMALL);
        (ui.painter().layout_no_wrap(count.to_string(), font, ink), ink)
    });
    let width = words.size().x + count.as_ref().map_or(0.0, |(count, _)| count.size().x + 4.0);
    let dot = if left.doubts > 0 { 12.0 } else { 0.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(width + dot + 4.0, 44.0), Sense::click());
    let enabled = ui.is_enabled();
    let mut name = text.to_owned();
    for (count, word) in [(left.faults, "处问题"), (left.steps, "步没有完成"), (left.doubts, "处请核对")] {
        if count > 0 {
            name.push_str(&format!("，{count} {word}"));
        }
    }
    response.widget_info(|| WidgetInfo::selected(Role::Tab, enabled, selected, &name));
    let painter = ui.painter();
    let at = Align2::LEFT_CENTER.anchor_size(rect.left_center() + vec2(2.0, 0.0), words.size()).min;
    let after = at.x + words.size().x + 4.0;
    painter.galley(at, words, color);
    if let Some((count, ink)) = count {
        painter.galley(eframe::egui::pos2(after, at.y + 2.0), count, ink);
    }
    if left.doubts > 0 {
        painter.circle_filled(rect.right_center() - vec2(6.0, 0.0), 4.0, palette.warn);
    }
    if selected {
        painter.hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(2.0, palette.accent));
    } else if response.hovered() {
        painter.hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(2.0, palette.border));
    }
    if response.has_focus() {
        painter.rect_stroke(
            rect.shrink2(vec2(-4.0, 8.0)),
            tokens::RADIUS,
            Stroke::new(1.0, palette.accent),
            eframe::egui::StrokeKind::Inside,
        );
    }
    response.on_hover_cursor(eframe::egui::CursorIcon::PointingHand)
}
