//! Founders who apply as a charity, on both databases: what they are asked, their thirty days, the certificate that
//! says so; and the certificate that is issued anew for whoever is recognised later (B46, B12).

use app::registry::charity::intake::AcceptCharity;
use app::registry::registration::{AnnounceCase, IssueCertificate};
use app::registry::{profile, standing};
use app::{City, deadlines, documents, journal};
use domain::kernel::{Actor, CaseId, OrganisationId, Role, RuleKey, Scope};
use domain::registry::{DocumentKind, OrganisationKind};

use crate::charity::{checked, decided, whole};
use crate::credit_cast::{act, day};
use crate::registration_ground::{PAPERS, Window, home_care, set_day, window};
use crate::support::on_both;

#[tokio::test]
async fn founders_register_a_charity_in_thirty_days() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let kind = OrganisationKind::SocialServiceInstitution;
        let without = home_care(&[("is_charity", "yes")]);
        let told = at.fill(&at.applicant, kind, &without).await;
        assert_eq!(told, Err("registration.answer-missing".to_owned()), "its purpose is asked for");
        let asked = [("is_charity", "yes"), ("charity_purpose", "面向社会扶老助困（示例）")];
        let case = at
            .fill(
                &at.applicant,
                kind,
                &home_care(&[asked[0], asked[1], ("name", "南京市秦淮区晚晴居家养老服务中心")]),
            )
            .await
            .expect("filled");
        at.attach(&at.applicant, case, &PAPERS).await;
        at.submit(case).await.expect("sent in");
        at.accept(case).await.expect("accepted");
        let rows = deadlines::of(&at.city, at.held(case).await.subject()).await.expect("read");
        let due = |rule| rows.iter().find(|one| one.rule == rule).and_then(|one| one.due_on);
        assert_eq!(due(RuleKey::CharityRegistrationDays), Some(day("2026-04-01")), "thirty days, not sixty");
        assert_eq!(due(RuleKey::RegistrationDecisionDays), None);
        let bare = at.opinion(&at.first, case, true, Vec::new()).await;
        assert_eq!(bare, Err("registration.reason-wanted registration.reason-wanted".to_owned()));
        at.review(&at.first, case).await.expect("reviewed");
        at.review(&at.second, case).await.expect("reviewed");
        at.visit(case).await.expect("visited");
        at.approve(&at.director, case).await.expect("approved");
        let rows = deadlines::of(&at.city, at.held(case).await.subject()).await.expect("read");
        assert!(rows.iter().all(|one| one.rule != RuleKey::CharityRegistrationDays || one.done_at.is_some()));
        let version = at.version(case).await;
        let uscc = at.does(&at.window, &IssueCertificate { case, version }).await.expect("issued");
        let version = at.version(case).await;
        at.does(&at.window, &AnnounceCase { case, version }).await.expect("announced");
        let held = profile::organisation(&at.city, &uscc).await.expect("registered");
        let known = standing::known_at(&at.city, held.id, at.city.clock.now()).await.expect("known");
        assert_eq!(known.charity_since, Some(day("2026-03-02")), "a charity from its first day");
        let told = documents::of(&at.city, &at.applicant, at.held(case).await.subject()).await.expect("read");
        let names = |kind: DocumentKind, fact: &str| {
            let one = told.iter().find(|one| one.kind == kind).expect("a document");
            one.facts().iter().any(|(name, _)| name == fact)
        };
        assert!(names(DocumentKind::Certificate, "charity") && names(DocumentKind::Approval, "matter"));
        assert!(journal::verify(&at.city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn before_the_law_nobody_founds_a_charity_and_whoever_does_not_ask_is_none() {
    on_both(async |city| {
        let at = window(city, "2014-03-03").await;
        let kind = OrganisationKind::SocialServiceInstitution;
        let leased = [("premises_from", "2014-03-01"), ("premises_until", "2016-02-28")];
        let asked = [("is_charity", "yes"), ("charity_purpose", "扶老助困（示例）"), leased[0], leased[1]];
        let case = at.fill(&at.applicant, kind, &home_care(&asked)).await.expect("filled");
        at.attach(&at.applicant, case, &PAPERS).await;
        let told = at.submit(case).await;
        assert!(told.as_ref().is_err_and(|told| told.contains("registry.charity-law")), "{told:?}");
        set_day(&at.city, "2014-03-04");
        at.answer(&at.applicant, case, kind, &home_care(&leased)).await.expect("not asked");
        let told = at.submit(case).await;
        assert!(!told.as_ref().is_err_and(|told| told.contains("charity")), "{told:?}");
    })
    .await;
}

/// Registers a home-care centre that is no charity, up to its certificate.
async fn registered(at: &Window) -> (CaseId, OrganisationId) {
    let kind = OrganisationKind::SocialServiceInstitution;
    let case = at.fill(&at.applicant, kind, &home_care(&[])).await.expect("filled");
    at.attach(&at.applicant, case, &PAPERS).await;
    at.submit(case).await.expect("sent in");
    at.accept(case).await.expect("accepted");
    at.review(&at.first, case).await.expect("reviewed");
    at.review(&at.second, case).await.expect("reviewed");
    at.visit(case).await.expect("visited");
    at.approve(&at.director, case).await.expect("approved");
    let version = at.version(case).await;
    let uscc = at.does(&at.window, &IssueCertificate { case, version }).await.expect("issued");
    let id = profile::organisation(&at.city, &uscc).await.expect("registered").id;
    (case, id)
}

/// Whether each certificate of an organisation says that it is a charity, and whether it still holds.
async fn certificates(city: &City, id: OrganisationId) -> Vec<(bool, bool)> {
    let sql = "SELECT * FROM document WHERE organisation_id = $1 AND kind = 'certificate' ORDER BY serial";
    let all: Vec<documents::Document> = city.db.all(sql, app::args![id]).await.expect("certificates");
    let says = |one: &documents::Document| one.facts().iter().any(|(name, _)| name == "charity");
    all.iter().map(|one| (says(one), one.withdrawn_at.is_none())).collect()
}

#[tokio::test]
async fn whoever_is_recognised_later_gets_a_new_certificate() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let (_, id) = registered(&at).await;
        assert_eq!(certificates(&at.city, id).await, [(false, true)]);
        let person = at.applicant.person.expect("a person");
        let own = Actor::new(person, Role::OrganisationUser, Scope::Organisation(id));
        let apply = whole(&at.city, &own).await;
        let number = act(&at.city, &own, &apply).await.expect("applied");
        act(&at.city, &at.window, &AcceptCharity { number }).await.expect("accepted");
        act(&at.city, &at.window, &checked(number, None)).await.expect("reviewed");
        act(&at.city, &at.director, &decided(number, true)).await.expect("recognised");
        assert_eq!(certificates(&at.city, id).await, [(false, false), (true, true)]);
        assert!(journal::verify(&at.city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
