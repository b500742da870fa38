//! 推荐 (`tuijian`): a book of applicants in, the stamped papers of the notice out.
//!
//! Data flows one way: a book → plain domain values → rules and documents → pages → paper, screen, files.
//! The modules in reading order; `tests/tidy.rs` holds who may know whom.

pub mod domain;
pub mod install;

pub mod fonts;
pub mod rules;

pub mod pages;
pub mod pdf;
pub mod preview;

pub mod exchange;
pub mod store;

pub mod ops;

pub mod cli;
pub mod ui;
