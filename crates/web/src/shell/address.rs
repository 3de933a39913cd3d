//! Text in addresses: percent-encoded, so that a search word survives the way to the next page.

/// Percent-encodes a query value.
pub fn urlencode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::urlencode;

    #[test]
    fn a_search_word_survives_the_address() {
        for (text, expected) in [("a b", "a%20b"), ("评估", "%E8%AF%84%E4%BC%B0"), ("x&y=1", "x%26y%3D1")] {
            assert_eq!(urlencode(text), expected);
        }
    }
}
