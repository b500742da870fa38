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
    /// Reads a grade as forms and certificates write it: 高级技师, 一级, 一级/高级技师, 高级技师（一级）.
    pub fn read(text: &str) -> Option<Self> {
        Self::by_word(text.trim()).or_else(|| Self::by_parts(text))
    }

    fn by_word(word: &str) -> Option<Self> {
        Some(match word {
            "学徒工" => Self::Trainee,
            "初级工" | "五级" | "五级工" | "5级" => Self::Junior,
            "中级工" | "四级" | "四级工" | "4级" => Self::Intermediate,
            "高级工" | "三级" | "三级工" | "3级" => Self::Senior,
            "技师" | "二级" | "二级技师" | "2级" => Self::Technician,
            "高级技师" | "一级" | "一级高级技师" | "1级" => Self::SeniorTechnician,
            "特级技师" => Self::MasterTechnician,
            "首席技师" => Self::ChiefTechnician,
            _ => return None,
        })
    }

    /// Two spellings of one grade side by side; two different grades are none.
    fn by_parts(text: &str) -> Option<Self> {
        let mut parts = text.split(['/', '／', '（', '）', '(', ')', ' ', '\u{3000}']).filter(|part| !part.is_empty());
        let first = Self::by_word(parts.next()?)?;
        parts.all(|part| Self::by_word(part) == Some(first)).then_some(first)
    }
}
