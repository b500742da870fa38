//! Every code of the contract's table, holding and not holding, with severity, clause and field.

use std::collections::BTreeSet;

use tuijian::domain::{
    AttachmentKind, Clause, DoneMark, EmployeeOpinion, ExpertReview, Figure, FileKey, FindingCode, Honour, Publicity,
    RecommenderId, RecommenderKind, Severity,
};
use tuijian::rules::{Subject, Unprintable};

use crate::support::{Book, attachment, body, clean, competition, day, publicity};
use FindingCode as Code;
use Severity::{Block, Judge, Warn};
use tuijian::domain::PersonId;

/// What the first finding of the code is expected to be: severity, clause, field.
type Found = Option<(Severity, Option<Clause>, Option<&'static str>)>;

struct Case {
    code: FindingCode,
    name: &'static str,
    spoil: fn(&mut Book),
    found: Found,
}

/// Holds: severity, clause and field of the finding.
const fn yes(
    code: FindingCode,
    name: &'static str,
    found: (Severity, Option<Clause>, &'static str),
    spoil: fn(&mut Book),
) -> Case {
    let field = if found.2.is_empty() { None } else { Some(found.2) };
    Case { code, name, spoil, found: Some((found.0, found.1, field)) }
}

/// Does not hold.
const fn no(code: FindingCode, name: &'static str, spoil: fn(&mut Book)) -> Case {
    Case { code, name, spoil, found: None }
}

const TWO: Option<Clause> = Some(Clause::Conditions);
const EMPLOYER: Option<Clause> = Some(Clause::ByEmployer);
const BODY: Option<Clause> = Some(Clause::ByRecommender);
const ANNEX_1: Option<Clause> = Some(Clause::Annex1);
const ANNEX_2: Option<Clause> = Some(Clause::Annex2);

fn unplaced(book: &mut Book) {
    book.one().competitions.clear();
    book.one().attachments.truncate(1);
}

const CASES: &[Case] = &[
    // --- basis, route, quota
    yes(Code::BasisGrade, "no certificate", (Block, TWO, "certificates"), |b| b.one().certificates.clear()),
    yes(Code::BasisGrade, "高级工", (Block, TWO, "certificates"), |b| {
        b.one().certificates[0].grade = "高级工".into()
    }),
    no(Code::BasisGrade, "二级", |b| b.one().certificates[0].grade = "二级".into()),
    no(Code::BasisGrade, "the form's grade counts for nothing", |b| b.one().grade = "初级工".into()),
    yes(Code::BasisFrontLine, "no", (Block, Some(Clause::Scope), "front_line"), |b| b.one().front_line = Some(false)),
    no(Code::BasisFrontLine, "not asked", |b| b.one().front_line = None),
    yes(Code::BasisProvincialTitle, "yes", (Block, Some(Clause::Scope), "provincial_chief_technician"), |b| {
        b.one().provincial_chief_technician = Some(true);
    }),
    no(Code::BasisProvincialTitle, "not asked", |b| b.one().provincial_chief_technician = None),
    yes(Code::BasisCondition, "nothing", (Block, TWO, ""), unplaced),
    no(Code::BasisCondition, "another honour", |b| {
        unplaced(b);
        b.one().honours = vec![Honour { title: "市劳动模范".into(), ..Honour::default() }];
    }),
    yes(Code::BasisJudgement, "a text", (Judge, TWO, ""), |b| {
        unplaced(b);
        b.one().sections.innovations.text = "革新".into();
    }),
    no(Code::BasisJudgement, "a met condition settles it", |b| b.one().sections.innovations.text = "革新".into()),
    no(Code::BasisJudgement, "nothing to judge", unplaced),
    yes(Code::RouteFreelancer, "district", (Block, BODY, "freelancer"), |b| b.freelancer(RecommenderKind::District)),
    yes(Code::RouteFreelancer, "department", (Block, BODY, "freelancer"), |b| {
        b.freelancer(RecommenderKind::Department)
    }),
    no(Code::RouteFreelancer, "association", |b| b.freelancer(RecommenderKind::Association)),
    yes(Code::QuotaExceeded, "five", (Block, Some(Clause::Quota), ""), |b| (0..4).for_each(|_| b.also())),
    no(Code::QuotaExceeded, "four", |b| (0..3).for_each(|_| b.also())),
    // --- identity number
    yes(Code::IdFormat, "15 digits", (Block, ANNEX_2, "id_number"), |b| b.one().id_number = "339999780315031".into()),
    yes(Code::IdFormat, "letters", (Block, ANNEX_2, "id_number"), |b| b.one().id_number = "33999919780315031A".into()),
    no(Code::IdFormat, "spaces and x", |b| b.one().id_number = "339999 19730805 031x".into()),
    no(Code::IdFormat, "an unknown area", |b| b.one().id_number = "000000197803150310".into()),
    yes(Code::IdDate, "no such day", (Block, ANNEX_2, "id_number"), |b| {
        b.one().id_number = "339999197802300318".into()
    }),
    yes(Code::IdDate, "a day to come", (Block, ANNEX_2, "id_number"), |b| {
        b.one().id_number = "339999202107080318".into()
    }),
    no(Code::IdDate, "today", |b| b.one().id_number = "339999202107070318".into()),
    yes(Code::IdCheckDigit, "one off", (Block, ANNEX_2, "id_number"), |b| {
        b.one().id_number = "339999197803150319".into()
    }),
    no(Code::IdCheckDigit, "x is X", |b| b.one().id_number = "33999919730805031x".into()),
    yes(Code::IdBirthDiffers, "another month", (Warn, ANNEX_2, "birth"), |b| b.one().birth = "1978-04".into()),
    no(Code::IdBirthDiffers, "no month", |b| b.one().birth = "1978".into()),
    yes(Code::IdSexDiffers, "another sex", (Warn, ANNEX_2, "sex"), |b| b.one().sex = "女".into()),
    no(Code::IdSexDiffers, "no sex", |b| b.one().sex = "？".into()),
    yes(Code::IdDuplicate, "same recommender", (Block, ANNEX_2, "id_number"), |b| {
        b.add(1).id_number = "339999 197803150318".into();
    }),
    yes(Code::IdDuplicate, "another recommender, x and X", (Block, ANNEX_2, "id_number"), |b| {
        b.bodies.push(body(2, "示范行业协会", RecommenderKind::Association));
        b.one().id_number = "33999919730805031X".into();
        b.add(2).id_number = " 33999919730805031x ".into();
    }),
    no(Code::IdDuplicate, "two others", |b| b.also()),
    no(Code::IdDuplicate, "two empty", |b| {
        b.one().id_number.clear();
        b.add(1).id_number = " ".into();
    }),
    // --- fields
    yes(Code::FieldRequired, "name", (Block, ANNEX_2, "name"), |b| b.one().name = " ".into()),
    yes(Code::FieldRequired, "native place", (Block, ANNEX_2, "native_place"), |b| b.one().native_place.clear()),
    yes(Code::FieldRequired, "scope", (Block, Some(Clause::Scope), "freelancer"), |b| b.one().freelancer = None),
    yes(Code::FieldRequired, "a row's month", (Block, ANNEX_2, "experience[0].from"), |b| {
        b.one().experience[0].from.clear()
    }),
    yes(Code::FieldRequired, "no row", (Block, ANNEX_2, "experience[0].from"), |b| b.one().experience.clear()),
    yes(Code::FieldRequired, "certificate", (Block, TWO, "certificates[0].kind"), |b| {
        b.one().certificates[0].kind = None
    }),
    yes(Code::FieldRequired, "brief", (Block, ANNEX_1, "honours_brief"), |b| b.one().honours_brief.clear()),
    yes(Code::FieldRequired, "summary", (Block, ANNEX_2, "sections.summary.text"), |b| {
        b.one().sections.summary.text.clear()
    }),
    yes(Code::FieldRequired, "contact", (Block, ANNEX_1, "contact"), |b| b.body().contact.clear()),
    yes(Code::FieldRequired, "phone and mobile", (Block, ANNEX_1, "phone"), |b| b.body().phone.clear()),
    no(Code::FieldRequired, "mobile alone", |b| {
        b.body().phone.clear();
        b.body().mobile = "13900000001".into();
    }),
    no(Code::FieldRequired, "duty and photo", |b| {
        b.one().duty.clear();
        b.one().photo = FileKey::default();
    }),
    no(Code::FieldRequired, "an empty row beside a full one", |b| b.one().experience.push(Default::default())),
    yes(Code::FieldFormat, "birth", (Block, ANNEX_2, "birth"), |b| b.one().birth = "1978.03".into()),
    yes(Code::FieldFormat, "sex", (Block, ANNEX_2, "sex"), |b| b.one().sex = "男性".into()),
    yes(Code::FieldFormat, "rank", (Block, Some(Clause::Condition1), "competitions[0].rank"), |b| {
        b.one().competitions[0].rank = Some(Figure::Text("五".into()));
    }),
    yes(Code::FieldFormat, "rank 0", (Block, Some(Clause::Condition1), "competitions[0].rank"), |b| {
        b.one().competitions[0].rank = Some(Figure::Whole(0));
    }),
    yes(Code::FieldFormat, "class 3", (Block, Some(Clause::Condition1), "competitions[0].class"), |b| {
        b.one().competitions[0].class = Some(Figure::Whole(3));
    }),
    yes(Code::FieldFormat, "to", (Block, ANNEX_2, "experience[0].to"), |b| {
        b.one().experience[0].to = Some("至今".into())
    }),
    yes(Code::FieldFormat, "a step", (Block, EMPLOYER, "process.employee_opinion.date"), |b| {
        b.process().employee_opinion.date = "6月22日".into();
    }),
    yes(Code::FieldFormat, "received", (Block, EMPLOYER, "process.employer_report.received"), |b| {
        b.process().employer_report.received = Some(DoneMark::On("2021.6.28".into()));
    }),
    yes(Code::FieldFormat, "votes", (Block, BODY, "process.expert_review.agree"), |b| {
        b.process().expert_review.agree = Some(Figure::Text("四".into()));
    }),
    no(Code::FieldFormat, "nothing filled", |b| {
        b.one().birth.clear();
        b.one().sex.clear();
        b.one().competitions[0].rank = None;
        b.one().competitions[0].class = None;
        b.one().experience[0].to = Some(String::new());
        b.process().employer_report.received = Some(DoneMark::On("是".into()));
    }),
    no(Code::FieldFormat, "a rank typed as text", |b| b.one().competitions[0].rank = Some(Figure::Text("5".into()))),
    // --- names
    yes(Code::NameForm, "a space", (Warn, None, "name"), |b| b.one().name = "温 某".into()),
    yes(Code::NameForm, "a dot", (Warn, None, "name"), |b| b.one().name = "温.某".into()),
    yes(Code::NameForm, "Latin", (Warn, None, "name"), |b| b.one().name = "温A".into()),
    yes(Code::NameForm, "private use", (Warn, None, "name"), |b| b.one().name = "温\u{E000}".into()),
    no(Code::NameForm, "the right dot, a rare character", |b| b.one().name = "温·\u{20BB7}䶮".into()),
    no(Code::NameForm, "no name", |b| b.one().name = "  ".into()),
    yes(Code::NameSame, "one name, one employer", (Warn, None, "name"), |b| b.add(1).name = "温 某".into()),
    no(Code::NameSame, "another employer", |b| {
        let other = b.add(1);
        other.name = "温某".into();
        other.employer = "湖州示范造纸厂".into();
    }),
    yes(Code::EmployerName, "nearly", (Warn, ANNEX_1, "employer"), |b| {
        b.add(1).employer = "杭州示范精密机械公司".into();
    }),
    yes(Code::EmployerName, "half-width brackets", (Warn, ANNEX_1, "employer"), |b| {
        b.one().employer = "示范（杭州）有限公司".into();
        b.add(1).employer = "示范(杭州)有限公司".into();
    }),
    yes(Code::EmployerName, "plainly short", (Warn, ANNEX_1, "employer"), |b| b.one().employer = "示范公司".into()),
    no(Code::EmployerName, "another firm", |b| b.add(1).employer = "杭州示范模塑科技有限公司".into()),
    no(Code::EmployerName, "the same firm", |b| b.also()),
    no(Code::EmployerName, "a freelancer", |b| b.freelancer(RecommenderKind::Association)),
    // --- brief
    yes(Code::BriefLength, "301", (Block, ANNEX_1, "honours_brief"), |b| b.one().honours_brief = "荣".repeat(301)),
    yes(Code::BriefLength, "301 characters, 300 words", (Warn, ANNEX_1, "honours_brief"), |b| {
        b.one().honours_brief = format!("{}AB", "荣".repeat(299));
    }),
    no(Code::BriefLength, "300 and white space", |b| b.one().honours_brief = format!("{} \n　", "荣".repeat(300))),
    // --- certificates and photo
    yes(Code::CertificateNumber, "shape", (Warn, None, "certificates[0].number"), |b| {
        b.one().certificates[0].number = "浙技字12号".into();
    }),
    yes(Code::CertificateNumber, "grade digit", (Warn, None, "certificates[0].number"), |b| {
        b.one().certificates[0].number = "1611000000200001".into();
    }),
    no(Code::CertificateNumber, "no number", |b| b.one().certificates[0].number.clear()),
    no(Code::CertificateNumber, "spaces", |b| b.one().certificates[0].number = "1611 0000 0010 0001".into()),
    yes(Code::CertificateGrade, "another grade", (Warn, ANNEX_2, "grade"), |b| b.one().grade = "技师".into()),
    no(Code::CertificateGrade, "another spelling", |b| b.one().grade = "一级".into()),
    yes(Code::PhotoMissing, "none", (Block, ANNEX_2, "photo"), |b| b.one().photo = FileKey::default()),
    yes(Code::PhotoMissing, "no image", (Block, ANNEX_2, "photo"), |b| {
        b.measured.photos.clear();
        b.measured.unreadable_photos.insert(PersonId(1));
    }),
    no(Code::PhotoMissing, "not measured", |b| b.measured.photos.clear()),
    yes(Code::PhotoQuality, "narrow", (Warn, None, "photo"), |b| b.photo(412, 579)),
    yes(Code::PhotoQuality, "low", (Warn, None, "photo"), |b| b.photo(413, 578)),
    yes(Code::PhotoQuality, "square", (Warn, None, "photo"), |b| b.photo(810, 1000)),
    yes(Code::PhotoQuality, "a strip", (Warn, None, "photo"), |b| b.photo(630, 1000)),
    no(Code::PhotoQuality, "0.80", |b| b.photo(800, 1000)),
    no(Code::PhotoQuality, "0.64", |b| b.photo(640, 1000)),
    // --- evidence
    yes(Code::EvidenceCertificate, "no copy", (Block, BODY, "certificates[0]"), |b| {
        drop(b.one().attachments.remove(0))
    }),
    yes(Code::EvidenceCertificate, "no file", (Block, BODY, "certificates[0]"), |b| {
        b.one().attachments[0].file = FileKey::default();
    }),
    no(Code::EvidenceCertificate, "verifiable online", |b| {
        b.one().attachments.remove(0);
        b.one().certificates[0].verifiable_online = true;
    }),
    yes(Code::EvidenceHonour, "the basis has no copy", (Block, BODY, "competitions[0]"), |b| {
        b.one().attachments.truncate(1)
    }),
    yes(Code::EvidenceHonour, "another has none", (Warn, BODY, "honours[0]"), |b| {
        b.one().honours = vec![Honour { title: "市劳动模范".into(), ..Honour::default() }];
    }),
    no(Code::EvidenceHonour, "an empty row", |b| {
        b.one().honours.push(Honour::default());
        b.one().competitions.push(Default::default());
    }),
    yes(Code::EvidenceOriginal, "not checked", (Block, EMPLOYER, "attachments[1].original_checked"), |b| {
        b.one().attachments[1].original_checked = false;
    }),
    no(Code::EvidenceOriginal, "no attachment", |b| b.one().attachments.clear()),
    yes(Code::EvidenceEmployerReport, "not received", (Warn, EMPLOYER, "process.employer_report.received"), |b| {
        b.process().employer_report.received = None;
    }),
    no(Code::EvidenceEmployerReport, "ticked", |b| {
        b.process().employer_report.received = Some(DoneMark::Done(true));
    }),
    no(Code::EvidenceEmployerReport, "a freelancer", |b| b.freelancer(RecommenderKind::Association)),
    // --- process
    yes(Code::ProcessEmployeeOpinion, "missing", (Block, EMPLOYER, "process.employee_opinion"), |b| {
        b.process().employee_opinion = EmployeeOpinion::default();
    }),
    no(Code::ProcessEmployeeOpinion, "a freelancer", |b| b.freelancer(RecommenderKind::Association)),
    no(Code::ProcessEmployeeOpinion, "not nominated", |b| {
        b.one().nominated = false;
        b.process().employee_opinion = EmployeeOpinion::default();
    }),
    yes(Code::ProcessEmployerPublicity, "missing", (Block, EMPLOYER, "process.employer_publicity"), |b| {
        b.process().employer_publicity = Publicity::default();
    }),
    yes(Code::ProcessEmployerPublicity, "not over", (Block, EMPLOYER, "process.employer_publicity"), |b| {
        b.process().employer_publicity.to = "2021-07-08".into();
    }),
    no(Code::ProcessEmployerPublicity, "over today", |b| b.process().employer_publicity.to = "2021-07-07".into()),
    no(Code::ProcessEmployerPublicity, "a freelancer", |b| b.freelancer(RecommenderKind::Association)),
    yes(Code::ProcessExpertReview, "missing", (Block, BODY, "process.expert_review"), |b| {
        b.process().expert_review = ExpertReview::default();
    }),
    no(Code::ProcessExpertReview, "not nominated", |b| {
        b.one().nominated = false;
        b.process().expert_review = ExpertReview::default();
    }),
    yes(Code::ProcessBodyPublicity, "missing", (Block, BODY, "process.body_publicity"), |b| {
        b.process().body_publicity.to.clear();
    }),
    yes(Code::ProcessBodyPublicity, "no day", (Block, BODY, "process.body_publicity"), |b| {
        b.process().body_publicity.to = "7月5日".into();
    }),
    yes(Code::ProcessBodyPublicity, "not over, a freelancer", (Block, BODY, "process.body_publicity"), |b| {
        b.freelancer(RecommenderKind::Association);
        b.process().body_publicity.to = "2021-07-08".into();
    }),
    no(Code::ProcessBodyPublicity, "without a first day", |b| b.process().body_publicity.from.clear()),
    yes(Code::ProcessExpertVote, "a draw", (Block, BODY, "process.expert_review"), |b| vote(b, 5, 2, 2)),
    yes(Code::ProcessExpertVote, "against", (Block, BODY, "process.expert_review"), |b| vote(b, 5, 2, 3)),
    yes(Code::ProcessExpertVote, "too many votes", (Block, BODY, "process.expert_review"), |b| vote(b, 5, 5, 1)),
    no(Code::ProcessExpertVote, "a narrow vote", |b| vote(b, 5, 3, 2)),
    no(Code::ProcessExpertVote, "some abstain", |b| vote(b, 5, 1, 0)),
    yes(Code::ProcessObjection, "said", (Block, EMPLOYER, "process.employer_publicity.objections"), |b| {
        b.process().employer_publicity.objections = "有人反映工龄不实".into();
    }),
    yes(Code::ProcessObjection, "settled", (Warn, BODY, "process.body_publicity.objections"), |b| {
        b.process().body_publicity.objections = "有一人来电".into();
        b.process().body_publicity.resolution = "经核实不成立".into();
    }),
    no(Code::ProcessObjection, "none said", |b| {
        b.process().employer_publicity.objections = " 没有异议。".into();
        b.process().body_publicity.objections = "无".into();
    }),
    no(Code::ProcessObjection, "nothing filled", |b| b.process().body_publicity.objections.clear()),
    yes(Code::ProcessMemberOpinion, "an association's freelancer", (Block, BODY, "process.member_opinion"), |b| {
        b.freelancer(RecommenderKind::Association);
    }),
    yes(Code::ProcessMemberOpinion, "an association's other", (Warn, BODY, "process.member_opinion"), |b| {
        b.body().kind = RecommenderKind::Association;
    }),
    no(Code::ProcessMemberOpinion, "asked", |b| {
        b.freelancer(RecommenderKind::Association);
        b.process().member_opinion = EmployeeOpinion { date: "2021-07-01".into(), result: "同意".into() };
    }),
    no(Code::ProcessMemberOpinion, "a department", |b| b.body().kind = RecommenderKind::Department),
    yes(Code::ProcessOrder, "turned round", (Warn, BODY, "process.body_publicity.to"), |b| {
        b.process().body_publicity = publicity("2021-07-05", "2021-06-29");
    }),
    yes(Code::ProcessOrder, "reviewed after publicity", (Warn, BODY, "process.body_publicity.from"), |b| {
        b.process().expert_review.date = "2021-06-30".into();
    }),
    yes(Code::ProcessOrder, "asked after publicity", (Warn, EMPLOYER, "process.employer_publicity.to"), |b| {
        b.process().employee_opinion.date = "2021-06-29".into();
    }),
    yes(
        Code::ProcessOrder,
        "after the deadline",
        (Warn, Some(Clause::Requirements), "process.body_publicity.to"),
        |b| {
            b.process().body_publicity.to = "2021-07-16".into();
        },
    ),
    no(Code::ProcessOrder, "on the deadline", |b| b.process().body_publicity.to = "2021-07-15".into()),
    no(Code::ProcessOrder, "no days", |b| {
        b.process().employee_opinion.date = "昨天".into();
        b.process().body_publicity.from.clear();
    }),
    no(Code::ProcessOrder, "a freelancer's employer", |b| {
        b.freelancer(RecommenderKind::Association);
        b.process().employer_publicity = publicity("2021-07-05", "2021-06-29");
    }),
    yes(Code::ProcessShort, "four", (Warn, None, "process.body_publicity"), |b| {
        b.process().body_publicity = publicity("2021-06-30", "2021-07-05");
    }),
    yes(Code::ProcessShort, "over 端午", (Warn, None, "process.employer_publicity"), |b| {
        b.process().employer_publicity = publicity("2021-06-10", "2021-06-16");
    }),
    no(Code::ProcessShort, "five", |b| b.process().body_publicity = publicity("2021-06-29", "2021-07-05")),
    no(Code::ProcessShort, "unknown days", |b| b.process().body_publicity.from = "6月30日".into()),
    // --- deadline
    yes(Code::DeadlineNear, "seven days", (Warn, Some(Clause::Requirements), ""), |b| b.today = day("2021-07-08")),
    yes(Code::DeadlineNear, "the day itself", (Warn, Some(Clause::Requirements), ""), |b| b.today = day("2021-07-15")),
    no(Code::DeadlineNear, "the day after", |b| b.today = day("2021-07-16")),
    yes(Code::DeadlinePassed, "the day after", (Warn, Some(Clause::Requirements), ""), |b| b.today = day("2021-07-16")),
    no(Code::DeadlinePassed, "the day itself", |b| b.today = day("2021-07-15")),
    // --- glyphs
    yes(Code::GlyphMissing, "a person's", (Block, None, "native_place"), |b| {
        b.measured.unprintable.push(unprintable(Subject::Person(PersonId(1)), "native_place"));
    }),
    yes(Code::GlyphMissing, "a recommender's", (Block, None, "name"), |b| {
        b.measured.unprintable.push(unprintable(Subject::Recommender(RecommenderId(1)), "name"));
    }),
    no(Code::GlyphMissing, "another's", |b| {
        b.measured.unprintable.push(unprintable(Subject::Person(PersonId(9)), "name"));
    }),
];

fn vote(book: &mut Book, experts: i64, agree: i64, against: i64) {
    let review = &mut book.process().expert_review;
    review.experts = Some(Figure::Whole(experts));
    review.agree = Some(Figure::Whole(agree));
    review.against = Some(Figure::Whole(against));
}

fn unprintable(subject: Subject, field: &str) -> Unprintable {
    Unprintable { subject, field: field.into(), characters: vec!['\u{31350}'] }
}

#[test]
fn each_code_holds_when_the_contract_says_so() {
    for case in CASES {
        let mut book = clean();
        (case.spoil)(&mut book);
        let name = format!("{} {}", case.code.code(), case.name);
        let found = book.found(case.code);
        let first = found.first().map(|f| (f.severity, f.clause, f.field.as_deref()));
        assert_eq!(first, case.found, "{name}: {found:#?}");
        for finding in &found {
            let reviewed = book.people[0].applicant.process.expert_review.is_recorded();
            let blocks = match finding.severity {
                Block => finding.person.is_none() || book.people[0].applicant.nominated,
                Judge => !reviewed,
                Warn => false,
            };
            assert_eq!(finding.blocks, blocks, "{name}");
            assert!(finding.recommender.is_some(), "{name}");
            assert_eq!(finding.person.is_some(), finding.name.is_some(), "{name}");
            assert!(
                finding.message.ends_with('。') && finding.message.chars().count() >= 8,
                "{name}: {}",
                finding.message
            );
        }
    }
}

#[test]
fn each_code_has_a_case_for_and_against() {
    let tried = |found: bool| -> BTreeSet<FindingCode> {
        CASES.iter().filter(|case| case.found.is_some() == found).map(|case| case.code).collect()
    };
    for code in FindingCode::ALL {
        assert!(tried(true).contains(code), "no case in which {} holds", code.code());
        assert!(tried(false).contains(code), "no case in which {} does not hold", code.code());
    }
}

#[test]
fn someone_who_is_not_nominated_never_blocks() {
    for case in CASES {
        let mut book = clean();
        (case.spoil)(&mut book);
        book.people.iter_mut().for_each(|person| person.applicant.nominated = false);
        for finding in book.check().findings {
            assert!(!(finding.person.is_some() && finding.blocks), "{} {}: {finding:?}", case.code.code(), case.name);
        }
    }
}

#[test]
fn no_message_shows_a_whole_identity_number() {
    for case in CASES {
        let mut book = clean();
        (case.spoil)(&mut book);
        let numbers: Vec<String> = book.people.iter().map(|p| p.applicant.id_number.trim().to_owned()).collect();
        for finding in book.check().findings {
            let shown = numbers.iter().find(|number| number.len() >= 15 && finding.message.contains(number.as_str()));
            assert!(shown.is_none(), "{} {}", case.code.code(), case.name);
        }
    }
}

#[test]
fn each_missing_field_has_a_finding_of_its_own() {
    let mut book = clean();
    let nominated = tuijian::domain::Applicant { nominated: true, ..Default::default() };
    *book.one() = nominated;
    book.one().certificates.push(Default::default());
    let fields: Vec<String> = book.found(Code::FieldRequired).into_iter().filter_map(|finding| finding.field).collect();
    assert_eq!(
        fields,
        [
            "name",
            "sex",
            "birth",
            "native_place",
            "political_status",
            "education",
            "work_started",
            "occupation",
            "grade",
            "phone",
            "post",
            "id_number",
            "employer",
            "employer_address",
            "experience[0].from",
            "experience[0].place",
            "experience[0].witness",
            "front_line",
            "freelancer",
            "provincial_chief_technician",
            "certificates[0].kind",
            "certificates[0].grade",
            "certificates[0].number",
            "sections.summary.text",
            "honours_brief",
        ]
    );
}

#[test]
fn findings_come_by_recommender_then_person_then_form() {
    let mut book = clean();
    book.bodies.push(body(2, "示范行业协会", RecommenderKind::Association));
    book.today = day("2021-07-14");
    book.one().order = Some(2);
    book.one().grade = "技师".into();
    book.one().sex.clear();
    book.add(1).order = None;
    book.people[1].applicant.phone.clear();
    book.add(1).order = Some(1);
    book.people[2].applicant.phone.clear();
    book.add(2).photo = FileKey::default();
    let order: Vec<(Option<i64>, &str)> = Vec::from_iter(
        book.check().findings.iter().map(|finding| (finding.person.map(|id| id.0), finding.code.code())),
    )
    .into_iter()
    .collect();
    assert_eq!(
        order,
        [
            (None, "deadline.near"),
            (Some(3), "field.required"),
            (Some(1), "field.required"),
            (Some(1), "certificate.grade"),
            (Some(2), "field.required"),
            (None, "deadline.near"),
            (Some(4), "photo.missing"),
            (Some(4), "process.member-opinion"),
        ]
    );
}

#[test]
fn a_copy_may_say_what_it_proves() {
    let mut book = clean();
    book.one().attachments = vec![
        attachment(AttachmentKind::Certificate, "1611 0000 0010 0001"),
        attachment(AttachmentKind::Competition, "电工职业技能竞赛"),
    ];
    assert!(book.check().findings.is_empty());
    book.one().attachments[0].proves = "1611000000100002".into();
    assert_eq!(book.found(Code::EvidenceCertificate).len(), 1);
    book.one().competitions.push(competition(tuijian::domain::CompetitionLevel::Other, None, 1));
    book.one().competitions[1].name = "区电工比武".into();
    assert_eq!(book.found(Code::EvidenceHonour)[0].field.as_deref(), Some("competitions[1]"));
}
