//! The thread that holds the book. The window sends it orders and goes on drawing; answers come back as they are ready.
//!
//! Orders are carried out one after the other, so what is typed is stored in the order in which it was typed. After an
//! order that may have changed the book a fresh [`Snapshot`] follows, but only when no further order waits.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use eframe::egui::Context;

use crate::domain::{Applicant, Body, Day, FileKey, Person, PersonId, Recommender, RecommenderId, RecommenderKind};
use crate::ops::{
    self, Cut, HistoryLine, ImportReport, Intake, OpError, OpenBook, Pixels, Progress, RecommenderEdit, Refusal,
    Settlement, Sorted, Survey,
};
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
    Create {
        path: PathBuf,
        notice: String,
        recommender: Box<Recommender>,
    },
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
    Undo,
    Redo,
    History(Option<PersonId>),
    Revert(i64),
    Compare(i64),
    Picture(FileKey),
    Export(super::export::Request),
    /// A photo from the clipboard.
    PastePhoto(PersonId, Pixels),
    /// A copy from the clipboard.
    PasteCopy(PersonId, Pixels),
    /// Cuts the photo that the clerk sees.
    CutPhoto(PersonId, FileKey, Cut),
    /// Tells what files are that have arrived.
    Sort(Vec<PathBuf>),
    /// Looks through files for a book that is to be made from them.
    Survey {
        paths: Vec<PathBuf>,
        passphrase: Option<String>,
    },
    /// Makes a book from records.
    CreateOf {
        path: PathBuf,
        notice: String,
        records: Vec<PathBuf>,
        passphrase: Option<String>,
    },
    /// Reads files for an import and plans it.
    ReadImport {
        paths: Vec<PathBuf>,
        /// Scans that came beside them.
        scans: Vec<PathBuf>,
        passphrase: Option<String>,
        into: Option<RecommenderId>,
        settle: Settlement,
    },
    /// Plans what was read in another way.
    PlanImport(Settlement),
    /// Takes in what was planned.
    CommitImport(Settlement),
    /// Forgets what was read.
    LeaveImport,
    /// Tells which books are still at their place.
    Presence(Vec<PathBuf>),
    /// Reads the profile of a notice for a new book.
    ReadNotice(PathBuf),
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
    Exported(Vec<PathBuf>),
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
    Sorted(Sorted),
    Surveyed(Survey),
    /// What an import would do.
    Planned(ImportReport),
    /// What an import did.
    Imported(ImportReport),
    /// Files that were not taken, with their reasons.
    Refused(Vec<Refusal>),
    /// A person has a new photo, this one.
    Photographed(FileKey),
    /// Books that are still at their place.
    Present(BTreeSet<PathBuf>),
    /// The profile of a notice, and what the notice is called.
    NoticeRead(PathBuf, String),
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
            let mut desk = Desk { open: None, intake: None, answers: done, context };
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
    /// What was read for an import that is being looked at.
    intake: Option<Intake>,
    answers: Sender<Answer>,
    context: Context,
}

impl Desk {
    fn work(&mut self, orders: &Receiver<Order>) {
        let mut next = orders.recv().ok();
        let mut stale = false;
        while let Some(order) = next.take() {
            let saving = matches!(order, Order::Save(..));
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
                if self.open.as_ref().is_some_and(|open| open.is_at(&path)) {
                    self.answer(Answer::Said("这本推荐册已经打开".to_owned()));
                    return Ok(false);
                }
                // Another book is let go only when this one is open: else the clerk would go on typing into none.
                let open = OpenBook::open(&path)?;
                self.intake = None;
                let open = self.open.insert(open);
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
                self.intake = None;
                self.answer(Answer::Closed);
                return Ok(false);
            }
            Order::CreateOf { path, notice, records, passphrase } => {
                self.open = None;
                self.open = Some(ops::new_book_of(&path, &notice, &records, passphrase.as_deref())?);
                return Ok(true);
            }
            Order::Sort(paths) => {
                let sorted = ops::sort(&paths, self.open.as_ref().map(OpenBook::path));
                self.answer(Answer::Sorted(sorted));
                return Ok(false);
            }
            Order::Survey { paths, passphrase } => {
                let notice = Notice::built_in().first().map(|(_, toml)| Notice::read(toml)).transpose()?;
                if let Some(notice) = notice {
                    self.answer(Answer::Surveyed(ops::survey(&notice, &paths, passphrase.as_deref())));
                }
                return Ok(false);
            }
            Order::Presence(paths) => {
                let present = paths.into_iter().filter(|path| path.is_file()).collect();
                self.answer(Answer::Present(present));
                return Ok(false);
            }
            Order::ReadNotice(path) => {
                let (_, notice) = ops::read_notice(&path)?;
                self.answer(Answer::NoticeRead(path, format!("{}（{}）", notice.title, notice.number)));
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
            Order::Attach(id, paths) => {
                let attached = ops::attach(open, id, &paths)?;
                if !attached.refused.is_empty() {
                    self.answer(Answer::Refused(attached.refused));
                }
                if attached.added == 0 {
                    return Ok(false);
                }
                attached.said
            }
            Order::PasteCopy(id, pixels) => ops::attach_pixels(open, id, pixels)?,
            Order::Photo(id, path) => {
                let said = ops::set_photo(open, id, path.as_deref())?;
                let photo = person(open, id)?.applicant.photo;
                self.answer(Answer::Photographed(photo));
                said
            }
            Order::PastePhoto(id, pixels) => {
                let said = ops::paste_photo(open, id, pixels)?;
                let photo = person(open, id)?.applicant.photo;
                self.answer(Answer::Photographed(photo));
                said
            }
            Order::CutPhoto(id, photo, cut) => ops::cut_photo(open, id, &photo, &cut)?,
            Order::EditRecommender(id, edit) => {
                let body = open.bodies()?.into_iter().find(|body| body.id == id);
                let body = body.ok_or_else(|| OpError::Wrong("书中已没有这个推荐单位".to_owned()))?;
                ops::edit_recommender(open, &body, *edit)?
            }
            Order::AddRecommender(recommender) => ops::add_recommender(open, &recommender)?,
            Order::ReadImport { paths, scans, passphrase, into, settle } => {
                let intake = Intake::read(open, &paths, passphrase.as_deref(), into)?.with_copies(&scans);
                let report = intake.plan(open, &settle)?;
                self.intake = Some(intake);
                self.answer(Answer::Planned(report));
                return Ok(false);
            }
            Order::PlanImport(settle) => {
                let Some(intake) = &self.intake else { return Ok(false) };
                let report = intake.plan(open, &settle)?;
                self.answer(Answer::Planned(report));
                return Ok(false);
            }
            Order::CommitImport(settle) => {
                let Some(intake) = &self.intake else { return Ok(false) };
                let report = intake.commit(open, &settle)?;
                self.intake = None;
                self.answer(Answer::Imported(report));
                return Ok(true);
            }
            Order::LeaveImport => {
                self.intake = None;
                return Ok(false);
            }
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
                let written = request.run(open, &mut |progress| {
                    let _ = answers.send(Answer::Progress(progress.clone()));
                    context.request_repaint();
                })?;
                self.answer(Answer::Exported(written));
                return Ok(false);
            }
            Order::Open(_)
            | Order::Demo(..)
            | Order::Create { .. }
            | Order::Close
            | Order::CreateOf { .. }
            | Order::Sort(_)
            | Order::Survey { .. }
            | Order::Presence(_)
            | Order::ReadNotice(_) => return Ok(false),
        };
        self.answer(Answer::Said(said));
        Ok(true)
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

fn person(open: &OpenBook, id: PersonId) -> Result<Person, OpError> {
    let found = open.people()?.into_iter().find(|person| person.id == id);
    found.ok_or_else(|| OpError::Wrong("书中已没有这位申报人".to_owned()))
}

fn nothing_to_undo() -> String {
    "没有可以撤销的操作".to_owned()
}

fn nothing_to_redo() -> String {
    "没有可以重做的操作".to_owned()
}
