//! The thread that holds the book. The window sends it orders and goes on drawing; answers come back as they are ready.
//!
//! Orders are carried out one after the other, so what is typed is stored in the order in which it was typed. After an
//! order that may have changed the book a fresh [`Snapshot`] follows, but only when no further order waits.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use eframe::egui::Context;

use crate::domain::{Applicant, Body, Day, FileKey, Person, PersonId, Recommender, RecommenderId, RecommenderKind};
use crate::ops::{self, HistoryLine, OpError, OpenBook, Progress, RecommenderEdit, Survey};
use crate::preview::Picture;
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
}

impl Snapshot {
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    pub fn body(&self, id: RecommenderId) -> Option<&Body> {
        self.bodies.iter().find(|body| body.id == id)
    }
}

/// What the window asks for.
#[derive(Debug)]
pub enum Order {
    Open(PathBuf),
    Demo(PathBuf, RecommenderKind),
    Create { path: PathBuf, notice: String, recommender: Box<Recommender> },
    Close,
    Save(PersonId, Box<Applicant>),
    Add(RecommenderId),
    Nominate(PersonId, Option<String>),
    Withdraw(PersonId),
    Place(PersonId, u32),
    Remove(PersonId),
    Attach(PersonId, Vec<PathBuf>),
    Photo(PersonId, Option<PathBuf>),
    AddRecommender(Box<Recommender>),
    EditRecommender(RecommenderId, Box<RecommenderEdit>),
    Import(Vec<PathBuf>),
    Undo,
    Redo,
    History(Option<PersonId>),
    Revert(i64),
    Compare(i64),
    Picture(FileKey),
    Export(super::export::Request),
    /// What is typed about a recommender or into its report, kept quietly.
    SaveText(super::drafts::Key, String),
    /// The same at the press of a button, and said aloud.
    SetText(super::drafts::Key, String),
    RemoveRecommender(RecommenderId),
    /// Pages and codes of what would be printed now; the number comes back with the answer.
    Survey(u64),
    /// A folder or zip against its own list. Needs no book.
    Verify(PathBuf, Option<super::export::Secret>),
}

/// What came of an order.
#[derive(Debug)]
pub enum Answer {
    Book(Box<Snapshot>),
    Closed,
    /// The form of a person is in the book.
    Saved,
    Added(PersonId),
    /// Done, in the operation's words.
    Said(String),
    History(Vec<HistoryLine>),
    /// Labels of the fields in which a revision differs from now.
    Compared(i64, Vec<&'static str>),
    Picture(FileKey, Option<Arc<Picture>>),
    Exported(Box<super::export::Made>),
    /// An export came to nothing; why is said by another answer.
    NotExported,
    /// An export was called off.
    Cancelled,
    Survey(u64, Survey),
    Verified(Box<super::export::Verified>),
    /// A zip wants its passphrase, or another one.
    Locked(PathBuf),
    /// Where an export stands.
    Progress(Progress),
    /// Nothing was done. The order it was about: saving must be tried again.
    Failed {
        sentence: String,
        saving: bool,
    },
    /// The order is finished; all its other answers came before.
    Done {
        saving: bool,
    },
}

/// The window's end.
pub struct Worker {
    orders: Sender<Order>,
    answers: Receiver<Answer>,
    /// Orders that are not finished.
    open: usize,
}

/// Longest wait of [`Worker::next_within`]'s callers for one answer.
pub const PATIENCE: Duration = Duration::from_secs(30);

impl Worker {
    pub fn start(context: &Context) -> Self {
        let (orders, to_do) = channel();
        let (done, answers) = channel();
        let context = context.clone();
        std::thread::spawn(move || {
            let mut desk = Desk { open: None, answers: done, context };
            desk.work(&to_do);
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
        let answer = self.answers.try_recv().ok()?;
        self.note(&answer);
        Some(answer)
    }

    /// Waits for the next answer while orders are open; `None`: all are finished, or the time is up.
    pub fn next_within(&mut self, time: Duration) -> Option<Answer> {
        if self.open == 0 {
            return self.next();
        }
        let answer = self.answers.recv_timeout(time).ok()?;
        self.note(&answer);
        Some(answer)
    }

    pub fn is_busy(&self) -> bool {
        self.open > 0
    }

    fn note(&mut self, answer: &Answer) {
        if matches!(answer, Answer::Done { .. }) {
            self.open = self.open.saturating_sub(1);
        }
    }
}

/// The thread's end.
struct Desk {
    open: Option<OpenBook>,
    answers: Sender<Answer>,
    context: Context,
}

impl Desk {
    fn work(&mut self, orders: &Receiver<Order>) {
        let mut next = orders.recv().ok();
        let mut stale = false;
        while let Some(order) = next.take() {
            let saving = matches!(order, Order::Save(..) | Order::SaveText(..));
            match self.carry_out(order) {
                Ok(changed) => stale |= changed,
                Err(error) => self.answer(Answer::Failed { sentence: error.to_string(), saving }),
            }
            next = orders.try_recv().ok();
            if next.is_none() && stale {
                stale = false;
                self.refresh();
            }
            self.answer(Answer::Done { saving });
            next = next.or_else(|| orders.recv().ok());
        }
    }

    /// Does one thing; whether the book may have changed.
    fn carry_out(&mut self, order: Order) -> Result<bool, OpError> {
        match order {
            Order::Open(path) => {
                // The old book's lock goes first: the same book may be opened again.
                self.open = None;
                let open = self.open.insert(OpenBook::open(&path)?);
                // The day's copy is made before the day's work; without one the work goes on.
                if let Err(error) = ops::daily_backup(open) {
                    let sentence = format!("没有做成今天的备份：{error}");
                    self.answer(Answer::Failed { sentence, saving: false });
                }
                return Ok(true);
            }
            Order::Demo(path, kind) => {
                self.open = None;
                self.open = Some(ops::demo(&path, kind)?);
                return Ok(true);
            }
            Order::Create { path, notice, recommender } => {
                self.open = None;
                self.open = Some(ops::new_book(&path, &notice, &recommender)?);
                return Ok(true);
            }
            Order::Close => {
                self.open = None;
                self.answer(Answer::Closed);
                return Ok(false);
            }
            Order::Verify(path, passphrase) => {
                self.verify(path, passphrase.as_ref().map(|secret| secret.0.as_str()))?;
                return Ok(false);
            }
            _ => {}
        }
        let Some(open) = &mut self.open else { return Ok(false) };
        let said = match order {
            Order::Save(id, applicant) => {
                let said = ops::save(open, id, &applicant)?;
                self.answer(Answer::Saved);
                return Ok(said.is_some());
            }
            Order::Add(recommender) => {
                let person = ops::add_person(open, recommender)?;
                self.answer(Answer::Added(person.id));
                return Ok(true);
            }
            Order::Nominate(id, reason) => ops::nominate(open, &person(open, id)?, reason.as_deref())?,
            Order::Withdraw(id) => ops::withdraw(open, &person(open, id)?)?,
            Order::Place(id, place) => ops::place(open, &person(open, id)?, place)?,
            Order::Remove(id) => ops::remove(open, &person(open, id)?)?,
            Order::Attach(id, paths) => ops::attach(open, id, &paths)?,
            Order::Photo(id, path) => ops::set_photo(open, id, path.as_deref())?,
            Order::EditRecommender(id, edit) => {
                let body = body(open, id)?;
                ops::edit_recommender(open, &body, *edit)?
            }
            Order::RemoveRecommender(id) => {
                let body = body(open, id)?;
                ops::remove_recommender(open, &body)?
            }
            Order::SetText(key, text) => set_text(open, key, text)?,
            Order::SaveText(key, text) => {
                set_text(open, key, text)?;
                self.answer(Answer::Saved);
                return Ok(true);
            }
            Order::Survey(number) => {
                let survey = ops::survey(open)?;
                self.answer(Answer::Survey(number, survey));
                return Ok(false);
            }
            Order::AddRecommender(recommender) => ops::add_recommender(open, &recommender)?,
            Order::Import(paths) => import(open, &paths)?,
            Order::Undo => ops::undo(open)?.map_or_else(nothing_to_undo, |what| format!("已撤销：{what}")),
            Order::Redo => ops::redo(open)?.map_or_else(nothing_to_redo, |what| format!("已重做：{what}")),
            Order::Revert(revision) => ops::revert(open, revision)?,
            Order::History(id) => {
                let lines = ops::history(open, id)?;
                self.answer(Answer::History(lines));
                return Ok(false);
            }
            Order::Compare(revision) => {
                let labels = ops::compare(open, revision)?;
                self.answer(Answer::Compared(revision, labels));
                return Ok(false);
            }
            Order::Picture(key) => {
                let picture = ops::picture(open, &key)?;
                self.answer(Answer::Picture(key, picture));
                return Ok(false);
            }
            Order::Export(request) => {
                let (answers, context) = (&self.answers, &self.context);
                let made = request.run(open, &|progress: &Progress| {
                    let _ = answers.send(Answer::Progress(progress.clone()));
                    context.request_repaint();
                });
                match made {
                    Ok(made) => self.answer(Answer::Exported(Box::new(made))),
                    Err(OpError::Cancelled) => self.answer(Answer::Cancelled),
                    Err(error) => {
                        self.answer(Answer::NotExported);
                        return Err(error);
                    }
                }
                return Ok(false);
            }
            Order::Open(_) | Order::Demo(..) | Order::Create { .. } | Order::Close | Order::Verify(..) => {
                return Ok(false);
            }
        };
        self.answer(Answer::Said(said));
        Ok(true)
    }

    fn verify(&self, path: PathBuf, passphrase: Option<&str>) -> Result<(), OpError> {
        match ops::try_verify(&path, passphrase)? {
            Some(found) => self.answer(Answer::Verified(Box::new(super::export::Verified { path, found }))),
            None => self.answer(Answer::Locked(path)),
        }
        Ok(())
    }

    fn refresh(&self) {
        let Some(open) = &self.open else { return };
        let answer = match snapshot(open) {
            Ok(snapshot) => Answer::Book(Box::new(snapshot)),
            Err(error) => Answer::Failed { sentence: error.to_string(), saving: false },
        };
        self.answer(answer);
    }

    fn answer(&self, answer: Answer) {
        // Nobody listens any more when the window has gone.
        let _ = self.answers.send(answer);
        self.context.request_repaint();
    }
}

fn snapshot(open: &OpenBook) -> Result<Snapshot, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let check = ops::check_loaded(open, &bodies, &people)?;
    let (undo, redo) = ops::undoable(open)?;
    let (path, notice) = (open.path().to_owned(), Arc::new(open.notice().clone()));
    Ok(Snapshot { path, notice, bodies, people, check, today: ops::today()?, undo, redo })
}

fn body(open: &OpenBook, id: RecommenderId) -> Result<Body, OpError> {
    let found = open.bodies()?.into_iter().find(|body| body.id == id);
    found.ok_or_else(|| OpError::Wrong("书中已没有这个推荐单位".to_owned()))
}

fn set_text(open: &mut OpenBook, (id, field): super::drafts::Key, text: String) -> Result<String, OpError> {
    use super::drafts::BodyField;
    let body = body(open, id)?;
    let mut edit = RecommenderEdit::default();
    let place = match field {
        BodyField::Report(part) => return ops::edit_report(open, &body, part, &text),
        BodyField::Name => &mut edit.name,
        BodyField::Contact => &mut edit.contact,
        BodyField::Phone => &mut edit.phone,
        BodyField::Mobile => &mut edit.mobile,
        BodyField::Address => &mut edit.address,
        BodyField::Exception => &mut edit.exception,
    };
    *place = Some(text);
    ops::edit_recommender(open, &body, edit)
}

fn person(open: &OpenBook, id: PersonId) -> Result<Person, OpError> {
    let found = open.people()?.into_iter().find(|person| person.id == id);
    found.ok_or_else(|| OpError::Wrong("书中已没有这位申报人".to_owned()))
}

fn import(open: &mut OpenBook, paths: &[PathBuf]) -> Result<String, OpError> {
    let report = ops::import(
        open,
        &ops::ImportRequest { paths, conflict: ops::Conflict::Keep, mode: ops::Mode::Commit, passphrase: None },
    )?;
    let count = |action: ops::Action| report.people.iter().filter(|line| line.action == action).count();
    let mut sentence = format!("导入 {} 人", count(ops::Action::New));
    let known = report.people.len() - count(ops::Action::New);
    if known > 0 {
        sentence += &format!("，另有 {known} 人的身份证号已在册中，保留册中的内容");
    }
    match report.refused.first() {
        Some(refusal) if report.people.is_empty() => Err(OpError::File(refusal.because.clone())),
        Some(refusal) => Ok(format!("{sentence}；没有导入：{}", refusal.because)),
        None => Ok(sentence),
    }
}

fn nothing_to_undo() -> String {
    "没有可以撤销的操作".to_owned()
}

fn nothing_to_redo() -> String {
    "没有可以重做的操作".to_owned()
}
