//! Design tokens: every colour, size and space of the window. Screens name them and invent none.

use std::sync::Arc;

use eframe::egui::style::{Selection, WidgetVisuals};
use eframe::egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme, Ui, Vec2,
    Visuals, vec2,
};

use crate::preview::STRONG;

/// Half of the smallest space.
pub const TINY: f32 = 4.0;
/// Between things that belong together.
pub const SMALL: f32 = 8.0;
/// Between one field and the next.
pub const MEDIUM: f32 = 14.0;
/// Between groups, and a panel's inner margin.
pub const LARGE: f32 = 24.0;
pub const RADIUS: CornerRadius = CornerRadius::same(6);

pub const TOP_BAR: f32 = 52.0;
pub const STATUS_BAR: f32 = 28.0;
pub const PEOPLE_WIDTH: f32 = 264.0;
/// The pages' share of the window's width, until the clerk gives them another.
pub const PAGE_SHARE: f32 = 0.33;
/// The form is not wider than a line of it reads well.
pub const FORM_WIDTH: f32 = 860.0;
/// A narrower window folds the page to a tab.
pub const WIDE_WINDOW: f32 = 1180.0;

/// Text size of the form, in points.
pub const TEXT: f32 = 15.0;
pub const TEXT_SMALL: f32 = 13.0;
pub const TEXT_TITLE: f32 = 18.0;

/// The colours of one look. One accent; red, amber and green only for what the check says.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    pub text: Color32,
    pub label: Color32,
    pub weak: Color32,
    /// Fields, cards, the form's ground.
    pub surface: Color32,
    /// The list of people.
    pub side: Color32,
    /// Around the pages.
    pub desk: Color32,
    pub border: Color32,
    /// What is ticked or chosen: small, so its outline stands out from the ground at 3 : 1 (WCAG 2.1, 1.4.11).
    pub mark: Color32,
    pub hover: Color32,
    pub accent: Color32,
    pub on_accent: Color32,
    pub accent_faint: Color32,
    pub fault: Color32,
    pub fault_faint: Color32,
    pub warn: Color32,
    pub warn_faint: Color32,
    pub good: Color32,
    pub good_faint: Color32,
}

const LIGHT: Palette = Palette {
    text: Color32::from_rgb(0x1b, 0x1f, 0x26),
    label: Color32::from_rgb(0x46, 0x4e, 0x5c),
    weak: Color32::from_rgb(0x62, 0x6b, 0x7a),
    surface: Color32::WHITE,
    side: Color32::from_rgb(0xf9, 0xfa, 0xfb),
    desk: Color32::from_rgb(0xe6, 0xe8, 0xec),
    border: Color32::from_rgb(0xc9, 0xce, 0xd6),
    mark: Color32::from_rgb(0x8b, 0x92, 0x9e),
    hover: Color32::from_rgb(0xf0, 0xf2, 0xf5),
    accent: Color32::from_rgb(0x1d, 0x5b, 0xbf),
    on_accent: Color32::WHITE,
    accent_faint: Color32::from_rgb(0xe7, 0xef, 0xfb),
    fault: Color32::from_rgb(0xa8, 0x17, 0x17),
    fault_faint: Color32::from_rgb(0xfb, 0xe3, 0xe3),
    warn: Color32::from_rgb(0x87, 0x58, 0x00),
    warn_faint: Color32::from_rgb(0xfd, 0xf0, 0xd6),
    good: Color32::from_rgb(0x1b, 0x6a, 0x38),
    good_faint: Color32::from_rgb(0xe0, 0xf3, 0xe5),
};

const DARK: Palette = Palette {
    text: Color32::from_rgb(0xe7, 0xe9, 0xed),
    label: Color32::from_rgb(0xba, 0xc1, 0xcc),
    weak: Color32::from_rgb(0x9c, 0xa5, 0xb3),
    surface: Color32::from_rgb(0x20, 0x23, 0x29),
    side: Color32::from_rgb(0x1a, 0x1d, 0x22),
    desk: Color32::from_rgb(0x13, 0x15, 0x19),
    border: Color32::from_rgb(0x45, 0x4b, 0x56),
    mark: Color32::from_rgb(0x74, 0x7c, 0x8a),
    hover: Color32::from_rgb(0x2b, 0x2f, 0x37),
    accent: Color32::from_rgb(0x7f, 0xb0, 0xff),
    on_accent: Color32::from_rgb(0x0b, 0x1d, 0x3a),
    accent_faint: Color32::from_rgb(0x22, 0x33, 0x50),
    fault: Color32::from_rgb(0xff, 0x9c, 0x96),
    fault_faint: Color32::from_rgb(0x4d, 0x22, 0x22),
    warn: Color32::from_rgb(0xf2, 0xc2, 0x63),
    warn_faint: Color32::from_rgb(0x46, 0x36, 0x14),
    good: Color32::from_rgb(0x83, 0xd6, 0x9e),
    good_faint: Color32::from_rgb(0x1d, 0x3d, 0x29),
};

/// The colours in force.
pub fn palette(ui: &Ui) -> &'static Palette {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

/// The heavier face at a size.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(Arc::from(STRONG)))
}

/// Puts the tokens into egui's styles, light and dark.
pub fn install(context: &Context) {
    context.set_visuals_of(Theme::Light, visuals(&LIGHT, Visuals::light()));
    context.set_visuals_of(Theme::Dark, visuals(&DARK, Visuals::dark()));
    context.all_styles_mut(sizes);
}

fn sizes(style: &mut Style) {
    let family = FontFamily::Proportional;
    for (name, size) in [
        (TextStyle::Small, TEXT_SMALL),
        (TextStyle::Body, TEXT),
        (TextStyle::Button, TEXT),
        (TextStyle::Monospace, TEXT),
        (TextStyle::Heading, TEXT_TITLE),
    ] {
        style.text_styles.insert(name, FontId::new(size, family.clone()));
    }
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(SMALL, TINY);
    spacing.button_padding = vec2(12.0, 6.0);
    spacing.interact_size = vec2(32.0, 32.0);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(20);
    spacing.scroll.floating = true;
    spacing.scroll.bar_width = 10.0;
    // Quiet also under the pointer.
    spacing.scroll.active_handle_opacity = 0.35;
    spacing.scroll.interact_handle_opacity = 0.5;
    style.interaction.selectable_labels = false;
    style.animation_time = 0.0;
    style.url_in_tooltip = false;
}

fn visuals(palette: &Palette, base: Visuals) -> Visuals {
    let widget = |fill: Color32, border: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, border),
        corner_radius: RADIUS,
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let mut visuals = base;
    visuals.widgets.noninteractive = widget(palette.surface, palette.border, palette.text);
    visuals.widgets.inactive = widget(palette.surface, palette.border, palette.text);
    visuals.widgets.hovered = widget(palette.hover, palette.weak, palette.text);
    visuals.widgets.active = widget(palette.accent_faint, palette.accent, palette.text);
    visuals.widgets.open = widget(palette.hover, palette.accent, palette.text);
    visuals.selection = Selection { bg_fill: palette.accent_faint, stroke: Stroke::new(1.0, palette.accent) };
    visuals.hyperlink_color = palette.accent;
    visuals.panel_fill = palette.surface;
    visuals.window_fill = palette.surface;
    visuals.window_stroke = Stroke::new(1.0, palette.border);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.window_shadow = Shadow { offset: [0, 6], blur: 24, spread: 0, color: Color32::from_black_alpha(40) };
    visuals.popup_shadow = Shadow { offset: [0, 3], blur: 12, spread: 0, color: Color32::from_black_alpha(36) };
    visuals.extreme_bg_color = palette.surface;
    visuals.text_edit_bg_color = Some(palette.surface);
    visuals.faint_bg_color = palette.hover;
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(palette.weak);
    // A blinking cursor costs 6 % of a core where software draws.
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(1.5, palette.text);
    visuals
}

/// Size of a photo in the list.
pub const THUMB: Vec2 = vec2(30.0, 42.0);
