//! Where a page stands on the screen, and which field stands where on the page.

use eframe::egui::{self, Pos2, pos2, vec2};

use crate::domain::PersonId;
use crate::pages::{FieldArea, Item, Mm, Page, Point, Rect};

/// A page's upper left corner and its scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placement {
    /// In egui's points.
    pub origin: Pos2,
    /// egui's points for one millimetre of paper.
    pub points_per_mm: f32,
}

impl Placement {
    /// A page as wide as `width` points.
    pub fn fit_width(page: &Page, origin: Pos2, width: f32) -> Self {
        Self { origin, points_per_mm: width / page.width.0.max(1.0) }
    }

    /// The paper.
    pub fn paper(&self, page: &Page) -> egui::Rect {
        egui::Rect::from_min_size(self.origin, vec2(page.width.0, page.height.0) * self.points_per_mm)
    }

    pub fn to_screen(&self, point: Point) -> Pos2 {
        self.origin + vec2(point.x.0, point.y.0) * self.points_per_mm
    }

    pub fn to_page(&self, at: Pos2) -> Point {
        let at = (at - self.origin) / self.points_per_mm;
        Point { x: Mm(at.x), y: Mm(at.y) }
    }

    pub fn rect(&self, rect: Rect) -> egui::Rect {
        let corner = |x, y| self.to_screen(Point { x, y });
        egui::Rect::from_min_max(corner(rect.left, rect.top), corner(rect.right(), rect.bottom()))
    }

    /// A length on the screen, in points.
    pub fn length(&self, length: Mm) -> f32 {
        length.0 * self.points_per_mm
    }

    /// Moves the origin on to the pixel grid, so that equal cells look equal.
    pub fn snapped(self, pixels_per_point: f32) -> Self {
        let snap = |points: f32| (points * pixels_per_point).round() / pixels_per_point;
        Self { origin: pos2(snap(self.origin.x), snap(self.origin.y)), ..self }
    }
}

fn areas(page: &Page) -> impl Iterator<Item = &FieldArea> {
    page.items.iter().filter_map(|item| match item {
        Item::Area(area) => Some(area),
        _ => None,
    })
}

/// The field at a place of a page, and whose; where areas lie in one another, the smallest.
pub fn field_at(page: &Page, at: Point) -> Option<(Option<PersonId>, &str)> {
    let size = |area: &&FieldArea| area.rect.width.0 * area.rect.height.0;
    let hit = areas(page).filter(|area| area.rect.contains(at));
    hit.min_by(|a, b| size(a).total_cmp(&size(b))).map(|area| (area.person, area.field.as_str()))
}

/// Where a person's field stands on a page; several places where its cell was split. On a form of one person the areas
/// name nobody. What stands for a whole row or copy (`attachments[2]`) stands for each of its fields.
pub fn areas_of<'a>(page: &'a Page, person: PersonId, field: &'a str) -> impl Iterator<Item = Rect> + 'a {
    let is_field = move |area: &str| {
        field.strip_prefix(area).is_some_and(|rest| rest.is_empty() || (area.ends_with(']') && rest.starts_with('.')))
    };
    let of_person = move |area: &&FieldArea| is_field(&area.field) && area.person.is_none_or(|id| id == person);
    areas(page).filter(of_person).map(|area| area.rect)
}

/// How many fields of a person stand on a page.
pub fn count_of(page: &Page, person: PersonId) -> usize {
    let of_person = areas(page).filter(|area| area.person.is_none_or(|id| id == person));
    of_person.map(|area| area.field.as_str()).collect::<std::collections::BTreeSet<_>>().len()
}

/// The page to which a place of a page leads.
pub fn link_at(page: &Page, at: Point) -> Option<usize> {
    page.items.iter().find_map(|item| match item {
        Item::Link(link) if link.rect.contains(at) => Some(link.page),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: f32, top: f32, width: f32, height: f32, field: &str) -> Item {
        let rect = Rect::new(Mm(left), Mm(top), Mm(width), Mm(height));
        Item::Area(FieldArea { rect, person: None, field: field.to_owned() })
    }

    #[test]
    fn a_click_finds_the_smallest_field_and_a_field_all_its_places() {
        let items = vec![
            area(20.0, 20.0, 100.0, 50.0, "sections.summary"),
            area(30.0, 30.0, 10.0, 10.0, "name"),
            area(20.0, 200.0, 100.0, 50.0, "sections.summary"),
        ];
        let page = Page { width: Mm(210.0), height: Mm(297.0), items };
        let cases = [
            ((35.0, 35.0), Some("name")),
            ((25.0, 25.0), Some("sections.summary")),
            ((5.0, 5.0), None),
            ((25.0, 210.0), Some("sections.summary")),
        ];
        for ((x, y), field) in cases {
            let found = field_at(&page, Point { x: Mm(x), y: Mm(y) });
            assert_eq!(found.map(|(_, field)| field), field, "{x}, {y}");
        }
        assert_eq!(areas_of(&page, PersonId(1), "sections.summary").count(), 2);
        let copy = Page { items: vec![area(20.0, 20.0, 100.0, 50.0, "attachments[1]")], ..page };
        for (field, count) in [("attachments[1].title", 1), ("attachments[1]", 1), ("attachments[12].title", 0)] {
            assert_eq!(areas_of(&copy, PersonId(1), field).count(), count, "{field}");
        }
    }

    #[test]
    fn screen_and_page_measure_the_same_place() {
        let page = Page { width: Mm(210.0), height: Mm(297.0), items: Vec::new() };
        let place = Placement::fit_width(&page, pos2(10.0, 20.0), 420.0);
        let point = Point { x: Mm(100.0), y: Mm(50.0) };
        assert_eq!(place.to_screen(point), pos2(210.0, 120.0));
        assert_eq!(place.to_page(pos2(210.0, 120.0)), point);
    }
}
