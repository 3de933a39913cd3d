//! Payments: contract, acceptance and invoice say the same, and one person checks what another pays
//! (C14, C28, C55, S68).

use crate::coded;
use crate::kernel::{Coded, Fen, PersonId, Refusal};

coded! {
    /// Where a request to be paid stands.
    pub enum RequestState as "request_state" {
        /// Asked for.
        Requested = "requested",
        /// Sent back to be mended.
        Returned = "returned",
        /// Checked and found right.
        Approved = "approved",
        /// Handed to the bank; nobody knows yet whether it arrived.
        Sent = "sent",
        /// The bank says that it arrived.
        Paid = "paid",
    }
}

impl RequestState {
    /// Refuses a step that the request's state does not allow.
    pub fn expect_one_of(self, allowed: &[Self]) -> Result<(), Refusal> {
        if allowed.contains(&self) {
            return Ok(());
        }
        Err(Refusal::new("funds.request-wrong-state", "C28").with_code("state", self))
    }
}

coded! {
    /// What the bank said of a payment. Silence is not an answer: it stays pending and is not sent again.
    pub enum Outcome as "payment_outcome" {
        /// Nothing yet.
        Pending = "pending",
        /// It arrived.
        Paid = "paid",
        /// It did not arrive; the money is back.
        Failed = "failed",
    }
}

coded! {
    /// What must agree before a request is approved.
    pub enum Matched as "matched" {
        /// A contract that both sides signed.
        Contract = "contract",
        /// The acceptance of the milestone, for the same amount.
        Acceptance = "acceptance",
        /// The acceptance is published.
        Publication = "publication",
        /// The invoice, for the same amount.
        Invoice = "invoice",
        /// The payee is the contract's provider.
        Payee = "payee",
        /// The contract's bound money covers it.
        Commitment = "commitment",
    }
}

/// The facts of a request, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Papers {
    /// Both sides signed the contract.
    pub is_signed: bool,
    /// What was accepted, once it was.
    pub accepted: Option<Fen>,
    /// The acceptance is public.
    pub is_published: bool,
    /// What is asked for.
    pub asked: Fen,
    /// What the invoice says.
    pub invoice: Fen,
    /// Who is to get the money.
    pub payee: String,
    /// Who the contract says.
    pub provider: String,
    /// What still lies bound for the contract.
    pub committed: Fen,
}

/// Each point of the match and whether it holds, in the order of `Matched`.
pub fn matches(papers: &Papers) -> Vec<(Matched, bool)> {
    let holds = |point| match point {
        Matched::Contract => papers.is_signed,
        Matched::Acceptance => papers.accepted == Some(papers.asked),
        Matched::Publication => papers.is_published,
        Matched::Invoice => papers.invoice == papers.asked,
        Matched::Payee => papers.payee.trim() == papers.provider.trim(),
        Matched::Commitment => papers.committed >= papers.asked,
    };
    Matched::ALL.iter().map(|point| (*point, holds(*point))).collect()
}

/// Refuses to approve what does not match, or what the checker asked for.
pub fn approve(papers: &Papers, checker: PersonId, asker: PersonId) -> Result<(), Refusal> {
    if checker == asker {
        return Err(Refusal::new("funds.checker-asked", "C14"));
    }
    match matches(papers).into_iter().find(|(_, holds)| !holds) {
        Some((point, _)) => Err(Refusal::new("funds.papers-differ", "C28").with_code("point", point)),
        None => Ok(()),
    }
}

/// Refuses a payment by the person who approved it.
pub fn pay(payer: PersonId, checker: PersonId, number: &str) -> Result<(), Refusal> {
    if payer == checker {
        return Err(Refusal::new("funds.payer-approved", "C14").with("request", number));
    }
    Ok(())
}

/// Refuses an invoice that is not for what was accepted.
pub fn invoice(accepted: Fen, invoice: Fen) -> Result<(), Refusal> {
    if accepted == invoice {
        return Ok(());
    }
    let refusal = Refusal::new("funds.invoice-differs", "C28").at("invoice_amount");
    Err(refusal.with("accepted", accepted).with("invoice", invoice))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn papers() -> Papers {
        Papers {
            is_signed: true,
            accepted: Some(Fen(100)),
            is_published: true,
            asked: Fen(100),
            invoice: Fen(100),
            payee: "晨曦中心".into(),
            provider: "晨曦中心".into(),
            committed: Fen(100),
        }
    }

    fn differs(change: impl FnOnce(&mut Papers), point: Option<Matched>) {
        let mut papers = papers();
        change(&mut papers);
        let failing: Vec<Matched> =
            matches(&papers).into_iter().filter(|(_, holds)| !holds).map(|(point, _)| point).collect();
        assert_eq!(failing, point.into_iter().collect::<Vec<_>>());
        assert_eq!(approve(&papers, PersonId(1), PersonId(2)).is_ok(), point.is_none());
    }

    #[test]
    fn each_point_of_the_match_is_needed() {
        differs(|_| (), None);
        differs(|papers| papers.is_signed = false, Some(Matched::Contract));
        differs(|papers| papers.accepted = None, Some(Matched::Acceptance));
        differs(|papers| papers.accepted = Some(Fen(99)), Some(Matched::Acceptance));
        differs(|papers| papers.is_published = false, Some(Matched::Publication));
        differs(|papers| papers.invoice = Fen(101), Some(Matched::Invoice));
        differs(|papers| papers.payee = "别家".into(), Some(Matched::Payee));
        differs(|papers| papers.committed = Fen(99), Some(Matched::Commitment));
    }

    #[test]
    fn asking_checking_and_paying_are_three_hands() {
        let code = |answer: Result<(), Refusal>| answer.err().map(|refusal| refusal.code);
        assert_eq!(code(approve(&papers(), PersonId(1), PersonId(1))), Some("funds.checker-asked"));
        assert_eq!(code(pay(PersonId(1), PersonId(1), "FK")), Some("funds.payer-approved"));
        assert_eq!(code(pay(PersonId(1), PersonId(2), "FK")), None);
    }

    #[test]
    fn an_invoice_is_for_what_was_accepted_to_the_fen() {
        assert!(invoice(Fen(100), Fen(100)).is_ok());
        assert_eq!(
            invoice(Fen(100), Fen(101)).err().map(|refusal| refusal.code),
            Some("funds.invoice-differs")
        );
    }
}
