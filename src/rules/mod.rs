//! The notice's rules: pure functions (notice, recommenders, applicants) → findings and eligibility.
//!
//! Invariant: no quota, deadline, threshold, title or issuing body stands in code; all come from [`Notice`].

mod notice;

pub use notice::{Notice, NoticeError};
