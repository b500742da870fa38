//! Paints the window's meshes into a picture, in software: no display, no GPU, the same on every machine.

use std::collections::HashMap;

use eframe::egui::epaint::{Mesh, Primitive, Vertex};
use eframe::egui::{Color32, ColorImage, Context, FullOutput, ImageData, Pos2, Rect, TextureId, TexturesDelta, pos2};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

/// A [`TestRenderer`] that needs nothing but the processor.
#[derive(Default)]
pub struct Canvas {
    textures: HashMap<TextureId, ColorImage>,
}

impl TestRenderer for Canvas {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(image) = &change.image;
                match (change.pos, self.textures.get_mut(&id)) {
                    (Some([left, top]), Some(texture)) => {
                        for (row, line) in image.pixels.chunks_exact(image.size[0].max(1)).enumerate() {
                            let at = (top + row) * texture.size[0] + left;
                            texture.pixels[at..at + line.len()].copy_from_slice(line);
                        }
                    }
                    _ => drop(self.textures.insert(id, ColorImage::clone(image))),
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, context: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = context.content_rect().size() * scale;
        let mut picture =
            RgbaImage::from_pixel(size.x.round() as u32, size.y.round() as u32, Rgba([0xff, 0xff, 0xff, 0xff]));
        for clipped in context.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = clipped.primitive else { return Err("a callback cannot be painted".into()) };
            let texture = self.textures.get(&mesh.texture_id).ok_or("a texture was never sent")?;
            paint(&mut picture, &mesh, texture, clipped.clip_rect, scale);
        }
        Ok(picture)
    }
}

fn paint(picture: &mut RgbaImage, mesh: &Mesh, texture: &ColorImage, clip: Rect, scale: f32) {
    let whole = Rect::from_min_max(Pos2::ZERO, pos2(picture.width() as f32, picture.height() as f32));
    // As the graphics card's scissor has it: whole pixels.
    let clip = Rect::from_min_max((clip.min * scale).round(), (clip.max * scale).round()).intersect(whole);
    if !clip.is_positive() {
        return;
    }
    for corners in mesh.indices.chunks_exact(3) {
        let [a, b, c] = [corners[0], corners[1], corners[2]].map(|index| {
            let vertex = mesh.vertices[index as usize];
            Vertex { pos: vertex.pos * scale, ..vertex }
        });
        triangle(picture, [a, b, c], texture, clip);
    }
}

fn triangle(picture: &mut RgbaImage, [a, mut b, mut c]: [Vertex; 3], texture: &ColorImage, clip: Rect) {
    let cross = |a: Pos2, b: Pos2, p: Pos2| (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    let mut area = cross(a.pos, b.pos, c.pos);
    if area == 0.0 {
        return;
    }
    if area < 0.0 {
        std::mem::swap(&mut b, &mut c);
        area = -area;
    }
    let bounds = Rect::from_points(&[a.pos, b.pos, c.pos]).intersect(clip);
    let one_colour = a.color == b.color && b.color == c.color && a.uv == b.uv && b.uv == c.uv;
    let flat = one_colour.then(|| multiply(a.color.to_array().map(f32::from), sample(texture, a.uv)));
    // An edge that two triangles share belongs to one of them.
    let owns = |from: Pos2, to: Pos2| (to.y - from.y) < 0.0 || (to.y == from.y && to.x > from.x);
    let edges = [(b.pos, c.pos), (c.pos, a.pos), (a.pos, b.pos)].map(|(from, to)| (from, to, owns(from, to)));
    for y in centers(bounds.top(), bounds.bottom()) {
        let (mut first, mut last) = (bounds.left(), bounds.right());
        let middle = y as f32 + 0.5;
        for (from, to, owns) in edges {
            // Where the row crosses the edge, moved by next to nothing where the edge is another triangle's.
            let (rise, nudge) = (to.y - from.y, if owns { 0.0 } else { 1e-3 });
            let at = from.x + (to.x - from.x) * (middle - from.y) / rise;
            match rise {
                0.0 if (to.x - from.x) * (middle - from.y) - nudge < 0.0 => last = first - 1.0,
                0.0 => {}
                _ if rise < 0.0 => first = first.max(at + nudge),
                _ => last = last.min(at - nudge),
            }
        }
        let row = centers(first, last);
        match flat {
            Some(source) => {
                let whole = picture.width() as usize;
                let start = y as usize * whole;
                let pixels = picture.as_flat_samples_mut().samples;
                let span = pixels.get_mut((start + row.start as usize) * 4..(start + row.end as usize) * 4);
                fill(span.unwrap_or_default(), source);
            }
            None => {
                for x in row {
                    let at = pos2(x as f32 + 0.5, middle);
                    let [wa, wb, wc] = edges.map(|(from, to, _)| cross(from, to, at) / area);
                    let mix = |pick: fn(&Vertex) -> [f32; 4]| {
                        let [a, b, c] = [pick(&a), pick(&b), pick(&c)];
                        std::array::from_fn(|index| a[index] * wa + b[index] * wb + c[index] * wc)
                    };
                    let uv: [f32; 4] = mix(|vertex| [vertex.uv.x, vertex.uv.y, 0.0, 0.0]);
                    let color = mix(|vertex| vertex.color.to_array().map(f32::from));
                    blend(picture.get_pixel_mut(x, y), multiply(color, sample(texture, pos2(uv[0], uv[1]))));
                }
            }
        }
    }
}

/// The pixels whose centers lie between two places, the later one left out.
fn centers(from: f32, to: f32) -> std::ops::Range<u32> {
    let first = (from - 0.5).ceil().max(0.0) as u32;
    first..((to - 0.5).ceil().max(0.0) as u32).max(first)
}

/// One colour over a row of pixels.
fn fill(pixels: &mut [u8], source: [f32; 4]) {
    let opaque = source[3] > 254.5;
    let whole = source.map(|value| value.round() as u8);
    for pixel in pixels.chunks_exact_mut(4) {
        match opaque {
            true => pixel.copy_from_slice(&whole),
            false => {
                let mut under = Rgba([pixel[0], pixel[1], pixel[2], pixel[3]]);
                blend(&mut under, source);
                pixel.copy_from_slice(&under.0);
            }
        }
    }
}

fn multiply(one: [f32; 4], other: [f32; 4]) -> [f32; 4] {
    std::array::from_fn(|index| one[index] * other[index] / 255.0)
}

/// Between the four nearest texels.
fn sample(texture: &ColorImage, uv: Pos2) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = (uv.x * width as f32 - 0.5, uv.y * height as f32 - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let texel = |dx: f32, dy: f32| {
        let column = (left + dx).clamp(0.0, width as f32 - 1.0) as usize;
        let row = (top + dy).clamp(0.0, height as f32 - 1.0) as usize;
        texture.pixels.get(row * width + column).copied().unwrap_or(Color32::TRANSPARENT).to_array().map(f32::from)
    };
    let (right, down) = (x - left, y - top);
    if right < 1e-3 && down < 1e-3 {
        return texel(0.0, 0.0);
    }
    let [one, two, three, four] = [texel(0.0, 0.0), texel(1.0, 0.0), texel(0.0, 1.0), texel(1.0, 1.0)];
    std::array::from_fn(|index| {
        (one[index] * (1.0 - right) + two[index] * right) * (1.0 - down)
            + (three[index] * (1.0 - right) + four[index] * right) * down
    })
}

/// Premultiplied, in gamma space, as egui blends.
fn blend(under: &mut Rgba<u8>, over: [f32; 4]) {
    let rest = 1.0 - over[3] / 255.0;
    for (channel, value) in under.0.iter_mut().zip(over) {
        *channel = (value + f32::from(*channel) * rest).round().clamp(0.0, 255.0) as u8;
    }
}
