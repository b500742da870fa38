//! 推荐报告: the clerk's own words for a part, kept and marked, and what has changed behind them since.

use super::error::OpError;
use super::open_book::{OpenBook, who};
use crate::domain::{Body, Person, Recommender, nominated};
use crate::pages::report::{PartKey, ReportPart, facts_fingerprint, report_text};
use crate::rules::Notice;

/// One part of a recommender's report.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ReportPartState {
    /// The record's key.
    pub part: &'static str,
    pub heading: &'static str,
    /// The text in force.
    pub text: String,
    /// The clerk's text is in force, not the generated one.
    pub edited: bool,
    /// What the part tells of has changed since the clerk edited it.
    pub stale: bool,
    /// What the record says now, a paragraph a line.
    #[serde(skip)]
    pub generated: String,
}

impl ReportPartState {
    /// Facts that the text still leaves open.
    pub fn open_ends(&self) -> usize {
        self.text.matches(OPEN_END).count()
    }
}

/// A recommender's report as it would print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportState {
    pub title: String,
    pub addressee: String,
    /// The sentence before the first part.
    pub opening: String,
    pub parts: Vec<ReportPartState>,
    pub signature: String,
}

/// The report of a recommender; `people` are all of the book.
pub fn report_state(notice: &Notice, body: &Body, people: &[Person]) -> ReportState {
    let text = report_text(notice, &body.recommender, &nominated(people, body.id));
    ReportState {
        title: text.title,
        addressee: text.addressee,
        opening: text.opening,
        parts: text.parts.into_iter().map(|part| state(body, part)).collect(),
        signature: text.signature,
    }
}

/// The parts of a recommender's report as they stand.
pub fn report_parts(open: &OpenBook, body: &Body) -> Result<Vec<ReportPartState>, OpError> {
    Ok(report_state(&open.notice, body, &open.people()?).parts)
}

fn state(body: &Body, part: ReportPart) -> ReportPartState {
    // An edit that came with a record brings no fingerprint: nothing is known of its time.
    let at_edit = body.recommender.report_facts.get(part.key.key());
    ReportPartState {
        part: part.key.key(),
        heading: part.heading(),
        stale: at_edit.is_some_and(|at_edit| part.is_stale(at_edit)),
        edited: part.edited,
        text: part.text,
        generated: part.generated,
    }
}

/// Puts the clerk's text in force for a part (its key, its number from 1, or its heading); empty text, or the very text that
/// is generated, gives the generated one back.
pub fn edit_report(open: &mut OpenBook, body: &Body, part: &str, text: &str) -> Result<String, OpError> {
    let (recommender, what) = with_part(open, body, part, text)?;
    if recommender != body.recommender {
        open.book.transact(&who(), &what, |change| change.update_body(body.id, &recommender).map_err(OpError::from))?;
    }
    Ok(what)
}

/// The recommender with a part edited, and what to say of it.
pub(super) fn with_part(
    open: &OpenBook,
    body: &Body,
    part: &str,
    text: &str,
) -> Result<(Recommender, String), OpError> {
    let key = find_part(part)?;
    let people = open.people()?;
    let nominated: Vec<&Person> = nominated(&people, body.id);
    let mut recommender = body.recommender.clone();
    let parts = report_text(&open.notice, &recommender, &nominated).parts;
    let as_generated = parts.iter().any(|part| part.key == key && part.generated == text);
    let what = if text.trim().is_empty() || as_generated {
        recommender.report.remove(key.key());
        recommender.report_facts.remove(key.key());
        format!("推荐报告“{}”恢复为自动生成的内容", key.heading())
    } else {
        let facts = facts_fingerprint(key, &open.notice, &recommender, &nominated);
        recommender.report.insert(key.key().to_owned(), text.to_owned());
        recommender.report_facts.insert(key.key().to_owned(), facts);
        format!("修改推荐报告“{}”", key.heading())
    };
    Ok((recommender, what))
}

fn find_part(words: &str) -> Result<PartKey, OpError> {
    let number = words.parse::<usize>().ok().and_then(|number| PartKey::ALL.get(number.checked_sub(1)?).copied());
    let heading = || {
        PartKey::ALL.into_iter().find(|part| part.heading() == words || part.heading().ends_with(&format!("、{words}")))
    };
    PartKey::from_key(words).or(number).or_else(heading).ok_or_else(|| {
        let known: Vec<&str> = PartKey::ALL.iter().map(|part| part.heading()).collect();
        OpError::Wrong(format!("推荐报告没有“{words}”这一部分；有 {}，写序号 1 到 5 即可", known.join("，")))
    })
}

/// What generated text says where a fact is missing.
pub(super) const OPEN_END: &str = "（待补";

/// A sentence for each edited part whose facts have changed since, and for facts that are still missing, of the
/// recommenders given.
pub fn report_remarks<'a>(open: &OpenBook, bodies: impl Iterator<Item = &'a Body>) -> Result<Vec<String>, OpError> {
    let mut sentences = Vec::new();
    for body in bodies {
        let parts = report_parts(open, body)?;
        for part in parts.iter().filter(|part| part.stale) {
            sentences.push(format!(
                "“{}”的推荐报告“{}”改过之后，所依据的情况又有变化，请核对这一部分",
                body.recommender.name, part.heading
            ));
        }
        let open_ends: usize = parts.iter().map(ReportPartState::open_ends).sum();
        if open_ends > 0 && !nominated(&open.people()?, body.id).is_empty() {
            let name = &body.recommender.name;
            sentences.push(format!("“{name}”的推荐报告里还有 {open_ends} 处“待补”，请补登后再盖章"));
        }
    }
    Ok(sentences)
}
