//! The firms' forms, Annex 1 as .xlsx and .xls and Annex 2 as .docx, taken into a book.

use serde_json::Value;

use crate::program::Desk;

fn inbox(name: &str) -> String {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbox").join(name).to_str().unwrap().to_owned()
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok(&["new", "--notice", "hangzhou-2021", "--kind", "association", "--name", "杭州市示范模具行业协会"]);
    desk
}

fn actions(report: &Value) -> Vec<&str> {
    report["people"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect()
}

#[test]
fn a_form_gives_a_person_with_photo() {
    let desk = desk();
    let form = inbox("01葛瑾川申报表.docx");
    assert_eq!(actions(&desk.json(&["import", &form, "--json"])), ["new"]);
    let shown = desk.json(&["show", "葛瑾川", "--json"]);
    assert_eq!(shown["applicant"]["id_number"], "339999197803150318");
    assert!(shown["applicant"]["photo"].as_str().unwrap().ends_with(".jpg"), "{shown}");
    assert_eq!(actions(&desk.json(&["import", &form, "--json"])), ["same"]);

    // What was typed since is kept unless asked for; what the form does not hold stays in any case.
    desk.ok(&["edit", "葛瑾川", "--set", "post=另一岗位", "front_line=true"]);
    assert_eq!(actions(&desk.json(&["import", &form, "--json"])), ["kept"]);
    assert_eq!(actions(&desk.json(&["import", &form, "--on-conflict", "replace", "--json"])), ["changed"]);
    let shown = desk.json(&["show", "葛瑾川", "--json"]);
    assert_eq!(shown["applicant"]["post"], "设备维修电工");
    assert_eq!(shown["applicant"]["front_line"], true);
}

#[test]
fn a_summary_then_the_forms_make_one_person_each() {
    for summary in ["汇总表.xlsx", "汇总表.xls"] {
        let desk = desk();
        let report = desk.json(&["import", &inbox(summary), "--json"]);
        let people = report["people"].as_array().unwrap().len();
        assert!(people >= 2, "{report}");
        assert_eq!(actions(&desk.json(&["import", &inbox(summary), "--json"])), vec!["same"; people], "{summary}");
        let report = desk.json(&["import", &inbox("01葛瑾川申报表.docx"), "--json"]);
        assert_eq!(actions(&report), ["changed"], "{report}");
        let list = desk.json(&["list", "--json"]);
        assert_eq!(list.as_array().unwrap().len(), people);
        assert_eq!(desk.json(&["show", "葛瑾川", "--json"])["applicant"]["id_number"], "339999197803150318");
    }
}

#[test]
fn a_form_needs_a_book_that_says_whose_it_is() {
    let desk = desk();
    desk.ok(&["recommender", "add", "--kind", "association", "--name", "杭州市另一示范协会"]);
    desk.refused(3, &["import", &inbox("01葛瑾川申报表.docx")], &["2 个推荐单位"]);
    assert_eq!(desk.json(&["list", "--json"]), serde_json::json!([]));
}

/// A firm corrects the form that the program made, and sends it back.
#[test]
fn the_programs_own_forms_come_back_whole() {
    for (kind, name) in [("association", "杭州市示范模具行业协会"), ("district", "示范县人力资源和社会保障局")]
    {
        let from = Desk::with_sample(kind);
        from.ok(&["export", "--out", "out"]);
        let forms: Vec<String> = crate::export::names(&from.path("out/02-申报表"))
            .into_iter()
            .filter(|name| name.ends_with(".docx"))
            .map(|name| from.path(&format!("out/02-申报表/{name}")).to_str().unwrap().to_owned())
            .collect();
        let desk = Desk::new();
        desk.ok(&["new", "--notice", "hangzhou-2021", "--kind", kind, "--name", name]);
        let mut arguments = vec!["import", "--json"];
        arguments.extend(forms.iter().map(String::as_str));
        let report = desk.json(&arguments);
        assert_eq!(actions(&report), vec!["new"; forms.len()]);
        assert_eq!(report["notes"], serde_json::json!([]));
        for row in desk.json(&["list", "--json"]).as_array().unwrap() {
            let name = row["name"].as_str().unwrap();
            let (here, there) =
                [&desk, &from].map(|desk| desk.json(&["show", name, "--json"])["applicant"].clone()).into();
            for field in [
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
                "photo",
                "experience",
                "sections",
            ] {
                assert_eq!(here[field], there[field], "{name}: {field}");
            }
        }
    }
}
