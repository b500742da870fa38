//! The pages as they will print.

use std::hash::{DefaultHasher, Hash, Hasher};

use eframe::egui::{
    Align, CursorIcon, Frame, Id, Label, Layout, Margin, Panel, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, accesskit::Role, pos2, vec2,
};

use super::Action;
use crate::domain::{PersonId, nominated};
use crate::preview::{self, Placement};
use crate::ui::app::App;
use crate::ui::desk::{Desk, Tab};
use crate::ui::proof::Copy;
use crate::ui::tokens::{SMALL, palette};
use crate::ui::widgets::{button, icon_button};

/// Which document is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shown {
    #[default]
    Application,
    Summary,
}

/// How the pages are looked at.
#[derive(Debug, Default)]
pub struct PageView {
    shown: Shown,
    /// Points for a millimetre; `None`: as wide as the panel.
    zoom: Option<f32>,
    /// The page to go to.
    turn_to: Option<usize>,
    current: usize,
    /// Points for a millimetre as drawn last.
    scale: f32,
    /// The field that the pages were last turned to.
    followed: (Option<PersonId>, Option<String>),
}

/// Width that the tools need in one row, in points.
const ONE_ROW: f32 = 500.0;
/// Around the pages and between them.
const GAP: f32 = 16.0;
/// 100 %: a millimetre on a screen of 96 dots an inch.
const LIFE_SIZE: f32 = 96.0 / 25.4;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    want(app);
    let Some(desk) = &app.desk else { return };
    let document = app.proofs.document().cloned();
    let count = document.as_ref().map_or(0, |document| document.pages.len());
    let view = &mut app.pages;
    Panel::top("page tools").frame(Frame::new().inner_margin(Margin { left: 12, right: 12, top: 12, bottom: 4 })).show(
        ui,
        |ui| {
            tools(view, count, ui);
        },
    );
    if let Some(fault) = app.proofs.fault() {
        ui.add(Label::new(RichText::new(fault).color(palette(ui).fault)).wrap());
    }
    let Some(document) = document else { return };
    // Another part of the form turns to its page too; a person's next edit does not.
    let tab = if desk.tab == Tab::Pages { desk.before_pages } else { desk.tab };
    let field = desk.focus.field.clone().or_else(|| anchor(tab).map(str::to_owned));
    let followed = (desk.selected, field);
    if followed.1.is_some() && followed != view.followed {
        view.turn_to_field(desk, &document.pages, followed.1.as_deref());
        view.followed = followed;
    }
    let widest = document.pages.iter().map(|page| page.width.0).fold(1.0, f32::max);
    let room = ui.available_width() - 2.0 * GAP;
    // Quarter steps of a point keep the number of glyph sizes small while the panel is being dragged.
    let scale = view.zoom.unwrap_or_else(|| ((room.max(80.0) * 4.0).floor() / 4.0) / widest);
    view.scale = scale;
    ScrollArea::both().id_salt("pages").auto_shrink(false).show(ui, |ui| {
        let visible = ui.clip_rect();
        let mut nearest = (f32::INFINITY, 0);
        let width = widest * scale + 2.0 * GAP;
        let left = ui.max_rect().left() + ((ui.available_width() - width) / 2.0).max(0.0);
        ui.add_space(GAP / 2.0);
        for (index, page) in document.pages.iter().enumerate() {
            let size = vec2(page.width.0, page.height.0) * scale;
            let (row, _) = ui.allocate_exact_size(vec2(width, size.y), Sense::hover());
            let origin = pos2(left + (width - size.x) / 2.0, row.top());
            let place = Placement { origin, points_per_mm: scale }.snapped(ui.pixels_per_point());
            let paper = place.paper(page);
            if view.turn_to == Some(index) {
                ui.scroll_to_rect(paper.expand(GAP / 2.0), Some(Align::Min));
                view.turn_to = None;
            }
            let distance = (paper.top() - visible.top() - GAP).abs();
            if distance < nearest.0 {
                nearest = (distance, index);
            }
            if !ui.is_rect_visible(paper) {
                ui.add_space(GAP);
                continue;
            }
            shadow(ui, paper);
            preview::draw(ui.painter(), app.fonts, &mut app.gallery.large, &place, page);
            let response = ui.interact(paper, Id::unique(("page", index)), Sense::CLICK);
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("第 {} 页", index + 1)));
            overlay(desk, ui, &place, page);
            let under = response.hover_pos().and_then(|at| preview::field_at(page, place.to_page(at)));
            if let Some((person, field)) = under
                && let Some(person) = person.or(desk.selected)
            {
                ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
                if response.clicked() {
                    actions.push(Action::GoTo(person, field.to_owned()));
                }
            }
            ui.add_space(GAP);
        }
        view.current = nearest.1;
    });
}

/// A field of the page that belongs to a part of the form.
fn anchor(tab: Tab) -> Option<&'static str> {
    match tab {
        Tab::Basic => Some("id_number"),
        Tab::Experience => Some("experience[0].place"),
        Tab::Sections => Some("sections.speciality.text"),
        Tab::Summary => Some("sections.summary.text"),
        Tab::Conditions | Tab::Attachments | Tab::Process | Tab::Pages => None,
    }
}

/// Asks for the copy to be shown.
fn want(app: &mut App) {
    let Some(desk) = &app.desk else { return };
    let mut hasher = DefaultHasher::new();
    (app.pages.shown, desk.selected).hash(&mut hasher);
    let notice = std::sync::Arc::clone(&desk.book.notice);
    match app.pages.shown {
        Shown::Application => {
            if desk.selected.is_none() {
                return;
            }
            let photo = app.gallery.picture(&desk.form.photo);
            (desk.version, photo.is_some(), &desk.form.photo).hash(&mut hasher);
            let copy = || Copy::Application { applicant: Box::new(desk.form.clone()), photo };
            app.proofs.want(hasher.finish(), &notice, copy);
        }
        Shown::Summary => {
            let person = desk.selected.and_then(|id| desk.book.person(id));
            let body = match person {
                Some(person) => desk.book.body(person.recommender),
                None => desk.book.bodies.first(),
            };
            let Some(body) = body else { return };
            (desk.revision, desk.version, body.id).hash(&mut hasher);
            let copy = || {
                let mut persons: Vec<_> = nominated(&desk.book.people, body.id).into_iter().cloned().collect();
                for person in persons.iter_mut().filter(|person| Some(person.id) == desk.selected) {
                    person.applicant = desk.form.clone();
                }
                Copy::Summary { recommender: Box::new(body.recommender.clone()), persons }
            };
            app.proofs.want(hasher.finish(), &notice, copy);
        }
    }
}

/// One row of tools, or two where the panel is narrow.
fn tools(view: &mut PageView, count: usize, ui: &mut Ui) {
    ui.spacing_mut().item_spacing.x = SMALL;
    let narrow = ui.available_width() < ONE_ROW;
    ui.horizontal(|ui| {
        for (shown, word) in [(Shown::Application, "申报表"), (Shown::Summary, "汇总表")] {
            if ui.selectable_label(view.shown == shown, word).clicked() {
                view.shown = shown;
                view.turn_to = Some(0);
            }
        }
        if !narrow {
            turner(view, count, ui);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, "＋", "放大页面").clicked() {
                view.zoom = Some((view.scale * 1.2).min(LIFE_SIZE * 4.0));
            }
            if icon_button(ui, "－", "缩小页面").clicked() {
                view.zoom = Some((view.scale / 1.2).max(LIFE_SIZE * 0.25));
            }
            if button(ui, "适合宽度").clicked() {
                view.zoom = None;
            }
        });
    });
    if narrow {
        ui.horizontal(|ui| turner(view, count, ui));
    }
}

fn turner(view: &mut PageView, count: usize, ui: &mut Ui) {
    let current = view.current.min(count.saturating_sub(1));
    if ui.add_enabled_ui(current > 0, |ui| icon_button(ui, "‹", "上一页")).inner.clicked() {
        view.turn_to = Some(current - 1);
    }
    ui.label(format!("第 {} 页 / 共 {count} 页", (current + 1).min(count)));
    if ui.add_enabled_ui(current + 1 < count, |ui| icon_button(ui, "›", "下一页")).inner.clicked() {
        view.turn_to = Some(current + 1);
    }
}

impl PageView {
    /// Turns to the page with the field, unless one with it is in front already.
    fn turn_to_field(&mut self, desk: &Desk, pages: &[preview::Page], field: Option<&str>) {
        let (Some(person), Some(field)) = (desk.selected, field) else { return };
        let has = |page: &preview::Page| preview::areas_of(page, person, field).next().is_some();
        // The cover repeats name, occupation and firm: the form's own cells come later and are meant.
        if pages.get(self.current).is_some_and(has) && self.current > 0 {
            return;
        }
        let found = pages.iter().enumerate().filter(|(_, page)| has(page)).map(|(index, _)| index);
        self.turn_to = found.clone().find(|&index| index > 0).or(found.into_iter().next()).or(self.turn_to);
    }
}

/// The field that has the cursor, outlined on the page.
fn overlay(desk: &Desk, ui: &Ui, place: &Placement, page: &preview::Page) {
    let (Some(person), Some(field)) = (desk.selected, &desk.focus.field) else { return };
    let accent = eframe::egui::Color32::from_rgb(0x1d, 0x5b, 0xbf);
    for area in preview::areas_of(page, person, field) {
        let rect: Rect = place.rect(area);
        ui.painter().rect_filled(rect, 0.0, accent.gamma_multiply(0.08));
        ui.painter().rect_stroke(rect, 0.0, Stroke::new(1.5, accent), StrokeKind::Inside);
    }
}

fn shadow(ui: &Ui, paper: Rect) {
    let shadow =
        eframe::egui::Shadow { offset: [0, 1], blur: 5, spread: 0, color: eframe::egui::Color32::from_black_alpha(60) };
    ui.painter().add(shadow.as_shape(paper, 0.0));
}
