//! Penalties on record, and which ground of which list follows from one (B35, B37).

use super::clock::years_after;
use super::ground::ListingGround;
use crate::coded;
use crate::kernel::{Date, Fen, Refusal, RuleKey, Rules};

coded! {
    /// What was imposed.
    pub enum PenaltyKind as "penalty_kind" {
        /// 警告.
        Warning = "warning",
        /// 罚款.
        Fine = "fine",
        /// 限期停止活动.
        Suspension = "suspension",
    }
}

/// A penalty that was imposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Penalty {
    /// What.
    pub kind: PenaltyKind,
    /// The fine, alone or beside a stop of activity; zero for a warning.
    pub amount: Fen,
    /// The day of the decision.
    pub imposed_on: Date,
    /// Last day of a suspension.
    pub until: Option<Date>,
}

impl Penalty {
    /// Whether nothing of it is left to do on a day: a warning is done when given, a suspension with its last
    /// day, everything else when it was carried out (B30).
    pub fn is_carried_out(&self, finished_on: Option<Date>, on: Date) -> bool {
        match self.kind {
            PenaltyKind::Warning => true,
            PenaltyKind::Fine => finished_on.is_some(),
            PenaltyKind::Suspension => finished_on.is_some() || self.until.is_some_and(|last| last < on),
        }
    }

    /// Refuses what is no penalty: a fine without amount, a suspension without end, a day to come.
    ///
    /// # Errors
    /// Every fault at its field (B35, B37).
    pub fn check(&self, today: Date) -> Vec<Refusal> {
        let mut faults = Vec::new();
        let mut fault = |code, field: &str| faults.push(Refusal::new(code, "B37").at(field));
        match self.kind {
            PenaltyKind::Fine if self.amount.0 <= 0 => fault("credit.fine-missing", "amount"),
            // A stop of activity may go with a fine (SAR30(2), PNR25(2)).
            PenaltyKind::Warning if self.amount.0 != 0 => {
                fault("credit.fine-not-asked", "amount");
            }
            _ => {}
        }
        match (self.kind, self.until) {
            (PenaltyKind::Suspension, None) => fault("credit.suspension-end-missing", "until"),
            (PenaltyKind::Suspension, Some(until)) if until < self.imposed_on => {
                fault("credit.suspension-end-early", "until");
            }
            (PenaltyKind::Warning | PenaltyKind::Fine, Some(_)) => {
                fault("credit.suspension-end-not-asked", "until");
            }
            _ => {}
        }
        if self.imposed_on > today {
            fault("credit.day-ahead", "imposed_on");
        }
        faults
    }

    /// Whether it is a warning or a fine below the line of the serious list (B37).
    pub fn is_small(&self, rules: Rules<'_>) -> bool {
        match self.kind {
            PenaltyKind::Warning => true,
            PenaltyKind::Fine => self.amount < rules.money(RuleKey::SeriousFineMin),
            PenaltyKind::Suspension => false,
        }
    }

    /// Whether it is a major violation for bidding: a stop of activity or a larger fine (C5).
    pub fn is_major_violation(&self, rules: Rules<'_>) -> bool {
        match self.kind {
            PenaltyKind::Warning => false,
            PenaltyKind::Fine => self.amount >= rules.money(RuleKey::LargerFineMin),
            PenaltyKind::Suspension => true,
        }
    }
}

/// The ground that follows from a penalty, given those before it: a large fine or a stop of activity leads
/// to the serious list directly, and so does the second small one within three years (B35, B37).
pub fn ground_of(penalty: &Penalty, earlier: &[Penalty], rules: Rules<'_>) -> ListingGround {
    if !penalty.is_small(rules) {
        return match penalty.kind {
            PenaltyKind::Suspension => ListingGround::ActivitySuspended,
            PenaltyKind::Warning | PenaltyKind::Fine => ListingGround::FinedLarge,
        };
    }
    let years = rules.number(RuleKey::SeriousWarningsYears);
    let within = |one: &&Penalty| {
        one.is_small(rules)
            && one.imposed_on <= penalty.imposed_on
            && years_after(one.imposed_on, years).is_none_or(|over| over > penalty.imposed_on)
    };
    let count = earlier.iter().filter(within).count() + 1;
    if count >= rules.count(RuleKey::SeriousWarningsMin) {
        return ListingGround::PenaltiesRepeated;
    }
    match penalty.kind {
        PenaltyKind::Warning => ListingGround::Warned,
        PenaltyKind::Fine | PenaltyKind::Suspension => ListingGround::FinedSmall,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, day};

    fn warning(imposed_on: Date) -> Penalty {
        Penalty { kind: PenaltyKind::Warning, amount: Fen::ZERO, imposed_on, until: None }
    }

    fn fine(amount: Fen, imposed_on: Date) -> Penalty {
        Penalty { kind: PenaltyKind::Fine, amount, ..warning(imposed_on) }
    }

    fn check(penalty: Penalty, earlier: &[Penalty], expected: ListingGround) {
        let found = ground_of(&penalty, earlier, book().on(penalty.imposed_on));
        assert_eq!(found, expected, "{penalty:?} after {earlier:?}");
    }

    #[test]
    fn a_fine_of_exactly_fifty_thousand_leads_to_the_serious_list() {
        let on = day(2026, 3, 2);
        check(fine(Fen::yuan(50_000), on), &[], ListingGround::FinedLarge);
        check(fine(Fen(Fen::yuan(50_000).0 - 1), on), &[], ListingGround::FinedSmall);
        check(fine(Fen::yuan(50_001), on), &[], ListingGround::FinedLarge);
        check(warning(on), &[], ListingGround::Warned);
        let stop = Penalty { kind: PenaltyKind::Suspension, until: Some(day(2026, 6, 2)), ..warning(on) };
        check(stop, &[], ListingGround::ActivitySuspended);
    }

    #[test]
    fn the_second_small_penalty_within_three_years_leads_to_the_serious_list() {
        let on = day(2026, 3, 2);
        let small = fine(Fen::yuan(1_000), day(2023, 3, 3));
        check(warning(on), &[small], ListingGround::PenaltiesRepeated);
        check(fine(Fen::yuan(1), on), &[warning(on)], ListingGround::PenaltiesRepeated);
        // Three years to the day are over; a large fine has had its own consequence; a later one is no earlier.
        check(warning(on), &[fine(Fen::yuan(1_000), day(2023, 3, 2))], ListingGround::Warned);
        check(warning(on), &[fine(Fen::yuan(50_000), day(2026, 1, 5))], ListingGround::Warned);
        check(warning(on), &[warning(day(2026, 3, 3))], ListingGround::Warned);
    }

    #[test]
    fn what_is_no_penalty_is_told_field_by_field() {
        let today = day(2026, 3, 2);
        let codes = |penalty: Penalty| -> Vec<&str> {
            penalty.check(today).iter().map(|refusal| refusal.code).collect()
        };
        assert!(codes(warning(today)).is_empty() && codes(fine(Fen(1), today)).is_empty());
        assert_eq!(codes(fine(Fen::ZERO, today)), ["credit.fine-missing"]);
        let odd = Penalty { amount: Fen(1), until: Some(today), ..warning(day(2026, 3, 3)) };
        assert_eq!(
            codes(odd),
            ["credit.fine-not-asked", "credit.suspension-end-not-asked", "credit.day-ahead"]
        );
        let stop = Penalty { kind: PenaltyKind::Suspension, ..warning(today) };
        assert_eq!(codes(stop), ["credit.suspension-end-missing"]);
        assert_eq!(codes(Penalty { until: Some(day(2026, 3, 1)), ..stop }), ["credit.suspension-end-early"]);
    }
}
