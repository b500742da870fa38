//! What a notice profile must keep to before anything relies on it.

use std::collections::BTreeSet;

use super::{Condition, Materials, Notice, Threshold, honour_key};
use crate::domain::{Clause, is_filled};

/// Why a notice profile cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// No TOML at all, a key too many or too few, or a value of another kind.
    #[error("通知配置第 {line} 行读不懂：{why}")]
    Unreadable { line: usize, why: String },
    /// Readable, but a value cannot be right.
    #[error("通知配置的 {key} 有误：{why}")]
    Invalid { key: String, why: String },
}

impl NoticeError {
    /// Explains the TOML reader's error in Chinese; its English stands behind, for who looks after profiles.
    pub(super) fn from_toml(error: &toml::de::Error, text: &str) -> Self {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(start).filter(|&byte| byte == b'\n').count() + 1;
        let message = error.message();
        let named = || message.split('`').nth(1).unwrap_or_default();
        let why = if message.starts_with("missing field") {
            format!("这里缺少 {}，请补上。（{message}）", named())
        } else if message.starts_with("unknown field") {
            format!("不认识的键 {}，请删去或改正。（{message}）", named())
        } else if message.starts_with("duplicate key") {
            format!("同一个键写了两次，请删去一个。（{message}）")
        } else if message.starts_with("unknown variant") {
            format!("值 {} 不在可选的几个之中，请改正。（{message}）", named())
        } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
            format!("值的种类不对，请对照自带的通知配置改正。（{message}）")
        } else if message.starts_with('“') {
            // Our own sentences from the field readers.
            format!("{message}。")
        } else {
            format!("不合 TOML 的写法，请检查引号、括号和等号。（{message}）")
        };
        Self::Unreadable { line, why }
    }

    fn invalid(key: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Invalid { key: key.into(), why: why.into() }
    }
}

/// The first fault of a profile, in the order of its keys.
pub(super) fn check(notice: &Notice) -> Result<(), NoticeError> {
    let id_is_plain =
        is_filled(&notice.id) && notice.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !id_is_plain {
        return Err(NoticeError::invalid("id", "只能用小写英文字母、数字和连字符，如 hangzhou-2021。"));
    }
    for (key, text) in [
        ("number", &notice.number),
        ("title", &notice.title),
        ("issuer", &notice.issuer),
        ("award", &notice.award),
        ("forms.summary", &notice.forms.summary),
        ("forms.application", &notice.forms.application),
        ("forms.report", &notice.forms.report),
        ("forms.month", &notice.forms.month),
        ("contact.person", &notice.contact.person),
        ("contact.phone", &notice.contact.phone),
        ("contact.address", &notice.contact.address),
        ("contact.email", &notice.contact.email),
        ("scope.barred_title", &notice.scope.barred_title),
    ] {
        filled(key, text)?;
    }
    if notice.deadline < notice.issued {
        return Err(NoticeError::invalid(
            "deadline",
            format!("报送截止日 {} 早于发文日 {}。", notice.deadline, notice.issued),
        ));
    }
    positive("places", notice.places)?;
    positive("forms.brief_limit", u32::try_from(notice.forms.brief_limit).unwrap_or(u32::MAX))?;
    positive("quota.district", notice.quota.district)?;
    positive("quota.department", notice.quota.department)?;
    positive("quota.association", notice.quota.association)?;
    if notice.scope.freelancers_by.is_empty() {
        return Err(NoticeError::invalid("scope.freelancers_by", "至少写一种推荐单位，自由职业者才有申报的途径。"));
    }
    usage(notice)?;
    conditions(&notice.conditions)?;
    materials(&notice.materials)?;
    texts(notice)
}

fn filled(key: &str, text: &str) -> Result<(), NoticeError> {
    if is_filled(text) { Ok(()) } else { Err(NoticeError::invalid(key, "不能空着。")) }
}

fn positive(key: &str, number: u32) -> Result<(), NoticeError> {
    if number > 0 { Ok(()) } else { Err(NoticeError::invalid(key, "必须是大于 0 的整数。")) }
}

fn usage(notice: &Notice) -> Result<(), NoticeError> {
    let usage = &notice.usage;
    positive("usage.publicity_working_days", usage.publicity_working_days)?;
    positive("usage.photo_min_width", usage.photo_min_width)?;
    positive("usage.photo_min_height", usage.photo_min_height)?;
    // Written so that NaN is refused, too.
    if !(usage.photo_min_ratio > 0.0 && usage.photo_min_ratio <= usage.photo_max_ratio && usage.photo_max_ratio < 10.0)
    {
        return Err(NoticeError::invalid(
            "usage.photo_min_ratio",
            "照片宽高比的下限须大于 0，且不大于 photo_max_ratio。",
        ));
    }
    Ok(())
}

fn conditions(conditions: &[Condition]) -> Result<(), NoticeError> {
    if conditions.iter().map(|condition| condition.id.as_str()).ne(["一", "二", "三", "四"]) {
        return Err(NoticeError::invalid("conditions", "须依次写出 一、二、三、四 这四个条件。"));
    }
    for condition in conditions {
        let key = |rest: &str| format!("conditions（{}）{rest}", condition.id);
        filled(&key(".text"), &condition.text)?;
        table(&key(".competitions"), &condition.competitions)?;
        table(&key(".apprentices"), &condition.apprentices)?;
        honours(&key(".honours"), condition)?;
        let no_way = condition.competitions.is_empty()
            && condition.honours.is_empty()
            && !condition.other_honours
            && condition.texts.is_empty()
            && condition.apprentices.is_empty();
        if no_way {
            return Err(NoticeError::invalid(
                key(""),
                "没有写明怎样算符合，须有 competitions、honours、texts、apprentices 中的一项。",
            ));
        }
    }
    Ok(())
}

fn table(key: &str, table: &[Threshold]) -> Result<(), NoticeError> {
    let mut seen = BTreeSet::new();
    for line in table {
        if !(1..=2).contains(&line.class) {
            return Err(NoticeError::invalid(key, format!("class = {}，竞赛类别只有 1 和 2。", line.class)));
        }
        positive(&format!("{key}.max_rank"), line.max_rank)?;
        if !seen.insert((line.level, line.class)) {
            return Err(NoticeError::invalid(key, "同一级别、同一类别写了两次。"));
        }
    }
    Ok(())
}

fn honours(key: &str, condition: &Condition) -> Result<(), NoticeError> {
    let mut seen = BTreeSet::new();
    for name in condition.honours.iter().flat_map(|honour| honour.names()) {
        let compared = honour_key(name);
        if compared.is_empty() {
            return Err(NoticeError::invalid(key, format!("“{name}”去掉“称号”等字后是空的，不能用来比较。")));
        }
        if !seen.insert(compared) {
            return Err(NoticeError::invalid(key, format!("“{name}”与另一个名称实际相同，请删去一个。")));
        }
    }
    Ok(())
}

fn materials(materials: &Materials) -> Result<(), NoticeError> {
    positive("materials.paper_copies", materials.paper_copies)?;
    for (key, list) in [("materials.employer", &materials.employer), ("materials.recommender", &materials.recommender)]
    {
        if list.is_empty() {
            return Err(NoticeError::invalid(key, "至少写一种材料。"));
        }
        if list.iter().any(|material| material.form.is_some() == is_filled(&material.name)) {
            return Err(NoticeError::invalid(
                key,
                "每种材料须写 form（表格）或 name（名称）之一，不能两样都写或都不写。",
            ));
        }
    }
    Ok(())
}

fn texts(notice: &Notice) -> Result<(), NoticeError> {
    let is_part = |label: &str| Clause::ALL.into_iter().any(|clause| clause.label() == label);
    if let Some(label) = notice.reading.headings.keys().find(|label| !is_part(label)) {
        return Err(NoticeError::invalid("reading.headings", format!("\"{label}\" 不是这里的条款，请删去或改正。")));
    }
    let of_conditions = |clause| notice.conditions.iter().any(|condition| condition.clause() == Some(clause));
    let wanted: BTreeSet<&str> =
        Clause::ALL.into_iter().filter(|&clause| !of_conditions(clause)).map(Clause::label).collect();
    for label in &wanted {
        match notice.text.get(*label) {
            Some(text) => filled(&format!("text.\"{label}\""), text)?,
            None => return Err(NoticeError::invalid("text", format!("缺少 \"{label}\" 的原文。"))),
        }
    }
    match notice.text.keys().find(|label| !wanted.contains(label.as_str())) {
        Some(label) => Err(NoticeError::invalid("text", format!("\"{label}\" 不是这里的条款，请删去或改正。"))),
        None => Ok(()),
    }
}
