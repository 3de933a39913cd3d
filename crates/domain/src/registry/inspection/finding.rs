//! What the answers say against the register, last year and each other: shown to the officer, who decides
//! what of it is a ground (B26).

use super::super::organisation::OrganisationKind;
use super::filing::Known;
use super::outcome::Ground;
use super::report::{Answers, Question};
use crate::kernel::{Fen, Finding, RuleKey, Rules};

/// A finding with the ground to which it may lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What was found.
    pub finding: Finding,
    /// The ground, when it bears one out.
    pub ground: Option<Ground>,
}

/// Every check of a report, those that hold too; `is_late` says that it came after the last day.
pub fn hints(
    answers: &Answers,
    last_year: Option<&Answers>,
    kind: OrganisationKind,
    known: Known<'_>,
    is_late: bool,
    rules: Rules<'_>,
) -> Vec<Hint> {
    let yes = |question| answers.is_yes(question);
    let mut hints = vec![
        hint("inspection.in-time", "B24", !is_late, None),
        hint(
            "inspection.unpunished",
            "B26",
            yes(Question::WasPunished) != Some(true),
            Some(Ground::LawBreach),
        ),
        hint(
            "inspection.premises",
            "B26",
            yes(Question::HasPremises) != Some(false),
            Some(Ground::NoPremises),
        ),
        hint(
            "inspection.changes-registered",
            "B26",
            changes_hold(answers, known),
            Some(Ground::UnregisteredChange),
        ),
        hint(
            "inspection.active",
            "B26",
            answers.count(Question::Activities) != Some(0),
            Some(Ground::NoActivity),
        ),
        hint(
            "inspection.charges",
            "B26",
            yes(Question::ChargesAreLawful) != Some(false),
            Some(Ground::IllegalCharges),
        ),
        hint("inspection.party-body", "B35", yes(Question::HasPartyBody) != Some(false), None),
    ];
    hints.extend(opinion_in_time(answers, known));
    hints.extend(told_penalties(answers, known));
    hints.extend(told_payments(answers, known));
    hints.extend(accounts_close(answers));
    hints.extend(opening_agrees(answers, last_year));
    hints.extend(floor(answers, kind, rules));
    hints
}

fn hint(code: &'static str, rule: &'static str, holds: bool, ground: Option<Ground>) -> Hint {
    let finding = if holds { Finding::met(code, rule) } else { Finding::warn(code, rule) };
    Hint { finding, ground: ground.filter(|_| !holds) }
}

/// The unit gave its opinion by its own last day; a later one is looked into and leads to no ground by itself (B24).
fn opinion_in_time(answers: &Answers, known: Known<'_>) -> Option<Hint> {
    let (last, day) = (known.unit_due_on?, answers.day(Question::UnitOpinionOn)?);
    let mut hint = hint("inspection.opinion-in-time", "B24", day <= last, None);
    hint.finding = hint.finding.with("last", last).with("day", day);
    Some(hint)
}

/// A penalty on record is told.
fn told_penalties(answers: &Answers, known: Known<'_>) -> Option<Hint> {
    let count = known.year.penalties;
    let is_told = answers.is_yes(Question::WasPunished) == Some(true);
    let mut hint = hint("inspection.penalties-told", "B26", is_told, Some(Ground::Concealment));
    hint.finding = hint.finding.with("count", count);
    (count > 0).then_some(hint)
}

/// Income from government is not less than what was paid under contracts.
fn told_payments(answers: &Answers, known: Known<'_>) -> Option<Hint> {
    let (paid, told) = (known.year.paid, answers.money(Question::GovernmentIncome)?);
    let mut hint = hint("inspection.payments-told", "B26", told >= paid, Some(Ground::Concealment));
    hint.finding = hint.finding.with("paid", paid).with("told", told);
    (paid > Fen(0)).then_some(hint)
}

/// A change is registered when the report says so and the register agrees with the report.
fn changes_hold(answers: &Answers, known: Known<'_>) -> bool {
    let unregistered = answers.is_yes(Question::HasChanged) == Some(true)
        && answers.is_yes(Question::ChangesRegistered) == Some(false);
    let agrees = |question, held: &str| {
        let told = answers.text(question);
        told.is_empty() || held.is_empty() || told == held
    };
    !unregistered
        && agrees(Question::Domicile, known.domicile)
        && agrees(Question::PersonInCharge, known.person_in_charge)
}

/// Opening net assets, with income and without expense, are the closing ones.
fn accounts_close(answers: &Answers) -> Option<Hint> {
    let amount = |question| answers.money(question);
    let (before, after) = (amount(Question::NetAssetsBefore)?, amount(Question::NetAssets)?);
    let (income, expense) = (amount(Question::Income)?, amount(Question::Expense)?);
    let reckoned = before.0.checked_add(income.0)?.checked_sub(expense.0)?;
    let mut hint = hint("inspection.accounts-close", "B26", reckoned == after.0, Some(Ground::Finance));
    hint.finding = hint.finding.with("reckoned", Fen(reckoned)).with("told", after);
    Some(hint)
}

fn opening_agrees(answers: &Answers, last_year: Option<&Answers>) -> Option<Hint> {
    let (now, then) = (answers.money(Question::NetAssetsBefore)?, last_year?.money(Question::NetAssets)?);
    let mut hint = hint("inspection.opening-agrees", "B26", now == then, Some(Ground::Finance));
    hint.finding = hint.finding.with("now", now).with("then", then);
    Some(hint)
}

/// Net assets against the floor of the kind; what an institution needs is set by its sector, so none is
/// assumed for it (B1-B3).
fn floor(answers: &Answers, kind: OrganisationKind, rules: Rules<'_>) -> Option<Hint> {
    let key = match kind {
        OrganisationKind::Foundation => RuleKey::FoundationFundMin,
        OrganisationKind::SocialAssociation => RuleKey::AssociationFundsMin,
        _ => return None,
    };
    let (least, told) = (rules.money(key), answers.money(Question::NetAssets)?);
    let mut hint = hint("inspection.net-assets", "B26", told >= least, Some(Ground::NetAssets));
    hint.finding = hint.finding.with("least", least).with("told", told);
    Some(hint)
}

#[cfg(test)]
mod tests {
    use super::super::filing::Recorded;
    use super::super::report::tests::whole;
    use super::*;
    use crate::kernel::Level;
    use crate::specimen::{day, rules};

    fn check(change: &[(Question, &str)], last: Option<&Answers>, kind: OrganisationKind, expected: &[&str]) {
        check_year(Recorded::default(), change, last, kind, expected);
    }

    fn check_year(
        year: Recorded,
        change: &[(Question, &str)],
        last: Option<&Answers>,
        kind: OrganisationKind,
        expected: &[&str],
    ) {
        let known = Known {
            domicile: "玄武区示例路1号",
            person_in_charge: "周晨（示例）",
            year,
            unit_due_on: Some(day(2026, 3, 31)),
        };
        let found = hints(&whole(change), last, kind, known, false, rules());
        let raised: Vec<&str> =
            found.iter().filter(|one| one.finding.level != Level::Met).map(|one| one.finding.code).collect();
        assert_eq!(raised, expected, "{change:?}");
        assert!(found.iter().all(|one| one.finding.level != Level::Met || one.ground.is_none()));
    }

    #[test]
    fn each_check_raises_its_own_finding() {
        use OrganisationKind::{Foundation, SocialAssociation, SocialServiceInstitution as Institution};
        check(&[], None, Institution, &[]);
        check(&[(Question::WasPunished, "yes")], None, Institution, &["inspection.unpunished"]);
        check(&[(Question::UnitOpinionOn, "2026-03-31")], None, Institution, &[]);
        check(&[(Question::UnitOpinionOn, "2026-04-01")], None, Institution, &["inspection.opinion-in-time"]);
        check(&[(Question::HasPremises, "no")], None, Institution, &["inspection.premises"]);
        check(&[(Question::Domicile, "别处")], None, Institution, &["inspection.changes-registered"]);
        check(
            &[(Question::HasChanged, "yes"), (Question::ChangesRegistered, "no")],
            None,
            Institution,
            &["inspection.changes-registered"],
        );
        check(&[(Question::Activities, "0")], None, Institution, &["inspection.active"]);
        check(&[(Question::ChargesAreLawful, "no")], None, Institution, &["inspection.charges"]);
        check(&[(Question::HasPartyBody, "no")], None, Institution, &["inspection.party-body"]);
        check(&[(Question::Expense, "1")], None, Institution, &["inspection.accounts-close"]);
        check(&[], Some(&whole(&[])), Institution, &[]);
        let last = whole(&[(Question::NetAssets, "1")]);
        check(&[], Some(&last), Institution, &["inspection.opening-agrees"]);
        check(&[], None, Foundation, &["inspection.net-assets"]);
        check(&[], None, SocialAssociation, &[]);
    }

    #[test]
    fn what_is_on_record_is_told() {
        use OrganisationKind::SocialServiceInstitution as Institution;
        let punished = Recorded { penalties: 1, ..Recorded::default() };
        check_year(punished, &[], None, Institution, &["inspection.penalties-told"]);
        check_year(
            punished,
            &[(Question::WasPunished, "yes")],
            None,
            Institution,
            &["inspection.unpunished"],
        );
        let paid = Recorded { paid: Fen(1_201), ..Recorded::default() };
        check_year(
            paid,
            &[(Question::GovernmentIncome, "12")],
            None,
            Institution,
            &["inspection.payments-told"],
        );
        check_year(paid, &[(Question::GovernmentIncome, "12.01")], None, Institution, &[]);
        check_year(paid, &[(Question::GovernmentIncome, "")], None, Institution, &[]);
    }
}
