//! The two samples, from record to record and through the check.

use serde_json::Value;

use crate::program::{Desk, read_json, sample};

/// Takes the paths of files out: they are the only thing that may differ.
fn without_paths(mut record: Value) -> Value {
    for applicant in record["applicants"].as_array_mut().unwrap() {
        applicant["photo"] = Value::Null;
        for attachment in applicant["attachments"].as_array_mut().unwrap() {
            attachment["file"] = Value::Null;
        }
    }
    record
}

#[test]
fn a_record_comes_back_the_same() {
    for kind in ["association", "district"] {
        let desk = Desk::with_sample(kind);
        desk.ok(&["export", "--record", "out"]);
        let (before, after) = (read_json(&sample(kind).join("record.json")), read_json(&desk.path("out/record.json")));
        assert_eq!(without_paths(before.clone()), without_paths(after.clone()), "{kind}");
        // And the files behind the paths are byte for byte those that were received.
        for (was, is) in before["applicants"].as_array().unwrap().iter().zip(after["applicants"].as_array().unwrap()) {
            let files = |applicant: &Value| -> Vec<String> {
                let attachments = applicant["attachments"].as_array().unwrap();
                let files = attachments.iter().map(|attachment| &attachment["file"]);
                files.chain([&applicant["photo"]]).map(|path| path.as_str().unwrap().to_owned()).collect()
            };
            for (was, is) in files(was).iter().zip(files(is)) {
                let (was, is) = (sample(kind).join(was), desk.path("out").join(is));
                assert_eq!(std::fs::read(was).unwrap(), std::fs::read(is).unwrap());
            }
        }
        // The record folder itself can be imported again, and is recognised.
        let report = desk.json(&["import", "out", "--json"]);
        assert!(report["people"].as_array().unwrap().iter().all(|line| line["action"] == "same"), "{report}");
    }
}

#[test]
fn the_association_can_be_handed_in() {
    let desk = Desk::with_sample("association");
    let check = desk.json(&["check", "--json"]);
    assert_eq!(desk.run(&["check"]).code, 0);
    assert_eq!(check["notice"], "hangzhou-2021");
    assert_eq!(check["blocking"], 0);
    let body = &check["recommenders"][0];
    assert_eq!((&body["kind"], &body["quota"], &body["nominated"]), (&"association".into(), &2.into(), &2.into()));
    assert!(body["exception"].is_null());
    let verdicts: Vec<&str> =
        check["eligibility"].as_array().unwrap().iter().map(|person| person["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["eligible", "judgement", "eligible"]);
    for person in check["eligibility"].as_array().unwrap() {
        let ids: Vec<&str> = person["conditions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|condition| condition["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, ["一", "二", "三", "四"]);
    }
    let keys = ["recommender", "person", "name", "code", "severity", "blocks", "clause", "field", "message"];
    for finding in check["findings"].as_array().unwrap() {
        let finding = finding.as_object().unwrap();
        assert!(keys.iter().all(|key| finding.contains_key(*key)) && finding.len() == keys.len(), "{finding:?}");
    }
}

#[test]
fn the_districts_fifth_person_is_stopped_twice() {
    let desk = Desk::with_sample("district");
    assert_eq!(desk.run(&["check"]).code, 0);
    assert!(desk.codes(Some("祝千帆")).contains(&"basis.provincial-title".to_owned()));

    desk.refused(1, &["nominate", "祝千帆"], &["4 人", "理由"]);
    assert_eq!(desk.json(&["check", "--json"])["recommenders"][0]["nominated"], 4);

    desk.ok(&["nominate", "祝千帆", "--exception", "本县技能人才集中，已请示市局"]);
    let ran = desk.run(&["check", "--json"]);
    assert_eq!(ran.code, 1);
    let check: Value = serde_json::from_str(&ran.out).unwrap();
    let blocking: Vec<&str> = check["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["blocks"] == true)
        .map(|finding| finding["code"].as_str().unwrap())
        .collect();
    assert_eq!(blocking, ["basis.provincial-title"]);
    let quota =
        check["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "quota.exceeded").unwrap();
    assert_eq!((&quota["severity"], &quota["blocks"], &quota["clause"]), (&"warn".into(), &false.into(), &"四".into()));
}

#[test]
fn two_samples_share_a_book() {
    let desk = Desk::with_sample("association");
    desk.ok(&["import", sample("district").to_str().unwrap()]);
    let check = desk.json(&["check", "--json"]);
    assert_eq!(check["recommenders"].as_array().unwrap().len(), 2);
    assert_eq!(check["eligibility"].as_array().unwrap().len(), 8);
    desk.ok(&["export", "--record", "both"]);
    let both = read_json(&desk.path("both/record.json"));
    assert_eq!(both["recommenders"].as_array().unwrap().len(), 2);
    assert_eq!(both["applicants"][0]["recommender"], "杭州市示范模具行业协会");
    // A whole book goes into an empty one.
    let other = Desk::new();
    other.ok(&["new", "--notice", "hangzhou-2021", "--kind", "district", "--name", "示范县人力资源和社会保障局"]);
    other.ok(&["import", desk.path("both").to_str().unwrap()]);
    assert_eq!(other.json(&["list", "--json"]).as_array().unwrap().len(), 8);
    // The recommender that was there by name took its contact from the record.
    assert_eq!(other.codes(None), Vec::<String>::new());
}

#[test]
fn deadlines_follow_the_given_day() {
    let desk = Desk::with_sample("association");
    for (today, code) in [
        ("2021-07-07", None),
        ("2021-07-08", Some("deadline.near")),
        ("2021-07-15", Some("deadline.near")),
        ("2021-07-16", Some("deadline.passed")),
    ] {
        let ran = desk.run_on(today, &["check", "--json"]);
        let check: Value = serde_json::from_str(&ran.out).unwrap();
        let mut found = check["findings"].as_array().unwrap().iter().filter_map(|finding| finding["code"].as_str());
        assert_eq!(found.find(|code| code.starts_with("deadline.")), code, "{today}");
    }
    let ran = desk.run_on("tomorrow", &["check"]);
    assert_eq!((ran.code, ran.err.contains("TUIJIAN_TODAY")), (2, true));
}
