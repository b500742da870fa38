//! The screens, one file each. They draw what is known and say what is to be done; nothing is done while drawing.

mod backups;
mod check;
mod export;
mod form;
mod help;
mod history;
mod notice;
mod page;
mod people;
mod question;
mod recommender;
mod shell;
mod start;
mod unsaved;

use std::path::PathBuf;

use eframe::egui::{Id, Ui};

use super::app::App;
use super::desk::View;
use super::dialogs::Purpose;
use super::settings::Look;
use super::worker::Order;
use crate::domain::PersonId;

pub use backups::Broken;
pub use help::help;
pub use page::PageView;
pub use question::ask_path;
pub use start::StartScreen;

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
    Help,
    Look(Look),
    Zoom(f32),
    /// The history of the whole book, or of the selected person.
    WholeHistory(bool),
    /// Tries once more to save what could not be saved.
    SaveNow,
    /// What could not be saved is given up; then this, or the window closes.
    Leave(Option<Box<Order>>),
    /// Puts away what is shown of a book that cannot be opened.
    CloseBroken,
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

/// The search field above the list of people.
pub fn search_id() -> Id {
    Id::unique("search")
}
