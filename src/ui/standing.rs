//! How a person stands, in a word; sentences for quota and deadline.

use crate::domain::{Applicant, Day, Finding, FindingCode, Severity, parse_day};
use crate::rules::RecommenderStanding;

/// The word beside a name in the list: it tells the clerk's next step with this person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Hardly begun: fill in the form.
    Draft,
    /// So many things are wrong or missing: mend them.
    Faults(usize),
    /// Only the experts can say, and their review is not recorded: that comes next.
    Judgement,
    /// Nothing stands in the way of putting the person forward.
    Ready,
    /// Put forward; steps of the procedure are still to be done.
    Nominated,
    /// Put forward, and everything is done: hand in.
    Complete,
}

/// More than so many required fields empty: the form is hardly begun, and counting faults helps nobody.
pub const MANY_EMPTY: usize = 6;

/// Steps of part 三 that are not recorded yet. They are no faults: they come after the nomination, one after the other.
const STEPS: [FindingCode; 5] = [
    FindingCode::ProcessEmployeeOpinion,
    FindingCode::ProcessEmployerPublicity,
    FindingCode::ProcessExpertReview,
    FindingCode::ProcessBodyPublicity,
    FindingCode::ProcessMemberOpinion,
];

/// Steps that come before the experts' review; the recommender's publicity comes after it.
const BEFORE_REVIEW: [FindingCode; 2] = [FindingCode::ProcessEmployeeOpinion, FindingCode::ProcessEmployerPublicity];

/// What nearly everybody's papers leave open on the way. It is said where it belongs; a mark for it beside each name would
/// drown the others.
const ON_THE_WAY: [FindingCode; 4] = [
    FindingCode::ProcessMemberOpinion,
    FindingCode::EvidenceEmployerReport,
    FindingCode::EvidenceHonour,
    FindingCode::EvidenceOriginal,
];

/// How much is left to be done of something, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What is wrong or missing.
    pub faults: usize,
    /// Steps of the procedure that are not done.
    pub steps: usize,
    /// What may be right and is to be looked at before somebody put forward is handed in; never a fault.
    pub doubts: usize,
}

impl Tally {
    /// `oddities`: how many there are beside the findings.
    pub fn of<'a>(nominated: bool, findings: impl Iterator<Item = &'a Finding>, oddities: usize) -> Self {
        let mut tally = Self { doubts: if nominated { oddities } else { 0 }, ..Self::default() };
        for finding in findings {
            match finding.severity {
                Severity::Block if nominated && STEPS.contains(&finding.code) => tally.steps += 1,
                Severity::Block => tally.faults += 1,
                Severity::Warn if nominated && !ON_THE_WAY.contains(&finding.code) => tally.doubts += 1,
                Severity::Warn | Severity::Judge => {}
            }
        }
        tally
    }

    /// 1 处问题要改；推荐程序还有 4 步没有完成. `None`: nothing is left.
    pub fn words(self) -> Option<String> {
        let parts = [
            (self.faults, format!("{} 处问题要改", self.faults)),
            (self.steps, format!("推荐程序还有 {} 步没有完成", self.steps)),
            (self.doubts, format!("{} 处请核对", self.doubts)),
        ];
        let words: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
        (!words.is_empty()).then(|| words.join("；"))
    }
}

/// Whether the copy of a certificate, an honour or a competition is wanting: that is told in its row, and mended among the
/// attachments.
pub fn lacks_copy(finding: &Finding) -> bool {
    matches!(finding.code, FindingCode::EvidenceCertificate | FindingCode::EvidenceHonour)
}

/// Whether a finding says that a step is still to be done, not that something is wrong with it.
pub fn is_step(finding: &Finding) -> bool {
    STEPS.contains(&finding.code)
}

/// Whether a finding only reminds of what nearly everybody's papers leave open on the way, or of the day.
pub fn is_reminder(finding: &Finding) -> bool {
    let is_of_the_day = matches!(finding.code, FindingCode::DeadlineNear | FindingCode::DeadlinePassed);
    finding.severity == Severity::Warn && (is_of_the_day || ON_THE_WAY.contains(&finding.code))
}

impl Standing {
    /// Reads the findings of one person.
    pub fn of<'a>(applicant: &Applicant, findings: impl Iterator<Item = &'a Finding>) -> Self {
        let (mut faults, mut empty, mut judgement) = (0, 0, false);
        let (mut steps, mut early) = (false, false);
        for finding in findings {
            match finding.severity {
                Severity::Block if applicant.nominated && STEPS.contains(&finding.code) => {
                    steps = true;
                    early |= BEFORE_REVIEW.contains(&finding.code);
                }
                Severity::Block => faults += 1,
                Severity::Judge => judgement = true,
                Severity::Warn => {}
            }
            empty += usize::from(finding.code == FindingCode::FieldRequired);
        }
        // A recorded review has settled what only the experts could (contract: it blocks no more).
        let reviewed = applicant.process.expert_review.is_recorded();
        match applicant.nominated {
            _ if empty > MANY_EMPTY => Self::Draft,
            _ if faults > 0 => Self::Faults(faults),
            false if judgement && !reviewed => Self::Judgement,
            false => Self::Ready,
            true if !reviewed && !early => Self::Judgement,
            true if steps => Self::Nominated,
            true => Self::Complete,
        }
    }

    pub fn word(self) -> String {
        match self {
            Self::Draft => "草稿".to_owned(),
            Self::Faults(count) => format!("{count} 处问题"),
            Self::Judgement => "待评议".to_owned(),
            Self::Ready => "可推荐".to_owned(),
            Self::Nominated => "已推荐".to_owned(),
            Self::Complete => "可报送".to_owned(),
        }
    }

    /// Whether nothing is left to be done.
    pub fn is_green(self) -> bool {
        matches!(self, Self::Ready | Self::Complete)
    }

    /// What the word means for the clerk.
    pub fn next_step(self) -> &'static str {
        match self {
            Self::Draft => "表格还没有填多少，请继续填写",
            Self::Faults(_) => "有问题要改，在“校核”中逐条列出",
            Self::Judgement => "要由专家评议，评议后请在“推荐程序”中登记",
            Self::Ready => "可以推荐：点右上角的“推荐”",
            Self::Nominated => "已推荐，“推荐程序”中还有步骤没有登记",
            Self::Complete => "已推荐，材料齐全，可以导出报送",
        }
    }
}

/// Stands behind the time of a copy that the program made by itself.
pub const BY_ITSELF: &str = " 自动";

/// 上次备份 10:30, of the newest copy (local, `2021-06-01 09:30:00`, with [`BY_ITSELF`] behind it where nobody made it).
pub fn backup_sentence(newest: Option<&str>, today: Day) -> String {
    use chrono::Datelike;
    let how = if newest.is_some_and(|at| at.ends_with(BY_ITSELF)) { "自动备份" } else { "备份" };
    let Some((day, time)) = newest.and_then(|at| at.split_once(' ')) else { return "还没有备份".to_owned() };
    let time = time.get(..5).unwrap_or(time);
    match parse_day(day) {
        Some(day) if day == today => format!("上次{how} {time}"),
        Some(day) if day.year() == today.year() => format!("上次{how} {} 月 {} 日 {time}", day.month(), day.day()),
        _ => format!("上次{how} {day}"),
    }
}

/// 已推荐 2 人，限额 2 人
pub fn quota_sentence(standing: &RecommenderStanding) -> String {
    format!("已推荐 {} 人，限额 {} 人", standing.nominated, standing.quota)
}

/// 距报送截止（7 月 15 日）还有 9 天
pub fn deadline_sentence(deadline: Day, today: Day) -> String {
    use chrono::Datelike;
    let day = format!("{} 月 {} 日", deadline.month(), deadline.day());
    match (deadline - today).num_days() {
        0 => format!("今天（{day}）报送截止"),
        days if days > 0 => format!("距报送截止（{day}）还有 {days} 天"),
        days if days > -366 => format!("报送截止（{day}）已过 {} 天", -days),
        _ => format!("报送截止：{} 年 {day}", deadline.year()),
    }
}

/// The same where there is little room: 还有 9 天报送
pub fn deadline_word(deadline: Day, today: Day) -> String {
    match (deadline - today).num_days() {
        0 => "今天报送截止".to_owned(),
        days if days > 0 => format!("还有 {days} 天报送"),
        days if days > -366 => format!("已过 {} 天", -days),
        _ => "已截止".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_to_the_deadline() {
        let day = |text: &str| crate::domain::parse_day(text).unwrap();
        let cases = [
            ("2021-07-06", "距报送截止（7 月 15 日）还有 9 天", "还有 9 天报送"),
            ("2021-07-15", "今天（7 月 15 日）报送截止", "今天报送截止"),
            ("2021-07-16", "报送截止（7 月 15 日）已过 1 天", "已过 1 天"),
            ("2026-11-22", "报送截止：2021 年 7 月 15 日", "已截止"),
        ];
        for (today, sentence, word) in cases {
            assert_eq!(deadline_word(day("2021-07-15"), day(today)), word);
            assert_eq!(deadline_sentence(day("2021-07-15"), day(today)), sentence);
        }
    }

    #[test]
    fn a_tally_is_told_in_words() {
        for (faults, steps, doubts, words) in
            [(0, 0, 0, None), (1, 4, 0, Some("1 处问题要改；推荐程序还有 4 步没有完成")), (0, 0, 2, Some("2 处请核对"))]
        {
            assert_eq!(Tally { faults, steps, doubts }.words().as_deref(), words);
        }
    }

    #[test]
    fn a_word_for_each_state() {
        let finding = |code, severity| Finding {
            recommender: None,
            person: None,
            name: None,
            code,
            severity,
            blocks: false,
            clause: None,
            field: None,
            message: String::new(),
        };
        let block = |code| finding(code, Severity::Block);
        let required = block(FindingCode::FieldRequired);
        let opinion = block(FindingCode::ProcessEmployeeOpinion);
        let review = block(FindingCode::ProcessExpertReview);
        let publicity = block(FindingCode::ProcessBodyPublicity);
        let vote = block(FindingCode::ProcessExpertVote);
        let judge = finding(FindingCode::BasisJudgement, Severity::Judge);
        let warn = finding(FindingCode::NameForm, Severity::Warn);
        let new = Applicant::default();
        let nominated = Applicant { nominated: true, ..Applicant::default() };
        let reviewed = |applicant: &Applicant| {
            let mut applicant = applicant.clone();
            applicant.process.expert_review.date = "2021-07-02".into();
            applicant.process.expert_review.agree = Some(crate::domain::Figure::Whole(5));
            applicant
        };
        let (new_reviewed, nominated_reviewed) = (reviewed(&new), reviewed(&nominated));
        let cases: [(&str, &Applicant, Vec<&Finding>, &str); 13] = [
            ("hardly begun", &nominated, vec![&required; 9], "草稿"),
            ("faults come before judgement", &nominated, vec![&required, &required, &judge], "2 处问题"),
            ("faults count without the steps", &nominated, vec![&required, &opinion, &review], "1 处问题"),
            ("a vote that failed is a fault", &nominated_reviewed, vec![&vote], "1 处问题"),
            ("before nomination, open to judgement", &new, vec![&judge, &warn], "待评议"),
            ("the same after the review", &new_reviewed, vec![&judge], "可推荐"),
            ("complete form", &new, vec![&warn], "可推荐"),
            ("just put forward", &nominated, vec![&opinion, &review, &publicity], "已推荐"),
            ("the review is next", &nominated, vec![&judge, &review, &publicity], "待评议"),
            ("the review is next, nothing to judge", &nominated, vec![&review], "待评议"),
            ("publicity is left", &nominated_reviewed, vec![&judge, &publicity], "已推荐"),
            ("all done, the experts have judged", &nominated_reviewed, vec![&judge, &warn], "可报送"),
            ("all done", &nominated_reviewed, vec![], "可报送"),
        ];
        for (case, applicant, findings, word) in cases {
            let standing = Standing::of(applicant, findings.into_iter());
            assert_eq!(standing.word(), word, "{case}");
            assert!(!standing.next_step().is_empty());
        }
    }

    #[test]
    fn when_the_book_was_copied() {
        let today = crate::domain::parse_day("2021-07-06").unwrap();
        for (newest, sentence) in [
            (None, "还没有备份"),
            (Some("2021-07-06 10:30:12"), "上次备份 10:30"),
            (Some("2021-07-06 10:30:12 自动"), "上次自动备份 10:30"),
            (Some("2021-07-01 10:30:12"), "上次备份 7 月 1 日 10:30"),
            (Some("2020-12-31 10:30:12"), "上次备份 2020-12-31"),
        ] {
            assert_eq!(backup_sentence(newest, today), sentence);
        }
    }
}
