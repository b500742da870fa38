//! The numbers and tables of the notice that the check goes by, read off its data.

use chrono::Datelike;
use eframe::egui::{Grid, Label, RichText, Ui};

use crate::domain::{CompetitionLevel, RecommenderKind};
use crate::rules::{Condition, Material, Notice, Threshold};
use crate::ui::sentence::level_word;
use crate::ui::tokens::{LARGE, SMALL, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{caption, card, heading};

pub const TITLE: &str = "本册校核所依据的数值";

pub fn show(notice: &Notice, ui: &mut Ui) {
    heading(ui, TITLE);
    caption(ui, "都从通知中来，随册保存；每年的通知不同，数值也不同。");
    ui.add_space(SMALL);
    group(ui, "numbers", "期限和名额", numbers(notice));
    group(ui, "scope", "谁可以申报", scope(notice));
    for condition in &notice.conditions {
        conditions(condition, ui);
    }
    group(ui, "materials", "要报送的材料", materials(notice));
    group(ui, "usage", "惯例（通知没有规定，只作提醒）", usage(notice));
    group(ui, "contact", "报送到", contact(notice));
}

type Rows = Vec<(String, String)>;

/// A card of names and values.
fn group(ui: &mut Ui, id: &str, name: &str, rows: Rows) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        heading(ui, name);
        ui.add_space(TINY);
        table(ui, id, &rows);
    });
    ui.add_space(SMALL);
}

fn table(ui: &mut Ui, id: &str, rows: &[(String, String)]) {
    let label = palette(ui).label;
    // Lines to be read, not buttons: they need no more than their own height.
    ui.spacing_mut().interact_size.y = 18.0;
    Grid::new(id).num_columns(2).spacing([LARGE, TINY]).min_col_width(110.0).show(ui, |ui| {
        for (name, value) in rows {
            ui.add(Label::new(RichText::new(name).size(TEXT_SMALL).color(label)).extend());
            ui.add(Label::new(value).wrap());
            ui.end_row();
        }
    });
}

fn numbers(notice: &Notice) -> Rows {
    const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    let deadline = notice.deadline;
    let weekday = WEEKDAYS.get(deadline.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
    let (year, month, day) = (deadline.year(), deadline.month(), deadline.day());
    let mut rows = vec![
        ("报送截止".to_owned(), format!("{year} 年 {month} 月 {day} 日（星期{weekday}）")),
        ("全市认定".to_owned(), format!("{} 名{}", notice.places, notice.award)),
    ];
    rows.extend(
        RecommenderKind::ALL
            .map(|kind| (kind.label().to_owned(), format!("推荐名额一般不超过 {} 人", notice.quota.of(kind)))),
    );
    rows.push(("获得荣誉称号情况".to_owned(), format!("{} 字以内", notice.forms.brief_limit)));
    rows
}

fn scope(notice: &Notice) -> Rows {
    let kinds = |kinds: &[RecommenderKind]| {
        let labels: Vec<&str> = kinds.iter().map(|kind| kind.label()).collect();
        if labels.is_empty() { "无".to_owned() } else { labels.join("、") }
    };
    vec![
        ("证书等级".to_owned(), format!("{}及以上", notice.scope.minimum_grade)),
        ("不得申报".to_owned(), format!("已获评“{}”的人员", notice.scope.barred_title)),
        ("自由职业者由谁推荐".to_owned(), kinds(&notice.scope.freelancers_by)),
        ("须征求会员意见".to_owned(), kinds(&notice.scope.members_asked_by)),
    ]
}

/// One condition: what meets it, and what is left to the experts.
fn conditions(condition: &Condition, ui: &mut Ui) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        heading(ui, &format!("条件（{}）", condition.id));
        caption(ui, &condition.text);
        ui.add_space(TINY);
        let mut rows = Rows::new();
        if !condition.honours.is_empty() {
            let titles: Vec<String> = condition.honours.iter().map(|honour| format!("“{}”", honour.title)).collect();
            rows.push(("有其一即具备的荣誉".to_owned(), titles.join("、")));
        }
        if condition.other_honours {
            rows.push(("其他荣誉".to_owned(), "由专家评议".to_owned()));
        }
        if !condition.texts.is_empty() {
            let labels: Vec<String> = condition.texts.iter().map(|key| format!("“{}”", key.label())).collect();
            rows.push(("填写后由专家评议".to_owned(), labels.join("、")));
        }
        table(ui, &format!("condition {}", condition.id), &rows);
        for (name, lines) in [
            ("本人竞赛名次，达到即具备", &condition.competitions),
            ("所带徒弟的竞赛名次，达到后由专家评议", &condition.apprentices),
        ] {
            if !lines.is_empty() {
                ui.add_space(TINY);
                caption(ui, name);
                ranks(ui, &format!("{name} {}", condition.id), lines);
            }
        }
    });
    ui.add_space(SMALL);
}

/// Levels down, classes across.
fn ranks(ui: &mut Ui, id: &str, lines: &[Threshold]) {
    let label = palette(ui).label;
    let levels = [
        CompetitionLevel::National,
        CompetitionLevel::Provincial,
        CompetitionLevel::Municipal,
        CompetitionLevel::Other,
    ];
    let rank = |level: CompetitionLevel, class: u32| {
        let line = lines.iter().find(|line| line.level == level && line.class == class)?;
        Some(if line.max_rank == 1 { "第 1 名".to_owned() } else { format!("前 {} 名", line.max_rank) })
    };
    Grid::new(id).num_columns(3).spacing([LARGE, TINY]).striped(true).min_col_width(90.0).show(ui, |ui| {
        for head in ["级别", "一类竞赛", "二类竞赛"] {
            ui.label(RichText::new(head).size(TEXT_SMALL).color(label));
        }
        ui.end_row();
        for level in levels.into_iter().filter(|&level| lines.iter().any(|line| line.level == level)) {
            ui.label(level_word(level));
            for class in [1, 2] {
                ui.label(rank(level, class).unwrap_or_else(|| "—".to_owned()));
            }
            ui.end_row();
        }
    });
}

fn materials(notice: &Notice) -> Rows {
    let described = |material: &Material| {
        let marks = [
            material.sealed.then_some("盖章"),
            material.returned.then_some("校验后退回"),
            (!material.note.is_empty()).then_some(material.note.as_str()),
        ];
        let mut marks: Vec<String> = marks.into_iter().flatten().map(str::to_owned).collect();
        if !material.holds.is_empty() {
            marks.push(format!("写明{}", material.holds.join("、")));
        }
        let name = notice.material_name(material);
        let name = if material.form.is_some() { format!("《{name}》") } else { name.to_owned() };
        if marks.is_empty() { name } else { format!("{name}（{}）", marks.join("；")) }
    };
    let list = |materials: &[Material]| materials.iter().map(described).collect::<Vec<_>>().join("\n");
    let copies = &notice.materials;
    vec![
        ("单位报推荐单位".to_owned(), list(&copies.employer)),
        ("推荐单位报市里".to_owned(), list(&copies.recommender)),
        ("份数".to_owned(), format!("纸质材料 {} 份，电子文档 {} 份", copies.paper_copies, copies.electronic_copies)),
    ]
}

fn usage(notice: &Notice) -> Rows {
    let usage = &notice.usage;
    vec![
        ("公示".to_owned(), format!("{} 个工作日", usage.publicity_working_days)),
        ("临近截止".to_owned(), format!("提前 {} 天提醒", usage.near_days)),
        (
            "照片".to_owned(),
            format!(
                "至少 {} × {} 像素，宽高比 {:.2} 至 {:.2}",
                usage.photo_min_width, usage.photo_min_height, usage.photo_min_ratio, usage.photo_max_ratio
            ),
        ),
    ]
}

fn contact(notice: &Notice) -> Rows {
    let contact = &notice.contact;
    vec![
        ("单位".to_owned(), notice.issuer.clone()),
        ("联系人".to_owned(), format!("{}　{}", contact.person, contact.phone)),
        ("通信地址".to_owned(), contact.address.clone()),
        ("电子邮箱".to_owned(), contact.email.clone()),
    ]
}
