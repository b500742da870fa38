//! A clerk's whole day in the window: from nothing to the set that is handed in, typed by hand.

mod desk;

use std::path::{Path, PathBuf};

use desk::*;
use eframe::egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::ops;

/// Puts the cursor into a field and replaces what it holds.
fn write(window: &mut Window, label: &str, text: &str) {
    field(window, label);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_into(window, label, text);
}

fn write_all(window: &mut Window, fields: &[(&str, &str)]) {
    for (label, text) in fields {
        write(window, label, text);
    }
}

fn is_text(node: &egui_kittest::Node<'_>) -> bool {
    matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput)
}

/// Answers the question for a path.
fn give_path(window: &mut Window, path: &Path) {
    write(window, "路径", path.to_str().unwrap());
    press(window, "确定");
}

/// A file of the demonstration under a name of its own.
fn lent(folder: &TempDir, from: &str, name: &str) -> PathBuf {
    let to = folder.path().join(name);
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association").join(from), &to).unwrap();
    to
}

#[test]
fn from_an_empty_book_to_the_set_that_is_handed_in() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("协会.tuijian");
    // High enough for every part of the form: a click on what is scrolled away does nothing.
    let mut window = sized(None, 1440.0, 2600.0);
    press(&mut window, "新建推荐册…");
    press(&mut window, "行业协会");
    let recommender =
        [("单位名称（须和单位公章相同）", "杭州市示范模具行业协会"), ("填报人", "钱某"), ("手机", "13800000000")];
    write_all(&mut window, &recommender);
    press(&mut window, "选择存放位置…");
    give_path(&mut window, &book);
    press(&mut window, "新增第一位申报人");

    write_all(
        &mut window,
        &[
            ("姓名", "葛瑾川"),
            ("身份证号", "339999197803150318"),
            ("籍贯", "浙江杭州"),
            ("政治面貌", "中共党员"),
            ("文化程度", "大专"),
            ("参加工作时间", "1998年8月"),
            ("联系电话", "13800001001"),
            ("职业（工种）", "电工"),
            ("等级", "高级技师"),
            ("现工作岗位", "设备维修电工"),
            ("工作单位", "杭州示范精密机械有限公司"),
            ("单位地址", "杭州市余杭区临平街道示例路88号"),
        ],
    );
    press(&mut window, "按身份证填写：1978-03，男");
    press(&mut window, "选择照片…");
    give_path(&mut window, &lent(&folder, "photos/01.jpg", "葛瑾川照片.jpg"));

    turn(&mut window, "学习工作经历");
    press(&mut window, "＋ 加一行");
    field(&mut window, "第 1 行起始年月");
    let rows = "1995.9-1998.7\t杭州市示范技工学校\t章某\n1998年8月至今\t杭州示范精密机械有限公司\t梁某\n";
    window.event(Event::Paste(rows.into()));
    settle(&mut window);

    turn(&mut window, "资格与条件");
    for answer in ["在生产第一线工作：是", "自由职业者：否", "已获评浙江省首席技师：否"] {
        press(&mut window, answer);
    }
    press(&mut window, "＋ 加一本证书");
    press(&mut window, "证书 1 种类：国家职业资格证书");
    write_all(
        &mut window,
        &[("证书 1 职业（工种）", "电工"), ("证书 1 等级", "高级技师"), ("证书 1 证书编号", "1611000000100001")],
    );
    press(&mut window, "＋ 加一项荣誉");
    write_all(&mut window, &[("荣誉 1 称号", "全国技术能手"), ("荣誉 1 获得年月", "2018.12")]);
    press(&mut window, "写入荣誉称号栏（第 1 项）");

    turn(&mut window, "个人总结");
    write_all(
        &mut window,
        &[
            ("个人总结", "长期在生产第一线从事设备维修。"),
            ("获得荣誉称号情况（300 字以内）", "2018年被评为“全国技术能手”。"),
        ],
    );

    turn(&mut window, "附件");
    for (index, (scan, name)) in
        [("scans/gejin-cert.jpg", "职业资格证书.jpg"), ("scans/gejin-honour.jpg", "荣誉证书.jpg")]
            .into_iter()
            .enumerate()
    {
        press(&mut window, "添加文件…");
        give_path(&mut window, &lent(&folder, scan, name));
        press(&mut window, &format!("原件已校验（{}）", index + 1));
    }
    assert_shows(&window, "附件 2 的种类：荣誉证书");

    turn(&mut window, "推荐程序");
    press(&mut window, "已收到");
    // Steps that the employer and the recommender both take have fields of the same names, in this order.
    let steps: [(&str, &[&str]); 9] = [
        ("日期", &["2021-06-22", "2021-07-05"]),
        ("结果", &["一致同意", "会员无异议"]),
        ("公示开始", &["2021.6.22", "2021.6.29"]),
        ("公示结束", &["2021年6月28日", "2021年7月5日"]),
        ("异议", &["无", "无"]),
        ("评议日期", &["2021-06-28"]),
        ("专家人数", &["5"]),
        ("同意票", &["5"]),
        ("反对票", &["0"]),
    ];
    for (label, values) in steps {
        for (place, value) in values.iter().enumerate() {
            window.get_all_by_label(label).filter(is_text).nth(place).unwrap().focus();
            window.run_ok();
            window.get_all_by_label(label).filter(is_text).nth(place).unwrap().type_text(value);
            settle(&mut window);
        }
    }
    write_all(&mut window, &[("校验日期", "2021-06-25"), ("校验人", "钱某"), ("评议意见", "同意推荐。")]);
    field(&mut window, "校验人");
    settle(&mut window);

    press(&mut window, "推荐");
    assert_shows(&window, "已推荐 1 人，限额 2 人");
    press(&mut window, "校核");
    assert_shows(&window, "没有阻止报送的问题");
    strike(&mut window, Key::Escape);

    window.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut window);
    let set = folder.path().join("报送材料（杭州市示范模具行业协会）");
    write(&mut window, "存放的文件夹", set.to_str().unwrap());
    press(&mut window, "导出整套材料");
    assert_shows(&window, "已完成");
    drop(people(window, &book));
    let verified = ops::verify(&set, None).unwrap();
    assert!(verified.listed > 10 && verified.faults.is_empty() && verified.unread.is_empty(), "{verified:?}");
    assert!(set.join("02-申报表/01-葛瑾川-申报表.pdf").is_file());
}

/// Presses Tab until the widget of that name has the focus.
fn tab_to(window: &mut Window, label: &str) {
    for _ in 0..120 {
        if window.query_all_by_label_contains(label).any(|node| node.accesskit_node().is_focused()) {
            return;
        }
        window.key_press(Key::Tab);
        window.run_ok();
    }
    panic!("Tab 到不了“{label}”");
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

fn type_here(window: &mut Window, text: &str) {
    window.event(Event::Text(text.into()));
    settle(window);
}

#[test]
fn by_keys_alone_from_a_new_person_to_a_draft_on_paper() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    key(&mut window, Modifiers::COMMAND, Key::N);
    for text in ["钱知秋", "女", "339999197803150318"] {
        type_here(&mut window, text);
        key(&mut window, Modifiers::NONE, Key::Enter);
    }
    assert_eq!((value(&window, "姓名").as_str(), value(&window, "性别").as_str()), ("钱知秋", "女"));
    tab_to(&mut window, "学习工作经历");
    key(&mut window, Modifiers::NONE, Key::Space);
    tab_to(&mut window, "＋ 加一行");
    key(&mut window, Modifiers::NONE, Key::Enter);
    // A new row waits for its month.
    for text in ["199807", "至今", "杭州示范精密机械有限公司", "梁某"] {
        type_here(&mut window, text);
        key(&mut window, Modifiers::NONE, Key::Enter);
    }
    assert_eq!(value(&window, "第 1 行起始年月"), "1998-07");
    // Behind the last cell waits the next row.
    assert!(text_input(&window, "第 2 行起始年月").accesskit_node().is_focused());
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(window.query_by_label("第 2 行起始年月").is_none());
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(value(&window, "第 1 行证明人"), "");
    key(&mut window, Modifiers::COMMAND, Key::Y);
    assert_eq!(value(&window, "第 1 行证明人"), "梁某");

    key(&mut window, Modifiers::COMMAND, Key::F);
    type_here(&mut window, "gjc");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(value(&window, "第 1 行证明人"), "章海涛");
    tab_to(&mut window, "1 葛瑾川");
    key(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert_shows(&window, "2 葛瑾川");

    key(&mut window, Modifiers::COMMAND, Key::P);
    tab_to(&mut window, "印草稿");
    key(&mut window, Modifiers::NONE, Key::Space);
    tab_to(&mut window, "存放的文件夹");
    key(&mut window, Modifiers::COMMAND, Key::A);
    type_here(&mut window, folder.path().join("草稿").to_str().unwrap());
    tab_to(&mut window, "导出草稿");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_shows(&window, "已完成");
    assert!(folder.path().join("草稿/05-装订册/装订册.pdf").is_file());
    let people = people(window, &book);
    assert_eq!((people[3].name.as_str(), people[3].experience.len()), ("钱知秋", 1));
}
