//! The documents that may be edited: the same text as on paper, text as text, equal bytes.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;

use tuijian::domain::{Applicant, ExperienceRow, Person, PersonId, Recommender, RecommenderId};
use tuijian::exchange::office::{application_docx, report_docx, summary_xlsx};
use tuijian::exchange::{annex1, annex2, gate};
use tuijian::fonts::Fonts;
use tuijian::pages::{self, Picture, PictureFormat, report_text};
use tuijian::rules::Notice;

fn notice() -> Notice {
    Notice::read(Notice::built_in()[0].1).unwrap()
}

fn sample(kind: &str) -> (Recommender, Vec<Person>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(kind).join("record.json");
    let record: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let applicants: Vec<Applicant> = serde_json::from_value(record["applicants"].clone()).unwrap();
    let people = (1..)
        .zip(applicants)
        .map(|(id, applicant)| Person { id: PersonId(id), recommender: RecommenderId(1), applicant })
        .collect();
    (serde_json::from_value(record["recommender"].clone()).unwrap(), people)
}

fn photo(kind: &str, applicant: &Applicant) -> Picture {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(kind).join(&applicant.photo.0);
    let bytes = std::fs::read(path).unwrap();
    let facts = gate::image_header(&bytes).unwrap();
    Picture {
        bytes,
        format: PictureFormat::Jpeg,
        width_px: facts.width_px,
        height_px: facts.height_px,
        orientation: facts.orientation,
    }
}

fn part(docx: &[u8], path: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(path).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// Each paragraph's text, in order.
fn paragraphs(docx: &[u8]) -> Vec<String> {
    let xml = part(docx, "word/document.xml");
    let mut reader = Reader::from_str(std::str::from_utf8(&xml).unwrap());
    let mut found = Vec::new();
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) if element.name().as_ref() == "w:p" => found.push(String::new()),
            Event::Start(element) if element.name().as_ref() == "w:t" => depth += 1,
            Event::End(element) if element.name().as_ref() == "w:t" => depth -= 1,
            Event::Empty(element) if element.name().as_ref() == "w:tab" => found.last_mut().unwrap().push('\t'),
            Event::Text(text) if depth > 0 => found.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(name) if depth > 0 => {
                let character = match &*name {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("{other}"),
                };
                found.last_mut().unwrap().push(character);
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Characters of the printed pages' black text, apart from page numbers.
fn printed(document: &pages::Document) -> String {
    let runs = document.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        pages::Item::Text(run) => Some(run.text()),
        _ => None,
    });
    bare(&runs.collect::<Vec<_>>().concat())
}

#[test]
fn the_form_says_what_the_printed_form_says() {
    let fonts = Fonts::shared().unwrap();
    for (kind, index) in [("association", 0), ("association", 1), ("association", 2), ("district", 2)] {
        let (_, people) = sample(kind);
        let applicant = &people[index].applicant;
        let picture = photo(kind, applicant);
        let docx = application_docx(&notice(), applicant, Some(&picture), false).unwrap();
        assert_eq!(part(&docx, "word/media/photo.jpg"), picture.bytes);
        let document = bare(&paragraphs(&docx).concat());
        let page = pages::application(fonts, &notice(), applicant, None, &pages::Stamp::default());
        // Every character of the printed pages is there as often, but for page numbers and what is repeated (续).
        let count = |text: &str, c: char| text.chars().filter(|&x| x == c).count();
        let paper = printed(&page);
        for character in
            paper.chars().filter(|c| !c.is_ascii_digit() && !"（续）照片".contains(*c)).collect::<BTreeSet<_>>()
        {
            assert!(
                count(&document, character) >= count(&paper, character) - paper.matches("（续）").count(),
                "{}: {character}",
                applicant.name
            );
        }
        for (field, text) in applicant.texts() {
            let is_on_form = ["name", "sex", "birth", "post", "employer", "id_number", "grade"]
                .contains(&field.as_str())
                || ["sections.", "experience[", "opinions."].iter().any(|head| field.starts_with(head));
            assert!(!is_on_form || document.contains(&bare(text)), "{}: {field}", applicant.name);
        }
    }
}

#[test]
fn the_report_says_what_the_printed_report_says() {
    let fonts = Fonts::shared().unwrap();
    for kind in ["association", "district"] {
        let (recommender, people) = sample(kind);
        let people: Vec<&Person> = people.iter().filter(|person| person.applicant.nominated).collect();
        let text = report_text(&notice(), &recommender, &people);
        let docx = report_docx(&notice(), &text, false).unwrap();
        let paper: String = printed(&pages::report(fonts, &text, &pages::Stamp::default()));
        let feet = (1..).take_while(|number| paper.contains(&format!("—{number}—")));
        let paper = feet.fold(paper.clone(), |paper, number| paper.replacen(&format!("—{number}—"), "", 1));
        assert_eq!(bare(&paragraphs(&docx).concat()), paper);
    }
}

#[test]
fn documents_have_the_same_bytes_each_time() {
    let (recommender, people) = sample("association");
    let people: Vec<&Person> = people.iter().collect();
    let text = report_text(&notice(), &recommender, &people);
    assert_eq!(report_docx(&notice(), &text, false).unwrap(), report_docx(&notice(), &text, false).unwrap());
    let form = || application_docx(&notice(), &people[0].applicant, None, false).unwrap();
    assert_eq!(form(), form());
    let sheet = || summary_xlsx(&notice(), &recommender, &people, false).unwrap();
    assert_eq!(sheet(), sheet());
}

#[test]
fn odd_text_stays_text() {
    let (_, people) = sample("association");
    let mut applicant = people[0].applicant.clone();
    applicant.name = "<w:t>&甲\u{1}".into();
    applicant.sections.summary.text = "第一行 <b>&\"'\u{0}\n\n第二\t行\u{B}]]>第三行 𪛖".into();
    applicant.experience = vec![ExperienceRow::default(); 40];
    let docx = application_docx(&notice(), &applicant, None, false).unwrap();
    let texts = paragraphs(&docx);
    for wanted in ["<w:t>&甲", "第一行 <b>&\"'", "第二\t行", "]]>第三行 𪛖"] {
        assert!(texts.iter().any(|text| text == wanted), "{wanted}: {texts:?}");
    }
}

#[test]
fn a_turned_photo_stands_upright() {
    let (_, people) = sample("association");
    let picture =
        Picture { orientation: 6, width_px: 600, height_px: 420, ..photo("association", &people[0].applicant) };
    let docx = application_docx(&notice(), &people[0].applicant, Some(&picture), false).unwrap();
    let xml = String::from_utf8(part(&docx, "word/document.xml")).unwrap();
    assert!(xml.contains("<wp:extent cx=\"1164240\" cy=\"1663200\"/>"), "the place is upright");
    assert!(xml.contains("<a:xfrm rot=\"5400000\">"), "the picture is turned");
    assert!(xml.contains("<a:ext cx=\"1663200\" cy=\"1164240\"/>"), "the picture has its stored shape");
}

/// What the form prints of a person, as far as its text gives it back.
fn on_the_form(whole: &Applicant) -> Applicant {
    let mut sections = whole.sections.clone();
    sections.summary.evidence.clear();
    let mut opinions = whole.opinions.clone();
    if whole.is_freelancer() {
        opinions.employer.clear();
    }
    Applicant {
        front_line: None,
        freelancer: None,
        provincial_chief_technician: None,
        photo: Default::default(),
        certificates: Vec::new(),
        honours: Vec::new(),
        competitions: Vec::new(),
        apprentices: Vec::new(),
        honours_brief: String::new(),
        attachments: Vec::new(),
        process: Default::default(),
        nominated: false,
        order: None,
        sections,
        opinions,
        ..whole.clone()
    }
}

#[test]
fn the_form_comes_back_as_it_went_out() {
    let name = "杭州示范城市轨道交通装备制造与运营维护服务（集团）股份有限公司第二检修分公司";
    for kind in ["association", "district"] {
        for (index, person) in sample(kind).1.into_iter().enumerate() {
            let picture = photo(kind, &person.applicant);
            // As it is, with opinions, with odd trades, and almost empty.
            let whole = person.applicant;
            let mut filled = whole.clone();
            filled.opinions.employer = "同意推荐。\n该同志技艺精湛。".into();
            filled.opinions.body = "同意推荐。".into();
            filled.employer = name.into();
            filled.occupation = "机修钳工/维修电工".into();
            filled.sections.summary.evidence = "不印".into();
            let untrained = Applicant { grade: String::new(), ..whole.clone() };
            let graded = Applicant { occupation: String::new(), ..whole.clone() };
            let empty = Applicant { name: "甲".into(), ..Applicant::default() };
            for (case, applicant) in [
                ("as it is", &whole),
                ("filled", &filled),
                ("no grade", &untrained),
                ("grade alone", &graded),
                ("empty", &empty),
            ] {
                for draft in [false, true] {
                    let docx = application_docx(&notice(), applicant, Some(&picture), draft).unwrap();
                    let read = annex2::read("表.docx", docx, &notice()).unwrap();
                    let case = format!("{kind} {index} {case}");
                    assert_eq!(read.notes, Vec::<String>::new(), "{case}");
                    assert_eq!(read.applicant, on_the_form(applicant), "{case}");
                    assert_eq!(read.photo.map(|photo| photo.bytes), Some(picture.bytes.clone()), "{case}");
                }
            }
        }
    }
}

#[test]
fn the_summary_comes_back_as_it_went_out() {
    for kind in ["association", "district"] {
        let (recommender, people) = sample(kind);
        let people: Vec<&Person> = people.iter().collect();
        for draft in [false, true] {
            let xlsx = summary_xlsx(&notice(), &recommender, &people, draft).unwrap();
            let read = annex1::read("表.xlsx", xlsx, &notice()).unwrap();
            assert_eq!(read.notes, Vec::<String>::new(), "{kind}");
            assert_eq!(
                [&read.recommender, &read.contact, &read.phone, &read.mobile],
                [&recommender.name, &recommender.contact, &recommender.phone, &recommender.mobile]
            );
            let rows = |a: &Applicant| {
                [&a.name, &a.sex, &a.birth, &a.employer, &a.post, &a.duty, &a.occupation, &a.grade, &a.honours_brief]
                    .map(String::clone)
            };
            let wanted: Vec<_> = people.iter().map(|person| rows(&person.applicant)).collect();
            assert_eq!(read.applicants.iter().map(rows).collect::<Vec<_>>(), wanted, "{kind}");
        }
    }
}
