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

mod copies;
mod forms;
mod places;
mod records;
mod zips;

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
