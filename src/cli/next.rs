//! What to do next, as it is typed on the command line.

use crate::ops::{NextStep, OpError};

/// The sentence of an error with what to type next.
pub fn told(error: &OpError) -> String {
    error.told(words)
}

fn words(next: NextStep) -> &'static str {
    match next {
        NextStep::Nominate => "请先推荐（nominate）",
        NextStep::NominateOrChoose => "请先推荐（nominate），或用 --person 指定一位",
        NextStep::MendOrDraft => "请改好后再来（check 列出全部问题），或加 --draft 先印草稿",
        NextStep::SeePeople => "请用 list 查看姓名和编号",
        NextStep::SeeRecommenders => "请用 recommender list 查看",
        NextStep::SeeHistory => "请用 history 查看编号",
        NextStep::SeeBackups => "请换一份备份（backups 列出自动备份）",
        NextStep::CheckBook => "请先用 doctor 检查这本推荐册",
        NextStep::RestoreBackup => "backups 列出自动备份，restore 用其中一份恢复",
        NextStep::RenameRecommender => "名称有误请用 recommender edit 修改",
        NextStep::UseNomination => "请用 nominate 或 withdraw",
        NextStep::UseOrder => "请用 order",
    }
}
