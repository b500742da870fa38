//! What a screen reader says of egui's own parts, in Chinese.

use eframe::egui::{Context, FullOutput, Plugin};

/// egui's name for the edge between two columns.
const EDGE: &str = "Resize panel";

/// Gives egui's own parts Chinese names.
#[derive(Default)]
pub struct SpokenNames;

impl Plugin for SpokenNames {
    fn debug_name(&self) -> &'static str {
        "spoken_names"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let Some(update) = &mut output.platform_output.accesskit_update else { return };
        for (_, node) in update.nodes.iter_mut().filter(|(_, node)| node.label() == Some(EDGE)) {
            node.set_label("栏宽");
        }
    }
}
