//! 附件: the copies that go into the binder.

use std::ops::Range;

use eframe::egui::{Id, Sense, TextWrapMode, Ui, WidgetInfo, accesskit::Role, vec2};

use super::{Part, apply, look, row_steps};
use crate::domain::{
    Applicant, Attachment, AttachmentKind, Certificate, CertificateKind, Clause, FileKey, Finding, Severity,
};
use crate::rules::{honour_key, is_file_name};
use crate::ui::desk::Tab;
use crate::ui::dialogs::Purpose;
use crate::ui::screens::Action;
use crate::ui::standing::lacks_copy;
use crate::ui::tokens::{MEDIUM, SMALL, TINY};
use crate::ui::widgets::{self, Entry, button, caption, card, combo, fixed, heading, link, named_checkbox, named_link};

const KINDS: [(AttachmentKind, &str); 7] = [
    (AttachmentKind::Certificate, "职业资格（技能等级）证书"),
    (AttachmentKind::Honour, "荣誉证书"),
    (AttachmentKind::Competition, "竞赛获奖证书"),
    (AttachmentKind::Apprentice, "徒弟获奖证书"),
    (AttachmentKind::Patent, "专利、成果"),
    (AttachmentKind::Report, "推荐报告"),
    (AttachmentKind::Other, "其他"),
];

/// Width of what stands beside the list of what a copy proves, in points.
const BESIDE: f32 = 190.0;
const THUMB: eframe::egui::Vec2 = vec2(72.0, 96.0);

pub fn show(part: &mut Part<'_>, ui: &mut Ui, form: &mut Applicant) {
    heading(ui, "证书复印件和佐证材料");
    ui.add_space(TINY);
    caption(
        ui,
        &format!(
            "JPG、PNG 或 PDF；可把文件、文件夹拖到窗口里，或复制后在这里按 Ctrl+V。可通过网上校验的证书不必附复印件（{}）。\
             装订时证书在前，荣誉其次，其余在后，各按这里的次序。",
            Clause::Procedure.full_name()
        ),
    );
    ui.add_space(MEDIUM);
    ui.horizontal(|ui| {
        let response = button(ui, "添加文件…");
        part.fields.anchor(&response, "attachments");
        if response.clicked() {
            part.actions.push(Action::Ask(Purpose::Attach));
        }
        if button(ui, "添加文件夹…").clicked() {
            part.actions.push(Action::Ask(Purpose::AttachFolder));
        }
    });
    ui.add_space(SMALL);
    part.fields.findings(ui, "attachments");
    missing_copies(part, ui);
    ui.add_space(SMALL);
    let proofs = proofs(form);
    let (mut step, mut rest) = (None, None);
    let kinds: Vec<AttachmentKind> = form.attachments.iter().map(|attachment| attachment.kind).collect();
    let Applicant { attachments, certificates, .. } = form;
    for (index, attachment) in attachments.iter_mut().enumerate() {
        let path = format!("attachments[{index}]");
        fixed(ui, ("attachment", index), |ui| {
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_top(|ui| {
                    let (rect, response) = ui.allocate_exact_size(THUMB, Sense::click());
                    let name = format!("放大看附件 {}", index + 1);
                    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                    part.fields.anchor(&response, &path);
                    look::thumb(part.gallery, ui, &attachment.file, rect);
                    if response.clicked() {
                        *part.looking = Some(index);
                    }
                    ui.add_space(SMALL);
                    ui.vertical(|ui| {
                        ui.set_width(ui.available_width());
                        ui.horizontal(|ui| {
                            let (word, was) = (word_of(attachment.kind), attachment.kind);
                            let name = format!("附件 {} 的种类：{word}", index + 1);
                            combo(ui, ("kind", index), word, 230.0, &name, |ui| {
                                for (kind, word) in KINDS {
                                    if ui.selectable_value(&mut attachment.kind, kind, word).clicked() {
                                        Chosen { file: attachment.file.clone(), was }.remember(ui);
                                    }
                                }
                            });
                            if let Some(asked) = row_steps(part.fields.focus, ui, &format!("附件 {}", index + 1)) {
                                step = Some((index, asked));
                            }
                        });
                        // Links that come and go take an identity all the same: what follows keeps its cursor.
                        match alike_below(ui, &kinds, index, attachment) {
                            Some(alike) => {
                                let word = word_of(attachment.kind);
                                let words = format!("把下面 {} 件也改为“{word}”", alike.len());
                                if link(ui, &words).clicked() {
                                    rest = Some((alike, attachment.kind));
                                }
                            }
                            None => ui.skip_ahead_auto_ids(1),
                        }
                        ui.add_space(TINY);
                        let title = format!("题名（附件 {}）", index + 1);
                        part.fields.text(ui, &format!("{path}.title"), &title, Entry::Wrapped, &mut attachment.title);
                        match title_offered(&proofs, attachment) {
                            Some(title) => name_it(part, ui, index, title, attachment),
                            None => ui.skip_ahead_auto_ids(1),
                        }
                        ui.add_space(TINY);
                        proving(ui, index, &proofs, attachment);
                        online(ui, index, attachment, certificates);
                        part.fields.findings(ui, &path);
                        part.fields.findings(ui, &format!("{path}.original_checked"));
                    });
                });
            });
        });
        ui.add_space(SMALL);
    }
    if let Some((rows, kind)) = rest {
        let first = format!("attachments[{}].title", rows.start.saturating_sub(1));
        let rows = form.attachments.get_mut(rows).unwrap_or_default();
        rows.iter_mut().for_each(|attachment| attachment.kind = kind);
        part.fields.focus.go_on_at(first);
    }
    let name = |number| format!("附件 {number}");
    if let Some(gone) = apply(&mut form.attachments, step, part.fields.focus, "attachments", name) {
        // A scan cannot be typed again.
        part.actions.push(Action::Say(format!("已删去附件“{}”，按 Ctrl+Z 可以找回", gone.title.trim())));
    }
    if form.attachments.is_empty() {
        caption(ui, "还没有附件。");
    }
    look::large(part, ui, form);
}

/// How many things that lack a copy are named at once.
const NAMED: usize = 3;

/// What the check says of copies that are missing: all that blocks, and of the rest so much that the copies stay in sight.
fn missing_copies(part: &Part<'_>, ui: &mut Ui) {
    let is_of_copies = |finding: &&Finding| {
        lacks_copy(finding) || finding.field.is_none() && Tab::of_finding(finding) == Tab::Attachments
    };
    let all = part.fields.findings.iter().filter(is_of_copies);
    let (warned, stop): (Vec<&Finding>, Vec<&Finding>) = all.partition(|one| one.severity == Severity::Warn);
    for finding in stop {
        widgets::finding(ui, finding);
    }
    let id = Id::unique(("missing copies", part.fields.person.0));
    let shows_all = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    let most = if shows_all || warned.len() <= NAMED + 1 { warned.len() } else { NAMED };
    for finding in warned.iter().take(most) {
        widgets::finding(ui, finding);
    }
    if warned.len() > most && link(ui, &format!("另有 {} 项也没有复印件，全部列出", warned.len() - most)).clicked()
    {
        ui.data_mut(|data| data.insert_temp(id, true));
    }
    if shows_all && warned.len() > NAMED + 1 && link(ui, "收起这些提醒").clicked() {
        ui.data_mut(|data| data.remove::<bool>(id));
    }
}

/// What a copy proves, for a title that is only a file's name.
fn title_offered<'p>(proofs: &'p [Proof], attachment: &Attachment) -> Option<&'p str> {
    let proves = attachment.proves.trim();
    let mut of_kind = proofs.iter().filter(|proof| proof.kind == attachment.kind);
    let proof = match of_kind.next() {
        // What it proves need not be said where there is but one.
        Some(only) if proves.is_empty() && of_kind.next().is_none() => only,
        _ => proofs.iter().find(|proof| !proves.is_empty() && proof.key == proves)?,
    };
    is_file_name(&attachment.title).then_some(proof.title.as_str())
}

fn name_it(part: &mut Part<'_>, ui: &mut Ui, index: usize, title: &str, attachment: &mut Attachment) {
    let words = format!("题名写作“{title}”");
    if named_link(ui, &words, &format!("附件 {}：{words}", index + 1)).clicked() {
        attachment.title = title.to_owned();
        part.fields.focus.go_on_at(format!("attachments[{index}].title"));
        part.fields.focus.at = Some(title.chars().count());
    }
}

fn word_of(kind: AttachmentKind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("其他", |(_, word)| word)
}

/// The copy whose kind was chosen last, and what it was taken for before.
#[derive(Clone)]
struct Chosen {
    file: FileKey,
    was: AttachmentKind,
}

impl Chosen {
    fn id() -> Id {
        Id::unique("attachment kind chosen")
    }

    fn remember(self, ui: &Ui) {
        ui.data_mut(|data| data.insert_temp(Self::id(), self));
    }
}

/// The copies next below one that has just got its kind which were taken for the same as it was: scans come in heaps, and
/// their names often say nothing.
fn alike_below(ui: &Ui, kinds: &[AttachmentKind], index: usize, attachment: &Attachment) -> Option<Range<usize>> {
    let chosen: Chosen = ui.data(|data| data.get_temp(Chosen::id()))?;
    if chosen.file != attachment.file || chosen.was == attachment.kind {
        return None;
    }
    let below = index + 1;
    let count = kinds.get(below..)?.iter().take_while(|kind| **kind == chosen.was).count();
    (count > 0).then(|| below..below + count)
}

/// Something that a copy can prove: what the record names it by, and how the clerk knows it.
struct Proof {
    key: String,
    label: String,
    /// Of which kind its copy is, and how that is called.
    kind: AttachmentKind,
    title: String,
}

/// What a copy can prove: certificates by number, honours and competitions by title.
fn proofs(form: &Applicant) -> Vec<Proof> {
    let certificates = form.certificates.iter().map(|one| {
        let words = [&one.occupation, &one.grade, &one.number].map(|text| text.trim());
        let label = words.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        let paper = match one.kind {
            Some(CertificateKind::VocationalQualification) => "职业资格证书",
            Some(CertificateKind::SkillLevel) => "职业技能等级证书",
            None => "证书",
        };
        Proof {
            key: one.number.trim().to_owned(),
            label: format!("证书：{label}"),
            kind: AttachmentKind::Certificate,
            title: format!("{}{}{paper}", one.occupation.trim(), one.grade.trim()),
        }
    });
    let of = |name: &str, kind, paper: &str| {
        let key = name.trim().to_owned();
        let title = if key.ends_with("证书") { key.clone() } else { format!("{key}{paper}") };
        Proof { label: key.clone(), kind, title, key }
    };
    let honours = form.honours.iter().map(|honour| of(&honour.title, AttachmentKind::Honour, "荣誉证书"));
    let competitions = form.competitions.iter().map(|one| of(&one.name, AttachmentKind::Competition, "获奖证书"));
    certificates.chain(honours).chain(competitions).filter(|proof| !proof.key.is_empty()).collect()
}

/// What a copy proves, and whether somebody has compared it with the original.
fn proving(ui: &mut Ui, index: usize, proofs: &[Proof], attachment: &mut Attachment) {
    let before = attachment.proves.clone();
    let proves = &mut attachment.proves;
    ui.horizontal_wrapped(|ui| {
        // What has no room goes to the next line whole.
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        caption(ui, "证明");
        let known = proofs.iter().find(|proof| proof.key == proves.trim()).map(|proof| proof.label.as_str());
        let named = known.unwrap_or(proves.as_str());
        let shown = if proves.trim().is_empty() { "不指定哪一项" } else { named }.to_owned();
        let name = format!("附件 {} 证明：{shown}", index + 1);
        let width = (ui.available_width() - BESIDE).clamp(240.0, 420.0);
        combo(ui, ("proves", index), &shown, width, &name, |ui| {
            ui.selectable_value(proves, String::new(), "不指定哪一项");
            for Proof { key, label, .. } in proofs {
                ui.selectable_value(proves, key.clone(), label);
            }
        })
        .on_hover_text(shown);
        let words = "原件已校验";
        named_checkbox(ui, &mut attachment.original_checked, words, &format!("{words}（{}）", index + 1));
    });
    // What proves a certificate is one.
    let proof = proofs.iter().find(|proof| attachment.proves != before && proof.key == attachment.proves);
    if let Some(proof) = proof.filter(|_| attachment.kind == AttachmentKind::Other) {
        attachment.kind = proof.kind;
    }
}

/// Whether the certificate that a copy shows can be checked online: then the copy need not be handed in.
fn online(ui: &mut Ui, index: usize, attachment: &Attachment, certificates: &mut [Certificate]) {
    if attachment.kind != AttachmentKind::Certificate {
        return;
    }
    let number = honour_key(&attachment.proves);
    let shown = match certificates {
        // Without a number the only certificate is meant.
        [only] if number.is_empty() => Some(only),
        several => several.iter_mut().find(|one| !number.is_empty() && honour_key(&one.number) == number),
    };
    let Some(certificate) = shown else { return };
    let words = "这本证书可通过网上校验，复印件不必报送";
    named_checkbox(ui, &mut certificate.verifiable_online, words, &format!("{words}（{}）", index + 1));
    if certificate.verifiable_online {
        caption(ui, "这一份仍会装订进去；不想附就删去这件附件。");
    }
}
