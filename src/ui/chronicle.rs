//! The history as the window holds it: whose, the lines by day, the line looked at.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::domain::PersonId;
use crate::ops::{Comparison, FieldChange, HistoryLine};
use crate::ui::difference::{Piece, side_by_side};

/// What the history screen shows.
#[derive(Debug, Default)]
pub struct Chronicle {
    /// Of the whole book; else of the selected person.
    pub whole: bool,
    /// Newest first; `None`: on its way.
    pub lines: Option<Vec<HistoryLine>>,
    /// The lines with a head for each day; what one operation did to several stands together.
    pub rows: Vec<Row>,
    /// Operations whose lines are all shown.
    opened: BTreeSet<i64>,
    /// The revision looked at.
    pub chosen: Option<i64>,
    pub compared: Option<Compared>,
    /// The chosen line is to be scrolled to.
    pub follow: bool,
    /// The rows in sight.
    pub seen: Range<usize>,
    /// The detail shows what differs from now, not what the revision changed.
    pub against_now: bool,
    /// The revision whose comparison is on its way.
    asked: Option<i64>,
}

/// One row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The head of the day of this line.
    Day(usize),
    /// So many lines of one operation, from this one on; the lines follow where it is opened.
    Group {
        first: usize,
        count: usize,
        is_open: bool,
    },
    Line(usize),
}

impl Row {
    /// Whether it is all that is shown of a line.
    fn stands_for(self, index: usize) -> bool {
        match self {
            Self::Day(_) => false,
            Self::Line(at) => at == index,
            Self::Group { first, count, is_open } => !is_open && (first..first + count).contains(&index),
        }
    }
}

/// A revision beside what was before it and what is now, as it is drawn.
#[derive(Debug)]
pub struct Compared {
    pub made: Vec<Change>,
    pub back: Vec<Change>,
    /// What putting it back changes, for the question.
    pub changes: Vec<FieldChange>,
    /// What putting back what stood before it changes; `None`: nothing stood there.
    pub before: Option<Vec<FieldChange>>,
    pub is_there: bool,
}

impl Compared {
    /// What the revision left is what stands now.
    pub fn stands(&self) -> bool {
        self.is_there && self.back.is_empty()
    }
}

/// A field before and after, the parts that differ marked.
#[derive(Debug)]
pub struct Change {
    pub name: String,
    pub before: Vec<Piece>,
    pub after: Vec<Piece>,
}

impl Change {
    fn of(change: &FieldChange) -> Self {
        let (before, after) = side_by_side(&change.before, &change.after);
        Self { name: change.name.clone(), before, after }
    }
}

/// Somebody who is no longer in the book, and the revision that brings them back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    pub name: String,
    pub revision: i64,
}

impl Chronicle {
    /// Whose history is to be asked for.
    pub fn person(&self, selected: Option<PersonId>) -> Option<PersonId> {
        selected.filter(|_| !self.whole)
    }

    pub fn show_whole(&mut self, whole: bool) {
        self.whole = whole;
        self.turn();
    }

    /// Another history is on its way.
    pub fn turn(&mut self) {
        let whole = self.whole;
        *self = Self { whole, ..Self::default() };
    }

    /// Takes in the lines; the line looked at stays, where there is none it is the newest.
    pub fn receive(&mut self, lines: Vec<HistoryLine>) {
        self.rows = rows(&lines, &self.opened);
        let is_there = |chosen: &i64| lines.iter().any(|line| line.revision == *chosen);
        self.chosen = self.chosen.filter(is_there).or(lines.first().map(|line| line.revision));
        (self.compared, self.asked) = (None, None);
        self.lines = Some(lines);
    }

    /// Takes in the comparison of the line looked at.
    pub fn compare(&mut self, comparison: Comparison) {
        if self.chosen != Some(comparison.revision) {
            return;
        }
        let drawn = |changes: &[FieldChange]| changes.iter().map(Change::of).collect();
        self.compared = Some(Compared {
            made: drawn(&comparison.made),
            back: drawn(&comparison.back),
            changes: comparison.back,
            before: comparison.before,
            is_there: comparison.is_there,
        });
    }

    /// The revision whose comparison is to be asked for, once.
    pub fn wanted(&mut self) -> Option<i64> {
        let wanted = self.chosen.filter(|chosen| self.compared.is_none() && self.asked != Some(*chosen));
        self.asked = wanted.or(self.asked);
        wanted
    }

    /// The line looked at.
    pub fn line(&self) -> Option<&HistoryLine> {
        self.lines.as_ref()?.iter().find(|line| Some(line.revision) == self.chosen)
    }

    /// Whether the line is the newest of its person or recommender: there is nothing to go back to.
    pub fn is_newest(&self, revision: i64) -> bool {
        let lines = self.lines.as_deref().unwrap_or_default();
        let Some(line) = lines.iter().find(|line| line.revision == revision) else { return true };
        let same = |other: &&HistoryLine| match line.person {
            Some(_) => other.person == line.person,
            None => other.person.is_none() && other.name == line.name,
        };
        lines.iter().find(same).is_none_or(|newest| newest.revision == revision)
    }

    /// The row in which the line looked at is seen.
    pub fn chosen_row(&self) -> Option<usize> {
        let index = self.lines.as_ref()?.iter().position(|line| Some(line.revision) == self.chosen)?;
        self.rows.iter().position(|row| row.stands_for(index))
    }

    /// Goes so many lines up (negative) or down.
    pub fn step(&mut self, by: isize) {
        let seen = |row: &Row| match *row {
            Row::Line(index) | Row::Group { first: index, is_open: false, .. } => Some(index),
            _ => None,
        };
        let Some(here) = self.chosen_row() else { return };
        let shown: Vec<(usize, usize)> =
            self.rows.iter().enumerate().filter_map(|(row, what)| Some((row, seen(what)?))).collect();
        let at = shown.iter().position(|(row, _)| *row == here);
        let next = at.and_then(|at| shown.get(at.checked_add_signed(by)?));
        let lines = self.lines.as_deref().unwrap_or_default();
        if let Some(revision) = next.and_then(|(_, index)| lines.get(*index)).map(|line| line.revision) {
            self.choose(revision);
        }
    }

    /// Shows the lines of the operation that a line is of, or its one row again.
    pub fn toggle(&mut self, first: usize) {
        let lines = self.lines.as_deref().unwrap_or_default();
        let Some(line) = lines.get(first) else { return };
        if !self.opened.remove(&line.operation) {
            self.opened.insert(line.operation);
        }
        self.rows = rows(lines, &self.opened);
        let revision = line.revision;
        self.choose(revision);
    }

    pub fn choose(&mut self, revision: i64) {
        if self.chosen != Some(revision) {
            self.chosen = Some(revision);
            self.compared = None;
        }
        self.follow = true;
    }

    /// Who was removed and has not come back, newest removal first.
    pub fn removed(&self) -> Vec<Removed> {
        let lines = self.lines.as_deref().unwrap_or_default();
        let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
        for (index, line) in lines.iter().enumerate() {
            let Some(person) = line.person else { continue };
            if !seen.insert(person) || line.has_content {
                continue;
            }
            let last = lines.iter().skip(index).find(|other| other.person == Some(person) && other.has_content);
            found.extend(last.map(|last| Removed { name: last.name.clone(), revision: last.revision }));
        }
        found
    }
}

/// A head before the first line of each day; the lines of one operation under one row.
fn rows(lines: &[HistoryLine], opened: &BTreeSet<i64>) -> Vec<Row> {
    let mut rows = Vec::with_capacity(lines.len());
    let mut last = None;
    let mut first = 0;
    for together in lines.chunk_by(|one, next| one.operation == next.operation) {
        let Some(line) = together.first() else { continue };
        let day = day(line);
        if last != Some(day) {
            rows.push(Row::Day(first));
            last = Some(day);
        }
        let count = together.len();
        let is_open = count == 1 || opened.contains(&line.operation);
        if count > 1 {
            rows.push(Row::Group { first, count, is_open });
        }
        if is_open {
            rows.extend((first..first + count).map(Row::Line));
        }
        first += count;
    }
    rows
}

/// `2021-06-01` of `2021-06-01 09:30:00`.
pub fn day(line: &HistoryLine) -> &str {
    line.at.split(' ').next().unwrap_or_default()
}

/// `09:30` of `2021-06-01 09:30:00`.
pub fn clock(line: &HistoryLine) -> &str {
    line.at.split(' ').nth(1).and_then(|time| time.get(..5)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(revision: i64, person: Option<i64>, at: &str, has_content: bool) -> HistoryLine {
        let name = person.map_or("协会".to_owned(), |id| format!("甲{id}"));
        let (who, what) = ("某".to_owned(), "改".to_owned());
        let (person, at) = (person.map(PersonId), at.to_owned());
        HistoryLine { revision, operation: revision, person, name, at, who, what, has_content }
    }

    fn chronicle() -> Chronicle {
        let mut chronicle = Chronicle { whole: true, ..Chronicle::default() };
        chronicle.receive(vec![
            line(6, Some(2), "2021-07-06 10:00:00", true),
            line(5, Some(1), "2021-07-06 09:00:00", false),
            line(4, Some(2), "2021-07-05 18:00:00", false),
            line(3, Some(1), "2021-07-05 17:00:00", true),
            line(2, Some(2), "2021-07-05 16:00:00", true),
            line(1, None, "2021-07-04 16:00:00", true),
        ]);
        chronicle
    }

    #[test]
    fn lines_stand_under_their_day() {
        use Row::{Day, Line};
        let rows = chronicle().rows;
        assert_eq!(rows, [Day(0), Line(0), Line(1), Day(2), Line(2), Line(3), Line(4), Day(5), Line(5)]);
        assert_eq!(clock(&line(1, None, "2021-07-04 16:03:00", true)), "16:03");
    }

    #[test]
    fn what_one_operation_did_is_one_row_until_it_is_opened() {
        use Row::{Day, Group, Line};
        let mut lines = chronicle().lines.unwrap();
        (lines[2].operation, lines[3].operation, lines[4].operation) = (9, 9, 9);
        let mut chronicle = Chronicle { whole: true, ..Chronicle::default() };
        chronicle.receive(lines);
        let closed = Group { first: 2, count: 3, is_open: false };
        assert_eq!(chronicle.rows, [Day(0), Line(0), Line(1), Day(2), closed, Day(5), Line(5)]);
        for (step, chosen) in [(1, 5), (1, 4), (1, 1), (-1, 4)] {
            chronicle.step(step);
            assert_eq!(chronicle.chosen, Some(chosen));
        }
        chronicle.toggle(2);
        assert_eq!(chronicle.rows[4..8], [Group { first: 2, count: 3, is_open: true }, Line(2), Line(3), Line(4)]);
        chronicle.step(1);
        assert_eq!((chronicle.chosen, chronicle.chosen_row()), (Some(3), Some(6)));
        chronicle.toggle(2);
        assert_eq!((chronicle.chosen, chronicle.chosen_row()), (Some(4), Some(4)));
    }

    #[test]
    fn who_is_gone_can_come_back() {
        assert_eq!(chronicle().removed(), [Removed { name: "甲1".into(), revision: 3 }]);
    }

    #[test]
    fn the_chosen_line_is_walked() {
        let mut chronicle = chronicle();
        assert_eq!(chronicle.chosen, Some(6));
        chronicle.step(-1);
        chronicle.step(2);
        assert_eq!(chronicle.chosen, Some(4));
        assert!(chronicle.is_newest(5) && chronicle.is_newest(1) && !chronicle.is_newest(3));
    }
}
