//! A card's code: 128 random bits and a checksum of 12, as 28 characters that people can read and type.
//!
//! Crockford's alphabet has no I, L, O or U; what is typed in their place is read as what it looks like.

use crate::Digest;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS: usize = 28;
const GROUP: usize = 4;
const SECRET_BYTES: usize = 16;
const CHECK_BITS: u32 = 12;

/// The secret of one card. It has no `Debug`, so that no log can tell it.
#[derive(Clone, PartialEq, Eq)]
pub struct CardCode([u8; SECRET_BYTES]);

/// Why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// Not 28 characters of the alphabet.
    Shape,
    /// The checksum differs: some character was misread.
    Checksum,
}

impl CardCode {
    /// The code with these random bytes.
    pub fn new(secret: [u8; SECRET_BYTES]) -> Self {
        Self(secret)
    }

    /// Reads what was typed: any case, with or without hyphens and spaces, O for 0, I and L for 1.
    ///
    /// # Errors
    /// `Shape` when it is not 28 characters of the alphabet, `Checksum` when one of them is wrong.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let typed: Vec<u8> = text
            .chars()
            .filter(|character| !character.is_whitespace() && !matches!(character, '-' | '－' | '—' | '–'))
            .map(value_of)
            .collect::<Option<Vec<u8>>>()
            .ok_or(CodeFault::Shape)?;
        if typed.len() != CHARACTERS {
            return Err(CodeFault::Shape);
        }
        let (mut secret, mut held, mut bits) = (Vec::with_capacity(SECRET_BYTES), 0_u32, 0);
        for value in typed {
            held = (held << 5 | u32::from(value)) & 0xffff;
            bits += 5;
            if bits >= 8 && secret.len() < SECRET_BYTES {
                bits -= 8;
                secret.push(u8::try_from(held >> bits & 0xff).unwrap_or_default());
            }
        }
        // What follows the sixteen bytes is the checksum: twelve bits are left over.
        let seen = held & ((1 << CHECK_BITS) - 1);
        let secret: [u8; SECRET_BYTES] = secret.try_into().map_err(|_| CodeFault::Shape)?;
        if seen == checksum(&secret) { Ok(Self(secret)) } else { Err(CodeFault::Checksum) }
    }

    /// The code as printed: seven groups of four characters.
    pub fn text(&self) -> String {
        let (mut characters, mut held, mut bits) = (String::with_capacity(CHARACTERS), 0_u32, 0);
        let mut push = |value: u32, width: u32| {
            held = (held << width | value) & 0x000f_ffff;
            bits += width;
            while bits >= 5 {
                bits -= 5;
                characters.push(character(held >> bits));
            }
        };
        for byte in self.0 {
            push(u32::from(byte), 8);
        }
        push(checksum(&self.0), CHECK_BITS);
        let all: Vec<char> = characters.chars().collect();
        all.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    pub(super) fn secret(&self) -> &[u8; SECRET_BYTES] {
        &self.0
    }
}

fn checksum(secret: &[u8; SECRET_BYTES]) -> u32 {
    let mut message = b"gongzhi-card/v1\n".to_vec();
    message.extend_from_slice(secret);
    let digest = Digest::of(&message);
    digest.0.iter().take(2).fold(0, |sum, byte| sum << 8 | u32::from(*byte)) >> 4
}

fn character(value: u32) -> char {
    let index = usize::try_from(value & 31).unwrap_or(0);
    ALPHABET.get(index).copied().map_or('0', char::from)
}

fn value_of(typed: char) -> Option<u8> {
    let plain = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|held| char::from(*held) == plain).and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = CardCode::new([0x5a; 16]);
        let text = code.text();
        assert_eq!(text.len(), 34, "{text}");
        let typed = [text.clone(), text.to_lowercase(), text.replace('-', " "), text.replace('-', "")];
        for typed in typed {
            assert!(CardCode::parse(&typed).is_ok_and(|read| read == code), "{typed}");
        }
        let zero = CardCode::new([0; 16]).text();
        assert!(CardCode::parse(&zero.replace('0', "o")).is_ok());
    }

    #[test]
    fn a_wrong_character_is_noticed() {
        let text = CardCode::new([7; 16]).text();
        assert_eq!(CardCode::parse(&text[1..]).err(), Some(CodeFault::Shape));
        assert_eq!(CardCode::parse(&text.replacen('-', "U", 1)).err(), Some(CodeFault::Shape));
        assert_eq!(CardCode::parse("").err(), Some(CodeFault::Shape));
        let last = if text.ends_with('2') { "3" } else { "2" };
        let other = format!("{}{last}", &text[..text.len() - 1]);
        assert_eq!(CardCode::parse(&other).err(), Some(CodeFault::Checksum));
    }

    proptest! {
        #[test]
        fn every_code_survives_the_way_to_paper_and_back(secret: [u8; 16]) {
            let code = CardCode::new(secret);
            prop_assert!(CardCode::parse(&code.text()).is_ok_and(|read| read == code));
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC*") {
            let _ = CardCode::parse(&text);
        }
    }
}
