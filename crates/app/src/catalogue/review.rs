//! From proposal to review: the director signs, the purchase lead passes or gives back, either withdraws.

use domain::catalogue::{ItemStage, NegativeListRow, RowAnswer, SignedCheck, item};
use domain::kernel::{BatchId, Coded, ItemId, Refusal, Role};
use serde_json::{Value, json};

use super::items::{director_of, of_own_office};
use super::{listing, person, read};
use crate::db::Val;
use crate::journal::ITEM;
use crate::{Act, Cx, Error, args};

/// Signs the six answers of the negative list; only the accountable director of the office does (C7, E4).
#[derive(Clone)]
pub struct SignNegativeList {
    /// Which item.
    pub item: ItemId,
    /// The version that the director read.
    pub version: i64,
    /// One answer for each row.
    pub answers: Vec<RowAnswer>,
}

impl Act for SignNegativeList {
    type Outcome = ();
    const NAME: &'static str = "catalogue.sign_negative_list";
    const WHO: &'static [Role] = &[Role::OfficeDirector];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let signer = person(cx)?;
        let held = of_own_office(cx, self.item).await?;
        if director_of(cx, held.office_id).await? != Some(signer) {
            return Err(Refusal::new("catalogue.signer-not-director", "E4").into());
        }
        let signed = SignedCheck { answers: self.answers.clone(), signer, signed_at: cx.now };
        item::sign(held.stage, &held.name, &held.quantity, &signed)?;
        let values = [
            ("negative_list", answers_text(&self.answers).into()),
            ("negative_signed_by", signer.into()),
            ("negative_signed_at", cx.now.into()),
            ("director_id", signer.into()),
        ];
        cx.update(&ITEM, self.item.0, self.version, &values).await
    }
}

/// The answers as they are kept: a list of row, whether it applies, and why.
fn answers_text(answers: &[RowAnswer]) -> String {
    let rows: Vec<Value> = answers
        .iter()
        .map(|answer| json!([answer.row.code(), answer.applies, answer.reason.trim()]))
        .collect();
    Value::from(rows).to_string()
}

/// The answers of a kept text; none for an unsigned item.
pub(super) fn answers_of(text: &str) -> Vec<RowAnswer> {
    let rows: Vec<(String, bool, String)> = serde_json::from_str(text).unwrap_or_default();
    let answer = |(code, applies, reason): (String, bool, String)| {
        NegativeListRow::from_code(&code).map(|row| RowAnswer { row, applies, reason })
    };
    rows.into_iter().filter_map(answer).collect()
}

/// What a reviewer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be listed.
    Accept,
    /// The office has to change it.
    GiveBack,
}

/// Reviews a proposed item; nobody reviews what he wrote or signed (C14).
#[derive(Clone)]
pub struct ReviewItem {
    /// Which item.
    pub item: ItemId,
    /// The version that the reviewer read.
    pub version: i64,
    /// The decision.
    pub verdict: Verdict,
    /// What the office should know; needed when it is given back.
    pub note: String,
}

impl Act for ReviewItem {
    type Outcome = ();
    const NAME: &'static str = "catalogue.review_item";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let reviewer = person(cx)?;
        let held = read::locked(cx, self.item).await?;
        let note: (&'static str, Val) = ("review_note", self.note.trim().into());
        let values = match self.verdict {
            Verdict::Accept => {
                let stage = item::review(held.stage, held.author_id, held.negative_signed_by, reviewer)?;
                vec![
                    ("stage", Val::code(stage)),
                    ("reviewer_id", reviewer.into()),
                    ("reviewed_at", cx.now.into()),
                    note,
                ]
            }
            Verdict::GiveBack => {
                item::give_back(held.stage, held.author_id, reviewer, &self.note)?;
                vec![note]
            }
        };
        cx.update(&ITEM, self.item.0, self.version, &values).await
    }
}

/// Takes an item back, with a reason, unless a tender runs on it.
#[derive(Clone)]
pub struct WithdrawItem {
    /// Which item.
    pub item: ItemId,
    /// The version that the actor saw.
    pub version: i64,
    /// Why; published when the item was listed.
    pub reason: String,
}

impl Act for WithdrawItem {
    type Outcome = ();
    const NAME: &'static str = "catalogue.withdraw_item";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector, Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = match cx.actor.post.role {
            Role::PurchaseLead => read::locked(cx, self.item).await?,
            _ => of_own_office(cx, self.item).await?,
        };
        let live = "SELECT count(*) FROM tender WHERE item_id = $1 AND stage NOT IN ('failed', 'cancelled')";
        let has_tender = cx.tx.number(live, args![self.item]).await? > 0;
        let stage = item::withdraw(held.stage, has_tender, &self.reason)?;
        let values = [
            ("stage", Val::code(stage)),
            ("withdrawn_reason", self.reason.trim().into()),
            ("batch_id", None::<BatchId>.into()),
        ];
        cx.update(&ITEM, self.item.0, self.version, &values).await?;
        if held.stage == ItemStage::Listed {
            listing::restate(cx, held.year).await?;
            cx.announce("item_withdrawn", held.code);
        }
        Ok(())
    }
}
