//! 通知: the notice in force in this book, in its own words and in numbers.

use eframe::egui::{Frame, Grid, Label, Margin, RichText, ScrollArea, Ui};

use crate::domain::{Clause, RecommenderKind};
use crate::ui::app::App;
use crate::ui::tokens::{FORM_WIDTH, LARGE, MEDIUM, SMALL, TEXT_SMALL, palette};
use crate::ui::widgets::{caption, card, heading, title};

const CLAUSES: [(Clause, &str); 12] = [
    (Clause::Scope, "一、认定对象范围"),
    (Clause::Conditions, "二、认定条件"),
    (Clause::Condition1, "（一）"),
    (Clause::Condition2, "（二）"),
    (Clause::Condition3, "（三）"),
    (Clause::Condition4, "（四）"),
    (Clause::Procedure, "三、组织推荐"),
    (Clause::ByEmployer, "（一）单位申报"),
    (Clause::ByRecommender, "（二）推荐申报"),
    (Clause::Quota, "四、推荐名额"),
    (Clause::Requirements, "五、工作要求"),
    (Clause::Annex2, "附件"),
];

pub fn show(app: &mut App, ui: &mut Ui) {
    let Some(desk) = &app.desk else { return };
    let notice = &desk.book.notice;
    let palette = palette(ui);
    ScrollArea::vertical().id_salt("notice").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.set_width(ui.available_width().min(FORM_WIDTH));
            title(ui, &notice.title);
            caption(ui, &format!("{}　{}　{}", notice.issuer, notice.number, notice.issued));
            ui.add_space(MEDIUM);
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                heading(ui, "本册按以下数值校核");
                Grid::new("numbers").num_columns(2).spacing([LARGE, SMALL]).show(ui, |ui| {
                    let mut row = |name: &str, value: String| {
                        ui.add(Label::new(RichText::new(name).size(TEXT_SMALL).color(palette.label)));
                        ui.add(Label::new(value).wrap());
                        ui.end_row();
                    };
                    row("报送截止", notice.deadline.to_string());
                    row("认定名额", format!("{} 名", notice.places));
                    for kind in RecommenderKind::ALL {
                        row("推荐名额", format!("{}：一般不超过 {} 人", kind.label(), notice.quota.of(kind)));
                    }
                    row("获得荣誉称号情况", format!("{} 字以内", notice.forms.brief_limit));
                    let usage = &notice.usage;
                    row("公示（惯例，通知未规定）", format!("{} 个工作日", usage.publicity_working_days));
                    let photo = format!("至少 {} × {} 像素", usage.photo_min_width, usage.photo_min_height);
                    row("照片（惯例，通知未规定）", photo);
                    let contact = &notice.contact;
                    row("联系人", format!("{}　{}", contact.person, contact.phone));
                    row("通信地址", contact.address.clone());
                    row("电子邮箱", contact.email.clone());
                });
            });
            ui.add_space(LARGE);
            for (clause, name) in CLAUSES {
                let text = notice.clause_text(clause);
                if text.trim().is_empty() {
                    continue;
                }
                heading(ui, name);
                ui.add(Label::new(text).wrap());
                ui.add_space(MEDIUM);
            }
        });
    });
}
