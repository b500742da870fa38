//! What somebody has changed in an exported folder is kept when the next export takes its place.

use std::fs;
use std::path::PathBuf;

use crate::export::{names, tree};
use crate::program::Desk;
use crate::swap::{beside_out, kill_after, leave_lock, start};

const FORM: &str = "02-申报表/01-葛瑾川-申报表.docx";
const SHEET: &str = "01-汇总表/杭州市首席技师推荐申报人员汇总表.xlsx";
const SEALED: &str = "03-推荐报告/杭州市首席技师认定推荐报告.pdf";

const ZIP: &str = "杭州市首席技师2021-杭州市示范模具行业协会-电子文档.zip";

/// Folders of kept files beside `out`, in order of their names.
fn kept(desk: &Desk) -> Vec<PathBuf> {
    let is_kept = |name: &String| name.starts_with("out.改过的文件-");
    names(&desk.path(".")).into_iter().filter(is_kept).map(|name| desk.path(&name)).collect()
}

#[test]
fn what_was_changed_is_carried_beside_and_told() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "out"]);
    desk.write(&format!("out/{FORM}"), "corrected in Word");
    desk.write(&format!("out/{SEALED}"), "a scan of the sealed sheet");
    let ran = desk.run(&["export", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let [folder] = &kept(&desk)[..] else { panic!("{:?}", names(&desk.path("."))) };
    let name = folder.file_name().unwrap().to_str().unwrap();
    for word in [name, FORM, SEALED, "2 个文件"] {
        assert!(ran.err.contains(word), "no “{word}” in {}", ran.err);
    }
    let carried = tree(folder);
    assert_eq!(carried.keys().collect::<Vec<_>>(), [FORM, SEALED]);
    assert_eq!(carried[FORM], b"corrected in Word");
    desk.ok(&["verify", "out"]);
    assert_eq!(names(&desk.path(".")), ["book.tuijian", "out", name]);

    // Later ones get folders of their own, also within one second, and leave the earlier alone.
    for text in ["again", "and again"] {
        desk.write(&format!("out/{SHEET}"), text);
        let report = desk.json(&["export", "--out", "out", "--draft", "--json"]);
        assert_eq!(report["kept"][0]["files"], serde_json::json!([SHEET]), "{report}");
    }
    let folders = kept(&desk);
    assert_eq!(folders.len(), 3);
    assert!(tree(&folders[0]) == carried);
    let texts: Vec<Vec<u8>> = folders[1..].iter().map(|folder| tree(folder)[SHEET].clone()).collect();
    assert!(texts.contains(&b"again".to_vec()) && texts.contains(&b"and again".to_vec()));

    // A zip that somebody packed anew is a file like the others.
    desk.ok(&["export", "--out", "out"]);
    desk.write(&format!("out/{ZIP}"), "packed anew");
    let report = desk.json(&["export", "--out", "out", "--json"]);
    assert_eq!(report["kept"][0]["files"], serde_json::json!([ZIP]), "{report}");

    // Where nothing was changed nothing is told and nothing left.
    let report = desk.json(&["export", "--out", "out", "--json"]);
    assert_eq!(report["kept"], serde_json::json!([]));
    assert_eq!(kept(&desk).len(), 4);
}

#[test]
fn of_several_sets_each_keeps_its_own() {
    let desk = Desk::with_sample("association");
    let other = crate::program::sample("district").to_str().unwrap().to_owned();
    desk.ok(&["import", &other]);
    desk.ok(&["export", "--out", "out"]);
    let changed = "示范县人力资源和社会保障局/02-申报表/01-裘松年-申报表.docx";
    assert!(desk.path(&format!("out/{changed}")).is_file());
    desk.write(&format!("out/{changed}"), "corrected");
    desk.ok(&["export", "--out", "out"]);
    assert_eq!(tree(&kept(&desk)[0]).keys().collect::<Vec<_>>(), [changed]);
}

/// A list may be written by anybody: nothing outside of the set is touched.
#[test]
fn a_list_that_names_other_files_moves_none_of_them() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "out"]);
    let other = desk.write("other.docx", "somebody's");
    let list = desk.path("out/清单.json");
    let mut value = crate::program::read_json(&list);
    let entry = serde_json::json!({"path": "../other.docx", "bytes": 1, "sha256": "0", "pages": null, "code": null});
    value["files"].as_array_mut().unwrap().push(entry);
    fs::write(&list, value.to_string()).unwrap();
    desk.run(&["export", "--out", "out"]);
    assert_eq!(fs::read(other).unwrap(), b"somebody's");
    assert!(kept(&desk).iter().all(|folder| tree(folder).keys().all(|path| path == ZIP)));
}

#[test]
fn a_kill_loses_nothing_of_it() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "out"]);
    let begun = std::time::Instant::now();
    desk.ok(&["export", "--out", "out"]);
    let whole = begun.elapsed();
    for run in 0..20_u32 {
        // Where it is: in the place or, between the renames, beside it.
        let place = if desk.path("out").exists() { "out" } else { "out.旧" };
        let text = format!("corrected before run {run}");
        desk.write(&format!("{place}/{FORM}"), &text);
        kill_after(start(&desk, false), whole.mul_f64(0.75 + f64::from(run % 10) * 0.04));
        let places = [desk.path("out"), desk.path("out.旧")].into_iter().chain(kept(&desk));
        let found = places.filter(|folder| fs::read(folder.join(FORM)).is_ok_and(|bytes| bytes == text.as_bytes()));
        assert_eq!(found.count(), 1, "run {run}: {:?}", names(&desk.path(".")));
    }
    let before = kept(&desk).len();
    desk.ok(&["export", "--out", "out"]);
    desk.ok(&["verify", "out"]);
    assert!(kept(&desk).len() <= before + 1);
    let left: Vec<String> =
        names(&desk.path(".")).into_iter().filter(|name| !name.starts_with("out.改过的文件-")).collect();
    assert_eq!(left, ["book.tuijian", "out"]);
}

/// The moments after the second rename are too short to be hit: they are made by hand.
#[test]
fn what_a_kill_left_aside_is_kept_by_the_next_run_that_can_tell() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "out.旧"]);
    desk.write(&format!("out.旧/{FORM}"), "corrected");
    // One of two was carried before the kill.
    fs::remove_file(desk.path(&format!("out.旧/{SHEET}"))).unwrap();
    desk.ok(&["edit", "葛瑾川", "--set", "phone=13800001999"]);
    desk.ok(&["export", "--out", "elsewhere"]);
    fs::rename(desk.path("elsewhere"), desk.path("out")).unwrap();
    leave_lock(&desk);

    // A run that is refused has no report: what was changed stays aside.
    desk.ok(&["edit", "葛瑾川", "--set", "id_number=1"]);
    assert_eq!(desk.run(&["export", "--out", "out"]).code, 1);
    assert_eq!(fs::read(desk.path(&format!("out.旧/{FORM}"))).unwrap(), b"corrected");
    assert!(desk.path(&beside_out("lock")).is_file());

    desk.ok(&["edit", "葛瑾川", "--set", "id_number=339999197803150318"]);
    let ran = desk.run(&["export", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains(FORM), "{}", ran.err);
    assert_eq!(tree(&kept(&desk)[0])[FORM], b"corrected");
    assert!(!desk.path("out.旧").exists() && !desk.path(&beside_out("lock")).exists());
}

/// The record is a file like the others, and by it an own folder is known.
#[test]
fn a_kill_while_the_record_was_carried_wedges_nothing() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "out.旧"]);
    fs::remove_file(desk.path("out.旧/record.json")).unwrap();
    desk.write(&format!("out.旧/{FORM}"), "corrected");
    desk.ok(&["export", "--out", "out"]);
    // Without a kill it is somebody's.
    desk.refused(3, &["export", "--out", "out"], &["out.旧"]);
    leave_lock(&desk);
    let ran = desk.run(&["export", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains(FORM), "{}", ran.err);
    assert_eq!(tree(&kept(&desk)[0])[FORM], b"corrected");
    assert!(!desk.path("out.旧").exists() && !desk.path(&beside_out("lock")).exists());
    desk.ok(&["verify", "out"]);
}

/// What an encrypted zip holds cannot be said without its passphrase; that it was packed again, by its time.
#[test]
fn an_encrypted_zip_that_was_packed_again_is_kept() {
    let desk = Desk::with_sample("association");
    desk.write("words", "two words\n");
    let export = ["export", "--out", "out", "--passphrase-file", "words"];
    desk.ok(&export);
    desk.ok(&export);
    assert!(kept(&desk).is_empty());
    let zip = desk.path(&format!("out/{ZIP}"));
    let packed = fs::read(&zip).unwrap();
    let later =
        fs::metadata(desk.path("out/清单.json")).unwrap().modified().unwrap() + std::time::Duration::from_secs(3);
    fs::File::options().write(true).open(&zip).unwrap().set_modified(later).unwrap();
    let ran = desk.run(&export);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains(ZIP), "{}", ran.err);
    assert!(tree(&kept(&desk)[0])[ZIP] == packed);
}
