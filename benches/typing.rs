//! What a key press costs the interface: typing at the end of a 6,000-character summary with the pages open and 200 people
//! in the book; then what a pass of 校核 costs, which has something to say of each of them. Prints median and 95th percentile of
//! the passes' CPU time, drawing by the card left out. Aim: 16 ms.

use std::time::Duration;

use eframe::egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use tuijian::domain::RecommenderKind;
use tuijian::fonts::Fonts;
use tuijian::ops;
use tuijian::ui::{App, Options, Settings};

const PEOPLE: usize = 200;
const CHARACTERS: usize = 6_000;
const KEYS: usize = 300;
/// Passes from the click on, among them the one that lays out everything.
const FIRST: usize = 6;
/// Passes of 校核, with ↓ pressed in each.
const WALKED: usize = 60;

/// CPU time of this thread so far.
#[cfg(unix)]
fn cpu() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Elsewhere the time on the clock, which is never less.
#[cfg(not(unix))]
fn cpu() -> Duration {
    static BEGIN: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    BEGIN.elapsed()
}

/// What one pass costs.
fn pass(window: &mut Harness<'_, App>) -> Duration {
    let before = cpu();
    window.step();
    cpu() - before
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("示范.tuijian");
    let mut open = ops::demo(&book, RecommenderKind::Association).unwrap();
    let body = open.bodies().unwrap()[0].id;
    let model = open.people().unwrap()[0].clone();
    let sentence: Vec<char> = model.applicant.sections.summary.text.chars().collect();
    let mut long = model.applicant.clone();
    long.sections.summary.text = sentence.iter().cycle().take(CHARACTERS).collect();
    ops::save(&mut open, model.id, &long).unwrap();
    for _ in open.people().unwrap().len()..PEOPLE {
        let person = ops::add_person(&mut open, body).unwrap();
        ops::save(&mut open, person.id, &model.applicant).unwrap();
    }
    drop(open);

    let fonts = Fonts::shared().unwrap();
    let mut window: Harness<'_, App> =
        Harness::builder().with_size(vec2(1440.0, 900.0)).with_max_steps(60).build_eframe(move |creation| {
            let settings = Settings::default();
            let options = Options { fonts, settings, desktop_dialogs: false, book: Some(book), gate: None };
            App::new(&creation.egui_ctx, options)
        });
    for _ in 0..3 {
        window.run_ok();
        window.state_mut().settle();
    }
    window.get_all_by_label_contains("个人总结").next().unwrap().click();
    window.run_ok();
    let is_text = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node().role() == eframe::egui::accesskit::Role::MultilineTextInput
    };
    window.get_all_by_label("个人总结").find(is_text).unwrap().focus();
    window.run_ok();

    let mut passes = Vec::new();
    for key in 0..KEYS {
        let character = sentence[key % sentence.len()];
        window.event(eframe::egui::Event::Text(character.to_string()));
        passes.push(pass(&mut window));
        // The threads get their share, as between two real key presses.
        if key % 20 == 19 {
            window.state_mut().settle();
        }
    }
    told("按键一次", passes);

    window.state_mut().settle();
    window.run_ok();
    window.get_all_by_label_contains("校核").next().unwrap().click();
    for (look, words) in [("按人看", "校核，按人看"), ("按条款看", "校核，按条款看")] {
        window.run_ok();
        window.get_by_label(look).click();
        let first = (0..FIRST).map(|_| pass(&mut window));
        told(&format!("{words}，头几遍"), first.collect());
        window.run_ok();
        let passes = (0..WALKED).map(|_| {
            window.key_press(eframe::egui::Key::ArrowDown);
            pass(&mut window)
        });
        told(words, passes.collect());
    }
}

fn told(what: &str, mut passes: Vec<Duration>) {
    passes.sort_unstable();
    let at = |share: f64| passes[(passes.len() as f64 * share) as usize];
    println!("{what}：中位数 {:?}，95% 在 {:?} 以内，最长 {:?}", at(0.5), at(0.95), at(0.999));
}
