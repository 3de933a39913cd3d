//! The receipt of a bid: a few lines of text that a bidder keeps and anyone can check.
//!
//! Text, because it must be readable in court without our software; its digest is printed beside it and
//! the bid's own digest is inside it. Times are RFC 3339 texts made by the caller.

use crate::Digest;

const HEAD: &str = "nj-receipt/v1";

/// What the receipt says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The tender's public number.
    pub tender: String,
    /// The bid's reference for its bidder.
    pub bid: String,
    /// 1 for the first submission, one more for each replacement.
    pub version: u64,
    /// SHA-256 of the package as received.
    pub package: Digest,
    /// Length of the package in bytes.
    pub bytes: u64,
    /// Instant of receipt, RFC 3339 with microseconds and offset.
    pub received: String,
    /// Deadline in force at that instant, in the same form.
    pub deadline: String,
}

impl Receipt {
    /// The receipt's lines, each ended by a line feed. Line breaks inside values become spaces, so that
    /// no value can forge a line.
    pub fn text(&self) -> String {
        let lines = [
            HEAD.to_owned(),
            format!("tender {}", one_line(&self.tender)),
            format!("bid {}", one_line(&self.bid)),
            format!("version {}", self.version),
            format!("sha256 {}", self.package),
            format!("bytes {}", self.bytes),
            format!("received {}", one_line(&self.received)),
            format!("deadline {}", one_line(&self.deadline)),
        ];
        lines.map(|line| line + "\n").concat()
    }

    /// SHA-256 of the receipt's text.
    pub fn digest(&self) -> Digest {
        Digest::of(self.text().as_bytes())
    }

    /// The receipt that `text` spells; `None` when a line is missing, misplaced or malformed.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != HEAD {
            return None;
        }
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned);
        let receipt = Self {
            tender: value("tender")?,
            bid: value("bid")?,
            version: value("version")?.parse().ok()?,
            package: Digest::from_hex(&value("sha256")?)?,
            bytes: value("bytes")?.parse().ok()?,
            received: value("received")?,
            deadline: value("deadline")?,
        };
        // Writing it again catches extra lines, leading zeros and upper-case digests.
        (receipt.text() == text).then_some(receipt)
    }
}

fn one_line(value: &str) -> String {
    value.split(char::is_control).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt() -> Receipt {
        Receipt {
            tender: "宁民购2014-01-03".to_owned(),
            bid: "B-7".to_owned(),
            version: 2,
            package: Digest::of(b"abc"),
            bytes: 3,
            received: "2014-02-20T16:59:59.123456+08:00".to_owned(),
            deadline: "2014-02-21T09:00:00.000000+08:00".to_owned(),
        }
    }

    #[test]
    fn a_receipt_reads_back_and_its_digest_is_what_sha256sum_prints() {
        let text = receipt().text();
        assert_eq!(Receipt::parse(&text), Some(receipt()));
        assert_eq!(
            receipt().digest().hex(),
            "43413b097bb9ec73184b8a0e661357f17bfd83609f0ac53ab2327da321fa294c"
        );
    }

    #[test]
    fn an_altered_receipt_is_not_a_receipt_or_has_another_digest() {
        let text = receipt().text();
        let earlier = text.replace("16:59:59", "16:59:58");
        assert_ne!(Receipt::parse(&earlier).unwrap().digest(), receipt().digest());
        for broken in
            [text.replace("sha256 ba", "sha256 BA"), text.clone() + "bid B-8\n", text.replace("v1", "v2")]
        {
            assert_eq!(Receipt::parse(&broken), None, "{broken}");
        }
        assert_eq!(Receipt::parse(text.trim_end()), None);
    }

    #[test]
    fn no_value_can_forge_a_line() {
        let forged = Receipt { tender: "T\nversion 9".to_owned(), ..receipt() };
        assert_eq!(Receipt::parse(&forged.text()).unwrap().tender, "T version 9");
    }
}
