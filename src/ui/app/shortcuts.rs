//! The keys that work everywhere in the window.

use eframe::egui::{Context, Event, Key, Modifiers, Popup};

use super::{App, ZOOM_STEP};
use crate::ui::desk::{Tab, View};
use crate::ui::dialogs::Purpose;
use crate::ui::screens::{self, Action};
use crate::ui::tokens::WIDE_WINDOW;
use crate::ui::worker::Order;

/// Screens with a key of their own.
const SCREENS: [(Key, View); 3] = [(Key::F7, View::Check), (Key::F8, View::Notice), (Key::F9, View::History)];
/// With Ctrl, the parts of the form in their order, at last the pages.
const PARTS: [Key; 8] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];

impl App {
    /// Takes the keys in before anything is drawn. A key that leads elsewhere takes the cursor out of its field first: what
    /// is typed there is read as when it is left by Tab.
    pub(super) fn shortcuts(&mut self, context: &Context, actions: &mut Vec<Action>) {
        let before = actions.len();
        self.keys(context, actions);
        let in_form = self.desk.as_ref().is_some_and(|desk| desk.view == View::Form);
        let leads_elsewhere = |action: &Action| match action {
            Action::Show(_) | Action::Turn(_) | Action::GoTo(..) | Action::Order(Order::Add(_)) => true,
            Action::Select(_) => in_form,
            _ => false,
        };
        // What comes together with the key still goes into the field.
        let brings_text = |event: &Event| match event {
            Event::Key { key, pressed: true, .. } => matches!(key, Key::Backspace | Key::Delete),
            event => matches!(event, Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Ime(_)),
        };
        if actions.iter().skip(before).any(leads_elsewhere)
            && !context.input(|input| input.events.iter().any(brings_text))
            && let Some(held) = context.memory(|memory| memory.focused()).filter(|_| context.text_edit_focused())
        {
            context.memory_mut(|memory| memory.surrender_focus(held));
        }
    }

    fn keys(&mut self, context: &Context, actions: &mut Vec<Action>) {
        let pressed = |modifiers, key| context.input_mut(|input| input.consume_key(modifiers, key));
        if pressed(Modifiers::NONE, Key::F1) {
            self.help = !self.help;
        }
        if pressed(Modifiers::COMMAND, Key::Plus) || pressed(Modifiers::COMMAND, Key::Equals) {
            actions.push(Action::Zoom(self.settings.zoom + ZOOM_STEP));
        }
        if pressed(Modifiers::COMMAND, Key::Minus) {
            actions.push(Action::Zoom(self.settings.zoom - ZOOM_STEP));
        }
        if pressed(Modifiers::COMMAND, Key::Num0) {
            actions.push(Action::Zoom(1.0));
        }
        if pressed(Modifiers::COMMAND, Key::O) && self.desk.is_none() {
            actions.push(Action::Ask(Purpose::OpenBook));
        }
        let Some(desk) = &mut self.desk else { return };
        // A question or a path is answered first; what lies over the window is put away first.
        let asked = self.arrivals.ask.is_some() || !self.arrivals.refused.is_empty();
        let covered = self.help || desk.is_covered();
        if asked || covered || desk.question.is_some() || self.dialogs.typed.is_some() {
            return;
        }
        // In a field that is not of the book (search, a path) the keys are the field's own.
        let focused = context.memory(|memory| memory.focused());
        let is_draft = focused.is_some() && focused == desk.drafts.focused;
        let elsewhere = context.text_edit_focused() && desk.focus.field.is_none() && !is_draft;
        if !elsewhere {
            if pressed(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z) || pressed(Modifiers::COMMAND, Key::Y) {
                actions.push(Action::Order(Order::Redo));
            }
            if pressed(Modifiers::COMMAND, Key::Z) {
                actions.push(Action::Order(Order::Undo));
            }
        }
        if pressed(Modifiers::COMMAND, Key::F) {
            let field = if desk.view == View::Notice { screens::find_id() } else { screens::search_id() };
            context.memory_mut(|memory| memory.request_focus(field));
        }
        // An input method that composes has such keys for itself: candidates are chosen by number.
        if !self.composed {
            if pressed(Modifiers::COMMAND, Key::N)
                && let Some(recommender) = desk.recommender()
            {
                actions.push(Action::Order(Order::Add(recommender)));
            }
            if pressed(Modifiers::COMMAND, Key::P) {
                actions.push(Action::Show(View::Export));
            }
            let is_wide = context.content_rect().width() >= WIDE_WINDOW;
            let parts = Tab::FORM.into_iter().chain((!is_wide).then_some(Tab::Pages));
            let part = PARTS.into_iter().zip(parts).find(|&(key, _)| pressed(Modifiers::COMMAND, key));
            let screen = SCREENS.into_iter().find(|&(key, _)| pressed(Modifiers::NONE, key));
            let screen = screen.filter(|&(_, view)| desk.view != view);
            if part.is_some() || screen.is_some() {
                Popup::close_all(context);
            }
            actions.extend(part.map(|(_, tab)| Action::Turn(tab)));
            actions.extend(screen.map(|(_, view)| Action::Show(view)));
        }
        // Where a card has the cursor, the keys are that card's.
        if focused.is_none()
            && let Some(selected) = desk.selected
        {
            for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
                if pressed(Modifiers::ALT, key)
                    && let Some(place) = desk.place_after_step(selected, step)
                {
                    actions.push(Action::Order(Order::Place(selected, place)));
                }
            }
        }
        // An open list is closed by the same key, a composition ended.
        // The search, which egui has taken the cursor from by this key, gives the whole list back by it.
        let is_searching = context.read_response(screens::search_id()).is_some_and(|search| search.lost_focus());
        let is_taken = Popup::is_any_open(context) || self.composed || is_searching;
        if desk.view != View::Form && !is_taken && pressed(Modifiers::NONE, Key::Escape) {
            actions.push(Action::Show(View::Form));
        }
        for (key, step) in [(Key::PageUp, -1), (Key::PageDown, 1)] {
            if !self.composed && pressed(Modifiers::COMMAND, key) {
                let order = desk.in_order();
                let at = order.iter().position(|&id| Some(id) == desk.selected);
                let next = at.and_then(|at| order.get(at.checked_add_signed(step)?)).copied();
                let field = desk.tab.first_field().filter(|_| desk.view == View::Form).map(str::to_owned);
                actions.extend(next.map(|next| match field {
                    Some(field) => Action::GoTo(next, field),
                    None => Action::Select(next),
                }));
            }
        }
    }
}
