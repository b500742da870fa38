//! The real program from outside: commands, exit codes, streams, files (contract, sections 2 to 4).

mod bad_input;
mod documents;
mod outer;
mod people;
mod program;
mod samples;
#[path = "../outer/mod.rs"]
mod tools;
