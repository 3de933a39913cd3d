//! Roll-call: who is in the room at an opening, a live session or a review, each signing in alone (C31, C38).
//!
//! Before the opening the list shows officials only: that an organisation has come would betray its bid.

use domain::coded;
use domain::kernel::{Coded, Moment, OrganisationId, PersonId, Refusal, Role, TenderId};
use domain::tendering::stage::Stage;

use super::case::{self, Case};
use crate::db::{Row, Tx};
use crate::journal::ATTENDANCE;
use crate::{Act, App, Cx, Error, args, row};

coded! {
    /// What people come together for.
    pub enum Occasion as "occasion" {
        /// The opening of bids.
        Opening = "opening",
        /// Bidders present live.
        Live = "live",
        /// The committee reviews.
        Review = "review",
    }
}

/// Signs the acting person in for an occasion of a tender.
#[derive(Clone, Copy)]
pub struct RecordAttendance {
    /// Which tender.
    pub tender: TenderId,
    /// What for.
    pub occasion: Occasion,
}

impl Act for RecordAttendance {
    type Outcome = ();
    const NAME: &'static str = "tendering.record_attendance";
    const WHO: &'static [Role] = &[
        Role::PurchaseLead,
        Role::OfficeStaff,
        Role::OfficeDirector,
        Role::Supervisor,
        Role::Finance,
        Role::Expert,
        Role::OrganisationUser,
    ];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::locked(cx, self.tender).await?;
        let person = case::person(cx)?;
        self.check_stage(cx, &case)?;
        self.check_belongs(cx, &case, person).await?;
        let sql = "SELECT id, version, at FROM attendance
                   WHERE tender_id = $1 AND occasion = $2 AND person_id = $3";
        let occasion = self.occasion.code();
        if let Some(row) = cx.tx.maybe::<Row>(sql, args![self.tender, occasion, person]).await? {
            // A second opening after an extension calls the roll anew; the same day counts once.
            if row.get::<Moment>("at")?.date() == cx.now.date() {
                return Ok(());
            }
            return cx
                .update(&ATTENDANCE, row.get::<i64>("id")?, row.get("version")?, &[("at", cx.now.into())])
                .await;
        }
        let id = cx.id();
        let values = [
            ("tender_id", self.tender.into()),
            ("occasion", occasion.into()),
            ("person_id", person.into()),
            ("role", cx.actor.post.role.code().into()),
            ("organisation_id", cx.actor.organisation().into()),
            ("at", cx.now.into()),
        ];
        cx.insert(&ATTENDANCE, id, &values).await
    }
}

impl RecordAttendance {
    fn check_stage(&self, cx: &Cx<'_>, case: &Case) -> Result<(), Error> {
        match self.occasion {
            Occasion::Opening => {
                case.stage.expect(Stage::Bidding)?;
                let deadline = case.deadline_at.ok_or(Error::NotFound)?;
                if cx.now.date() < deadline.date() {
                    let refusal = Refusal::new("tendering.attendance-too-early", "C31");
                    return Err(refusal.with("date", deadline.date()).into());
                }
                Ok(())
            }
            Occasion::Live | Occasion::Review => Ok(case.stage.expect(Stage::Reviewing)?),
        }
    }

    async fn check_belongs(&self, cx: &mut Cx<'_>, case: &Case, person: PersonId) -> Result<(), Error> {
        match cx.actor.post.role {
            Role::OfficeStaff | Role::OfficeDirector if cx.actor.office() != Some(case.office_id) => {
                Err(Error::NotFound)
            }
            Role::OrganisationUser => self.check_bidder(cx).await,
            Role::Expert => {
                let sql =
                    "SELECT id FROM seat WHERE tender_id = $1 AND person_id = $2 AND state = 'accepted'";
                let seat: Option<(i64,)> = cx.tx.maybe(sql, args![self.tender, person]).await?;
                if seat.is_some() && self.occasion != Occasion::Opening {
                    Ok(())
                } else {
                    Err(Error::NotFound)
                }
            }
            _ => Ok(()),
        }
    }

    /// Bidders come to the opening and to their own presentation; the review is the committee's alone.
    async fn check_bidder(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let organisation = cx.actor.organisation().ok_or(Error::NotFound)?;
        let sql = "SELECT id FROM bid WHERE tender_id = $1 AND organisation_id = $2 AND state = 'submitted'";
        let bid: Option<(i64,)> = cx.tx.maybe(sql, args![self.tender, organisation]).await?;
        if bid.is_some() && self.occasion != Occasion::Review { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// The people who signed in for an occasion on the day of `at`.
pub(super) async fn present(
    tx: &mut Tx,
    tender: TenderId,
    occasion: Occasion,
    at: Moment,
) -> Result<Vec<PersonId>, Error> {
    let sql = "SELECT person_id, at FROM attendance WHERE tender_id = $1 AND occasion = $2";
    let mut people = Vec::new();
    for row in tx.all::<Row>(sql, args![tender, occasion.code()]).await? {
        if row.get::<Moment>("at")?.date() == at.date() {
            people.push(row.get("person_id")?);
        }
    }
    Ok(people)
}

row! {
    /// Someone in the room.
    pub struct Present {
        /// The person's name.
        name: String,
        /// The post in which the person came.
        @code role: Role,
        /// The organisation that the person came for.
        organisation_id: Option<OrganisationId>,
        /// The organisation's name.
        organisation: Option<String>,
        /// When.
        at: Moment,
    }
}

/// The roll of an occasion, in order of arrival. Before the opening it names officials only; experts'
/// names stay away until the result is public.
///
/// # Errors
/// The database could not be read.
pub async fn roll(app: &App, case: &Case, occasion: Occasion) -> Result<Vec<Present>, Error> {
    let sql = "SELECT p.name, a.role, a.organisation_id, o.name AS organisation, a.at
               FROM attendance a JOIN person p ON p.id = a.person_id
               LEFT JOIN organisation o ON o.id = a.organisation_id
               WHERE a.tender_id = $1 AND a.occasion = $2 ORDER BY a.at, a.id";
    let mut roll: Vec<Present> = app.db.all(sql, args![case.id, occasion.code()]).await?;
    roll.retain(|present| match present.role {
        Role::OrganisationUser => case.opened_at.is_some(),
        Role::Expert => case.is_result_public(),
        _ => true,
    });
    Ok(roll)
}
