//! How things go out of the window: 推荐单位, 推荐报告, 导出与打印.

mod desk;

use std::cell::Cell;
use std::path::Path;

use desk::*;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::RecommenderKind;
use tuijian::ops::{self, ExportRequest, OpError, OpenBook, PrintRequest, Printable, Progress, Watcher};

/// Where a set, and what is printed by itself, goes unless the clerk says otherwise.
const SET: &str = "报送材料（杭州市示范模具行业协会）";
const PRINTS: &str = "单印的表（杭州市示范模具行业协会）";

/// The book, once the window has let it go.
fn reopened(window: Window, book: &Path) -> OpenBook {
    drop(people(window, book));
    OpenBook::open(book).unwrap()
}

fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

// --- 导出与打印

#[test]
fn the_set_is_made_listed_opened_and_held_against_its_list() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, "导出与打印…");
    // What will be made, with pages and codes, before anything is.
    let open_codes = ["页，校验码", "葛瑾川、闫㛃宁", "可以导出", "可以印"];
    open_codes.iter().for_each(|words| assert_shows(&window, words));
    assert!(!shows(&window, "处要先改"));
    press(&mut window, "导出整套材料");
    assert_shows(&window, "已完成");
    assert!(!shows(&window, "导出之后册中又有改动"));
    let out = folder.path().join(SET);
    assert!(files_below(&out).contains(&"05-装订册/装订册.pdf".to_owned()));
    // The codes of the list are those that were foretold.
    let list = std::fs::read_to_string(out.join("清单.json")).unwrap();
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let code = list["files"].as_array().unwrap().iter().find_map(|file| file["code"].as_str()).unwrap();
    assert!(window.query_all_by_label_contains(code).count() >= 2, "{code}");
    assert_shows(&window, "实际大小");
    assert_shows(&window, "杭州市首席技师2021-杭州市示范模具行业协会-电子文档.zip");
    // Where the desktop has no viewer the sentence gives the path.
    press(&mut window, "装订册.pdf");
    assert_shows(&window, "这台电脑上没有可以打开");
    assert_shows(&window, "05-装订册/装订册.pdf");
    press(&mut window, "核对这份材料");
    assert_shows(&window, "与清单相符");
    std::fs::write(out.join("02-申报表/01-葛瑾川-申报表.docx"), "x").unwrap();
    std::fs::remove_file(out.join("照片/02-闫㛃宁.jpg")).unwrap();
    std::fs::write(out.join("便签.txt"), "x").unwrap();
    press(&mut window, "核对这份材料");
    for words in ["与清单不符", "已改动：02-申报表/01-葛瑾川-申报表.docx", "缺少：照片/02-闫㛃宁.jpg", "多出：便签.txt"]
    {
        assert_shows(&window, words);
    }
    press(&mut window, "收起核对的结果");
    assert!(!shows(&window, "与清单不符"));
    drop(people(window, &book));
}

#[test]
fn each_paper_says_whether_it_can_be_printed_and_what_for() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, "导出与打印…");
    // Publicity is not over: the set has to wait, the forms are sealed before that.
    assert_shows(&window, "还有 2 处问题，按通知规定不能导出");
    assert_eq!(window.query_all_by_label("可以印").count(), 6);
    assert!(window.get_by_label("导出整套材料").accesskit_node().is_disabled());
    press(&mut window, "《杭州市首席技师认定申报表》（PDF，一人一份）");
    assert!(!shows(&window, "不能印"));
    press(&mut window, "印成 PDF");
    assert_shows(&window, "01-葛瑾川-申报表.pdf");
    assert_eq!(files_below(&folder.path().join(PRINTS)).len(), 2);
    // A fault of one form stops that form and leads to its field.
    strike(&mut window, Key::Escape);
    write_over(&mut window, "身份证号", "123");
    press(&mut window, "导出与打印…");
    assert_shows(&window, "还有 1 处问题，按通知规定不能印");
    let summary = window.query_all_by_label("可以印").count();
    assert!((1..6).contains(&summary), "Annex 1 prints no identity number: {summary}");
    press(&mut window, "去改：身份证号");
    assert!(text_input(&window, "身份证号").accesskit_node().is_focused());
    drop(people(window, &book));
}

#[test]
fn a_passphrase_is_typed_twice_and_asked_for_when_the_zip_is_checked() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2400.0);
    press(&mut window, "导出与打印…");
    press(&mut window, "给电子文档（压缩包）加口令");
    assert!(window.get_by_label("导出整套材料").accesskit_node().is_disabled());
    type_into(&mut window, "口令", "示范口令");
    type_into(&mut window, "再写一遍口令", "示范口");
    assert_shows(&window, "两遍口令不一样");
    type_into(&mut window, "再写一遍口令", "令");
    assert!(!shows(&window, "两遍口令不一样"));
    press(&mut window, "导出整套材料");
    assert_shows(&window, "电子文档，整份交这一个文件，加了口令");
    // What was just made is opened with what was just typed.
    press(&mut window, "核对这份材料");
    assert_shows(&window, "与清单相符");
    // Another day nobody knows it any more.
    press(&mut window, "更多");
    press(&mut window, "关闭推荐册");
    arrive(&mut window, std::slice::from_ref(&book));
    press(&mut window, "导出与打印…");
    // A locked copy is not replaced by an open one because nobody thought of it.
    assert_shows(&window, "上次的电子文档加了口令");
    assert!(window.get_by_label("导出整套材料").accesskit_node().is_disabled());
    press(&mut window, "核对文件夹…");
    write_over(&mut window, "路径", folder.path().join(SET).to_str().unwrap());
    press(&mut window, "确定");
    assert_shows(&window, "没有全部核对");
    assert_shows(&window, "电子文档“杭州市首席技师2021-杭州市示范模具行业协会-电子文档.zip”加了口令");
    assert!(text_input(&window, "电子文档的口令").accesskit_node().is_focused());
    type_into(&mut window, "电子文档的口令", "不对");
    strike(&mut window, Key::Enter);
    assert_shows(&window, "口令不对，请再输入");
    assert!(text_input(&window, "电子文档的口令").accesskit_node().is_focused());
    type_into(&mut window, "电子文档的口令", "示范口令");
    assert!(!shows(&window, "口令不对"));
    press(&mut window, "用这个口令核对");
    assert_shows(&window, "与清单相符");
    // The zip by itself.
    let zip = folder.path().join(SET).join("杭州市首席技师2021-杭州市示范模具行业协会-电子文档.zip");
    press(&mut window, "核对电子文档（压缩包）…");
    write_over(&mut window, "路径", zip.to_str().unwrap());
    press(&mut window, "确定");
    assert_shows(&window, "加了口令");
    type_into(&mut window, "电子文档的口令", "不对");
    press(&mut window, "用这个口令核对");
    assert!(!shows(&window, "与清单相符"));
    assert_shows(&window, "口令不对，请再输入");
    type_into(&mut window, "电子文档的口令", "示范口令");
    press(&mut window, "用这个口令核对");
    assert_shows(&window, "与清单相符");
    drop(people(window, &book));
}

#[test]
fn the_folder_is_chosen_once_and_a_full_one_gets_a_folder_within() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, "导出与打印…");
    assert_eq!(value(&window, "存放的文件夹"), folder.path().join(SET).to_str().unwrap());
    let full = folder.path().join("盘");
    std::fs::create_dir(&full).unwrap();
    std::fs::write(full.join("别的.txt"), "x").unwrap();
    press(&mut window, "选择…");
    write_over(&mut window, "路径", full.to_str().unwrap());
    press(&mut window, "确定");
    assert_eq!(value(&window, "存放的文件夹"), full.join(SET).to_str().unwrap());
    press(&mut window, "导出整套材料");
    assert_shows(&window, "已完成");
    strike(&mut window, Key::Escape);
    press(&mut window, "导出与打印…");
    assert_eq!(value(&window, "存放的文件夹"), full.join(SET).to_str().unwrap());
    // Records have a folder of their own.
    press(&mut window, "册中全部人员的记录（可在另一台电脑导入）");
    assert_eq!(value(&window, "存放的文件夹"), folder.path().join("记录").to_str().unwrap());
    press(&mut window, "导出记录");
    assert!(folder.path().join("记录/record.json").is_file());
    assert_eq!(value(&window, "存放的文件夹"), folder.path().join("记录（2）").to_str().unwrap());
    drop(people(window, &book));
}

#[test]
fn the_set_of_another_recommender_is_not_replaced_unasked() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, "导出与打印…");
    press(&mut window, "导出整套材料");
    let theirs = folder.path().join(SET);
    let list = || std::fs::read_to_string(theirs.join("清单.json")).unwrap();
    let before = list();
    assert!(!shows(&window, "要换掉"), "the same again is nobody else's");
    press(&mut window, "导出整套材料");
    assert_shows(&window, "已完成");
    // A second book in the same folder proposes a folder of its own.
    let other = folder.path().join("区县.tuijian");
    ops::demo(&other, RecommenderKind::District).unwrap();
    finish(&other);
    press(&mut window, "更多");
    press(&mut window, "关闭推荐册");
    arrive(&mut window, std::slice::from_ref(&other));
    press(&mut window, "导出与打印…");
    let ours = folder.path().join("报送材料（示范县人力资源和社会保障局）");
    assert_eq!(value(&window, "存放的文件夹"), ours.to_str().unwrap());
    write_over(&mut window, "存放的文件夹", theirs.to_str().unwrap());
    press(&mut window, "导出整套材料");
    assert_shows(&window, "这个文件夹里是“杭州市示范模具行业协会”的报送材料（做于 20");
    assert_shows(&window, "换成“示范县人力资源和社会保障局”的");
    press(&mut window, "取消");
    assert!(!shows(&window, "已完成") && !ours.exists());
    press(&mut window, "导出整套材料");
    press(&mut window, "另存到“报送材料（示范县人力资源和社会保障局）”");
    assert_shows(&window, "已完成");
    assert!(ours.join("05-装订册/装订册.pdf").is_file());
    assert_eq!(list(), before);
    // Only who says so replaces it.
    write_over(&mut window, "存放的文件夹", theirs.to_str().unwrap());
    press(&mut window, "导出整套材料");
    press(&mut window, "换成“示范县人力资源和社会保障局”的");
    assert_shows(&window, "已完成");
    assert_ne!(list(), before);
    // The first book is not proposed what is no longer its own.
    press(&mut window, "更多");
    press(&mut window, "关闭推荐册");
    arrive(&mut window, std::slice::from_ref(&book));
    press(&mut window, "导出与打印…");
    press(&mut window, "导出整套材料");
    assert_shows(&window, "这个文件夹里是“示范县人力资源和社会保障局”的报送材料");
    press(&mut window, &format!("另存到“{SET}（2）”"));
    assert_shows(&window, "已完成");
    drop(people(window, &book));
}

#[test]
fn what_stopped_an_export_is_named_and_forgotten_with_the_next() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, "导出与打印…");
    press(&mut window, "导出整套材料");
    let out = folder.path().join(SET);
    let strangers = ["1.txt", "2.txt", "02-申报表/3.txt", "4.txt"].map(|name| out.join(name));
    strangers.iter().for_each(|path| std::fs::write(path, "x").unwrap());
    press(&mut window, "导出整套材料");
    assert_shows(&window, "里已有别的文件（02-申报表/3.txt、1.txt、2.txt 等 4 个），没有改动它");
    strangers.iter().for_each(|path| std::fs::remove_file(path).unwrap());
    press(&mut window, "导出整套材料");
    assert_shows(&window, "已完成");
    assert!(!shows(&window, "已有别的文件"));
    drop(people(window, &book));
}

#[test]
fn a_folder_is_checked_where_an_electronic_copy_is_asked_for() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, "导出与打印…");
    press(&mut window, "导出整套材料");
    press(&mut window, "核对电子文档（压缩包）…");
    write_over(&mut window, "路径", folder.path().join(SET).to_str().unwrap());
    assert_shows(&window, "点“确定”就核对这个文件夹");
    press(&mut window, "确定");
    assert_shows(&window, "与清单相符");
    drop(people(window, &book));
}

#[test]
fn a_report_with_open_ends_is_asked_about_before_it_goes_out() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let people = open.people().unwrap();
    let second = people.iter().find(|person| person.applicant.name == "闫㛃宁").unwrap();
    ops::edit(&mut open, second, &["process.expert_review.opinion=".to_owned()]).unwrap();
    drop(open);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, "导出与打印…");
    press(&mut window, "导出整套材料");
    assert_shows(&window, "推荐报告里还有 1 处“待补”：专家评议意见。仍要导出？");
    press(&mut window, "去补登");
    assert!(text_input(&window, "评议意见").accesskit_node().is_focused());
    assert_eq!(value(&window, "评议意见"), "");
    // Who knows what is missing has it made all the same; a draft asks nothing.
    press(&mut window, "导出与打印…");
    press(&mut window, "导出整套材料");
    press(&mut window, "仍要导出");
    assert_shows(&window, "已完成");
    press(&mut window, "《杭州市首席技师认定推荐报告》（PDF）");
    press(&mut window, "印成 PDF");
    assert_shows(&window, "专家评议意见。仍要印？");
    press(&mut window, "取消");
    press(&mut window, "印草稿：有问题也印，每页标“草稿”");
    press(&mut window, "印成 PDF 草稿");
    assert!(!shows(&window, "仍要印") && shows(&window, "已完成"));
    drop(self::people(window, &book));
}

#[test]
fn what_the_clerk_left_open_in_the_report_is_written_there() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let whose = body(&open);
    ops::edit_report(&mut open, &whose, "experts", "评议情况（待补：评议结论）。").unwrap();
    drop(open);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, "导出与打印…");
    press(&mut window, "导出整套材料");
    assert_shows(&window, "推荐报告里还有 1 处“待补”：评议结论。仍要导出？");
    press(&mut window, "去补登");
    assert!(text_input(&window, "三、专家评议情况").accesskit_node().is_focused());
    drop(self::people(window, &book));
}

#[test]
fn an_export_is_called_off_from_the_window() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, "导出与打印…");
    window.get_by_label("导出整套材料").click();
    // The order is out; the button is there before the set can be.
    while window.query_by_label("取消").is_none() {
        assert!(!shows(&window, "已完成"), "the set was made before it could be called off");
        window.step();
    }
    window.get_by_label("取消").click();
    window.step();
    settle(&mut window);
    assert_shows(&window, "已取消导出，原来的文件夹没有改动");
    assert!(!shows(&window, "已完成"));
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let litter = names
        .iter()
        .filter(|name| name.to_string_lossy().contains("报送") || name.to_string_lossy().starts_with(".tuijian-"));
    assert_eq!(litter.count(), 0, "{names:?}");
    // And is made the next time.
    press(&mut window, "导出整套材料");
    assert_shows(&window, "已完成");
    drop(people(window, &book));
}

/// Calls off once it has been asked so often.
struct Impatient {
    questions: Cell<usize>,
    patience: usize,
    told: Cell<usize>,
    last: std::cell::RefCell<String>,
}

impl Impatient {
    fn after(patience: usize) -> Self {
        Self { questions: Cell::new(0), patience, told: Cell::new(0), last: Default::default() }
    }
}

impl Watcher for Impatient {
    fn tell(&self, progress: &Progress) {
        self.told.set(self.told.get() + 1);
        progress.what.clone_into(&mut self.last.borrow_mut());
    }

    fn is_cancelled(&self) -> bool {
        self.questions.set(self.questions.get() + 1);
        self.questions.get() > self.patience
    }
}

#[test]
fn wherever_an_export_is_called_off_the_old_folder_stays_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let open = OpenBook::open(&book).unwrap();
    let out = folder.path().join("报送");
    let request = ExportRequest { out: &out, recommender: None, draft: false, passphrase: None };
    let whole = Impatient::after(usize::MAX);
    ops::export_set(&open, &request, &whole).unwrap();
    let asked = whole.questions.get();
    assert!(asked > 60, "asked only {asked} times");
    let before = std::fs::read(out.join("清单.json")).unwrap();
    let beside = std::fs::read_dir(folder.path()).unwrap().count();
    let mut within_binder = 0;
    for patience in [0, 1, 5, asked / 4, asked / 3, asked / 2, asked * 2 / 3, asked * 3 / 4, asked - 12, asked - 2] {
        let watcher = Impatient::after(patience);
        let outcome = ops::export_set(&open, &request, &watcher);
        assert!(matches!(outcome, Err(OpError::Cancelled)), "{patience}: {outcome:?}");
        within_binder += usize::from(*watcher.last.borrow() == "装订册");
        assert_eq!(std::fs::read(out.join("清单.json")).unwrap(), before, "{patience}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), beside, "{patience}: litter");
    }
    assert!(within_binder >= 2, "the binder can be called off too: {within_binder}");
    assert!(ops::verify(&out, None).unwrap().faults.is_empty());
    // A print that is called off leaves no half file.
    let paper = folder.path().join("装订册.pdf");
    let print =
        PrintRequest { document: Printable::Binder, person: None, recommender: None, draft: false, out: &paper };
    let outcome = ops::print_watched(&open, &print, &Impatient::after(20));
    assert!(matches!(outcome, Err(OpError::Cancelled)));
    assert!(!paper.exists());
}

#[test]
fn what_was_made_and_what_was_checked_are_counted_alike() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, "导出与打印…");
    press(&mut window, "导出整套材料");
    let out = folder.path().join(SET);
    let list = std::fs::read_to_string(out.join("清单.json")).unwrap();
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let listed = list["files"].as_array().unwrap().len();
    assert_eq!(files_below(&out).len(), listed + 2);
    assert_shows(&window, &format!("清单所列 {listed} 个文件，另有清单和电子文档"));
    press(&mut window, "核对这份材料");
    assert_shows(&window, &format!("清单所列 {listed} 个文件都在，内容没有改动（清单本身和电子文档不计入这个数）"));
    drop(people(window, &book));
}

#[test]
fn on_a_small_screen_the_whole_choice_is_seen_at_once() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1092.8, 614.4);
    press(&mut window, "导出与打印…");
    let bar = window.get_by_label("导出整套材料").rect().top().min(text_input(&window, "存放的文件夹").rect().top());
    for label in [
        "整套报送材料：已推荐 2 人，纸质装订册和电子文档",
        "册中全部人员的记录（可在另一台电脑导入）",
        "印草稿：有问题也印，每页标“草稿”",
        "给电子文档（压缩包）加口令",
    ] {
        assert!(window.get_by_label(label).rect().bottom() < bar, "{label}");
    }
    // Whoever comes back begins at the top.
    window.get_by_label("核对文件夹…").scroll_to_me();
    settle(&mut window);
    let title = |window: &Window| window.get_by_label("返回申报表（Esc）").rect().top();
    assert!(title(&window) < 0.0);
    strike(&mut window, Key::Escape);
    press(&mut window, "导出与打印…");
    assert!(title(&window) > 50.0);
    drop(people(window, &book));
}

// --- 推荐报告

const EXPERTS: &str = "三、专家评议情况";

#[test]
fn a_part_of_the_report_is_edited_marked_undone_and_given_back() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2600.0);
    press(&mut window, "推荐单位资料");
    press(&mut window, "看和修改推荐报告");
    assert_shows(&window, "杭州市人力资源和社会保障局：");
    let generated = value(&window, EXPERTS);
    assert!(generated.contains("专家"), "{generated}");
    assert_eq!(window.query_all_by_label("自动生成").count(), 5);
    type_into(&mut window, EXPERTS, "另经现场核实。");
    assert_shows(&window, "已改写");
    assert_eq!(value(&window, EXPERTS), format!("{generated}另经现场核实。"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(value(&window, EXPERTS), generated);
    assert!(!shows(&window, "已改写"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(&mut window);
    assert!(value(&window, EXPERTS).ends_with("另经现场核实。"));
    press(&mut window, &format!("看自动生成的内容（{EXPERTS}）"));
    press(&mut window, &format!("恢复为自动生成（{EXPERTS}）"));
    assert_eq!(value(&window, EXPERTS), generated);
    // Typed and taken back by hand it counts as never edited; emptied, the generated text comes back.
    type_into(&mut window, EXPERTS, "乙");
    strike(&mut window, Key::Backspace);
    assert!(!shows(&window, "已改写"));
    field(&mut window, EXPERTS);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    strike(&mut window, Key::Backspace);
    assert_eq!(value(&window, EXPERTS), "", "not filled in again under the clerk's hands");
    field(&mut window, "五、推荐意见");
    settle(&mut window);
    assert_eq!(value(&window, EXPERTS), generated);
    let open = reopened(window, &book);
    assert!(body(&open).recommender.report.is_empty());
}

#[test]
fn an_edited_part_tells_when_its_facts_have_changed_since() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2600.0);
    press(&mut window, "推荐单位资料");
    press(&mut window, "看和修改推荐报告");
    write_over(&mut window, EXPERTS, "专家组一致同意推荐。");
    strike(&mut window, Key::Escape);
    turn(&mut window, "推荐程序");
    let agree = "同意票";
    write_over(&mut window, agree, "4");
    field(&mut window, "反对票");
    settle(&mut window);
    press(&mut window, "推荐单位资料");
    press(&mut window, "看和修改推荐报告");
    assert_shows(&window, "已改写，情况有变");
    assert_shows(&window, "按现在的记录，自动生成的是");
    assert_eq!(value(&window, EXPERTS), "专家组一致同意推荐。");
    press(&mut window, &format!("已核对，保留改写（{EXPERTS}）"));
    assert!(!shows(&window, "情况有变"));
    assert_eq!(value(&window, EXPERTS), "专家组一致同意推荐。");
    let open = reopened(window, &book);
    assert_eq!(body(&open).recommender.report["experts"], "专家组一致同意推荐。");
    assert!(!ops::report_parts(&open, &body(&open)).unwrap()[2].stale);
}

// --- 推荐单位资料

#[test]
fn a_recommenders_fields_are_stored_as_typed_and_undone() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 1800.0);
    press(&mut window, "推荐单位资料");
    let before = value(&window, "地址");
    type_into(&mut window, "地址", "附 3 号");
    assert_eq!(value(&window, "地址"), format!("{before}附 3 号"));
    // Stored while the cursor is still in the field.
    assert!(text_input(&window, "地址").accesskit_node().is_focused());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(value(&window, "地址"), before);
    type_into(&mut window, "地址", "附 5 号");
    // A name that cannot be is kept on the screen and out of the book.
    write_over(&mut window, "单位名称（须和单位公章相同）", " ");
    assert_shows(&window, "单位名称不能为空");
    press(&mut window, "区、县（市）人力社保部门（4 人）");
    assert_shows(&window, "推荐名额一般不超过 4 人");
    let open = reopened(window, &book);
    let stored = body(&open).recommender;
    assert_eq!(stored.address, format!("{before}附 5 号"));
    assert_eq!((stored.name.as_str(), stored.kind), ("杭州市示范模具行业协会", RecommenderKind::District));
}

#[test]
fn the_reason_says_what_follows_from_it() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 1800.0);
    press(&mut window, "推荐单位资料");
    assert_shows(&window, "通知写的是“一般不超过”");
    type_into(&mut window, "超名额推荐的理由（不超名额时留空）", "技艺突出");
    assert_shows(&window, "现在没有超名额，这条理由不会写进推荐报告");
    strike(&mut window, Key::Escape);
    press(&mut window, "欧阳叙白，工艺雕刻工 / 技师，2 处问题");
    press(&mut window, "推荐");
    assert_eq!(value(&window, "超名额推荐的理由"), "技艺突出", "offered, and asked all the same");
    press(&mut window, "写明理由并推荐");
    press(&mut window, "推荐单位资料");
    assert_shows(&window, "已超出 1 人。这条理由写进推荐报告");
    press(&mut window, "看和修改推荐报告");
    assert!(value(&window, "五、推荐意见").contains("理由是：技艺突出"));
    drop(people(window, &book));
}

#[test]
fn a_recommender_comes_and_goes() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2200.0);
    press(&mut window, "推荐单位资料");
    type_into(&mut window, "新单位名称（须和单位公章相同）", "杭州市示范模具行业协会");
    assert_shows(&window, "册中已有同名的推荐单位");
    type_into(&mut window, "新单位名称（须和单位公章相同）", "分会");
    press(&mut window, "增加");
    assert_shows(&window, "名下有 3 名申报人，不能删除");
    press(&mut window, "删除这个推荐单位");
    assert_eq!(window.query_all_by_label("杭州市示范模具行业协会分会").count(), 0);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_shows(&window, "杭州市示范模具行业协会分会");
    let open = reopened(window, &book);
    assert_eq!(open.bodies().unwrap().len(), 2);
}
