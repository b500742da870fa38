//! Files that have come to the window: where they will go while they hover over it, what has to be asked, and which of
//! them were not taken.

use std::path::Path;

use eframe::egui::{
    Align2, Context, Frame, Id, Label, LayerId, Margin, Order as Layer, RichText, ScrollArea, Stroke, StrokeKind, Ui,
};

use super::Action;
use crate::domain::PersonId;
use crate::ops::Scan;
use crate::ui::app::App;
use crate::ui::arrivals::Ask;
use crate::ui::tokens::{self, LARGE, RADIUS, SMALL, TEXT_TITLE, TINY, palette};
use crate::ui::widgets::{FollowFocus, button, caption, dialog, primary, title};
use crate::ui::worker::Order;

const WIDTH: f32 = 520.0;

pub fn show(app: &mut App, ui: &Ui, actions: &mut Vec<Action>) {
    let context = ui.ctx();
    if app.arrivals.ask.is_some() {
        ask(app, context, actions);
    } else if !app.arrivals.refused.is_empty() {
        refused(app, context);
    }
    if let Some(words) = app.hovering(context) {
        hover(ui, &words);
    }
}

/// Over everything: where the files will go.
fn hover(ui: &Ui, words: &str) {
    let palette = palette(ui);
    let whole = ui.ctx().content_rect();
    let painter = ui.ctx().layer_painter(LayerId::new(Layer::Tooltip, Id::unique("hovering files")));
    painter.rect_filled(whole, 0.0, palette.surface.gamma_multiply(0.75));
    let inner = whole.shrink(LARGE);
    painter.rect_stroke(inner, RADIUS, Stroke::new(2.0, palette.accent), StrokeKind::Inside);
    let galley = painter.layout(
        words.to_owned(),
        tokens::strong(TEXT_TITLE),
        palette.text,
        (inner.width() - LARGE * 3.0).max(80.0),
    );
    let place = Align2::CENTER_CENTER.anchor_size(whole.center(), galley.size());
    painter.rect_filled(place.expand2(eframe::egui::vec2(LARGE, 16.0)), RADIUS, palette.accent_faint);
    painter.galley(place.min, galley, palette.text);
    let seen = ui.interact(inner, Id::unique("hovering words"), eframe::egui::Sense::hover());
    seen.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::accesskit::Role::Label, true, words));
}

fn ask(app: &mut App, context: &Context, actions: &mut Vec<Action>) {
    let Some(ask) = &app.arrivals.ask else { return };
    let modal = dialog(context, "arrived", |ui| {
        ui.set_width(WIDTH.min(context.content_rect().width() - 80.0));
        match ask {
            Ask::Book(path) => book(path, ui, actions),
            &Ask::Scans(id, ref scans) => {
                // The person may have gone meanwhile.
                let Some(name) = name_of(app, id) else { return true };
                title(ui, &format!("放到{name}的哪里？"));
                ui.add_space(SMALL);
                names(ui, scans);
                ui.add_space(SMALL);
                ui.horizontal(|ui| {
                    let paths = || scans.iter().map(|scan| scan.path.clone()).collect();
                    let copies = first(ui, "放进附件");
                    if copies {
                        actions.push(Action::Order(Order::ReadCopies(id, paths())));
                    }
                    let photo = match scans.as_slice() {
                        [Scan { path, is_pdf: false, .. }] if button(ui, "作为照片").clicked() => {
                            actions.push(Action::Order(Order::Photo(id, Some(path.clone()))));
                            true
                        }
                        _ => false,
                    };
                    copies || photo || button(ui, "取消").clicked()
                })
                .inner
            }
        }
    });
    if modal.inner || modal.should_close() {
        app.arrivals.ask = None;
    }
}

/// What a person of the book is called now; `None`: the book has nobody of that number.
fn name_of(app: &App, id: PersonId) -> Option<String> {
    let desk = app.desk.as_ref()?;
    let known = desk.book.person(id)?;
    let name = if desk.selected == Some(id) { &desk.form.name } else { &known.applicant.name };
    Some(if name.trim().is_empty() { "这位申报人".to_owned() } else { name.trim().to_owned() })
}

/// The button that leads on: it has the keyboard until another gets it.
fn first(ui: &mut Ui, words: &str) -> bool {
    let response = primary(ui, words);
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    response.clicked()
}

fn book(path: &Path, ui: &mut Ui, actions: &mut Vec<Action>) -> bool {
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    title(ui, &format!("改为打开“{name}”？"));
    ui.add_space(SMALL);
    caption(ui, &format!("{}。现在这本已经保存，会先关上；一个窗口一次开一本推荐册。", path.display()));
    ui.add_space(SMALL);
    ui.horizontal(|ui| {
        let go = first(ui, "关上这本，打开它");
        if go {
            actions.push(Action::Open(path.to_owned()));
        }
        go || button(ui, "取消").clicked()
    })
    .inner
}

/// The names of files, as many as one can take in.
fn names(ui: &mut Ui, scans: &[Scan]) {
    const MOST: usize = 6;
    for scan in scans.iter().take(MOST) {
        let name = scan.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let size = scan.size_px.map(|(width, height)| format!("　{width} × {height} 像素")).unwrap_or_default();
        caption(ui, &format!("{name}{size}"));
    }
    if scans.len() > MOST {
        caption(ui, &format!("等 {} 个文件", scans.len()));
    }
}

/// Each file that was not taken, and why.
fn refused(app: &mut App, context: &Context) {
    let modal = dialog(context, "refused files", |ui| {
        ui.set_width(WIDTH.min(context.content_rect().width() - 80.0));
        // A folder may be among them.
        title(ui, &format!("有 {} 项没有接收", app.arrivals.refused.len()));
        ui.add_space(SMALL);
        ScrollArea::vertical()
            .max_height(context.content_rect().height() * 0.5)
            .auto_shrink([false, true])
            .show_and_follow(ui, |ui| {
                for refusal in &app.arrivals.refused {
                    let name = refusal.path.file_name().unwrap_or(refusal.path.as_os_str()).to_string_lossy();
                    let palette = palette(ui);
                    Frame::new().inner_margin(Margin::symmetric(0, 3)).show(ui, |ui| {
                        ui.set_width(ui.available_width());
                        ui.add(Label::new(RichText::new(name.as_ref()).color(palette.text)).wrap())
                            .on_hover_text(refusal.path.display().to_string());
                        caption(ui, &without_name(&refusal.because, &refusal.path));
                    });
                }
            });
        ui.add_space(TINY);
        first(ui, "知道了")
    });
    if modal.inner || modal.should_close() {
        app.arrivals.refused.clear();
    }
}

/// The reason alone: the file's name stands above it.
pub(super) fn without_name(because: &str, path: &Path) -> String {
    let shown = path.display().to_string();
    let rest = [format!("文件“{shown}”"), format!("“{shown}”"), shown.clone()]
        .into_iter()
        .find_map(|name| because.strip_prefix(&name).map(|rest| rest.trim_start().to_owned()));
    let rest = rest.unwrap_or_else(|| because.to_owned());
    rest.trim_start_matches(['：', '，']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::without_name;
    use std::path::Path;

    #[test]
    fn the_name_is_not_said_twice() {
        let path = Path::new("/a/b.txt");
        for (because, rest) in [
            ("文件“/a/b.txt”是空文件，请重新取得这份文件", "是空文件，请重新取得这份文件"),
            ("/a/b.txt：不是推荐册", "不是推荐册"),
            ("“/a/b.txt”里没有 record.json", "里没有 record.json"),
            ("是空文件夹", "是空文件夹"),
        ] {
            assert_eq!(without_name(because, path), rest);
        }
    }
}
