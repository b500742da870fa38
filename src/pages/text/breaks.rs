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
    // Digits that stand together before here, spaces after them passed over.
    let mut digits = 0;
    while let Some((_, before)) = characters.next() {
        let was_digit = |digits: usize| if before.is_ascii_digit() { digits + 1 } else { 0 };
        digits = if before == ' ' { digits } else { was_digit(digits) };
        let Some(&(next_index, after)) = characters.peek() else {
            found.push(if is_line_break(before) { Break::Mandatory } else { Break::No });
            break;
        };
        while opportunities.next_if(|&(index, _)| index < next_index).is_some() {}
        let offered = opportunities.peek().filter(|&&(index, _)| index == next_index).map(|&(_, kind)| kind);
        found.push(match offered {
            Some(BreakOpportunity::Mandatory) => Break::Mandatory,
            _ if is_counted(digits, before == ' ', after) => Break::No,
            other if allowed(before, after, other.is_some()) => Break::Allowed,
            _ => Break::No,
        });
    }
    found
}

fn allowed(before: char, after: char, offered: bool) -> bool {
    let never = (is_word(before) && is_word(after)) || is_closing(after) || is_never_first(after) || is_opening(before);
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

/// What is counted stays with its number: `6月` | `24日`, and with a space between them, `2 名`, but for a long number: that
/// may be one of a telephone, and a name behind it.
fn is_counted(digits: usize, spaced: bool, after: char) -> bool {
    const COUNTED: &str = "年月日天周岁名人位项个件本次台套部篇门种类级届期度户家份页条款号室楼幢栋元万亿多余吨米秒分";
    const LONG: usize = 6;
    digits > 0
        && if spaced { digits <= LONG && COUNTED.contains(after) } else { COUNTED.contains(after) || after == '张' }
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
