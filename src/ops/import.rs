//! Taking people in from records, packages and the firms' forms: read once, then a plan, then one transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::backup;
use super::copies::{self, Copy, CopyLine};
use super::error::OpError;
use super::glance::Glance;
use super::incoming::{self, Incoming, Lock, Source, Unread};
use super::offered::Offered;
use super::open_book::{OpenBook, Reception, who};
use super::shelf::{Shelf, is_temporary};
use crate::domain::{FileKey, PersonId, Recommender, RecommenderId, RecommenderKind};
use crate::exchange::record::RecordIn;
use crate::store;

/// What to do with a person whom the recommender's people already have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conflict {
    /// The book's content stays; a form that is known by its name alone still fills what is empty.
    #[default]
    Keep,
    /// Nothing of the book's person changes.
    Leave,
    /// What is empty in the book is filled and nothing else: rows come only into a list that has none.
    Fill,
    Replace,
    Both,
}

/// What to do with the people whom the book already has: all alike, but for some.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    pub conflict: Conflict,
    /// By the number of the person in the book.
    pub of: BTreeMap<PersonId, Conflict>,
    /// The same as long as nothing is said of the person: [`Intake::suggest`]. `None`: it was not thought of yet.
    pub suggested: Option<BTreeMap<PersonId, Conflict>>,
    /// What files call a recommender that the clerk says is this one of the book: a name that was written otherwise.
    pub bodies: BTreeMap<String, RecommenderId>,
    /// Whose a scan is, by name, where the clerk says it.
    pub owners: BTreeMap<PathBuf, String>,
}

impl Settlement {
    /// What to do with one person of the book.
    pub fn for_person(&self, person: PersonId) -> Conflict {
        self.of.get(&person).copied().or(self.suggestion(person)).unwrap_or(self.conflict)
    }

    /// What is suggested for one person of the book.
    pub fn suggestion(&self, person: PersonId) -> Option<Conflict> {
        self.suggested.as_ref()?.get(&person).copied()
    }
}

/// Whether the book is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    DryRun,
    Commit,
}

/// What becomes of one person of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Added as a new person.
    New,
    /// Another file of the same import brings the person: both are put together.
    Merged,
    /// The book's person gets the file's content, or what it lacks of it.
    Changed,
    /// The book has exactly this already.
    Same,
    /// The book's person stays; the file's differs.
    Kept,
}

/// One line of the plan: one person of one file.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct PlanLine {
    #[serde(serialize_with = "super::shown::path")]
    pub path: PathBuf,
    pub recommender: String,
    pub name: String,
    pub action: Action,
    /// The book's number; `null` for a new person of a dry run.
    pub person: Option<PersonId>,
    pub because: String,
    /// Where the file differs from what is known already; in JSON the fields' paths.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "fields_of")]
    pub differs: Vec<Offered>,
    /// The person of the book that the line is about, also where it becomes a second one.
    #[serde(skip)]
    pub meets: Option<PersonId>,
    /// The same for all lines that end in one person.
    #[serde(skip)]
    pub place: usize,
    /// What that person has after the import.
    #[serde(skip)]
    pub glance: Glance,
}

fn fields_of<S: serde::Serializer>(differs: &[Offered], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(differs.iter().map(|one| &one.field))
}

/// A path that changed nothing, with the reason.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Refusal {
    #[serde(serialize_with = "super::shown::path")]
    pub path: PathBuf,
    pub because: String,
    /// Whether a passphrase would help.
    #[serde(skip)]
    pub lock: Lock,
}

impl Refusal {
    pub(super) fn new(path: &Path, because: &dyn std::fmt::Display) -> Self {
        Self { path: path.to_owned(), because: because.to_string(), lock: Lock::None }
    }
}

/// Something in a form that was seen and not taken, or that the clerk should look at.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Note {
    #[serde(serialize_with = "super::shown::path")]
    pub path: PathBuf,
    pub note: String,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct ImportReport {
    /// Recommenders that the book did not have.
    pub new_recommenders: Vec<String>,
    pub people: Vec<PlanLine>,
    /// Recommenders whose nominations are others afterwards.
    #[serde(skip)]
    pub nominations: Vec<Nominations>,
    pub notes: Vec<Note>,
    pub refused: Vec<Refusal>,
    /// Scans that came beside the forms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<CopyLine>,
    /// The kinds of the new recommenders.
    #[serde(skip)]
    pub new_kinds: Vec<RecommenderKind>,
    /// There are forms among the files: they do not say whose list they join.
    #[serde(skip)]
    pub has_forms: bool,
}

/// What an import makes of a recommender's nominations: records carry theirs, over the quota too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nominations {
    pub recommender: String,
    pub quota: u32,
    pub before: usize,
    pub after: usize,
    /// People who are nominated by the import.
    pub new: usize,
    /// Why there may be more than the quota is written down.
    pub has_reason: bool,
}

impl ImportReport {
    /// The report, or the first refusal as an error.
    pub fn into_result(self) -> Result<Self, OpError> {
        match self.refused.first() {
            Some(refusal) => Err(OpError::File(refusal.because.clone())),
            None => Ok(self),
        }
    }
}

/// What to import and how.
#[derive(Clone, Copy, Debug)]
pub struct ImportRequest<'a> {
    pub paths: &'a [PathBuf],
    pub conflict: Conflict,
    pub mode: Mode,
    /// For packages that are encrypted.
    pub passphrase: Option<&'a str>,
}

/// Imports the readable ones of the paths together in one transaction; the others are in the report with their reasons.
/// A book that already holds people is copied first.
pub fn import(open: &mut OpenBook, request: &ImportRequest<'_>) -> Result<ImportReport, OpError> {
    let intake = Intake::read(&open.reception()?, request.paths, request.passphrase, None);
    let settlement = Settlement { conflict: request.conflict, ..Settlement::default() };
    match request.mode {
        Mode::DryRun => intake.plan(open, &settlement),
        Mode::Commit => intake.commit(open, &settlement),
    }
}

/// What the files of all sets that come at once may weigh: they are held in memory until the import is carried out or left.
/// One package alone may hold 200 MB.
const MOST_BYTES: usize = 600 << 20;

/// The weight of everything with a further path's sets, which must be within `most` or stand alone.
fn with_sets(weight: usize, sets: &[Incoming], most: usize) -> Result<usize, OpError> {
    let files = sets.iter().flat_map(|one| one.record.files.values());
    let sum = files.fold(weight, |sum, file| sum.saturating_add(file.bytes.len()));
    if sum > most && weight > 0 {
        return Err(OpError::File("一次放不下这么多材料，请先导入其余的，再单独导入这一份".to_owned()));
    }
    Ok(sum)
}

/// What some paths hold, read and checked once, so that what was shown in a plan is what comes in. The book is not
/// changed by it.
pub struct Intake {
    sets: Vec<(PathBuf, Incoming)>,
    copies: Vec<Copy>,
    refused: Vec<Refusal>,
}

/// People and their files are nobody's to print.
impl std::fmt::Debug for Intake {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("Intake").field("sets", &self.sets.len()).field("copies", &self.copies.len()).finish()
    }
}

impl Intake {
    /// Reads the paths for a book. Forms that name no recommender of the book go to `into`, or to the only one.
    pub fn read(door: &Reception, paths: &[PathBuf], passphrase: Option<&str>, into: Option<RecommenderId>) -> Self {
        let (mut sets, mut refused) = (Vec::new(), Vec::new());
        let mut weight = 0;
        let mut known: Vec<Recommender> = door.bodies.iter().map(|body| body.recommender.clone()).collect();
        for path in paths {
            let own = door.refuse_own(path).map_err(Unread::from);
            let read = own.and_then(|()| incoming::read(&door.notice, path, passphrase)).and_then(|content| {
                let placed = incoming::place(door, path, content, into)?;
                weight = with_sets(weight, &placed, MOST_BYTES)?;
                placed.iter().try_for_each(|one| admit(door, &known, path, &one.record))?;
                Ok(placed)
            });
            match read {
                Ok(placed) => {
                    known.extend(placed.iter().flat_map(|one| one.record.recommenders.iter().cloned()));
                    sets.extend(placed.into_iter().map(|one| (path.clone(), one)));
                }
                Err(Unread { error, lock }) => {
                    refused.push(Refusal { lock, ..Refusal::new(path, &error) });
                }
            }
        }
        // Records say everything of a person: forms of the same person then find the person there.
        sets.sort_by_key(|(_, one)| one.source != Source::Record);
        Self { sets, copies: Vec::new(), refused }
    }

    /// Adds scans, which go to the people of the import whose names stand in the names of files or folders.
    pub fn with_copies(mut self, door: &Reception, paths: &[PathBuf]) -> Self {
        let full = "一次放不下这么多扫描件，请导入后选中申报人，再拖到“附件”里";
        let (copies, refused) = copies::receive(door, paths, full);
        self.copies = copies;
        self.refused.extend(refused);
        self
    }

    /// Suggests filling what is empty for those of the book whom the files contradict nowhere and who lack something that
    /// the files have.
    pub fn suggest(&self, open: &OpenBook, settlement: &mut Settlement) -> Result<(), OpError> {
        let Settlement { owners, bodies, .. } = settlement.clone();
        let trial = Settlement { conflict: Conflict::Fill, owners, bodies, ..Settlement::default() };
        let (_, report) = self.lay_out(open, &trial)?;
        settlement.suggested = Some(fillable(&report.people).into_iter().map(|id| (id, Conflict::Fill)).collect());
        Ok(())
    }

    /// What would become of everybody.
    pub fn plan(&self, open: &OpenBook, settlement: &Settlement) -> Result<ImportReport, OpError> {
        let (_, mut report) = self.lay_out(open, settlement)?;
        for line in &mut report.people {
            line.person = line.person.filter(|id| !is_temporary(*id));
        }
        Ok(report)
    }

    /// Takes everybody in, in one transaction. A book that already holds people is copied first.
    pub fn commit(&self, open: &mut OpenBook, settlement: &Settlement) -> Result<ImportReport, OpError> {
        let (shelf, mut report) = self.lay_out(open, settlement)?;
        let numbers = self.write(open, &shelf)?;
        for line in &mut report.people {
            line.person =
                line.person.and_then(|id| if is_temporary(id) { numbers.get(&id).copied() } else { Some(id) });
        }
        Ok(report)
    }

    fn lay_out(&self, open: &OpenBook, settlement: &Settlement) -> Result<(Shelf, ImportReport), OpError> {
        let mut report = ImportReport { refused: self.refused.clone(), ..ImportReport::default() };
        report.has_forms = self.sets.iter().any(|(_, one)| one.source.is_form());
        let mut shelf = Shelf::of(open, self.sets.iter().map(|(_, incoming)| incoming))?;
        for (path, incoming) in &self.sets {
            shelf.take_in(path, incoming, settlement, &mut report);
        }
        for line in &mut report.people {
            line.glance = shelf.people.get(line.place).map(|person| Glance::of(&person.applicant)).unwrap_or_default();
        }
        report.nominations = shelf.nominations(open.notice());
        report.copies = copies::hand_out(&self.copies, &mut shelf, &report.people, &settlement.owners);
        let new_bodies = || shelf.bodies.iter().skip(shelf.before.0.len());
        report.new_recommenders = new_bodies().map(|body| body.recommender.name.clone()).collect();
        report.new_kinds = new_bodies().map(|body| body.recommender.kind).collect();
        Ok((shelf, report))
    }

    /// Writes the difference between the shelf and the book; returns the numbers given to new people.
    fn write(&self, open: &mut OpenBook, shelf: &Shelf) -> Result<BTreeMap<PersonId, PersonId>, OpError> {
        let (bodies_before, people_before) = &shelf.before;
        let mut numbers = BTreeMap::new();
        if shelf.bodies == *bodies_before && shelf.people == *people_before {
            return Ok(numbers);
        }
        if !people_before.is_empty() {
            backup::before(open, "导入前")?;
        }
        let added = shelf.people.len() - people_before.len();
        let changed = people_before.iter().zip(&shelf.people).filter(|(before, after)| before != after);
        let (filled, replaced): (Vec<_>, Vec<_>) =
            changed.partition(|(before, after)| incoming::only_fills(&before.applicant, &after.applicant));
        let what = what_was_done(added, replaced.len(), filled.len());
        open.book.transact(&who(), &what, |change| -> Result<(), OpError> {
            let wanted: BTreeSet<&FileKey> = shelf.people.iter().flat_map(|person| person.applicant.files()).collect();
            for file in self.sets.iter().flat_map(|(_, incoming)| incoming.record.files.values()) {
                let extension = file.content.extension();
                if wanted.contains(&store::file_key(&file.bytes, extension)) {
                    change.put_file(&file.bytes, extension)?;
                }
            }
            for copy in self.copies.iter().filter(|copy| wanted.contains(&copy.key)) {
                change.put_file(&copy.file.bytes, copy.file.content.extension())?;
            }
            let mut body_numbers = BTreeMap::new();
            for (index, body) in shelf.bodies.iter().enumerate() {
                match bodies_before.get(index) {
                    Some(before) if before == body => {}
                    Some(_) => change.update_body(body.id, &body.recommender)?,
                    None => {
                        body_numbers.insert(body.id, change.insert_body(&body.recommender)?);
                    }
                }
            }
            for (index, person) in shelf.people.iter().enumerate() {
                let recommender = body_numbers.get(&person.recommender).copied().unwrap_or(person.recommender);
                match people_before.get(index) {
                    Some(before) if before == person => {}
                    Some(_) => change.update_person(person.id, &person.applicant)?,
                    None => {
                        numbers.insert(person.id, change.insert_person(recommender, &person.applicant)?);
                    }
                }
            }
            Ok(())
        })?;
        Ok(numbers)
    }
}

/// Of the plan of filling: whom of the book something is added to and of whom the files say nothing that would be left out
/// but their place.
fn fillable(lines: &[PlanLine]) -> BTreeSet<PersonId> {
    let is_contradicted = |one: &Offered| !one.taken && !one.after.is_empty() && one.field != "order";
    let met = |line: &&PlanLine| line.meets.is_some();
    let contradicted: BTreeSet<_> = lines
        .iter()
        .filter(met)
        .filter(|line| line.differs.iter().any(is_contradicted))
        .filter_map(|line| line.meets)
        .collect();
    let gains = lines.iter().filter(|line| line.action == Action::Changed).filter_map(|line| line.meets);
    gains.filter(|id| !contradicted.contains(id)).collect()
}

/// The sentence of the history.
fn what_was_done(added: usize, replaced: usize, filled: usize) -> String {
    let parts = [(added, "导入 ", " 人"), (replaced, "替换 ", " 人"), (filled, "补全 ", " 人的空栏")];
    let told: Vec<String> = parts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, before, after)| format!("{before}{count}{after}"))
        .collect();
    match (added, told.is_empty()) {
        (_, true) => "导入推荐单位信息".to_owned(),
        (0, _) => format!("导入并{}", told.join("，")),
        _ => told.join("，"),
    }
}

/// Checks that a record may come into this book, beside what is admitted already.
fn admit(door: &Reception, known: &[Recommender], path: &Path, record: &RecordIn) -> Result<(), OpError> {
    if record.notice != door.notice.id {
        return Err(OpError::File(format!(
            "{} 属于通知“{}”，这本推荐册属于“{}”；请导入到那份通知的推荐册",
            path.display(),
            record.notice,
            door.notice.id
        )));
    }
    for recommender in &record.recommenders {
        let same_name = known.iter().find(|other| other.name == recommender.name);
        if let Some(other) = same_name.filter(|other| other.kind != recommender.kind) {
            return Err(OpError::File(format!(
                "{} 中“{}”是{}，推荐册或同时导入的另一份记录中是{}；请先核对推荐单位类别",
                path.display(),
                recommender.name,
                recommender.kind.label(),
                other.kind.label()
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{gate, record};

    #[test]
    fn the_history_tells_what_an_import_did() {
        for (added, replaced, filled, sentence) in [
            (0, 0, 0, "导入推荐单位信息"),
            (2, 0, 0, "导入 2 人"),
            (0, 1, 0, "导入并替换 1 人"),
            (0, 0, 3, "导入并补全 3 人的空栏"),
            (2, 1, 1, "导入 2 人，替换 1 人，补全 1 人的空栏"),
        ] {
            assert_eq!(what_was_done(added, replaced, filled), sentence);
        }
    }

    #[test]
    fn sets_that_come_at_once_have_a_common_limit() {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association");
        let record = record::read(&sample).unwrap();
        let bytes: usize = record.files.values().map(|file: &gate::Received| file.bytes.len()).sum();
        let sets = [Incoming { record, source: Source::Record, notes: Vec::new() }];
        // What is there already, the limit, whether the sets come in.
        let cases =
            [(0, bytes, true), (0, bytes - 1, true), (1, bytes, false), (1, bytes + 1, true), (bytes, bytes, false)];
        for (weight, most, comes_in) in cases {
            let sum = with_sets(weight, &sets, most).ok();
            assert_eq!(sum, comes_in.then_some(weight + bytes), "{weight} {most}");
        }
    }
}
