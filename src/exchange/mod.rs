//! Files that come from outside and files that go out.
//!
//! Invariant: every foreign file comes in through [`gate`] with its limits; no other module opens a zip, XML, image or
//! PDF. What is read here are plain domain values; nothing here touches a book.

pub mod gate;
pub mod names;
pub mod office;
pub mod place;

pub mod record;

pub mod annex1;
pub mod annex2;
mod docx;
mod labels;
mod sheet;

/// A system's fault that needs no sentence of its own: its number, for whoever looks it up.
fn system_reason(error: &std::io::Error) -> String {
    error.raw_os_error().map_or_else(|| "原因不明".to_owned(), |code| format!("系统错误 {code}"))
}
