//! What lies where a set is to go: another recommender's set is not given up unasked.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Local};

use crate::exchange::names;
use crate::exchange::package::{LIST, List, recommender_of};
use crate::exchange::place::{is_empty_or_absent, is_litter};

/// A set that lies in a folder already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetThere {
    pub recommender: String,
    /// Local time, `2021-06-01 09:30`; `None`: the system does not say.
    pub made: Option<String>,
}

impl SetThere {
    /// Whether it is of one of these recommenders.
    pub fn is_of(&self, names: &[String]) -> bool {
        names.iter().any(|name| name.trim() == self.recommender.trim())
    }
}

/// The set that an export into `folder` would replace, or the first of several that lie there, each in a folder of its own.
/// `None`: there is none.
pub fn set_there(folder: &Path) -> Option<SetThere> {
    one_there(folder).or_else(|| {
        let below = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
        let mut below: Vec<_> = below.collect();
        below.sort();
        below.iter().find_map(|folder| one_there(folder))
    })
}

fn one_there(folder: &Path) -> Option<SetThere> {
    let recommender = recommender_of(folder)?;
    let made = folder.join(LIST).metadata().and_then(|metadata| metadata.modified());
    let made = made.ok().map(|time| DateTime::<Local>::from(time).format("%Y-%m-%d %H:%M").to_string());
    Some(SetThere { recommender, made })
}

/// Whether nothing lies in a folder, or there is none.
pub fn is_free(folder: &Path) -> bool {
    is_empty_or_absent(folder).unwrap_or(true)
}

/// Whether a folder is an exported set, or holds such sets and nothing else.
pub fn holds_sets(folder: &Path) -> bool {
    let has_list = |folder: &Path| folder.join(LIST).is_file();
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut within = entries.filter(|entry| !is_litter(&entry.file_name().to_string_lossy())).peekable();
    has_list(folder) || (within.peek().is_some() && within.all(|entry| has_list(&entry.path())))
}

/// The papers of an earlier set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PapersThere {
    codes: BTreeSet<String>,
    /// Whose they are, and what each is called but for its place in the order.
    names: BTreeSet<(String, String)>,
}

impl PapersThere {
    /// Those of a folder with a set, or with a set in each folder of it.
    pub fn of(folder: &Path) -> Self {
        let below = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut there = Self::default();
        for set in std::iter::once(folder.to_owned()).chain(below) {
            let (Some(list), Some(whose)) = (List::of_folder(&set), recommender_of(&set)) else { continue };
            for file in list.files.into_iter().filter(|file| file.code.is_some()) {
                there.names.insert((whose.clone(), unnumbered(&file.path)));
                there.codes.extend(file.code);
            }
        }
        there
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a paper of now was among them as it is. `None`: no such paper was.
    pub fn held(&self, whose: &str, name: &str, code: &str) -> Option<bool> {
        let is_as_it_was = self.codes.contains(code);
        let was = is_as_it_was || self.names.contains(&(whose.to_owned(), unnumbered(name)));
        was.then_some(is_as_it_was)
    }
}

/// `02-申报表/01-某人-申报表.pdf` → `某人-申报表.pdf`: who was first may be second now.
fn unnumbered(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').to_owned()
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
    fn a_paper_is_known_by_whose_it_is_and_its_name() {
        let there = PapersThere {
            codes: ["AA".to_owned()].into(),
            names: [("甲会".to_owned(), unnumbered("02-申报表/01-某人-申报表.pdf"))].into(),
        };
        assert_eq!(there.held("甲会", "02-某人-申报表.pdf", "AA"), Some(true), "another place, the same paper");
        assert_eq!(there.held("甲会", "01-某人-申报表.pdf", "BB"), Some(false));
        assert_eq!(there.held("甲会", "01-他人-申报表.pdf", "BB"), None);
        assert_eq!(there.held("乙会", "01-某人-申报表.pdf", "BB"), None, "of another recommender");
    }

    #[test]
    fn a_folder_bears_a_name_that_every_system_takes() {
        assert_eq!(folder_name("报送材料", " 某/协会 ", false), "报送材料（某／协会）");
        assert_eq!(folder_name("报送材料", "某局", true), "报送材料（某局，草稿）");
        let long = folder_name("报送材料", &"协会".repeat(60), true);
        assert!(long.ends_with("，草稿）") && long.chars().count() <= names::NAME_CHARACTERS, "{long}");
    }
}
