//! Part 二: named honours, the texts that experts judge, and the verdict on the person.

use tuijian::domain::{
    Applicant, ConditionVerdict, Honour, Person, PersonEligibility, PersonId, RecommenderId, Verdict,
};
use tuijian::rules::eligibility;

use crate::support::{BUILT_IN, Book, OTHER, clean, notice};

fn eligible(id: &str, applicant: Applicant) -> PersonEligibility {
    eligibility(&notice(id), &Person { id: PersonId(1), recommender: RecommenderId(1), applicant })
}

fn honoured(titles: &[&str]) -> Applicant {
    let honours = titles.iter().map(|title| Honour { title: (*title).into(), ..Honour::default() }).collect();
    Applicant { honours, ..Applicant::default() }
}

#[test]
fn named_honours_meet_the_condition_and_others_are_for_the_experts() {
    use ConditionVerdict::{Judgement, Met, Unmet};
    for (id, titles, expected) in [
        (BUILT_IN, &["中华技能大奖"][..], Met),
        (BUILT_IN, &["“中华技能大奖”获得者"], Met),
        (BUILT_IN, &["全国技术能手"], Met),
        (BUILT_IN, &["“全国技术能手”荣誉称号"], Met),
        (BUILT_IN, &["全国 技术能手　称号"], Met),
        (BUILT_IN, &["杭州市杰出人才"], Met),
        (BUILT_IN, &["国务院特殊津贴"], Met),
        (BUILT_IN, &["享受国务院政府特殊津贴专家"], Met),
        (BUILT_IN, &["国务院政府特殊津贴获得者"], Met),
        (BUILT_IN, &["市政府特殊津贴"], Met),
        (BUILT_IN, &["享受杭州市政府特殊津贴"], Met),
        (BUILT_IN, &["杭州市劳动模范", "全国技术能手"], Met),
        (BUILT_IN, &["全国技术能手提名"], Judgement),
        (BUILT_IN, &["全国技术能手提名奖"], Judgement),
        (BUILT_IN, &["浙江省技术能手"], Judgement),
        (BUILT_IN, &["宁波市政府特殊津贴"], Judgement),
        (BUILT_IN, &["杭州市劳动模范"], Judgement),
        (BUILT_IN, &["湖东工匠"], Judgement),
        (BUILT_IN, &["称号"], Judgement),
        (BUILT_IN, &[""], Unmet),
        (BUILT_IN, &["　"], Unmet),
        (BUILT_IN, &[], Unmet),
        (OTHER, &["湖东工匠"], Met),
        (OTHER, &["“湖东省工匠”称号"], Met),
        (OTHER, &["湖东工匠提名"], Unmet),
        (OTHER, &["全国技术能手"], Unmet),
    ] {
        let found = eligible(id, honoured(titles));
        assert_eq!(found.conditions[0].verdict, expected, "{id} {titles:?}: {}", found.conditions[0].because);
    }
}

#[test]
fn prose_never_meets_a_condition() {
    let mut applicant = Applicant::default();
    applicant.sections.honour_titles.text = "全国技术能手，国家一类竞赛第一名".into();
    applicant.sections.competition_results.text = "国家一类竞赛第一名".into();
    applicant.honours_brief = "中华技能大奖".into();
    let found = eligible(BUILT_IN, applicant);
    assert!(found.conditions.iter().all(|c| c.verdict == ConditionVerdict::Unmet), "{found:?}");
}

#[test]
fn texts_leave_two_and_three_to_the_experts() {
    use ConditionVerdict::{Judgement, Unmet};
    for (id, operation_methods, speciality, innovations, expected) in [
        (BUILT_IN, "", "", "", [Unmet, Unmet]),
        (BUILT_IN, " \n　", " ", "\t", [Unmet, Unmet]),
        (BUILT_IN, "五步法", "", "", [Judgement, Unmet]),
        (BUILT_IN, "", "绝技", "", [Judgement, Unmet]),
        (BUILT_IN, "", "", "革新", [Unmet, Judgement]),
        (OTHER, "五步法", "", "", [Unmet, Unmet]),
        (OTHER, "", "绝技", "", [Unmet, Judgement]),
        (OTHER, "", "", "革新", [Judgement, Unmet]),
    ] {
        let mut applicant = Applicant::default();
        applicant.sections.operation_methods.text = operation_methods.into();
        applicant.sections.speciality.text = speciality.into();
        applicant.sections.innovations.text = innovations.into();
        let found = eligible(id, applicant);
        assert_eq!([found.conditions[1].verdict, found.conditions[2].verdict], expected, "{id} {found:?}");
    }
}

#[test]
fn the_verdict_weighs_the_conditions_and_the_bars() {
    type Change = fn(&mut Book);
    let judged: Change = |book| {
        book.one().competitions.clear();
        book.one().sections.innovations.text = "革新".into();
    };
    let cases: [(&str, Change, Verdict); 9] = [
        ("met", |_| (), Verdict::Eligible),
        ("open", judged, Verdict::Judgement),
        ("nothing", |book| book.one().competitions.clear(), Verdict::Ineligible),
        ("no certificate", |book| book.one().certificates.clear(), Verdict::Ineligible),
        ("高级工", |book| book.one().certificates[0].grade = "高级工".into(), Verdict::Ineligible),
        ("二级", |book| book.one().certificates[0].grade = "二级".into(), Verdict::Eligible),
        ("no front line", |book| book.one().front_line = Some(false), Verdict::Ineligible),
        ("not asked", |book| book.one().front_line = None, Verdict::Eligible),
        ("titled", |book| book.one().provincial_chief_technician = Some(true), Verdict::Ineligible),
    ];
    for (name, change, expected) in cases {
        let mut book = clean();
        change(&mut book);
        assert_eq!(eligibility(&book.notice, &book.people[0]).verdict, expected, "{name}");
    }
}

#[test]
fn the_lowest_grade_is_the_notices() {
    for (id, grade, bars) in [
        (BUILT_IN, "高级工", true),
        (BUILT_IN, "三级", true),
        (BUILT_IN, "技师", false),
        (BUILT_IN, "二级", false),
        (BUILT_IN, "一级", false),
        (BUILT_IN, "高级技师（一级）", false),
        (BUILT_IN, "特级技师", false),
        (BUILT_IN, "首席技师", false),
        (BUILT_IN, "", true),
        (BUILT_IN, "工程师", true),
        (OTHER, "技师", true),
        (OTHER, "二级", true),
        (OTHER, "高级技师", false),
    ] {
        let mut book = clean();
        book.notice = notice(id);
        book.one().certificates[0].grade = grade.into();
        let found = book.found(tuijian::domain::FindingCode::BasisGrade);
        assert_eq!(!found.is_empty(), bars, "{id} {grade}");
    }
}
