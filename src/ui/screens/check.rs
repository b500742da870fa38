//! 校核: all findings, by person or by clause, with the notice's own words, and what the reports leave to be looked at. A
//! click or Enter goes to the field.

mod remarks;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use eframe::egui::{
    FontSelection, Frame, Label, Margin, Rect, Response, RichText, ScrollArea, Sense, Shape, TextWrapMode, Ui,
    UiBuilder, WidgetText, vec2,
};

use self::remarks::{Remark, Remarks};

use super::{Action, to_body};
use crate::domain::{
    Applicant, Clause, Finding, FindingCode, Person, PersonEligibility, PersonId, Severity, field_label,
};
use crate::ops::Place;
use crate::rules::RecommenderStanding;
use crate::ui::app::App;
use crate::ui::desk::{Desk, Tab, View};
use crate::ui::drafts::BodyField;
use crate::ui::standing::{Standing, is_reminder, is_step, lacks_copy, quota_sentence};
use crate::ui::tokens::{FORM_WIDTH, LARGE, MEDIUM, RADIUS, SMALL, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{
    self, Arrows, FollowFocus, Roll, Tone, button, caption, card, checkbox, heading, leaf, link, meter, named_link,
    pill, primary, remark, small_lines, stay, title, verdict, walk,
};
use crate::ui::worker::Snapshot;

/// How the findings are looked at.
#[derive(Debug, Default)]
pub struct CheckView {
    only_blocking: bool,
    by_clause: bool,
    /// Clauses whose whole text is shown, person by person.
    opened: BTreeSet<(Option<PersonId>, Option<Clause>)>,
    remarks: Remarks,
    roll: Roll,
}

/// Where a finding leads.
enum Target {
    Person(PersonId, String),
    Body(String, Option<BodyField>),
    Place(Place),
    Notice(Clause),
}

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(desk) = &mut app.desk else { return };
    let fresh = super::is_just_shown(ui, "check");
    let mut view = std::mem::take(&mut desk.check);
    let mut roll = std::mem::take(&mut view.roll);
    view.remarks.read(desk);
    let mut screen = Screen { desk, rows: Vec::new(), target: None };
    let mut area = ScrollArea::vertical().id_salt("check").auto_shrink(false);
    // Where nothing is left to be mended, what comes next stands on top.
    if fresh && screen.desk.book.check.blocking() == 0 {
        area = area.vertical_scroll_offset(0.0);
        stay(ui.ctx());
    }
    let mut seen = Rect::NOTHING;
    area.show_and_follow(ui, |ui| {
        seen = ui.clip_rect();
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.set_width(ui.available_width().min(FORM_WIDTH));
            head(&mut view, screen.desk, ui, actions);
            ui.add_space(MEDIUM);
            for standing in &screen.desk.book.check.recommenders {
                quota(standing, screen.desk, ui, actions);
                ui.add_space(SMALL);
            }
            ui.add_space(SMALL);
            roll.begin(version(&view, screen.desk), ui);
            if view.by_clause {
                screen.by_clause(&view, &mut roll, ui, actions);
            } else {
                screen.by_person(&mut view, &mut roll, ui);
            }
            roll.end(ui);
            // Up and down from one finding to the next; Enter goes to its field.
            walk(ui, &screen.rows, Arrows::Vertical);
            ui.add_space(LARGE);
            leaf(ui);
        });
    });
    // Whoever comes back is where the list was left.
    let in_sight = screen.rows.iter().find(|row| seen.contains(row.rect.center()));
    if fresh && let Some(first) = in_sight.or(screen.rows.first()) {
        first.request_focus();
    }
    let target = screen.target;
    view.roll = roll;
    desk.check = view;
    go(desk, target, actions);
}

/// Of what the list is: another one has other heights.
fn version(view: &CheckView, desk: &Desk) -> u64 {
    let mut hasher = DefaultHasher::new();
    (desk.revision, view.by_clause, view.only_blocking).hash(&mut hasher);
    hasher.finish()
}

fn head(view: &mut CheckView, desk: &Desk, ui: &mut Ui, actions: &mut Vec<Action>) {
    let check = &desk.book.check;
    let blocking = check.blocking();
    ui.horizontal_wrapped(|ui| {
        title(ui, "校核");
        if button(ui, "返回申报表（Esc）").clicked() {
            actions.push(Action::Show(View::Form));
        }
    });
    ui.add_space(SMALL);
    if blocking > 0 {
        ui.horizontal_wrapped(|ui| {
            pill(ui, &format!("{blocking} 处阻止报送"), Tone::Fault);
            caption(ui, "未推荐的申报人不影响报送。点一条意见，或用 ↑ ↓ 选中后按回车，就到要改的那一栏。");
        });
    } else {
        all_well(desk, view.remarks.all().len(), view.only_blocking, ui, actions);
    }
    if check.findings.is_empty() && view.remarks.all().is_empty() {
        return;
    }
    ui.add_space(SMALL);
    ui.horizontal_wrapped(|ui| {
        for (value, words) in [(false, "按人看"), (true, "按条款看")] {
            if ui.selectable_label(view.by_clause == value, words).clicked() {
                view.by_clause = value;
            }
        }
        checkbox(ui, &mut view.only_blocking, &format!("只看阻止报送的（{blocking}）"));
    });
}

/// Nothing blocks: what comes next, and how much of what is to be handed in should be looked at before.
fn all_well(desk: &Desk, remarks: usize, only_blocking: bool, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    let handed_in = |found: &&Finding| {
        found.person.is_none_or(|id| desk.book.person(id).is_some_and(|person| person.applicant.nominated))
    };
    let (reminders, doubts): (Vec<&Finding>, Vec<&Finding>) =
        desk.book.check.findings.iter().filter(handed_in).partition(|found| is_reminder(found));
    let (doubts, reminders) = (doubts.len() + remarks, reminders.len());
    let counted: Vec<String> = [(doubts, "处请核对"), (reminders, "处提醒")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    let counted = counted.join("、");
    let nominated = desk.book.check.recommenders.iter().any(|standing| standing.nominated > 0);
    // Green is for what can be handed in.
    let (ink, ground) = if nominated { Tone::Good } else { Tone::Quiet }.colors(palette);
    Frame::new().fill(ground).corner_radius(RADIUS).inner_margin(Margin::same(12)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let (words, next) = match (desk.book.people.is_empty(), nominated) {
            (true, _) => ("册中还没有申报人。先在左边新增，或导入他们的申报表。".to_owned(), None),
            (false, false) => {
                let words = if desk.standings.values().any(|standing| matches!(standing, Standing::Faults(_))) {
                    "还没有推荐任何人，所以没有阻止报送的问题。下一步：把下面要推荐的人的问题改好，再点他申报表右上角的“推荐”。"
                } else {
                    "还没有推荐任何人，所以没有阻止报送的问题。下一步：在左边选一位申报人，点“推荐”。"
                };
                (words.to_owned(), None)
            }
            (false, true) => {
                let first = match doubts + reminders {
                    0 => String::new(),
                    _ if only_blocking => format!("；另有 {counted}，去掉“只看阻止报送的”就能看到"),
                    _ => format!("；下面有 {counted}，盖章前请看一看"),
                };
                let words =
                    format!("已推荐的人没有阻止报送的问题{first}。下一步：导出整套材料，打印、盖章、装订后报送。");
                (words, Some("导出与打印"))
            }
        };
        ui.add(Label::new(RichText::new(words).color(ink)).wrap());
        if let Some(next) = next {
            ui.add_space(TINY);
            if primary(ui, next).clicked() {
                actions.push(Action::Show(View::Export));
            }
        }
    });
}

fn quota(standing: &RecommenderStanding, desk: &Desk, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Snapshot { bodies, notice, .. } = &desk.book;
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().interact_size.y = 22.0;
        ui.horizontal_wrapped(|ui| {
            heading(ui, &standing.name);
            ui.label(quota_sentence(standing));
            if standing.exception.is_some() && standing.nominated > standing.quota as usize {
                pill(ui, "已写明超名额的理由", Tone::Mark);
            }
            if named_link(ui, "推荐单位资料", &format!("推荐单位资料（{}）", standing.name)).clicked() {
                let body = bodies.iter().find(|body| body.recommender.name == standing.name);
                actions.extend(body.map(|body| to_body(bodies, body.id)));
            }
        });
        meter(ui, &format!("{}已用推荐名额", standing.name), standing.nominated, standing.quota);
        let text = notice.clause_text(Clause::Quota);
        caption(ui, &format!("{}：一般不超过 {} 人", Clause::Quota.full_name(), standing.quota)).on_hover_text(text);
    });
}

struct Screen<'a> {
    desk: &'a Desk,
    /// The findings' links, from top to bottom.
    rows: Vec<Response>,
    target: Option<Target>,
}

const FORMS: &str = "填写的内容，请在盖章前核对";
const REPORTS: &str = "推荐报告，请在盖章前核对";

impl Screen<'_> {
    fn by_person(&mut self, view: &mut CheckView, roll: &mut Roll, ui: &mut Ui) {
        let check = &self.desk.book.check;
        let wanted = |found: &&Finding| !view.only_blocking || found.blocks;
        let of_bodies: Vec<&Finding> =
            check.findings.iter().filter(|found| found.person.is_none()).filter(wanted).collect();
        let remarks = if view.only_blocking { &[] } else { view.remarks.all() };
        self.remarks(FORMS, remarks.iter().filter(|remark| !remark.in_report), true, ui);
        let in_report = || remarks.iter().filter(|remark| remark.in_report);
        if !of_bodies.is_empty() || in_report().next().is_some() {
            heading(ui, "推荐单位");
            ui.add_space(TINY);
        }
        let opened = &mut view.opened;
        if !of_bodies.is_empty() {
            self.group(&of_bodies, None, opened, roll, ui);
        }
        self.remarks(REPORTS, in_report(), self.desk.book.bodies.len() > 1, ui);
        let mut by_person: BTreeMap<PersonId, Vec<&Finding>> = BTreeMap::new();
        for found in check.findings.iter().filter(wanted) {
            if let Some(id) = found.person {
                by_person.entry(id).or_default().push(found);
            }
        }
        for id in self.desk.in_order() {
            let findings = by_person.remove(&id).unwrap_or_default();
            if view.only_blocking && findings.is_empty() {
                continue;
            }
            self.person(id, &findings, view, roll, ui);
        }
    }

    fn person(&mut self, id: PersonId, findings: &[&Finding], view: &mut CheckView, roll: &mut Roll, ui: &mut Ui) {
        let Some(person) = self.desk.book.person(id) else { return };
        roll.piece((id, "head"), false, ui, |ui| self.person_head(person, view, findings.is_empty(), ui));
        self.group(findings, Some(id), &mut view.opened, roll, ui);
    }

    /// Who it is, how the person stands, and what the conditions of part 二 say.
    fn person_head(&self, person: &Person, view: &CheckView, is_well: bool, ui: &mut Ui) {
        let id = person.id;
        ui.add_space(SMALL);
        let eligibility = self.desk.book.check.eligibility_of(id);
        ui.horizontal_wrapped(|ui| {
            let name = person.applicant.name.trim();
            heading(ui, if name.is_empty() { "（未填姓名）" } else { name });
            // The word that stands beside the name in the list of people.
            let standing = self.desk.standings.get(&id).copied().unwrap_or(Standing::Draft);
            let doubts = self.desk.tallies.get(&id).map_or(0, |tally| tally.doubts);
            let tone = if doubts > 0 && standing.is_green() { Tone::Warn } else { Tone::from(standing) };
            pill(ui, &standing.word(), tone);
            // Of a form that is hardly begun the conditions say nothing yet.
            if let Some(eligibility) = eligibility.filter(|_| standing != Standing::Draft) {
                verdict(ui, eligibility.verdict, &person.applicant);
            }
            if !person.applicant.nominated {
                pill(ui, "未推荐", Tone::Quiet);
            }
        });
        let standing = self.desk.standings.get(&id).copied().unwrap_or(Standing::Draft);
        let left = self.desk.tallies.get(&id).and_then(|tally| tally.words());
        // What is listed below and not counted there.
        let reminders = self.desk.book.check.of_person(id).filter(|found| is_reminder(found)).count();
        let reminders =
            (person.applicant.nominated && reminders > 0 && !view.only_blocking).then(|| format!("{reminders} 处提醒"));
        let told: Vec<String> = left.into_iter().chain(reminders).collect();
        if !told.is_empty() && standing != Standing::Draft {
            caption(ui, &format!("{}。", told.join("；")));
        }
        if let Some(eligibility) = eligibility.filter(|_| !view.only_blocking) {
            conditions(eligibility, &person.applicant, ui);
        }
        ui.add_space(TINY);
        let doubts = self.desk.tallies.get(&id).map_or(0, |tally| tally.doubts);
        if is_well && doubts == 0 {
            caption(ui, "没有问题。");
        }
    }

    /// What is to be looked at though no clause says so.
    fn remarks<'r>(&mut self, heading: &str, remarks: impl Iterator<Item = &'r Remark>, named: bool, ui: &mut Ui) {
        let mut remarks = remarks.peekable();
        if remarks.peek().is_none() {
            return;
        }
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = TINY;
            caption(ui, heading);
            for remark in remarks {
                let whose = named.then_some(remark.name.as_str());
                let line = Line {
                    weight: "请核对",
                    severity: Severity::Warn,
                    who: whose,
                    words: &remark.words,
                    way: remark.way.clone(),
                };
                let (response, clicked) = row(&line, ui);
                if clicked {
                    self.target = Some(Target::Place(remark.place.clone()));
                }
                self.rows.push(response);
            }
        });
        ui.add_space(SMALL);
    }

    /// Findings of one person or of the recommenders, under the clauses that they rest on.
    fn group(
        &mut self,
        findings: &[&Finding],
        person: Option<PersonId>,
        opened: &mut BTreeSet<(Option<PersonId>, Option<Clause>)>,
        roll: &mut Roll,
        ui: &mut Ui,
    ) {
        let mut clauses = clauses(findings);
        // What blocks comes first.
        let blocks = |clause: &Option<Clause>| findings.iter().any(|found| found.clause == *clause && found.blocks);
        clauses.sort_by_key(|clause| !blocks(clause));
        for clause in clauses {
            roll.piece((person, clause), true, ui, |ui| {
                card(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.spacing_mut().item_spacing.y = TINY;
                    self.quote(clause, (person, clause), opened, ui);
                    let here = findings.iter().copied().filter(|found| found.clause == clause);
                    let mut here: Vec<&Finding> = here.collect();
                    here.sort_by_key(|found| !found.blocks);
                    // Of several recommenders it is said which.
                    let named = person.is_none() && self.desk.book.bodies.len() > 1;
                    for found in here {
                        self.line(found, named, ui);
                    }
                });
                ui.add_space(SMALL);
            });
        }
    }

    /// The clause's name and words: the beginning, or all of it where there is more than one line.
    fn quote(
        &self,
        clause: Option<Clause>,
        key: (Option<PersonId>, Option<Clause>),
        opened: &mut BTreeSet<(Option<PersonId>, Option<Clause>)>,
        ui: &mut Ui,
    ) {
        let Some(clause) = clause else {
            caption(ui, "通知没有规定，请核对");
            return;
        };
        let text = self.desk.book.notice.clause_text(clause);
        let words = RichText::new(text).size(TEXT_SMALL).color(palette(ui).weak);
        let is_cut = is_cut(words.clone(), ui);
        let is_open = is_cut && opened.contains(&key);
        small_lines(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(clause.full_name()).size(TEXT_SMALL).color(palette(ui).label));
                if !is_cut {
                    return;
                }
                let look = if is_open { "收起原文" } else { "看原文" };
                let name = format!("{look}（{}）", clause.full_name());
                if named_link(ui, look, &name).clicked() && !opened.remove(&key) {
                    opened.insert(key);
                }
            });
        });
        if is_open || !is_cut {
            ui.add(Label::new(words).wrap());
        } else {
            ui.add(Label::new(words).truncate());
        }
        ui.add_space(2.0);
    }

    fn by_clause(&mut self, view: &CheckView, roll: &mut Roll, ui: &mut Ui, actions: &mut Vec<Action>) {
        let check = &self.desk.book.check;
        let findings: Vec<&Finding> =
            check.findings.iter().filter(|found| !view.only_blocking || found.blocks).collect();
        let remarks = if view.only_blocking { &[] } else { view.remarks.all() };
        if findings.is_empty() && remarks.is_empty() {
            caption(ui, "没有阻止报送的问题。");
        }
        self.remarks(FORMS, remarks.iter().filter(|remark| !remark.in_report), true, ui);
        let several = self.desk.book.bodies.len() > 1;
        self.remarks(REPORTS, remarks.iter().filter(|remark| remark.in_report), several, ui);
        for clause in clauses(&findings) {
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = TINY;
                match clause {
                    Some(clause) => {
                        heading(ui, &clause.full_name());
                        caption(ui, self.desk.book.notice.clause_text(clause));
                        let name = format!("在通知中看（{}）", clause.full_name());
                        if named_link(ui, "在通知中看", &name).clicked() {
                            actions.push(Action::ShowClause(clause));
                        }
                    }
                    None => drop(heading(ui, "通知没有规定，请核对")),
                }
                ui.add_space(TINY);
                for (index, found) in findings.iter().filter(|found| found.clause == clause).enumerate() {
                    roll.piece((clause, index), true, ui, |ui| self.line(found, true, ui));
                }
            });
            ui.add_space(SMALL);
        }
    }

    /// One finding; the whole of it can be clicked, its link has the cursor.
    fn line(&mut self, found: &Finding, named: bool, ui: &mut Ui) {
        let (response, clicked) = row(&Line::of(found, named, is_reviewed(self.desk, found)), ui);
        if clicked {
            self.target = Some(target(found));
        }
        self.rows.push(response);
    }
}

/// Whether one line has no room for the words.
fn is_cut(words: RichText, ui: &Ui) -> bool {
    let font = FontSelection::default();
    WidgetText::from(words).into_galley(ui, Some(TextWrapMode::Truncate), ui.available_width(), font).elided
}

/// What a row of the list says.
struct Line<'a> {
    weight: &'static str,
    severity: Severity,
    who: Option<&'a str>,
    words: &'a str,
    /// The words of the link.
    way: String,
}

impl<'a> Line<'a> {
    /// `reviewed`: the experts' review is recorded.
    fn of(found: &'a Finding, named: bool, reviewed: bool) -> Self {
        let weight = match (found.severity, found.blocks) {
            (Severity::Block, true) if is_step(found) => "未完成",
            (Severity::Block, true) => "须改",
            (Severity::Block, false) => "报送前须改",
            (Severity::Judge, _) if reviewed => "已评议",
            (Severity::Judge, _) => "待评议",
            (Severity::Warn, _) if is_reminder(found) => "提醒",
            (Severity::Warn, _) => "请核对",
        };
        let who = found.name.as_deref().or(found.recommender.as_deref()).unwrap_or_default();
        let who = if who.trim().is_empty() { "（未填姓名）" } else { who };
        // What is still to come is no fault, though nothing can be handed in before.
        let severity = if found.blocks && is_step(found) { Severity::Warn } else { found.severity };
        let words = found.message.as_str();
        Self { weight, severity, who: named.then_some(who), words, way: way(found) }
    }
}

/// Draws a row; its link, and whether it was pressed or the row was clicked.
fn row(line: &Line<'_>, ui: &mut Ui) -> (Response, bool) {
    let ground = ui.painter().add(Shape::Noop);
    let scope = ui.scope_builder(UiBuilder::new().sense(Sense::CLICK), |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            pill(ui, line.weight, Tone::from(line.severity));
            ui.vertical(|ui| {
                if let Some(who) = line.who {
                    ui.label(RichText::new(who).size(TEXT_SMALL));
                }
                remark(ui, line.severity, line.words);
                link(ui, &line.way)
            })
            .inner
        })
        .inner
    });
    let (response, link) = (scope.response, scope.inner);
    if response.hovered() || link.has_focus() {
        let fill = palette(ui).hover;
        ui.painter().set(ground, Shape::rect_filled(response.rect.expand2(vec2(6.0, 3.0)), RADIUS, fill));
    }
    let clicked = link.clicked() || response.clicked();
    (link, clicked)
}

/// Whether the experts have looked at whom a finding is about.
fn is_reviewed(desk: &Desk, found: &Finding) -> bool {
    let person = found.person.and_then(|id| desk.book.person(id));
    person.is_some_and(|person| person.applicant.process.expert_review.is_recorded())
}

/// The findings of a list that a click was made on, for other screens.
pub(super) fn lines(desk: &mut Desk, findings: &[Finding], ui: &mut Ui, actions: &mut Vec<Action>) {
    let mut pressed = None;
    for found in findings {
        if row(&Line::of(found, true, is_reviewed(desk, found)), ui).1 {
            pressed = Some(target(found));
        }
    }
    go(desk, pressed, actions);
}

fn go(desk: &mut Desk, target: Option<Target>, actions: &mut Vec<Action>) {
    match target {
        Some(Target::Person(id, field)) => actions.push(Action::GoTo(id, field)),
        Some(Target::Body(name, field)) => {
            let body = desk.book.bodies.iter().find(|body| body.recommender.name == name).map(|body| body.id);
            let view = if matches!(field, Some(BodyField::Report(_))) { View::Report } else { View::Recommender };
            if let Some(id) = body {
                desk.report.shown = Some(id);
                desk.drafts.wanted = field.map(|field| (id, field));
            }
            actions.push(Action::Show(view));
        }
        Some(Target::Place(place)) => actions.push(super::go_to(&place)),
        Some(Target::Notice(clause)) => actions.push(Action::ShowClause(clause)),
        None => {}
    }
}

/// The day of handing in cannot be mended: it is read in the notice.
fn is_of_deadline(found: &Finding) -> bool {
    matches!(found.code, FindingCode::DeadlineNear | FindingCode::DeadlinePassed)
}

/// The field of a person where a finding is mended. A copy is wanting in the row of a certificate, but it is added among
/// the attachments.
fn field(found: &Finding) -> Option<&str> {
    match found.code {
        _ if lacks_copy(found) => None,
        FindingCode::ProcessExpertVote => Some("process.expert_review.agree"),
        // What is wanting is entered here, what only the experts can say there.
        FindingCode::BasisCondition => Some("honours"),
        FindingCode::BasisJudgement => Some("process.expert_review"),
        _ => found.field.as_deref(),
    }
}

/// The part of the form where a finding is mended.
fn tab(found: &Finding) -> Tab {
    if lacks_copy(found) { Tab::Attachments } else { Tab::of_finding(found) }
}

fn target(found: &Finding) -> Target {
    match found.person {
        Some(id) => Target::Person(id, field(found).unwrap_or_else(|| first_field(tab(found))).to_owned()),
        None if is_of_deadline(found) => Target::Notice(found.clause.unwrap_or(Clause::Requirements)),
        None => Target::Body(found.recommender.clone().unwrap_or_default(), BodyField::of_finding(found)),
    }
}

/// Where a finding's link leads.
fn way(found: &Finding) -> String {
    let place = match (found.person, field(found)) {
        (Some(_), Some(field)) => field_label(field),
        (Some(_), None) => tab(found).label(),
        (None, _) if is_of_deadline(found) => return "去看：通知".to_owned(),
        (None, _) if matches!(BodyField::of_finding(found), Some(BodyField::Report(_))) => "推荐报告",
        (None, _) => "推荐单位资料",
    };
    format!("去改：{place}")
}

/// The clauses of findings, in the notice's order; what rests on none comes last.
fn clauses(findings: &[&Finding]) -> Vec<Option<Clause>> {
    let mut clauses: Vec<_> = findings.iter().map(|found| found.clause).collect();
    clauses.sort_by_key(|clause| (clause.is_none(), *clause));
    clauses.dedup();
    clauses
}

fn conditions(eligibility: &PersonEligibility, applicant: &Applicant, ui: &mut Ui) {
    ui.add_space(TINY);
    for condition in &eligibility.conditions {
        widgets::condition(ui, condition, applicant);
    }
}

/// A finding without a field is mended somewhere in its part of the form.
fn first_field(tab: Tab) -> &'static str {
    match tab {
        Tab::Experience => "experience",
        Tab::Conditions => "certificates",
        Tab::Sections => "sections.speciality",
        Tab::Summary => "sections.summary",
        Tab::Attachments => "attachments",
        Tab::Process => "process",
        Tab::Basic | Tab::Pages => "name",
    }
}
