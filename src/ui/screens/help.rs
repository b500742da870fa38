//! F1: the keys.

use eframe::egui::{Context, Grid};

use crate::ui::tokens::{LARGE, SMALL, TINY};
use crate::ui::widgets::{button, caption, dialog, title};

const KEYS: [(&str, &str); 16] = [
    ("Tab、Shift+Tab", "到下一格、上一格"),
    ("↓、↑、回车", "在有列表的格中打开列表、选一行、填入"),
    ("Ctrl+F", "搜索申报人（姓名、拼音首字母、单位），回车到第一位"),
    ("Ctrl+N", "新增申报人"),
    ("Ctrl+PageUp、Ctrl+PageDown", "上一位、下一位申报人"),
    ("Alt+↑、Alt+↓", "在名单中调整排序"),
    ("Ctrl+Z、Ctrl+Y", "撤销、重做"),
    ("Ctrl+P", "导出与打印"),
    ("Ctrl+加号、Ctrl+减号、Ctrl+0", "文字放大、缩小、还原"),
    ("Ctrl+C、Ctrl+X、Ctrl+V、Ctrl+A", "复制、剪切、粘贴、全选"),
    ("点页面上的格子", "光标到对应的一栏"),
    ("PageUp、PageDown、＋、－、0、1", "先点一下页面：翻页、放大、缩小、适合宽度、整页"),
    ("Ctrl+滚轮", "放大、缩小页面和附件"),
    ("空格、回车", "按下光标所在的按钮"),
    ("Esc", "返回申报表，收起列表和对话框"),
    ("F1", "打开或收起这张表"),
];

pub fn help(open: &mut bool, context: &Context) {
    if !*open {
        return;
    }
    let modal = dialog(context, "help", |ui| {
        title(ui, "快捷键");
        ui.add_space(SMALL);
        // Lines to be read, not buttons: they need no more than their own height.
        ui.spacing_mut().interact_size.y = 20.0;
        Grid::new("keys").num_columns(2).spacing([LARGE, TINY]).show(ui, |ui| {
            for (key, does) in KEYS {
                ui.label(key);
                ui.label(does);
                ui.end_row();
            }
        });
        ui.add_space(SMALL);
        caption(ui, "不必保存：写下的内容随时存入推荐册。");
        ui.add_space(SMALL);
        button(ui, "知道了").clicked()
    });
    if modal.inner || modal.should_close() {
        *open = false;
    }
}
