//! What is to be made, and where.

use std::path::{Path, PathBuf};

use crate::domain::PersonId;
use crate::ops::{self, OpError, OpenBook, PrintRequest, Printable};

/// Which papers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// Annex 1 and Annex 2 of all nominated.
    #[default]
    Both,
    Summary,
    Applications,
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
    /// Makes them; the files written.
    pub(super) fn run(&self, open: &OpenBook) -> Result<Vec<PathBuf>, OpError> {
        let folder = &self.folder;
        let print = |document: Printable, person: Option<PersonId>| {
            let person = match person {
                Some(id) => open.people()?.into_iter().find(|person| person.id == id),
                None => None,
            };
            let draft = self.choice.draft;
            let out: &Path = folder;
            ops::print(open, &PrintRequest { document, person: person.as_ref(), recommender: None, draft, out })
        };
        match self.choice.what {
            What::Record => {
                ops::export_record(open, folder)?;
                Ok(vec![folder.join("record.json")])
            }
            what => {
                std::fs::create_dir_all(folder).map_err(|error| OpError::io("建立文件夹", folder, &error))?;
                match what {
                    What::Summary => print(Printable::Summary, None),
                    What::Applications => print(Printable::Application, None),
                    What::ThisPerson => print(Printable::Application, self.selected),
                    _ => {
                        let mut files = print(Printable::Summary, None)?;
                        files.extend(print(Printable::Application, None)?);
                        Ok(files)
                    }
                }
            }
        }
    }
}
