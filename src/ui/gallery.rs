//! Photos and copies of the book, as far as the window has them.
//!
//! Of a photo its small picture for the list stays, of a copy its outline (kind, size, pages); all other pixels are the
//! [`Darkroom`]'s to make and to throw away. Bytes never stay: a book of two hundred people has a gigabyte of them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use eframe::egui::{Context, TextureHandle, TextureId};

use super::reader::Reader;
use super::worker::Order;
use crate::domain::FileKey;
use crate::ops::CopyBytes;
use crate::preview::{CopyContent, Darkroom, Picture, Pictures};

/// Pictures of the book that screens draw.
pub struct Gallery {
    files: BTreeMap<FileKey, Shot>,
    copies: BTreeMap<FileKey, Outline>,
    pub thumbs: Pictures,
    /// The photo that is being cut.
    close_up: Option<CloseUp>,
    large: Pictures,
    pub darkroom: Darkroom,
    /// How the copy that is looked at large is looked at, and which it is.
    pub look: (Option<usize>, Reader),
    context: Context,
}

/// What is known of a photo.
enum Shot {
    Wanted,
    OnItsWay,
    /// Hollow: its bytes have gone to where its pixels are made.
    Here(Arc<Picture>),
    NoPicture,
}

/// A photo that is looked at closely, one at a time. Its texture goes with it.
struct CloseUp {
    key: FileKey,
    picture: Arc<Picture>,
    is_asked: bool,
}

/// What is known of a copy.
enum Outline {
    Wanted,
    OnItsWay,
    Here(CopyContent),
    /// Why it cannot be bound.
    Fault(String),
}

impl Gallery {
    pub fn new(context: &Context) -> Self {
        Self {
            files: BTreeMap::new(),
            copies: BTreeMap::new(),
            thumbs: Pictures::up_to(160),
            close_up: None,
            large: Pictures::up_to(2048),
            darkroom: Darkroom::start(context),
            look: Default::default(),
            context: context.clone(),
        }
    }

    /// A photo without its bytes, as soon as it has come from the book.
    pub fn picture(&mut self, key: &FileKey) -> Option<Arc<Picture>> {
        if key.is_none() {
            return None;
        }
        match self.files.get(key) {
            Some(Shot::Here(picture)) => Some(Arc::clone(picture)),
            Some(_) => None,
            None => {
                self.files.insert(key.clone(), Shot::Wanted);
                None
            }
        }
    }

    /// The whole photo, large enough to be cut, as soon as it is there.
    pub fn large(&mut self, key: &FileKey) -> Option<TextureId> {
        let picture = self.picture(key)?;
        if self.close_up.as_ref().is_none_or(|close_up| close_up.key != *key) {
            // Of its own: the texture is to go sooner than the photo.
            let picture = Arc::new(hollow(&picture));
            self.close_up = Some(CloseUp { key: key.clone(), picture, is_asked: false });
        }
        let close_up = self.close_up.as_ref()?;
        self.large.texture(&self.context, &close_up.picture).map(TextureHandle::id)
    }

    /// Nothing is looked at closely any more.
    pub fn put_large_away(&mut self) {
        if self.close_up.take().is_some() {
            self.large.collect(&self.context);
        }
    }

    /// What a copy is, as soon as it has come from the book; or why it cannot be bound.
    pub fn copy(&mut self, key: &FileKey) -> Option<Result<CopyContent, String>> {
        match self.copies.get(key) {
            Some(Outline::Here(content)) => Some(Ok(content.clone())),
            Some(Outline::Fault(fault)) => Some(Err(fault.clone())),
            Some(_) => None,
            None => {
                if !key.is_none() {
                    self.copies.insert(key.clone(), Outline::Wanted);
                }
                None
            }
        }
    }

    /// Takes a photo in: its bytes go to where they are wanted.
    pub fn receive_picture(&mut self, key: FileKey, picture: Option<Arc<Picture>>) {
        if let (Some(full), Some(close_up)) = (&picture, &self.close_up)
            && close_up.key == key
            && close_up.is_asked
        {
            self.large.bring(&self.context, &close_up.picture, Arc::clone(full));
        }
        if let Some(Shot::Here(_) | Shot::NoPicture) = self.files.get(&key) {
            return;
        }
        let shot = picture.map_or(Shot::NoPicture, |full| {
            // A file that is a copy too is one picture: its bytes are asked for once.
            let known = match self.copies.get(&key) {
                Some(Outline::Here(CopyContent::Picture(known))) => Some(Arc::clone(known)),
                _ => None,
            };
            let picture = known.unwrap_or_else(|| Arc::new(hollow(&full)));
            self.thumbs.bring(&self.context, &picture, full);
            Shot::Here(picture)
        });
        self.files.insert(key, shot);
    }

    pub fn receive_copy(&mut self, key: FileKey, outline: Result<CopyContent, String>) {
        let outline = match (outline, self.files.get(&key)) {
            (Ok(CopyContent::Picture(_)), Some(Shot::Here(known))) => Ok(CopyContent::Picture(Arc::clone(known))),
            (outline, _) => outline,
        };
        self.copies.insert(key, outline.map_or_else(Outline::Fault, Outline::Here));
    }

    /// Sends the bytes of a photo or a copy to where its pixels are made.
    pub fn receive_bytes(&mut self, key: &FileKey, bytes: Option<CopyBytes>) {
        let Some(address) = self.address_of(key) else { return };
        let missing = || Err("这份文件读不出来，请重新添加".to_owned());
        self.darkroom.stock(address, Box::new(move || bytes.map_or_else(missing, CopyBytes::as_printed)));
    }

    /// What the darkroom knows a file by.
    fn address_of(&self, key: &FileKey) -> Option<usize> {
        match (self.copies.get(key), self.files.get(key)) {
            (Some(Outline::Here(content)), _) => Some(address(content)),
            (_, Some(Shot::Here(photo))) => Some(Arc::as_ptr(photo) as usize),
            _ => None,
        }
    }

    /// What is to be asked for; it is on its way from now on.
    pub fn take_wanted(&mut self) -> Vec<Order> {
        let mut orders = Vec::new();
        // One at a time: of two hundred photos no two are in memory at once.
        let is_busy =
            self.thumbs.collect(&self.context) || self.files.values().any(|shot| matches!(shot, Shot::OnItsWay));
        let next = self.files.iter_mut().find(|(_, shot)| !is_busy && matches!(shot, Shot::Wanted));
        if let Some((key, shot)) = next {
            *shot = Shot::OnItsWay;
            orders.push(Order::Picture(key.clone()));
        }
        if let Some(close_up) = self.close_up.as_mut().filter(|close_up| !close_up.is_asked) {
            close_up.is_asked = true;
            orders.push(Order::Picture(close_up.key.clone()));
        }
        // One at a time: what is typed meanwhile is saved between one copy and the next.
        let is_busy = self.copies.values().any(|outline| matches!(outline, Outline::OnItsWay));
        let next = self.copies.iter_mut().find(|(_, outline)| !is_busy && matches!(outline, Outline::Wanted));
        if let Some((key, outline)) = next {
            *outline = Outline::OnItsWay;
            orders.push(Order::Outline(key.clone()));
        }
        for wanted in self.darkroom.take_wanted() {
            let found = self.copies.keys().chain(self.files.keys()).find(|key| self.address_of(key) == Some(wanted));
            orders.extend(found.map(|key| Order::CopyBytes(key.clone())));
        }
        orders
    }

    /// Lets everything go that belongs to the book.
    pub fn close(&mut self) {
        self.files.clear();
        self.copies.clear();
        self.put_large_away();
        self.look = Default::default();
        self.darkroom.clear();
    }

    /// Waits until no pixels are being made.
    pub fn wait(&mut self, time: Duration) {
        let context = self.context.clone();
        self.thumbs.wait(&context, time);
        self.large.wait(&context, time);
        self.darkroom.wait(time);
    }
}

/// A picture without its bytes.
fn hollow(picture: &Picture) -> Picture {
    let Picture { format, width_px, height_px, orientation, .. } = *picture;
    Picture { bytes: Vec::new(), format, width_px, height_px, orientation }
}

/// What the darkroom knows a copy by.
fn address(content: &CopyContent) -> usize {
    match content {
        CopyContent::Picture(picture) => Arc::as_ptr(picture) as usize,
        CopyContent::Pdf(pdf) => Arc::as_ptr(pdf) as usize,
    }
}
