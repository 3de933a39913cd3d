//! The course of an enrolment: applied, scored, the partner department heard, public, enrolled or refused; then
//! yearly reviews, and how it ends (D1, D2, S12).

use crate::coded;
use crate::kernel::{Date, Moment, PersonId, Refusal, RuleKey, Rules};
use crate::registry::enrolled::{Exit, ExitGround};

coded! {
    /// How far an enrolment has come (D1).
    pub enum EnrolmentStage as "enrolment_stage" {
        /// Applied for.
        Applied = "applied",
        /// Scored on the three criteria.
        Scored = "scored",
        /// The partner department's opinion is on record.
        Heard = "heard",
        /// In publicity.
        Publicised = "publicised",
        /// Enrolled.
        Enrolled = "enrolled",
        /// Refused in writing; the end.
        Refused = "refused",
        /// Taken back before it was decided; the end.
        Withdrawn = "withdrawn",
        /// Was enrolled and is no more; the end.
        Exited = "exited",
    }
}

impl EnrolmentStage {
    /// Refuses a step that does not belong to this stage.
    ///
    /// # Errors
    /// `cultivation.wrong-stage` with the stage.
    pub fn expect(self, wanted: &[EnrolmentStage]) -> Result<(), Refusal> {
        if wanted.contains(&self) {
            return Ok(());
        }
        Err(Refusal::new("cultivation.wrong-stage", "D1").with_code("stage", self))
    }

    /// Whether it is still to be decided.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Applied | Self::Scored | Self::Heard | Self::Publicised)
    }

    /// Whether everyone may read of it.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Publicised | Self::Enrolled | Self::Exited)
    }
}

coded! {
    /// Why an application is refused; there is no other ground (D1).
    pub enum RefusalGround as "programme_refusal" {
        /// The three criteria together stay below the line (S20).
        CriteriaNotMet = "criteria_not_met",
        /// The partner department is against it (D1).
        PartnerAgainst = "partner_against",
        /// It does not do what the type is for (S21).
        OutsideType = "outside_type",
        /// Its standing bars it (B38).
        Standing = "standing",
        /// An objection during publicity was upheld (D1).
        Objection = "objection",
        /// What it said is not true (D1).
        FalseMaterial = "false_material",
    }
}

/// Where an application stands when somebody decides about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Its stage.
    pub stage: EnrolmentStage,
    /// Whether its type has a partner department.
    pub has_partner: bool,
    /// Whether the score reaches the line; none before it was scored.
    pub passes: Option<bool>,
    /// What the partner department says; none before it was heard.
    pub partner_is_for: Option<bool>,
    /// Last day of publicity.
    pub public_until: Option<Date>,
    /// Who scored.
    pub scored_by: Option<PersonId>,
}

/// Refuses to ask a partner where the type has none, or too early (D1).
///
/// # Errors
/// `cultivation.wrong-stage`, `cultivation.no-partner`.
pub fn check_opinion(position: &Position) -> Result<(), Refusal> {
    position.stage.expect(&[EnrolmentStage::Scored])?;
    if !position.has_partner {
        return Err(Refusal::new("cultivation.no-partner", "D1"));
    }
    Ok(())
}

/// Refuses publicity before the score and the partner's opinion, or when one of them is against it (D1, S20).
///
/// # Errors
/// `cultivation.wrong-stage`, `cultivation.partner-missing`, `cultivation.below-line`, `cultivation.partner-against`.
pub fn check_publicity(position: &Position, rules: Rules<'_>) -> Result<(), Refusal> {
    position.stage.expect(&[EnrolmentStage::Scored, EnrolmentStage::Heard])?;
    if position.passes != Some(true) {
        let line = rules.number(RuleKey::ProgrammePassPoints);
        return Err(Refusal::new("cultivation.below-line", "S20").with("line", line));
    }
    if position.has_partner && position.partner_is_for.is_none() {
        return Err(Refusal::new("cultivation.partner-missing", "D1"));
    }
    if position.partner_is_for == Some(false) {
        return Err(Refusal::new("cultivation.partner-against", "D1"));
    }
    Ok(())
}

/// Refuses a decision by whoever scored: a second person decides (C14).
///
/// # Errors
/// `cultivation.same-person`.
pub fn check_second(position: &Position, by: PersonId) -> Result<(), Refusal> {
    if position.scored_by == Some(by) {
        return Err(Refusal::new("cultivation.same-person", "C14"));
    }
    Ok(())
}

/// Refuses a confirmation before publicity is over, or by whoever scored (D1, C14).
///
/// # Errors
/// `cultivation.wrong-stage`, `cultivation.still-public`, `cultivation.same-person`.
pub fn check_confirmation(position: &Position, today: Date, by: PersonId) -> Result<(), Refusal> {
    position.stage.expect(&[EnrolmentStage::Publicised])?;
    check_second(position, by)?;
    match position.public_until {
        Some(until) if until < today => Ok(()),
        until => Err(Refusal::new("cultivation.still-public", "D1").with("until", until.unwrap_or(today))),
    }
}

/// Refuses a refusal on a ground that the file does not bear out, without a reason, or by whoever scored; every
/// fault at once (D1).
///
/// # Errors
/// `cultivation.wrong-stage`, `cultivation.same-person`, `cultivation.ground-missing`, `cultivation.ground-unfounded`,
/// `cultivation.reason-missing`.
pub fn check_refusal(
    position: &Position,
    ground: Option<RefusalGround>,
    reason: &str,
    is_barred: bool,
    by: PersonId,
) -> Result<RefusalGround, Vec<Refusal>> {
    use EnrolmentStage::{Applied, Heard, Publicised, Scored};
    let may = position.stage.expect(&[Applied, Scored, Heard, Publicised]);
    may.and_then(|()| check_second(position, by)).map_err(|refusal| vec![refusal])?;
    let mut faults = Vec::new();
    let is_founded = |ground: RefusalGround| match ground {
        RefusalGround::CriteriaNotMet => position.passes == Some(false),
        RefusalGround::PartnerAgainst => position.partner_is_for == Some(false),
        RefusalGround::Standing => is_barred,
        RefusalGround::Objection => position.stage == Publicised,
        RefusalGround::OutsideType | RefusalGround::FalseMaterial => true,
    };
    match ground {
        None => faults.push(Refusal::new("cultivation.ground-missing", "D1").at("ground")),
        Some(ground) if !is_founded(ground) => faults.push(
            Refusal::new("cultivation.ground-unfounded", "D1").at("ground").with_code("ground", ground),
        ),
        Some(_) => {}
    }
    if reason.trim().is_empty() {
        faults.push(Refusal::new("cultivation.reason-missing", "D1").at("reason"));
    }
    match ground {
        Some(ground) if faults.is_empty() => Ok(ground),
        _ => Err(faults),
    }
}

/// Refuses the review of a year that is not over to be reviewed, or was reviewed (D2).
///
/// # Errors
/// `cultivation.review-year`, `cultivation.reviewed`.
pub fn check_review(year: i64, since: Date, today: Date, reviewed: &[i64]) -> Result<(), Refusal> {
    if year < i64::from(since.year()) || year > i64::from(today.year()) {
        return Err(Refusal::new("cultivation.review-year", "D2")
            .at("year")
            .with("first", i64::from(since.year()))
            .with("last", i64::from(today.year())));
    }
    if reviewed.contains(&year) {
        return Err(Refusal::new("cultivation.reviewed", "D2").at("year").with("year", year));
    }
    Ok(())
}

/// The exit that failed reviews bring, once there are so many (D2).
pub fn exit_of_reviews(failed: usize, now: Moment, rules: Rules<'_>) -> Option<Exit> {
    let bears = failed >= rules.count(RuleKey::ProgrammeFailedReviews);
    bears.then_some(Exit { at: now, ground: ExitGround::FailedReviews })
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
