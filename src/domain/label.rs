//! The form's own words for fields.

use super::applicant::SectionKey;

impl SectionKey {
    /// The item's label in Annex 2.
    pub fn label(self) -> &'static str {
        match self {
            Self::Speciality => "专业技术特长或技术绝招情况",
            Self::CompetitionResults => "参加技能竞赛获奖情况",
            Self::OperationMethods => "创造先进生产操作法情况",
            Self::Innovations => "解决关键生产技术技术革新项目获奖情况",
            Self::HonourTitles => "何年何月获得何种荣誉称号",
            Self::Contributions => "任技师职务后有何突出贡献",
            Self::Summary => "个人总结",
        }
    }
}

/// Keys of the record and the form's labels. What stands in a group goes by the group's label.
const LABELS: &[(&str, &str)] = &[
    ("name", "姓名"),
    ("sex", "性别"),
    ("birth", "出生年月"),
    ("id_number", "身份证号"),
    ("native_place", "籍贯"),
    ("political_status", "政治面貌"),
    ("education", "文化程度"),
    ("work_started", "参加工作时间"),
    ("occupation", "职业（工种）"),
    ("grade", "等级"),
    ("phone", "联系电话"),
    ("post", "现工作岗位"),
    ("duty", "行政职务"),
    ("employer", "工作单位"),
    ("employer_address", "单位地址"),
    ("front_line", "在生产第一线工作"),
    ("freelancer", "自由职业者"),
    ("provincial_chief_technician", "已获评省首席技师"),
    ("photo", "照片"),
    ("experience", "主要学习和工作经历"),
    ("certificates", "职业资格证书（职业技能等级证书）"),
    ("honours", "荣誉"),
    ("competitions", "技能竞赛"),
    ("apprentices", "所带徒弟"),
    ("sections", "技术简况"),
    ("honours_brief", "获得荣誉称号情况"),
    ("opinions", "推荐意见"),
    ("attachments", "附件"),
    ("process", "推荐程序"),
    ("nominated", "推荐"),
    ("order", "排序"),
];

/// The label of a field by its path in the record (`experience[2].from`); rows and steps go by their group's name.
pub fn field_label(path: &str) -> &'static str {
    let (head, rest) = path.split_at(path.find(['[', '.']).unwrap_or(path.len()));
    let section = rest.trim_start_matches('.').split('.').next().unwrap_or_default();
    let label = LABELS.iter().find(|(key, _)| *key == head).map_or("其他", |(_, label)| label);
    match head {
        "sections" => SectionKey::ALL.into_iter().find(|key| key.key() == section).map_or(label, SectionKey::label),
        _ => label,
    }
}

/// The record's key that a label of the form stands for.
pub fn field_of_label(label: &str) -> Option<&'static str> {
    LABELS.iter().find(|(_, known)| *known == label).map(|(key, _)| *key)
}

/// Where a field stands in the form, for sorting; what the form does not have comes last.
pub fn field_place(path: &str) -> (usize, usize) {
    let (head, rest) = path.split_at(path.find(['[', '.']).unwrap_or(path.len()));
    let section = rest.trim_start_matches('.').split('.').next().unwrap_or_default();
    let place = LABELS.iter().position(|(key, _)| *key == head).unwrap_or(LABELS.len());
    let of_section = SectionKey::ALL.into_iter().position(|key| head == "sections" && key.key() == section);
    (place, of_section.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{field_label, field_of_label};

    #[test]
    fn a_path_has_its_label() {
        let cases = [
            ("id_number", "身份证号"),
            ("experience[2].from", "主要学习和工作经历"),
            ("sections.summary.text", "个人总结"),
            ("process.expert_review.date", "推荐程序"),
        ];
        for (path, label) in cases {
            assert_eq!(field_label(path), label, "{path}");
        }
        assert_eq!(field_of_label("籍贯"), Some("native_place"));
        assert_eq!(field_of_label("native_place"), None);
    }
}
