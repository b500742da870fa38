//! Counting characters the way the notice's readers do; a text in quotation marks.

/// 字数 as Word counts: each Chinese character or mark is one, each run of Latin letters and digits is one.
pub fn word_count(text: &str) -> usize {
    let mut count = 0;
    let mut in_run = false;
    for c in text.chars() {
        let wide = !c.is_whitespace() && !is_narrow(c);
        if wide {
            count += 1;
            in_run = false;
        } else if c.is_whitespace() {
            in_run = false;
        } else if !in_run {
            count += 1;
            in_run = true;
        }
    }
    count
}

/// Characters other than white space.
pub fn non_space_count(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// A text in quotation marks: those within it become single ones (GB/T 15834: “…‘…’…”). What stands in marks as a whole
/// keeps them.
pub fn in_quotes(text: &str) -> String {
    let text = text.trim();
    let bare = |inner: &&str| !inner.contains(['“', '”']);
    match text.strip_prefix('“').and_then(|rest| rest.strip_suffix('”')).filter(bare) {
        Some(inner) => format!("“{inner}”"),
        None => format!("“{}”", text.replace('“', "‘").replace('”', "’")),
    }
}

/// Letters, digits and marks that Word joins into one word: everything before the general punctuation block.
fn is_narrow(c: char) -> bool {
    (c as u32) < 0x2000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_within_quotes_are_single() {
        for (text, quoted) in [
            ("全国技术能手", "“全国技术能手”"),
            ("“全国技术能手”", "“全国技术能手”"),
            ("“全国技术能手”称号", "“‘全国技术能手’称号”"),
            (" 获“甲”和“乙” ", "“获‘甲’和‘乙’”"),
            ("“甲”、“乙”", "“‘甲’、‘乙’”"),
            ("", "“”"),
        ] {
            assert_eq!(in_quotes(text), quoted);
        }
    }

    #[test]
    fn words_are_counted_as_word_does() {
        for (text, words, characters) in [
            ("", 0, 0),
            (" \n\u{3000}", 0, 0),
            ("葛瑾川同志", 5, 5),
            ("被评为“全国技术能手”。", 12, 12),
            ("2018 年获第1名", 6, 9),
            ("PLC编程", 3, 5),
            ("GB/T 9704-2012", 2, 13),
            ("提高 30%，降低 3.5%", 7, 12),
            ("一\n二\t三", 3, 3),
            ("阿依古丽·买买提", 8, 8),
            ("\u{20BB7}野", 2, 2),
            ("①②", 2, 2),
            ("don't stop", 2, 9),
        ] {
            assert_eq!((word_count(text), non_space_count(text)), (words, characters), "{text:?}");
        }
    }
}
