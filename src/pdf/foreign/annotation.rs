//! Seals, signatures and filled fields: annotations whose appearance is drawn with the page (ISO 32000-1, 12.5.5).

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::Source;
use super::frame::rectangle;

/// How an annotation looks and where.
pub struct Appearance<'a> {
    pub stream: &'a Stream,
    /// From the appearance's measure to the page's.
    pub matrix: [f32; 6],
}

const HIDDEN: i64 = 1 << 1;
const NO_VIEW: i64 = 1 << 5;

/// What is seen of a page's annotations, in drawing order.
pub fn appearances(source: &Source, page: ObjectId) -> Vec<Appearance<'_>> {
    let Ok(page) = source.file.get_dictionary(page) else { return Vec::new() };
    let Ok(list) = source.resolved(page.get(b"Annots").unwrap_or(&Object::Null)).as_array() else { return Vec::new() };
    list.iter()
        .filter_map(|annotation| source.resolved(annotation).as_dict().ok())
        .filter_map(|annotation| appearance(source, annotation))
        .collect()
}

fn appearance<'a>(source: &'a Source, annotation: &'a Dictionary) -> Option<Appearance<'a>> {
    let entry = |key: &[u8]| annotation.get(key).map_or(&Object::Null, |value| source.resolved(value));
    let flags = entry(b"F").as_i64().unwrap_or(0);
    // A pop-up is the note's window, not part of the page.
    let popup = entry(b"Subtype").as_name().is_ok_and(|kind| kind == b"Popup");
    if flags & (HIDDEN | NO_VIEW) != 0 || popup || annotation.get(b"OC").is_ok_and(|layer| source.layer_is_off(layer)) {
        return None;
    }
    let normal = source.resolved(entry(b"AP").as_dict().ok()?.get(b"N").ok()?);
    let stream = match normal {
        Object::Stream(stream) => stream,
        // One appearance for each state: a check box that is on or off.
        Object::Dictionary(states) => {
            source.resolved(states.get(entry(b"AS").as_name().ok()?).ok()?).as_stream().ok()?
        }
        _ => return None,
    };
    let to = rectangle(source.numbers(annotation.get(b"Rect").ok()?)?)?;
    let bounds = rectangle(source.numbers(stream.dict.get(b"BBox").ok()?)?)?;
    let own = stream.dict.get(b"Matrix").ok().and_then(|matrix| source.numbers(matrix));
    let from = bounds_of(bounds, own.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]))?;
    let (sx, sy) = ((to[2] - to[0]) / (from[2] - from[0]), (to[3] - to[1]) / (from[3] - from[1]));
    Some(Appearance { stream, matrix: [sx, 0.0, 0.0, sy, to[0] - sx * from[0], to[1] - sy * from[1]] })
}

/// The upright box around a transformed box.
fn bounds_of([left, bottom, right, top]: [f32; 4], m: [f32; 6]) -> Option<[f32; 4]> {
    let corners = [(left, bottom), (right, bottom), (left, top), (right, top)]
        .map(|(x, y)| (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]));
    let (xs, ys) = (corners.map(|(x, _)| x), corners.map(|(_, y)| y));
    let least = |values: [f32; 4]| values.into_iter().fold(f32::INFINITY, f32::min);
    let most = |values: [f32; 4]| values.into_iter().fold(f32::NEG_INFINITY, f32::max);
    rectangle([least(xs), least(ys), most(xs), most(ys)])
}

impl Source {
    /// Whether the file starts with this layer switched off (ISO 32000-1, 8.11.4.3).
    pub fn layer_is_off(&self, layer: &Object) -> bool {
        let Ok(id) = layer.as_reference() else { return false };
        let configuration = || {
            let properties = self.resolved(self.file.catalog().ok()?.get(b"OCProperties").ok()?).as_dict().ok()?;
            self.resolved(properties.get(b"D").ok()?).as_dict().ok()
        };
        let Some(configuration) = configuration() else { return false };
        let listed = |key: &[u8]| {
            let list = configuration.get(key).map_or(&Object::Null, |list| self.resolved(list));
            list.as_array()
                .is_ok_and(|layers| layers.iter().any(|other| other.as_reference().is_ok_and(|other| other == id)))
        };
        let base_off = configuration.get(b"BaseState").and_then(Object::as_name).is_ok_and(|state| state == b"OFF");
        if base_off { !listed(b"ON") } else { listed(b"OFF") }
    }
}
