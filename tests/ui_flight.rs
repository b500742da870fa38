//! What happens while the book is slow: typing, closing and going away with orders in flight. A gate holds the thread with
//! the book where a slow disk would.

mod desk;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk::*;
use eframe::egui::{Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId, accesskit::Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use tuijian::domain::Applicant;
use tuijian::ops::OpenBook;
use tuijian::ui::{Gate, Order};

const PHONE: &str = "联系电话";
const FIRST: &str = "葛瑾川";
const SECOND: &str = "欧阳叙白";
/// Nothing waits longer, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The gate as a test has it in its hand. Open until it is shut.
struct Keeper {
    /// Which orders are held.
    held: Arc<Mutex<Option<Which>>>,
    reached: Receiver<()>,
    go: Sender<Then>,
    /// Names of all orders that came to the gate.
    seen: Arc<Mutex<Vec<String>>>,
}

type Which = fn(&Order) -> bool;

/// What becomes of an order that was held.
enum Then {
    Pass,
    /// The book's file is moved away before.
    Lose(PathBuf),
    /// A fault of the program.
    Panic,
}

fn gate() -> (Gate, Keeper) {
    let held: Arc<Mutex<Option<Which>>> = Arc::default();
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let (tell, reached) = channel();
    let (go, wait) = channel();
    let wait = Mutex::new(wait);
    let (which, names) = (Arc::clone(&held), Arc::clone(&seen));
    let gate = move |order: &Order| {
        let name = format!("{order:?}");
        names.lock().unwrap().push(name.split(['(', ' ']).next().unwrap_or_default().to_owned());
        if which.lock().unwrap().is_none_or(|which| !which(order)) {
            return;
        }
        let _ = tell.send(());
        let then = wait.lock().unwrap().recv();
        match then {
            Ok(Then::Lose(book)) => fs::rename(&book, away(&book)).unwrap(),
            Ok(Then::Panic) => panic!("held by a test"),
            Ok(Then::Pass) | Err(_) => {}
        }
    };
    (Arc::new(gate), Keeper { held, reached, go, seen })
}

impl Keeper {
    fn shut(&self, which: Which) {
        *self.held.lock().unwrap() = Some(which);
    }

    /// Waits until an order stands at the gate.
    #[track_caller]
    fn is_reached(&self) {
        self.reached.recv_timeout(PATIENCE).unwrap();
    }

    /// Lets the order go, and all that follow.
    fn open(&self, then: Then) {
        *self.held.lock().unwrap() = None;
        self.go.send(then).unwrap();
    }

    /// Lets the order go and holds others from now on.
    fn open_but_for(&self, which: Which) {
        self.shut(which);
        self.go.send(Then::Pass).unwrap();
    }

    /// Those of the named orders that came, in their order.
    fn seen(&self, of: &[&str]) -> Vec<String> {
        self.seen.lock().unwrap().iter().filter(|name| of.contains(&name.as_str())).cloned().collect()
    }
}

fn away(book: &Path) -> PathBuf {
    book.with_extension("away")
}

fn slow(book: &Path) -> (Window, Keeper) {
    let (gate, keeper) = gate();
    (gated(Harness::builder().with_size(vec2(1440.0, 1300.0)), Some(book.to_owned()), Some(gate)), keeper)
}

/// Types at the end of a field and leaves it, while orders are in flight.
fn type_now(window: &mut Window, label: &str, text: &str) {
    text_input(window, label).focus();
    window.run_ok();
    window.key_press(Key::End);
    window.run_ok();
    text_input(window, label).type_text(text);
    window.run_ok();
    window.key_press(Key::Tab);
    window.run_ok();
}

/// Presses a button, a tab or a card while orders are in flight.
fn press_now(window: &mut Window, label: &str) {
    let is_pressed = |role| matches!(role, Role::Button | Role::Tab | Role::ListBoxOption);
    let found = window.get_all_by_label_contains(label).find(|node| is_pressed(node.accesskit_node().role()));
    found.unwrap_or_else(|| panic!("没有“{label}”")).click();
    window.run_ok();
}

/// Steps until something is seen that threads are still about.
#[track_caller]
fn wait_until(window: &mut Window, what: &str, is_seen: impl Fn(&Window) -> bool) {
    let deadline = std::time::Instant::now() + PATIENCE;
    while !is_seen(window) {
        assert!(std::time::Instant::now() < deadline, "{what}");
        std::thread::yield_now();
        window.step();
    }
}

/// Types a digit after the first person's phone number and waits until the book has it.
#[track_caller]
fn is_stored_meanwhile(window: &mut Window) {
    type_now(window, PHONE, "7");
    wait_until(window, "nothing is stored meanwhile", |window| shows(window, "已保存 "));
}

/// Leaves the screen whose order stands at the gate, goes on typing and lets the order go.
#[track_caller]
fn go_on_typing(window: &mut Window, keeper: &Keeper) {
    keeper.is_reached();
    window.key_press(Key::Escape);
    window.run_ok();
    is_stored_meanwhile(window);
    keeper.open(Then::Pass);
    settle(window);
}

fn is_save(order: &Order) -> bool {
    matches!(order, Order::Save(..))
}

/// Asks the window to close; whether it stays.
fn stays(window: &mut Window) -> bool {
    let viewport = window.input_mut().viewports.get_mut(&ViewportId::ROOT).unwrap();
    viewport.events.push(ViewportEvent::Close);
    window.step();
    let commands = &window.output().viewport_output.get(&ViewportId::ROOT).unwrap().commands;
    commands.contains(&ViewportCommand::CancelClose)
}

fn first(book: &Path) -> Applicant {
    OpenBook::open(book).unwrap().people().unwrap().remove(0).applicant
}

#[test]
fn nothing_is_typed_into_a_book_that_is_being_put_away() {
    let folders = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    let [old, new] = [demo(&folders[0]), demo(&folders[1])];
    let before = first(&old).phone;
    let (mut window, keeper) = slow(&old);
    arrive(&mut window, std::slice::from_ref(&new));
    keeper.shut(|order| matches!(order, Order::Open(_)));
    press_now(&mut window, "关上这本，打开它");
    keeper.is_reached();
    assert_shows(&window, "请稍候");
    type_now(&mut window, PHONE, "999");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    keeper.open(Then::Pass);
    settle(&mut window);
    assert_eq!(window.state().book(), Some(new.as_path()));
    assert_eq!(value(&window, PHONE), before);
    type_into(&mut window, PHONE, "1");
    assert_eq!(people(window, &new)[0].phone, format!("{before}1"), "the new book is typed into as ever");
    assert_eq!(first(&old).phone, before);
    assert!(!keeper.seen(&["Undo"]).contains(&"Undo".to_owned()), "nor does a key change it");
}

#[test]
fn the_window_waits_for_a_save_in_flight_and_asks_when_it_fails() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    let before = value(&window, PHONE);
    keeper.shut(is_save);
    type_now(&mut window, PHONE, "7");
    keeper.is_reached();
    let disk = std::thread::spawn({
        let book = book.clone();
        move || {
            keeper.open(Then::Lose(book));
            keeper
        }
    });
    assert!(stays(&mut window), "what is on its way is not saved yet");
    let _keeper = disk.join().unwrap();
    window.run_ok();
    assert_shows(&window, "现在关闭就会丢失");
    fs::rename(away(&book), &book).unwrap();
    press(&mut window, "现在再试");
    assert!(!stays(&mut window));
    assert_eq!(people(window, &book)[0].phone, format!("{before}7"));
}

#[test]
fn a_form_that_fails_while_its_person_is_shown_anew_is_still_there() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    let before = value(&window, PHONE);
    keeper.shut(is_save);
    type_now(&mut window, PHONE, "7");
    keeper.is_reached();
    press_now(&mut window, SECOND);
    assert_ne!(value(&window, "姓名"), FIRST);
    press_now(&mut window, FIRST);
    assert_eq!(value(&window, PHONE), format!("{before}7"), "what is on its way is shown");
    keeper.open(Then::Lose(book.clone()));
    settle(&mut window);
    assert_shows(&window, "没有保存：");
    assert_eq!(value(&window, PHONE), format!("{before}7"));
    fs::rename(away(&book), &book).unwrap();
    press(&mut window, "现在再试");
    assert!(!shows(&window, "没有保存："));
    assert_eq!(people(window, &book)[0].phone, format!("{before}7"));
}

#[test]
fn a_form_that_fails_while_another_person_is_shown_is_kept() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    let before = value(&window, PHONE);
    keeper.shut(is_save);
    type_now(&mut window, PHONE, "7");
    keeper.is_reached();
    press_now(&mut window, SECOND);
    keeper.open(Then::Lose(book.clone()));
    settle(&mut window);
    assert_shows(&window, "没有保存：");
    press_now(&mut window, FIRST);
    assert_eq!(value(&window, PHONE), format!("{before}7"));
    // Taken back by hand: nothing is left that was not saved.
    field(&mut window, PHONE);
    window.key_press(Key::End);
    window.key_press(Key::Backspace);
    window.run_ok();
    assert!(!shows(&window, "没有保存："), "the line does not stay for good");
    fs::rename(away(&book), &book).unwrap();
    assert_eq!(people(window, &book)[0].phone, before);
}

#[test]
fn coming_back_while_the_save_is_in_flight_goes_on_from_what_was_typed() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    let (phone, post) = (value(&window, PHONE), value(&window, "现工作岗位"));
    keeper.shut(is_save);
    type_now(&mut window, PHONE, "7");
    keeper.is_reached();
    press_now(&mut window, SECOND);
    press_now(&mut window, FIRST);
    type_now(&mut window, PHONE, "8");
    type_now(&mut window, "现工作岗位", "兼带班");
    keeper.open(Then::Pass);
    settle(&mut window);
    assert_eq!(value(&window, PHONE), format!("{phone}78"));
    let first = people(window, &book).remove(0);
    assert_eq!((first.phone, first.post), (format!("{phone}78"), format!("{post}兼带班")));
}

#[test]
fn the_last_letters_go_before_an_order_also_while_the_book_is_looked_over() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    let before = value(&window, PHONE);
    press(&mut window, "更多");
    press(&mut window, "备份与恢复…");
    keeper.shut(|order| matches!(order, Order::Examine));
    window.get_all_by_label("检查推荐册").find(|node| node.accesskit_node().role() == Role::Button).unwrap().click();
    window.run_ok();
    keeper.is_reached();
    window.key_press(Key::Escape);
    window.run_ok();
    type_now(&mut window, PHONE, "7");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    keeper.open(Then::Pass);
    settle(&mut window);
    assert_eq!(keeper.seen(&["Examine", "Save", "Undo"]), ["Examine", "Save", "Undo"]);
    assert_shows(&window, "已撤销：修改葛瑾川：联系电话");
    assert_eq!(value(&window, PHONE), before);
    assert_eq!(people(window, &book)[0].phone, before);
}

#[test]
fn the_last_letters_go_before_an_order_also_after_one_that_changes_people() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    let before = value(&window, PHONE);
    keeper.shut(|order| matches!(order, Order::Withdraw(_)));
    press_now(&mut window, "撤回推荐");
    keeper.is_reached();
    type_now(&mut window, PHONE, "7");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    keeper.open(Then::Pass);
    settle(&mut window);
    assert_eq!(keeper.seen(&["Withdraw", "Save", "Undo"]), ["Withdraw", "Save", "Undo"]);
    let first = people(window, &book).remove(0);
    assert_eq!((first.phone, first.nominated), (before, false), "taken back is what was typed last");
}

#[test]
fn a_fault_of_the_program_is_told_and_the_work_goes_on() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    let before = value(&window, PHONE);
    keeper.shut(|order| matches!(order, Order::Withdraw(_)));
    press_now(&mut window, "撤回推荐");
    keeper.is_reached();
    keeper.open(Then::Panic);
    settle(&mut window);
    assert_shows(&window, "程序内部出错，这一步没有做成");
    keeper.shut(is_save);
    type_now(&mut window, PHONE, "7");
    keeper.is_reached();
    keeper.open(Then::Panic);
    window.state_mut().settle();
    window.run_ok();
    assert_shows(&window, "没有保存：程序内部出错");
    press(&mut window, "现在再试");
    assert!(!shows(&window, "没有保存："));
    let first = people(window, &book).remove(0);
    assert_eq!((first.phone, first.nominated), (format!("{before}7"), true));
}

#[test]
fn what_is_typed_while_an_export_runs_is_stored_meanwhile() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    let before = value(&window, PHONE);
    press(&mut window, "导出与打印…");
    press(&mut window, "册中全部人员的记录（可在另一台电脑导入）");
    keeper.shut(|order| matches!(order, Order::Export(_)));
    press_now(&mut window, "导出记录");
    go_on_typing(&mut window, &keeper);
    press(&mut window, "导出与打印…");
    assert_shows(&window, "record.json");
    assert_eq!(people(window, &book)[0].phone, format!("{before}7"));
}

#[test]
fn what_is_typed_while_files_are_read_is_stored_meanwhile() {
    let demonstration = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association");
    let scan = demonstration.join("scans/gejin-honour.jpg");
    let form = demonstration.join("record.json");
    let cases: [(&str, Which, &PathBuf); 3] = [
        ("sorted", |order| matches!(order, Order::Sort(..)), &scan),
        ("copies", |order| matches!(order, Order::ReadCopies(..)), &scan),
        ("import", |order| matches!(order, Order::ReadImport { .. }), &form),
    ];
    for (case, which, file) in cases {
        let folder = TempDir::new().unwrap();
        let book = demo(&folder);
        let known = first(&book);
        let (mut window, keeper) = slow(&book);
        turn(&mut window, "附件");
        keeper.shut(which);
        drop_on(&mut window, std::slice::from_ref(file));
        wait_until(&mut window, case, |_| keeper.reached.try_recv().is_ok());
        if case == "import" {
            window.key_press(Key::Escape);
            window.run_ok();
        }
        press_now(&mut window, "基本情况");
        is_stored_meanwhile(&mut window);
        keeper.open(Then::Pass);
        settle(&mut window);
        let phone = format!("{}7", known.phone);
        assert_eq!(value(&window, PHONE), phone, "{case}");
        let now = people(window, &book).remove(0);
        let added = usize::from(case != "import");
        assert_eq!((now.phone, now.attachments.len()), (phone, known.attachments.len() + added), "{case}");
    }
}

#[test]
fn what_is_typed_while_the_book_is_looked_over_is_stored_meanwhile() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    press(&mut window, "更多");
    press(&mut window, "备份与恢复…");
    keeper.shut(|order| matches!(order, Order::Examine));
    press_now(&mut window, "检查推荐册");
    go_on_typing(&mut window, &keeper);
    assert!(people(window, &book)[0].phone.ends_with('7'));
}

#[test]
fn scans_that_come_while_another_book_is_opened_go_to_nobody_there() {
    let folders = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    let [old, new] = [demo(&folders[0]), demo(&folders[1])];
    let scan = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association/scans/gejin-honour.jpg");
    let before = first(&new).attachments.len();
    let (mut window, keeper) = slow(&old);
    turn(&mut window, "附件");
    arrive(&mut window, std::slice::from_ref(&new));
    keeper.shut(|order| matches!(order, Order::Sort(..)));
    drop_on(&mut window, std::slice::from_ref(&scan));
    window.run_ok();
    keeper.is_reached();
    press_now(&mut window, "关上这本，打开它");
    keeper.open(Then::Pass);
    settle(&mut window);
    assert_shows(&window, "有 1 项没有接收");
    drop(window);
    assert_eq!(first(&new).attachments.len(), before);
    assert_eq!(first(&old).attachments.len(), before);
}

/// Takes the path that is asked for as it stands.
fn accept_path(window: &mut Window) {
    wait_until(window, "the path is never accepted", |window| {
        let found = window.query_by_label("确定");
        found.is_some_and(|node| !node.accesskit_node().is_disabled())
    });
    press_now(window, "确定");
}

#[test]
fn what_is_typed_while_the_book_is_backed_up_is_stored_meanwhile() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    press(&mut window, "更多");
    press(&mut window, "备份与恢复…");
    keeper.shut(|order| matches!(order, Order::Backup(_)));
    press_now(&mut window, "备份到…");
    accept_path(&mut window);
    go_on_typing(&mut window, &keeper);
    assert_shows(&window, "已备份到");
    assert!(people(window, &book)[0].phone.ends_with('7'));
}

#[test]
fn what_is_typed_while_papers_are_checked_is_stored_meanwhile() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    press(&mut window, "导出与打印…");
    press(&mut window, "核对文件夹…");
    field(&mut window, "路径");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_into(&mut window, "路径", folder.path().to_str().unwrap());
    keeper.shut(|order| matches!(order, Order::Verify(..)));
    accept_path(&mut window);
    go_on_typing(&mut window, &keeper);
    assert_shows(&window, "不是本程序导出的材料");
    assert!(people(window, &book)[0].phone.ends_with('7'));
}

#[test]
fn of_looks_and_copies_one_of_each_waits() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let (mut window, keeper) = slow(&book);
    press(&mut window, "更多");
    press(&mut window, "备份与恢复…");
    keeper.shut(|order| matches!(order, Order::Examine));
    for _ in 0..3 {
        press_now(&mut window, "检查推荐册");
    }
    keeper.is_reached();
    for _ in 0..2 {
        press_now(&mut window, "备份到…");
        accept_path(&mut window);
    }
    wait_until(&mut window, "a second copy waits", |window| shows(window, "上一份备份还没有做完"));
    keeper.open(Then::Pass);
    settle(&mut window);
    assert_shows(&window, "没有发现损坏");
    assert_eq!(keeper.seen(&["Examine", "Backup"]), ["Examine", "Backup"]);
    // Done: the next ones are carried out.
    press(&mut window, "检查推荐册");
    assert_eq!(keeper.seen(&["Examine"]).len(), 2);
    drop(people(window, &book));
}

#[test]
fn a_plan_of_files_that_are_read_anew_is_not_shown() {
    let folder = TempDir::new().unwrap();
    let book = demo(&folder);
    let mut open = OpenBook::open(&book).unwrap();
    let other = serde_json::from_value(serde_json::json!({ "name": "另一协会", "kind": "association" })).unwrap();
    tuijian::ops::add_recommender(&mut open, &other).unwrap();
    drop(open);
    let (mut window, keeper) = slow(&book);
    let form = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbox/01葛瑾川申报表.docx");
    arrive(&mut window, &[form]);
    assert_shows(&window, "相同 1 人");
    let choose = |window: &mut Window, name: &str| {
        let list = window.get_all_by_label_contains("没有写明推荐单位的表，记在：");
        list.into_iter().next().unwrap().click();
        window.run_ok();
        let offered = window.get_all_by_role_and_label(Role::Button, name).last();
        offered.unwrap_or_else(|| panic!("没有“{name}”")).click();
        window.run_ok();
    };
    keeper.shut(|order| matches!(order, Order::PlanImport { .. }));
    choose(&mut window, "另一协会");
    wait_until(&mut window, "the plan is never asked for", |_| keeper.reached.try_recv().is_ok());
    choose(&mut window, "杭州市示范模具行业协会");
    // The plan for the other recommender comes; what is meant by now is still to be read.
    keeper.open_but_for(|order| matches!(order, Order::ReadImport { .. }));
    keeper.is_reached();
    for _ in 0..3 {
        window.step();
        assert!(shows(&window, "正在读取") && !shows(&window, "新 1 人"), "the plan flashes");
    }
    keeper.open(Then::Pass);
    settle(&mut window);
    assert_shows(&window, "相同 1 人");
    drop(people(window, &book));
}
