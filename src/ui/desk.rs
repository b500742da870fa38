//! The state of an open book, apart from drawing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use serde_json::Value;

use super::autosave::Autosave;
use super::chronicle::Chronicle;
use super::cutting::Cutting;
use super::drafts::BodyField;
use super::look::Look;
use super::saving::Unsaved;
use super::standing::{Standing, Tally};
use super::widgets::Focus;
use super::worker::{Order, Snapshot};
use crate::domain::{
    Applicant, Attachment, FileKey, Finding, FindingCode, Person, PersonId, RecommenderId, RecommenderKind, SectionKey,
    ranked,
};
use crate::ops::{Backup, FieldChange, Glimpse, Place, Spot};
use crate::rules::{self, Oddity, SharedCopies};

/// What the middle of the window shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Form,
    Check,
    Notice,
    Recommender,
    Export,
    History,
    Import,
    Report,
    Backups,
}

/// Parts of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    #[default]
    Basic,
    Experience,
    Conditions,
    Sections,
    Summary,
    Attachments,
    Process,
    /// The pages, where the window is too narrow to show them beside the form.
    Pages,
}

impl Tab {
    pub const FORM: [Self; 7] = [
        Self::Basic,
        Self::Experience,
        Self::Conditions,
        Self::Sections,
        Self::Summary,
        Self::Attachments,
        Self::Process,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::Basic => "基本情况",
            Self::Experience => "学习工作经历",
            Self::Conditions => "资格与条件",
            Self::Sections => "技术简况",
            Self::Summary => "个人总结",
            Self::Attachments => "附件",
            Self::Process => "推荐程序",
            Self::Pages => "页面",
        }
    }

    /// The tab that is called so.
    pub fn called(label: &str) -> Option<Self> {
        Self::FORM.into_iter().chain([Self::Pages]).find(|tab| tab.label() == label)
    }

    /// Path of its first field, or of what that is a part of; `None`: nothing is typed here.
    pub fn first_field(self) -> Option<&'static str> {
        match self {
            Self::Basic => Some("name"),
            Self::Experience => Some("experience"),
            Self::Conditions => Some("front_line"),
            Self::Sections => Some("sections"),
            Self::Summary => Some("sections.summary"),
            Self::Attachments => Some("attachments"),
            Self::Process => Some("process"),
            Self::Pages => None,
        }
    }

    /// Where a field is edited, by its path in the record.
    pub fn of_field(path: &str) -> Self {
        match path.split(['[', '.']).next().unwrap_or_default() {
            "experience" => Self::Experience,
            "front_line"
            | "freelancer"
            | "provincial_chief_technician"
            | "certificates"
            | "honours"
            | "competitions"
            | "apprentices" => Self::Conditions,
            "sections" if path.starts_with("sections.summary") => Self::Summary,
            "sections" => Self::Sections,
            "honours_brief" | "opinions" => Self::Summary,
            "attachments" => Self::Attachments,
            "process" => Self::Process,
            _ => Self::Basic,
        }
    }

    /// Where a finding is mended.
    pub fn of_finding(finding: &Finding) -> Self {
        let code = finding.code.code();
        match &finding.field {
            Some(field) => Self::of_field(field),
            None if code.starts_with("evidence.employer") => Self::Process,
            None if code.starts_with("evidence.") => Self::Attachments,
            None if code.starts_with("process.") => Self::Process,
            None if code.starts_with("basis.") || code.starts_with("route.") => Self::Conditions,
            None => Self::Basic,
        }
    }
}

/// A question that must be answered before anything else.
#[derive(Debug)]
pub enum Question {
    /// The conditions are not met, or the form is hardly begun: put forward all the same?
    Ineligible {
        person: PersonId,
        name: String,
        begun: bool,
    },
    /// The quota is used up: why one more?
    OverQuota {
        person: PersonId,
        name: String,
        refusal: String,
        /// The conditions are not met either.
        ineligible: bool,
        reason: String,
    },
    Remove {
        person: PersonId,
        name: String,
    },
    /// Somebody is to be put forward by another recommender of the book: by which?
    Transfer {
        person: PersonId,
        name: String,
        chosen: Option<RecommenderId>,
    },
    /// An earlier state of somebody is to be put back: what will change?
    Revert {
        revision: i64,
        /// What stood before the revision, not what it left.
        before: bool,
        /// Whose.
        name: String,
        /// Of when: 2021 年 7 月 6 日 09:30:00 这次修改之前.
        at: String,
        changes: Vec<FieldChange>,
    },
    /// A copy is to take the place of the book.
    Restore {
        copy: PathBuf,
        /// What the clerk knows it by.
        name: String,
    },
    /// Before papers are made.
    Export(super::export::Asked),
    /// Something could not be saved, and the book or the window is to be closed.
    Leave {
        then: Option<Box<Order>>,
    },
}

/// An open book as the clerk works on it.
#[derive(Debug)]
pub struct Desk {
    pub book: Snapshot,
    pub selected: Option<PersonId>,
    /// The form of the selected person as it is on the screen.
    pub form: Applicant,
    /// The same as the book last had it.
    pub(super) base: Applicant,
    /// Counts the changes of `form`.
    pub version: u64,
    /// Counts the snapshots.
    pub revision: u64,
    pub autosave: Autosave,
    pub focus: Focus,
    pub tab: Tab,
    /// The part of the form that was shown before the folded pages.
    pub before_pages: Tab,
    pub view: View,
    pub search: String,
    /// Who was brought into sight in the list: once, when somebody else is selected.
    pub listed: Option<(PersonId, bool)>,
    /// What the check says of the selected person.
    pub findings: Vec<Finding>,
    /// How everybody stands, in a word.
    pub standings: BTreeMap<PersonId, Standing>,
    /// What is left to be done of everybody.
    pub tallies: BTreeMap<PersonId, Tally>,
    /// Copies that are several people's.
    shared: SharedCopies,
    /// Values that the book holds already, by field.
    pub known: BTreeMap<&'static str, Vec<String>>,
    /// How another applicant spells what must be the selected person's employer.
    pub employer_like: Option<String>,
    pub chronicle: Chronicle,
    /// The automatic copies of the book.
    pub copies: Option<Vec<Backup>>,
    /// What the last look at the whole book found.
    pub examined: Option<Vec<String>>,
    /// It is to be scrolled into sight.
    pub examined_just_now: bool,
    /// What the book has not taken in.
    pub unsaved: Unsaved,
    /// Name of a recommender to be added, and its kind.
    pub new_recommender: (String, RecommenderKind),
    pub question: Option<Question>,
    /// What is in a copy that is to take the place of this one.
    pub peek: Look<PathBuf, Option<Glimpse>>,
    /// An attachment looked at large.
    pub looking: Option<usize>,
    pub export: super::export::Export,
    /// Somebody just added, to be shown as soon as the book has them.
    pub next: Option<PersonId>,
    /// A photo that has just come, until it is seen whether it fits its place.
    pub photo_came: Option<FileKey>,
    /// Copies that have just come, from the one of that number on, to be shown as soon as the book has them.
    pub copies_came: Option<(PersonId, usize)>,
    /// The clerk has added copies and typed nothing since.
    pub expects_copies: bool,
    pub cutting: Option<Cutting>,
    /// What is typed about recommenders and into their reports.
    pub drafts: super::drafts::Drafts,
    pub report: super::screens::ReportView,
    pub check: super::screens::CheckView,
    pub notice: super::screens::NoticeView,
    /// Where what was undone or done again is to be seen, as soon as the book has it.
    pub next_place: Option<Place>,
}

/// Fields whose earlier values are offered.
const OFFERED: [&str; 6] = ["native_place", "occupation", "post", "duty", "employer", "employer_address"];
/// A longer list helps nobody choose.
const MOST_OFFERED: usize = 12;

impl Desk {
    /// Opens on the person last worked on, or on the first.
    pub fn new(book: Snapshot, last: Option<PersonId>) -> Self {
        let mut desk = Self {
            selected: None,
            form: Applicant::default(),
            base: Applicant::default(),
            version: 0,
            revision: 0,
            autosave: Autosave::default(),
            focus: Focus::default(),
            tab: Tab::Basic,
            before_pages: Tab::Basic,
            view: View::Form,
            search: String::new(),
            listed: None,
            findings: Vec::new(),
            standings: BTreeMap::new(),
            tallies: BTreeMap::new(),
            shared: SharedCopies::default(),
            known: BTreeMap::new(),
            employer_like: None,
            chronicle: Chronicle::default(),
            copies: None,
            examined: None,
            examined_just_now: false,
            unsaved: Unsaved::default(),
            new_recommender: (String::new(), RecommenderKind::District),
            question: None,
            peek: Look::default(),
            looking: None,
            export: super::export::Export::default(),
            next: None,
            photo_came: None,
            copies_came: None,
            expects_copies: false,
            cutting: None,
            drafts: super::drafts::Drafts::default(),
            report: super::screens::ReportView::default(),
            check: super::screens::CheckView::default(),
            notice: super::screens::NoticeView::default(),
            next_place: None,
            book,
        };
        let last = last.filter(|&id| desk.book.person(id).is_some());
        desk.select(last.or_else(|| desk.in_order().first().copied()));
        desk.read_book();
        desk
    }

    /// Shows another person. What was typed and not sent to the book yet is kept beside.
    pub fn select(&mut self, person: Option<PersonId>) {
        if let Some(leaving) = self.selected
            && self.is_changed()
            && self.autosave.is_pending()
        {
            self.unsaved.leave(leaving, std::mem::take(&mut self.base), std::mem::take(&mut self.form));
        }
        let found = person.and_then(|id| self.book.person(id));
        self.selected = found.map(|person| person.id);
        self.base = found.map(|person| person.applicant.clone()).unwrap_or_default();
        self.form = self.base.clone();
        self.version += 1;
        self.autosave.stored();
        if let Some(left) = self.selected.and_then(|id| self.unsaved.take_back(id)) {
            (self.base, self.form) = (left.base, left.form);
            self.autosave.changed(Instant::now());
        } else if let Some(form) = self.selected.and_then(|id| self.unsaved.on_way(id)) {
            self.form.clone_from(form);
        }
        self.focus = Focus::default();
        self.looking = None;
        self.cutting = None;
        self.read_findings();
    }

    /// Takes in the book as it is now. What has been typed since stays, field by field.
    pub fn receive(&mut self, book: Snapshot) {
        let place = self.in_order().iter().position(|id| Some(*id) == self.selected).unwrap_or_default();
        let came: Vec<PersonId> =
            book.people.iter().map(|person| person.id).filter(|id| self.book.person(*id).is_none()).collect();
        self.book = book;
        self.revision += 1;
        for (id, left) in self.unsaved.forms_mut() {
            if let Some(person) = self.book.person(id) {
                left.form = merge(&left.base, &left.form, &person.applicant);
                left.base.clone_from(&person.applicant);
            }
        }
        if let Some(next) = self.next.take_if(|next| self.book.person(*next).is_some()) {
            self.select(Some(next));
            self.go_to("name");
        }
        // Who was brought back in the history is who the clerk goes on with.
        if let ([back], View::History) = (came.as_slice(), self.view) {
            self.select(Some(*back));
        }
        match self.selected.and_then(|id| self.book.person(id)) {
            Some(person) => {
                let merged = merge(&self.base, &self.form, &person.applicant);
                self.base = person.applicant.clone();
                if merged != self.form {
                    self.form = merged;
                    self.version += 1;
                }
            }
            // Who comes after somebody that was removed.
            None => {
                let order = self.in_order();
                self.select(order.get(place).or(order.last()).copied());
            }
        }
        self.read_book();
        self.show_place();
        self.show_copies();
    }

    /// Whoever looks at the copies sees those that have come; what has been typed meanwhile is not left for them.
    fn show_copies(&mut self) {
        let Some((person, first)) = self.copies_came.take() else { return };
        let sees = self.selected == Some(person) && self.view == View::Form && self.tab == Tab::Attachments;
        if sees && (self.expects_copies || !self.types_title()) {
            self.focus.wanted = Some(format!("attachments[{first}].title"));
        }
    }

    /// Whether the cursor is in the title of a copy, the only thing that is typed among the copies.
    pub fn types_title(&self) -> bool {
        let field = self.focus.field.as_deref().filter(|_| self.view == View::Form);
        field.is_some_and(|field| field.starts_with("attachments[") && field.ends_with(".title"))
    }

    /// Brings into view what was undone or done again. Who reads the history, or what an import did, stays there.
    fn show_place(&mut self) {
        let Some(place) = self.next_place.take() else { return };
        if matches!(self.view, View::History | View::Import) {
            return;
        }
        let (person, field) = match place {
            Place::Person(person, field) => (person, field),
            Place::Recommender(body, field) if self.book.body(body).is_some() => {
                let text = field.and_then(|spot| BodyField::of_path(&spot.field));
                let in_report = matches!(text, Some(BodyField::Report(_)));
                self.view = if in_report { View::Report } else { View::Recommender };
                self.report.shown = Some(body);
                self.drafts.wanted = text.map(|text| (body, text));
                return;
            }
            Place::Recommender(..) => return,
        };
        if self.book.person(person).is_none() {
            return;
        }
        if self.selected != Some(person) {
            self.select(Some(person));
        }
        match field {
            // Nomination and ranking are seen in the list.
            Some(Spot { field, .. }) if field == "nominated" || field == "order" => {}
            Some(Spot { field, at }) => {
                self.go_to(&field);
                self.focus.at = at;
            }
            None => {}
        }
    }

    /// Whether the form differs from the book.
    pub fn is_changed(&self) -> bool {
        self.selected.is_some() && self.form != self.base
    }

    /// Whether an attachment at large or the frame of a photo lies over the window. Behind another screen they only wait.
    pub fn is_covered(&self) -> bool {
        let over = match self.tab {
            Tab::Attachments => self.looking.is_some(),
            Tab::Basic => self.cutting.is_some(),
            _ => false,
        };
        over && self.view == View::Form
    }

    /// Shows a field and gives it the cursor.
    pub fn go_to(&mut self, field: &str) {
        self.view = View::Form;
        self.tab = Tab::of_field(field);
        self.focus.wanted = Some(field.to_owned());
        self.focus.at = None;
    }

    /// Shows a part of the form, with the cursor in its first field.
    pub fn turn(&mut self, tab: Tab) {
        if self.selected.is_none() {
            return;
        }
        match tab.first_field() {
            Some(field) => self.go_to(field),
            None if self.tab != tab => (self.before_pages, self.tab) = (self.tab, tab),
            None => {}
        }
    }

    /// Gives the cursor to the field of the shown part that had it last, else to its first one.
    pub fn return_to_field(&mut self) {
        let last = self.focus.last.clone().filter(|field| Tab::of_field(field) == self.tab);
        if let Some(field) = last.or_else(|| self.tab.first_field().map(str::to_owned)) {
            self.go_to(&field);
        }
    }

    /// Whose list a new person joins: that of the selected person, else the first.
    pub fn recommender(&self) -> Option<RecommenderId> {
        let of_selected = self.selected.and_then(|id| self.book.person(id)).map(|person| person.recommender);
        of_selected.or_else(|| self.book.bodies.first().map(|body| body.id))
    }

    /// Asks which recommender somebody goes to; `to` is proposed, else the other one where there is but one.
    pub fn ask_transfer(&mut self, id: PersonId, to: Option<RecommenderId>) {
        let Some(person) = self.book.person(id) else { return };
        let mut others = self.book.bodies.iter().filter(|body| body.id != person.recommender).map(|body| body.id);
        let only = others.next().filter(|_| others.next().is_none());
        let name = person.applicant.name.clone();
        self.question = Some(Question::Transfer { person: id, name, chosen: to.or(only) });
    }

    /// Everybody, in the order of the list: recommender by recommender, the nominated first.
    pub fn in_order(&self) -> Vec<PersonId> {
        let mut order = Vec::new();
        for body in &self.book.bodies {
            let people = ranked(&self.book.people, body.id);
            let (nominated, others): (Vec<_>, Vec<_>) =
                people.into_iter().partition(|person| person.applicant.nominated);
            order.extend(nominated.into_iter().chain(others).map(|person| person.id));
        }
        order
    }

    /// The place to give to a person so that it goes one up (`-1`) or down (`1`) in its part of the list; `None`: it is at
    /// the end of it.
    pub fn place_after_step(&self, id: PersonId, step: isize) -> Option<u32> {
        let person = self.book.person(id)?;
        let people = ranked(&self.book.people, person.recommender);
        let part: Vec<usize> = (0..people.len())
            .filter(|&index| people[index].applicant.nominated == person.applicant.nominated)
            .collect();
        let at = part.iter().position(|&index| people[index].id == id)?;
        let neighbour = part.get(at.checked_add_signed(step)?)?;
        u32::try_from(neighbour + 1).ok()
    }

    /// What is to be looked at in somebody's form though no clause says so.
    pub fn oddities(&self, id: PersonId, form: &Applicant) -> Vec<Oddity> {
        let mut oddities = rules::oddities(form, self.book.today);
        oddities.extend(self.shared.oddities(id, form));
        oddities
    }

    fn read_book(&mut self) {
        self.read_findings();
        self.shared = SharedCopies::of(&self.book.people);
        let mut findings: BTreeMap<PersonId, Vec<&Finding>> = BTreeMap::new();
        for finding in &self.book.check.findings {
            if let Some(person) = finding.person {
                findings.entry(person).or_default().push(finding);
            }
        }
        let standing = |person: &Person| {
            let findings = findings.get(&person.id).map(Vec::as_slice).unwrap_or_default();
            (person.id, Standing::of(&person.applicant, findings.iter().copied()))
        };
        let tally = |person: &Person| {
            let findings = findings.get(&person.id).map(Vec::as_slice).unwrap_or_default();
            let nominated = person.applicant.nominated;
            let oddities = if nominated { self.oddities(person.id, &person.applicant).len() } else { 0 };
            (person.id, Tally::of(nominated, findings.iter().copied(), oddities))
        };
        self.tallies = self.book.people.iter().map(tally).collect();
        self.standings = self.book.people.iter().map(standing).collect();
        self.known = OFFERED
            .into_iter()
            .map(|field| {
                let value = |applicant: &Applicant| {
                    let text = match field {
                        "native_place" => &applicant.native_place,
                        "occupation" => &applicant.occupation,
                        "post" => &applicant.post,
                        "duty" => &applicant.duty,
                        "employer" => &applicant.employer,
                        _ => &applicant.employer_address,
                    };
                    text.trim().to_owned()
                };
                let values: BTreeSet<String> = self
                    .book
                    .people
                    .iter()
                    .map(|person| value(&person.applicant))
                    .filter(|text| !text.is_empty())
                    .collect();
                (field, values.into_iter().take(MOST_OFFERED).collect())
            })
            .collect();
    }

    fn read_findings(&mut self) {
        let of_selected = self.selected.map(|id| self.book.check.of_person(id).cloned().collect());
        self.findings = of_selected.unwrap_or_default();
        let is_near = self.findings.iter().any(|finding| finding.code == FindingCode::EmployerName);
        let like = || crate::rules::employer_like(&self.book.people, &self.base.employer).map(str::to_owned);
        self.employer_like = is_near.then(like).flatten();
    }
}

/// What was changed on the screen since `base`, on top of what the book has now. Fields of the form are the unit; of the
/// long texts each one, of the copies each copy.
fn merge(base: &Applicant, mine: &Applicant, theirs: &Applicant) -> Applicant {
    if mine == base {
        return theirs.clone();
    }
    let values = [base, mine, theirs].map(serde_json::to_value);
    let [Ok(Value::Object(base)), Ok(Value::Object(mine_values)), Ok(Value::Object(mut merged))] = values else {
        return mine.clone();
    };
    for key in base.keys().chain(mine_values.keys()) {
        if key != "sections" && base.get(key) != mine_values.get(key) {
            // A key that is left out when empty comes back as null: "not filled".
            match mine_values.get(key) {
                Some(value) => drop(merged.insert(key.clone(), value.clone())),
                None => drop(merged.remove(key)),
            }
        }
    }
    let Ok(mut merged) = serde_json::from_value::<Applicant>(Value::Object(merged)) else { return mine.clone() };
    merged.sections = theirs.sections.clone();
    let before = serde_json::from_value::<Applicant>(Value::Object(base)).unwrap_or_default();
    for key in SectionKey::ALL {
        if before.sections.get(key) != mine.sections.get(key) {
            *merged.sections.get_mut(key) = mine.sections.get(key).clone();
        }
    }
    merged.attachments = merge_copies(&before.attachments, &mine.attachments, &theirs.attachments);
    merged
}

/// Copies come while the title of another one is typed: each is known by its file, and of one file by how many went before.
fn merge_copies(base: &[Attachment], mine: &[Attachment], theirs: &[Attachment]) -> Vec<Attachment> {
    if mine == base {
        return theirs.to_vec();
    }
    let [base, mine, theirs] = [base, mine, theirs].map(numbered);
    let of = |list: &[Numbered<'_>], key: &(&FileKey, usize)| {
        list.iter().find(|(other, _)| other == key).map(|(_, copy)| (*copy).clone())
    };
    let stands = |(key, copy): &Numbered<'_>| match (of(&base, key), of(&theirs, key)) {
        (Some(before), theirs) if before == **copy => theirs,
        _ => Some((*copy).clone()),
    };
    let came = theirs.iter().filter(|(key, _)| of(&base, key).is_none() && of(&mine, key).is_none());
    mine.iter().filter_map(stands).chain(came.map(|(_, copy)| (*copy).clone())).collect()
}

/// A copy under its file and the number of copies of that file before it.
type Numbered<'a> = ((&'a FileKey, usize), &'a Attachment);

fn numbered(copies: &[Attachment]) -> Vec<Numbered<'_>> {
    let before = |at: usize, file: &FileKey| copies.iter().take(at).filter(|copy| copy.file == *file).count();
    copies.iter().enumerate().map(|(at, copy)| ((&copy.file, before(at, &copy.file)), copy)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Section;

    fn named(name: &str, phone: &str) -> Applicant {
        Applicant { name: name.into(), phone: phone.into(), ..Applicant::default() }
    }

    #[test]
    fn copies_that_come_while_a_title_is_typed_stay() {
        let copy = |file: &str, title: &str| Attachment {
            file: FileKey(file.into()),
            title: title.into(),
            ..Attachment::default()
        };
        let of = |attachments: &[Attachment]| Applicant { attachments: attachments.into(), ..Applicant::default() };
        let base = [copy("a", "一"), copy("b", "二")];
        let typed = [copy("a", "一、改"), copy("b", "二")];
        let more = [copy("a", "一"), copy("b", "二"), copy("c", "三"), copy("a", "又一")];
        let merged = merge(&of(&base), &of(&typed), &of(&more)).attachments;
        assert_eq!(merged, [copy("a", "一、改"), copy("b", "二"), copy("c", "三"), copy("a", "又一")]);
        // Removed here, removed there, moved here.
        assert_eq!(merge(&of(&base), &of(&base[1..]), &of(&more)).attachments, more[1..]);
        let typed_second = [copy("a", "一"), copy("b", "二、改")];
        assert_eq!(merge(&of(&base), &of(&typed_second), &of(&base[1..])).attachments, [copy("b", "二、改")]);
        let turned = [copy("b", "二"), copy("a", "一")];
        let after = merge(&of(&base), &of(&turned), &of(&more)).attachments;
        assert_eq!(after, [copy("b", "二"), copy("a", "一"), copy("c", "三"), copy("a", "又一")]);
    }

    #[test]
    fn typing_survives_what_comes_from_the_book() {
        let base = named("甲", "1");
        let mut mine = base.clone();
        mine.phone = "12".into();
        mine.sections.summary = Section { text: "总结".into(), evidence: String::new() };
        let mut theirs = base.clone();
        theirs.attachments.push(Attachment::default());
        theirs.sections.speciality.text = "特长".into();
        let merged = merge(&base, &mine, &theirs);
        assert_eq!(merged.phone, "12");
        assert_eq!(merged.attachments.len(), 1);
        assert_eq!(merged.sections.summary.text, "总结");
        assert_eq!(merged.sections.speciality.text, "特长");
        assert_eq!(merge(&base, &base, &theirs), theirs, "nothing typed: the book's");
    }

    #[test]
    fn a_field_has_its_tab() {
        let cases = [
            ("id_number", Tab::Basic),
            ("photo", Tab::Basic),
            ("experience[2].from", Tab::Experience),
            ("certificates[0].number", Tab::Conditions),
            ("sections.speciality.text", Tab::Sections),
            ("sections.summary.text", Tab::Summary),
            ("honours_brief", Tab::Summary),
            ("process.expert_review.date", Tab::Process),
            ("attachments[1]", Tab::Attachments),
        ];
        for (field, tab) in cases {
            assert_eq!(Tab::of_field(field), tab, "{field}");
        }
        for tab in Tab::FORM {
            assert_eq!(tab.first_field().map(Tab::of_field), Some(tab));
        }
    }
}
