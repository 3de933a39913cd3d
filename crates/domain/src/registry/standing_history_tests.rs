//! What was known when, and that later facts never reach back.

use proptest::prelude::*;

use super::super::credit::{ListingGround, PenaltyKind};
use super::super::organisation::{Legal, OrganisationKind};
use super::super::standing::Standing;
use super::super::standing::tests::sound;
use super::super::standing_gates::Gate;
use super::*;
use crate::kernel::{Coded, Fen};
use crate::specimen::{book, day};

/// An institution registered in 2010 with nothing on file.
pub(crate) fn blank() -> History {
    History {
        identity: sound(1),
        registered_on: day(2010, 3, 1),
        entered: Vec::new(),
        statuses: Vec::new(),
        inspections: Vec::new(),
        ratings: Vec::new(),
        listings: Vec::new(),
        penalties: Vec::new(),
        investigations: Vec::new(),
        charity: Vec::new(),
    }
}

fn at(date: Date, hour: i8) -> Moment {
    Moment::beijing(date, hour, 0)
}

fn known(history: &History, moment: Moment) -> Known {
    history.at(moment, book().on(moment.date()))
}

#[test]
fn what_was_entered_counts_from_its_day_until_an_act_decides() {
    let entered = Entered {
        from: at(day(2026, 1, 5), 9),
        status: OrganisationStatus::Suspended,
        inspection: InspectionResult::Fail,
        listing: CreditListing::Serious,
        banned_until: Some(day(2026, 6, 1)),
    };
    let listed = ListingFact {
        list: CreditList::Abnormal,
        ground: ListingGround::ReportOverdue,
        listed_at: at(day(2026, 3, 2), 15),
        removed_at: Some(at(day(2026, 3, 20), 10)),
    };
    let history = History {
        entered: vec![entered],
        statuses: vec![StatusFact { from: at(day(2026, 2, 2), 0), status: OrganisationStatus::Active }],
        inspections: vec![InspectionFact {
            year: 2025,
            from: at(day(2026, 2, 9), 0),
            result: InspectionResult::Absent,
        }],
        listings: vec![listed],
        ..blank()
    };
    let told = |moment| {
        let known = known(&history, moment).standing;
        (known.status.code(), known.inspection.code(), known.listing.code(), known.banned_until.is_some())
    };
    assert_eq!(told(at(day(2026, 1, 4), 9)), ("active", "not_due", "none", false));
    assert_eq!(told(at(day(2026, 1, 5), 9)), ("suspended", "fail", "serious", true));
    assert_eq!(told(at(day(2026, 2, 2), 0)), ("active", "fail", "serious", true));
    assert_eq!(told(at(day(2026, 2, 9), 0)), ("active", "absent", "serious", true));
    assert_eq!(told(at(day(2026, 3, 2), 14)), ("active", "absent", "serious", true));
    assert_eq!(told(at(day(2026, 3, 2), 15)), ("active", "absent", "abnormal", true));
    assert_eq!(told(at(day(2026, 3, 20), 10)), ("active", "absent", "none", true));
}

#[test]
fn a_grade_holds_through_its_last_day_and_ends_when_it_is_lost() {
    let grade =
        RatingFact { grade: 4, confirmed_on: day(2021, 3, 2), valid_until: day(2026, 3, 1), ended: None };
    let lost = RatingFact { ended: Some((day(2025, 5, 5), RatingEnd::Cancelled)), ..grade };
    let rating = |fact, on| known(&History { ratings: vec![fact], ..blank() }, at(on, 9));
    assert_eq!(rating(grade, day(2021, 3, 1)).rating, None);
    assert_eq!(rating(grade, day(2026, 3, 1)).rating, Some((4, day(2026, 3, 1))));
    assert_eq!(rating(grade, day(2026, 3, 2)).rating, None);
    assert_eq!(rating(lost, day(2025, 5, 4)).rating, Some((4, day(2026, 3, 1))));
    assert_eq!(rating(lost, day(2025, 5, 4)).lost, None);
    let after = rating(lost, day(2025, 5, 5));
    assert_eq!((after.rating, after.lost), (None, Some((day(2025, 5, 5), RatingEnd::Cancelled))));
}

fn a_day() -> impl Strategy<Value = Date> {
    (2020_i16..=2026, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, of)| day(year, month, of))
}

/// One more fact of any sort, holding from `on`.
fn add(history: &mut History, sort: usize, on: Date) {
    let from = Moment::start_of(on);
    match sort % 7 {
        0 => history.entered.push(Entered {
            from,
            status: OrganisationStatus::Suspended,
            inspection: InspectionResult::Fail,
            listing: CreditListing::Serious,
            banned_until: Some(day(2027, 1, 1)),
        }),
        1 => history.statuses.push(StatusFact { from, status: OrganisationStatus::Revoked }),
        2 => history.inspections.push(InspectionFact {
            year: i64::from(on.year()),
            from,
            result: InspectionResult::Fail,
        }),
        3 => history.ratings.push(RatingFact {
            grade: 5,
            confirmed_on: on,
            valid_until: day(2030, 1, 1),
            ended: None,
        }),
        4 => history.listings.push(ListingFact {
            list: CreditList::Serious,
            ground: ListingGround::FinedLarge,
            listed_at: from,
            removed_at: None,
        }),
        5 => history.penalties.push(PenaltyFact {
            penalty: Penalty {
                kind: PenaltyKind::Fine,
                amount: Fen::yuan(3_000_000),
                imposed_on: on,
                until: None,
            },
            from,
            finished_on: None,
        }),
        _ => history.investigations.push(Span { from, to: None }),
    }
}

proptest! {
    #[test]
    fn later_facts_never_change_the_past(
        before in proptest::collection::vec((0_usize..7, a_day()), 0..8),
        later in proptest::collection::vec((0_usize..7, 1_i64..900), 1..8),
        asked in a_day(), hour in 0_i8..24,
    ) {
        let mut history = blank();
        for (sort, on) in before {
            add(&mut history, sort, on);
        }
        let moment = at(asked, hour);
        let was = known(&history, moment);
        for (sort, days) in later {
            add(&mut history, sort, asked.checked_add(jiff::Span::new().days(days)).unwrap());
        }
        // What ends later ends nothing now.
        let tomorrow = at(asked.tomorrow().unwrap(), 0);
        for listed in &mut history.listings {
            listed.removed_at = listed.removed_at.or(Some(tomorrow.max(listed.listed_at)));
        }
        for grade in &mut history.ratings {
            grade.ended = grade.ended.or(Some((asked.tomorrow().unwrap().max(grade.confirmed_on), RatingEnd::Lowered)));
        }
        prop_assert_eq!(known(&history, moment), was);
    }

    /// Whatever happened to a filed body, and whatever kind it is: no gate that leads to a contract opens (T3).
    #[test]
    fn no_way_leads_from_filed_to_a_contract(
        facts in proptest::collection::vec((0_usize..7, a_day()), 0..12),
        kind in 0..OrganisationKind::ALL.len(), has_valid_code: bool, is_supervised: bool,
        asked in a_day(), hour in 0_i8..24,
    ) {
        let identity = Standing {
            legal: Legal::Filed,
            kind: OrganisationKind::ALL[kind],
            has_valid_code,
            supervised_by_bureau: is_supervised,
            ..sound(1)
        };
        let mut history = History { identity, ..blank() };
        for (sort, on) in facts {
            add(&mut history, sort, on);
        }
        let known = known(&history, at(asked, hour));
        for gate in [Gate::Bid, Gate::Sign, Gate::Rating, Gate::Charity, Gate::PublicFundraising] {
            let refusal = known.gate(gate, book().on(asked)).require();
            prop_assert!(refusal.is_err(), "{gate:?}");
        }
    }
}
