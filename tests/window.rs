//! The real window on a real (virtual) screen of 1366 × 768 at 125 %, driven by keys. Needs Xvfb, xdotool, xclip and
//! ImageMagick.
//! Pictures of it are kept in `TUIJIAN_ARTEFACTS`, else beside the system's temporary files.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

use tempfile::TempDir;
use tuijian::ops::OpenBook;

/// A screen, and a book, that has not changed for so long is at rest.
const QUIET: Duration = Duration::from_millis(2500);

/// Nothing here may take longer, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// Killed when the test ends, whichever way.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A screen of its own.
struct Screen {
    _server: Process,
    display: String,
}

impl Screen {
    /// `None`, said aloud, where the tools are missing; a failure where they must be there.
    fn start() -> Option<Self> {
        let missing: Vec<&str> =
            ["Xvfb", "xdotool", "xclip", "import"].into_iter().filter(|tool| !is_installed(tool)).collect();
        if !missing.is_empty() {
            let must = ["TUIJIAN_OUTER", "CI"].into_iter().any(|name| std::env::var_os(name).is_some());
            assert!(!must, "缺少 {}，不能检验真实窗口", missing.join("、"));
            println!("没有检验真实窗口：缺少 {}", missing.join("、"));
            return None;
        }
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Xvfb writes the number of the display that it found free.
        let mut number = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(server.stdout.take().unwrap()), &mut number).unwrap();
        Some(Self { _server: Process(server), display: format!(":{}", number.trim()) })
    }

    fn xdotool(&self, arguments: &[&str]) -> String {
        let output = Command::new("timeout")
            .args([&PATIENCE.as_secs().to_string(), "xdotool"])
            .args(arguments)
            .env("DISPLAY", &self.display)
            .output()
            .unwrap();
        assert!(output.status.success(), "xdotool {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Puts a file into the clipboard as a file manager does that offers no text with it. pcmanfm ends its list with a NUL.
    fn copy_file(&self, path: &Path) {
        let mut holder = Command::new("xclip")
            .args(["-selection", "clipboard", "-t", "text/uri-list"])
            .env("DISPLAY", &self.display)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        write!(holder.stdin.take().unwrap(), "file://{}\0", path.display()).unwrap();
        // It leaves a process behind, which ends with the screen.
        assert!(holder.wait().unwrap().success());
    }

    /// What the screen shows, as bare pixels.
    fn pixels(&self) -> Vec<u8> {
        let taken = Command::new("import")
            .args(["-window", "root", "-depth", "8", "rgb:-"])
            .env("DISPLAY", &self.display)
            .output();
        taken.unwrap().stdout
    }

    /// Waits until the screen shows something else than `before` and has stayed so for a while; what it shows then.
    fn rests(&self, before: &[u8]) -> Vec<u8> {
        let (mut seen, mut since) = (Vec::new(), Instant::now());
        until("画面停下来", || {
            let now = self.pixels();
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
            let is_blank = seen.chunks(3).all(|pixel| seen.get(..3) == Some(pixel));
            !is_blank && seen != before && since.elapsed() > QUIET
        });
        seen
    }

    /// Keeps what the screen shows.
    fn keep(&self, name: &str) {
        let given = std::env::var_os("TUIJIAN_ARTEFACTS").map(PathBuf::from);
        let folder = given.unwrap_or_else(|| std::env::temp_dir().join("tuijian-artefacts"));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{name}.png"));
        let taken =
            Command::new("import").args(["-window", "root"]).arg(&path).env("DISPLAY", &self.display).status().unwrap();
        assert!(taken.success(), "import {}", path.display());
        let pixels = image::open(&path).unwrap().into_rgb8();
        let ground = *pixels.get_pixel(2, 2);
        let drawn = pixels.pixels().filter(|pixel| **pixel != ground).count();
        assert!(drawn > 10_000, "{}: the screen shows almost nothing", path.display());
    }

    /// Starts the program and waits until its window is there.
    fn start_program(&self, arguments: &[&Path], folder: &Path) -> Process {
        let window = Command::new(env!("CARGO_BIN_EXE_tuijian"))
            .args(arguments)
            // A bare desktop: no file dialogs, paths are typed.
            .env("PATH", folder)
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("XDG_RUNTIME_DIR")
            .env("WINIT_X11_SCALE_FACTOR", "1.25")
            .env("DISPLAY", &self.display)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .env("TUIJIAN_TODAY", "2021-07-06")
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let window = Process(window);
        let id = self.xdotool(&["search", "--sync", "--onlyvisible", "--class", "tuijian"]);
        let id = id.lines().next().unwrap().to_owned();
        self.xdotool(&["windowfocus", "--sync", &id]);
        window
    }

    /// Starts the program on a book and waits until it is open.
    fn open(&self, book: &Path, folder: &Path) -> Process {
        let window = self.start_program(&[book], folder);
        until_open(book);
        window
    }
}

fn is_installed(tool: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {tool}")]).stdout(Stdio::null()).status().unwrap().success()
}

fn tuijian(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tuijian")).args(arguments).env("TUIJIAN_TODAY", "2021-07-06").output().unwrap()
}

fn until(what: &str, mut is: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is() {
        assert!(Instant::now() < deadline, "等不到：{what}");
        // Between two looks the machine is the program's.
        std::thread::park_timeout(Duration::from_millis(100));
    }
}

/// Waits until a window holds the book.
fn until_open(book: &Path) {
    until("窗口打开推荐册", || tuijian(&["--book", book.to_str().unwrap(), "list"]).status.code() == Some(4));
}

fn modified(book: &Path) -> SystemTime {
    std::fs::metadata(book).unwrap().modified().unwrap()
}

/// Waits until the book has been written after `since` and is not being written any more.
fn until_stored(book: &Path, since: SystemTime) {
    until("写入推荐册", || modified(book) > since);
    let (mut seen, mut from) = (modified(book), Instant::now());
    until("写完推荐册", || {
        let now = modified(book);
        if now != seen {
            (seen, from) = (now, Instant::now());
        }
        from.elapsed() > QUIET
    });
}

#[test]
fn what_was_typed_outlives_a_power_cut() {
    let Some(screen) = Screen::start() else { return };
    let folder = TempDir::new().unwrap();
    // xdotool types what the keyboard has.
    let book = folder.path().join("shifan.tuijian");
    let path = book.to_str().unwrap();
    assert!(tuijian(&["--book", path, "demo"]).status.success());

    // From the first screen, as on a desktop without file dialogs.
    let mut window = screen.start_program(&[], folder.path());
    let start = screen.rests(&[]);
    screen.keep("1-start");
    screen.xdotool(&["key", "ctrl+o"]);
    let asked = screen.rests(&start);
    screen.xdotool(&["key", "ctrl+a"]);
    screen.xdotool(&["type", "--delay", "20", path]);
    screen.keep("2-path");
    screen.xdotool(&["key", "Return"]);
    until_open(&book);
    screen.rests(&asked);
    screen.keep("3-demonstration");
    let before = modified(&book);
    // A new person: the cursor stands in the name.
    screen.xdotool(&["key", "ctrl+n"]);
    until_stored(&book, before);
    let added = modified(&book);
    screen.xdotool(&["type", "--delay", "40", "Typed Before The Cut"]);
    until_stored(&book, added);
    screen.keep("4-typed");
    // SIGKILL: the program gets no chance to tidy up.
    window.0.kill().unwrap();
    window.0.wait().unwrap();
    drop(window);

    let list = tuijian(&["--book", path, "list", "--json"]);
    assert!(list.status.success(), "{}", String::from_utf8_lossy(&list.stderr));
    let people = String::from_utf8(list.stdout).unwrap();
    assert!(people.contains("Typed Before The Cut"), "{people}");
    let settings = std::fs::read_to_string(folder.path().join("config/tuijian/settings.json")).unwrap();
    assert!(settings.contains("last_person"), "{settings}");
    // The next day's start opens it as if nothing had been.
    let window = screen.open(&book, folder.path());
    screen.rests(&[]);
    screen.keep("5-next-day");
    drop(window);
    assert!(tuijian(&["--book", path, "check"]).status.code().is_some_and(|code| code < 2));
}

#[test]
fn a_file_copied_in_a_file_manager_is_pasted() {
    let Some(screen) = Screen::start() else { return };
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("shifan.tuijian");
    assert!(tuijian(&["--book", book.to_str().unwrap(), "demo"]).status.success());
    let window = screen.open(&book, folder.path());
    let form = screen.rests(&[]);
    screen.xdotool(&["key", "ctrl+6"]);
    let copies = screen.rests(&form);
    screen.copy_file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association/scans/gejin-honour.jpg"));
    let before = modified(&book);
    screen.xdotool(&["key", "ctrl+v"]);
    until_stored(&book, before);
    screen.rests(&copies);
    screen.keep("6-pasted");
    drop(window);
    let first = OpenBook::open(&book).unwrap().people().unwrap().remove(0).applicant;
    assert_eq!(first.attachments.len(), 4);
    assert_eq!(first.attachments[3].title, "gejin-honour");
}

#[test]
fn without_a_screen_it_says_so_in_one_sentence() {
    for display in [None, Some(":987")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tuijian"));
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert!(said.contains("tuijian demo --export"), "{said}");
        assert_eq!(said.trim().lines().count(), 1, "{said}");
    }
}
