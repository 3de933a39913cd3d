//! After the enrolment: the yearly review, and its end (D2).

use domain::cultivation::EnrolmentStage;
use domain::cultivation::course::{check_review, exit_of_reviews};
use domain::kernel::{Coded, EnrolmentId, Finding, Refusal, Role};
use domain::registry::DocumentKind;
use domain::registry::enrolled::{Exit, ExitGround};

use super::case::{Enrolment, advance, locked};
use super::decide::issue;
use super::{BUREAU, TEXT_MAX, person, required};
use crate::documents;
use crate::journal::ENROLMENT_REVIEW;
use crate::registry::enrolled;
use crate::registry::standing::Source;
use crate::{Act, Cx, Error, args, row};

row! {
    /// A year that was reviewed.
    struct Reviewed {
        year: i64,
        is_passed: bool,
    }
}

/// The bureau reviews a year of an enrolment; the failure that makes the number of the rule ends it.
#[derive(Clone)]
pub struct ReviewEnrolment {
    /// Which.
    pub enrolment: EnrolmentId,
    /// The year; none when nothing readable was typed.
    pub year: Option<i64>,
    /// Whether it passed; none when nothing was chosen.
    pub is_passed: Option<bool>,
    /// What was found.
    pub text: String,
}

impl Act for ReviewEnrolment {
    type Outcome = ();
    const NAME: &'static str = "cultivation.review";
    const WHO: &'static [Role] = BUREAU;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = in_force(cx, self.enrolment).await?;
        let sql = "SELECT year, is_passed FROM enrolment_review WHERE enrolment_id = $1";
        let held: Vec<Reviewed> = cx.tx.all(sql, args![case.id]).await?;
        let years: Vec<i64> = held.iter().map(|one| one.year).collect();
        let (since, today) = (case.enrolled_at.unwrap_or(cx.now).date(), cx.now.date());
        let mut faults = Vec::new();
        match self.year {
            None => faults.push(Refusal::new("cultivation.review-year-missing", "D2").at("year")),
            Some(year) => faults.extend(check_review(year, since, today, &years).err()),
        }
        if self.is_passed.is_none() {
            faults.push(Refusal::new("cultivation.outcome-missing", "D2").at("outcome"));
        }
        let text = required(&mut faults, "text", &self.text, TEXT_MAX);
        let (Some(year), Some(is_passed), true) = (self.year, self.is_passed, faults.is_empty()) else {
            return Err(Error::Invalid(faults));
        };
        let id = cx.id();
        let values = [
            ("enrolment_id", case.id.into()),
            ("year", year.into()),
            ("is_passed", is_passed.into()),
            ("text", text.as_str().into()),
            ("reviewed_by", person(cx)?.into()),
            ("reviewed_at", cx.now.into()),
        ];
        cx.insert(&ENROLMENT_REVIEW, id, &values).await?;
        let failed = held.iter().filter(|one| !one.is_passed).count() + usize::from(!is_passed);
        match exit_of_reviews(failed, cx.now, cx.app.book.on(today)) {
            Some(exit) if !is_passed => write_exit(cx, &case, exit, &text).await,
            _ => Ok(()),
        }
    }
}

/// Records what the register has ended by itself, and tells the organisation in writing.
#[derive(Clone)]
pub struct RecordExit {
    /// Which.
    pub enrolment: EnrolmentId,
    /// What the notice says of it.
    pub reason: String,
}

impl Act for RecordExit {
    type Outcome = ();
    const NAME: &'static str = "cultivation.record_exit";
    const WHO: &'static [Role] = BUREAU;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.enrolment).await?;
        case.stage.expect(&[EnrolmentStage::Enrolled])?;
        let found = effect_in(cx, &case).await?;
        let exit = found.ok_or_else(|| Refusal::new("cultivation.nothing-ended", "D2"))?;
        let mut faults = Vec::new();
        let reason = required(&mut faults, "reason", &self.reason, TEXT_MAX);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        write_exit(cx, &case, exit, &reason).await
    }
}

/// The enrolment, which must still be one: neither recorded as ended nor ended by itself.
async fn in_force(cx: &mut Cx<'_>, id: EnrolmentId) -> Result<Enrolment, Error> {
    let case = locked(cx, id).await?;
    case.stage.expect(&[EnrolmentStage::Enrolled])?;
    if let Some(exit) = effect_in(cx, &case).await? {
        return Err(Refusal::new("cultivation.ended-by-effect", "D2")
            .with_code("ground", exit.ground)
            .with("since", exit.at.date())
            .into());
    }
    Ok(case)
}

/// What the register has ended by itself, as of now.
pub(super) async fn effect_in(cx: &mut Cx<'_>, case: &Enrolment) -> Result<Option<Exit>, Error> {
    let held = enrolled::held(&mut Source::Tx(&mut cx.tx), "e.id = $1", args![case.id]).await?;
    Ok(held.into_values().find_map(|one| one.end()).filter(|exit| exit.at <= cx.now))
}

/// Writes the exit and withdraws the notice; whoever did not leave by its own wish is told in writing.
pub(super) async fn write_exit(
    cx: &mut Cx<'_>,
    case: &Enrolment,
    exit: Exit,
    reason: &str,
) -> Result<(), Error> {
    let values = vec![
        ("ended_at", exit.at.into()),
        ("exit_ground", exit.ground.code().into()),
        ("exit_reason", reason.into()),
        ("ended_by", person(cx)?.into()),
    ];
    advance(cx, case, EnrolmentStage::Exited, values).await?;
    let why = documents::coded_why(exit.ground);
    documents::withdraw(cx, case.subject(), DocumentKind::ProgrammeNotice, &why).await?;
    if exit.ground != ExitGround::OwnWish {
        let reason = if reason.is_empty() { "—" } else { reason };
        let item = Finding::barred("cultivation.exited", "D2")
            .with_code("ground", exit.ground)
            .with("since", exit.at.date())
            .with("reason", reason);
        issue(cx, case, DocumentKind::ProgrammeExit, vec![item], false).await?;
    }
    cx.announce("cultivation.exited", case.number.as_str());
    Ok(())
}
