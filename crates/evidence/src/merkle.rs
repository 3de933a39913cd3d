//! Merkle root of a list (RFC 6962 section 2.1): one digest that stands for every entry and their order.
//!
//! Leaves and nodes are hashed with different first bytes, so that no entry can pass for a node.

use crate::Digest;

/// The root of `entries` in their order; of an empty list it is the digest of nothing.
pub fn root(entries: &[Vec<u8>]) -> Digest {
    let leaves: Vec<Digest> = entries.iter().map(|entry| tagged(0, &[entry])).collect();
    above(&leaves)
}

fn above(nodes: &[Digest]) -> Digest {
    match nodes {
        [] => Digest::of(b""),
        [only] => *only,
        _ => {
            // The left part is the largest power of two below the whole.
            let half = nodes.len().next_power_of_two() / 2;
            let (left, right) = nodes.split_at(half);
            tagged(1, &[&above(left).0, &above(right).0])
        }
    }
}

fn tagged(tag: u8, parts: &[&[u8]]) -> Digest {
    let mut bytes = vec![tag];
    for part in parts {
        bytes.extend_from_slice(part);
    }
    Digest::of(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The inputs and roots that Certificate Transparency's own tests use.
    #[test]
    fn the_roots_are_those_of_certificate_transparency() {
        let inputs = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let entries: Vec<Vec<u8>> = inputs.iter().map(|text| crate::hex::decode(text).unwrap()).collect();
        let cases = [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ];
        for (count, expected) in cases {
            assert_eq!(root(&entries[..count]).hex(), expected, "{count}");
        }
    }

    #[test]
    fn order_and_content_both_matter() {
        let (a, b) = (b"a".to_vec(), b"b".to_vec());
        assert_ne!(root(&[a.clone(), b.clone()]), root(&[b.clone(), a.clone()]));
        assert_ne!(root(std::slice::from_ref(&a)), root(&[a.clone(), a.clone()]));
    }
}
