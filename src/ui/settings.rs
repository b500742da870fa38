//! What the program remembers between two days: recent books, sizes, looks. No person's data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::dialogs::Shelf;
use super::export::{Made, Place};
use crate::domain::RecommenderId;

const MOST_RECENT: usize = 8;
const MOST_FOLDERS: usize = 32;

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

/// Where the last set of a book, or of one of its recommenders, was made, and of what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastSet {
    pub book: PathBuf,
    /// The one recommender that it is of; `None`: the whole book.
    pub alone: Option<RecommenderId>,
    pub folder: PathBuf,
    /// Local time, `2021-06-01 09:30`.
    pub at: String,
    /// [`crate::ops::mark`] of what the book held.
    pub of: String,
    /// Its zips bear a passphrase.
    pub is_locked: bool,
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
    /// When each book was last copied by hand, local time `2021-06-01 09:30:00`.
    pub copied: Vec<(PathBuf, String)>,
    /// Folders that papers went into, by book.
    pub filled: Vec<(PathBuf, PathBuf)>,
    /// Where papers of a book went last, by their kind; the latest first.
    pub folders: Vec<(PathBuf, Place, PathBuf)>,
    /// The last set of each book; the latest first.
    pub sets: Vec<LastSet>,
    /// Where files of a kind were chosen last: dialogs begin there while no book is open.
    pub shelves: BTreeMap<Shelf, PathBuf>,
    #[serde(skip)]
    file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        let (recent, look, window) = (Vec::new(), Look::System, None);
        let (panels, last_person, last_tab) = (None, None, None);
        let (folders, sets, copied, filled) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let shelves = BTreeMap::new();
        Self {
            recent,
            look,
            zoom: 1.0,
            window,
            maximized: true,
            panels,
            last_person,
            last_tab,
            copied,
            filled,
            folders,
            sets,
            shelves,
            file: None,
        }
    }
}

impl Settings {
    /// Reads the user's file; without one, or without a place for one, the defaults.
    pub fn load() -> Self {
        let Some(file) = place() else { return Self::default() };
        let read = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok());
        let settings = read.unwrap_or_default();
        let zoom = if (0.5..=3.0).contains(&settings.zoom) { settings.zoom } else { 1.0 };
        Self { file: Some(file), zoom, ..settings }
    }

    /// Writes the file. A failure is passed over: nothing of the clerk's work stands in it.
    pub fn store(&self) {
        let Some(file) = &self.file else { return };
        let Some(folder) = file.parent() else { return };
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(folder)?;
            let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
            serde_json::to_writer_pretty(&mut temporary, self)?;
            temporary.persist(file)?;
            Ok(())
        };
        let _ = write();
    }

    /// Puts a book first among the recent ones.
    pub fn opened(&mut self, book: &Path, whose: &str) {
        let opened = chrono::Local::now().format("%Y-%m-%d %H:%M").to_string();
        self.recent.retain(|recent| recent.path != book);
        self.recent.insert(0, Recent { path: book.to_owned(), whose: whose.to_owned(), opened });
        self.recent.truncate(MOST_RECENT);
        self.store();
    }

    /// Where papers of a kind went last. A record replaces nothing: each has a folder of its own, beside the last one
    /// ([`Place::free`]).
    pub fn folder(&self, book: &Path, place: Place) -> Option<PathBuf> {
        let (.., last) = self.folders.iter().find(|(of, kind, _)| of == book && *kind == place)?;
        Some(match place {
            Place::Record => last.with_file_name(place.folder_name("")),
            _ => last.clone(),
        })
    }

    /// Remembers where the set of a book, or of one recommender in it, was made, and what the book held.
    pub fn made_set(&mut self, book: &Path, alone: Option<RecommenderId>, made: &Made) {
        let at = chrono::Local::now().format("%Y-%m-%d %H:%M").to_string();
        self.sets.retain(|set| set.book != book || set.alone != alone);
        let (folder, of, is_locked) = (made.folder.clone(), made.of.clone(), made.is_locked);
        self.sets.insert(0, LastSet { book: book.to_owned(), alone, folder, at, of, is_locked });
        self.sets.truncate(MOST_FOLDERS);
        self.store();
    }

    /// The last set that was made of a book, or of one recommender in it.
    pub fn last_set(&self, book: &Path, alone: Option<RecommenderId>) -> Option<&LastSet> {
        self.sets.iter().find(|set| set.book == book && set.alone == alone)
    }

    /// The sets that were made of a book, whole or of one recommender, newest first.
    pub fn sets_of(&self, book: &Path) -> impl Iterator<Item = &LastSet> {
        self.sets.iter().filter(move |set| set.book == book)
    }

    /// Whether papers of a book went into this folder before.
    pub fn knows(&self, book: &Path, folder: &Path) -> bool {
        self.filled.iter().any(|(of, filled)| of == book && filled == folder)
    }

    /// The work on a book goes on in another file: so does what was made of it.
    pub fn moved(&mut self, from: &Path, to: &Path) {
        let moved: Vec<LastSet> = self.sets_of(from).cloned().collect();
        let filled: Vec<_> = self.filled.iter().filter(|(of, _)| of == from).cloned().collect();
        self.forget_papers(to);
        self.sets.splice(0..0, moved.into_iter().map(|set| LastSet { book: to.to_owned(), ..set }));
        self.filled.splice(0..0, filled.into_iter().map(|(_, folder)| (to.to_owned(), folder)));
        self.sets.truncate(MOST_FOLDERS);
        self.filled.truncate(MOST_FOLDERS);
        self.store();
    }

    /// Remembers that papers of a book went into a folder.
    pub fn filled(&mut self, book: &Path, folder: &Path) {
        let one = (book.to_owned(), folder.to_owned());
        self.filled.retain(|known| *known != one);
        self.filled.insert(0, one);
        self.filled.truncate(MOST_FOLDERS);
        self.store();
    }

    /// Remembers where papers of a kind went.
    pub fn went_to(&mut self, book: &Path, place: Place, folder: &Path) {
        self.folders.retain(|(of, kind, _)| of != book || *kind != place);
        self.folders.insert(0, (book.to_owned(), place, folder.to_owned()));
        self.folders.truncate(MOST_FOLDERS);
        self.store();
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
        let at = chrono::Local::now().format("%Y-%m-%d %H:%M:%S").to_string();
        self.copied.retain(|(of, _)| of != book);
        self.copied.insert(0, (book.to_owned(), at));
        self.copied.truncate(MOST_FOLDERS);
        self.store();
    }

    /// When a book was last copied by hand.
    pub fn copied_at(&self, book: &Path) -> Option<&str> {
        self.copied.iter().find(|(of, _)| of == book).map(|(_, at)| at.as_str())
    }

    /// Takes a book that is no longer there off the list.
    pub fn forget(&mut self, book: &Path) {
        self.recent.retain(|recent| recent.path != book);
        self.forget_papers(book);
    }

    /// Forgets what was made of the book that lay here: another one lies here now, or none.
    pub fn forget_papers(&mut self, book: &Path) {
        self.sets.retain(|set| set.book != book);
        self.folders.retain(|(of, ..)| of != book);
        self.filled.retain(|(of, _)| of != book);
        self.copied.retain(|(of, _)| of != book);
        self.store();
    }
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
    use crate::ui::export::What;

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
        let book = Path::new("/甲/册.tuijian");
        settings.went_to(book, Place::Set, Path::new("/乙/报送"));
        assert_eq!(settings.folder(book, Place::Set), Some("/乙/报送".into()));
        assert_eq!(settings.folder(book, Place::Print), None);
        let one = Some(RecommenderId(7));
        let made = |folder: &str, of: &str| Made {
            what: What::Set,
            draft: false,
            folder: folder.into(),
            sets: Vec::new(),
            is_locked: false,
            alone: None,
            of: of.to_owned(),
            remarks: Vec::new(),
        };
        settings.made_set(book, None, &made("/乙/报送", "0011"));
        settings.made_set(book, one, &made("/乙/报送某会", "0012"));
        settings.filled(book, Path::new("/乙/报送某会"));
        assert!(settings.knows(book, Path::new("/乙/报送某会")) && !settings.knows(book, Path::new("/乙/别的")));
        settings.backed_up(book);
        settings.moved(book, Path::new("/甲/另一册.tuijian"));
        for of in ["/甲/册.tuijian", "/甲/另一册.tuijian"] {
            for (alone, folder, mark) in [(None, "/乙/报送", "0011"), (one, "/乙/报送某会", "0012")] {
                let last = settings.last_set(Path::new(of), alone).unwrap();
                assert_eq!((last.folder.as_path(), last.of.as_str()), (Path::new(folder), mark), "{of}, {alone:?}");
            }
        }
        settings.forget(book);
        assert_eq!((settings.last_set(book, None), settings.last_set(book, one)), (None, None));
        assert!(settings.copied_at(book).is_none() && !settings.knows(book, Path::new("/乙/报送某会")));
        assert!(settings.knows(Path::new("/甲/另一册.tuijian"), Path::new("/乙/报送某会")));
        assert_eq!(settings.shelf(Some(Shelf::Books)), Path::new("/"), "beside the last book");
        settings.took_from(Shelf::Books, Path::new("/丙"));
        assert_eq!(settings.shelf(Some(Shelf::Books)), Path::new("/丙"));
        assert_eq!(settings.shelf(Some(Shelf::Notices)), documents_folder());
        let again: Settings = serde_json::from_str(&serde_json::to_string(&settings).unwrap()).unwrap();
        assert_eq!(again, settings);
        assert_eq!(serde_json::from_str::<Settings>("{}").unwrap(), Settings::default());
        let old: Settings = serde_json::from_str(r#"{"recent": ["/a.tuijian"]}"#).unwrap();
        assert_eq!(old.recent, [Recent { path: "/a.tuijian".into(), ..Recent::default() }]);
    }
}
