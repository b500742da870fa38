//! Whose content some papers tell, and the mark by which it is known whether they still do.

use crate::domain::{Body, Person, PersonId, RecommenderId};
use crate::ops;

/// Whose content papers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All who are put forward.
    Whole,
    /// Those of one recommender.
    Recommender(RecommenderId),
    /// One person, put forward or not.
    Person(PersonId),
}

impl Scope {
    pub fn of(alone: Option<RecommenderId>) -> Self {
        alone.map_or(Self::Whole, Self::Recommender)
    }

    /// The mark of what they tell.
    pub(super) fn mark(self, bodies: &[Body], people: &[Person]) -> String {
        match self {
            Self::Whole => ops::mark(bodies, people),
            Self::Recommender(id) => {
                let only: Vec<Body> = bodies.iter().filter(|body| body.id == id).cloned().collect();
                ops::mark(&only, people)
            }
            Self::Person(id) => {
                let person = people.iter().find(|person| person.id == id);
                let of = |person: &Person| bodies.iter().find(|body| body.id == person.recommender);
                person.and_then(|person| Some(ops::mark_form(of(person)?, person))).unwrap_or_default()
            }
        }
    }
}
