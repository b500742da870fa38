//! Fingerprints of the facts behind each part: they tell a changed record from changed wording of the program.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::PartKey;
use super::steps::{asks_members, over_quota};
use crate::domain::{Applicant, Person, Recommender, SectionKey, is_filled};
use crate::rules::Notice;

/// 16 hexadecimal digits of the SHA-256 of the facts that a part tells of, the people's order included.
pub fn facts_fingerprint(part: PartKey, notice: &Notice, recommender: &Recommender, nominated: &[&Person]) -> String {
    let each = |facts: &dyn Fn(&Applicant) -> Value| -> Vec<Value> {
        nominated.iter().map(|person| json!([person.applicant.name.trim(), facts(&person.applicant)])).collect()
    };
    let facts = match part {
        PartKey::Candidates => json!([each(&|a| candidate(notice, a))]),
        PartKey::Procedure => json!([each(&|a| {
            let p = &a.process;
            json!([a.is_freelancer(), p.employee_opinion, p.employer_publicity, p.employer_report, p.originals_checked])
        })]),
        PartKey::Experts => json!([each(&|a| json!(a.process.expert_review))]),
        PartKey::Publicity => json!([each(&|a| {
            let members = asks_members(notice, recommender).then_some(&a.process.member_opinion);
            json!([a.process.body_publicity, members])
        })]),
        PartKey::Opinion => {
            let over = over_quota(notice, recommender, nominated);
            let exception = if over > 0 { recommender.exception.trim() } else { "" };
            json!([each(&|a| json!(a.is_freelancer())), over, exception])
        }
    };
    let digest = Sha256::digest(facts.to_string().as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Long texts count only as filled or not: the report does not quote them.
fn candidate(notice: &Notice, a: &Applicant) -> Value {
    let is_text = |key: &SectionKey| notice.conditions.iter().any(|condition| condition.texts.contains(key));
    let texts: Vec<bool> =
        SectionKey::ALL.into_iter().filter(is_text).map(|key| is_filled(&a.sections.get(key).text)).collect();
    json!([
        a.sex,
        a.birth,
        a.employer,
        a.post,
        a.duty,
        a.occupation,
        a.grade,
        a.is_freelancer(),
        a.certificates,
        a.honours,
        a.competitions,
        a.apprentices,
        texts,
        a.process.expert_review.is_recorded()
    ])
}
