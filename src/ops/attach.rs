//! Copies from the clerk's folders and clipboard.

use std::path::{Path, PathBuf};

use super::copies;
use super::error::OpError;
use super::import::Refusal;
use super::open_book::{OpenBook, Reception, who};
use super::photo::Pixels;
use super::save::whom;
use crate::domain::{Applicant, Attachment, AttachmentKind, FileKey, Person, PersonId};
use crate::exchange::gate::Received;
use crate::exchange::place::is_litter;
use crate::store;

/// Largest number of files taken in at once: a folder chosen by mistake should not fill the book.
const MOST_FILES: usize = 200;

/// Copies that were let in and are not in the book yet.
pub struct Copies {
    /// By their titles, in the order given.
    files: Vec<(String, Received)>,
    /// Names of what lay in a folder beside them and can be no copy.
    passed_over: Vec<String>,
}

impl Copies {
    /// Reads copies; a folder stands for the files in it, by name. Those that are no JPEG, PNG or PDF are refused, each with
    /// its reason; the others come in.
    ///
    /// # Errors
    /// Nothing that could be a copy, or too many at once.
    pub fn read(door: &Reception, paths: &[PathBuf]) -> Result<(Self, Vec<Refusal>), OpError> {
        let (paths, passed_over) = files_of(paths)?;
        let (copies, refused) = copies::receive(door, &paths, "一次放不下这么多文件，请分几次添加");
        let files = copies.into_iter().map(|copy| (title_of(&copy.path), copy.file)).collect();
        Ok((Self { files, passed_over }, refused))
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Names of files and their bytes are nobody's to print.
impl std::fmt::Debug for Copies {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_tuple("Copies").field(&self.files.len()).finish()
    }
}

/// Puts copies into a person's attachments; says what was done. The title is the file's name until the clerk writes a
/// better one; kind and what it proves are guessed from it.
pub fn attach(open: &mut OpenBook, id: PersonId, copies: Copies) -> Result<String, OpError> {
    let left = match copies.passed_over.as_slice() {
        [] => String::new(),
        names => format!("；文件夹里另有 {} 个文件不是扫描件，没有添加（{}）", names.len(), some_of(names)),
    };
    Ok(add(open, id, copies.files)? + &left)
}

/// Puts a picture from the clipboard into a person's attachments.
pub fn attach_pixels(open: &mut OpenBook, id: PersonId, pixels: Pixels) -> Result<String, OpError> {
    let file = pixels.receive()?;
    add(open, id, vec![("粘贴的图片".to_owned(), file)])
}

fn add(open: &mut OpenBook, id: PersonId, files: Vec<(String, Received)>) -> Result<String, OpError> {
    let people = open.people()?;
    let mut applicant = open.book.person(id)?.applicant;
    let what = format!("给{}添加 {} 个附件", whom(&applicant), files.len());
    let keys: Vec<FileKey> =
        files.iter().map(|(_, file)| store::file_key(&file.bytes, file.content.extension())).collect();
    let there = files.iter().enumerate().filter_map(|(index, (title, _))| {
        let key = &keys[index];
        if keys[..index].contains(key) {
            return Some(format!("“{title}”放了两次"));
        }
        let has = |person: &&Person| person.applicant.attachments.iter().any(|copy| copy.file == *key);
        // The person's own first.
        let whose = people.iter().filter(has).min_by_key(|person| person.id != id)?;
        let place = whose.applicant.attachments.iter().position(|copy| copy.file == *key).unwrap_or_default() + 1;
        Some(match whose.applicant.name.trim() {
            _ if whose.id == id => format!("“{title}”与附件 {place} 是同一个文件"),
            "" => format!("“{title}”也是另一位申报人的附件"),
            name => format!("“{title}”也是{name}的附件"),
        })
    });
    let there: Vec<String> = there.collect();
    let twice = match there.as_slice() {
        [] => String::new(),
        known => format!("；请核对：{}", some_of(known)),
    };
    open.book.transact(&who(), &what, |change| -> Result<(), OpError> {
        for (title, received) in files {
            let file = change.put_file(&received.bytes, received.content.extension())?;
            let (kind, proves) = meaning(&title, &applicant);
            applicant.attachments.push(Attachment { kind, title, file, proves, ..Attachment::default() });
        }
        change.update_person(id, &applicant)?;
        Ok(())
    })?;
    Ok(what + &twice)
}

/// The first few, for a sentence.
fn some_of(names: &[String]) -> String {
    const NAMED: usize = 3;
    let named = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join("、");
    if names.len() > NAMED { format!("{named} 等 {} 个", names.len()) } else { named }
}

/// Words in the names of scans, the most telling first: a 徒弟获奖证书 is a certificate and a prize too.
const WORDS: [(AttachmentKind, &[&str]); 7] = [
    (AttachmentKind::Apprentice, &["徒弟", "学徒", "带徒", "师带徒"]),
    (AttachmentKind::Patent, &["专利", "发明", "实用新型", "著作权", "软著", "论文", "科技成果", "工法"]),
    (AttachmentKind::Competition, &["竞赛", "大赛", "比赛", "比武", "技能赛", "锦标赛"]),
    (
        AttachmentKind::Certificate,
        &["职业资格", "技能等级", "资格证", "等级证", "技师证", "技师资格", "职业技能", "上岗证"],
    ),
    (
        AttachmentKind::Honour,
        &["荣誉", "称号", "先进", "劳模", "劳动模范", "能手", "工匠", "奖章", "标兵", "表彰", "津贴", "获奖", "首席"],
    ),
    (AttachmentKind::Report, &["推荐报告", "报告"]),
    (AttachmentKind::Certificate, &["证书"]),
];

/// A title that a copy is named after counts from so many characters on: shorter ones stand in any name by chance.
const TELLING: usize = 4;

/// Whether a scan's own name says what it is; 01 and IMG_0042 say nothing.
pub fn is_named(path: &Path) -> bool {
    meaning(&title_of(path), &Applicant::default()).0 != AttachmentKind::default()
}

/// What a copy of that name probably is, and what of the form it proves. A guess that the clerk sees and may change.
pub(super) fn meaning(name: &str, applicant: &Applicant) -> (AttachmentKind, String) {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let name = plain(name);
    let tells = |title: &str| {
        let title = plain(title);
        title.chars().count() >= TELLING && name.contains(&title)
    };
    let certificates =
        applicant.certificates.iter().map(|one| (AttachmentKind::Certificate, &one.number, tells(&one.number)));
    let honours = applicant.honours.iter().map(|one| (AttachmentKind::Honour, &one.title, tells(&one.title)));
    let competitions =
        applicant.competitions.iter().map(|one| (AttachmentKind::Competition, &one.name, tells(&one.name)));
    let named = certificates.chain(honours).chain(competitions).find(|(_, _, tells)| *tells);
    if let Some((kind, proves, _)) = named {
        return (kind, proves.clone());
    }
    let guess = WORDS.into_iter().find(|(_, words)| words.iter().any(|word| name.contains(word)));
    (guess.map(|(kind, _)| kind).unwrap_or_default(), String::new())
}

pub(super) fn title_of(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The files themselves, and names of what folders hold besides jpg, png and pdf: that is passed over.
fn files_of(paths: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<String>), OpError> {
    let (mut files, mut passed_over) = (Vec::new(), Vec::new());
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let listing = std::fs::read_dir(path).map_err(|error| OpError::io("读取文件夹", path, &error))?;
        let inside = listing.filter_map(|entry| Some(entry.ok()?.path())).filter(|file| file.is_file());
        let (mut scans, others): (Vec<PathBuf>, Vec<PathBuf>) = inside.partition(|file| is_scan(file));
        scans.sort();
        files.extend(scans);
        let names = others.iter().filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned()));
        // What desktops and office programs leave there is nobody's.
        passed_over.extend(names.filter(|name| !is_litter(name) && !name.starts_with(['.', '~'])));
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
    passed_over.sort();
    Ok((files, passed_over))
}

fn is_scan(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| ["jpg", "jpeg", "png", "pdf"].contains(&extension.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Certificate, Honour};

    #[test]
    fn a_name_tells_what_a_scan_is() {
        let applicant = Applicant {
            certificates: vec![Certificate { number: "1234567890123456".into(), ..Certificate::default() }],
            honours: vec![Honour { title: "杭州工匠".into(), ..Honour::default() }],
            ..Applicant::default()
        };
        let cases = [
            ("高级技师证书", AttachmentKind::Certificate, ""),
            ("职业资格证书（正面）", AttachmentKind::Certificate, ""),
            ("荣誉证书 2018", AttachmentKind::Honour, ""),
            ("2018 年 杭州工匠 证书", AttachmentKind::Honour, "杭州工匠"),
            ("证书1234567890123456", AttachmentKind::Certificate, "1234567890123456"),
            ("技能大赛获奖证书", AttachmentKind::Competition, ""),
            ("徒弟大赛获奖证书", AttachmentKind::Apprentice, ""),
            ("实用新型专利证书", AttachmentKind::Patent, ""),
            ("单位推荐报告", AttachmentKind::Report, ""),
            ("IMG_0042", AttachmentKind::Other, ""),
        ];
        for (name, kind, proves) in cases {
            assert_eq!(meaning(name, &applicant), (kind, proves.to_owned()), "{name}");
        }
        for (name, is) in [("荣誉证书.jpg", true), ("01.jpg", false), ("葛瑾川照片.png", false)] {
            assert_eq!(is_named(Path::new(name)), is, "{name}");
        }
    }
}
