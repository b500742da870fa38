//! list, edit, remove, nominate, withdraw, order.

use serde_json::{Value, json};

use super::output::Outcome;
use crate::domain::{Finding, IdNumber, Person, Severity, nominated, ranked};
use crate::ops::{self, Exception, OpError, OpenBook};
use crate::rules::Check;

pub fn list(open: &OpenBook, json: bool) -> Result<Outcome, OpError> {
    let (bodies, people) = (open.bodies()?, open.people()?);
    let check = ops::check_loaded(open, &bodies, &people)?;
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for body in &bodies {
        let nominated = nominated(&people, body.id);
        lines.push(body.recommender.name.clone());
        if !nominated.is_empty() {
            let codes = ops::codes(open, body, &nominated);
            lines.push(format!(
                "  校验码：汇总表 {}　推荐报告 {}　材料清单 {}　装订册封面 {}　装订册（印在目录上） {}",
                codes.summary, codes.report, codes.catalogue, codes.cover, codes.binder
            ));
        }
        for person in ranked(&people, body.id) {
            let a = &person.applicant;
            let (problems, remarks) = problems(&check, person);
            let code = ops::application_code(open.notice(), a);
            let state = if a.nominated { "已推荐" } else { "未推荐" };
            lines.push(format!(
                "  #{}　{}　{}／{}　{}　{state}　{}　校验码 {code}",
                person.id,
                a.name,
                a.occupation,
                a.grade,
                a.employer,
                match (problems, remarks) {
                    (0, 0) => "无问题".to_owned(),
                    (0, remarks) => format!("{remarks} 处请核对"),
                    (problems, 0) => format!("{problems} 处须改"),
                    (problems, remarks) => format!("{problems} 处须改、{remarks} 处请核对"),
                }
            ));
            rows.push(json!({
                "id": person.id, "recommender": body.recommender.name, "order": a.order, "name": a.name,
                "id_number": IdNumber::masked(&a.id_number), "occupation": a.occupation, "grade": a.grade,
                "employer": a.employer, "nominated": a.nominated, "verdict": verdict(&check, person),
                "problems": problems, "remarks": remarks, "code": code,
            }));
        }
    }
    Ok(if json { Outcome::json(&rows) } else { Outcome::text(lines.join("\n")) })
}

/// How much stops the person now, or would once nominated, and how much only wants a look.
fn problems(check: &Check, person: &Person) -> (usize, usize) {
    let stops = |finding: &&Finding| finding.severity == Severity::Block || finding.blocks;
    let stopping = check.of_person(person.id).filter(stops).count();
    (stopping, check.of_person(person.id).count() - stopping)
}

fn verdict(check: &Check, person: &Person) -> Value {
    let found = check.eligibility.iter().find(|eligibility| eligibility.person == person.id);
    found.map_or(Value::Null, |eligibility| json!(eligibility.verdict))
}

pub fn edit(open: &mut OpenBook, words: &str, settings: &[String]) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    let said = ops::edit(open, &person, settings)?;
    and_what_is_left(open, &person, said)
}

pub fn remove(open: &mut OpenBook, words: &str) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    let said = ops::remove(open, &person)?;
    Ok(Outcome::text(said).with_remark("删错了可用 history 查看编号，再用 revert 找回"))
}

pub fn nominate(open: &mut OpenBook, words: &str, exception: Option<&str>) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    let said = ops::nominate(open, &person, exception.map_or(Exception::Recorded, Exception::Given))?;
    and_what_is_left(open, &person, said)
}

pub fn withdraw(open: &mut OpenBook, words: &str) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    ops::withdraw(open, &person).map(Outcome::text)
}

pub fn order(open: &mut OpenBook, words: &str, place: u32) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    ops::place(open, &person, place).map(Outcome::text)
}

/// What was done, and beside it how much about the person still has to be mended.
fn and_what_is_left(open: &OpenBook, person: &Person, said: String) -> Result<Outcome, OpError> {
    let check = ops::check(open)?;
    let stops = |finding: &&Finding| finding.severity == Severity::Block || finding.blocks;
    let mut left = check.of_person(person.id).filter(stops);
    let outcome = Outcome::text(said);
    Ok(match left.next() {
        None => outcome,
        Some(first) => match left.count() {
            0 => outcome.with_remark(format!("还有 1 处须改：{}", first.message)),
            more => outcome.with_remark(format!("还有 {} 处须改，如：{}（全部见 check）", more + 1, first.message)),
        },
    })
}
