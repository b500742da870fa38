//! Whatever is typed, the check answers, and answers the same again.

use proptest::prelude::*;
use serde_json::Value;
use tuijian::domain::{Honour, RecommenderKind};

use crate::support::{Book, body, clean};

/// Text that comes near to what the fields want, and text that does not.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9Xx ]{14,19}",
        "[12][0-9]{3}-[0-9]{1,2}(-[0-9]{1,2})?",
        "(杭州|示范|有限|公司|厂|（|\\(|第一|第二|市){0,8}",
        "[男女无一二三技师高级/（）“”]{0,6}",
        Just(String::new()),
    ]
}

/// Puts texts into every text of a record but the words of closed lists.
fn refill(value: &mut Value, texts: &mut dyn Iterator<Item = String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries.iter_mut() {
                if !matches!(key.as_str(), "kind" | "level") {
                    refill(value, texts);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| refill(item, texts)),
        Value::String(string) => *string = texts.next().unwrap_or_default(),
        _ => (),
    }
}

fn spoilt(texts: &[String], freelancer: bool, kind: usize) -> Book {
    let mut book = clean();
    book.bodies.push(body(2, "示范行业协会", RecommenderKind::ALL[kind]));
    book.add(1);
    book.add(2).freelancer = Some(freelancer);
    book.one().honours = vec![Honour::default()];
    let mut texts = texts.iter().cycle().cloned();
    for person in &mut book.people {
        let mut value = serde_json::to_value(&person.applicant).unwrap();
        refill(&mut value, &mut texts);
        person.applicant = serde_json::from_value(value).unwrap();
    }
    book.bodies[1].recommender.exception = texts.next().unwrap_or_default();
    book
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_check_always_answers_and_always_the_same(
        texts in prop::collection::vec(text(), 1..40),
        freelancer in any::<bool>(),
        kind in 0..3usize,
    ) {
        let book = spoilt(&texts, freelancer, kind);
        let first = book.check();
        prop_assert_eq!(&first, &book.check());
        prop_assert_eq!(first.eligibility.len(), 3);
        for eligibility in &first.eligibility {
            prop_assert_eq!(eligibility.conditions.len(), 4);
        }
        for finding in &first.findings {
            prop_assert!(!finding.message.is_empty());
        }
    }

    #[test]
    fn a_profile_is_read_or_refused_whatever_stands_in_it(cut in 0..8000usize, put in text()) {
        let good = crate::support::notice_text(crate::support::BUILT_IN);
        let characters: Vec<char> = good.chars().collect();
        let cut = cut.min(characters.len());
        let bad: String = characters[..cut].iter().copied().chain(put.chars()).chain(characters[cut..].iter().copied()).collect();
        if let Err(error) = tuijian::rules::Notice::read(&bad) {
            prop_assert!(error.to_string().starts_with("通知配置"));
        }
    }
}
