//! Part 四 and `may_nominate`.

use tuijian::domain::{Body, FindingCode, RecommenderKind, Severity};
use tuijian::rules::may_nominate;

use crate::support::{BUILT_IN, OTHER, body, clean, notice};

#[test]
fn nobody_is_nominated_over_the_quota_without_a_reason() {
    use RecommenderKind::{Association, Department, District};
    for (id, kind, quota) in [
        (BUILT_IN, District, 4),
        (BUILT_IN, Department, 4),
        (BUILT_IN, Association, 2),
        (OTHER, District, 3),
        (OTHER, Department, 1),
        (OTHER, Association, 5),
    ] {
        let notice = notice(id);
        let plain = body(1, "示范单位", kind);
        let mut reasoned = plain.clone();
        reasoned.recommender.exception = "人选特别多".into();
        let mut blank = plain.clone();
        blank.recommender.exception = "  ".into();
        let may = |body: &Body, already| may_nominate(&notice, body, already).is_ok();
        assert!(may(&plain, 0) && may(&plain, quota - 1), "{id} {kind:?}");
        assert!(!may(&plain, quota) && !may(&plain, quota + 1) && !may(&blank, quota), "{id} {kind:?}");
        assert!(may(&reasoned, quota), "{id} {kind:?}");
        let refusal = may_nominate(&notice, &plain, quota).unwrap_err();
        assert_eq!((refusal.quota as usize, refusal.nominated), (quota, quota));
        assert!(refusal.to_string().starts_with("示范单位已推荐"), "{refusal}");
    }
}

#[test]
fn more_nominated_than_the_quota_block_and_with_a_reason_warn() {
    for (nominated, reason, expected) in [
        (4, "", None),
        (5, "", Some(Severity::Block)),
        (5, "　", Some(Severity::Block)),
        (5, "重点产业集中", Some(Severity::Warn)),
        (4, "重点产业集中", None),
    ] {
        let mut book = clean();
        for _ in 1..nominated {
            book.add(1);
        }
        // A person who is not nominated takes no place.
        book.add(1).nominated = false;
        book.body().exception = reason.into();
        let result = book.check();
        let found: Vec<Severity> = result
            .findings
            .iter()
            .filter(|finding| finding.code == FindingCode::QuotaExceeded)
            .map(|finding| finding.severity)
            .collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{nominated} {reason:?}");
        let standing = &result.recommenders[0];
        assert_eq!((standing.quota, standing.nominated), (4, nominated));
        assert_eq!(standing.exception.as_deref(), Some(reason.trim()).filter(|reason| !reason.is_empty()));
    }
}
