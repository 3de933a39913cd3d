//! Invented items of one year with tender, award and contract, for measuring accounts at any size.
//!
//! The rows are those that the capabilities would leave; every third contract was signed late.

use domain::kernel::{Actor, Date, Moment, OfficeId, OrganisationId, PersonId, Role};

use crate::db::{Row, Val};
use crate::journal::{AWARD, BATCH, BID, CONTRACT, ITEM, MILESTONE, RANKING, TENDER};
use crate::{Act, App, Cx, Error, RequestKey, args};

/// Items in one act.
const CHUNK: usize = 200;
/// One in so many contracts is late.
const LATE_EVERY: usize = 3;

/// Adds `count` invented items of `year` to a city that has offices with directors and an organisation.
///
/// # Errors
/// The city lacks offices or organisations, or the database failed.
pub async fn load(app: &App, year: i16, count: usize) -> Result<(), Error> {
    let sql = "SELECT office_id, person_id FROM directorship WHERE until IS NULL ORDER BY office_id";
    let mut directors: Vec<(OfficeId, PersonId)> = Vec::new();
    for row in app.db.all::<Row>(sql, &[]).await? {
        directors.push((row.get("office_id")?, row.get("person_id")?));
    }
    let (organisation,): (OrganisationId,) =
        app.db.one("SELECT id FROM organisation ORDER BY id LIMIT 1", &[]).await?;
    let sql = "SELECT person_id FROM post WHERE role = 'purchase_lead' AND until IS NULL ORDER BY id LIMIT 1";
    let (lead,): (PersonId,) = app.db.one(sql, &[]).await?;
    for first in (0..count).step_by(CHUNK) {
        let chunk = (first, CHUNK.min(count - first));
        let act = GenerateItems { year, chunk, directors: &directors, organisation, lead };
        app.act(&Actor::SYSTEM, &RequestKey::None, &act).await?;
    }
    Ok(())
}

struct GenerateItems<'a> {
    year: i16,
    chunk: (usize, usize),
    directors: &'a [(OfficeId, PersonId)],
    organisation: OrganisationId,
    lead: PersonId,
}

type Columns = Vec<(&'static str, Val)>;

impl Act for GenerateItems<'_> {
    type Outcome = ();
    const NAME: &'static str = "account.generate_items";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let batch = self.batch(cx).await?;
        let (first, count) = self.chunk;
        for place in first..first + count {
            self.one(cx, place, batch).await?;
        }
        Ok(())
    }
}

impl GenerateItems<'_> {
    fn day(&self, month: i8, day: i8) -> Date {
        Date::new(self.year, month, day).unwrap_or(Date::MIN)
    }

    fn at(&self, month: i8, day: i8) -> Moment {
        Moment::beijing(self.day(month, day), 9, 0)
    }

    async fn batch(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let sql = "SELECT id FROM batch WHERE year = $1 AND number = 1";
        if let Some((id,)) = cx.tx.maybe::<(i64,)>(sql, args![i64::from(self.year)]).await? {
            return Ok(id);
        }
        let id = cx.id();
        let values = [
            ("year", i64::from(self.year).into()),
            ("number", 1_i64.into()),
            ("title", "生成批次（示例）".into()),
            ("created_at", self.at(1, 4).into()),
        ];
        cx.insert(&BATCH, id, &values).await?;
        Ok(id)
    }

    async fn one(&self, cx: &mut Cx<'_>, place: usize, batch: i64) -> Result<(), Error> {
        let which = place % self.directors.len().max(1);
        let (office, director) = *self.directors.get(which).ok_or(Error::NotFound)?;
        let (item, tender, bid, award, contract) = (cx.id(), cx.id(), cx.id(), cx.id(), cx.id());
        cx.insert(&ITEM, item, &self.item(place, office, director, batch)).await?;
        cx.insert(&TENDER, tender, &self.tender(place, office, director, item, batch)).await?;
        cx.insert(&BID, bid, &self.bid(tender)).await?;
        let ranking: Columns = vec![
            ("tender_id", tender.into()),
            ("bid_id", bid.into()),
            ("rank", 1_i64.into()),
            ("price_score", 1_000_i64.into()),
            ("quality_score", 8_000_i64.into()),
            ("total_score", 9_000_i64.into()),
            ("decided_by", "score".into()),
        ];
        let id = cx.id();
        cx.insert(&RANKING, id, &ranking).await?;
        let decided: Columns = vec![
            ("tender_id", tender.into()),
            ("bid_id", bid.into()),
            ("rank", 1_i64.into()),
            ("state", "notified".into()),
            ("decided_by", director.into()),
            ("decided_at", self.at(2, 10).into()),
            ("reason", "排名第一".into()),
        ];
        cx.insert(&AWARD, award, &decided).await?;
        cx.insert(&CONTRACT, contract, &self.contract(place, office, director, tender, award)).await?;
        let milestone: Columns = vec![
            ("contract_id", contract.into()),
            ("position", 1_i64.into()),
            ("name", "末期".into()),
            ("due_on", self.day(11, 30).into()),
            ("amount_fen", 9_000_000_i64.into()),
        ];
        let id = cx.id();
        cx.insert(&MILESTONE, id, &milestone).await
    }

    fn item(&self, place: usize, office: OfficeId, director: PersonId, batch: i64) -> Columns {
        let mut row: Columns = vec![
            ("code", format!("GZ-{}-{:05}", self.year, place + 1).into()),
            ("year", i64::from(self.year).into()),
            ("office_id", office.into()),
            ("director_id", director.into()),
            ("ceiling_fen", 10_000_000_i64.into()),
            ("budget_fen", 10_000_000_i64.into()),
            ("proposed_at", self.at(1, 4).into()),
            ("listed_at", self.at(1, 6).into()),
            ("withdrawn_reason", "".into()),
            ("negative_list", "[]".into()),
            ("excludes_supervised", false.into()),
            ("stage", "listed".into()),
            ("author_id", director.into()),
            ("reviewer_id", self.lead.into()),
            ("batch_id", batch.into()),
            ("function_kind", "training".into()),
            ("fund_source", "department_budget".into()),
            ("scope", "city".into()),
        ];
        let texts =
            ["name", "reason", "quantity", "standard", "recipients", "performance_standard", "review_note"];
        row.extend(texts.map(|name| (name, Val::from("生成项目（示例）"))));
        row
    }

    fn tender(&self, place: usize, office: OfficeId, director: PersonId, item: i64, batch: i64) -> Columns {
        let mut row: Columns = vec![
            ("number", format!("NJGZ-{}-{:05}", self.year, place + 1).into()),
            ("item_id", item.into()),
            ("attempt", 1_i64.into()),
            ("batch_id", batch.into()),
            ("office_id", office.into()),
            ("stage", "contracted".into()),
            ("procedure", "open_competition".into()),
            ("rules_on", self.day(1, 6).into()),
            ("term_months", 10_i64.into()),
            ("ceiling_fen", 10_000_000_i64.into()),
            ("panel_size", 5_i64.into()),
            ("is_price_fixed", false.into()),
            ("excludes_supervised", false.into()),
            ("author_id", director.into()),
            ("checker_id", self.lead.into()),
            ("extensions", 0_i64.into()),
            ("published_at", self.at(1, 8).into()),
            ("opened_at", self.at(2, 3).into()),
            ("report_at", self.at(2, 6).into()),
            ("awarded_at", self.at(2, 14).into()),
            ("contract_due_on", self.day(3, 14).into()),
            ("tie_rule", "lot".into()),
        ];
        let texts = [
            "requirement",
            "deliverables",
            "qualification",
            "recipients_role",
            "performance_standard",
            "contract_draft",
            "challenge_contact",
            "venue",
            "check_note",
            "title",
            "price_rule",
        ];
        row.extend(texts.map(|name| (name, Val::from("生成项目（示例）"))));
        row.extend(["ended_reason", "designers", "authors"].map(|name| (name, Val::from(""))));
        row
    }

    fn bid(&self, tender: i64) -> Columns {
        vec![
            ("tender_id", tender.into()),
            ("organisation_id", self.organisation.into()),
            ("submitted_by", self.lead.into()),
            ("edition", 1_i64.into()),
            ("state", "submitted".into()),
            ("suite", "plain".into()),
            ("package", Val::from(b"package".to_vec())),
            ("digest", "ab".repeat(32).into()),
            ("received_at", self.at(1, 20).into()),
            ("receipt", "".into()),
            ("alias", "A".into()),
            ("price_fen", 9_000_000_i64.into()),
        ]
    }

    fn contract(
        &self,
        place: usize,
        office: OfficeId,
        director: PersonId,
        tender: i64,
        award: i64,
    ) -> Columns {
        let signed = if place.is_multiple_of(LATE_EVERY) { self.at(3, 20) } else { self.at(3, 10) };
        let mut row: Columns = vec![
            ("number", format!("NJGZ-HT-{}-{:05}", self.year, place + 1).into()),
            ("tender_id", tender.into()),
            ("award_id", award.into()),
            ("organisation_id", self.organisation.into()),
            ("office_id", office.into()),
            ("amount_fen", 9_000_000_i64.into()),
            ("starts_on", self.day(3, 20).into()),
            ("ends_on", self.day(12, 31).into()),
            ("long_term_ticks", "".into()),
            ("is_budget_assured", true.into()),
            ("stage", "signed".into()),
            ("drafted_by", self.lead.into()),
            ("due_on", self.day(3, 14).into()),
            ("buyer_signed_by", director.into()),
            ("buyer_signed_at", signed.into()),
            ("provider_signed_by", self.lead.into()),
            ("provider_signed_at", signed.into()),
            ("published_at", signed.into()),
        ];
        let texts = [
            "title",
            "content",
            "quantity",
            "quality",
            "settlement",
            "rights",
            "breach",
            "recipients_role",
            "confidentiality",
            "feedback",
        ];
        row.extend(texts.map(|name| (name, Val::from("生成项目（示例）"))));
        row
    }
}
