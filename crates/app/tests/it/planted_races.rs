//! Races against programs that were made wrong on purpose: the checkers of the true races must find each of
//! them, or their silence would mean nothing.

use app::db::{Row, Val};
use app::funds::SendBatch;
use app::journal::{ACCEPTANCE, PAYMENT, SURVEY_ANSWER};
use app::{Act, Cx, Error, args};
use domain::kernel::{AcceptanceId, PaymentRequestId, Role};
use domain::performance::survey::Mark;

use crate::delivered::{UNIT_FEN, signed};
use crate::payments::race;
use crate::support::on_both;
use crate::surveyed::{give, typed};
use crate::{acceptance, payments, survey_cards, surveyed};

/// Accepts a milestone whatever state it is in, under whatever version it finds.
#[derive(Clone)]
struct AcceptBlindly(AcceptanceId);

impl Act for AcceptBlindly {
    type Outcome = ();
    const NAME: &'static str = "test.accept_blindly";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        cx.tx.lock("acceptance", self.0.0).await?;
        let sql = "SELECT version FROM acceptance WHERE id = $1";
        let (version,): (i64,) = cx.tx.one(sql, args![self.0]).await?;
        let values: [(&'static str, Val); 6] = [
            ("claimed_fen", (40 * UNIT_FEN).into()),
            ("deducted_fen", 0_i64.into()),
            ("accepted_fen", (40 * UNIT_FEN).into()),
            ("state", "accepted".into()),
            ("accepted_by", cx.actor.person.into()),
            ("accepted_at", cx.now.into()),
        ];
        cx.update(&ACCEPTANCE, self.0.0, version, &values).await
    }
}

#[tokio::test]
async fn a_milestone_accepted_without_a_look_at_its_state_is_found() {
    on_both(async |city| {
        let s = signed(&city).await;
        let id = s.called(&city).await;
        acceptance::hear(&city, &s, id).await;
        let version = s.file(&city).await.view.version;
        let done = race(&city, &s.p.lead, AcceptBlindly(id)).await;
        assert_eq!(done, 16, "each of them believes that it accepted");
        assert_eq!(acceptance::faults(&city, id, version).await, ["written 16 times"]);
    })
    .await;
}

/// Puts an answer on record under a key as it was typed: no lock on its card, and another spelling of the key
/// is another key.
#[derive(Clone)]
struct AnswerUnread {
    survey: i64,
    key: String,
}

impl Act for AnswerUnread {
    type Outcome = ();
    const NAME: &'static str = "test.answer_unread";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let id = cx.id();
        let values: [(&'static str, Val); 9] = [
            ("survey_id", self.survey.into()),
            ("public_key", self.key.as_str().into()),
            ("answers", r#"{"is_proxy":0,"overall":5}"#.into()),
            ("overall", 5_i64.into()),
            ("is_proxy", false.into()),
            ("means", "typed".into()),
            ("nonce", "00".repeat(16).into()),
            ("signature", "00".repeat(64).into()),
            ("given_on", "2014-01-06".into()),
        ];
        cx.insert(&SURVEY_ANSWER, id, &values).await
    }
}

#[tokio::test]
async fn a_card_counted_once_for_each_spelling_of_its_key_is_found() {
    on_both(async |city| {
        let at = surveyed::open(&city, 120, 40).await;
        for card in 0..5 {
            give(&city, &typed(at.survey, card, Mark::Neutral)).await.expect("answered");
        }
        let key = surveyed::keys(40).keys()[39].clone();
        let mut clients = tokio::task::JoinSet::new();
        for spaces in 0..16 {
            let (city, key) = (city.clone(), format!("{key}{}", " ".repeat(spaces)));
            let answer = AnswerUnread { survey: at.survey, key };
            clients.spawn(async move {
                city.act(&domain::kernel::Actor::SYSTEM, &app::RequestKey::None, &answer).await.is_ok()
            });
        }
        assert!(clients.join_all().await.into_iter().all(|is_done| is_done), "the tables see sixteen keys");
        let found = survey_cards::faults(&city, &at, 6).await;
        assert!(found.iter().any(|fault| fault == "21 answers of 6 cards"), "{found:?}");
        assert!(found.iter().any(|fault| fault.starts_with("StrangeCard")), "{found:?}");
    })
    .await;
}

/// Takes the bank's silence for a failure, and pays once more.
#[derive(Clone)]
struct PayImpatiently(PaymentRequestId);

impl Act for PayImpatiently {
    type Outcome = ();
    const NAME: &'static str = "test.pay_impatiently";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        cx.tx.lock("payment_request", self.0.0).await?;
        let sql = "SELECT id, version, batch_id, amount_fen, approved_by, paid_by,
                     (SELECT count(*) FROM payment) AS attempts
                   FROM payment WHERE live_request_id = $1";
        let row: Row = cx.tx.one(sql, args![self.0]).await?;
        let silent = [
            ("outcome", Val::from("failed")),
            ("live_request_id", Option::<i64>::None.into()),
            ("told_at", cx.now.into()),
        ];
        cx.update(&PAYMENT, row.get::<i64>("id")?, row.get("version")?, &silent).await?;
        let again: Vec<(&'static str, Val)> = vec![
            ("batch_id", row.get::<i64>("batch_id")?.into()),
            ("request_id", self.0.into()),
            ("live_request_id", self.0.into()),
            ("reference", format!("FK-2014-0001-{}", row.get::<i64>("attempts")? + 1).into()),
            ("amount_fen", row.get::<i64>("amount_fen")?.into()),
            ("approved_by", row.get::<i64>("approved_by")?.into()),
            ("paid_by", row.get::<i64>("paid_by")?.into()),
            ("outcome", "pending".into()),
            ("told_note", "".into()),
        ];
        let id = cx.id();
        cx.insert(&PAYMENT, id, &again).await
    }
}

#[tokio::test]
async fn a_payment_sent_again_while_the_bank_is_silent_is_found() {
    on_both(async |city| {
        let g = payments::ground(&city, 0, true).await;
        let request = g.sent(&city).await;
        assert_eq!(payments::faults(&city).await, Vec::<String>::new());
        let again = race(&city, &g.payer, SendBatch { requests: vec![request] }).await;
        assert_eq!(again, 0, "the program itself waits for the bank");
        let done = race(&city, &g.payer, PayImpatiently(request)).await;
        assert!(done > 1, "the tables let an impatient program pay on");
        let found = payments::faults(&city).await;
        assert_eq!(found.len(), done + 1, "every payment but none moved as it should: {found:?}");
    })
    .await;
}
