//! The one place of the store that asks for the time.

use chrono::{DateTime, Local, SecondsFormat, Utc};

/// Now, as the book keeps time: UTC, RFC 3339, to the millisecond.
pub(super) fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A kept time as people read it: local, `2021-06-01 09:30:00`. Text that is no time is shown as it is.
pub(super) fn shown(at: &str) -> String {
    DateTime::parse_from_rfc3339(at)
        .map_or_else(|_| at.to_owned(), |at| at.with_timezone(&Local).format("%Y-%m-%d %H:%M:%S").to_string())
}
