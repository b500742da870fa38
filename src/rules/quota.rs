//! Part 四: how many a recommender may put forward.

use super::case::Findings;
use super::notice::Notice;
use crate::domain::{Body, Clause, FindingCode, in_quotes, is_filled};

/// Why one person more may not be nominated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{recommender}已推荐 {nominated} 人，{kind}推荐名额一般不超过 {quota} 人（通知第四条）；\
     请先撤回一人，确需超出的请写明理由"
)]
pub struct QuotaRefusal {
    pub recommender: String,
    pub kind: &'static str,
    pub quota: u32,
    pub nominated: usize,
}

/// Whether a recommender that has nominated so many may nominate one more. A recorded reason opens the way ("一般").
pub fn may_nominate(notice: &Notice, body: &Body, already_nominated: usize) -> Result<(), QuotaRefusal> {
    if is_filled(&body.recommender.exception) {
        return Ok(());
    }
    within_quota(notice, body, already_nominated)
}

/// The same where no reason to go over the quota counts.
pub fn within_quota(notice: &Notice, body: &Body, already_nominated: usize) -> Result<(), QuotaRefusal> {
    let recommender = &body.recommender;
    let quota = notice.quota.of(recommender.kind);
    if already_nominated < quota as usize {
        return Ok(());
    }
    Err(QuotaRefusal {
        recommender: recommender.name.clone(),
        kind: recommender.kind.label(),
        quota,
        nominated: already_nominated,
    })
}

/// `quota.exceeded`.
pub(super) fn check(notice: &Notice, body: &Body, nominated: usize, out: &mut Findings) {
    let recommender = &body.recommender;
    let quota = notice.quota.of(recommender.kind);
    if nominated <= quota as usize {
        return;
    }
    let fact = format!("推荐了 {nominated} 人，{}推荐名额一般不超过 {quota} 人", recommender.kind.label());
    let clause = Some(Clause::Quota);
    if is_filled(&recommender.exception) {
        let reason = recommender.exception.trim();
        out.warn(
            FindingCode::QuotaExceeded,
            clause,
            "",
            format!("{fact}；已写明理由{}，报送前请与受理部门确认。", in_quotes(reason)),
        );
    } else {
        out.block(
            FindingCode::QuotaExceeded,
            clause,
            "",
            format!("{fact}；请撤回 {} 人，或写明超出的理由。", nominated - quota as usize),
        );
    }
}
