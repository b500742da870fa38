//! The screens, one file each. They draw what is known and say what is to be done; nothing is done while drawing.

mod arrived;
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
mod shell;
mod start;

use std::path::PathBuf;

use eframe::egui::{Id, Ui};

use super::app::App;
use super::desk::View;
use super::dialogs::Purpose;
use super::settings::Look;
use super::worker::Order;
use crate::domain::PersonId;

pub use arrived::show as arrived;
pub use help::help;
pub use page::PageView;
pub use path::ask_path;
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
    /// The next step of the import that is being looked at.
    Import(ImportStep),
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

/// Draws the window.
pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    if app.desk.is_some() {
        shell::show(app, ui, actions);
    } else {
        start::show(app, ui, actions);
    }
}

/// The search field above the list of people.
pub fn search_id() -> Id {
    Id::unique("search")
}
