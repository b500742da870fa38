//! How things come into the window: books, forms, packages, copies, photos; by dialog, drop and clipboard.

mod desk;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use desk::*;
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Color32, ColorImage, Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::AttachmentKind;
use tuijian::ops::{self, OpenBook};

fn inbox(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbox").join(name)
}

fn demo_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association").join(name)
}

fn forms() -> [PathBuf; 4] {
    ["01葛瑾川申报表.docx", "02闫㛃宁申报表.docx", "03欧阳叙白申报表.docx", "汇总表.xlsx"].map(inbox)
}

/// Types a path into the field that stands for the desktop's dialog.
fn type_path(window: &mut Window, path: &Path) {
    field(window, "路径");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_into(window, "路径", path.to_str().unwrap());
    press(window, "确定");
}

/// A window on a new, empty book.
fn empty(folder: &TempDir) -> (Window, PathBuf) {
    let book = folder.path().join("新册.tuijian");
    let mut window = window(None);
    press(&mut window, "新建推荐册…");
    press(&mut window, "行业协会");
    type_into(&mut window, "单位名称（须和单位公章相同）", "杭州市示范模具行业协会");
    press(&mut window, "选择存放位置…");
    type_path(&mut window, &book);
    assert_shows(&window, "还没有申报人");
    (window, book)
}

fn undo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(window);
}

#[test]
fn a_folder_of_forms_becomes_filled_forms() {
    let folder = TempDir::new().unwrap();
    let (mut window, book) = empty(&folder);
    arrive(&mut window, &forms());
    assert_shows(&window, "导入前核对");
    assert_shows(&window, "新 3 人");
    assert_shows(&window, "将写入 3 人");
    assert_shows(&window, "合为一人");
    // Enough of each to see that the right files were read.
    assert_shows(&window, "电工 / 高级技师　杭州示范精密机械有限公司　经历 ");
    press(&mut window, "取消");
    assert_shows(&window, "还没有申报人");
    arrive(&mut window, &forms());
    press(&mut window, "导入");
    assert_shows(&window, "已经导入");
    press(&mut window, "闫㛃宁");
    assert_eq!(value(&window, "姓名"), "闫㛃宁");
    undo(&mut window);
    assert_shows(&window, "还没有申报人");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(&mut window);
    let people = people(window, &book);
    assert_eq!(people.len(), 3);
    assert!(people.iter().all(|a| !a.id_number.is_empty() && !a.honours_brief.is_empty() && !a.photo.is_none()));
}

#[test]
fn an_import_that_was_taken_back_says_so() {
    let folder = TempDir::new().unwrap();
    let (mut window, book) = empty(&folder);
    arrive(&mut window, &forms());
    press(&mut window, "导入");
    assert_shows(&window, "已加入推荐册");
    undo(&mut window);
    assert_shows(&window, "已撤销导入");
    assert!(!shows(&window, "已加入推荐册"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(&mut window);
    assert_shows(&window, "已加入推荐册");
    undo(&mut window);
    press(&mut window, "完成");
    assert_shows(&window, "还没有申报人");
    assert!(people(window, &book).is_empty());
}

#[test]
fn what_differs_is_shown_and_nothing_is_overwritten_unasked() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 1200.0);
    type_into(&mut window, "现工作岗位", "兼带班");
    arrive(&mut window, &[inbox("01葛瑾川申报表.docx"), inbox("02闫㛃宁申报表.docx")]);
    assert_shows(&window, "有改动 1 人");
    assert_shows(&window, "相同 1 人");
    assert_shows(&window, "设备维修电工兼带班");
    assert_shows(&window, "没有要导入的内容");
    press(&mut window, "葛瑾川：用新的替换");
    assert_shows(&window, "将写入 1 人");
    press(&mut window, "葛瑾川：保留册中的");
    assert_shows(&window, "没有要导入的内容");
    press(&mut window, "葛瑾川：两份都留");
    assert_shows(&window, "新，两份都留");
    press(&mut window, "葛瑾川：用新的替换");
    press(&mut window, "导入");
    press(&mut window, "完成");
    assert_eq!(value(&window, "现工作岗位"), "设备维修电工");
    undo(&mut window);
    assert_eq!(value(&window, "现工作岗位"), "设备维修电工兼带班");
    assert_eq!(people(window, &book).len(), 3);
}

/// Whether a choice is the one that stands.
fn is_chosen(window: &Window, label: &str) -> bool {
    let is_on = |node: &egui_kittest::Node<'_>| node.accesskit_node().toggled() == Some(Toggled::True);
    window.get_all_by_label(label).any(|node| is_on(&node))
}

#[test]
fn empty_fields_are_filled_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 1200.0);
    window_clear(&mut window, "现工作岗位");
    window_clear(&mut window, "行政职务");
    arrive(&mut window, &[inbox("01葛瑾川申报表.docx")]);
    // Nothing is contradicted: filling is what is suggested, and what would be filled is named.
    assert!(is_chosen(&window, "葛瑾川：只补空栏"));
    assert_shows(&window, "将补上：现工作岗位、行政职务");
    assert_shows(&window, "建议只补空栏");
    assert!(shows(&window, "可补充 1 人") && !shows(&window, "有改动"));
    assert!(!shows(&window, "电工 / 高级技师　"), "who is known already is not told");
    assert_shows(&window, "将写入 1 人");
    press(&mut window, "葛瑾川：用新的替换");
    assert_shows(&window, "有改动 1 人");
    press(&mut window, "葛瑾川：保留册中的");
    assert!(!shows(&window, "将补上"));
    assert_shows(&window, "没有要导入的内容");
    press(&mut window, "取消");
    // Something is: the book's stays unless the clerk says otherwise.
    type_into(&mut window, "行政职务", "册中的职务");
    arrive(&mut window, &[inbox("01葛瑾川申报表.docx")]);
    assert!(is_chosen(&window, "葛瑾川：保留册中的") && !shows(&window, "建议只补空栏"));
    press(&mut window, "葛瑾川：只补空栏");
    assert_shows(&window, "将补上：现工作岗位");
    press(&mut window, "导入");
    assert_shows(&window, "补上了：现工作岗位");
    press(&mut window, "完成");
    assert_eq!(value(&window, "现工作岗位"), "设备维修电工");
    assert_eq!(value(&window, "行政职务"), "册中的职务");
    undo(&mut window);
    assert_eq!(value(&window, "现工作岗位"), "");
    drop(people(window, &book));
}

#[test]
fn an_import_says_what_it_makes_of_the_quota() {
    let folder = TempDir::new().unwrap();
    let record = folder.path().join("来件");
    for part in ["photos", "scans"] {
        fs::create_dir_all(record.join(part)).unwrap();
        for entry in fs::read_dir(demo_file(part)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), record.join(part).join(entry.file_name())).unwrap();
        }
    }
    let mut written: serde_json::Value = serde_json::from_slice(&fs::read(demo_file("record.json")).unwrap()).unwrap();
    for applicant in written["applicants"].as_array_mut().unwrap() {
        applicant["nominated"] = true.into();
    }
    fs::write(record.join("record.json"), written.to_string()).unwrap();
    let (mut window, book) = empty(&folder);
    arrive(&mut window, &[demo_file("")]);
    assert_shows(&window, "将写入 3 人，其中推荐 2 人");
    assert_shows(&window, "将共推荐 2 人，名额 2 人，没有超出");
    // A record also has lists that a form has not.
    assert_shows(&window, "行、证书 1 本、荣誉 1 项、竞赛 1 项");
    press(&mut window, "导入");
    assert_shows(&window, "现在共推荐 2 人");
    press(&mut window, "完成");
    arrive(&mut window, &[record]);
    assert!(!shows(&window, "其中推荐"), "nobody is put forward as long as the book's stay");
    press(&mut window, "欧阳叙白：用新的替换");
    assert_shows(&window, "其中推荐 1 人");
    assert_shows(&window, "将由推荐 2 人变为 3 人，名额 2 人，超出 1 人；可以先导入，导出前要撤回 1 人，或写明理由");
    press(&mut window, "导入");
    assert_shows(&window, "现在共推荐 3 人");
    assert_eq!(people(window, &book).iter().filter(|person| person.nominated).count(), 3);
}

#[test]
fn a_recommender_that_a_record_calls_otherwise_is_the_one_of_the_book() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let record = std::fs::read_to_string(demo_file("record.json")).unwrap();
    let called = record.replace("杭州市示范模具行业协会", "杭州示范模具协会");
    assert_ne!(record, called);
    let there = folder.path().join("外来");
    for inside in ["photos", "scans"] {
        std::fs::create_dir_all(there.join(inside)).unwrap();
        for file in std::fs::read_dir(demo_file(inside)).unwrap().flatten() {
            std::fs::copy(file.path(), there.join(inside).join(file.file_name())).unwrap();
        }
    }
    std::fs::write(there.join("record.json"), called).unwrap();
    let mut window = sized(Some(book.clone()), 1440.0, 1600.0);
    arrive(&mut window, &[there.join("record.json")]);
    assert_shows(&window, "新增推荐单位：杭州示范模具协会");
    assert_shows(&window, "新 3 人");
    press(&mut window, "杭州示范模具协会就是“杭州市示范模具行业协会”，不另建单位");
    assert_shows(&window, "文件里的“杭州示范模具协会”记在“杭州市示范模具行业协会”名下。");
    assert_shows(&window, "相同 3 人");
    press(&mut window, "另建“杭州示范模具协会”");
    assert_shows(&window, "新 3 人");
    press(&mut window, "杭州示范模具协会就是“杭州市示范模具行业协会”，不另建单位");
    let text = |window: &Window| window.query_all_by_label_contains("没有写明推荐单位的表").count();
    assert_eq!(text(&window), 0, "no form is among them");
    assert_shows(&window, "相同 3 人");
    assert_eq!(people(window, &book).len(), 3);
}

#[test]
fn files_that_come_one_by_one_are_looked_at_together() {
    let folder = TempDir::new().unwrap();
    let mut first = window(None);
    for form in forms() {
        arrive(&mut first, &[form]);
    }
    assert_shows(&first, "4 个文件，3 人");
    let (mut second, book) = empty(&folder);
    for form in forms() {
        arrive(&mut second, &[form]);
    }
    assert_shows(&second, "新 3 人");
    press(&mut second, "导入");
    assert_eq!(people(second, &book).len(), 3);
}

#[test]
fn leaving_the_import_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let (mut window, book) = empty(&folder);
    arrive(&mut window, &forms());
    strike(&mut window, Key::Escape);
    assert_shows(&window, "还没有申报人");
    assert!(people(window, &book).is_empty());
}

#[test]
fn mixed_files_are_split_and_the_useless_are_named() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let text = folder.path().join("说明.txt");
    fs::write(&text, "随便写写").unwrap();
    let scan = folder.path().join("技能竞赛获奖证书.pdf");
    fs::copy(demo_file("scans/yan-patent.pdf"), &scan).unwrap();
    let mut window = window(Some(book.clone()));
    turn(&mut window, "附件");
    arrive(&mut window, &[inbox("01葛瑾川申报表.docx"), scan, text]);
    assert_shows(&window, "有 1 项没有接收");
    assert_shows(&window, "说明.txt");
    assert_shows(&window, "复制到要填的栏目");
    press(&mut window, "知道了");
    assert_shows(&window, "相同 1 人");
    // What comes with a form belongs to whom the form speaks of, once the clerk agrees.
    assert_shows(&window, "放进附件：技能竞赛获奖证书.pdf");
    press(&mut window, "导入");
    let attachments = people(window, &book)[0].attachments.clone();
    let last = attachments.last().unwrap();
    assert_eq!((last.title.as_str(), last.kind), ("技能竞赛获奖证书", AttachmentKind::Competition));
}

#[test]
fn scans_that_may_be_a_photo_are_asked_about() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let wide = folder.path().join("合影.png");
    image::RgbImage::from_pixel(1600, 1200, image::Rgb([90, 120, 150])).save(&wide).unwrap();
    let mut window = window(Some(book.clone()));
    let before = tuijian::domain::FileKey::default();
    arrive(&mut window, std::slice::from_ref(&wide));
    assert_shows(&window, "放到葛瑾川的哪里");
    press(&mut window, "取消");
    arrive(&mut window, &[wide]);
    press(&mut window, "作为照片");
    // It does not fit its place: it is cut at once.
    assert_shows(&window, "裁剪照片");
    assert_shows(&window, "857 × 1200 像素");
    press(&mut window, "裁剪并保存");
    assert!(!shows(&window, "裁剪照片"));
    assert_shows(&window, "857 × 1200 像素");
    undo(&mut window);
    assert_shows(&window, "1600 × 1200 像素");
    assert!(!shows(&window, "裁剪照片"), "an undone cut is not asked for again");
    assert_ne!(people(window, &book)[0].photo, before);
}

#[test]
fn a_portrait_becomes_the_photo_and_is_cut_with_keys() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let portrait = folder.path().join("照片.jpg");
    image::RgbImage::from_pixel(840, 1176, image::Rgb([90, 120, 150])).save(&portrait).unwrap();
    let mut window = window(Some(book.clone()));
    arrive(&mut window, &[portrait]);
    assert_shows(&window, "840 × 1176 像素");
    assert!(!shows(&window, "裁剪照片"), "it fits its place");
    press(&mut window, "裁剪…");
    let smaller = |window: &mut Window| {
        window.key_press(Key::Minus);
        window.run_ok();
    };
    let frame = window.get_by_label_contains("裁剪框");
    frame.focus();
    window.run_ok();
    for _ in 0..20 {
        smaller(&mut window);
    }
    assert_shows(&window, "打印后会不清楚");
    for _ in 0..200 {
        window.key_press(Key::ArrowRight);
    }
    window.run_ok();
    assert!(window.get_by_label_contains("裁剪框").accesskit_node().is_focused(), "arrows stay with the frame");
    press(&mut window, "向右转 90°");
    assert_shows(&window, "840 × 1176 像素");
    strike(&mut window, Key::Escape);
    assert!(!shows(&window, "裁剪照片"));
    let open = people(window, &book);
    assert!(open[0].photo.0.ends_with(".jpg"));
}

#[test]
fn the_frame_is_dragged_with_the_mouse() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let wide = folder.path().join("半红半蓝.png");
    let halves = image::RgbImage::from_fn(1600, 700, |x, _| {
        if x < 800 { image::Rgb([220, 20, 20]) } else { image::Rgb([20, 20, 220]) }
    });
    halves.save(&wide).unwrap();
    let mut window = window(Some(book.clone()));
    arrive(&mut window, &[wide]);
    press(&mut window, "作为照片");
    assert_shows(&window, "500 × 700 像素");
    let drag = |window: &mut Window, from: eframe::egui::Pos2, to: eframe::egui::Pos2| {
        window.drag_at(from);
        window.run_ok();
        for share in [0.3, 0.7, 1.0] {
            window.hover_at(from + (to - from) * share);
            window.run_ok();
        }
        window.drop_at(to);
        window.run_ok();
    };
    let canvas = window.get_by_label_contains("裁剪框").rect();
    drag(&mut window, canvas.center(), canvas.right_center());
    // The lower left corner is pulled in: the frame, now at the right edge, becomes smaller.
    let corner = eframe::egui::pos2(canvas.right() - canvas.width() * 500.0 / 1600.0, canvas.bottom());
    let scale = canvas.width() / 1600.0;
    drag(&mut window, corner, corner + eframe::egui::vec2(100.0, -140.0) * scale);
    press(&mut window, "裁剪并保存");
    let photo = people(window, &book)[0].photo.clone();
    let bytes = OpenBook::open(&book).unwrap().file(&photo).unwrap();
    let cut = image::load_from_memory(&bytes).unwrap().to_rgb8();
    assert!((380..=430).contains(&cut.width()), "{:?}", cut.dimensions());
    let ratio = cut.width() as f32 / cut.height() as f32;
    assert!((ratio - 35.0 / 49.0).abs() < 0.005, "{:?}", cut.dimensions());
    assert!(cut.pixels().all(|pixel| pixel.0[2] > 150 && pixel.0[0] < 90), "only the right half");
}

#[test]
fn pictures_and_files_are_pasted() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    let image = ColorImage::filled([420, 588], Color32::from_rgb(10, 20, 200));
    window.event(Event::PasteImage(Arc::new(image)));
    settle(&mut window);
    assert_shows(&window, "420 × 588 像素");
    assert_shows(&window, "已更换葛瑾川的照片");
    turn(&mut window, "附件");
    // A certificate is known by what it is of.
    press(&mut window, "附件 1 证明：不指定哪一项");
    press(&mut window, "证书：电工 高级技师 1611000000100001");
    assert_shows(&window, "附件 1 证明：证书：电工 高级技师 1611000000100001");
    let image = ColorImage::filled([60, 40], Color32::RED);
    window.event(Event::PasteImage(Arc::new(image)));
    settle(&mut window);
    assert_eq!(value(&window, "题名（附件 4）"), "粘贴的图片");
    // The next one, copied in a file manager, goes beside it although its title has the cursor.
    field(&mut window, "题名（附件 4）");
    let scan = folder.path().join("荣誉 证书.jpg");
    fs::copy(demo_file("scans/gejin-honour.jpg"), &scan).unwrap();
    let address = format!("file://{}", scan.display()).replace(' ', "%20");
    window.event(Event::Paste(address));
    settle(&mut window);
    assert_eq!(value(&window, "题名（附件 4）"), "粘贴的图片");
    assert!(
        text_input(&window, "题名（附件 5）").accesskit_node().is_focused(),
        "the clerk goes on with what has come"
    );
    let people = people(window, &book);
    let attachments = &people[0].attachments;
    assert_eq!(attachments.len(), 5);
    assert_eq!((attachments[4].title.as_str(), attachments[4].kind), ("荣誉 证书", AttachmentKind::Honour));
    assert!(people[0].photo.0.ends_with(".png"));
}

#[test]
fn text_that_names_a_file_stays_text_in_a_field() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    field(&mut window, "行政职务");
    window.event(Event::Paste(demo_file("photos/02.jpg").display().to_string()));
    settle(&mut window);
    assert!(value(&window, "行政职务").ends_with("02.jpg"));
    drop(people(window, &book));
}

#[test]
fn a_dropped_book_opens_and_another_is_asked_about() {
    let folder = TempDir::new().unwrap();
    let one = demo(&folder);
    let other = folder.path().join("另一本.tuijian");
    let recommender = serde_json::from_value(serde_json::json!({ "name": "另一协会", "kind": "association" })).unwrap();
    drop(ops::new_book(&other, "hangzhou-2021", &recommender).unwrap());
    let mut window = window(None);
    arrive(&mut window, std::slice::from_ref(&one));
    assert_eq!(value(&window, "姓名"), "葛瑾川");
    arrive(&mut window, std::slice::from_ref(&one));
    assert_shows(&window, "这本推荐册已经打开");
    type_into(&mut window, "行政职务", "兼组长");
    arrive(&mut window, std::slice::from_ref(&other));
    assert_shows(&window, "改为打开“另一本”");
    press(&mut window, "取消");
    assert_eq!(value(&window, "姓名"), "葛瑾川");
    arrive(&mut window, std::slice::from_ref(&other));
    press(&mut window, "关上这本，打开它");
    assert_shows(&window, "还没有申报人");
    // The first one has been let go, with everything that was typed.
    let open = OpenBook::open(&one).unwrap();
    assert!(open.people().unwrap()[0].applicant.duty.ends_with("兼组长"));
    drop(open);
    drop(people(window, &other));
}

#[test]
fn a_book_that_cannot_be_opened_leaves_the_open_one_in_hand() {
    let folder = TempDir::new().unwrap();
    let one = demo(&folder);
    let broken = folder.path().join("坏的.tuijian");
    fs::write(&broken, "不是推荐册").unwrap();
    let mut window = window(Some(one.clone()));
    arrive(&mut window, &[broken]);
    press(&mut window, "关上这本，打开它");
    assert_shows(&window, "坏的.tuijian");
    type_into(&mut window, "行政职务", "兼组长");
    assert!(people(window, &one)[0].duty.ends_with("兼组长"));
}

#[test]
fn hovering_files_are_told_where_they_go() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    for (files, words) in [
        (vec![demo_file("photos/01.jpg")], "作为葛瑾川的照片"),
        (vec![inbox("汇总表.xlsx"), inbox("01葛瑾川申报表.docx")], "导入 2 个文件"),
        (vec![folder.path().join("a.tuijian")], "打开推荐册"),
    ] {
        hover(&mut window, &files);
        window.step();
        assert_shows(&window, words);
        window.input_mut().hovered_files.clear();
        settle(&mut window);
    }
    turn(&mut window, "附件");
    hover(&mut window, &[demo_file("scans/gejin-cert.jpg")]);
    window.step();
    assert_shows(&window, "1 个扫描件放进葛瑾川的附件");
    window.input_mut().hovered_files.clear();
    settle(&mut window);
    drop(people(window, &book));
}

#[test]
fn the_first_screen_makes_a_book_of_the_forms() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("从表来.tuijian");
    let mut window = window(None);
    arrive(&mut window, &forms());
    assert_shows(&window, "4 个文件，3 人");
    assert_shows(&window, "葛瑾川");
    assert_shows(&window, "没有写明由哪类单位推荐");
    // The summary's head and foot say who has filled it in; the name tells the kind.
    assert_eq!(value(&window, "单位名称（须和单位公章相同）"), "杭州市示范模具行业协会");
    assert_eq!(value(&window, "填报人"), "陆知远");
    press(&mut window, "选择存放位置…");
    type_path(&mut window, &book);
    assert_shows(&window, "新 3 人");
    press(&mut window, "导入");
    press(&mut window, "完成");
    assert_shows(&window, "限额 2 人");
    assert_eq!(people(window, &book).len(), 3);
}

#[test]
fn the_first_screen_makes_a_book_of_a_record_that_says_whose_it_is() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("来的.tuijian");
    let mut window = window(None);
    arrive(&mut window, &[demo_file("")]);
    assert_shows(&window, "推荐单位（文件里写明的）");
    assert_shows(&window, "杭州市示范模具行业协会");
    assert!(window.query_by_label("单位名称（须和单位公章相同）").is_none(), "nothing has to be typed");
    press(&mut window, "选择存放位置…");
    type_path(&mut window, &book);
    assert_eq!(value(&window, "姓名"), "葛瑾川");
    assert_shows(&window, "已推荐 2 人，限额 2 人");
    assert_eq!(people(window, &book).len(), 3);
}

/// A package with a passphrase, as an office would send it.
fn locked_package(folder: &TempDir) -> PathBuf {
    use std::io::Write;
    let path = folder.path().join("电子文档.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default().with_aes_encryption(zip::AesMode::Aes256, "kouling");
    let record = serde_json::json!({ "format": "tuijian-record", "version": 1, "notice": "hangzhou-2021",
        "recommender": { "name": "杭州市示范行业协会", "kind": "association" },
        "applicants": [{ "name": "甲一", "id_number": "339999197803150318" }] });
    zip.start_file("record.json", options).unwrap();
    zip.write_all(record.to_string().as_bytes()).unwrap();
    zip.finish().unwrap();
    path
}

#[test]
fn a_locked_package_is_opened_with_its_passphrase() {
    let folder = TempDir::new().unwrap();
    let package = locked_package(&folder);
    let book = folder.path().join("来的.tuijian");
    let mut first = window(None);
    arrive(&mut first, std::slice::from_ref(&package));
    assert_shows(&first, "已加密");
    assert!(first.query_by_label("选择存放位置…").is_none(), "nothing is known yet");
    assert!(text_input(&first, "电子文档的口令").accesskit_node().is_focused(), "it is typed at once");
    type_into(&mut first, "电子文档的口令", "wrong");
    first.key_press(Key::Enter);
    settle(&mut first);
    assert_shows(&first, "口令不对，请再输入");
    assert!(text_input(&first, "电子文档的口令").accesskit_node().is_focused(), "and typed again");
    window_clear(&mut first, "电子文档的口令");
    type_into(&mut first, "电子文档的口令", "kouling");
    press(&mut first, "用口令打开");
    assert_shows(&first, "1 个文件，1 人");
    press(&mut first, "选择存放位置…");
    type_path(&mut first, &book);
    assert_eq!(value(&first, "姓名"), "甲一");
    drop(people(first, &book));

    // And into a book that is there.
    let (mut second, other) = empty(&folder);
    arrive(&mut second, std::slice::from_ref(&package));
    assert_shows(&second, "有文件加密了");
    type_into(&mut second, "电子文档的口令", "kouling");
    press(&mut second, "用口令打开");
    assert_shows(&second, "新 1 人");
    assert_shows(&second, "新增推荐单位：杭州市示范行业协会");
    press(&mut second, "导入");
    assert_eq!(people(second, &other).len(), 1);
}

fn window_clear(window: &mut Window, label: &str) {
    field(window, label);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    strike(window, Key::Backspace);
}

#[test]
fn scans_join_the_forms_that_are_looked_at() {
    let folder = TempDir::new().unwrap();
    let (mut window, book) = empty(&folder);
    arrive(&mut window, &forms());
    let scan = folder.path().join("葛瑾川荣誉证书.jpg");
    fs::copy(demo_file("scans/gejin-honour.jpg"), &scan).unwrap();
    let other = folder.path().join("证书.pdf");
    fs::copy(demo_file("scans/gejin-contest.pdf"), &other).unwrap();
    arrive(&mut window, &[scan, other]);
    assert_shows(&window, "放进附件：葛瑾川荣誉证书.jpg");
    assert_shows(&window, "认不出是谁的");
    press(&mut window, "证书.pdf放进谁的附件");
    let offered = window.get_all_by_label("欧阳叙白").last().map(|node| node.click());
    assert!(offered.is_some());
    settle(&mut window);
    assert_shows(&window, "放进附件：证书.pdf");
    window.get_all_by_label("导入").last().unwrap().focus();
    window.run_ok();
    // The keyboard stands on the button that leads on.
    strike(&mut window, Key::Enter);
    assert_shows(&window, "已经导入");
    let people = people(window, &book);
    let attached: Vec<&str> = people.iter().flat_map(|a| &a.attachments).map(|one| one.title.as_str()).collect();
    assert_eq!(attached, ["荣誉证书", "证书"]);
}

#[test]
fn a_path_that_is_asked_for_may_be_dropped() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(None);
    press(&mut window, "打开推荐册…");
    arrive(&mut window, std::slice::from_ref(&book));
    assert_eq!(value(&window, "路径"), book.display().to_string());
    press(&mut window, "确定");
    assert_eq!(value(&window, "姓名"), "葛瑾川");
    drop(people(window, &book));
}

#[test]
fn a_new_book_is_checked_where_it_is_typed_and_enter_goes_on() {
    let folder = TempDir::new().unwrap();
    let mut window = window(None);
    press(&mut window, "新建推荐册…");
    let name = "单位名称（须和单位公章相同）";
    assert!(text_input(&window, name).accesskit_node().is_focused());
    press(&mut window, "选择存放位置…");
    assert_shows(&window, "请写公章上的全称");
    assert!(window.query_by_label("路径").is_none());
    type_into(&mut window, name, "协会");
    assert_shows(&window, "看起来是简称");
    type_into(&mut window, name, "杭州市示范行业协会");
    for next in ["填报人", "联系电话", "手机", "地址"] {
        window.key_press(Key::Enter);
        window.run_ok();
        window.run_ok();
        assert!(text_input(&window, next).accesskit_node().is_focused(), "{next}");
    }
    strike(&mut window, Key::Enter);
    assert!(window.query_by_label("路径").is_some(), "the last Enter leads on");
    // A place that is taken is said at once.
    let taken = demo(&folder);
    field(&mut window, "路径");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_into(&mut window, "路径", taken.to_str().unwrap());
    assert_shows(&window, "已有同名文件");
}

#[test]
fn both_demonstrations_can_be_seen() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("区县.tuijian");
    let mut window = window(None);
    press(&mut window, "示范推荐册…");
    press(&mut window, "区、县（市）人力社保部门");
    type_path(&mut window, &book);
    assert_shows(&window, "限额 4 人");
    drop(people(window, &book));
}

#[test]
fn recent_books_say_whose_they_are_and_which_are_gone() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let gone = folder.path().join("移走的.tuijian");
    fs::copy(&book, &gone).unwrap();
    let mut window = window(None);
    for path in [&gone, &book] {
        arrive(&mut window, std::slice::from_ref(path));
        press(&mut window, "更多");
        press(&mut window, "关闭推荐册");
    }
    fs::remove_file(&gone).unwrap();
    arrive(&mut window, std::slice::from_ref(&book));
    press(&mut window, "更多");
    press(&mut window, "关闭推荐册");
    let labels: Vec<String> = window
        .get_all_by_label_contains("打开 ")
        .filter(|node| node.accesskit_node().role() == Role::Button)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert_eq!(labels, ["打开 示范", "打开 移走的，找不到文件"]);
    press(&mut window, "从列表中去掉 移走的");
    assert!(!shows(&window, "移走的"));
    press(&mut window, "打开 示范");
    assert_eq!(value(&window, "姓名"), "葛瑾川");
    drop(people(window, &book));
}

#[test]
fn a_folder_is_found_step_by_step_where_there_is_no_dialog() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    fs::create_dir(folder.path().join("来件")).unwrap();
    for (from, to) in [("01葛瑾川申报表.docx", "甲.docx"), ("汇总表.xlsx", "乙.xlsx")] {
        fs::copy(inbox(from), folder.path().join("来件").join(to)).unwrap();
    }
    let mut window = window(Some(book.clone()));
    press(&mut window, "导入…");
    press(&mut window, "汇总表、申报表、记录或电子文档…");
    press(&mut window, "来件　›");
    press(&mut window, "甲.docx");
    press(&mut window, "乙.xlsx");
    press(&mut window, "确定");
    assert_shows(&window, "导入前核对");
    assert_shows(&window, "甲.docx");
    assert_shows(&window, "乙.xlsx");
    drop(people(window, &book));
}

#[test]
fn a_folder_stands_for_its_files_where_files_are_asked_for() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let inside = folder.path().join("来件");
    fs::create_dir(&inside).unwrap();
    for (from, to) in [("01葛瑾川申报表.docx", "甲.docx"), ("汇总表.xlsx", "乙.xlsx")] {
        fs::copy(inbox(from), inside.join(to)).unwrap();
    }
    let mut window = window(Some(book.clone()));
    press(&mut window, "导入…");
    press(&mut window, "汇总表、申报表、记录或电子文档…");
    assert_shows(&window, "请再选文件夹里的文件");
    assert!(window.get_by_label("确定").accesskit_node().is_disabled(), "nobody has chosen this folder");
    arrive(&mut window, std::slice::from_ref(&inside));
    assert_shows(&window, "就取这个文件夹里的文件");
    press(&mut window, "确定");
    assert_shows(&window, "导入前核对");
    assert_shows(&window, "甲.docx");
    assert_shows(&window, "乙.xlsx");
    press(&mut window, "取消");
    // The same for copies.
    let scans = folder.path().join("扫描件");
    fs::create_dir(&scans).unwrap();
    fs::copy(demo_file("scans/gejin-honour.jpg"), scans.join("荣誉证书.jpg")).unwrap();
    turn(&mut window, "附件");
    press(&mut window, "添加文件…");
    type_path(&mut window, &scans);
    assert_shows(&window, "给葛瑾川添加 1 个附件");
    let attachments = people(window, &book)[0].attachments.clone();
    assert_eq!(attachments.last().unwrap().title, "荣誉证书");
}

#[test]
fn a_folder_that_names_the_open_book_is_refused_and_the_book_stays_locked() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 1600.0);
    let bytes = fs::metadata(&book).unwrap().len();
    let entry = serde_json::json!({ "path": "示范.tuijian", "bytes": bytes, "sha256": "0".repeat(64), "pages": null, "code": null });
    let list = serde_json::json!({ "format": "tuijian-list", "version": 1, "files": [entry] });
    fs::write(folder.path().join("清单.json"), list.to_string()).unwrap();
    press(&mut window, "导出与打印…");
    press(&mut window, "核对文件夹…");
    type_path(&mut window, folder.path());
    assert_shows(&window, "就是正在使用的推荐册");
    // A record that names it.
    fs::remove_file(folder.path().join("清单.json")).unwrap();
    let record = serde_json::json!({ "format": "tuijian-record", "version": 1, "notice": "hangzhou-2021",
        "recommender": { "name": "杭州市示范行业协会", "kind": "association" },
        "applicants": [{ "name": "甲一", "photo": "示范.tuijian" }] });
    fs::write(folder.path().join("record.json"), record.to_string()).unwrap();
    arrive(&mut window, &[folder.path().join("record.json")]);
    assert_shows(&window, "不会导入 1 个文件");
    assert_shows(&window, "就是正在使用的推荐册");
    // Another program still finds the book taken.
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_tuijian"))
        .args(["--book", book.to_str().unwrap(), "list"])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(4), "{}", String::from_utf8_lossy(&ran.stderr));
    drop(people(window, &book));
}

#[test]
fn what_was_dropped_goes_to_whom_the_clerk_saw_then() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let copies = |people: &[tuijian::domain::Applicant]| -> Vec<usize> {
        people.iter().map(|applicant| applicant.attachments.len()).collect()
    };
    let before = copies(&people(window(Some(book.clone())), &book));
    let mut window = window(Some(book.clone()));
    turn(&mut window, "附件");
    // In one pass: the drop, and the step to the next person; what was dropped is told only after it.
    let next = Event::Key {
        key: Key::PageDown,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    window.input_mut().events.push(next);
    arrive(&mut window, &[demo_file("scans/gejin-honour.jpg")]);
    turn(&mut window, "基本情况");
    assert_eq!(value(&window, "姓名"), "闫㛃宁");
    assert_eq!(copies(&people(window, &book)), [before[0] + 1, before[1], before[2]]);
}

#[test]
fn a_new_book_is_not_given_up_unasked() {
    let mut window = window(None);
    let name = "单位名称（须和单位公章相同）";
    let escape = |window: &mut Window| {
        strike(window, Key::Escape);
    };
    press(&mut window, "新建推荐册…");
    escape(&mut window);
    assert!(window.query_by_label(name).is_none(), "nothing typed: nothing to ask");
    press(&mut window, "新建推荐册…");
    type_into(&mut window, name, "杭州市示范行业协会");
    strike(&mut window, Key::F1);
    assert_shows(&window, "快捷键");
    escape(&mut window);
    assert!(!shows(&window, "快捷键"));
    assert_eq!(value(&window, name), "杭州市示范行业协会");
    field(&mut window, name);
    escape(&mut window);
    assert!(!text_input(&window, name).accesskit_node().is_focused() && !shows(&window, "不新建推荐册了"));
    escape(&mut window);
    assert_shows(&window, "不新建推荐册了");
    escape(&mut window);
    assert!(!shows(&window, "不新建推荐册了"));
    assert_eq!(value(&window, name), "杭州市示范行业协会");
    escape(&mut window);
    press(&mut window, "不建了");
    assert!(window.query_by_label(name).is_none());
}

#[test]
fn a_key_that_closes_a_list_leaves_the_import_alone() {
    let folder = TempDir::new().unwrap();
    let (mut window, book) = empty(&folder);
    arrive(&mut window, &forms());
    let scan = folder.path().join("证书.pdf");
    fs::copy(demo_file("scans/gejin-contest.pdf"), &scan).unwrap();
    arrive(&mut window, &[scan]);
    press(&mut window, "证书.pdf放进谁的附件");
    strike(&mut window, Key::Escape);
    assert_shows(&window, "导入前核对");
    // An input method takes the key for itself, also the one that ends its composition.
    let preedit =
        |text: &str| Event::Ime(eframe::egui::ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    window.event(preedit("zheng"));
    window.run_ok();
    window.input_mut().events.push(preedit(""));
    strike(&mut window, Key::Escape);
    assert_shows(&window, "导入前核对");
    strike(&mut window, Key::Escape);
    assert_shows(&window, "还没有申报人");
    drop(people(window, &book));
}

#[test]
fn a_book_that_comes_with_useless_files_opens_and_they_are_named() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let text = folder.path().join("说明.txt");
    fs::write(&text, "随便写写").unwrap();
    let mut window = window(None);
    arrive(&mut window, &[book.clone(), text]);
    assert_eq!(value(&window, "姓名"), "葛瑾川");
    assert_shows(&window, "有 1 项没有接收");
    assert_shows(&window, "说明.txt");
    press(&mut window, "知道了");
    drop(people(window, &book));
}

#[test]
fn a_damaged_book_is_told_of_at_once_and_not_later() {
    let folder = TempDir::new().unwrap();
    let one = demo(&folder);
    let broken = folder.path().join("坏的.tuijian");
    let bytes = fs::read(&one).unwrap();
    fs::write(&broken, &bytes[..bytes.len() / 2]).unwrap();
    let mut window = window(Some(one.clone()));
    arrive(&mut window, &[broken]);
    press(&mut window, "关上这本，打开它");
    assert_shows(&window, "坏的.tuijian");
    assert_shows(&window, "原来的推荐册仍开着");
    assert_eq!(value(&window, "姓名"), "葛瑾川");
    press(&mut window, "更多");
    press(&mut window, "关闭推荐册");
    assert!(!shows(&window, "这本推荐册打不开"), "it does not come up when nobody asks for it");
    drop(people(window, &one));
}

#[test]
fn a_clipboard_without_a_picture_is_said() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    press(&mut window, "粘贴图片");
    assert_shows(&window, "剪贴板里没有图片");
    drop(people(window, &book));
}
