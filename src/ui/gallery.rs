//! Photos and copies of the book, as far as the window has them.
//!
//! Photos are small and stay. Of a copy only its outline stays (kind, size, pages); its pixels are the
//! [`Darkroom`]'s to make and to throw away.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use eframe::egui::Context;

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
    pub large: Pictures,
    pub darkroom: Darkroom,
    /// How the copy that is looked at large is looked at, and which it is.
    pub look: (Option<usize>, Reader),
    context: Context,
}

/// What is known of a photo.
enum Shot {
    Wanted,
    OnItsWay,
    Here(Arc<Picture>),
    NoPicture,
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
            large: Pictures::up_to(2048),
            darkroom: Darkroom::start(context),
            look: Default::default(),
            context: context.clone(),
        }
    }

    /// The picture of a file, as soon as it has come from the book.
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

    pub fn receive_picture(&mut self, key: FileKey, picture: Option<Arc<Picture>>) {
        self.files.insert(key, picture.map_or(Shot::NoPicture, Shot::Here));
    }

    pub fn receive_copy(&mut self, key: FileKey, outline: Result<CopyContent, String>) {
        self.copies.insert(key, outline.map_or_else(Outline::Fault, Outline::Here));
    }

    /// Sends a copy's bytes to where its pixels are made.
    pub fn receive_bytes(&mut self, key: &FileKey, bytes: Option<CopyBytes>) {
        let Some(Outline::Here(content)) = self.copies.get(key) else { return };
        let missing = || Err("这份文件读不出来，请重新添加".to_owned());
        self.darkroom.stock(address(content), Box::new(move || bytes.map_or_else(missing, CopyBytes::as_printed)));
    }

    /// What is to be asked for; it is on its way from now on.
    pub fn take_wanted(&mut self) -> Vec<Order> {
        let mut orders = Vec::new();
        for (key, shot) in self.files.iter_mut().filter(|(_, shot)| matches!(shot, Shot::Wanted)) {
            *shot = Shot::OnItsWay;
            orders.push(Order::Picture(key.clone()));
        }
        // One at a time: what is typed meanwhile is saved between one copy and the next.
        let is_busy = self.copies.values().any(|outline| matches!(outline, Outline::OnItsWay));
        let next = self.copies.iter_mut().find(|(_, outline)| !is_busy && matches!(outline, Outline::Wanted));
        if let Some((key, outline)) = next {
            *outline = Outline::OnItsWay;
            orders.push(Order::Outline(key.clone()));
        }
        for wanted in self.darkroom.take_wanted() {
            let found = self.copies.iter().find(|(_, outline)| match outline {
                Outline::Here(content) => address(content) == wanted,
                _ => false,
            });
            orders.extend(found.map(|(key, _)| Order::CopyBytes(key.clone())));
        }
        orders
    }

    /// Lets everything go that belongs to the book.
    pub fn close(&mut self) {
        self.files.clear();
        self.copies.clear();
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

/// What the darkroom knows a copy by.
fn address(content: &CopyContent) -> usize {
    match content {
        CopyContent::Picture(picture) => Arc::as_ptr(picture) as usize,
        CopyContent::Pdf(pdf) => Arc::as_ptr(pdf) as usize,
    }
}
