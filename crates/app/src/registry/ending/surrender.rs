//! What an organisation that has ended gives back, written down at the window: handed in, announced as lost, or
//! declared void (B22, B23).

use domain::kernel::{Date, Finding, Moment, OrganisationId, Refusal, Role};
use domain::registry::DocumentKind;
use domain::registry::ending::surrender::{self, Record, Thing, Way};

use super::held::{EndingCase, lock_case};
use crate::db::Val;
use crate::journal::SURRENDER;
use crate::registry::change::{OFFICERS, required};
use crate::registry::course;
use crate::registry::standing::Source;
use crate::{Act, App, Cx, Error, args, row};

row! {
    /// One thing that was given back, lost or declared void.
    pub struct Surrendered {
        /// What.
        @code thing: Thing,
        /// What became of it.
        @code way: Way,
        /// On which day.
        given_on: Date,
        /// The ground of a loss or of a declaration.
        note: String,
        /// When it was written down.
        recorded_at: Moment,
    }
}

/// What of the organisation's endings is on file; what was given back with its revocation is not asked for again.
const OF: &str = "SELECT s.* FROM surrender s JOIN ending_case e ON e.id = s.ending_id
                  WHERE e.organisation_id = $1 ORDER BY s.thing";

async fn held(source: &mut Source<'_>, of: OrganisationId) -> Result<Vec<Surrendered>, Error> {
    Ok(source.all(OF, args![of]).await?)
}

fn things(held: &[Surrendered]) -> Vec<Thing> {
    held.iter().map(|one| one.thing).collect()
}

/// What an ended organisation has given back, and what it still owes by this case.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, case: &EndingCase) -> Result<(Vec<Surrendered>, Vec<Thing>), Error> {
    let held = held(&mut Source::Db(&app.db), case.organisation_id).await?;
    let open = surrender::open(case.kind, case.stage, &things(&held));
    Ok((held, open))
}

/// Writes down what was handed in, or announced as lost.
#[derive(Clone, Debug)]
pub struct RecordSurrender {
    /// The case's number.
    pub number: i64,
    /// What, with what became of it.
    pub things: Vec<(Thing, Way)>,
    /// On which day.
    pub given_on: Date,
    /// Where a loss was announced; what else is to be known.
    pub note: String,
}

impl Act for RecordSurrender {
    type Outcome = ();
    const NAME: &'static str = "registry.record_surrender";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        let held = held(&mut Source::Tx(&mut cx.tx), case.organisation_id).await?;
        let open = surrender::open(case.kind, case.stage, &things(&held));
        let decided_on = match case.decided_at {
            Some(at) if !open.is_empty() => at.date(),
            _ => return Err(Refusal::new("ending.nothing-owed", "B22").into()),
        };
        let mut faults = Vec::new();
        let note = self.note.trim();
        if !note.is_empty() {
            required(&mut faults, "B22", "surrender_note", note);
        }
        // Only the office declares void, by an act of its own.
        let asked: Vec<_> = self.things.iter().copied().filter(|(_, way)| *way != Way::Void).collect();
        let record = Record { things: &asked, given_on: self.given_on, note, decided_on };
        faults.extend(surrender::faults(&record, &open, cx.now.date()));
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        for (thing, way) in asked {
            keep(cx, &case, (thing, way), (self.given_on, note)).await?;
        }
        Ok(())
    }
}

/// Declares void, in public, what of certificate and seals was not given back.
#[derive(Clone, Debug)]
pub struct DeclareVoid {
    /// The case's number.
    pub number: i64,
    /// Why it could not be taken back.
    pub reason: String,
}

impl Act for DeclareVoid {
    type Outcome = ();
    const NAME: &'static str = "registry.declare_void";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        let held = held(&mut Source::Tx(&mut cx.tx), case.organisation_id).await?;
        let left = surrender::may_void(case.kind, case.stage, &things(&held))?;
        let mut faults = Vec::new();
        let reason = required(&mut faults, "B22", "void_reason", &self.reason);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let today = cx.now.date();
        let items = left.iter().map(|one| Finding::warn("ending.void", "B22").with_code("thing", *one));
        let facts =
            vec![("matter", "void".into()), ("from", today.into()), ("reason", reason.as_str().into())];
        let told = (facts, items.collect());
        course::tell(cx, &case, DocumentKind::Announcement, told).await?;
        for thing in left {
            keep(cx, &case, (thing, Way::Void), (today, &reason)).await?;
        }
        Ok(())
    }
}

async fn keep(
    cx: &mut Cx<'_>,
    case: &EndingCase,
    (thing, way): (Thing, Way),
    (given_on, note): (Date, &str),
) -> Result<(), Error> {
    let id = cx.id();
    let person = cx.actor.person.ok_or(Error::NotPermitted)?;
    let values = [
        ("ending_id", case.id.into()),
        ("thing", Val::code(thing)),
        ("way", Val::code(way)),
        ("given_on", given_on.into()),
        ("note", note.into()),
        ("recorded_by", person.into()),
        ("recorded_at", cx.now.into()),
    ];
    cx.insert(&SURRENDER, id, &values).await
}
