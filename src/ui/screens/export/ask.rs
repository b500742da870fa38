//! What is asked before papers are made.

use eframe::egui::{Label, Ui};

use super::made::name_of;
use crate::ui::export::{Asked, Consent, Occupied};
use crate::ui::screens::Action;
use crate::ui::tokens::SMALL;
use crate::ui::widgets::{button, caption, primary, title};

/// Asks; whether that is done with.
pub fn ask(asked: &Asked, ui: &mut Ui, actions: &mut Vec<Action>) -> bool {
    match asked {
        Asked::Occupied(occupied) => replace(occupied, ui, actions),
    }
}

/// Another recommender's set lies there. The way that keeps it comes first.
fn replace(occupied: &Occupied, ui: &mut Ui, actions: &mut Vec<Action>) -> bool {
    let Occupied { there, ours, elsewhere } = occupied;
    let made = there.made.as_ref().map(|made| format!("（做于 {made}）")).unwrap_or_default();
    title(ui, "要换掉另一个推荐单位的材料吗？");
    ui.add_space(SMALL);
    let words = format!("这个文件夹里是“{}”的报送材料{made}。要换成“{ours}”的吗？", there.recommender);
    ui.add(Label::new(words).wrap());
    ui.add_space(SMALL);
    caption(ui, &format!("另存到：{}", elsewhere.display()));
    ui.add_space(SMALL);
    let mut done = false;
    ui.horizontal_wrapped(|ui| {
        if primary(ui, &format!("另存到“{}”", name_of(elsewhere))).clicked() {
            actions.push(Action::Export(Consent { elsewhere: Some(elsewhere.clone()), ..Consent::default() }));
            done = true;
        }
        if button(ui, &format!("换成“{ours}”的")).clicked() {
            actions.push(Action::Export(Consent { replaces: true, ..Consent::default() }));
            done = true;
        }
        done |= button(ui, "取消").clicked();
    });
    done
}
