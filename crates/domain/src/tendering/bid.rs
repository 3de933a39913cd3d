//! A bid: what it must contain, when it may be handed in, and the sealed package nobody reads early.
//!
//! The package is a type without `Debug`, `Clone` or any public reader, so that neither a log line nor a
//! page can show it; only `opening` takes it apart (C30).

use super::consortium::Joint;
use super::stage::Stage;
use crate::coded;
use crate::kernel::{BidId, Coded, Fen, Moment, Refusal};

coded! {
    /// What a bidder declares by ticking (C5, C34).
    pub enum Statement as "bid_statement" {
        /// Lawful existence, sound accounts, taxes and social security paid.
        Standing = "standing",
        /// No major violation within the rule's years.
        NoMajorViolation = "no_major_violation",
        /// No common head, control or management with another bidder.
        Independence = "independence",
        /// No agreement with others on this bid.
        NoCollusion = "no_collusion",
        /// The requirement and the draft contract are accepted.
        AcceptsContract = "accepts_contract",
        /// The work will not be passed on to others (C52).
        NoAssignment = "no_assignment",
    }
}

coded! {
    /// The written parts that no bid may leave blank.
    pub enum BidPart as "bid_part" {
        /// How the task is understood.
        Understanding = "understanding",
        /// How the service will be given.
        Plan = "plan",
        /// Who will do it.
        Team = "team",
        /// What has been done before.
        TrackRecord = "track_record",
        /// How quality is kept and recipients are heard (S72).
        Assurance = "assurance",
    }
}

coded! {
    /// Who can read a package before the opening.
    pub enum SealSuite as "seal_suite" {
        /// Withheld by the server until the opening.
        Withheld = "withheld",
        /// Encrypted on the bidder's own device: age, X25519.
        AgeX25519 = "age_x25519",
    }
}

/// The content of a bid as its bidder wrote it.
#[derive(Clone, PartialEq, Eq)]
pub struct BidContent {
    /// The price.
    pub price: Fen,
    /// What was ticked.
    pub statements: Vec<Statement>,
    /// What was written.
    pub parts: Vec<(BidPart, String)>,
    /// The person to ask.
    pub contact_name: String,
    /// That person's telephone.
    pub contact_phone: String,
    /// Who bids together; empty for a bidder who bids alone (C30).
    pub joint: Joint,
}

/// A submitted package as it lies in the store.
pub struct SealedPackage {
    bid: BidId,
    suite: SealSuite,
    bytes: Vec<u8>,
}

impl SealedPackage {
    /// A package loaded from the store.
    pub fn new(bid: BidId, suite: SealSuite, bytes: Vec<u8>) -> Self {
        Self { bid, suite, bytes }
    }

    pub(in crate::tendering) fn into_parts(self) -> (BidId, SealSuite, Vec<u8>) {
        (self.bid, self.suite, self.bytes)
    }
}

/// Everything that keeps a bid from being submitted, field by field; empty when it is complete.
pub fn problems(content: &BidContent, ceiling: Fen) -> Vec<Refusal> {
    let mut found = Vec::new();
    found.extend(check_price(content.price, ceiling).err());
    for statement in Statement::ALL.iter().filter(|statement| !content.statements.contains(statement)) {
        let refusal =
            Refusal::new("tendering.statement-missing", "C5").at(format!("statements.{}", statement.code()));
        found.push(refusal.with_code("statement", *statement));
    }
    for part in BidPart::ALL {
        let is_written = content.parts.iter().any(|(kind, text)| kind == part && !text.trim().is_empty());
        if !is_written {
            let refusal =
                Refusal::new("tendering.bid-part-empty", "C34").at(format!("parts.{}", part.code()));
            found.push(refusal.with_code("part", *part));
        }
    }
    for (field, text) in [("contact_name", &content.contact_name), ("contact_phone", &content.contact_phone)]
    {
        if text.trim().is_empty() {
            found.push(Refusal::new("tendering.contact-missing", "C34").at(field));
        }
    }
    found
}

/// A price is more than nothing and no more than the ceiling (C9, C34).
pub fn check_price(price: Fen, ceiling: Fen) -> Result<(), Refusal> {
    if price <= Fen::ZERO {
        return Err(Refusal::new("tendering.price-not-positive", "C34").at("price"));
    }
    if price > ceiling {
        let refusal = Refusal::new("tendering.price-over-ceiling", "C34").at("price");
        return Err(refusal.with("price", price).with("ceiling", ceiling));
    }
    Ok(())
}

/// Whether a bid may be handed in, replaced or withdrawn now: while bidding, before the deadline (C30).
pub fn may_submit(stage: Stage, deadline: Moment, now: Moment) -> Result<(), Refusal> {
    if !stage.is_public() {
        return Err(Refusal::new("tendering.not-published", "C30").with_code("stage", stage));
    }
    if matches!(stage, Stage::Cancelled | Stage::Failed) {
        return Err(Refusal::new("tendering.not-bidding", "C30").with_code("stage", stage));
    }
    if stage != Stage::Bidding || now >= deadline {
        return Err(Refusal::new("tendering.deadline-passed", "C30")
            .with("deadline", deadline)
            .with("now", now));
    }
    Ok(())
}

/// The version of the next submission. A withdrawn bid may be handed in again before the deadline.
pub fn next_version(stage: Stage, deadline: Moment, now: Moment, last: Option<u32>) -> Result<u32, Refusal> {
    may_submit(stage, deadline, now)?;
    Ok(last.unwrap_or(0).saturating_add(1))
}

/// Whether a bid may be withdrawn now: it must be there, and the deadline ahead.
pub fn may_withdraw(stage: Stage, deadline: Moment, now: Moment, is_submitted: bool) -> Result<(), Refusal> {
    may_submit(stage, deadline, now)?;
    if is_submitted { Ok(()) } else { Err(Refusal::new("tendering.nothing-to-withdraw", "C30")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> BidContent {
        BidContent {
            price: Fen::yuan(95_000),
            statements: Statement::ALL.to_vec(),
            parts: BidPart::ALL.iter().map(|part| (*part, "内容".to_owned())).collect(),
            contact_name: "示例人".to_owned(),
            contact_phone: "025-00000000".to_owned(),
            joint: Joint::default(),
        }
    }

    fn check(change: impl FnOnce(&mut BidContent), expected: &[&str]) {
        let mut changed = content();
        change(&mut changed);
        let codes: Vec<_> = problems(&changed, Fen::yuan(100_000)).iter().map(|found| found.code).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn a_bid_is_complete_or_says_what_is_missing() {
        check(|_| {}, &[]);
        check(|bid| bid.price = Fen::yuan(100_000), &[]);
        check(|bid| bid.price = Fen(10_000_001), &["tendering.price-over-ceiling"]);
        for price in [Fen::ZERO, Fen(-5), Fen(i64::MIN)] {
            check(|bid| bid.price = price, &["tendering.price-not-positive"]);
        }
        check(|bid| bid.statements.truncate(5), &["tendering.statement-missing"]);
        check(|bid| bid.parts[2].1 = " \n".to_owned(), &["tendering.bid-part-empty"]);
        check(|bid| bid.contact_phone.clear(), &["tendering.contact-missing"]);
    }

    #[test]
    fn bids_come_in_change_and_go_before_the_deadline_only() {
        let (deadline, before) = (Moment(100), Moment(99));
        let code = |found: Result<(), Refusal>| found.err().map(|refusal| refusal.code);
        assert_eq!(code(may_submit(Stage::Bidding, deadline, before)), None);
        assert_eq!(code(may_submit(Stage::Bidding, deadline, deadline)), Some("tendering.deadline-passed"));
        assert_eq!(code(may_submit(Stage::Opened, deadline, before)), Some("tendering.deadline-passed"));
        assert_eq!(code(may_submit(Stage::Ready, deadline, before)), Some("tendering.not-published"));
        assert_eq!(code(may_submit(Stage::Cancelled, deadline, before)), Some("tendering.not-bidding"));
        assert_eq!(next_version(Stage::Bidding, deadline, before, None), Ok(1));
        assert_eq!(next_version(Stage::Bidding, deadline, before, Some(2)), Ok(3));
        assert!(next_version(Stage::Bidding, deadline, deadline, Some(2)).is_err());
        assert_eq!(code(may_withdraw(Stage::Bidding, deadline, before, true)), None);
        assert_eq!(
            code(may_withdraw(Stage::Bidding, deadline, before, false)),
            Some("tendering.nothing-to-withdraw")
        );
        assert_eq!(
            code(may_withdraw(Stage::Bidding, deadline, deadline, true)),
            Some("tendering.deadline-passed")
        );
    }
}
