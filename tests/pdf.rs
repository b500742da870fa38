//! Back end 1 read back with lopdf: what stands in the file, not how it looks.

mod synthetic;

use tuijian::fonts::{Fonts, Role};
use tuijian::pdf;

#[test]
fn the_same_pages_give_the_same_bytes_whatever_was_written_before() {
    let fonts = Fonts::shared().unwrap();
    let first = pdf::write(fonts, &synthetic::form(1)).unwrap();
    pdf::write(fonts, &synthetic::form(2)).unwrap();
    pdf::write(fonts, &synthetic::one_line("别的字", Role::Title)).unwrap();
    assert!(first == pdf::write(fonts, &synthetic::form(1)).unwrap());
    assert!(first != pdf::write(fonts, &synthetic::form(2)).unwrap());
}
