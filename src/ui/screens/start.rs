//! The first screen: a book is opened, made, made from files, or shown as a demonstration.

mod new_book;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use eframe::egui::{
    Align, Align2, CentralPanel, Direction, FontId, Frame, Id, Label, Layout, Margin, Popup, Pos2, Rect, RichText,
    ScrollArea, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, accesskit::Role, pos2, vec2,
};

use super::Action;
use crate::domain::RecommenderKind;
use crate::ops::Contents;
use crate::ui::app::App;
use crate::ui::arrivals::join;
use crate::ui::dialogs::Purpose;
use crate::ui::settings::Recent;
use crate::ui::tokens::{self, LARGE, MEDIUM, SMALL, TEXT, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{FollowFocus, Tone, button, caption, heading, icon_button, link, pill, primary};
use crate::ui::worker::Order;
use new_book::NewBook;

pub use new_book::passphrase;

/// What is typed and known on the first screen.
#[derive(Debug, Default)]
pub struct StartScreen {
    /// The form of a new book, while it is filled in.
    new: Option<NewBook>,
    /// Recent books that are still at their place; `None`: not known yet.
    pub present: Option<BTreeSet<PathBuf>>,
    asked: bool,
    /// Scans that came with the files of the new book.
    scans: Vec<PathBuf>,
    /// What is to be imported into the book that is being made, forms and scans.
    waiting: Option<(PathBuf, Waiting)>,
}

/// Forms and scans that wait for a book.
pub type Waiting = (Vec<PathBuf>, Vec<PathBuf>);

impl StartScreen {
    /// A name for the new book's file.
    pub fn file_name(&self) -> String {
        let name = self.new.as_ref().map(NewBook::whose).unwrap_or_default();
        let name: String = name.chars().filter(|c| !r#"/\:*?"<>|"#.contains(*c) && !c.is_control()).collect();
        if name.is_empty() { "推荐册".to_owned() } else { name }
    }

    /// The order that makes the book.
    pub fn create(&mut self, path: PathBuf) -> Option<Order> {
        let new = self.new.as_ref()?;
        let place = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
        // A record is taken in with the book itself; its scans then find their people in the plan.
        let paths = if self.scans.is_empty() { new.forms() } else { new.paths() };
        self.waiting = Some((place, (paths, self.scans.clone())));
        Some(new.order(path))
    }

    /// What waits for this book.
    pub fn take_waiting(&mut self, book: &Path) -> Waiting {
        let waiting = self.waiting.take().filter(|(place, _)| place == book);
        waiting.map(|(_, waiting)| waiting).unwrap_or_default()
    }

    /// The order that looks through files a book is to be made from, together with those that were there before.
    pub fn bring(&mut self, new: Vec<PathBuf>, scans: Vec<PathBuf>) -> Order {
        join(&mut self.scans, scans);
        let mut paths = self.new.as_ref().map(NewBook::all_paths).unwrap_or_default();
        join(&mut paths, new);
        Order::ReadContents { paths, passphrase: self.new.as_ref().and_then(NewBook::secret) }
    }

    /// What files say that a book is to be made from.
    pub fn told(&mut self, contents: Contents) {
        let new = self.new.get_or_insert_with(NewBook::new);
        new.take(contents);
    }

    /// A notice that does not come with the program.
    pub fn notice_read(&mut self, path: PathBuf, title: String) {
        let new = self.new.get_or_insert_with(NewBook::new);
        new.offer_notice(path, title);
    }
}

const COLUMN: f32 = 420.0;
const GAP: f32 = 64.0;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    if !app.start.asked && !app.settings.recent.is_empty() {
        app.start.asked = true;
        let paths = app.settings.recent.iter().map(|recent| recent.path.clone()).collect();
        actions.push(Action::Order(Order::Presence(paths)));
    }
    CentralPanel::default().frame(Frame::new().fill(palette.side)).show(ui, |ui| {
        super::shell::message(app, ui);
        if app.start.new.is_some() {
            return new_book::show(app, ui, actions);
        }
        let wide = ui.available_width() >= COLUMN * 2.0 + GAP + LARGE * 2.0;
        let width = if wide { COLUMN * 2.0 + GAP } else { COLUMN };
        let above = (ui.ctx().content_rect().height() * 0.1).max(LARGE);
        middle(ui, width, above, |ui| welcome(app, wide, ui, actions));
    });
}

/// A column of that width in the middle, scrolled where it is too long.
fn middle(ui: &mut Ui, width: f32, above: f32, content: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().auto_shrink(false).show_and_follow(ui, |ui| {
        let side = ((ui.available_width() - width) / 2.0).max(LARGE);
        ui.horizontal_top(|ui| {
            let gap = std::mem::take(&mut ui.spacing_mut().item_spacing.x);
            ui.add_space(side);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                ui.set_width(width.min(ui.available_width() - LARGE));
                ui.add_space(above);
                content(ui);
                ui.add_space(LARGE);
            });
        });
    });
}

fn welcome(app: &mut App, wide: bool, ui: &mut Ui, actions: &mut Vec<Action>) {
    if !wide {
        doors(app, ui, actions);
        ui.add_space(LARGE);
        recents(app, ui, actions);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (column, draw) in [doors as fn(&mut App, &mut Ui, &mut Vec<Action>), recents].into_iter().enumerate() {
            if column > 0 {
                ui.add_space(GAP);
            }
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.x = SMALL;
                ui.set_width(COLUMN);
                draw(app, ui, actions);
            });
        }
    });
}

/// What can be done here.
fn doors(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    ui.add(Label::new(RichText::new("推荐").font(tokens::strong(30.0))));
    ui.add_space(TINY);
    let what =
        "杭州市首席技师推荐材料的录入、校核与印制。一本推荐册装一份通知、推荐单位和申报人，所有内容只存在这台电脑上。";
    ui.add(Label::new(RichText::new(what).color(palette.label)).wrap());
    ui.add_space(LARGE);
    door(
        ui,
        "打开已有的推荐册文件（Ctrl+O）",
        |ui| primary(ui, "打开推荐册…"),
        |_| actions.push(Action::Ask(Purpose::OpenBook)),
    );
    door(
        ui,
        "选定通知和推荐单位，从空白开始",
        |ui| button(ui, "新建推荐册…"),
        |_| app.start.new = Some(NewBook::new()),
    );
    let response =
        beside(ui, "用汇总表、申报表、电子文档或整个文件夹", |ui| button(ui, "从文件新建…"));
    Popup::menu(&response).show(|ui| {
        ui.set_min_width(240.0);
        if button(ui, "汇总表、申报表、记录或电子文档…").clicked() {
            actions.push(Action::Ask(Purpose::Import));
        }
        if button(ui, "整个文件夹…").clicked() {
            actions.push(Action::Ask(Purpose::ImportFolder));
        }
    });
    let response = beside(ui, "装有虚构的申报人，可随意修改", |ui| button(ui, "示范推荐册…"));
    Popup::menu(&response).show(|ui| {
        ui.set_min_width(240.0);
        caption(ui, "看哪一种推荐单位");
        for kind in [RecommenderKind::Association, RecommenderKind::District] {
            if button(ui, kind.label()).clicked() {
                actions.push(Action::Ask(Purpose::DemoBook(kind)));
            }
        }
    });
    ui.add_space(MEDIUM);
    if link(ui, "快捷键（F1）").clicked() {
        actions.push(Action::Help);
    }
}

/// A button with its explanation beside it.
fn beside(
    ui: &mut Ui,
    explanation: &str,
    add: impl FnOnce(&mut Ui) -> eframe::egui::Response,
) -> eframe::egui::Response {
    let response = ui
        .horizontal(|ui| {
            let response = ui
                .scope(|ui| {
                    ui.set_width(136.0);
                    ui.vertical_centered_justified(add).inner
                })
                .inner;
            ui.add_space(TINY);
            caption(ui, explanation);
            response
        })
        .inner;
    ui.add_space(SMALL);
    response
}

fn door(ui: &mut Ui, explanation: &str, add: impl FnOnce(&mut Ui) -> eframe::egui::Response, go: impl FnOnce(&mut Ui)) {
    if beside(ui, explanation, add).clicked() {
        go(ui);
    }
}

/// Books that were open before, and where files may be dropped.
fn recents(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    if !app.settings.recent.is_empty() {
        heading(ui, "最近打开");
        ui.add_space(SMALL);
        for recent in &app.settings.recent {
            let missing = app.start.present.as_ref().is_some_and(|present| !present.contains(&recent.path));
            entry(ui, recent, missing, actions);
        }
        ui.add_space(SMALL);
    }
    drop_place(ui);
}

const ENTRY_HEIGHT: f32 = 74.0;

fn entry(ui: &mut Ui, recent: &Recent, missing: bool, actions: &mut Vec<Action>) {
    let palette = palette(ui);
    let name = recent.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = recent.path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ENTRY_HEIGHT), Sense::click());
    let told = if missing { format!("打开 {name}，找不到文件") } else { format!("打开 {name}") };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    let is_lit = response.hovered() || response.has_focus();
    let border = if response.has_focus() { palette.accent } else { palette.border };
    let ground = if is_lit { palette.hover } else { palette.surface };
    ui.painter().rect(rect, tokens::RADIUS, ground, Stroke::new(1.0, border), StrokeKind::Inside);
    let room = rect.width() - 60.0;
    let text = |at: Pos2, words: &str, size: f32, color, font: FontId| {
        let mut job = eframe::egui::text::LayoutJob::single_section(
            words.to_owned(),
            eframe::egui::TextFormat::simple(FontId { size, ..font }, color),
        );
        job.wrap = eframe::egui::text::TextWrapping::truncate_at_width(room);
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(Align2::LEFT_CENTER.anchor_size(at, galley.size()).min, galley, color);
    };
    let left = rect.left() + 14.0;
    let strong = if missing { palette.weak } else { palette.text };
    text(pos2(left, rect.top() + 18.0), &name, TEXT, strong, tokens::strong(TEXT));
    let opened = if recent.opened.is_empty() { String::new() } else { format!("上次打开 {}", recent.opened) };
    // Most books bear their recommender's name: it stands above.
    let whose = if recent.whose == name { "" } else { recent.whose.as_str() };
    let whose: Vec<&str> = [opened.as_str(), whose].into_iter().filter(|words| !words.is_empty()).collect();
    let small = FontId::proportional(TEXT_SMALL);
    text(pos2(left, rect.top() + 39.0), &whose.join("　"), TEXT_SMALL, palette.label, small.clone());
    text(pos2(left, rect.top() + 58.0), &folder, TEXT_SMALL, palette.weak, small);
    let corner = Rect::from_center_size(pos2(rect.right() - 24.0, rect.center().y), vec2(32.0, 32.0));
    let centred = Layout::centered_and_justified(Direction::TopDown);
    let mut side = ui.new_child(UiBuilder::new().max_rect(corner).layout(centred));
    if icon_button(&mut side, "×", &format!("从列表中去掉 {name}")).clicked() {
        actions.push(Action::Forget(recent.path.clone()));
    } else if response.clicked() {
        actions.push(Action::Open(recent.path.clone()));
    }
    response.on_hover_text(recent.path.display().to_string());
    if missing {
        let place = Rect::from_min_size(pos2(rect.right() - 196.0, rect.top() + 8.0), vec2(150.0, 24.0));
        let mut side = ui.new_child(UiBuilder::new().max_rect(place));
        side.with_layout(Layout::right_to_left(Align::Min), |ui| {
            pill(ui, "找不到了", Tone::Warn).on_hover_text("可能改名、移走，或者 U 盘没有插上");
        });
    }
    ui.add_space(TINY);
}

/// Says that files can be dropped, whatever they are.
fn drop_place(ui: &mut Ui) {
    let palette = palette(ui);
    let response = Frame::new().inner_margin(Margin::symmetric(16, 14)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label("也可以把文件拖到窗口里");
        caption(ui, "推荐册直接打开；汇总表、申报表、记录和电子文档先列出清单，核对以后再导入。");
    });
    let rect = response.response.rect.shrink(0.5);
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    ui.painter().extend(Shape::dashed_line(&corners, Stroke::new(1.0, palette.border), 5.0, 4.0));
}

/// The id of a line of the first screen.
fn line_id(name: &str) -> Id {
    Id::unique(("start", name))
}
