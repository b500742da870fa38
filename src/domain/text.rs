//! Counting characters the way the notice's readers do.

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

/// Letters, digits and marks that Word joins into one word: everything before the general punctuation block.
fn is_narrow(c: char) -> bool {
    (c as u32) < 0x2000
}
