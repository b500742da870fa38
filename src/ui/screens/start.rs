//! The first screen: a book is opened, made, or shown as a demonstration.

use std::path::{Path, PathBuf};

use eframe::egui::{
    CentralPanel, Frame, Label, Margin, RichText, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, accesskit::Role, vec2,
};

use super::Action;
use crate::domain::{Recommender, RecommenderKind, is_filled};
use crate::rules::Notice;
use crate::ui::app::App;
use crate::ui::dialogs::Purpose;
use crate::ui::tokens::{self, LARGE, MEDIUM, SMALL, TINY, palette};
use crate::ui::widgets::{button, caption, card, heading, link, primary, title};
use crate::ui::worker::Order;

/// What is typed on the first screen.
#[derive(Debug, Default)]
pub struct StartScreen {
    /// The form of a new book, while it is filled in.
    new: Option<NewBook>,
}

#[derive(Debug)]
struct NewBook {
    notice: String,
    kind: RecommenderKind,
    name: String,
    contact: String,
    phone: String,
    mobile: String,
    address: String,
}

impl NewBook {
    fn new() -> Self {
        let notice = Notice::built_in().first().map(|(id, _)| (*id).to_owned()).unwrap_or_default();
        let empty = String::new;
        let kind = RecommenderKind::District;
        Self { notice, kind, name: empty(), contact: empty(), phone: empty(), mobile: empty(), address: empty() }
    }
}

impl StartScreen {
    /// A name for the new book's file.
    pub fn file_name(&self) -> String {
        let name = self.new.as_ref().map(|new| new.name.trim().to_owned()).unwrap_or_default();
        let name: String = name.chars().filter(|c| !r#"/\:*?"<>|"#.contains(*c) && !c.is_control()).collect();
        if name.is_empty() { "推荐册".to_owned() } else { name }
    }

    /// The order that makes the book.
    pub fn create(&self, path: PathBuf) -> Option<Order> {
        let new = self.new.as_ref()?;
        let recommender = Recommender {
            name: new.name.trim().to_owned(),
            kind: new.kind,
            contact: new.contact.clone(),
            phone: new.phone.clone(),
            mobile: new.mobile.clone(),
            address: new.address.clone(),
            exception: String::new(),
            report: Default::default(),
        };
        Some(Order::Create { path, notice: new.notice.clone(), recommender: Box::new(recommender) })
    }
}

const WIDTH: f32 = 560.0;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    CentralPanel::default().frame(Frame::new().fill(palette.side)).show(ui, |ui| {
        super::shell::message(app, ui);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let side = ((ui.available_width() - WIDTH) / 2.0).max(LARGE);
            ui.horizontal_top(|ui| {
                ui.add_space(side);
                ui.vertical(|ui| {
                    ui.set_width(WIDTH.min(ui.available_width() - LARGE));
                    ui.add_space((ui.ctx().content_rect().height() * 0.08).max(LARGE));
                    match &mut app.start.new {
                        Some(_) => new_book(app, ui, actions),
                        None => welcome(app, ui, actions),
                    }
                    ui.add_space(LARGE);
                });
            });
        });
    });
}

fn welcome(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    ui.add(Label::new(RichText::new("推荐").font(tokens::strong(30.0))));
    let what =
        "杭州市首席技师推荐材料的录入、校核与印制。一本推荐册装一份通知、推荐单位和申报人，所有内容只存在这台电脑上。";
    ui.add(Label::new(RichText::new(what).color(palette.label)).wrap());
    ui.add_space(LARGE);
    choice(ui, |ui| primary(ui, "打开推荐册…"), "打开已有的 .tuijian 文件（Ctrl+O）")
        .then(|| actions.push(Action::Ask(Purpose::OpenBook)));
    if choice(ui, |ui| button(ui, "新建推荐册…"), "选定通知和推荐单位，从空白开始") {
        app.start.new = Some(NewBook::new());
    }
    if choice(ui, |ui| button(ui, "示范推荐册…"), "在您选定的位置新建一本，装有虚构的申报人，可随意修改")
    {
        actions.push(Action::Ask(Purpose::DemoBook));
    }
    if !app.settings.recent.is_empty() {
        ui.add_space(LARGE);
        heading(ui, "最近打开");
        ui.add_space(TINY);
        for path in app.settings.recent.clone() {
            recent(ui, &path, actions);
        }
    }
    ui.add_space(LARGE);
    ui.horizontal(|ui| {
        if link(ui, "快捷键（F1）").clicked() {
            actions.push(Action::Help);
        }
    });
}

fn choice(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> eframe::egui::Response, explanation: &str) -> bool {
    let clicked = ui
        .horizontal(|ui| {
            let response = ui
                .scope(|ui| {
                    ui.set_width(150.0);
                    ui.vertical_centered_justified(add).inner
                })
                .inner;
            ui.add_space(SMALL);
            caption(ui, explanation);
            response.clicked()
        })
        .inner;
    ui.add_space(SMALL);
    clicked
}

fn recent(ui: &mut Ui, path: &Path, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 46.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("打开 {name}")));
    let ground = if response.hovered() || response.has_focus() { palette.hover } else { palette.surface };
    ui.painter().rect(
        rect,
        tokens::RADIUS,
        ground,
        eframe::egui::Stroke::new(1.0, palette.border),
        eframe::egui::StrokeKind::Inside,
    );
    let painter = ui.painter().with_clip_rect(rect);
    let left = rect.left() + 12.0;
    let font = |size| eframe::egui::FontId::proportional(size);
    painter.text(
        eframe::egui::pos2(left, rect.top() + 14.0),
        eframe::egui::Align2::LEFT_CENTER,
        &name,
        font(tokens::TEXT),
        palette.text,
    );
    painter.text(
        eframe::egui::pos2(left, rect.top() + 33.0),
        eframe::egui::Align2::LEFT_CENTER,
        &folder,
        font(tokens::TEXT_SMALL),
        palette.weak,
    );
    if response.clicked() {
        actions.push(if path.exists() { Action::Open(path.to_owned()) } else { Action::Forget(path.to_owned()) });
    }
    response.on_hover_text(path.display().to_string());
    ui.add_space(TINY);
}

fn new_book(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    title(ui, "新建推荐册");
    ui.add_space(SMALL);
    let Some(new) = &mut app.start.new else { return };
    let (mut create, mut cancel) = (false, false);
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        heading(ui, "通知");
        for (id, toml) in Notice::built_in() {
            let title = Notice::read(toml).map(|notice| format!("{}（{}）", notice.title, notice.number));
            ui.radio_value(&mut new.notice, (*id).to_owned(), title.unwrap_or_default());
        }
        ui.add_space(MEDIUM);
        heading(ui, "推荐单位");
        ui.horizontal_wrapped(|ui| {
            for kind in RecommenderKind::ALL {
                ui.radio_value(&mut new.kind, kind, kind.label());
            }
        });
        ui.add_space(SMALL);
        line(ui, "单位名称（须和单位公章相同）", &mut new.name);
        line(ui, "填报人", &mut new.contact);
        line(ui, "联系电话", &mut new.phone);
        line(ui, "手机", &mut new.mobile);
        line(ui, "地址", &mut new.address);
        ui.add_space(SMALL);
        ui.horizontal(|ui| {
            let named = is_filled(&new.name);
            create = ui.add_enabled_ui(named, |ui| primary(ui, "选择存放位置…")).inner.clicked();
            cancel = button(ui, "取消").clicked();
            if !named {
                caption(ui, "先写单位名称");
            }
        });
    });
    if create {
        actions.push(Action::Ask(Purpose::NewBook));
    }
    if cancel {
        app.start.new = None;
    }
}

fn line(ui: &mut Ui, label: &str, value: &mut String) {
    let color = palette(ui).label;
    let name = ui.add(Label::new(RichText::new(label).size(tokens::TEXT_SMALL).color(color)));
    let frame = Frame::new()
        .stroke(eframe::egui::Stroke::new(1.0, palette(ui).border))
        .corner_radius(tokens::RADIUS)
        .inner_margin(Margin::symmetric(10, 6));
    ui.add(TextEdit::singleline(value).frame(frame).desired_width(f32::INFINITY)).labelled_by(name.id);
    ui.add_space(SMALL);
}
