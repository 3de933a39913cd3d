//! Public fundraising on both databases: who may apply, the one correction, two people, the certificate that
//! verifies, the late decision, and how a certificate ends (B39, B9, C14, S10, S12).

use app::inbox::{self, TaskKind, member};
use app::journal::RATING_GRADE;
use app::registry::credit::penalty::{ConfirmPenalty, Footing, RecordPenalty};
use app::registry::credit::proposal::ProposeListing;
use app::registry::fundraising::application::{
    ApplyForFundraising, FundraisingForm, ResubmitFundraising, WithdrawFundraising,
};
use app::registry::fundraising::decision::{
    Check, DecideFundraising, ReviewFundraising, SendBackFundraising,
};
use app::registry::fundraising::intake::{AcceptFundraising, CorrectFundraising};
use app::registry::fundraising::read;
use app::registry::{OrganisationForm, RegisterOrganisation};
use app::{Act, City, Cx, Error, documents, journal};
use domain::kernel::Coded;
use domain::kernel::{Actor, CreditCode, Date, Fen, OrganisationId, Role, Scope};
use domain::registry::credit::{ListingGround, PenaltyKind};
use domain::registry::fundraising::{Condition, FundraisingStage, FundraisingWay, Said};
use domain::registry::{DocumentKind, Offence, PaperKind};

use crate::credit_cast::{Cast, Inspect, act, at, cast, charity_since, code, day, form, list_now, person};
use crate::ending::paper;
use crate::support::{on_both, system};

/// A grade that another capability confirmed.
struct Grade {
    organisation: OrganisationId,
    grade: &'static str,
    from: Date,
    until: Date,
}

impl Act for Grade {
    type Outcome = ();
    const NAME: &'static str = "test.grade";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let id = cx.id();
        let values = [
            ("organisation_id", self.organisation.into()),
            ("grade", self.grade.into()),
            ("confirmed_on", self.from.into()),
            ("valid_until", self.until.into()),
        ];
        cx.insert(&RATING_GRADE, id, &values).await
    }
}

pub async fn graded(city: &City, id: OrganisationId, grade: &'static str) {
    let (from, until) = (day("2024-01-10"), day("2029-01-09"));
    act(city, &system(), &Grade { organisation: id, grade, from, until }).await.expect("graded");
}

/// An application with every condition explained and its papers.
pub async fn whole(city: &City, own: &Actor) -> ApplyForFundraising {
    let said = |condition: &Condition| Said {
        condition: *condition,
        is_promised: true,
        words: "符合，见章程和制度（示例）".into(),
    };
    let audit = paper(city, own, PaperKind::AuditReport).await;
    let minutes = paper(city, own, PaperKind::Minutes).await;
    let form = FundraisingForm {
        said: Condition::ALL.iter().map(said).collect(),
        statement: String::new(),
        promises: true,
        papers: vec![audit, minutes],
    };
    ApplyForFundraising { way: FundraisingWay::Application, form }
}

pub fn checked(number: i64, unmet: Option<Condition>) -> ReviewFundraising {
    let check = |condition: &Condition| {
        let is_met = Some(*condition) != unmet;
        let finding = if is_met { "" } else { "制度没有执行（示例）" };
        Check { condition: *condition, is_met: Some(is_met), finding: finding.into() }
    };
    ReviewFundraising {
        number,
        checks: Condition::ALL.iter().map(check).collect(),
        is_fit: None,
        opinion: "逐项核对（示例）".into(),
    }
}

pub fn decided(number: i64, is_granted: bool) -> DecideFundraising {
    DecideFundraising { number, is_granted, grounds: Vec::new(), decision: "依法决定（示例）".into() }
}

/// A charity of exactly one year on 10 September 2026, with a grade in force.
pub async fn sound(city: &City) -> Cast {
    let cast = cast(city).await;
    assert!(city.clock.move_to(at("2026-09-10", 9)));
    charity_since(city, cast.id, "2025-09-10").await;
    graded(city, cast.id, "3a").await;
    cast
}

pub async fn tasks(city: &City, reader: &Actor) -> Vec<TaskKind> {
    let found = inbox::tasks(city, reader).await.expect("tasks");
    found
        .into_iter()
        .filter(|task| task.is_own && task.kind.is_of_fundraising())
        .map(|one| one.kind)
        .collect()
}

#[tokio::test]
async fn a_charity_of_a_year_gets_a_certificate_that_verifies() {
    on_both(async |city| {
        let cast = sound(&city).await;
        let apply = whole(&city, &cast.own).await;
        let number = act(&city, &cast.own, &apply).await.expect("applied");
        assert_eq!(code(act(&city, &cast.own, &apply).await), "fundraising.under-way (B39)");
        assert_eq!(tasks(&city, &cast.officer).await, [TaskKind::TakeInFundraising]);
        assert!(act(&city, &cast.director, &AcceptFundraising { number }).await.is_err(), "the officer does");
        act(&city, &cast.officer, &AcceptFundraising { number }).await.expect("accepted");
        assert_eq!(tasks(&city, &cast.officer).await, [TaskKind::ReviewFundraising]);
        assert_eq!(
            code(act(&city, &cast.director, &decided(number, true)).await),
            "fundraising.wrong-stage (B39)"
        );
        let bare = ReviewFundraising { checks: Vec::new(), opinion: String::new(), ..checked(number, None) };
        let said = code(act(&city, &cast.officer, &bare).await);
        assert_eq!(said.matches("fundraising.check-missing@found_").count(), 8, "{said}");
        assert!(said.ends_with("change.text-missing@opinion"), "all faults at once: {said}");
        act(&city, &cast.officer, &checked(number, None)).await.expect("reviewed");
        assert_eq!(tasks(&city, &cast.director).await, [TaskKind::DecideFundraising]);
        let bureau = person(&city, "bureau", Role::OrganisationBureau, Scope::City).await;
        assert!(act(&city, &bureau, &decided(number, true)).await.is_err(), "policy decides nothing (S12)");
        let deny = code(act(&city, &cast.director, &decided(number, false)).await);
        assert_eq!(deny, "fundraising.ground-missing@ground");
        act(&city, &cast.director, &decided(number, true)).await.expect("granted");
        let held = read::certificate_of(&city, cast.id).await.expect("read").expect("a certificate");
        assert!(held.number.starts_with("宁民募〔2026〕"), "{}", held.number);
        let document = documents::verify(&city, &held.code).await.expect("verifies");
        assert_eq!((document.kind, document.withdrawn_at), (DocumentKind::FundraisingCertificate, None));
        documents::read(&city, &Actor::VISITOR, &held.code).await.expect("anyone reads it");
        assert_eq!(code(act(&city, &cast.own, &apply).await), "fundraising.under-way (B39)");
        assert!(read::one(&city, &Actor::VISITOR, number).await.is_err(), "strangers see no case");
        assert!(read::one(&city, &bureau, number).await.is_err(), "nor does policy (S12)");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_misses_a_condition_is_refused_with_its_rule() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2026-08-10", 9)));
        charity_since(&city, cast.id, "2025-09-10").await;
        graded(&city, cast.id, "3a").await;
        let apply = whole(&city, &cast.own).await;
        let refused = async || match act(&city, &cast.own, &apply).await {
            Err(Error::Invalid(found)) => {
                assert!(found.iter().all(|one| one.rule == "B39"), "{found:?}");
                found.iter().map(|one| one.code).collect::<Vec<_>>().join(" ")
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(refused().await, "registry.charity-for", "eleven months");
        assert!(city.clock.move_to(at("2026-09-10", 9)));
        // No-show: not yet on a list, refused all the same.
        let silent =
            Inspect { organisation: cast.id, year: 2025, absent_on: Some(day("2026-06-01")), outcome: None };
        act(&city, &system(), &silent).await.expect("absent");
        assert_eq!(refused().await, "registry.yearly-reported", "a no-show");
        let propose = ProposeListing {
            organisation: cast.id,
            ground: ListingGround::ReportOverdue,
            evidence: "未按时报送年度报告（示例）".into(),
            arose_on: day("2026-06-01"),
            paper: None,
        };
        let listed = act(&city, &cast.officer, &propose).await.expect("proposed");
        list_now(&city, &cast, listed).await;
        assert_eq!(refused().await, "registry.on-no-list registry.yearly-reported", "listed");
    })
    .await;
}

#[tokio::test]
async fn the_young_need_no_grade_and_a_penalty_bars_for_a_year() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let of = |subject: &str, registered_on: &str| OrganisationForm {
            code: CreditCode::derive('5', '2', "320104", subject).expect("a code").as_str().into(),
            registered_on: registered_on.into(),
            ..form(subject)
        };
        assert!(city.clock.move_to(at("2026-09-10", 9)));
        let enter = async |subject: &str, registered_on: &str, login: &str| {
            let register = RegisterOrganisation { form: of(subject, registered_on) };
            let id = act(&city, &cast.officer, &register).await.expect("entered");
            let own = person(&city, login, Role::OrganisationUser, Scope::Organisation(id)).await;
            charity_since(&city, id, "2025-09-10").await;
            let apply = whole(&city, &own).await;
            (id, own, apply)
        };
        let (_, own, apply) = enter("XX900002", "2024-09-11", "young").await;
        act(&city, &own, &apply).await.expect("younger than two years, no grade");
        let (id, own, apply) = enter("XX900003", "2024-09-10", "old").await;
        assert_eq!(code(act(&city, &own, &apply).await), "registry.graded-or-young@");
        graded(&city, id, "2a").await;
        assert_eq!(code(act(&city, &own, &apply).await), "registry.graded-or-young@", "below 3A");
        let (id, own, apply) = enter("XX900004", "2025-01-10", "punished").await;
        let record = RecordPenalty {
            organisation: id,
            kind: PenaltyKind::Warning,
            amount: Fen::ZERO,
            document_number: "示例罚1".into(),
            authority: "示例局".into(),
            reason: "示例".into(),
            imposed_on: day("2025-09-11"),
            until: None,
            footing: Footing::on(Offence::OtherLaw),
        };
        let penalty = act(&city, &cast.officer, &record).await.expect("recorded");
        act(&city, &cast.director, &ConfirmPenalty { penalty, is_right: true }).await.expect("confirmed");
        assert_eq!(code(act(&city, &own, &apply).await), "registry.no-penalty-within-year@");
        assert!(city.clock.move_to(at("2026-09-11", 9)));
        act(&city, &own, &apply).await.expect("a year later");
    })
    .await;
}

#[tokio::test]
async fn before_the_law_there_is_nothing_to_apply_for_and_every_fault_is_told() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        charity_since(&city, cast.id, "2012-01-10").await;
        let apply = whole(&city, &cast.own).await;
        let said = code(act(&city, &cast.own, &apply).await);
        assert_eq!(said, "registry.fundraising-law@ registry.graded-or-young@");
        assert!(city.clock.move_to(at("2026-09-10", 9)));
        graded(&city, cast.id, "3a").await;
        let form = FundraisingForm {
            said: apply.form.said.iter().filter(|one| one.condition != Condition::Tax).cloned().collect(),
            statement: String::new(),
            promises: false,
            papers: Vec::new(),
        };
        let bare = ApplyForFundraising { way: FundraisingWay::Application, form };
        let said = code(act(&city, &cast.own, &bare).await);
        let expected = "fundraising.not-promised@met_tax fundraising.words-missing@says_tax \
                        fundraising.paper-missing@papers fundraising.paper-missing@papers \
                        fundraising.promise-missing@promise";
        assert_eq!(said, expected);
        let claim = ApplyForFundraising { way: FundraisingWay::Claim, ..apply };
        let said = code(act(&city, &cast.own, &claim).await);
        assert_eq!(said, "fundraising.old-foundation@ change.text-missing@statement");
    })
    .await;
}

#[tokio::test]
async fn one_correction_then_two_people_and_a_denial_on_its_grounds() {
    on_both(async |city| {
        let cast = sound(&city).await;
        let apply = whole(&city, &cast.own).await;
        let number = act(&city, &cast.own, &apply).await.expect("applied");
        let correct = CorrectFundraising { number, defects: "补充支出专项信息（示例）".into() };
        act(&city, &cast.officer, &correct).await.expect("told");
        let own = member::of_organisation(&city, cast.id).await.expect("tasks");
        assert_eq!(own.iter().map(|one| one.kind.code()).collect::<Vec<_>>(), ["correct_fundraising"]);
        let mut form = apply.form.clone();
        form.said.iter_mut().for_each(|one| one.words = "已补充（示例）".into());
        let again = ResubmitFundraising { number, form };
        act(&city, &cast.own, &again).await.expect("corrected");
        assert_eq!(code(act(&city, &cast.officer, &correct).await), "fundraising.corrected-once (B9)");
        act(&city, &cast.officer, &AcceptFundraising { number }).await.expect("accepted");
        act(&city, &cast.officer, &checked(number, Some(Condition::Staff))).await.expect("reviewed");
        let held = read::one(&city, &cast.officer, number).await.expect("read");
        assert_eq!(held.case.is_fit, Some(false));
        assert!(held.conditions.iter().all(|one| one.words == "已补充（示例）"));
        let grant = code(act(&city, &cast.director, &decided(number, true)).await);
        assert_eq!(grant, "fundraising.condition (B39)", "what the officer found stands");
        let back = SendBackFundraising { number, reason: "请再核对秘书长任职（示例）".into() };
        act(&city, &cast.director, &back).await.expect("sent back");
        let both = Actor::new(cast.director.person.expect("a person"), Role::ApprovalOfficer, Scope::City);
        let give = app::access::people::GivePost { person: both.person.expect("a person"), post: both.post };
        act(&city, &system(), &give).await.expect("a second post");
        act(&city, &both, &checked(number, Some(Condition::Staff))).await.expect("reviewed by the director");
        let deny = DecideFundraising { grounds: vec![Condition::Tax], ..decided(number, false) };
        assert_eq!(code(act(&city, &cast.director, &deny).await), "change.same-person (C14)");
        let other = person(&city, "second", Role::ApprovalDirector, Scope::City).await;
        act(&city, &other, &deny).await.expect("denied");
        let held = read::one(&city, &cast.own, number).await.expect("own");
        assert_eq!(held.case.stage, FundraisingStage::Denied);
        let told = documents::of(&city, &cast.own, held.case.subject()).await.expect("read");
        let denial = told.iter().find(|one| one.kind == DocumentKind::FundraisingDenial).expect("a denial");
        assert!(denial.kind.is_adverse(), "it tells the rights of review");
        let named: Vec<String> =
            denial.items().iter().map(|one| format!("{} {}", one.code, one.rule)).collect();
        assert_eq!(named, ["fundraising.condition B39", "fundraising.condition B39"]);
        assert!(documents::read(&city, &Actor::VISITOR, &denial.code).await.is_err(), "not for the public");
        let number = act(&city, &cast.own, &apply).await.expect("applied again");
        act(&city, &cast.own, &WithdrawFundraising { number }).await.expect("withdrawn");
        assert_eq!(
            code(act(&city, &cast.officer, &AcceptFundraising { number }).await),
            "fundraising.wrong-stage (B39)"
        );
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
