//! How a person stands, in a word; sentences for quota and deadline.

use crate::domain::{Applicant, Day, Finding, FindingCode, Severity};
use crate::rules::RecommenderStanding;

/// The word beside a name in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Hardly begun.
    Draft,
    /// So many findings that stop the set, or would once the person is nominated.
    Faults(usize),
    /// Only the experts can say.
    Judgement,
    /// Nothing stands in the way; not nominated yet.
    Ready,
    /// Nominated, and nothing stands in the way.
    Nominated,
}

/// More than so many required fields empty: the form is hardly begun, and counting faults helps nobody.
const MANY_EMPTY: usize = 6;

impl Standing {
    /// Reads the findings of one person.
    pub fn of<'a>(applicant: &Applicant, findings: impl Iterator<Item = &'a Finding>) -> Self {
        let (mut faults, mut empty, mut judgement) = (0, 0, false);
        for finding in findings {
            match finding.severity {
                Severity::Block => faults += 1,
                Severity::Judge => judgement = true,
                Severity::Warn => {}
            }
            empty += usize::from(finding.code == FindingCode::FieldRequired);
        }
        match (faults, judgement) {
            _ if empty > MANY_EMPTY => Self::Draft,
            (1.., _) => Self::Faults(faults),
            (0, true) => Self::Judgement,
            (0, false) if applicant.nominated => Self::Nominated,
            (0, false) => Self::Ready,
        }
    }

    pub fn word(self) -> String {
        match self {
            Self::Draft => "草稿".to_owned(),
            Self::Faults(count) => format!("{count} 处问题"),
            Self::Judgement => "待评议".to_owned(),
            Self::Ready => "可推荐".to_owned(),
            Self::Nominated => "可报送".to_owned(),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_to_the_deadline() {
        let day = |text: &str| crate::domain::parse_day(text).unwrap();
        let cases = [
            ("2021-07-06", "距报送截止（7 月 15 日）还有 9 天"),
            ("2021-07-15", "今天（7 月 15 日）报送截止"),
            ("2021-07-16", "报送截止（7 月 15 日）已过 1 天"),
            ("2026-11-22", "报送截止：2021 年 7 月 15 日"),
        ];
        for (today, sentence) in cases {
            assert_eq!(deadline_sentence(day("2021-07-15"), day(today)), sentence);
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
        let required = finding(FindingCode::FieldRequired, Severity::Block);
        let judge = finding(FindingCode::BasisJudgement, Severity::Judge);
        let warn = finding(FindingCode::NameForm, Severity::Warn);
        let nominated = Applicant { nominated: true, ..Applicant::default() };
        let cases: [(&Applicant, Vec<&Finding>, &str); 5] = [
            (&nominated, vec![&required; 9], "草稿"),
            (&nominated, vec![&required, &required, &judge], "2 处问题"),
            (&nominated, vec![&judge, &warn], "待评议"),
            (&nominated, vec![&warn], "可报送"),
            (&Applicant::default(), vec![], "可推荐"),
        ];
        for (applicant, findings, word) in cases {
            assert_eq!(Standing::of(applicant, findings.into_iter()).word(), word);
        }
    }
}
