//! Notice profiles: the built-in one says what the notice says, the test's is another, and bad ones are refused by name.

use std::fs;
use std::path::Path;

use tuijian::domain::{Clause, CompetitionLevel, FindingCode, Grade, RecommenderKind, Severity};
use tuijian::rules::{Form, Notice, NoticeError, Threshold};

use crate::support::{BUILT_IN, OTHER, clean, day, notice, notice_text};

#[test]
fn the_built_in_profile_is_the_notice() {
    let notice = notice(BUILT_IN);
    assert_eq!(notice.id, "hangzhou-2021");
    assert_eq!(notice.number, "杭人社发〔2021〕69号");
    assert_eq!(notice.issuer, "杭州市人力资源和社会保障局");
    assert_eq!(notice.award, "杭州市首席技师");
    assert_eq!((notice.issued, notice.deadline), (day("2021-06-21"), day("2021-07-15")));
    assert_eq!((notice.year, notice.places), (2021, 20));
    assert_eq!(RecommenderKind::ALL.map(|kind| notice.quota.of(kind)), [4, 4, 2]);
    assert_eq!(notice.form_title(Form::Summary), "杭州市首席技师推荐申报人员汇总表");
    assert_eq!(notice.form_title(Form::Application), "杭州市首席技师认定申报表");
    assert_eq!(notice.form_title(Form::Report), "杭州市首席技师认定推荐报告");
    assert_eq!((notice.forms.month.as_str(), notice.forms.brief_limit), ("2021 年 6 月", 300));
    assert_eq!(notice.contact.phone, "0571-87258538");
    assert_eq!((notice.scope.barred_title.as_str(), notice.scope.minimum_grade), ("浙江省首席技师", Grade::Technician));
    assert_eq!(notice.scope.freelancers_by, [RecommenderKind::Association]);
    assert_eq!((notice.usage.publicity_working_days, notice.usage.near_days), (5, 7));
    let first = Threshold { level: CompetitionLevel::National, class: 1, max_rank: 6 };
    assert_eq!(notice.conditions[0].competitions[0], first);
    assert_eq!((notice.materials.paper_copies, notice.materials.electronic_copies), (1, 1));
    let names: Vec<&str> = notice.materials.recommender.iter().map(|material| notice.material_name(material)).collect();
    assert_eq!(
        names,
        [
            "杭州市首席技师推荐申报人员汇总表",
            "杭州市首席技师认定申报表",
            "杭州市首席技师认定推荐报告",
            "职业资格证书（职业技能等级证书）复印件",
            "高技能人才评选表彰项目荣誉证书复印件",
        ]
    );
    let returned: Vec<&str> =
        notice.materials.employer.iter().filter(|material| material.returned).map(|m| m.name.as_str()).collect();
    assert_eq!(returned, ["佐证材料原件"]);
    let report = notice.materials.recommender.iter().find(|material| material.form == Some(Form::Report)).unwrap();
    assert_eq!(report.holds, ["推荐", "公示", "专家评议"]);
}

#[test]
fn every_clause_can_be_quoted() {
    for id in [BUILT_IN, OTHER] {
        let notice = notice(id);
        for clause in Clause::ALL {
            assert!(!notice.clause_text(clause).is_empty(), "{id} {}", clause.label());
        }
    }
    let notice = notice(BUILT_IN);
    assert!(notice.clause_text(Clause::Condition4).starts_with("发扬团队精神"));
    assert!(notice.clause_text(Clause::Quota).contains("一般分别不超过 4 人"));
}

#[test]
fn only_real_notices_are_built_in() {
    let ids: Vec<&str> = Notice::built_in().iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, [BUILT_IN]);
    for (id, text) in Notice::built_in() {
        assert_eq!(Notice::read(text).unwrap().id, *id);
    }
}

#[test]
fn another_notice_decides_otherwise() {
    let mut book = clean();
    book.notice = notice(OTHER);
    book.today = day("2031-04-16");
    let found = |book: &crate::support::Book, code| book.found(code).first().map(|finding| finding.severity);

    // A national rank 5 counts for nothing there, and nothing else is listed.
    assert_eq!(found(&book, FindingCode::BasisCondition), Some(Severity::Block));
    assert_eq!(found(&book, FindingCode::DeadlineNear), Some(Severity::Warn));
    assert_eq!(found(&book, FindingCode::ProcessShort), Some(Severity::Warn), "seven working days are usual there");
    assert_eq!(found(&book, FindingCode::PhotoQuality), None);
    book.measured.photos.insert(tuijian::domain::PersonId(1), (660, 1000));
    assert_eq!(found(&book, FindingCode::PhotoQuality), Some(Severity::Warn));
    book.one().honours_brief = "荣".repeat(121);
    assert_eq!(found(&book, FindingCode::BriefLength), Some(Severity::Block));
    book.one().provincial_chief_technician = Some(true);
    assert!(book.found(FindingCode::BasisProvincialTitle)[0].message.contains("湖东省金牌工匠"));
    // Districts may put freelancers forward there, and associations ask nobody.
    book.freelancer(RecommenderKind::District);
    assert_eq!(found(&book, FindingCode::RouteFreelancer), None);
    book.body().kind = RecommenderKind::Department;
    assert_eq!(found(&book, FindingCode::RouteFreelancer), Some(Severity::Block));
    book.body().kind = RecommenderKind::Association;
    assert_eq!(found(&book, FindingCode::ProcessMemberOpinion), None);
    // And no message speaks of the other city.
    for finding in book.check().findings {
        assert!(!finding.message.contains("浙江省") && !finding.message.contains("首席技师"), "{}", finding.message);
    }
}

#[test]
fn bad_profiles_are_refused_by_name() {
    for (name, from, to, wanted) in [
        ("no TOML", "id = \"hangzhou-2021\"", "id = ", "第 5 行"),
        ("a key too many", "places = 20", "places = 20\nplazes = 1", "不认识的键 plazes"),
        ("a key too few", "places = 20\n", "", "缺少 places"),
        ("a key twice", "places = 20", "places = 20\nplaces = 20", "通知配置第"),
        ("text for a number", "places = 20", "places = \"二十\"", "值的种类不对"),
        ("a negative quota", "district = 4", "district = -4", "值的种类不对"),
        ("no date", "deadline = \"2021-07-15\"", "deadline = \"7月15日\"", "“7月15日”不是日期"),
        ("dates turned round", "deadline = \"2021-07-15\"", "deadline = \"2021-06-20\"", "deadline 有误"),
        ("id", "id = \"hangzhou-2021\"", "id = \"杭州 2021\"", "id 有误"),
        ("no title", "award = \"杭州市首席技师\"", "award = \" \"", "award 有误"),
        ("no places", "places = 20", "places = 0", "places 有误"),
        ("no quota", "district = 4", "district = 0", "quota.district 有误"),
        ("no grade", "minimum_grade = \"技师\"", "minimum_grade = \"工程师\"", "“工程师”不是职业技能等级"),
        ("no route", "freelancers_by = [\"association\"]", "freelancers_by = []", "scope.freelancers_by 有误"),
        ("an unknown kind", "freelancers_by = [\"association\"]", "freelancers_by = [\"club\"]", "值 club 不在"),
        (
            "rank 0",
            "class = 1, max_rank = 6 }",
            "class = 1, max_rank = 0 }",
            "conditions（一）.competitions.max_rank 有误",
        ),
        ("class 3", "class = 2, max_rank = 3 }", "class = 3, max_rank = 3 }", "conditions（一）.competitions 有误"),
        ("a line twice", "class = 2, max_rank = 3 }", "class = 1, max_rank = 3 }", "写了两次"),
        ("an alias twice", "\"杭州杰出人才\"", "\"杭州市杰出人才称号\"", "实际相同"),
        ("an alias of another", "\"荣获中华技能大奖\"", "\"全国技术能手\"", "实际相同"),
        ("an empty alias", "\"荣获中华技能大奖\"", "\"“称号”\"", "去掉“称号”等字后是空的"),
        ("an unknown text", "texts = [\"innovations\"]", "texts = [\"inventions\"]", "“inventions”不是申报表的栏目"),
        ("a way to nowhere", "texts = [\"innovations\"]\n", "", "没有写明怎样算符合"),
        ("conditions out of order", "id = \"二\"", "id = \"五\"", "conditions 有误"),
        ("ratios turned round", "photo_min_ratio = 0.64", "photo_min_ratio = 0.9", "usage.photo_min_ratio 有误"),
        ("no ratio", "photo_min_ratio = 0.64", "photo_min_ratio = nan", "usage.photo_min_ratio 有误"),
        ("no copies", "paper_copies = 1", "paper_copies = 0", "materials.paper_copies 有误"),
        ("a nameless material", "name = \"佐证材料原件\"", "name = \"\"", "materials.employer 有误"),
        ("a heading of no part", "\"五\" = \"工作要求\"", "\"六\" = \"工作要求\"", "reading.headings 有误"),
        ("a clause without text", "\"五\" = \"各区", "\"六\" = \"各区", "text 有误"),
        ("a clause too many", "[text]\n", "[text]\n\"九\" = \"文\"\n", "\"九\" 不是这里的条款"),
    ] {
        let good = notice_text(BUILT_IN);
        let bad = good.replacen(from, to, 1);
        assert_ne!(good, bad, "{name}: nothing was changed");
        let error = Notice::read(&bad).map(|_| ()).unwrap_err();
        let said = error.to_string();
        assert!(said.starts_with("通知配置") && said.contains(wanted), "{name}: {said}");
        // English sentences may only stand behind a Chinese explanation.
        let explained = said.split('（').next().unwrap_or_default();
        let letters = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic());
        let words: Vec<&str> = explained.split(' ').collect();
        assert!(!words.windows(2).any(|pair| letters(pair[0]) && letters(pair[1])), "{name}: {said}");
        assert!(!matches!(&error, NoticeError::Unreadable { line: 0, .. }), "{name}");
    }
}

#[test]
fn nothing_at_all_is_no_profile() {
    for text in ["", "\u{0}", "[[[", "id = \"x\"", "\u{FEFF}", "通知"] {
        assert!(Notice::read(text).is_err(), "{text:?}");
    }
}

/// The notice is data: no title, place or issuing body in the code of the rules.
#[test]
fn the_rules_name_no_city() {
    fn read(folder: &Path, check: &mut dyn FnMut(&Path, &str)) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, check);
            } else {
                check(&path, &fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut faults = Vec::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules"), &mut |path, text| {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for word in ["杭州", "浙江", "首席", "技能大奖", "技术能手", "津贴", "杰出人才", "湖滨"]
            {
                if line.contains(word) {
                    faults.push(format!("{}:{}: {word}", path.display(), number + 1));
                }
            }
        }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
