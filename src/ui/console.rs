//! The console that Windows puts beside a program that has a command line.

use std::ptr::null_mut;

use windows_sys::Win32::System::Console::{
    FreeConsole, GetConsoleProcessList, STD_ERROR_HANDLE, STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, SetStdHandle,
};

/// Lets a console go that was made for this program alone, by a double click: the clerk would sit before a black window.
/// One that a command was typed into has its shell in it, and stays.
pub fn let_go() {
    let mut processes = [0; 2];
    // SAFETY: there is room for the two that are asked for; a console that nobody else uses is no handle of this program's.
    unsafe {
        if GetConsoleProcessList(processes.as_mut_ptr(), 2) == 1 {
            FreeConsole();
            // Their numbers may soon be those of other files, into which a message would go.
            for handle in [STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE] {
                SetStdHandle(handle, null_mut());
            }
        }
    }
}
