//! A column of sheets to read: zoom, turning, keys; what stands on a sheet is the caller's to draw.

use std::hash::Hash;

use eframe::egui::{
    EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    accesskit::Role, pos2, vec2,
};

use super::tokens::palette;

/// Around the sheets and between them, in points.
const GAP: f32 = 16.0;
/// 100 %: a millimetre on a screen of 96 dots an inch.
const LIFE_SIZE: f32 = 96.0 / 25.4;
const SMALLEST: f32 = LIFE_SIZE * 0.2;
const LARGEST: f32 = LIFE_SIZE * 3.0;
/// Scales stand on a ladder: each further one costs every glyph on the screen its own picture.
const ZOOM_STEP: f32 = 1.2;
/// An arrow key scrolls so far, in points.
const LINE: f32 = 60.0;

/// How large sheets are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Fit {
    /// Each sheet as wide as the room.
    #[default]
    Width,
    /// Each sheet as a whole.
    Sheet,
    /// Points for a millimetre.
    Scale(f32),
}

/// How sheets are looked at.
#[derive(Debug, Default)]
pub struct Reader {
    fit: Fit,
    /// The sheet to go to.
    turn_to: Option<usize>,
    current: usize,
    /// Points for a millimetre of the current sheet, as drawn last.
    scale: f32,
    offset: Vec2,
    /// The room that the sheets had last.
    room: Vec2,
    /// What is to stay where it is while the scale changes.
    anchor: Option<Anchor>,
    /// A part of a sheet that is to be in sight, in millimetres.
    wanted: Option<(usize, Rect)>,
    /// A sheet that was turned to but cannot come to the top; it stays the current one until somebody scrolls.
    held: Option<(usize, Vec2)>,
    /// The cursor is to come here.
    take_focus: bool,
    /// How far the wheel or two fingers have come towards the next step of the ladder.
    pinched: f32,
}

/// A place on a sheet, in millimetres, and where in the room it stands, in points.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    sheet: usize,
    at: Vec2,
    in_room: Vec2,
}

/// Where sheets stand, in points from the upper left corner of the column.
struct Column {
    /// Size of each, and points for a millimetre of it.
    sheets: Vec<(Vec2, f32)>,
    tops: Vec<f32>,
    size: Vec2,
}

impl Column {
    fn of(sizes: &[Vec2], fit: Fit, room: Vec2) -> Self {
        let sheets: Vec<(Vec2, f32)> = sizes.iter().map(|&size| (size, fit.scale(size, room))).collect();
        let mut y = GAP / 2.0;
        let mut tops = Vec::with_capacity(sheets.len());
        for (size, scale) in &sheets {
            tops.push(y);
            y += size.y * scale + GAP;
        }
        let widest = sheets.iter().map(|(size, scale)| size.x * scale).fold(0.0, f32::max);
        Self { sheets, tops, size: vec2((widest + 2.0 * GAP).max(room.x), y) }
    }

    fn scale(&self, index: usize) -> f32 {
        self.sheets.get(index).map_or(LIFE_SIZE, |(_, scale)| *scale)
    }

    fn rect(&self, index: usize) -> Rect {
        let size = self.sheets.get(index).map_or(Vec2::ZERO, |(size, scale)| *size * *scale);
        let top = self.tops.get(index).copied().unwrap_or_default();
        Rect::from_min_size(pos2((self.size.x - size.x) / 2.0, top), size)
    }

    /// The sheet that is read where the column is scrolled so far.
    fn current(&self, offset: f32, room: f32) -> usize {
        let line = offset + room * 0.35;
        self.tops.iter().rposition(|&top| top <= line).unwrap_or(0)
    }

    /// The place of a sheet under a point of the column.
    fn anchor(&self, at: Pos2, in_room: Vec2) -> Option<Anchor> {
        let sheet = self.current(at.y, 0.0);
        let rect = self.rect(sheet);
        (!self.sheets.is_empty()).then(|| Anchor { sheet, at: (at - rect.min) / self.scale(sheet), in_room })
    }

    /// How far to scroll so that a place stands where it stood.
    fn offset_to(&self, anchor: &Anchor) -> Vec2 {
        (self.rect(anchor.sheet).min + anchor.at * self.scale(anchor.sheet)).to_vec2() - anchor.in_room
    }
}

impl Fit {
    /// Points for a millimetre of a sheet. Quarter steps of a point keep the number of glyph sizes small while a panel is
    /// being dragged.
    fn scale(self, size: Vec2, room: Vec2) -> f32 {
        let stepped = |points: f32| (points.max(80.0) * 4.0).floor() / 4.0;
        let across = stepped(room.x - 2.0 * GAP) / size.x.max(1.0);
        match self {
            Self::Width => across.min(LARGEST),
            Self::Sheet => across.min(stepped(room.y - GAP) / size.y.max(1.0)).min(LARGEST),
            Self::Scale(scale) => scale,
        }
    }
}

impl Reader {
    /// Looks at the first sheet, this large.
    pub fn fitting(fit: Fit) -> Self {
        Self { fit, ..Self::default() }
    }

    pub fn current(&self) -> usize {
        self.current
    }

    pub fn turn(&mut self, sheet: usize) {
        self.turn_to = Some(sheet);
    }

    /// Brings a part of a sheet, in millimetres from its upper left corner, into sight where it is not.
    pub fn bring(&mut self, sheet: usize, part: Rect) {
        self.wanted = Some((sheet, part));
    }

    pub fn fit(&mut self, fit: Fit) {
        self.turn_to = self.turn_to.or(Some(self.current));
        self.fit = fit;
    }

    pub fn is_fit(&self, fit: Fit) -> bool {
        self.fit == fit
    }

    pub fn larger(&mut self) {
        self.zoom(ZOOM_STEP);
    }

    pub fn smaller(&mut self) {
        self.zoom(1.0 / ZOOM_STEP);
    }

    /// In per cent of the size on paper.
    pub fn percent(&self) -> u32 {
        (self.scale / LIFE_SIZE * 100.0).round() as u32
    }

    /// The keys come here with the next pass.
    pub fn take_focus(&mut self) {
        self.take_focus = true;
    }

    fn zoom(&mut self, factor: f32) {
        let scale = if self.scale > 0.0 { self.scale } else { LIFE_SIZE };
        self.fit = Fit::Scale((scale * factor).clamp(SMALLEST, LARGEST));
    }

    /// Draws the sheets that are seen. `sizes` in millimetres; `draw` gets a sheet, its place and the scale.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        name: &str,
        salt: impl Hash,
        sizes: &[Vec2],
        mut draw: impl FnMut(&mut Ui, usize, Rect, f32),
    ) -> Response {
        let room = ui.available_rect_before_wrap();
        let id = Id::unique(("reader", salt_of(salt)));
        let region = ui.interact(room, id, Sense::click());
        let enabled = ui.is_enabled();
        region.widget_info(|| WidgetInfo::labeled(Role::Document, enabled, name));
        if region.clicked() || std::mem::take(&mut self.take_focus) {
            region.request_focus();
        }
        let fit = self.fit;
        let before = Column::of(sizes, fit, self.room);
        let scrolled = self.keys(ui, &region, sizes.len());
        self.wheel(ui, room, &before);
        let changed = self.fit != fit || (self.room.x - room.width()).abs() > 0.5;
        if changed && self.room != Vec2::ZERO && self.anchor.is_none() && self.turn_to.is_none() {
            // The middle stays in the middle.
            let middle = room.size() / 2.0;
            self.anchor = before.anchor((self.offset + middle).to_pos2(), middle);
        }
        self.room = room.size();
        let column = Column::of(sizes, self.fit, room.size());
        self.turn_or_anchor(&column, room.size());
        let mut area = ScrollArea::both().id_salt(id).auto_shrink(false).content_margin(0.0);
        let target = match (self.turn_to.take(), self.anchor.take()) {
            (Some(sheet), _) => {
                let sheet = sheet.min(sizes.len().saturating_sub(1));
                let rect = column.rect(sheet);
                let left = if column.size.x > room.width() { (column.size.x - room.width()) / 2.0 } else { 0.0 };
                let target = clamped(vec2(left, rect.top() - GAP / 2.0), &column, room.size());
                self.held = Some((sheet, target));
                Some(target)
            }
            (None, Some(anchor)) => Some(clamped(column.offset_to(&anchor), &column, room.size())),
            (None, None) => (scrolled != Vec2::ZERO).then(|| clamped(self.offset + scrolled, &column, room.size())),
        };
        if let Some(target) = target {
            area = area.scroll_offset(target);
        }
        // Paper does not fade; and it does not spring back to where it ended before it grew.
        ui.spacing_mut().scroll.fade.strength = 0.0;
        ui.spacing_mut().scroll.kinetic.rubber_band = false;
        let output = area.show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            let (content, _) = ui.allocate_exact_size(column.size, Sense::hover());
            let seen = ui.clip_rect();
            let first = column.tops.partition_point(|&top| content.top() + top < seen.top()).saturating_sub(1);
            for index in first..sizes.len() {
                let sheet = column.rect(index).translate(content.min.to_vec2());
                if sheet.top() > seen.bottom() {
                    break;
                }
                if sheet.intersects(seen) {
                    draw(ui, index, sheet, column.scale(index));
                }
            }
        });
        self.offset = output.state.clamped_offset();
        self.held = self.held.filter(|(_, at)| (*at - self.offset).length() < 1.0);
        self.current = self.held.map_or_else(|| column.current(self.offset.y, room.height()), |(sheet, _)| sheet);
        self.scale = column.scale(self.current);
        if region.has_focus() {
            let palette = palette(ui);
            ui.painter().rect_stroke(room.shrink(0.5), 0.0, Stroke::new(1.5, palette.accent), StrokeKind::Inside);
        }
        region
    }

    /// Turns to the sheet with the part that is wanted in sight, or scrolls to where it stands on a high sheet.
    fn turn_or_anchor(&mut self, column: &Column, room: Vec2) {
        let Some((sheet, part)) = self.wanted.take().filter(|(sheet, _)| *sheet < column.tops.len()) else { return };
        if self.turn_to.is_some() || self.anchor.is_some() {
            return;
        }
        let (paper, scale) = (column.rect(sheet), column.scale(sheet));
        let part = Rect::from_min_max(paper.min + part.min.to_vec2() * scale, paper.min + part.max.to_vec2() * scale);
        let shows = |top: f32| part.top() >= top && part.bottom() <= top + room.y;
        // Of a high one, as much as fills half of the sight is enough.
        let seen = part.bottom().min(self.offset.y + room.y) - part.top().max(self.offset.y);
        let is_high = part.height() > room.y;
        if shows(self.offset.y) || (is_high && seen >= room.y / 2.0) {
            return;
        }
        let from_its_top = paper.top() - GAP / 2.0;
        if shows(from_its_top) || (is_high && part.top() < from_its_top + room.y / 2.0) {
            self.turn_to = Some(sheet);
        } else {
            let (place, in_room) =
                if is_high { (part.center_top(), vec2(room.x / 2.0, GAP)) } else { (part.center(), room / 2.0) };
            self.anchor = Some(Anchor { sheet, at: (place - paper.min) / scale, in_room });
        }
    }

    /// Keys while the sheets have them; how far the arrows scroll.
    fn keys(&mut self, ui: &Ui, region: &Response, count: usize) -> Vec2 {
        let mut scrolled = Vec2::ZERO;
        if !region.has_focus() {
            return scrolled;
        }
        let arrows = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(region.id, arrows));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = count.saturating_sub(1);
        if pressed(Key::PageDown) {
            self.turn_to = Some((self.current + 1).min(last));
        }
        if pressed(Key::PageUp) {
            self.turn_to = Some(self.current.saturating_sub(1));
        }
        if pressed(Key::Home) {
            self.turn_to = Some(0);
        }
        if pressed(Key::End) {
            self.turn_to = Some(last);
        }
        for (key, way) in [
            (Key::ArrowUp, vec2(0.0, -LINE)),
            (Key::ArrowDown, vec2(0.0, LINE)),
            (Key::ArrowLeft, vec2(-LINE, 0.0)),
            (Key::ArrowRight, vec2(LINE, 0.0)),
        ] {
            if pressed(key) {
                scrolled += way;
            }
        }
        // A plus needs Shift on many keyboards.
        let plus = |modifiers| ui.input_mut(|input| input.consume_key(modifiers, Key::Plus));
        if plus(Modifiers::NONE) || plus(Modifiers::SHIFT) || pressed(Key::Equals) {
            self.larger();
        }
        if pressed(Key::Minus) {
            self.smaller();
        }
        if pressed(Key::Num0) {
            self.fit(Fit::Width);
        }
        if pressed(Key::Num1) {
            self.fit(Fit::Sheet);
        }
        scrolled
    }

    /// Ctrl and the wheel, or two fingers: what is under the pointer stays there.
    fn wheel(&mut self, ui: &Ui, room: Rect, column: &Column) {
        let factor = ui.input(|input| input.zoom_delta());
        let Some(pointer) = ui.input(|input| input.pointer.hover_pos()) else { return };
        if factor == 1.0 || !ui.rect_contains_pointer(room) {
            return;
        }
        self.pinched += factor.ln() / ZOOM_STEP.ln();
        let steps = self.pinched.trunc();
        if steps == 0.0 {
            return;
        }
        self.pinched -= steps;
        let in_room = pointer - room.min;
        self.anchor = column.anchor((self.offset + in_room).to_pos2(), in_room);
        self.zoom(ZOOM_STEP.powf(steps));
    }
}

fn clamped(offset: Vec2, column: &Column, room: Vec2) -> Vec2 {
    offset.max(Vec2::ZERO).min((column.size - room).max(Vec2::ZERO))
}

fn salt_of(salt: impl Hash) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    salt.hash(&mut hasher);
    std::hash::Hasher::finish(&hasher)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A4: Vec2 = vec2(210.0, 297.0);

    #[test]
    fn the_sheet_that_is_read_is_the_current_one() {
        let column = Column::of(&[A4; 3], Fit::Scale(2.0), vec2(500.0, 400.0));
        assert_eq!(column.tops, [8.0, 618.0, 1228.0]);
        for (offset, sheet) in [(0.0, 0), (450.0, 0), (500.0, 1), (1200.0, 2), (9999.0, 2)] {
            assert_eq!(column.current(offset, 400.0), sheet, "{offset}");
        }
        assert_eq!(Column::of(&[], Fit::Width, vec2(500.0, 400.0)).current(0.0, 400.0), 0);
    }

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        let sizes = [A4, vec2(297.0, 210.0), A4];
        let room = vec2(400.0, 400.0);
        let before = Column::of(&sizes, Fit::Scale(2.0), room);
        let in_room = vec2(150.0, 100.0);
        let offset = vec2(60.0, 900.0);
        let anchor = before.anchor((offset + in_room).to_pos2(), in_room).unwrap();
        assert_eq!(anchor.sheet, 1);
        let after = Column::of(&sizes, Fit::Scale(3.0), room);
        let at = after.offset_to(&anchor) + in_room;
        let again = after.anchor(at.to_pos2(), in_room).unwrap();
        assert!((again.at - anchor.at).length() < 1e-3 && again.sheet == anchor.sheet, "{anchor:?} {again:?}");
    }

    #[test]
    fn sheets_fit_by_width_or_as_a_whole() {
        let room = vec2(452.0, 332.0);
        assert_eq!(Fit::Width.scale(A4, room), 2.0);
        assert!((Fit::Sheet.scale(A4, room) - 316.0 / 297.0).abs() < 1e-3);
        assert_eq!(Fit::Sheet.scale(vec2(297.0, 210.0), room), 420.0 / 297.0);
        let mut reader = Reader { scale: 2.0, ..Reader::default() };
        reader.larger();
        assert_eq!(reader.fit, Fit::Scale(2.4));
        for _ in 0..30 {
            reader.scale = reader.fit.scale(A4, room);
            reader.larger();
        }
        assert_eq!(reader.fit, Fit::Scale(LARGEST));
    }
}
