//! Where the cursor goes: by Tab and Enter, through dialogs and back, and what comes into sight with it.

mod desk;

use desk::*;
use eframe::egui::{
    Event, Key, Modifiers, PointerButton,
    accesskit::{Role, Toggled},
    vec2,
};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;

/// What has the cursor: its role and what it is called.
fn held(window: &Window) -> Option<(Role, String)> {
    let mut nodes = window.root().children_recursive();
    let node = nodes.find(|node| node.accesskit_node().is_focused() && node.accesskit_node().role() != Role::Window)?;
    let node = node.accesskit_node();
    let by_others = || node.labelled_by().filter_map(|label| label.label().or_else(|| label.value())).collect();
    Some((node.role(), node.label().unwrap_or_else(by_others)))
}

#[track_caller]
fn assert_held(window: &Window, label: &str) {
    assert_eq!(held(window).map(|(_, label)| label).as_deref(), Some(label));
}

fn key(window: &mut Window, key: Key) {
    window.key_press(key);
    settle(window);
}

#[test]
fn after_a_dialog_the_cursor_is_where_it_was() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    field(&mut window, "姓名");
    for closing in [Key::Escape, Key::Enter, Key::F1] {
        key(&mut window, Key::F1);
        assert_held(&window, "知道了");
        key(&mut window, closing);
        assert!(!shows(&window, "知道了"));
        assert_held(&window, "姓名");
    }
    // A question has its first answer under the cursor, one that costs work the one that does nothing.
    window.get_by_label("推荐、排序、删除").focus();
    window.run_ok();
    key(&mut window, Key::Enter);
    press(&mut window, "删除…");
    assert_held(&window, "取消");
    key(&mut window, Key::Tab);
    assert_held(&window, "删除");
    key(&mut window, Key::Escape);
    assert!(!shows(&window, "删除葛瑾川？"));
    assert_eq!(people(window, &book).len(), 3);
}

#[test]
fn enter_at_the_end_of_a_part_leads_to_the_next_one() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    field(&mut window, "单位地址");
    key(&mut window, Key::Enter);
    assert_held(&window, "第 1 行起始年月");
    // Of a list one more row may be wanted, and the last part has nothing after it: the cursor stays.
    let rows = window.get_all_by_label_contains("行证明人").count();
    let last = format!("第 {rows} 行证明人");
    field(&mut window, &last);
    key(&mut window, Key::Enter);
    assert_held(&window, &last);
    turn(&mut window, "推荐程序");
    let last = window.get_all_by_label("结果").last().unwrap();
    last.focus();
    settle(&mut window);
    assert_held(&window, "结果");
    key(&mut window, Key::Enter);
    assert_held(&window, "结果");
    drop(people(window, &book));
}

#[test]
fn tab_goes_round_and_every_stop_is_seen() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    for (width, height) in [(1440.0, 900.0), (1092.8, 614.4)] {
        let mut window = sized(Some(book.clone()), width, height);
        field(&mut window, "姓名");
        let mut stops = Vec::new();
        for _ in 0..90 {
            window.key_press(Key::Tab);
            window.run_ok();
            let (role, label) = held(&window).unwrap_or_else(|| panic!("nothing after {stops:?}"));
            assert!(!label.is_empty() && role != Role::Splitter, "{role:?} after {stops:?}");
            let node = window
                .root()
                .children_recursive()
                .find(|node| node.accesskit_node().is_focused() && node.accesskit_node().role() != Role::Window);
            let rect = node.unwrap().rect();
            assert!(rect.top() >= -1.0 && rect.bottom() <= height + 1.0, "{label} {rect} is not seen");
            stops.push(label);
            if stops.last().is_some_and(|stop| stop == "姓名") {
                break;
            }
        }
        assert_eq!(stops.last().map(String::as_str), Some("姓名"), "{stops:?}");
        let at =
            |label: &str| stops.iter().position(|stop| stop == label).unwrap_or_else(|| panic!("{label} {stops:?}"));
        assert_eq!(at("参加工作时间"), at("文化程度") + 1);
        assert_eq!(at("更换照片…"), at("单位地址") + 1);
        // And back the same way.
        for stop in stops.iter().rev().skip(1).chain(stops.last()) {
            window.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
            window.run_ok();
            assert_held(&window, stop);
        }
        drop(people(window, &book));
    }
}

#[test]
fn who_is_selected_is_seen_in_the_list() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1092.8, 614.4);
    let card = |window: &Window| {
        let cards = window.get_all_by_role(Role::ListBoxOption);
        let selected = cards.filter(|card| card.accesskit_node().toggled() == Some(Toggled::True));
        let rects: Vec<_> = selected.map(|card| card.rect()).collect();
        assert_eq!(rects.len(), 1, "one card is selected");
        rects[0]
    };
    let list = |window: &Window| {
        let top = window.get_by_label("搜索申报人").rect().bottom();
        (top, window.get_by_label("＋ 新增申报人").rect().top())
    };
    let is_seen = |window: &Window, step: &str| {
        let (rect, (top, bottom)) = (card(window), list(window));
        assert!(rect.top() >= top && rect.bottom() <= bottom, "{step}: {rect} {top} {bottom}");
    };
    for _ in 0..4 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::N);
        settle(&mut window);
        is_seen(&window, "a new person");
    }
    for (way, steps) in [(Key::PageUp, 6), (Key::PageDown, 5)] {
        for step in 0..steps {
            window.key_press_modifiers(Modifiers::COMMAND, way);
            settle(&mut window);
            is_seen(&window, &format!("{way:?} {step}"));
        }
    }
    // The cursor that goes elsewhere moves nothing.
    let before = card(&window);
    for _ in 0..12 {
        window.key_press(Key::Tab);
        window.run_ok();
        if held(&window).is_some_and(|(role, _)| role == Role::ListBoxOption) {
            break;
        }
        assert_eq!(card(&window), before);
    }
    drop(people(window, &book));
}

#[test]
fn the_frame_of_a_photo_is_not_lost_by_a_slip() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    press(&mut window, "裁剪…");
    let place = |window: &Window| window.get_by_label("裁剪并保存").rect();
    let before = place(&window);
    press(&mut window, "向右转 90°");
    assert_eq!(place(&window), before, "the buttons stay under the mouse");
    let outside = before.left_bottom() + vec2(-400.0, 100.0);
    for pressed in [true, false] {
        window.event(Event::PointerMoved(outside));
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        window.event(Event::PointerButton { pos: outside, button, pressed, modifiers });
        window.run_ok();
    }
    settle(&mut window);
    assert_eq!(place(&window), before);
    assert!(held(&window).is_some_and(|(_, label)| label.starts_with("裁剪框")), "{:?}", held(&window));
    key(&mut window, Key::Tab);
    key(&mut window, Key::Escape);
    assert!(!shows(&window, "裁剪并保存"));
    drop(people(window, &book));
}

#[test]
fn large_letters_and_large_screens_have_their_room() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    // 1366 × 768 at 125 % with letters at 130 %.
    let (width, height) = (840.6, 472.6);
    let mut window = sized(Some(book.clone()), width, height);
    let left = window.get_by_label_contains("还有 9 天").rect();
    assert!(left.width() > 60.0 && left.right() <= window.get_by_label("校核 2").rect().left());
    key(&mut window, Key::F1);
    for label in ["快捷键", "知道了"] {
        let rect = window.get_by_label(label).rect();
        assert!(rect.top() >= 0.0 && rect.bottom() <= height && rect.right() <= width, "{label} {rect}");
    }
    drop(people(window, &book));
    let window = sized(Some(book.clone()), 1920.0, 1000.0);
    let (form, pages) = (text_input(&window, "单位地址").rect(), window.get_by_label_contains("PageUp").rect());
    assert!(pages.width() > 700.0 && pages.left() - form.right() < 60.0, "{form} {pages}");
    drop(people(window, &book));
}

/// On a small screen the list of keys is longer than the window: the keys that scroll elsewhere scroll it too.
#[test]
fn the_list_of_keys_scrolls_by_keys() {
    let folder = TempDir::new().unwrap();
    let mut window = sized(Some(demo(&folder)), 1092.8, 480.0);
    press(&mut window, "历史");
    key(&mut window, Key::F1);
    let top = |window: &Window| window.get_by_label("到下一格、上一格").rect().top();
    let begun = top(&window);
    let mut last = begun;
    for down in [Key::ArrowDown, Key::PageDown] {
        key(&mut window, down);
        assert!(top(&window) < last - 1.0, "{down:?}");
        last = top(&window);
    }
    for up in [Key::ArrowUp, Key::PageUp] {
        key(&mut window, up);
        assert!(top(&window) > last + 1.0, "{up:?}");
        last = top(&window);
    }
    assert!((last - begun).abs() < 1.0, "at the top again");
    // Enter still closes it.
    key(&mut window, Key::Enter);
    assert!(window.query_by_label("到下一格、上一格").is_none());
}
