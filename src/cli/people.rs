//! list, show, edit, remove, nominate, withdraw, order.

use serde_json::{Value, json};

use super::output::Outcome;
use crate::domain::{Finding, IdNumber, Person, SectionKey, Severity, nominated, ranked};
use crate::ops::{self, OpError, OpenBook};
use crate::rules::Check;

pub fn list(open: &OpenBook, json: bool) -> Result<Outcome, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let check = ops::check_loaded(open, &bodies, &people)?;
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for body in &bodies {
        let nominated = nominated(&people, body.id);
        lines.push(match nominated.is_empty() {
            true => body.recommender.name.clone(),
            false => format!(
                "{}　汇总表校验码 {}　推荐报告校验码 {}",
                body.recommender.name,
                ops::summary_code(open.notice(), &body.recommender, &nominated),
                ops::report_code(open.notice(), &body.recommender, &nominated)
            ),
        });
        for person in ranked(&people, body.id) {
            let a = &person.applicant;
            let problems = problems(&check, person);
            let code = ops::application_code(open.notice(), a);
            let state = if a.nominated { "已推荐" } else { "未推荐" };
            lines.push(format!(
                "  #{}　{}　{}／{}　{}　{state}　{}　校验码 {code}",
                person.id,
                a.name,
                a.occupation,
                a.grade,
                a.employer,
                match problems {
                    0 => "无问题".to_owned(),
                    count => format!("{count} 处问题"),
                }
            ));
            rows.push(json!({
                "id": person.id, "recommender": body.recommender.name, "order": a.order, "name": a.name,
                "id_number": IdNumber::masked(&a.id_number), "occupation": a.occupation, "grade": a.grade,
                "employer": a.employer, "nominated": a.nominated, "verdict": verdict(&check, person),
                "problems": problems, "code": code,
            }));
        }
    }
    Ok(if json { Outcome::json(&rows) } else { Outcome::text(lines.join("\n")) })
}

/// What stops the person now, or would once nominated.
fn problems(check: &Check, person: &Person) -> usize {
    let stops = |finding: &&Finding| finding.severity == Severity::Block || finding.blocks;
    check.of_person(person.id).filter(stops).count()
}

fn verdict(check: &Check, person: &Person) -> Value {
    let found = check.eligibility.iter().find(|eligibility| eligibility.person == person.id);
    found.map_or(Value::Null, |eligibility| json!(eligibility.verdict))
}

pub fn show(open: &OpenBook, words: &str, json: bool) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    let recommender = open.bodies()?.into_iter().find(|body| body.id == person.recommender);
    let recommender = recommender.map(|body| body.recommender.name).unwrap_or_default();
    let code = ops::application_code(open.notice(), &person.applicant);
    if json {
        let shown = json!({
            "id": person.id, "recommender": recommender, "code": code, "applicant": person.applicant,
        });
        return Ok(Outcome::json(&shown));
    }
    let a = &person.applicant;
    let state = if a.nominated { "已推荐" } else { "未推荐" };
    let mut lines = vec![format!("#{}　{}　{recommender}　{state}　校验码 {code}", person.id, a.name)];
    let fields = [
        ("性别", a.sex.as_str()),
        ("出生年月", &a.birth),
        ("身份证号", &a.id_number),
        ("籍贯", &a.native_place),
        ("政治面貌", &a.political_status),
        ("文化程度", &a.education),
        ("参加工作时间", &a.work_started),
        ("职业（工种）", &a.occupation),
        ("等级", &a.grade),
        ("联系电话", &a.phone),
        ("现工作岗位", &a.post),
        ("行政职务", &a.duty),
        ("单位", &a.employer),
        ("单位地址", &a.employer_address),
    ];
    lines.extend(fields.iter().map(|(label, value)| format!("{label}：{value}")));
    for row in &a.experience {
        let to = row.to.as_deref().unwrap_or("至今");
        lines.push(format!("经历：{} — {to}　{}　证明人 {}", row.from, row.place, row.witness));
    }
    for (key, label) in SectionKey::ALL.into_iter().zip(SECTION_LABELS) {
        let section = a.sections.get(key);
        if !section.is_empty() {
            lines.push(format!("{label}：{}", section.text));
        }
    }
    lines.push(format!("获得荣誉称号情况：{}", a.honours_brief));
    lines.push(format!(
        "证书 {} 本，荣誉 {} 项，竞赛 {} 项，徒弟 {} 人，附件 {} 份",
        a.certificates.len(),
        a.honours.len(),
        a.competitions.len(),
        a.apprentices.len(),
        a.attachments.len()
    ));
    Ok(Outcome::text(lines.join("\n")))
}

/// In the order of [`SectionKey::ALL`], as Annex 2 calls them.
const SECTION_LABELS: [&str; 7] = [
    "专业技术特长或技术绝招情况",
    "参加技能竞赛获奖情况",
    "创造先进生产操作法情况",
    "解决关键生产技术技术革新项目获奖情况",
    "何年何月获得何种荣誉称号",
    "任技师职务后有何突出贡献",
    "个人总结",
];

pub fn edit(open: &mut OpenBook, words: &str, settings: &[String]) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    ops::edit(open, &person, settings).map(Outcome::text)
}

pub fn remove(open: &mut OpenBook, words: &str) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    ops::remove(open, &person).map(Outcome::text)
}

pub fn nominate(open: &mut OpenBook, words: &str, exception: Option<&str>) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    ops::nominate(open, &person, exception).map(Outcome::text)
}

pub fn withdraw(open: &mut OpenBook, words: &str) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    ops::withdraw(open, &person).map(Outcome::text)
}

pub fn order(open: &mut OpenBook, words: &str, place: u32) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    ops::place(open, &person, place).map(Outcome::text)
}
