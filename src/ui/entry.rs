//! What a clerk types into a field of a certain kind, read the clerk's way.

use crate::domain::{Day, ExperienceRow, YearMonth, parse_day};

/// A month written as 1978-03, 1978.3, 1978/3, 197803 or 1978年3月, as `YYYY-MM`; `None`: leave it as typed.
pub fn year_month(text: &str) -> Option<String> {
    let (year, month) = match numbers(text)?.as_slice() {
        [year, month] => (*year, *month),
        [packed] if text.trim().chars().count() == 6 => (packed / 100, packed % 100),
        _ => return None,
    };
    let written = format!("{year:04}-{month:02}");
    YearMonth::read(&written).map(|_| written)
}

/// A day written as 2021-7-1, 2021.7.1, 20210701 or 2021年7月1日, as `YYYY-MM-DD`; `None`: leave it as typed.
pub fn day(text: &str) -> Option<String> {
    let (year, month, day) = match numbers(text)?.as_slice() {
        [year, month, day] => (*year, *month, *day),
        [packed] if text.trim().chars().count() == 8 => (packed / 10000, packed / 100 % 100, packed % 100),
        _ => return None,
    };
    let written = format!("{year:04}-{month:02}-{day:02}");
    parse_day(&written).map(|_: Day| written)
}

/// The numbers of a date: digits, full-width ones too, with date marks between them and nothing else.
fn numbers(text: &str) -> Option<Vec<u32>> {
    let plain: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
            '.' | '/' | '-' | '．' | '／' | '－' | '—' | '年' | '月' | '日' | ' ' | '、' => ' ',
            other => other,
        })
        .collect();
    let parts: Option<Vec<u32>> = plain.split_whitespace().map(|part| part.parse().ok()).collect();
    parts.filter(|parts| !parts.is_empty())
}

/// Rows of 起止年月, 何校何单位, 证明人 as a spreadsheet puts them on the clipboard: tab-separated, a line a row. The first
/// cell may hold both months ("1995.9-1998.7"), or they stand in two cells. `None`: this is no table.
pub fn experience_rows(text: &str) -> Option<Vec<ExperienceRow>> {
    if !text.contains('\t') {
        return None;
    }
    let rows: Vec<ExperienceRow> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let cell = |index: usize| cells.get(index).copied().unwrap_or_default().to_owned();
            match span(cells.first().copied().unwrap_or_default()) {
                Some((from, to)) => ExperienceRow { from, to, place: cell(1), witness: cell(2) },
                None => ExperienceRow { from: month(&cell(0)), to: end(&cell(1)), place: cell(2), witness: cell(3) },
            }
        })
        .collect();
    (!rows.is_empty()).then_some(rows)
}

/// "1995.9-1998.7", "1995年9月至1998年7月", "2015-06—至今".
fn span(text: &str) -> Option<(String, Option<String>)> {
    let marks = ["——", "—", "–", "~", "～", "至", "到", "-", "－"];
    for mark in marks {
        for (at, _) in text.match_indices(mark) {
            let (from, to) = (text[..at].trim(), text[at + mark.len()..].trim());
            let Some(from) = year_month(from) else { continue };
            if is_now(to) {
                return Some((from, None));
            }
            if let Some(to) = year_month(to) {
                return Some((from, Some(to)));
            }
        }
    }
    None
}

fn month(text: &str) -> String {
    year_month(text).unwrap_or_else(|| text.to_owned())
}

fn end(text: &str) -> Option<String> {
    if is_now(text) { None } else { Some(month(text)) }
}

/// 至今, as clerks write it.
pub fn is_now(text: &str) -> bool {
    matches!(text.trim(), "至今" | "今" | "现在" | "目前" | "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_in_every_hand() {
        let cases = [
            ("1978-03", Some("1978-03")),
            ("1978.3", Some("1978-03")),
            ("197803", Some("1978-03")),
            ("1978年3月", Some("1978-03")),
            ("１９７８．３", Some("1978-03")),
            (" 1978/12 ", Some("1978-12")),
            ("1978.13", None),
            ("1978", None),
            ("三月", None),
            ("", None),
        ];
        for (typed, read) in cases {
            assert_eq!(year_month(typed).as_deref(), read, "{typed}");
        }
    }

    #[test]
    fn days_in_every_hand() {
        let cases = [
            ("2021-07-01", Some("2021-07-01")),
            ("2021.7.1", Some("2021-07-01")),
            ("20210701", Some("2021-07-01")),
            ("2021年7月1日", Some("2021-07-01")),
            ("2021-02-30", None),
            ("7月1日", None),
        ];
        for (typed, read) in cases {
            assert_eq!(day(typed).as_deref(), read, "{typed}");
        }
    }

    #[test]
    fn rows_from_a_spreadsheet() {
        let row = |from: &str, to: Option<&str>, place: &str, witness: &str| ExperienceRow {
            from: from.into(),
            to: to.map(Into::into),
            place: place.into(),
            witness: witness.into(),
        };
        let pasted = "1995.9-1998.7\t某技校 学习\t甲\n2015年6月至今\t某厂 班长\t乙\n";
        let expected =
            vec![row("1995-09", Some("1998-07"), "某技校 学习", "甲"), row("2015-06", None, "某厂 班长", "乙")];
        assert_eq!(experience_rows(pasted), Some(expected));
        let four = "1995-09\t1998-07\t某技校\t甲";
        assert_eq!(experience_rows(four), Some(vec![row("1995-09", Some("1998-07"), "某技校", "甲")]));
        assert_eq!(experience_rows("1995-09 到 1998-07"), None);
    }
}
