//! The binder's cover.

use super::BinderParts;
use crate::fonts::Role;
use crate::pages::page::{FieldArea, Ink, Item, Line};
use crate::pages::sheet::PORTRAIT;
use crate::pages::table::{SEAL_HEIGHT, SEAL_WIDTH};
use crate::pages::text::{Align, Room, Style, Typesetter};
use crate::pages::units::{Mm, Point, Pt, Rect};
use crate::rules::Notice;

const TITLE: Style = Style { role: Role::Title, size: Pt(30.0), pitch: 1.6, align: Align::Center, indent: false };
const YEAR: Style = Style { role: Role::Kai, size: Pt(18.0), pitch: 1.4, align: Align::Center, indent: false };
const LABEL: Style = Style { role: Role::Body, size: Pt(16.0), pitch: 1.4, align: Align::Left, indent: false };
const VALUE: Style = Style { align: Align::Center, ..LABEL };

const TITLE_TOP: Mm = Mm(62.0);
const YEAR_MIDDLE: Mm = Mm(106.0);
const LABEL_LEFT: Mm = Mm(38.0);
const LABEL_WIDTH: Mm = Mm(30.0);
const VALUE_LEFT: Mm = Mm(70.0);
const VALUE_WIDTH: Mm = Mm(102.0);
const FIRST_RULE: Mm = Mm(150.0);
const BETWEEN: Mm = Mm(17.0);
const LINE_BOX: Mm = Mm(8.0);
/// Right edge and top of the seal's room.
const SEAL_RIGHT: Mm = Mm(178.0);
const SEAL_TOP: Mm = Mm(206.0);

/// 推荐材料, by the title that the notice confers.
pub fn title(notice: &Notice) -> String {
    format!("{}推荐材料", notice.award)
}

pub fn page(typesetter: &Typesetter, parts: &BinderParts) -> Vec<Item> {
    let mut items = Vec::new();
    let width = PORTRAIT.inner_width();
    let room = Room { width, height: Mm(40.0), one_line_from: None, smallest: Pt(18.0) };
    let title = typesetter.fit(&format!("{}\n推荐材料", parts.notice.award), &TITLE, room);
    title.draw(Point { x: PORTRAIT.side, y: TITLE_TOP }, Ink::Black, &mut items);
    let line = |middle: Mm| Rect::new(PORTRAIT.side, middle - LINE_BOX / 2.0, width, LINE_BOX);
    typesetter.label(&format!("{} 年度", parts.notice.year), &YEAR, width).draw_in(
        line(YEAR_MIDDLE),
        Ink::Black,
        &mut items,
    );

    let value_room = Room {
        width: VALUE_WIDTH - Mm(2.0),
        height: LABEL.size.mm() * (LABEL.pitch * 2.0),
        one_line_from: Some(Pt(14.0)),
        smallest: Pt(10.5),
    };
    let count = format!("{} 人", parts.people.len());
    let fields =
        [("推荐单位", parts.recommender.name.trim(), Some("recommender.name")), ("推荐人数", count.as_str(), None)];
    let mut rule = FIRST_RULE;
    for (label, value, field) in fields {
        let at = Rect::new(LABEL_LEFT, rule - LINE_BOX, LABEL_WIDTH, LINE_BOX);
        typesetter.label(label, &LABEL, LABEL_WIDTH).draw_in(at, Ink::Black, &mut items);
        for (index, block) in typesetter.fit(value, &VALUE, value_room).into_lines().enumerate() {
            if index > 0 {
                rule += Mm(11.0);
            }
            let at = Rect::new(VALUE_LEFT, rule - LINE_BOX, VALUE_WIDTH - Mm(2.0), LINE_BOX);
            items.extend(field.map(|field| Item::Area(FieldArea { rect: at, person: None, field: field.to_owned() })));
            block.draw_in(Rect { left: VALUE_LEFT + Mm(1.0), ..at }, Ink::Black, &mut items);
            items.push(Item::Line(Line {
                from: Point { x: VALUE_LEFT, y: rule },
                to: Point { x: VALUE_LEFT + VALUE_WIDTH, y: rule },
                width: Pt(0.7),
            }));
        }
        rule += BETWEEN;
    }

    let seal = Rect::new(SEAL_RIGHT - SEAL_WIDTH, SEAL_TOP, SEAL_WIDTH, SEAL_HEIGHT);
    for (text, middle) in [("（盖章）", 0.42), ("年　　月　　日", 0.8)] {
        let at = Rect::new(seal.left, seal.top + seal.height * middle - Mm(4.0), seal.width, Mm(8.0));
        typesetter.label(text, &VALUE, seal.width).draw_in(at, Ink::Black, &mut items);
    }
    items
}
