//! Printed files as other people's tools see them: poppler and qpdf. `.ci/run` has both; elsewhere the tests say that
//! they were skipped.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::program::{Desk, read_json, sample};
use crate::tools::{have, run};

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    text.chars().for_each(|c| *counts.entry(c).or_insert(0) += 1);
    counts
}

/// Every text that Annex 2 prints of an applicant, paragraph by paragraph.
fn printed(applicant: &Value) -> Vec<String> {
    let page_1 = [
        "name",
        "sex",
        "birth",
        "id_number",
        "native_place",
        "political_status",
        "education",
        "work_started",
        "occupation",
        "grade",
        "phone",
        "post",
        "duty",
        "employer",
        "employer_address",
    ];
    let mut texts: Vec<&str> = page_1.iter().filter_map(|key| applicant[key].as_str()).collect();
    for row in applicant["experience"].as_array().unwrap() {
        texts.extend(["from", "to", "place", "witness"].iter().filter_map(|key| row[key].as_str()));
    }
    for section in applicant["sections"].as_object().unwrap().values() {
        texts.extend(["text", "evidence"].iter().filter_map(|key| section[key].as_str()));
    }
    texts.iter().flat_map(|text| text.lines()).map(squeezed).filter(|text| !text.is_empty()).collect()
}

#[test]
fn every_character_typed_is_in_the_text_layer() {
    if !have("pdftotext") || !have("pdffonts") || !have("qpdf") {
        return;
    }
    for kind in ["association", "district"] {
        let desk = Desk::with_sample(kind);
        desk.ok(&["print", "application", "--out", "forms/"]);
        desk.ok(&["print", "summary", "--out", "summary.pdf"]);
        let record = read_json(&sample(kind).join("record.json"));
        let nominated =
            record["applicants"].as_array().unwrap().iter().filter(|applicant| applicant["nominated"] == true);
        let summary = squeezed(&run("pdftotext", &["-raw"], &desk.path("summary.pdf"), &["-"]));
        for (number, applicant) in (1..).zip(nominated) {
            let name = applicant["name"].as_str().unwrap();
            let form = desk.path(&format!("forms/{number:02}-{name}-申报表.pdf"));
            let text = squeezed(&run("pdftotext", &["-raw"], &form, &["-"]));
            let paragraphs = printed(applicant);
            let (typed, found) = (counted(&paragraphs.concat()), counted(&text));
            for (character, count) in typed {
                assert!(found.get(&character).is_some_and(|found| *found >= count), "{name}: {character}");
            }
            // One that runs over two pages has the foot in between; the association's all stand whole.
            let whole = paragraphs.iter().filter(|paragraph| text.contains(*paragraph)).count();
            let split = paragraphs.len() - whole;
            assert!(split <= usize::from(kind == "district"), "{name}: {split} paragraphs are not whole");
            assert!(summary.contains(&squeezed(applicant["honours_brief"].as_str().unwrap())), "{name}");
            assert_sound(&form);
        }
        assert_sound(&desk.path("summary.pdf"));
    }
}

/// Embedded, subset, with a Unicode map; and nothing that qpdf finds fault with.
#[track_caller]
fn assert_sound(file: &Path) {
    for line in run("pdffonts", &[], file, &[]).lines().skip(2) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let flags = &columns[columns.len() - 5..columns.len() - 2];
        assert_eq!(flags, ["yes", "yes", "yes"], "{line}");
    }
    let said = run("qpdf", &["--check"], file, &[]);
    assert!(said.contains("No syntax or stream encoding errors"), "{said}");
}

#[test]
fn spread_names_have_no_space_and_drafts_have_no_code() {
    if !have("pdftotext") {
        return;
    }
    let desk = Desk::with_sample("association");
    desk.ok(&["edit", "#1", "--set", "name=葛川"]);
    desk.ok(&["print", "application", "--person", "#1", "--out", "a.pdf"]);
    desk.ok(&["print", "summary", "--out", "s.pdf"]);
    for file in ["a.pdf", "s.pdf"] {
        let text = run("pdftotext", &[], &desk.path(file), &["-"]);
        assert!(text.contains("葛川"), "{file}: {text}");
    }
    let (text, code) =
        (run("pdftotext", &[], &desk.path("a.pdf"), &["-"]), desk.json(&["show", "#1", "--json"])["code"].clone());
    assert_eq!(text.matches(&format!("校验码 {}", code.as_str().unwrap())).count(), 6);
    // Once the content changes the sheet that is out there is an old one.
    desk.ok(&["edit", "#1", "--set", "post=电工"]);
    assert_ne!(desk.json(&["show", "#1", "--json"])["code"], code);
    desk.ok(&["edit", "#1", "--set", "post=设备维修电工"]);
    assert_eq!(desk.json(&["show", "#1", "--json"])["code"], code);

    desk.ok(&["edit", "#1", "--set", "name=葛\u{E123}川"]);
    desk.ok(&["print", "application", "--person", "#1", "--draft", "--out", "d.pdf"]);
    let draft = run("pdftotext", &["-raw"], &desk.path("d.pdf"), &["-"]);
    assert!(draft.contains("葛〓川") && !draft.contains("校验码") && !draft.contains("草稿"), "{draft}");
}

#[test]
fn the_photo_goes_through_untouched() {
    if !have("pdfimages") {
        return;
    }
    let desk = Desk::with_sample("association");
    desk.ok(&["print", "application", "--person", "#1", "--out", "a.pdf"]);
    let ran =
        Command::new("pdfimages").args(["-all"]).arg(desk.path("a.pdf")).arg(desk.path("image")).status().unwrap();
    assert!(ran.success());
    let photo = std::fs::read(sample("association").join("photos/01.jpg")).unwrap();
    assert!(std::fs::read(desk.path("image-000.jpg")).unwrap() == photo);
}
