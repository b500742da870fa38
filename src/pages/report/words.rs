//! The small words of official prose: dates, numerals, lists of names, and the visible blank for what is not known.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::domain::{Person, Publicity, YearMonth, is_filled, parse_day};

/// Stands where the record has no answer: a report says nothing that nobody recorded.
pub(super) fn blank(what: &str) -> String {
    format!("（待补：{what}）")
}

/// The text, or the blank.
pub(super) fn or_blank(text: &str, what: &str) -> String {
    if is_filled(text) { text.trim().to_owned() } else { blank(what) }
}

/// `2021年6月24日`; a day that is none stays as typed, for the check to report.
pub(super) fn day(text: &str, what: &str) -> String {
    match parse_day(text) {
        Some(day) => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        None => or_blank(text, what),
    }
}

/// `2021年6月`; a month that is none stays as typed.
pub(super) fn month(text: &str, what: &str) -> String {
    match YearMonth::read(text) {
        Some(month) => format!("{}年{}月", month.year, month.month),
        None => or_blank(text, what),
    }
}

/// First and last day of a publicity; the second without its year where both have the same.
pub(super) fn period(publicity: &Publicity, what: &str) -> String {
    if !is_filled(&publicity.from) && !is_filled(&publicity.to) {
        return blank(&format!("{what}起止日期"));
    }
    let from = day(&publicity.from, &format!("{what}开始日期"));
    let to = match (parse_day(&publicity.from), parse_day(&publicity.to)) {
        (Some(first), Some(last)) if first.year() == last.year() => format!("{}月{}日", last.month(), last.day()),
        _ => day(&publicity.to, &format!("{what}结束日期")),
    };
    format!("{from}至{to}")
}

/// What came of a publicity, as a half-sentence.
pub(super) fn objections(publicity: &Publicity, what: &str) -> String {
    let objections = publicity.objections.trim().trim_end_matches(['。', '.']);
    if objections.is_empty() {
        return format!("公示期间{}", blank(&format!("{what}有无异议")));
    }
    if !publicity.has_objections() {
        return "公示期间未收到异议".to_owned();
    }
    let resolution = or_blank(publicity.resolution.trim().trim_end_matches('。'), "异议处理情况");
    format!("公示期间收到异议：{objections}；处理情况：{resolution}")
}

/// 一 … 九十九; beyond that in figures.
pub(super) fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: usize| DIGITS.get(n).copied().unwrap_or_default();
    match (number / 10, number % 10) {
        (0, 0) => "〇".to_owned(),
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens @ 2..=9, ones) => format!("{}十{}", digit(tens), digit(ones)),
        _ => number.to_string(),
    }
}

/// How a body speaks of itself: 我局, 我会, 我委 …, by the end of its name.
pub(super) fn we(name: &str) -> &'static str {
    const ENDS: [(&str, &str); 9] = [
        ("委员会", "我委"),
        ("委", "我委"),
        ("局", "我局"),
        ("会", "我会"),
        ("厅", "我厅"),
        ("办公室", "我办"),
        ("办", "我办"),
        ("中心", "我中心"),
        ("公司", "我公司"),
    ];
    let name = name.trim();
    ENDS.iter().find(|(end, _)| name.ends_with(end)).map_or("我单位", |(_, we)| *we)
}

/// A quotation that brings its own full stop ends the sentence; any other gets one behind it.
pub(super) fn quoted(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['。', '！', '？']) { format!("“{text}”") } else { format!("“{text}”。") }
}

/// Names as a list: 葛瑾川、闫㛃宁.
pub(super) fn names(people: &[&Person]) -> String {
    let names: Vec<String> = people.iter().map(|person| or_blank(&person.applicant.name, "姓名")).collect();
    names.join("、")
}

/// One sentence for all people of whom it says the same, in the order in which they first appear.
pub(super) fn told(people: &[&Person], sentence: impl Fn(&[&Person]) -> String) -> String {
    let mut told = String::new();
    let mut done = BTreeSet::new();
    // What a sentence says of one person, but for the name, decides who shares it.
    let said = |person: &Person| {
        let mut nameless = person.clone();
        nameless.applicant.name = "某".to_owned();
        sentence(&[&nameless])
    };
    let each: Vec<String> = people.iter().map(|person| said(person)).collect();
    for (index, this) in each.iter().enumerate() {
        if !done.insert(this) {
            continue;
        }
        let same = people.iter().zip(&each).skip(index).filter(|(_, other)| *other == this);
        let group: Vec<&Person> = same.map(|(person, _)| *person).collect();
        told.push_str(&sentence(&group));
    }
    told
}
