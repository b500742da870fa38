//! What the window asks of the book's thread, and what comes back.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::Snapshot;
use crate::domain::{Applicant, Body, FileKey, Person, PersonId, Recommender, RecommenderId, RecommenderKind};
use crate::ops::{
    Backup, Comparison, Contents, Copies, CopyBytes, Cut, HistoryLine, ImportReport, Intake, Pixels, Place, Progress,
    RecommenderEdit, Refusal, Settlement, Sorted, Survey,
};
use crate::preview::{CopyContent, Picture};
use crate::ui::arrivals::Target;
use crate::ui::export::{Given, Secret};

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
    /// What is typed after it is undone by itself.
    EndStretch,
    Add(RecommenderId),
    Nominate(PersonId, Option<String>),
    Withdraw(PersonId),
    Place(PersonId, u32),
    /// Gives a person to another recommender.
    Transfer(PersonId, RecommenderId),
    Remove(PersonId),
    /// Reads copies for a person's attachments.
    ReadCopies(PersonId, Vec<PathBuf>),
    /// Puts what was read into them.
    Attach(PersonId, Copies),
    Photo(PersonId, Option<PathBuf>),
    AddRecommender(Box<Recommender>),
    EditRecommender(RecommenderId, Box<RecommenderEdit>),
    Undo,
    Redo,
    History(Option<PersonId>),
    Revert(i64),
    /// Puts back what stood before a revision.
    RevertBefore(i64),
    Compare(i64),
    Picture(FileKey),
    Export(Box<crate::ui::export::Request>),
    /// A photo from the clipboard.
    PastePhoto(PersonId, Pixels),
    /// A copy from the clipboard.
    PasteCopy(PersonId, Pixels),
    /// Cuts the photo that the clerk sees.
    CutPhoto(PersonId, FileKey, Cut),
    /// Tells what files are that have arrived, and where the clerk was then.
    Sort(Vec<PathBuf>, Option<Target>),
    /// Looks through files for a book that is to be made from them.
    ReadContents {
        paths: Vec<PathBuf>,
        passphrase: Option<Secret>,
    },
    /// Makes a book from records.
    CreateOf {
        path: PathBuf,
        notice: String,
        records: Vec<PathBuf>,
        passphrase: Option<Secret>,
    },
    /// Reads files for an import.
    ReadImport {
        /// Which reading it is: an earlier one that ends later is not looked at.
        number: u64,
        paths: Vec<PathBuf>,
        /// Scans that came beside them.
        scans: Vec<PathBuf>,
        passphrase: Option<Secret>,
        into: Option<RecommenderId>,
    },
    /// Plans what was read, now or before; the number comes back with the plan.
    PlanImport {
        number: u64,
        read: Option<Box<Intake>>,
        settlement: Settlement,
    },
    /// Takes in what was planned.
    CommitImport(Settlement),
    /// Forgets what was read.
    LeaveImport,
    /// Tells which books are still at their place.
    Presence(Vec<PathBuf>),
    /// Reads the profile of a notice for a new book.
    ReadNotice(PathBuf),
    /// What is typed about a recommender or into its report, kept quietly.
    SaveText(crate::ui::drafts::Key, String),
    /// A part of the report (its key) at the press of a button, said aloud; empty: as generated.
    SetReport(RecommenderId, &'static str, String),
    RemoveRecommender(RecommenderId),
    /// Pages and codes of what would be printed now; the number comes back with the answer.
    Survey(u64),
    /// A folder or zip against its own list. Needs no book.
    Verify(PathBuf, Option<Secret>),
    /// Lists the automatic copies.
    Backups,
    /// Copies the book to a new file.
    Backup(PathBuf),
    /// Puts a copy in the place of the open book.
    Restore(PathBuf),
    /// The same for a book that cannot be opened (first) with a copy (second), and opens it.
    Rescue(PathBuf, PathBuf),
    /// Looks the whole book over.
    Examine,
    /// Copies the book to a new file and goes on working in that one; with what the window knows, in case the book can no
    /// longer be read.
    Move(PathBuf, Vec<Body>, Vec<Person>),
    /// What a copy is, for pages and thumbnails.
    Outline(FileKey),
    /// A copy's bytes, when it is seen.
    CopyBytes(FileKey),
}

impl Order {
    /// Whether people may come out of it otherwise than the window knows them: its outcome is taken in before a form, which
    /// holds all of a person, is saved again. A save is not one of them: forms go to the book in the order of typing.
    pub fn changes_people(&self) -> bool {
        self.puts_book_away()
            || matches!(
                self,
                Self::Add(_)
                    | Self::Nominate(..)
                    | Self::Withdraw(_)
                    | Self::Place(..)
                    | Self::Transfer(..)
                    | Self::Remove(_)
                    | Self::Attach(..)
                    | Self::Photo(..)
                    | Self::PastePhoto(..)
                    | Self::PasteCopy(..)
                    | Self::CutPhoto(..)
                    | Self::RemoveRecommender(_)
                    | Self::Undo
                    | Self::Redo
                    | Self::Revert(_)
                    | Self::RevertBefore(_)
                    | Self::CommitImport(_)
                    | Self::Move(..)
            )
    }

    /// Whether it may keep the book's thread for long: what is known by then is told before it begins.
    pub(super) fn is_long(&self) -> bool {
        matches!(self, Self::Survey(_) | Self::PlanImport { .. } | Self::CommitImport(_) | Self::Attach(..))
    }

    /// Whether nothing is typed until it is done, because it may take long and could not be stored meanwhile.
    pub fn holds_typing(&self) -> bool {
        self.turns_to_another() || matches!(self, Self::CommitImport(_))
    }

    /// Whether another book may be in the window afterwards: nothing is typed until that is known.
    pub fn turns_to_another(&self) -> bool {
        self.puts_book_away() || matches!(self, Self::Move(..))
    }

    /// Whether the open book is closed by it: everything typed must be in it first.
    pub fn puts_book_away(&self) -> bool {
        matches!(
            self,
            Self::Close
                | Self::Open(_)
                | Self::Demo(..)
                | Self::Create { .. }
                | Self::CreateOf { .. }
                | Self::Restore(_)
                | Self::Rescue(..)
        )
    }
}

/// What came of an order.
#[derive(Debug)]
pub enum Answer {
    Book(Box<Snapshot>),
    Closed,
    /// A new book lies here; it comes next.
    Created(PathBuf),
    /// The open book goes on in this file: its people are the same.
    Moved(PathBuf),
    /// The form of a person is in the book.
    Saved {
        person: PersonId,
        form: Box<Applicant>,
    },
    /// What was typed about a recommender is in the book.
    TextSaved,
    /// It is not: the book is as it was, and the form comes back.
    Unsaved {
        person: PersonId,
        form: Box<Applicant>,
        sentence: String,
    },
    Added(PersonId),
    /// Done, in the operation's words.
    Said(String),
    History(Vec<HistoryLine>),
    Compared(Box<Comparison>),
    /// Something was taken back (`back`) or done again; where it is to be seen.
    Stepped {
        what: String,
        back: bool,
        place: Option<Place>,
    },
    Backups(Vec<Backup>),
    /// The book was copied.
    BackedUp,
    /// All that the window knows is in another book from now on.
    Rebuilt,
    /// What is damaged in the book, a sentence each.
    Examined(Vec<String>),
    /// A book that cannot be opened, and the copies that there are of it.
    Broken {
        path: PathBuf,
        sentence: String,
        copies: Vec<Backup>,
    },
    Picture(FileKey, Option<Arc<Picture>>),
    Exported(Box<crate::ui::export::Made>),
    /// An export came to nothing, and why; `None`: another answer says it.
    NotExported(Option<String>),
    /// Another recommender's set would be replaced: nothing was exported.
    Occupied(crate::ui::export::Occupied),
    /// An export was called off.
    Cancelled,
    Survey(u64, Survey),
    Verified(Box<crate::ui::export::Verified>),
    /// A zip wants its passphrase, or another one than was given.
    Locked(PathBuf, Given),
    /// The book did not take in what was typed about a recommender.
    TextUnsaved(String),
    /// Where an export stands.
    Progress(Progress),
    /// Nothing was done.
    Failed {
        sentence: String,
    },
    /// The order is finished; all its other answers came before.
    Done {
        /// [`Order::changes_people`]
        changed_people: bool,
        /// [`Order::holds_typing`]
        held_typing: bool,
    },
    Outline(FileKey, Result<CopyContent, String>),
    CopyBytes(FileKey, Option<CopyBytes>),
    Sorted(Sorted, Option<Target>),
    Contents(Contents),
    /// Copies of the book at that place were read for a person.
    CopiesRead(PathBuf, PersonId, Copies),
    /// Files for an import were read; the number is the reading's.
    ImportRead(u64, Box<Intake>),
    /// What an import would do, settled like this; the number is that of the order.
    Planned(u64, ImportReport, Settlement),
    /// What an import did.
    Imported(ImportReport),
    /// Files that were not taken, with their reasons.
    Refused(Vec<Refusal>),
    /// A person has a new photo, this one.
    Photographed(FileKey),
    /// Copies were added to a person's, from this one on (from 0).
    Attached(PersonId, usize),
    /// Books that are still at their place.
    Present(BTreeSet<PathBuf>),
    /// The profile of a notice, and what the notice is called.
    NoticeRead(PathBuf, String),
}
