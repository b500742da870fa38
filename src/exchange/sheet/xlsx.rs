//! .xlsx: the sheets as a stream of cells.

use std::collections::HashMap;

use super::super::gate::{Archive, GateError, GateFault, Node, Xml, attribute};
use super::Gathered;
use super::format::Formats;

pub(super) fn read(file: &str, bytes: Vec<u8>) -> Result<Gathered, GateError> {
    let mut archive = Archive::open(file, bytes, None)?;
    let workbook = archive.read("xl/workbook.xml")?.ok_or_else(|| GateFault::NotSheet.of(file))?;
    let relations = archive.read("xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let targets = targets(file, &relations)?;
    let strings = match archive.read("xl/sharedStrings.xml")? {
        Some(part) => shared_strings(file, &part)?,
        None => Vec::new(),
    };
    let mut formats = match archive.read("xl/styles.xml")? {
        Some(part) => styles(file, &part)?,
        None => Formats::default(),
    };
    let mut gathered = Gathered::default();
    let mut xml = Xml::new(file, &workbook)?;
    while let Some(node) = xml.next_node()? {
        let Node::Open(tag) = node else { continue };
        match tag.local_name().as_ref() {
            "workbookPr" => {
                formats.from_1904 = attribute(&tag, "date1904").is_some_and(|value| value == "1" || value == "true")
            }
            "sheet" => {
                let name = attribute(&tag, "name").unwrap_or_default();
                let Some(target) = attribute(&tag, "id").and_then(|id| targets.get(&id)) else { continue };
                let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                // Chart sheets have no cells.
                let Some(part) = archive.read(&path)? else { continue };
                gathered.sheet(name).map_err(|fault| fault.of(file))?;
                Cells { strings: &strings, formats: &formats }.read(file, &part, &mut gathered)?;
            }
            _ => {}
        }
    }
    Ok(gathered)
}

fn targets(file: &str, relations: &[u8]) -> Result<HashMap<String, String>, GateError> {
    let mut found = HashMap::new();
    let mut xml = Xml::new(file, relations)?;
    while let Some(node) = xml.next_node()? {
        if let Node::Open(tag) = node
            && let (Some(id), Some(target)) = (attribute(&tag, "Id"), attribute(&tag, "Target"))
        {
            found.insert(id, target);
        }
    }
    Ok(found)
}

/// Texts in order; readings above characters are no text.
fn shared_strings(file: &str, part: &[u8]) -> Result<Vec<String>, GateError> {
    let mut strings = Vec::new();
    let mut text = Text::default();
    let mut xml = Xml::new(file, part)?;
    while let Some(node) = xml.next_node()? {
        match node {
            Node::Open(tag) => text.open(tag.local_name().as_ref()),
            Node::Close(tag) => {
                if tag.local_name().as_ref() == "si" {
                    strings.push(text.take());
                }
                text.close(tag.local_name().as_ref());
            }
            Node::Text(piece) => text.add(&piece),
        }
    }
    Ok(strings)
}

/// The text within `t` elements but those of `rPh`.
#[derive(Default)]
struct Text {
    text: String,
    in_text: bool,
    in_reading: bool,
}

impl Text {
    fn open(&mut self, name: &str) {
        self.in_text |= name == "t";
        self.in_reading |= name == "rPh";
    }

    fn close(&mut self, name: &str) {
        self.in_text &= name != "t";
        self.in_reading &= name != "rPh";
    }

    fn add(&mut self, piece: &str) {
        if self.in_text && !self.in_reading {
            self.text.push_str(piece);
        }
    }

    fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }
}

fn styles(file: &str, part: &[u8]) -> Result<Formats, GateError> {
    let mut formats = Formats::default();
    let mut in_cell_styles = false;
    let mut xml = Xml::new(file, part)?;
    while let Some(node) = xml.next_node()? {
        match node {
            Node::Open(tag) => {
                let id = || attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                match tag.local_name().as_ref() {
                    "cellXfs" => in_cell_styles = true,
                    "xf" if in_cell_styles => formats.styles.push(id().unwrap_or_default()),
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (id(), attribute(&tag, "formatCode")) {
                            formats.codes.insert(id, code);
                        }
                    }
                    _ => {}
                }
            }
            Node::Close(tag) => in_cell_styles &= tag.local_name().as_ref() != "cellXfs",
            Node::Text(_) => {}
        }
    }
    Ok(formats)
}

struct Cells<'a> {
    strings: &'a [String],
    formats: &'a Formats,
}

/// The cell that is open.
#[derive(Default)]
struct Open {
    row: usize,
    column: usize,
    style: usize,
    kind: String,
    value: String,
    in_value: bool,
    inline: Text,
}

impl Cells<'_> {
    fn read(&self, file: &str, part: &[u8], gathered: &mut Gathered) -> Result<(), GateError> {
        let mut row = 0;
        let mut column = 0;
        let mut open: Option<Open> = None;
        let mut xml = Xml::new(file, part)?;
        while let Some(node) = xml.next_node()? {
            match node {
                Node::Open(tag) => match (tag.local_name().as_ref(), open.as_mut()) {
                    ("row", _) => {
                        // Places may be left out; then they follow on.
                        row = attribute(&tag, "r")
                            .and_then(|r| r.parse::<usize>().ok())
                            .map_or(row, |r| r.saturating_sub(1));
                        column = 0;
                    }
                    ("c", _) => {
                        let place = attribute(&tag, "r").as_deref().and_then(place);
                        (row, column) = place.unwrap_or((row, column));
                        open = Some(Open {
                            row,
                            column,
                            style: attribute(&tag, "s").and_then(|s| s.parse().ok()).unwrap_or_default(),
                            kind: attribute(&tag, "t").unwrap_or_default(),
                            ..Open::default()
                        });
                    }
                    ("mergeCell", _) => {
                        if let Some(area) = attribute(&tag, "ref").as_deref().and_then(area) {
                            gathered.merge(area);
                        }
                    }
                    ("v", Some(cell)) => cell.in_value = true,
                    (name, Some(cell)) => cell.inline.open(name),
                    _ => {}
                },
                Node::Text(piece) => {
                    if let Some(cell) = open.as_mut() {
                        if cell.in_value {
                            cell.value.push_str(&piece);
                        }
                        cell.inline.add(&piece);
                    }
                }
                Node::Close(tag) => match (tag.local_name().as_ref(), open.as_mut()) {
                    ("row", _) => row = row.saturating_add(1),
                    ("c", _) => {
                        column = column.saturating_add(1);
                        if let Some(cell) = open.take() {
                            self.put(cell, gathered).map_err(|fault| fault.of(file))?;
                        }
                    }
                    ("v", Some(cell)) => cell.in_value = false,
                    (name, Some(cell)) => cell.inline.close(name),
                    _ => {}
                },
            }
        }
        Ok(())
    }

    /// Text as it is shown; a formula counts with the value that was saved with it.
    fn put(&self, mut cell: Open, gathered: &mut Gathered) -> Result<(), GateFault> {
        let (row, column) = (cell.row, cell.column);
        match cell.kind.as_str() {
            "s" => {
                let index = cell.value.trim().parse::<usize>().map_err(|_| GateFault::DamagedSheet)?;
                let text = self.strings.get(index).ok_or(GateFault::DamagedSheet)?;
                gathered.cell(row, column, text, false)
            }
            "inlineStr" => gathered.cell(row, column, &cell.inline.take(), false),
            "" | "n" => match cell.value.trim().parse::<f64>() {
                Ok(value) => gathered.number(row, column, value, cell.style, self.formats),
                Err(_) => gathered.cell(row, column, &cell.value, false),
            },
            _ => gathered.cell(row, column, &cell.value, false),
        }
    }
}

/// Row and column, from 0, of a place like B7.
fn place(text: &str) -> Option<(usize, usize)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    // Three letters reach beyond every sheet.
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column =
        text[..letters].bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: usize = text[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

fn area(text: &str) -> Option<[usize; 4]> {
    let (first, last) = text.split_once(':')?;
    let ((first_row, first_column), (last_row, last_column)) = (place(first)?, place(last)?);
    (first_row <= last_row && first_column <= last_column).then_some([first_row, last_row, first_column, last_column])
}
