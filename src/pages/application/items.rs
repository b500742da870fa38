//! Pages 2 and 3: 主要技术简况、贡献成果登记, three items a page.

use super::{EVIDENCE, Form, LOOSE_LABEL, PROSE, ROOMY, TITLE_ROW};
use crate::domain::SectionKey;
use crate::pages::sheet::PORTRAIT;
use crate::pages::table::{Cell, Part, Row, Section, Table};
use crate::pages::units::Mm;

const HEAD_ROW: Mm = Mm(13.0);
/// Least height of an item.
const ITEM: Mm = Mm(45.0);
const LABEL_WIDTH: f32 = 30.0;
const TEXT_WIDTH: f32 = 106.0;
const EVIDENCE_WIDTH: f32 = 30.0;

/// The annex's words, broken as on its page.
fn label(key: SectionKey) -> &'static str {
    match key {
        SectionKey::Speciality => "专业技术\n特长或技\n术绝招情\n况",
        SectionKey::CompetitionResults => "参加技能\n竞赛获奖\n情　　况",
        SectionKey::OperationMethods => "创造先进\n生产操作\n法情况",
        SectionKey::Innovations => "解决关键生\n产技术技术\n革新项目获\n奖　情　况",
        SectionKey::HonourTitles => "何年何月获\n得何种荣誉\n称　　号",
        SectionKey::Contributions => "任技师职务\n后有何突出\n贡　　献",
        SectionKey::Summary => "个人总结",
    }
}

impl Form<'_> {
    pub(super) fn items(&self, keys: &[SectionKey]) -> Table {
        let evidence_left = LABEL_WIDTH + TEXT_WIDTH;
        let headers = vec![
            Row::new(TITLE_ROW, vec![self.label(0.0, PORTRAIT.inner_width().0, "主要技术简况、贡献成果登记")]),
            Row::new(
                HEAD_ROW,
                vec![
                    self.label(0.0, LABEL_WIDTH, "项　目"),
                    self.label(LABEL_WIDTH, TEXT_WIDTH, "内　　容"),
                    self.label(evidence_left, EVIDENCE_WIDTH, "证明人或\n证明材料"),
                ],
            ),
        ];
        Table {
            sections: vec![Section {
                headers,
                rows: keys.iter().map(|&key| self.item(key)).collect(),
                ..Section::default()
            }],
            ruled: true,
        }
    }

    fn item(&self, key: SectionKey) -> Row {
        let section = self.applicant.sections.get(key);
        let field = |name: &str| format!("sections.{}.{name}", key.key());
        let mut head = self.styled_label(0.0, LABEL_WIDTH, label(key), &LOOSE_LABEL);
        head.continued = Some(self.label_block(&format!("{}\n（续）", label(key)), &LOOSE_LABEL, Mm(LABEL_WIDTH)));
        let text = self.typesetter.text(&section.text, &PROSE, Mm(TEXT_WIDTH) - ROOMY.x * 2.0);
        let evidence = self.typesetter.text(&section.evidence, &EVIDENCE, Mm(EVIDENCE_WIDTH) - ROOMY.x * 2.0);
        let text = Cell::flowing(Mm(LABEL_WIDTH), Mm(TEXT_WIDTH), ROOMY, text).at_top();
        let evidence = Cell::flowing(Mm(LABEL_WIDTH + TEXT_WIDTH), Mm(EVIDENCE_WIDTH), ROOMY, evidence);
        Row::new(
            ITEM,
            vec![
                head,
                text.showing(Part::Whole, None, field("text")),
                evidence.showing(Part::Whole, None, field("evidence")),
            ],
        )
        .growing()
    }
}
