//! Part 五: the last day for handing in.

use super::case::Findings;
use super::notice::Notice;
use crate::domain::{Clause, Day, FindingCode};

/// `deadline.near`, `deadline.passed`.
pub(super) fn check(notice: &Notice, today: Day, out: &mut Findings) {
    let left = notice.deadline.signed_duration_since(today).num_days();
    let clause = Some(Clause::Requirements);
    let deadline = notice.deadline.format("%Y年%-m月%-d日");
    if left < 0 {
        out.warn(
            FindingCode::DeadlinePassed,
            clause,
            "",
            format!("报送截止日 {deadline} 已过 {} 天，请先与受理部门联系。", -left),
        );
    } else if left <= i64::from(notice.usage.near_days) {
        let message = if left == 0 {
            format!("今天（{deadline}）是报送截止日，请今天报送。")
        } else {
            format!("离报送截止日 {deadline} 还有 {left} 天，请抓紧盖章、装订、报送。")
        };
        out.warn(FindingCode::DeadlineNear, clause, "", message);
    }
}
