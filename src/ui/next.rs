//! What to do next, as it is clicked in the window.

use crate::ops::{NextStep, OpError};

/// The sentence of an error with what to click next.
pub fn told(error: &OpError) -> String {
    error.told(words)
}

fn words(next: NextStep) -> &'static str {
    match next {
        NextStep::Nominate => "请先在申报人的右上角点“推荐”",
        NextStep::NominateOrChoose => "请先在申报人的右上角点“推荐”，或选只印这一位",
        NextStep::MendOrDraft => "请改好后再来（点上方的“校核”看全部问题），或先勾选“印草稿”",
        NextStep::SeePeople => "请在左边的名单中查看",
        NextStep::SeeRecommenders => "请在“推荐单位资料”中查看",
        NextStep::SeeHistory => "请在“历史”中另选一条",
        NextStep::SeeBackups => "请另选一份备份",
        NextStep::CheckBook => "请先在“备份与恢复”中点“检查推荐册”",
        NextStep::RestoreBackup => "请在“备份与恢复”中选一份备份恢复",
        NextStep::RenameRecommender => "名称有误，请在“推荐单位资料”中改名",
        NextStep::UseNomination => "请在申报人的右上角点“推荐”或“撤回推荐”",
        NextStep::UseOrder => "请在左边的名单中上移、下移",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_names_no_command() {
        for next in NextStep::ALL {
            let told = told(&OpError::Wrong("出了一件事。".to_owned()).then(next));
            assert!(told.starts_with("出了一件事；请") || told.starts_with("出了一件事；名称有误，请"), "{told}");
            assert!(!told.chars().any(|c| c.is_ascii_alphabetic() || c == '-'), "{told}");
        }
    }
}
