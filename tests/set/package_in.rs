//! Packages and exported folders taken in again.

use std::fs;

use serde_json::{Value, json};

use crate::export::tree;
use crate::program::{Desk, read_json, sample};

const ASSOCIATION: &str = "杭州市示范模具行业协会";

/// A desk with an empty book of that name and kind.
fn empty(kind: &str, name: &str) -> Desk {
    let desk = Desk::new();
    desk.ok(&["new", "--notice", "hangzhou-2021", "--kind", kind, "--name", name]);
    desk
}

fn zip_in(desk: &Desk, folder: &str) -> String {
    let files = tree(&desk.path(folder));
    let zip = files.keys().find(|name| name.ends_with(".zip")).unwrap();
    desk.path(folder).join(zip).to_str().unwrap().to_owned()
}

fn actions(report: &Value) -> Vec<&str> {
    report["people"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect()
}

fn history(desk: &Desk) -> usize {
    desk.json(&["history", "--json"]).as_array().unwrap().len()
}

#[test]
fn export_import_export_gives_the_same_set() {
    for (kind, name) in [("association", ASSOCIATION), ("district", "示范县人力资源和社会保障局")] {
        let first = Desk::with_sample(kind);
        first.ok(&["export", "--out", "out"]);
        let zip = zip_in(&first, "out");
        let folder = first.path("out").to_str().unwrap().to_owned();
        for source in [zip.as_str(), folder.as_str()] {
            let second = empty(kind, name);
            let report = second.json(&["import", source, "--json"]);
            assert!(actions(&report).iter().all(|action| *action == "new"), "{report}");
            second.ok(&["export", "--out", "out"]);
            assert!(tree(&first.path("out")) == tree(&second.path("out")), "{source}");
        }
    }
}

#[test]
fn the_same_package_twice_changes_nothing() {
    let from = Desk::with_sample("association");
    from.ok(&["export", "--out", "out"]);
    let zip = zip_in(&from, "out");
    let desk = empty("association", ASSOCIATION);
    assert_eq!(actions(&desk.json(&["import", &zip, "--dry-run", "--json"])), ["new", "new"]);
    assert_eq!(desk.json(&["list", "--json"]), json!([]));
    desk.ok(&["import", &zip]);
    let before = history(&desk);
    for conflict in ["keep", "replace", "both"] {
        let report = desk.json(&["import", &zip, "--on-conflict", conflict, "--json"]);
        assert_eq!(actions(&report), ["same", "same"], "{conflict}");
        assert_eq!(history(&desk), before, "{conflict}");
    }
}

#[test]
fn a_conflict_is_kept_replaced_or_both() {
    for (conflict, action, people, phone) in [
        ("keep", "kept", 2, "13800009999"),
        ("replace", "changed", 2, "13800001001"),
        ("both", "new", 3, "13800009999"),
    ] {
        let from = Desk::with_sample("association");
        from.ok(&["export", "--out", "out"]);
        let zip = zip_in(&from, "out");
        let desk = empty("association", ASSOCIATION);
        desk.ok(&["import", &zip]);
        desk.ok(&["edit", "葛瑾川", "--set", "phone=13800009999"]);
        let report = desk.json(&["import", &zip, "--on-conflict", conflict, "--json"]);
        assert_eq!(actions(&report), [action, "same"], "{conflict}");
        let list = desk.json(&["list", "--json"]);
        assert_eq!(list.as_array().unwrap().len(), people, "{conflict}");
        assert_eq!(desk.json(&["show", "1", "--json"])["applicant"]["phone"], phone, "{conflict}");
    }
}

#[test]
fn a_district_collects_packages_and_sees_one_person_twice() {
    let one = Desk::with_sample("association");
    one.ok(&["export", "--out", "out"]);
    let two = Desk::new();
    let mut record = read_json(&sample("association").join("record.json"));
    record["recommender"]["name"] = json!("杭州市另一示范协会");
    for part in ["photos", "scans"] {
        fs::create_dir(two.path(part)).unwrap();
        for entry in fs::read_dir(sample("association").join(part)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), two.path(part).join(entry.file_name())).unwrap();
        }
    }
    two.write("record.json", &record.to_string());
    two.ok(&["new", "--notice", "hangzhou-2021", "--kind", "association", "--name", "杭州市另一示范协会"]);
    two.ok(&["import", "record.json"]);
    two.ok(&["export", "--out", "out"]);

    let desk = empty("district", "示范县人力资源和社会保障局");
    desk.ok(&["import", &zip_in(&one, "out"), &zip_in(&two, "out")]);
    assert!(desk.codes(Some("葛瑾川")).contains(&"id.duplicate".to_owned()));
    let ran = desk.run(&["export", "--out", "all"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("葛瑾川"), "{}", ran.err);

    // A folder of such folders comes in whole.
    desk.ok(&["export", "--out", "all", "--draft"]);
    let all = desk.path("all").to_str().unwrap().to_owned();
    let third = empty("district", "示范县人力资源和社会保障局");
    assert_eq!(actions(&third.json(&["import", &all, "--json"])), ["new"; 4]);
}

#[test]
fn what_is_not_as_listed_does_not_come_in() {
    let from = Desk::with_sample("association");
    from.ok(&["export", "--out", "out"]);
    let zip = zip_in(&from, "out");
    let copy = "04-证书复印件/01-葛瑾川/02-全国技术能手荣誉证书.jpg";
    let path = from.path(&format!("out/{copy}"));
    let whole = fs::read(&path).unwrap();
    let mut bytes = whole.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let desk = empty("association", ASSOCIATION);
    let out = from.path("out").to_str().unwrap().to_owned();
    desk.refused(3, &["import", &out], &["02-全国技术能手荣誉证书.jpg", "清单", "核验"]);
    // The readable ones come in together, the others are named.
    let ran = desk.run(&["import", &out, &zip]);
    assert_eq!((ran.code, ran.out.lines().count()), (3, 2), "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("清单"), "{}", ran.err);
    fs::write(&path, &whole).unwrap();
    // What the list does not name is refused as well.
    let list = from.path("out/清单.json");
    let text = fs::read(&list).unwrap();
    for file in [copy, "record.json"] {
        let mut without: Value = serde_json::from_slice(&text).unwrap();
        without["files"].as_array_mut().unwrap().retain(|entry| entry["path"] != file);
        fs::write(&list, without.to_string()).unwrap();
        desk.refused(3, &["import", &out], &[file, "清单"]);
    }
    fs::write(&list, &text).unwrap();
    fs::remove_file(&path).unwrap();
    desk.refused(3, &["import", &out], &["02-全国技术能手荣誉证书.jpg", "找不到"]);
}

#[test]
fn damaged_files_are_refused_and_the_book_stays() {
    let desk = Desk::with_sample("association");
    let before = fs::read(desk.book()).unwrap();
    let zip_of = |name: &str, entries: &[(&str, &[u8])]| {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (path, bytes) in entries {
            zip.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        fs::write(desk.path(name), zip.finish().unwrap().into_inner()).unwrap();
    };
    let record = fs::read(sample("association").join("record.json")).unwrap();
    zip_of("nothing.zip", &[("readme.txt", b"x")]);
    zip_of("missing.zip", &[("record.json", &record)]);
    desk.write("half.zip", "PK\u{3}\u{4} cut short");
    let record_with = |name: &str, file: &str, bytes: &[u8]| {
        desk.write(&format!("{name}/record.json"), std::str::from_utf8(&record).unwrap());
        for part in ["photos", "scans"] {
            fs::create_dir(desk.path(name).join(part)).unwrap();
            for entry in fs::read_dir(sample("association").join(part)).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), desk.path(name).join(part).join(entry.file_name())).unwrap();
            }
        }
        fs::write(desk.path(name).join(file), bytes).unwrap();
    };
    record_with("damaged-pdf", "scans/gejin-contest.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog");
    let mut scan = fs::read(sample("association").join("scans/gejin-cert.jpg")).unwrap();
    scan.truncate(scan.len() / 2);
    record_with("half-jpeg", "scans/gejin-cert.jpg", &scan);
    for (path, word) in [
        ("nothing.zip", "record.json"),
        ("missing.zip", "找不到"),
        ("half.zip", "损坏"),
        ("damaged-pdf", "损坏"),
        ("half-jpeg", "损坏"),
    ] {
        desk.refused(3, &["import", path], &[word]);
    }
    desk.refused(3, &["edit", "葛瑾川", "--set", "photo=damaged-pdf/scans/gejin-contest.pdf"], &["损坏"]);
    assert!(fs::read(desk.book()).unwrap() == before);
}
