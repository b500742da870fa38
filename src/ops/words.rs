//! Names and values of fields in words, as the history shows them.

use serde_json::Value;

use crate::domain::{IdNumber, RecommenderKind, field_label};
use crate::pages::report::PartKey;

/// 主要学习和工作经历 第 2 行 证明人
pub(super) fn field_name(path: &str) -> String {
    let mut name = match path.split(['[', '.']).next().unwrap_or_default() {
        "process" => String::new(),
        _ => field_label(path).to_owned(),
    };
    let mut inside = path.split('.').skip(1).collect::<Vec<_>>();
    if path.starts_with("sections.") {
        inside.remove(0);
        inside.retain(|key| *key != "text");
    }
    // An apprentice's competition has no heading in the form.
    if path.starts_with("apprentices") && inside.len() > 1 {
        inside.retain(|key| *key != "competition");
    }
    if let Some(row) = row_of(path) {
        name.push_str(&format!(" 第 {} 行", row + 1));
    }
    for key in inside {
        let word = part_name(path, key.split('[').next().unwrap_or_default());
        name = if name.is_empty() { word.to_owned() } else { format!("{name} {word}") };
    }
    name
}

/// The number in the first brackets, from 0.
fn row_of(path: &str) -> Option<usize> {
    path.split_once('[')?.1.split_once(']')?.0.parse().ok()
}

/// The form's names of the parts of rows and steps, in the order in which a row tells them.
const PARTS: &[(&str, &str)] = &[
    ("from", "起始年月"),
    ("to", "结束年月"),
    ("place", "何校何单位"),
    ("witness", "证明人"),
    ("kind", "种类"),
    ("occupation", "职业（工种）"),
    ("grade", "等级"),
    ("number", "证书编号"),
    ("issuer", "发证机关"),
    ("issued", "发证年月"),
    ("verifiable_online", "可网上校验"),
    ("title", "题名"),
    ("awarded", "获得年月"),
    ("name", "竞赛名称"),
    ("level", "级别"),
    ("class", "类别"),
    ("rank", "名次"),
    ("date", "日期"),
    ("event", "项目"),
    ("relation", "师徒关系"),
    ("competition", "竞赛"),
    ("file", "文件"),
    ("original_checked", "原件已校验"),
    ("proves", "证明"),
    ("evidence", "证明人或证明材料"),
    ("employer", "所在单位推荐意见"),
    ("body", "推荐单位意见"),
    ("employee_opinion", "征求本单位员工意见"),
    ("employer_publicity", "单位公示"),
    ("employer_report", "单位盖章的推荐报告"),
    ("originals_checked", "佐证材料原件校验"),
    ("expert_review", "专家评议"),
    ("body_publicity", "推荐单位公示"),
    ("member_opinion", "征求会员意见"),
    ("result", "结果"),
    ("objections", "异议"),
    ("resolution", "异议的处理"),
    ("received", "已收到"),
    ("by", "校验人"),
    ("returned", "原件已退回"),
    ("experts", "专家人数"),
    ("agree", "同意票"),
    ("against", "反对票"),
    ("opinion", "评议意见"),
];

/// Parts that the form calls otherwise where their path begins and ends so.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("honours", "title", "称号"),
    ("honours", "issuer", "授予单位"),
    ("competitions", "date", "获奖年月"),
    ("apprentices", "competition.date", "获奖年月"),
    ("apprentices", "].name", "徒弟姓名"),
    ("process.originals_checked", "date", "校验日期"),
    ("process.expert_review", "date", "评议日期"),
    ("process", "from", "公示开始"),
    ("process", "to", "公示结束"),
];

/// The form's name of a part of what stands at a path.
fn part_name(path: &str, key: &str) -> &'static str {
    let is_here = |(begins, ends, _): &&(&str, &str, &str)| {
        path.starts_with(begins) && path.ends_with(ends) && ends.ends_with(key)
    };
    let elsewhere = ELSEWHERE.iter().find(is_here).map(|(.., word)| *word);
    let usual = || PARTS.iter().find(|(known, _)| *known == key).map_or("其他", |(_, word)| word);
    elsewhere.unwrap_or_else(usual)
}

/// A field of a recommender.
pub(super) fn body_field_name(path: &str) -> String {
    let (head, part) = path.split_once('.').unwrap_or((path, ""));
    let word = match head {
        "name" => "单位名称",
        "kind" => "类别",
        "contact" => "填报人",
        "phone" => "联系电话",
        "mobile" => "手机",
        "address" => "地址",
        "exception" => "超名额推荐的理由",
        "report" => return format!("推荐报告“{}”", PartKey::from_key(part).map_or("其他", PartKey::heading)),
        _ => "其他",
    };
    word.to_owned()
}

/// A value as the form shows it, identity numbers masked as in every list; "" where nothing is filled in. Rows stand on
/// lines of their own.
pub(super) fn value(path: &str, value: &Value) -> String {
    let leaf = path.rsplit('.').next().unwrap_or_default();
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::String(text) if leaf == "file" || leaf == "photo" => file(text),
        Value::String(text) if leaf == "id_number" => IdNumber::masked(text),
        Value::String(text) if leaf == "kind" || leaf == "level" => chosen(text),
        Value::Number(_) | Value::String(_) if leaf == "class" || leaf == "rank" => counted(leaf, value),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(rows) => {
            let lines = rows.iter().zip(1..).map(|(row, number)| format!("{number}. {}", self::value(path, row)));
            lines.collect::<Vec<_>>().join("\n")
        }
        Value::Object(fields) => {
            let part = |(key, inside): (&String, &Value)| {
                let words = self::value(key, inside);
                // A tick needs its name to mean something.
                match inside {
                    Value::Bool(true) => part_name(path, key).to_owned(),
                    Value::Bool(false) => String::new(),
                    _ => words,
                }
            };
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(key, _)| PARTS.iter().position(|(known, _)| known == key));
            let parts: Vec<String> = fields.into_iter().map(part).filter(|words| !words.is_empty()).collect();
            parts.join("，")
        }
    }
}

/// A file by the kind and the beginning of its hash: enough to see that it is another one.
fn file(key: &str) -> String {
    let (hash, extension) = key.rsplit_once('.').unwrap_or((key, ""));
    let kind = if extension == "pdf" { "PDF" } else { "图片" };
    let mark: String = hash.chars().take(6).collect();
    if hash.is_empty() { String::new() } else { format!("{kind} {mark}") }
}

/// A competition's class or rank, which say nothing as bare numbers. What is no number stays as typed.
fn counted(leaf: &str, value: &Value) -> String {
    let typed = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match (leaf, typed.trim().parse::<u32>()) {
        ("class", Ok(1)) => "一类".to_owned(),
        ("class", Ok(2)) => "二类".to_owned(),
        ("rank", Ok(place)) => format!("第 {place} 名"),
        _ => typed,
    }
}

fn chosen(key: &str) -> String {
    let word = match key {
        "vocational_qualification" => "国家职业资格证书",
        "skill_level" => "职业技能等级证书",
        "national" => "国家级",
        "provincial" => "省级",
        "municipal" => "市级",
        "certificate" => "职业资格（技能等级）证书",
        "honour" => "荣誉证书",
        "competition" => "竞赛获奖证书",
        "apprentice" => "徒弟获奖证书",
        "patent" => "专利、成果",
        "report" => "推荐报告",
        "other" => "其他",
        _ => return key.parse::<RecommenderKind>().map_or_else(|()| key.to_owned(), |kind| kind.label().to_owned()),
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_and_values_in_words() {
        for (path, name) in [
            ("post", "现工作岗位"),
            ("experience[1].witness", "主要学习和工作经历 第 2 行 证明人"),
            ("experience", "主要学习和工作经历"),
            ("sections.summary.text", "个人总结"),
            ("sections.speciality.evidence", "专业技术特长或技术绝招情况 证明人或证明材料"),
            ("process.expert_review.agree", "专家评议 同意票"),
            ("experience[0].to", "主要学习和工作经历 第 1 行 结束年月"),
            ("process.employer_publicity.to", "单位公示 公示结束"),
            ("process.originals_checked.date", "佐证材料原件校验 校验日期"),
            ("honours[1].issuer", "荣誉 第 2 行 授予单位"),
            ("certificates[0].issuer", "职业资格证书（职业技能等级证书） 第 1 行 发证机关"),
            ("competitions[0].class", "技能竞赛 第 1 行 类别"),
            ("apprentices[0].name", "所带徒弟 第 1 行 徒弟姓名"),
            ("apprentices[0].competition.rank", "所带徒弟 第 1 行 名次"),
            ("apprentices[0].competition.name", "所带徒弟 第 1 行 竞赛名称"),
            ("opinions.body", "推荐意见 推荐单位意见"),
        ] {
            assert_eq!(field_name(path), name, "{path}");
        }
        for (path, given, words) in [
            ("post", json!("班长"), "班长"),
            ("front_line", json!(true), "是"),
            ("order", json!(2), "2"),
            ("id_number", json!("339999197803150318"), "339999**********18"),
            ("certificates[0].kind", json!("skill_level"), "职业技能等级证书"),
            ("photo", json!("0123456789ab.jpg"), "图片 012345"),
            ("experience", json!([{"from": "1995-09", "place": "某技校", "to": null}]), "1. 1995-09，某技校"),
            (
                "attachments",
                json!([{"kind": "honour", "title": "证书", "file": "abcdef99.pdf", "original_checked": true}]),
                "1. 荣誉证书，证书，PDF abcdef，原件已校验",
            ),
            ("competitions[0].class", json!(2), "二类"),
            ("competitions[0].rank", json!("3"), "第 3 名"),
            ("competitions[0].rank", json!("一等奖"), "一等奖"),
            (
                "competitions",
                json!([{"name": "示范大赛", "level": "municipal", "class": 1, "rank": 1, "event": "电工"}]),
                "1. 示范大赛，市级，一类，第 1 名，电工",
            ),
            (
                "apprentices",
                json!([{"name": "甲", "competition": {"name": "示范大赛", "class": 1, "rank": 2}}]),
                "1. 甲，示范大赛，一类，第 2 名",
            ),
        ] {
            assert_eq!(value(path, &given), words, "{path}");
        }
        for (path, name) in [("contact", "填报人"), ("kind", "类别")] {
            assert_eq!(body_field_name(path), name);
        }
        assert_eq!(value("kind", &json!("association")), "行业协会");
    }
}
