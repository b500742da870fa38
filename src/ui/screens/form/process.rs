//! 推荐程序: the steps of the notice's part 三 as stations of a line.

use eframe::egui::{Stroke, Ui, UiBuilder, pos2, vec2};

use super::conditions::figure;
use super::{Part, pair, triple};
use crate::domain::{
    Applicant, Clause, DoneMark, ExpertReview, Finding, OriginalsChecked, Process, Publicity, Severity, is_filled,
};
use crate::ui::standing::is_step;
use crate::ui::tokens::{LARGE, SMALL, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{Entry, caption, checkbox, finding, fixed, heading, link, remark};

/// Left of the stations.
const TRACK: f32 = 28.0;

pub fn show(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    heading(ui, &format!("推荐程序（{}）", Clause::Procedure.full_name()));
    ui.add_space(TINY);
    caption(ui, "日期可写 2021-07-01、2021.7.1、7月1日 或 7.1，没写年份的算通知当年。");
    ui.add_space(LARGE);
    let freelancer = form.is_freelancer();
    let process = &mut form.process;
    if freelancer {
        caption(ui, "自由职业者由行业协会组织推荐，没有所在单位的步骤。");
        ui.add_space(SMALL);
    } else {
        let done = process.employee_opinion.is_recorded();
        station(
            part,
            ui,
            ("征求本单位员工意见", "process.employee_opinion"),
            "三（一）",
            done,
            |part, ui| {
                pair(ui, |left, right| {
                    let step = &mut process.employee_opinion;
                    part.fields.text(
                        left,
                        "process.employee_opinion.date",
                        "日期",
                        Entry::Day(part.notice.year),
                        &mut step.date,
                    );
                    part.fields.text(right, "process.employee_opinion.result", "结果", Entry::Line, &mut step.result);
                });
                said(part, ui, &["process.employee_opinion"], &["process.employee-opinion"]);
            },
        );
        let done = published(&process.employer_publicity);
        station(part, ui, ("单位公示", "process.employer_publicity"), "三（一）", done, |part, ui| {
            publicity(part, ui, "process.employer_publicity", &mut process.employer_publicity);
            said(part, ui, &["process.employer_publicity"], &["process.employer-publicity"]);
        });
        let received = process.employer_report.is_received();
        station(
            part,
            ui,
            ("单位盖章的推荐报告", "process.employer_report"),
            "三（一）",
            received,
            |part, ui| {
                let mut is = received;
                let response = checkbox(ui, &mut is, "已收到");
                part.fields.anchor(&response, "process.employer_report.received");
                if is != received {
                    process.employer_report.received = Some(DoneMark::Done(is));
                }
                said(
                    part,
                    ui,
                    &["process.employer_report", "process.employer_report.received"],
                    &["evidence.employer-report"],
                );
            },
        );
    }
    let done = !process.originals_checked.date.trim().is_empty();
    station(
        part,
        ui,
        ("佐证材料原件校验", "process.originals_checked"),
        "三（一）（二）",
        done,
        |part, ui| {
            let step = &mut process.originals_checked;
            let known = others_say(part, step.is_empty(), |other| {
                let OriginalsChecked { date, by, .. } = &other.originals_checked;
                let step = OriginalsChecked { date: date.clone(), by: by.clone(), returned: None };
                is_filled(date).then(|| (step, told(&[date, by])))
            });
            as_others(part, ui, known, "process.originals_checked.date", step, |part, ui, step| {
                triple(ui, |first, second, third| {
                    part.fields.text(
                        first,
                        "process.originals_checked.date",
                        "校验日期",
                        Entry::Day(part.notice.year),
                        &mut step.date,
                    );
                    part.fields.text(second, "process.originals_checked.by", "校验人", Entry::Line, &mut step.by);
                    third.add_space(26.0);
                    let returned = step.returned.as_ref().is_some_and(DoneMark::is_done);
                    let mut is = returned;
                    let response = checkbox(third, &mut is, "原件已退回");
                    part.fields.anchor(&response, "process.originals_checked.returned");
                    if is != returned {
                        step.returned = Some(DoneMark::Done(is));
                    }
                });
            });
            said(part, ui, &["process.originals_checked", "process.originals_checked.returned"], &[]);
        },
    );
    let done = process.expert_review.is_recorded();
    station(part, ui, ("专家评议", "process.expert_review"), "三（二）", done, |part, ui| {
        let step = &mut process.expert_review;
        // The day and the experts are the same for all; how they voted is not.
        let known = others_say(part, step.is_empty(), |other| {
            let ExpertReview { date, experts, .. } = &other.expert_review;
            let step = ExpertReview { date: date.clone(), experts: experts.clone(), ..ExpertReview::default() };
            let count = experts.as_ref().map(|experts| format!("专家 {experts} 名")).unwrap_or_default();
            is_filled(date).then(|| (step, told(&[date, &count])))
        });
        as_others(part, ui, known, "process.expert_review.agree", step, |part, ui, step| {
            pair(ui, |left, right| {
                part.fields.text(
                    left,
                    "process.expert_review.date",
                    "评议日期",
                    Entry::Day(part.notice.year),
                    &mut step.date,
                );
                figure(part, right, "process.expert_review.experts", "专家人数", Entry::Line, &mut step.experts);
            });
            pair(ui, |left, right| {
                figure(part, left, "process.expert_review.agree", "同意票", Entry::Line, &mut step.agree);
                figure(part, right, "process.expert_review.against", "反对票", Entry::Line, &mut step.against);
            });
        });
        // Under the votes, which it is of.
        said(part, ui, &["process.expert_review"], &["process.expert-review", "process.expert-vote"]);
        part.fields.text(ui, "process.expert_review.opinion", "评议意见", Entry::Lines(2), &mut step.opinion);
    });
    let done = published(&process.body_publicity);
    station(part, ui, ("推荐单位公示", "process.body_publicity"), "三（二）", done, |part, ui| {
        let step = &mut process.body_publicity;
        let known = others_say(part, step.is_empty(), |other| {
            let step = &other.body_publicity;
            // What was objected to somebody is that person's.
            let days = Publicity { from: step.from.clone(), to: step.to.clone(), ..Publicity::default() };
            is_filled(&step.to).then(|| (days, format!("{} 至 {}", step.from.trim(), step.to.trim())))
        });
        as_others(part, ui, known, "process.body_publicity.objections", step, |part, ui, step| {
            publicity(part, ui, "process.body_publicity", step);
        });
        said(part, ui, &["process.body_publicity"], &["process.body-publicity"]);
    });
    if part.kind.is_some_and(|kind| part.notice.scope.members_asked_by.contains(&kind)) {
        let done = process.member_opinion.is_recorded();
        station(part, ui, ("征求会员意见", "process.member_opinion"), "三（二）", done, |part, ui| {
            let step = &mut process.member_opinion;
            let known = others_say(part, step.is_empty(), |other| {
                let step = &other.member_opinion;
                step.is_recorded().then(|| (step.clone(), told(&[&step.date, &step.result])))
            });
            as_others(part, ui, known, "process.member_opinion.result", step, |part, ui, step| {
                pair(ui, |left, right| {
                    part.fields.text(
                        left,
                        "process.member_opinion.date",
                        "日期",
                        Entry::Day(part.notice.year),
                        &mut step.date,
                    );
                    part.fields.text(right, "process.member_opinion.result", "结果", Entry::Line, &mut step.result);
                });
            });
            said(part, ui, &["process.member_opinion"], &["process.member-opinion"]);
        });
    }
}

/// What another form says of a step that is the recommender's, not one person's.
struct Known<T> {
    step: T,
    words: String,
}

/// The first of the others whose form says something of a step that is still empty here. `of`: the step in a form with what
/// it says, if it is recorded there.
fn others_say<T>(part: &Part<'_>, is_empty: bool, of: impl Fn(&Process) -> Option<(T, String)>) -> Option<Known<T>> {
    let said = part.others.iter().find_map(|other| of(&other.process).map(|(step, told)| (&other.name, step, told)));
    let (name, step, told) = said.filter(|_| is_empty)?;
    Some(Known { step, words: format!("照{}的填写：{told}", name.trim()) })
}

/// Draws the fields of such a step, and above them the link with which the clerk takes over what is `known`: it is written
/// once. The cursor goes on at `then`, what is this person's own. The keys come to the fields first: who types on from the
/// last step types into them.
fn as_others<T>(
    part: &mut Part<'_>,
    ui: &mut Ui,
    known: Option<Known<T>>,
    then: &str,
    step: &mut T,
    fields: impl FnOnce(&mut Part<'_>, &mut Ui, &mut T),
) {
    let place = known.as_ref().map(|_| ui.allocate_space(vec2(ui.available_width(), OFFER)).1);
    if place.is_some() {
        ui.add_space(SMALL);
    }
    fields(part, ui, step);
    let Some((known, place)) = known.zip(place) else { return };
    // A child of its own: what follows goes on below the fields.
    let mut above = ui.new_child(UiBuilder::new().max_rect(place));
    above.set_clip_rect(place.expand(4.0).intersect(ui.clip_rect()));
    if link(&mut above, &known.words).on_hover_text(&known.words).clicked() {
        *step = known.step;
        part.fields.focus.go_on_at(then);
    }
}

/// Height of a link, in points.
const OFFER: f32 = 22.0;

/// What is filled of a step.
fn told(parts: &[&str]) -> String {
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，")
}

fn publicity(part: &mut Part<'_>, ui: &mut Ui, path: &str, step: &mut Publicity) {
    let field = |name: &str| format!("{path}.{name}");
    pair(ui, |left, right| {
        part.fields.text(left, &field("from"), "公示开始", Entry::Day(part.notice.year), &mut step.from);
        part.fields.text(right, &field("to"), "公示结束", Entry::Day(part.notice.year), &mut step.to);
    });
    pair(ui, |left, right| {
        part.fields.hinted(
            left,
            &field("objections"),
            "异议",
            "没有异议请写：无异议",
            Entry::Line,
            &mut step.objections,
        );
        part.fields.text(right, &field("resolution"), "异议的处理", Entry::Line, &mut step.resolution);
    });
}

/// Whether a step is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    No,
    /// All but this, which the report tells of.
    But(&'static str),
    Yes,
}

impl From<bool> for Done {
    fn from(done: bool) -> Self {
        if done { Self::Yes } else { Self::No }
    }
}

fn published(step: &Publicity) -> Done {
    match (is_filled(&step.to), is_filled(&step.objections)) {
        (false, _) => Done::No,
        (true, false) => Done::But("有无异议"),
        (true, true) => Done::Yes,
    }
}

/// A station of the line: a ring that is filled when the step is recorded, its name, its fields.
fn station(
    part: &mut Part<'_>,
    ui: &mut Ui,
    (name, path): (&str, &str),
    clause: &str,
    done: impl Into<Done>,
    content: impl FnOnce(&mut Part<'_>, &mut Ui),
) {
    let palette = palette(ui);
    let is_here = |found: &&Finding| {
        let rest = found.field.as_deref().and_then(|field| field.strip_prefix(path));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let here = || part.fields.findings.iter().filter(is_here);
    let faults = here().filter(|found| found.severity == Severity::Block && !is_step(found)).count();
    let is_open = here().any(|found| found.severity == Severity::Block && is_step(found));
    let doubts = here().filter(|found| found.severity == Severity::Warn && !is_step(found)).count();
    let done = done.into();
    let (state, color) = match done {
        _ if faults > 0 => (format!("有 {faults} 处问题要改"), palette.fault),
        Done::No => ("未登记".to_owned(), palette.weak),
        _ if is_open => ("还没有完成".to_owned(), palette.warn),
        Done::But(open) => (format!("已登记，{open}还没有写"), palette.warn),
        Done::Yes if doubts > 0 => (format!("已登记，{doubts} 处请核对"), palette.warn),
        Done::Yes => ("已登记".to_owned(), palette.good),
    };
    let top = ui.cursor().min;
    ui.horizontal_top(|ui| {
        ui.add_space(TRACK);
        ui.vertical(|ui| {
            ui.horizontal(|ui| {
                heading(ui, name);
                ui.label(eframe::egui::RichText::new(format!("通知{clause} · {state}")).size(TEXT_SMALL).color(color));
            });
            ui.add_space(SMALL);
            fixed(ui, path, |ui| content(part, ui));
            ui.add_space(LARGE);
        });
    });
    let (x, y) = (top.x + 8.0, top.y + 16.0);
    ui.painter().vline(x, y + 9.0..=ui.cursor().top() + 6.0, Stroke::new(1.5, palette.border));
    if faults > 0 {
        ui.painter().circle_stroke(pos2(x, y), 6.5, Stroke::new(1.5, color));
        for way in [1.0, -1.0] {
            let end = vec2(3.0, 3.0 * way);
            ui.painter().line_segment([pos2(x, y) - end, pos2(x, y) + end], Stroke::new(1.5, color));
        }
    } else if done != Done::No && !is_open {
        ui.painter().circle_filled(pos2(x, y), 7.0, color);
    } else {
        ui.painter().circle_stroke(pos2(x, y), 6.0, Stroke::new(1.5, color));
    }
}

/// What the check says of a step as a whole, and of its parts that have no field of their own here.
fn said(part: &Part<'_>, ui: &mut Ui, paths: &[&str], codes: &[&str]) {
    let of_step = |found: &&Finding| match &found.field {
        Some(field) => paths.contains(&field.as_str()),
        None => codes.contains(&found.code.code()),
    };
    for found in part.fields.findings.iter().filter(of_step) {
        // What is still to come is no fault; before the nomination it is counted with what is to be mended.
        if is_step(found) && found.blocks {
            remark(ui, Severity::Warn, &found.message);
        } else {
            finding(ui, found);
        }
    }
}
