//! The last page: three opinions with room for their seals, and 评审情况, which the city fills in later.

use super::{Form, LABEL, LEFT_VALUE, LOOSE_LABEL, PROSE, ROOMY};
use crate::pages::sheet::{PORTRAIT, TOP};
use crate::pages::table::{Cell, Part, Row, SEAL_HEIGHT, SEAL_WIDTH, Seal, Section, Side, SideContent, Table, shares};
use crate::pages::text::{Block, Prepared, SMALLEST, Style};
use crate::pages::units::{Mm, Pt};

const LABEL_WIDTH: f32 = 34.0;
/// Least height of an opinion: the seal and a little air.
const OPINION: Mm = Mm(50.0);
const REVIEW_HEAD: Mm = Mm(13.0);
const REVIEW_FIGURES: Mm = Mm(24.0);
/// Edges of the review's figures.
const REVIEW_EDGES: [f32; 6] = [LABEL_WIDTH, 67.0, 91.5, 116.5, 141.5, 166.0];
const STEP: Pt = Pt(0.5);

/// The opinions that the record may hold, with label and field; the third is the city's own.
const EMPLOYER: &str = "所在单位\n推荐意见";
const BODY: &str = "区县（市）人力\n社保部门或市主\n管部门、行业协\n会（社团）意见";
const CITY: &str = "市人力社保部门\n审核意见";

impl Form<'_> {
    pub(super) fn opinions(&self) -> Table {
        let opinions = &self.applicant.opinions;
        // A freelancer has no employer to speak.
        let employer = (!self.applicant.is_freelancer()).then_some((opinions.employer.as_str(), "opinions.employer"));
        let cells = [(EMPLOYER, employer), (BODY, Some((opinions.body.as_str(), "opinions.body"))), (CITY, None)];
        let texts = cells.map(|(_, opinion)| self.typesetter.prepare(opinion.map_or("", |(text, _)| text), PROSE.role));
        let blocks = with_the_seals(&texts);
        let mut rows =
            cells.into_iter().zip(blocks).map(|((label, opinion), block)| self.opinion(label, opinion, block));
        let first: Vec<Row> = rows.by_ref().take(2).collect();
        let city: Vec<Row> = rows.collect();
        Table {
            sections: vec![
                Section { rows: first, ..Section::default() },
                self.review(),
                Section { rows: city, ..Section::default() },
            ],
            ruled: true,
        }
    }

    fn opinion(&self, label: &str, opinion: Option<(&str, &'static str)>, set: OpinionBlock) -> Row {
        let seal_label = self.typesetter.label("盖章：", &LEFT_VALUE, SEAL_WIDTH);
        let date = self.typesetter.label("年　　月　　日", &LEFT_VALUE, SEAL_WIDTH);
        let width = PORTRAIT.inner_width() - Mm(LABEL_WIDTH);
        let mut cell = Cell::flowing(Mm(LABEL_WIDTH), width, ROOMY, set.block).at_top();
        cell.reserve = set.reserve;
        cell.seal = Some(Seal { label: seal_label, date });
        if let Some((_, field)) = opinion {
            cell = cell.showing(Part::Whole, None, field);
        }
        let mut head = self.styled_label(0.0, LABEL_WIDTH, label, &LOOSE_LABEL);
        head.continued = Some(self.label_block(&format!("{label}\n（续）"), &LOOSE_LABEL, Mm(LABEL_WIDTH)));
        Row::new(set.height, vec![head, cell]).kept()
    }

    fn review(&self) -> Section {
        let width = |column: usize| REVIEW_EDGES[column + 1] - REVIEW_EDGES[column];
        let label = |column: usize, text: &str| self.label(REVIEW_EDGES[column], width(column), text);
        let rest = REVIEW_EDGES[5] - REVIEW_EDGES[1];
        let head = vec![label(0, "评委出席\n人　数"), self.label(REVIEW_EDGES[1], rest, "表　决　情　况")];
        let figures = vec![label(0, ""), label(1, "同　意"), label(2, ""), label(3, "反　对"), label(4, "")];
        let side = self.label_block("评　审\n情　况", &LABEL, Mm(LABEL_WIDTH));
        Section {
            rows: vec![Row::new(REVIEW_HEAD, head).kept(), Row::new(REVIEW_FIGURES, figures).kept()],
            side: Some(Side { left: Mm(0.0), width: Mm(LABEL_WIDTH), content: SideContent::Label(side), field: None }),
            ..Section::default()
        }
    }
}

struct OpinionBlock {
    block: Block,
    height: Mm,
    reserve: Mm,
}

/// Sets the opinions so that all stand on one page. Above the seals as wide as their cells, down to 9 pt where they must be
/// smaller; else also beside the seals, as wide as what is left there, down to 9 pt. What does not fit then stands above the
/// seal and runs on.
fn with_the_seals(texts: &[Prepared; 3]) -> [OpinionBlock; 3] {
    let total = PORTRAIT.content_bottom() - TOP - REVIEW_HEAD - REVIEW_FIGURES;
    let mut size = PROSE.size;
    while size >= SMALLEST {
        let style = Style { size, ..PROSE };
        let needs = texts.each_ref().map(|text| above(text, &style));
        if needs.iter().copied().sum::<Mm>() <= total {
            let mut heights = shares(&needs, total).into_iter();
            return texts.each_ref().map(|text| OpinionBlock {
                block: text.block(&style, &|_| text_width()),
                height: heights.next().unwrap_or(OPINION),
                reserve: Mm(0.0),
            });
        }
        size -= STEP;
    }
    let mut size = PROSE.size;
    while size >= SMALLEST {
        let style = Style { size, ..PROSE };
        let needs: Option<Vec<Mm>> = texts.iter().map(|text| need(text, &style, total - OPINION * 2.0)).collect();
        if let Some(needs) = needs.filter(|needs| needs.iter().copied().sum::<Mm>() <= total) {
            let mut heights = shares(&needs, total).into_iter();
            return texts.each_ref().map(|text| {
                let height = heights.next().unwrap_or(OPINION);
                let block = text.block(&style, &around(lines_above(height, &style)));
                OpinionBlock { block, height, reserve: Mm(0.0) }
            });
        }
        size -= STEP;
    }
    let style = Style { size: SMALLEST, ..PROSE };
    texts.each_ref().map(|text| OpinionBlock {
        block: text.block(&style, &|_| text_width()),
        height: OPINION,
        reserve: SEAL_HEIGHT,
    })
}

/// The least height of a cell that holds the text above its seal.
fn above(text: &Prepared, style: &Style) -> Mm {
    let lines = text.line_count(style, &|_| text_width());
    let height = style.size.mm() * style.pitch * lines as f32 + SEAL_HEIGHT + ROOMY.y;
    if lines == 0 || height < OPINION { OPINION } else { height }
}

/// The least height up to `most` of a cell that holds the text around its seal.
fn need(text: &Prepared, style: &Style, most: Mm) -> Option<Mm> {
    let pitch = style.size.mm() * style.pitch;
    let height_for = |lines: usize| pitch * lines as f32 + ROOMY.y * 2.0;
    if height_for(text.line_count(style, &|_| text_width())) > most {
        return None;
    }
    let holds = |height: Mm| height_for(text.line_count(style, &around(lines_above(height, style)))) <= height;
    let mut height = OPINION;
    while !holds(height) {
        height += pitch;
        if height > most {
            return None;
        }
    }
    Some(height)
}

/// How many lines stand above the seal's corner in a cell of that height.
fn lines_above(height: Mm, style: &Style) -> usize {
    ((height - SEAL_HEIGHT - ROOMY.y) / (style.size.mm() * style.pitch)).floor().max(0.0) as usize
}

/// The width of each line around the seal's corner.
fn around(above: usize) -> impl Fn(usize) -> Mm {
    move |line| if line < above { text_width() } else { text_width() - SEAL_WIDTH }
}

fn text_width() -> Mm {
    PORTRAIT.inner_width() - Mm(LABEL_WIDTH) - ROOMY.x * 2.0
}
