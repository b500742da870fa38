//! `name.*`: how a name is written. A name is never changed; the clerk is told what looks odd in it.

use super::case::{Case, Findings};
use super::register::Register;
use crate::domain::{FindingCode, is_filled};

pub(super) fn check(case: &Case, register: &Register, out: &mut Findings) {
    let name = &case.applicant().name;
    if !is_filled(name) {
        return;
    }
    for oddity in oddities(name) {
        out.warn(FindingCode::NameForm, None, "name", oddity);
    }
    let same = register.same_name(case.person);
    if !same.is_empty() {
        let others: Vec<String> = same.iter().map(|other| register.describe(other)).collect();
        let message = format!("与{}姓名、单位都相同，请核对是否同一人重复录入。", others.join("、"));
        out.warn(FindingCode::NameSame, None, "name", message);
    }
}

/// What is odd in a name, one sentence a kind.
fn oddities(name: &str) -> Vec<String> {
    let find = |odd: fn(char) -> bool| -> Vec<char> { name.chars().filter(|&c| odd(c)).collect() };
    let coded = |found: &[char]| -> String {
        let shown: Vec<String> = found.iter().map(|c| format!("“{c}”（U+{:04X}）", u32::from(*c))).collect();
        shown.join("、")
    };
    let mut sentences = Vec::new();
    if name.chars().any(is_gap) {
        sentences.push("姓名里有空格或看不见的字符，请删去；两个字的名字印出时会自动拉开。".to_owned());
    }
    let dots = find(is_other_dot);
    if !dots.is_empty() {
        sentences.push(format!("姓名里的间隔号是{}，应为“·”（U+00B7），请对照身份证改正。", coded(&dots)));
    }
    if name.chars().any(is_latin) {
        sentences.push("姓名里有拉丁字母，请对照身份证核对；生僻字请录入汉字，不用拼音代替。".to_owned());
    }
    let private = find(is_private);
    if !private.is_empty() {
        let codes: Vec<String> = private.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
        sentences.push(format!("姓名里有自造字（{}），换一台电脑就会变样，请改用标准编码的字。", codes.join("、")));
    }
    let look_alikes = find(is_look_alike);
    if !look_alikes.is_empty() {
        let shown = coded(&look_alikes);
        sentences.push(format!("姓名里的{shown}是部首或兼容字符，不是常用的汉字编码，请用输入法重新录入这个字。"));
    }
    sentences
}

/// White space, control and zero-width characters.
fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn is_other_dot(c: char) -> bool {
    matches!(
        c,
        '.' | '．'
            | '。'
            | '｡'
            | '・'
            | '･'
            | '﹒'
            | '°'
            | '˙'
            | '\u{0387}'
            | '\u{2022}'
            | '\u{2024}'
            | '\u{2027}'
            | '\u{2219}'
            | '\u{22C5}'
            | '\u{25CF}'
            | '\u{25E6}'
            | '\u{2E31}'
            | '\u{A78F}'
    )
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}')
            && c.is_alphabetic()
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// Radicals and compatibility ideographs: they look like a character in use and are another one to a computer. Twelve
/// characters of the compatibility block are in truth unified ideographs.
fn is_look_alike(c: char) -> bool {
    const UNIFIED: [char; 12] = [
        '\u{FA0E}', '\u{FA0F}', '\u{FA11}', '\u{FA13}', '\u{FA14}', '\u{FA1F}', '\u{FA21}', '\u{FA23}', '\u{FA24}',
        '\u{FA27}', '\u{FA28}', '\u{FA29}',
    ];
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}') && !UNIFIED.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::oddities;

    #[test]
    fn odd_names_are_told_by_kind() {
        for (name, kinds) in [
            ("葛川", 0),
            ("欧阳叙白", 0),
            ("闫㛃宁", 0),
            ("任䶮", 0),
            ("\u{20BB7}野", 0),
            ("\u{FA11}某", 0),
            ("阿依古丽·买买提", 0),
            ("葛 川", 1),
            ("葛　川", 1),
            (" 葛川", 1),
            ("葛川 ", 1),
            ("葛\u{200B}川", 1),
            ("葛\t川", 1),
            ("阿依古丽.买买提", 1),
            ("阿依古丽•买买提", 1),
            ("阿依古丽・买买提", 1),
            ("阿依古丽\u{0387}买买提", 1),
            ("葛chuan", 1),
            ("葛Ｃ", 1),
            ("葛é", 1),
            ("葛\u{E001}", 1),
            ("葛\u{F0001}", 1),
            ("⼀川", 1),
            ("葛\u{2EA0}", 1),
            ("\u{F900}川", 1),
            ("\u{2F800}川", 1),
            ("葛 C.\u{E001}⼀", 5),
        ] {
            assert_eq!(oddities(name).len(), kinds, "{name:?}: {:?}", oddities(name));
        }
    }
}
