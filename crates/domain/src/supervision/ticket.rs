//! Tickets: an errand to set a finding right. Whoever answers never closes it; a finding that is set right
//! closes its ticket by itself (S63, E7, E11).

use crate::coded;
use crate::kernel::{Date, PersonId, Refusal};

coded! {
    /// Where a ticket stands.
    pub enum TicketState as "ticket_state" {
        /// Waits for the office.
        Open = "open",
        /// The office has answered.
        Answered = "answered",
        /// Discipline accepted the answer.
        Closed = "closed",
        /// What was found is set right.
        Cured = "cured",
    }
}

impl TicketState {
    /// Whether something is still to be done.
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Open | Self::Answered)
    }

    fn expect(self, needed: TicketState) -> Result<(), Refusal> {
        if self == needed {
            return Ok(());
        }
        Err(Refusal::new("supervision.ticket-wrong-state", "S63").with_code("state", self))
    }
}

/// Whether a ticket may be opened with this demand; one that is pending is not opened twice.
///
/// # Errors
/// `supervision.finding-cured`, `supervision.ticket-pending`, `supervision.demand-missing`.
pub fn may_open(is_cured: bool, has_pending: bool, demand: &str) -> Result<(), Refusal> {
    if is_cured {
        return Err(Refusal::new("supervision.finding-cured", "S63"));
    }
    if has_pending {
        return Err(Refusal::new("supervision.ticket-pending", "S63"));
    }
    if demand.trim().is_empty() {
        return Err(Refusal::new("supervision.demand-missing", "S63").at("demand"));
    }
    Ok(())
}

/// Whether the office may answer now with these words.
///
/// # Errors
/// `supervision.ticket-wrong-state`, `supervision.answer-missing`.
pub fn may_answer(state: TicketState, answer: &str) -> Result<(), Refusal> {
    state.expect(TicketState::Open)?;
    if answer.trim().is_empty() {
        return Err(Refusal::new("supervision.answer-missing", "S63").at("answer"));
    }
    Ok(())
}

/// Whether this person may close an answered ticket, or send it back, with this reason.
///
/// # Errors
/// `supervision.ticket-wrong-state`, `supervision.closed-by-answerer`, `supervision.reason-missing`.
pub fn may_judge(
    state: TicketState,
    answered_by: Option<PersonId>,
    judge: PersonId,
    reason: &str,
) -> Result<(), Refusal> {
    state.expect(TicketState::Answered)?;
    if answered_by == Some(judge) {
        return Err(Refusal::new("supervision.closed-by-answerer", "E11"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("supervision.reason-missing", "S63").at("reason"));
    }
    Ok(())
}

/// Whether a ticket may go up to the leader: it is pending, overdue, and has not gone up before.
///
/// # Errors
/// `supervision.ticket-wrong-state`, `supervision.not-overdue`, `supervision.escalated-before`.
pub fn may_escalate(state: TicketState, due: Date, today: Date, was_escalated: bool) -> Result<(), Refusal> {
    state.expect(TicketState::Open)?;
    if was_escalated {
        return Err(Refusal::new("supervision.escalated-before", "E7"));
    }
    if today <= due {
        return Err(Refusal::new("supervision.not-overdue", "E7").with("due", due));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    fn code(found: Result<(), Refusal>) -> &'static str {
        found.err().map_or("", |refusal| refusal.code)
    }

    #[test]
    fn a_ticket_goes_from_one_hand_to_another() {
        use TicketState::{Answered, Closed, Cured, Open};
        let (one, other) = (PersonId(1), PersonId(2));
        assert_eq!(code(may_open(false, false, "请说明")), "");
        assert_eq!(code(may_open(true, false, "请说明")), "supervision.finding-cured");
        assert_eq!(code(may_open(false, true, "请说明")), "supervision.ticket-pending");
        assert_eq!(code(may_open(false, false, " ")), "supervision.demand-missing");
        for (state, words, expected) in [
            (Open, "已整改", ""),
            (Open, "", "supervision.answer-missing"),
            (Answered, "再答", "supervision.ticket-wrong-state"),
            (Cured, "再答", "supervision.ticket-wrong-state"),
        ] {
            assert_eq!(code(may_answer(state, words)), expected);
        }
        for (state, by, reason, expected) in [
            (Answered, other, "属实", ""),
            (Answered, one, "属实", "supervision.closed-by-answerer"),
            (Answered, other, "", "supervision.reason-missing"),
            (Open, other, "属实", "supervision.ticket-wrong-state"),
            (Closed, other, "属实", "supervision.ticket-wrong-state"),
        ] {
            assert_eq!(code(may_judge(state, Some(one), by, reason)), expected);
        }
        assert!(Open.is_pending() && Answered.is_pending() && !Closed.is_pending() && !Cured.is_pending());
    }

    #[test]
    fn only_what_is_overdue_goes_up_and_only_once() {
        let due = day(2014, 3, 14);
        let next = day(2014, 3, 15);
        assert_eq!(code(may_escalate(TicketState::Open, due, next, false)), "");
        assert_eq!(code(may_escalate(TicketState::Open, due, due, false)), "supervision.not-overdue");
        assert_eq!(code(may_escalate(TicketState::Open, due, next, true)), "supervision.escalated-before");
        assert_eq!(
            code(may_escalate(TicketState::Answered, due, next, false)),
            "supervision.ticket-wrong-state"
        );
    }
}
