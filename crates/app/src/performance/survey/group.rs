//! Groups: what waits in the urn goes on record together, in an order that tells nothing (E2).

use domain::kernel::{Role, RuleKey};

use super::held;
use crate::db::urn;
use crate::journal::SURVEY_ANSWER;
use crate::{Act, Cx, Error};

/// Puts the waiting answers of a survey on record, when they are a group.
#[derive(Clone, Copy)]
pub struct GroupAnswers {
    /// Which survey.
    pub survey: i64,
}

impl Act for GroupAnswers {
    /// How many went on record.
    type Outcome = i64;
    const NAME: &'static str = "performance.group_answers";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let least = cx.app.book.on(cx.now.date()).number(RuleKey::SurveyGroupMin);
        // Most answers do not fill a group, so they need not hold the survey.
        if urn::count(&mut cx.tx, self.survey).await? < least {
            return Ok(0);
        }
        held::locked(cx, self.survey).await?;
        if urn::count(&mut cx.tx, self.survey).await? < least {
            return Ok(0);
        }
        put_on_record(cx, self.survey).await
    }
}

/// Empties the urn of a locked survey into its answers; returns how many.
pub(super) async fn put_on_record(cx: &mut Cx<'_>, survey: i64) -> Result<i64, Error> {
    let taken = urn::empty(&mut cx.tx, survey).await?;
    let count = i64::try_from(taken.len()).unwrap_or(i64::MAX);
    for one in taken {
        let id = cx.id();
        let values = [
            ("survey_id", survey.into()),
            ("public_key", one.public_key.into()),
            ("answers", one.answers.into()),
            ("overall", one.overall.into()),
            ("is_proxy", one.is_proxy.into()),
            ("means", one.means.into()),
            ("nonce", one.nonce.into()),
            ("signature", one.signature.into()),
            ("given_on", one.given_on.into()),
        ];
        cx.insert(&SURVEY_ANSWER, id, &values).await?;
    }
    Ok(count)
}
