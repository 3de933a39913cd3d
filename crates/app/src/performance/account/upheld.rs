//! What authorities upheld against an office, recorded by discipline from their decisions (E5).

use domain::kernel::{Date, Moment, OfficeId, PersonId, Refusal, Role};
use domain::performance::account::UpheldKind;
use domain::performance::account::upheld::{self as rule, Upheld};
use domain::supervision::FindingKind;

use super::veto::{at_field, director};
use crate::db::{Row, Val};
use crate::journal::UPHELD_MATTER;
use crate::{Act, App, Cx, Error, args, row};

/// No text is longer, in characters.
const TEXT_MAX: usize = 2_000;

/// Records what was upheld against an office.
#[derive(Clone)]
pub struct RecordUpheld {
    /// The office.
    pub office: OfficeId,
    /// What.
    pub kind: UpheldKind,
    /// The public number of the purchase, or what else it is about.
    pub subject: String,
    /// The day of the act.
    pub acted_on: Date,
    /// Who decided.
    pub authority: String,
    /// The number of the decision.
    pub decision: String,
    /// The day of the decision.
    pub decided_on: Date,
    /// What was found, and where it can be read.
    pub evidence: String,
}

impl Act for RecordUpheld {
    /// Its number.
    type Outcome = String;
    const NAME: &'static str = "account.record_upheld";
    const WHO: &'static [Role] = &[Role::Supervisor];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let director = director(cx, self.office, self.acted_on).await?;
        let mut faults = rule::faults(&self.told(), cx.now.date(), director);
        let texts = [
            (&self.subject, "subject"),
            (&self.authority, "authority"),
            (&self.decision, "decision"),
            (&self.evidence, "evidence"),
        ];
        for (text, field) in texts {
            if text.chars().count() > TEXT_MAX {
                faults.push(Refusal::new("account.upheld-too-long", "E5").at(field).with("max", TEXT_MAX));
            }
        }
        let (Some(director), true) = (director, faults.is_empty()) else {
            return Err(Error::Invalid(faults));
        };
        let year = i64::from(self.acted_on.year());
        let sql = "SELECT count(*) FROM upheld_matter WHERE year = $1";
        let number = format!("CS-{year}-{:03}", cx.tx.number(sql, args![year]).await? + 1);
        let id = cx.id();
        let values = [
            ("number", number.as_str().into()),
            ("office_id", self.office.into()),
            ("director_id", director.into()),
            ("kind", Val::code(self.kind)),
            ("subject", self.subject.trim().into()),
            ("acted_on", self.acted_on.into()),
            ("year", year.into()),
            ("authority", self.authority.trim().into()),
            ("decision", self.decision.trim().into()),
            ("decided_on", self.decided_on.into()),
            ("evidence", self.evidence.trim().into()),
            ("recorded_by", cx.actor.person.into()),
            ("recorded_at", cx.now.into()),
            ("withdrawn_why", "".into()),
        ];
        let twice = Refusal::new("account.upheld-recorded", "E5").with("decision", self.decision.trim());
        let unique = "upheld_matter__authority__decision__office_id__subject";
        let inserted = cx.insert(&UPHELD_MATTER, id, &values).await;
        inserted.map_err(|error| error.on_unique(unique, twice))?;
        cx.announce("upheld_recorded", number.as_str());
        Ok(number)
    }
}

impl RecordUpheld {
    fn told(&self) -> Upheld<'_> {
        Upheld {
            subject: &self.subject,
            authority: &self.authority,
            decision: &self.decision,
            evidence: &self.evidence,
            acted_on: self.acted_on,
            decided_on: self.decided_on,
        }
    }
}

/// Withdraws a record whose decision did not stand; the record stays, with its reason.
#[derive(Clone)]
pub struct WithdrawUpheld {
    /// Its number.
    pub number: String,
    /// Why.
    pub reason: String,
}

impl Act for WithdrawUpheld {
    type Outcome = ();
    const NAME: &'static str = "account.withdraw_upheld";
    const WHO: &'static [Role] = &[Role::Supervisor];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT id, version, recorded_by, withdrawn_at FROM upheld_matter WHERE number = $1";
        let held: Row = cx.tx.one(sql, args![self.number.as_str()]).await?;
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let is_withdrawn = held.get::<Option<Moment>>("withdrawn_at")?.is_some();
        rule::may_withdraw(is_withdrawn, held.get("recorded_by")?, person, &self.reason).map_err(at_field)?;
        if self.reason.chars().count() > TEXT_MAX {
            let long = Refusal::new("account.upheld-too-long", "E5").at("reason").with("max", TEXT_MAX);
            return Err(Error::Invalid(vec![long]));
        }
        let values = [
            ("withdrawn_by", person.into()),
            ("withdrawn_at", cx.now.into()),
            ("withdrawn_why", self.reason.trim().into()),
        ];
        cx.update(&UPHELD_MATTER, held.get::<i64>("id")?, held.get("version")?, &values).await
    }
}

row! {
    /// What was upheld, as it is on record.
    pub struct HeldUpheld {
        /// Its number.
        number: String,
        /// The office.
        office_id: OfficeId,
        /// Its name.
        office: String,
        /// Its code.
        office_code: String,
        /// Who answers: the director of the day of the act.
        director_id: PersonId,
        /// Their name.
        director: String,
        /// What.
        @code kind: UpheldKind,
        /// What it is about.
        subject: String,
        /// The day of the act.
        acted_on: Date,
        /// Its year.
        year: i64,
        /// Who decided.
        authority: String,
        /// The number of the decision.
        decision: String,
        /// The day of the decision.
        decided_on: Date,
        /// What was found.
        evidence: String,
        /// Who recorded it.
        recorded_by: PersonId,
        /// When.
        recorded_at: Moment,
        /// When it was withdrawn.
        withdrawn_at: Option<Moment>,
        /// Why.
        withdrawn_why: String,
    }
}

const MATTERS: &str = "SELECT u.number, u.office_id, f.name AS office, f.code AS office_code, u.director_id,
      p.name AS director, u.kind, u.subject, u.acted_on, u.year, u.authority, u.decision, u.decided_on, u.evidence,
      u.recorded_by, u.recorded_at, u.withdrawn_at, u.withdrawn_why
    FROM upheld_matter u JOIN office f ON f.id = u.office_id JOIN person p ON p.id = u.director_id";

/// What was upheld of a year's acts, of one office or of all.
///
/// # Errors
/// The database could not be read.
pub async fn of_year(app: &App, office: Option<OfficeId>, year: i16) -> Result<Vec<HeldUpheld>, Error> {
    let sql =
        format!("{MATTERS} WHERE u.year = $2 AND u.office_id = COALESCE($1, u.office_id) ORDER BY u.number");
    Ok(app.db.all(&sql, args![office, i64::from(year)]).await?)
}

/// One record by its number.
///
/// # Errors
/// `NotFound` for an unknown number.
pub async fn by_number(app: &App, number: &str) -> Result<HeldUpheld, Error> {
    Ok(app.db.one(&format!("{MATTERS} WHERE u.number = $1"), args![number]).await?)
}

row! {
    /// A finding of supervision as the account shows it.
    pub struct FoundAgainst {
        /// Its number.
        number: i64,
        /// The office.
        office_id: OfficeId,
        /// Who answers: the director of the day on which it arose.
        director_id: Option<PersonId>,
        /// What.
        @code kind: FindingKind,
        /// The public number of what it is about.
        subject: String,
        /// Its name.
        title: String,
        /// The day on which it arose.
        arose_on: Date,
        /// When it was set right.
        cured_at: Option<Moment>,
    }
}

/// The findings of supervision that arose in a year, of one office or of all.
///
/// # Errors
/// The database could not be read.
pub async fn found_in(app: &App, office: Option<OfficeId>, year: i16) -> Result<Vec<FoundAgainst>, Error> {
    let sql =
        "SELECT g.number, g.office_id, g.director_id, g.kind, g.subject, g.title, g.arose_on, g.cured_at
               FROM supervision_finding g
               WHERE substr(g.arose_on, 1, 4) = $2 AND g.office_id = COALESCE($1, g.office_id)
               ORDER BY g.arose_on, g.number";
    Ok(app.db.all(sql, args![office, format!("{year:04}")]).await?)
}
