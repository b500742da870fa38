//! One loop that pictures every screen, at both sizes and in both looks, for people to look at. A picture that is plainly
//! broken (nothing on it, a character without a glyph, something cut off at the right) fails.
//!
//! The pictures go to `TUIJIAN_PICTURES`, else to a folder of the build.

mod canvas;
#[path = "../desk/mod.rs"]
mod desk;

use std::path::{Path, PathBuf};

use desk::*;
use eframe::egui::{Key, Theme, accesskit::Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::{Applicant, RecommenderKind};
use tuijian::ops::{self, OpenBook};

/// Points and pixels a point: a small notebook, and 1366 × 768 at 125 %.
const SIZES: [(&str, f32, f32, f32); 2] = [("1280x800", 1280.0, 800.0, 1.0), ("1366x768@125", 1092.8, 614.4, 1.25)];
const LOOKS: [(&str, Theme); 2] = [("light", Theme::Light), ("dark", Theme::Dark)];

/// How to come from the freshly opened window to a screen.
type Way = fn(&mut Window);
/// Makes a book to be opened.
type Book = fn(&TempDir) -> PathBuf;

/// Every screen. Of the first, no book is open.
const WITHOUT_BOOK: &[(&str, Way)] = &[
    ("start", |_| {}),
    ("start-again", |window| {
        let folder = TempDir::new().unwrap();
        let book = demo(&folder);
        let gone = folder.path().join("2020 年推荐.tuijian");
        std::fs::copy(&book, &gone).unwrap();
        for path in [gone, book] {
            arrive(window, &[path]);
            press(window, "更多");
            press(window, "关闭推荐册");
        }
    }),
    ("new-book", |window| press(window, "新建推荐册…")),
    ("new-book-of-files", |window| arrive(window, &[inbox("汇总表.xlsx"), inbox("01葛瑾川申报表.docx")])),
    ("path", |window| {
        press(window, "打开推荐册…");
    }),
    ("export-again", |window| {
        let folder = TempDir::new().unwrap();
        let book = demo(&folder);
        let mut open = OpenBook::open(&book).unwrap();
        for person in open.people().unwrap().iter().filter(|person| person.applicant.nominated) {
            let shown = ["process.body_publicity.from=2021-06-28", "process.body_publicity.to=2021-07-05"];
            ops::edit(&mut open, person, &shown.map(str::to_owned)).unwrap();
        }
        drop(open);
        arrive(window, std::slice::from_ref(&book));
        press(window, "导出与打印…");
        press(window, "导出整套材料");
        press(window, "更多");
        press(window, "关闭推荐册");
        arrive(window, &[book]);
        type_into(window, "现工作岗位", "兼带班");
        press(window, "导出与打印…");
    }),
    ("export-occupied", |window| {
        let folder = TempDir::new().unwrap();
        let other = folder.path().join("区县.tuijian");
        ops::demo(&other, RecommenderKind::District).unwrap();
        let mut first = PathBuf::new();
        for book in [demo(&folder), other] {
            arrive(window, &[book]);
            press(window, "导出与打印…");
            show(window, "印草稿：有问题也印，每页标“草稿”");
            press(window, "印草稿：有问题也印，每页标“草稿”");
            if first.as_os_str().is_empty() {
                first = value(window, "存放的文件夹").into();
                press(window, "导出草稿");
                press(window, "更多");
                press(window, "关闭推荐册");
            }
        }
        write_over(window, "存放的文件夹", first.to_str().unwrap());
        press(window, "导出草稿");
    }),
    ("export-locked", |window| {
        let folder = TempDir::new().unwrap();
        let book = demo(&folder);
        finish(&book);
        arrive(window, std::slice::from_ref(&book));
        press(window, "导出与打印…");
        show(window, "给电子文档（压缩包）加口令");
        press(window, "给电子文档（压缩包）加口令");
        type_into(window, "口令", "示范");
        type_into(window, "再写一遍口令", "示范");
        let set = value(window, "存放的文件夹");
        press(window, "导出整套材料");
        press(window, "更多");
        press(window, "关闭推荐册");
        arrive(window, &[book]);
        press(window, "导出与打印…");
        show(window, "核对文件夹…");
        press(window, "核对文件夹…");
        write_over(window, "路径", &set);
        press(window, "确定");
        type_into(window, "电子文档的口令", "不对");
        strike(window, Key::Enter);
    }),
    ("hover", |window| hover(window, &[inbox("汇总表.xlsx")])),
];

const WITH_BOOK: &[(&str, Way)] = &[
    ("basic", |_| {}),
    ("experience", |window| turn(window, "学习工作经历")),
    ("conditions", |window| turn(window, "资格与条件")),
    ("sections", |window| turn(window, "技术简况")),
    ("summary", |window| turn(window, "个人总结")),
    ("attachments", |window| turn(window, "附件")),
    ("process", |window| turn(window, "推荐程序")),
    ("check", |window| press_first(window, "校核")),
    ("notice", |window| press(window, "通知")),
    ("history", |window| press(window, "历史")),
    ("history-compared", |window| {
        for (label, text) in [("现工作岗位", "兼带班"), ("行政职务", "主任")] {
            type_into(window, label, text);
        }
        turn(window, "个人总结");
        type_into(window, "个人总结", "三十年来带出徒弟二十余名。");
        press(window, "历史");
    }),
    ("history-whole", |window| {
        type_into(window, "现工作岗位", "兼带班");
        press(window, "推荐、排序、删除");
        press(window, "删除…");
        press(window, "删除");
        press(window, "历史");
        press(window, "全册");
    }),
    ("history-revert", |window| {
        type_into(window, "现工作岗位", "兼带班");
        type_into(window, "行政职务", "主任");
        press(window, "历史");
        strike(window, Key::ArrowDown);
        press(window, "恢复到这次修改之前…");
    }),
    ("backups", |window| {
        press(window, "更多");
        press(window, "备份与恢复…");
        press(window, "检查推荐册");
    }),
    ("not-saved", |window| {
        let book = std::path::PathBuf::from(window.state().book().unwrap());
        std::fs::remove_file(&book).unwrap();
        type_into(window, "现工作岗位", "兼带班");
    }),
    ("export", |window| press(window, "导出与打印…")),
    ("recommender", |window| press(window, "推荐单位资料")),
    ("page-report", |window| page(window, "推荐报告")),
    ("page-catalogue", |window| page(window, "材料清单")),
    ("page-binder", |window| page(window, "装订册")),
    ("page-copy", |window| {
        page(window, "装订册");
        press(window, "目录");
        let copy =
            window.get_all_by_label_contains("技能竞赛").find(|node| node.accesskit_node().role() == Role::Button);
        copy.unwrap().click();
        for _ in 0..4 {
            settle(window);
        }
    }),
    ("look", |window| {
        turn(window, "附件");
        press(window, "放大看附件 1");
        settle(window);
        settle(window);
    }),
    ("help", |window| {
        strike(window, Key::F1);
    }),
    ("import", |window| {
        let names = ["01葛瑾川申报表.docx", "02闫㛃宁申报表.docx", "03欧阳叙白申报表.docx", "汇总表.xlsx"];
        type_into(window, "现工作岗位", "兼带班");
        arrive(window, &names.map(inbox));
    }),
    ("import-fill", |window| {
        for label in ["现工作岗位", "籍贯"] {
            write_over(window, label, "");
            strike(window, Key::Backspace);
        }
        arrive(window, &["01葛瑾川申报表.docx", "汇总表.xlsx"].map(inbox));
    }),
    ("import-nominations", |window| {
        for _ in 0..3 {
            press(window, "推荐、排序、删除");
            press(window, "删除…");
            press(window, "删除");
        }
        arrive(window, &[Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association")]);
    }),
    ("import-path", |window| {
        press(window, "导入…");
        press(window, "汇总表、申报表、记录或电子文档…");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbox");
        arrive(window, &[folder]);
    }),
    ("imported", |window| {
        for _ in 0..3 {
            press(window, "推荐、排序、删除");
            press(window, "删除…");
            press(window, "删除");
        }
        let names = ["01葛瑾川申报表.docx", "02闫㛃宁申报表.docx", "03欧阳叙白申报表.docx", "汇总表.xlsx"];
        let scans = ["gejin-cert.jpg", "yan-patent.pdf"];
        let scans =
            scans.map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association/scans").join(name));
        arrive(window, &[names.map(inbox).to_vec(), scans.to_vec()].concat());
        press(window, "导入");
    }),
    ("ask-scans", |window| {
        let scans = ["gejin-cert.jpg", "yan-patent.pdf"];
        let scans =
            scans.map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association/scans").join(name));
        arrive(window, &scans);
    }),
    ("cutting", |window| {
        press(window, "裁剪…");
        // The picture is decoded on a thread of its own.
        for _ in 0..2000 {
            std::thread::yield_now();
            window.step();
        }
    }),
    ("refused", |window| arrive(window, &[Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")])),
    ("check-by-clause", |window| {
        press_first(window, "校核");
        press(window, "按条款看");
    }),
    ("notice-found", |window| {
        press(window, "通知");
        type_into(window, "在通知中查找", "公示");
        strike(window, Key::Enter);
    }),
    ("notice-profile", |window| {
        press(window, "通知");
        press(window, "本册校核所依据的数值");
        window.run_ok();
    }),
    ("export-form", |window| {
        write_over(window, "身份证号", "339999197803150313");
        press(window, "导出与打印…");
        press(window, "《杭州市首席技师认定申报表》（PDF，一人一份）");
    }),
    ("export-open-ends", |window| {
        turn(window, "推荐程序");
        write_over(window, "评议意见", " ");
        press(window, "导出与打印…");
        press(window, "《杭州市首席技师认定推荐报告》（PDF）");
        press(window, "印成 PDF");
    }),
    ("history-opened", |window| {
        press(window, "历史");
        press(window, "全册");
        press_first_role(window, "点开看", Role::ListBoxOption);
    }),
    ("export-passphrase", |window| {
        press(window, "导出与打印…");
        show(window, "给电子文档（压缩包）加口令");
        press(window, "给电子文档（压缩包）加口令");
        type_into(window, "口令", "示范");
        type_into(window, "再写一遍口令", "示");
    }),
    ("export-done", |window| {
        press(window, "导出与打印…");
        show(window, "印草稿：有问题也印，每页标“草稿”");
        press(window, "印草稿：有问题也印，每页标“草稿”");
        press(window, "导出草稿");
    }),
    ("export-verified", |window| {
        press(window, "导出与打印…");
        show(window, "印草稿：有问题也印，每页标“草稿”");
        press(window, "印草稿：有问题也印，每页标“草稿”");
        press(window, "导出草稿");
        show(window, "核对这份材料");
        press(window, "核对这份材料");
    }),
    ("report", |window| {
        press(window, "推荐单位资料");
        show(window, "看和修改推荐报告");
        press(window, "看和修改推荐报告");
    }),
    ("report-edited", |window| {
        press(window, "推荐单位资料");
        show(window, "看和修改推荐报告");
        press(window, "看和修改推荐报告");
        show(window, "三、专家评议情况");
        write_over(window, "三、专家评议情况", "经专家组现场考核和评议，一致同意推荐。");
        strike(window, Key::Escape);
        turn(window, "推荐程序");
        write_over(window, "同意票", "4");
        press(window, "推荐单位资料");
        show(window, "看和修改推荐报告");
        press(window, "看和修改推荐报告");
        show(window, "五、推荐意见");
    }),
    ("recommender-below", |window| {
        press(window, "推荐单位资料");
        show(window, "增加");
    }),
];

/// A book that strains every row: the longest names, characters that few fonts have, a form with nothing on it.
const WITH_STRAINED_BOOK: &[(&str, Way)] = &[
    ("strained-basic", |_| {}),
    ("strained-experience", |window| turn(window, "学习工作经历")),
    ("strained-conditions", |window| {
        turn(window, "资格与条件");
        show(window, "＋ 加一本证书");
    }),
    ("strained-summary", |window| {
        turn(window, "个人总结");
        show(window, "获得荣誉称号情况（300 字以内）");
    }),
    ("strained-attachments", |window| turn(window, "附件")),
    ("strained-rare", |window| press_first_role(window, "2 䶮𠮷㛃", Role::ListBoxOption)),
    ("strained-empty", |window| press_first_role(window, "（未填姓名）", Role::ListBoxOption)),
    ("strained-page", |window| page(window, "申报表")),
    ("strained-list", |window| {
        text_input(window, "政治面貌").click();
        settle(window);
    }),
    ("strained-undone", |window| {
        type_into(window, "籍贯", "市");
        window.key_press_modifiers(eframe::egui::Modifiers::COMMAND, Key::Z);
        settle(window);
    }),
];

/// The demonstration, strained.
fn strained(folder: &TempDir) -> PathBuf {
    let book = demo(folder);
    let mut open = tuijian::ops::OpenBook::open(&book).unwrap();
    let mut people = open.people().unwrap();
    let long = |text: &str, count: usize| text.chars().cycle().take(count).collect::<String>();
    let first = &mut people[0].applicant;
    first.name = "阿卜杜热合曼·买买提艾力·吐尔逊江·阿不都克里木·艾合买提".into();
    first.employer = long("杭州示范精密机械制造与智能装备技术服务（集团）股份有限公司", 58);
    first.employer_address = long("杭州市余杭区临平街道示例路八十八号示范产业园三号楼", 60);
    first.post = long("数控加工中心设备维修与技术改造负责人", 36);
    first.occupation = "工业机器人系统操作员（数控机床装调维修工）".into();
    first.political_status = "中国国民党革命委员会会员（兼无党派联谊会理事）".into();
    first.honours_brief = long("二〇一八年被评为“全国技术能手”，主持技术革新二十余项。", 420);
    first.experience[0].place = long("杭州示范精密机械制造与智能装备技术服务股份有限公司第一分厂", 90);
    first.experience[0].witness = "阿卜杜热合曼·买买提艾力".into();
    for one in &mut first.certificates {
        one.number = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".into();
        one.issuer = long("浙江省人力资源和社会保障厅职业技能鉴定指导中心", 40);
    }
    for one in &mut first.honours {
        one.title = long("享受国务院政府特殊津贴的高技能领军人才暨全国技术能手", 50);
        one.issuer = long("中华人民共和国人力资源和社会保障部", 34);
    }
    for one in &mut first.attachments {
        one.title = long("享受国务院政府特殊津贴的高技能领军人才暨全国技术能手荣誉证书", 60);
        one.proves.clone_from(&first.honours.first().map(|honour| honour.title.clone()).unwrap_or_default());
    }
    people[1].applicant.name = "䶮𠮷㛃".into();
    people[1].applicant.employer = "杭州䶮𠮷㛃精密机械有限公司".into();
    people[1].applicant.sections.summary.text = long("䶮𠮷㛃师傅三十年如一日，", 300);
    people[2].applicant = Applicant::default();
    for person in &people {
        tuijian::ops::save(&mut open, person.id, &person.applicant).unwrap();
    }
    book
}

/// Presses the first thing of a role whose name has these words in it.
fn press_first_role(window: &mut Window, words: &str, role: Role) {
    let found = window.get_all_by_label_contains(words).find(|node| node.accesskit_node().role() == role);
    found.unwrap_or_else(|| panic!("没有“{words}”")).click();
    settle(window);
}

fn inbox(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbox").join(name)
}

/// Scrolls to what has a name.
fn show(window: &mut Window, label: &str) {
    let found = window.get_all_by_label(label).last().unwrap();
    found.scroll_to_me();
    settle(window);
}

/// Presses the first button whose name begins so.
fn press_first(window: &mut Window, beginning: &str) {
    let is_button = |role| matches!(role, Role::Button | Role::Link);
    let found = window.get_all_by_label_contains(beginning).find(|node| is_button(node.accesskit_node().role()));
    found.unwrap_or_else(|| panic!("没有“{beginning}”")).click();
    settle(window);
}

/// Shows a document's pages, wherever they are in a window of this width.
fn page(window: &mut Window, document: &str) {
    if window.query_by_label("页面").is_some() {
        turn(window, "页面");
    }
    if window.query_by_label(document).is_none() {
        window.get_by_label_contains("看哪一份材料").click();
        window.run_ok();
    }
    press(window, document);
    for _ in 0..4 {
        settle(window);
    }
}

fn pictured(book: Option<PathBuf>, (width, height, scale): (f32, f32, f32), theme: Theme) -> Window {
    let builder = Harness::builder().with_size(vec2(width, height)).with_pixels_per_point(scale);
    built(builder.with_theme(theme).renderer(canvas::Canvas::default()), book)
}

fn folder() -> PathBuf {
    let given = std::env::var_os("TUIJIAN_PICTURES").map(PathBuf::from);
    given.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("screens"))
}

fn keep(window: &mut Window, name: &str) {
    let picture = window.render().unwrap();
    let first = *picture.get_pixel(0, 0);
    let inked = picture.pixels().filter(|pixel| **pixel != first).count();
    assert!(inked * 50 > (picture.width() * picture.height()) as usize, "{name}: almost nothing on the picture");
    let path = folder().join(format!("{name}.png"));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    picture.save(&path).unwrap();
}

/// What stands over the panels, wherever there is room.
const OVER: [&str; 13] = [
    "ask-scans",
    "cutting",
    "export-occupied",
    "export-open-ends",
    "help",
    "history-revert",
    "hover",
    "import-path",
    "look",
    "path",
    "refused",
    "strained-list",
    "strained-page",
];

/// Nothing that is read or pressed reaches over the right edge of the window, or below the pages beside the form.
fn is_within(window: &Window, name: &str, width: f32) {
    let words = |node: &egui_kittest::Node<'_>| node.accesskit_node().label().or_else(|| node.accesskit_node().value());
    let edge = window.query_by_label("上一页").map(|turner| turner.rect().left() - 16.0);
    // Where the pages have a tab, their tools stand below the form's.
    let edge = edge.filter(|_| window.query_by_label("页面").is_none() && !OVER.contains(&name)).unwrap_or(width);
    for node in window.root().children_recursive().filter(|node| node.accesskit_node().raw_bounds().is_some()) {
        let (role, rect) = (node.accesskit_node().role(), node.rect());
        let is_shown = matches!(
            role,
            Role::Label | Role::Button | Role::Link | Role::TextInput | Role::MultilineTextInput | Role::CheckBox
        ) || role == Role::RadioButton;
        let is_cut = rect.left() < edge - 1.0 && rect.right() > edge + 1.0;
        assert!(!is_shown || !is_cut, "{name}: {role:?} {:?} ends at {}", words(&node), rect.right());
    }
}

/// Pictures of `screens` in one look and size; each screen is reached from a window of its own.
fn picture_all(look: &str, theme: Theme) {
    let only = std::env::var("TUIJIAN_SCREEN").ok();
    let wanted = |name: &str| only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    for (size, width, height, scale) in SIZES {
        let place = |name: &str| format!("{size}-{look}/{name}");
        for (name, way) in WITHOUT_BOOK.iter().filter(|(name, _)| wanted(name)) {
            let mut window = pictured(None, (width, height, scale), theme);
            way(&mut window);
            is_within(&window, name, width);
            keep(&mut window, &place(name));
        }
        for (book, screens) in [(demo as Book, WITH_BOOK), (strained, WITH_STRAINED_BOOK)] {
            for (name, way) in screens.iter().filter(|(name, _)| wanted(name)) {
                let folder = TempDir::new().unwrap();
                let mut window = pictured(Some(book(&folder)), (width, height, scale), theme);
                way(&mut window);
                is_within(&window, name, width);
                keep(&mut window, &place(name));
            }
        }
    }
}

#[test]
fn every_screen_in_the_light() {
    picture_all(LOOKS[0].0, LOOKS[0].1);
}

#[test]
fn every_screen_in_the_dark() {
    picture_all(LOOKS[1].0, LOOKS[1].1);
}
