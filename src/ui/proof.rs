//! The thread that lays out pages: what is typed appears on its page a frame or two later, and typing never waits.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use eframe::egui::Context;

use crate::domain::{Applicant, Person, Recommender};
use crate::ops;
use crate::preview::{Document, Picture};
use crate::rules::Notice;

/// Which document, with everything that stands on it.
pub enum Copy {
    Application { applicant: Box<Applicant>, photo: Option<Arc<Picture>> },
    Summary { recommender: Box<Recommender>, persons: Vec<Person> },
}

struct Job {
    key: u64,
    notice: Arc<Notice>,
    copy: Copy,
}

type Laid = (u64, Result<Document, String>);

/// The window's end. At most one copy is being laid out; of those that come meanwhile only the last counts.
pub struct Proofs {
    jobs: Sender<Job>,
    laid: Receiver<Laid>,
    /// The copy that is being laid out.
    busy: Option<u64>,
    /// The copy that `document` shows.
    shown: Option<u64>,
    document: Option<Arc<Document>>,
    /// Why there is none.
    fault: Option<String>,
}

impl Proofs {
    pub fn start(context: &Context) -> Self {
        let (jobs, to_do) = channel::<Job>();
        let (done, laid) = channel();
        let context = context.clone();
        std::thread::spawn(move || {
            while let Ok(job) = to_do.recv() {
                let document = match job.copy {
                    Copy::Application { applicant, photo } => ops::proof_application(&job.notice, &applicant, photo),
                    Copy::Summary { recommender, persons } => {
                        let persons: Vec<&Person> = persons.iter().collect();
                        ops::proof_summary(&job.notice, &recommender, &persons)
                    }
                };
                // Nobody listens any more when the window has gone.
                let _ = done.send((job.key, document.map_err(|error| error.to_string())));
                context.request_repaint();
            }
        });
        Self { jobs, laid, busy: None, shown: None, document: None, fault: None }
    }

    /// Asks for the copy `key` unless it is there or on its way.
    pub fn want(&mut self, key: u64, notice: &Arc<Notice>, copy: impl FnOnce() -> Copy) {
        self.collect();
        if self.shown == Some(key) || self.busy.is_some() {
            return;
        }
        if self.jobs.send(Job { key, notice: Arc::clone(notice), copy: copy() }).is_ok() {
            self.busy = Some(key);
        }
    }

    /// The latest pages there are.
    pub fn document(&self) -> Option<&Arc<Document>> {
        self.document.as_ref()
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

    /// Waits for the copy on its way.
    pub fn wait(&mut self, time: Duration) {
        if self.busy.is_some()
            && let Ok(laid) = self.laid.recv_timeout(time)
        {
            self.take(laid);
        }
    }

    fn take(&mut self, (key, document): Laid) {
        self.busy = None;
        self.shown = Some(key);
        match document {
            Ok(document) => (self.document, self.fault) = (Some(Arc::new(document)), None),
            Err(fault) => self.fault = Some(fault),
        }
    }
}
