//! 技术简况 and 个人总结: the long texts.

use eframe::egui::{Align, Layout, RichText, Ui};

use super::Part;
use crate::domain::{Applicant, SectionKey, non_space_count, word_count};
use crate::ui::tokens::{LARGE, MEDIUM, SMALL, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{Entry, caption, heading};

/// The six items of pages 2 and 3.
pub fn sections(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    heading(ui, "主要技术简况、贡献成果登记");
    ui.add_space(MEDIUM);
    for key in SectionKey::ALL.into_iter().filter(|key| *key != SectionKey::Summary) {
        let section = form.sections.get_mut(key);
        let path = |field: &str| format!("sections.{}.{field}", key.key());
        part.fields.text(ui, &path("text"), key.label(), Entry::Lines(5), &mut section.text);
        ui.add_space(TINY);
        part.fields.hinted(ui, &path("evidence"), "证明人或证明材料", "", Entry::Line, &mut section.evidence);
        ui.add_space(LARGE);
    }
}

/// Page 4, the last column of Annex 1, the opinions of page 5.
pub fn summary(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    heading(ui, "个人总结（篇幅不够可加页）");
    ui.add_space(SMALL);
    let text = &mut form.sections.summary.text;
    part.fields.text(ui, "sections.summary.text", "个人总结", Entry::Lines(14), text);
    count(ui, &format!("{} 字", word_count(text)), Stands::Within);
    ui.add_space(LARGE);

    heading(ui, "汇总表");
    ui.add_space(SMALL);
    let limit = part.notice.forms.brief_limit;
    let label = format!("获得荣誉称号情况（{limit} 字以内）");
    let hint = "XXX 同志… 主要荣誉：被评为…（主要填写与技能相关的荣誉）";
    part.fields.hinted(ui, "honours_brief", &label, hint, Entry::Lines(5), &mut form.honours_brief);
    let (words, characters) = (word_count(&form.honours_brief), non_space_count(&form.honours_brief));
    let counted = format!("{words} 字／{limit}（不计空格 {characters} 个字符）");
    let stands = match (words > limit, characters > limit) {
        (true, _) => Stands::Over,
        (false, true) => Stands::Near,
        (false, false) => Stands::Within,
    };
    count(ui, &counted, stands);
    ui.add_space(LARGE);

    heading(ui, "推荐意见（可留空，盖章时手写）");
    ui.add_space(SMALL);
    if !form.is_freelancer() {
        part.fields.text(ui, "opinions.employer", "所在单位推荐意见", Entry::Lines(3), &mut form.opinions.employer);
        ui.add_space(MEDIUM);
    }
    let label = "区县（市）人力社保部门或市主管部门、行业协会（社团）意见";
    part.fields.text(ui, "opinions.body", label, Entry::Lines(3), &mut form.opinions.body);
    if form.is_freelancer() {
        ui.add_space(TINY);
        caption(ui, "自由职业者没有所在单位意见，表中该栏留空。");
    }
}

/// How a count stands to its limit, as the check says it.
#[derive(Clone, Copy)]
enum Stands {
    Within,
    /// Only where letters and digits count one by one.
    Near,
    Over,
}

fn count(ui: &mut Ui, text: &str, stands: Stands) {
    let palette = palette(ui);
    let color = match stands {
        Stands::Within => palette.weak,
        Stands::Near => palette.warn,
        Stands::Over => palette.fault,
    };
    ui.add_space(TINY);
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| ui.label(RichText::new(text).size(TEXT_SMALL).color(color)));
}
