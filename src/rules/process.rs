//! `process.*`: the steps of part 三, their dates and votes.

use super::calendar::Calendar;
use super::case::{Case, Findings};
use super::format::marked_day;
use crate::domain::{Clause, Day, FindingCode, Process, in_quotes, is_filled, parse_day};

/// A date of the process as typed.
pub(super) struct DateField<'a> {
    pub field: &'static str,
    pub label: &'static str,
    pub clause: Clause,
    pub text: &'a str,
    /// Of a step of the employer, which a freelancer does not have.
    pub by_employer: bool,
}

/// Every date of the process, in the order of the steps.
pub(super) fn dates(process: &Process) -> Vec<DateField<'_>> {
    let employer = |field, label, text| DateField { field, label, clause: Clause::ByEmployer, text, by_employer: true };
    let body = |field, label, text| DateField { field, label, clause: Clause::ByRecommender, text, by_employer: false };
    let originals = &process.originals_checked;
    vec![
        employer("process.employee_opinion.date", "征求员工意见日期", &process.employee_opinion.date),
        employer("process.employer_publicity.from", "单位公示开始日期", &process.employer_publicity.from),
        employer("process.employer_publicity.to", "单位公示结束日期", &process.employer_publicity.to),
        employer(
            "process.employer_report.received",
            "收到单位推荐报告日期",
            marked_day(process.employer_report.received.as_ref()),
        ),
        body("process.originals_checked.date", "原件校验日期", &originals.date),
        body("process.originals_checked.returned", "原件退回日期", marked_day(originals.returned.as_ref())),
        body("process.expert_review.date", "专家评议日期", &process.expert_review.date),
        body("process.body_publicity.from", "推荐单位公示开始日期", &process.body_publicity.from),
        body("process.body_publicity.to", "推荐单位公示结束日期", &process.body_publicity.to),
        body("process.member_opinion.date", "征求会员意见日期", &process.member_opinion.date),
    ]
}

/// What must not be earlier than what, where the notice's own sequence says so.
const SEQUENCE: &[(&str, &str)] = &[
    ("process.employee_opinion.date", "process.employer_publicity.to"),
    ("process.employer_publicity.from", "process.employer_publicity.to"),
    ("process.employer_publicity.to", "process.employer_report.received"),
    ("process.employer_publicity.to", "process.expert_review.date"),
    ("process.employer_publicity.to", "process.body_publicity.from"),
    ("process.originals_checked.date", "process.originals_checked.returned"),
    ("process.expert_review.date", "process.body_publicity.from"),
    ("process.body_publicity.from", "process.body_publicity.to"),
];

pub(super) fn check(case: &Case, out: &mut Findings) {
    if case.applicant().nominated {
        steps(case, out);
    }
    vote(case, out);
    objections(case, out);
    member_opinion(case, out);
    order(case, out);
    short(case, out);
}

/// The steps that a nominated applicant must have.
fn steps(case: &Case, out: &mut Findings) {
    let process = &case.applicant().process;
    if !case.applicant().is_freelancer() {
        let clause = Some(Clause::ByEmployer);
        if !process.employee_opinion.is_recorded() {
            let message = "没有登记征求本单位员工意见的情况，请单位补办后登记日期和结果。".to_owned();
            out.block(FindingCode::ProcessEmployeeOpinion, clause, "process.employee_opinion", message);
        }
        publicity(case, true, out);
    }
    if !process.expert_review.is_recorded() {
        let message = "没有登记专家评议，请组织专家评议并登记日期和票数。".to_owned();
        let field = "process.expert_review";
        out.block(FindingCode::ProcessExpertReview, Some(Clause::ByRecommender), field, message);
    }
    publicity(case, false, out);
}

/// A publicity counts when its last day is filled and not to come.
fn publicity(case: &Case, by_employer: bool, out: &mut Findings) {
    let process = &case.applicant().process;
    let (publicity, code, clause, field, who) = if by_employer {
        let code = FindingCode::ProcessEmployerPublicity;
        (&process.employer_publicity, code, Clause::ByEmployer, "process.employer_publicity", "单位")
    } else {
        let code = FindingCode::ProcessBodyPublicity;
        (&process.body_publicity, code, Clause::ByRecommender, "process.body_publicity", "推荐单位")
    };
    let message = match parse_day(&publicity.to) {
        Some(to) if to > case.today => format!("{who}公示到 {to} 才结束，请公示期满后再报送。"),
        Some(_) => return,
        None if is_filled(&publicity.to) => format!("{who}公示的结束日期写得不对，不能算已公示，请改正。"),
        None => format!("没有登记{who}公示的结束日期，请公示期满后登记起止日期和有无异议。"),
    };
    out.block(code, Some(clause), field, message);
}

/// More for than against, and no more votes than experts.
fn vote(case: &Case, out: &mut Findings) {
    let review = &case.applicant().process.expert_review;
    let number = |figure: &Option<crate::domain::Figure>| figure.as_ref().map(|figure| figure.whole());
    // A figure that is no number is `field.format`'s to report.
    let (Some(Some(agree)), Some(against)) = (number(&review.agree), number(&review.against).unwrap_or(Some(0))) else {
        return;
    };
    let clause = Some(Clause::ByRecommender);
    let field = "process.expert_review";
    if review.is_lost() {
        let message =
            format!("专家评议同意 {agree} 票、反对 {against} 票，同意票没有多于反对票，不能推荐；请核对票数。");
        out.block(FindingCode::ProcessExpertVote, clause, field, message);
    }
    if let Some(Some(experts)) = number(&review.experts)
        && u64::from(agree) + u64::from(against) > u64::from(experts)
    {
        let message = format!("同意 {agree} 票加反对 {against} 票，多于 {experts} 名专家，请核对票数和人数。");
        out.block(FindingCode::ProcessExpertVote, clause, field, message);
    }
}

/// `process.objection`, of either publicity.
fn objections(case: &Case, out: &mut Findings) {
    let process = &case.applicant().process;
    for (publicity, clause, field, who) in [
        (&process.employer_publicity, Clause::ByEmployer, "process.employer_publicity.objections", "单位"),
        (&process.body_publicity, Clause::ByRecommender, "process.body_publicity.objections", "推荐单位"),
    ] {
        if !publicity.has_objections() {
            continue;
        }
        let said = in_quotes(&publicity.objections);
        if is_filled(&publicity.resolution) {
            let message =
                format!("{who}公示有异议{said}，已登记处理结果{}，请确认。", in_quotes(&publicity.resolution));
            out.warn(FindingCode::ProcessObjection, Some(clause), field, message);
        } else {
            let message = format!(
                "{who}公示有异议{said}，公示无异议的才能报送，请核实处理并登记处理结果；没有异议请写“无异议”。"
            );
            out.block(FindingCode::ProcessObjection, Some(clause), field, message);
        }
    }
}

/// An association asks its members; for a freelancer it must.
fn member_opinion(case: &Case, out: &mut Findings) {
    let asks = case.notice.scope.members_asked_by.contains(&case.body.recommender.kind);
    if !asks || case.applicant().process.member_opinion.is_recorded() {
        return;
    }
    let field = "process.member_opinion";
    let clause = Some(Clause::ByRecommender);
    let message = "没有登记征求会员意见的情况，请在协会内征求意见后登记日期和结果。".to_owned();
    if case.applicant().is_freelancer() {
        out.block(FindingCode::ProcessMemberOpinion, clause, field, message);
    } else {
        out.warn(FindingCode::ProcessMemberOpinion, clause, field, message);
    }
}

/// Dates that contradict each other or lie after the deadline.
fn order(case: &Case, out: &mut Findings) {
    let freelancer = case.applicant().is_freelancer();
    let known: Vec<(DateField<'_>, Day)> = dates(&case.applicant().process)
        .into_iter()
        .filter(|date| !(freelancer && date.by_employer))
        .filter_map(|date| parse_day(date.text).map(|day| (date, day)))
        .collect();
    let find = |field: &str| known.iter().find(|(date, _)| date.field == field);
    for (earlier, later) in SEQUENCE {
        if let (Some((first, first_day)), Some((second, second_day))) = (find(earlier), find(later))
            && first_day > second_day
        {
            let message =
                format!("{} {second_day} 早于{} {first_day}，前后矛盾，请核对这两个日期。", second.label, first.label);
            out.warn(FindingCode::ProcessOrder, Some(second.clause), second.field, message);
        }
    }
    let deadline = case.notice.deadline;
    for (date, day) in known.iter().filter(|(_, day)| *day > deadline) {
        let message = format!("{} {day} 在报送截止日 {deadline} 之后，请核对。", date.label);
        out.warn(FindingCode::ProcessOrder, Some(Clause::Requirements), date.field, message);
    }
}

/// `process.short`: the notice names no length, so it rests on usage alone.
fn short(case: &Case, out: &mut Findings) {
    let process = &case.applicant().process;
    let usual = case.notice.usage.publicity_working_days;
    for (publicity, by_employer, field, who) in [
        (&process.employer_publicity, true, "process.employer_publicity", "单位"),
        (&process.body_publicity, false, "process.body_publicity", "推荐单位"),
    ] {
        if by_employer && case.applicant().is_freelancer() {
            continue;
        }
        let (Some(from), Some(to)) = (parse_day(&publicity.from), parse_day(&publicity.to)) else { continue };
        let lasted = Calendar::built_in().working_days(from, to, usual);
        if from <= to && lasted < usual {
            let message = format!(
                "{who}公示 {from} 至 {to} 只有 {lasted} 个工作日，通常不少于 {usual} 个工作日；通知没有规定天数，请自行把握。"
            );
            out.warn(FindingCode::ProcessShort, None, field, message);
        }
    }
}
