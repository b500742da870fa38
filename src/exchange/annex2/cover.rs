//! The cover: 姓名, 职业（工种）, 单位 on lines of their own.

use super::super::docx::Content;
use super::super::labels::{Field, canonical};
use super::form::Form;
use crate::rules::Notice;

/// Reads the paragraphs before the first table. The page's own fields were read before and win; only the employer
/// stands on the cover alone.
pub(super) fn read(paragraphs: &[&Content], notice: &Notice, form: &mut Form) {
    let lines: Vec<&str> =
        paragraphs.iter().flat_map(|content| &content.paragraphs).flat_map(|text| text.lines()).collect();
    let own = [&notice.forms.application, &notice.issuer, &notice.forms.month].map(|text| canonical(text));
    let mut employer_line = None;
    for (index, line) in lines.iter().enumerate() {
        let label = canonical(line);
        if label.is_empty() || label.starts_with("附件") || own.contains(&label) {
            continue;
        }
        if let Some((field, value)) = labelled(line) {
            form.set(field, value.to_owned());
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
