//! `verify`: one flipped byte, one missing, one extra file.

use std::fs;
use std::io::Write;

use crate::export::tree;
use crate::program::Desk;

const ZIP: &str = "杭州市首席技师2021-杭州市示范模具行业协会-电子文档.zip";

fn flip(desk: &Desk, name: &str, at: impl Fn(usize) -> usize) {
    let path = desk.path(name);
    let mut bytes = fs::read(&path).unwrap();
    let at = at(bytes.len());
    bytes[at] ^= 0x20;
    fs::write(&path, bytes).unwrap();
}

/// `verify` finds something: exit 1, and the names on standard output.
#[track_caller]
fn finds(desk: &Desk, path: &str, words: &[&str]) {
    let ran = desk.run(&["verify", path]);
    assert_eq!(ran.code, 1, "{path}: {}{}", ran.out, ran.err);
    for word in words {
        assert!(ran.out.contains(word), "no “{word}” in {}", ran.out);
    }
}

#[test]
fn one_flipped_byte_in_any_file_is_named() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "set"]);
    desk.ok(&["verify", "set"]);
    for (path, bytes) in tree(&desk.path("set")) {
        let name = format!("set/{path}");
        // In the zip: in the middle of the binder, which it holds as it is.
        flip(&desk, &name, |length| length / 2);
        let named = if path == ZIP { format!("{ZIP}/") } else { path.clone() };
        finds(&desk, "set", &["已改动", &named]);
        fs::write(desk.path(&name), bytes).unwrap();
    }
    desk.ok(&["verify", "set"]);
}

#[test]
fn missing_and_extra_files_are_named() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "set"]);
    for (path, bytes) in tree(&desk.path("set")) {
        let place = desk.path(&format!("set/{path}"));
        fs::remove_file(&place).unwrap();
        finds(&desk, "set", &["有 1 处", &format!("缺少：{path}")]);
        fs::write(&place, bytes).unwrap();
    }
    // A zip that was cut short.
    let whole = fs::read(desk.path(&format!("set/{ZIP}"))).unwrap();
    fs::write(desk.path(&format!("set/{ZIP}")), &whole[..whole.len() - 100]).unwrap();
    finds(&desk, "set", &["有 1 处", &format!("已改动：{ZIP}")]);
    fs::write(desk.path(&format!("set/{ZIP}")), &whole).unwrap();
    desk.ok(&["verify", "set"]);
    // A draft has none, and none is missed.
    desk.ok(&["export", "--out", "draft", "--draft"]);
    desk.ok(&["verify", "draft"]);
    desk.write("set/02-申报表/便签.txt", "a note");
    finds(&desk, "set", &["多出：02-申报表/便签.txt"]);
    #[cfg(unix)]
    {
        let copy = desk.path("set/record.json");
        fs::rename(&copy, desk.path("elsewhere.json")).unwrap();
        std::os::unix::fs::symlink(desk.path("elsewhere.json"), &copy).unwrap();
        finds(&desk, "set", &["已改动：record.json"]);
    }
}

#[test]
fn a_package_alone_is_verified() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "set"]);
    fs::copy(desk.path(&format!("set/{ZIP}")), desk.path("p.zip")).unwrap();
    desk.ok(&["verify", "p.zip"]);
    flip(&desk, "p.zip", |length| length / 2);
    finds(&desk, "p.zip", &["有 1 处", "已改动："]);
    // Another set's zip is not this set's.
    desk.ok(&["edit", "葛瑾川", "--set", "phone=13800001999"]);
    desk.ok(&["export", "--out", "later"]);
    fs::copy(desk.path(&format!("later/{ZIP}")), desk.path(&format!("set/{ZIP}"))).unwrap();
    finds(&desk, "set", &[&format!("{ZIP}/清单.json"), "申报表.pdf"]);
    desk.write("text.zip", "no zip at all");
    desk.refused(3, &["verify", "text.zip"], &["text.zip", "zip"]);
    desk.refused(3, &["verify", "nothing.zip"], &["nothing.zip", "找不到"]);
    fs::create_dir(desk.path("empty")).unwrap();
    desk.refused(3, &["verify", "empty"], &["清单.json"]);
}

#[test]
fn what_a_desktop_leaves_in_a_folder_is_nobodys() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "set"]);
    for litter in ["set/Thumbs.db", "set/照片/thumbs.db", "set/02-申报表/desktop.ini", "set/.DS_Store"] {
        desk.write(litter, "x");
    }
    desk.ok(&["verify", "set"]);
    desk.ok(&["export", "--out", "set"]);
    assert!(!desk.path("set/Thumbs.db").exists());
    // Word has a form open: that is said, and not hidden.
    desk.write("set/02-申报表/~$申报表.docx", "x");
    finds(&desk, "set", &["多出：02-申报表/~$申报表.docx"]);
    desk.refused(3, &["export", "--out", "set"], &["02-申报表/~$申报表.docx", "请关闭那份表再试"]);
    fs::remove_file(desk.path("set/02-申报表/~$申报表.docx")).unwrap();
    desk.write("set/便签.txt", "x");
    desk.refused(3, &["export", "--out", "set"], &["便签.txt", "请把它移走，或换一个空文件夹、新的名称"]);
    // A folder that looks empty is.
    desk.write("空的/desktop.ini", "x");
    desk.ok(&["export", "--out", "空的"]);
    desk.ok(&["verify", "空的"]);
    // Where a desktop's name is that of a folder, what lies in it is somebody's.
    desk.write("空的/Thumbs.db/便签.txt", "x");
    desk.refused(3, &["export", "--out", "空的"], &["Thumbs.db/便签.txt"]);
}

#[test]
fn what_lies_beside_the_sets_of_a_zip_is_named() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "set"]);
    let zip_again = |name: &str, extra: &[&str]| {
        let mut zip = zip::ZipWriter::new(fs::File::create(desk.path(name)).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        for (path, bytes) in tree(&desk.path("set")) {
            zip.start_file(format!("set/{path}"), options).unwrap();
            zip.write_all(&bytes).unwrap();
        }
        for path in extra {
            zip.start_file(*path, options).unwrap();
        }
        zip.finish().unwrap();
    };
    zip_again("again.zip", &[]);
    desk.ok(&["verify", "again.zip"]);
    let extra = ["evil.txt", "other/evil.txt", "set/便签.txt", "set/杭州市首席技师2021-另一协会-电子文档.zip"];
    zip_again("more.zip", &extra);
    finds(&desk, "more.zip", &["有 4 处"]);
    finds(&desk, "more.zip", &extra.map(|path| format!("多出：{path}")).each_ref().map(String::as_str));
}

#[test]
fn an_encrypted_package_wants_its_passphrase() {
    let desk = Desk::with_sample("association");
    desk.write("pass", "西湖 2021\n");
    desk.write("wrong", "东湖\n");
    desk.ok(&["export", "--out", "set", "--passphrase-file", "pass"]);
    let zip = format!("set/{ZIP}");
    desk.refused(3, &["verify", &zip], &["加密", "口令"]);
    desk.refused(3, &["verify", &zip, "--passphrase-file", "wrong"], &["口令"]);
    desk.ok(&["verify", &zip, "--passphrase-file", "pass"]);
    desk.ok(&["verify", "set", "--passphrase-file", "pass"]);
    let ran = desk.run(&["verify", "set"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("口令") && ran.err.contains("相符"), "{}", ran.err);
    desk.refused(2, &["export", "--out", "draft", "--draft", "--passphrase-file", "pass"], &["--passphrase-file"]);
    desk.write("blank", "\n");
    desk.refused(3, &["export", "--out", "x", "--passphrase-file", "blank"], &["blank", "口令"]);

    desk.ok(&["remove", "葛瑾川"]);
    desk.refused(3, &["import", &zip], &["加密"]);
    desk.ok(&["import", &zip, "--passphrase-file", "pass"]);
    desk.ok(&["show", "葛瑾川"]);
}
