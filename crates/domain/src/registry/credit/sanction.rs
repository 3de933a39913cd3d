//! A penalty of the registrar's own against its article: is the offence on the organisation's list, does the article know
//! this sanction, does the fine lie in its range; and the certificate and seals that are sealed during a stop (B23).
//!
//! The steps of SAR30: a warning with the order to mend within a term, a stop of activity for a term, the order to replace
//! whoever is responsible, and in grave cases the end of the registration, which is a case of its own (`ending`).

use super::fine::{FineBase, FineRange, Illegal, range};
use super::penalty::{Penalty, PenaltyKind};
use crate::kernel::{Date, Fen, Refusal, Rules};
use crate::registry::offence::{Fining, Offence};
use crate::registry::organisation::OrganisationKind;

/// What a penalty rests on and what it orders beside itself.
#[derive(Clone, Copy, Debug)]
pub struct Sanction<'a> {
    /// For what.
    pub offence: Offence,
    /// On what kind of organisation.
    pub of: OrganisationKind,
    /// What was unlawfully turned over and gained.
    pub illegal: Illegal,
    /// Which of the two the decision goes by, when it names one.
    pub base: Option<FineBase>,
    /// What shows the amounts.
    pub evidence: &'a str,
    /// The last day to mend what is wrong, when that was ordered.
    pub mend_by: Option<Date>,
    /// Who is to be replaced, when that was ordered; empty when it was not.
    pub replaced: &'a str,
}

impl Sanction<'_> {
    /// What is confiscated: all of what the decision goes by (SAR30(2), PNR25(2)).
    pub fn confiscated(&self) -> Fen {
        let base = self.illegal.base(self.base).filter(|_| self.is_by_multiple());
        base.map_or(Fen::ZERO, |base| self.illegal.amount(base))
    }

    /// The range of a fine under this decision; none where the article measures none, or nothing was found.
    pub fn range(&self, rules: Rules<'_>) -> Option<FineRange> {
        let base = self.illegal.base(self.base).filter(|_| self.is_by_multiple())?;
        range(self.illegal, base, rules)
    }

    fn is_by_multiple(&self) -> bool {
        self.offence.allows(self.of).fine == Fining::ByMultiple
    }

    /// Everything that its article does not carry; empty when it carries it all.
    pub fn faults(&self, penalty: &Penalty, rules: Rules<'_>) -> Vec<Refusal> {
        if !self.offence.is_of(self.of) {
            let refusal = Refusal::new("credit.offence-not-of-this-kind", "B23").at("offence");
            return vec![refusal.with_code("offence", self.offence).with_code("kind", self.of)];
        }
        let allowed = self.offence.allows(self.of);
        let mut faults = match allowed.fine {
            Fining::ByMultiple => self.amount_faults(penalty, rules),
            Fining::Never => self.without_amounts(penalty.amount.0 > 0),
            Fining::ByOtherLaw => self.without_amounts(false),
        };
        if !self.replaced.is_empty() && !allowed.may_replace {
            faults.push(self.refused("credit.replacement-not-in-law", "replaced"));
        }
        if self.mend_by.is_some_and(|last| last < penalty.imposed_on) {
            faults.push(Refusal::new("credit.mend-by-early", "B23").at("mend_by"));
        }
        faults
    }

    /// Under an article that measures no fine by them, no amounts are asked; `is_fined` where it knows no fine either.
    fn without_amounts(&self, is_fined: bool) -> Vec<Refusal> {
        let mut faults = Vec::new();
        if is_fined {
            faults.push(self.refused("credit.fine-not-in-law", "amount"));
        }
        if !self.illegal.is_none() {
            faults.push(self.refused("credit.confiscation-not-in-law", "illegal_turnover"));
        }
        faults
    }

    fn amount_faults(&self, penalty: &Penalty, rules: Rules<'_>) -> Vec<Refusal> {
        let mut faults = Vec::new();
        let is_fined = penalty.amount.0 > 0 || penalty.kind == PenaltyKind::Fine;
        if self.illegal.is_none() {
            if is_fined {
                faults.push(self.refused("credit.fine-without-base", "illegal_turnover"));
            }
            return faults;
        }
        if self.evidence.is_empty() {
            faults.push(Refusal::new("credit.illegal-evidence-missing", "B23").at("illegal_evidence"));
        }
        let Some(base) = self.illegal.base(self.base) else {
            faults.push(Refusal::new("credit.fine-base-missing", "B23").at("fine_base"));
            return faults;
        };
        match range(self.illegal, base, rules) {
            None => {
                let refusal = Refusal::new("credit.fine-base-empty", "B23").at("fine_base");
                faults.push(refusal.with_code("base", base));
            }
            Some(range) if penalty.amount.0 > 0 && !range.holds(penalty.amount) => {
                faults.push(
                    self.refused("credit.fine-outside-range", "amount")
                        .with_code("base", base)
                        .with("amount", range.amount)
                        .with("times_min", range.times_min)
                        .with("times_max", range.times_max)
                        .with("least", range.least())
                        .with("most", range.most()),
                );
            }
            Some(_) => {}
        }
        faults
    }

    fn refused(&self, code: &'static str, field: &str) -> Refusal {
        Refusal::new(code, "B23").at(field).with_code("offence", self.offence)
    }
}

/// Certificate, seals and vouchers of a suspended organisation, in the registrar's keeping (SAR33, PNR28, FR44).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealing {
    /// What was imposed.
    pub kind: PenaltyKind,
    /// Whether the penalty stands.
    pub is_confirmed: bool,
    /// First day of the stop.
    pub from: Date,
    /// Last day of the stop.
    pub until: Option<Date>,
    /// Since when they are sealed.
    pub sealed_on: Option<Date>,
    /// When they were given back.
    pub returned_on: Option<Date>,
}

impl Sealing {
    /// Whether they may be recorded as sealed on a day.
    ///
    /// # Errors
    /// No stop of activity, sealed already, or a day before the decision or to come (B23).
    pub fn may_seal(&self, on: Date, today: Date) -> Result<(), Refusal> {
        if self.kind != PenaltyKind::Suspension || !self.is_confirmed {
            return Err(Refusal::new("credit.sealing-not-suspended", "B23").at("sealed_penalty"));
        }
        if self.sealed_on.is_some() {
            return Err(Refusal::new("credit.sealed-already", "B23").at("sealed_penalty"));
        }
        day_between(self.from, on, today, "sealed_on")
    }

    /// Whether they may be recorded as given back on a day: when the stop is over.
    ///
    /// # Errors
    /// Not sealed, given back already, before the stop is over, or a day to come (B23).
    pub fn may_return(&self, on: Date, today: Date) -> Result<(), Refusal> {
        let (Some(sealed_on), None) = (self.sealed_on, self.returned_on) else {
            return Err(Refusal::new("credit.not-sealed", "B23").at("returned_penalty"));
        };
        day_between(sealed_on, on, today, "given_back_on")?;
        match self.until {
            Some(last) if on <= last => {
                Err(Refusal::new("credit.sealed-until", "B23").at("given_back_on").with("last", last))
            }
            _ => Ok(()),
        }
    }
}

fn day_between(first: Date, on: Date, today: Date, field: &str) -> Result<(), Refusal> {
    if on < first || on > today {
        return Err(Refusal::new("credit.sealing-day", "B23").at(field).with("first", first));
    }
    Ok(())
}

#[cfg(test)]
#[path = "sanction_tests.rs"]
mod tests;
