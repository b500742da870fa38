//! Every operation that people can ask for, one file each: the one door for change and history.
//!
//! An operation runs in one transaction, says in Chinese what it did, records the previous state and returns what
//! changed. Invariant: nothing outside this module writes to a book or to the clerk's folders.

mod arrival;
mod attach;
mod backup;
mod check;
mod code;
mod codes;
mod compare;
mod copies;
mod create;
mod difference;
mod doctor;
mod edit;
mod error;
mod export;
mod export_record;
mod files;
mod glance;
mod history;
mod holder;
mod import;
mod incoming;
mod mark;
mod nominate;
mod occupied;
mod offered;
mod open_book;
mod open_ends;
mod papers_there;
mod photo;
mod print;
mod printer;
mod proof;
mod rebuild;
mod recommender;
mod report;
mod save;
mod save_text;
mod shelf;
mod shown;
mod stretch;
mod survey;
mod today;
mod verify;
mod watch;
mod words;

pub use crate::store::Glimpse;
pub use arrival::{Contents, Scan, Sorted, contents, sort};
pub use attach::{Copies, attach, attach_pixels, is_named};
pub use backup::{Backup, backup, backups, daily_backup, glimpse, restore};
pub use check::{check, check_loaded};
pub use code::{application as application_code, report as report_code, summary as summary_code};
pub use codes::{Codes, CopyCode, codes, copy_codes};
pub use compare::{Comparison, FieldChange, compare};
pub use copies::{CopyFate, CopyLine};
pub use create::{demo, discard, new_book, new_book_of, read_notice};
pub use doctor::{Diagnosis, doctor, examine};
pub use edit::edit;
pub use error::{NextStep, OpError};
pub use export::{
    ExportReport, ExportRequest, ExportedSet, KeptFiles, ListedFile, blocking_set, export_set, form_names,
    would_replace,
};
pub use export_record::export_record;
pub use glance::Glance;
pub use history::{HistoryLine, Place, Spot, Stepped, history, redo, revert, revert_before, undo, undoable};
pub use import::{
    Action, Conflict, ImportReport, ImportRequest, Intake, Mode, Nominations, Note, PlanLine, Refusal, Settlement,
    import,
};
pub use incoming::Lock;
pub use mark::{mark, mark_form, still_tells, tells_of};
pub use nominate::{Exception, nominate, place, remove, transfer, withdraw};
pub use occupied::{SetThere, folder_name, holds_sets, is_free, set_there};
pub use offered::Offered;
pub use open_book::{OpenBook, Reception};
pub use open_ends::{OpenEnd, open_ends};
pub use papers_there::{Changes, PapersNow, PapersThere};
pub use photo::{Cut, Pixels, cut_photo, paste_photo, set_photo};
pub use print::{PrintRequest, Printable, Printed, blocking_print, print, print_watched};
pub use proof::{CopyBytes, Proof, copy_bytes, copy_outline, picture};
pub use rebuild::{Rebuilt, rebuild};
pub use recommender::{RecommenderEdit, add_recommender, edit_recommender, remove_recommender};
pub use report::{ReportPartState, ReportState, edit_report, report_parts, report_remarks, report_state};
pub use save::{add_person, save};
pub use save_text::{BodyField, save_text};
pub use survey::{ReportNote, Sheet, Survey, survey};
pub use today::today;
pub use verify::{Verification, passphrase, try_verify, verify};
pub use watch::{Progress, Watcher};
