//! The conditions of part 二 as tables.

use serde::Deserialize;

use crate::domain::{Applicant, Clause, Competition, CompetitionLevel, SectionKey, is_filled};

/// One of the conditions （一） to （四）. One of its ways is enough.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// 一, 二, 三 or 四.
    pub id: String,
    /// The notice's own sentence.
    pub text: String,
    /// Results of the applicant's own that meet the condition.
    #[serde(default)]
    pub competitions: Vec<Threshold>,
    /// Honours that meet the condition.
    #[serde(default)]
    pub honours: Vec<NamedHonour>,
    /// 等荣誉称号: any other honour is for the experts to judge.
    #[serde(default)]
    pub other_honours: bool,
    /// Texts of the form that the experts judge.
    #[serde(default, deserialize_with = "section_keys")]
    pub texts: Vec<SectionKey>,
    /// Results of an apprentice that the experts judge.
    #[serde(default)]
    pub apprentices: Vec<Threshold>,
}

/// A line of a competition table: ranks 1 to `max_rank` count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    pub level: CompetitionLevel,
    /// 1 (一类) or 2 (二类).
    pub class: u32,
    pub max_rank: u32,
}

/// An honour that the notice names.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedHonour {
    /// As the notice writes it.
    pub title: String,
    /// Other ways in which certificates and clerks write the same honour.
    #[serde(default)]
    pub aliases: Vec<String>,
}

impl Condition {
    /// The clause of the notice; `None` only before the profile has been checked.
    pub fn clause(&self) -> Option<Clause> {
        match self.id.as_str() {
            "一" => Some(Clause::Condition1),
            "二" => Some(Clause::Condition2),
            "三" => Some(Clause::Condition3),
            "四" => Some(Clause::Condition4),
            _ => None,
        }
    }

    /// The honour of this condition that a title names, if it does: equality after [`honour_key`].
    pub fn named_honour(&self, title: &str) -> Option<&NamedHonour> {
        let key = honour_key(title);
        self.honours.iter().find(|honour| honour.names().any(|name| honour_key(name) == key))
    }

    /// What meets the condition and a copy can prove: rows of the applicant's honours and of the competitions.
    pub fn proofs(&self, applicant: &Applicant) -> (Vec<usize>, Vec<usize>) {
        let honours =
            rows(&applicant.honours, |honour| is_filled(&honour.title) && self.named_honour(&honour.title).is_some());
        let competitions = rows(&applicant.competitions, |result| Threshold::of(&self.competitions, result).is_some());
        (honours, competitions)
    }

    /// Rows of the apprentices whose result counts; "多人" is for the experts to judge.
    pub fn taught(&self, applicant: &Applicant) -> Vec<usize> {
        rows(&applicant.apprentices, |apprentice| Threshold::of(&self.apprentices, &apprentice.competition).is_some())
    }
}

fn rows<T>(list: &[T], holds: impl Fn(&T) -> bool) -> Vec<usize> {
    list.iter().enumerate().filter(|(_, item)| holds(item)).map(|(row, _)| row).collect()
}

impl NamedHonour {
    /// The title and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.title.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

impl Threshold {
    /// The line of a table under which a result counts. A result without level, class or a whole rank is under none.
    pub fn of<'a>(table: &'a [Self], result: &Competition) -> Option<&'a Self> {
        let class = result.class.as_ref()?.positive()?;
        let rank = result.rank.as_ref()?.positive()?;
        table.iter().find(|line| Some(line.level) == result.level && line.class == class && rank <= line.max_rank)
    }
}

const QUOTATION_MARKS: &[char] = &[
    '"', '\'', '“', '”', '‘', '’', '„', '‟', '‚', '‛', '「', '」', '『', '』', '«', '»', '‹', '›', '＂', '＇', '〝',
    '〞', '〟', '﹁', '﹂', '﹃', '﹄', '｢', '｣', '《', '》', '〈', '〉', '`', '´',
];

/// A title as it is compared: without white space, quotation marks and the words 荣誉称号, 称号, 获得者, 专家.
pub fn honour_key(title: &str) -> String {
    let bare: String = title.chars().filter(|c| !c.is_whitespace() && !QUOTATION_MARKS.contains(c)).collect();
    ["荣誉称号", "称号", "获得者", "专家"].iter().fold(bare, |key, word| key.replace(word, ""))
}

fn section_keys<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<SectionKey>, D::Error> {
    let keys = Vec::<String>::deserialize(deserializer)?;
    keys.into_iter()
        .map(|key| {
            SectionKey::ALL
                .into_iter()
                .find(|section| section.key() == key)
                .ok_or_else(|| serde::de::Error::custom(format!("“{key}”不是申报表的栏目")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::honour_key;

    #[test]
    fn titles_are_compared_without_their_dress() {
        for dressed in [
            "“全国技术能手”荣誉称号",
            " 全国 技术能手　称号",
            "「全国技术能手」获得者",
            "'全国技术能手'",
            "《全国技术能手》",
        ] {
            assert_eq!(honour_key(dressed), "全国技术能手", "{dressed}");
        }
        assert_eq!(honour_key("享受国务院特殊津贴专家"), "享受国务院特殊津贴");
        for other in ["全国技术能手提名", "全国技术能手提名奖", "省技术能手"] {
            assert_ne!(honour_key(other), "全国技术能手", "{other}");
        }
    }
}
