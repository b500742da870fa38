//! What must be filled, and how long the brief may be.

use super::case::{Case, Findings};
use crate::domain::{Applicant, Body, Clause, ExperienceRow, FindingCode, is_filled, non_space_count, word_count};

/// A text field of page 1 of Annex 2: the record's key, the form's label, the value.
type TextField = (&'static str, &'static str, fn(&Applicant) -> &str);

/// Page 1 of Annex 2 but for 行政职务 and the photo, which may be empty here.
const PAGE_1: &[TextField] = &[
    ("name", "姓名", |a| &a.name),
    ("sex", "性别", |a| &a.sex),
    ("birth", "出生年月", |a| &a.birth),
    ("native_place", "籍贯", |a| &a.native_place),
    ("political_status", "政治面貌", |a| &a.political_status),
    ("education", "文化程度", |a| &a.education),
    ("work_started", "参加工作时间", |a| &a.work_started),
    ("occupation", "职业（工种）", |a| &a.occupation),
    ("grade", "等级", |a| &a.grade),
    ("phone", "联系电话", |a| &a.phone),
    ("post", "现工作岗位", |a| &a.post),
    ("id_number", "身份证号", |a| &a.id_number),
    ("employer", "单位", |a| &a.employer),
    ("employer_address", "单位地址", |a| &a.employer_address),
];

/// `field.required` of a recommender: 填报人 and a way to call back, the foot of Annex 1.
pub(super) fn body(body: &Body, out: &mut Findings) {
    let recommender = &body.recommender;
    let clause = Some(Clause::Annex1);
    if !is_filled(&recommender.name) {
        missing(out, clause, "name", "推荐单位的名称没有填，请按单位公章填写。".to_owned());
    }
    if !is_filled(&recommender.contact) {
        missing(out, clause, "contact", "推荐单位的填报人没有填，请补填。".to_owned());
    }
    if !is_filled(&recommender.phone) && !is_filled(&recommender.mobile) {
        missing(out, clause, "phone", "推荐单位的联系电话和手机都没有填，请至少填一项。".to_owned());
    }
}

/// `field.required` of a person, one finding for each field.
pub(super) fn applicant(case: &Case, out: &mut Findings) {
    let applicant = case.applicant();
    for (key, label, value) in PAGE_1 {
        if !is_filled(value(applicant)) {
            let message = if *key == "employer" && applicant.is_freelancer() {
                "“单位”没有填，自由职业者请填“自由职业者”。".to_owned()
            } else {
                format!("“{label}”没有填，请补填。")
            };
            missing(out, Some(Clause::Annex2), key, message);
        }
    }
    for (key, question, answer) in [
        ("front_line", "是否在一线岗位上直接从事技能工作", applicant.front_line),
        ("freelancer", "是否自由职业者", applicant.freelancer),
        ("provincial_chief_technician", "是否已获评", applicant.provincial_chief_technician),
    ] {
        if answer.is_none() {
            let title = match key {
                "provincial_chief_technician" => format!("‘{}’", case.notice.scope.barred_title),
                _ => String::new(),
            };
            missing(out, Some(Clause::Scope), key, format!("还没有回答“{question}{title}”，请选择是或否。"));
        }
    }
    experience(applicant, out);
    for (row, certificate) in applicant.certificates.iter().enumerate() {
        let place = format!("第 {} 本证书", row + 1);
        for (key, label, filled) in [
            ("kind", "种类", certificate.kind.is_some()),
            ("grade", "等级", is_filled(&certificate.grade)),
            ("number", "编号", is_filled(&certificate.number)),
        ] {
            if !filled {
                let field = format!("certificates[{row}].{key}");
                missing(out, Some(Clause::Conditions), &field, format!("{place}的{label}没有填，请对照证书补填。"));
            }
        }
    }
    if !is_filled(&applicant.honours_brief) {
        let message = "“获得荣誉称号情况”没有填，请按“XXX 同志…… 主要荣誉：被评为……”补填。".to_owned();
        missing(out, Some(Clause::Annex1), "honours_brief", message);
    }
    if !is_filled(&applicant.sections.summary.text) {
        missing(out, Some(Clause::Annex2), "sections.summary.text", "“个人总结”没有写，请补写。".to_owned());
    }
}

/// Each row that has anything needs its three cells; without any row the first one is wanted.
fn experience(applicant: &Applicant, out: &mut Findings) {
    let blank = ExperienceRow::default();
    let begun = |row: &&ExperienceRow| [&row.from, &row.place, &row.witness].into_iter().any(|text| is_filled(text));
    let rows: Vec<(usize, &ExperienceRow)> = if applicant.experience.iter().any(|row| begun(&row)) {
        applicant.experience.iter().enumerate().filter(|(_, row)| begun(row)).collect()
    } else {
        vec![(0, &blank)]
    };
    for (index, row) in rows {
        for (key, label, text) in [
            ("from", "起始年月", &row.from),
            ("place", "何校、何单位", &row.place),
            ("witness", "证明人", &row.witness),
        ] {
            if !is_filled(text) {
                let message = format!("“主要学习和工作经历”第 {} 行的{label}没有填，请补填。", index + 1);
                missing(out, Some(Clause::Annex2), &format!("experience[{index}].{key}"), message);
            }
        }
    }
}

fn missing(out: &mut Findings, clause: Option<Clause>, field: &str, message: String) {
    out.block(FindingCode::FieldRequired, clause, field, message);
}

/// `brief.length`: the last column of Annex 1, as Word counts and by characters.
pub(super) fn brief(case: &Case, out: &mut Findings) {
    let limit = case.notice.forms.brief_limit;
    let brief = &case.applicant().honours_brief;
    let (words, characters) = (word_count(brief), non_space_count(brief));
    let clause = Some(Clause::Annex1);
    if words > limit {
        let message = format!("“获得荣誉称号情况”有 {words} 字，超过 {limit} 字，请删去 {} 字。", words - limit);
        out.block(FindingCode::BriefLength, clause, "honours_brief", message);
    } else if characters > limit {
        let message = format!(
            "“获得荣誉称号情况”按 Word 计 {words} 字，但字母和数字逐个计有 {characters} 个字符，超过 {limit}，最好再删短一些。"
        );
        out.warn(FindingCode::BriefLength, clause, "honours_brief", message);
    }
}
