//! The course of a rating: its stages, publicity and appeal, confirmation, lowering and cancelling, and
//! what may never be part of it: a fee (B14) or the bureau's own as the agency (T8).

use super::eligibility::{PastGrade, Record, is_basic_in_a_row};
use super::grade::Grade;
use super::years_after;
use crate::coded;
use crate::kernel::{Date, Fen, Refusal, RuleKey, Rules};
use crate::registry::organisation::InspectionResult;

coded! {
    /// How far a rating has come (B31).
    pub enum RatingStage as "rating_stage" {
        /// Applied for.
        Applied = "applied",
        /// Found not eligible; the end.
        Ineligible = "ineligible",
        /// Found eligible; experts are to be appointed.
        Eligible = "eligible",
        /// Experts visit and fill in their sheets.
        Visiting = "visiting",
        /// The experts have given their preliminary opinion.
        Assessed = "assessed",
        /// The committee has decided.
        Decided = "decided",
        /// In publicity.
        Publicised = "publicised",
        /// Appealed against.
        Appealed = "appealed",
        /// The review board has decided.
        Reviewed = "reviewed",
        /// Confirmed; the end.
        Confirmed = "confirmed",
    }
}

impl RatingStage {
    /// Refuses a step that does not belong to this stage.
    ///
    /// # Errors
    /// `rating.wrong-stage` with the stage.
    pub fn expect(self, wanted: &[RatingStage]) -> Result<(), Refusal> {
        if wanted.contains(&self) {
            return Ok(());
        }
        Err(Refusal::new("rating.wrong-stage", "B31").with_code("stage", self))
    }

    /// Whether nothing more happens in it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Ineligible | Self::Confirmed)
    }

    /// Whether everyone may read its result.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Publicised | Self::Appealed | Self::Reviewed | Self::Confirmed)
    }
}

coded! {
    /// Why a grade is lowered or cancelled; there is no other ground (B33).
    pub enum LoweringGround as "lowering_ground" {
        /// 提供虚假情况和资料，或与评估人员串通作弊.
        FalseMaterial = "false_material",
        /// 涂改、伪造、出租、出借证书，伪造、出租、出借牌匾.
        ForgedCertificate = "forged_certificate",
        /// 连续两年年度检查基本合格.
        BasicTwoYears = "basic_two_years",
        /// 上年度年度检查不合格或者未参加.
        FailedOrAbsent = "failed_or_absent",
        /// 受到行政处罚或者有其他违法行为.
        Penalty = "penalty",
    }
}

/// Refuses a fee for the organisation that is rated, whoever would take it (B14).
///
/// # Errors
/// `rating.fee` at the field.
pub fn check_fee(fee: Fen) -> Result<(), Refusal> {
    if fee == Fen::ZERO {
        return Ok(());
    }
    Err(Refusal::new("rating.fee", "B14").at("fee").with("fee", fee))
}

/// Refuses an agency that belongs to the bureau, or that would rate itself (T8).
///
/// # Errors
/// `rating.agency-affiliate`, `rating.agency-itself`.
pub fn check_agency(is_affiliate: bool, is_rated: bool) -> Result<(), Refusal> {
    if is_affiliate {
        return Err(Refusal::new("rating.agency-affiliate", "T8").at("agency"));
    }
    if is_rated {
        return Err(Refusal::new("rating.agency-itself", "B32").at("agency"));
    }
    Ok(())
}

/// An appeal is written, and comes before the publicity ends (B32).
///
/// # Errors
/// `rating.appeal-late`, `rating.appeal-empty`.
pub fn check_appeal(text: &str, today: Date, public_until: Date) -> Result<(), Refusal> {
    if today > public_until {
        return Err(Refusal::new("rating.appeal-late", "B32").with("until", public_until));
    }
    if text.trim().is_empty() {
        return Err(Refusal::new("rating.appeal-empty", "B32").at("text"));
    }
    Ok(())
}

/// Where a rating stands when it is to be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ripeness {
    /// Its stage.
    pub stage: RatingStage,
    /// Last day of publicity.
    pub public_until: Date,
    /// Whether the review decision was served, if there is one.
    pub is_served: bool,
    /// What was decided; `None` is "no grade".
    pub grade: Option<Grade>,
    /// Whether it was reported upward.
    pub is_reported: bool,
}

/// Refuses before publicity is over or the review decision served (B31, B32).
///
/// # Errors
/// `rating.wrong-stage`, `rating.still-public`, `rating.review-not-served`.
pub fn check_settled(ripe: &Ripeness, today: Date) -> Result<(), Refusal> {
    ripe.stage.expect(&[RatingStage::Publicised, RatingStage::Reviewed])?;
    if ripe.stage == RatingStage::Publicised && today <= ripe.public_until {
        return Err(Refusal::new("rating.still-public", "B31").with("until", ripe.public_until));
    }
    if ripe.stage == RatingStage::Reviewed && !ripe.is_served {
        return Err(Refusal::new("rating.review-not-served", "B32"));
    }
    Ok(())
}

/// Refuses a confirmation that comes too early (B31, B32).
///
/// # Errors
/// As `check_settled`; `rating.not-reported` for a grade that goes upward first.
pub fn check_confirmation(ripe: &Ripeness, today: Date, rules: Rules<'_>) -> Result<(), Refusal> {
    check_settled(ripe, today)?;
    if ripe.grade.is_some_and(|grade| grade.goes_upward(rules)) && !ripe.is_reported {
        let stars = rules.number(RuleKey::RatingReportGrade);
        return Err(Refusal::new("rating.not-reported", "B31").with("stars", stars));
    }
    Ok(())
}

/// The last day of a grade that is confirmed on `day` (B33); `None` past the end of the calendar.
pub fn valid_until(day: Date, rules: Rules<'_>) -> Option<Date> {
    years_after(day, rules.number(RuleKey::RatingValidYears))?.yesterday().ok()
}

/// A decision other than the points say is explained in writing (B31).
///
/// # Errors
/// `rating.deviation-unexplained`.
pub fn check_deviation(
    by_points: Option<Grade>,
    decided: Option<Grade>,
    reason: &str,
) -> Result<(), Refusal> {
    if by_points != decided && reason.trim().is_empty() {
        return Err(Refusal::new("rating.deviation-unexplained", "B31").at("reason"));
    }
    Ok(())
}

/// What speaks against lowering a grade (B33): that it is not lower, that there is no reason, or no ground that the
/// register bears out: two basic years, a failed or missed last one, a penalty since the grade was confirmed. `to`
/// is `None` when the grade is cancelled. `rating.not-lower`, `rating.ground-unfounded`, `rating.reason-missing`.
pub fn lowering_faults(
    held: &PastGrade,
    to: Option<Grade>,
    ground: LoweringGround,
    reason: &str,
    record: &Record,
    rules: Rules<'_>,
) -> Vec<Refusal> {
    let mut faults = Vec::new();
    if to.is_some_and(|to| to >= held.grade) {
        faults.push(Refusal::new("rating.not-lower", "B33").at("to").with_code("held", held.grade));
    }
    let last = record.inspections.iter().max_by_key(|one| one.year).map(|one| one.result);
    let is_founded = match ground {
        LoweringGround::BasicTwoYears => is_basic_in_a_row(record, rules),
        LoweringGround::FailedOrAbsent => {
            matches!(last, Some(InspectionResult::Fail | InspectionResult::Absent))
        }
        LoweringGround::Penalty => {
            record.conduct.last_penalty.is_some_and(|imposed_on| imposed_on >= held.confirmed_on)
        }
        LoweringGround::FalseMaterial | LoweringGround::ForgedCertificate => true,
    };
    if !is_founded {
        faults.push(Refusal::new("rating.ground-unfounded", "B33").at("ground").with_code("ground", ground));
    }
    if reason.trim().is_empty() {
        faults.push(Refusal::new("rating.reason-missing", "B33").at("reason"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::eligibility::{Conduct, PastInspection, tests::sound};
    use super::*;
    use crate::kernel::Coded;
    use crate::specimen::{day, rules};

    #[test]
    fn no_fee_and_no_affiliate() {
        assert!(check_fee(Fen::ZERO).is_ok());
        assert_eq!(check_fee(Fen(1)).unwrap_err().rule, "B14");
        assert_eq!(check_agency(true, false).unwrap_err().rule, "T8");
        assert_eq!(check_agency(false, true).unwrap_err().code, "rating.agency-itself");
        assert!(check_agency(false, false).is_ok());
    }

    #[test]
    fn an_appeal_is_written_within_publicity() {
        let until = day(2026, 9, 23);
        let check = |text, today| check_appeal(text, today, until).map_err(|no| no.code);
        assert_eq!(check("理由", until), Ok(()));
        assert_eq!(check("理由", day(2026, 9, 24)), Err("rating.appeal-late"));
        assert_eq!(check(" ", until), Err("rating.appeal-empty"));
    }

    #[test]
    fn confirmation_waits_for_publicity_service_and_report() {
        let ripe = Ripeness {
            stage: RatingStage::Publicised,
            public_until: day(2026, 9, 23),
            is_served: false,
            grade: Some(Grade::ThreeA),
            is_reported: false,
        };
        let check = |ripe: Ripeness, today| check_confirmation(&ripe, today, rules()).map_err(|no| no.code);
        let (last, next) = (day(2026, 9, 23), day(2026, 9, 24));
        assert_eq!(check(ripe, last), Err("rating.still-public"));
        assert_eq!(check(ripe, next), Ok(()));
        let high = Ripeness { grade: Some(Grade::FourA), ..ripe };
        assert_eq!(check(high, next), Err("rating.not-reported"));
        assert_eq!(check(Ripeness { is_reported: true, ..high }, next), Ok(()));
        let reviewed = Ripeness { stage: RatingStage::Reviewed, ..ripe };
        assert_eq!(check(reviewed, next), Err("rating.review-not-served"));
        assert_eq!(check(Ripeness { is_served: true, ..reviewed }, last), Ok(()));
        let others = RatingStage::ALL
            .iter()
            .filter(|stage| !matches!(stage, RatingStage::Publicised | RatingStage::Reviewed));
        for stage in others {
            assert_eq!(
                check(Ripeness { stage: *stage, ..ripe }, next),
                Err("rating.wrong-stage"),
                "{stage:?}"
            );
        }
        assert_eq!(check(Ripeness { grade: None, ..ripe }, next), Ok(()), "no grade is confirmed as well");
    }

    #[test]
    fn a_grade_lasts_five_years_to_the_day() {
        assert_eq!(valid_until(day(2026, 3, 1), rules()), Some(day(2031, 2, 28)));
        assert_eq!(valid_until(day(2024, 2, 29), rules()), Some(day(2029, 2, 27)));
    }

    #[test]
    fn a_grade_falls_on_listed_grounds_that_the_register_bears_out() {
        use LoweringGround::{BasicTwoYears, FailedOrAbsent, FalseMaterial, Penalty};
        let (confirmed_on, valid_until) = (day(2025, 6, 1), day(2030, 5, 31));
        let held = PastGrade { grade: Grade::FourA, confirmed_on, valid_until, ended: None };
        let check = |to, ground, reason, record: &Record| {
            let found = lowering_faults(&held, to, ground, reason, record, rules());
            found.first().map_or(Ok(()), |no| Err(no.code))
        };
        let sound = sound();
        assert_eq!(check(Some(Grade::ThreeA), FalseMaterial, "属实", &sound), Ok(()));
        assert_eq!(check(None, FalseMaterial, "属实", &sound), Ok(()));
        assert_eq!(check(Some(Grade::FourA), FalseMaterial, "属实", &sound), Err("rating.not-lower"));
        assert_eq!(check(None, FalseMaterial, " ", &sound), Err("rating.reason-missing"));
        assert_eq!(check(None, FailedOrAbsent, "属实", &sound), Err("rating.ground-unfounded"));
        assert_eq!(check(None, BasicTwoYears, "属实", &sound), Err("rating.ground-unfounded"));
        let penalised = |on| Record {
            conduct: Conduct { last_penalty: Some(on), ..Conduct::default() },
            ..sound.clone()
        };
        assert_eq!(check(None, Penalty, "属实", &sound), Err("rating.ground-unfounded"));
        let before = penalised(day(2025, 5, 31));
        assert_eq!(check(None, Penalty, "属实", &before), Err("rating.ground-unfounded"));
        assert_eq!(check(None, Penalty, "属实", &penalised(confirmed_on)), Ok(()));
        let absent = PastInspection { year: 2026, result: InspectionResult::Absent };
        let absent = Record { inspections: vec![absent], ..sound };
        assert_eq!(check(None, FailedOrAbsent, "属实", &absent), Ok(()));
    }

    #[test]
    fn only_a_decision_off_the_points_needs_words() {
        assert!(check_deviation(Some(Grade::FourA), Some(Grade::FourA), "").is_ok());
        assert_eq!(
            check_deviation(Some(Grade::FourA), None, "").unwrap_err().code,
            "rating.deviation-unexplained"
        );
        assert!(check_deviation(None, Some(Grade::OneA), "委员会认为").is_ok());
    }
}
