//! 导入: who would come in, what differs from the book, what cannot come in; then what did come in.

mod difference;
mod recommenders;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use eframe::egui::{
    Align, ComboBox, Frame, Label, Layout, Margin, RichText, ScrollArea, Stroke, Ui, UiBuilder, WidgetInfo,
    accesskit::Role,
};

use super::start::passphrase;
use super::{Action, ImportStep, arrived};
use crate::domain::PersonId;
use crate::ops::{Action as Fate, Conflict, CopyFate, CopyLine, Glance, ImportReport, Lock, Offered, PlanLine};
use crate::ui::app::App;
use crate::ui::arrivals::Import;
use crate::ui::desk::{Desk, View};
use crate::ui::tokens::{self, FORM_WIDTH, MEDIUM, SMALL, TEXT, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{FollowFocus, Tone, above_steps, button, caption, card, heading, link, pill, primary, title};

/// All lines of a plan that end in one person.
struct Group<'a> {
    lines: Vec<&'a PlanLine>,
}

/// How a person stands to the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    New,
    Differs,
    /// The file contradicts nothing and only fills what is empty.
    Fills,
    Same,
}

impl<'a> Group<'a> {
    /// The people of a plan in the order in which they come.
    fn of(report: &'a ImportReport) -> Vec<Self> {
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        let mut groups: Vec<Self> = Vec::new();
        for line in &report.people {
            let at = *places.entry(line.place).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.lines.push(line),
                None => groups.push(Self { lines: vec![line] }),
            }
        }
        groups
    }

    fn name(&self) -> &'a str {
        let name = self.lines.first().map(|line| line.name.trim()).unwrap_or_default();
        if name.is_empty() { "（未填姓名）" } else { name }
    }

    fn has(&self, fate: Fate) -> bool {
        self.lines.iter().any(|line| line.action == fate)
    }

    fn state(&self, import: &Import) -> State {
        if self.has(Fate::New) {
            State::New
        } else if self.is_same() {
            State::Same
        } else {
            let settlement = &import.settlement;
            let fills =
                |id: PersonId| settlement.suggestion(id).is_some() && settlement.for_person(id) != Conflict::Replace;
            let may_say = !import.done || self.has(Fate::Changed);
            if may_say && self.meets().is_some_and(fills) { State::Fills } else { State::Differs }
        }
    }

    fn is_same(&self) -> bool {
        self.lines.iter().all(|line| line.action == Fate::Same)
    }

    /// The book's person that something has to be said about.
    fn meets(&self) -> Option<PersonId> {
        let met = self.lines.iter().find_map(|line| line.meets)?;
        (!self.is_same()).then_some(met)
    }

    fn changes(&self) -> bool {
        self.has(Fate::New) || self.has(Fate::Changed)
    }

    /// The scans that come to this person.
    fn copies<'r>(&self, report: &'r ImportReport) -> Vec<&'r CopyLine> {
        let place = self.lines.first().map(|line| line.place);
        report.copies.iter().filter(|copy| copy.place.is_some() && copy.place == place).collect()
    }
}

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let (Some(desk), Some(import)) = (&app.desk, &mut app.arrivals.import) else { return };
    let (above, below) = above_steps(ui);
    ui.scope_builder(UiBuilder::new().max_rect(above), |ui| {
        ScrollArea::vertical().id_salt("import").auto_shrink(false).show_and_follow(ui, |ui| {
            Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
                ui.set_width(ui.available_width().min(FORM_WIDTH));
                plan(desk, import, ui, actions);
            });
        });
    });
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        ui.painter().hline(below.x_range(), below.top(), Stroke::new(1.0, palette(ui).border));
        ui.horizontal_centered(|ui| {
            ui.add_space(24.0);
            steps(import, ui, actions);
        });
    });
}

/// What can be done now, always in sight.
fn steps(import: &mut Import, ui: &mut Ui, actions: &mut Vec<Action>) {
    let fresh = import.report.is_some() && !std::mem::replace(&mut import.greeted, import.report.is_some());
    if import.done {
        let response = primary(ui, "完成");
        if fresh {
            response.request_focus();
        }
        if response.clicked() {
            // On to whoever has just come.
            let lines = import.report.iter().flat_map(|report| &report.people).filter(|_| !import.undone);
            let new = lines.filter(|line| line.action == Fate::New).find_map(|line| line.person);
            actions.extend(new.map(Action::Select));
            actions.push(Action::Show(View::Form));
        }
        caption(ui, if import.undone { "Ctrl+Y 可以再导入一次。" } else { "Ctrl+Z 可以撤销这次导入。" });
        return;
    }
    let groups = import.report.as_ref().map(Group::of).unwrap_or_default();
    let comes = |copy: &&CopyLine| matches!(copy.fate, CopyFate::Attached | CopyFate::Photo);
    let changing = import.report.as_ref().map_or(0, |report| {
        let copied = |group: &Group<'_>| group.copies(report).iter().any(comes);
        groups.iter().filter(|group| group.changes() || copied(group)).count()
    });
    let ready = import.report.as_ref().is_some_and(brings);
    let response = ui.add_enabled_ui(ready, |ui| primary(ui, "导入")).inner;
    let is_plain = import.report.as_ref().is_some_and(|report| report.notes.is_empty());
    if fresh && ready && is_plain {
        response.request_focus();
    }
    if response.clicked() {
        actions.push(Action::Import(ImportStep::Commit));
    }
    let cancel = button(ui, "取消").on_hover_text("Esc");
    // What is to be looked at first is not gone past with one Enter.
    if fresh && ready && !is_plain {
        cancel.request_focus();
    }
    if cancel.clicked() {
        actions.push(Action::Show(View::Form));
    }
    let words = match (&import.report, changing) {
        (None, _) => "正在读取…".to_owned(),
        (Some(_), 0) if ready => "只补推荐单位的资料。".to_owned(),
        (Some(_), 0) if groups.iter().any(|group| group.meets().is_some()) => {
            "没有要导入的内容：有改动的人都保留册中的。要补空栏、用新的，请在上面选。".to_owned()
        }
        (Some(_), 0) => "没有要导入的内容。".to_owned(),
        (Some(report), people) => {
            let new: usize = report.nominations.iter().map(|one| one.new).sum();
            let nominated = if new > 0 { format!("，其中推荐 {new} 人") } else { String::new() };
            format!("将写入 {people} 人{nominated}；点“导入”之前，推荐册没有任何改动。")
        }
    };
    caption(ui, &words);
}

/// Whether a plan would change anything.
fn brings(report: &ImportReport) -> bool {
    !report.new_recommenders.is_empty()
        || report.people.iter().any(|line| matches!(line.action, Fate::New | Fate::Changed))
        || report.copies.iter().any(|copy| matches!(copy.fate, CopyFate::Attached | CopyFate::Photo))
}

fn plan(desk: &Desk, import: &mut Import, ui: &mut Ui, actions: &mut Vec<Action>) {
    if import.undone {
        title(ui, "已撤销导入");
        ui.add_space(TINY);
        caption(ui, "推荐册和导入之前一样。");
        return;
    }
    title(ui, if import.done { "已经导入" } else { "导入前核对" });
    ui.add_space(TINY);
    if import.is_locked() && !import.done {
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label("有文件加密了，要口令才能打开。");
            let wrong =
                import.report.iter().flat_map(|report| &report.refused).any(|r| r.lock == Lock::WrongPassphrase);
            if passphrase(ui, &mut import.passphrase.0, wrong, &mut import.is_shown) {
                actions.push(Action::Import(ImportStep::Read));
            }
        });
        ui.add_space(MEDIUM);
    }
    // Nobody is asked what makes no difference.
    let has_forms = import.report.as_ref().is_none_or(|report| report.has_forms);
    if desk.book.bodies.len() > 1 && !import.done && has_forms {
        recommenders::of_forms(desk, import, ui, actions);
    }
    let Some(report) = import.report.take() else {
        caption(ui, "正在读取文件…");
        return;
    };
    people(desk, &report, import, ui, actions);
    import.report = Some(report);
}

/// Everybody, then what does not come in and what is to be looked at.
fn people(desk: &Desk, report: &ImportReport, import: &mut Import, ui: &mut Ui, actions: &mut Vec<Action>) {
    let groups = Group::of(report);
    tally(&groups, report, import, ui);
    recommenders::nominations(report, import.done, ui);
    if !import.done {
        settle_all(&groups, import, ui, actions);
    }
    recommenders::unknown(desk, report, import, ui, actions);
    // Above the people: below them nobody would see it before Enter.
    notes(report, ui);
    ui.add_space(SMALL);
    for group in &groups {
        person(desk, group, report, import, ui, actions);
        ui.add_space(SMALL);
    }
    refused(report, &groups, import, ui, actions);
}

/// 新 3 · 有改动 1 · 可补充 1 · 相同 2 · 没有导入 1
fn tally(groups: &[Group<'_>], report: &ImportReport, import: &Import, ui: &mut Ui) {
    let count = |state: State| groups.iter().filter(|group| group.state(import) == state).count();
    ui.horizontal_wrapped(|ui| {
        for (count, word, tone) in [
            (count(State::New), "新", Tone::Good),
            (count(State::Differs), "有改动", Tone::Warn),
            (count(State::Fills), fills(import.done), Tone::Mark),
            (count(State::Same), "相同", Tone::Quiet),
        ] {
            if count > 0 {
                pill(ui, &format!("{word} {count} 人"), tone);
            }
        }
        let nobody = report.copies.iter().filter(|copy| copy.fate == CopyFate::Nobody).count();
        let left_out = report.refused.len() + nobody;
        if left_out > 0 {
            let verb = if import.done { "没有导入" } else { "不会导入" };
            pill(ui, &format!("{verb} {left_out} 个文件"), Tone::Fault);
        }
        if groups.is_empty() && report.refused.is_empty() {
            caption(ui, "这些文件里没有申报人。");
        }
    });
}

/// Of whom only what is empty is filled.
fn fills(done: bool) -> &'static str {
    if done { "已补充" } else { "可补充" }
}

const ANSWERS: [(Conflict, &str, &str); 4] = [
    (Conflict::Leave, "保留册中的", "全部保留册中的"),
    (Conflict::Fill, "只补空栏", "全部只补空栏"),
    (Conflict::Replace, "用新的替换", "全部用新的替换"),
    (Conflict::Both, "两份都留", "全部两份都留"),
];

/// One answer for everybody whom the book has already.
fn settle_all(groups: &[Group<'_>], import: &mut Import, ui: &mut Ui, actions: &mut Vec<Action>) {
    let met = groups.iter().filter(|group| group.meets().is_some()).count();
    if met < 2 {
        return;
    }
    ui.add_space(SMALL);
    ui.horizontal_wrapped(|ui| {
        caption(ui, &format!("册中已有、内容不同的 {met} 人："));
        for (conflict, _, words) in ANSWERS {
            if button(ui, words).clicked() {
                import.settlement.conflict = conflict;
                import.settlement.of = groups.iter().filter_map(|group| Some((group.meets()?, conflict))).collect();
                actions.push(Action::Import(ImportStep::Settle));
            }
        }
    });
}

fn person(
    desk: &Desk,
    group: &Group<'_>,
    report: &ImportReport,
    import: &mut Import,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    let palette = palette(ui);
    let state = group.state(import);
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let id = group.lines.iter().find_map(|line| line.person);
        ui.horizontal(|ui| {
            let (word, tone) = match state {
                State::New if group.meets().is_some() => ("新，两份都留", Tone::Good),
                State::New => ("新", Tone::Good),
                State::Differs => ("有改动", Tone::Warn),
                State::Fills => (fills(import.done), Tone::Mark),
                State::Same => ("相同", Tone::Quiet),
            };
            match id.filter(|_| import.done) {
                Some(id) => {
                    if link(ui, group.name()).on_hover_text("看申报表").clicked() {
                        actions.push(Action::GoTo(id, "name".to_owned()));
                    }
                }
                None => {
                    ui.add(Label::new(RichText::new(group.name()).font(tokens::strong(TEXT))));
                }
            }
            pill(ui, word, tone);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let body = group.lines.first().map(|line| line.recommender.as_str()).unwrap_or_default();
                if desk.book.bodies.len() > 1 {
                    ui.add(Label::new(RichText::new(body).size(TEXT_SMALL).color(palette.weak)).truncate());
                }
            });
        });
        for line in &group.lines {
            caption(ui, &format!("{}：{}", file_name(&line.path), said(line, import.done)));
        }
        if let Some(line) = group.lines.first().filter(|_| state == State::New) {
            caption(ui, &at_a_glance(&line.glance));
        }
        scans(&group.copies(report), ui);
        let mut differs: Vec<&Offered> = Vec::new();
        for one in group.lines.iter().flat_map(|line| &line.differs) {
            // The summary often says the same as the application.
            if !differs.contains(&one) {
                differs.push(one);
            }
        }
        if group.meets().is_some() || differs.iter().any(|one| !one.taken && !one.before.is_empty()) {
            difference::table(group, &differs, import, ui);
        }
        if let Some(met) = group.meets().filter(|_| !import.done) {
            difference::answers(group, met, import, ui, actions);
        }
    });
}

/// What becomes of one line, in the words of the window.
fn said(line: &PlanLine, done: bool) -> String {
    match line.action {
        Fate::New if line.meets.is_none() && done => "已加入推荐册".to_owned(),
        Fate::Same => "和册中的内容相同".to_owned(),
        _ => line.because.clone(),
    }
}

/// Whom a file is of and how much was read: 电工 / 高级技师　某公司　经历 3 行、证书 1 本.
fn at_a_glance(glance: &Glance) -> String {
    let trade: Vec<&str> =
        [&glance.occupation, &glance.grade].into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let lists = [
        ("经历", glance.experience, "行"),
        ("证书", glance.certificates, "本"),
        ("荣誉", glance.honours, "项"),
        ("竞赛", glance.competitions, "项"),
        ("照片", usize::from(glance.has_photo), "张"),
        ("附件", glance.copies, "件"),
    ];
    let lists =
        lists.iter().filter(|(_, count, _)| *count > 0).map(|(name, count, unit)| format!("{name} {count} {unit}"));
    let lists: Vec<String> = lists.collect();
    let parts = [trade.join(" / "), glance.employer.clone(), lists.join("、")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return "没有读到职业、单位、经历和证书，请看看选的是不是这份文件。".to_owned();
    }
    parts.join("　")
}

/// The scans of one person, by what becomes of them.
fn scans(copies: &[&CopyLine], ui: &mut Ui) {
    for (fate, words) in
        [(CopyFate::Photo, "照片"), (CopyFate::Attached, "放进附件"), (CopyFate::Left, "已经有了，不再放入")]
    {
        let names: Vec<String> =
            copies.iter().filter(|copy| copy.fate == fate).map(|copy| file_name(&copy.path)).collect();
        if !names.is_empty() {
            caption(ui, &format!("{words}：{}", names.join("、")));
        }
    }
}

fn refused(report: &ImportReport, groups: &[Group<'_>], import: &mut Import, ui: &mut Ui, actions: &mut Vec<Action>) {
    let nobody: Vec<&CopyLine> = report.copies.iter().filter(|copy| copy.fate == CopyFate::Nobody).collect();
    if report.refused.is_empty() && nobody.is_empty() {
        return;
    }
    ui.add_space(SMALL);
    heading(ui, if import.done { "没有导入" } else { "不会导入" });
    ui.add_space(TINY);
    for refusal in &report.refused {
        by_file(&refusal.path, &arrived::without_name(&refusal.because, &refusal.path), ui);
    }
    for copy in nobody {
        if import.done {
            by_file(&copy.path, "不能确定是谁的，没有放入。请选中申报人，再拖到“附件”里", ui);
            continue;
        }
        let why = match copy.is_named {
            true => "按文件名里的姓名不能确定是这里的哪一位",
            false => "文件名和文件夹名里没有姓名，认不出是谁的",
        };
        by_file(&copy.path, why, ui);
        ui.horizontal(|ui| {
            caption(ui, "放进");
            let name = format!("{}放进谁的附件", file_name(&copy.path));
            let combo = ComboBox::from_id_salt(("owner", &copy.path)).selected_text("（不放入）").width(160.0);
            let response = combo.show_ui(ui, |ui| {
                for group in groups {
                    if ui.selectable_label(false, group.name()).clicked() {
                        import.settlement.owners.insert(copy.path.clone(), group.name().to_owned());
                        actions.push(Action::Import(ImportStep::Settle));
                    }
                }
            });
            response.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
            caption(ui, "的附件");
        });
    }
}

fn notes(report: &ImportReport, ui: &mut Ui) {
    if report.notes.is_empty() {
        return;
    }
    ui.add_space(SMALL);
    heading(ui, "请核对");
    ui.add_space(TINY);
    let mut files: Vec<&PathBuf> = report.notes.iter().map(|note| &note.path).collect();
    files.dedup();
    for file in files {
        for note in report.notes.iter().filter(|note| note.path == *file) {
            by_file(file, &note.note, ui);
        }
    }
}

fn by_file(path: &Path, words: &str, ui: &mut Ui) {
    let palette = palette(ui);
    let text = RichText::new(format!("{}：{words}", file_name(path))).size(TEXT_SMALL).color(palette.label);
    ui.add(Label::new(text).wrap()).on_hover_text(path.display().to_string());
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
