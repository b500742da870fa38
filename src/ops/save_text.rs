//! What is typed about a recommender goes into the book, as typed.

use std::time::Instant;

use super::error::OpError;
use super::open_book::{OpenBook, who};
use super::recommender::{RecommenderEdit, edited};
use super::report::with_part;
use super::stretch::TextStretch;
use crate::domain::{Body, Finding, FindingCode, Recommender, RecommenderId};
use crate::pages::report::PartKey;
use crate::store::{Typed, Typing};

/// A text of a recommender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyField {
    Name,
    Contact,
    Phone,
    Mobile,
    Address,
    /// The reason for going over the quota.
    Exception,
    /// A part of the 推荐报告, by its key in the record.
    Report(&'static str),
}

impl BodyField {
    /// Its path in the record.
    pub fn path(self) -> String {
        match self {
            Self::Name => "name".to_owned(),
            Self::Contact => "contact".to_owned(),
            Self::Phone => "phone".to_owned(),
            Self::Mobile => "mobile".to_owned(),
            Self::Address => "address".to_owned(),
            Self::Exception => "exception".to_owned(),
            Self::Report(part) => format!("report.{part}"),
        }
    }

    /// By its path in a recommender's record.
    pub fn of_path(path: &str) -> Option<Self> {
        match path {
            "name" => Some(Self::Name),
            "contact" => Some(Self::Contact),
            "phone" => Some(Self::Phone),
            "mobile" => Some(Self::Mobile),
            "address" => Some(Self::Address),
            "exception" => Some(Self::Exception),
            path => PartKey::from_key(path.strip_prefix("report.")?).map(|part| Self::Report(part.key())),
        }
    }

    /// Where a finding of a recommender is mended.
    pub fn of_finding(finding: &Finding) -> Option<Self> {
        match &finding.field {
            Some(path) => Self::of_path(path),
            None => (finding.code == FindingCode::QuotaExceeded).then_some(Self::Exception),
        }
    }

    /// Puts a text in its place.
    pub fn put(self, recommender: &mut Recommender, text: &str) {
        let place = match self {
            Self::Name => &mut recommender.name,
            Self::Contact => &mut recommender.contact,
            Self::Phone => &mut recommender.phone,
            Self::Mobile => &mut recommender.mobile,
            Self::Address => &mut recommender.address,
            Self::Exception => &mut recommender.exception,
            Self::Report(part) => recommender.report.entry(part.to_owned()).or_default(),
        };
        text.clone_into(place);
    }

    fn of(self, recommender: &Recommender) -> &str {
        match self {
            Self::Name => &recommender.name,
            Self::Contact => &recommender.contact,
            Self::Phone => &recommender.phone,
            Self::Mobile => &recommender.mobile,
            Self::Address => &recommender.address,
            Self::Exception => &recommender.exception,
            Self::Report(part) => recommender.report.get(part).map(String::as_str).unwrap_or_default(),
        }
    }
}

/// Stores a text as it is typed; `None` where nothing changed. What is typed on in the same text is one operation, as in
/// [`super::save()`].
pub fn save_text(
    open: &mut OpenBook,
    recommender: RecommenderId,
    text: BodyField,
    typed: &str,
) -> Result<Option<String>, OpError> {
    save_text_at(open, recommender, text, typed, Instant::now())
}

fn save_text_at(
    open: &mut OpenBook,
    recommender: RecommenderId,
    text: BodyField,
    typed: &str,
    now: Instant,
) -> Result<Option<String>, OpError> {
    let Body { id, recommender: before } = open.book.body(recommender)?;
    let (after, what) = changed(open, id, &before, text, typed)?;
    if after == before {
        return Ok(None);
    }
    let path = text.path();
    let step = (text.of(&before), text.of(&after));
    let typing = Typing::Recommender(id, &after);
    if let Some(mut stretch) = open.text_stretch.take()
        && stretch.goes_on(id, &path, step, now)
    {
        let gone_on = open.book.type_on(&stretch.token, &what, typing);
        // Tried again after a fault, it is still the same stretch.
        if !matches!(gone_on, Ok(Typed::Over | Typed::Nothing)) {
            open.text_stretch = Some(stretch);
        }
        match gone_on? {
            Typed::On => return Ok(Some(what)),
            // Typed and taken out again, as in `save`.
            Typed::Nothing => return Ok(Some(format!("推荐单位“{}”没有变化", after.name))),
            Typed::Over => {}
        }
    }
    let token = open.book.begin_typing(&who(), &what, typing)?;
    open.text_stretch = token.map(|token| TextStretch::new(token, id, &path, step.0, now));
    Ok(Some(what))
}

/// The recommender with the text in its place, and what to say of it.
fn changed(
    open: &OpenBook,
    id: RecommenderId,
    before: &Recommender,
    text: BodyField,
    typed: &str,
) -> Result<(Recommender, String), OpError> {
    let body = Body { id, recommender: before.clone() };
    let mut edit = RecommenderEdit::default();
    let place = match text {
        BodyField::Report(part) => return with_part(open, &body, part, typed),
        BodyField::Name => &mut edit.name,
        BodyField::Contact => &mut edit.contact,
        BodyField::Phone => &mut edit.phone,
        BodyField::Mobile => &mut edit.mobile,
        BodyField::Address => &mut edit.address,
        BodyField::Exception => &mut edit.exception,
    };
    *place = Some(typed.to_owned());
    edited(open, &body, edit)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::RecommenderKind;
    use crate::ops;

    struct Desk {
        open: OpenBook,
        id: RecommenderId,
        now: Instant,
        _folder: tempfile::TempDir,
    }

    impl Desk {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let open = ops::demo(&folder.path().join("册.tuijian"), RecommenderKind::Association).unwrap();
            let id = open.bodies().unwrap()[0].id;
            Self { open, id, now: Instant::now(), _folder: folder }
        }

        fn types(&mut self, text: BodyField, typed: &str) -> Option<String> {
            self.now += Duration::from_secs(1);
            let said = save_text_at(&mut self.open, self.id, text, typed, self.now).unwrap();
            assert_eq!(self.open.book.check().unwrap(), []);
            said
        }

        fn lines(&self) -> usize {
            ops::history(&self.open, None).unwrap().len()
        }

        fn body(&self) -> Recommender {
            self.open.bodies().unwrap().remove(0).recommender
        }
    }

    const EXPERTS: BodyField = BodyField::Report("experts");

    #[test]
    fn a_path_leads_to_its_text_and_back() {
        for text in [BodyField::Name, BodyField::Mobile, BodyField::Exception, EXPERTS] {
            assert_eq!(BodyField::of_path(&text.path()), Some(text));
        }
        assert_eq!(BodyField::of_path("report.other"), None);
    }

    #[test]
    fn one_stretch_is_one_line_and_one_step_back() {
        let mut desk = Desk::new();
        let (lines, address) = (desk.lines(), desk.body().address);
        for end in ["附", "附 3", "附 3 号"] {
            desk.types(BodyField::Address, &format!("{address}{end}"));
        }
        assert_eq!(desk.lines(), lines + 1);
        for typed in ["专家", "专家一致", "专家一致同意。"] {
            desk.types(EXPERTS, typed);
        }
        assert_eq!(desk.lines(), lines + 2);
        assert_eq!(desk.body().report["experts"], "专家一致同意。");
        ops::undo(&mut desk.open).unwrap();
        assert!(desk.body().report.is_empty());
        ops::undo(&mut desk.open).unwrap();
        assert_eq!(desk.body().address, address);
    }

    #[test]
    fn a_pause_another_text_or_a_cut_begins_a_new_one() {
        let mut desk = Desk::new();
        let lines = desk.lines();
        desk.types(EXPERTS, "专家组对两名人选进行了现场考核和评议，");
        desk.now += Duration::from_secs(600);
        desk.types(EXPERTS, "专家组对两名人选进行了现场考核和评议，一致同意推荐两名人选，没有不同的意见。");
        desk.types(BodyField::Contact, "某人");
        desk.types(EXPERTS, "专家组对两名人选进行了现场考核和评议，一致同意推荐两名人选，没有不同的意见。此外没有。");
        assert_eq!(desk.lines(), lines + 4);
        // All of it is cut: what was typed stays in the history.
        desk.types(BodyField::Phone, "0571-00000000 转 101，夜间请拨打值班室的另一个号码");
        desk.types(BodyField::Phone, "0571-00000000");
        assert_eq!(desk.lines(), lines + 6);
        // Typed and taken out again leaves nothing.
        desk.types(BodyField::Mobile, "139000000015");
        let said = desk.types(BodyField::Mobile, "13900000001");
        assert_eq!(desk.lines(), lines + 6);
        assert!(said.is_some_and(|said| said.ends_with("没有变化")));
    }
}
