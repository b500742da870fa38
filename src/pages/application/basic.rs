//! Page 1: the basic table with the photo, and 主要学习和工作经历.

use std::sync::Arc;

use super::{Form, NARROW, TITLE_ROW, VALUE, WIDE};
use crate::domain::{ExperienceRow, IdNumber, is_filled};
use crate::pages::page::Picture;
use crate::pages::table::{Cell, Part, Row, Section, Side, SideContent, Table};
use crate::pages::units::Mm;

const ROW: Mm = Mm(12.5);
const WIDE_ROW: Mm = Mm(11.0);
const EXPERIENCE_HEAD: Mm = Mm(10.0);
const EXPERIENCE_ROW: Mm = Mm(14.5);
const PHOTO_WIDTH: Mm = Mm(33.0);
const PHOTO_HEIGHT: Mm = Mm(46.2);

/// Left edges of the seven columns of 20, 22, 24, 23, 20, 22 and 35 mm, and the table's right edge.
const EDGES: [f32; 8] = [0.0, 20.0, 42.0, 66.0, 89.0, 109.0, 131.0, 166.0];

impl Form<'_> {
    pub(super) fn basic_table(&self, photo: Option<Arc<Picture>>) -> Table {
        Table { sections: vec![self.person(photo), self.number_and_address(), self.experience()], ruled: true }
    }

    fn person(&self, photo: Option<Arc<Picture>>) -> Section {
        let a = self.applicant;
        let label = |column: usize, text: &str| self.label(EDGES[column], EDGES[column + 1] - EDGES[column], text);
        let across = |from: usize, to: usize, text: &str, field: &str| {
            self.value(EDGES[from], EDGES[to] - EDGES[from], ROW, text).showing(Part::Whole, None, field)
        };
        let value = |column: usize, text: &str, field: &str| across(column, column + 1, text, field);
        let name = self.name(EDGES[1], EDGES[2] - EDGES[1], ROW, &a.name).showing(Part::Whole, None, "name");
        let occupation_and_grade = match (is_filled(&a.occupation), is_filled(&a.grade)) {
            (true, true) => format!("{}/\n{}", a.occupation.trim_end(), a.grade),
            _ => format!("{}{}", a.occupation.trim_end(), a.grade.trim_end()),
        };
        let trade = self
            .value(EDGES[3], EDGES[4] - EDGES[3], ROW, &occupation_and_grade)
            .showing(Part::Upper, None, "occupation")
            .showing(Part::Lower, None, "grade");
        let rows = vec![
            vec![
                label(0, "姓　名"),
                name,
                label(2, "性　别"),
                value(3, &a.sex, "sex"),
                label(4, "出生年月"),
                value(5, &a.birth, "birth"),
            ],
            vec![
                label(0, "籍　贯"),
                value(1, &a.native_place, "native_place"),
                label(2, "政治面貌"),
                value(3, &a.political_status, "political_status"),
                label(4, "文化程度"),
                value(5, &a.education, "education"),
            ],
            vec![
                label(0, "参加工作\n时间"),
                value(1, &a.work_started, "work_started"),
                label(2, "职业（工种）\n/等级"),
                trade,
                label(4, "联系电话"),
                value(5, &a.phone, "phone"),
            ],
            vec![
                label(0, "现工作\n岗　位"),
                across(1, 4, &a.post, "post"),
                label(4, "行政职务"),
                value(5, &a.duty, "duty"),
            ],
        ];
        let width = Mm(EDGES[7] - EDGES[6]);
        let content = match photo {
            Some(picture) => SideContent::Picture { picture, width: PHOTO_WIDTH, height: PHOTO_HEIGHT },
            None => SideContent::Label(self.typesetter.label("照　片", &VALUE, width)),
        };
        Section {
            rows: rows.into_iter().map(|cells| Row::new(ROW, cells)).collect(),
            side: Some(Side { left: Mm(EDGES[6]), width, content, field: Some("photo".to_owned()) }),
            ..Section::default()
        }
    }

    fn number_and_address(&self) -> Section {
        let row = |label: &str, text: &str, field: &str| {
            let value = self.left_value(EDGES[1], EDGES[7] - EDGES[1], WIDE_ROW, text, WIDE);
            Row::new(WIDE_ROW, vec![self.label(EDGES[0], EDGES[1], label), value.showing(Part::Whole, None, field)])
        };
        let rows = vec![
            row("身份证号", &IdNumber::printed(&self.applicant.id_number), "id_number"),
            row("单位地址", &self.applicant.employer_address, "employer_address"),
        ];
        Section { rows, ..Section::default() }
    }

    fn experience(&self) -> Section {
        let (place, witness) = (EDGES[2], EDGES[6]);
        let headers = vec![
            Row::new(TITLE_ROW, vec![self.label(0.0, EDGES[7], "主要学习和工作经历（包括技术培训和进修）")]),
            Row::new(
                EXPERIENCE_HEAD,
                vec![
                    self.label(0.0, place, "起止年月"),
                    self.label(place, witness - place, "何校、何单位学习、工作"),
                    self.label(witness, EDGES[7] - witness, "证明人"),
                ],
            ),
        ];
        let cells = |row: &ExperienceRow| -> [Cell; 3] {
            [
                self.value(0.0, place, EXPERIENCE_ROW, &period(row)),
                self.left_value(place, witness - place, EXPERIENCE_ROW, &row.place, NARROW),
                self.name(witness, EDGES[7] - witness, EXPERIENCE_ROW, &row.witness),
            ]
        };
        let filler = Row::new(EXPERIENCE_ROW, cells(&ExperienceRow::default()).into());
        let mut rows: Vec<Row> = self
            .applicant
            .filled_experience()
            .iter()
            .enumerate()
            .map(|(index, entry)| {
                let field = |name: &str| format!("experience[{index}].{name}");
                let [period, place, witness] = cells(entry);
                let period = period.showing(Part::Left, None, field("from")).showing(Part::Right, None, field("to"));
                let place = place.showing(Part::Whole, None, field("place"));
                let witness = witness.showing(Part::Whole, None, field("witness"));
                Row::new(EXPERIENCE_ROW, vec![period, place, witness]).kept()
            })
            .collect();
        if rows.is_empty() {
            rows.push(filler.clone());
        }
        Section { headers, rows, filler: Some(filler), ..Section::default() }
    }
}

/// `1995-09 — 1998-07`, as typed; a span without an end goes on: 至今. An empty row stays empty.
pub fn period(row: &ExperienceRow) -> String {
    let from = row.from.trim_end();
    let to = row.to.as_deref().filter(|to| is_filled(to));
    if from.is_empty() && to.is_none() {
        return String::new();
    }
    format!("{from} — {}", to.unwrap_or("至今"))
}
