use std::path::Path;

use super::*;
use crate::domain::{Applicant, DoneMark, Figure, PersonId, RecommenderId};

fn notice() -> Notice {
    Notice::read(Notice::built_in()[0].1).unwrap()
}

/// The sample's recommender and people, with the nominated in order.
fn sample(kind: &str) -> (Recommender, Vec<Person>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(kind).join("record.json");
    let record: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let recommender = serde_json::from_value(record["recommender"].clone()).unwrap();
    let applicants: Vec<Applicant> = serde_json::from_value(record["applicants"].clone()).unwrap();
    let people = (1..)
        .zip(applicants)
        .map(|(id, applicant)| Person { id: PersonId(id), recommender: RecommenderId(1), applicant })
        .collect();
    (recommender, people)
}

fn first(people: &[Person], count: usize) -> Vec<&Person> {
    people.iter().take(count).collect()
}

fn part(key: PartKey, recommender: &Recommender, people: &[&Person]) -> String {
    report_text(&notice(), recommender, people).parts.into_iter().find(|part| part.key == key).unwrap().text
}

#[test]
fn an_association_reports_in_the_notices_words() {
    let (recommender, people) = sample("association");
    let report = report_text(&notice(), &recommender, &first(&people, 2));
    assert_eq!(report.title, "杭州市首席技师认定推荐报告");
    assert_eq!(report.addressee, "杭州市人力资源和社会保障局");
    assert_eq!(report.signature, "杭州市示范模具行业协会");
    assert_eq!(
        report.opening,
        "根据《关于开展2021年杭州市首席技师认定工作的通知》（杭人社发〔2021〕69号）要求，我会组织开展了杭州市首席技师推荐工作。现将有关情况报告如下："
    );
    let texts: Vec<(&str, &str)> = report.parts.iter().map(|part| (part.heading(), part.text.as_str())).collect();
    let wanted = [
        (
            "一、推荐人选基本情况",
            "本次推荐杭州市首席技师人选2名，按推荐顺序依次为：\n\
             （一）葛瑾川，男，1978年3月出生，现任杭州示范精密机械有限公司设备维修电工、维修班班长，职业（工种）为电工，等级为高级技师。\
             2016年11月取得浙江省人力资源和社会保障厅颁发的电工高级技师职业资格证书，\
             2018年12月获“全国技术能手”称号，2017年10月获全国电工职业技能竞赛（国家一类）第五名，符合认定条件第（一）项。\n\
             （二）闫㛃宁，女，1975年11月出生，现任杭州示范模塑科技有限公司模具装配钳工，职业（工种）为模具工，等级为技师。\
             2020年12月取得杭州示范模塑科技有限公司颁发的模具工技师职业技能等级证书，\
             2019年4月获“杭州市劳动模范”称号，按认定条件第（一）项申报；\
             申报表填报了先进生产操作法、专业技术特长或技术绝招情况，按认定条件第（二）项申报；\
             申报表填报了关键生产技术、技术革新项目情况，按认定条件第（三）项申报；以上各项均已经专家评议。",
        ),
        (
            "二、推荐程序",
            "（一）单位申报。葛瑾川、闫㛃宁所在单位于2021年6月24日征求本单位员工意见，结果为一致同意，\
             并于2021年6月25日至7月1日在本单位公示，公示期间未收到异议。\n\
             （二）原件校验。我会于2021年7月2日对葛瑾川、闫㛃宁的佐证材料原件进行了校验（校验人：陆知远）。",
        ),
        (
            "三、专家评议情况",
            "2021年7月5日，我会组织5名专家对葛瑾川、闫㛃宁进行评议，表决结果均为同意5票、反对0票，评议意见均为：“技艺精湛，贡献突出，同意推荐。”",
        ),
        ("四、公示情况", "2021年7月6日至7月12日，我会将推荐人选葛瑾川、闫㛃宁在会内进行公示，公示期间未收到异议。"),
        (
            "五、推荐意见",
            "根据单位申报、专家评议和公示情况，我会同意推荐葛瑾川、闫㛃宁等2名同志为2021年杭州市首席技师人选。\
             现将《杭州市首席技师推荐申报人员汇总表》《杭州市首席技师认定申报表》及有关证书复印件一并报送，请予审核。\n特此报告。",
        ),
    ];
    assert_eq!(texts, wanted);
}

#[test]
fn a_district_reports_of_itself_as_an_office() {
    let (recommender, people) = sample("district");
    let people = first(&people, 4);
    assert!(part(PartKey::Candidates, &recommender, &people).contains("（四）"));
    assert!(part(PartKey::Candidates, &recommender, &people).contains(
        "（一）裘松年，男，1970年1月出生，现任杭州示范第一实业有限公司汽车维修工、班组长，职业（工种）为汽车维修工，等级为高级技师。"
    ));
    assert_eq!(
        part(PartKey::Publicity, &recommender, &people),
        "2021年7月6日至7月12日，我局将推荐人选裘松年、司徒蔚、任䶮、祝千帆进行公示，公示期间未收到异议。"
            .replace("祝千帆", &people[3].applicant.name)
    );
}

/// Changes the people, then reads a part.
fn with(key: PartKey, change: impl Fn(&mut Recommender, &mut Vec<Person>)) -> String {
    let (mut recommender, mut people) = sample("association");
    people.truncate(2);
    change(&mut recommender, &mut people);
    let count = people.len();
    part(key, &recommender, &first(&people, count))
}

/// Of an honour that the notice does not list nobody but the experts says that it meets the condition.
#[test]
fn what_is_open_to_judgement_is_applied_for_and_then_reviewed() {
    let text = |texts: bool, reviewed: bool| {
        with(PartKey::Candidates, |_, people| {
            people.remove(0);
            let second = &mut people[0].applicant;
            if !texts {
                second.sections = crate::domain::Sections::default();
            }
            if !reviewed {
                second.process.expert_review = crate::domain::ExpertReview::default();
            }
        })
    };
    let cases = [
        (false, true, "称号，按认定条件第（一）项申报，已经专家评议。"),
        (false, false, "称号，按认定条件第（一）项申报，须经专家评议。"),
        (true, true, "情况，按认定条件第（三）项申报；以上各项均已经专家评议。"),
        (true, false, "情况，按认定条件第（三）项申报；以上各项均须经专家评议。"),
    ];
    for (texts, reviewed, end) in cases {
        let text = text(texts, reviewed);
        assert!(text.ends_with(end), "{text}");
        assert!(!text.contains("符合") && !text.contains("对应"), "{text}");
    }
}

#[test]
fn differing_facts_are_told_in_a_sentence_each() {
    let text = with(PartKey::Experts, |_, people| {
        people[1].applicant.process.expert_review.agree = Some(Figure::Whole(4));
        people[1].applicant.process.expert_review.against = Some(Figure::Whole(1));
    });
    assert_eq!(
        text,
        "2021年7月5日，我会组织5名专家对葛瑾川进行评议，表决结果为同意5票、反对0票，评议意见为：“技艺精湛，贡献突出，同意推荐。”\
         2021年7月5日，我会组织5名专家对闫㛃宁进行评议，表决结果为同意4票、反对1票，评议意见为：“技艺精湛，贡献突出，同意推荐。”"
    );
}

#[test]
fn what_is_not_recorded_stays_a_visible_blank() {
    type Change = fn(&mut Recommender, &mut Vec<Person>);
    let cases: [(PartKey, Change, &str); 12] = [
        (PartKey::Experts, |_, p| p[0].applicant.process.expert_review.date.clear(), "（待补：专家评议日期），我会"),
        (PartKey::Experts, |_, p| p[0].applicant.process.expert_review.experts = None, "组织（待补：专家人数）名专家"),
        (
            PartKey::Experts,
            |_, p| p[0].applicant.process.expert_review = Default::default(),
            "进行评议（待补：专家评议日期、",
        ),
        (
            PartKey::Experts,
            |_, p| p[0].applicant.process.expert_review.opinion.clear(),
            "评议意见为（待补：专家评议意见）。",
        ),
        (
            PartKey::Publicity,
            |_, p| p[0].applicant.process.body_publicity.to.clear(),
            "2021年7月6日至（待补：公示结束日期），",
        ),
        (
            PartKey::Publicity,
            |_, p| p[0].applicant.process.body_publicity.objections.clear(),
            "公示期间（待补：公示有无异议）。",
        ),
        (
            PartKey::Procedure,
            |_, p| p[0].applicant.process.employee_opinion = Default::default(),
            "征求本单位员工意见（待补：征求员工意见日期和结果），",
        ),
        (
            PartKey::Procedure,
            |_, p| p[0].applicant.process.employer_publicity = Default::default(),
            "（待补：单位公示起止日期）",
        ),
        (
            PartKey::Procedure,
            |_, p| p[0].applicant.process.originals_checked = Default::default(),
            "校验（待补：原件校验日期和校验人）",
        ),
        (PartKey::Candidates, |_, p| p[0].applicant.birth.clear(), "男，（待补：出生年月）出生"),
        (
            PartKey::Candidates,
            |_, p| p[0].applicant.certificates.clear(),
            "持有（待补：职业资格证书或职业技能等级证书）。",
        ),
        (PartKey::Opinion, |_, p| p.clear(), "（待补：推荐意见）"),
    ];
    for (key, change, wanted) in cases {
        let text = with(key, change);
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}

#[test]
fn what_is_recorded_is_told() {
    type Change = fn(&mut Recommender, &mut Vec<Person>);
    let cases: [(PartKey, Change, &str); 9] = [
        (
            PartKey::Publicity,
            |_, p| {
                for person in p {
                    person.applicant.process.member_opinion.date = "2021-07-12".into();
                    person.applicant.process.member_opinion.result = "一致同意".into();
                }
            },
            "\n2021年7月12日，我会就推荐葛瑾川、闫㛃宁征求会员意见，结果为一致同意。",
        ),
        (
            PartKey::Publicity,
            |_, p| {
                p[0].applicant.process.body_publicity.objections = "有会员反映工龄不实。".into();
                p[0].applicant.process.body_publicity.resolution = "经核查不属实。".into();
            },
            "将推荐人选葛瑾川在会内进行公示，公示期间收到异议：有会员反映工龄不实；处理情况：经核查不属实。",
        ),
        (
            PartKey::Publicity,
            |_, p| p[0].applicant.process.body_publicity.objections = "有反映".into(),
            "处理情况：（待补：异议处理情况）",
        ),
        (
            PartKey::Procedure,
            |_, p| p[0].applicant.process.originals_checked.returned = Some(DoneMark::On("2021-07-03".into())),
            "对葛瑾川的佐证材料原件进行了校验（校验人：陆知远），原件已于2021年7月3日退回。",
        ),
        (
            PartKey::Procedure,
            |_, p| p[0].applicant.process.employer_report.received = Some(DoneMark::Done(true)),
            "公示期间未收到异议。单位盖章的推荐报告等材料已报送我会。",
        ),
        (
            PartKey::Procedure,
            |_, p| p[1].applicant.freelancer = Some(true),
            "（二）自由职业者推荐。闫㛃宁为自由职业者，由我会组织推荐，",
        ),
        (
            PartKey::Opinion,
            |r, p| {
                p.push(Person { id: PersonId(3), ..p[0].clone() });
                r.exception = "行业技能人才集中。".into();
            },
            "我会推荐名额一般不超过2人，本次推荐3人，超出1人，理由是：行业技能人才集中。",
        ),
        (PartKey::Opinion, |_, p| p.push(p[0].clone()), "理由是：（待补：超出推荐名额的理由）。"),
        (PartKey::Experts, |_, p| p[0].applicant.process.expert_review.date = "7月5日".into(), "7月5日，我会"),
    ];
    for (key, change, wanted) in cases {
        let text = with(key, change);
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}

#[test]
fn a_freelancer_has_no_employer_steps() {
    let text =
        with(PartKey::Procedure, |_, people| people.iter_mut().for_each(|p| p.applicant.freelancer = Some(true)));
    assert!(!text.contains("单位申报"), "{text}");
    assert!(!text.contains("待补：单位公示"), "{text}");
    let text = with(PartKey::Opinion, |_, people| people.iter_mut().for_each(|p| p.applicant.freelancer = Some(true)));
    assert!(text.starts_with("根据专家评议和公示情况，"), "{text}");
}

#[test]
fn the_clerks_text_stands_and_changed_facts_show() {
    let (mut recommender, mut people) = sample("association");
    people.truncate(2);
    let of = |recommender: &Recommender, people: &[Person]| {
        report_text(&notice(), recommender, &first(people, 2))
            .parts
            .into_iter()
            .find(|p| p.key == PartKey::Experts)
            .unwrap()
    };
    let before = of(&recommender, &people);
    assert!(!before.edited && before.text == before.generated);
    recommender.report.insert("experts".into(), "改过的段落。\n\n第二段。".into());
    let edited = of(&recommender, &people);
    assert!(edited.edited);
    assert_eq!(edited.paragraphs().collect::<Vec<_>>(), ["改过的段落。", "第二段。"]);
    assert_eq!(edited.generated, before.generated);
    assert!(!edited.is_stale(&before.fingerprint));

    // Facts of other parts are no concern of this one.
    people[0].applicant.process.body_publicity.to = "2021-07-13".into();
    people[0].applicant.sections.summary.text.push('。');
    assert!(!of(&recommender, &people).is_stale(&before.fingerprint));
    people[0].applicant.process.expert_review.agree = Some(Figure::Whole(4));
    assert!(of(&recommender, &people).is_stale(&before.fingerprint));

    // An emptied part goes back to what the record says.
    recommender.report.insert("experts".into(), " \n".into());
    assert!(!of(&recommender, &people).edited);
}

#[test]
fn bodies_speak_of_themselves_by_their_kind() {
    let cases = [
        ("示范县人力资源和社会保障局", "我局"),
        ("杭州市示范模具行业协会", "我会"),
        ("示范市国有资产监督管理委员会", "我委"),
        ("示范市经济和信息化委", "我委"),
        ("示范集团有限公司", "我公司"),
        ("示范", "我单位"),
    ];
    for (name, wanted) in cases {
        assert_eq!(words::we(name), wanted, "{name}");
    }
    let numerals = [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "100")];
    for (number, wanted) in numerals {
        assert_eq!(words::numeral(number), wanted);
    }
}

/// Baselines of the black text within the type area, top down.
fn baselines(page: &crate::pages::Page) -> Vec<f32> {
    let mut found: Vec<f32> = page
        .items
        .iter()
        .filter_map(|item| match item {
            crate::pages::Item::Text(run) if run.at.y.0 < 262.0 => Some(run.at.y.0),
            _ => None,
        })
        .collect();
    found.dedup_by(|a, b| (*a - *b).abs() < 0.01);
    found
}

#[test]
fn pages_hold_22_lines_of_28_characters() {
    let (mut recommender, people) = sample("association");
    recommender.report.insert("candidates".into(), "推".repeat(28 * 60));
    let text = report_text(&notice(), &recommender, &first(&people, 2));
    let fonts = crate::fonts::Fonts::shared().unwrap();
    let document = report(fonts, &text, &crate::pages::Stamp { code: Some("0123ABCD".into()), draft: false });
    let full = &document.pages[1];
    let lines = baselines(full);
    assert_eq!(lines.len(), 22);
    for pair in lines.windows(2) {
        assert!((pair[1] - pair[0] - 225.0 / 22.0).abs() < 0.01, "{pair:?}");
    }
    let first_line = full.items.iter().find_map(|item| match item {
        crate::pages::Item::Text(run) => Some(run),
        _ => None,
    });
    let run = first_line.unwrap();
    assert_eq!((run.glyphs.len(), run.size), (28, crate::pages::Pt(16.0)));
    assert!((run.at.x.0 - 28.0).abs() < 0.01);
    let last = run.glyphs.last().unwrap().x.0 + 156.0 / 28.0;
    assert!((last - 156.0).abs() < 0.01, "{last}");

    let feet: Vec<(String, f32)> = document
        .pages
        .iter()
        .map(|page| {
            let run = page.items.iter().rev().find_map(|item| match item {
                crate::pages::Item::Text(run) => Some(run),
                _ => None,
            });
            let run = run.unwrap();
            (run.text(), run.at.x.0)
        })
        .collect();
    assert!(feet[0].0 == "— 1 —" && feet[0].1 > 150.0, "{feet:?}");
    assert!(feet[1].0 == "— 2 —" && feet[1].1 < 40.0, "{feet:?}");
}

#[test]
fn the_signature_is_never_alone_on_a_page() {
    let fonts = crate::fonts::Fonts::shared().unwrap();
    let (mut recommender, people) = sample("association");
    for lines in 1..50 {
        recommender.report.insert("opinion".into(), vec!["同意推荐。"; lines].join("\n"));
        let text = report_text(&notice(), &recommender, &first(&people, 2));
        let document = report(fonts, &text, &crate::pages::Stamp::default());
        let last = document.pages.last().unwrap();
        let texts: Vec<String> = last
            .items
            .iter()
            .filter_map(|item| match item {
                crate::pages::Item::Text(run) => Some(run.text()),
                _ => None,
            })
            .collect();
        let signature = texts.iter().position(|text| text == "杭州市示范模具行业协会").unwrap();
        assert!(signature >= 2, "{lines}: {texts:?}");
        for page in &document.pages {
            assert!(baselines(page).len() <= 22 && !page.items.is_empty());
        }
    }
}

#[test]
fn no_line_of_a_paragraph_stands_alone_on_a_page() {
    let fonts = crate::fonts::Fonts::shared().unwrap();
    let (mut recommender, people) = sample("association");
    for count in 1..30 {
        recommender.report.insert("candidates".into(), vec!["共一人。"; count].join("\n"));
        recommender.report.insert("experts".into(), format!("{}\n{}", "议".repeat(28 * 3), "评".repeat(28 * 2)));
        let text = report_text(&notice(), &recommender, &first(&people, 2));
        let document = report(fonts, &text, &crate::pages::Stamp::default());
        // Whether each line goes on with a paragraph, page by page: it begins at the left edge.
        let goes_on = |page: &crate::pages::Page| -> Vec<bool> {
            let mut lines: Vec<(f32, f32)> = Vec::new();
            for item in &page.items {
                if let crate::pages::Item::Text(run) = item
                    && run.at.y.0 < 262.0
                    && lines.last().is_none_or(|(y, _)| (y - run.at.y.0).abs() > 0.01)
                {
                    lines.push((run.at.y.0, run.at.x.0));
                }
            }
            lines.into_iter().map(|(_, x)| (x - 28.0).abs() < 0.5).collect()
        };
        for pages in document.pages.windows(2) {
            let (before, after) = (goes_on(&pages[0]), goes_on(&pages[1]));
            if after[0] {
                assert!(before.last().unwrap(), "{count}: a first line stands last on a page");
                assert!(after[1], "{count}: a last line stands first on a page");
            }
        }
    }
}

#[test]
fn second_level_heads_are_found() {
    let cases = [
        ("（一）单位申报。经征求意见", 8),
        ("（十二）原件校验", 8),
        ("（一）葛瑾川，男，1978年3月出生，现任杭州示范精密机械有限公司电工。", 0),
        ("（附件）单位申报。", 0),
        ("单位申报。", 0),
    ];
    for (paragraph, wanted) in cases {
        assert_eq!(run_in_head(paragraph), wanted, "{paragraph}");
    }
}
