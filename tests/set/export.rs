//! What an export holds, when it is refused, and what it leaves alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{Desk, read_json, sample};

/// Every file below a folder with its bytes, by its path with `/`.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_path_of_the_contract_is_there_and_listed() {
    let desk = Desk::with_sample("association");
    let said = desk.ok(&["export", "--out", "out"]);
    assert!(said.contains("杭州市示范模具行业协会") && said.contains("2 人"), "{said}");
    let found = tree(&desk.path("out"));
    let wanted = [
        "01-汇总表/杭州市首席技师推荐申报人员汇总表.pdf",
        "01-汇总表/杭州市首席技师推荐申报人员汇总表.xlsx",
        "02-申报表/01-葛瑾川-申报表.docx",
        "02-申报表/01-葛瑾川-申报表.pdf",
        "02-申报表/02-闫㛃宁-申报表.docx",
        "02-申报表/02-闫㛃宁-申报表.pdf",
        "03-推荐报告/杭州市首席技师认定推荐报告.docx",
        "03-推荐报告/杭州市首席技师认定推荐报告.pdf",
        "04-证书复印件/01-葛瑾川/01-高级技师职业资格证书.jpg",
        "04-证书复印件/01-葛瑾川/02-全国技术能手荣誉证书.jpg",
        "04-证书复印件/01-葛瑾川/03-全国电工职业技能竞赛获奖证书.pdf",
        "04-证书复印件/02-闫㛃宁/01-模具工技师职业技能等级证书.jpg",
        "04-证书复印件/02-闫㛃宁/02-发明专利证书.pdf",
        "05-装订册/装订册.pdf",
        "record.json",
        "杭州市首席技师2021-杭州市示范模具行业协会-电子文档.zip",
        "清单.json",
        "照片/01-葛瑾川.jpg",
        "照片/02-闫㛃宁.jpg",
    ];
    assert_eq!(found.keys().collect::<Vec<_>>(), wanted);

    let list = read_json(&desk.path("out/清单.json"));
    assert_eq!((&list["format"], &list["version"]), (&Value::from("tuijian-list"), &Value::from(1)));
    let files = list["files"].as_array().unwrap();
    let listed: Vec<&str> = files.iter().map(|file| file["path"].as_str().unwrap()).collect();
    let others = ["清单.json", "杭州市首席技师2021-杭州市示范模具行业协会-电子文档.zip"];
    assert_eq!(listed, wanted.into_iter().filter(|path| !others.contains(path)).collect::<Vec<_>>());
    for file in files {
        let path = file["path"].as_str().unwrap();
        assert_eq!(file["bytes"].as_u64().unwrap() as usize, found[path].len(), "{path}");
        assert_eq!(file["pages"].is_number(), path.ends_with(".pdf"), "{path}");
        let printed =
            path.ends_with(".pdf") && ["01-", "02-", "03-", "05-"].iter().any(|start| path.starts_with(start));
        assert_eq!(file["code"].is_string(), printed, "{path}");
    }
    let shown = desk.json(&["list", "--json"]);
    let code = files.iter().find(|file| file["path"] == "02-申报表/01-葛瑾川-申报表.pdf").unwrap();
    assert_eq!(code["code"], shown[0]["code"]);
    let binder = files.iter().find(|file| file["path"] == "05-装订册/装订册.pdf").unwrap();
    let current = desk.json(&["recommender", "list", "--json"])[0].clone();
    assert_eq!(binder["code"], current["binder_code"]);
    // The current codes can be read, of every document and of every copy.
    let said = desk.ok(&["list"]);
    for key in ["summary_code", "report_code", "catalogue_code", "cover_code", "binder_code"] {
        assert!(said.contains(current[key].as_str().unwrap()), "{key}: {said}");
    }
    let copies = desk.json(&["show", "葛瑾川", "--json"])["copies"].clone();
    let said = desk.ok(&["show", "葛瑾川"]);
    assert_eq!(copies.as_array().unwrap().len(), 3);
    for copy in copies.as_array().unwrap() {
        let (title, code) = (copy["title"].as_str().unwrap(), copy["code"].as_str().unwrap());
        assert!(said.contains(&format!("{title}　校验码 {code}")), "{said}");
    }

    // Copies as they were received, and the record names them.
    let record = read_json(&desk.path("out/record.json"));
    assert_eq!(record["applicants"].as_array().unwrap().len(), 2);
    let copy = record["applicants"][0]["attachments"][0]["file"].as_str().unwrap();
    assert_eq!(found[copy], fs::read(crate::program::sample("association").join("scans/gejin-cert.jpg")).unwrap());
    assert_eq!(record["applicants"][1]["photo"], "照片/02-闫㛃宁.jpg");
}

#[test]
fn nothing_is_stored_twice() {
    let desk = Desk::with_sample("association");
    // The photo and one scan, attached again: to the same person under another title, and to another person.
    let scan = sample("association").join("scans/gejin-cert.jpg");
    let photo = sample("association").join("photos/01.jpg");
    for (person, index, file) in [("葛瑾川", 3, &photo), ("葛瑾川", 4, &scan), ("闫㛃宁", 2, &scan)] {
        let field = format!("attachments[{index}]");
        let copy = serde_json::json!({
            "kind": "other", "title": format!("另一份{index}"), "file": file.to_str().unwrap(), "original_checked": true,
        });
        desk.ok(&["edit", person, "--set", &format!("{field}={copy}")]);
    }
    desk.ok(&["export", "--out", "out"]);
    desk.ok(&["verify", "out"]);
    let found = tree(&desk.path("out"));
    let copies: Vec<(&String, &Vec<u8>)> =
        found.iter().filter(|(path, _)| path.starts_with("04-") || path.starts_with("照片/")).collect();
    for (index, (path, bytes)) in copies.iter().enumerate() {
        let twin = copies[index + 1..].iter().find(|(_, other)| other == bytes);
        assert!(twin.is_none(), "{path} and {twin:?}", twin = twin.map(|(path, _)| path));
    }
    let record = read_json(&desk.path("out/record.json"));
    let file = |person: usize, index: usize| record["applicants"][person]["attachments"][index]["file"].clone();
    assert_eq!(file(0, 3), "照片/01-葛瑾川.jpg");
    assert_eq!(record["applicants"][0]["photo"], "照片/01-葛瑾川.jpg");
    assert_eq!((file(0, 4), file(1, 2)), (file(0, 0), file(0, 0)));
    // And it comes in again as it was.
    let second = Desk::new();
    second.ok(&["new", "--notice", "hangzhou-2021", "--kind", "association", "--name", "杭州市示范模具行业协会"]);
    second.ok(&["import", desk.path("out").to_str().unwrap()]);
    second.ok(&["export", "--out", "out"]);
    assert!(tree(&second.path("out")) == found);
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    for kind in ["association", "district"] {
        let desk = Desk::with_sample(kind);
        desk.ok(&["export", "--out", "one"]);
        assert_eq!(desk.run_on("2022-02-03", &["export", "--out", "two"]).code, 0);
        assert!(tree(&desk.path("one")) == tree(&desk.path("two")), "{kind}");
    }
}

#[test]
fn a_draft_has_neither_zip_nor_codes() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "out", "--draft"]);
    assert!(!names(&desk.path("out")).iter().any(|name| name.ends_with(".zip")));
    let list = read_json(&desk.path("out/清单.json"));
    assert!(list["files"].as_array().unwrap().iter().all(|file| file["code"].is_null()));
    // What can be edited says so on every page: cover and others, odd and even.
    let marked = |path: &str, part: &str| -> bool {
        let file = fs::File::open(desk.path(&format!("out/{path}"))).unwrap();
        let mut zip = zip::ZipArchive::new(file).unwrap();
        zip.by_name(part).is_ok_and(|part| {
            let text = std::io::read_to_string(part).unwrap();
            text.contains('草') && text.contains('稿')
        })
    };
    let form = "02-申报表/01-葛瑾川-申报表.docx";
    let report = "03-推荐报告/杭州市首席技师认定推荐报告.docx";
    let sheet = "01-汇总表/杭州市首席技师推荐申报人员汇总表.xlsx";
    let parts = [
        (form, "word/header1.xml"),
        (form, "word/header3.xml"),
        (report, "word/header1.xml"),
        (report, "word/header2.xml"),
        (sheet, "xl/worksheets/sheet1.xml"),
    ];
    assert!(parts.iter().all(|(path, part)| marked(path, part)));
    // A draft gives way to the set, and the set to a draft.
    desk.ok(&["export", "--out", "out"]);
    desk.ok(&["verify", "out"]);
    assert!(!parts.iter().any(|(path, part)| marked(path, part)));
    desk.ok(&["export", "--out", "out", "--draft"]);
    desk.ok(&["verify", "out"]);
}

#[test]
fn what_blocks_refuses_the_set_but_not_a_draft() {
    // Kind, what is done to the sample, and what the refusal says.
    type Case = (&'static str, &'static str, &'static [&'static [&'static str]], &'static [&'static str]);
    let cases: [Case; 4] = [
        (
            "over the quota",
            "association",
            &[&["nominate", "欧阳叙白", "--exception", "技艺突出"], &["recommender", "edit", "--exception", ""]],
            &["〔四〕", "2 人"],
        ),
        (
            "a missing step",
            "association",
            &[&["edit", "葛瑾川", "--set", "process.expert_review=null"]],
            &["葛瑾川", "〔三（二）〕", "评议"],
        ),
        (
            "a freelancer with a district",
            "district",
            &[&["edit", "裘松年", "--set", "freelancer=true"]],
            &["裘松年", "协会"],
        ),
        (
            "a wrong identity number",
            "district",
            &[&["edit", "裘松年", "--set", "id_number=123"]],
            &["裘松年", "〔附件2〕"],
        ),
    ];
    for (case, kind, changes, words) in cases {
        let desk = Desk::with_sample(kind);
        changes.iter().for_each(|change| {
            desk.ok(change);
        });
        let ran = desk.run(&["export", "--out", "out"]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{case}: {}", ran.err);
        for word in words.iter().chain(&["还有 ", "check", "--draft"]).filter(|word| **word != "check") {
            assert!(ran.err.contains(word), "{case}: no “{word}” in {}", ran.err);
        }
        assert!(!desk.path("out").exists(), "{case}");
        desk.ok(&["export", "--out", "out", "--draft"]);
        desk.ok(&["verify", "out"]);
    }
    let desk = Desk::with_sample("association");
    desk.ok(&["withdraw", "葛瑾川"]);
    desk.ok(&["withdraw", "闫㛃宁"]);
    desk.refused(1, &["export", "--out", "out"], &["没有推荐任何人", "nominate"]);
    desk.refused(1, &["export", "--out", "out", "--draft"], &["没有推荐任何人"]);
}

#[test]
fn only_an_own_export_is_replaced() {
    let desk = Desk::with_sample("association");
    desk.write("file", "a file");
    desk.write("full/mine.txt", "a file of somebody's");
    fs::create_dir(desk.path("empty")).unwrap();
    desk.ok(&["export", "--out", "old"]);
    desk.ok(&["export", "--out", "mixed"]);
    desk.write("mixed/02-申报表/便签.txt", "a note");
    desk.write("record/record.json", "{}");
    for (out, code) in
        [("file", 3), ("full", 3), ("mixed", 3), ("record", 3), ("none/out", 3), ("empty", 0), ("old", 0), ("new", 0)]
    {
        let before = desk.path(out).is_dir().then(|| tree(&desk.path(out)));
        let ran = desk.run(&["export", "--out", out]);
        assert_eq!(ran.code, code, "{out}: {}", ran.err);
        match (code, before) {
            (3, Some(before)) => assert!(tree(&desk.path(out)) == before, "{out}"),
            (0, _) => drop(desk.ok(&["verify", out])),
            _ => {}
        }
    }
    // A note in a set is not lost, also where the place of the old set is taken.
    desk.write("new.旧/mine.txt", "a folder of somebody's");
    desk.refused(3, &["export", "--out", "new"], &["new.旧"]);
    desk.ok(&["verify", "new"]);
}

#[test]
fn another_zip_in_a_set_is_not_the_sets() {
    let desk = Desk::with_sample("association");
    let own = "杭州市首席技师2021-杭州市示范模具行业协会-电子文档.zip";
    for zip in [
        "杭州市首席技师2021-杭州市另一示范协会-电子文档.zip",
        "杭州市首席技师2020-杭州市示范模具行业协会-电子文档.zip",
        &format!("02-申报表/{own}"),
    ] {
        desk.ok(&["export", "--out", "out"]);
        let path = desk.path(&format!("out/{zip}"));
        fs::copy(desk.path(&format!("out/{own}")), &path).unwrap();
        desk.refused(3, &["export", "--out", "out"], &["out"]);
        assert!(path.is_file(), "{zip}");
        let ran = desk.run(&["verify", "out"]);
        assert_eq!((ran.code, ran.out.contains(&format!("多出：{zip}"))), (1, true), "{}", ran.out);
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn several_recommenders_have_a_folder_each() {
    let desk = Desk::with_sample("association");
    let other = crate::program::sample("district").to_str().unwrap().to_owned();
    desk.ok(&["import", &other]);
    desk.ok(&["export", "--out", "out"]);
    assert_eq!(names(&desk.path("out")), ["杭州市示范模具行业协会", "示范县人力资源和社会保障局"]);
    desk.ok(&["verify", "out"]);
    desk.ok(&["export", "--out", "out"]);
    // One set does not take the place of all, nor a set that is not written now.
    desk.refused(3, &["export", "--out", "out", "--recommender", "示范县人力资源和社会保障局"], &["out"]);
    desk.ok(&["export", "--out", "one", "--recommender", "示范县人力资源和社会保障局"]);
    assert!(desk.path("one/清单.json").is_file());
    desk.ok(&["verify", "one"]);
    fs::create_dir(desk.path("sets")).unwrap();
    for set in ["甲", "乙"] {
        desk.ok(&["export", "--out", &format!("sets/{set}"), "--recommender", "示范县人力资源和社会保障局"]);
    }
    let sets = tree(&desk.path("sets"));
    desk.refused(3, &["export", "--out", "sets"], &["sets"]);
    desk.refused(3, &["export", "--out", "sets", "--draft"], &["sets"]);
    assert!(tree(&desk.path("sets")) == sets);
    desk.write("out/便签.txt", "a note");
    desk.refused(3, &["export", "--out", "out"], &["out"]);
    fs::remove_file(desk.path("out/便签.txt")).unwrap();

    // What stops one recommender does not stop the other.
    desk.ok(&["edit", "葛瑾川", "--set", "id_number=1"]);
    assert_eq!(desk.run(&["export", "--out", "out"]).code, 1);
    desk.ok(&["export", "--out", "one", "--recommender", "示范县人力资源和社会保障局"]);
    let report = desk.json(&["export", "--out", "one", "--recommender", "示范县人力资源和社会保障局", "--json"]);
    assert_eq!(report["sets"][0]["people"].as_array().unwrap().len(), 4);
}

#[test]
fn each_document_is_printed_by_itself_too() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "set"]);
    let set = tree(&desk.path("set"));
    desk.ok(&["print", "report", "--out", "report.pdf"]);
    desk.ok(&["print", "binder", "--out", "binder.pdf"]);
    desk.ok(&["print", "catalogue", "--out", "each/"]);
    assert!(fs::read(desk.path("report.pdf")).unwrap() == set["03-推荐报告/杭州市首席技师认定推荐报告.pdf"]);
    assert!(fs::read(desk.path("binder.pdf")).unwrap() == set["05-装订册/装订册.pdf"]);
    assert_eq!(names(&desk.path("each")), ["材料清单.pdf"]);
    desk.ok(&["edit", "葛瑾川", "--set", "birth=1978-13"]);
    desk.refused(1, &["print", "binder", "--out", "binder.pdf"], &["葛瑾川", "--draft"]);
    desk.ok(&["print", "binder", "--out", "binder.pdf", "--draft"]);
}
