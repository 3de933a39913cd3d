//! The charter checklist: before the opinions, anew after a correction, and nothing allowed while an item is lacking
//! (B11, B2).

use app::journal;
use app::registry::registration::*;
use domain::kernel::CaseId;
use domain::registry::OrganisationKind;
use domain::registry::registration::denial::Defect;
use domain::registry::registration::state::next_act;
use domain::registry::registration::{CaseAct, CaseState, CharterItem};

use crate::registration_ground::*;
use crate::support::on_both;

fn no<T: std::fmt::Debug + PartialEq>(found: Result<T, String>, code: &str) {
    assert_eq!(found, Err(code.to_owned()));
}

async fn sent_in(at: &Window) -> CaseId {
    let kind = OrganisationKind::SocialServiceInstitution;
    let case = at.fill(&at.applicant, kind, &home_care(&[])).await.expect("filled");
    at.attach(&at.applicant, case, &PAPERS).await;
    at.submit(case).await.expect("sent in");
    case
}

/// The opinion that the helpers do not prepare.
async fn bare_opinion(at: &Window, case: CaseId) -> Result<(), String> {
    let version = at.version(case).await;
    let text = "材料齐全（示例）。".to_owned();
    let opinion = GiveOpinion { case, version, is_for: true, text, reasons: at.reasons(case).await };
    at.does(&at.first, &opinion).await
}

#[tokio::test]
async fn no_opinion_before_the_charter_is_compared_and_no_approval_while_it_lacks_an_item() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let case = sent_in(&at).await;
        at.accept(case).await.expect("accepted");
        at.visit(case).await.expect("visited");
        let held = at.held(case).await;
        assert_eq!(next_act(held.state, held.lacking(false)), Some(CaseAct::CheckCharter));
        no(bare_opinion(&at, case).await, "registration.charter-unchecked");
        let version = held.version;
        let open = CheckCharter { case, version, marks: Vec::new() };
        let told = at.does(&at.first, &open).await.expect_err("every item is asked for");
        assert_eq!(told.split(' ').filter(|code| *code == "registration.charter-item-open").count(), 9);
        no(at.check_charter(&at.bureau, case, &[]).await, "NotPermitted");
        no(at.check_charter(&at.director, case, &[]).await, "NotPermitted");
        let lacks = [CharterItem::Amendment, CharterItem::NoDistribution];
        at.check_charter(&at.first, case, &lacks).await.expect("checked");
        at.review(&at.first, case).await.expect("reviewed");
        at.review(&at.second, case).await.expect("reviewed");
        let bars = "registration.charter-lacks registration.charter-lacks";
        no(at.approve(&at.director, case).await, bars);
        // The officer has overlooked the two passages: the charter is compared once more.
        at.check_charter(&at.second, case, &[]).await.expect("checked again");
        at.approve(&at.director, case).await.expect("allowed");
        no(at.check_charter(&at.first, case, &[]).await, "registration.not-now");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_mended_charter_is_compared_anew() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let case = sent_in(&at).await;
        at.check_charter(&at.first, case, &[CharterItem::Ending]).await.expect("before acceptance");
        assert_eq!(at.held(case).await.charter_missing, Some(1));
        let version = at.version(case).await;
        let defects = vec![(Defect::Charter, "章程缺少终止程序，请补写。".to_owned())];
        at.does(&at.window, &RequestCorrection { case, version, defects }).await.expect("told once");
        let told = checks::of(&at.city, &at.held(case).await).await.expect("checked");
        assert!(
            told.obstacles().is_empty(),
            "what the office found does not keep the applicant from mending it"
        );
        at.submit(case).await.expect("sent in again");
        let held = at.held(case).await;
        assert_eq!((held.state, held.charter_missing), (CaseState::Submitted, None));
        let marks = charter::of(&at.city, held.kind, charter::Charter::Draft(case)).await.expect("marks");
        assert_eq!(
            marks.iter().filter(|one| !one.is_there).count(),
            1,
            "the former answers are kept to begin with"
        );
        at.accept(case).await.expect("accepted");
        at.visit(case).await.expect("visited");
        no(bare_opinion(&at, case).await, "registration.charter-unchecked");
        at.check_charter(&at.second, case, &[]).await.expect("checked");
        bare_opinion(&at, case).await.expect("reviewed");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn each_kind_is_compared_with_the_list_of_its_own_law() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let kind = OrganisationKind::SocialAssociation;
        let community = association(&[
            ("basis", "community"),
            ("name", "南京市秦淮区示例邻里互助协会"),
            ("fields", "community"),
            ("path", "community_service"),
        ]);
        let case = at.fill(&at.applicant, kind, &community).await.expect("filled");
        at.attach(&at.applicant, case, &PAPERS).await;
        at.attach(&at.applicant, case, &[domain::registry::PaperKind::MemberList]).await;
        at.submit(case).await.expect("sent in");
        at.check_charter(&at.first, case, &[CharterItem::Membership]).await.expect("checked");
        let marks = charter::of(&at.city, kind, charter::Charter::Draft(case)).await.expect("marks");
        let items: Vec<CharterItem> = marks.iter().map(|one| one.item).collect();
        assert_eq!(items, domain::registry::registration::charter::items(kind), "in the order of the law");
        let checked = checks::of(&at.city, &at.held(case).await).await.expect("checked");
        let lacks = checked.bars().iter().filter(|no| no.code == "registration.charter-lacks").count();
        assert_eq!(lacks, 1);
    })
    .await;
}
