//! The command line: a thin door to [`crate::ops`]. One file a command family.
//!
//! Results go to standard output, everything else to standard error; with `--json` one JSON document and nothing else.

mod args;
mod book;
mod check;
mod documents;
mod import;
mod keep;
mod next;
mod notices;
mod output;
mod people;
mod show;
mod usage;

use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser};

use crate::ops::{self, OpError, OpenBook};
use args::{Cli, Command};
use output::Outcome;

/// What the process should do.
pub enum Start {
    /// Open the window, on this book if one is named.
    Window(Option<PathBuf>),
    /// End with this exit code.
    Exit(u8),
}

/// Reads the command line and runs the command.
pub fn start(arguments: impl Iterator<Item = std::ffi::OsString>) -> Start {
    let arguments: Vec<_> = arguments.collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) if cli.command.is_some() || cli.file.as_deref().is_none_or(usage::may_be_book) => cli,
        Ok(_) => return Start::Exit(output::complain(&usage::unknown_command(&arguments), 2)),
        Err(error) if !error.use_stderr() => return Start::Exit(output::show(&usage::help(&error))),
        Err(error) => return Start::Exit(output::complain(&usage::sentence(&error, &arguments), 2)),
    };
    // Set but empty is not set.
    let from_environment = || std::env::var_os("TUIJIAN_BOOK").filter(|value| !value.is_empty()).map(PathBuf::from);
    let book = cli.book.or(cli.file).or_else(from_environment);
    let Some(command) = cli.command else {
        return Start::Window(book);
    };
    Start::Exit(match run(command, book.as_deref()) {
        Ok(outcome) => outcome.show(),
        Err(error) => output::complain(&next::told(&error), output::exit_code(&error)),
    })
}

fn run(command: Command, book: Option<&Path>) -> Result<Outcome, OpError> {
    match command {
        Command::New(new) => book::new(book, &new),
        Command::Demo(demo) => book::demo(book, &demo),
        Command::Recommender { action } => book::recommender(&mut open(book)?, action),
        Command::Import(request) => import::import(&mut open(book)?, &request),
        Command::List(json) => people::list(&open(book)?, json.json),
        Command::Show(show) => show::show(&open(book)?, &show.person.person, show.json.json),
        Command::Edit(edit) => people::edit(&mut open_to_change(book)?, &edit.person.person, &edit.set),
        Command::Remove(one) => people::remove(&mut open_to_change(book)?, &one.person),
        Command::Nominate(nominate) => {
            people::nominate(&mut open_to_change(book)?, &nominate.person.person, nominate.exception.as_deref())
        }
        Command::Withdraw(one) => people::withdraw(&mut open_to_change(book)?, &one.person),
        Command::Order(order) => people::order(&mut open_to_change(book)?, &order.person.person, order.place),
        Command::Check(json) => check::check(&open(book)?, json.json),
        Command::Print(request) => documents::print(&open(book)?, &request),
        Command::Export(export) => documents::export(&open(book)?, &export),
        Command::Verify(verify) => documents::verify(&verify),
        Command::History(history) => keep::history(&open(book)?, &history),
        Command::Revert(revert) => keep::revert(&mut open_to_change(book)?, &revert),
        Command::Backup(backup) => keep::backup(&open(book)?, &backup.out),
        Command::Backups(json) => keep::backups(named(book)?, json.json),
        Command::Restore(restore) => keep::restore(named(book)?, &restore.file),
        Command::Doctor => keep::doctor(named(book)?),
        Command::Notices(json) => notices::list(json.json),
        Command::Notice { action: args::NoticeAction::Check { file } } => notices::check(&file),
        Command::Completions(completions) => {
            let mut script = Vec::new();
            clap_complete::generate(completions.shell, &mut Cli::command(), "tuijian", &mut script);
            Ok(Outcome::text(String::from_utf8_lossy(&script).trim_end()))
        }
    }
}

fn open(book: Option<&Path>) -> Result<OpenBook, OpError> {
    OpenBook::open(named(book)?)
}

/// The same before a change: the first change of a day is preceded by a copy of the book.
fn open_to_change(book: Option<&Path>) -> Result<OpenBook, OpError> {
    let open = open(book)?;
    // What the clerk asked for is not refused for want of a copy.
    if let Err(error) = ops::daily_backup(&open) {
        output::complain(&format!("今天的自动备份没有做成：{}", next::told(&error)), 0);
    }
    Ok(open)
}

fn named(book: Option<&Path>) -> Result<&Path, OpError> {
    book.ok_or_else(|| OpError::Wrong("请用 --book 指定推荐册文件（或设环境变量 TUIJIAN_BOOK）".to_owned()))
}
