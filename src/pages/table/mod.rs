//! Tables that run over pages: rows grow with their text, share the height that is left, go on on further pages under
//! repeated header rows. One mechanism for every table of the forms.

mod row;
mod rules;

pub use row::{Cell, Padding, Part, Row, SEAL_HEIGHT, SEAL_WIDTH, Seal};

use std::sync::Arc;

use super::page::{FieldArea, Image, Ink, Item, Picture};
use super::text::Block;
use super::units::{Mm, Rect};
use rules::rules;

/// Sums of heights may miss their total by this, in millimetres.
const TOLERANCE: f32 = 0.01;

/// Rows of one kind under their header rows.
#[derive(Default)]
pub struct Section {
    /// Repeated wherever the section goes on.
    pub headers: Vec<Row>,
    pub rows: Vec<Row>,
    /// A cell beside all the section's rows.
    pub side: Option<Side>,
    /// An empty row that fills the rest of the last page.
    pub filler: Option<Row>,
}

/// A cell as high as all rows of its section on a page.
pub struct Side {
    pub left: Mm,
    pub width: Mm,
    pub content: SideContent,
    /// The record's path of the field that it shows.
    pub field: Option<String>,
}

pub enum SideContent {
    Label(Block),
    /// As large as it gets within `width` and `height`, never stretched.
    Picture {
        picture: Arc<Picture>,
        width: Mm,
        height: Mm,
    },
    Nothing,
}

impl SideContent {
    /// What stands in the cell where the section goes on: a photo is not shown twice.
    fn continued(&self) -> Self {
        match self {
            Self::Label(block) => Self::Label(block.clone()),
            Self::Picture { .. } | Self::Nothing => Self::Nothing,
        }
    }
}

impl Side {
    fn draw(&self, rect: Rect, items: &mut Vec<Item>) {
        if let Some(field) = &self.field {
            items.push(Item::Area(FieldArea { rect, person: None, field: field.clone() }));
        }
        match &self.content {
            SideContent::Label(block) => block.draw_in(rect, Ink::Black, items),
            SideContent::Picture { picture, width, height } => {
                let (across, down) = picture.upright_size_px();
                let ratio = across.max(1) as f32 / down.max(1) as f32;
                let (width, height) = (width.min(*height * ratio), height.min(*width / ratio));
                let (left, top) = (rect.left + (rect.width - width) / 2.0, rect.top + (rect.height - height) / 2.0);
                let rect = Rect::new(left, top, width, height);
                items.push(Item::Image(Image { rect, picture: Arc::clone(picture) }));
            }
            SideContent::Nothing => {}
        }
    }
}

/// Sections that follow each other within one frame.
pub struct Table {
    pub sections: Vec<Section>,
    /// Whether rules are drawn.
    pub ruled: bool,
}

/// A run of pages that is filled from top to bottom.
pub struct Column {
    pub left: Mm,
    pub width: Mm,
    /// First and last place for content on every page.
    pub top: Mm,
    pub bottom: Mm,
    /// The items of each page so far.
    pub pages: Vec<Vec<Item>>,
    /// Where the next table starts on the last page.
    pub y: Mm,
}

impl Column {
    pub fn new(left: Mm, width: Mm, top: Mm, bottom: Mm) -> Self {
        Self { left, width, top, bottom, pages: vec![Vec::new()], y: top }
    }

    /// Places a table below what is there, on as many pages as it takes.
    pub fn table(&mut self, mut table: Table) {
        let placed = self.place(&mut table.sections);
        for (index, mut page) in placed.into_iter().enumerate() {
            page.share_what_is_left(self.bottom);
            if index > 0 {
                self.pages.push(Vec::new());
            }
            self.y = page.y;
            let mut items = Vec::new();
            self.draw(&page, &mut table, &mut items);
            match self.pages.last_mut() {
                Some(last) => last.append(&mut items),
                None => self.pages.push(items),
            }
        }
    }

    fn place(&self, sections: &mut [Section]) -> Vec<PlacedPage> {
        let mut page = PlacedPage::new(self.y);
        let mut full = Vec::new();
        for (index, section) in sections.iter_mut().enumerate() {
            let header_height: Mm = section.headers.iter().map(Row::need).sum();
            let fresh_room = self.bottom - self.top - header_height;
            let (mut headers_stand, mut begun) = (false, false);
            for mut row in std::mem::take(&mut section.rows) {
                loop {
                    let room = self.bottom - page.y - if headers_stand { Mm(0.0) } else { header_height };
                    let is_fresh = page.top <= self.top && page.rows.iter().all(|placed| placed.header);
                    let need = row.need();
                    let below = if is_fresh { Mm(0.0) } else { row.below };
                    let fits = (need + below).0 <= room.0 + TOLERANCE;
                    let may_split = row.height.0 <= room.0 + TOLERANCE && (is_fresh || !row.keep || need > fresh_room);
                    let rest = if fits || !may_split { None } else { row.split_off(room) };
                    if !fits && rest.is_none() && !is_fresh {
                        full.push(std::mem::replace(&mut page, PlacedPage::new(self.top)));
                        headers_stand = false;
                        continue;
                    }
                    if !headers_stand {
                        for header in &section.headers {
                            page.push(
                                if begun { header.repeated() } else { header.clone() },
                                header.need(),
                                index,
                                true,
                            );
                        }
                        (headers_stand, begun) = (true, true);
                    }
                    let Some(rest) = rest else {
                        page.push(row, need, index, false);
                        break;
                    };
                    page.push(row, room, index, false);
                    full.push(std::mem::replace(&mut page, PlacedPage::new(self.top)));
                    headers_stand = false;
                    row = rest;
                }
            }
            if let Some(filler) = &section.filler {
                let height = filler.need();
                while (page.y + height).0 <= self.bottom.0 + TOLERANCE {
                    page.push(filler.clone(), height, index, false);
                }
            }
        }
        full.push(page);
        full
    }

    /// Rules, then each cell's areas and text in reading order.
    fn draw(&self, page: &PlacedPage, table: &mut Table, items: &mut Vec<Item>) {
        let mut cells = Vec::new();
        let mut extents: Vec<Option<(Mm, Mm)>> = vec![None; table.sections.len()];
        let mut y = page.top;
        for placed in &page.rows {
            cells.extend(placed.row.cells.iter().map(|cell| cell.rect(self.left, y, placed.height)));
            if let (false, Some(extent)) = (placed.header, extents.get_mut(placed.section)) {
                *extent = Some((extent.map_or(y, |(top, _)| top), y + placed.height));
            }
            y += placed.height;
        }
        let mut sides: Vec<Option<(Side, Rect)>> = Vec::new();
        for (section, extent) in table.sections.iter_mut().zip(extents) {
            let (Some(side), Some((top, bottom))) = (&mut section.side, extent) else {
                sides.push(None);
                continue;
            };
            let rect = Rect::new(self.left + side.left, top, side.width, bottom - top);
            let further = Side { content: side.content.continued(), field: side.field.clone(), ..*side };
            sides.push(Some((std::mem::replace(side, further), rect)));
        }
        if table.ruled && !page.rows.is_empty() {
            let frame = Rect::new(self.left, page.top, self.width, y - page.top);
            let all = cells.iter().copied().chain(sides.iter().flatten().map(|(_, rect)| *rect));
            items.extend(rules(frame, all).into_iter().map(Item::Line));
        }
        let mut rects = cells.into_iter();
        for placed in &page.rows {
            if !placed.header
                && let Some((side, rect)) = sides.get_mut(placed.section).and_then(Option::take)
            {
                side.draw(rect, items);
            }
            for (cell, rect) in placed.row.cells.iter().zip(&mut rects) {
                cell.draw(rect, items);
            }
        }
    }
}

struct Placed {
    row: Row,
    height: Mm,
    section: usize,
    header: bool,
}

/// The rows that stand on one page.
struct PlacedPage {
    top: Mm,
    y: Mm,
    rows: Vec<Placed>,
}

impl PlacedPage {
    fn new(top: Mm) -> Self {
        Self { top, y: top, rows: Vec::new() }
    }

    fn push(&mut self, row: Row, height: Mm, section: usize, header: bool) {
        self.y += height;
        self.rows.push(Placed { row, height, section, header });
    }

    /// Gives the rows that may grow what their page has left, so that they come out as even as their needs allow.
    fn share_what_is_left(&mut self, bottom: Mm) {
        let left = bottom - self.y;
        let growing = |placed: &&mut Placed| placed.row.grows && !placed.header;
        let needs: Vec<Mm> = self.rows.iter_mut().filter(growing).map(|placed| placed.height).collect();
        if needs.is_empty() || left.0 <= TOLERANCE {
            return;
        }
        let total = needs.iter().copied().sum::<Mm>() + left;
        for (placed, height) in self.rows.iter_mut().filter(growing).zip(shares(&needs, total)) {
            placed.height = height;
        }
        self.y = bottom;
    }
}

/// Shares `total` among rows: each gets the same, but none less than it needs. The needs sum up to no more than `total`.
pub fn shares(needs: &[Mm], total: Mm) -> Vec<Mm> {
    let mut sorted = needs.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut left = total;
    let mut level = Mm(0.0);
    for (index, &need) in sorted.iter().enumerate() {
        level = left / (sorted.len() - index) as f32;
        if need <= level {
            break;
        }
        left -= need;
    }
    needs.iter().map(|&need| need.max(level)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn height_is_shared_by_need() {
        let cases: [(&str, &[f32], f32, &[f32]); 5] = [
            ("even", &[45.0, 45.0, 45.0], 225.0, &[75.0, 75.0, 75.0]),
            ("one takes from the others", &[125.0, 45.0, 45.0], 225.0, &[125.0, 50.0, 50.0]),
            ("two of them", &[100.0, 45.0, 80.0], 225.0, &[100.0, 45.0, 80.0]),
            ("one alone", &[45.0], 225.0, &[225.0]),
            ("none", &[], 225.0, &[]),
        ];
        for (name, needs, total, wanted) in cases {
            let needs: Vec<Mm> = needs.iter().copied().map(Mm).collect();
            let wanted: Vec<Mm> = wanted.iter().copied().map(Mm).collect();
            assert_eq!(shares(&needs, Mm(total)), wanted, "{name}");
        }
    }
}
