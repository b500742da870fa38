//! The window as a test drives it: through its names, as a screen reader has them. Every harness also fails on a character
//! without a glyph and on a widget without a name.

#![allow(dead_code, reason = "each test target uses its part")]

use std::path::{Path, PathBuf};
use std::sync::Once;

use eframe::egui::{Key, Modifiers, accesskit::Role, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, HarnessBuilder};
use tempfile::TempDir;
use tuijian::domain::{Applicant, Body, RecommenderKind};
use tuijian::fonts::Fonts;
use tuijian::ops::{self, OpenBook};
use tuijian::ui::{App, Gate, Options, Settings};

pub type Window = Harness<'static, App>;

/// A window of the reference size, on a book or on the first screen.
pub fn window(book: Option<PathBuf>) -> Window {
    sized(book, 1440.0, 900.0)
}

pub fn sized(book: Option<PathBuf>, width: f32, height: f32) -> Window {
    built(Harness::builder().with_size(vec2(width, height)), book)
}

/// The day of every test, set before anything of the process reads the environment: each test begins here or with a book.
fn set_day() {
    static TODAY: Once = Once::new();
    // SAFETY: runs once, while every other thread that could read the environment waits for it.
    TODAY.call_once(|| unsafe { std::env::set_var("TUIJIAN_TODAY", "2021-07-06") });
}

/// A window made to order. The day is one of July 2021.
pub fn built(builder: HarnessBuilder<App>, book: Option<PathBuf>) -> Window {
    gated(builder, book, None)
}

/// The same with a gate that the thread with the book passes before each order.
pub fn gated(builder: HarnessBuilder<App>, book: Option<PathBuf>, gate: Option<Gate>) -> Window {
    set_day();
    let fonts = Fonts::shared().unwrap();
    let mut window = builder.with_max_steps(40).build_eframe(move |creation| {
        let settings = Settings::default();
        App::new(&creation.egui_ctx, Options { fonts, settings, desktop_dialogs: false, book, gate })
    });
    settle(&mut window);
    window
}

/// Lets the threads finish and the window draw what came of it.
pub fn settle(window: &mut Window) {
    for _ in 0..3 {
        window.run_ok();
        window.state_mut().settle();
    }
    window.run_ok();
}

/// Presses a key and lets what comes of it come to rest.
pub fn strike(window: &mut Window, key: Key) {
    window.key_press(key);
    settle(window);
}

pub fn demo(folder: &TempDir) -> PathBuf {
    set_day();
    let path = folder.path().join("示范.tuijian");
    ops::demo(&path, RecommenderKind::Association).unwrap();
    path
}

/// What the book holds, after the window has gone.
pub fn people(window: Window, book: &Path) -> Vec<Applicant> {
    drop(window);
    // The window's thread lets the book go when its channel closes.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        match OpenBook::open(book) {
            Ok(open) => return open.people().unwrap().into_iter().map(|person| person.applicant).collect(),
            Err(error) if std::time::Instant::now() > deadline => panic!("{error}"),
            Err(_) => std::thread::yield_now(),
        }
    }
}

pub fn press(window: &mut Window, label: &str) {
    let found: Vec<_> = window.get_all_by_label(label).collect();
    let button = found.iter().find(|node| node.accesskit_node().role() != Role::Label).unwrap_or(&found[0]);
    button.click();
    settle(window);
}

/// Turns to a part of the form; its name may be followed by the number of faults.
pub fn turn(window: &mut Window, label: &str) {
    let found = window.get_all_by_label_contains(label).find(|node| node.accesskit_node().role() == Role::Tab);
    found.unwrap_or_else(|| panic!("没有“{label}”")).click();
    settle(window);
}

/// Scrolls to a field, gives it the cursor and types at its end.
pub fn type_into(window: &mut Window, label: &str, text: &str) {
    field(window, label);
    let node = text_input(window, label);
    node.type_text(text);
    settle(window);
}

pub fn field(window: &mut Window, label: &str) {
    text_input(window, label).focus();
    window.run_ok();
}

pub fn text_input<'w>(window: &'w Window, label: &'w str) -> egui_kittest::Node<'w> {
    let is_text =
        |role| matches!(role, Role::TextInput | Role::MultilineTextInput | Role::SearchInput | Role::PasswordInput);
    let found = window.get_all_by_label(label).find(|node| is_text(node.accesskit_node().role()));
    found.unwrap_or_else(|| panic!("没有输入栏“{label}”"))
}

pub fn value(window: &Window, label: &str) -> String {
    text_input(window, label).accesskit_node().value().unwrap_or_default()
}

pub fn shows(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

#[track_caller]
pub fn assert_shows(window: &Window, words: &str) {
    assert!(shows(window, words), "窗口上没有“{words}”");
}

/// A file as the desktop hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl eframe::egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// Drops files on the window and waits until they have gone where they belong.
pub fn arrive(window: &mut Window, paths: &[PathBuf]) {
    drop_on(window, paths);
    settle(window);
}

/// Drops files on the window.
pub fn drop_on(window: &mut Window, paths: &[PathBuf]) {
    for path in paths {
        window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.clone())));
    }
}

/// Holds files over the window.
pub fn hover(window: &mut Window, paths: &[PathBuf]) {
    for path in paths {
        let file = eframe::egui::HoveredFile { path: Some(path.clone()), ..Default::default() };
        window.input_mut().hovered_files.push(file);
    }
    window.step();
}

/// The demonstration in which nothing blocks any more.
pub fn finished(folder: &TempDir) -> PathBuf {
    let path = demo(folder);
    finish(&path);
    path
}

/// Ends what is still under way in a demonstration, so that nothing blocks any more.
pub fn finish(path: &Path) {
    let mut open = OpenBook::open(path).unwrap();
    let people = open.people().unwrap();
    for person in people.iter().filter(|person| person.applicant.nominated) {
        let shown = ["process.body_publicity.from=2021-06-28", "process.body_publicity.to=2021-07-05"];
        ops::edit(&mut open, person, &shown.map(str::to_owned)).unwrap();
    }
    assert_eq!(ops::check(&open).unwrap().blocking(), 0);
}

pub fn body(open: &OpenBook) -> Body {
    open.bodies().unwrap().remove(0)
}

pub fn write_over(window: &mut Window, label: &str, text: &str) {
    field(window, label);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_into(window, label, text);
}
