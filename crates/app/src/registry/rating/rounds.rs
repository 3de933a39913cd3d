//! Rounds: the notice with which rating begins (B31). No round takes a fee (B14).

use domain::kernel::{Date, Fen, Moment, Refusal, Role};
use domain::registry::rating::course::check_fee;

use super::{OFFICE, person, require};
use crate::journal::RATING_ROUND;
use crate::{Act, App, Cx, Error, args, row};

/// Opens a round: from now until a last day, organisations may apply. The outcome is its number.
#[derive(Clone)]
pub struct OpenRound {
    /// Its title.
    pub title: String,
    /// The notice in words.
    pub notice: String,
    /// Last day of applications.
    pub apply_until: Date,
    /// What organisations would pay: nothing, or the round does not open (B14).
    pub fee: Fen,
}

impl Act for OpenRound {
    type Outcome = String;
    const NAME: &'static str = "rating.open_round";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let today = cx.now.date();
        let mut faults = Vec::new();
        faults.extend(require(&self.title, "title").err());
        faults.extend(require(&self.notice, "notice").err());
        faults.extend(check_fee(self.fee).err());
        if self.apply_until < today {
            faults.push(Refusal::new("rating.round-backward", "B31").at("apply_until"));
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let prefix = format!("PG-{}-", today.year());
        let sql = "SELECT count(*) FROM rating_round WHERE number LIKE $1";
        let serial = cx.tx.number(sql, args![format!("{prefix}%")]).await? + 1;
        let number = format!("{prefix}{serial}");
        let id = cx.id();
        let values = [
            ("number", number.as_str().into()),
            ("title", self.title.trim().into()),
            ("notice", self.notice.trim().into()),
            ("apply_until", self.apply_until.into()),
            ("opened_by", person(cx)?.into()),
            ("opened_at", cx.now.into()),
        ];
        cx.insert(&RATING_ROUND, id, &values).await?;
        cx.announce("rating.round_opened", number.as_str());
        Ok(number)
    }
}

row! {
    /// A round.
    pub struct Round {
        /// Its row.
        id: i64,
        /// Its number.
        number: String,
        /// Its title.
        title: String,
        /// The notice.
        notice: String,
        /// Last day of applications.
        apply_until: Date,
        /// When it was opened.
        opened_at: Moment,
        /// How many applied.
        cases: i64,
    }
}

const ROUNDS: &str = "SELECT r.id, r.number, r.title, r.notice, r.apply_until, r.opened_at,
       (SELECT count(*) FROM rating_case c WHERE c.round_id = r.id) AS cases FROM rating_round r";

/// Every round, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn all(app: &App) -> Result<Vec<Round>, Error> {
    Ok(app.db.all(&format!("{ROUNDS} ORDER BY r.opened_at DESC, r.id DESC LIMIT 100"), &[]).await?)
}

/// The rounds that take applications today, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn open(app: &App) -> Result<Vec<Round>, Error> {
    let sql = format!("{ROUNDS} WHERE r.apply_until >= $1 ORDER BY r.opened_at DESC, r.id DESC LIMIT 100");
    Ok(app.db.all(&sql, args![app.clock.now().date()]).await?)
}
