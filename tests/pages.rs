//! The pages that come out of the layout: lines broken as Chinese wants it, and, whatever a clerk types, every character
//! on the paper once, in its cell, clear of rules, of other text and of the seals.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;
use tuijian::domain::{
    Applicant, ExperienceRow, FileKey, IdNumber, Opinions, Person, PersonId, Recommender, RecommenderId,
    RecommenderKind, Section, SectionKey, Sections,
};
use tuijian::fonts::{Fonts, Role};
use tuijian::pages::text::{Align, Room, Style, Typesetter};
use tuijian::pages::{
    Document, FieldArea, Ink, Item, Line, Mm, Page, Picture, PictureFormat, Point, Pt, Rect, Stamp, TextRun,
    application, summary,
};
use tuijian::rules::Notice;

const STYLE: Style = Style { role: Role::Body, size: Pt(12.0), pitch: 1.5, align: Align::Left, indent: false };

fn fonts() -> &'static Fonts {
    Fonts::shared().unwrap()
}

fn notice() -> Notice {
    Notice::read(include_str!("../assets/notices/hangzhou-2021.toml")).unwrap()
}

fn demo() -> (Recommender, Vec<Applicant>) {
    let record: serde_json::Value =
        serde_json::from_str(include_str!("../assets/demo/association/record.json")).unwrap();
    let read = |key: &str| record[key].clone();
    (serde_json::from_value(read("recommender")).unwrap(), serde_json::from_value(read("applicants")).unwrap())
}

fn coded() -> Stamp {
    Stamp { code: Some("3F2A91C7".to_owned()), draft: false }
}

fn photo(width_px: u32, height_px: u32, orientation: u8) -> Arc<Picture> {
    Arc::new(Picture { bytes: Vec::new(), format: PictureFormat::Jpeg, width_px, height_px, orientation })
}

// ---------------------------------------------------------------- lines

fn broken(text: &str, em: f32, align: Align) -> Vec<String> {
    let typesetter = Typesetter::new(fonts());
    let block = typesetter.text(text, &Style { align, ..STYLE }, STYLE.size.mm() * em);
    block.lines.iter().map(|line| line.glyphs.iter().map(|glyph| glyph.character).collect()).collect()
}

#[test]
fn lines_break_where_chinese_lets_them() {
    let cases: &[(&str, &str, f32, &[&str])] = &[
        ("a full line", "设备维修电工", 6.0, &["设备维修电工"]),
        ("one too many", "设备维修电工班", 6.0, &["设备维修电工", "班"]),
        ("no comma first", "设备维修，电工", 4.0, &["设备维", "修，电工"]),
        ("no full stop first", "设备维修。", 4.0, &["设备维", "修。"]),
        ("no closing bracket first", "设备（维修）电工", 5.0, &["设备（维", "修）电工"]),
        ("no opening bracket last", "设备维（修电工）", 4.0, &["设备维", "（修电", "工）"]),
        ("no opening book mark last", "形成车间《手册》", 5.0, &["形成车间", "《手册》"]),
        ("no opening quote last", "独创了“听看”", 4.0, &["独创了", "“听看”"]),
        ("break before a quote", "被评为“技术能手”", 4.0, &["被评为", "“技术能", "手”"]),
        ("break after a quote", "五步“诊断”于", 6.0, &["五步“诊断”", "于"]),
        ("closing marks stay together", "快（很快）。好", 5.0, &["快（很", "快）。好"]),
        ("no dash first", "技术——能手", 3.0, &["技", "术——", "能手"]),
        ("no ellipsis first", "同志……主要", 3.0, &["同", "志……", "主要"]),
        ("no middle dot first", "买买提·阿", 3.0, &["买买", "提·阿"]),
        ("a standard's number", "按照国标GB/T9704执行", 7.0, &["按照国标", "GB/T9704执行"]),
        ("a decimal", "缩短到为0.002毫米", 5.0, &["缩短到为", "0.002毫米"]),
        ("a sign with its number", "温度为±1.5℃提", 4.0, &["温度为", "±1.5℃", "提"]),
        ("a percentage", "下降到了3.1%以", 5.0, &["下降到了", "3.1%以"]),
        ("thousands", "约为共1,900万元", 4.0, &["约为共", "1,900万", "元"]),
        ("a day stays with its number", "于今年6月24日征求", 5.5, &["于今年6月", "24日征求"]),
        ("a month stays with its number", "现在2021年12月", 5.6, &["现在2021年", "12月"]),
        ("a year stays with its number", "其中在2021年内", 5.2, &["其中在", "2021年内"]),
        ("a date in itself is parted", "2021年6月24日起", 5.0, &["2021年6月", "24日起"]),
        ("what is counted stays with its number", "培养高级技师 2 名", 7.5, &["培养高级技师", "2 名"]),
        ("a name behind a telephone number", "13800001001 万三", 6.6, &["13800001001", "万三"]),
        ("a number too long is parted at its hyphen", "0571-87654321转8001", 5.0, &["0571-", "87654321转", "8001"]),
        ("a full-width percent sign", "下降到百分３５％", 7.0, &["下降到百分３", "５％"]),
        ("words at spaces", "Senior Technician of", 7.0, &["Senior", "Technician of"]),
        ("no word cut by a hyphen", "a well-known man", 5.0, &["a", "well-known", "man"]),
        ("a word too long", "abcdefghijklmnopqrstuvwxyz", 3.0, &["abcdef", "ghijkl", "mnopq", "rstuvw", "xyz"]),
        ("spaces hang", "设备维修   电工", 4.0, &["设备维修", "电工"]),
        ("a wide space hangs", "设备维修\u{3000}\u{3000}电工", 4.0, &["设备维修", "电工"]),
        ("a wide space inside", "设备\u{3000}维修电工", 6.0, &["设备\u{3000}维修电", "工"]),
        ("spaces before a line's end", "设备维修  \n电工", 4.0, &["设备维修", "电工"]),
        ("the clerk's lines", "一\n\n二\r\n三\u{B}四", 4.0, &["一", "", "二", "三", "四"]),
        ("lines at the end", "一\n\n\n", 4.0, &["一"]),
        ("own indent", "\u{3000}\u{3000}一二三", 4.0, &["\u{3000}\u{3000}一二", "三"]),
        ("only spaces", "   ", 4.0, &[]),
        ("nothing", "", 4.0, &[]),
        ("rare characters", "䶮㛃𠮷龘䶮", 4.0, &["䶮㛃𠮷龘", "䶮"]),
        ("no glyph", "一\u{E000}二", 4.0, &["一〓二"]),
        ("a tab is a space", "一\t二", 6.0, &["一 二"]),
    ];
    let faults: Vec<String> = cases
        .iter()
        .map(|(name, text, em, wanted)| (name, broken(text, *em, Align::Justify), wanted))
        .filter(|(_, lines, wanted)| lines != *wanted)
        .map(|(name, lines, wanted)| format!("{name}: {lines:?}, wanted {wanted:?}"))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Distances between the origins of a line's glyphs, in em.
fn steps(text: &str, em: f32, line: usize) -> Vec<f32> {
    let style = Style { align: Align::Justify, ..STYLE };
    let block = Typesetter::new(fonts()).text(text, &style, STYLE.size.mm() * em);
    let xs: Vec<f32> = block.lines[line].glyphs.iter().map(|glyph| glyph.x / STYLE.size.mm()).collect();
    xs.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[test]
fn justified_lines_stretch_between_chinese_characters_and_words_only() {
    let stretched = steps("设备维修，约ab12台的电工", 7.4, 0);
    // 设备维修，约 and then the word, which moves to the next line: the first line has five gaps for 1.4 em.
    assert_eq!(stretched.len(), 5);
    assert!(stretched.iter().all(|step| (step - 1.28).abs() < 0.01), "{stretched:?}");
    let word = steps("约abc台设备维修电工班组", 7.9, 0);
    assert!((word[1] - 0.444).abs() < 0.01 && (word[2] - 0.5).abs() < 0.01, "inside the word: {word:?}");
    assert!(word[0] > 1.0, "before the word: {word:?}");
    let last = steps("设备维修电工", 4.5, 1);
    assert!((last[0] - 1.0).abs() < 0.01, "a last line is not stretched: {last:?}");
    let torn = steps("网址https/example/org/very", 6.0, 0);
    assert!((torn[0] - 1.0).abs() < 0.01, "no holes: {torn:?}");
}

#[test]
fn paragraphs_are_indented_unless_they_are_already() {
    let style = Style { indent: true, align: Align::Justify, ..STYLE };
    let em = STYLE.size.mm();
    let block = Typesetter::new(fonts()).text("一二三四五六七\n\u{3000}\u{3000}八", &style, em * 6.0);
    let starts: Vec<f32> = block.lines.iter().map(|line| (line.x / em * 100.0).round() / 100.0).collect();
    assert_eq!(starts, [2.0, 0.0, 0.0]);
}

#[test]
fn names_of_two_characters_are_spread_without_a_space() {
    let em = STYLE.size.mm();
    let room = Room { width: em * 9.0, height: em * 2.0, one_line_from: Some(Pt(10.5)), smallest: Pt(9.0) };
    let cases = [
        ("葛川", &[0.0, 2.0][..]),
        ("葛瑾川", &[0.0, 1.0, 2.0]),
        ("𠮷川", &[0.0, 2.0]),
        ("葛 川", &[0.0, 1.0, 1.25]),
        ("Li", &[0.0, 0.611]),
    ];
    for (name, wanted) in cases {
        let block = Typesetter::new(fonts()).name(name, &STYLE, room);
        let [line] = block.lines.as_slice() else { panic!("{name} takes {} lines", block.lines.len()) };
        let places: Vec<f32> = line.glyphs.iter().map(|glyph| glyph.x / em).collect();
        assert_eq!(line.glyphs.iter().map(|glyph| glyph.character).collect::<String>(), name);
        assert!(places.iter().zip(wanted).all(|(is, wanted)| (is - wanted).abs() < 0.01), "{name}: {places:?}");
    }
}

#[test]
fn values_shrink_to_nine_points_before_they_take_more_lines() {
    let em = STYLE.size.mm();
    let room = |lines: f32| Room {
        width: em * 5.0,
        height: em * (STYLE.pitch * lines),
        one_line_from: Some(Pt(10.5)),
        smallest: Pt(9.0),
    };
    let cases = [
        ("fits", "设备维修", 1.0, 12.0, 1),
        ("one smaller line", "设备维修班", 1.0, 12.0, 1),
        ("rather smaller than broken", "13800001001", 2.0, 10.5, 1),
        ("two lines", "设备维修班班长", 2.0, 12.0, 2),
        ("smaller on two lines", "设备维修电工班组班长", 1.5, 9.0, 2),
        ("more than the room", "设备维修电工班组班长设备维修电工班组班长", 1.5, 9.0, 4),
        ("unbroken", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", 2.0, 9.0, 4),
    ];
    for (name, text, lines, size, count) in cases {
        let block = Typesetter::new(fonts()).fit(text, &Style { align: Align::Center, ..STYLE }, room(lines));
        assert_eq!((block.size.0, block.lines.len()), (size, count), "{name}");
    }
}

// ---------------------------------------------------------------- what every page must keep

/// What is to be read in the cell or cells of some fields: all that was typed but white space and line breaks.
struct Shown {
    person: Option<PersonId>,
    fields: Vec<String>,
    text: String,
}

fn shown(person: Option<PersonId>, fields: &[&str], text: &str) -> Shown {
    let printed = |c: char| if fonts().choose(Role::Body, c).is_some() { c } else { '〓' };
    let text = text.chars().filter(|c| !c.is_whitespace()).map(printed).collect();
    Shown { person, fields: fields.iter().map(|&field| field.to_owned()).collect(), text }
}

/// A run with what it says and the box of its characters.
struct Boxed<'d> {
    run: &'d TextRun,
    says: String,
    rect: Rect,
}

fn boxed(run: &TextRun) -> Boxed<'_> {
    let em = run.size.mm();
    let last = run.glyphs.last().expect("no empty runs");
    let width = last.x + em * fonts().advance_em(last.face, last.character);
    Boxed { run, says: run.text(), rect: Rect::new(run.at.x, run.at.y - em * 0.8, width, em) }
}

/// A page sorted by kinds of items.
struct Sorted<'d> {
    texts: Vec<Boxed<'d>>,
    rules: Vec<Rect>,
    areas: Vec<&'d FieldArea>,
}

impl<'d> Sorted<'d> {
    fn of(page: &'d Page) -> Self {
        let mut sorted = Self { texts: Vec::new(), rules: Vec::new(), areas: Vec::new() };
        for item in &page.items {
            match item {
                Item::Text(run) => sorted.texts.push(boxed(run)),
                Item::Line(line) => sorted.rules.push(rule_box(line)),
                Item::Area(area) => sorted.areas.push(area),
                Item::Image(_) | Item::Strokes(_) | Item::ForeignPage(_) | Item::Link(_) => {}
            }
        }
        sorted
    }

    fn all(document: &'d Document) -> Vec<Self> {
        document.pages.iter().map(Self::of).collect()
    }

    fn says(&self, words: &str) -> bool {
        self.texts.iter().any(|text| text.says == words)
    }

    fn has_field(&self, prefix: &str) -> bool {
        self.areas.iter().any(|area| area.field.starts_with(prefix))
    }
}

const SLACK: f32 = 0.05;

fn overlap(a: Rect, b: Rect) -> bool {
    a.left.0 < b.right().0 - SLACK
        && b.left.0 < a.right().0 - SLACK
        && a.top.0 < b.bottom().0 - SLACK
        && b.top.0 < a.bottom().0 - SLACK
}

fn within(inner: Rect, outer: Rect) -> bool {
    inner.left.0 >= outer.left.0 - SLACK
        && inner.right().0 <= outer.right().0 + SLACK
        && inner.top.0 >= outer.top.0 - SLACK
        && inner.bottom().0 <= outer.bottom().0 + SLACK
}

fn rule_box(line: &Line) -> Rect {
    let half = line.width.mm() / 2.0;
    let (left, right) = (line.from.x.min(line.to.x), line.from.x.max(line.to.x));
    let (top, bottom) = (line.from.y.min(line.to.y), line.from.y.max(line.to.y));
    let (dx, dy) = if left == right { (half, Mm(0.0)) } else { (Mm(0.0), half) };
    Rect::new(left - dx, top - dy, right - left + dx * 2.0, bottom - top + dy * 2.0)
}

/// The form's own words in an opinion cell.
fn is_seal_label(text: &Boxed) -> bool {
    ["盖章：", "年月日"].contains(&text.says.as_str())
}

/// Each field's characters stand in its cells once and in order; each run of them inside the cell.
fn check_fields(pages: &[Sorted], expected: &[Shown]) -> Result<(), String> {
    for wanted in expected {
        let mut read = String::new();
        for page in pages {
            let shows = |area: &&&FieldArea| area.person == wanted.person && wanted.fields.contains(&area.field);
            let areas: Vec<Rect> = page.areas.iter().filter(shows).map(|area| area.rect).collect();
            let Some(first) = areas.first().copied() else { continue };
            let whole = areas.iter().fold(first, |whole, area| {
                let (left, top) = (whole.left.min(area.left), whole.top.min(area.top));
                let (right, bottom) = (whole.right().max(area.right()), whole.bottom().max(area.bottom()));
                Rect::new(left, top, right - left, bottom - top)
            });
            for text in page.texts.iter().filter(|text| !is_seal_label(text)) {
                if whole.contains(Point { x: text.rect.left, y: text.rect.top + text.rect.height / 2.0 }) {
                    if !within(text.rect, whole) {
                        return Err(format!("{:?}: {:?} leaves its cell", wanted.fields, text.says));
                    }
                    read.extend(text.says.chars().filter(|c| !c.is_whitespace()));
                }
            }
        }
        if read != wanted.text {
            return Err(format!("{:?}: reads {read:?}, typed {:?}", wanted.fields, wanted.text));
        }
    }
    Ok(())
}

fn check_page(page: &Sorted, paper: &Page, top: Mm, side: Mm) -> Result<(), String> {
    let sheet = Rect::new(side, top, paper.width - side * 2.0, paper.height - top - Mm(8.0));
    for (index, text) in page.texts.iter().enumerate() {
        let says = &text.says;
        if !within(text.rect, sheet) {
            return Err(format!("{says:?} stands in the margin: {:?}", text.rect));
        }
        if let Some(other) = page.texts[index + 1..].iter().find(|other| overlap(text.rect, other.rect)) {
            return Err(format!("{says:?} and {:?} overlap", other.says));
        }
        if let Some(rule) = page.rules.iter().find(|rule| overlap(text.rect, **rule)) {
            return Err(format!("{says:?} stands on a rule: {:?} {rule:?}", text.rect));
        }
    }
    let content = Rect::new(side, top, paper.width - side * 2.0, paper.height - top - Mm(22.0));
    if let Some(rule) = page.rules.iter().find(|rule| !within(rule.inset(Mm(0.22)), content)) {
        return Err(format!("a rule leaves the margins: {rule:?}"));
    }
    check_rules(page)?;
    check_seals(page)
}

/// No rule is drawn twice, not even in part.
fn check_rules(page: &Sorted) -> Result<(), String> {
    let lies = |rule: &Rect| rule.width > rule.height;
    for (index, rule) in page.rules.iter().enumerate() {
        if let Some(other) =
            page.rules[index + 1..].iter().find(|other| lies(rule) == lies(other) && overlap(*rule, **other))
        {
            return Err(format!("doubled rule: {rule:?} {other:?}"));
        }
    }
    Ok(())
}

/// Around each 盖章 a square of 45 mm is free of other text and of rules.
fn check_seals(page: &Sorted) -> Result<(), String> {
    for label in page.texts.iter().filter(|text| text.says == "盖章：") {
        let date = page
            .texts
            .iter()
            .find(|text| text.says == "年月日" && text.rect.top > label.rect.top)
            .ok_or("no date below 盖章")?;
        let bottom = date.rect.bottom() + Mm(1.0);
        let zone = Rect::new(label.rect.left, bottom - Mm(45.0), Mm(45.0), Mm(45.0));
        if let Some(text) = page.texts.iter().find(|text| !is_seal_label(text) && overlap(text.rect, zone)) {
            return Err(format!("{:?} stands where the seal goes", text.says));
        }
        if page.rules.iter().any(|rule| overlap(*rule, zone)) {
            return Err("a rule crosses the seal's place".to_owned());
        }
    }
    Ok(())
}

fn period(row: &ExperienceRow) -> String {
    let to = row.to.as_deref().filter(|to| !to.trim().is_empty());
    match (row.from.trim_end(), to) {
        ("", None) => String::new(),
        (from, to) => format!("{from}—{}", to.unwrap_or("至今")),
    }
}

fn form_fields(applicant: &Applicant) -> Vec<Shown> {
    let a = applicant;
    let id_number = IdNumber::printed(&a.id_number);
    let both = |first: &str, second: &str| {
        let slash = if !first.trim().is_empty() && !second.trim().is_empty() { "/" } else { "" };
        format!("{first}{slash}{second}")
    };
    let mut expected: Vec<Shown> = [
        ("sex", &a.sex),
        ("birth", &a.birth),
        ("id_number", &id_number),
        ("native_place", &a.native_place),
        ("political_status", &a.political_status),
        ("education", &a.education),
        ("work_started", &a.work_started),
        ("phone", &a.phone),
        ("post", &a.post),
        ("duty", &a.duty),
        ("employer_address", &a.employer_address),
        ("opinions.body", &a.opinions.body),
        ("sections.summary.text", &a.sections.summary.text),
    ]
    .into_iter()
    .map(|(field, text)| shown(None, &[field], text))
    .collect();
    // The cover shows name and occupation as well.
    expected.push(shown(None, &["name"], &format!("{0}{0}", a.name)));
    let trade = both(&a.occupation, &a.grade);
    expected.push(shown(None, &["occupation", "grade"], &format!("{}{trade}", a.occupation)));
    let hint = if a.employer.trim().is_empty() { "说明：须和单位公章相同" } else { &a.employer };
    expected.push(shown(None, &["employer"], hint));
    if a.freelancer != Some(true) {
        expected.push(shown(None, &["opinions.employer"], &a.opinions.employer));
    }
    for (index, row) in a.experience.iter().enumerate() {
        let field = |name: &str| format!("experience[{index}].{name}");
        expected.push(shown(None, &[&field("from"), &field("to")], &period(row)));
        expected.push(shown(None, &[&field("place")], &row.place));
        expected.push(shown(None, &[&field("witness")], &row.witness));
    }
    for key in &SectionKey::ALL[..6] {
        let section = a.sections.get(*key);
        expected.push(shown(None, &[&format!("sections.{}.text", key.key())], &section.text));
        expected.push(shown(None, &[&format!("sections.{}.evidence", key.key())], &section.evidence));
    }
    expected
}

/// Field areas and the heads that stand on every page with them.
const HEADS: [(&str, &[&str]); 7] = [
    ("experience[", &["主要学习和工作经历（包括技术培训和进修）", "起止年月", "何校、何单位学习、工作", "证明人"]),
    ("sections.speciality", ITEM_HEADS),
    ("sections.competition_results", ITEM_HEADS),
    ("sections.operation_methods", ITEM_HEADS),
    ("sections.innovations", ITEM_HEADS),
    ("sections.honour_titles", ITEM_HEADS),
    ("sections.contributions", ITEM_HEADS),
];
const ITEM_HEADS: &[&str] = &["主要技术简况、贡献成果登记", "项目", "内容", "证明人或", "证明材料"];

fn check_application(applicant: &Applicant) -> Result<Document, String> {
    let document = application(fonts(), &notice(), applicant, Some(photo(413, 579, 1)), &coded());
    let pages = Sorted::all(&document);
    check_fields(&pages, &form_fields(applicant))?;
    let covers = pages.iter().take_while(|page| !page.has_field("photo")).count();
    for (index, (page, paper)) in pages.iter().zip(&document.pages).enumerate() {
        let number = (index + 1).saturating_sub(covers);
        check_page(page, paper, Mm(24.0), Mm(22.0)).map_err(|fault| format!("page {number}: {fault}"))?;
        let foot: Vec<&str> =
            page.texts.iter().filter(|text| text.run.at.y > Mm(278.0)).map(|text| text.says.as_str()).collect();
        let numeral = number.to_string();
        let wanted = if number == 0 { vec!["校验码 3F2A91C7"] } else { vec!["校验码 3F2A91C7", &numeral] };
        if foot != wanted {
            return Err(format!("page {number}: the foot says {foot:?}"));
        }
        for (field, heads) in HEADS.iter().filter(|(field, _)| page.has_field(field)) {
            if let Some(missing) = heads.iter().find(|head| !page.says(head)) {
                return Err(format!("page {number}: {field} without {missing}"));
            }
        }
        if page.has_field("sections.summary") && !page.texts.iter().any(|text| text.says.starts_with("个人总结")) {
            return Err(format!("page {number}: the summary without its head"));
        }
    }
    let seals = pages.iter().flat_map(|page| &page.texts).filter(|text| text.says == "盖章：").count();
    drop(pages);
    if seals == 3 { Ok(document) } else { Err(format!("{seals} places for seals")) }
}

fn check_summary(recommender: &Recommender, people: &[Person]) -> Result<Document, String> {
    let references: Vec<&Person> = people.iter().collect();
    let document = summary(fonts(), &notice(), recommender, &references, &coded());
    let mut expected = vec![
        shown(None, &["recommender.name"], &recommender.name),
        shown(None, &["recommender.contact"], &recommender.contact),
        shown(None, &["recommender.phone"], &recommender.phone),
        shown(None, &["recommender.mobile"], &recommender.mobile),
    ];
    for person in people {
        let a = &person.applicant;
        let fields = [
            ("name", &a.name),
            ("sex", &a.sex),
            ("birth", &a.birth),
            ("employer", &a.employer),
            ("post", &a.post),
            ("duty", &a.duty),
            ("occupation", &a.occupation),
            ("grade", &a.grade),
            ("honours_brief", &a.honours_brief),
        ];
        expected.extend(fields.map(|(field, text)| shown(Some(person.id), &[field], text)));
    }
    let pages = Sorted::all(&document);
    check_fields(&pages, &expected)?;
    for (index, (page, paper)) in pages.iter().zip(&document.pages).enumerate() {
        check_page(page, paper, Mm(18.0), Mm(18.0)).map_err(|fault| format!("page {}: {fault}", index + 1))?;
        if page.has_field("honours_brief") && !(page.says("序号") && page.says("（300字以内）")) {
            return Err(format!("page {}: rows without heads", index + 1));
        }
        if !page.says(&(index + 1).to_string()) {
            return Err(format!("page {} bears no number", index + 1));
        }
    }
    drop(pages);
    Ok(document)
}

fn person(id: i64, applicant: Applicant) -> Person {
    Person { id: PersonId(id), recommender: RecommenderId(1), applicant }
}

// ---------------------------------------------------------------- named cases

#[test]
fn the_demo_people_get_six_pages_and_one() {
    let (recommender, people) = demo();
    for applicant in &people {
        let document = check_application(applicant).unwrap_or_else(|fault| panic!("{}: {fault}", applicant.name));
        assert_eq!(document.pages.len(), 6, "{}", applicant.name);
    }
    let people: Vec<Person> = (1..).zip(people).map(|(id, applicant)| person(id, applicant)).collect();
    assert_eq!(check_summary(&recommender, &people[..2]).unwrap().pages.len(), 1);
}

#[test]
fn extreme_forms_keep_every_character() {
    let han = |count: usize| "精密模具装配与研配，".chars().cycle().take(count).collect::<String>();
    let everywhere = |text: &str| {
        let section = Section { text: text.to_owned(), evidence: text.to_owned() };
        let row = ExperienceRow {
            from: text.to_owned(),
            to: Some(text.to_owned()),
            place: text.to_owned(),
            witness: text.to_owned(),
        };
        Applicant {
            name: text.to_owned(),
            sex: text.to_owned(),
            birth: text.to_owned(),
            id_number: text.to_owned(),
            native_place: text.to_owned(),
            political_status: text.to_owned(),
            education: text.to_owned(),
            work_started: text.to_owned(),
            occupation: text.to_owned(),
            grade: text.to_owned(),
            phone: text.to_owned(),
            post: text.to_owned(),
            duty: text.to_owned(),
            employer: text.to_owned(),
            employer_address: text.to_owned(),
            experience: vec![row.clone(), row],
            sections: Sections {
                speciality: section.clone(),
                competition_results: section.clone(),
                operation_methods: section.clone(),
                innovations: section.clone(),
                honour_titles: section.clone(),
                contributions: section.clone(),
                summary: section,
            },
            honours_brief: text.to_owned(),
            opinions: Opinions { employer: text.to_owned(), body: text.to_owned() },
            ..Applicant::default()
        }
    };
    let (_, demo) = demo();
    let career = Applicant {
        experience: (0..34)
            .map(|index| ExperienceRow { place: han(20 + index * 4), ..demo[0].experience[index % 6].clone() })
            .collect(),
        ..demo[0].clone()
    };
    let mut long = demo[1].clone();
    long.sections.summary.text = han(6000);
    long.sections.innovations.text = han(1500);
    long.sections.honour_titles.text = han(1500);
    long.employer = han(60);
    long.opinions = Opinions { employer: han(500), body: han(300) };
    let mut freelancer = demo[2].clone();
    freelancer.opinions.employer = "不得印出".to_owned();
    let cases = [
        ("nothing", Applicant::default()),
        ("34 rows", career),
        ("long", long),
        ("freelancer", freelancer),
        ("60 characters everywhere", everywhere(&han(60))),
        ("400 letters everywhere", everywhere(&"abcdefghij".repeat(40))),
        ("900 characters everywhere", everywhere(&han(900))),
        ("300 commas everywhere", everywhere(&"，".repeat(300))),
        ("many short lines", everywhere(&"一\n".repeat(120))),
        ("rare everywhere", everywhere("䶮㛃𠮷𪛖\u{E000}⼀①阿卜杜拉·买买提")),
        ("control characters", everywhere("a\u{1}b\u{7F}c\u{200B}d\u{FEFF}e\u{301}f\tg\u{A0}h\u{2003}i")),
    ];
    let (recommender, _) = self::demo();
    for (name, applicant) in cases {
        let document = check_application(&applicant).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        if name == "freelancer" {
            let pages = Sorted::all(&document);
            assert!(!pages.iter().any(|page| page.says("不得印出") || page.has_field("opinions.employer")));
        }
        let people: Vec<Person> = (1..4).map(|id| person(id, applicant.clone())).collect();
        check_summary(&recommender, &people).unwrap_or_else(|fault| panic!("汇总表, {name}: {fault}"));
    }
}

#[test]
fn a_cover_of_long_values_is_one_page() {
    let long = Applicant {
        name: "阿卜杜热合曼·买买提吐尔逊·艾合买提江·玉素甫阿吉木尼亚孜".into(),
        occupation: "起重装卸机械操作工（桥式起重机、门座起重机、塔式起重机及流动式起重机械操作与维护）".into(),
        employer:
            "杭州示范第一精密智能装备制造与数字化工业互联网技术服务股份有限公司建德市梅城镇姚村第三分公司特种设备部"
                .into(),
        ..demo().1.remove(0)
    };
    let document = check_application(&long).unwrap();
    let pages = Sorted::all(&document);
    let month = notice().forms.month;
    assert!(pages[0].says(&month.replace(' ', "")) || pages[0].says(&month), "the month stands on the cover");
    assert!(pages[1].has_field("sex"), "the next page is the form's first");
}

#[test]
fn the_line_below_a_summary_never_stands_alone() {
    let (recommender, applicants) = demo();
    for count in 1..12 {
        let people: Vec<Person> =
            (0..count).map(|id| person(id, applicants[id as usize % applicants.len()].clone())).collect();
        let document = check_summary(&recommender, &people).unwrap();
        let pages = Sorted::all(&document);
        let last = pages.last().unwrap();
        assert!(last.has_field("recommender.contact") && last.has_field("name"), "{count} people");
    }
}

#[test]
fn a_long_summary_of_short_lines_runs_over_many_pages() {
    let mut applicant = demo().1.remove(0);
    applicant.sections.summary.text = "一行\n".repeat(3000);
    let document = check_application(&applicant).unwrap();
    let pages = Sorted::all(&document).iter().filter(|page| page.has_field("sections.summary")).count();
    assert!((85..110).contains(&pages), "{pages} pages");
}

#[test]
fn a_draft_is_marked_and_bears_no_code() {
    let stamp = Stamp { draft: true, ..coded() };
    let (recommender, people) = demo();
    let people: Vec<Person> = (1..).zip(people).map(|(id, applicant)| person(id, applicant)).collect();
    let references: Vec<&Person> = people.iter().collect();
    let documents = [
        application(fonts(), &notice(), &people[0].applicant, None, &stamp),
        summary(fonts(), &notice(), &recommender, &references, &stamp),
    ];
    for page in documents.iter().flat_map(|document| &document.pages) {
        let marks: Vec<_> = page
            .items
            .iter()
            .filter_map(|item| if let Item::Strokes(mark) = item { Some(mark) } else { None })
            .collect();
        assert_eq!(marks.len(), 1);
        let points = marks[0].polylines.iter().flatten();
        assert!(points.clone().count() > 100);
        let sheet = Rect::new(Mm(0.0), Mm(0.0), page.width, page.height);
        assert!(points.clone().all(|&point| sheet.contains(point)));
        let text: String = Sorted::of(page).texts.iter().map(|text| text.says.as_str()).collect();
        assert!(!text.contains('草') && !text.contains("校验码"), "{text}");
    }
}

#[test]
fn the_code_stands_in_grey_at_every_foot() {
    let document = application(fonts(), &notice(), &Applicant::default(), None, &coded());
    for page in &document.pages {
        let codes: Vec<&TextRun> =
            Sorted::of(page).texts.iter().map(|text| text.run).filter(|run| run.ink == Ink::Grey).collect();
        let [code] = codes.as_slice() else { panic!("{} grey runs", codes.len()) };
        assert_eq!((code.text().as_str(), code.size), ("校验码 3F2A91C7", Pt(8.0)));
        assert!(code.at.x < Mm(30.0) && code.at.y > Mm(275.0));
    }
}

#[test]
fn titles_issuer_and_month_are_the_notices() {
    let mut other = notice();
    other.forms.application = "示范市工匠申报表".to_owned();
    other.forms.summary = "示范市工匠汇总表".to_owned();
    other.forms.month = "2031 年 1 月".to_owned();
    other.issuer = "示范市总工会".to_owned();
    let form = application(fonts(), &other, &Applicant::default(), None, &Stamp::default());
    for words in ["示范市工匠申报表", "示范市总工会", "2031 年 1 月"] {
        assert!(Sorted::of(&form.pages[0]).says(words), "{words}");
    }
    let (recommender, _) = demo();
    let table = summary(fonts(), &other, &recommender, &[], &Stamp::default());
    assert!(Sorted::of(&table.pages[0]).says("示范市工匠汇总表"));
    assert!(Sorted::of(&table.pages[0]).says("19xx-07"), "an empty form keeps the annex's hints");
    let people = [person(1, Applicant::default())];
    let table = summary(fonts(), &other, &recommender, &people.iter().collect::<Vec<_>>(), &Stamp::default());
    assert!(!Sorted::of(&table.pages[0]).says("19xx-07"), "a row of a person has no hints");
}

#[test]
fn photos_keep_their_shape_in_their_cell() {
    let cases = [
        ("as wanted", photo(413, 579, 1), 413.0 / 579.0),
        ("too wide", photo(1000, 500, 1), 2.0),
        ("too high", photo(300, 900, 1), 1.0 / 3.0),
        ("lying", photo(579, 413, 6), 413.0 / 579.0),
        ("no size", photo(0, 0, 1), 1.0),
    ];
    for (name, picture, ratio) in cases {
        let document = application(fonts(), &notice(), &demo().1[0], Some(picture), &coded());
        let images: Vec<Rect> = document
            .pages
            .iter()
            .flat_map(|page| &page.items)
            .filter_map(|item| if let Item::Image(image) = item { Some(image.rect) } else { None })
            .collect();
        let [rect] = images.as_slice() else { panic!("{name}: {} pictures", images.len()) };
        assert!((rect.width / rect.height - ratio).abs() < 0.01, "{name}: {rect:?}");
        assert!(within(*rect, Rect::new(Mm(154.0), Mm(26.9), Mm(33.0), Mm(46.2))), "{name}: {rect:?}");
    }
}

#[test]
fn the_seal_over_the_recommenders_name_is_clear_of_title_and_table() {
    let (recommender, people) = demo();
    let people = [person(1, people[0].clone())];
    let document = summary(fonts(), &notice(), &recommender, &people.iter().collect::<Vec<_>>(), &coded());
    let page = Sorted::of(&document.pages[0]);
    let name = page.texts.iter().find(|text| text.says == recommender.name).unwrap();
    let (x, y) = (name.rect.left + name.rect.width / 2.0, name.rect.top + name.rect.height / 2.0);
    let seal = Rect::new(x - Mm(22.5), y - Mm(22.5), Mm(45.0), Mm(45.0));
    assert!(page.rules.iter().all(|rule| !overlap(*rule, seal)));
    let own = ["填报单位：（盖章）", recommender.name.as_str()];
    let mut others = page.texts.iter().filter(|text| !own.contains(&text.says.as_str()));
    assert!(others.all(|text| !overlap(text.rect, seal)));
}

// ---------------------------------------------------------------- whatever is typed

/// Pieces that clerks type and paste.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(&["设备维修", "模具", "《手册》", "（集团）", "“五小”", "，", "。", "——", "……", "、", "；", "：", "·"][..])
            .prop_map(str::to_owned),
        3 => prop::sample::select(&["PLC", "0.002 mm", "GB/T 9704", "1,900", "±1.5℃", "3.1%", "I/O", "well-known", "don’t", "19xx-07"][..])
            .prop_map(str::to_owned),
        3 => prop::sample::select(&[" ", "  ", "\n", "\r\n", "\u{3000}", "\t", "\u{A0}", "\u{2003}", "\u{B}", "\n\n\n"][..])
            .prop_map(str::to_owned),
        2 => prop::sample::select(&["䶮", "㛃", "𠮷", "𪛖", "⼀", "①", "㈠", "\u{E000}", "\u{200B}", "\u{301}", "é", "Ж", "😀", "\u{FE0F}", "昉"][..])
            .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => (1usize..200).prop_map(|count| "abcdefghij0123456789".chars().cycle().take(count).collect()),
    ]
}

fn text(pieces: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..pieces).prop_map(|pieces| pieces.concat())
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        6 => prop::sample::select(&["男", "1978-03", "浙江杭州", "中共党员", "13800001001", "设备维修电工", "葛川"][..])
            .prop_map(str::to_owned),
        3 => text(6),
        1 => text(40),
    ]
}

fn long_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        8 => text(20),
        2 => text(120),
        1 => (0usize..2000).prop_map(|count| "精密模具装配，与研配".chars().cycle().take(count).collect()),
        1 => (0usize..80).prop_map(|count| "一\n".repeat(count)),
    ]
}

fn section() -> impl Strategy<Value = Section> {
    (long_text(), value()).prop_map(|(text, evidence)| Section { text, evidence })
}

prop_compose! {
    fn row()(from in value(), to in prop::option::of(value()), place in value(), witness in value()) -> ExperienceRow {
        ExperienceRow { from, to, place, witness }
    }
}

prop_compose! {
    fn applicant()(
        values in prop::collection::vec(value(), 16),
        experience in prop_oneof![3 => prop::collection::vec(row(), 0..4), 1 => prop::collection::vec(row(), 8..14)],
        sections in prop::collection::vec(section(), 7),
        opinions in (long_text(), long_text()),
        honours_brief in long_text(),
        freelancer in prop::option::of(any::<bool>()),
    ) -> Applicant {
        let value = |index: usize| values[index].clone();
        let section = |index: usize| sections[index].clone();
        Applicant {
            name: value(0),
            sex: value(1),
            birth: value(2),
            id_number: value(3),
            native_place: value(4),
            political_status: value(5),
            education: value(6),
            work_started: value(7),
            occupation: value(8),
            grade: value(9),
            phone: value(10),
            post: value(11),
            duty: value(12),
            employer: value(13),
            employer_address: value(14),
            freelancer,
            photo: FileKey(value(15)),
            experience,
            sections: Sections {
                speciality: section(0),
                competition_results: section(1),
                operation_methods: section(2),
                innovations: section(3),
                honour_titles: section(4),
                contributions: section(5),
                summary: section(6),
            },
            honours_brief,
            opinions: Opinions { employer: opinions.0, body: opinions.1 },
            ..Applicant::default()
        }
    }
}

prop_compose! {
    fn recommender()(values in prop::collection::vec(value(), 4)) -> Recommender {
        Recommender {
            name: values[0].clone(),
            kind: RecommenderKind::Association,
            contact: values[1].clone(),
            phone: values[2].clone(),
            mobile: values[3].clone(),
            address: String::new(),
            exception: String::new(),
            report: Default::default(),
            report_facts: Default::default(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        // The cipher that proptest takes by default is slow in a debug build.
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::with_cases(256)
    })]

    #[test]
    fn an_application_shows_all_that_was_typed(applicant in applicant()) {
        if let Err(fault) = check_application(&applicant) {
            prop_assert!(false, "{}", fault);
        }
    }

    #[test]
    fn a_summary_shows_all_that_was_typed(
        recommender in recommender(),
        people in prop::collection::vec((value(), value(), value(), value(), long_text()), 0..5),
    ) {
        let people: Vec<Person> = (1..)
            .zip(people)
            .map(|(id, (name, employer, post, grade, honours_brief))| {
                person(id, Applicant { name, employer, post, grade, honours_brief, ..Applicant::default() })
            })
            .collect();
        if let Err(fault) = check_summary(&recommender, &people) {
            prop_assert!(false, "{}", fault);
        }
    }
}
