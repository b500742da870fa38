//! What a report leaves open, by name, and where each of it is mended.

use super::history::{Place, Spot};
use super::report::{OPEN_END, ReportPartState, report_state};
use crate::domain::{Body, Person, nominated};
use crate::pages::report::report_text;
use crate::rules::Notice;

/// A fact that a report says is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEnd {
    /// What is missing, in the report's words: 专家评议意见.
    pub what: String,
    /// Where it is put in: a field of the first person whom it is missing for, or the part where the clerk has written it.
    pub place: Place,
}

/// What a recommender's report leaves open; `people` are all of the book. Of nobody there is no report.
pub fn open_ends(notice: &Notice, body: &Body, people: &[Person]) -> Vec<OpenEnd> {
    let persons = nominated(people, body.id);
    if persons.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for part in report_state(notice, body, people).parts {
        for what in named(&part.text) {
            let place = place(notice, body, &persons, &part, &what);
            found.push(OpenEnd { what, place });
        }
    }
    found
}

/// What stands between `（待补：` and its bracket, which may hold others.
fn named(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices(OPEN_END) {
        let rest = text.get(at + OPEN_END.len()..).unwrap_or_default();
        let mut depth = 0;
        let inner = rest.chars().take_while(|c| {
            depth += match c {
                '（' => 1,
                '）' => -1,
                _ => 0,
            };
            depth >= 0 && *c != '\n'
        });
        let inner: String = inner.collect();
        let inner = inner.trim_start_matches(['：', ':']).trim();
        names.push(if inner.is_empty() { "（未写明）".to_owned() } else { inner.to_owned() });
    }
    names
}

fn place(notice: &Notice, body: &Body, persons: &[&Person], part: &ReportPartState, what: &str) -> Place {
    let of_body = |field: String| Place::Recommender(body.id, Some(Spot { field, at: None }));
    if part.edited {
        return of_body(format!("report.{}", part.part));
    }
    // The report of one person alone says whether it is that one's.
    let lacks = |person: &&&Person| {
        let alone = report_text(notice, &body.recommender, &[**person]);
        alone.parts.iter().any(|of| of.key.key() == part.part && named(&of.generated).iter().any(|it| it == what))
    };
    match (persons.iter().find(lacks), field(part.part, what)) {
        (Some(person), Some(field)) => Place::Person(person.id, Some(Spot { field, at: None })),
        (Some(person), None) => Place::Person(person.id, Some(Spot { field: "process".to_owned(), at: None })),
        (None, _) if what.contains("名额") => of_body("exception".to_owned()),
        (None, _) => of_body(format!("report.{}", part.part)),
    }
}

/// The field of a person, by how the report begins to name it.
const FIELDS: [(&str, &str); 28] = [
    ("征求员工意见结果", "process.employee_opinion.result"),
    ("征求员工意见", "process.employee_opinion.date"),
    ("单位公示有无异议", "process.employer_publicity.objections"),
    ("单位公示结束", "process.employer_publicity.to"),
    ("单位公示", "process.employer_publicity.from"),
    ("公示有无异议", "process.body_publicity.objections"),
    ("公示结束", "process.body_publicity.to"),
    ("公示", "process.body_publicity.from"),
    ("校验人", "process.originals_checked.by"),
    ("原件校验", "process.originals_checked.date"),
    ("专家评议意见", "process.expert_review.opinion"),
    ("专家人数", "process.expert_review.experts"),
    ("同意票数", "process.expert_review.agree"),
    ("反对票数", "process.expert_review.against"),
    ("专家评议", "process.expert_review.date"),
    ("征求会员意见结果", "process.member_opinion.result"),
    ("征求会员意见", "process.member_opinion.date"),
    ("姓名", "name"),
    ("性别", "sex"),
    ("出生年月", "birth"),
    ("岗位", "post"),
    ("工作单位", "employer"),
    ("职业（工种）", "occupation"),
    ("等级", "grade"),
    ("获得荣誉", "honours"),
    ("竞赛", "competitions"),
    ("名次", "competitions"),
    ("徒弟", "apprentices"),
];

fn field(part: &str, what: &str) -> Option<String> {
    if what.starts_with("异议处理") {
        let step = if part == "procedure" { "employer_publicity" } else { "body_publicity" };
        return Some(format!("process.{step}.resolution"));
    }
    let known = FIELDS.iter().find(|(words, _)| what.starts_with(words)).map(|(_, field)| *field);
    // Certificates are named in several ways; what a condition rests on stands beside them.
    let certificate = what.contains("证书") || what.contains("条件");
    known.or(certificate.then_some("certificates")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let text = "等级为（待补：等级），职业为（待补：职业（工种））。\n（待补）与（待补：没有写完\n下一段";
        assert_eq!(named(text), ["等级", "职业（工种）", "（未写明）", "没有写完"]);
        for (part, what, wanted) in [
            ("experts", "专家评议意见", Some("process.expert_review.opinion")),
            ("experts", "专家评议日期、专家人数、表决结果和评议意见", Some("process.expert_review.date")),
            ("procedure", "异议处理情况", Some("process.employer_publicity.resolution")),
            ("publicity", "公示起止日期", Some("process.body_publicity.from")),
            ("candidates", "职业资格证书或职业技能等级证书", Some("certificates")),
            ("candidates", "职业（工种）", Some("occupation")),
            ("experts", "别的什么", None),
        ] {
            assert_eq!(field(part, what).as_deref(), wanted, "{what}");
        }
    }
}
