//! The two sets of invented people that the program brings along.

use serde::Deserialize;
use tuijian::domain::{Applicant, Body, FindingCode, Person, PersonId, Recommender, RecommenderId, Severity, Verdict};
use tuijian::rules::Measured;

use crate::support::{BUILT_IN, Book, asset, day, notice};

#[derive(Deserialize)]
struct Record {
    recommender: Recommender,
    applicants: Vec<Applicant>,
}

/// `null` is "not filled", like a missing key.
fn without_nulls(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(entries) => {
            entries.retain(|_, value| !value.is_null());
            entries.values_mut().for_each(without_nulls);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => (),
    }
}

fn sample(name: &str) -> Book {
    let text = std::fs::read_to_string(asset(&format!("demo/{name}/record.json"))).unwrap();
    let mut value = serde_json::from_str(&text).unwrap();
    without_nulls(&mut value);
    let record: Record = serde_json::from_value(value).unwrap();
    let person = |(index, applicant)| Person {
        id: PersonId(i64::try_from(index).unwrap() + 1),
        recommender: RecommenderId(1),
        applicant,
    };
    Book {
        notice: notice(BUILT_IN),
        today: day("2021-07-13"),
        bodies: vec![Body { id: RecommenderId(1), recommender: record.recommender }],
        people: record.applicants.into_iter().enumerate().map(person).collect(),
        measured: Measured::default(),
    }
}

#[test]
fn nothing_blocks_in_the_samples() {
    for (name, verdicts) in [
        ("association", &[Verdict::Eligible, Verdict::Judgement, Verdict::Eligible][..]),
        (
            "district",
            &[Verdict::Eligible, Verdict::Eligible, Verdict::Eligible, Verdict::Eligible, Verdict::Ineligible],
        ),
    ] {
        let result = sample(name).check();
        let blocking: Vec<_> = result.findings.iter().filter(|finding| finding.blocks).collect();
        assert!(blocking.is_empty(), "{name}: {blocking:#?}");
        let found: Vec<Verdict> = result.eligibility.iter().map(|eligibility| eligibility.verdict).collect();
        assert_eq!(found, verdicts, "{name}");
        // Well made samples: nothing odd in names, numbers or employers.
        for code in [
            FindingCode::NameForm,
            FindingCode::EmployerName,
            FindingCode::CertificateNumber,
            FindingCode::CertificateGrade,
            FindingCode::FieldRequired,
            FindingCode::FieldFormat,
            FindingCode::ProcessOrder,
            FindingCode::ProcessShort,
        ] {
            assert!(result.findings.iter().all(|finding| finding.code != code), "{name} {code:?}");
        }
    }
}

#[test]
fn the_districts_fifth_person_may_not_apply_and_blocks_once_nominated() {
    let mut book = sample("district");
    let fifth = PersonId(5);
    let bar = |book: &Book| {
        let result = book.check();
        assert_eq!(result.ineligible().map(|eligibility| eligibility.person).collect::<Vec<_>>(), [fifth]);
        let found = result.of_person(fifth).find(|finding| finding.code == FindingCode::BasisProvincialTitle).cloned();
        (found.unwrap(), result.blocking())
    };
    let (finding, blocking) = bar(&book);
    assert_eq!((finding.severity, finding.blocks, blocking), (Severity::Block, false, 0));

    book.people[4].applicant.nominated = true;
    let (finding, blocking) = bar(&book);
    assert!(finding.blocks);
    // The title, and five where four are usual.
    assert_eq!(blocking, 2);
}

#[test]
fn the_associations_second_person_waits_for_the_experts() {
    let mut book = sample("association");
    let judgement = |book: &Book| book.found(FindingCode::BasisJudgement).remove(0);
    assert_eq!(judgement(&book).severity, Severity::Judge);
    assert!(!judgement(&book).blocks, "a review is recorded");
    book.people[1].applicant.process.expert_review.date.clear();
    assert!(judgement(&book).blocks, "no review is recorded");
    book.people[1].applicant.nominated = false;
    assert!(!judgement(&book).blocks, "not nominated");
}

#[test]
fn the_check_prints_the_contracts_document() {
    let document = serde_json::to_value(sample("district").check()).unwrap();
    let keys: Vec<&str> = document.as_object().unwrap().keys().map(String::as_str).collect();
    for key in ["notice", "blocking", "recommenders", "eligibility", "findings"] {
        assert!(keys.contains(&key), "{key}");
    }
    assert_eq!(keys.len(), 5);
    assert_eq!(document["notice"], "hangzhou-2021");
    assert_eq!(document["blocking"], 0);
    assert_eq!(
        document["recommenders"][0],
        serde_json::json!({"name": "示范县人力资源和社会保障局", "kind": "district", "quota": 4, "nominated": 4, "exception": null})
    );
    assert_eq!(document["eligibility"][4]["verdict"], "ineligible");
    assert_eq!(document["eligibility"][0]["conditions"][0]["verdict"], "met");
    let bar = document["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "basis.provincial-title")
        .unwrap();
    assert_eq!(bar["severity"], "block");
    assert_eq!(bar["clause"], "一");
    assert_eq!(bar["person"], 5);
    assert_eq!(bar["blocks"], false);
}
