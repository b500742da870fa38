//! 职业技能等级: the eight grades in use since 2022 and the older 五级 to 一级.

/// A grade of a certificate, in rising order. 首席技师 here is the national grade, not the city's title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// 学徒工
    Trainee,
    /// 初级工, 五级
    Junior,
    /// 中级工, 四级
    Intermediate,
    /// 高级工, 三级
    Senior,
    /// 技师, 二级
    Technician,
    /// 高级技师, 一级
    SeniorTechnician,
    /// 特级技师
    MasterTechnician,
    /// 首席技师
    ChiefTechnician,
}

impl Grade {
    /// In rising order.
    pub const ALL: [Self; 8] = [
        Self::Trainee,
        Self::Junior,
        Self::Intermediate,
        Self::Senior,
        Self::Technician,
        Self::SeniorTechnician,
        Self::MasterTechnician,
        Self::ChiefTechnician,
    ];

    /// Reads a grade as forms and certificates write it: 高级技师, 技　师, 一级, 一级/高级技师, 高级技师（一级）, 国家职业资格二级. Two
    /// different grades side by side are none.
    pub fn read(text: &str) -> Option<Self> {
        // Forms spread short words: 技　师.
        let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        Self::by_word(&joined).or_else(|| Self::by_parts(text))
    }

    fn by_parts(text: &str) -> Option<Self> {
        let separators = |c: char| c.is_whitespace() || "/／（）()、，,·-".contains(c);
        let mut grades = text.split(separators).filter(|part| !part.is_empty()).map(Self::by_word);
        let first = grades.next()??;
        grades.all(|grade| grade == Some(first)).then_some(first)
    }

    /// The name in use since 2022.
    pub fn label(self) -> &'static str {
        match self {
            Self::Trainee => "学徒工",
            Self::Junior => "初级工",
            Self::Intermediate => "中级工",
            Self::Senior => "高级工",
            Self::Technician => "技师",
            Self::SeniorTechnician => "高级技师",
            Self::MasterTechnician => "特级技师",
            Self::ChiefTechnician => "首席技师",
        }
    }

    fn by_word(word: &str) -> Option<Self> {
        let word = ["国家职业资格", "职业资格", "职业技能等级", "职业技能"]
            .into_iter()
            .find_map(|start| word.strip_prefix(start))
            .unwrap_or(word);
        if let Some(grade) = Self::ALL.into_iter().find(|grade| grade.label() == word) {
            return Some(grade);
        }
        let (level, rest) = word.split_once('级')?;
        let (grade, words): (Self, &[&str]) = match level {
            "五" | "5" | "５" | "Ⅴ" => (Self::Junior, &["", "工"]),
            "四" | "4" | "４" | "Ⅳ" => (Self::Intermediate, &["", "工"]),
            "三" | "3" | "３" | "Ⅲ" => (Self::Senior, &["", "工"]),
            "二" | "2" | "２" | "Ⅱ" => (Self::Technician, &["", "技师"]),
            "一" | "1" | "１" | "Ⅰ" => (Self::SeniorTechnician, &["", "技师", "高级技师"]),
            _ => return None,
        };
        // 二级技师 and 三级高级工 are two spellings in one.
        (words.contains(&rest) || rest == grade.label()).then_some(grade)
    }
}

impl std::fmt::Display for Grade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::Grade;

    #[test]
    fn grades_are_read_as_people_write_them() {
        for (grade, spellings) in [
            (Grade::Trainee, &["学徒工"][..]),
            (Grade::Junior, &["初级工", "五级", "五级工", "5级", "五级/初级工"]),
            (Grade::Intermediate, &["中级工", "四级"]),
            (Grade::Senior, &["高级工", "三级", "三级高级工", "高级工（三级）"]),
            (
                Grade::Technician,
                &[
                    "技师",
                    " 技师 ",
                    "技\u{3000}师",
                    "2 级",
                    "二级",
                    "二级技师",
                    "二级/技师",
                    "技师(二级)",
                    "国家职业资格二级",
                    "职业资格二级（技师）",
                ],
            ),
            (
                Grade::SeniorTechnician,
                &["高级技师", "一级", "1级", "一级／高级技师", "高级技师（一级）", "一级高级技师", "一级技师", "Ⅰ级"],
            ),
            (Grade::MasterTechnician, &["特级技师"]),
            (Grade::ChiefTechnician, &["首席技师"]),
        ] {
            for spelling in spellings {
                assert_eq!(Grade::read(spelling), Some(grade), "{spelling}");
            }
        }
        for none in [
            "",
            " ",
            "/",
            "工程师",
            "助理技师",
            "技师以上",
            "一级工程师",
            "技师/高级技师",
            "六级",
            "级",
            "二级（高级技师）",
            "首席",
        ] {
            assert_eq!(Grade::read(none), None, "{none}");
        }
    }

    #[test]
    fn grades_rise() {
        assert!(Grade::ALL.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
