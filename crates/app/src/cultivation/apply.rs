//! Applying, with every condition shown before, and taking an application or an enrolment back (D1, B38).

use domain::cultivation::{Asked, EnrolmentStage};
use domain::kernel::{EnrolmentId, Finding, OrganisationId, Refusal, Role};
use domain::registry::Gate;
use domain::registry::enrolled::{Exit, ExitGround};

use super::case::{Enrolment, advance, columns, locked, stored};
use super::follow::{effect_in, write_exit};
use super::{TEXT_MAX, person, programme, required};
use crate::db::Val;
use crate::frozen::freeze;
use crate::journal::ENROLMENT;
use crate::registry::standing;
use crate::{Act, App, Cx, Error, args};

/// An organisation, registered or filed, applies for the programme of a year. The outcome is the number.
#[derive(Clone)]
pub struct ApplyForProgramme {
    /// The programme's year.
    pub year: i64,
    /// What is asked.
    pub asked: Asked,
}

impl Act for ApplyForProgramme {
    type Outcome = String;
    const NAME: &'static str = "cultivation.apply";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let organisation = cx.actor.organisation().ok_or(Error::NotPermitted)?;
        let today = cx.now.date();
        let programme = programme::locked(cx, self.year).await?;
        if today > programme.apply_until {
            let until = programme.apply_until;
            return Err(Refusal::new("cultivation.closed", "D1").with("until", until).into());
        }
        cx.tx.lock("organisation", organisation.0).await?;
        make_room(cx, organisation).await?;
        let known = standing::known_in(cx.app, &mut cx.tx, organisation, cx.now).await?;
        let gate = known.gate(Gate::Programme, cx.app.book.on(today));
        gate.require()?;
        let request = self.asked.check().map_err(Error::Invalid)?;
        let sql = "SELECT count(*) FROM enrolment WHERE programme_id = $1";
        let serial = cx.tx.number(sql, args![programme.id]).await? + 1;
        let number = format!("PY-{}-{serial:03}", programme.year);
        let id = EnrolmentId(cx.id());
        let values = [
            ("number", number.as_str().into()),
            ("programme_id", programme.id.into()),
            ("organisation_id", organisation.into()),
            ("kind", Val::code(request.kind)),
            ("part", request.part.map(Val::code).unwrap_or(Val::Text(None))),
            ("sub_services", stored(&request.sub_services).into()),
            ("statement", request.statement.into()),
            ("stage", Val::code(EnrolmentStage::Applied)),
            ("rules_on", today.into()),
            ("conditions", freeze(&gate.findings).into()),
            ("applied_by", person(cx)?.into()),
            ("applied_at", cx.now.into()),
            ("score_note", "".into()),
            ("partner_text", "".into()),
            ("partner_number", "".into()),
            ("decision_reason", "".into()),
            ("exit_reason", "".into()),
        ];
        cx.insert(&ENROLMENT, id.0, &values).await?;
        Ok(number)
    }
}

/// One application at a time, and none while enrolled. An enrolment that the register has ended by itself is
/// recorded as ended first.
async fn make_room(cx: &mut Cx<'_>, organisation: OrganisationId) -> Result<(), Error> {
    let sql = format!(
        "{} WHERE (e.organisation_id = $1 OR h.id = $1)
         AND e.stage IN ('applied', 'scored', 'heard', 'publicised', 'enrolled') ORDER BY e.id",
        columns()
    );
    let open: Vec<Enrolment> = cx.tx.all(&sql, args![organisation]).await?;
    for case in open {
        if case.stage != EnrolmentStage::Enrolled {
            return Err(Refusal::new("cultivation.already-applied", "D1").with("number", case.number).into());
        }
        match effect_in(cx, &case).await? {
            Some(exit) => write_exit(cx, &case, exit, "").await?,
            None => {
                return Err(Refusal::new("cultivation.already-enrolled", "D1")
                    .with("number", case.number)
                    .into());
            }
        }
    }
    Ok(())
}

/// Every condition of an organisation as it stands now, before it applies.
///
/// # Errors
/// `NotFound`, or the database could not be read.
pub async fn conditions(app: &App, organisation: OrganisationId) -> Result<Vec<Finding>, Error> {
    let now = app.clock.now();
    let known = standing::known_at(app, organisation, now).await?;
    let mut findings = known.gate(Gate::Programme, app.book.on(now.date())).findings;
    let taking = programme::taking(app, now.date()).await?;
    findings.push(Finding::required("cultivation.programme-open", "D1", taking.is_some()));
    let sql = format!(
        "{} WHERE (e.organisation_id = $1 OR h.id = $1)
         AND e.stage IN ('applied', 'scored', 'heard', 'publicised', 'enrolled') ORDER BY e.id",
        columns()
    );
    let mut is_free = true;
    for case in app.db.all::<Enrolment>(&sql, args![organisation]).await? {
        is_free &= case.stage == EnrolmentStage::Enrolled && super::read::end_of(app, &case).await?.is_some();
    }
    findings.push(Finding::required("cultivation.no-other", "D1", is_free));
    Ok(findings)
}

/// An organisation takes its application back, or leaves the programme by its own wish.
#[derive(Clone)]
pub struct Withdraw {
    /// Which.
    pub enrolment: EnrolmentId,
    /// Why.
    pub reason: String,
}

impl Act for Withdraw {
    type Outcome = ();
    const NAME: &'static str = "cultivation.withdraw";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.enrolment).await?;
        if cx.actor.organisation() != Some(case.holder_id) {
            return Err(Error::NotFound);
        }
        let mut faults = Vec::new();
        let reason = required(&mut faults, "reason", &self.reason, TEXT_MAX);
        if case.stage.is_open() {
            if !faults.is_empty() {
                return Err(Error::Invalid(faults));
            }
            let values = vec![
                ("ended_at", cx.now.into()),
                ("ended_by", person(cx)?.into()),
                ("exit_reason", reason.into()),
            ];
            return advance(cx, &case, EnrolmentStage::Withdrawn, values).await;
        }
        case.stage.expect(&[EnrolmentStage::Enrolled])?;
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        // What ended it before its wish stays what ended it.
        let own = Exit { at: cx.now, ground: ExitGround::OwnWish };
        let exit = effect_in(cx, &case).await?.unwrap_or(own);
        write_exit(cx, &case, exit, &reason).await
    }
}
