//! A tie that somebody put on record, and how it is taken back: never deleted, but ended with a date, or
//! called an error, which the purchase lead confirms (C38, C14).
//!
//! A tie that was real goes on recusing for the years of the rule after its end. One that was declared as
//! lasting did last on the day of the declaration, so it cannot have ended before; whoever declared it
//! wrongly calls it an error and declares it again.

use super::recusal::{Tie, TieKind};
use crate::coded;
use crate::kernel::{Date, OrganisationId, PersonId, Refusal};

coded! {
    /// What became of the word that a declared tie is an error.
    pub enum ErrorState as "tie_error" {
        /// Its author says so; until the purchase lead confirms, the tie counts.
        Asked = "asked",
        /// Confirmed: the tie never was, and recuses nobody.
        Confirmed = "confirmed",
        /// Not confirmed: the tie counts.
        Rejected = "rejected",
    }
}

/// A tie as it stands on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredTie {
    /// How.
    pub kind: TieKind,
    /// To whom.
    pub organisation: OrganisationId,
    /// Who put it on record; `None` when the bureau itself did.
    pub author: Option<PersonId>,
    /// When it was put on record, where that is known.
    pub declared_on: Option<Date>,
    /// The last day, when it is over.
    pub ended_on: Option<Date>,
    /// Whether it was called an error, and what became of that.
    pub error: Option<ErrorState>,
    /// Who called it an error.
    pub error_asked_by: Option<PersonId>,
}

impl DeclaredTie {
    /// The tie as recusal judges it; nothing when it was confirmed to be an error.
    pub fn tie(&self) -> Option<Tie> {
        (self.error != Some(ErrorState::Confirmed)).then_some(Tie {
            kind: self.kind,
            bidder: Some(self.organisation),
            ended: self.ended_on,
        })
    }

    /// Whether `person` may take the tie back: its author, or a purchase lead when the bureau itself put it
    /// on record.
    pub fn is_authors(&self, person: PersonId, is_lead: bool) -> bool {
        self.author.map_or(is_lead, |author| author == person)
    }

    /// Whether the tie may be ended on `last_day`.
    ///
    /// # Errors
    /// C38: it is over or an error already, the reason is missing, the day is still to come or lies before
    /// the day on which it was said to last.
    pub fn check_end(&self, last_day: Date, reason: &str, today: Date) -> Result<(), Refusal> {
        self.check_counts()?;
        if self.ended_on.is_some() {
            return Err(Refusal::new("tendering.tie-ended-already", "C38").at("last_day"));
        }
        check_reason(reason)?;
        if last_day > today {
            return Err(Refusal::new("tendering.relation-ends-later", "C38").at("last_day"));
        }
        if let Some(declared) = self.declared_on.filter(|declared| last_day < *declared) {
            return Err(Refusal::new("tendering.tie-lasted-then", "C38")
                .at("last_day")
                .with("declared", declared));
        }
        Ok(())
    }

    /// Whether the tie may be called an error.
    ///
    /// # Errors
    /// C38: it is called one already, or the reason is missing.
    pub fn check_error(&self, reason: &str) -> Result<(), Refusal> {
        self.check_counts()?;
        if self.error == Some(ErrorState::Asked) {
            return Err(Refusal::new("tendering.tie-error-asked", "C38"));
        }
        check_reason(reason)
    }

    /// Whether `lead` may say if the tie is an error.
    ///
    /// # Errors
    /// C38 when nobody called it one; C14 for the one who did, or who put it on record.
    pub fn check_decision(&self, lead: PersonId) -> Result<(), Refusal> {
        if self.error != Some(ErrorState::Asked) {
            return Err(Refusal::new("tendering.tie-error-unasked", "C38"));
        }
        if [self.error_asked_by, self.author].contains(&Some(lead)) {
            return Err(Refusal::new("tendering.tie-error-own", "C14"));
        }
        Ok(())
    }

    fn check_counts(&self) -> Result<(), Refusal> {
        if self.error == Some(ErrorState::Confirmed) {
            return Err(Refusal::new("tendering.tie-error-confirmed", "C38"));
        }
        Ok(())
    }
}

fn check_reason(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::new("tendering.tie-reason-missing", "C38").at("reason"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{day, rules};
    use crate::tendering::recusal::{findings, is_recused};

    const AUTHOR: PersonId = PersonId(1);
    const LEAD: PersonId = PersonId(2);

    fn lasting() -> DeclaredTie {
        DeclaredTie {
            kind: TieKind::Employed,
            organisation: OrganisationId(7),
            author: Some(AUTHOR),
            declared_on: Some(day(2026, 3, 2)),
            ended_on: None,
            error: None,
            error_asked_by: None,
        }
    }

    fn code(result: Result<(), Refusal>) -> &'static str {
        result.err().map_or("", |refusal| refusal.code)
    }

    fn recuses(tie: &DeclaredTie, on: Date) -> bool {
        let ties: Vec<Tie> = tie.tie().into_iter().collect();
        is_recused(&findings(&ties, &[OrganisationId(7)], on, rules()))
    }

    #[test]
    fn an_ended_tie_is_judged_by_the_years_after_it() {
        let ended = DeclaredTie { ended_on: Some(day(2026, 9, 18)), ..lasting() };
        for (on, expected) in [(day(2026, 9, 19), true), (day(2029, 9, 17), true), (day(2029, 9, 18), false)]
        {
            assert_eq!(recuses(&ended, on), expected, "{on}");
        }
        let kin = DeclaredTie { kind: TieKind::Spouse, ..ended };
        assert!(recuses(&kin, day(2040, 1, 1)), "kinship never fades");
    }

    #[test]
    fn an_error_counts_until_it_is_confirmed() {
        for (error, expected) in [
            (None, true),
            (Some(ErrorState::Asked), true),
            (Some(ErrorState::Rejected), true),
            (Some(ErrorState::Confirmed), false),
        ] {
            assert_eq!(recuses(&DeclaredTie { error, ..lasting() }, day(2026, 9, 18)), expected, "{error:?}");
        }
    }

    #[test]
    fn an_end_has_a_reason_and_a_day_on_which_it_can_have_been() {
        let today = day(2026, 9, 18);
        let over = DeclaredTie { ended_on: Some(today), ..lasting() };
        let wrong = DeclaredTie { error: Some(ErrorState::Confirmed), ..lasting() };
        let unknown = DeclaredTie { declared_on: None, ..lasting() };
        for (tie, last_day, reason, expected) in [
            (lasting(), today, "已离职", ""),
            (lasting(), day(2026, 3, 2), "已离职", ""),
            (lasting(), day(2026, 3, 1), "已离职", "tendering.tie-lasted-then"),
            (unknown, day(2026, 3, 1), "已离职", ""),
            (lasting(), day(2026, 9, 19), "已离职", "tendering.relation-ends-later"),
            (lasting(), today, " ", "tendering.tie-reason-missing"),
            (over, today, "已离职", "tendering.tie-ended-already"),
            (wrong, today, "已离职", "tendering.tie-error-confirmed"),
        ] {
            assert_eq!(code(tie.check_end(last_day, reason, today)), expected, "{tie:?} {last_day}");
        }
    }

    #[test]
    fn an_error_is_asked_once_and_confirmed_by_another() {
        let asked = DeclaredTie { error: Some(ErrorState::Asked), error_asked_by: Some(AUTHOR), ..lasting() };
        assert_eq!(code(lasting().check_error("填错单位")), "");
        assert_eq!(code(lasting().check_error("")), "tendering.tie-reason-missing");
        assert_eq!(code(asked.check_error("填错单位")), "tendering.tie-error-asked");
        let rejected = DeclaredTie { error: Some(ErrorState::Rejected), ..asked.clone() };
        assert_eq!(code(rejected.check_error("另有证明")), "");
        assert_eq!(code(lasting().check_decision(LEAD)), "tendering.tie-error-unasked");
        assert_eq!(code(asked.check_decision(LEAD)), "");
        assert_eq!(code(asked.check_decision(AUTHOR)), "tendering.tie-error-own");
        let of_lead = DeclaredTie { author: Some(LEAD), ..asked };
        assert_eq!(code(of_lead.check_decision(LEAD)), "tendering.tie-error-own");
    }

    #[test]
    fn only_its_author_takes_a_tie_back() {
        assert!(lasting().is_authors(AUTHOR, false));
        assert!(!lasting().is_authors(LEAD, true));
        let of_bureau = DeclaredTie { author: None, ..lasting() };
        assert!(of_bureau.is_authors(LEAD, true));
        assert!(!of_bureau.is_authors(AUTHOR, false));
    }
}
