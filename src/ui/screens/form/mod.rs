//! The form of one person, in the parts of Annex 2.

mod attachments;
mod basic;
mod conditions;
mod experience;
mod look;
mod photo;
mod process;
mod texts;

use eframe::egui::{Frame, Id, Label, Margin, Panel, Response, RichText, ScrollArea, Stroke, Ui, UiBuilder};

use super::{Action, page, people};
use crate::domain::{Applicant, Finding, Person, PersonId, SectionKey, Severity, Verdict, is_filled, ranked};
use crate::ui::app::App;
use crate::ui::desk::{Desk, Tab};
use crate::ui::gallery::Gallery;
use crate::ui::standing::{Standing, Tally};
use crate::ui::tokens::{FORM_WIDTH, LARGE, MEDIUM, SMALL, TEXT_TITLE, TINY, palette, strong};
use crate::ui::widgets::{
    Fields, Focus, FollowFocus, Sides, Tone, button, caption, heading, icon_button, link, pill, tab, verdict,
};
use crate::ui::worker::Order;

/// What the parts of the form draw with.
struct Part<'a> {
    fields: Fields<'a>,
    today: crate::domain::Day,
    notice: &'a crate::rules::Notice,
    eligibility: Option<&'a crate::domain::PersonEligibility>,
    kind: Option<crate::domain::RecommenderKind>,
    /// The others of the same recommender, those put forward first.
    others: Vec<&'a Applicant>,
    /// Another applicant's spelling of the employer's name.
    employer_like: Option<&'a str>,
    gallery: &'a mut Gallery,
    actions: &'a mut Vec<Action>,
    looking: &'a mut Option<usize>,
    photo_came: &'a mut Option<crate::domain::FileKey>,
    cutting: &'a mut Option<crate::ui::cutting::Cutting>,
}

pub fn show(app: &mut App, ui: &mut Ui, wide: bool, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    let Some(desk) = &mut app.desk else { return };
    if desk.selected.is_none() {
        empty(desk, ui, actions);
        return;
    }
    if wide && desk.tab == Tab::Pages {
        desk.tab = desk.before_pages;
    }
    let oddities = desk.selected.map(|id| desk.oddities(id, &desk.form)).unwrap_or_default();
    Panel::top("tabs").frame(Frame::new().fill(palette.surface).inner_margin(Margin::symmetric(24, 0))).show(
        ui,
        |ui| {
            head(desk, ui, actions);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                for value in Tab::FORM {
                    let here = desk.findings.iter().filter(|found| Tab::of_finding(found) == value);
                    let nominated =
                        desk.selected.and_then(|id| desk.book.person(id)).is_some_and(|p| p.applicant.nominated);
                    let odd = oddities.iter().filter(|oddity| Tab::of_field(&oddity.field) == value).count();
                    let tally = Tally::of(nominated, here, odd);
                    let shown = tab(ui, value.label(), tally, desk.tab == value);
                    let shown = match tally.words() {
                        Some(words) => shown.on_hover_text(words),
                        None => shown,
                    };
                    if shown.clicked() {
                        desk.tab = value;
                    }
                }
                if !wide && tab(ui, Tab::Pages.label(), Tally::default(), desk.tab == Tab::Pages).clicked() {
                    desk.turn(Tab::Pages);
                }
            });
        },
    );
    let line = ui.max_rect();
    ui.painter().hline(line.x_range(), ui.cursor().top(), Stroke::new(1.0, palette.border));
    if desk.tab == Tab::Pages {
        Frame::new().fill(palette.desk).show(ui, |ui| page::show(app, ui, actions));
        return;
    }
    let tab = desk.tab;
    let wanted_before = desk.focus.wanted.clone();
    ScrollArea::vertical().id_salt(("form", desk.selected, tab)).auto_shrink(false).show_and_follow(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.set_width(ui.available_width().min(FORM_WIDTH));
            ui.spacing_mut().item_spacing.y = 0.0;
            let Some(person) = desk.selected else { return };
            desk.focus.begin(ui);
            let body = desk.book.person(person).and_then(|person| desk.book.body(person.recommender));
            let fields = Fields {
                person,
                oddities: &oddities,
                findings: &desk.findings,
                focus: &mut desk.focus,
                known: &desk.known,
                row: String::new(),
            };
            let mut part = Part {
                fields,
                today: desk.book.today,
                notice: &desk.book.notice,
                eligibility: desk.book.check.eligibility_of(person),
                kind: body.map(|body| body.recommender.kind),
                others: if tab == Tab::Process { others(&desk.book.people, person) } else { Vec::new() },
                employer_like: desk.employer_like.as_deref(),
                gallery: &mut app.gallery,
                actions,
                looking: &mut desk.looking,
                photo_came: &mut desk.photo_came,
                cutting: &mut desk.cutting,
            };
            let form: &mut Applicant = &mut desk.form;
            match tab {
                Tab::Basic => basic::show(&mut part, ui, form),
                Tab::Experience => experience::show(&mut part, ui, form),
                Tab::Conditions => conditions::show(&mut part, ui, form),
                Tab::Sections => texts::sections(&mut part, ui, form),
                Tab::Summary => texts::summary(&mut part, ui, form),
                Tab::Attachments => attachments::show(&mut part, ui, form),
                Tab::Process => process::show(&mut part, ui, form),
                Tab::Pages => {}
            }
            ui.add_space(LARGE * 2.0);
        });
    });
    // Nothing here is called by what is wanted: what it is a part of is shown instead. A row that was just added is drawn next.
    let is_old = |wanted: &mut String| wanted_before.as_ref() == Some(wanted) && Tab::of_field(wanted) == tab;
    if let Some(wanted) = desk.focus.wanted.take_if(is_old) {
        desk.focus.wanted = wanted.rfind(['.', '[']).map(|end| wanted[..end].to_owned());
        ui.ctx().request_repaint();
    }
    // Elsewhere the last field keeps the cursor: of a list one more row may be wanted.
    if std::mem::take(&mut desk.focus.passes_on) {
        match tab {
            Tab::Basic => desk.go_to("experience"),
            Tab::Experience => experience::go_on(&mut desk.form, &mut desk.focus),
            _ => {}
        }
        ui.ctx().request_repaint();
    }
}

/// The named others of the same recommender, those put forward first.
fn others(people: &[Person], person: PersonId) -> Vec<&Applicant> {
    let whose = people.iter().find(|one| one.id == person).map(|one| one.recommender);
    let ranked = whose.map(|whose| ranked(people, whose)).unwrap_or_default();
    let is_other = |one: &&Person| one.id != person && is_filled(&one.applicant.name);
    let mut others: Vec<&Applicant> = ranked.into_iter().filter(is_other).map(|one| &one.applicant).collect();
    others.sort_by_key(|applicant| !applicant.nominated);
    others
}

/// Room for how a person stands, beside the name, in points.
const PILLS: f32 = 250.0;
/// Room that a name has in any case.
const SHORT_NAME: f32 = 80.0;

/// What can be done with row `name` of a list, at the right end of its heading.
fn row_steps(focus: &mut Focus, ui: &mut Ui, name: &str) -> Option<Asked> {
    Sides::of(name, ui).right(ui, |ui| steps(focus, ui, name))
}

/// The buttons that move or remove row `name` of a list.
fn steps(focus: &mut Focus, ui: &mut Ui, name: &str) -> Option<Asked> {
    lasting(ui, name, |ui| {
        ui.spacing_mut().item_spacing.x = TINY;
        let pressed = RowStep::ALL.map(|step| {
            let called = step.of(name);
            let response = icon_button(ui, step.sign(), &called);
            if focus.button.take_if(|wanted| *wanted == called).is_some() {
                response.request_focus();
            }
            if response.clicked() {
                ui.ctx().request_repaint();
            }
            response.clicked().then(|| Asked { step, by_key: response.has_focus() })
        });
        pressed.into_iter().flatten().next()
    })
}

/// The button that adds a row to a list.
fn add_row(ui: &mut Ui, words: &str) -> Response {
    lasting(ui, words, |ui| button(ui, words))
}

/// What keeps the cursor when something comes or goes above it: egui would count it anew.
fn lasting<R>(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(UiBuilder::new().scope_id(Id::unique(("row", name))), content).inner
}

/// Who this is and how the person stands; what can be done with the person as a whole.
fn head(desk: &mut Desk, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(person) = desk.selected.and_then(|id| desk.book.person(id)) else { return };
    let (id, nominated) = (person.id, person.applicant.nominated);
    ui.add_space(SMALL + 2.0);
    ui.horizontal(|ui| {
        let sides = Sides::of("person", ui);
        sides.left(ui, |ui| {
            let name = desk.form.name.trim();
            let name = if name.is_empty() { "（未填姓名）" } else { name };
            ui.scope(|ui| {
                ui.set_max_width((ui.available_width() - PILLS).max(SHORT_NAME));
                ui.add(Label::new(RichText::new(name).font(strong(TEXT_TITLE))).truncate());
            });
            let standing = Standing::of(&desk.form, desk.findings.iter());
            if nominated {
                let is_complete = standing == Standing::Complete;
                pill(ui, "已推荐", if is_complete { Tone::Good } else { Tone::Warn });
            }
            // Of a form that is hardly begun the conditions say nothing yet.
            let begun = standing != Standing::Draft;
            let eligibility = desk.book.check.eligibility_of(id).filter(|_| begun);
            if let (Some(eligibility), Some(person)) = (eligibility, desk.book.person(id)) {
                let pill = verdict(ui, eligibility.verdict, &person.applicant);
                if eligibility.verdict == Verdict::Ineligible {
                    let (words, field) = why_ineligible(&desk.findings, &desk.form);
                    pill.on_hover_text(&words);
                    // Nothing that is added helps where part 一 leaves somebody out.
                    let is_scope = ["front_line", "provincial_chief_technician"].contains(&field.as_str());
                    let way = if is_scope { "去看原因" } else { "去补录" };
                    if link(ui, way).on_hover_text(&words).clicked() {
                        actions.push(Action::GoTo(id, field));
                    }
                }
            }
        });
        sides.right(ui, |ui| people::nomination(desk, id, nominated, ui, actions));
    });
}

/// Why somebody does not meet the conditions, and the field where what is wanting is entered.
fn why_ineligible(findings: &[Finding], form: &Applicant) -> (String, String) {
    let bars =
        || findings.iter().filter(|found| found.severity == Severity::Block && found.code.code().starts_with("basis."));
    let mut lines: Vec<&str> = bars().map(|found| found.message.as_str()).collect();
    let written = [SectionKey::HonourTitles, SectionKey::CompetitionResults];
    let in_prose = written.iter().any(|key| is_filled(&form.sections.get(*key).text)) || is_filled(&form.honours_brief);
    if in_prose && form.honours.is_empty() && form.competitions.is_empty() {
        lines.push("只写在文字里的荣誉、竞赛不能作为依据，请在“资格与条件”中逐项补录。");
    }
    let field = bars().find_map(|found| found.field.clone()).unwrap_or_else(|| "honours".to_owned());
    (lines.join("\n"), field)
}

fn empty(desk: &Desk, ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.add_space(LARGE * 3.0);
    ui.vertical_centered(|ui| {
        heading(ui, "这本推荐册还没有申报人");
        caption(ui, "新增一位，从空白表格填起；或点左边的“导入…”，取企业报来的文件。");
        ui.add_space(MEDIUM);
        if button(ui, "新增第一位申报人").clicked()
            && let Some(recommender) = desk.recommender()
        {
            actions.push(Action::Order(Order::Add(recommender)));
        }
    });
}

/// Two fields side by side.
fn pair(ui: &mut Ui, content: impl FnOnce(&mut Ui, &mut Ui)) {
    let gap = ui.spacing().item_spacing;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = LARGE;
        ui.columns_const(|[left, right]| {
            left.spacing_mut().item_spacing = gap;
            right.spacing_mut().item_spacing = gap;
            content(left, right);
        });
    });
    ui.add_space(MEDIUM);
}

/// Three fields side by side.
fn triple(ui: &mut Ui, content: impl FnOnce(&mut Ui, &mut Ui, &mut Ui)) {
    let gap = ui.spacing().item_spacing;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = MEDIUM;
        ui.columns_const(|[first, second, third]| {
            for column in [&mut *first, &mut *second, &mut *third] {
                column.spacing_mut().item_spacing = gap;
            }
            content(first, second, third);
        });
    });
    ui.add_space(SMALL);
}

/// Moves or removes a row of a list.
#[derive(Clone, Copy)]
enum RowStep {
    Up,
    Down,
    Remove,
}

impl RowStep {
    const ALL: [Self; 3] = [Self::Up, Self::Down, Self::Remove];

    fn sign(self) -> &'static str {
        match self {
            Self::Up => "↑",
            Self::Down => "↓",
            Self::Remove => "×",
        }
    }

    /// What its button is called in row `name`.
    fn of(self, name: &str) -> String {
        let verb = match self {
            Self::Up => "上移",
            Self::Down => "下移",
            Self::Remove => "删去",
        };
        format!("{verb}{name}")
    }
}

/// A step, and whether its button was pressed by a key: then the cursor goes along.
#[derive(Clone, Copy)]
struct Asked {
    step: RowStep,
    by_key: bool,
}

/// Applies what was asked for a row of the list at `path`, whose rows are called `name` by their numbers. The cursor stays on
/// the button of the row that was moved, or goes to that of the row which takes the place of the removed one.
fn apply<T>(
    rows: &mut Vec<T>,
    asked: Option<(usize, Asked)>,
    focus: &mut Focus,
    path: &str,
    name: impl FnOnce(usize) -> String,
) -> Option<T> {
    let (index, Asked { step, by_key }) = asked?;
    let mut removed = None;
    let mut then = index;
    match step {
        RowStep::Up if index > 0 && index < rows.len() => {
            rows.swap(index, index - 1);
            then = index - 1;
        }
        RowStep::Down if index + 1 < rows.len() => {
            rows.swap(index, index + 1);
            then = index + 1;
        }
        RowStep::Remove if index < rows.len() => removed = Some(rows.remove(index)),
        _ => {}
    }
    if by_key {
        match rows.len().checked_sub(1) {
            Some(last) => focus.button = Some(step.of(&name(then.min(last) + 1))),
            None => focus.wanted = Some(path.to_owned()),
        }
    }
    removed
}
