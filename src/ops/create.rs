//! New books: an empty one, and the demonstration.

use std::path::{Path, PathBuf};

use super::error::OpError;
use super::import::{self, Conflict, ImportRequest, Mode};
use super::open_book::{OpenBook, who};
use crate::domain::{Recommender, RecommenderKind};
use crate::exchange::gate;
use crate::install;
use crate::rules::Notice;

/// Largest notice profile read, in bytes: the built-in one has about 20 kB.
const NOTICE_BYTES: u64 = 1024 * 1024;

/// A new book with one recommender. `notice` is the number of a built-in notice or the path of a profile.
pub fn new_book(path: &Path, notice: &str, recommender: &Recommender) -> Result<OpenBook, OpError> {
    require_name(&recommender.name)?;
    let toml = notice_toml(notice)?;
    let mut open = OpenBook::create(path, &toml)?;
    let what = format!("新建推荐册，推荐单位“{}”", recommender.name);
    let made = open.book.transact(&who(), &what, |change| change.insert_body(recommender).map_err(OpError::from));
    kept(open, made).map(|(open, _)| open)
}

/// A new book with the invented people that come with the program.
pub fn demo(path: &Path, kind: RecommenderKind) -> Result<OpenBook, OpError> {
    let missing = || OpError::File("找不到示范材料文件夹 assets/demo。请从安装包重新复制".to_owned());
    let record = install::folder("assets/demo").ok_or_else(missing)?.join(kind.key());
    let (notice, _) = Notice::built_in().first().ok_or_else(missing)?;
    new_book_of(path, notice, &[record], None)
}

/// A new book made from records, packages or exported sets: they say whose book it is. Where one of them cannot be
/// taken in there is no book.
pub fn new_book_of(
    path: &Path,
    notice: &str,
    records: &[PathBuf],
    passphrase: Option<&str>,
) -> Result<OpenBook, OpError> {
    let mut open = OpenBook::create(path, &notice_toml(notice)?)?;
    let request = ImportRequest { paths: records, conflict: Conflict::Keep, mode: Mode::Commit, passphrase };
    let imported = import::import(&mut open, &request).and_then(import::ImportReport::into_result);
    kept(open, imported).map(|(open, _)| open)
}

/// A book that was made just now stays where what it was made for succeeded; else it is taken away again.
pub(super) fn kept<T>(open: OpenBook, done: Result<T, OpError>) -> Result<(OpenBook, T), OpError> {
    match done {
        Ok(done) => Ok((open, done)),
        Err(error) => {
            // Why there is no book is what has to be heard, also where the place itself has gone.
            let _ = discard(open);
            Err(error)
        }
    }
}

/// Closes a book that was made just now for something that then failed, and takes it away again.
pub fn discard(open: OpenBook) -> Result<(), OpError> {
    let path = open.path().to_owned();
    drop(open);
    std::fs::remove_file(&path).map_err(|error| OpError::io("删除", path, &error))
}

/// The profile named by a built-in number or a path.
fn notice_toml(notice: &str) -> Result<String, OpError> {
    if let Some((_, toml)) = Notice::built_in().iter().find(|(id, _)| *id == notice) {
        return Ok((*toml).to_owned());
    }
    if !Path::new(notice).exists() {
        let known: Vec<&str> = Notice::built_in().iter().map(|(id, _)| *id).collect();
        return Err(OpError::Wrong(format!(
            "没有通知“{notice}”；内置的有 {}，也可写通知配置文件的路径",
            known.join("、")
        )));
    }
    read_notice(Path::new(notice)).map(|(toml, _)| toml)
}

/// Reads and checks a notice profile.
pub fn read_notice(path: &Path) -> Result<(String, Notice), OpError> {
    let bytes = gate::read_file(path, NOTICE_BYTES)?;
    let toml = String::from_utf8(bytes)
        .map_err(|_| OpError::File(format!("{} 不是 UTF-8 文本，请另存为 UTF-8", path.display())))?;
    let notice = Notice::read(&toml).map_err(|error| OpError::File(format!("{}：{error}", path.display())))?;
    Ok((toml, notice))
}

pub(super) fn require_name(name: &str) -> Result<(), OpError> {
    if name.trim().is_empty() {
        return Err(OpError::Wrong("推荐单位名称不能为空，请写公章上的全称".to_owned()));
    }
    Ok(())
}
