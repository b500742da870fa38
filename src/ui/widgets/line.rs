//! A line to be typed outside of a person's form: label, field, and what is to be mended.

use eframe::egui::{Id, Key, Label, Response, RichText, TextEdit, Ui};

use super::frame::{field_frame, halo};
use crate::domain::Severity;
use crate::ui::tokens::{TEXT_SMALL, TINY, palette};

/// A labelled line.
pub struct Line<'a> {
    pub id: Id,
    pub label: &'a str,
    pub hint: &'a str,
    /// Stands under the field in the colour of a fault.
    pub fault: Option<&'a str>,
    /// Stands under the field, quietly.
    pub note: Option<&'a str>,
    /// Nobody may read it over the clerk's shoulder.
    pub is_secret: bool,
    /// Rows of the field; one: Enter ends it.
    pub rows: usize,
}

impl<'a> Line<'a> {
    pub fn new(id: Id, label: &'a str) -> Self {
        Self { id, label, hint: "", fault: None, note: None, is_secret: false, rows: 1 }
    }

    /// Draws it; whether Enter ended it in this pass.
    pub fn show(self, ui: &mut Ui, value: &mut String) -> (Response, bool) {
        let palette = palette(ui);
        let name = ui.add(Label::new(RichText::new(self.label).size(TEXT_SMALL).color(palette.label)));
        let focused = ui.memory(|memory| memory.has_focus(self.id));
        let frame = field_frame(ui, focused, self.fault.map(|_| Severity::Block), 0);
        let edit = match self.rows {
            1 => TextEdit::singleline(value),
            rows => TextEdit::multiline(value).desired_rows(rows),
        };
        let hint = RichText::new(self.hint).color(palette.weak.gamma_multiply(0.8));
        let edit = edit.id(self.id).frame(frame).password(self.is_secret).hint_text(hint);
        let response = ui.add(edit.desired_width(f32::INFINITY)).labelled_by(name.id);
        if focused {
            halo(ui, response.rect);
        }
        for (text, color) in [(self.fault, palette.fault), (self.note, palette.weak)] {
            if let Some(text) = text {
                ui.add(Label::new(RichText::new(text).size(TEXT_SMALL).color(color)).wrap());
            }
        }
        ui.add_space(TINY);
        let entered = self.rows == 1 && response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        (response, entered)
    }
}
