//! The draft: everything of substance is copied from the tender and the awarded bid (C50).

use domain::contracts::clauses::{self, TenderWords};
use domain::contracts::{ContractStage, contract, term};
use domain::kernel::{
    Coded, ContractId, Date, Fen, Moment, OfficeId, OrganisationId, Refusal, Role, TenderId,
};
use domain::tendering::{procedure::ProcedureKind, stage::Stage};

use super::held::column;
use super::number;
use super::sign::check_provider;
use crate::db::{DbError, Val};
use crate::journal::{CONTRACT, MILESTONE};
use crate::{Act, Cx, Error, args, row};

/// Drafts the contract of an awarded tender, ready to be completed and offered.
#[derive(Clone, Copy)]
pub struct DraftContract {
    /// The tender.
    pub tender: TenderId,
}

row! {
    /// What the draft is made of.
    pub struct Source {
        /// Where the tender stands.
        @code stage: Stage,
        /// Its office.
        office_id: OfficeId,
        /// Its title.
        title: String,
        /// How it was bought.
        @code procedure: ProcedureKind,
        /// The day whose rules judge it.
        rules_on: Date,
        /// The requirement.
        requirement: String,
        /// What is delivered.
        deliverables: String,
        /// How good it must be.
        performance_standard: String,
        /// What recipients have to say.
        recipients_role: String,
        /// The documents' contract draft.
        contract_draft: String,
        /// The months competed for.
        term_months: i64,
        /// When the award notice went out.
        awarded_at: Option<Moment>,
        /// By when both sides sign, when the award notice says it.
        contract_due_on: Option<Date>,
        /// The award.
        award_id: i64,
        /// The winner.
        organisation_id: OrganisationId,
        /// What was bid.
        price_fen: Option<Fen>,
        /// The bid's digest.
        digest: String,
    }
}

const SOURCE: &str = "SELECT t.stage, t.office_id, t.title, t.procedure, t.rules_on, t.requirement,
       t.deliverables, t.performance_standard, t.recipients_role, t.contract_draft, t.term_months,
       t.awarded_at, t.contract_due_on, a.id AS award_id, b.organisation_id, b.price_fen, b.digest
     FROM tender t JOIN award a ON a.tender_id = t.id AND a.state = 'notified'
     JOIN bid b ON b.id = a.bid_id WHERE t.id = $1";

impl Act for DraftContract {
    type Outcome = ContractId;
    const NAME: &'static str = "contracts.draft_contract";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<ContractId, Error> {
        let sql = "SELECT stage, office_id FROM tender WHERE id = $1";
        let tender: crate::db::Row = cx.tx.one(sql, args![self.tender]).await?;
        if cx.actor.office() != Some(tender.get::<OfficeId>("office_id")?) {
            return Err(Error::NotFound);
        }
        cx.tx.lock("tender", self.tender.0).await?;
        let found: Option<Source> = cx.tx.maybe(SOURCE, args![self.tender]).await?;
        let source = found.ok_or_else(|| Refusal::new("contracts.no-award", "S67"))?;
        source.stage.expect(Stage::Awarded)?;
        check_provider(cx, source.organisation_id).await?;
        self.insert(cx, &source).await
    }
}

impl DraftContract {
    async fn insert(&self, cx: &mut Cx<'_>, source: &Source) -> Result<ContractId, Error> {
        let drafter = cx.actor.person.ok_or(Error::NotPermitted)?;
        let price = source.price_fen.ok_or(Error::NotFound)?;
        let today = cx.now.date();
        let starts = today.tomorrow().unwrap_or(today);
        let term = term::of_months(starts, source.term_months).ok_or_else(|| {
            Refusal::new("contracts.term-too-long", "C51").with("months", source.term_months)
        })?;
        let number = number::next(&mut cx.tx, today).await?;
        let id = ContractId(cx.id());
        let mut values: Vec<(&'static str, Val)> = vec![
            ("number", number.into()),
            ("tender_id", self.tender.into()),
            ("award_id", source.award_id.into()),
            ("organisation_id", source.organisation_id.into()),
            ("office_id", source.office_id.into()),
            ("title", source.title.as_str().into()),
            ("amount_fen", price.into()),
            ("starts_on", term.starts.into()),
            ("ends_on", term.ends.into()),
            ("long_term_ticks", "".into()),
            ("is_budget_assured", false.into()),
            ("stage", ContractStage::Drafted.code().into()),
            ("drafted_by", drafter.into()),
            ("due_on", due_on(cx, source)?.into()),
        ];
        let parts = clauses::from_tender(&source.words());
        values.extend(parts.into_iter().map(|(part, text)| (column(part), Val::from(text))));
        cx.insert(&CONTRACT, id.0, &values).await.map_err(once_more)?;
        let first = [
            ("contract_id", id.into()),
            ("position", 1_i64.into()),
            ("name", "全部服务验收合格".into()),
            ("due_on", term.ends.into()),
            ("amount_fen", price.into()),
        ];
        let milestone = cx.id();
        cx.insert(&MILESTONE, milestone, &first).await?;
        Ok(id)
    }
}

impl Source {
    fn words(&self) -> TenderWords<'_> {
        TenderWords {
            requirement: &self.requirement,
            deliverables: &self.deliverables,
            performance_standard: &self.performance_standard,
            recipients_role: &self.recipients_role,
            contract_draft: &self.contract_draft,
            bid_digest: &self.digest,
        }
    }
}

/// The last day to sign: as the award notice says, or counted from it (C26).
fn due_on(cx: &Cx<'_>, source: &Source) -> Result<Date, Error> {
    if let Some(due) = source.contract_due_on {
        return Ok(due);
    }
    let noticed = source.awarded_at.unwrap_or(cx.now).date();
    let rules = cx.app.book.on(source.rules_on);
    let deadline =
        contract::signing_deadline(noticed, source.procedure.procedure(), rules, &cx.app.calendar)?;
    Ok(deadline.due)
}

/// A number taken by a contract drafted at the same moment is worth another try; a second contract for one
/// award is refused.
fn once_more(error: Error) -> Error {
    match error {
        Error::Db(DbError::Unique(name)) if name == "contract__number" => Error::Db(DbError::Busy),
        other => other.on_unique("contract__award_id", Refusal::new("contracts.drafted-already", "C26")),
    }
}

/// Ends the contract of an award that falls away before both sides have signed (C58).
pub(super) async fn end_unsigned(cx: &mut Cx<'_>, award: i64) -> Result<(), Error> {
    let sql = "SELECT id, version FROM contract WHERE award_id = $1 AND stage IN ('drafted', 'offered')";
    for row in cx.tx.all::<crate::db::Row>(sql, args![award]).await? {
        let ended = [("stage", Val::code(ContractStage::Ended))];
        cx.update(&CONTRACT, row.get::<i64>("id")?, row.get("version")?, &ended).await?;
    }
    Ok(())
}
