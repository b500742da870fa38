//! A book in which nothing is to be found, to be spoilt by each case.

use std::fs;
use std::path::{Path, PathBuf};

use tuijian::domain::{
    Applicant, Attachment, AttachmentKind, Body, Certificate, CertificateKind, Competition, CompetitionLevel, Day,
    DoneMark, EmployeeOpinion, EmployerReport, ExperienceRow, ExpertReview, Figure, FileKey, Finding, FindingCode,
    OriginalsChecked, Person, PersonId, Process, Publicity, Recommender, RecommenderId, RecommenderKind, Section,
    Sections, parse_day,
};
use tuijian::rules::{Check, Measured, Notice, check};

pub struct Book {
    pub notice: Notice,
    pub today: Day,
    pub bodies: Vec<Body>,
    pub people: Vec<Person>,
    pub measured: Measured,
}

impl Book {
    pub fn check(&self) -> Check {
        check(&self.notice, self.today, &self.bodies, &self.people, &self.measured)
    }

    pub fn found(&self, code: FindingCode) -> Vec<Finding> {
        self.check().findings.into_iter().filter(|finding| finding.code == code).collect()
    }

    /// The first person's own fields.
    pub fn one(&mut self) -> &mut Applicant {
        &mut self.people[0].applicant
    }

    pub fn body(&mut self) -> &mut Recommender {
        &mut self.bodies[0].recommender
    }

    pub fn process(&mut self) -> &mut Process {
        &mut self.people[0].applicant.process
    }

    /// Puts another person beside the first, who differs from every other in name and number.
    pub fn add(&mut self, recommender: i64) -> &mut Applicant {
        const OTHERS: [(&str, &str); 5] = [
            ("温一", "339999197803150334"),
            ("温二", "339999197803150350"),
            ("温三", "339999197803150377"),
            ("温四", "339999197803150393"),
            ("温五", "339999197803150414"),
        ];
        let count = self.people.len();
        let (name, id_number) = OTHERS[count - 1];
        let applicant = Applicant {
            name: name.into(),
            id_number: id_number.into(),
            order: u32::try_from(count + 1).ok(),
            ..clean_applicant()
        };
        let id = PersonId(i64::try_from(count).unwrap() + 1);
        self.people.push(Person { id, recommender: RecommenderId(recommender), applicant });
        &mut self.people.last_mut().unwrap().applicant
    }

    /// Another person of the same recommender, nothing changed.
    pub fn also(&mut self) {
        self.add(1);
    }

    /// The first person's photo in pixels.
    pub fn photo(&mut self, width: u32, height: u32) {
        self.measured.photos.insert(PersonId(1), (width, height));
    }

    pub fn freelancer(&mut self, kind: RecommenderKind) {
        self.body().kind = kind;
        self.one().freelancer = Some(true);
        self.one().employer = "自由职业者".into();
        self.process().employee_opinion = EmployeeOpinion::default();
        self.process().employer_publicity = Publicity::default();
        self.process().employer_report = EmployerReport::default();
    }
}

pub fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

pub fn asset(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(path)
}

pub fn notice_text(id: &str) -> String {
    fs::read_to_string(asset(&format!("notices/{id}.toml"))).unwrap()
}

pub fn notice(id: &str) -> Notice {
    Notice::read(&notice_text(id)).unwrap()
}

pub const BUILT_IN: &str = "hangzhou-2021";
pub const OTHER: &str = "test-lakeside-2031";

/// One district with one nominated applicant, eight days before the deadline; the check finds nothing.
pub fn clean() -> Book {
    Book {
        notice: notice(BUILT_IN),
        today: day("2021-07-07"),
        bodies: vec![body(1, "示范区人力资源和社会保障局", RecommenderKind::District)],
        people: vec![Person { id: PersonId(1), recommender: RecommenderId(1), applicant: clean_applicant() }],
        measured: Measured { photos: [(PersonId(1), (413, 579))].into(), ..Measured::default() },
    }
}

pub fn body(id: i64, name: &str, kind: RecommenderKind) -> Body {
    let recommender = Recommender {
        name: name.into(),
        kind,
        contact: "陆知远".into(),
        phone: "0571-00000000".into(),
        mobile: String::new(),
        address: String::new(),
        exception: String::new(),
        report: Default::default(),
    };
    Body { id: RecommenderId(id), recommender }
}

pub fn competition(level: CompetitionLevel, class: Option<i64>, rank: i64) -> Competition {
    Competition {
        name: "电工职业技能竞赛".into(),
        level: Some(level),
        class: class.map(Figure::Whole),
        rank: Some(Figure::Whole(rank)),
        date: "2018-09".into(),
        event: "电工".into(),
    }
}

pub fn attachment(kind: AttachmentKind, proves: &str) -> Attachment {
    Attachment {
        kind,
        title: "证书".into(),
        file: FileKey("scan.jpg".into()),
        original_checked: true,
        proves: proves.into(),
    }
}

pub fn clean_applicant() -> Applicant {
    Applicant {
        name: "温某".into(),
        sex: "男".into(),
        birth: "1978-03".into(),
        id_number: "339999197803150318".into(),
        native_place: "浙江杭州".into(),
        political_status: "群众".into(),
        education: "大专".into(),
        work_started: "1998-08".into(),
        occupation: "电工".into(),
        grade: "高级技师".into(),
        phone: "13800001001".into(),
        post: "维修电工".into(),
        duty: String::new(),
        employer: "杭州示范精密机械有限公司".into(),
        employer_address: "示例路 88 号".into(),
        front_line: Some(true),
        freelancer: Some(false),
        provincial_chief_technician: Some(false),
        photo: FileKey("photo.jpg".into()),
        experience: vec![ExperienceRow {
            from: "1998-08".into(),
            to: None,
            place: "杭州示范精密机械有限公司".into(),
            witness: "梁志刚".into(),
        }],
        certificates: vec![Certificate {
            kind: Some(CertificateKind::VocationalQualification),
            occupation: "电工".into(),
            grade: "高级技师".into(),
            number: "1611000000100001".into(),
            issuer: "示范省人力资源和社会保障厅".into(),
            issued: "2016-11".into(),
            verifiable_online: false,
        }],
        competitions: vec![competition(CompetitionLevel::National, Some(1), 5)],
        sections: Sections {
            summary: Section { text: "从事电工工作。".into(), evidence: String::new() },
            ..Sections::default()
        },
        honours_brief: "温某同志从事电工工作。主要荣誉：被评为技术标兵。".into(),
        attachments: vec![attachment(AttachmentKind::Certificate, ""), attachment(AttachmentKind::Competition, "")],
        process: clean_process(),
        nominated: true,
        order: Some(1),
        ..Applicant::default()
    }
}

fn clean_process() -> Process {
    Process {
        employee_opinion: EmployeeOpinion { date: "2021-06-22".into(), result: "一致同意".into() },
        employer_publicity: publicity("2021-06-22", "2021-06-28"),
        employer_report: EmployerReport { received: Some(DoneMark::On("2021-06-28".into())) },
        originals_checked: OriginalsChecked { date: "2021-06-28".into(), by: "陆知远".into(), returned: None },
        expert_review: ExpertReview {
            date: "2021-06-29".into(),
            experts: Some(Figure::Whole(5)),
            agree: Some(Figure::Whole(4)),
            against: Some(Figure::Whole(1)),
            opinion: "同意推荐。".into(),
        },
        body_publicity: publicity("2021-06-29", "2021-07-05"),
        member_opinion: EmployeeOpinion::default(),
    }
}

pub fn publicity(from: &str, to: &str) -> Publicity {
    Publicity { from: from.into(), to: to.into(), objections: "无异议".into(), resolution: String::new() }
}

#[test]
fn the_clean_book_is_clean() {
    let found = clean().check();
    assert!(found.findings.is_empty(), "{:#?}", found.findings);
    assert_eq!(found.blocking(), 0);
}
