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
    let (left, right, top, bottom) = (frame.left.0, frame.right().0, frame.top.0, frame.bottom().0);
    for (from, to) in [
        (point(left, top), point(right, top)),
        (point(left, bottom), point(right, bottom)),
        (point(left, top), point(left, bottom)),
        (point(right, top), point(right, bottom)),
    ] {
        lines.push(Line { from, to, width: OUTER });
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

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(left: f32, top: f32, width: f32, height: f32) -> Rect {
        Rect::new(Mm(left), Mm(top), Mm(width), Mm(height))
    }

    #[test]
    fn each_rule_is_drawn_once() {
        let frame = cell(0.0, 0.0, 30.0, 20.0);
        let cases = [
            ("one cell", vec![frame], 0),
            ("two side by side", vec![cell(0.0, 0.0, 10.0, 20.0), cell(10.0, 0.0, 20.0, 20.0)], 1),
            ("a grid", (0..6).map(|i| cell((i % 3) as f32 * 10.0, (i / 3) as f32 * 10.0, 10.0, 10.0)).collect(), 3),
            (
                "a cell beside two rows",
                vec![cell(0.0, 0.0, 20.0, 10.0), cell(0.0, 10.0, 20.0, 10.0), cell(20.0, 0.0, 10.0, 20.0)],
                2,
            ),
            (
                "edges that differ in the last bits",
                vec![
                    cell(0.0, 0.0, 10.000_01, 10.0),
                    cell(10.0, 0.0, 20.0, 10.0),
                    cell(0.0, 10.0, 10.0, 10.0),
                    cell(10.0, 10.000_01, 20.0, 9.99),
                ],
                2,
            ),
        ];
        for (name, cells, inner) in cases {
            let lines = rules(frame, cells.into_iter());
            assert_eq!(lines.iter().filter(|line| line.width == INNER).count(), inner, "{name}");
            assert_eq!(lines.iter().filter(|line| line.width == OUTER).count(), 4, "{name}");
        }
    }
}
