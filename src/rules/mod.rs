//! The notice's rules: pure functions (notice, recommenders, applicants) → findings and eligibility.
//!
//! Invariant: no quota, deadline, threshold, title or issuing body stands in code; all come from [`Notice`]. One file a
//! family of findings; [`check`] runs them over a book and puts what they found into the order of the form.

mod calendar;
mod case;
mod certificates;
mod check;
mod deadline;
mod eligibility;
mod employers;
mod evidence;
mod format;
mod identity;
mod names;
mod notice;
mod oddities;
mod printing;
mod process;
mod quota;
mod register;
mod required;
mod shared_copies;

pub use calendar::Calendar;
pub use check::{Check, Measured, RecommenderStanding, Subject, Unprintable, check};
pub use eligibility::eligibility;
pub use employers::employer_like;
pub use notice::{
    Condition, Contact, Form, Forms, Material, Materials, NamedHonour, Notice, NoticeError, Paragraph, Quota, Reading,
    Scope, Setting, Threshold, Usage, honour_key,
};
pub use oddities::{Oddity, is_file_name, oddities};
pub use quota::{QuotaRefusal, may_nominate, within_quota};
pub use shared_copies::SharedCopies;
