//! The pages of every document as they will print.

mod ask;
mod tools;

use eframe::egui::{
    Color32, CursorIcon, Frame, Id, Key, Label, Margin, Modifiers, Panel, Popup, Pos2, Rect, RichText, Sense, Shadow,
    Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role, vec2,
};

use super::Action;
use crate::domain::{Body, PersonId};
use crate::ops::Printable;
use crate::preview::{self, Document, Placement};
use crate::ui::app::App;
use crate::ui::desk::{Desk, Tab};
use crate::ui::reader::Reader;
use crate::ui::tokens::{LARGE, palette};

/// How the pages are looked at.
#[derive(Debug)]
pub struct PageView {
    shown: Printable,
    reader: Reader,
    /// The field that the pages were last turned to.
    followed: (Option<PersonId>, Option<String>),
}

impl Default for PageView {
    fn default() -> Self {
        Self { shown: Printable::Application, reader: Reader::default(), followed: (None, None) }
    }
}

impl PageView {
    fn choose(&mut self, shown: Printable) {
        if self.shown != shown {
            self.shown = shown;
            self.reader.turn(0);
        }
    }
}

const NAME: &str = "页面。PageUp、PageDown 翻页，0 适合宽度，1 整页，Ctrl 加滚轮缩放";

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let sentence = ask::want(app);
    let pages = app.proofs.pages().filter(|_| sentence.is_none()).cloned();
    let margin = Margin { left: 12, right: 12, top: 10, bottom: 6 };
    Panel::top("page tools").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        tools::show(&mut app.pages, pages.as_deref(), ui);
    });
    let palette = palette(ui);
    let Some(desk) = &app.desk else { return };
    match (sentence, app.proofs.fault(), pages) {
        (Some(sentence), _, _) => say(ui, &sentence, palette.label),
        (None, Some(fault), _) => say(ui, fault, palette.fault),
        (None, None, None) => say(ui, "正在排版…", palette.label),
        (None, None, Some(document)) => {
            let view = &mut app.pages;
            follow(view, desk, &document);
            keys(&mut view.reader, desk, document.pages.len(), ui);
            let sizes: Vec<Vec2> = document.pages.iter().map(|page| vec2(page.width.0, page.height.0)).collect();
            let (fonts, darkroom, body) = (app.fonts, &mut app.gallery.darkroom, ask::body(desk));
            let (mut wanted, mut clicked) = (None, false);
            let region = view.reader.show(ui, NAME, "pages", &sizes, |ui, index, sheet, scale| {
                let Some(page) = document.pages.get(index) else { return };
                let place = Placement { origin: sheet.min, points_per_mm: scale }.snapped(ui.pixels_per_point());
                let paper = place.paper(page);
                shadow(ui, paper);
                let fault = preview::draw(ui.painter(), fonts, darkroom, &place, page);
                let response = ui.interact(paper, Id::unique(("page", index)), Sense::CLICK);
                response.widget_info(|| {
                    let name = fault.as_deref().map_or_else(String::new, |fault| format!("：{fault}"));
                    WidgetInfo::labeled(Role::Image, true, format!("第 {} 页{name}", index + 1))
                });
                overlay(desk, ui, &place, page);
                let Some(at) = response.hover_pos().map(|at| place.to_page(at)) else { return };
                clicked |= response.clicked();
                let target = target(desk, body, page, at);
                if target.is_some() {
                    ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
                }
                if response.clicked() {
                    wanted = target;
                }
            });
            match wanted {
                Some(Target::Page(page)) => view.reader.turn(page),
                Some(Target::Field(action)) => actions.push(action),
                None if clicked => region.request_focus(),
                None => {}
            }
        }
    }
}

/// Where a click leads.
enum Target {
    Field(Action),
    Page(usize),
}

fn target(desk: &Desk, body: Option<&Body>, page: &preview::Page, at: preview::Point) -> Option<Target> {
    if let Some(page) = preview::link_at(page, at) {
        return Some(Target::Page(page));
    }
    let (person, field) = preview::field_at(page, at)?;
    if let Some(field) = field.strip_prefix("recommender.") {
        return body.map(|body| Target::Field(Action::GoToBody(body.id, field.to_owned())));
    }
    person.or(desk.selected).map(|person| Target::Field(Action::GoTo(person, field.to_owned())))
}

/// Turns to the field that has the cursor, or to the part of the form that is shown: once for each, so that the clerk can
/// leaf through the pages at leisure.
fn follow(view: &mut PageView, desk: &Desk, document: &Document) {
    let tab = if desk.tab == Tab::Pages { desk.before_pages } else { desk.tab };
    let field = desk.focus.field.clone().or_else(|| anchor(tab).map(str::to_owned));
    let followed = (desk.selected, field);
    if followed == view.followed {
        return;
    }
    if let (Some(person), Some(field)) = &followed
        && let Some(index) = home(&document.pages, *person, field)
        && let Some(area) = preview::areas_of(&document.pages[index], *person, field).next()
    {
        let place = Placement { origin: Pos2::ZERO, points_per_mm: 1.0 };
        view.reader.bring(index, place.rect(area));
    }
    if followed.1.is_some() {
        view.followed = followed;
    }
}

/// The page where a field is at home. Lists and covers before it only repeat it: of the last pages that follow each other
/// and show it, the one with most of the person's fields.
fn home(pages: &[preview::Page], person: PersonId, field: &str) -> Option<usize> {
    let has = |index: &usize| preview::areas_of(&pages[*index], person, field).next().is_some();
    let last = (0..pages.len()).rev().find(has)?;
    let first = (0..last).rev().take_while(has).last().unwrap_or(last);
    (first..=last).rev().max_by_key(|&index| preview::count_of(&pages[index], person))
}

/// A field of the page that belongs to a part of the form.
fn anchor(tab: Tab) -> Option<&'static str> {
    match tab {
        Tab::Basic => Some("id_number"),
        Tab::Experience => Some("experience[0].place"),
        Tab::Sections => Some("sections.speciality.text"),
        Tab::Summary => Some("sections.summary.text"),
        Tab::Attachments => Some("attachments[0]"),
        Tab::Conditions | Tab::Process | Tab::Pages => None,
    }
}

/// A sentence where there are no pages.
fn say(ui: &mut Ui, sentence: &str, color: Color32) {
    Frame::new().inner_margin(Margin::symmetric(24, 0)).show(ui, |ui| {
        ui.add_space(LARGE);
        ui.add(Label::new(RichText::new(sentence).color(color)).wrap());
    });
}

/// Who writes in a field of one line beside the pages turns them by the same keys: the field itself has no use for them.
/// Where the pages stand alone they are turned whatever has the cursor, but for the search.
fn keys(reader: &mut Reader, desk: &Desk, count: usize, ui: &Ui) {
    let stands_alone = desk.tab == Tab::Pages && !ui.ctx().text_edit_focused() && !is_covered(ui);
    if !stands_alone && (desk.focus.field.is_none() || desk.focus.is_long) {
        return;
    }
    for (key, step) in [(Key::PageUp, -1), (Key::PageDown, 1)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
            && let Some(page) = reader.current().checked_add_signed(step)
        {
            reader.turn(page.min(count.saturating_sub(1)));
        }
    }
}

/// Whether a question, a menu or the keys' list lies over the pages.
fn is_covered(ui: &Ui) -> bool {
    Popup::is_any_open(ui.ctx()) || !ui.memory(|memory| memory.allows_interaction(ui.layer_id()))
}

/// The field that has the cursor, outlined on the page.
fn overlay(desk: &Desk, ui: &Ui, place: &Placement, page: &preview::Page) {
    let (Some(person), Some(field)) = (desk.selected, &desk.focus.field) else { return };
    // Paper is white in both looks, and so the light look's accent is seen on it.
    let accent = Color32::from_rgb(0x1d, 0x5b, 0xbf);
    for area in preview::areas_of(page, person, field) {
        let rect: Rect = place.rect(area);
        ui.painter().rect_filled(rect, 0.0, accent.gamma_multiply(0.08));
        ui.painter().rect_stroke(rect, 0.0, Stroke::new(1.5, accent), StrokeKind::Inside);
    }
}

fn shadow(ui: &Ui, paper: Rect) {
    let shadow = Shadow { offset: [0, 1], blur: 5, spread: 0, color: Color32::from_black_alpha(60) };
    ui.painter().add(shadow.as_shape(paper, 0.0));
}
