//! The charter checklist of a case: an officer compares the draft charter with the law's list, item by item (B11, B2).

use domain::kernel::{CaseId, Finding, Moment, PersonId, Role};
use domain::registry::OrganisationKind;
use domain::registry::registration::charter::{self, CharterItem, Mark};
use domain::registry::registration::{CaseAct, CaseState};

use super::case::{self, Case, hold_on_desk};
use crate::db::Val;
use crate::journal::CHARTER_MARK;
use crate::{Act, App, Cx, Error, row};

/// Says of every item whether the charter has it. Until the decision it may be said anew, which replaces it.
#[derive(Clone)]
pub struct CheckCharter {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
    /// What was found of each item.
    pub marks: Vec<Mark>,
}

impl Act for CheckCharter {
    type Outcome = ();
    const NAME: &'static str = "registry.check_registration_charter";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let act = CaseAct::CheckCharter;
        let (case, _, person) = hold_on_desk(cx, self.case, self.version, act).await?;
        case::hands(&case, &[], &[]).may_visit(person)?;
        let marks = charter::whole(case.kind, &self.marks).map_err(Error::Invalid)?;
        keep(cx, Charter::Draft(case.id), person, &marks).await?;
        let missing = charter::lacking(&marks).len();
        case::note(cx, &case, act, Some(person), "").await?;
        case::write(cx, &case, &[("charter_missing", missing.into())]).await
    }
}

/// Whose charter was compared.
#[derive(Clone, Copy, Debug)]
pub enum Charter {
    /// The draft of a registration.
    Draft(CaseId),
    /// An amended one, by the row of its change.
    Amended(i64),
}

impl Charter {
    fn column(self) -> (&'static str, Val) {
        match self {
            Self::Draft(case) => ("case_id", case.into()),
            Self::Amended(change) => ("change_id", change.into()),
        }
    }

    fn sql(self) -> String {
        let (column, _) = self.column();
        format!(
            "SELECT m.*, n.name AS by FROM charter_mark m JOIN person n ON n.id = m.checked_by
             WHERE m.{column} = $1 ORDER BY m.id"
        )
    }
}

/// Keeps what was found of each item, in place of what was found before.
pub(in crate::registry) async fn keep(
    cx: &mut Cx<'_>,
    of: Charter,
    person: PersonId,
    marks: &[Mark],
) -> Result<(), Error> {
    let held = held(cx, of).await?;
    for mark in marks {
        let values = [
            ("is_there", mark.is_there.into()),
            ("note", mark.note.trim().into()),
            ("checked_by", person.into()),
            ("checked_at", cx.now.into()),
        ];
        if let Some(one) = held.iter().find(|one| one.item == mark.item) {
            cx.update(&CHARTER_MARK, one.id, one.version, &values).await?;
            continue;
        }
        let id = cx.id();
        let new = [of.column(), ("item", Val::code(mark.item))];
        cx.insert(&CHARTER_MARK, id, &[new.as_slice(), values.as_slice()].concat()).await?;
    }
    Ok(())
}

/// Takes out what was found of a charter that has been corrected; the journal keeps it.
pub(in crate::registry) async fn forget(cx: &mut Cx<'_>, of: Charter) -> Result<(), Error> {
    for one in held(cx, of).await? {
        cx.delete(&CHARTER_MARK, one.id, one.version).await?;
    }
    Ok(())
}

/// The marks of a charter, inside a transaction.
pub(in crate::registry) async fn held(cx: &mut Cx<'_>, of: Charter) -> Result<Vec<HeldMark>, Error> {
    Ok(cx.tx.all(&of.sql(), &[of.column().1]).await?)
}

row! {
    /// What an officer found of one item.
    pub struct HeldMark {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Which item.
        @code item: CharterItem,
        /// Whether the charter says it.
        is_there: bool,
        /// On which page, or what is missing.
        note: String,
        /// Who found it.
        checked_by: PersonId,
        /// Their name.
        by: String,
        /// When.
        checked_at: Moment,
    }
}

impl HeldMark {
    /// The mark itself.
    pub fn mark(&self) -> Mark {
        Mark { item: self.item, is_there: self.is_there, note: self.note.clone() }
    }
}

/// The marks of a charter in the order of the law; after a correction they are those of the charter before it, which
/// is to be compared anew.
///
/// # Errors
/// The database could not be read.
pub async fn of(app: &App, kind: OrganisationKind, of: Charter) -> Result<Vec<HeldMark>, Error> {
    let mut held: Vec<HeldMark> = app.db.all(&of.sql(), &[of.column().1]).await?;
    let place = |one: &HeldMark| charter::items(kind).iter().position(|item| *item == one.item);
    held.sort_by_key(place);
    Ok(held)
}

/// What the checklist says of a case, for the officer's list of conditions; nothing of one that the applicant has, nor
/// of one that was decided before there was a list.
///
/// # Errors
/// The database could not be read.
pub(super) async fn findings(app: &App, case: &Case) -> Result<Vec<Finding>, Error> {
    use CaseState::{Accepted, UnderReview};
    if case.charter_missing.is_some() && !case.state.is_editable() {
        let marks: Vec<Mark> =
            of(app, case.kind, Charter::Draft(case.id)).await?.iter().map(HeldMark::mark).collect();
        return Ok(charter::findings(case.kind, Some(&marks)));
    }
    let is_before = matches!(case.state, Accepted | UnderReview);
    Ok(if is_before { charter::findings(case.kind, None) } else { Vec::new() })
}

/// Who compared the charter with the list; whoever did decides no more (B9).
pub(super) async fn checkers(cx: &mut Cx<'_>, case: &Case) -> Result<Vec<PersonId>, Error> {
    let held = held(cx, Charter::Draft(case.id)).await?;
    Ok(held.into_iter().map(|one| one.checked_by).collect())
}
