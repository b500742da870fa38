//! The tables of the form.

use super::super::docx::Cell;
use super::super::labels::{Field, canonical, section_by_label};
use super::experience::{self, Columns};
use super::split_grade;
use crate::domain::{Applicant, Grade, Section, SectionKey, in_quotes};

/// What was gathered so far.
#[derive(Default)]
pub(super) struct Form {
    pub applicant: Applicant,
    /// Relation IDs of the pictures in the table with the name.
    pub pictures: Vec<String>,
    pub notes: Vec<String>,
    /// Labels that were recognised.
    pub labels: usize,
    /// 职业（工种）/等级 as one text, until the cover tells where it comes apart.
    trade: Option<String>,
}

/// What a cell's label asks for.
#[derive(Clone, Copy)]
enum Label {
    Field(Field),
    Section(SectionKey),
    EmployerOpinion,
    BodyOpinion,
    /// Filled by the city later.
    City,
    /// A head or hint.
    Head,
}

/// Longest label in paragraphs: 区县（市）人/力社保部门或/市主管部门、/行业协会（社/团）意见.
const LABEL_PARAGRAPHS: usize = 8;

impl Form {
    pub(super) fn read_table(&mut self, rows: &[Vec<Cell>], number: usize) {
        let mut columns: Option<Columns> = None;
        // What an unlabelled row goes on with.
        let mut open: Option<Label> = None;
        for row in rows {
            let filled: Vec<&Cell> = row.iter().filter(|cell| !cell.content.text().is_empty()).collect();
            let labelled = row.iter().any(|cell| label_of(cell).is_some());
            if row
                .iter()
                .any(|cell| label_of(cell).is_some_and(|(label, _)| matches!(label, Label::Field(Field::Name))))
            {
                self.pictures.extend(rows.iter().flatten().flat_map(|cell| cell.content.pictures.iter().cloned()));
            }
            if let Some(found) = Columns::of(row) {
                columns = Some(found);
                open = None;
                self.labels += 1;
            } else if labelled {
                columns = None;
                open = self.read_row(row);
            } else if filled.is_empty() {
            } else if let Some(columns) = &columns {
                experience::read_row(columns, row, &mut self.applicant.experience, &mut self.notes);
            } else if let Some(Label::Section(key)) = open {
                self.read_section(key, row.iter());
            } else if let Some(label) = open.filter(|_| filled.iter().all(|cell| cell.column > 0)) {
                // Beside the label, which reaches over both rows: the corner of the seal.
                let lines = filled.iter().flat_map(|cell| cell.content.paragraphs.iter().map(String::as_str));
                self.read_opinion(label, &lines.collect::<Vec<_>>(), "落款");
            } else {
                let text: Vec<String> = filled.iter().map(|cell| cell.content.text()).collect();
                self.loose_text(&format!("第 {number} 个表格"), &text.join("　"));
            }
        }
    }

    /// A row with labels. Gives the item or opinion that goes on in the following rows.
    fn read_row(&mut self, row: &[Cell]) -> Option<Label> {
        let mut cells = row.iter().peekable();
        let mut context = String::new();
        let mut open = None;
        while let Some(cell) = cells.next() {
            let Some((label, rest)) = label_of(cell) else {
                self.loose_text(&format!("“{context}”一行"), &cell.content.text());
                continue;
            };
            context = canonical(&cell.content.text()).chars().take(12).collect();
            self.labels += 1;
            match label {
                Label::Head => {}
                Label::Field(field) => {
                    let next =
                        cells.next_if(|next| !matches!(label_of(next), Some((Label::Field(_), _)))).map(single_line);
                    let value = if rest.is_empty() { next } else { Some(rest.concat().trim().to_owned()) };
                    self.set(field, value.unwrap_or_default());
                }
                Label::Section(key) => {
                    if !rest.is_empty() {
                        self.add(key, rest.join("\n").trim(), "");
                    }
                    self.read_section(key, cells.by_ref());
                    return Some(label);
                }
                Label::EmployerOpinion | Label::BodyOpinion => {
                    let rest = rest.into_iter();
                    let cells = cells.by_ref().flat_map(|cell| cell.content.paragraphs.iter().map(String::as_str));
                    self.read_opinion(label, &rest.chain(cells).collect::<Vec<_>>(), &context);
                    open = Some(label);
                }
                Label::City => {
                    let text: Vec<&str> = rest
                        .into_iter()
                        .chain(
                            cells
                                .by_ref()
                                .filter(|cell| label_of(cell).is_none())
                                .flat_map(|cell| cell.content.paragraphs.iter().map(String::as_str)),
                        )
                        .collect();
                    self.read_opinion(label, &text, &context);
                    open = Some(label);
                }
            }
        }
        open
    }

    /// The lines of an opinion; they come behind what was read of it before.
    fn read_opinion(&mut self, label: Label, lines: &[&str], place: &str) {
        let text = self.without_stamp(lines, place);
        let opinions = &mut self.applicant.opinions;
        let opinion = match label {
            Label::EmployerOpinion => &mut opinions.employer,
            Label::BodyOpinion => &mut opinions.body,
            _ => return self.loose_text(&format!("由市里填写的“{place}”"), &text),
        };
        if !opinion.is_empty() && !text.is_empty() {
            opinion.push('\n');
        }
        opinion.push_str(&text);
    }

    /// Text, then evidence; what stands behind them is said.
    fn read_section<'a>(&mut self, key: SectionKey, mut cells: impl Iterator<Item = &'a Cell>) {
        let text = cells.next().map(|cell| cell.content.text()).unwrap_or_default();
        let evidence = cells.next().map(|cell| cell.content.text()).unwrap_or_default();
        self.add(key, &text, &evidence);
        for cell in cells {
            self.loose_text("证明材料之后", &cell.content.text());
        }
    }

    /// Adds to an item; a text that goes on after a page break comes behind the first part.
    fn add(&mut self, key: SectionKey, text: &str, evidence: &str) {
        let section = self.section_mut(key);
        for (part, more) in [(&mut section.text, text), (&mut section.evidence, evidence)] {
            if !part.is_empty() && !more.is_empty() {
                part.push('\n');
            }
            part.push_str(more);
        }
    }

    fn section_mut(&mut self, key: SectionKey) -> &mut Section {
        let sections = &mut self.applicant.sections;
        match key {
            SectionKey::Speciality => &mut sections.speciality,
            SectionKey::CompetitionResults => &mut sections.competition_results,
            SectionKey::OperationMethods => &mut sections.operation_methods,
            SectionKey::Innovations => &mut sections.innovations,
            SectionKey::HonourTitles => &mut sections.honour_titles,
            SectionKey::Contributions => &mut sections.contributions,
            SectionKey::Summary => &mut sections.summary,
        }
    }

    /// Fills a field; a second, different value is said and not taken.
    pub(super) fn set(&mut self, field: Field, value: String) {
        if value.is_empty() {
            return;
        }
        let target = match field {
            Field::OccupationAndGrade => self.trade.get_or_insert_default(),
            _ => match field.of(&mut self.applicant) {
                Some(target) => target,
                None => return,
            },
        };
        if target.is_empty() {
            *target = value;
        } else if *target != value {
            let note = format!("同一栏有两种写法{}和{}，已取前一种，请核对", in_quotes(target), in_quotes(&value));
            self.notes.push(note);
        }
    }

    /// Takes 职业（工种）/等级 apart: behind the occupation of the cover, else where a grade begins.
    pub(super) fn settle_trade(&mut self, occupation: Option<&str>) {
        let Some(trade) = self.trade.take() else { return };
        let behind = |occupation| {
            let rest = trade.strip_prefix(occupation)?;
            let grade = rest.trim_start_matches(['/', '／']).trim();
            let is_end = grade.is_empty() || grade.len() < rest.len() || Grade::read(grade).is_some();
            is_end.then_some((occupation, grade))
        };
        match occupation.filter(|text| !text.is_empty()).and_then(behind).or_else(|| split_grade(&trade)) {
            Some((occupation, grade)) => {
                self.set(Field::Occupation, occupation.to_owned());
                self.set(Field::Grade, grade.to_owned());
            }
            None => {
                self.notes.push(format!("职业（工种）/等级一栏只有“{trade}”，未能分出等级，已填入职业（工种）"));
                self.set(Field::Occupation, trade);
            }
        }
    }

    /// Says what was seen and not taken.
    pub(super) fn loose_text(&mut self, place: &str, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.notes.push(format!("{place}的内容未能归位，未导入：{text}"));
        }
    }

    /// Text without the lines for seal and date; a date that was filled in is said.
    fn without_stamp(&mut self, lines: &[&str], place: &str) -> String {
        let mut kept = Vec::new();
        for line in lines.iter().flat_map(|line| line.lines()) {
            let bare: String = canonical(line).chars().filter(|c| !c.is_numeric()).collect();
            let is_stamp =
                matches!(bare.as_str(), "盖章" | "公章" | "签字" | "签名" | "年月日" | "盖章年月日" | "签字年月日");
            if !is_stamp {
                kept.push(line);
            } else if line.chars().any(char::is_numeric) {
                self.loose_text(&format!("“{place}”落款"), line);
            }
        }
        kept.join("\n").trim().to_owned()
    }
}

/// A value of one line: paragraphs within it come from the narrow cell.
fn single_line(cell: &Cell) -> String {
    cell.content.paragraphs.iter().flat_map(|paragraph| paragraph.lines()).map(str::trim).collect()
}

/// The label at the head of a cell, and the paragraphs after it, which are then the value.
fn label_of(cell: &Cell) -> Option<(Label, Vec<&str>)> {
    let paragraphs: Vec<&str> = cell.content.paragraphs.iter().flat_map(|paragraph| paragraph.lines()).collect();
    for count in (1..=paragraphs.len().min(LABEL_PARAGRAPHS)).rev() {
        if let Some(label) = by_text(&canonical(&paragraphs[..count].concat())) {
            let rest = &paragraphs[count..];
            let is_blank = rest.iter().all(|line| line.trim().is_empty());
            return Some((label, if is_blank { Vec::new() } else { rest.to_vec() }));
        }
    }
    // 姓名：葛瑾川 in one cell.
    let (head, value) = paragraphs.first()?.split_once(['：', ':'])?;
    let label = by_text(&canonical(head)).filter(|_| !value.trim().is_empty())?;
    Some((label, [&[value], &paragraphs[1..]].concat()))
}

fn by_text(label: &str) -> Option<Label> {
    if let Some(field) = Field::by_label(label) {
        return Some(Label::Field(field));
    }
    if let Some(key) = section_by_label(label) {
        return Some(Label::Section(key));
    }
    Some(match label {
        "所在单位推荐意见" | "单位推荐意见" => Label::EmployerOpinion,
        "评审情况" | "评委出席人数" | "表决情况" | "同意" | "反对" => Label::City,
        "照片" | "项目" | "内容" | "证明人或证明材料" | "主要技术简况贡献成果登记" | "主要技术简况贡献成果登记续" => {
            Label::Head
        }
        "主要学习和工作经历" | "主要学习和工作经历包括技术培训和进修" => Label::Head,
        _ if label.ends_with("审核意见") => Label::City,
        _ if label.starts_with("区县市") && label.ends_with("意见") => Label::BodyOpinion,
        _ => return None,
    })
}
