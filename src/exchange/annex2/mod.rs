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
    let cover: Vec<&docx::Content> = document
        .blocks
        .iter()
        .map_while(|block| match block {
            Block::Paragraph(content) => Some(content),
            Block::Table(_) => None,
        })
        .collect();
    let mut loose_pictures: Vec<String> = cover.iter().flat_map(|content| content.pictures.clone()).collect();
    for block in &document.blocks[cover.len()..] {
        match block {
            Block::Table(rows) => {
                tables += 1;
                form.read_table(rows, tables);
            }
            Block::Paragraph(content) => {
                form.loose_text("表格之外", &content.text());
                loose_pictures.extend(content.pictures.iter().cloned());
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

/// 职业（工种）/等级 as one text: at the first slash, else before the grade that the text ends with.
fn split_grade(text: &str) -> Option<(&str, &str)> {
    if let Some((occupation, grade)) = text.split_once(['/', '／']) {
        return Some((occupation.trim(), grade.trim()));
    }
    let (at, grade) = text
        .char_indices()
        .skip(1)
        .map(|(at, _)| (at, text[at..].trim()))
        .find(|(_, rest)| Grade::read(rest).is_some())?;
    let bare = grade.trim_matches(['（', '）', '(', ')']);
    Some((text[..at].trim(), bare))
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
            ("电工", None),
            ("", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(split_grade(text), wanted, "{text}");
        }
    }
}
