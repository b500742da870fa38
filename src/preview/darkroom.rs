//! Photos, scans and received PDFs on pages: their pixels are made on a thread of its own, at the size at which they are
//! looked at, and thrown away when others are looked at.
//!
//! A page may name a picture or a PDF without its bytes (a hollow one). The bytes are then asked for when the page is
//! seen, go to the thread, and stay there only while they are needed: a binder of forty scans holds two or three of them.

mod thread;

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use eframe::egui::{Color32, Context, Painter, Rect, TextureHandle, TextureOptions, pos2};

use super::wish::Wish;
use crate::pages::{ForeignPdf, Picture};
pub use thread::Stock;
use thread::{Miss, NO_PAGE, NO_PICTURE, Outcome, Task, begin};

/// Something whose pixels are wanted.
#[derive(Clone, Debug)]
pub enum Subject {
    Picture(Arc<Picture>),
    /// A page of an existing PDF, counted from 0.
    Page(Arc<ForeignPdf>, usize),
}

/// Address of a picture or PDF, and page.
type Key = (usize, usize);

impl Subject {
    fn address(&self) -> usize {
        match self {
            Self::Picture(picture) => Arc::as_ptr(picture) as usize,
            Self::Page(pdf, _) => Arc::as_ptr(pdf) as usize,
        }
    }

    fn key(&self) -> Key {
        match self {
            Self::Picture(_) => (self.address(), 0),
            Self::Page(_, page) => (self.address(), *page),
        }
    }

    fn is_hollow(&self) -> bool {
        match self {
            Self::Picture(picture) => picture.bytes.is_empty(),
            Self::Page(pdf, _) => pdf.bytes.is_empty(),
        }
    }

    /// Pixels that there are; a page of a PDF has as many as one likes.
    fn natural(&self) -> Option<[u32; 2]> {
        match self {
            Self::Picture(picture) => Some(picture.upright_size_px().into()),
            Self::Page(..) => None,
        }
    }

    fn watch(&self) -> Watch {
        match self {
            Self::Picture(picture) => Watch::Picture(Arc::downgrade(picture)),
            Self::Page(pdf, _) => Watch::Pdf(Arc::downgrade(pdf)),
        }
    }
}

/// Tells whether something is still on some page: its address alone could be used again.
enum Watch {
    Picture(Weak<Picture>),
    Pdf(Weak<ForeignPdf>),
}

impl Watch {
    fn is_alive(&self) -> bool {
        match self {
            Self::Picture(picture) => picture.strong_count() > 0,
            Self::Pdf(pdf) => pdf.strong_count() > 0,
        }
    }
}

/// How something stands that was to be painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is there, if not at its best yet.
    Seen,
    Pending,
    /// Why it cannot be shown.
    Fault(String),
}

/// Pixels on the graphics card.
struct Print {
    key: Key,
    watch: Watch,
    wish: Wish,
    texture: TextureHandle,
    /// The pass that last found it just right.
    used: u64,
}

struct Order {
    key: Key,
    watch: Watch,
}

/// What is known of the bytes of something hollow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bytes {
    Wanted,
    OnTheirWay,
    There,
}

/// The window's end.
pub struct Darkroom {
    context: Context,
    tasks: Sender<Task>,
    done: Receiver<Outcome>,
    /// In the order in which they are carried out.
    orders: Vec<Order>,
    /// When the thread last had something to show, or began to work.
    alive: Instant,
    /// After so long without a sign the thread is given up.
    patience: Duration,
    prints: Vec<Print>,
    faults: BTreeMap<Key, (Watch, String)>,
    bytes: BTreeMap<usize, Bytes>,
}

/// Textures that are kept, in bytes; more only while they are all seen at once.
const PRINTS: usize = 24 << 20;
/// Things that are being made at a time: what is scrolled past is not made.
const ORDERS: usize = 3;
/// Far above what a scan of 40 megapixels takes on an old machine.
const PATIENCE: Duration = Duration::from_secs(60);

impl Darkroom {
    pub fn start(context: &Context) -> Self {
        let (tasks, done) = begin(context);
        Self {
            context: context.clone(),
            tasks,
            done,
            orders: Vec::new(),
            alive: Instant::now(),
            patience: PATIENCE,
            prints: Vec::new(),
            faults: BTreeMap::new(),
            bytes: BTreeMap::new(),
        }
    }

    /// Paints something so that it fills `rect`, as sharp as it is there; what is missing is asked for.
    pub fn paint(&mut self, painter: &Painter, subject: &Subject, rect: Rect) -> Standing {
        self.collect();
        let key = subject.key();
        if let Some((_, fault)) = self.faults.get(&key) {
            return Standing::Fault(fault.clone());
        }
        let longest_side = self.context.input(|input| input.max_texture_side).min(u16::MAX.into()) as u32;
        let (clip, scale) = (painter.clip_rect(), painter.pixels_per_point());
        let Some(wish) = Wish::of(rect, clip, scale, subject.natural(), longest_side) else { return Standing::Seen };
        let pass = self.context.cumulative_pass_nr();
        let mut known: Vec<&mut Print> = self.prints.iter_mut().filter(|print| print.key == key).collect();
        // The coarsest lies below; what is just right covers the rest.
        known.sort_by_key(|print| (print.wish.covers(&wish), print.wish.is_whole(), print.wish.size));
        let sharp = known.last().is_some_and(|print| print.wish.covers(&wish));
        if sharp && let Some(best) = known.pop() {
            best.used = pass;
            paint(painter, best, rect);
            return Standing::Seen;
        }
        let seen = known.iter().any(|print| print.wish.is_whole());
        // A part that was sharp a moment ago goes over the whole.
        known.sort_by_key(|print| !print.wish.is_whole());
        for print in &known {
            paint(painter, print, rect);
        }
        self.order(subject, wish);
        if seen { Standing::Seen } else { Standing::Pending }
    }

    /// Hollow things of which the bytes are wanted, by address ([`Self::stock`]); they are on their way from now on.
    pub fn take_wanted(&mut self) -> Vec<usize> {
        let wanted = self.bytes.iter_mut().filter(|(_, bytes)| **bytes == Bytes::Wanted);
        wanted
            .map(|(address, bytes)| {
                *bytes = Bytes::OnTheirWay;
                *address
            })
            .collect()
    }

    /// Brings the bytes of a hollow picture or PDF.
    pub fn stock(&mut self, address: usize, stock: Stock) {
        if self.tasks.send(Task::Stock { address, stock }).is_ok() {
            self.bytes.insert(address, Bytes::There);
            self.context.request_repaint();
        }
    }

    /// Lets everything go.
    pub fn clear(&mut self) {
        self.prints.clear();
        self.faults.clear();
        self.bytes.clear();
    }

    /// Waits until nothing is being made.
    pub fn wait(&mut self, time: Duration) {
        while !self.orders.is_empty() {
            match self.done.recv_timeout(time) {
                Ok(outcome) => self.take(outcome),
                Err(_) => return,
            }
        }
    }

    /// Bytes that the textures take on the graphics card.
    pub fn print_bytes(&self) -> usize {
        self.prints.iter().map(|print| print.wish.bytes()).sum()
    }

    fn order(&mut self, subject: &Subject, wish: Wish) {
        let key = subject.key();
        if self.orders.len() >= ORDERS || self.orders.iter().any(|order| order.key == key) {
            return;
        }
        if subject.is_hollow() {
            let bytes = self.bytes.entry(subject.address()).or_insert(Bytes::Wanted);
            if *bytes != Bytes::There {
                return;
            }
        }
        if self.tasks.send(Task::Show { subject: subject.clone(), wish }).is_ok() {
            if self.orders.is_empty() {
                self.alive = Instant::now();
            }
            self.orders.push(Order { key, watch: subject.watch() });
            self.context.request_repaint_after(self.patience + Duration::from_millis(100));
        }
    }

    fn collect(&mut self) {
        while let Ok(outcome) = self.done.try_recv() {
            self.take(outcome);
        }
        if !self.orders.is_empty() && self.alive.elapsed() > self.patience {
            self.begin_anew();
        }
    }

    /// Leaves a thread alone that does not come back from a file, and goes on with another.
    fn begin_anew(&mut self) {
        (self.tasks, self.done) = begin(&self.context);
        self.bytes.clear();
        let mut orders = std::mem::take(&mut self.orders).into_iter();
        if let Some(Order { key, watch }) = orders.next() {
            let fault = if matches!(watch, Watch::Picture(_)) { NO_PICTURE } else { NO_PAGE };
            self.faults.insert(key, (watch, fault.to_owned()));
        }
    }

    fn take(&mut self, Outcome { key, wish, made }: Outcome) {
        self.alive = Instant::now();
        let Some(at) = self.orders.iter().position(|order| order.key == key) else { return };
        let watch = self.orders.remove(at).watch;
        self.prints.retain(|print| print.watch.is_alive());
        self.faults.retain(|_, (watch, _)| watch.is_alive());
        if !watch.is_alive() {
            return;
        }
        match made {
            Ok(image) => {
                let texture = self.context.load_texture("copy", image, TextureOptions::LINEAR);
                self.keep(Print { key, watch, wish, texture, used: self.context.cumulative_pass_nr() });
            }
            Err(Miss::NoBytes) => drop(self.bytes.remove(&key.0)),
            Err(Miss::Fault(fault)) => drop(self.faults.insert(key, (watch, fault))),
        }
    }

    fn keep(&mut self, print: Print) {
        // The same thing may be seen twice at a time, small in the form and large on its page.
        let recent = print.used.saturating_sub(3);
        self.prints.retain(|other| {
            other.key != print.key || other.used >= recent || other.wish.is_whole() != print.wish.is_whole()
        });
        self.prints.push(print);
        self.prints.sort_by_key(|print| std::cmp::Reverse(print.used));
        let mut bytes = 0;
        self.prints.retain(|print| {
            bytes += print.wish.bytes();
            bytes <= PRINTS || print.used >= recent
        });
    }
}

fn paint(painter: &Painter, print: &Print, rect: Rect) {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(print.texture.id(), print.wish.place(rect), whole, Color32::WHITE);
}

#[cfg(test)]
mod tests {
    use eframe::egui::{RawInput, vec2};

    use super::thread::FILES;
    use super::*;
    use crate::pages::{CopyContent, ForeignSize, Mm, PictureFormat};

    fn png(grey: u8, side: u32) -> Vec<u8> {
        let image = image::GrayImage::from_pixel(side, side, image::Luma([grey]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn picture(bytes: Vec<u8>, side: u32) -> Arc<Picture> {
        let format = PictureFormat::Png;
        Arc::new(Picture { bytes, format, width_px: side, height_px: side, orientation: 1 })
    }

    /// One pass in which `subject` is to fill a square.
    fn pass(context: &Context, darkroom: &mut Darkroom, subject: &Subject, side: f32) -> Standing {
        let mut standing = Standing::Pending;
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(side, side));
        let screen = RawInput { screen_rect: Some(rect), ..RawInput::default() };
        let mut output = context.run_ui(screen, |ui| {
            standing = darkroom.paint(ui.painter(), subject, rect);
        });
        output.textures_delta.clear();
        standing
    }

    /// The same until nothing more comes.
    fn settled(context: &Context, darkroom: &mut Darkroom, subject: &Subject, side: f32) -> Standing {
        for _ in 0..3 {
            pass(context, darkroom, subject, side);
            darkroom.wait(PATIENCE);
        }
        pass(context, darkroom, subject, side)
    }

    #[test]
    fn pixels_come_a_moment_later() {
        let context = Context::default();
        let mut darkroom = Darkroom::start(&context);
        let subject = Subject::Picture(picture(png(90, 64), 64));
        assert_eq!(pass(&context, &mut darkroom, &subject, 40.0), Standing::Pending);
        assert_eq!(settled(&context, &mut darkroom, &subject, 40.0), Standing::Seen);
        assert_eq!(darkroom.print_bytes(), 40 * 40 * 4, "as large as it is seen");
        assert!(darkroom.take_wanted().is_empty());
    }

    #[test]
    fn bytes_are_asked_for_when_they_are_needed_and_not_kept() {
        let context = Context::default();
        let mut darkroom = Darkroom::start(&context);
        let hollow: Vec<Arc<Picture>> = (0..4).map(|_| picture(Vec::new(), 300)).collect();
        // Each more than half of what the thread keeps: a PNG may have anything behind its end.
        let bytes = |grey: u8| [png(grey, 300), vec![0; FILES / 2 + 1]].concat();
        for (index, picture) in hollow.iter().enumerate() {
            let subject = Subject::Picture(Arc::clone(picture));
            assert_eq!(settled(&context, &mut darkroom, &subject, 100.0), Standing::Pending, "no bytes yet");
            let wanted = darkroom.take_wanted();
            assert_eq!(wanted, [Arc::as_ptr(picture) as usize]);
            assert!(darkroom.take_wanted().is_empty(), "asked for once");
            let full = super::tests::picture(bytes(index as u8 * 40), 300);
            darkroom.stock(wanted[0], Box::new(move || Ok(CopyContent::Picture(full))));
            assert_eq!(settled(&context, &mut darkroom, &subject, 100.0), Standing::Seen);
        }
        // The first one's bytes have gone; looked at more closely it asks again.
        let first = Subject::Picture(Arc::clone(&hollow[0]));
        assert_eq!(
            settled(&context, &mut darkroom, &first, 200.0),
            Standing::Seen,
            "the coarse one is shown meanwhile"
        );
        assert_eq!(darkroom.take_wanted(), [Arc::as_ptr(&hollow[0]) as usize]);
    }

    #[test]
    fn what_cannot_be_shown_says_so() {
        let context = Context::default();
        let mut darkroom = Darkroom::start(&context);
        let damaged = Subject::Picture(picture(b"no picture".to_vec(), 64));
        assert_eq!(settled(&context, &mut darkroom, &damaged, 40.0), Standing::Fault(NO_PICTURE.to_owned()));
        let pages = vec![ForeignSize { width: Mm(210.0), height: Mm(297.0) }];
        let pdf = Arc::new(ForeignPdf { bytes: b"%PDF-1.7 nothing".to_vec(), pages: pages.clone() });
        let standing = settled(&context, &mut darkroom, &Subject::Page(pdf, 0), 40.0);
        assert_eq!(standing, Standing::Fault(NO_PAGE.to_owned()));
        // Also where the maker panics.
        let hollow = Arc::new(ForeignPdf { bytes: Vec::new(), pages });
        let subject = Subject::Page(Arc::clone(&hollow), 0);
        pass(&context, &mut darkroom, &subject, 40.0);
        let wanted = darkroom.take_wanted();
        darkroom.stock(wanted[0], Box::new(|| panic!("as a damaged file might make it")));
        assert_eq!(settled(&context, &mut darkroom, &subject, 40.0), Standing::Fault(NO_PAGE.to_owned()));
    }

    #[test]
    fn a_file_that_is_never_done_does_not_stop_the_others() {
        let context = Context::default();
        let mut darkroom = Darkroom::start(&context);
        let hollow = picture(Vec::new(), 64);
        let stuck = Subject::Picture(Arc::clone(&hollow));
        pass(&context, &mut darkroom, &stuck, 40.0);
        let wanted = darkroom.take_wanted();
        let (release, never) = std::sync::mpsc::channel::<()>();
        let stock = move || never.recv().map_or_else(|_| Err(String::new()), |()| Err(String::new()));
        darkroom.stock(wanted[0], Box::new(stock));
        pass(&context, &mut darkroom, &stuck, 40.0);
        darkroom.patience = Duration::ZERO;
        assert_eq!(pass(&context, &mut darkroom, &stuck, 40.0), Standing::Fault(NO_PICTURE.to_owned()));
        darkroom.patience = PATIENCE;
        let other = Subject::Picture(picture(png(90, 64), 64));
        assert_eq!(settled(&context, &mut darkroom, &other, 40.0), Standing::Seen);
        drop(release);
    }

    #[test]
    fn textures_are_thrown_away() {
        let context = Context::default();
        let mut darkroom = Darkroom::start(&context);
        let pictures: Vec<Arc<Picture>> = (0..30).map(|grey| picture(png(grey * 8, 1000), 1000)).collect();
        for picture in &pictures {
            let subject = Subject::Picture(Arc::clone(picture));
            assert_eq!(settled(&context, &mut darkroom, &subject, 1000.0), Standing::Seen);
            assert!(darkroom.print_bytes() <= PRINTS, "{}", darkroom.print_bytes());
        }
        assert!(darkroom.print_bytes() > PRINTS / 2);
        drop(pictures);
        let other = picture(png(0, 10), 10);
        settled(&context, &mut darkroom, &Subject::Picture(other), 10.0);
        assert_eq!(darkroom.print_bytes(), 10 * 10 * 4, "nobody has the others any more");
    }

    #[test]
    fn the_same_thing_small_and_large_does_not_fight() {
        let context = Context::default();
        let mut darkroom = Darkroom::start(&context);
        let subject = Subject::Picture(picture(png(90, 500), 500));
        for _ in 0..6 {
            pass(&context, &mut darkroom, &subject, 400.0);
            pass(&context, &mut darkroom, &subject, 40.0);
            darkroom.wait(PATIENCE);
        }
        let before = darkroom.print_bytes();
        assert_eq!(before, (400 * 400 + 40 * 40) * 4);
        pass(&context, &mut darkroom, &subject, 400.0);
        pass(&context, &mut darkroom, &subject, 40.0);
        assert!(darkroom.orders.is_empty(), "both are there");
    }
}
