//! What was typed goes into the book; what the book does not take in is kept and tried again.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use eframe::egui::{Context, ViewportCommand};

use super::app::App;
use super::desk::{Desk, Question};
use super::worker::Order;
use crate::domain::{Applicant, Body, Person, PersonId};

/// After a failure it is tried again this often: a stick that is back, a disk with room again needs no click.
const AGAIN: Duration = Duration::from_secs(5);

/// Forms that are not in the book yet although their person is no longer on the screen, and why the last try failed.
#[derive(Debug, Default)]
pub struct Unsaved {
    /// By person, with the book's content that the form was typed on.
    forms: BTreeMap<PersonId, Left>,
    /// What the clerk reads until everything is in the book.
    pub fault: Option<String>,
    next_try: Option<Instant>,
}

/// A form left behind.
#[derive(Debug)]
pub struct Left {
    pub base: Applicant,
    pub form: Applicant,
}

impl Unsaved {
    pub fn leave(&mut self, person: PersonId, base: Applicant, form: Applicant) {
        self.forms.insert(person, Left { base, form });
    }

    /// The form of a person who is shown again.
    pub fn take_back(&mut self, person: PersonId) -> Option<Left> {
        self.forms.remove(&person)
    }

    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    pub fn forms_mut(&mut self) -> impl Iterator<Item = (PersonId, &mut Left)> {
        self.forms.iter_mut().map(|(id, left)| (*id, left))
    }

    fn failed(&mut self, sentence: String, now: Instant) {
        self.fault = Some(sentence);
        self.next_try = Some(now + AGAIN);
    }

    /// The next try is made at once.
    pub fn hurry(&mut self) {
        self.next_try = self.next_try.map(|_| Instant::now());
    }

    fn succeeded(&mut self) {
        self.fault = None;
        self.next_try = None;
    }

    /// How long until the next try after a failure; `None`: the last one did not fail.
    fn wait(&self, now: Instant) -> Option<Duration> {
        self.next_try.map(|next| next.saturating_duration_since(now))
    }
}

impl Desk {
    /// Everybody with what is on the screen or left behind, saved or not.
    pub fn people_as_typed(&self) -> Vec<Person> {
        let mut people = self.book.people.clone();
        for person in &mut people {
            if let Some(left) = self.unsaved.forms.get(&person.id) {
                person.applicant = left.form.clone();
            } else if self.selected == Some(person.id) {
                person.applicant = self.form.clone();
            }
        }
        people
    }

    /// The recommenders with what is on the screen, saved or not.
    pub fn bodies_as_typed(&self) -> Vec<Body> {
        let mut bodies = self.book.bodies.clone();
        for ((id, field), text) in self.drafts.pending() {
            if let Some(body) = bodies.iter_mut().find(|body| body.id == id) {
                field.put(&mut body.recommender, text);
            }
        }
        bodies
    }

    /// What was not saved is in another book, or given up.
    pub fn forget_unsaved(&mut self) {
        self.unsaved = Unsaved::default();
        self.autosave.stored();
        self.drafts.give_up();
    }

    /// Whether something is not in the book that should be.
    pub fn is_unsaved(&self) -> bool {
        !self.unsaved.is_empty() || (self.is_changed() && self.autosave.is_pending()) || self.drafts.has_pending()
    }
}

impl App {
    /// Sends what is typed to the book, unless the last try has just failed.
    pub(super) fn flush(&mut self) {
        let waits = |desk: &Desk| desk.unsaved.wait(Instant::now()).is_some_and(|wait| !wait.is_zero());
        if !self.desk.as_ref().is_some_and(waits) {
            self.save_now();
        }
    }

    /// Sends what is typed to the book.
    pub(super) fn save_now(&mut self) {
        self.save_texts();
        let Some(desk) = &mut self.desk else { return };
        // An operation on its way may change the same people: its outcome is taken in first.
        if self.others > 0 {
            return;
        }
        let mut orders: Vec<Order> = std::mem::take(&mut desk.unsaved.forms)
            .into_iter()
            .map(|(person, left)| Order::Save(person, Box::new(left.form)))
            .collect();
        if let Some(person) = desk.selected
            && desk.is_changed()
            && desk.autosave.is_pending()
        {
            orders.push(Order::Save(person, Box::new(desk.form.clone())));
        }
        desk.autosave.stored();
        desk.unsaved.next_try = None;
        orders.into_iter().for_each(|order| self.send(order));
    }

    /// Sends what is typed about recommenders and into their reports.
    fn save_texts(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        for (key, text) in desk.drafts.take_pending() {
            self.send(Order::SaveText(key, text));
        }
    }

    /// The book did not take a text in: it stays on the screen, and is sent again.
    pub(super) fn text_not_saved(&mut self, sentence: String) {
        let Some(desk) = &mut self.desk else { return };
        let now = Instant::now();
        desk.drafts.not_stored(now);
        desk.unsaved.failed(sentence, now);
    }

    pub(super) fn save_texts_in_time(&mut self, context: &Context) {
        let Some(desk) = &mut self.desk else { return };
        let left = std::mem::take(&mut desk.drafts.left);
        if left {
            self.composing = false;
        }
        // After a failure all is tried again together.
        if desk.unsaved.wait(Instant::now()).is_some() {
            return;
        }
        match desk.drafts.autosave.wait(Instant::now(), self.composing) {
            None => {}
            Some(wait) if wait.is_zero() || left => self.save_texts(),
            Some(wait) => context.request_repaint_after(wait),
        }
    }

    pub(super) fn saved(&mut self) {
        self.saved_at = Some(chrono::Local::now());
        if let Some(desk) = &mut self.desk {
            desk.unsaved.succeeded();
        }
    }

    /// The book did not take a form in: it is kept, and tried again.
    pub(super) fn not_saved(&mut self, person: PersonId, form: Applicant, sentence: String) {
        let Some(desk) = &mut self.desk else { return };
        let now = Instant::now();
        if desk.selected == Some(person) {
            // What is on the screen is the same or newer.
            desk.autosave.changed(now);
        } else if let Some(known) = desk.book.person(person) {
            desk.unsaved.leave(person, known.applicant.clone(), form);
        } else {
            // The person has gone meanwhile, and the form with it.
            return;
        }
        desk.unsaved.failed(sentence, now);
    }

    pub(super) fn save_in_time(&mut self, context: &Context) {
        let composing = self.composing;
        let Some(desk) = &mut self.desk else { return };
        if let Some(wait) = desk.unsaved.wait(Instant::now()) {
            match wait.is_zero() {
                true => self.save_now(),
                false => context.request_repaint_after(wait),
            }
            return;
        }
        if !desk.unsaved.is_empty() {
            self.save_now();
            return;
        }
        match desk.autosave.wait(Instant::now(), composing) {
            None => {}
            Some(wait) if wait.is_zero() || desk.focus.left => self.flush(),
            Some(wait) => context.request_repaint_after(wait),
        }
    }

    /// Whether everything is in the book, after one more try.
    pub(super) fn all_is_saved(&mut self) -> bool {
        let is_unsaved = |app: &Self| app.desk.as_ref().is_some_and(Desk::is_unsaved);
        if is_unsaved(self) {
            self.finish_orders();
        }
        !is_unsaved(self)
    }

    /// Asks the clerk what to do with what is not saved before `then` is done (`None`: the window is closed).
    pub(super) fn ask_before(&mut self, then: Option<Order>) {
        if let Some(desk) = &mut self.desk {
            desk.question = Some(Question::Leave { then: then.map(Box::new) });
        }
    }

    /// The window is to close: not before everything is in the book, or the clerk has given it up.
    pub(super) fn hold_window(&mut self, context: &Context) {
        let closes = !self.gives_up && context.input(|input| input.viewport().close_requested());
        if closes {
            self.call_off();
        }
        if closes && !self.all_is_saved() {
            context.send_viewport_cmd(ViewportCommand::CancelClose);
            self.ask_before(None);
        }
    }

    /// What is not saved is given up.
    pub(super) fn give_up(&mut self, context: &Context, then: Option<Order>) {
        if let Some(desk) = &mut self.desk {
            desk.forget_unsaved();
        }
        match then {
            Some(order) => self.order(order),
            None => {
                self.gives_up = true;
                context.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }
}
