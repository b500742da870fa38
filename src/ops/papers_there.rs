//! The papers of an earlier export, beside what would be printed now: which of them a seal still holds on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::export::FORMS;
use crate::exchange::package::{List, set_of};

/// The papers of an earlier export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PapersThere {
    papers: Vec<PaperThere>,
    /// The forms' names of each recommender, in their order.
    forms: BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct PaperThere {
    whose: String,
    /// As its file is called: 01-葛瑾川-申报表.
    name: String,
    code: String,
    /// It is somebody's form, which says nothing of the others.
    is_form: bool,
}

/// What is printed now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PapersNow {
    /// The codes of each recommender's papers: a form that has gone to another one is to bear another seal.
    pub codes: BTreeMap<String, BTreeSet<String>>,
    /// The forms' names of each recommender, in their order: [`super::form_names`]. A code does not tell the order (contract,
    /// section 5), but all papers except the forms print it.
    pub forms: BTreeMap<String, Vec<String>>,
}

/// What an earlier export lacks of what would be printed now, by the names of papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Papers of it that would be printed otherwise now.
    pub changed: Vec<String>,
    /// Forms of it that are not handed in any more.
    pub gone: Vec<String>,
    /// Forms that it does not have, of recommenders that it has.
    pub new: Vec<String>,
    /// A paper of it is still as it would be printed.
    pub some_stand: bool,
}

impl PapersThere {
    /// Those of a folder with a set, or with a set in each folder of it.
    pub fn of(folder: &Path) -> Self {
        let below = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut there = Self::default();
        for set in std::iter::once(folder.to_owned()).chain(below) {
            let (Some(list), Some(whose)) = (List::of_folder(&set), set_of(&set)) else { continue };
            let papers = list.files.into_iter().filter_map(|file| {
                let path = Path::new(&file.path);
                let name = path.file_stem()?.to_string_lossy().into_owned();
                Some(PaperThere { whose: whose.clone(), name, code: file.code?, is_form: path.starts_with(FORMS) })
            });
            let papers: Vec<PaperThere> = papers.collect();
            let mut forms: Vec<String> =
                papers.iter().filter(|paper| paper.is_form).map(|paper| paper.name.clone()).collect();
            forms.sort();
            there.forms.insert(whose, forms);
            there.papers.extend(papers);
        }
        there
    }

    /// Whether no paper with a code is known there.
    pub fn is_empty(&self) -> bool {
        self.papers.is_empty()
    }

    pub fn changes(&self, now: &PapersNow) -> Changes {
        let mut changes = Changes::default();
        for (whose, there) in &self.forms {
            // Of namesakes each has one.
            let mut there: Vec<&String> = there.iter().collect();
            for form in now.forms.get(whose).into_iter().flatten() {
                match there.iter().position(|other| of_person(other) == of_person(form)) {
                    Some(at) => {
                        there.swap_remove(at);
                    }
                    None => changes.new.push(self.full_name(whose, form)),
                }
            }
            // Of a recommender that is called otherwise by now nothing is known.
            let is_known = now.forms.contains_key(whose);
            changes.gone.extend(there.into_iter().filter(|_| is_known).map(|form| self.full_name(whose, form)));
        }
        let has_left = |whose: &&String| !now.forms.contains_key(*whose);
        let left = self.forms.keys().filter(has_left);
        changes.changed.extend(left.map(|whose| format!("“{whose}”的全部材料（册中已没有这个名称的单位）")));
        for paper in self.papers.iter().filter(|paper| !has_left(&&paper.whose)) {
            let name = self.full_name(&paper.whose, &paper.name);
            if self.still_holds(paper, now) {
                changes.some_stand = true;
            } else if !changes.gone.contains(&name) {
                changes.changed.push(name);
            }
        }
        changes
    }

    /// A paper's name, with its recommender's where there are several.
    fn full_name(&self, whose: &str, name: &str) -> String {
        match self.forms.len() {
            0 | 1 => name.to_owned(),
            _ => format!("{whose}的{name}"),
        }
    }

    /// Recommenders of whom a set would be made now and lies not among them: they joined, or put somebody forward, since.
    pub fn lacks(&self, now: &PapersNow) -> Vec<String> {
        let is_missing = |whose: &&String| !self.forms.is_empty() && !self.forms.contains_key(*whose);
        now.forms
            .iter()
            .filter(|(_, forms)| !forms.is_empty())
            .map(|(whose, _)| whose)
            .filter(is_missing)
            .cloned()
            .collect()
    }

    /// Whether they held a paper of now, which bears this code, as it is. `None`: there was no set of that recommender.
    pub fn held(&self, whose: &str, code: &str, now: &PapersNow) -> Option<bool> {
        self.forms.contains_key(whose).then(|| {
            self.papers.iter().any(|paper| paper.code == code && paper.whose == whose && self.still_holds(paper, now))
        })
    }

    fn still_holds(&self, paper: &PaperThere, now: &PapersNow) -> bool {
        let same_order = || self.forms.get(&paper.whose) == now.forms.get(&paper.whose);
        let is_printed = now.codes.get(&paper.whose).is_some_and(|codes| codes.contains(&paper.code));
        is_printed && (paper.is_form || same_order())
    }

    /// Takes the one set there, of this book, for that of the recommender that has been called `name` since: nobody in the
    /// book bears the name that it was made under.
    pub fn renamed(mut self, name: &str, in_book: &[String]) -> Self {
        let is_gone = |whose: &String| in_book.iter().all(|name| name.trim() != whose.trim());
        if let Some((whose, forms)) = self.forms.first_key_value()
            && self.forms.len() == 1
            && is_gone(whose)
        {
            self.forms = BTreeMap::from([(name.to_owned(), forms.clone())]);
            self.papers.iter_mut().for_each(|paper| name.clone_into(&mut paper.whose));
        }
        self
    }
}

/// A form's name without its number, which tells the order alone.
fn of_person(form: &str) -> &str {
    form.split_once('-').map_or(form, |(_, person)| person)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(whose: &str, name: &str, code: &str) -> PaperThere {
        let is_form = name.ends_with("申报表");
        PaperThere { whose: whose.to_owned(), name: name.to_owned(), code: code.to_owned(), is_form }
    }

    fn forms(of: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        of.iter().map(|(whose, names)| ((*whose).to_owned(), owned(names))).collect()
    }

    fn now(codes: &[&str], of: &[(&str, &[&str])]) -> PapersNow {
        let codes: BTreeSet<String> = codes.iter().map(|&code| code.to_owned()).collect();
        PapersNow {
            codes: of.iter().map(|(whose, _)| ((*whose).to_owned(), codes.clone())).collect(),
            forms: forms(of),
        }
    }

    fn there() -> PapersThere {
        let papers = vec![
            paper("甲会", "汇总表", "AA"),
            paper("甲会", "01-一-申报表", "F1"),
            paper("甲会", "02-二-申报表", "F2"),
        ];
        PapersThere { papers, forms: forms(&[("甲会", &["01-一-申报表", "02-二-申报表"])]) }
    }

    #[test]
    fn papers_are_compared_with_those_of_the_same_recommender() {
        let now = now(&["AA", "F1", "F2"], &[("甲会", &["01-一-申报表", "02-二-申报表"])]);
        assert_eq!(there().held("甲会", "AA", &now), Some(true));
        assert_eq!(there().held("甲会", "BB", &now), Some(false));
        assert_eq!(there().held("乙会", "BB", &now), None, "of another recommender there was nothing");
        let renamed = |in_book: &[&str]| {
            let in_book: Vec<String> = in_book.iter().map(|&name| name.to_owned()).collect();
            there().renamed("甲协会", &in_book)
        };
        let now = PapersNow { codes: BTreeMap::from([("甲协会".to_owned(), now.codes["甲会"].clone())]), ..now };
        assert_eq!(renamed(&["甲协会"]).held("甲协会", "F1", &now), Some(true), "the form is as it was");
        assert_eq!(renamed(&["甲协会"]).held("甲协会", "BB", &now), Some(false), "the name was corrected");
        assert_eq!(renamed(&["甲协会", "甲会"]).held("甲协会", "BB", &now), None, "that one is in the book too");
        assert_eq!(PapersThere::default().renamed("甲会", &[]).held("甲会", "AA", &now), None);
    }

    #[test]
    fn what_has_changed_is_named() {
        let same: &[&str] = &["01-一-申报表", "02-二-申报表"];
        let unchanged = there().changes(&now(&["AA", "F1", "F2"], &[("甲会", same)]));
        assert_eq!(unchanged, Changes { some_stand: true, ..Changes::default() });
        assert_eq!(there().changes(&now(&["AA", "F1", "F3"], &[("甲会", same)])).changed, ["02-二-申报表"]);
        // The order stands on all papers but the forms, and in no code.
        let turned = now(&["AA", "F1", "F2"], &[("甲会", &["01-二-申报表", "02-一-申报表"])]);
        let changes = there().changes(&turned);
        assert_eq!((changes.changed, changes.new), (vec!["汇总表".to_owned()], Vec::new()));
        assert_eq!(there().held("甲会", "AA", &turned), Some(false));
        assert_eq!(there().held("甲会", "F1", &turned), Some(true));
        let more = now(&["BB", "F1", "F2"], &[("甲会", &["01-一-申报表", "02-三-申报表", "03-二-申报表"])]);
        let changes = there().changes(&more);
        assert_eq!((changes.changed, changes.new), (vec!["汇总表".to_owned()], vec!["02-三-申报表".to_owned()]));
        let other = there().changes(&now(&["BB", "F3", "F4"], &[("甲会", &["01-一-申报表", "02-三-申报表"])]));
        let [changed, gone, new] = [&["汇总表", "01-一-申报表"][..], &["02-二-申报表"], &["02-三-申报表"]]
            .map(|names| names.iter().map(|&name| name.to_owned()).collect::<Vec<String>>());
        assert_eq!(other, Changes { changed, gone, new, some_stand: false });
        // One who goes to another recommender needs that one's seal, though the form prints the same.
        let moved = now(&["AA", "F1", "F2"], &[("甲会", &["01-一-申报表"]), ("乙会", &["01-二-申报表"])]);
        let mut two = there();
        two.forms.insert("乙会".to_owned(), Vec::new());
        assert_eq!(two.held("乙会", "F2", &moved), Some(false));
        assert_eq!(two.changes(&moved).gone, ["甲会的02-二-申报表"]);
        // Nothing is said to have left a recommender that bears another name by now.
        let otherwise = there().changes(&now(&["F1"], &[("甲协会", same)]));
        assert_eq!(otherwise.changed, ["“甲会”的全部材料（册中已没有这个名称的单位）"]);
        assert_eq!((otherwise.gone, otherwise.some_stand), (Vec::new(), false));
        let mut both = there();
        both.papers.push(paper("乙会", "汇总表", "CC"));
        both.forms.insert("乙会".to_owned(), Vec::new());
        let with_another = now(&["AA", "F1", "F2"], &[("甲会", same), ("乙会", &[])]);
        assert_eq!(both.changes(&with_another).changed, ["乙会的汇总表"]);
        assert_eq!(there().lacks(&with_another), Vec::<String>::new(), "of whom nobody is nominated");
        let joined = now(&[], &[("甲会", same), ("丙局", &["01-三-申报表"])]);
        assert_eq!(there().lacks(&joined), ["丙局"]);
        assert_eq!(PapersThere::default().lacks(&joined), Vec::<String>::new());
    }
}
