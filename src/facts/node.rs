//! JSON as it was written: nothing lost, so that a double field or a strange number can still be pointed at.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Map, Number, Value};

use super::fault::FaultKind;

/// Deeper than any real document, and well under the depth at which the parser itself gives up.
const DEEPEST: u8 = 64;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Null,
    Flag(bool),
    Whole(i128),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    /// In the order of the document; a name may stand there twice.
    Object(Vec<(String, Node)>),
}

impl Node {
    pub fn parse(bytes: &[u8]) -> Result<Node, FaultKind> {
        let text = std::str::from_utf8(bytes).map_err(|e| FaultKind::NotUtf8 { byte: e.valid_up_to() })?;
        // Windows programs put a byte order mark in front; it says nothing.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(FaultKind::Empty);
        }
        let mut parser = serde_json::Deserializer::from_str(text);
        let parsed = Depth(0).deserialize(&mut parser).and_then(|node| parser.end().map(|()| node));
        parsed.map_err(|e| match e.classify() {
            Category::Eof => FaultKind::Truncated,
            // Of our own making: the parser builds any value, only the depth is refused below.
            Category::Data => FaultKind::TooDeep,
            _ if e.to_string().starts_with("number out of range") => {
                FaultKind::NumberTooLarge { line: e.line(), column: e.column() }
            }
            _ => FaultKind::NotJson { line: e.line(), column: e.column() },
        })
    }

    pub fn value(&self) -> Value {
        match self {
            Node::Null => Value::Null,
            Node::Flag(flag) => Value::Bool(*flag),
            Node::Whole(number) => Number::from_i128(*number).map_or(Value::Null, Value::Number),
            Node::Number(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
            Node::Text(text) => Value::String(text.clone()),
            Node::List(items) => Value::Array(items.iter().map(Node::value).collect()),
            Node::Object(fields) => {
                Value::Object(fields.iter().map(|(name, node)| (name.clone(), node.value())).collect::<Map<_, _>>())
            }
        }
    }

    /// What was found, for a message: short, on one line, and without a language.
    pub fn shown(&self) -> String {
        match self {
            Node::Null => "null".to_owned(),
            Node::Flag(flag) => flag.to_string(),
            Node::Whole(number) => number.to_string(),
            Node::Number(number) => Number::from_f64(*number).map_or_else(|| number.to_string(), |n| n.to_string()),
            Node::Text(text) => format!("\"{}\"", on_one_line(text)),
            Node::List(_) => "[…]".to_owned(),
            Node::Object(_) => "{…}".to_owned(),
        }
    }
}

/// At most forty characters, without line breaks or other control characters.
pub(super) fn on_one_line(text: &str) -> String {
    let mut short: String = text.chars().take(40).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}

impl<'de> serde::Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Node, D::Error> {
        Depth(0).deserialize(from)
    }
}

/// How many lists and objects stand around the value to read.
struct Depth(u8);

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Node, D::Error> {
        from.deserialize_any(self)
    }
}

impl Depth {
    fn deeper<E: Error>(&self) -> Result<Depth, E> {
        match self.0 {
            DEEPEST.. => Err(E::custom("nested too deeply")),
            depth => Ok(Depth(depth + 1)),
        }
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Whole(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Whole(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self.deeper()?)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(name) = object.next_key()? {
            fields.push((name, object.next_value_seed(self.deeper()?)?));
        }
        Ok(Node::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_field_is_kept() {
        let double = Node::Object(vec![("a".into(), Node::Whole(1)), ("a".into(), Node::Null)]);
        assert_eq!(Node::parse(br#"{"a": 1, "a": null}"#), Ok(double));
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert_eq!(Node::parse("\u{feff}true".as_bytes()), Ok(Node::Flag(true)));
    }

    #[test]
    fn what_is_no_json_says_what_is_wrong() {
        for (bytes, fault) in [
            (&b""[..], FaultKind::Empty),
            (b" \n\t", FaultKind::Empty),
            (b"\xff\xfe{\0", FaultKind::NotUtf8 { byte: 0 }),
            (b"{\"a\": [1, 2", FaultKind::Truncated),
            (b"{\"a\":\n nul}", FaultKind::NotJson { line: 2, column: 5 }),
            (b"{} {}", FaultKind::NotJson { line: 1, column: 4 }),
            (b"[NaN]", FaultKind::NotJson { line: 1, column: 2 }),
            (b"[1e400]", FaultKind::NumberTooLarge { line: 1, column: 6 }),
        ] {
            assert_eq!(Node::parse(bytes), Err(fault), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn deep_nesting_is_refused_without_an_accident() {
        for deep in ["[".repeat(1_000_000), "{\"a\":".repeat(1_000_000)] {
            assert_eq!(Node::parse(deep.as_bytes()), Err(FaultKind::TooDeep));
        }
    }

    #[test]
    fn what_was_found_is_shown_short_and_on_one_line() {
        assert_eq!(Node::Text("31\n12".into()).shown(), "\"31\u{fffd}12\"");
        assert_eq!(Node::Text("a".repeat(50)).shown(), format!("\"{}…\"", "a".repeat(40)));
        assert_eq!(Node::parse(b"1e300").unwrap().shown(), "1e+300");
        assert_eq!(Node::parse(b"18446744073709551615").unwrap().shown(), "18446744073709551615");
    }
}
