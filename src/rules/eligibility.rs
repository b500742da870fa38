//! Parts 一 and 二: who may apply, and which of the four conditions is met. Only the structured lists count, never prose.

use super::case::{Case, Findings};
use super::notice::{Condition, Notice, Threshold};
use crate::domain::{
    Applicant, Clause, Competition, CompetitionLevel, ConditionResult, ConditionVerdict, Figure, FindingCode, Grade,
    Person, PersonEligibility, Verdict, in_quotes, is_filled,
};

/// Eligibility of one person under a notice.
pub fn eligibility(notice: &Notice, person: &Person) -> PersonEligibility {
    let applicant = &person.applicant;
    let conditions: Vec<ConditionResult> =
        notice.conditions.iter().map(|condition| judge(condition, applicant)).collect();
    let has = |verdict| conditions.iter().any(|result| result.verdict == verdict);
    let verdict = if bars(notice, applicant).next().is_some() {
        Verdict::Ineligible
    } else if has(ConditionVerdict::Met) {
        Verdict::Eligible
    } else if has(ConditionVerdict::Judgement) {
        Verdict::Judgement
    } else {
        Verdict::Ineligible
    };
    PersonEligibility { person: person.id, name: applicant.name.clone(), verdict, conditions }
}

/// Something that bars a person whatever the conditions say.
struct Bar {
    code: FindingCode,
    clause: Clause,
    field: &'static str,
    message: String,
}

fn bars(notice: &Notice, applicant: &Applicant) -> impl Iterator<Item = Bar> {
    let minimum = notice.scope.minimum_grade;
    let graded = applicant.certificates.iter().any(|c| Grade::read(&c.grade).is_some_and(|grade| grade >= minimum));
    let grade = (!graded).then(|| Bar {
        code: FindingCode::BasisGrade,
        clause: Clause::Conditions,
        field: "certificates",
        message: format!(
            "没有{minimum}及以上的职业资格证书或职业技能等级证书，不符合申报条件；如有，请在“资格与条件”的证书中补录并写明等级。"
        ),
    });
    let front_line = (applicant.front_line == Some(false)).then(|| Bar {
        code: FindingCode::BasisFrontLine,
        clause: Clause::Scope,
        field: "front_line",
        message: "不在一线岗位上直接从事技能工作，不属于认定对象，请核对；确实如此则不能推荐。".to_owned(),
    });
    let titled = (applicant.provincial_chief_technician == Some(true)).then(|| Bar {
        code: FindingCode::BasisProvincialTitle,
        clause: Clause::Scope,
        field: "provincial_chief_technician",
        message: format!("已获评{}，不得申报，请核对；确实如此则不能推荐。", in_quotes(&notice.scope.barred_title)),
    });
    [grade, front_line, titled].into_iter().flatten()
}

/// The family `basis.*` and `route.freelancer`.
pub(super) fn check(case: &Case, eligibility: &PersonEligibility, out: &mut Findings) {
    for bar in bars(case.notice, case.applicant()) {
        out.block(bar.code, Some(bar.clause), bar.field, bar.message);
    }
    let has = |verdict| eligibility.conditions.iter().any(|result| result.verdict == verdict);
    if !has(ConditionVerdict::Met) {
        if has(ConditionVerdict::Judgement) {
            out.judge(FindingCode::BasisJudgement, Some(Clause::Conditions), "", open(case, eligibility));
        } else {
            out.block(
                FindingCode::BasisCondition,
                Some(Clause::Conditions),
                "",
                "四项条件都没有依据，请补录荣誉、竞赛名次、徒弟名次或先进操作法、技术革新的内容；确实没有则不能推荐。"
                    .to_owned(),
            );
        }
    }
    let routes = &case.notice.scope.freelancers_by;
    if case.applicant().is_freelancer() && !routes.contains(&case.body.recommender.kind) {
        let routes: Vec<&str> = routes.iter().map(|kind| kind.label()).collect();
        out.block(
            FindingCode::RouteFreelancer,
            Some(Clause::ByRecommender),
            "freelancer",
            format!("自由职业者应通过{}推荐，请转由其申报；不是自由职业者的请改正。", routes.join("、")),
        );
    }
}

fn open(case: &Case, eligibility: &PersonEligibility) -> String {
    let open: Vec<String> = eligibility
        .conditions
        .iter()
        .filter(|result| result.verdict == ConditionVerdict::Judgement)
        .map(|result| format!("（{}）", result.id))
        .collect();
    let next = if case.applicant().process.expert_review.is_recorded() {
        "专家评议已登记，以评议意见为准。"
    } else {
        "请组织专家评议并登记结果。"
    };
    format!("没有可以直接认定的条件，条件{}须由专家判断；{next}", open.join("、"))
}

fn judge(condition: &Condition, applicant: &Applicant) -> ConditionResult {
    let (verdict, because) = verdict(condition, applicant);
    ConditionResult { id: condition.id.clone(), verdict, because }
}

fn verdict(condition: &Condition, applicant: &Applicant) -> (ConditionVerdict, String) {
    let named = applicant.honours.iter().filter(|honour| is_filled(&honour.title)).find_map(|honour| {
        condition
            .named_honour(&honour.title)
            .map(|named| format!("获得{}，通知列有此项荣誉。", in_quotes(&named.title)))
    });
    let placed = || {
        applicant.competitions.iter().find_map(|result| {
            Threshold::of(&condition.competitions, result).map(|line| format!("{}。", within(result, line)))
        })
    };
    if let Some(because) = named.or_else(placed) {
        return (ConditionVerdict::Met, because);
    }
    let other = || {
        let title = applicant.honours.iter().map(|honour| honour.title.trim()).find(|title| !title.is_empty())?;
        condition.other_honours.then(|| format!("通知未列出{}，是否属于“等荣誉称号”由专家判断。", in_quotes(title)))
    };
    let written = || {
        let key = condition.texts.iter().find(|key| is_filled(&applicant.sections.get(**key).text))?;
        Some(format!("“{}”已填写，是否符合由专家判断。", key.label()))
    };
    let taught = || {
        applicant.apprentices.iter().find_map(|apprentice| {
            let line = Threshold::of(&condition.apprentices, &apprentice.competition)?;
            let name = apprentice.name.trim();
            Some(format!("徒弟{name}：{}，“多人”由专家判断。", within(&apprentice.competition, line)))
        })
    };
    if let Some(because) = other().or_else(written).or_else(taught) {
        return (ConditionVerdict::Judgement, because);
    }
    (ConditionVerdict::Unmet, unmet(condition, applicant))
}

fn within(result: &Competition, line: &Threshold) -> String {
    let rank = result.rank.as_ref().map(ToString::to_string).unwrap_or_default();
    let counted = if line.max_rank == 1 { "第 1 名".to_owned() } else { format!("前 {} 名", line.max_rank) };
    format!(
        "{}{}竞赛{}第 {} 名，通知取{counted}",
        level_label(line.level),
        class_label(line.class),
        in_quotes(&result.name),
        rank.trim()
    )
}

/// Why a condition has nothing to rest on: what would count, and the commonest reason why a listed result does not.
fn unmet(condition: &Condition, applicant: &Applicant) -> String {
    let mut parts = Vec::new();
    if !condition.honours.is_empty() {
        parts.push("没有通知所列的荣誉".to_owned());
    }
    if !condition.competitions.is_empty() {
        parts.push(unplaced("竞赛", &condition.competitions, applicant.competitions.iter()));
    }
    if !condition.texts.is_empty() {
        let labels: Vec<String> = condition.texts.iter().map(|key| format!("“{}”", key.label())).collect();
        parts.push(format!("{}未填写", labels.join("和")));
    }
    if !condition.apprentices.is_empty() {
        let results = applicant.apprentices.iter().map(|apprentice| &apprentice.competition);
        parts.push(unplaced("徒弟竞赛", &condition.apprentices, results));
    }
    format!("{}。", parts.join("，"))
}

fn unplaced<'a>(what: &str, table: &[Threshold], results: impl Iterator<Item = &'a Competition>) -> String {
    let with_class = |result: &Competition, class: u32| Competition {
        class: Some(Figure::Whole(i64::from(class))),
        ..result.clone()
    };
    let results: Vec<&Competition> = results.collect();
    let classless = results.iter().any(|result| {
        result.class.is_none()
            && table.iter().any(|line| Threshold::of(table, &with_class(result, line.class)).is_some())
    });
    let at = |result: &Competition, line: &Threshold| {
        let class = result.class.clone().or(Some(Figure::Whole(i64::from(line.class))));
        Competition { level: Some(line.level), class, ..result.clone() }
    };
    let unlevelled = results.iter().any(|result| {
        result.level.is_none() && table.iter().any(|line| Threshold::of(table, &at(result, line)).is_some())
    });
    if unlevelled {
        format!("{what}未选级别，不能按名次认定")
    } else if classless {
        format!("{what}未填一类或二类，不能按名次认定")
    } else {
        format!("没有达到通知名次的{what}")
    }
}

fn level_label(level: CompetitionLevel) -> &'static str {
    match level {
        CompetitionLevel::National => "国家",
        CompetitionLevel::Provincial => "省级",
        CompetitionLevel::Municipal => "市级",
        CompetitionLevel::Other => "其他",
    }
}

fn class_label(class: u32) -> &'static str {
    if class == 1 { "一类" } else { "二类" }
}
