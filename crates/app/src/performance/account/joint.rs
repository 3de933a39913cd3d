//! Joint work (S47): the item's office names another one and its share; that office's director confirms.
//! A share that nobody confirmed counts for nothing.

use domain::kernel::{ItemId, Moment, OfficeId, Refusal, Role};

use crate::db::Row;
use crate::journal::JOINT_WORK;
use crate::{Act, App, Cx, Error, args, row};

/// No share is longer, in characters.
const SHARE_MAX: usize = 500;

/// The director of an item's office names another office that works on it.
#[derive(Clone)]
pub struct NameJointOffice {
    /// The item.
    pub item: ItemId,
    /// The other office.
    pub office: OfficeId,
    /// What it does.
    pub share: String,
}

impl Act for NameJointOffice {
    type Outcome = ();
    const NAME: &'static str = "account.name_joint_office";
    const WHO: &'static [Role] = &[Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT office_id, stage FROM item WHERE id = $1";
        let item: Row = cx.tx.one(sql, args![self.item]).await?;
        let own: OfficeId = item.get("office_id")?;
        if cx.actor.office() != Some(own) {
            return Err(Error::NotFound);
        }
        if item.get::<String>("stage")? != "listed" {
            return Err(Refusal::new("account.joint-not-listed", "S47").into());
        }
        if self.office == own {
            return Err(Error::Invalid(vec![Refusal::new("account.joint-own-office", "S47").at("office")]));
        }
        if cx.tx.number("SELECT count(*) FROM office WHERE id = $1", args![self.office]).await? == 0 {
            return Err(Error::NotFound);
        }
        let share = self.share.trim();
        if share.is_empty() || share.chars().count() > SHARE_MAX {
            let refusal =
                Refusal::new("account.joint-share-missing", "S47").at("share").with("max", SHARE_MAX);
            return Err(Error::Invalid(vec![refusal]));
        }
        let id = cx.id();
        let values = [
            ("item_id", self.item.into()),
            ("office_id", self.office.into()),
            ("share", share.into()),
            ("named_by", cx.actor.person.into()),
            ("named_at", cx.now.into()),
        ];
        let named_before = Refusal::new("account.joint-named-before", "S47").at("office");
        let answer = cx.insert(&JOINT_WORK, id, &values).await;
        answer.map_err(|error| error.on_unique("joint_work__item_id__office_id", named_before))
    }
}

/// The director of the other office confirms its share.
#[derive(Clone, Copy)]
pub struct ConfirmJointWork {
    /// The row.
    pub id: i64,
}

impl Act for ConfirmJointWork {
    type Outcome = ();
    const NAME: &'static str = "account.confirm_joint_work";
    const WHO: &'static [Role] = &[Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT version, office_id, named_by, confirmed_at FROM joint_work WHERE id = $1";
        let held: Row = cx.tx.one(sql, args![self.id]).await?;
        if cx.actor.office() != Some(held.get("office_id")?) {
            return Err(Error::NotFound);
        }
        if held.get::<Option<Moment>>("confirmed_at")?.is_some() {
            return Err(Refusal::new("account.joint-confirmed", "S47").into());
        }
        // Whoever directs two offices does not witness for himself.
        if cx.actor.person == Some(held.get("named_by")?) {
            return Err(Refusal::new("account.joint-same-person", "E11").into());
        }
        let values = [("confirmed_by", cx.actor.person.into()), ("confirmed_at", cx.now.into())];
        cx.update(&JOINT_WORK, self.id, held.get("version")?, &values).await
    }
}

row! {
    /// A share of another office in an item.
    pub struct JointWork {
        /// The row.
        id: i64,
        /// The item's code.
        code: String,
        /// The item's name.
        item: String,
        /// The item's office.
        owner_id: OfficeId,
        /// Its name.
        owner: String,
        /// The other office.
        office_id: OfficeId,
        /// Its name.
        office: String,
        /// What it does.
        share: String,
        /// When it confirmed.
        confirmed_at: Option<Moment>,
    }
}

/// The shares that an office gave or has, in a year.
///
/// # Errors
/// The database could not be read.
pub async fn of_office(app: &App, office: OfficeId, year: i16) -> Result<Vec<JointWork>, Error> {
    let sql = "SELECT j.id, i.code, i.name AS item, i.office_id AS owner_id, w.name AS owner, j.office_id, f.name AS office,
                 j.share, j.confirmed_at
               FROM joint_work j JOIN item i ON i.id = j.item_id JOIN office w ON w.id = i.office_id
                 JOIN office f ON f.id = j.office_id
               WHERE i.year = $2 AND (i.office_id = $1 OR j.office_id = $1) ORDER BY i.code, f.code";
    Ok(app.db.all(sql, args![office, i64::from(year)]).await?)
}

/// The listed items of an office in a year, by code and name.
///
/// # Errors
/// The database could not be read.
pub async fn items(app: &App, office: OfficeId, year: i16) -> Result<Vec<(ItemId, String, String)>, Error> {
    let sql = "SELECT id, code, name FROM item WHERE office_id = $1 AND year = $2 AND stage = 'listed' ORDER BY code";
    let mut found = Vec::new();
    for row in app.db.all::<Row>(sql, args![office, i64::from(year)]).await? {
        found.push((row.get("id")?, row.get("code")?, row.get("name")?));
    }
    Ok(found)
}
