//! The screens, one file each. They draw what is known and say what is to be done; nothing is done while drawing.

mod arrived;
mod backups;
mod check;
mod export;
mod form;
mod help;
mod history;
mod import;
mod notice;
mod page;
mod path;
mod people;
mod question;
mod recommender;
mod report;
mod shell;
mod start;
mod unsaved;

use std::path::PathBuf;

use eframe::egui::{Id, Ui};

use super::app::App;
use super::desk::{Tab, View};
use super::dialogs::Purpose;
use super::export::Consent;
use super::settings::Look;
use super::worker::Order;
use crate::domain::{Body, Clause, PersonId, RecommenderId};
use crate::ops::Place;

pub use arrived::show as arrived;
pub use backups::Broken;
pub use check::CheckView;
pub use help::help;
pub use notice::{NoticeView, find_id};
pub use page::PageView;
pub use path::ask_path;
pub use report::ReportView;
pub use start::StartScreen;

/// Leads to a recommender's 推荐单位资料: of several, to the one that is meant and no other, whose fields are called alike.
pub(in crate::ui) fn to_body(bodies: &[Body], id: RecommenderId) -> Action {
    match bodies {
        [_] => Action::Show(View::Recommender),
        _ => Action::GoToBody(id, "contact".to_owned()),
    }
}

/// What the clerk wants done.
#[derive(Debug)]
pub enum Action {
    Order(Order),
    /// A file is to be chosen.
    Ask(Purpose),
    Open(PathBuf),
    /// Takes a book off the list of recent ones.
    Forget(PathBuf),
    Select(PersonId),
    /// Shows a person's field.
    GoTo(PersonId, String),
    Show(View),
    /// Shows a part of the form.
    Turn(Tab),
    Help,
    /// Asks whether somebody is to be put forward by another recommender.
    AskTransfer(PersonId, RecommenderId),
    /// Says what was done.
    Say(String),
    Look(Look),
    Zoom(f32),
    /// Shows a recommender's field, by its path in the recommender's record.
    GoToBody(RecommenderId, String),
    /// The next step of the import that is being looked at.
    Import(ImportStep),
    /// Opens a file or folder with the desktop's own program.
    OpenOutside(PathBuf),
    /// Makes what is chosen on the screen, with what was agreed to before.
    Export(Consent),
    /// Turns to a clause of the notice.
    ShowClause(Clause),
    /// The history of the whole book, or of the selected person.
    WholeHistory(bool),
    /// Tries once more to save what could not be saved.
    SaveNow,
    /// What could not be saved is given up; then this, or the window closes.
    Leave(Option<Box<Order>>),
    /// Puts away what is shown of a book that cannot be opened.
    CloseBroken,
    /// Takes the picture that the clipboard has.
    PastePicture,
}

/// What is done with an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStep {
    /// Reads the files again: with a passphrase, or for another recommender.
    Read,
    /// Plans it as the clerk has settled it.
    Settle,
    /// Takes everybody in.
    Commit,
}

/// The way to where something of the book is put in.
fn go_to(place: &Place) -> Action {
    match place {
        Place::Person(id, spot) => {
            Action::GoTo(*id, spot.as_ref().map_or_else(|| "process".to_owned(), |spot| spot.field.clone()))
        }
        Place::Recommender(id, spot) => {
            Action::GoToBody(*id, spot.as_ref().map_or_else(|| "report".to_owned(), |spot| spot.field.clone()))
        }
    }
}

/// Draws the window.
pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    if app.desk.is_some() {
        shell::show(app, ui, actions);
    } else if app.broken.is_some() {
        backups::broken(app, ui, actions);
    } else {
        start::show(app, ui, actions);
    }
}

/// Whether a screen is drawn for the first time since another was shown.
fn is_just_shown(ui: &Ui, screen: &str) -> bool {
    let id = Id::unique(("screen", screen));
    let now = ui.ctx().cumulative_pass_nr();
    let last = ui.data_mut(|data| {
        let last = data.get_temp::<u64>(id);
        data.insert_temp(id, now);
        last
    });
    last.is_none_or(|last| last + 1 < now)
}

/// The search field above the list of people.
pub fn search_id() -> Id {
    Id::unique("search")
}
