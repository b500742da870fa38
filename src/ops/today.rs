//! The day the rules are applied on.

use super::error::OpError;
use crate::domain::{Day, parse_day};

/// `TUIJIAN_TODAY` (YYYY-MM-DD), else the clock's day.
pub fn today() -> Result<Day, OpError> {
    match std::env::var("TUIJIAN_TODAY") {
        Ok(text) if !text.trim().is_empty() => parse_day(&text)
            .ok_or_else(|| OpError::Wrong(format!("环境变量 TUIJIAN_TODAY 应写成 2021-07-10 的样子，现在是“{text}”"))),
        _ => Ok(chrono::Local::now().date_naive()),
    }
}
