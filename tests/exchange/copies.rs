use super::*;

fn sample(path: &str) -> Vec<u8> {
    fs::read(demo("association").join(path)).unwrap()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A PNG that claims a size and holds nothing of it.
fn claiming_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(1, 1);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

/// A PDF of numbered objects (the first is number 1) whose catalogue is object 1.
fn pdf_of(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).into_bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    let trailer = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend(trailer.into_bytes());
    bytes
}

fn pdf_with_pages(tree: &str) -> Vec<u8> {
    pdf_of(&[
        "<</Type/Catalog/Pages 2 0 R>>".into(),
        tree.into(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".into(),
    ])
}

/// Streams of packed objects are what newer programs write: with all their values in them the same copies come in.
#[test]
fn packed_objects_come_in() {
    for name in ["scans/gejin-contest.pdf", "scans/yan-patent.pdf"] {
        let plain = sample(name);
        let mut packed = Vec::new();
        lopdf::Document::load_mem(&plain).unwrap().save_modern(&mut packed).unwrap();
        assert!(packed.windows(7).any(|window| window == b"/ObjStm"), "{name}");
        assert_eq!(gate::pdf(name, &packed).unwrap(), gate::pdf(name, &plain).unwrap(), "{name}");
    }
}

#[test]
fn good_copies_come_in_by_content() {
    let cases: [(&str, Vec<u8>, &str); 5] = [
        ("jpeg", sample("photos/01.jpg"), "jpg"),
        ("jpeg with bytes behind it", [sample("photos/01.jpg"), b"maker's notes".to_vec()].concat(), "jpg"),
        ("png", png(413, 579), "png"),
        ("pdf", sample("scans/yan-patent.pdf"), "pdf"),
        (
            "pdf behind a header",
            [b"junk\n".to_vec(), pdf_with_pages("<</Type/Pages/Kids[3 0 R]/Count 1>>")].concat(),
            "pdf",
        ),
    ];
    for (case, bytes, extension) in cases {
        let received = gate::receive("x.doc", bytes.clone()).unwrap_or_else(|error| panic!("{case}: {error}"));
        assert_eq!(received.content.extension(), extension, "{case}");
        assert_eq!(received.bytes, bytes, "{case}");
    }
    let Content::Image(facts) = gate::receive("x", png(413, 579)).unwrap().content else { panic!("no image") };
    assert_eq!((facts.width_px, facts.height_px, facts.orientation), (413, 579, 1));
}

#[test]
fn orientation_is_read_from_exif() {
    let plain = sample("photos/01.jpg");
    for orientation in 1..=8u8 {
        let exif =
            [b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec(), vec![orientation, 0, 0, 0, 0, 0, 0, 0]]
                .concat();
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let bytes = [&plain[..2], &[0xFF, 0xE1], &length, &exif, &plain[2..]].concat();
        assert_eq!(gate::image("x", &bytes).unwrap().orientation, orientation);
    }
}

#[test]
fn bad_copies_are_refused_in_one_sentence_and_soon() {
    let jpeg = sample("scans/gejin-cert.jpg");
    let pdf = sample("scans/yan-patent.pdf");
    let good_png = png(413, 579);
    let mut damaged_png = good_png.clone();
    let middle = damaged_png.len() / 2;
    damaged_png[middle] ^= 0x55;
    let many = format!("<</Type/Pages/Count 1/Kids[{}]>>", "3 0 R ".repeat(501));
    let million = format!("<</Type/Pages/Count 1/Kids[{}]>>", "3 0 R ".repeat(1_000_000));
    // 300 branches that all point at each other's next: 2^300 ways.
    let mut branching = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
    branching.extend((2..302).map(|id| format!("<</Type/Pages/Kids[{0} 0 R {0} 0 R]>>", id + 1)));
    branching.push("<</Type/Page>>".into());
    let cases: [(&str, Vec<u8>, &str); 26] = [
        ("empty", vec![], "空文件"),
        ("text", b"hello".to_vec(), "既不是 JPEG"),
        ("gif", b"GIF89a\x01\0\x01\0".to_vec(), "既不是 JPEG"),
        ("zip", b"PK\x03\x04".to_vec(), "既不是 JPEG"),
        ("jpeg head only", jpeg[..20].to_vec(), "损坏"),
        ("jpeg cut", jpeg[..jpeg.len() / 2].to_vec(), "损坏"),
        ("jpeg cut near its end", jpeg[..jpeg.len() - 10].to_vec(), "损坏"),
        ("jpeg of noise", [vec![0xFF, 0xD8, 0xFF, 0xE0], vec![7; 4000]].concat(), "损坏"),
        ("png head only", good_png[..20].to_vec(), "损坏"),
        ("png cut", good_png[..middle].to_vec(), "损坏"),
        ("png damaged", damaged_png, "损坏"),
        ("png too wide", claiming_png(12_001, 1), "12000 像素"),
        ("png too large", claiming_png(7_000, 7_000), "4000 万像素"),
        ("png of an absurd size", claiming_png(u32::MAX >> 1, u32::MAX >> 1), "请"),
        ("png that lies", claiming_png(6_000, 6_000), "损坏"),
        ("pdf head only", b"%PDF-1.7".to_vec(), "损坏"),
        ("pdf cut", pdf[..pdf.len() / 2].to_vec(), "损坏"),
        ("pdf of noise", [b"%PDF-1.7\n".to_vec(), vec![0x5B; 100_000]].concat(), "损坏"),
        ("pdf without pages", pdf_with_pages("<</Type/Pages/Kids[]/Count 5>>"), "没有一页"),
        ("pdf without a tree", pdf_of(&["<</Type/Catalog>>".into()]), "损坏"),
        ("pdf that names a missing page", pdf_with_pages("<</Type/Pages/Kids[9 0 R]/Count 1>>"), "损坏"),
        ("pdf with a loop", pdf_with_pages("<</Type/Pages/Kids[2 0 R]/Count 1>>"), "损坏"),
        ("pdf with 501 pages", pdf_with_pages(&many), "500 页"),
        ("pdf with a million pages", pdf_with_pages(&million), "500 页"),
        ("pdf that branches", pdf_of(&branching), "损坏"),
        ("pdf nested deep", pdf_with_pages(&format!("{}{}", "[".repeat(200_000), "]".repeat(200_000))), "损坏"),
    ];
    for (case, bytes, wanted) in cases {
        let start = Instant::now();
        let error = gate::receive("证书.pdf", bytes).expect_err(case).to_string();
        check_sentence(case, &error, &["证书.pdf", wanted]);
        assert!(start.elapsed() < Duration::from_secs(10), "{case}: {:?}", start.elapsed());
    }
}

/// A PDF whose cross-reference is a stream with this dictionary and nothing in it.
fn pdf_with_xref(dictionary: &str) -> Vec<u8> {
    let head = "%PDF-1.7\n";
    let stream =
        format!("1 0 obj\n<</Type/XRef/Size 9/Root 2 0 R{dictionary}/Length 0>>\nstream\n\nendstream\nendobj\n");
    format!("{head}{stream}startxref\n{}\n%%EOF\n", head.len()).into_bytes()
}

#[test]
fn a_pdf_that_claims_absurd_numbers_is_refused_at_once() {
    let cases = [
        ("fields without width", "/W[0 0 0]/Index[0 2000000000]"),
        ("fields without width, hidden", "/#57 %c\n[ +0 -0 00 ]/Index[0 2000000000]"),
        ("fields wider than memory", "/W[1 999999999999999 1]"),
        ("a negative width", "/W[1 -5 1]"),
        ("rows wider than memory", "/W[1 2 1]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 20000000000>>"),
        ("a number too long", "/W[1 2 1]/DecodeParms<</Colors 99999999999999999999999>>"),
    ];
    for (case, dictionary) in cases {
        let start = Instant::now();
        let error = gate::pdf("证书.pdf", &pdf_with_xref(dictionary)).expect_err(case).to_string();
        check_sentence(case, &error, &["证书.pdf", "损坏"]);
        assert!(start.elapsed() < Duration::from_secs(1), "{case}");
    }
}

#[test]
fn a_locked_pdf_is_refused_and_an_owners_password_is_not() {
    use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};
    for (user, wanted) in [("secret", None), ("", Some(1))] {
        let mut document = Document::load_mem(&sample("scans/yan-patent.pdf")).unwrap();
        document.trailer.set("ID", vec![lopdf::Object::string_literal("a"), lopdf::Object::string_literal("a")]);
        let version = EncryptionVersion::V2 {
            document: &document,
            owner_password: "owner",
            user_password: user,
            key_length: 128,
            permissions: Permissions::default(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        document.encrypt(&state).unwrap();
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        match (gate::pdf("锁.pdf", &bytes), wanted) {
            (Ok(facts), Some(pages)) => assert_eq!(facts.pages, pages),
            (Err(error), None) => check_sentence("locked", &error.to_string(), &["锁.pdf", "打开密码"]),
            (result, _) => panic!("{user:?}: {result:?}"),
        }
    }
}

#[test]
fn what_is_no_regular_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let sparse = folder.path().join("大.jpg");
    File::create(&sparse).unwrap().set_len(2 << 30).unwrap();
    #[cfg_attr(not(unix), expect(unused_mut, reason = "the other cases are of Unix"))]
    let mut cases = vec![
        ("missing", folder.path().join("无.jpg"), "找不到"),
        ("a folder", folder.path().to_owned(), "是文件夹"),
        ("sparse", sparse, "50 MB"),
    ];
    #[cfg(unix)]
    {
        let pipe = folder.path().join("管道");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        cases.push(("a pipe", pipe, "不是普通文件"));
        cases.push(("a device", "/dev/zero".into(), "不是普通文件"));
        let locked = folder.path().join("locked.jpg");
        fs::write(&locked, "x").unwrap();
        fs::set_permissions(&locked, std::os::unix::fs::PermissionsExt::from_mode(0o0)).unwrap();
        // Root reads it all the same; then it is just no picture.
        let wanted = if fs::read(&locked).is_ok() { "既不是 JPEG" } else { "权限" };
        cases.push(("no permission", locked, wanted));
    }
    for (case, path, wanted) in cases {
        let start = Instant::now();
        let error = gate::receive_file(&path).expect_err(case).to_string();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        check_sentence(case, &error, &[&name, wanted]);
        assert!(start.elapsed() < Duration::from_millis(500), "{case}");
    }
}

#[test]
fn a_stream_that_unpacks_without_end_is_given_up() {
    let mut document = lopdf::Document::load_mem(&sample("scans/yan-patent.pdf")).unwrap();
    let mut bomb = lopdf::Stream::new(
        lopdf::dictionary! { "Type" => "ObjStm", "N" => 1, "First" => 4 },
        [b"9 0 ".to_vec(), vec![b' '; 64 << 20]].concat(),
    );
    bomb.compress().unwrap();
    document.add_object(bomb);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let start = Instant::now();
    // The object stream is passed over or the file refused; neither takes memory or time.
    let _ = gate::pdf("x", &bytes);
    assert!(start.elapsed() < Duration::from_secs(2));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_copies_never_panic(which in 0..3usize, at in any::<prop::sample::Index>(), noise in prop::collection::vec(any::<u8>(), 1..20)) {
        let mut bytes = match which {
            0 => sample("photos/01.jpg"),
            1 => sample("scans/yan-patent.pdf"),
            _ => png(64, 64),
        };
        let at = at.index(bytes.len());
        for (byte, noise) in bytes[at..].iter_mut().zip(noise) {
            *byte = noise;
        }
        if let Err(error) = gate::receive("x", bytes) {
            check_sentence("damaged", &error.to_string(), &["x"]);
        }
    }
}
