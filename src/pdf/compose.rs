//! Pages to printpdf's operations, item by item.

use std::sync::Arc;

use printpdf::{
    Color, CurTransMat, Greyscale, LineCapStyle, LineJoinStyle, LinePoint, Op, PdfDocument, PdfFontHandle, PdfPage,
    XObjectId, XObjectTransform,
};

use super::foreign::Source;
use super::picture;
use super::subset::Subsets;
use super::text::{self, Glyphs};
use super::{PdfError, Stop, go_on};
use crate::fonts::Fonts;
use crate::pages::{
    Document, ForeignPage, ForeignPdf, Image, Ink, Item, Line, Mm, Page, Picture, Point, Pt, Rect, Strokes, TextRun,
};

/// What is drawn, and what it draws on.
pub struct Composed {
    pub pdf: PdfDocument,
    /// The fonts' programs, by the name that the pages call the font by.
    pub programs: Vec<(String, Vec<u8>)>,
    /// Pictures by the name that the pages call them by, with the number of the first page that shows each.
    pub pictures: Vec<(String, Arc<Picture>, usize)>,
    /// The existing PDFs of which pages are shown.
    pub sources: Vec<Source>,
    /// Their pages, by name.
    pub foreign: Vec<Shown>,
}

/// A page of an existing PDF that ours show.
pub struct Shown {
    pub name: String,
    /// Index in [`Composed::sources`].
    pub source: usize,
    /// Index of the page in its file.
    pub page: usize,
    /// Number of the first page of ours that shows it, for errors.
    pub first: usize,
}

pub fn compose(fonts: &Fonts, document: &Document, stop: Stop<'_>) -> Result<Composed, PdfError> {
    if document.pages.is_empty() {
        return Err(PdfError::NoPages(document.title.clone()));
    }
    let mut composer = Composer {
        subsets: Subsets::new(fonts),
        files: Vec::new(),
        composed: Composed {
            pdf: PdfDocument::new(&document.title),
            programs: Vec::new(),
            pictures: Vec::new(),
            sources: Vec::new(),
            foreign: Vec::new(),
        },
        page: 0,
    };
    for (index, page) in document.pages.iter().enumerate() {
        go_on(stop)?;
        composer.page = index + 1;
        let page = composer.page(page)?;
        composer.composed.pdf.pages.push(page);
    }
    let mut composed = composer.composed;
    for (id, font, program) in composer.subsets.into_fonts()? {
        composed.programs.push((id.0.clone(), program));
        composed.pdf.resources.fonts.map.insert(id, font);
    }
    Ok(composed)
}

/// What several pages share.
struct Composer<'a> {
    subsets: Subsets<'a>,
    files: Vec<&'a ForeignPdf>,
    composed: Composed,
    page: usize,
}

impl<'a> Composer<'a> {
    fn page(&mut self, page: &'a Page) -> Result<PdfPage, PdfError> {
        let mut sheet = Sheet::new(page.height);
        for item in &page.items {
            match item {
                Item::Text(run) => self.text(&mut sheet, run)?,
                Item::Line(line) => sheet.line(line),
                Item::Strokes(strokes) => sheet.strokes(strokes),
                Item::Image(image) => self.image(&mut sheet, image),
                Item::ForeignPage(page) => self.foreign(&mut sheet, page)?,
                // Links are no drawing: they are added when all pages have their numbers.
                Item::Link(_) | Item::Area(_) => {}
            }
        }
        Ok(PdfPage { media_box: sheet_box(page), trim_box: sheet_box(page), crop_box: sheet_box(page), ops: sheet.ops })
    }

    fn text(&mut self, sheet: &mut Sheet, run: &TextRun) -> Result<(), PdfError> {
        if run.size.0 <= 0.0 || run.glyphs.is_empty() {
            return Ok(());
        }
        let shown = Glyphs::of(run, &mut self.subsets)?;
        sheet.text(run, shown);
        Ok(())
    }

    fn image(&mut self, sheet: &mut Sheet, image: &Image) {
        let picture = &image.picture;
        let pictures = &mut self.composed.pictures;
        let known = pictures.iter().position(|(_, other, _)| Arc::ptr_eq(other, picture) || other == picture);
        let index = known.unwrap_or_else(|| {
            pictures.push((format!("P{}", pictures.len()), Arc::clone(picture), self.page));
            pictures.len() - 1
        });
        sheet.object(format!("P{index}"), picture::matrix(sheet.rect(image.rect), picture.orientation));
    }

    fn foreign(&mut self, sheet: &mut Sheet, shown: &'a ForeignPage) -> Result<(), PdfError> {
        let error = |error| PdfError::Foreign { page: self.page, error };
        let file = shown.source.as_ref();
        let known = self.files.iter().position(|other| std::ptr::eq(*other, file) || *other == file);
        let source = match known {
            Some(index) => index,
            None => {
                self.composed.sources.push(Source::load(&file.bytes).map_err(error)?);
                self.files.push(file);
                self.files.len() - 1
            }
        };
        let frame = self.composed.sources[source].frame(shown.page).map_err(error)?;
        let known = self.composed.foreign.iter().find(|other| (other.source, other.page) == (source, shown.page));
        let name = match known {
            Some(known) => known.name.clone(),
            None => {
                let name = format!("D{}", self.composed.foreign.len());
                self.composed.foreign.push(Shown { name: name.clone(), source, page: shown.page, first: self.page });
                name
            }
        };
        sheet.object(name, frame.fitted(sheet.rect(shown.rect)));
        Ok(())
    }
}

fn sheet_box(page: &Page) -> printpdf::Rect {
    let length = |length: Mm| printpdf::Pt(rounded(length.pt().0));
    printpdf::Rect {
        x: printpdf::Pt(0.0),
        y: printpdf::Pt(0.0),
        width: length(page.width),
        height: length(page.height),
        mode: None,
        winding_order: None,
    }
}

/// The operations of one page. A state that the page is in already is not set again.
struct Sheet {
    height: f32,
    ops: Vec<Op>,
    font: Option<(usize, Pt)>,
    /// Points between characters.
    spacing: f32,
    ink: Ink,
    stroke_ink: Ink,
    stroke_width: Option<Pt>,
}

/// Decimals that a page needs: a hundredth of a point is 0.0035 mm.
fn rounded(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

fn grey(ink: Ink) -> Color {
    Color::Greyscale(Greyscale::new(ink.grey_level(), None))
}

impl Sheet {
    fn new(height: Mm) -> Self {
        Self {
            height: height.pt().0,
            // Square caps close the corners where two rules meet end to end.
            ops: vec![
                Op::SetLineCapStyle { cap: LineCapStyle::ProjectingSquare },
                Op::SetLineJoinStyle { join: LineJoinStyle::Round },
            ],
            font: None,
            spacing: 0.0,
            // A page starts in black (ISO 32000-1, table 52).
            ink: Ink::Black,
            stroke_ink: Ink::Black,
            stroke_width: None,
        }
    }

    /// A place in PDF's own measure: points, up from the lower left corner.
    fn point(&self, point: Point) -> printpdf::Point {
        printpdf::Point {
            x: printpdf::Pt(rounded(point.x.pt().0)),
            y: printpdf::Pt(rounded(self.height - point.y.pt().0)),
        }
    }

    /// Left, bottom, width and height in points.
    fn rect(&self, rect: Rect) -> [f32; 4] {
        [rect.left.pt().0, self.height - rect.bottom().pt().0, rect.width.pt().0, rect.height.pt().0].map(rounded)
    }

    fn text(&mut self, run: &TextRun, shown: Glyphs) {
        if run.ink != self.ink {
            self.ops.push(Op::SetFillColor { col: grey(run.ink) });
            self.ink = run.ink;
        }
        if shown.misread {
            let properties = text::actual_text(run);
            self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".into(), properties });
        }
        if shown.spacing != self.spacing {
            self.spacing = shown.spacing;
            self.ops.push(Op::SetCharacterSpacing { multiplier: shown.spacing });
        }
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetTextCursor { pos: self.point(run.at) });
        for (subset, items) in shown.parts {
            if self.font != Some((subset, run.size)) {
                self.font = Some((subset, run.size));
                self.ops.push(Op::SetFont {
                    font: PdfFontHandle::External(Subsets::id(subset)),
                    size: printpdf::Pt(run.size.0),
                });
            }
            self.ops.push(Op::ShowText { items });
        }
        self.ops.push(Op::EndTextSection);
        if shown.misread {
            self.ops.push(Op::EndMarkedContentWithProperties);
        }
    }

    fn line(&mut self, line: &Line) {
        self.pen(Ink::Black, line.width);
        self.polyline(&[line.from, line.to]);
    }

    fn strokes(&mut self, strokes: &Strokes) {
        self.pen(Ink::Grey, strokes.width);
        for polyline in &strokes.polylines {
            self.polyline(polyline);
        }
    }

    fn pen(&mut self, ink: Ink, width: Pt) {
        if self.stroke_ink != ink {
            self.stroke_ink = ink;
            self.ops.push(Op::SetOutlineColor { col: grey(ink) });
        }
        if self.stroke_width != Some(width) {
            self.stroke_width = Some(width);
            self.ops.push(Op::SetOutlineThickness { pt: printpdf::Pt(width.0) });
        }
    }

    fn polyline(&mut self, points: &[Point]) {
        let points = points.iter().map(|&point| LinePoint { p: self.point(point), bezier: false }).collect();
        self.ops.push(Op::DrawLine { line: printpdf::Line { points, is_closed: false } });
    }

    fn object(&mut self, name: String, matrix: [f32; 6]) {
        self.ops.push(Op::SaveGraphicsState);
        self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
        self.ops.push(Op::UseXobject { id: XObjectId(name), transform: XObjectTransform::default() });
        self.ops.push(Op::RestoreGraphicsState);
    }
}
