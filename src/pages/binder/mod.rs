//! 装订册: everything that goes on paper, in binding order (notice 三（二）: 盖章后装订成册).
//!
//! Cover, contents, 材料清单, then the very pages that are printed separately, with one number running through. Every
//! document starts on the front of a sheet; an empty back is left blank and counted.

mod catalogue;
mod contents;
mod copies;
mod cover;

use std::sync::Arc;

pub use copies::ROOM as COPY_ROOM;

use super::page::{Document, ForeignPdf, Ink, OutlineEntry, Page, Picture};
use super::sheet::{PORTRAIT, Stamp};
use super::text::{Align, Style, Typesetter};
use super::units::{Mm, Pt, Rect};
use crate::domain::{PersonId, Recommender};
use crate::fonts::{Fonts, Role};
use crate::rules::Notice;

/// What one binder holds.
pub struct BinderParts<'a> {
    pub notice: &'a Notice,
    pub recommender: &'a Recommender,
    /// Annex 1 as it is printed separately.
    pub summary: Document,
    /// 推荐报告 as it is printed separately.
    pub report: Document,
    /// The nominated in order.
    pub people: Vec<PersonParts>,
    pub codes: SheetCodes,
}

/// 校验码 of the binder's own sheets that are told apart by a code of their own: a change elsewhere leaves them good. (A
/// copy has its own; the contents bear the code of the whole binder.)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetCodes {
    pub cover: Option<String>,
    pub catalogue: Option<String>,
}

/// What the binder holds of one person.
pub struct PersonParts {
    pub id: PersonId,
    pub name: String,
    /// Beside the name; empty for a freelancer.
    pub employer: String,
    /// Annex 2 as it is printed separately.
    pub application: Document,
    /// In binding order.
    pub copies: Vec<Copy>,
    /// Certificates of which no copy is needed: they can be verified online (notice 三（二）).
    pub online: Vec<String>,
}

/// A copy of a certificate or another proof.
pub struct Copy {
    pub title: String,
    pub content: CopyContent,
    /// 校验码 at the foot of each of its pages.
    pub code: Option<String>,
    /// Path of the attachment in the person's record.
    pub field: String,
}

/// A copy's pages.
#[derive(Clone, Debug)]
pub enum CopyContent {
    Picture(Arc<Picture>),
    /// Every page.
    Pdf(Arc<ForeignPdf>),
}

impl Copy {
    fn pages(&self) -> usize {
        match &self.content {
            CopyContent::Picture(_) => 1,
            CopyContent::Pdf(pdf) => pdf.pages.len(),
        }
    }
}

/// 小标宋, for contents and catalogue.
const TITLE: Style = Style { role: Role::Title, size: Pt(20.0), pitch: 1.4, align: Align::Center, indent: false };
const NUMBER: Style = Style { role: Role::Body, size: Pt(10.5), pitch: 1.2, align: Align::Right, indent: false };
/// Middle of the running number below the paper's upper edge.
const NUMBER_MIDDLE: Mm = Mm(14.0);
/// Side margin of the number on any paper.
const NUMBER_SIDE: Mm = Mm(22.0);

const CONTENTS: &str = "目录";
const CATALOGUE: &str = "材料清单";

/// The whole binder of one recommender. The stamp's code is that of the whole.
pub fn binder(fonts: &Fonts, parts: BinderParts, stamp: &Stamp) -> Document {
    let typesetter = Typesetter::new(fonts);
    let plan = Plan::of(&typesetter, &parts);
    let contents = contents::pages(&typesetter, &plan.entries);
    let catalogue = catalogue::pages(&typesetter, &parts, &plan);
    let outline = outline(&plan.entries);
    let sheet = |contents, code: &Option<String>| {
        let stamp = Stamp { code: code.clone(), draft: stamp.draft };
        PORTRAIT.stamped(&typesetter, String::new(), contents, &stamp, &|_, _| {}).pages
    };

    let title = format!("{} {}", cover::title(parts.notice), parts.recommender.name.trim());
    let mut sections = vec![
        sheet(vec![cover::page(&typesetter, &parts)], &parts.codes.cover),
        sheet(contents, &stamp.code),
        sheet(catalogue, &parts.codes.catalogue),
        parts.summary.pages,
        parts.report.pages,
    ];
    for person in parts.people {
        sections.push(person.application.pages);
        let copies: Vec<Page> = person
            .copies
            .iter()
            .flat_map(|copy| sheet(copies::pages(&typesetter, person.id, &person.name, copy), &copy.code))
            .collect();
        if !copies.is_empty() {
            sections.push(copies);
        }
    }
    let mut pages: Vec<Page> = Vec::new();
    for section in sections {
        if pages.len() % 2 == 1 {
            pages.extend(sheet(vec![Vec::new()], &None));
        }
        pages.extend(section);
    }
    for (index, page) in pages.iter_mut().enumerate().skip(1) {
        // A blank back bears nothing but, in a draft, the mark.
        if page.items.len() > usize::from(stamp.draft) {
            number(&typesetter, index + 1, page);
        }
    }
    let labels = (0..pages.len()).map(|index| if index == 0 { "封面".to_owned() } else { (index + 1).to_string() });
    Document { title, labels: labels.collect(), outline, pages }
}

/// 材料清单 by itself: the binder's own pages. The stamp's code is the catalogue's.
pub fn catalogue(fonts: &Fonts, parts: &BinderParts, stamp: &Stamp) -> Document {
    let typesetter = Typesetter::new(fonts);
    let pages = catalogue::pages(&typesetter, parts, &Plan::of(&typesetter, parts));
    let title = format!("{CATALOGUE} {}", parts.recommender.name.trim());
    PORTRAIT.stamped(&typesetter, title, pages, stamp, &|_, _| {})
}

/// The running number: upper right on the front of a sheet, upper left on its back.
fn number(typesetter: &Typesetter, number: usize, page: &mut Page) {
    let align = if number % 2 == 1 { Align::Right } else { Align::Left };
    let width = page.width - NUMBER_SIDE * 2.0;
    let line = Rect::new(NUMBER_SIDE, NUMBER_MIDDLE - Mm(3.0), width, Mm(6.0));
    typesetter.text(&number.to_string(), &Style { align, ..NUMBER }, width).draw_in(line, Ink::Black, &mut page.items);
}

/// A line of the contents, and a bookmark.
struct Entry {
    title: String,
    /// 0, or 1 for what belongs to a person.
    level: u8,
    /// Index of the page.
    page: usize,
}

/// Where everything stands, before it is drawn.
struct Plan {
    entries: Vec<Entry>,
    /// Blank backs included.
    pages: usize,
}

impl Plan {
    fn of(typesetter: &Typesetter, parts: &BinderParts) -> Self {
        // How long contents and catalogue are depends on their rows, not on the numbers in them.
        let first = Self::with(parts, 1, 1);
        let contents = contents::pages(typesetter, &first.entries).len();
        let catalogue = catalogue::pages(typesetter, parts, &first).len();
        Self::with(parts, contents, catalogue)
    }

    fn with(parts: &BinderParts, contents: usize, catalogue: usize) -> Self {
        let mut plan = Self { entries: Vec::new(), pages: 0 };
        plan.section(1);
        plan.section(contents);
        plan.entry(0, CATALOGUE, catalogue);
        plan.entry(0, &parts.notice.forms.summary, parts.summary.pages.len());
        plan.entry(0, &parts.notice.forms.report, parts.report.pages.len());
        for (number, person) in (1..).zip(&parts.people) {
            let start = plan.section(person.application.pages.len());
            plan.entries.push(Entry { title: format!("{number:02}　{}", person.name.trim()), level: 0, page: start });
            plan.entries.push(Entry { title: parts.notice.forms.application.clone(), level: 1, page: start });
            let pages = person.copies.iter().map(Copy::pages).sum();
            if pages == 0 {
                continue;
            }
            let mut page = plan.section(pages);
            for copy in &person.copies {
                plan.entries.push(Entry { title: copy.title.clone(), level: 1, page });
                page += copy.pages();
            }
        }
        plan
    }

    /// Takes the next front for a section of `pages` pages; gives the index of its first.
    fn section(&mut self, pages: usize) -> usize {
        let start = self.pages.next_multiple_of(2);
        self.pages = start + pages;
        start
    }

    fn entry(&mut self, level: u8, title: &str, pages: usize) {
        let page = self.section(pages);
        self.entries.push(Entry { title: title.to_owned(), level, page });
    }
}

/// Bookmarks: cover and contents, then what the contents list, each person's papers below the person.
fn outline(entries: &[Entry]) -> Vec<OutlineEntry> {
    let leaf = |title: &str, page: usize| OutlineEntry { title: title.to_owned(), page, children: Vec::new() };
    let mut outline = vec![leaf("封面", 0), leaf(CONTENTS, 2)];
    for entry in entries {
        let bookmark = leaf(&entry.title, entry.page);
        match outline.last_mut() {
            Some(person) if entry.level > 0 => person.children.push(bookmark),
            _ => outline.push(bookmark),
        }
    }
    outline
}
