//! A thread beside the book's: reads for the window, one piece of work after the other, while the book is written on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};

use eframe::egui::Context;

use super::thread::broken_off;
use super::{Answer, Gate, Order};
use crate::ops::OpError;
use crate::ui::next;

/// Says to the window what came of an order.
#[derive(Clone)]
pub(super) struct Teller {
    pub answers: Sender<Answer>,
    pub context: Context,
}

impl Teller {
    pub fn answer(&self, answer: Answer) {
        // Nobody listens any more when the window has gone.
        let _ = self.answers.send(answer);
        self.context.request_repaint();
    }
}

type Work = Box<dyn FnOnce() + Send>;

/// The book's thread's end.
pub(super) struct Aside {
    to_do: Sender<Work>,
    teller: Teller,
    gate: Option<Gate>,
}

impl Aside {
    pub fn start(teller: Teller, gate: Option<Gate>) -> Self {
        let (to_do, work) = channel::<Work>();
        std::thread::spawn(move || work.into_iter().for_each(|work| work()));
        Self { to_do, teller, gate }
    }

    /// Has an order carried out by `read`, which must not touch the book, and says when it is done.
    pub fn take(&self, order: Order, read: impl FnOnce(&Order, &Teller) -> Result<(), OpError> + Send + 'static) {
        let (teller, gate) = (self.teller.clone(), self.gate.clone());
        let sent = self.to_do.send(Box::new(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                if let Some(gate) = &gate {
                    gate(&order);
                }
                read(&order, &teller)
            }));
            match outcome {
                Ok(Ok(())) => {}
                Ok(Err(error)) => teller.answer(Answer::Failed { sentence: next::told(&error) }),
                Err(_) => broken_off(&order).into_iter().for_each(|answer| teller.answer(answer)),
            }
            teller.answer(Answer::Done { changed_people: false, held_typing: false });
        }));
        if sent.is_err() {
            self.teller.answer(Answer::Failed { sentence: super::ENDED.to_owned() });
            self.teller.answer(Answer::Done { changed_people: false, held_typing: false });
        }
    }

    /// Waits until all work is done: what was read for a book is told in the window of that book.
    pub fn wait(&self) {
        let (done, is_done) = channel();
        if self
            .to_do
            .send(Box::new(move || {
                let _ = done.send(());
            }))
            .is_ok()
        {
            let _ = is_done.recv();
        }
    }
}
