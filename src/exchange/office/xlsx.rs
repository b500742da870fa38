//! 汇总表.xlsx: Annex 1 as a sheet of strings. No cell is a formula, a number or a date, whatever it begins with.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet, XlsxError,
};

use chrono::Datelike;

use super::OfficeError;
use super::measure::{Room, fit, line_count};
use super::text::{is_short_name, lines, storable};
use crate::domain::{Applicant, Person, Recommender};
use crate::pages::{Mm, Pt};
use crate::rules::Notice;

/// Names that Excel and WPS both have.
const BODY: &str = "仿宋";
const TITLE: &str = "宋体";

const TITLE_SIZE: f64 = 20.0;
const LINE_SIZE: f64 = 12.0;
const CELL_SIZE: Pt = Pt(10.5);
/// A short value is rather this small than broken.
const ONE_LINE_FROM: Pt = Pt(9.0);
const SMALLEST: Pt = Pt(6.0);
const PITCH: f32 = 1.45;

const TITLE_ROW: Mm = Mm(14.0);
/// Room for a seal of 45 mm over the recommender's name.
const NAME_ROW: Mm = Mm(46.0);
const HEAD_ROW: Mm = Mm(12.0);
const ROW: Mm = Mm(14.0);
const FOOT_ROW: Mm = Mm(10.0);
/// Excel's limit for a row.
const HIGHEST_ROW: Mm = Mm(144.0);
/// What a cell keeps free beside its text, both sides together, and above and below it.
const BESIDE: Mm = Mm(2.0);
const ABOVE_AND_BELOW: Mm = Mm(3.0);

/// Excel's limit for the text of a cell, in UTF-16 units.
const CELL_LIMIT: usize = 32_767;

const SIDE_MARGIN: Mm = Mm(18.0);
const TOP_MARGIN: Mm = Mm(18.0);
const BOTTOM_MARGIN: Mm = Mm(20.0);
const FOOT_MARGIN: Mm = Mm(10.0);

const HEAD: u32 = 2;
const LAST_COLUMN: u16 = 9;
/// The last columns of the three entries below the table.
const FOOT_COLUMNS: [(u16, u16); 3] = [(0, 3), (4, 6), (7, LAST_COLUMN)];

struct Column {
    width: Mm,
    head: String,
    value: fn(&Applicant) -> &str,
}

/// The annex's ten columns, as wide as on paper.
fn columns(notice: &Notice) -> [Column; 10] {
    let column = |width: f32, head: &str, value: fn(&Applicant) -> &str| Column {
        width: Mm(width),
        head: head.to_owned(),
        value,
    };
    [
        column(11.0, "序号", |_| ""),
        column(19.0, "姓名", |a| &a.name),
        column(11.0, "性别", |a| &a.sex),
        column(20.0, "出生年月", |a| &a.birth),
        column(36.0, "工作单位", |a| &a.employer),
        column(25.0, "岗位", |a| &a.post),
        column(20.0, "行政职务", |a| &a.duty),
        column(22.0, "职业\n（工种）", |a| &a.occupation),
        column(20.0, "等级", |a| &a.grade),
        column(77.0, &format!("获得荣誉称号情况\n（{}字以内）", notice.forms.brief_limit), |a| {
            &a.honours_brief
        }),
    ]
}

/// Annex 1 of one recommender; `people` are the nominated in order. A draft is marked on every page that is printed.
pub fn summary_xlsx(
    notice: &Notice,
    recommender: &Recommender,
    people: &[&Person],
    draft: bool,
) -> Result<Vec<u8>, OfficeError> {
    let columns = columns(notice);
    refuse_too_long(&columns, people)?;
    let sheet = write(notice, recommender, people, &columns, draft).map_err(OfficeError::Sheet)?;
    same_everywhere(sheet).map_err(OfficeError::Zip)
}

/// The sheet's writer notes for each part on which system it was made; the set has the same bytes on each.
fn same_everywhere(mut sheet: Vec<u8>) -> zip::result::ZipResult<Vec<u8>> {
    /// Of the two bytes “version made by” in a central header.
    const SYSTEM: u64 = 5;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&sheet))?;
    let headers: Vec<u64> = (0..archive.len())
        .map(|part| archive.by_index_raw(part).map(|part| part.central_header_start()))
        .collect::<Result<_, _>>()?;
    for header in headers {
        if let Some(system) = usize::try_from(header + SYSTEM).ok().and_then(|at| sheet.get_mut(at)) {
            *system = super::MADE_ON.into();
        }
    }
    Ok(sheet)
}

fn refuse_too_long(columns: &[Column], people: &[&Person]) -> Result<(), OfficeError> {
    for person in people {
        for column in columns {
            if (column.value)(&person.applicant).encode_utf16().count() > CELL_LIMIT {
                return Err(OfficeError::CellTooLong {
                    person: person.applicant.name.trim().to_owned(),
                    column: column.head.replace('\n', ""),
                    limit: CELL_LIMIT,
                });
            }
        }
    }
    Ok(())
}

fn write(
    notice: &Notice,
    recommender: &Recommender,
    people: &[&Person],
    columns: &[Column],
    draft: bool,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let day = notice.issued;
    let created = ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or(1900),
        u8::try_from(day.month()).unwrap_or(1),
        u8::try_from(day.day()).unwrap_or(1),
    )?;
    let properties = DocProperties::new().set_title(&notice.forms.summary).set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let sheet = workbook.add_worksheet();
    sheet.set_name("汇总表")?;
    page(sheet, columns)?;
    if draft {
        sheet.set_header("&C&\"黑体\"&22草　稿");
    }

    let text = |font: &str, size: f64| {
        Format::new().set_font_name(font).set_font_size(size).set_align(FormatAlign::VerticalCenter).set_text_wrap()
    };
    let title = text(TITLE, TITLE_SIZE).set_bold().set_align(FormatAlign::Center);
    let line = text(BODY, LINE_SIZE).set_align(FormatAlign::Left);

    sheet.set_row_height(0, points(TITLE_ROW))?;
    sheet.merge_range(0, 0, 0, LAST_COLUMN, &storable(&notice.forms.summary), &title)?;
    sheet.set_row_height(1, points(NAME_ROW))?;
    let name = format!("填报单位：（盖章）　{}", storable(recommender.name.trim()));
    sheet.merge_range(1, 0, 1, LAST_COLUMN, &name, &line)?;

    sheet.set_row_height(HEAD, points(HEAD_ROW))?;
    for (index, column) in (0..).zip(columns) {
        sheet.write_string_with_format(HEAD, index, &column.head, &cell(CELL_SIZE).set_align(FormatAlign::Center))?;
    }
    let mut row = HEAD + 1;
    for (number, person) in (1..).zip(people) {
        person_row(sheet, row, number, &person.applicant, columns)?;
        row += 1;
    }
    sheet.ignore_error_range(HEAD, 0, row, LAST_COLUMN, IgnoreError::NumberStoredAsText)?;

    sheet.set_row_height(row, points(FOOT_ROW))?;
    let entries =
        [("填报人：", &recommender.contact), ("联系电话：", &recommender.phone), ("手机：", &recommender.mobile)];
    for ((label, value), (first, last)) in entries.into_iter().zip(FOOT_COLUMNS) {
        let entry = format!("{label}{}", storable(value.trim()));
        sheet.merge_range(row, first, row, last, &entry, &line)?;
    }
    sheet.set_print_area(0, 0, row, LAST_COLUMN)?;
    workbook.save_to_buffer()
}

/// A4 across, all columns on a page, the head on each.
fn page(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    let side = inches(SIDE_MARGIN);
    sheet.set_margins(side, side, inches(TOP_MARGIN), inches(BOTTOM_MARGIN), inches(FOOT_MARGIN), inches(FOOT_MARGIN));
    sheet.set_footer("&C&\"Times New Roman\"&10&P");
    sheet.set_repeat_rows(HEAD, HEAD)?;
    for (index, column) in (0..).zip(columns) {
        sheet.set_column_width_pixels(index, (column.width.0 / 25.4 * 96.0).round() as u32)?;
    }
    Ok(())
}

/// A bordered cell whose content is text and stays text when it is edited.
fn cell(size: Pt) -> Format {
    Format::new()
        .set_font_name(BODY)
        .set_font_size(f64::from(size.0))
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_num_format("@")
}

fn person_row(
    sheet: &mut Worksheet,
    row: u32,
    number: usize,
    applicant: &Applicant,
    columns: &[Column],
) -> Result<(), XlsxError> {
    let mut height = ROW;
    for (index, column) in (0..).zip(columns) {
        let text = match index {
            0 => number.to_string(),
            _ => lines((column.value)(applicant)).join("\n"),
        };
        let width = column.width - BESIDE;
        let room =
            Room { width, height: HIGHEST_ROW - ABOVE_AND_BELOW, one_line_from: ONE_LINE_FROM, smallest: SMALLEST };
        let size = fit(&text, CELL_SIZE, PITCH, room);
        let needed = size.mm() * PITCH * line_count(&text, size, width, 0.0) as f32 + ABOVE_AND_BELOW;
        height = height.max(needed.min(HIGHEST_ROW));
        let align = match index {
            LAST_COLUMN => FormatAlign::Left,
            1 if is_short_name(&text) => FormatAlign::Distributed,
            _ => FormatAlign::Center,
        };
        let mut format = cell(size).set_align(align);
        if align == FormatAlign::Distributed {
            format = format.set_indent(1);
        }
        if text.is_empty() {
            sheet.write_blank(row, index, &format)?;
        } else {
            sheet.write_string_with_format(row, index, &text, &format)?;
        }
    }
    sheet.set_row_height(row, points(height))?;
    Ok(())
}

fn points(length: Mm) -> f64 {
    f64::from(length.pt().0)
}

fn inches(length: Mm) -> f64 {
    f64::from(length.0) / 25.4
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::domain::{PersonId, RecommenderId, RecommenderKind};

    fn notice() -> Notice {
        Notice::read(Notice::built_in()[0].1).unwrap()
    }

    fn recommender(name: &str) -> Recommender {
        Recommender {
            name: name.into(),
            kind: RecommenderKind::Association,
            contact: "=1+1".into(),
            phone: "0571-00000000".into(),
            mobile: "13900000001".into(),
            address: String::new(),
            exception: String::new(),
            report: Default::default(),
            report_facts: Default::default(),
        }
    }

    fn person(applicant: Applicant) -> Person {
        Person { id: PersonId(1), recommender: RecommenderId(1), applicant }
    }

    /// The cells of the one sheet; each must be text or empty.
    fn cells(xlsx: Vec<u8>) -> Vec<Vec<String>> {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(xlsx)).unwrap();
        assert!(workbook.worksheet_formula("汇总表").unwrap().is_empty());
        let range = workbook.worksheet_range("汇总表").unwrap();
        let text = |cell: &Data| match cell {
            Data::String(text) => text.clone(),
            Data::Empty => String::new(),
            other => panic!("{other:?}"),
        };
        range.rows().map(|row| row.iter().map(text).collect()).collect()
    }

    #[test]
    fn every_value_is_a_string_whatever_it_begins_with() {
        let hostile = [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "=HYPERLINK(\"x\")",
            "http://example.invalid",
            "'1",
            "001",
            "1978-03",
        ];
        for value in hostile {
            let applicant = Applicant {
                name: value.into(),
                birth: value.into(),
                employer: value.into(),
                honours_brief: value.into(),
                ..Applicant::default()
            };
            let rows = cells(summary_xlsx(&notice(), &recommender(value), &[&person(applicant)], false).unwrap());
            let row = &rows[HEAD as usize + 1];
            for column in [1, 3, 4, 9] {
                assert_eq!(row[column], value, "{value}");
            }
            assert_eq!(row[0], "1");
            assert_eq!(rows[1][0], format!("填报单位：（盖章）　{}", value.trim()));
            assert_eq!(rows[4][0], "填报人：=1+1");
        }
    }

    #[test]
    fn a_draft_has_the_same_cells_and_is_marked_where_it_is_printed() {
        let applicant = Applicant { name: "葛瑾川".into(), ..Applicant::default() };
        let sheet =
            |draft| summary_xlsx(&notice(), &recommender("示范协会"), &[&person(applicant.clone())], draft).unwrap();
        let marked = |xlsx: &[u8]| {
            let mut archive = zip::ZipArchive::new(Cursor::new(xlsx)).unwrap();
            let part = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
            part.contains("<oddHeader>") && part.contains("草　稿")
        };
        assert_eq!((marked(&sheet(true)), marked(&sheet(false))), (true, false));
        assert_eq!(cells(sheet(true)), cells(sheet(false)));
    }

    #[test]
    fn heads_are_the_annexs() {
        let rows = cells(summary_xlsx(&notice(), &recommender("示范协会"), &[], false).unwrap());
        assert_eq!(rows[0][0], "杭州市首席技师推荐申报人员汇总表");
        let heads: Vec<String> = rows[HEAD as usize].iter().map(|head| head.replace('\n', "")).collect();
        let wanted = [
            "序号",
            "姓名",
            "性别",
            "出生年月",
            "工作单位",
            "岗位",
            "行政职务",
            "职业（工种）",
            "等级",
            "获得荣誉称号情况（300字以内）",
        ];
        assert_eq!(heads, wanted);
        assert_eq!((rows[3][4].as_str(), rows[3][7].as_str()), ("联系电话：0571-00000000", "手机：13900000001"));
    }

    #[test]
    fn a_text_beyond_excels_cell_is_refused_by_name() {
        let long =
            Applicant { name: "葛瑾川".into(), honours_brief: "长".repeat(CELL_LIMIT + 1), ..Applicant::default() };
        let error = summary_xlsx(&notice(), &recommender("示范协会"), &[&person(long)], false).unwrap_err().to_string();
        assert!(error.contains("葛瑾川") && error.contains("获得荣誉称号情况"), "{error}");
        let whole = "长".repeat(3000);
        let applicant = Applicant { honours_brief: whole.clone(), ..Applicant::default() };
        assert_eq!(
            cells(summary_xlsx(&notice(), &recommender("示范协会"), &[&person(applicant)], false).unwrap())[3][9],
            whole
        );
    }
}
