//! Where papers of a kind go unless the clerk says otherwise, and what lies there.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::ops::{self, SetThere};

/// Each kind of output has a folder of its own: a set gives way only to a set, and takes no stranger in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Set,
    DraftSet,
    Print,
    DraftPrint,
    Record,
}

impl Place {
    /// Name of its folder beside the book, until the clerk chooses another: it bears the recommender's, since several
    /// books lie in one folder. A record is free of that, it replaces nothing.
    pub fn folder_name(self, whose: &str) -> String {
        match self {
            Self::Set => ops::folder_name("报送材料", whose, false),
            Self::DraftSet => ops::folder_name("报送材料", whose, true),
            Self::Print => ops::folder_name("单印的表", whose, false),
            Self::DraftPrint => ops::folder_name("单印的表", whose, true),
            Self::Record => "记录".to_owned(),
        }
    }

    /// The place for a chosen folder: the folder itself, or one of that name within where it holds something else.
    pub fn within(self, chosen: PathBuf, name: &OsStr) -> PathBuf {
        match self {
            Self::Print | Self::DraftPrint => chosen,
            Self::Set | Self::DraftSet if ops::is_free(&chosen) || ops::holds_sets(&chosen) => chosen,
            Self::Set | Self::DraftSet => chosen.join(name),
            Self::Record if ops::is_free(&chosen) => chosen,
            Self::Record => self.free(chosen.join(name)),
        }
    }

    /// A usual folder, or where that is taken and may not be replaced, one beside it.
    pub fn free(self, usual: PathBuf) -> PathBuf {
        if self == Self::Record { beside(usual, ops::is_free) } else { usual }
    }
}

/// The folder, or the first of those numbered beside it, that will do.
pub(super) fn beside(usual: PathBuf, will_do: impl Fn(&Path) -> bool) -> PathBuf {
    if will_do(&usual) {
        return usual;
    }
    let name = usual.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut numbered = (2..100).map(|number| usual.with_file_name(format!("{name}（{number}）")));
    numbered.find(|path| will_do(path)).unwrap_or(usual)
}

/// A folder that is thought of for some papers, until the disk has been looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thought {
    pub place: Place,
    pub path: PathBuf,
    /// The clerk has chosen it.
    pub is_chosen: bool,
    pub naming: Naming,
}

impl Thought {
    /// Where the papers would go.
    pub fn found(&self) -> PathBuf {
        let Self { place, path, is_chosen, naming } = self;
        match place {
            _ if *is_chosen => place.within(path.clone(), naming.folder.file_name().unwrap_or_default()),
            // Where papers went last, somebody else's may lie by now.
            Place::Set | Place::DraftSet if naming.set_there(path).is_some_and(|set| !set.is_of(&naming.ours)) => {
                naming.folder.clone()
            }
            _ => place.free(path.clone()),
        }
    }
}

/// Whose papers are to be made, and the folder beside the book that bears the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    pub folder: PathBuf,
    /// Names of the recommenders.
    pub(super) ours: Vec<String>,
    /// What a question calls them.
    pub(super) whose: String,
}

impl Naming {
    /// What such an export would replace there.
    pub(super) fn set_there(&self, folder: &Path) -> Option<SetThere> {
        ops::set_there(folder, self.ours.len() > 1)
    }
}
