//! A member leaves a body within its term, and another may take the seat (B32).
//!
//! Who leaves stays on file beside the votes already cast; no vote is changed, and while the body sits nobody
//! comes or goes.

use domain::kernel::{Date, PersonId, Role};
use domain::registry::rating::committee::{Succession, check_succession};

use super::bodies::{check_expert, one_in};
use super::{DIRECTOR, person, require};
use crate::db::Row;
use crate::journal::RATING_MEMBER;
use crate::{Act, Cx, Error, args};

/// Replaces a member of a body, or lets one go without a successor.
#[derive(Clone, Debug)]
pub struct ReplaceMember {
    /// The body.
    pub body: i64,
    /// Who leaves, as a member's row.
    pub member: i64,
    /// Who takes the seat; an expert.
    pub successor: Option<PersonId>,
    /// Why.
    pub reason: String,
}

impl Act for ReplaceMember {
    type Outcome = ();
    const NAME: &'static str = "rating.replace_member";
    const WHO: &'static [Role] = DIRECTOR;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        cx.tx.lock("rating_body", self.body).await?;
        let body = one_in(cx, self.body).await?;
        let sql =
            "SELECT version, position FROM rating_member WHERE id = $1 AND body_id = $2 AND left_on IS NULL";
        let Some(row) = cx.tx.maybe::<Row>(sql, args![self.member, self.body]).await? else {
            require(&self.reason, "reason")?;
            return Err(Error::NotFound);
        };
        let (version, position): (i64, i64) = (row.get("version")?, row.get("position")?);
        let today = cx.now.date();
        let asked = Succession {
            body: body.kind,
            members: usize::try_from(body.members).unwrap_or(0),
            is_followed: self.successor.is_some(),
            is_known: self.is_known(cx).await?,
            is_sitting: self.is_sitting(cx).await?,
        };
        let mut faults = Vec::new();
        faults.extend(require(&self.reason, "reason").err());
        let term = (body.term_from, body.term_until);
        faults.extend(check_succession(&asked, today, term, cx.app.book.on(today)).err());
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let values = [("left_on", today.into()), ("left_why", self.reason.trim().into())];
        cx.update(&RATING_MEMBER, self.member, version, &values).await?;
        match self.successor {
            Some(successor) => self.seat(cx, successor, position, today).await,
            None => Ok(()),
        }
    }
}

impl ReplaceMember {
    async fn seat(
        &self,
        cx: &mut Cx<'_>,
        successor: PersonId,
        position: i64,
        today: Date,
    ) -> Result<(), Error> {
        check_expert(cx, successor, "successor").await?;
        let id = cx.id();
        let values = [
            ("body_id", self.body.into()),
            ("person_id", successor.into()),
            ("position", position.into()),
            ("joined_on", today.into()),
            ("seated_by", person(cx)?.into()),
        ];
        cx.insert(&RATING_MEMBER, id, &values).await
    }

    /// Whether the successor sits in the body, or sat in it.
    async fn is_known(&self, cx: &mut Cx<'_>) -> Result<bool, Error> {
        let Some(successor) = self.successor else { return Ok(false) };
        let sql = "SELECT count(*) FROM rating_member WHERE body_id = $1 AND person_id = $2";
        Ok(cx.tx.number(sql, args![self.body, successor]).await? > 0)
    }

    async fn is_sitting(&self, cx: &mut Cx<'_>) -> Result<bool, Error> {
        let sql = "SELECT count(*) FROM rating_meeting WHERE body_id = $1 AND state = 'open'";
        Ok(cx.tx.number(sql, args![self.body]).await? > 0)
    }
}
