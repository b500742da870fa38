//! Files and folders chosen in the desktop's own dialog; where the desktop has none, typed as a path.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use eframe::egui::Context;

/// What a file is wanted for. The answer comes back with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    OpenBook,
    NewBook,
    DemoBook,
    Import,
    ImportFolder,
    Photo,
    Attach,
    AttachFolder,
    Export,
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
            Self::DemoBook => "示范推荐册存放在",
            Self::Import => "导入记录、汇总表、申报表或电子文档",
            Self::ImportFolder => "导入记录文件夹",
            Self::Photo => "选择照片",
            Self::Attach => "选择扫描件",
            Self::AttachFolder => "选择扫描件所在的文件夹",
            Self::Export => "材料存放在哪个文件夹",
            Self::Verify => "核对哪一份电子文档",
            Self::VerifyFolder => "核对哪一个文件夹",
            Self::Backup => "备份存放在",
            Self::Move => "另存一份，存放在",
            Self::RestoreFrom => "选择一份备份",
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::NewBook | Self::DemoBook | Self::Backup | Self::Move => Kind::Save,
            Self::ImportFolder | Self::AttachFolder | Self::Export | Self::VerifyFolder => Kind::Folder,
            Self::Attach | Self::Import => Kind::Files,
            Self::OpenBook | Self::Photo | Self::RestoreFrom | Self::Verify => Kind::File,
        }
    }

    fn extensions(&self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::OpenBook | Self::NewBook | Self::DemoBook | Self::Backup | Self::Move | Self::RestoreFrom => {
                ("推荐册", &["tuijian"])
            }
            Self::Import => ("记录、表格、电子文档", &["json", "xlsx", "xls", "docx", "zip"]),
            Self::Photo => ("图片", &["jpg", "jpeg", "png"]),
            Self::Verify => ("电子文档", &["zip"]),
            _ => ("扫描件", &["jpg", "jpeg", "png", "pdf"]),
        }
    }
}

enum Kind {
    File,
    Files,
    Folder,
    Save,
}

/// No answer after so short a time means that the desktop has no dialog. Who really cancels this fast is asked once more.
const TOO_FAST: Duration = Duration::from_millis(1000);

/// The dialog that is open, or the path being typed instead.
pub struct Dialogs {
    /// Whether the desktop may be asked; tests type paths.
    desktop: bool,
    waiting: Option<Waiting>,
    pub typed: Option<TypedPath>,
}

struct Waiting {
    purpose: Purpose,
    suggestion: PathBuf,
    since: Instant,
    answer: Receiver<Option<Vec<PathBuf>>>,
}

/// A path being typed.
#[derive(Debug)]
pub struct TypedPath {
    pub purpose: Purpose,
    pub text: String,
}

impl Dialogs {
    pub fn new(desktop: bool) -> Self {
        Self { desktop: desktop && has_dialogs(), waiting: None, typed: None }
    }

    /// Whether the clerk is busy with a dialog.
    pub fn is_open(&self) -> bool {
        self.waiting.is_some() || self.typed.is_some()
    }

    /// Asks for a file. `suggestion` is a name to save under, or a place to start in.
    pub fn ask(&mut self, context: &Context, purpose: Purpose, suggestion: PathBuf) {
        if self.is_open() {
            return;
        }
        if !self.desktop {
            self.typed = Some(TypedPath { purpose, text: suggestion.display().to_string() });
            return;
        }
        let (sender, answer) = channel();
        let (context, asked, start) = (context.clone(), purpose.clone(), suggestion.clone());
        std::thread::spawn(move || {
            // Nobody listens any more when the window has gone.
            let _ = sender.send(ask_desktop(&asked, &start));
            context.request_repaint();
        });
        self.waiting = Some(Waiting { purpose, suggestion, since: Instant::now(), answer });
    }

    /// The answer, once there is one; cancelled dialogs have none.
    pub fn answer(&mut self) -> Option<(Purpose, Vec<PathBuf>)> {
        let waiting = self.waiting.as_ref()?;
        let answer = match waiting.answer.try_recv() {
            Err(TryRecvError::Empty) => return None,
            Ok(answer) => answer,
            Err(TryRecvError::Disconnected) => None,
        };
        let waiting = self.waiting.take()?;
        match answer {
            Some(paths) if !paths.is_empty() => Some((waiting.purpose, paths)),
            _ if waiting.since.elapsed() < TOO_FAST => {
                let text = waiting.suggestion.display().to_string();
                self.typed = Some(TypedPath { purpose: waiting.purpose, text });
                None
            }
            _ => None,
        }
    }

    /// Takes the typed path as the answer.
    pub fn accept_typed(&mut self) -> Option<(Purpose, Vec<PathBuf>)> {
        let typed = self.typed.take()?;
        // Files dragged from a file manager into a text field come quoted or as addresses.
        let text = typed.text.trim().trim_matches(['"', '\'']);
        let path = PathBuf::from(text.strip_prefix("file://").unwrap_or(text));
        (!path.as_os_str().is_empty()).then(|| (typed.purpose, vec![path]))
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

fn ask_desktop(purpose: &Purpose, start: &std::path::Path) -> Option<Vec<PathBuf>> {
    let mut dialog = rfd::FileDialog::new().set_title(purpose.title());
    let (label, extensions) = purpose.extensions();
    let folder = if start.is_dir() { Some(start) } else { start.parent() };
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    if !start.is_dir()
        && let Some(name) = start.file_name()
    {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    match purpose.kind() {
        Kind::Folder => dialog.pick_folder().map(|path| vec![path]),
        Kind::File => dialog.add_filter(label, extensions).pick_file().map(|path| vec![path]),
        Kind::Files => dialog.add_filter(label, extensions).pick_files(),
        Kind::Save => dialog.add_filter(label, extensions).save_file().map(|path| vec![path]),
    }
}
