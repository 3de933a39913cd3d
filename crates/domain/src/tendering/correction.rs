//! Corrections of a published notice: what they may touch, and what needs a new notice instead (C21).
//!
//! The object of the purchase and the conditions for bidders stay as published: whoever read the notice
//! and stayed away must have stayed away from the same purchase.

use crate::coded;
use crate::kernel::Refusal;

coded! {
    /// What a correction concerns.
    pub enum CorrectionSubject as "correction_subject" {
        /// Wording, place or contacts; bids stay as they are.
        Wording = "wording",
        /// What bidders have to write or reckon with.
        Bids = "bids",
        /// The object of the purchase; never by correction.
        Object = "object",
        /// Conditions for bidders; never by correction.
        Qualification = "qualification",
    }
}

impl CorrectionSubject {
    /// Whether bidders need time to take it in.
    pub fn touches_bids(self) -> bool {
        self != Self::Wording
    }
}

/// Everything that keeps a correction from being published, field by field; the schedule decides on the
/// deadline.
pub fn problems(subject: CorrectionSubject, text: &str, reason: &str) -> Vec<Refusal> {
    let mut found = Vec::new();
    if matches!(subject, CorrectionSubject::Object | CorrectionSubject::Qualification) {
        let refusal = Refusal::new("tendering.correction-changes-purchase", "C21");
        found.push(refusal.at("subject").with_code("subject", subject));
    }
    for (field, words) in [("text", text), ("reason", reason)] {
        if words.trim().is_empty() {
            found.push(Refusal::new("tendering.correction-incomplete", "C21").at(field));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(subject: CorrectionSubject, text: &str, reason: &str, expected: &[&str]) {
        let found: Vec<String> =
            problems(subject, text, reason).into_iter().filter_map(|refusal| refusal.field).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn object_and_conditions_are_never_changed_by_a_correction() {
        check(CorrectionSubject::Wording, "联系电话更正", "笔误", &[]);
        check(CorrectionSubject::Bids, "服务人数更正", "核对后更正", &[]);
        check(CorrectionSubject::Object, "改为购买软件", "需要", &["subject"]);
        check(CorrectionSubject::Qualification, "改为五年经验", " ", &["subject", "reason"]);
        check(CorrectionSubject::Wording, " ", "", &["text", "reason"]);
    }

    #[test]
    fn only_wording_leaves_bids_alone() {
        assert!(!CorrectionSubject::Wording.touches_bids());
        assert!(CorrectionSubject::Bids.touches_bids());
    }
}
