//! 二、推荐程序, 三、专家评议情况, 四、公示情况, 五、推荐意见: the steps of the notice's part 三 as they were recorded.
//! People with the same facts share a sentence.

use super::words::{blank, day, names, numeral, objections, or_blank, period, quoted, told, we};
use crate::domain::{DoneMark, Figure, Person, Recommender, RecommenderKind, is_filled};
use crate::rules::Notice;

/// 二、推荐程序
pub(super) fn procedure(recommender: &Recommender, people: &[&Person]) -> Vec<String> {
    let (freelancers, employed): (Vec<&Person>, Vec<&Person>) =
        people.iter().copied().partition(|person| person.applicant.is_freelancer());
    let we = we(&recommender.name);
    let mut steps = Vec::new();
    if !employed.is_empty() {
        steps.push(format!("单位申报。{}", told(&employed, |group| by_employer(we, group))));
    }
    if !freelancers.is_empty() {
        let names = names(&freelancers);
        steps.push(format!(
            "自由职业者推荐。{names}为自由职业者，由{we}组织推荐，没有所在单位征求员工意见和公示的环节。"
        ));
    }
    if !people.is_empty() {
        steps.push(format!("原件校验。{}", told(people, |group| originals(we, group))));
    }
    numbered(steps)
}

fn by_employer(we: &str, group: &[&Person]) -> String {
    let Some(process) = group.first().map(|person| &person.applicant.process) else { return String::new() };
    let opinion = &process.employee_opinion;
    let asked = if opinion.is_recorded() {
        let result = or_blank(opinion.result.trim().trim_end_matches('。'), "征求员工意见结果");
        format!("于{}征求本单位员工意见，结果为{result}", day(&opinion.date, "征求员工意见日期"))
    } else {
        format!("征求本单位员工意见{}", blank("征求员工意见日期和结果"))
    };
    let publicity = &process.employer_publicity;
    let report = match &process.employer_report.received {
        Some(DoneMark::On(date)) if is_filled(date) => {
            format!("单位盖章的推荐报告等材料已于{}报送{we}", day(date, ""))
        }
        Some(DoneMark::Done(true)) => format!("单位盖章的推荐报告等材料已报送{we}"),
        _ => String::new(),
    };
    let report = if report.is_empty() { report } else { format!("{report}。") };
    format!(
        "{}所在单位{asked}，并于{}在本单位公示，{}。{report}",
        names(group),
        period(publicity, "单位公示"),
        objections(publicity, "单位公示"),
    )
}

fn originals(we: &str, group: &[&Person]) -> String {
    let Some(process) = group.first().map(|person| &person.applicant.process) else { return String::new() };
    let checked = &process.originals_checked;
    let names = names(group);
    if checked.is_empty() {
        return format!("{names}佐证材料原件由{we}校验{}。", blank("原件校验日期和校验人"));
    }
    let by = or_blank(&checked.by, "校验人");
    let returned = match &checked.returned {
        Some(DoneMark::On(date)) if is_filled(date) => format!("，原件已于{}退回", day(date, "")),
        Some(DoneMark::Done(true)) => "，原件已退回".to_owned(),
        Some(DoneMark::Done(false)) => "，原件尚未退回".to_owned(),
        _ => String::new(),
    };
    format!("{we}于{}对{names}的佐证材料原件进行了校验（校验人：{by}）{returned}。", day(&checked.date, "原件校验日期"))
}

/// 三、专家评议情况
pub(super) fn experts(recommender: &Recommender, people: &[&Person]) -> Vec<String> {
    if people.is_empty() {
        return vec![blank("专家评议情况")];
    }
    vec![told(people, |group| reviewed(we(&recommender.name), group))]
}

fn reviewed(we: &str, group: &[&Person]) -> String {
    let Some(process) = group.first().map(|person| &person.applicant.process) else { return String::new() };
    let review = &process.expert_review;
    let names = names(group);
    if review.is_empty() {
        return format!("{we}组织专家对{names}进行评议{}。", blank("专家评议日期、专家人数、表决结果和评议意见"));
    }
    let count = |figure: &Option<Figure>, what: &str| figure.as_ref().map_or_else(|| blank(what), ToString::to_string);
    let all = if group.len() > 1 { "均为" } else { "为" };
    let opinion = match review.opinion.trim() {
        "" => format!("，评议意见{all}{}。", blank("专家评议意见")),
        opinion => format!("，评议意见{all}：{}", quoted(opinion)),
    };
    format!(
        "{}，{we}组织{}名专家对{names}进行评议，表决结果{all}同意{}票、反对{}票{opinion}",
        day(&review.date, "专家评议日期"),
        count(&review.experts, "专家人数"),
        count(&review.agree, "同意票数"),
        count(&review.against, "反对票数"),
    )
}

/// 四、公示情况, with the members' opinion where the notice has the recommender ask for it.
pub(super) fn publicity(notice: &Notice, recommender: &Recommender, people: &[&Person]) -> Vec<String> {
    if people.is_empty() {
        return vec![blank("公示情况")];
    }
    let we = we(&recommender.name);
    let shown = told(people, |group| shown(recommender, group));
    if !asks_members(notice, recommender) {
        return vec![shown];
    }
    [shown, told(people, |group| members_asked(we, group))].into_iter().filter(|said| !said.is_empty()).collect()
}

pub(super) fn asks_members(notice: &Notice, recommender: &Recommender) -> bool {
    notice.scope.members_asked_by.contains(&recommender.kind)
}

fn shown(recommender: &Recommender, group: &[&Person]) -> String {
    let Some(publicity) = group.first().map(|person| &person.applicant.process.body_publicity) else {
        return String::new();
    };
    let within = if recommender.kind == RecommenderKind::Association { "在会内" } else { "" };
    format!(
        "{}，{}将推荐人选{}{within}进行公示，{}。",
        period(publicity, "公示"),
        we(&recommender.name),
        names(group),
        objections(publicity, "公示"),
    )
}

fn members_asked(we: &str, group: &[&Person]) -> String {
    let Some(asked) = group.first().map(|person| &person.applicant.process.member_opinion) else {
        return String::new();
    };
    let names = names(group);
    // Asked for a freelancer without fail; of others the notice does not say so, and nothing is claimed.
    if !asked.is_recorded() && !group.iter().any(|person| person.applicant.is_freelancer()) {
        return String::new();
    }
    if !asked.is_recorded() {
        return format!("{we}就推荐{names}征求会员意见{}。", blank("征求会员意见日期和结果"));
    }
    let result = or_blank(asked.result.trim().trim_end_matches('。'), "征求会员意见结果");
    format!("{}，{we}就推荐{names}征求会员意见，结果为{result}。", day(&asked.date, "征求会员意见日期"))
}

/// How many people over the quota are put forward.
pub(super) fn over_quota(notice: &Notice, recommender: &Recommender, people: &[&Person]) -> usize {
    people.len().saturating_sub(notice.quota.of(recommender.kind) as usize)
}

/// 五、推荐意见
pub(super) fn opinion(notice: &Notice, recommender: &Recommender, people: &[&Person]) -> Vec<String> {
    if people.is_empty() {
        return vec![blank("推荐意见")];
    }
    let we = we(&recommender.name);
    let (names, count) = (names(people), people.len());
    let who = if count > 1 { format!("{names}等{count}名同志") } else { format!("{names}同志") };
    let has_employer = people.iter().any(|person| !person.applicant.is_freelancer());
    let basis = if has_employer { "单位申报、专家评议和公示情况" } else { "专家评议和公示情况" };
    let forms = &notice.forms;
    let mut paragraphs = vec![format!(
        "根据{basis}，{we}同意推荐{who}为{}年{}人选。现将《{}》《{}》及有关证书复印件一并报送，请予审核。",
        notice.year, notice.award, forms.summary, forms.application
    )];
    let over = over_quota(notice, recommender, people);
    if over > 0 {
        let reason = or_blank(recommender.exception.trim().trim_end_matches('。'), "超出推荐名额的理由");
        let quota = notice.quota.of(recommender.kind);
        paragraphs.push(format!(
            "按照通知要求，{we}推荐名额一般不超过{quota}人，本次推荐{count}人，超出{over}人，理由是：{reason}。"
        ));
    }
    paragraphs.push("特此报告。".to_owned());
    paragraphs
}

/// （一）… before each, where there are several.
fn numbered(steps: Vec<String>) -> Vec<String> {
    steps.into_iter().enumerate().map(|(index, step)| format!("（{}）{step}", numeral(index + 1))).collect()
}
