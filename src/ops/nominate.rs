//! Who is put forward, and in which order.

use super::error::OpError;
use super::open_book::{OpenBook, who};
use super::save::named;
use crate::domain::{Applicant, Person, PersonId, RecommenderId, is_filled, nominated, ranked};
use crate::rules;

/// Why somebody may be put forward where the quota is used up (notice part 四).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exception<'a> {
    /// For nothing: whoever asks knew of room. That it has gone meanwhile is told, also where a reason is recorded.
    Unasked,
    /// For the reason on record.
    Recorded,
    /// For this reason, which is recorded.
    Given(&'a str),
}

/// Puts a person forward. Over the quota (notice part 四) only with a reason, given now or recorded before.
pub fn nominate(open: &mut OpenBook, person: &Person, exception: Exception<'_>) -> Result<String, OpError> {
    let name = &person.applicant.name;
    let mut body = open.body(person.recommender)?;
    let given = match exception {
        Exception::Given(reason) if is_filled(reason) => Some(reason),
        Exception::Given(_) => return Err(OpError::Wrong("超名额推荐的理由不能为空".to_owned())),
        Exception::Unasked | Exception::Recorded => None,
    };
    let reason_changed = given.is_some_and(|reason| reason != body.recommender.exception);
    if let Some(reason) = given {
        body.recommender.exception = reason.to_owned();
    }
    if person.applicant.nominated {
        if !reason_changed {
            return Ok(format!("{name}已在推荐之列"));
        }
        let what = format!("登记“{}”的超名额理由：{}", body.recommender.name, body.recommender.exception);
        open.book
            .transact(&who(), &what, |change| change.update_body(body.id, &body.recommender).map_err(OpError::from))?;
        return Ok(format!("{name}已在推荐之列；{what}"));
    }
    let already = nominated(&open.people()?, person.recommender).len();
    let room = match exception {
        Exception::Unasked => rules::within_quota(&open.notice, &body, already),
        Exception::Recorded | Exception::Given(_) => rules::may_nominate(&open.notice, &body, already),
    };
    room.map_err(|refusal| OpError::Refused(refusal.to_string()))?;
    let quota = open.notice.quota.of(body.recommender.kind) as usize;
    let mut applicant = person.applicant.clone();
    applicant.nominated = true;
    let what = match given {
        Some(reason) => format!("推荐{name}（超名额理由：{reason}）"),
        None if already >= quota => {
            let reason = &body.recommender.exception;
            format!("推荐{name}（第 {} 人，名额 {quota} 人，沿用已登记的超名额理由：{reason}）", already + 1)
        }
        None => format!("推荐{name}"),
    };
    open.book.transact(&who(), &what, |change| -> Result<(), OpError> {
        if reason_changed {
            change.update_body(body.id, &body.recommender)?;
        }
        change.update_person(person.id, &applicant)?;
        Ok(())
    })?;
    // Who keeps an earlier place moves others down, whose numbers go into the papers.
    let people = open.people()?;
    let ranking = nominated(&people, person.recommender);
    let below = ranking.iter().rev().take_while(|other| other.id != person.id).count();
    let place = match below {
        0 => String::new(),
        _ => format!("；按原来的次序排在第 {} 位，后面还有 {below} 人", ranking.len() - below),
    };
    Ok(what + &place)
}

/// The applicant as it may stand under a recommender: nominated only where that one's quota has room or a reason is
/// recorded. The second value says so where it was taken back.
pub(super) fn still_nominated(
    open: &OpenBook,
    person: PersonId,
    recommender: RecommenderId,
    applicant: &Applicant,
) -> Result<(Applicant, Option<String>), OpError> {
    let mut applicant = applicant.clone();
    if !applicant.nominated {
        return Ok((applicant, None));
    }
    let people = open.people()?;
    let others = nominated(&people, recommender).iter().filter(|other| other.id != person).count();
    Ok(match rules::may_nominate(&open.notice, &open.body(recommender)?, others) {
        Ok(()) => (applicant, None),
        Err(refusal) => {
            applicant.nominated = false;
            (applicant, Some(format!("没有列为推荐：{refusal}")))
        }
    })
}

/// Takes a person back from the nominated.
pub fn withdraw(open: &mut OpenBook, person: &Person) -> Result<String, OpError> {
    let name = &person.applicant.name;
    if !person.applicant.nominated {
        return Ok(format!("{name}尚未推荐，无需撤回"));
    }
    let mut applicant = person.applicant.clone();
    applicant.nominated = false;
    let what = format!("撤回对{name}的推荐");
    open.book.transact(&who(), &what, |change| change.update_person(person.id, &applicant).map_err(OpError::from))?;
    Ok(what)
}

/// Moves a person to a place (from 1) in the recommender's ranking; the others keep their order and close up.
pub fn place(open: &mut OpenBook, person: &Person, place: u32) -> Result<String, OpError> {
    let people = open.people()?;
    let mut ranking = ranked(&people, person.recommender);
    let count = ranking.len();
    let index = usize::try_from(place).unwrap_or(usize::MAX);
    if !(1..=count).contains(&index) {
        return Err(OpError::Wrong(format!("位次应在 1 到 {count} 之间，现在是 {place}")));
    }
    let Some(from) = ranking.iter().position(|other| other.id == person.id) else {
        return Err(OpError::Wrong(format!("册中没有“{}”", person.applicant.name)));
    };
    let moved = ranking.remove(from);
    ranking.insert(index - 1, moved);
    // The number that stands beside the name: of the nominated the 序号 of Annex 1.
    let of_same = ranking[..index].iter().filter(|other| other.applicant.nominated == moved.applicant.nominated);
    let among = if moved.applicant.nominated { "" } else { "未推荐人员的" };
    let what = format!("{}排到{among}第 {} 位", person.applicant.name, of_same.count());
    open.book.transact(&who(), &what, |change| -> Result<(), OpError> {
        for (order, other) in (1..).zip(ranking) {
            if other.applicant.order != Some(order) {
                let mut applicant = other.applicant.clone();
                applicant.order = Some(order);
                change.update_person(other.id, &applicant)?;
            }
        }
        Ok(())
    })?;
    Ok(what)
}

/// Gives a person to another recommender of the book, last in its ranking; nominated still, where its quota has room: a reason
/// to go over it was written for others.
pub fn transfer(open: &mut OpenBook, person: &Person, to: RecommenderId) -> Result<String, OpError> {
    let body = open.body(to)?;
    let (name, other) = (named(person.id, &person.applicant), &body.recommender.name);
    if to == person.recommender {
        return Ok(format!("{name}已在“{other}”名下"));
    }
    let people = open.people()?;
    let mut applicant = person.applicant.clone();
    let room = rules::within_quota(&open.notice, &body, nominated(&people, to).len());
    let remark =
        room.err().filter(|_| applicant.nominated).map(|refusal| match is_filled(&body.recommender.exception) {
            true => "没有列为推荐：那边名额已满，登记的超名额理由是为别人写的；确需推荐，请再点“推荐”".to_owned(),
            false => format!("没有列为推荐：{refusal}"),
        });
    applicant.nominated &= remark.is_none();
    let there = ranked(&people, to);
    applicant.order = u32::try_from(there.len() + 1).ok();
    let what = match applicant.nominated {
        true => format!("{name}改由“{other}”推荐"),
        false => format!("{name}转到“{other}”名下"),
    };
    open.book.transact(&who(), &what, |change| -> Result<(), OpError> {
        // Who has no number yet would come after one.
        for (order, other) in (1..).zip(there) {
            if other.applicant.order != Some(order) {
                change.update_person(other.id, &Applicant { order: Some(order), ..other.applicant.clone() })?;
            }
        }
        change.restore_person(person.id, to, &applicant)?;
        Ok(())
    })?;
    Ok([Some(what), remark].into_iter().flatten().collect::<Vec<_>>().join("；"))
}

/// Removes a person from the book; the history keeps what was there.
pub fn remove(open: &mut OpenBook, person: &Person) -> Result<String, OpError> {
    let what = format!("删除{}", named(person.id, &person.applicant));
    open.book.transact(&who(), &what, |change| change.remove_person(person.id).map_err(OpError::from))?;
    Ok(what)
}
