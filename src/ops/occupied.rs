//! What lies where a set is to go: another recommender's set is not given up unasked.

use std::path::Path;

use chrono::{DateTime, Local};

use crate::exchange::names;
use crate::exchange::package::{LIST, recommender_of};
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

/// The name of a folder for somebody's papers, as every system takes it: `报送材料（某协会）`, `报送材料（某协会，草稿）`.
pub fn folder_name(papers: &str, whose: &str, draft: bool) -> String {
    let end = if draft { "，草稿）" } else { "）" };
    names::file_name(&names::titled(&format!("{papers}（{}", whose.trim()), end), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_bears_a_name_that_every_system_takes() {
        assert_eq!(folder_name("报送材料", " 某/协会 ", false), "报送材料（某／协会）");
        assert_eq!(folder_name("报送材料", "某局", true), "报送材料（某局，草稿）");
        let long = folder_name("报送材料", &"协会".repeat(60), true);
        assert!(long.ends_with("，草稿）") && long.chars().count() <= names::NAME_CHARACTERS, "{long}");
    }
}
