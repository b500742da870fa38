//! Which part of a foreign page is seen, which way up, and how it is fitted into a place on ours.

use lopdf::{Object, ObjectId};

use super::Source;
use crate::pages::{ForeignSize, Mm, Pt};

/// The visible part of a page in its own measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left, bottom, right, top of the crop box in user units.
    pub area: [f32; 4],
    /// Quarter turns clockwise, 0 to 3.
    turns: u8,
    /// Points in a user unit.
    unit: f32,
}

/// A4 in points: for a page that does not say its size.
const A4: [f32; 4] = [0.0, 0.0, 595.28, 841.89];

impl Frame {
    pub fn of(source: &Source, page: ObjectId) -> Self {
        let area = |key: &[u8]| rectangle(source.numbers(source.inherited(page, key)?)?);
        let media = area(b"MediaBox").unwrap_or(A4);
        let visible = area(b"CropBox").and_then(|crop| common(crop, media)).unwrap_or(media);
        let number = |key: &[u8]| source.resolved(source.inherited(page, key).unwrap_or(&Object::Null)).as_float().ok();
        let degrees = number(b"Rotate").filter(|degrees| degrees.is_finite()).unwrap_or(0.0);
        Self {
            area: visible,
            turns: (degrees / 90.0).round().rem_euclid(4.0) as u8,
            unit: number(b"UserUnit").filter(|unit| unit.is_finite() && *unit > 0.0).unwrap_or(1.0),
        }
    }

    /// As it is seen: turned, in millimetres.
    pub fn upright_size(&self) -> ForeignSize {
        let (width, height) = self.turned();
        let length = |units: f32| -> Mm { Pt(units * self.unit).mm() };
        ForeignSize { width: length(width), height: length(height) }
    }

    /// Width and height in user units, turned.
    fn turned(&self) -> (f32, f32) {
        let [left, bottom, right, top] = self.area;
        let (width, height) = (right - left, top - bottom);
        if self.turns % 2 == 1 { (height, width) } else { (width, height) }
    }

    /// From the page's own measure into the middle of `[left, bottom, width, height]`, as large as fits.
    pub fn fitted(&self, [x, y, width, height]: [f32; 4]) -> [f32; 6] {
        let [left, bottom, right, top] = self.area;
        let (own_width, own_height) = self.turned();
        let scale = (width / own_width).min(height / own_height);
        let (x, y) = (x + (width - scale * own_width) / 2.0, y + (height - scale * own_height) / 2.0);
        let s = scale;
        match self.turns {
            1 => [0.0, -s, s, 0.0, x - s * bottom, y + s * right],
            2 => [-s, 0.0, 0.0, -s, x + s * right, y + s * top],
            3 => [0.0, s, -s, 0.0, x + s * top, y - s * left],
            _ => [s, 0.0, 0.0, s, x - s * left, y - s * bottom],
        }
    }
}

/// Corners in any order as left, bottom, right, top; none without an area.
pub fn rectangle([x0, y0, x1, y1]: [f32; 4]) -> Option<[f32; 4]> {
    let area = [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)];
    (area[2] - area[0] > 0.0 && area[3] - area[1] > 0.0).then_some(area)
}

fn common(a: [f32; 4], b: [f32; 4]) -> Option<[f32; 4]> {
    let area = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    (area[2] > area[0] && area[3] > area[1]).then_some(area)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_fitted_upright_and_whole() {
        // A page of 100 × 200 units whose lower left corner is at (10, 20), into 300 × 300 at (5, 7).
        let area = [10.0, 20.0, 110.0, 220.0];
        // Where its lower left and its upper right corner come to stand.
        let cases = [
            (0, (80.0, 7.0), (230.0, 307.0)),
            (1, (5.0, 232.0), (305.0, 82.0)),
            (2, (230.0, 307.0), (80.0, 7.0)),
            (3, (305.0, 82.0), (5.0, 232.0)),
        ];
        for (turns, lower_left, upper_right) in cases {
            let m = Frame { area, turns, unit: 1.0 }.fitted([5.0, 7.0, 300.0, 300.0]);
            let place = |x: f32, y: f32| (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]);
            assert_eq!(place(10.0, 20.0), lower_left, "{turns}");
            assert_eq!(place(110.0, 220.0), upper_right, "{turns}");
        }
    }
}
