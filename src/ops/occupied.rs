//! What lies where a set is to go: another recommender's set is not given up unasked.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Local};

use crate::exchange::names;
use crate::exchange::package::{LIST, List, recommender_of};
use crate::exchange::place::{is_empty_or_absent, is_nobodys};

/// A set that lies in a folder already, or several, each in a folder of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetThere {
    /// Whose it is; of several, all of them.
    pub recommenders: Vec<String>,
    /// Local time, `2021-06-01 09:30`, of several the latest; `None`: the system does not say.
    pub made: Option<String>,
}

impl SetThere {
    /// Whether it is of these recommenders and of nobody else.
    pub fn is_of(&self, names: &[String]) -> bool {
        self.recommenders.iter().all(|there| names.iter().any(|name| name.trim() == there.trim()))
    }
}

/// What an export into `folder` would replace. `of_several`: each recommender's set goes into a folder of its own there.
/// `None`: nothing.
pub fn set_there(folder: &Path, of_several: bool) -> Option<SetThere> {
    let one_there = |folder: &Path| {
        let recommender = recommender_of(folder)?;
        let made = folder.join(LIST).metadata().and_then(|metadata| metadata.modified());
        let made = made.ok().map(|time| DateTime::<Local>::from(time).format("%Y-%m-%d %H:%M").to_string());
        Some(SetThere { recommenders: vec![recommender], made })
    };
    if let Some(one) = one_there(folder) {
        return Some(one);
    }
    if !of_several {
        return None;
    }
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let mut below: Vec<_> =
        entries.filter(|entry| !is_nobodys(entry).unwrap_or(false)).map(|entry| entry.path()).collect();
    below.sort();
    // Where other files lie beside them the export says which.
    let sets: Option<Vec<SetThere>> = below.iter().map(|set| one_there(set)).collect();
    sets?.into_iter().reduce(|mut all, one| {
        all.recommenders.extend(one.recommenders);
        all.made = all.made.max(one.made);
        all
    })
}

/// Whether nothing lies in a folder, or there is none.
pub fn is_free(folder: &Path) -> bool {
    is_empty_or_absent(folder).unwrap_or(true)
}

/// Whether a folder is an exported set, or holds such sets and nothing else.
pub fn holds_sets(folder: &Path) -> bool {
    let has_list = |folder: &Path| folder.join(LIST).is_file();
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut within = entries.filter(|entry| !is_nobodys(entry).unwrap_or(false)).peekable();
    has_list(folder) || (within.peek().is_some() && within.all(|entry| has_list(&entry.path())))
}

/// The papers of an earlier export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PapersThere {
    papers: Vec<PaperThere>,
    whose: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct PaperThere {
    whose: String,
    /// As its file is called: 01-葛瑾川-申报表.
    name: String,
    code: String,
}

impl PapersThere {
    /// Those of a folder with a set, or with a set in each folder of it.
    pub fn of(folder: &Path) -> Self {
        let below = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut there = Self::default();
        for set in std::iter::once(folder.to_owned()).chain(below) {
            let (Some(list), Some(whose)) = (List::of_folder(&set), recommender_of(&set)) else { continue };
            there.papers.extend(list.files.into_iter().filter_map(|file| {
                let name = Path::new(&file.path).file_stem()?.to_string_lossy().into_owned();
                Some(PaperThere { whose: whose.clone(), name, code: file.code? })
            }));
            there.whose.insert(whose);
        }
        there
    }

    /// Whether no paper with a code is known there.
    pub fn is_empty(&self) -> bool {
        self.papers.is_empty()
    }

    /// Names of those that would be printed otherwise now, or not at all; `codes`: of all that would be printed.
    pub fn changed(&self, codes: &BTreeSet<&str>) -> Vec<String> {
        let gone = self.papers.iter().filter(|paper| !codes.contains(paper.code.as_str()));
        gone.map(|paper| match self.whose.len() {
            0 | 1 => paper.name.clone(),
            _ => format!("{}的{}", paper.whose, paper.name),
        })
        .collect()
    }

    /// Whether they held a paper of now as it is. `None`: there was no set of that recommender.
    pub fn held(&self, whose: &str, code: &str) -> Option<bool> {
        self.whose.contains(whose).then(|| self.papers.iter().any(|paper| paper.code == code))
    }

    /// Takes the one set there, of this book, for that of the recommender that has been called `name` since: nobody in the
    /// book bears the name that it was made under.
    pub fn renamed(mut self, name: &str, in_book: &[String]) -> Self {
        let is_gone = |whose: &String| in_book.iter().all(|name| name.trim() != whose.trim());
        if self.whose.len() == 1 && self.whose.iter().all(is_gone) {
            self.whose.insert(name.to_owned());
        }
        self
    }
}

/// The name of a folder for somebody's papers, as every system takes it: `报送材料（某协会）`, `报送材料（某协会，草稿）`.
pub fn folder_name(papers: &str, whose: &str, draft: bool) -> String {
    let end = if draft { "，草稿）" } else { "）" };
    names::file_name(&names::titled(&format!("{papers}（{}", whose.trim()), end), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_compared_with_those_of_the_same_recommender() {
        let paper = |whose: &str, name: &str, code: &str| PaperThere {
            whose: whose.to_owned(),
            name: name.to_owned(),
            code: code.to_owned(),
        };
        let papers = vec![paper("甲会", "汇总表", "AA")];
        let there = PapersThere { papers, whose: ["甲会".to_owned()].into() };
        assert_eq!(there.held("甲会", "AA"), Some(true));
        assert_eq!(there.held("甲会", "BB"), Some(false));
        assert_eq!(there.held("乙会", "BB"), None, "of another recommender there was nothing");
        let renamed = |in_book: &[&str]| {
            let in_book: Vec<String> = in_book.iter().map(|&name| name.to_owned()).collect();
            there.clone().renamed("甲协会", &in_book)
        };
        assert_eq!(renamed(&["甲协会"]).held("甲协会", "BB"), Some(false), "the name was corrected");
        assert_eq!(renamed(&["甲协会", "甲会"]).held("甲协会", "BB"), None, "that one is in the book too");
        assert_eq!(PapersThere::default().renamed("甲会", &[]).held("甲会", "AA"), None);
        assert_eq!(there.changed(&["AA", "BB"].into()), Vec::<String>::new());
        assert_eq!(there.changed(&["BB"].into()), ["汇总表"]);
        let papers = vec![paper("甲会", "汇总表", "AA"), paper("乙会", "汇总表", "CC")];
        let both = PapersThere { papers, whose: ["甲会".to_owned(), "乙会".to_owned()].into() };
        assert_eq!(both.changed(&["AA"].into()), ["乙会的汇总表"]);
    }

    #[test]
    fn a_folder_bears_a_name_that_every_system_takes() {
        assert_eq!(folder_name("报送材料", " 某/协会 ", false), "报送材料（某／协会）");
        assert_eq!(folder_name("报送材料", "某局", true), "报送材料（某局，草稿）");
        let long = folder_name("报送材料", &"协会".repeat(60), true);
        assert!(long.ends_with("，草稿）") && long.chars().count() <= names::NAME_CHARACTERS, "{long}");
    }
}
