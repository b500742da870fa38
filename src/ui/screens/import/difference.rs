//! What somebody's file and the book say otherwise, and what is to stand.

use eframe::egui::{Grid, Label, RichText, Ui, WidgetInfo, accesskit::Role};

use super::{ANSWERS, Group};
use crate::domain::PersonId;
use crate::ops::{Conflict, Offered};
use crate::ui::arrivals::Import;
use crate::ui::screens::{Action, ImportStep};
use crate::ui::tokens::{MEDIUM, SMALL, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{caption, radio};

/// Width of a field's name, in points.
const LABEL: f32 = 132.0;

/// The fields that differ: the book's, the file's, and which of them stands.
pub fn table(group: &Group<'_>, differs: &[&Offered], import: &Import, ui: &mut Ui) {
    let palette = palette(ui);
    if group.meets().is_some_and(|met| import.settlement.for_person(met) == Conflict::Both) {
        if !import.done {
            caption(ui, "文件里的另立一份，册中那一份不变。");
        }
        return;
    }
    let is_merged = group.meets().is_none();
    // What is only filled in where nothing was need not be looked at one by one.
    let (filled, telling): (Vec<&Offered>, Vec<&Offered>) =
        differs.iter().copied().partition(|one| one.before.is_empty() && one.taken);
    if !filled.is_empty() && !is_merged {
        let mut labels: Vec<&str> = filled.iter().map(|one| one.name.as_str()).collect();
        labels.dedup();
        ui.add_space(TINY);
        let verb = if import.done { "补上了" } else { "将补上" };
        caption(ui, &format!("{verb}：{}", labels.join("、")));
    }
    let telling: Vec<&Offered> =
        telling.into_iter().filter(|one| !is_merged || (!one.before.is_empty() && !one.after.is_empty())).collect();
    if telling.is_empty() {
        return;
    }
    ui.add_space(SMALL);
    let width = (ui.available_width() - LABEL) / 2.0 - SMALL * 2.0;
    let id = (group.lines.first().map(|line| line.place), "differences");
    // A row is as high as its text: the stripes lie evenly around it.
    let grid =
        Grid::new(id).num_columns(3).striped(true).spacing([SMALL, SMALL]).min_col_width(0.0).min_row_height(0.0);
    grid.show(ui, |ui| {
        let (known, new) = if is_merged { ("另一份文件", "这份文件") } else { ("册中", "文件中") };
        for head in ["不同的栏目", known, new] {
            ui.add(Label::new(RichText::new(head).size(TEXT_SMALL).color(palette.label)));
        }
        ui.end_row();
        for one in telling {
            ui.vertical(|ui| {
                ui.set_width(LABEL);
                ui.add(Label::new(RichText::new(&one.name).size(TEXT_SMALL).color(palette.label)).wrap());
            });
            for (words, stands) in [(&one.before, !one.taken), (&one.after, one.taken)] {
                let shown = if words.is_empty() { "（空）" } else { words.as_str() };
                let color = if stands { palette.text } else { palette.weak };
                ui.vertical(|ui| {
                    ui.set_width(width);
                    let mut text = RichText::new(shown).size(TEXT_SMALL).color(color);
                    if !stands {
                        text = text.strikethrough();
                    }
                    ui.add(Label::new(text).wrap());
                });
            }
            ui.end_row();
        }
    });
}

/// What to do with one person whom the book has already.
pub fn answers(group: &Group<'_>, met: PersonId, import: &mut Import, ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.add_space(SMALL);
    let now = import.settlement.for_person(met);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = MEDIUM;
        for (conflict, word, _) in ANSWERS {
            let response = radio(ui, now == conflict, word);
            let name = format!("{}：{word}", group.name());
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, now == conflict, &name));
            if response.clicked() && now != conflict {
                import.settlement.of.insert(met, conflict);
                actions.push(Action::Import(ImportStep::Settle));
            }
        }
        if import.settlement.suggestion(met).is_some() {
            caption(ui, "没有不一致的地方，建议只补空栏。");
        }
    });
}
