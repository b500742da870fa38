//! Whatever comes in: one Chinese sentence, exit code 3, and the book as it was.

use std::fs;

use serde_json::{Value, json};

use crate::program::{Desk, read_json, sample};

/// Imports a changed copy of the association's record; the book must not change by a byte.
#[track_caller]
fn check(name: &str, words: &[&str], change: impl FnOnce(&mut Value)) {
    let desk = Desk::with_sample("district");
    let mut record = read_json(&sample("association").join("record.json"));
    for folder in ["photos", "scans"] {
        let to = desk.path(&format!("record/{folder}"));
        fs::create_dir_all(&to).unwrap();
        for file in fs::read_dir(sample("association").join(folder)).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
    change(&mut record);
    desk.write("record/record.json", &record.to_string());
    let before = fs::read(desk.book()).unwrap();
    let ran = desk.run(&["import", "record"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{name}: {}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{name}: {}", ran.err);
    for word in words {
        assert!(ran.err.contains(word), "{name}: no “{word}” in {}", ran.err);
    }
    assert!(fs::read(desk.book()).unwrap() == before, "{name}: the book has changed");
}

#[test]
fn faulty_records_change_nothing() {
    check("unknown key", &["applicants[1].nickname"], |record| record["applicants"][1]["nickname"] = json!("小闫"));
    check("unknown key deep", &["applicants[0].honours[1].titel"], |record| {
        record["applicants"][0]["honours"][1]["titel"] = json!("x");
    });
    check("unknown top key", &["extra"], |record| record["extra"] = json!(1));
    check("missing photo", &["photos/99.jpg"], |record| record["applicants"][0]["photo"] = json!("photos/99.jpg"));
    check("photo is a record", &["record.json"], |record| record["applicants"][0]["photo"] = json!("record.json"));
    check("path outside", &["../x.jpg"], |record| record["applicants"][0]["photo"] = json!("../x.jpg"));
    check("number for text", &["applicants[0].name"], |record| record["applicants"][0]["name"] = json!(5));
    check("text for list", &["applicants[0].honours"], |record| record["applicants"][0]["honours"] = json!("无"));
    check("text for yes or no", &["nominated"], |record| record["applicants"][2]["nominated"] = json!("是"));
    check("unknown kind", &["association"], |record| record["recommender"]["kind"] = json!("club"));
    check("unknown level", &["level"], |record| record["applicants"][0]["competitions"][0]["level"] = json!("global"));
    check("other notice", &["hangzhou-2020", "hangzhou-2021"], |record| record["notice"] = json!("hangzhou-2020"));
    check("unknown version", &["版本"], |record| record["version"] = json!(2));
    check("other format", &["format"], |record| record["format"] = json!("recipe"));
    check("another kind", &["示范县人力资源和社会保障局"], |record| {
        record["recommender"]["name"] = json!("示范县人力资源和社会保障局");
    });
}

#[test]
fn unreadable_paths_change_nothing() {
    let desk = Desk::with_sample("association");
    desk.write("text.json", "这不是 JSON");
    desk.write("list.json", "[1, 2]");
    fs::create_dir(desk.path("empty")).unwrap();
    fs::write(desk.path("latin.json"), b"\xFF\xFE{}").unwrap();
    fs::File::create(desk.path("huge.json")).unwrap().set_len(2 << 30).unwrap();
    let before = fs::read(desk.book()).unwrap();
    for path in ["text.json", "list.json", "empty", "latin.json", "huge.json", "absent", "/dev/null", "book.tuijian"] {
        desk.refused(3, &["import", path], &[]);
    }
    assert!(fs::read(desk.book()).unwrap() == before);
}

#[test]
fn readable_paths_come_in_beside_unreadable_ones() {
    let desk = Desk::new();
    desk.ok(&["new", "--notice", "hangzhou-2021", "--kind", "district", "--name", "某局"]);
    let ran = desk.run(&["import", "absent", sample("association").to_str().unwrap(), "--json"]);
    assert_eq!(ran.code, 3);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((report["people"].as_array().unwrap().len(), report["refused"].as_array().unwrap().len()), (3, 1));
    assert!(ran.err.contains("absent"));
    assert_eq!(desk.json(&["list", "--json"]).as_array().unwrap().len(), 3);
}

/// Linux takes any bytes for a name.
#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_no_utf_8_keeps_the_document_whole() {
    use std::os::unix::ffi::OsStrExt;

    let desk = Desk::new();
    desk.ok(&["new", "--notice", "hangzhou-2021", "--kind", "association", "--name", "某协会"]);
    let name = std::ffi::OsStr::from_bytes(b"record-\xFF");
    std::os::unix::fs::symlink(sample("association"), desk.path("plain").with_file_name(name)).unwrap();
    let ran = desk.run(&["import".as_ref(), name, "--json".as_ref()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["people"][0]["path"], "record-\u{FFFD}", "{report}");
}

#[test]
fn faulty_books_and_places_are_named() {
    let desk = Desk::new();
    desk.refused(3, &["list"], &["book.tuijian"]);
    desk.write("book.tuijian", "不是推荐册");
    desk.refused(3, &["list"], &["book.tuijian"]);
    desk.refused(3, &["demo"], &["book.tuijian"]);
    let folder = ["no", "such", "folder"].join(std::path::MAIN_SEPARATOR_STR);
    desk.refused(3, &["demo", "--book", "no/such/folder/x.tuijian"], &[&folder]);
    assert_eq!(fs::read_to_string(desk.book()).unwrap(), "不是推荐册");

    let desk = Desk::with_sample("association");
    desk.refused(3, &["new", "--notice", "hangzhou-2021", "--kind", "association", "--name", "某协会"], &["已经存在"]);
    desk.refused(3, &["print", "summary", "--out", "no/such/folder/x.pdf"], &["no/such/folder"]);
    fs::create_dir(desk.path("full")).unwrap();
    desk.write("full/mine.txt", "我的文件");
    desk.refused(3, &["export", "--record", "full"], &["full"]);
    assert_eq!(fs::read_to_string(desk.path("full/mine.txt")).unwrap(), "我的文件");
}

#[test]
fn a_book_in_use_is_not_touched() {
    let desk = Desk::with_sample("association");
    let held = tuijian::store::Book::open(&desk.book()).unwrap();
    desk.refused(4, &["list"], &["book.tuijian"]);
    drop(held);
    desk.ok(&["list"]);
}

#[test]
fn wrong_commands_exit_with_2() {
    let desk = Desk::with_sample("association");
    let commands: [&[&str]; 15] = [
        &["prnt"],
        &["print"],
        &["print", "poster", "--out", "x.pdf"],
        &["print", "summary"],
        &["list", "--yaml"],
        &["show", "无此人"],
        &["show", "#99"],
        &["edit", "葛瑾川", "--set", "nickname=小葛"],
        &["edit", "葛瑾川", "--set", "name"],
        &["edit", "葛瑾川", "--set", "front_line=也许"],
        &["edit", "葛瑾川", "--set", "experience[9].place=某厂"],
        &["edit", "葛瑾川", "--set", "nominated=true"],
        &["order", "葛瑾川", "4"],
        &["new", "--notice", "nowhere-1999", "--kind", "association", "--name", "某协会", "--book", "other.tuijian"],
        &["recommender", "add", "--kind", "club", "--name", "某会"],
    ];
    for command in commands {
        desk.refused(2, command, &[]);
    }
    assert!(!desk.path("other.tuijian").exists());
}

/// A book may come from anywhere: what is in it did not pass this program's gate.
#[test]
fn files_of_a_foreign_book_are_looked_at_before_they_are_printed() {
    let photo = fs::read(sample("association").join("photos/01.jpg")).unwrap();
    let pdf = fs::read(sample("association").join("scans/gejin-contest.pdf")).unwrap();
    // What readers pass over and the gate does not.
    let absurd = [&pdf[..], b"\n% /Columns 999999999\n"].concat();
    let honour = "全国技术能手荣誉证书";
    // What stands in the file's place, with which extension; whether it is the photo; what is said of it.
    type Case<'a> = (&'a str, &'a [u8], &'a str, bool, &'a [&'a str]);
    let cases: [Case<'_>; 5] = [
        ("a photo that is a text", b"hello", "jpg", true, &["葛瑾川", "照片"]),
        ("half a photo", &photo[..photo.len() / 2], "jpg", true, &["葛瑾川", "照片"]),
        ("a photo that is a PDF", &pdf, "pdf", true, &["葛瑾川", "照片"]),
        ("an absurd PDF", &absurd, "pdf", false, &["葛瑾川的复印件", honour, "已损坏"]),
        ("half a scan", &photo[..photo.len() / 2], "jpg", false, &["葛瑾川的复印件", honour, "已损坏"]),
    ];
    for (case, bytes, extension, is_photo, words) in cases {
        let desk = Desk::with_sample("association");
        let mut book = tuijian::store::Book::open(&desk.book()).unwrap();
        let mut person = book.people().unwrap().swap_remove(0);
        let put = book.transact("别处", case, |change| {
            let key = change.put_file(bytes, extension)?;
            if is_photo {
                person.applicant.photo = key;
            } else {
                person.applicant.attachments[1].file = key;
            }
            change.update_person(person.id, &person.applicant)
        });
        put.unwrap();
        drop(book);
        // A draft shows the form without the photo; a copy that cannot be bound stops the binder.
        if is_photo {
            desk.ok(&["print", "binder", "--draft", "--out", "draft.pdf"]);
        } else {
            desk.refused(3, &["print", "binder", "--draft", "--out", "x.pdf"], words);
        }
        let missing = desk.codes(Some("葛瑾川")).contains(&"photo.missing".to_owned());
        assert_eq!(missing, is_photo, "{case}");
        if is_photo {
            desk.refused(1, &["print", "application", "--person", "葛瑾川", "--out", "x.pdf"], words);
        }
    }
}
