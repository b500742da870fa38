//! What is read in the window before anything is handed in: 校核, 通知; names and masks that hold on every screen.

mod desk;

use std::collections::BTreeSet;
use std::path::Path;

use desk::*;
use eframe::egui::{Key, Modifiers, accesskit::Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::{Applicant, DoneMark, Figure, FileKey, FindingCode, RecommenderKind};
use tuijian::ops::{self, OpenBook};

const EXPERTS: &str = "三、专家评议情况";

#[test]
fn findings_are_walked_by_keys_and_lead_to_their_fields() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2600.0);
    press(&mut window, "校核 2");
    let focused = |window: &Window| {
        let links: Vec<_> =
            window.get_all_by_role(Role::Link).filter(|node| node.accesskit_node().is_focused()).collect();
        links.first().and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    };
    assert!(focused(&window).starts_with("去改："), "the first finding has the cursor: {}", focused(&window));
    for _ in 0..3 {
        window.key_press(Key::ArrowDown);
        window.run_ok();
    }
    let there = focused(&window);
    assert!(there.starts_with("去改："), "{there}");
    strike(&mut window, Key::Enter);
    assert!(!shows(&window, "按条款看"), "Enter goes to the form");
    press(&mut window, "校核 2");
    assert_eq!(window.query_all_by_label_contains("（一）具备").count(), 2, "葛瑾川 and 欧阳叙白");
    assert_shows(&window, "通知取第 1 名");
    press(&mut window, "只看阻止报送的（2）");
    assert!(!shows(&window, "欧阳叙白同志"));
    assert_eq!(window.query_all_by_label("未完成").count(), 2, "steps to come are no faults");
    assert_eq!(window.query_all_by_label("须改").count() + window.query_all_by_label("请核对").count(), 0);
    press(&mut window, "按条款看");
    assert_shows(&window, "组织专家对申报人选进行评议，公示无异议的");
    press(&mut window, "在通知中看（通知第三条（二））");
    assert_shows(&window, "三、组织推荐");
    drop(people(window, &book));
}

/// What has the cursor: its role, what it is called, whether it is seen.
fn cursor(window: &Window) -> Option<(Role, String, bool)> {
    let mut nodes = window.root().children_recursive();
    let held = nodes.find(|node| node.accesskit_node().is_focused() && node.accesskit_node().role() != Role::Window)?;
    let (node, rect) = (held.accesskit_node(), held.rect());
    let by_others = || node.labelled_by().filter_map(|label| label.label().or_else(|| label.value())).collect();
    let is_seen = rect.top() >= 0.0 && rect.bottom() <= HEIGHT;
    Some((node.role(), node.label().unwrap_or_else(by_others), is_seen))
}

const HEIGHT: f32 = 900.0;

/// Somebody of whom nothing is right.
fn wrong(person: &Applicant) -> Applicant {
    let mut form = Applicant { nominated: person.nominated, photo: FileKey::default(), ..person.clone() };
    (form.front_line, form.provincial_chief_technician, form.native_place) = (Some(false), Some(true), String::new());
    form.id_number.replace_range(17.., if form.id_number.ends_with('1') { "2" } else { "1" });
    (form.certificates, form.honours, form.competitions, form.apprentices) = Default::default();
    (form.sections, form.experience, form.attachments, form.process) = Default::default();
    form
}

/// Somebody of whom much is to be looked at.
fn doubtful(person: &Applicant, other: &Applicant) -> Applicant {
    let mut form = person.clone();
    (form.name, form.employer) = (format!("{} ", other.name), other.employer.clone());
    form.id_number.clone_from(&other.id_number);
    form.sex = if other.sex == "男" { "女" } else { "男" }.to_owned();
    (form.birth, form.work_started) = ("1971-01".into(), "八六年".into());
    form.honours_brief = "获".repeat(400);
    let certificate = form.certificates.first_mut().unwrap();
    (certificate.grade, certificate.number) = ("师傅".into(), "1".into());
    form.attachments.iter_mut().for_each(|copy| copy.original_checked = false);
    let process = &mut form.process;
    process.employer_report.received = Some(DoneMark::On("2021-01-01".into()));
    process.originals_checked.date = "2021-06-20".into();
    process.originals_checked.returned = Some(DoneMark::On("2021-06-01".into()));
    (process.employer_publicity.from, process.employer_publicity.to) = ("2021-06-28".into(), "2021-06-29".into());
    process.employer_publicity.objections = "有人反对".into();
    process.expert_review.agree = Some(Figure::Whole(8));
    process.expert_review.experts = Some(Figure::Whole(7));
    process.member_opinion = Default::default();
    form
}

#[test]
fn every_finding_leads_to_something_that_can_be_changed() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let [first, second, third] = <[_; 3]>::try_from(open.people().unwrap()).unwrap();
    ops::nominate(&mut open, &third, ops::Exception::Given("示范")).unwrap();
    let third = open.people().unwrap().remove(2);
    ops::save(&mut open, first.id, &wrong(&first.applicant)).unwrap();
    ops::save(&mut open, second.id, &doubtful(&second.applicant, &third.applicant)).unwrap();
    let mut freelancer = Applicant { freelancer: Some(true), attachments: Vec::new(), ..third.applicant.clone() };
    freelancer.certificates.iter_mut().for_each(|certificate| certificate.verifiable_online = false);
    ops::save(&mut open, third.id, &freelancer).unwrap();
    let nobody = ops::RecommenderEdit { contact: Some(" ".to_owned()), ..Default::default() };
    let of = body(&open);
    ops::edit_recommender(&mut open, &of, nobody).unwrap();
    let findings = ops::check(&open).unwrap().findings;
    let codes: BTreeSet<_> = findings.iter().map(|found| found.code).collect();
    let missing: Vec<_> = FindingCode::ALL.iter().filter(|code| !codes.contains(code)).map(|c| c.code()).collect();
    // The last but for those of the day come up in another book.
    let others = [&OF_A_DISTRICT[..], &OF_THE_DAY[..]].concat();
    assert_eq!(missing.iter().copied().collect::<BTreeSet<_>>(), others.into_iter().collect());
    drop(open);
    lead_somewhere(sized(Some(book.clone()), 1440.0, HEIGHT), &book, findings.len());
}

const OF_A_DISTRICT: [&str; 5] = ["route.freelancer", "id.format", "id.date", "photo.quality", "glyph.missing"];
/// They lead to the notice.
const OF_THE_DAY: [&str; 2] = ["deadline.near", "deadline.passed"];

#[test]
fn what_a_district_finds_leads_to_something_that_can_be_changed() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("区县.tuijian");
    let mut open = ops::demo(&book, RecommenderKind::District).unwrap();
    let people = open.people().unwrap();
    let changes: [fn(&mut Applicant); 4] = [
        |form| form.freelancer = Some(true),
        |form| form.id_number = "33999919780315".into(),
        |form| form.id_number = "339999197802300318".into(),
        |form| form.name.push('\u{E123}'),
    ];
    for (person, change) in people.iter().zip(changes) {
        let mut form = person.applicant.clone();
        change(&mut form);
        ops::save(&mut open, person.id, &form).unwrap();
    }
    let white = ops::Pixels { width_px: 35, height_px: 49, rgba: vec![255; 35 * 49 * 4] };
    ops::paste_photo(&mut open, people[0].id, white).unwrap();
    let findings = ops::check(&open).unwrap().findings;
    for code in OF_A_DISTRICT {
        assert!(findings.iter().any(|found| found.code.code() == code), "{code}");
    }
    drop(open);
    // One of them is a character that no font has.
    let builder = Harness::builder().with_size(vec2(1440.0, HEIGHT)).allow_missing_glyphs();
    lead_somewhere(built(builder, Some(book.clone())), &book, findings.len());
}

/// Walks to each finding and goes where it leads.
fn lead_somewhere(mut window: Window, book: &Path, count: usize) {
    for index in 0..count {
        window
            .get_all_by_label_contains("校核")
            .find(|node| node.accesskit_node().role() == Role::Button)
            .unwrap()
            .click();
        settle(&mut window);
        for _ in 0..index {
            window.key_press(Key::ArrowDown);
            window.run_ok();
        }
        let (_, link, is_seen) = cursor(&window).unwrap();
        assert!(is_seen, "{index} {link}");
        if link.starts_with("去看") {
            strike(&mut window, Key::Escape);
            continue;
        }
        strike(&mut window, Key::Enter);
        let (role, label, is_seen) = cursor(&window).unwrap_or_else(|| panic!("{index} {link}: no cursor"));
        assert!(
            is_seen && !matches!(role, Role::Tab | Role::ListBoxOption | Role::Link),
            "{index} {link} {role:?} {label}"
        );
        strike(&mut window, Key::Escape);
    }
    drop(people(window, book));
}

#[test]
fn what_is_left_is_told_in_words_wherever_it_is_counted() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let [first, second, third] = <[_; 3]>::try_from(open.people().unwrap()).unwrap();
    // A doubt is no fault, and is seen all the same.
    let odd = Applicant { sex: "女".into(), ..first.applicant.clone() };
    ops::save(&mut open, first.id, &odd).unwrap();
    // A step that is recorded wrongly is not done.
    let mut voted = second.applicant.clone();
    voted.process.expert_review.agree = Some(Figure::Whole(8));
    voted.process.expert_review.experts = Some(Figure::Whole(7));
    voted.process.body_publicity = Default::default();
    ops::save(&mut open, second.id, &voted).unwrap();
    // Honours in prose alone.
    let mut prose = third.applicant.clone();
    (prose.honours, prose.competitions, prose.apprentices) = Default::default();
    prose.sections = Default::default();
    prose.sections.honour_titles.text = "全国技术能手".into();
    ops::save(&mut open, third.id, &prose).unwrap();
    drop(open);
    let mut window = window(Some(book.clone()));
    // Two more are of the fixture's dates.
    assert_shows(&window, "1 葛瑾川，电工 / 高级技师，可报送，3 处请核对");
    assert_shows(&window, "基本情况，1 处请核对");
    press(&mut window, "2 闫㛃宁，模具工 / 技师，1 处问题");
    turn(&mut window, "推荐程序");
    assert_shows(&window, "有 1 处问题要改");
    press(&mut window, "校核 2");
    assert_shows(&window, "1 处问题要改；推荐程序还有 1 步没有完成；");
    window.get_by_label_contains("欧阳叙白，").click();
    settle(&mut window);
    press(&mut window, "去补录");
    assert_eq!(cursor(&window).unwrap().1, "＋ 加一项荣誉");
    drop(people(window, &book));
}

#[test]
fn what_is_hardly_meant_is_told_before_it_is_printed() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let people = open.people().unwrap();
    let mut odd = people[0].applicant.clone();
    odd.attachments[1].title = "IMG_0021".into();
    odd.experience[0].to = Some("1985-06".into());
    ops::save(&mut open, people[0].id, &odd).unwrap();
    // Who is not put forward is not on paper.
    let other = Applicant { phone: "1380".into(), ..people[2].applicant.clone() };
    ops::save(&mut open, people[2].id, &other).unwrap();
    drop(open);
    let mut window = sized(Some(book.clone()), 1440.0, 2600.0);
    press(&mut window, "导出与打印…");
    assert_shows(&window, "填写的内容里有 2 处请在盖章前核对。");
    press(&mut window, "先看校核");
    assert_shows(&window, "第 1 行的结束年月早于起始年月，请核对。");
    assert!(!shows(&window, "手机号码一般是 11 位"));
    press(&mut window, "去改：附件");
    assert_eq!(cursor(&window).unwrap().1, "题名（附件 2）");
    strike(&mut window, Key::Tab);
    assert_shows(&window, "题名“IMG_0021”像是文件名");
    drop(desk::people(window, &book));
}

#[test]
fn a_recommenders_finding_leads_to_its_own_field() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 2600.0);
    press(&mut window, "推荐单位资料");
    write_over(&mut window, "填报人", " ");
    strike(&mut window, Key::Escape);
    press(&mut window, "校核 3");
    press(&mut window, "去改：推荐单位资料");
    assert!(text_input(&window, "填报人").accesskit_node().is_focused());
    type_into(&mut window, "填报人", "某人");
    strike(&mut window, Key::Escape);
    assert_shows(&window, "校核 2");
    drop(people(window, &book));
}

#[test]
fn when_all_is_well_the_check_says_what_comes_next() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut window = window(Some(book.clone()));
    press(&mut window, "校核");
    assert_shows(&window, "下一步：导出整套材料");
    press(&mut window, "导出与打印");
    assert_shows(&window, "导出整套材料");
    drop(people(window, &book));
    let mut open = OpenBook::open(&book).unwrap();
    for person in open.people().unwrap() {
        ops::withdraw(&mut open, &person).unwrap();
    }
    drop(open);
    let mut window = self::window(Some(book.clone()));
    press(&mut window, "校核");
    assert_shows(&window, "还没有推荐任何人");
    drop(people(window, &book));
}

#[test]
fn the_check_tells_what_the_report_leaves_to_be_looked_at() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let body = body(&open);
    ops::edit_report(&mut open, &body, "experts", "专家组同意推荐（待补）。").unwrap();
    let person = open.people().unwrap().into_iter().find(|person| person.applicant.nominated).unwrap();
    ops::edit(&mut open, &person, &["process.expert_review.date=2021-06-20".to_owned()]).unwrap();
    assert!(ops::report_parts(&open, &self::body(&open)).unwrap()[2].stale);
    assert_eq!(ops::check(&open).unwrap().blocking(), 0);
    drop(open);
    let mut window = sized(Some(book.clone()), 1440.0, 2600.0);
    press(&mut window, "校核");
    assert_shows(&window, "没有阻止报送的问题；下面有");
    assert_shows(&window, "改写之后，所依据的情况又有变化");
    assert_shows(&window, "打印出来会写“待补”");
    press(&mut window, "只看阻止报送的（0）");
    assert!(!shows(&window, "改写之后"), "remarks block nothing");
    press(&mut window, "只看阻止报送的（0）");
    press(&mut window, "去看：推荐报告");
    assert_shows(&window, "已改写，情况有变");
    assert!(text_input(&window, EXPERTS).accesskit_node().is_focused());
    drop(people(window, &book));
}

#[test]
fn what_a_report_lacks_leads_to_its_field() {
    let folder = TempDir::new().unwrap();
    let book = finished(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let person = open.people().unwrap().into_iter().find(|person| person.applicant.nominated).unwrap();
    ops::edit(&mut open, &person, &["process.expert_review.opinion=".to_owned()]).unwrap();
    drop(open);
    let mut window = sized(Some(book.clone()), 1440.0, 2600.0);
    press(&mut window, "校核");
    assert_shows(&window, "推荐报告里还缺专家评议意见，打印出来会写“待补”");
    press(&mut window, "去补登：专家评议意见");
    assert!(text_input(&window, "评议意见").accesskit_node().is_focused());
    drop(people(window, &book));
}

#[test]
fn a_wanting_copy_leads_to_the_attachments() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let person = open.people().unwrap().into_iter().find(|person| person.applicant.nominated).unwrap();
    let mut bare = person.applicant.clone();
    bare.attachments.clear();
    bare.certificates.iter_mut().for_each(|certificate| certificate.verifiable_online = false);
    ops::save(&mut open, person.id, &bare).unwrap();
    drop(open);
    let mut window = sized(Some(book.clone()), 1440.0, 2600.0);
    let words = window.query_all_by_label_contains("校核 ").filter_map(|node| node.accesskit_node().label()).next();
    press(&mut window, &words.unwrap());
    assert_shows(&window, "“可通过网上校验，不必附复印件”");
    press(&mut window, "去改：附件");
    assert!(window.get_by_label("添加文件…").accesskit_node().is_focused());
    drop(people(window, &book));
}

#[test]
fn the_notice_is_read_in_full_and_searched() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 900.0);
    press(&mut window, "通知");
    for words in ["根据《市委办公厅", "各区、县（市）人社保局", "2021 年 6 月 21 日"] {
        assert_shows(&window, words);
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run_ok();
    assert!(text_input(&window, "在通知中查找").accesskit_node().is_focused());
    type_into(&mut window, "在通知中查找", "自由职业者");
    assert_shows(&window, "1／2");
    strike(&mut window, Key::Enter);
    assert_shows(&window, "2／2");
    assert!(text_input(&window, "在通知中查找").accesskit_node().is_focused());
    strike(&mut window, Key::Enter);
    assert_shows(&window, "1／2");
    write_over(&mut window, "在通知中查找", "没有这样的话");
    assert_shows(&window, "没有找到");
    drop(people(window, &book));
}

#[test]
fn the_profile_is_the_notices_own() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("湖滨.tuijian");
    let profile = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/notices/test-lakeside-2031.toml");
    let mut recommender = body(&OpenBook::open(&demo(&folder)).unwrap()).recommender;
    recommender.name = "湖滨市示范协会".to_owned();
    drop(ops::new_book(&book, profile.to_str().unwrap(), &recommender).unwrap());
    let mut window = sized(Some(book.clone()), 1440.0, 3200.0);
    press(&mut window, "通知");
    for words in [
        "2031 年 4 月 18 日（星期五）",
        "8 名湖滨市金牌工匠",
        "高级技师及以上",
        "“湖东工匠”",
        "前 4 名",
        "120 字以内",
        "7 个工作日",
        "《湖滨市金牌工匠推荐情况报告》",
        "第四部分",
    ] {
        assert_shows(&window, words);
    }
    assert!(!shows(&window, "首席技师"));
    drop(people(window, &book));
}

/// Names of everything that can be pressed, ticked or typed into in the form.
fn names(window: &Window) -> Vec<String> {
    let roles = [Role::TextInput, Role::MultilineTextInput, Role::RadioButton, Role::CheckBox];
    let nodes = roles.into_iter().flat_map(|role| window.query_all_by_role(role).collect::<Vec<_>>());
    nodes.filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn rows_of_a_list_have_names_of_their_own() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1440.0, 4000.0);
    turn(&mut window, "资格与条件");
    for _ in 0..2 {
        for kind in ["一本证书", "一项荣誉", "一项竞赛", "一名徒弟"] {
            press(&mut window, &format!("＋ 加{kind}"));
        }
    }
    let names = names(&window);
    for name in ["证书 2 种类：职业技能等级证书", "荣誉 2 称号", "竞赛 2 级别：国家级", "徒弟 2 类别：一类"]
    {
        assert_eq!(names.iter().filter(|known| *known == name).count(), 1, "{name}");
    }
    let once: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!(once.len(), names.len(), "{names:?}");
    drop(people(window, &book));
}

#[test]
fn a_screen_reader_reads_chinese() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let window = window(Some(book.clone()));
    let names = window.query_all_by_label_contains("").filter_map(|node| node.accesskit_node().label());
    let names: Vec<String> = names.collect();
    assert!(names.iter().any(|name| name == "栏宽"));
    let is_foreign = |name: &&String| name.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() > 3);
    let foreign: Vec<_> = names.iter().filter(is_foreign).collect();
    assert!(foreign.iter().all(|name| name.contains("Page") || name.contains("Ctrl")), "{foreign:?}");
    drop(people(window, &book));
}

#[test]
fn the_check_and_the_form_say_the_same_of_a_person() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let mut reviewed = 0;
    for person in open.people().unwrap() {
        let mut applicant = person.applicant.clone();
        applicant.honours.clear();
        applicant.competitions.clear();
        ops::save(&mut open, person.id, &applicant).unwrap();
        reviewed += usize::from(applicant.process.expert_review.is_recorded());
    }
    assert!(reviewed > 0);
    drop(open);
    let mut window = window(Some(book.clone()));
    assert_shows(&window, "条件已经专家评议");
    let words = window.query_all_by_label_contains("校核 ").filter_map(|node| node.accesskit_node().label()).next();
    press(&mut window, words.as_deref().unwrap_or("校核"));
    assert_eq!(window.query_all_by_label("条件已经专家评议").count(), reviewed);
    assert_eq!(window.query_all_by_label("条件待专家评议").count(), 3 - reviewed);
    drop(people(window, &book));
}

#[test]
fn an_identity_number_stands_in_full_only_in_its_field() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let person = open.people().unwrap().remove(0);
    let old = person.applicant.id_number.clone();
    // Another one of which nothing but the masked part differs.
    let new = format!("{}9{}", &old[..9], &old[10..]);
    assert_ne!(old, new);
    let changed = Applicant { id_number: new.clone(), ..person.applicant.clone() };
    ops::save(&mut open, person.id, &changed).unwrap();
    drop(open);
    let mut window = window(Some(book.clone()));
    assert_eq!(value(&window, "身份证号"), new);
    press(&mut window, "历史");
    let masked = format!("{}**********{}", &old[..6], &old[16..]);
    assert_shows(&window, &format!("原来：{masked}"));
    assert_shows(&window, &format!("改为：{masked}（内容不同）"));
    assert!(!shows(&window, &old) && !shows(&window, &new));
    drop(people(window, &book));
}

#[test]
fn of_a_damaged_book_it_is_said_in_chinese() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut bytes = std::fs::read(&book).unwrap();
    // All pages but those that say what the file is.
    bytes[3 * 4096..].fill(0xA5);
    std::fs::write(&book, bytes).unwrap();
    let window = window(Some(book));
    let said: Vec<_> = window.get_all_by_label_contains("已损坏").collect();
    for sentence in said.iter().map(|node| node.accesskit_node().value().unwrap()) {
        let reason = sentence.split_once('（').and_then(|(_, rest)| rest.split_once('）')).map(|(reason, _)| reason);
        let reason = reason.unwrap_or_else(|| panic!("{sentence}"));
        assert!(!reason.contains(|letter: char| letter.is_ascii_alphabetic()), "{sentence}");
    }
}

#[test]
fn who_does_not_meet_the_conditions_is_put_forward_only_when_confirmed() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let person = open.people().unwrap().into_iter().find(|person| person.applicant.nominated).unwrap();
    ops::withdraw(&mut open, &person).unwrap();
    let withdrawn = Applicant { nominated: false, certificates: Vec::new(), ..person.applicant.clone() };
    ops::save(&mut open, person.id, &withdrawn).unwrap();
    drop(open);
    let mut window = window(Some(book.clone()));
    let words = format!("{}，", withdrawn.name);
    let card = window.query_all_by_label_contains(&words).next().unwrap().accesskit_node().label().unwrap();
    press(&mut window, &card);
    press(&mut window, "推荐");
    assert_shows(&window, &format!("{}不符合认定条件，仍要推荐？", withdrawn.name));
    press(&mut window, "取消");
    assert_shows(&window, "已推荐 1 人，限额 2 人");
    press(&mut window, "推荐");
    press(&mut window, "仍要推荐");
    assert_shows(&window, "已推荐 2 人，限额 2 人");
    drop(people(window, &book));
}

/// The link of a finding that has the cursor.
fn held_link(window: &Window) -> Option<String> {
    let links = window.query_all_by_label_contains("去");
    links.map(|node| node.accesskit_node()).find(|node| node.is_focused()).map(|node| format!("{:?}", node.id()))
}

#[test]
fn keys_reach_every_finding_of_many_people() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let body = body(&open).id;
    for number in 0..4 {
        let person = ops::add_person(&mut open, body).unwrap();
        ops::edit(&mut open, &person, &[format!("name=申报人{number}")]).unwrap();
    }
    let findings = ops::check(&open).unwrap().findings.len();
    drop(open);
    let mut window = window(Some(book.clone()));
    let words = window.query_all_by_label_contains("校核 ").filter_map(|node| node.accesskit_node().label()).next();
    press(&mut window, &words.unwrap());
    for look in ["按人看", "按条款看"] {
        press(&mut window, look);
        // What is far below is not laid out, and yet reached.
        let links = window.query_all_by_label_contains("去改：").count();
        assert!(links < findings / 2, "{links} of {findings} links are laid out");
        // To the first finding.
        for _ in 0..100 {
            if held_link(&window).is_some() {
                break;
            }
            window.key_press(Key::Tab);
            window.run_ok();
        }
        assert!(held_link(&window).is_some(), "Tab comes to the findings");
        for key in [Key::ArrowUp, Key::ArrowDown] {
            let mut steps = 1;
            let mut held = held_link(&window);
            loop {
                window.key_press(key);
                window.run_ok();
                let next = held_link(&window);
                assert!(next.is_some(), "the cursor is lost after {steps} of {findings}");
                if next == held {
                    break;
                }
                held = next;
                steps += 1;
            }
            assert!(key == Key::ArrowUp || steps >= findings, "{look}: {steps} of {findings}");
            if key == Key::ArrowDown {
                let last = window.query_all_by_label_contains("去").find(|node| node.accesskit_node().is_focused());
                let seen = last.unwrap().rect();
                assert!(seen.top() > 0.0 && seen.bottom() < 900.0, "{look}: the last one is in sight, {seen:?}");
            }
        }
    }
    drop(people(window, &book));
}

/// A link that would only turn over itself is none.
#[test]
fn the_notices_words_are_opened_only_where_they_are_cut() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let person = open.people().unwrap().remove(0);
    ops::edit(&mut open, &person, &["sex=无".to_owned(), "process.expert_review.date=".to_owned()]).unwrap();
    drop(open);
    let short = "个人总结（篇幅不够可加页）";
    for (width, is_cut) in [(1920.0, false), (1280.0, true)] {
        let mut window = sized(Some(book.clone()), width, 1200.0);
        let labels = |window: &Window, words: &str| -> Vec<String> {
            window.query_all_by_label_contains(words).filter_map(|node| node.accesskit_node().label()).collect()
        };
        let words = labels(&window, "校核 ").remove(0);
        press(&mut window, &words);
        let links = labels(&window, "看原文");
        assert_eq!(links.iter().any(|link| link.contains("附件2")), is_cut, "{width}: {links:?}");
        assert!(shows(&window, short), "{width}");
        let long = links.iter().find(|link| link.contains("第三条")).unwrap().clone();
        press(&mut window, &long);
        assert_shows(&window, &long.replace("看原文", "收起原文"));
        drop(people(window, &book));
    }
}

#[test]
fn a_remark_leads_to_the_middle_of_the_form() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut window = sized(Some(book.clone()), 1093.0, 614.0);
    turn(&mut window, "推荐程序");
    write_over(&mut window, "日期", "六月");
    // Further down, so that the way back leads up.
    field(&mut window, "反对票");
    strike(&mut window, Key::Tab);
    press(&mut window, "校核 3");
    strike(&mut window, Key::Enter);
    let at = text_input(&window, "日期").rect();
    assert_eq!(cursor(&window).map(|(_, label, _)| label).as_deref(), Some("日期"));
    assert!(at.top() > 240.0 && at.bottom() < 560.0, "{at:?}");
    drop(people(window, &book));
}
