//! Items as their offices write them: proposed, and changed until the review has passed them (C12).

use domain::catalogue::{FunctionKind, FundSource, ItemDraft, ItemScope, item};
use domain::kernel::{Fen, ItemId, OfficeId, PersonId, Refusal, Role};

use super::person;
use super::read::{self, ItemRow};
use crate::db::{Row, Val};
use crate::journal::ITEM;
use crate::{Act, Cx, Error, args};

/// What an office writes about an item. Office and director follow from the writer's post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemContent {
    /// Short name.
    pub title: String,
    /// Kind of work.
    pub function: FunctionKind,
    /// Why the function can be handed over (S15).
    pub why_purchasable: String,
    /// How much of it, in words.
    pub quantity: String,
    /// What makes it good.
    pub standard: String,
    /// The most it may cost.
    pub ceiling: Fen,
    /// The budget line's amount (C9).
    pub budget: Fen,
    /// Where the money comes from.
    pub fund_source: FundSource,
    /// Who buys.
    pub scope: ItemScope,
    /// Whom it serves.
    pub recipients: String,
    /// How its performance will be judged.
    pub performance_standard: String,
    /// True when the bureau's own affiliates may not perform it (T8).
    pub excludes_affiliates: bool,
}

impl ItemContent {
    fn draft(&self, office: OfficeId, director: Option<PersonId>) -> ItemDraft {
        ItemDraft {
            office,
            director,
            title: self.title.clone(),
            function: self.function,
            why_purchasable: self.why_purchasable.clone(),
            quantity: self.quantity.clone(),
            standard: self.standard.clone(),
            ceiling: self.ceiling,
            budget: self.budget,
            fund_source: self.fund_source,
            scope: self.scope,
            recipients: self.recipients.clone(),
            performance_standard: self.performance_standard.clone(),
            excludes_affiliates: self.excludes_affiliates,
        }
    }

    fn values(&self) -> Vec<(&'static str, Val)> {
        vec![
            ("name", self.title.trim().into()),
            ("function_kind", Val::code(self.function)),
            ("reason", self.why_purchasable.trim().into()),
            ("quantity", self.quantity.trim().into()),
            ("standard", self.standard.trim().into()),
            ("ceiling_fen", self.ceiling.into()),
            ("budget_fen", self.budget.into()),
            ("fund_source", Val::code(self.fund_source)),
            ("scope", Val::code(self.scope)),
            ("recipients", self.recipients.trim().into()),
            ("performance_standard", self.performance_standard.trim().into()),
            ("excludes_supervised", self.excludes_affiliates.into()),
        ]
    }
}

/// Proposes an item for the writer's own office.
#[derive(Clone)]
pub struct ProposeItem {
    /// The catalogue's year.
    pub year: i64,
    /// What the office needs.
    pub content: ItemContent,
}

impl Act for ProposeItem {
    type Outcome = ItemId;
    const NAME: &'static str = "catalogue.propose_item";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<ItemId, Error> {
        propose(cx, self.year, &self.content).await
    }
}

/// Writes one proposed item of the actor's office; a workbook does so row by row.
pub(super) async fn propose(cx: &mut Cx<'_>, year: i64, content: &ItemContent) -> Result<ItemId, Error> {
    let author = person(cx)?;
    let office = cx.actor.office().ok_or(Error::NotFound)?;
    // The running number is counted under this lock, so two proposals never take the same one.
    cx.tx.lock("office", office.0).await?;
    let director = director_of(cx, office).await?;
    let mut faults = item::propose(&content.draft(office, director)).err().unwrap_or_default();
    faults.extend(year_fault(cx, year));
    let (Some(director), true) = (director, faults.is_empty()) else {
        return Err(Error::Invalid(faults));
    };
    let office_row: Row = cx.tx.one("SELECT code FROM office WHERE id = $1", args![office]).await?;
    let count = "SELECT count(*) FROM item WHERE office_id = $1 AND year = $2";
    let number = cx.tx.number(count, args![office, year]).await? + 1;
    let code = format!("{year}-{}-{number:02}", office_row.get::<String>("code")?.to_uppercase());
    let id = ItemId(cx.id());
    let mut values = content.values();
    values.extend([
        ("code", code.into()),
        ("year", year.into()),
        ("office_id", office.into()),
        ("director_id", director.into()),
        ("negative_list", "".into()),
        ("stage", Val::code(domain::catalogue::ItemStage::Proposed)),
        ("author_id", author.into()),
        ("proposed_at", cx.now.into()),
        ("review_note", "".into()),
        ("withdrawn_reason", "".into()),
    ]);
    cx.insert(&ITEM, id.0, &values).await?;
    Ok(id)
}

/// A catalogue is made for this year or one beside it; anything else is a slip of the keyboard.
fn year_fault(cx: &Cx<'_>, year: i64) -> Option<Refusal> {
    let now = i64::from(cx.now.date().year());
    let refusal =
        || Refusal::new("catalogue.year-out-of-range", "S16").at("year").with("year", year.to_string());
    (year < now - 1 || year > now + 1).then(refusal)
}

/// The director who answers for the office now, if it has one (E4).
pub(super) async fn director_of(cx: &mut Cx<'_>, office: OfficeId) -> Result<Option<PersonId>, Error> {
    let sql = "SELECT person_id FROM directorship WHERE office_id = $1 AND until IS NULL";
    let held: Option<(PersonId,)> = cx.tx.maybe(sql, args![office]).await?;
    Ok(held.map(|(person,)| person))
}

/// Changes a proposed item. A signature under the negative list falls with it: it was given for other words.
#[derive(Clone)]
pub struct EditItem {
    /// Which item.
    pub item: ItemId,
    /// The version that the writer saw.
    pub version: i64,
    /// What the office needs now.
    pub content: ItemContent,
}

impl Act for EditItem {
    type Outcome = ();
    const NAME: &'static str = "catalogue.edit_item";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = of_own_office(cx, self.item).await?;
        let writer = person(cx)?;
        let director = director_of(cx, held.office_id).await?;
        item::edit(held.stage, &self.content.draft(held.office_id, director)).map_err(Error::Invalid)?;
        let mut values = self.content.values();
        values.extend([
            ("director_id", director.unwrap_or(held.director_id).into()),
            // The last writer is the author, so that nobody reviews words of his own (C14).
            ("author_id", writer.into()),
            ("negative_list", "".into()),
            ("negative_signed_by", None::<PersonId>.into()),
            ("negative_signed_at", None::<domain::kernel::Moment>.into()),
            ("review_note", "".into()),
        ]);
        cx.update(&ITEM, self.item.0, self.version, &values).await
    }
}

/// The item, if it belongs to the actor's office; strangers' items are not found.
pub(super) async fn of_own_office(cx: &mut Cx<'_>, item: ItemId) -> Result<ItemRow, Error> {
    let held = read::locked(cx, item).await?;
    if cx.actor.office() != Some(held.office_id) {
        return Err(Error::NotFound);
    }
    Ok(held)
}
