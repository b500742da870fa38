//! The binder's pages: order, duplex starts, numbers, bookmarks, links, copies.

use std::sync::Arc;

use tuijian::domain::{PersonId, Recommender, RecommenderKind};
use tuijian::fonts::Fonts;
use tuijian::pages::{
    BinderParts, Copy, CopyContent, Document, ForeignPdf, ForeignSize, Item, Mm, Page, PersonParts, Picture,
    PictureFormat, SheetCodes, Stamp, TextRun, binder, catalogue,
};
use tuijian::rules::Notice;

fn notice() -> Notice {
    Notice::read(Notice::built_in()[0].1).unwrap()
}

fn recommender() -> Recommender {
    Recommender {
        name: "杭州市示范模具行业协会".to_owned(),
        kind: RecommenderKind::Association,
        contact: String::new(),
        phone: String::new(),
        mobile: String::new(),
        address: String::new(),
        exception: String::new(),
        report: Default::default(),
        report_facts: Default::default(),
    }
}

/// A document of so many pages, each with a rule of its own so that pages can be told apart.
fn document(pages: usize, landscape: bool, mark: f32) -> Document {
    let (width, height) = if landscape { (Mm(297.0), Mm(210.0)) } else { (Mm(210.0), Mm(297.0)) };
    let page = |number: usize| Page {
        width,
        height,
        items: vec![Item::Area(tuijian::pages::FieldArea {
            rect: tuijian::pages::Rect::new(Mm(mark), Mm(number as f32), Mm(1.0), Mm(1.0)),
            person: None,
            field: "mark".to_owned(),
        })],
    };
    Document { title: "一份材料".to_owned(), pages: (0..pages).map(page).collect(), ..Document::default() }
}

fn picture(width_px: u32, height_px: u32, orientation: u8) -> CopyContent {
    let format = PictureFormat::Jpeg;
    CopyContent::Picture(Arc::new(Picture { bytes: Vec::new(), format, width_px, height_px, orientation }))
}

fn scan(pages: &[(f32, f32)]) -> CopyContent {
    let pages = pages.iter().map(|&(width, height)| ForeignSize { width: Mm(width), height: Mm(height) }).collect();
    CopyContent::Pdf(Arc::new(ForeignPdf { bytes: Vec::new(), pages }))
}

fn copy(title: &str, content: CopyContent) -> Copy {
    Copy {
        title: title.to_owned(),
        content,
        code: Some(format!("{:08X}", title.len())),
        field: "attachments[0]".to_owned(),
    }
}

fn person(name: &str, pages: usize, mark: f32, copies: Vec<Copy>) -> PersonParts {
    PersonParts {
        id: PersonId(1),
        name: name.to_owned(),
        employer: "杭州示范精密机械有限公司".to_owned(),
        application: document(pages, false, mark),
        copies,
        online: vec!["电工技师职业技能等级证书（编号 Y0001）".to_owned()],
    }
}

fn parts<'a>(notice: &'a Notice, recommender: &'a Recommender, people: Vec<PersonParts>) -> BinderParts<'a> {
    BinderParts {
        notice,
        recommender,
        summary: document(1, true, 1.0),
        report: document(3, false, 2.0),
        people,
        codes: SheetCodes { cover: Some("C0FE0001".to_owned()), catalogue: Some("CA7A0001".to_owned()) },
    }
}

fn two_people() -> Vec<PersonParts> {
    vec![
        person(
            "葛瑾川",
            6,
            3.0,
            vec![
                copy("高级技师证书", picture(2480, 3508, 1)),
                copy("荣誉证书", picture(3508, 2480, 6)),
                copy("竞赛证书", scan(&[(210.0, 297.0), (297.0, 210.0), (90.0, 50.0)])),
            ],
        ),
        person("闫㛃宁", 7, 4.0, Vec::new()),
    ]
}

fn runs(page: &Page) -> impl Iterator<Item = &TextRun> {
    page.items.iter().filter_map(|item| if let Item::Text(run) = item { Some(run) } else { None })
}

fn text(page: &Page) -> String {
    runs(page).map(TextRun::text).collect()
}

fn mark(page: &Page) -> Option<f32> {
    page.items.iter().find_map(|item| match item {
        Item::Area(area) if area.field == "mark" => Some(area.rect.left.0),
        _ => None,
    })
}

/// The running number and whether it stands on the right.
fn number(page: &Page) -> Option<(usize, bool)> {
    let at_top = |run: &&TextRun| (10.0..18.0).contains(&run.at.y.0);
    let run = runs(page).find(at_top)?;
    Some((run.text().parse().ok()?, run.at.x.0 > page.width.0 / 2.0))
}

#[test]
fn every_document_starts_on_a_front_under_one_running_number() {
    let (notice, recommender) = (notice(), recommender());
    let bound = binder(Fonts::shared().unwrap(), parts(&notice, &recommender, two_people()), &Stamp::default());
    let starts: Vec<(usize, f32)> = {
        let marks: Vec<Option<f32>> = bound.pages.iter().map(mark).collect();
        (0..marks.len())
            .filter(|&i| marks[i].is_some() && (i == 0 || marks[i - 1] != marks[i]))
            .map(|i| (i, marks[i].unwrap()))
            .collect()
    };
    // Cover 1, contents 3, catalogue 5, then summary, report, form, copies, form.
    assert_eq!(starts, [(6, 1.0), (8, 2.0), (12, 3.0), (24, 4.0)]);
    assert_eq!(bound.pages.len(), 31);
    let blank = [1, 3, 5, 7, 11, 23];
    for (index, page) in bound.pages.iter().enumerate() {
        let wanted = (index > 0 && !blank.contains(&index)).then_some((index + 1, index % 2 == 0));
        assert_eq!(number(page), wanted, "page {}", index + 1);
        assert_eq!(page.items.is_empty(), blank.contains(&index), "page {}", index + 1);
        assert_eq!(page.width.0 > page.height.0, index == 6, "page {}", index + 1);
    }
    assert_eq!(bound.labels.len(), 31);
    assert_eq!((bound.labels[0].as_str(), bound.labels[6].as_str()), ("封面", "7"));

    // The documents' pages are the very pages printed separately, plus the number.
    let separately = document(6, false, 3.0);
    for (offset, page) in separately.pages.iter().enumerate() {
        assert!(bound.pages[12 + offset].items.starts_with(&page.items));
        assert_eq!(bound.pages[12 + offset].items.len(), page.items.len() + 1);
    }
    let draft = Stamp { code: None, draft: true };
    let drafted = binder(Fonts::shared().unwrap(), parts(&notice, &recommender, two_people()), &draft);
    assert!(blank.iter().all(|&index| matches!(drafted.pages[index].items[..], [Item::Strokes(_)])));
}

#[test]
fn contents_bookmarks_and_catalogue_lead_to_the_right_pages() {
    let (notice, recommender) = (notice(), recommender());
    let bound = binder(Fonts::shared().unwrap(), parts(&notice, &recommender, two_people()), &Stamp::default());
    let wanted = [
        ("材料清单", 4),
        ("杭州市首席技师推荐申报人员汇总表", 6),
        ("杭州市首席技师认定推荐报告", 8),
        ("01　葛瑾川", 12),
        ("杭州市首席技师认定申报表", 12),
        ("高级技师证书", 18),
        ("荣誉证书", 19),
        ("竞赛证书", 20),
        ("02　闫㛃宁", 24),
        ("杭州市首席技师认定申报表", 24),
    ];
    let contents = &bound.pages[2];
    let links: Vec<usize> = contents
        .items
        .iter()
        .filter_map(|item| if let Item::Link(link) = item { Some(link.page) } else { None })
        .collect();
    assert_eq!(links, wanted.map(|(_, page)| page));
    let said = text(contents);
    for (title, page) in wanted {
        let line = said.split(title).nth(1).unwrap_or_else(|| panic!("no {title} in {said}"));
        // The next line's text follows without a space.
        let number = line.trim_start_matches('…');
        assert!(title.contains("申报表") || number.starts_with(&(page + 1).to_string()), "{title}: {number}");
    }
    let titles: Vec<(&str, usize, usize)> =
        bound.outline.iter().map(|entry| (entry.title.as_str(), entry.page, entry.children.len())).collect();
    assert_eq!(titles[..2], [("封面", 0, 0), ("目录", 2, 0)]);
    assert_eq!(titles[5..], [("01　葛瑾川", 12, 4), ("02　闫㛃宁", 24, 1)]);
    let children: Vec<usize> = bound.outline[5].children.iter().map(|entry| entry.page).collect();
    assert_eq!(children, [12, 18, 19, 20]);

    let list = text(&bound.pages[4]);
    for part in ["推荐单位：杭州市示范模具行业协会", "9–11", "13–18", "21–23", "25–31", "可网上校验", "共 31 页"]
    {
        assert!(list.contains(part), "no {part} in {list}");
    }
    let stamp = Stamp { code: Some("CA7A0001".to_owned()), draft: false };
    let alone = catalogue(Fonts::shared().unwrap(), &parts(&notice, &recommender, two_people()), &stamp);
    assert!(bound.pages[4].items.starts_with(&alone.pages[0].items));
}

#[test]
fn a_copy_stands_inside_the_margins_clear_of_caption_and_seal() {
    let (notice, recommender) = (notice(), recommender());
    let bound = binder(Fonts::shared().unwrap(), parts(&notice, &recommender, two_people()), &Stamp::default());
    // Width over height as it is seen; the last is a small card, which is not blown up.
    let wanted = [
        (18, 2480.0 / 3508.0, None),
        (19, 2480.0 / 3508.0, None),
        (20, 210.0 / 297.0, None),
        (21, 297.0 / 210.0, None),
        (22, 90.0 / 50.0, Some(90.0)),
    ];
    for (index, ratio, width) in wanted {
        let page = &bound.pages[index];
        let rect = page.items.iter().find_map(|item| match item {
            Item::Image(image) => Some(image.rect),
            Item::ForeignPage(page) => Some(page.rect),
            _ => None,
        });
        let rect = rect.unwrap();
        assert!((rect.width / rect.height - ratio).abs() < 0.01, "{index}");
        assert!(
            rect.left.0 >= 22.0 - 0.01 && rect.right().0 <= 188.01 && rect.top.0 >= 34.0 && rect.bottom().0 <= 228.0,
            "{index}: {rect:?}"
        );
        assert!(width.is_none_or(|width: f32| (rect.width.0 - width).abs() < 0.1), "{index}");
        let said = text(page);
        assert!(said.contains("葛瑾川") && said.contains("与原件一致（盖章）"), "{said}");
        // 45 × 45 are free below the copy but for the words that the seal is set on.
        assert!(275.0 - rect.bottom().0 >= 45.0, "{index}");
    }
    assert!(text(&bound.pages[21]).contains("共 3 页，第 2 页"));
}

#[test]
fn each_sheet_of_the_binders_own_bears_its_code_off_scan_and_seal() {
    let (notice, recommender) = (notice(), recommender());
    let stamp = |draft| Stamp { code: Some("B0000001".to_owned()), draft };
    let bound = binder(Fonts::shared().unwrap(), parts(&notice, &recommender, two_people()), &stamp(false));
    let code = |page: &Page| -> Vec<String> {
        let foot = |run: &&TextRun| run.text().starts_with("校验码 ");
        let codes: Vec<&TextRun> = runs(page).filter(foot).collect();
        // At the left of the foot, 8 pt: below the seal's room and the lowest place for content.
        assert!(codes.iter().all(|run| run.at.x.0 == 22.0 && run.at.y.0 > 277.0 && run.size.0 == 8.0));
        codes.iter().map(|run| run.text().replace("校验码 ", "")).collect()
    };
    let title = |title: &str| format!("{:08X}", title.len());
    let scan = title("竞赛证书");
    let wanted = [
        (0, "C0FE0001"),
        (2, "B0000001"),
        (4, "CA7A0001"),
        (18, &title("高级技师证书")),
        (19, &title("荣誉证书")),
        (20, &scan),
        (21, &scan),
        (22, &scan),
    ];
    for (index, page) in bound.pages.iter().enumerate() {
        let wanted = wanted.iter().find(|(page, _)| *page == index).map(|(_, code)| (*code).to_owned());
        // The forms of this test bear none; blank backs never do.
        assert_eq!(code(page), Vec::from_iter(wanted), "page {}", index + 1);
    }
    let draft = binder(Fonts::shared().unwrap(), parts(&notice, &recommender, two_people()), &stamp(true));
    assert!(draft.pages.iter().all(|page| code(page).is_empty()));
}

#[test]
fn long_contents_run_over_and_keep_their_numbers_right() {
    let (notice, recommender) = (notice(), recommender());
    let people = || {
        (0..8).map(|index| {
            let copies = (0..12).map(|copy_number| copy(&format!("第{index}人的第{copy_number}份获奖证书，名称长到一行里放不下，因此要在目录和清单里换行才能排完整"), picture(100, 100, 1)));
            person(&format!("示范{index}"), 5, 10.0 + index as f32, copies.collect())
        })
    };
    let bound = binder(Fonts::shared().unwrap(), parts(&notice, &recommender, people().collect()), &Stamp::default());
    let links: Vec<usize> = bound
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter_map(|item| if let Item::Link(link) = item { Some(link.page) } else { None })
        .collect();
    assert_eq!(links.len(), 3 + 8 * 14);
    for (index, person) in (0..8).enumerate() {
        let form = links[3 + index * 14];
        assert_eq!(mark(&bound.pages[form]), Some(10.0 + person as f32));
        for copy_number in 0..12 {
            let page = links[3 + index * 14 + 2 + copy_number];
            assert!(
                text(&bound.pages[page]).contains(&format!("第{person}人的第{copy_number}份")),
                "{index} {copy_number}"
            );
        }
    }
    for page in &bound.pages {
        assert!(runs(page).all(|run| run.at.y.0 < page.height.0 - 10.0));
    }
}

/// A JPEG of so many pixels, turned by an Exif orientation where that is not 1.
fn jpeg(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let picture = image::GrayImage::from_fn(width, height, |x, y| image::Luma([((x / 16 + y / 16) % 200) as u8]));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 70).encode_image(&picture).unwrap();
    if orientation > 1 {
        let mut exif = b"\xFF\xE1\0\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        bytes.splice(2..2, exif);
    }
    bytes
}

#[test]
fn pictures_go_to_print_as_received_up_to_twelve_megapixels() {
    use tuijian::exchange::gate::{for_print, receive};
    let most = (1961, 2268);
    // Width, height, orientation; then the upright size in print, or none for "as received".
    let cases = [
        ("a page at 300 dpi", 2480, 3508, 1, None),
        ("just twelve megapixels", 4000, 3000, 6, None),
        ("a page at 400 dpi", 3307, 4677, 1, Some((1604, 2268))),
        ("a wide one", 6000, 2400, 1, Some((1961, 784))),
        ("a turned one", 4677, 3307, 6, Some((1604, 2268))),
    ];
    for (case, width, height, orientation, wanted) in cases {
        let bytes = jpeg(width, height, orientation);
        receive(case, bytes.clone()).unwrap();
        let (printed, facts) = for_print(case, bytes.clone(), most).unwrap();
        assert_eq!(facts.orientation, orientation, "{case}");
        match wanted {
            None => assert!(printed == bytes && (facts.width_px, facts.height_px) == (width, height), "{case}"),
            Some(size) => {
                assert!(printed.len() < bytes.len(), "{case}");
                assert_eq!(facts.upright_size_px(), size, "{case}");
                // The same in every run.
                assert!(for_print(case, bytes, most).unwrap().0 == printed, "{case}");
            }
        }
    }
}
