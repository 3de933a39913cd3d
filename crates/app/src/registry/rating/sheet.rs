//! The score sheet of a visit: each expert alone, locked for good, and the opinion that is their exact mean.

use domain::kernel::{Moment, RatingId, Refusal, Role};
use domain::registry::rating::RatingStage;
use domain::registry::rating::sheet::{Item, check_points, field, opinion, total};

use super::case::{RatingCase, advance, locked};
use super::visit::check_ties;
use super::{person, require, scheme};
use crate::db::Row;
use crate::journal::{RATING_MARK, RATING_VISITOR};
use crate::{Act, Cx, Error, args};

/// What an expert has filled in for one item.
#[derive(Clone, Debug)]
pub struct MarkEntry {
    /// The item's code.
    pub item: String,
    /// Hundredths of a point; `None` while blank.
    pub points: Option<i64>,
    /// What the expert saw.
    pub remark: String,
}

/// The acting expert's own place on a visit.
struct Visitor {
    id: i64,
    version: i64,
    locked_at: Option<Moment>,
}

async fn own_place(cx: &mut Cx<'_>, case: &RatingCase) -> Result<Visitor, Error> {
    let sql = "SELECT id, version, locked_at FROM rating_visitor WHERE case_id = $1 AND person_id = $2 AND state = 'sits'";
    let row: Row = cx.tx.one(sql, args![case.id, person(cx)?]).await?;
    Ok(Visitor { id: row.get("id")?, version: row.get("version")?, locked_at: row.get("locked_at")? })
}

/// An own sheet that may still be written.
async fn open_sheet(cx: &mut Cx<'_>, id: RatingId) -> Result<(RatingCase, Visitor, Vec<Item>), Error> {
    let case = locked(cx, id).await?;
    let visitor = own_place(cx, &case).await?;
    case.stage.expect(&[RatingStage::Visiting])?;
    if visitor.locked_at.is_some() {
        return Err(Refusal::new("rating.sheet-locked", "B31").into());
    }
    check_ties(cx, &case, person(cx)?).await.map_err(own_tie)?;
    let items = scheme::items(case.scheme(), case.rules(cx.app))?;
    Ok((case, visitor, items))
}

/// Told to the judges themselves, the way on is to step back, not to choose somebody else.
fn own_tie(error: Error) -> Error {
    match error {
        Error::Refused(refusal) if refusal.code == "rating.recused" => {
            Error::Refused(Refusal { code: "rating.own-tie", ..refusal })
        }
        other => other,
    }
}

/// Saves what the acting expert has filled in so far; gaps are allowed until the sheet is locked.
#[derive(Clone)]
pub struct SaveSheet {
    /// Of which application.
    pub case: RatingId,
    /// The entries; items not named stay as they are.
    pub entries: Vec<MarkEntry>,
}

impl Act for SaveSheet {
    type Outcome = ();
    const NAME: &'static str = "rating.save_sheet";
    const WHO: &'static [Role] = &[Role::Expert];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (_, visitor, items) = open_sheet(cx, self.case).await?;
        let mut faults = Vec::new();
        for entry in &self.entries {
            let Some(item) = items.iter().find(|item| item.code == entry.item) else {
                return Err(Error::NotFound);
            };
            faults.extend(entry.points.and_then(|points| check_points(item, points).err()));
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        for entry in &self.entries {
            keep(cx, visitor.id, entry).await?;
        }
        Ok(())
    }
}

async fn keep(cx: &mut Cx<'_>, visitor: i64, entry: &MarkEntry) -> Result<(), Error> {
    let remark = entry.remark.trim();
    let sql = "SELECT id, version, points, remark FROM rating_mark WHERE visitor_id = $1 AND item = $2";
    if let Some(row) = cx.tx.maybe::<Row>(sql, args![visitor, entry.item.as_str()]).await? {
        if row.get::<Option<i64>>("points")? == entry.points && row.get::<String>("remark")? == remark {
            return Ok(());
        }
        let values =
            [("points", entry.points.into()), ("remark", remark.into()), ("saved_at", cx.now.into())];
        return cx.update(&RATING_MARK, row.get::<i64>("id")?, row.get("version")?, &values).await;
    }
    if entry.points.is_none() && remark.is_empty() {
        return Ok(());
    }
    let id = cx.id();
    let values = [
        ("visitor_id", visitor.into()),
        ("item", entry.item.as_str().into()),
        ("points", entry.points.into()),
        ("remark", remark.into()),
        ("saved_at", cx.now.into()),
    ];
    cx.insert(&RATING_MARK, id, &values).await
}

/// Locks the acting expert's sheet for good.
#[derive(Clone, Copy)]
pub struct LockSheet {
    /// Of which application.
    pub case: RatingId,
}

impl Act for LockSheet {
    type Outcome = ();
    const NAME: &'static str = "rating.lock_sheet";
    const WHO: &'static [Role] = &[Role::Expert];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (_, visitor, items) = open_sheet(cx, self.case).await?;
        let sql = "SELECT item, points FROM rating_mark WHERE visitor_id = $1";
        let rows: Vec<Row> = cx.tx.all(sql, args![visitor.id]).await?;
        let mut points = Vec::new();
        for item in &items {
            let mut found = None;
            for row in &rows {
                if row.get::<String>("item")? == item.code {
                    found = row.get("points")?;
                }
            }
            points.push(found);
        }
        let sum = total(&items, &points).map_err(Error::Invalid)?;
        let values = [("total", sum.into()), ("locked_at", cx.now.into())];
        cx.update(&RATING_VISITOR, visitor.id, visitor.version, &values).await
    }
}

/// The preliminary opinion, written by one of the experts when all have locked: its points are their exact
/// mean, which nobody chooses (B31).
#[derive(Clone)]
pub struct GiveOpinion {
    /// Of which application.
    pub case: RatingId,
    /// What the experts agreed to say.
    pub text: String,
}

impl Act for GiveOpinion {
    type Outcome = ();
    const NAME: &'static str = "rating.give_opinion";
    const WHO: &'static [Role] = &[Role::Expert];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.case).await?;
        own_place(cx, &case).await?;
        case.stage.expect(&[RatingStage::Visiting])?;
        require(&self.text, "opinion")?;
        let sql = "SELECT total FROM rating_visitor WHERE case_id = $1 AND state = 'sits' ORDER BY id";
        let sheets: Vec<(Option<i64>,)> = cx.tx.all(sql, args![case.id]).await?;
        let sheets: Vec<Option<i64>> = sheets.into_iter().map(|(sum,)| sum).collect();
        let mean = opinion(&sheets, case.rules(cx.app))?;
        let values = vec![
            ("opinion", self.text.trim().into()),
            ("points_sum", mean.sum.into()),
            ("points_count", mean.count.into()),
            ("opinion_at", cx.now.into()),
        ];
        advance(cx, &case, RatingStage::Assessed, values).await
    }
}

/// The form field of an item's remark.
pub fn remark_field(code: &str) -> String {
    format!("{}.remark", field(code))
}
