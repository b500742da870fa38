//! Where the cursor goes: by Tab and Enter, through dialogs and back, and what comes into sight with it.

mod desk;

use desk::*;
use eframe::egui::{
    Event, ImeEvent, Key, Modifiers, PointerButton, Shape, Theme,
    accesskit::{Role, Toggled},
    vec2,
};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::RecommenderKind;
use tuijian::ops::{self, OpenBook};

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
    // After the last row comes another one, which Enter does not leave empty.
    let rows = window.get_all_by_label_contains("行证明人").count();
    field(&mut window, &format!("第 {rows} 行证明人"));
    key(&mut window, Key::Enter);
    assert_held(&window, &format!("第 {} 行起始年月", rows + 1));
    let last = format!("第 {} 行证明人", rows + 1);
    field(&mut window, &last);
    key(&mut window, Key::Enter);
    assert_held(&window, &last);
    type_into(&mut window, &last, "甲");
    key(&mut window, Key::Enter);
    assert_held(&window, &format!("第 {} 行起始年月", rows + 2));
    // The last part has nothing after it: the cursor stays.
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

fn command(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    settle(window);
}

/// Gives the cursor to what is called so.
fn hold(window: &mut Window, label: &str) {
    window.get_by_label(label).focus();
    window.run_ok();
    assert_held(window, label);
}

#[test]
fn keys_lead_into_the_form_of_another_person_and_back_from_other_screens() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let name = |window: &Window| value(window, "姓名");
    // Ctrl+F, a name, Enter.
    command(&mut window, Key::F);
    assert_held(&window, "搜索申报人");
    text_input(&window, "搜索申报人").type_text("欧阳");
    settle(&mut window);
    key(&mut window, Key::Enter);
    assert_held(&window, "姓名");
    assert_eq!(name(&window), "欧阳叙白");
    turn(&mut window, "推荐程序");
    command(&mut window, Key::F);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    text_input(&window, "搜索申报人").type_text("葛瑾川");
    settle(&mut window);
    key(&mut window, Key::Enter);
    assert_held(&window, "日期");
    key(&mut window, Key::Tab);
    assert_held(&window, "结果");
    // Esc takes the cursor out of nothing but the search.
    key(&mut window, Key::Escape);
    assert_held(&window, "结果");
    command(&mut window, Key::F);
    key(&mut window, Key::Escape);
    assert_held(&window, "结果");
    // The next person, in the same part.
    let firsts = [
        ("基本情况", "姓名"),
        ("学习工作经历", "第 1 行起始年月"),
        ("资格与条件", "在生产第一线工作：是"),
        ("技术简况", "专业技术特长或技术绝招情况"),
        ("个人总结", "个人总结"),
        ("附件", "添加文件…"),
        ("推荐程序", "日期"),
    ];
    for (tab, first) in firsts {
        turn(&mut window, tab);
        for way in [Key::PageDown, Key::PageUp] {
            command(&mut window, way);
            assert_held(&window, first);
        }
    }
    // To the papers and back.
    turn(&mut window, "基本情况");
    field(&mut window, "联系电话");
    command(&mut window, Key::P);
    assert!(held(&window).is_some_and(|(role, label)| role == Role::RadioButton && label.contains("整套报送材料")));
    key(&mut window, Key::Escape);
    assert_held(&window, "联系电话");
    turn(&mut window, "个人总结");
    command(&mut window, Key::P);
    key(&mut window, Key::Escape);
    assert_held(&window, "个人总结");
    drop(people(window, &book));
}

#[test]
fn the_cursor_goes_along_with_a_row_that_is_moved_or_removed() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    turn(&mut window, "学习工作经历");
    let places = |window: &Window| -> Vec<String> {
        let cells = window.get_all_by_label_contains("行何校何单位");
        cells.map(|cell| cell.accesskit_node().value().unwrap_or_default()).collect()
    };
    let before = places(&window);
    let rows = before.len();
    assert!(rows >= 3);
    hold(&mut window, "下移第 1 行");
    key(&mut window, Key::Enter);
    assert_held(&window, "下移第 2 行");
    key(&mut window, Key::Enter);
    assert_held(&window, "下移第 3 行");
    assert_eq!(places(&window)[2], before[0], "moved on, not back");
    key(&mut window, Key::Tab);
    window.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    window.run_ok();
    window.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    window.run_ok();
    assert_held(&window, "上移第 3 行");
    for row in [2, 1, 1] {
        key(&mut window, Key::Enter);
        assert_held(&window, &format!("上移第 {row} 行"));
    }
    assert_eq!(places(&window), before);
    // Removed: the row that took its place, then the last one, then the way to a new one.
    hold(&mut window, "删去第 2 行");
    key(&mut window, Key::Enter);
    assert_held(&window, "删去第 2 行");
    assert_eq!(places(&window)[1], before[2]);
    hold(&mut window, &format!("删去第 {} 行", rows - 1));
    for left in (1..rows - 1).rev() {
        key(&mut window, Key::Space);
        assert_held(&window, &format!("删去第 {left} 行"));
    }
    key(&mut window, Key::Enter);
    assert_held(&window, "＋ 加一行");
    // The other lists do the same.
    turn(&mut window, "资格与条件");
    press(&mut window, "＋ 加一项荣誉");
    press(&mut window, "＋ 加一项荣誉");
    hold(&mut window, "下移荣誉 1");
    key(&mut window, Key::Enter);
    assert_held(&window, "下移荣誉 2");
    let count = window.get_all_by_label_contains("删去荣誉").count();
    hold(&mut window, &format!("删去荣誉 {count}"));
    for left in (1..count).rev() {
        key(&mut window, Key::Enter);
        assert_held(&window, &format!("删去荣誉 {left}"));
    }
    key(&mut window, Key::Enter);
    assert_held(&window, "＋ 加一项荣誉");
    turn(&mut window, "附件");
    let count = window.get_all_by_label_contains("删去附件").count();
    hold(&mut window, &format!("删去附件 {count}"));
    for left in (1..count).rev() {
        key(&mut window, Key::Enter);
        assert_held(&window, &format!("删去附件 {left}"));
    }
    key(&mut window, Key::Enter);
    assert_held(&window, "添加文件…");
    // Who uses the mouse keeps the cursor.
    turn(&mut window, "学习工作经历");
    press(&mut window, "＋ 加一行");
    field(&mut window, "第 1 行证明人");
    press(&mut window, "删去第 1 行");
    assert!(held(&window).is_none_or(|(_, label)| !label.contains("删去")));
    drop(people(window, &book));
}

#[test]
fn where_a_new_book_is_to_lie_may_be_left_open() {
    let mut window = window(None);
    press(&mut window, "新建推荐册…");
    type_into(&mut window, "单位名称（须和单位公章相同）", "杭州市示范模具行业协会");
    field(&mut window, "地址");
    key(&mut window, Key::Enter);
    assert_held(&window, "路径");
    key(&mut window, Key::Escape);
    assert!(!shows(&window, "这个桌面没有文件对话框"));
    assert_held(&window, "地址");
    hold(&mut window, "选择存放位置…");
    key(&mut window, Key::Enter);
    assert_held(&window, "路径");
    key(&mut window, Key::Escape);
    assert_held(&window, "选择存放位置…");
    key(&mut window, Key::Enter);
    window.get_all_by_label("取消").last().unwrap().focus();
    window.run_ok();
    key(&mut window, Key::Enter);
    assert!(!shows(&window, "这个桌面没有文件对话框"));
    assert_held(&window, "选择存放位置…");
}

#[test]
fn rows_are_pasted_into_a_table_that_has_none() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    command(&mut window, Key::N);
    turn(&mut window, "学习工作经历");
    assert!(!shows(&window, "第 1 行"));
    let table = "1995.9-1998.7\t某技校\t甲\n1998.8-至今\t某厂\t乙\n";
    // What is typed elsewhere, or lies over the form, has it for itself.
    text_input(&window, "搜索申报人").focus();
    window.run_ok();
    window.event(Event::Paste(table.to_owned()));
    settle(&mut window);
    assert!(!shows(&window, "第 1 行"));
    key(&mut window, Key::Escape);
    key(&mut window, Key::F1);
    window.event(Event::Paste(table.to_owned()));
    settle(&mut window);
    key(&mut window, Key::F1);
    assert!(!shows(&window, "第 1 行"));
    turn(&mut window, "学习工作经历");
    window.event(Event::Paste(table.to_owned()));
    settle(&mut window);
    assert_held(&window, "第 1 行起始年月");
    assert_eq!(value(&window, "第 2 行何校何单位"), "某厂");
    let people = people(window, &book);
    let rows = people.iter().find(|person| person.name.is_empty()).map(|person| person.experience.len());
    assert_eq!(rows, Some(2));
}

#[test]
fn a_list_opens_at_what_is_typed() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    // The beginning goes before what stands further on; what is in none of them is left as it is.
    for (typed, taken) in [("大", "大专"), ("中", "中专"), ("研究", "硕士研究生"), ("自学", "自学"), ("", "初中")]
    {
        write_over(&mut window, "文化程度", typed);
        if typed.is_empty() {
            window.key_press_modifiers(Modifiers::COMMAND, Key::A);
            key(&mut window, Key::Backspace);
        }
        key(&mut window, Key::ArrowDown);
        assert!(shows(&window, "博士研究生"), "the list is open");
        assert_eq!(value(&window, "文化程度"), typed);
        key(&mut window, Key::Enter);
        assert_eq!(value(&window, "文化程度"), taken);
        assert!(!shows(&window, "博士研究生"), "the list is closed");
        // What is typed next would be written behind what was chosen.
        assert_held(&window, "参加工作时间");
    }
    assert_eq!(people(window, &book)[0].education, "初中");
}

#[test]
fn a_question_is_one_stop_and_a_list_opens_over_text() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    write_over(&mut window, "职业（工种）", "电");
    key(&mut window, Key::ArrowDown);
    assert!(shows(&window, "模具工"), "the others' occupations are offered");
    key(&mut window, Key::Escape);
    turn(&mut window, "资格与条件");
    hold(&mut window, "自由职业者：是");
    key(&mut window, Key::Tab);
    assert_held(&window, "已获评浙江省首席技师：否");
    window.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    settle(&mut window);
    assert_held(&window, "自由职业者：否");
    window.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    settle(&mut window);
    assert_held(&window, "在生产第一线工作：是");
    // From where the mouse pressed the keys go on.
    press(&mut window, "自由职业者：否");
    assert_held(&window, "自由职业者：否");
    let first = people(window, &book).remove(0);
    assert_eq!((first.front_line, first.freelancer, first.occupation.as_str()), (Some(true), Some(false), "电"));
}

#[test]
fn arrows_stay_within_a_question() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    turn(&mut window, "资格与条件");
    let (yes, no) = ("自由职业者：是", "自由职业者：否");
    hold(&mut window, no);
    for (arrow, then) in [
        (Key::ArrowRight, no),
        (Key::ArrowDown, no),
        (Key::ArrowLeft, yes),
        (Key::ArrowLeft, yes),
        (Key::ArrowUp, yes),
        (Key::ArrowDown, no),
        (Key::ArrowUp, yes),
        (Key::ArrowRight, no),
    ] {
        // As a hand does it: one pass for each key.
        window.key_press(arrow);
        window.run_ok();
        assert_held(&window, then);
    }
    key(&mut window, Key::ArrowLeft);
    let is_on =
        |window: &Window, label: &str| window.get_by_label(label).accesskit_node().toggled() == Some(Toggled::True);
    assert!(!is_on(&window, yes), "arrows choose nothing");
    key(&mut window, Key::Space);
    assert!(is_on(&window, yes));
    let last = "证书 1 种类：职业技能等级证书";
    hold(&mut window, last);
    for arrow in [Key::ArrowRight, Key::ArrowDown] {
        key(&mut window, arrow);
        assert_held(&window, last);
    }
    key(&mut window, Key::ArrowLeft);
    assert_held(&window, "证书 1 种类：国家职业资格证书");
    // Levels and classes stand on one line.
    let levels = ["国家级", "省级", "市级", "其他"].map(|level| format!("竞赛 1 级别：{level}"));
    press(&mut window, "＋ 加一项竞赛");
    let shown: Vec<String> =
        window.get_all_by_label_contains("竞赛 1 级别：").filter_map(|node| node.accesskit_node().label()).collect();
    assert_eq!(shown, levels);
    hold(&mut window, &levels[0]);
    for level in [&levels[1], &levels[2], &levels[3], &levels[3]] {
        key(&mut window, Key::ArrowRight);
        assert_held(&window, level);
    }
    drop(people(window, &book));
}

#[test]
fn parts_and_screens_have_keys() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut narrow = sized(Some(book.clone()), 1093.0, 614.0);
    let selected = |window: &Window| {
        let mut tabs = window.get_all_by_role(Role::Tab);
        let tab = tabs.find(|tab| tab.accesskit_node().toggled() == Some(Toggled::True));
        tab.and_then(|tab| tab.accesskit_node().label()).unwrap_or_default()
    };
    field(&mut narrow, "联系电话");
    let before = value(&narrow, "联系电话");
    let parts = [
        (Key::Num2, "学习工作经历", Some("第 1 行起始年月")),
        (Key::Num3, "资格与条件", Some("在生产第一线工作：是")),
        (Key::Num4, "技术简况", Some("专业技术特长或技术绝招情况")),
        (Key::Num5, "个人总结", Some("个人总结")),
        (Key::Num6, "附件", Some("添加文件…")),
        (Key::Num7, "推荐程序", Some("日期")),
        (Key::Num8, "页面", None),
        (Key::Num1, "基本情况", Some("姓名")),
    ];
    for (number, part, first) in parts {
        command(&mut narrow, number);
        assert!(selected(&narrow).starts_with(part), "{part}: {}", selected(&narrow));
        first.into_iter().for_each(|first| assert_held(&narrow, first));
    }
    assert_eq!(value(&narrow, "联系电话"), before);
    drop(people(narrow, &book));
    // Where the pages stand beside the form they are no part of it.
    let mut window = window(Some(book.clone()));
    field(&mut window, "姓名");
    command(&mut window, Key::Num8);
    assert_held(&window, "姓名");
    for (screen, shown) in [(Key::F7, "只看阻止报送的"), (Key::F8, "在通知中查找"), (Key::F9, "全册")] {
        key(&mut window, screen);
        assert_shows(&window, shown);
        key(&mut window, screen);
        assert_shows(&window, shown);
        command(&mut window, Key::Num4);
        assert_held(&window, "专业技术特长或技术绝招情况");
    }
    // What lies over the window, and a composition, have their keys for themselves.
    key(&mut window, Key::F1);
    assert_shows(&window, "F7、F8、F9");
    command(&mut window, Key::Num1);
    key(&mut window, Key::F7);
    key(&mut window, Key::F1);
    assert_held(&window, "专业技术特长或技术绝招情况");
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.into(), active_range_chars: None });
    window.event(preedit("hang"));
    window.run_ok();
    command(&mut window, Key::Num1);
    key(&mut window, Key::F8);
    assert_held(&window, "专业技术特长或技术绝招情况");
    window.event(preedit(""));
    window.event(Event::Ime(ImeEvent::Commit("杭".into())));
    window.run_ok();
    command(&mut window, Key::Num1);
    assert_held(&window, "姓名");
    drop(people(window, &book));
}

#[test]
fn what_is_read_is_leafed_through_by_keys() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1093.0, 614.0);
    for (screen, first) in [(Key::F8, "认定对象"), (Key::F7, "按条款看")] {
        key(&mut window, screen);
        let top = |window: &Window| window.get_all_by_label_contains(first).last().unwrap().rect().top();
        let begin = top(&window);
        let mut places = vec![begin];
        for way in [Key::PageDown, Key::PageDown, Key::PageUp, Key::End, Key::Home] {
            key(&mut window, way);
            places.push(top(&window));
        }
        let [begin, once, twice, back, end, home] = places[..] else { unreachable!() };
        assert!(begin - once > 200.0, "{first}: {places:?}");
        assert!(twice < once && end <= twice && back > twice, "{first}: {places:?}");
        assert!((home - begin).abs() < 1.0, "{first}: {places:?}");
    }
    // Not while words are typed.
    key(&mut window, Key::F8);
    command(&mut window, Key::F);
    assert_held(&window, "在通知中查找");
    let top = window.get_all_by_label_contains("认定对象").last().unwrap().rect().top();
    key(&mut window, Key::PageDown);
    assert_eq!(window.get_all_by_label_contains("认定对象").last().unwrap().rect().top(), top);
    drop(people(window, &book));
}

#[test]
fn a_link_with_the_cursor_has_a_ring() {
    let mut window = window(None);
    let link = "快捷键（F1）";
    for theme in [Theme::Light, Theme::Dark] {
        window.ctx.set_theme(theme);
        window.get_by_label("打开推荐册…").focus();
        window.run_ok();
        let rect = window.get_by_label(link).rect();
        let rings = |window: &Window| {
            let is_ring = |shape: &Shape| match shape {
                Shape::Rect(ring) => {
                    let is_around = ring.rect.contains_rect(rect) && rect.expand(6.0).contains_rect(ring.rect);
                    is_around && ring.stroke.width >= 1.0 && ring.stroke.color != ring.fill && ring.fill.a() == 255
                }
                _ => false,
            };
            window.output().shapes.iter().filter(|clipped| is_ring(&clipped.shape)).count()
        };
        assert_eq!(rings(&window), 0);
        hold(&mut window, link);
        assert_eq!(window.get_by_label(link).rect(), rect, "its size stays");
        assert_eq!(rings(&window), 1, "{theme:?}");
    }
}

#[test]
fn what_was_said_of_a_book_that_did_not_open_goes_with_the_next_one() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let paths = ["别的", "又一本"].map(|name| folder.path().join(format!("{name}.tuijian")));
    for path in &paths {
        drop(ops::demo(path, RecommenderKind::District).unwrap());
    }
    let held = OpenBook::open(&paths[0]).unwrap();
    let mut window = window(Some(book));
    let open = |window: &mut Window, path: &std::path::PathBuf| {
        arrive(window, std::slice::from_ref(path));
        press(window, "关上这本，打开它");
    };
    open(&mut window, &paths[0]);
    assert_shows(&window, "正在另一个程序中打开");
    open(&mut window, &paths[1]);
    assert_eq!(window.state().book(), Some(paths[1].as_path()));
    assert!(!shows(&window, "正在另一个程序中打开"));
    drop((window, held));
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

#[test]
fn the_selected_person_moves_by_keys_after_a_click_on_the_card() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    press(&mut window, "1 葛瑾川，电工 / 高级技师，已推荐");
    window.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    settle(&mut window);
    assert!(window.query_by_label("2 葛瑾川，电工 / 高级技师，已推荐").is_some());
    // In a field the keys are the field's.
    field(&mut window, "现工作岗位");
    window.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    settle(&mut window);
    assert!(window.query_by_label("2 葛瑾川，电工 / 高级技师，已推荐").is_some());
    drop(people(window, &book));
}

#[test]
fn a_choice_by_enter_closes_its_list_and_keeps_the_cursor() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    turn(&mut window, "附件");
    let before = "附件 1 的种类：职业资格（技能等级）证书";
    window.get_by_label(before).focus();
    settle(&mut window);
    key(&mut window, Key::Space);
    key(&mut window, Key::ArrowDown);
    key(&mut window, Key::Enter);
    let after = held(&window);
    assert!(after.as_ref().is_some_and(|(role, label)| *role == Role::ComboBox && label.starts_with("附件 1 的种类")));
    assert_eq!(window.query_all_by_label("专利证书").count(), 0, "the list is closed: {after:?}");
    drop(people(window, &book));
}
