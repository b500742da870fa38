//! The photo: chosen, dropped or pasted, then cut to its proportion.

use std::sync::Arc;

use eframe::egui::{
    Button, Color32, EventFilter, Id, Key, Mesh, Modifiers, Pos2, Rect, Response, Sense, Shape, Slider, Stroke,
    StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, accesskit::Role, pos2, vec2,
};

use super::Part;
use crate::domain::Applicant;
use crate::preview::{Standing, Subject};
use crate::rules::Usage;
use crate::ui::cutting::{Cutting, Grip};
use crate::ui::dialogs::Purpose;
use crate::ui::screens::{Action, people};
use crate::ui::tokens::{MEDIUM, SMALL, TINY, palette};
use crate::ui::widgets::{Tone, button, caption, dialog, heading, link, pill, primary, title};
use crate::ui::worker::Order;

/// Size of the photo on the screen: 35 to 49, as printed.
pub const PHOTO: Vec2 = vec2(110.0, 154.0);
/// Room for what is said of the cut picture, in points.
const SAID: f32 = 84.0;
/// How far from a corner the mouse still takes hold of it, in points.
const REACH: f32 = 14.0;

pub fn show(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    caption(ui, "照片");
    ui.add_space(TINY);
    let (rect, _) = ui.allocate_exact_size(PHOTO, Sense::hover());
    let picture = part.gallery.picture(&form.photo);
    match &picture {
        Some(picture) => {
            // As on paper: fitted into its place, never stretched.
            let size = vec_of(picture.upright_size_px());
            let place = Rect::from_center_size(rect.center(), size * (rect.size() / size).min_elem());
            ui.painter().rect_filled(rect, 2.0, palette(ui).hover);
            // The small picture of the list looks coarse here, but is there at once.
            let subject = Subject::Picture(Arc::clone(picture));
            if part.gallery.darkroom.paint(ui.painter(), &subject, place) == Standing::Pending {
                people::thumb(part.gallery, &form.photo, place, ui);
            }
        }
        None => people::thumb(part.gallery, &form.photo, rect, ui),
    }
    if form.photo.is_none() {
        // In its place, which the column below does not leave.
        let mut inside = ui.new_child(UiBuilder::new().max_rect(rect.shrink(SMALL)));
        part.fields.findings(&mut inside, "photo");
    }
    ui.add_space(TINY);
    if let Some(picture) = &picture {
        quality(ui, picture.upright_size_px(), &part.notice.usage);
        // A photo that has just come and does not fit its place is best cut at once.
        let came = part.photo_came.take_if(|came| *came == form.photo).is_some();
        if came && !fits(picture.upright_size_px(), &part.notice.usage) {
            *part.cutting = Some(Cutting::new(form.photo.clone(), picture.upright_size_px()));
        }
    }
    ui.add_space(TINY);
    ui.spacing_mut().item_spacing.y = TINY;
    let has_photo = !form.photo.is_none();
    let choose = if has_photo { "更换照片…" } else { "选择照片…" };
    let mut response = wide(ui, choose);
    // What is said of the button would lie over the picture that is being cut.
    if part.cutting.is_none() {
        response = response.on_hover_text("也可把图片拖到窗口里");
    }
    part.fields.anchor(&response, "photo");
    if response.clicked() {
        part.actions.push(Action::Ask(Purpose::Photo));
    }
    if let Some(picture) = picture
        && wide(ui, "裁剪…").clicked()
    {
        *part.cutting = Some(Cutting::new(form.photo.clone(), picture.upright_size_px()));
    }
    if link(ui, "粘贴图片").on_hover_text("从剪贴板，Ctrl+V").clicked() {
        part.actions.push(Action::PastePicture);
    }
    if has_photo && link(ui, "删去照片").clicked() {
        part.fields.focus.go_on_at("photo");
        part.actions.push(Action::Order(Order::Photo(part.fields.person, None)));
    }
    cutting(part, ui, form);
}

/// A button as wide as the photo.
fn wide(ui: &mut Ui, words: &str) -> Response {
    ui.add_sized([PHOTO.x, ui.spacing().interact_size.y], Button::new(words))
}

fn whole() -> Rect {
    Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0))
}

fn vec_of((width, height): (u32, u32)) -> Vec2 {
    vec2(width.max(1) as f32, height.max(1) as f32)
}

/// Whether a photo has the proportion of its place, as far as the notice's usage asks.
fn fits((width, height): (u32, u32), usage: &Usage) -> bool {
    let ratio = f64::from(width) / f64::from(height.max(1));
    (usage.photo_min_ratio..=usage.photo_max_ratio).contains(&ratio)
}

fn is_sharp((width, height): (u32, u32), usage: &Usage) -> bool {
    width >= usage.photo_min_width && height >= usage.photo_min_height
}

/// How many pixels there are, and whether they are enough.
fn quality(ui: &mut Ui, (width, height): (u32, u32), usage: &Usage) {
    caption(ui, &format!("{width} × {height} 像素"));
    if !is_sharp((width, height), usage) {
        pill(ui, "打印后会不清楚", Tone::Warn).on_hover_text(wanted(usage));
    }
}

fn wanted(usage: &Usage) -> String {
    format!("至少要 {} × {} 像素，打印出来才清楚", usage.photo_min_width, usage.photo_min_height)
}

/// The photo with its frame, over the window.
fn cutting(part: &mut Part<'_>, ui: &mut Ui, form: &Applicant) {
    let Some(cutting) = part.cutting.as_mut() else {
        part.gallery.put_large_away();
        return;
    };
    let picture = part.gallery.picture(&form.photo);
    // Undone or changed meanwhile: there is nothing to cut any more.
    let (Some(_), true) = (picture, cutting.photo == form.photo) else {
        *part.cutting = None;
        return;
    };
    let person = part.fields.person;
    let (mut go, mut cancel) = (false, false);
    let screen = ui.ctx().content_rect().size();
    let modal = dialog(ui.ctx(), "cutting", |ui| {
        title(ui, "裁剪照片");
        caption(ui, "拖动框或框角；方向键移动，＋ － 改变大小。照片按 5 : 7 的比例印在申报表上，33 × 46.2 毫米。");
        ui.add_space(SMALL);
        let texture = part.gallery.large(&cutting.photo);
        ui.horizontal_top(|ui| {
            let room = vec2((screen.x - 360.0).clamp(160.0, 640.0), (screen.y - 230.0).clamp(160.0, 560.0));
            canvas(ui, cutting, texture, room);
            ui.add_space(MEDIUM);
            ui.vertical(|ui| {
                ui.set_width(200.0);
                beside(ui, cutting, texture, &part.notice.usage);
            });
        });
        ui.add_space(SMALL);
        ui.horizontal(|ui| {
            go = primary(ui, "裁剪并保存").clicked();
            cancel = button(ui, "不裁剪").clicked();
            caption(ui, "每次换的、裁的照片都留在历史中；选错了就点“不裁剪”，再按 Ctrl+Z 换回来。");
        });
    });
    if go {
        let order = Order::CutPhoto(person, cutting.photo.clone(), cutting.cut());
        part.actions.push(Action::Order(order));
    }
    // A click beside the dialog is a slip: it does not throw the frame away that was drawn.
    let beside = modal.backdrop_response.clicked();
    if go || cancel || (modal.should_close() && !beside) {
        *part.cutting = None;
    }
}

/// What will be printed, how good it is, and what can be done besides dragging.
fn beside(ui: &mut Ui, cutting: &mut Cutting, texture: Option<eframe::egui::TextureId>, usage: &Usage) {
    heading(ui, "印出来的样子");
    ui.add_space(TINY);
    let (rect, _) = ui.allocate_exact_size(PHOTO, Sense::hover());
    let seen = cutting.seen();
    let frame = cutting.frame();
    let part = Rect::from_min_max((frame.min.to_vec2() / seen).to_pos2(), (frame.max.to_vec2() / seen).to_pos2());
    turned(ui, cutting, texture, rect, part);
    ui.add_space(SMALL);
    let pixels = cutting.pixels();
    ui.label(format!("{} × {} 像素", pixels.0, pixels.1));
    // What is said of the frame moves nothing while it is dragged.
    ui.scope(|ui| {
        ui.set_min_height(SAID);
        if is_sharp(pixels, usage) {
            caption(ui, "够清楚");
        } else {
            pill(ui, "打印后会不清楚", Tone::Warn);
            caption(ui, &wanted(usage));
        }
    });
    ui.add_space(SMALL);
    let mut share = cutting.share() * 100.0;
    let name = caption(ui, "框的大小");
    ui.scope(|ui| {
        // The rail would be white on white.
        ui.visuals_mut().widgets.inactive.bg_fill = palette(ui).border;
        let slider = Slider::new(&mut share, 10.0..=100.0).show_value(false).step_by(1.0);
        if ui.add(slider).labelled_by(name.id).changed() {
            cutting.set_share(share / 100.0);
        }
    });
    ui.add_space(TINY);
    if button(ui, "向右转 90°").clicked() {
        cutting.turn();
    }
}

/// The picture as it is seen, what is cut away dimmed, and the frame to be dragged.
fn canvas(ui: &mut Ui, cutting: &mut Cutting, texture: Option<eframe::egui::TextureId>, room: Vec2) {
    let palette = palette(ui);
    let fitted = |size: Vec2| size * (room / size).min_elem();
    let size = fitted(cutting.seen());
    // The picture has its room lying and upright: turned, it leaves the buttons where they are.
    let (place, _) = ui.allocate_exact_size(size.max(fitted(cutting.seen().yx())), Sense::hover());
    let (rect, scale) = (Rect::from_center_size(place.center(), size), size.x / cutting.seen().x);
    turned(ui, cutting, texture, rect, whole());
    let to_screen = |at: Pos2| rect.min + at.to_vec2() * scale;
    let id = Id::unique("cutting frame");
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let share = (cutting.share() * 100.0).round();
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, format!("裁剪框，宽度 {share}%")));
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    drag(cutting, &response, rect, scale);
    keys(ui, cutting, &response);
    let frame = Rect::from_min_max(to_screen(cutting.frame().min), to_screen(cutting.frame().max));
    let shade = Color32::from_black_alpha(130);
    let painter = ui.painter_at(rect.expand(8.0));
    for outside in [
        Rect::from_min_max(rect.min, pos2(rect.right(), frame.top())),
        Rect::from_min_max(pos2(rect.left(), frame.bottom()), rect.max),
        Rect::from_min_max(pos2(rect.left(), frame.top()), frame.left_bottom()),
        Rect::from_min_max(frame.right_top(), pos2(rect.right(), frame.bottom())),
    ] {
        painter.rect_filled(outside, 0.0, shade);
    }
    let width = if response.has_focus() { 2.5 } else { 1.5 };
    painter.rect_stroke(frame, 0.0, Stroke::new(width, palette.accent), StrokeKind::Inside);
    for corner in [frame.left_top(), frame.right_top(), frame.left_bottom(), frame.right_bottom()] {
        painter.rect_filled(Rect::from_center_size(corner, Vec2::splat(10.0)), 2.0, palette.accent);
    }
}

fn drag(cutting: &mut Cutting, response: &Response, rect: Rect, scale: f32) {
    let to_picture = |at: Pos2| ((at - rect.min) / scale).to_pos2();
    if response.drag_started() {
        response.request_focus();
        let pressed = response.ctx.input(|input| input.pointer.press_origin()).map(to_picture);
        let frame = cutting.frame();
        let corners = [(false, false), (true, false), (false, true), (true, true)];
        let at = |(right, below): (bool, bool)| {
            pos2(if right { frame.right() } else { frame.left() }, if below { frame.bottom() } else { frame.top() })
        };
        let near = |pressed: Pos2| corners.into_iter().find(|corner| at(*corner).distance(pressed) * scale <= REACH);
        cutting.held = pressed.map(|pressed| match near(pressed) {
            Some((right, below)) => Grip::Corner(right, below),
            None => Grip::Whole,
        });
    }
    if response.dragged() {
        match cutting.held {
            Some(Grip::Whole) => cutting.move_by(response.drag_delta() / scale),
            Some(Grip::Corner(right, below)) => {
                if let Some(at) = response.interact_pointer_pos() {
                    cutting.pull((right, below), to_picture(at));
                }
            }
            None => {}
        }
    }
    if response.drag_stopped() {
        cutting.held = None;
    }
}

fn keys(ui: &Ui, cutting: &mut Cutting, response: &Response) {
    if !response.has_focus() {
        return;
    }
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let step = cutting.seen().max_elem() / 100.0;
    let moves = [
        (Key::ArrowLeft, vec2(-step, 0.0)),
        (Key::ArrowRight, vec2(step, 0.0)),
        (Key::ArrowUp, vec2(0.0, -step)),
        (Key::ArrowDown, vec2(0.0, step)),
    ];
    for (key, step) in moves {
        let count = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
        cutting.move_by(step * count as f32);
    }
    for (key, times) in [(Key::Plus, 1.05), (Key::Equals, 1.05), (Key::Minus, 1.0 / 1.05)] {
        let count = ui.input_mut(|input| {
            input.count_and_consume_key(Modifiers::NONE, key) + input.count_and_consume_key(Modifiers::SHIFT, key)
        });
        (0..count).for_each(|_| cutting.grow(times));
    }
}

/// A part of the picture, from 0 to 1 as it is seen, turned as the clerk has turned it.
fn turned(ui: &Ui, cutting: &Cutting, texture: Option<eframe::egui::TextureId>, rect: Rect, part: Rect) {
    let Some(texture) = texture else {
        ui.painter().rect_filled(rect, 2.0, palette(ui).hover);
        return;
    };
    let mut mesh = Mesh::with_texture(texture);
    let corners = [
        (rect.left_top(), part.left_top()),
        (rect.right_top(), part.right_top()),
        (rect.right_bottom(), part.right_bottom()),
        (rect.left_bottom(), part.left_bottom()),
    ];
    for (pos, seen) in corners {
        let uv = cutting.before_turning(seen);
        mesh.vertices.push(eframe::egui::epaint::Vertex { pos, uv, color: Color32::WHITE });
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    ui.painter().add(Shape::mesh(Arc::new(mesh)));
}
