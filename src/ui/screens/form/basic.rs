//! 基本情况: page 1 of Annex 2 without the rows of experience.

use eframe::egui::{Align, Id, Layout, Ui, UiBuilder, vec2};

use super::photo::{self, PHOTO};
use super::{Part, pair};
use crate::domain::{Applicant, IdNumber, YearMonth};
use crate::ui::tokens::{LARGE, MEDIUM, TINY};
use crate::ui::widgets::{Entry, caption, link};

const SEX: [&str; 2] = ["男", "女"];
/// GB/T 4762.
const POLITICAL: [&str; 13] = [
    "中共党员",
    "中共预备党员",
    "共青团员",
    "民革党员",
    "民盟盟员",
    "民建会员",
    "民进会员",
    "农工党党员",
    "致公党党员",
    "九三学社社员",
    "台盟盟员",
    "无党派民主人士",
    "群众",
];
const EDUCATION: [&str; 9] =
    ["初中", "高中", "中专", "技工学校", "高级技工学校", "大专", "本科", "硕士研究生", "博士研究生"];
pub const GRADES: [&str; 4] = ["技师", "高级技师", "特级技师", "首席技师"];

pub fn show(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    let column = ui.available_rect_before_wrap();
    let column = column.with_min_x(column.right() - PHOTO.x);
    // Drawn last, so that Tab comes to it after the fields; its room is known from the pass before.
    let height_id = Id::unique("height of the photo");
    let height: Option<f32> = ui.data(|data| data.get_temp(height_id));
    ui.horizontal_top(|ui| {
        let width = ui.available_width() - PHOTO.x - LARGE;
        ui.vertical(|ui| {
            ui.set_width(width);
            pair(ui, |left, right| {
                part.fields.text(left, "name", "姓名", Entry::Wrapped, &mut form.name);
                part.fields.text(right, "sex", "性别", Entry::Choice(&SEX), &mut form.sex);
            });
            identity(part, ui, form);
            pair(ui, |left, right| {
                part.fields.hinted(left, "birth", "出生年月", "如 1978-03", Entry::Month, &mut form.birth);
                birth_note(part, left, form);
                part.fields.text(right, "native_place", "籍贯", Entry::Wrapped, &mut form.native_place);
            });
            pair(ui, |left, right| {
                part.fields.text(
                    left,
                    "political_status",
                    "政治面貌",
                    Entry::Choice(&POLITICAL),
                    &mut form.political_status,
                );
                part.fields.text(right, "education", "文化程度", Entry::Choice(&EDUCATION), &mut form.education);
            });
        });
        let gap = LARGE - ui.spacing().item_spacing.x;
        ui.allocate_space(vec2(gap + PHOTO.x, height.unwrap_or(PHOTO.y)));
    });
    // That there is none stands in its place; what is said of one would be a column of words beside it.
    if !form.photo.is_none() {
        part.fields.findings(ui, "photo");
    }
    if !form.photo.is_none() && part.fields.findings.iter().any(|finding| finding.field.as_deref() == Some("photo")) {
        ui.add_space(MEDIUM);
    }
    pair(ui, |left, right| {
        part.fields.hinted(left, "work_started", "参加工作时间", "如 1998-08", Entry::Month, &mut form.work_started);
        part.fields.text(right, "phone", "联系电话", Entry::Line, &mut form.phone);
    });
    pair(ui, |left, right| {
        part.fields.hinted(left, "occupation", "职业（工种）", "如：电工", Entry::Wrapped, &mut form.occupation);
        part.fields.hinted(right, "grade", "等级", "如：高级技师", Entry::Choice(&GRADES), &mut form.grade);
    });
    pair(ui, |left, right| {
        part.fields.text(left, "post", "现工作岗位", Entry::Wrapped, &mut form.post);
        part.fields.text(right, "duty", "行政职务", Entry::Wrapped, &mut form.duty);
    });
    part.fields.hinted(ui, "employer", "工作单位", "须和单位公章相同", Entry::Wrapped, &mut form.employer);
    if let Some(other) = part.employer_like.filter(|other| *other != form.employer)
        && link(ui, &format!("改用“{other}”")).clicked()
    {
        form.employer = other.to_owned();
        part.fields.focus.go_on_at("employer");
    }
    ui.add_space(MEDIUM);
    part.fields.text(ui, "employer_address", "单位地址", Entry::Wrapped, &mut form.employer_address);
    let shown = ui.scope_builder(UiBuilder::new().max_rect(column).layout(Layout::top_down(Align::Min)), |ui| {
        ui.set_width(PHOTO.x);
        photo::show(part, ui, form);
        ui.min_rect().height()
    });
    if height.is_none_or(|height| (height - shown.inner).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(height_id, shown.inner));
        ui.ctx().request_discard("the photo needs another room");
    }
}

/// The identity number, and what it says of birth and sex where the form has nothing.
fn identity(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    part.fields.hinted(ui, "id_number", "身份证号", "18 位", Entry::Line, &mut form.id_number);
    if let Ok(id) = IdNumber::read(&form.id_number, part.today) {
        let birth = YearMonth::of(id.birth()).to_string();
        let offers = [(form.birth.trim().is_empty(), &birth), (form.sex.trim().is_empty(), &id.sex().to_owned())];
        let missing: Vec<&str> =
            offers.iter().filter(|(missing, _)| *missing).map(|(_, value)| value.as_str()).collect();
        if !missing.is_empty() && link(ui, &format!("按身份证填写：{}", missing.join("，"))).clicked() {
            if form.birth.trim().is_empty() {
                form.birth = birth;
            }
            if form.sex.trim().is_empty() {
                form.sex = id.sex().to_owned();
            }
            part.fields.focus.go_on_at("id_number");
        }
    }
    ui.add_space(MEDIUM);
}

/// The form may lawfully differ from the card: agreement is said quietly, a difference is the check's to report.
fn birth_note(part: &Part<'_>, ui: &mut Ui, form: &Applicant) {
    if let Ok(id) = IdNumber::read(&form.id_number, part.today)
        && form.birth == YearMonth::of(id.birth()).to_string()
    {
        ui.add_space(TINY);
        caption(ui, "与身份证一致");
    }
}
