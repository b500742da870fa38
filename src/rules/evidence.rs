//! `evidence.*`: copies for what is claimed (notice 三（二）), originals seen (三（一）), the employer's report.

use std::collections::BTreeSet;

use super::case::{Case, Findings};
use super::notice::honour_key;
use crate::domain::{Applicant, Attachment, AttachmentKind, Clause, Competition, FindingCode, in_quotes, is_filled};

pub(super) fn check(case: &Case, out: &mut Findings) {
    certificates(case, out);
    results(case, out);
    let applicant = case.applicant();
    let checked_by = if applicant.is_freelancer() { Clause::ByRecommender } else { Clause::ByEmployer };
    for (row, attachment) in applicant.attachments.iter().enumerate() {
        if !attachment.original_checked {
            let title = or_row(&attachment.title, "件附件", row);
            let message = format!("{title}的原件还没有校验，请与原件核对后勾选“原件已校验”。");
            let field = format!("attachments[{row}].original_checked");
            out.block(FindingCode::EvidenceOriginal, Some(checked_by), &field, message);
        }
    }
    if !applicant.is_freelancer() && !applicant.process.employer_report.is_received() {
        let message = format!("还没有登记收到单位盖章的《{}》，请收到后登记。", case.notice.forms.report);
        let field = "process.employer_report.received";
        out.warn(FindingCode::EvidenceEmployerReport, Some(Clause::ByEmployer), field, message);
    }
}

fn or_row(title: &str, what: &str, row: usize) -> String {
    if is_filled(title) { in_quotes(title) } else { format!("第 {} {what}", row + 1) }
}

/// The copies that name what they prove, of whatever kind, and how many of one kind do not.
struct Copies {
    naming: BTreeSet<String>,
    unnamed: usize,
}

impl Copies {
    fn of(applicant: &Applicant, kind: AttachmentKind) -> Self {
        let mut copies = Self { naming: BTreeSet::new(), unnamed: 0 };
        // What an apprentice has won proves nothing of the applicant, whatever it is called.
        let own = |copy: &&Attachment| !copy.file.is_none() && copy.kind != AttachmentKind::Apprentice;
        for attachment in applicant.attachments.iter().filter(own) {
            if is_filled(&attachment.proves) {
                copies.naming.insert(honour_key(&attachment.proves));
            } else if attachment.kind == kind {
                copies.unnamed += 1;
            }
        }
        copies
    }

    /// The rows that have a copy. Copies that name nothing are counted, for the rows in the order given.
    fn cover<'a>(mut self, rows: impl Iterator<Item = (usize, &'a str)>) -> BTreeSet<usize> {
        let (named, others): (Vec<_>, Vec<_>) = rows.partition(|(_, name)| self.naming.contains(&honour_key(name)));
        let mut covered: BTreeSet<usize> = named.into_iter().map(|(row, _)| row).collect();
        for (row, _) in others {
            if self.unnamed > 0 {
                self.unnamed -= 1;
                covered.insert(row);
            }
        }
        covered
    }
}

fn certificates(case: &Case, out: &mut Findings) {
    let applicant = case.applicant();
    let needed = || applicant.certificates.iter().enumerate().filter(|(_, certificate)| !certificate.verifiable_online);
    let copies = Copies::of(applicant, AttachmentKind::Certificate);
    let covered = copies.cover(needed().map(|(row, certificate)| (row, certificate.number.as_str())));
    for (row, _) in needed().filter(|(row, _)| !covered.contains(row)) {
        let message = format!(
            "第 {} 本证书没有复印件，也没有注明可以网上校验，请添加扫描件，或核实后在这本证书下勾选“可通过网上校验，不必附复印件”。",
            row + 1
        );
        let field = format!("certificates[{row}]");
        out.block(FindingCode::EvidenceCertificate, Some(Clause::ByRecommender), &field, message);
    }
}

/// A listed honour or competition.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    Honour(usize),
    Competition(usize),
}

impl Claim {
    fn field(self) -> String {
        match self {
            Self::Honour(row) => format!("honours[{row}]"),
            Self::Competition(row) => format!("competitions[{row}]"),
        }
    }

    fn name(self, applicant: &Applicant) -> String {
        match self {
            Self::Honour(row) => or_row(applicant.honours.get(row).map_or("", |h| &h.title), "项荣誉", row),
            Self::Competition(row) => or_row(applicant.competitions.get(row).map_or("", |c| &c.name), "项竞赛", row),
        }
    }
}

fn results(case: &Case, out: &mut Findings) {
    let applicant = case.applicant();
    let bases: Vec<Vec<Claim>> = case
        .notice
        .conditions
        .iter()
        .map(|condition| {
            let (honours, competitions) = condition.proofs(applicant);
            honours.into_iter().map(Claim::Honour).chain(competitions.into_iter().map(Claim::Competition)).collect()
        })
        .filter(|claims: &Vec<Claim>| !claims.is_empty())
        .collect();
    let counts: BTreeSet<Claim> = bases.iter().flatten().copied().collect();
    let without: Vec<Claim> = without_copy(applicant, &counts);

    let mut said = BTreeSet::new();
    for basis in bases.iter().filter(|basis| basis.iter().all(|claim| without.contains(claim))) {
        let names: Vec<String> = basis.iter().map(|claim| claim.name(applicant)).collect();
        let message = format!("所符合的条件以{}为依据，却没有一份复印件，请添加证书扫描件。", names.join("、"));
        let field = basis.first().map(|claim| claim.field()).unwrap_or_default();
        out.block(FindingCode::EvidenceHonour, Some(Clause::ByRecommender), &field, message);
        said.extend(basis.iter().copied());
    }
    for claim in without.into_iter().filter(|claim| !said.contains(claim)) {
        let message = format!("{}没有复印件，如需作为佐证请添加扫描件。", claim.name(applicant));
        out.warn(FindingCode::EvidenceHonour, Some(Clause::ByRecommender), &claim.field(), message);
    }
}

/// The listed honours and competitions without a copy, in the order of the form. Copies that name nothing are counted
/// for those on which a condition rests first: nobody is stopped for want of a copy that may well be the right one.
fn without_copy(applicant: &Applicant, counts: &BTreeSet<Claim>) -> Vec<Claim> {
    let honours: Vec<(Claim, &str)> = applicant
        .honours
        .iter()
        .enumerate()
        .filter(|(_, honour)| is_filled(&honour.title))
        .map(|(row, honour)| (Claim::Honour(row), honour.title.as_str()))
        .collect();
    let competitions: Vec<(Claim, &str)> = applicant
        .competitions
        .iter()
        .enumerate()
        .filter(|(_, result)| **result != Competition::default())
        .map(|(row, result)| (Claim::Competition(row), result.name.as_str()))
        .collect();
    let mut without = Vec::new();
    for (kind, claims) in [(AttachmentKind::Honour, honours), (AttachmentKind::Competition, competitions)] {
        let mut order: Vec<usize> = (0..claims.len()).collect();
        order.sort_by_key(|&index| claims.get(index).is_some_and(|(claim, _)| !counts.contains(claim)));
        let rows = order.into_iter().filter_map(|index| claims.get(index).map(|(_, name)| (index, *name)));
        let covered = Copies::of(applicant, kind).cover(rows);
        let bare = claims.iter().enumerate().filter(|(index, _)| !covered.contains(index));
        without.extend(bare.map(|(_, (claim, _))| *claim));
    }
    without
}
