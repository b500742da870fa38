//! The thread that holds the book. The window sends it orders and goes on drawing; answers come back as they are ready.
//!
//! Orders for the book are carried out one after the other (long reading beside them, `aside`), so what is typed is stored in the order in which it was typed. After an
//! order that may have changed the book a fresh [`Snapshot`] follows, but only when no further order waits or a long one.

mod aside;
mod order;
mod thread;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::time::Duration;

use eframe::egui::Context;

pub use order::{Answer, Order};
use thread::Desk;

use crate::domain::{Body, Day, Person, PersonId, RecommenderId};
use crate::rules::{Check, Notice};

/// What the window knows of the book.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub path: PathBuf,
    pub notice: Arc<Notice>,
    pub bodies: Vec<Body>,
    pub people: Vec<Person>,
    pub check: Check,
    /// The day that the check was made on.
    pub today: Day,
    /// What 撤销 and 重做 would do, in words.
    pub undo: Option<String>,
    pub redo: Option<String>,
    /// When the newest copy beside the book was made, local, `2021-06-01 09:30:00`, with how it was made behind it.
    pub backup: Option<String>,
}

impl Snapshot {
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    pub fn body(&self, id: RecommenderId) -> Option<&Body> {
        self.bodies.iter().find(|body| body.id == id)
    }
}

/// The window's end.
pub struct Worker {
    orders: Sender<Order>,
    answers: Receiver<Answer>,
    /// Orders that are not finished.
    open: usize,
}

/// What the clerk reads when the thread is no more.
pub const ENDED: &str = "程序内部出错，不能再写入推荐册；已保存的内容都在，请关闭程序再打开";

/// Longest wait of [`Worker::next_within`]'s callers for one answer.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Called before each order, on the thread that carries it out: a test holds the book there as a slow disk does.
pub type Gate = Arc<dyn Fn(&Order) + Send + Sync>;

impl Worker {
    pub fn start(context: &Context, gate: Option<Gate>) -> Self {
        let (orders, to_do) = channel();
        let (done, answers) = channel();
        let context = context.clone();
        std::thread::spawn(move || {
            Desk::new(done, context, gate).work(&to_do);
        });
        Self { orders, answers, open: 0 }
    }

    /// Sends an order; `false` when the thread has ended, which only a fault of the program brings about.
    pub fn order(&mut self, order: Order) -> bool {
        let sent = self.orders.send(order).is_ok();
        self.open += usize::from(sent);
        sent
    }

    /// The next answer, if one is there.
    pub fn next(&mut self) -> Option<Answer> {
        match self.answers.try_recv() {
            Ok(answer) => Some(self.note(answer)),
            Err(TryRecvError::Disconnected) => self.ended(),
            Err(TryRecvError::Empty) => None,
        }
    }

    /// Waits for the next answer while orders are open; `None`: all are finished, or the time is up.
    pub fn next_within(&mut self, time: Duration) -> Option<Answer> {
        if self.open == 0 {
            return self.next();
        }
        match self.answers.recv_timeout(time) {
            Ok(answer) => Some(self.note(answer)),
            Err(RecvTimeoutError::Disconnected) => self.ended(),
            Err(RecvTimeoutError::Timeout) => None,
        }
    }

    /// The thread has ended although orders are open: told once.
    fn ended(&mut self) -> Option<Answer> {
        let was_busy = std::mem::take(&mut self.open) > 0;
        was_busy.then(|| Answer::Failed { sentence: ENDED.to_owned() })
    }

    pub fn is_busy(&self) -> bool {
        self.open > 0
    }

    fn note(&mut self, answer: Answer) -> Answer {
        if matches!(answer, Answer::Done { .. }) {
            self.open = self.open.saturating_sub(1);
        }
        answer
    }
}
