//! What is only read: headings, captions, pills, findings, the meter.

use eframe::egui::{
    Align2, Color32, Context, Frame, Id, InnerResponse, Label, Margin, Modal, ModalResponse, Order as Layer, Pos2,
    Rect, Response, RichText, Sense, Shape, Stroke, Ui, UiBuilder, WidgetInfo, accesskit::Role, pos2, vec2,
};

use crate::domain::{Applicant, ConditionResult, ConditionVerdict, Finding, Severity, Verdict};
use crate::ui::standing::Standing;
use crate::ui::tokens::{self, Palette, TEXT_SMALL, TEXT_TITLE, palette};

/// How a thing stands; colour always comes with words or a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Fault,
    Warn,
    Good,
    Quiet,
    /// Neither good nor bad: something the clerk did.
    Mark,
}

impl Tone {
    /// Ink and ground.
    pub fn colors(self, palette: &Palette) -> (Color32, Color32) {
        match self {
            Self::Fault => (palette.fault, palette.fault_faint),
            Self::Warn => (palette.warn, palette.warn_faint),
            Self::Good => (palette.good, palette.good_faint),
            Self::Quiet => (palette.weak, palette.hover),
            Self::Mark => (palette.accent, palette.accent_faint),
        }
    }
}

impl From<Severity> for Tone {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Block => Self::Fault,
            Severity::Warn | Severity::Judge => Self::Warn,
        }
    }
}

impl From<Standing> for Tone {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Draft => Self::Quiet,
            Standing::Faults(_) => Self::Fault,
            // Put forward, with steps still to be done: not yet as green as what can be handed in.
            Standing::Judgement | Standing::Nominated => Self::Warn,
            Standing::Ready | Standing::Complete => Self::Good,
        }
    }
}

/// The title of a screen.
pub fn title(ui: &mut Ui, text: &str) -> Response {
    ui.add(Label::new(RichText::new(text).font(tokens::strong(TEXT_TITLE))))
}

/// The heading of a group of fields.
pub fn heading(ui: &mut Ui, text: &str) -> Response {
    ui.add(Label::new(RichText::new(text).font(tokens::strong(tokens::TEXT))))
}

/// A small quiet line that wraps.
pub fn caption(ui: &mut Ui, text: &str) -> Response {
    let color = palette(ui).weak;
    ui.add(Label::new(RichText::new(text).size(TEXT_SMALL).color(color)).wrap())
}

/// Lines to be read and small links: they need no more than their own height.
pub fn small_lines<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 20.0;
        content(ui)
    })
    .inner
}

/// A word on a coloured ground.
pub fn pill(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    let (ink, ground) = tone.colors(palette(ui));
    let font = eframe::egui::FontId::proportional(TEXT_SMALL);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(14.0, 5.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().rect_filled(rect, rect.height() / 2.0, ground);
    ui.painter().galley(Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size()).min, galley, ink);
    response
}

/// How a person stands to the conditions of part 二.
pub fn verdict(ui: &mut Ui, verdict: Verdict, applicant: &Applicant) -> Response {
    let (word, tone) = match verdict {
        Verdict::Eligible => ("符合认定条件", Tone::Good),
        Verdict::Judgement if applicant.process.expert_review.is_lost() => ("专家评议没有同意", Tone::Fault),
        // A recorded review has settled it: it blocks no more.
        Verdict::Judgement if applicant.process.expert_review.is_recorded() => ("条件已经专家评议", Tone::Good),
        Verdict::Judgement => ("条件待专家评议", Tone::Warn),
        // Papers are still coming in, unless it is for what no paper changes.
        Verdict::Ineligible if !applicant.nominated && !is_out_of_scope(applicant) => ("尚不符合认定条件", Tone::Warn),
        Verdict::Ineligible => ("不符合认定条件", Tone::Fault),
    };
    pill(ui, word, tone)
}

/// Notice part 一 is for those at work on the line who are no provincial chief technicians yet.
fn is_out_of_scope(applicant: &Applicant) -> bool {
    applicant.provincial_chief_technician == Some(true) || applicant.front_line == Some(false)
}

/// What one condition of part 二 says of a person, with its reason.
pub fn condition(ui: &mut Ui, condition: &ConditionResult, applicant: &Applicant) {
    let (word, tone) = match condition.verdict {
        ConditionVerdict::Met => ("具备", Tone::Good),
        ConditionVerdict::Judgement if applicant.process.expert_review.is_lost() => ("专家没有同意", Tone::Fault),
        ConditionVerdict::Judgement if applicant.process.expert_review.is_recorded() => ("已评议", Tone::Good),
        ConditionVerdict::Judgement => ("待评议", Tone::Warn),
        ConditionVerdict::Unmet => ("不具备", Tone::Quiet),
    };
    ui.horizontal_top(|ui| {
        pill(ui, &format!("（{}）{word}", condition.id), tone);
        ui.vertical(|ui| {
            // On one line with the word in its pill.
            ui.add_space(2.0);
            caption(ui, &condition.because);
        });
    });
}

/// How much of something is used or done.
pub fn meter(ui: &mut Ui, name: &str, used: usize, whole: u32) -> Response {
    let palette = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 6.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, format!("{name}：{used} / {whole}")));
    let share = if whole == 0 { 1.0 } else { used as f32 / whole as f32 };
    let color = if share > 1.0 { palette.fault } else { palette.accent };
    ui.painter().rect_filled(rect, 3.0, palette.hover);
    let full = rect.with_max_x(rect.left() + rect.width() * share.clamp(0.0, 1.0));
    ui.painter().rect_filled(full, 3.0, color);
    response
}

/// A bordered card.
pub fn card<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let palette = palette(ui);
    Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(1.0, palette.border))
        .corner_radius(tokens::RADIUS)
        .inner_margin(Margin::same(12))
        .show(ui, content)
}

/// Height of the bar that holds a screen's last buttons.
const STEPS: f32 = 56.0;

/// The room for a screen's content, and under it the bar for the buttons that lead on, always in sight. The content is to
/// be drawn first: then the Tab key comes to it first.
pub fn above_steps(ui: &Ui) -> (Rect, Rect) {
    let whole = ui.available_rect_before_wrap();
    whole.split_top_bottom_at_y(whole.bottom() - STEPS)
}

/// A dialog over the window.
pub fn dialog<R>(context: &Context, name: &'static str, content: impl FnOnce(&mut Ui) -> R) -> ModalResponse<R> {
    note_dialog(context);
    let style = context.global_style();
    let frame = Frame::popup(&style)
        .inner_margin(style.spacing.window_margin)
        .corner_radius(style.visuals.window_corner_radius);
    Modal::new(Id::unique(name)).frame(frame).show(context, content)
}

/// What had the cursor when a dialog came, and the pass that last had one.
#[derive(Clone, Copy, Debug)]
struct Interrupted {
    whose: Option<Id>,
    pass: u64,
}

fn interrupted_id() -> Id {
    Id::unique("interrupted by a dialog")
}

/// A dialog is drawn: the first one of a row takes the cursor away.
fn note_dialog(context: &Context) {
    let pass = context.cumulative_pass_nr();
    let known = context.data(|data| data.get_temp::<Interrupted>(interrupted_id()));
    let held = known.unwrap_or_else(|| {
        let whose = context.memory(|memory| memory.focused());
        context.memory_mut(|memory| whose.into_iter().for_each(|id| memory.surrender_focus(id)));
        Interrupted { whose, pass }
    });
    context.data_mut(|data| data.insert_temp(interrupted_id(), Interrupted { pass, ..held }));
}

/// Draws something whose controls keep their identity whatever comes or goes above it: else the cursor is lost when a remark
/// disappears. `key`: the only one of its kind on the screen.
pub fn fixed<R>(ui: &mut Ui, key: impl std::hash::Hash + std::fmt::Debug, draw: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(UiBuilder::new().scope_id(Id::unique(("fixed", key))), draw).inner
}

/// To be called when everything is drawn: after the last dialog the cursor goes back to where it was, unless something has
/// taken it.
pub fn give_cursor_back(context: &Context) {
    let Some(held) = context.data(|data| data.get_temp::<Interrupted>(interrupted_id())) else { return };
    if held.pass == context.cumulative_pass_nr() {
        return;
    }
    context.data_mut(|data| data.remove::<Interrupted>(interrupted_id()));
    // What stood in the dialog is gone; where something in the window has taken the cursor meanwhile, it stays there.
    let holder = context.memory(|memory| memory.focused()).and_then(|id| context.read_response(id));
    let is_taken = holder.is_some_and(|holder| holder.layer_id.order == Layer::Background);
    if let Some(id) = held.whose.filter(|_| !is_taken) {
        context.memory_mut(|memory| memory.request_focus(id));
        context.request_repaint();
    }
}

/// The control of a dialog that has the cursor as long as no other one has.
pub fn first(response: &Response) {
    if response.ctx.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
}

/// What the check says: a sign, and the sentence in the same colour.
pub fn finding(ui: &mut Ui, finding: &Finding) -> Response {
    remark(ui, finding.severity, &finding.message)
}

/// The same for words that are no finding.
pub fn remark(ui: &mut Ui, severity: Severity, words: &str) -> Response {
    let (ink, _) = Tone::from(severity).colors(palette(ui));
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (rect, _) = ui.allocate_exact_size(vec2(12.0, 18.0), Sense::hover());
        sign(ui, severity, rect.center(), ink);
        ui.add(Label::new(RichText::new(words).size(TEXT_SMALL).color(ink)).wrap())
    })
    .inner
}

/// A cross, a triangle or a rhombus: the shape says what the colour says.
fn sign(ui: &Ui, severity: Severity, center: Pos2, ink: Color32) {
    let stroke = Stroke::new(1.5, ink);
    let at = |x: f32, y: f32| pos2(center.x + x, center.y + y);
    let painter = ui.painter();
    match severity {
        Severity::Block => {
            painter.line_segment([at(-3.5, -3.5), at(3.5, 3.5)], stroke);
            painter.line_segment([at(-3.5, 3.5), at(3.5, -3.5)], stroke);
        }
        Severity::Warn => {
            painter.add(Shape::closed_line(vec![at(0.0, -4.5), at(5.0, 4.0), at(-5.0, 4.0)], stroke));
        }
        Severity::Judge => {
            painter.add(Shape::closed_line(vec![at(0.0, -5.0), at(5.0, 0.0), at(0.0, 5.0), at(-5.0, 0.0)], stroke));
        }
    }
}
