//! Copies of a book: asked for, daily, and before anything that could be regretted; and putting one in place again.
//!
//! Automatic copies lie beside the book in `名称.tuijian.备份/`. Which of them are dropped is decided by [`superfluous`]
//! alone.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Duration, Local, NaiveDateTime};

use super::error::{NextStep, OpError};
use super::open_book::OpenBook;
use crate::store::{Book, Glimpse, StoreError};

const FOLDER_TAIL: &str = ".备份";
const EXTENSION: &str = "tuijian";
/// Time in a copy's name, local.
const TIME: &str = "%Y%m%d-%H%M%S";

/// An automatic copy.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Backup {
    #[serde(serialize_with = "super::shown::path")]
    pub path: PathBuf,
    /// Local time, `2021-06-01 09:30:00`.
    pub at: String,
    /// Why it was made: 每日, 导入前, 恢复前.
    pub why: String,
    pub bytes: u64,
}

/// Writes a checked copy of the book to a new file.
pub fn backup(open: &OpenBook, out: &Path) -> Result<(), OpError> {
    if out.exists() {
        return Err(OpError::File(format!("{} 已经存在，没有改动它；请换一个文件名", out.display())));
    }
    Ok(open.book.backup_to(out)?)
}

/// The automatic copies of a book, newest first.
pub fn backups(book: &Path) -> Result<Vec<Backup>, OpError> {
    let listed = listed(book)?;
    Ok(listed.into_iter().rev().map(|(_, backup)| backup).collect())
}

/// The first copy of the day. A book without people has nothing to lose.
pub fn daily_backup(open: &OpenBook) -> Result<(), OpError> {
    let today = Local::now().date_naive();
    if open.people()?.is_empty() || listed(open.path())?.iter().any(|(at, _)| at.date() == today) {
        return Ok(());
    }
    before(open, "每日")
}

/// A copy before something that could be regretted.
pub(super) fn before(open: &OpenBook, why: &str) -> Result<(), OpError> {
    copy_beside(&open.book, open.path(), why)?;
    prune(open.path(), None);
    Ok(())
}

/// Writes an automatic copy; its path.
fn copy_beside(book: &Book, path: &Path, why: &str) -> Result<PathBuf, StoreError> {
    let folder = folder_of(path);
    // What keeps the folder from being made is said when the copy cannot be written.
    let _ = fs::create_dir(&folder);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let named = |at: NaiveDateTime| folder.join(format!("{stem}.{}.{why}.{EXTENSION}", at.format(TIME)));
    // Two copies of one second: the earlier one may be the very one that is being restored.
    let mut at = Local::now().naive_local();
    while named(at).exists() {
        at += Duration::seconds(1);
    }
    let made = named(at);
    book.backup_to(&made)?;
    Ok(made)
}

/// Drops the superfluous copies of a book, but never `source`.
fn prune(book: &Path, source: Option<&Path>) {
    let copies = listed(book).unwrap_or_default();
    let times: Vec<NaiveDateTime> = copies.iter().map(|(at, _)| *at).collect();
    let source = source.and_then(|source| source.canonicalize().ok());
    for index in superfluous(&times, Local::now().naive_local()) {
        if let Some((_, copy)) = copies.get(index)
            && (source.is_none() || copy.path.canonicalize().ok() != source)
        {
            // One copy too many does no harm.
            let _ = fs::remove_file(&copy.path);
        }
    }
}

/// Puts a copy in the place of the book. The book as it was is kept: as a further copy or, where it is damaged, under
/// another name beside it. Returns where.
pub fn restore(book: &Path, copy: &Path) -> Result<Option<PathBuf>, OpError> {
    // Before anything is touched; dropped last.
    let nearby;
    let source = match Book::open(copy) {
        Err(StoreError::ReadOnly(_) | StoreError::ReadOnlyFolder(_)) => {
            nearby = copied_nearby(book, copy)?;
            // Its fault is the copy's, not that of a temporary name.
            Book::open(&nearby.0).map_err(|_| unusable(copy, "读不完整"))?
        }
        // It is not the book that wants a copy.
        Err(error) if error.is_damage() => return Err(unusable(copy, "读不完整")),
        opened => opened?,
    };
    if let Some(damage) = source.check()?.into_iter().next() {
        return Err(unusable(copy, &damage.sentence));
    }
    let kept = keep_present(book)?;
    if let Err(error) = source.backup_to(book) {
        // The disk is full, for instance: what was set aside is the book still.
        if let Some(aside) = kept.filter(|_| !book.exists()) {
            rename(&aside, book).map_err(|error| OpError::io("移回原来的推荐册", &aside, &error))?;
        }
        return Err(error.into());
    }
    // Only now: what is restored from may be one of the superfluous.
    prune(book, Some(copy));
    Ok(kept)
}

/// What is in a copy. `None`: it cannot be read.
pub fn glimpse(copy: &Path) -> Option<Glimpse> {
    Book::glimpse(copy).ok()
}

fn unusable(copy: &Path, why: &str) -> OpError {
    OpError::File(format!("{} 已损坏（{why}），没有用它恢复，推荐册没有变", copy.display())).then(NextStep::SeeBackups)
}

/// A temporary copy of a book. Its journal goes with it, whatever became of it: that holds people's data too.
struct Nearby(tempfile::TempPath);

impl Drop for Nearby {
    fn drop(&mut self) {
        // There is none where the copy was whole.
        let _ = fs::remove_file(journal_of(&self.0));
    }
}

/// A copy that cannot be opened to write, on a locked stick or a disc, as a temporary file where the book is to be: a book
/// is opened to write or not at all.
fn copied_nearby(book: &Path, copy: &Path) -> Result<Nearby, OpError> {
    let folder = book.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = |error: std::io::Error| OpError::io("写入文件夹", folder, &error);
    let temporary = tempfile::Builder::new().prefix(".tuijian-").tempfile_in(folder).map_err(written)?;
    let nearby = Nearby(temporary.into_temp_path());
    let take = |from: &Path, to: &Path| -> std::io::Result<u64> {
        std::io::copy(&mut fs::File::open(from)?, &mut fs::File::create(to)?)
    };
    take(copy, &nearby.0).map_err(|error| OpError::io("读取备份", copy, &error))?;
    // What was cut short there is rolled back here.
    match take(&journal_of(copy), &journal_of(&nearby.0)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(OpError::io("读取备份", copy, &error)),
        _ => Ok(nearby),
    }
}

/// Keeps what stands in the book's place.
fn keep_present(book: &Path) -> Result<Option<PathBuf>, OpError> {
    // The lock ends here: nobody else has the book, and the file is about to be replaced.
    match Book::open_for_check(book).and_then(|present| copy_beside(&present, book, "恢复前")) {
        Ok(kept) => Ok(Some(kept)),
        Err(StoreError::Missing(_)) => Ok(None),
        Err(error) if error.is_damage() || matches!(error, StoreError::Empty(_)) => set_aside(book).map(Some),
        Err(error) => Err(error.into()),
    }
}

/// A damaged book is evidence: it and its journal get another name.
fn set_aside(book: &Path) -> Result<PathBuf, OpError> {
    let stem = book.file_stem().unwrap_or_default().to_string_lossy();
    let aside = book.with_file_name(format!("{stem}.损坏.{}.{EXTENSION}", Local::now().format(TIME)));
    rename(book, &aside).map_err(|error| OpError::io("移开损坏的推荐册", book, &error))?;
    Ok(aside)
}

/// Gives a book and its journal another name.
fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::rename(from, to)?;
    match fs::rename(journal_of(from), journal_of(to)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// What SQLite keeps beside a book while it writes.
fn journal_of(book: &Path) -> PathBuf {
    let mut name = OsString::from(book);
    name.push("-journal");
    PathBuf::from(name)
}

fn folder_of(book: &Path) -> PathBuf {
    let mut name = book.file_name().unwrap_or_default().to_owned();
    name.push(FOLDER_TAIL);
    book.with_file_name(name)
}

/// The copies of a book by their names, oldest first. Other files in the folder are not ours.
fn listed(book: &Path) -> Result<Vec<(NaiveDateTime, Backup)>, OpError> {
    let folder = folder_of(book);
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| OpError::io("读取备份文件夹", &folder, &error))?,
    };
    let stem = book.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((time, why)) = name
            .strip_prefix(&format!("{stem}."))
            .and_then(|rest| rest.strip_suffix(&format!(".{EXTENSION}")))
            .and_then(|rest| rest.split_once('.'))
        else {
            continue;
        };
        let Ok(at) = NaiveDateTime::parse_from_str(time, TIME) else { continue };
        let bytes = entry.metadata().map(|metadata| metadata.len()).unwrap_or_default();
        let shown = at.format("%Y-%m-%d %H:%M:%S").to_string();
        found.push((at, Backup { path: entry.path(), at: shown, why: why.to_owned(), bytes }));
    }
    found.sort_by(|(one, a), (other, b)| one.cmp(other).then_with(|| a.path.cmp(&b.path)));
    Ok(found)
}

/// Newest copies that always stay.
const NEWEST: usize = 3;
/// Of the last 24 hours so many stay: what was put back in the morning may be wanted in the afternoon.
const OF_ONE_DAY: usize = 20;
/// The last copy of each day stays for so many days, of each week for so many weeks, of each month for ever so many
/// months.
const DAYS: i64 = 7;
const WEEKS: i64 = 5;
const MONTHS: i64 = 12;

/// Which copies (times oldest first) are dropped at a time.
fn superfluous(times: &[NaiveDateTime], now: NaiveDateTime) -> Vec<usize> {
    let (mut days, mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut dropped = Vec::new();
    for (age, (index, at)) in times.iter().enumerate().rev().enumerate() {
        let since = now - *at;
        let week = at.iso_week();
        let day_first = since < Duration::days(DAYS) && days.insert(at.date());
        let week_first = since < Duration::weeks(WEEKS) && weeks.insert((week.year(), week.week()));
        let month_first = since < Duration::days(MONTHS * 31) && months.insert((at.year(), at.month()));
        let is_fresh = age < OF_ONE_DAY && since < Duration::days(1);
        if age >= NEWEST && !is_fresh && !day_first && !week_first && !month_first {
            dropped.push(index);
        }
    }
    dropped.reverse();
    dropped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn which_copies_are_dropped() {
        let now = at("2021-07-15 12:00");
        // What there is, oldest first, and what goes.
        let cases: [(&str, &[&str], &[usize]); 7] = [
            ("none", &[], &[]),
            ("the newest stay, however close", &["2021-07-15 09:00", "2021-07-15 09:01", "2021-07-15 09:02"], &[]),
            (
                "all of the last day stay",
                &["2021-07-14 12:01", "2021-07-14 18:00", "2021-07-15 08:00", "2021-07-15 09:00", "2021-07-15 10:00"],
                &[],
            ),
            (
                "of one day the last stays",
                &["2021-07-14 08:00", "2021-07-14 18:00", "2021-07-15 08:00", "2021-07-15 09:00", "2021-07-15 10:00"],
                &[0],
            ),
            (
                "of one week the last stays",
                &["2021-06-28 08:00", "2021-06-30 08:00", "2021-07-15 08:00", "2021-07-15 09:00", "2021-07-15 10:00"],
                &[0],
            ),
            (
                "of one month the last stays",
                &["2021-03-02 08:00", "2021-03-30 08:00", "2021-07-15 08:00", "2021-07-15 09:00", "2021-07-15 10:00"],
                &[0],
            ),
            (
                "after a year nothing is kept but the newest",
                &["2019-03-02 08:00", "2020-01-30 08:00", "2020-02-01 08:00", "2020-03-01 09:00", "2020-04-01 10:00"],
                &[0, 1],
            ),
        ];
        for (case, times, wanted) in cases {
            let times: Vec<NaiveDateTime> = times.iter().map(|time| at(time)).collect();
            assert_eq!(superfluous(&times, now), wanted, "{case}");
        }
    }

    #[test]
    fn a_temporary_copy_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (book, copy) = (folder.path().join("册.tuijian"), folder.path().join("副本.tuijian"));
        fs::write(&copy, "不是推荐册").unwrap();
        fs::write(journal_of(&copy), "某人的资料").unwrap();
        let nearby = copied_nearby(&book, &copy).unwrap();
        assert_eq!(fs::read_to_string(journal_of(&nearby.0)).unwrap(), "某人的资料");
        assert!(Book::open(&nearby.0).is_err());
        drop(nearby);
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        left.sort();
        assert_eq!(left, [copy.clone(), journal_of(&copy)]);
    }

    /// Copies of one day long ago, of which only the last would stay.
    #[test]
    fn what_is_restored_from_stays() {
        let (_, notice) = crate::rules::Notice::built_in()[0];
        // Which copy is restored from, whether it is a sound book, which copies are left of the five.
        let cases: [(&str, usize, bool, &[usize]); 4] = [
            ("the oldest", 0, true, &[0, 3, 4]),
            ("the second", 1, true, &[1, 3, 4]),
            ("the newest", 4, true, &[3, 4]),
            ("a damaged one", 0, false, &[0, 1, 2, 3, 4]),
        ];
        for (case, from, is_sound, wanted) in cases {
            let folder = tempfile::tempdir().unwrap();
            let book = folder.path().join("册.tuijian");
            drop(Book::create(&book, notice).unwrap());
            fs::create_dir(folder_of(&book)).unwrap();
            let copy = |index: usize| folder_of(&book).join(format!("册.20200301-09000{index}.每日.tuijian"));
            (0..5).for_each(|index| assert!(fs::copy(&book, copy(index)).is_ok()));
            if !is_sound {
                fs::write(copy(from), "不是推荐册").unwrap();
            }
            let restored = restore(&book, &copy(from));
            assert_eq!(restored.is_ok(), is_sound, "{case}: {restored:?}");
            let left: Vec<usize> = (0..5).filter(|&index| copy(index).exists()).collect();
            assert_eq!(left, wanted, "{case}");
            assert_eq!(restored.ok().flatten().is_some_and(|kept| kept.exists()), is_sound, "{case}");
        }
    }
}
