//! The thread's end: carries orders out, one after the other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender};

use eframe::egui::Context;

use super::aside::{Aside, Teller};
use super::{Answer, Gate, Order, Snapshot};
use crate::domain::{Body, Person, PersonId, RecommenderId};
use crate::ops::{self, Copies, Exception, Intake, NextStep, OpError, OpenBook, Progress, Reception, Stepped};
use crate::rules::Notice;
use crate::ui::export::{Given, Secret, Verified};
use crate::ui::next;
use crate::ui::standing::BY_ITSELF;

/// The thread's end.
pub(super) struct Desk {
    open: Option<OpenBook>,
    /// What was read for an import that is being looked at.
    intake: Option<Intake>,
    teller: Teller,
    gate: Option<Gate>,
    /// Reads files and looks the book over.
    reading: Aside,
    exporting: Aside,
    /// A look over the book and a copy of it that are not done: each holds a copy of the book in memory.
    examining: Arc<AtomicBool>,
    copying: Arc<AtomicBool>,
}

/// One of a kind that may be on its way once only, until it is done or broken off.
struct Turn(Arc<AtomicBool>);

impl Turn {
    /// `None`: another one is on its way.
    fn take(of: &Arc<AtomicBool>) -> Option<Self> {
        (!of.swap(true, Ordering::Relaxed)).then(|| Self(Arc::clone(of)))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Desk {
    pub(super) fn new(answers: Sender<Answer>, context: Context, gate: Option<Gate>) -> Self {
        let teller = Teller { answers, context };
        let aside = || Aside::start(teller.clone(), gate.clone());
        let (reading, exporting) = (aside(), aside());
        let (examining, copying) = (Arc::default(), Arc::default());
        Self { open: None, intake: None, teller, gate, reading, exporting, examining, copying }
    }

    /// Carries orders out until the window lets go.
    pub(super) fn work(&mut self, orders: &Receiver<Order>) {
        let mut next = orders.recv().ok();
        let mut stale = false;
        while let Some(order) = next.take() {
            let (changed_people, held_typing) = (order.changes_people(), order.holds_typing());
            // What is read or exported is told in the window of its own book. Closing waits for no reading: a share that
            // has gone away would hold the window.
            if order.turns_to_another() && !matches!(order, Order::Close) {
                self.reading.wait();
            }
            if order.turns_to_another() || matches!(order, Order::Export(_)) {
                self.exporting.wait();
            }
            let before = self.open.as_ref().map(|open| open.path().to_owned());
            let broken_off = broken_off(&order);
            let mut goes_on = false;
            match catch_unwind(AssertUnwindSafe(|| self.carry_out_gated(order))) {
                Ok(Ok(Outcome::Done { changed })) => stale |= changed,
                Ok(Ok(Outcome::GoesOn)) => goes_on = true,
                Ok(Err(error)) => self.answer(Answer::Failed { sentence: next::told(&error) }),
                Err(_) => {
                    stale = true;
                    broken_off.into_iter().for_each(|answer| self.answer(answer));
                    self.open_again(before.as_deref());
                }
            }
            next = orders.try_recv().ok();
            // The window goes on with what it held when it has seen the book.
            if stale && (held_typing || next.as_ref().is_none_or(Order::is_long)) {
                stale = false;
                self.refresh();
            }
            if !goes_on {
                self.answer(Answer::Done { changed_people, held_typing });
            }
            next = next.or_else(|| orders.recv().ok());
        }
    }

    /// An order has broken off in the middle: the book is taken up again as the file has it.
    fn open_again(&mut self, path: Option<&Path>) {
        // What was not committed goes, and the lock with it.
        self.open = None;
        self.intake = None;
        match path.map(OpenBook::open) {
            Some(Ok(open)) => self.open = Some(open),
            Some(Err(error)) => self.answer(Answer::Failed { sentence: next::told(&error) }),
            None => {}
        }
    }

    fn carry_out_gated(&mut self, order: Order) -> Result<Outcome, OpError> {
        match order {
            // Its answer serves the one that was asked for again.
            Order::Examine if self.examining.load(Ordering::Relaxed) => return Ok(Outcome::Done { changed: false }),
            Order::Backup(ref path) if self.copying.load(Ordering::Relaxed) => {
                let path = path.display();
                return Err(OpError::Wrong(format!("上一份备份还没有做完，没有备份到 {path}；请等它做完再备份")));
            }
            _ => {}
        }
        let Some(order) = self.give_aside(order)? else { return Ok(Outcome::GoesOn) };
        if let Some(gate) = &self.gate {
            gate(&order);
        }
        Ok(Outcome::Done { changed: self.carry_out(order)? })
    }

    /// Gives long reading to the thread for it: what is typed meanwhile is stored. Other orders come back.
    fn give_aside(&mut self, order: Order) -> Result<Option<Order>, OpError> {
        match order {
            Order::Sort(..)
            | Order::ReadContents { .. }
            | Order::ReadNotice(_)
            | Order::Presence(_)
            | Order::Verify(..)
            | Order::ReadCopies(..)
            | Order::ReadImport { .. } => {
                let door = self.open.as_ref().map(OpenBook::reception).transpose()?;
                if matches!(order, Order::ReadImport { .. }) {
                    // What was read before is not looked at any more.
                    self.intake = None;
                }
                self.reading.take(order, move |order, teller| read_files(order, door.as_ref(), teller));
                return Ok(None);
            }
            _ => {}
        }
        let Some(open) = &self.open else { return Ok(Some(order)) };
        match order {
            Order::Examine | Order::Backup(_) => {
                let turn = Turn::take(if matches!(order, Order::Examine) { &self.examining } else { &self.copying });
                let book = open.to_read()?;
                self.reading.take(order, move |order, teller| {
                    let _turn = turn;
                    read_book(order, &book, teller)
                });
            }
            Order::Export(_) => {
                let book = open.to_read().inspect_err(|_| self.answer(Answer::NotExported(None)))?;
                self.exporting.take(order, move |order, teller| export(order, &book, teller));
            }
            order => return Ok(Some(order)),
        }
        Ok(None)
    }

    /// Does one thing; whether the book may have changed.
    fn carry_out(&mut self, order: Order) -> Result<bool, OpError> {
        match order {
            Order::Open(path) => return self.instead(|desk| desk.open_book(path)),
            Order::Demo(path, kind) => return self.instead(|desk| desk.hold(ops::demo(&path, kind)?)),
            Order::Create { path, notice, recommender } => {
                return self.instead(|desk| desk.hold(ops::new_book(&path, &notice, &recommender)?));
            }
            Order::Rescue(path, copy) => {
                return self.instead(|desk| {
                    let kept = ops::restore(&path, &copy)?;
                    desk.answer(Answer::Said(restored(kept.as_deref())));
                    desk.open_book(path)
                });
            }
            Order::Restore(copy) => return self.restore(&copy),
            Order::Move(path, bodies, people) => return self.go_on_in(&path, &bodies, &people),
            Order::Close => {
                self.open = None;
                self.intake = None;
                self.answer(Answer::Closed);
                return Ok(false);
            }
            Order::CreateOf { path, notice, records, passphrase } => {
                return self
                    .instead(|desk| desk.hold(ops::new_book_of(&path, &notice, &records, in_plain(&passphrase))?));
            }
            _ => {}
        }
        let Some(open) = &mut self.open else {
            if let Order::Save(person, form) = order {
                let sentence = "推荐册没有打开，请另存一份，或关闭程序再打开".to_owned();
                self.answer(Answer::Unsaved { person, form, sentence });
            } else if let Order::SaveText(..) = order {
                let sentence = "推荐册没有打开，请另存一份，或关闭程序再打开".to_owned();
                self.answer(Answer::TextUnsaved(sentence));
            }
            return Ok(false);
        };
        let said = match order {
            Order::Save(id, applicant) => {
                let saved = ops::save(open, id, &applicant);
                let (answer, changed) = match saved {
                    Ok(said) => (Answer::Saved { person: id, form: applicant }, said.is_some()),
                    Err(error) => {
                        (Answer::Unsaved { person: id, form: applicant, sentence: next::told(&error) }, false)
                    }
                };
                self.answer(answer);
                return Ok(changed);
            }
            Order::EndStretch => {
                open.end_stretch();
                return Ok(false);
            }
            Order::Add(recommender) => {
                let person = ops::add_person(open, recommender)?;
                self.answer(Answer::Added(person.id));
                return Ok(true);
            }
            Order::Nominate(id, reason) => {
                let exception = reason.as_deref().map_or(Exception::Unasked, Exception::Given);
                ops::nominate(open, &person(open, id)?, exception)?
            }
            Order::Withdraw(id) => ops::withdraw(open, &person(open, id)?)?,
            Order::Place(id, place) => ops::place(open, &person(open, id)?, place)?,
            Order::Transfer(id, to) => ops::transfer(open, &person(open, id)?, to)?,
            Order::Remove(id) => format!("已{}，按 Ctrl+Z 可以找回", ops::remove(open, &person(open, id)?)?),
            Order::Attach(id, copies) => {
                let there = person(open, id)?.applicant.attachments.len();
                let said = ops::attach(open, id, copies)?;
                self.answer(Answer::Attached(id, there));
                said
            }
            Order::PasteCopy(id, pixels) => {
                let there = person(open, id)?.applicant.attachments.len();
                let said = ops::attach_pixels(open, id, pixels)?;
                self.answer(Answer::Attached(id, there));
                said
            }
            Order::Photo(id, path) => {
                let said = ops::set_photo(open, id, path.as_deref())?;
                let photo = person(open, id)?.applicant.photo;
                self.answer(Answer::Photographed(photo));
                format!("已{said}")
            }
            Order::PastePhoto(id, pixels) => {
                let said = ops::paste_photo(open, id, pixels)?;
                let photo = person(open, id)?.applicant.photo;
                self.answer(Answer::Photographed(photo));
                format!("已{said}")
            }
            Order::CutPhoto(id, photo, cut) => ops::cut_photo(open, id, &photo, &cut)?,
            Order::EditRecommender(id, edit) => {
                let body = body(open, id)?;
                ops::edit_recommender(open, &body, *edit)?
            }
            Order::RemoveRecommender(id) => {
                let body = body(open, id)?;
                ops::remove_recommender(open, &body)?
            }
            Order::SetReport(id, part, text) => {
                let body = body(open, id)?;
                ops::edit_report(open, &body, part, &text)?
            }
            Order::SaveText(key, text) => {
                let (answer, changed) = match ops::save_text(open, key.0, key.1, &text) {
                    Ok(said) => (Answer::TextSaved, said.is_some()),
                    Err(error) => (Answer::TextUnsaved(next::told(&error)), false),
                };
                self.answer(answer);
                return Ok(changed);
            }
            Order::Survey(number) => {
                let survey = ops::survey(open)?;
                self.answer(Answer::Survey(number, survey));
                return Ok(false);
            }
            Order::AddRecommender(recommender) => ops::add_recommender(open, &recommender)?,
            Order::PlanImport { number, read, mut settlement } => {
                self.intake = read.map(|read| *read).or(self.intake.take());
                let Some(intake) = &self.intake else { return Ok(false) };
                if settlement.suggested.is_none() {
                    intake.suggest(open, &mut settlement)?;
                }
                let report = intake.plan(open, &settlement)?;
                self.answer(Answer::Planned(number, report, settlement));
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
            Order::Undo | Order::Redo => {
                let back = matches!(order, Order::Undo);
                let (stepped, word) = if back { (ops::undo(open)?, "撤销") } else { (ops::redo(open)?, "重做") };
                let Some(Stepped { what, place }) = stepped else {
                    self.answer(Answer::Said(format!("没有可以{word}的操作")));
                    return Ok(false);
                };
                self.answer(Answer::Stepped { what, back, place });
                return Ok(true);
            }
            Order::Revert(revision) => ops::revert(open, revision)?,
            Order::RevertBefore(revision) => ops::revert_before(open, revision)?,
            Order::History(id) => {
                let lines = ops::history(open, id)?;
                self.answer(Answer::History(lines));
                return Ok(false);
            }
            Order::Compare(revision) => {
                let comparison = ops::compare(open, revision)?;
                self.answer(Answer::Compared(Box::new(comparison)));
                return Ok(false);
            }
            Order::Picture(key) => {
                // Told in any case: the next photo waits for it.
                let (picture, outcome) = match ops::picture(open, &key) {
                    Ok(picture) => (picture, Ok(false)),
                    Err(error) => (None, Err(error)),
                };
                self.answer(Answer::Picture(key, picture));
                return outcome;
            }
            Order::Outline(key) => {
                let outline = ops::copy_outline(open, &key).unwrap_or_else(|error| Err(next::told(&error)));
                self.answer(Answer::Outline(key, outline));
                return Ok(false);
            }
            Order::CopyBytes(key) => {
                let bytes = ops::copy_bytes(open, &key).unwrap_or_default();
                self.answer(Answer::CopyBytes(key, bytes));
                return Ok(false);
            }
            Order::Backups => {
                let copies = ops::backups(open.path())?;
                self.answer(Answer::Backups(copies));
                return Ok(false);
            }
            // Carried out above, or beside this thread.
            _ => return Ok(false),
        };
        self.answer(Answer::Said(said));
        Ok(true)
    }

    /// Takes another book in the place of the open one. Where that fails the old one is open again.
    fn instead(&mut self, open: impl FnOnce(&mut Self) -> Result<bool, OpError>) -> Result<bool, OpError> {
        // The old book's lock goes first: the same book may be opened again.
        let before = self.open.take().map(|open| open.path().to_owned());
        self.intake = None;
        let outcome = open(self);
        if self.open.is_none()
            && let Some(before) = before
        {
            self.open = Some(OpenBook::open(&before)?);
        }
        outcome
    }

    /// Works on a book that has just been made.
    fn hold(&mut self, open: OpenBook) -> Result<bool, OpError> {
        self.answer(Answer::Created(open.path().to_owned()));
        self.open = Some(open);
        Ok(true)
    }

    /// Opens a book while none is open. A damaged one is told with the copies that there are.
    fn open_book(&mut self, path: PathBuf) -> Result<bool, OpError> {
        let open = match OpenBook::open(&path) {
            Ok(open) => self.open.insert(open),
            Err(error @ OpError::Next { next: NextStep::RestoreBackup, .. }) => {
                let copies = ops::backups(&path).unwrap_or_default();
                let sentence = error.kind().to_string();
                self.answer(Answer::Broken { path, sentence, copies });
                return Ok(false);
            }
            Err(error) => return Err(error),
        };
        // The day's copy is made before the day's work; without one the work goes on.
        if let Err(error) = ops::daily_backup(open) {
            let sentence = format!("没有做成今天的备份：{}", next::told(&error));
            self.answer(Answer::Failed { sentence });
        }
        Ok(true)
    }

    /// Puts a copy in the place of the open book. Whatever comes of it, the book in that place is open again afterwards.
    fn restore(&mut self, copy: &Path) -> Result<bool, OpError> {
        let Some(open) = self.open.take() else { return Ok(false) };
        let path = open.path().to_owned();
        // The lock ends here: the file is about to be replaced.
        drop(open);
        let restored = ops::restore(&path, copy);
        self.open = Some(OpenBook::open(&path)?);
        let kept = restored?;
        self.answer(Answer::Said(self::restored(kept.as_deref())));
        Ok(true)
    }

    /// Copies the book to another place and goes on there.
    fn go_on_in(&mut self, path: &Path, bodies: &[Body], people: &[Person]) -> Result<bool, OpError> {
        let Some(open) = &self.open else { return Ok(false) };
        if let Err(fault) = ops::backup(open, path) {
            let (new, rebuilt) = ops::rebuild(open, fault, path, bodies, people)?;
            let moved = self.open.insert(new).path().to_owned();
            self.answer(Answer::Rebuilt);
            self.answer(Answer::Moved(moved));
            let files = match rebuilt.missing_files {
                0 => String::new(),
                count => format!("，{count} 个照片、扫描件读不出来，请重新添加"),
            };
            let path = path.display();
            self.answer(Answer::Said(format!(
                "原来的推荐册读不出来，已把窗口里的内容写成 {path}{files}；历史留在原来那一本里"
            )));
            return Ok(true);
        }
        let moved = self.open.insert(OpenBook::open(path)?).path().to_owned();
        self.answer(Answer::Moved(moved));
        self.answer(Answer::Said(format!("已另存为 {}，从现在起写在这一本里", path.display())));
        Ok(true)
    }

    fn refresh(&self) {
        let Some(open) = &self.open else { return };
        let answer = match snapshot(open) {
            Ok(snapshot) => Answer::Book(Box::new(snapshot)),
            Err(error) => Answer::Failed { sentence: next::told(&error) },
        };
        self.answer(answer);
    }

    fn answer(&self, answer: Answer) {
        self.teller.answer(answer);
    }
}

/// Whether an order is finished.
enum Outcome {
    Done {
        /// The book may have changed.
        changed: bool,
    },
    /// Another thread goes on with it, and says when it is done.
    GoesOn,
}

/// Reads files, for the open book where there is one.
fn read_files(order: &Order, door: Option<&Reception>, teller: &Teller) -> Result<(), OpError> {
    match (order, door) {
        (Order::Sort(paths, target), _) => {
            teller.answer(Answer::Sorted(ops::sort(paths, door.map(Reception::path)), target.clone()));
        }
        (Order::ReadContents { paths, passphrase }, _) => {
            let notice = Notice::built_in().first().map(|(_, toml)| Notice::read(toml)).transpose()?;
            if let Some(notice) = notice {
                teller.answer(Answer::Contents(ops::contents(&notice, paths, in_plain(passphrase))));
            }
        }
        (Order::Presence(paths), _) => {
            teller.answer(Answer::Present(paths.iter().filter(|path| path.is_file()).cloned().collect()));
        }
        (Order::ReadNotice(path), _) => {
            let (_, notice) = ops::read_notice(path)?;
            teller.answer(Answer::NoticeRead(path.clone(), format!("{}（{}）", notice.title, notice.number)));
        }
        (Order::Verify(path, passphrase), _) => {
            door.map_or(Ok(()), |door| door.refuse_own(path))?;
            let path = path.clone();
            teller.answer(match ops::try_verify(&path, in_plain(passphrase))? {
                Some(found) => Answer::Verified(Box::new(Verified { path, found, given: Given::of(passphrase) })),
                None => Answer::Locked(path, Given::of(passphrase)),
            });
        }
        (Order::ReadCopies(person, paths), Some(door)) => {
            let (copies, refused) = Copies::read(door, paths)?;
            if !refused.is_empty() {
                teller.answer(Answer::Refused(refused));
            }
            if !copies.is_empty() {
                teller.answer(Answer::CopiesRead(door.path().to_owned(), *person, copies));
            }
        }
        (Order::ReadImport { number, paths, scans, passphrase, into }, Some(door)) => {
            let intake = Intake::read(door, paths, in_plain(passphrase), *into).with_copies(door, scans);
            teller.answer(Answer::ImportRead(*number, Box::new(intake)));
        }
        _ => {}
    }
    Ok(())
}

/// Reads a copy of the book.
fn read_book(order: &Order, book: &OpenBook, teller: &Teller) -> Result<(), OpError> {
    match order {
        Order::Examine => teller.answer(Answer::Examined(ops::examine(book)?.damage)),
        Order::Backup(path) => {
            ops::backup(book, path)?;
            teller.answer(Answer::BackedUp);
            teller.answer(Answer::Said(format!("已备份到 {}", path.display())));
        }
        _ => {}
    }
    Ok(())
}

/// Exports a copy of the book.
fn export(order: &Order, book: &OpenBook, teller: &Teller) -> Result<(), OpError> {
    let Order::Export(request) = order else { return Ok(()) };
    let tell = |progress: &Progress| teller.answer(Answer::Progress(progress.clone()));
    let outcome = match request.occupied(book) {
        Ok(Some(occupied)) => {
            teller.answer(Answer::Occupied(occupied));
            return Ok(());
        }
        Ok(None) => request.run(book, &tell),
        Err(error) => Err(error),
    };
    match outcome {
        Ok(made) => teller.answer(Answer::Exported(Box::new(made))),
        Err(OpError::Cancelled) => teller.answer(Answer::Cancelled),
        Err(error) => teller.answer(Answer::NotExported(Some(next::told(&error)))),
    }
    Ok(())
}

/// The answers to an order that a fault of the program breaks off: what was typed comes back, nobody waits for ever.
pub(super) fn broken_off(order: &Order) -> Vec<Answer> {
    let sentence = "程序内部出错，这一步没有做成；推荐册里已有的内容没有变".to_owned();
    match order {
        Order::Save(person, form) => vec![Answer::Unsaved { person: *person, form: form.clone(), sentence }],
        Order::SaveText(..) => vec![Answer::TextUnsaved(sentence)],
        Order::Picture(key) => vec![Answer::Picture(key.clone(), None)],
        Order::Outline(key) => vec![Answer::Outline(key.clone(), Err(sentence))],
        Order::CopyBytes(key) => vec![Answer::CopyBytes(key.clone(), None)],
        Order::Export(_) => vec![Answer::NotExported(Some(sentence))],
        _ => vec![Answer::Failed { sentence }],
    }
}

fn snapshot(open: &OpenBook) -> Result<Snapshot, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let check = ops::check_loaded(open, &bodies, &people)?;
    let (undo, redo) = ops::undoable(open)?;
    let (path, notice) = (open.path().to_owned(), Arc::new(open.notice().clone()));
    // Where the folder of copies cannot be read the work goes on.
    let backup = ops::backups(&path).unwrap_or_default().into_iter().next().map(|copy| copy.at + BY_ITSELF);
    Ok(Snapshot { path, notice, bodies, people, check, today: ops::today()?, undo, redo, backup })
}

fn body(open: &OpenBook, id: RecommenderId) -> Result<Body, OpError> {
    let found = open.bodies()?.into_iter().find(|body| body.id == id);
    found.ok_or_else(|| OpError::Wrong("册中已没有这个推荐单位".to_owned()))
}

fn in_plain(passphrase: &Option<Secret>) -> Option<&str> {
    passphrase.as_ref().map(|secret| secret.0.as_str())
}

fn person(open: &OpenBook, id: PersonId) -> Result<Person, OpError> {
    let found = open.people()?.into_iter().find(|person| person.id == id);
    found.ok_or_else(|| OpError::Wrong("册中已没有这位申报人".to_owned()))
}

fn restored(kept: Option<&Path>) -> String {
    match kept {
        Some(kept) => format!("已用备份恢复；原来的另存为 {}", kept.display()),
        None => "已用备份恢复".to_owned(),
    }
}
