//! What the form shows goes into the book, as typed.

use std::time::Instant;

use super::difference::differences;
use super::error::OpError;
use super::open_book::{OpenBook, who};
use super::stretch::{Step, Stretch, is_typing};
use crate::domain::{Applicant, Person, PersonId, RecommenderId, field_label};
use crate::store::{Typed, Typing};

/// Stores the content of a person's form; `None` where nothing changed. Nomination and ranking stay the book's: they
/// have operations of their own, which keep the notice's rules.
///
/// What is typed on in the same field goes on with the latest operation ([`Stretch`]): one line of the history, one step
/// of 撤销, and the book does not grow by a copy a second. Only this and [`super::save_text`] may do that.
pub fn save(open: &mut OpenBook, id: PersonId, form: &Applicant) -> Result<Option<String>, OpError> {
    save_at(open, id, form, Instant::now())
}

fn save_at(open: &mut OpenBook, id: PersonId, form: &Applicant, now: Instant) -> Result<Option<String>, OpError> {
    let mut before = open.book.person(id)?.applicant;
    let after = Applicant { nominated: before.nominated, order: before.order, ..form.clone() };
    if after == before {
        return Ok(None);
    }
    let changes = differences(&before, &after);
    // "" for a place where nothing stood: not filled before, not filled now. There is nothing to tell.
    if changes.is_empty() {
        return Ok(None);
    }
    if let Some(mut stretch) = open.stretch.take() {
        let step = stretch.step(id, &changes, &after, now);
        let form = match step {
            Step::On if differences(&stretch.start, &after).is_empty() => Some(&stretch.start),
            Step::On => Some(&after),
            Step::Cut => Some(stretch.fullest()),
            Step::New => None,
        };
        let gone_on = form.map(|form| {
            let what = words(id, &stretch.start, form);
            open.book.type_on(&stretch.token, &what, Typing::Person(id, form)).map(|typed| (typed, what))
        });
        match (step, gone_on.transpose()) {
            (Step::On, Ok(Some((Typed::On, what)))) => {
                open.stretch = Some(stretch);
                return Ok(Some(what));
            }
            // Typed and taken out again: there is nothing to tell or to undo.
            (Step::On, Ok(Some((Typed::Nothing, _)))) => return Ok(Some(format!("{}没有变化", named(id, &after)))),
            (Step::Cut, Ok(Some((Typed::On, _)))) => before = stretch.fullest().clone(),
            (_, Ok(_)) => {}
            (_, Err(error)) => {
                // Tried again, it is still the same stretch.
                open.stretch = Some(stretch);
                return Err(error.into());
            }
        }
    }
    let what = words(id, &before, &after);
    if is_typing(&changes) {
        let token = open.book.begin_typing(&who(), &what, Typing::Person(id, &after))?;
        open.stretch = token.map(|token| Stretch::new(token, id, before, &after, now));
    } else {
        open.book.transact(&who(), &what, |change| change.update_person(id, &after).map_err(OpError::from))?;
    }
    Ok(Some(what))
}

/// 修改葛瑾川：现工作岗位
fn words(id: PersonId, before: &Applicant, after: &Applicant) -> String {
    format!("修改{}：{}", named(id, after), changed_fields(before, after).join("、"))
}

/// A person's name; without one the number.
pub(super) fn named(id: PersonId, applicant: &Applicant) -> String {
    if applicant.name.trim().is_empty() { format!("#{id}") } else { applicant.name.clone() }
}

/// Whom a sentence is about that the clerk reads beside the form.
pub(super) fn whom(applicant: &Applicant) -> &str {
    match applicant.name.trim() {
        "" => "未填姓名的申报人",
        name => name,
    }
}

/// Adds an empty form to a recommender, last in its ranking.
pub fn add_person(open: &mut OpenBook, recommender: RecommenderId) -> Result<Person, OpError> {
    let body = open.body(recommender)?;
    let applicant = Applicant::default();
    let what = format!("在“{}”新增一名申报人", body.recommender.name);
    let id = open
        .book
        .transact(&who(), &what, |change| change.insert_person(recommender, &applicant).map_err(OpError::from))?;
    Ok(Person { id, recommender, applicant })
}

/// The form's labels of what differs, each once.
pub(super) fn changed_fields(before: &Applicant, after: &Applicant) -> Vec<&'static str> {
    let mut labels = Vec::new();
    for change in differences(before, after) {
        let label = field_label(&change.path);
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ExperienceRow, RecommenderKind};
    use crate::ops;
    use std::time::Duration;

    use proptest::prelude::*;

    /// A book with one person, and what can be done to it.
    struct Desk {
        open: OpenBook,
        id: PersonId,
        form: Applicant,
        now: Instant,
        _folder: tempfile::TempDir,
    }

    impl Desk {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let open = ops::demo(&folder.path().join("册.tuijian"), RecommenderKind::Association).unwrap();
            let person = open.people().unwrap().swap_remove(0);
            Self { open, id: person.id, form: person.applicant, now: Instant::now(), _folder: folder }
        }

        /// Types and lets the time for an autosave go by.
        fn types(&mut self, edit: impl FnOnce(&mut Applicant)) {
            edit(&mut self.form);
            self.now += Duration::from_secs(1);
            save_at(&mut self.open, self.id, &self.form, self.now).unwrap();
        }

        fn lines(&self) -> Vec<String> {
            ops::history(&self.open, Some(self.id)).unwrap().into_iter().map(|line| line.what).collect()
        }

        fn in_book(&self) -> Applicant {
            self.open.book.person(self.id).unwrap().applicant
        }

        fn check(&self) {
            assert_eq!(self.open.book.check().unwrap(), []);
        }
    }

    #[test]
    fn one_stretch_of_typing_is_one_revision() {
        let mut desk = Desk::new();
        let (start, lines) = (desk.form.clone(), desk.lines().len());
        for _ in 0..60 {
            desk.types(|form| form.sections.summary.text.push_str("勤恳工作"));
            assert_eq!(desk.in_book(), desk.form, "in the book at each autosave");
        }
        assert_eq!(desk.lines().len(), lines + 1);
        desk.check();
        let typed = desk.form.clone();
        assert_eq!(desk.open.book.undo("某").unwrap().as_deref(), Some("修改葛瑾川：个人总结"));
        assert_eq!(desk.in_book(), start);
        desk.open.book.redo("某").unwrap();
        assert_eq!(desk.in_book(), typed);
        desk.check();
        let newest = ops::history(&desk.open, Some(desk.id)).unwrap()[2].revision;
        ops::revert(&mut desk.open, newest).unwrap();
        assert_eq!(desk.in_book(), typed);
        desk.check();
    }

    #[test]
    fn what_ends_a_stretch() {
        type Between = fn(&mut Desk);
        let cases: [(&str, Between, usize); 9] = [
            ("nothing", |_| {}, 1),
            ("a moment", |desk| desk.now += Duration::from_secs(100), 1),
            ("a longer pause", |desk| desk.now += Duration::from_secs(130), 2),
            ("another field", |desk| desk.types(|form| form.duty.push('长')), 3),
            ("a tick", |desk| desk.types(|form| form.front_line = None), 3),
            ("a new row", |desk| desk.types(|form| form.experience.push(ExperienceRow::default())), 3),
            (
                "another operation",
                |desk| drop(ops::set_photo(&mut desk.open, desk.id, None).map(|_| desk.form = desk.in_book())),
                3,
            ),
            ("undo and redo", |desk| drop([ops::undo(&mut desk.open).unwrap(), ops::redo(&mut desk.open).unwrap()]), 4),
            (
                "closing",
                |desk| {
                    let path = desk.open.path().to_owned();
                    let spare = ops::demo(&path.with_file_name("另册.tuijian"), RecommenderKind::District).unwrap();
                    drop(std::mem::replace(&mut desk.open, spare));
                    desk.open = OpenBook::open(&path).unwrap();
                },
                2,
            ),
        ];
        for (case, between, wanted) in cases {
            let mut desk = Desk::new();
            let lines = desk.lines().len();
            desk.types(|form| form.post.push('兼'));
            between(&mut desk);
            desk.types(|form| form.post.push_str("带班"));
            assert_eq!(desk.lines().len() - lines, wanted, "{case}: {:?}", desk.lines());
            assert!(desk.in_book().post.ends_with("兼带班"), "{case}");
            desk.check();
        }
    }

    #[test]
    fn text_that_is_cut_out_stays_in_the_history() {
        let long = "三十年如一日，钻研技艺，带出徒弟二十余名，成绩突出。";
        let texts = |desk: &Desk| -> Vec<String> {
            let lines = ops::history(&desk.open, Some(desk.id)).unwrap();
            let content = |line: &ops::HistoryLine| match desk.open.book.revision(line.revision).unwrap() {
                crate::store::RevisionContent::Person { applicant, .. } => applicant.sections.summary.text,
                _ => String::new(),
            };
            lines.iter().map(content).collect()
        };
        // At once, by the backspace key, and by typing over it.
        type Lose = fn(&mut Desk, usize);
        let ways: [Lose; 3] = [
            |desk, length| desk.types(|form| form.sections.summary.text.truncate(length)),
            |desk, length| {
                while desk.form.sections.summary.text.len() > length {
                    desk.types(|form| _ = form.sections.summary.text.pop());
                }
            },
            |desk, _| desk.types(|form| form.sections.summary.text = "误".to_owned()),
        ];
        for (way, lose) in ways.into_iter().enumerate() {
            let mut desk = Desk::new();
            let length = desk.form.sections.summary.text.len();
            long.chars().for_each(|c| desk.types(|form| form.sections.summary.text.push(c)));
            lose(&mut desk, length);
            desk.types(|form| form.sections.summary.text.push_str("改写"));
            let lost = texts(&desk).iter().all(|text| !text.contains("二十余名"));
            assert!(!lost, "way {way}: {:?}", desk.lines());
            desk.check();
        }
        let mut desk = Desk::new();
        let lines = desk.lines().len();
        for _ in 0..10 {
            desk.types(|form| form.sections.summary.text.push_str("勤恳工坐"));
            desk.types(|form| _ = form.sections.summary.text.pop());
            desk.types(|form| form.sections.summary.text.push('作'));
        }
        assert_eq!(desk.lines().len() - lines, 1, "typing slips end nothing");
    }

    #[test]
    fn a_cut_leaves_what_was_mended_before_it() {
        type Cut = fn(&mut String);
        let cuts: [(&str, Cut); 2] = [
            ("all of it", String::clear),
            ("to the limit", |text| *text = text.chars().take(text.chars().count() - 30).collect()),
        ];
        for (case, cut) in cuts {
            let mut desk = Desk::new();
            desk.types(|form| form.sections.summary.text.push_str(&"勤恳工作三十年，".repeat(8)));
            desk.types(|form| form.sections.summary.text.push_str("带徒弟"));
            (0..3).for_each(|_| desk.types(|form| _ = form.sections.summary.text.pop()));
            desk.types(|form| form.sections.summary.text.push_str("带徒"));
            let mended = desk.in_book();
            let lines = desk.lines().len();
            desk.types(|form| cut(&mut form.sections.summary.text));
            let short = desk.in_book();
            assert_eq!(desk.lines().len(), lines + 1, "{case}");
            ops::undo(&mut desk.open).unwrap();
            assert_eq!(desk.in_book(), mended, "{case}");
            ops::redo(&mut desk.open).unwrap();
            assert_eq!(desk.in_book(), short, "{case}");
            desk.check();
        }
    }

    #[test]
    fn who_has_no_name_is_put_back_by_number() {
        let mut desk = Desk::new();
        desk.types(|form| form.name.clear());
        let newest = ops::history(&desk.open, Some(desk.id)).unwrap().swap_remove(0);
        let said = ops::revert(&mut desk.open, newest.revision).unwrap();
        assert!(said.starts_with(&format!("把#{}恢复到 ", desk.id)), "{said}");
        assert!(said.ends_with(&format!(" {} 的样子", &newest.at[11..16])), "{said}");
    }

    #[test]
    fn what_was_not_filled_and_is_not_filled_leaves_no_line() {
        let mut desk = Desk::new();
        // As a record may bring it; the form writes no text at all for 至今.
        desk.types(|form| form.experience[0].to = Some(String::new()));
        desk.types(|form| form.experience.push(ExperienceRow { to: Some(String::new()), ..ExperienceRow::default() }));
        let (lines, row) = (desk.lines(), desk.form.experience.len() - 1);
        desk.types(|form| form.experience[row].to = None);
        assert_eq!(desk.lines(), lines, "nothing to tell");
        desk.types(|form| form.experience[row].to = Some("2020-01".to_owned()));
        assert_eq!(desk.lines().len(), lines.len() + 1);
        desk.types(|form| form.experience[row].to = None);
        assert_eq!(desk.lines(), lines, "typed and taken out again");
        desk.check();
    }

    #[test]
    fn what_is_typed_and_taken_out_again_leaves_no_line() {
        let mut desk = Desk::new();
        desk.types(|form| form.duty.push('长'));
        ops::undo(&mut desk.open).unwrap();
        desk.form = desk.in_book();
        let (start, lines) = (desk.form.clone(), desk.lines());
        desk.types(|form| form.post.push('长'));
        assert_eq!(desk.open.book.redoable().unwrap(), None);
        desk.types(|form| _ = form.post.pop());
        assert_eq!((desk.in_book(), desk.lines()), (start, lines));
        assert!(desk.open.book.redoable().unwrap().is_some(), "nothing happened: what was undone can be done again");
        desk.check();
        desk.types(|form| form.post.push('长'));
        desk.check();
    }

    #[test]
    fn the_book_does_not_grow_by_a_copy_a_second() {
        let mut desk = Desk::new();
        let size = |desk: &Desk| std::fs::metadata(desk.open.path()).unwrap().len();
        desk.types(|form| form.sections.summary.text.push_str(&"长".repeat(150)));
        let before = size(&desk);
        for _ in 0..100 {
            desk.types(|form| form.sections.summary.text.push_str("勤恳工作。"));
        }
        let grown = size(&desk) - before;
        assert!(grown < 16 * 1024, "{grown} bytes for 500 characters");
    }

    /// A step of a random session.
    #[derive(Clone, Debug)]
    enum Move {
        Type(bool, u8),
        Cut(bool, u8),
        Wait,
        Tick,
        Undo,
        Redo,
    }

    fn session() -> impl Strategy<Value = Vec<Move>> {
        let one = prop_oneof![
            4 => (any::<bool>(), 1..30_u8).prop_map(|(post, count)| Move::Type(post, count)),
            3 => (any::<bool>(), 1..40_u8).prop_map(|(post, count)| Move::Cut(post, count)),
            1 => Just(Move::Wait),
            1 => Just(Move::Tick),
            2 => Just(Move::Undo),
            2 => Just(Move::Redo),
        ];
        prop::collection::vec(one, 1..16)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn undo_right_after_all_is_cut_gives_it_back(
            moves in prop::collection::vec((any::<bool>(), 1..24_usize), 1..16),
        ) {
            let mut desk = Desk::new();
            // Each character once: what is missing can be told. None of them stands in the demonstration.
            let mut characters = '\u{3400}'..'\u{4D00}';
            for (is_cut, count) in moves {
                desk.types(|form| {
                    let text = &mut form.sections.summary.text;
                    if is_cut {
                        (0..count).for_each(|_| _ = text.pop());
                    } else {
                        text.extend(characters.by_ref().take(count));
                    }
                });
            }
            let full = desk.form.sections.summary.text.clone();
            let lines = desk.lines().len();
            desk.types(|form| form.sections.summary.text.clear());
            let more = desk.lines().len().saturating_sub(lines);
            if more > 0 {
                ops::undo(&mut desk.open).unwrap();
                let back = desk.in_book().sections.summary.text;
                let missing = full.chars().filter(|&c| !back.contains(c)).count();
                prop_assert_eq!(missing, 0, "{} of {}", back, full);
            }
            desk.check();
        }

        #[test]
        fn whatever_is_typed_cut_and_undone_the_book_is_sound(moves in session()) {
            let mut desk = Desk::new();
            let start = desk.form.clone();
            for step in moves {
                let text = |form: &mut Applicant, post: bool, edit: &dyn Fn(&mut String)| {
                    edit(if post { &mut form.post } else { &mut form.sections.summary.text });
                };
                match step {
                    Move::Type(post, count) => {
                        desk.types(|form| text(form, post, &|text| text.push_str(&"字".repeat(count.into()))));
                    }
                    Move::Cut(post, count) => desk.types(|form| {
                        text(form, post, &|text| {
                            let left = text.chars().count().saturating_sub(count.into());
                            *text = text.chars().take(left).collect();
                        });
                    }),
                    Move::Wait => desk.now += Duration::from_secs(600),
                    Move::Tick => desk.types(|form| form.front_line = form.front_line.map_or(Some(true), |it| Some(!it))),
                    Move::Undo => drop(ops::undo(&mut desk.open).unwrap()),
                    Move::Redo => drop(ops::redo(&mut desk.open).unwrap()),
                }
                if matches!(step, Move::Undo | Move::Redo) {
                    // Not further back than to the demonstration's own import.
                    if desk.open.people().unwrap().is_empty() {
                        ops::redo(&mut desk.open).unwrap();
                    }
                    desk.form = desk.in_book();
                }
                prop_assert_eq!(&desk.in_book(), &desk.form);
                desk.check();
            }
            let end = desk.in_book();
            let mut steps = 0;
            while desk.open.book.undoable().unwrap().is_some_and(|what| what != "导入 3 人") {
                ops::undo(&mut desk.open).unwrap();
                steps += 1;
            }
            prop_assert_eq!(desk.in_book(), start);
            (0..steps).for_each(|_| drop(ops::redo(&mut desk.open).unwrap()));
            prop_assert_eq!(desk.in_book(), end);
            desk.check();
        }
    }
}
