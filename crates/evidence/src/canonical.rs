//! Canonical JSON (RFC 8785): one text for one value, so that a digest of it means something.
//!
//! Stricter than the standard in one way: numbers are whole and within ±(2^53 − 1). Money is whole fen and
//! time is whole microseconds, so a fraction in a journal body is always our own mistake; refusing it
//! also avoids the only part of the standard on which implementations disagree.

use std::fmt;

use serde_json::{Map, Value};

const SAFE_INTEGER: u64 = 9_007_199_254_740_991;
const DEEPEST: usize = 128;

/// Why a value has no canonical text; `path` leads to the part at fault, as in `/lines/3/amount`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCanonical {
    /// A number with a fraction or exponent.
    NotWhole {
        /// Where it stands.
        path: String,
    },
    /// A whole number that other programs would round.
    TooLarge {
        /// Where it stands.
        path: String,
    },
    /// Nested deeper than any body of ours.
    TooDeep {
        /// Where it stands.
        path: String,
    },
}

impl fmt::Display for NotCanonical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotWhole { path } => write!(f, "the number at {path} is not whole"),
            Self::TooLarge { path } => write!(f, "the number at {path} exceeds 2^53 - 1"),
            Self::TooDeep { path } => write!(f, "the value at {path} is nested too deeply"),
        }
    }
}

impl std::error::Error for NotCanonical {}

/// The canonical bytes of `value`, in UTF-8.
pub fn canonical(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    let mut writer = Writer { text: String::new(), path: Vec::new() };
    writer.value(value)?;
    Ok(writer.text.into_bytes())
}

struct Writer {
    text: String,
    path: Vec<String>,
}

impl Writer {
    fn value(&mut self, value: &Value) -> Result<(), NotCanonical> {
        if self.path.len() > DEEPEST {
            return Err(NotCanonical::TooDeep { path: self.place() });
        }
        match value {
            Value::Null => self.text.push_str("null"),
            Value::Bool(true) => self.text.push_str("true"),
            Value::Bool(false) => self.text.push_str("false"),
            Value::String(text) => self.string(text),
            Value::Number(number) => self.number(number)?,
            Value::Array(members) => self.array(members)?,
            Value::Object(members) => self.object(members)?,
        }
        Ok(())
    }

    fn number(&mut self, number: &serde_json::Number) -> Result<(), NotCanonical> {
        let size = number
            .as_i64()
            .map(i64::unsigned_abs)
            .or_else(|| number.as_u64())
            .ok_or_else(|| NotCanonical::NotWhole { path: self.place() })?;
        if size > SAFE_INTEGER {
            return Err(NotCanonical::TooLarge { path: self.place() });
        }
        self.text.push_str(&number.to_string());
        Ok(())
    }

    fn array(&mut self, members: &[Value]) -> Result<(), NotCanonical> {
        self.text.push('[');
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.below(index.to_string(), member)?;
        }
        self.text.push(']');
        Ok(())
    }

    fn object(&mut self, members: &Map<String, Value>) -> Result<(), NotCanonical> {
        let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
        // The standard sorts by UTF-16 units, which differs from UTF-8 order outside the basic plane.
        sorted.sort_by(|(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
        self.text.push('{');
        for (index, (name, member)) in sorted.into_iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.string(name);
            self.text.push(':');
            self.below(name.clone(), member)?;
        }
        self.text.push('}');
        Ok(())
    }

    fn below(&mut self, step: String, member: &Value) -> Result<(), NotCanonical> {
        self.path.push(step);
        self.value(member)?;
        self.path.pop();
        Ok(())
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for character in text.chars() {
            match character {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\u{8}' => self.text.push_str("\\b"),
                '\t' => self.text.push_str("\\t"),
                '\n' => self.text.push_str("\\n"),
                '\u{c}' => self.text.push_str("\\f"),
                '\r' => self.text.push_str("\\r"),
                control if control < ' ' => {
                    self.text.push_str(&format!("\\u{:04x}", u32::from(control)));
                }
                other => self.text.push(other),
            }
        }
        self.text.push('"');
    }

    fn place(&self) -> String {
        self.path.iter().map(|step| format!("/{step}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn text_of(value: &Value) -> String {
        String::from_utf8(canonical(value).unwrap()).unwrap()
    }

    #[test]
    fn names_are_sorted_by_utf16_units() {
        // The example of RFC 8785 section 3.2.3, with whole numbers.
        let value =
            json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7});
        let expected =
            "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}";
        assert_eq!(text_of(&value), expected);
    }

    #[test]
    fn strings_escape_only_what_they_must() {
        let value = json!(["\u{20ac}$\u{f}\nA'B\"\\\\\"/", "南京\u{7f}", null, true, false, -7]);
        assert_eq!(
            text_of(&value),
            "[\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"南京\u{7f}\",null,true,false,-7]"
        );
    }

    #[test]
    fn fractions_and_unsafe_numbers_are_refused_with_their_place() {
        let fraction = json!({"lines": [{"amount": 1}, {"amount": 1.5}]});
        assert_eq!(canonical(&fraction), Err(NotCanonical::NotWhole { path: "/lines/1/amount".to_owned() }));
        let large = json!({"n": 9_007_199_254_740_992_i64});
        assert_eq!(canonical(&large), Err(NotCanonical::TooLarge { path: "/n".to_owned() }));
        assert!(canonical(&json!(-9_007_199_254_740_991_i64)).is_ok());
        assert!(canonical(&json!(1.0)).is_err());
    }

    proptest! {
        #[test]
        fn canonical_text_reads_back_as_the_same_value(names in proptest::collection::btree_map(".*", any::<i32>(), 0..8)) {
            let value = json!(names);
            let text = canonical(&value).unwrap();
            let back: Value = serde_json::from_slice(&text).unwrap();
            prop_assert_eq!(&back, &value);
            prop_assert_eq!(canonical(&back).unwrap(), text);
        }
    }
}
