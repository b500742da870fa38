//! What the program remembers between two days: recent books, sizes, looks. No person's data.

mod papers;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use self::papers::{LastSet, Papers};
use super::dialogs::Shelf;
use super::export::{Goal, Made};

const MOST_RECENT: usize = 8;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// As the desktop has it.
    #[default]
    System,
    Light,
    Dark,
}

/// A book that was open before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recent {
    pub path: PathBuf,
    /// Names of its recommenders.
    pub whose: String,
    /// Local time of its last opening, `2021-06-01 09:30`; empty: not known.
    pub opened: String,
}

/// The list of books; an older program wrote only their paths.
fn recent<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Recent>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Path(PathBuf),
        Whole(Recent),
    }
    let written = Vec::<Written>::deserialize(deserializer)?;
    let read = written.into_iter().map(|one| match one {
        Written::Path(path) => Recent { path, ..Recent::default() },
        Written::Whole(recent) => recent,
    });
    Ok(read.collect())
}

/// The remembered values; what cannot be read counts as never set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    #[serde(deserialize_with = "recent")]
    pub recent: Vec<Recent>,
    pub look: Look,
    /// Size of all text, 1 as drawn.
    pub zoom: f32,
    /// The window's size in points while it did not fill the screen.
    pub window: Option<(f32, f32)>,
    /// The window filled the screen. At the first start it does: the desktop knows best how large a window can be.
    pub maximized: bool,
    /// Widths of the list of people and of the pages, in points.
    pub panels: Option<(f32, f32)>,
    /// Number of the person last worked on, by book.
    pub last_person: Option<(PathBuf, i64)>,
    /// The part of the form that was shown last, as its tab is called.
    pub last_tab: Option<String>,
    #[serde(flatten)]
    pub papers: Papers,
    /// Where files of a kind were chosen last: dialogs begin there while no book is open.
    pub shelves: BTreeMap<Shelf, PathBuf>,
    #[serde(skip)]
    file: Option<PathBuf>,
    /// The file could not be read when the window opened: what it says is taken over as soon as it can be.
    #[serde(skip)]
    is_unread: bool,
    /// What the file does not know yet, since it could not be written, in the order in which it came.
    #[serde(skip)]
    unwritten: Vec<Change>,
}

/// Something to be remembered of a book.
#[derive(Clone, Debug, PartialEq)]
enum Change {
    Opened(Recent),
    Made {
        book: PathBuf,
        goal: Goal,
        made: Box<Made>,
        at: String,
    },
    Moved {
        from: PathBuf,
        to: PathBuf,
    },
    BackedUp {
        book: PathBuf,
        at: String,
    },
    /// The book is no longer there.
    Gone(PathBuf),
    /// Another book lies here.
    Replaced(PathBuf),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            recent: Vec::new(),
            look: Look::System,
            zoom: 1.0,
            window: None,
            maximized: true,
            panels: None,
            last_person: None,
            last_tab: None,
            papers: Papers::default(),
            shelves: BTreeMap::new(),
            file: None,
            is_unread: false,
            unwritten: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads the user's file; without one, or without a place for one, the defaults.
    pub fn load() -> Self {
        place().map_or_else(Self::default, Self::of)
    }

    fn of(file: PathBuf) -> Self {
        let mut is_unread = false;
        let settings = match read(&file) {
            Found::Read(settings) => *settings,
            Found::Broken => {
                // Where it cannot be put aside, nothing is written over it later.
                let _ = put_aside(&file);
                Self::default()
            }
            Found::Nothing => Self::default(),
            Found::Unreadable => {
                is_unread = true;
                Self::default()
            }
        };
        let zoom = if (0.5..=3.0).contains(&settings.zoom) { settings.zoom } else { 1.0 };
        Self { file: Some(file), is_unread, zoom, ..settings }
    }

    /// Writes the file. Of the books it keeps what another window has written there.
    pub fn store(&mut self) {
        self.catch_up();
        if let Some(file) = &self.file
            && self.write(file).is_ok()
        {
            self.unwritten.clear();
        }
    }

    /// Changes what is remembered of books: upon what the file says by now, since windows share it. Where that cannot be
    /// written, it is tried again with the next change; nothing of the clerk's work stands in it.
    fn change(&mut self, change: Change) {
        self.apply(&change);
        if self.file.is_some() {
            self.unwritten.push(change);
            self.store();
        }
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Opened(opened) => {
                self.recent.retain(|recent| recent.path != opened.path);
                self.recent.insert(0, opened.clone());
                self.recent.truncate(MOST_RECENT);
            }
            Change::Made { book, goal, made, at } => self.papers.made(book, *goal, made, at),
            Change::Moved { from, to } => self.papers.moved(from, to),
            Change::BackedUp { book, at } => self.papers.backed_up(book, at),
            Change::Gone(book) => {
                self.recent.retain(|recent| recent.path != *book);
                self.papers.forget(book);
            }
            Change::Replaced(book) => self.papers.forget(book),
        }
    }

    /// What another window has written meanwhile is taken over, and what could not be written here comes upon it.
    fn catch_up(&mut self) {
        let Some(Found::Read(theirs)) = self.file.as_deref().map(read) else { return };
        if std::mem::take(&mut self.is_unread) {
            let (file, unwritten) = (self.file.take(), std::mem::take(&mut self.unwritten));
            *self = Self { file, unwritten, ..(*theirs).clone() };
        }
        // A path that no file can hold is known here alone.
        let ours = std::mem::replace(&mut self.recent, theirs.recent);
        self.recent.extend(ours.into_iter().filter(|recent| recent.path.to_str().is_none()));
        self.papers.catch_up(theirs.papers);
        let unwritten = std::mem::take(&mut self.unwritten);
        unwritten.iter().for_each(|change| self.apply(change));
        self.unwritten = unwritten;
        self.recent.sort_by(|one, other| other.opened.cmp(&one.opened));
        self.recent.truncate(MOST_RECENT);
    }

    fn write(&self, file: &Path) -> std::io::Result<()> {
        let Some(folder) = file.parent() else { return Ok(()) };
        match read(file) {
            Found::Read(_) | Found::Nothing => {}
            Found::Broken => put_aside(file)?,
            // What is there may be whole: it is left alone.
            Found::Unreadable => return Err(std::io::Error::other("settings cannot be read")),
        }
        std::fs::create_dir_all(folder)?;
        let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut temporary, &self.writable())?;
        temporary.as_file().sync_all()?;
        temporary.persist(file)?;
        Ok(())
    }

    /// Without what cannot be written: a path that is no UTF-8.
    fn writable(&self) -> Self {
        let mut all = self.clone();
        let is_text = |path: &Path| path.to_str().is_some();
        all.recent.retain(|recent| is_text(&recent.path));
        all.last_person.take_if(|(book, _)| !is_text(book));
        all.shelves.retain(|_, folder| is_text(folder));
        all.papers = all.papers.writable();
        all
    }

    /// Puts a book first among the recent ones.
    pub fn opened(&mut self, book: &Path, whose: &str) {
        let opened = now("%Y-%m-%d %H:%M");
        self.change(Change::Opened(Recent { path: book.to_owned(), whose: whose.to_owned(), opened }));
    }

    /// Remembers what was made of a book.
    pub fn made(&mut self, book: &Path, goal: Goal, made: &Made) {
        let (book, made, at) = (book.to_owned(), Box::new(made.clone()), now("%Y-%m-%d %H:%M"));
        self.change(Change::Made { book, goal, made, at });
    }

    /// The work on a book goes on in another file: so does what was made of it.
    pub fn moved(&mut self, from: &Path, to: &Path) {
        self.change(Change::Moved { from: from.to_owned(), to: to.to_owned() });
    }

    /// Where files of a kind are looked for while no book is open: where they were last, books beside the last one, else
    /// among the documents.
    pub fn shelf(&self, shelf: Option<Shelf>) -> PathBuf {
        let last = shelf.and_then(|shelf| self.shelves.get(&shelf)).cloned();
        let of_book = || self.recent.first().and_then(|recent| recent.path.parent()).map(PathBuf::from);
        let beside_book = || of_book().filter(|_| shelf == Some(Shelf::Books));
        last.or_else(beside_book).unwrap_or_else(documents_folder)
    }

    /// Remembers where files of a kind were chosen.
    pub fn took_from(&mut self, shelf: Shelf, folder: &Path) {
        if self.shelves.get(&shelf).is_none_or(|known| known != folder) {
            self.shelves.insert(shelf, folder.to_owned());
            self.store();
        }
    }

    /// Remembers that a book has just been copied by hand, to a stick for instance.
    pub fn backed_up(&mut self, book: &Path) {
        self.change(Change::BackedUp { book: book.to_owned(), at: now("%Y-%m-%d %H:%M:%S") });
    }

    /// Takes a book that is no longer there off the list.
    pub fn forget(&mut self, book: &Path) {
        self.change(Change::Gone(book.to_owned()));
    }

    /// Forgets what was made of the book that lay here: another one lies here now, or none.
    pub fn forget_papers(&mut self, book: &Path) {
        self.change(Change::Replaced(book.to_owned()));
    }
}

/// Local time.
fn now(format: &str) -> String {
    chrono::Local::now().format(format).to_string()
}

/// What was found where the settings lie.
enum Found {
    Read(Box<Settings>),
    Nothing,
    /// A file that cannot be made out.
    Broken,
    /// A file that cannot be read, for the moment perhaps.
    Unreadable,
}

fn read(file: &Path) -> Found {
    match std::fs::read(file).map(|bytes| serde_json::from_slice(&bytes)) {
        Ok(Ok(settings)) => Found::Read(Box::new(settings)),
        Ok(Err(_)) => Found::Broken,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Found::Nothing,
        Err(_) => Found::Unreadable,
    }
}

/// Keeps a broken file for who can mend it.
fn put_aside(file: &Path) -> std::io::Result<()> {
    let names = std::iter::once("json.坏".to_owned()).chain((2..100).map(|number| format!("json.坏{number}")));
    let mut places = names.map(|name| file.with_extension(name));
    let free = places.find(|place| place.symlink_metadata().is_err());
    std::fs::rename(file, free.unwrap_or_else(|| file.with_extension("json.坏")))
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn place() -> Option<PathBuf> {
    let base = variable("XDG_CONFIG_HOME")
        .or_else(|| variable("APPDATA"))
        .or_else(|| Some(variable("HOME")?.join(".config")))?;
    Some(base.join("tuijian").join("settings.json"))
}

/// Where new books go unless the clerk says otherwise.
pub fn documents_folder() -> PathBuf {
    let home = variable("HOME").or_else(|| variable("USERPROFILE"));
    let inside = home.map(|home| {
        let named = ["文档", "Documents"].into_iter().map(|name| home.join(name)).find(|folder| folder.is_dir());
        named.unwrap_or(home)
    });
    inside.unwrap_or_else(|| PathBuf::from("."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::export::Place;

    #[track_caller]
    fn written(file: &Path) -> Settings {
        match read(file) {
            Found::Read(settings) => *settings,
            Found::Nothing => Settings::default(),
            Found::Broken | Found::Unreadable => panic!("what was written cannot be read"),
        }
    }

    #[test]
    fn the_latest_book_comes_first_and_the_list_stays_short() {
        let mut settings = Settings::default();
        for number in 0..20 {
            settings.opened(Path::new(&format!("/{number}.tuijian")), "某协会");
        }
        settings.opened(Path::new("/15.tuijian"), "某协会");
        assert_eq!(settings.recent.len(), MOST_RECENT);
        assert_eq!(settings.recent[0].path, Path::new("/15.tuijian"));
        assert_eq!(settings.recent[0].whose, "某协会");
        assert_eq!(settings.shelf(Some(Shelf::Books)), Path::new("/"), "beside the last book");
        settings.took_from(Shelf::Books, Path::new("/丙"));
        assert_eq!(settings.shelf(Some(Shelf::Books)), Path::new("/丙"));
        assert_eq!(settings.shelf(Some(Shelf::Notices)), documents_folder());
        let again: Settings = serde_json::from_str(&serde_json::to_string(&settings).unwrap()).unwrap();
        assert_eq!(again, settings);
        assert_eq!(serde_json::from_str::<Settings>("{}").unwrap(), Settings::default());
        let old = r#"{"recent": ["/a.tuijian"], "folders": [["/a.tuijian", "set", "/b"]]}"#;
        let old: Settings = serde_json::from_str(old).unwrap();
        assert_eq!(old.recent, [Recent { path: "/a.tuijian".into(), ..Recent::default() }]);
        assert_eq!(old.papers.folder(Path::new("/a.tuijian"), Place::Set), Some("/b".into()));
    }

    #[test]
    fn two_windows_write_one_file() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("tuijian/settings.json");
        let window = || Settings { file: Some(file.clone()), ..Settings::default() };
        let (mut first, mut second) = (window(), window());
        let books = ["/甲.tuijian", "/乙.tuijian"].map(Path::new);
        first.opened(books[0], "某协会");
        second.opened(books[1], "某局");
        first.backed_up(books[0]);
        second.backed_up(books[1]);
        first.zoom = 1.25;
        first.store();
        let found = written(&file);
        assert_eq!(found.recent.len(), 2);
        assert!(books.iter().all(|book| found.papers.copied_at(book).is_some()));
        assert_eq!(found.zoom, 1.25);
        second.forget(books[0]);
        first.store();
        let found = written(&file);
        assert_eq!(found.recent.len(), 1, "what is gone does not come back");
        // A book that one window has left and the other works on.
        first.opened(books[1], "某局");
        second.made(books[1], (Place::Set, None), &Made::empty("/报送".into()));
        first.store();
        assert!(first.papers.last_set(books[1], None).is_some());
        assert!(written(&file).papers.last_set(books[1], None).is_some());
    }

    #[test]
    fn a_folder_that_another_book_has_filled_is_not_known_after_the_next_start() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("settings.json");
        let [one, other] = ["/甲.tuijian", "/乙.tuijian"].map(Path::new);
        for book in [one, other] {
            let mut settings = written(&file);
            settings.file = Some(file.clone());
            settings.opened(book, "某协会");
            settings.made(book, (Place::Set, None), &Made::empty("/报送".into()));
        }
        let found = written(&file);
        assert_eq!((found.papers.known(one), found.papers.last_set(one, None)), (Vec::new(), None));
        assert!(found.papers.known(other).contains(&"/报送".into()));
    }

    #[test]
    fn a_file_that_cannot_be_made_out_is_put_aside() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("settings.json");
        let broken = r#"{"recent": 5}"#;
        std::fs::write(&file, broken).unwrap();
        let mut settings = Settings::of(file.clone());
        settings.opened(Path::new("/甲.tuijian"), "某协会");
        // Broken while a window is open.
        std::fs::write(&file, broken).unwrap();
        settings.backed_up(Path::new("/甲.tuijian"));
        let found = written(&file);
        assert!(found.papers.copied_at(Path::new("/甲.tuijian")).is_some());
        assert_eq!(found.recent.len(), 1);
        for kept in ["settings.json.坏", "settings.json.坏2"] {
            assert_eq!(std::fs::read_to_string(folder.path().join(kept)).unwrap(), broken);
        }
    }

    #[test]
    fn what_could_not_be_written_is_written_with_the_next_change() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("settings.json");
        let [one, other] = ["/甲.tuijian", "/乙.tuijian"].map(Path::new);
        let made =
            |settings: &mut Settings, book| settings.made(book, (Place::Set, None), &Made::empty("/报送".into()));
        let mut settings = Settings::of(file.clone());
        settings.opened(one, "某协会");
        made(&mut settings, one);
        // A folder lies where the file is to be: it can be neither read nor written.
        let away = folder.path().join("away.json");
        std::fs::rename(&file, &away).unwrap();
        std::fs::create_dir(&file).unwrap();
        settings.forget_papers(one);
        settings.backed_up(one);
        assert_eq!(settings.unwritten.len(), 2);
        assert!(file.is_dir(), "what cannot be read is left alone");
        std::fs::remove_dir(&file).unwrap();
        std::fs::rename(&away, &file).unwrap();
        let mut another = Settings::of(file.clone());
        another.backed_up(other);
        settings.opened(other, "某局");
        assert_eq!(settings.unwritten, Vec::new());
        for found in [&written(&file), &settings] {
            assert!(found.papers.known(one).is_empty(), "what was forgotten does not come back");
            assert!([one, other].iter().all(|book| found.papers.copied_at(book).is_some()));
            assert_eq!(found.recent.len(), 2);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_cannot_be_written_hinders_nothing_else() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("settings.json");
        let mut settings = Settings { file: Some(file.clone()), ..Settings::default() };
        settings.opened(Path::new("/甲.tuijian"), "某协会");
        settings.opened(Path::new(std::ffi::OsStr::from_bytes(b"/\xd6\xd0.tuijian")), "某局");
        assert_eq!(written(&file).recent.len(), 1);
        assert_eq!(settings.recent.len(), 2);
    }
}
