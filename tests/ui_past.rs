//! What was done, taken back, kept and put back again, in the window.

mod desk;

use std::fs;
use std::path::Path;

use desk::*;
use eframe::egui::{Event, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::RecommenderKind;
use tuijian::ops::{self, OpenBook};

fn undo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(window);
}

fn redo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(window);
}

fn is_focused(window: &Window, label: &str) -> bool {
    text_input(window, label).accesskit_node().is_focused()
}

/// Answers the path that is asked for.
fn answer_path(window: &mut Window, path: &Path) {
    field(window, "路径");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_into(window, "路径", path.to_str().unwrap());
    press(window, "确定");
}

fn press_in_menu(window: &mut Window, entry: &str) {
    press(window, "更多");
    press(window, entry);
}

/// Nobody touches a key for so long.
fn pause(window: &mut Window, seconds: f64) {
    let begun = window.ctx.input(|input| input.time);
    while window.ctx.input(|input| input.time) < begun + seconds {
        window.step();
    }
}

#[test]
fn a_pause_a_paste_and_leaving_the_field_part_the_steps_of_undo() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    turn(&mut window, "个人总结");
    let mut states = vec![value(&window, "个人总结")];
    type_into(&mut window, "个人总结", "先写一句。");
    states.push(value(&window, "个人总结"));
    // What is pasted right after it is a step of its own, and so is what is typed right behind.
    window.event(Event::Paste("从网上抄来的一段，很长很长。".into()));
    settle(&mut window);
    states.push(value(&window, "个人总结"));
    for text in ["再写", "一句。"] {
        type_into(&mut window, "个人总结", text);
    }
    states.push(value(&window, "个人总结"));
    pause(&mut window, 6.0);
    type_into(&mut window, "个人总结", "想了一想又写。");
    states.push(value(&window, "个人总结"));
    // Left, and come back at once.
    turn(&mut window, "技术简况");
    turn(&mut window, "个人总结");
    settle(&mut window);
    type_into(&mut window, "个人总结", "回来又写。");
    assert!(value(&window, "个人总结").ends_with("想了一想又写。回来又写。"));
    for state in states.into_iter().rev() {
        undo(&mut window);
        assert_eq!(value(&window, "个人总结"), state);
    }
    drop(people(window, &book));
}

#[test]
fn reading_a_date_is_no_step_of_its_own_however_late_it_comes() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    turn(&mut window, "推荐程序");
    let shown = "评议日期";
    let before = value(&window, shown);
    let leaves: [fn(&mut Window); 3] = [
        |window| window.key_press(Key::Enter),
        |window| {
            // As a window has it: the modifier is a key too.
            let shift = |pressed| Event::Key {
                key: Key::ShiftLeft,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers: Modifiers::SHIFT,
            };
            window.event(shift(true));
            window.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
            window.event(shift(false));
        },
        |window| window.key_press(Key::F7),
    ];
    for leave in leaves {
        write_over(&mut window, shown, "7.3");
        pause(&mut window, 6.0);
        leave(&mut window);
        settle(&mut window);
        strike(&mut window, Key::Escape);
        assert_eq!(value(&window, shown), "2021-07-03");
        pause(&mut window, 6.0);
        undo(&mut window);
        assert_eq!(value(&window, shown), before);
        strike(&mut window, Key::Tab);
        assert_eq!(value(&window, shown), before, "nothing is read anew");
    }
    drop(people(window, &book));
}

#[test]
fn a_row_that_comes_back_is_shown() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1366.0, 768.0);
    turn(&mut window, "附件");
    let title = value(&window, "题名（附件 3）");
    press(&mut window, "删去附件 3");
    assert!(window.query_by_label("删去附件 3").is_none());
    undo(&mut window);
    assert_eq!(value(&window, "题名（附件 3）"), title);
    assert!(window.get_by_label("放大看附件 3").accesskit_node().is_focused(), "not the first of the list");
    drop(people(window, &book));
}

#[test]
fn undo_goes_back_across_fields_and_shows_where() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let post = value(&window, "现工作岗位");
    for text in ["兼", "带", "班"] {
        type_into(&mut window, "现工作岗位", text);
    }
    turn(&mut window, "个人总结");
    let summary = value(&window, "个人总结");
    for text in ["一句。", "又一句。"] {
        type_into(&mut window, "个人总结", text);
    }
    press(&mut window, "欧阳叙白，工艺雕刻工 / 技师，2 处问题");
    undo(&mut window);
    assert_shows(&window, "已撤销：修改葛瑾川：个人总结");
    assert_eq!(value(&window, "个人总结"), summary, "one stretch, one step; the person and the part are in view");
    assert!(is_focused(&window, "个人总结"));
    // With the cursor in a field, also one of several lines, the keys are the window's.
    undo(&mut window);
    assert_eq!(value(&window, "现工作岗位"), post);
    assert!(is_focused(&window, "现工作岗位"));
    redo(&mut window);
    assert_eq!(value(&window, "现工作岗位"), format!("{post}兼带班"));
    redo(&mut window);
    assert_shows(&window, "已重做：修改葛瑾川：个人总结");
    assert_eq!(value(&window, "个人总结"), format!("{summary}一句。又一句。"));
    redo(&mut window);
    assert_shows(&window, "没有可以重做的操作");
    let first = people(window, &book).remove(0);
    assert_eq!(
        (first.post, first.sections.summary.text),
        (format!("{post}兼带班"), format!("{summary}一句。又一句。"))
    );
    let open = OpenBook::open(&book).unwrap();
    let lines = ops::history(&open, None).unwrap();
    let typed = lines.iter().filter(|line| line.what.starts_with("修改葛瑾川：")).count();
    assert_eq!(typed, 2, "two stretches, two lines: {lines:?}");
    assert_eq!(ops::examine(&open).unwrap().damage, Vec::<String>::new());
}

#[test]
fn undo_puts_the_cursor_where_the_change_was() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    turn(&mut window, "个人总结");
    let summary = value(&window, "个人总结");
    field(&mut window, "个人总结");
    // Not at the end: at the beginning of the last line.
    window.key_press(Key::Home);
    window.event(Event::Text("前言。".into()));
    settle(&mut window);
    let inserted = value(&window, "个人总结");
    assert!(!inserted.ends_with("前言。"), "{inserted}");
    turn(&mut window, "基本情况");
    field(&mut window, "籍贯");
    undo(&mut window);
    assert_eq!(value(&window, "个人总结"), summary);
    window.event(Event::Text("首".into()));
    settle(&mut window);
    assert_eq!(value(&window, "个人总结"), inserted.replace("前言。", "首"), "typing goes on there");
    drop(people(window, &book));
}

#[test]
fn undo_of_a_recommender_leads_to_its_screen() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 1300.0);
    press(&mut window, "推荐单位资料");
    let contact = value(&window, "填报人");
    type_into(&mut window, "填报人", "某");
    strike(&mut window, Key::Escape);
    assert!(!shows(&window, "填报人"));
    undo(&mut window);
    assert_eq!(value(&window, "填报人"), contact);
    assert!(is_focused(&window, "填报人"));
    drop(people(window, &book));
}

#[test]
fn a_field_outside_the_form_keeps_its_own_undo() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    type_into(&mut window, "现工作岗位", "兼带班");
    type_into(&mut window, "搜索申报人", "欧");
    undo(&mut window);
    assert_eq!(value(&window, "搜索申报人"), "");
    // A button with the focus takes no keys for itself.
    window.get_by_label("历史").focus();
    window.run_ok();
    undo(&mut window);
    redo(&mut window);
    assert_shows(&window, "已重做：修改葛瑾川：现工作岗位");
    // Beside another screen the search ends by Esc, and the screen stays.
    press(&mut window, "历史");
    type_into(&mut window, "搜索申报人", "没有这个人");
    strike(&mut window, Key::Escape);
    assert_eq!(value(&window, "搜索申报人"), "");
    assert_shows(&window, "恢复到以前的内容也记成一次修改");
    assert!(people(window, &book)[0].post.ends_with("兼带班"));
}

#[test]
fn the_history_tells_shows_and_puts_back() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let (post, duty) = (value(&window, "现工作岗位"), value(&window, "行政职务"));
    type_into(&mut window, "现工作岗位", "兼带班");
    type_into(&mut window, "行政职务", "主任");
    press(&mut window, "历史");
    for words in ["修改葛瑾川：行政职务", "修改葛瑾川：现工作岗位", "导入 3 人", " 月 "] {
        assert_shows(&window, words);
    }
    // The newest is chosen; the arrow keys walk.
    assert_shows(&window, &format!("改为：{duty}主任"));
    assert_shows(&window, "现在就是这个样子");
    assert!(!shows(&window, "恢复到这次修改之后…") && shows(&window, "恢复到这次修改之前…"));
    strike(&mut window, Key::ArrowDown);
    assert_shows(&window, &format!("原来：{post}"));
    assert_shows(&window, &format!("改为：{post}兼带班"));
    strike(&mut window, Key::ArrowDown);
    assert!(!shows(&window, "恢复到这次修改之前…"), "nobody was there before the import");
    press(&mut window, "与现在比");
    assert_shows(&window, &format!("现在：{post}兼带班"));
    assert_shows(&window, &format!("这时：{post}"));
    press(&mut window, "恢复到这次修改之后…");
    assert_shows(&window, "将改动：");
    assert_shows(&window, &format!("现工作岗位：{post}兼带班 → {post}"));
    press(&mut window, "取消");
    press(&mut window, "恢复到这次修改之后…");
    press(&mut window, "恢复");
    // By its time, which the list shows too; a number of the book means nothing to a clerk.
    assert_shows(&window, "把葛瑾川恢复到 ");
    assert!(shows(&window, " 的样子") && !shows(&window, "修改记录"));
    assert_eq!(people(window, &book)[0].post, post);
}

/// Who looks at a change wants what was there before it.
#[test]
fn what_was_before_a_change_is_put_back() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let (phone, duty) = (value(&window, "联系电话"), value(&window, "行政职务"));
    write_over(&mut window, "联系电话", "13900001009");
    type_into(&mut window, "行政职务", "主任");
    press(&mut window, "历史");
    // The newest: only back to before it.
    press(&mut window, "恢复到这次修改之前…");
    assert_shows(&window, &format!("行政职务：{duty}主任 → "));
    press(&mut window, "取消");
    strike(&mut window, Key::ArrowDown);
    assert_shows(&window, "恢复到这次修改之后…");
    press(&mut window, "恢复到这次修改之前…");
    assert_shows(&window, "这次修改之前的内容？");
    // The state is the person's, so what came after it goes too; the question says so.
    assert_shows(&window, &format!("联系电话：13900001009 → {phone}"));
    assert_shows(&window, &format!("行政职务：{duty}主任 → "));
    press(&mut window, "恢复");
    assert_shows(&window, "修改之前的样子");
    // That is what stands now: the line that led here offers the way back to after it, and says nothing twice.
    assert_shows(&window, "恢复到这次修改之后…");
    assert!(!shows(&window, "恢复到这次修改之前…"));
    window.key_press(Key::PageDown);
    for _ in 0..3 {
        window.key_press(Key::ArrowDown);
    }
    settle(&mut window);
    for comparison in ["这次改了什么", "与现在比"] {
        press(&mut window, comparison);
        assert_eq!(window.query_all_by_label_contains("与现在相同。").count(), 1, "{comparison}");
    }
    let first = people(window, &book).remove(0);
    assert_eq!((first.phone, first.duty), (phone, duty));
}

#[test]
fn a_removal_is_taken_back_and_one_of_several_is_named() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    press(&mut window, "推荐、排序、删除");
    press(&mut window, "删除…");
    press(&mut window, "删除");
    press(&mut window, "历史");
    press(&mut window, "全册");
    press_first(&mut window, "删除葛瑾川", Role::ListBoxOption);
    assert!(!shows(&window, "恢复到这次修改之后…"));
    press(&mut window, "恢复到删除之前…");
    assert_shows(&window, " 删除之前的内容？");
    press(&mut window, "恢复");
    assert_shows(&window, "删除之前的样子");
    press_first(&mut window, "删除葛瑾川", Role::ListBoxOption);
    assert!(!shows(&window, "恢复到删除之前…"), "that is what stands now");
    strike(&mut window, Key::ArrowDown);
    assert_shows(&window, "这里是 4 条记录中的一条。");
    assert!(!shows(&window, "恢复到这次修改之前…"));
    assert_eq!(people(window, &book).len(), 3);
}

#[test]
fn a_recommender_has_a_history_too() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 1300.0);
    press(&mut window, "推荐单位资料");
    let contact = value(&window, "填报人");
    type_into(&mut window, "填报人", "某");
    press(&mut window, "历史");
    press(&mut window, "全册");
    assert_shows(&window, "改为：");
    // What came in at once is one line, until it is opened.
    assert!(!shows(&window, "协会，导入 3 人"));
    press_first(&mut window, "4 条记录，点开看", Role::ListBoxOption);
    press_first(&mut window, "协会，导入 3 人", Role::ListBoxOption);
    press(&mut window, "与现在比");
    assert_shows(&window, &format!("现在：{contact}某"));
    press(&mut window, "恢复到这次修改之后…");
    press(&mut window, "恢复");
    drop(people(window, &book));
    let open = OpenBook::open(&book).unwrap();
    assert_eq!(open.bodies().unwrap()[0].recommender.contact, contact);
}

#[test]
fn who_was_removed_is_found_again() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    press(&mut window, "推荐、排序、删除");
    press(&mut window, "删除…");
    press(&mut window, "删除");
    press(&mut window, "历史");
    assert!(!shows(&window, "找回葛瑾川"));
    press(&mut window, "全册");
    assert_shows(&window, "删除葛瑾川");
    assert_shows(&window, "导入 3 人");
    press(&mut window, "找回葛瑾川");
    assert!(!shows(&window, "找回葛瑾川"));
    assert_eq!(people(window, &book).len(), 3);
}

#[test]
fn a_long_history_is_drawn_by_what_is_in_sight() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    for round in 0..120 {
        let person = open.people().unwrap().remove(0);
        ops::edit(&mut open, &person, &[format!("duty=第 {round} 任")]).unwrap();
    }
    drop(open);
    let mut window = window(Some(book.clone()));
    press(&mut window, "历史");
    let lines = || window.get_all_by_role(Role::ListBoxOption).count();
    assert!(lines() < 40, "{} rows drawn", lines());
    for _ in 0..20 {
        window.key_press(Key::PageDown);
        window.run_ok();
    }
    settle(&mut window);
    assert_shows(&window, "导入 3 人");
    drop(people(window, &book));
}

/// A book that is away takes nothing; as long as it is, all that is typed stays in the window.
#[test]
fn what_cannot_be_saved_stays_and_is_saved_later() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let away = folder.path().join("拔出的盘.tuijian");
    let mut window = window(Some(book.clone()));
    fs::rename(&book, &away).unwrap();
    type_into(&mut window, "现工作岗位", "兼带班");
    assert_shows(&window, "没有保存：");
    assert_shows(&window, "可以继续写");
    // Of several people, and while nothing is saved.
    press_first(&mut window, "2 闫㛃宁", Role::ListBoxOption);
    type_into(&mut window, "行政职务", "主任");
    press_first(&mut window, "1 葛瑾川", Role::ListBoxOption);
    assert!(value(&window, "现工作岗位").ends_with("兼带班"));
    assert_shows(&window, "没有保存：");
    // The book is not closed over it.
    press_in_menu(&mut window, "关闭推荐册");
    assert_shows(&window, "现在关闭就会丢失");
    press(&mut window, "返回");
    // Nor is the window.
    let close = |window: &mut Window| {
        let viewport = window.input_mut().viewports.get_mut(&ViewportId::ROOT).unwrap();
        viewport.events.push(ViewportEvent::Close);
        window.step();
        let commands = &window.output().viewport_output.get(&ViewportId::ROOT).unwrap().commands;
        commands.contains(&ViewportCommand::CancelClose)
    };
    assert!(close(&mut window), "the window stays");
    settle(&mut window);
    assert_shows(&window, "现在关闭就会丢失");
    press(&mut window, "返回");
    fs::rename(&away, &book).unwrap();
    press(&mut window, "现在再试");
    assert!(!shows(&window, "没有保存："));
    assert!(!close(&mut window), "everything is saved");
    let people = people(window, &book);
    assert!(people[0].post.ends_with("兼带班"), "{}", people[0].post);
    assert!(people[1].duty.ends_with("主任"), "{}", people[1].duty);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_saved_is_saved_elsewhere() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    fs::remove_file(&book).unwrap();
    type_into(&mut window, "现工作岗位", "兼带班");
    press(&mut window, "另存一份…");
    let elsewhere = folder.path().join("别处.tuijian");
    answer_path(&mut window, &elsewhere);
    assert_shows(&window, "从现在起写在这一本里");
    assert!(!shows(&window, "没有保存："));
    type_into(&mut window, "行政职务", "主任");
    let first = people(window, &elsewhere).remove(0);
    assert!(first.post.ends_with("兼带班") && first.duty.ends_with("主任"), "{} {}", first.post, first.duty);
}

#[test]
fn copies_are_made_put_in_place_and_looked_over() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    assert_shows(&window, "上次自动备份");
    type_into(&mut window, "现工作岗位", "兼带班");
    press_in_menu(&mut window, "备份与恢复…");
    assert_shows(&window, "每日");
    press(&mut window, "检查推荐册");
    assert_shows(&window, "没有发现损坏");
    press(&mut window, "备份到…");
    let stick = folder.path().join("盘.tuijian");
    answer_path(&mut window, &stick);
    assert!(stick.exists());
    // The day's copy is of this morning: what was typed since is not in it.
    press_first(&mut window, "恢复 20", Role::Button);
    assert_shows(&window, "用备份替换现在的推荐册？");
    press(&mut window, "恢复");
    assert_shows(&window, "已用备份恢复");
    assert_shows(&window, "恢复前");
    strike(&mut window, Key::Escape);
    assert!(!value(&window, "现工作岗位").ends_with("兼带班"));
    press_in_menu(&mut window, "备份与恢复…");
    press(&mut window, "用别处的备份恢复…");
    answer_path(&mut window, &stick);
    press(&mut window, "恢复");
    assert!(people(window, &book)[0].post.ends_with("兼带班"));
}

#[test]
fn a_damaged_copy_leaves_the_open_book_as_it_is() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let damaged = folder.path().join("盘.tuijian");
    ops::backup(&OpenBook::open(&book).unwrap(), &damaged).unwrap();
    let bytes = fs::read(&damaged).unwrap();
    fs::write(&damaged, &bytes[..bytes.len() / 2]).unwrap();
    let mut window = window(Some(book.clone()));
    type_into(&mut window, "现工作岗位", "兼带班");
    press_in_menu(&mut window, "备份与恢复…");
    press(&mut window, "用别处的备份恢复…");
    answer_path(&mut window, &damaged);
    press(&mut window, "恢复");
    assert!(!shows(&window, "已用备份恢复"));
    assert_shows(&window, "盘.tuijian 已损坏（读不完整），没有用它恢复，推荐册没有变；请另选一份备份");
    strike(&mut window, Key::Escape);
    type_into(&mut window, "行政职务", "主任");
    let first = people(window, &book).remove(0);
    assert!(first.post.ends_with("兼带班") && first.duty.ends_with("主任"), "{} {}", first.post, first.duty);
    assert_eq!(fs::read(&damaged).unwrap().len(), bytes.len() / 2, "what was to be restored from is not touched");
}

#[test]
fn whose_book_a_copy_is_is_said_before_it_is_put_in_place() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let other = folder.path().join("区县.tuijian");
    ops::demo(&other, tuijian::domain::RecommenderKind::District).unwrap();
    let own = folder.path().join("盘.tuijian");
    ops::backup(&OpenBook::open(&book).unwrap(), &own).unwrap();
    let mut window = window(Some(book.clone()));
    press_in_menu(&mut window, "备份与恢复…");
    for (copy, is_said) in [(&other, true), (&own, false)] {
        press(&mut window, "用别处的备份恢复…");
        answer_path(&mut window, copy);
        let words = "这份备份里的推荐单位是“示范县人力资源和社会保障局”，与现在这一本不同";
        assert_eq!(shows(&window, words), is_said);
        assert!(!shows(&window, "正在查看"));
        assert!(!window.get_by_label("恢复").accesskit_node().is_disabled(), "whose it is has been seen");
        press(&mut window, "取消");
    }
    assert_eq!(people(window, &book).len(), 3);
}

fn press_first(window: &mut Window, beginning: &str, role: Role) {
    let found = window.get_all_by_label_contains(beginning).find(|node| node.accesskit_node().role() == role);
    found.unwrap_or_else(|| panic!("没有“{beginning}”")).click();
    settle(window);
}

#[test]
fn a_damaged_book_leads_to_its_copies() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let open = OpenBook::open(&book).unwrap();
    ops::daily_backup(&open).unwrap();
    drop(open);
    let bytes = fs::read(&book).unwrap();
    fs::write(&book, &bytes[..bytes.len() / 2]).unwrap();
    let mut window = window(Some(book.clone()));
    assert_shows(&window, "这本推荐册打不开");
    press_first(&mut window, "恢复 20", Role::Button);
    assert_shows(&window, "葛瑾川");
    assert_shows(&window, "已用备份恢复");
    assert_eq!(people(window, &book).len(), 3);
    let kept = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(kept.into_iter().any(|name| name.to_string_lossy().contains("损坏")));
}

#[test]
fn the_second_window_is_told_who_holds_the_book() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let open = OpenBook::open(&book).unwrap();
    let second = window(Some(book.clone()));
    assert_shows(&second, "正在另一个程序中打开：用户“");
    assert_shows(&second, "在这台电脑的本程序中打开了它");
    drop((open, second));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_book_that_cannot_be_opened_leaves_the_open_one_open() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let other = folder.path().join("别的.tuijian");
    drop(ops::demo(&other, RecommenderKind::District).unwrap());
    let mut window = window(Some(book.clone()));
    let held = OpenBook::open(&other).unwrap();
    press_in_menu(&mut window, "关闭推荐册");
    assert_shows(&window, "打开推荐册…");
    press(&mut window, "打开 示范");
    type_into(&mut window, "现工作岗位", "兼带班");
    drop(held);
    assert!(people(window, &book)[0].post.ends_with("兼带班"));
}

/// On a small screen, and where there are many copies, what was found would stand below the window.
#[test]
fn what_the_look_at_the_book_found_comes_into_sight() {
    let folder = TempDir::new().unwrap();
    let mut window = sized(Some(demo(&folder)), 1092.8, 480.0);
    press_in_menu(&mut window, "备份与恢复…");
    for _ in 0..2 {
        // The button at the lower edge, as the keyboard brings it.
        window.get_by_role_and_label(Role::Button, "检查推荐册").focus();
        settle(&mut window);
        strike(&mut window, Key::Enter);
        let found = window.get_by_label("没有发现损坏。").rect();
        let bar = window.get_by_label_contains("上次自动备份").rect();
        assert!(found.is_positive() && found.bottom() <= bar.top(), "{found:?} {bar:?}");
        // Scrolled away and asked again.
        window.get_by_label("做一份备份").scroll_to_me();
        settle(&mut window);
        assert!(window.get_by_label("没有发现损坏。").rect().bottom() > bar.top());
    }
}
