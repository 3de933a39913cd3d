//! Decision tables of a penalty against its article, and of what is sealed during a stop.

use super::*;
use crate::specimen::{day, rules};
use OrganisationKind::{Foundation, SocialAssociation, SocialServiceInstitution};

fn sanction(offence: Offence, of: OrganisationKind) -> Sanction<'static> {
    let evidence = "收费台账和银行流水（示例）";
    Sanction { offence, of, illegal: Illegal::default(), base: None, evidence, mend_by: None, replaced: "" }
}

fn warning() -> Penalty {
    Penalty { kind: PenaltyKind::Warning, amount: Fen::ZERO, imposed_on: day(2026, 3, 2), until: None }
}

fn fine(fen: i64) -> Penalty {
    Penalty { kind: PenaltyKind::Fine, amount: Fen(fen), ..warning() }
}

fn stop(fen: i64) -> Penalty {
    let until = Some(day(2026, 6, 2));
    Penalty { kind: PenaltyKind::Suspension, amount: Fen(fen), until, ..warning() }
}

fn check(sanction: &Sanction<'_>, penalty: &Penalty, expected: &[&str]) {
    let faults = sanction.faults(penalty, rules());
    let told: Vec<String> =
        faults.iter().map(|one| format!("{}@{}", one.code, one.field.clone().unwrap_or_default())).collect();
    assert_eq!(told, expected, "{sanction:?} {penalty:?}");
    assert!(faults.iter().all(|one| one.rule == "B23"));
}

#[test]
fn a_fine_lies_between_the_multiples_of_what_was_found() {
    let of = |turnover, gains| Sanction {
        illegal: Illegal { turnover: Fen(turnover), gains: Fen(gains) },
        ..sanction(Offence::UnlawfulFees, SocialAssociation)
    };
    let outside = ["credit.fine-outside-range@amount"];
    for (turnover, gains, base, fined, expected) in [
        (1_000_000, 0, None, 1_000_000, &[][..]),
        (1_000_000, 0, None, 3_000_000, &[]),
        (1_000_000, 0, None, 999_999, &outside),
        (1_000_000, 0, None, 3_000_001, &outside),
        (0, 1_000_000, None, 3_000_000, &[]),
        (0, 1_000_000, None, 5_000_000, &[]),
        (0, 1_000_000, None, 2_999_999, &outside),
        (0, 1_000_000, None, 5_000_001, &outside),
        (1_000_000, 200_000, None, 1_000_000, &["credit.fine-base-missing@fine_base"]),
        (1_000_000, 200_000, Some(FineBase::Turnover), 1_000_000, &[]),
        (1_000_000, 200_000, Some(FineBase::Gains), 1_000_000, &[]),
        (1_000_000, 200_000, Some(FineBase::Gains), 1_000_001, &outside),
        (1_000_000, 0, Some(FineBase::Gains), 1_000_000, &["credit.fine-base-empty@fine_base"]),
        (0, 0, None, 1, &["credit.fine-without-base@illegal_turnover"]),
    ] {
        check(&Sanction { base, ..of(turnover, gains) }, &fine(fined), expected);
    }
    // A stop of activity may go with a fine, a warning with what is confiscated.
    check(&of(1_000_000, 0), &stop(2_000_000), &[]);
    check(&of(1_000_000, 0), &stop(0), &[]);
    check(&of(1_000_000, 0), &stop(1), &outside);
    check(&of(1_000_000, 0), &warning(), &[]);
    check(&of(0, 0), &stop(1), &["credit.fine-without-base@illegal_turnover"]);
    let unproved = Sanction { evidence: "", ..of(1, 0) };
    check(&unproved, &fine(1), &["credit.illegal-evidence-missing@illegal_evidence"]);
}

#[test]
fn all_of_what_the_decision_goes_by_is_confiscated() {
    let illegal = Illegal { turnover: Fen(900), gains: Fen(300) };
    let of = Sanction { illegal, ..sanction(Offence::ForProfit, SocialServiceInstitution) };
    assert_eq!(Sanction { base: Some(FineBase::Turnover), ..of }.confiscated(), Fen(900));
    assert_eq!(Sanction { base: Some(FineBase::Gains), ..of }.confiscated(), Fen(300));
    assert_eq!(sanction(Offence::ForProfit, SocialServiceInstitution).confiscated(), Fen::ZERO);
    let abroad = Sanction { illegal, ..sanction(Offence::BeyondScope, Foundation) };
    assert_eq!((abroad.confiscated(), abroad.range(rules())), (Fen::ZERO, None));
}

#[test]
fn each_list_carries_its_own_offences_and_sanctions() {
    let foreign = ["credit.offence-not-of-this-kind@offence"];
    check(&sanction(Offence::SpendingMissed, SocialAssociation), &warning(), &foreign);
    check(&sanction(Offence::ForProfit, Foundation), &warning(), &foreign);
    check(&sanction(Offence::Branches, OrganisationKind::Enterprise), &warning(), &foreign);
    check(&sanction(Offence::Branches, SocialServiceInstitution), &warning(), &[]);
    check(&sanction(Offence::FalseAccounts, Foundation), &stop(0), &[]);
    check(&sanction(Offence::FalseAccounts, Foundation), &fine(1), &["credit.fine-not-in-law@amount"]);
    let gains = Illegal { turnover: Fen::ZERO, gains: Fen(1) };
    let beside = ["credit.confiscation-not-in-law@illegal_turnover"];
    check(&Sanction { illegal: gains, ..sanction(Offence::SpendingMissed, Foundation) }, &warning(), &beside);
    // Another law measures its own fines.
    check(&sanction(Offence::OtherLaw, Foundation), &fine(1), &[]);
    check(&Sanction { illegal: gains, ..sanction(Offence::OtherLaw, Foundation) }, &warning(), &beside);
    let replaced = |offence, of| Sanction { replaced: "王五（示例）", ..sanction(offence, of) };
    check(&replaced(Offence::AssetsTaken, SocialAssociation), &warning(), &[]);
    let not_here = ["credit.replacement-not-in-law@replaced"];
    check(&replaced(Offence::AssetsTaken, SocialServiceInstitution), &warning(), &not_here);
    check(&replaced(Offence::OtherLaw, SocialAssociation), &warning(), &not_here);
}

#[test]
fn what_is_wrong_is_mended_after_the_decision() {
    let by = |last| Sanction { mend_by: Some(last), ..sanction(Offence::Branches, SocialAssociation) };
    check(&by(day(2026, 3, 2)), &warning(), &[]);
    check(&by(day(2026, 3, 1)), &warning(), &["credit.mend-by-early@mend_by"]);
}

#[test]
fn certificate_and_seals_are_sealed_during_a_stop_and_given_back_after_it() {
    let today = day(2026, 7, 1);
    let stopped = Sealing {
        kind: PenaltyKind::Suspension,
        is_confirmed: true,
        from: day(2026, 3, 2),
        until: Some(day(2026, 6, 2)),
        sealed_on: None,
        returned_on: None,
    };
    let sealed = Sealing { sealed_on: Some(day(2026, 3, 3)), ..stopped };
    let back = Sealing { returned_on: Some(day(2026, 6, 3)), ..sealed };
    for (sealing, on, expected) in [
        (stopped, day(2026, 3, 3), ""),
        (stopped, day(2026, 3, 1), "credit.sealing-day"),
        (stopped, day(2026, 7, 2), "credit.sealing-day"),
        (sealed, day(2026, 3, 4), "credit.sealed-already"),
        (Sealing { kind: PenaltyKind::Warning, ..stopped }, today, "credit.sealing-not-suspended"),
        (Sealing { is_confirmed: false, ..stopped }, today, "credit.sealing-not-suspended"),
    ] {
        let code = sealing.may_seal(on, today).err().map_or("", |refusal| refusal.code);
        assert_eq!(code, expected, "{sealing:?} {on}");
    }
    for (sealing, on, expected) in [
        (sealed, day(2026, 6, 3), ""),
        (sealed, day(2026, 6, 2), "credit.sealed-until"),
        (sealed, day(2026, 7, 2), "credit.sealing-day"),
        (stopped, day(2026, 6, 3), "credit.not-sealed"),
        (back, day(2026, 6, 4), "credit.not-sealed"),
    ] {
        let code = sealing.may_return(on, today).err().map_or("", |refusal| refusal.code);
        assert_eq!(code, expected, "{sealing:?} {on}");
    }
}
