//! 导出与打印: what will be made, why it cannot be made yet, where it went.

mod ask;
mod made;
pub(super) use made::{JOINED, OUTDATED};
mod verify;

use eframe::egui::{
    Align, Color32, FontId, Frame, Id, Label, Layout, Margin, Panel, RichText, ScrollArea, TextEdit, TextStyle, Ui,
};

use super::recommender::{choice, note};
use super::{Action, check};
use crate::domain::{Finding, Person, nominated};
use crate::ops::{Printable, ReportNote, Sheet, Survey};
use crate::ui::app::App;
use crate::ui::desk::{Desk, View};
use crate::ui::dialogs::Purpose;
use crate::ui::export::{Consent, Export, Obstacles, Passphrase, Running, Set, What};
use crate::ui::settings::{LastSet, Settings};
use crate::ui::tokens::{FORM_WIDTH, LARGE, MEDIUM, SMALL, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{
    FollowFocus, Line, Tone, button, caption, card, checkbox, field_frame, fixed, heading, icon_button, lead, link,
    meter, pill, primary, radio_value, small_lines, stay, title,
};
use crate::ui::worker::Order;

pub use ask::ask;

/// Findings that are listed before the clerk is sent to 校核.
const MOST_LISTED: usize = 6;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(desk) = &mut app.desk else { return };
    desk.export.keep_to(&desk.book.bodies);
    // Drafts are asked for each time: what goes to a seal is not printed as one by an old tick.
    desk.export.draft &= !desk.export.came_just_now || desk.export.running.is_some();
    survey(desk, actions);
    let obstacles = desk.export.obstacles(desk.export.what, &desk.book, desk.selected);
    let people = obstacles.people;
    let count = obstacles.findings.len();
    let is_refused = people > 0 && count > 0 && !desk.export.draft;
    let findings: Vec<Finding> = obstacles.findings.into_iter().take(MOST_LISTED).cloned().collect();
    let frame = Frame::new().fill(palette(ui).surface).inner_margin(Margin::symmetric(24, 10));
    // The way on is always in sight, however long the list of what is in the way.
    Panel::bottom("export go").frame(frame).show_separator_line(true).show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(FORM_WIDTH));
        match &desk.export.running {
            Some(running) => progress(running, ui),
            None => go(desk, &app.settings, people > 0 && !is_refused, ui, actions),
        }
    });
    let last = app.settings.papers.last_set(&desk.book.path, desk.export.goal().1);
    desk.export.recall(last);
    let mut area = ScrollArea::vertical().id_salt("export").auto_shrink(false);
    if std::mem::take(&mut desk.export.came_just_now) {
        area = area.vertical_scroll_offset(0.0);
        // What is said of the last set stands above the choice, which has the cursor.
        stay(ui.ctx());
    }
    area.show_and_follow(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.set_width(ui.available_width().min(FORM_WIDTH));
            let alone = app.settings.papers.alone(&desk.book.path);
            let told = last.filter(|last| made::tells_of(&mut desk.export, last, ui));
            let below = ui.horizontal(|ui| {
                title(ui, "导出与打印");
                if button(ui, "返回申报表（Esc）").clicked() {
                    actions.push(Action::Show(View::Form));
                }
                ui.add_space(SMALL);
                told.filter(|last| {
                    let has_room = made::has_room(last, ui);
                    if has_room {
                        made::line(last, ui, actions);
                    }
                    !has_room
                })
            });
            if let Some(last) = below.inner {
                ui.horizontal_wrapped(|ui| made::line(last, ui, actions));
            }
            if let Some(last) = told {
                let context = ui.ctx().clone();
                let of = Set { folder: &last.folder, is_just_made: false, context: &context };
                if desk.export.is_outdated(desk.revision, &desk.book, last) {
                    let changed = desk.export.changed_papers(of, desk.revision, &desk.book);
                    made::outdated(changed.as_ref(), ui);
                    // What was printed last is chosen still: the button below would print that.
                    if desk.export.what != What::Set && link(ui, "改选“整套报送材料”").clicked() {
                        (desk.export.what, desk.export.draft) = (What::Set, false);
                    }
                } else if last.alone.is_none() {
                    made::lacks(&desk.export.lacking(of, &desk.book, &alone), ui);
                }
            }
            made::show(&mut desk.export, &desk.book, desk.revision, &alone, ui, actions);
            ui.add_space(SMALL);
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                fixed(ui, "what is made", |ui| what(desk, last, ui));
            });
            ui.add_space(SMALL);
            if is_refused {
                refused(desk, &findings, count, ui, actions);
                ui.add_space(SMALL);
            }
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                let sets = app.settings.papers.sets_of(&desk.book.path);
                let is_outdated = desk.export.verified_outdated(desk.revision, &desk.book, sets);
                verify::show(&mut desk.export, is_outdated, ui, actions);
            });
            ui.add_space(LARGE);
        });
    });
}

/// Asks for pages and codes once for each state of the book.
fn survey(desk: &mut Desk, actions: &mut Vec<Action>) {
    let is_asked = desk.export.surveying == Some(desk.revision);
    if !is_asked && desk.export.running.is_none() {
        desk.export.surveying = Some(desk.revision);
        actions.push(Action::Order(Order::Survey(desk.revision)));
    }
}

/// The kinds of papers, each with how it stands.
fn what(desk: &mut Desk, last: Option<&LastSet>, ui: &mut Ui) {
    if desk.book.bodies.len() > 1 {
        heading(ui, "哪个推荐单位");
        ui.add_space(TINY);
    }
    if let Some(chosen) = choice(&desk.book.bodies, Some("全部推荐单位"), desk.export.recommender, ui) {
        desk.export.recommender = chosen;
    }
    if desk.book.bodies.len() > 1 {
        ui.add_space(SMALL);
    }
    heading(ui, "印什么");
    ui.add_space(TINY);
    let forms = desk.book.notice.forms.clone();
    let of_chosen = |body: &&crate::domain::Body| desk.export.recommender.is_none_or(|only| only == body.id);
    let count: usize =
        desk.book.bodies.iter().filter(of_chosen).map(|body| nominated(&desk.book.people, body.id).len()).sum();
    let selected = desk.selected.and_then(|id| desk.book.person(id));
    let selected = selected.map(|person| person.applicant.name.trim().to_owned()).filter(|name| !name.is_empty());
    let mut rows = vec![(What::Set, format!("整套报送材料：已推荐 {count} 人，纸质装订册和电子文档"))];
    let documents = [
        (Printable::Summary, format!("《{}》（PDF）", forms.summary)),
        (Printable::Application, format!("《{}》（PDF，一人一份）", forms.application)),
        (Printable::Report, format!("《{}》（PDF）", forms.report)),
        (Printable::Binder, "装订册（PDF，按装订顺序）".to_owned()),
        (Printable::Catalogue, "材料清单（PDF）".to_owned()),
    ];
    rows.extend(documents.map(|(document, words)| (What::Document(document), words)));
    rows.extend(selected.map(|name| (What::ThisPerson, format!("只要{name}的《{}》（PDF）", forms.application))));
    rows.push((What::Record, "册中全部人员的记录（可在另一台电脑导入）".to_owned()));
    for (what, words) in rows {
        let obstacles = desk.export.obstacles(what, &desk.book, desk.selected);
        let details = details(desk, what);
        let draft = desk.export.draft;
        let has_remarks = what.holds_report() && !report_remarks(desk).is_empty();
        ui.spacing_mut().interact_size.y = 26.0;
        let mut is_told = details.is_empty();
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                state(what, &obstacles, draft, has_remarks, ui);
                ui.with_layout(Layout::left_to_right(Align::Center).with_main_wrap(true), |ui| {
                    radio_value(ui, &mut desk.export.what, what, words);
                    // On the same line where there is room: the whole list is to be seen at once.
                    let needed =
                        ui.painter().layout_no_wrap(details.clone(), FontId::proportional(TEXT_SMALL), Color32::GRAY);
                    if !is_told && needed.size().x + SMALL < ui.available_size_before_wrap().x {
                        is_told = true;
                        named(ui, &details);
                    }
                });
            });
        });
        if !is_told {
            small_lines(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.add_space(LARGE - SMALL);
                    caption(ui, &details);
                });
            });
        }
    }
    ui.add_space(TINY);
    match desk.export.what {
        What::Record => {}
        What::Set => {
            ui.horizontal_wrapped(|ui| {
                draft_box(&mut desk.export, ui);
                ui.add_space(MEDIUM);
                if desk.export.draft {
                    caption(ui, "草稿不做电子文档，不加口令。");
                } else {
                    let wanted = &mut desk.export.passphrase.is_wanted;
                    let is_clicked = checkbox(ui, wanted, "给电子文档（压缩包）加口令").clicked();
                    desk.export.passphrase.is_sought |= is_clicked && *wanted;
                }
            });
            if !desk.export.draft && desk.export.passphrase.is_wanted {
                if last.is_some_and(|last| last.is_locked) {
                    caption(ui, "上次的电子文档加了口令，这次也要写；不加就去掉勾选。");
                }
                passphrase(&mut desk.export.passphrase, ui);
            }
        }
        _ => draft_box(&mut desk.export, ui),
    }
}

/// What the reports of the chosen recommenders leave to be looked at before they are sealed.
fn report_remarks(desk: &Desk) -> Vec<ReportNote> {
    let of_chosen = |note: &&ReportNote| desk.export.recommender.is_none_or(|only| only == note.recommender);
    let notes = known(desk).into_iter().flat_map(|survey| &survey.reports).filter(of_chosen);
    notes.filter(|note| note.open_ends > 0 || !note.stale.is_empty()).cloned().collect()
}

/// What is to be looked at in the reports before they are sealed, and the way there; whether it was taken.
fn report_notes(desk: &mut Desk, ui: &mut Ui) -> bool {
    let mut shown = desk.export.recommender;
    for found in report_remarks(desk) {
        let mut words = Vec::new();
        if found.open_ends > 0 {
            words.push(format!("还有 {} 处“待补”会照样印出来，请补登后再印正式的", found.open_ends));
        }
        if !found.stale.is_empty() {
            words.push(format!("“{}”改写之后情况又有变化，请先核对", found.stale.join("”“")));
        }
        let body = desk.book.body(found.recommender).map(|body| body.recommender.name.as_str());
        let whose = if desk.book.bodies.len() > 1 { body.unwrap_or_default() } else { "" };
        note(ui, &format!("{whose}推荐报告：{}。", words.join("；")), Tone::Warn);
        shown = Some(found.recommender);
    }
    let pressed = link(ui, "先看推荐报告").clicked();
    if pressed {
        desk.report.shown = shown;
    }
    pressed
}

/// Pages and codes of the book as it is now.
fn known(desk: &Desk) -> Option<&Survey> {
    desk.export.survey.as_ref().filter(|(revision, _)| *revision == desk.revision).map(|(_, survey)| survey)
}

fn draft_box(export: &mut Export, ui: &mut Ui) {
    checkbox(ui, &mut export.draft, "印草稿：有问题也印，每页标“草稿”");
}

/// How a kind of papers stands, in a word.
fn state(what: What, obstacles: &Obstacles<'_>, draft: bool, has_remarks: bool, ui: &mut Ui) {
    let ready = if matches!(what, What::Set | What::Record) { "可以导出" } else { "可以印" };
    let (words, tone) = match (what, obstacles.people, obstacles.findings.len()) {
        (What::Record, 0, _) => ("还没有申报人".to_owned(), Tone::Quiet),
        (_, 0, _) => ("还没有推荐人选".to_owned(), Tone::Quiet),
        (_, _, 0) if has_remarks && draft => ("可以印草稿".to_owned(), Tone::Warn),
        (_, _, 0) if has_remarks => ("报告要先核对".to_owned(), Tone::Warn),
        (_, _, 0) => (ready.to_owned(), Tone::Good),
        (_, _, _) if draft => ("可以印草稿".to_owned(), Tone::Warn),
        (_, _, count) => (format!("{count} 处要先改"), Tone::Fault),
    };
    pill(ui, &words, tone);
}

/// Pages and codes as far as they are known before anything is made.
fn details(desk: &Desk, what: What) -> String {
    let Some(survey) = known(desk) else { return String::new() };
    let sheets = &survey.sheets;
    let of_chosen = |sheet: &&Sheet| desk.export.recommender.is_none_or(|only| only == sheet.recommender);
    let of = |document: Printable| sheets.iter().filter(of_chosen).filter(move |sheet| sheet.document == document);
    let name = |sheet: &Sheet| match sheet.person.and_then(|id| desk.book.person(id)) {
        Some(person) => format!("{} ", person.applicant.name.trim()),
        None if desk.export.recommender.is_none() && desk.book.bodies.len() > 1 => {
            let body = desk.book.body(sheet.recommender);
            body.map(|body| format!("{} ", body.recommender.name)).unwrap_or_default()
        }
        None => String::new(),
    };
    let line = |sheet: &Sheet| {
        let pages = sheet.pages.map(|pages| format!("{pages} 页，")).unwrap_or_default();
        let place = if sheet.document == Printable::Binder { "（印在目录页）" } else { "" };
        format!("{}{pages}校验码 {}{place}", name(sheet), sheet.code)
    };
    let lines: Vec<String> = match what {
        What::Document(document) => of(document).map(line).collect(),
        What::Set => {
            let people = of(Printable::Application).filter_map(|sheet| desk.book.person(sheet.person?));
            let names: Vec<&str> = people.map(|person: &Person| person.applicant.name.trim()).collect();
            if names.is_empty() { Vec::new() } else { vec![names.join("、")] }
        }
        _ => Vec::new(),
    };
    lines.join("；")
}

/// Why the chosen papers cannot be made yet: the first of `count` findings.
fn refused(desk: &mut Desk, findings: &[Finding], count: usize, ui: &mut Ui, actions: &mut Vec<Action>) {
    let what = desk.export.what;
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        heading(ui, &refusal(what, count));
        if matches!(what, What::Document(_) | What::ThisPerson) {
            caption(ui, "只列与这份表有关的问题；程序步骤和复印件的问题不妨碍先印出来盖章。");
        }
        ui.add_space(SMALL);
        check::lines(desk, findings, ui, actions);
        ui.add_space(TINY);
        let more = count.saturating_sub(findings.len());
        let words =
            if more > 0 { format!("看全部问题（另有 {more} 处）") } else { "看全部问题".to_owned() };
        if link(ui, &words).clicked() {
            actions.push(Action::Show(View::Check));
        }
    });
}

fn refusal(what: What, count: usize) -> String {
    let verb = if what == What::Set { "导出" } else { "印" };
    format!("还有 {count} 处问题，按通知规定不能{verb}")
}

/// Where to, and the button.
fn go(desk: &mut Desk, settings: &Settings, ready: bool, ui: &mut Ui, actions: &mut Vec<Action>) {
    let obstacles = desk.export.obstacles(desk.export.what, &desk.book, desk.selected);
    let reason = match (obstacles.people, obstacles.findings.len()) {
        (0, _) if desk.export.what == What::Record => Some("册中还没有申报人".to_owned()),
        (0, _) => Some("还没有推荐人选，请先在左边选一位点“推荐”".to_owned()),
        (_, count) if count > 0 && !desk.export.draft => Some(format!("还有 {count} 处要先改；可先印草稿")),
        _ if !desk.export.is_ready() => Some("请把口令写两遍，两遍要一样".to_owned()),
        _ => None,
    };
    let export = &mut desk.export;
    let goal = export.goal();
    export.place_folder(settings, &desk.book, ui.ctx());
    let hint = match export.what {
        What::Set => "可以是新的、空的或上一次导出的文件夹；上一次的等全部做好才换成新的。",
        What::Record => "须是新的或空的文件夹。",
        _ => "同名的旧文件会被换成新的。",
    };
    ui.horizontal(|ui| {
        let label = RichText::new("存放的文件夹").size(TEXT_SMALL).color(palette(ui).label);
        let name = ui.add(Label::new(label));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if button(ui, "选择…").clicked() {
                actions.push(Action::Ask(Purpose::Export(goal)));
            }
            // What is shown is what it is for; empty until the disk has been looked at.
            let mut folder = export.folder.as_ref().filter(|(of, _)| *of == goal).map(|(_, folder)| folder.clone());
            if let Some(folder) = &mut folder {
                let field = folder_field(ui, folder).labelled_by(name.id);
                if field.changed() {
                    // What is typed goes before a folder that is still being looked at.
                    export.chosen = None;
                    export.folder = Some((goal, folder.clone()));
                }
                let font = TextStyle::Body.resolve(ui.style());
                let whole = ui.painter().layout_no_wrap(folder.clone(), font, Color32::GRAY).size().x;
                if whole + LARGE > field.rect.width() {
                    field.on_hover_text(folder.as_str());
                }
            } else {
                caption(ui, "正在查看文件夹…");
            }
        });
    });
    ui.add_space(TINY);
    let words = match (export.what, export.draft) {
        (What::Set, false) => "导出整套材料",
        (What::Set, true) => "导出草稿",
        (What::Record, _) => "导出记录",
        (_, false) => "印成 PDF",
        (_, true) => "印成 PDF 草稿",
    };
    // Beside the button: what is printed now is sealed next.
    if desk.export.what.holds_report() && !report_remarks(desk).is_empty() {
        if report_notes(desk, ui) {
            actions.push(Action::Show(View::Report));
        }
        ui.add_space(TINY);
    }
    // What hardly anybody means is printed too; the report tells nothing of it.
    let odd = desk
        .export
        .chosen_people(&desk.book, desk.selected)
        .map(|person| desk.oddities(person.id, &person.applicant).len());
    let odd: usize = odd.sum();
    let tells_nothing = [What::Record, What::Document(Printable::Report)];
    if odd > 0 && !tells_nothing.contains(&desk.export.what) {
        ui.horizontal_wrapped(|ui| {
            note(ui, &format!("填写的内容里有 {odd} 处请在盖章前核对。"), Tone::Warn);
            // Who is not put forward stands with this on no other screen than the form.
            let (words, view) = match desk.export.what {
                What::ThisPerson => ("先看申报表", View::Form),
                _ => ("先看校核", View::Check),
            };
            if link(ui, words).clicked() {
                actions.push(Action::Show(view));
            }
        });
        ui.add_space(TINY);
    }
    let export = &mut desk.export;
    ui.horizontal(|ui| {
        let is_placed = export.folder.as_ref().is_some_and(|(of, _)| *of == goal);
        if ui.add_enabled_ui(ready && is_placed && export.is_ready(), |ui| primary(ui, words)).inner.clicked() {
            actions.push(Action::Export(Consent::default()));
        }
        match reason {
            Some(reason) => {
                note(ui, &reason, Tone::Fault);
                if ready && !export.is_ready() && link(ui, "去写口令").clicked() {
                    export.passphrase.is_sought = true;
                }
            }
            None => {
                caption(ui, export.called_off.unwrap_or(hint));
            }
        }
    });
}

const FIRST: &str = "口令";

fn passphrase_id(label: &str) -> Id {
    Id::unique(("passphrase", label))
}

fn passphrase(passphrase: &mut Passphrase, ui: &mut Ui) {
    ui.add_space(TINY);
    caption(
        ui,
        "请把口令另行告知对方；对方要用 7-Zip、WinRAR 一类的软件打开，Windows 10 自带的“压缩文件夹”打不开。口令不存在册中，忘了只能重新导出；文件夹里的其他文件不加口令。",
    );
    ui.add_space(TINY);
    let differs = !passphrase.second.0.is_empty() && passphrase.first != passphrase.second;
    let fault = differs.then_some("两遍口令不一样。");
    let is_secret = !passphrase.is_shown;
    let fields = [(FIRST, &mut passphrase.first, None), ("再写一遍口令", &mut passphrase.second, fault)];
    ui.columns(2, |columns| {
        for (ui, (label, secret, fault)) in columns.iter_mut().zip(fields) {
            let id = passphrase_id(label);
            let (response, _) = Line { is_secret, fault, ..Line::new(id, label) }.show(ui, &mut secret.0);
            // It may stand below what is in sight.
            if label == FIRST && std::mem::take(&mut passphrase.is_sought) {
                response.request_focus();
                lead(&response);
            }
        }
    });
    checkbox(ui, &mut passphrase.is_shown, "显示口令");
}

/// The folder's field, beside its label.
fn folder_field(ui: &mut Ui, text: &mut String) -> eframe::egui::Response {
    let id = Id::unique("export folder");
    let frame = field_frame(ui, ui.memory(|memory| memory.has_focus(id)), None, 0);
    ui.add(TextEdit::singleline(text).id(id).frame(frame).desired_width(f32::INFINITY))
}

fn progress(running: &Running, ui: &mut Ui) {
    let progress = &running.progress;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if running.is_cancelled() {
                caption(ui, "正在停下…");
            } else if button(ui, "取消").clicked() {
                running.cancel();
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(
                    Label::new(format!("正在做：{}（{} / {}）", progress.what, progress.done + 1, progress.of))
                        .truncate(),
                );
            });
        });
    });
    ui.add_space(TINY);
    meter(ui, "进度", progress.done, u32::try_from(progress.of).unwrap_or(u32::MAX));
    ui.add_space(TINY);
}

/// A file's name, quietly, with what is known of it behind.
fn named(ui: &mut Ui, words: &str) {
    let weak = palette(ui).weak;
    ui.add(Label::new(RichText::new(words).size(TEXT_SMALL).color(weak)));
}

/// Puts away what was made and said before.
fn put_away(ui: &mut Ui, name: &str) -> bool {
    icon_button(ui, "×", name).clicked()
}
