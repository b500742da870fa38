//! Annex 1, 汇总表: one recommender and the people it puts forward, A4 across.

use super::page::{Document, Ink};
use super::sheet::{LANDSCAPE, Stamp, TOP};
use super::table::{Cell, Column, Padding, Part, Row, Section, Table};
use super::text::{Align, Room, SMALLEST, Style, Typesetter};
use super::units::{Mm, Pt, Rect};
use crate::domain::{Person, PersonId, Recommender};
use crate::fonts::{Fonts, Role};
use crate::rules::Notice;

const TITLE: Style = Style { role: Role::Title, size: Pt(20.0), pitch: 1.4, align: Align::Center, indent: false };
const LINE: Style = Style { role: Role::Body, size: Pt(12.0), pitch: 1.5, align: Align::Left, indent: false };
const CELL: Style = Style { role: Role::Body, size: Pt(10.5), pitch: 1.45, align: Align::Center, indent: false };
const PROSE: Style = Style { pitch: 1.5, align: Align::Justify, indent: true, ..CELL };

const NARROW: Padding = Padding { x: Mm(1.0), y: Mm(0.8) };
const WIDE: Padding = Padding { x: Mm(1.6), y: Mm(1.2) };

const TITLE_MIDDLE: Mm = Mm(23.0);
/// Upper edge of the line with the recommender's name. A seal of 45 mm pressed on it reaches from 27.5 to 72.5 mm, clear
/// of the title and of the table.
const NAME_TOP: Mm = Mm(46.0);
const TABLE_TOP: Mm = Mm(73.0);
const NAME_LABEL_WIDTH: f32 = 37.0;
const HEAD_ROW: Mm = Mm(12.0);
const ROW: Mm = Mm(14.0);
const ABOVE_FOOT: Mm = Mm(3.0);
const FOOT_ROW: Mm = Mm(9.0);
/// Rows of a form without people, below the row with the annex's hints.
const EMPTY_ROWS: usize = 3;

/// A column: its width, its head, the annex's hint in an empty form, and the record's key.
struct ColumnOf {
    width: f32,
    head: &'static str,
    hint: &'static str,
    field: &'static str,
}

const fn column(width: f32, head: &'static str, hint: &'static str, field: &'static str) -> ColumnOf {
    ColumnOf { width, head, hint, field }
}

/// The annex's ten columns; 261 mm in all.
const COLUMNS: [ColumnOf; 10] = [
    column(11.0, "序号", "", "order"),
    column(19.0, "姓名", "", "name"),
    column(11.0, "性别", "", "sex"),
    column(20.0, "出生年月", "格式：\n19xx-07", "birth"),
    column(36.0, "工作单位", "说明：须和单位公章相同", "employer"),
    column(25.0, "岗位", "", "post"),
    column(20.0, "行政职务", "", "duty"),
    column(22.0, "职业\n（工种）", "如：电工", "occupation"),
    column(21.0, "等级", "如：高级技师", "grade"),
    column(
        76.0,
        "获得荣誉称号情况\n（{limit}字以内）",
        "XXX 同志… 主要荣誉：被评为…（主要填写与技能相关的荣誉）",
        "honours_brief",
    ),
];

/// Annex 1 of one recommender; `people` are the nominated in order.
pub fn summary(
    fonts: &Fonts,
    notice: &Notice,
    recommender: &Recommender,
    people: &[&Person],
    stamp: &Stamp,
) -> Document {
    let typesetter = Typesetter::new(fonts);
    let width = LANDSCAPE.inner_width();
    let mut column = Column::new(LANDSCAPE.side, width, TOP, LANDSCAPE.content_bottom());

    let mut title = Vec::new();
    let room = Room { width, height: Mm(20.0), one_line_from: Some(Pt(16.0)), smallest: SMALLEST };
    let line = Rect::new(LANDSCAPE.side, TITLE_MIDDLE - Mm(5.0), width, Mm(10.0));
    typesetter.fit(&notice.forms.summary, &TITLE, room).draw_in(line, Ink::Black, &mut title);
    column.pages = vec![title];

    column.y = NAME_TOP;
    column.table(Table { sections: vec![name_line(&typesetter, recommender)], ruled: false });
    column.y = if column.pages.len() == 1 { TABLE_TOP.max(column.y + Mm(2.0)) } else { column.y + Mm(2.0) };
    column.table(Table { sections: vec![body(&typesetter, notice, people)], ruled: true });
    column.y += ABOVE_FOOT;
    column.table(Table { sections: vec![foot(&typesetter, recommender)], ruled: false });

    let title = format!("{} {}", notice.forms.summary, recommender.name.trim());
    LANDSCAPE.document(&typesetter, title.trim_end().to_owned(), column.pages, 0, stamp)
}

fn line_cell(typesetter: &Typesetter, left: f32, width: f32, text: &str, field: &str, is_name: bool) -> Cell {
    let padding = Padding { x: Mm(0.0), y: Mm(0.5) };
    let room = Room { width: Mm(width), height: FOOT_ROW, one_line_from: Some(Pt(10.5)), smallest: SMALLEST };
    let block = if is_name { typesetter.name(text, &LINE, room) } else { typesetter.fit(text, &LINE, room) };
    Cell::flowing(Mm(left), Mm(width), padding, block).showing(Part::Whole, None, field)
}

/// 填报单位：（盖章） and the recommender's name.
fn name_line(typesetter: &Typesetter, recommender: &Recommender) -> Section {
    let label = typesetter.label("填报单位：（盖章）", &LINE, Mm(NAME_LABEL_WIDTH));
    let width = LANDSCAPE.inner_width().0 - NAME_LABEL_WIDTH;
    let name = line_cell(typesetter, NAME_LABEL_WIDTH, width, &recommender.name, "recommender.name", false);
    let row = Row::new(Mm(8.0), vec![Cell::label(Mm(0.0), Mm(NAME_LABEL_WIDTH), label), name]);
    Section { rows: vec![row], ..Section::default() }
}

/// 填报人, 联系电话, 手机.
fn foot(typesetter: &Typesetter, recommender: &Recommender) -> Section {
    let third = LANDSCAPE.inner_width().0 / 3.0;
    let parts = [
        ("填报人：", 17.0, &recommender.contact, "recommender.contact", true),
        ("联系电话：", 21.3, &recommender.phone, "recommender.phone", false),
        ("手机：", 12.8, &recommender.mobile, "recommender.mobile", false),
    ];
    let cells = parts.into_iter().enumerate().flat_map(|(index, (label, width, text, field, is_name))| {
        let left = third * index as f32;
        let label = Cell::label(Mm(left), Mm(width), typesetter.label(label, &LINE, Mm(width)));
        [label, line_cell(typesetter, left + width, third - width - 4.0, text, field, is_name)]
    });
    Section { rows: vec![Row::new(FOOT_ROW, cells.collect()).kept()], ..Section::default() }
}

fn body(typesetter: &Typesetter, notice: &Notice, people: &[&Person]) -> Section {
    let mut rows: Vec<Row> =
        people.iter().enumerate().map(|(index, person)| person_row(typesetter, index + 1, person)).collect();
    if rows.is_empty() {
        rows.push(Row::new(ROW, cells(typesetter, None, |column| column.hint.to_owned())));
        rows.extend((0..EMPTY_ROWS).map(|_| Row::new(ROW, cells(typesetter, None, |_| String::new()))));
    }
    // Nobody stands above the first person: what does not fit below the head goes on on the next page, rather than all of
    // it, which would leave a page with a head and nothing else.
    if let Some(first) = rows.first_mut() {
        first.keep = false;
    }
    // The last person goes with the line below the table, which would say nothing on a page of its own.
    if let [_, .., last] = rows.as_mut_slice() {
        *last = last.clone().leaving(ABOVE_FOOT + FOOT_ROW);
    }
    let mut left = 0.0;
    let limit = notice.forms.brief_limit.to_string();
    let heads = COLUMNS.iter().map(|column| {
        let block = typesetter.label(&column.head.replace("{limit}", &limit), &CELL, Mm(column.width) - NARROW.x * 2.0);
        let cell = Cell { padding: NARROW, ..Cell::label(Mm(left), Mm(column.width), block) };
        left += column.width;
        cell
    });
    Section { headers: vec![Row::new(HEAD_ROW, heads.collect())], rows, ..Section::default() }
}

fn person_row(typesetter: &Typesetter, number: usize, person: &Person) -> Row {
    let applicant = &person.applicant;
    let text = |column: &ColumnOf| match column.field {
        "order" => number.to_string(),
        "name" => applicant.name.clone(),
        "sex" => applicant.sex.clone(),
        "birth" => applicant.birth.clone(),
        "employer" => applicant.employer.clone(),
        "post" => applicant.post.clone(),
        "duty" => applicant.duty.clone(),
        "occupation" => applicant.occupation.clone(),
        "grade" => applicant.grade.clone(),
        _ => applicant.honours_brief.clone(),
    };
    Row::new(ROW, cells(typesetter, Some(person.id), text)).kept()
}

/// The cells of a row; with areas where they show a person's fields.
fn cells(typesetter: &Typesetter, person: Option<PersonId>, text: impl Fn(&ColumnOf) -> String) -> Vec<Cell> {
    let mut left = 0.0;
    let cells = COLUMNS.iter().map(|column| {
        let text = text(column);
        let is_prose = column.field == "honours_brief";
        let padding = if is_prose { WIDE } else { NARROW };
        let width = Mm(column.width) - padding.x * 2.0;
        let room = Room { width, height: Mm(f32::MAX), one_line_from: Some(SMALLEST), smallest: SMALLEST };
        let block = match column.field {
            "honours_brief" => typesetter.text(&text, &PROSE, width),
            "name" => typesetter.name(&text, &CELL, room),
            _ => typesetter.fit(&text, &CELL, room),
        };
        let cell = Cell::flowing(Mm(left), Mm(column.width), padding, block);
        left += column.width;
        match person {
            Some(_) if column.field != "order" => cell.showing(Part::Whole, person, column.field),
            _ => cell,
        }
    });
    cells.collect()
}
