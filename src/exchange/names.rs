//! File names that every system, and every zip reader, takes.

use std::collections::HashSet;

/// Most characters of a name, its extension included (contract, section 5).
pub const NAME_CHARACTERS: usize = 80;
/// Most bytes of a name: the usual limit of Linux file systems; 80 characters beyond the BMP would have 320.
const NAME_BYTES: usize = 255;
/// Stands where nothing printable was given.
const NAMELESS: &str = "未命名";
/// Stands for a character that has no printable form.
const BLANK: char = '＿';

/// A file name from a title or name and an extension without its dot (empty: none, for folders). Characters that a
/// file name may not hold become full-width; everything else stays as typed, also the normal form.
pub fn file_name(title: &str, extension: &str) -> String {
    let mut stem: String = title.trim().chars().map(allowed).collect();
    if stem.is_empty() {
        stem = NAMELESS.to_owned();
    }
    if is_device(&stem) {
        let base = stem.find('.').unwrap_or(stem.len());
        stem.insert(base, BLANK);
    }
    // A leading dot hides the file, a trailing one is dropped by Windows.
    if stem.starts_with('.') {
        stem.replace_range(..1, "．");
    }
    shorten(&mut stem, extension);
    if stem.ends_with('.') {
        stem.pop();
        stem.push('．');
    }
    join(&stem, extension)
}

/// A title of a variable head and a tail that must stay: a long head is cut, so that the file's name fits with its
/// extension of up to four letters.
pub fn titled(head: &str, tail: &str) -> String {
    const EXTENSION: &str = ".docx";
    let mut head = head.to_owned();
    let rest = |text: &str| tail.chars().count() + EXTENSION.len() + text.chars().count();
    let end_mark = '．'.len_utf8();
    while rest(&head) > NAME_CHARACTERS || head.len() + tail.len() + EXTENSION.len() + end_mark > NAME_BYTES {
        if head.pop().is_none() {
            break;
        }
    }
    head + tail
}

fn join(stem: &str, extension: &str) -> String {
    if extension.is_empty() { stem.to_owned() } else { format!("{stem}.{extension}") }
}

/// Cuts the stem so that it fits together with its extension; a full-width end mark may still take the place of a dot.
fn shorten(stem: &mut String, extension: &str) {
    let tail = if extension.is_empty() { 0 } else { extension.chars().count() + 1 };
    let tail_bytes = if extension.is_empty() { 0 } else { extension.len() + 1 };
    let end_mark = '．'.len_utf8();
    while stem.chars().count() + tail > NAME_CHARACTERS || stem.len() + tail_bytes + end_mark > NAME_BYTES {
        if stem.pop().is_none() {
            break;
        }
    }
    stem.truncate(stem.trim_end().len());
}

fn allowed(character: char) -> char {
    match character {
        '\\' => '＼',
        '/' => '／',
        ':' => '：',
        '*' => '＊',
        '?' => '？',
        '"' => '＂',
        '<' => '＜',
        '>' => '＞',
        '|' => '｜',
        c if c.is_control() || is_bidi_control(c) => BLANK,
        c => c,
    }
}

/// Marks that turn the reading direction: they make a name look like another one.
pub(super) fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// True for a name that can stand on every system as it is: one plain component.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= NAME_BYTES
        && !name.ends_with(['.', ' '])
        && !is_device(name)
        && name.chars().all(|c| allowed(c) == c)
}

/// True for the names that Windows keeps for devices, with any extension.
pub(super) fn is_device(name: &str) -> bool {
    let base = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    if matches!(base.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") {
        return true;
    }
    let Some(digit) = base.strip_prefix("COM").or_else(|| base.strip_prefix("LPT")) else { return false };
    let mut characters = digit.chars();
    matches!((characters.next(), characters.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}

/// The names given in one folder: no two that differ by case only, which one folder on Windows cannot hold.
#[derive(Debug, Default)]
pub struct FolderNames {
    taken: HashSet<String>,
}

impl FolderNames {
    /// [`file_name`], with a number behind the title where the name is taken.
    pub fn give(&mut self, title: &str, extension: &str) -> String {
        let mut name = file_name(title, extension);
        let mut number = 1;
        while !self.taken.insert(name.to_lowercase()) {
            number += 1;
            let mark = format!("（{number}）");
            let mut stem = file_name(title, extension);
            stem.truncate(stem.len() - join("", extension).len());
            while stem.chars().count() + mark.chars().count() + join("", extension).chars().count() > NAME_CHARACTERS
                || stem.len() + mark.len() + join("", extension).len() > NAME_BYTES
            {
                if stem.pop().is_none() {
                    break;
                }
            }
            name = join(&(stem + &mark), extension);
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_every_system_takes() {
        let cases = [
            ("a plain name", "葛瑾川", "jpg", "葛瑾川.jpg"),
            ("beyond the BMP, as typed", "闫㛃宁𠮷", "pdf", "闫㛃宁𠮷.pdf"),
            ("forbidden marks", "a/b\\c:d*e?f\"g<h>i|j", "pdf", "a／b＼c：d＊e？f＂g＜h＞i｜j.pdf"),
            ("control and direction", "a\nb\u{0}c\u{202E}d", "png", "a＿b＿c＿d.png"),
            ("a device", "con", "", "con＿"),
            ("a device with an extension", "Com1.tar", "gz", "Com1＿.tar.gz"),
            ("no device", "CONTEXT", "", "CONTEXT"),
            ("spaces around", "  题 名  ", "pdf", "题 名.pdf"),
            ("a trailing dot", "v1.", "", "v1．"),
            ("a leading dot", ".隐", "", "．隐"),
            ("nothing", " \t ", "pdf", "未命名.pdf"),
            ("climbing up", "../../etc", "", "．.／..／etc"),
            ("decomposed as typed", "e\u{301}", "", "e\u{301}"),
        ];
        for (case, title, extension, wanted) in cases {
            assert_eq!(file_name(title, extension), wanted, "{case}");
        }
    }

    #[test]
    fn names_have_at_most_80_characters_and_255_bytes() {
        for character in ["字", "𠮷", "a", ".", "a "] {
            let name = file_name(&character.repeat(300), "pdf");
            assert!(name.chars().count() <= NAME_CHARACTERS && name.len() <= NAME_BYTES, "{name}");
            assert!(name.ends_with(".pdf") && !name.contains(" .pdf"), "{name}");
        }
        assert_eq!(file_name(&"字".repeat(300), "pdf").chars().count(), NAME_CHARACTERS);
    }

    #[test]
    fn twins_in_one_folder_get_numbers() {
        let mut names = FolderNames::default();
        assert_eq!(names.give("Report", "pdf"), "Report.pdf");
        assert_eq!(names.give("REPORT", "pdf"), "REPORT（2）.pdf");
        assert_eq!(names.give("report", "pdf"), "report（3）.pdf");
        let long = "字".repeat(300);
        let (first, second) = (names.give(&long, "pdf"), names.give(&long, "pdf"));
        assert_ne!(first, second);
        assert!(second.chars().count() <= NAME_CHARACTERS && second.ends_with("（2）.pdf"), "{second}");
    }
}
