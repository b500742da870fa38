//! What a clerk types into a field of a certain kind, read the clerk's way.

use crate::domain::{Day, ExperienceRow, YearMonth, parse_day};

/// A month written as 1978-03, 1978.3, 1978/3, 197803, 1978年3月 or 一九七八年三月, with its century left out (78.3) or with the day of a
/// certificate (1978-03-15), as `YYYY-MM`; `None`: leave it as typed.
pub fn year_month(text: &str) -> Option<String> {
    // 3月5日 is a day of some year.
    let is_day = !text.contains('年') && text.contains(['月', '日']);
    let digits = text.trim().chars().count();
    let (year, month) = match numbers(text)?.as_slice() {
        [1..=12, _] if is_day => return None,
        [year, month] => (with_century(*year), *month),
        [year, month, 1..=31] => (*year, *month),
        [packed] if digits == 6 => (packed / 100, packed % 100),
        [packed] if digits == 8 && (1..=31).contains(&(packed % 100)) => (packed / 10000, packed / 100 % 100),
        _ => return None,
    };
    let written = format!("{year:04}-{month:02}");
    YearMonth::read(&written).map(|_| written)
}

/// The year of which two figures were written: nobody in a form worked before 1930.
fn with_century(year: u32) -> u32 {
    match year {
        30..=99 => 1900 + year,
        1..=29 => 2000 + year,
        whole => whole,
    }
}

/// A day written as 2021-7-1, 2021.7.1, 20210701 or 2021年7月1日, or without its year as 7.1 or 7月1日, as `YYYY-MM-DD`;
/// `None`: leave it as typed. `year`: that of the notice, in which all its steps are taken.
pub fn day(text: &str, year: i32) -> Option<String> {
    let (year, month, day) = match numbers(text)?.as_slice() {
        [year, month, day] => (*year, *month, *day),
        [month, day] if *month <= 12 => (u32::try_from(year).ok()?, *month, *day),
        [packed] if text.trim().chars().count() == 8 => (packed / 10000, packed / 100 % 100, packed % 100),
        _ => return None,
    };
    let written = format!("{year:04}-{month:02}-{day:02}");
    parse_day(&written).map(|_: Day| written)
}

/// The numbers of a date: digits, full-width ones and Chinese numerals too, with date marks between them and nothing else.
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
    let read = |part: &str| part.parse().ok().or_else(|| numeral(part)).or_else(|| figures(part));
    let parts: Option<Vec<u32>> = plain.split_whitespace().map(read).collect();
    parts.filter(|parts| !parts.is_empty())
}

/// A Chinese figure.
fn figure(character: char) -> Option<u32> {
    let zero = matches!(character, '〇' | '○' | '零').then_some(0);
    zero.or_else(|| {
        "一二三四五六七八九".chars().zip(1..).find(|(known, _)| *known == character).map(|(_, value)| value)
    })
}

/// A number below a hundred in Chinese: 三, 十, 二十, 三十一.
fn numeral(text: &str) -> Option<u32> {
    let one = |text: &str| {
        let mut characters = text.chars();
        let first = characters.next().and_then(figure);
        first.filter(|value| *value > 0 && characters.next().is_none())
    };
    let Some((tens, ones)) = text.split_once('十') else { return one(text) };
    let tens = if tens.is_empty() { Some(1) } else { one(tens) };
    let ones = if ones.is_empty() { Some(0) } else { one(ones) };
    tens.zip(ones).map(|(tens, ones)| tens * 10 + ones)
}

/// A year in Chinese, figure by figure: 二〇一七.
fn figures(text: &str) -> Option<u32> {
    let values: Option<Vec<u32>> = text.chars().map(figure).collect();
    values.filter(|values| values.len() == 4).map(|values| values.into_iter().fold(0, |year, value| year * 10 + value))
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

/// A rank that is written in words: 第五名, 第 3, 十二名.
pub fn rank(text: &str) -> Option<i64> {
    let bare: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let bare = bare.strip_prefix('第').unwrap_or(&bare);
    let bare = bare.strip_suffix('名').unwrap_or(bare);
    let read = bare.parse().ok().or_else(|| numeral(bare).map(i64::from));
    read.filter(|rank| *rank > 0)
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
            ("78.3", Some("1978-03")),
            ("12年6月", Some("2012-06")),
            ("二〇一七年十月", Some("2017-10")),
            ("一九七八年十二月", Some("1978-12")),
            ("二○○八年六月", Some("2008-06")),
            ("二〇一七年十三月", None),
            ("一二三", None),
            ("三月五日", None),
            ("3月5日", None),
            ("1995.9月", Some("1995-09")),
            ("78.3月", Some("1978-03")),
            ("1978-03-15", Some("1978-03")),
            ("1978年3月15日", Some("1978-03")),
            ("19780315", Some("1978-03")),
            ("1978.13", None),
            ("1978-03-32", None),
            ("19780332", None),
            ("6.25", None),
            ("0.3", None),
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
            ("7月1日", Some("2021-07-01")),
            ("6.25", Some("2021-06-25")),
            ("2021.7", None),
            ("6.31", None),
            ("3", None),
        ];
        for (typed, read) in cases {
            assert_eq!(day(typed, 2021).as_deref(), read, "{typed}");
        }
    }

    #[test]
    fn ranks_in_words() {
        let cases = [
            ("第五名", Some(5)),
            ("第 3 名", Some(3)),
            ("十二", Some(12)),
            ("第二十名", Some(20)),
            ("第12名", Some(12)),
            ("一等奖", None),
            ("第0名", None),
            ("十二十", None),
            ("名", None),
            ("", None),
        ];
        for (typed, read) in cases {
            assert_eq!(rank(typed), read, "{typed}");
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
