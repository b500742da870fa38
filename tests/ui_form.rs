//! The form, field by field: what is offered, how the cursor goes on, what a copy says of its certificate.

mod desk;

use desk::*;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::ranked;
use tuijian::ops::{self, OpenBook};

/// Replaces what a field holds and leaves it.
fn write(window: &mut Window, label: &str, text: &str) {
    field(window, label);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_into(window, label, text);
    window.key_press(Key::Tab);
    settle(window);
}

#[test]
fn enter_goes_on_to_the_next_field() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    field(&mut window, "姓名");
    for next in ["性别", "身份证号", "出生年月", "籍贯"] {
        window.key_press(Key::Enter);
        window.run_ok();
        assert!(text_input(&window, next).accesskit_node().is_focused(), "{next}");
    }
    turn(&mut window, "学习工作经历");
    field(&mut window, "第 1 行何校何单位");
    window.key_press(Key::Enter);
    window.run_ok();
    assert!(text_input(&window, "第 1 行证明人").accesskit_node().is_focused());
    assert!(!value(&window, "第 1 行何校何单位").contains('\n'));
    // A long text takes the key as the end of a paragraph.
    turn(&mut window, "个人总结");
    field(&mut window, "个人总结");
    let before = value(&window, "个人总结");
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(value(&window, "个人总结"), format!("{before}\n"));
    drop(people(window, &book));
}

#[test]
fn the_other_spelling_of_a_firm_is_offered() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    write(&mut window, "工作单位", "杭州示范模塑科技公司");
    assert_shows(&window, "只差一点");
    press(&mut window, "改用“杭州示范模塑科技有限公司”");
    assert_eq!(value(&window, "工作单位"), "杭州示范模塑科技有限公司");
    assert!(!shows(&window, "改用“"), "nothing is offered any more");
    assert_eq!(people(window, &book)[0].employer, "杭州示范模塑科技有限公司");
}

#[test]
fn a_copy_says_whether_its_certificate_can_be_checked_online() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 1300.0);
    turn(&mut window, "附件");
    press(&mut window, "这本证书可通过网上校验，复印件不必报送（1）");
    assert!(people(window, &book)[0].certificates[0].verifiable_online);
}

/// Takes hold of one place and lets go at another, with a stop between, as a hand does.
fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let steps = [
        Event::PointerMoved(from),
        button(from, true),
        Event::PointerMoved(from.lerp(to, 0.5)),
        Event::PointerMoved(to),
    ];
    for step in steps.into_iter().chain([Event::PointerMoved(to), button(to, false)]) {
        window.event(step);
        window.run_ok();
    }
    settle(window);
}

#[test]
fn a_card_is_dragged_to_another_place() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let center = |window: &Window, name: &str| window.get_by_label_contains(name).rect().center();
    let (first, second) = (center(&window, "1 葛瑾川"), center(&window, "2 闫㛃宁"));
    drag(&mut window, second, first);
    assert_shows(&window, "1 闫㛃宁");
    assert_shows(&window, "2 葛瑾川");
    let others = center(&window, "欧阳叙白，");
    drag(&mut window, first, others);
    let people = people(window, &book);
    assert!(
        people[1].nominated && people[0].nominated && !people[2].nominated,
        "a place in the order nominates nobody"
    );
}

#[test]
fn a_field_that_has_gone_from_the_screen_has_no_keys() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    type_into(&mut window, "行政职务", "兼组长");
    window.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut window);
    type_into(&mut window, "存放的文件夹", "x");
    let written = value(&window, "存放的文件夹");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_ne!(value(&window, "存放的文件夹"), written, "the field takes its own typing back");
    assert!(people(window, &book)[0].duty.ends_with("兼组长"), "the book keeps what it has");
}

#[test]
fn the_keyboard_stays_with_a_person_who_moves() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    // All in one part of the list.
    let mut open = OpenBook::open(&book).unwrap();
    for person in open.people().unwrap() {
        ops::withdraw(&mut open, &person).unwrap();
    }
    drop(open);
    let mut window = window(Some(book.clone()));
    window.get_by_label_contains("欧阳叙白，").focus();
    window.run_ok();
    for _ in 0..2 {
        window.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
        settle(&mut window);
        assert!(window.get_by_label_contains("欧阳叙白，").accesskit_node().is_focused());
    }
    let mut open = people_in_order(window, &book);
    open.truncate(3);
    assert_eq!(open, ["欧阳叙白", "葛瑾川", "闫㛃宁"]);
}

/// Names as the list has them, after the window has gone.
fn people_in_order(window: Window, book: &std::path::Path) -> Vec<String> {
    drop(people(window, book));
    let open = OpenBook::open(book).unwrap();
    let (people, bodies) = (open.people().unwrap(), open.bodies().unwrap());
    ranked(&people, bodies[0].id).into_iter().map(|person| person.applicant.name.clone()).collect()
}

#[test]
fn looking_at_what_came_in_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let person = open.people().unwrap().remove(0);
    let mut applicant = person.applicant.clone();
    applicant.experience[0].to = Some("目前".to_owned());
    ops::save(&mut open, person.id, &applicant).unwrap();
    drop(open);
    let mut looking = window(Some(book.clone()));
    turn(&mut looking, "学习工作经历");
    assert_eq!(value(&looking, "第 1 行结束年月"), "目前");
    assert_eq!(people(looking, &book)[0].experience[0].to.as_deref(), Some("目前"));
    let mut writing = window(Some(book.clone()));
    turn(&mut writing, "学习工作经历");
    write(&mut writing, "第 1 行结束年月", "至今");
    assert_eq!(people(writing, &book)[0].experience[0].to, None);
}

#[test]
fn an_emptied_part_of_the_report_comes_back_as_the_book_has_it() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2600.0);
    press(&mut window, "推荐单位资料");
    press(&mut window, "看和修改推荐报告");
    let part = "三、专家评议情况";
    let before = value(&window, part);
    field(&mut window, part);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.key_press(Key::Backspace);
    settle(&mut window);
    assert_eq!(value(&window, part), "");
    window.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut window);
    window.key_press(Key::Escape);
    settle(&mut window);
    press(&mut window, "推荐单位资料");
    press(&mut window, "看和修改推荐报告");
    assert_eq!(value(&window, part), before);
    drop(people(window, &book));
}
