//! A book in use: the file, and the notice that it carries.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::error::{NextStep, OpError};
use super::holder::{Holder, holder_of};
use super::stretch::{Stretch, TextStretch};
use crate::domain::{Body, FileKey, Person, PersonId, RecommenderId};
use crate::exchange::gate::{self, Content, GateError, Received};
use crate::rules::Notice;
use crate::store::{Book, StoreError};

/// An open book with its notice. Every operation takes one.
pub struct OpenBook {
    /// Tells others who has the book; `None`: a copy in memory. Goes before the lock does.
    _holder: Option<Holder>,
    /// Keeps the file from being read as a foreign one; `None`: a copy in memory.
    _held: Option<gate::Held>,
    pub(super) book: Book,
    pub(super) notice: Notice,
    /// The notice's profile as the book holds it.
    pub(super) notice_toml: String,
    /// What is being typed, for [`super::save`] alone.
    pub(super) stretch: Option<Stretch>,
    /// The same in a text of a recommender.
    pub(super) text_stretch: Option<TextStretch>,
    /// What the gate said of files of the book; `None`: refused. A key is its file's hash, so this never goes stale.
    looked_at: RefCell<BTreeMap<FileKey, Option<Content>>>,
}

impl OpenBook {
    /// Opens a book for this program alone.
    pub fn open(path: &Path) -> Result<Self, OpError> {
        let book = Book::open(path).map_err(|error| named(path, error))?;
        let notice_toml = book.notice_toml()?;
        let notice = Notice::read(&notice_toml)
            .map_err(|error| OpError::File(format!("推荐册 {} 里的通知读不懂：{error}", path.display())))?;
        Ok(Self::of(book, notice, notice_toml))
    }

    pub(super) fn create(path: &Path, notice_toml: &str) -> Result<Self, OpError> {
        let notice = Notice::read(notice_toml)?;
        Ok(Self::of(Book::create(path, notice_toml)?, notice, notice_toml.to_owned()))
    }

    fn of(book: Book, notice: Notice, notice_toml: String) -> Self {
        let (_holder, looked_at) = (Some(Holder::take(book.path())), RefCell::default());
        let _held = Some(gate::hold(book.path()));
        Self { _holder, _held, book, notice, notice_toml, stretch: None, text_stretch: None, looked_at }
    }

    /// What those need to know of the book who read files for it.
    pub fn reception(&self) -> Result<Reception, OpError> {
        Ok(Reception { path: self.path().to_owned(), notice: self.notice.clone(), bodies: self.bodies()? })
    }

    /// The book as it is now, for reading alone: long work has it on a thread of its own while the book is written on.
    pub fn to_read(&self) -> Result<Self, OpError> {
        Ok(Self {
            _holder: None,
            _held: None,
            book: self.book.in_memory()?,
            notice: self.notice.clone(),
            notice_toml: self.notice_toml.clone(),
            stretch: None,
            text_stretch: None,
            looked_at: self.looked_at.clone(),
        })
    }

    /// Whether a file is a database, this program's or another's. Not to be asked of the open book.
    pub fn is_database(path: &Path) -> bool {
        Book::is_database(path)
    }

    /// What is typed from now on is a line of the history and a step of 撤销 of its own. Only who sees the keys knows when:
    /// at a pause, around what is pasted, when a field is left.
    pub fn end_stretch(&mut self) {
        (self.stretch, self.text_stretch) = (None, None);
    }

    pub fn path(&self) -> &Path {
        self.book.path()
    }

    pub fn notice(&self) -> &Notice {
        &self.notice
    }

    /// All recommenders, by number.
    pub fn bodies(&self) -> Result<Vec<Body>, OpError> {
        Ok(self.book.bodies()?)
    }

    /// All applicants, by number.
    pub fn people(&self) -> Result<Vec<Person>, OpError> {
        Ok(self.book.people()?)
    }

    /// The bytes of a photo or scan.
    pub fn file(&self, key: &FileKey) -> Result<Vec<u8>, OpError> {
        Ok(self.book.file(key)?)
    }

    /// A photo or scan that goes on to a parser or decoder: the gate looks at it first, once, because the book itself may
    /// come from anywhere. `name` stands for it in the gate's fault.
    pub(super) fn admitted(&self, name: &str, key: &FileKey) -> Result<Result<Received, GateError>, OpError> {
        let bytes = self.file(key)?;
        if let Some(Some(content)) = self.looked_at.borrow().get(key) {
            return Ok(Ok(Received { bytes, content: *content }));
        }
        let received = gate::receive(name, bytes);
        let content = received.as_ref().ok().map(|received| received.content);
        self.looked_at.borrow_mut().insert(key.clone(), content);
        Ok(received)
    }

    /// What a photo or scan is, read once; `None`: nothing that can be printed.
    pub(super) fn content(&self, key: &FileKey) -> Result<Option<Content>, OpError> {
        if let Some(known) = self.looked_at.borrow().get(key) {
            return Ok(*known);
        }
        Ok(self.admitted("", key)?.ok().map(|received| received.content))
    }

    /// The person meant by a name that is unique in the book, or by `12` or `#12`.
    pub fn find_person(&self, words: &str) -> Result<Person, OpError> {
        let mut people = self.people()?;
        let by_name: Vec<usize> = (0..people.len()).filter(|&i| people[i].applicant.name == words).collect();
        if let [only] = by_name[..] {
            return Ok(people.swap_remove(only));
        }
        if by_name.len() > 1 {
            let numbers: Vec<String> = by_name.iter().map(|&i| format!("#{}", people[i].id)).collect();
            let message = format!("册中有 {} 位“{words}”，请改用编号：{}", by_name.len(), numbers.join("、"));
            return Err(OpError::Wrong(message));
        }
        let id = words.strip_prefix('#').unwrap_or(words).parse::<i64>().ok().map(PersonId);
        let found = people.into_iter().find(|person| Some(person.id) == id);
        found.ok_or_else(|| OpError::Wrong(format!("册中没有“{words}”")).then(NextStep::SeePeople))
    }

    /// The recommender of that name; without a name the only one.
    pub fn find_body(&self, name: Option<&str>) -> Result<Body, OpError> {
        let mut bodies = self.bodies()?;
        match name {
            Some(name) => bodies
                .into_iter()
                .find(|body| body.recommender.name == name)
                .ok_or_else(|| OpError::Wrong(format!("册中没有推荐单位“{name}”")).then(NextStep::SeeRecommenders)),
            None if bodies.len() == 1 => Ok(bodies.remove(0)),
            None => Err(OpError::Wrong(format!("册中有 {} 个推荐单位，请写明是哪一个", bodies.len()))),
        }
    }

    /// [`Reception::refuse_own`]
    pub(super) fn refuse_own(&self, path: &Path) -> Result<(), OpError> {
        refuse_own(self.path(), path)
    }

    pub(super) fn body(&self, id: RecommenderId) -> Result<Body, OpError> {
        let found = self.bodies()?.into_iter().find(|body| body.id == id);
        found.ok_or_else(|| OpError::File(format!("推荐册 {} 已损坏：有申报人没有推荐单位", self.path().display())))
    }
}

/// What those need to know of a book who read files for it. It holds nothing of the book open: files are read on another
/// thread while the book is written on.
#[derive(Clone)]
pub struct Reception {
    path: PathBuf,
    pub(super) notice: Notice,
    pub(super) bodies: Vec<Body>,
}

impl Reception {
    /// Where the book lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Refuses the book's own file where another is to be read: on Unix all locks of a file end when this program closes
    /// any handle of it.
    ///
    /// # Errors
    /// [`OpError::File`] when `path` means the book, under whatever name.
    pub fn refuse_own(&self, path: &Path) -> Result<(), OpError> {
        refuse_own(&self.path, path)
    }
}

fn refuse_own(own: &Path, path: &Path) -> Result<(), OpError> {
    if !is_same_file(path, own) {
        return Ok(());
    }
    Err(OpError::File(format!("{} 就是正在使用的推荐册，不能从它读入，请另选文件", path.display())))
}

/// Whether two paths mean one file, also by a second name of it. Neither is opened.
#[cfg(unix)]
pub(super) fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| path.metadata().map(|metadata| (metadata.dev(), metadata.ino())).ok();
    one == other || identity(one).is_some_and(|one| identity(other) == Some(one))
}

/// Whether two paths mean one file. Neither is opened.
#[cfg(not(unix))]
pub(super) fn is_same_file(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().ok().is_some_and(|one| other.canonicalize().ok() == Some(one))
}

/// A book that is open elsewhere says where.
fn named(path: &Path, error: StoreError) -> OpError {
    match holder_of(path) {
        Some(holder) if error.is_locked() => {
            let path = path.display();
            OpError::Locked(format!("{path} 正在另一个程序中打开：{holder}。请先在那里关闭它，再试一次。"))
        }
        _ => error.into(),
    }
}

/// Who is at the keyboard, for the history.
pub(super) fn who() -> String {
    let named = ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    named.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "本机用户".to_owned())
}
