//! Evidence of the conditions (notice part 二) and the copies attached for it.

use serde::{Deserialize, Serialize};

use super::applicant::FileKey;
use super::figure::Figure;

/// 职业资格证书 or 职业技能等级证书.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Certificate {
    pub kind: Option<CertificateKind>,
    pub occupation: String,
    pub grade: String,
    pub number: String,
    pub issuer: String,
    /// YYYY-MM, as typed.
    pub issued: String,
    /// 可通过网上校验: no copy needed (notice 三（二）).
    pub verifiable_online: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateKind {
    /// 国家职业资格证书
    VocationalQualification,
    /// 职业技能等级证书
    SkillLevel,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Honour {
    pub title: String,
    /// YYYY-MM, as typed.
    pub awarded: String,
    pub issuer: String,
}

/// A competition result, the applicant's own or an apprentice's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Competition {
    pub name: String,
    pub level: Option<CompetitionLevel>,
    /// 一类 or 二类; `None`: the competition has no class.
    pub class: Option<Figure>,
    /// Place, from 1.
    pub rank: Option<Figure>,
    /// YYYY-MM, as typed.
    pub date: String,
    pub event: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompetitionLevel {
    /// 国家级
    National,
    /// 省级
    Provincial,
    /// 市级
    Municipal,
    /// 区县、企业等其他
    Other,
}

/// 所带徒弟, with the result that counts for condition （四）.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Apprentice {
    pub name: String,
    pub relation: String,
    pub competition: Competition,
}

/// A copy that goes into the binder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Attachment {
    pub kind: AttachmentKind,
    pub title: String,
    pub file: FileKey,
    /// 原件已校验
    pub original_checked: bool,
    /// The certificate's number, or the honour's or competition's title; empty: the copy counts by its kind.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub proves: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    Certificate,
    Honour,
    Competition,
    Apprentice,
    Patent,
    Report,
    #[default]
    Other,
}
