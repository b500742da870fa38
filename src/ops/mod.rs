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
mod copies;
mod create;
mod difference;
mod doctor;
mod edit;
mod error;
mod export;
mod export_record;
mod history;
mod import;
mod incoming;
mod nominate;
mod open_book;
mod photo;
mod print;
mod printer;
mod proof;
mod recommender;
mod report;
mod save;
mod shelf;
mod shown;
mod today;
mod verify;

pub use arrival::{Scan, Sorted, Survey, sort, survey};
pub use attach::{Attached, attach, attach_pixels};
pub use backup::{Backup, backup, backups, daily_backup, restore};
pub use check::{check, check_loaded};
pub use code::{application as application_code, report as report_code, summary as summary_code};
pub use codes::{Codes, CopyCode, codes, copy_codes};
pub use copies::{CopyFate, CopyLine};
pub use create::{demo, discard, new_book, new_book_of, read_notice};
pub use difference::Difference;
pub use doctor::{Diagnosis, doctor};
pub use edit::edit;
pub use error::OpError;
pub use export::{ExportReport, ExportRequest, ExportedSet, KeptFiles, Progress, export_set};
pub use export_record::export_record;
pub use history::{HistoryLine, compare, history, redo, revert, undo, undoable};
pub use import::{
    Action, Conflict, ImportReport, ImportRequest, Intake, Mode, Note, PlanLine, Refusal, Settlement, import,
};
pub use incoming::Lock;
pub use nominate::{nominate, place, remove, withdraw};
pub use open_book::OpenBook;
pub use photo::{Cut, Pixels, cut_photo, paste_photo, set_photo};
pub use print::{PrintRequest, Printable, Printed, print};
pub use proof::{picture, proof_application, proof_summary};
pub use recommender::{RecommenderEdit, add_recommender, edit_recommender, remove_recommender};
pub use report::{ReportPartState, edit_report, report_parts, report_remarks};
pub use save::{add_person, save};
pub use today::today;
pub use verify::{Verification, passphrase, verify};
