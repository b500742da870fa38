//! What the window knows of the sets that were made: where they lie, whose they are, whether they still hold.

mod desk;

use std::path::{Path, PathBuf};

use desk::*;
use eframe::egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::ExperienceRow;
use tuijian::ops::{self, OpenBook};

/// Where the set of the demonstration's association goes unless the clerk says otherwise.
const SET: &str = "报送材料（杭州市示范模具行业协会）";

/// What is said beside a set, and in the status line.
const OUTDATED: &str = "导出之后册中又有改动";
const STATUS: &str = "导出之后又有改动";

const EXPORT: &str = "导出与打印…";
const WHOLE_SET: &str = "导出整套材料";
const FOLDER: &str = "存放的文件夹";

/// The demonstration with a second recommender, in which nothing blocks any more.
fn of_two(folder: &TempDir) -> PathBuf {
    let book = demo(folder);
    import(&book, &Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/district"));
    book
}

fn import(book: &Path, record: &Path) {
    let mut open = OpenBook::open(book).unwrap();
    let paths = [record.to_owned()];
    let request =
        ops::ImportRequest { paths: &paths, conflict: ops::Conflict::Keep, mode: ops::Mode::Commit, passphrase: None };
    ops::import(&mut open, &request).unwrap();
}

/// Chooses whose papers are made.
fn choose(window: &mut Window, recommender: &str) {
    let choice = window.get_all_by_role_and_label(Role::RadioButton, recommender).next().unwrap();
    choice.click();
    settle(window);
}

fn select(window: &mut Window, person: &str) {
    window.get_by_label_contains(&format!("{person}，")).click();
    settle(window);
}

/// Goes to 导出 and makes the whole set.
fn export(window: &mut Window) {
    press(window, EXPORT);
    make(window, WHOLE_SET);
}

#[track_caller]
fn make(window: &mut Window, label: &str) {
    press(window, label);
    assert_shows(window, "已完成");
}

/// Types at the end of a field and leaves it.
fn change(window: &mut Window, label: &str, text: &str) {
    type_into(window, label, text);
    strike(window, Key::Tab);
}

fn change_of(window: &mut Window, person: &str) {
    select(window, person);
    change(window, "行政职务", "兼组长");
}

/// Closes the book and opens that one.
fn turn_to(window: &mut Window, book: &Path) {
    press(window, "更多");
    press(window, "关闭推荐册");
    arrive(window, &[book.to_owned()]);
}

#[test]
fn what_was_exported_before_a_change_says_so() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, EXPORT);
    press(&mut window, WHOLE_SET);
    assert!(!shows(&window, OUTDATED));
    strike(&mut window, Key::Escape);
    change(&mut window, "联系电话", "12");
    assert_shows(&window, "手机号码一般是 11 位，请核对。");
    press(&mut window, STATUS);
    assert_shows(&window, "已完成");
    assert_shows(&window, OUTDATED);
    let told = window.get_by_label_contains("和现在册中不同的").accesskit_node().value();
    assert_eq!(
        told.as_deref(),
        Some("和现在册中不同的：01-葛瑾川-申报表、装订册。其余各份没有变，盖好的章仍可用。电子文档也要用重新导出的。")
    );
    // A set that agrees with its list need not agree with the book.
    press(&mut window, "核对这份材料");
    assert_shows(&window, "与清单相符");
    assert_eq!(window.query_all_by_label_contains(OUTDATED).count(), 2);
    // What is made anew says which papers are to be sealed again.
    assert!(!shows(&window, "与原来相同"));
    press(&mut window, WHOLE_SET);
    assert!(!shows(&window, "与清单相符"), "that was said of the papers that gave way");
    let of = |window: &Window, words: &str| window.query_all_by_label(words).count();
    assert_eq!((of(&window, "有改动"), of(&window, "与原来相同")), (2, 3), "the form and the binder");
    drop(people(window, &book));
}

#[test]
fn a_row_that_is_left_empty_changes_no_set() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, EXPORT);
    press(&mut window, WHOLE_SET);
    let codes = |window: &Window| -> Vec<String> {
        let lines = window.get_all_by_label_contains("校验码");
        lines.filter_map(|line| line.accesskit_node().label().or_else(|| line.accesskit_node().value())).collect()
    };
    let before = codes(&window);
    assert!(before.len() > 4);
    strike(&mut window, Key::Escape);
    turn(&mut window, "学习工作经历");
    press(&mut window, "＋ 加一行");
    strike(&mut window, Key::Tab);
    assert!(!shows(&window, STATUS));
    press(&mut window, EXPORT);
    assert_eq!(codes(&window), before);
    let rows = &people(window, &book)[0].experience;
    assert_eq!(rows.last(), Some(&ExperienceRow::default()), "the book has it");
}

#[test]
fn who_is_not_put_forward_changes_no_set() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, EXPORT);
    press(&mut window, WHOLE_SET);
    window.get_by_label_contains("欧阳叙白，").click();
    settle(&mut window);
    change(&mut window, "联系电话", "12");
    assert!(!shows(&window, STATUS));
    press(&mut window, EXPORT);
    assert!(!shows(&window, OUTDATED));
    drop(people(window, &book));
}

#[test]
fn the_set_of_another_book_of_the_same_recommender_is_not_replaced_unasked() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let other = folder.path().join("另一本.tuijian");
    std::fs::copy(&book, &other).unwrap();
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, EXPORT);
    press(&mut window, WHOLE_SET);
    let theirs = folder.path().join(SET);
    let before = std::fs::metadata(theirs.join("清单.json")).unwrap().modified().unwrap();
    turn_to(&mut window, &other);
    press(&mut window, EXPORT);
    press(&mut window, WHOLE_SET);
    assert_shows(&window, "要换掉这个文件夹里的材料吗？");
    assert_shows(&window, "没有记录表明是从现在这本推荐册导出的");
    press(&mut window, &format!("另存到“{SET}（2）”"));
    assert_shows(&window, "已完成");
    assert_eq!(std::fs::metadata(theirs.join("清单.json")).unwrap().modified().unwrap(), before);
    // It is known from now on.
    press(&mut window, WHOLE_SET);
    assert!(!shows(&window, "要换掉"));
    assert_eq!(value(&window, FOLDER), folder.path().join(format!("{SET}（2）")).to_str().unwrap());
    // A folder is the book's that filled it last.
    write_over(&mut window, FOLDER, theirs.to_str().unwrap());
    press(&mut window, WHOLE_SET);
    press(&mut window, "换成这本册子的");
    assert_shows(&window, "已完成");
    turn_to(&mut window, &book);
    assert!(!shows(&window, STATUS));
    press(&mut window, EXPORT);
    assert!(!shows(&window, "上次导出"), "what this book made there has given way");
    press(&mut window, WHOLE_SET);
    assert_shows(&window, "要换掉这个文件夹里的材料吗？");
    press(&mut window, "取消");
    drop(people(window, &book));
}

#[test]
fn the_last_set_is_known_after_the_book_was_closed() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, EXPORT);
    assert!(!shows(&window, "上次导出"));
    press(&mut window, WHOLE_SET);
    assert!(!shows(&window, "上次导出"), "it stands above in full");
    turn_to(&mut window, &book);
    press(&mut window, EXPORT);
    let out = folder.path().join(SET);
    assert!(!shows(&window, "已完成"));
    assert_shows(&window, "上次导出：");
    assert_shows(&window, SET);
    assert!(!shows(&window, OUTDATED));
    strike(&mut window, Key::Escape);
    type_into(&mut window, "行政职务", "兼组长");
    turn_to(&mut window, &book);
    press(&mut window, EXPORT);
    assert_shows(&window, OUTDATED);
    // The folder is gone: nothing is said of it.
    std::fs::rename(&out, folder.path().join("送走了")).unwrap();
    turn_to(&mut window, &book);
    press(&mut window, EXPORT);
    assert!(!shows(&window, "上次导出") && !shows(&window, OUTDATED));
    drop(people(window, &book));
}

#[test]
fn one_recommender_of_several_is_exported_by_itself() {
    let folder = TempDir::new().unwrap();
    let book = of_two(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    press(&mut window, EXPORT);
    assert_shows(&window, "整套报送材料：已推荐 6 人");
    choose(&mut window, "示范县人力资源和社会保障局");
    assert_shows(&window, "整套报送材料：已推荐 4 人");
    press(&mut window, "印草稿：有问题也印，每页标“草稿”");
    press(&mut window, "导出草稿");
    // Beside the folder of all, whose place it may not take.
    let out = folder.path().join("报送材料（示范县人力资源和社会保障局，草稿）");
    assert!(out.join("05-装订册/装订册.pdf").is_file());
    let forms = std::fs::read_dir(out.join("02-申报表")).unwrap().flatten();
    assert_eq!(forms.filter(|form| form.path().extension().is_some_and(|kind| kind == "pdf")).count(), 4);
    assert_shows(&window, "草稿不做电子文档");
    // Made again, it is known where it came from.
    press(&mut window, "导出草稿");
    assert!(!shows(&window, "要换掉"));
    drop(people(window, &book));
}

#[test]
fn the_set_of_one_recommender_tells_of_that_one_alone() {
    let folder = TempDir::new().unwrap();
    let book = of_two(&folder);
    finish(&book);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    press(&mut window, EXPORT);
    choose(&mut window, "杭州市示范模具行业协会");
    // Where the clerk wants it, and again there.
    let chosen = folder.path().join("协会盖章");
    write_over(&mut window, FOLDER, chosen.to_str().unwrap());
    make(&mut window, WHOLE_SET);
    press(&mut window, "收起“已完成”");
    assert_eq!(value(&window, FOLDER), chosen.to_str().unwrap());
    // Somebody of the other recommender changes nothing of it.
    change_of(&mut window, "司徒蔚");
    assert!(!shows(&window, STATUS));
    change_of(&mut window, "葛瑾川");
    // The way leads to the set that is meant, also where another one is chosen.
    press(&mut window, EXPORT);
    choose(&mut window, "全部推荐单位");
    assert_eq!(value(&window, FOLDER), folder.path().join("报送材料（示范）").to_str().unwrap());
    press(&mut window, STATUS);
    assert_eq!(value(&window, FOLDER), chosen.to_str().unwrap());
    assert_shows(&window, OUTDATED);
    assert_eq!(window.query_all_by_label(STATUS).count(), 0, "said once");
    // A newer set of all stands for it.
    choose(&mut window, "全部推荐单位");
    make(&mut window, WHOLE_SET);
    strike(&mut window, Key::Escape);
    assert!(!shows(&window, STATUS));
    drop(people(window, &book));
}

#[test]
fn the_sets_of_a_copy_of_the_book_are_not_replaced_unasked() {
    let folder = TempDir::new().unwrap();
    let book = of_two(&folder);
    finish(&book);
    let copy = folder.path().join("复本.tuijian");
    std::fs::copy(&book, &copy).unwrap();
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    export(&mut window);
    let there = value(&window, FOLDER);
    turn_to(&mut window, &copy);
    press(&mut window, EXPORT);
    write_over(&mut window, FOLDER, &there);
    press(&mut window, WHOLE_SET);
    assert_shows(&window, "要换掉这个文件夹里的材料吗？");
    press(&mut window, "取消");
    drop(people(window, &copy));
}

#[test]
fn the_set_of_all_and_that_of_one_have_folders_of_their_own() {
    let folder = TempDir::new().unwrap();
    let made = of_two(&folder);
    finish(&made);
    // As it is offered when a book is made: it bears the recommender's name.
    let book = folder.path().join("杭州市示范模具行业协会.tuijian");
    std::fs::rename(&made, &book).unwrap();
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    export(&mut window);
    choose(&mut window, "杭州市示范模具行业协会");
    make(&mut window, WHOLE_SET);
    let all = folder.path().join("报送材料（杭州市示范模具行业协会等 2 个推荐单位）");
    assert!(all.join("杭州市示范模具行业协会/清单.json").is_file());
    assert!(folder.path().join(SET).join("清单.json").is_file());
    drop(people(window, &book));
}

#[test]
fn two_sets_out_of_date_are_told_each_in_its_place() {
    let folder = TempDir::new().unwrap();
    let book = of_two(&folder);
    finish(&book);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    press(&mut window, EXPORT);
    press(&mut window, WHOLE_SET);
    choose(&mut window, "杭州市示范模具行业协会");
    make(&mut window, WHOLE_SET);
    press(&mut window, "收起“已完成”");
    change_of(&mut window, "葛瑾川");
    press(&mut window, EXPORT);
    choose(&mut window, "全部推荐单位");
    // The screen tells of the one, the line below of the other, and both come to rest.
    let told = |window: &Window| ["上次导出", OUTDATED, STATUS].map(|words| shows(window, words));
    for _ in 0..5 {
        assert_eq!(told(&window), [true; 3]);
        window.run_ok();
    }
    drop(people(window, &book));
}

#[test]
fn a_book_that_gains_a_recommender_gains_a_folder() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    export(&mut window);
    press(&mut window, "推荐单位资料");
    type_into(&mut window, "新单位名称（须和单位公章相同）", "示范二会");
    press(&mut window, "增加");
    press(&mut window, EXPORT);
    assert_eq!(value(&window, FOLDER), folder.path().join("报送材料（示范）").to_str().unwrap());
    drop(people(window, &book));
}

#[test]
fn the_way_to_a_set_out_of_date_leads_to_what_is_said_of_it() {
    let folder = TempDir::new().unwrap();
    let book = of_two(&folder);
    finish(&book);
    // Small, so that what was made fills the screen.
    let mut window = sized(Some(book.clone()), 1093.0, 614.0);
    export(&mut window);
    strike(&mut window, Key::Escape);
    change(&mut window, "现工作岗位", "兼带班");
    press(&mut window, STATUS);
    let said = window.get_by_label_contains(OUTDATED).rect();
    assert!(said.top() > 60.0 && said.bottom() < 500.0, "{said:?}");
    drop(people(window, &book));
}

#[test]
fn papers_are_compared_with_their_own_earlier_ones_only() {
    let folder = TempDir::new().unwrap();
    let book = of_two(&folder);
    finish(&book);
    let mut window = sized(Some(book.clone()), 1440.0, 2600.0);
    let of = |window: &Window, words: &str| window.query_all_by_label(words).count();
    press(&mut window, EXPORT);
    choose(&mut window, "杭州市示范模具行业协会");
    let chosen = folder.path().join("全部材料");
    write_over(&mut window, FOLDER, chosen.to_str().unwrap());
    make(&mut window, WHOLE_SET);
    choose(&mut window, "全部推荐单位");
    write_over(&mut window, FOLDER, chosen.to_str().unwrap());
    press(&mut window, WHOLE_SET);
    assert_shows(&window, "示范县人力资源和社会保障局：清单所列");
    // Of the other recommender there was none.
    assert_eq!((of(&window, "有改动"), of(&window, "与原来相同")), (0, 5));
    drop(people(window, &book));
}

#[test]
fn a_copy_of_two_people_is_said_to_lie_with_one() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let [first, second] = [0, 1].map(|index| open.people().unwrap().remove(index));
    let mut form = second.applicant.clone();
    form.attachments.push(first.applicant.attachments[0].clone());
    ops::save(&mut open, second.id, &form).unwrap();
    drop(open);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    export(&mut window);
    assert_shows(&window, "与“04-证书复印件/01-葛瑾川/01-高级技师职业资格证书.jpg”是同一个文件，电子文档里只放这一份");
    drop(people(window, &book));
}

#[test]
fn who_joins_a_book_leaves_the_sets_of_the_others_as_they_are() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    export(&mut window);
    press(&mut window, "更多");
    press(&mut window, "关闭推荐册");
    import(&book, &Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/district"));
    arrive(&mut window, std::slice::from_ref(&book));
    assert!(!shows(&window, STATUS));
    press(&mut window, "导出之后又有单位推荐了人");
    assert!(!shows(&window, "导出之后又有单位推荐了人"), "it is told beside the set");
    assert!(!shows(&window, OUTDATED));
    assert_shows(&window, "这一份里没有“示范县人力资源和社会保障局”的材料");
    change_of(&mut window, "葛瑾川");
    assert_shows(&window, STATUS);
    drop(people(window, &book));
}

#[test]
fn the_first_choice_has_the_cursor_though_the_last_set_is_told_above_it() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    export(&mut window);
    turn_to(&mut window, &book);
    window.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut window);
    assert_shows(&window, "上次导出：");
    let has_cursor = |node: egui_kittest::Node<'_>| node.accesskit_node().is_focused();
    assert!(window.get_all_by_role(Role::RadioButton).any(has_cursor));
    drop(people(window, &book));
}

#[test]
fn another_order_makes_all_papers_out_of_date_but_the_forms() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    export(&mut window);
    window.key_press(Key::Escape);
    settle(&mut window);
    select(&mut window, "葛瑾川");
    window.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    settle(&mut window);
    assert_shows(&window, "葛瑾川排到第 2 位");
    press(&mut window, STATUS);
    let told = window.get_by_label_contains("和现在册中不同的").accesskit_node().value().unwrap();
    for paper in ["汇总表", "推荐报告", "装订册"] {
        assert!(told.contains(paper), "{told}");
    }
    assert!(!told.contains("申报表、") && !told.contains("01-"), "{told}");
    press(&mut window, WHOLE_SET);
    let of = |window: &Window, words: &str| window.query_all_by_label(words).count();
    assert_eq!((of(&window, "与原来相同"), of(&window, "有改动")), (2, 3));
    drop(people(window, &book));
}

#[test]
fn two_papers_out_of_date_on_one_screen_come_to_rest() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    export(&mut window);
    window.get_by_label_contains("只要葛瑾川的").click();
    settle(&mut window);
    make(&mut window, "印成 PDF");
    change_of(&mut window, "葛瑾川");
    press(&mut window, EXPORT);
    // What was printed last is chosen; who comes to export anew is led to that.
    press(&mut window, "改选“整套报送材料”");
    assert_shows(&window, WHOLE_SET);
    for _ in 0..5 {
        assert_eq!(window.query_all_by_label_contains(OUTDATED).count(), 2);
        assert_shows(&window, "和现在册中不同的：");
        window.run_ok();
    }
    drop(people(window, &book));
}

/// The recommender as it is called from now on.
fn rename(book: &Path, from: &str, to: &str) {
    let mut open = OpenBook::open(book).unwrap();
    let of = open.find_body(Some(from)).unwrap();
    let edit = ops::RecommenderEdit { name: Some(to.to_owned()), ..Default::default() };
    ops::edit_recommender(&mut open, &of, edit).unwrap();
}

#[test]
fn papers_are_compared_with_those_under_the_former_name() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    export(&mut window);
    press(&mut window, "更多");
    press(&mut window, "关闭推荐册");
    rename(&book, "杭州市示范模具行业协会", "杭州市示范模具协会");
    arrive(&mut window, std::slice::from_ref(&book));
    press(&mut window, EXPORT);
    write_over(&mut window, FOLDER, folder.path().join(SET).to_str().unwrap());
    press(&mut window, WHOLE_SET);
    assert_shows(&window, "里是“杭州市示范模具行业协会”的报送材料");
    press(&mut window, "换成“杭州市示范模具协会”的");
    assert_shows(&window, "已完成");
    // The two forms do not name the recommender.
    let of = |window: &Window, words: &str| window.query_all_by_label(words).count();
    assert_eq!((of(&window, "与原来相同"), of(&window, "有改动")), (2, 3));
    drop(people(window, &book));
}

#[test]
fn sets_of_other_recommenders_than_now_are_not_offered_to_be_replaced() {
    let folder = TempDir::new().unwrap();
    let book = of_two(&folder);
    finish(&book);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    export(&mut window);
    let there = folder.path().join("报送材料（示范）");
    assert!(there.is_dir());
    press(&mut window, "更多");
    press(&mut window, "关闭推荐册");
    rename(&book, "示范县人力资源和社会保障局", "示范市人力资源和社会保障局");
    arrive(&mut window, std::slice::from_ref(&book));
    press(&mut window, EXPORT);
    press(&mut window, WHOLE_SET);
    assert_shows(&window, "这个文件夹里的材料不能换掉");
    assert_shows(&window, "是这本推荐册以前导出的");
    assert!(!shows(&window, "换成“示范”的"));
    press(&mut window, "另存到“报送材料（示范）（2）”");
    assert_shows(&window, "已完成");
    assert!(there.join("示范县人力资源和社会保障局/清单.json").is_file());
    assert!(folder.path().join("报送材料（示范）（2）/示范市人力资源和社会保障局/清单.json").is_file());
    drop(people(window, &book));
}

#[test]
fn a_folder_that_the_clerk_wrote_stays_when_the_recommenders_change() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    let add = |window: &mut Window, name: &str| {
        press(window, "推荐单位资料");
        type_into(window, "新单位名称（须和单位公章相同）", name);
        press(window, "增加");
        press(window, EXPORT);
    };
    press(&mut window, EXPORT);
    add(&mut window, "示范二会");
    let proposed = folder.path().join("报送材料（示范）");
    assert_eq!(value(&window, FOLDER), proposed.to_str().unwrap(), "what was proposed is thought of again");
    let written = folder.path().join("优盘");
    write_over(&mut window, FOLDER, written.to_str().unwrap());
    add(&mut window, "示范三会");
    assert_eq!(value(&window, FOLDER), written.to_str().unwrap());
    drop(people(window, &book));
}

#[test]
fn a_draft_is_asked_for_each_time() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    press(&mut window, EXPORT);
    press(&mut window, "印草稿：有问题也印，每页标“草稿”");
    assert_shows(&window, "导出草稿");
    // Whoever is there stays there.
    window.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut window);
    assert_shows(&window, "导出草稿");
    strike(&mut window, Key::Escape);
    press(&mut window, EXPORT);
    assert_shows(&window, WHOLE_SET);
    drop(people(window, &book));
}

#[test]
fn one_form_printed_by_itself_tells_of_that_person() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    let change = |window: &mut Window, person: &str| {
        change_of(window, person);
        press(window, EXPORT);
    };
    // 欧阳叙白 is not put forward.
    select(&mut window, "欧阳叙白");
    press(&mut window, EXPORT);
    let only = window.get_by_label_contains("只要欧阳叙白的");
    only.click();
    settle(&mut window);
    press(&mut window, "印草稿：有问题也印，每页标“草稿”");
    press(&mut window, "印成 PDF 草稿");
    assert_shows(&window, "已完成");
    change(&mut window, "葛瑾川");
    assert!(!shows(&window, OUTDATED));
    change(&mut window, "欧阳叙白");
    assert_shows(&window, OUTDATED);
    // A record goes to nobody's seal.
    window.get_by_label_contains("册中全部人员的记录").click();
    settle(&mut window);
    press(&mut window, "导出记录");
    assert_shows(&window, "已完成");
    change(&mut window, "葛瑾川");
    assert_shows(&window, "已完成");
    assert!(!shows(&window, OUTDATED));
    drop(people(window, &book));
}

#[test]
fn a_verdict_goes_only_with_the_papers_that_it_is_of() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    press(&mut window, EXPORT);
    press(&mut window, WHOLE_SET);
    press(&mut window, "核对这份材料");
    assert_shows(&window, "与清单相符");
    window.get_by_label_contains("推荐报告》（PDF）").click();
    settle(&mut window);
    press(&mut window, "印成 PDF");
    assert_shows(&window, "已完成");
    assert_shows(&window, "与清单相符");
    drop(people(window, &book));
}
