//! Sentences for the form's texts, offered from the structured lists. The clerk may take and change them.

use crate::domain::{Apprentice, Competition, CompetitionLevel, Figure, Honour, YearMonth, in_quotes};

/// 2018年9月获“全国技术能手”荣誉（人力资源和社会保障部）。
pub fn honour(honour: &Honour) -> String {
    let issuer = bracketed(&honour.issuer);
    let title = honour.title.trim();
    // As a certificate may have it: 全国技术能手荣誉称号.
    let ends = [("荣誉称号", "荣誉称号"), ("称号", "称号"), ("荣誉", "荣誉")];
    let bare = ends.iter().find_map(|(end, word)| Some((title.strip_suffix(end)?, *word)));
    let (title, word) = bare.filter(|(bare, _)| !bare.is_empty()).unwrap_or((title, "荣誉"));
    format!("{}获{}{word}{issuer}。", when(&honour.awarded), in_quotes(title))
}

/// 2018年9月参加全国职业技能大赛（国家一类）电工项目，获第 3 名。
pub fn competition(competition: &Competition) -> String {
    format!("{}{}。", when(&competition.date), result(competition))
}

/// 徒弟某某2018年9月参加……
pub fn apprentice(apprentice: &Apprentice) -> String {
    let competition = &apprentice.competition;
    format!("徒弟{}{}{}。", apprentice.name.trim(), when(&competition.date), result(competition))
}

fn result(competition: &Competition) -> String {
    let name = competition.name.trim();
    let class = match (competition.level, competition.class.as_ref().and_then(Figure::positive)) {
        (
            Some(level @ (CompetitionLevel::National | CompetitionLevel::Provincial | CompetitionLevel::Municipal)),
            class,
        ) => {
            let class = match class {
                Some(1) => "一类",
                Some(2) => "二类",
                _ => "",
            };
            format!("（{}{class}）", level_word(level))
        }
        _ => String::new(),
    };
    let event = competition.event.trim();
    let event = if event.is_empty() || event.ends_with("项目") { event.to_owned() } else { format!("{event}项目") };
    let rank = match &competition.rank {
        Some(rank) => format!("，获第 {rank} 名"),
        None => String::new(),
    };
    format!("参加{name}{class}{event}{rank}")
}

/// The notice's word for a level.
pub fn level_word(level: CompetitionLevel) -> &'static str {
    match level {
        CompetitionLevel::National => "国家级",
        CompetitionLevel::Provincial => "省级",
        CompetitionLevel::Municipal => "市级",
        CompetitionLevel::Other => "其他",
    }
}

fn when(month: &str) -> String {
    match YearMonth::read(month) {
        Some(read) => format!("{}年{}月", read.year, read.month),
        None => month.trim().to_owned(),
    }
}

/// The month in words where a text does not name it, however it writes months; nothing of a month that is none.
pub fn untold(text: &str, month: &str) -> Option<String> {
    let read = YearMonth::read(month)?;
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let year = read.year.to_string();
    let is_told = text.match_indices(&year).any(|(at, _)| {
        let rest = text.get(at + year.len()..).unwrap_or_default();
        let rest = rest.strip_prefix(['年', '.', '-', '/', '．', '－', '。']).unwrap_or(rest);
        let digits: String = rest.chars().take_while(char::is_ascii_digit).take(2).collect();
        digits.parse() == Ok(read.month)
    });
    (!is_told).then(|| when(month))
}

fn bracketed(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() { String::new() } else { format!("（{text}）") }
}

/// A text with a sentence at its end, on a line of its own; unchanged where it holds the sentence already.
pub fn append(text: &mut String, sentence: &str) {
    if text.contains(sentence) {
        return;
    }
    if !text.trim().is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(sentence);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_that_a_text_does_not_name_is_told() {
        for (text, month, wanted) in [
            ("2018 年 12 月被评为全国技术能手", "2018-12", None),
            ("2018 年 12 月被评为全国技术能手", "2018-09", Some("2018年9月")),
            ("2018年9月获奖", "2018-09", None),
            ("2018.09获奖", "2018-09", None),
            ("201809获奖", "2018-09", None),
            ("2018-1获奖", "2018-10", Some("2018年10月")),
            ("全国技术能手", "2018-09", Some("2018年9月")),
            ("全国技术能手", "不详", None),
        ] {
            assert_eq!(untold(text, month).as_deref(), wanted, "{text} {month}");
        }
    }

    #[test]
    fn sentences_from_the_lists() {
        let given =
            Honour {
                title: "全国技术能手".into(), awarded: "2018-09".into(), issuer: "人力资源和社会保障部".into()
            };
        assert_eq!(honour(&given), "2018年9月获“全国技术能手”荣誉（人力资源和社会保障部）。");
        let as_certified = Honour { title: "全国技术能手荣誉称号".into(), ..given.clone() };
        assert_eq!(honour(&as_certified), "2018年9月获“全国技术能手”荣誉称号（人力资源和社会保障部）。");
        let won = Competition {
            name: "示范技能大赛".into(),
            level: Some(CompetitionLevel::Municipal),
            class: Some(Figure::Whole(1)),
            rank: Some(Figure::Whole(1)),
            date: "2019-10".into(),
            event: "电工".into(),
        };
        assert_eq!(competition(&won), "2019年10月参加示范技能大赛（市级一类）电工项目，获第 1 名。");
        let taught = Apprentice { name: "甲".into(), relation: String::new(), competition: won };
        assert_eq!(apprentice(&taught), "徒弟甲2019年10月参加示范技能大赛（市级一类）电工项目，获第 1 名。");
        let mut text = "已有一句。".to_owned();
        append(&mut text, "又一句。");
        append(&mut text, "又一句。");
        assert_eq!(text, "已有一句。\n又一句。");
    }
}
