//! 材料清单: what is in the binder, how many copies and pages, and where online verification replaces a copy.

use super::{BinderParts, CATALOGUE, Plan, TITLE};
use crate::domain::PersonId;
use crate::fonts::Role;
use crate::pages::page::{Ink, Item};
use crate::pages::sheet::{PORTRAIT, TOP};
use crate::pages::table::{Cell, Column, Padding, Part, Row, Section, Table};
use crate::pages::text::{Align, Block, Room, SMALLEST, Style, Typesetter};
use crate::pages::units::{Mm, Pt, Rect};
use crate::rules::Notice;

const LINE: Style = Style { role: Role::Body, size: Pt(12.0), pitch: 1.5, align: Align::Left, indent: false };
const CELL: Style = Style { role: Role::Body, size: Pt(10.5), pitch: 1.4, align: Align::Center, indent: false };
const NAME: Style = Style { align: Align::Left, ..CELL };
const HEAD: Style = Style { role: Role::Hei, ..CELL };
const PERSON: Style = Style { role: Role::Hei, ..NAME };

const PADDING: Padding = Padding { x: Mm(1.2), y: Mm(0.8) };
const ROW: Mm = Mm(8.5);
/// 序号, 材料名称, 份数, 页数, 页码, 备注; 166 mm in all.
const HEADS: [(&str, f32); 6] =
    [("序号", 12.0), ("材料名称", 78.0), ("份数", 14.0), ("页数", 14.0), ("页码", 16.0), ("备注", 32.0)];
const NONE: &str = "—";

pub fn pages(typesetter: &Typesetter, parts: &BinderParts, plan: &Plan) -> Vec<Vec<Item>> {
    let width = PORTRAIT.inner_width();
    let mut column = Column::new(PORTRAIT.side, width, TOP, PORTRAIT.content_bottom());
    let mut title = Vec::new();
    let place = Rect::new(PORTRAIT.side, TOP, width, Mm(10.0));
    typesetter.label(CATALOGUE, &TITLE, width).draw_in(place, Ink::Black, &mut title);
    column.pages = vec![title];
    column.y = TOP + Mm(15.0);
    let lines = Lines { typesetter };
    column.table(lines.plain(&format!("推荐单位：{}", parts.recommender.name.trim())));
    column.y += Mm(1.0);
    column.table(Table { sections: vec![body(&lines, parts, plan)], ruled: true });
    column.y += Mm(2.0);
    let materials = &parts.notice.materials;
    let whole = format!(
        "本册连封面、目录、空白页共 {} 页。报送纸质材料 {} 份、电子文档 {} 份。",
        plan.pages, materials.paper_copies, materials.electronic_copies
    );
    column.table(lines.plain(&whole));
    column.pages
}

fn body(lines: &Lines, parts: &BinderParts, plan: &Plan) -> Section {
    let notice = parts.notice;
    let mut table = Rows { lines, copies: notice.materials.paper_copies, rows: Vec::new(), items: 0, pages: 0 };
    // The contents list the same things in the same order, but for this list itself and the persons' heads.
    let mut starts = plan.entries.iter().skip(1).map(|entry| entry.page);
    let mut next = move || starts.next().unwrap_or_default();
    let (summary, report) = (&notice.forms.summary, &notice.forms.report);
    table.item(summary, parts.summary.pages.len(), next(), seal(notice, summary), (None, "recommender.name"));
    table.item(report, parts.report.pages.len(), next(), seal(notice, report), (None, "recommender.report"));
    for (number, person) in (1..).zip(&parts.people) {
        next();
        let of_person = |field| (Some(person.id), field);
        let head = format!("{number:02}　{}　{}", person.name.trim(), person.employer.trim());
        table.person(&head, of_person("name"));
        let (pages, form) = (person.application.pages.len(), &notice.forms.application);
        table.item(form, pages, next(), seal(notice, form), of_person("name"));
        for copy in &person.copies {
            table.item(&copy.title, copy.pages(), next(), "复印件，盖章", of_person(&copy.field));
        }
        for certificate in &person.online {
            table.online(certificate, of_person("certificates"));
        }
    }
    table.total();
    Section { headers: vec![lines.head()], rows: table.rows, ..Section::default() }
}

/// Whether the notice wants a form sealed.
fn seal(notice: &Notice, title: &str) -> &'static str {
    let mut materials = notice.materials.recommender.iter();
    let sealed = materials.any(|material| material.sealed && notice.material_name(material) == title);
    if sealed { "盖章" } else { "" }
}

struct Rows<'a> {
    lines: &'a Lines<'a>,
    copies: u32,
    rows: Vec<Row>,
    items: usize,
    pages: usize,
}

/// Whose field a row stands for: a click on it leads there.
type Shown<'a> = (Option<PersonId>, &'a str);

fn showing(mut row: Row, (person, field): Shown<'_>) -> Row {
    row.cells = row.cells.into_iter().map(|cell| cell.showing(Part::Whole, person, field)).collect();
    row
}

impl Rows<'_> {
    fn item(&mut self, title: &str, pages: usize, start: usize, remark: &str, shown: Shown<'_>) {
        self.items += 1;
        self.pages += pages;
        let last = start + pages;
        let where_ = if pages > 1 { format!("{}–{last}", start + 1) } else { last.to_string() };
        let texts = [&self.items.to_string(), title, &self.copies.to_string(), &pages.to_string(), &where_, remark];
        self.rows.push(showing(self.lines.row(texts), shown));
    }

    fn online(&mut self, certificate: &str, shown: Shown<'_>) {
        self.items += 1;
        let number = self.items.to_string();
        let row = self.lines.row([&number, certificate, NONE, NONE, NONE, "可网上校验，无需提供"]);
        self.rows.push(showing(row, shown));
    }

    fn person(&mut self, text: &str, shown: Shown<'_>) {
        let width = PORTRAIT.inner_width();
        let block = self.lines.block(text, &PERSON, width);
        let cell = Cell { padding: PADDING, ..Cell::label(Mm(0.0), width, block) };
        self.rows.push(showing(Row::new(ROW, vec![cell]), shown));
    }

    fn total(&mut self) {
        let pages = self.pages.to_string();
        let row = self.lines.row(["", "合计", "", &pages, "", ""]);
        self.rows.push(row.kept());
    }
}

struct Lines<'a> {
    typesetter: &'a Typesetter<'a>,
}

impl Lines<'_> {
    /// A line of text in a table without rules.
    fn plain(&self, text: &str) -> Table {
        let width = PORTRAIT.inner_width();
        let room = Room { width, height: Mm(f32::MAX), one_line_from: Some(Pt(10.5)), smallest: Pt(10.5) };
        let block = self.typesetter.fit(text, &LINE, room);
        let cell = Cell::flowing(Mm(0.0), width, Padding { x: Mm(0.0), y: Mm(0.5) }, block);
        Table {
            sections: vec![Section { rows: vec![Row::new(Mm(8.0), vec![cell])], ..Section::default() }],
            ruled: false,
        }
    }

    fn block(&self, text: &str, style: &Style, width: Mm) -> Block {
        let width = width - PADDING.x * 2.0;
        let room = Room { width, height: Mm(f32::MAX), one_line_from: Some(SMALLEST), smallest: SMALLEST };
        self.typesetter.fit(text, style, room)
    }

    fn head(&self) -> Row {
        let mut left = 0.0;
        let cells = HEADS.map(|(text, width)| {
            let block = self.block(text, &HEAD, Mm(width));
            let cell = Cell { padding: PADDING, ..Cell::label(Mm(left), Mm(width), block) };
            left += width;
            cell
        });
        Row::new(ROW, cells.into())
    }

    fn row(&self, texts: [&str; 6]) -> Row {
        let mut left = 0.0;
        let mut column = 0;
        let cells = texts.map(|text| {
            let (_, width) = HEADS[column];
            let style = if column == 1 { &NAME } else { &CELL };
            let cell = Cell::flowing(Mm(left), Mm(width), PADDING, self.block(text, style, Mm(width)));
            left += width;
            column += 1;
            cell
        });
        Row::new(ROW, cells.into()).kept()
    }
}
