//! What comes back from the book's thread is taken in.

use super::{App, whose};
use crate::domain::PersonId;
use crate::ui::arrivals::Arrivals;
use crate::ui::desk::{Desk, Question, Tab, View};
use crate::ui::export::{self, Locked};
use crate::ui::message::Message;
use crate::ui::screens::{self, StartScreen};
use crate::ui::worker::{Answer, Order, Snapshot};

impl App {
    /// Takes in one answer.
    pub(super) fn take(&mut self, answer: Answer) {
        match answer {
            Answer::Sorted(..) | Answer::CopiesRead(..) | Answer::ImportRead(..) if self.is_held() => {
                self.parked.push(answer);
            }
            Answer::Book(book) => {
                self.broken = None;
                if let Some(import) = &mut self.arrivals.import {
                    import.stored(book.undo.as_deref());
                }
                match &mut self.desk {
                    Some(desk) if desk.book.path == book.path => {
                        desk.receive(*book);
                        // Whatever was done besides typing is stored as well.
                        self.saved_at = Some(chrono::Local::now());
                    }
                    _ => self.open_desk(*book),
                }
                self.look_again();
            }
            Answer::Closed => {
                self.desk = None;
                self.proofs.close();
                self.gallery.close();
                self.arrivals = Arrivals::default();
                self.start = StartScreen::default();
            }
            // What was made of a book that lay there once is not this one's.
            Answer::Created(path) => self.settings.forget_papers(&path),
            Answer::Moved(path) => {
                if let Some(desk) = &mut self.desk {
                    self.settings.opened(&path, &whose(&desk.book.bodies));
                    self.settings.moved(&desk.book.path, &path);
                    desk.book.path = path;
                    desk.unsaved.hurry();
                }
            }
            Answer::Saved { person, form } => self.saved(person, *form),
            Answer::TextSaved => self.text_saved(),
            Answer::Unsaved { person, form, sentence } => self.not_saved(person, *form, sentence),
            Answer::Stepped { what, back, place } => {
                if let Some(desk) = &mut self.desk {
                    desk.next_place = place;
                }
                if let Some(import) = &mut self.arrivals.import {
                    import.stepped(&what, back);
                }
                self.say(format!("已{}：{what}", if back { "撤销" } else { "重做" }), false);
            }
            Answer::Backups(copies) => {
                if let Some(desk) = &mut self.desk {
                    desk.copies = Some(copies);
                }
            }
            Answer::Rebuilt => {
                if let Some(desk) = &mut self.desk {
                    desk.forget_unsaved();
                }
            }
            Answer::BackedUp => {
                if let Some(desk) = &self.desk {
                    self.settings.backed_up(&desk.book.path);
                }
            }
            Answer::Examined(damage) => {
                if let Some(desk) = &mut self.desk {
                    (desk.examined, desk.examined_just_now) = (Some(damage), true);
                }
            }
            Answer::Broken { path, sentence, .. } if self.desk.is_some() => {
                self.say(format!("没有打开“{}”，原来的推荐册仍开着：{sentence}", path.display()), true);
            }
            Answer::Broken { path, sentence, copies } => self.broken = Some(screens::Broken { path, sentence, copies }),
            Answer::Added(person) => {
                if let Some(desk) = &mut self.desk {
                    desk.next = Some(person);
                }
            }
            Answer::Said(sentence) => self.say(sentence, false),
            Answer::History(lines) => {
                if let Some(desk) = &mut self.desk {
                    desk.chronicle.receive(lines);
                }
            }
            Answer::Compared(comparison) => {
                if let Some(desk) = &mut self.desk {
                    desk.chronicle.compare(*comparison);
                }
            }
            Answer::Picture(key, picture) => self.gallery.receive_picture(key, picture),
            Answer::Progress(progress) => {
                if let Some(running) = self.desk.as_mut().and_then(|desk| desk.export.running.as_mut()) {
                    running.progress = progress;
                }
            }
            Answer::Exported(made) => {
                if let Some(desk) = &mut self.desk {
                    if let Some(running) = desk.export.running.take() {
                        self.settings.made(&desk.book.path, running.goal, &made);
                    }
                    desk.export.receive(*made);
                }
            }
            Answer::NotExported(sentence) => {
                if let Some(desk) = &mut self.desk {
                    desk.export.running = None;
                    desk.export.give_back();
                }
                // It is of this export alone: the next one, or another screen, leaves it behind.
                self.message = sentence.map(Message::passing_fault).or(self.message.take());
            }
            Answer::Occupied(occupied) => {
                if let Some(desk) = &mut self.desk {
                    desk.export.running = None;
                    desk.export.give_back();
                    desk.question = Some(Question::Export(export::Asked::Occupied(occupied)));
                }
            }
            Answer::Cancelled => {
                if let Some(desk) = &mut self.desk {
                    let what = desk.export.running.take().map_or(desk.export.what, |running| running.what);
                    desk.export.called_off = Some(export::called_off(what));
                    desk.export.give_back();
                }
            }
            Answer::Outline(key, outline) => self.gallery.receive_copy(key, outline),
            Answer::CopyBytes(key, bytes) => self.gallery.receive_bytes(&key, bytes),
            Answer::Survey(revision, survey) => {
                if let Some(desk) = &mut self.desk {
                    desk.export.survey = Some((revision, survey));
                }
            }
            Answer::Verified(verified) => {
                if let Some(desk) = &mut self.desk {
                    desk.export.locked = Locked::of(&verified);
                    desk.export.verified = Some(*verified);
                    desk.export.verified_just_now = true;
                }
            }
            Answer::Locked(path, given) => {
                if let Some(desk) = &mut self.desk {
                    desk.export.verified = None;
                    desk.export.verified_just_now = true;
                    desk.export.locked = Some(Locked::zip(path, given));
                }
            }
            Answer::TextUnsaved(sentence) => self.text_not_saved(sentence),
            Answer::Failed { sentence } => self.say(sentence, true),
            Answer::Done { changed_people, held_typing } => {
                self.others = self.others.saturating_sub(usize::from(changed_people));
                self.holding = self.holding.saturating_sub(usize::from(held_typing));
                if self.holding == 0 {
                    std::mem::take(&mut self.parked).into_iter().for_each(|answer| self.take(answer));
                }
                if self.others == 0 {
                    self.send_held();
                }
            }
            Answer::Sorted(sorted, target) => self.route(sorted, target),
            Answer::Contents(contents) => self.start.told(contents),
            Answer::CopiesRead(book, person, copies) => self.copies_read(&book, person, copies),
            Answer::ImportRead(number, intake) => self.import_read(number, intake),
            Answer::Planned(number, report, settlement) => self.planned(number, report, settlement),
            Answer::Imported(report) => self.imported(report),
            Answer::Refused(refused) => self.arrivals.refused.extend(refused),
            Answer::Photographed(photo) => {
                if let Some(desk) = &mut self.desk {
                    desk.photo_came = Some(photo);
                }
            }
            Answer::Attached(id, first) => {
                if let Some(desk) = &mut self.desk {
                    desk.copies_came = Some((id, first));
                }
            }
            Answer::Present(present) => self.start.present = Some(present),
            Answer::NoticeRead(path, title) => self.start.notice_read(path, title),
        }
    }

    /// Asks again for what the shown screen has from the book.
    pub(super) fn look_again(&mut self) {
        let order = match &self.desk {
            Some(desk) if desk.view == View::History => Order::History(desk.chronicle.person(desk.selected)),
            Some(desk) if desk.view == View::Backups => Order::Backups,
            _ => return,
        };
        self.send(order);
    }

    pub(super) fn open_desk(&mut self, book: Snapshot) {
        self.settings.opened(&book.path, &whose(&book.bodies));
        self.message.take_if(|message| message.is_of_last_book());
        self.proofs.close();
        self.gallery.close();
        // Files that came together with the book and were not taken are still told.
        (self.arrivals.ask, self.arrivals.import) = (None, None);
        let last = self.settings.last_person.as_ref().filter(|(path, _)| *path == book.path);
        let last = last.map(|(_, id)| PersonId(*id));
        self.saved_at = None;
        let tab = last.and_then(|_| Tab::called(self.settings.last_tab.as_deref()?));
        self.desk = Some(Desk::new(book, last));
        if let (Some(desk), Some(tab)) = (&mut self.desk, tab) {
            desk.tab = tab;
        }
        self.pages = screens::PageView::default();
        self.import_waiting();
    }
}
