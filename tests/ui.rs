//! The window through its names, as a screen reader has them: no display, no sleeping.

mod desk;

use std::path::Path;

use desk::*;
use eframe::egui::{Event, ImeEvent, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::Applicant;
use tuijian::ops::{self, Exception, OpenBook};

#[test]
fn the_first_screen_opens_the_demonstration() {
    let folder = TempDir::new().unwrap();
    let mut window = window(None);
    assert_shows(&window, "新建推荐册");
    press(&mut window, "示范推荐册…");
    press(&mut window, "行业协会");
    field(&mut window, "路径");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    let path = folder.path().join("试用.tuijian");
    type_into(&mut window, "路径", path.to_str().unwrap());
    press(&mut window, "确定");
    assert_shows(&window, "葛瑾川");
    assert_shows(&window, "已推荐 2 人，限额 2 人");
    assert_eq!(value(&window, "姓名"), "葛瑾川");
    assert!(path.exists());
}

#[test]
fn a_second_window_is_told_who_holds_the_book() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let open = OpenBook::open(&book).unwrap();
    let second = window(Some(book));
    assert_shows(&second, "正在另一个程序中打开");
    drop(open);
}

#[test]
fn every_screen_can_be_seen_wide_and_narrow() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    for (width, height) in [(1440.0, 900.0), (1280.0, 800.0), (1093.0, 614.0)] {
        let mut window = sized(Some(book.clone()), width, height);
        let tabs = ["学习工作经历", "资格与条件", "技术简况", "个人总结", "附件"];
        for (tab, words) in tabs.into_iter().zip(["证明人", "认定条件", "贡献成果登记", "300 字", "原件已校验"])
        {
            turn(&mut window, tab);
            assert_shows(&window, words);
        }
        let screens = [("通知", "杭人社发"), ("历史", "导入"), ("导出与打印…", "印草稿"), ("推荐单位资料", "填报人")];
        for (button, words) in screens {
            press(&mut window, button);
            assert_shows(&window, words);
        }
        strike(&mut window, Key::Escape);
        assert_eq!(window.query_by_label("页面").is_some(), width < 1180.0, "{width}");
        if width < 1180.0 {
            turn(&mut window, "页面");
        }
        assert_shows(&window, "适合宽度");
        drop(people(window, &book));
    }
}

#[test]
fn typing_is_stored_and_undone_without_a_button() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let before = value(&window, "现工作岗位");
    type_into(&mut window, "现工作岗位", "兼带班");
    assert_eq!(value(&window, "现工作岗位"), format!("{before}兼带班"));
    assert_shows(&window, "已保存");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(value(&window, "现工作岗位"), before);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(&mut window);
    assert_eq!(value(&window, "现工作岗位"), format!("{before}兼带班"));
    assert_eq!(people(window, &book)[0].post, format!("{before}兼带班"));
}

#[test]
fn what_an_input_method_composes_is_not_stored() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    field(&mut window, "行政职务");
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.into(), active_range_chars: None });
    window.event(preedit("zhu"));
    window.run_ok();
    window.event(preedit("zhuren"));
    window.run_ok();
    window.event(preedit(""));
    window.event(Event::Ime(ImeEvent::Commit("主任".into())));
    settle(&mut window);
    assert!(value(&window, "行政职务").ends_with("主任"));
    let duty = people(window, &book)[0].duty.clone();
    assert!(duty.ends_with("主任") && !duty.contains("zhu"), "{duty}");
    let open = OpenBook::open(&book).unwrap();
    assert_eq!(ops::history(&open, None).unwrap().iter().filter(|line| line.what.contains("行政职务")).count(), 1);
}

/// What winit and egui make of Microsoft's Pinyin: the keys of a composition are the method's own, its last letter taken
/// back ends in an empty text, and a commit follows an empty composition.
#[test]
fn a_composition_in_the_order_of_windows_takes_nothing_of_the_text() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let before = value(&window, "行政职务");
    field(&mut window, "行政职务");
    let compose = |window: &mut Window, text: &str| {
        let active_range_chars = (!text.is_empty()).then(|| text.chars().count()..text.chars().count());
        window.event(Event::Ime(ImeEvent::Preedit { text: text.into(), active_range_chars }));
        window.run_ok();
    };
    let commit = |window: &mut Window, text: &str| {
        window.event(Event::Ime(ImeEvent::Preedit { text: String::new(), active_range_chars: None }));
        window.event(Event::Ime(ImeEvent::Commit(text.into())));
        settle(window);
    };
    // Backspace, or Esc: all that was composed is gone.
    for text in ["z", "zh", "z", ""] {
        compose(&mut window, text);
    }
    commit(&mut window, "");
    assert_eq!(value(&window, "行政职务"), before);
    // A word, ended by space or Enter.
    for text in ["z", "zhuren", "主任"] {
        compose(&mut window, text);
    }
    commit(&mut window, "主任");
    // A mark comes without a composition.
    commit(&mut window, "。");
    assert_eq!(value(&window, "行政职务"), format!("{before}主任。"));
    assert!(text_input(&window, "行政职务").accesskit_node().is_focused());
    assert_eq!(people(window, &book)[0].duty, format!("{before}主任。"));
}

/// On Windows nothing is heard any more of a composition that a click breaks off.
#[test]
fn a_composition_that_a_click_breaks_off_does_not_keep_what_follows_from_being_stored() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    field(&mut window, "行政职务");
    window.event(Event::Ime(ImeEvent::Preedit { text: "zhu".into(), active_range_chars: None }));
    window.run_ok();
    let at = text_input(&window, "行政职务").rect().center();
    for pressed in [true, false] {
        let modifiers = Modifiers::NONE;
        window.event(Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers });
        window.run_ok();
    }
    window.event(Event::Text("3".into()));
    // No waiting for the book: the window itself must send what is typed.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    // The key is taken in, then the line at the bottom tells of it. What the composition left may be stored by then.
    window.step();
    window.step();
    while !shows(&window, "已保存 ") {
        assert!(std::time::Instant::now() < deadline, "什么也没有存");
        window.step();
    }
    assert!(people(window, &book)[0].duty.contains('3'));
}

#[test]
fn a_new_book_is_filled_from_nothing() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("新册.tuijian");
    let mut window = window(None);
    press(&mut window, "新建推荐册…");
    press(&mut window, "行业协会");
    type_into(&mut window, "单位名称（须和单位公章相同）", "杭州市示范行业协会");
    type_into(&mut window, "填报人", "钱某");
    type_into(&mut window, "手机", "13800000000");
    press(&mut window, "选择存放位置…");
    field(&mut window, "路径");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_into(&mut window, "路径", book.to_str().unwrap());
    press(&mut window, "确定");
    assert_shows(&window, "还没有申报人");
    press(&mut window, "新增第一位申报人");
    assert_shows(&window, "草稿");
    for (label, text) in
        [("姓名", "葛瑾川"), ("身份证号", "339999197803150318"), ("籍贯", "浙江杭州"), ("工作单位", "杭州示范有限公司")]
    {
        type_into(&mut window, label, text);
    }
    // The number says when and as what the person was born; the clerk only has to agree.
    press(&mut window, "按身份证填写：1978-03，男");
    assert_eq!((value(&window, "出生年月").as_str(), value(&window, "性别").as_str()), ("1978-03", "男"));
    type_into(&mut window, "参加工作时间", "1998.8");
    field(&mut window, "籍贯");
    settle(&mut window);
    assert_eq!(value(&window, "参加工作时间"), "1998-08");
    turn(&mut window, "学习工作经历");
    press(&mut window, "＋ 加一行");
    field(&mut window, "第 1 行起始年月");
    window.event(Event::Paste("1995.9-1998.7\t某技工学校\t甲某\n1998年8月至今\t杭州示范有限公司\t乙某\n".into()));
    settle(&mut window);
    assert_eq!(value(&window, "第 2 行何校何单位"), "杭州示范有限公司");
    press(&mut window, "推荐");
    assert_shows(&window, "的申报表还没有填多少，现在就推荐？");
    press(&mut window, "仍要推荐");
    assert_shows(&window, "已推荐 1 人，限额 2 人");
    let people = people(window, &book);
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].experience.len(), 2);
    assert!(people[0].nominated);
}

#[test]
fn over_the_quota_only_with_a_reason() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    press(&mut window, "欧阳叙白，工艺雕刻工 / 技师，2 处问题");
    press(&mut window, "推荐");
    assert_shows(&window, "将超过推荐名额");
    press(&mut window, "取消");
    assert_shows(&window, "已推荐 2 人，限额 2 人");
    press(&mut window, "推荐");
    type_into(&mut window, "超名额推荐的理由", "经市局同意");
    press(&mut window, "写明理由并推荐");
    assert_shows(&window, "已推荐 3 人，限额 2 人");
    assert_shows(&window, "已写明超名额的理由");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(people(window, &book).iter().filter(|applicant| applicant.nominated).count(), 2);
}

/// The window asks by what it knows; somebody else may have taken the last place since.
#[test]
fn a_reason_on_record_lets_nobody_in_unasked() {
    let folder = TempDir::new().unwrap();
    let mut open = OpenBook::open(&demo(&folder)).unwrap();
    let [first, second, third] = <[_; 3]>::try_from(open.people().unwrap()).unwrap();
    ops::nominate(&mut open, &third, Exception::Given("经市局同意")).unwrap();
    ops::withdraw(&mut open, &first).unwrap();
    let first = open.people().unwrap().remove(0);
    let refused = ops::nominate(&mut open, &first, Exception::Unasked).unwrap_err();
    assert!(refused.to_string().contains("已推荐 2 人"), "{refused}");
    ops::withdraw(&mut open, &second).unwrap();
    ops::nominate(&mut open, &first, Exception::Unasked).unwrap();
    let second = open.people().unwrap().remove(1);
    assert!(ops::nominate(&mut open, &second, Exception::Unasked).is_err());
    ops::nominate(&mut open, &second, Exception::Recorded).unwrap();
}

#[test]
fn a_finding_stands_at_its_field_and_leads_to_it() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    type_into(&mut window, "身份证号", "9");
    assert!(!shows(&window, "身份证号码应"), "nothing pops up while typing");
    field(&mut window, "籍贯");
    settle(&mut window);
    turn(&mut window, "学习工作经历");
    press(&mut window, "校核 3");
    press(&mut window, "去改：身份证号");
    assert!(text_input(&window, "身份证号").accesskit_node().is_focused());
    drop(people(window, &book));
}

#[test]
fn copies_and_photos_come_from_files() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let scan = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association/scans/yan-cert.jpg");
    let mut window = sized(Some(book.clone()), 1440.0, 1300.0);
    turn(&mut window, "附件");
    press(&mut window, "添加文件…");
    field(&mut window, "路径");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_into(&mut window, "路径", scan.to_str().unwrap());
    press(&mut window, "确定");
    assert_eq!(value(&window, "题名（附件 4）"), "yan-cert");
    assert!(text_input(&window, "题名（附件 4）").accesskit_node().is_focused(), "what has come is shown");
    assert_shows(&window, "请核对：“yan-cert”也是闫㛃宁的附件");
    strike(&mut window, Key::Tab);
    assert_shows(&window, "附件 4 也是闫㛃宁的附件，请核对是谁的。");
    press(&mut window, "原件已校验（4）");
    press(&mut window, "上移附件 4");
    // A folder of scans with something else in it, and one of them once more.
    let scans = folder.path().join("扫描件");
    std::fs::create_dir(&scans).unwrap();
    std::fs::copy(&scan, scans.join("再扫一次.jpg")).unwrap();
    for other in ["说明.txt", "Thumbs.db", ".隐藏", "~$葛瑾川.docx"] {
        std::fs::write(scans.join(other), "").unwrap();
    }
    press(&mut window, "添加文件夹…");
    write_over(&mut window, "路径", scans.to_str().unwrap());
    press(&mut window, "确定");
    assert_shows(&window, "文件夹里另有 1 个文件不是扫描件，没有添加（说明.txt）");
    assert_shows(&window, "“再扫一次”与附件 3 是同一个文件");
    // Its title has the cursor: it may be written at once.
    strike(&mut window, Key::Tab);
    assert_shows(&window, "附件 5 与附件 3 是同一个文件，请核对是不是多放了一份。");
    let attachments = people(window, &book)[0].attachments.clone();
    assert_eq!(attachments.len(), 5);
    assert_eq!(attachments[2].title, "yan-cert");
    assert!(attachments[2].original_checked);
}

#[test]
fn people_are_found_by_initials() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run_ok();
    assert!(text_input(&window, "搜索申报人").accesskit_node().is_focused());
    type_into(&mut window, "搜索申报人", "oyxb");
    assert!(!shows(&window, "模具工"));
    assert_shows(&window, "3 人中找到 1 人");
    press(&mut window, "显示全部");
    assert_shows(&window, "模具工");
    type_into(&mut window, "搜索申报人", "oyxb");
    strike(&mut window, Key::Enter);
    assert_eq!(value(&window, "姓名"), "欧阳叙白");
    assert_shows(&window, "模具工");
    assert_eq!(value(&window, "搜索申报人"), "", "whoever is found is gone to, the others are back");
    drop(people(window, &book));
}

#[test]
fn the_keyboard_reaches_every_field_in_order() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    field(&mut window, "姓名");
    for next in ["性别", "身份证号", "出生年月", "籍贯"] {
        window.key_press(Key::Tab);
        window.run_ok();
        assert!(text_input(&window, next).accesskit_node().is_focused(), "{next}");
    }
    field(&mut window, "性别");
    window.key_press(Key::ArrowDown);
    window.run_ok();
    window.key_press(Key::ArrowDown);
    window.run_ok();
    strike(&mut window, Key::Enter);
    assert_eq!(value(&window, "性别"), "女");
    window.key_press(Key::F1);
    window.run_ok();
    assert_shows(&window, "快捷键");
    strike(&mut window, Key::Escape);
    assert_eq!(people(window, &book)[0].sex, "女");
}

#[test]
fn rare_characters_have_glyphs_on_form_and_page() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    // The harness fails on the first character that nothing can draw.
    type_into(&mut window, "姓名", "㛃䶮𪛖𠀀");
    assert!(people(window, &book)[0].name.ends_with("㛃䶮𪛖𠀀"));
}

#[test]
fn order_removal_and_revisions() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    press(&mut window, "推荐、排序、删除");
    press(&mut window, "下移一位（Alt+↓）");
    assert_shows(&window, "2 葛瑾川");
    press(&mut window, "推荐、排序、删除");
    press(&mut window, "删除…");
    press(&mut window, "删除");
    assert!(!shows(&window, "2 葛瑾川"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_shows(&window, "2 葛瑾川");
    assert_eq!(people(window, &book).len(), 3);
}

#[test]
fn a_second_recommender_has_its_own_list_and_quota() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    // High enough for the whole screen: a click on what is scrolled away does nothing.
    let mut window = sized(Some(book.clone()), 1440.0, 1300.0);
    press(&mut window, "推荐单位资料");
    type_into(&mut window, "新单位名称（须和单位公章相同）", "杭州市示范区人力社保局");
    press(&mut window, "增加");
    assert_shows(&window, "已推荐 0 人，限额 4 人");
    strike(&mut window, Key::Escape);
    window.get_all_by_label("新增申报人").last().unwrap().click();
    settle(&mut window);
    type_into(&mut window, "姓名", "新来的人");
    press(&mut window, "推荐");
    assert_shows(&window, "的申报表还没有填多少，现在就推荐？");
    press(&mut window, "仍要推荐");
    assert_shows(&window, "已推荐 1 人，限额 4 人");
    assert_shows(&window, "已推荐 2 人，限额 2 人");
    assert_eq!(people(window, &book).len(), 4);
}

#[test]
fn somebody_goes_to_another_recommender_with_all_that_is_written() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let open = OpenBook::open(&book).unwrap();
    let before = open.people().unwrap().remove(0).applicant;
    drop(open);
    let mut window = sized(Some(book.clone()), 1440.0, 1300.0);
    let more = |window: &mut Window| press(window, "推荐、排序、删除");
    more(&mut window);
    assert!(!shows(&window, "改由别的单位推荐…"), "there is no other");
    strike(&mut window, Key::Escape);
    press(&mut window, "推荐单位资料");
    type_into(&mut window, "新单位名称（须和单位公章相同）", "杭州市示范区人力社保局");
    press(&mut window, "增加");
    strike(&mut window, Key::Escape);
    more(&mut window);
    press(&mut window, "改由别的单位推荐…");
    assert_shows(&window, "葛瑾川改由哪个单位推荐？");
    press(&mut window, "取消");
    assert_shows(&window, "已推荐 2 人，限额 2 人");
    more(&mut window);
    press(&mut window, "改由别的单位推荐…");
    press(&mut window, "改由它推荐");
    assert_shows(&window, "葛瑾川改由“杭州市示范区人力社保局”推荐");
    assert_shows(&window, "已推荐 1 人，限额 4 人");
    assert_shows(&window, "已推荐 1 人，限额 2 人");
    type_into(&mut window, "行政职务", "兼组长");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_shows(&window, "已推荐 2 人，限额 2 人");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(&mut window);
    let now = people(window, &book).remove(0);
    assert_eq!(now, Applicant { order: Some(1), ..before });
    // The same by the mouse: a card dropped among the other one's.
    let mut window = sized(Some(book.clone()), 1440.0, 1300.0);
    let middle = |window: &Window, name: &str| window.get_by_label_contains(&format!("{name}，")).rect().center();
    let drop_on = |window: &mut Window, to: Pos2| {
        let from = middle(window, "欧阳叙白");
        let press = |pos: Pos2, pressed: bool| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        window.event(Event::PointerMoved(from));
        window.event(press(from, true));
        window.run_ok();
        for step in [0.3, 0.7, 1.0] {
            window.event(Event::PointerMoved(from + (to - from) * step));
            window.run_ok();
        }
        window.event(press(to, false));
        settle(window);
    };
    let card = middle(&window, "葛瑾川");
    drop_on(&mut window, card);
    assert_shows(&window, "欧阳叙白改由哪个单位推荐？");
    press(&mut window, "取消");
    // Or on the other one's own card.
    let heading = window.get_by_label("杭州市示范区人力社保局").rect().center();
    drop_on(&mut window, heading);
    assert_shows(&window, "欧阳叙白改由哪个单位推荐？");
    press(&mut window, "改由它推荐");
    assert_shows(&window, "欧阳叙白转到“杭州市示范区人力社保局”名下");
    assert_eq!(people(window, &book)[2].order, Some(2), "last in the list");
    // A reason to go over the quota was written for others.
    let mut open = OpenBook::open(&book).unwrap();
    let association = open.bodies().unwrap().remove(0);
    let reason = ops::RecommenderEdit { exception: Some("经市局同意".to_owned()), ..Default::default() };
    ops::edit_recommender(&mut open, &association, reason).unwrap();
    let all = open.people().unwrap();
    ops::nominate(&mut open, &all[2], Exception::Unasked).unwrap();
    let [first, second, third] = <[_; 3]>::try_from(open.people().unwrap()).unwrap();
    assert!(first.applicant.nominated && second.applicant.nominated && third.applicant.nominated);
    ops::transfer(&mut open, &first, association.id).unwrap();
    let said = ops::transfer(&mut open, &third, association.id).unwrap();
    assert!(said.contains("没有列为推荐"), "{said}");
    assert!(!open.people().unwrap()[2].applicant.nominated);
}

/// egui switches the input method off with the cursor; on X11 that loses keys (see `ui::ime`).
#[test]
#[cfg(target_os = "linux")]
fn the_input_method_stays_on_between_fields() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    field(&mut window, "姓名");
    assert!(window.output().platform_output.ime.is_some());
    window.get_by_label("撤回推荐").focus();
    window.run_ok();
    window.step();
    assert!(!text_input(&window, "姓名").accesskit_node().is_focused());
    assert!(window.output().platform_output.ime.is_some_and(|ime| !ime.should_interrupt_composition));
    drop(people(window, &book));
}

#[test]
fn drafts_and_the_set_go_into_a_folder() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let into = |window: &mut Window, name: &str, make: &str| {
        field(window, "存放的文件夹");
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        type_into(window, "存放的文件夹", folder.path().join(name).to_str().unwrap());
        press(window, make);
    };
    window.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut window);
    into(&mut window, "正式", "导出整套材料");
    assert_shows(&window, "还有 2 处问题，按通知规定不能导出");
    assert!(!folder.path().join("正式").exists());
    press(&mut window, "印草稿：有问题也印，每页标“草稿”");
    into(&mut window, "草稿", "导出草稿");
    assert_shows(&window, "已完成");
    assert!(folder.path().join("草稿/05-装订册/装订册.pdf").is_file());
    press(&mut window, "《杭州市首席技师认定申报表》（PDF，一人一份）");
    into(&mut window, "表格", "印成 PDF 草稿");
    assert_eq!(std::fs::read_dir(folder.path().join("表格")).unwrap().count(), 2);
    drop(people(window, &book));
}
