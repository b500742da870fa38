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
             2019年4月获“杭州市劳动模范”称号，对应认定条件第（一）项；\
             申报表填报了先进生产操作法、专业技术特长或技术绝招情况，对应认定条件第（二）项；\
             申报表填报了关键生产技术、技术革新项目情况，对应认定条件第（三）项，已提交专家评议。",
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
        (
            "四、公示情况",
            "2021年7月6日至7月12日，我会将推荐人选葛瑾川、闫㛃宁在会内进行公示，公示期间未收到异议。\n\
             我会就推荐葛瑾川、闫㛃宁征求会员意见（待补：征求会员意见日期和结果）。",
        ),
        (
            "五、推荐意见",
            "根据单位申报、专家评议和公示情况，我会同意推荐葛瑾川、闫㛃宁等2名同志为2021年杭州市首席技师人选。\
             现将《杭州市首席技师推荐申报人员汇总表》《杭州市首席技师认定申报表》及有关证书复印件一并报送，请予审核。\n特此报告。",
        ),
    ];
    assert_eq!(texts, wanted);
}
