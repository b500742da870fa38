//! Documents of one book as pages, each with the stamp that belongs on it.

use super::code::{self, CopyOf, PersonOf};
use super::codes::people_of;
use super::error::OpError;
use super::files::Files;
use super::open_book::OpenBook;
use super::watch::{self, Watcher};
use crate::domain::{
    Applicant, Attachment, AttachmentKind, Body, Certificate, CertificateKind, Person, in_quotes, is_filled,
};
use crate::fonts::Fonts;
use crate::pages::{self, BinderParts, Copy, Document, PersonParts, SheetCodes, Stamp};
use crate::rules::honour_key;

/// Makes documents of one book, or of what stands for it.
pub(super) struct Printer<'a, S: Files = OpenBook> {
    pub open: &'a S,
    pub fonts: &'static Fonts,
    pub draft: bool,
    /// Asked before each copy is read.
    pub watcher: &'a dyn Watcher,
}

impl<S: Files> Printer<'_, S> {
    /// Annex 2 of one person.
    pub fn application(&self, person: &Person) -> Result<Document, OpError> {
        let stamp = self.stamp(|| code::application(self.open.notice(), &person.applicant));
        let photo = self.open.photo(&person.applicant.photo)?;
        Ok(pages::application(self.fonts, self.open.notice(), &person.applicant, photo, &stamp))
    }

    /// Annex 1 of one recommender.
    pub fn summary(&self, body: &Body, persons: &[&Person]) -> Document {
        let stamp = self.stamp(|| code::summary(self.open.notice(), &body.recommender, persons));
        pages::summary(self.fonts, self.open.notice(), &body.recommender, persons, &stamp)
    }

    /// 推荐报告 of one recommender.
    pub fn report(&self, body: &Body, persons: &[&Person]) -> Document {
        let stamp = self.stamp(|| code::report(self.open.notice(), &body.recommender, persons));
        let text = pages::report_text(self.open.notice(), &body.recommender, persons);
        pages::report(self.fonts, &text, &stamp)
    }

    /// 装订册 of one recommender.
    pub fn binder(&self, body: &Body, persons: &[&Person]) -> Result<Document, OpError> {
        let people = people_of(self.open, persons);
        let parts = self.parts(body, persons, &people)?;
        let stamp = self.stamp(|| code::binder(self.open.notice(), &body.recommender, persons, &people));
        Ok(pages::binder(self.fonts, parts, &stamp))
    }

    /// 材料清单 of one recommender.
    pub fn catalogue(&self, body: &Body, persons: &[&Person]) -> Result<Document, OpError> {
        let parts = self.parts(body, persons, &people_of(self.open, persons))?;
        let stamp = Stamp { code: parts.codes.catalogue.clone(), draft: self.draft };
        Ok(pages::catalogue(self.fonts, &parts, &stamp))
    }

    /// `people` is what the codes are made of.
    fn parts<'b>(
        &'b self,
        body: &'b Body,
        persons: &[&Person],
        people: &[PersonOf<'_>],
    ) -> Result<BinderParts<'b>, OpError> {
        let (notice, recommender) = (self.open.notice(), &body.recommender);
        let parts: Result<Vec<PersonParts>, OpError> =
            persons.iter().zip(people).map(|(person, of)| self.person_parts(person, of)).collect();
        Ok(BinderParts {
            notice,
            recommender,
            summary: self.summary(body, persons),
            report: self.report(body, persons),
            people: parts?,
            codes: SheetCodes {
                cover: self.code(|| code::cover(notice, recommender, people.len())),
                catalogue: self.code(|| code::catalogue(notice, recommender, people)),
            },
        })
    }

    fn person_parts(&self, person: &Person, of: &PersonOf<'_>) -> Result<PersonParts, OpError> {
        let applicant = &person.applicant;
        let copies: Result<Vec<Copy>, OpError> = of.copies.iter().map(|copy| self.copy(applicant, copy)).collect();
        Ok(PersonParts {
            id: person.id,
            name: applicant.name.clone(),
            employer: if applicant.is_freelancer() { String::new() } else { applicant.employer.clone() },
            application: self.application(person)?.about(person.id),
            copies: copies?,
            online: of.online.clone(),
        })
    }

    fn copy(&self, applicant: &Applicant, of: &CopyOf<'_>) -> Result<Copy, OpError> {
        watch::go_on(self.watcher)?;
        let title = of.title.clone();
        let unreadable = |why: String| {
            OpError::File(format!("{}的复印件{}不能印制：{why}", applicant.name.trim(), in_quotes(&title)))
        };
        let content = self.open.copy(&title, of.file)?.map_err(unreadable)?;
        let field = format!("attachments[{}]", of.index);
        Ok(Copy { title, content, code: self.code(|| code::copy(applicant, of)), field })
    }

    fn stamp(&self, code: impl FnOnce() -> String) -> Stamp {
        Stamp { code: self.code(code), draft: self.draft }
    }

    /// A draft has no code.
    fn code(&self, code: impl FnOnce() -> String) -> Option<String> {
        (!self.draft).then(code)
    }
}

/// The copies of one person as they are bound: certificates that cannot be verified online, honours, the rest.
pub(super) fn copies_in_order(applicant: &Applicant) -> impl Iterator<Item = &Attachment> {
    let mut copies: Vec<&Attachment> =
        applicant.attachments.iter().filter(|attachment| !attachment.file.is_none()).collect();
    copies.sort_by_key(|attachment| match attachment.kind {
        AttachmentKind::Certificate if !proves_online(applicant, attachment) => 0,
        AttachmentKind::Honour => 1,
        _ => 2,
    });
    copies.into_iter()
}

/// Whether a copy is of a certificate that needs none.
fn proves_online(applicant: &Applicant, attachment: &Attachment) -> bool {
    let proved = honour_key(&attachment.proves);
    is_filled(&attachment.proves)
        && applicant
            .certificates
            .iter()
            .any(|certificate| certificate.verifiable_online && honour_key(&certificate.number) == proved)
}

/// What a copy is called where the clerk has not said.
pub(super) fn copy_title(attachment: &Attachment) -> String {
    if is_filled(&attachment.title) {
        return attachment.title.trim().to_owned();
    }
    match attachment.kind {
        AttachmentKind::Certificate => "职业资格证书（职业技能等级证书）",
        AttachmentKind::Honour => "荣誉证书",
        AttachmentKind::Competition => "竞赛获奖证书",
        AttachmentKind::Apprentice => "徒弟获奖证书",
        AttachmentKind::Patent => "专利证书",
        AttachmentKind::Report => "证明材料",
        AttachmentKind::Other => "其他材料",
    }
    .to_owned()
}

/// Certificates that can be verified online and have no copy of their own. Copies that do not say what they prove are
/// taken for certificates that need one first.
pub(super) fn online_certificates(applicant: &Applicant) -> Vec<String> {
    let copies = || applicant.attachments.iter().filter(|copy| !copy.file.is_none());
    let is_named = |certificate: &&Certificate| {
        let number = honour_key(&certificate.number);
        !number.is_empty() && copies().any(|copy| honour_key(&copy.proves) == number)
    };
    let unnamed = copies().filter(|copy| copy.kind == AttachmentKind::Certificate && !is_filled(&copy.proves)).count();
    let (online, needed): (Vec<&Certificate>, Vec<&Certificate>) = applicant
        .certificates
        .iter()
        .filter(|certificate| !is_named(certificate))
        .partition(|certificate| certificate.verifiable_online);
    online
        .into_iter()
        .skip(unnamed.saturating_sub(needed.len()))
        .map(|certificate| {
            let kind = match certificate.kind {
                Some(CertificateKind::SkillLevel) => "职业技能等级证书",
                _ => "职业资格证书",
            };
            let number = certificate.number.trim();
            let number = if number.is_empty() { String::new() } else { format!("（编号 {number}）") };
            format!("{}{}{kind}{number}", certificate.occupation.trim(), certificate.grade.trim())
        })
        .collect()
}
