//! The form of a new book: from nothing, or from files that are to come into it.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use eframe::egui::{Id, Key, Modifiers, Popup, Stroke, Ui, UiBuilder};

use super::line_id;
use crate::domain::{Recommender, RecommenderKind, is_filled};
use crate::ops::{Contents, Lock};
use crate::rules::Notice;
use crate::ui::app::App;
use crate::ui::dialogs::Purpose;
use crate::ui::export::Secret;
use crate::ui::screens::{Action, arrived};
use crate::ui::tokens::{LARGE, MEDIUM, SMALL, TINY, palette};
use crate::ui::widgets::{
    Line, Tone, above_steps, button, caption, card, checkbox, dialog, heading, link, pill, primary, radio_value, title,
};
use crate::ui::worker::Order;

/// What is typed for a new book.
#[derive(Debug)]
pub struct NewBook {
    /// Number of a built-in notice, or the path of a profile.
    notice: String,
    /// A profile that does not come with the program, and its title.
    other: Option<(String, String)>,
    kind: RecommenderKind,
    /// The clerk has chosen it; until then the name tells.
    kind_chosen: bool,
    name: String,
    contact: String,
    phone: String,
    mobile: String,
    address: String,
    /// The clerk has left the name once, or wanted to go on without it.
    tried: bool,
    /// Files that are to come into it.
    contents: Option<Contents>,
    passphrase: Secret,
    is_shown: bool,
    /// A line had the cursor when the last pass ended.
    has_cursor: bool,
    /// The clerk is asked whether all this is to be given up.
    is_leaving: bool,
}

impl NewBook {
    pub fn new() -> Self {
        let notice = Notice::built_in().first().map(|(id, _)| (*id).to_owned()).unwrap_or_default();
        let empty = String::new;
        Self {
            notice,
            other: None,
            kind: RecommenderKind::District,
            kind_chosen: false,
            name: empty(),
            contact: empty(),
            phone: empty(),
            mobile: empty(),
            address: empty(),
            tried: false,
            contents: None,
            passphrase: Secret::default(),
            is_shown: false,
            has_cursor: false,
            is_leaving: false,
        }
    }

    /// Takes in what files say; what a summary says at its foot goes where nothing is typed.
    pub fn take(&mut self, contents: Contents) {
        let mine = [&mut self.name, &mut self.contact, &mut self.phone, &mut self.mobile];
        for (mine, theirs) in mine.into_iter().zip(&contents.named) {
            if !is_filled(mine) {
                *mine = theirs.trim().to_owned();
            }
        }
        self.contents = Some(contents);
        self.read_kind();
    }

    /// What the name says of the kind, as long as the clerk has not chosen one: with the wrong one the quota is wrong.
    fn read_kind(&mut self) {
        if !self.kind_chosen {
            self.kind = kind_of(&self.name).unwrap_or(self.kind);
        }
    }

    pub fn offer_notice(&mut self, path: PathBuf, title: String) {
        let path = path.display().to_string();
        self.notice.clone_from(&path);
        self.other = Some((path, title));
    }

    /// Whether there is something that would be lost.
    fn is_begun(&self) -> bool {
        let lines = [&self.name, &self.contact, &self.phone, &self.mobile, &self.address];
        self.contents.is_some() || lines.into_iter().any(|line| is_filled(line))
    }

    /// What Esc does: it leaves the line, then the form; what is typed is not given up unasked. Whether the form is left.
    fn escape(&mut self) -> bool {
        if !self.is_begun() {
            return true;
        }
        self.is_leaving = !self.has_cursor;
        false
    }

    /// Whose book it becomes.
    pub fn whose(&self) -> String {
        match self.told() {
            Some(recommender) => recommender.name.trim().to_owned(),
            None => self.name.trim().to_owned(),
        }
    }

    /// The recommender that the files tell; then nothing has to be typed.
    fn told(&self) -> Option<&Recommender> {
        self.contents.as_ref().and_then(|contents| contents.recommenders.first())
    }

    /// Forms that are imported once the book is there.
    pub fn forms(&self) -> Vec<PathBuf> {
        self.contents.as_ref().map(|contents| contents.forms.clone()).unwrap_or_default()
    }

    /// Everything that was read.
    pub fn paths(&self) -> Vec<PathBuf> {
        let read = self.contents.iter().flat_map(|contents| contents.records.iter().chain(&contents.forms));
        read.cloned().collect()
    }

    pub fn order(&self, path: PathBuf) -> Order {
        if let Some(contents) = self.contents.as_ref().filter(|contents| !contents.records.is_empty()) {
            return Order::CreateOf {
                path,
                notice: self.notice_of(contents),
                records: contents.records.clone(),
                passphrase: self.secret(),
            };
        }
        let recommender = Recommender {
            name: self.name.trim().to_owned(),
            kind: self.kind,
            contact: self.contact.clone(),
            phone: self.phone.clone(),
            mobile: self.mobile.clone(),
            address: self.address.clone(),
            exception: String::new(),
            report: Default::default(),
            report_facts: Default::default(),
        };
        Order::Create { path, notice: self.notice.clone(), recommender: Box::new(recommender) }
    }

    /// The notice of the records; where the program does not have it, the profile that the clerk has chosen.
    fn notice_of(&self, contents: &Contents) -> String {
        let named = contents.notice.clone().unwrap_or_default();
        match &self.other {
            Some((path, _)) if !is_built_in(&named) => path.clone(),
            _ => named,
        }
    }

    /// Everything that came, read or not.
    pub fn all_paths(&self) -> Vec<PathBuf> {
        let refused = self.contents.iter().flat_map(|contents| &contents.refused);
        self.paths().into_iter().chain(refused.map(|refusal| refusal.path.clone())).collect()
    }

    pub fn secret(&self) -> Option<Secret> {
        self.passphrase.typed()
    }
}

fn is_built_in(notice: &str) -> bool {
    Notice::built_in().iter().any(|(id, _)| *id == notice)
}

const WIDTH: f32 = 640.0;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let scans = app.start.scans.len();
    let form = &mut app.start.new;
    let Some(new) = form else { return };
    let told = new.told().is_some();
    // Files of which none can be read make no book.
    let nothing =
        new.contents.as_ref().is_some_and(|contents| contents.records.is_empty() && contents.forms.is_empty());
    let (mut go, mut cancel) = (false, false);
    let side = ((ui.available_width() - WIDTH) / 2.0).max(LARGE);
    let (above, below) = above_steps(ui);
    let content = |ui: &mut Ui| {
        title(ui, if new.contents.is_some() { "从文件新建推荐册" } else { "新建推荐册" });
        ui.add_space(SMALL);
        if new.contents.is_some() {
            files(new, scans, ui, actions);
            ui.add_space(MEDIUM);
        }
        if !told && !nothing {
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                go |= recommender(new, ui);
                ui.add_space(SMALL);
                notices(new, ui, actions);
            });
        }
    };
    // What is typed comes before the buttons, also for the Tab key.
    ui.scope_builder(UiBuilder::new().max_rect(above), |ui| super::middle(ui, WIDTH, LARGE, content));
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        ui.painter().hline(below.x_range(), below.top(), Stroke::new(1.0, palette(ui).border));
        ui.horizontal_centered(|ui| {
            ui.add_space(side);
            if !nothing {
                go |= primary(ui, "选择存放位置…").clicked();
            }
            cancel = button(ui, "取消").clicked();
            if !told && !nothing {
                caption(ui, "填报人和电话可以以后再补，报送前要填写。");
            }
        });
    });
    if go && !told && !is_filled(&new.name) {
        new.tried = true;
        ui.memory_mut(|memory| memory.request_focus(line_id("name")));
    } else if go {
        actions.push(Action::Ask(Purpose::NewBook));
    }
    // What lies over the form, an open list and an input method have the key first.
    let covered = app.dialogs.is_open() || !app.arrivals.refused.is_empty() || app.help || new.is_leaving;
    let is_taken = covered || app.composed || Popup::is_any_open(ui.ctx());
    if !is_taken && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        cancel |= new.escape();
    }
    if new.is_leaving {
        cancel |= leaving(new, ui);
    }
    new.has_cursor = ui.ctx().text_edit_focused();
    if cancel {
        *form = None;
        app.start.scans.clear();
    }
}

/// Asks whether the form is to be given up; whether it is.
fn leaving(new: &mut NewBook, ui: &Ui) -> bool {
    let modal = dialog(ui.ctx(), "leaving new book", |ui| {
        title(ui, "不新建推荐册了？");
        ui.add_space(SMALL);
        caption(ui, "这里写下的内容不会保留。");
        ui.add_space(SMALL);
        ui.horizontal(|ui| {
            let stay = primary(ui, "继续填写");
            if ui.memory(|memory| memory.focused().is_none()) {
                stay.request_focus();
            }
            let leaves = button(ui, "不建了").clicked();
            (stay.clicked(), leaves)
        })
        .inner
    });
    let (stays, leaves) = modal.inner;
    new.is_leaving = !(stays || leaves || modal.should_close());
    leaves
}

/// What comes from which files.
fn files(new: &mut NewBook, scans: usize, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(contents) = &new.contents else { return };
    let mut again = false;
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let read = contents.records.len() + contents.forms.len();
        if read > 0 {
            heading(ui, &format!("{read} 个文件，{} 人", contents.people.len()));
            ui.add_space(TINY);
            let people: Vec<&str> = contents.people.iter().map(|name| shown(name)).collect();
            ui.label(people.join("、"));
            caption(ui, &names(contents.records.iter().chain(&contents.forms)));
            if scans > 0 {
                caption(ui, &format!("另有 {scans} 个扫描件，按文件名里的姓名放进各人的附件，导入前可以核对。"));
            }
        }
        if !contents.recommenders.is_empty() {
            ui.add_space(SMALL);
            caption(ui, "推荐单位（文件里写明的）");
            for recommender in &contents.recommenders {
                ui.label(format!("{}（{}）", recommender.name, recommender.kind.label()));
            }
            let foreign = contents.notice.as_deref().filter(|notice| !is_built_in(notice));
            if let Some(notice) = foreign {
                ui.add_space(SMALL);
                let chosen = new.other.as_ref().map(|(_, title)| title.as_str());
                let words = format!("记录属于通知“{notice}”，程序里没有。请选它的通知配置文件：");
                caption(ui, &format!("{words}{}", chosen.unwrap_or("还没有选")));
                if link(ui, "通知配置文件…").clicked() {
                    actions.push(Action::Ask(Purpose::Notice));
                }
            }
        } else if read > 0 {
            ui.add_space(SMALL);
            caption(ui, "这些表没有写明由哪类单位推荐，请在下面选定、核对单位。建好后先列出清单，核对以后再导入。");
        }
        for refusal in &contents.refused {
            ui.add_space(SMALL);
            let name = refusal.path.file_name().unwrap_or(refusal.path.as_os_str()).to_string_lossy().into_owned();
            ui.horizontal_wrapped(|ui| {
                let word = if refusal.lock == Lock::None { "读不出来" } else { "已加密" };
                pill(ui, word, Tone::Warn);
                ui.label(name);
            });
            if refusal.lock == Lock::None {
                caption(ui, &arrived::without_name(&refusal.because, &refusal.path));
            }
        }
        if contents.refused.iter().any(|refusal| refusal.lock != Lock::None) {
            let is_wrong = contents.refused.iter().any(|refusal| refusal.lock == Lock::WrongPassphrase);
            again = passphrase(ui, &mut new.passphrase.0, is_wrong, &mut new.is_shown);
        }
    });
    if again {
        actions.push(Action::Order(Order::ReadContents { paths: new.all_paths(), passphrase: new.secret() }));
    }
}

/// A passphrase and the button that tries it; whether to try. `is_wrong`: the one that was tried does not fit.
pub fn passphrase(ui: &mut Ui, words: &mut String, is_wrong: bool, is_shown: &mut bool) -> bool {
    ui.add_space(SMALL);
    let fault = is_wrong.then_some("口令不对，请再输入");
    let line =
        Line { is_secret: !*is_shown, fault, ..Line::new(Id::unique("package passphrase"), "电子文档的口令") };
    let id = line.id;
    let (response, entered) = line.show(ui, words);
    // It has the cursor when it comes up, and again after a try: afterwards the clerk has it.
    let pass = ui.ctx().cumulative_pass_nr();
    let drawn: Option<u64> = ui.data(|data| data.get_temp(id));
    if drawn.is_none_or(|drawn| drawn + 1 < pass) {
        response.request_focus();
    }
    let tried = ui.horizontal(|ui| {
        let pressed = ui.add_enabled_ui(!words.is_empty(), |ui| button(ui, "用口令打开")).inner.clicked();
        checkbox(ui, is_shown, "显示口令");
        (pressed || entered) && !words.is_empty()
    });
    ui.data_mut(|data| match tried.inner {
        true => data.remove::<u64>(id),
        false => drop(data.insert_temp(id, pass)),
    });
    tried.inner
}

fn shown(name: &str) -> &str {
    if name.is_empty() { "（未填姓名）" } else { name }
}

fn names<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> String {
    let name = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    paths.map(|path| name(path)).collect::<Vec<_>>().join("　")
}

/// What the notices that come with the program are called, by their keys.
static TITLES: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let title = |toml| Notice::read(toml).map(|notice| format!("{}（{}）", notice.title, notice.number));
    Notice::built_in().iter().map(|(id, toml)| (*id, title(toml).unwrap_or_default())).collect()
});

fn notices(new: &mut NewBook, ui: &mut Ui, actions: &mut Vec<Action>) {
    heading(ui, "通知");
    for (id, title) in TITLES.iter() {
        radio_value(ui, &mut new.notice, (*id).to_owned(), title);
    }
    if let Some((path, title)) = &new.other {
        radio_value(ui, &mut new.notice, path.clone(), title);
    }
    if link(ui, "其他年份的通知配置文件…").clicked() {
        actions.push(Action::Ask(Purpose::Notice));
    }
}

/// The recommender's lines; Enter goes to the next one. Whether Enter ended the last.
fn recommender(new: &mut NewBook, ui: &mut Ui) -> bool {
    heading(ui, "推荐单位");
    ui.horizontal_wrapped(|ui| {
        for kind in RecommenderKind::ALL {
            new.kind_chosen |= radio_value(ui, &mut new.kind, kind, kind.label()).clicked();
        }
    });
    ui.add_space(SMALL);
    let mut entered = Entered { ended: Vec::new() };
    let fault = (new.tried && !is_filled(&new.name)).then_some("请写公章上的全称");
    let note = name_note(&new.name);
    let id = line_id("name");
    let hint = match new.kind {
        RecommenderKind::District => "如：某某区人力资源和社会保障局",
        RecommenderKind::Department => "如：杭州市某某局",
        RecommenderKind::Association => "如：杭州市某某行业协会",
    };
    let line = Line { fault, note, hint, ..Line::new(id, "单位名称（须和单位公章相同）") };
    let fresh = ui.memory(|memory| memory.focused().is_none()) && new.name.is_empty() && !new.tried;
    let (response, ended) = line.show(ui, &mut new.name);
    entered.note(id, ended);
    if response.changed() {
        new.read_kind();
    }
    // A click on the kind above it is no try to go on.
    let by_pointer = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
    new.tried |= response.lost_focus() && !by_pointer;
    if fresh {
        response.request_focus();
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = MEDIUM;
        ui.columns_const(|[first, second, third]| {
            entered.line(first, "contact", "填报人", None, &mut new.contact);
            entered.line(second, "phone", "联系电话", None, &mut new.phone);
            let note = mobile_note(&new.mobile);
            entered.line(third, "mobile", "手机", note, &mut new.mobile);
        });
    });
    entered.line(ui, "address", "地址", None, &mut new.address);
    entered.go_on(ui)
}

/// The kind that a name tells; `None`: it does not.
fn kind_of(name: &str) -> Option<RecommenderKind> {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["协会", "学会", "商会", "联合会", "社团"]) {
        Some(RecommenderKind::Association)
    } else if has(&["人力资源和社会保障局", "人力社保局", "人社局"]) {
        Some(RecommenderKind::District)
    } else if name.trim().starts_with("杭州市") && name.trim().ends_with(['局', '委', '会', '办']) {
        Some(RecommenderKind::Department)
    } else {
        None
    }
}

/// What looks odd in a name; it stays as typed.
fn name_note(name: &str) -> Option<&'static str> {
    let inner = name.trim();
    if inner != name {
        Some("前后的空格不算在名称里")
    } else if inner.chars().any(char::is_whitespace) {
        Some("名称中间有空格，请对照公章核对")
    } else if is_filled(inner) && inner.chars().count() < 5 {
        Some("看起来是简称，请写公章上的全称")
    } else {
        None
    }
}

fn mobile_note(mobile: &str) -> Option<&'static str> {
    let digits = mobile.chars().filter(char::is_ascii_digit).count();
    (is_filled(mobile) && digits != 11).then_some("手机号码一般是 11 位，请核对")
}

/// Lines in the order in which Enter goes through them.
struct Entered {
    ended: Vec<(Id, bool)>,
}

impl Entered {
    fn line(&mut self, ui: &mut Ui, name: &str, label: &str, note: Option<&str>, value: &mut String) {
        let id = line_id(name);
        let (_, ended) = Line { note, ..Line::new(id, label) }.show(ui, value);
        self.note(id, ended);
    }

    fn note(&mut self, id: Id, ended: bool) {
        self.ended.push((id, ended));
    }

    /// Gives the next line the cursor; whether there is none.
    fn go_on(&self, ui: &Ui) -> bool {
        let Some(at) = self.ended.iter().position(|(_, ended)| *ended) else { return false };
        match self.ended.get(at + 1) {
            Some((next, _)) => {
                ui.memory_mut(|memory| memory.request_focus(*next));
                false
            }
            // What is asked then gives the cursor back to where it was.
            None => {
                let last = self.ended.get(at).map(|(last, _)| *last);
                ui.memory_mut(|memory| last.into_iter().for_each(|last| memory.request_focus(last)));
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_kind() {
        let cases = [
            ("杭州市示范模具行业协会", Some(RecommenderKind::Association)),
            ("示范县人力资源和社会保障局", Some(RecommenderKind::District)),
            ("杭州市示范管理局", Some(RecommenderKind::Department)),
            ("杭州示范有限公司", None),
            ("", None),
        ];
        for (name, kind) in cases {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }
}
