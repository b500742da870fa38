//! Rows and cells before they have a place on a page.

use crate::domain::PersonId;
use crate::pages::page::{FieldArea, Ink, Item};
use crate::pages::text::Block;
use crate::pages::units::{Mm, Point, Rect};

/// Fewer lines than this never stand alone on a page.
const LEAST_LINES: usize = 2;
/// Sums of heights may miss their total by this, in millimetres.
const TOLERANCE: f32 = 0.01;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vertical {
    Top,
    Middle,
}

/// Which part of a cell belongs to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Left,
    Right,
    Upper,
    Lower,
}

/// A field that a cell shows, by its path in the record.
#[derive(Clone, Debug)]
pub struct Field {
    pub part: Part,
    pub person: Option<PersonId>,
    pub path: String,
}

/// What stands in the lower right of an opinion cell: 盖章 and the date, with room for the seal.
#[derive(Clone, Debug)]
pub struct Seal {
    pub label: Block,
    pub date: Block,
}

/// A seal of 45 mm and a little air; nothing else stands in this corner of the cell.
pub const SEAL_WIDTH: Mm = Mm(60.0);
pub const SEAL_HEIGHT: Mm = Mm(48.0);

/// A cell of a row; `left` counts from the table's left edge.
#[derive(Clone, Debug)]
pub struct Cell {
    pub left: Mm,
    pub width: Mm,
    /// White between the cell's edges and its text.
    pub padding: Padding,
    pub vertical: Vertical,
    pub block: Block,
    /// For labels: what stands here where the row goes on on a further page. `None`: the text flows on.
    pub continued: Option<Block>,
    pub fields: Vec<Field>,
    pub seal: Option<Seal>,
    /// Kept free below the text.
    pub reserve: Mm,
}

#[derive(Clone, Copy, Debug)]
pub struct Padding {
    pub x: Mm,
    pub y: Mm,
}

impl Cell {
    /// A label, repeated as it is where its row goes on.
    pub fn label(left: Mm, width: Mm, block: Block) -> Self {
        let continued = Some(block.clone());
        Self { continued, ..Self::flowing(left, width, Padding { x: Mm(0.0), y: Mm(0.3) }, block) }
    }

    /// A value in the middle of its cell's height that flows on.
    pub fn flowing(left: Mm, width: Mm, padding: Padding, block: Block) -> Self {
        Self {
            left,
            width,
            padding,
            vertical: Vertical::Middle,
            block,
            continued: None,
            fields: Vec::new(),
            seal: None,
            reserve: Mm(0.0),
        }
    }

    pub fn showing(mut self, part: Part, person: Option<PersonId>, path: impl Into<String>) -> Self {
        self.fields.push(Field { part, person, path: path.into() });
        self
    }

    pub fn at_top(mut self) -> Self {
        self.vertical = Vertical::Top;
        self
    }

    /// The height that the cell needs.
    pub fn need(&self) -> Mm {
        self.block.height() + self.padding.y * 2.0 + self.reserve
    }

    /// Keeps what fits into `room` and gives the rest; `None` where the cell has more to show but nothing can stay.
    fn split_off(&mut self, room: Mm) -> Option<Self> {
        let mut rest = Self { block: Block::empty(), ..self.clone() };
        if let Some(continued) = &self.continued {
            rest.block = continued.clone();
            return (self.need().0 <= room.0 + TOLERANCE).then_some(rest);
        }
        let count = self.block.lines.len();
        if self.need().0 > room.0 + TOLERANCE {
            let fitting = ((room - self.padding.y * 2.0) / self.block.pitch + TOLERANCE).floor().max(0.0) as usize;
            let most = if fitting >= count || count - fitting < LEAST_LINES {
                count.saturating_sub(LEAST_LINES)
            } else {
                fitting
            };
            if most < LEAST_LINES {
                return None;
            }
            rest.block = self.block.split_off(most);
        }
        self.seal = None;
        self.reserve = Mm(0.0);
        Some(rest)
    }

    pub(super) fn rect(&self, table_left: Mm, top: Mm, height: Mm) -> Rect {
        Rect::new(table_left + self.left, top, self.width, height)
    }

    pub(super) fn draw(&self, rect: Rect, items: &mut Vec<Item>) {
        for field in &self.fields {
            let (half_width, half_height) = (rect.width / 2.0, rect.height / 2.0);
            let area = match field.part {
                Part::Whole => rect,
                Part::Left => Rect { width: half_width, ..rect },
                Part::Right => Rect { left: rect.left + half_width, width: half_width, ..rect },
                Part::Upper => Rect { height: half_height, ..rect },
                Part::Lower => Rect { top: rect.top + half_height, height: half_height, ..rect },
            };
            items.push(Item::Area(FieldArea { rect: area, person: field.person, field: field.path.clone() }));
        }
        let y = match self.vertical {
            Vertical::Top => rect.top + self.padding.y,
            Vertical::Middle => rect.top + (rect.height - self.block.height()) / 2.0,
        };
        self.block.draw(Point { x: rect.left + self.padding.x, y }, Ink::Black, items);
        if let Some(seal) = &self.seal {
            let left = rect.right() - SEAL_WIDTH;
            seal.label.draw(Point { x: left + Mm(8.0), y: rect.bottom() - Mm(20.0) }, Ink::Black, items);
            seal.date.draw(Point { x: left + Mm(18.0), y: rect.bottom() - Mm(9.5) }, Ink::Black, items);
        }
    }
}

/// Cells side by side.
#[derive(Clone, Debug)]
pub struct Row {
    /// At least; also the least room in which a part of the row may stand.
    pub height: Mm,
    pub cells: Vec<Cell>,
    /// Moved to the next page as a whole where it fits on one page.
    pub keep: bool,
    /// Takes its share of the height that is left on its page.
    pub grows: bool,
    /// Room that must be left below it, or it begins a page: for what follows the table and must not stand alone.
    pub below: Mm,
}

impl Row {
    pub fn new(height: Mm, cells: Vec<Cell>) -> Self {
        Self { height, cells, keep: false, grows: false, below: Mm(0.0) }
    }

    pub fn kept(mut self) -> Self {
        self.keep = true;
        self
    }

    pub fn leaving(mut self, below: Mm) -> Self {
        self.below = below;
        self
    }

    pub fn growing(mut self) -> Self {
        self.grows = true;
        self
    }

    /// The height that the row needs.
    pub fn need(&self) -> Mm {
        self.cells.iter().map(Cell::need).fold(self.height, Mm::max)
    }

    /// Keeps what fits into `room` and gives the row that goes on on the next page; `None`, and the row unchanged,
    /// where too little would stay.
    pub(super) fn split_off(&mut self, room: Mm) -> Option<Self> {
        let (mut kept, mut rest) = (Vec::new(), Vec::new());
        let mut stays = false;
        for cell in &self.cells {
            let mut first = cell.clone();
            match first.split_off(room) {
                Some(further) => {
                    stays |= first.continued.is_none() && !first.block.lines.is_empty();
                    kept.push(first);
                    rest.push(further);
                }
                None if cell.continued.is_some() => return None,
                None => {
                    kept.push(Cell { block: Block::empty(), seal: None, reserve: Mm(0.0), ..cell.clone() });
                    rest.push(cell.clone());
                }
            }
        }
        if !stays {
            return None;
        }
        self.cells = kept;
        Some(Self { cells: rest, ..self.clone() })
    }

    /// The row as it is repeated on a further page.
    pub(super) fn repeated(&self) -> Self {
        let mut row = self.clone();
        for cell in &mut row.cells {
            if let Some(continued) = &cell.continued {
                cell.block = continued.clone();
            }
        }
        row
    }
}
