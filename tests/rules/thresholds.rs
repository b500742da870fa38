//! Part 二 （一） and （四）: each rank on both sides of each threshold, under both notices.

use tuijian::domain::CompetitionLevel::{self, Municipal, National, Other, Provincial};
use tuijian::domain::{Applicant, Apprentice, Competition, ConditionVerdict, Figure, Person, PersonId, RecommenderId};
use tuijian::rules::{Notice, eligibility};

use crate::support::{BUILT_IN, OTHER, competition, notice};

/// The last rank that counts; what is not listed never counts.
type Table = &'static [(CompetitionLevel, i64, i64)];

const OWN: &[(&str, Table)] = &[
    (BUILT_IN, &[(National, 1, 6), (National, 2, 3), (Provincial, 1, 3), (Provincial, 2, 1), (Municipal, 1, 1)]),
    (OTHER, &[(National, 1, 2), (Provincial, 2, 4), (Municipal, 2, 5)]),
];

const APPRENTICES: &[(&str, Table)] = &[
    (
        BUILT_IN,
        &[
            (National, 1, 10),
            (National, 2, 6),
            (Provincial, 1, 6),
            (Provincial, 2, 3),
            (Municipal, 1, 3),
            (Municipal, 2, 1),
        ],
    ),
    (OTHER, &[(Provincial, 1, 8), (Municipal, 1, 2)]),
];

fn verdict(notice: &Notice, condition: usize, applicant: Applicant) -> ConditionVerdict {
    let person = Person { id: PersonId(1), recommender: RecommenderId(1), applicant };
    let result = eligibility(notice, &person);
    assert_eq!(result.conditions.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["一", "二", "三", "四"]);
    assert!(result.conditions.iter().all(|c| !c.because.is_empty()));
    result.conditions[condition].verdict
}

/// Tries every level, class and rank 1 to 12 against a table.
fn check(tables: &[(&str, Table)], condition: usize, within: ConditionVerdict, make: fn(Competition) -> Applicant) {
    for (id, table) in tables {
        let notice = notice(id);
        for level in [National, Provincial, Municipal, Other] {
            for class in [None, Some(1), Some(2), Some(3)] {
                let last = table.iter().find(|line| line.0 == level && Some(line.1) == class).map_or(0, |line| line.2);
                for rank in 1..=12 {
                    let expected = if rank <= last { within } else { ConditionVerdict::Unmet };
                    let applicant = make(competition(level, class, rank));
                    let found = verdict(&notice, condition, applicant);
                    assert_eq!(found, expected, "{id} {level:?} class {class:?} rank {rank}");
                }
            }
        }
    }
}

fn own(result: Competition) -> Applicant {
    Applicant { competitions: vec![result], ..Applicant::default() }
}

fn apprentice(result: Competition) -> Applicant {
    let apprentice = Apprentice { name: "楼某".into(), relation: "师徒".into(), competition: result };
    Applicant { apprentices: vec![apprentice], ..Applicant::default() }
}

#[test]
fn own_results_count_up_to_the_notices_rank() {
    check(OWN, 0, ConditionVerdict::Met, own);
}

#[test]
fn apprentices_results_are_for_the_experts_up_to_the_notices_rank() {
    check(APPRENTICES, 3, ConditionVerdict::Judgement, apprentice);
}

#[test]
fn an_apprentices_result_is_no_result_of_the_applicants_own() {
    let notice = notice(BUILT_IN);
    assert_eq!(verdict(&notice, 0, apprentice(competition(National, Some(1), 1))), ConditionVerdict::Unmet);
    assert_eq!(verdict(&notice, 3, own(competition(National, Some(1), 1))), ConditionVerdict::Unmet);
}

#[test]
fn a_rank_that_is_no_positive_number_never_counts() {
    let notice = notice(BUILT_IN);
    for (rank, expected) in [
        (Some(Figure::Text("3".into())), ConditionVerdict::Met),
        (Some(Figure::Text(" 3 ".into())), ConditionVerdict::Met),
        (Some(Figure::Text("三".into())), ConditionVerdict::Unmet),
        (Some(Figure::Text("第3名".into())), ConditionVerdict::Unmet),
        (Some(Figure::Whole(0)), ConditionVerdict::Unmet),
        (Some(Figure::Whole(-1)), ConditionVerdict::Unmet),
        (Some(Figure::Whole(i64::MAX)), ConditionVerdict::Unmet),
        (Some(Figure::Fraction(1.5)), ConditionVerdict::Unmet),
        (None, ConditionVerdict::Unmet),
    ] {
        let result = Competition { rank: rank.clone(), ..competition(National, Some(1), 1) };
        assert_eq!(verdict(&notice, 0, own(result)), expected, "{rank:?}");
    }
    let nowhere = Competition { level: None, ..competition(National, Some(1), 1) };
    assert_eq!(verdict(&notice, 0, own(nowhere)), ConditionVerdict::Unmet);
}

#[test]
fn one_result_within_the_table_is_enough() {
    let mut applicant = own(competition(Other, None, 1));
    applicant.competitions.push(competition(Municipal, Some(1), 2));
    assert_eq!(verdict(&notice(BUILT_IN), 0, applicant.clone()), ConditionVerdict::Unmet);
    applicant.competitions.push(competition(Municipal, Some(1), 1));
    assert_eq!(verdict(&notice(BUILT_IN), 0, applicant), ConditionVerdict::Met);
}
