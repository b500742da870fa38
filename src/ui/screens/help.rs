//! F1: the keys.

use eframe::egui::style::ScrollAnimation;
use eframe::egui::{Context, EventFilter, Frame, Grid, Key, Margin, Modifiers, ScrollArea, Ui, vec2};

use crate::ui::tokens::{LARGE, SMALL, TINY};
use crate::ui::widgets::{button, caption, dialog, first, title};

const KEYS: [(&str, &str); 22] = [
    ("Tab、Shift+Tab", "到下一格、上一格"),
    ("回车", "到下一个要写的格；“单位地址”以后，到学习工作经历"),
    ("↓、↑、回车", "在有列表的格中打开列表、选一行、填入"),
    ("←、→、↑、↓", "在“是、否”和几选一的选项之间移动，空格选定"),
    ("Ctrl+1 … Ctrl+8", "申报表的各部分：基本情况 … 推荐程序、页面"),
    ("F7、F8、F9", "校核、通知、历史"),
    ("Ctrl+F", "搜索申报人（姓名、拼音首字母、单位），回车到第一位"),
    ("Ctrl+N", "新增申报人"),
    ("Ctrl+PageUp、Ctrl+PageDown", "上一位、下一位申报人"),
    ("Alt+↑、Alt+↓", "在名单中调整排序"),
    ("Ctrl+Z、Ctrl+Y", "撤销、重做"),
    ("Ctrl+P", "导出与打印"),
    ("Ctrl+加号、Ctrl+减号、Ctrl+0", "文字放大、缩小、还原"),
    ("Ctrl+C、Ctrl+X、Ctrl+V、Ctrl+A", "复制、剪切、粘贴、全选"),
    ("点页面上的格子", "光标到对应的一栏"),
    ("PageUp、PageDown", "上一页、下一页：光标在“页面”或一行的栏里"),
    ("PageUp、PageDown、Home、End", "在“校核”“通知”中翻看"),
    ("＋、－、0、1", "先点页面的空白处：放大、缩小、适合宽度、整页"),
    ("Ctrl+滚轮", "放大、缩小页面和附件"),
    ("空格、回车", "按下光标所在的按钮"),
    ("Esc", "返回申报表，收起列表和对话框"),
    ("F1", "打开或收起这张表"),
];

/// Height of what stands above and below the keys, in points.
const AROUND: f32 = 170.0;
/// Height of two lines, in points: an arrow key goes so far.
const STEP: f32 = 48.0;
/// Width beside the lines that is the scroll bar's, in points.
const BAR: i8 = 18;

pub fn help(open: &mut bool, context: &Context) {
    if !*open {
        return;
    }
    let modal = dialog(context, "help", |ui| {
        title(ui, "快捷键");
        ui.add_space(SMALL);
        // With large letters it is longer than the window.
        let room = context.content_rect().height() - AROUND;
        let room = room.max(80.0);
        ScrollArea::vertical().max_height(room).show(ui, |ui| {
            let down = keys(room, ui);
            if down != 0.0 {
                ui.scroll_with_delta_animation(vec2(0.0, -down), ScrollAnimation::none());
            }
            // Lines to be read, not buttons: they need no more than their own height.
            ui.spacing_mut().interact_size.y = 20.0;
            Frame::new().inner_margin(Margin { right: BAR, ..Margin::ZERO }).show(ui, |ui| {
                Grid::new("keys").num_columns(2).spacing([LARGE, TINY]).show(ui, |ui| {
                    for (key, does) in KEYS {
                        ui.label(key);
                        ui.label(does);
                        ui.end_row();
                    }
                });
            });
        });
        ui.add_space(SMALL);
        caption(ui, "不必保存：写下的内容随时存入推荐册。");
        ui.add_space(SMALL);
        let known = button(ui, "知道了");
        first(&known);
        // The arrows are the list's: they lead to no other control.
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(known.id, filter));
        known.clicked()
    });
    if modal.inner || modal.should_close() {
        *open = false;
    }
}

/// How far the keys want the list to go down, in points.
fn keys(room: f32, ui: &Ui) -> f32 {
    let page = (room - STEP).max(STEP);
    let ways = [(Key::ArrowUp, -STEP), (Key::ArrowDown, STEP), (Key::PageUp, -page), (Key::PageDown, page)];
    ui.input_mut(|input| {
        ways.iter().map(|(key, way)| input.count_and_consume_key(Modifiers::NONE, *key) as f32 * way).sum()
    })
}
