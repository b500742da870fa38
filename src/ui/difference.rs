//! Two texts side by side: which parts differ, and enough around them to know the place.

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// The other text does not have it here.
    pub differs: bool,
}

/// So many characters stay around a difference.
const AROUND: usize = 16;
/// With more sentences than this in both texts together only the whole middle is marked.
const MOST_SENTENCES: usize = 1600;

/// Both texts in pieces, the same parts cut to what stands next to a difference.
pub fn side_by_side(before: &str, after: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (old, new) = (sentences(before), sentences(after));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    if old.len() + new.len() > MOST_SENTENCES {
        hunk(before, after, &mut left, &mut right);
        return (excerpt(left), excerpt(right));
    }
    let (mut i, mut j) = (0, 0);
    for (at_old, at_new) in common(&old, &new) {
        hunk(&old[i..at_old].concat(), &new[j..at_new].concat(), &mut left, &mut right);
        push(&mut left, old[at_old], false);
        push(&mut right, new[at_new], false);
        (i, j) = (at_old + 1, at_new + 1);
    }
    hunk(&old[i..].concat(), &new[j..].concat(), &mut left, &mut right);
    (excerpt(left), excerpt(right))
}

/// A text in sentences, each with its mark.
fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['。', '；', '！', '？', '\n']).collect()
}

/// Places of a longest common part of two lists.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    // lengths[i][j]: of what is common to old[i..] and new[j..].
    let mut lengths = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i][j] =
                if old[i] == new[j] { lengths[i + 1][j + 1] + 1 } else { lengths[i + 1][j].max(lengths[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// Two stretches of text that are not the same: their common beginning and end are.
fn hunk(before: &str, after: &str, left: &mut Vec<Piece>, right: &mut Vec<Piece>) {
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let room = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    for (text, pieces) in [(&old, left), (&new, right)] {
        let part = |from: usize, to: usize| text[from..to].iter().collect::<String>();
        push(pieces, &part(0, head), false);
        push(pieces, &part(head, text.len() - tail), true);
        // Nothing on this side: its place is kept, so that the text around it stays in sight.
        if head + tail == text.len() && head + tail < old.len().max(new.len()) {
            pieces.push(Piece { text: String::new(), differs: true });
        }
        push(pieces, &part(text.len() - tail, text.len()), false);
    }
}

fn push(pieces: &mut Vec<Piece>, text: &str, differs: bool) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.differs == differs && !last.text.is_empty() => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), differs }),
    }
}

/// Cuts long pieces that are the same to what stands next to a difference.
fn excerpt(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let cut = |(index, piece): (usize, Piece)| {
        let characters: Vec<char> = piece.text.chars().collect();
        let (before, after) = (index > 0, index < last);
        let room = AROUND * (usize::from(before) + usize::from(after)).max(1);
        if piece.differs || characters.len() <= room + 4 {
            return piece;
        }
        let begin: String = characters.iter().take(if before { AROUND } else { 0 }).collect();
        let end: String = characters.iter().skip(characters.len() - if after { AROUND } else { 0 }).collect();
        // Texts that are the same throughout are shown by their beginning.
        let begin = if before || after { begin } else { characters.iter().take(AROUND).collect() };
        Piece { text: format!("{begin}…{end}"), differs: false }
    };
    pieces.into_iter().enumerate().map(cut).filter(|piece| !piece.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Differing parts in brackets.
    fn marked(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.differs { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn what_differs_is_marked() {
        for (before, after, left, right) in [
            ("班长", "班长兼带班", "班长", "班长[兼带班]"),
            ("", "新的", "", "[新的]"),
            ("甲乙丙", "甲丁丙", "甲[乙]丙", "甲[丁]丙"),
            ("一。二。三。", "一。三。四。", "一。[二。]三。", "一。三。[四。]"),
            ("同", "同", "同", "同"),
        ] {
            let (one, other) = side_by_side(before, after);
            assert_eq!((marked(&one).as_str(), marked(&other).as_str()), (left, right), "{before} {after}");
        }
    }

    #[test]
    fn long_texts_are_cut_to_the_place() {
        let long = "从事本职业三十年，勤恳工作".repeat(20);
        let (_, new) = side_by_side(&format!("{long}甲{long}"), &format!("{long}乙{long}"));
        let shown = marked(&new);
        assert!(shown.contains("[乙]") && shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() < 50, "{shown}");
        let (old, _) = side_by_side(&long, &format!("{long}甲"));
        assert!(
            marked(&old).starts_with('…') && marked(&old).ends_with("勤恳工作"),
            "the place is in sight on both sides"
        );
        let many: String = (0..2000).map(|number| format!("第{number}句。")).collect();
        assert_eq!(marked(&side_by_side(&many, &format!("{many}尾")).1).matches("[尾]").count(), 1);
    }
}
