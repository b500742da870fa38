//! JSON text to a value, stricter than the parser: a key twice in one object is refused, nesting is bounded.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{DEPTH, RecordFault};

/// Reads UTF-8 JSON, a byte order mark allowed. A fault comes with its place.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, (String, RecordFault)> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| (String::new(), RecordFault::NotUtf8))?;
    let found = RefCell::new(None);
    let mut parser = serde_json::Deserializer::from_str(text);
    let value = Strict { place: String::new(), depth: 0, found: &found }
        .deserialize(&mut parser)
        .and_then(|value| parser.end().map(|()| value));
    match (found.into_inner(), value) {
        (Some(fault), _) => Err(fault),
        (None, Ok(value)) => Ok(value),
        (None, Err(error)) => Err((String::new(), RecordFault::NotJson { line: error.line(), column: error.column() })),
    }
}

/// One value at its place. What serde's errors cannot carry goes into `found`, the first fault first.
struct Strict<'f> {
    place: String,
    depth: usize,
    found: &'f RefCell<Option<(String, RecordFault)>>,
}

impl Strict<'_> {
    fn fail<E: Error>(&self, place: String, fault: RecordFault) -> E {
        self.found.borrow_mut().get_or_insert((place, fault));
        E::custom("")
    }

    fn inner(&self, place: String) -> Self {
        Strict { place, depth: self.depth + 1, found: self.found }
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.depth > DEPTH {
            let place = self.place.clone();
            return Err(self.fail(place, RecordFault::TooDeep));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.inner(format!("{}[{}]", self.place, list.len())))? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let place = join(&self.place, &key);
            if map.contains_key(&key) {
                return Err(self.fail(place, RecordFault::Duplicate));
            }
            map.insert(key, entries.next_value_seed(self.inner(place))?);
        }
        Ok(Value::Object(map))
    }
}

/// Longest key that a fault repeats.
const KEY_CHARACTERS: usize = 40;

/// The place of a key within an object. A key from a hostile file is cut, and its control characters are not repeated.
pub(super) fn join(place: &str, key: &str) -> String {
    let shown: String = key.chars().map(|c| if c.is_control() { '␣' } else { c }).take(KEY_CHARACTERS).collect();
    if place.is_empty() { shown } else { format!("{place}.{shown}") }
}
