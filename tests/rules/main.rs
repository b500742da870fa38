//! The notice's rules, clause by clause; `tests/notice.md` says which sentence of the notice which test holds.

mod codes;
mod evidence;
mod honours;
mod notice_table;
mod profiles;
mod properties;
mod quota;
mod samples;
mod support;
mod thresholds;
