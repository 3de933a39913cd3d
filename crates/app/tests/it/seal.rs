//! Seal specimen and bank account after the certificate: handed in, sent back, received, replaced (B16).

use app::inbox::member::{self, MemberTaskKind};
use app::inbox::{self, TaskKind};
use app::journal;
use app::papers::GivePaper;
use app::registry::change::application::ApplyChange;
use app::registry::change::checks::Particulars;
use app::registry::change::decision::{DecideChange, ReviewChange};
use app::registry::change::intake::AcceptChange;
use app::registry::registration::*;
use app::registry::seal::{self, HandInAccount, HandInSeal, ReceiveSeal, ReturnSeal};
use app::uploads::StoredFile;
use domain::kernel::{Actor, OrganisationId, PaperId, Role, Scope};
use domain::registry::change::ChangeItem;
use domain::registry::seal::SealStage;
use domain::registry::{OrganisationKind, PaperKind};

use crate::registration_ground::*;
use crate::support::on_both;

fn no<T: std::fmt::Debug + PartialEq>(found: Result<T, String>, code: &str) {
    assert_eq!(found, Err(code.to_owned()));
}

/// Registers a centre; gives its user.
async fn registered(at: &Window) -> (OrganisationId, Actor) {
    registered_as(at, &[]).await
}

async fn registered_as(at: &Window, changes: &[(&str, &str)]) -> (OrganisationId, Actor) {
    let kind = OrganisationKind::SocialServiceInstitution;
    let case = at.fill(&at.applicant, kind, &home_care(changes)).await.expect("filled");
    at.attach(&at.applicant, case, &PAPERS).await;
    at.submit(case).await.expect("sent in");
    at.accept(case).await.expect("accepted");
    at.visit(case).await.expect("visited");
    at.review(&at.first, case).await.expect("reviewed");
    at.review(&at.second, case).await.expect("reviewed");
    at.approve(&at.director, case).await.expect("allowed");
    let version = at.version(case).await;
    at.does(&at.window, &IssueCertificate { case, version }).await.expect("issued");
    let id = at.held(case).await.organisation_id.expect("an organisation");
    let person = at.applicant.person.expect("a person");
    (id, Actor::new(person, Role::OrganisationUser, Scope::Organisation(id)))
}

async fn paper(at: &Window, actor: &Actor, kind: PaperKind) -> PaperId {
    let file = StoredFile::store(&at.city, "B16", "印章.pdf", b"%PDF-1.7 seal").expect("a file");
    let give = GivePaper { kind, title: String::new(), file, valid_until: None, on_behalf_of: None };
    at.does(actor, &give).await.expect("given")
}

async fn owed(at: &Window, id: OrganisationId) -> Vec<MemberTaskKind> {
    let tasks = member::of_organisation(&at.city, id).await.expect("tasks");
    assert!(tasks.iter().all(|task| task.due.is_none()), "the law names no day");
    tasks.into_iter().map(|task| task.kind).collect()
}

async fn at_the_window(at: &Window) -> Vec<String> {
    let all = inbox::tasks(&at.city, &at.first).await.expect("tasks");
    all.into_iter().filter(|task| task.kind == TaskKind::ReceiveSeal).map(|task| task.subject).collect()
}

async fn stages(at: &Window, id: OrganisationId) -> Vec<SealStage> {
    let all = seal::of_organisation(&at.city, id).await.expect("filings");
    all.into_iter().map(|one| one.stage).collect()
}

#[tokio::test]
async fn seal_and_account_are_owed_until_they_are_handed_in_and_received_by_the_window() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let (id, own) = registered(&at).await;
        let both = [MemberTaskKind::HandInSeal, MemberTaskKind::HandInAccount];
        assert_eq!(owed(&at, id).await, both);
        no(at.does(&own, &HandInSeal { papers: Vec::new() }).await, "seal.paper-missing");
        let account =
            |bank: &str, account: &str| HandInAccount { bank: bank.into(), account: account.into() };
        no(at.does(&own, &account("", "12")).await, "seal.bank-missing seal.account-form");
        let specimen = paper(&at, &own, PaperKind::SealAndAccount).await;
        let number = at.does(&own, &HandInSeal { papers: vec![specimen] }).await.expect("handed in");
        let bank = at.does(&own, &account("示例银行秦淮支行", "3201 0000 1111")).await.expect("handed in");
        assert!(owed(&at, id).await.is_empty(), "what waits for the window is owed no more");
        assert_eq!(at_the_window(&at).await, [number.to_string(), bank.to_string()]);
        no(at.does(&own, &HandInSeal { papers: vec![specimen] }).await, "seal.waits");
        let filing = seal::one(&at.city, &at.first, bank).await.expect("the window reads it");
        assert_eq!((filing.account.as_str(), filing.masked().as_str()), ("320100001111", "********1111"));
        for stranger in [&at.stranger, &at.bureau] {
            assert!(seal::one(&at.city, stranger, bank).await.is_err(), "strangers do not find it");
        }
        // Sent back with a reason, it is owed again.
        no(at.does(&at.first, &ReturnSeal { number, reason: " ".into() }).await, "seal.reason-missing");
        no(at.does(&at.director, &ReceiveSeal { number }).await, "NotPermitted");
        no(at.does(&own, &ReceiveSeal { number }).await, "NotPermitted");
        let back = ReturnSeal { number, reason: "印文不清，请重新报送（示例）。".into() };
        at.does(&at.first, &back).await.expect("sent back");
        no(at.does(&at.first, &ReceiveSeal { number }).await, "seal.settled");
        at.does(&at.first, &ReceiveSeal { number: bank }).await.expect("received");
        assert_eq!(owed(&at, id).await, [MemberTaskKind::HandInSeal]);
        let again = at.does(&own, &HandInSeal { papers: vec![specimen] }).await.expect("handed in again");
        at.does(&at.first, &ReceiveSeal { number: again }).await.expect("received");
        assert!(owed(&at, id).await.is_empty() && at_the_window(&at).await.is_empty());
        // Another account takes the place of the first, which stays on record.
        let other = at.does(&own, &account("示例银行", "12345678")).await.expect("handed in");
        at.does(&at.first, &ReceiveSeal { number: other }).await.expect("received");
        let held = stages(&at, id).await;
        assert_eq!(held.iter().filter(|stage| **stage == SealStage::Replaced).count(), 1);
        assert_eq!(held.iter().filter(|stage| **stage == SealStage::Received).count(), 2);
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn whose_funds_another_account_may_keep_owes_none_of_its_own() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let (id, _) = registered_as(&at, &[("basis", "community")]).await;
        assert_eq!(owed(&at, id).await, [MemberTaskKind::HandInSeal]);
    })
    .await;
}

#[tokio::test]
async fn a_new_name_asks_for_a_new_seal() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let (id, own) = registered(&at).await;
        let specimen = paper(&at, &own, PaperKind::SealAndAccount).await;
        let number = at.does(&own, &HandInSeal { papers: vec![specimen] }).await.expect("handed in");
        at.does(&at.first, &ReceiveSeal { number }).await.expect("received");
        assert_eq!(owed(&at, id).await, [MemberTaskKind::HandInAccount]);
        let minutes = paper(&at, &own, PaperKind::Minutes).await;
        let change = ApplyChange {
            item: ChangeItem::Name,
            value: "南京市秦淮区晚晴居家养老服务中心".to_owned(),
            told: Particulars {
                name_reason: "服务对象不同（示例）".into(), ..Particulars::default()
            },
            consent_on: at.city.clock.now().date(),
            reason: "更名（示例）".to_owned(),
            papers: vec![minutes],
        };
        let number = at.does(&own, &change).await.expect("asked for");
        let opinion = "符合规定（示例）".to_owned();
        at.does(&at.first, &AcceptChange { number }).await.expect("taken up");
        at.does(&at.first, &ReviewChange { number, is_fit: true, opinion }).await.expect("reviewed");
        let decision = "准予变更（示例）".to_owned();
        let decide = DecideChange { number, is_approved: true, decision };
        at.does(&at.director, &decide).await.expect("decided");
        assert_eq!(owed(&at, id).await, [MemberTaskKind::HandInSeal, MemberTaskKind::HandInAccount]);
        let number = at.does(&own, &HandInSeal { papers: vec![specimen] }).await.expect("handed in");
        assert_eq!(owed(&at, id).await, [MemberTaskKind::HandInAccount]);
        at.does(&at.first, &ReceiveSeal { number }).await.expect("received");
        assert_eq!(stages(&at, id).await, [SealStage::Received, SealStage::Replaced], "history is kept");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}
