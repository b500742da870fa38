//! Files and folders chosen in the desktop's own dialog; where the desktop has none, typed as a path.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use eframe::egui::Context;

use super::arrivals::Target;
use super::export::Goal;
use super::look::Look;
use crate::domain::RecommenderKind;

/// What a file is wanted for. The answer comes back with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    OpenBook,
    NewBook,
    DemoBook(RecommenderKind),
    Notice,
    Import,
    ImportFolder,
    Photo,
    Attach,
    AttachFolder,
    /// The folder for a kind of output.
    Export(Goal),
    /// A zip to be held against its list.
    Verify,
    /// The same for an exported folder.
    VerifyFolder,
    /// A copy of the book, on a stick say.
    Backup,
    /// A copy of the book in which the work goes on.
    Move,
    /// A copy that takes the book's place.
    RestoreFrom,
}

impl Purpose {
    /// The dialog's title.
    pub fn title(&self) -> &'static str {
        match self {
            Self::OpenBook => "打开推荐册",
            Self::NewBook => "新推荐册存放在",
            Self::DemoBook(_) => "示范推荐册存放在",
            Self::Notice => "选择通知配置文件",
            Self::Import => "导入记录、汇总表、申报表或电子文档",
            Self::ImportFolder => "导入记录文件夹、整套材料或单位交来的文件夹",
            Self::Photo => "选择照片",
            Self::Attach => "选择扫描件",
            Self::AttachFolder => "选择扫描件所在的文件夹",
            Self::Export(_) => "材料存放在哪个文件夹",
            Self::Verify => "核对哪一份电子文档",
            Self::VerifyFolder => "核对哪一个文件夹",
            Self::Backup => "备份存放在",
            Self::Move => "另存一份，存放在",
            Self::RestoreFrom => "选择一份备份",
        }
    }

    /// Whether the answer is meant for the book that was open when it was asked for.
    pub fn is_of_book(&self) -> bool {
        matches!(
            self,
            Self::Photo
                | Self::Attach
                | Self::AttachFolder
                | Self::Export(_)
                | Self::Backup
                | Self::Move
                | Self::RestoreFrom
        )
    }

    /// What the folder is remembered for, where no book is open beside which to begin.
    pub fn shelf(&self) -> Option<Shelf> {
        match self {
            Self::OpenBook | Self::NewBook | Self::DemoBook(_) => Some(Shelf::Books),
            Self::Import | Self::ImportFolder => Some(Shelf::Imports),
            Self::Notice => Some(Shelf::Notices),
            _ => None,
        }
    }

    pub fn kind(&self) -> Kind {
        match self {
            Self::NewBook | Self::DemoBook(_) | Self::Backup | Self::Move => Kind::Save,
            Self::Export(_) => Kind::NewFolder,
            Self::ImportFolder | Self::AttachFolder | Self::VerifyFolder => Kind::Folder,
            Self::Attach | Self::Import => Kind::Files,
            Self::OpenBook | Self::Photo | Self::Notice | Self::RestoreFrom | Self::Verify => Kind::File,
        }
    }

    fn extensions(&self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::OpenBook | Self::NewBook | Self::DemoBook(_) | Self::Backup | Self::Move | Self::RestoreFrom => {
                ("推荐册", &["tuijian"])
            }
            Self::Notice => ("通知配置", &["toml"]),
            Self::Import => ("记录、表格、电子文档", &["json", "xlsx", "xls", "docx", "zip"]),
            Self::Photo => ("图片", &["jpg", "jpeg", "png"]),
            Self::Verify => ("电子文档", &["zip"]),
            _ => ("扫描件", &["jpg", "jpeg", "png", "pdf"]),
        }
    }

    /// Whether a file of that name may be meant.
    fn fits(&self, name: &Path) -> bool {
        let extension = name.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        extension.is_some_and(|extension| self.extensions().1.contains(&extension.as_str()))
    }
}

/// Files that a clerk keeps together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    Books,
    Imports,
    Notices,
}

/// What a dialog asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Files,
    Folder,
    /// A folder that may be made.
    NewFolder,
    Save,
}

/// No answer after so short a time means that the desktop has no dialog: nobody has seen one and cancelled it by then.
const TOO_FAST: Duration = Duration::from_millis(200);
/// Elsewhere every desktop has its dialogs.
const MAY_LACK_DIALOGS: bool = cfg!(target_os = "linux");
/// A dialog that is open so long may be hidden behind the window, or its desktop service may hang.
const LONG: Duration = Duration::from_secs(3);

/// The dialog that is open, or the path being typed instead.
pub struct Dialogs {
    /// Whether the desktop may be asked; tests type paths.
    desktop: bool,
    /// What every dialog begins with.
    asker: rfd::FileDialog,
    stays_before: bool,
    waiting: Option<Waiting>,
    pub typed: Option<TypedPath>,
}

/// What was chosen, for what, and where the clerk was when it was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Chosen {
    pub purpose: Purpose,
    pub paths: Vec<PathBuf>,
    pub target: Option<Target>,
}

struct Waiting {
    purpose: Purpose,
    suggestion: PathBuf,
    target: Option<Target>,
    since: Instant,
    answer: Receiver<Option<Vec<PathBuf>>>,
}

/// A path being typed.
#[derive(Debug)]
pub struct TypedPath {
    pub purpose: Purpose,
    pub text: String,
    /// What stood there to begin with: a place to start in, which nobody has chosen.
    first: String,
    target: Option<Target>,
    look: Look<String, Seen>,
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
    fn new(purpose: Purpose, suggestion: &Path, target: Option<Target>) -> Self {
        let mut text = suggestion.display().to_string();
        // Files are looked for in a folder to start in.
        if matches!(purpose.kind(), Kind::File | Kind::Files) && !ends_open(&text) {
            text.push(std::path::MAIN_SEPARATOR);
        }
        Self { purpose, first: text.clone(), text, target, look: Look::default() }
    }

    /// Takes files that were dropped instead of typed.
    pub fn take(&mut self, paths: &[PathBuf]) {
        let lines = paths.iter().map(|path| path.display().to_string());
        self.text = lines.collect::<Vec<_>>().join("\n");
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
            self.text = format!("{open}{}", name.unwrap_or_default());
            return;
        }
        // Of several files each has a line; a folder only leads on.
        let mut kept: Vec<PathBuf> = match self.purpose.kind() {
            Kind::Files => paths_of(&self.text).into_iter().filter(|path| self.purpose.fits(path)).collect(),
            _ => Vec::new(),
        };
        kept.retain(|path| *path != listed.path);
        let lines = kept.iter().map(|path| path.display().to_string()).chain([open]);
        self.text = lines.collect::<Vec<_>>().join("\n");
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

impl Dialogs {
    pub fn new(desktop: bool) -> Self {
        Self {
            desktop: desktop && has_dialogs(),
            asker: rfd::FileDialog::new(),
            stays_before: false,
            waiting: None,
            typed: None,
        }
    }

    /// Dialogs stay before this window, which takes nothing in while one is open: Windows would let them go behind it.
    pub fn stay_before(&mut self, window: &eframe::CreationContext<'_>) {
        self.asker = rfd::FileDialog::new().set_parent(window);
        self.stays_before = true;
    }

    /// Whether the clerk is busy with a dialog.
    pub fn is_open(&self) -> bool {
        self.waiting.is_some() || self.typed.is_some()
    }

    /// Asks for a file. `suggestion` is a name to save under, or a place to start in; `target` comes back with the answer.
    pub fn ask(&mut self, context: &Context, purpose: Purpose, suggestion: PathBuf, target: Option<Target>) {
        if self.is_open() {
            return;
        }
        if !self.desktop {
            self.typed = Some(TypedPath::new(purpose, &suggestion, target));
            return;
        }
        let (sender, answer) = channel();
        let (asking, asked, start) = (context.clone(), purpose.clone(), suggestion.clone());
        let asker = self.asker.clone();
        std::thread::spawn(move || {
            // Nobody listens any more when the window has gone.
            let _ = sender.send(ask_desktop(asker, &asked, &start));
            asking.request_repaint();
        });
        self.waiting = Some(Waiting { purpose, suggestion, target, since: Instant::now(), answer });
        context.request_repaint_after(LONG);
    }

    /// The answer, once there is one; cancelled dialogs have none.
    pub fn answer(&mut self) -> Option<Chosen> {
        let waiting = self.waiting.as_ref()?;
        let answer = match waiting.answer.try_recv() {
            Err(TryRecvError::Empty) => return None,
            Ok(answer) => answer,
            Err(TryRecvError::Disconnected) => None,
        };
        let waiting = self.waiting.take()?;
        match answer {
            Some(paths) if !paths.is_empty() => {
                Some(Chosen { purpose: waiting.purpose, paths, target: waiting.target })
            }
            _ if MAY_LACK_DIALOGS && waiting.since.elapsed() < TOO_FAST => {
                self.typed = Some(TypedPath::new(waiting.purpose, &waiting.suggestion, waiting.target));
                None
            }
            _ => None,
        }
    }

    /// What a dialog asks for that has been open for long; `None` too where it cannot be lost.
    pub fn is_slow(&self) -> Option<&Purpose> {
        let waiting = self.waiting.as_ref().filter(|_| !self.stays_before)?;
        (waiting.since.elapsed() >= LONG).then_some(&waiting.purpose)
    }

    /// Gives up a dialog that does not answer; the path is typed.
    pub fn type_instead(&mut self) {
        if let Some(waiting) = self.waiting.take() {
            self.typed = Some(TypedPath::new(waiting.purpose, &waiting.suggestion, waiting.target));
        }
    }

    /// Waits for what is known of a typed path: for tests.
    pub fn wait(&mut self, patience: Duration) {
        if let Some(typed) = &mut self.typed {
            typed.look.wait(patience);
        }
    }

    /// Takes the typed path as the answer.
    pub fn accept_typed(&mut self) -> Option<Chosen> {
        let typed = self.typed.take()?;
        let paths = typed.paths();
        (!paths.is_empty()).then_some(Chosen { purpose: typed.purpose, paths, target: typed.target })
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

/// Whether the desktop can show a dialog at all: through the portal on the session bus, or with zenity.
#[cfg(target_os = "linux")]
fn has_dialogs() -> bool {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let bus = variable("DBUS_SESSION_BUS_ADDRESS").is_some()
        || variable("XDG_RUNTIME_DIR").is_some_and(|folder| PathBuf::from(folder).join("bus").exists());
    let zenity =
        variable("PATH").is_some_and(|path| std::env::split_paths(&path).any(|bin| bin.join("zenity").is_file()));
    bus || zenity
}

#[cfg(not(target_os = "linux"))]
fn has_dialogs() -> bool {
    true
}

/// Shows a sentence outside of the program's window, which cannot be had. Without a desktop nothing is shown.
pub fn tell(sentence: &str) {
    let has_desktop = !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if has_desktop && has_dialogs() {
        let dialog = rfd::MessageDialog::new().set_title("推荐").set_level(rfd::MessageLevel::Error);
        dialog.set_description(sentence).show();
    }
}

/// Where a dialog begins: in an existing folder, a name to save under apart.
#[derive(Debug, PartialEq, Eq)]
struct Start {
    folder: Option<PathBuf>,
    name: Option<String>,
}

impl Start {
    /// A stick may have been pulled out, a folder not been made yet: then the next one above.
    fn of(suggestion: &Path, kind: Kind) -> Self {
        let folder = suggestion.ancestors().find(|folder| folder.is_absolute() && folder.is_dir());
        let is_name = kind == Kind::Save && !suggestion.is_dir();
        let name = suggestion.file_name().filter(|_| is_name).map(|name| name.to_string_lossy().into_owned());
        Self { folder: folder.map(PathBuf::from), name }
    }

    /// What rfd is given as the file's name. Zenity, which it takes where the desktop has no portal, knows no other place to
    /// begin; it opens a folder that is written with its slash. A portal looks at the name when something is saved only, and
    /// takes it as it is.
    fn file_name(&self, has_portal: bool) -> Option<String> {
        let is_linux = cfg!(target_os = "linux");
        match (&self.folder, &self.name) {
            (Some(folder), Some(name)) if is_linux && !has_portal => Some(folder.join(name).display().to_string()),
            (Some(folder), None) if is_linux => Some(folder.join("").display().to_string()),
            (_, name) => name.clone(),
        }
    }
}

/// Whether the session bus can start the desktop's portal: its service is installed.
fn has_portal() -> bool {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let folders = variable("XDG_DATA_DIRS").unwrap_or_else(|| "/usr/local/share:/usr/share".into());
    let service = "dbus-1/services/org.freedesktop.portal.Desktop.service";
    std::env::split_paths(&folders).any(|folder| folder.join(service).is_file())
}

fn ask_desktop(asker: rfd::FileDialog, purpose: &Purpose, suggestion: &Path) -> Option<Vec<PathBuf>> {
    let mut dialog = asker.set_title(purpose.title());
    let (label, extensions) = purpose.extensions();
    let start = Start::of(suggestion, purpose.kind());
    if let Some(folder) = &start.folder {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = start.file_name(has_portal()) {
        dialog = dialog.set_file_name(name);
    }
    match purpose.kind() {
        Kind::Folder | Kind::NewFolder => dialog.pick_folder().map(|path| vec![path]),
        Kind::File => dialog.add_filter(label, extensions).pick_file().map(|path| vec![path]),
        Kind::Files => dialog.add_filter(label, extensions).pick_files(),
        Kind::Save => dialog.add_filter(label, extensions).save_file().map(|path| vec![path]),
    }
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
    #[cfg(target_os = "linux")]
    fn a_dialog_begins_where_the_clerk_works() {
        let desk = tempfile::tempdir().unwrap();
        let here = desk.path().to_owned();
        let slash = format!("{}/", here.display());
        let book = here.join("某协会.tuijian");
        let whole = book.display().to_string();
        for (case, suggestion, kind, has_portal, folder, name) in [
            ("opening", here.clone(), Kind::File, false, &here, Some(slash.as_str())),
            ("opening with a portal, which passes the name over", here.clone(), Kind::Files, true, &here, Some(&slash)),
            ("a folder that is to be made", here.join("报送材料"), Kind::NewFolder, false, &here, Some(&slash)),
            ("a stick that is gone", here.join("盘/扫描"), Kind::Folder, true, &here, Some(&slash)),
            ("saving", book.clone(), Kind::Save, false, &here, Some(&whole)),
            ("saving with a portal", book.clone(), Kind::Save, true, &here, Some("某协会.tuijian")),
        ] {
            let start = Start::of(&suggestion, kind);
            assert_eq!(start.folder.as_ref(), Some(folder), "{case}");
            assert_eq!(start.file_name(has_portal).as_deref(), name, "{case}");
        }
    }

    #[test]
    fn a_dialog_that_never_answers_is_given_up() {
        let mut dialogs = Dialogs { desktop: true, ..Dialogs::new(false) };
        let (_sender, answer) = channel();
        let since = Instant::now();
        dialogs.waiting =
            Some(Waiting { purpose: Purpose::Photo, suggestion: PathBuf::from("/"), target: None, since, answer });
        assert_eq!(dialogs.answer(), None);
        assert_eq!(dialogs.is_slow(), None);
        if let (Some(waiting), Some(long_ago)) = (&mut dialogs.waiting, since.checked_sub(LONG)) {
            waiting.since = long_ago;
            assert_eq!(dialogs.is_slow(), Some(&Purpose::Photo));
        }
        dialogs.type_instead();
        assert!(dialogs.waiting.is_none() && dialogs.typed.is_some());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_desktop_without_dialogs_is_told_by_its_haste() {
        let mut dialogs = Dialogs { desktop: true, ..Dialogs::new(false) };
        let (sender, answer) = channel();
        sender.send(None).unwrap();
        let since = Instant::now();
        dialogs.waiting =
            Some(Waiting { purpose: Purpose::OpenBook, suggestion: PathBuf::from("/"), target: None, since, answer });
        assert_eq!(dialogs.answer(), None);
        assert_eq!(dialogs.typed.as_ref().map(|typed| typed.purpose.clone()), Some(Purpose::OpenBook));
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
