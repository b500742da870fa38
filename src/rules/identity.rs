//! `id.*`: the identity number by GB 11643, against the form and against the book.

use super::case::{Case, Findings};
use super::register::Register;
use crate::domain::{Clause, FindingCode, IdNumber, IdNumberFault, YearMonth, is_filled};

const FORM: Option<Clause> = Some(Clause::Annex2);

pub(super) fn check(case: &Case, register: &Register, out: &mut Findings) {
    let applicant = case.applicant();
    if !is_filled(&applicant.id_number) {
        return;
    }
    match IdNumber::read(&applicant.id_number, case.today) {
        Ok(number) => agreement(case, &number, out),
        Err(fault) => {
            let (code, message) = explain(fault, &applicant.id_number);
            out.block(code, FORM, "id_number", message);
        }
    }
    let same = register.same_number(case.person);
    if !same.is_empty() {
        let names: Vec<String> = same.iter().map(|other| register.describe(other)).collect();
        let message = format!("与{}的身份证号相同，请对照身份证核对；同一人只能申报一次。", names.join("、"));
        out.block(FindingCode::IdDuplicate, FORM, "id_number", message);
    }
}

fn explain(fault: IdNumberFault, typed: &str) -> (FindingCode, String) {
    match fault {
        IdNumberFault::Format => {
            let printed = IdNumber::printed(typed);
            let count = printed.chars().count();
            let message = if count == 15 && printed.bytes().all(|b| b.is_ascii_digit()) {
                "身份证号是 15 位旧号码，请改填现用的 18 位号码。".to_owned()
            } else if printed.chars().any(|c| ('０'..='９').contains(&c) || matches!(c, 'Ｘ' | 'ｘ')) {
                "身份证号里有全角数字，请改用半角（英文状态）重新输入。".to_owned()
            } else if count == 18 {
                "身份证号里有数字以外的字符（只有末位可以是 X），请对照身份证改正。".to_owned()
            } else {
                format!("身份证号应为 18 位，现有 {count} 位，请对照身份证改正。")
            };
            (FindingCode::IdFormat, message)
        }
        IdNumberFault::Date => (
            FindingCode::IdDate,
            "身份证号第 7 至 14 位（出生日期）没有这一天，或还没有到，请对照身份证改正。".to_owned(),
        ),
        IdNumberFault::CheckDigit { .. } => (
            FindingCode::IdCheckDigit,
            "身份证号的第 18 位与前 17 位对不上，有数字录错，请对照身份证原件逐位核对。".to_owned(),
        ),
    }
}

/// The form may lawfully differ from the card (the earliest personnel file decides): it is said, never overwritten.
fn agreement(case: &Case, number: &IdNumber, out: &mut Findings) {
    let applicant = case.applicant();
    let on_card = YearMonth::of(number.birth());
    if let Some(on_form) = YearMonth::read(&applicant.birth)
        && on_form != on_card
    {
        let message = format!(
            "出生年月 {on_form} 与身份证号中的 {on_card} 不同，请核对；档案认定的出生年月与身份证不同时，以档案为准，不必改。"
        );
        out.warn(FindingCode::IdBirthDiffers, FORM, "birth", message);
    }
    let sex = applicant.sex.trim();
    if matches!(sex, "男" | "女") && sex != number.sex() {
        let message = format!("性别“{sex}”与身份证号第 17 位表示的“{}”不同，请核对。", number.sex());
        out.warn(FindingCode::IdSexDiffers, FORM, "sex", message);
    }
}
