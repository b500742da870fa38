//! 附件2, 申报表, as firms send it in Word: cells are found by the annex's labels, not by position.
//!
//! Values stay as typed. What cannot be placed is said in words, never dropped in silence.

mod cover;
mod experience;
mod form;

use crate::domain::{Applicant, Grade};
use crate::rules::Notice;

use super::docx::{self, Block};
use super::gate::{self, Archive, GateError, GateFault, Received};
use form::Form;

/// What one 申报表 says.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplicationIn {
    /// Only what the form holds is filled; `photo` is empty, its bytes stand below.
    pub applicant: Applicant,
    pub photo: Option<Received>,
    /// What was seen and not taken, a sentence each.
    pub notes: Vec<String>,
}

/// Fewer labels than these are no 申报表.
const LABELS_AT_LEAST: usize = 5;

/// Reads a .docx. `file` names it in faults; the notice says which words on the cover are its own.
pub fn read(file: &str, bytes: Vec<u8>, notice: &Notice) -> Result<ApplicationIn, GateError> {
    if gate::is_compound(&bytes) {
        let locked = gate::is_locked_office(&bytes);
        return Err(if locked { GateFault::OfficeLocked } else { GateFault::NotWord }.of(file));
    }
    let mut archive = Archive::open(file, bytes, None)?;
    let document = docx::read(file, &mut archive)?;
    let mut form = Form::default();
    let mut tables = 0;
    let mut loose_pictures = Vec::new();
    // Everything before the form's own first table.
    let mut cover = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Table(rows) => match cover::lines_of(rows).filter(|_| tables == 0) {
                Some(lines) => cover.extend(lines),
                None => {
                    tables += 1;
                    form.read_table(rows, tables);
                }
            },
            Block::Paragraph(content) => {
                loose_pictures.extend(content.pictures.iter().cloned());
                match tables {
                    0 => cover.extend(content.paragraphs.iter().flat_map(|text| text.lines()).map(str::to_owned)),
                    _ => form.loose_text("表格之外", &content.text()),
                }
            }
        }
    }
    if form.labels < LABELS_AT_LEAST {
        return Err(GateFault::NotTheForm(notice.forms.application.clone()).of(file));
    }
    cover::read(&cover, notice, &mut form);
    if document.symbols > 0 {
        form.notes.push(format!("有 {} 个用符号字体插入的符号没有文字，未导入，请对照原表补填", document.symbols));
    }
    let mut pictures = form.pictures.clone();
    pictures.append(&mut loose_pictures);
    let photo = take_photo(&pictures, &document, &mut archive, &mut form.notes)?;
    Ok(ApplicationIn { applicant: form.applicant, photo, notes: form.notes })
}

/// The first picture, in the form's own table before others, is the photo; others are named.
fn take_photo(
    pictures: &[String],
    document: &docx::Document,
    archive: &mut Archive,
    notes: &mut Vec<String>,
) -> Result<Option<Received>, GateError> {
    let mut photo = None;
    let mut others = 0;
    for id in pictures {
        let Some(path) = document.pictures.get(id) else { continue };
        let Some(bytes) = archive.read(path)? else { continue };
        if photo.is_some() {
            others += 1;
            continue;
        }
        match gate::image("照片", &bytes) {
            Ok(_) => photo = gate::receive("照片", bytes).ok(),
            Err(error) => notes.push(format!("表里的图片未作为照片导入：{error}")),
        }
    }
    if others > 0 {
        notes.push(format!("表里另有 {others} 张图片未导入，请另存后作为附件添加"));
    }
    Ok(photo)
}

/// Characters of the longest grade with brackets around it: （国家职业资格一级/高级技师）.
const GRADE_CHARACTERS: usize = 16;

/// 职业（工种）/等级 as one text: a grade alone, else before the longest grade that the text ends with, else at the first
/// slash.
fn split_grade(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let is_between = |c: char| c.is_whitespace() || matches!(c, '/' | '／');
    let mut starts: Vec<usize> = text.char_indices().rev().take(GRADE_CHARACTERS).map(|(at, _)| at).collect();
    starts.push(0);
    if let Some(at) = starts.into_iter().rev().find(|&at| Grade::read(&text[at..]).is_some()) {
        return Some((text[..at].trim_end_matches(is_between), without_brackets(text[at..].trim_matches(is_between))));
    }
    let (occupation, grade) = text.split_once(['/', '／'])?;
    Some((occupation.trim(), grade.trim()))
}

/// Without the brackets around the whole.
fn without_brackets(text: &str) -> &str {
    let inner = [('（', '）'), ('(', ')')].into_iter().find_map(|(open, close)| {
        text.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.contains([open, close]))
    });
    inner.map_or(text, str::trim)
}

#[cfg(test)]
mod tests {
    use super::split_grade;

    #[test]
    fn occupation_and_grade_come_apart() {
        let cases = [
            ("电工/高级技师", Some(("电工", "高级技师"))),
            ("电工 ／ 技师", Some(("电工", "技师"))),
            ("电工/一级/高级技师", Some(("电工", "一级/高级技师"))),
            ("电工高级技师", Some(("电工", "高级技师"))),
            ("电工（高级技师）", Some(("电工", "高级技师"))),
            ("电工 二级", Some(("电工", "二级"))),
            ("高级技师", Some(("", "高级技师"))),
            ("特级技师", Some(("", "特级技师"))),
            ("首席技师", Some(("", "首席技师"))),
            ("二级技师", Some(("", "二级技师"))),
            ("高级技师/一级", Some(("", "高级技师/一级"))),
            ("（高级技师）", Some(("", "高级技师"))),
            ("电工特级技师", Some(("电工", "特级技师"))),
            ("电工二级技师", Some(("电工", "二级技师"))),
            ("电工高级技师（一级）", Some(("电工", "高级技师（一级）"))),
            ("电工（一级）（高级技师）", Some(("电工", "（一级）（高级技师）"))),
            ("电工（国家职业资格一级/高级技师）", Some(("电工", "国家职业资格一级/高级技师"))),
            ("维修电工/机修钳工/高级技师", Some(("维修电工/机修钳工", "高级技师"))),
            ("电工/高级", Some(("电工", "高级"))),
            ("电工", None),
            ("", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(split_grade(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_long_cell_costs_no_more_than_its_length() {
        let long = "技师·".repeat(200_000);
        let start = std::time::Instant::now();
        assert_eq!(split_grade(&format!("{long}电工")), None);
        assert!(start.elapsed() < std::time::Duration::from_secs(5), "{:?}", start.elapsed());
    }
}
