//! What comes into a book from outside: forms and records together, copies, photos; nobody twice, nothing overwritten in
//! silence.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tuijian::domain::{AttachmentKind, Person, RecommenderKind};
use tuijian::ops::{self, Action, Conflict, Copies, CopyFate, Cut, Intake, Lock, OpenBook, Pixels, Settlement};

const WHOSE: &str = "杭州市示范模具行业协会";

fn inbox(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbox").join(name)
}

fn demo_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/association").join(name)
}

fn forms() -> [PathBuf; 4] {
    ["01葛瑾川申报表.docx", "02闫㛃宁申报表.docx", "03欧阳叙白申报表.docx", "汇总表.xlsx"].map(inbox)
}

fn empty(folder: &TempDir) -> OpenBook {
    let recommender = serde_json::json!({ "name": WHOSE, "kind": "association" });
    let recommender = serde_json::from_value(recommender).unwrap();
    ops::new_book(&folder.path().join("册.tuijian"), "hangzhou-2021", &recommender).unwrap()
}

fn demo(folder: &TempDir) -> OpenBook {
    ops::demo(&folder.path().join("示范.tuijian"), RecommenderKind::Association).unwrap()
}

fn all(conflict: Conflict) -> Settlement {
    Settlement { conflict, ..Settlement::default() }
}

fn first(open: &OpenBook) -> Person {
    open.people().unwrap().remove(0)
}

fn take(open: &mut OpenBook, paths: &[PathBuf], settlement: &Settlement) -> ops::ImportReport {
    let intake = Intake::read(&open.reception().unwrap(), paths, None, None);
    let planned = intake.plan(open, settlement).unwrap();
    let done = intake.commit(open, settlement).unwrap();
    // What was shown is what came in.
    let fates = |report: &ops::ImportReport| -> Vec<(String, Action)> {
        report.people.iter().map(|line| (line.name.clone(), line.action)).collect()
    };
    assert_eq!(fates(&planned), fates(&done));
    done
}

#[test]
fn summary_and_applications_make_one_person_each() {
    let mut orders: Vec<Vec<PathBuf>> = vec![forms().to_vec(), forms().to_vec()];
    orders[1].reverse();
    for paths in orders {
        for conflict in [Conflict::Keep, Conflict::Replace, Conflict::Both] {
            let folder = TempDir::new().unwrap();
            let mut open = empty(&folder);
            let report = take(&mut open, &paths, &all(conflict));
            assert_eq!(report.people.len(), 6, "{report:?}");
            let people = open.people().unwrap();
            assert_eq!(people.len(), 3, "{conflict:?} {paths:?}");
            for person in &people {
                let a = &person.applicant;
                // From the application alone, and from the summary alone.
                assert!(!a.id_number.is_empty() && !a.honours_brief.is_empty() && !a.photo.is_none(), "{}", a.name);
            }
            // The same again brings nothing.
            let again = take(&mut open, &paths, &all(Conflict::Keep));
            assert!(again.people.iter().all(|line| line.action == Action::Same), "{again:?}");
            assert_eq!(open.people().unwrap(), people);
        }
    }
}

#[test]
fn the_application_goes_before_the_summary() {
    let mut found = Vec::new();
    for reversed in [false, true] {
        let folder = TempDir::new().unwrap();
        let mut open = empty(&folder);
        let mut paths = forms().to_vec();
        if reversed {
            paths.reverse();
        }
        take(&mut open, &paths, &all(Conflict::Keep));
        let mut people: Vec<_> = open.people().unwrap().into_iter().map(|person| person.applicant).collect();
        people.sort_by(|one, other| one.name.cmp(&other.name));
        found.push(people);
    }
    assert_eq!(found[0], found[1]);
}

/// A summary that says something else than the application does.
fn other_summary(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("另一份汇总表.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [["姓名", "性别", "联系电话", "现工作岗位"], ["葛瑾川", "男", "13000000000", "别的岗位"]];
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    book.save(&path).unwrap();
    path
}

#[test]
fn where_files_differ_the_application_stands_and_it_is_told() {
    for reversed in [false, true] {
        let folder = TempDir::new().unwrap();
        let mut open = empty(&folder);
        let mut paths = [inbox("01葛瑾川申报表.docx"), other_summary(&folder)];
        if reversed {
            paths.reverse();
        }
        let report = take(&mut open, &paths, &all(Conflict::Keep));
        assert_eq!(open.people().unwrap().len(), 1, "{report:?}");
        assert_eq!(first(&open).applicant.post, "设备维修电工");
        let told = report.people.iter().flat_map(|line| &line.differs).find(|one| one.field == "post").unwrap();
        let values = [told.before.as_str(), told.after.as_str()];
        assert_eq!(values, if reversed { ["别的岗位", "设备维修电工"] } else { ["设备维修电工", "别的岗位"] });
        assert_eq!(told.taken, reversed);
    }
}

#[test]
fn with_both_the_files_still_meet_in_one_second_person() {
    let folder = TempDir::new().unwrap();
    let mut open = demo(&folder);
    let mut changed = first(&open).applicant;
    changed.post = "另一岗位".into();
    let id = first(&open).id;
    ops::save(&mut open, id, &changed).unwrap();
    let settlement =
        Settlement { conflict: Conflict::Keep, of: BTreeMap::from([(id, Conflict::Both)]), ..Settlement::default() };
    let report = take(&mut open, &forms(), &settlement);
    let people = open.people().unwrap();
    assert_eq!(people.len(), 4, "{report:?}");
    assert_eq!(first(&open).applicant.post, "另一岗位", "what the book had stays");
    let told: Vec<Action> =
        report.people.iter().filter(|line| line.meets == Some(id)).map(|line| line.action).collect();
    assert_eq!(told, [Action::New, Action::Merged]);
}

#[test]
fn a_difference_is_told_and_settled_person_by_person() {
    let folder = TempDir::new().unwrap();
    let mut open = demo(&folder);
    let mut changed = first(&open).applicant;
    changed.post = "另一岗位".into();
    let id = first(&open).id;
    ops::save(&mut open, id, &changed).unwrap();
    let paths = [inbox("01葛瑾川申报表.docx")];
    let intake = Intake::read(&open.reception().unwrap(), &paths, None, None);
    for (conflict, action, taken) in [(Conflict::Keep, Action::Kept, false), (Conflict::Replace, Action::Changed, true)]
    {
        let settlement =
            Settlement { conflict: Conflict::Keep, of: BTreeMap::from([(id, conflict)]), ..Settlement::default() };
        let plan = intake.plan(&open, &settlement).unwrap();
        assert_eq!((plan.people[0].action, plan.people[0].meets), (action, Some(id)));
        let post = plan.people[0].differs.iter().find(|one| one.field == "post").unwrap();
        assert_eq!((post.name.as_str(), post.before.as_str(), post.taken), ("现工作岗位", "另一岗位", taken));
        assert_eq!(first(&open).applicant, changed, "a plan changes nothing");
    }
    let settlement =
        Settlement { conflict: Conflict::Keep, of: BTreeMap::from([(id, Conflict::Replace)]), ..Settlement::default() };
    intake.commit(&mut open, &settlement).unwrap();
    assert_eq!(first(&open).applicant.post, "设备维修电工");
    ops::undo(&mut open).unwrap();
    assert_eq!(first(&open).applicant.post, "另一岗位");
}

#[test]
fn namesakes_stay_two_and_are_told() {
    let folder = TempDir::new().unwrap();
    let mut open = demo(&folder);
    let mut changed = first(&open).applicant;
    changed.id_number = "339999198001010017".into();
    let id = first(&open).id;
    ops::save(&mut open, id, &changed).unwrap();
    let report = take(&mut open, &[inbox("01葛瑾川申报表.docx")], &all(Conflict::Keep));
    assert_eq!(report.people[0].action, Action::New);
    assert!(report.notes.iter().any(|note| note.note.contains("另有一位葛瑾川")), "{report:?}");
    assert_eq!(open.people().unwrap().len(), 4);
}

#[test]
fn who_is_under_another_recommender_already_is_told() {
    let folder = TempDir::new().unwrap();
    let mut open = demo(&folder);
    let other = serde_json::from_value(serde_json::json!({ "name": "另一协会", "kind": "association" })).unwrap();
    ops::add_recommender(&mut open, &other).unwrap();
    let into = open.bodies().unwrap()[1].id;
    let intake = Intake::read(&open.reception().unwrap(), &[inbox("01葛瑾川申报表.docx")], None, Some(into));
    let report = intake.commit(&mut open, &all(Conflict::Keep)).unwrap();
    assert_eq!(report.people[0].action, Action::New);
    assert_eq!(report.people[0].because, "另一个推荐单位名下已有此人，作为另一份加入");
    let told = |words: &str| report.notes.iter().any(|note| note.note.contains(words));
    assert!(told("册中“杭州市示范模具行业协会”名下已有葛瑾川的身份证号"), "{:?}", report.notes);
}

#[test]
fn forms_join_the_recommender_that_the_clerk_names() {
    let folder = TempDir::new().unwrap();
    let mut open = empty(&folder);
    let other = serde_json::from_value(serde_json::json!({ "name": "另一协会", "kind": "association" })).unwrap();
    ops::add_recommender(&mut open, &other).unwrap();
    let into = open.bodies().unwrap()[1].id;
    let path = [inbox("01葛瑾川申报表.docx")];
    let refused =
        Intake::read(&open.reception().unwrap(), &path, None, None).plan(&open, &all(Conflict::Keep)).unwrap();
    assert_eq!((refused.people.len(), refused.refused.len()), (0, 1));
    let intake = Intake::read(&open.reception().unwrap(), &path, None, Some(into));
    intake.commit(&mut open, &all(Conflict::Keep)).unwrap();
    assert_eq!(first(&open).recommender, into);
}

/// A zip as an office would send it, with a passphrase.
fn locked_package(folder: &TempDir) -> PathBuf {
    use std::io::Write;
    let path = folder.path().join("电子文档.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default().with_aes_encryption(zip::AesMode::Aes256, "口令一二");
    let record = serde_json::json!({ "format": "tuijian-record", "version": 1, "notice": "hangzhou-2021",
        "recommender": { "name": WHOSE, "kind": "association", "contact": "陆知远" },
        "applicants": [{ "name": "甲一", "id_number": "339999197803150318" }] });
    zip.start_file("record.json", options).unwrap();
    zip.write_all(record.to_string().as_bytes()).unwrap();
    zip.finish().unwrap();
    path
}

#[test]
fn a_locked_package_asks_for_its_passphrase() {
    let folder = TempDir::new().unwrap();
    let path = [locked_package(&folder)];
    let open = empty(&folder);
    for (passphrase, lock, people) in
        [(None, Lock::Locked, 0), (Some("不对"), Lock::WrongPassphrase, 0), (Some("口令一二"), Lock::None, 1)]
    {
        let intake = Intake::read(&open.reception().unwrap(), &path, passphrase, None);
        let report = intake.plan(&open, &all(Conflict::Keep)).unwrap();
        let told = report.refused.first().map_or(Lock::None, |refusal| refusal.lock);
        assert_eq!((told, report.people.len()), (lock, people), "{passphrase:?} {report:?}");
    }
}

#[test]
fn a_package_makes_its_own_book() {
    let folder = TempDir::new().unwrap();
    let records = [locked_package(&folder)];
    let notice = tuijian::rules::Notice::built_in()[0].1;
    let notice = tuijian::rules::Notice::read(notice).unwrap();
    let told = ops::contents(&notice, &records, Some("口令一二"));
    assert_eq!(told.people, ["甲一"]);
    assert_eq!(told.recommenders[0].name, WHOSE);
    let book = folder.path().join("来的.tuijian");
    assert!(ops::new_book_of(&book, "hangzhou-2021", &records, Some("不对")).is_err());
    assert!(!book.exists(), "no half-made book stays behind");
    let open = ops::new_book_of(&book, "hangzhou-2021", &records, Some("口令一二")).unwrap();
    assert_eq!(open.bodies().unwrap()[0].recommender.contact, "陆知远");
    assert_eq!(open.people().unwrap().len(), 1);
}

#[test]
fn forms_say_who_has_filled_them_in() {
    let notice = tuijian::rules::Notice::read(tuijian::rules::Notice::built_in()[0].1).unwrap();
    let told = ops::contents(&notice, &forms(), None);
    assert_eq!((told.records.len(), told.forms.len(), told.people.len()), (0, 4, 3), "{told:?}");
    assert!(told.named.iter().any(|words| !words.is_empty()), "{told:?}");
}

#[test]
fn a_row_of_the_summary_is_of_whom_its_application_is() {
    for turned in [false, true] {
        let folder = TempDir::new().unwrap();
        let mut open = empty(&folder);
        take(&mut open, &forms(), &all(Conflict::Keep));
        // Her firm was corrected since: the row, which has no identity number, no longer agrees with the book.
        let her = open.people().unwrap().remove(1);
        let corrected = tuijian::domain::Applicant { employer: "另一家公司".into(), ..her.applicant.clone() };
        ops::save(&mut open, her.id, &corrected).unwrap();
        let mut again = forms();
        if turned {
            again.reverse();
        }
        let report = take(&mut open, &again, &all(Conflict::Leave));
        assert_eq!(open.people().unwrap().len(), 3, "{turned}");
        assert!(report.notes.iter().all(|note| !note.note.contains("另有一位")), "{:?}", report.notes);
    }
}

#[test]
fn scans_that_come_with_forms_find_their_people() {
    let folder = TempDir::new().unwrap();
    let mut open = empty(&folder);
    let place = folder.path().join("来件");
    fs::create_dir_all(place.join("02闫㛃宁")).unwrap();
    for (from, to) in [
        ("scans/gejin-cert.jpg", "葛瑾川-高级技师证书.jpg"),
        ("scans/yan-cert.jpg", "02闫㛃宁/技师证.jpg"),
        ("photos/02.jpg", "02闫㛃宁/证件照.jpg"),
        ("scans/gejin-contest.pdf", "竞赛.pdf"),
    ] {
        fs::copy(demo_file(from), place.join(to)).unwrap();
    }
    let sorted = ops::sort(std::slice::from_ref(&place), None);
    let scans: Vec<PathBuf> = sorted.scans.into_iter().map(|scan| scan.path).collect();
    let intake =
        Intake::read(&open.reception().unwrap(), &forms(), None, None).with_copies(&open.reception().unwrap(), &scans);
    let report = intake.commit(&mut open, &all(Conflict::Keep)).unwrap();
    let fates: BTreeMap<String, CopyFate> = report
        .copies
        .iter()
        .map(|copy| (copy.path.file_name().unwrap().to_string_lossy().into_owned(), copy.fate))
        .collect();
    let expected = [
        ("葛瑾川-高级技师证书.jpg", CopyFate::Attached),
        ("技师证.jpg", CopyFate::Attached),
        ("证件照.jpg", CopyFate::Left),
        ("竞赛.pdf", CopyFate::Nobody),
    ];
    assert_eq!(fates, BTreeMap::from(expected.map(|(name, fate)| (name.to_owned(), fate))));
    let attached = first(&open).applicant.attachments;
    assert_eq!((attached.len(), attached[0].title.as_str()), (1, "高级技师证书"));
    assert_eq!(attached[0].kind, AttachmentKind::Certificate);
    assert!(!open.file(&attached[0].file).unwrap().is_empty());
    // One step back takes all of it away.
    ops::undo(&mut open).unwrap();
    assert!(open.people().unwrap().is_empty());
    // What nobody can be told of, the clerk says.
    let owners = BTreeMap::from([(place.join("竞赛.pdf"), "欧阳叙白".to_owned())]);
    let settlement = Settlement { owners, ..Settlement::default() };
    let report = intake.commit(&mut open, &settlement).unwrap();
    let told = report.copies.iter().find(|copy| copy.path.ends_with("竞赛.pdf")).unwrap();
    assert_eq!((told.name.as_str(), told.fate), ("欧阳叙白", CopyFate::Attached));
}

#[test]
fn files_are_sorted_by_what_they_are() {
    let folder = TempDir::new().unwrap();
    let open = demo(&folder);
    let place = folder.path().join("来件");
    fs::create_dir_all(place.join("01葛瑾川")).unwrap();
    for (from, to) in [
        (inbox("汇总表.xlsx"), "汇总表.xlsx"),
        (inbox("01葛瑾川申报表.docx"), "01葛瑾川/申报表.docx"),
        (demo_file("scans/gejin-cert.jpg"), "01葛瑾川/证书.jpg"),
        (demo_file("scans/gejin-contest.pdf"), "01葛瑾川/竞赛.pdf"),
    ] {
        fs::copy(from, place.join(to)).unwrap();
    }
    fs::write(place.join("Thumbs.db"), "x").unwrap();
    fs::write(place.join("~$申报表.docx"), "x").unwrap();
    fs::write(place.join("说明.txt"), "x").unwrap();
    fs::write(place.join("旧表.doc"), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]).unwrap();
    let book = folder.path().join("另一本.tuijian");
    fs::write(&book, "x").unwrap();
    let paths = [place.clone(), book.clone(), demo_file(""), open.path().to_owned(), folder.path().join("没有")];
    let sorted = ops::sort(&paths, Some(open.path()));
    assert_eq!(sorted.books, [book, open.path().to_owned()]);
    let expected = [place.join("01葛瑾川/申报表.docx"), place.join("汇总表.xlsx"), demo_file("")];
    assert_eq!(sorted.imports, expected);
    assert_eq!(sorted.scans.iter().map(|scan| scan.is_pdf).collect::<Vec<_>>(), [true, false]);
    let unusable: Vec<(String, bool)> = sorted
        .unusable
        .iter()
        .map(|refusal| {
            let name = refusal.path.file_name().unwrap().to_string_lossy().into_owned();
            (name, refusal.because.contains("请"))
        })
        .collect();
    let expected = ["旧表.doc", "说明.txt", "没有"].map(|name| (name.to_owned(), true));
    assert_eq!(unusable, expected);
    let single = ops::sort(&[demo_file("photos/01.jpg")], None);
    assert!(single.scans[0].size_px.is_some_and(|(width, height)| width < height), "{single:?}");
}

#[test]
fn a_folder_that_is_too_full_is_named_and_a_full_one_is_not() {
    let folder = TempDir::new().unwrap();
    let (few, full) = (folder.path().join("少"), folder.path().join("多"));
    // The folder itself is one of the 500 that are looked at.
    for (place, files) in [(&few, 3), (&full, 495)] {
        fs::create_dir(place).unwrap();
        (0..files).for_each(|number| fs::write(place.join(format!("{number}.jpg")), b"\xFF\xD8\xFF").unwrap());
    }
    let paths = [few, full.clone()];
    let sorted = ops::sort(&paths, None);
    assert_eq!((sorted.scans.len(), sorted.unusable.len()), (498, 0), "{:?}", sorted.unusable);
    fs::write(full.join("末.jpg"), b"\xFF\xD8\xFF").unwrap();
    let sorted = ops::sort(&paths, None);
    let told: Vec<_> = sorted.unusable.iter().map(|refusal| (&refusal.path, refusal.because.as_str())).collect();
    assert_eq!((sorted.scans.len(), told), (498, vec![(&full, "没有看完：一次只看 500 个文件，请选小一些的文件夹")]));
}

#[test]
fn good_copies_come_in_and_each_bad_one_is_named() {
    let folder = TempDir::new().unwrap();
    let mut open = demo(&folder);
    let id = first(&open).id;
    let before = first(&open).applicant.attachments.len();
    let bad = folder.path().join("坏的.pdf");
    fs::write(&bad, "%PDF-1.4 x").unwrap();
    let text = folder.path().join("说明.txt");
    fs::write(&text, "不是扫描件").unwrap();
    let good = folder.path().join("荣誉证书 先进工作者.jpg");
    fs::copy(demo_file("scans/gejin-honour.jpg"), &good).unwrap();
    let door = open.reception().unwrap();
    let (copies, refused) = Copies::read(&door, &[bad.clone(), good, text.clone()]).unwrap();
    assert!(refused.iter().all(|refusal| refusal.because.contains("请")), "{refused:?}");
    assert_eq!(refused.into_iter().map(|refusal| refusal.path).collect::<Vec<_>>(), [bad.clone(), text]);
    let said = ops::attach(&mut open, id, copies).unwrap();
    assert!(said.contains("1 个附件"), "{said}");
    let attachments = first(&open).applicant.attachments;
    assert_eq!(attachments.len(), before + 1);
    assert_eq!(attachments[before].title, "荣誉证书 先进工作者");
    assert_eq!(attachments[before].kind, AttachmentKind::Honour);
    let (nothing, refused) = Copies::read(&door, &[bad]).unwrap();
    assert_eq!((nothing.is_empty(), refused.len()), (true, 1));
}

#[test]
fn a_photo_is_cut_and_the_one_that_came_stays_in_history() {
    let folder = TempDir::new().unwrap();
    let mut open = demo(&folder);
    let id = first(&open).id;
    let came = first(&open).applicant.photo;
    let cut = Cut { quarter_turns: 1, left_px: 10, top_px: 20, width_px: 100, height_px: 140 };
    ops::cut_photo(&mut open, id, &came, &cut).unwrap();
    let photo = first(&open).applicant.photo;
    assert!(photo != came && photo.0.ends_with(".jpg"));
    let picture = image::load_from_memory(&open.file(&photo).unwrap()).unwrap();
    assert_eq!((picture.width(), picture.height()), (100, 140));
    // The clerk saw another photo than the one that is there.
    assert!(ops::cut_photo(&mut open, id, &came, &cut).unwrap_err().to_string().contains("已经更换"));
    ops::undo(&mut open).unwrap();
    assert_eq!(first(&open).applicant.photo, came);
    assert!(!open.file(&came).unwrap().is_empty());
    // The first photo takes nothing's place.
    let name = first(&open).applicant.name;
    let pixels = || Pixels { width_px: 1, height_px: 1, rgba: vec![0, 0, 0, 255] };
    assert_eq!(ops::set_photo(&mut open, id, None).unwrap(), format!("删去{name}的照片"));
    assert_eq!(ops::paste_photo(&mut open, id, pixels()).unwrap(), format!("放上{name}的照片"));
    assert_eq!(ops::paste_photo(&mut open, id, pixels()).unwrap(), format!("更换{name}的照片"));
}

#[test]
fn pictures_come_from_the_clipboard() {
    let folder = TempDir::new().unwrap();
    let mut open = demo(&folder);
    let id = first(&open).id;
    let pixels = || Pixels { width_px: 35, height_px: 49, rgba: [200, 10, 10, 255].repeat(35 * 49) };
    ops::paste_photo(&mut open, id, pixels()).unwrap();
    let photo = first(&open).applicant.photo;
    let picture = image::load_from_memory(&open.file(&photo).unwrap()).unwrap().to_rgb8();
    assert_eq!((picture.dimensions(), picture.get_pixel(3, 3).0), ((35, 49), [200, 10, 10]));
    ops::attach_pixels(&mut open, id, pixels()).unwrap();
    assert_eq!(first(&open).applicant.attachments.last().unwrap().file, photo);
    let broken = Pixels { width_px: 35, height_px: 49, rgba: vec![0] };
    assert!(ops::paste_photo(&mut open, id, broken).is_err());
}

/// A pipe is no file: whoever opens one waits for its other end.
#[cfg(unix)]
#[test]
fn a_pipe_among_the_files_holds_nothing_up() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("管道");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (done, sorted) = std::sync::mpsc::channel();
    let path = pipe.clone();
    std::thread::spawn(move || done.send(ops::sort(&[path], None)));
    let sorted = sorted.recv_timeout(std::time::Duration::from_secs(20)).expect("sorting waits for the pipe");
    assert_eq!(sorted.unusable.len(), 1, "{sorted:?}");
    assert!(sorted.books.is_empty() && sorted.unusable[0].path == pipe, "{sorted:?}");
}

/// Every door for files refuses the book that is open, by whatever name: else its lock would fall.
#[cfg(unix)]
#[test]
fn the_open_book_is_no_file_to_read() {
    let folder = TempDir::new().unwrap();
    let mut open = demo(&folder);
    let person = first(&open);
    let book = open.path().to_owned();
    let other_name = folder.path().join("另一个名字.jpg");
    fs::hard_link(&book, &other_name).unwrap();
    let link = folder.path().join("链接.json");
    std::os::unix::fs::symlink(&book, &link).unwrap();
    for path in [book.clone(), other_name, link] {
        let mut said = Vec::new();
        let (_, refused) = Copies::read(&open.reception().unwrap(), std::slice::from_ref(&path)).unwrap();
        said.extend(refused.into_iter().map(|refusal| refusal.because));
        let intake = Intake::read(&open.reception().unwrap(), std::slice::from_ref(&path), None, None);
        let intake = intake.with_copies(&open.reception().unwrap(), std::slice::from_ref(&path));
        let report = intake.plan(&open, &all(Conflict::Keep)).unwrap();
        said.extend(report.refused.into_iter().map(|refusal| refusal.because));
        said.push(ops::set_photo(&mut open, person.id, Some(&path)).unwrap_err().to_string());
        said.push(ops::edit(&mut open, &person, &[format!("photo={}", path.display())]).unwrap_err().to_string());
        assert_eq!(said.len(), 5, "{said:?}");
        assert!(said.iter().all(|because| because.contains("正在使用的推荐册")), "{said:?}");
    }
    // Another program finds it locked still.
    let other = std::process::Command::new(env!("CARGO_BIN_EXE_tuijian")).arg("--book").arg(&book).arg("list").output();
    assert_eq!(other.unwrap().status.code(), Some(4));
}

#[test]
fn filling_is_suggested_where_nothing_is_contradicted() {
    let folder = TempDir::new().unwrap();
    let mut open = demo(&folder);
    let people = open.people().unwrap();
    let (first, second) = (people[0].clone(), people[1].clone());
    // The first lacks something; the second lacks something too, and says another thing elsewhere.
    let mut bare = first.applicant.clone();
    (bare.post, bare.experience) = (String::new(), Vec::new());
    ops::save(&mut open, first.id, &bare).unwrap();
    let mut other = second.applicant.clone();
    (other.post, other.grade) = (String::new(), "特级技师".into());
    ops::save(&mut open, second.id, &other).unwrap();
    for source in [demo_file(""), inbox("01葛瑾川申报表.docx")] {
        let intake = Intake::read(&open.reception().unwrap(), &[source.clone(), inbox("汇总表.xlsx")], None, None);
        let mut settlement = all(Conflict::Leave);
        intake.suggest(&open, &mut settlement).unwrap();
        assert_eq!(settlement.suggested, Some(BTreeMap::from([(first.id, Conflict::Fill)])), "{}", source.display());
        let plan = intake.plan(&open, &settlement).unwrap();
        let mut told: Vec<&str> = plan
            .people
            .iter()
            .filter(|line| line.meets == Some(first.id))
            .flat_map(|line| &line.differs)
            .filter(|one| one.taken)
            .map(|one| one.field.as_str())
            .collect();
        told.dedup();
        assert_eq!(told, ["post", "experience"], "{}", source.display());
        // The others stay as they are, also by a form that knows them by name alone.
        let of_second = plan.people.iter().filter(|line| line.meets == Some(second.id));
        assert!(of_second.clone().all(|line| line.action == Action::Kept), "{plan:?}");
        // What the clerk says goes before what is suggested.
        settlement.of.insert(first.id, Conflict::Leave);
        let plan = intake.plan(&open, &settlement).unwrap();
        assert!(plan.people.iter().all(|line| line.action != Action::Changed), "{plan:?}");
    }
    // Filled in spite of a contradiction: what the book says stays.
    let fill = Settlement { of: BTreeMap::from([(second.id, Conflict::Fill)]), ..all(Conflict::Leave) };
    take(&mut open, &[demo_file("")], &fill);
    let filled = open.people().unwrap().remove(1).applicant;
    assert_eq!((&filled.post, filled.grade.as_str()), (&second.applicant.post, "特级技师"));
    let last = ops::history(&open, None).unwrap().remove(0);
    assert_eq!(last.what, "导入并补全 1 人的空栏");
}

#[test]
fn of_two_files_that_fill_the_greater_goes_first() {
    let folder = TempDir::new().unwrap();
    let mut open = demo(&folder);
    let known = first(&open);
    let mut bare = known.applicant.clone();
    (bare.honours_brief, bare.post) = (String::new(), String::new());
    ops::save(&mut open, known.id, &bare).unwrap();
    let settlement = Settlement { of: BTreeMap::from([(known.id, Conflict::Fill)]), ..all(Conflict::Leave) };
    for paths in [[inbox("汇总表.xlsx"), demo_file("")], [demo_file(""), inbox("汇总表.xlsx")]] {
        take(&mut open, &paths, &settlement);
        assert_eq!(first(&open).applicant, known.applicant);
        ops::undo(&mut open).unwrap();
    }
    // The summary has another post.
    let form = inbox("01葛瑾川申报表.docx");
    for paths in [[other_summary(&folder), form.clone()], [form, other_summary(&folder)]] {
        take(&mut open, &paths, &settlement);
        assert_eq!(first(&open).applicant.post, known.applicant.post, "{paths:?}");
        ops::undo(&mut open).unwrap();
    }
}

#[test]
fn an_import_tells_what_becomes_of_the_nominations() {
    let folder = TempDir::new().unwrap();
    let open = empty(&folder);
    let intake = Intake::read(&open.reception().unwrap(), &[demo_file("")], None, None);
    let plan = intake.plan(&open, &all(Conflict::Leave)).unwrap();
    let wanted =
        ops::Nominations { recommender: WHOSE.to_owned(), quota: 2, before: 0, after: 2, new: 2, has_reason: false };
    assert_eq!(plan.nominations, [wanted]);
    let other = TempDir::new().unwrap();
    let same = demo(&other);
    let again = Intake::read(&same.reception().unwrap(), &[demo_file("")], None, None);
    assert_eq!(again.plan(&same, &all(Conflict::Replace)).unwrap().nominations, []);
}
