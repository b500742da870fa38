//! All or nothing: an export that is killed at any moment leaves the old set, the new one, or the old one beside its place.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use tuijian::exchange::place::{self, Replaceable};

use crate::export::{names, tree};
use crate::program::Desk;

pub fn start(desk: &Desk, draft: bool) -> Child {
    Command::new(env!("CARGO_BIN_EXE_tuijian"))
        .args(["export", "--out", "out"])
        .args(draft.then_some("--draft"))
        .current_dir(desk.path("."))
        .env("TUIJIAN_BOOK", desk.book())
        .env("TUIJIAN_TODAY", "2021-07-13")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Kills the export after a while, unless it is done before.
pub fn kill_after(mut child: Child, after: Duration) {
    let mut said = child.stderr.take().unwrap();
    let (done, ended) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        let _ = said.read_to_string(&mut text);
        let _ = done.send(());
    });
    let _ = ended.recv_timeout(after);
    let _ = child.kill();
    child.wait().unwrap();
    reader.join().unwrap();
}

/// Starts an export and kills it as soon as it has made what lies at `path`, unless it is done before.
fn kill_at_sight(desk: &Desk, draft: bool, path: &Path) {
    let born = || fs::metadata(path).and_then(|folder| folder.created()).ok();
    // The last run may have left one, which this one clears away.
    let left = born();
    let mut child = start(desk, draft);
    while child.try_wait().unwrap().is_none() && (born().is_none() || born() == left) {
        std::thread::park_timeout(Duration::from_millis(1));
    }
    let _ = child.kill();
    child.wait().unwrap();
}

fn is_whole(folder: &Path) -> bool {
    tuijian::ops::verify(folder, None).is_ok_and(|found| found.faults.is_empty() && found.listed > 10)
}

#[test]
fn killed_a_hundred_times_at_any_moment() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "out"]);
    let begun = Instant::now();
    desk.ok(&["export", "--out", "out"]);
    let whole = begun.elapsed();
    let mut halves = 0;
    let mut seed = 2021_u64;
    for run in 0..100 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Half of the kills fall into the last fifth, where the folders change places.
        let share = (seed >> 33) as f64 / f64::from(1_u32 << 31);
        let share = if run % 2 == 0 { share } else { 0.8 + share * 0.3 };
        let draft = run % 3 == 0;
        // How long it takes is another matter where other work begins or ends meanwhile.
        if run % 5 == 0 {
            kill_at_sight(&desk, draft, &desk.path(&beside_out("new")));
        } else {
            kill_after(start(&desk, draft), whole.mul_f64(share));
        }
        halves += usize::from(desk.path(&beside_out("new")).exists());
        let (out, aside) = (desk.path("out"), desk.path("out.旧"));
        assert!(is_whole(&out) || (!out.exists() && is_whole(&aside)), "run {run}: {:?}", names(&desk.path(".")));
    }
    // Else the kills came too early or too late, and prove nothing: of those at sight alone there are twenty.
    assert!(halves > 10, "{halves} of 100 kills left a half-built folder");
    desk.ok(&["export", "--out", "out"]);
    assert_eq!(names(&desk.path(".")), ["book.tuijian", "out"]);
    assert!(is_whole(&desk.path("out")));
}

/// The names beside the place are made from its name alone.
pub fn beside_out(extension: &str) -> String {
    let mark: String = Sha256::digest("out").iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!(".tuijian-{mark}.{extension}")
}

/// The lock of a run that was killed while the folders changed places.
pub fn leave_lock(desk: &Desk) {
    desk.write(&beside_out("lock"), "changing places\n");
}

/// What a kill can leave, made by hand: the moments are too short to be hit.
#[test]
fn the_next_run_mends_what_a_kill_left() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "old"]);
    desk.ok(&["edit", "葛瑾川", "--set", "phone=13800001999"]);
    desk.ok(&["export", "--out", "out"]);
    let (old, new) = (tree(&desk.path("old")), tree(&desk.path("out")));
    // Case, what stands in the place, whether a rule refuses the run, which set stands there afterwards.
    let cases = [
        ("between the renames", None, false, &new),
        ("between the renames, then refused", None, true, &old),
        ("an empty folder was made since", Some("empty"), false, &new),
        ("an empty folder was made since, then refused", Some("empty"), true, &old),
        ("after both renames", Some("whole"), false, &new),
        ("after both renames, then refused", Some("whole"), true, &new),
    ];
    for (case, place, refused, left) in cases {
        match place {
            None => fs::remove_dir_all(desk.path("out")).unwrap(),
            Some("empty") => {
                fs::remove_dir_all(desk.path("out")).unwrap();
                fs::create_dir(desk.path("out")).unwrap();
            }
            Some(_) => put(&desk.path("out"), &new),
        }
        fs::rename(desk.path("old"), desk.path("out.旧")).unwrap();
        desk.write(&format!("{}/half.pdf", beside_out("new")), "half");
        leave_lock(&desk);
        if refused {
            desk.ok(&["edit", "葛瑾川", "--set", "id_number=1"]);
            assert_eq!(desk.run(&["export", "--out", "out"]).code, 1, "{case}");
            desk.ok(&["revert", "葛瑾川", "--to", &before_last(&desk)]);
        } else {
            desk.ok(&["export", "--out", "out"]);
        }
        assert_eq!(names(&desk.path(".")), ["book.tuijian", "book.tuijian.备份", "out"], "{case}");
        assert!(tree(&desk.path("out")) == *left, "{case}");
        put(&desk.path("old"), &old);
    }
}

fn before_last(desk: &Desk) -> String {
    desk.json(&["history", "葛瑾川", "--json"])[1]["revision"].to_string()
}

fn put(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let _ = fs::remove_dir_all(folder);
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn an_old_set_is_given_up_only_for_a_whole_one_and_after_a_kill() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "out"]);
    desk.ok(&["export", "--out", "out.旧"]);
    let set = tree(&desk.path("out"));
    let kept = |case: &str| {
        let before = tree(&desk.path("out"));
        desk.refused(3, &["export", "--out", "out"], &["out.旧"]);
        assert!(tree(&desk.path("out")) == before && tree(&desk.path("out.旧")) == set, "{case}");
    };
    kept("somebody called a set so");
    // A run that was killed while it built its folder has not touched the old one.
    desk.write(&beside_out("lock"), "");
    kept("killed before the folders changed places");
    leave_lock(&desk);
    fs::remove_file(desk.path("out/record.json")).unwrap();
    desk.refused(3, &["export", "--out", "out"], &["out"]);
    assert!(tree(&desk.path("out.旧")) == set);
    // The run that could not mend leaves it to the next one.
    put(&desk.path("out"), &set);
    fs::remove_file(desk.path("out/照片/01-葛瑾川.jpg")).unwrap();
    kept("the new set lost a file");
    put(&desk.path("out"), &set);
    desk.ok(&["export", "--out", "out"]);
    assert_eq!(names(&desk.path(".")), ["book.tuijian", "out"]);
}

#[test]
fn two_exports_to_one_place_do_not_mix() {
    let desk = Desk::with_sample("association");
    fs::copy(desk.book(), desk.path("second.tuijian")).unwrap();
    let second = desk.path("second.tuijian").to_str().unwrap().to_owned();
    let child = start(&desk, false);
    let ran = desk.run(&["--book", &second, "export", "--out", "out"]);
    let first = child.wait_with_output().unwrap().status.code();
    assert!(matches!((ran.code, first), (0, Some(0 | 3)) | (3, Some(0))), "{} {first:?} {}", ran.code, ran.err);
    assert!(is_whole(&desk.path("out")));
}

/// Own is a folder of nothing but `own`.
struct Own;

impl Replaceable for Own {
    fn is_own(&self, folder: &Path) -> bool {
        names(folder) == ["own"]
    }

    fn is_whole(&self, folder: &Path) -> bool {
        self.is_own(folder)
    }
}

#[test]
fn what_is_put_in_the_place_meanwhile_is_not_replaced() {
    let desk = Desk::new();
    for (case, others) in [("a note", "out/note"), ("a folder aside", "out.旧/note"), ("nothing", "elsewhere")] {
        let out = desk.path("out");
        let _ = fs::remove_dir_all(desk.path("out.旧"));
        put(&out, &BTreeMap::from([("own".to_owned(), b"old".to_vec())]));
        let done = place::folder(&out, &Own, |new| {
            desk.write(others, "somebody's");
            new.put("own", b"new")
        });
        let own = fs::read(out.join("own")).unwrap();
        let left = if case == "nothing" { (true, b"new") } else { (false, b"old") };
        assert_eq!((done.is_ok(), own.as_slice()), (left.0, left.1.as_slice()), "{case}: {done:?}");
        assert!(desk.path(others).is_file(), "{case}");
        assert!(!names(&desk.path(".")).iter().any(|name| name.starts_with(".tuijian-")), "{case}");
    }
}
