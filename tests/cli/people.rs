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

#[test]
fn edits_take_the_forms_labels_and_answers() {
    let desk = Desk::with_sample("association");
    desk.ok(&["edit", "#1", "--set", "籍贯=浙江诸暨", "自由职业者=是", "front_line=否"]);
    let a = desk.json(&["show", "#1", "--json"])["applicant"].clone();
    assert_eq!(
        (&a["native_place"], &a["freelancer"], &a["front_line"]),
        (&json!("浙江诸暨"), &json!(true), &json!(false))
    );
    // Text that happens to be an answer stays text.
    desk.ok(&["edit", "#1", "--set", "行政职务=否"]);
    assert_eq!(desk.json(&["show", "#1", "--json"])["applicant"]["duty"], "否");
    let pdf = format!("photo={}", sample("association").join("scans/yan-patent.pdf").display());
    desk.refused(3, &["edit", "#1", "--set", &pdf], &["PDF", "照片"]);
}

#[test]
fn what_is_left_to_mend_is_said_beside_the_result() {
    let desk = Desk::with_sample("association");
    let ran = desk.run(&["edit", "#1", "--set", "出生年月=1978年3月"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("1 处须改") && ran.err.contains("1978-03"), "{}", ran.err);
    let ran = desk.run(&["edit", "#1", "--set", "出生年月=1978-03"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn people_move_between_recommenders_and_empty_ones_go() {
    let desk = Desk::with_sample("association");
    desk.ok(&["recommender", "add", "--kind", "association", "--name", "某协会"]);
    desk.refused(2, &["recommender", "remove", "杭州市示范模具行业协会"], &["名下"]);
    desk.ok(&["edit", "#1", "--set", "recommender=某协会"]);
    let shown = desk.json(&["show", "#1", "--json"]);
    assert_eq!((&shown["recommender"], &shown["applicant"]["nominated"]), (&json!("某协会"), &json!(true)));
    assert_eq!(shown["applicant"]["order"], json!(null), "a place in the other ranking is nobody's here");
    // Nobody goes over a quota by moving back.
    desk.ok(&["nominate", "欧阳叙白"]);
    desk.ok(&["edit", "#1", "--set", "recommender=杭州市示范模具行业协会"]);
    assert_eq!(desk.json(&["show", "#1", "--json"])["applicant"]["nominated"], false);
    desk.ok(&["recommender", "remove", "某协会"]);
    desk.refused(2, &["recommender", "remove", "杭州市示范模具行业协会"], &["名下"]);
}

#[test]
fn a_reason_is_recorded_also_for_someone_nominated_already() {
    let desk = Desk::with_sample("association");
    desk.ok(&["nominate", "葛瑾川", "--exception", "经市局同意"]);
    assert_eq!(desk.json(&["check", "--json"])["recommenders"][0]["exception"], "经市局同意");
    let said = desk.ok(&["nominate", "欧阳叙白"]);
    assert!(said.contains("经市局同意") && said.contains("第 3 人"), "{said}");
}

/// Two people of one number in one record, taken in again as changed: each goes to its own namesake.
#[test]
fn replacing_never_puts_two_people_into_one() {
    let desk = Desk::new();
    desk.ok(&["new", "--notice", "hangzhou-2021", "--kind", "association", "--name", "某协会"]);
    let record = |post: &str| {
        let person =
            |name: &str| json!({ "name": name, "id_number": "339999197803150318", "post": format!("{name}{post}") });
        json!({ "format": "tuijian-record", "version": 1, "notice": "hangzhou-2021",
            "recommender": { "name": "某协会", "kind": "association" }, "applicants": [person("甲一"), person("甲二")] })
        .to_string()
    };
    desk.write("record.json", &record("旧"));
    desk.ok(&["import", "record.json"]);
    desk.write("record.json", &record("新"));
    desk.ok(&["import", "record.json", "--on-conflict", "replace"]);
    for (id, name) in [("#1", "甲一"), ("#2", "甲二")] {
        let a = desk.json(&["show", id, "--json"])["applicant"].clone();
        assert_eq!((&a["name"], &a["post"]), (&json!(name), &json!(format!("{name}新"))));
    }
}

#[test]
fn a_record_fills_contacts_but_brings_no_reason() {
    let desk = Desk::with_sample("association");
    let record = |kind: &str| {
        json!({ "format": "tuijian-record", "version": 1, "notice": "hangzhou-2021", "applicants": [],
            "recommender": { "name": "杭州市示范模具行业协会", "kind": kind, "contact": "别人", "exception": "外来理由" } })
        .to_string()
    };
    desk.write("one.json", &record("association"));
    desk.ok(&["import", "one.json"]);
    let body = desk.json(&["check", "--json"])["recommenders"][0].clone();
    assert!(body["exception"].is_null());
    desk.write("two.json", &record("district"));
    desk.refused(3, &["import", "two.json"], &["行业协会", "two.json"]);
    // Nor may two records that come in together disagree.
    let other = |kind: &str| record(kind).replace("杭州市示范模具行业协会", "新单位");
    desk.write("three.json", &other("association"));
    desk.write("four.json", &other("district"));
    let ran = desk.run(&["import", "three.json", "four.json"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("four.json"), "{}", ran.err);
}
