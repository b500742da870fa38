use super::*;

/// The sentence for a record with this text beside the sample's files.
fn refusal(text: &[u8]) -> String {
    let folder = folder_with_files();
    fs::write(folder.path().join("record.json"), text).unwrap();
    record::read(folder.path()).unwrap_err().to_string()
}

fn refusal_of(change: impl FnOnce(&mut Value)) -> String {
    let mut value = demo_json("association");
    change(&mut value);
    refusal(value.to_string().as_bytes())
}

#[test]
fn the_samples_are_read_whole() {
    for (kind, people, files) in [("association", 3, 8), ("district", 5, 15)] {
        let read = record::read(&demo(kind)).unwrap();
        assert_eq!(read.notice, "hangzhou-2021");
        assert_eq!((read.applicants.len(), read.files.len()), (people, files), "{kind}");
        assert_eq!(read, record::read(&demo(kind).join("record.json")).unwrap());
    }
    let read = record::read(&demo("association")).unwrap();
    assert_eq!(read.applicants[1].applicant.name, "闫㛃宁");
    let key = FileKey("scans/yan-patent.pdf".into());
    assert!(matches!(read.files[&key].content, Content::Pdf(facts) if facts.pages == 1));
    assert_eq!(read.files[&key].bytes, fs::read(demo("association").join("scans/yan-patent.pdf")).unwrap());
}

/// Every path in a record becomes a mark, so that two records can be compared but for their paths.
fn without_paths(mut value: Value) -> Value {
    for applicant in value["applicants"].as_array_mut().unwrap() {
        if let Some(photo) = applicant.get_mut("photo").filter(|photo| **photo != "") {
            *photo = json!("*");
        }
        for attachment in applicant["attachments"].as_array_mut().unwrap() {
            attachment["file"] = json!("*");
        }
    }
    value
}

/// Keys in the order of the text; `serde_json::Value` sorts them.
fn keys(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.split_once("\": ")).map(|(key, _)| key).collect()
}

#[test]
fn a_written_record_is_the_same_but_for_paths() {
    for kind in ["association", "district"] {
        let read = record::read(&demo(kind)).unwrap();
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("记录");
        let out = RecordOut {
            notice: &read.notice,
            recommenders: &read.recommenders,
            applicants: read
                .applicants
                .iter()
                .map(|row| ApplicantOut { recommender: row.recommender, applicant: row.applicant.clone() })
                .collect(),
        };
        record::write(&folder, out, |key| Ok::<_, Infallible>(read.files[key].bytes.clone())).unwrap();

        let text = fs::read_to_string(folder.join("record.json")).unwrap();
        let sample = fs::read_to_string(demo(kind).join("record.json")).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(without_paths(value), without_paths(demo_json(kind)), "{kind}");
        assert_eq!(keys(&text), keys(&sample), "{kind}");
        assert_eq!(text.lines().count(), sample.lines().count(), "{kind}");

        let again = record::read(&folder).unwrap();
        assert_eq!(again.files.len(), read.files.len());
        for (before, after) in read.applicants.iter().zip(&again.applicants) {
            assert_eq!(read.files[&before.applicant.photo], again.files[&after.applicant.photo]);
            for (before, after) in before.applicant.attachments.iter().zip(&after.applicant.attachments) {
                assert_eq!(read.files[&before.file], again.files[&after.file]);
            }
        }
        let left: Vec<_> = fs::read_dir(parent.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "nothing temporary stays");
    }
}

#[test]
fn files_are_laid_out_by_number_and_name() {
    let mut read = record::read(&demo("association")).unwrap();
    let one = &mut read.applicants[0].applicant;
    one.name = "葛/瑾川".into();
    one.attachments[1].title = "证书: \"一级\"".into();
    let twice = one.attachments[0].clone();
    one.attachments.push(twice);
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("out");
    let applicants = vec![ApplicantOut { recommender: 0, applicant: read.applicants.swap_remove(0).applicant }];
    let out = RecordOut { notice: &read.notice, recommenders: &read.recommenders, applicants };
    record::write(&folder, out, |key| Ok::<_, Infallible>(read.files[key].bytes.clone())).unwrap();
    let again = record::read(&folder).unwrap().applicants.remove(0).applicant;
    assert_eq!(again.name, "葛/瑾川");
    assert_eq!(again.photo.0, "照片/01-葛／瑾川.jpg");
    let paths: Vec<&str> = again.attachments.iter().map(|attachment| attachment.file.0.as_str()).collect();
    assert_eq!(
        paths,
        [
            "附件/01-葛／瑾川/01-高级技师职业资格证书.jpg",
            "附件/01-葛／瑾川/02-证书： ＂一级＂.jpg",
            "附件/01-葛／瑾川/03-全国电工职业技能竞赛获奖证书.pdf",
            "附件/01-葛／瑾川/01-高级技师职业资格证书.jpg",
        ]
    );
}

#[test]
fn writing_is_all_or_nothing() {
    let read = record::read(&demo("association")).unwrap();
    let out = || RecordOut {
        notice: &read.notice,
        recommenders: &read.recommenders,
        applicants: vec![ApplicantOut { recommender: 0, applicant: read.applicants[0].applicant.clone() }],
    };
    let parent = tempfile::tempdir().unwrap();
    let entries = || fs::read_dir(parent.path()).unwrap().count();

    let mut calls = 0;
    let fault = record::write(&parent.path().join("a"), out(), |key| {
        calls += 1;
        if calls == 3 { Err(std::fmt::Error) } else { Ok(read.files[key].bytes.clone()) }
    });
    assert!(matches!(fault, Err(WriteError::Source(_))));
    assert_eq!(entries(), 0);

    let damaged = record::write(&parent.path().join("a"), out(), |_| Ok::<_, Infallible>(b"?".to_vec()));
    check_sentence("damaged", &damaged.unwrap_err().to_string(), &["葛瑾川"]);
    assert_eq!(entries(), 0);

    let filled = parent.path().join("filled");
    fs::create_dir(&filled).unwrap();
    fs::write(filled.join("x"), "x").unwrap();
    let fault = record::write(&filled, out(), |key| Ok::<_, Infallible>(read.files[key].bytes.clone()));
    check_sentence("filled", &fault.unwrap_err().to_string(), &["filled", "已有别的文件"]);
    assert_eq!(fs::read_dir(&filled).unwrap().count(), 1);

    let empty = parent.path().join("empty");
    fs::create_dir(&empty).unwrap();
    record::write(&empty, out(), |key| Ok::<_, Infallible>(read.files[key].bytes.clone())).unwrap();
    assert!(empty.join("record.json").is_file());
    assert_eq!(entries(), 2);
}

#[test]
fn several_recommenders_are_a_list() {
    let mut value = demo_json("association");
    let top = value.as_object_mut().unwrap();
    let first = top.remove("recommender").unwrap();
    let mut second = first.clone();
    second["name"] = json!("示范协会二");
    top.insert("recommenders".into(), json!([first, second]));
    for (index, name) in ["示范协会二", "杭州市示范模具行业协会", "示范协会二"].into_iter().enumerate()
    {
        value["applicants"][index]["recommender"] = json!(name);
    }
    let folder = folder_with_files();
    fs::write(folder.path().join("record.json"), value.to_string()).unwrap();
    let read = record::read(folder.path()).unwrap();
    assert_eq!(read.applicants.iter().map(|row| row.recommender).collect::<Vec<_>>(), [1, 0, 1]);

    let out = RecordOut {
        notice: &read.notice,
        recommenders: &read.recommenders,
        applicants: read
            .applicants
            .into_iter()
            .map(|row| ApplicantOut { recommender: row.recommender, applicant: row.applicant })
            .collect(),
    };
    assert_eq!(serde_json::from_slice::<Value>(&record::to_json(&out)).unwrap(), value);
}

#[test]
fn null_empty_and_missing_are_not_filled() {
    let minimal = json!({
        "format": "tuijian-record", "version": 1, "notice": "hangzhou-2021",
        "recommender": {"name": "示范协会", "kind": "association"},
        "applicants": [{"name": "甲"}],
    });
    let mut nulls = minimal.clone();
    let mut empties = minimal.clone();
    let full = demo_json("association")["applicants"][0].clone();
    for key in full.as_object().unwrap().keys().filter(|key| *key != "name") {
        nulls["applicants"][0][key] = Value::Null;
        empties["applicants"][0][key] = json!("");
    }
    let read = |value: &Value| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("任意.json");
        // A byte order mark, as Windows editors write it.
        fs::write(&path, format!("\u{FEFF}{value}")).unwrap();
        record::read(&path).unwrap()
    };
    assert_eq!(read(&nulls), read(&minimal));
    assert_eq!(read(&empties), read(&minimal));
    let deep = json!({"competitions": [{"class": null, "rank": "", "level": null}],
        "experience": [{"from": null, "to": ""}], "sections": {"summary": null},
        "process": {"expert_review": {"agree": null}, "employer_report": {"received": ""}}});
    let mut with_deep = minimal.clone();
    with_deep["applicants"][0] = deep;
    let applicant = read(&with_deep).applicants.remove(0).applicant;
    assert_eq!(applicant.competitions, [Default::default()]);
    assert_eq!(applicant.experience, [Default::default()]);
    assert!(applicant.process.is_empty() && applicant.sections.summary.is_empty());
}

#[test]
fn bad_records_are_refused_by_name_and_place() {
    let good = demo_json("association").to_string();
    let nested = format!("{{\"format\":{}1{}}}", "[".repeat(100), "]".repeat(100));
    let texts: [(&str, Vec<u8>, &[&str]); 13] = [
        ("nothing", vec![], &["record.json", "第 1 行"]),
        ("not JSON", b"hello".to_vec(), &["record.json", "第 1 行"]),
        ("cut off", good[..good.find("work_started").unwrap()].into(), &["record.json", "JSON"]),
        ("more behind it", format!("{good} x").into_bytes(), &["record.json", "JSON"]),
        ("not UTF-8", b"{\"format\": \"\xC4\xE3\"}".to_vec(), &["record.json", "UTF-8"]),
        ("UTF-16", good.encode_utf16().flat_map(u16::to_le_bytes).collect(), &["record.json"]),
        ("a list", b"[]".to_vec(), &["record.json", "不是推荐记录"]),
        ("another format", b"{\"format\": \"other\", \"version\": 1}".to_vec(), &["不是推荐记录"]),
        ("no format", b"{\"version\": 1}".to_vec(), &["不是推荐记录"]),
        ("nested", nested.into_bytes(), &["record.json", "format[0]", "嵌套过深"]),
        ("nested deep", "[".repeat(1_000_000).into_bytes(), &["record.json", "嵌套过深"]),
        (
            "twice a key",
            good.replacen("\"duty\":", "\"post\":\"甲\",\"duty\":", 1).into_bytes(),
            &["applicants[0].post", "重复"],
        ),
        ("a huge number", good.replacen("\"rank\":5", "\"rank\":1e999", 1).into_bytes(), &["JSON"]),
    ];
    for (case, text, wanted) in texts {
        check_sentence(case, &refusal(&text), wanted);
    }

    type Change = fn(&mut Value);
    let changes: [(&str, Change, &[&str]); 33] = [
        ("another version", |v| v["version"] = json!(2), &["record.json", "版本是 2"]),
        ("version as text", |v| v["version"] = json!("1"), &["版本是 \"1\""]),
        ("no version", |v| v["version"] = Value::Null, &["version", "没有填写"]),
        ("no notice", |v| v["notice"] = json!(" "), &["notice", "没有填写"]),
        ("unknown key on top", |v| v["remark"] = json!(1), &["中 remark ", "不是记录里应有的项目"]),
        ("unknown key, not filled", |v| v["remark"] = Value::Null, &["remark"]),
        (
            "unknown key deep",
            |v| v["applicants"][0]["honours"][1]["titel"] = json!("x"),
            &["applicants[0].honours[1].titel"],
        ),
        ("unknown key of a body", |v| v["recommender"]["fax"] = json!("x"), &["recommender.fax"]),
        ("unknown section", |v| v["applicants"][2]["sections"]["other"] = json!({}), &["applicants[2].sections.other"]),
        ("text as number", |v| v["applicants"][0]["phone"] = json!(138), &["applicants[0].phone", "文字"]),
        ("list as text", |v| v["applicants"][0]["honours"] = json!("无"), &["applicants[0].honours", "列表"]),
        ("object as text", |v| v["applicants"][0]["sections"]["summary"] = json!("x"), &["sections.summary", "花括号"]),
        ("applicant as text", |v| v["applicants"][1] = json!("甲"), &["applicants[1]", "花括号"]),
        ("applicants as object", |v| v["applicants"] = json!({"a": 1}), &["applicants", "列表"]),
        ("truth as text", |v| v["applicants"][0]["front_line"] = json!("是"), &["front_line", "true"]),
        (
            "rank as truth",
            |v| v["applicants"][0]["competitions"][0]["rank"] = json!(true),
            &["competitions[0].rank", "数字或文字"],
        ),
        (
            "received as number",
            |v| v["applicants"][0]["process"]["employer_report"] = json!({"received": 5}),
            &["employer_report.received", "日期"],
        ),
        ("order below zero", |v| v["applicants"][0]["order"] = json!(-1), &["applicants[0].order", "整数"]),
        ("order from zero", |v| v["applicants"][0]["order"] = json!(0), &["applicants[0].order", "从 1 起"]),
        (
            "a rank of twenty digits",
            |v| v["applicants"][0]["competitions"][0]["rank"] = json!(u64::MAX),
            &["applicants[0].competitions[0].rank", "15 位"],
        ),
        (
            "a rank of thirty digits",
            |v| v["applicants"][0]["competitions"][0]["rank"] = json!(1e30),
            &["applicants[0].competitions[0].rank", "15 位"],
        ),
        ("unknown kind", |v| v["recommender"]["kind"] = json!("firm"), &["recommender.kind", "association"]),
        ("no kind", |v| v["recommender"]["kind"] = Value::Null, &["recommender.kind", "没有填写"]),
        ("no name", |v| v["recommender"]["name"] = json!(""), &["recommender.name", "没有填写"]),
        (
            "unknown level",
            |v| v["applicants"][0]["competitions"][0]["level"] = json!("world"),
            &["competitions[0].level", "national"],
        ),
        (
            "unknown attachment kind",
            |v| v["applicants"][0]["attachments"][0]["kind"] = json!(["x"]),
            &["attachments[0].kind", "patent"],
        ),
        ("no recommender", |v| v["recommender"] = Value::Null, &["recommender", "没有填写"]),
        ("both forms", |v| v["recommenders"] = json!([v["recommender"]]), &["recommender", "recommenders"]),
        (
            "list without names",
            |v| {
                v["recommenders"] = json!([v["recommender"]]);
                v["recommender"] = Value::Null
            },
            &["applicants[0].recommender", "没有填写"],
        ),
        (
            "two of one name",
            |v| {
                v["recommenders"] = json!([v["recommender"], v["recommender"]]);
                v["recommender"] = Value::Null
            },
            &["recommenders[1].name", "同名"],
        ),
        (
            "unknown recommender",
            |v| v["applicants"][1]["recommender"] = json!("丙"),
            &["applicants[1].recommender", "丙"],
        ),
        (
            "recommender as number",
            |v| v["applicants"][1]["recommender"] = json!(1),
            &["applicants[1].recommender", "文字"],
        ),
        ("photo as number", |v| v["applicants"][1]["photo"] = json!(1), &["applicants[1].photo", "文字"]),
    ];
    for (case, change, wanted) in changes {
        check_sentence(case, &refusal_of(change), wanted);
    }
}

#[test]
fn bad_paths_and_files_are_refused_by_name_and_place() {
    let outside = demo("association").join("photos/01.jpg").display().to_string();
    let paths = [
        ("missing", "photos/09.jpg", "找不到"),
        ("a file as folder", "photos/01.jpg/x.jpg", "找不到"),
        ("absolute", outside.as_str(), "相对路径"),
        ("climbing", "photos/../../x.jpg", "相对路径"),
        ("climbing back in", "photos/../photos/01.jpg", "相对路径"),
        ("a drive", "C:/photos/01.jpg", "相对路径"),
        ("backslash", "photos\\01.jpg", "相对路径"),
        ("the folder itself", ".", "相对路径"),
        ("NUL", "photos/\u{0}.jpg", "相对路径"),
        ("a folder", "photos", "是文件夹"),
        ("the record itself", "record.json", "不是 JPEG"),
        ("a PDF as photo", "scans/yan-patent.pdf", "不是图片"),
    ];
    for (case, path, wanted) in paths {
        let sentence = refusal_of(|value| value["applicants"][1]["photo"] = json!(path));
        check_sentence(case, &sentence, &["applicants[1].photo", wanted]);
    }
    let sentence = refusal_of(|value| value["applicants"][1]["attachments"][1]["file"] = json!("scans/x.pdf"));
    check_sentence("missing copy", &sentence, &["applicants[1].attachments[1].file", "scans/x.pdf", "找不到"]);
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_folder_are_refused() {
    use std::os::unix::fs::symlink;
    let folder = folder_with_files();
    let record = folder.path().join("record.json");
    fs::write(&record, demo_json("association").to_string()).unwrap();
    let photo = folder.path().join("photos/02.jpg");
    fs::remove_file(&photo).unwrap();
    symlink("01.jpg", &photo).unwrap();
    assert!(record::read(&record).is_ok(), "a link within the folder");
    fs::remove_file(&photo).unwrap();
    symlink(demo("association").join("photos/02.jpg"), &photo).unwrap();
    check_sentence("link", &record::read(&record).unwrap_err().to_string(), &["applicants[1].photo", "相对路径"]);
}

#[test]
fn what_is_no_record_file_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    check_sentence("no record", &record::read(folder.path()).unwrap_err().to_string(), &["record.json", "找不到"]);
    let missing = folder.path().join("x.json");
    check_sentence("missing", &record::read(&missing).unwrap_err().to_string(), &["x.json", "找不到"]);
    let sparse = folder.path().join("record.json");
    File::create(&sparse).unwrap().set_len(2 << 30).unwrap();
    let start = Instant::now();
    check_sentence("sparse", &record::read(folder.path()).unwrap_err().to_string(), &["2048 MB", "16 MB"]);
    assert!(start.elapsed() < Duration::from_millis(200));
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(
                prop::sample::select(vec!["name", "photo", "file", "sections", "summary", "text", "x"]),
                inner,
                0..4
            )
            .prop_map(|map| Value::Object(map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())),
        ]
    })
}

/// Every place of a value, as JSON pointers.
fn pointers(value: &Value, at: String, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| pointers(value, format!("{at}/{key}"), out)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| pointers(value, format!("{at}/{index}"), out));
        }
        _ => {}
    }
    out.push(at);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("record.json"), bytes).unwrap();
        prop_assert!(record::read(folder.path()).is_err());
    }

    #[test]
    fn a_changed_record_is_read_or_refused_in_one_sentence(place in any::<prop::sample::Index>(), other in json_value()) {
        let mut value = demo_json("association");
        let mut places = Vec::new();
        pointers(&value, String::new(), &mut places);
        *value.pointer_mut(&places[place.index(places.len())]).unwrap() = other;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("record.json"), value.to_string()).unwrap();
        // Without the files beside it, every record ends in a refusal.
        if let Err(error) = record::read(folder.path()) {
            check_sentence("changed", &error.to_string(), &["record.json"]);
        }
    }

    #[test]
    fn a_record_with_damaged_text_never_panics(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut text = fs::read(demo("association").join("record.json")).unwrap();
        let at = at.index(text.len());
        text[at] = byte;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("record.json"), text).unwrap();
        prop_assert!(record::read(folder.path()).is_err());
    }
}
