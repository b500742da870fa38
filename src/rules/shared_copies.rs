//! Copies that stand with several people of a book: a scan that went to the wrong one as well. Colleagues may well share a
//! certificate of a team; that is for the clerk to say.

use std::collections::BTreeMap;

use super::oddities::Oddity;
use crate::domain::{Applicant, FileKey, Person, PersonId};

/// Whose attachment each file is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedCopies(BTreeMap<FileKey, Vec<(PersonId, String)>>);

impl SharedCopies {
    /// Those of a book.
    pub fn of(people: &[Person]) -> Self {
        let mut whose: BTreeMap<FileKey, Vec<(PersonId, String)>> = BTreeMap::new();
        for person in people {
            for copy in person.applicant.attachments.iter().filter(|copy| !copy.file.is_none()) {
                let of_file = whose.entry(copy.file.clone()).or_default();
                if of_file.last().is_none_or(|(last, _)| *last != person.id) {
                    of_file.push((person.id, person.applicant.name.trim().to_owned()));
                }
            }
        }
        whose.retain(|_, people| people.len() > 1);
        Self(whose)
    }

    /// What is to be said of them beside a person's form.
    pub fn oddities(&self, id: PersonId, applicant: &Applicant) -> Vec<Oddity> {
        let shared = applicant.attachments.iter().enumerate().filter_map(|(row, copy)| {
            let (_, other) = self.0.get(&copy.file)?.iter().find(|(whose, _)| *whose != id)?;
            let other = if other.is_empty() { "另一位申报人" } else { other };
            let words = format!("附件 {} 也是{other}的附件，请核对是谁的。", row + 1);
            Some(Oddity { field: format!("attachments[{row}].title"), words })
        });
        shared.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Attachment, RecommenderId};

    #[test]
    fn a_copy_of_two_people_is_told_of_each() {
        let copy = |file: &str| Attachment { file: FileKey(file.into()), ..Attachment::default() };
        let person = |id: i64, name: &str, files: &[&str]| Person {
            id: PersonId(id),
            recommender: RecommenderId(1),
            applicant: Applicant {
                name: name.into(),
                attachments: files.iter().map(|file| copy(file)).collect(),
                ..Applicant::default()
            },
        };
        let people = [person(1, "甲", &["a", "b", "b", ""]), person(2, "乙", &["", "a"]), person(3, "", &["c"])];
        let shared = SharedCopies::of(&people);
        let told = |index: usize| {
            let Person { id, applicant, .. } = &people[index];
            shared.oddities(*id, applicant).into_iter().map(|one| (one.field, one.words)).collect::<Vec<_>>()
        };
        assert_eq!(told(0), [("attachments[0].title".into(), "附件 1 也是乙的附件，请核对是谁的。".into())]);
        assert_eq!(told(1), [("attachments[1].title".into(), "附件 2 也是甲的附件，请核对是谁的。".into())]);
        assert_eq!(told(2), []);
    }
}
