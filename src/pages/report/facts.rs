//! Fingerprints of the facts behind each part: they tell a changed record from changed wording of the program.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::PartKey;
use super::candidates::{Ground, grounds, highest};
use super::steps::{asks_members, over_quota};
use super::words::we;
use crate::domain::{Applicant, Competition, Person, Publicity, Recommender, RecommenderKind};
use crate::rules::Notice;

/// 16 hexadecimal digits of the SHA-256 of the facts that a part tells of, the people's order included. A fact that the
/// part does not tell is none of them.
pub fn facts_fingerprint(part: PartKey, notice: &Notice, recommender: &Recommender, nominated: &[&Person]) -> String {
    let each = |facts: &dyn Fn(&Applicant) -> Value| -> Vec<Value> {
        nominated.iter().map(|person| json!([person.applicant.name.trim(), facts(&person.applicant)])).collect()
    };
    let facts = match part {
        PartKey::Candidates => json!([each(&|a| candidate(notice, a))]),
        PartKey::Procedure => json!([we(&recommender.name), each(&procedure)]),
        PartKey::Experts => json!([we(&recommender.name), each(&|a| json!(a.process.expert_review))]),
        PartKey::Publicity => {
            let within = recommender.kind == RecommenderKind::Association;
            let facts = |a: &Applicant| {
                let asked = &a.process.member_opinion;
                // Not asked counts for a freelancer alone.
                let members = asks_members(notice, recommender)
                    .then(|| json!([asked, a.is_freelancer() && !asked.is_recorded()]));
                json!([publicity(&a.process.body_publicity), members])
            };
            json!([we(&recommender.name), within, each(&facts)])
        }
        PartKey::Opinion => {
            let over = over_quota(notice, recommender, nominated);
            let exception = if over > 0 { recommender.exception.trim() } else { "" };
            let has_employer = nominated.iter().any(|person| !person.applicant.is_freelancer());
            json!([we(&recommender.name), each(&|_| Value::Null), has_employer, over, exception])
        }
    };
    let digest = Sha256::digest(facts.to_string().as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn candidate(notice: &Notice, a: &Applicant) -> Value {
    let certificate = highest(a).map(|held| json!([held.kind, held.occupation, held.grade, held.issuer, held.issued]));
    let place = (!a.is_freelancer()).then(|| json!([a.employer, a.duty]));
    let grounds = grounds(notice, a);
    let judged = (!grounds.met && !grounds.conditions.is_empty()).then(|| a.process.expert_review.is_recorded());
    let conditions: Vec<Value> = grounds.conditions.iter().map(ground).collect();
    json!([a.sex, a.birth, place, a.post, a.occupation, a.grade, certificate, grounds.met, conditions, judged])
}

/// Long texts count only as filled: the report does not quote them.
fn ground(ground: &Ground) -> Value {
    let honours: Vec<Value> = ground.honours.iter().map(|honour| json!([honour.title, honour.awarded])).collect();
    let competitions: Vec<Value> = ground.competitions.iter().map(|won| competition(won)).collect();
    let texts: Vec<&str> = ground.texts.iter().map(|key| key.key()).collect();
    let apprentices: Vec<Value> =
        ground.apprentices.iter().map(|taught| json!([taught.name, competition(&taught.competition)])).collect();
    json!([ground.condition, honours, competitions, texts, apprentices])
}

fn competition(won: &Competition) -> Value {
    json!([won.name, won.level, won.class, won.rank, won.date])
}

/// A freelancer has no employer steps.
fn procedure(a: &Applicant) -> Value {
    let p = &a.process;
    let employer =
        (!a.is_freelancer()).then(|| json!([p.employee_opinion, publicity(&p.employer_publicity), p.employer_report]));
    json!([employer, p.originals_checked])
}

/// How objections were settled is told where there were any.
fn publicity(publicity: &Publicity) -> Value {
    let resolution = if publicity.has_objections() { publicity.resolution.as_str() } else { "" };
    json!([publicity.from, publicity.to, publicity.objections, resolution])
}
