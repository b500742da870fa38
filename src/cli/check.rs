//! check: all findings, by recommender and person, with the clause of the notice.

use serde_json::json;

use super::output::Outcome;
use crate::domain::{ConditionVerdict, Finding, Severity, Verdict};
use crate::ops::{self, OpError, OpenBook};

pub fn check(open: &OpenBook, json: bool) -> Result<Outcome, OpError> {
    let check = ops::check(open)?;
    let blocking = check.blocking();
    let code = u8::from(blocking > 0);
    if json {
        let document = json!({
            "notice": open.notice().id, "blocking": blocking, "recommenders": check.recommenders,
            "eligibility": check.eligibility, "findings": check.findings,
        });
        return Ok(Outcome::json(&document).with_code(code));
    }
    let mut lines = Vec::new();
    for standing in &check.recommenders {
        lines.push(format!(
            "{}：已推荐 {} 人，限额 {} 人（通知第四条）",
            standing.name, standing.nominated, standing.quota
        ));
    }
    for person in &check.eligibility {
        lines.push(String::new());
        lines.push(format!("#{}　{}　{}", person.person, person.name, verdict(person.verdict)));
        for condition in &person.conditions {
            let mark = match condition.verdict {
                ConditionVerdict::Met => "✓",
                ConditionVerdict::Judgement => "？",
                ConditionVerdict::Unmet => "×",
            };
            lines.push(format!("  （{}）{mark} {}", condition.id, condition.because));
        }
        lines.extend(check.findings.iter().filter(|finding| finding.person == Some(person.person)).map(finding_line));
    }
    let of_bodies: Vec<&Finding> = check.findings.iter().filter(|finding| finding.person.is_none()).collect();
    if !of_bodies.is_empty() {
        lines.push(String::new());
        lines.extend(of_bodies.into_iter().map(finding_line));
    }
    lines.push(String::new());
    lines.push(match blocking {
        0 => "没有阻止报送的问题".to_owned(),
        count => format!("有 {count} 处问题阻止报送（标“须改”或“待评议”的各条）"),
    });
    Ok(Outcome::text(lines.join("\n")).with_code(code))
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "符合条件",
        Verdict::Judgement => "待专家评议",
        Verdict::Ineligible => "不符合条件",
    }
}

fn finding_line(finding: &Finding) -> String {
    let weight = match (finding.severity, finding.blocks) {
        (Severity::Block, true) => "须改",
        (Severity::Block, false) => "推荐前须改",
        (Severity::Judge, true) => "待评议",
        (Severity::Judge, false) => "评议",
        (Severity::Warn, _) => "请核对",
    };
    let clause = finding.clause.map(|clause| format!("〔{}〕", clause.label())).unwrap_or_default();
    format!("  {weight}{clause} {}（{}）", finding.message, finding.code.code())
}
