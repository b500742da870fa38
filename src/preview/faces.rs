//! The fonts as egui wants them: each face a family by its own name, and the screen's fall-back chain.

use std::sync::Arc;

use eframe::egui;
use eframe::egui::epaint::text::{
    FallbackRequest, FontData, FontFamily, FontInsert, FontPriority, FontProvider, FontTweak, InsertFontFamily,
};

use crate::fonts::{Face, Fonts, Role};

/// The window's family for what should stand out.
pub const STRONG: &str = "醒目";

/// Makes all faces known to egui. Nothing is read before a text needs it: the 30 MB of the last fall-back stay on the
/// disk until a character is only there.
pub fn install(context: &egui::Context, fonts: &'static Fonts) {
    context.set_fonts(egui::FontDefinitions::empty());
    context.set_font_providers(vec![Arc::new(Faces(fonts))]);
}

/// The family that draws one face alone.
pub(super) fn family(face: Face) -> FontFamily {
    // `FontFamily::Name` wants shared text: made once for each face, not for each run of each frame.
    static NAMES: std::sync::OnceLock<[Arc<str>; Face::ALL.len()]> = std::sync::OnceLock::new();
    let names = NAMES.get_or_init(|| Face::ALL.map(|face| Arc::from(face.name())));
    FontFamily::Name(Arc::clone(&names[face as usize]))
}

struct Faces(&'static Fonts);

impl Faces {
    fn insert(&self, face: Face, tweak: FontTweak, family: &FontFamily) -> Option<FontInsert> {
        let data = FontData::from_static(self.0.face(face)?.data()).tweak(tweak);
        let families = vec![InsertFontFamily { family: family.clone(), priority: FontPriority::Lowest }];
        // Fonts of one name share one tweak, so page and window each have their own name.
        let name = match family {
            FontFamily::Name(name) if &**name != STRONG => format!("页面 {name}"),
            _ => face.name().to_owned(),
        };
        Some(FontInsert { name, data, families })
    }
}

impl FontProvider for Faces {
    fn fonts_for_family(&self, family: &FontFamily) -> Vec<FontInsert> {
        let insert = match family {
            FontFamily::Name(name) if &**name == STRONG => self.insert(Face::Hei, FontTweak::default(), family),
            FontFamily::Name(name) => {
                let face = Face::ALL.into_iter().find(|face| face.name() == &**name);
                // Paper knows no hinting: a page keeps its shapes at each zoom.
                let tweak = FontTweak { hinting: Some(false), ..FontTweak::default() };
                face.and_then(|face| self.insert(face, tweak, family))
            }
            _ => self.insert(Face::Ui, FontTweak::default(), family),
        };
        insert.into_iter().collect()
    }

    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        if matches!(request.family, FontFamily::Name(name) if &**name != STRONG) {
            return None;
        }
        let face = self.0.choose(Role::Screen, request.cluster.chars().next()?)?;
        self.insert(face, FontTweak::default(), request.family)
    }
}
