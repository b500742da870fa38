//! Part 三: what is handed in, and how often.

use serde::Deserialize;

/// What goes from the employer to the recommender and from there to the city.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Materials {
    /// Paper sets for the city.
    pub paper_copies: u32,
    /// Electronic sets for the city.
    pub electronic_copies: u32,
    /// 单位申报, 三（一）
    pub employer: Vec<Material>,
    /// 推荐申报, 三（二）
    pub recommender: Vec<Material>,
}

/// One kind of paper: a form of the notice, or something else by its name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    pub form: Option<Form>,
    /// Empty for a form, which has its title.
    #[serde(default)]
    pub name: String,
    /// 盖章
    #[serde(default)]
    pub sealed: bool,
    /// An original that goes back after the check.
    #[serde(default)]
    pub returned: bool,
    /// What the paper must tell of: 推荐, 公示, 专家评议.
    #[serde(default)]
    pub holds: Vec<String>,
    #[serde(default)]
    pub note: String,
}

/// The three documents that the notice gives a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// 推荐申报人员汇总表, annex 1
    Summary,
    /// 认定申报表, annex 2
    Application,
    /// 认定推荐报告
    Report,
}
