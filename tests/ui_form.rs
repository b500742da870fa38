//! The form, field by field: what is offered, how the cursor goes on, what a copy says of its certificate.

mod desk;

use desk::*;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::{AttachmentKind, Honour, ranked};
use tuijian::ops::{self, OpenBook};

/// Replaces what a field holds and leaves it.
fn write(window: &mut Window, label: &str, text: &str) {
    field(window, label);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_into(window, label, text);
    strike(window, Key::Tab);
}

#[test]
fn a_step_of_the_recommender_is_written_once() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let [first, second] = [0, 1].map(|index| open.people().unwrap().remove(index));
    let mut objected = first.applicant.clone();
    objected.process.body_publicity.objections = "有人反映".into();
    ops::save(&mut open, first.id, &objected).unwrap();
    let mut bare = second.applicant.clone();
    bare.process = Default::default();
    ops::save(&mut open, second.id, &bare).unwrap();
    drop(open);
    let mut window = sized(Some(book.clone()), 1440.0, 2000.0);
    window.get_by_label_contains("闫㛃宁，").click();
    settle(&mut window);
    turn(&mut window, "推荐程序");
    // The link stands above the fields, and what follows them below.
    let rect = |window: &Window, label: &str| text_input(window, label).rect();
    let link = window.get_by_label("照葛瑾川的填写：2021-07-05，专家 5 名").rect();
    let (date, agree, opinion) = (rect(&window, "评议日期"), rect(&window, "同意票"), rect(&window, "评议意见"));
    assert!(link.bottom() <= date.top() && date.bottom() < agree.top() && agree.bottom() < opinion.top());
    press(&mut window, "照葛瑾川的填写：2021-07-05，专家 5 名");
    assert!(has_cursor(&window, "同意票"), "the link is gone, the cursor is not");
    press(&mut window, "照葛瑾川的填写：2021-07-06 至 2021-07-12");
    let open = people(window, &book);
    let (theirs, taken) = (&open[0].process, &open[1].process);
    let (days, whole) = (&taken.body_publicity, &theirs.body_publicity);
    assert_eq!((&days.from, &days.to), (&whole.from, &whole.to));
    assert_eq!((days.objections.as_str(), whole.objections.as_str()), ("", "有人反映"));
    assert_eq!(
        (&taken.expert_review.date, &taken.expert_review.experts),
        (&theirs.expert_review.date, &theirs.expert_review.experts)
    );
    assert_eq!(
        (&taken.expert_review.agree, taken.expert_review.opinion.as_str()),
        (&None, ""),
        "each has a vote of its own"
    );
    assert!(taken.employee_opinion.is_empty(), "that is the employer's");
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
    strike(&mut window, Key::Enter);
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
fn a_publicity_says_what_it_still_lacks() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let first = open.people().unwrap().remove(0);
    ops::edit(&mut open, &first, &["process.body_publicity.objections=".to_owned()]).unwrap();
    drop(open);
    let mut window = sized(Some(book.clone()), 1440.0, 2000.0);
    turn(&mut window, "推荐程序");
    assert_eq!(window.query_all_by_label_contains("已登记，有无异议还没有写").count(), 1);
    drop(people(window, &book));
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
    strike(&mut window, Key::Backspace);
    assert_eq!(value(&window, part), "");
    window.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut window);
    strike(&mut window, Key::Escape);
    press(&mut window, "推荐单位资料");
    press(&mut window, "看和修改推荐报告");
    assert_eq!(value(&window, part), before);
    drop(people(window, &book));
}

/// Clicks with the mouse into the middle of a field.
fn click_into(window: &mut Window, label: &str) {
    text_input(window, label).click();
    settle(window);
}

fn has_cursor(window: &Window, label: &str) -> bool {
    text_input(window, label).accesskit_node().is_focused()
}

#[test]
fn a_click_opens_the_list_and_typing_goes_on() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (width, height) = (1092.8, 614.4);
    let mut window = sized(Some(book.clone()), width, height);
    let is_open = |window: &Window| window.query_by_label("博士研究生").is_some();
    let before = value(&window, "文化程度");
    click_into(&mut window, "文化程度");
    assert!(is_open(&window) && has_cursor(&window, "文化程度"));
    // All of it has room, in a small window too.
    for option in ["初中", "高中", "中专", "技工学校", "高级技工学校", "本科", "硕士研究生", "博士研究生"]
    {
        let rect = window.get_by_label(option).rect();
        assert!(rect.top() >= 0.0 && rect.bottom() <= height && rect.height() > 20.0, "{option} {rect}");
    }
    // Esc closes the list and nothing else.
    strike(&mut window, Key::Escape);
    assert!(!is_open(&window) && has_cursor(&window, "文化程度"));
    assert_eq!(value(&window, "文化程度"), before);
    // The arrow keys choose, with the cursor where it is.
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowUp, Key::Enter] {
        window.key_press(key);
        window.run_ok();
    }
    settle(&mut window);
    assert!(!is_open(&window) && has_cursor(&window, "参加工作时间"), "Enter goes on");
    assert_eq!(value(&window, "文化程度"), "本科");
    // Who types anything else needs no list.
    click_into(&mut window, "文化程度");
    assert!(is_open(&window));
    type_into(&mut window, "文化程度", "（函授）");
    assert!(!is_open(&window));
    assert_eq!(value(&window, "文化程度"), "本科（函授）");
    // Nor does an input method, which composes under the field.
    click_into(&mut window, "政治面貌");
    assert!(window.query_by_label("群众").is_some());
    window.event(Event::Ime(eframe::egui::ImeEvent::Preedit { text: "qun".into(), active_range_chars: None }));
    window.run_ok();
    assert!(window.query_by_label("群众").is_none() && has_cursor(&window, "政治面貌"));
    window.event(Event::Ime(eframe::egui::ImeEvent::Commit("员".into())));
    settle(&mut window);
    // Tab goes on to the next field, as without a list.
    click_into(&mut window, "文化程度");
    assert!(is_open(&window));
    strike(&mut window, Key::Tab);
    assert!(!is_open(&window) && !has_cursor(&window, "文化程度"));
    // With the mouse, by the last line: nothing of the list is hidden.
    click_into(&mut window, "政治面貌");
    press(&mut window, "群众");
    assert_eq!(value(&window, "政治面貌"), "群众");
    let first = people(window, &book).remove(0);
    assert_eq!((first.education.as_str(), first.political_status.as_str()), ("本科（函授）", "群众"));
}

#[test]
fn a_certificate_is_offered_what_the_form_says_already() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2600.0);
    let (occupation, grade) = (value(&window, "职业（工种）"), value(&window, "等级"));
    turn(&mut window, "资格与条件");
    assert!(!shows(&window, "按基本情况填写"), "what is filled in stays as it is");
    press(&mut window, "＋ 加一本证书");
    assert!(text_input(&window, "证书 2 职业（工种）").accesskit_node().is_focused());
    press(&mut window, "＋ 加一本证书");
    press(&mut window, &format!("证书 2 按基本情况填写：{occupation}，{grade}"));
    write(&mut window, "证书 3 职业（工种）", "钳工");
    press(&mut window, &format!("证书 3 按基本情况填写：{grade}"));
    assert!(!shows(&window, "按基本情况填写"));
    let certificates = people(window, &book).remove(0).certificates;
    let told: Vec<_> = certificates[1..].iter().map(|one| (one.occupation.as_str(), one.grade.as_str())).collect();
    assert_eq!(told, [(occupation.as_str(), grade.as_str()), ("钳工", grade.as_str())]);
}

#[test]
fn a_copy_is_called_by_what_it_proves() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 1300.0);
    turn(&mut window, "附件");
    let title = "题名（附件 1）";
    let offered = "附件 1：题名写作“电工高级技师职业资格证书”";
    assert!(!shows(&window, offered));
    write_over(&mut window, title, "gejin-cert");
    press(&mut window, offered);
    assert_eq!(value(&window, title), "电工高级技师职业资格证书");
    assert!(has_cursor(&window, title) && !shows(&window, offered));
    assert_eq!(people(window, &book)[0].attachments[0].title, "电工高级技师职业资格证书");
}

#[test]
fn a_long_list_of_missing_copies_leaves_the_copies_in_sight() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let first = open.people().unwrap().remove(0);
    let mut form = first.applicant.clone();
    let honour = |number: i32| Honour { title: format!("第 {number} 届技术标兵"), ..Honour::default() };
    form.honours.extend((1..=9).map(honour));
    ops::save(&mut open, first.id, &form).unwrap();
    drop(open);
    let mut window = sized(Some(book.clone()), 1440.0, 1300.0);
    turn(&mut window, "附件");
    let told = |window: &Window| window.query_all_by_label_contains("没有复印件，如需作为佐证").count();
    assert_eq!(told(&window), 3);
    // One of the demonstration's own lacks its copy too.
    press(&mut window, "另有 7 项也没有复印件，全部列出");
    assert_eq!(told(&window), 10);
    press(&mut window, "收起这些提醒");
    assert_eq!(told(&window), 3);
    drop(people(window, &book));
}

/// Scans of the demonstration under names that say nothing.
fn nameless(folder: &TempDir, scans: &[(&str, &str)]) -> Vec<std::path::PathBuf> {
    let lend = |(from, name): &(&str, &str)| {
        let to = folder.path().join(name);
        let demo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association");
        std::fs::copy(demo.join(from), &to).unwrap();
        to
    };
    scans.iter().map(lend).collect()
}

#[test]
fn a_heap_of_scans_gets_its_kinds_at_once() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 1300.0);
    press(&mut window, "＋ 新增申报人");
    turn(&mut window, "附件");
    let scans =
        [("scans/gejin-cert.jpg", "01.jpg"), ("scans/gejin-honour.jpg", "02.jpg"), ("scans/yan-patent.pdf", "03.pdf")];
    arrive(&mut window, &nameless(&folder, &scans));
    assert!(!shows(&window, "也作为"), "nothing is offered before a kind is chosen");
    press(&mut window, "附件 1 的种类：其他");
    press(&mut window, "荣誉证书");
    press(&mut window, "把下面 2 件也改为“荣誉证书”");
    assert!(!shows(&window, "也作为"));
    // The rest of the heap is another kind.
    press(&mut window, "附件 3 的种类：荣誉证书");
    press(&mut window, "专利、成果");
    assert!(!shows(&window, "也作为"), "there is nothing below");
    let kinds: Vec<_> = people(window, &book).pop().unwrap().attachments.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [AttachmentKind::Honour, AttachmentKind::Honour, AttachmentKind::Patent]);
}

#[test]
fn a_nameless_portrait_may_be_the_photo() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = window(Some(book.clone()));
    press(&mut window, "＋ 新增申报人");
    turn(&mut window, "附件");
    let photo = nameless(&folder, &[("photos/01.jpg", "01.jpg")]);
    arrive(&mut window, &photo);
    assert_shows(&window, "的哪里？");
    press(&mut window, "作为照片");
    // Now that there is one, the next goes to the copies without a question.
    turn(&mut window, "附件");
    arrive(&mut window, &nameless(&folder, &[("photos/02.jpg", "02.jpg")]));
    assert!(!shows(&window, "的哪里？"));
    let last = people(window, &book).pop().unwrap();
    assert!(!last.photo.is_none());
    assert_eq!(last.attachments.len(), 1);
}

#[test]
fn every_kind_of_a_copy_can_be_chosen() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1092.8, 614.4);
    turn(&mut window, "附件");
    window.get_by_label_contains("附件 1 的种类：").click();
    settle(&mut window);
    // A click on what is hidden would choose nothing.
    press(&mut window, "其他");
    assert_shows(&window, "附件 1 的种类：其他");
    assert_eq!(people(window, &book)[0].attachments[0].kind, AttachmentKind::Other);
}

#[test]
fn good_news_covers_no_field() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (width, height) = (1092.8, 614.4);
    let mut window = sized(Some(book.clone()), width, height);
    type_into(&mut window, "现工作岗位", "兼带班");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    let said = window.get_by_label_contains("已撤销：").rect();
    assert!(said.top() >= height - 28.0 && said.right() <= width, "in the status line: {said}");
    drop(people(window, &book));
}

#[test]
fn long_values_are_seen_whole_and_stay_one_line_of_text() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1280.0, 800.0);
    let height = text_input(&window, "姓名").rect().height();
    let name = "阿卜杜热合曼·买买提艾力·吐尔逊江·阿不都克里木·艾合买提";
    write(&mut window, "姓名", name);
    assert!(text_input(&window, "姓名").rect().height() > height * 1.5, "it goes on in the next line");
    // Above the form it keeps clear of the buttons.
    let button = window.get_by_label("撤回推荐").rect();
    for pill in ["已推荐", "符合认定条件"] {
        let pills: Vec<_> = window.get_all_by_label(pill).map(|node| node.rect()).collect();
        assert!(
            pills.iter().any(|rect| rect.right() <= button.left() && rect.intersects(button.expand(400.0))),
            "{pill}"
        );
    }
    field(&mut window, "工作单位");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Paste("杭州示范精密机械\n有限公司".into()));
    settle(&mut window);
    let first = people(window, &book).remove(0);
    assert_eq!((first.name.as_str(), first.employer.as_str()), (name, "杭州示范精密机械 有限公司"));
}

#[test]
fn a_date_is_read_however_its_field_is_left() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1366.0, 1600.0);
    let work = "参加工作时间";
    let before = value(&window, work);
    let leaves: [fn(&mut Window); 5] = [
        |window| window.key_press(Key::Enter),
        |window| window.key_press(Key::Tab),
        |window| window.key_press_modifiers(Modifiers::COMMAND, Key::Num5),
        |window| window.key_press_modifiers(Modifiers::COMMAND, Key::P),
        |window| window.key_press(Key::F7),
    ];
    for (case, leave) in leaves.into_iter().enumerate() {
        write_over(&mut window, work, "1999.3");
        leave(&mut window);
        settle(&mut window);
        strike(&mut window, Key::Escape);
        turn(&mut window, "基本情况");
        assert_eq!(value(&window, work), "1999-03", "{case}");
        // Typing and reading are one step.
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut window);
        assert_eq!(value(&window, work), before, "{case}");
    }
    // A day needs no year: it is the notice's.
    turn(&mut window, "推荐程序");
    let shown = "评议日期";
    let reviewed = value(&window, shown);
    write_over(&mut window, shown, "6.25");
    strike(&mut window, Key::Enter);
    assert_eq!(value(&window, shown), "2021-06-25");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(value(&window, shown), reviewed);
    // Pasted it is read at once.
    field(&mut window, shown);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_ok();
    window.event(Event::Paste("7月11日".into()));
    settle(&mut window);
    assert_eq!(value(&window, shown), "2021-07-11");
    strike(&mut window, Key::Tab);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(value(&window, shown), reviewed);
    // Letter by letter, each stored, and left by Tab.
    field(&mut window, shown);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    for letter in ["7", ".", "1", "1"] {
        window.event(Event::Text(letter.into()));
        settle(&mut window);
    }
    strike(&mut window, Key::Tab);
    assert_eq!(value(&window, shown), "2021-07-11");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(value(&window, shown), reviewed);
    drop(people(window, &book));
}

#[test]
fn a_result_without_its_level_says_that_it_counts_for_nothing() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1366.0, 3000.0);
    turn(&mut window, "资格与条件");
    let words = "竞赛还没有选级别，不选就不能按名次认定";
    assert!(!shows(&window, words));
    press(&mut window, "＋ 加一项竞赛");
    assert!(!shows(&window, words), "nothing is said of an empty row");
    window.event(eframe::egui::Event::Text("电工竞赛".into()));
    settle(&mut window);
    assert_shows(&window, words);
    press(&mut window, "竞赛 2 级别：市级");
    assert!(!shows(&window, words));
    drop(people(window, &book));
}

#[test]
fn a_long_text_that_is_replaced_by_a_short_one_stays_in_sight() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let first = open.people().unwrap().remove(0);
    let mut form = first.applicant.clone();
    form.sections.summary.text = "长期在一线从事设备维修。".repeat(300);
    ops::save(&mut open, first.id, &form).unwrap();
    drop(open);
    let mut window = sized(Some(book.clone()), 1093.0, 614.0);
    turn(&mut window, "个人总结");
    field(&mut window, "个人总结");
    window.key_press_modifiers(Modifiers::COMMAND, Key::End);
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_ok();
    window.event(Event::Paste("短".into()));
    settle(&mut window);
    let seen = text_input(&window, "个人总结").rect();
    assert!(seen.top() > 60.0 && seen.top() < 500.0, "{seen:?}");
    drop(people(window, &book));
}
