//! The hostile set, each file as a clerk would meet it: through the real program, refused in one sentence, soon, in little
//! memory, with the book unchanged byte for byte.
//!
//! Memory: the program runs with an address space of 256 MB in all (`ulimit -v`), which its resident memory cannot exceed.
//! Processor time is what the shell's `times` says of it, user and system, not the clock's: other work on the machine does
//! not count. The limit of 2 s holds for this build too, although it is not optimised: what takes long here (unpacking,
//! decoding, SQLite) is optimised by name in Cargo.toml.

use std::fs;
use std::io::{Cursor, Write};
use std::process::Command;

use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::program::{Desk, sample};

const MEMORY_KB: u32 = 256 << 10;
const CPU_SECONDS: f64 = 2.0;

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in entries {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn record() -> Vec<u8> {
    fs::read(sample("association").join("record.json")).unwrap()
}

/// A symbolic link where the record should be.
fn linking() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("record.json", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The second entry's record points at the first one's bytes.
fn overlapping() -> Vec<u8> {
    let mut bytes = zip_of(&[("record.json", &record()), ("照片/01.jpg", &record())]);
    let central = |bytes: &[u8], from: usize| from + bytes[from..].windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    let first = central(&bytes, 0);
    let second = central(&bytes, first + 4);
    bytes[second + 42..second + 46].copy_from_slice(&[0; 4]);
    bytes
}

fn word(document: &str) -> Vec<u8> {
    zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

/// Each entity ten times the one before: 10^9 of the first.
fn entities() -> String {
    let mut text = String::from("<!DOCTYPE d [<!ENTITY e0 \"哈\">");
    for level in 1..10 {
        text += &format!("<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10));
    }
    text + "]><w:document xmlns:w='w'><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>"
}

/// A PNG whose header claims 60,000 × 60,000 pixels.
fn huge_png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend([60_000_u32.to_be_bytes(), 60_000_u32.to_be_bytes()].concat());
    bytes.extend([8, 2, 0, 0, 0]);
    let mut sum = flate2::Crc::new();
    sum.update(&bytes[12..]);
    bytes.extend(sum.sum().to_be_bytes());
    bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    bytes
}

fn pdf_of(objects: &[String]) -> Vec<u8> {
    pdf_behind("", objects)
}

/// Something, then objects.
fn pdf_behind(before: &str, objects: &[String]) -> Vec<u8> {
    let mut bytes = format!("%PDF-1.7\n{before}").into_bytes();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).into_bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    offsets.iter().for_each(|offset| bytes.extend(format!("{offset:010} 00000 n \n").into_bytes()));
    let trailer = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend(trailer.into_bytes());
    bytes
}

/// A million pages: in one list, or as six levels of ten branches each that share their leaves.
fn million_pages(flat: bool) -> Vec<u8> {
    let page = "<</Type/Page/MediaBox[0 0 595 842]>>".to_owned();
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
    if flat {
        objects.push(format!("<</Type/Pages/Count 1000000/Kids[{}]>>", "3 0 R ".repeat(1_000_000)));
    } else {
        let branch = |id: usize| {
            format!(
                "<</Type/Pages/Count {}/Kids[{}]>>",
                10_u64.pow(8 - id as u32),
                format!("{} 0 R ", id + 1).repeat(10)
            )
        };
        objects.extend((2..8).map(branch));
    }
    objects.push(page);
    pdf_of(&objects)
}

/// Pages that are an object each, as many as a file of the permitted size holds.
fn many_objects() -> Vec<u8> {
    let kids: String = (3..440_003).map(|id| format!("{id} 0 R ")).collect();
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
    objects.push(format!("<</Type/Pages/Count 440000/Kids[{kids}]>>"));
    objects.extend((0..440_000).map(|_| "<</Type/Page>>".to_owned()));
    pdf_of(&objects)
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

/// One page, and streams of packed objects that all have one value.
fn packed_objects(streams: usize, each: usize, value: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n".to_vec();
    bytes.extend(b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n3 0 obj\n<</Type/Page>>\nendobj\n");
    let mut entries = vec![[0, 0, 0, 0, 0]];
    entries.extend([9, 58, 109].map(|at| [1, 0, 0, at, 0]));
    for stream in 0..streams {
        let id = 4 + stream;
        let numbers: String = (0..each).map(|index| format!("{} 0 ", 1000 + stream * each + index)).collect();
        let text = format!("{numbers}{value}");
        let data = packed(text.as_bytes());
        let at = u32::try_from(bytes.len()).unwrap().to_be_bytes();
        entries.push([1, at[1], at[2], at[3], 0]);
        let head = format!(
            "{id} 0 obj\n<</Type/ObjStm/N {each}/First {}/Filter/FlateDecode/Length {}>>\nstream\n",
            numbers.len(),
            data.len()
        );
        bytes.extend(head.into_bytes());
        bytes.extend(data);
        bytes.extend(b"\nendstream\nendobj\n");
    }
    let start = bytes.len();
    let at = u32::try_from(start).unwrap().to_be_bytes();
    entries.push([1, at[1], at[2], at[3], 0]);
    let table = packed(&entries.concat());
    let head = format!(
        "{0} 0 obj\n<</Type/XRef/W[1 3 1]/Size {0}/Root 1 0 R/Filter/FlateDecode/Length {1}>>\nstream\n",
        streams + 4,
        table.len()
    );
    bytes.extend(head.into_bytes());
    bytes.extend(table);
    bytes.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").into_bytes());
    bytes
}

/// One page, and one stream of packed objects that is written as it stands.
fn one_packed(filter: &str, first: usize, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n".to_vec();
    bytes.extend(b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n3 0 obj\n<</Type/Page>>\nendobj\n");
    let at = bytes.len();
    let length = data.len();
    bytes.extend(format!("4 0 obj\n<</Type/ObjStm/N 1/First {first}{filter}/Length {length}>>\nstream\n").into_bytes());
    bytes.extend(data);
    bytes.extend(b"\nendstream\nendobj\n");
    let start = bytes.len();
    bytes.extend(b"xref\n0 5\n0000000000 65535 f \n");
    [9, 58, 109, at].iter().for_each(|offset| bytes.extend(format!("{offset:010} 00000 n \n").into_bytes()));
    bytes.extend(format!("trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    bytes
}

/// Two million lists, packed.
fn lists() -> Vec<u8> {
    format!("9 0 [{}]", "[]".repeat(1_900_000)).into_bytes()
}

/// Bytes as ASCII 85.
fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for part in bytes.chunks(4) {
        let mut four = [0; 4];
        four[..part.len()].copy_from_slice(part);
        let value = u32::from_be_bytes(four);
        let digits = [85_u32.pow(4), 85_u32.pow(3), 85_u32.pow(2), 85, 1].map(|unit| b'!' + (value / unit % 85) as u8);
        text.extend(&digits[..=part.len()]);
    }
    text.extend(b"~>");
    text
}

/// The same in rows of two bytes, each as what it adds to the row above: almost nothing but zeros.
fn predicted() -> Vec<u8> {
    let mut above = [0, 0];
    let mut rows = Vec::new();
    for row in lists().chunks_exact(2) {
        rows.extend([2, row[0].wrapping_sub(above[0]), row[1].wrapping_sub(above[1])]);
        above = [row[0], row[1]];
    }
    packed(&rows)
}

/// An object behind something that a reader of the whole file would pass over, to which the table leads.
fn hidden(before: &str) -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/MediaBox[0 0 595 842]>>",
        &format!("[{}]", "[]".repeat(1_900_000)),
    ];
    pdf_behind(before, &objects.map(str::to_owned))
}

/// A table of a million and more entries that all lead to one object.
fn many_entries() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\n".to_vec();
    let start = bytes.len();
    bytes.extend(b"xref\n0 1400001\n0000000000 65535 f \n");
    bytes.extend(b"0000000009 00000 n \n".repeat(1_400_000));
    bytes.extend(format!("trailer\n<</Size 1400001/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    bytes
}

/// Three hundred entries that all lead to one object of some weight.
fn meeting_entries() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\n".to_vec();
    let heavy = bytes.len();
    bytes.extend(format!("2 0 obj\n[{}]\nendobj\n", "[]".repeat(10_000)).into_bytes());
    let start = bytes.len();
    bytes.extend(b"xref\n0 302\n0000000000 65535 f \n0000000009 00000 n \n");
    bytes.extend(format!("{heavy:010} 00000 n \n").repeat(300).into_bytes());
    bytes.extend(format!("trailer\n<</Size 302/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    bytes
}

/// One object that is small in the file and large in memory.
fn heavy(value: &str, times: usize) -> Vec<u8> {
    let page = "<</Type/Page/MediaBox[0 0 595 842]>>".to_owned();
    let tree = "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned();
    pdf_of(&["<</Type/Catalog/Pages 2 0 R>>".to_owned(), tree, page, format!("[{}]", value.repeat(times))])
}

fn locked_pdf() -> Vec<u8> {
    let scan = fs::read(sample("association").join("scans/yan-patent.pdf")).unwrap();
    let mut document = Document::load_mem(&scan).unwrap();
    document.trailer.set("ID", vec![lopdf::Object::string_literal("a"), lopdf::Object::string_literal("a")]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "secret",
        key_length: 128,
        permissions: Permissions::default(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// A workbook with the annex's heads and one cell in the last corner that a sheet has, or that cell alone.
fn corner(heads: bool) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    if heads {
        for (column, head) in (0..).zip(["序号", "姓名", "性别", "出生年月", "工作单位", "岗位", "等级"])
        {
            sheet.write_string(0, column, head).unwrap();
            sheet.write_string(1, column, "甲").unwrap();
        }
    }
    sheet.write_string(1_048_575, 16_383, "远").unwrap();
    workbook.save_to_buffer().unwrap()
}

/// Runs the program with 256 MB of address space; exit code, both streams, seconds of processor time.
fn run_small(desk: &Desk, arguments: &[&str]) -> (i32, String, String, f64) {
    let script = format!("ulimit -v {MEMORY_KB}; \"$@\"; code=$?; times > times; exit $code");
    let output = Command::new("sh")
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_tuijian")])
        .args(arguments)
        .current_dir(desk.path("."))
        .env("TUIJIAN_BOOK", desk.book())
        .env("TUIJIAN_TODAY", "2021-07-13")
        .output()
        .unwrap();
    // Two lines: the shell's own, then its children's, each user and system as 0m0.12s.
    let times = fs::read_to_string(desk.path("times")).unwrap();
    let seconds = |time: &str| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
    };
    let cpu = times.lines().nth(1).unwrap().split_whitespace().map(seconds).sum();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr), cpu)
}

#[test]
fn each_is_refused_through_the_real_program() {
    let desk = Desk::with_sample("association");
    let put = |name: &str, bytes: Vec<u8>| fs::write(desk.path(name), bytes).unwrap();
    put("bomb.zip", zip_of(&[("record.json", &record()), ("照片/大.jpg", &vec![0; 60 << 20])]));
    put("slip.zip", zip_of(&[("record.json", &record()), ("../../evil", b"x")]));
    put("link.zip", linking());
    put("overlap.zip", overlapping());
    put("doctype.docx", word("<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><w:document>&x;</w:document>"));
    put("entities.docx", word(&entities()));
    put("huge.png", huge_png());
    put("million.pdf", million_pages(true));
    put("branching.pdf", million_pages(false));
    put("objects.pdf", many_objects());
    // Four million small objects; one object that unpacks to less than a stream may, and to a gigabyte in memory.
    put("packed.pdf", packed_objects(40, 100_000, "1 "));
    put("inside.pdf", packed_objects(1, 1, &format!("[{}]", "[]".repeat(1_900_000))));
    put("plain.pdf", one_packed("", 4, &lists()));
    put("doubly.pdf", one_packed("/Filter[/ASCII85Decode/FlateDecode]", 4, &ascii85(&packed(&lists()))));
    put("predicted.pdf", one_packed("/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2>>", 4, &predicted()));
    let shared: String = (0..2_000).map(|number| format!("{} 0 ", 1000 + number)).collect();
    let shared_data = packed(format!("{shared}[{}]", "[]".repeat(2_000)).as_bytes());
    put("shared.pdf", one_packed("/Filter/FlateDecode", shared.len(), &shared_data));
    put("stream.pdf", hidden("stream\n"));
    put("string.pdf", hidden("(\n"));
    put("entries.pdf", many_entries());
    put("meeting.pdf", meeting_entries());
    put("numbers.pdf", heavy("1 ", 14_000_000));
    put("lists.pdf", heavy("[]", 14_000_000));
    put("locked.pdf", locked_pdf());
    put("corner.xlsx", corner(false));
    put("heads.xlsx", corner(true));
    // The same files as part of a record.
    for (folder, file, place) in [
        ("huge", "huge.png", "photos/01.jpg"),
        ("million", "million.pdf", "scans/gejin-contest.pdf"),
        ("locked", "locked.pdf", "scans/gejin-contest.pdf"),
    ] {
        for part in ["photos", "scans"] {
            fs::create_dir_all(desk.path(folder).join(part)).unwrap();
            for entry in fs::read_dir(sample("association").join(part)).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), desk.path(folder).join(part).join(entry.file_name())).unwrap();
            }
        }
        fs::write(desk.path(folder).join("record.json"), record()).unwrap();
        fs::copy(desk.path(file), desk.path(folder).join(place)).unwrap();
    }

    let attach = |file: &'static str| vec!["edit", "葛瑾川", "--set", file];
    let cases: [(Vec<&str>, &[&str]); 29] = [
        (vec!["import", "bomb.zip"], &["bomb.zip", "解压"]),
        (vec!["import", "slip.zip"], &["slip.zip", "../../evil"]),
        (vec!["import", "link.zip"], &["link.zip", "链接"]),
        (vec!["import", "overlap.zip"], &["overlap.zip", "重叠"]),
        (vec!["import", "doctype.docx"], &["doctype.docx", "DOCTYPE"]),
        (vec!["import", "entities.docx"], &["entities.docx", "DOCTYPE"]),
        (vec!["import", "corner.xlsx"], &["corner.xlsx"]),
        (vec!["import", "heads.xlsx"], &["heads.xlsx", "一百列"]),
        (vec!["import", "huge"], &["01.jpg", "像素"]),
        (vec!["import", "million"], &["gejin-contest.pdf", "500 页"]),
        (vec!["import", "locked"], &["gejin-contest.pdf", "密码"]),
        (attach("photo=huge.png"), &["huge.png", "像素"]),
        (attach("attachments[0].file=huge.png"), &["huge.png", "像素"]),
        (attach("attachments[0].file=million.pdf"), &["million.pdf", "500 页"]),
        (attach("attachments[0].file=branching.pdf"), &["branching.pdf"]),
        (attach("attachments[0].file=objects.pdf"), &["objects.pdf", "过于复杂"]),
        (attach("attachments[0].file=packed.pdf"), &["packed.pdf", "过于复杂"]),
        (attach("attachments[0].file=inside.pdf"), &["inside.pdf", "过于复杂"]),
        (attach("attachments[0].file=plain.pdf"), &["plain.pdf", "过于复杂"]),
        (attach("attachments[0].file=doubly.pdf"), &["doubly.pdf", "过于复杂"]),
        (attach("attachments[0].file=predicted.pdf"), &["predicted.pdf", "过于复杂"]),
        (attach("attachments[0].file=shared.pdf"), &["shared.pdf", "过于复杂"]),
        (attach("attachments[0].file=stream.pdf"), &["stream.pdf", "过于复杂"]),
        (attach("attachments[0].file=string.pdf"), &["string.pdf", "过于复杂"]),
        (attach("attachments[0].file=entries.pdf"), &["entries.pdf", "过于复杂"]),
        (attach("attachments[0].file=meeting.pdf"), &["meeting.pdf", "过于复杂"]),
        (attach("attachments[0].file=numbers.pdf"), &["numbers.pdf", "过于复杂"]),
        (attach("attachments[0].file=lists.pdf"), &["lists.pdf", "过于复杂"]),
        (attach("attachments[0].file=locked.pdf"), &["locked.pdf", "密码"]),
    ];
    let before = fs::read(desk.book()).unwrap();
    // The limit itself lets the program do its work: a good file comes in.
    let (code, _, said, _) = run_small(&desk, &["import", "--dry-run", sample("district").to_str().unwrap()]);
    assert_eq!(code, 0, "{said}");
    for (arguments, words) in &cases {
        let (code, out, said, cpu) = run_small(&desk, arguments);
        assert_eq!((code, out.as_str(), said.lines().count()), (3, "", 1), "{arguments:?}: {said}");
        for word in *words {
            assert!(said.contains(word), "{arguments:?}: no “{word}” in {said}");
        }
        for foreign in ["panicked", "memory allocation", "error", "Error", "expected"] {
            assert!(!said.contains(foreign), "{arguments:?}: {said}");
        }
        assert!(said.contains('请'), "{arguments:?}: {said}");
        assert!(cpu < CPU_SECONDS, "{arguments:?}: {cpu} s");
        assert!(fs::read(desk.book()).unwrap() == before, "{arguments:?}");
        println!("{cpu:.2} s {arguments:?} {said}");
    }
    assert!(!desk.path("../evil").exists() && !desk.path("../../evil").exists());
}
