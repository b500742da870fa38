//! A serde deserializer over a JSON value that knows its place and speaks Chinese.
//!
//! `null` and `""` are "not filled": such a key reads as if it were missing, so that the values' own defaults stand.

use std::fmt::{self, Display};

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use super::{RecordFault, json};

/// Longer numbers than these would come back with other digits than were given.
const EXACT_BELOW: f64 = 1e15;

/// Reads `T` from a value that stands at `place` of the record.
pub(super) fn from_value<T: DeserializeOwned>(value: &Value, place: &str) -> Result<T, Fault> {
    T::deserialize(Node { value, place: place.to_owned() })
}

/// A fault and its place.
#[derive(Debug)]
pub(super) struct Fault {
    /// `None` until the value that serde complains of is known.
    place: Option<String>,
    /// The key within that value, where serde names one.
    key: Option<&'static str>,
    fault: RecordFault,
}

impl Fault {
    fn new(place: &str, fault: RecordFault) -> Self {
        Self { place: Some(place.to_owned()), key: None, fault }
    }

    fn unplaced(fault: RecordFault) -> Self {
        Self { place: None, key: None, fault }
    }

    /// Faults that serde raises know no place; the innermost value that sees one gives its own.
    fn at(mut self, place: &str) -> Self {
        if self.place.is_none() {
            self.place = Some(self.key.map_or_else(|| place.to_owned(), |key| json::join(place, key)));
        }
        self
    }

    /// The place in the record and what is wrong there.
    pub(super) fn into_parts(self) -> (String, RecordFault) {
        (self.place.unwrap_or_default(), self.fault)
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.place.as_deref().unwrap_or_default(), self.fault)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::unplaced(RecordFault::Wanted(message.to_string()))
    }

    fn invalid_type(_: Unexpected, expected: &dyn Expected) -> Self {
        Self::unplaced(RecordFault::Wanted(expected.to_string()))
    }

    fn missing_field(field: &'static str) -> Self {
        Self { key: Some(field), ..Self::unplaced(RecordFault::Required) }
    }
}

struct Node<'a> {
    value: &'a Value,
    place: String,
}

fn is_filled(value: &Value) -> bool {
    !value.is_null() && value.as_str() != Some("")
}

impl<'a> Node<'a> {
    fn wanted(&self, what: &str) -> Fault {
        Fault::new(&self.place, RecordFault::Wanted(what.to_owned()))
    }

    /// The entries of an object; none for what is not filled.
    fn entries(&self) -> Result<Vec<(&'a str, &'a Value)>, Fault> {
        match self.value {
            Value::Object(map) => Ok(filled(map)),
            value if !is_filled(value) => Ok(Vec::new()),
            _ => Err(self.wanted("一组项目（花括号）")),
        }
    }

    fn visit_entries<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let entries = Entries { rest: self.entries()?.into_iter(), value: None, place: &self.place };
        visitor.visit_map(entries).map_err(|fault| fault.at(&self.place))
    }
}

fn filled(map: &Map<String, Value>) -> Vec<(&str, &Value)> {
    map.iter().filter(|(_, value)| is_filled(value)).map(|(key, value)| (key.as_str(), value)).collect()
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let place = self.place.clone();
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::String(text) => visitor.visit_str(text),
            Value::Array(_) => return self.deserialize_seq(visitor),
            Value::Object(_) => return self.visit_entries(visitor),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(n), _) => visitor.visit_i64(n),
                (None, Some(x)) if x.abs() < EXACT_BELOW => visitor.visit_f64(x),
                _ => return Err(self.wanted("不超过 15 位的数字")),
            },
        }
        .map_err(|fault: Fault| fault.at(&place))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Bool(value) => visitor.visit_bool(*value),
            _ => Err(self.wanted(" true 或 false")),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.as_u64().and_then(|n| u32::try_from(n).ok()) {
            Some(n) => visitor.visit_u32(n),
            None => Err(self.wanted("不小于 0 的整数")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::String(text) => visitor.visit_str(text),
            Value::Null => visitor.visit_str(""),
            _ => Err(self.wanted("文字（加引号）")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if is_filled(self.value) { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Array(items) => visitor.visit_seq(Items { rest: items.iter().enumerate(), place: &self.place }),
            value if !is_filled(value) => visitor.visit_seq(Items { rest: [].iter().enumerate(), place: "" }),
            _ => Err(self.wanted("列表（方括号）")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_entries(visitor)
    }

    /// Keys are checked before the values, so that an unknown key that is "not filled" is refused too.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if let Value::Object(map) = self.value
            && let Some(key) = map.keys().find(|key| !fields.contains(&key.as_str()))
        {
            return Err(Fault::new(&json::join(&self.place, key), RecordFault::UnknownKey));
        }
        self.visit_entries(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let known = self.value.as_str().and_then(|text| variants.iter().find(|variant| **variant == text));
        match known {
            Some(variant) => visitor.visit_enum(Variant(variant)),
            None => Err(Fault::new(&self.place, RecordFault::WantedOneOf(variants.join("、")))),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
        identifier ignored_any
    }
}

struct Items<'a> {
    rest: std::iter::Enumerate<std::slice::Iter<'a, Value>>,
    place: &'a str,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some((index, value)) = self.rest.next() else { return Ok(None) };
        seed.deserialize(Node { value, place: format!("{}[{index}]", self.place) }).map(Some)
    }
}

struct Entries<'a> {
    rest: std::vec::IntoIter<(&'a str, &'a Value)>,
    value: Option<(&'a str, &'a Value)>,
    place: &'a str,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.value = self.rest.next();
        let Some((key, _)) = self.value else { return Ok(None) };
        let key: StrDeserializer<'_, Fault> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let (key, value) = self.value.take().unwrap_or(("", &Value::Null));
        seed.deserialize(Node { value, place: json::join(self.place, key) })
    }
}

struct Variant(&'static str);

impl<'de> EnumAccess<'de> for Variant {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let key: StrDeserializer<'_, Fault> = self.0.into_deserializer();
        Ok((seed.deserialize(key)?, self))
    }
}

/// The record has plain names for variants only.
impl<'de> VariantAccess<'de> for Variant {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Fault> {
        Err(no_content())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Fault> {
        Err(no_content())
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Fault> {
        Err(no_content())
    }
}

fn no_content() -> Fault {
    Fault::unplaced(RecordFault::Wanted("单个词".to_owned()))
}
