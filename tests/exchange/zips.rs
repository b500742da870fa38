//! Zips that lie, multiply, climb or hide.

use std::io::{Cursor, Write};

use super::*;
use tuijian::exchange::gate::{Archive, Node, Xml};
use zip::write::SimpleFileOptions;
use zip::{AesMode, ZipWriter};

pub fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in entries {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The same zip with each occurrence of some bytes replaced; both of one length.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> =
        (0..bytes.len().saturating_sub(from.len())).filter(|&at| bytes[at..].starts_with(from)).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

/// Opens a zip and reads all of it; the first refusal.
fn read_all(bytes: Vec<u8>, passphrase: Option<&str>) -> Result<usize, gate::GateError> {
    let mut archive = Archive::open("包.zip", bytes, passphrase)?;
    let paths: Vec<String> = archive.paths().map(str::to_owned).collect();
    for path in &paths {
        archive.read(path)?.unwrap();
    }
    Ok(paths.len())
}

fn encrypted() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.txt", SimpleFileOptions::default().with_aes_encryption(AesMode::Aes256, "口令")).unwrap();
    zip.write_all(b"secret").unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn good_zips_are_read() {
    assert_eq!(read_all(zip_of(&[]), None).unwrap(), 0);
    assert_eq!(read_all(zip_of(&[("甲/01-葛瑾川.jpg", b"x"), ("a.docx", b"PK\x03\x04")]), None).unwrap(), 2);
    assert_eq!(read_all(encrypted(), Some("口令")).unwrap(), 1);
    let mut archive = Archive::open("x", zip_of(&[("a/b.txt", b"content")]), None).unwrap();
    assert_eq!(archive.read("a/b.txt").unwrap().unwrap(), b"content");
    assert_eq!(archive.read("b.txt").unwrap(), None);
}

#[test]
fn hostile_zips_are_refused_in_one_sentence_and_soon() {
    let zeros = vec![0; 20 << 20];
    let bomb = zip_of(&[("a.bin", &zeros)]);
    // Declares one byte where 20 MiB come out.
    let lying = patched(bomb.clone(), &u32::try_from(zeros.len()).unwrap().to_le_bytes(), &1u32.to_le_bytes());
    let mut link = ZipWriter::new(Cursor::new(Vec::new()));
    link.add_symlink("link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let link = link.finish().unwrap().into_inner();
    let overlapping = {
        // The second entry's record points at the first one's bytes.
        let mut bytes = zip_of(&[("a", b"same"), ("b", b"same")]);
        let directory = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        let second = directory + 4 + bytes[directory + 4..].windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        bytes[second + 42..second + 46].copy_from_slice(&[0; 4]);
        bytes
    };
    let names: Vec<String> = (0..2_001).map(|number| format!("{number}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let zip64 = {
        // A zip64 end record that claims 2^40 entries before the usual end.
        let mut bytes = zip_of(&[("a", b"x")]);
        let end = bytes.len() - 22;
        let tail = bytes.split_off(end);
        let at = bytes.len() as u64;
        bytes.extend(b"PK\x06\x06");
        bytes.extend(44u64.to_le_bytes());
        bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend((1u64 << 40).to_le_bytes());
        bytes.extend((1u64 << 40).to_le_bytes());
        bytes.extend((1u64 << 50).to_le_bytes());
        bytes.extend((at - 40).to_le_bytes());
        bytes.extend(b"PK\x06\x07\0\0\0\0");
        bytes.extend(at.to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        bytes.extend(tail);
        bytes
    };
    let named = |name: &str| {
        patched(zip_of(&[(&"n".repeat(name.len()), b"x")]), "n".repeat(name.len()).as_bytes(), name.as_bytes())
    };
    let good = zip_of(&[("a.txt", &b"some text, long enough to be packed, packed, packed".repeat(20))]);
    let damaged = patched(good.clone(), &good[50..53], b"\xFF\xFF\xFF");
    let cases: [(&str, Vec<u8>, &str); 22] = [
        ("empty", vec![], "空文件"),
        ("no zip", b"hello".to_vec(), "zip 格式"),
        ("head only", b"PK\x03\x04".to_vec(), "损坏"),
        ("cut off", good[..good.len() - 30].to_vec(), "损坏"),
        ("damaged content", damaged, "损坏"),
        ("a bomb", bomb, "解压后过大"),
        ("a bomb that lies", lying, "请"),
        ("too many entries", zip_of(&many), "2000 个条目"),
        ("zip64", zip64, "2000 个条目"),
        ("overlapping", overlapping, "重叠"),
        ("a link", link, "链接"),
        ("encrypted", encrypted(), "加密"),
        ("nested", zip_of(&[("inner.zip", b"PK\x03\x04")]), "又是压缩包"),
        ("nested by content", zip_of(&[("photo.jpg", b"Rar!\x1A\x07\x01")]), "又是压缩包"),
        ("climbing", named("../../x"), "名称不合规"),
        ("absolute", named("/etc/x"), "名称不合规"),
        ("a drive", named("C:/x"), "名称不合规"),
        ("backslash", named("..\\x"), "名称不合规"),
        ("a device", named("con.txt"), "名称不合规"),
        ("reading direction", named("a\u{202E}b"), "名称不合规"),
        ("control", named("a\nb"), "名称不合规"),
        ("twins by case", zip_of(&[("a.txt", b"1"), ("A.TXT", b"2")]), "名称不合规"),
    ];
    for (case, bytes, wanted) in cases {
        let start = Instant::now();
        let error = read_all(bytes, None).expect_err(case).to_string();
        check_sentence(case, &error, &["包.zip", wanted]);
        assert!(start.elapsed() < Duration::from_secs(2), "{case}: {:?}", start.elapsed());
    }
    check_sentence("wrong passphrase", &read_all(encrypted(), Some("错")).unwrap_err().to_string(), &["口令不对"]);
}

#[test]
fn a_zip_is_unpacked_up_to_its_total_only() {
    // Each entry packs just below the ratio that is refused.
    let noisy: Vec<u8> = (0..ENTRY).map(|at| if at % 400 == 0 { (at / 400 * 7919 % 251) as u8 } else { 0 }).collect();
    const ENTRY: usize = 45 << 20;
    let entries: Vec<(&str, &[u8])> =
        ["a", "b", "c", "d", "e"].into_iter().map(|name| (name, noisy.as_slice())).collect();
    let error = read_all(zip_of(&entries), None).unwrap_err().to_string();
    check_sentence("total", &error, &["包.zip/e", "解压后过大"]);
}

#[test]
fn hostile_xml_is_refused_soon() {
    let walk = |text: &str| -> Result<usize, gate::GateError> {
        let mut xml = Xml::new("表.docx", text.as_bytes())?;
        let mut texts = 0;
        while let Some(node) = xml.next_node()? {
            texts += usize::from(matches!(node, Node::Text(_)));
        }
        Ok(texts)
    };
    assert!(walk("\u{FEFF}<a b='1'>x&amp;&#26477;<![CDATA[<]]><c/></a>").unwrap() >= 4);
    let attributes: String = (0..200_000).map(|number| format!(" a{number}=''")).collect();
    assert!(walk(&format!("<a{attributes}/>")).is_ok());
    let cases = [
        ("a DOCTYPE", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>".to_owned(), "DOCTYPE"),
        ("deep", "<a>".repeat(1_000_000), "嵌套过深"),
        ("crossed", "<a><b></a></b>".to_owned(), "损坏"),
        ("open", "<a><b>".to_owned(), "损坏"),
        ("a bad reference", "<a>&#xFFFFFFFF;</a>".to_owned(), "损坏"),
    ];
    for (case, text, wanted) in cases {
        let start = Instant::now();
        check_sentence(case, &walk(&text).expect_err(case).to_string(), &["表.docx", wanted]);
        assert!(start.elapsed() < Duration::from_secs(2), "{case}: {:?}", start.elapsed());
    }
    // Five million steps take their time in a test build; the count is what ends them.
    let endless = format!("<a>{}", "<b/>".repeat(3_000_000));
    check_sentence("endless", &walk(&endless).unwrap_err().to_string(), &["表.docx", "过大"]);
}
