//! How much room a text takes, estimated: Word and Excel set it with fonts of their own.

use super::text::lines;
use crate::pages::{Mm, Pt};

/// Lines come out a little shorter than their characters would allow: no mark may begin one.
const WASTE: f32 = 1.05;
/// Rounding of lengths, in em or millimetres.
const TOLERANCE: f32 = 1e-3;

/// Width in em: Chinese characters and marks are 1, letters and figures a half.
pub fn width_em(text: &str) -> f32 {
    text.chars().map(|c| if c < '\u{2000}' { 0.5 } else { 1.0 }).sum()
}

/// Lines that a text takes at a size in a width; each line of the text starts `indent` characters in.
pub fn line_count(text: &str, size: Pt, width: Mm, indent: f32) -> usize {
    let room = (width / size.mm()).max(1.0) + TOLERANCE;
    let of_line = |line: &String| {
        let em = width_em(line) + indent;
        // A text that fits one line wastes nothing.
        if em <= room { 1 } else { (em * WASTE / room).ceil() as usize }
    };
    lines(text).iter().map(of_line).sum()
}

/// A cell's room for a value.
#[derive(Clone, Copy)]
pub struct Room {
    pub width: Mm,
    pub height: Mm,
    /// Rather one line at this size or above than several larger ones.
    pub one_line_from: Pt,
    pub smallest: Pt,
}

/// The largest size, from `size` down in half points, at which a text at `pitch` fits a room; the room's smallest where
/// none does.
pub fn fit(text: &str, size: Pt, pitch: f32, room: Room) -> Pt {
    let sizes = |least: Pt| {
        std::iter::successors(Some(size), |&size| Some(size - Pt(0.5))).take_while(move |&size| size >= least)
    };
    let count = |size: Pt| line_count(text, size, room.width, 0.0);
    sizes(room.one_line_from)
        .find(|&size| count(size) == 1)
        .or_else(|| {
            sizes(room.smallest).find(|&size| size.mm() * pitch * count(size) as f32 <= room.height + Mm(TOLERANCE))
        })
        .unwrap_or(room.smallest)
}

/// The largest size at which no line of a label breaks.
pub fn fit_label(text: &str, size: Pt, smallest: Pt, width: Mm) -> Pt {
    let widest = lines(text).iter().map(|line| width_em(line)).fold(0.0, f32::max);
    let mut fitting = size;
    while fitting > smallest && fitting.mm() * widest > width + Mm(TOLERANCE) {
        fitting -= Pt(0.5);
    }
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_by_width() {
        let cases = [("", 1), ("一二三四五", 1), ("一二三四五六", 2), ("0123456789", 1), ("一\n二", 2)];
        for (text, wanted) in cases {
            assert_eq!(line_count(text, Pt(10.0), Pt(50.0).mm(), 0.0), wanted, "{text}");
        }
        assert_eq!(line_count("一二三四五", Pt(10.0), Pt(50.0).mm(), 2.0), 2);
    }

    #[test]
    fn values_shrink_before_they_break() {
        let room = |height: f32| Room {
            width: Pt(60.0).mm(),
            height: Pt(height).mm(),
            one_line_from: Pt(10.5),
            smallest: Pt(9.0),
        };
        let cases = [
            ("一二三四五", 40.0, 12.0),
            ("一二三四五六", 40.0, 12.0),
            ("13800001001", 40.0, 10.5),
            ("一二三四五六", 14.0, 10.0),
        ];
        for (text, height, wanted) in cases {
            assert_eq!(fit(text, Pt(12.0), 1.4, room(height)), Pt(wanted), "{text} {height}");
        }
        assert_eq!(fit_label("职业（工种）\n/等级", Pt(12.0), Pt(9.0), Pt(64.0).mm()), Pt(10.5));
    }
}
