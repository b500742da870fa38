//! 推荐报告.docx on the grid of GB/T 9704-2012.

use super::package::{Layout, Package};
use super::xml::{Align, Face, Setting, Type, page_number, paragraph, run};
use crate::exchange::office::OfficeError;
use crate::exchange::office::measure::width_em;
use crate::pages::report::{ReportText, run_in_head};
use crate::pages::{Mm, Pt};
use crate::rules::Notice;

const TOP: Mm = Mm(37.0);
const BOTTOM: Mm = Mm(35.0);
const LEFT: Mm = Mm(28.0);
const RIGHT: Mm = Mm(26.0);
const WIDTH: Mm = Mm(156.0);
/// The page number stands 7 mm below the type area.
const FOOT: Mm = Mm(25.5);
/// 22 lines fill 225 mm, 28 characters 156 mm.
const PITCH: Pt = Pt(28.95);
/// 28 characters of 16 pt are wider than 156 mm: a little narrower they have room, and justified they fill the line.
/// (LibreOffice loses marks at line ends when characters are set closer, and misreads the character grid.)
const SCALE: u8 = 98;

const BODY: Type = Type { face: Face::Body, size: Pt(16.0), scale: SCALE };
const HEAD: Type = Type { face: Face::Hei, ..BODY };
const KAI: Type = Type { face: Face::Kai, ..BODY };
const TITLE: Type = Type::new(Face::Title, Pt(22.0));
const NUMBER: Type = Type::new(Face::Body, Pt(14.0));

/// Half the room of the signature, which stands in the middle above the date; the date ends 4 characters from the edge.
const SIGNATURE_HALF: Mm = Mm(50.0);
const DATE_FROM_RIGHT: Mm = Mm(22.3);
/// Lines of text that stay with the signature.
const WITH_SIGNATURE: usize = 1;

/// The report; `notice` gives the date of the file's properties, and a draft is marked on every page.
pub fn report_docx(notice: &Notice, text: &ReportText, draft: bool) -> Result<Vec<u8>, OfficeError> {
    let line = Setting { pitch: Some(PITCH), ..Setting::of(Align::Left) };
    let prose = Setting { align: Align::Justify, indent: true, ..line };
    let head = Setting { indent: true, keep_next: true, ..line };
    let mut body = paragraph(&run(&text.title, TITLE), &Setting { align: Align::Center, ..line }, TITLE);
    body.push_str(&paragraph("", &line, BODY));
    body.push_str(&paragraph(&run(&format!("{}：", text.addressee), BODY), &line, BODY));
    body.push_str(&paragraph(&run(&text.opening, BODY), &prose, BODY));
    let paragraphs: usize = text.parts.iter().map(|part| part.paragraphs().count()).sum();
    let mut told = 0;
    for part in &text.parts {
        body.push_str(&paragraph(&run(part.heading(), HEAD), &head, HEAD));
        for text in part.paragraphs() {
            told += 1;
            let keep_next = told + WITH_SIGNATURE > paragraphs;
            body.push_str(&paragraph(&runs(text), &Setting { keep_next, ..prose }, BODY));
        }
    }
    body.push_str(&signature(&text.signature, &line));
    let foot = |align: Align| {
        let setting = Setting { left: NUMBER.size.mm(), right: NUMBER.size.mm(), ..Setting::of(align) };
        let runs = format!("{}{}{}", run("— ", NUMBER), page_number(NUMBER), run(" —", NUMBER));
        paragraph(&runs, &setting, NUMBER)
    };
    Package {
        title: &format!("{} {}", text.title, text.signature),
        created: notice.issued,
        layout: Layout {
            top: TOP,
            bottom: BOTTOM,
            left: LEFT,
            right: RIGHT,
            foot: FOOT,
            cover: false,
            pitch: Some(PITCH),
        },
        kind: BODY,
        body,
        foot: foot(Align::Right),
        even_foot: Some(foot(Align::Left)),
        photo: None,
        draft,
    }
    .bytes()
}

/// A paragraph's runs; a second-level head at its start is 楷体.
fn runs(text: &str) -> String {
    let head = text.char_indices().nth(run_in_head(text)).map_or(text.len(), |(index, _)| index);
    let (head, rest) = text.split_at(head);
    run(head, KAI) + &run(rest, BODY)
}

fn signature(name: &str, line: &Setting) -> String {
    let kept = Setting { keep_next: true, ..*line };
    let blank = paragraph("", &kept, BODY);
    let is_short = BODY.size.mm() * width_em(name) <= SIGNATURE_HALF * 2.0;
    let place = if is_short {
        Setting { align: Align::Center, left: WIDTH - SIGNATURE_HALF * 2.0, ..kept }
    } else {
        Setting { align: Align::Right, ..kept }
    };
    let date = Setting { align: Align::Right, right: DATE_FROM_RIGHT, ..*line };
    [
        blank.clone(),
        blank,
        paragraph(&run(name, BODY), &place, BODY),
        paragraph(&run("年　　月　　日", BODY), &date, BODY),
    ]
    .concat()
}
