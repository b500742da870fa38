//! The notice's own words from its first line to its last, to be read in the program.

use std::collections::BTreeMap;

use chrono::Datelike;
use serde::Deserialize;

use super::Notice;
use crate::domain::Clause;

/// What stands around the parts: nothing is decided by it, and a profile may leave it out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reading {
    /// 主送
    pub to: String,
    /// Before part 一.
    pub opening: String,
    /// Titles of the annexes, in order.
    pub annexes: Vec<String>,
    /// Titles of the parts by clause label, without their numbers.
    pub headings: BTreeMap<String, String>,
}

/// How a paragraph of the notice stands on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Title,
    /// Flush: 文号, 主送.
    Flush,
    /// A part's heading.
    Heading,
    Body,
    /// At the right: issuer and day.
    Signature,
}

/// A paragraph of the notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub setting: Setting,
    /// The clause that it belongs to; `None` before the first and after the last.
    pub clause: Option<Clause>,
    pub text: String,
}

/// The parts in the order in which they are read.
const PARTS: [Clause; 11] = [
    Clause::Scope,
    Clause::Conditions,
    Clause::Condition1,
    Clause::Condition2,
    Clause::Condition3,
    Clause::Condition4,
    Clause::Procedure,
    Clause::ByEmployer,
    Clause::ByRecommender,
    Clause::Quota,
    Clause::Requirements,
];

impl Notice {
    /// The whole notice, paragraph by paragraph.
    pub fn paragraphs(&self) -> Vec<Paragraph> {
        let mut paragraphs = Vec::new();
        let mut add = |setting, clause, text: &str| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            paragraphs.extend(lines.map(|line| Paragraph { setting, clause, text: line.to_owned() }));
        };
        add(Setting::Title, None, &self.title);
        add(Setting::Flush, None, &self.number);
        add(Setting::Flush, None, &self.reading.to);
        add(Setting::Body, None, &self.reading.opening);
        for clause in PARTS {
            match clause.label().split_once('（') {
                Some((_, within)) => {
                    add(Setting::Body, Some(clause), &format!("（{within}{}", self.clause_text(clause)))
                }
                None => {
                    add(Setting::Heading, Some(clause), &self.part_title(clause));
                    add(Setting::Body, Some(clause), self.clause_text(clause));
                }
            }
        }
        let contact = &self.contact;
        add(Setting::Body, None, &format!("联系人：{}，联系电话：{}", contact.person, contact.phone));
        add(Setting::Body, None, &format!("通信地址：{}", contact.address));
        add(Setting::Body, None, &format!("电子邮箱：{}", contact.email));
        for (number, title) in (1..).zip(&self.reading.annexes) {
            add(Setting::Body, None, &format!("附件 {number}：{title}"));
        }
        add(Setting::Signature, None, &self.issuer);
        let issued = self.issued;
        let day = format!("{} 年 {} 月 {} 日", issued.year(), issued.month(), issued.day());
        add(Setting::Signature, None, &day);
        for clause in [Clause::Annex1, Clause::Annex2] {
            add(Setting::Heading, Some(clause), &self.part_title(clause));
            add(Setting::Body, Some(clause), self.clause_text(clause));
        }
        paragraphs
    }

    /// What a part is headed: 一、认定对象范围, 附件1 …; its number alone where the profile gives no title.
    pub fn part_title(&self, clause: Clause) -> String {
        let label = clause.label();
        let annex = |index: usize| {
            let title = self.reading.annexes.get(index).map(String::as_str).unwrap_or_default();
            format!("{label}　{title}填写说明")
        };
        match (clause, self.reading.headings.get(label)) {
            (Clause::Annex1, _) => annex(0),
            (Clause::Annex2, _) => annex(1),
            (_, Some(title)) => format!("{label}、{title}"),
            (_, None) => format!("第{label}部分"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_notice_reads_from_its_title_to_its_annexes() {
        let (_, text) = Notice::built_in()[0];
        let notice = Notice::read(text).unwrap();
        let paragraphs = notice.paragraphs();
        let text: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let starts = [
            (0, "关于开展2021年"),
            (1, "杭人社发"),
            (2, "各区、县（市）人社保局"),
            (3, "根据《市委办公厅"),
            (4, "一、认定对象范围"),
            (5, "杭州市首席技师认定范围"),
            (8, "（一）个人职业技能"),
            (14, "（一）单位申报。"),
            (16, "自由职业者应通过"),
        ];
        for (at, start) in starts {
            assert!(text[at].starts_with(start), "{at}: {}", text[at]);
        }
        assert_eq!(paragraphs[16].clause, Some(Clause::ByRecommender));
        assert!(text.contains(&"附件 2：杭州市首席技师认定申报表") && text.contains(&"2021 年 6 月 21 日"));
        let bare = Notice { reading: Reading::default(), ..notice };
        assert_eq!(bare.part_title(Clause::Quota), "第四部分");
        assert!(bare.paragraphs().iter().all(|paragraph| !paragraph.text.is_empty()));
    }
}
