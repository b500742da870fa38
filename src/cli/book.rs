//! new, demo, recommender.

use std::path::Path;

use serde_json::{Value, json};

use super::args::{Contact, Demo, DemoKind, New, RecommenderAction};
use super::output::Outcome;
use super::{documents, named};
use crate::domain::{Body, Recommender, RecommenderKind, nominated};
use crate::ops::{self, ExportRequest, OpError, OpenBook, RecommenderEdit};

/// The demonstration book's name where none is given.
const DEMO_BOOK: &str = "示范.tuijian";

pub fn new(book: Option<&Path>, new: &New) -> Result<Outcome, OpError> {
    let recommender = recommender_of(&new.name, new.kind.into(), &new.contact);
    let open = ops::new_book(named(book)?, &new.notice, &recommender)?;
    Ok(Outcome::text(format!("已新建 {}：{}，{}", open.path().display(), recommender.name, open.notice().title)))
}

pub fn demo(book: Option<&Path>, demo: &Demo) -> Result<Outcome, OpError> {
    let kind = match demo.kind {
        DemoKind::Association => RecommenderKind::Association,
        DemoKind::District => RecommenderKind::District,
    };
    let open = ops::demo(book.unwrap_or(Path::new(DEMO_BOOK)), kind)?;
    let mut remarks = Vec::new();
    let mut lines = format!("已新建示范推荐册 {}，共 {} 人（均为虚构）", open.path().display(), open.people()?.len());
    if let Some(folder) = &demo.export {
        let wanted = ExportRequest { out: folder, recommender: None, draft: false, passphrase: None };
        let report = match ops::export_set(&open, &wanted, &documents::tell) {
            Ok(report) => report,
            Err(error) => {
                // Made a moment ago for this alone: left behind, it would refuse the second try.
                ops::discard(open)?;
                return Err(of_demo(error));
            }
        };
        lines += &format!("\n{}", documents::lines(&report));
        remarks = documents::kept(&report);
    }
    Ok(Outcome::text(lines).with_remark(remarks.join("\n")))
}

/// A refusal of the demonstration: its book has gone again, and its people are not the clerk's to mend.
fn of_demo(error: OpError) -> OpError {
    match error.kind() {
        OpError::Refused(sentence) => OpError::Refused(format!("{sentence}\n{DEMO_REFUSED}")),
        _ => error,
    }
}

const DEMO_REFUSED: &str = "示范推荐册没有留下。示范人员的公示期满以后才能导出，请核对这台电脑的日期；\
                            或去掉 --export，先建示范推荐册，再用 export --draft 导出草稿。";

pub fn recommender(open: &mut OpenBook, action: RecommenderAction) -> Result<Outcome, OpError> {
    match action {
        RecommenderAction::List(json) => list(open, json.json),
        RecommenderAction::Add { kind, name, contact } => {
            ops::add_recommender(open, &recommender_of(&name, kind.into(), &contact)).map(Outcome::text)
        }
        RecommenderAction::Report { recommender, part, text, json } => {
            let body = open.find_body(recommender.as_deref())?;
            match part.zip(text) {
                Some((part, text)) => ops::edit_report(open, &body, &part, &text).map(Outcome::text),
                None => report(open, &body, json.json),
            }
        }
        RecommenderAction::Remove { recommender } => {
            let body = open.find_body(Some(&recommender))?;
            ops::remove_recommender(open, &body).map(Outcome::text)
        }
        RecommenderAction::Edit { recommender, name, kind, exception, contact } => {
            let body = open.find_body(recommender.as_deref())?;
            let Contact { contact, phone, mobile, address } = contact;
            let kind = kind.map(RecommenderKind::from);
            let edit = RecommenderEdit { name, kind, contact, phone, mobile, address, exception };
            ops::edit_recommender(open, &body, edit).map(Outcome::text)
        }
    }
}

/// The parts of a report with their marks.
fn report(open: &OpenBook, body: &Body, json: bool) -> Result<Outcome, OpError> {
    let parts = ops::report_parts(open, body)?;
    if json {
        return Ok(Outcome::json(&parts));
    }
    let shown = parts.iter().map(|part| {
        let mark = match (part.edited, part.stale) {
            (_, true) => "（已改写；之后情况有变化，请核对）",
            (true, false) => "（已改写）",
            (false, false) => "",
        };
        format!("{}{mark}\n{}", part.heading, part.text)
    });
    Ok(Outcome::text(shown.collect::<Vec<_>>().join("\n\n")))
}

fn recommender_of(name: &str, kind: RecommenderKind, contact: &Contact) -> Recommender {
    let or_empty = |field: &Option<String>| field.clone().unwrap_or_default();
    Recommender {
        name: name.to_owned(),
        kind,
        contact: or_empty(&contact.contact),
        phone: or_empty(&contact.phone),
        mobile: or_empty(&contact.mobile),
        address: or_empty(&contact.address),
        exception: String::new(),
        report: Default::default(),
        report_facts: Default::default(),
    }
}

fn list(open: &OpenBook, json: bool) -> Result<Outcome, OpError> {
    let standings = ops::check(open)?.recommenders;
    if json {
        let (bodies, people) = (open.bodies()?, open.people()?);
        let row = |(standing, body): (&_, &Body)| {
            let mut row = json!(standing);
            let codes = json!(ops::codes(open, body, &nominated(&people, body.id)));
            if let (Some(row), Value::Object(codes)) = (row.as_object_mut(), codes) {
                row.extend(codes);
            }
            row
        };
        let rows: Vec<Value> = standings.iter().zip(&bodies).map(row).collect();
        return Ok(Outcome::json(&rows));
    }
    let lines: Vec<String> = standings
        .iter()
        .map(|s| format!("{}　{}　已推荐 {} 人，限额 {} 人", s.name, s.kind.label(), s.nominated, s.quota))
        .collect();
    Ok(Outcome::text(lines.join("\n")))
}
