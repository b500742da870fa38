//! What is to be made, and where.

use std::path::PathBuf;

use crate::domain::{Person, PersonId};
use crate::ops::{self, ExportRequest, OpError, OpenBook, PrintRequest, Printable, Watcher};

/// Which papers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// Everything that is handed in, on paper and as files.
    #[default]
    Set,
    /// One kind of document of all nominated.
    Document(Printable),
    /// Annex 2 of the selected person, nominated or not.
    ThisPerson,
    /// Everybody in the book as a record folder, for another computer.
    Record,
}

/// What the clerk has chosen on the screen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice {
    pub what: What,
    pub draft: bool,
}

impl Choice {
    pub fn request(self, folder: PathBuf, selected: Option<PersonId>) -> Request {
        Request { choice: self, folder, selected }
    }
}

/// An order to make papers.
#[derive(Debug)]
pub struct Request {
    choice: Choice,
    folder: PathBuf,
    selected: Option<PersonId>,
}

impl Request {
    /// Makes them; the files written, or for the set its folders.
    pub(super) fn run(&self, open: &OpenBook, progress: &dyn Watcher) -> Result<Vec<PathBuf>, OpError> {
        let (out, draft) = (self.folder.as_path(), self.choice.draft);
        match self.choice.what {
            What::Set => {
                let request = ExportRequest { out, recommender: None, draft, passphrase: None };
                let report = ops::export_set(open, &request, progress)?;
                Ok(report.sets.into_iter().map(|set| set.folder).collect())
            }
            What::Record => {
                ops::export_record(open, out)?;
                Ok(vec![out.join("record.json")])
            }
            What::Document(document) => self.print(open, document, None),
            What::ThisPerson => {
                let person = open.people()?.into_iter().find(|person| Some(person.id) == self.selected);
                self.print(open, Printable::Application, person.as_ref())
            }
        }
    }

    fn print(&self, open: &OpenBook, document: Printable, person: Option<&Person>) -> Result<Vec<PathBuf>, OpError> {
        let (out, draft) = (self.folder.as_path(), self.choice.draft);
        std::fs::create_dir_all(out).map_err(|error| OpError::io("建立文件夹", out, &error))?;
        let request = PrintRequest { document, person, recommender: None, draft, out };
        Ok(ops::print(open, &request)?.written)
    }
}
