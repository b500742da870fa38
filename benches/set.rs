//! How long the whole set takes: four district people with 40 scans of A4 at 300 dpi, half JPEG, half PDF.
//!
//! `cargo bench --bench set`. The aim: at most 4 s of CPU, peak memory below 250 MB (both are printed for the real
//! program where /usr/bin/time is), the binder within 5 % of the sum of its scans.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use image::codecs::jpeg::JpegEncoder;
use lopdf::{Dictionary, Document, Stream, dictionary};
use serde_json::{Value, json};

const WIDTH: u32 = 2480;
const HEIGHT: u32 = 3508;

/// A coloured page with grain, as a scanner sees paper; differs by `seed`.
fn scan(seed: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let picture = image::RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let grain = (state % 12) as u8;
        let line = if (y / 40 + seed).is_multiple_of(3) && (x / 7).is_multiple_of(5) { 120 } else { 0 };
        image::Rgb([235 - line + grain, 230 - line + grain, 215 - line + grain])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80).encode_image(&picture).expect("a scan is encoded");
    bytes
}

fn as_pdf(jpeg: &[u8]) -> Vec<u8> {
    let mut file = Document::with_version("1.4");
    let picture = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => i64::from(WIDTH), "Height" => i64::from(HEIGHT),
        "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode",
    };
    let picture = file.add_object(Stream::new(picture, jpeg.to_vec()).with_compression(false));
    let content = file.add_object(Stream::new(Dictionary::new(), b"q 595.2 0 0 841.92 0 0 cm /I Do Q".to_vec()));
    let tree = file.new_object_id();
    let page = file.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.2.into(), 841.92.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "I" => picture } },
    });
    file.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("a scan is written");
    bytes
}

fn tuijian(book: &Path, arguments: &[&str]) {
    let status = program(book).args(arguments).output().expect("the program runs").status;
    assert!(status.success(), "{arguments:?}");
}

fn program(book: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tuijian"));
    command.env("TUIJIAN_BOOK", book).env("TUIJIAN_TODAY", "2021-07-13");
    command
}

/// A book with the district's people and ten scans more for each; the bytes of all scans in the binder.
fn book(folder: &Path) -> (PathBuf, u64) {
    let record = folder.join("record");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/district");
    for part in ["photos", "scans"] {
        fs::create_dir_all(record.join(part)).expect("a folder");
        for entry in fs::read_dir(sample.join(part)).expect("the sample") {
            let entry = entry.expect("the sample");
            fs::copy(entry.path(), record.join(part).join(entry.file_name())).expect("the sample");
        }
    }
    let text = fs::read(sample.join("record.json")).expect("the sample");
    let mut value: Value = serde_json::from_slice(&text).expect("the sample");
    let mut sum = 0;
    for number in 0..40 {
        let jpeg = scan(number);
        let (name, bytes) = match number % 2 {
            0 => (format!("scans/{number}.jpg"), jpeg),
            _ => (format!("scans/{number}.pdf"), as_pdf(&jpeg)),
        };
        fs::write(record.join(&name), &bytes).expect("a scan");
        sum += bytes.len() as u64;
        let copy =
            json!({ "kind": "honour", "title": format!("扫描件 {number}"), "file": name, "original_checked": true });
        value["applicants"][number as usize % 4]["attachments"].as_array_mut().expect("the sample").push(copy);
    }
    fs::write(record.join("record.json"), value.to_string()).expect("a record");
    let book = folder.join("book.tuijian");
    tuijian(&book, &["new", "--notice", "hangzhou-2021", "--kind", "district", "--name", "示范县人力资源和社会保障局"]);
    tuijian(&book, &["import", &record.to_string_lossy()]);
    (book, sum)
}

fn set(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let (book, scans) = book(folder.path());
    let out = folder.path().join("out");
    let export = ["export", "--out", &out.to_string_lossy()].map(str::to_owned);
    let timed = Command::new("/usr/bin/time")
        .args(["-f", "%U + %S s of CPU, %M kB"])
        .arg(env!("CARGO_BIN_EXE_tuijian"))
        .args(&export)
        .env("TUIJIAN_BOOK", &book)
        .env("TUIJIAN_TODAY", "2021-07-13")
        .output();
    match timed {
        Ok(timed) => println!("{}", String::from_utf8_lossy(&timed.stderr).lines().last().unwrap_or_default()),
        Err(_) => tuijian(&book, &["export", "--out", &out.to_string_lossy()]),
    }
    let binder = fs::metadata(out.join("05-装订册/装订册.pdf")).expect("a binder").len();
    println!("scans {scans} bytes, binder {binder} bytes: {:.1} %", binder as f64 / scans as f64 * 100.0 - 100.0);

    let mut group = criterion.benchmark_group("set");
    group.sample_size(10).measurement_time(Duration::from_secs(30));
    group.bench_function("export with 40 scans", |bencher| {
        bencher.iter(|| program(&book).args(&export).output().expect("the program runs"));
    });
    group.bench_function("verify it", |bencher| {
        bencher.iter(|| program(&book).arg("verify").arg(&out).output().expect("the program runs"));
    });
    group.finish();
}

criterion_group!(benches, set);
criterion_main!(benches);
