//! One loop that pictures every screen, at both sizes and in both looks, for people to look at. A picture that is plainly
//! broken (nothing on it, or a character without a glyph) fails.
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

/// Points and pixels a point: a small notebook, and 1366 × 768 at 125 %.
const SIZES: [(&str, f32, f32, f32); 2] = [("1280x800", 1280.0, 800.0, 1.0), ("1366x768@125", 1092.8, 614.4, 1.25)];
const LOOKS: [(&str, Theme); 2] = [("light", Theme::Light), ("dark", Theme::Dark)];

/// How to come from the freshly opened window to a screen.
type Way = fn(&mut Window);

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
            press(window, "文字大小和明暗");
            press(window, "关闭推荐册");
        }
    }),
    ("new-book", |window| press(window, "新建推荐册…")),
    ("new-book-of-files", |window| arrive(window, &[inbox("汇总表.xlsx"), inbox("01葛瑾川申报表.docx")])),
    ("path", |window| {
        press(window, "打开推荐册…");
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
    ("export", |window| press(window, "导出与打印…")),
    ("recommender", |window| press(window, "推荐单位资料")),
    ("help", |window| {
        window.key_press(Key::F1);
        settle(window);
    }),
    ("import", |window| {
        let names = ["01葛瑾川申报表.docx", "02闫㛃宁申报表.docx", "03欧阳叙白申报表.docx", "汇总表.xlsx"];
        type_into(window, "现工作岗位", "兼带班");
        arrive(window, &names.map(inbox));
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
];

fn inbox(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbox").join(name)
}

/// Presses the first button whose name begins so.
fn press_first(window: &mut Window, beginning: &str) {
    let is_button = |role| matches!(role, Role::Button | Role::Link);
    let found = window.get_all_by_label_contains(beginning).find(|node| is_button(node.accesskit_node().role()));
    found.unwrap_or_else(|| panic!("没有“{beginning}”")).click();
    settle(window);
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

/// Pictures of `screens` in one look and size; each screen is reached from a window of its own.
fn picture_all(look: &str, theme: Theme) {
    let only = std::env::var("TUIJIAN_SCREEN").ok();
    let wanted = |name: &str| only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    for (size, width, height, scale) in SIZES {
        let place = |name: &str| format!("{size}-{look}/{name}");
        for (name, way) in WITHOUT_BOOK.iter().filter(|(name, _)| wanted(name)) {
            let mut window = pictured(None, (width, height, scale), theme);
            way(&mut window);
            keep(&mut window, &place(name));
        }
        for (name, way) in WITH_BOOK.iter().filter(|(name, _)| wanted(name)) {
            let folder = TempDir::new().unwrap();
            let mut window = pictured(Some(demo(&folder)), (width, height, scale), theme);
            way(&mut window);
            keep(&mut window, &place(name));
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
