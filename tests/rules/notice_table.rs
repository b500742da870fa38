//! `tests/notice.md` names tests and modules: each must exist.

use std::fs;
use std::path::Path;

/// Every `name` in back quotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn each_proof_that_the_notices_table_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("tests/notice.md")).unwrap();
    let mut code = String::new();
    sources(&root.join("tests"), &mut code);
    sources(&root.join("src"), &mut code);
    let rows: Vec<&str> =
        table.lines().filter(|line| line.starts_with("| ") && !line.contains("---")).skip(1).collect();
    assert!(rows.len() > 30, "only {} rows were read", rows.len());
    let mut faults = Vec::new();
    for row in rows {
        let proof = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        if proof.trim().is_empty() {
            faults.push(format!("no proof and no reason: {row}"));
        }
        for name in quoted(proof) {
            let exists = if name.contains('/') {
                root.join(name).exists()
            } else {
                code.contains(&format!("fn {name}(")) || code.contains(&format!("\"{name}\""))
            };
            if !exists {
                faults.push(format!("{name} does not exist: {row}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
