//! Conditions that the register does not know: explained and promised by the applicant, checked one by one by an
//! officer, and a ground of a denial where they are not met (B38, B39, B46).

use crate::kernel::{Coded, Finding, Level, Refusal};

/// The longest explanation, in characters.
pub const WORDS_MAX: usize = 1_000;

/// What the applicant says of one condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<C> {
    /// Which.
    pub condition: C,
    /// That it is met.
    pub is_promised: bool,
    /// How, in words.
    pub words: String,
}

/// How the officer found a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked<C> {
    /// Which.
    pub condition: C,
    /// Whether it is met.
    pub is_met: bool,
}

/// What of the asked conditions is not promised or not explained, each at its field and with the refusal of its
/// capability.
pub fn unexplained<C: Coded + PartialEq>(
    asked: &[C],
    said: &[Said<C>],
    not_promised: impl Fn() -> Refusal,
    without_words: impl Fn() -> Refusal,
) -> Vec<Refusal> {
    let mut faults = Vec::new();
    for condition in asked {
        let said = said.iter().find(|one| one.condition == *condition);
        let code = condition.code();
        if !said.is_some_and(|one| one.is_promised) {
            faults.push(not_promised().at(format!("met_{code}")).with_code("condition", *condition));
        }
        let length = said.map_or(0, |one| one.words.trim().chars().count());
        if length == 0 || length > WORDS_MAX {
            let refusal = without_words().at(format!("says_{code}"));
            faults.push(refusal.with_code("condition", *condition).with("most", WORDS_MAX));
        }
    }
    faults
}

/// Everything on which what is asked for is refused now: what the register says against it, what the officer found
/// not met, and what the director adds; each once (CL22, CO58-4).
pub fn denial_grounds<C: Coded + Ord>(
    known: &[Finding],
    checked: &[Checked<C>],
    added: &[C],
    ground: impl Fn(C) -> Finding,
) -> Vec<Finding> {
    let mut found: Vec<Finding> = known.iter().filter(|one| one.level == Level::Barred).cloned().collect();
    let mut unmet: Vec<C> = checked.iter().filter(|one| !one.is_met).map(|one| one.condition).collect();
    unmet.extend(added.iter().copied());
    unmet.sort_unstable();
    unmet.dedup();
    found.extend(unmet.into_iter().map(ground));
    found
}
