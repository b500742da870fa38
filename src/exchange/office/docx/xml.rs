//! WordprocessingML (ECMA-376 part 1, 17): runs, paragraphs, tables, pictures in line.

use std::fmt::Write;

use quick_xml::escape::escape;

use crate::exchange::office::text::storable;
use crate::pages::{Mm, Pt};

/// Which characters a run has; Word finds the face by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// 小标宋
    Title,
    /// 仿宋
    Body,
    /// 楷体
    Kai,
    /// 黑体
    Hei,
}

/// Chinese face, and the name under which a machine without it looks for another.
pub const FONTS: [(Face, &str, &str); 4] = [
    (Face::Title, "方正小标宋简体", "宋体"),
    (Face::Body, "仿宋", "仿宋_GB2312"),
    (Face::Kai, "楷体", "楷体_GB2312"),
    (Face::Hei, "黑体", "SimHei"),
];
/// Letters and figures.
pub const LATIN: &str = "Times New Roman";

impl Face {
    fn name(self) -> &'static str {
        FONTS.iter().find(|(face, ..)| *face == self).map_or("仿宋", |(_, name, _)| *name)
    }
}

/// Characters of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    pub face: Face,
    pub size: Pt,
    /// Width of the characters in per cent.
    pub scale: u8,
}

impl Type {
    pub const fn new(face: Face, size: Pt) -> Self {
        Self { face, size, scale: 100 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Center,
    Right,
    Justify,
    /// Spread to the full width.
    Spread,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub align: Align,
    /// First line 2 characters in.
    pub indent: bool,
    /// Exact line pitch; `None`: as the font wants.
    pub pitch: Option<Pt>,
    pub before: Mm,
    pub after: Mm,
    /// From the left edge.
    pub left: Mm,
    /// From the right edge.
    pub right: Mm,
    /// On the page of the next paragraph.
    pub keep_next: bool,
    /// On a new page.
    pub new_page: bool,
}

impl Setting {
    pub const fn of(align: Align) -> Self {
        Self {
            align,
            indent: false,
            pitch: None,
            before: Mm(0.0),
            after: Mm(0.0),
            left: Mm(0.0),
            right: Mm(0.0),
            keep_next: false,
            new_page: false,
        }
    }
}

/// A rule at the edge of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The table's own, outer or inner.
    Table,
    /// An inner rule, also at the table's edge.
    Thin,
    Nothing,
}

/// The rules around a cell; at its sides the table's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edges {
    pub top: Rule,
    pub bottom: Rule,
}

pub const RULED: Edges = Edges { top: Rule::Table, bottom: Rule::Table };

/// How a cell goes on from the row above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    Single,
    /// The first of several rows.
    Begins,
    GoesOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vertical {
    Top,
    Middle,
    Bottom,
}

/// A cell: its width, the grid columns that it covers, and its paragraphs as XML.
#[derive(Clone, Debug)]
pub struct Cell {
    pub width: Mm,
    pub columns: usize,
    pub merge: Merge,
    pub vertical: Vertical,
    pub edges: Edges,
    pub content: String,
}

impl Cell {
    pub fn new(width: Mm, columns: usize, content: String) -> Self {
        Self { width, columns, merge: Merge::Single, vertical: Vertical::Middle, edges: RULED, content }
    }
}

#[derive(Clone, Debug)]
pub struct Row {
    /// At least so high.
    pub height: Mm,
    /// Repeated on each page; only the first rows of a table can be.
    pub header: bool,
    /// May run over pages.
    pub splits: bool,
    pub cells: Vec<Cell>,
}

impl Row {
    pub fn new(height: Mm, cells: Vec<Cell>) -> Self {
        Self { height, header: false, splits: false, cells }
    }

    pub fn header(self) -> Self {
        Self { header: true, ..self }
    }

    pub fn splitting(self) -> Self {
        Self { splits: true, ..self }
    }
}

/// A table of the form: outer rules 1.2 pt, inner 0.5 pt; `left` of its edge, widths of its grid columns.
pub struct Table {
    pub left: Mm,
    pub grid: Vec<Mm>,
    pub ruled: bool,
    /// White between a cell's sides and its text.
    pub padding: Mm,
    pub rows: Vec<Row>,
}

pub fn twips(length: Mm) -> i32 {
    (length.0 / 25.4 * 1440.0).round() as i32
}

fn half_points(size: Pt) -> i32 {
    (size.0 * 2.0).round() as i32
}

/// English Metric Units, for pictures.
fn emu(length: Mm) -> i64 {
    (f64::from(length.0) * 36_000.0).round() as i64
}

/// A run. Line ends do not belong here; tabs become tabs.
pub fn run(text: &str, kind: Type) -> String {
    spaced_run(text, kind, 0.0)
}

/// A run whose characters stand `extra` em further apart.
fn spaced_run(text: &str, kind: Type, extra: f32) -> String {
    let text = storable(text);
    if text.is_empty() {
        return String::new();
    }
    let mut xml = format!("<w:r><w:rPr>{}", type_properties(kind));
    if extra > 0.0 {
        let _ = write!(xml, "<w:spacing w:val=\"{}\"/>", (kind.size.0 * extra * 20.0).round());
    }
    if kind.scale != 100 {
        let _ = write!(xml, "<w:w w:val=\"{}\"/>", kind.scale);
    }
    let size = half_points(kind.size);
    let _ = write!(xml, "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>");
    for (index, piece) in text.split('\t').enumerate() {
        if index > 0 {
            xml.push_str("<w:tab/>");
        }
        if !piece.is_empty() {
            let _ = write!(xml, "<w:t xml:space=\"preserve\">{}</w:t>", escape(piece));
        }
    }
    xml.push_str("</w:r>");
    xml
}

/// The hint gives the Chinese face the marks that both scripts share (“ ” — …).
fn type_properties(kind: Type) -> String {
    format!(
        "<w:rFonts w:hint=\"eastAsia\" w:ascii=\"{LATIN}\" w:hAnsi=\"{LATIN}\" w:eastAsia=\"{}\" w:cs=\"{LATIN}\"/>",
        kind.face.name()
    )
}

/// A label in which U+3000 is a distance, so that spread labels have no space in the text.
pub fn spread(text: &str, kind: Type) -> String {
    let mut xml = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let mut gaps = 0.0;
        while characters.next_if_eq(&'\u{3000}').is_some() {
            gaps += 1.0;
        }
        xml.push_str(&spaced_run(character.encode_utf8(&mut [0; 4]), kind, gaps));
    }
    xml
}

/// A paragraph of runs.
pub fn paragraph(runs: &str, setting: &Setting, kind: Type) -> String {
    let mut xml = String::from("<w:p><w:pPr>");
    if setting.keep_next {
        xml.push_str("<w:keepNext/>");
    }
    if setting.new_page {
        xml.push_str("<w:pageBreakBefore/>");
    }
    // No mark hangs beyond the margin: in a table it would touch the rule.
    xml.push_str("<w:overflowPunct w:val=\"0\"/>");
    let (before, after) = (twips(setting.before), twips(setting.after));
    let line = match setting.pitch {
        Some(pitch) => format!(" w:line=\"{}\" w:lineRule=\"exact\"", (pitch.0 * 20.0).floor()),
        None => " w:line=\"240\" w:lineRule=\"auto\"".to_owned(),
    };
    let _ = write!(xml, "<w:spacing w:before=\"{before}\" w:after=\"{after}\"{line}/>");
    let (left, right) = (twips(setting.left), twips(setting.right));
    let first = if setting.indent { (kind.size.0 * 40.0).round() as i32 } else { 0 };
    if left != 0 || right != 0 || first != 0 {
        let _ = write!(xml, "<w:ind w:left=\"{left}\" w:right=\"{right}\"");
        if first != 0 {
            let _ = write!(xml, " w:firstLineChars=\"200\" w:firstLine=\"{first}\"");
        }
        xml.push_str("/>");
    }
    let align = match setting.align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "both",
        Align::Spread => "distribute",
    };
    let size = half_points(kind.size);
    let _ = write!(
        xml,
        "<w:jc w:val=\"{align}\"/><w:rPr>{}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:pPr>{runs}</w:p>",
        type_properties(kind)
    );
    xml
}

/// A paragraph as low as Word can make one: parts two tables, or begins a page.
pub fn seam(new_page: bool) -> String {
    let setting = Setting { pitch: Some(Pt(1.0)), new_page, ..Setting::of(Align::Left) };
    paragraph("", &setting, Type::new(Face::Body, Pt(1.0)))
}

/// A run with a picture in line. `turn` is the Exif orientation, 1 to 8; width and height are those seen.
pub fn picture(relation: &str, name: &str, width: Mm, height: Mm, turn: u8) -> String {
    let (rotation, flip) = match turn {
        2 => (0, true),
        3 => (180, false),
        4 => (180, true),
        5 => (90, true),
        6 => (90, false),
        7 => (270, true),
        8 => (270, false),
        _ => (0, false),
    };
    let (seen_cx, seen_cy) = (emu(width), emu(height));
    // The shape has the size of the picture as stored; the turn stands it upright.
    let (cx, cy) = if (5..=8).contains(&turn) { (seen_cy, seen_cx) } else { (seen_cx, seen_cy) };
    let mut transform = String::new();
    if rotation != 0 {
        let _ = write!(transform, " rot=\"{}\"", rotation * 60_000);
    }
    if flip {
        transform.push_str(" flipH=\"1\"");
    }
    let name = escape(name);
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{seen_cx}\" cy=\"{seen_cy}\"/>\
         <wp:docPr id=\"1\" name=\"{name}\" descr=\"{name}\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>\
         </wp:cNvGraphicFramePr><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <pic:pic><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
         <a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm{transform}>\
         <a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>\
         </pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

/// The number of the page.
pub fn page_number(kind: Type) -> String {
    let size = half_points(kind.size);
    let properties =
        format!("<w:rPr>{}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>", type_properties(kind));
    let mark = |part: &str| format!("<w:r>{properties}<w:fldChar w:fldCharType=\"{part}\"/></w:r>");
    format!(
        "{}<w:r>{properties}<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}\
         <w:r>{properties}<w:t>1</w:t></w:r>{}",
        mark("begin"),
        mark("separate"),
        mark("end")
    )
}

/// Outer and inner rules in eighths of a point.
const OUTER: u32 = 10;
const INNER: u32 = 4;

impl Table {
    pub fn xml(&self) -> String {
        let width: Mm = self.grid.iter().copied().sum();
        let mut xml = format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblInd w:w=\"{}\" w:type=\"dxa\"/>",
            twips(width),
            twips(self.left)
        );
        if self.ruled {
            xml.push_str("<w:tblBorders>");
            for edge in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                let size = if edge.starts_with("inside") { INNER } else { OUTER };
                xml.push_str(&rule_of(edge, size));
            }
            xml.push_str("</w:tblBorders>");
        }
        let padding = twips(self.padding);
        let _ = write!(
            xml,
            "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>\
             <w:left w:w=\"{padding}\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
             <w:right w:w=\"{padding}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>"
        );
        for &column in &self.grid {
            let _ = write!(xml, "<w:gridCol w:w=\"{}\"/>", twips(column));
        }
        xml.push_str("</w:tblGrid>");
        for row in &self.rows {
            row.write(&mut xml);
        }
        xml.push_str("</w:tbl>");
        xml
    }
}

impl Row {
    fn write(&self, xml: &mut String) {
        xml.push_str("<w:tr><w:trPr>");
        if !self.splits {
            xml.push_str("<w:cantSplit/>");
        }
        let _ = write!(xml, "<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", twips(self.height));
        if self.header {
            xml.push_str("<w:tblHeader/>");
        }
        xml.push_str("</w:trPr>");
        for cell in &self.cells {
            cell.write(xml);
        }
        xml.push_str("</w:tr>");
    }
}

impl Cell {
    fn write(&self, xml: &mut String) {
        let _ = write!(xml, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", twips(self.width));
        if self.columns > 1 {
            let _ = write!(xml, "<w:gridSpan w:val=\"{}\"/>", self.columns);
        }
        match self.merge {
            Merge::Single => {}
            Merge::Begins => xml.push_str("<w:vMerge w:val=\"restart\"/>"),
            Merge::GoesOn => xml.push_str("<w:vMerge/>"),
        }
        self.edges.write(xml);
        let vertical = match self.vertical {
            Vertical::Top => "top",
            Vertical::Middle => "center",
            Vertical::Bottom => "bottom",
        };
        let _ = write!(xml, "<w:vAlign w:val=\"{vertical}\"/></w:tcPr>{}</w:tc>", self.content);
    }
}

impl Edges {
    fn write(self, xml: &mut String) {
        if self == RULED {
            return;
        }
        xml.push_str("<w:tcBorders>");
        for (edge, rule) in [("top", self.top), ("bottom", self.bottom)] {
            match rule {
                Rule::Table => {}
                Rule::Thin => xml.push_str(&rule_of(edge, INNER)),
                Rule::Nothing => {
                    let _ = write!(xml, "<w:{edge} w:val=\"nil\"/>");
                }
            }
        }
        xml.push_str("</w:tcBorders>");
    }
}

fn rule_of(edge: &str, size: u32) -> String {
    format!("<w:{edge} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"000000\"/>")
}
