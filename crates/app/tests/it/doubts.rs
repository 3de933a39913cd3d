//! Doubtful conditions of a registration: passed over with a reason on record alone; and the city that registers no
//! foundations.

use app::journal;
use app::registry::registration::*;
use domain::kernel::{CaseId, Coded};
use domain::registry::registration::{CaseAct, Reason, TypedVisit, VisitPoint};
use domain::registry::{DocumentKind, OrganisationKind, PaperKind};

use crate::registration_ground::*;
use crate::support::on_both;

fn no<T: std::fmt::Debug + PartialEq>(found: Result<T, String>, code: &str) {
    assert_eq!(found, Err(code.to_owned()));
}

/// A chamber, taken up: that it provides for party building is doubtful (B19).
async fn chamber(at: &Window) -> CaseId {
    let kind = OrganisationKind::SocialAssociation;
    let answers = association(&[
        ("name", "南京市温州商会"),
        ("individual_members", "0"),
        ("unit_members", "30"),
        ("origin", "温州"),
        ("origin_level", "prefecture"),
        ("initiators", "5"),
    ]);
    let case = at.fill(&at.applicant, kind, &answers).await.expect("filled");
    at.attach(&at.applicant, case, &PAPERS).await;
    at.attach(&at.applicant, case, &[PaperKind::CapitalVerification, PaperKind::MemberList]).await;
    at.submit(case).await.expect("sent in");
    at.accept(case).await.expect("accepted");
    case
}

#[tokio::test]
async fn a_doubt_needs_a_reason_of_whoever_gives_an_opinion() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let case = chamber(&at).await;
        let clears = at.reasons(case).await;
        assert_eq!(clears.len(), 1);
        let stands: Vec<Reason> = clears.iter().map(|one| Reason { stands: true, ..one.clone() }).collect();
        no(at.opinion(&at.first, case, true, Vec::new()).await, "registration.reason-wanted");
        no(at.opinion(&at.first, case, false, Vec::new()).await, "registration.reason-wanted");
        no(at.opinion(&at.first, case, true, stands.clone()).await, "registration.reason-stands");
        at.opinion(&at.first, case, false, stands.clone()).await.expect("against it, with the reason");
        at.opinion(&at.second, case, false, stands).await.expect("against it too");
        no(at.approve(&at.director, case).await, "registration.reason-missing");
        // Whoever has spoken on it does not speak again; a third officer may.
        let explain = async |actor, reasons| {
            let version = at.version(case).await;
            at.does(actor, &ExplainFindings { case, version, reasons }).await
        };
        no(explain(&at.first, clears.clone()).await, "registration.nothing-doubtful");
        no(explain(&at.director, clears.clone()).await, "NotPermitted");
        no(explain(&at.window, Vec::new()).await, "registration.reason-wanted");
        explain(&at.window, clears.clone()).await.expect("explained");
        no(explain(&at.window, clears).await, "registration.nothing-doubtful");
        let held = reasons::of(&at.city, &at.held(case).await).await.expect("reasons");
        let mut held: Vec<(&str, bool)> = held.iter().map(|one| (one.by.as_str(), one.stands)).collect();
        held.sort();
        assert_eq!(held, [("first（示例）", true), ("second（示例）", true), ("window（示例）", false)]);
        let events = read::hanging(&at.city, &at.held(case).await).await.expect("read").events;
        let told = events.iter().find(|event| event.act == CaseAct::Explain).expect("on the timeline");
        assert_eq!(told.note, "B19 已经核实，不影响登记（示例）。");
        at.approve(&at.director, case).await.expect("approved");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_doubt_that_arises_after_the_opinions_is_named_at_the_decision() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let kind = OrganisationKind::SocialServiceInstitution;
        let case = at.fill(&at.applicant, kind, &home_care(&[])).await.expect("filled");
        at.attach(&at.applicant, case, &PAPERS).await;
        at.submit(case).await.expect("sent in");
        at.accept(case).await.expect("accepted");
        assert!(at.reasons(case).await.is_empty(), "nothing is doubtful");
        at.review(&at.first, case).await.expect("reviewed");
        at.review(&at.second, case).await.expect("reviewed");
        let typed = TypedVisit {
            visited_on: "2026-03-02".to_owned(),
            place: "夕照里1号（示例）".to_owned(),
            met: "周示例（示例），拟任负责人".to_owned(),
            agrees: VisitPoint::ALL.iter().map(|point| (*point, *point != VisitPoint::Purpose)).collect(),
            text: "餐厅尚未启用（示例）。".to_owned(),
        };
        let version = at.version(case).await;
        let companion = at.second.person;
        at.does(&at.first, &RecordVisit { case, version, typed, companion }).await.expect("recorded");
        at.sign(&at.second, case, true).await.expect("signed");
        no(at.approve(&at.director, case).await, "registration.reason-missing");
        let reasons = at.reasons(case).await;
        let version = at.version(case).await;
        at.does(&at.first, &ExplainFindings { case, version, reasons }).await.expect("explained");
        at.approve(&at.director, case).await.expect("approved");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn the_receipt_of_an_assisted_filing_names_both() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let kind = OrganisationKind::SocialServiceInstitution;
        let case = at.fill(&at.window, kind, &home_care(&[])).await.expect("filled");
        at.attach(&at.window, case, &PAPERS).await;
        at.submit(case).await.expect("sent in");
        let subject = at.held(case).await.subject();
        let all = app::documents::of(&at.city, &at.applicant, subject).await.expect("documents");
        let receipt = all.iter().find(|one| one.kind == DocumentKind::Receipt).expect("a receipt");
        let items = format!("{:?}", receipt.items());
        assert!(items.contains("window（示例）") && items.contains("applicant（示例）"), "{items}");
    })
    .await;
}

#[tokio::test]
async fn a_city_without_delegation_begins_no_foundation() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let kind = OrganisationKind::Foundation;
        let name = "南京市示例助学基金会";
        let start = StartCase { kind, name: name.to_owned(), applicant: String::new(), is_demo: true };
        no(at.does(&at.applicant, &start).await, "registration.foundation-delegation");
        let checked = names::check(&at.city, kind, name, None, None).await.expect("checked");
        assert!(!checked.is_free());
    })
    .await;
}
