//! A mark of all that a book holds, by which it is known whether anything has changed since.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::{Body, Person};

/// The same for the same people and recommenders with the same content; nothing can be read out of it.
pub fn mark(bodies: &[Body], people: &[Person]) -> String {
    let bodies: Vec<_> = bodies.iter().map(|body| json!([body.id, body.recommender])).collect();
    let people: Vec<_> = people.iter().map(|person| json!([person.id, person.recommender, person.applicant])).collect();
    let digest = Sha256::digest(json!([bodies, people]).to_string().as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Applicant, PersonId, RecommenderId};

    #[test]
    fn any_change_changes_the_mark() {
        let person = |id: i64, name: &str| Person {
            id: PersonId(id),
            recommender: RecommenderId(1),
            applicant: Applicant { name: name.into(), ..Applicant::default() },
        };
        let people = [person(1, "甲"), person(2, "乙")];
        assert_eq!(mark(&[], &people), mark(&[], &people.clone()));
        for other in
            [vec![person(1, "甲")], vec![person(1, "甲"), person(3, "乙")], vec![person(1, "甲"), person(2, "丙")]]
        {
            assert_ne!(mark(&[], &people), mark(&[], &other));
        }
        assert_eq!(mark(&[], &people).len(), 16);
    }
}
