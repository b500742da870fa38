//! `employer.name`: Annex 1 asks for the name on the seal, to the letter ("须和单位公章相同"). Nobody here knows the seal, but
//! two spellings of what must be one employer, or a name that no seal bears, can be told.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Case, Findings};
use crate::domain::{Clause, FindingCode, Person, is_filled};

/// The employers' names of a book, each with the nearest other spelling.
pub(super) struct Employers<'a> {
    near: BTreeMap<&'a str, &'a str>,
}

impl<'a> Employers<'a> {
    pub fn new(people: &'a [Person]) -> Self {
        let names: BTreeSet<&str> = people
            .iter()
            .filter(|person| !person.applicant.is_freelancer() && is_filled(&person.applicant.employer))
            .map(|person| person.applicant.employer.as_str())
            .collect();
        let keyed: Vec<(&str, String, Vec<char>)> =
            names.into_iter().map(|name| (name, bare(name), skeleton(name))).collect();
        let mut near = BTreeMap::new();
        for (index, (name, name_bare, name_skeleton)) in keyed.iter().enumerate() {
            for (other, other_bare, other_skeleton) in keyed.iter().skip(index + 1) {
                if name_bare == other_bare || one_slip(name_skeleton, other_skeleton) {
                    near.entry(*name).or_insert(*other);
                    near.entry(*other).or_insert(*name);
                }
            }
        }
        Self { near }
    }

    /// The spelling nearest to `name` that another applicant's employer has, where the two differ by a slip.
    pub fn near(&self, name: &str) -> Option<&'a str> {
        self.near.get(name).copied()
    }

    pub fn check(&self, case: &Case, out: &mut Findings) {
        let applicant = case.applicant();
        if applicant.is_freelancer() || !is_filled(&applicant.employer) {
            return;
        }
        let employer = applicant.employer.as_str();
        let message = if let Some(other) = self.near(employer) {
            format!("“{}”与另一申报人的“{}”只差一点，请对照单位公章核对；确是两家单位的不必改。", employer, other)
        } else if is_plainly_short(employer) {
            format!("“{}”不像单位全称，须和单位公章相同，请对照公章填写全称。", employer.trim())
        } else {
            return;
        };
        out.warn(FindingCode::EmployerName, Some(Clause::Annex1), "employer", message);
    }
}

/// What [`FindingCode::EmployerName`] compares an employer's name with: the other spelling in the book, if one is near.
pub fn employer_like<'a>(people: &'a [Person], employer: &str) -> Option<&'a str> {
    Employers::new(people).near(employer)
}

/// A name without white space and marks, and with half-width letters and digits.
fn bare(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// What is left of a name without the words that clerks most often leave out or mix up.
fn skeleton(name: &str) -> Vec<char> {
    let name =
        ["股份有限公司", "有限责任公司", "有限公司"].iter().fold(bare(name), |name, form| name.replace(form, "公司"));
    name.chars().filter(|c| !matches!(c, '省' | '市' | '县' | '区')).collect()
}

/// Equal, or one character added, left out or changed. Two numerals or letters tell two employers apart (第一、第二), and
/// in very short names one character is much.
fn one_slip(one: &[char], other: &[char]) -> bool {
    const SHORTEST: usize = 5;
    if one == other {
        return true;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < SHORTEST || long.len() - short.len() > 1 {
        return false;
    }
    let front = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let back = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    if short.len() == long.len() {
        let told_apart = |c: Option<&char>| {
            c.is_some_and(|c| {
                c.is_ascii_alphanumeric() || "〇零一二三四五六七八九十百甲乙丙丁戊己庚辛壬癸东南西北中上下".contains(*c)
            })
        };
        front + back + 1 == long.len() && !(told_apart(one.get(front)) && told_apart(other.get(front)))
    } else {
        front + back >= short.len()
    }
}

/// How names that stand on seals end.
const ENDINGS: &[&str] = &[
    "公司", "厂", "集团", "中心", "会", "院", "校", "学", "园", "所", "局", "委", "办", "室", "站", "社", "店", "馆",
    "处", "队", "部", "行", "厅", "团", "场", "台", "户", "坊", "庄", "轩", "阁", "堂", "段", "矿", "库", "府", "基地",
    "吧", "铺", "居", "城", "村", "镇", "乡", "街道", "署", "网", "楼", "宫", "联盟", "组织",
];

/// No ending of a full name, or too short for one that ends in 公司 or 厂. A seal may end in a place in brackets.
fn is_plainly_short(name: &str) -> bool {
    let name = name.trim();
    let before_bracket = match name.rfind(['（', '(']) {
        Some(at) if name.ends_with(['）', ')']) => name.get(..at).unwrap_or(name),
        _ => name,
    };
    let name = bare(before_bracket);
    let length = name.chars().count();
    let firm = name.ends_with("公司") || name.ends_with("厂");
    // 示范大学 is whole; 示范公司 is not.
    length < 4 || (firm && length < 6) || !ENDINGS.iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: &str, other: &str) -> bool {
        bare(one) == bare(other) || one_slip(&skeleton(one), &skeleton(other))
    }

    #[test]
    fn near_names_are_told_and_other_firms_are_not() {
        for (one, other, expected) in [
            ("杭州示范精密机械有限公司", "杭州示范精密机械公司", true),
            ("杭州示范精密机械有限公司", "杭州市示范精密机械有限公司", true),
            ("杭州示范精密机械有限公司", "杭州示范精密机械有限责任公司", true),
            ("示范（杭州）机械有限公司", "示范(杭州)机械有限公司", true),
            ("杭州示范精密机械有限公司", "杭州示范 精密机械有限公司", true),
            ("杭州示范精密机械有限公司", "杭州示范精蜜机械有限公司", true),
            ("杭州示范精密机械有限公司", "杭州示范精密机有限公司", true),
            ("杭州示范精密机械有限公司", "杭州示范模塑科技有限公司", false),
            ("杭州示范第一实业有限公司", "杭州示范第二实业有限公司", false),
            ("杭州示范1厂", "杭州示范2厂", false),
            ("甲厂", "乙厂", false),
            ("", "", true),
        ] {
            assert_eq!(near(one, other), expected, "{one} / {other}");
            assert_eq!(near(other, one), expected, "{other} / {one}");
        }
    }

    #[test]
    fn plainly_short_names_are_told() {
        for (name, expected) in [
            ("杭州示范精密机械有限公司", false),
            ("示范机械有限公司（杭州）", false),
            ("示范大学", false),
            ("杭州市示范医院", false),
            ("示范县人力资源和社会保障局", false),
            ("示范机械", true),
            ("示范机械有限公司维修车间", true),
            ("示范公司", true),
            ("本厂", true),
            ("无", true),
            ("同上", true),
            ("自由职业者", true),
            ("—", true),
        ] {
            assert_eq!(is_plainly_short(name), expected, "{name}");
        }
    }
}
