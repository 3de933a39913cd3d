//! The certificate of a public foundation that is older than the Charity Law: issued on its registration
//! certificate, without the conditions of an application (PF74-9).

use crate::kernel::{Date, Finding, RuleKey, Rules};
use crate::registry::{Gate, Known, OrganisationKind};

/// Whether the way of a claim is open to an organisation at all: a foundation registered before the law.
pub fn is_open_to(kind: OrganisationKind, registered_on: Date, rules: Rules<'_>) -> bool {
    kind == OrganisationKind::Foundation && registered_on < rules.began(RuleKey::FundraisingCharityYears)
}

/// Every condition of a claim: registered, alive, the law in force, a charity now, a foundation older than the
/// law. That it is a public one its certificate says, which the officer looks at.
pub fn conditions(known: &Known, rules: Rules<'_>) -> Vec<Finding> {
    let kept = ["registry.is-registered", "registry.alive", "registry.fundraising-law"];
    let gate = known.gate(Gate::PublicFundraising, rules).findings;
    let mut found: Vec<Finding> = gate.into_iter().filter(|one| kept.contains(&one.code)).collect();
    let began = rules.began(RuleKey::FundraisingCharityYears);
    let is_old = is_open_to(known.standing.kind, known.registered_on, rules);
    found.push(Finding::required("fundraising.charity-now", "B39", known.charity_since.is_some()));
    found.push(Finding::required("fundraising.old-foundation", "B39", is_old).with("from", began));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Level, Moment};
    use crate::registry::standing::Standing;
    use crate::registry::standing::tests::sound;
    use crate::registry::standing_history::tests::blank;
    use crate::registry::standing_history::{History, Span};
    use crate::specimen::{book, day};

    #[test]
    fn only_an_old_foundation_that_is_a_charity_claims() {
        let on = day(2026, 9, 18);
        let charity = vec![Span { from: Moment::start_of(day(2026, 9, 1)), to: None }];
        let of = |kind, registered_on, charity: &[Span]| History {
            identity: Standing { kind, ..sound(1) },
            registered_on,
            charity: charity.to_vec(),
            ..blank()
        };
        use OrganisationKind::{Foundation, SocialAssociation};
        let (old, new) = (day(2010, 1, 1), day(2016, 9, 1));
        for (history, expected) in [
            (of(Foundation, old, &charity), ""),
            (of(Foundation, new, &charity), "fundraising.old-foundation"),
            (of(SocialAssociation, old, &charity), "fundraising.old-foundation"),
            (of(Foundation, old, &[]), "fundraising.charity-now"),
        ] {
            let known = history.at(Moment::beijing(on, 10, 0), book().on(on));
            let found = conditions(&known, book().on(on));
            let barred = found.iter().filter(|one| one.level == Level::Barred);
            assert_eq!(barred.map(|one| one.code).collect::<Vec<_>>().join(" "), expected);
        }
    }
}
