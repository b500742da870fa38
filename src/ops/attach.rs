//! Photos and copies from the clerk's folders.

use std::path::{Path, PathBuf};

use super::error::OpError;
use super::open_book::{OpenBook, who};
use crate::domain::{Attachment, FileKey, PersonId};
use crate::exchange::gate::{self, Received};

/// Largest number of files taken in at once: a folder chosen by mistake should not fill the book.
const MOST_FILES: usize = 200;

/// Puts copies into a person's attachments, in the order given; a folder stands for the files in it, by name. All or
/// nothing. The title is the file's name until the clerk writes a better one.
pub fn attach(open: &mut OpenBook, id: PersonId, paths: &[PathBuf]) -> Result<String, OpError> {
    let files = files_of(paths)?;
    let mut received = Vec::new();
    for path in &files {
        received.push((title_of(path), receive(path)?));
    }
    let mut applicant = open.book.person(id)?.applicant;
    let what = format!("给{}添加 {} 个附件", applicant.name, received.len());
    open.book.transact(&who(), &what, |change| -> Result<(), OpError> {
        for (title, file) in &received {
            let file = change.put_file(&file.bytes, file.content.extension())?;
            applicant.attachments.push(Attachment { title: title.clone(), file, ..Attachment::default() });
        }
        change.update_person(id, &applicant)?;
        Ok(())
    })?;
    Ok(what)
}

/// Gives a person a photo, or takes it away.
pub fn set_photo(open: &mut OpenBook, id: PersonId, path: Option<&Path>) -> Result<String, OpError> {
    let mut applicant = open.book.person(id)?.applicant;
    let received = path.map(receive).transpose()?;
    if let (Some(path), Some(file)) = (path, &received)
        && file.content.extension() == "pdf"
    {
        return Err(OpError::File(format!("{} 是 PDF，照片请选 JPG 或 PNG 图片", path.display())));
    }
    let verb = if received.is_some() { "更换" } else { "删去" };
    let what = format!("{verb}{}的照片", applicant.name);
    open.book.transact(&who(), &what, |change| -> Result<(), OpError> {
        applicant.photo = match &received {
            Some(file) => change.put_file(&file.bytes, file.content.extension())?,
            None => FileKey::default(),
        };
        change.update_person(id, &applicant)?;
        Ok(())
    })?;
    Ok(what)
}

fn receive(path: &Path) -> Result<Received, OpError> {
    Ok(gate::receive_file(path)?)
}

fn title_of(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The files themselves. What a folder holds besides jpg, png and pdf is passed over.
fn files_of(paths: &[PathBuf]) -> Result<Vec<PathBuf>, OpError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let listing = std::fs::read_dir(path).map_err(|error| OpError::io("读取文件夹", path, &error))?;
        let mut inside: Vec<PathBuf> = listing
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|file| file.is_file() && is_scan(file))
            .collect();
        inside.sort();
        files.extend(inside);
    }
    if files.is_empty() {
        return Err(OpError::File("没有找到 JPG、PNG 或 PDF 文件，请另选文件或文件夹".to_owned()));
    }
    if files.len() > MOST_FILES {
        return Err(OpError::File(format!(
            "一次最多添加 {MOST_FILES} 个文件，这里有 {} 个，请分几次添加",
            files.len()
        )));
    }
    Ok(files)
}

fn is_scan(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| ["jpg", "jpeg", "png", "pdf"].contains(&extension.as_str()))
}
