//! print: what is written where, and when it is refused.

use std::fs;

use crate::program::Desk;

#[test]
fn the_same_content_gives_the_same_bytes() {
    let (one, two) = (Desk::with_sample("district"), Desk::with_sample("district"));
    for desk in [&one, &two] {
        desk.ok(&["print", "summary", "--out", "s.pdf"]);
        desk.ok(&["print", "application", "--out", "all.pdf"]);
        desk.ok(&["print", "application", "--out", "each/"]);
        desk.ok(&["print", "application", "--person", "任䶮", "--out", "one.pdf"]);
    }
    for name in ["s.pdf", "all.pdf", "each/03-任䶮-申报表.pdf", "one.pdf"] {
        assert!(fs::read(one.path(name)).unwrap() == fs::read(two.path(name)).unwrap(), "{name}");
    }
    assert!(fs::read(one.path("each/03-任䶮-申报表.pdf")).unwrap() == fs::read(one.path("one.pdf")).unwrap());
    assert_eq!(fs::read_dir(one.path("each")).unwrap().count(), 4);
}

#[test]
fn a_wrong_form_is_not_printed_but_a_draft_is() {
    let cases = [
        ("id_number=339999197803150310", "application", 1),
        ("id_number=339999197803150310", "summary", 0),
        ("honours_brief=", "application", 0),
        ("honours_brief=", "summary", 1),
        ("front_line=false", "application", 1),
        ("front_line=false", "summary", 1),
        ("native_place=\u{E123}", "application", 1),
        ("process.expert_review=null", "application", 0),
        ("attachments=[]", "application", 0),
    ];
    for (setting, document, code) in cases {
        let desk = Desk::with_sample("association");
        desk.ok(&["edit", "葛瑾川", "--set", setting]);
        if code == 0 {
            desk.ok(&["print", document, "--out", "x.pdf"]);
        } else {
            desk.refused(code, &["print", document, "--out", "x.pdf"], &["葛瑾川", "--draft"]);
            assert!(!desk.path("x.pdf").exists());
        }
        desk.ok(&["print", document, "--draft", "--out", "draft.pdf"]);
        assert!(desk.path("draft.pdf").is_file(), "{setting}");
    }
}

#[test]
fn nobody_nominated_means_nothing_to_print() {
    let desk = Desk::with_sample("association");
    desk.ok(&["withdraw", "#1"]);
    desk.ok(&["withdraw", "#2"]);
    desk.refused(1, &["print", "application", "--out", "x.pdf"], &["推荐"]);
    desk.ok(&["print", "application", "--person", "#1", "--out", "x.pdf"]);
}

#[test]
fn files_are_replaced_whole() {
    let desk = Desk::with_sample("association");
    desk.write("s.pdf", "旧");
    desk.ok(&["print", "summary", "--out", "s.pdf"]);
    assert!(fs::read(desk.path("s.pdf")).unwrap().starts_with(b"%PDF-1.7"));
    let names: Vec<_> = fs::read_dir(desk.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "no litter: {names:?}");
}

#[test]
fn notices_and_completions() {
    let desk = Desk::new();
    assert_eq!(desk.json(&["notices", "--json"])[0]["id"], "hangzhou-2021");
    let other = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/notices/test-lakeside-2031.toml");
    desk.ok(&["notice", "check", other]);
    desk.ok(&["new", "--notice", other, "--kind", "association", "--name", "某会"]);
    let faulty = desk.write("faulty.toml", "id = 5\n");
    let ran = desk.run(&["notice", "check", faulty.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains("faulty.toml") && ran.err.contains("第 1 行"), "{}", ran.err);
    for shell in ["bash", "zsh", "fish"] {
        assert!(desk.ok(&["completions", shell]).contains("tuijian"));
    }
    for arguments in [&["--help"][..], &["print", "--help"], &["import", "--help"], &["--version"]] {
        let help = desk.ok(arguments);
        for foreign in ["Usage", "OPTIONS", "Options", "default", "possible", "Print help"] {
            assert!(!help.contains(foreign), "{arguments:?}: {help}");
        }
    }
}

#[test]
fn a_print_never_takes_the_place_of_something_else() {
    let desk = Desk::with_sample("association");
    desk.ok(&["demo", "--book", "other", "--kind", "district"]);
    let before = (fs::read(desk.book()).unwrap(), fs::read(desk.path("other")).unwrap());
    desk.refused(2, &["print", "summary", "--out", "book.tuijian"], &[".pdf"]);
    desk.refused(2, &["print", "summary", "--out", "x.docx"], &[".pdf"]);
    desk.refused(3, &["print", "summary", "--out", "other"], &["换一个文件名"]);
    desk.refused(3, &["print", "summary", "--out", "/dev/null"], &["/dev/null"]);
    assert!(before == (fs::read(desk.book()).unwrap(), fs::read(desk.path("other")).unwrap()));
    desk.refused(2, &["print", "summary", "--recommender", "某协会", "--out", "x.pdf"], &["某协会"]);
}

#[test]
fn forms_of_an_earlier_print_are_named() {
    let desk = Desk::with_sample("association");
    desk.ok(&["print", "application", "--out", "forms/"]);
    desk.ok(&["withdraw", "葛瑾川"]);
    let ran = desk.run(&["print", "application", "--out", "forms/"]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.out.lines().count(), 1);
    for left in ["01-葛瑾川-申报表.pdf", "02-闫㛃宁-申报表.pdf"] {
        assert!(ran.err.contains(left), "{}", ran.err);
    }
    // One person's form bears the person's own number.
    desk.ok(&["nominate", "葛瑾川"]);
    desk.ok(&["print", "application", "--person", "闫㛃宁", "--out", "one/"]);
    assert!(desk.path("one/02-闫㛃宁-申报表.pdf").is_file());
}

#[test]
fn a_demonstration_that_cannot_be_exported_leaves_nothing() {
    let desk = Desk::new();
    desk.write("full/mine.txt", "我的文件");
    let ran = desk.run(&["demo", "--export", "full"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{}", ran.err);
    assert!(ran.err.lines().last().is_some_and(|line| line.contains("full")), "{}", ran.err);
    assert!(!desk.book().exists());
    // By the clock of that day the publicity is not over.
    let ran = desk.run_on("2021-07-06", &["demo", "--export", "set"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
    assert!(ran.err.contains("核对这台电脑的日期") && ran.err.contains("去掉 --export"), "{}", ran.err);
    assert!(!ran.err.contains("check 列出"), "there is no book to mend: {}", ran.err);
    assert!(!desk.book().exists() && !desk.path("set").exists());
    desk.run(&["demo", "--export", "set"]);
    assert!(desk.book().exists() && desk.path("set/record.json").is_file());
}

#[test]
fn misspelt_commands_are_recognised() {
    let desk = Desk::with_sample("association");
    for (words, likely) in [
        (&["chekc"][..], "是不是 check"),
        (&["improt", "../samples/association"], "是不是 import"),
        (&["check", "other.tuijian"], "--book other.tuijian"),
    ] {
        desk.refused(2, words, &[likely]);
    }
    desk.ok(&["demo", "--kind", "district", "--book", "other.tuijian"]);
    assert!(desk.ok(&["other.tuijian", "list"]).contains("裘松年"));
}
