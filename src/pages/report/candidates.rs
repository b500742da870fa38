//! 一、推荐人选基本情况: a sentence a person, from the record alone.

use super::words::{blank, month, numeral, or_blank};
use crate::domain::{
    Applicant, Apprentice, Certificate, CertificateKind, Competition, CompetitionLevel, Grade, Honour, Person,
    SectionKey, is_filled,
};
use crate::rules::Notice;

/// The part's paragraphs.
pub(super) fn paragraphs(notice: &Notice, people: &[&Person]) -> Vec<String> {
    let count = people.len();
    match people {
        [] => vec![blank("推荐人选")],
        [only] => vec![format!("本次推荐{}人选1名。{}", notice.award, sentence(notice, &only.applicant))],
        _ => {
            let lead = format!("本次推荐{}人选{count}名，按推荐顺序依次为：", notice.award);
            let each = people
                .iter()
                .enumerate()
                .map(|(index, person)| format!("（{}）{}", numeral(index + 1), sentence(notice, &person.applicant)));
            std::iter::once(lead).chain(each).collect()
        }
    }
}

fn sentence(notice: &Notice, applicant: &Applicant) -> String {
    let a = applicant;
    format!(
        "{}，{}，{}出生，{}，职业（工种）为{}，等级为{}。{}{}",
        or_blank(&a.name, "姓名"),
        or_blank(&a.sex, "性别"),
        month(&a.birth, "出生年月"),
        position(a),
        or_blank(&a.occupation, "职业（工种）"),
        or_blank(&a.grade, "等级"),
        certificate(a),
        basis(notice, a),
    )
}

/// Where and as what the person works; a freelancer has no employer.
fn position(a: &Applicant) -> String {
    let post = or_blank(&a.post, "岗位");
    if a.is_freelancer() {
        return format!("自由职业者，从事{post}工作");
    }
    let duty = a.duty.trim();
    let duty = if is_filled(duty) && duty != "无" { format!("、{duty}") } else { String::new() };
    format!("现任{}{post}{duty}", or_blank(&a.employer, "工作单位"))
}

/// The highest certificate, which the notice asks for before any condition.
pub(super) fn highest(a: &Applicant) -> Option<&Certificate> {
    let rank = |certificate: &Certificate| Grade::read(&certificate.grade);
    let mut best: Option<&Certificate> = None;
    for certificate in &a.certificates {
        if best.is_none_or(|held| rank(certificate) > rank(held)) {
            best = Some(certificate);
        }
    }
    best
}

fn certificate(a: &Applicant) -> String {
    let Some(held) = highest(a) else {
        return format!("持有{}。", blank("职业资格证书或职业技能等级证书"));
    };
    let kind = match held.kind {
        Some(CertificateKind::VocationalQualification) => "职业资格证书".to_owned(),
        Some(CertificateKind::SkillLevel) => "职业技能等级证书".to_owned(),
        None => blank("证书种类"),
    };
    let issued =
        if is_filled(&held.issued) { format!("{}取得", month(&held.issued, "")) } else { "持有".to_owned() };
    let issuer = if is_filled(&held.issuer) { format!("{}颁发的", held.issuer.trim()) } else { String::new() };
    format!("{issued}{issuer}{}{}{kind}，", held.occupation.trim(), or_blank(&held.grade, "证书等级"))
}

/// What one condition rests on. What meets it needs no judgement: then honours and competitions alone.
pub(super) struct Ground<'a> {
    pub condition: &'a str,
    pub honours: Vec<&'a Honour>,
    pub competitions: Vec<&'a Competition>,
    pub texts: Vec<SectionKey>,
    pub apprentices: Vec<&'a Apprentice>,
}

/// The conditions that are met or, where none is, those that the experts have to judge.
pub(super) struct Grounds<'a> {
    pub met: bool,
    pub conditions: Vec<Ground<'a>>,
}

pub(super) fn grounds<'a>(notice: &'a Notice, applicant: &'a Applicant) -> Grounds<'a> {
    let met = notice.conditions.iter().map(|condition| {
        let (honours, competitions) = condition.proofs(applicant);
        Ground {
            condition: &condition.id,
            honours: rows(&applicant.honours, honours),
            competitions: rows(&applicant.competitions, competitions),
            texts: Vec::new(),
            apprentices: Vec::new(),
        }
    });
    let met: Vec<Ground> = met.filter(|ground| !ground.is_empty()).collect();
    if !met.is_empty() {
        return Grounds { met: true, conditions: met };
    }
    let open = notice.conditions.iter().map(|condition| {
        let honours = applicant.honours.iter().filter(|honour| condition.other_honours && is_filled(&honour.title));
        let texts = condition.texts.iter().copied();
        Ground {
            condition: &condition.id,
            honours: honours.collect(),
            competitions: Vec::new(),
            texts: texts.filter(|key| is_filled(&applicant.sections.get(*key).text)).collect(),
            apprentices: rows(&applicant.apprentices, condition.taught(applicant)),
        }
    });
    Grounds { met: false, conditions: open.filter(|ground| !ground.is_empty()).collect() }
}

fn rows<T>(list: &[T], rows: Vec<usize>) -> Vec<&T> {
    rows.into_iter().filter_map(|row| list.get(row)).collect()
}

impl Ground<'_> {
    fn is_empty(&self) -> bool {
        self.honours.is_empty() && self.competitions.is_empty() && self.texts.is_empty() && self.apprentices.is_empty()
    }

    fn said(&self) -> String {
        let honours = self.honours.iter().map(|title| honour(title));
        let competitions = self.competitions.iter().map(|won| result(won));
        let texts: Vec<&str> = self.texts.iter().map(|key| subject(*key)).collect();
        let texts = (!texts.is_empty()).then(|| format!("申报表填报了{}情况", texts.join("、")));
        let apprentices = self.apprentices.iter().map(|apprentice| {
            format!("所带徒弟{}{}", or_blank(&apprentice.name, "徒弟姓名"), result(&apprentice.competition))
        });
        honours.chain(competitions).chain(texts).chain(apprentices).collect::<Vec<_>>().join("，")
    }
}

/// Which condition is met by what. Where none is, under which the person applies: the experts have to judge, and nothing is
/// said that they alone can say.
fn basis(notice: &Notice, applicant: &Applicant) -> String {
    let Grounds { met, conditions } = grounds(notice, applicant);
    if conditions.is_empty() {
        return format!("{}。", blank("符合认定条件的依据"));
    }
    let each = conditions.iter().map(|ground| {
        let (said, condition) = (ground.said(), ground.condition);
        if met {
            format!("{said}，符合认定条件第（{condition}）项")
        } else {
            format!("{said}，按认定条件第（{condition}）项申报")
        }
    });
    let end = match (met, applicant.process.expert_review.is_recorded(), conditions.len()) {
        (true, ..) => "",
        (false, true, 1) => "，已经专家评议",
        (false, false, 1) => "，须经专家评议",
        (false, true, _) => "；以上各项均已经专家评议",
        (false, false, _) => "；以上各项均须经专家评议",
    };
    format!("{}{end}。", each.collect::<Vec<_>>().join("；"))
}

/// `2018年12月获“全国技术能手”称号`.
fn honour(honour: &Honour) -> String {
    let awarded = month(&honour.awarded, "获得荣誉时间");
    let title = honour.title.trim().trim_matches(['“', '”']);
    // 津贴 is drawn, a 奖 or 奖章 is won; only titles proper are called 称号.
    let called = if title.ends_with(['奖', '章', '贴', '号', '员']) { "" } else { "称号" };
    format!("{awarded}获“{title}”{called}")
}

/// `2017年10月获全国电工职业技能竞赛（国家一类）第五名`.
fn result(competition: &Competition) -> String {
    let level = match competition.level {
        Some(CompetitionLevel::National) => "国家",
        Some(CompetitionLevel::Provincial) => "省级",
        Some(CompetitionLevel::Municipal) => "市级",
        Some(CompetitionLevel::Other) | None => "",
    };
    let class = match competition.class.as_ref().and_then(crate::domain::Figure::positive) {
        Some(class) if !level.is_empty() => format!("（{level}{}类）", numeral(class as usize)),
        _ => String::new(),
    };
    let rank = match competition.rank.as_ref().and_then(crate::domain::Figure::positive) {
        Some(rank) => format!("第{}名", numeral(rank as usize)),
        None => blank("名次"),
    };
    format!("{}获{}{class}{rank}", month(&competition.date, "竞赛时间"), or_blank(competition.name.trim(), "竞赛名称"))
}

/// What a text of the form is about.
fn subject(key: SectionKey) -> &'static str {
    match key {
        SectionKey::Speciality => "专业技术特长或技术绝招",
        SectionKey::CompetitionResults => "技能竞赛获奖",
        SectionKey::OperationMethods => "先进生产操作法",
        SectionKey::Innovations => "关键生产技术、技术革新项目",
        SectionKey::HonourTitles => "荣誉称号",
        SectionKey::Contributions => "突出贡献",
        SectionKey::Summary => "个人总结",
    }
}
