//! 推荐报告: what the recommender tells the city of its people, its procedure, its experts and its publicity (notice 三).
//!
//! The text is generated from the record; the clerk may replace any part, and what the clerk wrote stands. Each part
//! carries a fingerprint of the facts behind it, so that an edited part whose facts have changed since can be reported.

mod candidates;
mod facts;
mod layout;
mod steps;
#[cfg(test)]
mod tests;
mod words;

pub use facts::facts_fingerprint;
pub use layout::{report, run_in_head};

use crate::domain::{Person, Recommender, is_filled};
use crate::rules::Notice;

/// A part of the report, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartKey {
    Candidates,
    Procedure,
    Experts,
    Publicity,
    Opinion,
}

impl PartKey {
    pub const ALL: [Self; 5] = [Self::Candidates, Self::Procedure, Self::Experts, Self::Publicity, Self::Opinion];

    /// The record's key in `recommender.report`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Candidates => "candidates",
            Self::Procedure => "procedure",
            Self::Experts => "experts",
            Self::Publicity => "publicity",
            Self::Opinion => "opinion",
        }
    }

    /// The part of a record's key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.key() == key)
    }

    /// The part's head with its number.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Candidates => "一、推荐人选基本情况",
            Self::Procedure => "二、推荐程序",
            Self::Experts => "三、专家评议情况",
            Self::Publicity => "四、公示情况",
            Self::Opinion => "五、推荐意见",
        }
    }
}

/// The report as it reads, before it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportText {
    /// From the notice.
    pub title: String,
    /// 主送: the body that issued the notice, without the colon.
    pub addressee: String,
    /// The sentence before the first part.
    pub opening: String,
    pub parts: Vec<ReportPart>,
    /// 署名: the recommender's name. The date below it is left for the pen.
    pub signature: String,
}

/// One part of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPart {
    pub key: PartKey,
    /// What the record says, a paragraph a line.
    pub generated: String,
    /// The text in force: the clerk's where there is one, else `generated`.
    pub text: String,
    /// The clerk's text is in force.
    pub edited: bool,
    /// Changes exactly when the facts behind the part change; never with the program's wording.
    pub fingerprint: String,
}

impl ReportPart {
    pub fn heading(&self) -> &'static str {
        self.key.heading()
    }

    /// The paragraphs of the text in force; empty lines are none.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.text.lines().map(str::trim).filter(|line| !line.is_empty())
    }

    /// Whether the facts have changed since the clerk edited the part; `at_edit` is the fingerprint of that moment.
    pub fn is_stale(&self, at_edit: &str) -> bool {
        self.edited && self.fingerprint != at_edit
    }
}

/// The report of one recommender; `nominated` are its people in order.
pub fn report_text(notice: &Notice, recommender: &Recommender, nominated: &[&Person]) -> ReportText {
    let parts = PartKey::ALL.map(|key| {
        let generated = paragraphs(key, notice, recommender, nominated).join("\n");
        let edit = recommender.report.get(key.key()).filter(|text| is_filled(text));
        ReportPart {
            key,
            text: edit.unwrap_or(&generated).clone(),
            edited: edit.is_some(),
            fingerprint: facts_fingerprint(key, notice, recommender, nominated),
            generated,
        }
    });
    ReportText {
        title: notice.forms.report.clone(),
        addressee: notice.issuer.clone(),
        opening: opening(notice, recommender),
        parts: parts.into(),
        signature: words::or_blank(&recommender.name, "推荐单位名称"),
    }
}

fn opening(notice: &Notice, recommender: &Recommender) -> String {
    format!(
        "根据《{}》（{}）要求，{}组织开展了{}推荐工作。现将有关情况报告如下：",
        notice.title,
        notice.number,
        words::we(&recommender.name),
        notice.award
    )
}

fn paragraphs(key: PartKey, notice: &Notice, recommender: &Recommender, people: &[&Person]) -> Vec<String> {
    match key {
        PartKey::Candidates => candidates::paragraphs(notice, people),
        PartKey::Procedure => steps::procedure(recommender, people),
        PartKey::Experts => steps::experts(recommender, people),
        PartKey::Publicity => steps::publicity(notice, recommender, people),
        PartKey::Opinion => steps::opinion(notice, recommender, people),
    }
}
