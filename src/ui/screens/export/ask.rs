//! What is asked before papers are made.

use eframe::egui::{Label, Ui};

use super::made::name_of;
use crate::ops::OpenEnd;
use crate::ui::export::{Asked, Consent, Occupied, What, Whose};
use crate::ui::screens::{Action, go_to};
use crate::ui::tokens::SMALL;
use crate::ui::widgets::{button, caption, primary, title};

/// Asks; whether that is done with.
pub fn ask(asked: &Asked, ui: &mut Ui, actions: &mut Vec<Action>) -> bool {
    match asked {
        Asked::Occupied(occupied) => replace(occupied, ui, actions),
        Asked::OpenEnds(what, ends) => go_out(*what, ends, ui, actions),
    }
}

/// A set that may not be replaced unasked lies there. The way that keeps it comes first.
fn replace(occupied: &Occupied, ui: &mut Ui, actions: &mut Vec<Action>) -> bool {
    let Occupied { there, place, whose, can_give_way, ours, elsewhere } = occupied;
    // What the report leaves open was asked before.
    let agreed = Consent { open_ends: true, ..Consent::default() };
    let made = there.made.as_ref().map(|made| format!("（做于 {made}）")).unwrap_or_default();
    title(
        ui,
        if *can_give_way {
            "要换掉这个文件夹里的材料吗？"
        } else {
            "这个文件夹里的材料不能换掉"
        },
    );
    ui.add_space(SMALL);
    let from = match whose {
        Whose::Other => "",
        Whose::Namesake => "，没有记录表明是从现在这本推荐册导出的",
        Whose::Former => "，是这本推荐册以前导出的",
    };
    let words = format!("这个文件夹里是“{}”的报送材料{made}{from}。", there.recommenders.join("”“"));
    ui.add(Label::new(words).wrap());
    ui.add_space(SMALL);
    if !can_give_way {
        let words = "这次要导出的推荐单位和那时不同，请另存一处；旧的那份核对后可以自己删去。";
        ui.add(Label::new(words).wrap());
        ui.add_space(SMALL);
    }
    caption(ui, &format!("另存到：{}", elsewhere.display()));
    ui.add_space(SMALL);
    let mut done = false;
    ui.horizontal_wrapped(|ui| {
        if primary(ui, &format!("另存到“{}”", name_of(elsewhere))).clicked() {
            actions.push(Action::Export(Consent { elsewhere: Some(elsewhere.clone()), ..agreed }));
            done = true;
        }
        let words = if *whose == Whose::Namesake {
            "换成这本册子的".to_owned()
        } else {
            format!("换成“{ours}”的")
        };
        if *can_give_way && button(ui, &words).clicked() {
            actions.push(Action::Export(Consent { replaces: Some(place.clone()), ..agreed }));
            done = true;
        }
        done |= button(ui, "取消").clicked();
    });
    done
}

/// Names of what is open that a question gives.
const NAMED: usize = 4;

/// The report leaves facts open: they would be printed as such.
fn go_out(what: What, ends: &[OpenEnd], ui: &mut Ui, actions: &mut Vec<Action>) -> bool {
    let still = if what == What::Set { "仍要导出" } else { "仍要印" };
    let mut names: Vec<&str> = Vec::new();
    for end in ends {
        if !names.contains(&end.what.as_str()) {
            names.push(&end.what);
        }
    }
    let more = if names.len() > NAMED { "等" } else { "" };
    names.truncate(NAMED);
    title(ui, "推荐报告还没有写全");
    ui.add_space(SMALL);
    let words = format!("推荐报告里还有 {} 处“待补”：{}{more}。{still}？", ends.len(), names.join("、"));
    ui.add(Label::new(words).wrap());
    ui.add_space(SMALL);
    let mut done = false;
    ui.horizontal_wrapped(|ui| {
        if primary(ui, "去补登").clicked() {
            actions.extend(ends.first().map(|end| go_to(&end.place)));
            done = true;
        }
        if button(ui, still).clicked() {
            actions.push(Action::Export(Consent { open_ends: true, ..Consent::default() }));
            done = true;
        }
        done |= button(ui, "取消").clicked();
    });
    done
}
