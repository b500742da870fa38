//! A yearly notice as data (`assets/notices/*.toml`).
//!
//! Everything the notice decides is read from a profile: wording, numbers, thresholds, who may apply and by what route.
//! Reading refuses a profile that contradicts itself ([`NoticeError`]), so that the rules need not ask again.

mod check;
mod condition;
mod materials;
mod reading;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use check::NoticeError;
pub use condition::{Condition, NamedHonour, Threshold, honour_key};
pub use materials::{Form, Material, Materials};
pub use reading::{Paragraph, Reading, Setting};

use crate::domain::{Clause, Day, Grade, RecommenderKind};

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
    /// How many will be recognised, part 四.
    pub places: u32,
    pub forms: Forms,
    pub contact: Contact,
    pub scope: Scope,
    pub quota: Quota,
    pub usage: Usage,
    /// （一） to （四） of part 二, in this order.
    pub conditions: Vec<Condition>,
    pub materials: Materials,
    /// What stands around the parts.
    #[serde(default)]
    pub reading: Reading,
    /// The notice's text by clause label; the conditions' own sentences stand with them.
    text: BTreeMap<String, String>,
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
    /// Annex 1, 获得荣誉称号情况: at most so many 字.
    pub brief_limit: usize,
}

/// Where the papers go, part 五.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub person: String,
    pub phone: String,
    pub address: String,
    pub email: String,
}

/// Who may apply and by what route: part 一, the head of part 二, part 三（二）.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Who holds this title already may not apply.
    pub barred_title: String,
    /// Lowest grade of certificate that will do.
    #[serde(deserialize_with = "grade")]
    pub minimum_grade: Grade,
    /// Recommenders that may put freelancers forward.
    pub freelancers_by: Vec<RecommenderKind>,
    /// Recommenders that ask their members.
    pub members_asked_by: Vec<RecommenderKind>,
}

/// 推荐名额, part 四.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    pub district: u32,
    pub department: u32,
    pub association: u32,
}

/// What the notice leaves to usage; findings that rest on it name no clause.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Usage {
    /// Working days that a publicity usually lasts.
    pub publicity_working_days: u32,
    /// So many days before the deadline the check begins to warn.
    pub near_days: u32,
    /// Pixels of a photo, at least.
    pub photo_min_width: u32,
    /// Pixels of a photo, at least.
    pub photo_min_height: u32,
    /// Width divided by height of a photo, at least.
    pub photo_min_ratio: f64,
    /// Width divided by height of a photo, at most.
    pub photo_max_ratio: f64,
}

impl Quota {
    /// Number of people that a recommender of that kind may put forward ("一般").
    pub fn of(&self, kind: RecommenderKind) -> u32 {
        match kind {
            RecommenderKind::District => self.district,
            RecommenderKind::Department => self.department,
            RecommenderKind::Association => self.association,
        }
    }
}

impl Notice {
    /// The notices that the program brings along: id and profile text.
    pub fn built_in() -> &'static [(&'static str, &'static str)] {
        &[("hangzhou-2021", include_str!("../../../assets/notices/hangzhou-2021.toml"))]
    }

    /// Reads a profile and refuses one that contradicts itself.
    pub fn read(text: &str) -> Result<Self, NoticeError> {
        let notice: Self = toml::from_str(text).map_err(|error| NoticeError::from_toml(&error, text))?;
        check::check(&notice)?;
        Ok(notice)
    }

    /// What the notice says under a clause, in its own words.
    pub fn clause_text(&self, clause: Clause) -> &str {
        self.conditions
            .iter()
            .find(|condition| condition.clause() == Some(clause))
            .map(|condition| condition.text.as_str())
            .or_else(|| self.text.get(clause.label()).map(String::as_str))
            .unwrap_or_default()
    }

    /// What a material is called: a form by its title, anything else by its name.
    pub fn material_name<'a>(&'a self, material: &'a Material) -> &'a str {
        material.form.map_or(&material.name, |form| self.form_title(form))
    }

    /// The title of one of the notice's forms.
    pub fn form_title(&self, form: Form) -> &str {
        match form {
            Form::Summary => &self.forms.summary,
            Form::Application => &self.forms.application,
            Form::Report => &self.forms.report,
        }
    }
}

fn day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
    let text = String::deserialize(deserializer)?;
    crate::domain::parse_day(&text)
        .ok_or_else(|| serde::de::Error::custom(format!("“{text}”不是日期，请写成 2021-07-15 的样子")))
}

fn grade<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Grade, D::Error> {
    let text = String::deserialize(deserializer)?;
    Grade::read(&text)
        .ok_or_else(|| serde::de::Error::custom(format!("“{text}”不是职业技能等级，请写技师、高级技师等")))
}
