//! One person and everything that stands on the person's Annex 2, in the order of the form.

use serde::{Deserialize, Serialize};

use super::evidence::{Apprentice, Attachment, Certificate, Competition, Honour};
use super::process::Process;

/// Names the bytes of a photo or scan: inside a book `<sha-256>.<jpg|png|pdf>`, inside a record on disk the path
/// relative to `record.json`. Empty: none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FileKey(pub String);

impl FileKey {
    pub fn is_none(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// 申报人: the applicant's own fields. Who recommends the person and the person's number are the book's to know.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Applicant {
    // Annex 2, page 1.
    pub name: String,
    /// 男 or 女, as typed.
    pub sex: String,
    /// YYYY-MM, as typed.
    pub birth: String,
    pub id_number: String,
    pub native_place: String,
    pub political_status: String,
    pub education: String,
    /// YYYY-MM, as typed.
    pub work_started: String,
    pub occupation: String,
    pub grade: String,
    pub phone: String,
    pub post: String,
    pub duty: String,
    pub employer: String,
    pub employer_address: String,
    // Scope, notice part 一; `None`: not asked yet.
    pub front_line: Option<bool>,
    pub freelancer: Option<bool>,
    pub provincial_chief_technician: Option<bool>,
    pub photo: FileKey,
    pub experience: Vec<ExperienceRow>,
    // Evidence of the conditions, notice part 二.
    pub certificates: Vec<Certificate>,
    pub honours: Vec<Honour>,
    pub competitions: Vec<Competition>,
    pub apprentices: Vec<Apprentice>,
    /// Pages 2 to 4.
    pub sections: Sections,
    /// 获得荣誉称号情况, the last column of Annex 1.
    pub honours_brief: String,
    /// Page 5.
    #[serde(skip_serializing_if = "Opinions::is_empty")]
    pub opinions: Opinions,
    pub attachments: Vec<Attachment>,
    #[serde(skip_serializing_if = "Process::is_empty")]
    pub process: Process,
    /// Put forward by the recommender.
    pub nominated: bool,
    /// Place in the recommender's ranking, from 1; `None`: not ranked, which comes last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<u32>,
}

/// One row of 主要学习和工作经历.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExperienceRow {
    /// YYYY-MM, as typed.
    pub from: String,
    /// YYYY-MM, as typed; `None` is 至今.
    pub to: Option<String>,
    pub place: String,
    pub witness: String,
}

/// The seven long texts of pages 2 to 4, by the record's keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sections {
    #[serde(skip_serializing_if = "Section::is_empty")]
    pub speciality: Section,
    #[serde(skip_serializing_if = "Section::is_empty")]
    pub competition_results: Section,
    #[serde(skip_serializing_if = "Section::is_empty")]
    pub operation_methods: Section,
    #[serde(skip_serializing_if = "Section::is_empty")]
    pub innovations: Section,
    #[serde(skip_serializing_if = "Section::is_empty")]
    pub honour_titles: Section,
    #[serde(skip_serializing_if = "Section::is_empty")]
    pub contributions: Section,
    #[serde(skip_serializing_if = "Section::is_empty")]
    pub summary: Section,
}

/// Which of the [`Sections`]; the order is the form's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SectionKey {
    Speciality,
    CompetitionResults,
    OperationMethods,
    Innovations,
    HonourTitles,
    Contributions,
    Summary,
}

impl SectionKey {
    pub const ALL: [Self; 7] = [
        Self::Speciality,
        Self::CompetitionResults,
        Self::OperationMethods,
        Self::Innovations,
        Self::HonourTitles,
        Self::Contributions,
        Self::Summary,
    ];

    /// The record's key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Speciality => "speciality",
            Self::CompetitionResults => "competition_results",
            Self::OperationMethods => "operation_methods",
            Self::Innovations => "innovations",
            Self::HonourTitles => "honour_titles",
            Self::Contributions => "contributions",
            Self::Summary => "summary",
        }
    }
}

impl Sections {
    pub fn get(&self, key: SectionKey) -> &Section {
        match key {
            SectionKey::Speciality => &self.speciality,
            SectionKey::CompetitionResults => &self.competition_results,
            SectionKey::OperationMethods => &self.operation_methods,
            SectionKey::Innovations => &self.innovations,
            SectionKey::HonourTitles => &self.honour_titles,
            SectionKey::Contributions => &self.contributions,
            SectionKey::Summary => &self.summary,
        }
    }

    pub fn get_mut(&mut self, key: SectionKey) -> &mut Section {
        match key {
            SectionKey::Speciality => &mut self.speciality,
            SectionKey::CompetitionResults => &mut self.competition_results,
            SectionKey::OperationMethods => &mut self.operation_methods,
            SectionKey::Innovations => &mut self.innovations,
            SectionKey::HonourTitles => &mut self.honour_titles,
            SectionKey::Contributions => &mut self.contributions,
            SectionKey::Summary => &mut self.summary,
        }
    }
}

/// A long text with its 证明人或证明材料.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Section {
    pub text: String,
    pub evidence: String,
}

impl Section {
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.evidence.is_empty()
    }
}

/// Text for the two opinion cells of page 5; empty: the cell is left for the pen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Opinions {
    /// 所在单位推荐意见
    #[serde(skip_serializing_if = "String::is_empty")]
    pub employer: String,
    /// 区县（市）人力社保部门或市主管部门、行业协会（社团）意见
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
}

impl Opinions {
    pub fn is_empty(&self) -> bool {
        self.employer.is_empty() && self.body.is_empty()
    }
}

impl Applicant {
    /// 自由职业者. Not asked yet counts as no: the form then has its employer parts.
    pub fn is_freelancer(&self) -> bool {
        self.freelancer == Some(true)
    }

    /// The rows of experience without the empty ones at the end, which a clerk leaves behind and no paper shows.
    pub fn filled_experience(&self) -> &[ExperienceRow] {
        let empty = ExperienceRow::default();
        let count = self.experience.iter().rposition(|row| *row != empty).map_or(0, |last| last + 1);
        self.experience.get(..count).unwrap_or_default()
    }

    /// Keys of the photo and the attachments that are there.
    pub fn files(&self) -> impl Iterator<Item = &FileKey> {
        std::iter::once(&self.photo)
            .chain(self.attachments.iter().map(|attachment| &attachment.file))
            .filter(|key| !key.is_none())
    }

    /// The same, to be pointed elsewhere.
    pub fn files_mut(&mut self) -> impl Iterator<Item = &mut FileKey> {
        std::iter::once(&mut self.photo)
            .chain(self.attachments.iter_mut().map(|attachment| &mut attachment.file))
            .filter(|key| !key.is_none())
    }
}
