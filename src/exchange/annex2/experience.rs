//! 主要学习和工作经历.

use super::super::docx::Cell;
use super::super::labels::canonical;
use crate::domain::{ExperienceRow, in_quotes};

/// Grid columns of the three heads.
pub(super) struct Columns {
    period: usize,
    place: usize,
    witness: usize,
}

impl Columns {
    /// The row with the heads 起止年月, 何校、何单位学习、工作, 证明人.
    pub(super) fn of(row: &[Cell]) -> Option<Self> {
        let column = |wanted: fn(&str) -> bool| {
            row.iter().find(|cell| wanted(&canonical(&cell.content.text()))).map(|cell| cell.column)
        };
        Some(Self {
            period: column(|label| matches!(label, "起止年月" | "起止时间"))?,
            place: column(|label| label.starts_with("何校") || label.starts_with("何单位"))?,
            witness: column(|label| label == "证明人")?,
        })
    }

    /// The cell's head: the last one that begins at or before the cell.
    fn of_cell(&self, cell: &Cell) -> usize {
        [self.period, self.place, self.witness]
            .into_iter()
            .filter(|&head| head <= cell.column)
            .max()
            .unwrap_or_default()
    }

    fn lines(&self, row: &[Cell], head: usize) -> Vec<String> {
        let cells = row.iter().filter(|cell| self.of_cell(cell) == head);
        let lines = cells.flat_map(|cell| &cell.content.paragraphs).flat_map(|paragraph| paragraph.lines());
        lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }
}

/// Reads a row; one with as many periods as places and witnesses in its lines is as many entries.
pub(super) fn read_row(columns: &Columns, row: &[Cell], out: &mut Vec<ExperienceRow>, notes: &mut Vec<String>) {
    let periods = columns.lines(row, columns.period);
    let places = columns.lines(row, columns.place);
    let witnesses = columns.lines(row, columns.witness);
    let each = periods.len();
    let side_by_side = each > 1 && places.len() == each && (witnesses.len() == each || witnesses.is_empty());
    if side_by_side && periods.iter().all(|period| split_period(period).is_some()) {
        for (index, (period, place)) in periods.iter().zip(&places).enumerate() {
            let witness = witnesses.get(index).map(String::as_str).unwrap_or_default();
            out.push(entry(period, place, witness, notes));
        }
    } else {
        out.push(entry(&periods.concat(), &places.concat(), &witnesses.concat(), notes));
    }
}

fn entry(period: &str, place: &str, witness: &str, notes: &mut Vec<String>) -> ExperienceRow {
    let (from, to) = match split_period(period) {
        Some((from, to)) => (from.to_owned(), to.map(str::to_owned)),
        None => {
            if !period.is_empty() {
                notes.push(format!("经历的起止年月“{period}”未能分成起、止两栏，已整段填入起始年月，请改正"));
            } else {
                notes.push(format!("经历{}没有起止年月，请补填", in_quotes(place)));
            }
            (period.to_owned(), Some(String::new()))
        }
    };
    ExperienceRow { from, to, place: place.to_owned(), witness: witness.to_owned() }
}

/// Start and end as typed; an end of `None` is 至今. `None`: not two months.
fn split_period(text: &str) -> Option<(&str, Option<&str>)> {
    let text = text.trim();
    let from = month_length(text)?;
    let rest = text[from..].trim_start_matches(|c: char| c.is_whitespace() || is_dash(c));
    // Something must part the two.
    if rest.len() == text.len() - from {
        let open = rest.trim_start_matches(['起', '至', '到']);
        return (matches!(open, "今" | "现在")).then_some((&text[..from], None));
    }
    let to = rest.trim_start_matches(['至', '到']).trim_start();
    if matches!(to, "今" | "现在" | "迄今" | "目前") {
        return Some((&text[..from], None));
    }
    (month_length(to)? == to.len()).then_some((&text[..from], Some(to)))
}

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '-' | '－' | '―' | '─' | '~' | '～' | '至' | '到' | '起')
}

/// Bytes of a month at the head of a text: 1995-09, 1995.9, 1995/09, 199509, 1995年9月.
fn month_length(text: &str) -> Option<usize> {
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let year = digits(text);
    if year == 6 {
        return Some(year);
    }
    if year != 4 {
        return None;
    }
    let rest = &text[year..];
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '.' | '/' | '年' | '．' | '－'))?;
    let month = digits(&rest[mark.len_utf8()..]);
    if !(1..=2).contains(&month) {
        return None;
    }
    let length = year + mark.len_utf8() + month;
    let closed = mark == '年' && text[length..].starts_with('月');
    Some(if closed { length + '月'.len_utf8() } else { length })
}

#[cfg(test)]
mod tests {
    use super::split_period;

    #[test]
    fn periods_come_apart_as_typed() {
        let cases = [
            ("1995-09—1998-07", Some(("1995-09", Some("1998-07")))),
            ("1995-09 - 1998-07", Some(("1995-09", Some("1998-07")))),
            ("1995.9-1998.07", Some(("1995.9", Some("1998.07")))),
            ("199509-199807", Some(("199509", Some("199807")))),
            ("1995年9月至1998年7月", Some(("1995年9月", Some("1998年7月")))),
            ("1995/09～1998/07", Some(("1995/09", Some("1998/07")))),
            ("2015-06—至今", Some(("2015-06", None))),
            ("2015年6月至今", Some(("2015年6月", None))),
            ("2015.06 -- 现在", Some(("2015.06", None))),
            ("2015年6月起至今", Some(("2015年6月", None))),
            ("2015-06", None),
            ("1995-09—1998-07（脱产）", None),
            ("九五年", None),
            ("", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(split_period(text), wanted, "{text}");
        }
    }
}
