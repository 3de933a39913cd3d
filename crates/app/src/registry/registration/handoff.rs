//! Who has a case: taken, handed on with a reason, or given out in one go (W4, B9).

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::{CaseId, PersonId, Refusal, Role};
use domain::registry::registration::CaseAct;
use domain::registry::registration::handoff::{may_receive, needs_reason, post_of, step};
use domain::registry::registration::state::Hands;

use super::case::{self, Case, hold_on_desk};
use super::intake::{BATCH_MAX, expect_text};
use super::read::Hanging;
use super::{review, visit};
use crate::{Act, App, Cx, Error, args, row};

/// Gives a case to one person of the office.
#[derive(Clone)]
pub struct AssignCase {
    /// Which case.
    pub case: CaseId,
    /// The version that the official saw.
    pub version: i64,
    /// To whom; an official may take it.
    pub to: Option<PersonId>,
    /// Why; needed unless somebody takes a case that nobody has.
    pub reason: String,
}

impl Act for AssignCase {
    type Outcome = ();
    const NAME: &'static str = "registry.assign_registration";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer, Role::ApprovalDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (case, _, person) = hold_on_desk(cx, self.case, self.version, CaseAct::Assign).await?;
        let to = receiver(cx, self.to).await?;
        let fits = match &to {
            Ok(to) => fits(cx, &case, to).await?,
            Err(refusal) => Err(refusal.clone()),
        };
        let is_reasoned = match &to {
            Ok(to) if !needs_reason(case.holder_id, person, to.id) => Ok(()),
            _ => expect_text(&self.reason, "reason", "B9"),
        };
        Error::all([fits.map_err(|refusal| Error::Invalid(vec![refusal.at("to")])), is_reasoned])?;
        match to {
            Ok(to) => give(cx, &case, &to, person, &self.reason).await,
            Err(refusal) => Err(refusal.into()),
        }
    }
}

/// Gives several cases to one person: each is judged by the same rule, and one that is refused stops them all.
#[derive(Clone)]
pub struct AssignMany {
    /// The number of each case, with the version that the official saw.
    pub cases: Vec<(String, i64)>,
    /// To whom.
    pub to: Option<PersonId>,
    /// Why.
    pub reason: String,
}

impl Act for AssignMany {
    type Outcome = ();
    const NAME: &'static str = "registry.assign_registrations";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer, Role::ApprovalDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let mut refused = Vec::new();
        if self.cases.is_empty() {
            refused.push(Refusal::new("registration.none-to-assign", "B9").at("case"));
        }
        if self.cases.len() > BATCH_MAX {
            let refusal = Refusal::new("registration.too-many-chosen", "B9").with("most", BATCH_MAX);
            return Err(refusal.at("case").into());
        }
        let to = receiver(cx, self.to).await?;
        let mut sound = Vec::new();
        // In one order, so that two batches at once wait for each other instead of crossing.
        for (number, version) in self.cases.iter().collect::<BTreeSet<_>>() {
            let found = held(cx, number, *version).await?;
            let found = match (found, &to) {
                (Ok(case), Ok(to)) => fits(cx, &case, to).await?.map(|()| case),
                (found, _) => found,
            };
            match found {
                Ok(case) => sound.push(case),
                Err(refusal) => refused.push(refusal.at(format!("case.{number}"))),
            }
        }
        let may_be_silent = |to: &To| {
            !sound.is_empty() && sound.iter().all(|case| !needs_reason(case.holder_id, person, to.id))
        };
        if !to.as_ref().is_ok_and(may_be_silent)
            && let Err(Error::Invalid(more)) = expect_text(&self.reason, "reason", "B9")
        {
            refused.extend(more);
        }
        let to = match to {
            Ok(to) if refused.is_empty() => to,
            Ok(_) => return Err(Error::Invalid(refused)),
            Err(refusal) => {
                refused.push(refusal.at("to"));
                return Err(Error::Invalid(refused));
            }
        };
        for case in &sound {
            give(cx, case, &to, person, &self.reason).await?;
        }
        Ok(())
    }
}

/// A case of the batch, or why it cannot be given out.
async fn held(cx: &mut Cx<'_>, number: &str, version: i64) -> Result<Result<Case, Refusal>, Error> {
    let sql = "SELECT id FROM registration_case WHERE number = $1";
    let (id,): (CaseId,) = cx.tx.one(sql, args![number]).await?;
    match hold_on_desk(cx, id, version, CaseAct::Assign).await {
        Ok((case, ..)) => Ok(Ok(case)),
        Err(Error::Stale) => Ok(Err(Refusal::new("registration.case-changed", "B9"))),
        Err(Error::Refused(refusal)) => Ok(Err(refusal)),
        Err(other) => Err(other),
    }
}

/// Who gets it: a person in a post of the office.
struct To {
    id: PersonId,
    name: String,
    posts: Vec<Role>,
}

async fn receiver(cx: &mut Cx<'_>, to: Option<PersonId>) -> Result<Result<To, Refusal>, Error> {
    let Some(to) = to else { return Ok(Err(Refusal::new("registration.receiver-missing", "B9"))) };
    let all: Vec<Member> = cx.tx.all(MEMBERS, args![]).await?;
    let posts: Vec<Role> = all.iter().filter(|one| one.id == to).map(|one| one.role).collect();
    let name = all.iter().find(|one| one.id == to).map(|one| one.name.clone());
    Ok(match name {
        Some(name) => Ok(To { id: to, name, posts }),
        None => Err(Refusal::new("registration.receiver-stranger", "S10")),
    })
}

/// Whether this person may have this case.
async fn fits(cx: &mut Cx<'_>, case: &Case, to: &To) -> Result<Result<(), Refusal>, Error> {
    if case.holder_id == Some(to.id) {
        return Ok(Err(Refusal::new("registration.held-already", "B9").with("name", to.name.as_str())));
    }
    let reviewers = review::reviewers(cx, case).await?;
    let visitors = visit::seen_by(cx, case).await?;
    let hands = case::hands(case, &reviewers, &visitors);
    let next = step(case.state, case.lacking(false));
    Ok(may_receive(next, to.id, &to.posts, hands).map_err(|refusal| refusal.with("name", to.name.as_str())))
}

async fn give(cx: &mut Cx<'_>, case: &Case, to: &To, by: PersonId, reason: &str) -> Result<(), Error> {
    let note = match reason.trim() {
        "" => to.name.clone(),
        reason => format!("{}：{reason}", to.name),
    };
    case::note(cx, case, CaseAct::Assign, Some(by), &note).await?;
    case::write(cx, case, &[("holder_id", to.id.into())]).await
}

row! {
    /// Someone in a post of the approval office.
    pub struct Member {
        /// Who.
        id: PersonId,
        /// Their name.
        name: String,
        /// The post.
        @code role: Role,
    }
}

const MEMBERS: &str = "SELECT DISTINCT n.id, n.name, p.role FROM person n JOIN post p ON p.person_id = n.id
    WHERE p.role IN ('approval_officer', 'approval_director') AND p.until IS NULL AND n.is_active = 1
    ORDER BY n.name, n.id, p.role";

/// Everyone of the approval office who could get a case.
///
/// # Errors
/// The database could not be read.
async fn members(app: &App) -> Result<Vec<Member>, Error> {
    Ok(app.db.all(MEMBERS, args![]).await?)
}

/// Those of them who may take the next step of this case.
///
/// # Errors
/// The database could not be read.
pub async fn receivers(app: &App, case: &Case, hanging: &Hanging) -> Result<Vec<Member>, Error> {
    let reviewers: Vec<PersonId> = hanging.opinions.iter().map(|one| one.person_id).collect();
    let visitors: Vec<PersonId> =
        hanging.visits.iter().flat_map(|one| [one.recorded_by, one.companion_id]).collect();
    let hands = Hands {
        applicant: case.applicant_id,
        assisted_by: case.assisted_by,
        reviewers: &reviewers,
        visitors: &visitors,
    };
    let next = step(case.state, case.lacking(false));
    let fits = |one: &Member| {
        case.holder_id != Some(one.id) && may_receive(next, one.id, &[one.role], hands).is_ok()
    };
    Ok(members(app).await?.into_iter().filter(fits).collect())
}

/// Those of them to whom at least one of these cases may go. Who has reviewed or visited is known only when a case is
/// given, and told then.
///
/// # Errors
/// The database could not be read.
pub async fn receivers_among(app: &App, cases: &[&Case]) -> Result<Vec<Member>, Error> {
    let fits = |one: &Member, case: &Case| {
        let next = step(case.state, case.lacking(false));
        let hands = case::hands(case, &[], &[]);
        case.holder_id != Some(one.id) && may_receive(next, one.id, &[one.role], hands).is_ok()
    };
    let all = members(app).await?;
    Ok(all.into_iter().filter(|one| cases.iter().any(|case| fits(one, case))).collect())
}

row! {
    /// Who has a case that is not over.
    pub struct Holding {
        /// The case.
        case_id: CaseId,
        /// Who has it.
        person_id: PersonId,
        /// Their name.
        name: String,
        /// Opinions that they gave on it.
        opinions: i64,
        /// Posts as an officer that they hold.
        officers: i64,
        /// Posts as a director that they hold.
        directors: i64,
    }
}

impl Holding {
    /// Whether the step is still expected from who has it: not once they have left, nor when they have done their part
    /// and another must go on.
    pub fn awaits(&self, case: &Case, act: CaseAct) -> bool {
        let posts: Vec<Role> =
            [(self.officers, Role::ApprovalOfficer), (self.directors, Role::ApprovalDirector)]
                .into_iter()
                .filter_map(|(count, role)| (count > 0).then_some(role))
                .collect();
        let own = [self.person_id];
        let reviewers = if self.opinions > 0 { &own[..] } else { &[] };
        let hands = case::hands(case, reviewers, &[]);
        act != CaseAct::SignVisit
            && posts.contains(&post_of(act))
            && may_receive(act, self.person_id, &posts, hands).is_ok()
    }
}

/// Who has each case that is not over.
///
/// # Errors
/// The database could not be read.
pub async fn holdings(app: &App) -> Result<BTreeMap<CaseId, Holding>, Error> {
    let sql = "SELECT c.id AS case_id, n.id AS person_id, n.name,
          (SELECT count(*) FROM registration_opinion o WHERE o.case_id = c.id AND o.person_id = n.id) AS opinions,
          (SELECT count(*) FROM post p WHERE p.person_id = n.id AND p.role = 'approval_officer'
             AND p.until IS NULL AND n.is_active = 1) AS officers,
          (SELECT count(*) FROM post p WHERE p.person_id = n.id AND p.role = 'approval_director'
             AND p.until IS NULL AND n.is_active = 1) AS directors
        FROM registration_case c JOIN person n ON n.id = c.holder_id
        WHERE c.state IN ('submitted', 'correction_requested', 'accepted', 'under_review', 'approved',
          'certificate_issued')";
    let all: Vec<Holding> = app.db.all(sql, args![]).await?;
    Ok(all.into_iter().map(|one| (one.case_id, one)).collect())
}
