//! What no clause forbids and hardly anybody means: months that contradict each other or have not come, half a telephone
//! number, a file's name for a title, a scan added twice. No findings (the contract fixes those) and in nobody's way; shown
//! in the window, for the clerk to look at before anything is sealed.

use super::format::months;
use super::process::{DateField, dates};
use crate::domain::{Applicant, Attachment, Competition, Day, YearMonth, is_filled, non_space_count, parse_day};

/// Something to be looked at, with the record's path of its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    pub field: String,
    pub words: String,
}

/// Characters of a 个人总结 that is hardly begun: a page of the form is for it.
const SHORT_SUMMARY: usize = 60;
/// Nobody worked at this age, in years.
const TOO_YOUNG: i32 = 12;

/// The oddities of a form, in its order.
pub fn oddities(applicant: &Applicant, today: Day) -> Vec<Oddity> {
    let mut found = Vec::new();
    let mut odd = |field: &str, words: String| found.push(Oddity { field: field.to_owned(), words });
    let now = YearMonth::of(today);
    for (field, label, _, text) in months(applicant) {
        if YearMonth::read(text).is_some_and(|month| month > now) {
            odd(&field, format!("{label} {} 还没有到，请核对。", text.trim()));
        }
    }
    let birth = YearMonth::read(&applicant.birth);
    if let (Some(birth), Some(started)) = (birth, YearMonth::read(&applicant.work_started))
        && started < (YearMonth { year: birth.year + TOO_YOUNG, ..birth })
    {
        let words = if started < birth {
            "参加工作时间早于出生年月，请核对。".to_owned()
        } else {
            format!("参加工作时不满 {TOO_YOUNG} 岁，请核对。")
        };
        odd("work_started", words);
    }
    for (row, experience) in applicant.experience.iter().enumerate() {
        let from = YearMonth::read(&experience.from);
        let to = experience.to.as_deref().and_then(YearMonth::read);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            odd(&format!("experience[{row}].to"), format!("第 {} 行的结束年月早于起始年月，请核对。", row + 1));
        }
        let is_blank = experience.from.trim().is_empty() && experience.place.trim().is_empty();
        let first = applicant.experience[..row].iter().position(|other| other == experience).filter(|_| !is_blank);
        if let Some(first) = first {
            let words = format!("第 {} 行与第 {} 行完全相同，请核对是不是贴了两次。", row + 1, first + 1);
            odd(&format!("experience[{row}].from"), words);
        }
        if from.zip(birth).is_some_and(|(from, birth)| from < birth) {
            odd(&format!("experience[{row}].from"), format!("第 {} 行的起始年月早于出生年月，请核对。", row + 1));
        }
    }
    for (row, result) in applicant.competitions.iter().enumerate() {
        if is_unlevelled(result) {
            let words = format!("第 {} 项竞赛还没有选级别，不选就不能按名次认定。", row + 1);
            odd(&format!("competitions[{row}].level"), words);
        }
    }
    for (row, apprentice) in applicant.apprentices.iter().enumerate() {
        if is_unlevelled(&apprentice.competition) {
            let words = format!("第 {} 名徒弟的竞赛还没有选级别，不选就不能按名次认定。", row + 1);
            odd(&format!("apprentices[{row}].competition.level"), words);
        }
    }
    let summary = non_space_count(&applicant.sections.summary.text);
    if (1..SHORT_SUMMARY).contains(&summary) {
        odd("sections.summary.text", format!("个人总结只有 {summary} 个字，请核对是不是还没有写完。"));
    }
    if let Some(named) = other_comrade(&applicant.honours_brief, applicant.name.trim()) {
        odd("honours_brief", format!("“获得荣誉称号情况”写的是“{named}同志”，与姓名不同，请核对。"));
    }
    // A publicity may be on its way: that it must be over is a finding.
    let freelancer = applicant.is_freelancer();
    let is_asked = |date: &DateField<'_>| !(date.field.contains("publicity") || freelancer && date.by_employer);
    for date in dates(&applicant.process).into_iter().filter(is_asked) {
        if parse_day(date.text).is_some_and(|day: Day| day > today) {
            odd(date.field, format!("{} {} 还没有到，请核对。", date.label, date.text.trim()));
        }
    }
    let publicities = [
        ("process.employer_publicity.objections", &applicant.process.employer_publicity, !freelancer),
        ("process.body_publicity.objections", &applicant.process.body_publicity, true),
    ];
    for (field, step, is_asked) in publicities {
        let is_over = parse_day(&step.to).is_some_and(|day: Day| day < today);
        if is_asked && is_over && !is_filled(&step.objections) {
            odd(field, "公示有没有异议还没有写，推荐报告里会印成“待补”。没有异议请写：无异议。".to_owned());
        }
    }
    if is_odd_mobile(&applicant.phone) {
        odd("phone", "手机号码一般是 11 位，请核对。".to_owned());
    }
    for (row, attachment) in applicant.attachments.iter().enumerate() {
        if is_file_name(&attachment.title) {
            let words = format!(
                "题名“{}”像是文件名，会印在材料清单和装订册上，请改成证书或材料的名称。",
                attachment.title.trim()
            );
            odd(&format!("attachments[{row}].title"), words);
        }
        if let Some(first) = applicant.attachments[..row].iter().position(|other| is_same_copy(other, attachment)) {
            let words = format!("附件 {} 与附件 {} 是同一个文件，请核对是不是多放了一份。", row + 1, first + 1);
            odd(&format!("attachments[{row}].title"), words);
        }
    }
    found
}

/// A result that is written down and counts for nothing, since its level is passed over.
fn is_unlevelled(result: &Competition) -> bool {
    result.level.is_none() && (is_filled(&result.name) || result.rank.is_some())
}

/// Whom a text calls 同志 at its beginning, as the annex wants it, where that is not whose form it is: a name of which a
/// character differs, or another one as long. What can hardly be a name is nobody.
fn other_comrade<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (named, after) = text.split_once("同志")?;
    let named = named.trim();
    let (length, wanted) = (named.chars().count(), name.chars().count());
    let is_chinese = named.chars().all(|c| ('\u{3400}'..='\u{9FFF}').contains(&c) || c >= '\u{20000}' || c == '·');
    let is_near = length.abs_diff(wanted) <= 1 && named.chars().any(|c| name.contains(c));
    let is_another = length == wanted && named.starts_with(|c| FAMILY_NAMES.contains(c));
    let is_word = after.starts_with('们') || NO_NAME.iter().any(|word| named.starts_with(word));
    let is_it = is_filled(name) && length >= 2 && is_chinese && (is_near || is_another);
    (is_it && !is_word && !text.contains(name)).then_some(named)
}

/// The commonest family names, and the first characters of the compound ones.
const FAMILY_NAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛韦申尤毕聂丛焦向柳邢路岳齐莫庄辛管祝左涂谷祁时舒欧司上诸夏东皇尉闫裘";

/// How words begin that stand before 同志 and are no name.
const NO_NAME: [&str; 20] = [
    "周围", "许多", "高级", "安全", "管理", "任何", "有关", "全体", "带领", "常带", "团结", "组织", "指导", "帮助",
    "优秀", "班组", "向全", "向各", "多位", "各位",
];

/// Digits that begin like a mobile number and are not as many.
fn is_odd_mobile(phone: &str) -> bool {
    let phone = phone.trim();
    let is_one = phone.chars().all(|c| c.is_ascii_digit() || c == '-' || c == ' ');
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    is_one && phone.starts_with('1') && digits != 11
}

/// Whether a title was left as the scanner or a phone called the file: no title of a Chinese paper is without Chinese.
pub fn is_file_name(title: &str) -> bool {
    let is_chinese = |c: &char| ('\u{3400}'..='\u{9FFF}').contains(c) || *c >= '\u{20000}';
    let words: String = title.chars().filter(is_chinese).collect();
    !title.trim().is_empty() && (words.is_empty() || FILE_WORDS.contains(&words.as_str()))
}

/// What scanners and phones call a file, beside its number.
const FILE_WORDS: [&str; 9] =
    ["扫描", "扫描件", "扫描文件", "扫描全能王", "图片", "微信图片", "粘贴的图片", "照片", "新建文档"];

/// Whether two copies are one file that was added twice. One page may well prove two things: then each says which.
fn is_same_copy(one: &Attachment, other: &Attachment) -> bool {
    let proves_another = [one, other].iter().all(|copy| is_filled(&copy.proves)) && one.proves != other.proves;
    !one.file.is_none() && one.file == other.file && one.kind == other.kind && !proves_another
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Apprentice, CompetitionLevel, ExperienceRow, FileKey};

    /// The fields that are odd after a change of a form in which nothing is.
    fn odd(change: impl FnOnce(&mut Applicant)) -> Vec<String> {
        let row = |from: &str, to: Option<&str>| ExperienceRow {
            from: from.into(),
            to: to.map(Into::into),
            ..ExperienceRow::default()
        };
        let mut form = Applicant {
            birth: "1978-03".into(),
            work_started: "1998-08".into(),
            phone: "13800001001".into(),
            experience: vec![row("1995-09", Some("1998-07")), row("1998-08", None)],
            ..Applicant::default()
        };
        change(&mut form);
        let today = Day::from_ymd_opt(2021, 7, 6).unwrap();
        oddities(&form, today).into_iter().map(|oddity| oddity.field).collect()
    }

    #[test]
    fn what_is_hardly_meant_is_told() {
        let none: [&str; 0] = [];
        assert_eq!(odd(|_| {}), none);
        assert_eq!(odd(|form| form.work_started = "1960-01".into()), ["work_started"]);
        let twice = |form: &mut Applicant| form.experience.push(form.experience[1].clone());
        assert_eq!(odd(twice), ["experience[2].from"]);
        assert_eq!(odd(|form| form.experience.extend([ExperienceRow::default(), ExperienceRow::default()])), none);
        assert_eq!(odd(|form| form.work_started = "1989-01".into()), ["work_started"]);
        assert_eq!(odd(|form| form.work_started = "2021-07".into()), none, "this month");
        assert_eq!(odd(|form| form.work_started = "2021-08".into()), ["work_started"]);
        assert_eq!(odd(|form| form.experience[0].to = Some("1985-06".into())), ["experience[0].to"]);
        assert_eq!(odd(|form| form.experience[0].from = "1970-09".into()), ["experience[0].from"]);
        assert_eq!(odd(|form| form.experience[1].to = Some("2025-01".into())), ["experience[1].to"]);
        assert_eq!(odd(|form| form.experience[1].to = Some("至今".into())), none);
        let brief = |form: &mut Applicant, text: &str| (form.name, form.honours_brief) = ("葛谨川".into(), text.into());
        assert_eq!(odd(|form| brief(form, "葛瑾川同志长期在一线")), ["honours_brief"]);
        assert_eq!(odd(|form| brief(form, " 葛谨川同志，电工")), none);
        for text in [
            "该同志长期从事焊接",
            "这位同志长期从事焊接",
            "带领同志们攻关",
            "帮助同志攻关",
            "（一）葛谨川同志，电工",
            "电工葛谨川同志",
            "长期在一线，带领班组同志攻关",
            "全体班组同志一致推荐",
            "车间同志一致认为",
            "广大同志公认",
            "许多同志请教",
            "获评优秀同志",
        ] {
            assert_eq!(odd(|form| brief(form, text)), none, "{text}");
        }
        assert_eq!(odd(|form| brief(form, "闫㛃宁同志，钳工")), ["honours_brief"], "somebody else's text");
        let summary = |form: &mut Applicant, length: usize| form.sections.summary.text = "长".repeat(length);
        assert_eq!(odd(|form| summary(form, 9)), ["sections.summary.text"]);
        assert_eq!((odd(|form| summary(form, 0)), odd(|form| summary(form, 60))), (vec![], vec![]), "missing is told");
        assert_eq!(odd(|form| form.phone = "1380000100".into()), ["phone"]);
        assert_eq!(odd(|form| form.phone = "0571-88000000".into()), none);
        assert_eq!(odd(|form| form.process.expert_review.date = "2021-07-06".into()), none, "today");
        assert_eq!(odd(|form| form.process.body_publicity.to = "2021-07-12".into()), none);
        let over = |form: &mut Applicant, objections: &str| {
            form.process.body_publicity.to = "2021-07-05".into();
            form.process.body_publicity.objections = objections.into();
        };
        assert_eq!(odd(|form| over(form, "无异议")), none);
        assert_eq!(odd(|form| over(form, "")), ["process.body_publicity.objections"]);
        assert_eq!(odd(|form| form.process.expert_review.date = "2022-06-30".into()), ["process.expert_review.date"]);
        let result = |level| Competition { name: "电工竞赛".into(), level, ..Competition::default() };
        let unlevelled = vec![result(Some(CompetitionLevel::Municipal)), result(None), Competition::default()];
        assert_eq!(odd(|form| form.competitions = unlevelled), ["competitions[1].level"]);
        let apprentice = Apprentice { competition: result(None), ..Apprentice::default() };
        assert_eq!(odd(|form| form.apprentices = vec![apprentice]), ["apprentices[0].competition.level"]);
        let copy = |title: &str| Attachment { title: title.into(), ..Attachment::default() };
        let copies = ["IMG_0021", "高级技师证书", "ISO 9001 内审员证", "", "扫描件0001"].map(copy).to_vec();
        assert_eq!(odd(|form| form.attachments = copies), ["attachments[0].title", "attachments[4].title"]);
        let copy = |file: &str, proves: &str| Attachment {
            file: FileKey(file.into()),
            proves: proves.into(),
            ..Attachment::default()
        };
        let copies = vec![copy("a", "1234"), copy("a", "杭州工匠"), copy("b", ""), copy("", ""), copy("", "")];
        assert_eq!(odd(|form| form.attachments = copies), none, "one page that proves two things");
        let copies = vec![copy("a", "1234"), copy("b", ""), copy("a", "1234"), copy("b", "1234")];
        let twice = ["attachments[2].title", "attachments[3].title"];
        assert_eq!(odd(|form| form.attachments = copies), twice, "added twice");
    }
}
