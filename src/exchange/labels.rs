//! Labels of the annexes as firms write them: with spaces, broken over lines, with other brackets.

use crate::domain::{Applicant, SectionKey};

/// A label without white space, brackets and punctuation, so that every way to write it compares equal.
pub(super) fn canonical(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_whitespace()
                && !matches!(
                    c,
                    '（' | '）'
                        | '('
                        | ')'
                        | '【'
                        | '】'
                        | '['
                        | ']'
                        | '〔'
                        | '〕'
                        | '、'
                        | '，'
                        | ','
                        | '：'
                        | ':'
                        | '；'
                        | ';'
                        | '。'
                        | '.'
                        | '/'
                        | '／'
                        | '-'
                        | '—'
                        | '－'
                        | '_'
                        | '“'
                        | '”'
                        | '"'
                )
        })
        .collect()
}

/// What a label asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Field {
    Name,
    Sex,
    Birth,
    NativePlace,
    PoliticalStatus,
    Education,
    WorkStarted,
    /// 职业（工种）/等级 in one cell.
    OccupationAndGrade,
    Occupation,
    Grade,
    Phone,
    Post,
    Duty,
    IdNumber,
    Employer,
    EmployerAddress,
    HonoursBrief,
    /// 序号 of Annex 1: a position, not a value.
    Number,
}

impl Field {
    /// Where its value belongs; 职业（工种）/等级 as one text goes to the occupation. `None`: nowhere.
    pub(super) fn of(self, applicant: &mut Applicant) -> Option<&mut String> {
        Some(match self {
            Self::Name => &mut applicant.name,
            Self::Sex => &mut applicant.sex,
            Self::Birth => &mut applicant.birth,
            Self::NativePlace => &mut applicant.native_place,
            Self::PoliticalStatus => &mut applicant.political_status,
            Self::Education => &mut applicant.education,
            Self::WorkStarted => &mut applicant.work_started,
            Self::Occupation | Self::OccupationAndGrade => &mut applicant.occupation,
            Self::Grade => &mut applicant.grade,
            Self::Phone => &mut applicant.phone,
            Self::Post => &mut applicant.post,
            Self::Duty => &mut applicant.duty,
            Self::IdNumber => &mut applicant.id_number,
            Self::Employer => &mut applicant.employer,
            Self::EmployerAddress => &mut applicant.employer_address,
            Self::HonoursBrief => &mut applicant.honours_brief,
            Self::Number => return None,
        })
    }

    /// By a canonical label; the annexes' own words first, then what firms write instead.
    pub(super) fn by_label(label: &str) -> Option<Self> {
        Some(match label {
            "姓名" => Self::Name,
            "性别" => Self::Sex,
            "出生年月" | "出生日期" | "出生年月日" => Self::Birth,
            "籍贯" => Self::NativePlace,
            "政治面貌" => Self::PoliticalStatus,
            "文化程度" | "学历" => Self::Education,
            "参加工作时间" | "参加工作年月" => Self::WorkStarted,
            "职业工种等级" | "职业工种及等级" => Self::OccupationAndGrade,
            "职业工种" | "职业" | "工种" => Self::Occupation,
            "等级" | "职业等级" | "技能等级" => Self::Grade,
            "联系电话" | "手机" | "手机号码" | "电话" => Self::Phone,
            "现工作岗位" | "工作岗位" | "岗位" => Self::Post,
            "行政职务" | "职务" => Self::Duty,
            "身份证号" | "身份证号码" | "公民身份号码" => Self::IdNumber,
            "单位" | "工作单位" | "单位名称" | "所在单位" => Self::Employer,
            "单位地址" | "工作单位地址" => Self::EmployerAddress,
            "序号" => Self::Number,
            _ if label.starts_with("获得荣誉") => Self::HonoursBrief,
            _ => return None,
        })
    }
}

/// The item of pages 2 to 4 that a canonical label names; a repeated head after a page break counts too.
pub(super) fn section_by_label(label: &str) -> Option<SectionKey> {
    Some(match label.strip_suffix('续').unwrap_or(label) {
        "专业技术特长或技术绝招情况" => SectionKey::Speciality,
        "参加技能竞赛获奖情况" => SectionKey::CompetitionResults,
        "创造先进生产操作法情况" => SectionKey::OperationMethods,
        "解决关键生产技术技术革新项目获奖情况" => SectionKey::Innovations,
        "何年何月获得何种荣誉称号" => SectionKey::HonourTitles,
        "任技师职务后有何突出贡献" => SectionKey::Contributions,
        "个人总结" | "个人总结篇幅不够可加页" => SectionKey::Summary,
        _ => return None,
    })
}
