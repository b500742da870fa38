//! 推荐单位.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::is_filled;

/// The recommending body. Its `name` must be the seal's, to the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommender {
    pub name: String,
    pub kind: RecommenderKind,
    /// 填报人
    #[serde(default)]
    pub contact: String,
    /// 联系电话
    #[serde(default)]
    pub phone: String,
    /// 手机
    #[serde(default)]
    pub mobile: String,
    #[serde(default)]
    pub address: String,
    /// Reason for going over the quota ("一般" in part 四 leaves room); empty: none given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub exception: String,
    /// Edited parts of the 推荐报告, part → text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub report: BTreeMap<String, String>,
}

impl Recommender {
    /// Takes the contact from another record of the same body where it is not filled here. A reason for going over the
    /// quota and edited parts of the report stay this book's own.
    pub fn fill_contact(&mut self, other: &Self) {
        let fields = [
            (&mut self.contact, &other.contact),
            (&mut self.phone, &other.phone),
            (&mut self.mobile, &other.mobile),
            (&mut self.address, &other.address),
        ];
        for (mine, theirs) in fields {
            if !is_filled(mine) {
                mine.clone_from(theirs);
            }
        }
    }
}

/// Who may put people forward (notice part 三).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecommenderKind {
    /// 区、县（市）人力社保部门
    District,
    /// 市主管部门
    Department,
    /// 行业协会
    Association,
}

impl RecommenderKind {
    pub const ALL: [Self; 3] = [Self::District, Self::Department, Self::Association];

    /// The record's and the command line's word.
    pub fn key(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Department => "department",
            Self::Association => "association",
        }
    }

    /// The notice's word.
    pub fn label(self) -> &'static str {
        match self {
            Self::District => "区、县（市）人力社保部门",
            Self::Department => "市主管部门",
            Self::Association => "行业协会",
        }
    }
}

impl std::str::FromStr for RecommenderKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.key() == text).ok_or(())
    }
}
