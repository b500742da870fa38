//! Every page of every document in the window, and copies to look at: through names and places on the pages.

mod desk;

use std::path::{Path, PathBuf};

use desk::*;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, accesskit::Role, pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;

fn scan(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association/scans").join(name)
}

/// Where a page is on the screen.
fn sheet(window: &Window, number: usize) -> Rect {
    window.get_by_role_and_label(Role::Image, &format!("第 {number} 页")).rect()
}

/// Names of the pages that are seen.
fn shown(window: &Window) -> impl Iterator<Item = String> {
    let pages = window.get_all_by_label_contains("第").filter(|node| node.accesskit_node().role() == Role::Image);
    pages.filter_map(|node| node.accesskit_node().label()).collect::<Vec<_>>().into_iter()
}

/// Presses at a place of a page, in millimetres of a sheet that is `width` wide.
fn click_on(window: &mut Window, number: usize, (x, y): (f32, f32), width: f32) {
    let paper = sheet(window, number);
    click_at(window, paper.min + vec2(x, y) * (paper.width() / width));
}

fn click_at(window: &mut Window, at: Pos2) {
    window.event(Event::PointerMoved(at));
    window.run_ok();
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        window.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        window.run_ok();
    }
    settle(window);
}

fn page_count(window: &Window) -> usize {
    let label = window.get_by_label_contains("/ 共").accesskit_node().value().unwrap_or_default();
    label.rsplit("共 ").next().and_then(|rest| rest.trim_end_matches(" 页").parse().ok()).unwrap()
}

#[test]
fn every_document_is_shown_as_it_will_print() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let mut counts = Vec::new();
    for document in ["申报表", "汇总表", "推荐报告", "材料清单", "装订册"] {
        press(&mut window, document);
        settle(&mut window);
        assert!(shown(&window).next().is_some(), "{document}");
        counts.push(page_count(&window));
    }
    assert_eq!(counts[0], 6);
    assert!(counts[1] == 1 && counts[2] >= 1 && counts[3] >= 1, "{counts:?}");
    // What is printed has as many pages.
    let open = {
        drop(people(window, &book));
        tuijian::ops::OpenBook::open(&book).unwrap()
    };
    let out = folder.path().join("装订册.pdf");
    let request = tuijian::ops::PrintRequest {
        document: tuijian::ops::Printable::Binder,
        person: None,
        recommender: None,
        draft: true,
        out: &out,
    };
    tuijian::ops::print(&open, &request).unwrap();
    let printed = lopdf::Document::load(&out).unwrap();
    assert_eq!(printed.get_pages().len(), counts[4]);
}
