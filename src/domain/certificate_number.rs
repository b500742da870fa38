//! Shapes of certificate numbers. Old and odd numbers exist: a misfit is a warning, never more.

use super::evidence::CertificateKind;
use super::grade::Grade;

/// What a number's shape says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateNumber {
    /// The shape is right; `grades` are those that such a number may stand for.
    Shape { grades: &'static [Grade] },
    /// No shape in use for this kind.
    Unknown,
}

/// Reads a number by the shapes of its kind: 职业资格证书 16 digits with the grade as 11th; 职业技能等级证书 Y or S and 21 digits
/// with the grade as 16th character; 特级技师 and 首席技师 two letters and 20 digits. White space is passed over.
pub fn certificate_number(kind: CertificateKind, text: &str) -> CertificateNumber {
    let number: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = number.as_bytes();
    let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
    match (kind, bytes) {
        (CertificateKind::VocationalQualification, all) if all.len() == 16 && digits(all) => by_digit(all.get(10)),
        (CertificateKind::SkillLevel, [b'Y' | b'S', rest @ ..]) if rest.len() == 21 && digits(rest) => {
            by_digit(rest.get(14))
        }
        (CertificateKind::SkillLevel, [first, second, rest @ ..])
            if first.is_ascii_uppercase() && second.is_ascii_uppercase() && rest.len() == 20 && digits(rest) =>
        {
            CertificateNumber::Shape { grades: &[Grade::MasterTechnician, Grade::ChiefTechnician] }
        }
        _ => CertificateNumber::Unknown,
    }
}

fn by_digit(digit: Option<&u8>) -> CertificateNumber {
    let grades: &[Grade] = match digit {
        Some(b'1') => &[Grade::SeniorTechnician],
        Some(b'2') => &[Grade::Technician],
        Some(b'3') => &[Grade::Senior],
        Some(b'4') => &[Grade::Intermediate],
        Some(b'5') => &[Grade::Junior],
        _ => return CertificateNumber::Unknown,
    };
    CertificateNumber::Shape { grades }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_by_the_shape_of_their_kind() {
        use self::CertificateKind::{SkillLevel, VocationalQualification};
        let top: &[Grade] = &[Grade::MasterTechnician, Grade::ChiefTechnician];
        for (kind, number, grades) in [
            (VocationalQualification, "1611000000100001", Some(&[Grade::SeniorTechnician][..])),
            (VocationalQualification, "1911000000200003", Some(&[Grade::Technician][..])),
            (VocationalQualification, "1911 0000 0030 0003", Some(&[Grade::Senior][..])),
            (VocationalQualification, "1911000000900003", None),
            (VocationalQualification, "191100000020000", None),
            (VocationalQualification, "19110000002000031", None),
            (VocationalQualification, "191100000020000X", None),
            (VocationalQualification, "Y000033000001202000002", None),
            (VocationalQualification, "证书1911000000200", None),
            (VocationalQualification, "", None),
            (SkillLevel, "Y000033000001202000002", Some(&[Grade::Technician][..])),
            (SkillLevel, "S000033000001201000002", Some(&[Grade::SeniorTechnician][..])),
            (SkillLevel, "y000033000001202000002", None),
            (SkillLevel, "J000033000001202000002", None),
            (SkillLevel, "Y00003300000120200000", None),
            (SkillLevel, "YA00033000001202000002", Some(top)),
            (SkillLevel, "1911000000200003", None),
            (SkillLevel, "Y", None),
            (SkillLevel, "", None),
            (SkillLevel, "编号", None),
        ] {
            let expected = grades.map_or(CertificateNumber::Unknown, |grades| CertificateNumber::Shape { grades });
            assert_eq!(certificate_number(kind, number), expected, "{number}");
        }
    }
}
