//! A mark of all that goes into a set of papers, by which it is known whether any of it has changed since.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::domain::{Applicant, Body, Person, Recommender, nominated};

/// The same for the same recommenders and nominated people with the same content in the same order; nothing can be read out
/// of it. Who is not nominated is on no paper. A word for each recommender, since each has papers of its own:
/// [`still_tells`].
pub fn mark(bodies: &[Body], people: &[Person]) -> String {
    let of_body = |body: &Body| {
        // The numbers by which people are ranked may change where the ranking does not.
        let ranked: Vec<Value> = nominated(people, body.id).into_iter().map(content).collect();
        // Of whom nobody is nominated nothing is made.
        (!ranked.is_empty()).then(|| digest(&json!([body.id, body_content(body), ranked])))
    };
    bodies.iter().filter_map(of_body).collect::<Vec<_>>().join(" ")
}

/// Whether papers of which `made` is the mark still tell what is marked by `now`: each recommender's that are among them.
/// One that joined the book since changes nothing of theirs.
pub fn still_tells(made: &str, now: &str) -> bool {
    made.split(' ').all(|one| now.split(' ').any(|other| one == other))
}

/// Whether papers of which `made` is the mark tell of the recommender alone that is marked by `now`.
pub fn tells_of(made: &str, now: &str) -> bool {
    made.split(' ').any(|one| one == now)
}

/// The mark of one person's form, nominated or not.
pub fn mark_form(body: &Body, person: &Person) -> String {
    digest(&json!([body_content(body), content(person)]))
}

/// What a person brings in: not the rows that were begun and left empty, which no paper shows.
fn content(person: &Person) -> Value {
    let mut form = Applicant { order: None, ..person.applicant.clone() };
    form.experience = form.filled_experience().to_vec();
    form.honours.retain(is_begun);
    form.competitions.retain(is_begun);
    form.apprentices.retain(is_begun);
    form.certificates.retain(is_begun);
    json!([person.id, form])
}

fn is_begun<T: Default + PartialEq>(row: &T) -> bool {
    *row != T::default()
}

/// What a recommender brings in: not what the book alone keeps beside an edited report.
fn body_content(body: &Body) -> Recommender {
    Recommender { report_facts: Default::default(), ..body.recommender.clone() }
}

fn digest(content: &Value) -> String {
    let digest = Sha256::digest(content.to_string().as_bytes());
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
        let with_empty_rows = |person: &Person| {
            let mut person = person.clone();
            person.applicant.experience.push(Default::default());
            person.applicant.honours.push(Default::default());
            person.applicant.competitions.push(Default::default());
            person.applicant.apprentices.push(Default::default());
            person.applicant.certificates.push(Default::default());
            person
        };
        let whole = |people: &[Person]| mark(&body("丁"), people);
        let (first, second) = (person(1, "甲", true, 1), person(2, "乙", true, 2));
        let before = whole(&[first.clone(), second.clone()]);
        let same = [
            ("the same again", vec![first.clone(), second.clone()]),
            ("others in the book", vec![first.clone(), second.clone(), person(3, "丙", false, 3)]),
            ("rows that were left empty", vec![with_empty_rows(&first), second.clone()]),
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
        assert_ne!(mark(&body("戊"), &[first.clone(), second.clone()]), before, "another contact");
        let [own] = body("丁");
        let joined = Body { id: RecommenderId(2), ..own.clone() };
        let theirs = Person { recommender: joined.id, ..person(9, "己", true, 1) };
        let with_another = [first.clone(), second.clone(), theirs.clone()];
        let both = mark(&[own, joined], &with_another);
        assert!(still_tells(&before, &both) && !still_tells(&both, &before), "one that joined, one that left");
        assert!(still_tells(&before, &before) && !still_tells(&before, ""));
        assert_eq!(before.len(), 16);
        let looked_at = |text: &str| {
            let mut body = body("丁");
            body[0].recommender.report_facts = [("one".to_owned(), text.to_owned())].into();
            body
        };
        assert_eq!(mark(&looked_at("ab"), &[first.clone(), second]), before, "an edited report that was looked at");
        let of_form = |name: &str| mark_form(&body("丁")[0], &person(1, name, false, 1));
        assert_eq!(of_form("甲"), of_form("甲"));
        assert_ne!(of_form("甲"), of_form("乙"));
        assert_eq!(of_form("甲"), mark_form(&body("丁")[0], &with_empty_rows(&person(1, "甲", false, 1))));
    }
}
