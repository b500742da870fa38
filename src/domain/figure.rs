//! A number as it was given: a JSON number, or the text a clerk typed where a number belongs.

use serde::{Deserialize, Deserializer, Serialize, de};

/// A count, class or rank as given. "五" stays "五" until the clerk mends it; the check reports it (`field.format`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Figure {
    Whole(i64),
    Fraction(f64),
    Text(String),
}

impl Figure {
    /// What was typed: a number where the text is one, else the text itself. Empty text is no figure.
    pub fn typed(text: &str) -> Option<Self> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return None;
        }
        Some(trimmed.parse().map_or_else(|_| Self::Text(text.to_owned()), Self::Whole))
    }

    /// The positive whole number meant, if it is one.
    pub fn positive(&self) -> Option<u32> {
        self.whole().filter(|&n| n > 0)
    }

    /// The whole number from 0 meant, if it is one.
    pub fn whole(&self) -> Option<u32> {
        match self {
            Self::Whole(n) => u32::try_from(*n).ok(),
            Self::Fraction(_) => None,
            Self::Text(text) => text.trim().parse().ok(),
        }
    }
}

/// By hand, because an untagged enum cannot say what it expected.
impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = Figure;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("数字或文字")
            }

            fn visit_i64<E>(self, n: i64) -> Result<Figure, E> {
                Ok(Figure::Whole(n))
            }

            fn visit_u64<E>(self, n: u64) -> Result<Figure, E> {
                Ok(i64::try_from(n).map_or_else(|_| Figure::Text(n.to_string()), Figure::Whole))
            }

            fn visit_f64<E>(self, x: f64) -> Result<Figure, E> {
                Ok(Figure::Fraction(x))
            }

            fn visit_str<E>(self, text: &str) -> Result<Figure, E> {
                Ok(Figure::Text(text.to_owned()))
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(n) => write!(f, "{n}"),
            Self::Fraction(x) => write!(f, "{x}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Figure;

    #[test]
    fn typed_text_keeps_what_is_no_number() {
        assert_eq!(Figure::typed(" 5 "), Some(Figure::Whole(5)));
        assert_eq!(Figure::typed("五"), Some(Figure::Text("五".into())));
        assert_eq!(Figure::typed("  "), None);
        assert_eq!(Figure::Whole(-1).positive(), None);
        assert_eq!(Figure::Whole(0).positive(), None);
        assert_eq!(Figure::Fraction(2.5).positive(), None);
        assert_eq!(Figure::Text("3".into()).positive(), Some(3));
    }

    #[test]
    fn a_figure_reads_back_as_it_was_given() {
        for json in ["5", "-5", "2.5", "\"五\"", "3.0"] {
            let figure: Figure = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&figure).unwrap(), json);
        }
        assert!(serde_json::from_str::<Figure>("true").is_err());
        // One that is too long keeps its digits.
        let long: Figure = serde_json::from_str("18446744073709551615").unwrap();
        assert_eq!(long.to_string(), "18446744073709551615");
    }
}
