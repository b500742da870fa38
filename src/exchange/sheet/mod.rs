//! Cells of a workbook as text, as they are shown: .xlsx and .xls, known by content.

mod format;
mod xls;
mod xlsx;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::gate::{self, GateError, GateFault};
use format::Formats;

/// Rows and columns that are read; cells beyond are counted only. An annex has ten columns.
const ROWS: usize = 20_000;
const COLUMNS: usize = 100;
/// Filled cells of a workbook: five thousand people.
const CELLS: usize = 50_000;
/// Text of all cells together: one long text may be named by every cell.
const TEXT_BYTES: usize = 16 << 20;
/// Sheets of a workbook.
const SHEETS: usize = 100;

/// One sheet; cells by row and column, from 0.
#[derive(Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub cells: BTreeMap<(usize, usize), Cell>,
    /// First and last row and column of merged areas.
    pub merged: Vec<[usize; 4]>,
    /// Cells outside the area that is read.
    pub beyond: usize,
}

/// A filled cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    /// A plain number: what was typed may have had more noughts.
    pub is_number: bool,
    /// Filled from the first row of a merged area; the sheet itself has nothing here.
    pub is_from_above: bool,
}

/// Reads all sheets of a workbook, and what they came to. `file` names it in faults.
pub fn read(file: &str, bytes: Vec<u8>) -> Result<(Vec<Sheet>, Count), GateError> {
    if gate::is_compound(&bytes) {
        let stream = gate::workbook_stream(file, &bytes)?;
        xls::read(&stream).map_err(|fault| fault.of(file))
    } else if bytes.is_empty() {
        Err(GateFault::Empty.of(file))
    } else if bytes.starts_with(b"PK") {
        xlsx::read(file, bytes)
    } else {
        Err(GateFault::NotSheet.of(file))
    }
    .map(|gathered| (gathered.sheets, gathered.count))
}

/// What a workbook holds so far, held against the limits.
#[derive(Debug, Default)]
pub struct Count {
    cells: usize,
    text_bytes: usize,
    merged: usize,
}

impl Count {
    fn cell(&mut self, text: &str) -> Result<(), GateFault> {
        self.cells += 1;
        self.text_bytes += text.len();
        if self.cells > CELLS || self.text_bytes > TEXT_BYTES { Err(GateFault::SheetTooLarge) } else { Ok(()) }
    }
}

/// Gathers cells within the limits.
#[derive(Debug, Default)]
struct Gathered {
    sheets: Vec<Sheet>,
    count: Count,
}

impl Gathered {
    fn sheet(&mut self, name: String) -> Result<(), GateFault> {
        if self.sheets.len() >= SHEETS {
            return Err(GateFault::SheetTooLarge);
        }
        self.sheets.push(Sheet { name, ..Sheet::default() });
        Ok(())
    }

    /// Adds a cell to the last sheet; an empty one is none.
    fn cell(&mut self, row: usize, column: usize, text: &str, is_number: bool) -> Result<(), GateFault> {
        let Some(sheet) = self.sheets.last_mut().filter(|_| !text.trim().is_empty()) else { return Ok(()) };
        self.count.cell(text)?;
        if row >= ROWS || column >= COLUMNS {
            sheet.beyond += 1;
        } else {
            sheet.cells.insert((row, column), Cell { text: text.to_owned(), is_number, is_from_above: false });
        }
        Ok(())
    }

    /// Adds a number as its format shows it.
    fn number(
        &mut self,
        row: usize,
        column: usize,
        value: f64,
        style: usize,
        formats: &Formats,
    ) -> Result<(), GateFault> {
        let (text, is_number) = formats.show(value, style);
        self.cell(row, column, &text, is_number)
    }

    fn merge(&mut self, area: [usize; 4]) {
        let [_, last_row, _, last_column] = area;
        if let Some(sheet) = self.sheets.last_mut()
            && last_row < ROWS
            && last_column < COLUMNS
            && self.count.merged < CELLS
        {
            self.count.merged += 1;
            sheet.merged.push(area);
        }
    }
}

impl Sheet {
    /// The text at a place without white space around it; empty where the cell is.
    pub fn text(&self, row: usize, column: usize) -> &str {
        self.cells.get(&(row, column)).map_or("", |cell| cell.text.trim())
    }

    /// Whether a place belongs to a merged area that begins further up.
    pub fn is_from_above(&self, row: usize, column: usize) -> bool {
        self.cells.get(&(row, column)).is_some_and(|cell| cell.is_from_above)
    }

    /// Fills the rows of areas that are one column wide and merged downwards: one employer for several people. What is
    /// filled counts as if it had been read.
    pub fn fill_down(&mut self, count: &mut Count) -> Result<(), GateFault> {
        for &[first_row, last_row, first_column, last_column] in &self.merged {
            let Some(cell) =
                self.cells.get(&(first_row, first_column)).cloned().filter(|_| first_column == last_column)
            else {
                continue;
            };
            // Long areas are empty forms, not people.
            for row in first_row + 1..=last_row.min(first_row + FILL_ROWS) {
                if let Entry::Vacant(place) = self.cells.entry((row, first_column)) {
                    count.cell(&cell.text)?;
                    place.insert(Cell { is_from_above: true, ..cell.clone() });
                }
            }
        }
        Ok(())
    }
}

/// People of one employer on one list.
const FILL_ROWS: usize = 100;
