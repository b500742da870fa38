//! The container of a Word document (ECMA-376 part 2): fixed parts, fixed order, fixed times.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::{Align, FONTS, Face, LATIN, Setting, Type, paragraph, spread, twips};
use crate::domain::Day;
use crate::exchange::office::text::storable;
use crate::exchange::office::{MADE_ON, OfficeError};
use crate::pages::{Mm, Pt};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Relation of the photo.
pub const PHOTO: &str = "rIdPhoto";

/// Paper and grid of a document.
pub struct Layout {
    pub top: Mm,
    pub bottom: Mm,
    pub left: Mm,
    pub right: Mm,
    /// From the paper's lower edge to the foot.
    pub foot: Mm,
    /// The first page has no foot and number 0: a cover.
    pub cover: bool,
    /// Line pitch of the type area.
    pub pitch: Option<Pt>,
}

/// A whole document.
pub struct Package<'a> {
    pub title: &'a str,
    pub created: Day,
    pub layout: Layout,
    /// Characters of everything that names none of its own.
    pub kind: Type,
    /// Paragraphs and tables.
    pub body: String,
    /// The foot of odd pages, and of even ones where it is another.
    pub foot: String,
    pub even_foot: Option<String>,
    /// Bytes and extension.
    pub photo: Option<(&'a [u8], &'static str)>,
    /// Marks every page 草稿.
    pub draft: bool,
}

/// A part above or below the type area.
struct Margin {
    relation: &'static str,
    /// `header` or `footer`.
    kind: &'static str,
    part: &'static str,
    /// Which pages have it: `default`, `even`, `first`.
    pages: &'static str,
    content: String,
}

/// Stands in the head of every page of a draft, high enough to be seen and above the type area.
const DRAFT: Type = Type::new(Face::Hei, Pt(22.0));

impl Package<'_> {
    pub fn bytes(&self) -> Result<Vec<u8>, OfficeError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .system(MADE_ON)
            .unix_permissions(0o644);
        let mut add = |path: &str, bytes: &[u8]| -> Result<(), OfficeError> {
            zip.start_file(path, options).map_err(OfficeError::Zip)?;
            zip.write_all(bytes).map_err(OfficeError::Io)
        };
        add("[Content_Types].xml", self.content_types().as_bytes())?;
        add("_rels/.rels", package_relations().as_bytes())?;
        add("word/document.xml", self.document().as_bytes())?;
        add("word/_rels/document.xml.rels", self.relations().as_bytes())?;
        add("word/styles.xml", self.styles().as_bytes())?;
        add("word/settings.xml", self.settings().as_bytes())?;
        add("word/fontTable.xml", font_table().as_bytes())?;
        for margin in self.margins() {
            add(&format!("word/{}.xml", margin.part), margin.xml().as_bytes())?;
        }
        if let Some((bytes, extension)) = self.photo {
            add(&format!("word/media/photo.{extension}"), bytes)?;
        }
        add("docProps/core.xml", self.core().as_bytes())?;
        Ok(zip.finish().map_err(OfficeError::Zip)?.into_inner())
    }

    /// A page has no head or foot but the one that is named for it.
    fn margins(&self) -> Vec<Margin> {
        let foot = |relation, part, pages, content: &String| Margin {
            relation,
            kind: "footer",
            part,
            pages,
            content: content.clone(),
        };
        let mut margins = vec![foot("rId4", "footer1", "default", &self.foot)];
        margins.extend(self.even_foot.as_ref().map(|content| foot("rId5", "footer2", "even", content)));
        if self.draft {
            let mark = paragraph(&spread("草\u{3000}稿", DRAFT), &Setting::of(Align::Center), DRAFT);
            let head = |relation, part, pages| Margin { relation, kind: "header", part, pages, content: mark.clone() };
            margins.push(head("rId6", "header1", "default"));
            margins.extend(self.even_foot.is_some().then(|| head("rId7", "header2", "even")));
            margins.extend(self.layout.cover.then(|| head("rId8", "header3", "first")));
        }
        margins
    }

    fn content_types(&self) -> String {
        let mut xml = format!(
            "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        );
        if let Some((_, extension)) = self.photo {
            let kind = if extension == "png" { "png" } else { "jpeg" };
            let _ = write!(xml, "<Default Extension=\"{extension}\" ContentType=\"image/{kind}\"/>");
        }
        let mut part = |path: &str, kind: &str| {
            let _ = write!(xml, "<Override PartName=\"/word/{path}.xml\" ContentType=\"{CONTENT}.{kind}+xml\"/>");
        };
        part("document", "document.main");
        part("styles", "styles");
        part("settings", "settings");
        part("fontTable", "fontTable");
        for margin in self.margins() {
            part(margin.part, margin.kind);
        }
        xml.push_str(
            "<Override PartName=\"/docProps/core.xml\" \
             ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>",
        );
        xml
    }

    fn relations(&self) -> String {
        let mut xml =
            format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        let mut relation = |id: &str, kind: &str, target: &str| {
            let _ = write!(xml, "<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>");
        };
        relation("rId1", "styles", "styles.xml");
        relation("rId2", "settings", "settings.xml");
        relation("rId3", "fontTable", "fontTable.xml");
        for margin in self.margins() {
            relation(margin.relation, margin.kind, &format!("{}.xml", margin.part));
        }
        if let Some((_, extension)) = self.photo {
            relation(PHOTO, "image", &format!("media/photo.{extension}"));
        }
        xml.push_str("</Relationships>");
        xml
    }

    fn document(&self) -> String {
        let layout = &self.layout;
        let mut section = String::from("<w:sectPr>");
        for Margin { relation, kind, pages, .. } in self.margins() {
            let _ = write!(section, "<w:{kind}Reference w:type=\"{pages}\" r:id=\"{relation}\"/>");
        }
        let _ = write!(
            section,
            "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" \
             w:header=\"720\" w:footer=\"{}\" w:gutter=\"0\"/>",
            twips(layout.top),
            twips(layout.right),
            twips(layout.bottom),
            twips(layout.left),
            twips(layout.foot)
        );
        if layout.cover {
            section.push_str("<w:pgNumType w:start=\"0\"/><w:titlePg/>");
        }
        if let Some(pitch) = layout.pitch {
            let _ = write!(section, "<w:docGrid w:type=\"lines\" w:linePitch=\"{}\"/>", (pitch.0 * 20.0).floor());
        }
        section.push_str("</w:sectPr>");
        format!("{HEAD}<w:document {WORD}><w:body>{}{section}</w:body></w:document>", self.body)
    }

    fn styles(&self) -> String {
        let size = (self.kind.size.0 * 2.0).round();
        let name = FONTS.iter().find(|(face, ..)| *face == self.kind.face).map_or("仿宋", |(_, name, _)| *name);
        format!(
            "{HEAD}<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{LATIN}\" w:hAnsi=\"{LATIN}\" \
             w:eastAsia=\"{name}\" w:cs=\"{LATIN}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>\
             <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
             <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr><w:kinsoku/></w:pPr></w:style>\
             <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"a1\"><w:name w:val=\"Normal Table\"/></w:style></w:styles>"
        )
    }

    /// East Asian line breaking (避头尾) and condensed marks.
    fn settings(&self) -> String {
        let even = if self.even_foot.is_some() { "<w:evenAndOddHeaders/>" } else { "" };
        format!(
            "{HEAD}<w:settings {WORD}>{even}<w:characterSpacingControl w:val=\"compressPunctuation\"/>\
             <w:noLineBreaksAfter w:lang=\"zh-CN\" w:val=\"{}\"/><w:noLineBreaksBefore w:lang=\"zh-CN\" w:val=\"{}\"/>\
             <w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>\
             <w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>\
             <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
             </w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>",
            "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥",
            "!%),.:;&gt;?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
        )
    }

    fn core(&self) -> String {
        format!(
            "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:language>zh-CN</dc:language>\
             <dcterms:created xsi:type=\"dcterms:W3CDTF\">{}T00:00:00Z</dcterms:created></cp:coreProperties>",
            escape(storable(self.title)),
            self.created.format("%Y-%m-%d")
        )
    }
}

fn package_relations() -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn font_table() -> String {
    let mut xml = format!("{HEAD}<w:fonts {WORD}>");
    for (_, name, other) in FONTS {
        let _ = write!(
            xml,
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/></w:font>"
        );
    }
    let _ = write!(xml, "<w:font w:name=\"{LATIN}\"><w:family w:val=\"roman\"/></w:font></w:fonts>");
    xml
}

impl Margin {
    fn xml(&self) -> String {
        let root = if self.kind == "header" { "hdr" } else { "ftr" };
        format!("{HEAD}<w:{root} {WORD}>{}</w:{root}>", self.content)
    }
}
