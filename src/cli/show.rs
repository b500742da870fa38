//! show: everything that is recorded of one person.

use serde_json::json;

use super::output::Outcome;
use crate::domain::{Applicant, AttachmentKind, Competition, Process, Publicity, SectionKey, field_label, is_filled};
use crate::ops::{self, OpError, OpenBook};

pub fn show(open: &OpenBook, words: &str, json: bool) -> Result<Outcome, OpError> {
    let person = open.find_person(words)?;
    let recommender = open.bodies()?.into_iter().find(|body| body.id == person.recommender);
    let recommender = recommender.map(|body| body.recommender.name).unwrap_or_default();
    let code = ops::application_code(open.notice(), &person.applicant);
    let copies = ops::copy_codes(open, &person.applicant);
    if json {
        let shown = json!({
            "id": person.id, "recommender": recommender, "code": code, "copies": copies, "applicant": person.applicant,
        });
        return Ok(Outcome::json(&shown));
    }
    let a = &person.applicant;
    let state = if a.nominated { "已推荐" } else { "未推荐" };
    let mut lines = vec![format!("#{}　{}　{recommender}　{state}　校验码 {code}", person.id, or_blank(&a.name))];
    page_1(a, &mut lines);
    evidence(a, &mut lines);
    lines.extend(copies.iter().map(|copy| format!("复印件页：{}　校验码 {}", copy.title, copy.code)));
    for key in SectionKey::ALL {
        let section = a.sections.get(key);
        if !section.is_empty() {
            let proof =
                if is_filled(&section.evidence) { format!("〔{}〕", section.evidence) } else { String::new() };
            lines.push(format!("{}：{}{proof}", key.label(), section.text));
        }
    }
    lines.push(format!("{}：{}", field_label("honours_brief"), or_blank(&a.honours_brief)));
    for (label, opinion) in [("所在单位推荐意见", &a.opinions.employer), ("推荐单位意见", &a.opinions.body)]
    {
        if is_filled(opinion) {
            lines.push(format!("{label}：{opinion}"));
        }
    }
    process(&a.process, &mut lines);
    Ok(Outcome::text(lines.join("\n")))
}

fn or_blank(text: &str) -> &str {
    if is_filled(text) { text } else { "（未填）" }
}

fn page_1(a: &Applicant, lines: &mut Vec<String>) {
    let texts = [
        ("sex", &a.sex),
        ("birth", &a.birth),
        ("id_number", &a.id_number),
        ("native_place", &a.native_place),
        ("political_status", &a.political_status),
        ("education", &a.education),
        ("work_started", &a.work_started),
        ("occupation", &a.occupation),
        ("grade", &a.grade),
        ("phone", &a.phone),
        ("post", &a.post),
        ("duty", &a.duty),
        ("employer", &a.employer),
        ("employer_address", &a.employer_address),
    ];
    lines.extend(texts.iter().map(|(key, text)| format!("{}：{}", field_label(key), or_blank(text))));
    let answers = [
        ("front_line", a.front_line),
        ("freelancer", a.freelancer),
        ("provincial_chief_technician", a.provincial_chief_technician),
    ];
    for (key, answer) in answers {
        let answer = match answer {
            Some(true) => "是",
            Some(false) => "否",
            None => "（未填）",
        };
        lines.push(format!("{}：{answer}", field_label(key)));
    }
    lines.push(format!("照片：{}", if a.photo.is_none() { "（没有）" } else { "有" }));
    for row in &a.experience {
        let to = row.to.as_deref().unwrap_or("至今");
        let (from, place, witness) = (or_blank(&row.from), or_blank(&row.place), or_blank(&row.witness));
        lines.push(format!("经历：{from} — {to}　{place}　证明人 {witness}"));
    }
}

fn evidence(a: &Applicant, lines: &mut Vec<String>) {
    for c in &a.certificates {
        let online = if c.verifiable_online { "　可网上校验" } else { "" };
        lines.push(format!("证书：{}　{}　编号 {}{online}", c.occupation, or_blank(&c.grade), or_blank(&c.number)));
    }
    for honour in &a.honours {
        lines.push(format!("荣誉：{}　{}　{}", honour.title, honour.awarded, honour.issuer));
    }
    lines.extend(a.competitions.iter().map(|result| format!("竞赛：{}", competition(result))));
    for apprentice in &a.apprentices {
        lines.push(format!(
            "徒弟：{}　{}　{}",
            apprentice.name,
            apprentice.relation,
            competition(&apprentice.competition)
        ));
    }
    for copy in &a.attachments {
        let checked = if copy.original_checked { "原件已校验" } else { "原件未校验" };
        lines.push(format!("附件：{}　{}　{checked}", kind_label(copy.kind), or_blank(&copy.title)));
    }
}

fn competition(result: &Competition) -> String {
    let rank = result.rank.as_ref().map(|rank| format!("第 {rank} 名")).unwrap_or_default();
    format!("{}　{rank}　{}", result.name, result.date)
}

fn kind_label(kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::Certificate => "证书",
        AttachmentKind::Honour => "荣誉",
        AttachmentKind::Competition => "竞赛",
        AttachmentKind::Apprentice => "徒弟",
        AttachmentKind::Patent => "专利",
        AttachmentKind::Report => "报告",
        AttachmentKind::Other => "其他",
    }
}

fn process(process: &Process, lines: &mut Vec<String>) {
    let publicity =
        |step: &Publicity| format!("{} 至 {}　{}", or_blank(&step.from), or_blank(&step.to), step.objections);
    let review = &process.expert_review;
    let votes = [("专家", &review.experts), ("同意", &review.agree), ("反对", &review.against)];
    let votes: Vec<String> =
        votes.iter().filter_map(|(label, figure)| Some(format!("{label} {}", figure.as_ref()?))).collect();
    let steps = [
        ("征求员工意见", format!("{}　{}", process.employee_opinion.date, process.employee_opinion.result)),
        (
            "单位公示",
            if process.employer_publicity.is_empty() { String::new() } else { publicity(&process.employer_publicity) },
        ),
        ("原件校验", format!("{}　{}", process.originals_checked.date, process.originals_checked.by)),
        ("专家评议", format!("{}　{}　{}", review.date, votes.join("、"), review.opinion)),
        (
            "推荐单位公示",
            if process.body_publicity.is_empty() { String::new() } else { publicity(&process.body_publicity) },
        ),
        ("征求会员意见", format!("{}　{}", process.member_opinion.date, process.member_opinion.result)),
    ];
    lines.extend(
        steps.iter().filter(|(_, said)| is_filled(said)).map(|(step, said)| format!("{step}：{}", said.trim())),
    );
}
