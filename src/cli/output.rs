//! What a command leaves on its two streams, and its exit code.

use std::io::Write;

use crate::ops::OpError;

/// What a command has to say when it worked.
pub struct Outcome {
    /// For standard output.
    result: String,
    /// For standard error.
    remark: String,
    code: u8,
}

impl Outcome {
    /// Lines for standard output.
    pub fn text(result: impl Into<String>) -> Self {
        Self { result: result.into(), remark: String::new(), code: 0 }
    }

    /// One JSON document.
    pub fn json(value: &impl serde::Serialize) -> Self {
        match serde_json::to_string_pretty(value) {
            Ok(text) => Self::text(text),
            Err(_) => Self::text("null").with_code(3),
        }
    }

    /// Adds lines for standard error.
    pub fn with_remark(mut self, remark: impl Into<String>) -> Self {
        self.remark = remark.into();
        self
    }

    pub fn with_code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }

    /// Writes both streams and returns the exit code.
    pub fn show(self) -> u8 {
        if !self.remark.is_empty() {
            complain(&self.remark, 0);
        }
        let written = if self.result.is_empty() { 0 } else { show(&self.result) };
        if self.code == 0 { written } else { self.code }
    }
}

/// Writes to standard output; 3 where that is not possible (a closed pipe is the reader's choice, not a fault).
pub fn show(text: &str) -> u8 {
    match writeln!(std::io::stdout().lock(), "{}", text.trim_end()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => complain("结果写不出去，请检查磁盘", 3),
        _ => 0,
    }
}

/// Writes to standard error and hands the code through.
pub fn complain(text: &str, code: u8) -> u8 {
    // Nobody is left to be told when standard error is closed.
    let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end());
    code
}

/// The contract's exit codes.
pub fn exit_code(error: &OpError) -> u8 {
    match error.kind() {
        OpError::Refused(_) | OpError::Cancelled => 1,
        OpError::Wrong(_) => 2,
        OpError::File(_) => 3,
        OpError::Locked(_) => 4,
        // A kind has no next step.
        OpError::Next { .. } => 3,
    }
}
