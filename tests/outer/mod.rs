//! Programs of the system that look at our files from outside.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Whether a program can be run. Where it must be (`CI` or `TUIJIAN_OUTER` is set) its absence fails the test;
/// elsewhere a line says that the test was skipped.
pub fn have(program: &str) -> bool {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        let required = ["CI", "TUIJIAN_OUTER"].iter().any(|name| std::env::var_os(name).is_some());
        assert!(!required, "{program} is not installed, and CI or TUIJIAN_OUTER asks for it");
        // Straight to the terminal: the test runner keeps what a passing test prints to itself.
        let _ = writeln!(std::io::stderr(), "跳过，不算通过：没有安装 {program}（.ci/run 里会装上并真正运行）");
    }
    found
}

/// Runs a program on a file; its standard output. Fails with what it said when it was not content.
pub fn run(program: &str, before: &[&str], file: &Path, after: &[&str]) -> String {
    let output = Command::new(program).args(before).arg(file).args(after).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && error.is_empty(), "{program} {before:?}: {}\n{error}", output.status);
    String::from_utf8(output.stdout).unwrap()
}
