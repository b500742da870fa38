//! The forms as firms send them.

use super::*;
use tuijian::domain::{Applicant, ExperienceRow};
use tuijian::exchange::annex2;
use tuijian::rules::Notice;

fn inbox(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbox").join(name)).unwrap()
}

fn notice() -> Notice {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/notices/hangzhou-2021.toml");
    Notice::read(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What Annex 2 can hold of an applicant.
fn on_annex_2(whole: &Applicant) -> Applicant {
    Applicant {
        name: whole.name.clone(),
        sex: whole.sex.clone(),
        birth: whole.birth.clone(),
        id_number: whole.id_number.clone(),
        native_place: whole.native_place.clone(),
        political_status: whole.political_status.clone(),
        education: whole.education.clone(),
        work_started: whole.work_started.clone(),
        occupation: whole.occupation.clone(),
        grade: whole.grade.clone(),
        phone: whole.phone.clone(),
        post: whole.post.clone(),
        duty: whole.duty.clone(),
        employer: whole.employer.clone(),
        employer_address: whole.employer_address.clone(),
        experience: whole.experience.clone(),
        sections: whole.sections.clone(),
        ..Applicant::default()
    }
}

#[test]
fn the_applications_of_the_inbox_say_what_the_record_says() {
    let record = record::read(&demo("association")).unwrap();
    for (index, name) in ["01葛瑾川申报表.docx", "02闫㛃宁申报表.docx", "03欧阳叙白申报表.docx"].into_iter().enumerate()
    {
        let read = annex2::read(name, inbox(name), &notice()).unwrap();
        let whole = &record.applicants[index].applicant;
        assert_eq!(read.applicant, on_annex_2(whole), "{name}");
        assert_eq!(read.notes, Vec::<String>::new(), "{name}");
        assert_eq!(read.photo.as_ref(), record.files.get(&whole.photo), "{name}");
    }
}

/// A .docx around a body.
fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#
    );
    zips::zip_of(&[("word/document.xml", document.as_bytes())])
}

/// A table of cells; `|` parts paragraphs.
fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| {
        let paragraphs: String = text
            .split('|')
            .map(|line| format!("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>{line}</w:t></w:r></w:p>"))
            .collect();
        format!("<w:tc>{paragraphs}</w:tc>")
    };
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

#[test]
fn labels_are_found_however_they_are_written() {
    let body = [
        "<w:p><w:r><w:t>单　位：示范集团</w:t></w:r></w:p><w:p><w:r><w:t>第二分公司</w:t></w:r></w:p>".to_owned(),
        table(&[
            &["姓  名", "葛　川", "性别：男", "出生|年月", "1986.11"],
            &["职业(工种)|/等级", "电工", "联系 电话", "138 0000"],
            &["身份证号码", "339999", "备注", "随便"],
            &["起止年月", "何校何单位学习工作", "证明人"],
            &["1995年9月—1998年7月|1998.8至今", "一校|一厂", "甲|乙"],
            &["大约2000年", "二厂", ""],
        ]),
        table(&[
            &["个人总结（篇幅不够可加页）|第一段|第二段"],
            &["加页"],
            &["所在单位推荐意见", "同意推荐||盖章：|2021年7月1日"],
            &["市人力社保部门审核意见", "|盖章：|年  月  日"],
        ]),
        "<w:p><w:r><w:t>多余的话</w:t></w:r></w:p>".to_owned(),
        "<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>框里的话</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>框里的话</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>".to_owned(),
        "<w:p><w:del><w:r><w:delText>删掉的</w:delText></w:r></w:del></w:p>".to_owned(),
    ]
    .concat();
    let read = annex2::read("x.docx", docx(&body), &notice()).unwrap();
    let one = read.applicant;
    assert_eq!((one.name.as_str(), one.sex.as_str(), one.birth.as_str()), ("葛　川", "男", "1986.11"));
    assert_eq!((one.occupation.as_str(), one.grade.as_str(), one.phone.as_str()), ("电工", "", "138 0000"));
    assert_eq!((one.id_number.as_str(), one.employer.as_str()), ("339999", "示范集团第二分公司"));
    let row = |from: &str, to: Option<&str>, place: &str, witness: &str| ExperienceRow {
        from: from.into(),
        to: to.map(str::to_owned),
        place: place.into(),
        witness: witness.into(),
    };
    assert_eq!(
        one.experience,
        [
            row("1995年9月", Some("1998年7月"), "一校", "甲"),
            row("1998.8", None, "一厂", "乙"),
            row("大约2000年", Some(""), "二厂", ""),
        ]
    );
    assert_eq!(one.sections.summary.text, "第一段\n第二段\n加页");
    assert_eq!(one.opinions.employer, "同意推荐");
    for wanted in ["分出等级", "备注", "随便", "大约2000年", "2021年7月1日", "多余的话", "框里的话"]
    {
        assert_eq!(read.notes.iter().filter(|note| note.contains(wanted)).count(), 1, "{wanted}: {:?}", read.notes);
    }
    assert!(!read.notes.iter().any(|note| note.contains("删掉的")));
}

#[test]
fn what_is_no_application_is_refused_in_one_sentence() {
    let deep = format!("{}{}", "<w:a>".repeat(100), "</w:a>".repeat(100));
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"#;
    let with = |xml: &str| zips::zip_of(&[("word/document.xml", xml.as_bytes())]);
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("empty", vec![], "空文件"),
        ("text", b"hello".to_vec(), "zip"),
        ("another document", docx("<w:p><w:r><w:t>通知</w:t></w:r></w:p>"), "杭州市首席技师认定申报表"),
        ("a workbook", inbox("汇总表.xlsx"), "Word"),
        ("deep", docx(&deep), "嵌套过深"),
        ("entities", with(bomb), "DOCTYPE"),
        ("an unknown entity", docx("&lol;"), "损坏"),
        ("cut off", with("<w:document><w:body>"), "损坏"),
        ("not UTF-8", zips::zip_of(&[("word/document.xml", b"<w>\xFF</w>")]), "损坏"),
    ];
    for (case, bytes, wanted) in cases {
        let error = annex2::read("表.docx", bytes, &notice()).expect_err(case).to_string();
        check_sentence(case, &error, &["表.docx", wanted]);
    }
}

mod summaries {
    use super::*;
    use tuijian::exchange::annex1;

    fn on_annex_1(whole: &Applicant) -> Applicant {
        Applicant {
            name: whole.name.clone(),
            sex: whole.sex.clone(),
            birth: whole.birth.clone(),
            employer: whole.employer.clone(),
            post: whole.post.clone(),
            duty: whole.duty.clone(),
            occupation: whole.occupation.clone(),
            grade: whole.grade.clone(),
            honours_brief: whole.honours_brief.clone(),
            ..Applicant::default()
        }
    }

    #[test]
    fn the_summary_of_the_inbox_says_what_the_record_says() {
        let record = record::read(&demo("association")).unwrap();
        // The .xls is the same sheet, saved as such by LibreOffice.
        for name in ["汇总表.xlsx", "汇总表.xls"] {
            let read = annex1::read(name, inbox(name), &notice()).unwrap();
            let wanted: Vec<Applicant> = record.applicants.iter().map(|row| on_annex_1(&row.applicant)).collect();
            assert_eq!(read.applicants, wanted, "{name}");
            assert_eq!(read.notes, Vec::<String>::new(), "{name}");
            let body = &record.recommenders[0];
            assert_eq!(
                [&read.recommender, &read.contact, &read.phone, &read.mobile],
                [&body.name, &body.contact, &body.phone, &body.mobile],
                "{name}"
            );
        }
    }

    /// Spread heads, hints left in, dates that Excel made, merged employers, a formula, a text over two records.
    #[test]
    fn sheets_are_read_however_they_are_filled() {
        for name in ["各种写法.xlsx", "各种写法.xls"] {
            let read = annex1::read(name, inbox(name), &notice()).unwrap();
            let [one, two] = &read.applicants[..] else { panic!("{name}: {:?}", read.applicants) };
            assert_eq!(
                (one.name.as_str(), one.birth.as_str(), one.employer.as_str()),
                ("甲乙", "1978-03", "示范一厂"),
                "{name}"
            );
            assert_eq!(one.honours_brief, format!("{}{}末", "长".repeat(5000), "A".repeat(3000)), "{name}");
            assert_eq!(
                (two.name.as_str(), two.birth.as_str(), two.employer.as_str()),
                ("丙丁𠮷", "1986.1", "示范一厂"),
                "{name}"
            );
            // LibreOffice leaves the value of a formula out of an .xls.
            let grade = if name.ends_with("xlsx") { "高级技师" } else { "0" };
            assert_eq!(two.grade, grade, "{name}");
            assert_eq!(
                [&read.recommender, &read.contact, &read.phone, &read.mobile],
                ["示范集团", "陆知远", "0571-1", "13900000001"],
                "{name}"
            );
            for wanted in ["备注", "1986.10", "无名的话", "说明"] {
                assert_eq!(
                    read.notes.iter().filter(|note| note.contains(wanted)).count(),
                    1,
                    "{name} {wanted}: {:?}",
                    read.notes
                );
            }
            assert_eq!(read.notes.len(), 4, "{name}: {:?}", read.notes);
        }
    }

    const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"#;
    const WORKBOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="甲" r:id="r1"/></sheets></workbook>"#;

    fn xlsx(rows: &str, strings: &str) -> Vec<u8> {
        merged(rows, strings, &[])
    }

    fn merged(rows: &str, strings: &str, areas: &[&str]) -> Vec<u8> {
        let areas: String = areas.iter().map(|area| format!(r#"<mergeCell ref="{area}"/>"#)).collect();
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData><mergeCells>{areas}</mergeCells></worksheet>");
        zips::zip_of(&[
            ("xl/workbook.xml", WORKBOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
            ("xl/sharedStrings.xml", strings.as_bytes()),
        ])
    }

    /// Rows of cells from A1; an empty text is no cell.
    fn grid(rows: &[&[&str]], areas: &[&str]) -> Vec<u8> {
        let row = |(number, cells): (usize, &&[&str])| {
            let cell = |(column, text): (u8, &&str)| match *text {
                "" => String::new(),
                text => {
                    let column = char::from(b'A' + column);
                    format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#)
                }
            };
            let cells: String = (0..).zip(*cells).map(cell).collect();
            format!(r#"<row r="{number}">{cells}</row>"#)
        };
        merged(&(1..).zip(rows).map(row).collect::<String>(), "", areas)
    }

    #[test]
    fn a_person_over_several_rows_is_one_person() {
        let heads: &[&str] = &["序号", "姓名", "单位", "行政职务", "等级", "获得荣誉"];
        let first: &[&str] = &["1", "甲乙", "示范一厂", "班长", "技师", "2019年市劳模"];
        let second: &[&str] = &["2", "丙丁", "", "", "高级技师", "2018年省能手"];
        // What stands where, which areas are merged, then the people (name, employer, duty, honours) and the notes.
        type Person = [&'static str; 4];
        type Case<'a> = (&'a str, Vec<&'a [&'a str]>, &'a [&'a str], &'a [Person], &'a [&'a str]);
        let cases: [Case<'_>; 5] = [
            (
                "two lines of honours",
                vec![heads, first, &["", "", "", "", "", "2020年市首席"], second],
                &["A2:A3", "B2:B3", "C2:C4", "D2:D3", "E2:E3"],
                &[["甲乙", "示范一厂", "班长", "2019年市劳模\n2020年市首席"], ["丙丁", "示范一厂", "", "2018年省能手"]],
                &[],
            ),
            (
                "honours in one cell",
                vec![heads, first, &[]],
                &["B2:B3", "F2:F3"],
                &[["甲乙", "示范一厂", "班长", "2019年市劳模"]],
                &[],
            ),
            (
                "a second duty",
                vec![heads, first, &["", "", "", "书记"]],
                &["B2:B3"],
                &[["甲乙", "示范一厂", "班长", "2019年市劳模"]],
                &["甲乙的行政职务有两种写法“班长”和“书记”"],
            ),
            (
                "heads over two rows",
                vec![heads, &["", "", "", "", "", "名称"], first],
                &["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2"],
                &[["甲乙", "示范一厂", "班长", "2019年市劳模"]],
                &["第 2 行没有姓名，未导入：名称"],
            ),
            (
                "an empty row of a merged employer",
                vec![heads, first, &[], second],
                &["C2:C4"],
                &[["甲乙", "示范一厂", "班长", "2019年市劳模"], ["丙丁", "示范一厂", "", "2018年省能手"]],
                &[],
            ),
        ];
        for (case, rows, areas, people, notes) in cases {
            let read = annex1::read("表.xlsx", grid(&rows, areas), &notice()).unwrap();
            let found: Vec<[&str; 4]> = read
                .applicants
                .iter()
                .map(|one| [&one.name, &one.employer, &one.duty, &one.honours_brief].map(String::as_str))
                .collect();
            assert_eq!(found, people, "{case}");
            assert_eq!(read.notes.len(), notes.len(), "{case}: {:?}", read.notes);
            for (note, wanted) in read.notes.iter().zip(notes) {
                assert!(note.contains(wanted), "{case}: {note}");
            }
        }
    }

    #[test]
    fn two_columns_for_one_thing_are_not_glued_together() {
        let heads: &[&str] = &["姓名", "联系电话", "手机", "职业", "工种", "单位", "工作单位"];
        let person: &[&str] = &["甲乙", "0571-1", "13900000001", "电工", "维修电工", "示范一厂", "示范一厂"];
        let foot: &[&str] = &["填报人：", "陆知远", "联系电话：", "0571-2", "手机：", "13900000002"];
        let read = annex1::read("表.xlsx", grid(&[heads, person, foot], &[]), &notice()).unwrap();
        let [one] = &read.applicants[..] else { panic!("{:?}", read.applicants) };
        assert_eq!([&one.phone, &one.occupation, &one.employer], ["0571-1", "电工", "示范一厂"]);
        assert_eq!([&read.phone, &read.mobile], ["0571-2", "13900000002"]);
        assert_eq!(
            read.notes,
            [
                "甲乙的手机有两种写法“0571-1”和“13900000001”，已取前一种，请核对",
                "甲乙的工种有两种写法“电工”和“维修电工”，已取前一种，请核对",
            ]
        );
    }

    #[test]
    fn hostile_workbooks_are_refused_soon() {
        let corners = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
        let strings = format!("<sst uniqueCount='4611686018427387904'><si><t>{}</t></si></sst>", "长".repeat(300_000));
        let same: String = (0..3_000).map(|row| format!(r#"<c r="A{}" t="s"><v>0</v></c>"#, row + 1)).collect();
        let many: String = (0..50_001).map(|number| format!("<c><v>{}</v></c>", number * 7919 % 1_000_003)).collect();
        let xls = inbox("汇总表.xls");
        // Every chain of sectors leads back to the same sector.
        let mut looping = xls.clone();
        let table = 512 * (1 + usize::from(looping[76]));
        for at in (table..table + 512).step_by(4) {
            looping[at..at + 4].copy_from_slice(&1u32.to_le_bytes());
        }
        let long = format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>"#, "长".repeat(300_000));
        // Each area begins where the one before ends.
        let chain: Vec<String> = (0..600).map(|link| format!("A{}:A{}", link * 100 + 1, link * 100 + 101)).collect();
        let chain: Vec<&str> = chain.iter().map(String::as_str).collect();
        let middle = format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>"#, "长".repeat(1_000));
        let cases: [(&str, Vec<u8>, &str); 13] = [
            ("a long text in a merged area", merged(&long, "", &["A1:A101"]), "单元格过多"),
            ("merged areas in a chain", merged(&middle, "", &chain), "单元格过多"),
            ("empty", vec![], "空文件"),
            ("text", b"name,sex".to_vec(), "不是 Excel"),
            ("html", b"<html><table>".to_vec(), "不是 Excel"),
            ("two corners", xlsx(corners, ""), "栏目"),
            ("a long text named often", xlsx(&same, &strings), "单元格过多"),
            ("too many cells", xlsx(&many, ""), "单元格过多"),
            ("a missing text", xlsx(r#"<c t="s"><v>7</v></c>"#, ""), "损坏"),
            ("a document", inbox("01葛瑾川申报表.docx"), "不是 Excel"),
            ("xls cut", xls[..xls.len() / 2].to_vec(), "请"),
            ("xls head only", xls[..600].to_vec(), "损坏"),
            ("xls with endless chains", looping, "损坏"),
        ];
        for (case, bytes, wanted) in cases {
            let start = Instant::now();
            let error = annex1::read("表.xls", bytes, &notice()).expect_err(case).to_string();
            check_sentence(case, &error, &["表.xls", wanted]);
            assert!(start.elapsed() < Duration::from_secs(5), "{case}: {:?}", start.elapsed());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn damaged_forms_never_panic(which in 0..4usize, at in any::<prop::sample::Index>(), noise in prop::collection::vec(any::<u8>(), 1..12)) {
            let name = ["汇总表.xls", "各种写法.xls", "汇总表.xlsx", "01葛瑾川申报表.docx"][which];
            let mut bytes = inbox(name);
            let at = at.index(bytes.len());
            for (byte, noise) in bytes[at..].iter_mut().zip(noise) {
                *byte = noise;
            }
            let refusal = if which == 3 {
                annex2::read("x", bytes, &notice()).err()
            } else {
                annex1::read("x", bytes, &notice()).err()
            };
            if let Some(error) = refusal {
                check_sentence("damaged", &error.to_string(), &["x"]);
            }
        }
    }
}
