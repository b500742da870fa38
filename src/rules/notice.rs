//! A yearly notice as data (`assets/notices/*.toml`).

use serde::Deserialize;

use crate::domain::{Day, RecommenderKind};

/// Why a notice profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    #[error("通知配置有误：{0}")]
    Invalid(String),
}

/// One notice: wording, numbers and thresholds.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// `hangzhou-2021`; records name it.
    pub id: String,
    /// 文号
    pub number: String,
    pub title: String,
    /// 发文机关, also on the form's cover.
    pub issuer: String,
    /// The title conferred: 杭州市首席技师.
    pub award: String,
    pub year: i32,
    /// Day of issue.
    #[serde(deserialize_with = "day")]
    pub issued: Day,
    /// Last day for handing in, part 五.
    #[serde(deserialize_with = "day")]
    pub deadline: Day,
    pub forms: Forms,
    pub quota: Quota,
}

/// Titles of the documents as the notice prints them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// Annex 1
    pub summary: String,
    /// Annex 2
    pub application: String,
    /// 推荐报告
    pub report: String,
    /// Month on the form's cover, as printed: `2021 年 6 月`.
    pub month: String,
}

/// 推荐名额, part 四.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    pub district: u32,
    pub department: u32,
    pub association: u32,
}

impl Quota {
    pub fn of(&self, kind: RecommenderKind) -> u32 {
        match kind {
            RecommenderKind::District => self.district,
            RecommenderKind::Department => self.department,
            RecommenderKind::Association => self.association,
        }
    }
}

impl Notice {
    /// Reads a profile.
    pub fn read(text: &str) -> Result<Self, NoticeError> {
        toml::from_str(text).map_err(|error| NoticeError::Invalid(error.message().to_owned()))
    }
}

fn day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
    let text = String::deserialize(deserializer)?;
    crate::domain::parse_day(&text).ok_or_else(|| serde::de::Error::custom(format!("{text} 不是日期")))
}
