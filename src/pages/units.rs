//! Lengths as types: a bare number never says what it measures.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// Millimetres; on a page from its upper left corner, right and down.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Mm(pub f32);

/// Points, 1/72 inch; for type sizes, line pitch and rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Pt(pub f32);

const MM_PER_PT: f32 = 25.4 / 72.0;

impl Pt {
    pub fn mm(self) -> Mm {
        Mm(self.0 * MM_PER_PT)
    }

    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

impl Mm {
    pub fn pt(self) -> Pt {
        Pt(self.0 / MM_PER_PT)
    }

    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

macro_rules! length_arithmetic {
    ($($length:ident),*) => {$(
        impl Add for $length { type Output = Self; fn add(self, other: Self) -> Self { Self(self.0 + other.0) } }
        impl Sub for $length { type Output = Self; fn sub(self, other: Self) -> Self { Self(self.0 - other.0) } }
        impl Neg for $length { type Output = Self; fn neg(self) -> Self { Self(-self.0) } }
        impl AddAssign for $length { fn add_assign(&mut self, other: Self) { self.0 += other.0; } }
        impl SubAssign for $length { fn sub_assign(&mut self, other: Self) { self.0 -= other.0; } }
        impl Mul<f32> for $length { type Output = Self; fn mul(self, factor: f32) -> Self { Self(self.0 * factor) } }
        impl Div<f32> for $length { type Output = Self; fn div(self, divisor: f32) -> Self { Self(self.0 / divisor) } }
        /// How many times the other goes into this one.
        impl Div for $length { type Output = f32; fn div(self, other: Self) -> f32 { self.0 / other.0 } }
        impl std::iter::Sum for $length { fn sum<I: Iterator<Item = Self>>(items: I) -> Self { items.fold(Self(0.0), Add::add) } }
    )*};
}

length_arithmetic!(Mm, Pt);

/// A place on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: Mm,
    pub y: Mm,
}

/// An upright rectangle on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub left: Mm,
    pub top: Mm,
    pub width: Mm,
    pub height: Mm,
}

impl Rect {
    pub fn new(left: Mm, top: Mm, width: Mm, height: Mm) -> Self {
        Self { left, top, width, height }
    }

    pub fn right(self) -> Mm {
        self.left + self.width
    }

    pub fn bottom(self) -> Mm {
        self.top + self.height
    }

    /// Smaller by `by` on each side.
    pub fn inset(self, by: Mm) -> Self {
        Self { left: self.left + by, top: self.top + by, width: self.width - by * 2.0, height: self.height - by * 2.0 }
    }

    /// Narrower by `by` on the left and on the right.
    pub fn inset_x(self, by: Mm) -> Self {
        Self { left: self.left + by, width: self.width - by * 2.0, ..self }
    }

    pub fn contains(self, point: Point) -> bool {
        (self.left.0..=self.right().0).contains(&point.x.0) && (self.top.0..=self.bottom().0).contains(&point.y.0)
    }
}
