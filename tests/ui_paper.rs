//! Every page of every document in the window, and copies to look at: through names and places on the pages.

mod desk;

use std::path::PathBuf;
use std::sync::Arc;

use desk::*;
use eframe::egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, accesskit::Role,
    vec2,
};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::{FileKey, Person, PersonId, RecommenderKind, nominated};
use tuijian::ops::{self, Printable, Proof};
use tuijian::pages::{Document, Item, Page};

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

fn choose(window: &mut Window, document: &str) {
    press(window, document);
    for _ in 0..3 {
        settle(window);
    }
}

/// Turns to a page by the list of what is in the binder.
fn turn_to(window: &mut Window, entry: &str) {
    press(window, "目录");
    let found: Vec<_> = window.get_all_by_label_contains(entry).collect();
    // What pops up comes last.
    found.iter().rfind(|node| node.accesskit_node().role() == Role::Button).unwrap().click_accesskit();
    for _ in 0..4 {
        settle(window);
    }
}

fn is_focused(window: &Window, label: &str) -> bool {
    text_input(window, label).accesskit_node().is_focused()
}

/// A document of the demonstration as it is laid out, from a book of its own: the window holds the other.
fn laid(document: Printable) -> Document {
    let folder = TempDir::new().unwrap();
    let open = ops::demo(&folder.path().join("另一册.tuijian"), RecommenderKind::Association).unwrap();
    let body = open.bodies().unwrap().remove(0);
    let all = open.people().unwrap();
    let persons: Vec<Person> = match document {
        Printable::Application => all.into_iter().take(1).collect(),
        _ => nominated(&all, body.id).into_iter().cloned().collect(),
    };
    let keys = persons.iter().flat_map(|person| person.applicant.files().cloned());
    let files = keys.map(|key| (key.clone(), ops::copy_outline(&open, &key).unwrap())).collect();
    let notice = Arc::new(open.notice().clone());
    Proof { document, notice, body, persons, files }.pages().unwrap()
}

/// Turns to where a field stands, on the last page that has it, and presses there.
fn click_field(window: &mut Window, document: &Document, person: Option<i64>, field: &str) {
    let area = |page: &Page| {
        page.items.iter().find_map(|item| match item {
            Item::Area(area) if area.field == field && area.person == person.map(PersonId) => Some(area.rect),
            _ => None,
        })
    };
    let found = document.pages.iter().enumerate().rev().find_map(|(index, page)| Some((index, page, area(page)?)));
    let (index, page, rect) = found.unwrap_or_else(|| panic!("没有“{field}”"));
    for _ in 0..document.pages.len() {
        if shows(window, &format!("第 {} 页 / 共", index + 1)) {
            break;
        }
        press(window, "下一页");
    }
    let middle = (rect.left.0 + rect.width.0 / 2.0, rect.top.0 + rect.height.0.min(60.0) / 2.0);
    click_on(window, index + 1, middle, page.width.0);
}

#[test]
fn a_click_on_any_document_leads_to_the_field() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let form = laid(Printable::Application);
    for (field, label) in [("occupation", "职业（工种）"), ("grade", "等级"), ("id_number", "身份证号")] {
        click_field(&mut window, &form, None, field);
        assert!(is_focused(&window, label), "{label}");
    }
    choose(&mut window, "汇总表");
    let summary = laid(Printable::Summary);
    click_field(&mut window, &summary, Some(2), "occupation");
    assert_eq!(value(&window, "姓名"), "闫㛃宁");
    assert!(is_focused(&window, "职业（工种）"));
    click_field(&mut window, &summary, None, "recommender.contact");
    assert!(is_focused(&window, "填报人"));
    strike(&mut window, Key::Escape);
    choose(&mut window, "推荐报告");
    click_field(&mut window, &laid(Printable::Report), None, "recommender.report.candidates");
    assert!(is_focused(&window, "一、推荐人选基本情况"));
    strike(&mut window, Key::Escape);
    choose(&mut window, "材料清单");
    click_field(&mut window, &laid(Printable::Catalogue), Some(1), "attachments[1]");
    assert_eq!(value(&window, "题名（附件 2）"), "全国技术能手荣誉证书");
    assert!(window.get_by_label("放大看附件 2").accesskit_node().is_focused());
    drop(people(window, &book));
}

#[test]
fn the_binder_leads_to_forms_and_copies() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    choose(&mut window, "装订册");
    turn_to(&mut window, "发明专利证书");
    let binder = laid(Printable::Binder);
    let page = binder.outline.last().unwrap().children.last().unwrap().page;
    assert!(shown(&window).any(|name| name == format!("第 {} 页", page + 1)));
    click_field(&mut window, &binder, Some(2), "attachments[1]");
    assert_eq!(value(&window, "题名（附件 2）"), "发明专利证书");
    assert!(window.get_by_label("放大看附件 2").accesskit_node().is_focused());
    turn_to(&mut window, "材料清单");
    click_field(&mut window, &binder, Some(1), "employer_address");
    assert_eq!(value(&window, "姓名"), "葛瑾川");
    assert!(is_focused(&window, "单位地址"));
    drop(people(window, &book));
}

/// Ctrl and the wheel.
fn wheel(window: &mut Window, lines: f32) {
    turn_wheel(window, lines);
    settle(window);
}

fn turn_wheel(window: &mut Window, lines: f32) {
    window.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, lines),
        phase: TouchPhase::Move,
        modifiers: Modifiers::COMMAND,
        source: MouseWheelSource::Unknown,
    });
}

#[test]
fn pages_are_turned_and_scaled_by_keys_and_wheel() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let width = |window: &Window| {
        let name = shown(window).next().unwrap();
        window.get_by_label(&name).rect().width()
    };
    let region = window.get_by_label_contains("PageUp").rect();
    window.get_by_label_contains("PageUp").focus();
    window.run_ok();
    for (key, page) in [(Key::Home, 1), (Key::PageDown, 2), (Key::PageDown, 3), (Key::PageUp, 2), (Key::End, 6)] {
        window.key_press(key);
        settle(&mut window);
        assert_shows(&window, &format!("第 {page} 页 / 共 6 页"));
    }
    assert!(!is_focused(&window, "姓名"), "the keys stay with the pages");
    let fit = width(&window);
    strike(&mut window, Key::Minus);
    assert!((width(&window) - fit / 1.2).abs() < 1.0);
    strike(&mut window, Key::Num0);
    assert_eq!(width(&window), fit);
    window.event(Event::PointerMoved(region.center()));
    wheel(&mut window, 3.0);
    assert!(width(&window) > fit * 1.05, "{} {fit}", width(&window));
    // Close to the upper edge of the third page, again and again: it stays under the pointer.
    press(&mut window, "适合宽度");
    while !shows(&window, "第 3 页 / 共") {
        press(&mut window, "上一页");
    }
    let third = |window: &Window| window.get_by_label("第 3 页").rect();
    let at = third(&window).min + vec2(100.0, 60.0);
    let share = |window: &Window| (at - third(window).min) / third(window).width();
    let before = share(&window);
    window.event(Event::PointerMoved(at));
    for _ in 0..5 {
        turn_wheel(&mut window, 3.0);
        window.step();
    }
    settle(&mut window);
    let after = share(&window);
    assert!(third(&window).width() > fit * 1.5 && (after - before).length() < 0.02, "{before} {after}");
    press(&mut window, "适合宽度");
    assert_eq!(width(&window), fit);
    drop(people(window, &book));
}

#[test]
fn a_click_on_an_empty_place_gives_the_keys_to_the_pages() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    for (width, height) in [(1440.0, 900.0), (1092.8, 614.4)] {
        let mut window = sized(Some(book.clone()), width, height);
        if width < 1400.0 {
            turn(&mut window, "页面");
        } else {
            type_into(&mut window, "现工作岗位", "兼带班");
        }
        while !shows(&window, "第 1 页 / 共") {
            press(&mut window, "上一页");
        }
        let before = sheet(&window, 1).width();
        // The margin of the paper, and the desk beside it.
        click_on(&mut window, 1, (5.0, 40.0), 210.0);
        for (key, page) in [(Key::PageDown, 2), (Key::PageUp, 1)] {
            window.key_press(key);
            settle(&mut window);
            assert_shows(&window, &format!("第 {page} 页 / 共"));
        }
        let desk = sheet(&window, 1).left_top() + vec2(-6.0, 60.0);
        press(&mut window, "搜索申报人");
        click_at(&mut window, desk);
        strike(&mut window, Key::PageDown);
        assert_shows(&window, "第 2 页 / 共");
        for _ in 0..2 {
            window.event(Event::Text("-".into()));
            strike(&mut window, Key::Minus);
        }
        assert!(sheet(&window, 1).width() < before * 0.8);
        drop(people(window, &book));
    }
}

#[test]
fn a_whole_page_is_seen_at_once() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 640.0);
    let first = |window: &Window| window.get_by_label(&shown(window).next().unwrap()).rect();
    let room = window.get_by_label_contains("PageUp").rect();
    let wide = first(&window);
    assert!(wide.height() > room.height());
    press(&mut window, "整页");
    assert!(room.contains_rect(first(&window)) && first(&window).height() > room.height() * 0.9);
    // It stays so in the next document.
    choose(&mut window, "推荐报告");
    assert!(room.contains_rect(first(&window)));
    window.get_by_label_contains("PageUp").focus();
    window.run_ok();
    for (key, is_whole) in [(Key::Num0, false), (Key::Num1, true)] {
        window.key_press(key);
        settle(&mut window);
        assert_eq!(first(&window).height() <= room.height(), is_whole, "{key:?}");
    }
    drop(people(window, &book));
}

#[test]
fn what_is_typed_is_on_the_recommenders_pages_at_once() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    choose(&mut window, "装订册");
    let before = page_count(&window);
    turn(&mut window, "个人总结");
    // Nothing is stored yet: the pages follow the form, not the book.
    let long = "总结。".repeat(1500);
    field(&mut window, "个人总结");
    window.event(Event::Paste(long));
    window.run_ok();
    for _ in 0..2 {
        settle(&mut window);
    }
    assert!(page_count(&window) > before, "{before}");
    drop(people(window, &book));
}

#[test]
fn without_anybody_nominated_a_sentence_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    {
        let mut open = tuijian::ops::OpenBook::open(&book).unwrap();
        for person in open.people().unwrap().into_iter().filter(|person| person.applicant.nominated) {
            ops::withdraw(&mut open, &person).unwrap();
        }
    }
    let mut window = window(Some(book.clone()));
    for document in ["汇总表", "推荐报告", "材料清单", "装订册"] {
        choose(&mut window, document);
        assert_shows(&window, &format!("还没有推荐任何人，所以没有{document}"));
        assert!(shown(&window).next().is_none());
    }
    choose(&mut window, "申报表");
    assert!(shown(&window).next().is_some(), "a form needs no nomination");
    drop(people(window, &book));
}

#[test]
fn copies_are_looked_at_large() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 1300.0);
    turn(&mut window, "附件");
    press(&mut window, "放大看附件 1");
    assert_shows(&window, "附件 1 / 3");
    assert!(window.get_by_label("附件第 1 页").rect().height() > 900.0);
    for (key, words) in [
        (Key::ArrowLeft, "附件 1 / 3"),
        (Key::ArrowRight, "附件 2 / 3"),
        (Key::ArrowRight, "附件 3 / 3"),
        (Key::ArrowRight, "附件 3 / 3"),
    ] {
        window.key_press(key);
        settle(&mut window);
        assert_shows(&window, words);
    }
    assert_shows(&window, "第 1 页 / 共 1 页");
    let fit = window.get_by_label("附件第 1 页").rect().width();
    // The pages behind it have a button of that name too.
    window.get_all_by_label("整页").last().unwrap().click();
    settle(&mut window);
    let whole = window.get_by_label("附件第 1 页").rect();
    assert!(whole.width() < fit && whole.height() < 1300.0);
    press(&mut window, "放大附件");
    assert!(window.get_by_label("附件第 1 页").rect().width() > whole.width());
    strike(&mut window, Key::Escape);
    assert!(window.query_by_label("附件第 1 页").is_none());
    drop(people(window, &book));
}

#[test]
fn the_wheel_in_the_middle_of_a_binder() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    choose(&mut window, "装订册");
    turn_to(&mut window, "闫㛃宁");
    let page = |window: &Window| window.get_by_label_contains("/ 共").accesskit_node().value().unwrap();
    let before = page(&window);
    let name = format!("第 {} 页", before.split(' ').nth(1).unwrap());
    let at = window.get_by_label(&name).rect().center();
    let share =
        |window: &Window| (at - window.get_by_label(&name).rect().min) / window.get_by_label(&name).rect().width();
    let (from, width) = (share(&window), window.get_by_label(&name).rect().width());
    window.event(Event::PointerMoved(at));
    window.run_ok();
    for _ in 0..6 {
        turn_wheel(&mut window, 1.0);
    }
    settle(&mut window);
    assert_eq!(page(&window), before);
    let to = share(&window);
    assert!((to - from).length() < 0.02, "{from} {to}");
    assert!(window.get_by_label(&name).rect().width() > width * 1.2);
    drop(people(window, &book));
}

/// A book of the demonstration in which the first person has no photo and `rows` of experience more than there.
fn book_with(folder: &TempDir, name: &str, rows: usize) -> PathBuf {
    let path = folder.path().join(name);
    let mut open = ops::demo(&path, RecommenderKind::Association).unwrap();
    let Person { id, mut applicant, .. } = open.people().unwrap().remove(0);
    applicant.photo = FileKey::default();
    let row = applicant.experience[0].clone();
    applicant.experience.extend(std::iter::repeat_n(row, rows));
    ops::save(&mut open, id, &applicant).unwrap();
    path
}

#[test]
fn the_pages_of_a_book_go_with_it() {
    let folder = TempDir::new().unwrap();
    // The same persons by the same numbers, as all books have them.
    let [short, long] = [("一.tuijian", 0), ("二.tuijian", 120)].map(|(name, rows)| book_with(&folder, name, rows));
    let mut window = window(Some(long.clone()));
    let many = page_count(&window);
    for (book, pages) in [(&short, 6), (&long, many), (&short, 6)] {
        arrive(&mut window, std::slice::from_ref(book));
        press(&mut window, "关上这本，打开它");
        assert_eq!(value(&window, "姓名"), "葛瑾川");
        assert_eq!(page_count(&window), pages, "{}", book.display());
    }
    assert!(many > 6, "{many}");
    drop(people(window, &short));
}

#[test]
fn the_place_of_the_field_is_brought_into_sight() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    // So low that half of a page shows.
    let mut window = sized(Some(book.clone()), 1440.0, 480.0);
    let top = |window: &Window| window.get_by_label("第 2 页").rect().top();
    field(&mut window, "姓名");
    settle(&mut window);
    let at_the_name = top(&window);
    turn(&mut window, "学习工作经历");
    field(&mut window, "第 2 行何校何单位");
    settle(&mut window);
    let at_the_row = top(&window);
    assert!(at_the_row < at_the_name - 40.0, "{at_the_name} {at_the_row}");
    field(&mut window, "第 1 行何校何单位");
    settle(&mut window);
    assert!((top(&window) - at_the_row).abs() < 1.0, "what is in sight stays where it is");
    turn(&mut window, "基本情况");
    field(&mut window, "姓名");
    settle(&mut window);
    assert!(top(&window) > at_the_row + 40.0);
    drop(people(window, &book));
}
