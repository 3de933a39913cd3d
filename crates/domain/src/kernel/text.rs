//! Text as people type it: full-width forms become the half-width ones they stand for.

/// `text` with full-width ASCII (`０`, `Ａ`, `，`) and the ideographic space made half-width, trimmed.
pub fn half_width(text: &str) -> String {
    text.chars().map(half_width_char).collect::<String>().trim().to_owned()
}

/// The half-width form of one character, or the character itself.
pub fn half_width_char(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_becomes_half_width() {
        assert_eq!(half_width("　４８０，０００．５０ "), "480,000.50");
        assert_eq!(half_width("５３１ａ"), "531a");
        assert_eq!(half_width("南京"), "南京");
    }
}
