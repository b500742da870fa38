//! Shapes of certificate numbers. Old and odd numbers exist: a misfit is a warning, never more.

use super::evidence::CertificateKind;
use super::grade::Grade;

/// What a number's shape says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateNumber {
    /// The shape is right; `grade` is what its grade digit says, where the shape has one.
    Shape { grade: Option<Grade> },
    /// No shape in use for this kind.
    Unknown,
}

/// Reads a number by the shapes of its kind: 职业资格证书 16 digits with the grade as 11th; 职业技能等级证书 Y or S and 21 digits
/// with the grade as 16th character; 特级技师 and 首席技师 two letters and 20 digits. White space is passed over.
pub fn certificate_number(kind: CertificateKind, text: &str) -> CertificateNumber {
    let number: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = |from: usize| number[from..].iter().all(char::is_ascii_digit);
    match kind {
        CertificateKind::VocationalQualification if number.len() == 16 && digits(0) => shape(number[10]),
        CertificateKind::SkillLevel if number.len() == 22 && matches!(number[0], 'Y' | 'S') && digits(1) => {
            shape(number[15])
        }
        CertificateKind::SkillLevel
            if number.len() == 22 && number[..2].iter().all(char::is_ascii_uppercase) && digits(2) =>
        {
            CertificateNumber::Shape { grade: None }
        }
        _ => CertificateNumber::Unknown,
    }
}

fn shape(grade_digit: char) -> CertificateNumber {
    match grade_digit {
        '1' => CertificateNumber::Shape { grade: Some(Grade::SeniorTechnician) },
        '2' => CertificateNumber::Shape { grade: Some(Grade::Technician) },
        '3' => CertificateNumber::Shape { grade: Some(Grade::Senior) },
        '4' => CertificateNumber::Shape { grade: Some(Grade::Intermediate) },
        '5' => CertificateNumber::Shape { grade: Some(Grade::Junior) },
        _ => CertificateNumber::Unknown,
    }
}
