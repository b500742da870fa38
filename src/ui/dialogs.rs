//! Files and folders chosen in the desktop's own dialog; where the desktop has none, typed as a path.

mod typed;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use eframe::egui::Context;

pub use self::typed::{Listed, TypedPath, pasted_paths};
use super::arrivals::Target;
use super::export::Goal;
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
            typed.wait(patience);
        }
    }

    /// Takes the typed path as the answer.
    pub fn accept_typed(&mut self) -> Option<Chosen> {
        let typed = self.typed.take()?;
        let paths = typed.paths();
        (!paths.is_empty()).then_some(Chosen { purpose: typed.purpose, paths, target: typed.target })
    }
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
}
