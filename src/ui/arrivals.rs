//! Files that come to the window: dropped, pasted, chosen in a dialog. Each goes where it belongs by what it is; what
//! cannot be used is named with the reason.

use std::path::{Path, PathBuf};

use eframe::egui::{Context, Event, ViewportCommand};

use super::app::App;
use super::copied::{self, Copied};
use super::desk::{Desk, Question, Tab, View};
use super::dialogs::{self, Chosen, Purpose};
use super::export::Secret;
use super::screens::ImportStep;
use super::worker::Order;
use crate::domain::{PersonId, RecommenderId};
use crate::ops::{Conflict, Copies, ImportReport, Intake, Lock, Pixels, Refusal, Scan, Settlement, Sorted};

/// What has come and waits for the clerk's word.
#[derive(Debug, Default)]
pub struct Arrivals {
    pub ask: Option<Ask>,
    /// Files that were not taken, until the clerk has read why.
    pub refused: Vec<Refusal>,
    /// The import that is being looked at.
    pub import: Option<Import>,
    /// Readings and plans for imports so far.
    asked: u64,
    /// The pass in which the clerk asked for the picture in the clipboard, until it has come.
    asked_picture: Option<u64>,
    copied: Copied,
}

/// What the clipboard has arrives with the next pass; in so many it has had time enough.
const PASTE_PASSES: u64 = 3;

/// What has to be answered before files go anywhere.
#[derive(Debug, PartialEq, Eq)]
pub enum Ask {
    /// Another book, while one is open.
    Book(PathBuf),
    /// Scans of a person that may be copies or a photo.
    Scans(PersonId, Vec<Scan>),
}

/// What the clerk was looking at when files were dropped or asked for: they go there, whatever is shown when they come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Persons of other books have the same numbers.
    pub book: PathBuf,
    pub person: Option<PersonId>,
    pub tab: Tab,
}

/// An import as the clerk looks at it.
#[derive(Debug, Default)]
pub struct Import {
    pub paths: Vec<PathBuf>,
    /// Scans that came together with the forms.
    pub scans: Vec<PathBuf>,
    pub passphrase: Secret,
    /// The passphrase is shown as it is typed.
    pub is_shown: bool,
    /// Whose list forms join that name no recommender.
    pub into: Option<RecommenderId>,
    pub settlement: Settlement,
    /// What it would do; once `done`, what it did. `None`: still being read.
    pub report: Option<ImportReport>,
    pub done: bool,
    /// What taking it back is called, once it is done.
    step: Option<String>,
    /// It was done and taken back.
    pub undone: bool,
    /// The button that leads on has been given the keyboard.
    pub greeted: bool,
    /// What was asked for last, the only thing that is looked at: a reading and its plan, or a plan with other answers.
    asked: u64,
}

impl Arrivals {
    /// The number of the next reading or plan for an import.
    fn next_number(&mut self) -> u64 {
        self.asked += 1;
        self.asked
    }
}

impl Import {
    /// Whether one of the files wants a passphrase.
    pub fn is_locked(&self) -> bool {
        let refused = self.report.iter().flat_map(|report| &report.refused);
        refused.into_iter().any(|refusal| refusal.lock != Lock::None)
    }

    /// The book has taken it in: the step that was done last is this one.
    pub(super) fn stored(&mut self, step: Option<&str>) {
        if self.done && self.step.is_none() {
            self.step = step.map(str::to_owned);
        }
    }

    /// A step was taken back, or done again.
    pub(super) fn stepped(&mut self, what: &str, back: bool) {
        if self.done && self.step.as_deref() == Some(what) {
            self.undone = back;
        }
    }

    /// The order that reads the files anew.
    fn read(&mut self, number: u64) -> Order {
        (self.report, self.greeted, self.asked) = (None, false, number);
        Order::ReadImport {
            number,
            paths: self.paths.clone(),
            scans: self.scans.clone(),
            passphrase: self.passphrase.typed(),
            into: self.into,
        }
    }
}

/// A photo stands upright: width to height lies between these, wide enough for a phone's pictures too.
const PORTRAIT: std::ops::RangeInclusive<f32> = 0.55..=0.9;

/// Where scans go that come to a person's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Photo,
    Copies,
    Unclear,
}

/// The proportions in which a photo is handed in: 35 to 49 and 3 to 4, with what a pair of scissors takes off.
const HANDED_IN: std::ops::RangeInclusive<f32> = 0.68..=0.8;

fn place_of(tab: Tab, scans: &[Scan], has_photo: bool) -> Place {
    match (tab, scans) {
        (Tab::Basic, [scan]) if stands(scan, &PORTRAIT) => Place::Photo,
        (Tab::Basic, _) => Place::Unclear,
        // A name that says what it is needs no question.
        (_, [scan]) if !has_photo && may_be_photo(scan) && !crate::ops::is_named(&scan.path) => Place::Unclear,
        _ => Place::Copies,
    }
}

/// A sheet of A4 from a scanner, which lies between the photos' proportions: to the pixel, as no pair of scissors cuts.
const A4: std::ops::RangeInclusive<f32> = 0.705..=0.7095;

fn may_be_photo(scan: &Scan) -> bool {
    stands(scan, &HANDED_IN) && !stands(scan, &A4)
}

/// Whether it is a picture of such a proportion, width to height.
fn stands(scan: &Scan, proportion: &std::ops::RangeInclusive<f32>) -> bool {
    let is = |(width, height): (u32, u32)| proportion.contains(&(width as f32 / height.max(1) as f32));
    !scan.is_pdf && scan.size_px.is_some_and(is)
}

impl App {
    /// Takes in what was dropped on the window or pasted outside of a field.
    pub(super) fn receive(&mut self, context: &Context) {
        self.note_missing_picture(context);
        let takes_files = self.takes_files(context);
        let (mut paths, pasted): (Vec<PathBuf>, Vec<Event>) = context.input_mut(|input| {
            let dropped = input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect();
            let is_picture = |event: &Event| matches!(event, Event::PasteImage(_));
            // Other text goes into the field that has the cursor.
            let is_files = |event: &Event| match event {
                Event::Paste(text) => takes_files && !dialogs::pasted_paths(text).is_empty(),
                _ => false,
            };
            let pasted = input.events.iter().filter(|event| is_picture(event) || is_files(event)).cloned().collect();
            input.events.retain(|event| !is_files(event));
            (dropped, pasted)
        });
        for event in pasted {
            match event {
                Event::Paste(text) => paths.extend(dialogs::pasted_paths(&text)),
                Event::PasteImage(image) if !self.is_asking() && !self.is_held() => {
                    let rgba = image.pixels.iter().flat_map(|color| color.to_srgba_unmultiplied()).collect();
                    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
                    let pixels = Pixels { width_px: side(image.width()), height_px: side(image.height()), rgba };
                    self.take_pixels(pixels);
                }
                _ => {}
            }
        }
        // An input method takes keys on its way to a word; what it lets through is no Ctrl+V.
        let composes = self.composing || self.composed;
        if self.arrivals.copied.is_asked(context) && takes_files && !composes {
            paths.extend(copied::files());
            if paths.is_empty() && self.is_among_copies() {
                self.say("剪贴板里没有文件或图片：请先在文件夹里复制扫描件，再按 Ctrl+V".to_owned(), true);
            }
        }
        if !paths.is_empty() {
            self.take_paths(context, paths);
        }
    }

    /// Whether files that are pasted are taken as such. In a field their paths are text, but nobody calls a copy by one: its
    /// title has the cursor where copies have just come, and the next may be pasted there.
    fn takes_files(&self, context: &Context) -> bool {
        !context.text_edit_focused() || self.desk.as_ref().is_some_and(Desk::types_title)
    }

    fn is_among_copies(&self) -> bool {
        self.target().is_some_and(|target| target.person.is_some() && target.tab == Tab::Attachments)
            && self.view() == View::Form
    }

    /// Whoever adds copies goes on with them, unless something is typed before they have come.
    fn expect_copies(&mut self) {
        if let Some(desk) = &mut self.desk {
            desk.expects_copies = true;
        }
    }

    fn take_paths(&mut self, context: &Context, paths: Vec<PathBuf>) {
        // Where they would go is not known yet: persons of the next book have the same numbers.
        if self.is_held() {
            return self.say("正在写入或换推荐册，没有接收拖来的文件；请稍后再拖一次".to_owned(), true);
        }
        // A path that is being asked for is what is dropped.
        if let Some(typed) = &mut self.dialogs.typed {
            typed.take(&paths);
            return;
        }
        self.expect_copies();
        // A file manager that drops on a window leaves the keyboard with itself.
        context.send_viewport_cmd(ViewportCommand::Focus);
        self.order(Order::Sort(paths, self.target()));
    }

    /// Asks the desktop for the picture in the clipboard.
    pub(super) fn request_picture(&mut self, context: &Context) {
        match copied::files() {
            files if files.is_empty() => {}
            files => return self.take_paths(context, files),
        }
        context.send_viewport_cmd(ViewportCommand::RequestPaste);
        self.arrivals.asked_picture = Some(context.cumulative_pass_nr());
        context.request_repaint();
    }

    /// A desktop that has no picture to give says nothing.
    fn note_missing_picture(&mut self, context: &Context) {
        let Some(asked) = self.arrivals.asked_picture else { return };
        let (has_come, has_files) = context.input(|input| {
            let is_picture = |event: &Event| matches!(event, Event::PasteImage(_));
            let is_files = |event: &Event| match event {
                Event::Paste(text) => !dialogs::pasted_paths(text).is_empty(),
                _ => false,
            };
            (input.events.iter().any(is_picture), input.events.iter().any(is_files))
        });
        if has_come || has_files {
            self.arrivals.asked_picture = None;
        } else if context.cumulative_pass_nr() >= asked + PASTE_PASSES {
            self.arrivals.asked_picture = None;
            self.say("剪贴板里没有图片：请先复制一张图片，再点“粘贴图片”".to_owned(), true);
        } else {
            context.request_repaint();
        }
    }

    /// Something is asked that has to be answered before a picture can go anywhere.
    fn is_asking(&self) -> bool {
        let is_cutting = self.desk.as_ref().is_some_and(|desk| desk.cutting.is_some() || desk.question.is_some());
        is_cutting || self.dialogs.is_open() || self.arrivals.ask.is_some() || !self.arrivals.refused.is_empty()
    }

    /// A picture from the clipboard: a photo where the photo is, else a copy.
    fn take_pixels(&mut self, pixels: Pixels) {
        let Some(desk) = &self.desk else { return };
        let (Some(person), View::Form) = (desk.selected, desk.view) else { return };
        match desk.tab {
            Tab::Basic => self.order(Order::PastePhoto(person, pixels)),
            Tab::Attachments => {
                self.expect_copies();
                self.order(Order::PasteCopy(person, pixels));
            }
            _ => self.say("剪贴板里是图片：请先转到“基本情况”（作照片）或“附件”，再粘贴".to_owned(), true),
        }
    }

    /// Sends files where they belong.
    pub(super) fn route(&mut self, sorted: Sorted, target: Option<Target>) {
        let Sorted { books, imports, scans, unusable } = sorted;
        self.arrivals.refused.extend(unusable);
        let mut books = books.into_iter();
        if let Some(book) = books.next() {
            match &self.desk {
                Some(desk) if desk.book.path == book => self.say("这本推荐册已经打开".to_owned(), false),
                Some(_) => self.arrivals.ask = Some(Ask::Book(book)),
                None => self.order(Order::Open(book)),
            }
        }
        self.refuse(books, "一次只能打开一本推荐册");
        if !imports.is_empty() {
            // Scans that come with forms belong to the people of the forms.
            let scans = scans.into_iter().map(|scan| scan.path).collect();
            return self.look_at_import(imports, scans);
        }
        if scans.is_empty() {
            return;
        }
        // While forms are looked at, scans join them.
        let (view, number) = (self.view(), self.arrivals.next_number());
        if let Some(import) = self.arrivals.import.as_mut().filter(|import| view == View::Import && !import.done) {
            join(&mut import.scans, scans.into_iter().map(|scan| scan.path));
            let order = import.read(number);
            return self.order(order);
        }
        let waiting = self.arrivals.ask.is_some();
        let target = target.filter(|target| !waiting && self.is_open(&target.book));
        let Some((person, tab)) = target.and_then(|target| Some((target.person?, target.tab))) else {
            let because = if self.desk.is_some() && !waiting {
                "是图片或扫描件，请先新增或选中申报人，再拖进来"
            } else {
                "是图片或扫描件，请先打开推荐册、选中申报人，再拖进来"
            };
            return self.refuse(scans.into_iter().map(|scan| scan.path), because);
        };
        match place_of(tab, &scans, self.has_photo(person)) {
            Place::Unclear => self.arrivals.ask = Some(Ask::Scans(person, scans)),
            Place::Copies => self.order(Order::ReadCopies(person, scans.into_iter().map(|scan| scan.path).collect())),
            Place::Photo => {
                let photo = scans.into_iter().next().map(|scan| scan.path);
                self.order(Order::Photo(person, photo));
            }
        }
    }

    fn has_photo(&self, person: PersonId) -> bool {
        let person = self.desk.as_ref().and_then(|desk| desk.book.person(person));
        person.is_some_and(|person| !person.applicant.photo.is_none())
    }

    fn view(&self) -> View {
        self.desk.as_ref().map(|desk| desk.view).unwrap_or_default()
    }

    /// The person whose form is shown, and the part of it; beside other screens scans are copies. `None`: no book is open.
    pub(super) fn target(&self) -> Option<Target> {
        let desk = self.desk.as_ref()?;
        let tab = if desk.view == View::Form { desk.tab } else { Tab::Attachments };
        Some(Target { book: desk.book.path.clone(), person: desk.selected, tab })
    }

    fn is_open(&self, book: &Path) -> bool {
        self.desk.as_ref().is_some_and(|desk| desk.book.path == book)
    }

    fn refuse(&mut self, paths: impl Iterator<Item = PathBuf>, because: &str) {
        let refusal = |path| Refusal { path, because: because.to_owned(), lock: Lock::None };
        self.arrivals.refused.extend(paths.map(refusal));
    }

    /// Shows what an import would do; without a book, what book could be made of it. What comes while the clerk still
    /// looks at files joins them.
    fn look_at_import(&mut self, paths: Vec<PathBuf>, scans: Vec<PathBuf>) {
        let (view, number) = (self.view(), self.arrivals.next_number());
        let Some(desk) = &mut self.desk else {
            let order = self.start.bring(paths, scans);
            self.order(order);
            return;
        };
        let looked_at = self.arrivals.import.take().filter(|import| view == View::Import && !import.done);
        let mut import = looked_at.unwrap_or_else(|| Import {
            into: desk.recommender(),
            settlement: Settlement { conflict: Conflict::Leave, ..Settlement::default() },
            ..Import::default()
        });
        join(&mut import.paths, paths);
        join(&mut import.scans, scans);
        desk.view = View::Import;
        let order = import.read(number);
        self.arrivals.import = Some(import);
        self.order(order);
    }

    /// Imports into the book that has just been made for it.
    pub(super) fn import_waiting(&mut self) {
        let Some(book) = self.desk.as_ref().map(|desk| desk.book.path.clone()) else { return };
        let (forms, scans) = self.start.take_waiting(&book);
        if !forms.is_empty() || !scans.is_empty() {
            self.look_at_import(forms, scans);
        }
    }

    /// Files for an import were read: it is planned, unless the clerk looks at another one by now.
    pub(super) fn import_read(&mut self, number: u64, intake: Box<Intake>) {
        let Some(import) = &self.arrivals.import else { return };
        if import.asked == number && !import.done {
            let settlement = Settlement { suggested: None, ..import.settlement.clone() };
            self.order(Order::PlanImport { number, read: Some(intake), settlement });
        }
    }

    /// Copies were read for a person: they go into the book that they were read for.
    pub(super) fn copies_read(&mut self, book: &Path, person: PersonId, copies: Copies) {
        if self.is_open(book) {
            return self.order(Order::Attach(person, copies));
        }
        self.say("读取附件时换了推荐册，没有添加附件；请打开原来那一本再添加一次".to_owned(), true);
    }

    /// A plan has come; one of a reading or of answers that are no longer meant is passed over.
    pub(super) fn planned(&mut self, number: u64, report: ImportReport, settlement: Settlement) {
        if let Some(import) = self.arrivals.import.as_mut().filter(|import| import.asked == number && !import.done) {
            (import.report, import.settlement) = (Some(report), settlement);
        }
    }

    pub(super) fn imported(&mut self, report: ImportReport) {
        if let Some(import) = &mut self.arrivals.import {
            (import.report, import.greeted, import.done) = (Some(report), false, true);
        }
    }

    pub(super) fn import_step(&mut self, step: ImportStep) {
        let number = self.arrivals.next_number();
        let Some(import) = &mut self.arrivals.import else { return };
        match step {
            ImportStep::Read => {
                let order = import.read(number);
                self.order(order);
            }
            ImportStep::Settle => {
                import.asked = number;
                let settlement = import.settlement.clone();
                self.order(Order::PlanImport { number, read: None, settlement });
            }
            ImportStep::Commit => {
                let order = Order::CommitImport(import.settlement.clone());
                self.order(order);
            }
        }
    }

    /// The clerk has left the import.
    pub(super) fn leave_import(&mut self) {
        if self.arrivals.import.take().is_some_and(|import| !import.done) {
            self.order(Order::LeaveImport);
        }
    }

    /// What was chosen in a dialog, or typed instead.
    pub(super) fn accept(&mut self, chosen: Chosen) {
        let Chosen { purpose, paths, target } = chosen;
        let Some(first) = paths.first().cloned() else { return };
        // The desktop's dialog lets the clerk go on in the window.
        let is_here = target.as_ref().is_none_or(|target| self.is_open(&target.book));
        if purpose.is_of_book() && !is_here {
            return self.refuse(paths.into_iter(), "选择文件时换了推荐册，请重新选择");
        }
        let person = target.as_ref().and_then(|target| target.person);
        if let (Some(shelf), Some(folder)) = (purpose.shelf(), first.parent()) {
            self.settings.took_from(shelf, folder);
        }
        match purpose {
            Purpose::OpenBook => self.order(Order::Open(first)),
            Purpose::DemoBook(kind) => self.order(Order::Demo(with_extension(first), kind)),
            Purpose::NewBook => {
                if let Some(order) = self.start.create(with_extension(first)) {
                    self.order(order);
                }
            }
            Purpose::Notice => self.order(Order::ReadNotice(first)),
            Purpose::Import | Purpose::ImportFolder => self.order(Order::Sort(paths, target)),
            Purpose::Photo => {
                if let Some(person) = person {
                    self.order(Order::Photo(person, Some(first)));
                }
            }
            Purpose::Attach | Purpose::AttachFolder => {
                if let Some(person) = person {
                    self.order(Order::ReadCopies(person, paths));
                }
            }
            Purpose::Backup => self.order(Order::Backup(with_extension(first))),
            // What is not saved goes into the new book, not once more into the old one.
            Purpose::Move => {
                if let Some(desk) = &self.desk {
                    let (bodies, people) = (desk.bodies_as_typed(), desk.people_as_typed());
                    self.send(Order::Move(with_extension(first), bodies, people));
                }
            }
            Purpose::RestoreFrom => {
                if let Some(desk) = &mut self.desk {
                    let name = first.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                    // Another stick may have the same path.
                    desk.peek.forget();
                    desk.question = Some(Question::Restore { copy: first, name });
                }
            }
            Purpose::Export(goal) => {
                if let Some(desk) = &mut self.desk {
                    desk.export.folder = Some((goal, first.display().to_string()));
                    desk.export.chosen = Some((goal, first));
                }
            }
            Purpose::Verify | Purpose::VerifyFolder => {
                if let Some(desk) = &self.desk {
                    self.order(desk.export.verify(first));
                }
            }
        }
    }

    /// Where files would go that hover over the window, told by their names alone; `None`: nothing hovers.
    pub(super) fn hovering(&self, context: &Context) -> Option<String> {
        let paths: Vec<PathBuf> =
            context.input(|input| input.raw.hovered_files.iter().filter_map(|file| file.path.clone()).collect());
        if paths.is_empty() {
            return context.input(|input| !input.raw.hovered_files.is_empty()).then(|| "松开鼠标放入".to_owned());
        }
        let is = |path: &Path, wanted: &[&str]| {
            let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
            extension.is_some_and(|extension| wanted.contains(&extension.as_str()))
        };
        let count = |wanted: &[&str]| paths.iter().filter(|path| is(path, wanted)).count();
        let books = count(&["tuijian"]);
        let imports = count(&["docx", "xlsx", "xls", "zip", "json"]);
        let scans = count(&["jpg", "jpeg", "png", "pdf"]);
        let mut words = Vec::new();
        if books > 0 {
            words.push("打开推荐册".to_owned());
        }
        if imports > 0 {
            words.push(format!("导入 {imports} 个文件（先核对，再导入）"));
        }
        if scans > 0 {
            words.push(self.scans_would_go(scans, paths.len() == 1 && !is(&paths[0], &["pdf"])));
        }
        let others = paths.len() - books - imports - scans;
        if others > 0 {
            words.push(if words.is_empty() {
                "放入后按内容分别处理".to_owned()
            } else {
                "其余的按内容处理".to_owned()
            });
        }
        Some(format!("松开鼠标：{}", words.join("；")))
    }

    fn scans_would_go(&self, count: usize, is_single_picture: bool) -> String {
        let Some(Target { person: Some(person), tab, .. }) = self.target() else {
            return "图片和扫描件要先选中申报人".to_owned();
        };
        let name = self.desk.as_ref().map(|desk| desk.form.name.trim().to_owned()).unwrap_or_default();
        let name = if name.is_empty() { "这位申报人".to_owned() } else { name };
        match tab {
            Tab::Basic if is_single_picture => format!("作为{name}的照片"),
            Tab::Basic => format!("{count} 个扫描件，放到哪里再选"),
            _ if is_single_picture && !self.has_photo(person) => format!("放进{name}的附件；像照片的，放到哪里再选"),
            _ => format!("{count} 个扫描件放进{name}的附件"),
        }
    }
}

/// Adds paths that are not there yet.
pub fn join(known: &mut Vec<PathBuf>, new: impl IntoIterator<Item = PathBuf>) {
    for path in new {
        if !known.contains(&path) {
            known.push(path);
        }
    }
}

fn with_extension(path: PathBuf) -> PathBuf {
    if path.extension().is_some_and(|extension| extension == "tuijian") {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".tuijian");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scans_go_where_the_clerk_looks() {
        let picture = |size_px| Scan { path: "01.jpg".into(), size_px, is_pdf: false };
        let named = Scan { path: "荣誉证书.jpg".into(), ..picture(Some((1240, 1754))) };
        let pdf = Scan { path: "a.pdf".into(), size_px: None, is_pdf: true };
        let cases = [
            (Tab::Basic, vec![picture(Some((413, 579)))], true, Place::Photo),
            (Tab::Basic, vec![picture(Some((3000, 4000)))], true, Place::Photo),
            (Tab::Basic, vec![picture(Some((4000, 3000)))], true, Place::Unclear),
            (Tab::Basic, vec![picture(None), picture(None)], true, Place::Unclear),
            (Tab::Basic, vec![pdf.clone()], true, Place::Unclear),
            (Tab::Attachments, vec![picture(Some((413, 579)))], true, Place::Copies),
            (Tab::Attachments, vec![picture(Some((413, 579)))], false, Place::Unclear),
            (Tab::Summary, vec![picture(Some((3000, 4000)))], false, Place::Unclear),
            (Tab::Attachments, vec![picture(Some((4000, 3000)))], false, Place::Copies),
            (Tab::Attachments, vec![picture(None), picture(None)], false, Place::Copies),
            (Tab::Attachments, vec![picture(Some((2480, 3508)))], false, Place::Copies),
            (Tab::Attachments, vec![named], false, Place::Copies),
            (Tab::Summary, vec![pdf], false, Place::Copies),
        ];
        for (tab, scans, has_photo, place) in cases {
            assert_eq!(place_of(tab, &scans, has_photo), place, "{tab:?} {scans:?} {has_photo}");
        }
    }
}
