//! Registration end to end: the stories G1, G2 and G3 with every refusal that they list.

use app::registry::registration::*;
use app::registry::{directory, profile};
use app::{City, documents, inbox, journal, papers};
use domain::kernel::{CaseId, Coded, OrganisationId, Role, Scope, Subject, SubjectKind};
use domain::registry::registration::TypedVisit;
use domain::registry::registration::denial::{Defect, DenialGround, NonAcceptanceGround};
use domain::registry::{DocumentKind, OrganisationKind, PaperKind};

use crate::registration_ground::*;
use crate::support::on_both;

pub const INSTITUTION: OrganisationKind = OrganisationKind::SocialServiceInstitution;
const ASSOCIATION: OrganisationKind = OrganisationKind::SocialAssociation;

pub fn no<T: std::fmt::Debug + PartialEq>(found: Result<T, String>, code: &str) {
    assert_eq!(found, Err(code.to_owned()));
}

pub async fn kinds_of(city: &City, of: &domain::kernel::Actor, case: CaseId) -> Vec<DocumentKind> {
    let subject = Subject::new(SubjectKind::Case, case.0);
    documents::of(city, of, subject).await.expect("documents").iter().map(|one| one.kind).collect()
}

#[tokio::test]
async fn g1_a_home_care_centre_is_registered_without_funds() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let short = home_care(&[("premises_until", "2026-10-31")]);
        let case = at.fill(&at.applicant, INSTITUTION, &short).await.expect("filled");
        no(
            at.submit(case).await,
            "registration.paper registration.paper registration.paper registration.paper",
        );
        at.attach(&at.applicant, case, &PAPERS).await;
        let number = at.submit(case).await.expect("sent in");
        assert_eq!(number, "NJSL-2026-0001");
        let version = at.version(case).await;
        // Funds are not asked for; a short lease is told once.
        set_day(&at.city, "2026-03-05");
        let defects = |defect, text: &str| vec![(defect, text.to_owned())];
        let ask = |defects| RequestCorrection { case, version, defects };
        no(
            at.does(&at.window, &ask(defects(Defect::Funds, "请补交验资报告"))).await,
            "registration.capital-not-asked",
        );
        no(at.does(&at.window, &ask(Vec::new())).await, "registration.defects-missing");
        no(at.does(&at.bureau, &ask(defects(Defect::Premises, "租期不足一年"))).await, "NotPermitted");
        at.does(&at.window, &ask(defects(Defect::Premises, "租期不足一年"))).await.expect("told");
        at.answer(&at.applicant, case, INSTITUTION, &home_care(&[])).await.expect("mended");
        assert_eq!(at.submit(case).await.as_deref(), Ok("NJSL-2026-0001"), "one receipt number");
        let version = at.version(case).await;
        let again = RequestCorrection { case, version, defects: defects(Defect::Charter, "章程缺页") };
        no(at.does(&at.window, &again).await, "registration.corrected-before");
        at.accept(case).await.expect("accepted");
        no(at.review(&at.bureau, case).await, "NotPermitted");
        at.review(&at.first, case).await.expect("reviewed");
        no(at.approve(&at.director, case).await, "registration.too-few-reviews");
        at.review(&at.second, case).await.expect("reviewed");
        no(at.approve(&at.director, case).await, "registration.visited");
        two_officers_visit(&at, case).await;
        no(at.approve(&at.bureau, case).await, "NotPermitted");
        at.approve(&at.director, case).await.expect("approved");
        let version = at.version(case).await;
        let code = at.does(&at.window, &IssueCertificate { case, version }).await.expect("issued");
        assert!(code.starts_with("52320100MJ"), "{code}");
        let version = at.version(case).await;
        at.does(&at.window, &AnnounceCase { case, version }).await.expect("announced");
        let found = profile::organisation(&at.city, &code).await.expect("registered");
        assert_eq!((found.name.as_str(), found.is_demo), ("南京市秦淮区夕照居家养老服务中心", true));
        let told = kinds_of(&at.city, &at.applicant, case).await;
        for kind in [
            DocumentKind::Receipt,
            DocumentKind::CorrectionNotice,
            DocumentKind::Acceptance,
            DocumentKind::VisitRecord,
            DocumentKind::Approval,
            DocumentKind::Certificate,
            DocumentKind::Announcement,
        ] {
            assert!(told.contains(&kind), "{kind:?} among {told:?}");
        }
        belongs_to_its_user(&at, found.id).await;
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

/// One officer writes down what two found, the other signs; every other way is refused (B9).
async fn two_officers_visit(at: &Window, case: CaseId) {
    let companion = at.second.person;
    no(at.record(&at.bureau, case, companion).await, "NotPermitted");
    no(at.record(&at.first, case, None).await, "registration.visit-alone");
    no(at.record(&at.first, case, at.first.person).await, "registration.visit-alone");
    no(at.record(&at.first, case, at.director.person).await, "registration.visit-companion");
    no(at.record(&at.first, case, at.applicant.person).await, "registration.own-case");
    let version = at.version(case).await;
    let empty = RecordVisit { case, version, typed: TypedVisit::default(), companion: None };
    no(
        at.does(&at.first, &empty).await,
        "registration.visit-alone kernel.date-missing registration.text-missing registration.text-missing \
         registration.visit-point registration.visit-point registration.visit-point registration.text-missing",
    );
    no(at.sign(&at.second, case, true).await, "registration.visit-none");
    at.record(&at.first, case, companion).await.expect("recorded");
    no(at.record(&at.window, case, companion).await, "registration.visit-unsigned");
    no(at.approve(&at.director, case).await, "registration.visit-unsigned");
    no(at.sign(&at.first, case, true).await, "registration.visit-other");
    at.sign(&at.second, case, false).await.expect("declined");
    no(at.approve(&at.director, case).await, "registration.visited");
    at.visit(case).await.expect("visited anew");
    assert_eq!(at.held(case).await.visits_missing, Some(0));
    let visits = visit::of(&at.city, &at.held(case).await).await.expect("visits");
    let (signed, declined): (Vec<_>, Vec<_>) = visits.iter().partition(|one| one.signed_at.is_some());
    assert_eq!((signed.len(), declined.len()), (1, 1));
    assert!(declined.iter().all(|one| one.declined_at.is_some()), "and none waits");
}

/// The applicant now acts for the organisation, which has the papers.
async fn belongs_to_its_user(at: &Window, organisation: OrganisationId) {
    let person = at.applicant.person.expect("a person");
    let posts = app::access::people::posts_of(&at.city, person).await.expect("posts");
    assert!(posts.iter().any(|held| held.post.scope == Scope::Organisation(organisation)));
    let user = domain::kernel::Actor::new(person, Role::OrganisationUser, Scope::Organisation(organisation));
    assert_eq!(papers::own(&at.city, &user).await.expect("papers").len(), PAPERS.len());
    let items = "SELECT count(*) FROM registered_item WHERE organisation_id = $1 AND until_on IS NULL";
    assert_eq!(at.city.db.number(items, app::args![organisation]).await, Ok(8));
    let counts = directory::counts(&at.city, &directory::Filter::default()).await.expect("counts");
    assert_eq!(counts.registered, 1);
}

#[tokio::test]
async fn g1_what_is_refused() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let start =
            async |changes: &[(&str, &str)]| at.fill(&at.applicant, INSTITUTION, &home_care(changes)).await;
        no(start(&[("name", "中国夕照居家养老服务中心")]).await, "name.head");
        no(start(&[("name", "南京市夕照居家养老服务协会")]).await, "name.form");
        let case = start(&[("has_branches", "yes")]).await.expect("filled");
        at.attach(&at.applicant, case, &PAPERS).await;
        no(at.submit(case).await, "registration.branches");
        at.answer(&at.applicant, case, INSTITUTION, &home_care(&[("premises_until", "2026-10-31")]))
            .await
            .expect("answered");
        at.submit(case).await.expect("sent in");
        // The same name is kept for it, the case is nobody else's, and a draft is changed no more.
        no(at.fill(&at.stranger, INSTITUTION, &home_care(&[])).await, "name.reserved");
        let version = at.version(case).await;
        no(at.does(&at.stranger, &WithdrawCase { case, version }).await, "NotFound");
        no(at.answer(&at.applicant, case, INSTITUTION, &home_care(&[])).await, "registration.not-editable");
        no(at.does(&at.window, &AcceptCase { case, version: version - 1 }).await, "Stale");
        let refuse = RefuseAcceptance {
            case,
            version,
            ground: NonAcceptanceGround::InsideOneUnit,
            reasons: "短".to_owned(),
        };
        no(at.does(&at.window, &refuse).await, "registration.reasons-missing");
        at.accept(case).await.expect("accepted");
        no(at.accept(case).await, "registration.not-now");
        at.review(&at.first, case).await.expect("reviewed");
        no(at.review(&at.first, case).await, "registration.reviewed-before");
        at.review(&at.second, case).await.expect("reviewed");
        // A lease of eight months bars the registration itself; every bar is told at once.
        no(at.approve(&at.director, case).await, "registration.premises registration.visited");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn sixty_days_end_after_the_holiday_and_stand_still_for_another_department() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let case = at.fill(&at.applicant, INSTITUTION, &home_care(&[])).await.expect("filled");
        at.attach(&at.applicant, case, &PAPERS).await;
        at.submit(case).await.expect("sent in");
        at.accept(case).await.expect("accepted");
        let subject = Subject::new(SubjectKind::Case, case.0);
        let due = async || {
            let all = app::deadlines::of(&at.city, subject).await.expect("read");
            let one = all.into_iter().find(|one| one.rule.code() == "registration_decision_days");
            one.and_then(|one| one.due_on).map(|day| day.to_string())
        };
        assert_eq!(due().await.as_deref(), Some("2026-05-06"), "B13");
        let version = at.version(case).await;
        let ask = AskDepartment {
            case,
            version,
            department: "市卫生健康委员会".to_owned(),
            question: "是否符合医养结合要求？".to_owned(),
        };
        at.does(&at.first, &ask).await.expect("asked");
        assert_eq!(due().await, None, "it stands still");
        at.visit(case).await.expect("visited");
        at.review(&at.first, case).await.expect("reviewed");
        at.review(&at.second, case).await.expect("reviewed");
        no(at.approve(&at.director, case).await, "registration.consultation-open");
        set_day(&at.city, "2026-03-12");
        let consultation =
            read::hanging(&at.city, &at.held(case).await).await.expect("read").consultations[0].id;
        let version = at.version(case).await;
        let reply = RecordReply { case, version, consultation, reply: "符合。".to_owned() };
        at.does(&at.first, &reply).await.expect("recorded");
        assert_eq!(due().await.as_deref(), Some("2026-05-11"), "ten days later, a Monday");
        at.approve(&at.director, case).await.expect("approved");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

pub async fn registered_association(
    at: &Window,
    answers: &domain::registry::registration::Answers,
) -> String {
    let case = at.fill(&at.applicant, ASSOCIATION, answers).await.expect("filled");
    at.attach(&at.applicant, case, &PAPERS).await;
    at.attach(&at.applicant, case, &[PaperKind::CapitalVerification, PaperKind::MemberList]).await;
    at.submit(case).await.expect("sent in");
    at.accept(case).await.expect("accepted");
    at.review(&at.first, case).await.expect("reviewed");
    at.review(&at.second, case).await.expect("reviewed");
    at.approve(&at.director, case).await.expect("approved");
    let version = at.version(case).await;
    at.does(&at.window, &IssueCertificate { case, version }).await.expect("issued")
}

#[tokio::test]
async fn g2_a_second_association_of_one_trade() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let first = association(&[("name", "南京市家政服务协会"), ("identity", "320104196001010011")]);
        let code = registered_association(&at, &first).await;
        assert!(code.starts_with("51320100MJ"), "{code}");
        let leads = association(&[("identity", "320104196001010011")]);
        let case = at.fill(&at.applicant, ASSOCIATION, &leads).await.expect("filled");
        at.attach(&at.applicant, case, &PAPERS).await;
        at.attach(&at.applicant, case, &[PaperKind::CapitalVerification, PaperKind::MemberList]).await;
        no(at.submit(case).await, "registration.representative-leads");
        let few = association(&[("individual_members", "30"), ("unit_members", "19")]);
        at.answer(&at.applicant, case, ASSOCIATION, &few).await.expect("answered");
        no(at.submit(case).await, "registration.members");
        at.answer(&at.applicant, case, ASSOCIATION, &association(&[("leads_other", "yes")]))
            .await
            .expect("answered");
        no(at.submit(case).await, "registration.leads-other");
        at.answer(&at.applicant, case, ASSOCIATION, &association(&[])).await.expect("answered");
        at.submit(case).await.expect("similarity refuses nothing by itself");
        at.accept(case).await.expect("accepted");
        at.review(&at.first, case).await.expect("reviewed");
        at.review(&at.second, case).await.expect("reviewed");
        no(at.approve(&at.director, case).await, "registration.necessity-missing");
        let deny = async |ground, reasons: &str| {
            let version = at.version(case).await;
            at.does(&at.director, &DenyCase { case, version, ground, reasons: reasons.to_owned() }).await
        };
        no(
            deny(DenialGround::NotNecessary, "已有一家家政服务协会，没有必要。").await,
            "registration.similarity-alone",
        );
        no(deny(DenialGround::Fraud, " ").await, "registration.reasons-missing");
        let weigh = async |named: &str| {
            let version = at.version(case).await;
            let text = "服务对象与范围不同，有利于行业竞争。".to_owned();
            at.does(
                &at.first,
                &WeighNecessity { case, version, is_necessary: true, named: named.to_owned(), text },
            )
            .await
        };
        no(weigh("某协会").await, "registration.necessity-names-none");
        weigh("南京市家政服务协会").await.expect("weighed");
        at.approve(&at.director, case).await.expect("approved");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn g3_an_out_of_area_chamber() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let chamber = |changes: &[(&str, &str)]| {
            let mut answers = association(&[
                ("name", "南京市温州商会"),
                ("individual_members", "0"),
                ("unit_members", "30"),
                ("origin", "温州"),
                ("origin_level", "prefecture"),
                ("initiators", "5"),
            ]);
            answers.0.extend(changes.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())));
            answers
        };
        let case = at.fill(&at.applicant, ASSOCIATION, &chamber(&[])).await.expect("filled");
        at.attach(&at.applicant, case, &PAPERS).await;
        at.attach(&at.applicant, case, &[PaperKind::CapitalVerification, PaperKind::MemberList]).await;
        for (changes, expected) in [
            (
                &[("individual_members", "60"), ("unit_members", "0")][..],
                "registration.chamber-units-only registration.chamber-members",
            ),
            (&[("outside_members", "2")][..], "registration.chamber-outside"),
            (&[("initiators", "4")][..], "registration.chamber-initiators"),
            (&[("origin_level", "county")][..], "registration.chamber-level"),
            (&[("origin", "南京市")][..], "name.chamber-home"),
            (&[("has_branches", "yes")][..], "registration.branches"),
        ] {
            at.answer(&at.applicant, case, ASSOCIATION, &chamber(changes)).await.expect("answered");
            no(at.submit(case).await, expected);
        }
        at.answer(&at.applicant, case, ASSOCIATION, &chamber(&[])).await.expect("answered");
        let version = at.version(case).await;
        at.does(&at.applicant, &WithdrawCase { case, version }).await.expect("taken back");
        registered_association(&at, &chamber(&[])).await;
        let second = chamber(&[("name", "南京市江宁区温州商会"), ("identity", "320104196501010011")]);
        let again = at.fill(&at.applicant, ASSOCIATION, &second).await.expect("filled");
        at.attach(&at.applicant, again, &PAPERS).await;
        at.attach(&at.applicant, again, &[PaperKind::CapitalVerification, PaperKind::MemberList]).await;
        no(at.submit(again).await, "registration.chamber-origin");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn an_officer_keys_in_for_someone_and_neither_reviews_nor_decides_it() {
    on_both(async |city| {
        let at = window(city, "2026-03-02").await;
        let nobody = StartCase {
            kind: INSTITUTION,
            name: "南京市秦淮区夕照居家养老服务中心".to_owned(),
            applicant: "nobody".to_owned(),
            is_demo: true,
        };
        no(at.does(&at.window, &nobody).await, "registration.applicant-unknown");
        let case = at.fill(&at.window, INSTITUTION, &home_care(&[])).await.expect("filled");
        at.attach(&at.window, case, &PAPERS).await;
        let held = at.held(case).await;
        assert_eq!((Some(held.applicant_id), held.assisted_by), (at.applicant.person, at.window.person));
        assert!(read::own(&at.city, &at.applicant, case).await.is_ok(), "both see it");
        assert!(read::own(&at.city, &at.first, case).await.is_err(), "no other officer sees a draft");
        at.submit(case).await.expect("sent in");
        at.accept(case).await.expect("accepted");
        no(at.review(&at.window, case).await, "registration.assisted-case");
        at.review(&at.first, case).await.expect("reviewed");
        let tasks = inbox::tasks(&at.city, &at.second).await.expect("tasks");
        assert_eq!(tasks.iter().map(|task| task.subject.as_str()).collect::<Vec<_>>(), ["NJSL-2026-0001"]);
        assert!(inbox::tasks(&at.city, &at.bureau).await.expect("tasks").is_empty());
        let desk = desk::desk(&at.city, &at.window, &desk::DeskFilter::default()).await.expect("the desk");
        assert_eq!(desk.len(), 1);
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}
