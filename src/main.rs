//! The program's two doors: the window and the command line.

use std::process::ExitCode;

use tuijian::cli::{self, Start};
use tuijian::ui;

fn main() -> ExitCode {
    match cli::start(std::env::args_os()) {
        Start::Exit(code) => ExitCode::from(code),
        Start::Window(book) => ExitCode::from(ui::run(book)),
    }
}
