//! What files are that somebody drops on the window or chooses: told by content, before anything is taken in.

use std::path::{Path, PathBuf};

use super::error::OpError;
use super::import::Refusal;
use super::incoming::{self, Content};
use super::open_book::{OpenBook, is_same_file};
use crate::domain::Recommender;
use crate::exchange::gate::{self, COPY_BYTES};
use crate::exchange::package;
use crate::exchange::record::FILE_NAME;
use crate::rules::Notice;

/// A picture or PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    pub path: PathBuf,
    /// Width and height in pixels, upright; only told of a picture that came alone. `None`: a PDF, one of several, or a
    /// picture that the gate will refuse.
    pub size_px: Option<(u32, u32)>,
    pub is_pdf: bool,
}

/// Files by what can be done with them, each group in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sorted {
    pub books: Vec<PathBuf>,
    /// Records, packages, exported sets and the firms' forms.
    pub imports: Vec<PathBuf>,
    pub scans: Vec<Scan>,
    pub unusable: Vec<Refusal>,
}

/// Folders in folders that are looked through: a firm, a person, the person's scans.
const DEPTH: usize = 3;
/// A folder chosen by mistake (a whole disk) is not read to its end.
const MOST_FILES: usize = 500;
/// A PDF may begin with so much that is none.
const BEGINNING: u64 = 1024;

/// How much more is looked at.
struct Room {
    left: usize,
    /// Something was left out.
    is_over: bool,
}

/// Sorts files and folders. A folder that is no record and no exported set stands for what lies in it. `open` is the
/// book that this program holds: it must not be looked into.
pub fn sort(paths: &[PathBuf], open: Option<&Path>) -> Sorted {
    let mut sorted = Sorted::default();
    let mut room = Room { left: MOST_FILES, is_over: false };
    for path in paths {
        sorted.take(path, open, DEPTH, true, &mut room);
        if room.is_over {
            let advice = if path.is_dir() { "请选小一些的文件夹" } else { "从这一个起请另外添加" };
            sorted.unusable.push(Refusal::new(path, &format!("没有看完：一次只看 {MOST_FILES} 个文件，{advice}")));
            break;
        }
    }
    let [Scan { path, size_px, is_pdf: false }] = sorted.scans.as_mut_slice() else { return sorted };
    let bytes = gate::read_file(path, COPY_BYTES).unwrap_or_default();
    *size_px = gate::image_header(&bytes).map(gate::ImageFacts::upright_size_px);
    sorted
}

impl Sorted {
    /// `asked`: the clerk named this very path; else it only lies in a folder.
    fn take(&mut self, path: &Path, open: Option<&Path>, depth: usize, asked: bool, room: &mut Room) {
        if room.left == 0 {
            room.is_over = true;
            return;
        }
        room.left -= 1;
        if path.is_dir() {
            return self.take_folder(path, open, depth, asked, room);
        }
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        // Half-written and hidden files of office programs and desktops are nobody's documents.
        if !asked && (name.starts_with(['.', '~']) || ["thumbs.db", "desktop.ini"].contains(&name.as_str())) {
            return;
        }
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let extension = extension.unwrap_or_default();
        if extension == "tuijian" || open.is_some_and(|open| is_same_file(open, path)) || OpenBook::is_database(path) {
            return self.books.push(path.to_owned());
        }
        let start = gate::beginning(path, BEGINNING);
        match gate::extension(&start) {
            Some("pdf") => return self.scans.push(Scan { path: path.to_owned(), size_px: None, is_pdf: true }),
            Some(_) => return self.scans.push(Scan { path: path.to_owned(), size_px: None, is_pdf: false }),
            None => {}
        }
        let is_old_word = extension == "doc" || extension == "wps";
        match gate::kind(path) {
            gate::FileKind::Other => {}
            _ if is_old_word => {}
            _ => return self.imports.push(path.to_owned()),
        }
        if extension == "json" && (asked || name == FILE_NAME) {
            return self.imports.push(path.to_owned());
        }
        self.unusable.push(Refusal::new(path, &why_not(path, &extension, &start)));
    }

    fn take_folder(&mut self, path: &Path, open: Option<&Path>, depth: usize, asked: bool, room: &mut Room) {
        if path.join(FILE_NAME).is_file() || package::is_package(path) {
            return self.imports.push(path.to_owned());
        }
        if depth == 0 {
            return self.unusable.push(Refusal::new(path, &"文件夹套得太深，没有再往里看，请直接选里面的文件"));
        }
        let listing = match std::fs::read_dir(path) {
            Ok(listing) => listing,
            Err(error) => {
                return self.unusable.push(Refusal::new(path, &OpError::io("读取文件夹", path, &error)));
            }
        };
        let mut inside: Vec<PathBuf> = listing.filter_map(|entry| Some(entry.ok()?.path())).collect();
        inside.sort();
        if inside.is_empty() && asked {
            return self.unusable.push(Refusal::new(path, &"是空文件夹"));
        }
        for one in inside {
            self.take(&one, open, depth - 1, false, room);
        }
    }
}

/// What to do about a file that nothing can be done with.
fn why_not(path: &Path, extension: &str, start: &[u8]) -> &'static str {
    if !path.exists() {
        return "找不到，请核对路径";
    }
    if start.is_empty() {
        return "是空文件，或没有读取权限";
    }
    match extension {
        "doc" | "wps" | "rtf" => "是旧版 Word 或 WPS 文档，请用 Word 或 WPS 另存为 .docx 再导入",
        "et" | "csv" | "ods" => "请用 Excel 或 WPS 另存为 .xlsx 再导入",
        "rar" | "7z" | "tar" | "gz" => "是压缩包，请先解压",
        "heic" | "heif" | "bmp" | "tif" | "tiff" | "gif" | "webp" => {
            "是本程序不收的图片格式，请用看图软件另存为 JPG 或 PNG"
        }
        "ppt" | "pptx" | "ofd" => "请另存为 PDF，再作为附件添加",
        "txt" | "md" => "是文本文件，请打开后复制到要填的栏目里",
        _ => "不是推荐册、申报表、汇总表、记录、电子文档，也不是 JPG、PNG 图片或 PDF",
    }
}

/// What files to be imported say of themselves, before there is a book for them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// Paths that say whose they are: records, packages, exported sets.
    pub records: Vec<PathBuf>,
    /// The notice of the records.
    pub notice: Option<String>,
    /// Recommenders that the records name.
    pub recommenders: Vec<Recommender>,
    /// The firms' forms: they leave it open.
    pub forms: Vec<PathBuf>,
    /// 填报单位, 填报人, 联系电话 and 手机 at the foot of a summary, where there is one.
    pub named: [String; 4],
    /// Names of the people, as the files give them, each once.
    pub people: Vec<String>,
    pub refused: Vec<Refusal>,
}

/// Looks through files for a book that is to be made from them. The notice says which words of a form are its own.
pub fn contents(notice: &Notice, paths: &[PathBuf], passphrase: Option<&str>) -> Contents {
    let mut told = Contents::default();
    for path in paths {
        match incoming::read(notice, path, passphrase) {
            Ok(Content::Records(records)) => {
                told.records.push(path.clone());
                for record in records {
                    told.notice.get_or_insert(record.notice);
                    for recommender in record.recommenders {
                        if told.recommenders.iter().all(|known| known.name != recommender.name) {
                            told.recommenders.push(recommender);
                        }
                    }
                    record.applicants.into_iter().for_each(|one| told.add(one.applicant.name));
                }
            }
            Ok(Content::Application(form)) => {
                told.forms.push(path.clone());
                told.add(form.applicant.name);
            }
            Ok(Content::Summary(form)) => {
                told.forms.push(path.clone());
                if told.named.iter().all(String::is_empty) {
                    told.named = [form.recommender, form.contact, form.phone, form.mobile];
                }
                form.applicants.into_iter().for_each(|applicant| told.add(applicant.name));
            }
            Err(unread) => {
                told.refused.push(Refusal { lock: unread.lock, ..Refusal::new(path, &unread.error) });
            }
        }
    }
    told
}

impl Contents {
    fn add(&mut self, name: String) {
        let name = name.trim().to_owned();
        if !self.people.contains(&name) {
            self.people.push(name);
        }
    }
}
