//! Runs the program in a folder of its own, on a day when the samples' publicity is over and the deadline near.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

pub struct Desk {
    folder: tempfile::TempDir,
}

pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A desk with a book of the sample's people.
    pub fn with_sample(kind: &str) -> Self {
        let desk = Self::new();
        desk.ok(&["demo", "--kind", kind]);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn book(&self) -> PathBuf {
        self.path("book.tuijian")
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Ran {
        self.run_on("2021-07-13", arguments)
    }

    pub fn run_on(&self, today: &str, arguments: &[impl AsRef<OsStr>]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_tuijian"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("TUIJIAN_BOOK", self.book())
            .env("TUIJIAN_TODAY", today)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs what must succeed; returns standard output.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}\n{}{}", ran.out, ran.err);
        ran.out
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(arguments);
        assert!(ran.code < 2, "{arguments:?}: {}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }

    /// Runs what must be refused with `code`: one sentence on standard error that holds `words`, nothing else anywhere.
    #[track_caller]
    pub fn refused(&self, code: i32, arguments: &[&str], words: &[&str]) {
        let ran = self.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}\n{}{}", ran.out, ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert_eq!(ran.err.lines().count(), 1, "{arguments:?}: {}", ran.err);
        for word in words {
            assert!(ran.err.contains(word), "{arguments:?}: no “{word}” in {}", ran.err);
        }
        for foreign in ["panicked", "error:", "Error", "expected", "invalid", "No such file", "os error"] {
            assert!(!ran.err.contains(foreign), "{arguments:?}: {}", ran.err);
        }
    }

    /// Codes of the findings of one person (by name), or of a recommender (`None`) but for the deadline.
    pub fn codes(&self, name: Option<&str>) -> Vec<String> {
        let check = self.json(&["check", "--json"]);
        let findings = check["findings"].as_array().unwrap();
        findings
            .iter()
            .filter(|finding| finding["name"].as_str() == name)
            .map(|finding| finding["code"].as_str().unwrap().to_owned())
            .filter(|code| code != "deadline.near")
            .collect()
    }
}

/// A sample that comes with the program, as a folder.
pub fn sample(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(kind)
}

pub fn read_json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}
