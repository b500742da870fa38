//! What was typed goes into the book; what the book does not take in is kept and tried again.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use eframe::egui::{Context, Event, Key, ViewportCommand};

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
    /// Forms on their way to the book, by person: kept until it is known whether they arrived.
    sent: BTreeMap<PersonId, Sent>,
    /// Texts about recommenders that are on their way.
    texts_sent: usize,
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

/// A form that was sent, the newest where there are several.
#[derive(Debug)]
struct Sent {
    left: Left,
    /// How many forms of this person are on their way.
    on_way: usize,
}

impl Unsaved {
    pub fn leave(&mut self, person: PersonId, base: Applicant, form: Applicant) {
        self.forms.insert(person, Left { base, form });
    }

    /// The form of a person who is shown again.
    pub fn take_back(&mut self, person: PersonId) -> Option<Left> {
        self.forms.remove(&person)
    }

    /// The newest form of a person that is on its way to the book.
    pub fn on_way(&self, person: PersonId) -> Option<&Applicant> {
        self.sent.get(&person).map(|sent| &sent.left.form)
    }

    pub fn is_empty(&self) -> bool {
        self.forms.is_empty() && self.sent.is_empty()
    }

    /// Forms left behind and forms on their way.
    pub fn forms_mut(&mut self) -> impl Iterator<Item = (PersonId, &mut Left)> {
        let sent = self.sent.iter_mut().map(|(id, sent)| (*id, &mut sent.left));
        self.forms.iter_mut().map(|(id, left)| (*id, left)).chain(sent)
    }

    fn note_sent(&mut self, person: PersonId, left: Left) {
        let on_way = self.sent.get(&person).map_or(0, |sent| sent.on_way);
        self.sent.insert(person, Sent { left, on_way: on_way + 1 });
    }

    /// An answer came for a form of that person. What was sent, unless a newer form is still on its way.
    fn note_answer(&mut self, person: PersonId) -> Option<Left> {
        let sent = self.sent.get_mut(&person)?;
        sent.on_way -= 1;
        if sent.on_way > 0 { None } else { self.sent.remove(&person).map(|sent| sent.left) }
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
            } else if let Some(form) = self.unsaved.on_way(person.id) {
                person.applicant = form.clone();
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

    /// Whether something is not known to be in the book that should be: typed and not sent, or on its way.
    pub fn is_unsaved(&self) -> bool {
        self.has_forms_to_send()
            || self.drafts.has_pending()
            || !self.unsaved.sent.is_empty()
            || self.unsaved.texts_sent > 0
    }

    /// Whether something is typed into forms that has not been sent to the book.
    pub fn has_forms_to_send(&self) -> bool {
        !self.unsaved.forms.is_empty() || (self.is_changed() && self.autosave.is_pending())
    }

    /// A form has arrived: the book holds it from now on, also before all of the book is seen again.
    fn stored(&mut self, person: PersonId, form: Applicant) {
        self.unsaved.note_answer(person);
        let Some(known) = self.book.people.iter_mut().find(|known| known.id == person) else { return };
        // Nomination and ranking stay the book's.
        let with_rank = |of: &Applicant| Applicant { nominated: of.nominated, order: of.order, ..form.clone() };
        known.applicant = with_rank(&known.applicant);
        if self.selected == Some(person) {
            self.base = with_rank(&self.base);
        }
        for (_, left) in self.unsaved.forms_mut().filter(|(id, _)| *id == person) {
            left.base = with_rank(&left.base);
        }
    }
}

impl App {
    /// Before the fields take their keys: what they bring after a pause is a step of 撤销 of its own, and so is what is cut
    /// or pasted.
    pub(super) fn part_typing(&mut self, context: &Context) {
        // Only what changes a text: a key that leaves the field goes with what was typed there, and so does reading a date.
        let is_long = self.desk.as_ref().is_some_and(|desk| desk.focus.is_long);
        let is_key = |event: &Event| match event {
            Event::Key { key: Key::Enter, pressed: true, .. } => is_long,
            Event::Key { key, pressed: true, .. } => matches!(key, Key::Backspace | Key::Delete),
            Event::Text(_) | Event::Ime(_) => true,
            _ => false,
        };
        let is_lump = |event: &Event| matches!(event, Event::Paste(_) | Event::Cut);
        let (now, keys, lump) =
            context.input(|input| (input.time, input.events.iter().any(is_key), input.events.iter().any(is_lump)));
        if keys || lump {
            self.stretches.key(now);
        }
        if lump {
            self.stretches.end();
        }
        self.end_stretch();
        // And what comes after it.
        if lump {
            self.stretches.end();
        }
    }

    /// Tells the book that a stretch of typing is over, as soon as all of it has gone there.
    pub(super) fn end_stretch(&mut self) {
        if !self.stretches.is_ending() {
            return;
        }
        self.flush();
        let waits = |desk: &Desk| desk.has_forms_to_send() || desk.drafts.has_pending();
        if !self.desk.as_ref().is_some_and(waits) && self.stretches.take_end() && self.desk.is_some() {
            self.send(Order::EndStretch);
        }
    }

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
        let mut forms: Vec<_> = std::mem::take(&mut desk.unsaved.forms).into_iter().collect();
        if let Some(person) = desk.selected
            && desk.is_changed()
            && desk.autosave.is_pending()
        {
            forms.push((person, Left { base: desk.base.clone(), form: desk.form.clone() }));
        }
        let mut orders = Vec::new();
        for (person, left) in forms {
            orders.push(Order::Save(person, Box::new(left.form.clone())));
            desk.unsaved.note_sent(person, left);
        }
        desk.autosave.stored();
        desk.unsaved.next_try = None;
        orders.into_iter().for_each(|order| self.send(order));
    }

    /// Sends what is typed about recommenders and into their reports.
    fn save_texts(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        let texts = desk.drafts.take_pending();
        desk.unsaved.texts_sent += texts.len();
        for (key, text) in texts {
            self.send(Order::SaveText(key, text));
        }
    }

    /// The book did not take a text in: it stays on the screen, and is sent again.
    pub(super) fn text_not_saved(&mut self, sentence: String) {
        let Some(desk) = &mut self.desk else { return };
        let now = Instant::now();
        desk.unsaved.texts_sent = desk.unsaved.texts_sent.saturating_sub(1);
        desk.drafts.not_stored(now);
        desk.unsaved.failed(sentence, now);
    }

    pub(super) fn save_texts_in_time(&mut self, context: &Context) {
        let Some(desk) = &mut self.desk else { return };
        let left = std::mem::take(&mut desk.drafts.left);
        if left {
            self.composing = false;
            self.stretches.end();
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

    /// A form is in the book.
    pub(super) fn saved(&mut self, person: PersonId, form: Applicant) {
        self.saved_at = Some(chrono::Local::now());
        let Some(desk) = &mut self.desk else { return };
        desk.stored(person, form);
        desk.unsaved.succeeded();
    }

    /// What was typed about a recommender is in the book.
    pub(super) fn text_saved(&mut self) {
        self.saved_at = Some(chrono::Local::now());
        let Some(desk) = &mut self.desk else { return };
        desk.unsaved.texts_sent = desk.unsaved.texts_sent.saturating_sub(1);
        desk.unsaved.succeeded();
    }

    /// The book did not take a form in: it is kept, and tried again.
    pub(super) fn not_saved(&mut self, person: PersonId, form: Applicant, sentence: String) {
        let Some(desk) = &mut self.desk else { return };
        let now = Instant::now();
        let sent = desk.unsaved.note_answer(person);
        let Some(known) = desk.book.person(person) else {
            // The person has gone meanwhile, and the form with it.
            return;
        };
        if desk.selected == Some(person) {
            // What is on the screen is the same or newer: it began with what was on its way.
            desk.autosave.changed(now);
        } else if desk.unsaved.on_way(person).is_none() && !desk.unsaved.forms.contains_key(&person) {
            let left = sent.unwrap_or_else(|| Left { base: known.applicant.clone(), form });
            desk.unsaved.leave(person, left.base, left.form);
        }
        desk.unsaved.failed(sentence, now);
    }

    pub(super) fn save_in_time(&mut self, context: &Context) {
        let composing = self.composing;
        let Some(desk) = &mut self.desk else { return };
        // Typed back to what the book has, or the person is gone: nothing is left that could not be saved.
        if desk.unsaved.fault.is_some() && !desk.is_unsaved() {
            desk.unsaved.succeeded();
        }
        if let Some(wait) = desk.unsaved.wait(Instant::now()) {
            match wait.is_zero() {
                true => self.save_now(),
                false => context.request_repaint_after(wait),
            }
            return;
        }
        if !desk.unsaved.forms.is_empty() {
            self.save_now();
            return;
        }
        match desk.autosave.wait(Instant::now(), composing) {
            None => {}
            Some(wait) if wait.is_zero() || desk.focus.left => self.flush(),
            Some(wait) => context.request_repaint_after(wait),
        }
    }

    /// Whether everything is in the book, after one more try. Waits for what is on its way there.
    pub(super) fn all_is_saved(&mut self) -> bool {
        let is_unsaved = |app: &Self| app.desk.as_ref().is_some_and(Desk::is_unsaved);
        if is_unsaved(self) {
            self.save_now();
        }
        while is_unsaved(self) && self.take_next() {
            self.flush();
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
        if !closes {
            return;
        }
        // What is typed may wait behind an export.
        self.call_off();
        if !self.all_is_saved() {
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
