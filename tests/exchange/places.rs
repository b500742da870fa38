use super::*;

#[test]
fn a_file_is_replaced_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("表.pdf");
    place::file(&path, b"one").unwrap();
    place::file(&path, b"two").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::write(folder.path().join("usual"), "").unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("表.pdf"), mode("usual"), "others may read it as any other file");
    }
}

#[test]
fn a_place_that_cannot_be_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let cases = [
        ("no such folder", folder.path().join("无/表.pdf"), "不存在"),
        ("a folder in its place", folder.path().to_owned(), "已经是文件夹"),
        ("a file as folder", file.join("表.pdf"), "请"),
    ];
    for (case, path, wanted) in cases {
        check_sentence(case, &place::file(&path, b"x").unwrap_err().to_string(), &[wanted]);
    }
    let open = place::PlaceError::NoPermission(file.clone()).to_string();
    check_sentence("open in another program", &open, &["file", "没有权限", "正在别的程序中打开，请先关闭"]);
    let taken = place::new_folder(&file, |_| Ok::<_, place::PlaceError>(()));
    check_sentence("a file in its place", &taken.unwrap_err().to_string(), &["file", "已经是文件"]);
    assert!(file.is_file());
}
