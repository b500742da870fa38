//! The exported set as other people's programs see it: qpdf, poppler, Python's zipfile.

use std::process::Command;

use crate::export::tree;
use crate::outer;
use crate::program::Desk;

fn pdfs(desk: &Desk, folder: &str) -> Vec<std::path::PathBuf> {
    let files = tree(&desk.path(folder));
    files.keys().filter(|path| path.ends_with(".pdf")).map(|path| desk.path(folder).join(path)).collect()
}

#[test]
fn qpdf_finds_no_fault_in_any_pdf() {
    if !outer::have("qpdf") {
        return;
    }
    for kind in ["association", "district"] {
        let desk = Desk::with_sample(kind);
        desk.ok(&["export", "--out", "out"]);
        desk.ok(&["export", "--out", "draft", "--draft"]);
        for path in pdfs(&desk, "out").iter().chain(&pdfs(&desk, "draft")) {
            outer::run("qpdf", &["--check"], path, &[]);
        }
    }
}

#[test]
fn poppler_reads_the_binder_with_its_scans_and_codes() {
    if !outer::have("pdftotext") || !outer::have("pdffonts") {
        return;
    }
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "out"]);
    let binder = desk.path("out/05-装订册/装订册.pdf");
    let text = outer::run("pdftotext", &["-layout"], &binder, &["-"]);
    let pages: Vec<&str> = text.split('\u{C}').collect();
    assert_eq!(pages.len() - 1, 30);
    let list = crate::program::read_json(&desk.path("out/清单.json"));
    let code = |part: &str| {
        let files = list["files"].as_array().unwrap();
        let file = files.iter().find(|file| file["path"].as_str().unwrap().contains(part) && file["code"].is_string());
        file.unwrap()["code"].as_str().unwrap().to_owned()
    };
    // Page (from 1), and what stands on it.
    let listed = desk.json(&["recommender", "list", "--json"])[0].clone();
    let copies = desk.json(&["show", "葛瑾川", "--json"])["copies"].clone();
    let foot = |code: &serde_json::Value| format!("校验码 {}", code.as_str().unwrap());
    assert_eq!(foot(&listed["binder_code"]), format!("校验码 {}", code("装订册")));
    let cases: [(usize, Vec<String>); 9] = [
        (
            1,
            vec![
                "推荐材料".into(),
                "杭州市示范模具行业协会".into(),
                "推荐人数".into(),
                "（盖章）".into(),
                foot(&listed["cover_code"]),
            ],
        ),
        (3, vec!["目".into(), "材料清单".into(), "葛瑾川".into(), foot(&listed["binder_code"])]),
        (5, vec!["材料清单".into(), "合计".into(), "30 页".into(), foot(&listed["catalogue_code"])]),
        (7, vec!["填报单位".into(), format!("校验码 {}", code("汇总表"))]),
        (9, vec!["推荐报告".into(), format!("校验码 {}", code("推荐报告"))]),
        (14, vec!["葛瑾川".into(), format!("校验码 {}", code("01-葛瑾川"))]),
        (19, vec!["高级技师职业资格证书".into(), "与原件一致（盖章）".into(), foot(&copies[0]["code"])]),
        (20, vec!["全国技术能手荣誉证书".into(), foot(&copies[1]["code"])]),
        // A scan that came as PDF keeps its text.
        (21, vec!["全国电工职业技能竞赛获奖证书".into(), "获奖证书".into()]),
    ];
    for (page, words) in cases {
        for word in words {
            assert!(pages[page - 1].contains(&word), "page {page}: no “{word}” in {}", pages[page - 1]);
        }
    }
    assert!(!text.contains("草稿"));
    // Every page but the empty backs has a code.
    for (index, page) in pages.iter().enumerate() {
        assert_eq!(page.contains("校验码 "), !page.trim().is_empty(), "page {}", index + 1);
    }
    for line in
        outer::run("pdffonts", &[], &desk.path("out/03-推荐报告/杭州市首席技师认定推荐报告.pdf"), &[]).lines().skip(2)
    {
        assert!(line.contains(" yes yes yes "), "{line}");
    }
    desk.ok(&["export", "--out", "draft", "--draft"]);
    let draft = outer::run("pdftotext", &["-layout"], &desk.path("draft/05-装订册/装订册.pdf"), &["-"]);
    assert!(!draft.contains("校验码") && !draft.contains("草稿"));
}

#[test]
fn python_lists_the_zip_with_right_names() {
    if !outer::have("python3") {
        return;
    }
    let desk = Desk::with_sample("association");
    desk.ok(&["export", "--out", "out"]);
    let script = "import hashlib, json, sys, zipfile\n\
                  z = zipfile.ZipFile(sys.argv[1])\n\
                  assert z.testzip() is None\n\
                  listed = {f['path']: f['sha256'] for f in json.loads(z.read('清单.json'))['files']}\n\
                  for i in z.infolist():\n\
                  \x20   assert i.filename.isascii() or i.flag_bits & 0x800, i.filename\n\
                  \x20   assert i.filename == '清单.json' or hashlib.sha256(z.read(i)).hexdigest() == listed.pop(i.filename)\n\
                  assert not listed, listed\n";
    let zip = tree(&desk.path("out")).into_keys().find(|path| path.ends_with(".zip")).unwrap();
    let output = Command::new("python3").arg("-c").arg(script).arg(desk.path("out").join(zip)).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
