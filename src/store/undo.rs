//! Undo and redo of whole operations.
//!
//! Nothing is taken out of the book: an undo is an operation of its own that puts back what was before. Which operation
//! is next follows from the list of operations alone.

use super::book::Book;
use super::change::{OperationKind, State};
use super::content::{OperationRow, RevisionRow};
use super::error::StoreError;
use super::history::Subject;

/// Operations, oldest first, that can be undone and redone; the last of each is next.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stacks {
    pub undo: Vec<i64>,
    pub redo: Vec<i64>,
}

/// Reads the stacks off the list of operations (number, kind, target).
pub(super) fn stacks<'a>(operations: impl IntoIterator<Item = (i64, &'a str, Option<i64>)>) -> Stacks {
    let mut stacks = Stacks::default();
    for (id, kind, target) in operations {
        match (kind, target) {
            ("undo", Some(target)) => {
                stacks.undo.retain(|&undoable| undoable != target);
                stacks.redo.push(target);
            }
            ("redo", Some(target)) => {
                stacks.redo.retain(|&redoable| redoable != target);
                stacks.undo.push(target);
            }
            _ => {
                stacks.undo.push(id);
                stacks.redo.clear();
            }
        }
    }
    stacks
}

#[derive(Clone, Copy)]
enum Direction {
    Back,
    Forth,
}

impl Book {
    /// What [`Book::undo`] would take back, in the operation's words.
    pub fn undoable(&self) -> Result<Option<String>, StoreError> {
        Ok(self.next(Direction::Back)?.map(|operation| operation.what))
    }

    /// What [`Book::redo`] would do again, in the operation's words.
    pub fn redoable(&self) -> Result<Option<String>, StoreError> {
        Ok(self.next(Direction::Forth)?.map(|operation| operation.what))
    }

    /// Takes back the latest operation that stands, also one of an earlier day. Its words; `None`: there is none.
    pub fn undo(&mut self, who: &str) -> Result<Option<String>, StoreError> {
        self.step(who, Direction::Back)
    }

    /// Does again what was last taken back, as long as nothing else was changed since. Its words; `None`: there is none.
    pub fn redo(&mut self, who: &str) -> Result<Option<String>, StoreError> {
        self.step(who, Direction::Forth)
    }

    fn next(&self, direction: Direction) -> Result<Option<OperationRow>, StoreError> {
        let mut operations = self.reader().list(include_str!("sql/list_operations.sql"), [], OperationRow::read)?;
        let stacks = stacks(operations.iter().map(|row| (row.id, row.kind.as_str(), row.target)));
        let next = match direction {
            Direction::Back => stacks.undo.last(),
            Direction::Forth => stacks.redo.last(),
        };
        Ok(next.and_then(|next| operations.iter().position(|row| row.id == *next)).map(|at| operations.swap_remove(at)))
    }

    fn step(&mut self, who: &str, direction: Direction) -> Result<Option<String>, StoreError> {
        let Some(operation) = self.next(direction)? else { return Ok(None) };
        let sql = include_str!("sql/list_revisions_of_operation.sql");
        let revisions = self.reader().list(sql, [operation.id], RevisionRow::read)?;
        let mut targets: Vec<(Subject, Option<State>)> = Vec::new();
        for row in &revisions {
            let subject = Subject::new(&row.subject, row.subject_id);
            let known = targets.iter_mut().find(|(other, _)| *other == subject);
            match (direction, known) {
                // Where an operation changed someone twice, back is to before the first, forth to after the last time.
                (Direction::Back, Some(_)) => {}
                (Direction::Back, None) => targets.push((subject, self.state_before(row)?)),
                (Direction::Forth, Some((_, state))) => *state = State::of(row),
                (Direction::Forth, None) => targets.push((subject, State::of(row))),
            }
        }
        let (word, kind) = match direction {
            Direction::Back => ("撤销", OperationKind::Undo(operation.id)),
            Direction::Forth => ("重做", OperationKind::Redo(operation.id)),
        };
        self.run(who, &format!("{word}：{}", operation.what), kind, |change| {
            // Also where the operation came to nothing (someone added and removed): else it would be next for ever.
            change.operation_id()?;
            targets.into_iter().try_for_each(|(subject, state)| change.put(subject, state))
        })
        .map(|()| Some(operation.what))
    }

    fn state_before(&self, row: &RevisionRow) -> Result<Option<State>, StoreError> {
        let Some(previous) = row.previous else { return Ok(None) };
        let before = self.reader().find(include_str!("sql/find_revision.sql"), [previous], RevisionRow::read)?;
        Ok(before.as_ref().and_then(State::of))
    }
}
