//! The window. State and logic stand apart from drawing ([`desk`](self) holds what is known, `screens` draw it); the book
//! is on a thread of its own (`worker`), pages are laid out on another (`proof`), so that typing never waits.

mod app;
mod arrivals;
mod autosave;
mod chronicle;
#[cfg(windows)]
mod composition;
#[cfg(windows)]
mod console;
mod copied;
mod cutting;
mod desk;
mod dialogs;
mod difference;
mod drafts;
mod entry;
mod export;
mod gallery;
#[cfg(target_os = "linux")]
mod ime;
mod look;
mod message;
mod next;
mod opener;
mod proof;
mod reader;
mod saving;
mod screens;
mod search;
mod sentence;
mod settings;
mod spoken;
mod standing;
mod tokens;
mod widgets;
mod worker;

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use eframe::egui::{ViewportBuilder, vec2};
use eframe::{NativeOptions, Renderer};

pub use app::{App, Options};
pub use settings::Settings;
pub use worker::{Gate, Order};

use crate::preview::Fonts;

/// Exit code of a window that could not be opened (contract, section 2: something cannot be used).
const NO_WINDOW: u8 = 3;

/// Opens the window, on a book when one is named; the exit code. Returns when the window is closed.
pub fn run(book: Option<PathBuf>) -> u8 {
    #[cfg(windows)]
    console::let_go();
    let fonts = match Fonts::shared() {
        Ok(fonts) => fonts,
        Err(error) => return refuse(&error.to_string()),
    };
    let settings = settings::Settings::load();
    // winit panics where a library of the desktop is missing: that is told as any other failure is, in one sentence.
    let tell_panics: Arc<PanicHook> = Arc::new(std::panic::take_hook());
    for &renderer in RENDERERS {
        std::panic::set_hook(Box::new(|_| {}));
        let started = Arc::new(AtomicBool::new(false));
        let (running, tell_panics) = (Arc::clone(&started), Arc::clone(&tell_panics));
        let (book, settings) = (book.clone(), settings.clone());
        let options = native_options(&settings, renderer);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            eframe::run_native(
                "tuijian",
                options,
                Box::new(move |creation| {
                    running.store(true, Ordering::Relaxed);
                    std::panic::set_hook(Box::new(move |panic| tell_panics(panic)));
                    let options = Options { fonts, settings, desktop_dialogs: true, book, gate: None };
                    let mut app = App::new(&creation.egui_ctx, options);
                    if cfg!(windows) {
                        app.dialogs.stay_before(creation);
                    }
                    Ok(Box::new(app))
                }),
            )
        }));
        match outcome {
            Ok(Ok(())) => return 0,
            _ if started.load(Ordering::Relaxed) => {
                return refuse("窗口意外关闭。已保存的内容都在推荐册中，请重新打开");
            }
            _ => {}
        }
    }
    if cfg!(windows) {
        return refuse(
            "无法打开窗口：这台电脑的显卡驱动没有装好或太旧，或正在远程桌面中使用。请装好显卡驱动后再打开，或在别的电脑上打开；命令行不受影响，可用 tuijian demo --export 文件夹 印出示范材料",
        );
    }
    refuse(
        "无法打开窗口：这里没有图形桌面，或缺少显示所需的系统组件。可在命令行用 tuijian demo --export 文件夹 印出示范材料，或在有桌面的电脑上打开",
    )
}

type PanicHook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

/// What draws the window, in the order of trying. OpenGL does without a real GPU on Linux; on Windows a virtual machine or a
/// remote desktop may have none worth the name, but has Direct3D in software.
#[cfg(not(windows))]
const RENDERERS: &[Renderer] = &[Renderer::Glow];
#[cfg(windows)]
const RENDERERS: &[Renderer] = &[Renderer::Glow, Renderer::Wgpu];

fn native_options(settings: &Settings, renderer: Renderer) -> NativeOptions {
    let (width, height) = settings.window.unwrap_or((1440.0, 900.0));
    NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("推荐")
            .with_app_id("tuijian")
            .with_icon(icon())
            .with_inner_size(vec2(width, height))
            .with_clamp_size_to_monitor_size(true)
            .with_maximized(settings.maximized)
            .with_min_inner_size(vec2(760.0, 480.0)),
        renderer,
        persist_window: false,
        system_font_fallback: false,
        ..NativeOptions::default()
    }
}

fn refuse(sentence: &str) -> u8 {
    eprintln!("{sentence}。");
    // Whoever starts the program from a menu sees no terminal.
    dialogs::tell(&format!("{sentence}。"));
    NO_WINDOW
}

/// The program's icon; none rather than a failure where it cannot be read.
fn icon() -> eframe::egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon/tuijian-256.png")).unwrap_or_default()
}
