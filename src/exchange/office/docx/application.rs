//! 申报表.docx: Annex 2 with the tables, labels and pages of the printed form.

use super::package::{Layout, PHOTO, Package};
use super::xml::{
    Align, Cell, Edges, Face, Merge, RULED, Row, Rule, Setting, Table, Type, Vertical, page_number, paragraph, picture,
    run, seam, spread,
};
use crate::domain::{Applicant, ExperienceRow, IdNumber, SectionKey, is_filled};
use crate::exchange::office::OfficeError;
use crate::exchange::office::measure::{Room, fit, fit_label, line_count};
use crate::exchange::office::text::{is_short_name, lines};
use crate::pages::application::period;
use crate::pages::table::shares;
use crate::pages::{Mm, Picture, PictureFormat, Pt};
use crate::rules::Notice;

const SIDE: Mm = Mm(22.0);
const TOP: Mm = Mm(25.0);
const BOTTOM: Mm = Mm(22.0);
const FOOT: Mm = Mm(11.0);
const WIDTH: Mm = Mm(166.0);
/// Height of a page's tables: the type area without what rules and seams take.
const HEIGHT: Mm = Mm(246.0);

const BODY: Type = Type::new(Face::Body, Pt(12.0));
const COVER: Type = Type::new(Face::Body, Pt(16.0));
const TITLE: Type = Type::new(Face::Title, Pt(26.0));
const SMALLEST: Pt = Pt(9.0);
const VALUE_PITCH: f32 = 1.4;
const PROSE_PITCH: Pt = Pt(20.0);
/// A value in a narrow cell is rather this small than broken.
const ONE_LINE_FROM: Pt = Pt(10.5);
/// White beside the text of a narrow cell, and what texts that begin at the left have besides.
const PADDING: Mm = Mm(0.7);
const INSET: Mm = Mm(1.6);

const ROW: Mm = Mm(12.5);
const WIDE_ROW: Mm = Mm(11.0);
const EXPERIENCE_HEAD: Mm = Mm(10.0);
const EXPERIENCE_ROW: Mm = Mm(14.5);
const PHOTO_WIDTH: Mm = Mm(33.0);
const PHOTO_HEIGHT: Mm = Mm(46.2);

/// The seven columns of the basic table.
const BASIC: [Mm; 7] = [Mm(20.0), Mm(22.0), Mm(24.0), Mm(23.0), Mm(20.0), Mm(22.0), Mm(35.0)];
const EXPERIENCE: [Mm; 3] = [Mm(42.0), Mm(89.0), Mm(35.0)];
const ITEMS: [Mm; 3] = [Mm(30.0), Mm(106.0), Mm(30.0)];
const ITEM_HEAD: Mm = Mm(13.0);
const ITEM: Mm = Mm(45.0);
const OPINIONS: [Mm; 6] = [Mm(34.0), Mm(33.0), Mm(24.5), Mm(25.0), Mm(25.0), Mm(24.5)];
/// A seal of 45 mm with air; nothing but 盖章 and the date stands in these rows.
const SEAL: Mm = Mm(48.0);
const SEAL_WIDTH: Mm = Mm(60.0);
const REVIEW: [Mm; 2] = [Mm(13.0), Mm(24.0)];

/// The form of one person. `photo` is the picture that the applicant's key names, when there is one; a draft is marked on
/// every page.
pub fn application_docx(
    notice: &Notice,
    applicant: &Applicant,
    photo: Option<&Picture>,
    draft: bool,
) -> Result<Vec<u8>, OfficeError> {
    let mut body = cover(notice, applicant);
    body.push_str(&seam(true));
    body.push_str(&basic(applicant, photo));
    body.push_str(&seam(false));
    body.push_str(&experience(applicant));
    for keys in [&SectionKey::ALL[..3], &SectionKey::ALL[3..6]] {
        body.push_str(&seam(true));
        body.push_str(&items(applicant, keys));
    }
    body.push_str(&seam(true));
    body.push_str(&summary(applicant));
    body.push_str(&seam(true));
    body.push_str(&opinions(applicant));
    // A body ends with a paragraph, never with a table.
    body.push_str(&seam(false));
    let number = Type { size: Pt(10.5), ..BODY };
    let title = format!("{} {}", notice.forms.application, applicant.name.trim());
    Package {
        title: title.trim_end(),
        created: notice.issued,
        layout: Layout { top: TOP, bottom: BOTTOM, left: SIDE, right: SIDE, foot: FOOT, cover: true, pitch: None },
        kind: BODY,
        body,
        foot: paragraph(&page_number(number), &Setting::of(Align::Center), number),
        even_foot: None,
        photo: photo.map(|picture| (picture.bytes.as_slice(), extension(picture.format))),
        draft,
    }
    .bytes()
}

fn extension(format: PictureFormat) -> &'static str {
    match format {
        PictureFormat::Jpeg => "jpg",
        PictureFormat::Png => "png",
    }
}

/// Title, three underlined fields, issuing body and month.
fn cover(notice: &Notice, applicant: &Applicant) -> String {
    const LABEL: Mm = Mm(35.0);
    const GAP: Mm = Mm(3.0);
    const VALUE: Mm = Mm(82.0);
    const FIELD_ROW: Mm = Mm(17.6);
    let centred = Setting::of(Align::Center);
    // A little off the line below it.
    let on_line = Setting { after: Mm(0.8), ..centred };
    let title = Setting { before: Mm(46.0), after: Mm(42.0), ..centred };
    let mut xml = paragraph(&run(&notice.forms.application, TITLE), &title, TITLE);
    let employer = match applicant.employer.trim() {
        "" => paragraph(&run("说明：须和单位公章相同", BODY), &on_line, BODY),
        _ => value(&applicant.employer, COVER, &on_line),
    };
    let fields = [
        ("姓名", name(&applicant.name, COVER, &on_line)),
        ("职业（工种）", value(&applicant.occupation, COVER, &on_line)),
        ("单位", employer),
    ];
    let rows = fields.into_iter().map(|(label, value)| {
        let label = paragraph(&run(label, COVER), &Setting { align: Align::Spread, ..on_line }, COVER);
        let cell = |width, content| Cell { vertical: Vertical::Bottom, ..Cell::new(width, 1, content) };
        let gap = paragraph("", &centred, COVER);
        let value = Cell { edges: Edges { bottom: Rule::Thin, ..RULED }, ..cell(VALUE, value) };
        Row::new(FIELD_ROW, vec![cell(LABEL, label), cell(GAP, gap), value])
    });
    let rows = rows.collect();
    let table = Table { left: Mm(28.0), grid: vec![LABEL, GAP, VALUE], ruled: false, padding: Mm(0.0), rows };
    xml.push_str(&table.xml());
    let issuer = Setting { before: Mm(48.0), ..centred };
    xml.push_str(&paragraph(&run(&notice.issuer, COVER), &issuer, COVER));
    let month = Setting { before: Mm(6.0), ..centred };
    xml.push_str(&paragraph(&run(&notice.forms.month, COVER), &month, COVER));
    xml
}

/// Paragraphs of a text, one a line of it.
fn value(text: &str, kind: Type, setting: &Setting) -> String {
    lines(text).iter().map(|line| paragraph(&run(line, kind), setting, kind)).collect()
}

/// A person's name; two Chinese characters are spread over three by distance.
fn name(name: &str, kind: Type, setting: &Setting) -> String {
    let mut characters = name.trim().chars();
    match (characters.next(), characters.next()) {
        (Some(family), Some(given)) if is_short_name(name) => {
            let runs = spread(&format!("{family}\u{3000}{given}"), kind);
            paragraph(&runs, setting, kind)
        }
        _ => value(name, kind, setting),
    }
}

/// A label of the form: broken by hand, U+3000 in it is a distance.
fn label(width: Mm, columns: usize, text: &str) -> Cell {
    let size = fit_label(text, BODY.size, SMALLEST, width - PADDING * 2.0);
    let kind = Type { size, ..BODY };
    let lines = text.lines().map(|line| paragraph(&spread(line, kind), &Setting::of(Align::Center), kind));
    Cell::new(width, columns, lines.collect())
}

/// Type that fits a value into its cell, as on the printed form: smaller before the row grows.
fn fitting(text: &str, width: Mm, height: Mm) -> Type {
    let room = Room { width: width - PADDING * 2.0, height, one_line_from: ONE_LINE_FROM, smallest: SMALLEST };
    Type { size: fit(text, BODY.size, VALUE_PITCH, room), ..BODY }
}

fn value_cell(width: Mm, columns: usize, height: Mm, text: &str) -> Cell {
    Cell::new(width, columns, value(text, fitting(text, width, height), &Setting::of(Align::Center)))
}

/// From the left of a wide cell, in two lines rather than small.
fn left_cell(width: Mm, columns: usize, height: Mm, text: &str) -> Cell {
    let room = Room { width: left_width(width), height, one_line_from: BODY.size, smallest: SMALLEST };
    let kind = Type { size: fit(text, BODY.size, VALUE_PITCH, room), ..BODY };
    Cell::new(width, columns, value(text, kind, &left_setting()))
}

fn left_setting() -> Setting {
    Setting { left: INSET, right: INSET, ..Setting::of(Align::Left) }
}

fn left_width(width: Mm) -> Mm {
    width - (PADDING + INSET) * 2.0
}

fn name_cell(width: Mm, height: Mm, text: &str) -> Cell {
    Cell::new(width, 1, name(text, fitting(text, width, height), &Setting::of(Align::Center)))
}

fn table(grid: &[Mm], rows: Vec<Row>) -> String {
    Table { left: Mm(0.0), grid: grid.to_vec(), ruled: true, padding: PADDING, rows }.xml()
}

/// The basic table with the photo over four rows.
fn basic(a: &Applicant, photo: Option<&Picture>) -> String {
    let [w0, w1, w2, w3, w4, w5, w6] = BASIC;
    let occupation_and_grade = match (is_filled(&a.occupation), is_filled(&a.grade)) {
        (true, true) => format!("{}/\n{}", a.occupation.trim_end(), a.grade),
        _ => format!("{}{}", a.occupation.trim_end(), a.grade.trim_end()),
    };
    let label = |width: Mm, text: &str| label(width, 1, text);
    let cell = |width: Mm, text: &str| value_cell(width, 1, ROW, text);
    let person = [
        vec![
            label(w0, "姓　名"),
            name_cell(w1, ROW, &a.name),
            label(w2, "性　别"),
            cell(w3, &a.sex),
            label(w4, "出生年月"),
            cell(w5, &a.birth),
        ],
        vec![
            label(w0, "籍　贯"),
            cell(w1, &a.native_place),
            label(w2, "政治面貌"),
            cell(w3, &a.political_status),
            label(w4, "文化程度"),
            cell(w5, &a.education),
        ],
        vec![
            label(w0, "参加工作\n时间"),
            cell(w1, &a.work_started),
            label(w2, "职业（工种）\n/等级"),
            cell(w3, &occupation_and_grade),
            label(w4, "联系电话"),
            cell(w5, &a.phone),
        ],
        vec![
            label(w0, "现工作\n岗　位"),
            value_cell(w1 + w2 + w3, 3, ROW, &a.post),
            label(w4, "行政职务"),
            cell(w5, &a.duty),
        ],
    ];
    let mut rows = Vec::new();
    for (index, mut cells) in person.into_iter().enumerate() {
        let first = index == 0;
        let content = if first { photo_content(photo) } else { paragraph("", &Setting::of(Align::Center), BODY) };
        let merge = if first { Merge::Begins } else { Merge::GoesOn };
        cells.push(Cell { merge, ..Cell::new(w6, 1, content) });
        rows.push(Row::new(ROW, cells));
    }
    let rest = w1 + w2 + w3 + w4 + w5 + w6;
    let wide = |head: &str, text: &str| Row::new(WIDE_ROW, vec![label(w0, head), left_cell(rest, 6, WIDE_ROW, text)]);
    rows.push(wide("身份证号", &IdNumber::printed(&a.id_number)));
    rows.push(wide("单位地址", &a.employer_address));
    // The table goes on below: its last rule is the next one's first.
    for cell in rows.last_mut().into_iter().flat_map(|row| &mut row.cells) {
        cell.edges.bottom = Rule::Nothing;
    }
    table(&BASIC, rows)
}

fn photo_content(photo: Option<&Picture>) -> String {
    let Some(photo) = photo else { return label(BASIC[6], 1, "照　片").content };
    let (across, down) = photo.upright_size_px();
    let ratio = across.max(1) as f32 / down.max(1) as f32;
    let (width, height) = (PHOTO_WIDTH.min(PHOTO_HEIGHT * ratio), PHOTO_HEIGHT.min(PHOTO_WIDTH / ratio));
    let runs = picture(PHOTO, "照片", width, height, photo.orientation);
    paragraph(&runs, &Setting::of(Align::Center), BODY)
}

/// 主要学习和工作经历, filled up with empty rows to the end of the page.
fn experience(a: &Applicant) -> String {
    let [w0, w1, w2] = EXPERIENCE;
    let title = Cell {
        edges: Edges { top: Rule::Thin, ..RULED },
        ..label(WIDTH, 3, "主要学习和工作经历（包括技术培训和进修）")
    };
    let mut rows = vec![
        Row::new(WIDE_ROW, vec![title]).header(),
        Row::new(
            EXPERIENCE_HEAD,
            vec![label(w0, 1, "起止年月"), label(w1, 1, "何校、何单位学习、工作"), label(w2, 1, "证明人")],
        )
        .header(),
    ];
    let mut left = HEIGHT - ROW * 4.0 - WIDE_ROW * 3.0 - EXPERIENCE_HEAD;
    let row = |entry: &ExperienceRow| {
        let cells = vec![
            value_cell(w0, 1, EXPERIENCE_ROW, &period(entry)),
            left_cell(w1, 1, EXPERIENCE_ROW, &entry.place),
            name_cell(w2, EXPERIENCE_ROW, &entry.witness),
        ];
        Row::new(EXPERIENCE_ROW, cells)
    };
    for entry in a.filled_experience() {
        // A text that does not fit at 9 pt makes its row higher.
        let lines = line_count(&entry.place, SMALLEST, left_width(w1), 0.0);
        left -= EXPERIENCE_ROW.max(SMALLEST.mm() * VALUE_PITCH * lines as f32);
        rows.push(row(entry));
    }
    while left >= EXPERIENCE_ROW {
        left -= EXPERIENCE_ROW;
        rows.push(row(&ExperienceRow::default()));
    }
    table(&EXPERIENCE, rows)
}

/// The annex's words, broken as on its page.
fn item_label(key: SectionKey) -> &'static str {
    match key {
        SectionKey::Speciality => "专业技术\n特长或技\n术绝招情\n况",
        SectionKey::CompetitionResults => "参加技能\n竞赛获奖\n情　　况",
        SectionKey::OperationMethods => "创造先进\n生产操作\n法情况",
        SectionKey::Innovations => "解决关键生\n产技术技术\n革新项目获\n奖　情　况",
        SectionKey::HonourTitles => "何年何月获\n得何种荣誉\n称　　号",
        SectionKey::Contributions => "任技师职务\n后有何突出\n贡　　献",
        SectionKey::Summary => "个人总结",
    }
}

/// Long text: line pitch 20 pt, justified, first lines 2 characters in unless they begin with white space of their own.
fn prose(text: &str) -> String {
    let set = |line: &String| {
        let indent = !line.starts_with(char::is_whitespace);
        let setting = Setting { indent, pitch: Some(PROSE_PITCH), align: Align::Justify, ..left_setting() };
        paragraph(&run(line, BODY), &setting, BODY)
    };
    lines(text).iter().map(set).collect()
}

/// Height that a long text takes in a cell of a width.
fn prose_height(text: &str, width: Mm) -> Mm {
    PROSE_PITCH.mm() * line_count(text, BODY.size, left_width(width), 2.0) as f32 + Mm(3.0)
}

/// 主要技术简况、贡献成果登记: items that share the page's height by need.
fn items(a: &Applicant, keys: &[SectionKey]) -> String {
    let [w0, w1, w2] = ITEMS;
    let mut rows = vec![
        Row::new(WIDE_ROW, vec![label(WIDTH, 3, "主要技术简况、贡献成果登记")]).header(),
        Row::new(ITEM_HEAD, vec![label(w0, 1, "项　目"), label(w1, 1, "内　　容"), label(w2, 1, "证明人或\n证明材料")])
            .header(),
    ];
    let total = HEIGHT - WIDE_ROW - ITEM_HEAD;
    let needs: Vec<Mm> = keys
        .iter()
        .map(|&key| {
            let section = a.sections.get(key);
            ITEM.max(prose_height(&section.text, w1)).max(prose_height(&section.evidence, w2))
        })
        .collect();
    let fits = needs.iter().copied().sum::<Mm>() <= total;
    let heights = if fits { shares(&needs, total) } else { vec![ITEM; keys.len()] };
    for (&key, height) in keys.iter().zip(heights) {
        let section = a.sections.get(key);
        let text = Cell { vertical: Vertical::Top, ..Cell::new(w1, 1, prose(&section.text)) };
        let evidence = Cell::new(w2, 1, value(&section.evidence, BODY, &left_setting()));
        rows.push(Row::new(height, vec![label(w0, 1, item_label(key)), text, evidence]).splitting());
    }
    table(&ITEMS, rows)
}

fn summary(a: &Applicant) -> String {
    let text = &a.sections.summary.text;
    let rest = HEIGHT - WIDE_ROW;
    let height = if prose_height(text, WIDTH) <= rest { rest } else { ITEM };
    let cell = Cell { vertical: Vertical::Top, ..Cell::new(WIDTH, 1, prose(text)) };
    let rows = vec![
        Row::new(WIDE_ROW, vec![label(WIDTH, 1, "个人总结（篇幅不够可加页）")]).header(),
        Row::new(height, vec![cell]).splitting(),
    ];
    table(&[WIDTH], rows)
}

/// The three opinions with room for their seals, and 评审情况, which the city fills in later.
fn opinions(a: &Applicant) -> String {
    let [label_width, first, ..] = OPINIONS;
    let width = WIDTH - label_width;
    // A freelancer has no employer to speak.
    let employer = if a.is_freelancer() { "" } else { &a.opinions.employer };
    let opinions = [
        ("所在单位\n推荐意见", employer),
        ("区县（市）人力\n社保部门或市主\n管部门、行业协\n会（社团）意见", a.opinions.body.as_str()),
        ("市人力社保部门\n审核意见", ""),
    ];
    let needs = opinions.map(|(_, text)| {
        let text = if is_filled(text) { prose_height(text, width) } else { Mm(2.0) };
        text + SEAL
    });
    let total = HEIGHT - REVIEW[0] - REVIEW[1];
    let fits = needs.iter().copied().sum::<Mm>() <= total;
    let heights = if fits { shares(&needs, total) } else { needs.to_vec() };
    let mut rows: Vec<Vec<Row>> = opinions
        .into_iter()
        .zip(heights)
        .map(|((label, text), height)| opinion(label, text, label_width, width, height))
        .collect();
    let city = rows.pop().unwrap_or_default();
    let mut rows: Vec<Row> = rows.into_iter().flatten().collect();
    let [_, _, w2, w3, w4, w5] = OPINIONS;
    let side = Cell { merge: Merge::Begins, ..label(label_width, 1, "评　审\n情　况") };
    rows.push(Row::new(
        REVIEW[0],
        vec![side.clone(), label(first, 1, "评委出席\n人　数"), label(w2 + w3 + w4 + w5, 4, "表　决　情　况")],
    ));
    rows.push(Row::new(
        REVIEW[1],
        vec![
            Cell { merge: Merge::GoesOn, content: empty(), ..side },
            label_or_empty(first, ""),
            label_or_empty(w2, "同　意"),
            label_or_empty(w3, ""),
            label_or_empty(w4, "反　对"),
            label_or_empty(w5, ""),
        ],
    ));
    rows.extend(city);
    table(&OPINIONS, rows)
}

fn empty() -> String {
    paragraph("", &Setting::of(Align::Center), BODY)
}

fn label_or_empty(width: Mm, text: &str) -> Cell {
    if text.is_empty() { Cell::new(width, 1, empty()) } else { label(width, 1, text) }
}

/// Two rows without a rule between them: the text, and below it the corner that belongs to the seal.
fn opinion(head: &str, text: &str, label_width: Mm, width: Mm, height: Mm) -> Vec<Row> {
    let side = Cell { merge: Merge::Begins, ..label(label_width, 1, head) };
    let left = width - SEAL_WIDTH;
    let seal = Setting { left, after: Mm(4.0), ..Setting::of(Align::Left) };
    let date = Setting { left: left + Mm(14.0), after: Mm(4.0), ..Setting::of(Align::Left) };
    let corner =
        paragraph(&run("盖章：", BODY), &seal, BODY) + &paragraph(&spread("年　　月　　日", BODY), &date, BODY);
    let upper = Cell {
        vertical: Vertical::Top,
        edges: Edges { bottom: Rule::Nothing, ..RULED },
        ..Cell::new(width, 5, if is_filled(text) { prose(text) } else { empty() })
    };
    let lower = Cell {
        vertical: Vertical::Bottom,
        edges: Edges { top: Rule::Nothing, ..RULED },
        ..Cell::new(width, 5, corner)
    };
    vec![
        Row::new(height - SEAL, vec![side.clone(), upper]).splitting(),
        Row::new(SEAL, vec![Cell { merge: Merge::GoesOn, content: empty(), ..side }, lower]),
    ]
}
