//! 校核意见: what the check found, in the words of the contract's section 4.

use serde::Serialize;

use super::PersonId;

/// How a finding weighs. Whether it stops the set is [`Finding::blocks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Block,
    Warn,
    Judge,
}

/// Part of the notice that a finding rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Clause {
    #[serde(rename = "一")]
    Scope,
    #[serde(rename = "二")]
    Conditions,
    #[serde(rename = "二（一）")]
    Condition1,
    #[serde(rename = "二（二）")]
    Condition2,
    #[serde(rename = "二（三）")]
    Condition3,
    #[serde(rename = "二（四）")]
    Condition4,
    #[serde(rename = "三")]
    Procedure,
    #[serde(rename = "三（一）")]
    ByEmployer,
    #[serde(rename = "三（二）")]
    ByRecommender,
    #[serde(rename = "四")]
    Quota,
    #[serde(rename = "五")]
    Requirements,
    #[serde(rename = "附件1")]
    Annex1,
    #[serde(rename = "附件2")]
    Annex2,
}

impl Clause {
    /// Every part of the notice that a finding may rest on, in the notice's order.
    pub const ALL: [Self; 13] = [
        Self::Scope,
        Self::Conditions,
        Self::Condition1,
        Self::Condition2,
        Self::Condition3,
        Self::Condition4,
        Self::Procedure,
        Self::ByEmployer,
        Self::ByRecommender,
        Self::Quota,
        Self::Requirements,
        Self::Annex1,
        Self::Annex2,
    ];

    /// The contract's spelling.
    pub fn label(self) -> &'static str {
        match self {
            Self::Scope => "一",
            Self::Conditions => "二",
            Self::Condition1 => "二（一）",
            Self::Condition2 => "二（二）",
            Self::Condition3 => "二（三）",
            Self::Condition4 => "二（四）",
            Self::Procedure => "三",
            Self::ByEmployer => "三（一）",
            Self::ByRecommender => "三（二）",
            Self::Quota => "四",
            Self::Requirements => "五",
            Self::Annex1 => "附件1",
            Self::Annex2 => "附件2",
        }
    }

    /// As one names it to a reader: 通知第二条（三）, 附件2.
    pub fn full_name(self) -> String {
        match self {
            Self::Annex1 | Self::Annex2 => self.label().to_owned(),
            _ => match self.label().split_once('（') {
                Some((part, rest)) => format!("通知第{part}条（{rest}"),
                None => format!("通知第{}条", self.label()),
            },
        }
    }
}

macro_rules! finding_codes {
    ($($name:ident = $code:literal,)*) => {
        /// Every code of the contract's table; scripts rely on the spelling.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub enum FindingCode {
            $(#[serde(rename = $code)] $name,)*
        }

        impl FindingCode {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The contract's spelling.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }
        }
    };
}

finding_codes! {
    BasisGrade = "basis.grade",
    BasisFrontLine = "basis.front-line",
    BasisProvincialTitle = "basis.provincial-title",
    BasisCondition = "basis.condition",
    BasisJudgement = "basis.judgement",
    RouteFreelancer = "route.freelancer",
    QuotaExceeded = "quota.exceeded",
    IdFormat = "id.format",
    IdDate = "id.date",
    IdCheckDigit = "id.check-digit",
    IdBirthDiffers = "id.birth-differs",
    IdSexDiffers = "id.sex-differs",
    IdDuplicate = "id.duplicate",
    FieldRequired = "field.required",
    FieldFormat = "field.format",
    NameForm = "name.form",
    NameSame = "name.same",
    EmployerName = "employer.name",
    BriefLength = "brief.length",
    CertificateNumber = "certificate.number",
    CertificateGrade = "certificate.grade",
    PhotoMissing = "photo.missing",
    PhotoQuality = "photo.quality",
    EvidenceCertificate = "evidence.certificate",
    EvidenceHonour = "evidence.honour",
    EvidenceOriginal = "evidence.original",
    EvidenceEmployerReport = "evidence.employer-report",
    ProcessEmployeeOpinion = "process.employee-opinion",
    ProcessEmployerPublicity = "process.employer-publicity",
    ProcessExpertReview = "process.expert-review",
    ProcessBodyPublicity = "process.body-publicity",
    ProcessExpertVote = "process.expert-vote",
    ProcessObjection = "process.objection",
    ProcessMemberOpinion = "process.member-opinion",
    ProcessOrder = "process.order",
    ProcessShort = "process.short",
    DeadlineNear = "deadline.near",
    DeadlinePassed = "deadline.passed",
    GlyphMissing = "glyph.missing",
}

/// One thing that the check found. `person`, `name` and `field` are `None` where none is meant, `clause` where the
/// notice is silent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub recommender: Option<String>,
    pub person: Option<PersonId>,
    pub name: Option<String>,
    pub code: FindingCode,
    pub severity: Severity,
    /// The set cannot be exported while this stands.
    pub blocks: bool,
    pub clause: Option<Clause>,
    /// Path of the field in the record, `experience[2].from` (rows from 0).
    pub field: Option<String>,
    /// What is wrong and what to do, for the clerk.
    pub message: String,
}

/// What the notice's conditions say of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Eligible,
    Judgement,
    Ineligible,
}

/// What one condition of part 二 says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ConditionVerdict {
    Met,
    Judgement,
    Unmet,
}

/// One condition with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionResult {
    /// 一, 二, 三 or 四.
    pub id: String,
    pub verdict: ConditionVerdict,
    pub because: String,
}

/// Eligibility of one person; all four conditions are listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonEligibility {
    pub person: PersonId,
    pub name: String,
    pub verdict: Verdict,
    pub conditions: Vec<ConditionResult>,
}
