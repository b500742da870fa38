//! clap's refusals in Chinese: one sentence, exit code 2.

use std::ffi::OsString;
use std::path::Path;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::Cli;

/// The help or version text that was asked for. clap writes this one word of its own into usage lines.
pub fn help(shown: &clap::Error) -> String {
    shown.render().to_string().replace("[OPTIONS]", "[选项]")
}

/// Whether a word without a command can be meant as a book to open.
pub fn may_be_book(word: &Path) -> bool {
    word.exists() || word.extension().is_some() || word.components().count() > 1
}

/// That there is no such command, with the one that was probably meant.
pub fn unknown_command(arguments: &[OsString]) -> String {
    let word = first_word(arguments).unwrap_or_default();
    match likely(&word) {
        Some(command) => format!("没有“{word}”这个命令，是不是 {command}。用法请看 tuijian --help"),
        None => format!("没有“{word}”这个命令。用法请看 tuijian --help"),
    }
}

/// The first argument that is neither an option nor the value of `--book`.
fn first_word(arguments: &[OsString]) -> Option<String> {
    let mut words = arguments.iter().skip(1).map(|argument| argument.to_string_lossy());
    while let Some(word) = words.next() {
        match word.as_ref() {
            "--book" => drop(words.next()),
            option if option.starts_with('-') => {}
            word => return Some(word.to_owned()),
        }
    }
    None
}

/// The command whose name is nearest to a misspelt one.
fn likely(word: &str) -> Option<String> {
    const NEAR: f64 = 0.75;
    let commands = Cli::command();
    let names = commands.get_subcommands().map(|command| command.get_name().to_owned());
    let scored = names.map(|name| (strsim::jaro(word, &name), name)).filter(|(score, _)| *score > NEAR);
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// What is wrong with the command line and what to do.
pub fn sentence(error: &clap::Error, arguments: &[OsString]) -> String {
    let commands = Cli::command();
    let is_command = |word: &String| commands.get_subcommands().any(|command| command.get_name() == word.as_str());
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(word) = first_word(arguments)
        && !is_command(&word)
    {
        return unknown_command(arguments);
    }
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", text(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument if argument.ends_with(".tuijian") => {
            format!("推荐册要写在 --book 后面：--book {argument}")
        }
        ErrorKind::UnknownArgument => format!("不认识“{argument}”"),
        ErrorKind::MissingRequiredArgument => format!("还缺少 {argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "还缺少命令".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面还缺少内容"),
        ErrorKind::InvalidValue => match text(ContextKind::ValidValue) {
            allowed if allowed.is_empty() => format!("{argument} 不能是“{value}”"),
            allowed => format!("{argument} 不能是“{value}”，只能是 {allowed}"),
        },
        ErrorKind::ValueValidation => format!("{argument} 不能是“{value}”"),
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            prior if prior.is_empty() => format!("“{argument}”不能用在这里"),
            prior if prior == argument => format!("{argument} 只能写一次"),
            prior => format!("{argument} 与 {prior} 不能同时使用"),
        },
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的内容个数不对")
        }
        ErrorKind::NoEquals => format!("{argument} 后面应写等号"),
        ErrorKind::InvalidUtf8 => "命令里有无法辨认的字符".to_owned(),
        _ => "命令写法不对".to_owned(),
    };
    format!("{what}。用法请看 tuijian --help")
}
