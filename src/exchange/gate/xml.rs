//! XML parts of .docx and .xlsx, as a stream.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::reader::Reader;

use super::{GateError, GateFault, XML_DEPTH, XML_EVENTS};

/// One step through a document. An empty element comes as opened and closed; comments and instructions are passed over.
pub enum Node<'a> {
    Open(BytesStart<'a>),
    Close(BytesEnd<'a>),
    /// A piece of text; entities and text around them come as pieces of their own.
    Text(Cow<'a, str>),
}

/// Reads a UTF-8 document step by step. A DOCTYPE is refused, so no entity can be declared.
pub struct Xml<'a> {
    file: String,
    reader: Reader<&'a [u8]>,
    depth: usize,
    events: usize,
}

impl<'a> Xml<'a> {
    /// `file` names the document in faults.
    pub fn new(file: &str, bytes: &'a [u8]) -> Result<Self, GateError> {
        let text = std::str::from_utf8(bytes).map_err(|_| GateFault::DamagedXml.of(file))?;
        let mut reader = Reader::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text));
        reader.config_mut().expand_empty_elements = true;
        Ok(Self { file: file.to_owned(), reader, depth: 0, events: 0 })
    }

    /// The next step; `None` at the end.
    pub fn next_node(&mut self) -> Result<Option<Node<'a>>, GateError> {
        self.step().map_err(|fault| fault.of(&self.file))
    }

    fn step(&mut self) -> Result<Option<Node<'a>>, GateFault> {
        loop {
            self.events += 1;
            if self.events > XML_EVENTS {
                return Err(GateFault::XmlTooLarge);
            }
            match self.reader.read_event().map_err(|_| GateFault::DamagedXml)? {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > XML_DEPTH {
                        return Err(GateFault::XmlTooDeep);
                    }
                    return Ok(Some(Node::Open(tag)));
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close(tag)));
                }
                Event::Text(text) => return Ok(Some(Node::Text(text.xml10_content()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.xml10_content()))),
                Event::GeneralRef(reference) => {
                    let character = match reference.resolve_char_ref().map_err(|_| GateFault::DamagedXml)? {
                        Some(character) => character.to_string(),
                        None => predefined(&reference.into_inner()).ok_or(GateFault::DamagedXml)?.to_owned(),
                    };
                    return Ok(Some(Node::Text(Cow::Owned(character))));
                }
                Event::DocType(_) => return Err(GateFault::DocType),
                Event::Eof if self.depth > 0 => return Err(GateFault::DamagedXml),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }
}

fn predefined(entity: &str) -> Option<&'static str> {
    Some(match entity {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

/// An attribute by its name without a prefix; unreadable ones are none.
pub fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}
