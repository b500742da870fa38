//! The cover: title, three underlined fields, issuing body and month. It bears no page number.

use super::{Form, Items};
use crate::fonts::Role;
use crate::pages::page::{FieldArea, Ink, Item, Line};
use crate::pages::sheet::{PORTRAIT, TOP};
use crate::pages::text::{Align, Block, Room, SMALLEST, Style};
use crate::pages::units::{Mm, Point, Pt, Rect};

const TITLE: Style = Style { role: Role::Title, size: Pt(26.0), pitch: 1.5, align: Align::Center, indent: false };
const LABEL: Style = Style { role: Role::Body, size: Pt(16.0), pitch: 1.4, align: Align::Left, indent: false };
const VALUE: Style = Style { align: Align::Center, ..LABEL };
const HINT: Style = Style { size: Pt(12.0), ..VALUE };

/// A longer value takes a further underlined line instead.
const VALUE_SMALLEST: Pt = Pt(12.0);

const TITLE_MIDDLE: Mm = Mm(80.0);
const LABEL_LEFT: Mm = Mm(50.0);
const LABEL_WIDTH: Mm = Mm(35.0);
const VALUE_LEFT: Mm = Mm(88.0);
const VALUE_WIDTH: Mm = Mm(82.0);
/// First field's underline.
const FIRST_RULE: Mm = Mm(148.0);
const BETWEEN_FIELDS: Mm = Mm(17.6);
/// From one underline of a field to its next.
const BETWEEN_LINES: Mm = Mm(11.0);
/// Long values begin higher, as far as this, and then stand closer, down to this part of the distances.
const HIGHEST_RULE: Mm = Mm(112.0);
const CLOSEST: f32 = 0.78;
/// The line box of a value stands on its underline.
const LINE_BOX: Mm = Mm(8.0);
const ISSUER_MIDDLE: Mm = Mm(239.0);
const MONTH_BELOW: Mm = Mm(14.0);

impl Form<'_> {
    /// One page; more only where a value is absurdly long.
    pub(super) fn cover(&self) -> Vec<Items> {
        let typesetter = &self.typesetter;
        let applicant = self.applicant;
        let mut pages = vec![Items::new()];
        let full = |middle: Mm| Rect::new(PORTRAIT.side, middle - LINE_BOX / 2.0, PORTRAIT.inner_width(), LINE_BOX);
        let room = |height: Mm, one_line_from: f32| Room {
            width: PORTRAIT.inner_width(),
            height,
            one_line_from: Some(Pt(one_line_from)),
            smallest: SMALLEST,
        };
        typesetter.fit(&self.notice.forms.application, &TITLE, room(Mm(40.0), 22.0)).draw_in(
            full(TITLE_MIDDLE),
            Ink::Black,
            last(&mut pages),
        );

        let value_room = Room {
            width: VALUE_WIDTH - Mm(2.0),
            height: LABEL.size.mm() * (LABEL.pitch * 2.0),
            one_line_from: Some(Pt(14.0)),
            smallest: VALUE_SMALLEST,
        };
        let employer = match applicant.employer.trim() {
            // The annex's own hint, as long as the line is empty.
            "" => typesetter.label("说明：须和单位公章相同", &HINT, value_room.width),
            _ => typesetter.fit(&applicant.employer, &VALUE, value_room),
        };
        let fields = [
            ("姓　　　　名", typesetter.name(&applicant.name, &VALUE, value_room), "name"),
            ("职业（工种）", typesetter.fit(&applicant.occupation, &VALUE, value_room), "occupation"),
            ("单　　　　位", employer, "employer"),
        ];
        let further: usize = fields.iter().map(|(_, value, _)| value.lines.len().saturating_sub(1)).sum();
        let needed = BETWEEN_FIELDS * fields.len() as f32 + BETWEEN_LINES * further as f32;
        let first = FIRST_RULE.min(HIGHEST_RULE.max(ISSUER_MIDDLE - needed));
        let closer = ((ISSUER_MIDDLE - first).0 / needed.0).clamp(CLOSEST, 1.0);
        let mut rule = first;
        for (label, value, field) in fields {
            rule = on_page(&mut pages, rule);
            let label = typesetter.label(label, &LABEL, LABEL_WIDTH);
            let label_box = Rect::new(LABEL_LEFT, rule - LINE_BOX, LABEL_WIDTH, LINE_BOX);
            label.draw_in(label_box, Ink::Black, last(&mut pages));
            let mut lines: Vec<Block> = value.into_lines().collect();
            if lines.is_empty() {
                lines.push(Block::empty());
            }
            for (index, line) in lines.into_iter().enumerate() {
                if index > 0 {
                    rule = on_page(&mut pages, rule + BETWEEN_LINES * closer);
                }
                let rect = Rect::new(VALUE_LEFT, rule - LINE_BOX, VALUE_WIDTH, LINE_BOX);
                let items = last(&mut pages);
                items.push(Item::Line(Line {
                    from: Point { x: VALUE_LEFT, y: rule },
                    to: Point { x: VALUE_LEFT + VALUE_WIDTH, y: rule },
                    width: Pt(0.75),
                }));
                items.push(Item::Area(FieldArea { rect, person: None, field: field.to_owned() }));
                line.draw_in(rect.inset_x(Mm(1.0)), Ink::Black, items);
            }
            rule += BETWEEN_FIELDS * closer;
        }

        let middle = on_page(&mut pages, rule.max(ISSUER_MIDDLE));
        let issuer = typesetter.fit(&self.notice.issuer, &VALUE, room(Mm(16.0), 12.0));
        issuer.draw_in(full(middle), Ink::Black, last(&mut pages));
        let middle = on_page(&mut pages, middle + MONTH_BELOW);
        let month = typesetter.fit(&self.notice.forms.month, &VALUE, room(Mm(8.0), 12.0));
        month.draw_in(full(middle), Ink::Black, last(&mut pages));
        pages
    }
}

/// Goes to a further page where `y` lies below the last place for content.
fn on_page(pages: &mut Vec<Items>, y: Mm) -> Mm {
    if y <= PORTRAIT.content_bottom() {
        return y;
    }
    pages.push(Items::new());
    TOP + LINE_BOX
}

fn last(pages: &mut Vec<Items>) -> &mut Items {
    if pages.is_empty() {
        pages.push(Items::new());
    }
    let index = pages.len() - 1;
    &mut pages[index]
}
