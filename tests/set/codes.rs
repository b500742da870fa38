//! 校验码: every value that a document prints changes its code, and no other does.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use tuijian::domain::{Applicant, FileKey, Person, PersonId, Recommender, RecommenderId, nominated};
use tuijian::fonts::Fonts;
use tuijian::ops;
use tuijian::pages::{self, Document, Item, Picture, PictureFormat, Stamp, report_text};
use tuijian::rules::Notice;

fn notice() -> Notice {
    Notice::read(Notice::built_in()[0].1).unwrap()
}

fn sample(kind: &str) -> (Recommender, Vec<Person>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(kind).join("record.json");
    let record: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let applicants: Vec<Applicant> = serde_json::from_value(record["applicants"].clone()).unwrap();
    let person = |(id, applicant)| Person { id: PersonId(id), recommender: RecommenderId(1), applicant };
    (serde_json::from_value(record["recommender"].clone()).unwrap(), (1..).zip(applicants).map(person).collect())
}

/// What a reader sees: the pages' text without layout (line ends, page numbers, repeated heads) and which photo.
fn read(document: &Document) -> BTreeMap<String, usize> {
    let mut seen = BTreeMap::new();
    for item in document.pages.iter().flat_map(|page| &page.items) {
        let what = match item {
            // Characters one by one: where a line breaks is layout.
            Item::Text(run) if !run.text().contains("校验码") => {
                run.text().chars().for_each(|c| *seen.entry(c.to_string()).or_default() += 1);
                continue;
            }
            Item::Image(image) => format!("{:?}", image.picture.bytes),
            _ => continue,
        };
        *seen.entry(what).or_default() += 1;
    }
    seen
}

fn photo(key: &FileKey) -> Option<Arc<Picture>> {
    let picture = Picture {
        bytes: key.0.clone().into_bytes(),
        format: PictureFormat::Jpeg,
        width_px: 413,
        height_px: 579,
        orientation: 1,
    };
    (!key.is_none()).then(|| Arc::new(picture))
}

/// Every leaf of a value, each changed in turn into something that reads differently.
fn changes(value: &Value) -> Vec<(String, Value)> {
    fn walk(value: &Value, path: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| walk(value, &format!("{path}/{key}"), found)),
            Value::Array(rows) => {
                rows.iter().enumerate().for_each(|(index, row)| walk(row, &format!("{path}/{index}"), found));
            }
            _ => found.push(path.to_owned()),
        }
    }
    let mut paths = Vec::new();
    walk(value, "", &mut paths);
    let change = |path: String| {
        let mut changed = value.clone();
        let leaf = changed.pointer_mut(&path).unwrap();
        *leaf = match (path.rsplit('/').next().unwrap(), &*leaf) {
            // Words of a list, dates that are read, answers.
            ("level", _) => json!("municipal"),
            ("kind", Value::String(kind)) if kind == "vocational_qualification" => json!("skill_level"),
            ("kind", Value::String(kind)) if kind == "skill_level" => json!("vocational_qualification"),
            ("kind", Value::String(kind)) if kind == "association" => json!("district"),
            ("kind", Value::String(kind)) if kind == "district" => json!("association"),
            ("kind", _) => json!("report"),
            ("grade", _) => json!("技师"),
            ("returned" | "received", Value::String(_)) => json!("1999-01-02"),
            (_, Value::Bool(yes)) => json!(!yes),
            (_, Value::Number(number)) => json!(number.as_u64().unwrap() + 7),
            (_, Value::Null) => return None,
            (_, Value::String(text)) => json!(format!("{text}鱻")),
            _ => unreachable!(),
        };
        (changed != *value).then_some((path, changed))
    };
    paths.into_iter().filter_map(change).collect()
}

/// The leaves that change a document as it is read must be those that change its code. Answers how many there were.
#[track_caller]
fn same_leaves<T: serde::Serialize + serde::de::DeserializeOwned>(
    case: &str,
    values: &T,
    printed: impl Fn(&T) -> (BTreeMap<String, usize>, String),
) -> usize {
    let before = printed(values);
    let mut seen = 0;
    for (path, changed) in changes(&serde_json::to_value(values).unwrap()) {
        let Ok(changed) = serde_json::from_value::<T>(changed) else { panic!("{case}: {path}") };
        let after = printed(&changed);
        assert_eq!(before.0 != after.0, before.1 != after.1, "{case}: {path} (printed, then code)");
        seen += usize::from(before.0 != after.0);
    }
    seen
}

#[test]
fn a_forms_code_is_of_what_the_form_prints() {
    let (fonts, notice) = (Fonts::shared().unwrap(), notice());
    for kind in ["association", "district"] {
        for person in sample(kind).1 {
            let printed = |a: &Applicant| {
                let form = pages::application(fonts, &notice, a, photo(&a.photo), &Stamp::default());
                (read(&form), ops::application_code(&notice, a))
            };
            let seen = same_leaves(&person.applicant.name, &person.applicant, printed);
            assert!(seen > 20, "{}: {seen}", person.applicant.name);
        }
    }
}

#[test]
fn the_summarys_code_is_of_what_the_summary_prints() {
    let (fonts, notice) = (Fonts::shared().unwrap(), notice());
    for kind in ["association", "district"] {
        let (recommender, people) = sample(kind);
        let people: Vec<&Person> = people.iter().filter(|person| person.applicant.nominated).collect();
        let printed = |recommender: &Recommender, applicants: &[Applicant]| {
            let changed: Vec<Person> = people
                .iter()
                .zip(applicants)
                .map(|(person, applicant)| Person { applicant: applicant.clone(), ..(*person).clone() })
                .collect();
            let changed: Vec<&Person> = changed.iter().collect();
            let summary = pages::summary(fonts, &notice, recommender, &changed, &Stamp::default());
            (read(&summary), ops::summary_code(&notice, recommender, &changed))
        };
        let applicants: Vec<Applicant> = people.iter().map(|person| person.applicant.clone()).collect();
        let rows = same_leaves(kind, &applicants, |applicants| printed(&recommender, applicants));
        let body = same_leaves(kind, &recommender, |recommender| printed(recommender, &applicants));
        assert!(rows >= 8 * people.len() && body == 4, "{kind}: {rows} {body}");
    }
}

#[test]
fn the_reports_code_is_of_what_the_report_prints_and_so_are_the_fingerprints_of_its_parts() {
    let (fonts, notice) = (Fonts::shared().unwrap(), notice());
    for (kind, freelancers) in [("association", false), ("association", true), ("district", false)] {
        let (mut recommender, mut people) = sample(kind);
        people.retain(|person| person.applicant.nominated);
        if freelancers {
            people[0].applicant.freelancer = Some(true);
            people[1].applicant.process.body_publicity.objections = "有人反映".to_owned();
        }
        let with = |applicants: &[Applicant]| -> Vec<Person> {
            let person =
                |(person, applicant): (&Person, &Applicant)| Person { applicant: applicant.clone(), ..person.clone() };
            people.iter().zip(applicants).map(person).collect()
        };
        let printed = |recommender: &Recommender, applicants: &[Applicant]| {
            let changed = with(applicants);
            let changed: Vec<&Person> = changed.iter().collect();
            let text = report_text(&notice, recommender, &changed);
            let report = pages::report(fonts, &text, &Stamp::default());
            (read(&report), ops::report_code(&notice, recommender, &changed))
        };
        let applicants: Vec<Applicant> = people.iter().map(|person| person.applicant.clone()).collect();
        let told = same_leaves(kind, &applicants, |applicants| printed(&recommender, applicants));
        same_leaves(kind, &recommender, |recommender| printed(recommender, &applicants));
        assert!(told > 15, "{kind}: {told}");

        // Each part by itself: what changes its text changes its fingerprint.
        for index in 0..5 {
            let part = |recommender: &Recommender, applicants: &[Applicant]| {
                let changed = with(applicants);
                let text = report_text(&notice, recommender, &changed.iter().collect::<Vec<_>>());
                (BTreeMap::from([(text.parts[index].generated.clone(), 1)]), text.parts[index].fingerprint.clone())
            };
            same_leaves(&format!("{kind} {index}"), &applicants, |applicants| part(&recommender, applicants));
            same_leaves(&format!("{kind} {index}"), &recommender, |recommender| part(recommender, &applicants));
        }

        // A part that the clerk has written: its text, and no longer the facts behind it.
        recommender.report.insert("candidates".to_owned(), "见附件。".to_owned());
        same_leaves(kind, &applicants, |applicants| printed(&recommender, applicants));
        let code = |recommender: &Recommender| printed(recommender, &applicants).1;
        let before = code(&recommender);
        recommender.report.insert("candidates".to_owned(), "见另件。".to_owned());
        assert_ne!(code(&recommender), before);
    }
}

#[test]
fn the_place_in_the_order_and_space_behind_a_text_change_no_code() {
    let notice = notice();
    let (recommender, mut people) = sample("district");
    let codes = |people: &[Person]| {
        let people: Vec<&Person> = people.iter().collect();
        let forms: std::collections::BTreeSet<String> =
            people.iter().map(|person| ops::application_code(&notice, &person.applicant)).collect();
        (ops::summary_code(&notice, &recommender, &people), ops::report_code(&notice, &recommender, &people), forms)
    };
    let before = codes(&people);
    people.reverse();
    assert_eq!(codes(&people), before);
    people[0].applicant.phone.push(' ');
    people[1].applicant.honours_brief.push('\n');
    people[2].applicant.employer.push('\u{3000}');
    assert_eq!(codes(&people), before);
}

/// What is changed in a book, and which codes change with it.
#[test]
fn the_codes_of_a_book_change_with_what_their_sheets_print() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.tuijian");
    let other = folder.path().join("other.jpg");
    let scan = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association/scans/yan-cert.jpg");
    std::fs::copy(scan, &other).unwrap();
    let mut open = ops::demo(&path, tuijian::domain::RecommenderKind::Association).unwrap();
    let codes = |open: &ops::OpenBook| {
        let (body, people) = (open.bodies().unwrap().remove(0), open.people().unwrap());
        let nominated = nominated(&people, body.id);
        let ops::Codes { summary, report, catalogue, cover, binder } = ops::codes(open, &body, &nominated);
        let mut all = BTreeMap::from([
            ("summary".to_owned(), summary),
            ("report".to_owned(), report),
            ("catalogue".to_owned(), catalogue),
            ("cover".to_owned(), cover),
            ("binder".to_owned(), binder),
        ]);
        for person in &nominated {
            let id = person.id;
            all.insert(format!("form {id}"), ops::application_code(open.notice(), &person.applicant));
            for (index, copy) in ops::copy_codes(open, &person.applicant).into_iter().enumerate() {
                all.insert(format!("copy {id}.{index}"), copy.code);
            }
        }
        all
    };
    let other = format!("attachments[0].file={}", other.display());
    // A change to the first person, and what changes besides.
    let cases: [(&str, &[&str]); 11] = [
        ("phone=13800009999", &["binder", "form 1"]),
        ("front_line=false", &[]),
        ("honours_brief=另写", &["binder", "summary"]),
        ("employer_address=另一地址", &["binder", "form 1"]),
        ("employer=另一公司", &["binder", "catalogue", "form 1", "report", "summary"]),
        ("process.expert_review.agree=4", &["binder", "report"]),
        ("certificates[0].issuer=另一机构", &["binder", "report"]),
        ("attachments[0].original_checked=false", &[]),
        ("attachments[0].title=另一题名", &["binder", "catalogue", "copy 1.0"]),
        (&other, &["binder", "copy 1.0"]),
        ("name=葛瑾山", &["binder", "catalogue", "copy 1.0", "copy 1.1", "copy 1.2", "form 1", "report", "summary"]),
    ];
    for (change, wanted) in cases {
        let before = codes(&open);
        let person = open.people().unwrap().remove(0);
        ops::edit(&mut open, &person, &[change.to_owned()]).unwrap();
        let after = codes(&open);
        let changed: Vec<&str> =
            before.iter().filter(|(key, code)| after[*key] != **code).map(|(key, _)| key.as_str()).collect();
        assert_eq!(changed, wanted, "{change}");
    }
    // One person fewer.
    let before = codes(&open);
    let person = open.people().unwrap().remove(1);
    ops::withdraw(&mut open, &person).unwrap();
    let after = codes(&open);
    let changed: Vec<&String> = after.iter().filter(|(key, code)| before[*key] != **code).map(|(key, _)| key).collect();
    assert_eq!(changed, ["binder", "catalogue", "cover", "report", "summary"]);
}
