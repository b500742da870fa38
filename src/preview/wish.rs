//! Which pixels are wanted of what stands at a place on the screen.

use eframe::egui::{Rect, pos2, vec2};

/// A part of something that is drawn `size` pixels large as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    pub size: [u32; 2],
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

/// Pixels of one texture. What is larger as a whole is drawn as far as it is seen.
const MOST_PIXELS: u32 = 4 << 20;
/// Parts start and end on multiples of this, so that a little scrolling wants nothing new.
const STEP: f32 = 256.0;

impl Wish {
    pub fn whole([width, height]: [u32; 2]) -> Self {
        Self { size: [width, height], left: 0, top: 0, width, height }
    }

    pub fn is_whole(&self) -> bool {
        [self.width, self.height] == self.size
    }

    /// What is wanted of something that fills `rect` (in points) and is seen through `clip`; `None`: nothing of it.
    /// `natural` is the number of pixels it has: more cannot be had.
    pub fn of(
        rect: Rect,
        clip: Rect,
        pixels_per_point: f32,
        natural: Option<[u32; 2]>,
        longest_side: u32,
    ) -> Option<Self> {
        let seen = rect.intersect(clip);
        if !seen.is_positive() {
            return None;
        }
        let pixels = |points: f32| (points * pixels_per_point).round().clamp(1.0, 1e6) as u32;
        let mut size = [pixels(rect.width()), pixels(rect.height())];
        if let Some(natural) = natural.filter(|natural| natural[0] < size[0]) {
            size = natural.map(|length| length.max(1));
        }
        if size[0].saturating_mul(size[1]) <= MOST_PIXELS && size[0].max(size[1]) <= longest_side {
            return Some(Self::whole(size));
        }
        let part = |from: f32, to: f32, whole: u32| {
            let most = STEP.max(longest_side as f32 - STEP);
            let low = ((from * whole as f32 / STEP).floor() * STEP).max(0.0);
            let high = ((to * whole as f32 / STEP).ceil() * STEP).min(whole as f32).min(low + most);
            (low as u32, (high - low).max(1.0) as u32)
        };
        let share = |at: f32, low: f32, length: f32| ((at - low) / length).clamp(0.0, 1.0);
        let across = |x: f32| share(x, rect.left(), rect.width());
        let down = |y: f32| share(y, rect.top(), rect.height());
        let (left, width) = part(across(seen.left()), across(seen.right()), size[0]);
        let (top, height) = part(down(seen.top()), down(seen.bottom()), size[1]);
        Some(Self { size, left, top, width, height })
    }

    /// Whether nothing of `other` is outside.
    pub fn covers(&self, other: &Self) -> bool {
        self.size == other.size
            && self.left <= other.left
            && self.top <= other.top
            && self.left + self.width >= other.left + other.width
            && self.top + self.height >= other.top + other.height
    }

    /// Where the part stands when the whole fills `rect`.
    pub fn place(&self, rect: Rect) -> Rect {
        let scale = vec2(rect.width() / self.size[0].max(1) as f32, rect.height() / self.size[1].max(1) as f32);
        let at = |x: u32, y: u32| pos2(rect.left() + x as f32 * scale.x, rect.top() + y as f32 * scale.y);
        Rect::from_min_max(at(self.left, self.top), at(self.left + self.width, self.top + self.height))
    }

    pub fn bytes(&self) -> usize {
        self.width as usize * self.height as usize * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(left: f32, top: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(left, top), vec2(width, height))
    }

    #[test]
    fn as_many_pixels_as_the_screen_has_and_no_more_than_there_are() {
        let all = rect(0.0, 0.0, 1000.0, 1000.0);
        let wish = |of: Rect, natural| Wish::of(of, all, 1.25, natural, 2048);
        assert_eq!(wish(rect(10.0, 10.0, 400.0, 600.0), None), Some(Wish::whole([500, 750])));
        assert_eq!(wish(rect(10.0, 10.0, 400.0, 600.0), Some([200, 300])), Some(Wish::whole([200, 300])));
        assert_eq!(wish(rect(10.0, 2000.0, 400.0, 600.0), None), None, "out of sight");
    }

    #[test]
    fn of_what_is_very_large_only_what_is_seen() {
        let clip = rect(0.0, 0.0, 800.0, 600.0);
        let sheet = rect(-1000.0, -2000.0, 4000.0, 5600.0);
        let wish = Wish::of(sheet, clip, 1.0, None, 8192).unwrap();
        assert_eq!(wish.size, [4000, 5600]);
        assert!(!wish.is_whole() && wish.bytes() < 8 << 20, "{wish:?}");
        assert!(wish.place(sheet).contains_rect(clip), "{wish:?}");
        let moved = Wish::of(sheet.translate(vec2(-4.0, -4.0)), clip, 1.0, None, 8192).unwrap();
        assert!(wish.covers(&moved), "a little scrolling wants nothing new: {moved:?}");
        assert!(!wish.covers(&Wish::whole([4000, 5600])));
    }
}
