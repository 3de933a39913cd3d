//! The seed's facts beside what the replay computed.

/// One fact of the seed.
pub struct Fact {
    /// Its number, such as S16.
    seed: &'static str,
    /// What it says.
    what: &'static str,
    /// What the seed has.
    expected: String,
    /// What the replay computed.
    found: String,
    holds: bool,
}

impl Fact {
    /// A fact that holds when both values are the same.
    pub fn equal(
        seed: &'static str,
        what: &'static str,
        expected: impl ToString,
        found: impl ToString,
    ) -> Self {
        let (expected, found) = (expected.to_string(), found.to_string());
        Self { seed, what, holds: expected == found, expected, found }
    }

    /// A fact whose truth was found otherwise.
    pub fn of(
        seed: &'static str,
        what: &'static str,
        expected: impl ToString,
        found: impl ToString,
        holds: bool,
    ) -> Self {
        Self { seed, what, expected: expected.to_string(), found: found.to_string(), holds }
    }
}

/// Prints the table and names each fact that did not come out; answers whether all did.
pub fn print(facts: &[Fact]) -> bool {
    let widest = |of: fn(&Fact) -> &str| facts.iter().map(|fact| width(of(fact))).max().unwrap_or(0);
    let (what, expected) = (widest(|fact| fact.what), widest(|fact| &fact.expected));
    println!("{:<5} {}  {}  重演得到", "编号", padded("原文所载", what), padded("原文", expected));
    for fact in facts {
        let mark = if fact.holds { "✔" } else { "✘" };
        println!(
            "{:<5} {}  {}  {} {mark}",
            fact.seed,
            padded(fact.what, what),
            padded(&fact.expected, expected),
            fact.found
        );
    }
    let missing: Vec<&Fact> = facts.iter().filter(|fact| !fact.holds).collect();
    for fact in &missing {
        println!("did not come out: {} {}", fact.seed, fact.what);
    }
    println!("{} of {} facts came out", facts.len() - missing.len(), facts.len());
    missing.is_empty()
}

/// Columns on a terminal: a Chinese character takes two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c as u32 >= 0x1100 { 2 } else { 1 }).sum()
}

fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::{Fact, padded, print};

    #[test]
    fn a_fact_that_does_not_come_out_is_named() {
        assert!(print(&[Fact::equal("S60", "首批项目", 19, 19_i64)]));
        assert!(!print(&[Fact::equal("S60", "首批项目", 19, 18)]));
    }

    #[test]
    fn columns_stand_under_each_other() {
        assert_eq!(padded("项目", 6), "项目  ");
        assert_eq!(padded("abc", 2), "abc");
    }
}
