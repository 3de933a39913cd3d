//! The list of public keys that the street office hands in before anyone answers.
//!
//! Keys are sorted. They follow from random codes, so their order says nothing of the order in which cards
//! were printed or drawn: sorting shuffles them, and nobody chose the shuffle.

use crate::{Digest, hex, merkle};

const HEAD: &str = "gongzhi-survey-keys/v1";

/// The public keys of all cards of one contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyList {
    /// The contract's public number.
    pub contract: String,
    /// Which survey of the contract they are for; none when the list does not say.
    pub round: Option<String>,
    /// Public keys in lower-case hexadecimal: sorted, each once.
    keys: Vec<String>,
}

impl KeyList {
    /// The list of these keys; the same key twice is one key.
    pub fn new(contract: &str, keys: impl IntoIterator<Item = String>) -> Self {
        let mut keys: Vec<String> = keys.into_iter().collect();
        keys.sort();
        keys.dedup();
        Self { contract: contract.to_owned(), round: None, keys }
    }

    /// The same keys for one survey of the contract.
    #[must_use]
    pub fn for_round(self, round: &str) -> Self {
        Self { round: Some(round.to_owned()), ..self }
    }

    /// The name of the file for a contract and, when it is told, one of its surveys.
    pub fn file_name(contract: &str, round: Option<&str>) -> String {
        let round = round.map_or_else(String::new, |round| format!("{round}-"));
        format!("{contract}-{round}keys.txt")
    }

    /// The keys, sorted.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// The Merkle root of the keys' bytes.
    pub fn root(&self) -> Digest {
        let entries: Vec<Vec<u8>> = self.keys.iter().filter_map(|key| hex::decode(key)).collect();
        merkle::root(&entries)
    }

    /// The file that is handed in: a head, the contract, its survey if told, the count, the root, then one key a line.
    pub fn text(&self) -> String {
        let head = format!(
            "{HEAD}\ncontract {}\n{}count {}\nroot {}\n",
            self.contract,
            self.round.as_ref().map_or_else(String::new, |round| format!("round {round}\n")),
            self.keys.len(),
            self.root().hex()
        );
        let keys: String = self.keys.iter().map(|key| format!("{key}\n")).collect();
        head + &keys
    }

    /// Reads such a file; `None` when a line is missing, no key, twice, out of order, or the root differs.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim_end);
        if lines.next()? != HEAD {
            return None;
        }
        let contract = lines.next()?.strip_prefix("contract ")?.to_owned();
        let mut line = lines.next()?;
        let round = line.strip_prefix("round ").map(str::to_owned);
        if round.is_some() {
            line = lines.next()?;
        }
        let count: usize = line.strip_prefix("count ")?.parse().ok()?;
        let root = Digest::from_hex(lines.next()?.strip_prefix("root ")?)?;
        let keys: Vec<String> = lines.filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let list = Self { round, ..Self::new(&contract, keys.clone()) };
        let are_keys = keys.iter().all(|key| is_key(key));
        (are_keys && list.keys == keys && keys.len() == count && list.root() == root).then_some(list)
    }
}

/// Thirty-two bytes in lower-case hexadecimal.
pub(super) fn is_key(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_back_and_an_altered_one_is_none() {
        let list = KeyList::new("C-1", ["b".repeat(64), "a".repeat(64), "b".repeat(64)]);
        assert_eq!(list.keys().len(), 2);
        let text = list.text();
        assert_eq!(KeyList::parse(&text), Some(list));
        let windows = text.replace('\n', "\r\n");
        assert!(KeyList::parse(&windows).is_some(), "another system's line ends");
        let swapped = text.replace(&"a".repeat(64), &"c".repeat(64));
        for broken in [swapped, text.replace("count 2", "count 3"), format!("{text}{}\n", "d".repeat(64))] {
            assert_eq!(KeyList::parse(&broken), None, "{broken}");
        }
        assert_eq!(KeyList::parse(""), None);
        let yearly = KeyList::new("C-1", ["a".repeat(64)]).for_round("yearly-1");
        assert_eq!(KeyList::parse(&yearly.text()), Some(yearly.clone()));
        assert_eq!(
            KeyList::parse(&yearly.text().replace("yearly-1", "final")).map(|list| list.root()),
            Some(yearly.root())
        );
        assert_eq!(KeyList::file_name("C-1", Some("yearly-1")), "C-1-yearly-1-keys.txt");
        assert_eq!(KeyList::file_name("C-1", None), "C-1-keys.txt");
    }
}
