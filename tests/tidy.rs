//! The house rules that a machine can hold: who may know whom, and what must not stand in the source.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Which modules each module may use; the table of ARCHITECTURE.md. `main` and `lib` stand above it.
const MAY_USE: &[(&str, &[&str])] = &[
    ("install", &[]),
    ("domain", &[]),
    ("rules", &["domain"]),
    ("fonts", &["install", "domain"]),
    ("pages", &["domain", "rules::Notice", "fonts"]),
    ("pdf", &["pages", "fonts"]),
    ("preview", &["domain::PersonId", "pages", "fonts"]),
    ("store", &["domain", "rules::Notice"]),
    ("exchange", &["domain", "rules::Notice", "pages", "pdf"]),
    ("ops", &["install", "domain", "rules", "fonts", "pages", "pdf", "store", "exchange"]),
    ("cli", &["ops", "domain", "rules"]),
    ("ui", &["ops", "domain", "rules", "preview"]),
];

/// External crates that only the named modules may use.
const CRATE_BELONGS_TO: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("printpdf", &["pdf"]),
    ("subsetter", &["pdf"]),
    ("skrifa", &["fonts"]),
    ("clap", &["cli"]),
    ("strsim", &["cli"]),
    ("eframe", &["ui", "preview"]),
    ("egui", &["ui", "preview"]),
    ("rfd", &["ui"]),
    ("arboard", &["ui"]),
    ("windows_sys", &["ui"]),
    ("image", &["exchange", "preview", "pdf"]),
    ("zip", &["exchange"]),
    ("quick_xml", &["exchange"]),
    ("lopdf", &["pdf", "exchange"]),
    ("hayro", &["preview"]),
];

/// What `domain` may use besides std.
const DOMAIN_CRATES: &[&str] = &["serde", "chrono", "crate", "super", "std", "self"];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// Each source file with its top module.
fn tree() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let relative = path.strip_prefix(&root).unwrap();
            let top = relative.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            (top, path, text)
        })
        .collect()
}

/// Code lines only: comments may speak of anything.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Everything named `crate::…` on a line, with one further segment: `rules::Notice`.
fn crate_paths(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (index, _) in line.match_indices("crate::") {
        if line[..index].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &line[index + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(
                group.split(['{', '}', ',', ';']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()),
            );
        } else {
            let path: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect();
            found.push(path.trim_end_matches(':').to_owned());
        }
    }
    found
}

#[test]
fn layers_know_only_what_they_may() {
    let table: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut faults = Vec::new();
    for (top, path, text) in tree() {
        if top == "main" || top == "lib" {
            continue;
        }
        let Some(allowed) = table.get(top.as_str()) else {
            faults.push(format!("{}: module {top} is not in the table", path.display()));
            continue;
        };
        for (number, line) in code_lines(&text) {
            for used in crate_paths(line) {
                let first = used.split("::").next().unwrap_or_default();
                let whole = allowed.contains(&first) || first == top;
                let named = allowed.iter().any(|entry| used == *entry || used.starts_with(&format!("{entry}::")));
                if !whole && !named && table.contains_key(first) {
                    faults.push(format!("{}:{number}: {top} uses crate::{used}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut faults = Vec::new();
    for (top, path, text) in tree() {
        for (number, line) in code_lines(&text) {
            for (name, rooms) in CRATE_BELONGS_TO {
                let used = line
                    .match_indices(&format!("{name}::"))
                    .any(|(index, _)| !line[..index].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
                if used && !rooms.contains(&top.as_str()) {
                    faults.push(format!("{}:{number}: {top} uses {name}", path.display()));
                }
            }
            if top == "domain" && line.trim_start().starts_with("use ") {
                let first = line.trim_start()[4..].split("::").next().unwrap_or_default().trim_end_matches(';');
                if !DOMAIN_CRATES.contains(&first) {
                    faults.push(format!("{}:{number}: domain uses {first}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_network_and_no_ignored_or_sleeping_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests", "benches"] {
        if root.join(folder).is_dir() {
            sources(&root.join(folder), &mut files);
        }
    }
    // Spelled in halves so that this file does not find itself.
    let forbidden = [["std::", "net"], ["TcpStr", "eam"], ["UdpSoc", "ket"], ["#[ign", "ore"], ["thread::", "sleep"]]
        .map(|halves| halves.concat());
    let mut faults = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in code_lines(&text) {
            faults.extend(
                forbidden
                    .iter()
                    .filter(|word| line.contains(word.as_str()))
                    .map(|word| format!("{}:{number}: {word}", path.display())),
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_table_finds_a_breach() {
    assert_eq!(crate_paths("use crate::store::Book;"), ["store::Book"]);
    assert_eq!(crate_paths("use crate::{ops, ui::tokens};"), ["ops", "ui::tokens"]);
    assert_eq!(crate_paths("let x = crate::rules::Notice::read(text);"), ["rules::Notice::read"]);
    assert!(crate_paths("use mycrate::store;").is_empty());
}

/// Going on with the latest operation is for what is being typed alone: everything else adds operations.
#[test]
fn only_saving_goes_on_with_an_operation() {
    let doors = [["begin_", "typing("], ["type_", "on("]].map(|halves| halves.concat());
    let mut found = Vec::new();
    for (_, path, text) in tree() {
        let uses = code_lines(&text).any(|(_, line)| doors.iter().any(|door| line.contains(door.as_str())));
        if uses {
            found.push(path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap().to_owned());
        }
    }
    let doors = ["src/ops/save.rs", "src/ops/save_text.rs", "src/store/stretch.rs"];
    assert_eq!(found, doors.map(Path::new));
}

/// Commands of the command line. The window shows the sentences of the layers below too: they name none of these.
const COMMANDS: &[&str] = &[
    "new",
    "demo",
    "recommender",
    "import",
    "list",
    "show",
    "edit",
    "remove",
    "nominate",
    "withdraw",
    "order",
    "check",
    "print",
    "export",
    "verify",
    "history",
    "revert",
    "backup",
    "backups",
    "restore",
    "doctor",
    "notices",
    "notice",
    "completions",
];

/// Command words and options in a Chinese sentence, what stands in braces left out.
fn command_words(sentence: &str) -> Vec<String> {
    if !sentence.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
        return Vec::new();
    }
    let mut depth = 0_usize;
    let plain: String = sentence
        .chars()
        .map(|c| {
            depth = if c == '{' { depth + 1 } else { depth };
            let shown = if depth == 0 { c } else { '…' };
            depth = if c == '}' { depth.saturating_sub(1) } else { depth };
            shown
        })
        .collect();
    let words = plain.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/')));
    words
        .filter(|word| COMMANDS.contains(word) || (word.starts_with("--") && word.len() > 2))
        .map(str::to_owned)
        .collect()
}

/// The string literals of a line, roughly.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

#[test]
fn no_sentence_below_the_doors_names_a_command() {
    let mut faults = Vec::new();
    for (top, path, text) in tree() {
        if top == "cli" || top == "main" {
            continue;
        }
        for (number, line) in code_lines(&text) {
            // Printed to the terminal where no window can be had.
            let words: Vec<String> =
                literals(line).flat_map(command_words).filter(|_| !line.contains("无法打开窗口")).collect();
            if !words.is_empty() {
                faults.push(format!("{}:{number}: {words:?}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn command_words_are_found() {
    assert_eq!(command_words("请先推荐（nominate），或加 --draft 先印"), ["nominate", "--draft"]);
    assert!(command_words("不是 {list} 里的 record.json").is_empty());
    assert!(command_words("check").is_empty());
}
