//! clap's refusals in Chinese: one sentence, exit code 2.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The help or version text that was asked for. clap writes this one word of its own into usage lines.
pub fn help(shown: &clap::Error) -> String {
    shown.render().to_string().replace("[OPTIONS]", "[选项]")
}

/// What is wrong with the command line and what to do.
pub fn sentence(error: &clap::Error) -> String {
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
