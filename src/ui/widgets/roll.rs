//! A long column of pieces of which only those near what is in sight are laid out. The others keep their place by the height
//! that they had; the keyboard still goes from each to the next.

use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;

use eframe::egui::{Id, Rect, Ui, UiBuilder, vec2};

use super::scroll::holder;

/// How much above and below what is in sight is laid out too, in heights of what is in sight: a page turned, or a wheel turned
/// quickly, finds its pieces there.
const MARGIN: f32 = 1.0;

/// A column of pieces from one pass to the next.
#[derive(Debug, Default)]
pub struct Roll {
    /// Of what the heights are: the content's version and the width, in bits.
    of: Option<(u64, u32)>,
    /// Heights in points, at the last laying out of each piece.
    heights: HashMap<Id, f32>,
    /// The pieces that the cursor can be in, from top to bottom.
    stops: Vec<Id>,
    /// What was laid out in this pass, and where.
    laid_out: Vec<(Id, Rect)>,
    /// Laid out wherever they are, for the arrows and Tab lead there: the piece with the cursor and its neighbours, the first
    /// and the last.
    held: Vec<Id>,
}

impl Roll {
    /// Begins a pass. All pieces are laid out once more when `version` or the width has changed.
    pub fn begin(&mut self, version: u64, ui: &Ui) {
        let of = (version, ui.available_width().to_bits());
        if self.of != Some(of) {
            self.of = Some(of);
            self.heights.clear();
        }
        self.stops.clear();
        self.laid_out.clear();
    }

    /// The next piece, which `name` tells from all others; `draw` is left out where it is far from what is in sight. In a piece
    /// that `stops`, there is something for the cursor.
    pub fn piece(&mut self, name: impl Hash + Debug, stops: bool, ui: &mut Ui, draw: impl FnOnce(&mut Ui)) {
        let id = Id::unique(("roll", name));
        if stops {
            self.stops.push(id);
        }
        let sight = ui.clip_rect();
        let top = ui.cursor().top();
        if let Some(&height) = self.heights.get(&id)
            && !self.held.contains(&id)
            && (top > sight.bottom() + sight.height() * MARGIN || top + height < sight.top() - sight.height() * MARGIN)
        {
            ui.allocate_space(vec2(ui.available_width(), height));
            return;
        }
        // What is inside is called the same whether or not what is above has been laid out.
        let rect = ui.scope_builder(UiBuilder::new().scope_id(id), draw).response.rect;
        self.heights.insert(id, rect.height());
        self.laid_out.push((id, rect));
    }

    /// Ends a pass: the piece that has the cursor now is laid out in the next one too, and those that it leads to.
    pub fn end(&mut self, ui: &Ui) {
        let place = holder(ui).map(|response| response.rect.center());
        let holder = place.and_then(|place| self.laid_out.iter().find(|(_, rect)| rect.contains(place)));
        self.held.clear();
        self.held.extend(self.stops.first().into_iter().chain(self.stops.last()));
        if let Some((id, _)) = holder {
            self.held.push(*id);
            let at = self.stops.iter().position(|stop| stop == id);
            let around = at.map_or(0..0, |at| at.saturating_sub(1)..(at + 2).min(self.stops.len()));
            self.held.extend(self.stops.get(around).unwrap_or_default());
        }
    }
}
