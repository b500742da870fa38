//! Rules of a table: an outer frame and inner rules, each drawn once.

use crate::pages::page::Line;
use crate::pages::units::{Mm, Point, Pt, Rect};

const OUTER: Pt = Pt(1.2);
const INNER: Pt = Pt(0.5);
/// Edges nearer than this are one edge.
const SAME: f32 = 0.02;

/// A piece of a rule: where it lies across its direction, and from where to where it runs.
#[derive(Clone, Copy)]
struct Segment {
    position: f32,
    from: f32,
    to: f32,
}

/// The rules of cells that tile `frame`. Each cell gives its right and its lower edge; pieces that touch become one rule.
pub fn rules(frame: Rect, cells: impl Iterator<Item = Rect>) -> Vec<Line> {
    let (mut upright, mut level) = (Vec::new(), Vec::new());
    for cell in cells {
        let (right, bottom) = (cell.right().0, cell.bottom().0);
        if right < frame.right().0 - SAME {
            upright.push(Segment { position: right, from: cell.top.0, to: bottom });
        }
        if bottom < frame.bottom().0 - SAME {
            level.push(Segment { position: bottom, from: cell.left.0, to: right });
        }
    }
    let point = |x: f32, y: f32| Point { x: Mm(x), y: Mm(y) };
    let mut lines: Vec<Line> = Vec::new();
    lines.extend(joined(level).into_iter().map(|s| Line {
        from: point(s.from, s.position),
        to: point(s.to, s.position),
        width: INNER,
    }));
    lines.extend(joined(upright).into_iter().map(|s| Line {
        from: point(s.position, s.from),
        to: point(s.position, s.to),
        width: INNER,
    }));
    // The level sides reach over the corners by half a rule, so that no notch is left.
    let over = OUTER.mm() / 2.0;
    let (left, right, top, bottom) = (frame.left, frame.right(), frame.top, frame.bottom());
    for y in [top, bottom] {
        lines.push(Line { from: Point { x: left - over, y }, to: Point { x: right + over, y }, width: OUTER });
    }
    for x in [left, right] {
        lines.push(Line { from: Point { x, y: top }, to: Point { x, y: bottom }, width: OUTER });
    }
    lines
}

fn joined(mut segments: Vec<Segment>) -> Vec<Segment> {
    segments.sort_by(|a, b| a.position.total_cmp(&b.position));
    // Sums of widths differ in the last bits: give edges of one rule one position before sorting along it.
    let mut last = f32::NEG_INFINITY;
    for segment in &mut segments {
        if segment.position - last < SAME {
            segment.position = last;
        }
        last = segment.position;
    }
    segments.sort_by(|a, b| a.position.total_cmp(&b.position).then(a.from.total_cmp(&b.from)));
    let mut whole: Vec<Segment> = Vec::new();
    for segment in segments {
        match whole.last_mut() {
            Some(open) if open.position == segment.position && segment.from <= open.to + SAME => {
                open.to = open.to.max(segment.to);
            }
            _ => whole.push(segment),
        }
    }
    whole
}
