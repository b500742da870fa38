//! Foreign files: what comes in whole, and what is refused with one sentence.

use std::convert::Infallible;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;
use tuijian::domain::FileKey;
use tuijian::exchange::gate::{self, Content};
use tuijian::exchange::place;
use tuijian::exchange::record::{self, ApplicantOut, RecordOut, WriteError};

fn demo(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(kind)
}

fn demo_json(kind: &str) -> Value {
    serde_json::from_slice(&fs::read(demo(kind).join("record.json")).unwrap()).unwrap()
}

/// A folder with the files of the association's record, without the record itself.
fn folder_with_files() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["photos", "scans"] {
        fs::create_dir(folder.path().join(part)).unwrap();
        for entry in fs::read_dir(demo("association").join(part)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), folder.path().join(part).join(entry.file_name())).unwrap();
        }
    }
    folder
}

/// One line of Chinese that holds all of `wanted`, without English library text.
fn check_sentence(case: &str, sentence: &str, wanted: &[&str]) {
    assert!(!sentence.contains('\n') && sentence.contains('请') && !sentence.ends_with('。'), "{case}: {sentence}");
    for part in wanted {
        assert!(sentence.contains(part), "{case}: {part} not in {sentence}");
    }
    for foreign in ["error", "expected", "invalid", "os error", "Err(", " line "] {
        assert!(!sentence.contains(foreign), "{case}: {foreign} in {sentence}");
    }
}

mod records {
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
        check_sentence("filled", &fault.unwrap_err().to_string(), &["filled", "已有文件"]);
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
        let changes: [(&str, Change, &[&str]); 30] = [
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
            (
                "unknown section",
                |v| v["applicants"][2]["sections"]["other"] = json!({}),
                &["applicants[2].sections.other"],
            ),
            ("text as number", |v| v["applicants"][0]["phone"] = json!(138), &["applicants[0].phone", "文字"]),
            ("list as text", |v| v["applicants"][0]["honours"] = json!("无"), &["applicants[0].honours", "列表"]),
            (
                "object as text",
                |v| v["applicants"][0]["sections"]["summary"] = json!("x"),
                &["sections.summary", "花括号"],
            ),
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
}

mod copies {
    use super::*;

    fn sample(path: &str) -> Vec<u8> {
        fs::read(demo("association").join(path)).unwrap()
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::GrayImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    /// A PNG that claims a size and holds nothing of it.
    fn claiming_png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = png(1, 1);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let crc = crc32(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        bytes
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, &byte| {
            (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
        })
    }

    /// A PDF of numbered objects (the first is number 1) whose catalogue is object 1.
    fn pdf_of(objects: &[String]) -> Vec<u8> {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (index, object) in objects.iter().enumerate() {
            offsets.push(bytes.len());
            bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).into_bytes());
        }
        let start = bytes.len();
        bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
        for offset in offsets {
            bytes.extend(format!("{offset:010} 00000 n \n").into_bytes());
        }
        let trailer = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
        bytes.extend(trailer.into_bytes());
        bytes
    }

    fn pdf_with_pages(tree: &str) -> Vec<u8> {
        pdf_of(&[
            "<</Type/Catalog/Pages 2 0 R>>".into(),
            tree.into(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".into(),
        ])
    }

    #[test]
    fn good_copies_come_in_by_content() {
        let cases: [(&str, Vec<u8>, &str); 5] = [
            ("jpeg", sample("photos/01.jpg"), "jpg"),
            ("jpeg with bytes behind it", [sample("photos/01.jpg"), b"maker's notes".to_vec()].concat(), "jpg"),
            ("png", png(413, 579), "png"),
            ("pdf", sample("scans/yan-patent.pdf"), "pdf"),
            (
                "pdf behind a header",
                [b"junk\n".to_vec(), pdf_with_pages("<</Type/Pages/Kids[3 0 R]/Count 1>>")].concat(),
                "pdf",
            ),
        ];
        for (case, bytes, extension) in cases {
            let received = gate::receive("x.doc", bytes.clone()).unwrap_or_else(|error| panic!("{case}: {error}"));
            assert_eq!(received.content.extension(), extension, "{case}");
            assert_eq!(received.bytes, bytes, "{case}");
        }
        let Content::Image(facts) = gate::receive("x", png(413, 579)).unwrap().content else { panic!("no image") };
        assert_eq!((facts.width_px, facts.height_px, facts.orientation), (413, 579, 1));
    }

    #[test]
    fn orientation_is_read_from_exif() {
        let plain = sample("photos/01.jpg");
        for orientation in 1..=8u8 {
            let exif = [
                b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec(),
                vec![orientation, 0, 0, 0, 0, 0, 0, 0],
            ]
            .concat();
            let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
            let bytes = [&plain[..2], &[0xFF, 0xE1], &length, &exif, &plain[2..]].concat();
            assert_eq!(gate::image("x", &bytes).unwrap().orientation, orientation);
        }
    }

    #[test]
    fn bad_copies_are_refused_in_one_sentence_and_soon() {
        let jpeg = sample("scans/gejin-cert.jpg");
        let pdf = sample("scans/yan-patent.pdf");
        let good_png = png(413, 579);
        let mut damaged_png = good_png.clone();
        let middle = damaged_png.len() / 2;
        damaged_png[middle] ^= 0x55;
        let million = format!("<</Type/Pages/Count 1/Kids[{}]>>", "3 0 R ".repeat(1_000_000));
        // 300 branches that all point at each other's next: 2^300 ways.
        let mut branching = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
        branching.extend((2..302).map(|id| format!("<</Type/Pages/Kids[{0} 0 R {0} 0 R]>>", id + 1)));
        branching.push("<</Type/Page>>".into());
        let cases: [(&str, Vec<u8>, &str); 25] = [
            ("empty", vec![], "空文件"),
            ("text", b"hello".to_vec(), "既不是 JPEG"),
            ("gif", b"GIF89a\x01\0\x01\0".to_vec(), "既不是 JPEG"),
            ("zip", b"PK\x03\x04".to_vec(), "既不是 JPEG"),
            ("jpeg head only", jpeg[..20].to_vec(), "损坏"),
            ("jpeg cut", jpeg[..jpeg.len() / 2].to_vec(), "损坏"),
            ("jpeg cut near its end", jpeg[..jpeg.len() - 10].to_vec(), "损坏"),
            ("jpeg of noise", [vec![0xFF, 0xD8, 0xFF, 0xE0], vec![7; 4000]].concat(), "损坏"),
            ("png head only", good_png[..20].to_vec(), "损坏"),
            ("png cut", good_png[..middle].to_vec(), "损坏"),
            ("png damaged", damaged_png, "损坏"),
            ("png too wide", claiming_png(12_001, 1), "12000 像素"),
            ("png too large", claiming_png(7_000, 7_000), "4000 万像素"),
            ("png of an absurd size", claiming_png(u32::MAX >> 1, u32::MAX >> 1), "请"),
            ("png that lies", claiming_png(6_000, 6_000), "损坏"),
            ("pdf head only", b"%PDF-1.7".to_vec(), "损坏"),
            ("pdf cut", pdf[..pdf.len() / 2].to_vec(), "损坏"),
            ("pdf of noise", [b"%PDF-1.7\n".to_vec(), vec![0x5B; 100_000]].concat(), "损坏"),
            ("pdf without pages", pdf_with_pages("<</Type/Pages/Kids[]/Count 5>>"), "没有一页"),
            ("pdf without a tree", pdf_of(&["<</Type/Catalog>>".into()]), "损坏"),
            ("pdf that names a missing page", pdf_with_pages("<</Type/Pages/Kids[9 0 R]/Count 1>>"), "损坏"),
            ("pdf with a loop", pdf_with_pages("<</Type/Pages/Kids[2 0 R]/Count 1>>"), "损坏"),
            ("pdf with a million pages", pdf_with_pages(&million), "500 页"),
            ("pdf that branches", pdf_of(&branching), "损坏"),
            ("pdf nested deep", pdf_with_pages(&format!("{}{}", "[".repeat(200_000), "]".repeat(200_000))), "损坏"),
        ];
        for (case, bytes, wanted) in cases {
            let start = Instant::now();
            let error = gate::receive("证书.pdf", bytes).expect_err(case).to_string();
            check_sentence(case, &error, &["证书.pdf", wanted]);
            assert!(start.elapsed() < Duration::from_secs(4), "{case}: {:?}", start.elapsed());
        }
    }

    #[test]
    fn a_locked_pdf_is_refused_and_an_owners_password_is_not() {
        use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};
        for (user, wanted) in [("secret", None), ("", Some(1))] {
            let mut document = Document::load_mem(&sample("scans/yan-patent.pdf")).unwrap();
            document.trailer.set("ID", vec![lopdf::Object::string_literal("a"), lopdf::Object::string_literal("a")]);
            let version = EncryptionVersion::V2 {
                document: &document,
                owner_password: "owner",
                user_password: user,
                key_length: 128,
                permissions: Permissions::default(),
            };
            let state = EncryptionState::try_from(version).unwrap();
            document.encrypt(&state).unwrap();
            let mut bytes = Vec::new();
            document.save_to(&mut bytes).unwrap();
            match (gate::pdf("锁.pdf", &bytes), wanted) {
                (Ok(facts), Some(pages)) => assert_eq!(facts.pages, pages),
                (Err(error), None) => check_sentence("locked", &error.to_string(), &["锁.pdf", "打开密码"]),
                (result, _) => panic!("{user:?}: {result:?}"),
            }
        }
    }

    #[test]
    fn what_is_no_regular_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let sparse = folder.path().join("大.jpg");
        File::create(&sparse).unwrap().set_len(2 << 30).unwrap();
        let mut cases = vec![
            ("missing", folder.path().join("无.jpg"), "找不到"),
            ("a folder", folder.path().to_owned(), "是文件夹"),
            ("sparse", sparse, "50 MB"),
        ];
        #[cfg(unix)]
        {
            let pipe = folder.path().join("管道");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            cases.push(("a pipe", pipe, "不是普通文件"));
            cases.push(("a device", "/dev/zero".into(), "不是普通文件"));
            let locked = folder.path().join("locked.jpg");
            fs::write(&locked, "x").unwrap();
            fs::set_permissions(&locked, std::os::unix::fs::PermissionsExt::from_mode(0o0)).unwrap();
            // Root reads it all the same; then it is just no picture.
            let wanted = if fs::read(&locked).is_ok() { "既不是 JPEG" } else { "权限" };
            cases.push(("no permission", locked, wanted));
        }
        for (case, path, wanted) in cases {
            let start = Instant::now();
            let error = gate::receive_file(&path).expect_err(case).to_string();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            check_sentence(case, &error, &[&name, wanted]);
            assert!(start.elapsed() < Duration::from_millis(500), "{case}");
        }
    }

    #[test]
    fn a_stream_that_unpacks_without_end_is_given_up() {
        let mut document = lopdf::Document::load_mem(&sample("scans/yan-patent.pdf")).unwrap();
        let mut bomb = lopdf::Stream::new(
            lopdf::dictionary! { "Type" => "ObjStm", "N" => 1, "First" => 4 },
            [b"9 0 ".to_vec(), vec![b' '; 64 << 20]].concat(),
        );
        bomb.compress().unwrap();
        document.add_object(bomb);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        let start = Instant::now();
        // The object stream is passed over or the file refused; neither takes memory or time.
        let _ = gate::pdf("x", &bytes);
        assert!(start.elapsed() < Duration::from_secs(2));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn damaged_copies_never_panic(which in 0..3usize, at in any::<prop::sample::Index>(), noise in prop::collection::vec(any::<u8>(), 1..20)) {
            let mut bytes = match which {
                0 => sample("photos/01.jpg"),
                1 => sample("scans/yan-patent.pdf"),
                _ => png(64, 64),
            };
            let at = at.index(bytes.len());
            for (byte, noise) in bytes[at..].iter_mut().zip(noise) {
                *byte = noise;
            }
            if let Err(error) = gate::receive("x", bytes) {
                check_sentence("damaged", &error.to_string(), &["x"]);
            }
        }
    }
}

mod places {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("表.pdf");
        place::file(&path, b"one").unwrap();
        place::file(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::write(folder.path().join("usual"), "").unwrap();
            let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
            assert_eq!(mode("表.pdf"), mode("usual"), "others may read it as any other file");
        }
    }

    #[test]
    fn a_place_that_cannot_be_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let cases = [
            ("no such folder", folder.path().join("无/表.pdf"), "不存在"),
            ("a folder in its place", folder.path().to_owned(), "已经是文件夹"),
            ("a file as folder", file.join("表.pdf"), "请"),
        ];
        for (case, path, wanted) in cases {
            check_sentence(case, &place::file(&path, b"x").unwrap_err().to_string(), &[wanted]);
        }
        let taken = place::new_folder(&file, |_| Ok::<_, place::PlaceError>(()));
        check_sentence("a file in its place", &taken.unwrap_err().to_string(), &["file", "已经是文件"]);
        assert!(file.is_file());
    }
}
