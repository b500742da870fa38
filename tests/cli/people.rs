//! Editing, nominating and ordering people.

use std::fs;

use serde_json::json;

use crate::program::{Desk, read_json, sample};

#[test]
fn edits_reach_every_kind_of_field() {
    let desk = Desk::with_sample("association");
    let photo = sample("district").join("photos/01.jpg");
    let photo = format!("photo={}", photo.display());
    desk.ok(&[
        "edit",
        "葛瑾川",
        "--set",
        "name=葛 瑾川",
        "front_line=false",
        "competitions[0].rank=7",
        "competitions[0].class=null",
        "experience[6].place=新厂",
        "sections.summary.text=一=二",
        "process.employer_report.received=2021-07-03",
        "phone=0571",
        "--set",
        &photo,
    ]);
    let shown = desk.json(&["show", "#1", "--json"]);
    let a = &shown["applicant"];
    assert_eq!(a["name"], "葛 瑾川");
    assert_eq!(a["front_line"], false);
    assert_eq!(a["competitions"][0]["rank"], 7);
    assert!(a["competitions"][0]["class"].is_null());
    assert_eq!(a["experience"][6]["place"], "新厂");
    assert_eq!(a["sections"]["summary"]["text"], "一=二");
    assert_eq!(a["process"]["employer_report"]["received"], "2021-07-03");
    assert_eq!(a["phone"], "0571");
    let codes = desk.codes(Some("葛 瑾川"));
    for code in ["name.form", "basis.front-line", "field.required"] {
        assert!(codes.contains(&code.to_owned()), "{code} in {codes:?}");
    }
    desk.ok(&["export", "--record", "out"]);
    let out = read_json(&desk.path("out/record.json"));
    let exported = desk.path("out").join(out["applicants"][0]["photo"].as_str().unwrap());
    assert_eq!(fs::read(exported).unwrap(), fs::read(sample("district").join("photos/01.jpg")).unwrap());
    // A fault in one of several settings changes nothing.
    desk.refused(2, &["edit", "#1", "--set", "post=工", "nickname=x"], &["nickname"]);
    desk.refused(3, &["edit", "#1", "--set", "photo=absent.jpg"], &["absent.jpg"]);
    assert_eq!(desk.json(&["show", "#1", "--json"])["applicant"]["post"], "设备维修电工");
}

#[test]
fn nominating_keeps_the_quota() {
    let desk = Desk::with_sample("association");
    desk.refused(1, &["nominate", "欧阳叙白"], &["2 人"]);
    desk.ok(&["withdraw", "闫㛃宁"]);
    desk.ok(&["nominate", "欧阳叙白"]);
    let listed = desk.json(&["list", "--json"]);
    let nominated: Vec<bool> =
        listed.as_array().unwrap().iter().map(|person| person["nominated"].as_bool().unwrap()).collect();
    assert_eq!(nominated, [true, false, true]);
    desk.refused(2, &["nominate", "闫㛃宁", "--exception", " "], &["理由"]);
    desk.ok(&["nominate", "闫㛃宁", "--exception", "两位均有绝技"]);
    assert_eq!(desk.json(&["check", "--json"])["recommenders"][0]["exception"], "两位均有绝技");
}

#[test]
fn ordering_moves_one_and_keeps_the_rest() {
    let desk = Desk::with_sample("association");
    desk.ok(&["order", "闫㛃宁", "1"]);
    let listed = desk.json(&["list", "--json"]);
    let names: Vec<&str> = listed.as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["闫㛃宁", "葛瑾川", "欧阳叙白"]);
    desk.ok(&["print", "application", "--out", "forms/"]);
    assert!(desk.path("forms/01-闫㛃宁-申报表.pdf").is_file() && desk.path("forms/02-葛瑾川-申报表.pdf").is_file());
}

#[test]
fn numbers_are_never_used_twice_and_names_must_be_unique() {
    let desk = Desk::with_sample("association");
    desk.ok(&["remove", "#3"]);
    desk.ok(&["import", sample("association").to_str().unwrap()]);
    let listed = desk.json(&["list", "--json"]);
    let ids: Vec<i64> = listed.as_array().unwrap().iter().map(|person| person["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, [1, 2, 4]);
    desk.ok(&["import", sample("association").to_str().unwrap()]);
    desk.ok(&["edit", "#4", "--set", "name=葛瑾川"]);
    desk.refused(2, &["show", "葛瑾川"], &["#1", "#4"]);
    desk.ok(&["show", "4"]);
}

#[test]
fn conflicts_are_settled_as_asked() {
    let record = sample("association");
    let record = record.to_str().unwrap();
    for (how, action, post, count) in
        [("keep", "kept", "车工", 3), ("replace", "changed", "设备维修电工", 3), ("both", "new", "车工", 4)]
    {
        let desk = Desk::with_sample("association");
        desk.ok(&["edit", "葛瑾川", "--set", "post=车工", "id_number= 3399 9919780315 0318 "]);
        let plan = desk.json(&["import", record, "--on-conflict", how, "--dry-run", "--json"]);
        assert_eq!(plan["people"][0]["action"], action);
        assert_eq!(desk.json(&["list", "--json"]).as_array().unwrap().len(), 3);
        let report = desk.json(&["import", record, "--on-conflict", how, "--json"]);
        let actions: Vec<_> = report["people"].as_array().unwrap().iter().map(|line| line["action"].clone()).collect();
        assert_eq!(actions, [json!(action), json!("same"), json!("same")]);
        assert_eq!(desk.json(&["list", "--json"]).as_array().unwrap().len(), count, "{how}");
        assert_eq!(desk.json(&["show", "#1", "--json"])["applicant"]["post"], post, "{how}");
        let doubled = desk.codes(Some("葛瑾川")).iter().filter(|code| *code == "id.duplicate").count();
        assert_eq!(doubled > 0, how == "both");
    }
}

#[test]
fn lists_hide_identity_numbers() {
    let desk = Desk::with_sample("association");
    let listed = desk.ok(&["list", "--json"]) + &desk.ok(&["list"]) + &desk.ok(&["check"]);
    assert!(!listed.contains("339999197803150318"));
}

#[test]
fn recommenders_are_added_and_edited() {
    let desk = Desk::new();
    desk.ok(&["new", "--notice", "hangzhou-2021", "--kind", "association", "--name", "某协会"]);
    assert_eq!(desk.codes(None), ["field.required", "field.required"]);
    desk.ok(&["recommender", "edit", "--contact", "陆知远", "--mobile", "13900000001"]);
    assert_eq!(desk.codes(None), Vec::<String>::new());
    desk.refused(2, &["recommender", "add", "--kind", "district", "--name", "某协会"], &["某协会"]);
    desk.ok(&["recommender", "add", "--kind", "department", "--name", "某委"]);
    let bodies = desk.json(&["recommender", "list", "--json"]);
    assert_eq!((&bodies[1]["kind"], &bodies[1]["quota"]), (&json!("department"), &json!(4)));
    desk.refused(2, &["recommender", "edit", "--contact", "谁"], &["2 个"]);
}
