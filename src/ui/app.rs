//! The program's window: takes answers in (`answers`), draws a screen, sends orders out.

mod answers;
mod shortcuts;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::{self, Context, Event, ImeEvent, Theme, ThemePreference, Ui, Vec2, ViewportCommand, vec2};

use super::arrivals::Arrivals;
use super::autosave::Stretches;
use super::desk::{Desk, Question, View};
use super::dialogs::{Dialogs, Purpose};
use super::export::{Asked, Consent};
use super::gallery::Gallery;
use super::message::Message;
use super::opener::Opener;
use super::proof::Proofs;
use super::screens::{self, Action, StartScreen};
use super::settings::{Look, Settings};
use super::tokens;
use super::widgets;
use super::worker::{Answer, ENDED, Gate, Order, PATIENCE, Worker};
use crate::ops::BodyField;
use crate::preview::{self, Fonts};

/// What the window is started with.
pub struct Options {
    pub fonts: &'static Fonts,
    pub settings: Settings,
    /// Whether the desktop's file dialogs and viewers may be used; else paths are typed, and files found by their path.
    pub desktop_dialogs: bool,
    pub book: Option<PathBuf>,
    /// Holds the thread that has the book before an order; `None` but in tests.
    pub gate: Option<Gate>,
}

/// The window.
pub struct App {
    pub(super) fonts: &'static Fonts,
    pub(super) settings: Settings,
    worker: Worker,
    pub(super) proofs: Proofs,
    pub(super) gallery: Gallery,
    pub(super) dialogs: Dialogs,
    pub(super) arrivals: Arrivals,
    opener: Opener,
    pub(super) start: StartScreen,
    /// The open book.
    pub(super) desk: Option<Desk>,
    pub(super) pages: screens::PageView,
    pub(super) message: Option<Message>,
    pub(super) help: bool,
    /// When the book last took in what was typed.
    pub(super) saved_at: Option<chrono::DateTime<chrono::Local>>,
    /// A book that cannot be opened, with its copies.
    pub(super) broken: Option<screens::Broken>,
    /// An input method is composing: the field holds letters that are not meant.
    pub(super) composing: bool,
    /// In this pass it was: the keys are the method's own, also the one that ended it.
    pub(super) composed: bool,
    pub(super) stretches: Stretches,
    /// Orders on their way that change people: their outcome is taken in before the form is saved again.
    pub(super) others: usize,
    /// Orders that wait until what is typed can go before them.
    held: VecDeque<Order>,
    /// Orders on their way that nothing is typed beside: [`Order::holds_typing`].
    holding: usize,
    /// What files hold, read while another book may be coming: taken in once it is known which one it is.
    parked: Vec<Answer>,
    /// The clerk has given up what could not be saved: the window may close.
    pub(super) gives_up: bool,
    title: String,
    /// The window is still to fill the screen.
    maximize: bool,
    /// When the place that was turned to is to be written down, in seconds of the window's clock.
    settles_at: Option<f64>,
}

/// How much larger or smaller all text becomes at a press.
pub(super) const ZOOM_STEP: f32 = 0.125;
/// What the window needs to be of use, in points.
const SMALLEST_WINDOW: Vec2 = vec2(780.0, 430.0);

/// Seconds that the clerk stays with a person or a part of the form before that is written down.
const SETTLED: f64 = 2.0;

impl App {
    /// Sets fonts and looks up, starts the threads, opens the book that was named.
    pub fn new(context: &Context, options: Options) -> Self {
        preview::install(context, options.fonts);
        tokens::install(context);
        #[cfg(target_os = "linux")]
        context.add_plugin(super::ime::KeepIme::default());
        context.add_plugin(super::spoken::SpokenNames);
        #[cfg(windows)]
        context.add_plugin(super::composition::EndComposition);
        context.options_mut(|options| {
            options.zoom_with_keyboard = false;
            // Where the desktop does not say: as paper.
            options.fallback_theme = Theme::Light;
        });
        let mut app = Self {
            fonts: options.fonts,
            maximize: options.settings.maximized,
            settings: options.settings,
            worker: Worker::start(context, options.gate),
            proofs: Proofs::start(context),
            gallery: Gallery::new(context),
            dialogs: Dialogs::new(options.desktop_dialogs),
            arrivals: Arrivals::default(),
            opener: Opener::new(options.desktop_dialogs),
            start: StartScreen::default(),
            desk: None,
            pages: screens::PageView::default(),
            message: None,
            help: false,
            saved_at: None,
            broken: None,
            composing: false,
            composed: false,
            stretches: Stretches::default(),
            others: 0,
            held: VecDeque::new(),
            holding: 0,
            parked: Vec::new(),
            gives_up: false,
            title: String::new(),
            settles_at: None,
        };
        app.apply_look(context);
        if let Some(book) = options.book {
            app.order(Order::Open(book));
        }
        app
    }

    /// Waits until everything that was asked for is done and drawn: for tests, which look at it then.
    pub fn settle(&mut self) {
        loop {
            self.ask_for_pictures();
            if !self.finish_orders() {
                return;
            }
            self.proofs.wait(PATIENCE);
            self.gallery.wait(PATIENCE);
            self.dialogs.wait(PATIENCE);
            if let Some(desk) = &mut self.desk {
                desk.export.wait(PATIENCE);
                desk.peek.wait(PATIENCE);
            }
            self.ask_for_pictures();
            if self.is_at_rest() {
                return;
            }
        }
    }

    /// Waits until the book has taken in what was sent to it, and nothing else: before the window closes, when nobody waits
    /// for pictures and pages. Whether it has.
    pub(super) fn finish_orders(&mut self) -> bool {
        self.save_now();
        while self.worker.is_busy() {
            if !self.take_next() {
                return false;
            }
            self.flush();
        }
        true
    }

    /// Nobody waits any more for what is being made.
    pub(super) fn call_off(&self) {
        if let Some(running) = self.desk.as_ref().and_then(|desk| desk.export.running.as_ref()) {
            running.cancel();
        }
    }

    /// Waits for an answer and takes it in; `false`: nothing is on its way, or it takes too long.
    pub(super) fn take_next(&mut self) -> bool {
        let answer = if self.worker.is_busy() { self.worker.next_within(PATIENCE) } else { None };
        answer.map(|answer| self.take(answer)).is_some()
    }

    /// Asks the book for what screens want to show.
    fn ask_for_pictures(&mut self) {
        self.gallery.take_wanted().into_iter().for_each(|order| self.send(order));
    }

    /// Where the open book lies.
    pub fn book(&self) -> Option<&std::path::Path> {
        self.desk.as_ref().map(|desk| desk.book.path.as_path())
    }

    pub(super) fn apply_look(&self, context: &Context) {
        context.set_theme(match self.settings.look {
            Look::System => ThemePreference::System,
            Look::Light => Theme::Light.into(),
            Look::Dark => Theme::Dark.into(),
        });
        context.set_zoom_factor(self.settings.zoom);
    }

    pub(super) fn say(&mut self, sentence: String, is_fault: bool) {
        self.message = Some(if is_fault { Message::fault(sentence) } else { Message::good(sentence) });
    }

    /// The clerk has gone on to something else.
    fn go_on(&mut self) {
        if let Some(message) = &mut self.message {
            message.go_on();
        }
    }

    /// Sends an order; what is typed goes first.
    pub(super) fn order(&mut self, order: Order) {
        if order.puts_book_away() && !self.all_is_saved() {
            self.ask_before(Some(order));
            return;
        }
        // What is typed cannot go before it yet: neither does it.
        let waits = self.others > 0 && self.desk.as_ref().is_some_and(Desk::has_forms_to_send);
        if waits || !self.held.is_empty() {
            self.held.push_back(order);
            return;
        }
        self.flush();
        self.send(order);
    }

    /// Sends the orders that waited for what is typed, in their order.
    fn send_held(&mut self) {
        for order in std::mem::take(&mut self.held) {
            self.order(order);
        }
    }

    pub(super) fn send(&mut self, order: Order) {
        let (changes_people, holds) = (order.changes_people(), order.holds_typing());
        if order.puts_book_away() {
            self.message.iter_mut().for_each(Message::other_book_asked);
        }
        if matches!(order, Order::Save(..) | Order::SaveText(..)) {
            self.stretches.stored();
        }
        if !self.worker.order(order) {
            self.say(ENDED.to_owned(), true);
            return;
        }
        self.others += usize::from(changes_people);
        self.holding += usize::from(holds);
    }

    /// Whether the open book is being put away, goes to another place or takes an import in.
    pub(super) fn is_held(&self) -> bool {
        self.holding > 0 && self.desk.is_some()
    }

    /// Whether everything that was sent is done, and the book was seen since.
    pub(super) fn is_at_rest(&self) -> bool {
        !self.worker.is_busy()
    }

    fn carry_out(&mut self, context: &Context, action: Action) {
        match action {
            Action::Order(order) => self.order(order),
            Action::Ask(purpose) => {
                let folder = match &self.desk {
                    Some(desk) => desk.book.path.parent().map(PathBuf::from).unwrap_or_default(),
                    None => self.settings.shelf(purpose.shelf()),
                };
                let suggestion = match purpose {
                    Purpose::DemoBook(_) => unused(&folder, "示范"),
                    Purpose::NewBook => unused(&folder, &self.start.file_name()),
                    Purpose::Export(_) | Purpose::VerifyFolder => match &self.desk {
                        Some(desk) => desk.export.usual_folder(&self.settings, &desk.book),
                        None => folder,
                    },
                    Purpose::Backup | Purpose::Move => self.name_of_copy(&folder),
                    _ => folder,
                };
                self.dialogs.ask(context, purpose, suggestion, self.target());
            }
            Action::Open(path) => self.carry_out(context, Action::Order(Order::Open(path))),
            Action::AskTransfer(person, to) => {
                if let Some(desk) = &mut self.desk {
                    desk.ask_transfer(person, Some(to));
                }
            }
            Action::Say(words) => self.say(words, false),
            Action::Forget(path) => self.settings.forget(&path),
            Action::Select(person) => {
                self.flush();
                if let Some(desk) = &mut self.desk
                    && desk.selected != Some(person)
                {
                    desk.select(Some(person));
                    desk.chronicle.turn();
                    self.look_again();
                }
            }
            Action::GoTo(person, field) => {
                self.go_on();
                self.carry_out(context, Action::Select(person));
                if let Some(desk) = &mut self.desk {
                    desk.go_to(&field);
                    context.request_repaint();
                }
            }
            Action::Show(view) => {
                self.flush();
                self.go_on();
                if view != View::Import {
                    self.leave_import();
                }
                if let Some(desk) = &mut self.desk {
                    // Who comes back by a key goes on where the cursor was; a click goes where it is wanted.
                    let by_pointer = context.input(|input| input.pointer.any_down() || input.pointer.any_released());
                    if view == View::Form && desk.view != view && !by_pointer {
                        desk.return_to_field();
                        context.request_repaint();
                    }
                    desk.export.came_just_now |= view == View::Export && desk.view != view;
                    desk.view = view;
                    desk.chronicle.turn();
                    desk.examined = None;
                    self.look_again();
                }
            }
            Action::Turn(tab) => {
                self.carry_out(context, Action::Show(View::Form));
                if let Some(desk) = &mut self.desk {
                    desk.turn(tab);
                    context.request_repaint();
                }
            }
            Action::Import(step) => self.import_step(step),
            Action::WholeHistory(whole) => {
                if let Some(desk) = &mut self.desk {
                    desk.chronicle.show_whole(whole);
                    self.look_again();
                }
            }
            Action::SaveNow => self.save_now(),
            Action::Leave(then) => self.give_up(context, then.map(|order| *order)),
            Action::CloseBroken => self.broken = None,
            Action::PastePicture => self.request_picture(context),
            Action::Help => self.help = true,
            Action::OpenOutside(path) => {
                self.message.take_if(|message| message.is_passing());
                self.opener.open(context, &path);
            }
            Action::Export(consent) => self.export(consent),
            Action::ShowClause(clause) => {
                if let Some(desk) = &mut self.desk {
                    desk.notice.turn_to(clause);
                }
                self.carry_out(context, Action::Show(View::Notice));
            }
            Action::Look(look) => {
                self.settings.look = look;
                self.settings.store();
                self.apply_look(context);
            }
            Action::Zoom(zoom) => {
                // So large that the window still shows its lists and a part of the form.
                let room = context.content_rect().size() * context.zoom_factor() / SMALLEST_WINDOW;
                let largest = (room.min_elem() / ZOOM_STEP).floor() * ZOOM_STEP;
                let largest = largest.clamp(1.0, 2.0);
                if zoom > largest && zoom > self.settings.zoom {
                    self.say("这个窗口里文字不能再大了；把窗口放大后可以再调".to_owned(), false);
                } else {
                    self.settings.zoom = zoom.max(0.75);
                }
                self.settings.store();
                self.apply_look(context);
            }
            Action::GoToBody(body, field) => {
                let is_report = field.starts_with("report");
                self.carry_out(context, Action::Show(if is_report { View::Report } else { View::Recommender }));
                if let Some(desk) = &mut self.desk {
                    desk.report.shown = Some(body);
                    desk.drafts.wanted = BodyField::of_path(&field).map(|text| (body, text));
                }
            }
        }
    }

    /// Makes what is chosen on the screen, where the clerk wants it.
    fn export(&mut self, mut consent: Consent) {
        self.flush();
        let Some(desk) = &mut self.desk else { return };
        let goal = desk.export.goal();
        if let Some(elsewhere) = consent.elsewhere.take() {
            desk.export.folder = Some((goal, elsewhere.display().to_string()));
        }
        let typed = desk.export.folder.as_ref().filter(|(of, folder)| *of == goal && !folder.trim().is_empty());
        let folder = match typed {
            Some((_, folder)) => PathBuf::from(folder.trim()),
            None => desk.export.usual_folder(&self.settings, &desk.book),
        };
        // What was said of the last try says nothing of this one.
        self.message.take_if(|message| message.is_passing());
        let (bodies, people) = (desk.bodies_as_typed(), desk.people_as_typed());
        let open_ends = desk.export.open_ends(&desk.book, &bodies, &people);
        if !consent.open_ends && !open_ends.is_empty() {
            desk.question = Some(Question::Export(Asked::OpenEnds(desk.export.what, open_ends)));
            return;
        }
        let known = self.settings.papers.known(&desk.book.path);
        let request = desk.export.begin((folder, known), &desk.book, desk.selected, consent);
        self.order(Order::Export(Box::new(request)));
    }

    fn note_composition(&mut self, context: &Context) {
        self.composed = self.composing;
        context.input(|input| {
            for event in &input.events {
                self.composed |= matches!(event, Event::Ime(_));
                match event {
                    Event::Ime(ImeEvent::Preedit { text, .. }) => self.composing = !text.is_empty(),
                    Event::Ime(ImeEvent::Commit(_)) => self.composing = false,
                    // On Windows a click ends a composition without a word, also a click into the same field. Where it
                    // goes on, its next letter says so.
                    Event::PointerButton { pressed: true, .. } => self.composing = false,
                    _ => {}
                }
            }
        });
    }

    /// What the next start opens as large as now.
    fn remember_size(&mut self, context: &Context) {
        // Some window managers pass over the wish of a window that is not yet on the screen.
        if std::mem::take(&mut self.maximize) {
            context.send_viewport_cmd(ViewportCommand::Maximized(true));
            return;
        }
        self.settings.maximized = context.input(|input| input.viewport().maximized == Some(true));
        if !self.settings.maximized {
            let size = context.content_rect().size() * context.zoom_factor();
            self.settings.window = Some((size.x.round(), size.y.round()));
        }
    }

    /// Also after a power cut the next start shows who was worked on, and where. Written when the clerk stays there: whoever
    /// walks down the list waits for no disk.
    fn remember_person(&mut self, context: &Context) {
        let Some(desk) = &self.desk else { return };
        let Some(person) = desk.selected else { return };
        let is = |(path, id): &(PathBuf, i64)| *id == person.0 && *path == desk.book.path;
        let tab = desk.tab.label();
        if !self.settings.last_person.as_ref().is_some_and(is) || self.settings.last_tab.as_deref() != Some(tab) {
            self.settings.last_person = Some((desk.book.path.clone(), person.0));
            self.settings.last_tab = Some(tab.to_owned());
            self.settles_at = Some(context.input(|input| input.time) + SETTLED);
        }
        let Some(at) = self.settles_at else { return };
        let left = at - context.input(|input| input.time);
        if left > 0.0 {
            context.request_repaint_after(Duration::from_secs_f64(left));
        } else {
            self.settles_at = None;
            self.settings.store();
        }
    }

    fn name_window(&mut self, context: &Context) {
        let title = match &self.desk {
            Some(desk) => {
                let name = desk.book.path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
                format!("{} — 推荐", name.unwrap_or_default())
            }
            None => "推荐".to_owned(),
        };
        if title != self.title {
            context.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

/// The names of a book's recommenders.
fn whose(bodies: &[crate::domain::Body]) -> String {
    let names: Vec<&str> = bodies.iter().map(|body| body.recommender.name.as_str()).collect();
    names.join("、")
}

/// A place for a new book of that name which nothing has yet.
fn unused(folder: &Path, name: &str) -> PathBuf {
    let numbered = (2..100).map(|number| folder.join(format!("{name}{number}.tuijian")));
    let plain = folder.join(format!("{name}.tuijian"));
    std::iter::once(plain.clone()).chain(numbered).find(|path| !path.exists()).unwrap_or(plain)
}

impl App {
    /// A name for a copy of the open book: 名称-备份-20210706-1030.tuijian
    fn name_of_copy(&self, folder: &std::path::Path) -> PathBuf {
        let stem = self.desk.as_ref().and_then(|desk| desk.book.path.file_stem()).unwrap_or_default();
        let time = chrono::Local::now().format("%Y%m%d-%H%M");
        folder.join(format!("{}-备份-{time}.tuijian", stem.to_string_lossy()))
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let context = ui.ctx().clone();
        while let Some(answer) = self.worker.next() {
            self.take(answer);
        }
        self.note_composition(&context);
        self.part_typing(&context);
        self.receive(&context);
        // Which book an answer is for is seen once that book is there.
        if !self.is_held()
            && let Some(answer) = self.dialogs.answer()
        {
            self.accept(answer);
        }
        if let Some(fault) = self.opener.fault() {
            self.message = Some(Message::passing_fault(fault));
        }
        let mut actions = Vec::new();
        if self.is_held() {
            // What is typed now would go into a book that is being put away, or wait long to be stored.
            ui.disable();
        } else {
            self.shortcuts(&context, &mut actions);
        }
        if let Some(left) = self.message.as_ref().and_then(|message| message.left(Instant::now())) {
            if left.is_zero() {
                self.message = None;
            } else {
                context.request_repaint_after(left);
            }
        }
        let before = self.desk.as_mut().map(|desk| {
            desk.focus.pass_begins();
            (desk.selected, desk.form.clone())
        });
        screens::show(self, ui, &mut actions);
        if let Some(desk) = &mut self.desk {
            desk.focus.pass_ends();
        }
        if let (Some((selected, form)), Some(desk)) = (before, &mut self.desk)
            && selected == desk.selected
            && form != desk.form
        {
            desk.version += 1;
            desk.expects_copies = false;
            desk.autosave.changed(Instant::now());
        }
        if !self.is_held() {
            if let Some(answer) = screens::ask_path(&mut self.dialogs, &context) {
                self.accept(answer);
            }
            screens::arrived(self, ui, &mut actions);
        }
        screens::help(&mut self.help, &context);
        widgets::give_cursor_back(&context);
        for action in actions {
            self.carry_out(&context, action);
        }
        self.hold_window(&context);
        self.ask_for_pictures();
        if self.desk.as_ref().is_some_and(|desk| desk.focus.left) {
            self.composing = false;
            self.stretches.end();
        }
        self.save_in_time(&context);
        self.save_texts_in_time(&context);
        self.end_stretch();
        self.name_window(&context);
        self.remember_size(&context);
        self.remember_person(&context);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.call_off();
        self.finish_orders();
        // Lets the book go before the process ends: nothing stays beside it.
        self.order(Order::Close);
        self.finish_orders();
        self.settings.store();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
