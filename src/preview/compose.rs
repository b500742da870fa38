//! One page on a painter.

use eframe::egui::epaint::text::{ByteIndex, LayoutJob, LayoutSection, TextFormat};
use eframe::egui::{self, Align, Color32, FontId, Mesh, Painter, Pos2, Shape, Stroke, pos2};

use super::darkroom::{Darkroom, Standing, Subject};
use super::faces;
use super::place::Placement;
use crate::fonts::{Face, Fonts};
use crate::pages::{ForeignPage, Image, Ink, Item, Line, Page, Strokes, TextRun};

/// Paper is white, also in a dark window: it shows the print.
const PAPER: Color32 = Color32::WHITE;
/// Where a copy is still being made.
const PENDING: Color32 = Color32::from_gray(235);
/// What is said in the place of a copy.
const SAID: Color32 = Color32::from_gray(90);
const SAID_SIZE: f32 = 13.0;

/// Draws a page at its place, paper included. Items outside the painter's clip cost next to nothing. Says what cannot be
/// shown of it.
pub fn draw(
    painter: &Painter,
    fonts: &Fonts,
    darkroom: &mut Darkroom,
    place: &Placement,
    page: &Page,
) -> Option<String> {
    let sheet = Sheet { painter, fonts, place, pixels_per_point: painter.pixels_per_point() };
    sheet.fill(place.paper(page), PAPER);
    let mut fault = None;
    for item in &page.items {
        match item {
            Item::Text(run) => sheet.text(run),
            Item::Line(line) => sheet.line(line),
            Item::Image(image) => fault = sheet.image(image, darkroom).or(fault),
            Item::Strokes(strokes) => sheet.strokes(strokes),
            Item::ForeignPage(foreign) => fault = sheet.foreign(foreign, darkroom).or(fault),
            Item::Area(_) | Item::Link(_) => {}
        }
    }
    fault
}

/// Draws one copy so that it fills a place on the screen, and says in its place why it cannot be shown.
pub fn draw_copy(painter: &Painter, darkroom: &mut Darkroom, subject: &Subject, rect: egui::Rect) -> Option<String> {
    let (pixels, mut mesh) = (painter.pixels_per_point(), Mesh::default());
    let round = |points: f32| (points * pixels).round() / pixels;
    let corner = |at: Pos2| pos2(round(at.x), round(at.y));
    let rect = egui::Rect::from_min_max(corner(rect.min), corner(rect.max));
    // Paper shows through where a picture lets it.
    mesh.add_colored_rect(rect, PAPER);
    painter.add(Shape::mesh(mesh));
    match darkroom.paint(painter, subject, rect) {
        Standing::Seen => None,
        Standing::Pending => {
            painter.rect_filled(rect, 0.0, PENDING);
            None
        }
        Standing::Fault(fault) => {
            painter.rect_filled(rect, 0.0, PENDING);
            let font = FontId::proportional(SAID_SIZE);
            let mut job = LayoutJob::simple(fault.clone(), font, SAID, (rect.width() - 16.0).max(16.0));
            job.halign = Align::Center;
            let galley = painter.layout_job(job);
            let at = pos2(rect.center().x, rect.center().y - galley.size().y / 2.0);
            painter.with_clip_rect(painter.clip_rect().intersect(rect)).galley(at, galley, SAID);
            Some(fault)
        }
    }
}

struct Sheet<'a> {
    painter: &'a Painter,
    fonts: &'a Fonts,
    place: &'a Placement,
    pixels_per_point: f32,
}

impl Sheet<'_> {
    /// One galley for each face of a run: within a galley all characters then share one baseline.
    fn text(&self, run: &TextRun) {
        let size = self.place.length(run.size.mm());
        let baseline = self.place.to_screen(run.at);
        let height =
            egui::Rect::from_x_y_ranges(f32::NEG_INFINITY..=f32::INFINITY, baseline.y - size * 1.5..=baseline.y + size);
        if !self.painter.clip_rect().intersects(height) {
            return;
        }
        for face in Face::ALL {
            if run.glyphs.iter().any(|glyph| glyph.face == face) {
                self.text_in(run, face, baseline, size);
            }
        }
    }

    fn text_in(&self, run: &TextRun, face: Face, baseline: Pos2, size: f32) {
        let color = ink(run.ink);
        let format = TextFormat::simple(FontId::new(size, faces::family(face)), color);
        let mut job = LayoutJob { break_on_newline: false, round_output_to_gui: false, ..LayoutJob::default() };
        // A galley starts on a whole pixel; the rest of the way is the first character's leading space.
        let left = self.floor(baseline.x);
        let mut pen = left;
        for glyph in run.glyphs.iter().filter(|glyph| glyph.face == face) {
            let x = baseline.x + self.place.length(glyph.x);
            let start = job.text.len();
            job.text.push(glyph.character);
            job.sections.push(LayoutSection {
                leading_space: x - pen,
                byte_range: ByteIndex(start)..ByteIndex(job.text.len()),
                format: format.clone(),
            });
            pen = x + self.fonts.advance_em(face, glyph.character) * size;
        }
        let galley = self.painter.layout_job(job);
        // Where the galley itself has put its baseline: no second reading of the face's ascent.
        let Some(ascent) = galley.rows.first().and_then(|row| Some(row.pos.y + row.glyphs.first()?.pos.y)) else {
            return;
        };
        self.painter.galley(pos2(left, self.round(baseline.y) - ascent), galley, color);
    }

    /// A rule as whole pixels, at least one thick, with square caps as in print.
    fn line(&self, line: &Line) {
        let (from, to) = (self.place.to_screen(line.from), self.place.to_screen(line.to));
        let pixel = 1.0 / self.pixels_per_point;
        let thick = self.round(self.place.length(line.width.mm())).max(pixel);
        let (horizontal, vertical) = (line.from.y == line.to.y, line.from.x == line.to.x);
        if !horizontal && !vertical {
            self.painter.line_segment([from, to], Stroke::new(thick, Color32::BLACK));
            return;
        }
        // The pixel-wide band around a coordinate: both ends of a rule and the rules that meet it fall on the same band.
        let low = |at: f32| self.round(at - thick / 2.0);
        let min = pos2(low(from.x.min(to.x)), low(from.y.min(to.y)));
        let max = pos2(low(from.x.max(to.x)) + thick, low(from.y.max(to.y)) + thick);
        self.fill(egui::Rect::from_min_max(min, max), Color32::BLACK);
    }

    fn image(&self, image: &Image, darkroom: &mut Darkroom) -> Option<String> {
        let subject = Subject::Picture(std::sync::Arc::clone(&image.picture));
        draw_copy(self.painter, darkroom, &subject, self.place.rect(image.rect))
    }

    fn foreign(&self, foreign: &ForeignPage, darkroom: &mut Darkroom) -> Option<String> {
        let subject = Subject::Page(std::sync::Arc::clone(&foreign.source), foreign.page);
        let rect = self.place.rect(foreign.rect);
        // As large as fits into the middle.
        let rect = match foreign.source.pages.get(foreign.page) {
            Some(size) => {
                let own = egui::vec2(size.width.0.max(1e-3), size.height.0.max(1e-3));
                let scale = (rect.width() / own.x).min(rect.height() / own.y);
                egui::Rect::from_center_size(rect.center(), own * scale)
            }
            None => rect,
        };
        draw_copy(self.painter, darkroom, &subject, rect)
    }

    fn strokes(&self, strokes: &Strokes) {
        let stroke = Stroke::new(self.place.length(strokes.width.mm()), ink(Ink::Grey));
        for polyline in &strokes.polylines {
            let points: Vec<Pos2> = polyline.iter().map(|&point| self.place.to_screen(point)).collect();
            self.painter.add(Shape::line(points, stroke));
        }
    }

    /// A rectangle without soft edges.
    fn fill(&self, rect: egui::Rect, color: Color32) {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(rect, color);
        self.painter.add(Shape::mesh(mesh));
    }

    fn round(&self, points: f32) -> f32 {
        (points * self.pixels_per_point).round() / self.pixels_per_point
    }

    fn floor(&self, points: f32) -> f32 {
        (points * self.pixels_per_point).floor() / self.pixels_per_point
    }
}

fn ink(ink: Ink) -> Color32 {
    Color32::from_gray((ink.grey_level() * 255.0).round() as u8)
}
