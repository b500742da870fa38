//! 导出与打印: what will be made, why it cannot be made yet, where it went.

use std::path::Path;

use eframe::egui::{Frame, Margin, ScrollArea, Ui};

use super::Action;
use crate::domain::nominated;
use crate::ops::Printable;
use crate::ui::app::App;
use crate::ui::desk::View;
use crate::ui::dialogs::Purpose;
use crate::ui::export::What;
use crate::ui::tokens::{FORM_WIDTH, LARGE, MEDIUM, SMALL, TINY};
use crate::ui::widgets::{Tone, button, caption, card, checkbox, heading, link, meter, pill, primary, title};

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(desk) = &mut app.desk else { return };
    ScrollArea::vertical().id_salt("export").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.set_width(ui.available_width().min(FORM_WIDTH));
            ui.horizontal(|ui| {
                title(ui, "导出与打印");
                if button(ui, "返回申报表（Esc）").clicked() {
                    actions.push(Action::Show(View::Form));
                }
            });
            ui.add_space(MEDIUM);
            let forms = &desk.book.notice.forms;
            let count: usize = desk.book.bodies.iter().map(|body| nominated(&desk.book.people, body.id).len()).sum();
            let selected =
                desk.selected.and_then(|id| desk.book.person(id)).map(|person| person.applicant.name.clone());
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                heading(ui, "印什么");
                ui.add_space(TINY);
                let what = &mut desk.export.what;
                ui.radio_value(what, What::Set, format!("整套报送材料：已推荐 {count} 人，纸质装订册和电子文档"));
                let documents = [
                    (Printable::Summary, format!("《{}》（PDF）", forms.summary)),
                    (Printable::Application, format!("《{}》（PDF，一人一份）", forms.application)),
                    (Printable::Report, format!("《{}》（PDF）", forms.report)),
                    (Printable::Binder, "装订册（PDF，按装订顺序）".to_owned()),
                    (Printable::Catalogue, "材料清单（PDF）".to_owned()),
                ];
                for (document, words) in documents {
                    ui.radio_value(what, What::Document(document), words);
                }
                if let Some(name) = selected.filter(|name| !name.trim().is_empty()) {
                    ui.radio_value(what, What::ThisPerson, format!("只要{name}的《{}》（PDF）", forms.application));
                }
                ui.radio_value(what, What::Record, "册中全部人员的记录（record.json 和附件，可在另一台电脑导入）");
                ui.add_space(SMALL);
                if *what != What::Record {
                    checkbox(ui, &mut desk.export.draft, "印草稿：有问题也印，每页标“草稿”");
                }
            });
            ui.add_space(MEDIUM);
            let blocking = desk.book.check.blocking();
            if blocking > 0 && desk.export.what != What::Record && !desk.export.draft {
                ui.horizontal_wrapped(|ui| {
                    pill(ui, &format!("还有 {blocking} 处问题"), Tone::Fault);
                    caption(ui, "整套材料要全部改好才能导出。单印表格时，程序步骤和复印件的问题不妨碍先印出来盖章。");
                    if link(ui, "看全部问题").clicked() {
                        actions.push(Action::Show(View::Check));
                    }
                });
                ui.add_space(MEDIUM);
            }
            match &desk.progress {
                Some(progress) => {
                    caption(ui, &format!("{}（{} / {}）", progress.what, progress.done, progress.of));
                    meter(ui, progress.done, u32::try_from(progress.of).unwrap_or(u32::MAX));
                }
                None => {
                    if primary(ui, "选择存放的文件夹…").clicked() {
                        actions.push(Action::Ask(Purpose::Export));
                    }
                }
            }
            if let Some(files) = &desk.exported {
                ui.add_space(LARGE);
                heading(ui, "已完成");
                ui.add_space(TINY);
                for file in files {
                    ui.horizontal(|ui| {
                        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                        ui.label(name);
                        if link(ui, "打开").on_hover_text(file.display().to_string()).clicked() {
                            open(file);
                        }
                    });
                }
                if let Some(folder) = files.first().and_then(|file| file.parent())
                    && button(ui, "打开文件夹").clicked()
                {
                    open(folder);
                }
                ui.add_space(TINY);
                caption(ui, "打开 PDF 后用阅读器的打印功能，选“实际大小”或“100%”。");
            }
        });
    });
}

/// Opens a file or folder with the desktop's own program. Where there is none nothing happens: the path is on the screen.
fn open(path: &Path) {
    let program = if cfg!(target_os = "windows") { "explorer" } else { "xdg-open" };
    let _ = std::process::Command::new(program).arg(path).spawn();
}
