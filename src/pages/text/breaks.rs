//! Where a line may end: the opportunities of UAX 14, filtered for Chinese (避头尾).

use unicode_linebreak::{BreakOpportunity, linebreaks};

/// What may happen after a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    No,
    Allowed,
    /// The clerk ended the line here.
    Mandatory,
}

/// Marks that open: never last on a line.
fn is_opening(character: char) -> bool {
    opens(character) || matches!(character, '(' | '[' | '{' | '￥' | '$')
}

/// Marks that close or part: never first on a line.
fn is_closing(character: char) -> bool {
    closes(character) || matches!(character, '？' | '！' | ',' | '.' | ';' | ':' | '?' | '!' | ')' | ']' | '}')
}

/// Further characters that never begin a line.
fn is_never_first(character: char) -> bool {
    matches!(character, '…' | '—' | '·' | '・' | '％' | '‰' | '℃' | '℉' | '°' | '～' | '々' | '%')
}

/// For each character of the text, what may happen after it.
pub fn breaks(text: &str) -> Vec<Break> {
    let mut opportunities = linebreaks(text).peekable();
    let mut characters = text.char_indices().peekable();
    let mut found = Vec::with_capacity(text.len() / 2);
    while let Some((_, before)) = characters.next() {
        let Some(&(next_index, after)) = characters.peek() else {
            found.push(if is_line_break(before) { Break::Mandatory } else { Break::No });
            break;
        };
        while opportunities.next_if(|&(index, _)| index < next_index).is_some() {}
        let offered = opportunities.peek().filter(|&&(index, _)| index == next_index).map(|&(_, kind)| kind);
        found.push(match offered {
            Some(BreakOpportunity::Mandatory) => Break::Mandatory,
            other if allowed(before, after, other.is_some()) => Break::Allowed,
            _ => Break::No,
        });
    }
    found
}

fn allowed(before: char, after: char, offered: bool) -> bool {
    let never = (is_word(before) && is_word(after))
        || is_closing(after)
        || is_never_first(after)
        || is_opening(before)
        || is_of_date(before, after);
    if never {
        return false;
    }
    // UAX 14 takes curly quotes for Latin ones and glues them to what stands on either side.
    let before_quote = matches!(after, '“' | '‘') && (is_chinese(before) || is_closing(before));
    let after_quote = matches!(before, '”' | '’') && is_chinese(after);
    offered || before_quote || after_quote
}

/// Line ends as typed or pasted, the soft one of word processors (U+000B) included.
pub fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Characters that stay together: `GB/T`, `0.002`, `S-curve`, `±1.5`.
fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '/' | '-' | '.' | '@' | '_' | '+' | '#' | '%' | '±')
}

/// A year, month or day stays with its number: `6月` | `24日`.
fn is_of_date(before: char, after: char) -> bool {
    before.is_ascii_digit() && matches!(after, '年' | '月' | '日')
}

fn is_chinese(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{2FFF}' | '々' | '〇' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..)
}

/// A full-width mark whose left half is blank.
pub fn opens(character: char) -> bool {
    matches!(character, '（' | '《' | '〈' | '「' | '『' | '【' | '〖' | '〔' | '“' | '‘')
}

/// A full-width mark whose right half is blank.
pub fn closes(character: char) -> bool {
    matches!(
        character,
        '，' | '。' | '、' | '；' | '：' | '）' | '》' | '〉' | '」' | '』' | '】' | '〗' | '〕' | '”' | '’'
    )
}
