//! Copies to look at: small beside their titles, and large over the window.

use eframe::egui::{
    Align2, Color32, FontId, Frame, Id, Key, Label, Margin, Modal, Modifiers, Rect, Sense, Stroke, StrokeKind, Ui,
    Vec2, WidgetInfo, accesskit::Role, vec2,
};

use super::Part;
use crate::domain::{Applicant, Attachment, FileKey};
use crate::preview::{self, CopyContent, Subject};
use crate::ui::gallery::Gallery;
use crate::ui::reader::{Fit, Reader};
use crate::ui::tokens::{SMALL, TEXT, TEXT_SMALL, palette, strong};
use crate::ui::widgets::{Sides, button, icon_button};

/// The whole copy, small; of a PDF the first page, with the number of pages.
pub fn thumb(gallery: &mut Gallery, ui: &Ui, file: &FileKey, rect: Rect) {
    let palette = palette(ui);
    ui.painter().rect_filled(rect, 2.0, palette.hover);
    let say = |words: &str| {
        let font = FontId::proportional(TEXT_SMALL);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, words, font, palette.weak);
    };
    match gallery.copy(file) {
        Some(Ok(content)) => {
            let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
            let place = Rect::from_center_size(rect.center(), fitted(size(&content, 0), rect.size()));
            if preview::draw_copy(&painter, &mut gallery.darkroom, &subject(&content, 0), place).is_some() {
                ui.painter().rect_filled(rect, 2.0, palette.hover);
                say(if matches!(content, CopyContent::Pdf(_)) { "PDF" } else { "无法预览" });
            }
            if let CopyContent::Pdf(pdf) = content {
                badge(ui, rect, &format!("共 {} 页", pdf.pages.len()));
            }
        }
        Some(Err(_)) => say("无法读取"),
        None => {}
    }
    ui.painter().rect_stroke(rect, 2.0, Stroke::new(1.0, palette.border), StrokeKind::Inside);
}

/// A few words over the lower edge.
fn badge(ui: &Ui, rect: Rect, words: &str) {
    let galley = ui.painter().layout_no_wrap(words.to_owned(), FontId::proportional(11.0), Color32::WHITE);
    let ground = rect.with_min_y(rect.bottom() - galley.size().y - 4.0);
    ui.painter().rect_filled(ground, 0.0, Color32::from_black_alpha(150));
    let at = Align2::CENTER_CENTER.anchor_size(ground.center(), galley.size()).min;
    ui.painter().galley(at, galley, Color32::WHITE);
}

fn subject(content: &CopyContent, page: usize) -> Subject {
    match content {
        CopyContent::Picture(picture) => Subject::Picture(std::sync::Arc::clone(picture)),
        CopyContent::Pdf(pdf) => Subject::Page(std::sync::Arc::clone(pdf), page),
    }
}

/// What a picture is wide on paper, in millimetres: a page's width, since a picture itself does not say.
const PICTURE_WIDTH: f32 = 210.0;

/// Width and height of a page of a copy, in millimetres.
fn size(content: &CopyContent, page: usize) -> Vec2 {
    match content {
        CopyContent::Picture(picture) => {
            let (width, height) = picture.upright_size_px();
            vec2(width.max(1) as f32, height.max(1) as f32) * (PICTURE_WIDTH / width.max(1) as f32)
        }
        CopyContent::Pdf(pdf) => {
            pdf.pages.get(page).map_or(vec2(210.0, 297.0), |size| vec2(size.width.0.max(1.0), size.height.0.max(1.0)))
        }
    }
}

fn sizes(content: &CopyContent) -> Vec<Vec2> {
    let count = match content {
        CopyContent::Picture(_) => 1,
        CopyContent::Pdf(pdf) => pdf.pages.len(),
    };
    (0..count).map(|page| size(content, page)).collect()
}

/// The largest size of these proportions within `room`.
fn fitted(size: Vec2, room: Vec2) -> Vec2 {
    size * (room.x / size.x).min(room.y / size.y)
}

const NAME: &str = "附件。左右方向键看上一件、下一件，PageUp、PageDown 翻页，0 适合宽度，1 整页，Ctrl 加滚轮缩放";

/// The copy that is looked at, over the whole window.
pub fn large(part: &mut Part<'_>, ui: &mut Ui, form: &Applicant) {
    let count = form.attachments.len();
    let Some((index, attachment)) = part.looking.and_then(|index| Some((index, form.attachments.get(index)?))) else {
        *part.looking = None;
        part.gallery.look = Default::default();
        return;
    };
    let outline = part.gallery.copy(&attachment.file);
    if part.gallery.look.0 != Some(index) {
        let fit = if matches!(outline, Some(Ok(CopyContent::Pdf(_)))) { Fit::Width } else { Fit::Sheet };
        // What it is, is known a moment later.
        if outline.is_some() {
            part.gallery.look.0 = Some(index);
        }
        part.gallery.look.1 = Reader::fitting(fit);
        part.gallery.look.1.take_focus();
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let mut next = index;
    if pressed(Key::ArrowLeft) {
        next = index.saturating_sub(1);
    }
    if pressed(Key::ArrowRight) {
        next = (index + 1).min(count.saturating_sub(1));
    }
    let frame = Frame::new().fill(palette(ui).desk).inner_margin(Margin::ZERO);
    let modal = Modal::new(Id::unique("attachment")).frame(frame).show(ui.ctx(), |ui| {
        let room = ui.ctx().content_rect().size();
        ui.set_min_size(room);
        ui.set_max_size(room);
        ui.spacing_mut().item_spacing.y = 0.0;
        let close = head(part.gallery, ui, attachment, &outline, (index, count), &mut next);
        match &outline {
            Some(Ok(content)) => sheets(part.gallery, ui, content),
            Some(Err(fault)) => say(ui, fault),
            None => say(ui, "正在读取…"),
        }
        close
    });
    if next != index {
        *part.looking = Some(next);
    }
    if modal.inner || modal.should_close() {
        *part.looking = None;
    }
}

fn say(ui: &mut Ui, words: &str) {
    let room = ui.available_rect_before_wrap();
    ui.allocate_rect(room, Sense::hover());
    ui.put(Rect::from_center_size(room.center(), vec2(room.width() * 0.8, 60.0)), Label::new(words).wrap());
}

fn sheets(gallery: &mut Gallery, ui: &mut Ui, content: &CopyContent) {
    let (reader, darkroom) = (&mut gallery.look.1, &mut gallery.darkroom);
    let room = ui.available_rect_before_wrap();
    let sizes = sizes(content);
    reader.show(ui, NAME, "attachment", &sizes, |ui, page, sheet, _| {
        let fault = preview::draw_copy(ui.painter(), darkroom, &subject(content, page), sheet);
        let response = ui.interact(sheet, Id::unique(("copy", page)), Sense::hover());
        response.widget_info(|| {
            let fault = fault.as_deref().map_or_else(String::new, |fault| format!("：{fault}"));
            WidgetInfo::labeled(Role::Image, true, format!("附件第 {} 页{fault}", page + 1))
        });
    });
    ui.allocate_rect(room, Sense::hover());
}

/// Which copy it is, and what can be done with it; whether it is to be closed.
fn head(
    gallery: &mut Gallery,
    ui: &mut Ui,
    attachment: &Attachment,
    outline: &Option<Result<CopyContent, String>>,
    (index, count): (usize, usize),
    next: &mut usize,
) -> bool {
    let palette = palette(ui);
    let mut close = false;
    let reader = &mut gallery.look.1;
    Frame::new().fill(palette.surface).inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SMALL;
            let sides = Sides::of("look", ui);
            sides.left(ui, |ui| {
                let title = attachment.title.trim();
                let title = if title.is_empty() { "（未填题名）" } else { title };
                let pages = match outline {
                    Some(Ok(CopyContent::Pdf(pdf))) => {
                        format!("　第 {} 页 / 共 {} 页", reader.current() + 1, pdf.pages.len())
                    }
                    _ => String::new(),
                };
                let text = |words: String| eframe::egui::RichText::new(words);
                ui.add(Label::new(text(format!("附件 {} / {count}", index + 1)).color(palette.weak)));
                ui.add(Label::new(text(title.to_owned()).font(strong(TEXT))).truncate());
                ui.add(Label::new(text(pages).color(palette.weak)));
            });
            sides.right(ui, |ui| {
                ui.spacing_mut().item_spacing.x = SMALL;
                if ui.add_enabled_ui(index > 0, |ui| icon_button(ui, "‹", "上一件附件")).inner.clicked() {
                    *next = index - 1;
                }
                let later = ui.add_enabled_ui(index + 1 < count, |ui| icon_button(ui, "›", "下一件附件")).inner;
                if later.clicked() {
                    *next = index + 1;
                }
                for (fit, word) in [(Fit::Width, "适合宽度"), (Fit::Sheet, "整页")] {
                    if ui.selectable_label(reader.is_fit(fit), word).clicked() {
                        reader.fit(fit);
                    }
                }
                if icon_button(ui, "－", "缩小附件").clicked() {
                    reader.smaller();
                }
                if icon_button(ui, "＋", "放大附件").clicked() {
                    reader.larger();
                }
                close = button(ui, "关闭").clicked();
            });
        });
    });
    close
}
