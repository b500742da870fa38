//! The set that is handed in (contract, section 5): exported, verified, killed half-way, taken in again; the binder; the
//! copies of a book.

#[path = "../outer/mod.rs"]
mod outer;
#[path = "../cli/program.rs"]
mod program;

mod binder;
mod codes;
mod edited;
mod export;
mod forms;
#[cfg(target_os = "linux")]
mod hostile;
mod keep;
mod outer_set;
mod package_in;
mod report;
mod swap;
mod verify;
