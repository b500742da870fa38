//! 推荐程序: the steps of the notice's part 三, with dates as typed (YYYY-MM-DD).

use serde::{Deserialize, Deserializer, Serialize, de};

use super::figure::Figure;
use super::is_filled;

/// A step that has nothing filled is a step that is missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Process {
    /// 征求本单位员工意见, 三（一）
    #[serde(skip_serializing_if = "EmployeeOpinion::is_empty")]
    pub employee_opinion: EmployeeOpinion,
    /// 单位公示, 三（一）
    #[serde(skip_serializing_if = "Publicity::is_empty")]
    pub employer_publicity: Publicity,
    /// 单位盖章的推荐报告已报送, 三（一）
    #[serde(skip_serializing_if = "EmployerReport::is_empty")]
    pub employer_report: EmployerReport,
    /// 原件校验, 三（一）（二）
    #[serde(skip_serializing_if = "OriginalsChecked::is_empty")]
    pub originals_checked: OriginalsChecked,
    /// 专家评议, 三（二）
    #[serde(skip_serializing_if = "ExpertReview::is_empty")]
    pub expert_review: ExpertReview,
    /// 推荐单位公示, 三（二）
    #[serde(skip_serializing_if = "Publicity::is_empty")]
    pub body_publicity: Publicity,
    /// 征求会员意见, 三（二）, associations only
    #[serde(skip_serializing_if = "EmployeeOpinion::is_empty")]
    pub member_opinion: EmployeeOpinion,
}

impl Process {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A round of opinions: of the employees, or of an association's members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EmployeeOpinion {
    pub date: String,
    pub result: String,
}

impl EmployeeOpinion {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Recorded at all: a date or a result.
    pub fn is_recorded(&self) -> bool {
        is_filled(&self.date) || is_filled(&self.result)
    }
}

/// 公示, first and last day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Publicity {
    pub from: String,
    pub to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub objections: String,
    /// How objections were settled.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub resolution: String,
}

impl Publicity {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether anybody objected: anything but nothing, 无, 无异议 and 没有异议, a mark at the end passed over.
    pub fn has_objections(&self) -> bool {
        let said = self.objections.trim().trim_end_matches(['。', '.', '；', ';', '，', ',', '！', '!']).trim_end();
        !matches!(said, "" | "无" | "无异议" | "没有异议")
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EmployerReport {
    pub received: Option<DoneMark>,
}

impl EmployerReport {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub fn is_received(&self) -> bool {
        self.received.as_ref().is_some_and(DoneMark::is_done)
    }
}

/// Done or not, or the day on which it was done: records use either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum DoneMark {
    Done(bool),
    On(String),
}

/// By hand, because an untagged enum cannot say what it expected.
impl<'de> Deserialize<'de> for DoneMark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = DoneMark;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("true、false 或日期")
            }

            fn visit_bool<E>(self, done: bool) -> Result<DoneMark, E> {
                Ok(DoneMark::Done(done))
            }

            fn visit_str<E>(self, day: &str) -> Result<DoneMark, E> {
                Ok(DoneMark::On(day.to_owned()))
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

impl DoneMark {
    pub fn is_done(&self) -> bool {
        match self {
            Self::Done(done) => *done,
            Self::On(day) => is_filled(day),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OriginalsChecked {
    pub date: String,
    /// Who compared the copies with the originals.
    pub by: String,
    /// 校验后将原件退回
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned: Option<DoneMark>,
}

impl OriginalsChecked {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// 专家评议, with the vote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExpertReview {
    pub date: String,
    pub experts: Option<Figure>,
    pub agree: Option<Figure>,
    pub against: Option<Figure>,
    pub opinion: String,
}

impl ExpertReview {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether no more were for than against, as far as both are numbers.
    pub fn is_lost(&self) -> bool {
        let votes = |figure: &Option<Figure>| figure.as_ref().map(Figure::whole);
        match (votes(&self.agree), votes(&self.against).unwrap_or(Some(0))) {
            (Some(Some(agree)), Some(against)) => agree <= against,
            _ => false,
        }
    }

    /// Recorded: a day and a vote. Until then nothing that waits for experts is settled.
    pub fn is_recorded(&self) -> bool {
        is_filled(&self.date) && self.agree.is_some()
    }
}
