//! The form, field by field: what is offered, how the cursor goes on, what a copy says of its certificate.

mod desk;

use desk::*;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT;
use tempfile::TempDir;

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
