//! `certificate.*`: numbers that do not fit, and a grade that no certificate bears. Old numbers are odd: warnings only.

use super::case::{Case, Findings};
use crate::domain::{
    Certificate, CertificateKind, CertificateNumber, Clause, FindingCode, Grade, certificate_number, is_filled,
};

pub(super) fn check(case: &Case, out: &mut Findings) {
    let applicant = case.applicant();
    for (row, certificate) in applicant.certificates.iter().enumerate() {
        if let Some(message) = misfit(certificate, row) {
            out.warn(FindingCode::CertificateNumber, None, &format!("certificates[{row}].number"), message);
        }
    }
    let grade = applicant.grade.trim();
    let borne = applicant.certificates.iter().any(|certificate| same_grade(grade, &certificate.grade));
    if is_filled(grade) && !borne {
        let message = format!("申报表的等级“{grade}”不在任何一本证书上，请对照证书核对。");
        out.warn(FindingCode::CertificateGrade, Some(Clause::Annex2), "grade", message);
    }
}

fn same_grade(one: &str, other: &str) -> bool {
    match (Grade::read(one), Grade::read(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one.trim() == other.trim(),
    }
}

fn misfit(certificate: &Certificate, row: usize) -> Option<String> {
    let kind = certificate.kind.filter(|_| is_filled(&certificate.number))?;
    let grade = Grade::read(&certificate.grade);
    let place = format!("第 {} 本证书的编号", row + 1);
    match certificate_number(kind, &certificate.number) {
        CertificateNumber::Unknown => {
            let usual = match kind {
                CertificateKind::VocationalQualification => "16 位数字，第 11 位是表示等级的 1 至 5",
                CertificateKind::SkillLevel if grade > Some(Grade::SeniorTechnician) => "两个字母加 20 位数字",
                CertificateKind::SkillLevel => "Y 或 S 加 21 位数字，第 16 位是表示等级的 1 至 5",
            };
            let count = certificate.number.chars().filter(|character| !character.is_whitespace()).count();
            Some(format!(
                "{place}与这种证书常见的编号不同（{usual}；所填共 {count} 位），请对照证书核对；旧证书编号不同的不必改。"
            ))
        }
        CertificateNumber::Shape { grades } if grade.is_some_and(|grade| !grades.contains(&grade)) => {
            let grades: Vec<String> = grades.iter().map(ToString::to_string).collect();
            Some(format!(
                "{place}表示的等级是{}，与所填的“{}”不同，请对照证书核对。",
                grades.join("或"),
                certificate.grade.trim()
            ))
        }
        CertificateNumber::Shape { .. } => None,
    }
}
