//! Opinions on a milestone: the office's in writing, and those of the recipients who were invited (C55, S72).

use domain::kernel::{AcceptanceId, Refusal, Role};
use domain::performance::{AcceptanceState, OpinionVerdict};

use super::acceptance::{independent, locked};
use super::{check_length, person};
use crate::db::{Row, Val};
use crate::journal::{ACCEPTANCE, ACCEPTANCE_OPINION};
use crate::{Act, Cx, Error, args};

/// The office says what it thinks of the milestone; it does not decide.
#[derive(Clone)]
pub struct GiveOpinion {
    /// Which acceptance.
    pub acceptance: AcceptanceId,
    /// Its version as the writer saw it.
    pub version: i64,
    /// The opinion.
    pub text: String,
}

impl Act for GiveOpinion {
    type Outcome = ();
    const NAME: &'static str = "performance.give_opinion";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (held, acceptance) = locked(cx, self.acceptance).await?;
        held.require_office(cx)?;
        acceptance.state.expect_one_of(&[AcceptanceState::Reported, AcceptanceState::Called])?;
        check_length(&self.text, "opinion")?;
        if self.text.trim().is_empty() {
            return Err(Error::Invalid(vec![Refusal::new("performance.reason-empty", "C54").at("opinion")]));
        }
        let values = [
            ("opinion", self.text.trim().into()),
            ("opinion_by", person(cx)?.into()),
            ("opinion_at", cx.now.into()),
        ];
        cx.update(&ACCEPTANCE, self.acceptance.0, self.version, &values).await
    }
}

/// Puts on record what an invited recipient says.
#[derive(Clone)]
pub struct RecordOpinion {
    /// Which acceptance.
    pub acceptance: AcceptanceId,
    /// The invitation.
    pub opinion: i64,
    /// What the recipient says; none when nothing was chosen.
    pub verdict: Option<OpinionVerdict>,
    /// In the recipient's own words.
    pub words: String,
    /// Whether somebody helped the recipient to say it.
    pub is_assisted: bool,
}

impl Act for RecordOpinion {
    type Outcome = ();
    const NAME: &'static str = "performance.record_opinion";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (_, acceptance) = independent(cx, self.acceptance).await?;
        acceptance.state.expect_one_of(&[AcceptanceState::Called])?;
        check_length(&self.words, "words")?;
        let Some(verdict) = self.verdict else {
            return Err(Error::Invalid(vec![
                Refusal::new("performance.verdict-missing", "C55").at("verdict"),
            ]));
        };
        let sql = "SELECT version, verdict FROM acceptance_opinion
                   WHERE id = $1 AND acceptance_id = $2 AND round = $3";
        let row: Row = cx.tx.one(sql, args![self.opinion, self.acceptance, acceptance.round]).await?;
        if row.get::<Option<String>>("verdict")?.is_some() {
            return Err(Refusal::new("performance.opinion-given", "C55").into());
        }
        let values = [
            ("verdict", Val::code(verdict)),
            ("words", self.words.trim().into()),
            ("is_assisted", self.is_assisted.into()),
            ("recorded_by", person(cx)?.into()),
            ("given_at", cx.now.into()),
        ];
        cx.update(&ACCEPTANCE_OPINION, self.opinion, row.get("version")?, &values).await
    }
}
