//! The thread: reads files, decodes pictures, draws pages, one after the other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Once};

use eframe::egui::{ColorImage, Context};

use super::{Key, Subject};
use crate::pages::{CopyContent, Picture};
use crate::preview::foreign::ForeignFile;
use crate::preview::picture;
use crate::preview::wish::Wish;

/// Bytes of files that the thread keeps; the last one always.
pub const FILES: usize = 12 << 20;
/// A damaged PDF may nest deeply.
const STACK: usize = 64 << 20;
const THREAD: &str = "darkroom";

pub const NO_PICTURE: &str = "这张图片在屏幕上显示不出来，请换用能正常打开的 JPG 或 PNG 图片";
pub const NO_PAGE: &str = "这一页 PDF 在屏幕上显示不出来，印制时仍按原样编入";

/// Bytes on their way to the thread; made there, because composing a PDF takes its time.
pub type Stock = Box<dyn FnOnce() -> Result<CopyContent, String> + Send>;

pub enum Task {
    Show { subject: Subject, wish: Wish },
    Stock { address: usize, stock: Stock },
}

pub struct Outcome {
    pub key: Key,
    pub wish: Wish,
    pub made: Result<ColorImage, Miss>,
}

pub enum Miss {
    /// The bytes have been thrown away meanwhile.
    NoBytes,
    Fault(String),
}

/// Starts a thread. Without one nothing is shown of copies; every order then fails.
pub fn begin(context: &Context) -> (Sender<Task>, Receiver<Outcome>) {
    be_silent();
    let (tasks, to_do) = channel();
    let (ready, done) = channel();
    let waker = context.clone();
    let work = move || work(&to_do, &ready, &waker);
    let _ = std::thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn(work);
    (tasks, done)
}

/// A drawing that panics is told in one sentence on the page; nothing goes to the terminal.
fn be_silent() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().name() != Some(THREAD) {
                tell(panic);
            }
        }));
    });
}

/// A file as the thread keeps it.
enum File {
    Picture(Arc<Picture>),
    Pdf(Box<ForeignFile>),
    Fault(String),
}

impl File {
    fn of(content: Result<CopyContent, String>) -> Self {
        match content {
            Ok(CopyContent::Picture(picture)) => Self::Picture(picture),
            Ok(CopyContent::Pdf(pdf)) => {
                let bytes = Arc::try_unwrap(pdf).map_or_else(|shared| shared.bytes.clone(), |own| own.bytes);
                guarded(|| ForeignFile::open(bytes))
                    .map_or_else(|| Self::Fault(NO_PAGE.to_owned()), |file| Self::Pdf(Box::new(file)))
            }
            Err(fault) => Self::Fault(fault),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Picture(picture) => picture.bytes.len(),
            Self::Pdf(file) => file.bytes(),
            Self::Fault(_) => 0,
        }
    }
}

fn work(tasks: &Receiver<Task>, ready: &Sender<Outcome>, context: &Context) {
    // The last used comes last.
    let mut files: Vec<(usize, File)> = Vec::new();
    while let Ok(task) = tasks.recv() {
        match task {
            Task::Stock { address, stock } => {
                let content = catch_unwind(AssertUnwindSafe(stock)).unwrap_or_else(|_| Err(NO_PAGE.to_owned()));
                keep(&mut files, address, File::of(content));
            }
            Task::Show { subject, wish } => {
                let key = subject.key();
                let made = make(&mut files, subject, &wish);
                // Nobody listens any more when the window has gone.
                let _ = ready.send(Outcome { key, wish, made });
                context.request_repaint();
            }
        }
    }
}

/// Keeps a file, and of the others the last used ones.
fn keep(files: &mut Vec<(usize, File)>, address: usize, file: File) {
    files.retain(|(other, _)| *other != address);
    files.push((address, file));
    let mut sum = 0;
    let kept = files.iter().rev().take_while(|(_, file)| {
        let first = sum == 0;
        sum += file.bytes();
        first || sum <= FILES
    });
    let kept = kept.count();
    files.drain(..files.len() - kept);
}

fn make(files: &mut Vec<(usize, File)>, subject: Subject, wish: &Wish) -> Result<ColorImage, Miss> {
    let address = subject.address();
    if !subject.is_hollow() {
        match &subject {
            Subject::Picture(picture) => return developed(picture, wish),
            // An address may be another's by now; what is not hollow brings its own bytes.
            Subject::Page(pdf, _) => keep(files, address, File::of(Ok(CopyContent::Pdf(Arc::clone(pdf))))),
        }
    }
    let at = files.iter().position(|(other, _)| *other == address).ok_or(Miss::NoBytes)?;
    let file = files.remove(at);
    let made = match (&file.1, &subject) {
        (File::Fault(fault), _) => Err(Miss::Fault(fault.clone())),
        (File::Picture(picture), Subject::Picture(_)) => developed(picture, wish),
        (File::Pdf(file), Subject::Page(_, page)) => {
            guarded(|| file.draw(*page, wish)).ok_or_else(|| Miss::Fault(NO_PAGE.to_owned()))
        }
        (File::Picture(_) | File::Pdf(_), _) => Err(Miss::NoBytes),
    };
    files.push(file);
    made
}

fn developed(picture: &Picture, wish: &Wish) -> Result<ColorImage, Miss> {
    guarded(|| picture::decode(picture, wish)).ok_or_else(|| Miss::Fault(NO_PICTURE.to_owned()))
}

/// `None` also where the maker panics: hayro and the decoders read what others have written.
fn guarded<T>(make: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(make)).ok().flatten()
}
