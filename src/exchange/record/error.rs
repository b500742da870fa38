//! What can be wrong with a record, each as one sentence that names the file and the place in it.

use crate::exchange::gate::GateError;

/// A record that was not read; nothing of it is used.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The record file itself was not let in.
    #[error(transparent)]
    Gate(#[from] GateError),
    /// `place` is where in the record, as `applicants[2].honours[0].title`; empty for the whole file.
    #[error("记录文件“{file}”{}{fault}", at(place))]
    Content { file: String, place: String, fault: RecordFault },
}

fn at(place: &str) -> String {
    if place.is_empty() { String::new() } else { format!("中 {place} ") }
}

/// What is wrong; reads on after the file and the place.
#[derive(Debug, thiserror::Error)]
pub enum RecordFault {
    #[error("不是 UTF-8 编码，请另存为 UTF-8 再试")]
    NotUtf8,
    #[error("第 {line} 行第 {column} 个字节处不合 JSON 语法，请改正后再试")]
    NotJson { line: usize, column: usize },
    #[error("嵌套过深，请核对括号")]
    TooDeep,
    #[error("重复出现，请只保留一个")]
    Duplicate,
    #[error("不是推荐记录（format 应为 tuijian-record），请选择本程序导出的记录")]
    WrongFormat,
    #[error("的版本是 {0}，本程序只认识版本 1，请升级程序或重新导出")]
    UnknownVersion(String),
    #[error("不是记录里应有的项目，请核对键名或删去")]
    UnknownKey,
    #[error("没有填写，请补上")]
    Required,
    #[error("应为{0}，请改正后再试")]
    Wanted(String),
    #[error("只能是 {0} 之一，请改正后再试")]
    WantedOneOf(String),
    #[error("与 recommenders 同时出现，请只保留一个")]
    TwoForms,
    #[error("与前面的推荐单位同名，请合并或改名")]
    SameRecommender,
    #[error("“{0}”不在推荐单位名单里，请核对名称")]
    UnknownRecommender(String),
    #[error("“{0}”不是记录所在文件夹内的相对路径，请改为形如 photos/01.jpg 的路径")]
    PathOutside(String),
    #[error("所指的{0}")]
    File(GateError),
    #[error("所指的“{0}”不是图片，请换成 JPEG 或 PNG 照片")]
    PhotoNotImage(String),
    #[error("及其之前所指的文件合计超过 {} MB，请分成几份记录", super::FILES_BYTES >> 20)]
    TooManyBytes,
}
