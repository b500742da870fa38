//! 核对: an exported folder or a received zip held against its own list.

use eframe::egui::{Align, Id, Layout, Rect, Ui, Vec2};

use super::made::OUTDATED;
use super::put_away;
use crate::ui::dialogs::Purpose;
use crate::ui::export::{Export, Verified};
use crate::ui::screens::Action;
use crate::ui::screens::recommender::note;
use crate::ui::tokens::{SMALL, TINY};
use crate::ui::widgets::{Line, Tone, button, caption, heading, pill};
use crate::ui::worker::Order;

/// Faults that are listed; more help nobody, the material is to be had again.
const MOST_LISTED: usize = 12;

/// `is_outdated`: what was held against its list no longer tells what the book holds.
pub fn show(export: &mut Export, is_outdated: bool, ui: &mut Ui, actions: &mut Vec<Action>) {
    heading(ui, "核对材料");
    caption(ui, "把导出的文件夹或收到的电子文档，与其中的清单逐个文件对照：有没有缺少、改动或多出的文件。");
    ui.add_space(TINY);
    ui.horizontal_wrapped(|ui| {
        if button(ui, "核对文件夹…").clicked() {
            actions.push(Action::Ask(Purpose::VerifyFolder));
        }
        if button(ui, "核对电子文档（压缩包）…").clicked() {
            actions.push(Action::Ask(Purpose::Verify));
        }
    });
    let mut gone = false;
    if let Some(verified) = &export.verified {
        ui.add_space(SMALL);
        gone = found(verified, is_outdated, ui);
    }
    if gone {
        (export.verified, export.locked) = (None, None);
    }
    if let Some(locked) = &mut export.locked {
        ui.add_space(SMALL);
        let sentence = format!("电子文档“{}”加了口令，写上口令才能核对里面的文件。", locked.zips.join("”“"));
        note(ui, &sentence, Tone::Warn);
        // Above the field: what stands under it may be out of sight.
        if locked.is_wrong && export.unlock.0.is_empty() {
            note(ui, "口令不对，请再输入", Tone::Fault);
        }
        let id = Id::unique("unlock");
        let line = Line { is_secret: true, ..Line::new(id, "电子文档的口令") };
        let (response, entered) = line.show(ui, &mut export.unlock.0);
        if !std::mem::replace(&mut locked.greeted, true) {
            response.request_focus();
        }
        let path = locked.path.clone();
        let ready = !export.unlock.0.is_empty();
        if ui.add_enabled_ui(ready, |ui| button(ui, "用这个口令核对")).inner.clicked() || (entered && ready) {
            let secret = std::mem::take(&mut export.unlock);
            actions.push(Action::Order(Order::Verify(path, Some(secret))));
        }
    }
    if std::mem::take(&mut export.verified_just_now) {
        let end = Rect::from_min_size(ui.cursor().min, Vec2::splat(1.0));
        ui.scroll_to_rect(end, Some(Align::Max));
    }
}

/// What was found, in plain words; whether it is to be put away.
fn found(verified: &Verified, is_outdated: bool, ui: &mut Ui) -> bool {
    let found = &verified.found;
    let mut gone = false;
    ui.horizontal(|ui| {
        match (found.faults.is_empty(), found.unread.is_empty()) {
            (false, _) => pill(ui, "与清单不符", Tone::Fault),
            (true, false) => pill(ui, "没有全部核对", Tone::Warn),
            (true, true) => pill(ui, "与清单相符", if is_outdated { Tone::Quiet } else { Tone::Good }),
        };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| gone = put_away(ui, "收起核对的结果"));
    });
    caption(ui, &verified.path.display().to_string());
    if is_outdated {
        note(ui, OUTDATED, Tone::Warn);
    }
    if found.faults.is_empty() {
        let rest = if found.unread.is_empty() { "" } else { "其余" };
        ui.label(format!(
            "{rest}清单所列 {} 个文件都在，内容没有改动（清单本身和电子文档不计入这个数）。",
            found.listed
        ));
    } else {
        ui.label(format!("清单上有 {} 个文件，{} 处不符：", found.listed, found.faults.len()));
        for fault in found.faults.iter().take(MOST_LISTED) {
            note(ui, fault, Tone::Fault);
        }
        if found.faults.len() > MOST_LISTED {
            note(ui, &format!("另有 {} 处", found.faults.len() - MOST_LISTED), Tone::Fault);
        }
        caption(ui, "自己导出的请重新导出，多出来的文件先移走；收到的请向报送单位重新索取。");
    }
    gone
}
