//! Who has a book open: a small file beside it, so that the second one to come can be told.
//!
//! The lock itself is SQLite's. This file only gives it a name; it is never trusted for more, and a stale one (the
//! program was killed) is replaced by the next who opens the book.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Local};
use serde::{Deserialize, Serialize};

use super::open_book::who;
use crate::exchange::gate;

/// Far more than the file has.
const BYTES: u64 = 4096;

/// The file as long as the book is open.
#[derive(Debug)]
pub(super) struct Holder {
    file: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Card {
    user: String,
    computer: String,
    process: u32,
    /// RFC 3339.
    since: String,
}

impl Holder {
    /// Puts the file beside a book that this program has just opened. Without it the book works as well.
    pub fn take(book: &Path) -> Self {
        let holder = Self { file: beside(book) };
        let card =
            Card { user: who(), computer: computer(), process: std::process::id(), since: Local::now().to_rfc3339() };
        // Whatever lies there is of somebody who no longer has the book. Created anew: a link there is not followed.
        let _ = fs::remove_file(&holder.file);
        let write = || -> std::io::Result<()> {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            // FILE_ATTRIBUTE_HIDDEN: a dot in front hides nothing there.
            #[cfg(windows)]
            std::os::windows::fs::OpenOptionsExt::attributes(&mut options, 2);
            let mut file = options.open(&holder.file)?;
            file.write_all(&serde_json::to_vec(&card)?)
        };
        let _ = write();
        holder
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.file);
    }
}

/// Who holds a locked book, in words; `None`: not known, or no longer running.
pub(super) fn holder_of(book: &Path) -> Option<String> {
    let bytes = gate::read_file(&beside(book), BYTES).ok()?;
    let card: Card = serde_json::from_slice(&bytes).ok()?;
    let here = card.computer == computer();
    if here && !is_running(card.process) {
        return None;
    }
    let since = DateTime::parse_from_rfc3339(&card.since).ok()?.with_timezone(&Local);
    let time = if since.date_naive() == Local::now().date_naive() { "%H:%M" } else { "%-m 月 %-d 日 %H:%M" };
    let place = if here { "这台电脑".to_owned() } else { format!("电脑“{}”", shown(&card.computer)) };
    Some(format!("用户“{}”{} 在{place}的本程序中打开了它", shown(&card.user), since.format(time)))
}

/// A name from the file, short and on one line.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(40).collect()
}

fn beside(book: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(book.file_name().unwrap_or_default());
    name.push(".占用");
    book.with_file_name(name)
}

fn computer() -> String {
    let named = std::env::var("COMPUTERNAME").ok().or_else(|| fs::read_to_string("/proc/sys/kernel/hostname").ok());
    named.map(|name| name.trim().to_owned()).unwrap_or_default()
}

#[cfg(target_os = "linux")]
fn is_running(process: u32) -> bool {
    Path::new("/proc").join(process.to_string()).exists()
}

/// Elsewhere the system is not asked: the lock says that somebody has the book.
#[cfg(not(target_os = "linux"))]
fn is_running(_: u32) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holder_is_named_while_it_runs() {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("册.tuijian");
        assert_eq!(holder_of(&book), None);
        let holder = Holder::take(&book);
        let told = holder_of(&book).unwrap();
        assert!(told.contains(&who()) && told.contains("这台电脑"), "{told}");
        drop(holder);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing stays behind");
        let card = |computer: &str, process| {
            let card =
                Card { user: "王某\n".into(), computer: computer.into(), process, since: Local::now().to_rfc3339() };
            fs::write(beside(&book), serde_json::to_vec(&card).unwrap()).unwrap();
            holder_of(&book)
        };
        assert!(card("科室-03", 1).unwrap().contains("用户“王某”"));
        assert!(card("科室-03", 1).unwrap().contains("电脑“科室-03”"));
        if cfg!(target_os = "linux") {
            assert_eq!(card(&computer(), u32::MAX), None, "killed");
        }
        fs::write(beside(&book), "不是卡片").unwrap();
        assert_eq!(holder_of(&book), None);
    }
}
