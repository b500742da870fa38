//! A person's photo: taken in as it was received, cut to its proportion afterwards. Each step is a revision, so that the
//! photo as it came can always be put back.

use std::path::Path;

use super::error::OpError;
use super::open_book::{OpenBook, who};
use super::save::whom;
use crate::domain::{FileKey, PersonId};
use crate::exchange::gate::{self, Content, Received};

/// A part of a picture as it is seen, in pixels.
pub use crate::exchange::gate::Cut;

/// A picture from the clipboard.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    pub width_px: u32,
    pub height_px: u32,
    /// Four bytes a pixel, row by row; not multiplied by alpha.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({} × {})", self.width_px, self.height_px)
    }
}

impl Pixels {
    /// As a file that has come through the gate.
    pub(super) fn receive(self) -> Result<Received, OpError> {
        let name = "粘贴的图片";
        Ok(gate::receive(name, gate::png(name, self.width_px, self.height_px, self.rgba)?)?)
    }
}

/// Gives a person a photo from a file, or takes it away.
pub fn set_photo(open: &mut OpenBook, id: PersonId, path: Option<&Path>) -> Result<String, OpError> {
    path.map_or(Ok(()), |path| open.refuse_own(path))?;
    let received = path.map(gate::receive_file).transpose()?;
    if let (Some(path), Some(Content::Pdf(_))) = (path, received.as_ref().map(|file| file.content)) {
        return Err(OpError::File(format!("{} 是 PDF，照片请选 JPG 或 PNG 图片", path.display())));
    }
    let verb = if received.is_some() { put(open, id)? } else { "删去" };
    store(open, id, verb, received)
}

/// Gives a person a photo from the clipboard.
pub fn paste_photo(open: &mut OpenBook, id: PersonId, pixels: Pixels) -> Result<String, OpError> {
    let received = pixels.receive()?;
    let verb = put(open, id)?;
    store(open, id, verb, Some(received))
}

/// Cuts the photo that a person has. `photo` is the one that the clerk saw: where it is another by now nothing is done.
pub fn cut_photo(open: &mut OpenBook, id: PersonId, photo: &FileKey, cut: &Cut) -> Result<String, OpError> {
    let applicant = open.book.person(id)?.applicant;
    let name = format!("{}的照片", whom(&applicant));
    if applicant.photo != *photo || photo.is_none() {
        return Err(OpError::Wrong(format!("{name}已经更换，请对新的照片重新裁剪")));
    }
    let received = open.admitted(&name, photo)??;
    let part = gate::receive(&name, gate::cut(&name, &received.bytes, cut)?)?;
    store(open, id, "裁剪", Some(part))
}

/// What giving a photo is called: the first one takes the place of none.
fn put(open: &OpenBook, id: PersonId) -> Result<&'static str, OpError> {
    let has_none = open.book.person(id)?.applicant.photo.is_none();
    Ok(if has_none { "放上" } else { "更换" })
}

fn store(open: &mut OpenBook, id: PersonId, verb: &str, photo: Option<Received>) -> Result<String, OpError> {
    let mut applicant = open.book.person(id)?.applicant;
    let what = format!("{verb}{}的照片", whom(&applicant));
    open.book.transact(&who(), &what, |change| -> Result<(), OpError> {
        applicant.photo = match &photo {
            Some(file) => change.put_file(&file.bytes, file.content.extension())?,
            None => FileKey::default(),
        };
        change.update_person(id, &applicant)?;
        Ok(())
    })?;
    Ok(what)
}
