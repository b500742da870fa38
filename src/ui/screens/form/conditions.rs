//! 资格与条件: who may apply, and the evidence of the conditions of part 二.

use eframe::egui::Ui;

use super::basic::GRADES;
use super::{Asked, Part, add_row, apply, pair, row_steps, triple};
use crate::domain::{
    Applicant, Apprentice, Certificate, CertificateKind, Clause, Competition, CompetitionLevel, Figure, Finding,
    Honour, PersonEligibility, SectionKey, is_filled,
};
use crate::rules::honour_key;
use crate::ui::entry;
use crate::ui::screens::Action;
use crate::ui::screens::recommender::note;
use crate::ui::sentence;
use crate::ui::standing::lacks_copy;
use crate::ui::tokens::{LARGE, MEDIUM, SMALL, TINY};
use crate::ui::widgets::{self, Entry, Tone, caption, card, fixed, heading, link, named_checkbox, named_link};

pub fn show(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    if let Some(eligibility) = part.eligibility {
        verdicts(eligibility, form, ui);
        ui.add_space(LARGE);
    }
    heading(ui, &format!("认定对象（{}）", Clause::Scope.full_name()));
    ui.add_space(SMALL);
    triple(ui, |first, second, third| {
        part.fields.yes_no(first, "front_line", "在生产第一线工作", &mut form.front_line);
        part.fields.yes_no(second, "freelancer", "自由职业者", &mut form.freelancer);
        let label = format!("已获评{}", part.notice.scope.barred_title);
        part.fields.yes_no(third, "provincial_chief_technician", &label, &mut form.provincial_chief_technician);
    });
    ui.add_space(LARGE);
    certificates(part, ui, form);
    ui.add_space(LARGE);
    honours(part, ui, form);
    ui.add_space(LARGE);
    competitions(part, ui, form);
    ui.add_space(LARGE);
    apprentices(part, ui, form);
}

fn verdicts(eligibility: &PersonEligibility, form: &Applicant, ui: &mut Ui) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = TINY;
        heading(ui, &format!("认定条件（{}，具备之一即可）", Clause::Conditions.full_name()));
        for condition in &eligibility.conditions {
            widgets::condition(ui, condition, form);
        }
    });
}

/// A card for one row of a list: its number, what it says, and the buttons that move or remove it.
fn row(
    part: &mut Part<'_>,
    ui: &mut Ui,
    name: &str,
    index: usize,
    content: impl FnOnce(&mut Part<'_>, &mut Ui),
) -> Option<Asked> {
    let mut step = None;
    part.fields.row = format!("{name} {}", index + 1);
    fixed(ui, (name, index), |ui| {
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                caption(ui, &part.fields.row);
                step = row_steps(part.fields.focus, ui, &part.fields.row);
            });
            content(part, ui);
        });
    });
    part.fields.row.clear();
    ui.add_space(SMALL);
    step
}

/// What is said of a row as a whole; where its copy is wanting, the way to the attachments.
fn row_findings(part: &mut Part<'_>, ui: &mut Ui, path: &str) {
    part.fields.findings(ui, path);
    let is_without = |found: &Finding| lacks_copy(found) && found.field.as_deref() == Some(path);
    if part.fields.findings.iter().any(is_without) {
        let words = "去“附件”添加扫描件";
        if named_link(ui, words, &part.fields.in_row(words)).clicked() {
            part.actions.push(Action::GoTo(part.fields.person, "attachments".to_owned()));
        }
    }
}

fn certificates(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    heading(ui, "职业资格证书（职业技能等级证书）");
    ui.add_space(SMALL);
    let basic = [form.occupation.trim(), form.grade.trim()].map(str::to_owned);
    let mut step = None;
    for (index, certificate) in form.certificates.iter_mut().enumerate() {
        let path = |field: &str| format!("certificates[{index}].{field}");
        let asked = row(part, ui, "证书", index, |part, ui| {
            ui.horizontal_wrapped(|ui| {
                let kinds = [
                    (CertificateKind::VocationalQualification, "国家职业资格证书"),
                    (CertificateKind::SkillLevel, "职业技能等级证书"),
                ];
                let chosen =
                    part.fields.kinds(ui, &path("kind"), "种类", &kinds, |kind| certificate.kind == Some(kind));
                certificate.kind = chosen.or(certificate.kind);
                part.fields.missing(ui, &path("kind"));
            });
            part.fields.findings(ui, &path("kind"));
            ui.add_space(SMALL);
            triple(ui, |first, second, third| {
                part.fields.text(
                    first,
                    &path("occupation"),
                    "职业（工种）",
                    Entry::Wrapped,
                    &mut certificate.occupation,
                );
                part.fields.text(second, &path("grade"), "等级", Entry::Choice(&GRADES), &mut certificate.grade);
                part.fields.text(third, &path("number"), "证书编号", Entry::Wrapped, &mut certificate.number);
            });
            known(part, ui, &path("number"), certificate, &basic);
            pair(ui, |left, right| {
                part.fields.text(left, &path("issuer"), "发证机关", Entry::Wrapped, &mut certificate.issuer);
                part.fields.hinted(
                    right,
                    &path("issued"),
                    "发证年月",
                    "如 2012-06",
                    Entry::Month,
                    &mut certificate.issued,
                );
            });
            let words = "可通过网上校验，不必附复印件";
            named_checkbox(ui, &mut certificate.verifiable_online, words, &format!("{words}（{}）", index + 1));
            row_findings(part, ui, &format!("certificates[{index}]"));
        });
        step = step.or(asked.map(|asked| (index, asked)));
    }
    let response = add_row(ui, "＋ 加一本证书");
    if form.certificates.is_empty() {
        part.fields.anchor(&response, "certificates");
    }
    if response.clicked() {
        form.certificates.push(Certificate::default());
        part.fields.focus.wanted = Some(format!("certificates[{}].occupation", form.certificates.len() - 1));
    }
    apply(&mut form.certificates, step, part.fields.focus, "certificates", |number| format!("证书 {number}"));
    part.fields.findings(ui, "certificates");
}

/// What 基本情况 says already, offered for what a certificate leaves empty.
fn known(
    part: &mut Part<'_>,
    ui: &mut Ui,
    path: &str,
    certificate: &mut Certificate,
    [occupation, grade]: &[String; 2],
) {
    let places = [(&mut certificate.occupation, occupation), (&mut certificate.grade, grade)];
    let missing: Vec<_> =
        places.into_iter().filter(|(value, known)| value.trim().is_empty() && !known.is_empty()).collect();
    if missing.is_empty() {
        return;
    }
    let words: Vec<&str> = missing.iter().map(|(_, known)| known.as_str()).collect();
    let words = format!("按基本情况填写：{}", words.join("，"));
    if named_link(ui, &words, &part.fields.in_row(&words)).clicked() {
        missing.into_iter().for_each(|(value, known)| value.clone_from(known));
        part.fields.focus.go_on_at(path);
    }
    ui.add_space(SMALL);
}

fn honours(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    heading(ui, "荣誉（条件一）");
    ui.add_space(SMALL);
    let written = form.sections.get(SectionKey::HonourTitles).text.clone();
    if form.honours.is_empty() {
        unlisted(ui, SectionKey::HonourTitles, &written, "荣誉");
    }
    let (mut step, mut offered) = (None, None);
    for (index, honour) in form.honours.iter_mut().enumerate() {
        let path = |field: &str| format!("honours[{index}].{field}");
        let asked = row(part, ui, "荣誉", index, |part, ui| {
            triple(ui, |first, second, third| {
                part.fields.text(first, &path("title"), "称号", Entry::Wrapped, &mut honour.title);
                part.fields.hinted(
                    second,
                    &path("awarded"),
                    "获得年月",
                    "如 2018-09",
                    Entry::Month,
                    &mut honour.awarded,
                );
                part.fields.text(third, &path("issuer"), "授予单位", Entry::Wrapped, &mut honour.issuer);
            });
            offered = offered.take().or(offer(
                ui,
                "荣誉称号栏",
                index,
                &sentence::honour(honour),
                (&honour.title, &honour.awarded),
                &written,
            ));
            row_findings(part, ui, &format!("honours[{index}]"));
        });
        step = step.or(asked.map(|asked| (index, asked)));
    }
    let response = add_row(ui, "＋ 加一项荣誉");
    if form.honours.is_empty() {
        part.fields.anchor(&response, "honours");
    }
    if response.clicked() {
        form.honours.push(Honour::default());
        part.fields.focus.wanted = Some(format!("honours[{}].title", form.honours.len() - 1));
    }
    apply(&mut form.honours, step, part.fields.focus, "honours", |number| format!("荣誉 {number}"));
    part.fields.findings(ui, "honours");
    if let Some((index, sentence)) = offered {
        sentence::append(&mut form.sections.get_mut(SectionKey::HonourTitles).text, &sentence);
        part.fields.focus.go_on_at(format!("honours[{index}]"));
    }
}

fn competitions(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    heading(ui, "本人技能竞赛（条件一）");
    ui.add_space(SMALL);
    let written = form.sections.get(SectionKey::CompetitionResults).text.clone();
    if form.competitions.is_empty() {
        unlisted(ui, SectionKey::CompetitionResults, &written, "竞赛");
    }
    let (mut step, mut offered) = (None, None);
    for (index, competition) in form.competitions.iter_mut().enumerate() {
        let path = format!("competitions[{index}]");
        let asked = row(part, ui, "竞赛", index, |part, ui| {
            competition_fields(part, ui, &path, competition);
            offered = offered.take().or(offer(
                ui,
                "竞赛获奖栏",
                index,
                &sentence::competition(competition),
                (&competition.name, &competition.date),
                &written,
            ));
            row_findings(part, ui, &path);
        });
        step = step.or(asked.map(|asked| (index, asked)));
    }
    let response = add_row(ui, "＋ 加一项竞赛");
    if form.competitions.is_empty() {
        part.fields.anchor(&response, "competitions");
    }
    if response.clicked() {
        form.competitions.push(Competition::default());
        part.fields.focus.wanted = Some(format!("competitions[{}].name", form.competitions.len() - 1));
    }
    apply(&mut form.competitions, step, part.fields.focus, "competitions", |number| format!("竞赛 {number}"));
    part.fields.findings(ui, "competitions");
    if let Some((index, sentence)) = offered {
        sentence::append(&mut form.sections.get_mut(SectionKey::CompetitionResults).text, &sentence);
        part.fields.focus.go_on_at(format!("competitions[{index}]"));
    }
}

fn apprentices(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    heading(ui, "所带徒弟（条件四）");
    ui.add_space(SMALL);
    let written = form.sections.get(SectionKey::Contributions).text.clone();
    let (mut step, mut offered) = (None, None);
    for (index, apprentice) in form.apprentices.iter_mut().enumerate() {
        let path = |field: &str| format!("apprentices[{index}].{field}");
        let asked = row(part, ui, "徒弟", index, |part, ui| {
            pair(ui, |left, right| {
                part.fields.text(left, &path("name"), "徒弟姓名", Entry::Line, &mut apprentice.name);
                part.fields.hinted(
                    right,
                    &path("relation"),
                    "师徒关系",
                    "如：签有师徒协议",
                    Entry::Wrapped,
                    &mut apprentice.relation,
                );
            });
            competition_fields(part, ui, &path("competition"), &mut apprentice.competition);
            offered = offered.take().or(offer(
                ui,
                "突出贡献栏",
                index,
                &sentence::apprentice(apprentice),
                (&apprentice.name, &apprentice.competition.date),
                &written,
            ));
            part.fields.findings(ui, &format!("apprentices[{index}]"));
        });
        step = step.or(asked.map(|asked| (index, asked)));
    }
    let response = add_row(ui, "＋ 加一名徒弟");
    if form.apprentices.is_empty() {
        part.fields.anchor(&response, "apprentices");
    }
    if response.clicked() {
        form.apprentices.push(Apprentice::default());
        part.fields.focus.wanted = Some(format!("apprentices[{}].name", form.apprentices.len() - 1));
    }
    apply(&mut form.apprentices, step, part.fields.focus, "apprentices", |number| format!("徒弟 {number}"));
    part.fields.findings(ui, "apprentices");
    if let Some((index, sentence)) = offered {
        sentence::append(&mut form.sections.get_mut(SectionKey::Contributions).text, &sentence);
        part.fields.focus.go_on_at(format!("apprentices[{index}]"));
    }
}

/// A competition result: name, level, class, rank, date, event.
fn competition_fields(part: &mut Part<'_>, ui: &mut Ui, path: &str, competition: &mut Competition) {
    let field = |name: &str| format!("{path}.{name}");
    pair(ui, |left, right| {
        part.fields.text(left, &field("name"), "竞赛名称", Entry::Wrapped, &mut competition.name);
        part.fields.hinted(right, &field("event"), "项目", "如：电工", Entry::Line, &mut competition.event);
    });
    ui.horizontal_wrapped(|ui| {
        caption(ui, "级别");
        let levels = [
            CompetitionLevel::National,
            CompetitionLevel::Provincial,
            CompetitionLevel::Municipal,
            CompetitionLevel::Other,
        ]
        .map(|level| (level, sentence::level_word(level)));
        let chosen =
            part.fields.kinds(ui, &field("level"), "级别", &levels, |level| competition.level == Some(level));
        competition.level = chosen.or(competition.level);
        ui.add_space(MEDIUM);
        caption(ui, "类别");
        let classes = [(Some(1), "一类"), (Some(2), "二类"), (None, "不分类")];
        let present = &competition.class;
        let is = |class: Option<_>| {
            present.as_ref().and_then(Figure::positive) == class && (class.is_some() || present.is_none())
        };
        if let Some(class) = part.fields.kinds(ui, &field("class"), "类别", &classes, is) {
            competition.class = class.map(|class| Figure::Whole(i64::from(class)));
        }
    });
    part.fields.findings(ui, &field("level"));
    part.fields.findings(ui, &field("class"));
    ui.add_space(SMALL);
    pair(ui, |left, right| {
        figure(part, left, &field("rank"), "名次", Entry::Rank, &mut competition.rank);
        if let Some(Figure::Text(typed)) = &competition.rank
            && let Some(rank) = entry::rank(typed)
        {
            let words = format!("改为 {rank}");
            if named_link(left, &words, &part.fields.in_row(&format!("名次{words}"))).clicked() {
                competition.rank = Some(Figure::Whole(rank));
                part.fields.focus.go_on_at(field("rank"));
            }
        }
        part.fields.hinted(right, &field("date"), "获奖年月", "如 2019-10", Entry::Month, &mut competition.date);
    });
}

/// A number, kept as typed when it is none.
pub fn figure(part: &mut Part<'_>, ui: &mut Ui, path: &str, label: &str, entry: Entry<'_>, value: &mut Option<Figure>) {
    let before = value.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut text = before.clone();
    part.fields.text(ui, path, label, entry, &mut text);
    if text != before {
        *value = Figure::typed(&text);
    }
}

/// A title without its 称号 tells what is meant from so many characters on.
const TELLING: usize = 4;

/// A sentence for the form's text that the clerk may take and change; where the text (`written`) speaks of it already, it
/// says so instead: nothing is to stand there twice. `subject` is its name and its month: text and list are both printed.
fn offer(
    ui: &mut Ui,
    target: &str,
    index: usize,
    sentence: &str,
    subject: (&str, &str),
    written: &str,
) -> Option<(usize, String)> {
    let (name, month) = (subject.0.trim(), subject.1);
    if name.is_empty() {
        return None;
    }
    // As the check knows titles again: 全国技术能手荣誉称号 is 全国技术能手. Of 专家 nothing would be left.
    let key = honour_key(name);
    let is_told = written.contains(name) || (key.chars().count() >= TELLING && honour_key(written).contains(&key));
    if is_told {
        match sentence::untold(written, month) {
            Some(month) => {
                let words = format!("{target}里写到了第 {} 项，但没有“{month}”，请核对年月。", index + 1);
                note(ui, &words, Tone::Warn);
            }
            None => drop(caption(ui, &format!("{target}里已写到这一项"))),
        }
        return None;
    }
    let response = link(ui, &format!("写入{target}（第 {} 项）", index + 1)).on_hover_text(sentence);
    response.clicked().then(|| (index, sentence.to_owned()))
}

/// A text of the form that tells of something while its list is empty: only the list counts.
fn unlisted(ui: &mut Ui, key: SectionKey, written: &str, what: &str) {
    if is_filled(written) {
        let label = key.label();
        let sentence = format!("“{label}”栏里写了内容，这里还没有逐项登记；条件（一）只看这里登记的{what}。");
        note(ui, &sentence, Tone::Warn);
        ui.add_space(SMALL);
    }
}
