//! The book through its public API: what it keeps, whom it lets in, what it survives.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use proptest::prelude::*;
use tuijian::domain::{Applicant, FileKey, PersonId, Recommender, RecommenderId, RecommenderKind};
use tuijian::store::{Book, Change, RevisionContent, RevisionKind, StoreError, Subject};

const NOTICE: &str = "id = \"test\"\n";

fn association(name: &str) -> Recommender {
    Recommender {
        name: name.into(),
        kind: RecommenderKind::Association,
        contact: "填报人".into(),
        phone: String::new(),
        mobile: String::new(),
        address: String::new(),
        exception: String::new(),
        report: [("依据".to_owned(), "照通知".to_owned())].into(),
        report_facts: [].into(),
    }
}

fn applicant(name: &str) -> Applicant {
    Applicant { name: name.into(), id_number: "330106198611020014".into(), ..Applicant::default() }
}

/// What an address would read as something else; Windows has no `?` in names.
const NAME: &str = if cfg!(windows) { "示范 #1%.tuijian" } else { "示范 #1?%.tuijian" };

fn in_folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(NAME);
    (folder, path)
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A new book with one recommender.
fn book(path: &Path) -> (Book, RecommenderId) {
    let mut book = Book::create(path, NOTICE).unwrap();
    let body = book.transact("测试", "新建推荐单位", |change| change.insert_body(&association("示例协会"))).unwrap();
    (book, body)
}

fn add(book: &mut Book, body: RecommenderId, name: &str) -> PersonId {
    book.transact("测试", &format!("录入{name}"), |change| change.insert_person(body, &applicant(name))).unwrap()
}

#[test]
fn what_goes_in_comes_out() {
    let (folder, path) = in_folder();
    let (mut made, body) = book(&path);
    let first = add(&mut made, body, "甲 ·乙");
    let second = add(&mut made, body, "甲 ·乙");
    assert_ne!(first, second);
    let key: Result<FileKey, StoreError> = made.transact("测试", "照片", |change| {
        let key = change.put_file(b"bytes", "jpg")?;
        assert_eq!(change.put_file(b"bytes", "jpg")?, key);
        Ok(key)
    });
    let key = key.unwrap();
    drop(made);
    assert_eq!(names_in(folder.path()), [NAME], "no journal and no temporary file stays behind");

    let book = Book::open(&path).unwrap();
    assert_eq!(book.notice_toml().unwrap(), NOTICE);
    assert_eq!(book.bodies().unwrap()[0].recommender, association("示例协会"));
    let people = book.people().unwrap();
    assert_eq!(people.iter().map(|person| person.id).collect::<Vec<_>>(), [first, second]);
    assert_eq!(people[0].applicant, applicant("甲 ·乙"));
    assert_eq!(book.file(&key).unwrap(), b"bytes");
    assert_eq!(book.file_size(&key).unwrap(), Some(5));
    assert!(!book.has_file(&FileKey("0.jpg".into())).unwrap());
    assert!(matches!(book.file(&FileKey("0.jpg".into())), Err(StoreError::NoSuchFile { .. })));
    assert_eq!(book.check().unwrap(), []);
}

#[test]
fn every_state_stays_in_the_history() {
    let (_folder, path) = in_folder();
    let (mut book, body) = book(&path);
    let other = book.transact("测试", "再建一个", |change| change.insert_body(&association("另一协会"))).unwrap();
    let person = add(&mut book, body, "甲");
    let edit = |book: &mut Book, name: &str| -> Result<(), StoreError> {
        book.transact("李", "改姓名", |change| change.update_person(person, &applicant(name)))
    };
    edit(&mut book, "乙").unwrap();
    edit(&mut book, "乙").unwrap();
    book.transact("李", "改推荐单位", |change| change.move_person(person, other)).unwrap();
    book.transact("李", "删除", |change| change.remove_person(person)).unwrap();

    let history = book.history(Some(person)).unwrap();
    let lines: Vec<_> =
        history.iter().map(|line| (line.who.as_str(), line.what.as_str(), line.name.as_str())).collect();
    assert_eq!(
        lines,
        [("李", "删除", "乙"), ("李", "改推荐单位", "乙"), ("李", "改姓名", "乙"), ("测试", "录入甲", "甲")],
        "content that stays the same makes no revision"
    );
    let kinds: Vec<_> = history.iter().map(|line| line.kind).collect();
    assert_eq!(kinds, [RevisionKind::Removed, RevisionKind::Changed, RevisionKind::Changed, RevisionKind::Added]);
    assert!(history.iter().all(|line| line.person() == Some(person) && line.at.ends_with('Z')));
    assert_eq!(history[0].sha256, None);
    assert_eq!(history[1].sha256, history[2].sha256);
    assert_ne!(history[2].sha256, history[3].sha256);
    assert_eq!(book.history(None).unwrap().len(), 6);

    let content = |at: usize| book.revision(history[at].number).unwrap();
    assert_eq!(content(0), RevisionContent::Removed(Subject::Person(person)));
    let first = RevisionContent::Person { id: person, recommender: body, applicant: Box::new(applicant("甲")) };
    assert_eq!(content(3), first);
    assert!(matches!(book.revision(99), Err(StoreError::NoSuchRevision { revision: 99, .. })));

    book.transact("李", "恢复", |change| change.restore_person(person, body, &applicant("甲"))).unwrap();
    assert_eq!(book.person(person).unwrap().applicant, applicant("甲"));
    assert_eq!(book.check().unwrap(), []);
}

#[test]
fn numbers_are_never_used_again() {
    let (_folder, path) = in_folder();
    let (mut made, body) = book(&path);
    let first = add(&mut made, body, "甲");
    made.transact("测试", "删除", |change| change.remove_person(first)).unwrap();
    drop(made);
    let mut book = Book::open(&path).unwrap();
    let second = add(&mut book, body, "乙");
    assert!(second > first);
    book.undo("测试").unwrap();
    assert!(add(&mut book, body, "丙") > second);
    let refused = |result: Result<(), StoreError>| matches!(result, Err(StoreError::NoSuchPerson { .. }));
    assert!(refused(book.transact("测试", "改", |change| change.update_person(first, &applicant("丁")))));
    assert!(refused(book.transact("测试", "删", |change| change.remove_person(first))));
    assert!(refused(
        book.transact("测试", "恢复", |change| { change.restore_person(PersonId(99), body, &applicant("丁")) })
    ));
}

#[test]
fn a_recommender_goes_only_without_people() {
    let (_folder, path) = in_folder();
    let (mut book, body) = book(&path);
    let person = add(&mut book, body, "甲");
    let refused: Result<(), StoreError> = book.transact("测试", "删除", |change| change.remove_body(body));
    assert_eq!(
        refused.unwrap_err().to_string(),
        "推荐单位“示例协会”名下还有 1 名申报人，不能删除。请先把他们移到别的推荐单位，或先删除他们。"
    );
    let gone: Result<(), StoreError> = book.transact("测试", "都删", |change| {
        change.remove_person(person)?;
        change.remove_body(body)
    });
    gone.unwrap();
    let nowhere: Result<_, StoreError> =
        book.transact("测试", "录入", |change| change.insert_person(body, &applicant("乙")));
    assert!(matches!(nowhere, Err(StoreError::NoSuchRecommender { .. })));
    book.undo("测试").unwrap();
    assert_eq!(book.people().unwrap()[0].id, person);
    assert_eq!(book.check().unwrap(), []);
}

#[test]
fn an_error_inside_a_change_takes_it_back_whole() {
    #[derive(Debug)]
    enum Refused {
        Rule,
        Store,
    }
    impl From<StoreError> for Refused {
        fn from(_: StoreError) -> Self {
            Self::Store
        }
    }
    let (_folder, path) = in_folder();
    let (mut book, body) = book(&path);
    let person = add(&mut book, body, "甲");
    let before = (book.bodies().unwrap(), book.people().unwrap(), book.history(None).unwrap());
    let result: Result<(), Refused> = book.transact("测试", "许多", |change| {
        change.insert_person(body, &applicant("乙"))?;
        change.update_person(person, &applicant("丙"))?;
        change.put_file(b"new", "png")?;
        change.update_body(body, &association("改名"))?;
        assert_eq!(change.people()?.len(), 2);
        assert_eq!(change.person(person)?.applicant.name, "丙");
        assert_eq!(change.bodies()?[0].recommender.name, "改名");
        Err(Refused::Rule)
    });
    assert!(matches!(result, Err(Refused::Rule)));
    assert_eq!((book.bodies().unwrap(), book.people().unwrap(), book.history(None).unwrap()), before);
    let result: Result<FileKey, Refused> =
        book.transact("测试", "坏文件", |change| Ok(change.put_file(b"x", "exe")?));
    assert!(matches!(result, Err(Refused::Store)));
    assert_eq!(book.check().unwrap(), []);
}

#[test]
fn create_refuses_what_is_there() {
    let (folder, path) = in_folder();
    fs::write(&path, "别的").unwrap();
    assert!(matches!(Book::create(&path, NOTICE), Err(StoreError::Exists(_))));
    assert_eq!(fs::read_to_string(&path).unwrap(), "别的");
    let nowhere = folder.path().join("没有/册.tuijian");
    assert!(matches!(Book::create(&nowhere, NOTICE), Err(StoreError::NoFolder(_))));
    assert_eq!(names_in(folder.path()).len(), 1);

    // The journal of a deleted book would be rolled back into a new one of the same name.
    let spare = folder.path().join("旧.tuijian");
    let killed = folder.path().join("断电.tuijian");
    drop(book(&spare));
    copy_in_mid_transaction(&spare, &killed);
    fs::remove_file(&killed).unwrap();
    let error = Book::create(&killed, NOTICE).unwrap_err();
    assert!(error.to_string().contains("断电.tuijian-journal 已经存在"), "{error}");
}

/// A connection in the middle of a transaction that has reached the disk, and its file and journal copied: what a killed
/// program leaves.
fn copy_in_mid_transaction(source: &Path, target: &Path) {
    let conn = rusqlite::Connection::open(source).unwrap();
    conn.execute_batch(
        "PRAGMA cache_size = 2; BEGIN; CREATE TABLE half (t); \
         INSERT INTO half WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) \
         SELECT hex(randomblob(200)) FROM n;",
    )
    .unwrap();
    // Through another name the files are read while this process holds locks on them; the copy is all that is used.
    fs::copy(source, target).unwrap();
    fs::copy(journal(source), journal(target)).unwrap();
}

fn journal(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    name.into()
}

#[test]
fn what_is_no_book_is_refused_by_its_kind_and_left_alone() {
    type Case = (&'static str, fn(&Path), fn(&StoreError) -> bool, &'static str);
    fn whole(path: &Path) -> Vec<u8> {
        let spare = path.with_extension("spare");
        let (mut made, body) = book(&spare);
        add(&mut made, body, &"长".repeat(20_000));
        drop(made);
        let bytes = fs::read(&spare).unwrap();
        fs::remove_file(&spare).unwrap();
        bytes
    }
    fn foreign(path: &Path) -> rusqlite::Connection {
        let conn = rusqlite::Connection::open(path).unwrap();
        conn.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1);").unwrap();
        conn
    }
    let cases: [Case; 14] = [
        ("missing", |_| (), |e| matches!(e, StoreError::Missing(_)), "找不到"),
        ("folder", |p| fs::create_dir(p).unwrap(), |e| matches!(e, StoreError::NotAFile(_)), "不是文件"),
        ("empty", |p| fs::write(p, "").unwrap(), |e| matches!(e, StoreError::Empty(_)), "空文件"),
        (
            "short text",
            |p| fs::write(p, "你好").unwrap(),
            |e| matches!(e, StoreError::Foreign(_)),
            "不是本程序的推荐册",
        ),
        (
            "long text",
            |p| fs::write(p, "推荐".repeat(9000)).unwrap(),
            |e| matches!(e, StoreError::Foreign(_)),
            "不是本程序的推荐册",
        ),
        (
            "only the mark of SQLite",
            |p| fs::write(p, "SQLite format 3\0").unwrap(),
            |e| matches!(e, StoreError::Foreign(_) | StoreError::Damaged { .. }),
            "",
        ),
        ("another program's", |p| drop(foreign(p)), |e| matches!(e, StoreError::Foreign(_)), "不是本程序的推荐册"),
        (
            "another program's, WAL",
            |p| foreign(p).pragma_update(None, "journal_mode", "WAL").unwrap(),
            |e| matches!(e, StoreError::Foreign(_)),
            "不是本程序的推荐册",
        ),
        (
            "another program's, WAL, open",
            |p| {
                let conn = foreign(p);
                conn.pragma_update(None, "journal_mode", "WAL").unwrap();
                conn.execute_batch("INSERT INTO t VALUES (2)").unwrap();
                std::mem::forget(conn);
            },
            |e| matches!(e, StoreError::Foreign(_)),
            "不是本程序的推荐册",
        ),
        (
            "another program's, killed",
            |p| {
                let spare = p.with_extension("spare");
                drop(foreign(&spare));
                copy_in_mid_transaction(&spare, p);
            },
            |e| matches!(e, StoreError::Foreign(_)),
            "不是本程序的推荐册",
        ),
        (
            "too new",
            |p| {
                fs::write(p, whole(p)).unwrap();
                rusqlite::Connection::open(p).unwrap().pragma_update(None, "user_version", 99).unwrap();
            },
            |e| matches!(e, StoreError::TooNew { found: 99, known: 1, .. }),
            "请升级本程序",
        ),
        (
            "half a book",
            |p| {
                let bytes = whole(p);
                fs::write(p, &bytes[..bytes.len() / 2]).unwrap();
            },
            |e| matches!(e, StoreError::Damaged { .. }),
            "请用备份恢复",
        ),
        (
            "a book's first page",
            |p| fs::write(p, &whole(p)[..4096]).unwrap(),
            |e| matches!(e, StoreError::Damaged { .. }),
            "请用备份恢复",
        ),
        (
            "a book with a page of zeros",
            |p| {
                let mut bytes = whole(p);
                bytes[4096 * 2..4096 * 3].fill(0);
                fs::write(p, bytes).unwrap();
            },
            |e| matches!(e, StoreError::Damaged { .. }),
            "请用备份恢复",
        ),
    ];
    for (name, make, expected, says) in cases {
        let (folder, path) = in_folder();
        make(&path);
        let files = |folder: &Path| -> Vec<(String, Option<Vec<u8>>)> {
            names_in(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).ok())).collect()
        };
        let before = files(folder.path());
        let error = Book::open(&path).unwrap_err();
        assert!(expected(&error), "{name}: {error:?}");
        let sentence = error.to_string();
        assert!(sentence.contains(says) && sentence.contains(NAME), "{name}: {sentence}");
        assert_eq!(files(folder.path()), before, "{name}: left alone");
    }
}

#[test]
fn a_transaction_cut_short_is_rolled_back_on_opening() {
    let (_folder, path) = in_folder();
    let (mut made, body) = book(&path);
    add(&mut made, body, "甲");
    drop(made);
    let killed = path.with_file_name("断电.tuijian");
    copy_in_mid_transaction(&path, &killed);
    assert_ne!(fs::metadata(&killed).unwrap().len(), fs::metadata(&path).unwrap().len());
    let book = Book::open(&killed).unwrap();
    assert_eq!(book.people().unwrap().len(), 1);
    assert_eq!(book.check().unwrap(), []);
    drop(book);
    assert!(!journal(&killed).exists());
}

const CHILD_TASK: &str = "TUIJIAN_STORE_TEST_TASK";
const CHILD_BOOK: &str = "TUIJIAN_STORE_TEST_BOOK";

/// This very test program as a second process that runs [`child_process`].
fn child(program: &Path, task: &str, book: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["child_process", "--exact", "--nocapture"]).env(CHILD_TASK, task).env(CHILD_BOOK, book);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn this_program() -> PathBuf {
    std::env::current_exe().unwrap()
}

/// The other process of the tests below; in an ordinary run it has no task.
#[test]
fn child_process() {
    let (Ok(task), Some(path)) = (std::env::var(CHILD_TASK), std::env::var_os(CHILD_BOOK)) else { return };
    let path = PathBuf::from(path);
    match task.as_str() {
        "open" => match Book::open(&path) {
            Ok(_) => say("opened"),
            Err(error) => say(&format!("{} {error}", if error.is_locked() { "locked" } else { "refused" })),
        },
        "read with sqlite" => {
            let conn = rusqlite::Connection::open(&path).unwrap();
            conn.busy_timeout(std::time::Duration::ZERO).unwrap();
            let read = conn.query_row("SELECT count(*) FROM person", [], |row| row.get::<_, i64>(0));
            say(&format!("{:?}", read.map_err(|error| error.sqlite_error_code())));
        }
        "write until killed" => {
            let mut book = Book::open(&path).unwrap();
            let body = book.bodies().unwrap()[0].id;
            loop {
                let long = Applicant { honours_brief: "长".repeat(20_000), ..applicant("甲") };
                let id: Result<PersonId, StoreError> = book.transact("子进程", "录入", |change| {
                    change.put_file(&long.honours_brief.as_bytes()[..30_000], "png")?;
                    change.insert_person(body, &long)
                });
                say(&format!("ack {}", id.unwrap()));
            }
        }
        other => panic!("no task {other}"),
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n>{line}").unwrap();
    out.flush().unwrap();
}

fn said(mut command: Command) -> String {
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix('>'));
    line.unwrap_or_else(|| panic!("{text}\n{}", String::from_utf8_lossy(&output.stderr))).to_owned()
}

#[test]
fn an_open_book_is_locked_for_everyone_else() {
    let (_folder, path) = in_folder();
    let (made, _) = book(&path);
    let locked = Book::open(&path).unwrap_err();
    assert!(locked.is_locked(), "{locked}");
    let backup = path.with_file_name("备份.tuijian");
    made.backup_to(&backup).unwrap();
    // After this process has opened and closed the file a second time: its lock must still stand.
    let second = said(child(&this_program(), "open", &path));
    assert!(second.starts_with("locked") && second.contains("正在另一个程序中打开"), "{second}");
    assert_eq!(said(child(&this_program(), "read with sqlite", &path)), "Err(Some(DatabaseBusy))");
    drop(made);
    assert_eq!(said(child(&this_program(), "open", &path)), "opened");
    assert_eq!(said(child(&this_program(), "read with sqlite", &path)), "Ok(0)");
    let only_read = Book::open(&path).unwrap();
    assert_eq!(said(child(&this_program(), "read with sqlite", &path)), "Err(Some(DatabaseBusy))");
    drop(only_read);
}

#[test]
fn killed_at_any_moment_no_acknowledged_row_is_lost() {
    let (_folder, path) = in_folder();
    drop(book(&path));
    let mut acknowledged = Vec::new();
    for round in 0..36 {
        let mut writer = child(&this_program(), "write until killed", &path).spawn().unwrap();
        let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines().map(Result::unwrap);
        let acks = |line: String| line.strip_prefix(">ack ").map(|id| PersonId(id.parse().unwrap()));
        acknowledged.extend(lines.by_ref().filter_map(acks).take(1 + round % 3));
        // Between two acknowledgements a transaction is under way; spread the kill over its length.
        (0..round * 20_000).for_each(|turn| _ = std::hint::black_box(turn));
        writer.kill().unwrap();
        writer.wait().unwrap();
        acknowledged.extend(lines.filter_map(acks));
    }
    let book = Book::open(&path).unwrap();
    let there: Vec<_> = book.people().unwrap().into_iter().map(|person| person.id).collect();
    let lost: Vec<_> = acknowledged.iter().filter(|id| !there.contains(id)).collect();
    assert!(acknowledged.len() >= 36 && lost.is_empty(), "lost {lost:?} of {}", acknowledged.len());
    assert_eq!(book.check().unwrap(), []);
}

/// Read-only means nothing to root: then the second process is an ordinary user.
#[cfg(unix)]
#[test]
fn read_only_books_say_so() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for (name, file, folder_mode, says) in [
        ("file", 0o444, 0o777, "refused * 是只读的"),
        ("folder", 0o666, 0o555, "不能写入"),
        ("unreadable", 0o000, 0o777, "没有读取"),
    ] {
        let (folder, path) = in_folder();
        drop(book(&path));
        set(&path, file);
        let program = folder.path().join("program");
        fs::copy(this_program(), &program).unwrap();
        set(folder.path(), folder_mode);
        let mut command = child(&program, "open", &path);
        if fs::metadata(folder.path()).unwrap().uid() == 0 {
            command.uid(65534);
        }
        let answer = said(command);
        set(folder.path(), 0o755);
        assert!(says.split('*').all(|part| answer.contains(part)), "{name}: {answer}");
    }
}

#[cfg(unix)]
#[test]
fn a_book_that_went_away_takes_no_change() {
    type Case = (&'static str, fn(&Path));
    let cases: [Case; 3] = [
        ("deleted", |path| fs::remove_file(path).unwrap()),
        ("moved", |path| fs::rename(path, path.with_extension("moved")).unwrap()),
        ("replaced", |path| {
            fs::remove_file(path).unwrap();
            fs::write(path, "别的").unwrap();
        }),
    ];
    for (name, happen) in cases {
        let (_folder, path) = in_folder();
        let (mut book, body) = book(&path);
        happen(&path);
        let refused: Result<_, StoreError> =
            book.transact("测试", "录入", |change| change.insert_person(body, &applicant("甲")));
        assert!(matches!(refused, Err(StoreError::Gone(_))), "{name}");
    }
}

/// Everything that a person could read out of a book.
fn everything(book: &Book) -> String {
    let history = book.history(None).unwrap();
    let revisions: Vec<_> = history.iter().map(|line| book.revision(line.number).unwrap()).collect();
    format!("{:?}{:?}{:?}{history:?}{revisions:?}", book.notice_toml(), book.bodies(), book.people())
}

#[test]
fn one_changed_bit_is_noticed_wherever_it_counts() {
    let (_folder, path) = in_folder();
    let (mut made, body) = book(&path);
    let photo = b"the bytes of a photo".repeat(30);
    let person = add(&mut made, body, "张三");
    let put: Result<(), StoreError> = made.transact("王五", "放入照片", |change| {
        let photo = change.put_file(&photo, "jpg")?;
        change.update_person(person, &Applicant { photo, ..applicant("李四") })
    });
    put.unwrap();
    let key = made.person(person).unwrap().applicant.photo;
    let before = everything(&made);
    drop(made);
    let sound = fs::read(&path).unwrap();
    let (mut noticed, mut harmless) = (0, 0);
    let mut flip = |at: usize, must: Option<&str>| {
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, bytes).unwrap();
        let clean = Book::open_for_check(&path).is_ok_and(|book| {
            book.check().unwrap().is_empty() && {
                assert_eq!((everything(&book), book.file(&key).unwrap()), (before.clone(), photo.clone()), "byte {at}");
                true
            }
        });
        assert!(!(clean && must.is_some()), "byte {at} in {must:?}");
        if clean { harmless += 1 } else { noticed += 1 }
    };
    for at in (0..sound.len()).step_by(307) {
        flip(at, None);
    }
    for text in ["id = \"test\"", "王五", "放入照片", "张三", "李四", "示例协会", "330106198611020014", "of a photo"]
    {
        let at = sound.windows(text.len()).position(|window| window == text.as_bytes()).unwrap();
        flip(at + text.len() / 2, Some(text));
    }
    assert!(noticed > 8 && harmless > 0, "{noticed} noticed, {harmless} without effect");
}

#[test]
fn damaged_content_is_named_and_never_handed_out() {
    let (_folder, path) = in_folder();
    let (mut made, body) = book(&path);
    let person = add(&mut made, body, "张三");
    drop(made);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute("UPDATE revision SET content = replace(content, '张三', '章三') WHERE subject = 'person'", []).unwrap();
    drop(raw);
    let book = Book::open(&path).unwrap();
    let sentence = book.people().unwrap_err().to_string();
    assert!(sentence.contains("申报人 #1 的内容与存入时不符"), "{sentence}");
    assert!(book.person(person).unwrap_err().is_damage());
    let found: Vec<_> = book.check().unwrap().into_iter().map(|damage| damage.sentence).collect();
    assert_eq!(found, ["申报人 #1 的第 2 号修改记录与存入时不符。"]);
    let backup = path.with_file_name("备份.tuijian");
    assert!(matches!(book.backup_to(&backup), Err(StoreError::BackupDamaged { .. })));
    assert!(!backup.exists());
}

#[test]
fn a_backup_is_the_same_book() {
    let (folder, path) = in_folder();
    let (mut made, body) = book(&path);
    let person = add(&mut made, body, "甲");
    let backup = folder.path().join("备份.tuijian");
    fs::write(&backup, "旧备份").unwrap();
    made.backup_to(&backup).unwrap();
    let copy = Book::open(&backup).unwrap();
    assert_eq!(everything(&copy), everything(&made));
    add(&mut made, body, "乙");
    assert_eq!(copy.people().unwrap().len(), 1);
    assert_eq!(copy.person(person).unwrap(), made.person(person).unwrap());
    assert!(matches!(made.backup_to(&path), Err(StoreError::BackupOntoItself(_))));
    assert!(matches!(made.backup_to(folder.path()), Err(StoreError::NotAFile(_))));
    assert!(matches!(made.backup_to(&folder.path().join("无/册")), Err(StoreError::NoFolder(_))));
    let onto_an_open_book = made.backup_to(&backup);
    assert!(matches!(onto_an_open_book, Err(StoreError::Exists(_))), "{onto_an_open_book:?}");
    drop(copy);
    made.backup_to(&backup).unwrap();
    drop(made);
    assert_eq!(names_in(folder.path()), ["备份.tuijian", NAME]);
}

#[test]
fn undo_and_redo_go_by_whole_operations() {
    let (_folder, path) = in_folder();
    let (mut made, body) = book(&path);
    let both: Result<PersonId, StoreError> = made.transact("测试", "导入 2 人", |change| {
        change.insert_person(body, &applicant("甲"))?;
        change.insert_person(body, &applicant("乙"))
    });
    let second = both.unwrap();
    made.transact("测试", "改姓名", |change| change.update_person(second, &applicant("丙"))).unwrap();
    let after = made.people().unwrap();
    drop(made);

    let mut book = Book::open(&path).unwrap();
    assert_eq!(book.undoable().unwrap().as_deref(), Some("改姓名"));
    assert_eq!(book.undo("测试").unwrap().as_deref(), Some("改姓名"));
    assert_eq!(book.undo("测试").unwrap().as_deref(), Some("导入 2 人"));
    assert_eq!(book.people().unwrap(), []);
    assert_eq!(book.history(Some(second)).unwrap()[0].what, "撤销：导入 2 人");
    assert_eq!(book.redoable().unwrap().as_deref(), Some("导入 2 人"));
    assert_eq!(book.redo("测试").unwrap().as_deref(), Some("导入 2 人"));
    assert_eq!(book.redo("测试").unwrap().as_deref(), Some("改姓名"));
    assert_eq!(book.redo("测试").unwrap(), None);
    assert_eq!(book.people().unwrap(), after);
    book.undo("测试").unwrap();
    add(&mut book, body, "丁");
    assert_eq!(book.redoable().unwrap(), None, "a new change ends redo");
    assert_eq!(book.check().unwrap(), []);
}

/// A step of a random session; numbers pick among whoever is there.
#[derive(Clone, Debug)]
enum Step {
    AddBody,
    AddPerson(usize),
    Edit(usize, u8),
    EditBody(usize, u8),
    Move(usize, usize),
    Remove(usize),
    RemoveBody(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::AddBody),
        any::<usize>().prop_map(Step::AddPerson),
        (any::<usize>(), 0..3_u8).prop_map(|(who, what)| Step::Edit(who, what)),
        (any::<usize>(), 0..3_u8).prop_map(|(who, what)| Step::EditBody(who, what)),
        (any::<usize>(), any::<usize>()).prop_map(|(who, to)| Step::Move(who, to)),
        any::<usize>().prop_map(Step::Remove),
        any::<usize>().prop_map(Step::RemoveBody),
    ]
}

fn take(change: &mut Change<'_>, step: &Step) -> Result<(), StoreError> {
    let bodies: Vec<_> = change.bodies()?.into_iter().map(|body| body.id).collect();
    let people: Vec<_> = change.people()?.into_iter().map(|person| person.id).collect();
    let body = |pick: usize| (!bodies.is_empty()).then(|| bodies[pick % bodies.len()]);
    let person = |pick: usize| (!people.is_empty()).then(|| people[pick % people.len()]);
    match *step {
        Step::AddBody => change.insert_body(&association("新协会")).map(drop),
        Step::AddPerson(to) => body(to).map_or(Ok(()), |to| change.insert_person(to, &applicant("新人")).map(drop)),
        Step::Edit(who, what) => {
            person(who).map_or(Ok(()), |who| change.update_person(who, &applicant(&format!("改{what}"))))
        }
        Step::EditBody(who, what) => {
            body(who).map_or(Ok(()), |who| change.update_body(who, &association(&format!("改{what}"))))
        }
        Step::Move(who, to) => person(who).zip(body(to)).map_or(Ok(()), |(who, to)| change.move_person(who, to)),
        Step::Remove(who) => person(who).map_or(Ok(()), |who| change.remove_person(who)),
        Step::RemoveBody(who) => match body(who).map_or(Ok(()), |who| change.remove_body(who)) {
            Err(StoreError::HasPeople { .. }) => Ok(()),
            done => done,
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_all_gives_the_start_and_redoing_all_the_end(
        operations in prop::collection::vec(prop::collection::vec(step(), 1..4), 1..8),
    ) {
        let (_folder, path) = in_folder();
        let mut book = Book::create(&path, NOTICE).unwrap();
        for steps in &operations {
            let done: Result<(), StoreError> =
                book.transact("测试", "若干步", |change| steps.iter().try_for_each(|step| take(change, step)));
            done.unwrap();
        }
        let end = (book.bodies().unwrap(), book.people().unwrap());
        while book.undo("测试").unwrap().is_some() {}
        prop_assert_eq!((book.bodies().unwrap(), book.people().unwrap()), (vec![], vec![]));
        while book.redo("测试").unwrap().is_some() {}
        prop_assert_eq!((book.bodies().unwrap(), book.people().unwrap()), end);
        prop_assert_eq!(book.check().unwrap(), vec![]);
    }
}
