//! The people of the book, in ranking order, with the quota.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align2, Color32, FontId, Galley, Id, Key, Modifiers, Popup, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind,
    TextEdit, Ui, Vec2, WidgetInfo, accesskit::Role, pos2, vec2,
};

use super::{Action, search_id, to_body};
use crate::domain::{Applicant, Body, Clause, FileKey, Person, PersonId, RecommenderId, Verdict, ranked};
use crate::rules;
use crate::ui::app::App;
use crate::ui::desk::{Desk, Question, View};
use crate::ui::dialogs::Purpose;
use crate::ui::gallery::Gallery;
use crate::ui::search;
use crate::ui::standing::{Standing, quota_sentence};
use crate::ui::tokens::{self, SMALL, TEXT, TEXT_SMALL, TINY, palette};
use crate::ui::widgets::{FollowFocus, Tone, button, caption, card, field_frame, halo, heading, link, meter};
use crate::ui::worker::Order;

/// Room for the name, a line of work and one of the firm.
const CARD_HEIGHT: f32 = 74.0;
/// Of a card whose firm needs a second line.
const TALL_CARD: f32 = 92.0;
/// White at a card's left and right.
const MARGIN: f32 = 8.0;
/// How far right of the cards the list is scrolled by the pointer, in points.
const BESIDE: f32 = 12.0;
/// Where a card's lines begin, right of the photo.
const LEFT: f32 = MARGIN + tokens::THUMB.x + 10.0;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(desk) = &mut app.desk else { return };
    let palette = palette(ui);
    let several = desk.book.bodies.len() > 1;
    if !several && let Some(body) = desk.book.bodies.first().map(|body| body.recommender.name.clone()) {
        quota(desk, &body, false, ui, actions);
        ui.add_space(SMALL);
    }
    let frame = field_frame(ui, ui.memory(|memory| memory.has_focus(search_id())), None, 0);
    let hint = eframe::egui::RichText::new("姓名、拼音首字母或单位　Ctrl+F").size(TEXT_SMALL).color(palette.weak);
    let edit = TextEdit::singleline(&mut desk.search).id(search_id()).frame(frame).hint_text(hint);
    let response = ui.add(edit.desired_width(f32::INFINITY));
    let typed = desk.search.clone();
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::SearchInput, true, "搜索申报人");
        info.current_text_value = Some(typed.clone());
        info
    });
    // Esc gives the whole list back, and the form the cursor, where it was.
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        desk.search.clear();
        if desk.view == View::Form {
            desk.return_to_field();
        }
    }
    if !desk.search.trim().is_empty() {
        let found = desk.book.people.iter().filter(|person| search::fits(&person.applicant, &desk.search)).count();
        ui.horizontal(|ui| {
            caption(ui, &format!("{} 人中找到 {found} 人", desk.book.people.len()));
            if link(ui, "显示全部").clicked() {
                desk.search.clear();
                desk.listed = None;
            }
        });
    }
    ui.add_space(SMALL);
    let bottom = 44.0;
    let height = (ui.available_height() - bottom).max(80.0);
    // In the margin beside the cards, not on what they say.
    ui.spacing_mut().scroll.bar_outer_margin = -BESIDE;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show_and_follow(ui, |ui| {
        ui.spacing_mut().item_spacing.y = TINY;
        let groups = groups(desk);
        for group in &groups {
            if several {
                quota(desk, &group.name, true, ui, actions);
                ui.add_space(TINY);
            }
            for (person, number) in &group.nominated {
                entry(desk, &mut app.gallery, *person, Some(*number), &group.places, ui, actions);
            }
            if !group.others.is_empty() {
                ui.add_space(TINY);
                let top = ui.cursor().top();
                dashes(ui, top);
                ui.add_space(TINY);
                caption(ui, "未推荐");
            }
            for person in &group.others {
                entry(desk, &mut app.gallery, *person, None, &group.places, ui, actions);
            }
            if group.nominated.is_empty() && group.others.is_empty() {
                caption(ui, if desk.search.trim().is_empty() { "还没有申报人" } else { "没有符合的申报人" });
            }
            ui.add_space(SMALL);
        }
        let first =
            |group: &Group| group.nominated.first().map(|(person, _)| *person).or(group.others.first().copied());
        let first_found = groups.iter().find_map(first);
        // Enter in the search field goes to the first one found: into the form, or where none is shown to the card.
        if response.lost_focus()
            && ui.input(|input| input.key_pressed(Key::Enter))
            && let Some(found) = first_found
        {
            // Found: the others are there again.
            desk.search.clear();
            desk.listed = None;
            match desk.tab.first_field().filter(|_| desk.view != View::History) {
                Some(field) => actions.push(Action::GoTo(found, field.to_owned())),
                None => {
                    actions.push(Action::Select(found));
                    ui.memory_mut(|memory| memory.request_focus(card_id(found)));
                }
            }
        }
    });
    ui.add_space(TINY);
    ui.horizontal(|ui| {
        if button(ui, "＋ 新增申报人").on_hover_text("Ctrl+N").clicked()
            && let Some(recommender) = desk.recommender()
        {
            actions.push(Action::Order(Order::Add(recommender)));
        }
        let response = button(ui, "导入…");
        Popup::menu(&response).show(|ui| {
            if button(ui, "汇总表、申报表、记录或电子文档…").clicked() {
                actions.push(Action::Ask(Purpose::Import));
            }
            if button(ui, "整个文件夹…").clicked() {
                actions.push(Action::Ask(Purpose::ImportFolder));
            }
        });
    });
}

fn quota(desk: &Desk, name: &str, named: bool, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(standing) = desk.book.check.recommenders.iter().find(|standing| standing.name == name) else { return };
    let shown = card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().interact_size.y = 22.0;
        if named {
            heading(ui, name);
        }
        ui.label(quota_sentence(standing));
        // With several recommenders the people need the room.
        if !named {
            caption(ui, &format!("{}：一般不超过 {} 人", Clause::Quota.full_name(), standing.quota));
        }
        if standing.exception.is_some() && standing.nominated > standing.quota as usize {
            caption(ui, "已写明超名额的理由");
        }
        ui.add_space(2.0);
        meter(ui, &format!("{name}已用推荐名额"), standing.nominated, standing.quota);
        ui.horizontal_wrapped(|ui| {
            let body = desk.book.bodies.iter().find(|body| body.recommender.name == name);
            if link(ui, "推荐单位资料").clicked() {
                actions.extend(body.map(|body| to_body(&desk.book.bodies, body.id)));
            }
            // With several recommenders it must be said whose list a new person joins.
            if let Some(body) = body.filter(|_| named)
                && link(ui, "新增申报人").on_hover_text(format!("加到{name}")).clicked()
            {
                actions.push(Action::Order(Order::Add(body.id)));
            }
        });
    });
    // Somebody of another recommender may be dropped here.
    let body = desk.book.bodies.iter().find(|body| body.recommender.name == name).filter(|_| named);
    let Some(body) = body else { return };
    let place = ui.interact(shown.response.rect, Id::unique(("recommender's card", body.id.0)), Sense::hover());
    let is_of_another = |id: PersonId| desk.book.person(id).is_some_and(|person| person.recommender != body.id);
    if place.dnd_hover_payload::<PersonId>().is_some_and(|dragged| is_of_another(*dragged)) {
        halo(ui, place.rect);
    }
    if let Some(dropped) = place.dnd_release_payload::<PersonId>().filter(|dropped| is_of_another(**dropped)) {
        actions.push(Action::AskTransfer(*dropped, body.id));
    }
}

fn dashes(ui: &Ui, y: f32) {
    let (left, right) = (ui.max_rect().left(), ui.max_rect().right());
    let points = [pos2(left, y), pos2(right, y)];
    let stroke = Stroke::new(1.0, palette(ui).border);
    ui.painter().extend(eframe::egui::Shape::dashed_line(&points, stroke, 4.0, 3.0));
}

/// Who is listed under one recommender, the nominated with their places.
struct Group {
    name: String,
    nominated: Vec<(PersonId, u32)>,
    others: Vec<PersonId>,
    /// Everybody's place in the ranking, also of those whom the search leaves out.
    places: BTreeMap<PersonId, usize>,
}

fn groups(desk: &Desk) -> Vec<Group> {
    let fits = |person: &&Person| search::fits(&person.applicant, &desk.search);
    let group = |body: &Body| {
        let ranking = ranked(&desk.book.people, body.id);
        let places = ranking.iter().zip(0..).map(|(person, place)| (person.id, place)).collect();
        let (nominated, others): (Vec<&Person>, Vec<&Person>) =
            ranking.into_iter().partition(|person| person.applicant.nominated);
        Group {
            name: body.recommender.name.clone(),
            places,
            nominated: nominated
                .into_iter()
                .zip(1..)
                .filter(|(person, _)| fits(person))
                .map(|(p, n)| (p.id, n))
                .collect(),
            others: others.into_iter().filter(fits).map(|person| person.id).collect(),
        }
    };
    desk.book.bodies.iter().map(group).collect()
}

/// What a card shows of a person.
struct Card {
    name: String,
    work: String,
    firm: String,
    photo: FileKey,
    nominated: bool,
}

impl Card {
    fn of(applicant: &Applicant) -> Self {
        let named = !applicant.name.trim().is_empty();
        let work = [applicant.occupation.trim(), applicant.grade.trim()];
        let alone = applicant.is_freelancer() && applicant.employer.trim().is_empty();
        Self {
            name: if named { applicant.name.clone() } else { "（未填姓名）".to_owned() },
            work: work.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / "),
            firm: if alone { "自由职业者".to_owned() } else { applicant.employer.clone() },
            photo: applicant.photo.clone(),
            nominated: applicant.nominated,
        }
    }
}

fn card_id(id: PersonId) -> Id {
    Id::unique(("person card", id.0))
}

/// One person: photo, name, occupation, firm, standing.
fn entry(
    desk: &mut Desk,
    gallery: &mut Gallery,
    id: PersonId,
    number: Option<u32>,
    places: &BTreeMap<PersonId, usize>,
    ui: &mut Ui,
    actions: &mut Vec<Action>,
) {
    let palette = palette(ui);
    let selected = desk.selected == Some(id);
    let Some(person) = desk.book.person(id) else { return };
    // Of the selected person the form knows more than the book.
    let shown = Card::of(if selected { &desk.form } else { &person.applicant });
    let standing = desk.standings.get(&id).copied().unwrap_or(Standing::Draft);
    let tally = desk.tallies.get(&id).copied().unwrap_or_default();
    let font = FontId::proportional(TEXT_SMALL);
    let width = ui.available_width();
    // Beside the photo, with the card's margins.
    let firm = lines(ui, &shown.firm, font.clone(), palette.label, 2, width - LEFT - MARGIN);
    let height = if firm.rows.len() > 1 { TALL_CARD } else { CARD_HEIGHT };
    let (_, rect) = ui.allocate_space(vec2(width, height));
    // Named by the person, not by the place: the cursor goes along when the card moves.
    let card = card_id(id);
    let response = ui.interact(rect, card, Sense::click_and_drag());
    let Card { name, work, photo, nominated, .. } = shown;
    let mut spoken = match number {
        Some(number) => format!("{number} {name}，{work}，{}", standing.word()),
        None => format!("{name}，{work}，{}", standing.word()),
    };
    if tally.doubts > 0 {
        spoken.push_str(&format!("，{} 处请核对", tally.doubts));
    }
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, &spoken));
    // Also where the card has gone from one part of the list to the other.
    if selected && desk.listed.replace((id, nominated)) != Some((id, nominated)) {
        ui.scroll_to_rect(rect, None);
    }
    if response.clicked() {
        actions.push(Action::Select(id));
        if desk.view != View::Form && desk.view != View::History {
            actions.push(Action::Show(View::Form));
        }
    }
    // Of a form that is hardly begun nobody needs the number.
    let left = tally.words().filter(|_| standing != Standing::Draft);
    let response = response.on_hover_text(match left {
        Some(left) => format!("{left}\n{}", standing.next_step()),
        None => standing.next_step().to_owned(),
    });
    keys(desk, &response, id, ui, actions);
    let in_other_part = |other: PersonId| {
        desk.book
            .person(other)
            .is_some_and(|other| places.contains_key(&other.id) && other.applicant.nominated != nominated)
    };
    let of = desk.book.person(id).map(|person| person.recommender);
    let above = drag(places, &response, id, of, &in_other_part, actions);
    if !ui.is_rect_visible(rect) {
        return;
    }
    let ground = match () {
        () if selected => palette.accent_faint,
        () if response.hovered() => palette.hover,
        () => palette.side,
    };
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.rect_filled(rect, tokens::RADIUS, ground);
    if response.has_focus() {
        painter.rect_stroke(rect, tokens::RADIUS, Stroke::new(1.0, palette.accent), StrokeKind::Inside);
    }
    if let Some(above) = above {
        let y = if above { rect.top() + 1.0 } else { rect.bottom() - 1.0 };
        painter.hline(rect.x_range(), y, Stroke::new(3.0, palette.accent));
    }
    let place = Rect::from_min_size(rect.min + vec2(MARGIN, 10.0), tokens::THUMB);
    thumb(gallery, &photo, place, ui);
    let left = rect.left() + LEFT;
    let title = match number {
        Some(number) => format!("{number}　{name}"),
        None => name,
    };
    // A long name needs the room of the number: then a mark stands for it.
    let room = rect.width() - LEFT - 6.0;
    let length = painter.layout_no_wrap(title.clone(), tokens::strong(TEXT), palette.text).size().x;
    let (word, has_number) = word(&painter, standing, tally.doubts, room - length, palette);
    let mut pill = word.at(&painter, rect);
    if tally.doubts > 0 && !has_number {
        let center = pill.left_center() - vec2(9.0, 0.0);
        painter.circle_filled(center, 4.0, palette.warn);
        pill = pill.with_min_x(center.x - 4.0);
    }
    let width = (pill.left() - left - 6.0).max(40.0);
    // Under the pill of the selected card stands its button, above the firm, which has the whole width.
    let more = Rect::from_min_size(pos2(rect.right() - 36.0, rect.top() + 31.0), vec2(28.0, 17.0));
    let end = if selected { more.left() - 4.0 } else { rect.right() - MARGIN };
    let title = lines(ui, &title, tokens::strong(TEXT), palette.text, 1, width);
    let work = lines(ui, &work, font, palette.label, 1, end - left);
    let mut y = rect.top() + 8.0;
    for galley in [title, work, firm] {
        let height = galley.size().y;
        painter.galley(pos2(left, y), galley, palette.text);
        y += height;
    }
    if selected {
        let place = more;
        let sign = eframe::egui::Button::new("…").min_size(place.size());
        let mut inner = ui.new_child(eframe::egui::UiBuilder::new().scope_id(card.with("more")).max_rect(place));
        inner.spacing_mut().button_padding = vec2(4.0, 0.0);
        inner.spacing_mut().interact_size.y = place.height();
        let more = inner.put(place, sign);
        more.widget_info(|| WidgetInfo::labeled(Role::Button, true, "推荐、排序、删除"));
        Popup::menu(&more).show(|ui| menu(desk, id, nominated, ui, actions));
    }
}

/// As many lines of a text as are wanted, the last one cut off where there is more.
fn lines(ui: &Ui, text: &str, font: FontId, color: Color32, most: usize, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple(text.to_owned(), font, color, width);
    (job.wrap.max_rows, job.wrap.break_anywhere) = (most, true);
    ui.painter().layout_job(job)
}

/// The word that says how a person stands, on its ground.
struct Word {
    text: Arc<Galley>,
    ink: Color32,
    ground: Color32,
}

impl Word {
    /// From the card's right edge to the word's left one.
    fn width(&self) -> f32 {
        self.size().x + 8.0
    }

    fn size(&self) -> Vec2 {
        self.text.size() + vec2(14.0, 5.0)
    }

    /// Paints it into the corner of a card.
    fn at(self, painter: &eframe::egui::Painter, card: Rect) -> Rect {
        let rect = Align2::RIGHT_TOP.anchor_size(card.right_top() + vec2(-8.0, 8.0), self.size());
        painter.rect_filled(rect, self.size().y / 2.0, self.ground);
        let place = Align2::CENTER_CENTER.anchor_size(rect.center(), self.text.size()).min;
        painter.galley(place, self.text, self.ink);
        rect
    }
}

/// The word, with the number of what is to be looked at where all else is well and there is room for both; whether the
/// number is in it.
fn word(
    painter: &eframe::egui::Painter,
    standing: Standing,
    doubts: usize,
    room: f32,
    palette: &tokens::Palette,
) -> (Word, bool) {
    let laid = |tone: Tone, word: String| {
        let (ink, ground) = tone.colors(palette);
        Word { text: painter.layout_no_wrap(word, FontId::proportional(TEXT_SMALL), ink), ink, ground }
    };
    let tone = if doubts > 0 && standing.is_green() { Tone::Warn } else { Tone::from(standing) };
    if doubts > 0 && standing.is_green() {
        let whole = laid(tone, format!("{}，核对 {doubts}", standing.word()));
        if whole.width() <= room {
            return (whole, true);
        }
    }
    (laid(tone, standing.word()), false)
}

/// A photo, or the place where one belongs.
pub fn thumb(gallery: &mut Gallery, photo: &crate::domain::FileKey, rect: Rect, ui: &Ui) {
    let palette = palette(ui);
    let texture = gallery
        .picture(photo)
        .and_then(|picture| Some((gallery.thumbs.texture(ui.ctx(), &picture)?.id(), picture.upright_size_px())));
    match texture {
        Some((texture, (width, height))) => {
            // The middle of the picture, in the place's own proportions.
            let (width, height) = (width.max(1) as f32, height.max(1) as f32);
            let (wanted, has) = (rect.width() / rect.height(), width / height);
            let uv = if has > wanted { vec2(wanted / has, 1.0) } else { vec2(1.0, has / wanted) };
            let uv = Rect::from_center_size(pos2(0.5, 0.5), uv);
            ui.painter().image(texture, rect, uv, eframe::egui::Color32::WHITE);
        }
        None => {
            ui.painter().rect_filled(rect, 2.0, palette.hover);
            ui.painter().rect_stroke(rect, 2.0, Stroke::new(1.0, palette.border), StrokeKind::Inside);
        }
    }
}

fn menu(desk: &mut Desk, id: PersonId, is_nominated: bool, ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.set_min_width(160.0);
    nomination(desk, id, is_nominated, ui, actions);
    for (step, words) in [(-1, "上移一位（Alt+↑）"), (1, "下移一位（Alt+↓）")] {
        let place = desk.place_after_step(id, step);
        if ui.add_enabled_ui(place.is_some(), |ui| button(ui, words)).inner.clicked()
            && let Some(place) = place
        {
            actions.push(Action::Order(Order::Place(id, place)));
        }
    }
    if desk.book.bodies.len() > 1 && button(ui, "改由别的单位推荐…").clicked() {
        desk.ask_transfer(id, None);
    }
    if button(ui, "删除…").clicked() {
        let name = desk.book.person(id).map(|person| person.applicant.name.clone()).unwrap_or_default();
        desk.question = Some(Question::Remove { person: id, name });
    }
}

/// 推荐 or 撤回推荐. Over the quota a reason is asked for first, and where the conditions are not met whether it is meant.
pub fn nomination(desk: &mut Desk, id: PersonId, is_nominated: bool, ui: &mut Ui, actions: &mut Vec<Action>) {
    if is_nominated {
        if button(ui, "撤回推荐").clicked() {
            actions.push(Action::Order(Order::Withdraw(id)));
        }
        return;
    }
    if !button(ui, "推荐").clicked() {
        return;
    }
    let Some(person) = desk.book.person(id) else { return };
    let verdict = desk.book.check.eligibility_of(id).map(|eligibility| eligibility.verdict);
    // What the quota forbids is said first: the rest may then be of no interest.
    if verdict == Some(Verdict::Ineligible) && refusal(desk, person).is_none() {
        let name = person.applicant.name.clone();
        let begun = desk.standings.get(&id).is_some_and(|standing| *standing != Standing::Draft);
        desk.question = Some(Question::Ineligible { person: id, name, begun });
    } else {
        nominate(desk, id, actions);
    }
}

/// Puts somebody forward, or asks why one more.
pub(super) fn nominate(desk: &mut Desk, id: PersonId, actions: &mut Vec<Action>) {
    let Some(person) = desk.book.person(id) else { return };
    match refusal(desk, person) {
        Some(refusal) => {
            let name = person.applicant.name.clone();
            let verdict = desk.book.check.eligibility_of(id).map(|eligibility| eligibility.verdict);
            let ineligible = verdict == Some(Verdict::Ineligible);
            // What was written for somebody else need not be the reason for this one.
            let reason = desk.book.body(person.recommender).map(|body| body.recommender.exception.clone());
            let (refusal, reason) = (refusal.to_string(), reason.unwrap_or_default());
            desk.question = Some(Question::OverQuota { person: id, name, refusal, ineligible, reason });
        }
        None => actions.push(Action::Order(Order::Nominate(id, None))),
    }
}

/// Why the quota leaves no place for somebody.
fn refusal(desk: &Desk, person: &Person) -> Option<rules::QuotaRefusal> {
    let already = crate::domain::nominated(&desk.book.people, person.recommender).len();
    let body = desk.book.body(person.recommender)?;
    rules::within_quota(&desk.book.notice, body, already).err()
}

fn keys(desk: &Desk, response: &Response, person: PersonId, ui: &Ui, actions: &mut Vec<Action>) {
    if !response.has_focus() {
        return;
    }
    for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::ALT, key))
            && let Some(place) = desk.place_after_step(person, step)
        {
            actions.push(Action::Order(Order::Place(person, place)));
        }
    }
}

/// Dragging a card to another one's place gives it that place in the ranking. While another card is held over this one:
/// whether it would come above it (or below).
fn drag(
    places: &BTreeMap<PersonId, usize>,
    response: &Response,
    id: PersonId,
    of: Option<RecommenderId>,
    in_other_part: &dyn Fn(PersonId) -> bool,
    actions: &mut Vec<Action>,
) -> Option<bool> {
    response.dnd_set_drag_payload(id);
    let place = |id: PersonId| places.get(&id).copied();
    let here = place(id)?;
    // Only people of the same recommender have a place here.
    let above = |dragged: PersonId| {
        place(dragged).filter(|&from| from != here && !in_other_part(dragged)).map(|from| from > here)
    };
    if let Some(dropped) = response.dnd_release_payload::<PersonId>() {
        match (place(*dropped), u32::try_from(here + 1)) {
            // Into another recommender's list.
            (None, _) => actions.extend(of.map(|of| Action::AskTransfer(*dropped, of))),
            // A place is no nomination.
            _ if in_other_part(*dropped) => {
                actions.push(Action::Say("拖动只排先后；要推荐或撤回推荐，请点右上角的按钮".to_owned()));
            }
            (Some(from), Ok(place)) if from != here => actions.push(Action::Order(Order::Place(*dropped, place))),
            _ => {}
        }
    }
    response.dnd_hover_payload::<PersonId>().and_then(|dragged| above(*dragged))
}
