//! The result of an acceptance is published within its days: in the feed, on the contract's page, and as a
//! document with a code (C55).

use domain::kernel::{AcceptanceId, Fact, Finding, Refusal, Role, RuleKey};
use domain::performance::AcceptanceState;
use domain::registry::DocumentKind;

use super::acceptance::{HeldAcceptance, locked};
use super::person;
use crate::db::Row;
use crate::deadlines;
use crate::documents::{self, Draft};
use crate::journal::ACCEPTANCE;
use crate::{Act, Cx, Error, args};

/// Publishes the result. The outcome is the document's code.
#[derive(Clone, Copy)]
pub struct PublishAcceptance {
    /// Which.
    pub acceptance: AcceptanceId,
    /// Its version as the reader saw it.
    pub version: i64,
}

impl Act for PublishAcceptance {
    type Outcome = String;
    const NAME: &'static str = "performance.publish_acceptance";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let (held, acceptance) = locked(cx, self.acceptance).await?;
        acceptance.state.expect_one_of(&[AcceptanceState::Accepted])?;
        let sql = "SELECT count(*) FROM acceptance WHERE id = $1 AND published_at IS NOT NULL";
        if cx.tx.number(sql, args![self.acceptance]).await? > 0 {
            return Err(Refusal::new("performance.published-already", "C55").into());
        }
        let values = [("published_by", person(cx)?.into()), ("published_at", cx.now.into())];
        cx.update(&ACCEPTANCE, self.acceptance.0, self.version, &values).await?;
        deadlines::done(cx, acceptance.subject(), RuleKey::AcceptancePublishWorkingDays).await?;
        let draft = Draft {
            kind: DocumentKind::ServiceAcceptance,
            subject: acceptance.subject(),
            organisation: Some(held.organisation_id),
            person: None,
            addressee: held.organisation.clone(),
            facts: facts(cx, &held.number, &held.title, &held.office, &acceptance).await?,
            items: items(cx, &acceptance).await?,
            is_public: true,
        };
        let issued = documents::issue(cx, &draft).await?;
        cx.announce("performance.acceptance_published", held.number);
        Ok(issued.code)
    }
}

async fn facts(
    cx: &mut Cx<'_>,
    number: &str,
    title: &str,
    office: &str,
    acceptance: &HeldAcceptance,
) -> Result<Vec<(&'static str, Fact)>, Error> {
    let sql = "SELECT count(*) AS given,
                 COALESCE(CAST(sum(CASE WHEN verdict = 'satisfied' THEN 1 ELSE 0 END) AS BIGINT), 0) AS satisfied
               FROM acceptance_opinion WHERE acceptance_id = $1 AND round = $2 AND verdict IS NOT NULL";
    let row: Row = cx.tx.one(sql, args![acceptance.id, acceptance.round]).await?;
    Ok(vec![
        ("number", number.into()),
        ("title", title.into()),
        ("office", office.into()),
        ("place", acceptance.milestone.into()),
        ("milestone", acceptance.milestone_name.as_str().into()),
        ("claimed", acceptance.claimed_fen.into()),
        ("deducted", acceptance.deducted_fen.into()),
        ("accepted", acceptance.accepted_fen.into()),
        ("opinions", row.get::<i64>("given")?.into()),
        ("satisfied", row.get::<i64>("satisfied")?.into()),
    ])
}

async fn items(cx: &mut Cx<'_>, acceptance: &HeldAcceptance) -> Result<Vec<Finding>, Error> {
    let sql = "SELECT i.name, i.measure, i.claimed, i.accepted, i.deducted_fen, u.ground AS unit_ground,
                 s.ground AS share_ground
               FROM acceptance_item i LEFT JOIN deduction_line u ON u.id = i.unit_line_id
               LEFT JOIN deduction_line s ON s.id = i.share_line_id
               WHERE i.acceptance_id = $1 AND i.round = $2 ORDER BY i.position";
    let rows: Vec<Row> = cx.tx.all(sql, args![acceptance.id, acceptance.round]).await?;
    let mut found = Vec::new();
    for row in rows {
        let grounds = [row.get::<Option<String>>("unit_ground")?, row.get::<Option<String>>("share_ground")?];
        let grounds: Vec<String> = grounds.into_iter().flatten().collect();
        let finding = match grounds.is_empty() {
            true => Finding::met("performance.item-accepted", "C55"),
            false => Finding::warn("performance.item-deducted", "E3b").with("grounds", grounds.join("；")),
        };
        let name: String = row.get("name")?;
        let measure: String = row.get("measure")?;
        let finding = finding.with("name", name).with("measure", measure);
        let finding = finding.with("claimed", row.get::<i64>("claimed")?);
        let accepted = row.get::<Option<i64>>("accepted")?.unwrap_or(0);
        let deducted: domain::kernel::Fen = row.get("deducted_fen")?;
        found.push(finding.with("accepted", accepted).with("deducted", deducted));
    }
    Ok(found)
}
