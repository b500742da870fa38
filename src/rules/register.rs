//! What only a look across the whole book shows: one number or one name twice.

use std::collections::BTreeMap;

use crate::domain::{Body, IdNumber, Person, RecommenderId, is_filled};

/// The people of a book by what should be theirs alone.
pub(super) struct Register<'a> {
    recommenders: BTreeMap<RecommenderId, &'a str>,
    by_number: BTreeMap<String, Vec<&'a Person>>,
    by_name: BTreeMap<(String, String), Vec<&'a Person>>,
}

impl<'a> Register<'a> {
    pub fn new(bodies: &'a [Body], people: &'a [Person]) -> Self {
        let recommenders = bodies.iter().map(|body| (body.id, body.recommender.name.as_str())).collect();
        let mut register = Self { recommenders, by_number: BTreeMap::new(), by_name: BTreeMap::new() };
        for person in people {
            let applicant = &person.applicant;
            let number = IdNumber::printed(&applicant.id_number);
            if !number.is_empty() {
                register.by_number.entry(number).or_default().push(person);
            }
            if is_filled(&applicant.name) {
                register.by_name.entry(name_key(person)).or_default().push(person);
            }
        }
        register
    }

    /// The others with this person's identity number, spaces and x or X aside.
    pub fn same_number(&self, person: &Person) -> Vec<&'a Person> {
        others(self.by_number.get(&IdNumber::printed(&person.applicant.id_number)), person)
    }

    /// The others with this person's name and employer, spaces aside.
    pub fn same_name(&self, person: &Person) -> Vec<&'a Person> {
        others(self.by_name.get(&name_key(person)), person)
    }

    /// How a message names another person: name, number in the book, recommender.
    pub fn describe(&self, person: &Person) -> String {
        let recommender = self.recommenders.get(&person.recommender).copied().unwrap_or_default();
        format!("{}（#{}，{recommender}）", person.applicant.name.trim(), person.id)
    }
}

fn others<'a>(found: Option<&Vec<&'a Person>>, person: &Person) -> Vec<&'a Person> {
    found.into_iter().flatten().copied().filter(|other| other.id != person.id).collect()
}

fn name_key(person: &Person) -> (String, String) {
    (without_space(&person.applicant.name), without_space(&person.applicant.employer))
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
