//! A recognition that was got by deceit: the organisation is told and may answer, another person decides, the public
//! is told, and everything that hangs on being a charity ends (B46, CO58-11, C14).

use domain::kernel::{Date, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::charity::{CharityStage, Step};
use domain::registry::document::Withdrawal;

use super::held::CharityCase;
use super::{status, uscc_of};
use crate::documents;
use crate::registry::change::held::lock_organisation;
use crate::registry::change::{DIRECTORS, OFFICERS, required, rules_now};
use crate::registry::course::{advance, lock, lock_own, tell};
use crate::registry::fundraising;
use crate::{Act, Cx, Error};

/// Tells an organisation that its recognition may be annulled, because of what in its application, and until when
/// it may answer.
#[derive(Clone, Debug)]
pub struct NoticeCharity {
    /// The case's number.
    pub number: i64,
    /// What in the application is false, and what shows it.
    pub false_facts: String,
}

impl Act for NoticeCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.notice_charity";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = lock(cx, self.number).await?;
        let stage = Step::Notice.from(case.stage)?;
        let mut faults = Vec::new();
        let false_facts = required(&mut faults, "B46", "false_facts", &self.false_facts);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        // The decree sets no days for an answer; those of the other notices of the office are used.
        let rule = RuleKey::ListingHearingWorkingDays;
        let answer = rules_now(cx).deadline(&cx.app.calendar, rule, cx.now.date())?;
        let values = vec![
            ("false_facts", false_facts.as_str().into()),
            ("noticed_by", cx.actor.person.into()),
            ("noticed_at", cx.now.into()),
            ("answer_by", answer.due.into()),
            ("answer", "".into()),
            ("answered_at", crate::db::Val::from(None::<domain::kernel::Moment>)),
            ("annulment", "".into()),
        ];
        advance(cx, &case, stage, values).await?;
        let facts = vec![
            ("decision", case.document_number.clone().unwrap_or_default().into()),
            ("evidence", false_facts.into()),
            ("answer", answer.due.into()),
            ("days", i64::from(answer.count).into()),
        ];
        tell(cx, &case, DocumentKind::CharityNotice, (facts, Vec::new())).await.map(|_| ())
    }
}

/// Answers that notice.
#[derive(Clone, Debug)]
pub struct AnswerCharity {
    /// The case's number.
    pub number: i64,
    /// What the organisation says.
    pub answer: String,
}

impl Act for AnswerCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.answer_charity";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = lock_own(cx, self.number).await?;
        let stage = case.annulled().may_be_answered(cx.now.date())?;
        let mut faults = Vec::new();
        let answer = required(&mut faults, "B46", "answer", &self.answer);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        advance(cx, &case, stage, vec![("answer", answer.into()), ("answered_at", cx.now.into())]).await
    }
}

/// Annuls the recognition, or lets it stand.
#[derive(Clone, Debug)]
pub struct DecideAnnulment {
    /// The case's number.
    pub number: i64,
    /// Whether it is annulled.
    pub is_annulled: bool,
    /// Why so, with what the answer was worth.
    pub reason: String,
}

impl Act for DecideAnnulment {
    type Outcome = ();
    const NAME: &'static str = "registry.decide_charity_annulment";
    const WHO: &'static [Role] = DIRECTORS;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = lock(cx, self.number).await?;
        let today: Date = cx.now.date();
        let stage = case.annulled().may_be_decided(self.is_annulled, cx.actor.person, today)?;
        let mut faults = Vec::new();
        let reason = required(&mut faults, "B46", "annulment", &self.reason);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let mut values = vec![("annulment", reason.as_str().into()), ("annulled_by", cx.actor.person.into())];
        if stage != CharityStage::Annulled {
            advance(cx, &case, stage, values).await?;
            let why = documents::coded_why(Withdrawal::CharityStays);
            return documents::withdraw(cx, case.subject(), DocumentKind::CharityNotice, &why).await;
        }
        values.push(("ended_on", today.into()));
        advance(cx, &case, stage, values).await?;
        let why = documents::coded_why(Withdrawal::CharityAnnulled);
        documents::withdraw(cx, case.subject(), DocumentKind::CharityDecision, &why).await?;
        status::end(cx, case.organisation_id).await?;
        fundraising::end_with_charity(cx, case.organisation_id).await?;
        let held = lock_organisation(cx, case.organisation_id).await?;
        status::renew(cx, &held, case.subject(), Withdrawal::CharityAnnulled).await?;
        let decision = case.document_number.clone().unwrap_or_default();
        let facts = vec![
            ("decision", decision.as_str().into()),
            ("evidence", case.false_facts.as_str().into()),
            ("reason", reason.into()),
            ("ended_on", today.into()),
        ];
        let issued = tell(cx, &case, DocumentKind::CharityAnnulment, (facts, Vec::new())).await?;
        let told = vec![
            ("matter", "charity-annulled".into()),
            ("decision", decision.into()),
            ("ended_on", today.into()),
            ("annulment", issued.number.into()),
        ];
        tell(cx, &case, DocumentKind::Announcement, (told, Vec::new())).await?;
        let uscc = uscc_of(cx, &case).await?;
        cx.announce("registry.charity_annulled", uscc);
        Ok(())
    }
}
