//! A path that is typed, or found folder by folder; paths as people copy them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use eframe::egui::Context;

use super::{Kind, Purpose};
use crate::ui::arrivals::Target;
use crate::ui::look::Look;

/// A path being typed.
#[derive(Debug)]
pub struct TypedPath {
    pub purpose: Purpose,
    pub text: String,
    /// What stood there to begin with: a place to start in, which nobody has chosen.
    first: String,
    pub(super) target: Option<Target>,
    look: Look<String, Seen>,
    /// The text was put there, not typed: the cursor belongs at its end.
    pub put: bool,
}

/// What was found of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Why the text cannot be meant; `None`: it can.
    pub fault: Option<String>,
    /// A folder stands where files are asked for: its files are meant, or the set that it is.
    pub takes_folder: bool,
    /// What lies in the folder that is written so far: its folders, and the files that may be meant.
    pub listed: Vec<Listed>,
}

/// Something in a folder that could be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    pub path: PathBuf,
    pub is_folder: bool,
}

/// More in one folder are not listed: they are typed.
const MOST_LISTED: usize = 300;

impl TypedPath {
    pub(super) fn new(purpose: Purpose, suggestion: &Path, target: Option<Target>) -> Self {
        let mut text = suggestion.display().to_string();
        // Files are looked for in a folder to start in.
        if matches!(purpose.kind(), Kind::File | Kind::Files) && !ends_open(&text) {
            text.push(std::path::MAIN_SEPARATOR);
        }
        Self { purpose, first: text.clone(), text, target, look: Look::default(), put: false }
    }

    /// Waits for what is known of the text: for tests.
    pub(super) fn wait(&mut self, patience: Duration) {
        self.look.wait(patience);
    }

    /// Takes files that were dropped instead of typed.
    pub fn take(&mut self, paths: &[PathBuf]) {
        let lines = paths.iter().map(|path| path.display().to_string());
        self.put(lines.collect::<Vec<_>>().join("\n"));
    }

    fn put(&mut self, text: String) {
        (self.text, self.put) = (text, true);
    }

    /// The paths that are meant.
    pub fn paths(&self) -> Vec<PathBuf> {
        meant(&self.purpose, &self.text)
    }

    /// What is known of the text as it stands; `None`: it is being looked at.
    pub fn seen(&mut self, context: &Context) -> Option<&Seen> {
        let (purpose, first) = (self.purpose.clone(), self.first.clone());
        self.look.at(context, &self.text, move |text| Seen::of(&purpose, text, &first))
    }

    /// What lies in the folder, as far as it is known.
    pub fn listed(&self) -> &[Listed] {
        self.look.last().map(|seen| seen.listed.as_slice()).unwrap_or_default()
    }

    /// Puts something of the list into the text.
    pub fn choose(&mut self, listed: &Listed) {
        let chosen = listed.path.display().to_string();
        let open = if listed.is_folder && !ends_open(&chosen) {
            format!("{chosen}{}", std::path::MAIN_SEPARATOR)
        } else {
            chosen
        };
        if self.purpose.kind() == Kind::Save && listed.is_folder {
            let name = paths_of(&self.text).pop().filter(|_| !ends_open(&self.text));
            let name = name.and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()));
            self.put(format!("{open}{}", name.unwrap_or_default()));
            return;
        }
        // Of several files each has a line; a folder only leads on.
        let mut kept: Vec<PathBuf> = match self.purpose.kind() {
            Kind::Files => paths_of(&self.text).into_iter().filter(|path| self.purpose.fits(path)).collect(),
            _ => Vec::new(),
        };
        kept.retain(|path| *path != listed.path);
        let lines = kept.iter().map(|path| path.display().to_string()).chain([open]);
        self.put(lines.collect::<Vec<_>>().join("\n"));
    }
}

/// Whether a path is written as a folder's.
fn ends_open(text: &str) -> bool {
    text.trim_end().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// The paths that a text names, one or several.
fn meant(purpose: &Purpose, text: &str) -> Vec<PathBuf> {
    let most = if purpose.kind() == Kind::Files { usize::MAX } else { 1 };
    paths_of(text).into_iter().take(most).collect()
}

impl Seen {
    /// Looks at the disk.
    fn of(purpose: &Purpose, text: &str, first: &str) -> Self {
        let paths = meant(purpose, text);
        let is_files = purpose.kind() == Kind::Files;
        // A set is held against its list as a folder too.
        let may_be_folder = is_files || *purpose == Purpose::Verify;
        let takes_folder = may_be_folder && text != first && paths.iter().any(|path| path.is_dir());
        let fault = Self::fault(purpose, &paths, takes_folder);
        Self { fault, takes_folder, listed: Self::listed(purpose, text) }
    }

    fn fault(purpose: &Purpose, paths: &[PathBuf], takes_folder: bool) -> Option<String> {
        let kind = purpose.kind();
        if paths.is_empty() {
            return Some("请选一个文件，或写出它的位置".to_owned());
        }
        paths.iter().find_map(|path| {
            let name = path.display();
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            match kind {
                Kind::File | Kind::Files if takes_folder && path.is_dir() => None,
                Kind::File | Kind::Files if path.is_dir() => Some("请再选文件夹里的文件".to_owned()),
                Kind::File | Kind::Files if !path.exists() => Some(format!("没有这个文件：{name}")),
                Kind::Folder if !path.is_dir() => Some(format!("没有这个文件夹：{name}")),
                Kind::Save if path.is_dir() => Some("这是文件夹，请在后面写文件名".to_owned()),
                Kind::Save if path.exists() => Some("这里已有同名文件，请换一个名称".to_owned()),
                Kind::Save if parent.is_some_and(|parent| !parent.is_dir()) => {
                    Some(format!("没有这个文件夹：{}", parent.unwrap_or(path).display()))
                }
                _ => None,
            }
        })
    }

    fn listed(purpose: &Purpose, text: &str) -> Vec<Listed> {
        let last = paths_of(text).pop().unwrap_or_default();
        let folder =
            if ends_open(text) || last.is_dir() { last } else { last.parent().map(PathBuf::from).unwrap_or_default() };
        let Ok(listing) = std::fs::read_dir(&folder) else { return Vec::new() };
        let mut found: Vec<Listed> = listing
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let name = path.file_name()?.to_string_lossy().into_owned();
                let is_folder = path.is_dir();
                let is_meant = is_folder || purpose.fits(&path);
                (is_meant && !name.starts_with('.')).then_some(Listed { name, path, is_folder })
            })
            .collect();
        found.sort_by(|one, other| (!one.is_folder, &one.name).cmp(&(!other.is_folder, &other.name)));
        found.truncate(MOST_LISTED);
        if let Some(above) = folder.parent() {
            found.insert(0, Listed { name: "上一级".to_owned(), path: above.to_owned(), is_folder: true });
        }
        found
    }
}

/// Paths as people write and copy them: a line each; quoted, several on one line; or as addresses.
fn paths_of(text: &str) -> Vec<PathBuf> {
    text.lines().flat_map(|line| paths_of_line(line.trim())).collect()
}

fn paths_of_line(line: &str) -> Vec<PathBuf> {
    if line.is_empty() {
        return Vec::new();
    }
    for quote in ['"', '\''] {
        if line.starts_with(quote) {
            let parts = line.split(quote).map(str::trim).filter(|part| !part.is_empty());
            return parts.map(PathBuf::from).collect();
        }
    }
    if line.starts_with("file://") {
        return line.split_whitespace().filter_map(path_of_address).collect();
    }
    vec![PathBuf::from(line)]
}

/// `file:///home/%E7%94%B2.jpg` → /home/甲.jpg
fn path_of_address(address: &str) -> Option<PathBuf> {
    let rest = address.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let mut bytes = Vec::with_capacity(path.len());
    let mut left = path.as_bytes();
    while let [first, rest @ ..] = left {
        let code = match (first, rest) {
            (b'%', [high, low, ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                digit(high).zip(digit(low)).map(|(high, low)| high * 16 + low)
            }
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        left = if code.is_some() { rest.get(2..).unwrap_or_default() } else { rest };
    }
    let path = String::from_utf8(bytes).ok()?;
    // file:///C:/… is how Windows writes it.
    let is_drive = path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if is_drive { path.trim_start_matches('/').to_owned() } else { path }))
}

/// Files that were copied in a file manager and pasted as text. Text that is anything else names none.
pub fn pasted_paths(text: &str) -> Vec<PathBuf> {
    // GNOME's file manager writes what is to be done above the addresses.
    let lines =
        text.trim().lines().filter(|line| !["copy", "cut", "x-special/nautilus-clipboard"].contains(&line.trim()));
    let paths: Vec<PathBuf> = lines.flat_map(|line| paths_of_line(line.trim())).collect();
    if paths.iter().all(|path| path.is_absolute() && path.exists()) { paths } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_people_copy_them() {
        let cases: [(&str, &[&str]); 8] = [
            ("/home/甲/a b.docx", &["/home/甲/a b.docx"]),
            (" \"/home/a.docx\" ", &["/home/a.docx"]),
            ("\"/a 1.docx\" \"/b.docx\"", &["/a 1.docx", "/b.docx"]),
            ("'/a.docx'", &["/a.docx"]),
            ("/a.docx\n/b.docx\n", &["/a.docx", "/b.docx"]),
            ("file:///home/%E7%94%B2%20%E4%B9%99.jpg", &["/home/甲 乙.jpg"]),
            ("file:///a.jpg file:///100%25.jpg", &["/a.jpg", "/100%.jpg"]),
            ("", &[]),
        ];
        for (text, paths) in cases {
            let expected: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            assert_eq!(paths_of(text), expected, "{text}");
        }
        assert_eq!(path_of_address("file:///C:/%E7%94%B2.jpg"), Some(PathBuf::from("C:/甲.jpg")));
    }

    #[test]
    fn only_files_that_are_there_are_pasted_as_files() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("甲.jpg");
        std::fs::write(&file, "x").unwrap();
        let shown = file.display().to_string();
        assert_eq!(pasted_paths(&shown), std::slice::from_ref(&file));
        let address = shown.replace('甲', "%E7%94%B2");
        assert_eq!(pasted_paths(&format!("copy\nfile://{address}\n")), std::slice::from_ref(&file));
        for text in ["葛瑾川", "甲.jpg", "/no/such/file", &format!("{shown}\n别的话")] {
            assert_eq!(pasted_paths(text), Vec::<PathBuf>::new(), "{text}");
        }
    }

    #[test]
    fn a_typed_path_is_looked_up_and_judged() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("内")).unwrap();
        for name in ["b.docx", "a.docx", "c.jpg", ".d.docx"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let seen = |typed: &TypedPath| Seen::of(&typed.purpose, &typed.text, &typed.first);
        let mut typed = TypedPath::new(Purpose::Import, folder.path(), None);
        let names: Vec<String> = seen(&typed).listed.into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["上一级", "内", "a.docx", "b.docx"]);
        assert!(seen(&typed).fault.unwrap().contains("文件夹"), "nobody has chosen where the looking begins");
        for index in [2, 3] {
            let one = seen(&typed).listed[index].clone();
            typed.choose(&one);
        }
        assert_eq!(typed.paths(), [folder.path().join("a.docx"), folder.path().join("b.docx")]);
        assert_eq!((seen(&typed).fault, seen(&typed).takes_folder), (None, false));
        typed.text.push('x');
        assert!(seen(&typed).fault.unwrap().contains("没有这个文件"));
        // A folder that was typed, dropped or gone into stands for its files, where several may be meant.
        let inside = folder.path().join("内");
        for (purpose, is_taken) in [(Purpose::Import, true), (Purpose::Attach, true), (Purpose::Photo, false)] {
            let mut typed = TypedPath::new(purpose, folder.path(), None);
            typed.take(std::slice::from_ref(&inside));
            assert_eq!((seen(&typed).fault.is_none(), seen(&typed).takes_folder), (is_taken, is_taken));
        }
        let mut save = TypedPath::new(Purpose::NewBook, &folder.path().join("某协会.tuijian"), None);
        assert_eq!(seen(&save).fault, None);
        let into = seen(&save).listed[1].clone();
        save.choose(&into);
        assert_eq!(save.paths(), [inside.join("某协会.tuijian")]);
        save.text = folder.path().join("c.jpg").display().to_string();
        assert!(seen(&save).fault.unwrap().contains("同名"));
    }
}
