//! Recommenders in what is imported: whose list forms join, which the book does not have, what becomes of their quota.

use eframe::egui::{ComboBox, Ui, WidgetInfo, accesskit::Role};

use crate::ops::{Conflict, ImportReport, Nominations};
use crate::ui::arrivals::Import;
use crate::ui::desk::Desk;
use crate::ui::screens::recommender::note;
use crate::ui::screens::{Action, ImportStep};
use crate::ui::tokens::{SMALL, TINY};
use crate::ui::widgets::{Tone, caption, link, named_link};

/// Recommenders of the files that the book does not have: new ones, or one of the book under a name written otherwise.
pub fn unknown(desk: &Desk, report: &ImportReport, import: &mut Import, ui: &mut Ui, actions: &mut Vec<Action>) {
    let mut said = None;
    for (name, kind) in report.new_recommenders.iter().zip(&report.new_kinds) {
        caption(ui, &format!("新增推荐单位：{name}"));
        if import.done {
            continue;
        }
        // One of another kind has another quota.
        for body in desk.book.bodies.iter().filter(|body| body.recommender.kind == *kind) {
            let words = format!("就是“{}”，不另建单位", body.recommender.name);
            if named_link(ui, &words, &format!("{name}{words}")).clicked() {
                said = Some((name.clone(), Some(body.id)));
            }
        }
    }
    for (name, id) in &import.settlement.bodies {
        let Some(body) = desk.book.body(*id) else { continue };
        ui.horizontal_wrapped(|ui| {
            caption(ui, &format!("文件里的“{name}”记在“{}”名下。", body.recommender.name));
            let words = format!("另建“{name}”");
            if !import.done && link(ui, &words).clicked() {
                said = Some((name.clone(), None));
            }
        });
    }
    if let Some((name, id)) = said {
        match id {
            Some(id) => import.settlement.bodies.insert(name, id),
            None => import.settlement.bodies.remove(&name),
        };
        // They meet others now.
        import.settlement.suggested = None;
        actions.push(Action::Import(ImportStep::Settle));
    }
}

/// Whose list forms join: they do not say.
pub fn of_forms(desk: &Desk, import: &mut Import, ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        caption(ui, "没有写明推荐单位的表，记在");
        let chosen = desk.book.bodies.iter().find(|body| Some(body.id) == import.into);
        let shown = chosen.map(|body| body.recommender.name.clone()).unwrap_or_default();
        let name = format!("没有写明推荐单位的表，记在：{shown}");
        let mut into = import.into;
        let response = ComboBox::from_id_salt("import into").selected_text(shown).width(280.0).show_ui(ui, |ui| {
            for body in &desk.book.bodies {
                ui.selectable_value(&mut into, Some(body.id), &body.recommender.name);
            }
        });
        response.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
        caption(ui, "名下");
        if into != import.into {
            import.into = into;
            // Answers were given about people of the other list.
            import.settlement.of.clear();
            import.settlement.conflict = Conflict::Leave;
            actions.push(Action::Import(ImportStep::Read));
        }
    });
    ui.add_space(SMALL);
}

/// Records also say who is put forward: what becomes of each recommender's nominations, and what the quota says to it.
pub fn nominations(report: &ImportReport, done: bool, ui: &mut Ui) {
    for one in &report.nominations {
        ui.add_space(TINY);
        let (sentence, tone) = about_quota(one, done);
        note(ui, &sentence, tone);
    }
}

fn about_quota(one: &Nominations, done: bool) -> (String, Tone) {
    let Nominations { recommender, quota, before, after, new, has_reason } = one;
    let because = match (new, done) {
        (0, _) => "按文件里的记录撤回推荐".to_owned(),
        (new, false) => format!("其中推荐 {new} 人（按文件里的记录）"),
        (new, true) => format!("其中推荐了 {new} 人（按文件里的记录）"),
    };
    let change = match (before, done) {
        (0, false) => format!("将共推荐 {after} 人"),
        (_, false) => format!("将由推荐 {before} 人变为 {after} 人"),
        (_, true) => format!("现在共推荐 {after} 人"),
    };
    let over = after.saturating_sub(*quota as usize);
    let (quota, tone) = match (over, has_reason) {
        (0, _) => (format!("名额 {quota} 人，没有超出"), Tone::Quiet),
        (_, true) => (format!("名额 {quota} 人，超出 {over} 人，已写明理由"), Tone::Warn),
        (_, false) if done => {
            (format!("名额 {quota} 人，超出 {over} 人；导出前要撤回 {over} 人，或写明理由"), Tone::Warn)
        }
        (_, false) => {
            (format!("名额 {quota} 人，超出 {over} 人；可以先导入，导出前要撤回 {over} 人，或写明理由"), Tone::Warn)
        }
    };
    (format!("{because}：{recommender}{change}，{quota}。"), tone)
}
