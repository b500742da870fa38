//! 附件1, 汇总表, as firms send it in Excel: columns are found by the annex's heads, not by position.
//!
//! Values stay as typed. What cannot be placed is said in words, never dropped in silence.

use std::collections::BTreeMap;

use super::gate::{GateError, GateFault};
use super::labels::{Field, canonical};
use super::sheet::{self, Sheet};
use crate::domain::{Applicant, in_quotes};
use crate::rules::Notice;

/// What one 汇总表 says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SummaryIn {
    /// 填报单位; empty where the sheet names none, and so the three after it.
    pub recommender: String,
    /// 填报人
    pub contact: String,
    /// 联系电话
    pub phone: String,
    /// 手机
    pub mobile: String,
    /// In the order of the sheet; only what it holds is filled.
    pub applicants: Vec<Applicant>,
    /// What was seen and not taken, a sentence each.
    pub notes: Vec<String>,
}

/// Heads besides 姓名 that make a row the head.
const HEADS_AT_LEAST: usize = 3;

/// Reads an .xlsx or .xls, every sheet that has the annex's heads. `file` names it in faults; the notice says which
/// words above the table are its own.
pub fn read(file: &str, bytes: Vec<u8>, notice: &Notice) -> Result<SummaryIn, GateError> {
    let mut summary = SummaryIn::default();
    let mut found = false;
    let mut others = Vec::new();
    let (sheets, mut count) = sheet::read(file, bytes)?;
    for mut sheet in sheets {
        sheet.fill_down(&mut count).map_err(|fault| fault.of(file))?;
        match Heads::find(&sheet) {
            // Nothing of a form is lost in silence.
            Some(_) if sheet.beyond > 0 => return Err(GateFault::CellsBeyond.of(file)),
            Some(heads) => {
                found = true;
                summary.read_sheet(&sheet, &heads, notice);
            }
            None if sheet.cells.is_empty() => {}
            None => others.push(sheet.name),
        }
    }
    if !found {
        return Err(GateFault::NotTheForm(notice.forms.summary.clone()).of(file));
    }
    summary.notes.extend(others.iter().map(|name| format!("工作表“{name}”不是汇总表，未导入")));
    Ok(summary)
}

struct Heads {
    row: usize,
    columns: BTreeMap<usize, Field>,
    name: usize,
}

impl Heads {
    fn find(sheet: &Sheet) -> Option<Self> {
        let mut rows: Vec<usize> = sheet.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows.into_iter().find_map(|row| {
            let columns: BTreeMap<usize, Field> = cells_of(sheet, row)
                .filter_map(|(column, text)| Some((column, Field::by_label(&canonical(text))?)))
                .collect();
            let name = *columns.iter().find(|(_, field)| **field == Field::Name)?.0;
            (columns.len() > HEADS_AT_LEAST).then_some(Self { row, columns, name })
        })
    }

    /// A column's head as it is written.
    fn label(&self, sheet: &Sheet, column: usize) -> String {
        one_line(sheet.text(self.row, column))
    }
}

fn cells_of(sheet: &Sheet, row: usize) -> impl Iterator<Item = (usize, &str)> {
    sheet.cells.range((row, 0)..(row + 1, 0)).map(|((_, column), cell)| (*column, cell.text.trim()))
}

impl SummaryIn {
    fn read_sheet(&mut self, sheet: &Sheet, heads: &Heads, notice: &Notice) {
        let mut rows: Vec<usize> = sheet.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        let before = self.applicants.len();
        for row in rows {
            if row < heads.row {
                self.read_above(sheet, row, notice);
            } else if row == heads.row {
                for (column, text) in cells_of(sheet, row).filter(|(column, _)| !heads.columns.contains_key(column)) {
                    self.notes.push(format!(
                        "第 {} 列{}不是汇总表的栏目，整列未导入",
                        column + 1,
                        in_quotes(&one_line(text))
                    ));
                }
            } else if cells_of(sheet, row).any(|(_, text)| foot(text).is_some()) {
                self.read_foot(sheet, row);
            } else if sheet.is_from_above(row, heads.name) && self.applicants.len() > before {
                self.read_further(sheet, row, heads);
            } else if !sheet.is_from_above(row, heads.name) && !sheet.text(row, heads.name).is_empty() {
                let applicant = self.read_person(sheet, row, heads);
                self.applicants.push(applicant);
            } else {
                self.read_nameless(sheet, row, heads);
            }
        }
    }

    fn read_above(&mut self, sheet: &Sheet, row: usize, notice: &Notice) {
        let mut cells = cells_of(sheet, row).peekable();
        while let Some((_, text)) = cells.next() {
            let label = canonical(text);
            if label.starts_with("附件") || label == canonical(&notice.forms.summary) {
                continue;
            }
            if !label.starts_with("填报单位") {
                self.notes.push(format!("表头的内容未能归位，未导入：{}", one_line(text)));
                continue;
            }
            let mut name = text.trim_start_matches(['填', '报', '单', '位', ' ', '　', '：', ':']).trim();
            for mark in ["（盖章）", "(盖章)", "（公章）"] {
                name = name.trim_start_matches(mark).trim_end_matches(mark).trim_matches([' ', '　', '：', ':']);
            }
            let beside = if name.is_empty() { cells.next().map(|(_, text)| text) } else { Some(name) };
            take(&mut self.recommender, beside.unwrap_or_default(), "填报单位", &mut self.notes);
        }
    }

    /// 填报人, 联系电话, 手机: the value behind the colon or in the next cell.
    fn read_foot(&mut self, sheet: &Sheet, row: usize) {
        let mut cells = cells_of(sheet, row).peekable();
        while let Some((_, text)) = cells.next() {
            let Some((foot, value)) = foot(text) else {
                self.notes.push(format!("表尾的内容未能归位，未导入：{}", one_line(text)));
                continue;
            };
            let beside = if value.is_empty() { cells.next_if(|(_, next)| self::foot(next).is_none()) } else { None };
            let value = beside.map_or(value, |(_, text)| text);
            let (target, label) = match foot {
                Foot::Contact => (&mut self.contact, "填报人"),
                Foot::Phone => (&mut self.phone, "联系电话"),
                Foot::Mobile => (&mut self.mobile, "手机"),
            };
            take(target, value, label, &mut self.notes);
        }
    }

    fn read_person(&mut self, sheet: &Sheet, row: usize, heads: &Heads) -> Applicant {
        let mut applicant = Applicant::default();
        for (column, text) in cells_of(sheet, row) {
            // A column without a head was named with the heads, or stands beside the table.
            let Some(target) = heads.columns.get(&column).and_then(|field| field.of(&mut applicant)) else { continue };
            let name = sheet.text(row, heads.name);
            take(target, text, &format!("{name}的{}", heads.label(sheet, column)), &mut self.notes);
            let is_number = sheet.cells.get(&(row, column)).is_some_and(|cell| cell.is_number);
            if heads.columns.get(&column) == Some(&Field::Birth) && is_number && text.ends_with(".1") {
                self.notes.push(format!("{name}的出生年月在表格里是数字 {text}，可能原为 {text}0，请核对"));
            }
        }
        applicant
    }

    /// A further row of the last person of the sheet, whose name is merged over several: more lines of the honours; a
    /// second value elsewhere is said.
    fn read_further(&mut self, sheet: &Sheet, row: usize, heads: &Heads) {
        let Some(applicant) = self.applicants.last_mut() else { return };
        for (column, text) in cells_of(sheet, row).filter(|(column, _)| !sheet.is_from_above(row, *column)) {
            let Some(field) = heads.columns.get(&column) else { continue };
            let name = sheet.text(row, heads.name);
            match field.of(applicant) {
                Some(brief) if *field == Field::HonoursBrief && !brief.is_empty() => {
                    brief.push('\n');
                    brief.push_str(text);
                }
                Some(target) => take(target, text, &format!("{name}的{}", heads.label(sheet, column)), &mut self.notes),
                None => {}
            }
        }
    }

    /// The annex's hints and numbered empty rows are passed over; anything else is said.
    fn read_nameless(&mut self, sheet: &Sheet, row: usize, heads: &Heads) {
        let is_hint = |text: &str| ["格式", "说明", "如：", "如:", "XXX"].iter().any(|hint| text.starts_with(hint));
        let is_number = |column: usize| heads.columns.get(&column) == Some(&Field::Number);
        let left: Vec<String> = cells_of(sheet, row)
            .filter(|(column, text)| !is_number(*column) && !is_hint(text) && !sheet.is_from_above(row, *column))
            .map(|(_, text)| one_line(text))
            .collect();
        if !left.is_empty() {
            self.notes.push(format!("第 {} 行没有姓名，未导入：{}", row + 1, left.join("　")));
        }
    }
}

enum Foot {
    Contact,
    Phone,
    Mobile,
}

/// A label below the table and what follows it in the same cell.
fn foot(text: &str) -> Option<(Foot, &str)> {
    [("填报人", Foot::Contact), ("联系电话", Foot::Phone), ("手机", Foot::Mobile)].into_iter().find_map(
        |(label, foot)| {
            let rest = text.strip_prefix(label)?;
            let value = rest.trim_start();
            // 手机维修工 is no label.
            let closed = value.is_empty() || value.starts_with(['：', ':']);
            closed.then(|| (foot, value.trim_start_matches(['：', ':']).trim()))
        },
    )
}

/// Fills a text; a second, different value is said and not taken.
fn take(target: &mut String, value: &str, label: &str, notes: &mut Vec<String>) {
    if target.is_empty() {
        value.clone_into(target);
    } else if !value.is_empty() && target != value {
        notes.push(format!("{label}有两种写法{}和{}，已取前一种，请核对", in_quotes(target), in_quotes(value)));
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
