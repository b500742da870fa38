//! The cover: 姓名, 职业（工种）, 单位 on lines of their own or in a table without rules.

use super::super::docx::Cell;
use super::super::labels::{Field, canonical};
use super::form::Form;
use crate::rules::Notice;

/// The annex's hint on the empty line of the employer.
const HINT: &str = "说明须和单位公章相同";

/// Reads the lines before the form's first table. The page's own fields were read before and win; only the employer
/// stands on the cover alone, and only there the occupation stands without its grade.
pub(super) fn read(lines: &[String], notice: &Notice, form: &mut Form) {
    let own = [&notice.forms.application, &notice.issuer, &notice.forms.month].map(|text| canonical(text));
    let occupation = lines.iter().find_map(|line| labelled(line).filter(|(field, _)| *field == Field::Occupation));
    form.settle_trade(occupation.map(|(_, value)| value));
    let mut employer_line = None;
    for (index, line) in lines.iter().enumerate() {
        let label = canonical(line);
        if label.is_empty() || label.starts_with("附件") || own.contains(&label) {
            continue;
        }
        if let Some((field, value)) = labelled(line) {
            if canonical(value) != HINT {
                form.set(field, value.to_owned());
            }
            employer_line = (field == Field::Employer).then_some(index);
        } else if employer_line.is_some_and(|at| at + 1 == index) {
            // A long name goes on under the second underline.
            form.applicant.employer.push_str(line.trim());
            employer_line = Some(index);
        } else {
            form.loose_text("封面", line);
        }
    }
}

/// The rows of a table that is the cover's, a line each: a label and its value. `None`: it is another table; of the form's
/// own the first row has further labels behind the name.
pub(super) fn lines_of(rows: &[Vec<Cell>]) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    for row in rows {
        let texts = row.iter().map(|cell| cell.content.paragraphs.concat().trim().to_owned());
        let filled: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        match filled.as_slice() {
            [] => {}
            [label] | [label, _] if labelled(label).is_some_and(|(_, rest)| rest.is_empty()) => {
                lines.push(filled.join("\u{3000}"));
            }
            _ => return None,
        }
    }
    lines.iter().any(|line| labelled(line).is_some_and(|(field, _)| field == Field::Employer)).then_some(lines)
}

/// A line that begins with one of the cover's labels, spread or not, and its value.
fn labelled(line: &str) -> Option<(Field, &str)> {
    [("职业（工种）", Field::Occupation), ("姓名", Field::Name), ("单位", Field::Employer)]
        .into_iter()
        .find_map(|(label, field)| Some((field, after(line, label)?)))
}

/// What follows a label, white space within it passed over.
fn after<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let mut rest = line.trim_start();
    for wanted in label.chars() {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        let same = first == wanted || matches!((wanted, first), ('（', '(') | ('）', ')'));
        rest = same.then(|| &rest[first.len_utf8()..])?;
    }
    Some(rest.trim_start().trim_start_matches(['：', ':']).trim().trim_matches('_').trim())
}

#[cfg(test)]
mod tests {
    use super::after;

    #[test]
    fn a_label_may_be_spread() {
        assert_eq!(after("姓    名    葛瑾川   ", "姓名"), Some("葛瑾川"));
        assert_eq!(after("职业(工种)：电工", "职业（工种）"), Some("电工"));
        assert_eq!(after("单　位 ____甲 乙____", "单位"), Some("甲 乙"));
        assert_eq!(after("姓氏 葛", "姓名"), None);
    }
}
