//! What is open bars an end, and what an end takes with it: real contracts, bids, reports, cases and ratings, each
//! brought about by its own acts (B22, B23, T3).

use app::contracts::{self, DraftContract, OfferContract, SignAsProvider};
use app::registry::change::application::ApplyChange;
use app::registry::change::decision::{DecideChange, ReviewChange};
use app::registry::change::intake::AcceptChange;
use app::registry::ending::cancellation::{ApplyCancellation, ReviewCancellation};
use app::registry::ending::decision::DecideEnding;
use app::registry::ending::intake::AcceptCancellation;
use app::registry::ending::revocation::{AnswerRevocation, NoticeRevocation, ProposeRevocation};
use app::registry::figures::figures;
use app::registry::inspection::{self, DecideMany, FoundGround, ReviewReport};
use app::registry::rating::meeting::ConcludeMeeting;
use app::registry::rating::{grade_on, public};
use app::registry::registration::{AnnounceCase, IssueCertificate};
use app::registry::{Filter, directory, profile, public_lists};
use app::{City, deadlines, documents, journal};
use domain::kernel::{Actor, OrganisationId, Role, RuleKey, Scope};
use domain::registry::change::ChangeItem;
use domain::registry::credit::StatementKind;
use domain::registry::ending::RevocationGround;
use domain::registry::inspection::{Ground, InspectionState, Outcome, Weight};
use domain::registry::rating::{Grade, RatingStage};
use domain::registry::standing_history::RatingEnd;
use domain::registry::{DocumentKind, OrganisationKind, OrganisationStatus, PaperKind};

use crate::credit_cast::{act, code, person};
use crate::ending::{cancellation, change, paper};
use crate::support::on_both;

/// Who ends organisations.
struct Desk {
    officer: Actor,
    director: Actor,
}

async fn desk(city: &City) -> Desk {
    Desk {
        officer: person(city, "ending-officer", Role::ApprovalOfficer, Scope::City).await,
        director: person(city, "ending-director", Role::ApprovalDirector, Scope::City).await,
    }
}

/// Asks for cancellation after a liquidation that ended today.
pub async fn ask(city: &City, own: &Actor) -> ApplyCancellation {
    let report = paper(city, own, PaperKind::LiquidationReport).await;
    ApplyCancellation { liquidated_on: city.clock.now().date(), ..cancellation(&[report]) }
}

async fn cancel(city: &City, desk: &Desk, own: &Actor) {
    let number = act(city, own, &ask(city, own).await).await.expect("asked");
    act(city, &desk.officer, &AcceptCancellation { number }).await.expect("taken up");
    let review = ReviewCancellation { number, is_fit: true, opinion: "清算完毕（示例）".into() };
    act(city, &desk.officer, &review).await.expect("reviewed");
    let decide = DecideEnding { number, is_ended: true, decision: "符合规定（示例）".into() };
    act(city, &desk.director, &decide).await.expect("ended");
}

async fn revoke(city: &City, desk: &Desk, own: &Actor, organisation: OrganisationId) {
    let propose = ProposeRevocation {
        organisation,
        ground: RevocationGround::BeyondScope,
        evidence: "检查记录（示例）".into(),
    };
    let number = act(city, &desk.officer, &propose).await.expect("proposed");
    act(city, &desk.officer, &NoticeRevocation { number }).await.expect("noticed");
    let (kind, statement) = (StatementKind::Waived, String::new());
    act(city, own, &AnswerRevocation { number, kind, statement, papers: vec![] }).await.expect("answered");
    let decide = DecideEnding { number, is_ended: true, decision: "情形属实（示例）".into() };
    act(city, &desk.director, &decide).await.expect("revoked");
}

#[tokio::test]
async fn an_open_contract_bars_and_whoever_has_ended_signs_none() {
    on_both(async |city| {
        let planted = crate::planted::awarded(&city, 12, "awarded").await;
        let desk = desk(&city).await;
        let own = &planted.provider;
        let request = ask(&city, own).await;
        // Awarded and not yet under contract: the purchase bars it.
        assert_eq!(code(act(&city, own, &request).await), "ending.no-open-tenders@");
        act(&city, &planted.staff, &DraftContract { tender: planted.tender }).await.expect("a draft");
        let request = ask(&city, own).await;
        let both = "ending.no-open-contracts@ ending.no-open-tenders@";
        assert_eq!(code(act(&city, own, &request).await), both);
        let (contract, _) =
            contracts::by_number(&city, &planted.staff, "NJGZ-HT-2014-001").await.expect("the contract");
        let offer = OfferContract { contract: contract.id, version: contract.version };
        act(&city, &planted.staff, &offer).await.expect("offered");
        revoke(&city, &desk, own, planted.organisation).await;
        let sign = SignAsProvider { contract: contract.id, version: contract.version + 1 };
        assert_eq!(code(act(&city, own, &sign).await), "registry.alive (C17)");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn no_contract_is_drafted_with_whoever_has_ended() {
    on_both(async |city| {
        let planted = crate::planted::awarded(&city, 12, "awarded").await;
        let desk = desk(&city).await;
        revoke(&city, &desk, &planted.provider, planted.organisation).await;
        let draft = act(&city, &planted.staff, &DraftContract { tender: planted.tender }).await;
        assert_eq!(code(draft), "registry.alive (C17)");
    })
    .await;
}

#[tokio::test]
async fn an_opened_bid_bars() {
    on_both(async |city| {
        let room = crate::room::Room::opened(&city, crate::room::PLAN).await;
        let own = &room.bidders[0].user;
        let request = ask(&city, own).await;
        assert_eq!(code(act(&city, own, &request).await), "ending.no-open-tenders@");
    })
    .await;
}

#[tokio::test]
async fn whoever_has_ended_bids_no_more() {
    on_both(async |city| {
        let ground = crate::tendering_ground::ground(&city, false).await;
        let tender = ground.published(&city).await;
        let bidder = crate::tendering_ground::bidder(&city, "XX900021", vec![]).await;
        let stays = crate::tendering_ground::bidder(&city, "XX900022", vec![]).await;
        let desk = desk(&city).await;
        let organisation = bidder.organisation().expect("an organisation");
        revoke(&city, &desk, &bidder, organisation).await;
        let bid = crate::tendering_ground::bid(&city, &bidder, tender, "150000").await;
        assert_eq!(crate::tendering_ground::codes(bid), ["registry.status-active"]);
        crate::tendering_ground::bid(&city, &stays, tender, "150000").await.expect("a bid");
    })
    .await;
}

#[tokio::test]
async fn a_report_under_review_and_an_open_rectification_bar_and_a_due_one_falls_away() {
    on_both(async |city| {
        let desk = desk(&city).await;
        let own = crate::inspected::organisation(&city, 1, '2', "2010-05-01").await;
        let silent = crate::inspected::organisation(&city, 2, '2', "2010-05-01").await;
        let year = 2013;
        inspection::open(&city, &desk.officer, &crate::inspected::NO_KEY, year).await.expect("opened");
        crate::inspected::file(&city, &own, year).await;
        let request = ask(&city, &own.actor).await;
        assert_eq!(code(act(&city, &own.actor, &request).await), "ending.no-open-inspections@");
        let version = crate::inspected::held(&city, &own, year).await.version;
        let review = ReviewReport {
            year,
            uscc: own.uscc.clone(),
            version,
            grounds: vec![FoundGround { ground: Ground::Finance, weight: Weight::Minor }],
            outcome: Outcome::BasicPass,
            note: "账目有误（示例）".into(),
        };
        act(&city, &desk.officer, &review).await.expect("reviewed");
        let row = crate::inspected::row(&city, &own, year, Outcome::BasicPass).await;
        act(&city, &desk.director, &DecideMany { year, rows: vec![row] }).await.expect("decided");
        let request = ask(&city, &own.actor).await;
        assert_eq!(code(act(&city, &own.actor, &request).await), "ending.no-open-rectifications@");
        // Whoever only owes a report may end; the report is asked for no more.
        cancel(&city, &desk, &silent.actor).await;
        let inspected = crate::inspected::held(&city, &silent, year).await;
        assert_eq!(inspected.state, InspectionState::Exempt);
        // A revoked one mends no more either.
        revoke(&city, &desk, &own.actor, own.id).await;
        let subject = crate::inspected::held(&city, &own, year).await.subject();
        let open = deadlines::of(&city, subject).await.expect("deadlines");
        assert!(open.iter().all(|one| one.done_on.is_some()), "{open:?}");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_is_revoked_and_then_struck_off_ended_once_in_the_figures() {
    on_both(async |city| {
        let desk = desk(&city).await;
        let own = crate::inspected::organisation(&city, 1, '2', "2010-05-01").await;
        crate::inspected::organisation(&city, 2, '2', "2010-05-01").await;
        revoke(&city, &desk, &own.actor, own.id).await;
        cancel(&city, &desk, &own.actor).await;
        let today = city.clock.now().date();
        let found = figures(&city, today).await.expect("figures");
        let year = found.years.last().expect("a year");
        assert_eq!((year.year, year.added, year.ended, year.at_end), (today.year(), 0, 1, 1));
        let ended = Filter { ended: Some(year.year), ..Filter::default() };
        assert_eq!(directory::counts(&city, &ended).await.expect("counts").all(), 1);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

async fn certificates(city: &City, organisation: OrganisationId) -> (i64, i64) {
    let of = |standing: &str| {
        format!(
            "SELECT count(*) FROM document WHERE organisation_id = $1 AND kind = 'certificate' AND {standing}"
        )
    };
    let count = async |sql: String| city.db.number(&sql, app::args![organisation]).await.expect("a count");
    (count(of("withdrawn_at IS NULL")).await, count(of("withdrawn_at IS NOT NULL")).await)
}

#[tokio::test]
async fn an_open_case_bars_and_the_certificate_follows_change_and_end() {
    on_both(async |city| {
        let window = crate::registration_ground::window(city, "2026-03-02").await;
        let form = crate::registration_ground::home_care(&[]);
        let institution = OrganisationKind::SocialServiceInstitution;
        let case = window.fill(&window.applicant, institution, &form).await.expect("filled");
        let papers =
            [PaperKind::Application, PaperKind::PremisesRight, PaperKind::Identity, PaperKind::Charter];
        window.attach(&window.applicant, case, &papers).await;
        window.submit(case).await.expect("sent in");
        window.accept(case).await.expect("accepted");
        window.visit(case).await.expect("visited");
        window.review(&window.first, case).await.expect("reviewed");
        window.review(&window.second, case).await.expect("reviewed");
        window.approve(&window.director, case).await.expect("approved");
        let version = window.version(case).await;
        let uscc = window.does(&window.window, &IssueCertificate { case, version }).await.expect("issued");
        let city = &window.city;
        let id = profile::organisation(city, &uscc).await.expect("registered").id;
        let person = window.applicant.person.expect("a person");
        let own = Actor::new(person, Role::OrganisationUser, Scope::Organisation(id)).with_fresh_password();
        // The registration itself is not concluded before it is announced.
        let request = ask(city, &own).await;
        assert_eq!(code(act(city, &own, &request).await), "ending.no-open-cases@");
        let version = window.version(case).await;
        window.does(&window.window, &AnnounceCase { case, version }).await.expect("announced");
        let premises = paper(city, &own, PaperKind::PremisesRight).await;
        let minutes = paper(city, &own, PaperKind::Minutes).await;
        let consent_on = city.clock.now().date();
        let moved = change(ChangeItem::Domicile, "南京市秦淮区示例新址1号", &[minutes, premises]);
        let number = act(city, &own, &ApplyChange { consent_on, ..moved }).await.expect("asked");
        let request = ask(city, &own).await;
        assert_eq!(code(act(city, &own, &request).await), "ending.no-open-cases@");
        act(city, &window.first, &AcceptChange { number }).await.expect("taken up");
        let review = ReviewChange { number, is_fit: true, opinion: "属实（示例）".into() };
        act(city, &window.first, &review).await.expect("reviewed");
        let decide = DecideChange { number, is_approved: true, decision: "符合规定（示例）".into() };
        act(city, &window.director, &decide).await.expect("decided");
        assert_eq!(certificates(city, id).await, (1, 1), "a new certificate takes the place of the old one");
        let desk = Desk { officer: window.first.clone(), director: window.director.clone() };
        cancel(city, &desk, &own).await;
        assert_eq!(certificates(city, id).await, (0, 2), "no certificate outlives the registration");
        let held = profile::organisation_by_id(city, id).await.expect("held");
        assert_eq!(held.status, OrganisationStatus::Cancelled);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_grade_lapses_with_the_registration_and_its_plaque_goes_back() {
    on_both(async |city| {
        let stage = crate::rating::Stage::set(&city).await;
        stage.confirmed(&city).await;
        let today = city.clock.now().date();
        assert_eq!(grade_on(&city, stage.organisation, today).await, Ok(Some(Grade::FourA)));
        let desk = desk(&city).await;
        cancel(&city, &desk, &stage.user).await;
        assert_eq!(grade_on(&city, stage.organisation, today).await, Ok(None));
        assert!(public::in_force(&city, &public::Filter::default()).await.expect("read").is_empty());
        assert!(public::plaque(&city, crate::rating::NUMBER).await.is_err());
        let record = public_lists::record(&city, &stage.uscc).await.expect("a record");
        assert_eq!(record.ratings[0].ended_by, Some(RatingEnd::Lapsed));
        let subject = stage.case(&city).await.subject();
        let due = deadlines::of(&city, subject).await.expect("deadlines");
        assert_eq!(due.last().map(|one| one.rule), Some(RuleKey::PlaqueReturnDays));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_application_for_a_rating_ends_with_the_registration() {
    on_both(async |city| {
        let stage = crate::rating::Stage::set(&city).await;
        let case = stage.assess(&city).await;
        stage.call(&city, case, stage.committee, 10).await.expect("a sitting");
        stage.vote(&city, case, 0..8, Some(Grade::FourA)).await;
        let desk = desk(&city).await;
        revoke(&city, &desk, &stage.user, stage.organisation).await;
        assert_eq!(stage.case(&city).await.stage, RatingStage::Ineligible);
        let conclude = ConcludeMeeting { case, reason: String::new() };
        assert_eq!(code(act(&city, &stage.officer, &conclude).await), "rating.no-meeting (B32)");
        let told = documents::of(&city, &stage.user, stage.case(&city).await.subject()).await.expect("read");
        assert!(told.iter().all(|one| one.kind != DocumentKind::RatingNotice));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
