//! Texts on their way into XML.

/// The text without what XML 1.0 cannot hold (2.2 Char): control characters, U+FFFE and U+FFFF.
pub fn storable(text: &str) -> String {
    text.chars().filter(|&c| is_xml_character(c)).collect()
}

fn is_xml_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The lines of a text as the clerk ended them, the soft line ends of word processors (U+000B) included. Empty lines
/// stay; white space at the text's end does not.
pub fn lines(text: &str) -> Vec<String> {
    let text = text.trim_end().replace("\r\n", "\n");
    text.split(['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}']).map(storable).collect()
}

/// Two Chinese characters, which forms spread over the width of three (葛　川).
pub fn is_short_name(name: &str) -> bool {
    let name = name.trim();
    name.chars().count() == 2 && name.chars().all(|c| !c.is_ascii() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        let cases = [
            ("甲\u{0}乙\u{1}丙", "甲乙丙"),
            ("甲\u{1F}\u{FFFE}\u{FFFF}乙", "甲乙"),
            ("𪛖\t㛃", "𪛖\t㛃"),
            ("\u{E000}\u{7F}\u{85}", "\u{E000}\u{7F}\u{85}"),
        ];
        for (typed, kept) in cases {
            assert_eq!(storable(typed), kept, "{typed:?}");
        }
    }

    #[test]
    fn lines_end_where_the_clerk_ended_them() {
        assert_eq!(lines("一\r\n二\u{B}三\n\n四\n"), ["一", "二", "三", "", "四"]);
        assert_eq!(lines(""), [""]);
    }
}
