//! Recommenders of a book: add, edit, remove.

use super::create::require_name;
use super::error::{NextStep, OpError};
use super::open_book::{OpenBook, who};
use crate::domain::{Body, Recommender, RecommenderId, RecommenderKind};

/// Changes to a recommender; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct RecommenderEdit {
    pub name: Option<String>,
    pub kind: Option<RecommenderKind>,
    pub contact: Option<String>,
    pub phone: Option<String>,
    pub mobile: Option<String>,
    pub address: Option<String>,
    pub exception: Option<String>,
}

/// Adds a recommender; its name must be new to the book.
pub fn add_recommender(open: &mut OpenBook, recommender: &Recommender) -> Result<String, OpError> {
    require_name(&recommender.name)?;
    refuse_second(open, &recommender.name, None)?;
    let what = format!("增加推荐单位“{}”", recommender.name);
    open.book.transact(&who(), &what, |change| change.insert_body(recommender).map_err(OpError::from))?;
    Ok(what)
}

/// Edits a recommender.
pub fn edit_recommender(open: &mut OpenBook, body: &Body, edit: RecommenderEdit) -> Result<String, OpError> {
    let (changed, what) = edited(open, body, edit)?;
    if changed == body.recommender {
        return Ok(format!("推荐单位“{}”没有变化", changed.name));
    }
    open.book.transact(&who(), &what, |change| change.update_body(body.id, &changed).map_err(OpError::from))?;
    Ok(what)
}

/// The recommender as edited, and what to say of it.
pub(super) fn edited(open: &OpenBook, body: &Body, edit: RecommenderEdit) -> Result<(Recommender, String), OpError> {
    let mut changed = body.recommender.clone();
    if let Some(name) = &edit.name {
        require_name(name)?;
        refuse_second(open, name, Some(body.id))?;
    }
    changed.kind = edit.kind.unwrap_or(changed.kind);
    let fields = [
        (&mut changed.name, edit.name),
        (&mut changed.contact, edit.contact),
        (&mut changed.phone, edit.phone),
        (&mut changed.mobile, edit.mobile),
        (&mut changed.address, edit.address),
        (&mut changed.exception, edit.exception),
    ];
    for (field, value) in fields {
        if let Some(value) = value {
            *field = value;
        }
    }
    let what = format!("修改推荐单位“{}”", changed.name);
    Ok((changed, what))
}

/// Removes a recommender that has no people.
pub fn remove_recommender(open: &mut OpenBook, body: &Body) -> Result<String, OpError> {
    let name = &body.recommender.name;
    if open.people()?.iter().any(|person| person.recommender == body.id) {
        return Err(OpError::Wrong(format!("“{name}”名下还有申报人，不能删除；请先删除他们，或改由别的单位推荐")));
    }
    if open.bodies()?.len() == 1 {
        let sentence = format!("“{name}”是册中唯一的推荐单位，不能删除");
        return Err(OpError::Wrong(sentence).then(NextStep::RenameRecommender));
    }
    let what = format!("删除推荐单位“{name}”");
    open.book.transact(&who(), &what, |change| change.remove_body(body.id).map_err(OpError::from))?;
    Ok(what)
}

/// Refuses a name that another recommender of the book has.
pub(super) fn refuse_second(open: &OpenBook, name: &str, but: Option<RecommenderId>) -> Result<(), OpError> {
    let taken = open.bodies()?.iter().any(|body| body.recommender.name == name && Some(body.id) != but);
    if taken {
        return Err(OpError::Wrong(format!("册中已有推荐单位“{name}”")));
    }
    Ok(())
}
