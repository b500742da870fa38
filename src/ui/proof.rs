//! The thread that lays out pages: what is typed appears on its page a frame or two later, and typing never waits.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use eframe::egui::Context;

use super::next;
use crate::ops::Proof;
use crate::preview::Document;

struct Job {
    book: u64,
    subject: u64,
    key: u64,
    proof: Box<Proof>,
}

struct Laid {
    book: u64,
    subject: u64,
    key: u64,
    pages: Result<Document, String>,
}

/// The window's end. At most one document is being laid out; of those that come meanwhile only the last counts.
pub struct Proofs {
    jobs: Sender<Job>,
    laid: Receiver<Laid>,
    /// How many books were put away: people, recommenders and states have the same small numbers in each.
    book: u64,
    /// The state that is being laid out.
    busy: Option<u64>,
    /// The state that `pages` show.
    shown: Option<u64>,
    /// What they are pages of.
    subject: u64,
    pages: Option<Arc<Document>>,
    /// Why there are none.
    fault: Option<String>,
}

impl Proofs {
    pub fn start(context: &Context) -> Self {
        let (jobs, to_do) = channel::<Job>();
        let (done, laid) = channel();
        let context = context.clone();
        std::thread::spawn(move || {
            while let Ok(Job { book, subject, key, proof }) = to_do.recv() {
                let pages = match catch_unwind(AssertUnwindSafe(|| proof.pages())) {
                    Ok(pages) => pages.map_err(|error| next::told(&error)),
                    Err(_) => Err("程序内部出错，排不出这几页".to_owned()),
                };
                // Nobody listens any more when the window has gone.
                let _ = done.send(Laid { book, subject, key, pages });
                context.request_repaint();
            }
        });
        Self { jobs, laid, book: 0, busy: None, shown: None, subject: 0, pages: None, fault: None }
    }

    /// Asks for the pages of `subject` in the state `key`, unless they are there or on their way.
    pub fn want(&mut self, subject: u64, key: u64, proof: impl FnOnce() -> Proof) {
        self.collect();
        if self.subject != subject {
            // Pages of something else are none, however soon these come.
            (self.subject, self.shown, self.pages, self.fault) = (subject, None, None, None);
        }
        if self.shown == Some(key) || self.busy.is_some() {
            return;
        }
        if self.jobs.send(Job { book: self.book, subject, key, proof: Box::new(proof()) }).is_ok() {
            self.busy = Some(key);
        }
    }

    /// Lets the pages of a book go; those that are still being laid out are not taken in.
    pub fn close(&mut self) {
        self.book += 1;
        (self.subject, self.shown, self.pages, self.fault) = (0, None, None, None);
    }

    /// The latest pages there are.
    pub fn pages(&self) -> Option<&Arc<Document>> {
        self.pages.as_ref()
    }

    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Takes what is ready.
    pub fn collect(&mut self) {
        while let Ok(laid) = self.laid.try_recv() {
            self.take(laid);
        }
    }

    /// Waits for what is on its way.
    pub fn wait(&mut self, time: Duration) {
        if self.busy.is_some()
            && let Ok(laid) = self.laid.recv_timeout(time)
        {
            self.take(laid);
        }
    }

    fn take(&mut self, Laid { book, subject, key, pages }: Laid) {
        self.busy = None;
        if (book, subject) != (self.book, self.subject) {
            return;
        }
        self.shown = Some(key);
        (self.pages, self.fault) = match pages {
            Ok(pages) => (Some(Arc::new(pages)), None),
            Err(fault) => (None, Some(fault)),
        };
    }
}
