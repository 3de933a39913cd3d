//! Public fundraising over time, on both databases: silence, late decisions, days that stand still, the register
//! asked again, and how a certificate ends (B39, B9, B22, E17).

use app::inbox::TaskKind;
use app::registry::credit::proposal::ProposeListing;
use app::registry::ending::decision::DecideEnding;
use app::registry::ending::revocation::{AnswerRevocation, NoticeRevocation, ProposeRevocation};
use app::registry::fundraising::application::{ApplyForFundraising, FundraisingForm};
use app::registry::fundraising::decision::ReviewFundraising;
use app::registry::fundraising::intake::{AcceptFundraising, PauseFundraising};
use app::registry::fundraising::read;
use app::registry::fundraising::revocation::{ConfirmFundraisingPenalty, RecordFundraisingPenalty};
use app::registry::late::{self, Place};
use app::registry::{OrganisationForm, RegisterOrganisation, profile};
use app::{City, deadlines, documents, journal};
use domain::kernel::{CreditCode, Role, RuleKey, Scope};
use domain::registry::InspectionResult;
use domain::registry::credit::{ListingGround, StatementKind};
use domain::registry::ending::RevocationGround;
use domain::registry::fundraising::{FundraisingStage, FundraisingWay};

use crate::credit_cast::{Cast, Inspect, act, at, cast, charity_since, code, day, form, list_now, person};
use crate::fundraising::{checked, decided, sound, tasks, whole};
use crate::support::{on_both, system};

/// A certificate in force.
async fn granted(city: &City) -> (Cast, i64) {
    let cast = sound(city).await;
    let number = certify(city, &cast).await;
    (cast, number)
}

/// Applies for a certificate and gets it.
pub async fn certify(city: &City, cast: &Cast) -> i64 {
    let apply = whole(city, &cast.own).await;
    let number = act(city, &cast.own, &apply).await.expect("applied");
    act(city, &cast.officer, &AcceptFundraising { number }).await.expect("accepted");
    act(city, &cast.officer, &checked(number, None)).await.expect("reviewed");
    act(city, &cast.director, &decided(number, true)).await.expect("granted");
    number
}

#[tokio::test]
async fn silence_accepts_from_the_receipt_and_a_late_decision_is_late_for_everyone_to_see() {
    on_both(async |city| {
        let cast = sound(&city).await;
        let apply = whole(&city, &cast.own).await;
        let number = act(&city, &cast.own, &apply).await.expect("applied");
        let late = async |on: &str| deadlines::late(&city, day(on), day("2026-01-01")).await.expect("read");
        let rules = async |on: &str| late(on).await.iter().map(|one| one.rule).collect::<Vec<_>>();
        // Thursday 10 September and five working days: the 17th.
        assert!(rules("2026-09-17").await.is_empty());
        assert_eq!(rules("2026-09-18").await, [RuleKey::CorrectionWorkingDays]);
        assert!(city.clock.move_to(at("2026-09-18", 9)));
        act(&city, &cast.officer, &AcceptFundraising { number }).await.expect("accepted");
        let held = read::one(&city, &cast.officer, number).await.expect("read");
        assert_eq!(held.case.accepted_on, Some(day("2026-09-10")), "from its receipt (B9)");
        // Twenty natural days from the 10th: the 30th.
        let due: Vec<_> = late("2026-10-01").await;
        let decision = due.iter().find(|one| one.rule == RuleKey::FundraisingDecisionDays).expect("late");
        assert_eq!(decision.due_on, day("2026-09-30"));
        let about = late::about(&city, decision).await.expect("read").expect("an application");
        assert_eq!((about.place, about.number), (Place::Fundraising, number.to_string()));
        act(&city, &cast.officer, &checked(number, None)).await.expect("reviewed");
        assert!(city.clock.move_to(at("2026-10-09", 9)));
        act(&city, &cast.director, &decided(number, true)).await.expect("granted");
        let after = late("2026-10-09").await;
        let decision = after.iter().find(|one| one.rule == RuleKey::FundraisingDecisionDays).expect("late");
        assert_eq!(decision.done_on, Some(day("2026-10-09")), "late stays late");
    })
    .await;
}

#[tokio::test]
async fn asking_others_stops_the_days() {
    on_both(async |city| {
        let cast = sound(&city).await;
        let apply = whole(&city, &cast.own).await;
        let number = act(&city, &cast.own, &apply).await.expect("applied");
        let (pause, resume) =
            (PauseFundraising { number, is_paused: true }, PauseFundraising { number, is_paused: false });
        assert_eq!(code(act(&city, &cast.officer, &pause).await), "fundraising.wrong-stage (B39)");
        act(&city, &cast.officer, &AcceptFundraising { number }).await.expect("accepted");
        assert_eq!(code(act(&city, &cast.officer, &resume).await), "fundraising.not-paused (E17)");
        act(&city, &cast.officer, &pause).await.expect("paused");
        assert_eq!(code(act(&city, &cast.officer, &pause).await), "fundraising.paused-already (E17)");
        let review = checked(number, None);
        assert_eq!(code(act(&city, &cast.officer, &review).await), "fundraising.paused-already (E17)");
        assert!(city.clock.move_to(at("2026-09-20", 9)));
        act(&city, &cast.officer, &resume).await.expect("resumed");
        // Ten of the twenty days did not count: from the 30th of September to the 10th of October, a worked Saturday.
        let held = read::one(&city, &cast.officer, number).await.expect("read");
        let rows = deadlines::of(&city, held.case.subject()).await.expect("read");
        let decision = rows.iter().find(|one| one.rule == RuleKey::FundraisingDecisionDays).expect("one");
        assert_eq!(decision.due_on, Some(day("2026-10-10")));
        act(&city, &cast.officer, &review).await.expect("reviewed");
    })
    .await;
}

#[tokio::test]
async fn the_register_is_asked_again_at_the_decision() {
    on_both(async |city| {
        let cast = sound(&city).await;
        let apply = whole(&city, &cast.own).await;
        let number = act(&city, &cast.own, &apply).await.expect("applied");
        act(&city, &cast.officer, &AcceptFundraising { number }).await.expect("accepted");
        act(&city, &cast.officer, &checked(number, None)).await.expect("reviewed");
        let outcome = Some((InspectionResult::Fail, day("2026-09-10")));
        let failed = Inspect { organisation: cast.id, year: 2025, absent_on: None, outcome };
        act(&city, &system(), &failed).await.expect("failed");
        let propose = ProposeListing {
            organisation: cast.id,
            ground: ListingGround::ReportOverdue,
            evidence: "示例".into(),
            arose_on: day("2026-09-10"),
            paper: None,
        };
        let listed = act(&city, &cast.officer, &propose).await.expect("proposed");
        list_now(&city, &cast, listed).await;
        let grant = code(act(&city, &cast.director, &decided(number, true)).await);
        assert_eq!(grant, "registry.on-no-list (B39)");
        act(&city, &cast.director, &decided(number, false)).await.expect("denied on what the register says");
    })
    .await;
}

#[tokio::test]
async fn a_revoked_certificate_ends_in_public_and_bars_for_five_years() {
    on_both(async |city| {
        let (cast, number) = granted(&city).await;
        assert!(city.clock.move_to(at("2026-09-21", 9)));
        let record = RecordFundraisingPenalty {
            number,
            penalty_number: "示例罚决1号".into(),
            reason: "违规募捐，情节严重（示例）".into(),
            penalty_on: day("2026-09-20"),
        };
        let early = RecordFundraisingPenalty { penalty_on: day("2026-09-09"), ..record.clone() };
        assert_eq!(code(act(&city, &cast.officer, &early).await), "fundraising.penalty-day@penalty_on");
        let confirm = ConfirmFundraisingPenalty { number, is_right: true };
        assert_eq!(code(act(&city, &cast.director, &confirm).await), "fundraising.no-penalty (B39)");
        act(&city, &cast.officer, &record).await.expect("recorded");
        assert_eq!(tasks(&city, &cast.director).await, [TaskKind::ConfirmFundraisingPenalty]);
        let drop = ConfirmFundraisingPenalty { number, is_right: false };
        act(&city, &cast.director, &drop).await.expect("dropped");
        assert!(read::certificate_of(&city, cast.id).await.expect("read").is_some(), "it holds");
        act(&city, &cast.officer, &record).await.expect("recorded again");
        let code_of = read::certificate_of(&city, cast.id).await.expect("read").expect("held").code;
        act(&city, &cast.director, &confirm).await.expect("revoked");
        assert!(read::certificate_of(&city, cast.id).await.expect("read").is_none());
        assert!(documents::verify(&city, &code_of).await.expect("known").withdrawn_at.is_some());
        let apply = whole(&city, &cast.own).await;
        assert_eq!(code(act(&city, &cast.own, &apply).await), "fundraising.not-revoked@");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_holder_that_falls_short_is_shown_to_the_desk_and_an_ended_one_holds_nothing() {
    on_both(async |city| {
        let (cast, _) = granted(&city).await;
        assert!(read::wanting(&city).await.expect("read").is_empty());
        let silent =
            Inspect { organisation: cast.id, year: 2025, absent_on: Some(day("2026-09-10")), outcome: None };
        act(&city, &system(), &silent).await.expect("absent");
        let wanting = read::wanting(&city).await.expect("read");
        assert_eq!(wanting.len(), 1);
        assert_eq!(
            wanting[0].unmet.iter().map(|one| one.code).collect::<Vec<_>>(),
            ["registry.yearly-reported"]
        );
        let propose = ProposeRevocation {
            organisation: cast.id,
            ground: RevocationGround::CertificateLent,
            evidence: "出借证书（示例）".into(),
        };
        let number = act(&city, &cast.officer, &propose).await.expect("proposed");
        act(&city, &cast.officer, &NoticeRevocation { number }).await.expect("noticed");
        let answer = AnswerRevocation {
            number,
            kind: StatementKind::Waived,
            statement: String::new(),
            papers: Vec::new(),
        };
        act(&city, &cast.own, &answer).await.expect("answered");
        let decide = DecideEnding { number, is_ended: true, decision: "属实（示例）".into() };
        act(&city, &cast.director, &decide).await.expect("ended");
        assert!(read::certificate_of(&city, cast.id).await.expect("read").is_none());
        let own = read::own(&city, cast.id).await.expect("read");
        assert_eq!(own[0].stage, FundraisingStage::Ended);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_old_foundation_claims_its_certificate() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let code_of = CreditCode::derive('5', '3', "320104", "XX900009").expect("a code");
        let foundation = OrganisationForm {
            code: code_of.as_str().into(),
            name: "南京示例公益基金会（示例）".into(),
            kind: "foundation".into(),
            ..form("XX900009")
        };
        assert!(city.clock.move_to(at("2026-09-10", 9)));
        let register = RegisterOrganisation { form: foundation };
        let id = act(&city, &cast.officer, &register).await.expect("entered");
        let own = person(&city, "fund", Role::OrganisationUser, Scope::Organisation(id)).await;
        charity_since(&city, id, "2026-09-10").await;
        let form = FundraisingForm {
            said: Vec::new(),
            statement: "登记证书载明公募基金会、慈善组织（示例）".into(),
            promises: true,
            papers: Vec::new(),
        };
        let claim = ApplyForFundraising { way: FundraisingWay::Claim, form };
        let number = act(&city, &own, &claim).await.expect("claimed");
        act(&city, &cast.officer, &AcceptFundraising { number }).await.expect("accepted");
        let review = ReviewFundraising {
            number,
            checks: Vec::new(),
            is_fit: None,
            opinion: "证书载明公募（示例）".into(),
        };
        assert_eq!(code(act(&city, &cast.officer, &review).await), "fundraising.fit-missing@is_fit");
        let review = ReviewFundraising { is_fit: Some(true), ..review };
        act(&city, &cast.officer, &review).await.expect("reviewed");
        act(&city, &cast.director, &decided(number, true)).await.expect("granted");
        assert!(read::certificate_of(&city, id).await.expect("read").is_some());
        assert_eq!(
            profile::organisation_by_id(&city, id).await.expect("held").name,
            "南京示例公益基金会（示例）"
        );
    })
    .await;
}
