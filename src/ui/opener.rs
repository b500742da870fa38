//! Files and folders opened with the desktop's own programs, to be looked at and printed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use eframe::egui::Context;

/// The desktop's opener.
const PROGRAM: &str = if cfg!(target_os = "windows") { "explorer" } else { "xdg-open" };

/// An opener that gives up does so at once; later its exit code is that of the viewer which it started.
const AT_ONCE: Duration = Duration::from_secs(8);

/// Asks the desktop to open things, and learns when it cannot.
pub struct Opener {
    /// `None`: the desktop is not to be asked.
    program: Option<&'static str>,
    faults: Receiver<PathBuf>,
    sender: Sender<PathBuf>,
}

impl Opener {
    pub fn new(desktop: bool) -> Self {
        Self::with(desktop.then_some(PROGRAM))
    }

    fn with(program: Option<&'static str>) -> Self {
        let (sender, faults) = channel();
        Self { program, faults, sender }
    }

    /// Opens a file or folder; whether that worked is learned later.
    pub fn open(&self, context: &Context, path: &Path) {
        let (sender, path, context) = (self.sender.clone(), path.to_owned(), context.clone());
        let Some(program) = self.program else {
            let _ = sender.send(path);
            return;
        };
        std::thread::spawn(move || {
            if !opens(program, &path) {
                // Nobody listens any more when the window has gone.
                let _ = sender.send(path);
                context.request_repaint();
            }
        });
    }

    /// A sentence about what could not be opened.
    pub fn fault(&self) -> Option<String> {
        let path = self.faults.try_recv().ok()?;
        let what = if path.is_dir() {
            "文件夹的程序，请在文件管理器中打开"
        } else {
            "这种文件的程序，文件在"
        };
        Some(format!("这台电脑上没有可以打开{what}：{}", path.display()))
    }
}

fn opens(program: &str, path: &Path) -> bool {
    let begun = Instant::now();
    let mut command = Command::new(program);
    name(&mut command, path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.status() {
        Err(_) => false,
        // Windows' explorer gives 1 also when all is well.
        Ok(status) => cfg!(target_os = "windows") || status.success() || begun.elapsed() > AT_ONCE,
    }
}

#[cfg(not(windows))]
fn name<'a>(command: &'a mut Command, path: &Path) -> &'a mut Command {
    command.arg(path)
}

/// Windows' explorer shows the clerk's documents instead of a place that is written with `/`, and ends a path at a comma
/// that no quotes are around.
#[cfg(windows)]
fn name<'a>(command: &'a mut Command, path: &Path) -> &'a mut Command {
    let mut quoted = std::ffi::OsString::from("\"");
    // Turns `/` into `\`, the rest stays.
    quoted.push(std::path::absolute(path).as_deref().unwrap_or(path));
    quoted.push("\"");
    std::os::windows::process::CommandExt::raw_arg(command, quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desktop_without_a_program_is_told() {
        let opener = Opener::with(Some("tuijian-no-such-opener"));
        opener.open(&Context::default(), Path::new("/nowhere/装订册.pdf"));
        let path = opener.faults.recv_timeout(Duration::from_secs(20)).unwrap();
        opener.sender.send(path).unwrap();
        let sentence = opener.fault().unwrap();
        assert!(sentence.contains("没有可以打开") && sentence.contains("/nowhere/装订册.pdf"), "{sentence}");
        assert_eq!(opener.fault(), None);
    }

    #[test]
    #[cfg(unix)]
    fn an_opener_that_gives_up_is_told_and_one_that_works_is_not() {
        assert!(!opens("false", Path::new("/nowhere")));
        assert!(opens("true", Path::new("/nowhere")));
    }
}
