//! The contract draft: it repeats tender and bid, and may add only what they left open (C50).

use super::milestone::{self, Milestone};
use super::term::{self, LongTermTick, Term};
use crate::coded;
use crate::kernel::{BidId, Calendar, Coded, Date, Deadline, Fen, Refusal, Rules};
use crate::tendering::procedure::Procedure;
use crate::tendering::stage::Stage;

coded! {
    /// What every contract states in words (C50); price, term and milestones are fields of their own.
    pub enum ContractPart as "contract_part" {
        /// Content of the service.
        Content = "content",
        /// How much of it.
        Quantity = "quantity",
        /// How good it must be.
        Quality = "quality",
        /// How it is settled and paid.
        Settlement = "settlement",
        /// Rights and duties of both sides.
        RightsAndDuties = "rights_and_duties",
        /// What follows from breach.
        Breach = "breach",
        /// What recipients have to say (S72).
        RecipientsRole = "recipients_role",
        /// How personal data is protected.
        PrivacyProtection = "privacy_protection",
        /// How both sides give feedback (S73).
        Feedback = "feedback",
    }
}

/// A contract as drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractDraft {
    /// The bid it rests on.
    pub bid: BidId,
    /// Its price.
    pub price: Fen,
    /// Its term.
    pub term: Term,
    /// Conditions ticked for a long term.
    pub ticks: Vec<LongTermTick>,
    /// Whether the budget of all its years is assured.
    pub is_budget_assured: bool,
    /// What is delivered and paid when.
    pub milestones: Vec<Milestone>,
    /// The words.
    pub parts: Vec<(ContractPart, String)>,
}

/// The award on which a contract rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Award {
    /// Where the tender stands.
    pub stage: Stage,
    /// The awarded bid.
    pub bid: BidId,
    /// The price that was bid.
    pub price: Fen,
}

/// Everything that keeps a draft from being offered for signature; empty when nothing does.
pub fn problems(draft: &ContractDraft, award: &Award, rules: Rules<'_>) -> Vec<Refusal> {
    let mut found = Vec::new();
    found.extend(award.stage.expect(Stage::Awarded).err());
    if draft.bid != award.bid {
        found.push(Refusal::new("contracts.not-the-awarded-bid", "S67").with("bid", draft.bid.0));
    }
    if draft.price != award.price {
        let refusal = Refusal::new("contracts.price-differs-from-bid", "C50").at("price");
        found.push(refusal.with("price", draft.price).with("bid_price", award.price));
    }
    found.extend(term::check(&draft.term, &draft.ticks, draft.is_budget_assured, rules).err());
    found.extend(milestone::problems(&draft.milestones, draft.price, &draft.term));
    for part in ContractPart::ALL {
        let is_written = draft.parts.iter().any(|(kind, text)| kind == part && !text.trim().is_empty());
        if !is_written {
            let refusal = Refusal::new("contracts.part-missing", "C50").at(format!("parts.{}", part.code()));
            found.push(refusal.with_code("part", *part));
        }
    }
    found
}

/// By when both sides sign, counted from the award notice (C26).
pub fn signing_deadline(
    award_notice: Date,
    procedure: &Procedure,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<Deadline, Refusal> {
    rules.deadline(calendar, procedure.contract_period, award_notice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{calendar, day, rules};
    use crate::tendering::procedure::OPEN_COMPETITION;

    fn draft() -> ContractDraft {
        ContractDraft {
            bid: BidId(5),
            price: Fen::yuan(95_000),
            term: Term { starts: day(2026, 10, 8), ends: day(2027, 10, 7) },
            ticks: vec![],
            is_budget_assured: true,
            milestones: vec![Milestone {
                name: "验收".to_owned(),
                due: day(2027, 9, 30),
                amount: Fen::yuan(95_000),
            }],
            parts: ContractPart::ALL.iter().map(|part| (*part, "条款".to_owned())).collect(),
        }
    }

    fn check(change: impl FnOnce(&mut ContractDraft, &mut Award), expected: &[&str]) {
        let mut changed = draft();
        let mut award = Award { stage: Stage::Awarded, bid: BidId(5), price: Fen::yuan(95_000) };
        change(&mut changed, &mut award);
        let codes: Vec<_> = problems(&changed, &award, rules()).iter().map(|found| found.code).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn a_contract_repeats_the_awarded_bid() {
        check(|_, _| {}, &[]);
        check(|_, award| award.stage = Stage::Ranked, &["tendering.wrong-stage"]);
        check(|draft, _| draft.bid = BidId(6), &["contracts.not-the-awarded-bid"]);
        check(
            |draft, _| draft.price = Fen::yuan(95_001),
            &["contracts.price-differs-from-bid", "contracts.milestones-sum"],
        );
        check(|draft, _| draft.parts[6].1.clear(), &["contracts.part-missing"]);
        check(|draft, _| draft.term.ends = day(2027, 10, 8), &["contracts.term-condition-missing"]);
    }

    #[test]
    fn thirty_days_roll_over_the_national_holiday() {
        // C29: award notice 2026-09-01, contract by 2026-10-08.
        let deadline = signing_deadline(day(2026, 9, 1), &OPEN_COMPETITION, rules(), calendar()).unwrap();
        assert_eq!(deadline.due, day(2026, 10, 8));
    }
}
