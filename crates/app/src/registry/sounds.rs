//! How a name sounds: its pinyin and the initials of its pinyin, for order and for search.

use domain::kernel::half_width_char;
use pinyin::ToPinyin;

/// One syllable for each character that has a sound; Latin letters and digits stand for themselves; all
/// else is left out.
pub fn syllables(name: &str) -> Vec<String> {
    let letters = name.chars().map(half_width_char);
    letters
        .filter_map(|letter| match letter.to_pinyin() {
            Some(sound) => Some(sound.plain().to_owned()),
            None if letter.is_ascii_alphanumeric() => Some(letter.to_ascii_lowercase().to_string()),
            None => None,
        })
        .collect()
}

/// The whole pinyin without tones, and its initials.
pub fn sounds(name: &str) -> (String, String) {
    let syllables = syllables(name);
    let initials = syllables.iter().filter_map(|syllable| syllable.chars().next()).collect();
    (syllables.concat(), initials)
}

#[cfg(test)]
mod tests {
    use super::sounds;

    fn check(name: &str, pinyin: &str, initials: &str) {
        assert_eq!(sounds(name), (pinyin.to_owned(), initials.to_owned()));
    }

    #[test]
    fn a_name_sounds_as_it_is_read() {
        check("夕照居家养老", "xizhaojujiayanglao", "xzjjyl");
        check("南京ＡＢ中心（示例）", "nanjingabzhongxinshili", "njabzxsl");
        check("3点半", "3dianban", "3db");
        check("——", "", "");
    }
}
