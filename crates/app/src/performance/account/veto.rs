//! Vetoes (E4): raised with evidence by the purchase lead or by discipline, decided by discipline, by another
//! person, and never by the office. It stays with the director of the day of the act (E5).

use domain::kernel::{Date, Moment, OfficeId, PersonId, Refusal, Role};
use domain::performance::account::veto::{self, VetoGround, VetoState};
use domain::performance::account::{Tenure, tenure};

use crate::db::{Row, Val};
use crate::journal::VETO;
use crate::{Act, App, Cx, Error, args, row};

/// No text is longer, in characters.
const TEXT_MAX: usize = 2_000;

/// Raises a veto against an office.
#[derive(Clone)]
pub struct RaiseVeto {
    /// The office.
    pub office: OfficeId,
    /// What for.
    pub ground: VetoGround,
    /// The public number of the purchase, or what else it is about.
    pub subject: String,
    /// The day of the act.
    pub acted_on: Date,
    /// What proves it.
    pub evidence: String,
}

impl Act for RaiseVeto {
    type Outcome = String;
    const NAME: &'static str = "account.raise_veto";
    const WHO: &'static [Role] = &[Role::PurchaseLead, Role::Supervisor];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let director = director(cx, self.office, self.acted_on).await?;
        let today = cx.now.date();
        let mut faults = veto::faults(&self.subject, &self.evidence, self.acted_on, today, director);
        for (text, field) in [(&self.subject, "subject"), (&self.evidence, "evidence")] {
            if text.chars().count() > TEXT_MAX {
                faults.push(Refusal::new("account.text-too-long", "E4").at(field).with("max", TEXT_MAX));
            }
        }
        let (Some(director), true) = (director, faults.is_empty()) else {
            return Err(Error::Invalid(faults));
        };
        let year = i64::from(self.acted_on.year());
        let used = cx.tx.number("SELECT count(*) FROM veto WHERE year = $1", args![year]).await?;
        let number = format!("FJ-{year}-{:03}", used + 1);
        let id = cx.id();
        let values = [
            ("number", number.as_str().into()),
            ("office_id", self.office.into()),
            ("director_id", director.into()),
            ("ground", Val::code(self.ground)),
            ("subject", self.subject.trim().into()),
            ("acted_on", self.acted_on.into()),
            ("year", year.into()),
            ("evidence", self.evidence.trim().into()),
            ("state", Val::code(VetoState::Raised)),
            ("raised_by", cx.actor.person.into()),
            ("raised_at", cx.now.into()),
            ("reason", "".into()),
        ];
        cx.insert(&VETO, id, &values).await?;
        Ok(number)
    }
}

/// Discipline decides whether a veto is proven.
#[derive(Clone)]
pub struct DecideVeto {
    /// Its number.
    pub number: String,
    /// Whether it is proven.
    pub is_proven: bool,
    /// Why.
    pub reason: String,
}

impl Act for DecideVeto {
    type Outcome = ();
    const NAME: &'static str = "account.decide_veto";
    const WHO: &'static [Role] = &[Role::Supervisor];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT id, version, state, raised_by FROM veto WHERE number = $1";
        let held: Row = cx.tx.one(sql, args![self.number.as_str()]).await?;
        let decider = cx.actor.person.ok_or(Error::NotPermitted)?;
        veto::may_decide(held.code("state")?, held.get("raised_by")?, decider, &self.reason)
            .map_err(at_field)?;
        let state = veto::decided(self.is_proven);
        let values = [
            ("state", Val::code(state)),
            ("decided_by", decider.into()),
            ("decided_at", cx.now.into()),
            ("reason", self.reason.trim().into()),
        ];
        cx.update(&VETO, held.get::<i64>("id")?, held.get("version")?, &values).await?;
        if state == VetoState::Proven {
            cx.announce("veto_proven", self.number.as_str());
        }
        Ok(())
    }
}

/// A refusal that names a field goes beside that field.
pub(super) fn at_field(refusal: Refusal) -> Error {
    if refusal.field.is_some() { Error::Invalid(vec![refusal]) } else { Error::Refused(refusal) }
}

/// The director of an office on a day; none when nobody answered then.
pub(super) async fn director(cx: &mut Cx<'_>, office: OfficeId, on: Date) -> Result<Option<PersonId>, Error> {
    if cx.tx.number("SELECT count(*) FROM office WHERE id = $1", args![office]).await? == 0 {
        return Err(Error::NotFound);
    }
    let sql = "SELECT person_id, since, until FROM directorship WHERE office_id = $1";
    let mut held = Vec::new();
    for row in cx.tx.all::<Row>(sql, args![office]).await? {
        held.push(Tenure {
            person: row.get("person_id")?,
            since: row.get("since")?,
            until: row.get("until")?,
        });
    }
    Ok(tenure::director_on(&held, on))
}

row! {
    /// A veto on record.
    pub struct HeldVeto {
        /// Its number.
        number: String,
        /// The office.
        office_id: OfficeId,
        /// Its name.
        office: String,
        /// Its code.
        office_code: String,
        /// Who answers: the director of the day of the act.
        director: String,
        /// What for.
        @code ground: VetoGround,
        /// What it is about.
        subject: String,
        /// The day of the act.
        acted_on: Date,
        /// The year whose result it caps.
        year: i64,
        /// What proves it.
        evidence: String,
        /// Where it stands.
        @code state: VetoState,
        /// Who raised it.
        raised_by: PersonId,
        /// When.
        raised_at: Moment,
        /// When it was decided.
        decided_at: Option<Moment>,
        /// Why so.
        reason: String,
    }
}

impl HeldVeto {
    /// Whether it caps the result.
    pub fn is_proven(&self) -> bool {
        self.state == VetoState::Proven
    }
}

const VETOES: &str =
    "SELECT v.number, v.office_id, f.name AS office, f.code AS office_code, p.name AS director, v.ground,
      v.subject, v.acted_on, v.year, v.evidence, v.state, v.raised_by, v.raised_at, v.decided_at, v.reason
    FROM veto v JOIN office f ON f.id = v.office_id JOIN person p ON p.id = v.director_id";

/// The vetoes of a year, of one office or of all.
///
/// # Errors
/// The database could not be read.
pub async fn of_year(app: &App, office: Option<OfficeId>, year: i16) -> Result<Vec<HeldVeto>, Error> {
    let sql =
        format!("{VETOES} WHERE v.year = $2 AND v.office_id = COALESCE($1, v.office_id) ORDER BY v.number");
    Ok(app.db.all(&sql, args![office, i64::from(year)]).await?)
}

/// One veto by its number.
///
/// # Errors
/// `NotFound` for an unknown number.
pub async fn by_number(app: &App, number: &str) -> Result<HeldVeto, Error> {
    Ok(app.db.one(&format!("{VETOES} WHERE v.number = $1"), args![number]).await?)
}
