//! The command line's words. Names and meanings are the contract's section 2; help texts are its comments.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::domain::RecommenderKind;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// 推荐：杭州市首席技师推荐材料的录入、校核与印制
#[derive(Parser, Debug)]
#[command(
    name = "tuijian",
    version,
    help_template = TEMPLATE,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_precedence_over_arg = true,
    after_help = "不带命令：打开窗口。退出码：0 完成；1 按通知规定不予办理，或核验发现损坏；2 命令写错；3 文件无法读写或看不懂；4 推荐册正被另一个程序打开。"
)]
pub struct Cli {
    /// 推荐册文件；也可用环境变量 TUIJIAN_BOOK 指定
    #[arg(long, global = true, value_name = "文件", help_heading = "选项")]
    pub book: Option<PathBuf>,
    /// 打开窗口并载入这本推荐册
    #[arg(value_name = "文件.tuijian", help_heading = "参数")]
    pub file: Option<PathBuf>,
    /// 显示用法
    #[arg(short = 'h', long, global = true, action = ArgAction::Help, help_heading = "选项")]
    pub help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "选项")]
    pub version: Option<bool>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// 新建推荐册
    #[command(help_template = TEMPLATE)]
    New(New),
    /// 新建一本示范推荐册（虚构人员）；--export 同时印出材料
    #[command(help_template = TEMPLATE)]
    Demo(Demo),
    /// 推荐单位：查看、增加、修改
    #[command(help_template = TEMPLATE, subcommand_help_heading = "命令", subcommand_value_name = "命令", disable_help_subcommand = true)]
    Recommender {
        #[command(subcommand)]
        action: RecommenderAction,
    },
    /// 导入记录、电子文档、导出的文件夹、汇总表（.xlsx、.xls）、申报表（.docx）
    #[command(help_template = TEMPLATE)]
    Import(Import),
    /// 列出申报人
    #[command(help_template = TEMPLATE)]
    List(JsonOnly),
    /// 查看一位申报人
    #[command(help_template = TEMPLATE)]
    Show(Show),
    /// 修改一位申报人的内容
    #[command(help_template = TEMPLATE)]
    Edit(Edit),
    /// 删除一位申报人
    #[command(help_template = TEMPLATE)]
    Remove(OnePerson),
    /// 推荐一位申报人
    #[command(help_template = TEMPLATE)]
    Nominate(Nominate),
    /// 撤回推荐
    #[command(help_template = TEMPLATE)]
    Withdraw(OnePerson),
    /// 调整排序
    #[command(help_template = TEMPLATE)]
    Order(Order),
    /// 按通知校核
    #[command(help_template = TEMPLATE)]
    Check(JsonOnly),
    /// 印制一种材料（PDF）
    #[command(help_template = TEMPLATE)]
    Print(Print),
    /// 导出
    #[command(help_template = TEMPLATE)]
    Export(Export),
    /// 核验电子文档或导出的文件夹：缺少、已改动、多出的文件
    #[command(help_template = TEMPLATE)]
    Verify(Verify),
    /// 查看修改记录
    #[command(help_template = TEMPLATE)]
    History(History),
    /// 把一位申报人恢复到某条修改记录
    #[command(help_template = TEMPLATE)]
    Revert(Revert),
    /// 备份推荐册
    #[command(help_template = TEMPLATE)]
    Backup(BackupTo),
    /// 列出自动备份
    #[command(help_template = TEMPLATE)]
    Backups(JsonOnly),
    /// 用备份恢复推荐册；原来的另存一份
    #[command(help_template = TEMPLATE)]
    Restore(Restore),
    /// 检查推荐册是否完好
    #[command(help_template = TEMPLATE)]
    Doctor,
    /// 列出内置的通知
    #[command(help_template = TEMPLATE)]
    Notices(JsonOnly),
    /// 通知配置文件
    #[command(help_template = TEMPLATE, subcommand_help_heading = "命令", subcommand_value_name = "命令", disable_help_subcommand = true)]
    Notice {
        #[command(subcommand)]
        action: NoticeAction,
    },
    /// 生成命令补全脚本
    #[command(help_template = TEMPLATE)]
    Completions(Completions),
}

#[derive(Args, Debug)]
pub struct New {
    /// 通知编号（见 notices）或通知配置文件
    #[arg(long, value_name = "编号或文件.toml", help_heading = "选项")]
    pub notice: String,
    /// 推荐单位类别：district 区县（市）人社部门，department 市主管部门，association 行业协会
    #[arg(long, value_enum, hide_possible_values = true, value_name = "类别", help_heading = "选项")]
    pub kind: Kind,
    /// 推荐单位名称，须和单位公章相同
    #[arg(long, value_name = "名称", help_heading = "选项")]
    pub name: String,
    #[command(flatten)]
    pub contact: Contact,
}

/// Fields of a recommender that may stay empty.
#[derive(Args, Debug)]
pub struct Contact {
    /// 填报人
    #[arg(long, value_name = "姓名", help_heading = "选项")]
    pub contact: Option<String>,
    /// 联系电话
    #[arg(long, value_name = "电话", help_heading = "选项")]
    pub phone: Option<String>,
    /// 手机
    #[arg(long, value_name = "号码", help_heading = "选项")]
    pub mobile: Option<String>,
    /// 地址
    #[arg(long, value_name = "地址", help_heading = "选项")]
    pub address: Option<String>,
}

#[derive(Args, Debug)]
pub struct Demo {
    /// 示范哪一类推荐单位：association 行业协会，district 区县（市）人社部门
    #[arg(
        long,
        value_enum,
        default_value = "association",
        hide_possible_values = true,
        hide_default_value = true,
        value_name = "类别",
        help_heading = "选项"
    )]
    pub kind: DemoKind,
    /// 同时把材料印到这个文件夹
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub export: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
pub enum RecommenderAction {
    /// 列出推荐单位
    #[command(help_template = TEMPLATE)]
    List(JsonOnly),
    /// 增加一个推荐单位
    #[command(help_template = TEMPLATE)]
    Add {
        /// 类别：district、department 或 association
        #[arg(long, value_enum, hide_possible_values = true, value_name = "类别", help_heading = "选项")]
        kind: Kind,
        /// 名称，须和单位公章相同
        #[arg(long, value_name = "名称", help_heading = "选项")]
        name: String,
        #[command(flatten)]
        contact: Contact,
    },
    /// 删除一个名下没有申报人的推荐单位
    #[command(help_template = TEMPLATE)]
    Remove {
        /// 要删除的单位的名称
        #[arg(value_name = "单位", help_heading = "参数")]
        recommender: String,
    },
    /// 查看推荐报告各部分的正文；--part 与 --text 一起用则改写一部分
    #[command(help_template = TEMPLATE)]
    Report {
        /// 单位的名称；册中只有一个时可不写
        #[arg(value_name = "单位", help_heading = "参数")]
        recommender: Option<String>,
        /// 哪一部分：1 到 5
        #[arg(long, requires = "text", value_name = "部分", help_heading = "选项")]
        part: Option<String>,
        /// 改写成的正文；写空串即恢复自动生成的内容
        #[arg(long, requires = "part", value_name = "正文", help_heading = "选项")]
        text: Option<String>,
        #[command(flatten)]
        json: JsonOnly,
    },
    /// 修改一个推荐单位
    #[command(help_template = TEMPLATE)]
    Edit {
        /// 要修改的单位的名称；册中只有一个时可不写
        #[arg(value_name = "单位", help_heading = "参数")]
        recommender: Option<String>,
        /// 新名称
        #[arg(long, value_name = "名称", help_heading = "选项")]
        name: Option<String>,
        /// 新类别
        #[arg(long, value_enum, hide_possible_values = true, value_name = "类别", help_heading = "选项")]
        kind: Option<Kind>,
        /// 超名额推荐的理由；写空串即删去
        #[arg(long, value_name = "理由", help_heading = "选项")]
        exception: Option<String>,
        #[command(flatten)]
        contact: Contact,
    },
}

#[derive(Args, Debug)]
pub struct Import {
    /// 记录文件夹、record.json、电子文档（.zip）、导出的文件夹、汇总表（.xlsx、.xls）、申报表（.docx），可写多个
    #[arg(required = true, value_name = "路径", help_heading = "参数")]
    pub paths: Vec<PathBuf>,
    /// 只说明会导入什么，不改动推荐册
    #[arg(long, help_heading = "选项")]
    pub dry_run: bool,
    /// 身份证号已在册中时：keep 保留册中的，replace 用新的替换，both 两份都留
    #[arg(
        long,
        value_enum,
        default_value = "keep",
        hide_possible_values = true,
        hide_default_value = true,
        value_name = "办法",
        help_heading = "选项"
    )]
    pub on_conflict: OnConflict,
    /// 加密的电子文档的口令，写在这个文件里
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    pub json: JsonOnly,
}

#[derive(Args, Debug)]
pub struct JsonOnly {
    /// 输出 JSON
    #[arg(long, help_heading = "选项")]
    pub json: bool,
}

#[derive(Args, Debug)]
pub struct OnePerson {
    /// 姓名，或 list 列出的编号（12 或 #12）
    #[arg(value_name = "申报人", help_heading = "参数")]
    pub person: String,
}

#[derive(Args, Debug)]
pub struct Show {
    #[command(flatten)]
    pub person: OnePerson,
    #[command(flatten)]
    pub json: JsonOnly,
}

#[derive(Args, Debug)]
pub struct Edit {
    #[command(flatten)]
    pub person: OnePerson,
    /// 字段=值，可写多个；字段用申报表上的名称（如 籍贯=…）或 record.json 的键名（如 experience[0].place=…、photo=照片.jpg）；recommender=单位 改由另一单位推荐
    #[arg(long, required = true, num_args = 1.., value_name = "字段=值", help_heading = "选项")]
    pub set: Vec<String>,
}

#[derive(Args, Debug)]
pub struct Nominate {
    #[command(flatten)]
    pub person: OnePerson,
    /// 超过推荐名额时的理由
    #[arg(long, value_name = "理由", help_heading = "选项")]
    pub exception: Option<String>,
}

#[derive(Args, Debug)]
pub struct Order {
    #[command(flatten)]
    pub person: OnePerson,
    /// 排在第几位，从 1 起
    #[arg(value_name = "位次", help_heading = "参数")]
    pub place: u32,
}

#[derive(Args, Debug)]
pub struct Print {
    /// summary 汇总表，application 申报表，report 推荐报告，binder 装订册，catalogue 材料清单
    #[arg(value_enum, hide_possible_values = true, value_name = "材料", help_heading = "参数")]
    pub document: PrintDocument,
    /// 只印这一位
    #[arg(long, value_name = "申报人", help_heading = "选项")]
    pub person: Option<String>,
    /// 只印这个推荐单位的
    #[arg(long, value_name = "单位", help_heading = "选项")]
    pub recommender: Option<String>,
    /// 草稿：有问题也印，每页标“草稿”
    #[arg(long, help_heading = "选项")]
    pub draft: bool,
    /// 印到哪里：一个文件；已有的文件夹或以 / 结尾时一人一个文件
    #[arg(long, value_name = "路径", help_heading = "选项")]
    pub out: PathBuf,
}

#[derive(Args, Debug)]
pub struct Export {
    /// 把全套报送材料导出到这个文件夹
    #[arg(
        long,
        value_name = "文件夹",
        required_unless_present = "record",
        conflicts_with = "record",
        help_heading = "选项"
    )]
    pub out: Option<PathBuf>,
    /// 把册中全部人员导出为记录文件夹
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub record: Option<PathBuf>,
    /// 只导出这个推荐单位的
    #[arg(long, value_name = "单位", conflicts_with = "record", help_heading = "选项")]
    pub recommender: Option<String>,
    /// 草稿：有问题也印，每页标“草稿”，不做压缩包
    #[arg(long, conflicts_with = "record", help_heading = "选项")]
    pub draft: bool,
    /// 用这个文件里的口令加密电子文档
    #[arg(long, value_name = "文件", conflicts_with_all = ["record", "draft"], help_heading = "选项")]
    pub passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    pub json: JsonOnly,
}

#[derive(Args, Debug)]
pub struct Verify {
    /// 电子文档（.zip）或导出的文件夹
    #[arg(value_name = "路径", help_heading = "参数")]
    pub path: PathBuf,
    /// 加密的电子文档的口令，写在这个文件里
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct History {
    /// 只看这一位；不写则看整本推荐册
    #[arg(value_name = "申报人", help_heading = "参数")]
    pub person: Option<String>,
    #[command(flatten)]
    pub json: JsonOnly,
}

#[derive(Args, Debug)]
pub struct Revert {
    #[command(flatten)]
    pub person: OnePerson,
    /// history 列出的编号
    #[arg(long, value_name = "编号", help_heading = "选项")]
    pub to: i64,
}

#[derive(Args, Debug)]
pub struct BackupTo {
    /// 备份到哪个文件
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub out: PathBuf,
}

#[derive(Args, Debug)]
pub struct Restore {
    /// 备份文件（见 backups）
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
}

#[derive(Subcommand, Debug)]
pub enum NoticeAction {
    /// 检查一个通知配置文件
    #[command(help_template = TEMPLATE)]
    Check {
        #[arg(value_name = "文件.toml", help_heading = "参数")]
        file: PathBuf,
    },
}

#[derive(Args, Debug)]
pub struct Completions {
    /// bash、zsh、fish、elvish 或 powershell
    #[arg(value_enum, hide_possible_values = true, value_name = "外壳", help_heading = "参数")]
    pub shell: clap_complete::Shell,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum Kind {
    District,
    Department,
    Association,
}

impl From<Kind> for RecommenderKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::District => Self::District,
            Kind::Department => Self::Department,
            Kind::Association => Self::Association,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum DemoKind {
    Association,
    District,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum OnConflict {
    Keep,
    Replace,
    Both,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum PrintDocument {
    Summary,
    Application,
    Report,
    Binder,
    Catalogue,
}
