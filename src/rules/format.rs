//! `field.format`: text that stands where a date, a sex or a number belongs and is none.

use super::case::{Case, Findings};
use super::process::dates;
use crate::domain::{Applicant, Clause, Competition, DoneMark, FindingCode, YearMonth, is_filled, parse_day};

pub(super) fn check(case: &Case, out: &mut Findings) {
    let applicant = case.applicant();
    if is_filled(&applicant.sex) && !matches!(applicant.sex.trim(), "男" | "女") {
        wrong(out, Some(Clause::Annex2), "sex", format!("性别写成了“{}”，请写男或女。", applicant.sex.trim()));
    }
    for (field, label, clause, text) in months(applicant) {
        if is_filled(text) && YearMonth::read(text).is_none() {
            let meant = month_meant(text).unwrap_or_else(|| "1986-11 的样子".to_owned());
            let open = if field.ends_with("].to") { "；至今的请留空" } else { "" };
            let message = format!("{label}“{}”不是年月，请写成 {meant}{open}。", text.trim());
            wrong(out, Some(clause), &field, message);
        }
    }
    for (row, result) in applicant.competitions.iter().enumerate() {
        figures(result, &format!("competitions[{row}]"), &format!("第 {} 项竞赛", row + 1), out);
    }
    for (row, apprentice) in applicant.apprentices.iter().enumerate() {
        let label = format!("第 {} 名徒弟的竞赛", row + 1);
        figures(&apprentice.competition, &format!("apprentices[{row}].competition"), &label, out);
    }
    process(case, out);
}

/// Every month of a person's record: field, label, clause, text as typed.
pub(super) fn months(applicant: &Applicant) -> Vec<(String, String, Clause, &str)> {
    let mut list: Vec<(String, String, Clause, &str)> = vec![
        ("birth".into(), "出生年月".into(), Clause::Annex2, &applicant.birth),
        ("work_started".into(), "参加工作时间".into(), Clause::Annex2, &applicant.work_started),
    ];
    for (row, experience) in applicant.experience.iter().enumerate() {
        let label = |what: &str| format!("“主要学习和工作经历”第 {} 行的{what}年月", row + 1);
        list.push((format!("experience[{row}].from"), label("起始"), Clause::Annex2, &experience.from));
        let to = experience.to.as_deref().unwrap_or_default();
        list.push((format!("experience[{row}].to"), label("终止"), Clause::Annex2, to));
    }
    for (row, certificate) in applicant.certificates.iter().enumerate() {
        let label = format!("第 {} 本证书的发证年月", row + 1);
        list.push((format!("certificates[{row}].issued"), label, Clause::Conditions, &certificate.issued));
    }
    for (row, honour) in applicant.honours.iter().enumerate() {
        let label = format!("第 {} 项荣誉的年月", row + 1);
        list.push((format!("honours[{row}].awarded"), label, Clause::Condition1, &honour.awarded));
    }
    for (row, result) in applicant.competitions.iter().enumerate() {
        let label = format!("第 {} 项竞赛的年月", row + 1);
        list.push((format!("competitions[{row}].date"), label, Clause::Condition1, &result.date));
    }
    for (row, apprentice) in applicant.apprentices.iter().enumerate() {
        let label = format!("第 {} 名徒弟的竞赛年月", row + 1);
        let field = format!("apprentices[{row}].competition.date");
        list.push((field, label, Clause::Condition4, &apprentice.competition.date));
    }
    list
}

/// The month that a text means, as it should be written.
fn month_meant(text: &str) -> Option<String> {
    YearMonth::meant(text).map(|month| month.to_string())
}

fn figures(result: &Competition, field: &str, label: &str, out: &mut Findings) {
    let clause = Some(if field.starts_with("apprentices") { Clause::Condition4 } else { Clause::Condition1 });
    if let Some(class) = &result.class
        && !matches!(class.positive(), Some(1 | 2))
    {
        let message = format!("{label}的类别“{class}”不是 1（一类）或 2（二类），请改正；不分类的请留空。");
        wrong(out, clause, &format!("{field}.class"), message);
    }
    if let Some(rank) = &result.rank
        && rank.positive().is_none()
    {
        let message = format!("{label}的名次“{rank}”不是正整数，不能按名次认定，请只写数字，如 3。");
        wrong(out, clause, &format!("{field}.rank"), message);
    }
}

fn process(case: &Case, out: &mut Findings) {
    let process = &case.applicant().process;
    for date in dates(process) {
        if is_filled(date.text) && parse_day(date.text).is_none() {
            let message = format!("{}“{}”不是日期，请写成 2021-07-01 的样子。", date.label, date.text.trim());
            wrong(out, Some(date.clause), date.field, message);
        }
    }
    let review = &process.expert_review;
    for (key, label, figure) in [
        ("experts", "评议专家人数", &review.experts),
        ("agree", "同意票数", &review.agree),
        ("against", "反对票数", &review.against),
    ] {
        if let Some(figure) = figure
            && figure.whole().is_none()
        {
            let field = format!("process.expert_review.{key}");
            wrong(out, Some(Clause::ByRecommender), &field, format!("{label}“{figure}”不是整数，请只写数字，如 5。"));
        }
    }
}

/// The text of a mark that was given as a day; a word like 是 is no day and no fault.
pub(super) fn marked_day(mark: Option<&DoneMark>) -> &str {
    match mark {
        Some(DoneMark::On(text)) if text.contains(|c: char| c.is_ascii_digit()) => text,
        _ => "",
    }
}

fn wrong(out: &mut Findings, clause: Option<Clause>, field: &str, message: String) {
    out.block(FindingCode::FieldFormat, clause, field, message);
}

#[cfg(test)]
mod tests {
    use super::month_meant;

    #[test]
    fn a_month_written_otherwise_is_offered_in_the_right_form() {
        for (typed, offered) in [
            ("1986.11", Some("1986-11")),
            ("198611", Some("1986-11")),
            ("1986年3月", Some("1986-03")),
            ("1986/3/5", Some("1986-03")),
            ("19860305", Some("1986-03")),
            ("1986-13", None),
            ("八六年", None),
            ("", None),
        ] {
            assert_eq!(month_meant(typed).as_deref(), offered, "{typed}");
        }
    }
}
