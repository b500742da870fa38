//! history, revert, backup, backups, restore, doctor.

use std::fs;

use serde_json::Value;

use crate::export::names;
use crate::program::{Desk, sample};

fn phone(desk: &Desk, person: &str) -> Value {
    desk.json(&["show", person, "--json"])["applicant"]["phone"].clone()
}

#[test]
fn a_person_goes_back_to_an_earlier_revision() {
    let desk = Desk::with_sample("association");
    desk.ok(&["edit", "葛瑾川", "--set", "phone=13800009999"]);
    let lines = desk.json(&["history", "葛瑾川", "--json"]);
    let numbers: Vec<i64> = lines.as_array().unwrap().iter().map(|line| line["revision"].as_i64().unwrap()).collect();
    assert_eq!(numbers.len(), 2, "{lines}");
    let first = numbers[1].to_string();
    let of_another = desk.json(&["history", "闫㛃宁", "--json"])[0]["revision"].to_string();
    desk.refused(2, &["revert", "葛瑾川", "--to", &of_another], &["葛瑾川", "history"]);
    desk.ok(&["revert", "葛瑾川", "--to", &first]);
    assert_eq!(phone(&desk, "葛瑾川"), "13800001001");

    // Also after removal, by name and by number.
    for words in ["葛瑾川", "#1"] {
        desk.ok(&["remove", "1"]);
        let removal = desk.json(&["history", words, "--json"])[0]["revision"].to_string();
        desk.refused(2, &["revert", words, "--to", &removal], &["删除"]);
        desk.ok(&["revert", words, "--to", &first]);
        assert_eq!(phone(&desk, "1"), "13800001001");
    }
    desk.refused(2, &["history", "无此人"], &["无此人", "list"]);
    let text = desk.ok(&["history"]);
    assert!(text.contains("葛瑾川") && text.contains("修改葛瑾川：联系电话"), "{text}");
}

#[test]
fn a_backup_is_restored_and_what_stood_there_is_kept() {
    let desk = Desk::with_sample("association");
    desk.ok(&["backup", "--out", "copy.tuijian"]);
    desk.ok(&["edit", "葛瑾川", "--set", "phone=13800009999"]);
    let said = desk.ok(&["restore", "copy.tuijian"]);
    assert!(said.contains("恢复前"), "{said}");
    assert_eq!(phone(&desk, "葛瑾川"), "13800001001");
    let kept = desk.json(&["backups", "--json"]);
    let before = kept.as_array().unwrap().iter().find(|copy| copy["why"] == "恢复前").unwrap();
    // The edit was the first of the day.
    assert!(kept.as_array().unwrap().iter().any(|copy| copy["why"] == "每日"), "{kept}");
    let kept = before["path"].as_str().unwrap().to_owned();
    desk.ok(&["restore", &kept]);
    assert_eq!(phone(&desk, "葛瑾川"), "13800009999");

    desk.write("text.tuijian", "no book");
    desk.refused(3, &["restore", "text.tuijian"], &["text.tuijian"]);
    desk.refused(3, &["restore", "none.tuijian"], &["none.tuijian"]);
    desk.refused(3, &["backup", "--out", "none/copy.tuijian"], &["none"]);
    assert_eq!(phone(&desk, "葛瑾川"), "13800009999");
}

#[test]
fn a_damaged_book_is_named_and_restored() {
    let desk = Desk::with_sample("association");
    assert!(desk.ok(&["doctor"]).contains("没有发现损坏"));
    desk.ok(&["backup", "--out", "copy.tuijian"]);
    let mut bytes = fs::read(desk.book()).unwrap();
    let name = "设备维修电工".as_bytes();
    let at = bytes.windows(name.len()).position(|window| window == name).unwrap();
    bytes[at + 2] ^= 1;
    fs::write(desk.book(), &bytes).unwrap();
    let ran = desk.run(&["doctor"]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("与存入时不符") && ran.out.contains("restore"), "{}", ran.out);
    desk.ok(&["restore", "copy.tuijian"]);
    desk.ok(&["doctor"]);
    // A copy of a damaged book would not pass: the book itself was set aside.
    let aside = names(&desk.path(".")).into_iter().find(|name| name.starts_with("book.损坏.")).unwrap();
    assert!(fs::read(desk.path(&aside)).unwrap() == bytes);

    fs::write(desk.book(), &bytes[..5000]).unwrap();
    assert_eq!(desk.run(&["doctor"]).code, 1);
    desk.refused(3, &["doctor", "--book", "none.tuijian"], &["none.tuijian"]);
}

#[test]
fn an_import_into_a_filled_book_is_preceded_by_a_copy() {
    let desk = Desk::with_sample("association");
    assert!(desk.ok(&["backups"]).contains("没有"));
    let other = sample("district").to_str().unwrap().to_owned();
    desk.ok(&["import", &other, "--dry-run"]);
    assert!(desk.ok(&["backups"]).contains("没有"));
    desk.ok(&["import", &other]);
    let copies = desk.json(&["backups", "--json"]);
    assert_eq!(copies[0]["why"], "导入前");
    desk.ok(&["restore", copies[0]["path"].as_str().unwrap()]);
    assert_eq!(desk.json(&["list", "--json"]).as_array().unwrap().len(), 3);
}

/// As from a locked stick: neither the copy nor its folder may be written to, by somebody who is not the administrator.
#[cfg(unix)]
#[test]
fn a_copy_that_cannot_be_written_is_restored() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    const NOBODY: u32 = 65_534;
    let desk = Desk::with_sample("association");
    fs::create_dir(desk.path("stick")).unwrap();
    desk.ok(&["backup", "--out", "stick/copy.tuijian"]);
    desk.ok(&["edit", "葛瑾川", "--set", "phone=13800009999"]);
    let copy = fs::read(desk.path("stick/copy.tuijian")).unwrap();
    let is_root = fs::metadata(desk.path("stick")).unwrap().uid() == 0;
    let mode = |name: &str, mode| fs::set_permissions(desk.path(name), fs::Permissions::from_mode(mode)).unwrap();
    if is_root {
        chown(desk.path("."), Some(NOBODY), Some(NOBODY)).unwrap();
        chown(desk.book(), Some(NOBODY), Some(NOBODY)).unwrap();
        chown(desk.path("book.tuijian.备份"), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    mode("stick/copy.tuijian", 0o444);
    mode("stick", 0o555);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tuijian"));
        command.args(arguments).current_dir(desk.path(".")).env("TUIJIAN_BOOK", desk.book());
        if is_root {
            command.gid(NOBODY).uid(NOBODY);
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert!(!is_root || run(&["backup", "--out", "stick/x.tuijian"]).0 == Some(3), "the stick can be written to");
    assert_eq!(run(&["restore", "stick/copy.tuijian"]), (Some(0), String::new()));
    assert_eq!(phone(&desk, "葛瑾川"), "13800001001");
    assert!(fs::read(desk.path("stick/copy.tuijian")).unwrap() == copy);
    assert_eq!(names(&desk.path("stick")), ["copy.tuijian"]);

    // A damaged one is named by its own name, and leaves nothing.
    mode("stick", 0o755);
    mode("stick/copy.tuijian", 0o644);
    fs::write(desk.path("stick/copy.tuijian"), &copy[..copy.len() / 2]).unwrap();
    mode("stick/copy.tuijian", 0o444);
    mode("stick", 0o555);
    let (code, said) = run(&["restore", "stick/copy.tuijian"]);
    assert_eq!((code, said.lines().count()), (Some(3), 1), "{said}");
    assert!(said.contains("stick/copy.tuijian") && said.contains("损坏"), "{said}");
    assert_eq!(phone(&desk, "葛瑾川"), "13800001001");
    assert!(!names(&desk.path(".")).iter().any(|name| name.starts_with(".tuijian-")));
    mode("stick", 0o755);
}
