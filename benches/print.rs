//! How long printing takes: the form of one person, of a hundred, and one long document.
//!
//! `cargo bench --bench print`. The aim: 100 forms of six pages as 100 files in at most 1.0 s of CPU and 120 MB.

#[path = "../tests/synthetic/mod.rs"]
mod synthetic;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use tuijian::fonts::Fonts;
use tuijian::pages::Document;
use tuijian::pdf;

fn print(criterion: &mut Criterion) {
    let fonts = Fonts::shared().expect("the fonts lie in fonts/");
    let forms: Vec<Document> = (0..100).map(synthetic::application).collect();
    // As full as a form can be: 1,600 characters on each page.
    let full: Vec<Document> = (0..100).map(synthetic::form).collect();
    let long = Document {
        title: "六百页".to_owned(),
        pages: forms.iter().flat_map(|form| form.pages.clone()).collect(),
        ..Document::default()
    };
    let write = |document: &Document| black_box(pdf::write(fonts, document).expect("a form can be written"));

    let mut group = criterion.benchmark_group("print");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    group.bench_function("one form", |bencher| bencher.iter(|| write(&forms[0])));
    group.bench_function("100 forms as 100 files", |bencher| {
        bencher.iter(|| {
            forms.iter().for_each(|form| {
                write(form);
            })
        });
    });
    group.bench_function("100 full forms as 100 files", |bencher| {
        bencher.iter(|| {
            full.iter().for_each(|form| {
                write(form);
            })
        });
    });
    group.bench_function("600 pages as one file", |bencher| bencher.iter(|| write(&long)));
    group.finish();
}

criterion_group!(benches, print);
criterion_main!(benches);
