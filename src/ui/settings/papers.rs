//! What was made of each book, and where: told again on another day, and asked before it is replaced.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::RecommenderId;
use crate::ui::export::{Goal, Made, Place};

const MOST: usize = 32;

/// Where the last set of a book, or of one of its recommenders, was made, and of what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastSet {
    pub book: PathBuf,
    /// The one recommender that it is of; `None`: the whole book.
    pub alone: Option<RecommenderId>,
    pub folder: PathBuf,
    /// Local time, `2021-06-01 09:30`.
    pub at: String,
    /// [`crate::ops::mark`] of what the book held.
    pub of: String,
    /// Its zips bear a passphrase.
    pub is_locked: bool,
}

/// What is remembered of papers and copies, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Papers {
    /// When each book was last copied by hand, local time `2021-06-01 09:30:00`.
    copied: Vec<(PathBuf, String)>,
    /// Folders that sets went into, each with the book that filled it last.
    filled: Vec<(PathBuf, PathBuf)>,
    /// Where papers of a book went last, by their kind.
    folders: Vec<(PathBuf, Place, PathBuf)>,
    /// The last sets of each book.
    sets: Vec<LastSet>,
}

impl Papers {
    /// Where papers of a kind went last. A record replaces nothing: each has a folder of its own, beside the last one
    /// ([`Place::free`]).
    pub fn folder(&self, book: &Path, place: Place) -> Option<PathBuf> {
        let (.., last) = self.folders.iter().find(|(of, kind, _)| of == book && *kind == place)?;
        Some(match place {
            Place::Record => last.with_file_name(place.folder_name("")),
            _ => last.clone(),
        })
    }

    /// The last set that was made of a book, or of one recommender in it.
    pub fn last_set(&self, book: &Path, alone: Option<RecommenderId>) -> Option<&LastSet> {
        self.sets.iter().find(|set| set.book == book && set.alone == alone)
    }

    /// The sets that were made of a book, newest first: the last of the whole, and those of one recommender each.
    pub fn sets_of(&self, book: &Path) -> impl Iterator<Item = &LastSet> + Clone {
        self.sets.iter().filter(move |set| set.book == book)
    }

    /// Those of them that no newer one of the whole book has taken the place of.
    pub fn standing_sets(&self, book: &Path) -> impl Iterator<Item = &LastSet> + Clone {
        let mut is_past_whole = false;
        self.sets_of(book).take_while(move |set| {
            let stands = !is_past_whole;
            is_past_whole |= set.alone.is_none();
            stands
        })
    }

    /// The recommenders that have a standing set of their own.
    pub fn alone(&self, book: &Path) -> BTreeSet<RecommenderId> {
        self.standing_sets(book).filter_map(|set| set.alone).collect()
    }

    /// The folders that hold a set of this book as far as is known: each is the book's that filled it last.
    pub fn known(&self, book: &Path) -> Vec<PathBuf> {
        let filled = self.filled.iter().map(|(of, folder)| (of, folder));
        let all: Vec<_> = filled.chain(self.sets.iter().map(|set| (&set.book, &set.folder))).collect();
        let is_last = |at: usize, folder: &Path| all.iter().take(at).all(|(_, earlier)| *earlier != folder);
        let ours = all.iter().enumerate().filter(|(at, (of, folder))| *of == book && is_last(*at, folder));
        ours.map(|(_, (_, folder))| (*folder).clone()).collect()
    }

    /// When a book was last copied by hand.
    pub fn copied_at(&self, book: &Path) -> Option<&str> {
        self.copied.iter().find(|(of, _)| of == book).map(|(_, at)| at.as_str())
    }

    /// Papers of a book were made. `at`: local time, `2021-06-01 09:30`.
    pub(super) fn made(&mut self, book: &Path, (place, alone): Goal, made: &Made, at: &str) {
        let folder = &made.folder;
        // Where one recommender of several went says nothing of the others.
        if alone.is_none() {
            self.folders.retain(|(of, kind, _)| of != book || *kind != place);
            self.folders.insert(0, (book.to_owned(), place, folder.clone()));
        }
        if matches!(place, Place::Set | Place::DraftSet) {
            // What lay there has given way, whosever it was.
            self.filled.retain(|(_, filled)| filled != folder);
            self.sets.retain(|set| set.folder != *folder);
            self.filled.insert(0, (book.to_owned(), folder.clone()));
        }
        if place == Place::Set {
            self.sets.retain(|set| set.book != book || set.alone != alone);
            let (of, is_locked, at) = (made.of.clone(), made.is_locked, at.to_owned());
            self.sets.insert(0, LastSet { book: book.to_owned(), alone, folder: folder.clone(), at, of, is_locked });
        }
        self.keep_short();
    }

    /// A book has just been copied by hand, to a stick for instance. `at`: local time, `2021-06-01 09:30:00`.
    pub(super) fn backed_up(&mut self, book: &Path, at: &str) {
        self.copied.retain(|(of, _)| of != book);
        self.copied.insert(0, (book.to_owned(), at.to_owned()));
        self.keep_short();
    }

    /// The work on a book goes on in another file, which begins with what was made of it. The copy made by hand is the old
    /// file's.
    pub(super) fn moved(&mut self, from: &Path, to: &Path) {
        if from == to {
            return;
        }
        let Papers { filled, folders, sets, .. } = self.of(from);
        self.forget(to);
        self.filled.splice(0..0, filled.into_iter().map(|(_, folder)| (to.to_owned(), folder)));
        self.folders.splice(0..0, folders.into_iter().map(|(_, place, folder)| (to.to_owned(), place, folder)));
        self.sets.splice(0..0, sets.into_iter().map(|set| LastSet { book: to.to_owned(), ..set }));
        self.keep_short();
    }

    /// Forgets what was made of the book that lay here: another one lies here now, or none.
    pub(super) fn forget(&mut self, book: &Path) {
        self.retain(|of| of != book);
    }

    /// What another window has written meanwhile is taken over; only what cannot be written is known here alone.
    pub(super) fn catch_up(&mut self, theirs: Self) {
        let mut unwritten = std::mem::replace(self, theirs);
        let is_written = unwritten.writable();
        unwritten.copied.retain(|one| !is_written.copied.contains(one));
        unwritten.filled.retain(|one| !is_written.filled.contains(one));
        unwritten.folders.retain(|one| !is_written.folders.contains(one));
        unwritten.sets.retain(|one| !is_written.sets.contains(one));
        self.copied.append(&mut unwritten.copied);
        self.filled.append(&mut unwritten.filled);
        self.folders.append(&mut unwritten.folders);
        self.sets.append(&mut unwritten.sets);
        self.keep_short();
    }

    /// Without what cannot be written: a path that is no UTF-8.
    pub(super) fn writable(&self) -> Self {
        let mut all = self.clone();
        all.retain(|book| book.to_str().is_some());
        all.filled.retain(|(_, folder)| folder.to_str().is_some());
        all.folders.retain(|(.., folder)| folder.to_str().is_some());
        all.sets.retain(|set| set.folder.to_str().is_some());
        all
    }

    fn of(&self, book: &Path) -> Self {
        let mut only = self.clone();
        only.retain(|of| of == book);
        only
    }

    fn retain(&mut self, keeps: impl Fn(&Path) -> bool) {
        self.copied.retain(|(of, _)| keeps(of));
        self.filled.retain(|(of, _)| keeps(of));
        self.folders.retain(|(of, ..)| keeps(of));
        self.sets.retain(|set| keeps(&set.book));
    }

    fn keep_short(&mut self) {
        self.copied.truncate(MOST);
        self.filled.truncate(MOST);
        self.folders.truncate(MOST);
        self.sets.truncate(MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: &str = "2021-07-06 09:30:00";
    const ONE: RecommenderId = RecommenderId(7);

    fn made(folder: &str, of: &str) -> Made {
        Made { of: of.to_owned(), ..Made::empty(folder.into()) }
    }

    fn marks<'a>(sets: impl Iterator<Item = &'a LastSet>) -> Vec<&'a str> {
        sets.map(|set| set.of.as_str()).collect()
    }

    #[test]
    fn what_was_made_is_remembered_by_book_and_recommender() {
        let (book, other) = (Path::new("/甲/册.tuijian"), Path::new("/甲/另一册.tuijian"));
        let mut papers = Papers::default();
        papers.made(book, (Place::Set, None), &made("/乙/报送", "0011"), AT);
        papers.made(book, (Place::Set, Some(ONE)), &made("/乙/报送某会", "0012"), AT);
        papers.made(book, (Place::Print, None), &made("/乙/单印", ""), AT);
        assert_eq!(papers.folder(book, Place::Set), Some("/乙/报送".into()), "not where one of several went");
        assert_eq!(papers.folder(book, Place::DraftPrint), None);
        assert_eq!(papers.known(book).iter().filter(|folder| folder.ends_with("单印")).count(), 0, "no set");
        papers.backed_up(book, AT);
        papers.moved(book, other);
        papers.moved(other, other);
        for of in [book, other] {
            for (alone, folder, mark) in [(None, "/乙/报送", "0011"), (Some(ONE), "/乙/报送某会", "0012")] {
                let last = papers.last_set(of, alone).unwrap();
                assert_eq!((last.folder.as_path(), last.of.as_str()), (Path::new(folder), mark), "{of:?}, {alone:?}");
            }
            assert_eq!(papers.folder(of, Place::Print), Some("/乙/单印".into()));
        }
        assert_eq!((papers.known(book).len(), papers.known(other).len()), (0, 2), "the work goes on there");
        assert!(papers.copied_at(book).is_some() && papers.copied_at(other).is_none());
        papers.forget(book);
        assert_eq!((papers.last_set(book, None), papers.copied_at(book), papers.known(book)), (None, None, Vec::new()));
        assert!(!papers.known(other).is_empty());
    }

    #[test]
    fn a_folder_is_the_book_s_that_filled_it_last() {
        let (first, second) = (Path::new("/甲.tuijian"), Path::new("/乙.tuijian"));
        let mut papers = Papers::default();
        papers.made(first, (Place::Set, None), &made("/报送", "01"), AT);
        papers.made(second, (Place::Set, None), &made("/报送", "02"), AT);
        assert_eq!((papers.known(first), papers.last_set(first, None)), (Vec::new(), None));
        assert!(papers.known(second).contains(&"/报送".into()));
        papers.made(second, (Place::DraftSet, None), &made("/报送", "02"), AT);
        assert_eq!(papers.last_set(second, None), None, "a draft lies there now");
        assert!(papers.known(second).contains(&"/报送".into()));
    }

    #[test]
    fn a_newer_set_of_all_stands_for_those_of_one() {
        let book = Path::new("/甲.tuijian");
        let mut papers = Papers::default();
        papers.made(book, (Place::Set, Some(ONE)), &made("/一", "01"), AT);
        assert_eq!(marks(papers.standing_sets(book)), ["01"]);
        papers.made(book, (Place::Set, None), &made("/全", "02"), AT);
        assert_eq!(marks(papers.standing_sets(book)), ["02"]);
        papers.made(book, (Place::Set, Some(ONE)), &made("/一", "03"), AT);
        assert_eq!(marks(papers.standing_sets(book)), ["03", "02"]);
    }

    #[test]
    fn of_an_older_file_the_latest_entry_of_a_folder_counts() {
        let (first, second) = (Path::new("/甲.tuijian"), Path::new("/乙.tuijian"));
        let filled = vec![(second.to_owned(), "/报送".into()), (first.to_owned(), "/报送".into())];
        let papers = Papers { filled, ..Papers::default() };
        assert_eq!(papers.known(first), Vec::<PathBuf>::new());
        assert_eq!(papers.known(second), [PathBuf::from("/报送")]);
    }
}
