//! A mark of all that goes into the papers of a book, by which it is known whether any of it has changed since.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::{Applicant, Body, Person, nominated};

/// The same for the same recommenders and nominated people with the same content in the same order; nothing can be read out
/// of it. Who is not nominated is on no paper.
pub fn mark(bodies: &[Body], people: &[Person]) -> String {
    let printed = |person: &Person| {
        let experience = person.applicant.filled_experience().to_vec();
        json!([person.id, Applicant { order: None, experience, ..person.applicant.clone() }])
    };
    let of_body = |body: &Body| {
        // The numbers by which people are ranked may change where the ranking does not.
        let ranked = nominated(people, body.id).into_iter();
        let ranked: Vec<_> = ranked.map(&printed).collect();
        // Of whom nobody is nominated nothing is made.
        (!ranked.is_empty()).then(|| json!([body.id, body.recommender, ranked]))
    };
    let bodies: Vec<_> = bodies.iter().filter_map(of_body).collect();
    let digest = Sha256::digest(json!(bodies).to_string().as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PersonId, Recommender, RecommenderId};

    #[test]
    fn what_goes_on_paper_changes_the_mark() {
        let person = |id: i64, name: &str, nominated: bool, order: u32| Person {
            id: PersonId(id),
            recommender: RecommenderId(1),
            applicant: Applicant { name: name.into(), nominated, order: Some(order), ..Applicant::default() },
        };
        let body = |contact: &str| {
            let recommender = json!({"name": "某会", "kind": "association", "contact": contact});
            [Body { id: RecommenderId(1), recommender: serde_json::from_value::<Recommender>(recommender).unwrap() }]
        };
        let with_empty_row = |person: &Person| {
            let mut person = person.clone();
            person.applicant.experience.push(Default::default());
            person
        };
        let whole = |people: &[Person]| mark(&body("丁"), people);
        let (first, second) = (person(1, "甲", true, 1), person(2, "乙", true, 2));
        let before = whole(&[first.clone(), second.clone()]);
        let same = [
            ("the same again", vec![first.clone(), second.clone()]),
            ("others in the book", vec![first.clone(), second.clone(), person(3, "丙", false, 3)]),
            ("a row that was left empty", vec![with_empty_row(&first), second.clone()]),
            ("other numbers, the same order", vec![person(1, "甲", true, 4), person(2, "乙", true, 9)]),
        ];
        for (case, people) in same {
            assert_eq!(whole(&people), before, "{case}");
        }
        let others = [
            ("one more", vec![first.clone(), second.clone(), person(3, "丙", true, 3)]),
            ("withdrawn", vec![first.clone(), person(2, "乙", false, 2)]),
            ("another name", vec![first.clone(), person(2, "丙", true, 2)]),
            ("another order", vec![person(1, "甲", true, 2), person(2, "乙", true, 1)]),
        ];
        for (case, people) in others {
            assert_ne!(whole(&people), before, "{case}");
        }
        assert_ne!(mark(&body("戊"), &[first, second]), before, "another contact");
        assert_eq!(before.len(), 16);
    }
}
