//! All or nothing: an export that is killed at any moment leaves the old set, the new one, or the old one beside its place.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::export::{names, tree};
use crate::program::Desk;

fn start(desk: &Desk, draft: bool) -> Child {
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
fn kill_after(mut child: Child, after: Duration) {
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
    let mut seed = 2021_u64;
    for run in 0..100 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Half of the kills fall into the last fifth, where the folders change places.
        let share = (seed >> 33) as f64 / f64::from(1_u32 << 31);
        let share = if run % 2 == 0 { share } else { 0.8 + share * 0.3 };
        kill_after(start(&desk, run % 3 == 0), whole.mul_f64(share));
        let (out, aside) = (desk.path("out"), desk.path("out.旧"));
        assert!(is_whole(&out) || (!out.exists() && is_whole(&aside)), "run {run}: {:?}", names(&desk.path(".")));
    }
    desk.ok(&["export", "--out", "out"]);
    assert_eq!(names(&desk.path(".")), ["book.tuijian", "out"]);
    assert!(is_whole(&desk.path("out")));
}

/// What a kill can leave, made by hand: the moments are too short to be hit.
#[test]
fn the_next_run_mends_what_a_kill_left() {
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "out"]);
    let litter: Vec<String> = {
        // The names beside the place are made from its name alone.
        let child = start(&desk, false);
        kill_after(child, Duration::from_millis(40));
        names(&desk.path(".")).into_iter().filter(|name| name.starts_with(".tuijian-")).collect()
    };
    desk.ok(&["export", "--out", "out"]);
    let set = tree(&desk.path("out"));
    // Case, what is moved to where, and whether the place is empty then.
    let cases = [("between the renames", "out.旧", true), ("after both renames", "out.旧", false)];
    for (case, aside, moved) in cases {
        if moved {
            fs::rename(desk.path("out"), desk.path(aside)).unwrap();
        } else {
            desk.ok(&["export", "--out", "copy"]);
            fs::rename(desk.path("copy"), desk.path(aside)).unwrap();
        }
        for name in litter.iter().filter(|name| name.ends_with(".new")) {
            fs::create_dir_all(desk.path(name)).unwrap();
            desk.write(&format!("{name}/half.pdf"), "half");
        }
        desk.ok(&["export", "--out", "out"]);
        assert_eq!(names(&desk.path(".")), ["book.tuijian", "out"], "{case}");
        assert!(tree(&desk.path("out")) == set, "{case}");
    }
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
