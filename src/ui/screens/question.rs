//! Questions that are answered before anything else: over the quota, removal.

use eframe::egui::{Context, Key, Label, Response, TextEdit, Ui};

use super::Action;
use super::people::nominate;
use super::recommender::note;
use crate::domain::is_filled;
use crate::ops::{self, FieldChange};
use crate::ui::app::App;
use crate::ui::desk::Question;
use crate::ui::dialogs::Purpose;
use crate::ui::standing::quota_sentence;
use crate::ui::tokens::SMALL;
use crate::ui::widgets::{Tone, button, caption, dialog, field_frame, first, primary, radio_value, title};
use crate::ui::worker::Order;

const WIDTH: f32 = 460.0;

pub fn show(app: &mut App, context: &Context, actions: &mut Vec<Action>) {
    let Some(desk) = &mut app.desk else { return };
    let Some(question) = &mut desk.question else { return };
    let mut nominated = None;
    let modal = dialog(context, "question", |ui| {
        ui.set_width(WIDTH.min(context.content_rect().width() - 80.0));
        match question {
            Question::OverQuota { person, name, refusal, ineligible, reason } => {
                title(ui, &format!("推荐{name}将超过推荐名额"));
                ui.add_space(SMALL);
                ui.add(Label::new(format!("{refusal}。")).wrap());
                ui.add_space(SMALL);
                if *ineligible {
                    let words = format!("{name}还不符合认定条件：不符合的地方改好之前，也不能导出报送。");
                    ui.add(Label::new(words).wrap());
                    ui.add_space(SMALL);
                }
                let entered = field(ui, "超名额推荐的理由", reason, false);
                caption(ui, "一个推荐单位只有这一栏，几位超名额的都写在里面，会写进推荐报告。");
                ui.add_space(SMALL);
                let ready = is_filled(reason);
                let (go, cancel) = answers(ui, "写明理由并推荐", ready);
                if ready && (go || entered) {
                    actions.push(Action::Order(Order::Nominate(*person, Some(reason.trim().to_owned()))));
                }
                cancel || (ready && (go || entered))
            }
            Question::Ineligible { person, name, begun } => {
                let name = if name.trim().is_empty() { "这位申报人" } else { name.as_str() };
                let (question, words) = if *begun {
                    (
                        format!("{name}不符合认定条件，仍要推荐？"),
                        "推荐后就占用一个推荐名额；不符合的地方在“校核”中逐条列出，改好之前不能导出报送。",
                    )
                } else {
                    (
                        format!("{name}的申报表还没有填多少，现在就推荐？"),
                        "推荐后就占用一个推荐名额；是否符合认定条件，填了才看得出，填好之前不能导出报送。",
                    )
                };
                title(ui, &question);
                ui.add_space(SMALL);
                ui.add(Label::new(words).wrap());
                ui.add_space(SMALL);
                let (go, cancel) = answers_with_care(ui, "仍要推荐");
                nominated = go.then_some(*person);
                go || cancel
            }
            Question::Remove { person, name } => {
                let name = if name.trim().is_empty() { "这位申报人" } else { name.as_str() };
                title(ui, &format!("删除{name}？"));
                ui.add_space(SMALL);
                caption(ui, "删除后可用 Ctrl+Z 撤销，历史中也一直可以恢复。");
                ui.add_space(SMALL);
                let (go, cancel) = answers_with_care(ui, "删除");
                if go {
                    actions.push(Action::Order(Order::Remove(*person)));
                }
                go || cancel
            }
            Question::Transfer { person, name, chosen } => {
                let whose = desk.book.person(*person).map(|person| person.recommender);
                let name = if name.trim().is_empty() { "这位申报人" } else { name.as_str() };
                title(ui, &format!("{name}改由哪个单位推荐？"));
                ui.add_space(SMALL);
                for body in desk.book.bodies.iter().filter(|body| Some(body.id) != whose) {
                    let standing = desk.book.check.recommenders.iter().find(|one| one.name == body.recommender.name);
                    let places = standing.map(|one| format!("（{}）", quota_sentence(one))).unwrap_or_default();
                    radio_value(ui, chosen, Some(body.id), format!("{}{places}", body.recommender.name));
                }
                ui.add_space(SMALL);
                caption(ui, "填好的内容都带过去，排在那个单位的最后。已推荐的，那边名额已满就不再列为推荐。");
                caption(ui, "“推荐程序”中由推荐单位办的步骤是原来的单位登记的，改过去后请核对。");
                ui.add_space(SMALL);
                let (go, cancel) = answers(ui, "改由它推荐", chosen.is_some());
                if go && let Some(to) = *chosen {
                    actions.push(Action::Order(Order::Transfer(*person, to)));
                }
                go || cancel
            }
            Question::Revert { revision, before, name, at, changes } => {
                title(ui, &format!("把{name}恢复到 {at}的内容？"));
                ui.add_space(SMALL);
                will_change(ui, changes);
                caption(ui, "现在的内容留在历史里，Ctrl+Z 可以撤销。");
                ui.add_space(SMALL);
                let (go, cancel) = answers(ui, "恢复", true);
                if go {
                    let order = if *before { Order::RevertBefore } else { Order::Revert };
                    actions.push(Action::Order(order(*revision)));
                }
                go || cancel
            }
            Question::Restore { copy, name } => {
                title(ui, "用备份替换现在的推荐册？");
                ui.add_space(SMALL);
                let glimpse = desk.peek.at(context, copy, |copy| ops::glimpse(copy)).cloned();
                // Not before it is known whose it is.
                let is_looked_at = glimpse.is_some();
                let glimpse = glimpse.flatten();
                let within = glimpse.as_ref().map(|glimpse| {
                    let at = glimpse.changed_at.as_ref().map(|at| format!("，最后一次修改是 {at}")).unwrap_or_default();
                    format!("里面有 {} 位申报人{at}。", glimpse.people)
                });
                let within = within.unwrap_or_default();
                ui.add(Label::new(format!("将恢复 {name}。{within}备份之后写下的内容不在其中。")).wrap());
                ui.add_space(SMALL);
                let is_ours = |name: &String| desk.book.bodies.iter().any(|body| body.recommender.name == *name);
                let theirs = glimpse.map(|glimpse| glimpse.recommenders).unwrap_or_default();
                if !theirs.is_empty() && !theirs.iter().any(is_ours) {
                    let words = format!("请核对：这份备份里的推荐单位是“{}”，与现在这一本不同。", theirs.join("”“"));
                    note(ui, &words, Tone::Fault);
                    ui.add_space(SMALL);
                }
                if !is_looked_at {
                    caption(ui, "正在查看这份备份…");
                    ui.add_space(SMALL);
                }
                caption(ui, "现在的这一本先自动备份，随时可以再恢复回来。");
                ui.add_space(SMALL);
                let (go, cancel) = buttons(ui, "恢复", is_looked_at);
                first(&cancel);
                let (go, cancel) = (go.clicked(), cancel.clicked());
                if go {
                    actions.push(Action::Order(Order::Restore(copy.clone())));
                }
                go || cancel
            }
            Question::Export(asked) => super::export::ask(asked, ui, actions),
            Question::Leave { then } => {
                title(ui, "还有内容没有保存");
                ui.add_space(SMALL);
                ui.add(
                    Label::new(
                        "写下的内容还没有存进推荐册，现在关闭就会丢失。请再试一次，或换一个磁盘、文件夹另存一份。",
                    )
                    .wrap(),
                );
                ui.add_space(SMALL);
                let mut done = false;
                ui.horizontal_wrapped(|ui| {
                    for (word, action) in [
                        ("现在再试", Some(Action::SaveNow)),
                        ("另存一份…", Some(Action::Ask(Purpose::Move))),
                        ("返回", None),
                    ] {
                        let response = button(ui, word);
                        if word == "现在再试" {
                            first(&response);
                        }
                        if response.clicked() {
                            actions.extend(action);
                            done = true;
                        }
                    }
                    if button(ui, "不保存，关闭").clicked() {
                        actions.push(Action::Leave(then.take()));
                        done = true;
                    }
                });
                done
            }
        }
    });
    // A reason that is being written is not thrown away by a click beside the dialog.
    let is_written = matches!(question, Question::OverQuota { reason, .. } if is_filled(reason));
    if modal.inner || (modal.should_close() && !is_written) {
        desk.question = None;
    }
    if let Some(person) = nominated {
        nominate(desk, person, actions);
    }
}

/// A text as far as a question has room for it, about the character where it differs from the other one.
fn short(text: &str, differs: usize) -> String {
    const MOST: usize = 24;
    const BEFORE: usize = 8;
    let skipped = if text.chars().count() > MOST { differs.saturating_sub(BEFORE) } else { 0 };
    let mut rest = text.chars().skip(skipped).map(|c| if c == '\n' { ' ' } else { c });
    let shown: String = rest.by_ref().take(MOST).collect();
    let (begins, more) = (if skipped > 0 { "…" } else { "" }, if rest.next().is_some() { "…" } else { "" });
    if shown.is_empty() && skipped == 0 { "（空）".to_owned() } else { format!("{begins}{shown}{more}") }
}

/// What a question changes, field by field.
fn will_change(ui: &mut Ui, changes: &[FieldChange]) {
    const MOST: usize = 8;
    ui.add(Label::new("将改动：").wrap());
    for change in changes.iter().take(MOST) {
        let FieldChange { name, before, after } = change;
        let from = before.chars().zip(after.chars()).take_while(|(one, other)| one == other).count();
        ui.add(Label::new(format!("　{name}：{} → {}", short(before, from), short(after, from))).wrap());
    }
    if changes.len() > MOST {
        caption(ui, &format!("　另有 {} 处。", changes.len() - MOST));
    }
    ui.add_space(SMALL);
}

/// A line to be typed; true when Enter ended it.
fn field(ui: &mut Ui, label: &str, value: &mut String, at_once: bool) -> bool {
    let name = caption(ui, label);
    let id = eframe::egui::Id::unique(("asked", label));
    let frame = field_frame(ui, ui.memory(|memory| memory.has_focus(id)), None, 0);
    let fresh = ui.memory(|memory| memory.focused().is_none());
    let response = ui.add(TextEdit::singleline(value).id(id).frame(frame).desired_width(f32::INFINITY));
    let response = response.labelled_by(name.id);
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    // Enter before anything is written asks for nothing.
    if (fresh || entered) && (at_once || value.is_empty()) {
        response.request_focus();
    }
    entered
}

/// The button that goes on, and the one that does not. The cursor is on the first.
fn answers(ui: &mut Ui, go: &str, ready: bool) -> (bool, bool) {
    let (go, cancel) = buttons(ui, go, ready);
    first(if ready { &go } else { &cancel });
    (go.clicked(), cancel.clicked())
}

/// The same where Enter, pressed once too often, would cost work: the cursor is on the second.
fn answers_with_care(ui: &mut Ui, go: &str) -> (bool, bool) {
    let (go, cancel) = buttons(ui, go, true);
    first(&cancel);
    (go.clicked(), cancel.clicked())
}

fn buttons(ui: &mut Ui, go: &str, ready: bool) -> (Response, Response) {
    ui.horizontal(|ui| {
        let go = ui.add_enabled_ui(ready, |ui| primary(ui, go)).inner;
        (go, button(ui, "取消"))
    })
    .inner
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_long_text_is_shown_where_it_differs() {
        let (before, after) = (format!("{}甲", "一".repeat(50)), format!("{}乙", "一".repeat(50)));
        assert_eq!(short(&before, 50), "…一一一一一一一一甲");
        assert_eq!(short(&after, 50), "…一一一一一一一一乙");
        assert_eq!(short(&before, 0), format!("{}…", "一".repeat(24)));
        assert_eq!((short("", 0).as_str(), short("短\n文", 2).as_str()), ("（空）", "短 文"));
    }
}
