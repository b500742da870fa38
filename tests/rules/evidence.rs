//! Part 三（二）: which copies prove what.

use tuijian::domain::{AttachmentKind, Certificate, FileKey, FindingCode, Honour, Severity};

use crate::support::{Book, attachment, clean, competition};
use AttachmentKind::{Apprentice, Certificate as OfCertificate, Competition as OfCompetition, Honour as OfHonour};
use tuijian::domain::CompetitionLevel::{National, Other};

fn honour(title: &str) -> Honour {
    Honour { title: title.into(), ..Honour::default() }
}

/// What `evidence.honour` says: severity and field.
fn said(book: &Book) -> Vec<(Severity, String)> {
    book.found(FindingCode::EvidenceHonour)
        .into_iter()
        .map(|finding| (finding.severity, finding.field.unwrap_or_default()))
        .collect()
}

#[test]
fn a_condition_needs_a_copy_of_one_of_its_grounds() {
    use Severity::{Block, Warn};
    type Copies = &'static [(AttachmentKind, &'static str)];
    type Said = &'static [(Severity, &'static str)];
    // Grounds: a named honour and a placed competition; beside them an honour and a competition that count for nothing.
    let cases: &[(&str, Copies, Said)] = &[
        ("no copies", &[], &[(Block, "honours[1]"), (Warn, "honours[0]"), (Warn, "competitions[1]")]),
        (
            "the honour's by kind goes to the ground",
            &[(OfHonour, "")],
            &[(Warn, "honours[0]"), (Warn, "competitions[0]"), (Warn, "competitions[1]")],
        ),
        ("all by kind", &[(OfHonour, ""), (OfHonour, ""), (OfCompetition, ""), (OfCompetition, "")], &[]),
        (
            "the competition's by name",
            &[(OfCompetition, "电工职业技能竞赛")],
            &[(Warn, "honours[0]"), (Warn, "honours[1]"), (Warn, "competitions[1]")],
        ),
        (
            "only the others have copies",
            &[(OfHonour, "市劳动模范"), (OfCompetition, "区电工比武")],
            &[(Block, "honours[1]")],
        ),
        (
            "by name in other dress",
            &[(OfHonour, "“全国技术能手”荣誉称号")],
            &[(Warn, "honours[0]"), (Warn, "competitions[0]"), (Warn, "competitions[1]")],
        ),
        (
            "an apprentice's copy proves nothing of the applicant's",
            &[(Apprentice, "电工职业技能竞赛"), (Apprentice, "")],
            &[(Block, "honours[1]"), (Warn, "honours[0]"), (Warn, "competitions[1]")],
        ),
    ];
    for (name, copies, expected) in cases {
        let mut book = clean();
        book.one().honours = vec![honour("市劳动模范"), honour("全国技术能手")];
        book.one().competitions = vec![competition(National, Some(1), 5), competition(Other, None, 1)];
        book.one().competitions[1].name = "区电工比武".into();
        book.one().attachments = copies.iter().map(|(kind, proves)| attachment(*kind, proves)).collect();
        book.one().attachments.push(attachment(OfCertificate, ""));
        let mut found = said(&book);
        let mut expected: Vec<(Severity, String)> =
            expected.iter().map(|(severity, field)| (*severity, (*field).to_owned())).collect();
        found.sort_by(|a, b| a.1.cmp(&b.1));
        expected.sort_by(|a, b| a.1.cmp(&b.1));
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn without_a_met_condition_a_missing_copy_only_warns() {
    let mut book = clean();
    book.one().honours = vec![honour("市劳动模范")];
    book.one().competitions.clear();
    book.one().attachments.truncate(1);
    assert_eq!(said(&book), [(Severity::Warn, "honours[0]".to_owned())]);
}

#[test]
fn certificates_need_a_copy_or_online_verification_each() {
    type Copies = &'static [&'static str];
    // Number, verifiable online.
    type Certificates = &'static [(&'static str, bool)];
    let cases: &[(&str, Certificates, Copies, &[&str])] = &[
        ("one copy for two", &[("1", false), ("2", false)], &[""], &["certificates[1]"]),
        ("two copies for two", &[("1", false), ("2", false)], &["", ""], &[]),
        ("the first is online", &[("1", true), ("2", false)], &[""], &[]),
        ("both are online", &[("1", true), ("2", true)], &[], &[]),
        ("the second's by number", &[("1", false), ("2", false)], &["2"], &["certificates[0]"]),
        ("by number and by kind", &[("1", false), ("2", false)], &["2", ""], &[]),
        ("a number of none", &[("1", false)], &["3"], &["certificates[0]"]),
        ("the online one's copy proves not the other", &[("1", true), ("2", false)], &["1"], &["certificates[1]"]),
    ];
    for (name, certificates, copies, expected) in cases {
        let mut book = clean();
        book.one().certificates = certificates
            .iter()
            .map(|(number, verifiable_online)| Certificate {
                number: (*number).into(),
                verifiable_online: *verifiable_online,
                ..Certificate::default()
            })
            .collect();
        book.one().attachments = copies.iter().map(|proves| attachment(OfCertificate, proves)).collect();
        let found: Vec<String> =
            book.found(FindingCode::EvidenceCertificate).into_iter().filter_map(|finding| finding.field).collect();
        assert_eq!(&found, expected, "{name}");
    }
}

#[test]
fn an_attachment_without_a_file_proves_nothing() {
    let mut book = clean();
    book.one().attachments[1].file = FileKey(" ".into());
    assert_eq!(said(&book), [(Severity::Block, "competitions[0]".to_owned())]);
}

/// Titles and reasons bring quotation marks of their own: within those of a message they are single.
#[test]
fn no_message_has_double_quotes_within_double_quotes() {
    let mut book = clean();
    book.one().provincial_chief_technician = None;
    book.one().honours = vec![honour("“浙江工匠”培养人选")];
    book.one().competitions.clear();
    book.one().process.body_publicity.objections = "有人反映“论文”不实".into();
    book.one().attachments = vec![attachment(OfHonour, "")];
    book.one().attachments[0].title = "“浙江工匠”证书".into();
    book.one().attachments[0].original_checked = false;
    let findings = book.check().findings;
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    for part in ["“是否已获评‘浙江省首席技师’”", "“有人反映‘论文’不实”", "“‘浙江工匠’证书”"]
    {
        assert!(messages.iter().any(|message| message.contains(part)), "{part} in {messages:#?}");
    }
    for message in messages {
        let mut open = 0;
        for mark in message.chars() {
            open += i32::from(mark == '“') - i32::from(mark == '”');
            assert!((0..=1).contains(&open), "{message}");
        }
    }
}
