//! Proposing a revocation on a listed ground, telling the organisation beforehand, its answer and its hearing
//! (B23, B27).

use domain::kernel::{Date, OrganisationId, PaperId, Refusal, Role, RuleKey, Subject, SubjectKind};
use domain::registry::credit::StatementKind;
use domain::registry::ending::revocation::{Shown, may_propose};
use domain::registry::ending::{EndingKind, EndingStage, RevocationGround};
use domain::registry::inspection::rectification::{BadYear, proposal};
use domain::registry::{DocumentKind, Legal, OrganisationStatus};

use super::effect::{ground_item, kind_fact};
use super::held::lock_case;
use crate::db::{Row, Val};
use crate::deadlines::{self, SuspensionGround};
use crate::documents::{self, Draft};
use crate::journal::ENDING_CASE;
use crate::registry::change::application::{next_number, use_papers};
use crate::registry::change::held::{Registered, lock_organisation};
use crate::registry::change::{OFFICERS, required, rules_now};
use crate::{Act, Cx, Error, args};

/// Proposes that the authority ends an organisation. The outcome is the case's number.
#[derive(Clone, Debug)]
pub struct ProposeRevocation {
    /// Whose.
    pub organisation: OrganisationId,
    /// Why.
    pub ground: RevocationGround,
    /// What shows it.
    pub evidence: String,
}

impl Act for ProposeRevocation {
    type Outcome = i64;
    const NAME: &'static str = "registry.propose_revocation";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = lock_organisation(cx, self.organisation).await?;
        may_be_revoked(&held)?;
        let mut found = Vec::new();
        let evidence = required(&mut found, self.ground.rule(), "evidence", &self.evidence);
        let shown = Shown {
            kind: held.kind,
            registered_on: held.registered_on,
            is_proposed_by_inspection: is_proposed_by_inspection(cx, held.id).await?,
        };
        found.extend(may_propose(self.ground, shown, cx.now.date(), rules_now(cx)).err());
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        let number = next_number(cx, "ending_case").await?;
        let case = cx.id();
        let values = [
            ("number", number.into()),
            ("organisation_id", held.id.into()),
            ("kind", Val::code(EndingKind::Revocation)),
            ("ground", Val::code(self.ground)),
            ("stage", Val::code(EndingStage::Opened)),
            ("evidence", evidence.into()),
            ("recipient", "".into()),
            ("opened_by", cx.actor.person.into()),
            ("opened_at", cx.now.into()),
            ("rules_on", cx.now.date().into()),
            ("statement", "".into()),
            ("hearing_note", "".into()),
            ("opinion", "".into()),
            ("decision", "".into()),
        ];
        let refusal = Refusal::new("ending.revocation-under-way", "B23").at("ground");
        cx.insert(&ENDING_CASE, case, &values)
            .await
            .map_err(|error| error.on_unique("ending_case__organisation_id__kind", refusal))?;
        let (subject, today) = (Subject::new(SubjectKind::Case, case), cx.now.date());
        deadlines::start(cx, subject, RuleKey::RevocationDecisionDays, today, today).await?;
        Ok(number)
    }
}

/// Only what is registered and alive is revoked (T3).
fn may_be_revoked(held: &Registered) -> Result<(), Refusal> {
    if held.legal != Legal::Registered || !held.kind.is_social_organisation() {
        return Err(Refusal::new("ending.not-registered", "T3"));
    }
    match held.status {
        OrganisationStatus::Active | OrganisationStatus::Suspended => Ok(()),
        OrganisationStatus::Cancelled | OrganisationStatus::Revoked => {
            Err(Refusal::new("ending.ended-already", "B23").with_code("status", held.status))
        }
    }
}

/// Whether the last years of inspection ended badly often enough in a row; a person decides (B27).
async fn is_proposed_by_inspection(cx: &mut Cx<'_>, id: OrganisationId) -> Result<bool, Error> {
    let sql = "SELECT year, state, outcome FROM inspection
               WHERE organisation_id = $1 AND state IN ('decided', 'absent') ORDER BY year DESC LIMIT 20";
    let rows: Vec<Row> = cx.tx.all(sql, args![id]).await?;
    let mut bad = Vec::new();
    let mut latest = None;
    for row in &rows {
        let year: i64 = row.get("year")?;
        latest = latest.max(Some(year));
        let is_absent = row.get::<String>("state")? == "absent";
        if is_absent || row.get::<Option<String>>("outcome")?.as_deref() == Some("fail") {
            bad.push(BadYear { year, is_absent });
        }
    }
    Ok(latest.is_some_and(|latest| proposal(&bad, latest, rules_now(cx)).is_some()))
}

/// Tells the organisation that revocation is intended, with the last day for its answer (B23).
#[derive(Clone, Debug)]
pub struct NoticeRevocation {
    /// The case's number.
    pub number: i64,
}

impl Act for NoticeRevocation {
    type Outcome = ();
    const NAME: &'static str = "registry.notice_revocation";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        case.facts().may_be_noticed()?;
        let held = lock_organisation(cx, case.organisation_id).await?;
        let rules = cx.app.book.on(case.rules_on);
        let rule = RuleKey::ListingHearingWorkingDays;
        let answer = rules.deadline(&cx.app.calendar, rule, cx.now.date())?;
        let draft = Draft {
            kind: DocumentKind::RevocationNotice,
            subject: case.subject(),
            organisation: Some(held.id),
            person: None,
            addressee: held.name,
            facts: vec![
                ("how", kind_fact()),
                ("answer", answer.due.into()),
                ("days", i64::from(answer.count).into()),
                ("evidence", case.evidence.as_str().into()),
            ],
            items: ground_item(&case, held.kind).into_iter().collect(),
            is_public: false,
        };
        documents::issue(cx, &draft).await?;
        let values = [
            ("stage", Val::code(EndingStage::Noticed)),
            ("noticed_at", cx.now.into()),
            ("answer_by", answer.due.into()),
        ];
        cx.update(&ENDING_CASE, case.id, case.version, &values).await
    }
}

/// Answers the prior notice: nothing to say, a statement, or a request for a hearing.
#[derive(Clone, Debug)]
pub struct AnswerRevocation {
    /// The case's number.
    pub number: i64,
    /// How.
    pub kind: StatementKind,
    /// What is said; not asked of who raises nothing.
    pub statement: String,
    /// Papers of the organisation's store that show it.
    pub papers: Vec<PaperId>,
}

impl Act for AnswerRevocation {
    type Outcome = ();
    const NAME: &'static str = "registry.answer_revocation";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        let is_told = case.noticed_at.is_some();
        if cx.actor.organisation() != Some(case.organisation_id) || !is_told {
            return Err(Error::NotFound);
        }
        case.facts().may_be_answered(cx.now.date())?;
        let mut found = Vec::new();
        let statement = match self.kind {
            StatementKind::Waived => self.statement.trim().to_owned(),
            _ => required(&mut found, "B23", "statement", &self.statement),
        };
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        use_papers(cx, case.organisation_id, case.subject(), &self.papers).await?;
        let values = [
            ("stage", Val::code(EndingStage::Stated)),
            ("statement_kind", Val::code(self.kind)),
            ("statement", statement.into()),
            ("stated_at", cx.now.into()),
        ];
        cx.update(&ENDING_CASE, case.id, case.version, &values).await?;
        // The time of a hearing does not count, from the day on which it is asked for until it is held.
        if self.kind == StatementKind::Hearing {
            deadlines::suspend(cx, case.subject(), SuspensionGround::Hearing).await?;
        }
        Ok(())
    }
}

/// Records the hearing that was held.
#[derive(Clone, Debug)]
pub struct RecordRevocationHearing {
    /// The case's number.
    pub number: i64,
    /// The day.
    pub heard_on: Date,
    /// What was said.
    pub note: String,
}

impl Act for RecordRevocationHearing {
    type Outcome = ();
    const NAME: &'static str = "registry.record_revocation_hearing";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        case.facts().may_be_heard()?;
        let mut found = Vec::new();
        let note = required(&mut found, "B23", "note", &self.note);
        let asked = case.stated_at.map(domain::kernel::Moment::date);
        if self.heard_on > cx.now.date() || asked.is_some_and(|asked| self.heard_on < asked) {
            found.push(Refusal::new("ending.hearing-day", "B23").at("heard_on"));
        }
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        let values = [("heard_on", self.heard_on.into()), ("hearing_note", note.into())];
        cx.update(&ENDING_CASE, case.id, case.version, &values).await?;
        deadlines::resume(cx, case.subject()).await
    }
}
