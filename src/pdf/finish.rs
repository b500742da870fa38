//! The last step with lopdf: what printpdf leaves out of PDF/A-2b, compression, and an ID made from the content.

use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use printpdf::PdfSaveOptions;
use sha2::{Digest, Sha256};

use super::compose::{Composed, Shown};
use super::deflate::Deflater;
use super::foreign::{Importer, Source};
use super::{PdfError, Stop, go_on, outline, picture, srgb};
use crate::pages::Document;

/// Named as the maker of every file; no version, so that a new release does not change old documents' bytes.
const PRODUCER: &str = "tuijian";

/// Stands for the ID until the file is complete; as long as the ID in hexadecimal digits.
const ID_TO_COME: [u8; 16] = [0; 16];

/// Completes the file and writes it at the beginning of `out`. Of the document only bookmarks, labels and links are read.
pub fn finish(
    document: &Document,
    composed: Composed,
    out: &mut (impl Read + Write + Seek),
    stop: Stop<'_>,
) -> Result<(), PdfError> {
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut file = printpdf::to_lopdf_doc(&composed.pdf, &options, &mut Vec::new());
    drop(composed.pdf);
    file.version = "1.7".to_owned();
    // A reader of a foreign page's insides may find anything there: no claim is made for it.
    let archive = composed.sources.is_empty();
    let mut objects = Vec::new();
    for (name, picture, page) in composed.pictures {
        go_on(stop)?;
        let stream = picture::stream(picture).ok_or(PdfError::Picture { page })?;
        objects.push((name, file.add_object(stream)));
    }
    objects.extend(foreign_pages(&mut file, composed.sources, &composed.foreign, stop)?);
    let pages = pages(&mut file, objects);
    programs(&mut file, &pages, composed.programs);
    outline::write(&mut file, document, &pages);
    describe(&mut file, &document.title, archive);
    file.renumber_objects();
    let mut deflater = Deflater::new();
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object {
            go_on(stop)?;
            deflater.compress(stream);
        }
    }
    save(file, out)
}

/// Brings in the pages of existing PDFs, each once. A source goes as soon as its pages are in: each is a whole scan.
fn foreign_pages(
    file: &mut lopdf::Document,
    sources: Vec<Source>,
    shown: &[Shown],
    stop: Stop<'_>,
) -> Result<Vec<(String, ObjectId)>, PdfError> {
    let mut objects = Vec::with_capacity(shown.len());
    let mut layers: Vec<(ObjectId, bool)> = Vec::new();
    for (index, source) in sources.into_iter().enumerate() {
        go_on(stop)?;
        let mut importer = Importer::new(&source);
        for page in shown.iter().filter(|page| page.source == index) {
            let form = importer.page(file, page.page).map_err(|error| PdfError::Foreign { page: page.first, error })?;
            objects.push((page.name.clone(), form));
        }
        layers.append(&mut importer.layers);
    }
    if !layers.is_empty()
        && let Ok(catalog) = file.catalog_mut()
    {
        let all: Vec<Object> = layers.iter().map(|(id, _)| Object::Reference(*id)).collect();
        let off: Vec<Object> = layers.iter().filter(|(_, off)| *off).map(|(id, _)| Object::Reference(*id)).collect();
        let initial = dictionary! { "Order" => all.clone(), "OFF" => off };
        catalog.set("OCProperties", dictionary! { "OCGs" => all, "D" => initial });
    }
    Ok(objects)
}

/// Gives the pages what they draw and takes what printpdf writes but no page uses. The pages in order.
fn pages(file: &mut lopdf::Document, objects: Vec<(String, ObjectId)>) -> Vec<ObjectId> {
    let named: Dictionary = objects.into_iter().map(|(name, id)| (name, Object::Reference(id))).collect();
    let pages: Vec<ObjectId> = file.page_iter().collect();
    let mut shared = None;
    for &page_id in &pages {
        let Ok(page) = file.get_dictionary_mut(page_id) else { continue };
        page.remove(b"Annots");
        let Ok(resources_id) = page.get(b"Resources").and_then(Object::as_reference) else { continue };
        // printpdf writes the same resources for each page: one copy is enough.
        let shared_id = *shared.get_or_insert(resources_id);
        page.set("Resources", shared_id);
        if shared_id != resources_id {
            file.objects.remove(&resources_id);
        }
    }
    let Some(resources) = shared.and_then(|id| file.get_dictionary_mut(id).ok()) else { return pages };
    let unused: Vec<ObjectId> = ["ExtGState", "Shading", "XObject"]
        .iter()
        .filter_map(|key| resources.remove(key.as_bytes())?.as_reference().ok())
        .collect();
    if !named.is_empty() {
        resources.set("XObject", named);
    }
    for id in unused {
        file.objects.remove(&id);
    }
    pages
}

/// Embeds the programs of the fonts that all pages share.
fn programs(file: &mut lopdf::Document, pages: &[ObjectId], programs: Vec<(String, Vec<u8>)>) {
    for (name, program) in programs {
        let descriptor = || {
            let page = file.get_dictionary(*pages.first()?).ok()?;
            let resources = file.get_dict_in_dict(page, b"Resources").ok()?;
            let font = file.get_dict_in_dict(file.get_dict_in_dict(resources, b"Font").ok()?, name.as_bytes()).ok()?;
            let descendant = font.get(b"DescendantFonts").ok()?.as_array().ok()?.first()?.as_dict().ok()?;
            descendant.get(b"FontDescriptor").ok()?.as_reference().ok()
        };
        let Some(descriptor) = descriptor() else { continue };
        let program = file.add_object(Stream::new(dictionary! { "Length1" => program.len() as i64 }, program));
        if let Ok(descriptor) = file.get_dictionary_mut(descriptor) {
            descriptor.set("FontFile2", program);
        }
    }
}

/// Catalogue and metadata; with the output intent and the claim that ISO 19005-2 level B wants where `archive`.
fn describe(file: &mut lopdf::Document, title: &str, archive: bool) {
    let metadata = file.add_object(
        Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp(title, archive).into_bytes())
            .with_compression(false),
    );
    let profile = archive.then(|| file.add_object(Stream::new(dictionary! { "N" => 3 }, srgb::profile())));
    if let Ok(catalog) = file.catalog_mut() {
        catalog.set("Lang", Object::string_literal("zh-CN"));
        catalog.set("Metadata", metadata);
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
        if let Some(profile) = profile {
            let intent = dictionary! {
                "Type" => "OutputIntent",
                "S" => "GTS_PDFA1",
                "OutputConditionIdentifier" => Object::string_literal("sRGB"),
                "Info" => Object::string_literal("sRGB IEC61966-2.1"),
                "DestOutputProfile" => profile,
            };
            catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
        }
    }
    let info = dictionary! { "Title" => utf16(title), "Producer" => Object::string_literal(PRODUCER) };
    match file.trailer.get(b"Info").and_then(Object::as_reference) {
        Ok(id) => drop(file.objects.insert(id, Object::Dictionary(info))),
        Err(_) => {
            let id = file.add_object(info);
            file.trailer.set("Info", id);
        }
    }
}

/// A text string (ISO 32000-1, 7.9.2.2).
pub fn utf16(text: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The XMP packet; it says the same as the Info dictionary (ISO 19005-2, 6.6.2.3).
fn xmp(title: &str, archive: bool) -> String {
    let title: String = title
        .chars()
        .map(|character| match character {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            // Not allowed in XML at all.
            '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => String::new(),
            other => other.to_string(),
        })
        .collect();
    let claim = if archive { "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" } else { "" };
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
{claim}
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{FEFF}'
    )
}

/// Writes the file out and gives it the hash of all that it says as its ID.
fn save(mut file: lopdf::Document, out: &mut (impl Read + Write + Seek)) -> Result<(), PdfError> {
    let id = Object::String(ID_TO_COME.to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
    let mut hashing = Hashing { out: BufWriter::new(out), hash: Sha256::new() };
    file.save_to(&mut hashing)?;
    drop(file);
    let hash = hashing.hash.finalize();
    let out = hashing.out.into_inner().map_err(|error| PdfError::Write(error.into_error()))?;
    let digits: String = hash.iter().take(ID_TO_COME.len()).map(|byte| format!("{byte:02X}")).collect();
    let placeholder = format!("[<{0}><{0}>]", "00".repeat(ID_TO_COME.len()));
    // The trailer is the last thing in the file.
    let length = out.seek(SeekFrom::End(0))?;
    let tail_at = length.saturating_sub(TRAILER);
    out.seek(SeekFrom::Start(tail_at))?;
    let mut tail = Vec::new();
    out.read_to_end(&mut tail)?;
    if let Some(at) = tail.windows(placeholder.len()).rposition(|window| window == placeholder.as_bytes()) {
        out.seek(SeekFrom::Start(tail_at + at as u64))?;
        out.write_all(format!("[<{digits}><{digits}>]").as_bytes())?;
    }
    Ok(())
}

/// A trailer with its cross-references' place is shorter.
const TRAILER: u64 = 4096;

/// Hashes what is written.
struct Hashing<W> {
    out: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
