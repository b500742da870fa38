//! check: all findings, by recommender and person, with the clause of the notice.

use super::output::Outcome;
use crate::domain::{Clause, ConditionVerdict, Finding, Severity, Verdict};
use crate::ops::{self, OpError, OpenBook};

pub fn check(open: &OpenBook, json: bool) -> Result<Outcome, OpError> {
    let check = ops::check(open)?;
    let blocking = check.blocking();
    let code = u8::from(blocking > 0);
    if json {
        return Ok(Outcome::json(&check).with_code(code));
    }
    let mut lines = Vec::new();
    for standing in &check.recommenders {
        lines.push(format!(
            "{}：已推荐 {} 人，限额 {} 人（{}）",
            standing.name,
            standing.nominated,
            standing.quota,
            Clause::Quota.full_name()
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
        lines.extend(heaviest_first(check.of_person(person.person)));
    }
    for standing in &check.recommenders {
        let of_body =
            |finding: &&Finding| finding.person.is_none() && finding.recommender.as_ref() == Some(&standing.name);
        let found = heaviest_first(check.findings.iter().filter(of_body));
        if !found.is_empty() {
            lines.push(String::new());
            lines.push(standing.name.clone());
            lines.extend(found);
        }
    }
    lines.push(String::new());
    let nominated: usize = check.recommenders.iter().map(|standing| standing.nominated).sum();
    lines.push(match blocking {
        0 if nominated == 0 => "还没有推荐任何人；选定人选后请逐人推荐（nominate）".to_owned(),
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

/// What has to be mended before what wants a look; within each in the order of the form.
fn heaviest_first<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<String> {
    let mut findings: Vec<&Finding> = findings.collect();
    findings.sort_by_key(|finding| match finding.severity {
        Severity::Block => 0,
        Severity::Judge => 1,
        Severity::Warn => 2,
    });
    findings.into_iter().map(finding_line).collect()
}

fn finding_line(finding: &Finding) -> String {
    let weight = match (finding.severity, finding.blocks) {
        (Severity::Block, true) => "须改",
        (Severity::Block, false) => "报送前须改",
        (Severity::Judge, true) => "待评议",
        (Severity::Judge, false) => "评议",
        (Severity::Warn, _) => "请核对",
    };
    let clause = finding.clause.map(|clause| format!("〔{}〕", clause.label())).unwrap_or_default();
    format!("  {weight}{clause} {}", finding.message)
}
