//! The text of a Word document as paragraphs and tables; layout is passed over.

use std::collections::BTreeMap;

use super::gate::{Archive, GateError, GateFault, Node, Xml, attribute};

const DOCUMENT: &str = "word/document.xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";

/// A whole document. Text that was deleted under revision marks is not in it; text boxes come as paragraphs of their own.
#[derive(Debug, Default)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// Relation ID → path of a picture within the container.
    pub pictures: BTreeMap<String, String>,
    /// Symbols of symbol fonts, which have no text.
    pub symbols: usize,
}

#[derive(Debug)]
pub enum Block {
    Paragraph(Content),
    Table(Vec<Vec<Cell>>),
}

/// Text and the relation IDs of pictures.
#[derive(Debug, Default)]
pub struct Content {
    pub paragraphs: Vec<String>,
    pub pictures: Vec<String>,
}

#[derive(Debug, Default)]
pub struct Cell {
    /// First column of the table's grid, from 0.
    pub column: usize,
    /// Grid columns that it covers.
    pub span: usize,
    pub content: Content,
}

impl Content {
    /// All text with line breaks, without white space around it.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n").trim().to_owned()
    }
}

/// Reads the body of a .docx; headers, footers and notes are passed over.
pub fn read(file: &str, archive: &mut Archive) -> Result<Document, GateError> {
    let body = archive.read(DOCUMENT)?.ok_or_else(|| GateFault::NotWord.of(file))?;
    let mut reader = Reader::default();
    let mut xml = Xml::new(file, &body)?;
    while let Some(node) = xml.next_node()? {
        match node {
            Node::Open(tag) => reader.open(tag.local_name().as_ref(), |name| attribute(&tag, name)),
            Node::Close(tag) => reader.close(tag.local_name().as_ref()),
            Node::Text(text) => reader.text(&text),
        }
    }
    let mut document = reader.document;
    if let Some(relations) = archive.read(RELATIONS)? {
        document.pictures = pictures(file, &relations)?;
    }
    Ok(document)
}

fn pictures(file: &str, relations: &[u8]) -> Result<BTreeMap<String, String>, GateError> {
    let mut found = BTreeMap::new();
    let mut xml = Xml::new(file, relations)?;
    while let Some(node) = xml.next_node()? {
        let Node::Open(tag) = node else { continue };
        let is_picture = attribute(&tag, "Type").is_some_and(|kind| kind.ends_with("/image"));
        let is_inside = attribute(&tag, "TargetMode").is_none_or(|mode| mode != "External");
        if let (true, true, Some(id), Some(target)) =
            (is_picture, is_inside, attribute(&tag, "Id"), attribute(&tag, "Target"))
        {
            let path = target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned);
            found.insert(id, path);
        }
    }
    Ok(found)
}

/// Elements whose content is no text of the document: properties (they hold tab stops and the like), text moved or
/// deleted, field codes, readings above characters, and the second copy of what newer programs draw otherwise.
const PASSED_OVER: [&str; 11] =
    ["pPr", "rPr", "tblPr", "sectPr", "del", "moveFrom", "delText", "instrText", "rt", "Fallback", "tblGrid"];

/// What is open while the document streams past.
#[derive(Default)]
struct Reader {
    document: Document,
    tables: Vec<OpenTable>,
    paragraphs: Vec<String>,
    in_text: bool,
    /// Depth within an element that is passed over; 0: none.
    passing: usize,
}

#[derive(Default)]
struct OpenTable {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    /// The next cell's grid column.
    column: usize,
    cell: Option<Cell>,
}

impl Reader {
    fn open(&mut self, name: &str, attribute: impl Fn(&str) -> Option<String>) {
        if self.passing > 0 || PASSED_OVER.contains(&name) {
            self.passing += 1;
            return;
        }
        let number = || attribute("val").and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, 100);
        match name {
            "p" => self.paragraphs.push(String::new()),
            "t" => self.in_text = true,
            "tab" => self.push(" "),
            "br" if attribute("type").is_none_or(|kind| kind == "textWrapping") => self.push("\n"),
            "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => self.document.symbols += 1,
            "blip" => self.push_picture(attribute("embed")),
            "imagedata" => self.push_picture(attribute("id")),
            "tbl" => self.tables.push(OpenTable::default()),
            "gridBefore" => self.with_table(|table| table.column += number()),
            "tc" => self.with_table(|table| {
                table.cell = Some(Cell { column: table.column, span: 1, content: Content::default() });
            }),
            "gridSpan" => self.with_cell(|cell| cell.span = number()),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" => {
                if let Some(text) = self.paragraphs.pop() {
                    self.push_content(Content { paragraphs: vec![text], pictures: Vec::new() });
                }
            }
            "tc" => self.with_table(|table| {
                if let Some(cell) = table.cell.take() {
                    table.column += cell.span;
                    table.row.push(cell);
                }
            }),
            "tr" => self.with_table(|table| {
                table.column = 0;
                table.rows.push(std::mem::take(&mut table.row));
            }),
            "tbl" => {
                let Some(table) = self.tables.pop() else { return };
                if self.tables.is_empty() {
                    self.document.blocks.push(Block::Table(table.rows));
                } else {
                    // A table in a cell: a line a row.
                    for row in table.rows {
                        let line: Vec<String> = row.iter().map(|cell| cell.content.text()).collect();
                        let pictures = row.into_iter().flat_map(|cell| cell.content.pictures).collect();
                        self.push_content(Content { paragraphs: vec![line.join(" ")], pictures });
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.passing == 0 {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.push_str(text);
        }
    }

    fn push_picture(&mut self, id: Option<String>) {
        if let Some(id) = id {
            self.push_content(Content { paragraphs: Vec::new(), pictures: vec![id] });
        }
    }

    /// Puts content where the document is: into the open cell, else as a block.
    fn push_content(&mut self, mut content: Content) {
        match self.tables.last_mut().map(|table| table.cell.as_mut()) {
            Some(Some(cell)) => {
                cell.content.paragraphs.append(&mut content.paragraphs);
                cell.content.pictures.append(&mut content.pictures);
            }
            // Between cells there is nothing to read.
            Some(None) => {}
            None => self.document.blocks.push(Block::Paragraph(content)),
        }
    }

    fn with_table(&mut self, change: impl FnOnce(&mut OpenTable)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    fn with_cell(&mut self, change: impl FnOnce(&mut Cell)) {
        self.with_table(|table| {
            if let Some(cell) = table.cell.as_mut() {
                change(cell);
            }
        });
    }
}
