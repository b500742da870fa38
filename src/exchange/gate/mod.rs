//! The only door for foreign files: each kind is known by its content, never by its name, and has its limits.
//!
//! Every fault is one Chinese sentence that names the file, says why and what to do.

mod compound;
mod held;
mod image;
mod pdf;
mod portrait;
mod xml;
mod zip;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

pub use compound::{is_compound, is_locked_office, workbook_stream};
pub use held::{Held, hold, is_held};
pub use image::{ImageFacts, ImageFormat, for_print, image, image_header};
pub use pdf::{PdfFacts, pdf};
pub use portrait::{Cut, cut, png};
pub use xml::{Node, Xml, attribute};
pub use zip::Archive;

const MIB: u64 = 1 << 20;

/// Largest image file: a 600 dpi colour scan of A4 as PNG stays below it.
pub const IMAGE_BYTES: u64 = 50 * MIB;
/// Largest PDF: a scanned certificate has a few MB; the whole file is parsed in memory.
pub const PDF_BYTES: u64 = 30 * MIB;
/// Largest copy of any kind, checked before the content is known.
pub const COPY_BYTES: u64 = IMAGE_BYTES;
/// Longest side of an image: A3 at 600 dpi has 9,921 px.
pub const IMAGE_SIDE_PX: u32 = 12_000;
/// Largest area of an image: A4 at 600 dpi has 34.8 MP.
pub const IMAGE_PIXELS: u64 = 40_000_000;
/// What decoding an image may allocate: 40 MP in 8-bit RGBA are 153 MiB.
pub const IMAGE_ALLOC_BYTES: u64 = 256 * MIB;
/// Scans of a progressive JPEG: cameras write about ten; each further one costs a pass over all pixels.
pub const JPEG_SCANS: usize = 100;
/// Pages of one PDF copy: more is no certificate, and the binder would not close.
pub const PDF_PAGES: usize = 500;
/// Nodes visited in a PDF's page tree before it is given up: trees that loop or branch without pages.
pub const PDF_TREE_NODES: usize = 5_000;
/// Objects of a PDF, packed ones included: a tagged document of a hundred pages from Word has about 20,000.
pub const PDF_OBJECTS: usize = 100_000;
/// What a PDF's objects without their streams may take in the parser's memory: with the file itself, twice, and the
/// program it stays below 256 MiB.
pub const PDF_PARSED_BYTES: usize = 150 << 20;
/// What one object or cross-reference stream of a PDF may unpack to: real ones hold a few hundred objects.
pub const PDF_STREAM_BYTES: usize = 4 << 20;

/// Largest zip, .docx or .xlsx: what it may hold (below) hardly packed.
pub const ZIP_BYTES: u64 = 200 * MIB;
/// Largest package on disk: it holds the scans of a whole set twice.
pub const PACKAGE_BYTES: u64 = 1024 * MIB;
/// Entries of a zip: a package of a full quota has about a hundred.
pub const ZIP_ENTRIES: usize = 2_000;
/// One unpacked entry; the largest copy.
pub const ZIP_ENTRY_BYTES: u64 = 50 * MIB;
/// Everything that is unpacked from one zip, together, counted while reading.
pub const ZIP_TOTAL_BYTES: u64 = 200 * MIB;
/// Unpacked size over packed size: text packs 5 to 30 times, a bomb 1,000 times.
pub const ZIP_RATIO: u64 = 200;
/// Below this size the ratio says nothing: a page of blanks packs as well as a bomb and hurts nobody.
pub const ZIP_RATIO_FREE_BYTES: u64 = MIB;
/// Folders in folders; a package has three.
pub const ZIP_PATH_DEPTH: usize = 10;
/// Largest .xls: an annex with a hundred people has less than 1 MB.
pub const COMPOUND_BYTES: u64 = 20 * MIB;
/// Elements in elements: a text box in a table cell in Word is about 35 deep.
pub const XML_DEPTH: usize = 64;
/// Tags and texts of one document: 50 pages of tables have about 100,000.
pub const XML_EVENTS: usize = 5_000_000;

/// A foreign file that was not let in.
#[derive(Debug, thiserror::Error)]
#[error("文件“{file}”{fault}")]
pub struct GateError {
    /// As the clerk knows it: the path that was chosen, or the path inside a record or package.
    pub file: String,
    pub fault: GateFault,
}

/// Why a file was not let in; reads on after the file's name.
#[derive(Debug, thiserror::Error)]
pub enum GateFault {
    #[error("找不到，请核对路径，或把文件放回原处")]
    Missing,
    #[error("没有读取权限，请在文件属性里允许读取，或换一份副本")]
    NoPermission,
    #[error("是文件夹，请选择里面的文件")]
    Folder,
    #[error("不是普通文件（管道、设备等），请选择普通文件")]
    Special,
    #[error("就是正在使用的推荐册，不能从它读入，请另选文件")]
    OpenBook,
    #[error("是空文件，请重新取得这份文件")]
    Empty,
    #[error("有 {}，超过 {} 的上限，请压缩或拆分后再试", megabytes(*bytes), megabytes(*limit))]
    TooLarge { bytes: u64, limit: u64 },
    #[error("读取失败（{}），请检查磁盘或换一份副本再试", crate::exchange::system_reason(.0))]
    Unreadable(io::Error),
    #[error("既不是 JPEG、PNG 图片，也不是 PDF，请另存为其中一种再试")]
    UnknownKind,
    #[error("不是 JPEG 或 PNG 图片，请另存为其中一种再试")]
    NotImage,
    #[error("不是 PDF，请重新扫描或另存为 PDF")]
    NotPdf,
    #[error("宽 {width_px}、高 {height_px} 像素，超过每边 {IMAGE_SIDE_PX} 像素、共 4000 万像素的上限，请缩小后再试")]
    TooManyPixels { width_px: u32, height_px: u32 },
    #[error("解码需要的内存过多，请另存为普通的 8 位 JPEG 或 PNG 再试")]
    ImageTooHeavy,
    #[error("已损坏，图像读不完整，请重新扫描或重新索取")]
    DamagedImage,
    #[error("设有打开密码，请取消密码后再试")]
    PdfLocked,
    #[error("已损坏，PDF 读不完整，请重新扫描或重新另存")]
    DamagedPdf,
    #[error("没有一页内容，请重新扫描或重新另存")]
    NoPages,
    #[error("超过 {PDF_PAGES} 页，请只保留需要的页")]
    TooManyPages,
    #[error("内部结构过于复杂，请重新扫描，或用打印的方式另存为 PDF 再试")]
    PdfTooComplex,
    #[error("不是 zip 格式（.zip、.docx、.xlsx），请核对或另存后再试")]
    NotZip,
    #[error("已损坏，压缩内容读不完整，请重新取得这份文件")]
    DamagedZip,
    #[error("的压缩方式无法识别，请用普通 zip 方式重新打包")]
    UnsupportedZip,
    #[error("超过 {ZIP_ENTRIES} 个条目，请拆分后再试")]
    TooManyEntries,
    #[error("里的条目互相重叠，疑为恶意文件，请勿使用并向对方核实")]
    OverlappingEntries,
    #[error("里的条目“{0}”名称不合规（含路径跳转、控制字符、系统保留名或重名），请向对方核实")]
    BadEntryName(String),
    #[error("里的条目“{0}”是链接或设备，请让对方重新打包为普通文件")]
    LinkEntry(String),
    #[error("是加密的，请提供口令，或让对方取消加密")]
    EncryptedZip,
    #[error("的口令不对，请核对口令")]
    WrongPassphrase,
    #[error("解压后过大，疑为恶意文件，请勿使用并向对方核实")]
    UnpacksTooLarge,
    #[error("与清单不符，可能在传送中损坏或被改动，请核验这份电子文档，并向报送单位重新索取")]
    NotAsListed,
    #[error("本身又是压缩包，请解压后再导入")]
    NestedArchive,
    #[error("的内部文档已损坏，请用 Word、Excel 或 WPS 打开后另存再试")]
    DamagedXml,
    #[error("的内部文档带有 DOCTYPE 声明，疑为恶意文件，请用 Word、Excel 或 WPS 另存再试")]
    DocType,
    #[error("的内部文档嵌套过深，请用 Word、Excel 或 WPS 另存再试")]
    XmlTooDeep,
    #[error("的内部文档过大，请删去无关内容后再试")]
    XmlTooLarge,
    #[error("不是 Excel 表格（.xlsx 或 .xls），请用 Excel 或 WPS 另存后再试")]
    NotSheet,
    #[error("是 Excel 95 以前的旧格式，请用 Excel 或 WPS 另存为 .xlsx 再试")]
    OldSheet,
    #[error("的表格内容已损坏，请用 Excel 或 WPS 打开后另存再试")]
    DamagedSheet,
    #[error("的单元格过多，请只保留汇总表后再试")]
    SheetTooLarge,
    #[error("的汇总表之外很远处（两万行、一百列以外）还有内容，请删去汇总表以外的单元格后再试")]
    CellsBeyond,
    #[error("设有打开密码，请在 Word、Excel 或 WPS 里取消密码后再试")]
    OfficeLocked,
    #[error("不是 Word 文档（.docx），请用 Word 或 WPS 另存为 .docx 再试")]
    NotWord,
    #[error("里找不到《{0}》的栏目，请核对是否选对了文件")]
    NotTheForm(String),
}

impl GateFault {
    /// The fault of a file.
    pub fn of(self, file: &str) -> GateError {
        GateError { file: file.to_owned(), fault: self }
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(MIB))
}

/// A copy that was let in: the bytes as they were received, and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub bytes: Vec<u8>,
    pub content: Content,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Image(ImageFacts),
    Pdf(PdfFacts),
}

impl Content {
    /// `jpg`, `png` or `pdf`, whatever the file was called.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Image(facts) => facts.format.extension(),
            Self::Pdf(_) => "pdf",
        }
    }
}

/// Reads a whole file of at most `limit` bytes. Only a regular file is read; the size is checked before and while
/// reading, so that a huge sparse file costs nothing and a growing one ends.
pub fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, GateError> {
    read(path, limit).map_err(|fault| fault.of(&path.display().to_string()))
}

fn read(path: &Path, limit: u64) -> Result<Vec<u8>, GateFault> {
    let file = open_regular(path, limit)?;
    let length = file.metadata().map(|metadata| metadata.len()).unwrap_or_default();
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(refused)?;
    match bytes.len() as u64 {
        length if length > limit => Err(GateFault::TooLarge { bytes: length, limit }),
        _ => Ok(bytes),
    }
}

/// Opens a plain file of at most `limit` bytes, never the book that this program has open.
pub fn open_regular(path: &Path, limit: u64) -> Result<File, GateFault> {
    // Asked before opening: opening a pipe would wait for its other end.
    let metadata = fs::metadata(path).map_err(refused)?;
    if metadata.is_dir() {
        return Err(GateFault::Folder);
    }
    if !metadata.is_file() {
        return Err(GateFault::Special);
    }
    if metadata.len() > limit {
        return Err(GateFault::TooLarge { bytes: metadata.len(), limit });
    }
    if is_held(path) {
        return Err(GateFault::OpenBook);
    }
    File::open(path).map_err(refused)
}

fn refused(error: io::Error) -> GateFault {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => GateFault::Missing,
        io::ErrorKind::PermissionDenied => GateFault::NoPermission,
        io::ErrorKind::IsADirectory => GateFault::Folder,
        _ => GateFault::Unreadable(error),
    }
}

/// What a file to be imported is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A zip that is no document of an office program.
    Zip,
    /// .docx
    Word,
    /// .xlsx or .xls
    Sheet,
    /// Anything else; its reader says what is wrong with it.
    Other,
}

/// Tells what a file is. What cannot be told by its content, because it is damaged or locked, is told by its name.
pub fn kind(path: &Path) -> FileKind {
    let start = beginning(path, 8);
    if start.starts_with(b"PK")
        && let Ok(archive) = Archive::open_package(path, None)
    {
        let has = |folder: &str| archive.paths().any(|entry| entry.starts_with(folder));
        return if has("word/") {
            FileKind::Word
        } else if has("xl/") {
            FileKind::Sheet
        } else {
            FileKind::Zip
        };
    }
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "docx" => FileKind::Word,
        "xlsx" | "xls" => FileKind::Sheet,
        "zip" => FileKind::Zip,
        _ if is_compound(&start) => FileKind::Sheet,
        _ if start.starts_with(b"PK") => FileKind::Zip,
        _ => FileKind::Other,
    }
}

/// The first `most` bytes of a plain file; fewer, or none, where it has not so many or cannot be read.
pub fn beginning(path: &Path, most: u64) -> Vec<u8> {
    let mut start = Vec::new();
    if let Ok(file) = open_regular(path, u64::MAX) {
        // A file that cannot be read is refused by its reader.
        let _ = file.take(most).read_to_end(&mut start);
    }
    start
}

/// What the first bytes say; `None`: nothing that a copy may be.
fn sniff(bytes: &[u8]) -> Option<Kind> {
    if let Some(format) = image::sniff(bytes) {
        Some(Kind::Image(format))
    } else if pdf::sniff(bytes) {
        Some(Kind::Pdf)
    } else {
        None
    }
}

enum Kind {
    Image(ImageFormat),
    Pdf,
}

/// The extension that the bytes deserve, by their first bytes only: `jpg`, `png`, `pdf`.
pub fn extension(bytes: &[u8]) -> Option<&'static str> {
    Some(match sniff(bytes)? {
        Kind::Image(format) => format.extension(),
        Kind::Pdf => "pdf",
    })
}

/// Lets a photo or copy in: JPEG, PNG or PDF by content, decoded or walked through once, so that a damaged one is
/// refused here and not at the printer. `file` names it in the fault.
pub fn receive(file: &str, bytes: Vec<u8>) -> Result<Received, GateError> {
    let content = match sniff(&bytes) {
        Some(Kind::Image(_)) => Content::Image(image(file, &bytes)?),
        Some(Kind::Pdf) => {
            let facts = pdf(file, &bytes)?;
            pdf::printable(file, &bytes)?;
            Content::Pdf(facts)
        }
        None if bytes.is_empty() => return Err(GateFault::Empty.of(file)),
        None => return Err(GateFault::UnknownKind.of(file)),
    };
    Ok(Received { bytes, content })
}

/// [`read_file`] and [`receive`] in one.
pub fn receive_file(path: &Path) -> Result<Received, GateError> {
    receive(&path.display().to_string(), read_file(path, COPY_BYTES)?)
}

fn within(bytes: &[u8], limit: u64) -> Result<(), GateFault> {
    match bytes.len() as u64 {
        0 => Err(GateFault::Empty),
        length if length > limit => Err(GateFault::TooLarge { bytes: length, limit }),
        _ => Ok(()),
    }
}
