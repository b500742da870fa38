//! The frame that cuts a photo to its proportion: where it is, and how it moves. Apart from drawing.

use eframe::egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::domain::FileKey;
use crate::ops::Cut;

/// Width to height of the photo's place on Annex 2, 35 mm to 49 mm.
pub const PROPORTION: f32 = 35.0 / 49.0;
/// A smaller frame cannot be taken hold of, in pixels of the picture.
const SMALLEST_PX: f32 = 24.0;

/// A photo being cut. All lengths are pixels of the picture as it is seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Cutting {
    /// The photo that is seen.
    pub photo: FileKey,
    /// Quarter turns to the right.
    turns: u8,
    /// Before turning.
    size: Vec2,
    /// Upper left corner of the frame.
    corner: Pos2,
    width: f32,
    /// The corner of the frame that is dragged, or the whole of it.
    pub held: Option<Grip>,
}

/// What of the frame the mouse has taken hold of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    Whole,
    /// A corner: right of the middle, below the middle.
    Corner(bool, bool),
}

impl Cutting {
    /// The largest frame in the middle; of a tall picture nearer its top, where the head is.
    pub fn new(photo: FileKey, (width_px, height_px): (u32, u32)) -> Self {
        let size = vec2(width_px.max(1) as f32, height_px.max(1) as f32);
        let mut cutting = Self { photo, turns: 0, size, corner: Pos2::ZERO, width: 0.0, held: None };
        cutting.reset();
        cutting
    }

    fn reset(&mut self) {
        let seen = self.seen();
        self.width = self.widest();
        let rest = seen - self.frame().size();
        self.corner = pos2(rest.x / 2.0, rest.y / 4.0);
    }

    /// Size of the picture as it is seen.
    pub fn seen(&self) -> Vec2 {
        if self.turns % 2 == 1 { self.size.yx() } else { self.size }
    }

    fn widest(&self) -> f32 {
        let seen = self.seen();
        seen.x.min(seen.y * PROPORTION)
    }

    /// The frame.
    pub fn frame(&self) -> Rect {
        Rect::from_min_size(self.corner, vec2(self.width, self.width / PROPORTION))
    }

    /// Turns the picture a quarter to the right; the frame starts anew.
    pub fn turn(&mut self) {
        self.turns = (self.turns + 1) % 4;
        self.reset();
    }

    /// Moves the frame, within the picture.
    pub fn move_by(&mut self, step: Vec2) {
        self.corner += step;
        self.keep_inside();
    }

    /// Makes the frame so many times as wide, about its middle.
    pub fn grow(&mut self, times: f32) {
        let middle = self.frame().center();
        self.width = self.fitting(self.width * times);
        self.corner = middle - self.frame().size() / 2.0;
        self.keep_inside();
    }

    /// How wide the frame is, from nothing to 1 for as wide as can be.
    pub fn share(&self) -> f32 {
        self.width / self.widest()
    }

    /// Makes the frame as wide as [`Cutting::share`] tells.
    pub fn set_share(&mut self, share: f32) {
        self.grow(share * self.widest() / self.width);
    }

    /// Pulls a corner to a point; the opposite one stays.
    pub fn pull(&mut self, (right, below): (bool, bool), to: Pos2) {
        let frame = self.frame();
        let stays =
            pos2(if right { frame.left() } else { frame.right() }, if below { frame.top() } else { frame.bottom() });
        let (away, seen) = (to - stays, self.seen());
        let room = vec2(if right { seen.x - stays.x } else { stays.x }, if below { seen.y - stays.y } else { stays.y });
        // Whichever the mouse has gone further in leads.
        let wanted = away.x.abs().max(away.y.abs() * PROPORTION);
        self.width = self.fitting(wanted).min(room.x).min(room.y * PROPORTION);
        let size = self.frame().size();
        self.corner =
            pos2(if right { stays.x } else { stays.x - size.x }, if below { stays.y } else { stays.y - size.y });
        self.keep_inside();
    }

    fn fitting(&self, width: f32) -> f32 {
        let widest = self.widest();
        width.clamp(SMALLEST_PX.min(widest), widest)
    }

    fn keep_inside(&mut self) {
        let rest = (self.seen() - self.frame().size()).max(Vec2::ZERO);
        self.corner = self.corner.clamp(Pos2::ZERO, rest.to_pos2());
    }

    /// Width and height of what is cut out.
    pub fn pixels(&self) -> (u32, u32) {
        let cut = self.cut();
        (cut.width_px, cut.height_px)
    }

    /// What is cut out, in whole pixels.
    pub fn cut(&self) -> Cut {
        let (frame, seen) = (self.frame(), self.seen());
        let whole = |length: f32, most: f32| length.round().clamp(0.0, most) as u32;
        let (left_px, top_px) = (whole(frame.left(), seen.x - 1.0), whole(frame.top(), seen.y - 1.0));
        Cut {
            quarter_turns: self.turns,
            left_px,
            top_px,
            width_px: whole(frame.width(), seen.x - left_px as f32).max(1),
            height_px: whole(frame.height(), seen.y - top_px as f32).max(1),
        }
    }

    /// Where a point of the picture as it is seen lies in the picture before turning, both from 0 to 1.
    pub fn before_turning(&self, seen: Pos2) -> Pos2 {
        match self.turns {
            0 => seen,
            1 => pos2(seen.y, 1.0 - seen.x),
            2 => pos2(1.0 - seen.x, 1.0 - seen.y),
            _ => pos2(1.0 - seen.y, seen.x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cutting(width: u32, height: u32) -> Cutting {
        Cutting::new(FileKey("a.jpg".into()), (width, height))
    }

    #[test]
    fn the_first_frame_is_the_largest() {
        for (size, expected) in [((700, 980), (700, 980)), ((1000, 980), (700, 980)), ((700, 2000), (700, 980))] {
            assert_eq!(cutting(size.0, size.1).pixels(), expected, "{size:?}");
        }
        let tall = cutting(700, 2000).cut();
        assert_eq!((tall.left_px, tall.top_px), (0, 255), "nearer the head");
    }

    #[test]
    fn the_frame_stays_inside_and_in_proportion() {
        let mut cutting = cutting(1000, 1400);
        cutting.grow(0.5);
        assert_eq!(cutting.pixels(), (500, 700));
        cutting.move_by(vec2(-9999.0, 9999.0));
        assert_eq!((cutting.cut().left_px, cutting.cut().top_px), (0, 700));
        cutting.pull((true, true), pos2(9999.0, 9999.0));
        assert_eq!(cutting.pixels(), (500, 700), "no room below");
        cutting.pull((true, false), pos2(9999.0, -9999.0));
        assert_eq!(cutting.pixels(), (1000, 1400));
        cutting.pull((false, false), pos2(999.0, 1399.0));
        assert_eq!(cutting.pixels(), (24, 34), "never too small to hold");
        cutting.set_share(1.0);
        assert_eq!(cutting.pixels(), (1000, 1400));
    }

    #[test]
    fn a_turn_swaps_the_sides() {
        let mut cutting = cutting(1400, 1000);
        cutting.turn();
        assert_eq!(cutting.pixels(), (1000, 1400));
        assert_eq!(cutting.cut().quarter_turns, 1);
        // The upper left corner of what is seen was the lower left one.
        assert_eq!(cutting.before_turning(pos2(0.0, 0.0)), pos2(0.0, 1.0));
        assert_eq!(cutting.before_turning(pos2(1.0, 0.0)), pos2(0.0, 0.0));
        (0..3).for_each(|_| cutting.turn());
        assert_eq!(cutting.turns, 0);
    }
}
