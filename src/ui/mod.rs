//! The window.

use std::path::PathBuf;

/// Opens the window, on this book if one is named; returns the exit code.
pub fn run(_book: Option<PathBuf>) -> u8 {
    eprintln!("窗口打不开。没有显示器时请用 tuijian demo --export 文件夹");
    3
}
